// Organs as stored: rows, the names they bore, their lives, heirs, lines of supervision, and the
// pairs that scopes go by. What a viewer may see or change takes a Scope; what the public sees, and
// what is inside an act on the whole site, takes the site.
#ifndef GONGKAI_STORE_ORGAN_H
#define GONGKAI_STORE_ORGAN_H

#include "domain/organ.h"
#include "store/scope.h"
#include "store/site.h"

// --- the public side: organs with what they published

typedef struct OrganRow {
    OrganId id, parent;
    OrganKind kind;
    OrganTier tier;
    OrganState state;
    Str slug, name;
    int64_t ordinal;
    int64_t n_reports, first_year, last_year; // of what is stored; 0 without reports
} OrganRow;

typedef struct OrganRows {
    OrganRow *v;
    size_t n, cap;
} OrganRows;

// All organs of the site, in their order, with their counts. One query.
bool store_organ_rows(Db *db, SiteId site, Arena *a, OrganRows *out, Err *err);
// By its present address, or one it had: then out->slug is another than asked for. ERR_MISSING.
bool store_organ_by_slug(Db *db, SiteId site, Str slug, Arena *a, OrganRow *out, Err *err);
// Whose full name it is: of an active organ now, else the last that bore it. *found says whether
// there is one.
bool store_organ_by_name(Db *db, SiteId site, Str name, Arena *a, OrganRow *out, bool *found,
                         Err *err);
// Who bore it on that day, where somebody did: a name may be borne again after its bearer ended.
bool store_organ_by_name_on(Db *db, SiteId site, Str name, Date on, Arena *a, OrganRow *out,
                            bool *found, Err *err);

// --- whole organs

typedef struct Organs {
    Organ *v;
    size_t n, cap;
} Organs;

bool store_organ_get(Db *db, const Scope *scope, OrganId id, Arena *a, Organ *out, Err *err);
// Everything in scope, in the order of parents and ordinals: for exports and plans.
bool store_organ_all(Db *db, const Scope *scope, Arena *a, Organs *out, Err *err);

// Gives it its number, and where empty the slug "organ-<number>" and an ordinal behind the others;
// writes its name and the pairs above it. ERR_BUSY where name or slug has been taken meanwhile.
bool store_organ_add(Db *db, SiteId site, Organ *organ, Arena *a, Err *err);

// Everything but id and version, over the version that `organ` was read at; sets the new one.
// ERR_BUSY where somebody else has saved it meanwhile, ERR_MISSING out of scope. The other names
// are written anew; a slug given up goes on leading here.
bool store_organ_save(Db *db, const Scope *scope, Organ *organ, Arena *a, Err *err);

// Works out organ_under from the tree, the lines and the heirs as they stand, and writes what
// differs: after every change of shape, in the same transaction.
bool store_organ_under_refresh(Db *db, SiteId site, Err *err);
// Whether `organ` stands below `root`, or is it.
bool store_organ_is_under(Db *db, SiteId site, OrganId root, OrganId organ, bool *out, Err *err);

// How many of the active organs stand right under it.
bool store_organ_children(Db *db, SiteId site, OrganId id, int64_t *out, Err *err);
// How many people hold a post at it.
bool store_organ_people(Db *db, SiteId site, OrganId id, int64_t *out, Err *err);
// Active ones under `from` come under `to` (0: the top).
bool store_organ_adopt(Db *db, SiteId site, OrganId from, OrganId to, Err *err);

// Whether another organ than `but` has this address, now or in the past; likewise an active one
// this name or this credit code.
bool store_organ_slug_taken(Db *db, SiteId site, Str slug, OrganId but, bool *out, Err *err);
bool store_organ_name_taken(Db *db, SiteId site, Str name, OrganId but, bool *out, Err *err);
bool store_organ_credit_taken(Db *db, SiteId site, Str credit, OrganId but, bool *out, Err *err);

// --- lists of the desk

typedef struct OrganLine { // one line of a tree or a list
    OrganId id, parent;
    OrganKind kind;
    OrganTier tier;
    OrganState state;
    Str name, short_name, code, credit_code;
    Str found_as; // the name by which a search found it, where it is not its present one
    int64_t ordinal;
} OrganLine;

typedef struct OrganLines {
    OrganLine *v;
    size_t n, cap;
} OrganLines;

typedef struct OrganFilter {
    Str words;             // part of any name it has or had, or a whole code; empty: all
    OrganId parent;        // only what is right under it; none: wherever
    bool ended;            // also those that have ended
    int64_t offset, limit; // limit 0: all
} OrganFilter;

// By ordinal. *total without the limit. At most two queries.
bool store_organ_find(Db *db, const Scope *scope, const OrganFilter *filter, Arena *a,
                      OrganLines *out, int64_t *total, Err *err);

// --- names

typedef struct OrganName {
    OrganId organ;
    Str kind, name; // kind: name short alias
    Date from, until;
} OrganName;
typedef struct OrganNames {
    OrganName *v;
    size_t n, cap;
} OrganNames;

bool store_organ_names(Db *db, SiteId site, OrganId id, Arena *a, OrganNames *out, Err *err);
// The present name ends with `on`, and the new one begins.
bool store_organ_name_add(Db *db, SiteId site, OrganId id, Str name, Date on, Err *err);

// --- life

typedef struct OrganLife {
    int64_t id;
    OrganId organ;
    Str organ_name; // whose, as it is called now
    LifeEvent event;
    Date on;
    Str basis, old_name, new_name, old_parent, new_parent; // names
    OrganId old_parent_id, new_parent_id;
    PersonId by;
    int64_t recorded_at;
    bool inherited; // of an organ whose work this one carries on
} OrganLife;
typedef struct OrganLives {
    OrganLife *v;
    size_t n, cap;
} OrganLives;

bool store_organ_life_add(Db *db, SiteId site, OrganLife *life, Err *err); // sets id
// Its own and what was recorded of those it carries on, newest first.
bool store_organ_lives(Db *db, SiteId site, OrganId id, Arena *a, OrganLives *out, Err *err);
// The last day on which something took effect; date_none where nothing is recorded.
bool store_organ_last_change(Db *db, SiteId site, OrganId id, Date *out, Err *err);

bool store_organ_heir_add(Db *db, SiteId site, OrganId ended, OrganId heir, int64_t life, Err *err);
// Who carries on its work, and whose work it carries on; right away, not their heirs in turn.
bool store_organ_heirs(Db *db, SiteId site, OrganId id, Arena *a, OrganRows *out, Err *err);
bool store_organ_forerunners(Db *db, SiteId site, OrganId id, Arena *a, OrganRows *out, Err *err);

// --- lines of supervision

typedef struct Supervision {
    OrganId organ, over;
    Str organ_name, over_name, business;
    Date since;
} Supervision;
typedef struct Supervisions {
    Supervision *v;
    size_t n, cap;
} Supervisions;

// Those in which it is either side.
bool store_organ_supervisions(Db *db, SiteId site, OrganId id, Arena *a, Supervisions *out,
                              Err *err);
bool store_organ_line_add(Db *db, SiteId site, OrganId organ, OrganId over, Str business,
                          Date since, Err *err);
// *out: whether there was one.
bool store_organ_line_drop(Db *db, SiteId site, OrganId organ, OrganId over, Str business,
                           bool *out, Err *err);

#endif
