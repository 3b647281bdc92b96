// /desk/remedies, the part of a request's page, and table four.
#include "app/figures.h"
#include "base/csv.h"
#include "views.h"
#include "web/doors.h"
#include "web/page_common.h"
#include "web/page_remedy.h"
#include "web/period.h"

enum { PER_PAGE = 50, EXPORT = 20000, EXPORT_BYTES = 16 << 20 };

static const Str LIST = SI("/desk/remedies");
static const Str FIGURES = SI("/desk/figures/remedies");

// --- the register

static RemedyAskList ask_of(const Request *r, Str *wrong)
{
    RemedyAskList ask = {.from = date_none, .to = date_none, .closed_from = date_none};
    Str from = request_query(r, "from"), to = request_query(r, "to");
    *wrong = S("");
    if ((from.n && !date_parse(from, &ask.from)) || (to.n && !date_parse(to, &ask.to)))
        *wrong = S("日期应当像2026-03-19");
    ask.any_kind = !remedy_kind_named(request_query(r, "kind"), &ask.kind);
    ask.open_only = str_eq(request_query(r, "state"), S("open"));
    ask.text = str_trim(request_query(r, "q"));
    str_to_int(request_query(r, "before"), &ask.before);
    ask.limit = PER_PAGE + 1;
    return ask;
}

