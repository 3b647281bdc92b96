// Finding lines of the audit, newest first, among a million, without walking over them: each search
// goes down the index that its narrowest condition has. Where conditions are left that no index
// answers, AUDIT_WINDOW lines are looked through at a time, and the page says where to go on.
#ifndef GONGKAI_STORE_AUDIT_FIND_H
#define GONGKAI_STORE_AUDIT_FIND_H

#include "store/audit.h"
#include "store/scope.h"

// Zeros and empty texts: any.
typedef struct AuditFilter {
    PersonId person;
    Str who; // a person's name as it was then, in full
    Str act;
    OrganId organ;
    Str noun;
    int64_t noun_id; // only with a noun
    int64_t from;    // at >= from
    int64_t to;      // at < to
    Str text;        // somewhere in was or became
} AuditFilter;

enum { AUDIT_WINDOW = 20000 };

typedef struct AuditHit {
    AuditLine line;
    Str organ; // its name today
} AuditHit;

typedef struct AuditHits {
    AuditHit *v;
    size_t n, cap;
    int64_t next; // go on before this line; 0: that was all
    bool
        unsearched; // more was not looked at than not shown: the page may hold fewer than asked for
} AuditHits;

// At most `most` lines before the line `before` (0: from the newest on). Two queries.
bool store_audit_find(Db *db, const Scope *scope, const AuditFilter *filter, int64_t before,
                      size_t most, Arena *a, AuditHits *out, Err *err);

// One line with its hash. ERR_MISSING where there is none, or it is out of scope.
bool store_audit_get(Db *db, const Scope *scope, int64_t id, Arena *a, AuditHit *out, Err *err);

#endif
