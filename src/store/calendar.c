#include "store/calendar.h"

#include "store/site.h"

// --- notices

#define NOTICE_COLUMNS                                                                             \
    "SELECT n.notice_id, n.year, n.regional, n.number, n.title, n.address, n.entered_at,"          \
    " n.entered_by, e.name, n.withdrawn_at, n.withdrawn_by, w.name, n.withdrawn_why"               \
    " FROM calendar_notice n"                                                                      \
    " LEFT JOIN person e ON e.site_id = n.site_id AND e.person_id = n.entered_by"                  \
    " LEFT JOIN person w ON w.site_id = n.site_id AND w.person_id = n.withdrawn_by"

static SiteNotice notice_row(Stmt *s, Arena *a)
{
    SiteNotice n = {.id = col_int(s)};
    n.notice.year = (int)col_int(s);
    n.notice.regional = col_int(s) != 0;
    n.number = col_str(s, a);
    n.title = col_str(s, a);
    n.address = col_str(s, a);
    n.entered_at = col_int(s);
    n.entered_by.n = col_int(s);
    n.entered_name = col_str(s, a);
    n.withdrawn_at = col_int(s);
    n.withdrawn_by.n = col_int(s);
    n.withdrawn_name = col_str(s, a);
    n.withdrawn_why = col_str(s, a);
    return n;
}

static CalendarDay day_row(Stmt *s, Arena *a)
{
    CalendarDay d = {.date = col_date(s)};
    d.works = col_int(s) != 0;
    d.name = col_str(s, a);
    return d;
}

static const char SQL_DAYS[] = "SELECT day, works, name, notice_id FROM calendar_day"
                               " WHERE site_id = ?1 AND (?2 = 0 OR notice_id = ?2)"
                               " ORDER BY notice_id, day";

static SiteNotice *notice_in(SiteNotices *list, int64_t id)
{
    for (size_t i = 0; i < list->n; i++)
        if (list->v[i].id == id)
            return &list->v[i];
    return NULL;
}

static bool days_read(Db *db, SiteId site, int64_t id, Arena *a, SiteNotices *into, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_DAYS);
    bind_int(&s, site.n);
    bind_int(&s, id);
    while (stmt_row(&s)) {
        CalendarDay d = day_row(&s, a);
        SiteNotice *n = notice_in(into, col_int(&s));
        if (n)
            *PUSH(a, &n->notice.days) = d;
    }
    return stmt_ok(&s, err);
}

static const char SQL_LIST[] = NOTICE_COLUMNS
    " WHERE n.site_id = ?1 AND (?2 = 1 OR n.withdrawn_at IS NULL) ORDER BY n.regional, n.notice_id";

bool store_calendar_list(Db *db, SiteId site, bool withdrawn, Arena *a, SiteNotices *out, Err *err)
{
    SiteNotices found = {0};
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_LIST);
    bind_int(&s, site.n);
    bind_int(&s, withdrawn);
    while (stmt_row(&s))
        *PUSH(a, &found) = notice_row(&s, a);
    if (!stmt_ok(&s, err) || (found.n && !days_read(db, site, 0, a, &found, err)))
        return false;
    *out = found;
    return true;
}

static const char SQL_GET[] = NOTICE_COLUMNS " WHERE n.site_id = ?1 AND n.notice_id = ?2";

bool store_calendar_get(Db *db, SiteId site, int64_t id, Arena *a, SiteNotice *out, Err *err)
{
    SiteNotices found = {0};
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_GET);
    bind_int(&s, site.n);
    bind_int(&s, id);
    if (stmt_row(&s))
        *PUSH(a, &found) = notice_row(&s, a);
    if (!stmt_ok(&s, err) || !days_read(db, site, id, a, &found, err))
        return false;
    if (!found.n)
        return fail(err, ERR_MISSING, NULL, "没有这份放假安排", "no such notice");
    *out = found.v[0];
    return true;
}

static const char SQL_ADD[] =
    "INSERT INTO calendar_notice (site_id, notice_id, year, regional, number, title, address,"
    " entered_at, entered_by, withdrawn_why) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, '')";
static const char SQL_DAY_ADD[] =
    "INSERT INTO calendar_day (site_id, notice_id, day, works, name) VALUES (?1, ?2, ?3, ?4, ?5)";

