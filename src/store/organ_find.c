// Searching organs by any name they have or had (store/organ.h).
#include "base/buf.h"
#include "store/organ_columns.h"

// ?4 all, or a LIKE pattern over the keys; ?5 a code; ?6 1: those that have ended, too; ?7 right
// under it
#define FIND_WHERE                                                                                 \
    " FROM organ o WHERE o.site_id = ?1 AND " IN_SCOPE(                                            \
        "o.organ_id") " AND (?6 = 1 OR o.state = 'active') AND (?7 = 0 OR o.parent_id = ?7)"       \
                      " AND (?4 = '' OR o.credit_code = ?5 OR o.code = ?5 OR EXISTS (SELECT 1 "    \
                      "FROM organ_name n"                                                          \
                      " WHERE n.site_id = o.site_id AND n.organ_id = o.organ_id AND n.name_key "   \
                      "LIKE ?4 ESCAPE '!'))"

static const char SQL_FIND[] =
    "SELECT o.organ_id, o.parent_id, o.kind, o.level, o.state, o.name, o.short_name, o.code,"
    " o.credit_code, o.ordinal,"
    " (SELECT n.name FROM organ_name n WHERE n.site_id = o.site_id AND n.organ_id = o.organ_id"
    " AND n.name_key LIKE ?4 ESCAPE '!' AND ?4 <> '' AND NOT EXISTS (SELECT 1 FROM organ_name c"
    " WHERE c.site_id = o.site_id AND c.organ_id = o.organ_id AND c.name = o.name"
    " AND c.name_key LIKE ?4 ESCAPE '!') ORDER BY n.ordinal LIMIT 1)" FIND_WHERE
    " ORDER BY o.ordinal, o.organ_id LIMIT ?8 OFFSET ?9";
static const char SQL_FIND_COUNT[] = "SELECT count(*)" FIND_WHERE;

static Str like_pattern(Str words, Arena *a)
{
    Str key = organ_name_key(a, str_trim(words));
    Buf b = buf_new(a, 2 * key.n + 8);
    if (!key.n)
        return S("");
    buf_byte(&b, '%');
    for (size_t i = 0; i < key.n; i++) {
        if (strchr("!%_", key.s[i]))
            buf_byte(&b, '!');
        buf_byte(&b, key.s[i]);
    }
    buf_byte(&b, '%');
    return buf_str(&b);
}

static void bind_find(Stmt *s, const Scope *scope, const OrganFilter *f, Str pattern)
{
    bind_scope(s, scope);
    bind_str(s, pattern);
    bind_str(s, str_trim(f->words));
    bind_int(s, f->ended);
    bind_int(s, f->parent.n);
}

static bool find_lines(Db *db, const Scope *scope, const OrganFilter *f, Str pattern, Arena *a,
                       OrganLines *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_FIND);
    bind_find(&s, scope, f, pattern);
    bind_int(&s, f->limit ? f->limit : 1000000);
    bind_int(&s, f->offset);
    while (stmt_row(&s)) {
        OrganLine *l = PUSH(a, out);
        l->id.n = col_int(&s);
        l->parent.n = col_int(&s);
        l->kind = col_kind(&s);
        l->tier = col_tier(&s);
        l->state = col_state(&s);
        l->name = col_str(&s, a);
        l->short_name = col_str(&s, a);
        l->code = col_str(&s, a);
        l->credit_code = col_str(&s, a);
        l->ordinal = col_int(&s);
        l->found_as = col_str(&s, a);
    }
    return stmt_ok(&s, err);
}

bool store_organ_find(Db *db, const Scope *scope, const OrganFilter *filter, Arena *a,
                      OrganLines *out, int64_t *total, Err *err)
{
    Str pattern = like_pattern(filter->words, a);
    OrganLines found = {0};
    int64_t n;
    if (!find_lines(db, scope, filter, pattern, a, &found, err))
        return false;
    n = (int64_t)found.n;
    if (filter->limit) {
        CLEANUP(stmt_end) Stmt s = stmt(db, SQL_FIND_COUNT);
        bind_find(&s, scope, filter, pattern);
        n = stmt_row(&s) ? col_int(&s) : 0;
        if (!stmt_ok(&s, err))
            return false;
    }
    *out = found;
    *total = n;
    return true;
}
