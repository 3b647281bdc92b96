// Who asked the same before: for whoever registers, confirms or handles a request. It shows facts
// and decides nothing; that a request is a repeated one (条例第三十六条第六项) or one of too many
// (第三十五条) is for an officer to say.
#ifndef GONGKAI_APP_ASKED_H
#define GONGKAI_APP_ASKED_H

#include "app/app.h"
#include "store/asked.h"

// Keeps how `request` is worded, within the act that registers it.
bool app_asked_keep(App *app, const InfoRequest *request, Arena *a, Err *err);

// The share of the words that two requests have in common, per mille.
bool app_asked_alike(App *app, const InfoRequest *x, const InfoRequest *y, Arena *a, int *out,
                     Err *err);

typedef struct ApplicantCount {
    int64_t n;        // requests to this organ
    int64_t repeated; // of them worded as an earlier one of the same span
} ApplicantCount;

typedef struct Radar {
    int64_t asked;              // the wording; 0 where none is kept yet
    AskedRequests own;          // of the same applicant, in the same words
    AskedRequests here;         // of others to this organ, in the same words
    AskedRequests away;         // to other organs in scope
    AskedRequests near;         // in similar words
    int64_t n_same;             // how many in scope are worded so, this one included
    ApplicantCount month, year; // of its filing; of the same applicant
} Radar;

// What is around one request, as far as app->scope goes. Bounded work, however many there are. One
// without an id is about to be registered: it is not among those counted.
bool app_asked_radar(App *app, const InfoRequest *request, Arena *a, Radar *out, Err *err);

// Wordings of requests that were there before wordings were kept: a job, some at a time.
bool app_asked_job(App *app, Arena *a, Str *did, Err *err);

#endif
