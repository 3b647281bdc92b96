#include "store/release_making.h"

#define COLUMNS                                                                                    \
    "m.file_id, m.version, m.state, m.pages, m.pages_done, m.ordered_by, m.ordered_name,"          \
    " m.ordered_at, m.began_at, m.ended_at, m.tries, m.why,"                                       \
    " (SELECT count(*) FROM release_making x WHERE x.site_id = m.site_id AND x.ended_at IS NULL"   \
    " AND (x.ordered_at < m.ordered_at OR (x.ordered_at = m.ordered_at"                            \
    " AND x.file_id < m.file_id)))"

static void row_read(Stmt *s, Arena *a, ReleaseMaking *m)
{
    m->file.n = col_int(s);
    m->version = col_int(s);
    making_state_named(col_view(s), &m->state);
    m->pages = (int)col_int(s);
    m->done = (int)col_int(s);
    m->by.n = col_int(s);
    m->name = col_str(s, a);
    m->ordered_at = col_int(s);
    m->began_at = col_int(s);
    m->ended_at = col_int(s);
    m->tries = col_int(s);
    m->why = col_str(s, a);
    m->ahead = col_int(s);
}

static const char SQL_GET[] =
    "SELECT " COLUMNS " FROM release_making m WHERE m.site_id = ?1 AND m.file_id = ?2";

bool store_making_get(Db *db, SiteId site, ReleaseFileId file, Arena *a, ReleaseMaking *out,
                      Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_GET);
    ReleaseMaking found = {0};
    bind_int(&s, site.n);
    bind_int(&s, file.n);
    if (stmt_row(&s))
        row_read(&s, a, &found);
    if (!stmt_ok(&s, err))
        return false;
    *out = found;
    return true;
}

static const char SQL_LIST[] =
    "SELECT " COLUMNS " FROM release_file f JOIN release_making m ON m.site_id = f.site_id"
    " AND m.file_id = f.file_id WHERE f.site_id = ?1 AND f.request_id = ?2"
    " AND f.removed_at IS NULL AND m.ended_at IS NULL ORDER BY m.file_id";

bool store_making_list(Db *db, SiteId site, RequestId request, Arena *a, ReleaseMakings *out,
                       Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_LIST);
    ReleaseMakings found = {0};
    bind_int(&s, site.n);
    bind_int(&s, request.n);
    while (stmt_row(&s))
        row_read(&s, a, PUSH(a, &found));
    if (!stmt_ok(&s, err))
        return false;
    *out = found;
    return true;
}

static const char SQL_ORDER[] =
    "INSERT INTO release_making (site_id, file_id, version, state, pages, pages_done, ordered_by,"
    " ordered_name, ordered_at, holder, held_until, tries, why)"
    " VALUES (?1, ?2, ?3, 'waiting', ?4, 0, ?5, ?6, ?7, '', 0, 0, '')"
    " ON CONFLICT (site_id, file_id) DO UPDATE SET version = excluded.version, state = 'waiting',"
    " pages = excluded.pages, pages_done = 0, ordered_by = excluded.ordered_by,"
    " ordered_name = excluded.ordered_name, ordered_at = excluded.ordered_at, began_at = NULL,"
    " ended_at = NULL, holder = '', held_until = 0, tries = 0, why = ''";

bool store_making_order(Db *db, SiteId site, const ReleaseMaking *m, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_ORDER);
    bind_int(&s, site.n);
    bind_int(&s, m->file.n);
    bind_int(&s, m->version);
    bind_int(&s, m->pages);
    m->by.n ? bind_int(&s, m->by.n) : bind_null(&s);
    bind_str(&s, m->name);
    bind_int(&s, m->ordered_at);
    return stmt_run(&s, err);
}

static const char SQL_STOP[] =
    "UPDATE release_making SET state = ?3, ended_at = ?4, holder = '', held_until = 0"
    " WHERE site_id = ?1 AND file_id = ?2 AND ended_at IS NULL";

bool store_making_stop(Db *db, SiteId site, ReleaseFileId file, MakingState state, int64_t now,
                       bool *stopped, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_STOP);
    bind_int(&s, site.n);
    bind_int(&s, file.n);
    bind_str(&s, making_states[state].id);
    bind_int(&s, now);
    if (!stmt_run(&s, err))
        return false;
    *stopped = db_changes(db) > 0;
    return true;
}

