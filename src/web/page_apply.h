// 依申请公开 from the applicant's side: how to ask, the form in small steps with a page to check
// the answers, the receipt, how far a request is, and proving a receipt. No session and no cookie:
// what was written in the steps before travels in the form itself.
#ifndef GONGKAI_WEB_PAGE_APPLY_H
#define GONGKAI_WEB_PAGE_APPLY_H

#include "app/request_public.h"
#include "web/fields.h"
#include "web/page_request.h"
#include "web/pages.h"

bool page_apply(Request *r, Response *w, Err *err);
bool page_apply_form(Request *r, Response *w, Err *err);
bool page_apply_send(Request *r, Response *w, Err *err);
bool page_progress(Request *r, Response *w, Err *err);
bool page_progress_show(Request *r, Response *w, Err *err);
bool page_progress_withdraw(Request *r, Response *w, Err *err);
bool page_receipt(Request *r, Response *w, Err *err);
bool page_receipt_verify(Request *r, Response *w, Err *err);

// Whether the step asks for field `i`; the last one asks for what is left.
bool apply_asks(size_t i, int step);

// --- what the views are given

typedef struct ApplyPage { // how to ask, and whom
    Frame page;
    Links organs;
} ApplyPage;

typedef struct ApplyStepPage {
    Frame page;
    Form form;
    int step, last; // from 1
    Strs steps;     // their names
    Str organ, action;
    bool check; // the last one: answers are shown, not asked
} ApplyStepPage;

typedef struct FiledPage {
    Frame page;
    Filed filed;
    Html qr;
} FiledPage;

typedef struct ProgressPage {
    Frame page;
    Form form;
    bool found;
    Str code, query_code, tag, phase, title, organ, say, why;
    ClockCell *cells;
    size_t n_cells;
    LedgerRow *rows;
    size_t n_rows;
    FactLine *facts;
    size_t n_facts;
    bool may_withdraw;
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

#endif
