#include "base/str.h"

#include <errno.h>

Str str_z(const char *z)
{
    return (Str){z, z ? strlen(z) : 0};
}

char *str_to_z(Arena *a, Str s)
{
    char *z = NEW(a, char, s.n + 1);
    if (s.n)
        memcpy(z, s.s, s.n);
    return z;
}

Str str_dup(Arena *a, Str s)
{
    return (Str){str_to_z(a, s), s.n};
}

int str_cmp(Str a, Str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int c = n ? memcmp(a.s, b.s, n) : 0;
    return c ? c : (a.n > b.n) - (a.n < b.n);
}

// memmem prepares a table for every call, which for a line of text costs more than the search.
static ptrdiff_t find_short(Str s, Str what)
{
    char first = what.s[0], last = what.s[what.n - 1];
    for (size_t i = 0; i + what.n <= s.n; i++)
        if (s.s[i] == first && s.s[i + what.n - 1] == last && memcmp(s.s + i, what.s, what.n) == 0)
            return (ptrdiff_t)i;
    return STR_NONE;
}

enum { SHORT_HAYSTACK = 256 };

ptrdiff_t str_find(Str s, Str what)
{
    if (what.n == 0)
        return 0;
    if (s.n < what.n)
        return STR_NONE;
    if (s.n <= SHORT_HAYSTACK)
        return find_short(s, what);
    const char *p = memmem(s.s, s.n, what.s, what.n);
    return p ? p - s.s : STR_NONE;
}

ptrdiff_t str_find_last(Str s, Str what)
{
    if (s.n < what.n)
        return STR_NONE;
    for (size_t i = s.n - what.n + 1; i-- > 0;)
        if (memcmp(s.s + i, what.s, what.n) == 0)
            return (ptrdiff_t)i;
    return STR_NONE;
}

// How many bytes of white space begin at byte i.
static size_t space_at(Str s, size_t i)
{
    unsigned char c = (unsigned char)s.s[i];
    if (c == ' ' || (c >= '\t' && c <= '\r'))
        return 1;
    static const Str wide[] = {SI("\xc2\xa0"), SI("\xe3\x80\x80"), SI("\xef\xbb\xbf"),
                               SI("\xe2\x80\x8b")};
    for (size_t k = 0; c >= 0xc2 && k < sizeof wide / sizeof *wide; k++)
        if (str_starts(str_from(s, i), wide[k]))
            return wide[k].n;
    return 0;
}

Str str_trim(Str s)
{
    size_t n;
    while (s.n && (n = space_at(s, 0)))
        s = str_from(s, n);
    for (bool more = true; more && s.n;) {
        more = false;
        for (size_t back = 1; back <= 3 && back <= s.n; back++)
            if (space_at(s, s.n - back) == back) {
                s.n -= back;
                more = true;
                break;
            }
    }
    return s;
}

bool str_cut(Str s, Str sep, Str *head, Str *rest)
{
    ptrdiff_t at = str_find(s, sep);
    *head = at < 0 ? s : str_sub(s, 0, (size_t)at);
    *rest = at < 0 ? str_from(s, s.n) : str_from(s, (size_t)at + sep.n);
    return at >= 0;
}

bool str_to_int(Str s, int64_t *out)
{
    size_t i = s.n && (s.s[0] == '-' || s.s[0] == '+');
    bool minus = i && s.s[0] == '-';
    int64_t n = 0;
    if (i == s.n)
        return false;
    for (; i < s.n; i++) {
        int digit = s.s[i] - '0';
        if (digit < 0 || digit > 9 || __builtin_mul_overflow(n, 10, &n) ||
            __builtin_add_overflow(n, minus ? -digit : digit, &n))
            return false;
    }
    *out = n;
    return true;
}

