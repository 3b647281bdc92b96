// /desk/corrections: 更正 of records about the applicant (条例第四十一条).
#ifndef GONGKAI_WEB_PAGE_CORRECTION_H
#define GONGKAI_WEB_PAGE_CORRECTION_H

#include "app/correction.h"
#include "web/page_letter.h"

bool page_corrections(Request *r, Response *w, Err *err);
bool page_correction(Request *r, Response *w, Err *err);
// A page of its own with the number in full; each time it leaves a line in the audit.
bool page_correction_reveal(Request *r, Response *w, Err *err);
bool page_correction_new(Request *r, Response *w, Err *err);
// The answer itself shows the applicant's code: an address to be led to would have to carry it.
bool page_correction_new_send(Request *r, Response *w, Err *err);
bool page_correction_examine(Request *r, Response *w, Err *err);
bool page_correction_examine_send(Request *r, Response *w, Err *err);
// One page for each way to end it, with the letter that tells the applicant.
bool page_correction_end(Request *r, Response *w, Err *err);
bool page_correction_end_send(Request *r, Response *w, Err *err);

CorrectionId correction_id_of(const Request *r); // that the address names; 0: no number

typedef struct CorrectionLine {
    Str href, code, record, applicant, organ, filed, target, state, tag;
    bool late;
} CorrectionLine;

typedef struct CorrectionListPage {
    Desk desk;
    Str text, next;
    bool open_only, may_add;
    CorrectionLine *lines;
    size_t n;
} CorrectionListPage;

typedef struct CorrectionFiledPage {
    Desk desk;
    Str code, query_code, href;
} CorrectionFiledPage;

typedef struct CorrectionPage {
    Desk desk;
    Str title, code, say, state, tag;
    Facts facts, who;
    StepDoor *doors;
    size_t n_doors;
    LetterPartPage letters;
    Str reveal, csrf, once; // reveal: where the number of the identity paper is shown in full
} CorrectionPage;

#endif
