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

// --- organs

#define ORGAN_COLUMNS                                                                              \
    "o.organ_id, o.parent_id, o.kind, o.level, o.slug, o.name, o.ordinal,"                         \
    " (SELECT count(*) FROM report r WHERE r.site_id = o.site_id AND r.organ_id = o.organ_id),"    \
    " (SELECT min(r.year) FROM report r WHERE r.site_id = o.site_id AND r.organ_id = o.organ_id)," \
    " (SELECT max(r.year) FROM report r WHERE r.site_id = o.site_id AND r.organ_id = o.organ_id)"

static Organ organ_row(Stmt *s, Arena *a)
{
    Organ o = {0};
    o.id.n = col_int(s);
    o.parent.n = col_int(s);
    o.kind = col_str(s, a);
    o.level = col_str(s, a);
    o.slug = col_str(s, a);
    o.name = col_str(s, a);
    o.ordinal = col_int(s);
    o.n_reports = col_int(s);
    o.first_year = col_int(s);
    o.last_year = col_int(s);
    return o;
}

static const char SQL_ORGAN_LIST[] =
    "SELECT " ORGAN_COLUMNS " FROM organ o WHERE o.site_id = ?1 ORDER BY o.ordinal, o.organ_id";

bool store_organ_list(Db *db, SiteId site, Arena *a, Organs *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_ORGAN_LIST);
    bind_int(&s, site.n);
    Organs found = {0};
    while (stmt_row(&s))
        *PUSH(a, &found) = organ_row(&s, a);
    if (!stmt_ok(&s, err))
        return false;
    *out = found;
    return true;
}

static const char SQL_ORGAN_BY_SLUG[] =
    "SELECT " ORGAN_COLUMNS " FROM organ o WHERE o.site_id = ?1 AND o.slug = ?2";

bool store_organ_by_slug(Db *db, SiteId site, Str slug, Arena *a, Organ *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_ORGAN_BY_SLUG);
    bind_int(&s, site.n);
    bind_str(&s, slug);
    if (stmt_row(&s)) {
        *out = organ_row(&s, a);
        return true;
    }
    return stmt_ok(&s, err) && fail(err, ERR_MISSING, NULL, "没有这个机关", "no such organ");
}

static const char SQL_ORGAN_BY_NAME[] =
    "SELECT " ORGAN_COLUMNS " FROM organ o WHERE o.site_id = ?1 AND o.name = ?2";

bool store_organ_by_name(Db *db, SiteId site, Str name, Arena *a, Organ *out, bool *found, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_ORGAN_BY_NAME);
    bind_int(&s, site.n);
    bind_str(&s, name);
    bool has = stmt_row(&s);
    if (!stmt_ok(&s, err))
        return false;
    if (has)
        *out = organ_row(&s, a);
    *found = has;
    return true;
}

static const char SQL_ORGAN_ADD[] =
    "INSERT INTO organ (site_id, organ_id, parent_id, kind, level, slug, name, ordinal)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";

bool store_organ_add(Db *db, SiteId site, Organ *organ, Arena *a, Err *err)
{
    Organ o = *organ;
    if (!store_number(db, site, S("organ"), &o.id.n, err))
        return false;
    if (!o.slug.n)
        o.slug = str_fmt(a, "organ-%lld", (long long)o.id.n);
    if (!o.ordinal)
        o.ordinal = o.id.n;
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_ORGAN_ADD);
    bind_int(&s, site.n);
    bind_int(&s, o.id.n);
    o.parent.n ? bind_int(&s, o.parent.n) : bind_null(&s);
    bind_str(&s, o.kind);
    bind_str(&s, o.level);
    bind_str(&s, o.slug);
    bind_str(&s, o.name);
    bind_int(&s, o.ordinal);
    if (!stmt_run(&s, err))
        return false;
    *organ = o;
    return true;
}
