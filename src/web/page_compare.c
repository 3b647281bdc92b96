// Two years of one organ side by side: what changed, cell by cell, and how alike the texts are.
#include "report/diff.h"
#include "web/page_report.h"

#include "views.h"
#include "web/page_organ_public.h"

enum { MUCH_ALIKE = 800 }; // per mille of a chapter found in the earlier report

// clang-format off
static const struct {
    Str tag_cls, tag;
} kinds[CHANGE__COUNT] = {
    [CHANGE_SAME]           = {SI(""),     SI("相同")},
    [CHANGE_CHANGED]        = {SI("run"),  SI("有变化")},
    [CHANGE_APPEARED]       = {SI("sign"), SI("新出现")},
    [CHANGE_VANISHED]       = {SI("wait"), SI("不再有")},
    [CHANGE_NOT_COMPARABLE] = {SI(""),     SI("不能比较")},
};
static const Str headings[TABLE__COUNT] = {
    [TABLE_T2]   = SI("主动公开政府信息情况"),
    [TABLE_T3]   = SI("收到和处理政府信息公开申请情况"),
    [TABLE_T4]   = SI("政府信息公开行政复议、行政诉讼情况"),
    [TABLE_STAT] = SI("政府信息公开情况统计表"),
};
static const Str states[] = {
    [CELL_ABSENT] = SI("缺"), [CELL_BLANK] = SI("空"), [CELL_UNREADABLE] = SI("读不出"), [CELL_VALUE] = SI(""),
};
// clang-format on

static Str side_words(Arena *a, CellIx ix, const DiffSide *side)
{
    if (!side->in_form && !side->derived)
        return S("表里没有");
    if (side->state != CELL_VALUE)
        return states[side->state];
    Str n = cell_print(a, ix, side->n);
    return side->derived ? str_cat(a, n, S("（三项相加）")) : n;
}

static Str by_words(Arena *a, const CellChange *c)
{
    if (c->kind != CHANGE_CHANGED)
        return S("");
    Str by = cell_print(a, c->cell, c->by);
    by = c->by > 0 ? str_cat(a, S("+"), by) : by;
    if (!c->has_percent)
        return by;
    int32_t t = c->percent_tenths;
    return str_fmt(a, PRI_STR "（%s%d.%d%%）", STR_ARG(by), t < 0 ? "-" : "+",
                   (t < 0 ? -t : t) / 10, (t < 0 ? -t : t) % 10);
}

static void compare_rows(Arena *a, const Diff *d, ComparePage *p)
{
    TableId table = TABLE__COUNT;
    p->rows = NEW(a, CompareRow, d->n + 1);
    for (size_t i = 0; i < d->n; i++) {
        const CellChange *c = &d->v[i];
        if (!p->all && (c->kind == CHANGE_SAME || c->kind == CHANGE_NOT_COMPARABLE))
            continue;
        TableId of = cell_def(c->cell)->table;
        p->rows[p->n_rows++] = (CompareRow){
            .heading = of == table ? S("") : headings[of],
            .cell = cell_title(a, c->cell),
            .was = side_words(a, c->cell, &c->was),
            .is = side_words(a, c->cell, &c->is),
            .by = by_words(a, c),
            .tag_cls = kinds[c->kind].tag_cls,
            .tag = c->kind != CHANGE_CHANGED ? kinds[c->kind].tag
                   : c->by > 0               ? S("增加")
                                             : S("减少"),
        };
        table = of;
    }
    p->n_changed = d->n_kind[CHANGE_CHANGED];
    p->n_appeared = d->n_kind[CHANGE_APPEARED];
    p->n_vanished = d->n_kind[CHANGE_VANISHED];
    p->n_same = d->n_kind[CHANGE_SAME];
    p->n_not_comparable = d->n_kind[CHANGE_NOT_COMPARABLE];
}

static Str runes_words(Arena *a, bool has, size_t runes)
{
    if (!has)
        return S("没有这一章");
    return runes ? str_fmt(a, "%zu", runes) : S("没有文字");
}

