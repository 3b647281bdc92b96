#include "store/audit_find.h"

#include "base/buf.h"
#include "store/audit_row.h"

// --- which statement

// ?1 ?2 ?3 the scope, ?4 and ?5 the lines between which, ?6 how many; the rest is the filter.
#define FOUND "SELECT " AUDIT_COLUMNS("l.") ", COALESCE(o.name, '') FROM "
#define ORGAN_OF " LEFT JOIN organ o ON o.site_id = l.site_id AND o.organ_id = l.organ_id"

// k is the line in the index, l the same in the table: asked for all columns at once, SQLite goes
// along the table, whose rows lie in the order wanted, and reads every one.
#define IS_PERSON " AND k.person_id = ?7"
#define IS_NAME " AND k.person_name = ?8"
#define IS_ACT " AND k.act = ?9"
#define IS_ORGAN " AND k.organ_id = ?10"
#define IS_THING " AND k.noun = ?11 AND k.noun_id = ?12"
#define OR_PERSON " AND (l.person_id = ?7 OR ?7 = 0)"
#define OR_NAME " AND (l.person_name = ?8 OR ?8 = '')"
#define OR_ACT " AND (l.act = ?9 OR ?9 = '')"
#define OR_ORGAN " AND (l.organ_id = ?10 OR ?10 = 0)"
#define OR_THING " AND (l.noun = ?11 OR ?11 = '') AND (l.noun_id = ?12 OR ?12 = 0)"
#define HAS_TEXT " AND (?13 = '' OR l.was LIKE ?13 ESCAPE '!' OR l.became LIKE ?13 ESCAPE '!')"

// clang-format off
#define FIND(person, name, act, organ, thing)                                                      \
    FOUND "audit_line k"                                                                           \
    " JOIN audit_line l ON l.site_id = k.site_id AND l.line_id = k.line_id" ORGAN_OF               \
    " WHERE k.site_id = ?1 AND " IN_SCOPE("l.organ_id")                                            \
    " AND k.line_id < ?4 AND k.line_id > ?5" person name act organ thing HAS_TEXT                  \
    " ORDER BY k.line_id DESC LIMIT ?6"

static const char SQL_ALL[] = FIND(OR_PERSON, OR_NAME, OR_ACT, OR_ORGAN, OR_THING);
static const char SQL_PERSON[] = FIND(IS_PERSON, OR_NAME, OR_ACT, OR_ORGAN, OR_THING);
static const char SQL_NAME[] = FIND(OR_PERSON, IS_NAME, OR_ACT, OR_ORGAN, OR_THING);
static const char SQL_ACT[] = FIND(OR_PERSON, OR_NAME, IS_ACT, OR_ORGAN, OR_THING);
static const char SQL_ORGAN[] = FIND(OR_PERSON, OR_NAME, OR_ACT, IS_ORGAN, OR_THING);
static const char SQL_THING[] = FIND(OR_PERSON, OR_NAME, OR_ACT, OR_ORGAN, IS_THING);

// The newest of each organ in scope, and of these the newest: what an auditor of some organs sees
// first, however few of a million lines are theirs.
static const char SQL_SCOPE[] =
    FOUND "organ_under u"
    " JOIN audit_line l ON l.site_id = u.site_id AND l.organ_id = u.organ_id" ORGAN_OF
    " WHERE u.site_id = ?1 AND u.root_id = ?2 AND u.reach <= ?3"
    " AND l.line_id < ?4 AND l.line_id > ?5"
    " AND l.line_id >= COALESCE((SELECT x.line_id FROM audit_line x"
    "  WHERE x.site_id = ?1 AND x.organ_id = u.organ_id AND x.line_id < ?4"
    "  ORDER BY x.line_id DESC LIMIT 1 OFFSET ?6), 0)"
    " ORDER BY l.line_id DESC LIMIT ?6";
// clang-format on

typedef struct Plan {
    const char *sql;
    bool exact; // the index answers all of it; else AUDIT_WINDOW lines at a time
} Plan;

static Plan plan_of(const Scope *scope, const AuditFilter *f)
{
    bool whole = scope->reach == REACH_SITE;
    int conditions = (f->person.n != 0) + (f->who.n != 0) + (f->act.n != 0) + (f->organ.n != 0) +
                     (f->noun.n != 0) + (f->text.n != 0);
    bool alone = conditions == 1 && whole;
    if (f->noun.n && f->noun_id)
        return (Plan){SQL_THING, true}; // a thing has few lines
    if (f->organ.n)
        return (Plan){SQL_ORGAN, conditions == 1};
    if (f->person.n)
        return (Plan){SQL_PERSON, alone};
    if (f->who.n)
        return (Plan){SQL_NAME, alone};
    if (f->act.n)
        return (Plan){SQL_ACT, alone};
    if (conditions == 0 && !whole)
        return (Plan){SQL_SCOPE, true};
    return (Plan){SQL_ALL, conditions == 0};
}

