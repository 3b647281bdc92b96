// /rectify: asking an organ to correct its record of oneself (条例第四十一条), from the side of who
// asks: one form, and how far it is, by number and code. As with requests, no session and no
// cookie.
#ifndef GONGKAI_WEB_PAGE_RECTIFY_H
#define GONGKAI_WEB_PAGE_RECTIFY_H

#include "app/correction.h"
#include "web/fields.h"
#include "web/pages.h"

bool page_rectify(Request *r, Response *w, Err *err);      // whom to ask; how far it is
bool page_rectify_show(Request *r, Response *w, Err *err); //
bool page_rectify_form(Request *r, Response *w, Err *err);
bool page_rectify_send(Request *r, Response *w, Err *err);
bool page_rectify_letter(Request *r, Response *w, Err *err); // as PDF

// --- what the views are given

typedef struct RectifyLetter {
    Str id, title, code;
    Strs text; // old telephones open no PDF
} RectifyLetter;

typedef struct RectifyPage {
    Frame page;
    Form form;
    Links organs;
    Str action, organ, organ_phone;
    Str code, query_code, target; // filed
    bool found;
    Str title, say, words;
    Str day;
    RectifyLetter *letters;
    size_t n_letters;
} RectifyPage;

#endif
