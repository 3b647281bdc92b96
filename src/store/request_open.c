#include "store/request_open.h"

// clang-format off
static const char SQL_OPEN[] =
    "SELECT r.request_id, r.organ_id, r.handler_id, r.code, r.received_on, r.due_on,"
    " r.draft_due_on, r.turn_on, r.act_by, r.phase, f.fact_id, f.kind, f.on_day, f.channel,"
    " f.workdays, f.until_day, f.about"
    " FROM (SELECT q.request_id, q.site_id, q.organ_id, q.handler_id, q.code, q.received_on,"
    " q.due_on, q.draft_due_on, q.turn_on, q.act_by, q.phase FROM request q"
    " WHERE q.site_id = ?1 AND q.open = 1 AND q.request_id > ?2"
    " ORDER BY q.request_id LIMIT ?3) r"
    " JOIN request_fact f ON f.site_id = r.site_id AND f.request_id = r.request_id"
    " WHERE f.struck_at IS NULL ORDER BY r.request_id, f.on_day, f.fact_id";
// clang-format on

static InfoRequest request_row(Stmt *s, Arena *a)
{
    InfoRequest r = {.id = {col_int(s)}, .open = true, .ended = date_none};
    r.organ.n = col_int(s);
    r.handler.n = col_int(s);
    r.code = col_str(s, a);
    r.received = col_date(s);
    r.due = col_date(s);
    r.draft_due = col_date(s);
    r.turn = col_date(s);
    r.act_by = col_date(s);
    r.phase = request_phase(col_view(s));
    return r;
}

static RequestFact fact_row(Stmt *s)
{
    RequestFact f = {.id = col_int(s)};
    f.kind = request_fact_kind(col_view(s));
    f.on = col_date(s);
    f.channel = request_channel(col_view(s));
    f.workdays = (int)col_int(s);
    f.until = col_date(s);
    f.about = col_int(s);
    return f;
}

bool store_request_open_list(Db *db, SiteId site, RequestId after, Arena *a, OpenRequests *out,
                             Err *err)
{
    OpenRequests found = {0};
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_OPEN);
    bind_int(&s, site.n);
    bind_int(&s, after.n);
    bind_int(&s, OPEN_REQUESTS_MOST);
    while (stmt_row(&s)) {
        InfoRequest r = request_row(&s, a);
        RequestFact f = fact_row(&s);
        if (f.kind == FACT__COUNT)
            return request_fact_unknown(err);
        if (!found.n || found.v[found.n - 1].request.id.n != r.id.n)
            *PUSH(a, &found) = (OpenRequest){.request = r};
        *PUSH(a, &found.v[found.n - 1].facts) = f;
    }
    if (!stmt_ok(&s, err))
        return false;
    *out = found;
    return true;
}

static const char SQL_COMPUTED[] =
    "UPDATE request SET due_on = ?3, draft_due_on = ?4, act_by = ?5, received_on = ?6,"
    " turn_on = ?7, phase = ?8, open = ?9 WHERE site_id = ?1 AND request_id = ?2";
// Mostly nothing but days move, and an index is written whose columns are named here, whether their
// values change or not.
static const char SQL_DAYS[] = "UPDATE request SET due_on = ?3, draft_due_on = ?4, act_by = ?5"
                               " WHERE site_id = ?1 AND request_id = ?2";

static void bind_days(Stmt *s, SiteId site, const InfoRequest *r)
{
    bind_int(s, site.n);
    bind_int(s, r->id.n);
    bind_date(s, r->due);
    bind_date(s, r->draft_due);
    bind_date(s, r->act_by);
}

bool store_request_computed_all(Db *db, SiteId site, const ComputedRequest *v, size_t n, Err *err)
{
    CLEANUP(stmt_end) Stmt days = stmt(db, SQL_DAYS);
    CLEANUP(stmt_end) Stmt all = stmt(db, SQL_COMPUTED);
    for (size_t i = 0; i < n; i++) {
        const InfoRequest *r = v[i].request;
        Stmt *s = v[i].days_alone ? &days : &all;
        bind_days(s, site, r);
        if (!v[i].days_alone) {
            bind_date(s, r->received);
            bind_date(s, r->turn);
            bind_str(s, phase_defs[r->phase].id);
            bind_int(s, r->open);
        }
        if (!stmt_again(s, err))
            return false;
    }
    return true;
}
