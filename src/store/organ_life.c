// The lives of organs, their heirs, and the lines of supervision (store/organ.h).
#include "store/organ.h"

static void bind_id(Stmt *s, int64_t id)
{
    id ? bind_int(s, id) : bind_null(s);
}

// --- life

static const char SQL_LIFE_ADD[] =
    "INSERT INTO organ_life (site_id, life_id, organ_id, event, on_day, basis, old_name, new_name,"
    " old_parent, new_parent, person_id, recorded_at)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";

bool store_organ_life_add(Db *db, SiteId site, OrganLife *life, Err *err)
{
    int64_t id;
    if (!store_number(db, site, S("organ_life"), &id, err))
        return false;
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_LIFE_ADD);
    bind_int(&s, site.n);
    bind_int(&s, id);
    bind_int(&s, life->organ.n);
    bind_str(&s, life_events[life->event].id);
    bind_date(&s, life->on);
    bind_str(&s, life->basis);
    bind_str(&s, life->old_name);
    bind_str(&s, life->new_name);
    bind_id(&s, life->old_parent_id.n);
    bind_id(&s, life->new_parent_id.n);
    bind_id(&s, life->by.n);
    bind_int(&s, life->recorded_at);
    if (!stmt_run(&s, err))
        return false;
    life->id = id;
    return true;
}

static const char SQL_LIVES[] =
    "SELECT l.life_id, l.organ_id, o.name, l.event, l.on_day, l.basis, l.old_name, l.new_name,"
    " l.old_parent, p.name, l.new_parent, q.name, l.person_id, l.recorded_at"
    " FROM organ_life l JOIN organ o ON o.site_id = l.site_id AND o.organ_id = l.organ_id"
    " LEFT JOIN organ p ON p.site_id = l.site_id AND p.organ_id = l.old_parent"
    " LEFT JOIN organ q ON q.site_id = l.site_id AND q.organ_id = l.new_parent"
    " WHERE l.site_id = ?1 AND (l.organ_id = ?2 OR l.organ_id IN (SELECT h.organ_id FROM "
    "organ_heir h"
    " WHERE h.site_id = ?1 AND h.heir_id = ?2))"
    " ORDER BY l.on_day DESC, l.life_id DESC";

bool store_organ_lives(Db *db, SiteId site, OrganId id, Arena *a, OrganLives *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_LIVES);
    OrganLives found = {0};
    bind_int(&s, site.n);
    bind_int(&s, id.n);
    while (stmt_row(&s)) {
        OrganLife *l = PUSH(a, &found);
        l->id = col_int(&s);
        l->organ.n = col_int(&s);
        l->organ_name = col_str(&s, a);
        life_event_named(col_view(&s), &l->event);
        l->on = col_date(&s);
        l->basis = col_str(&s, a);
        l->old_name = col_str(&s, a);
        l->new_name = col_str(&s, a);
        l->old_parent_id.n = col_int(&s);
        l->old_parent = col_str(&s, a);
        l->new_parent_id.n = col_int(&s);
        l->new_parent = col_str(&s, a);
        l->by.n = col_int(&s);
        l->recorded_at = col_int(&s);
        l->inherited = l->organ.n != id.n;
    }
    if (!stmt_ok(&s, err))
        return false;
    *out = found;
    return true;
}

static const char SQL_LAST[] =
    "SELECT max(on_day) FROM organ_life WHERE site_id = ?1 AND organ_id = ?2";

bool store_organ_last_change(Db *db, SiteId site, OrganId id, Date *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_LAST);
    bind_int(&s, site.n);
    bind_int(&s, id.n);
    Date last = stmt_row(&s) ? col_date(&s) : date_none;
    if (!stmt_ok(&s, err))
        return false;
    *out = last;
    return true;
}

// --- heirs

static const char SQL_HEIR_ADD[] =
    "INSERT INTO organ_heir (site_id, organ_id, heir_id, life_id) VALUES (?1, ?2, ?3, ?4)"
    " ON CONFLICT (site_id, organ_id, heir_id) DO NOTHING";

bool store_organ_heir_add(Db *db, SiteId site, OrganId ended, OrganId heir, int64_t life, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_HEIR_ADD);
    bind_int(&s, site.n);
    bind_int(&s, ended.n);
    bind_int(&s, heir.n);
    bind_int(&s, life);
    return stmt_run(&s, err);
}

