#include "web/page_data.h"

#include "app/config.h"

#include "base/json.h"
#include "store/publication.h"
#include "views.h"
#include "web/static.h"

enum { API_LIMIT = 50, API_MOST = 1000, FEED_ENTRIES = 30, SITEMAP_MOST = 50000 };

static const Str TYPE_JSON = SI("application/json; charset=utf-8");

// --- the page

bool page_open_data(Request *r, Response *w, Err *err)
{
    OpenDataPage p = {0};
    ReportRows rows = {0};
    YearCounts years = {0};
    const ReportFilter newest = {.limit = 1};
    if (!page_begin(r, S("开放数据"), NAV_DATA, &p.page, err) ||
        !store_report_list(app_of(r)->db, app_of(r)->site, &newest, r->a, &rows, &p.n_reports,
                           err) ||
        !store_report_years(app_of(r)->db, app_of(r)->site, (OrganId){0}, r->a, &years, err))
        return false;
    for (size_t i = 0; i < years.n; i++)
        *PUSH(r->a, &p.years) = (CountedLink){
            .href = path_with_int(r->a, S("/open-data/cells.csv"), "year", years.v[i].year),
            .text = str_fmt(r->a, "%d", years.v[i].year),
            .count = years.v[i].n,
        };
    if (rows.n)
        p.example = str_fmt(r->a, "/api/v1/reports/%lld", (long long)rows.v[0].id.n);
    page_crumb(r, &p.page, S(""), S("开放数据"));
    p.page.description = S("政府信息公开年度报告的全部单元格CSV、每份报告的JSON和接口说明。");
    view_open_data(&w->out, &p);
    return true;
}

// --- every cell

typedef struct CsvOut {
    Buf *b;
    const Arena *a;
} CsvOut;

// Quoted where the format asks for it; what a spreadsheet would take for a formula begins with '.
static void put_csv(Buf *b, Str s)
{
    bool formula = s.n && strchr("=+-@\t\r", s.s[0]);
    bool quote = str_has(s, S(",")) || str_has(s, S("\"")) || str_has(s, S("\n")) || formula;
    if (quote)
        buf_byte(b, '"');
    if (formula)
        buf_byte(b, '\'');
    for (size_t i = 0; i < s.n; i++) {
        if (s.s[i] == '"')
            buf_byte(b, '"');
        buf_byte(b, s.s[i]);
    }
    if (quote)
        buf_byte(b, '"');
}

// The buffer grows over the arena's free end, where cell_print writes: so the number is taken out
// of there before it is added.
static void put_number(CsvOut *out, CellIx ix, int64_t n)
{
    Arena scratch = *out->a;
    Str s = cell_print(&scratch, ix, n);
    char text[48];
    size_t size = s.n < sizeof text ? s.n : sizeof text;
    memcpy(text, s.s, size);
    buf_add(out->b, (Str){text, size});
}

static bool put_cell(void *ctx, const OpenCell *c)
{
    CsvOut *out = ctx;
    CellIx ix = cell_by_id(c->cell);
    bool value = str_eq(c->state, cell_state_ids[CELL_VALUE]) && ix != CELL_NONE;
    put_csv(out->b, c->slug);
    buf_byte(out->b, ',');
    put_csv(out->b, c->organ);
    buf_fmt(out->b, ",%d," PRI_STR "," PRI_STR ",", c->year, STR_ARG(c->cell), STR_ARG(c->state));
    if (value)
        put_number(out, ix, c->n);
    buf_byte(out->b, '\n');
    return !out->b->full;
}

bool page_cells_csv(Request *r, Response *w, Err *err)
{
    int year = query_int(r, "year", 9999);
    Buf b = buf_new(r->a, MAX_PAGE);
    CsvOut out = {.b = &b, .a = r->a};
    buf_add(&b, S("organ,organ_name,year,cell,state,value\n"));
    if (!store_report_cells(app_of(r)->db, app_of(r)->site, year, put_cell, &out, err))
        return false;
    if (b.full)
        return fail(err, ERR_LIMIT, NULL, "数据太多，一次下载不了，请按年度下载。",
                    "Too much for one file: download it year by year.");
    respond_download(r, w, S("text/csv; charset=utf-8"),
                     year ? str_fmt(r->a, "cells-%d.csv", year) : S("cells.csv"));
    w->body = buf_str(&b);
    return true;
}

