#include "web/model.h"

#include "report/report_copy.h"
#include "web/cache.h"
#include "web/page_common.h"

static void row_copy(ReportRow *row, Arena *a)
{
    Str *const texts[] = {&row->organ_name, &row->organ_slug, &row->edition,  &row->title,
                          &row->file_name,  &row->file_kind,  &row->encoding, &row->sha256};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = str_dup(a, *texts[i]);
}

static ReportPage *page_copy(const ReportPage *from, Arena *a)
{
    ReportPage *to = NEW(a, ReportPage, 1);
    *to = *from;
    row_copy(&to->stored.row, a);
    to->stored.reading = str_dup(a, from->stored.reading);
    to->source.name = str_dup(a, from->source.name);
    to->source.encoding = str_dup(a, from->source.encoding);
    to->source.docs = (Documents){0};
    report_copy(&from->doc, a, &to->doc);
    return to;
}

// The first object in the room of a kept model.
static const ReportPage *page_of(const Kept *k)
{
    return (const ReportPage *)(const void *)k->body.s;
}

// Copied twice: once to learn how much room it takes.
static Kept *page_keep(Request *r, Str key, const ReportPage *page, const Response *depends)
{
    Arena scratch = *r->a;
    char *before = scratch.at;
    page_copy(page, &scratch);
    size_t n = (size_t)(scratch.at - before);
    Kept *k = kept_room(key, n, depends);
    if (!k)
        return NULL;
    Arena room = kept_arena(k);
    k->body = (Str){(const char *)page_copy(page, &room), n};
    return k;
}

bool model_report(Request *r, Response *w, Str organ_slug, int year, const ReportPage **out,
                  Err *err)
{
    Str key = str_fmt(r->a, "report\n%d\n" PRI_STR, year, STR_ARG(organ_slug));
    uint64_t version = cache_version(r->cache, 0);
    Kept *k = request_may_hold(r) ? cache_get(r->models, key) : NULL;
    if (k) {
        request_hold(r, k);
        *out = page_of(k);
        respond_depends(r, w, (uint64_t)(*out)->stored.row.organ.n);
        return true;
    }
    ReportPage *page = NEW(r->a, ReportPage, 1);
    if (!app_report_get(app_of(r), organ_slug, year, r->a, page, err))
        return false;
    *out = page;
    // Only now is the organ known. What changed since the reading began changed the version of
    // everything too, and then this is not to be kept.
    Response depends = {0};
    uint64_t organ = (uint64_t)page->stored.row.organ.n;
    respond_depends(r, w, organ);
    respond_depends(r, &depends, organ);
    if (cache_version(r->cache, 0) != version) {
        w->fresh = true;
        return true;
    }
    k = request_may_hold(r) ? page_keep(r, key, page, &depends) : NULL;
    if (k) {
        cache_put(r->models, k);
        request_hold(r, k);
    }
    return true;
}
