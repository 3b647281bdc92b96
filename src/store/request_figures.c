// Table three counted from requests, in units (件): a request that was split counts as many as it
// has, and where it was answered each with its own outcome. A request is received on its day of
// receipt (条例第三十一条), and what was never received is in no row.
#include "store/request.h"

// ?4 from, ?5 to; both days belong to the period.
#define RECEIVED "r.received_on IS NOT NULL AND "
#define SQL_WHERE(where)                                                                           \
    " FROM request r WHERE r.site_id = ?1 AND " IN_SCOPE("r.organ_id") " AND " RECEIVED where

// A unit without an outcome of its own has that of its request, and so has every unit of one that
// ended without a reply. Requests that were not split have no rows in request_unit.
#define UNITS                                                                                      \
    " LEFT JOIN request_unit i ON r.n_units > 1 AND i.site_id = r.site_id"                         \
    " AND i.request_id = r.request_id"
#define UNIT_OUTCOME                                                                               \
    "CASE WHEN r.phase = 'done' AND i.outcome <> '' THEN i.outcome ELSE r.outcome END"
#define ENDED "r.ended_on >= ?4 AND r.ended_on <= ?5 AND r.received_on <= ?5"

// clang-format off
#define PARTS(X)                                                                                            \
    X(FIGURE_NEW,         "r.received_on >= ?4 AND r.received_on <= ?5")                                    \
    X(FIGURE_CARRIED_IN,  "r.received_on < ?4 AND (r.ended_on IS NULL OR r.ended_on >= ?4) AND ?5 = ?5")    \
    X(FIGURE_CARRIED_OUT, "r.received_on <= ?5 AND (r.ended_on IS NULL OR r.ended_on > ?5) AND ?4 = ?4")

static const char *const sums[FIGURE__COUNT] = {
#define X(part, where) [part] = "SELECT r.applicant_kind, r.outcome, CAST(sum(r.n_units) AS BIGINT)" SQL_WHERE(where) \
    " GROUP BY r.applicant_kind, r.outcome ORDER BY r.applicant_kind, r.outcome",
    PARTS(X)
#undef X
    [FIGURE_ENDED] = "SELECT u.applicant_kind, u.outcome, CAST(sum(u.n) AS BIGINT) FROM (SELECT r.applicant_kind,"
    " " UNIT_OUTCOME " AS outcome, CASE WHEN i.unit IS NULL THEN r.n_units ELSE 1 END AS n FROM request r" UNITS
    " WHERE r.site_id = ?1 AND " IN_SCOPE("r.organ_id") " AND " RECEIVED ENDED ") u"
    " GROUP BY u.applicant_kind, u.outcome ORDER BY u.applicant_kind, u.outcome",
};
static const char *const lists[FIGURE__COUNT] = {
#define X(part, where) [part] = "SELECT r.request_id, r.code, r.title, r.applicant_kind, r.received_on, r.ended_on," \
    " r.outcome, r.n_units" SQL_WHERE(where) \
    " AND (?6 = '' OR r.applicant_kind = ?6) AND r.request_id > ?7 ORDER BY r.request_id LIMIT ?8",
    PARTS(X)
#undef X
    [FIGURE_ENDED] = "SELECT u.request_id, u.code, u.title, u.applicant_kind, u.received_on, u.ended_on, u.outcome,"
    " CAST(sum(u.n) AS BIGINT) FROM (SELECT r.request_id, r.code, r.title, r.applicant_kind, r.received_on, r.ended_on,"
    " " UNIT_OUTCOME " AS outcome, CASE WHEN i.unit IS NULL THEN r.n_units ELSE 1 END AS n"
    " FROM (SELECT r.site_id, r.request_id, r.code, r.title, r.applicant_kind, r.received_on, r.ended_on, r.phase,"
    " r.outcome, r.n_units" SQL_WHERE(ENDED) " AND (?6 = '' OR r.applicant_kind = ?6) AND r.request_id > ?7"
    " ORDER BY r.request_id LIMIT ?8) r" UNITS ") u GROUP BY u.request_id, u.code, u.title, u.applicant_kind,"
    " u.received_on, u.ended_on, u.outcome ORDER BY u.request_id, u.outcome",
};
// clang-format on

static bool sum_part(Db *db, const Scope *scope, FigurePart part, Date from, Date to, Arena *a,
                     RequestFigures *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, sums[part]);
    bind_scope(&s, scope);
    bind_date(&s, from);
    bind_date(&s, to);
    while (stmt_row(&s)) {
        RequestFigure *f = PUSH(a, out);
        f->part = part;
        f->kind = request_applicant(col_view(&s));
        f->outcome = col_str(&s, a);
        f->n = col_int(&s);
    }
    return stmt_ok(&s, err);
}

bool store_request_figures(Db *db, const Scope *scope, Date from, Date to, Arena *a,
                           RequestFigures *out, Err *err)
{
    RequestFigures all = {0};
    for (int part = 0; part < FIGURE__COUNT; part++)
        if (!sum_part(db, scope, (FigurePart)part, from, to, a, &all, err))
            return false;
    *out = all;
    return true;
}

static InfoRequest line_row(Stmt *s, Arena *a)
{
    InfoRequest r = {0};
    r.id.n = col_int(s);
    r.code = col_str(s, a);
    r.title = col_str(s, a);
    r.applicant_kind = request_applicant(col_view(s));
    r.received = col_date(s);
    r.ended = col_date(s);
    r.outcome = col_str(s, a);
    r.n_units = col_int(s);
    return r;
}

bool store_request_figure_list(Db *db, const Scope *scope, const FigureAsk *ask, Arena *a,
                               InfoRequests *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, lists[ask->part]);
    InfoRequests found = {0};
    bind_scope(&s, scope);
    bind_date(&s, ask->from);
    bind_date(&s, ask->to);
    bind_str(&s, ask->any_kind ? S("") : applicant_defs[ask->kind].id);
    bind_int(&s, ask->after.n);
    bind_int(&s, ask->limit);
    while (stmt_row(&s))
        *PUSH(a, &found) = line_row(&s, a);
    if (!stmt_ok(&s, err))
        return false;
    *out = found;
    return true;
}
