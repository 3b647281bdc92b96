#include "web/model.h"

#include "report/report_copy.h"
#include "web/cache.h"
#include "web/page_report.h"

static void row_copy(ReportRow *row, Arena *a)
{
    Str *const texts[] = {&row->organ_name, &row->organ_slug, &row->edition,  &row->title,
                          &row->file_name,  &row->file_kind,  &row->encoding, &row->sha256};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = str_dup(a, *texts[i]);
}

static void page_copy(const ReportPage *from, Arena *a, ReportPage *to)
{
    *to = *from;
    row_copy(&to->stored.row, a);
    to->stored.reading = str_dup(a, from->stored.reading);
    to->source.name = str_dup(a, from->source.name);
    to->source.encoding = str_dup(a, from->source.encoding);
    to->source.docs = (Documents){0};
    report_copy(&from->doc, a, &to->doc);
}

static ReportModel *model_make(const ReportPage *page, const YearCounts *years, Arena *a)
{
    ReportModel *m = NEW(a, ReportModel, 1);
    page_copy(page, a, &m->page);
    page_report_fill(a, &m->page, years, &m->show);
    return m;
}

// Made twice: once to learn how much room it takes.
static Kept *model_keep(Request *r, Str key, const ReportPage *page, const YearCounts *years,
                        const Response *depends)
{
    Arena scratch = *r->a;
    char *before = scratch.at;
    model_make(page, years, &scratch);
    size_t n = (size_t)(scratch.at - before);
    Kept *k = kept_room(key, n, depends);
    if (!k)
        return NULL;
    Arena room = kept_arena(k);
    k->body = (Str){(const char *)model_make(page, years, &room), n};
    return k;
}

// The first object in the room of what is kept.
static const ReportModel *model_of(const Kept *k)
{
    return (const ReportModel *)(const void *)k->body.s;
}

static bool model_kept(Request *r, Response *w, Str key, const ReportModel **out)
{
    Kept *k = request_may_hold(r) ? cache_get(r->models, key) : NULL;
    if (!k)
        return false;
    request_hold(r, k);
    *out = model_of(k);
    respond_depends(r, w, (uint64_t)(*out)->page.stored.row.organ.n);
    return true;
}

bool model_report(Request *r, Response *w, Str organ_slug, int year, const ReportModel **out,
                  Err *err)
{
    Str key = str_fmt(r->a, "report\n%d\n" PRI_STR, year, STR_ARG(organ_slug));
    uint64_t version = cache_version(r->cache, 0);
    if (model_kept(r, w, key, out))
        return true;
    ReportPage *page = NEW(r->a, ReportPage, 1);
    YearCounts years = {0};
    if (!app_report_get(app_of(r), organ_slug, year, r->a, page, err) ||
        !store_report_years(app_of(r)->db, app_of(r)->site, page->stored.row.organ, r->a, &years,
                            err))
        return false;
    // Only now is the organ known. What changed since the reading began changed the version of
    // everything too, and then this is not to be kept.
    Response depends = {0};
    uint64_t organ = (uint64_t)page->stored.row.organ.n;
    respond_depends(r, w, organ);
    respond_depends(r, &depends, organ);
    w->fresh |= cache_version(r->cache, 0) != version;
    Kept *k = w->fresh || !request_may_hold(r) ? NULL : model_keep(r, key, page, &years, &depends);
    if (k) {
        cache_put(r->models, k);
        request_hold(r, k);
    }
    *out = k ? model_of(k) : model_make(page, &years, r->a);
    return true;
}
