#include "store/audit.h"

static void bind_id(Stmt *s, int64_t n)
{
    n ? bind_int(s, n) : bind_null(s);
}

static const char SQL_LAST[] = "SELECT line_id, at, hash FROM audit_line WHERE site_id = ?1"
                               " ORDER BY line_id DESC LIMIT 1";

static bool last_line(Db *db, SiteId site, AuditLine *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_LAST);
    AuditLine last = {0};
    bind_int(&s, site.n);
    if (stmt_row(&s)) {
        last.id = col_int(&s);
        last.at = col_int(&s);
        Str hash = col_view(&s);
        if (hash.n != sizeof last.hash)
            return fail(err, ERR_SYSTEM, NULL, "操作记录已损坏；请运行 gongkai audit verify",
                        "the audit is damaged; run gongkai audit verify");
        memcpy(last.hash, hash.s, sizeof last.hash);
    }
    if (!stmt_ok(&s, err))
        return false;
    *out = last;
    return true;
}

static const char SQL_ADD[] =
    "INSERT INTO audit_line (site_id, line_id, at, act, person_id, person_name, instead_of,"
    " organ_id, via, ip, session_id, request, noun, noun_id, version, was, became, hash)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)";

static bool insert(Db *db, SiteId site, const AuditLine *line, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_ADD);
    const Actor *who = &line->actor;
    bind_int(&s, site.n);
    bind_int(&s, line->id);
    bind_int(&s, line->at);
    bind_str(&s, line->act);
    bind_id(&s, who->person.n);
    bind_str(&s, who->name);
    bind_id(&s, who->instead_of.n);
    bind_id(&s, line->organ.n);
    bind_str(&s, who->via);
    bind_str(&s, who->ip);
    bind_id(&s, who->session.n);
    bind_str(&s, who->request);
    bind_str(&s, line->noun);
    bind_id(&s, line->noun_id);
    bind_id(&s, line->version);
    bind_str(&s, line->was);
    bind_str(&s, line->became);
    bind_blob(&s, (Str){(const char *)line->hash, sizeof line->hash});
    return stmt_run(&s, err);
}

bool store_audit_add(Db *db, SiteId site, AuditLine *line, Arena scratch, Err *err)
{
    AuditLine last, next = *line;
    if (!last_line(db, site, &last, err))
        return false;
    next.id = last.id + 1;
    next.at = next.at > last.at ? next.at : last.at;
    audit_hash(site, last.hash, &next, scratch, next.hash);
    if (!insert(db, site, &next, err))
        return false;
    *line = next;
    return true;
}

// --- forms that are acted on once

static const char SQL_ONCE_TAKE[] =
    "INSERT INTO form_once (site_id, person_id, once, at, noun) VALUES (?1, ?2, ?3, ?4, '')"
    " ON CONFLICT (site_id, person_id, once) DO NOTHING";

bool store_once_take(Db *db, SiteId site, PersonId person, Str once, int64_t now, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_ONCE_TAKE);
    bind_int(&s, site.n);
    bind_int(&s, person.n);
    bind_str(&s, once);
    bind_int(&s, now);
    if (!stmt_run(&s, err))
        return false;
    return db_changes(db) > 0 || fail(err, ERR_REPEATED, NULL, "这份表单已经提交过，没有重复办理",
                                      "this form has been sent before; it was not acted on again");
}

static const char SQL_ONCE_ABOUT[] = "UPDATE form_once SET noun = ?4, noun_id = ?5"
                                     " WHERE site_id = ?1 AND person_id = ?2 AND once = ?3";

bool store_once_about(Db *db, SiteId site, PersonId person, Str once, Str noun, int64_t noun_id,
                      Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_ONCE_ABOUT);
    bind_int(&s, site.n);
    bind_int(&s, person.n);
    bind_str(&s, once);
    bind_str(&s, noun);
    bind_id(&s, noun_id);
    return stmt_run(&s, err);
}

static const char SQL_ONCE_FIND[] = "SELECT noun, noun_id FROM form_once"
                                    " WHERE site_id = ?1 AND person_id = ?2 AND once = ?3";

bool store_once_find(Db *db, SiteId site, PersonId person, Str once, Arena *a, Str *noun,
                     int64_t *noun_id, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_ONCE_FIND);
    bind_int(&s, site.n);
    bind_int(&s, person.n);
    bind_str(&s, once);
    Str found = S("");
    int64_t id = 0;
    if (stmt_row(&s)) {
        found = col_str(&s, a);
        id = col_int(&s);
    }
    if (!stmt_ok(&s, err))
        return false;
    *noun = found;
    *noun_id = id;
    return true;
}
