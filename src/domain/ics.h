// Days for a telephone's calendar, as RFC 5545 has them: whole days, with a reminder, in a file
// that every calendar program opens.
#ifndef GONGKAI_DOMAIN_ICS_H
#define GONGKAI_DOMAIN_ICS_H

#include "base/date.h"

typedef struct IcsEvent {
    Str uid;          // the same for the same event in every file, so that it is not there twice
    Date from, until; // both included; `until` date_none: one day
    Str title, text;
    int remind_days; // before `from`; 0: no reminder
} IcsEvent;

typedef struct IcsEvents {
    IcsEvent *v;
    size_t n, cap;
} IcsEvents;

enum { ICS_MAX = 256 << 10 };

// The whole file. `name` of the calendar; `now` seconds since 1970-01-01 UTC.
Str ics_write(const IcsEvents *events, Str name, int64_t now, Arena *a);

#endif
