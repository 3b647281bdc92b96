#include "domain/calendar.h"

#include "base/embedded.h"

#include <ctype.h>

extern const Embedded calendar_files[]; // data/calendar/*.txt, in order of their names
extern const size_t calendar_files_n;

// --- reading notices

static bool bad_line(int line, Str text, Err *err)
{
    return fail(err, ERR_INPUT, NULL,
                "第%d行“" PRI_STR "”有误：应当是“source 网址”，或者“2026-02-14 work 春节”、"
                "“2026-02-15 off 春节”",
                "line %d, “" PRI_STR
                "”, is neither “source ADDRESS” nor “2026-02-14 work 春节” nor "
                "“2026-02-15 off 春节”",
                line, STR_ARG(str_sub(text, 0, 60)));
}

static bool day_read(Str line, CalendarDay *out)
{
    Str date, how, rest;
    Date d;
    str_cut(line, S(" "), &date, &rest);
    str_cut(str_trim(rest), S(" "), &how, &rest);
    if (!date_parse(date, &d) || (!str_eq(how, S("work")) && !str_eq(how, S("off"))))
        return false;
    *out = (CalendarDay){d, str_eq(how, S("work")), str_trim(rest)};
    return out->name.n > 0;
}

static bool line_read(CalendarNotice *notice, Str line, int number, Arena *a, Err *err)
{
    CalendarDay day;
    if (!line.n || line.s[0] == '#')
        return true;
    if (str_starts(line, S("source "))) {
        *PUSH(a, &notice->sources) = str_trim(str_from(line, 7));
        return true;
    }
    if (!day_read(line, &day))
        return bad_line(number, line, err);
    int year = date_year(day.date);
    if (year != notice->year && year != notice->year - 1)
        return fail(err, ERR_INPUT, NULL, "第%d行的日期不属于%d年的通知",
                    "the day in line %d does not belong into a notice for %d", number,
                    notice->year);
    *PUSH(a, &notice->days) = day;
    return true;
}

bool calendar_notice_read(Str text, int year, Arena *a, CalendarNotice *out, Err *err)
{
    CalendarNotice notice = {.year = year};
    int number = 0;
    for (Str line; text.n;) {
        str_cut(text, S("\n"), &line, &text);
        if (!line_read(&notice, str_trim(line), ++number, a, err))
            return false;
    }
    *out = notice;
    return true;
}

// The statutory days of years to come stand in one file, which is a notice for none of them.
enum { STATUTORY = 0 };

static bool statutory_read(Str text, Arena *a, CalendarNotice *out)
{
    *out = (CalendarNotice){.year = STATUTORY};
    for (Str line; text.n;) {
        CalendarDay day;
        str_cut(text, S("\n"), &line, &text);
        if (day_read(str_trim(line), &day))
            *PUSH(a, &out->days) = day;
    }
    return true;
}

CalendarNotices calendar_national(Arena *a)
{
    CalendarNotices all = {0};
    for (size_t i = 0; i < calendar_files_n; i++) {
        int64_t year;
        Err err;
        CalendarNotice notice;
        bool is_year = str_to_int(str_sub(calendar_files[i].name, 0, 4), &year);
        bool read = is_year
                        ? calendar_notice_read(calendar_files[i].bytes, (int)year, a, &notice, &err)
                        : statutory_read(calendar_files[i].bytes, a, &notice);
        if (read) // a file of ours that cannot be read fails the tests
            *PUSH(a, &all) = notice;
    }
    return all;
}

// --- making

static Date new_year(int year)
{
    Date d = date_none;
    date_make(year, 1, 1, &d);
    return d;
}

static size_t place(const Calendar *c, Date d)
{
    return (size_t)(d.days - c->first.days);
}

static bool notices_lay(const CalendarNotices *notices, Calendar *c, Err *err)
{
    for (size_t i = 0; i < notices->n; i++) {
        const CalendarNotice *notice = &notices->v[i];
        if (notice->year != STATUTORY &&
            (notice->year <= CALENDAR_FIRST_YEAR || notice->year > CALENDAR_LAST_YEAR))
            return fail(err, ERR_INPUT, NULL, "%d年不在工作日历的范围内（%d年至%d年）",
                        "%d is outside the calendar (%d to %d)", notice->year,
                        CALENDAR_FIRST_YEAR + 1, CALENDAR_LAST_YEAR);
        if (notice->year != STATUTORY && notice->days.n && !notice->regional)
            c->known[notice->year - CALENDAR_FIRST_YEAR] = true;
        for (size_t k = 0; k < notice->days.n; k++)
            if (calendar_has(c, notice->days.v[k].date))
                c->named[place(c, notice->days.v[k].date)] = &notice->days.v[k];
    }
    return true;
}

