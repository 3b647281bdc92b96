// Columns and tabs that lists of requests and searches in them share.
#ifndef GONGKAI_STORE_REQUEST_COLUMNS_H
#define GONGKAI_STORE_REQUEST_COLUMNS_H

#include "store/request.h"

// ?1 to ?3 the scope, ?4 person, ?5 today, ?6 soon, ?7 organ, in all of them.
#define REQUEST_LINE                                                                               \
    "SELECT r.request_id, r.organ_id, o.name, r.code, r.channel, r.title, r.applicant_kind,"       \
    " r.applicant_name, r.handler_id, p.name, r.filed_on, r.received_on, r.due_on,"                \
    " r.draft_due_on, r.turn_on, r.ended_on, r.act_by, r.phase, r.open, r.outcome, r.version,"     \
    " r.same_as"
#define REQUEST_LINE_NAMES                                                                         \
    " JOIN organ o ON o.site_id = r.site_id AND o.organ_id = r.organ_id"                           \
    " LEFT JOIN person p ON p.site_id = r.site_id AND p.person_id = r.handler_id"

// clang-format off
#define REQUEST_TABS(X)                                                                                                    \
    X(REQUESTS_OPEN,     "r.open = 1")                                                                                     \
    X(REQUESTS_MINE,     "r.open = 1 AND r.handler_id = ?4")                                                               \
    X(REQUESTS_DUE_SOON, "r.open = 1 AND r.due_on IS NOT NULL AND r.act_by >= ?5 AND r.act_by <= ?6")                      \
    X(REQUESTS_WAITING,  "r.open = 1 AND r.phase IN ('unconfirmed', 'correction', 'opinion', 'fee')")                      \
    X(REQUESTS_OVERDUE,  "r.open = 1 AND r.due_on IS NOT NULL AND r.act_by < ?5")                                          \
    X(REQUESTS_ENDED,    "r.open = 0")                                                                                     \
    X(REQUESTS_ALL,      "r.request_id > 0")
// clang-format on

InfoRequest request_line_row(Stmt *s, Arena *a);
// Binds ?1 to ?7.
void request_line_bind(Stmt *s, const Scope *scope, const RequestAsk *ask);
// At most 200; 20 where none is said.
int64_t request_line_limit(const RequestAsk *ask);

enum { ORGANS_MERGED = 24 };
// The organs of the scope; none where it is the whole site, or has too many to be read one by one.
bool request_organs(Db *db, const Scope *scope, OrganId out[ORGANS_MERGED], size_t *n, Err *err);

// The requests that hold ask->text, newest first (request_find.c).
bool request_find(Db *db, const Scope *scope, const RequestAsk *ask, Arena *a, InfoRequests *out,
                  Err *err);

#endif
