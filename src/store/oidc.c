#include "store/oidc.h"

static const char SQL_PENDING_CLEAR[] =
    "DELETE FROM oidc_pending WHERE site_id = ?1 AND expires_at <= ?2";
static const char SQL_PENDING_ADD[] =
    "INSERT INTO oidc_pending"
    " (site_id, state, cookie, issuer, nonce, verifier, return_to, expires_at)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";

static bool pending_clear(Db *db, SiteId site, int64_t now, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_PENDING_CLEAR);
    bind_int(&s, site.n);
    bind_int(&s, now);
    return stmt_run(&s, err);
}

bool store_oidc_pending_add(Db *db, SiteId site, const OidcPending *p, int64_t now, Err *err)
{
    if (!pending_clear(db, site, now, err))
        return false;
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_PENDING_ADD);
    bind_int(&s, site.n);
    bind_str(&s, p->state);
    bind_str(&s, p->cookie);
    bind_str(&s, p->issuer);
    bind_str(&s, p->nonce);
    bind_str(&s, p->verifier);
    bind_str(&s, p->return_to);
    bind_int(&s, p->expires_at);
    return stmt_run(&s, err);
}

static const char SQL_PENDING_TAKE[] =
    "DELETE FROM oidc_pending WHERE site_id = ?1 AND state = ?2"
    " RETURNING state, cookie, issuer, nonce, verifier, return_to, expires_at";

bool store_oidc_pending_take(Db *db, SiteId site, Str state, Arena *a, OidcPending *out,
                             bool *found, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_PENDING_TAKE);
    OidcPending p = {0};
    bind_int(&s, site.n);
    bind_str(&s, state);
    bool is = stmt_row(&s);
    if (is) {
        p.state = col_str(&s, a);
        p.cookie = col_str(&s, a);
        p.issuer = col_str(&s, a);
        p.nonce = col_str(&s, a);
        p.verifier = col_str(&s, a);
        p.return_to = col_str(&s, a);
        p.expires_at = col_int(&s);
        stmt_row(&s); // to its end
    }
    if (!stmt_ok(&s, err))
        return false;
    *out = p;
    *found = is;
    return true;
}

static const char SQL_SERVER_GET[] = "SELECT issuer, description, key_set, fetched_at"
                                     " FROM oidc_server WHERE site_id = ?1 AND issuer = ?2";

bool store_oidc_server_get(Db *db, SiteId site, Str issuer, Arena *a, OidcServer *out, bool *found,
                           Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_SERVER_GET);
    OidcServer server = {0};
    bind_int(&s, site.n);
    bind_str(&s, issuer);
    bool is = stmt_row(&s);
    if (is) {
        server.issuer = col_str(&s, a);
        server.description = col_str(&s, a);
        server.key_set = col_str(&s, a);
        server.fetched_at = col_int(&s);
    }
    if (!stmt_ok(&s, err))
        return false;
    *out = server;
    *found = is;
    return true;
}

static const char SQL_SERVER_PUT[] =
    "INSERT INTO oidc_server (site_id, issuer, description, key_set, fetched_at)"
    " VALUES (?1, ?2, ?3, ?4, ?5)"
    " ON CONFLICT (site_id, issuer) DO UPDATE SET description = excluded.description,"
    " key_set = excluded.key_set, fetched_at = excluded.fetched_at";

bool store_oidc_server_put(Db *db, SiteId site, const OidcServer *server, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_SERVER_PUT);
    bind_int(&s, site.n);
    bind_str(&s, server->issuer);
    bind_str(&s, server->description);
    bind_str(&s, server->key_set);
    bind_int(&s, server->fetched_at);
    return stmt_run(&s, err);
}
