// Disclosure on request from the applicant's side: filing, the receipt, how far it is, and what the
// applicant may do about it. Nobody is signed in: who has the number and the code may see that one
// request, and nothing else. Wrong codes are counted by number, whether there is such a number or
// not, and told in the same words.
#ifndef GONGKAI_APP_REQUEST_PUBLIC_H
#define GONGKAI_APP_REQUEST_PUBLIC_H

#include "app/citizen.h"
#include "app/publication.h"
#include "app/release.h"
#include "app/remedy.h"
#include "app/request.h"
#include "domain/receipt.h"
#include "store/citizen.h"
#include "store/fee.h"
#include "store/letter.h"

typedef struct Filed {
    RequestId id;
    Str code, query_code; // query_code as shown: in groups of four
    Str receipt;          // the signed text
    Str organ_name;
    bool again; // the same form came a second time: this is what the first one was filed as
} Filed;

// What is said with a request beside what 条例第二十九条 asks for.
typedef struct Wishes {
    Str help;      // 条例第四十三条, in words
    Str otherwise; // 第四十条: what to do where the form wanted is not there
    bool mail;     // about the progress, to the address given
    Str proof;     // key of a held file (citizen.h); empty: none
} Wishes;

// A request over the Internet, all in one act. The same form (app->once) sent again gives the same
// receipt and files nothing. Errors as of request_register, ERR_MISSING for a proof that is held no
// more, ERR_LIMIT where this network has filed too many today.
bool app_request_file(App *app, const NewRequest *request, const Wishes *wishes, Arena *a,
                      Filed *out, Err *err);

// What an applicant is told of a reply that a review or a suit ordered anew.
typedef struct RedoneView {
    Date sent_on, arrived_on; // of the last that went out; date_none
    Date due;                 // of one that is still to come; date_none where none is
    bool told;                // the decision or judgment names that day
} RedoneView;

// What an applicant is told: the clock, and the facts without what is internal.
typedef struct Progress {
    InfoRequest request;
    Applicant applicant;
    StoredFacts facts; // notes and names of officers taken out
    Clock clock;
    Ledger ledger;
    RequestRules rules; // that all this was computed with
    SaidWords words;    // what they said, opened
    bool mail;          // they want mail
    Letters letters;    // that went out to them; the reply without its body until it is delivered
    bool has_fee;
    FeeNotice fee;   // the notice that stands
    RemedyDays days; // what can be done until when, against the reply that stands
    DecisionHeads decisions;
    RedoneView redone;            // of a reply that was ordered anew
    PublicationAsked publication; // what became of their suggestion, and what is public of it
} Progress;

// Number and code as typed; brackets of any kind around the year.
typedef struct Ticket {
    Str number, code;
} Ticket;

// ERR_MISSING, in the same words, where there is no such number and where the code is another;
// ERR_LIMIT after too many of these.
bool app_request_progress(App *app, const Ticket *ticket, Arena *a, Progress *out, Err *err);

// Withdrawn by the applicant (a step like the officer's).
bool app_request_withdraw(App *app, const Ticket *ticket, Arena *a, Err *err);

// One more word about it (domain/word.h), with a file where there is one, and the fact that it
// records, in one act. `form` and `way` for WORD_WAY. ERR_RULE where the phase does not allow it,
// ERR_INPUT where words are missing or too long.
typedef struct Saying {
    WordKind kind;
    Str text;
    Str file_name, file; // empty: none
    Str form, way, email, address;
} Saying;
bool app_request_say(App *app, const Ticket *ticket, const Saying *saying, Arena *a, Err *err);

// Mail about the progress, or no more.
bool app_request_mail(App *app, const Ticket *ticket, bool wanted, Arena *a, Err *err);

// One of the letters of Progress, whole; a reply that is fetched is delivered that day
// (FACT_DELIVERED, FACT_REDONE_DELIVERED). ERR_MISSING for any other letter.
bool app_request_letter(App *app, const Ticket *ticket, LetterId letter, Arena *a, Letter *out,
                        Err *err);
// One of the files that were released (release.h), delivered likewise.
bool app_request_released(App *app, const Ticket *ticket, ReleaseFileId file, Arena *a,
                          ReleasePublicFile *out, Str *bytes, Err *err);

// The receipt once more, out of what is kept.
bool app_request_receipt(App *app, const Ticket *ticket, Arena *a, Filed *out, Err *err);

// The request that a ticket is for, as the functions above find it: for what else is given to
// applicants (files, letters). *own is `app` with the scope that applicants have: their own
// request.
bool request_ticket(App *app, const Ticket *ticket, Arena *a, App *own, RequestId *out, Err *err);

// --- officers: what applicants said, their texts opened, in the scope of the request
bool app_request_words(App *app, const InfoRequest *request, Arena *a, SaidWords *out, Err *err);
// The number of the identity paper, in full; leaves a line in the audit each time.
bool app_request_reveal(App *app, RequestId id, Arena *a, Applicant *out, Err *err);

// The public key of receipts, in hexadecimal; ERR_MISSING where the site has no key.
bool app_receipt_key(const App *app, Arena *a, Str *out, Err *err);

#endif
