// Whose opinion was asked on a request. Asking is a step of the request; what comes of it is
// recorded here, with its fact where it has one.
#ifndef GONGKAI_APP_OPINION_H
#define GONGKAI_APP_OPINION_H

#include "app/request_work.h"
#include "store/opinion.h"

// Of a request as it was loaded in scope; in the order they were asked.
bool opinions_load(App *app, RequestId id, const StoredFacts *stored, const RequestRules *rules,
                   Arena *a, Opinions *out, Err *err);

typedef struct OpinionStep {
    RequestId id;
    int64_t version; // of the request
    int64_t fact;    // by which they were asked
    OpinionPart part;
    Opinion said; // the members of the part alone: received, came, answer …
} OpinionStep;

// Records a part. ERR_MISSING where nobody was asked by that fact; ERR_RULE, ERR_INPUT, ERR_BUSY.
bool app_opinion_keep(App *app, const OpinionStep *step, Arena *a, Err *err);

#endif
