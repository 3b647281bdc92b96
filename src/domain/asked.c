#include "domain/asked.h"

#include "base/buf.h"
#include "base/crypt.h"
#include "base/hanzi.h"
#include "base/text.h"

#include <stdlib.h>

enum { HASH_DIGITS = 32 };

// --- normal form

static bool is_han_mark(uint32_t c)
{
    return (c >= 0x2000 && c <= 0x206F) || (c >= 0x3000 && c <= 0x303F) ||
           (c >= 0xFE30 && c <= 0xFE4F) || (c >= 0xFF00 && c <= 0xFF0F) || c == 0xB7 || c == 0xFFFD;
}

static bool counts(uint32_t c)
{
    if (c >= 0x80)
        return !is_han_mark(c) && c > 0xA0;
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static void add_normal(Buf *b, Str s)
{
    for (size_t i = 0, len; i < s.n; i += len) {
        uint32_t c = str_rune(s, i, &len);
        if (c >= 'A' && c <= 'Z')
            buf_byte(b, (char)(c + 'a' - 'A'));
        else if (counts(c))
            buf_add(b, (Str){s.s + i, len});
    }
}

Str asked_normal(Str title, Str description, Arena *a)
{
    Str s = str_fmt(a, PRI_STR "\n" PRI_STR, STR_ARG(title), STR_ARG(description));
    s = text_nfkc(a, hanzi_simplify(a, s));
    Buf b = buf_new(a, s.n + 1);
    add_normal(&b, s);
    return buf_str(&b);
}

Str asked_hash(Str normal, Arena *a)
{
    return str_sub(crypt_sha256(a, normal), 0, HASH_DIGITS);
}

// --- pairs of characters

typedef struct Pairs {
    uint64_t *v;
    size_t n;
} Pairs;

static int by_value(const void *x, const void *y)
{
    uint64_t a = *(const uint64_t *)x, b = *(const uint64_t *)y;
    return a < b ? -1 : a > b;
}

// Each once, in order.
static Pairs pairs_of(Str s, Arena *a)
{
    Pairs p = {.v = NEW(a, uint64_t, ASKED_RUNES)};
    uint32_t before = 0;
    size_t runes = 0;
    for (size_t i = 0, len; i < s.n && runes < ASKED_RUNES; i += len, runes++) {
        uint32_t c = str_rune(s, i, &len);
        if (runes)
            p.v[p.n++] = (uint64_t)before << 32 | c;
        before = c;
    }
    if (p.n)
        qsort(p.v, p.n, sizeof *p.v, by_value);
    size_t kept = 0;
    for (size_t i = 0; i < p.n; i++)
        if (i == 0 || p.v[i] != p.v[i - 1])
            p.v[kept++] = p.v[i];
    p.n = kept;
    return p;
}

int asked_alike(Str x, Str y, Arena scratch)
{
    if (str_eq(x, y))
        return ASKED_SAME;
    Pairs p = pairs_of(x, &scratch), q = pairs_of(y, &scratch);
    size_t both = 0;
    for (size_t i = 0, j = 0; i < p.n && j < q.n;) {
        both += p.v[i] == q.v[j];
        bool left = p.v[i] <= q.v[j], right = q.v[j] <= p.v[i];
        i += left;
        j += right;
    }
    size_t all = p.n + q.n - both;
    int share = all ? (int)(both * 1000 / all) : 0;
    return share < ASKED_SAME ? share : ASKED_SAME - 1;
}

// --- bands

// A fixed mixing (SplitMix64): what is stored must mean the same in every later version.
static uint64_t mixed(uint64_t x)
{
    x += 0x9E3779B97F4A7C15u;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    return x ^ (x >> 31);
}

static uint64_t least(const Pairs *p, uint64_t salt)
{
    uint64_t min = UINT64_MAX;
    for (size_t i = 0; i < p->n; i++) {
        uint64_t h = mixed(p->v[i] ^ salt);
        min = h < min ? h : min;
    }
    return min;
}

size_t asked_bands(Str normal, Arena scratch, int64_t out[ASKED_BANDS])
{
    Pairs p = pairs_of(normal, &scratch);
    if (!p.n)
        return 0;
    for (uint64_t band = 0; band < ASKED_BANDS; band++) {
        uint64_t h = mixed(band);
        for (uint64_t row = 0; row < ASKED_ROWS; row++)
            h = mixed(h ^ least(&p, mixed(1000 + band * ASKED_ROWS + row)));
        out[band] = (int64_t)(h & INT64_MAX);
    }
    return ASKED_BANDS;
}
