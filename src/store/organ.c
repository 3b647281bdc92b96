#include "store/organ_columns.h"

static void bind_id(Stmt *s, OrganId id)
{
    id.n ? bind_int(s, id.n) : bind_null(s);
}

static bool no_organ(Err *err)
{
    return fail(err, ERR_MISSING, NULL, "没有这个机关", "no such organ");
}

// --- rows of the public side

#define ROW_COLUMNS                                                                                \
    "o.organ_id, o.parent_id, o.kind, o.level, o.state, o.slug, o.name, o.ordinal,"                \
    " (SELECT count(*) FROM report r WHERE r.site_id = o.site_id AND r.organ_id = o.organ_id),"    \
    " (SELECT min(r.year) FROM report r WHERE r.site_id = o.site_id AND r.organ_id = o.organ_id)," \
    " (SELECT max(r.year) FROM report r WHERE r.site_id = o.site_id AND r.organ_id = o.organ_id)"

static OrganRow read_row(Stmt *s, Arena *a)
{
    OrganRow o = {0};
    o.id.n = col_int(s);
    o.parent.n = col_int(s);
    o.kind = col_kind(s);
    o.tier = col_tier(s);
    o.state = col_state(s);
    o.slug = col_str(s, a);
    o.name = col_str(s, a);
    o.ordinal = col_int(s);
    o.n_reports = col_int(s);
    o.first_year = col_int(s);
    o.last_year = col_int(s);
    return o;
}

static bool read_rows(Stmt *s, Arena *a, OrganRows *out, Err *err)
{
    OrganRows found = {0};
    while (stmt_row(s))
        *PUSH(a, &found) = read_row(s, a);
    if (!stmt_ok(s, err))
        return false;
    *out = found;
    return true;
}

// All at once, so their reports are counted in one go.
static const char SQL_ROWS[] =
    "SELECT o.organ_id, o.parent_id, o.kind, o.level, o.state, o.slug, o.name, o.ordinal,"
    " coalesce(n.n, 0), n.first_year, n.last_year FROM organ o LEFT JOIN"
    " (SELECT r.organ_id, count(*) AS n, min(r.year) AS first_year, max(r.year) AS last_year"
    " FROM report r WHERE r.site_id = ?1 GROUP BY r.organ_id) n ON n.organ_id = o.organ_id"
    " WHERE o.site_id = ?1 ORDER BY o.ordinal, o.organ_id";

bool store_organ_rows(Db *db, SiteId site, Arena *a, OrganRows *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_ROWS);
    bind_int(&s, site.n);
    return read_rows(&s, a, out, err);
}

static const char SQL_BY_SLUG[] =
    "SELECT " ROW_COLUMNS " FROM organ o WHERE o.site_id = ?1 AND (o.slug = ?2 OR o.organ_id ="
    " (SELECT p.organ_id FROM organ_slug_past p WHERE p.site_id = ?1 AND p.slug = ?2))"
    " ORDER BY CASE WHEN o.slug = ?2 THEN 0 ELSE 1 END, o.organ_id LIMIT 1";

bool store_organ_by_slug(Db *db, SiteId site, Str slug, Arena *a, OrganRow *out, Err *err)
{
    OrganRows found;
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_BY_SLUG);
    bind_int(&s, site.n);
    bind_str(&s, slug);
    if (!read_rows(&s, a, &found, err))
        return false;
    if (!found.n)
        return no_organ(err);
    *out = found.v[0];
    return true;
}

// Who bore it on the day, then the active bearer, else whoever bore it last.
static const char SQL_BY_NAME[] =
    "SELECT " ROW_COLUMNS " FROM organ o JOIN organ_name n ON n.site_id = o.site_id"
    " AND n.organ_id = o.organ_id AND n.kind = 'name' WHERE o.site_id = ?1 AND n.name = ?2"
    " ORDER BY CASE WHEN ?3 = 1 AND (n.from_on IS NULL OR n.from_on <= ?4)"
    " AND (n.until_on IS NULL OR n.until_on > ?4) AND (o.ended_on IS NULL OR o.ended_on > ?4)"
    " THEN 0 ELSE 1 END, CASE WHEN o.name = ?2 AND o.state = 'active' THEN 0 ELSE 1 END,"
    " CASE WHEN n.until_on IS NULL THEN 0 ELSE 1 END, n.until_on DESC, o.organ_id DESC LIMIT 1";

