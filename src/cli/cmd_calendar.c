// gongkai calendar …: working days, the days on which terms end, and the site's own notices.
// gongkai request forecast: what comes due.
#include "app/calendar.h"
#include "app/remind.h"
#include "base/file.h"
#include "base/json.h"
#include "cli/cmd_data.h"
#include "cli/cmd_report.h"
#include "report/columns.h"

enum { NOTICE_BYTES = 256 << 10, PLAN_BYTES = 4 << 20 };

// The site's with --data (or a configuration that was named), else what is built in.
static bool calendar_of(const Args *args, App *app, SiteNotices *own, Calendar *out, Err *err)
{
    RequestRules rules = {0};
    ClockChanges none = {0};
    *own = (SiteNotices){0};
    bool site = args->on[OPT_DATA] || args->on[OPT_DATABASE] || args->on[OPT_CONFIG];
    if (site && (!args_app(args, DB_READ, app, err) ||
                 !store_calendar_list(app->db, app->site, false, args->a, own, err)))
        return false;
    if (!request_rules_make(own, &none, args->a, &rules, err))
        return false;
    *out = rules.calendar;
    return true;
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
    CLEANUP(app_close) App app = {0};
    Calendar c;
    SiteNotices own;
    Date from;
    int workdays = 0;
    Term term = {0};
    Arena *a = args->a;
    if (!calendar_of(args, &app, &own, &c, err) || !date_operand(args->operands.v[0], &from, err) ||
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
    CLEANUP(app_close) App app = {0};
    Calendar c;
    SiteNotices own;
    Date from, to;
    int n;
    if (!calendar_of(args, &app, &own, &c, err) || !date_operand(args->operands.v[0], &from, err) ||
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

static void show_own(const SiteNotices *own, int year, Buf *b)
{
    for (size_t i = 0; i < own->n; i++) {
        const SiteNotice *n = &own->v[i];
        if (n->notice.year == year)
            buf_fmt(b, "notice %lld " PRI_STR " " PRI_STR " " PRI_STR "\n", (long long)n->id,
                    STR_ARG(n->notice.regional ? S("(regional)") : S("(national)")),
                    STR_ARG(n->number.n ? n->number : n->title), STR_ARG(n->address));
    }
}

int cmd_calendar_show(const Args *args, Err *err)
{
    CLEANUP(app_close) App app = {0};
    Calendar c;
    SiteNotices own;
    int year = 0, n;
    Date before, last;
    Arena *a = args->a;
    CalendarNotices notices = calendar_national(a);
    if (!calendar_of(args, &app, &own, &c, err) ||
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
    show_own(&own, year, &b);
    buf_add(&b, calendar_known(&c, last) ? S("") : PROVISIONAL);
    out(buf_str(&b));
    return DONE_CLEAN;
}

// --- entering a notice

static bool bytes_of(const Args *args, Str *out, Err *err)
{
    Str name = args->operands.v[0];
    return str_eq(name, S("-")) ? file_read_fd(0, NOTICE_BYTES, args->a, out, err)
                                : file_read(name, NOTICE_BYTES, args->a, out, err);
}

// `source ADDRESS` is taken out, so that what is left is days.
static Str days_of(Str text, Str *source, Arena *a)
{
    Strs lines = {0};
    for (Str line; text.n;) {
        str_cut(text, S("\n"), &line, &text);
        line = str_trim(line);
        if (str_starts(line, S("source ")))
            *source = str_trim(str_from(line, S("source ").n));
        *PUSH(a, &lines) = str_starts(line, S("source ")) ? S("") : line;
    }
    return str_join(a, lines.v, lines.n, S("\n"));
}

static bool notice_of(const Args *args, SiteNotice *n, Err *err)
{
    Str text, source = S("");
    int64_t year;
    if (!args->on[OPT_YEAR] || !str_to_int(args->value[OPT_YEAR], &year) || year < 1 ||
        year > CALENDAR_LAST_YEAR)
        return fail(err, ERR_INPUT, NULL, "请用--year写明通知标题里的年份",
                    "say with --year which year the notice is for");
    if (!bytes_of(args, &text, err))
        return false;
    *n = (SiteNotice){.notice = {.year = (int)year, .regional = args->on[OPT_REGIONAL]},
                      .title = args->on[OPT_BASIS] ? args->value[OPT_BASIS] : S("")};
    text = days_of(text, &source, args->a);
    n->address = source;
    return calendar_days_read(text, (int)year, args->a, &n->notice.days, err);
}

static Str iso_or_dash(Arena *a, Date d)
{
    return date_is(d) ? date_iso(a, d) : S("-");
}

static Str plan_text(const RulesPlan *plan, Arena *a)
{
    Buf b = buf_new(a, PLAN_BYTES);
    Strs cells = {0};
    buf_fmt(&b, "%d: %d working days, was %d\n", plan->year, plan->workdays_becomes,
            plan->workdays_was);
    buf_fmt(&b, "%lld open requests, %zu move, %lld become overdue, %lld stop being overdue\n",
            (long long)plan->n_open, plan->moves.n, (long long)plan->n_overdue,
            (long long)plan->n_saved);
    for (size_t i = 0; i < plan->moves.n && i < RULES_SHOWN; i++) {
        const RulesMove *m = &plan->moves.v[i];
        *PUSH(a, &cells) = m->code;
        *PUSH(a, &cells) = iso_or_dash(a, m->was);
        *PUSH(a, &cells) = iso_or_dash(a, m->becomes);
        *PUSH(a, &cells) = m->is_overdue && !m->was_overdue   ? S("overdue")
                           : m->was_overdue && !m->is_overdue ? S("no longer overdue")
                                                              : S("");
    }
    if (cells.n)
        columns_table(&b, cells.v, cells.n / 4, 4, 0, S(""));
    return buf_str(&b);
}

int cmd_calendar_add(const Args *args, Err *err)
{
    CLEANUP(app_close) App app = {0};
    SiteNotice n;
    RulesPlan plan;
    RulesChange change = {.add = &n};
    bool yes = args->on[OPT_YES];
    if (!notice_of(args, &n, err) || !args_app(args, yes ? DB_WRITE : DB_READ, &app, err) ||
        !(yes ? app_rules_change(&app, &change, 0, args->a, &plan, err)
              : app_rules_plan(&app, &change, args->a, &plan, err)))
        return -1;
    out(plan_text(&plan, args->a));
    out(yes ? S("done\n") : S("nothing was changed; --yes does it\n"));
    return DONE_CLEAN;
}

// --- what comes due

static void forecast_table(const Forecast *f, Arena *a)
{
    Strs cells = {0};
    for (size_t i = 0; i < f->requests.n; i++) {
        const DueRequest *d = &f->requests.v[i];
        *PUSH(a, &cells) = date_iso(a, d->due);
        *PUSH(a, &cells) = i < f->from[0]              ? S("overdue")
                           : d->phase == PHASE_OPINION ? S("paused")
                                                       : S("due");
        *PUSH(a, &cells) = d->code;
        *PUSH(a, &cells) = d->draft.n ? d->draft : S("no draft");
        *PUSH(a, &cells) = d->handler_name.n ? d->handler_name : S("-");
        *PUSH(a, &cells) = d->organ_name;
    }
    Buf b = buf_new(a, PLAN_BYTES);
    if (cells.n)
        columns_table(&b, cells.v, cells.n / 6, 6, 0, S(""));
    out(cells.n ? buf_str(&b) : S("nothing is overdue or comes due\n"));
}

static void forecast_json(const Forecast *f, Arena *a)
{
    Buf b = buf_new(a, PLAN_BYTES);
    JsonOut w = json_out(&b);
    json_array(&w);
    for (size_t i = 0; i < f->requests.n; i++) {
        const DueRequest *d = &f->requests.v[i];
        json_object(&w);
        json_put_int(&w, "id", d->id.n);
        json_put_str(&w, "code", d->code);
        json_put_str(&w, "due", date_iso(a, d->due));
        json_put_bool(&w, "overdue", i < f->from[0]);
        json_put_str(&w, "phase", phase_defs[d->phase].id);
        json_put_str(&w, "draft", d->draft);
        json_put_str(&w, "handler", d->handler_name);
        json_put_str(&w, "organ", d->organ_name);
        json_end(&w);
    }
    json_end(&w);
    buf_byte(&b, '\n');
    out(buf_str(&b));
}

int cmd_request_forecast(const Args *args, Err *err)
{
    CLEANUP(app_close) App app = {0};
    Forecast f;
    if (!args_app(args, DB_READ, &app, err) || !app_forecast(&app, args->a, &f, err))
        return -1;
    if (args->on[OPT_JSON])
        forecast_json(&f, args->a);
    else
        forecast_table(&f, args->a);
    return f.from[0] ? DONE_FINDINGS : DONE_CLEAN;
}
