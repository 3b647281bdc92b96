// Table three and table four of a period as files: as the form prints them, and as the document
// that the report reader takes (docs/report.schema.json), where writing the annual report begins.
#include "app/figures.h"
#include "app/remedy.h"
#include "app/request_figures.h"
#include "report/render_xlsx.h"
#include "report/report_json.h"
#include "web/page_common.h"
#include "web/page_remedy.h"
#include "web/page_times.h"
#include "web/period.h"

enum { JSON_BYTES = 4 << 20 };

static bool requests_of(Request *r, const Period *p, Document *doc, Err *err)
{
    return app_request_figures(app_of(r), p->from, p->to, r->a, doc, err);
}

static bool remedies_of(Request *r, const Period *p, Document *doc, Err *err)
{
    RemedyFigures figures;
    if (!app_remedy_figures(app_of(r), p->from, p->to, r->a, &figures, err))
        return false;
    figures_remedies(&figures, r->a, doc);
    return true;
}

static bool xlsx_out(Request *r, Response *w, const Document *doc, const Period *p,
                     const char *name, Err *err)
{
    if (!render_xlsx(doc, r->a, &w->body, err))
        return false;
    respond_download(r, w, S("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
                     str_fmt(r->a, "%s" PRI_STR "至" PRI_STR ".xlsx", name,
                             STR_ARG(date_iso(r->a, p->from)), STR_ARG(date_iso(r->a, p->to))));
    return true;
}

bool page_figures_xlsx(Request *r, Response *w, Err *err)
{
    Period p = period_of(r, app_of(r)->today);
    Document *doc = NEW(r->a, Document, 1);
    return period_right(&p, err) && requests_of(r, &p, doc, err) &&
           xlsx_out(r, w, doc, &p, "申请统计", err);
}

bool page_remedy_figures_xlsx(Request *r, Response *w, Err *err)
{
    Period p = period_of(r, app_of(r)->today);
    Document *doc = NEW(r->a, Document, 1);
    *doc = figures_document(p.from, p.to);
    return period_right(&p, err) && remedies_of(r, &p, doc, err) &&
           xlsx_out(r, w, doc, &p, "复议诉讼统计", err);
}

static void json_out_document(Request *r, Response *w, const Document *doc, Str name)
{
    Reading source = {.name = name};
    Buf b = buf_new(r->a, JSON_BYTES);
    buf_add(&b, S("{\"schema\":1,\"documents\":["));
    report_json_document(&b, &source, doc, 0);
    buf_add(&b, S("],\"unreadable\":[]}\n"));
    respond_download(r, w, S("application/json; charset=utf-8"),
                     str_fmt(r->a, PRI_STR "%d.json", STR_ARG(name), doc->year));
    w->body = buf_str(&b);
}

bool page_remedy_figures_json(Request *r, Response *w, Err *err)
{
    Period p = period_of(r, app_of(r)->today);
    Document *doc = NEW(r->a, Document, 1);
    *doc = figures_document(p.from, p.to);
    if (!period_right(&p, err) || !remedies_of(r, &p, doc, err))
        return false;
    json_out_document(r, w, doc, S("复议诉讼统计"));
    return true;
}

// Both tables: what of the annual report the records know.
bool page_figures_json(Request *r, Response *w, Err *err)
{
    Period p = period_of(r, app_of(r)->today);
    Document *doc = NEW(r->a, Document, 1);
    if (!period_right(&p, err) || !requests_of(r, &p, doc, err) || !remedies_of(r, &p, doc, err))
        return false;
    json_out_document(r, w, doc, S("年度报告预填"));
    return true;
}
