#include "store/outbox.h"

#include "base/crypt.h"
#include "store/scope.h"
#include "store/site.h"

// clang-format off
const MailStateDef mail_state_defs[MAIL_STATE__COUNT] = {
    [MAIL_WAITING] = { SI("waiting"), SI("待发送") },
    [MAIL_SENT]    = { SI("sent"),    SI("已发送") },
    [MAIL_FAILED]  = { SI("failed"),  SI("发送失败") },
    [MAIL_DROPPED] = { SI("dropped"), SI("已放弃") },
};
// clang-format on

bool mail_state_named(Str id, MailState *out)
{
    for (int s = 0; s < MAIL_STATE__COUNT; s++)
        if (str_eq(mail_state_defs[s].id, id))
            return *out = (MailState)s, true;
    return false;
}

static const char SQL_ADD[] =
    "INSERT INTO outbox (site_id, mail_id, kind, urgent, organ_id, person_id, to_address, to_name,"
    " subject, once, written_at, message_id, state, due_at, tries, first_at, ended_at, holder,"
    " held_until, code, said, version)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, 'waiting', ?11, 0, 0, 0, '', 0, 0,"
    " '', 1)"
    " ON CONFLICT (site_id, once) DO NOTHING";

static bool add_row(Db *db, SiteId site, int64_t id, const MailNew *mail, int64_t now, Arena *a,
                    bool *added, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_ADD);
    bind_int(&s, site.n);
    bind_int(&s, id);
    bind_str(&s, mail_kind_defs[mail->kind].id);
    bind_int(&s, mail_kind_defs[mail->kind].urgent);
    bind_int(&s, mail->organ.n);
    bind_int(&s, mail->person.n);
    bind_str(&s, mail->to);
    bind_str(&s, mail->to_name);
    bind_str(&s, mail->subject);
    if (mail->once.n)
        bind_str(&s, mail->once);
    else
        bind_null(&s);
    bind_int(&s, now);
    bind_str(&s, crypt_token(a, 16));
    if (!stmt_run(&s, err))
        return false;
    *added = db_changes(db) > 0;
    return true;
}

static const char SQL_ADD_TEXT[] =
    "INSERT INTO outbox_text (site_id, mail_id, body) VALUES (?1, ?2, ?3)";

static bool add_text(Db *db, SiteId site, int64_t id, Str body, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_ADD_TEXT);
    bind_int(&s, site.n);
    bind_int(&s, id);
    bind_str(&s, body);
    return stmt_run(&s, err);
}

bool store_outbox_add(Db *db, SiteId site, const MailNew *mail, int64_t now, Arena *a, Err *err)
{
    int64_t id;
    bool added;
    return store_number(db, site, S("mail"), &id, err) &&
           add_row(db, site, id, mail, now, a, &added, err) &&
           (!added || add_text(db, site, id, mail->body, err));
}

// --- reading

#define LIST_COLUMNS                                                                               \
    "mail_id, kind, organ_id, person_id, to_address, to_name, subject,"                            \
    " message_id, written_at, due_at, first_at, ended_at, tries, state, code,"                     \
    " said, version"

// A kind or state written by a newer program is shown as the plainest there is.
static Mail read_mail(Stmt *s, Arena *a)
{
    Mail m = {.id = {col_int(s)}, .kind = MAIL_NOTICE, .state = MAIL_DROPPED};
    mail_kind_named(col_view(s), &m.kind);
    m.organ.n = col_int(s);
    m.person.n = col_int(s);
    m.to = col_str(s, a);
    m.to_name = col_str(s, a);
    m.subject = col_str(s, a);
    m.message_id = col_str(s, a);
    m.written_at = col_int(s);
    m.due_at = col_int(s);
    m.first_at = col_int(s);
    m.ended_at = col_int(s);
    m.tries = col_int(s);
    mail_state_named(col_view(s), &m.state);
    m.code = col_int(s);
    m.said = col_str(s, a);
    m.version = col_int(s);
    return m;
}

