// The year, month by month; the list of notices; one notice.
#include "web/page_calendar.h"

#include "views.h"
#include "web/page_common.h"

static const Str CALENDAR = SI("/desk/calendar");

// --- a month

static int month_days(int year, int month)
{
    Date first = date_none, next = date_none;
    date_make(year, month, 1, &first);
    date_make(month == 12 ? year + 1 : year, month == 12 ? 1 : month + 1, 1, &next);
    return next.days - first.days;
}

static MonthDay month_day(Arena *a, const Calendar *c, Date d, int number, Date today)
{
    const CalendarDay *named = calendar_named(c, d);
    bool works = calendar_works(c, d), weekend = calendar_weekday(d) >= 5;
    MonthDay m = {.day = number, .cls = S(""), .today = d.days == today.days};
    if (named && works == weekend) { // where the notice makes a difference
        m.cls = works ? S("work") : S("off");
        m.mark = works ? S("班") : S("休");
        m.label = str_fmt(a, PRI_STR "，%s", STR_ARG(named->name), works ? "上班" : "放假");
    } else if (named && !works) {
        m.cls = S("off");
        m.mark = S("休");
        m.label = str_cat(a, named->name, S("，放假"));
    } else if (weekend) {
        m.cls = S("end");
    }
    return m;
}

static Month month_of(Arena *a, const Calendar *c, int year, int month, Date today)
{
    Date first = date_none;
    date_make(year, month, 1, &first);
    Month m = {.name = str_fmt(a, "%d年%d月", year, month)};
    int n = month_days(year, month), column = calendar_weekday(first);
    for (int i = 0; i < n; i++) {
        Date d = {first.days + i};
        size_t at = (size_t)column + (size_t)i;
        m.weeks[at / 7][at % 7] = month_day(a, c, d, i + 1, today);
        m.workdays += calendar_works(c, d);
        m.n = at / 7 + 1;
    }
    return m;
}

// --- notices

static Str days_tally(Arena *a, const CalendarDays *days)
{
    size_t works = 0;
    for (size_t i = 0; i < days->n; i++)
        works += days->v[i].works;
    return works ? str_fmt(a, "放假%zu天，上班%zu天", days->n - works, works)
                 : str_fmt(a, "放假%zu天", days->n);
}

static Str person_or_line(Str name)
{
    return name.n ? name : S("命令行");
}

static Str who_of(Arena *a, const SiteNotice *n)
{
    bool gone = n->withdrawn_at != 0;
    return str_fmt(a, PRI_STR "于" PRI_STR "%s",
                   STR_ARG(person_or_line(gone ? n->withdrawn_name : n->entered_name)),
                   STR_ARG(moment_zh(a, gone ? n->withdrawn_at : n->entered_at)),
                   gone ? "撤回" : "录入");
}

static Str name_of(Arena *a, const SiteNotice *n)
{
    return n->number.n && n->title.n
               ? str_fmt(a, PRI_STR "（" PRI_STR "）", STR_ARG(n->title), STR_ARG(n->number))
           : n->title.n ? n->title
                        : n->number;
}

static void national_lines(Arena *a, int year, PaperLines *out)
{
    CalendarNotices national = calendar_national(a);
    for (size_t i = 0; i < national.n; i++) {
        const CalendarNotice *n = &national.v[i];
        if (n->year != year)
            continue;
        *PUSH(a, out) =
            (PaperLine){.name = str_fmt(a, "国务院办公厅关于%d年部分节假日安排的通知", year),
                        .kind = S("全国"),
                        .who = S("随程序提供"),
                        .days = days_tally(a, &n->days),
                        .address = n->sources.n ? n->sources.v[0] : S("")};
    }
}

static void site_lines(Arena *a, const SiteNotices *list, int year, PaperLines *out)
{
    for (size_t i = 0; i < list->n; i++) {
        const SiteNotice *n = &list->v[i];
        if (n->notice.year != year)
            continue;
        *PUSH(a, out) = (PaperLine){.href = str_fmt(a, "/desk/calendar/%lld", (long long)n->id),
                                    .name = name_of(a, n),
                                    .kind = n->notice.regional ? S("地方") : S("全国"),
                                    .who = who_of(a, n),
                                    .days = days_tally(a, &n->notice.days),
                                    .address = n->address,
                                    .withdrawn = n->withdrawn_at != 0};
    }
}

// --- the page

static void fact(Arena *a, Facts *facts, Str name, Str value)
{
    *PUSH(a, facts) = (Fact){.name = name, .value = value};
}

static void year_facts(Arena *a, const Calendar *c, CalendarPage *p)
{
    int workdays = 0, off = 0, worked = 0;
    for (int m = 0; m < 12; m++) {
        workdays += p->months[m].workdays;
        for (size_t week = 0; week < p->months[m].n; week++)
            for (int d = 0; d < 7; d++) {
                Str mark = p->months[m].weeks[week][d].mark;
                off += str_eq(mark, S("休"));
                worked += str_eq(mark, S("班"));
            }
    }
    (void)c;
    fact(a, &p->facts, S("工作日"), str_fmt(a, "%d天", workdays));
    fact(a, &p->facts, S("放假（休）"), str_fmt(a, "%d天", off));
    fact(a, &p->facts, S("周末上班（班）"), str_fmt(a, "%d天", worked));
}

