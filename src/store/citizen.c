#include "store/citizen.h"

// --- files that wait for their form

static const char SQL_HELD_ADD[] =
    "INSERT INTO held_file (site_id, key_hash, kind, bytes, sealed, made_at)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6)";

bool store_held_add(Db *db, SiteId site, const HeldFile *file, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_HELD_ADD);
    bind_int(&s, site.n);
    bind_str(&s, file->key_hash);
    bind_str(&s, file->kind);
    bind_int(&s, file->bytes);
    bind_blob(&s, file->sealed);
    bind_int(&s, file->made_at);
    return stmt_run(&s, err);
}

static const char SQL_HELD_GET[] = "SELECT kind, bytes, sealed, made_at FROM held_file"
                                   " WHERE site_id = ?1 AND key_hash = ?2";

bool store_held_get(Db *db, SiteId site, Str key_hash, Arena *a, HeldFile *out, bool *found,
                    Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_HELD_GET);
    HeldFile file = {.key_hash = key_hash};
    bind_int(&s, site.n);
    bind_str(&s, key_hash);
    bool there = stmt_row(&s);
    if (there) {
        file.kind = col_str(&s, a);
        file.bytes = col_int(&s);
        file.sealed = col_str(&s, a);
        file.made_at = col_int(&s);
    }
    if (!stmt_ok(&s, err))
        return false;
    *found = there;
    if (there)
        *out = file;
    return true;
}

static const char SQL_HELD_DROP[] = "DELETE FROM held_file WHERE site_id = ?1 AND key_hash = ?2";
static const char SQL_HELD_FORGET[] = "DELETE FROM held_file WHERE site_id = ?1 AND made_at < ?2";

static bool drop(Db *db, const char *sql, SiteId site, Str hash, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, sql);
    bind_int(&s, site.n);
    bind_str(&s, hash);
    return stmt_run(&s, err);
}

static bool forget(Db *db, const char *sql, SiteId site, int64_t before, int64_t *n, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, sql);
    bind_int(&s, site.n);
    bind_int(&s, before);
    if (!stmt_run(&s, err))
        return false;
    *n = db_changes(db);
    return true;
}

bool store_held_drop(Db *db, SiteId site, Str key_hash, Err *err)
{
    return drop(db, SQL_HELD_DROP, site, key_hash, err);
}

bool store_held_forget(Db *db, SiteId site, int64_t before, int64_t *n, Err *err)
{
    return forget(db, SQL_HELD_FORGET, site, before, n, err);
}

// --- drafts

static const char SQL_DRAFT_SAVE[] =
    "INSERT INTO citizen_draft (site_id, code_hash, sealed, saved_at) VALUES (?1, ?2, ?3, ?4)"
    " ON CONFLICT (site_id, code_hash) DO UPDATE SET sealed = excluded.sealed,"
    " saved_at = excluded.saved_at";

bool store_citizen_draft_save(Db *db, SiteId site, Str code_hash, Str sealed, int64_t now, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_DRAFT_SAVE);
    bind_int(&s, site.n);
    bind_str(&s, code_hash);
    bind_blob(&s, sealed);
    bind_int(&s, now);
    return stmt_run(&s, err);
}

static const char SQL_DRAFT_GET[] = "SELECT sealed, saved_at FROM citizen_draft"
                                    " WHERE site_id = ?1 AND code_hash = ?2";

bool store_citizen_draft_get(Db *db, SiteId site, Str code_hash, Arena *a, Str *sealed,
                             int64_t *saved_at, bool *found, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_DRAFT_GET);
    bind_int(&s, site.n);
    bind_str(&s, code_hash);
    bool there = stmt_row(&s);
    Str bytes = there ? col_str(&s, a) : S("");
    int64_t at = there ? col_int(&s) : 0;
    if (!stmt_ok(&s, err))
        return false;
    *sealed = bytes;
    *saved_at = at;
    *found = there;
    return true;
}

static const char SQL_DRAFT_DROP[] =
    "DELETE FROM citizen_draft WHERE site_id = ?1 AND code_hash = ?2";
static const char SQL_DRAFT_FORGET[] =
    "DELETE FROM citizen_draft WHERE site_id = ?1 AND saved_at < ?2";

bool store_citizen_draft_drop(Db *db, SiteId site, Str code_hash, Err *err)
{
    return drop(db, SQL_DRAFT_DROP, site, code_hash, err);
}

bool store_citizen_draft_forget(Db *db, SiteId site, int64_t before, int64_t *n, Err *err)
{
    return forget(db, SQL_DRAFT_FORGET, site, before, n, err);
}

// --- how often

static const char SQL_TRY_ADD[] =
    "INSERT INTO citizen_try (site_id, what, who, span, n) VALUES (?1, ?2, ?3, ?4, 1)"
    " ON CONFLICT (site_id, what, who, span) DO UPDATE SET n = citizen_try.n + 1 RETURNING n";
static const char SQL_TRY_COUNT[] = "SELECT n FROM citizen_try"
                                    " WHERE site_id = ?1 AND what = ?2 AND who = ?3 AND span = ?4";

static bool tries(Db *db, const char *sql, SiteId site, Str what, Str who, int64_t span, int64_t *n,
                  Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, sql);
    bind_int(&s, site.n);
    bind_str(&s, what);
    bind_str(&s, who);
    bind_int(&s, span);
    int64_t found = stmt_row(&s) ? col_int(&s) : 0;
    if (!stmt_run(&s, err))
        return false;
    *n = found;
    return true;
}

