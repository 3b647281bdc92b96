#include "domain/division.h"

#include "base/embedded.h"

#include <pthread.h>
#include <stdlib.h>

extern const Embedded division_files[]; // areas.csv cities.csv provinces.csv
extern const size_t division_files_n;

enum { DIVISIONS_MOST = 4096 };

// All of them by code, made at first use and never again.
static Division all[DIVISIONS_MOST];
static size_t all_n;

static void add_line(Str line)
{
    Str code, rest, name;
    str_cut(line, S(","), &code, &rest);
    str_cut(rest, S(","), &name, &rest);
    name = str_trim(name);
    if (name.n > 2 && name.s[0] == '"')
        name = str_sub(name, 1, name.n - 1);
    if (code.n && code.s[0] >= '0' && code.s[0] <= '9' && all_n < DIVISIONS_MOST)
        all[all_n++] = (Division){code, name};
}

static int by_code(const void *x, const void *y)
{
    const Division *p = x, *q = y;
    return str_cmp(p->code, q->code);
}

static void all_make(void)
{
    for (size_t i = 0; i < division_files_n; i++)
        for (Str rest = division_files[i].bytes, line; rest.n;) {
            str_cut(rest, S("\n"), &line, &rest);
            add_line(str_trim(line));
        }
    qsort(all, all_n, sizeof *all, by_code);
}

static void ready(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, all_make);
}

// 130000 is 13, 130100 is 1301, 130102001 is 130102.
static Str plain_code(Str code)
{
    Str s = str_sub(code, 0, 6);
    while (s.n > 2 && s.n % 2 == 0 && str_ends(s, S("00")))
        s.n -= 2;
    return s;
}

bool division_get(Str code, Division *out)
{
    ready();
    Division key = {plain_code(code), S("")};
    const Division *found = bsearch(&key, all, all_n, sizeof *all, by_code);
    if (found)
        *out = *found;
    return found != NULL;
}

static bool only_says_directly(Str name)
{
    static const Str words[] = {SI("市辖区"), SI("县"), SI("省直辖县级行政区划"),
                                SI("自治区直辖县级行政区划")};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_eq(words[i], name))
            return true;
    return false;
}

Str division_full_name(Arena *a, Str code)
{
    Str plain = plain_code(code), name = S("");
    Division d;
    if (!division_get(plain, &d))
        return name;
    for (size_t n = 2; n <= plain.n; n += 2)
        if (division_get(str_sub(plain, 0, n), &d) && (n == 2 || !only_says_directly(d.name)))
            name = str_cat(a, name, d.name);
    return name;
}

void division_children(Str code, Arena *a, Divisions *out)
{
    ready();
    Divisions found = {0};
    for (size_t i = 0; i < all_n; i++)
        if (all[i].code.n == code.n + 2 && str_starts(all[i].code, code))
            *PUSH(a, &found) = all[i];
    *out = found;
}

static bool holds(const Division *d, Str words, Arena scratch)
{
    return str_starts(d->code, words) || str_has(division_full_name(&scratch, d->code), words);
}

// Whole names in a first pass, everything else in a second.
void division_find(Str words, size_t most, Arena *a, Divisions *out)
{
    ready();
    Divisions found = {0};
    for (int pass = 0; words.n && pass < 2; pass++)
        for (size_t i = 0; i < all_n && found.n < most; i++)
            if (str_eq(all[i].name, words) ? pass == 0 : pass == 1 && holds(&all[i], words, *a))
                *PUSH(a, &found) = all[i];
    *out = found;
}
