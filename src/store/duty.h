// Who works on a request in the organ, in which section, until when (内部分办): the row that has
// not ended stands; the others are its history. The request was loaded in scope.
#ifndef GONGKAI_STORE_DUTY_H
#define GONGKAI_STORE_DUTY_H

#include "store/request.h"

typedef struct Duty {
    int64_t id; // within the request, from 1
    RequestId request;
    OrganId section; // 内设机构; 0 none
    PersonId person, given_by;
    Str section_name, person_name, given_name, words;
    Date due; // internal; date_none none
    int64_t given_at, ended_at;
    Str code, title; // of the request, in store_duties_overdue
} Duty;

typedef struct Duties {
    Duty *v;
    size_t n, cap;
} Duties;

bool store_duties(Db *db, SiteId site, RequestId id, Arena *a, Duties *out,
                  Err *err); // newest first
// Ends the one that stands and adds this one; sets its id.
bool store_duty_add(Db *db, SiteId site, Duty *duty, Err *err);
// Standing ones of open requests whose day is over and of which nobody was reminded on `today`; at
// most 200.
bool store_duties_overdue(Db *db, SiteId site, Date today, Arena *a, Duties *out, Err *err);
bool store_duty_chased(Db *db, SiteId site, RequestId id, int64_t duty, Date today, Err *err);

#endif
