// The lines of the audit as stored. Written only through an act (app/act.h).
#ifndef GONGKAI_STORE_AUDIT_H
#define GONGKAI_STORE_AUDIT_H

#include "domain/seal.h"
#include "store/db.h"

// Adds a line under the last one, inside a transaction of the caller's, which other writers wait
// for. line->clock is what the clock says; sets line->id, line->hash, and line->at, which is the
// clock's or, where that stands before the line above, the time of that line.
bool store_audit_add(Db *db, SiteId site, AuditLine *line, Err *err);
// The same without looking for the last one: `last` was added in this very transaction, and none
// behind it. Of *last id, at and hash are read.
bool store_audit_add_behind(Db *db, SiteId site, const AuditLine *last, AuditLine *line, Err *err);

// The last line's id, at and hash; zeros where there is none.
bool store_audit_last(Db *db, SiteId site, AuditLine *out, Err *err);

// At most `most` lines behind `after`, in the order of the chain, without copying their texts: what
// `each` is given is good until it returns. It returns false to stop. For verifying and exports.
typedef bool AuditEach(void *ctx, const AuditLine *line);
bool store_audit_walk(Db *db, SiteId site, int64_t after, size_t most, AuditEach *each, void *ctx,
                      Err *err);
// The same kept in the arena, into v[most].
bool store_audit_after(Db *db, SiteId site, int64_t after, size_t most, Arena *a, AuditLine *v,
                       size_t *n, Err *err);

// --- seals; *found is false where there is none, and *out untouched

bool store_seal_add(Db *db, SiteId site, const Seal *seal, Err *err);
bool store_seal_after(Db *db, SiteId site, int64_t after, Seal *out, bool *found, Err *err);
// The newest made for a day before `day`; for date_none, the newest of all.
bool store_seal_before(Db *db, SiteId site, Date day, Seal *out, bool *found, Err *err);
// The first that covers the line.
bool store_seal_of(Db *db, SiteId site, int64_t line, Seal *out, bool *found, Err *err);

// Spends a form's key. ERR_REPEATED where it has been spent.
bool store_once_take(Db *db, SiteId site, PersonId person, Str once, int64_t now, Err *err);
// What the form was about, for those who send it again.
bool store_once_about(Db *db, SiteId site, PersonId person, Str once, Str noun, int64_t noun_id,
                      Err *err);
// *noun is empty where the key is unknown, or nothing is known of it.
bool store_once_find(Db *db, SiteId site, PersonId person, Str once, Arena *a, Str *noun,
                     int64_t *noun_id, Err *err);
// Forgets keys spent before a moment; *n: how many.
bool store_once_forget(Db *db, SiteId site, int64_t before, int64_t *n, Err *err);

#endif
