// Which word of a fixed list begins at a place in a text; the longest, where several do.
//
// Made for lists of some hundred Chinese words over long texts: most places are dismissed by one
// bit of the first character.
#ifndef GONGKAI_REPORT_WORDS_H
#define GONGKAI_REPORT_WORDS_H

#include "base/str.h"

enum { WORDS_MAX = 1400, WORDS_SLOTS = 4096, WORDS_NONE = -1 };

// An index over an array of structs whose first member is the word as a Str. Fixed once built.
typedef struct Words {
    uint64_t first[1024];          // bit per UTF-16 unit: some word begins with it
    uint16_t slot_of[WORDS_SLOTS]; // by hash of the first character: 1 + place in `order`
    uint16_t order[WORDS_MAX];     // words by first character, longer ones before
    uint8_t ends_group[WORDS_MAX]; // the last of those with one first character
    const char *words;
    size_t stride, n;
} Words;

// `words` is a static array; stride its element size. A word beyond U+FFFF or more than WORDS_MAX
// words is a mistake in the table and ends the program in the tests (assert).
void words_index(Words *w, const void *words, size_t stride, size_t n);

// Whether some word begins with this character.
static inline bool words_may(const Words *w, uint32_t rune)
{
    return rune < 0x10000 && (w->first[rune >> 6] >> (rune & 63) & 1);
}

// Number of the longest word that s begins with at byte i, whose character is `rune`, or
// WORDS_NONE. Latin letters of words are written small and found in both cases; the caller gives
// the small letter as rune.
int words_at(const Words *w, Str s, size_t i, uint32_t rune);

#endif
