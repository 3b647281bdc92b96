// Days. A Date is a day of the Gregorian calendar, not a moment; only cli/main.c and the job runner
// know which day today is.
#ifndef GONGKAI_DATE_H
#define GONGKAI_DATE_H

#include "base/str.h"

typedef struct Date {
    int32_t days; // since 1970-01-01; DATE_NONE_DAYS for none
} Date;

enum { DATE_NONE_DAYS = INT32_MIN };
static const Date date_none = {DATE_NONE_DAYS};

static inline bool date_is(Date d)
{
    return d.days != DATE_NONE_DAYS;
}

bool date_make(int year, int month, int day,
               Date *out); // false for a day that is not in the calendar
void date_parts(Date d, int *year, int *month, int *day);
int date_year(Date d);
Str date_iso(Arena *a, Date d); // 2026-03-19
Str date_zh(Arena *a, Date d);  // 2026年3月19日
bool date_parse(Str s,
                Date *out); // 2026-03-19, 2026/3/19, 2026.3.19, 2026年3月19日; the whole of s

// --- moments: seconds since 1970-01-01 UTC, shown in the one time of the country (北京时间, UTC+8
// the whole year), whatever the machine is set to

Date moment_day(int64_t seconds);
int64_t moment_begin(Date day);             // the first second of a day
Str moment_text(Arena *a, int64_t seconds); // 2026-03-19 09:30:05
Str moment_zh(Arena *a, int64_t seconds);   // 2026年3月19日09:30, for sentences

#endif
