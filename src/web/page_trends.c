// Trends: chosen figures of an organ over the years, as charts with the same figures in a table.
#include "web/chart.h"
#include "web/page_report.h"

#include "views.h"
#include "web/page_organ_public.h"

enum { MAX_TERMS = 9, FIGURES = 4, MAX_YEARS = 60 };

// A line or bar of a figure: a sum of cells. Where the years' forms have other cells for the same
// thing, the second sum is for those: 其他处理 is one row in the 2019 form and three in the 2021
// form, and the 2014 table counts requests by other names.
typedef struct TrendSeries {
    Str name;
    ChartMark mark;
    Str cells[MAX_TERMS];
    Str other[MAX_TERMS];
} TrendSeries;

typedef struct TrendDef {
    Str id, title, about;
    TrendSeries series[CHART_MAX_SERIES];
} TrendDef;

// clang-format off
static const TrendDef defs[FIGURES] = {
    {SI("requests"), SI("新收、办结和结转（件）"),
     SI("本年新收的申请，当年办结的，和年底没有办完、结转下年的。"),
     {{SI("新收"), CHART_BAR,  {SI("t3.new.total")},         {SI("stat.requests")}},
      {SI("办结"), CHART_LINE, {SI("t3.r7.total")},          {SI("stat.finished")}},
      {SI("结转下年"), CHART_LINE, {SI("t3.carried_out.total")}, {{0}}}}},
    {SI("outcomes"), SI("办理结果（件）"),
     SI("办结的申请按结果分开。2018年度及以前的统计表分类不同，不在这里比较。"),
     {{SI("予以公开"), CHART_STACK, {SI("t3.r1.total")}, {{0}}},
      {SI("部分公开"), CHART_STACK, {SI("t3.r2.total")}, {{0}}},
      {SI("不予公开"), CHART_STACK, {SI("t3.r3_1.total"), SI("t3.r3_2.total"), SI("t3.r3_3.total"), SI("t3.r3_4.total"),
                                     SI("t3.r3_5.total"), SI("t3.r3_6.total"), SI("t3.r3_7.total"), SI("t3.r3_8.total")}, {{0}}},
      {SI("无法提供"), CHART_STACK, {SI("t3.r4_1.total"), SI("t3.r4_2.total"), SI("t3.r4_3.total")}, {{0}}},
      {SI("不予处理"), CHART_STACK, {SI("t3.r5_1.total"), SI("t3.r5_2.total"), SI("t3.r5_3.total"), SI("t3.r5_4.total"), SI("t3.r5_5.total")}, {{0}}},
      {SI("其他处理"), CHART_STACK, {SI("t3.r6_1.total"), SI("t3.r6_2.total"), SI("t3.r6_3.total")}, {SI("t3.r6.total")}}}},
    {SI("remedies"), SI("行政复议和行政诉讼（件）"),
     SI("因政府信息公开引起的行政复议、行政诉讼，以及其中结果纠正的。"),
     {{SI("行政复议"), CHART_BAR, {SI("t4.review.total")}, {SI("stat.review")}},
      {SI("未经复议直接起诉"), CHART_BAR, {SI("t4.suit_direct.total")}, {{0}}},
      {SI("复议后起诉"), CHART_BAR, {SI("t4.suit_after_review.total")}, {{0}}},
      {SI("其中结果纠正"), CHART_LINE, {SI("t4.review.corrected"), SI("t4.suit_direct.corrected"), SI("t4.suit_after_review.corrected")},
                                       {SI("stat.review_corrected"), SI("stat.suit_corrected")}}}},
    {SI("normative"), SI("行政规范性文件（件）"),
     SI("本年制发、废止的和现行有效的行政规范性文件。2020年度及以前的表没有废止和现行有效两栏。"),
     {{SI("制发"), CHART_BAR, {SI("t2.normative.made")}, {SI("stat.normative_made")}},
      {SI("废止"), CHART_BAR, {SI("t2.normative.repealed")}, {{0}}},
      {SI("现行有效"), CHART_LINE, {SI("t2.normative.in_force")}, {{0}}}}},
};
// clang-format on

