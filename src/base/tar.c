#include "base/tar.h"

#include <stdio.h>

// Where a field stands in the head.
typedef struct Place {
    size_t at, n;
} Place;

static const Place NAME = {0, 100}, MODE = {100, 8}, UID = {108, 8}, GID = {116, 8},
                   SIZE = {124, 12}, MTIME = {136, 12}, SUM = {148, 8}, TYPE = {156, 1},
                   MAGIC = {257, 8}, PREFIX = {345, 155};

static unsigned sum_of(const TarHead *h)
{
    unsigned sum = 0;
    for (size_t i = 0; i < TAR_BLOCK; i++)
        sum += i >= SUM.at && i < SUM.at + SUM.n ? ' ' : (unsigned char)h->bytes[i];
    return sum;
}

static void put_octal(TarHead *h, Place p, uint64_t n)
{
    char digits[32];
    int len = snprintf(digits, sizeof digits, "%0*llo", (int)p.n - 1, (unsigned long long)n);
    if (len == (int)p.n - 1) {
        memcpy(h->bytes + p.at, digits, p.n);
        return;
    }
    h->bytes[p.at] = (char)0x80; // too large for octal digits: in binary, as GNU and BSD have it
    for (size_t i = 1; i < p.n; i++)
        h->bytes[p.at + i] = i + 8 < p.n ? 0 : (char)(n >> 8 * (p.n - 1 - i));
}

static void put_str(TarHead *h, Place p, Str s)
{
    memcpy(h->bytes + p.at, s.s, s.n);
}

// Cuts at the first slash behind which the rest fits.
static bool split(Str name, Str *prefix, Str *rest)
{
    *prefix = S("");
    *rest = name;
    for (size_t i = 0; rest->n > NAME.n && i < name.n && i <= PREFIX.n; i++)
        if (name.s[i] == '/') {
            *prefix = str_sub(name, 0, i);
            *rest = str_from(name, i + 1);
        }
    return name.n && rest->n <= NAME.n && prefix->n <= PREFIX.n;
}

bool tar_head(Str name, uint64_t size, int64_t modified_at, TarHead *out)
{
    TarHead h = {{0}};
    Str prefix, rest;
    if (!split(name, &prefix, &rest))
        return false;
    put_str(&h, NAME, rest);
    put_str(&h, PREFIX, prefix);
    put_octal(&h, MODE, 0600);
    put_octal(&h, UID, 0);
    put_octal(&h, GID, 0);
    put_octal(&h, SIZE, size);
    put_octal(&h, MTIME, modified_at > 0 ? (uint64_t)modified_at : 0);
    put_str(&h, TYPE, S("0"));
    put_str(&h, MAGIC,
            S("ustar\0"
              "00"));
    put_octal(&h, (Place){SUM.at, SUM.n - 1}, sum_of(&h));
    h.bytes[SUM.at + SUM.n - 1] = ' ';
    *out = h;
    return true;
}

size_t tar_fill(uint64_t size)
{
    return (TAR_BLOCK - size % TAR_BLOCK) % TAR_BLOCK;
}

static uint64_t get_number(const char *h, Place p)
{
    uint64_t n = 0;
    if ((unsigned char)h[p.at] & 0x80) {
        for (size_t i = 1; i < p.n; i++)
            n = n << 8 | (unsigned char)h[p.at + i];
        return n;
    }
    for (size_t i = 0; i < p.n && h[p.at + i] >= '0' && h[p.at + i] <= '7'; i++)
        n = n << 3 | (uint64_t)(h[p.at + i] - '0');
    return n;
}

static Str get_str(const char *h, Place p)
{
    return (Str){h + p.at, strnlen(h + p.at, p.n)};
}

static bool is_empty(Str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.s[i])
            return false;
    return true;
}

bool tar_next(Str *rest, Arena *a, TarEntry *out, bool *broken)
{
    *broken = rest->n < 2 * TAR_BLOCK;
    if (*broken)
        return false;
    if (is_empty(str_sub(*rest, 0, TAR_BLOCK))) {
        *broken = !is_empty(*rest);
        return false;
    }
    TarHead h;
    memcpy(h.bytes, rest->s, TAR_BLOCK);
    uint64_t size = get_number(rest->s, SIZE), left = rest->n - TAR_BLOCK;
    *broken = sum_of(&h) != get_number(rest->s, SUM) || rest->s[TYPE.at] != '0' || size > left ||
              tar_fill(size) > left - size ||
              !is_empty(str_sub(*rest, TAR_BLOCK + size, TAR_BLOCK + size + tar_fill(size)));
    if (*broken)
        return false;
    Str prefix = get_str(rest->s, PREFIX), name = get_str(rest->s, NAME);
    if (prefix.n)
        name = str_fmt(a, PRI_STR "/" PRI_STR, STR_ARG(prefix), STR_ARG(name));
    *out = (TarEntry){name, str_sub(*rest, TAR_BLOCK, TAR_BLOCK + size)};
    *rest = str_from(*rest, TAR_BLOCK + size + tar_fill(size));
    return true;
}
