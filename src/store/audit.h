// The lines of the audit as stored. Written only through an act (app/act.h).
#ifndef GONGKAI_STORE_AUDIT_H
#define GONGKAI_STORE_AUDIT_H

#include "domain/audit.h"
#include "store/db.h"

// Adds a line under the last one, inside a transaction of the caller's; sets line->id, line->hash,
// and line->at where the clock stands before the line above.
bool store_audit_add(Db *db, SiteId site, AuditLine *line, Arena scratch, Err *err);

// Spends a form's key. ERR_REPEATED where it has been spent.
bool store_once_take(Db *db, SiteId site, PersonId person, Str once, int64_t now, Err *err);
// What the form was about, for those who send it again.
bool store_once_about(Db *db, SiteId site, PersonId person, Str once, Str noun, int64_t noun_id,
                      Err *err);
// *noun is empty where the key is unknown, or nothing is known of it.
bool store_once_find(Db *db, SiteId site, PersonId person, Str once, Arena *a, Str *noun,
                     int64_t *noun_id, Err *err);

#endif
