// /desk/requests/:id/opinions: who was asked for an opinion, what they answered, what the organ
// made of it; a form for each part of it.
#ifndef GONGKAI_WEB_PAGE_OPINION_H
#define GONGKAI_WEB_PAGE_OPINION_H

#include "app/opinion.h"
#include "web/desk.h"
#include "web/request_part.h"

bool page_opinions(Request *r, Response *w, Err *err);
bool page_opinion(Request *r, Response *w, Err *err);
bool page_opinion_send(Request *r, Response *w, Err *err);

// On the request's page.
RequestPartShow part_opinions;

// --- what the views are given

typedef struct OpinionView {
    Str whom, kind, state, tag;
    Facts facts;
    Links doors;
} OpinionView;

typedef struct OpinionsView {
    OpinionView *v;
    size_t n;
    Str href; // of the page of its own
} OpinionsView;

typedef struct OpinionPage {
    Desk desk;
    Str code, heading, hint, action, submit, back;
    OpinionsView list;
    Form form;
} OpinionPage;

#endif
