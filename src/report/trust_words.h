// Words that do not belong in a report of a public organ. To add one, add a row to trust_words.c.
#ifndef GONGKAI_REPORT_TRUST_WORDS_H
#define GONGKAI_REPORT_TRUST_WORDS_H

#include "base/str.h"

typedef enum TrustClass {
    TRUST_HARMLESS, // keeps a word inside it from being found: 体育彩票, 禁毒
    TRUST_FRAME,    // begins a phrase that every report repeats (check_trust.c)
    TRUST_GUARD,    // the sentence is about fighting such things: 打击, 整治
    TRUST_GAMBLING,
    TRUST_PORN,
    TRUST_LOAN,
    TRUST_FORGERY,  // false papers, sold invoices
    TRUST_DRUGS,    // also arms and other forbidden goods
    TRUST_GAMES,    // private game servers, cheats
    TRUST_GARBLED,  // what a wrong encoding makes of common words
    TRUST_UNFILLED, // a template's own words
} TrustClass;

typedef enum TrustWeight {
    WEIGHT_NONE,
    WEIGHT_WEAK,   // also said innocently: counts only beside others
    WEIGHT_STRONG, // alarms alone, except in a sentence with a guard
    WEIGHT_BRAND,  // the name of a site: alarms always
} TrustWeight;

typedef struct TrustWord {
    Str text; // Simplified; Latin letters small
    TrustClass class;
    TrustWeight weight;
} TrustWord;

extern const TrustWord trust_words[];
extern const size_t n_trust_words;

// Latin names of such sites, looked for inside runs of Latin letters and digits.
extern const Str trust_latin[];
extern const size_t n_trust_latin;
#endif
