// Giving a request to somebody in a section of the organ, until an internal day, and chasing what
// is late.
#ifndef GONGKAI_APP_DUTY_H
#define GONGKAI_APP_DUTY_H

#include "app/request_work.h"
#include "store/duty.h"

typedef struct DutyGive {
    RequestId id;
    int64_t version; // of the request
    OrganId section; // 0: none
    PersonId person; // who then handles it
    Date due;        // before the legal day; date_none: none
    Str words;       // what is to be done; may be empty
} DutyGive;

// Whoever is given it is told; who had it before stays in its history. ERR_INPUT for a day that
// cannot be, ERR_MISSING for people and sections out of scope, ERR_BUSY.
bool app_duty_give(App *app, const DutyGive *give, Arena *a, Err *err);

// A job: who has it and who gave it are told of each that is late, once a day.
bool app_duty_chase(App *app, Arena *a, Str *did, Err *err);

#endif
