// What stands on a request's page below its ledger: one part for each thing that belongs to a
// request (its papers, the decision, fees, remedies, the archive). Each is a row of the table in
// request_part.c, with a function in the file of its own area.
#ifndef GONGKAI_WEB_REQUEST_PART_H
#define GONGKAI_WEB_REQUEST_PART_H

#include "app/request.h"
#include "web/http.h"
#include "web/view.h"

// Writes a <section> with a heading of level 2; nothing where there is nothing to say. `file` is
// the request as of today.
typedef bool RequestPartShow(Request *r, const RequestFile *file, Out *out, Err *err);

typedef struct RequestPart {
    const char *id; // of what it is about
    Verb may;       // who does not have it is not shown the part
    RequestPartShow *show;
} RequestPart;
extern const RequestPart request_parts[];

// All of them that this viewer is shown, in the order of the table, as one piece of a page.
bool request_parts_show(Request *r, const RequestFile *file, Html *out, Err *err);

#endif
