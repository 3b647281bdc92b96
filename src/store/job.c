#include "store/job.h"

static const char SQL_LIST[] =
    "SELECT name, due_at, held_until, began_at, ended_at, well_at, runs, failures, holder, said"
    " FROM job WHERE site_id = ?1 ORDER BY name";

bool store_job_list(Db *db, SiteId site, Arena *a, JobRows *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_LIST);
    JobRows found = {0};
    bind_int(&s, site.n);
    while (stmt_row(&s)) {
        JobRow *row = PUSH(a, &found);
        row->name = col_str(&s, a);
        row->due_at = col_int(&s);
        row->held_until = col_int(&s);
        row->began_at = col_int(&s);
        row->ended_at = col_int(&s);
        row->well_at = col_int(&s);
        row->runs = col_int(&s);
        row->failures = col_int(&s);
        row->holder = col_str(&s, a);
        row->said = col_str(&s, a);
    }
    if (!stmt_ok(&s, err))
        return false;
    *out = found;
    return true;
}

static const char SQL_ADD[] =
    "INSERT INTO job (site_id, name, due_at, holder, held_until, began_at, ended_at, well_at, runs,"
    " failures, said) VALUES (?1, ?2, 0, '', 0, 0, 0, 0, 0, 0, '')"
    " ON CONFLICT (site_id, name) DO NOTHING";

static bool job_add(Db *db, SiteId site, Str name, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_ADD);
    bind_int(&s, site.n);
    bind_str(&s, name);
    return stmt_run(&s, err);
}

static const char SQL_FREE[] =
    "SELECT CASE WHEN (due_at <= ?3 OR ?4 = 1) AND held_until <= ?3 THEN 1 ELSE 0 END"
    " FROM job WHERE site_id = ?1 AND name = ?2";

// Asked before anything is written: mostly the answer is no, and then nobody is kept waiting.
static bool job_free(Db *db, SiteId site, Str name, int64_t now, bool early, bool *known,
                     bool *free, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_FREE);
    bind_int(&s, site.n);
    bind_str(&s, name);
    bind_int(&s, now);
    bind_int(&s, early);
    bool has = stmt_row(&s), is = has && col_int(&s);
    if (!stmt_ok(&s, err))
        return false;
    *known = has;
    *free = is;
    return true;
}

static const char SQL_TAKE[] =
    "UPDATE job SET holder = ?4, held_until = ?5, began_at = ?3, runs = runs + 1"
    " WHERE site_id = ?1 AND name = ?2 AND held_until <= ?3 AND (due_at <= ?3 OR ?6 = 1)";

bool store_job_take(Db *db, SiteId site, Str name, Str holder, int64_t now, int64_t until,
                    bool early, bool *taken, Err *err)
{
    bool known, free;
    if (!job_free(db, site, name, now, early, &known, &free, err))
        return false;
    if (known && !free)
        return *taken = false, true;
    if (!known && !job_add(db, site, name, err))
        return false;
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_TAKE);
    bind_int(&s, site.n);
    bind_str(&s, name);
    bind_int(&s, now);
    bind_str(&s, holder);
    bind_int(&s, until);
    bind_int(&s, early);
    if (!stmt_run(&s, err))
        return false;
    *taken = db_changes(db) > 0;
    return true;
}

static const char SQL_DONE[] =
    "UPDATE job SET holder = '', held_until = 0, ended_at = ?4, due_at = ?5, said = ?7,"
    " well_at = CASE WHEN ?6 = 1 THEN ?4 ELSE well_at END,"
    " failures = CASE WHEN ?6 = 1 THEN 0 ELSE failures + 1 END"
    " WHERE site_id = ?1 AND name = ?2 AND holder = ?3";

bool store_job_done(Db *db, SiteId site, Str name, Str holder, int64_t now, int64_t due_at,
                    bool well, Str said, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_DONE);
    bind_int(&s, site.n);
    bind_str(&s, name);
    bind_str(&s, holder);
    bind_int(&s, now);
    bind_int(&s, due_at);
    bind_int(&s, well);
    bind_str(&s, said);
    return stmt_run(&s, err);
}
