#include "store/draft.h"

static const char SQL_GET[] = "SELECT form, body, version, at FROM draft"
                              " WHERE site_id = ?1 AND person_id = ?2 AND form = ?3";

bool store_draft_get(Db *db, SiteId site, PersonId person, Str form, Arena *a, Draft *out,
                     bool *found, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_GET);
    Draft d = {0};
    bind_int(&s, site.n);
    bind_int(&s, person.n);
    bind_str(&s, form);
    bool there = stmt_row(&s);
    if (there) {
        d.form = col_str(&s, a);
        d.body = col_str(&s, a);
        d.version = col_int(&s);
        d.at = col_int(&s);
    }
    if (!stmt_ok(&s, err))
        return false;
    *found = there;
    if (there)
        *out = d;
    return true;
}

static const char SQL_SAVE[] =
    "INSERT INTO draft (site_id, person_id, form, body, version, at)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (site_id, person_id, form)"
    " DO UPDATE SET body = excluded.body, version = excluded.version, at = excluded.at";
static const char SQL_TRIM[] = "DELETE FROM draft WHERE site_id = ?1 AND person_id = ?2 AND form IN"
                               " (SELECT form FROM draft WHERE site_id = ?1 AND person_id = ?2"
                               " ORDER BY at DESC, form LIMIT 1000 OFFSET ?3)";

static bool trim(Db *db, SiteId site, PersonId person, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_TRIM);
    bind_int(&s, site.n);
    bind_int(&s, person.n);
    bind_int(&s, DRAFTS_A_PERSON);
    return stmt_run(&s, err);
}

bool store_draft_save(Db *db, SiteId site, PersonId person, const Draft *draft, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_SAVE);
    bind_int(&s, site.n);
    bind_int(&s, person.n);
    bind_str(&s, draft->form);
    bind_str(&s, draft->body);
    bind_int(&s, draft->version);
    bind_int(&s, draft->at);
    return stmt_run(&s, err) && trim(db, site, person, err);
}

static const char SQL_DROP[] = "DELETE FROM draft WHERE site_id = ?1 AND person_id = ?2"
                               " AND form = ?3";

bool store_draft_drop(Db *db, SiteId site, PersonId person, Str form, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_DROP);
    bind_int(&s, site.n);
    bind_int(&s, person.n);
    bind_str(&s, form);
    return stmt_run(&s, err);
}

static const char SQL_CLEAN[] = "DELETE FROM draft WHERE site_id = ?1 AND at < ?2";

bool store_draft_clean(Db *db, SiteId site, int64_t at, int64_t *n, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_CLEAN);
    bind_int(&s, site.n);
    bind_int(&s, at);
    if (!stmt_run(&s, err))
        return false;
    *n = db_changes(db);
    return true;
}
