// /desk/requests/:id/forward: passing a request on to the organ that is responsible.
#ifndef GONGKAI_WEB_PAGE_FORWARD_H
#define GONGKAI_WEB_PAGE_FORWARD_H

#include "web/request_part.h"

bool page_forward(Request *r, Response *w, Err *err);
bool page_forward_send(Request *r, Response *w, Err *err);

// On the request's page: to whom it was passed on, and from whom it came.
RequestPartShow part_forward;

typedef struct ForwardView {
    Str *v; // sentences
    size_t n;
    Str href; // of the form; empty: not for this viewer, or not now
} ForwardView;

#endif
