// organ_under, kept as domain/organ_under.h works it out (store/organ.h).
#include "domain/organ_under.h"
#include "store/organ.h"

enum { UNDER_SPACE = 1 << 30 }; // address space; ten thousand organs take some megabytes

typedef struct Ids {
    int64_t *v;
    size_t n, cap;
} Ids;

static const char SQL_TREE[] =
    "SELECT organ_id, parent_id, kind FROM organ WHERE site_id = ?1 ORDER BY organ_id";

static bool load_tree(Db *db, SiteId site, Arena *a, Ids *ids, UnderEdges *edges, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_TREE);
    bind_int(&s, site.n);
    while (stmt_row(&s)) {
        int64_t id = col_int(&s), parent = col_int(&s);
        bool section = str_eq(col_view(&s), organ_kinds[ORGANKIND_SECTION].id);
        *PUSH(a, ids) = id;
        if (parent)
            *PUSH(a, edges) = (UnderEdge){parent, id, section ? EDGE_SECTION : EDGE_CHILD};
    }
    return stmt_ok(&s, err);
}

static const char SQL_LINES[] = "SELECT DISTINCT over_id, organ_id FROM organ_line WHERE site_id = "
                                "?1 ORDER BY over_id, organ_id";
static const char SQL_HEIRS[] =
    "SELECT heir_id, organ_id FROM organ_heir WHERE site_id = ?1 ORDER BY heir_id, organ_id";

static bool load_edges(Db *db, const char *sql, SiteId site, EdgeKind kind, Arena *a,
                       UnderEdges *edges, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, sql);
    bind_int(&s, site.n);
    while (stmt_row(&s)) {
        int64_t above = col_int(&s), below = col_int(&s);
        *PUSH(a, edges) = (UnderEdge){above, below, kind};
    }
    return stmt_ok(&s, err);
}

static const char SQL_UNDER[] =
    "SELECT root_id, organ_id, reach FROM organ_under WHERE site_id = ?1"
    " ORDER BY root_id, organ_id";

static bool load_under(Db *db, SiteId site, Arena *a, UnderRows *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_UNDER);
    bind_int(&s, site.n);
    while (stmt_row(&s)) {
        UnderRow *r = PUSH(a, out);
        r->root = col_int(&s);
        r->organ = col_int(&s);
        r->reach = (int)col_int(&s);
    }
    return stmt_ok(&s, err);
}

// --- the differences

static const char SQL_PUT[] =
    "INSERT INTO organ_under (site_id, root_id, organ_id, reach) VALUES (?1, ?2, ?3, ?4)"
    " ON CONFLICT (site_id, root_id, organ_id) DO UPDATE SET reach = excluded.reach";
static const char SQL_DROP[] =
    "DELETE FROM organ_under WHERE site_id = ?1 AND root_id = ?2 AND organ_id = ?3";

static bool put(Stmt *s, SiteId site, const UnderRow *r, Err *err)
{
    bind_int(s, site.n);
    bind_int(s, r->root);
    bind_int(s, r->organ);
    bind_int(s, r->reach);
    return stmt_again(s, err);
}

static bool drop(Stmt *s, SiteId site, const UnderRow *r, Err *err)
{
    bind_int(s, site.n);
    bind_int(s, r->root);
    bind_int(s, r->organ);
    return stmt_again(s, err);
}

// Which stands first: negative where x does.
static int order(const UnderRow *x, const UnderRow *y)
{
    if (x->root != y->root)
        return x->root < y->root ? -1 : 1;
    return (x->organ > y->organ) - (x->organ < y->organ);
}

static bool write_changes(Db *db, SiteId site, const UnderRows *old, const UnderRows *new, Err *err)
{
    CLEANUP(stmt_end) Stmt puts = stmt(db, SQL_PUT);
    CLEANUP(stmt_end) Stmt drops = stmt(db, SQL_DROP);
    bool ok = true;
    for (size_t i = 0, j = 0; ok && (i < old->n || j < new->n);) {
        int o = i == old->n ? 1 : j == new->n ? -1 : order(&old->v[i], &new->v[j]);
        if (o < 0)
            ok = drop(&drops, site, &old->v[i], err);
        else if (o > 0 || old->v[i].reach != new->v[j].reach)
            ok = put(&puts, site, &new->v[j], err);
        i += o <= 0;
        j += o >= 0;
    }
    return ok;
}

bool store_organ_under_refresh(Db *db, SiteId site, Err *err)
{
    CLEANUP(arena_end) Arena a = arena_new(UNDER_SPACE);
    Ids ids = {0};
    UnderEdges edges = {0};
    UnderRows old = {0}, new = {0};
    if (!load_tree(db, site, &a, &ids, &edges, err) ||
        !load_edges(db, SQL_LINES, site, EDGE_LINE, &a, &edges, err) ||
        !load_edges(db, SQL_HEIRS, site, EDGE_HEIR, &a, &edges, err) ||
        !load_under(db, site, &a, &old, err))
        return false;
    organ_under(ids.v, ids.n, &edges, &a, &new);
    return write_changes(db, site, &old, &new, err);
}

static const char SQL_IS_UNDER[] =
    "SELECT 1 FROM organ_under WHERE site_id = ?1 AND root_id = ?2 AND organ_id = ?3";

bool store_organ_is_under(Db *db, SiteId site, OrganId root, OrganId organ, bool *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_IS_UNDER);
    bind_int(&s, site.n);
    bind_int(&s, root.n);
    bind_int(&s, organ.n);
    bool is = stmt_row(&s);
    if (!stmt_ok(&s, err))
        return false;
    *out = is;
    return true;
}
