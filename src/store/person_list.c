// The half of store/person.h that shows people and posts to whoever may see them.
#include "store/person_row.h"

static const char SQL_GET[] =
    "SELECT " PERSON_COLUMNS " FROM " PERSON_TABLES " WHERE p.site_id = ?1 AND p.person_id = ?4"
    " AND " PERSON_IN_SCOPE("p");

bool store_person_get(Db *db, const Scope *scope, PersonId id, Arena *a, Person *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_GET);
    bind_scope(&s, scope);
    bind_int(&s, id.n);
    if (stmt_row(&s)) {
        *out = person_row(&s, a);
        return true;
    }
    return stmt_ok(&s, err) && no_person(err);
}

// A person has a row for each post; those without any have one.
static const char SQL_LIST[] =
    "WITH found AS (SELECT p.site_id, p.person_id, o.ordinal, p.organ_id, count(*) OVER () "
    "AS total"
    " FROM " PERSON_TABLES " WHERE p.site_id = ?1 AND p.state = ?4 AND " PERSON_IN_SCOPE(
        "p") " AND (?5 = '' OR p.name LIKE ?5 ESCAPE '!' OR p.login LIKE ?5 ESCAPE '!')"
             " AND (?6 = 0 OR p.organ_id = ?6 OR EXISTS (SELECT 1 FROM post q WHERE "
             "q.site_id = ?1"
             " AND q.person_id = p.person_id AND q.organ_id = ?6 AND " POST_ON(
                 "q",
                 "?8") " AND " IN_SCOPE("q.organ_id") "))"
                                                      " AND (?7 = '' OR EXISTS (SELECT 1 FROM post "
                                                      "q WHERE "
                                                      "q.site_id = ?1"
                                                      " AND q.person_id = p.person_id AND q.role = "
                                                      "?7 "
                                                      "AND " POST_ON("q", "?8") " AND " IN_SCOPE(
                                                          "q.organ_id") "))"
                                                                        " ORDER BY o.ordinal, "
                                                                        "p.organ_id, "
                                                                        "p.person_id LIMIT ?9 "
                                                                        "OFFSET ?10)"
                                                                        " SELECT " PERSON_COLUMNS
                                                                        ", f.total, q.organ_id, "
                                                                        "qo.name, q.role"
                                                                        " FROM found f"
                                                                        " JOIN person p ON "
                                                                        "p.site_id = f.site_id "
                                                                        "AND p.person_id = "
                                                                        "f.person_id"
                                                                        " JOIN organ o ON "
                                                                        "o.site_id = p.site_id "
                                                                        "AND o.organ_id = "
                                                                        "p.organ_id"
                                                                        " LEFT JOIN post q ON "
                                                                        "q.site_id = "
                                                                        "p.site_id AND q.person_id "
                                                                        "= p.person_id"
                                                                        " AND " POST_ON(
                                                                            "q",
                                                                            "?8") " AND"
                                                                                  " " IN_SCOPE(
                                                                                      "q.organ_"
                                                                                      "id") " LEF"
                                                                                            "T "
                                                                                            "JOIN"
                                                                                            " org"
                                                                                            "an "
                                                                                            "qo "
                                                                                            "ON "
                                                                                            "qo."
                                                                                            "site"
                                                                                            "_id "
                                                                                            "= "
                                                                                            "q."
                                                                                            "site"
                                                                                            "_id "
                                                                                            "AND "
                                                                                            "qo."
                                                                                            "orga"
                                                                                            "n_"
                                                                                            "id "
                                                                                            "= "
                                                                                            "q."
                                                                                            "orga"
                                                                                            "n_id"
                                                                                            " ORD"
                                                                                            "ER "
                                                                                            "BY "
                                                                                            "f."
                                                                                            "ordi"
                                                                                            "nal,"
                                                                                            " f."
                                                                                            "orga"
                                                                                            "n_"
                                                                                            "id, "
                                                                                            "f."
                                                                                            "pers"
                                                                                            "on_"
                                                                                            "id, "
                                                                                            "q."
                                                                                            "post"
                                                                                            "_id";

static void add_line(Stmt *s, Arena *a, PersonLines *lines, int64_t *total)
{
    Person p = person_row(s, a);
    *total = col_int(s);
    if (!lines->n || lines->v[lines->n - 1].person.id.n != p.id.n)
        *PUSH(a, lines) = (PersonLine){.person = p};
    PersonLine *line = &lines->v[lines->n - 1];
    Post post = {0};
    post.organ.n = col_int(s);
    post.organ_name = col_str(s, a);
    if (role_named(col_view(s), &post.role))
        *PUSH(a, &line->posts) = post;
}

