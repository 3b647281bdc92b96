// What the halves of store/person.h share: the columns of a person, and when a post or a
// substitution is in force.
#ifndef GONGKAI_STORE_PERSON_ROW_H
#define GONGKAI_STORE_PERSON_ROW_H

#include "store/person.h"

#define PERSON_COLUMNS                                                                             \
    "p.person_id, p.login, p.name, p.phone, p.email, p.organ_id, o.name, p.state, p.opened_at,"    \
    " p.closed_at, p.closed_why, p.version"
#define PERSON_TABLES "person p JOIN organ o ON o.site_id = p.site_id AND o.organ_id = p.organ_id"

#define POST_ON(p, day)                                                                            \
    "(" p ".from_on <= " day " AND (" p ".until_on IS NULL OR " p ".until_on > " day "))"
#define SUBSTITUTION_ON(s, day)                                                                    \
    "(" s ".from_on <= " day " AND " s ".to_on >= " day " AND (" s ".ended_on IS NULL OR " s       \
    ".ended_on > " day "))"

Person person_row(Stmt *s, Arena *a);

static inline void bind_number(Stmt *s, int64_t n) // 0 is NULL
{
    n ? bind_int(s, n) : bind_null(s);
}

bool no_person(Err *err); // ERR_MISSING

#endif
