#include "web/page_times.h"

#include "base/csv.h"
#include "views.h"
#include "web/chart.h"
#include "web/doors.h"
#include "web/page_common.h"
#include "web/period.h"

enum { SPREAD_SHOWN = 45 };

static const Str TIMES = SI("/desk/figures/times");

// clang-format off
static const struct { Str id, name; const char *key; } bys[TIMES__COUNT] = {
    //                  in the address    heading           the register's condition
    [TIMES_MONTH]   = { SI("month"),   SI("答复的月份"), NULL },
    [TIMES_ORGAN]   = { SI("organ"),   SI("机关"),       "organ" },
    [TIMES_HANDLER] = { SI("handler"), SI("承办人"),     "handler" },
    [TIMES_OUTCOME] = { SI("outcome"), SI("结果"),       "outcome" },
    [TIMES_CHANNEL] = { SI("channel"), SI("渠道"),       "channel" },
};
// clang-format on

typedef struct Wish {
    Period period;
    TimesBy by;
} Wish;

static Wish wish_of(const Request *r, Date today)
{
    Wish w = {.period = period_of(r, today)};
    for (int b = 0; b < TIMES__COUNT; b++)
        if (str_eq(bys[b].id, request_query(r, "by")))
            w.by = (TimesBy)b;
    return w;
}

// The register, with exactly what the number was counted from.
static Str door(Arena *a, const Wish *w, const TimesRow *row, bool whole, const char *more)
{
    Str path = S("/desk/requests?tab=ended&phase=done&day=ended");
    bool month = !whole && w->by == TIMES_MONTH;
    if (!whole && !month && !row->key.n)
        return S("");
    Period of_month = {row->first, row->last, S("")};
    path = period_path(a, path, month ? &of_month : &w->period);
    if (!whole && bys[w->by].key)
        path = path_with(a, path, bys[w->by].key, row->key);
    return more ? path_with(a, path, more, S("1")) : path;
}

static Str number(Arena *a, int64_t n)
{
    return str_fmt(a, "%lld", (long long)n);
}

static Str share(Arena *a, int64_t part, int64_t of)
{
    return of ? str_fmt(a, "%.1f%%", 100.0 * (double)part / (double)of) : S("没有");
}

static TimesLine line_of(Arena *a, const Wish *w, const TimesRow *row, bool whole)
{
    return (TimesLine){.name = whole ? S("合计") : row->name,
                       .n = number(a, row->n),
                       .median = row->n ? number(a, row->median) : S("没有"),
                       .p90 = row->n ? number(a, row->p90) : S("没有"),
                       .max = row->n ? number(a, row->max) : S("没有"),
                       .in_time = number(a, row->judged - row->late),
                       .late = number(a, row->late),
                       .extended = number(a, row->extended),
                       .in_time_share = share(a, row->judged - row->late, row->judged),
                       .extended_share = share(a, row->extended, row->n),
                       .n_href = row->n ? door(a, w, row, whole, NULL) : S(""),
                       .late_href = row->late ? door(a, w, row, whole, "late") : S(""),
                       .extended_href = row->extended ? door(a, w, row, whole, "extended") : S(""),
                       .max_href =
                           row->longest.n ? door_path(a, S("request"), row->longest.n) : S("")};
}

// How many took so many working days; what took longer than is shown stands in the last bar.
static Html spread_chart(Arena *a, const TimesTable *t)
{
    Str *labels = NEW(a, Str, SPREAD_SHOWN + 1);
    ChartPoint *points = NEW(a, ChartPoint, SPREAD_SHOWN + 1);
    for (int d = 0; d <= SPREAD_SHOWN; d++) {
        labels[d] = d % 5 == 0 ? str_fmt(a, d == SPREAD_SHOWN ? "%d+" : "%d", d) : S("");
        points[d] = (ChartPoint){true, t->spread[d]};
    }
    for (int d = SPREAD_SHOWN + 1; d <= TIMES_DAYS; d++)
        points[SPREAD_SHOWN].v += t->spread[d];
    ChartSeries series = {.name = S("件数"), .mark = CHART_BAR, .at = points};
    Chart c = {
        .id = S("spread"),
        .title = S("从收到到答复用了多少个工作日"),
        .desc = str_fmt(a, "共%lld件，一半在%d个工作日以内，九成在%d个工作日以内，最长%d个工作日。",
                        (long long)t->all.n, t->all.median, t->all.p90, t->all.max),
        .labels = labels,
        .n = SPREAD_SHOWN + 1,
        .series = &series,
        .n_series = 1};
    return chart_svg(a, &c);
}

