// Hashes and randomness. The only file that knows libsodium.
#ifndef GONGKAI_CRYPT_H
#define GONGKAI_CRYPT_H

#include "base/str.h"

enum { SHA256_BYTES = 32 };

// SHA-256 of `s` as 64 lower-case hexadecimal digits: the name of a file by its content, an ETag.
Str crypt_sha256(Arena *a, Str s);

void crypt_sha256_raw(Str s, unsigned char out[SHA256_BYTES]);

// A keyed 64-bit hash (SipHash) whose key is random per process: for tables whose keys come from
// outside, so that nobody can choose them to collide.
uint64_t crypt_hash64(Str s);

// Random bytes of the system; never fails (the process ends where there is no randomness at all).
void crypt_random(void *out, size_t n);

// `bytes` random bytes as hexadecimal digits: tokens, file names.
Str crypt_token(Arena *a, size_t bytes);

Str crypt_hex(Arena *a, Str bytes);

// Whether two secrets are the same, in a time that does not tell where they differ.
bool crypt_same(Str x, Str y);

#endif
