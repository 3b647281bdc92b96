#include "store/session.h"

#include "store/site.h"

// clang-format off
const Str end_ids[END__COUNT] = {
    [END_NOT]      = SI(""),
    [END_OUT]      = SI("out"),
    [END_IDLE]     = SI("idle"),
    [END_LATE]     = SI("late"),
    [END_MOVED]    = SI("moved"),
    [END_OTHER]    = SI("other"),
    [END_MANY]     = SI("many"),
    [END_PASSWORD] = SI("password"),
    [END_CLOSED]   = SI("closed"),
};
// clang-format on

static EndWhy end_named(Str id)
{
    for (int i = 0; i < END__COUNT; i++)
        if (str_eq(end_ids[i], id))
            return (EndWhy)i;
    return END_OUT; // a newer program's word: ended in any case
}

static const Str code_ids[CODE__COUNT] = {[CODE_NONE] = SI(""),
                                          [CODE_DUE] = SI("due"),
                                          [CODE_GIVEN] = SI("given"),
                                          [CODE_SAME] = SI("same")};

static SessionCode code_named(Str id)
{
    for (int i = 0; i < CODE__COUNT; i++)
        if (str_eq(code_ids[i], id))
            return (SessionCode)i;
    return CODE_DUE;
}

static void bind_id(Stmt *s, int64_t n)
{
    n ? bind_int(s, n) : bind_null(s);
}

static void bind_hash(Stmt *s, const TokenHash *hash)
{
    bind_blob(s, (Str){(const char *)hash->bytes, sizeof hash->bytes});
}

static const char SQL_ADD[] =
    "INSERT INTO session (site_id, session_id, person_id, token, csrf, organ_id, code, how, ip,"
    " user_agent, began_at, seen_at, ends_at, ended_at, ended_why)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, NULL, '')";

bool store_session_add(Db *db, SiteId site, Session *session, const TokenHash *token, Err *err)
{
    SessionId id;
    if (!store_number(db, site, S("session"), &id.n, err))
        return false;
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_ADD);
    bind_int(&s, site.n);
    bind_int(&s, id.n);
    bind_int(&s, session->person.n);
    bind_hash(&s, token);
    bind_str(&s, session->csrf);
    bind_id(&s, session->organ.n);
    bind_str(&s, code_ids[session->code]);
    bind_str(&s, session->how);
    bind_str(&s, session->ip);
    bind_str(&s, session->user_agent);
    bind_int(&s, session->began_at);
    bind_int(&s, session->seen_at);
    bind_int(&s, session->ends_at);
    if (!stmt_run(&s, err))
        return false;
    session->id = id;
    return true;
}

#define SESSION_COLUMNS                                                                            \
    "s.session_id, s.person_id, s.csrf, s.organ_id, s.code, s.how, s.ip, s.user_agent, "           \
    "s.began_at,"                                                                                  \
    " s.seen_at, s.ends_at, s.ended_at, s.ended_why"

static Session session_row(Stmt *s, Arena *a)
{
    Session x = {0};
    x.id.n = col_int(s);
    x.person.n = col_int(s);
    x.csrf = col_str(s, a);
    x.organ.n = col_int(s);
    x.code = code_named(col_view(s));
    x.how = col_str(s, a);
    x.ip = col_str(s, a);
    x.user_agent = col_str(s, a);
    x.began_at = col_int(s);
    x.seen_at = col_int(s);
    x.ends_at = col_int(s);
    x.ended_at = col_int(s);
    x.ended = end_named(col_view(s));
    return x;
}

static const char SQL_FIND[] =
    "SELECT " SESSION_COLUMNS ", p.login, p.name, p.state, p.must_change, p.organ_id,"
    " (SELECT count(*) FROM second_factor f WHERE f.site_id = s.site_id"
    " AND f.person_id = s.person_id),"
    " (SELECT w.organ_id FROM site w WHERE w.site_id = s.site_id)"
    " FROM session s JOIN person p ON p.site_id = s.site_id AND p.person_id = s.person_id"
    " WHERE s.site_id = ?1 AND s.token = ?2";

bool store_session_find(Db *db, SiteId site, const TokenHash *token, Arena *a, SessionFound *out,
                        bool *found, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_FIND);
    SessionFound x = {0};
    bind_int(&s, site.n);
    bind_hash(&s, token);
    bool has = stmt_row(&s);
    if (has) {
        x.session = session_row(&s, a);
        x.login = col_str(&s, a);
        x.name = col_str(&s, a);
        x.closed = !str_eq(col_view(&s), S("active"));
        x.must_change = col_int(&s) != 0;
        x.home.n = col_int(&s);
        x.has_second = col_int(&s) != 0;
        x.site_organ.n = col_int(&s);
    }
    if (!stmt_ok(&s, err))
        return false;
    *out = x;
    *found = has;
    return true;
}