static const char SQL_TEXT[] = "SELECT body FROM outbox_text WHERE site_id = ?1 AND mail_id = ?2";

static bool read_text(Db *db, SiteId site, MailId id, Arena *a, Str *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_TEXT);
    bind_int(&s, site.n);
    bind_int(&s, id.n);
    Str body = stmt_row(&s) ? col_str(&s, a) : S("");
    if (!stmt_ok(&s, err))
        return false;
    *out = body;
    return true;
}

// Two of each, so that an index can serve the one with a state.
#define LIST(STATE)                                                                                \
    "SELECT " LIST_COLUMNS " FROM outbox WHERE site_id = ?1" STATE                                 \
    " AND " IN_SCOPE("outbox.organ_id") " ORDER BY mail_id DESC LIMIT ?5 OFFSET ?4"
#define TOTAL(STATE)                                                                               \
    "SELECT CAST(count(*) AS BIGINT) FROM outbox WHERE site_id = ?1" STATE                         \
    " AND " IN_SCOPE("outbox.organ_id")
static const char SQL_LIST[] = LIST(""), SQL_LIST_STATE[] = LIST(" AND state = ?6");
static const char SQL_TOTAL[] = TOTAL(""), SQL_TOTAL_STATE[] = TOTAL(" AND state = ?4");

static bool read_total(Db *db, const Scope *scope, const MailAsk *ask, int64_t *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, ask->by_state ? SQL_TOTAL_STATE : SQL_TOTAL);
    bind_scope(&s, scope);
    if (ask->by_state)
        bind_str(&s, mail_state_defs[ask->state].id);
    int64_t n = stmt_row(&s) ? col_int(&s) : 0;
    if (!stmt_ok(&s, err))
        return false;
    *out = n;
    return true;
}

bool store_outbox_list(Db *db, const Scope *scope, const MailAsk *ask, Arena *a, Mails *out,
                       int64_t *total, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, ask->by_state ? SQL_LIST_STATE : SQL_LIST);
    Mails mails = {0};
    bind_scope(&s, scope);
    bind_int(&s, ask->offset);
    bind_int(&s, ask->limit);
    if (ask->by_state)
        bind_str(&s, mail_state_defs[ask->state].id);
    while (stmt_row(&s))
        *PUSH(a, &mails) = read_mail(&s, a);
    if (!stmt_ok(&s, err) || !read_total(db, scope, ask, total, err))
        return false;
    *out = mails;
    return true;
}

static const char SQL_GET[] =
    "SELECT " LIST_COLUMNS " FROM outbox"
    " WHERE site_id = ?1 AND mail_id = ?4 AND " IN_SCOPE("outbox.organ_id");

bool store_outbox_get(Db *db, const Scope *scope, MailId id, Arena *a, Mail *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_GET);
    bind_scope(&s, scope);
    bind_int(&s, id.n);
    if (!stmt_row(&s))
        return stmt_ok(&s, err) && fail(err, ERR_MISSING, NULL, "没有这封邮件", "no such mail");
    Mail m = read_mail(&s, a);
    if (!read_text(db, scope->site, id, a, &m.body, err))
        return false;
    *out = m;
    return true;
}

static const char SQL_COUNT[] =
    "SELECT state, CAST(count(*) AS BIGINT) FROM outbox WHERE site_id = ?1 GROUP BY state"
    " ORDER BY state";

bool store_outbox_count(Db *db, SiteId site, int64_t out[MAIL_STATE__COUNT], Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_COUNT);
    int64_t counts[MAIL_STATE__COUNT] = {0};
    MailState state;
    bind_int(&s, site.n);
    while (stmt_row(&s))
        if (mail_state_named(col_view(&s), &state))
            counts[state] = col_int(&s);
    if (!stmt_ok(&s, err))
        return false;
    memcpy(out, counts, sizeof counts);
    return true;
}

// --- sending

