// 依申请公开 from the applicant's side: what is public already, whom to ask, the form in small
// steps with a page to check the answers, the receipt, how far a request is and what its applicant
// may do about it, and proving a receipt. No session and no cookie: what was written in the steps
// before travels in the form itself, and a file under a key that only the form has.
#ifndef GONGKAI_WEB_PAGE_APPLY_H
#define GONGKAI_WEB_PAGE_APPLY_H

#include "app/public_search.h"
#include "app/release.h"
#include "app/request_public.h"
#include "web/fields.h"
#include "web/page_request.h"
#include "web/pages.h"

bool page_apply(Request *r, Response *w, Err *err);         // page_apply.c
bool page_apply_form(Request *r, Response *w, Err *err);    // page_apply_form.c
bool page_apply_send(Request *r, Response *w, Err *err);    //
bool page_apply_resume(Request *r, Response *w, Err *err);  // a draft, by its code
bool page_apply_preview(Request *r, Response *w, Err *err); // the picture that was uploaded
bool page_progress(Request *r, Response *w, Err *err);      // page_progress.c
bool page_progress_show(Request *r, Response *w, Err *err);
bool page_progress_withdraw(Request *r, Response *w, Err *err);
bool page_progress_say(Request *r, Response *w, Err *err);
bool page_progress_mail(Request *r, Response *w, Err *err);
bool page_progress_receipt(Request *r, Response *w, Err *err);  // page_progress_give.c: downloads
bool page_progress_calendar(Request *r, Response *w, Err *err); //
bool page_progress_letter(Request *r, Response *w, Err *err);   //
bool page_progress_file(Request *r, Response *w, Err *err);     //
bool page_receipt(Request *r, Response *w, Err *err);           // page_receipt.c
bool page_receipt_verify(Request *r, Response *w, Err *err);

// --- what the views are given

typedef struct ApplyExample { // of what a request says
    const char *poor, *good, *why;
} ApplyExample;
extern const ApplyExample apply_examples[];
extern const size_t n_apply_examples;

typedef struct ApplyPage { // what is public, how to ask, and whom
    Frame page;
    Str words; // looked for
    bool searched, many;
    PublicHits hits;
    LikelyOrgans likely;
    Links organs;
    Form resume;
} ApplyPage;

typedef struct ApplyPart { // of the page to check: a step's answers
    Str name;
    int step;
} ApplyPart;

typedef struct ApplyStepPage {
    Frame page;
    Form form;
    bool natural;
    int step, last; // from 1
    Strs steps;     // their names
    Str organ, action, office_phone;
    bool check; // the last one: answers are shown, not asked
    Str proof_key, proof_name;
    bool proof_picture;
    Strs doubts; // that may be confirmed
    Str sure;    // the value that confirms them
    Str resume;  // code of the draft; empty: none
    Str draft_said;
    int draft_days;
    Links ways;      // of showing the page, as buttons: an address would lose what was typed
    Str due;         // if it were confirmed today
    PublicHits hits; // that fit what is being asked for
} ApplyStepPage;

// Whether the step asks this applicant for field `i`, and whether any step does.
bool apply_asks(const ApplyStepPage *p, size_t i, int step);
bool apply_asks_ever(const ApplyStepPage *p, size_t i);
// How an answer is shown on the page to check: numbers of identity papers are masked.
Str apply_shown(const ApplyStepPage *p, const FieldView *v);
// What was chosen, in words; empty: nothing.
Str apply_chosen(const ApplyStepPage *p, const FieldView *v);

typedef struct FiledPage {
    Frame page;
    Filed filed;
    Html qr;
} FiledPage;

typedef struct SaidLine {
    Str day, name, text;
    bool file;
} SaidLine;

typedef struct ProgressFile {
    Str id, name, kind, size, hash;
    bool redacted, again; // again: with a reply that was ordered anew
} ProgressFile;

typedef struct ProgressLetter {
    Str id, title, code;
    Strs text;  // its paragraphs; empty: read to be received, or no longer kept
    bool open;  // what it asks for is to be done now
    bool again; // a reply that was ordered anew
} ProgressLetter;

typedef struct ProgressPage {
    Frame page;
    Form form;
    bool found;
    Str code, query_code, once, tag, phase, title, organ, say, why, office, phone;
    Str done;          // what was just done
    Str failed;        // or why not
    WordKind tried;    // what was being said then, WORD__COUNT: nothing
    Str typed;         // what stood in its text
    Str confirmed_on;  // the day of receipt that waits for the applicant's word; empty: none
    Str way, way_form; // as asked for now
    Str email, address;
    bool may[WORD__COUNT]; // what may be said now
    bool may_withdraw, asks_mail, mail, calendar, given;
    ClockCell *cells;
    size_t n_cells;
    LedgerRow *rows;
    size_t n_rows;
    FactLine *facts;
    size_t n_facts;
    SaidLine *said;
    size_t n_said;
    ProgressFile *files;
    size_t n_files;
    Str elsewhere;
    ProgressLetter *letters;
    size_t n_letters;
    bool redone; // the reply that stands was ordered anew
    bool unread; // the reply waits to be received
    Str fee, fee_how, fee_words;
    Facts remedies;
    Str publication, publication_href; // what became of it being made public; empty: nothing
    Links ways; // of showing the page, as buttons: an address would lose what was sent
} ProgressPage;

typedef struct ReceiptPage {
    Frame page;
    Form form;
    bool proved;
    ReceiptProof proof;
    Str public_key;
} ReceiptPage;

// From now on the applicant acts: nobody we know, but from an address and in a request, for the
// audit.
void applicant_acts(Request *r);

// Instead of a download that is refused: the request (r names it by number and code) and why.
bool progress_refuse(Request *r, Response *w, const Err *why, Err *err);

// Instead of a download of a letter: the request with the letter's text.
bool progress_read(Request *r, Response *w, Err *err);

// The ways of showing a page that answers a form, taken out of its frame.
Links apply_ways(Request *r, Frame *page);

// Errors that are said beside a form to its applicant; the others are the server's.
bool applicant_told(const Err *err);

#endif
