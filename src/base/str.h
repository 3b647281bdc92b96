// Text: a pointer and a length. Valid UTF-8 from the door inward (text.h converts and checks at the
// edge), not ended by NUL, not owned: it lives as long as the arena or literal it points into.
#ifndef GONGKAI_STR_H
#define GONGKAI_STR_H

#include "base/arena.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

typedef struct Str {
    const char *s;
    size_t n; // bytes
} Str;

typedef struct Strs {
    Str *v;
    size_t n, cap;
} Strs;

#define S(literal) ((Str){"" literal, sizeof(literal) - 1})
// Also for static tables, where a compound literal may not stand.
#define SI(literal)                                                                                \
    {                                                                                              \
        "" literal, sizeof(literal) - 1                                                            \
    }
#define PRI_STR "%.*s"
#define STR_ARG(x) (int)(x).n, (x).s

static inline bool str_eq(Str a, Str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.s, b.s, a.n) == 0);
}

static inline Str str_from(Str s, size_t from) // from > n gives the empty end
{
    if (from > s.n)
        from = s.n;
    return (Str){s.s + from, s.n - from};
}

static inline Str str_sub(Str s, size_t from, size_t to)
{
    if (to > s.n)
        to = s.n;
    if (from > to)
        from = to;
    return (Str){s.s + from, to - from};
}

// Asked many times a line, mostly with the answer no: two bytes are looked at before all.
static inline bool str_starts(Str s, Str prefix)
{
    size_t n = prefix.n;
    return n == 0 || (s.n >= n && s.s[0] == prefix.s[0] && s.s[n - 1] == prefix.s[n - 1] &&
                      memcmp(s.s, prefix.s, n) == 0);
}

static inline bool str_ends(Str s, Str suffix)
{
    return s.n >= suffix.n && str_starts(str_from(s, s.n - suffix.n), suffix);
}

enum { STR_NONE = -1 };

Str str_z(const char *z); // of a NUL-ended string; NULL gives the empty Str
char *str_to_z(Arena *a, Str s);
Str str_dup(Arena *a, Str s);
int str_cmp(Str a, Str b);                // by bytes, which for UTF-8 is by code points
ptrdiff_t str_find(Str s, Str what);      // byte offset of the first, or STR_NONE
ptrdiff_t str_find_last(Str s, Str what); // of the last
static inline bool str_has(Str s, Str what)
{
    return str_find(s, what) != STR_NONE;
}
Str str_trim(Str s); // spaces, tabs, line ends, U+00A0, U+3000, U+FEFF and U+200B at both ends

// Splits at the first `sep`: *head before it, *rest behind it. Without one, *head is all, *rest is
// empty and the result is false.
bool str_cut(Str s, Str sep, Str *head, Str *rest);

// The whole of s as a decimal integer, with an optional sign; false, and *out untouched, for
// anything else or out of range.
bool str_to_int(Str s, int64_t *out);

// printf into the arena.
Str str_fmt(Arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
Str str_vfmt(Arena *a, const char *fmt, va_list ap) __attribute__((format(printf, 2, 0)));
Str str_cat(Arena *a, Str x, Str y);
Str str_join(Arena *a, const Str *v, size_t n, Str sep);
Str str_replace(Arena *a, Str s, Str what, Str with);

// The code point at byte i, which must be < n; its length goes to *len. The text is valid UTF-8.
uint32_t str_rune(Str s, size_t i, size_t *len);
size_t str_runes(Str s); // how many code points
// At most `runes` code points from the front, with … where something was cut.
Str str_clip(Arena *a, Str s, size_t runes);

uint64_t str_hash(Str s); // for tables in memory; not for anything stored

#endif
