// 代行 as stored: who stands in for whom. In a scope where its organ is.
#ifndef GONGKAI_STORE_SUBSTITUTION_H
#define GONGKAI_STORE_SUBSTITUTION_H

#include "domain/person.h"
#include "store/db.h"

// Of one person, whether away or standing in; of everybody in the scope with person 0. The latest
// first; `over` also those that are over on the day. At most 200.
bool store_substitution_list(Db *db, const Scope *scope, PersonId person, Date today, bool over,
                             Arena *a, Substitutions *out, Err *err);
bool store_substitution_get(Db *db, const Scope *scope, int64_t id, Arena *a, Substitution *out,
                            Err *err);
bool store_substitution_add(Db *db, SiteId site, Substitution *s, PersonId by, Err *err);
// From `on` on it does not hold. ERR_BUSY where it was over.
bool store_substitution_end(Db *db, const Scope *scope, int64_t id, Date on, Err *err);
// All of a person who leaves: for whom they stand in, and who stands in for them.
bool store_substitution_end_all(Db *db, SiteId site, PersonId person, Date on, Err *err);

#endif
