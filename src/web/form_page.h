// A page of the desk that is one form, and what all of them do: begin with where they stand, show,
// show again with what was wrong. Its view is request_form.
#ifndef GONGKAI_WEB_FORM_PAGE_H
#define GONGKAI_WEB_FORM_PAGE_H

#include "store/request.h"
#include "web/desk.h"

typedef struct RequestFormPage {
    Desk desk;
    Form form;
    Str heading, hint, action, submit, back;
} RequestFormPage;

// The list that a page stands under.
typedef struct FormPlace {
    DeskNav nav;
    Str list, name;
} FormPlace;
extern const FormPlace place_requests, place_corrections;

// Desk, crumbs and form of a page whose heading and back are set. `crumb`: what it is about; empty:
// nothing between the list and the form.
bool form_page_begin(Request *r, RequestFormPage *p, const FormPlace *place, Str crumb,
                     const FieldDef *defs, size_t n, Err *err);
// The same about a request, over its version, with action and back.
bool form_page_of_request(Request *r, RequestFormPage *p, const InfoRequest *q,
                          const FieldDef *defs, size_t n, Err *err);

// 422 where something is wrong with the form.
bool form_page_show(Response *w, RequestFormPage *p);
// Once more, with what the act said where the person at the form can mend it (form_mend).
bool form_page_again(Response *w, RequestFormPage *p, const Err *why, Err *err);

// --- fields that several forms have

// The organs in scope that are at work, sections apart, as choices of the field.
bool form_organs(Request *r, Form *f, const char *field, Err *err);
// The kinds of applicants as choices of "kind", the channels of "channel".
void form_applicants(Form *f);
void form_channels(Form *f);
// What is sealed of who asks: id_kind, id_number, phone, email, address.
Applicant form_applicant(const Form *f);

// The request whose number the field holds; 0 where it is empty. A number that none has is wrong,
// beside the field.
bool form_request_named(Request *r, Form *f, const char *field, RequestId *out, Err *err);

#endif
