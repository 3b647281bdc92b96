// What everybody reads of what was made public because it was asked for (条例第四十四条): the list,
// one of them, its files, and a feed.
#include "domain/attach_kind.h"
#include "store/site.h"
#include "views.h"
#include "web/page_common.h"
#include "web/page_data.h"
#include "web/page_publication.h"

enum { PER_PAGE = 20, FEED_ENTRIES = 50, WORDS_MAX = 60 };

static const Str DISCLOSURES = SI("/disclosures");
static const Str HEADING = SI("依申请转主动公开的信息");

// --- the list

static bool found_of(Request *r, Str words, Publications *out, Err *err)
{
    App *app = app_of(r);
    Date after = date_none;
    PublicationId id = {0};
    date_parse(request_query(r, "after"), &after);
    str_to_int(request_query(r, "id"), &id.n);
    return words.n ? store_publication_search(app->db, app->site, words, after, id, PER_PAGE + 1,
                                              r->a, out, err)
                   : store_publication_public(app->db, app->site, after, id, PER_PAGE + 1, r->a,
                                              out, err);
}

bool page_disclosures(Request *r, Response *w, Err *err)
{
    DisclosuresPage p = {.words = str_clip(r->a, str_trim(request_query(r, "q")), WORDS_MAX)};
    Publications found;
    if (!page_begin(r, HEADING, NAV_NONE, &p.page, err) || !found_of(r, p.words, &found, err))
        return false;
    page_crumb(r, &p.page, S(""), HEADING);
    w->fresh = p.words.n > 0; // what anybody may type is not kept
    Str here = path_with(r->a, DISCLOSURES, "q", p.words);
    size_t shown = found.n < PER_PAGE ? found.n : PER_PAGE;
    p.lines = NEW(r->a, PublicationLine, shown);
    for (size_t i = 0; i < shown; i++)
        p.lines[p.n++] = publication_line(r->a, &found.v[i], app_of(r)->today, false);
    if (found.n > shown)
        p.next = path_with_int(
            r->a, path_with(r->a, here, "after", date_iso(r->a, found.v[shown - 1].published)),
            "id", found.v[shown - 1].id.n);
    p.first = request_query(r, "after").n ? here : S("");
    view_disclosures(&w->out, &p);
    return true;
}

// --- one of them

static PublicationId id_of(const Request *r)
{
    PublicationId id = {0};
    str_to_int(request_param(r, "id"), &id.n);
    return id;
}

static Str kind_name(Str id)
{
    AttachKind kind;
    return attach_kind_named(id, &kind) ? attach_kinds[kind].name : S("文件");
}

static bool files_read(Request *r, const Publication *pub, DisclosurePage *p, Err *err)
{
    PublicationFiles files;
    if (!store_publication_files(app_of(r)->db, app_of(r)->site, pub->id, r->a, &files, err))
        return false;
    p->files = NEW(r->a, PublicationFileLine, files.n);
    for (size_t i = 0; i < files.n; i++)
        p->files[p->n_files++] =
            (PublicationFileLine){.href = str_fmt(r->a, PRI_STR "/files/%lld",
                                                  STR_ARG(p->line.href), (long long)files.v[i].no),
                                  .name = files.v[i].name,
                                  .kind = kind_name(files.v[i].kind),
                                  .size = size_zh(r->a, files.v[i].bytes)};
    return true;
}

// The day and the reason are everybody's; what stood there may be what had to go.
static bool changes_read(Request *r, const Publication *pub, DisclosurePage *p, Err *err)
{
    PublicationChanges found;
    if (!store_publication_changes(app_of(r)->db, app_of(r)->site, pub->id, r->a, &found, err))
        return false;
    p->changes = NEW(r->a, PublicationChangeLine, found.n);
    for (size_t i = found.n; i-- > 0;)
        p->changes[p->n_changes++] =
            (PublicationChangeLine){.on = date_zh(r->a, found.v[i].on), .why = found.v[i].why};
    return true;
}

// What was withdrawn and published anew is found from its old address.
static bool instead_of(Request *r, const Publication *pub, Str *out, Err *err)
{
    Publications of;
    Scope site = scope_site(app_of(r)->site);
    if (pub->state != PUBLICATION_WITHDRAWN)
        return true;
    if (!store_publication_of(app_of(r)->db, &site, pub->request, r->a, &of, err))
        return false;
    for (size_t i = 0; i < of.n; i++)
        if (of.v[i].state == PUBLICATION_PUBLIC)
            *out = str_fmt(r->a, PRI_STR "/%lld", STR_ARG(DISCLOSURES), (long long)of.v[i].id.n);
    return true;
}

