// One request in hand, within an act: loaded, taken a step further, written back, noted. Whatever
// else happens in the same act (a decision signed, a fee paid, a letter numbered) is done by who
// called.
//
//     CLEANUP(act_end) Act act = {0};
//     RequestWork work;
//     return act_begin(app, &act, err) && request_load(app, id, version, a, &work, err) &&
//            request_take(app, &work, &step, a, err) &&
//            request_note(&act, ACT_REQUEST_STEP, &work, a, err) && act_commit(&act, err);
#ifndef GONGKAI_APP_REQUEST_WORK_H
#define GONGKAI_APP_REQUEST_WORK_H

#include "app/act.h"
#include "app/request.h"

typedef struct RequestWork {
    InfoRequest request;
    StoredFacts stored;
    RequestFacts facts; // those that stand
    RequestRules rules;
    Str was; // as loaded, for the audit
} RequestWork;

// Gives a request its number and records that it was filed: app_request_register within an act.
bool request_register(Act *act, const NewRequest *request, Arena *a, Registered *out, Err *err);

// In app->scope. ERR_BUSY where `version` is not 0 and not the request's.
bool request_load(App *app, RequestId id, int64_t version, Arena *a, RequestWork *out, Err *err);
// The same with rules that were read before, for many.
bool request_load_under(App *app, RequestId id, int64_t version, const RequestRules *rules,
                        Arena *a, RequestWork *out, Err *err);

// Numbers and records a request that comes in at an organ of app->scope. `query_hash`: of the code
// its applicant has; `note`: internal.
bool request_add(App *app, Act *act, const NewRequest *request, Str query_hash, Str note, Arena *a,
                 RequestWork *out, Err *err);

// Decides the step (domain/request.h), records its fact and what follows from it. The version goes
// up by one. No power is asked for here: the caller's route has.
bool request_take(App *app, RequestWork *work, const RequestStep *step, Arena *a, Err *err);

// Takes facts back that were recorded by mistake, all at once; they stay in the history, struck,
// with the reason in the request's note. What is left must still be a history that the rules allow.
bool request_untake(App *app, RequestWork *work, const int64_t *facts, size_t n, Str reason,
                    Arena *a, Err *err);

// The columns that repeat what follows from the facts, as of today; not written.
bool request_compute(App *app, const RequestFacts *facts, const RequestRules *rules, InfoRequest *r,
                     Err *err);
void request_keep(InfoRequest *r, const Clock *clock);

// Writes columns that were changed by hand, over the version it was loaded at.
bool request_save(App *app, RequestWork *work, Err *err);

bool request_note(Act *act, ActKind kind, const RequestWork *work, Arena *a, Err *err);
Str request_summary(const InfoRequest *r, Arena *a); // JSON, for the audit

// ERR_RULE for facts that are no step of their own, because they stand on a signed decision.
bool request_by_hand(FactKind kind, Err *err);
// A number as it is stored: people type (2026) and [2026] for 〔2026〕, and spaces.
Str request_code_normal(Str code, Arena *a);

// Whether a fact of this kind ends the request.
bool request_ends(FactKind kind);

#endif
