#include "store/bulk.h"

enum { WAITS, DONE, LEFT_OUT };

static void bind_id(Stmt *s, int64_t n)
{
    n ? bind_int(s, n) : bind_null(s);
}

// --- which

// ?4 wording, ?5 organ, ?6 the request they follow, ?7 only unconfirmed, ?8 only in no group,
// ?9 not this one, ?10 way
#define CHOSEN(from, where)                                                                        \
    " FROM " from " b JOIN request r ON r.site_id = b.site_id AND r.request_id = b.request_id"     \
    " WHERE b.site_id = ?1 AND " where                                                             \
    " AND " IN_SCOPE("r.organ_id") " AND r.open = 1"                                               \
                                   " AND (?7 = 0 OR r.phase = 'unconfirmed')"                      \
                                   " AND (?8 = 0 OR (r.same_as IS NULL AND NOT EXISTS (SELECT 1 "  \
                                   "FROM request_group g"                                          \
                                   " WHERE g.site_id = r.site_id AND g.lead_id = r.request_id))) " \
                                   "AND r.request_id <> ?9"                                        \
                                   " AND (?10 = '' OR r.way = ?10)"
#define BY_WORDING CHOSEN("asked_by", "b.asked_id = ?4 AND b.organ_id = ?5 AND ?6 = ?6")
#define BY_GROUP CHOSEN("request_joined", "b.lead_id = ?6 AND ?4 = ?4 AND ?5 = ?5")

static const char *const counts[BULK_SET__COUNT] = {
    [BULK_SET_WORDING] = "SELECT count(*)" BY_WORDING,
    [BULK_SET_GROUP] = "SELECT count(*)" BY_GROUP,
};
static const char *const firsts[BULK_SET__COUNT] = {
    [BULK_SET_WORDING] = "SELECT b.request_id" BY_WORDING " ORDER BY b.request_id LIMIT ?11",
    [BULK_SET_GROUP] = "SELECT b.request_id" BY_GROUP " ORDER BY b.request_id LIMIT ?11",
};
#define ADD                                                                                        \
    "INSERT INTO bulk_item (site_id, bulk_id, request_id, state, why)"                             \
    " SELECT b.site_id, CAST(?11 AS BIGINT), b.request_id, 0, ''"
static const char *const adds[BULK_SET__COUNT] = {
    [BULK_SET_WORDING] = ADD BY_WORDING,
    [BULK_SET_GROUP] = ADD BY_GROUP,
};

static void bind_choice(Stmt *s, const Scope *scope, const BulkChoice *c)
{
    bind_scope(s, scope);
    bind_int(s, c->asked);
    bind_int(s, c->organ.n);
    bind_int(s, c->group.n);
    bind_int(s, c->unconfirmed);
    bind_int(s, c->free);
    bind_int(s, c->but.n);
    bind_str(s, c->way);
}

bool store_bulk_count(Db *db, const Scope *scope, const BulkChoice *choice, int64_t *out, Err *err)
{
    if (choice->set == BULK_SET_LIST)
        return *out = (int64_t)choice->ids.n, true;
    CLEANUP(stmt_end) Stmt s = stmt(db, counts[choice->set]);
    bind_choice(&s, scope, choice);
    int64_t n = stmt_row(&s) ? col_int(&s) : 0;
    if (!stmt_ok(&s, err))
        return false;
    *out = n;
    return true;
}

bool store_bulk_first(Db *db, const Scope *scope, const BulkChoice *choice, int64_t limit, Arena *a,
                      RequestIds *out, Err *err)
{
    if (choice->set == BULK_SET_LIST)
        return *out = choice->ids, true;
    CLEANUP(stmt_end) Stmt s = stmt(db, firsts[choice->set]);
    RequestIds found = {0};
    bind_choice(&s, scope, choice);
    bind_int(&s, limit);
    while (stmt_row(&s))
        PUSH(a, &found)->n = col_int(&s);
    if (!stmt_ok(&s, err))
        return false;
    *out = found;
    return true;
}

// --- writing

static const char SQL_ITEM[] =
    "INSERT INTO bulk_item (site_id, bulk_id, request_id, state, why) VALUES (?1, ?2, ?3, 0, '')"
    " ON CONFLICT (site_id, bulk_id, request_id) DO NOTHING";

static bool items_list(Db *db, SiteId site, int64_t bulk, const RequestIds *ids, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_ITEM);
    for (size_t i = 0; i < ids->n; i++) {
        bind_int(&s, site.n);
        bind_int(&s, bulk);
        bind_int(&s, ids->v[i].n);
        if (!stmt_again(&s, err))
            return false;
    }
    return true;
}