typedef struct Trends {
    Request *r;
    TrendsPage *p;
    int *years; // oldest first
    size_t n_years;
    Series found;
} Trends;

static const SeriesPoint *point_find(const Trends *t, Str cell, int year)
{
    for (size_t i = 0; i < t->found.n; i++)
        if (t->found.v[i].year == year && str_eq(t->found.v[i].cell, cell))
            return &t->found.v[i];
    return NULL;
}

// All terms must be figures; a sum with a blank in it is not known.
static bool sum_at(const Trends *t, const Str *cells, int year, int64_t *sum, bool *any)
{
    int64_t total = 0;
    bool all = cells[0].n > 0;
    *any = false;
    for (size_t i = 0; i < MAX_TERMS && cells[i].n; i++) {
        const SeriesPoint *p = point_find(t, cells[i], year);
        *any |= p != NULL;
        if (!p || !str_eq(p->state, cell_state_ids[CELL_VALUE]))
            all = false;
        else if (__builtin_add_overflow(total, p->n, &total))
            all = false;
    }
    if (all)
        *sum = total;
    return all;
}

static ChartPoint point_at(const Trends *t, const TrendSeries *s, int year, Str *words)
{
    int64_t n = 0;
    bool any, any_other = false;
    if (sum_at(t, s->cells, year, &n, &any) || sum_at(t, s->other, year, &n, &any_other)) {
        *words = str_fmt(t->r->a, "%lld", (long long)n);
        return (ChartPoint){.known = n >= 0, .v = n};
    }
    *words = any || any_other ? S("不全") : S("缺");
    return (ChartPoint){0};
}

static bool cells_read(Trends *t, OrganId organ, const Strs *cells, Err *err)
{
    Series some = {0};
    for (size_t i = 0; i < cells->n; i += SERIES_CELLS) {
        size_t n = cells->n - i < SERIES_CELLS ? cells->n - i : SERIES_CELLS;
        if (!store_report_series(app_of(t->r)->db, app_of(t->r)->site, organ, cells->v + i, n,
                                 t->r->a, &some, err))
            return false;
        for (size_t k = 0; k < some.n; k++)
            *PUSH(t->r->a, &t->found) = some.v[k];
    }
    return true;
}

static void cells_add(Arena *a, Strs *all, const Str *cells)
{
    for (size_t i = 0; i < MAX_TERMS && cells[i].n; i++)
        *PUSH(a, all) = cells[i];
}

// Those of all figures, in as few questions as can be.
static bool cells_read_all(Trends *t, OrganId organ, Err *err)
{
    Strs all = {0};
    for (size_t i = 0; i < FIGURES; i++)
        for (size_t k = 0; k < CHART_MAX_SERIES && defs[i].series[k].name.n; k++) {
            cells_add(t->r->a, &all, defs[i].series[k].cells);
            cells_add(t->r->a, &all, defs[i].series[k].other);
        }
    return cells_read(t, organ, &all, err);
}

// "新收由2021年度的12件到2025年度的20件；…数据见下表。"
static Str describe(Trends *t, const ChartSeries *s, size_t n)
{
    Arena *a = t->r->a;
    Str out = S("");
    for (size_t i = 0; i < n; i++) {
        size_t first = 0, last = t->n_years;
        while (first < t->n_years && !s[i].at[first].known)
            first++;
        while (last > first && !s[i].at[last - 1].known)
            last--;
        if (first >= last)
            continue;
        out = str_fmt(a, PRI_STR PRI_STR "由%d年度的%lld件到%d年度的%lld件；", STR_ARG(out),
                      STR_ARG(s[i].name), t->years[first], (long long)s[i].at[first].v,
                      t->years[last - 1], (long long)s[i].at[last - 1].v);
    }
    return str_cat(a, out, S("数据见下表。"));
}