Str str_vfmt(Arena *a, const char *fmt, va_list ap)
{
    char first[256]; // nearly every text fits, and is then printed once and not twice
    va_list again;
    va_copy(again, ap);
    int n = vsnprintf(first, sizeof first, fmt, again);
    va_end(again);
    if (n <= 0)
        return S("");
    if ((size_t)n < sizeof first)
        return str_dup(a, (Str){first, (size_t)n});
    char *s = NEW(a, char, (size_t)n + 1);
    vsnprintf(s, (size_t)n + 1, fmt, ap);
    return (Str){s, (size_t)n};
}

Str str_fmt(Arena *a, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    Str s = str_vfmt(a, fmt, ap);
    va_end(ap);
    return s;
}

Str str_cat(Arena *a, Str x, Str y)
{
    char *s = NEW(a, char, x.n + y.n + 1);
    if (x.n)
        memcpy(s, x.s, x.n);
    if (y.n)
        memcpy(s + x.n, y.s, y.n);
    return (Str){s, x.n + y.n};
}

Str str_join(Arena *a, const Str *v, size_t n, Str sep)
{
    size_t total = 0;
    for (size_t i = 0; i < n; i++)
        total += v[i].n + (i ? sep.n : 0);
    char *s = NEW(a, char, total + 1), *p = s;
    for (size_t i = 0; i < n; i++) {
        if (i && sep.n)
            p = mempcpy(p, sep.s, sep.n);
        if (v[i].n)
            p = mempcpy(p, v[i].s, v[i].n);
    }
    return (Str){s, total};
}

Str str_replace(Arena *a, Str s, Str what, Str with)
{
    if (!what.n || !str_has(s, what))
        return s;
    Strs parts = {0};
    Arena scratch = *a;
    size_t total = 0;
    for (Str head, rest = s, all = s; all.n; all = rest) {
        bool cut = str_cut(all, what, &head, &rest);
        *PUSH(&scratch, &parts) = head;
        total += head.n;
        if (cut && !rest.n)
            *PUSH(&scratch, &parts) = S("");
    }
    total += with.n * (parts.n - 1);
    // The parts lie where the result will be made, so it is put together behind them first.
    char *tmp = NEW(&scratch, char, total + 1), *p = tmp;
    for (size_t i = 0; i < parts.n; i++) {
        if (i && with.n)
            p = mempcpy(p, with.s, with.n);
        if (parts.v[i].n)
            p = mempcpy(p, parts.v[i].s, parts.v[i].n);
    }
    *a = scratch;
    return (Str){tmp, total};
}

uint32_t str_rune(Str s, size_t i, size_t *len)
{
    const unsigned char *p = (const unsigned char *)s.s + i;
    size_t left = s.n - i;
    if (p[0] < 0x80 || left < 2) {
        *len = 1;
        return p[0];
    }
    if (p[0] < 0xe0 || left < 3) {
        *len = 2;
        return (uint32_t)(p[0] & 0x1f) << 6 | (p[1] & 0x3f);
    }
    if (p[0] < 0xf0 || left < 4) {
        *len = 3;
        return (uint32_t)(p[0] & 0x0f) << 12 | (uint32_t)(p[1] & 0x3f) << 6 | (p[2] & 0x3f);
    }
    *len = 4;
    return (uint32_t)(p[0] & 0x07) << 18 | (uint32_t)(p[1] & 0x3f) << 12 |
           (uint32_t)(p[2] & 0x3f) << 6 | (p[3] & 0x3f);
}

size_t str_runes(Str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        n += ((unsigned char)s.s[i] & 0xc0) != 0x80;
    return n;
}

Str str_clip(Arena *a, Str s, size_t runes)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        if (((unsigned char)s.s[i] & 0xc0) != 0x80 && n++ == runes)
            return str_cat(a, str_sub(s, 0, i), S("…"));
    return s;
}

uint64_t str_hash(Str s) // FNV-1a
{
    uint64_t h = 0xcbf29ce484222325u;
    for (size_t i = 0; i < s.n; i++)
        h = (h ^ (unsigned char)s.s[i]) * 0x100000001b3u;
    return h;
}