static const char SQL_RENEW[] = "UPDATE session SET token = ?3, csrf = ?4,"
                                " code = CASE WHEN ?5 = 'same' THEN code ELSE ?5 END"
                                " WHERE site_id = ?1 AND session_id = ?2 AND ended_at IS NULL";

bool store_session_renew(Db *db, SiteId site, SessionId id, const TokenHash *token, Str csrf,
                         SessionCode code, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_RENEW);
    bind_int(&s, site.n);
    bind_int(&s, id.n);
    bind_hash(&s, token);
    bind_str(&s, csrf);
    bind_str(&s, code_ids[code]);
    if (!stmt_run(&s, err))
        return false;
    return db_changes(db) == 1 || fail(err, ERR_MISSING, NULL, "登录已经结束，请重新登录",
                                       "the session has ended; sign in again");
}

static const char SQL_ORGAN[] =
    "UPDATE session SET organ_id = ?3 WHERE site_id = ?1 AND session_id = ?2";

bool store_session_organ(Db *db, SiteId site, SessionId id, OrganId organ, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_ORGAN);
    bind_int(&s, site.n);
    bind_int(&s, id.n);
    bind_id(&s, organ.n);
    return stmt_run(&s, err);
}

static const char SQL_SEEN[] = "UPDATE session SET seen_at = ?3"
                               " WHERE site_id = ?1 AND session_id = ?2 AND seen_at < ?3";

bool store_session_seen(Db *db, SiteId site, SessionId id, int64_t at, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_SEEN);
    bind_int(&s, site.n);
    bind_int(&s, id.n);
    bind_int(&s, at);
    return stmt_run(&s, err);
}

static const char SQL_END[] = "UPDATE session SET ended_at = ?3, ended_why = ?4"
                              " WHERE site_id = ?1 AND session_id = ?2 AND ended_at IS NULL";

bool store_session_end(Db *db, SiteId site, SessionId id, int64_t at, EndWhy why, bool *ended,
                       Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_END);
    bind_int(&s, site.n);
    bind_int(&s, id.n);
    bind_int(&s, at);
    bind_str(&s, end_ids[why]);
    if (!stmt_run(&s, err))
        return false;
    *ended = db_changes(db) == 1;
    return true;
}

static const char SQL_END_ALL[] = "UPDATE session SET ended_at = ?4, ended_why = ?5"
                                  " WHERE site_id = ?1 AND person_id = ?2 AND session_id <> ?3"
                                  " AND ended_at IS NULL";

bool store_session_end_all(Db *db, SiteId site, PersonId person, SessionId but, int64_t at,
                           EndWhy why, int64_t *n, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_END_ALL);
    bind_int(&s, site.n);
    bind_int(&s, person.n);
    bind_int(&s, but.n);
    bind_int(&s, at);
    bind_str(&s, end_ids[why]);
    if (!stmt_run(&s, err))
        return false;
    *n = db_changes(db);
    return true;
}

static const char SQL_LIST[] = "SELECT " SESSION_COLUMNS " FROM session s"
                               " WHERE s.site_id = ?1 AND s.person_id = ?2 AND s.ended_at IS NULL"
                               " ORDER BY s.seen_at DESC, s.session_id DESC";

bool store_session_list(Db *db, SiteId site, PersonId person, Arena *a, Sessions *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_LIST);
    Sessions list = {0};
    bind_int(&s, site.n);
    bind_int(&s, person.n);
    while (stmt_row(&s))
        *PUSH(a, &list) = session_row(&s, a);
    if (!stmt_ok(&s, err))
        return false;
    *out = list;
    return true;
}

static const char SQL_FROM[] = "SELECT 1 FROM session WHERE site_id = ?1 AND person_id = ?2"
                               " AND ip = ?3 AND began_at >= ?4 AND code <> 'due' LIMIT 1";

bool store_session_from(Db *db, SiteId site, PersonId person, Str ip, int64_t since, bool *out,
                        Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_FROM);
    bind_int(&s, site.n);
    bind_int(&s, person.n);
    bind_str(&s, ip);
    bind_int(&s, since);
    bool from = stmt_row(&s);
    if (!stmt_ok(&s, err))
        return false;
    *out = from;
    return true;
}

static const char SQL_ANY[] = "SELECT 1 FROM session WHERE site_id = ?1 AND person_id = ?2"
                              " AND session_id <> ?3 LIMIT 1";

bool store_session_any(Db *db, SiteId site, PersonId person, SessionId but, bool *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_ANY);
    bind_int(&s, site.n);
    bind_int(&s, person.n);
    bind_int(&s, but.n);
    bool any = stmt_row(&s);
    if (!stmt_ok(&s, err))
        return false;
    *out = any;
    return true;
}