bool store_organ_by_name_on(Db *db, SiteId site, Str name, Date on, Arena *a, OrganRow *out,
                            bool *found, Err *err)
{
    OrganRows rows;
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_BY_NAME);
    bind_int(&s, site.n);
    bind_str(&s, name);
    bind_int(&s, date_is(on));
    bind_int(&s, date_is(on) ? on.days : 0);
    if (!read_rows(&s, a, &rows, err))
        return false;
    if (rows.n)
        *out = rows.v[0];
    *found = rows.n != 0;
    return true;
}

bool store_organ_by_name(Db *db, SiteId site, Str name, Arena *a, OrganRow *out, bool *found,
                         Err *err)
{
    return store_organ_by_name_on(db, site, name, date_none, a, out, found, err);
}

// --- whole organs

#define ORGAN_COLUMNS                                                                              \
    "o.organ_id, o.parent_id, o.kind, o.level, o.state, o.slug, o.name, o.short_name, o.aliases,"  \
    " o.credit_code, o.code, o.division, o.rules, o.normative, o.office, o.address, o.hours,"      \
    " o.phone, o.fax, o.post_code, o.mail, o.review_name, o.review_address, o.review_phone,"       \
    " o.court_name, o.court_address, o.court_phone, o.founded_on, o.ended_on, o.ordinal, "         \
    "o.version"

static void read_texts(Stmt *s, Arena *a, Str *const *texts, size_t n)
{
    for (size_t i = 0; i < n; i++)
        *texts[i] = col_str(s, a);
}

static Organ read_organ(Stmt *s, Arena *a)
{
    Organ o = {0};
    o.id.n = col_int(s);
    o.parent.n = col_int(s);
    o.kind = col_kind(s);
    o.tier = col_tier(s);
    o.state = col_state(s);
    Str *first[] = {&o.slug,        &o.name, &o.short_name, &o.aliases,
                    &o.credit_code, &o.code, &o.division};
    read_texts(s, a, first, sizeof first / sizeof *first);
    o.rules = col_int(s) != 0;
    o.normative = col_int(s) != 0;
    Str *rest[] = {
        &o.office,     &o.address,       &o.hours,       &o.phone,          &o.fax,
        &o.post_code,  &o.mail,          &o.review_name, &o.review_address, &o.review_phone,
        &o.court_name, &o.court_address, &o.court_phone};
    read_texts(s, a, rest, sizeof rest / sizeof *rest);
    o.founded = col_date(s);
    o.ended = col_date(s);
    o.ordinal = col_int(s);
    o.version = col_int(s);
    return o;
}

static const char SQL_GET[] =
    "SELECT " ORGAN_COLUMNS " FROM organ o"
    " WHERE o.site_id = ?1 AND " IN_SCOPE("o.organ_id") " AND o.organ_id = ?4";

bool store_organ_get(Db *db, const Scope *scope, OrganId id, Arena *a, Organ *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_GET);
    bind_scope(&s, scope);
    bind_int(&s, id.n);
    bool has = stmt_row(&s);
    if (has)
        *out = read_organ(&s, a);
    return stmt_ok(&s, err) && (has || no_organ(err));
}

static const char SQL_ALL[] =
    "SELECT " ORGAN_COLUMNS " FROM organ o"
    " WHERE o.site_id = ?1 AND " IN_SCOPE("o.organ_id") " ORDER BY o.ordinal, o.organ_id";

bool store_organ_all(Db *db, const Scope *scope, Arena *a, Organs *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_ALL);
    Organs found = {0};
    bind_scope(&s, scope);
    while (stmt_row(&s))
        *PUSH(a, &found) = read_organ(&s, a);
    if (!stmt_ok(&s, err))
        return false;
    *out = found;
    return true;
}

// --- the other names

static const char SQL_NAME_ADD[] =
    "INSERT INTO organ_name (site_id, organ_id, ordinal, kind, name, name_key, from_on, until_on)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, NULL)";

static bool name_add(Db *db, SiteId site, OrganId id, int64_t ordinal, Str kind, Str name,
                     Date from, Arena scratch, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_NAME_ADD);
    bind_int(&s, site.n);
    bind_int(&s, id.n);
    bind_int(&s, ordinal);
    bind_str(&s, kind);
    bind_str(&s, name);
    bind_str(&s, organ_name_key(&scratch, name));
    bind_date(&s, from);
    return stmt_run(&s, err);
}

