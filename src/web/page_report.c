#include "web/page_report.h"

#include "report/render_xlsx.h"
#include "report/report_csv.h"
#include "views.h"
#include "web/model.h"
#include "web/page_organ_public.h"

int page_year(const Request *r)
{
    int64_t year;
    if (!str_to_int(request_param(r, "year"), &year) || year < 1 || year > 9999)
        return 0;
    return (int)year;
}

bool page_report_get(Request *r, Response *w, int year, const ReportPage **out, Err *err)
{
    const ReportModel *found;
    if (!model_report(r, w, request_param(r, "organ"), year, &found, err))
        return false;
    *out = &found->page;
    return true;
}

// --- facts and doors around the report

enum { SHA256_DIGITS = 64 };

static Str time_zh(Arena *a, int64_t seconds)
{
    enum { DAY = 86400, CHINA = 8 * 3600 };
    return date_zh(a, (Date){(int32_t)((seconds + CHINA) / DAY)});
}

static void add_fact(Request *r, ShowPage *p, Str name, Str value, Str href)
{
    if (value.n)
        *PUSH(r->a, &p->facts) = (Fact){name, value, href, value.n == SHA256_DIGITS};
}

static Str period(Arena *a, const Document *doc)
{
    if (!date_is(doc->from) || !date_is(doc->to))
        return S("");
    Str from = date_zh(a, doc->from), to = date_zh(a, doc->to);
    return str_fmt(a, PRI_STR "至" PRI_STR, STR_ARG(from), STR_ARG(to));
}

static void report_facts(Request *r, const ReportRow *row, const Document *doc, ShowPage *p)
{
    Arena *a = r->a;
    Edition due = edition_due(row->year);
    Str version = row->version > 1
                      ? str_fmt(a, "第%lld次收录，以前的留存备查", (long long)row->version)
                      : S("");
    add_fact(r, p, S("机关"), row->organ_name, p->organ_href);
    add_fact(r, p, S("统计年度"), str_fmt(a, "%d年度", row->year), S(""));
    add_fact(r, p, S("统计期间"), period(a, doc), S(""));
    add_fact(r, p, S("公布日期"),
             date_is(row->published) ? date_zh(a, row->published) : S("报告里没有写明"), S(""));
    add_fact(r, p, S("所用格式"), p->report.edition, S(""));
    add_fact(r, p, S("应用格式"), edition_name(a, due), S(""));
    add_fact(r, p, S("源文件"),
             row->encoding.n
                 ? str_fmt(a, PRI_STR "（" PRI_STR "，" PRI_STR "）", STR_ARG(row->file_name),
                           STR_ARG(row->file_kind), STR_ARG(row->encoding))
                 : str_fmt(a, PRI_STR "（" PRI_STR "）", STR_ARG(row->file_name),
                           STR_ARG(row->file_kind)),
             S(""));
    add_fact(r, p, S("SHA-256"), row->sha256, S(""));
    add_fact(r, p, S("收录日期"), time_zh(a, row->imported_at), S(""));
    add_fact(r, p, S("版本"), version, S(""));
}

static void report_downloads(Request *r, const ReportRow *row, ShowPage *p)
{
    Arena *a = r->a;
    const Download all[] = {
        {report_path_tail(a, row->organ_slug, row->year, "/original"), S("原件"),
         size_zh(a, row->bytes)},
        {report_path_tail(a, row->organ_slug, row->year, ".xlsx"), S("XLSX"),
         S("官方表格和核对结果")},
        {report_path_tail(a, row->organ_slug, row->year, ".csv"), S("CSV"), S("一行一个单元格")},
        {report_path_tail(a, row->organ_slug, row->year, ".json"), S("JSON"), S("开放数据")},
    };
    p->n_downloads = sizeof all / sizeof *all;
    memcpy(p->downloads, all, sizeof all);
}

static void report_neighbours(Request *r, const StoredReport *stored, ShowPage *p)
{
    Arena *a = r->a;
    Str slug = stored->row.organ_slug;
    if (stored->previous) {
        p->previous = report_path(a, slug, stored->previous);
        p->previous_text = str_fmt(a, "%d年度报告", stored->previous);
        p->compare = path_with_int(
            a, path_with_int(a, organ_path(a, slug, "/compare"), "a", stored->previous), "b",
            stored->row.year);
    }
    if (stored->following) {
        p->next = report_path(a, slug, stored->following);
        p->next_text = str_fmt(a, "%d年度报告", stored->following);
    }
}

