// /desk/requests: disclosure on request from the officer's side: what is due, one request with its
// five facts, its ledger and what may be done next, and a form for each step.
#ifndef GONGKAI_WEB_PAGE_REQUEST_H
#define GONGKAI_WEB_PAGE_REQUEST_H

#include "app/request.h"
#include "web/form_page.h"
#include "web/view.h"

// The request that the address names (:id); 0, which no request has, where it is no number.
static inline RequestId request_id_of(const Request *r)
{
    RequestId id = {0};
    str_to_int(request_param(r, "id"), &id.n);
    return id;
}

bool page_request(Request *r, Response *w, Err *err);
bool page_request_new(Request *r, Response *w, Err *err);
bool page_request_new_send(Request *r, Response *w, Err *err);
// One form for every step; the route's power has to be the one the step takes.
bool page_request_step(Request *r, Response *w, Err *err);
bool page_request_step_send(Request *r, Response *w, Err *err);
// Steps with a page of their own instead of that form: its path behind the request's address; NULL
// for the others.
extern const char *const step_pages[FACT__COUNT];
// Who handles it.
bool page_request_assign(Request *r, Response *w, Err *err);
bool page_request_assign_send(Request *r, Response *w, Err *err);
bool page_request_strike(Request *r, Response *w, Err *err);
bool page_request_strike_send(Request *r, Response *w, Err *err);

// --- what the views are given

typedef struct RequestLine {
    Str href, code, title, phase, tag, applicant, channel, filed, handler, draft_due, due, left;
    Str ended, outcome; // empty while it is open
    bool late, soon;
    Str pick;    // its number, for those who may choose several
    bool joined; // follows another one
} RequestLine;

typedef struct ClockCell { // a working day of the bar
    Str cls, text;         // u p t d
} ClockCell;

typedef struct LedgerRow {
    Str cls, day, words, days, total, source;
} LedgerRow;

// The bar and the ledger as both sides show them. No cells where no term runs.
void clock_cells(Arena *a, const Calendar *calendar, Date today, const Clock *clock,
                 const Ledger *ledger, ClockCell **out, size_t *n);
LedgerRow *ledger_view(Arena *a, const Ledger *ledger, size_t *n);

typedef struct StepDoor {
    Str href, name, by, why; // href empty: not now, and why
    int rank;                // the smaller, the further up
    bool primary;
} StepDoor;

typedef struct FactLine {
    Str cls, day, words, who, document, strike; // strike: where it can be taken back, or empty
    bool struck;
    bool by_applicant; // nobody of the organ wrote it down
} FactLine;

typedef struct RequestPage {
    Desk desk;
    Str code, title, say;
    Facts five;   // who has it, state (wide: with `tag`), draft deadline, legal deadline, paused
    Str tag;      // class of the state's look
    Str next_day; // above the timeline; empty: nothing runs
    StepDoor *doors;
    size_t n_doors;
    StepDoor *closed; // that people look for, with the reason
    size_t n_closed;
    ClockCell *cells;
    size_t n_cells;
    LedgerRow *rows;
    size_t n_rows;
    Str due_words, provisional;
    Str assign;  // where the handler is chosen, for who may
    Facts asked; // the request
    FactLine *facts;
    size_t n_facts;
    Html parts; // request_part.h
} RequestPage;

#endif