static const char SQL_NAMES_CLEAR[] =
    "DELETE FROM organ_name WHERE site_id = ?1 AND organ_id = ?2 AND kind <> 'name'";

enum { OTHER_NAMES = 1000 }; // their ordinals begin here, behind every full name

static bool other_names_write(Db *db, SiteId site, const Organ *o, Arena *a, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_NAMES_CLEAR);
    bind_int(&s, site.n);
    bind_int(&s, o->id.n);
    if (!stmt_run(&s, err))
        return false;
    int64_t n = OTHER_NAMES;
    if (o->short_name.n &&
        !name_add(db, site, o->id, n++, S("short"), o->short_name, date_none, *a, err))
        return false;
    for (Str rest = o->aliases, one; rest.n;) {
        str_cut(rest, S("、"), &one, &rest);
        one = str_trim(one);
        if (one.n && !name_add(db, site, o->id, n++, S("alias"), one, date_none, *a, err))
            return false;
    }
    return true;
}

static const char SQL_NAME_ENDS[] =
    "UPDATE organ_name SET until_on = ?3 WHERE site_id = ?1 AND organ_id = ?2 AND kind = 'name'"
    " AND until_on IS NULL";
static const char SQL_NAME_NEXT[] =
    "SELECT CAST(count(*) AS BIGINT) FROM organ_name WHERE site_id = ?1 AND organ_id = ?2"
    " AND kind = 'name'";

bool store_organ_name_add(Db *db, SiteId site, OrganId id, Str name, Date on, Err *err)
{
    CLEANUP(stmt_end) Stmt ends = stmt(db, SQL_NAME_ENDS);
    bind_int(&ends, site.n);
    bind_int(&ends, id.n);
    bind_date(&ends, on);
    if (!stmt_run(&ends, err))
        return false;
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_NAME_NEXT);
    bind_int(&s, site.n);
    bind_int(&s, id.n);
    int64_t n = stmt_row(&s) ? col_int(&s) : 0;
    CLEANUP(arena_end) Arena scratch = arena_new(1 << 20);
    return stmt_ok(&s, err) && name_add(db, site, id, n + 1, S("name"), name, on, scratch, err);
}

static const char SQL_NAMES[] = "SELECT organ_id, kind, name, from_on, until_on FROM organ_name"
                                " WHERE site_id = ?1 AND organ_id = ?2 ORDER BY ordinal";

bool store_organ_names(Db *db, SiteId site, OrganId id, Arena *a, OrganNames *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_NAMES);
    OrganNames found = {0};
    bind_int(&s, site.n);
    bind_int(&s, id.n);
    while (stmt_row(&s)) {
        OrganName *n = PUSH(a, &found);
        n->organ.n = col_int(&s);
        n->kind = col_str(&s, a);
        n->name = col_str(&s, a);
        n->from = col_date(&s);
        n->until = col_date(&s);
    }
    if (!stmt_ok(&s, err))
        return false;
    *out = found;
    return true;
}

// --- writing

static void bind_fields(Stmt *s, const Organ *o)
{
    bind_id(s, o->parent);
    bind_str(s, organ_kinds[o->kind].id);
    bind_str(s, organ_tiers[o->tier].id);
    bind_str(s, organ_states[o->state].id);
    const Str first[] = {o->slug,        o->name, o->short_name, o->aliases,
                         o->credit_code, o->code, o->division};
    for (size_t i = 0; i < sizeof first / sizeof *first; i++)
        bind_str(s, first[i]);
    bind_int(s, o->rules);
    bind_int(s, o->normative);
    const Str rest[] = {
        o->office,     o->address,       o->hours,       o->phone,          o->fax,
        o->post_code,  o->mail,          o->review_name, o->review_address, o->review_phone,
        o->court_name, o->court_address, o->court_phone};
    for (size_t i = 0; i < sizeof rest / sizeof *rest; i++)
        bind_str(s, rest[i]);
    bind_date(s, o->founded);
    bind_date(s, o->ended);
    bind_int(s, o->ordinal);
}

