#include "web/page_report.h"

#include "views.h"
#include "web/page_organ_public.h"

enum { PER_PAGE = 50, ORGANS_OPEN = 20, ORGANS_MOST = 120, NAMED_MOST = 1000, MAX_PAGES = 100000 };

// What was asked for.
typedef struct Wish {
    OrganRow organ; // id 0: all
    Str name;       // part of an organ's name; where only one fits, that is the organ
    int year, page;
} Wish;

static const Str LIST = SI("/annual-reports");

static Str list_path(Arena *a, int year, Str organ, int page)
{
    Str path = path_with(a, path_with_int(a, LIST, "year", year), "organ", organ);
    return path_with_int(a, path, "page", page > 1 ? page : 0);
}

static bool wish_read(Request *r, Wish *out, Err *err)
{
    Wish wish = {
        .name = str_trim(request_query(r, "name")),
        .year = query_int(r, "year", 9999),
        .page = query_int(r, "page", MAX_PAGES),
    };
    Str slug = request_query(r, "organ");
    if (slug.n &&
        !store_organ_by_slug(app_of(r)->db, app_of(r)->site, slug, r->a, &wish.organ, err))
        return false;
    if (wish.page == 0)
        wish.page = 1;
    *out = wish;
    return true;
}

static void list_chips(Request *r, const Wish *wish, ListPage *p)
{
    p->clear = LIST;
    p->year = wish->year;
    if (wish->year)
        *PUSH(r->a, &p->chips) = (Link){.href = list_path(r->a, 0, wish->organ.slug, 1),
                                        .text = str_fmt(r->a, "%d年度", wish->year)};
    if (wish->organ.id.n)
        *PUSH(r->a, &p->chips) =
            (Link){.href = list_path(r->a, wish->year, S(""), 1), .text = wish->organ.name};
}

static CountedLink organ_link(Arena *a, const OrganRow *organ, const Wish *wish)
{
    return (CountedLink){
        .href = list_path(a, wish->year, organ->slug, 1),
        .text = organ->name,
        .count = organ->n_reports,
        .current = organ->id.n == wish->organ.id.n,
    };
}

static const OrganRow *row_of(const OrganRows *rows, OrganId id)
{
    for (size_t i = 0; i < rows->n; i++)
        if (rows->v[i].id.n == id.n)
            return &rows->v[i];
    return NULL;
}

// The organs with reports that have, or had, the words in a name.
static bool list_named(Request *r, Wish *wish, ListPage *p, Err *err)
{
    App *app = app_of(r);
    OrganRows organs = {0};
    OrganLines found = {0};
    Scope site = scope_site(app->site); // names of organs are no secret
    OrganFilter filter = {.words = wish->name, .ended = true, .limit = NAMED_MOST};
    int64_t total;
    if (wish->name.n == 0)
        return true;
    if (!store_organ_rows(app->db, app->site, r->a, &organs, err) ||
        !store_organ_find(app->db, &site, &filter, r->a, &found, &total, err))
        return false;
    const OrganRow *only = NULL;
    for (size_t i = 0; i < found.n && p->named.n < ORGANS_MOST; i++) {
        const OrganRow *row = row_of(&organs, found.v[i].id);
        if (!row || !row->n_reports)
            continue;
        CountedLink link = organ_link(r->a, row, wish);
        if (found.v[i].found_as.n)
            link.text = str_fmt(r->a, PRI_STR "（原名" PRI_STR "）", STR_ARG(row->name),
                                STR_ARG(found.v[i].found_as));
        *PUSH(r->a, &p->named) = link;
        only = row;
    }
    p->name = wish->name;
    if (only && p->named.n == 1 && !wish->organ.id.n)
        wish->organ = *only;
    return true;
}

