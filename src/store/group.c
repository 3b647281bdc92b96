#include "store/group.h"

// --- joined

static const char SQL_SIDE[] =
    "SELECT coalesce((SELECT g.n FROM request_group g WHERE g.site_id = ?1 AND g.lead_id = ?2), 0),"
    " coalesce((SELECT j.lead_id FROM request_joined j WHERE j.site_id = ?1"
    " AND j.request_id = ?2), 0)";

bool store_group_side(Db *db, SiteId site, RequestId id, int64_t *followers, RequestId *lead,
                      Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_SIDE);
    bind_int(&s, site.n);
    bind_int(&s, id.n);
    if (!stmt_row(&s))
        return stmt_ok(&s, err);
    *followers = col_int(&s);
    lead->n = col_int(&s);
    return stmt_ok(&s, err);
}

static const char SQL_JOINED[] =
    "SELECT j.lead_id, j.joined_at, j.person_id, p.name, j.reason FROM request_joined j"
    " LEFT JOIN person p ON p.site_id = j.site_id AND p.person_id = j.person_id"
    " WHERE j.site_id = ?1 AND j.request_id = ?2";

bool store_joined_get(Db *db, SiteId site, RequestId id, Arena *a, Joined *out, bool *found,
                      Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_JOINED);
    Joined j = {.id = id};
    bind_int(&s, site.n);
    bind_int(&s, id.n);
    bool has = stmt_row(&s);
    if (has) {
        j.lead.n = col_int(&s);
        j.at = col_int(&s);
        j.person.n = col_int(&s);
        j.person_name = col_str(&s, a);
        j.reason = col_str(&s, a);
    }
    if (!stmt_ok(&s, err))
        return false;
    *out = j;
    *found = has;
    return true;
}

static const char SQL_JOIN[] =
    "INSERT INTO request_joined (site_id, request_id, lead_id, joined_at, person_id, reason)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
static const char SQL_GROUP_UP[] =
    "INSERT INTO request_group (site_id, lead_id, organ_id, n, made_at, person_id)"
    " VALUES (?1, ?2, ?3, 1, ?4, ?5)"
    " ON CONFLICT (site_id, lead_id) DO UPDATE SET n = request_group.n + 1";

bool store_joined_add(Db *db, SiteId site, OrganId organ, const Joined *joined, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_JOIN);
    bind_int(&s, site.n);
    bind_int(&s, joined->id.n);
    bind_int(&s, joined->lead.n);
    bind_int(&s, joined->at);
    joined->person.n ? bind_int(&s, joined->person.n) : bind_null(&s);
    bind_str(&s, joined->reason);
    if (!stmt_run(&s, err))
        return false;
    CLEANUP(stmt_end) Stmt g = stmt(db, SQL_GROUP_UP);
    bind_int(&g, site.n);
    bind_int(&g, joined->lead.n);
    bind_int(&g, organ.n);
    bind_int(&g, joined->at);
    joined->person.n ? bind_int(&g, joined->person.n) : bind_null(&g);
    return stmt_run(&g, err);
}

static const char SQL_LEAVE[] =
    "DELETE FROM request_joined WHERE site_id = ?1 AND request_id = ?2 AND lead_id = ?3";
static const char SQL_GROUP_DOWN[] =
    "UPDATE request_group SET n = n - 1 WHERE site_id = ?1 AND lead_id = ?2";
static const char SQL_GROUP_END[] =
    "DELETE FROM request_group WHERE site_id = ?1 AND lead_id = ?2 AND n < 1";

static bool group_run(Db *db, const char *sql, SiteId site, RequestId lead, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, sql);
    bind_int(&s, site.n);
    bind_int(&s, lead.n);
    return stmt_run(&s, err);
}

bool store_joined_drop(Db *db, SiteId site, RequestId id, RequestId lead, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_LEAVE);
    bind_int(&s, site.n);
    bind_int(&s, id.n);
    bind_int(&s, lead.n);
    if (!stmt_run(&s, err))
        return false;
    if (db_changes(db) != 1)
        return fail(err, ERR_BUSY, NULL, "这件申请刚被别人解除了并案，请刷新后重试",
                    "somebody else has just taken it out of the group; reload");
    return group_run(db, SQL_GROUP_DOWN, site, lead, err) &&
           group_run(db, SQL_GROUP_END, site, lead, err);
}

static const char SQL_FOLLOWERS[] =
    "SELECT r.request_id, r.organ_id, r.code, r.title, r.applicant_kind, r.applicant_name,"
    " r.phase, r.open, r.outcome, r.due_on, r.ended_on, r.way, r.n_units"
    " FROM request_joined j JOIN request r"
    " ON r.site_id = j.site_id AND r.request_id = j.request_id"
    " WHERE j.site_id = ?1 AND j.lead_id = ?4 AND j.request_id > ?5 AND " IN_SCOPE(
        "r.organ_id") " ORDER BY j.request_id LIMIT ?6";

