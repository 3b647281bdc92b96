// The writing half of store/person.h.
#include "store/person_row.h"
#include "store/site.h"

static const char SQL_LOGIN_OF[] = "SELECT person_id FROM person WHERE site_id = ?1 AND login = ?2";

// Asked before writing: an index that refuses ends the transaction, and names no field.
static bool login_free(Db *db, SiteId site, const Person *p, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_LOGIN_OF);
    bind_int(&s, site.n);
    bind_str(&s, p->login);
    int64_t whose = stmt_row(&s) ? col_int(&s) : 0;
    if (!stmt_ok(&s, err))
        return false;
    return !whose || whose == p->id.n ||
           fail(err, ERR_RULE, NULL, "登录名“" PRI_STR "”已经有人使用，请换一个",
                "the login “" PRI_STR "” is taken", STR_ARG(p->login));
}

static const char SQL_ADD[] =
    "INSERT INTO person (site_id, person_id, login, name, phone, email, organ_id, state, password,"
    " must_change, opened_at, closed_why)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'active', '', 0, ?8, '')";

bool store_person_add(Db *db, SiteId site, Person *person, Err *err)
{
    Person p = *person;
    if (!login_free(db, site, &p, err) || !store_number(db, site, S("person"), &p.id.n, err))
        return false;
    p.version = 1;
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_ADD);
    bind_int(&s, site.n);
    bind_int(&s, p.id.n);
    bind_str(&s, p.login);
    bind_str(&s, p.name);
    bind_str(&s, p.phone);
    bind_str(&s, p.email);
    bind_int(&s, p.organ.n);
    bind_int(&s, p.opened_at);
    if (!stmt_run(&s, err))
        return false;
    *person = p;
    return true;
}

static const char SQL_SAVE[] =
    "UPDATE person SET login = ?6, name = ?7, phone = ?8, email = ?9, organ_id = ?10, state = ?11,"
    " closed_at = ?12, closed_why = ?13, version = version + 1"
    " WHERE site_id = ?1 AND person_id = ?4 AND version = ?5 AND " IN_SCOPE("person.organ_id");

bool store_person_save(Db *db, const Scope *scope, Person *person, Err *err)
{
    const Person *p = person;
    if (!login_free(db, scope->site, p, err))
        return false;
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_SAVE);
    bind_scope(&s, scope);
    bind_int(&s, p->id.n);
    bind_int(&s, p->version);
    bind_str(&s, p->login);
    bind_str(&s, p->name);
    bind_str(&s, p->phone);
    bind_str(&s, p->email);
    bind_int(&s, p->organ.n);
    bind_str(&s, p->closed ? S("closed") : S("active"));
    bind_number(&s, p->closed_at);
    bind_str(&s, p->closed_why);
    if (!stmt_run(&s, err))
        return false;
    if (!db_changes(db))
        return fail(err, ERR_BUSY, NULL, "这个人员刚刚被别人改过，请核对后再保存",
                    "somebody else changed this person; look again and save");
    person->version++;
    return true;
}

// --- posts

// Held or to come; lent ones as well.
static const char SQL_HELD[] =
    "SELECT p.organ_id, p.role, CAST(0 AS BIGINT) FROM post p"
    " WHERE p.site_id = ?1 AND p.person_id = ?2 AND (p.until_on IS NULL OR p.until_on > ?3)"
    " UNION"
    " SELECT s.organ_id, r.role, s.person_id FROM substitution s"
    " JOIN substitution_role r ON r.site_id = s.site_id AND r.substitution_id = s.substitution_id"
    " WHERE s.site_id = ?1 AND s.substitute_id = ?2 AND s.to_on >= ?3"
    " AND (s.ended_on IS NULL OR s.ended_on > ?3)"
    " ORDER BY 1, 2, 3";

bool store_post_held(Db *db, SiteId site, PersonId person, Date today, Arena *a, Posts *out,
                     Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_HELD);
    bind_int(&s, site.n);
    bind_int(&s, person.n);
    bind_date(&s, today);
    Posts held = {0};
    while (stmt_row(&s)) {
        Post p = {.organ = {col_int(&s)}};
        if (!role_named(col_view(&s), &p.role))
            continue;
        p.instead_of.n = col_int(&s);
        *PUSH(a, &held) = p;
    }
    if (!stmt_ok(&s, err))
        return false;
    *out = held;
    return true;
}

static const char SQL_POST_ADD[] =
    "INSERT INTO post (site_id, post_id, person_id, organ_id, role, from_on, until_on, given_by)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";

bool store_post_add(Db *db, SiteId site, PostRow *post, PersonId by, Err *err)
{
    PostRow q = *post;
    if (!store_number(db, site, S("post"), &q.id, err))
        return false;
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_POST_ADD);
    bind_int(&s, site.n);
    bind_int(&s, q.id);
    bind_int(&s, q.person.n);
    bind_int(&s, q.organ.n);
    bind_str(&s, role_defs[q.role].id);
    bind_date(&s, q.from);
    bind_date(&s, q.until);
    bind_number(&s, by.n);
    if (!stmt_run(&s, err))
        return false;
    *post = q;
    return true;
}

static const char SQL_POST_END[] =
    "UPDATE post SET until_on = ?5 WHERE site_id = ?1 AND post_id = ?4"
    " AND (until_on IS NULL OR until_on > ?5) AND " IN_SCOPE("post.organ_id");

bool store_post_end(Db *db, const Scope *scope, int64_t id, Date until, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_POST_END);
    bind_scope(&s, scope);
    bind_int(&s, id);
    bind_date(&s, until);
    if (!stmt_run(&s, err))
        return false;
    return db_changes(db) > 0 ||
           fail(err, ERR_BUSY, NULL, "这个岗位已经免去", "this post has been taken already");
}

static const char SQL_POST_END_ALL[] =
    "UPDATE post SET until_on = ?3 WHERE site_id = ?1 AND person_id = ?2"
    " AND (until_on IS NULL OR until_on > ?3)";

bool store_post_end_all(Db *db, SiteId site, PersonId person, Date until, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_POST_END_ALL);
    bind_int(&s, site.n);
    bind_int(&s, person.n);
    bind_date(&s, until);
    return stmt_run(&s, err);
}
