#include "store/request_times.h"

static const char SQL_TIMES[] =
    "SELECT r.request_id, r.organ_id, r.handler_id, o.name, p.name, r.outcome, r.channel,"
    " r.received_on, r.due_on, r.ended_on, CASE WHEN EXISTS (SELECT 1 FROM request_fact f"
    " WHERE f.site_id = r.site_id AND f.request_id = r.request_id AND f.kind = 'extended'"
    " AND f.struck_at IS NULL) THEN 1 ELSE 0 END FROM request r"
    " JOIN organ o ON o.site_id = r.site_id AND o.organ_id = r.organ_id"
    " LEFT JOIN person p ON p.site_id = r.site_id AND p.person_id = r.handler_id"
    " WHERE r.site_id = ?1 AND " IN_SCOPE(
        "r.organ_id") " AND r.phase = 'done'"
                      " AND r.received_on IS NOT NULL"
                      " AND coalesce(r.ended_on, -1) >= ?4 AND coalesce(r.ended_on, -1) <= ?5";

bool store_request_times(Db *db, const Scope *scope, Date from, Date to,
                         void (*each)(void *ctx, const RequestTime *t), void *ctx, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_TIMES);
    CLEANUP(arena_end) Arena row = arena_new(1 << 20);
    bind_scope(&s, scope);
    bind_date(&s, from);
    bind_date(&s, to);
    stmt_stream(&s);
    while (stmt_row(&s)) {
        Arena a = row;
        RequestTime t = {0};
        t.id.n = col_int(&s);
        t.organ.n = col_int(&s);
        t.handler.n = col_int(&s);
        t.organ_name = col_str(&s, &a);
        t.handler_name = col_str(&s, &a);
        t.outcome = col_str(&s, &a);
        t.channel = col_str(&s, &a);
        t.received = col_date(&s);
        t.due = col_date(&s);
        t.ended = col_date(&s);
        t.extended = col_int(&s) != 0;
        each(ctx, &t);
    }
    return stmt_ok(&s, err);
}
