#include "store/notice.h"

#include "store/site.h"

static const char SQL_ADD[] =
    "INSERT INTO notice (site_id, person_id, notice_id, at, kind, words, door)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";

bool store_notice_add(Db *db, SiteId site, PersonId person, Notice *notice, Err *err)
{
    int64_t id;
    if (!store_number(db, site, S("notice"), &id, err))
        return false;
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_ADD);
    bind_int(&s, site.n);
    bind_int(&s, person.n);
    bind_int(&s, id);
    bind_int(&s, notice->at);
    bind_str(&s, notice_kinds[notice->kind].id);
    bind_str(&s, notice->words);
    bind_str(&s, notice->door);
    if (!stmt_run(&s, err))
        return false;
    notice->id = id;
    return true;
}

// A kind of a newer program is shown as one of the system's.
static void read_notice(Stmt *s, Arena *a, Notice *out)
{
    Notice n = {.id = col_int(s), .kind = NOTICE_SYSTEM};
    n.at = col_int(s);
    (void)notice_kind_named(col_view(s), &n.kind);
    n.words = col_str(s, a);
    n.door = col_str(s, a);
    n.read_at = col_int(s);
    *out = n;
}

static const char SQL_LIST[] = "SELECT notice_id, at, kind, words, door, read_at FROM notice"
                               " WHERE site_id = ?1 AND person_id = ?2 AND notice_id < ?3"
                               " ORDER BY notice_id DESC LIMIT ?4";

bool store_notice_list(Db *db, SiteId site, PersonId person, int64_t before, int limit, Arena *a,
                       Notices *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_LIST);
    Notices found = {0};
    bind_int(&s, site.n);
    bind_int(&s, person.n);
    bind_int(&s, before ? before : INT64_MAX);
    bind_int(&s, limit);
    while (stmt_row(&s))
        read_notice(&s, a, PUSH(a, &found));
    if (!stmt_ok(&s, err))
        return false;
    *out = found;
    return true;
}

static const char SQL_GET[] = "SELECT notice_id, at, kind, words, door, read_at FROM notice"
                              " WHERE site_id = ?1 AND person_id = ?2 AND notice_id = ?3";

bool store_notice_get(Db *db, SiteId site, PersonId person, int64_t id, Arena *a, Notice *out,
                      Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_GET);
    Notice n;
    bind_int(&s, site.n);
    bind_int(&s, person.n);
    bind_int(&s, id);
    bool found = stmt_row(&s);
    if (found)
        read_notice(&s, a, &n);
    if (!stmt_ok(&s, err))
        return false;
    if (!found)
        return fail(err, ERR_MISSING, NULL, "没有这条通知", "there is no such notice");
    *out = n;
    return true;
}

static const char SQL_READ[] = "UPDATE notice SET read_at = ?4 WHERE site_id = ?1"
                               " AND person_id = ?2 AND notice_id = ?3 AND read_at IS NULL";
static const char SQL_READ_ALL[] = "UPDATE notice SET read_at = ?3 WHERE site_id = ?1"
                                   " AND person_id = ?2 AND read_at IS NULL";

bool store_notice_read(Db *db, SiteId site, PersonId person, int64_t id, int64_t now, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_READ);
    bind_int(&s, site.n);
    bind_int(&s, person.n);
    bind_int(&s, id);
    bind_int(&s, now);
    return stmt_run(&s, err);
}

bool store_notice_read_all(Db *db, SiteId site, PersonId person, int64_t now, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_READ_ALL);
    bind_int(&s, site.n);
    bind_int(&s, person.n);
    bind_int(&s, now);
    return stmt_run(&s, err);
}

static const char SQL_CLEAN[] =
    "DELETE FROM notice WHERE site_id = ?1 AND (person_id, notice_id) IN"
    " (SELECT person_id, notice_id FROM notice WHERE site_id = ?1 AND at < ?2"
    " AND read_at IS NOT NULL ORDER BY at, person_id, notice_id LIMIT ?3)";

bool store_notice_clean(Db *db, SiteId site, int64_t at, int most, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_CLEAN);
    bind_int(&s, site.n);
    bind_int(&s, at);
    bind_int(&s, most);
    return stmt_run(&s, err);
}

// --- choices

static const char SQL_CHOICES[] = "SELECT kind, mail FROM notice_choice"
                                  " WHERE site_id = ?1 AND person_id = ?2";

bool store_notice_mail(Db *db, SiteId site, PersonId person, bool out[NOTICE__COUNT], Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_CHOICES);
    bool mail[NOTICE__COUNT];
    for (int k = 0; k < NOTICE__COUNT; k++)
        mail[k] = notice_kinds[k].mail;
    bind_int(&s, site.n);
    bind_int(&s, person.n);
    while (stmt_row(&s)) {
        NoticeKind kind;
        bool known = notice_kind_named(col_view(&s), &kind), wanted = col_int(&s) != 0;
        if (known)
            mail[kind] = wanted || notice_kinds[kind].must;
    }
    if (!stmt_ok(&s, err))
        return false;
    memcpy(out, mail, sizeof mail);
    return true;
}

static const char SQL_CHOOSE[] =
    "INSERT INTO notice_choice (site_id, person_id, kind, mail) VALUES (?1, ?2, ?3, ?4)"
    " ON CONFLICT (site_id, person_id, kind) DO UPDATE SET mail = excluded.mail";

bool store_notice_choose(Db *db, SiteId site, PersonId person, NoticeKind kind, bool mail, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_CHOOSE);
    bind_int(&s, site.n);
    bind_int(&s, person.n);
    bind_str(&s, notice_kinds[kind].id);
    bind_int(&s, mail);
    return stmt_run(&s, err);
}
