#include "base/base64.h"

static const char COMMON[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
static const char FOR_URLS[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

// Without padding. `to` has room for all.
static size_t encode(const char *alphabet, Str in, char *to)
{
    size_t n = 0;
    for (size_t i = 0; i < in.n; i += 3) {
        const unsigned char *p = (const unsigned char *)in.s + i;
        size_t left = in.n - i;
        uint32_t bits = (uint32_t)p[0] << 16 | (left > 1 ? (uint32_t)p[1] << 8 : 0) |
                        (left > 2 ? (uint32_t)p[2] : 0);
        to[n++] = alphabet[bits >> 18];
        to[n++] = alphabet[bits >> 12 & 63];
        if (left > 1)
            to[n++] = alphabet[bits >> 6 & 63];
        if (left > 2)
            to[n++] = alphabet[bits & 63];
    }
    return n;
}

Str base64_url(Arena *a, Str bytes)
{
    char *to = NEW(a, char, bytes.n / 3 * 4 + 4);
    return (Str){to, encode(FOR_URLS, bytes, to)};
}

Str base64(Arena *a, Str bytes)
{
    char *to = NEW(a, char, bytes.n / 3 * 4 + 4);
    size_t n = encode(COMMON, bytes, to);
    while (n % 4)
        to[n++] = '=';
    return (Str){to, n};
}

static int value(char c)
{
    const char *at = c ? memchr(FOR_URLS, c, 64) : NULL;
    return at ? (int)(at - FOR_URLS) : -1;
}

bool base64_url_read(Arena *a, Str letters, Str *bytes)
{
    unsigned char *to = NEW(a, unsigned char, letters.n / 4 * 3 + 3);
    uint32_t bits = 0;
    size_t n = 0;
    for (size_t i = 0; i < letters.n; i++) {
        int v = value(letters.s[i]);
        if (v < 0)
            return false;
        bits = bits << 6 | (uint32_t)v;
        if (i % 4)
            to[n++] = (unsigned char)(bits >> (6 - i % 4 * 2));
    }
    // one letter alone is no byte; bits behind the last byte must be zero
    static const uint32_t behind[] = {0, 63, 15, 3};
    if (letters.n % 4 == 1 || bits & behind[letters.n % 4])
        return false;
    *bytes = (Str){(char *)to, n};
    return true;
}