bool page_disclosure(Request *r, Response *w, Err *err)
{
    App *app = app_of(r);
    DisclosurePage p = {0};
    Publication pub;
    if (!store_publication_shown(app->db, app->site, id_of(r), r->a, &pub, err) ||
        !page_begin(r, pub.title, NAV_NONE, &p.page, err))
        return false;
    page_crumb(r, &p.page, DISCLOSURES, HEADING);
    page_crumb(r, &p.page, S(""), pub.title);
    p.line = publication_line(r->a, &pub, app->today, false);
    p.withdrawn = date_is(pub.withdrawn) ? date_zh(r->a, pub.withdrawn) : S("");
    p.withdrawn_why = pub.withdrawn_why;
    if (!files_read(r, &pub, &p, err) || !changes_read(r, &pub, &p, err) ||
        !instead_of(r, &pub, &p.instead, err))
        return false;
    p.page.description = p.withdrawn.n ? S("") : str_clip(r->a, pub.summary, 120);
    w->status = p.withdrawn.n ? 410 : 200;
    view_disclosure(&w->out, &p);
    return true;
}

bool page_disclosure_file(Request *r, Response *w, Err *err)
{
    PublicationFile file;
    Str bytes;
    AttachKind kind;
    int64_t no = 0;
    str_to_int(request_param(r, "no"), &no);
    if (!app_publication_file(app_of(r), id_of(r), no, r->a, &file, &bytes, err))
        return false;
    respond_download(r, w,
                     attach_kind_named(file.kind, &kind) ? attach_kinds[kind].type
                                                         : S("application/octet-stream"),
                     file.name);
    w->body = bytes;
    return true;
}

// --- the feed

static void put_z(Out *o, const char *z)
{
    view_put(o, z, strlen(z));
}

static void put_text(Out *o, const char *element, Str text)
{
    put_z(o, "<");
    put_z(o, element);
    put_z(o, ">");
    view_text_str(o, text);
    put_z(o, "</");
    put_z(o, element);
    put_z(o, ">");
}

static Date news_of(const Publication *p)
{
    return date_is(p->withdrawn)   ? p->withdrawn
           : date_is(p->corrected) ? p->corrected
                                   : p->published;
}

static Str moment_of(Arena *a, Date d)
{
    return str_cat(a, date_is(d) ? date_iso(a, d) : S("1970-01-01"), S("T00:00:00+08:00"));
}

// A reader that holds the old entry takes the new one over it, since the id stays: so what was
// withdrawn goes there too.
static void put_entry(Request *r, Out *o, Str base, const Publication *p)
{
    bool gone = p->state == PUBLICATION_WITHDRAWN;
    Str at = str_fmt(r->a, PRI_STR PRI_STR "/%lld", STR_ARG(base), STR_ARG(DISCLOSURES),
                     (long long)p->id.n);
    put_z(o, "<entry>");
    put_text(o, "title", gone ? str_cat(r->a, S("已撤下："), p->title) : p->title);
    put_z(o, "<link href=\"");
    view_text_str(o, at);
    put_z(o, "\"/>");
    put_text(o, "id", at);
    put_text(o, "published", moment_of(r->a, p->published));
    put_text(o, "updated", moment_of(r->a, news_of(p)));
    put_z(o, "<author>");
    put_text(o, "name", p->organ_name);
    put_z(o, "</author>");
    put_text(o, "summary",
             gone ? str_cat(r->a, S("撤下的原因："), p->withdrawn_why)
                  : str_clip(r->a, p->summary, 300));
    put_z(o, "</entry>\n");
}

bool page_disclosure_feed(Request *r, Response *w, Err *err)
{
    App *app = app_of(r);
    Site site;
    Publications news;
    if (!store_site_get(app->db, app->site, r->a, &site, err) ||
        !store_publication_news(app->db, app->site, FEED_ENTRIES, r->a, &news, err))
        return false;
    Out *o = &w->out;
    Str base = page_site_url(r), self = str_cat(r->a, base, S("/disclosures.atom"));
    put_z(o, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
             "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"zh-Hans\">");
    put_text(o, "title", str_fmt(r->a, PRI_STR "：" PRI_STR, STR_ARG(site.name), STR_ARG(HEADING)));
    put_text(o, "id", self);
    put_z(o, "<link rel=\"self\" href=\"");
    view_text_str(o, self);
    put_z(o, "\"/>");
    put_text(o, "updated", moment_of(r->a, news.n ? news_of(&news.v[0]) : date_none));
    put_z(o, "\n");
    for (size_t i = 0; i < news.n; i++)
        put_entry(r, o, base, &news.v[i]);
    put_z(o, "</feed>\n");
    respond_type(w, S("application/atom+xml; charset=utf-8"));
    return true;
}
