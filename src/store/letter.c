#include "store/letter.h"

#define LETTER_HEAD                                                                                \
    "l.letter_id, l.noun, l.noun_id, l.organ_id, coalesce(r.code, c.code, ''),"                    \
    " coalesce(r.title, c.record, ''), l.kind, l.state, l.year, l.number, l.code, l.title,"        \
    " l.addressee, l.organ_name, l.head, l.address, l.postcode, l.template_version, l.on_day,"     \
    " l.person_id, l.person_name, l.created_at, l.void_at, l.void_by, l.void_reason"
#define LETTER_FROM                                                                                \
    " FROM letter l"                                                                               \
    " LEFT JOIN request r ON l.noun = 'request' AND r.site_id = l.site_id"                         \
    " AND r.request_id = l.noun_id"                                                                \
    " LEFT JOIN correction c ON l.noun = 'correction' AND c.site_id = l.site_id"                   \
    " AND c.correction_id = l.noun_id"

LetterOwner letter_owner_request(const InfoRequest *r)
{
    return (LetterOwner){OWNER_REQUEST, r->id.n, r->organ, r->code, r->title};
}

static LetterOf owner_kind(Str noun)
{
    return str_eq(noun, letter_of_nouns[OWNER_CORRECTION]) ? OWNER_CORRECTION : OWNER_REQUEST;
}

static Letter letter_row(Stmt *s, Arena *a)
{
    Letter l = {0};
    l.id.n = col_int(s);
    l.owner.kind = owner_kind(col_view(s));
    l.owner.id = col_int(s);
    l.owner.organ.n = col_int(s);
    l.owner.code = col_str(s, a);
    l.owner.title = col_str(s, a);
    letter_named(col_view(s), &l.kind);
    l.is_void = str_eq(col_view(s), S("void"));
    l.year = (int)col_int(s);
    l.number = col_int(s);
    l.code = col_str(s, a);
    l.title = col_str(s, a);
    l.addressee = col_str(s, a);
    l.organ_name = col_str(s, a);
    l.head = col_str(s, a);
    l.address = col_str(s, a);
    l.postcode = col_str(s, a);
    l.template_version = col_int(s);
    l.on = col_date(s);
    l.person.n = col_int(s);
    l.person_name = col_str(s, a);
    l.created_at = col_int(s);
    l.void_at = col_int(s);
    l.void_by = col_str(s, a);
    l.void_reason = col_str(s, a);
    return l;
}

static const char SQL_GET[] =
    "SELECT " LETTER_HEAD ", l.body" LETTER_FROM " WHERE l.site_id = ?1 AND l.letter_id = ?4"
    " AND " IN_SCOPE("l.organ_id");

bool store_letter_get(Db *db, const Scope *scope, LetterId id, Arena *a, Letter *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_GET);
    bind_scope(&s, scope);
    bind_int(&s, id.n);
    if (stmt_row(&s)) {
        *out = letter_row(&s, a);
        out->body = col_str(&s, a);
        return true;
    }
    return stmt_ok(&s, err) && fail(err, ERR_MISSING, NULL, "没有这份文书", "no such letter");
}

static bool collect(Stmt *s, Arena *a, Letters *out, Err *err)
{
    Letters found = {0};
    while (stmt_row(s))
        *PUSH(a, &found) = letter_row(s, a);
    if (!stmt_ok(s, err))
        return false;
    *out = found;
    return true;
}

static const char SQL_OF[] =
    "SELECT " LETTER_HEAD LETTER_FROM " WHERE l.site_id = ?1 AND l.noun = ?4 AND l.noun_id = ?5"
    " AND " IN_SCOPE("l.organ_id") " ORDER BY l.letter_id";

bool store_letter_of(Db *db, const Scope *scope, LetterOwner owner, Arena *a, Letters *out,
                     Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_OF);
    bind_scope(&s, scope);
    bind_str(&s, letter_of_nouns[owner.kind]);
    bind_int(&s, owner.id);
    return collect(&s, a, out, err);
}

