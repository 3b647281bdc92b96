// What the facts come down to, shared by the date (clock.c) and its ledger (clock_ledger.c).
#ifndef GONGKAI_DOMAIN_CLOCK_RUN_H
#define GONGKAI_DOMAIN_CLOCK_RUN_H

#include "domain/clock.h"

enum { MAX_PAUSES = 32, MAX_TERMS = 8 };

// Others are asked: working days after `after`, up to and including `to`, do not count.
typedef struct Pause {
    const RequestFact *asked;
    Date after, to;
    bool open; // no opinion yet
} Pause;

// One term of 20 working days: it begins anew after a correction or a payment.
typedef struct TermRun {
    const RequestFact *from; // the fact that begins it
    Date begins;             // day 0
    const RequestFact
        *broken;  // the fact that ended it before its time (correction asked, fee noticed), or NULL
    int workdays; // 20, or more with an extension
    const RequestFact *extended, *delayed;
    Pause pauses[MAX_PAUSES];
    size_t n_pauses;
} TermRun;

typedef struct ClockRun {
    const RequestFact *filed, *received, *last_ask, *answered, *ended;
    TermRun terms[MAX_TERMS];
    size_t n_terms;
    Phase phase;
    Date waits_until;
    bool extended, provisional;
} ClockRun;

bool clock_run(const RequestFacts *facts, const Calendar *c, const ClockSettings *s, Date today,
               ClockRun *out, Err *err);

// Whether the day lies in a pause of the term.
const Pause *term_pause(const TermRun *t, Date d);
// Working days of pauses after t->begins up to and including `to`.
bool term_paused_days(const TermRun *t, const Calendar *c, Date to, int *out, Err *err);
// The day on which the term ends.
bool term_due(const TermRun *t, const Calendar *c, Term *out, Err *err);

#endif