bool store_person_list(Db *db, const Scope *scope, const PersonAsk *ask, Date today, Arena *a,
                       PersonLines *out, int64_t *total, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_LIST);
    bind_scope(&s, scope);
    bind_str(&s, ask->closed ? S("closed") : S("active"));
    bind_str(&s, db_like(a, ask->text));
    bind_int(&s, ask->organ.n);
    bind_str(&s, ask->by_role ? role_defs[ask->role].id : S(""));
    bind_date(&s, today);
    bind_int(&s, ask->limit);
    bind_int(&s, ask->offset);
    PersonLines lines = {0};
    int64_t all = 0;
    while (stmt_row(&s))
        add_line(&s, a, &lines, &all);
    if (!stmt_ok(&s, err))
        return false;
    *out = lines;
    *total = all;
    return true;
}

// An organ and its inner sections are in one another's REACH_ORGAN.
#define NEAR(organ)                                                                                \
    "EXISTS (SELECT 1 FROM organ_under x JOIN organ_under y ON y.site_id = x.site_id"              \
    " AND y.root_id = x.root_id WHERE x.site_id = ?1 AND x.organ_id = ?4 AND x.reach = 1"          \
    " AND y.reach = 1 AND y.organ_id = " organ ")"

static const char SQL_NEAR[] =
    "SELECT " PERSON_COLUMNS " FROM " PERSON_TABLES " WHERE p.site_id = ?1 AND p.state = 'active'"
    " AND " IN_SCOPE("?4") " AND (" NEAR(
        "p.organ_id") " OR EXISTS (SELECT 1 FROM post q WHERE q.site_id = ?1 AND q.person_id = "
                      "p.person_id"
                      " AND q.until_on IS NULL AND " NEAR(
                          "q.organ_id") "))"
                                        " AND " PERSON_IN_SCOPE(
                                            "p") " ORDER BY o.ordinal, p.organ_id, p.person_id";

bool store_person_near(Db *db, const Scope *scope, OrganId organ, Arena *a, People *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_NEAR);
    bind_scope(&s, scope);
    bind_int(&s, organ.n);
    People people = {0};
    while (stmt_row(&s))
        *PUSH(a, &people) = person_row(&s, a);
    if (!stmt_ok(&s, err))
        return false;
    *out = people;
    return true;
}

// --- facts

// A post reaches beyond the scope where its organ, or one below that, is outside, or where it is at
// the organ that runs the site and the scope is not the site.
#define ALL_WITHIN(organ)                                                                          \
    "(?3 = 3 OR (" IN_SCOPE(organ) " AND NOT EXISTS (SELECT 1 FROM organ_under x"                  \
                                   " WHERE x.site_id = ?1 AND x.root_id = " organ                  \
                                   " AND NOT " IN_SCOPE("x.organ_id") ")))"

#define ADMIN_POST(q, day)                                                                         \
    q ".role = 'admin' AND " q ".organ_id = " TOP_ORGAN " AND " q ".until_on IS NULL"              \
      " AND " q ".from_on <= " day

#define BEYOND(organ)                                                                              \
    "NOT (?3 = 3 OR (" organ " <> COALESCE(" TOP_ORGAN ", 0) AND " ALL_WITHIN(organ) "))"

static const char SQL_FACTS[] =
    "SELECT (SELECT count(*) FROM post q WHERE q.site_id = ?1 AND q.person_id = ?4"
    " AND (q.until_on IS NULL OR q.until_on > ?5) AND " BEYOND(
        "q.organ_id") ") + (SELECT count(*) FROM substitution w WHERE w.site_id = ?1 AND "
                      "w.substitute_id = ?4"
                      " AND w.to_on >= ?5 AND (w.ended_on IS NULL OR w.ended_on > ?5) AND " BEYOND(
                          "w.organ_id") ") + (SELECT count(*) FROM person h WHERE h.site_id = ?1 "
                                        "AND h.person_id = ?4"
                                        " AND NOT " IN_SCOPE(
                                            "h.organ_id") "), (SELECT count(*) FROM post q WHERE "
                                                          "q.site_id = ?1 AND q.person_id = ?4"
                                                          " AND " ADMIN_POST(
                                                              "q",
                                                              "?5") "), (SELECT count(DISTINCT "
                                                                    "q.person_id) FROM post q JOIN "
                                                                    "person p ON p.site_id = "
                                                                    "q.site_id"
                                                                    " AND p.person_id = "
                                                                    "q.person_id WHERE q.site_id = "
                                                                    "?1 AND q.person_id <> ?4"
                                                                    " AND p.state = 'active' "
                                                                    "AND " ADMIN_POST("q",
                                                                                      "?5") ")";

