// What may happen to a request, when, and by whom: one table of steps (`gongkai law steps` prints
// it). A step without a row is forbidden. A fact is let in where the whole history with it in its
// place is still one that the rules allow, so that what is recorded late is judged as of its day.
#ifndef GONGKAI_DOMAIN_REQUEST_H
#define GONGKAI_DOMAIN_REQUEST_H

#include "domain/clock.h"
#include "domain/role.h"

typedef struct StepRule {
    uint32_t phases; // a bit for each Phase in which it may happen
    Verb may;        // the power it takes
    bool once;       // at most once in a request
    Str once_words;  // why a second one is refused
    Str source;
    bool signed_first; // stands on a signed decision (domain/decision.h): no step of its own
    Str first;         // what must have been done before it; empty: as the phase says (PhaseDef)
} StepRule;
extern const StepRule step_rules[FACT__COUNT];

// Whether `phase` allows the step at all.
bool step_fits(FactKind kind, Phase phase);

// The facts with `step` in its place: by day, behind those of the same day. Errors: ERR_RULE with
// the article, ERR_INPUT for days that cannot be.
bool request_decide(const RequestFacts *now, const RequestFact *step, const Calendar *calendar,
                    const ClockSettings *settings, Date today, Arena *a, RequestFacts *next,
                    Err *err);

// The steps that may be taken today, in the order of the table, with the reason where one that
// people look for may not.
typedef struct NextStep {
    FactKind kind;
    bool allowed;
    Err why; // where not
} NextStep;

typedef struct NextSteps {
    NextStep *v;
    size_t n, cap;
} NextSteps;

bool request_next(const RequestFacts *facts, const Calendar *calendar,
                  const ClockSettings *settings, Date today, Arena *a, NextSteps *out, Err *err);

#endif