// instr is not of both engines; LIKE with a pattern is, and the words are escaped.
static const char SQL_LIST[] =
    "SELECT " LETTER_HEAD LETTER_FROM " WHERE l.site_id = ?1 AND l.letter_id < ?4"
    " AND (?5 = '' OR l.kind = ?5) AND l.on_day >= ?6 AND l.on_day <= ?7"
    " AND (?8 = 0 OR l.organ_id = ?8)"
    " AND (?9 = '' OR l.code LIKE ?9 ESCAPE '!' OR l.addressee LIKE ?9 ESCAPE '!'"
    " OR coalesce(r.code, c.code) LIKE ?9 ESCAPE '!'"
    " OR coalesce(r.title, c.record) LIKE ?9 ESCAPE '!')"
    " AND " IN_SCOPE("l.organ_id") " ORDER BY l.letter_id DESC LIMIT ?10";

bool store_letter_list(Db *db, const Scope *scope, const LetterAsk *ask, Arena *a, Letters *out,
                       Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_LIST);
    bind_scope(&s, scope);
    bind_int(&s, ask->before.n ? ask->before.n : INT64_MAX);
    bind_str(&s, ask->kind);
    bind_int(&s, date_is(ask->from) ? ask->from.days : INT32_MIN);
    bind_int(&s, date_is(ask->to) ? ask->to.days : INT32_MAX);
    bind_int(&s, ask->organ.n);
    bind_str(&s, db_like(a, ask->text));
    bind_int(&s, ask->limit <= 0 ? 50 : ask->limit > 200 ? 200 : ask->limit);
    return collect(&s, a, out, err);
}

static const char SQL_NUMBER[] = "SELECT coalesce(max(number), 0) + 1 FROM letter"
                                 " WHERE site_id = ?1 AND organ_id = ?2 AND year = ?3";

// Writers come one after the other (db.h), so that nobody else gets the same one, and a number
// whose act fails is given again.
static bool number_next(Db *db, SiteId site, const Letter *l, int64_t *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_NUMBER);
    bind_int(&s, site.n);
    bind_int(&s, l->owner.organ.n);
    bind_int(&s, l->year);
    int64_t n = stmt_row(&s) ? col_int(&s) : 0;
    if (!stmt_ok(&s, err))
        return false;
    *out = n;
    return true;
}

static const char SQL_ADD[] =
    "INSERT INTO letter (site_id, letter_id, noun, noun_id, organ_id, kind, state, year, number,"
    " code, title, addressee, body, organ_name, head, address, postcode, template_version, on_day,"
    " person_id, person_name, created_at)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'issued', ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17,"
    " ?18, ?19, ?20, ?21)";

bool store_letter_add(Db *db, SiteId site, Str prefix, Letter *letter, Arena *a, Err *err)
{
    Letter l = *letter;
    l.year = date_year(l.on);
    if (!store_number(db, site, S("letter"), &l.id.n, err) ||
        !number_next(db, site, &l, &l.number, err))
        return false;
    l.code = str_fmt(a, PRI_STR "〔%d〕%lld号", STR_ARG(prefix), l.year, (long long)l.number);
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_ADD);
    bind_int(&s, site.n);
    bind_int(&s, l.id.n);
    bind_str(&s, letter_of_nouns[l.owner.kind]);
    bind_int(&s, l.owner.id);
    bind_int(&s, l.owner.organ.n);
    bind_str(&s, letter_defs[l.kind].id);
    bind_int(&s, l.year);
    bind_int(&s, l.number);
    bind_str(&s, l.code);
    bind_str(&s, l.title);
    bind_str(&s, l.addressee);
    bind_str(&s, l.body);
    bind_str(&s, l.organ_name);
    bind_str(&s, l.head);
    bind_str(&s, l.address);
    bind_str(&s, l.postcode);
    bind_int(&s, l.template_version);
    bind_date(&s, l.on);
    l.person.n ? bind_int(&s, l.person.n) : bind_null(&s);
    bind_str(&s, l.person_name);
    bind_int(&s, l.created_at);
    if (!stmt_again(&s, err))
        return false;
    *letter = l;
    return true;
}

