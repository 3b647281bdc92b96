// What the halves of store/person.h share: the columns of a person, and when a post or a
// substitution is in force.
#ifndef GONGKAI_STORE_PERSON_ROW_H
#define GONGKAI_STORE_PERSON_ROW_H

#include "store/person.h"
#include "store/scope.h"

#define PERSON_COLUMNS                                                                             \
    "p.person_id, p.login, p.name, p.phone, p.email, p.organ_id, o.name, p.state, p.opened_at,"    \
    " p.closed_at, p.closed_why, p.version"
#define PERSON_TABLES "person p JOIN organ o ON o.site_id = p.site_id AND o.organ_id = p.organ_id"

#define POST_ON(p, day)                                                                            \
    "(" p ".from_on <= " day " AND (" p ".until_on IS NULL OR " p ".until_on > " day "))"
#define SUBSTITUTION_ON(s, day)                                                                    \
    "(" s ".from_on <= " day " AND " s ".to_on >= " day " AND (" s ".ended_on IS NULL OR " s       \
    ".ended_on > " day "))"

// As IN_SCOPE (store/scope.h) of a person: where they belong, hold or held a post, or stand in.
#define PERSON_IN_SCOPE(p)                                                                         \
    "(" IN_SCOPE(p ".organ_id") " OR EXISTS (SELECT 1 FROM post sp WHERE sp.site_id = ?1"          \
                                " AND sp.person_id = " p                                           \
                                ".person_id AND sp.until_on IS NULL AND " IN_SCOPE(                \
                                    "sp.organ_id") ")"                                             \
                                                   " OR EXISTS (SELECT 1 FROM substitution ss "    \
                                                   "WHERE ss.site_id = ?1"                         \
                                                   " AND ss.substitute_id = " p                    \
                                                   ".person_id AND " IN_SCOPE("ss.organ_id") "))"

// The organ that runs the site, whose "below" is everything.
#define TOP_ORGAN "(SELECT t.organ_id FROM site t WHERE t.site_id = ?1)"

Person person_row(Stmt *s, Arena *a);

static inline void bind_number(Stmt *s, int64_t n) // 0 is NULL
{
    n ? bind_int(s, n) : bind_null(s);
}

bool no_person(Err *err); // ERR_MISSING

#endif
