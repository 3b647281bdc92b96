// A Scope (domain/scope.h) as SQL. A statement that reads or changes what belongs to an organ has
// the site, the root and the reach as its first three parameters, bound by bind_scope, and
//
//     " AND " IN_SCOPE("t.organ_id")
//
// in its WHERE. The column is named with its table, also in an UPDATE: "organ_id" alone would be
// that of organ_under, and everything in scope (tools/style looks). organ_under has a row for every
// pair of organs of which one stands above the other: itself and its inner sections with reach
// REACH_ORGAN, what is below by the tree or by a line of supervision with REACH_BELOW
// (store/organ.h keeps it).
#ifndef GONGKAI_STORE_SCOPE_H
#define GONGKAI_STORE_SCOPE_H

#include "domain/scope.h"
#include "store/db.h"

#define IN_SCOPE(organ)                                                                            \
    "(?3 = 3 OR EXISTS (SELECT 1 FROM organ_under u WHERE u.site_id = ?1 AND u.root_id = ?2"       \
    " AND u.organ_id = " organ " AND u.reach <= ?3))"

static inline void bind_scope(Stmt *s, const Scope *scope)
{
    _Static_assert(REACH_ORGAN == 1 && REACH_BELOW == 2 && REACH_SITE == 3, "as in IN_SCOPE");
    bind_int(s, scope->site.n);
    bind_int(s, scope->root.n);
    bind_int(s, scope->reach);
}

#endif