static const char SQL_VOID[] = "UPDATE letter SET state = 'void', void_at = ?5, void_by = ?6,"
                               " void_reason = ?7 WHERE site_id = ?1 AND letter_id = ?4"
                               " AND state = 'issued' AND " IN_SCOPE("letter.organ_id");

bool store_letter_void(Db *db, const Scope *scope, LetterId id, Str by, Str reason, int64_t now,
                       Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_VOID);
    bind_scope(&s, scope);
    bind_int(&s, id.n);
    bind_int(&s, now);
    bind_str(&s, by);
    bind_str(&s, reason);
    if (!stmt_run(&s, err))
        return false;
    return db_changes(db) || fail(err, ERR_RULE, NULL, "这份文书已经作废，或者不在权限范围内",
                                  "the letter is void already, or not yours");
}

static const char SQL_FORGET[] =
    "UPDATE letter SET body = '', addressee = '', address = '', postcode = '', void_reason = ''"
    " WHERE site_id = ?1 AND (noun = 'request' AND noun_id = ?2 OR noun = 'correction'"
    " AND noun_id IN (SELECT c.correction_id FROM correction c WHERE c.site_id = ?1"
    " AND c.request_id = ?2 AND c.outcome <> ''))";

bool store_letter_forget(Db *db, SiteId site, RequestId request, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_FORGET);
    bind_int(&s, site.n);
    bind_int(&s, request.n);
    return stmt_run(&s, err);
}

// --- wording

#define TEMPLATE_COLUMNS                                                                           \
    "t.kind, t.version, t.body, t.person_id, t.person_name, t.created_at FROM letter_template t"

static LetterTemplate template_row(Stmt *s, Arena *a)
{
    LetterTemplate t = {0};
    letter_named(col_view(s), &t.kind);
    t.version = col_int(s);
    t.body = col_str(s, a);
    t.person.n = col_int(s);
    t.person_name = col_str(s, a);
    t.created_at = col_int(s);
    return t;
}

static bool templates(Stmt *s, Arena *a, LetterTemplates *out, Err *err)
{
    LetterTemplates found = {0};
    while (stmt_row(s))
        *PUSH(a, &found) = template_row(s, a);
    if (!stmt_ok(s, err))
        return false;
    *out = found;
    return true;
}

static const char SQL_TEMPLATE[] =
    "SELECT " TEMPLATE_COLUMNS " WHERE t.site_id = ?1 AND t.kind = ?2"
    " ORDER BY t.version DESC LIMIT 1";

bool store_letter_template(Db *db, SiteId site, LetterKind kind, Arena *a, LetterTemplate *out,
                           Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_TEMPLATE);
    LetterTemplate t = {.kind = kind};
    bind_int(&s, site.n);
    bind_str(&s, letter_defs[kind].id);
    if (stmt_row(&s))
        t = template_row(&s, a);
    if (!stmt_ok(&s, err))
        return false;
    *out = t;
    return true;
}

static const char SQL_VERSIONS[] =
    "SELECT " TEMPLATE_COLUMNS " WHERE t.site_id = ?1 AND t.kind = ?2 ORDER BY t.version DESC";

bool store_letter_template_versions(Db *db, SiteId site, LetterKind kind, Arena *a,
                                    LetterTemplates *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_VERSIONS);
    bind_int(&s, site.n);
    bind_str(&s, letter_defs[kind].id);
    return templates(&s, a, out, err);
}

