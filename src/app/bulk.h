// One thing done to many requests: planned, begun, and gone on with until nothing waits.
//
// Few (BULK_AT_ONCE) are done in the act that begins it. More are left to the job, which goes on
// piece by piece, each a short transaction that does some and settles their rows: a break leaves
// nothing half done and nothing to be done twice.
#ifndef GONGKAI_APP_BULK_H
#define GONGKAI_APP_BULK_H

#include "app/group_answer.h"
#include "store/bulk.h"

typedef struct BulkAsk {
    BulkKind kind;
    BulkChoice choice;
    RequestId lead;   // BULK_JOIN
    PersonId handler; // BULK_ASSIGN
    int64_t workdays; // BULK_EXTEND, for which `on` is today and `reason` stands in each letter
    Date on;          // BULK_CONFIRM: the day both sides confirmed; BULK_SEND: the day they left
    Str first;        // BULK_SEND by post: the number of the first, the others follow it
    Str reason;
} BulkAsk;

// What would happen, found by doing it and taking it back.
typedef struct BulkLine {
    RequestId id;
    Str code, title, applicant_name;
    Str why; // it would be left out; empty: it would be done
} BulkLine;

typedef struct BulkPlan {
    int64_t n;       // in all
    BulkLine *lines; // of the first BULK_AT_ONCE
    size_t n_lines, n_do;
} BulkPlan;

bool app_bulk_plan(App *app, Verb may, const BulkAsk *ask, Arena *a, BulkPlan *out, Err *err);

// ERR_DENIED where the kind takes another power than `may`, ERR_INPUT where nothing is chosen.
bool app_bulk_begin(App *app, Verb may, const BulkAsk *ask, Arena *a, Bulk *out, Err *err);

// The reply of `work`, which has just been given within `act`, goes to those that follow it:
// nothing where none do.
bool bulk_answer(Act *act, const RequestWork *work, Date on, Arena *a, Err *err);

// What is left of them, once more: they could not be answered when the others were.
bool app_bulk_answer_again(App *app, RequestId lead, Arena *a, Bulk *out, Err *err);

// Goes on with what was begun, until nothing waits or `seconds` are over: a job.
bool app_bulk_go_on(App *app, int seconds, Arena *a, int64_t *n, Err *err);
bool app_bulk_job(App *app, Arena *a, Str *did, Err *err);

#endif
