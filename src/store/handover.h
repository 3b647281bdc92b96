// 交接 as stored: what went from one person to another, with the list as it was then. In a scope
// where the organ is to which the one who gave belonged.
#ifndef GONGKAI_STORE_HANDOVER_H
#define GONGKAI_STORE_HANDOVER_H

#include "domain/person.h"
#include "store/db.h"

typedef struct HandoverItem {
    Str noun; // task
    int64_t id;
    Str title; // as it was called then
} HandoverItem;

typedef struct HandoverItems {
    HandoverItem *v;
    size_t n, cap;
} HandoverItems;

typedef struct Handover {
    int64_t id;
    PersonId from, to;
    Str from_name, to_name;
    OrganId organ;
    int64_t at;
    Str note;
    int64_t n_items;
} Handover;

typedef struct Handovers {
    Handover *v;
    size_t n, cap;
} Handovers;

// From or to this person, the latest first; at most 100.
bool store_handover_list(Db *db, const Scope *scope, PersonId person, Arena *a, Handovers *out,
                         Err *err);
bool store_handover_get(Db *db, const Scope *scope, int64_t id, Arena *a, Handover *out,
                        HandoverItems *items, Err *err);
// Adds open tasks with the person, at organs in the scope; not what is somebody's own.
bool store_handover_tasks(Db *db, const Scope *scope, PersonId person, Arena *a, HandoverItems *io,
                          Err *err);
// The same for requests that are open and handled by the person; and giving one to another.
bool store_handover_requests(Db *db, const Scope *scope, PersonId person, Arena *a,
                             HandoverItems *io, Err *err);
// ERR_BUSY where it is not with `from` any more.
bool store_handover_request(Db *db, SiteId site, int64_t id, PersonId from, PersonId to, Err *err);
bool store_handover_add(Db *db, SiteId site, Handover *h, const HandoverItems *items, PersonId by,
                        Err *err);

#endif