static void figure_make(Trends *t, const TrendDef *def)
{
    Arena *a = t->r->a;
    size_t n = 0;
    bool any = false;
    ChartSeries *series = NEW(a, ChartSeries, CHART_MAX_SERIES);
    TrendColumn *columns = NEW(a, TrendColumn, CHART_MAX_SERIES);
    for (; n < CHART_MAX_SERIES && def->series[n].name.n; n++) {
        const TrendSeries *s = &def->series[n];
        ChartPoint *at = NEW(a, ChartPoint, t->n_years + 1);
        columns[n] = (TrendColumn){.name = s->name, .values = NEW(a, Str, t->n_years + 1)};
        for (size_t y = 0; y < t->n_years; y++) {
            at[y] = point_at(t, s, t->years[y], &columns[n].values[y]);
            any |= at[y].known;
        }
        series[n] = (ChartSeries){.name = s->name, .mark = s->mark, .at = at};
    }
    if (!any)
        return;
    const Chart chart = {
        .id = def->id,
        .title = str_fmt(a, "%d—%d年度" PRI_STR, t->years[0], t->years[t->n_years - 1],
                         STR_ARG(def->title)),
        .desc = describe(t, series, n),
        .labels = t->p->labels,
        .n = t->n_years,
        .series = series,
        .n_series = n,
    };
    for (size_t i = 0; i < n; i++)
        columns[i].sample = chart_sample(a, &chart, i);
    t->p->figures[t->p->n_figures++] = (TrendFigure){
        .id = def->id,
        .title = def->title,
        .about = def->about,
        .svg = chart_svg(a, &chart),
        .columns = columns,
        .n_columns = n,
    };
}

static bool years_read(Trends *t, const OrganRow *organ, Err *err)
{
    Arena *a = t->r->a;
    YearCounts counts = {0};
    if (!store_report_years(app_of(t->r)->db, app_of(t->r)->site, organ->id, a, &counts, err))
        return false;
    if (counts.n == 0)
        return fail(err, ERR_MISSING, NULL, "这个机关还没有收录年度报告。",
                    "This organ has no reports yet.");
    t->n_years = counts.n < MAX_YEARS ? counts.n : MAX_YEARS;
    t->years = NEW(a, int, t->n_years);
    t->p->labels = NEW(a, Str, t->n_years);
    t->p->n_years = t->n_years;
    for (size_t i = 0; i < t->n_years; i++) {
        int year = counts.v[t->n_years - 1 - i].year;
        t->years[i] = year;
        t->p->labels[i] = str_fmt(a, "%d", year);
        *PUSH(a, &t->p->years) = (Link){.href = report_path(a, organ->slug, year),
                                        .text = str_fmt(a, "%d年度报告", year)};
    }
    return true;
}

static void trends_words(Request *r, const OrganRow *organ, TrendsPage *p)
{
    p->page.title = str_cat(r->a, organ->name, S("政府信息公开历年变化"));
    p->page.description =
        str_cat(r->a, organ->name,
                S("历年收到和办理政府信息公开申请、复议诉讼、规范性文件的数量，图和表。"));
    page_crumb(r, &p->page, S("/annual-reports"), S("政府信息公开年报"));
    page_crumb(r, &p->page, path_with(r->a, S("/annual-reports"), "organ", organ->slug),
               organ->name);
    page_crumb(r, &p->page, S(""), S("历年变化"));
}

bool page_report_trends(Request *r, Response *w, Err *err)
{
    OrganRow organ;
    TrendsPage *p = NEW(r->a, TrendsPage, 1);
    Trends t = {.r = r, .p = p};
    if (!store_organ_by_slug(app_of(r)->db, app_of(r)->site, request_param(r, "organ"), r->a,
                             &organ, err))
        return false;
    if (organ_elsewhere(r, w, &organ))
        return true;
    respond_depends(r, w, (uint64_t)organ.id.n);
    if (!page_begin(r, S(""), NAV_REPORTS, &p->page, err) || !years_read(&t, &organ, err) ||
        !cells_read_all(&t, organ.id, err))
        return false;
    for (size_t i = 0; i < FIGURES; i++)
        figure_make(&t, &defs[i]);
    trends_words(r, &organ, p);
    view_report_trends(&w->out, p);
    return true;
}
