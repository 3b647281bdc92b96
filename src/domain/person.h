// People (人员): accounts, the posts they hold, who stands in for whom. What a login, a phone
// number and an address look like; who may give which role to whom. Decisions only: nothing here
// reads the clock or the database.
#ifndef GONGKAI_DOMAIN_PERSON_H
#define GONGKAI_DOMAIN_PERSON_H

#include "base/date.h"
#include "base/err.h"
#include "domain/viewer.h"

typedef struct Person {
    PersonId id;
    Str login; // lower case
    Str name;
    Str phone, email; // empty where not known
    OrganId organ;    // the organ or section they belong to
    Str organ_name;
    bool closed;
    int64_t opened_at, closed_at; // seconds since 1970-01-01 UTC; closed_at 0 while open
    Str closed_why;
    int64_t version;
} Person;

typedef struct People {
    Person *v;
    size_t n, cap;
} People;

#endif