static Str list_path(Request *r, Str path)
{
    static const char *const keys[] = {"from", "to", "kind", "state", "q"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        path = path_with(r->a, path, keys[i], request_query(r, keys[i]));
    return path;
}

static void lines_of(Request *r, const RemedyCases *found, size_t shown, RemedyLine **out,
                     size_t *n)
{
    *out = NEW(r->a, RemedyLine, shown);
    for (size_t i = 0; i < shown; i++)
        (*out)[i] = remedy_line(r->a, &found->v[i], app_of(r)->today);
    *n = shown;
}

static void filters(Request *r, const RemedyAskList *ask, RemedyListPage *p)
{
    p->from = request_query(r, "from");
    p->to = request_query(r, "to");
    p->text = ask->text;
    p->open_only = ask->open_only;
    p->csv = list_path(r, S("/desk/remedies/export.csv"));
    p->figures = FIGURES;
    p->may_add = viewer_may(r->viewer, MAY_REQUEST_HANDLE);
    if (viewer_may(r->viewer, MAY_SITE_EDIT))
        p->settings = S("/desk/remedies/settings");
    for (int k = 0; k < CASE__COUNT; k++)
        *PUSH(r->a, &p->kinds) = (Choice){.value = remedy_kinds[k].id,
                                          .text = remedy_kinds[k].name,
                                          .chosen = !ask->any_kind && k == (int)ask->kind};
}

bool page_remedies(Request *r, Response *w, Err *err)
{
    App *app = app_of(r);
    RemedyListPage p = {0};
    RemedyCases found = {0};
    RemedyAskList ask = ask_of(r, &p.wrong);
    if (!desk_begin(r, S("复议诉讼"), DESK_REMEDIES, &p.desk, err))
        return false;
    filters(r, &ask, &p);
    if (!p.wrong.n && !store_remedy_list(app->db, &app->scope, &ask, r->a, &found, err))
        return false;
    size_t shown = found.n < PER_PAGE ? found.n : PER_PAGE;
    lines_of(r, &found, shown, &p.lines, &p.n);
    if (found.n > shown)
        p.next = path_with_int(r->a, list_path(r, LIST), "before", found.v[shown - 1].id.n);
    w->status = p.wrong.n ? 422 : 200;
    view_remedy_list(&w->out, &p);
    return true;
}

static void csv_row(Buf *b, const Str *cells, size_t n)
{
    for (size_t i = 0; i < n; i++)
        csv_cell(b, cells[i], i == 0);
    csv_end(b);
}

bool page_remedies_csv(Request *r, Response *w, Err *err)
{
    static const Str heads[] = {SI("案由"),         SI("种类"),    SI("对什么不服"),
                                SI("申请人、原告"), SI("机关"),    SI("复议机关、法院"),
                                SI("案号"),         SI("提出"),    SI("审结"),
                                SI("结果"),         SI("申请编号")};
    App *app = app_of(r);
    RemedyCases found;
    Str wrong;
    RemedyAskList ask = ask_of(r, &wrong);
    Buf b = buf_new(r->a, EXPORT_BYTES);
    ask.limit = EXPORT;
    ask.before = 0;
    if (wrong.n)
        return fail(err, ERR_INPUT, NULL, "日期有误，请核对", "the period cannot be");
    if (!store_remedy_list(app->db, &app->scope, &ask, r->a, &found, err))
        return false;
    buf_add(&b, S("\xEF\xBB\xBF")); // spreadsheets then read it as UTF-8
    csv_row(&b, heads, sizeof heads / sizeof *heads);
    for (size_t i = 0; i < found.n; i++) {
        const RemedyCase *c = &found.v[i];
        RemedyLine l = remedy_line(r->a, c, app->today);
        Str cells[] = {l.title,
                       l.kind,
                       l.about,
                       l.applicant,
                       l.organ,
                       l.forum,
                       l.number,
                       date_iso(r->a, c->filed),
                       date_is(c->closed) ? date_iso(r->a, c->closed) : S(""),
                       c->decided ? l.result : S(""),
                       c->request_code};
        csv_row(&b, cells, sizeof cells / sizeof *cells);
    }
    w->body = buf_str(&b);
    respond_download(r, w, S("text/csv; charset=utf-8"), S("复议诉讼.csv"));
    return true;
}

// --- the part of a request's page

static void days_read(Arena *a, const RemedyDays *days, RemedyPartPage *p)
{
    p->days = NEW(a, RemedyDayRow, days->n);
    for (size_t i = 0; i < days->n; i++) {
        const RemedyDay *d = &days->v[i];
        p->days[p->n_days++] =
            (RemedyDayRow){date_is(d->on) ? date_zh(a, d->on) : S("—"), d->what, d->source};
    }
}

bool remedy_part(Request *r, const RequestFile *file, Out *out, Err *err)
{
    App *app = app_of(r);
    RemedyPartPage p = {0};
    RemedyCases found;
    RemedyDays days;
    RemedyAskList ask = {.from = date_none,
                         .to = date_none,
                         .closed_from = date_none,
                         .any_kind = true,
                         .request = file->request.id,
                         .limit = PER_PAGE};
    if (!store_remedy_list(app->db, &app->scope, &ask, r->a, &found, err) ||
        !remedy_days_of(app, file, r->a, &days, err))
        return false;
    lines_of(r, &found, found.n, &p.lines, &p.n_lines);
    days_read(r->a, &days, &p);
    if ((days.n || found.n) && viewer_may(r->viewer, MAY_REQUEST_HANDLE))
        p.add = str_fmt(r->a, "/desk/remedies/new?request=%lld", (long long)file->request.id.n);
    if (p.n_lines || p.n_days)
        view_remedy_part(out, &p);
    return true;
}

// --- table four

static Str cell_path(Arena *a, const Period *p, RemedyKind kind, Str column)
{
    Str path = path_with(a, S("/desk/figures/remedies/cases"), "block", remedy_kinds[kind].id);
    return period_path(a, path_with(a, path, "col", column), p);
}

// Numbers are doors, except where there is nothing behind them.
static void open_doors(Arena *a, const Period *p, const Document *doc, FormsView *v)
{
    CellView *cells = NEW(a, CellView, CELL_COUNT);
    memcpy(cells, v->cells, CELL_COUNT * sizeof *cells);
    for (int k = 0; k < CASE__COUNT; k++)
        for (int c = 0; c <= COLUMN__COUNT; c++) {
            CellIx ix = cell_t4(figures_block((RemedyKind)k),
                                c < COLUMN__COUNT ? figures_column((T4Column)c) : T4_TOTAL);
            if (doc->cells[ix].n)
                cells[ix].href = cell_path(a, p, (RemedyKind)k,
                                           c < COLUMN__COUNT ? remedy_columns[c].id : S("total"));
        }
    v->cells = cells;
}

bool page_remedy_figures(Request *r, Response *w, Err *err)
{
    App *app = app_of(r);
    RemedyFiguresPage p = {0};
    RemedyFigures figures;
    Period period = period_of(r, app->today);
    if (!desk_begin(r, S("复议诉讼统计"), DESK_FIGURES, &p.desk, err))
        return false;
    p.desk.page.forms = true;
    p.wrong = period.wrong;
    p.from = date_iso(r->a, period.from);
    p.to = date_iso(r->a, period.to);
    p.xlsx = period_path(r->a, S("/desk/figures/table4.xlsx"), &period);
    p.json = period_path(r->a, S("/desk/figures/table4.json"), &period);
    if (!p.wrong.n) {
        Document *doc = NEW(r->a, Document, 1);
        ReportView report;
        if (!app_remedy_figures(app, period.from, period.to, r->a, &figures, err))
            return false;
        *doc = figures_document(period.from, period.to);
        figures_remedies(&figures, r->a, doc);
        report_view(doc, S(""), r->a, &report);
        p.forms = report.forms;
        open_doors(r->a, &period, doc, &p.forms);
    }
    w->status = p.wrong.n ? 422 : 200;
    view_remedy_figures(&w->out, &p);
    return true;
}

static bool column_of(Str id, bool *any, T4Column *out)
{
    *any = str_eq(id, S("total"));
    for (int c = 0; c < COLUMN__COUNT; c++)
        if (str_eq(remedy_columns[c].id, id))
            return *out = (T4Column)c, true;
    return *any;
}

bool page_remedy_figure(Request *r, Response *w, Err *err)
{
    App *app = app_of(r);
    RemedyFigurePage p = {0};
    RemedyKind kind = CASE_REVIEW;
    T4Column column = COLUMN_PENDING;
    bool any = false;
    RemedyCases found;
    Period period = period_of(r, app->today);
    if (!remedy_kind_named(request_query(r, "block"), &kind) ||
        !column_of(request_query(r, "col"), &any, &column))
        return fail(err, ERR_MISSING, NULL, "没有这个数字", "there is no such figure");
    if (!app_remedy_figure_list(app, period.from, period.to, kind, any, column, r->a, &found, err))
        return false;
    p.heading = str_fmt(r->a, PRI_STR "，" PRI_STR, STR_ARG(remedy_kinds[kind].name),
                        STR_ARG(any ? S("总计") : remedy_columns[column].name));
    p.back = period_path(r->a, FIGURES, &period);
    if (!desk_begin(r, p.heading, DESK_FIGURES, &p.desk, err))
        return false;
    desk_crumb(r, &p.desk, p.back, S("复议诉讼统计"));
    desk_crumb(r, &p.desk, S(""), p.heading);
    lines_of(r, &found, found.n, &p.lines, &p.n);
    view_remedy_figure(&w->out, &p);
    return true;
}
