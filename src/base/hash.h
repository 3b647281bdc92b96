// Hashes that are stored or sent: addresses of files, ETags. (For tables in memory there is
// str_hash.)
#ifndef GONGKAI_HASH_H
#define GONGKAI_HASH_H

#include "base/str.h"

enum { SHA256_BYTES = 32 };

// FIPS 180-4.
void hash_sha256(Str bytes, unsigned char out[SHA256_BYTES]);
Str hash_sha256_hex(Arena *a, Str bytes); // 64 lower-case digits

#endif