static const char SQL_ADD[] =
    "INSERT INTO organ (site_id, organ_id, parent_id, kind, level, state, slug, name, short_name,"
    " aliases, credit_code, code, division, rules, normative, office, address, hours, phone, fax,"
    " post_code, mail, review_name, review_address, review_phone, court_name, court_address,"
    " court_phone, founded_on, ended_on, ordinal)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19,"
    " ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31)";

static bool insert(Db *db, SiteId site, const Organ *o, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_ADD);
    bind_int(&s, site.n);
    bind_int(&s, o->id.n);
    bind_fields(&s, o);
    return stmt_run(&s, err);
}

// A new organ has nothing below it: it stands under itself, and under all that its parent stands
// under.
static const char SQL_UNDER_SELF[] =
    "INSERT INTO organ_under (site_id, root_id, organ_id, reach) VALUES (?1, ?2, ?2, 1)";
static const char SQL_UNDER_LEAF[] =
    "INSERT INTO organ_under (site_id, root_id, organ_id, reach)"
    " SELECT u.site_id, u.root_id, ?2, CASE WHEN u.reach = 1 AND ?4 = 1 THEN 1 ELSE 2 END"
    " FROM organ_under u WHERE u.site_id = ?1 AND u.organ_id = ?3";

static bool under_leaf(Db *db, SiteId site, const Organ *o, Err *err)
{
    CLEANUP(stmt_end) Stmt self = stmt(db, SQL_UNDER_SELF);
    bind_int(&self, site.n);
    bind_int(&self, o->id.n);
    CLEANUP(stmt_end) Stmt leaf = stmt(db, SQL_UNDER_LEAF);
    bind_int(&leaf, site.n);
    bind_int(&leaf, o->id.n);
    bind_int(&leaf, o->parent.n);
    bind_int(&leaf, o->kind == ORGANKIND_SECTION);
    return stmt_run(&self, err) && (!o->parent.n || stmt_run(&leaf, err));
}

bool store_organ_add(Db *db, SiteId site, Organ *organ, Arena *a, Err *err)
{
    Organ o = *organ;
    if (!store_number(db, site, S("organ"), &o.id.n, err))
        return false;
    if (!o.slug.n)
        o.slug = str_fmt(a, "organ-%lld", (long long)o.id.n);
    if (!o.ordinal)
        o.ordinal = o.id.n;
    o.version = 1;
    if (!insert(db, site, &o, err) ||
        !name_add(db, site, o.id, 1, S("name"), o.name, o.founded, *a, err) ||
        !other_names_write(db, site, &o, a, err) || !under_leaf(db, site, &o, err))
        return false;
    *organ = o;
    return true;
}

static const char SQL_SAVE[] =
    "UPDATE organ SET parent_id = ?6, kind = ?7, level = ?8, state = ?9, slug = ?10, name = ?11,"
    " short_name = ?12, aliases = ?13, credit_code = ?14, code = ?15, division = ?16, rules = ?17,"
    " normative = ?18, office = ?19, address = ?20, hours = ?21, phone = ?22, fax = ?23,"
    " post_code = ?24, mail = ?25, review_name = ?26, review_address = ?27, review_phone = ?28,"
    " court_name = ?29, court_address = ?30, court_phone = ?31, founded_on = ?32, ended_on = ?33,"
    " ordinal = ?34, version = version + 1"
    " WHERE site_id = ?1 AND organ_id = ?4 AND version = ?5 AND " IN_SCOPE("organ.organ_id");

static const char SQL_SLUG_PAST[] =
    "INSERT INTO organ_slug_past (site_id, slug, organ_id)"
    " SELECT o.site_id, o.slug, o.organ_id FROM organ o"
    " WHERE o.site_id = ?1 AND o.organ_id = ?2 AND o.slug <> ?3"
    " ON CONFLICT (site_id, slug) DO UPDATE SET organ_id = excluded.organ_id";
static const char SQL_SLUG_BACK[] = "DELETE FROM organ_slug_past WHERE site_id = ?1 AND slug = ?2";

static bool slug_keep(Db *db, SiteId site, const Organ *o, Err *err)
{
    CLEANUP(stmt_end) Stmt past = stmt(db, SQL_SLUG_PAST);
    bind_int(&past, site.n);
    bind_int(&past, o->id.n);
    bind_str(&past, o->slug);
    CLEANUP(stmt_end) Stmt back = stmt(db, SQL_SLUG_BACK);
    bind_int(&back, site.n);
    bind_str(&back, o->slug);
    return stmt_run(&past, err) && stmt_run(&back, err);
}

