#include "store/site.h"

static const char SQL_SITE_GET[] =
    "SELECT site_id, version, revision, organ_id, name, division, site_code, icp, police, accent,"
    " brand, index_form, review_name, review_address, review_phone, court_name, court_address,"
    " court_phone, office, office_address, office_phone, office_mail"
    " FROM site WHERE site_id = ?1";

static Str *text_of(Site *site, size_t i)
{
    Str *const texts[] = {
        &site->name,          &site->division,       &site->site_code,    &site->icp,
        &site->police,        &site->accent,         &site->brand,        &site->index_form,
        &site->review_name,   &site->review_address, &site->review_phone, &site->court_name,
        &site->court_address, &site->court_phone,    &site->office,       &site->office_address,
        &site->office_phone,  &site->office_mail};
    return i < sizeof texts / sizeof *texts ? texts[i] : NULL;
}

bool store_site_get(Db *db, SiteId id, Arena *a, Site *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_SITE_GET);
    bind_int(&s, id.n);
    if (stmt_row(&s)) {
        *out = (Site){0};
        out->id.n = col_int(&s);
        out->version = col_int(&s);
        out->revision = col_int(&s);
        out->organ.n = col_int(&s);
        for (size_t i = 0; text_of(out, i); i++)
            *text_of(out, i) = col_str(&s, a);
        return true;
    }
    return stmt_ok(&s, err) && fail(err, ERR_MISSING, NULL, "没有这个站点", "no such site");
}

static const char SQL_SITE_SAVE[] =
    "UPDATE site SET organ_id = ?3, name = ?4, division = ?5, site_code = ?6, icp = ?7, police = "
    "?8,"
    " accent = ?9, brand = ?10, index_form = ?11, review_name = ?12, review_address = ?13,"
    " review_phone = ?14, court_name = ?15, court_address = ?16, court_phone = ?17, office = ?18,"
    " office_address = ?19, office_phone = ?20, office_mail = ?21,"
    " version = version + 1, revision = revision + 1 WHERE site_id = ?1 AND revision = ?2";

bool store_site_save(Db *db, const Site *site, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_SITE_SAVE);
    Site copy = *site;
    bind_int(&s, site->id.n);
    bind_int(&s, site->revision);
    site->organ.n ? bind_int(&s, site->organ.n) : bind_null(&s);
    for (size_t i = 0; text_of(&copy, i); i++)
        bind_str(&s, *text_of(&copy, i));
    if (!stmt_run(&s, err))
        return false;
    return db_changes(db) == 1 ||
           fail(err, ERR_BUSY, NULL, "您打开这一页以后，别人改过站点设置；请看过现在的内容再保存",
                "somebody else has changed the settings meanwhile");
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
