// The half of store/person.h that signing in asks, without a scope.
#include "store/person.h"

#include "store/person_row.h"

const Str identity_ids[IDENTITY__COUNT] = {
    [IDENTITY_OIDC] = SI("oidc"), [IDENTITY_LDAP] = SI("ldap")};

Person person_row(Stmt *s, Arena *a)
{
    Person p = {0};
    p.id.n = col_int(s);
    p.login = col_str(s, a);
    p.name = col_str(s, a);
    p.phone = col_str(s, a);
    p.email = col_str(s, a);
    p.organ.n = col_int(s);
    p.organ_name = col_str(s, a);
    p.closed = str_eq(col_view(s), S("closed"));
    p.opened_at = col_int(s);
    p.closed_at = col_int(s);
    p.closed_why = col_str(s, a);
    p.version = col_int(s);
    return p;
}

bool no_person(Err *err)
{
    return fail(err, ERR_MISSING, NULL, "没有这个人员", "no such person");
}

static Str lower(Arena *a, Str s)
{
    char *low = NEW(a, char, s.n);
    for (size_t i = 0; i < s.n; i++)
        low[i] = (char)(s.s[i] >= 'A' && s.s[i] <= 'Z' ? s.s[i] + 32 : s.s[i]);
    return (Str){low, s.n};
}

static const char SQL_BY_LOGIN[] =
    "SELECT " PERSON_COLUMNS " FROM " PERSON_TABLES " WHERE p.site_id = ?1 AND p.login = ?2";

bool store_person_by_login(Db *db, SiteId site, Str login, Arena *a, Person *out, bool *found,
                           Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_BY_LOGIN);
    bind_int(&s, site.n);
    bind_str(&s, lower(a, login));
    Person p = {0};
    bool has = stmt_row(&s);
    if (has)
        p = person_row(&s, a);
    if (!stmt_ok(&s, err))
        return false;
    if (has)
        *out = p;
    *found = has;
    return true;
}

static const char SQL_ANY[] =
    "SELECT " PERSON_COLUMNS " FROM " PERSON_TABLES " WHERE p.site_id = ?1 AND p.person_id = ?2";

bool store_person_any(Db *db, SiteId site, PersonId id, Arena *a, Person *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_ANY);
    bind_int(&s, site.n);
    bind_int(&s, id.n);
    if (stmt_row(&s)) {
        *out = person_row(&s, a);
        return true;
    }
    return stmt_ok(&s, err) && no_person(err);
}

// --- secrets

static const char SQL_SECRET[] = "SELECT password, password_set_at, password_until, must_change"
                                 " FROM person WHERE site_id = ?1 AND person_id = ?2";

bool store_person_secret(Db *db, SiteId site, PersonId id, Arena *a, PersonSecret *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_SECRET);
    bind_int(&s, site.n);
    bind_int(&s, id.n);
    if (stmt_row(&s)) {
        *out = (PersonSecret){0};
        out->password = col_str(&s, a);
        out->set_at = col_int(&s);
        out->until = col_int(&s);
        out->must_change = col_int(&s) != 0;
        return true;
    }
    return stmt_ok(&s, err) && no_person(err);
}

static const char SQL_SECRET_SAVE[] =
    "UPDATE person SET password = ?3, password_set_at = ?4, password_until = ?5, must_change = ?6"
    " WHERE site_id = ?1 AND person_id = ?2";

bool store_person_secret_save(Db *db, SiteId site, PersonId id, const PersonSecret *secret,
                              Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_SECRET_SAVE);
    bind_int(&s, site.n);
    bind_int(&s, id.n);
    bind_str(&s, secret->password);
    bind_number(&s, secret->set_at);
    bind_number(&s, secret->until);
    bind_int(&s, secret->must_change);
    if (!stmt_run(&s, err))
        return false;
    return db_changes(db) > 0 || no_person(err);
}

// --- posts in force

// UNION drops what several substitutions lend twice.
static const char SQL_POSTS[] =
    "SELECT p.organ_id, o.name, p.role, CAST(0 AS BIGINT), CAST('' AS TEXT)"
    " FROM post p"
    " JOIN organ o ON o.site_id = p.site_id AND o.organ_id = p.organ_id AND o.state = 'active'"
    " WHERE p.site_id = ?1 AND p.person_id = ?2 AND " POST_ON(
        "p", "?3") " UNION"
                   " SELECT p.organ_id, o.name, p.role, p.person_id, away.name"
                   " FROM substitution s"
                   " JOIN substitution_role r ON r.site_id = s.site_id AND r.substitution_id = "
                   "s.substitution_id"
                   " JOIN post p ON p.site_id = s.site_id AND p.person_id = s.person_id"
                   " AND p.organ_id = s.organ_id AND p.role = r.role"
                   " JOIN person away ON away.site_id = s.site_id AND away.person_id = s.person_id"
                   " JOIN organ o ON o.site_id = p.site_id AND o.organ_id = p.organ_id"
                   " WHERE s.site_id = ?1 AND s.substitute_id = ?2 AND " SUBSTITUTION_ON(
                       "s", "?3") " AND " POST_ON("p", "?3") " ORDER BY 4, 1, 3";