static const char SQL_TAKE[] =
    "UPDATE outbox SET holder = ?2, held_until = ?5 WHERE site_id = ?1 AND mail_id ="
    " (SELECT w.mail_id FROM outbox w WHERE w.site_id = ?1 AND w.state = 'waiting' AND w.due_at <= "
    "?4"
    " AND w.held_until <= ?4 AND w.urgent >= ?3 ORDER BY w.urgent DESC, w.due_at, w.mail_id LIMIT "
    "1)"
    " AND state = 'waiting' AND held_until <= ?4"
    " RETURNING " LIST_COLUMNS;

bool store_outbox_take(Db *db, SiteId site, Str holder, bool urgent, int64_t now, int64_t until,
                       Arena *a, Mail *out, bool *found, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_TAKE);
    Mail m = {0};
    bind_int(&s, site.n);
    bind_str(&s, holder);
    bind_int(&s, urgent);
    bind_int(&s, now);
    bind_int(&s, until);
    bool is = stmt_row(&s);
    if (is) {
        m = read_mail(&s, a);
        stmt_row(&s); // to its end
    }
    if (!stmt_ok(&s, err) || (is && !read_text(db, site, m.id, a, &m.body, err)))
        return false;
    *out = m;
    *found = is;
    return true;
}

static const char SQL_DONE[] =
    "UPDATE outbox SET state = ?4, due_at = ?5, first_at = ?6, ended_at = ?7, tries = ?8, code = "
    "?9,"
    " said = ?10, holder = '', held_until = 0, version = version + 1"
    " WHERE site_id = ?1 AND mail_id = ?2 AND holder = ?3 AND state = 'waiting'";

bool store_outbox_done(Db *db, SiteId site, Str holder, const Mail *m, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_DONE);
    bind_int(&s, site.n);
    bind_int(&s, m->id.n);
    bind_str(&s, holder);
    bind_str(&s, mail_state_defs[m->state].id);
    bind_int(&s, m->due_at);
    bind_int(&s, m->first_at);
    bind_int(&s, m->ended_at);
    bind_int(&s, m->tries);
    bind_int(&s, m->code);
    bind_str(&s, m->said);
    return stmt_run(&s, err);
}

static const char SQL_SET[] =
    "UPDATE outbox SET state = ?6, due_at = ?7, ended_at = ?8, tries = 0, first_at = 0,"
    " version = version + 1"
    " WHERE site_id = ?1 AND mail_id = ?4 AND version = ?5 AND " IN_SCOPE("outbox.organ_id");

bool store_outbox_set(Db *db, const Scope *scope, const Mail *m, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_SET);
    bind_scope(&s, scope);
    bind_int(&s, m->id.n);
    bind_int(&s, m->version);
    bind_str(&s, mail_state_defs[m->state].id);
    bind_int(&s, m->due_at);
    bind_int(&s, m->ended_at);
    if (!stmt_run(&s, err))
        return false;
    return db_changes(db) || fail(err, ERR_BUSY, NULL, "这封邮件的状态刚刚变了，请刷新后再看",
                                  "the mail has changed meanwhile");
}

#define OLD                                                                                        \
    " ((state IN ('sent', 'dropped') AND ended_at < ?2) OR (state = 'failed' AND ended_at < ?3))"
static const char SQL_FORGET_TEXT[] = "DELETE FROM outbox_text WHERE site_id = ?1 AND mail_id IN"
                                      " (SELECT mail_id FROM outbox WHERE site_id = ?1 AND" OLD ")";
static const char SQL_FORGET[] = "DELETE FROM outbox WHERE site_id = ?1 AND" OLD;

bool store_outbox_forget(Db *db, SiteId site, int64_t sent, int64_t failed, int64_t *n, Err *err)
{
    const char *const both[] = {SQL_FORGET_TEXT, SQL_FORGET};
    for (size_t i = 0; i < 2; i++) {
        CLEANUP(stmt_end) Stmt s = stmt(db, both[i]);
        bind_int(&s, site.n);
        bind_int(&s, sent);
        bind_int(&s, failed);
        if (!stmt_run(&s, err))
            return false;
    }
    *n = db_changes(db);
    return true;
}
