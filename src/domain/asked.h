// What is asked for, as a text that can be compared: the same question again is found by its hash,
// a similar one by bands (MinHash over pairs of characters). Two texts that share the share s of
// their pairs have a band in common with a probability of 1 - (1 - s³)⁸: 99 % at 0.77, 66 % at one
// half, 1 % at one tenth, so that among a million few have to be compared.
#ifndef GONGKAI_DOMAIN_ASKED_H
#define GONGKAI_DOMAIN_ASKED_H

#include "base/str.h"

enum {
    ASKED_BANDS = 8,
    ASKED_ROWS = 3,     // of one band
    ASKED_RUNES = 2000, // of a text that are looked at for likeness; the hash is over all
    ASKED_ALIKE = 300,  // per mille from which on texts are called similar
    ASKED_SAME = 1000,  // the same words
    ASKED_MANY = 3,     // so many of the same words are proposed to be joined
};

// Without white space and punctuation, in Simplified characters, small letters, NFKC. Figures stay:
// what is asked of 2024 is not what is asked of 2025.
Str asked_normal(Str title, Str description, Arena *a);

// 32 hexadecimal digits.
Str asked_hash(Str normal, Arena *a);

// ASKED_BANDS numbers from 0 on; none where the text has no two characters.
size_t asked_bands(Str normal, Arena scratch, int64_t out[ASKED_BANDS]);

// Share of the pairs of characters that two normal texts have in common, per mille.
int asked_alike(Str x, Str y, Arena scratch);

#endif
