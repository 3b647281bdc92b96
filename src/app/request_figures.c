#include "app/request_figures.h"

#include "app/figures.h"

enum { LOOKED_AT = 500 };

static const T3Col columns[APPLICANT__COUNT] = {
    [APPLICANT_NATURAL] = T3_NATURAL,   [APPLICANT_BUSINESS] = T3_BUSINESS,
    [APPLICANT_RESEARCH] = T3_RESEARCH, [APPLICANT_WELFARE] = T3_WELFARE,
    [APPLICANT_LEGAL] = T3_LEGAL,       [APPLICANT_OTHER] = T3_OTHER,
};

static bool row_named(Str key, T3Row *out)
{
    for (int r = 0; r < T3_ROWS; r++)
        if (str_eq(t3_rows[r].key, key))
            return *out = (T3Row)r, true;
    return false;
}

// The row that an outcome is counted in; one that nobody knows is "other".
static T3Row row_of_outcome(Str id, int year)
{
    Outcome outcome;
    T3Row row = T3_R6_3;
    if (outcome_named(id, &outcome))
        row_named(outcome_row(outcome, year), &row);
    return row;
}

static void add(Document *doc, T3Row row, T3Col col, int64_t n)
{
    doc->cells[cell_t3(row, col)].n += n;
    doc->cells[cell_t3(row, T3_TOTAL)].n += n;
}

static void count(Document *doc, const RequestFigure *f)
{
    T3Col col = columns[f->kind];
    switch (f->part) {
    case FIGURE_NEW:
        add(doc, T3_NEW, col, f->n);
        break;
    case FIGURE_CARRIED_IN:
        add(doc, T3_CARRIED_IN, col, f->n);
        break;
    case FIGURE_ENDED:
        add(doc, row_of_outcome(f->outcome, doc->year), col, f->n);
        add(doc, T3_R7, col, f->n);
        break;
    case FIGURE_CARRIED_OUT:
        add(doc, T3_CARRIED_OUT, col, f->n);
        break;
    case FIGURE__COUNT:
        break;
    }
}

static void empty_table(Document *doc)
{
    for (int row = 0; row < T3_ROWS; row++)
        for (int col = 0; col < T3_COLS; col++)
            if (t3_rows[row].editions >> doc->edition & 1)
                doc->cells[cell_t3((T3Row)row, (T3Col)col)] = (Cell){.state = CELL_VALUE};
    doc->table_seen[TABLE_T3] = true;
}

static void write_raw(Document *doc, Arena *a)
{
    for (CellIx ix = T3_FIRST; ix < T3_FIRST + T3_CELLS; ix++)
        if (doc->cells[ix].state == CELL_VALUE)
            doc->cells[ix].raw = str_fmt(a, "%lld", (long long)doc->cells[ix].n);
}

bool app_request_figures(App *app, Date from, Date to, Arena *a, Document *out, Err *err)
{
    RequestFigures figures;
    if (!date_is(from) || !date_is(to) || to.days < from.days)
        return fail(err, ERR_INPUT, NULL, "期间的结束日期应当不早于开始日期",
                    "a period ends on or after the day it begins");
    if (!store_request_figures(app->db, &app->scope, from, to, a, &figures, err))
        return false;
    *out = figures_document(from, to);
    empty_table(out);
    for (size_t i = 0; i < figures.n; i++)
        count(out, &figures.v[i]);
    write_raw(out, a);
    return true;
}

bool figure_of_row(T3Row row, FigurePart *part)
{
    *part = row == T3_NEW           ? FIGURE_NEW
            : row == T3_CARRIED_IN  ? FIGURE_CARRIED_IN
            : row == T3_CARRIED_OUT ? FIGURE_CARRIED_OUT
                                    : FIGURE_ENDED;
    return row < T3_ROWS;
}

static bool wanted(const InfoRequest *r, FigurePart part, T3Row row, int year)
{
    return part != FIGURE_ENDED || row == T3_R7 || row_of_outcome(r->outcome, year) == row;
}

bool app_request_figure_list(App *app, T3Row row, T3Col col, Date from, Date to, RequestId after,
                             Arena *a, InfoRequests *out, RequestId *last, Err *err)
{
    FigureAsk ask = {.from = from, .to = to, .any_kind = true, .after = after, .limit = LOOKED_AT};
    InfoRequests found, kept = {0};
    if (!figure_of_row(row, &ask.part))
        return fail(err, ERR_MISSING, NULL, "没有这个数字", "there is no such figure");
    for (int k = 0; k < APPLICANT__COUNT; k++)
        if (columns[k] == col) {
            ask.kind = (ApplicantKind)k;
            ask.any_kind = false;
        }
    if (!store_request_figure_list(app->db, &app->scope, &ask, a, &found, err))
        return false;
    for (size_t i = 0; i < found.n; i++)
        if (wanted(&found.v[i], ask.part, row, date_year(to)))
            *PUSH(a, &kept) = found.v[i];
    *last = (RequestId){found.n >= LOOKED_AT ? found.v[found.n - 1].id.n : 0};
    *out = kept;
    return true;
}