int calendar_weekday(Date d)
{
    return ((d.days + 3) % 7 + 7) % 7; // 1970-01-01 was a Thursday
}

static bool is_weekend(Date d)
{
    return calendar_weekday(d) >= 5;
}

// What a notice for a year says replaces the statutory days of that year.
static bool is_statutory_only(const CalendarNotices *notices, const CalendarDay *day)
{
    for (size_t i = 0; i < notices->n; i++)
        if (notices->v[i].year == STATUTORY && day >= notices->v[i].days.v &&
            day < notices->v[i].days.v + notices->v[i].days.n)
            return true;
    return false;
}

bool calendar_make(const CalendarNotices *notices, Arena *a, Calendar *out, Err *err)
{
    Calendar c = {.first = new_year(CALENDAR_FIRST_YEAR)};
    c.n = (size_t)(new_year(CALENDAR_LAST_YEAR + 1).days - c.first.days);
    c.named = NEW(a, const CalendarDay *, c.n);
    int32_t *sum = NEW(a, int32_t, c.n + 1);
    if (!notices_lay(notices, &c, err))
        return false;
    for (size_t i = 0; i < c.n; i++) {
        Date d = {c.first.days + (int32_t)i};
        if (c.named[i] && calendar_known(&c, d) && is_statutory_only(notices, c.named[i]))
            c.named[i] = NULL;
        bool works = c.named[i] ? c.named[i]->works : !is_weekend(d);
        sum[i + 1] = sum[i] + works;
    }
    c.sum = sum;
    *out = c;
    return true;
}

// --- asking

bool calendar_has(const Calendar *c, Date d)
{
    return date_is(d) && d.days >= c->first.days && place(c, d) < c->n;
}

bool calendar_works(const Calendar *c, Date d)
{
    size_t i = place(c, d);
    return c->sum[i + 1] > c->sum[i];
}

const CalendarDay *calendar_named(const Calendar *c, Date d)
{
    return c->named[place(c, d)];
}

bool calendar_known(const Calendar *c, Date d)
{
    return c->known[date_year(d) - CALENDAR_FIRST_YEAR];
}

static bool outside(Date d, Err *err)
{
    char day[16] = "";
    int y = 0, m = 0, n = 0;
    if (date_is(d))
        date_parts(d, &y, &m, &n);
    snprintf(day, sizeof day, "%04d-%02d-%02d", y, m, n);
    return fail(err, ERR_INPUT, NULL, "日期%s不在工作日历的范围内（%d年至%d年）",
                "%s is outside the calendar (%d to %d)", day, CALENDAR_FIRST_YEAR + 1,
                CALENDAR_LAST_YEAR);
}

// The first day by whose end `want` working days are over. At least every tenth day works, so the
// search is short.
static size_t day_of(const Calendar *c, size_t from, int32_t want)
{
    size_t low = from, high = c->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (c->sum[middle + 1] >= want)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

bool calendar_due(const Calendar *c, Date from, int workdays, Term *out, Err *err)
{
    if (!calendar_has(c, from))
        return outside(from, err);
    if (workdays < 0 || workdays > CALENDAR_MAX_WORKDAYS)
        return fail(err, ERR_INPUT, NULL, "工作日数应在0到%d之间",
                    "a term has 0 to %d working days", CALENDAR_MAX_WORKDAYS);
    size_t at = place(c, from);
    size_t end = workdays ? day_of(c, at, c->sum[at + 1] + workdays) : at;
    Date due = {c->first.days + (int32_t)end};
    if (end >= c->n)
        return outside(due, err);
    *out = (Term){due, !calendar_known(c, from) || !calendar_known(c, due)};
    return true;
}

Date calendar_before(const Calendar *c, Date due, int workdays)
{
    if (!calendar_has(c, due))
        return date_none;
    int32_t want = c->sum[place(c, due) + 1] - workdays;
    if (want < 1)
        return date_none;
    return (Date){c->first.days + (int32_t)day_of(c, 0, want)};
}

bool calendar_count(const Calendar *c, Date from, Date to, int *out, Err *err)
{
    if (!calendar_has(c, from) || !calendar_has(c, to))
        return outside(calendar_has(c, from) ? to : from, err);
    *out = c->sum[place(c, to) + 1] - c->sum[place(c, from) + 1];
    return true;
}