bool store_person_facts(Db *db, const Scope *scope, PersonId id, Date today, PersonFacts *out,
                        Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_FACTS);
    bind_scope(&s, scope);
    bind_int(&s, id.n);
    bind_date(&s, today);
    PersonFacts facts = {0};
    if (stmt_row(&s)) {
        facts.beyond = col_int(&s);
        facts.is_admin = col_int(&s) > 0;
        facts.other_admins = col_int(&s);
    }
    if (!stmt_ok(&s, err))
        return false;
    *out = facts;
    return true;
}

static const char SQL_ADMINS[] =
    "SELECT count(DISTINCT q.person_id) FROM post q JOIN person p ON p.site_id = q.site_id"
    " AND p.person_id = q.person_id WHERE q.site_id = ?1 AND p.state = 'active'"
    " AND " ADMIN_POST("q", "?2");

bool store_admin_count(Db *db, SiteId site, Date today, int64_t *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_ADMINS);
    bind_int(&s, site.n);
    bind_date(&s, today);
    int64_t n = stmt_row(&s) ? col_int(&s) : 0;
    if (!stmt_ok(&s, err))
        return false;
    *out = n;
    return true;
}

static const char SQL_POWER[] =
    "SELECT o.name, CASE WHEN o.state = 'active' THEN 1 ELSE 0 END,"
    " CASE WHEN " ALL_WITHIN(
        "?4") " THEN 1 ELSE 0 END,"
              " CASE WHEN o.organ_id = " TOP_ORGAN " THEN 1 ELSE 0 END"
              " FROM organ o WHERE o.site_id = ?1 AND o.organ_id = ?4 AND " IN_SCOPE("o.organ_id");

bool store_organ_power(Db *db, const Scope *scope, OrganId organ, Arena *a, OrganPower *out,
                       Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_POWER);
    bind_scope(&s, scope);
    bind_int(&s, organ.n);
    if (stmt_row(&s)) {
        out->name = col_str(&s, a);
        out->active = col_int(&s) != 0;
        out->within = col_int(&s) != 0;
        out->at_top = col_int(&s) != 0;
        return true;
    }
    return stmt_ok(&s, err) && fail(err, ERR_MISSING, NULL, "没有这个机关", "no such organ");
}

// --- posts

#define POST_COLUMNS "q.post_id, q.person_id, q.organ_id, o.name, q.role, q.from_on, q.until_on"
#define POST_TABLES "post q JOIN organ o ON o.site_id = q.site_id AND o.organ_id = q.organ_id"

static bool post_row(Stmt *s, Arena *a, PostRow *out)
{
    PostRow q = {0};
    q.id = col_int(s);
    q.person.n = col_int(s);
    q.organ.n = col_int(s);
    q.organ_name = col_str(s, a);
    bool known = role_named(col_view(s), &q.role);
    q.from = col_date(s);
    q.until = col_date(s);
    *out = q;
    return known;
}

static const char SQL_POST_LIST[] =
    "SELECT " POST_COLUMNS " FROM " POST_TABLES " WHERE q.site_id = ?1 AND q.person_id = ?4"
    " AND " IN_SCOPE("q.organ_id") " ORDER BY q.post_id DESC";

bool store_post_list(Db *db, const Scope *scope, PersonId person, Arena *a, PostRows *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_POST_LIST);
    bind_scope(&s, scope);
    bind_int(&s, person.n);
    PostRows rows = {0};
    for (PostRow q; stmt_row(&s);)
        if (post_row(&s, a, &q))
            *PUSH(a, &rows) = q;
    if (!stmt_ok(&s, err))
        return false;
    *out = rows;
    return true;
}

static const char SQL_POST_GET[] =
    "SELECT " POST_COLUMNS " FROM " POST_TABLES " WHERE q.site_id = ?1 AND q.post_id = ?4"
    " AND " IN_SCOPE("q.organ_id");

bool store_post_get(Db *db, const Scope *scope, int64_t id, Arena *a, PostRow *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_POST_GET);
    bind_scope(&s, scope);
    bind_int(&s, id);
    if (stmt_row(&s) && post_row(&s, a, out))
        return true;
    return stmt_ok(&s, err) && fail(err, ERR_MISSING, NULL, "没有这个岗位", "no such post");
}