#define HEIR_COLUMNS                                                                               \
    "o.organ_id, o.slug, o.name, o.state,"                                                         \
    " (SELECT count(*) FROM report r WHERE r.site_id = o.site_id AND r.organ_id = o.organ_id)"

static bool relatives(Db *db, const char *sql, SiteId site, OrganId id, Arena *a, OrganRows *out,
                      Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, sql);
    OrganRows found = {0};
    bind_int(&s, site.n);
    bind_int(&s, id.n);
    while (stmt_row(&s)) {
        OrganRow *o = PUSH(a, &found);
        o->id.n = col_int(&s);
        o->slug = col_str(&s, a);
        o->name = col_str(&s, a);
        Str state = col_view(&s);
        for (int i = 0; i < ORGAN_STATE__COUNT; i++)
            if (str_eq(organ_states[i].id, state))
                o->state = (OrganState)i;
        o->n_reports = col_int(&s);
    }
    if (!stmt_ok(&s, err))
        return false;
    *out = found;
    return true;
}

static const char SQL_HEIRS[] =
    "SELECT " HEIR_COLUMNS " FROM organ_heir h JOIN organ o ON o.site_id = h.site_id"
    " AND o.organ_id = h.heir_id WHERE h.site_id = ?1 AND h.organ_id = ?2"
    " ORDER BY o.ordinal, o.organ_id";

bool store_organ_heirs(Db *db, SiteId site, OrganId id, Arena *a, OrganRows *out, Err *err)
{
    return relatives(db, SQL_HEIRS, site, id, a, out, err);
}

static const char SQL_FORERUNNERS[] =
    "SELECT " HEIR_COLUMNS " FROM organ_heir h JOIN organ o ON o.site_id = h.site_id"
    " AND o.organ_id = h.organ_id WHERE h.site_id = ?1 AND h.heir_id = ?2"
    " ORDER BY o.ordinal, o.organ_id";

bool store_organ_forerunners(Db *db, SiteId site, OrganId id, Arena *a, OrganRows *out, Err *err)
{
    return relatives(db, SQL_FORERUNNERS, site, id, a, out, err);
}

// --- lines of supervision

static const char SQL_LINES[] =
    "SELECT l.organ_id, l.over_id, o.name, p.name, l.business, l.since FROM organ_line l"
    " JOIN organ o ON o.site_id = l.site_id AND o.organ_id = l.organ_id"
    " JOIN organ p ON p.site_id = l.site_id AND p.organ_id = l.over_id"
    " WHERE l.site_id = ?1 AND (l.organ_id = ?2 OR l.over_id = ?2)"
    " ORDER BY p.ordinal, l.over_id, o.ordinal, l.organ_id, l.business";

bool store_organ_supervisions(Db *db, SiteId site, OrganId id, Arena *a, Supervisions *out,
                              Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_LINES);
    Supervisions found = {0};
    bind_int(&s, site.n);
    bind_int(&s, id.n);
    while (stmt_row(&s)) {
        Supervision *l = PUSH(a, &found);
        l->organ.n = col_int(&s);
        l->over.n = col_int(&s);
        l->organ_name = col_str(&s, a);
        l->over_name = col_str(&s, a);
        l->business = col_str(&s, a);
        l->since = col_date(&s);
    }
    if (!stmt_ok(&s, err))
        return false;
    *out = found;
    return true;
}

static const char SQL_LINE_ADD[] = "INSERT INTO organ_line (site_id, organ_id, over_id, business, "
                                   "since) VALUES (?1, ?2, ?3, ?4, ?5)"
                                   " ON CONFLICT (site_id, organ_id, over_id, business) DO NOTHING";

bool store_organ_line_add(Db *db, SiteId site, OrganId organ, OrganId over, Str business,
                          Date since, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_LINE_ADD);
    bind_int(&s, site.n);
    bind_int(&s, organ.n);
    bind_int(&s, over.n);
    bind_str(&s, business);
    bind_date(&s, since);
    return stmt_run(&s, err);
}

static const char SQL_LINE_DROP[] = "DELETE FROM organ_line WHERE site_id = ?1 AND organ_id = ?2"
                                    " AND over_id = ?3 AND business = ?4";

bool store_organ_line_drop(Db *db, SiteId site, OrganId organ, OrganId over, Str business,
                           bool *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_LINE_DROP);
    bind_int(&s, site.n);
    bind_int(&s, organ.n);
    bind_int(&s, over.n);
    bind_str(&s, business);
    if (!stmt_run(&s, err))
        return false;
    *out = db_changes(db) > 0;
    return true;
}
