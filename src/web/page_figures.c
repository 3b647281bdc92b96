#include "web/page_figures.h"

#include "views.h"
#include "web/doors.h"
#include "web/page_common.h"
#include "web/period.h"

static const Str FIGURES = SI("/desk/figures");

static Str cell_path(Arena *a, const Period *p, T3Row row, T3Col col)
{
    Str path = path_with(a, S("/desk/figures/requests"), "row", t3_rows[row].key);
    return period_path(a, path_with(a, path, "col", t3_cols[col].key), p);
}

// Numbers are doors, except where there is nothing behind them.
static void open_doors(Arena *a, const Period *p, const Document *doc, FormsView *v)
{
    CellView *cells = NEW(a, CellView, CELL_COUNT);
    memcpy(cells, v->cells, CELL_COUNT * sizeof *cells);
    for (int row = 0; row < T3_ROWS; row++)
        for (int col = 0; col < T3_COLS; col++) {
            CellIx ix = cell_t3((T3Row)row, (T3Col)col);
            if (doc->cells[ix].state == CELL_VALUE && doc->cells[ix].n)
                cells[ix].href = cell_path(a, p, (T3Row)row, (T3Col)col);
        }
    for (size_t i = 0; i < v->n_t3; i++)
        v->t3[i].cells = cells + (v->t3[i].cells - v->cells);
    v->cells = cells;
}

static int64_t total(const Document *doc, T3Row row)
{
    return doc->cells[cell_t3(row, T3_TOTAL)].n;
}

static Str balance(Arena *a, const Document *doc)
{
    int64_t in = total(doc, T3_NEW), before = total(doc, T3_CARRIED_IN);
    int64_t done = total(doc, T3_R7), after = total(doc, T3_CARRIED_OUT);
    return str_fmt(a, "新收%lld＋结转%lld%s办结%lld＋在办%lld", (long long)in, (long long)before,
                   in + before == done + after ? "＝" : "≠", (long long)done, (long long)after);
}

bool page_figures(Request *r, Response *w, Err *err)
{
    App *app = app_of(r);
    FiguresPage p = {0};
    Period period = period_of(r, app->today);
    Document *doc = NEW(r->a, Document, 1);
    if (!desk_begin(r, S("申请统计"), DESK_FIGURES, &p.desk, err))
        return false;
    p.desk.page.forms = true;
    p.wrong = period.wrong;
    p.from = date_iso(r->a, period.from);
    p.to = date_iso(r->a, period.to);
    p.times = period_path(r->a, S("/desk/figures/times"), &period);
    p.xlsx = period_path(r->a, S("/desk/figures/table3.xlsx"), &period);
    p.json = period_path(r->a, S("/desk/figures/report.json"), &period);
    if (!p.wrong.n) {
        if (!app_request_figures(app, period.from, period.to, r->a, doc, err))
            return false;
        report_view(doc, S(""), r->a, &p.report);
        open_doors(r->a, &period, doc, &p.report.forms);
        p.balance = balance(r->a, doc);
    }
    w->status = p.wrong.n ? 422 : 200;
    view_figures(&w->out, &p);
    return true;
}

// --- the requests behind a number

static bool place_of(const Request *r, T3Row *row, T3Col *col, Err *err)
{
    bool has_row = false, has_col = false;
    for (int i = 0; i < T3_ROWS; i++)
        if (str_eq(t3_rows[i].key, request_query(r, "row"))) {
            *row = (T3Row)i;
            has_row = true;
        }
    for (int i = 0; i < T3_COLS; i++)
        if (str_eq(t3_cols[i].key, request_query(r, "col"))) {
            *col = (T3Col)i;
            has_col = true;
        }
    return (has_row && has_col) ||
           fail(err, ERR_MISSING, NULL, "没有这个数字", "there is no such figure");
}

static Str outcome_name(Str id)
{
    Outcome o;
    return outcome_named(id, &o) ? outcome_defs[o].name : S("—");
}

static FigureLine line_of(Arena *a, const InfoRequest *q)
{
    return (FigureLine){.href = door_path(a, S("request"), q->id.n),
                        .code = q->code,
                        .title = q->title,
                        .applicant = applicant_defs[q->applicant_kind].name,
                        .received = date_zh(a, q->received),
                        .ended = date_is(q->ended) ? date_zh(a, q->ended) : S("在办"),
                        .outcome = q->outcome.n ? outcome_name(q->outcome) : S("—"),
                        .units = str_fmt(a, "%lld", (long long)q->n_units)};
}

bool page_figure(Request *r, Response *w, Err *err)
{
    App *app = app_of(r);
    FigurePage p = {0};
    T3Row row = T3_NEW;
    T3Col col = T3_TOTAL;
    InfoRequests found;
    RequestId after = {0}, last;
    Period period = period_of(r, app->today);
    str_to_int(request_query(r, "after"), &after.n);
    if (!place_of(r, &row, &col, err) ||
        !app_request_figure_list(app, row, col, period.from, period.to, after, r->a, &found, &last,
                                 err))
        return false;
    p.heading = str_fmt(r->a, PRI_STR "，" PRI_STR, STR_ARG(t3_rows[row].short_zh),
                        STR_ARG(t3_cols[col].label));
    if (!desk_begin(r, p.heading, DESK_FIGURES, &p.desk, err))
        return false;
    p.back = period_path(r->a, FIGURES, &period);
    desk_crumb(r, &p.desk, p.back, S("申请统计"));
    desk_crumb(r, &p.desk, S(""), p.heading);
    p.lines = NEW(r->a, FigureLine, found.n);
    for (size_t i = 0; i < found.n; i++)
        p.lines[p.n++] = line_of(r->a, &found.v[i]);
    p.next =
        last.n ? path_with_int(r->a, cell_path(r->a, &period, row, col), "after", last.n) : S("");
    view_figure(&w->out, &p);
    return true;
}
