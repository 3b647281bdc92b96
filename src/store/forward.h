// Requests passed on to another organ of the site, seen from either side.
#ifndef GONGKAI_STORE_FORWARD_H
#define GONGKAI_STORE_FORWARD_H

#include "store/request.h"

typedef struct Forward {
    RequestId from, to;
    Str from_code, from_organ, to_code, to_organ, consent;
    OrganId to_organ_id;
    int64_t at;
} Forward;

typedef struct Forwards {
    Forward *v;
    size_t n, cap;
} Forwards;

// Those in which the request is either side; by their numbers.
bool store_forwards(Db *db, SiteId site, RequestId id, Arena *a, Forwards *out, Err *err);
bool store_forward_add(Db *db, SiteId site, const Forward *forward, PersonId by, Err *err);

#endif
