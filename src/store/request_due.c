#include "store/request_due.h"

#include "store/person_row.h"

static const char SQL_DUE[] =
    "SELECT r.request_id, r.organ_id, r.handler_id, r.code, r.title, o.name, p.name, r.phase,"
    " r.due_on, r.draft_due_on, d.state FROM request r"
    " JOIN organ o ON o.site_id = r.site_id AND o.organ_id = r.organ_id"
    " LEFT JOIN person p ON p.site_id = r.site_id AND p.person_id = r.handler_id"
    " LEFT JOIN decision d ON d.site_id = r.site_id AND d.request_id = r.request_id"
    " AND d.remedy_id IS NULL WHERE r.site_id = ?1 AND " IN_SCOPE(
        "r.organ_id") " AND r.open = 1"
                      " AND r.phase IN ('open', 'opinion') AND r.act_by <= ?4"
                      " AND (r.act_by > ?5 OR (r.act_by = ?5 AND r.request_id > ?6))"
                      " ORDER BY r.act_by, r.request_id LIMIT ?7";

static DueRequest due_row(Stmt *s, Arena *a)
{
    DueRequest d = {.id = {col_int(s)}};
    d.organ.n = col_int(s);
    d.handler.n = col_int(s);
    d.code = col_str(s, a);
    d.title = col_str(s, a);
    d.organ_name = col_str(s, a);
    d.handler_name = col_str(s, a);
    d.phase = request_phase(col_view(s));
    d.due = col_date(s);
    d.draft_due = col_date(s);
    d.draft = col_str(s, a);
    return d;
}

bool store_request_due(Db *db, const Scope *scope, Date until, const DueRequest *after, Arena *a,
                       DueRequests *out, Err *err)
{
    DueRequests found = {0};
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_DUE);
    bind_scope(&s, scope);
    bind_int(&s, until.days);
    bind_int(&s, after->id.n ? after->due.days : INT32_MIN);
    bind_int(&s, after->id.n);
    bind_int(&s, DUE_REQUESTS_MOST);
    while (stmt_row(&s))
        *PUSH(a, &found) = due_row(&s, a);
    if (!stmt_ok(&s, err))
        return false;
    *out = found;
    return true;
}

// The last decision that was made for the case, where it has not gone out.
static const char SQL_REDO[] =
    "SELECT r.request_id, r.organ_id, r.handler_id, r.code, r.title, o.name, p.name, m.redo_by,"
    " COALESCE(d.state, ''), m.remedy_id FROM remedy m"
    " JOIN request r ON r.site_id = m.site_id AND r.request_id = m.request_id"
    " JOIN organ o ON o.site_id = r.site_id AND o.organ_id = r.organ_id"
    " LEFT JOIN person p ON p.site_id = r.site_id AND p.person_id = r.handler_id"
    " LEFT JOIN decision d ON d.site_id = m.site_id AND d.request_id = m.request_id"
    " AND d.remedy_id = m.remedy_id AND NOT EXISTS (SELECT 1 FROM request_fact f"
    " WHERE f.site_id = d.site_id AND f.request_id = d.request_id AND f.kind = 'redone'"
    " AND f.about = d.nth AND f.struck_at IS NULL)"
    " WHERE m.site_id = ?1 AND " IN_SCOPE("m.organ_id") " AND m.redo_by <= ?4"
                                                        " AND (m.redo_by > ?5 OR (m.redo_by = ?5"
                                                        " AND m.remedy_id > ?6))"
                                                        " ORDER BY m.redo_by, m.remedy_id"
                                                        " LIMIT ?7";

bool store_redo_due(Db *db, const Scope *scope, Date until, const DueRequest *after, Arena *a,
                    DueRequests *out, Err *err)
{
    DueRequests found = {0};
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_REDO);
    bind_scope(&s, scope);
    bind_int(&s, until.days);
    bind_int(&s, after->remedy ? after->due.days : INT32_MIN);
    bind_int(&s, after->remedy);
    bind_int(&s, DUE_REQUESTS_MOST);
    while (stmt_row(&s)) {
        DueRequest *d = PUSH(a, &found);
        *d = (DueRequest){.id = {col_int(&s)}, .phase = PHASE_OPEN, .draft_due = date_none};
        d->organ.n = col_int(&s);
        d->handler.n = col_int(&s);
        d->code = col_str(&s, a);
        d->title = col_str(&s, a);
        d->organ_name = col_str(&s, a);
        d->handler_name = col_str(&s, a);
        d->due = col_date(&s);
        d->draft = col_str(&s, a);
        d->remedy = col_int(&s);
    }
    if (!stmt_ok(&s, err))
        return false;
    *out = found;
    return true;
}

static const char SQL_TOLD[] =
    "INSERT INTO request_told (site_id, request_id, rule, day, told_at)"
    " VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (site_id, request_id, rule, day) DO NOTHING";

bool store_request_told(Db *db, SiteId site, RequestId id, Str rule, Date day, int64_t now,
                        bool *first, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_TOLD);
    bind_int(&s, site.n);
    bind_int(&s, id.n);
    bind_str(&s, rule);
    bind_date(&s, day);
    bind_int(&s, now);
    if (!stmt_run(&s, err))
        return false;
    *first = db_changes(db) == 1;
    return true;
}

// clang-format off
static const char SQL_HOLDERS[] =
    "SELECT e.person_id FROM person e WHERE e.site_id = ?1 AND e.state = 'active'"
    " AND (EXISTS (SELECT 1 FROM post p WHERE p.site_id = e.site_id AND p.person_id = e.person_id"
    " AND p.organ_id = ?2 AND p.role = ?3 AND " POST_ON("p", "?4") ")"
    " OR EXISTS (SELECT 1 FROM substitution s"
    " JOIN substitution_role q ON q.site_id = s.site_id AND q.substitution_id = s.substitution_id"
    " WHERE s.site_id = e.site_id AND s.substitute_id = e.person_id AND s.organ_id = ?2"
    " AND q.role = ?3 AND " SUBSTITUTION_ON("s", "?4") "))"
    " ORDER BY e.person_id";
// clang-format on

bool store_role_holders(Db *db, SiteId site, OrganId organ, Role role, Date today, Arena *a,
                        PersonIds *out, Err *err)
{
    PersonIds found = {0};
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_HOLDERS);
    bind_int(&s, site.n);
    bind_int(&s, organ.n);
    bind_str(&s, role_defs[role].id);
    bind_date(&s, today);
    while (stmt_row(&s))
        *PUSH(a, &found) = (PersonId){col_int(&s)};
    if (!stmt_ok(&s, err))
        return false;
    *out = found;
    return true;
}