static bool days_add(Db *db, SiteId site, const SiteNotice *n, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_DAY_ADD);
    for (size_t i = 0; i < n->notice.days.n; i++) {
        const CalendarDay *d = &n->notice.days.v[i];
        bind_int(&s, site.n);
        bind_int(&s, n->id);
        bind_date(&s, d->date);
        bind_int(&s, d->works);
        bind_str(&s, d->name);
        if (!stmt_again(&s, err))
            return false;
    }
    return true;
}

bool store_calendar_add(Db *db, SiteId site, SiteNotice *n, Err *err)
{
    if (!store_number(db, site, S("calendar"), &n->id, err))
        return false;
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_ADD);
    bind_int(&s, site.n);
    bind_int(&s, n->id);
    bind_int(&s, n->notice.year);
    bind_int(&s, n->notice.regional);
    bind_str(&s, n->number);
    bind_str(&s, n->title);
    bind_str(&s, n->address);
    bind_int(&s, n->entered_at);
    n->entered_by.n ? bind_int(&s, n->entered_by.n) : bind_null(&s);
    return stmt_run(&s, err) && days_add(db, site, n, err);
}

static const char SQL_WITHDRAW[] =
    "UPDATE calendar_notice SET withdrawn_at = ?3, withdrawn_by = ?4, withdrawn_why = ?5"
    " WHERE site_id = ?1 AND notice_id = ?2 AND withdrawn_at IS NULL";

bool store_calendar_withdraw(Db *db, SiteId site, int64_t id, PersonId by, int64_t now, Str why,
                             Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_WITHDRAW);
    bind_int(&s, site.n);
    bind_int(&s, id);
    bind_int(&s, now);
    by.n ? bind_int(&s, by.n) : bind_null(&s);
    bind_str(&s, why);
    if (!stmt_run(&s, err))
        return false;
    return db_changes(db) == 1 || fail(err, ERR_BUSY, NULL, "这份放假安排已经撤回",
                                       "the notice has been withdrawn already");
}

// --- settings

static const char SQL_CHANGES[] =
    "SELECT c.setting, c.value, c.was, c.why, c.changed_at, c.changed_by, p.name"
    " FROM clock_change c"
    " LEFT JOIN person p ON p.site_id = c.site_id AND p.person_id = c.changed_by"
    " WHERE c.site_id = ?1 ORDER BY c.change_id";

bool store_clock_changes(Db *db, SiteId site, Arena *a, ClockChanges *out, Err *err)
{
    ClockChanges found = {0};
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_CHANGES);
    bind_int(&s, site.n);
    while (stmt_row(&s)) {
        ClockChange c = {0};
        bool known = clock_setting_named(col_view(&s), &c.which);
        c.value = (int)col_int(&s);
        c.was = (int)col_int(&s);
        c.why = col_str(&s, a);
        c.at = col_int(&s);
        c.by.n = col_int(&s);
        c.by_name = col_str(&s, a);
        if (known)
            *PUSH(a, &found) = c;
    }
    if (!stmt_ok(&s, err))
        return false;
    *out = found;
    return true;
}

static const char SQL_CHANGE_ADD[] =
    "INSERT INTO clock_change (site_id, change_id, setting, value, was, why, changed_at,"
    " changed_by) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";

bool store_clock_change_add(Db *db, SiteId site, const ClockChange *c, Err *err)
{
    int64_t id;
    if (!store_number(db, site, S("clock_change"), &id, err))
        return false;
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_CHANGE_ADD);
    bind_int(&s, site.n);
    bind_int(&s, id);
    bind_str(&s, clock_setting_defs[c->which].id);
    bind_int(&s, c->value);
    bind_int(&s, c->was);
    bind_str(&s, c->why);
    bind_int(&s, c->at);
    c->by.n ? bind_int(&s, c->by.n) : bind_null(&s);
    return stmt_run(&s, err);
}

// --- the stamp

static const char SQL_STAMP[] = "SELECT stamp FROM clock_stamp WHERE site_id = ?1";

bool store_clock_stamp(Db *db, SiteId site, int64_t *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_STAMP);
    bind_int(&s, site.n);
    int64_t stamp = stmt_row(&s) ? col_int(&s) : 0;
    if (!stmt_ok(&s, err))
        return false;
    *out = stamp;
    return true;
}

static const char SQL_STAMP_SET[] = "INSERT INTO clock_stamp (site_id, stamp) VALUES (?1, ?2)"
                                    " ON CONFLICT (site_id) DO UPDATE SET stamp = excluded.stamp";

bool store_clock_stamp_set(Db *db, SiteId site, int64_t stamp, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_STAMP_SET);
    bind_int(&s, site.n);
    bind_int(&s, stamp);
    return stmt_run(&s, err);
}
