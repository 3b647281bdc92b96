// Which word of a fixed list begins at a place in a text; the longest, where several do.
//
// Made for lists of some hundred Chinese words over long texts. Two bits dismiss nearly every
// place: one for the first character, one for the first two together.
#ifndef GONGKAI_REPORT_WORDS_H
#define GONGKAI_REPORT_WORDS_H

#include "base/str.h"

enum {
    WORDS_MAX = 1400,
    WORDS_SLOTS = 4096,
    WORDS_NONE = -1,
    WORDS_KEY = 6, // bytes: two Chinese characters
    WORDS_BITS = 1 << 16,
};

// Words whose keys are the same, longest first: order[from], …, until one ends the group.
typedef struct WordSlot {
    uint64_t key;
    uint16_t from; // 1 + place in `order`; 0 for a free slot
} WordSlot;

// An index over an array of structs whose first member is the word as a Str. Fixed once built.
typedef struct Words {
    uint64_t first[1024];            // bit per UTF-16 unit: some word begins with it
    uint64_t alone[1024];            // …a word too short for a key, or a Latin one
    uint64_t pairs[WORDS_BITS / 64]; // bit per hash of a key
    WordSlot slots[WORDS_SLOTS];     // by key; short and Latin words by their first character
    uint16_t order[WORDS_MAX];
    bool ends_group[WORDS_MAX];
    const char *words;
    size_t stride, n;
} Words;

// `words` is a static array; stride its element size. A word beyond U+FFFF or more than WORDS_MAX
// words is a mistake in the table and ends the program in the tests (assert).
void words_index(Words *w, const void *words, size_t stride, size_t n);

// Whether some word begins with this character; `alone`: one that words_likely does not find.
static inline bool words_may(const Words *w, uint32_t rune)
{
    return rune < 0x10000 && (w->first[rune >> 6] >> (rune & 63) & 1);
}

// The first two characters as one number. Put together from two loads: copying six bytes goes
// through memory and costs more than all the rest.
static inline uint64_t words_key(const char *s)
{
    uint32_t low;
    uint16_t high;
    memcpy(&low, s, sizeof low);
    memcpy(&high, s + sizeof low, sizeof high);
    return low | (uint64_t)high << 32;
}

static inline size_t words_bit(uint64_t key)
{
    return (size_t)((key * UINT64_C(0x9E3779B97F4A7C15)) >> 48);
}

// Whether it is worth asking words_at at byte i, where a character of three bytes stands: one bit,
// without a branch. Nearly all places answer no.
static inline bool words_likely(const Words *w, Str s, size_t i)
{
    if (s.n - i < WORDS_KEY)
        return true;
    size_t b = words_bit(words_key(s.s + i));
    return w->pairs[b >> 6] >> (b & 63) & 1;
}

// Number of the longest word that s begins with at byte i, whose character is `rune`, or
// WORDS_NONE. Latin letters of words are written small and found in both cases; the caller gives
// the small letter as rune.
int words_at(const Words *w, Str s, size_t i, uint32_t rune);

#endif
