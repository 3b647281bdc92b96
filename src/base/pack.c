#include "base/pack.h"

#include <brotli/decode.h>
#include <brotli/encode.h>
#include <zlib.h>

// Level 6 of gzip takes twice the time of 1 for a fifth less; brotli 4 is as quick as gzip 6 and
// smaller; brotli 9 is near its best without the minutes that 11 takes on large pages.
static const int gzip_levels[] = {[PACK_ONCE] = 4, [PACK_KEPT] = 8};
static const int brotli_levels[] = {[PACK_ONCE] = 4, [PACK_KEPT] = 9};

enum { GZIP_FORMAT = 16 + MAX_WBITS };

Str pack_gzip(Arena *a, Str s, PackFor what_for)
{
    z_stream z = {0};
    if (s.n > UINT32_MAX || deflateInit2(&z, gzip_levels[what_for], Z_DEFLATED, GZIP_FORMAT, 8,
                                         Z_DEFAULT_STRATEGY) != Z_OK)
        return S("");
    z.next_in = (unsigned char *)(uintptr_t)s.s;
    z.avail_in = (unsigned)s.n;
    char *out = NEW(a, char, s.n + 1);
    z.next_out = (unsigned char *)out;
    z.avail_out = (unsigned)s.n;
    int end = deflate(&z, Z_FINISH);
    deflateEnd(&z);
    return end == Z_STREAM_END && z.total_out < s.n ? (Str){out, z.total_out} : S("");
}

Str pack_brotli(Arena *a, Str s, PackFor what_for)
{
    size_t n = s.n;
    uint8_t *out = NEW(a, uint8_t, s.n + 1);
    bool packed = BrotliEncoderCompress(brotli_levels[what_for], BROTLI_DEFAULT_WINDOW,
                                        BROTLI_MODE_TEXT, s.n, (const uint8_t *)s.s, &n, out);
    return packed && n < s.n ? (Str){(char *)out, n} : S("");
}

static bool unpack(Arena *a, Str packed, int format, size_t max, Str *out)
{
    z_stream z = {0};
    if (packed.n > UINT32_MAX || max > UINT32_MAX || inflateInit2(&z, format) != Z_OK)
        return false;
    char *to = NEW(a, char, max + 1);
    z.next_in = (unsigned char *)(uintptr_t)packed.s;
    z.avail_in = (unsigned)packed.n;
    z.next_out = (unsigned char *)to;
    z.avail_out = (unsigned)max;
    int end = inflate(&z, Z_FINISH);
    inflateEnd(&z);
    if (end != Z_STREAM_END)
        return false;
    *out = (Str){to, z.total_out};
    return true;
}

bool unpack_gzip(Arena *a, Str packed, size_t max, Str *out)
{
    return unpack(a, packed, GZIP_FORMAT, max, out);
}

bool unpack_zlib(Arena *a, Str packed, size_t max, Str *out)
{
    return unpack(a, packed, MAX_WBITS, max, out);
}

bool unpack_brotli(Arena *a, Str packed, size_t max, Str *out)
{
    size_t n = max;
    uint8_t *to = NEW(a, uint8_t, max + 1);
    if (BrotliDecoderDecompress(packed.n, (const uint8_t *)packed.s, &n, to) !=
        BROTLI_DECODER_RESULT_SUCCESS)
        return false;
    *out = (Str){(char *)to, n};
    return true;
}

uint32_t pack_crc32(Str s)
{
    return (uint32_t)crc32_z(0, (const unsigned char *)s.s, s.n);
}