bool store_person_posts(Db *db, SiteId site, PersonId id, Date today, Arena *a, Posts *out,
                        Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_POSTS);
    bind_int(&s, site.n);
    bind_int(&s, id.n);
    bind_date(&s, today);
    Posts found = {0};
    while (stmt_row(&s)) {
        Post p = {0};
        p.organ.n = col_int(&s);
        p.organ_name = col_str(&s, a);
        if (!role_named(col_view(&s), &p.role))
            continue; // a role of a newer program gives no power in this one
        p.instead_of.n = col_int(&s);
        p.instead_of_name = col_str(&s, a);
        *PUSH(a, &found) = p;
    }
    if (!stmt_ok(&s, err))
        return false;
    *out = found;
    return true;
}

// --- accounts elsewhere

static const char SQL_IDENTIFIED[] = "SELECT person_id FROM person_identity"
                                     " WHERE site_id = ?1 AND kind = ?2 AND issuer = ?3"
                                     " AND subject = ?4";

static void bind_identity(Stmt *s, SiteId site, const Identity *identity)
{
    bind_int(s, site.n);
    bind_str(s, identity_ids[identity->kind]);
    bind_str(s, identity->issuer);
    bind_str(s, identity->subject);
}

bool store_person_identified(Db *db, SiteId site, const Identity *identity, PersonId *out,
                             bool *found, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_IDENTIFIED);
    bind_identity(&s, site, identity);
    bool has = stmt_row(&s);
    PersonId id = {has ? col_int(&s) : 0};
    if (!stmt_ok(&s, err))
        return false;
    *out = id;
    *found = has;
    return true;
}

static const char SQL_LINK[] =
    "INSERT INTO person_identity (site_id, kind, issuer, subject, person_id, linked_at)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (site_id, kind, issuer, subject) DO NOTHING";

bool store_person_link(Db *db, SiteId site, PersonId id, const Identity *identity, int64_t now,
                       Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_LINK);
    bind_identity(&s, site, identity);
    bind_int(&s, id.n);
    bind_int(&s, now);
    PersonId whose = id;
    bool found;
    if (!stmt_run(&s, err) || !store_person_identified(db, site, identity, &whose, &found, err))
        return false;
    return whose.n == id.n ||
           fail(err, ERR_RULE, NULL, "这个外部账号已经绑定了另一个人员，请先解除",
                "this account elsewhere signs in as another person; unlink it first");
}

static const char SQL_IDENTITIES[] = "SELECT kind, issuer, subject FROM person_identity"
                                     " WHERE site_id = ?1 AND person_id = ?2"
                                     " ORDER BY linked_at, kind, issuer, subject";

bool store_person_identities(Db *db, SiteId site, PersonId id, Arena *a, Identities *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_IDENTITIES);
    Identities list = {0};
    bind_int(&s, site.n);
    bind_int(&s, id.n);
    while (stmt_row(&s)) {
        Identity *one = PUSH(a, &list);
        one->kind =
            str_eq(col_view(&s), identity_ids[IDENTITY_LDAP]) ? IDENTITY_LDAP : IDENTITY_OIDC;
        one->issuer = col_str(&s, a);
        one->subject = col_str(&s, a);
    }
    if (!stmt_ok(&s, err))
        return false;
    *out = list;
    return true;
}

static const char SQL_UNLINK[] = "DELETE FROM person_identity WHERE site_id = ?1 AND kind = ?2"
                                 " AND issuer = ?3 AND subject = ?4 AND person_id = ?5";

bool store_person_unlink(Db *db, SiteId site, PersonId id, const Identity *identity, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_UNLINK);
    bind_identity(&s, site, identity);
    bind_int(&s, id.n);
    if (!stmt_run(&s, err))
        return false;
    return db_changes(db) > 0 || fail(err, ERR_MISSING, NULL, "没有关联这个外部账号",
                                      "this account elsewhere is not linked to the person");
}