static void compare_chapters(Arena *a, const Diff *d, ComparePage *p)
{
    for (int i = 0; i < CHAPTERS; i++) {
        const ChapterChange *c = &d->chapters[i];
        if (!c->was && !c->is)
            continue;
        p->chapters[p->n_chapters++] = (CompareChapter){
            .title = chapter_titles[i],
            .was = runes_words(a, c->was, c->was_runes),
            .is = runes_words(a, c->is, c->is_runes),
            .alike = c->alike < 0 ? S("文字太少，不比较")
                                  : str_fmt(a, "%d.%d%%", c->alike / 10, c->alike % 10),
            .much_alike = c->alike >= MUCH_ALIKE,
        };
    }
}

static Str compare_path(Arena *a, Str slug, int from, int to)
{
    Str path = path_with_int(a, organ_path(a, slug, "/compare"), "a", from);
    return path_with_int(a, path, "b", to);
}

// Which two years: those asked for, otherwise the last two. ERR_MISSING with fewer than two.
static bool choose_years(const YearCounts *years, int *from, int *to, Err *err)
{
    if (years->n < 2)
        return fail(err, ERR_MISSING, NULL, "这个机关收录的年度报告不到两份，没有可以比较的。",
                    "This organ has fewer than two reports: nothing to compare.");
    if (!*to)
        *to = years->v[0].year == *from ? years->v[1].year : years->v[0].year;
    for (size_t i = 0; !*from && i < years->n; i++)
        if (years->v[i].year != *to)
            *from = years->v[i].year;
    if (*from > *to) {
        int swap = *from;
        *from = *to;
        *to = swap;
    }
    return true;
}

static void compare_choices(Request *r, const YearCounts *years, ComparePage *p)
{
    for (size_t i = 0; i < years->n; i++) {
        Str year = str_fmt(r->a, "%d", years->v[i].year);
        *PUSH(r->a, &p->from) = (CountedLink){.text = year, .current = years->v[i].year == p->a};
        *PUSH(r->a, &p->to) = (CountedLink){.text = year, .current = years->v[i].year == p->b};
    }
}

static void compare_words(Request *r, const OrganRow *organ, ComparePage *p)
{
    Arena *a = r->a;
    p->action = organ_path(a, organ->slug, "/compare");
    p->a_href = report_path(a, organ->slug, p->a);
    p->b_href = report_path(a, organ->slug, p->b);
    p->changed_href = compare_path(a, organ->slug, p->a, p->b);
    p->all_href = path_with(a, p->changed_href, "all", S("1"));
    p->page.title = str_fmt(a, PRI_STR "%d年度和%d年度比较", STR_ARG(organ->name), p->a, p->b);
    p->page.description = str_cat(a, p->page.title, S("：政府信息公开年度报告的数字逐格比较。"));
    p->page.canonical = p->changed_href;
    page_crumb(r, &p->page, S("/annual-reports"), S("政府信息公开年报"));
    page_crumb(r, &p->page, path_with(a, S("/annual-reports"), "organ", organ->slug), organ->name);
    page_crumb(r, &p->page, S(""), S("比较"));
}

bool page_report_compare(Request *r, Response *w, Err *err)
{
    OrganRow organ;
    YearCounts years = {0};
    const ReportPage *was, *is;
    ComparePage *p = NEW(r->a, ComparePage, 1);
    Diff *diff = NEW(r->a, Diff, 1);
    int from = query_int(r, "a", 9999), to = query_int(r, "b", 9999);
    if (!store_organ_by_slug(app_of(r)->db, app_of(r)->site, request_param(r, "organ"), r->a,
                             &organ, err))
        return false;
    if (organ_elsewhere(r, w, &organ))
        return true;
    if (!store_report_years(app_of(r)->db, app_of(r)->site, organ.id, r->a, &years, err) ||
        !choose_years(&years, &from, &to, err) || !page_report_get(r, w, from, &was, err) ||
        !page_report_get(r, w, to, &is, err) || !page_begin(r, S(""), NAV_REPORTS, &p->page, err))
        return false;
    report_diff(&was->doc, &is->doc, r->a, diff);
    p->a = from;
    p->b = to;
    p->all = request_query(r, "all").n > 0;
    compare_rows(r->a, diff, p);
    compare_chapters(r->a, diff, p);
    compare_choices(r, &years, p);
    compare_words(r, &organ, p);
    view_report_compare(&w->out, p);
    return true;
}
