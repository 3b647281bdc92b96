#include "store/site.h"

static const char SQL_SITE_GET[] = "SELECT site_id, name, version FROM site WHERE site_id = ?1";

bool store_site_get(Db *db, SiteId id, Arena *a, Site *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_SITE_GET);
    bind_int(&s, id.n);
    if (stmt_row(&s)) {
        *out = (Site){0};
        out->id.n = col_int(&s);
        out->name = col_str(&s, a);
        out->version = col_int(&s);
        return true;
    }
    return stmt_ok(&s, err) && fail(err, ERR_MISSING, NULL, "没有这个站点", "no such site");
}

static const char SQL_SITE_ADD[] = "INSERT INTO site (site_id, name) VALUES (?1, ?2)";

bool store_site_add(Db *db, SiteId id, Str name, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_SITE_ADD);
    bind_int(&s, id.n);
    bind_str(&s, name);
    return stmt_run(&s, err);
}

static const char SQL_SITE_RENAME[] =
    "UPDATE site SET name = ?2, version = version + 1 WHERE site_id = ?1";

bool store_site_rename(Db *db, SiteId id, Str name, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_SITE_RENAME);
    bind_int(&s, id.n);
    bind_str(&s, name);
    return stmt_run(&s, err);
}

static const char SQL_SITE_VERSION[] = "SELECT version FROM site WHERE site_id = ?1";

bool store_site_version(Db *db, SiteId id, int64_t *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_SITE_VERSION);
    bind_int(&s, id.n);
    int64_t version = stmt_row(&s) ? col_int(&s) : 0;
    if (!stmt_ok(&s, err))
        return false;
    *out = version;
    return true;
}

static const char SQL_SITE_TOUCH[] = "UPDATE site SET version = version + 1 WHERE site_id = ?1";

bool store_site_touch(Db *db, SiteId id, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_SITE_TOUCH);
    bind_int(&s, id.n);
    return stmt_run(&s, err);
}

static const char SQL_TOP[] = "SELECT organ_id FROM site WHERE site_id = ?1";

bool store_site_top(Db *db, SiteId id, OrganId *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_TOP);
    bind_int(&s, id.n);
    OrganId organ = {stmt_row(&s) ? col_int(&s) : 0};
    if (!stmt_ok(&s, err))
        return false;
    *out = organ;
    return true;
}

static const char SQL_TOP_SET[] =
    "UPDATE site SET organ_id = ?2, version = version + 1, revision = revision + 1"
    " WHERE site_id = ?1";

bool store_site_top_set(Db *db, SiteId id, OrganId organ, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_TOP_SET);
    bind_int(&s, id.n);
    bind_int(&s, organ.n);
    return stmt_run(&s, err);
}

static const char SQL_ROOT[] = "SELECT organ_id, count(*) OVER () FROM organ"
                               " WHERE site_id = ?1 AND parent_id IS NULL AND state = 'active'"
                               " ORDER BY ordinal, organ_id LIMIT 1";

bool store_site_root(Db *db, SiteId id, OrganId *out, int64_t *n, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_ROOT);
    bind_int(&s, id.n);
    bool has = stmt_row(&s);
    OrganId organ = {has ? col_int(&s) : 0};
    int64_t count = has ? col_int(&s) : 0;
    if (!stmt_ok(&s, err))
        return false;
    *out = organ;
    *n = count;
    return true;
}

static const char SQL_NUMBER[] =
    "INSERT INTO counter (site_id, name, last) VALUES (?1, ?2, 1)"
    " ON CONFLICT (site_id, name) DO UPDATE SET last = counter.last + 1"
    " RETURNING last";

bool store_number(Db *db, SiteId site, Str kind, int64_t *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_NUMBER);
    bind_int(&s, site.n);
    bind_str(&s, kind);
    int64_t n = stmt_row(&s) ? col_int(&s) : 0;
    if (!stmt_run(&s, err))
        return false;
    *out = n;
    return true;
}
