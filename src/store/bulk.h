// What is being done to many requests, and how far it is (domain/bulk.h).
#ifndef GONGKAI_STORE_BULK_H
#define GONGKAI_STORE_BULK_H

#include "domain/bulk.h"
#include "store/request.h"

typedef struct Bulk {
    int64_t id;
    BulkKind kind;
    OrganId organ; // whose affair
    Str organ_name;
    RequestId lead;   // BULK_JOIN, BULK_ANSWER
    PersonId handler; // BULK_ASSIGN
    Date on;          // BULK_CONFIRM, BULK_ANSWER, BULK_EXTEND, BULK_SEND
    Str way, first;   // BULK_SEND: of request.way; the number in the post of the first
    int64_t workdays; // BULK_EXTEND
    Str reason;
    PersonId person; // who wants it, and in which scope
    Str person_name;
    OrganId root;
    Reach reach;
    int64_t made_at, ended_at; // ended_at 0: there is more to do
    int64_t n, n_done, n_left; // left: left out
} Bulk;

typedef struct Bulks {
    Bulk *v;
    size_t n, cap;
} Bulks;

typedef struct RequestIds {
    RequestId *v;
    size_t n, cap;
} RequestIds;

// Requests chosen without naming each. Open ones alone.
typedef enum BulkSet {
    BULK_SET_LIST,    // named one by one
    BULK_SET_WORDING, // of an organ, worded so
    BULK_SET_GROUP,   // that follow a request
    BULK_SET__COUNT,
} BulkSet;

typedef struct BulkChoice {
    BulkSet set;
    RequestIds ids;   // BULK_SET_LIST
    OrganId organ;    // BULK_SET_WORDING
    int64_t asked;    // BULK_SET_WORDING
    RequestId group;  // BULK_SET_GROUP
    bool unconfirmed; // only those that wait for confirmation
    bool free;        // only those in no group
    Str way;          // only those who want to be told so; empty: any
    RequestId but;    // not this one
} BulkChoice;

// How many there are; of BULK_SET_LIST as many as were named. The first of them, at most `limit`.
bool store_bulk_count(Db *db, const Scope *scope, const BulkChoice *choice, int64_t *out, Err *err);
bool store_bulk_first(Db *db, const Scope *scope, const BulkChoice *choice, int64_t limit, Arena *a,
                      RequestIds *out, Err *err);

// Sets id and n.
bool store_bulk_add(Db *db, const Scope *scope, Bulk *bulk, const BulkChoice *choice, Err *err);

bool store_bulk_get(Db *db, const Scope *scope, int64_t id, Arena *a, Bulk *out, Err *err);
// The first that is not at its end; *found says whether there is one.
bool store_bulk_going(Db *db, SiteId site, Arena *a, Bulk *out, bool *found, Err *err);
// Those about a request that leads, newest first.
bool store_bulk_of(Db *db, const Scope *scope, RequestId lead, int64_t limit, Arena *a, Bulks *out,
                   Err *err);

bool store_bulk_waiting(Db *db, SiteId site, int64_t bulk, int64_t limit, Arena *a, RequestIds *out,
                        Err *err);
// One is done, or left out for the reason `why`.
bool store_bulk_settle(Db *db, SiteId site, int64_t bulk, RequestId id, bool done, Str why,
                       Err *err);
// Counts what a piece has done; ended_at where nothing waits any more.
bool store_bulk_step(Db *db, SiteId site, int64_t bulk, int64_t done, int64_t left,
                     int64_t ended_at, Err *err);

typedef struct BulkLeft {
    RequestId id;
    Str code, title, applicant_name, why;
} BulkLeft;

typedef struct BulkLefts {
    BulkLeft *v;
    size_t n, cap;
} BulkLefts;

// What was left out, or done, by number behind `after`.
bool store_bulk_items(Db *db, const Scope *scope, int64_t bulk, bool done, RequestId after,
                      int64_t limit, Arena *a, BulkLefts *out, Err *err);

#endif
