#include "store/substitution.h"

#include "store/person_row.h"
#include "store/site.h"

#define COLUMNS                                                                                    \
    "s.substitution_id, s.person_id, away.name, s.substitute_id, sub.name, s.organ_id, o.name,"    \
    " s.from_on, s.to_on, s.ended_on, s.why, s.set_at, r.role"
#define TABLES                                                                                     \
    "substitution s"                                                                               \
    " JOIN person away ON away.site_id = s.site_id AND away.person_id = s.person_id"               \
    " JOIN person sub ON sub.site_id = s.site_id AND sub.person_id = s.substitute_id"              \
    " JOIN organ o ON o.site_id = s.site_id AND o.organ_id = s.organ_id"                           \
    " JOIN substitution_role r ON r.site_id = s.site_id"                                           \
    " AND r.substitution_id = s.substitution_id"

// A row for each role that is lent, those of one substitution one after the other.
static void add_row(Stmt *s, Arena *a, Substitutions *list)
{
    Substitution x = {0};
    Role role;
    x.id = col_int(s);
    x.away.n = col_int(s);
    x.away_name = col_str(s, a);
    x.substitute.n = col_int(s);
    x.substitute_name = col_str(s, a);
    x.organ.n = col_int(s);
    x.organ_name = col_str(s, a);
    x.from = col_date(s);
    x.to = col_date(s);
    x.ended = col_date(s);
    x.why = col_str(s, a);
    x.set_at = col_int(s);
    bool known = role_named(col_view(s), &role);
    if (!list->n || list->v[list->n - 1].id != x.id)
        *PUSH(a, list) = x;
    if (known)
        list->v[list->n - 1].roles |= 1u << role;
}

static const char SQL_LIST[] =
    "SELECT " COLUMNS " FROM " TABLES " WHERE s.site_id = ?1 AND " IN_SCOPE(
        "s.organ_id") " AND (?4 = 0 OR s.person_id = ?4 OR s.substitute_id = ?4)"
                      " AND (?6 = 1 OR (s.to_on >= ?5 AND (s.ended_on IS NULL OR s.ended_on > ?5)))"
                      " ORDER BY s.substitution_id DESC, r.role LIMIT 2000";

enum { LIST_MAX = 200 };

bool store_substitution_list(Db *db, const Scope *scope, PersonId person, Date today, bool over,
                             Arena *a, Substitutions *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_LIST);
    bind_scope(&s, scope);
    bind_int(&s, person.n);
    bind_date(&s, today);
    bind_int(&s, over);
    Substitutions list = {0};
    while (stmt_row(&s))
        add_row(&s, a, &list);
    if (!stmt_ok(&s, err))
        return false;
    list.n = list.n < LIST_MAX ? list.n : LIST_MAX;
    *out = list;
    return true;
}

static const char SQL_GET[] =
    "SELECT " COLUMNS " FROM " TABLES " WHERE s.site_id = ?1 AND s.substitution_id = ?4"
    " AND " IN_SCOPE("s.organ_id") " ORDER BY r.role";

bool store_substitution_get(Db *db, const Scope *scope, int64_t id, Arena *a, Substitution *out,
                            Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_GET);
    bind_scope(&s, scope);
    bind_int(&s, id);
    Substitutions list = {0};
    while (stmt_row(&s))
        add_row(&s, a, &list);
    if (!stmt_ok(&s, err))
        return false;
    if (!list.n)
        return fail(err, ERR_MISSING, NULL, "没有这次代行", "no such substitution");
    *out = list.v[0];
    return true;
}

static const char SQL_ADD[] =
    "INSERT INTO substitution (site_id, substitution_id, person_id, substitute_id, organ_id,"
    " from_on, to_on, why, set_by, set_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
static const char SQL_ADD_ROLE[] =
    "INSERT INTO substitution_role (site_id, substitution_id, role) VALUES (?1, ?2, ?3)";

static bool add_roles(Db *db, SiteId site, const Substitution *x, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_ADD_ROLE);
    for (int r = 0; r < ROLE__COUNT; r++) {
        if (!(x->roles >> r & 1))
            continue;
        bind_int(&s, site.n);
        bind_int(&s, x->id);
        bind_str(&s, role_defs[r].id);
        if (!stmt_again(&s, err))
            return false;
    }
    return true;
}

bool store_substitution_add(Db *db, SiteId site, Substitution *substitution, PersonId by, Err *err)
{
    Substitution x = *substitution;
    if (!store_number(db, site, S("substitution"), &x.id, err))
        return false;
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_ADD);
    bind_int(&s, site.n);
    bind_int(&s, x.id);
    bind_int(&s, x.away.n);
    bind_int(&s, x.substitute.n);
    bind_int(&s, x.organ.n);
    bind_date(&s, x.from);
    bind_date(&s, x.to);
    bind_str(&s, x.why);
    bind_number(&s, by.n);
    bind_int(&s, x.set_at);
    if (!stmt_run(&s, err) || !add_roles(db, site, &x, err))
        return false;
    *substitution = x;
    return true;
}

static const char SQL_END[] =
    "UPDATE substitution SET ended_on = ?5 WHERE site_id = ?1 AND substitution_id = ?4"
    " AND to_on >= ?5 AND (ended_on IS NULL OR ended_on > ?5) AND " IN_SCOPE(
        "substitution.organ_id");

bool store_substitution_end(Db *db, const Scope *scope, int64_t id, Date on, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_END);
    bind_scope(&s, scope);
    bind_int(&s, id);
    bind_date(&s, on);
    if (!stmt_run(&s, err))
        return false;
    return db_changes(db) > 0 ||
           fail(err, ERR_BUSY, NULL, "这次代行已经结束", "this substitution is over already");
}

static const char SQL_END_ALL[] = "UPDATE substitution SET ended_on = ?3 WHERE site_id = ?1"
                                  " AND (person_id = ?2 OR substitute_id = ?2)"
                                  " AND to_on >= ?3 AND (ended_on IS NULL OR ended_on > ?3)";

bool store_substitution_end_all(Db *db, SiteId site, PersonId person, Date on, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_END_ALL);
    bind_int(&s, site.n);
    bind_int(&s, person.n);
    bind_date(&s, on);
    return stmt_run(&s, err);
}