static bool list_facets(Request *r, const Wish *wish, ListPage *p, Err *err)
{
    YearCounts years = {0};
    OrganRows organs = {0};
    if (!store_report_years(app_of(r)->db, app_of(r)->site, wish->organ.id, r->a, &years, err) ||
        !store_organ_rows(app_of(r)->db, app_of(r)->site, r->a, &organs, err))
        return false;
    for (size_t i = 0; i < years.n; i++)
        *PUSH(r->a, &p->years) = (CountedLink){
            .href = list_path(r->a, years.v[i].year, wish->organ.slug, 1),
            .text = str_fmt(r->a, "%d年度", years.v[i].year),
            .count = years.v[i].n,
            .current = years.v[i].year == wish->year,
        };
    for (size_t i = 0; i < organs.n; i++) {
        const OrganRow *organ = &organs.v[i];
        if (!organ->n_reports)
            continue;
        if (p->organs.n < ORGANS_MOST)
            *PUSH(r->a, &p->organs) = organ_link(r->a, organ, wish);
        else
            p->organs_left++;
    }
    p->organs_open = ORGANS_OPEN;
    return true;
}

// The first, the last, and the two on either side of the one shown; gaps as a link without words.
static void list_pager(Request *r, const Wish *wish, ListPage *p)
{
    int last = (int)((p->total + PER_PAGE - 1) / PER_PAGE), before = 0;
    for (int n = 1; n <= last; n++) {
        bool near = n >= wish->page - 2 && n <= wish->page + 2;
        if (n != 1 && n != last && !near)
            continue;
        if (before && n != before + 1)
            *PUSH(r->a, &p->pages) = (Link){0};
        *PUSH(r->a, &p->pages) = (Link){
            .href = list_path(r->a, wish->year, wish->organ.slug, n),
            .text = str_fmt(r->a, "%d", n),
            .current = n == wish->page,
        };
        before = n;
    }
    if (wish->page > 1)
        p->previous = list_path(r->a, wish->year, wish->organ.slug, wish->page - 1);
    if (wish->page < last)
        p->next = list_path(r->a, wish->year, wish->organ.slug, wish->page + 1);
}

static void list_words(Request *r, const Wish *wish, ListPage *p)
{
    Arena *a = r->a;
    Str of = wish->organ.id.n ? wish->organ.name : S("");
    if (wish->year)
        of = str_fmt(a, PRI_STR "%d年度", STR_ARG(of), wish->year);
    p->page.title = str_cat(a, of, S("政府信息公开年报"));
    p->page.description =
        str_fmt(a, PRI_STR "政府信息公开工作年度报告，共%lld份，附逐项核对的结果和可下载的数据。",
                STR_ARG(of), (long long)p->total);
    p->csv = path_with_int(a, S("/open-data/cells.csv"), "year", wish->year);
    if (wish->organ.id.n && p->years.n > 1)
        p->trends = organ_path(a, wish->organ.slug, "/trends");
    page_crumb(r, &p->page, S(""), S("政府信息公开年报"));
    if (wish->name.n) // what somebody looked for is no page of its own
        p->page.canonical = p->page.alternate = S("");
}

bool page_report_list(Request *r, Response *w, Err *err)
{
    Wish wish;
    ReportRows rows = {0};
    ListPage p = {0};
    if (!wish_read(r, &wish, err) || !page_begin(r, S(""), NAV_REPORTS, &p.page, err) ||
        !list_named(r, &wish, &p, err))
        return false;
    const ReportFilter filter = {
        .year = wish.year,
        .organ = wish.organ.id,
        .offset = (int64_t)(wish.page - 1) * PER_PAGE,
        .limit = PER_PAGE,
    };
    if (!store_report_list(app_of(r)->db, app_of(r)->site, &filter, r->a, &rows, &p.total, err) ||
        !list_facets(r, &wish, &p, err) ||
        (wish.organ.id.n && !organ_kin(r, wish.organ.id, &p.kin, err)))
        return false;
    for (size_t i = 0; i < rows.n; i++)
        *PUSH(r->a, &p.lines) = report_line(r->a, &rows.v[i]);
    list_chips(r, &wish, &p);
    list_pager(r, &wish, &p);
    list_words(r, &wish, &p);
    view_report_list(&w->out, &p);
    return true;
}
