#include "report/likeness.h"

#include "base/buf.h"

enum {
    SHINGLE = 8,       // characters that must agree in a row
    SHORTEST = 60,     // characters below which nothing is said
    MOST = 1 << 18,    // characters compared
    TEXT_MAX = 4 << 20 // bytes of a chapter
};

// The characters of a text that count, with where each begins.
typedef struct Letters {
    uint32_t *v;
    uint32_t *at;
    size_t n;
} Letters;

static bool counts(uint32_t r)
{
    return (r >= 'a' && r <= 'z') || (r >= 'A' && r <= 'Z') || (r >= 0x3400 && r < 0xa000) ||
           r >= 0x20000;
}

static bool is_digit(uint32_t r)
{
    return r >= '0' && r <= '9';
}

// A figure counts as one sign, whatever it is.
static Letters letters_of(Str s, Arena *a)
{
    size_t max = str_runes(s) < MOST ? str_runes(s) : MOST;
    Letters l = {NEW(a, uint32_t, max + 1), NEW(a, uint32_t, max + 1), 0};
    bool figure = false;
    for (size_t i = 0, len; i < s.n && l.n < max; i += len) {
        uint32_t r = str_rune(s, i, &len);
        bool digit = is_digit(r);
        if ((digit && !figure) || counts(r)) {
            l.at[l.n] = (uint32_t)i;
            l.v[l.n++] = digit ? '#' : r;
        }
        figure = digit;
    }
    l.at[l.n] = (uint32_t)s.n;
    return l;
}

static uint32_t shingle(const Letters *l, size_t i)
{
    uint32_t h = 2166136261u;
    for (size_t k = 0; k < SHINGLE; k++)
        h = (h ^ l->v[i + k]) * 16777619u;
    h ^= h >> 15;
    return h ? h : 1;
}

typedef struct Set {
    uint32_t *v;
    size_t mask;
} Set;

static Set set_of(const Letters *l, Arena *a)
{
    size_t cap = 64;
    while (cap < l->n * 2)
        cap *= 2;
    Set set = {NEW(a, uint32_t, cap), cap - 1};
    for (size_t i = 0; i + SHINGLE <= l->n; i++) {
        uint32_t h = shingle(l, i);
        size_t at = h & set.mask;
        while (set.v[at] && set.v[at] != h)
            at = (at + 1) & set.mask;
        set.v[at] = h;
    }
    return set;
}

static bool set_has(const Set *set, uint32_t h)
{
    size_t at = h & set->mask;
    while (set->v[at] && set->v[at] != h)
        at = (at + 1) & set->mask;
    return set->v[at] == h;
}

Likeness text_likeness(Str earlier, Str later, Arena *a)
{
    Arena scratch = *a;
    Letters was = letters_of(earlier, &scratch), is = letters_of(later, &scratch);
    Likeness out = {.per_mille = -1, .runes = is.n};
    if (was.n < SHORTEST || is.n < SHORTEST)
        return out;
    Set set = set_of(&was, &scratch);
    size_t same = 0, run = 0, best = 0, best_end = 0;
    for (size_t i = 0; i + SHINGLE <= is.n; i++) {
        run = set_has(&set, shingle(&is, i)) ? run + 1 : 0;
        same += run > 0;
        if (run > best) {
            best = run;
            best_end = i + SHINGLE;
        }
    }
    out.per_mille = (int)(same * 1000 / (is.n - SHINGLE + 1));
    if (best)
        out.longest =
            str_trim(str_sub(later, is.at[best_end - (best + SHINGLE - 1)], is.at[best_end]));
    return out;
}

// Where chapters are told apart, what stands before the first (title, basis, period) is the same
// every year and says nothing.
static bool counted(const Document *d, const Para *p, int chapter)
{
    return p->kind == PARA_TEXT &&
           (chapter ? p->chapter == chapter : p->chapter > 0 || d->chapters.n == 0);
}

Str chapter_text(const Document *d, int chapter, Arena *a)
{
    Buf b = buf_new(a, TEXT_MAX);
    for (size_t i = 0; i < d->paras.n; i++) {
        const Para *p = &d->paras.v[i];
        if (!counted(d, p, chapter))
            continue;
        if (b.n)
            buf_byte(&b, '\n');
        buf_add(&b, p->text);
    }
    return buf_str(&b);
}