static const char SQL_TEMPLATES[] =
    "SELECT " TEMPLATE_COLUMNS " WHERE t.site_id = ?1 AND t.version = (SELECT max(n.version)"
    " FROM letter_template n WHERE n.site_id = ?1 AND n.kind = t.kind) ORDER BY t.kind";

bool store_letter_templates(Db *db, SiteId site, Arena *a, LetterTemplates *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_TEMPLATES);
    bind_int(&s, site.n);
    return templates(&s, a, out, err);
}

static const char SQL_TEMPLATE_ADD[] =
    "INSERT INTO letter_template (site_id, kind, version, body, person_id, person_name, created_at)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (site_id, kind, version) DO NOTHING";

bool store_letter_template_add(Db *db, SiteId site, LetterTemplate *next, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_TEMPLATE_ADD);
    bind_int(&s, site.n);
    bind_str(&s, letter_defs[next->kind].id);
    bind_int(&s, next->version + 1);
    bind_str(&s, next->body);
    next->person.n ? bind_int(&s, next->person.n) : bind_null(&s);
    bind_str(&s, next->person_name);
    bind_int(&s, next->created_at);
    if (!stmt_run(&s, err))
        return false;
    if (!db_changes(db))
        return fail(err, ERR_BUSY, NULL, "这个模板刚被别人改过，请看过现在的内容再保存",
                    "somebody else has changed this template; look at it again");
    next->version++;
    return true;
}

// --- numbering

static const char SQL_SETTINGS[] =
    "SELECT letter_prefix, request_prefix, head, review_channel, fee_way, version"
    " FROM letter_setting WHERE site_id = ?1 AND organ_id = ?2";

bool store_letter_settings(Db *db, SiteId site, OrganId organ, Arena *a, LetterSettings *out,
                           Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_SETTINGS);
    LetterSettings found = {.organ = organ};
    bind_int(&s, site.n);
    bind_int(&s, organ.n);
    if (stmt_row(&s)) {
        found.letter_prefix = col_str(&s, a);
        found.request_prefix = col_str(&s, a);
        found.head = col_str(&s, a);
        found.review_channel = col_str(&s, a);
        found.fee_way = col_str(&s, a);
        found.version = col_int(&s);
    }
    if (!stmt_ok(&s, err))
        return false;
    *out = found;
    return true;
}

static const char SQL_SETTINGS_SAVE[] =
    "INSERT INTO letter_setting (site_id, organ_id, letter_prefix, request_prefix, head,"
    " review_channel, fee_way, version)"
    " SELECT o.site_id, o.organ_id, ?5, ?6, ?7, ?8, ?9, CAST(?10 AS BIGINT) + 1 FROM organ o"
    " WHERE o.site_id = ?1 AND o.organ_id = ?4 AND " IN_SCOPE(
        "o.organ_id") " ON CONFLICT (site_id, organ_id) DO UPDATE SET letter_prefix = "
                      "excluded.letter_prefix,"
                      " request_prefix = excluded.request_prefix, head = excluded.head,"
                      " review_channel = excluded.review_channel, fee_way = excluded.fee_way,"
                      " version = excluded.version WHERE letter_setting.version = excluded.version "
                      "- 1";

bool store_letter_settings_save(Db *db, const Scope *scope, LetterSettings *settings, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_SETTINGS_SAVE);
    bind_scope(&s, scope);
    bind_int(&s, settings->organ.n);
    bind_str(&s, settings->letter_prefix);
    bind_str(&s, settings->request_prefix);
    bind_str(&s, settings->head);
    bind_str(&s, settings->review_channel);
    bind_str(&s, settings->fee_way);
    bind_int(&s, settings->version);
    if (!stmt_run(&s, err))
        return false;
    if (!db_changes(db))
        return fail(err, ERR_BUSY, NULL, "刚被别人改过，请看过现在的内容再保存",
                    "somebody else has changed it; look at it again");
    settings->version++;
    return true;
}