static bool items_set(Db *db, const Scope *scope, int64_t bulk, const BulkChoice *choice, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, adds[choice->set]);
    bind_choice(&s, scope, choice);
    bind_int(&s, bulk);
    return stmt_run(&s, err);
}

static const char SQL_ITEMS_N[] =
    "SELECT count(*) FROM bulk_item WHERE site_id = ?1 AND bulk_id = ?2";

static bool items_count(Db *db, SiteId site, int64_t bulk, int64_t *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_ITEMS_N);
    bind_int(&s, site.n);
    bind_int(&s, bulk);
    *out = stmt_row(&s) ? col_int(&s) : 0;
    return stmt_ok(&s, err);
}

static const char SQL_ADD[] =
    "INSERT INTO bulk (site_id, bulk_id, kind, organ_id, lead_id, handler_id, on_day, reason,"
    " person_id, person, root_id, reach, made_at, n, way, first, workdays, n_done,"
    " n_left) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17,"
    " 0, 0)";

static bool bulk_insert(Db *db, SiteId site, const Bulk *b, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_ADD);
    bind_int(&s, site.n);
    bind_int(&s, b->id);
    bind_str(&s, bulk_defs[b->kind].id);
    bind_int(&s, b->organ.n);
    bind_id(&s, b->lead.n);
    bind_id(&s, b->handler.n);
    bind_date(&s, b->on);
    bind_str(&s, b->reason);
    bind_id(&s, b->person.n);
    bind_str(&s, b->person_name);
    bind_int(&s, b->root.n);
    bind_int(&s, b->reach);
    bind_int(&s, b->made_at);
    bind_int(&s, b->n);
    bind_str(&s, b->way);
    bind_str(&s, b->first);
    bind_int(&s, b->workdays);
    return stmt_run(&s, err);
}

bool store_bulk_add(Db *db, const Scope *scope, Bulk *bulk, const BulkChoice *choice, Err *err)
{
    Bulk b = *bulk;
    if (!store_number(db, scope->site, S("bulk"), &b.id, err) ||
        !(choice->set == BULK_SET_LIST ? items_list(db, scope->site, b.id, &choice->ids, err)
                                       : items_set(db, scope, b.id, choice, err)) ||
        !items_count(db, scope->site, b.id, &b.n, err) || !bulk_insert(db, scope->site, &b, err))
        return false;
    *bulk = b;
    return true;
}

static const char SQL_SETTLE[] = "UPDATE bulk_item SET state = ?4, why = ?5 WHERE site_id = ?1"
                                 " AND bulk_id = ?2 AND request_id = ?3 AND state = 0";

bool store_bulk_settle(Db *db, SiteId site, int64_t bulk, RequestId id, bool done, Str why,
                       Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_SETTLE);
    bind_int(&s, site.n);
    bind_int(&s, bulk);
    bind_int(&s, id.n);
    bind_int(&s, done ? DONE : LEFT_OUT);
    bind_str(&s, why);
    return stmt_again(&s, err);
}

static const char SQL_STEP[] =
    "UPDATE bulk SET n_done = n_done + ?3, n_left = n_left + ?4, ended_at = ?5"
    " WHERE site_id = ?1 AND bulk_id = ?2";

bool store_bulk_step(Db *db, SiteId site, int64_t bulk, int64_t done, int64_t left,
                     int64_t ended_at, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_STEP);
    bind_int(&s, site.n);
    bind_int(&s, bulk);
    bind_int(&s, done);
    bind_int(&s, left);
    bind_id(&s, ended_at);
    return stmt_run(&s, err);
}

// --- reading

#define COLUMNS                                                                                    \
    "SELECT k.bulk_id, k.kind, k.organ_id, o.name, k.lead_id, k.handler_id, k.on_day, k.reason,"   \
    " k.person_id, k.person, k.root_id, k.reach, k.made_at, k.ended_at, k.n, k.n_done, k.n_left, " \
    "k.way, k.first, k.workdays"                                                                   \
    " FROM bulk k LEFT JOIN organ o ON o.site_id = k.site_id AND o.organ_id = k.organ_id"