static const char SQL_IDLE[] =
    "UPDATE session SET ended_at = ?2,"
    " ended_why = CASE WHEN ends_at <= ?2 THEN 'late' ELSE 'idle' END"
    " WHERE site_id = ?1 AND ended_at IS NULL AND (seen_at < ?3 OR ends_at <= ?2)";
static const char SQL_GONE[] = "DELETE FROM session WHERE site_id = ?1 AND ended_at < ?2";

bool store_session_clean(Db *db, SiteId site, int64_t now, int64_t idle, int64_t gone, int64_t *n,
                         Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_IDLE);
    bind_int(&s, site.n);
    bind_int(&s, now);
    bind_int(&s, idle);
    if (!stmt_run(&s, err))
        return false;
    int64_t ended = db_changes(db);
    CLEANUP(stmt_end) Stmt d = stmt(db, SQL_GONE);
    bind_int(&d, site.n);
    bind_int(&d, gone);
    if (!stmt_run(&d, err))
        return false;
    *n = ended;
    return true;
}

// --- tries

static const char SQL_ATTEMPT_ADD[] =
    "INSERT INTO sign_in_attempt (site_id, attempt_id, at, login, ip, mine, known, failed)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";

bool store_attempt_add(Db *db, SiteId site, Attempt *attempt, Err *err)
{
    int64_t id;
    if (!store_number(db, site, S("attempt"), &id, err))
        return false;
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_ATTEMPT_ADD);
    bind_int(&s, site.n);
    bind_int(&s, id);
    bind_int(&s, attempt->at);
    bind_hash(&s, &attempt->login);
    bind_str(&s, attempt->ip);
    bind_int(&s, attempt->mine);
    bind_int(&s, attempt->known);
    bind_int(&s, attempt->failed);
    if (!stmt_run(&s, err))
        return false;
    attempt->id = id;
    return true;
}

static const char SQL_ATTEMPT_RIGHT[] =
    "UPDATE sign_in_attempt SET failed = 0 WHERE site_id = ?1 AND attempt_id = ?2";

bool store_attempt_right(Db *db, SiteId site, int64_t id, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_ATTEMPT_RIGHT);
    bind_int(&s, site.n);
    bind_int(&s, id);
    return stmt_run(&s, err);
}

// Those for the login, and then those from the address that are not among them.
static const char SQL_BY_LOGIN[] =
    "SELECT at, ip, mine, known, failed FROM sign_in_attempt"
    " WHERE site_id = ?1 AND login = ?2 AND at > ?3 ORDER BY at DESC, attempt_id DESC LIMIT ?4";
static const char SQL_BY_IP[] = "SELECT at, ip, mine, known, failed FROM sign_in_attempt"
                                " WHERE site_id = ?1 AND ip = ?2 AND at > ?3 AND login <> ?5"
                                " ORDER BY at DESC, attempt_id DESC LIMIT ?4";

static void read_tries(Stmt *s, Str ip, bool login, Arena *a, SignInTries *out)
{
    while (stmt_row(s)) {
        SignInTry *t = PUSH(a, out);
        t->at = col_int(s);
        t->here = str_eq(col_view(s), ip);
        t->mine = col_int(s) != 0;
        t->known = col_int(s) != 0;
        t->failed = col_int(s) != 0;
        t->login = login;
    }
}

bool store_attempt_list(Db *db, SiteId site, const TokenHash *login, Str ip, int64_t since,
                        Arena *a, SignInTries *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_BY_LOGIN);
    SignInTries tries = {0};
    bind_int(&s, site.n);
    bind_hash(&s, login);
    bind_int(&s, since);
    bind_int(&s, ATTEMPTS_MOST);
    read_tries(&s, ip, true, a, &tries);
    CLEANUP(stmt_end) Stmt i = stmt(db, SQL_BY_IP);
    bind_int(&i, site.n);
    bind_str(&i, ip);
    bind_int(&i, since);
    bind_int(&i, ATTEMPTS_MOST);
    bind_hash(&i, login);
    read_tries(&i, ip, false, a, &tries);
    if (!stmt_ok(&s, err) || !stmt_ok(&i, err))
        return false;
    *out = tries;
    return true;
}

static const char SQL_ATTEMPT_CLEAN[] =
    "DELETE FROM sign_in_attempt WHERE site_id = ?1 AND at < ?2";

bool store_attempt_clean(Db *db, SiteId site, int64_t before, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_ATTEMPT_CLEAN);
    bind_int(&s, site.n);
    bind_int(&s, before);
    return stmt_run(&s, err);
}
