#include "store/second.h"

static void bind_own(Stmt *s, SiteId site, PersonId person)
{
    bind_int(s, site.n);
    bind_int(s, person.n);
}

static const char SQL_GET[] = "SELECT secret, since, last_step FROM second_factor"
                              " WHERE site_id = ?1 AND person_id = ?2";

bool store_second_get(Db *db, SiteId site, PersonId person, Arena *a, Second *out, bool *found,
                      Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_GET);
    Second second = {0};
    bind_own(&s, site, person);
    bool has = stmt_row(&s);
    if (has) {
        second.secret = col_str(&s, a);
        second.since = col_int(&s);
        second.last_step = col_int(&s);
    }
    if (!stmt_ok(&s, err))
        return false;
    *out = second;
    *found = has;
    return true;
}

static const char SQL_HAS[] = "SELECT 1 FROM second_factor"
                              " WHERE site_id = ?1 AND person_id = ?2";

bool store_second_has(Db *db, SiteId site, PersonId person, bool *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_HAS);
    bind_own(&s, site, person);
    bool has = stmt_row(&s);
    if (!stmt_ok(&s, err))
        return false;
    *out = has;
    return true;
}

static const char SQL_SET[] =
    "INSERT INTO second_factor (site_id, person_id, secret, since, last_step)"
    " VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (site_id, person_id) DO UPDATE"
    " SET secret = excluded.secret, since = excluded.since, last_step = excluded.last_step";

bool store_second_set(Db *db, SiteId site, PersonId person, const Second *second, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_SET);
    bind_own(&s, site, person);
    bind_blob(&s, second->secret);
    bind_int(&s, second->since);
    bind_int(&s, second->last_step);
    return stmt_run(&s, err);
}

static const char SQL_USE[] = "UPDATE second_factor SET last_step = ?3"
                              " WHERE site_id = ?1 AND person_id = ?2 AND last_step < ?3";

bool store_second_use(Db *db, SiteId site, PersonId person, int64_t step, bool *used, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_USE);
    bind_own(&s, site, person);
    bind_int(&s, step);
    if (!stmt_run(&s, err))
        return false;
    *used = db_changes(db) == 1;
    return true;
}

static const char SQL_DROP[] = "DELETE FROM second_factor WHERE site_id = ?1 AND person_id = ?2";
static const char SQL_CODES_DROP[] =
    "DELETE FROM recovery_code WHERE site_id = ?1 AND person_id = ?2";

static bool codes_drop(Db *db, SiteId site, PersonId person, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_CODES_DROP);
    bind_own(&s, site, person);
    return stmt_run(&s, err);
}

bool store_second_drop(Db *db, SiteId site, PersonId person, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_DROP);
    bind_own(&s, site, person);
    return stmt_run(&s, err) && codes_drop(db, site, person, err);
}

static const char SQL_CODE_ADD[] =
    "INSERT INTO recovery_code (site_id, person_id, code) VALUES (?1, ?2, ?3)";

bool store_recovery_set(Db *db, SiteId site, PersonId person, const CodeHash *codes, size_t n,
                        Err *err)
{
    if (!codes_drop(db, site, person, err))
        return false;
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_CODE_ADD);
    for (size_t i = 0; i < n; i++) {
        bind_own(&s, site, person);
        bind_blob(&s, (Str){(const char *)codes[i].bytes, sizeof codes[i].bytes});
        if (!stmt_again(&s, err))
            return false;
    }
    return true;
}

static const char SQL_CODE_USE[] =
    "UPDATE recovery_code SET used_at = ?4"
    " WHERE site_id = ?1 AND person_id = ?2 AND code = ?3 AND used_at IS NULL";

bool store_recovery_use(Db *db, SiteId site, PersonId person, const CodeHash *code, int64_t now,
                        bool *used, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_CODE_USE);
    bind_own(&s, site, person);
    bind_blob(&s, (Str){(const char *)code->bytes, sizeof code->bytes});
    bind_int(&s, now);
    if (!stmt_run(&s, err))
        return false;
    *used = db_changes(db) == 1;
    return true;
}

static const char SQL_CODES_LEFT[] = "SELECT count(*) FROM recovery_code"
                                     " WHERE site_id = ?1 AND person_id = ?2 AND used_at IS NULL";

bool store_recovery_left(Db *db, SiteId site, PersonId person, int64_t *n, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_CODES_LEFT);
    bind_own(&s, site, person);
    int64_t left = stmt_row(&s) ? col_int(&s) : 0;
    if (!stmt_ok(&s, err))
        return false;
    *n = left;
    return true;
}