bool page_schema(Request *r, Response *w, Err *err)
{
    (void)r;
    const Asset *schema = asset_find(asset("report.schema.json"));
    if (!schema)
        return fail(err, ERR_MISSING, NULL, "没有结构说明。", "There is no schema.");
    respond_type(w, S("application/schema+json; charset=utf-8"));
    w->body = schema->body;
    return true;
}

// --- JSON

static void put_row(JsonOut *j, Arena *a, const ReportRow *row)
{
    json_object(j);
    json_put_int(j, "id", row->id.n);
    json_put_str(j, "organ", row->organ_slug);
    json_put_str(j, "organ_name", row->organ_name);
    json_put_int(j, "year", row->year);
    json_put_str(j, "title", row->title);
    json_put_str(j, "edition", row->edition);
    if (date_is(row->published))
        json_put_str(j, "published", date_iso(a, row->published));
    json_key(j, S("findings"));
    json_object(j);
    json_put_int(j, "error", row->counts.error);
    json_put_int(j, "warning", row->counts.warning);
    json_put_int(j, "note", row->counts.note);
    json_put_int(j, "doubtful", row->counts.doubtful);
    json_put_int(j, "not_assessable", row->counts.open);
    json_put_int(j, "pass", row->counts.pass);
    json_end(j);
    json_put_str(j, "sha256", row->sha256);
    json_put_str(j, "page", report_path(a, row->organ_slug, row->year));
    json_put_str(j, "json", str_fmt(a, "/api/v1/reports/%lld", (long long)row->id.n));
    json_end(j);
}

bool page_api_reports(Request *r, Response *w, Err *err)
{
    OrganRow organ = {0};
    ReportRows rows = {0};
    int64_t total = 0;
    Str slug = request_query(r, "organ");
    int limit = query_int(r, "limit", API_MOST);
    if (slug.n && !store_organ_by_slug(app_of(r)->db, app_of(r)->site, slug, r->a, &organ, err))
        return false;
    const ReportFilter filter = {
        .year = query_int(r, "year", 9999),
        .organ = organ.id,
        .offset = query_int(r, "offset", 100000000),
        .limit = limit ? limit : API_LIMIT,
    };
    if (!store_report_list(app_of(r)->db, app_of(r)->site, &filter, r->a, &rows, &total, err))
        return false;
    Buf b = buf_new(r->a, MAX_PAGE);
    JsonOut j = json_out(&b);
    json_object(&j);
    json_put_int(&j, "total", total);
    json_put_int(&j, "offset", filter.offset);
    json_key(&j, S("reports"));
    json_array(&j);
    for (size_t i = 0; i < rows.n; i++)
        put_row(&j, r->a, &rows.v[i]);
    json_end(&j);
    json_end(&j);
    respond_type(w, TYPE_JSON);
    w->body = buf_str(&b);
    return true;
}

bool page_api_report(Request *r, Response *w, Err *err)
{
    StoredReport stored;
    int64_t id;
    if (!str_to_int(request_param(r, "id"), &id))
        return fail(err, ERR_MISSING, NULL, "没有这份报告。", "There is no such report.");
    if (!store_report_by_id(app_of(r)->db, app_of(r)->site, (ReportId){id}, r->a, &stored, err))
        return false;
    respond_depends(r, w, (uint64_t)stored.row.organ.n);
    respond_type(w, TYPE_JSON);
    w->body = stored.reading;
    return true;
}

// --- feed and sitemap

// As configured; otherwise the address as the visitor wrote it. Behind a proxy that ends TLS the
// name comes without a port; a visitor who names one has come straight to us, without TLS.
Str page_site_url(Request *r)
{
    const Config *config = app_of(r)->config;
    if (config && config->base_url.n)
        return config->base_url;
    if (r->host.n == 0)
        return S("");
    bool port = str_has(r->host, S(":"));
    return str_fmt(r->a, "%s" PRI_STR, port ? "http://" : "https://", STR_ARG(r->host));
}

static void put_z(Out *o, const char *z)
{
    view_put(o, z, strlen(z));
}

