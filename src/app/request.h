// Disclosure on request, one function for each thing somebody does about one. What may be done is
// domain/request.h's affair; here it is loaded, recorded, and what follows is kept for the lists.
#ifndef GONGKAI_APP_REQUEST_H
#define GONGKAI_APP_REQUEST_H

#include "app/request_rules.h"
#include "domain/request.h"
#include "store/request.h"

// A request as it comes in.
typedef struct NewRequest {
    OrganId organ;
    Channel channel;
    Date filed; // handed in, arrived, sent; not after today
    Str title, description, form, way;
    ApplicantKind kind;
    Str name;
    Applicant applicant;
    Str query_code; // empty: a new one; else for who made it out of what nobody can guess
} NewRequest;

enum {
    QUERY_CODE_BYTES = 6
}; // twelve letters: 2^48, at 30 tries an hour for one number and network

typedef struct Registered {
    RequestId id;
    Str code;
    Str query_code; // for the applicant: shown once, only its hash is kept
} Registered;

// Gives it a number and records that it was filed. ERR_INPUT for what 条例第二十九条 wants and is
// not there, ERR_MISSING for an organ out of scope.
// The request as it would be registered, to look around with (app/asked.h) before it is.
bool app_request_draft(App *app, const NewRequest *request, Arena *a, InfoRequest *out, Err *err);

bool app_request_register(App *app, const NewRequest *request, Arena *a, Registered *out, Err *err);

// A step, recorded by somebody with the power `may`.
typedef struct RequestStep {
    RequestId id;
    int64_t version;  // of the request that was looked at
    RequestFact fact; // without its number
    Str whom, note;
    Outcome outcome; // FACT_ANSWERED and FACT_CLOSED
} RequestStep;

// ERR_DENIED where the step takes another power, ERR_RULE with the article where it may not be
// taken, ERR_BUSY where the request has been changed since.
bool app_request_step(App *app, Verb may, const RequestStep *step, Arena *a, Err *err);

// A step taken before the program kept the case, or elsewhere: the sample, what is brought in. No
// power is asked for and no signed decision; the law's rules hold all the same.
bool app_request_past_step(App *app, const RequestStep *step, Arena *a, Err *err);

// Takes back a step that was recorded by mistake; it stays in the history, struck. The rest must
// still be a history that the rules allow.
bool app_request_strike(App *app, RequestId id, int64_t version, int64_t fact, Str reason, Arena *a,
                        Err *err);

// Who handles it, and is told; somebody in scope. 0: nobody.
bool app_request_assign(App *app, RequestId id, int64_t version, PersonId handler, Arena *a,
                        Err *err);

// Everything about one request, computed as of today.
typedef struct RequestFile {
    InfoRequest request;
    Applicant applicant;
    StoredFacts facts;
    Clock clock;
    Ledger ledger;
    NextSteps next;
    RequestRules rules; // that all this was computed with
} RequestFile;

bool app_request_get(App *app, RequestId id, Arena *a, RequestFile *out, Err *err);

// Computes anew what is kept for the lists, for the requests whose turn has come by today: a job.
bool app_request_turn(App *app, Arena *a, int64_t *changed, Err *err);

#endif