// --- by whoever works

// Asked before anything is written: mostly there is nothing, and nobody is kept waiting.
static const char SQL_NEXT[] =
    "SELECT file_id FROM release_making WHERE site_id = ?1 AND ended_at IS NULL"
    " AND held_until <= ?2 ORDER BY ordered_at, file_id LIMIT 1";

static bool next(Db *db, SiteId site, int64_t now, ReleaseFileId *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_NEXT);
    bind_int(&s, site.n);
    bind_int(&s, now);
    int64_t found = stmt_row(&s) ? col_int(&s) : 0;
    if (!stmt_ok(&s, err))
        return false;
    out->n = found;
    return true;
}

static const char SQL_TAKE[] =
    "UPDATE release_making SET state = 'going', holder = ?3, held_until = ?5, began_at = ?4,"
    " pages_done = 0, tries = tries + 1"
    " WHERE site_id = ?1 AND file_id = ?2 AND ended_at IS NULL AND held_until <= ?4";

bool store_making_take(Db *db, SiteId site, Str holder, int64_t now, Arena *a, ReleaseMaking *out,
                       Err *err)
{
    ReleaseFileId file = {0};
    if (!next(db, site, now, &file, err))
        return false;
    *out = (ReleaseMaking){0};
    if (!file.n)
        return true;
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_TAKE);
    bind_int(&s, site.n);
    bind_int(&s, file.n);
    bind_str(&s, holder);
    bind_int(&s, now);
    bind_int(&s, now + MAKING_HOLD_S);
    if (!stmt_run(&s, err))
        return false;
    return db_changes(db) == 0 || store_making_get(db, site, file, a, out, err);
}

static const char SQL_BEAT[] =
    "UPDATE release_making SET pages_done = ?4, held_until = ?5"
    " WHERE site_id = ?1 AND file_id = ?2 AND ended_at IS NULL AND holder = ?3";

bool store_making_beat(Db *db, SiteId site, ReleaseFileId file, Str holder, int done, int64_t now,
                       bool *mine, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_BEAT);
    bind_int(&s, site.n);
    bind_int(&s, file.n);
    bind_str(&s, holder);
    bind_int(&s, done);
    bind_int(&s, now + MAKING_HOLD_S);
    if (!stmt_run(&s, err))
        return false;
    *mine = db_changes(db) > 0;
    return true;
}

static const char SQL_END[] =
    "UPDATE release_making SET state = ?4, why = ?5, ended_at = ?6, holder = '', held_until = 0,"
    " pages_done = CASE WHEN ?4 = 'done' THEN pages ELSE pages_done END"
    " WHERE site_id = ?1 AND file_id = ?2 AND ended_at IS NULL AND holder = ?3";

bool store_making_end(Db *db, SiteId site, ReleaseFileId file, Str holder, MakingState state,
                      Str why, int64_t now, bool *mine, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_END);
    bind_int(&s, site.n);
    bind_int(&s, file.n);
    bind_str(&s, holder);
    bind_str(&s, making_states[state].id);
    bind_str(&s, why);
    bind_int(&s, now);
    if (!stmt_run(&s, err))
        return false;
    *mine = db_changes(db) > 0;
    return true;
}

static const char SQL_BACK[] =
    "UPDATE release_making SET state = 'waiting', holder = '', held_until = 0, pages_done = 0,"
    " tries = tries - ?4"
    " WHERE site_id = ?1 AND file_id = ?2 AND ended_at IS NULL AND holder = ?3";

bool store_making_back(Db *db, SiteId site, ReleaseFileId file, Str holder, bool counts, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_BACK);
    bind_int(&s, site.n);
    bind_int(&s, file.n);
    bind_str(&s, holder);
    bind_int(&s, counts ? 0 : 1);
    return stmt_run(&s, err);
}

static const char SQL_COUNT[] =
    "SELECT count(*) FROM release_making WHERE site_id = ?1 AND ended_at IS NULL";

bool store_making_count(Db *db, SiteId site, int64_t *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_COUNT);
    bind_int(&s, site.n);
    int64_t n = stmt_row(&s) ? col_int(&s) : 0;
    if (!stmt_ok(&s, err))
        return false;
    *out = n;
    return true;
}
