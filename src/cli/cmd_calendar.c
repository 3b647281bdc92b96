// gongkai calendar …: working days, and the days on which terms end.
#include "base/json.h"
#include "cli/cmd_report.h"
#include "domain/calendar.h"

static bool calendar_of(Arena *a, Calendar *out, Err *err)
{
    CalendarNotices notices = calendar_national(a);
    return calendar_make(&notices, a, out, err);
}

static bool date_operand(Str text, Date *out, Err *err)
{
    return date_parse(text, out) ||
           fail(err, ERR_INPUT, NULL, "“" PRI_STR "”不是日期；应当像2026-03-19",
                "“" PRI_STR "” is not a day; write it as 2026-03-19", STR_ARG(text));
}

static bool number_operand(Str text, int most, int *out, Err *err)
{
    int64_t n;
    if (!str_to_int(text, &n) || n < 0 || n > most)
        return fail(err, ERR_INPUT, NULL, "“" PRI_STR "”应当是0到%d之间的整数",
                    "“" PRI_STR "” is not a whole number from 0 to %d", STR_ARG(text), most);
    *out = (int)n;
    return true;
}

static const Str weekdays[] = {SI("Mon"), SI("Tue"), SI("Wed"), SI("Thu"),
                               SI("Fri"), SI("Sat"), SI("Sun")};

static Str weekday(Date d)
{
    return weekdays[((d.days + 3) % 7 + 7) % 7]; // 1970-01-01 was a Thursday
}

static const Str PROVISIONAL =
    SI("provisional: there is no notice yet for that year; counted with weekends and the statutory "
       "days alone\n");

int cmd_calendar_due(const Args *args, Err *err)
{
    Calendar c;
    Date from;
    int workdays = 0;
    Term term = {0};
    Arena *a = args->a;
    if (!calendar_of(a, &c, err) || !date_operand(args->operands.v[0], &from, err) ||
        !number_operand(args->operands.v[1], CALENDAR_MAX_WORKDAYS, &workdays, err) ||
        !calendar_due(&c, from, workdays, &term, err))
        return -1;
    Buf b = buf_new(a, 4096);
    if (args->on[OPT_JSON]) {
        JsonOut w = json_out(&b);
        json_object(&w);
        json_put_str(&w, "from", date_iso(a, from));
        json_put_int(&w, "workdays", workdays);
        json_put_str(&w, "due", date_iso(a, term.due));
        json_put_bool(&w, "provisional", term.provisional);
        json_end(&w);
        buf_byte(&b, '\n');
    } else {
        buf_fmt(&b, PRI_STR "  " PRI_STR "\n", STR_ARG(date_iso(a, term.due)),
                STR_ARG(weekday(term.due)));
        buf_add(&b, term.provisional ? PROVISIONAL : S(""));
    }
    out(buf_str(&b));
    return DONE_CLEAN;
}

int cmd_calendar_count(const Args *args, Err *err)
{
    Calendar c;
    Date from, to;
    int n;
    if (!calendar_of(args->a, &c, err) || !date_operand(args->operands.v[0], &from, err) ||
        !date_operand(args->operands.v[1], &to, err) || !calendar_count(&c, from, to, &n, err))
        return -1;
    out(str_fmt(args->a, "%d\n", n));
    if (!calendar_known(&c, from) || !calendar_known(&c, to))
        out(PROVISIONAL);
    return DONE_CLEAN;
}

// One line for each day that a notice names, and the sum.
static void show_days(const Calendar *c, Date first, Date last, Buf *b, Arena *a)
{
    for (Date d = first; d.days <= last.days; d.days++) {
        const CalendarDay *named = calendar_named(c, d);
        if (named)
            buf_fmt(b, PRI_STR "  " PRI_STR "  %s  " PRI_STR "\n", STR_ARG(date_iso(a, d)),
                    STR_ARG(weekday(d)), named->works ? "work" : "off ", STR_ARG(named->name));
    }
}

static void show_sources(const CalendarNotices *notices, int year, Buf *b)
{
    for (size_t i = 0; i < notices->n; i++)
        for (size_t k = 0; notices->v[i].year == year && k < notices->v[i].sources.n; k++)
            buf_fmt(b, "source " PRI_STR "\n", STR_ARG(notices->v[i].sources.v[k]));
}

int cmd_calendar_show(const Args *args, Err *err)
{
    Calendar c;
    int year = 0, n;
    Date before, last;
    Arena *a = args->a;
    CalendarNotices notices = calendar_national(a);
    if (!calendar_make(&notices, a, &c, err) ||
        !number_operand(args->operands.v[0], CALENDAR_LAST_YEAR, &year, err))
        return -1;
    date_make(year ? year - 1 : 1, 12, 31, &before);
    date_make(year ? year : 1, 12, 31, &last);
    if (!calendar_count(&c, before, last, &n, err))
        return -1;
    Buf b = buf_new(a, 1 << 16);
    show_days(&c, (Date){before.days + 1}, last, &b, a);
    buf_fmt(&b, "%d working days\n", n);
    show_sources(&notices, year, &b);
    buf_add(&b, calendar_known(&c, last) ? S("") : PROVISIONAL);
    out(buf_str(&b));
    return DONE_CLEAN;
}