// --- between which lines

static const char SQL_BOUNDS[] =
    "SELECT COALESCE((SELECT line_id FROM audit_line WHERE site_id = ?1"
    " ORDER BY line_id DESC LIMIT 1), 0),"
    " COALESCE((SELECT line_id FROM audit_line WHERE site_id = ?1 AND at >= ?2"
    " ORDER BY at, line_id LIMIT 1), ?4),"
    " COALESCE((SELECT line_id FROM audit_line WHERE site_id = ?1 AND at < ?3"
    " ORDER BY at DESC, line_id DESC LIMIT 1), 0)";

// Times only grow, so that days are a stretch of lines: *above < line < *before.
static bool bounds(Db *db, SiteId site, const AuditFilter *f, int64_t *above, int64_t *before,
                   Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_BOUNDS);
    bind_int(&s, site.n);
    bind_int(&s, f->from);
    bind_int(&s, f->to ? f->to : INT64_MAX);
    bind_int(&s, INT64_MAX);
    int64_t last = 0, first_in = 1, last_in = 0;
    if (stmt_row(&s)) {
        last = col_int(&s);
        first_in = col_int(&s);
        last_in = col_int(&s);
    }
    if (!stmt_ok(&s, err))
        return false;
    *above = f->from ? first_in - 1 : 0;
    int64_t end = (f->to ? last_in : last) + 1;
    *before = *before && *before < end ? *before : end;
    return true;
}

// --- running it

static Str like_of(Str text, Arena *a)
{
    if (!text.n)
        return text;
    Buf b = buf_new(a, 3 * text.n + 2);
    buf_byte(&b, '%');
    for (size_t i = 0; i < text.n; i++) {
        if (strchr("%_!", text.s[i]))
            buf_byte(&b, '!');
        buf_byte(&b, text.s[i]);
    }
    buf_byte(&b, '%');
    return buf_str(&b);
}

static void bind_filter(Stmt *s, const AuditFilter *f, Arena *a)
{
    bind_int(s, f->person.n);
    bind_str(s, f->who);
    bind_str(s, f->act);
    bind_int(s, f->organ.n);
    bind_str(s, f->noun);
    bind_int(s, f->noun_id);
    bind_str(s, like_of(f->text, a));
}

static void hit_read(Stmt *s, Arena *a, AuditHit *hit)
{
    audit_row_read(s, &hit->line);
    audit_row_keep(&hit->line, a);
    hit->organ = col_str(s, a);
}

bool store_audit_find(Db *db, const Scope *scope, const AuditFilter *filter, int64_t before,
                      size_t most, Arena *a, AuditHits *out, Err *err)
{
    Plan plan = plan_of(scope, filter);
    AuditHits hits = {0};
    int64_t above;
    if (!bounds(db, scope->site, filter, &above, &before, err))
        return false;
    int64_t floor = plan.exact || before - AUDIT_WINDOW <= above ? above : before - AUDIT_WINDOW;
    CLEANUP(stmt_end) Stmt s = stmt(db, plan.sql);
    bind_scope(&s, scope);
    bind_int(&s, before);
    bind_int(&s, floor);
    bind_int(&s, (int64_t)most + 1);
    if (plan.sql != SQL_SCOPE)
        bind_filter(&s, filter, a);
    while (stmt_row(&s))
        hit_read(&s, a, PUSH(a, &hits));
    if (!stmt_ok(&s, err))
        return false;
    if (hits.n > most) {
        hits.n = most;
        hits.next = hits.v[most - 1].line.id;
    } else if (floor > above) {
        hits.next = floor + 1;
        hits.unsearched = true;
    }
    *out = hits;
    return true;
}

static const char SQL_GET[] = FOUND "audit_line l" ORGAN_OF " WHERE l.site_id = ?1"
                                    " AND " IN_SCOPE("l.organ_id") " AND l.line_id = ?4";

bool store_audit_get(Db *db, const Scope *scope, int64_t id, Arena *a, AuditHit *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_GET);
    AuditHit hit = {0};
    bind_scope(&s, scope);
    bind_int(&s, id);
    bool found = stmt_row(&s);
    if (found)
        hit_read(&s, a, &hit);
    if (!stmt_ok(&s, err))
        return false;
    if (!found)
        return fail(err, ERR_MISSING, NULL, "没有这条操作记录", "there is no such line");
    *out = hit;
    return true;
}