static Bulk bulk_row(Stmt *s, Arena *a)
{
    Bulk b = {0};
    b.id = col_int(s);
    bulk_named(col_view(s), &b.kind);
    b.organ.n = col_int(s);
    b.organ_name = col_str(s, a);
    b.lead.n = col_int(s);
    b.handler.n = col_int(s);
    b.on = col_date(s);
    b.reason = col_str(s, a);
    b.person.n = col_int(s);
    b.person_name = col_str(s, a);
    b.root.n = col_int(s);
    b.reach = (Reach)col_int(s);
    b.made_at = col_int(s);
    b.ended_at = col_int(s);
    b.n = col_int(s);
    b.n_done = col_int(s);
    b.n_left = col_int(s);
    b.way = col_str(s, a);
    b.first = col_str(s, a);
    b.workdays = col_int(s);
    return b;
}

static const char SQL_GET[] =
    COLUMNS " WHERE k.site_id = ?1 AND k.bulk_id = ?4 AND " IN_SCOPE("k.organ_id");

bool store_bulk_get(Db *db, const Scope *scope, int64_t id, Arena *a, Bulk *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_GET);
    bind_scope(&s, scope);
    bind_int(&s, id);
    if (stmt_row(&s)) {
        *out = bulk_row(&s, a);
        return true;
    }
    return stmt_ok(&s, err) &&
           fail(err, ERR_MISSING, NULL, "没有这次批量办理", "no such bulk action");
}

static const char SQL_GOING[] =
    COLUMNS " WHERE k.site_id = ?1 AND k.bulk_id = (SELECT min(b.bulk_id) FROM bulk b"
            " WHERE b.site_id = ?1 AND b.ended_at IS NULL)";

bool store_bulk_going(Db *db, SiteId site, Arena *a, Bulk *out, bool *found, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_GOING);
    bind_int(&s, site.n);
    bool has = stmt_row(&s);
    if (has)
        *out = bulk_row(&s, a);
    *found = has;
    return stmt_ok(&s, err);
}

static const char SQL_OF[] =
    COLUMNS " WHERE k.site_id = ?1 AND k.bulk_id IN (SELECT b.bulk_id FROM bulk b"
            " WHERE b.site_id = ?1 AND b.lead_id = ?4 ORDER BY b.bulk_id DESC LIMIT ?5)"
            " AND " IN_SCOPE("k.organ_id") " ORDER BY k.bulk_id DESC";

bool store_bulk_of(Db *db, const Scope *scope, RequestId lead, int64_t limit, Arena *a, Bulks *out,
                   Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_OF);
    Bulks found = {0};
    bind_scope(&s, scope);
    bind_int(&s, lead.n);
    bind_int(&s, limit);
    while (stmt_row(&s))
        *PUSH(a, &found) = bulk_row(&s, a);
    if (!stmt_ok(&s, err))
        return false;
    *out = found;
    return true;
}

// Ordered as only the index of states is: by the number alone the key has that order too, with all
// that are done before those that wait.
static const char SQL_WAITING[] =
    "SELECT request_id FROM bulk_item WHERE site_id = ?1 AND bulk_id = ?2 AND state <= 0"
    " ORDER BY state, request_id LIMIT ?3";

bool store_bulk_waiting(Db *db, SiteId site, int64_t bulk, int64_t limit, Arena *a, RequestIds *out,
                        Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_WAITING);
    RequestIds found = {0};
    bind_int(&s, site.n);
    bind_int(&s, bulk);
    bind_int(&s, limit);
    while (stmt_row(&s))
        PUSH(a, &found)->n = col_int(&s);
    if (!stmt_ok(&s, err))
        return false;
    *out = found;
    return true;
}

static const char SQL_ITEMS[] =
    "SELECT r.request_id, r.code, r.title, r.applicant_name, i.why FROM bulk_item i"
    " JOIN request r ON r.site_id = i.site_id AND r.request_id = i.request_id"
    " WHERE i.site_id = ?1 AND i.bulk_id = ?4 AND i.state = ?5 AND i.request_id > ?6"
    " AND " IN_SCOPE("r.organ_id") " ORDER BY i.request_id LIMIT ?7";

bool store_bulk_items(Db *db, const Scope *scope, int64_t bulk, bool done, RequestId after,
                      int64_t limit, Arena *a, BulkLefts *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_ITEMS);
    BulkLefts found = {0};
    bind_scope(&s, scope);
    bind_int(&s, bulk);
    bind_int(&s, done ? DONE : LEFT_OUT);
    bind_int(&s, after.n);
    bind_int(&s, limit);
    while (stmt_row(&s)) {
        BulkLeft *l = PUSH(a, &found);
        l->id.n = col_int(&s);
        l->code = col_str(&s, a);
        l->title = col_str(&s, a);
        l->applicant_name = col_str(&s, a);
        l->why = col_str(&s, a);
    }
    if (!stmt_ok(&s, err))
        return false;
    *out = found;
    return true;
}
