// Open requests whose answer comes due: for the forecast and for reminders.
#ifndef GONGKAI_STORE_REQUEST_DUE_H
#define GONGKAI_STORE_REQUEST_DUE_H

#include "store/request.h"

typedef struct DueRequest {
    RequestId id;
    OrganId organ;
    PersonId handler;
    Str code, title, organ_name, handler_name;
    Phase phase; // open or opinion
    Date due, draft_due;
    Str draft;      // where the reply stands (decision.state); empty: nothing has been written
    int64_t remedy; // the case that orders a new reply; 0: it is the reply to the request
} DueRequest;

typedef struct DueRequests {
    DueRequest *v;
    size_t n, cap;
} DueRequests;

enum { DUE_REQUESTS_MOST = 500 };

// Due on `until` or before, the earliest first, at most DUE_REQUESTS_MOST behind the one given
// ({0}: from the first). One query.
bool store_request_due(Db *db, const Scope *scope, Date until, const DueRequest *after, Arena *a,
                       DueRequests *out, Err *err);

// New replies that reviews and suits have ordered (domain/remedy.h), likewise; without draft_due.
bool store_redo_due(Db *db, const Scope *scope, Date until, const DueRequest *after, Arena *a,
                    DueRequests *out, Err *err);

// Notes that a reminder is given. *first says whether it has not been given before.
bool store_request_told(Db *db, SiteId site, RequestId id, Str rule, Date day, int64_t now,
                        bool *first, Err *err);

// Who holds the role at the organ on that day, and who stands in for them.
typedef struct PersonIds {
    PersonId *v;
    size_t n, cap;
} PersonIds;
bool store_role_holders(Db *db, SiteId site, OrganId organ, Role role, Date today, Arena *a,
                        PersonIds *out, Err *err);

#endif
