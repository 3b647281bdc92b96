#include "report/words.h"

#include <assert.h>
#include <stdlib.h>

static Str word_text(const Words *w, size_t i)
{
    Str text;
    memcpy(&text, w->words + i * w->stride, sizeof text);
    return text;
}

static uint32_t word_first(const Words *w, size_t i)
{
    size_t len;
    return str_rune(word_text(w, i), 0, &len);
}

static int compare_words(const void *x, const void *y, void *index)
{
    const Words *w = index;
    uint16_t a = *(const uint16_t *)x, b = *(const uint16_t *)y;
    uint32_t fa = word_first(w, a), fb = word_first(w, b);
    if (fa != fb)
        return fa < fb ? -1 : 1;
    size_t na = word_text(w, a).n, nb = word_text(w, b).n;
    if (na != nb)
        return na > nb ? -1 : 1;
    return a - b;
}

static size_t slot_start(uint32_t rune)
{
    return (rune * 0x9E3779B1u) >> 20 & (WORDS_SLOTS - 1);
}

static uint16_t *slot_find(Words *w, uint32_t rune)
{
    size_t i = slot_start(rune);
    while (w->slot_of[i] && word_first(w, w->order[w->slot_of[i] - 1]) != rune)
        i = (i + 1) & (WORDS_SLOTS - 1);
    return &w->slot_of[i];
}

void words_index(Words *w, const void *words, size_t stride, size_t n)
{
    assert(n <= WORDS_MAX);
    memset(w, 0, sizeof *w);
    w->words = words;
    w->stride = stride;
    w->n = n;
    for (size_t i = 0; i < n; i++) {
        uint32_t rune = word_first(w, i);
        assert(rune < 0x10000);
        w->first[rune >> 6] |= UINT64_C(1) << (rune & 63);
        w->order[i] = (uint16_t)i;
    }
    qsort_r(w->order, n, sizeof w->order[0], compare_words, w);
    for (size_t i = 0; i < n; i++) {
        w->ends_group[i] =
            i + 1 == n || word_first(w, w->order[i]) != word_first(w, w->order[i + 1]);
        uint16_t *slot = slot_find(w, word_first(w, w->order[i]));
        if (!*slot)
            *slot = (uint16_t)(i + 1);
    }
}

static char small(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

static bool begins(Str s, size_t i, Str word)
{
    if (s.n - i < word.n)
        return false;
    for (size_t k = 0; k < word.n; k++)
        if (small(s.s[i + k]) != word.s[k])
            return false;
    return true;
}

int words_at(const Words *w, Str s, size_t i, uint32_t rune)
{
    size_t slot = slot_start(rune);
    for (;; slot = (slot + 1) & (WORDS_SLOTS - 1)) {
        if (!w->slot_of[slot])
            return WORDS_NONE;
        if (word_first(w, w->order[w->slot_of[slot] - 1]) == rune)
            break;
    }
    for (size_t k = w->slot_of[slot] - 1u;; k++) {
        if (begins(s, i, word_text(w, w->order[k])))
            return w->order[k];
        if (w->ends_group[k])
            return WORDS_NONE;
    }
}
