#include "store/gauge.h"

static const char SQL_GAUGES[] =
    "SELECT (SELECT count(*) FROM session WHERE site_id = ?1 AND ended_at IS NULL AND seen_at >= "
    "?2),"
    " (SELECT COALESCE(max(line_id), 0) FROM audit_line WHERE site_id = ?1)";

bool store_gauges(Db *db, SiteId site, int64_t since, Gauges *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_GAUGES);
    Gauges g = {0};
    bind_int(&s, site.n);
    bind_int(&s, since);
    if (stmt_row(&s)) {
        g.sessions = col_int(&s);
        g.audit_line = col_int(&s);
    }
    if (!stmt_ok(&s, err))
        return false;
    *out = g;
    return true;
}