static bool update(Db *db, const Scope *scope, const Organ *o, Arena *a, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_SAVE);
    bind_scope(&s, scope);
    bind_int(&s, o->id.n);
    bind_int(&s, o->version);
    bind_fields(&s, o);
    if (!stmt_run(&s, err))
        return false;
    if (db_changes(db) == 1)
        return true;
    Organ now;
    return store_organ_get(db, scope, o->id, a, &now, err) &&
           fail(err, ERR_BUSY, NULL, "您打开这一页以后，别人改过这个机关；请看过现在的内容再保存",
                "somebody else has changed the organ meanwhile");
}

bool store_organ_save(Db *db, const Scope *scope, Organ *organ, Arena *a, Err *err)
{
    SiteId site = scope->site;
    if (!slug_keep(db, site, organ, err) || !update(db, scope, organ, a, err) ||
        !other_names_write(db, site, organ, a, err))
        return false;
    organ->version++;
    return true;
}

// --- questions

static bool ask_int(Stmt *s, int64_t *out, Err *err)
{
    int64_t n = stmt_row(s) ? col_int(s) : 0;
    if (!stmt_ok(s, err))
        return false;
    *out = n;
    return true;
}

static bool taken(Db *db, const char *sql, SiteId site, Str text, OrganId but, bool *out, Err *err)
{
    int64_t n;
    CLEANUP(stmt_end) Stmt s = stmt(db, sql);
    bind_int(&s, site.n);
    bind_str(&s, text);
    bind_int(&s, but.n);
    if (!ask_int(&s, &n, err))
        return false;
    *out = n > 0;
    return true;
}

static const char SQL_SLUG_TAKEN[] =
    "SELECT (SELECT count(*) FROM organ WHERE site_id = ?1 AND slug = ?2 AND organ_id <> ?3)"
    " + (SELECT count(*) FROM organ_slug_past WHERE site_id = ?1 AND slug = ?2 AND organ_id <> ?3)";

bool store_organ_slug_taken(Db *db, SiteId site, Str slug, OrganId but, bool *out, Err *err)
{
    return taken(db, SQL_SLUG_TAKEN, site, slug, but, out, err);
}

static const char SQL_NAME_TAKEN[] = "SELECT count(*) FROM organ WHERE site_id = ?1 AND name = ?2"
                                     " AND state = 'active' AND organ_id <> ?3";

bool store_organ_name_taken(Db *db, SiteId site, Str name, OrganId but, bool *out, Err *err)
{
    return taken(db, SQL_NAME_TAKEN, site, name, but, out, err);
}

static const char SQL_CREDIT_TAKEN[] =
    "SELECT count(*) FROM organ WHERE site_id = ?1 AND credit_code = ?2 AND state = 'active'"
    " AND organ_id <> ?3";

bool store_organ_credit_taken(Db *db, SiteId site, Str credit, OrganId but, bool *out, Err *err)
{
    return taken(db, SQL_CREDIT_TAKEN, site, credit, but, out, err);
}

static const char SQL_CHILDREN[] =
    "SELECT count(*) FROM organ WHERE site_id = ?1 AND parent_id = ?2"
    " AND state = 'active'";

bool store_organ_children(Db *db, SiteId site, OrganId id, int64_t *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_CHILDREN);
    bind_int(&s, site.n);
    bind_int(&s, id.n);
    return ask_int(&s, out, err);
}

static const char SQL_PEOPLE[] = "SELECT CAST(count(DISTINCT person_id) AS BIGINT) FROM post"
                                 " WHERE site_id = ?1 AND organ_id = ?2 AND until_on IS NULL";

bool store_organ_people(Db *db, SiteId site, OrganId id, int64_t *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_PEOPLE);
    bind_int(&s, site.n);
    bind_int(&s, id.n);
    return ask_int(&s, out, err);
}

static const char SQL_ADOPT[] = "UPDATE organ SET parent_id = ?3, version = version + 1"
                                " WHERE site_id = ?1 AND parent_id = ?2 AND state = 'active'";

bool store_organ_adopt(Db *db, SiteId site, OrganId from, OrganId to, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_ADOPT);
    bind_int(&s, site.n);
    bind_int(&s, from.n);
    bind_id(&s, to);
    return stmt_run(&s, err);
}
