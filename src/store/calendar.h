// The site's own notices on working days, and how it reads what the law leaves open, as stored.
// What is built into the program stands before them (domain/calendar.h); app/request_rules.h puts
// all together.
#ifndef GONGKAI_STORE_CALENDAR_H
#define GONGKAI_STORE_CALENDAR_H

#include "domain/clock.h"
#include "domain/ids.h"
#include "store/db.h"

typedef struct SiteNotice {
    int64_t id;            // 0 before it is stored
    CalendarNotice notice; // without sources; days in their order
    Str number, title, address;
    int64_t entered_at, withdrawn_at; // seconds since 1970-01-01 UTC; withdrawn_at 0: in force
    PersonId entered_by, withdrawn_by;
    Str entered_name, withdrawn_name, withdrawn_why;
} SiteNotice;

typedef struct SiteNotices {
    SiteNotice *v;
    size_t n, cap;
} SiteNotices;

enum { SITE_NOTICES_MAX = 200, NOTICE_DAYS_MAX = 200 };

// With their days: national ones first, then the region's, each in the order they were entered, as
// calendar_make wants them; withdrawn ones too where asked. Two queries.
bool store_calendar_list(Db *db, SiteId site, bool withdrawn, Arena *a, SiteNotices *out, Err *err);
// ERR_MISSING.
bool store_calendar_get(Db *db, SiteId site, int64_t id, Arena *a, SiteNotice *out, Err *err);
// Gives it its number.
bool store_calendar_add(Db *db, SiteId site, SiteNotice *notice, Err *err);
// ERR_BUSY where it has been withdrawn already.
bool store_calendar_withdraw(Db *db, SiteId site, int64_t id, PersonId by, int64_t now, Str why,
                             Err *err);

// One change of a setting (clock_setting_defs).
typedef struct ClockChange {
    size_t which;
    int value, was;
    Str why;
    int64_t at;
    PersonId by;
    Str by_name;
} ClockChange;

typedef struct ClockChanges {
    ClockChange *v;
    size_t n, cap;
} ClockChanges;

// In the order they were made; of settings that this program does not know, none.
bool store_clock_changes(Db *db, SiteId site, Arena *a, ClockChanges *out, Err *err);
bool store_clock_change_add(Db *db, SiteId site, const ClockChange *change, Err *err);

// Another number after every change; 0 before the first.
bool store_clock_stamp(Db *db, SiteId site, int64_t *out, Err *err);
bool store_clock_stamp_set(Db *db, SiteId site, int64_t stamp, Err *err);

#endif
