// Regular expressions over valid UTF-8. The only file that knows PCRE2.
//
// An expression is a static object, written where it is used; it is compiled (with JIT) at first
// use and kept for the life of the process:
//
//     static Regex year = REGEX("(20\\d\\d)\\s*年");
//     RegexMatch m;
//     for (size_t at = 0; regex_find(&year, s, at, &m); at = m.end)
//         use(m.group[1]);
//
// Any thread may use any expression. Work per search is bounded: where the bound is passed the
// answer is "no match" with m->gave_up set. In a character class \d and \w mean ASCII; \p{Han} and
// the like work.
#ifndef GONGKAI_REGEX_H
#define GONGKAI_REGEX_H

#include "base/str.h"

enum { REGEX_GROUPS = 16 };

typedef struct Regex {
    const char *pattern;
    void *_Atomic code; // regex.c's
} Regex;

// clang-format off
#define REGEX(literal) {.pattern = "" literal}
// clang-format on

typedef struct RegexMatch {
    size_t start, end;       // of the whole match, byte offsets into s
    Str group[REGEX_GROUPS]; // [0] the whole; a group that took no part has s == NULL and n == 0
    bool gave_up;
} RegexMatch;

// The first match at or behind byte `from`. An expression that does not compile is a mistake in the
// program: it says so and ends the process. An empty match moves nothing: go on from m.end + 1.
bool regex_find(Regex *re, Str s, size_t from, RegexMatch *m);

bool regex_has(Regex *re, Str s);

// Every match replaced by `with`, in which $1 to $9 stand for groups and $$ for $. Returns s itself
// where there is none.
Str regex_replace(Arena *a, Regex *re, Str s, Str with);

#endif