static void report_years(Request *r, const ReportRow *row, const YearCounts *years, ShowPage *p)
{
    for (size_t i = 0; i < years->n; i++)
        *PUSH(r->a, &p->years) = (Link){
            .href = report_path(r->a, row->organ_slug, years->v[i].year),
            .text = str_fmt(r->a, "%d", years->v[i].year),
            .current = years->v[i].year == row->year,
        };
    if (years->n > 1)
        p->trends = organ_path(r->a, row->organ_slug, "/trends");
}

void page_report_fill(Arena *a, const ReportPage *found, const YearCounts *years, ShowPage *p)
{
    Request r = {.a = a};
    const ReportRow *row = &found->stored.row;
    report_view(&found->doc, S(""), a, &p->report);
    p->organ = row->organ_name;
    p->organ_href = report_line(a, row).organ_href;
    p->published = row->published;
    report_years(&r, row, years, p);
    report_facts(&r, row, &found->doc, p);
    report_downloads(&r, row, p);
    report_neighbours(&r, &found->stored, p);
}

static void report_frame(Request *r, const ReportRow *row, ShowPage *p)
{
    p->page.title = report_line(r->a, row).title;
    p->page.description =
        str_fmt(r->a, PRI_STR "。" PRI_STR, STR_ARG(p->page.title), STR_ARG(p->report.verdict));
    page_crumb(r, &p->page, S("/annual-reports"), S("政府信息公开年报"));
    page_crumb(r, &p->page, p->organ_href, row->organ_name);
    page_crumb(r, &p->page, S(""), str_fmt(r->a, "%d年度", row->year));
}

bool page_report_show(Request *r, Response *w, Err *err)
{
    const ReportModel *found;
    ShowPage *p = NEW(r->a, ShowPage, 1);
    if (!model_report(r, w, request_param(r, "organ"), page_year(r), &found, err))
        return organ_moved(r, w, err);
    *p = found->show;
    if (!page_begin(r, S(""), NAV_REPORTS, &p->page, err) ||
        !organ_kin(r, found->page.stored.row.organ, &p->kin, err))
        return false;
    report_frame(r, &found->page.stored.row, p);
    view_report_show(&w->out, p);
    return true;
}

// --- downloads

static Str download_name(Request *r, const ReportRow *row, const char *ending)
{
    return str_fmt(r->a, PRI_STR "-%d%s", STR_ARG(row->organ_slug), row->year, ending);
}

bool page_report_json(Request *r, Response *w, Err *err)
{
    const ReportPage *found;
    if (!page_report_get(r, w, page_year(r), &found, err))
        return organ_moved(r, w, err);
    respond_type(w, S("application/json; charset=utf-8"));
    w->body = found->stored.reading;
    return true;
}

bool page_report_csv(Request *r, Response *w, Err *err)
{
    const ReportPage *found;
    if (!page_report_get(r, w, page_year(r), &found, err))
        return organ_moved(r, w, err);
    const ReportRow *row = &found->stored.row;
    Buf b = buf_new(r->a, MAX_PAGE);
    report_csv_head(&b);
    report_csv(&b, row->file_name, (size_t)row->doc + 1, &found->doc);
    respond_download(r, w, S("text/csv; charset=utf-8"), download_name(r, row, ".csv"));
    w->body = buf_str(&b);
    return true;
}

bool page_report_xlsx(Request *r, Response *w, Err *err)
{
    const ReportPage *found;
    Str bytes;
    if (!page_report_get(r, w, page_year(r), &found, err))
        return organ_moved(r, w, err);
    if (!render_xlsx(&found->doc, r->a, &bytes, err))
        return false;
    respond_download(r, w, S("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
                     download_name(r, &found->stored.row, ".xlsx"));
    w->body = bytes;
    return true;
}

// Always as a download of a type that is not shown: it is somebody else's file, and a web page
// among them would otherwise run under our name.
bool page_report_original(Request *r, Response *w, Err *err)
{
    const ReportPage *found;
    Str bytes;
    if (!page_report_get(r, w, page_year(r), &found, err))
        return organ_moved(r, w, err);
    if (!app_report_original(app_of(r), &found->stored.row, r->a, &bytes, err))
        return false;
    respond_download(r, w, S("application/octet-stream"), found->stored.row.file_name);
    w->body = bytes;
    return true;
}
