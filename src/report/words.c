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

static bool keyed(Str word)
{
    return word.n >= WORDS_KEY && (word.s[0] & 0x80);
}

// Keys of two characters have their high bytes set, so a bare character is never one.
static uint64_t group_key(const Words *w, size_t i)
{
    Str word = word_text(w, i);
    return keyed(word) ? words_key(word.s) : word_first(w, i);
}

static int compare_words(const void *x, const void *y, void *index)
{
    const Words *w = index;
    uint16_t a = *(const uint16_t *)x, b = *(const uint16_t *)y;
    uint64_t ka = group_key(w, a), kb = group_key(w, b);
    if (ka != kb)
        return ka < kb ? -1 : 1;
    size_t na = word_text(w, a).n, nb = word_text(w, b).n;
    if (na != nb)
        return na > nb ? -1 : 1;
    return a - b;
}

static size_t slot_find(const Words *w, uint64_t key)
{
    size_t i = words_bit(key) >> 4;
    while (w->slots[i].from && w->slots[i].key != key)
        i = (i + 1) & (WORDS_SLOTS - 1);
    return i;
}

static void bit_set(uint64_t *bits, size_t i)
{
    bits[i >> 6] |= UINT64_C(1) << (i & 63);
}

static bool bit(const uint64_t *bits, size_t i)
{
    return bits[i >> 6] >> (i & 63) & 1;
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
        bit_set(w->first, rune);
        if (keyed(word_text(w, i)))
            bit_set(w->pairs, words_bit(group_key(w, i)));
        else
            bit_set(w->alone, rune);
        w->order[i] = (uint16_t)i;
    }
    qsort_r(w->order, n, sizeof w->order[0], compare_words, w);
    for (size_t i = 0; i < n; i++) {
        uint64_t key = group_key(w, w->order[i]);
        w->ends_group[i] = i + 1 == n || key != group_key(w, w->order[i + 1]);
        WordSlot *slot = &w->slots[slot_find(w, key)];
        if (!slot->from)
            *slot = (WordSlot){key, (uint16_t)(i + 1)};
    }
}

static char small(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

// `known` bytes of the word are known to stand there.
static bool begins(Str s, size_t i, Str word, size_t known)
{
    if (s.n - i < word.n)
        return false;
    for (size_t k = known; k < word.n; k++)
        if (s.s[i + k] != word.s[k] && small(s.s[i + k]) != word.s[k])
            return false;
    return true;
}

static int longest(const Words *w, Str s, size_t i, uint64_t key, size_t known)
{
    const WordSlot *slot = &w->slots[slot_find(w, key)];
    if (!slot->from)
        return WORDS_NONE;
    for (size_t k = slot->from - 1u;; k++) {
        if (begins(s, i, word_text(w, w->order[k]), known))
            return w->order[k];
        if (w->ends_group[k])
            return WORDS_NONE;
    }
}

int words_at(const Words *w, Str s, size_t i, uint32_t rune)
{
    if (s.n - i >= WORDS_KEY && rune >= 0x80) {
        uint64_t key = words_key(s.s + i);
        if (bit(w->pairs, words_bit(key))) {
            int found = longest(w, s, i, key, WORDS_KEY);
            if (found != WORDS_NONE)
                return found;
        }
    }
    return bit(w->alone, rune) ? longest(w, s, i, rune, 0) : WORDS_NONE;
}
