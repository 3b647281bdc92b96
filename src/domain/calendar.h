// Working days (工作日). The State Council's notices say year by year which days off there are and
// which weekend days are worked (调休); `data/calendar` holds them, one file a notice. A day that
// no notice names works from Monday to Friday. Terms are counted as practice counts them: the day
// on which something happens is day 0, the next working day is day 1 (domain law: 条例 gives no
// article of its own; 行政复议法 88 refers to 民事诉讼法 85).
//
// A year without a notice is reckoned with weekends and the statutory days
// (全国年节及纪念日放假办法), without the worked weekend days that nobody knows yet: what is
// counted into it is provisional, and every answer says so.
//
// A Calendar is made once and only read; any thread may use it.
#ifndef GONGKAI_DOMAIN_CALENDAR_H
#define GONGKAI_DOMAIN_CALENDAR_H

#include "base/date.h"
#include "base/err.h"

enum {
    CALENDAR_FIRST_YEAR = 2006, // the first notice's year, and the December before it
    CALENDAR_LAST_YEAR = 2037,
    CALENDAR_MAX_DAYS = (CALENDAR_LAST_YEAR - CALENDAR_FIRST_YEAR + 1) * 366,
    CALENDAR_MAX_WORKDAYS = 1000, // of one term
};

// What a notice says of one day.
typedef struct CalendarDay {
    Date date;
    bool works;
    Str name; // 春节
} CalendarDay;

typedef struct CalendarDays {
    CalendarDay *v;
    size_t n, cap;
} CalendarDays;

// One notice, national or a region's. `year` is the one in its title; it may name days of the
// December before.
typedef struct CalendarNotice {
    int year;
    bool regional; // holidays of a region: they do not make the year known
    Strs sources;  // addresses of the notices
    CalendarDays days;
} CalendarNotice;

typedef struct CalendarNotices {
    CalendarNotice *v;
    size_t n, cap;
} CalendarNotices;

// Reads one notice: lines `source ADDRESS`, `2026-02-14 work 春节`, `2026-02-15 off 春节`; empty
// lines and # comments are passed over. ERR_INPUT names the line.
bool calendar_notice_read(Str text, int year, Arena *a, CalendarNotice *out, Err *err);

// Reads days as a notice writes them, for somebody who copies them from it:
// `二、春节：2月15日（周日）至23日（周一）放假调休，共9天。2月14日（周六）上班。`, or a day a line:
// `2026-02-14 work 春节`. A day without a year is of `year`; a sentence that says 班 (or work) is
// of days worked, any other of days off; what stands before a colon, or else the first words, is
// what the days are called. ERR_INPUT names the line.
bool calendar_days_read(Str text, int year, Arena *a, CalendarDays *out, Err *err);

// Whether the days can stand in a notice for `year`: days of that year or of the December before,
// each said once. ERR_INPUT.
bool calendar_days_check(const CalendarDays *days, int year, Err *err);

// The same days as text that calendar_days_read takes, a line for each span.
Str calendar_days_text(const CalendarDays *days, Arena *a);

// The national notices built into the program.
CalendarNotices calendar_national(Arena *a);

typedef struct Calendar {
    Date first;                // 1 January of CALENDAR_FIRST_YEAR
    size_t n;                  // days
    const int32_t *sum;        // [i]: working days among the first i days
    const CalendarDay **named; // [i]: what is said of the day, or NULL
    bool known[CALENDAR_LAST_YEAR - CALENDAR_FIRST_YEAR + 1]; // the year has a notice
} Calendar;

// A later notice wins over an earlier one for the same day: national ones first, then a region's;
// the caller puts them in this order. The days named stay where `notices` has them.
bool calendar_make(const CalendarNotices *notices, Arena *a, Calendar *out, Err *err);

// Only days within the calendar may be asked for: calendar_has.
bool calendar_has(const Calendar *c, Date d);
bool calendar_works(const Calendar *c, Date d);
int calendar_weekday(Date d);                                 // Monday 0 … Sunday 6
const CalendarDay *calendar_named(const Calendar *c, Date d); // NULL: nothing is said of it
bool calendar_known(const Calendar *c, Date d);               // a notice for its year is there

typedef struct Term {
    Date due;
    bool provisional; // counted into a year without a notice
} Term;

// The day on which a term of `workdays` (0 to CALENDAR_MAX_WORKDAYS) that begins after `from` ends.
// ERR_INPUT for what lies outside.
bool calendar_due(const Calendar *c, Date from, int workdays, Term *out, Err *err);

// The day `workdays` working days before `due`, itself a working day where workdays > 0; date_none
// outside the calendar. For dates that an organ sets itself (the draft is ready).
Date calendar_before(const Calendar *c, Date due, int workdays);

// Working days after `from` up to and including `to`; negative where `to` is before `from`.
bool calendar_count(const Calendar *c, Date from, Date to, int *out, Err *err);

#endif
