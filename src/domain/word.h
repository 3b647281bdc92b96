// What an applicant may say about a request after it was filed, in which phases, and what it does.
// The words stay as they were said; officers see them on the request's page.
#ifndef GONGKAI_DOMAIN_WORD_H
#define GONGKAI_DOMAIN_WORD_H

#include "domain/clock.h"

typedef enum WordKind {
    WORD_HELP,      // help that is needed (条例第四十三条), said with the request
    WORD_OTHERWISE, // another form that will do where there is no such one (第四十条), likewise
    WORD_CORRECTED, // the correction that was asked for (第三十条); records FACT_CORRECTED
    WORD_REASONS,   // why so many requests (第三十五条); records FACT_REASONS_GIVEN
    WORD_ADDED,     // more about what is wanted
    WORD_AGREED,    // the day of receipt that the organ recorded is right (第三十一条)
    WORD_DISAGREED, // it is not
    WORD_WAY,       // another form or way of receiving; changes the request
    WORD_PUBLISH,   // a suggestion to publish it to everybody (第四十四条)
    WORD_RECEIVED,  // the reply has arrived
    WORD__COUNT,
} WordKind;

typedef struct SayDef {
    Str id, name;     // name: on the officer's page and in the history
    uint32_t phases;  // a bit for each Phase in which it may be said; 0: only with the request
    bool text;        // needs words
    bool once;        // not again
    FactKind records; // FACT__COUNT: none
    Str source;
} SayDef;
extern const SayDef say_defs[WORD__COUNT];

bool word_named(Str id, WordKind *out);
bool word_fits(WordKind kind, Phase phase);

// --- help (条例第四十三条), to choose from

typedef struct HelpDef {
    Str id, name;
} HelpDef;
extern const HelpDef help_defs[];
extern const size_t n_help_defs;

#endif
