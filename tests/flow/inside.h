// The site without sockets: requests handed to the same code that the server hands them to
// (web/call.h), in this process, so that a test can ask tens of thousands of pages.
#ifndef GONGKAI_FLOW_INSIDE_H
#define GONGKAI_FLOW_INSIDE_H

#include "../site_box.h"
#include "app/app.h"

#include "base/str.h"

typedef struct Inside Inside;

// Over a box whose folder is made. 2000-10-01 or so: the day is `today`, and stands still.
Inside *inside_open(const SiteBox *box, Date today, int64_t now);
void inside_close(Inside *in);

typedef struct Got {
    int status;
    Str head; // every header as "Name: value\n", the type first
    Str body;
} Got;

// `token`: of the session's cookie; empty: nobody. What is got lives in `a`.
Got inside_get(Inside *in, Arena *a, Str token, Str target);
Got inside_post(Inside *in, Arena *a, Str token, Str target, Str form); // urlencoded

// Value of a header, empty where it is missing.
Str got_header(const Got *got, const char *name);

#endif
