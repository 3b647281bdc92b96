#include "store/handover.h"

#include "store/person_row.h"
#include "store/site.h"

#define COLUMNS                                                                                    \
    "h.handover_id, h.from_id, f.name, h.to_id, t.name, h.organ_id, h.at, h.note,"                 \
    " (SELECT count(*) FROM handover_item i WHERE i.site_id = h.site_id"                           \
    " AND i.handover_id = h.handover_id)"
#define TABLES                                                                                     \
    "handover h JOIN person f ON f.site_id = h.site_id AND f.person_id = h.from_id"                \
    " JOIN person t ON t.site_id = h.site_id AND t.person_id = h.to_id"

static Handover row(Stmt *s, Arena *a)
{
    Handover h = {0};
    h.id = col_int(s);
    h.from.n = col_int(s);
    h.from_name = col_str(s, a);
    h.to.n = col_int(s);
    h.to_name = col_str(s, a);
    h.organ.n = col_int(s);
    h.at = col_int(s);
    h.note = col_str(s, a);
    h.n_items = col_int(s);
    return h;
}

static const char SQL_LIST[] =
    "SELECT " COLUMNS " FROM " TABLES
    " WHERE h.site_id = ?1 AND " IN_SCOPE("h.organ_id") " AND (h.from_id = ?4 OR h.to_id = ?4)"
                                                        " ORDER BY h.handover_id DESC LIMIT 100";

bool store_handover_list(Db *db, const Scope *scope, PersonId person, Arena *a, Handovers *out,
                         Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_LIST);
    bind_scope(&s, scope);
    bind_int(&s, person.n);
    Handovers list = {0};
    while (stmt_row(&s))
        *PUSH(a, &list) = row(&s, a);
    if (!stmt_ok(&s, err))
        return false;
    *out = list;
    return true;
}

static const char SQL_GET[] =
    "SELECT " COLUMNS " FROM " TABLES
    " WHERE h.site_id = ?1 AND " IN_SCOPE("h.organ_id") " AND h.handover_id = ?4";
static const char SQL_ITEMS[] = "SELECT noun, noun_id, title FROM handover_item"
                                " WHERE site_id = ?1 AND handover_id = ?2"
                                " ORDER BY noun, noun_id";

static bool get_items(Db *db, SiteId site, int64_t id, Arena *a, HandoverItems *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_ITEMS);
    bind_int(&s, site.n);
    bind_int(&s, id);
    HandoverItems items = {0};
    while (stmt_row(&s)) {
        HandoverItem *i = PUSH(a, &items);
        i->noun = col_str(&s, a);
        i->id = col_int(&s);
        i->title = col_str(&s, a);
    }
    if (!stmt_ok(&s, err))
        return false;
    *out = items;
    return true;
}

bool store_handover_get(Db *db, const Scope *scope, int64_t id, Arena *a, Handover *out,
                        HandoverItems *items, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_GET);
    bind_scope(&s, scope);
    bind_int(&s, id);
    if (!stmt_row(&s))
        return stmt_ok(&s, err) && fail(err, ERR_MISSING, NULL, "没有这次交接", "no such handover");
    Handover h = row(&s, a);
    if (!stmt_ok(&s, err) || !get_items(db, scope->site, id, a, items, err))
        return false;
    *out = h;
    return true;
}

static const char SQL_TASKS[] = "SELECT t.task_id, t.title FROM task t WHERE t.site_id = ?1"
                                " AND t.person_id = ?4 AND t.state = 'open' AND t.role <> ''"
                                " AND " IN_SCOPE("t.organ_id") " ORDER BY t.due_on, t.task_id";

static bool add_open(Db *db, const char *sql, Str noun, const Scope *scope, PersonId person,
                     Arena *a, HandoverItems *io, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, sql);
    bind_scope(&s, scope);
    bind_int(&s, person.n);
    while (stmt_row(&s)) {
        HandoverItem item = {.noun = noun, .id = col_int(&s)};
        item.title = col_str(&s, a);
        *PUSH(a, io) = item;
    }
    return stmt_ok(&s, err);
}

bool store_handover_tasks(Db *db, const Scope *scope, PersonId person, Arena *a, HandoverItems *io,
                          Err *err)
{
    return add_open(db, SQL_TASKS, S("task"), scope, person, a, io, err);
}

static const char SQL_REQUESTS[] =
    "SELECT r.request_id, r.code FROM request r WHERE r.site_id = ?1 AND r.handler_id = ?4"
    " AND r.open = 1 AND " IN_SCOPE("r.organ_id") " ORDER BY r.act_by, r.request_id";

bool store_handover_requests(Db *db, const Scope *scope, PersonId person, Arena *a,
                             HandoverItems *io, Err *err)
{
    return add_open(db, SQL_REQUESTS, S("request"), scope, person, a, io, err);
}

static const char SQL_REQUEST[] =
    "UPDATE request SET handler_id = ?4, version = version + 1"
    " WHERE site_id = ?1 AND request_id = ?2 AND handler_id = ?3 AND open = 1";

bool store_handover_request(Db *db, SiteId site, int64_t id, PersonId from, PersonId to, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_REQUEST);
    bind_int(&s, site.n);
    bind_int(&s, id);
    bind_int(&s, from.n);
    bind_int(&s, to.n);
    if (!stmt_run(&s, err))
        return false;
    return db_changes(db) > 0 || fail(err, ERR_BUSY, NULL, "交接事项刚刚有变动，请核对后再提交",
                                      "what is open has just changed; look again");
}

static const char SQL_ADD[] =
    "INSERT INTO handover (site_id, handover_id, from_id, to_id, organ_id, at, by_id, note)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
static const char SQL_ADD_ITEM[] =
    "INSERT INTO handover_item (site_id, handover_id, noun, noun_id, title)"
    " VALUES (?1, ?2, ?3, ?4, ?5)";

static bool add_items(Db *db, SiteId site, int64_t id, const HandoverItems *items, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_ADD_ITEM);
    for (size_t i = 0; i < items->n; i++) {
        bind_int(&s, site.n);
        bind_int(&s, id);
        bind_str(&s, items->v[i].noun);
        bind_int(&s, items->v[i].id);
        bind_str(&s, items->v[i].title);
        if (!stmt_again(&s, err))
            return false;
    }
    return true;
}

bool store_handover_add(Db *db, SiteId site, Handover *handover, const HandoverItems *items,
                        PersonId by, Err *err)
{
    Handover h = *handover;
    if (!store_number(db, site, S("handover"), &h.id, err))
        return false;
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_ADD);
    bind_int(&s, site.n);
    bind_int(&s, h.id);
    bind_int(&s, h.from.n);
    bind_int(&s, h.to.n);
    bind_int(&s, h.organ.n);
    bind_int(&s, h.at);
    bind_number(&s, by.n);
    bind_str(&s, h.note);
    if (!stmt_run(&s, err) || !add_items(db, site, h.id, items, err))
        return false;
    h.n_items = (int64_t)items->n;
    *handover = h;
    return true;
}
