#include "store/duty.h"

#define DUTY_COLUMNS                                                                               \
    "d.duty_id, d.request_id, d.section_id, d.person_id, d.given_by, o.name, p.name, g.name,"      \
    " d.words, d.due_on, d.given_at, d.ended_at"
#define DUTY_NAMES                                                                                 \
    " LEFT JOIN organ o ON o.site_id = d.site_id AND o.organ_id = d.section_id"                    \
    " LEFT JOIN person p ON p.site_id = d.site_id AND p.person_id = d.person_id"                   \
    " LEFT JOIN person g ON g.site_id = d.site_id AND g.person_id = d.given_by"

static Duty duty_row(Stmt *s, Arena *a)
{
    Duty d = {.id = col_int(s)};
    d.request.n = col_int(s);
    d.section.n = col_int(s);
    d.person.n = col_int(s);
    d.given_by.n = col_int(s);
    d.section_name = col_str(s, a);
    d.person_name = col_str(s, a);
    d.given_name = col_str(s, a);
    d.words = col_str(s, a);
    d.due = col_date(s);
    d.given_at = col_int(s);
    d.ended_at = col_int(s);
    return d;
}

static const char SQL_OF[] = "SELECT " DUTY_COLUMNS " FROM request_duty d" DUTY_NAMES
                             " WHERE d.site_id = ?1 AND d.request_id = ?2 ORDER BY d.duty_id DESC";

bool store_duties(Db *db, SiteId site, RequestId id, Arena *a, Duties *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_OF);
    Duties found = {0};
    bind_int(&s, site.n);
    bind_int(&s, id.n);
    while (stmt_row(&s))
        *PUSH(a, &found) = duty_row(&s, a);
    if (!stmt_ok(&s, err))
        return false;
    *out = found;
    return true;
}

static const char SQL_END[] = "UPDATE request_duty SET ended_at = ?3 WHERE site_id = ?1"
                              " AND request_id = ?2 AND ended_at IS NULL";
static const char SQL_ADD[] =
    "INSERT INTO request_duty (site_id, request_id, duty_id, section_id, person_id, due_on, words,"
    " given_by, given_at) SELECT CAST(?1 AS BIGINT), CAST(?2 AS BIGINT),"
    " 1 + COALESCE(max(duty_id), 0), CAST(?3 AS BIGINT), CAST(?4 AS BIGINT), CAST(?5 AS BIGINT),"
    " CAST(?6 AS TEXT), CAST(?7 AS BIGINT), CAST(?8 AS BIGINT) FROM request_duty"
    " WHERE site_id = ?1 AND request_id = ?2 RETURNING duty_id";

static void bind_id(Stmt *s, int64_t n)
{
    n ? bind_int(s, n) : bind_null(s);
}

bool store_duty_add(Db *db, SiteId site, Duty *duty, Err *err)
{
    CLEANUP(stmt_end) Stmt over = stmt(db, SQL_END);
    bind_int(&over, site.n);
    bind_int(&over, duty->request.n);
    bind_int(&over, duty->given_at);
    if (!stmt_run(&over, err))
        return false;
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_ADD);
    bind_int(&s, site.n);
    bind_int(&s, duty->request.n);
    bind_id(&s, duty->section.n);
    bind_int(&s, duty->person.n);
    bind_date(&s, duty->due);
    bind_str(&s, duty->words);
    bind_id(&s, duty->given_by.n);
    bind_int(&s, duty->given_at);
    if (stmt_row(&s))
        duty->id = col_int(&s);
    return stmt_ok(&s, err);
}

static const char SQL_OVERDUE[] =
    "SELECT " DUTY_COLUMNS ", r.code, r.title FROM request_duty d JOIN request r"
    " ON r.site_id = d.site_id AND r.request_id = d.request_id AND r.open = 1" DUTY_NAMES
    " WHERE d.site_id = ?1 AND d.ended_at IS NULL AND d.due_on < ?2"
    " AND (d.chased_on IS NULL OR d.chased_on < ?2) ORDER BY d.due_on, d.request_id LIMIT 200";

bool store_duties_overdue(Db *db, SiteId site, Date today, Arena *a, Duties *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_OVERDUE);
    Duties found = {0};
    bind_int(&s, site.n);
    bind_date(&s, today);
    while (stmt_row(&s)) {
        Duty *d = PUSH(a, &found);
        *d = duty_row(&s, a);
        d->code = col_str(&s, a);
        d->title = col_str(&s, a);
    }
    if (!stmt_ok(&s, err))
        return false;
    *out = found;
    return true;
}

static const char SQL_CHASED[] = "UPDATE request_duty SET chased_on = ?4 WHERE site_id = ?1"
                                 " AND request_id = ?2 AND duty_id = ?3";

bool store_duty_chased(Db *db, SiteId site, RequestId id, int64_t duty, Date today, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_CHASED);
    bind_int(&s, site.n);
    bind_int(&s, id.n);
    bind_int(&s, duty);
    bind_date(&s, today);
    return stmt_run(&s, err);
}