bool store_group_followers(Db *db, const Scope *scope, RequestId lead, RequestId after,
                           int64_t limit, Arena *a, InfoRequests *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_FOLLOWERS);
    InfoRequests found = {0};
    bind_scope(&s, scope);
    bind_int(&s, lead.n);
    bind_int(&s, after.n);
    bind_int(&s, limit);
    while (stmt_row(&s)) {
        InfoRequest *r = PUSH(a, &found);
        r->id.n = col_int(&s);
        r->organ.n = col_int(&s);
        r->code = col_str(&s, a);
        r->title = col_str(&s, a);
        r->applicant_kind = request_applicant(col_view(&s));
        r->applicant_name = col_str(&s, a);
        r->phase = request_phase(col_view(&s));
        r->open = col_int(&s) != 0;
        r->outcome = col_str(&s, a);
        r->due = col_date(&s);
        r->ended = col_date(&s);
        r->way = col_str(&s, a);
        r->n_units = col_int(&s);
    }
    if (!stmt_ok(&s, err))
        return false;
    *out = found;
    return true;
}

static const char SQL_LETTERS[] =
    "SELECT d.letter_id FROM request_joined j"
    " JOIN request r ON r.site_id = j.site_id AND r.request_id = j.request_id"
    " LEFT JOIN decision d ON d.site_id = j.site_id AND d.request_id = j.request_id"
    " AND d.remedy_id IS NULL WHERE j.site_id = ?1 AND j.lead_id = ?4 AND j.request_id > ?5 "
    "AND " IN_SCOPE("r.organ_id") " ORDER BY j.request_id LIMIT ?6";

bool store_group_letters(Db *db, const Scope *scope, RequestId lead, RequestId after, int64_t limit,
                         int64_t *out, size_t *n, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_LETTERS);
    size_t found = 0;
    bind_scope(&s, scope);
    bind_int(&s, lead.n);
    bind_int(&s, after.n);
    bind_int(&s, limit);
    while (stmt_row(&s) && found < (size_t)limit)
        out[found++] = col_int(&s);
    if (!stmt_ok(&s, err))
        return false;
    *n = found;
    return true;
}

static const char SQL_FIGURES[] =
    "SELECT r.applicant_kind, count(*), CAST(sum(r.open) AS BIGINT),"
    " CAST(sum(CASE WHEN r.phase = 'unconfirmed' THEN 1 ELSE 0 END) AS BIGINT),"
    " CAST(sum(CASE WHEN r.phase IN ('correction', 'opinion', 'fee') THEN 1 ELSE 0 END) AS BIGINT),"
    " CAST(sum(CASE WHEN r.open = 1 AND r.due_on < ?3 THEN 1 ELSE 0 END) AS BIGINT),"
    " min(CASE WHEN r.open = 1 THEN r.due_on END)"
    " FROM request_joined j JOIN request r ON r.site_id = j.site_id AND r.request_id = j.request_id"
    " WHERE j.site_id = ?1 AND j.lead_id = ?2 GROUP BY r.applicant_kind ORDER BY r.applicant_kind";

const Str group_ways[GROUP_WAYS] = {SI("mail"), SI("email"), SI("pick_up"), SI("on_site")};

static const char SQL_SIGNED[] =
    "SELECT r.way, count(*) FROM request_joined j"
    " JOIN request r ON r.site_id = j.site_id AND r.request_id = j.request_id"
    " JOIN decision d ON d.site_id = j.site_id AND d.request_id = j.request_id"
    " AND d.remedy_id IS NULL WHERE j.site_id = ?1 AND j.lead_id = ?2 AND r.open = 1 AND d.state = "
    "'signed'"
    " GROUP BY r.way ORDER BY r.way";

static bool signed_read(Db *db, SiteId site, RequestId lead, GroupFigures *f, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_SIGNED);
    bind_int(&s, site.n);
    bind_int(&s, lead.n);
    while (stmt_row(&s)) {
        Str way = col_view(&s);
        for (int i = 0; i < GROUP_WAYS; i++)
            if (str_eq(way, group_ways[i]))
                f->signed_by[i] = col_int(&s);
    }
    return stmt_ok(&s, err);
}

bool store_group_figures(Db *db, SiteId site, RequestId lead, Date today, GroupFigures *out,
                         Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_FIGURES);
    GroupFigures f = {.first_due = date_none};
    bind_int(&s, site.n);
    bind_int(&s, lead.n);
    bind_date(&s, today);
    while (stmt_row(&s)) {
        ApplicantKind kind = request_applicant(col_view(&s));
        int64_t n = col_int(&s);
        f.kinds[kind] = n;
        f.n += n;
        f.open += col_int(&s);
        f.unconfirmed += col_int(&s);
        f.waiting += col_int(&s);
        f.overdue += col_int(&s);
        Date due = col_date(&s);
        if (date_is(due) && (!date_is(f.first_due) || due.days < f.first_due.days))
            f.first_due = due;
    }
    if (!stmt_ok(&s, err) || !signed_read(db, site, lead, &f, err))
        return false;
    *out = f;
    return true;
}

