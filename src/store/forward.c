#include "store/forward.h"

static const char SQL_OF[] =
    "SELECT f.request_id, f.to_request, r.code, ro.name, t.code, o.name, f.consent, f.to_organ,"
    " f.at FROM request_forward f"
    " JOIN request r ON r.site_id = f.site_id AND r.request_id = f.request_id"
    " JOIN organ ro ON ro.site_id = f.site_id AND ro.organ_id = r.organ_id"
    " JOIN request t ON t.site_id = f.site_id AND t.request_id = f.to_request"
    " JOIN organ o ON o.site_id = f.site_id AND o.organ_id = f.to_organ"
    " WHERE f.site_id = ?1 AND (f.request_id = ?2 OR f.to_request = ?2)"
    " ORDER BY f.request_id, f.to_request";

bool store_forwards(Db *db, SiteId site, RequestId id, Arena *a, Forwards *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_OF);
    Forwards found = {0};
    bind_int(&s, site.n);
    bind_int(&s, id.n);
    while (stmt_row(&s)) {
        Forward *f = PUSH(a, &found);
        *f = (Forward){.from = {col_int(&s)}};
        f->to.n = col_int(&s);
        f->from_code = col_str(&s, a);
        f->from_organ = col_str(&s, a);
        f->to_code = col_str(&s, a);
        f->to_organ = col_str(&s, a);
        f->consent = col_str(&s, a);
        f->to_organ_id.n = col_int(&s);
        f->at = col_int(&s);
    }
    if (!stmt_ok(&s, err))
        return false;
    *out = found;
    return true;
}

static const char SQL_ADD[] =
    "INSERT INTO request_forward (site_id, request_id, to_request, to_organ, at, person_id,"
    " consent) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";

bool store_forward_add(Db *db, SiteId site, const Forward *f, PersonId by, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_ADD);
    bind_int(&s, site.n);
    bind_int(&s, f->from.n);
    bind_int(&s, f->to.n);
    bind_int(&s, f->to_organ_id.n);
    bind_int(&s, f->at);
    by.n ? bind_int(&s, by.n) : bind_null(&s);
    bind_str(&s, f->consent);
    return stmt_run(&s, err);
}