static int year_asked(const Request *r)
{
    int year = query_int(r, "year", CALENDAR_LAST_YEAR);
    return year > CALENDAR_FIRST_YEAR ? year : date_year(app_of(r)->today);
}

static Str year_path(Arena *a, int year)
{
    return year > CALENDAR_FIRST_YEAR && year <= CALENDAR_LAST_YEAR
               ? path_with_int(a, CALENDAR, "year", year)
               : S("");
}

bool page_calendar(Request *r, Response *w, Err *err)
{
    App *app = app_of(r);
    Arena *a = r->a;
    CalendarPage p = {.year = year_asked(r)};
    RequestRules rules;
    SiteNotices list;
    Date middle = date_none;
    date_make(p.year, 7, 1, &middle);
    if (!app_request_rules(app, a, &rules, err) ||
        !store_calendar_list(app->db, app->site, true, a, &list, err) ||
        !desk_begin(r, str_fmt(a, "%d年工作日历", p.year), DESK_CALENDAR, &p.desk, err))
        return false;
    for (int m = 0; m < 12; m++)
        p.months[m] = month_of(a, &rules.calendar, p.year, m + 1, app->today);
    year_facts(a, &rules.calendar, &p);
    national_lines(a, p.year, &p.notices);
    site_lines(a, &list, p.year, &p.notices);
    p.provisional =
        calendar_known(&rules.calendar, middle)
            ? S("")
            : str_fmt(a,
                      "国务院办公厅还没有公布%d年的放假安排（或者还没有录入）。现在按周末和"
                      "法定节日推算，没有调休；算到这一年的期限都标明“暂定”，通知录入后重新计算。",
                      p.year);
    p.previous = year_path(a, p.year - 1);
    p.next = year_path(a, p.year + 1);
    p.may_change = viewer_may(r->viewer, MAY_SITE_EDIT);
    p.edit = path_with_int(a, S("/desk/calendar/new"), "year", p.year);
    view_calendar(&w->out, &p);
    return true;
}

// --- one notice

static void notice_facts(Arena *a, const SiteNotice *n, Facts *f)
{
    fact(a, f, S("年份"), str_fmt(a, "%d年", n->notice.year));
    fact(a, f, S("范围"), n->notice.regional ? S("地方：叠加在全国安排之上") : S("全国"));
    fact(a, f, S("文号"), n->number.n ? n->number : S("—"));
    fact(a, f, S("标题"), n->title.n ? n->title : S("—"));
    fact(a, f, S("网址"), n->address.n ? n->address : S("—"));
    fact(a, f, S("录入"),
         str_fmt(a, PRI_STR "，" PRI_STR, STR_ARG(person_or_line(n->entered_name)),
                 STR_ARG(moment_zh(a, n->entered_at))));
    if (n->withdrawn_at)
        fact(a, f, S("撤回"),
             str_fmt(a, PRI_STR "，" PRI_STR "：" PRI_STR,
                     STR_ARG(person_or_line(n->withdrawn_name)),
                     STR_ARG(moment_zh(a, n->withdrawn_at)), STR_ARG(n->withdrawn_why)));
}

static void day_lines(Arena *a, const CalendarDays *days, Strs *out)
{
    Str text = calendar_days_text(days, a);
    for (Str line; text.n;) {
        str_cut(text, S("\n"), &line, &text);
        *PUSH(a, out) = line;
    }
}

bool page_calendar_notice(Request *r, Response *w, Err *err)
{
    App *app = app_of(r);
    int64_t id = 0;
    SiteNotice n;
    PaperPage p = {0};
    if (!str_to_int(request_param(r, "id"), &id) || id < 1)
        return fail(err, ERR_MISSING, NULL, "没有这份放假安排", "no such notice");
    if (!store_calendar_get(app->db, app->site, id, r->a, &n, err) ||
        !desk_begin(r, S("放假安排"), DESK_CALENDAR, &p.desk, err))
        return false;
    desk_crumb(r, &p.desk, CALENDAR, S("工作日历"));
    desk_crumb(r, &p.desk, S(""), S("放假安排"));
    p.title = name_of(r->a, &n);
    p.withdrawn = n.withdrawn_at != 0;
    notice_facts(r->a, &n, &p.facts);
    day_lines(r->a, &n.notice.days, &p.days);
    p.withdraw = !p.withdrawn && viewer_may(r->viewer, MAY_SITE_EDIT)
                     ? str_fmt(r->a, "/desk/calendar/%lld/withdraw", (long long)id)
                     : S("");
    view_calendar_notice(&w->out, &p);
    return true;
}
