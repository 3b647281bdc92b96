// Compression of what goes over the wire. The only file that knows zlib and brotli.
#ifndef GONGKAI_PACK_H
#define GONGKAI_PACK_H

#include "base/str.h"

typedef enum PackFor {
    PACK_ONCE, // while somebody waits: quick
    PACK_KEPT, // for the cache, packed once and sent often: small
} PackFor;

// Both return an empty Str where packing does not make it smaller (or fails): send it as it is.
Str pack_gzip(Arena *a, Str s, PackFor what_for);
Str pack_brotli(Arena *a, Str s, PackFor what_for);

// For tests and clients: false where it is not gzip, or brotli, of at most `max` bytes unpacked.
bool unpack_gzip(Arena *a, Str packed, size_t max, Str *out);
// Up to the end of the compressed bytes; what stands behind them is not looked at.
bool unpack_zlib(Arena *a, Str packed, size_t max, Str *out);
bool unpack_brotli(Arena *a, Str packed, size_t max, Str *out);

// CRC-32 as in gzip, zip and PNG.
uint32_t pack_crc32(Str s);

#endif
