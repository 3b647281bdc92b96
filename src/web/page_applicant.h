// What officers see of an applicant on a request's page: help that is needed, what the applicant
// said since, and, on a page of its own that leaves a line in the audit each time, the number of
// the identity paper in full, or a new query code.
#ifndef GONGKAI_WEB_PAGE_APPLICANT_H
#define GONGKAI_WEB_PAGE_APPLICANT_H

#include "app/request_public.h"
#include "web/desk.h"
#include "web/request_part.h"

bool request_part_applicant(Request *r, const RequestFile *file, Out *out, Err *err);
bool page_request_reveal(Request *r, Response *w, Err *err);
// The answer itself shows the code: an address to be led to would have to carry it.
bool page_request_code(Request *r, Response *w, Err *err);

// --- what the views are given

typedef struct ApplicantWord {
    Str day, name, text, source, file; // file: where it is downloaded; empty: none
} ApplicantWord;

typedef struct ApplicantPart {
    Str reveal, csrf, once; // reveal: where the number is shown in full
    Str number;             // masked
    Str renew, renew_once;  // renew: where a new query code is given out; empty: not by them
    ApplicantWord *words;
    size_t n;
} ApplicantPart;

typedef struct RevealPage {
    Desk desk;
    Str code, name, id_kind, number, back;
} RevealPage;

typedef struct QueryCodePage {
    Desk desk;
    Str code, query_code, back;
} QueryCodePage;

#endif
