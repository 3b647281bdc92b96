// Open requests with their facts, many at a time, for what concerns all of them: a changed
// calendar, reminders.
#ifndef GONGKAI_STORE_REQUEST_OPEN_H
#define GONGKAI_STORE_REQUEST_OPEN_H

#include "store/request.h"

typedef struct OpenRequest {
    InfoRequest request; // number, organ, handler, code and what is computed; nothing else
    RequestFacts facts;  // those that stand, in order
} OpenRequest;

typedef struct OpenRequests {
    OpenRequest *v;
    size_t n, cap;
} OpenRequests;

enum { OPEN_REQUESTS_MOST = 2000 };

// The next OPEN_REQUESTS_MOST behind `after` ({0}: from the first), by number. One query.
bool store_request_open_list(Db *db, SiteId site, RequestId after, Arena *a, OpenRequests *out,
                             Err *err);

// One as it is to be kept; days_alone: only its days differ from what is kept.
typedef struct ComputedRequest {
    const InfoRequest *request;
    bool days_alone;
} ComputedRequest;

// Writes what is computed of these, and nothing else; their versions stay as they are.
bool store_request_computed_all(Db *db, SiteId site, const ComputedRequest *v, size_t n, Err *err);

#endif