static Str say(Arena *a, const TimesRow *all)
{
    if (!all->n)
        return S("这个期间没有答复。");
    return str_fmt(
        a,
        "答复%lld件：一半在%d个工作日以内，九成在%d个工作日以内，最长%d个工作日；按期" PRI_STR
        "，延期" PRI_STR "。",
        (long long)all->n, all->median, all->p90, all->max,
        STR_ARG(share(a, all->judged - all->late, all->judged)),
        STR_ARG(share(a, all->extended, all->n)));
}

bool page_times(Request *r, Response *w, Err *err)
{
    TimesPage p = {0};
    TimesTable t;
    Wish wish = wish_of(r, app_of(r)->today);
    if (!desk_begin(r, S("办理时间"), DESK_TIMES, &p.desk, err))
        return false;
    desk_crumb(r, &p.desk, S("/desk/figures"), S("申请统计"));
    desk_crumb(r, &p.desk, S(""), S("办理时间"));
    p.from = date_iso(r->a, wish.period.from);
    p.to = date_iso(r->a, wish.period.to);
    p.wrong = wish.period.wrong;
    p.head = bys[wish.by].name;
    Str here = period_path(r->a, TIMES, &wish.period);
    for (int b = 0; b < TIMES__COUNT; b++)
        *PUSH(r->a, &p.tabs) = (Link){.href = path_with(r->a, here, "by", bys[b].id),
                                      .text = bys[b].name,
                                      .current = b == (int)wish.by};
    p.csv = path_with(r->a, period_path(r->a, S("/desk/figures/times.csv"), &wish.period), "by",
                      bys[wish.by].id);
    p.table3 = period_path(r->a, S("/desk/figures"), &wish.period);
    if (!wish.period.wrong.n) {
        if (!app_request_times(app_of(r), wish.period.from, wish.period.to, wish.by, r->a, &t, err))
            return false;
        p.say = say(r->a, &t.all);
        p.all = line_of(r->a, &wish, &t.all, true);
        p.lines = NEW(r->a, TimesLine, t.rows.n);
        for (size_t i = 0; i < t.rows.n; i++)
            p.lines[p.n++] = line_of(r->a, &wish, &t.rows.v[i], false);
        if (t.all.n)
            p.chart = spread_chart(r->a, &t);
    }
    w->status = p.wrong.n ? 422 : 200;
    view_times(&w->out, &p);
    return true;
}

static void csv_line(Buf *b, const TimesLine *l)
{
    Str cells[] = {l->name,    l->n,    l->median,        l->p90,      l->max,
                   l->in_time, l->late, l->in_time_share, l->extended, l->extended_share};
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
        csv_cell(b, cells[i], i == 0);
    csv_end(b);
}

bool page_times_csv(Request *r, Response *w, Err *err)
{
    static const TimesLine names = {.name = SI("分组"),
                                    .n = SI("答复件数"),
                                    .median = SI("中位数（工作日）"),
                                    .p90 = SI("九成以内（工作日）"),
                                    .max = SI("最长（工作日）"),
                                    .in_time = SI("按期"),
                                    .late = SI("逾期"),
                                    .in_time_share = SI("按期率"),
                                    .extended = SI("延期"),
                                    .extended_share = SI("延期率")};
    Wish wish = wish_of(r, app_of(r)->today);
    TimesTable t;
    if (!period_right(&wish.period, err) ||
        !app_request_times(app_of(r), wish.period.from, wish.period.to, wish.by, r->a, &t, err))
        return false;
    CLEANUP(arena_end) Arena scratch = arena_new(8 << 20);
    Buf b = buf_new(r->a, MAX_PAGE);
    buf_add(&b, S("\xef\xbb\xbf"));
    csv_line(&b, &names);
    for (size_t i = 0; i < t.rows.n; i++) {
        TimesLine l = line_of(&scratch, &wish, &t.rows.v[i], false);
        csv_line(&b, &l);
    }
    TimesLine all = line_of(&scratch, &wish, &t.all, true);
    csv_line(&b, &all);
    respond_download(r, w, S("text/csv; charset=utf-8"), S("办理时间.csv"));
    w->body = buf_str(&b);
    return true;
}