static const char SQL_GROUPS[] =
    "SELECT r.request_id, r.code, r.title, o.name, p.name, r.phase, r.due_on, g.n, g.made_at"
    " FROM request_group g JOIN request r ON r.site_id = g.site_id AND r.request_id = g.lead_id"
    " JOIN organ o ON o.site_id = r.site_id AND o.organ_id = r.organ_id"
    " LEFT JOIN person p ON p.site_id = r.site_id AND p.person_id = r.handler_id"
    " WHERE g.site_id = ?1 AND " IN_SCOPE("g.organ_id") " AND (?4 = 0 OR g.lead_id < ?4)"
                                                        " ORDER BY g.lead_id DESC LIMIT ?5";

bool store_group_list(Db *db, const Scope *scope, RequestId before, int64_t limit, Arena *a,
                      GroupLines *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_GROUPS);
    GroupLines found = {0};
    bind_scope(&s, scope);
    bind_int(&s, before.n);
    bind_int(&s, limit);
    while (stmt_row(&s)) {
        GroupLine *g = PUSH(a, &found);
        g->lead.n = col_int(&s);
        g->code = col_str(&s, a);
        g->title = col_str(&s, a);
        g->organ_name = col_str(&s, a);
        g->handler_name = col_str(&s, a);
        g->phase = request_phase(col_view(&s));
        g->due = col_date(&s);
        g->n = col_int(&s);
        g->made_at = col_int(&s);
    }
    if (!stmt_ok(&s, err))
        return false;
    *out = found;
    return true;
}

// --- units

static const char SQL_SPLIT[] =
    "SELECT x.split_at, x.person_id, p.name, x.reason FROM request_split x"
    " LEFT JOIN person p ON p.site_id = x.site_id AND p.person_id = x.person_id"
    " WHERE x.site_id = ?1 AND x.request_id = ?2";
static const char SQL_UNITS[] = "SELECT matter, outcome FROM request_unit"
                                " WHERE site_id = ?1 AND request_id = ?2 ORDER BY unit";

static bool units_get(Db *db, SiteId site, RequestId id, Arena *a, Units *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_UNITS);
    bind_int(&s, site.n);
    bind_int(&s, id.n);
    while (stmt_row(&s)) {
        Unit *u = PUSH(a, out);
        u->matter = col_str(&s, a);
        u->outcome = col_str(&s, a);
    }
    return stmt_ok(&s, err);
}

bool store_split_get(Db *db, SiteId site, RequestId id, Arena *a, Split *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_SPLIT);
    Split split = {0};
    bind_int(&s, site.n);
    bind_int(&s, id.n);
    if (stmt_row(&s)) {
        split.at = col_int(&s);
        split.person.n = col_int(&s);
        split.person_name = col_str(&s, a);
        split.reason = col_str(&s, a);
    }
    if (!stmt_ok(&s, err) || (split.at && !units_get(db, site, id, a, &split.units, err)))
        return false;
    *out = split;
    return true;
}

static const char SQL_SPLIT_DROP[] =
    "DELETE FROM request_split WHERE site_id = ?1 AND request_id = ?2";
static const char SQL_UNITS_DROP[] =
    "DELETE FROM request_unit WHERE site_id = ?1 AND request_id = ?2";
static const char SQL_SPLIT_ADD[] =
    "INSERT INTO request_split (site_id, request_id, split_at, person_id, reason)"
    " VALUES (?1, ?2, ?3, ?4, ?5)";
static const char SQL_UNIT_ADD[] =
    "INSERT INTO request_unit (site_id, request_id, unit, matter, outcome)"
    " VALUES (?1, ?2, ?3, ?4, ?5)";

static bool split_add(Db *db, SiteId site, RequestId id, const Split *split, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_SPLIT_ADD);
    bind_int(&s, site.n);
    bind_int(&s, id.n);
    bind_int(&s, split->at);
    split->person.n ? bind_int(&s, split->person.n) : bind_null(&s);
    bind_str(&s, split->reason);
    return stmt_run(&s, err);
}

static bool units_add(Db *db, SiteId site, RequestId id, const Units *units, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_UNIT_ADD);
    for (size_t i = 0; i < units->n; i++) {
        bind_int(&s, site.n);
        bind_int(&s, id.n);
        bind_int(&s, (int64_t)i + 1);
        bind_str(&s, units->v[i].matter);
        bind_str(&s, units->v[i].outcome);
        if (!stmt_again(&s, err))
            return false;
    }
    return true;
}

bool store_split_set(Db *db, SiteId site, RequestId id, const Split *split, Err *err)
{
    if (!group_run(db, SQL_SPLIT_DROP, site, id, err) ||
        !group_run(db, SQL_UNITS_DROP, site, id, err))
        return false;
    return split->units.n < 2 ||
           (split_add(db, site, id, split, err) && units_add(db, site, id, &split->units, err));
}