static void put_entry(Request *r, Out *o, Str base, const ReportRow *row)
{
    ReportLine line = report_line(r->a, row);
    Str on = date_iso(r->a, (Date){(int32_t)(row->imported_at / 86400)});
    put_z(o, "<entry><title>");
    view_text_str(o, line.title);
    put_z(o, "</title><link href=\"");
    view_text_str(o, str_cat(r->a, base, line.href));
    put_z(o, "\"/><id>");
    view_text_str(o, str_cat(r->a, base, line.href));
    put_z(o, "</id><updated>");
    view_text_str(o, on);
    put_z(o, "T00:00:00Z</updated><author><name>");
    view_text_str(o, line.organ);
    put_z(o, "</name></author><summary>");
    view_text_str(o, str_fmt(r->a, "不符%zu项，存疑%zu项，通过%zu项。", line.tally.fails,
                             line.tally.doubts, line.tally.passes));
    put_z(o, "</summary></entry>\n");
}

bool page_feed(Request *r, Response *w, Err *err)
{
    Site site;
    ReportRows rows = {0};
    int64_t total, newest = 0;
    const ReportFilter filter = {.limit = FEED_ENTRIES};
    if (!store_site_get(app_of(r)->db, app_of(r)->site, r->a, &site, err) ||
        !store_report_list(app_of(r)->db, app_of(r)->site, &filter, r->a, &rows, &total, err))
        return false;
    for (size_t i = 0; i < rows.n; i++)
        newest = rows.v[i].imported_at > newest ? rows.v[i].imported_at : newest;
    Out *o = &w->out;
    Str base = page_site_url(r);
    put_z(o, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
             "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"zh-Hans\"><title>");
    view_text_str(o, str_cat(r->a, site.name, S("：政府信息公开年报")));
    put_z(o, "</title><id>");
    view_text_str(o, str_cat(r->a, base, S("/feed.atom")));
    put_z(o, "</id><link rel=\"self\" href=\"");
    view_text_str(o, str_cat(r->a, base, S("/feed.atom")));
    put_z(o, "\"/><updated>");
    view_text_str(o, date_iso(r->a, (Date){(int32_t)(newest / 86400)}));
    put_z(o, "T00:00:00Z</updated>\n");
    for (size_t i = 0; i < rows.n; i++)
        put_entry(r, o, base, &rows.v[i]);
    put_z(o, "</feed>\n");
    respond_type(w, S("application/atom+xml; charset=utf-8"));
    return true;
}

static void put_loc(Request *r, Out *o, Str base, Str path)
{
    put_z(o, "<url><loc>");
    view_text_str(o, str_cat(r->a, base, path));
    put_z(o, "</loc></url>\n");
}

static bool put_publications(Request *r, Out *o, Str base, Err *err)
{
    Publications found;
    if (!store_publication_public(app_of(r)->db, app_of(r)->site, date_none, (PublicationId){0},
                                  API_MOST, r->a, &found, err))
        return false;
    for (size_t i = 0; i < found.n; i++)
        put_loc(r, o, base, str_fmt(r->a, "/disclosures/%lld", (long long)found.v[i].id.n));
    return true;
}

bool page_sitemap(Request *r, Response *w, Err *err)
{
    static const Str fixed[] = {SI("/"), SI("/annual-reports"), SI("/check"), SI("/open-data"),
                                SI("/about/accessibility")};
    OrganRows organs = {0};
    Out *o = &w->out;
    Str base = page_site_url(r);
    if (!store_organ_rows(app_of(r)->db, app_of(r)->site, r->a, &organs, err))
        return false;
    put_z(o, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
             "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
        put_loc(r, o, base, fixed[i]);
    for (size_t i = 0; i < organs.n; i++)
        if (organs.v[i].kind != ORGANKIND_SECTION)
            put_loc(r, o, base, str_cat(r->a, S("/organs/"), organs.v[i].slug));
    for (size_t i = 0; i < organs.n; i++)
        if (organs.v[i].n_reports > 1)
            put_loc(r, o, base, organ_path(r->a, organs.v[i].slug, "/trends"));
    if (!put_publications(r, o, base, err))
        return false;
    ReportRows rows = {0};
    int64_t total = 1;
    for (int64_t at = 0; at < total && at < SITEMAP_MOST; at += API_MOST) {
        const ReportFilter filter = {.offset = at, .limit = API_MOST};
        rows.n = 0;
        if (!store_report_list(app_of(r)->db, app_of(r)->site, &filter, r->a, &rows, &total, err))
            return false;
        for (size_t i = 0; i < rows.n; i++)
            put_loc(r, o, base, report_path(r->a, rows.v[i].organ_slug, rows.v[i].year));
    }
    put_z(o, "</urlset>\n");
    respond_type(w, S("application/xml; charset=utf-8"));
    return true;
}
