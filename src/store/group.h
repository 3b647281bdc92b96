// Requests that are answered together, and what one request is counted as (domain/group.h).
#ifndef GONGKAI_STORE_GROUP_H
#define GONGKAI_STORE_GROUP_H

#include "domain/group.h"
#include "store/request.h"

// --- joined

// How many follow it, and which one it follows; zeros for a request that is in no group.
bool store_group_side(Db *db, SiteId site, RequestId id, int64_t *followers, RequestId *lead,
                      Err *err);

typedef struct Joined {
    RequestId id, lead;
    int64_t at;
    PersonId person;
    Str person_name, reason;
} Joined;

bool store_joined_get(Db *db, SiteId site, RequestId id, Arena *a, Joined *out, bool *found,
                      Err *err);
// Inside an act: `id` follows `lead` from now on; same_as of the request is the caller's to save.
bool store_joined_add(Db *db, SiteId site, OrganId organ, const Joined *joined, Err *err);
bool store_joined_drop(Db *db, SiteId site, RequestId id, RequestId lead, Err *err);

// Followers by number behind `after`, at most `limit`.
bool store_group_followers(Db *db, const Scope *scope, RequestId lead, RequestId after,
                           int64_t limit, Arena *a, InfoRequests *out, Err *err);

enum { GROUP_WAYS = 4 };
extern const Str group_ways[GROUP_WAYS]; // of request.way: those that somebody has to send

typedef struct GroupFigures {
    int64_t n, open, unconfirmed, waiting, overdue; // followers; waiting: for somebody else
    Date first_due;                                 // of those open; date_none
    int64_t kinds[APPLICANT__COUNT];
    int64_t signed_by[GROUP_WAYS]; // whose reply is signed and waits to be sent
} GroupFigures;
// The letters of their replies, by number behind `after`: ids, 0 for those that have none.
bool store_group_letters(Db *db, const Scope *scope, RequestId lead, RequestId after, int64_t limit,
                         int64_t *out, size_t *n, Err *err);
bool store_group_figures(Db *db, SiteId site, RequestId lead, Date today, GroupFigures *out,
                         Err *err);

// Groups whose leading request is open, newest first.
typedef struct GroupLine {
    RequestId lead;
    Str code, title, organ_name, handler_name;
    Phase phase;
    Date due;
    int64_t n, made_at;
} GroupLine;

typedef struct GroupLines {
    GroupLine *v;
    size_t n, cap;
} GroupLines;

bool store_group_list(Db *db, const Scope *scope, RequestId before, int64_t limit, Arena *a,
                      GroupLines *out, Err *err);

// --- units

typedef struct Split {
    Units units; // none: the request is one unit
    int64_t at;
    PersonId person;
    Str person_name, reason;
} Split;

bool store_split_get(Db *db, SiteId site, RequestId id, Arena *a, Split *out, Err *err);
// In place of what was there; fewer than two units take it away. n_units of the request is the
// caller's to save.
bool store_split_set(Db *db, SiteId site, RequestId id, const Split *split, Err *err);

#endif
