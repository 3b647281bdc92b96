// Disclosure on request from the applicant's side: filing, the receipt, and how far it is. Nobody
// is signed in: who has the number and the code may see that one request, and nothing else.
#ifndef GONGKAI_APP_REQUEST_PUBLIC_H
#define GONGKAI_APP_REQUEST_PUBLIC_H

#include "app/request.h"
#include "domain/receipt.h"

typedef struct Filed {
    RequestId id;
    Str code, query_code;
    Str receipt; // the signed text
    Str organ_name;
    bool proof_lost; // the request is filed, but the file could not be kept: it has to come again
} Filed;

// A request over the Internet, with the file that proves who asks (empty: none). The receipt is
// made here and not kept: it says what `request` said. Errors as of app_request_register, and of
// files.
bool app_request_file(App *app, const NewRequest *request, Str proof_name, Str proof, Arena *a,
                      Filed *out, Err *err);

// What an applicant is told: the clock, and the facts without what is internal.
typedef struct Progress {
    InfoRequest request;
    StoredFacts facts; // notes and names of officers taken out
    Clock clock;
    Ledger ledger;
    RequestRules rules; // that all this was computed with
} Progress;

// By number and code; brackets of any kind around the year. ERR_MISSING, in the same words, where
// there is no such number and where the code is another.
bool app_request_progress(App *app, Str code, Str query_code, Arena *a, Progress *out, Err *err);

// Withdrawn by the applicant (a step like the officer's).
bool app_request_withdraw(App *app, Str code, Str query_code, Arena *a, Err *err);

// The public key of receipts, in hexadecimal; ERR_MISSING where the site has no key.
bool app_receipt_key(const App *app, Arena *a, Str *out, Err *err);

#endif