bool store_try_add(Db *db, SiteId site, Str what, Str who, int64_t span, int64_t *n, Err *err)
{
    return tries(db, SQL_TRY_ADD, site, what, who, span, n, err);
}

bool store_try_count(Db *db, SiteId site, Str what, Str who, int64_t span, int64_t *n, Err *err)
{
    return tries(db, SQL_TRY_COUNT, site, what, who, span, n, err);
}

static const char SQL_TRY_FORGET[] = "DELETE FROM citizen_try WHERE site_id = ?1 AND span < ?2";

bool store_try_forget(Db *db, SiteId site, int64_t before, int64_t *n, Err *err)
{
    return forget(db, SQL_TRY_FORGET, site, before, n, err);
}

// --- what applicants say

static const char SQL_WORD_NEXT[] = "SELECT coalesce(max(word_id), 0) + 1 FROM request_word"
                                    " WHERE site_id = ?1 AND request_id = ?2";

bool store_word_next(Db *db, SiteId site, RequestId request, int64_t *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_WORD_NEXT);
    bind_int(&s, site.n);
    bind_int(&s, request.n);
    int64_t n = stmt_row(&s) ? col_int(&s) : 0;
    if (!stmt_ok(&s, err))
        return false;
    *out = n;
    return true;
}

static const char SQL_WORD_ADD[] =
    "INSERT INTO request_word (site_id, request_id, word_id, kind, sealed, fact_id, file_id,"
    " said_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";

bool store_word_add(Db *db, SiteId site, RequestId request, const SaidWord *word, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_WORD_ADD);
    bind_int(&s, site.n);
    bind_int(&s, request.n);
    bind_int(&s, word->id);
    bind_str(&s, say_defs[word->kind].id);
    bind_blob(&s, word->sealed);
    bind_int(&s, word->fact);
    bind_int(&s, word->file);
    bind_int(&s, word->said_at);
    return stmt_run(&s, err);
}

static const char SQL_WORDS[] =
    "SELECT word_id, kind, sealed, fact_id, file_id, said_at FROM request_word"
    " WHERE site_id = ?1 AND request_id = ?2 ORDER BY word_id";

bool store_word_list(Db *db, SiteId site, RequestId request, Arena *a, SaidWords *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_WORDS);
    SaidWords found = {0};
    bind_int(&s, site.n);
    bind_int(&s, request.n);
    while (stmt_row(&s)) {
        SaidWord w = {.id = col_int(&s)};
        bool known = word_named(col_view(&s), &w.kind);
        w.sealed = col_str(&s, a);
        w.fact = col_int(&s);
        w.file = col_int(&s);
        w.said_at = col_int(&s);
        if (known)
            *PUSH(a, &found) = w;
    }
    if (!stmt_ok(&s, err))
        return false;
    *out = found;
    return true;
}

// --- mail to applicants

static const char SQL_MAIL_SET[] =
    "INSERT INTO request_mail (site_id, request_id, wanted, told) VALUES (?1, ?2, ?3, 1)"
    " ON CONFLICT (site_id, request_id) DO UPDATE SET wanted = excluded.wanted";

bool store_request_mail_set(Db *db, SiteId site, RequestId request, bool wanted, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_MAIL_SET);
    bind_int(&s, site.n);
    bind_int(&s, request.n);
    bind_int(&s, wanted);
    return stmt_run(&s, err);
}

static const char SQL_MAIL_WANTED[] = "SELECT wanted FROM request_mail"
                                      " WHERE site_id = ?1 AND request_id = ?2";

bool store_request_mail_wanted(Db *db, SiteId site, RequestId request, bool *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_MAIL_WANTED);
    bind_int(&s, site.n);
    bind_int(&s, request.n);
    bool wanted = stmt_row(&s) && col_int(&s) == 1;
    if (!stmt_ok(&s, err))
        return false;
    *out = wanted;
    return true;
}

static const char SQL_MAIL_TOLD[] = "UPDATE request_mail SET told = ?3"
                                    " WHERE site_id = ?1 AND request_id = ?2 AND told < ?3";

bool store_request_mail_told(Db *db, SiteId site, RequestId request, int64_t fact, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_MAIL_TOLD);
    bind_int(&s, site.n);
    bind_int(&s, request.n);
    bind_int(&s, fact);
    return stmt_run(&s, err);
}

static const char SQL_MAIL_DUE[] =
    "SELECT m.request_id, m.told FROM request_mail m WHERE m.site_id = ?1 AND m.wanted = 1"
    " AND EXISTS (SELECT 1 FROM request_fact f WHERE f.site_id = m.site_id"
    " AND f.request_id = m.request_id AND f.fact_id > m.told)"
    " ORDER BY m.request_id LIMIT ?2";

bool store_request_mail_due(Db *db, SiteId site, int limit, Arena *a, MailDues *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_MAIL_DUE);
    MailDues found = {0};
    bind_int(&s, site.n);
    bind_int(&s, limit);
    while (stmt_row(&s)) {
        MailDue due = {.request = {col_int(&s)}};
        due.told = col_int(&s);
        *PUSH(a, &found) = due;
    }
    if (!stmt_ok(&s, err))
        return false;
    *out = found;
    return true;
}
