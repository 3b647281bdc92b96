#include "store/register.h"

// ?4 person, ?5 today, ?6 soon, ?7 text, ?8 organ with its sections, ?9 phase, ?10 outcome, ?11
// channel, ?12 kind, ?13 handler, ?14 which day, ?15 from, ?16 to, ?17 late, ?18 tab, ?19 extended;
// of lists ?20 after key, ?21 after number, ?22 limit. Every statement has all of them, so that one
// function binds them.
#define COLUMNS                                                                                    \
    "SELECT r.request_id, r.organ_id, o.name, r.code, r.channel, r.title, r.applicant_kind,"       \
    " r.applicant_name, r.handler_id, p.name, r.filed_on, r.received_on, r.due_on,"                \
    " r.draft_due_on, r.ended_on, r.act_by, r.phase, r.open, r.outcome, r.version, r.n_units,"     \
    " r.same_as, r.form, r.way, r.archived_at, r.year, r.number"
#define NAMES                                                                                      \
    " JOIN organ o ON o.site_id = r.site_id AND o.organ_id = r.organ_id"                           \
    " LEFT JOIN person p ON p.site_id = r.site_id AND p.person_id = r.handler_id"
#define IN_DAYS(column) column " >= ?15 AND " column " <= ?16"
#define ASKED                                                                                      \
    " AND (?8 = 0 OR r.organ_id IN (WITH RECURSIVE own (organ_id) AS (SELECT CAST(?8 AS BIGINT)"   \
    " UNION SELECT s.organ_id FROM organ s JOIN own ON s.parent_id = own.organ_id"                 \
    " WHERE s.site_id = ?1 AND s.kind = 'section') SELECT organ_id FROM own))"                     \
    " AND (?9 = '' OR r.phase = ?9)"                                                               \
    " AND (?10 = '' OR r.outcome = ?10) AND (?11 = '' OR r.channel = ?11)"                         \
    " AND (?12 = '' OR r.applicant_kind = ?12) AND (?13 = 0 OR r.handler_id = ?13)"                \
    " AND (?14 = 0 OR (?14 = 1 AND " IN_DAYS(                                                      \
        "r.filed_on") ")"                                                                          \
                      " OR (?14 = 2 AND " IN_DAYS("r.received_on") ") OR (?14 = 3 AND " IN_DAYS(   \
                          "r.due_on") ")"                                                          \
                                      " OR (?14 = 4 AND " IN_DAYS(                                 \
                                          "r.ended_on") "))"                                       \
                                                        " AND (?19 = 0 OR EXISTS (SELECT 1 FROM "  \
                                                        "request_fact f WHERE f.site_id = "        \
                                                        "r.site_id"                                \
                                                        " AND f.request_id = r.request_id AND "    \
                                                        "f.kind = 'extended' AND f.struck_at IS "  \
                                                        "NULL))"                                   \
                                                        " AND (?17 = 0 OR (r.open = 1 AND "        \
                                                        "r.due_on < ?5) OR (r.phase = 'done'"      \
                                                        " AND r.ended_on > r.due_on))"             \
                                                        " AND (?7 = '' OR r.title LIKE ?7 ESCAPE " \
                                                        "'!' OR r.code LIKE ?7 ESCAPE '!'"         \
                                                        " OR r.applicant_name LIKE ?7 ESCAPE '!')"

// clang-format off
#define TABS(X)                                                                                                                  \
    X(REQUESTS_OPEN,     "0", "r.open = 1")                                                                                      \
    X(REQUESTS_MINE,     "1", "r.open = 1 AND r.handler_id = ?4")                                                                \
    X(REQUESTS_DUE_SOON, "2", "r.open = 1 AND r.due_on IS NOT NULL AND r.act_by >= ?5 AND r.act_by <= ?6")                       \
    X(REQUESTS_WAITING,  "3", "r.open = 1 AND r.phase IN ('unconfirmed', 'correction', 'opinion', 'fee')")                       \
    X(REQUESTS_OVERDUE,  "4", "r.open = 1 AND r.due_on IS NOT NULL AND r.act_by < ?5")                                           \
    X(REQUESTS_ENDED,    "5", "r.open = 0")                                                                                      \
    X(REQUESTS_ALL,      "6", "r.request_id > 0")
#define X(tab, n, where) " OR (?18 = " n " AND " where ")"
#define IN_TAB " AND (?18 < 0" TABS(X) ")"

#define NEAR_FROM " FROM organ_under u JOIN request r ON r.site_id = u.site_id AND r.organ_id = u.organ_id"
#define NEAR_WHERE " WHERE u.site_id = ?1 AND u.root_id = ?2 AND u.reach <= ?3"
#define WIDE_WHERE " WHERE r.site_id = ?1 AND " IN_SCOPE("r.organ_id")
#define NEAR(open) COLUMNS NEAR_FROM NAMES NEAR_WHERE open IN_TAB ASKED
#define WIDE(open) COLUMNS " FROM request r" NAMES WIDE_WHERE open IN_TAB ASKED
#define UP(key)   " AND (" key " > ?20 OR (" key " = ?20 AND r.request_id > ?21)) ORDER BY " key ", r.request_id LIMIT ?22"
#define DOWN(key) " AND (" key " < ?20 OR (" key " = ?20 AND r.request_id < ?21)) ORDER BY " key " DESC, r.request_id DESC LIMIT ?22"

typedef struct Pair { const char *near, *wide; } Pair;
static const Pair lists[SORT__COUNT] = {
    [SORT_DUE]      = { NEAR("") UP("r.act_by"),        WIDE("") UP("r.act_by") },
    [SORT_FILED]    = { NEAR("") DOWN("r.filed_on"),    WIDE("") DOWN("r.filed_on") },
    [SORT_RECEIVED] = { NEAR("") DOWN("coalesce(r.received_on, -1)"), WIDE("") DOWN("coalesce(r.received_on, -1)") },
    [SORT_ENDED]    = { NEAR("") DOWN("coalesce(r.ended_on, -1)"),    WIDE("") DOWN("coalesce(r.ended_on, -1)") },
};
// By the day that is due, where the tab is of open ones: those that ended stand before them in that
// order, years of them, and there is an index for those alone.
static const Pair due_open = { NEAR(" AND r.open = 1") UP("r.act_by"), WIDE(" AND r.open = 1") UP("r.act_by") };
#undef X

#define COUNTS(from, where) "SELECT " SUMS "0" from where " AND r.open = 1" ASKED " AND ?18 = ?18"
#define X(tab, n, where) "coalesce(sum(CASE WHEN " where " THEN 1 ELSE 0 END), 0), "
#define SUMS TABS(X)
static const Pair counts_of = { COUNTS(NEAR_FROM, NEAR_WHERE), COUNTS(" FROM request r", WIDE_WHERE) };
#undef X
// clang-format on

_Static_assert(REQUESTS_OPEN == 0 && REQUESTS_MINE == 1 && REQUESTS_DUE_SOON == 2 &&
                   REQUESTS_WAITING == 3 && REQUESTS_OVERDUE == 4 && REQUESTS_ENDED == 5 &&
                   REQUESTS_ALL == 6,
               "as in TABS");

// An organ has few of a site's: along its own.
static const char *for_scope(const Pair *p, const Scope *scope)
{
    return scope->reach == REACH_ORGAN ? p->near : p->wide;
}

static void bind_filter(Stmt *s, const Scope *scope, const RegisterFilter *f, Arena *a)
{
    bind_scope(s, scope);
    bind_int(s, scope->person.n);
    bind_int(s, f->today.days);
    bind_int(s, f->soon.days);
    bind_str(s, db_like(a, f->text));
    bind_int(s, f->organ.n);
    bind_str(s, f->phase);
    bind_str(s, f->outcome);
    bind_str(s, f->channel);
    bind_str(s, f->kind);
    bind_int(s, f->handler.n);
    bind_int(s, f->day);
    bind_int(s, date_is(f->from) ? f->from.days : INT32_MIN);
    bind_int(s, date_is(f->to) ? f->to.days : REQUEST_NO_DAY);
    bind_int(s, f->late);
    bind_int(s, f->tab);
    bind_int(s, f->extended);
}

static InfoRequest line_row(Stmt *s, Arena *a)
{
    InfoRequest r = {0};
    r.id.n = col_int(s);
    r.organ.n = col_int(s);
    r.organ_name = col_str(s, a);
    r.code = col_str(s, a);
    r.channel = request_channel(col_view(s));
    r.title = col_str(s, a);
    r.applicant_kind = request_applicant(col_view(s));
    r.applicant_name = col_str(s, a);
    r.handler.n = col_int(s);
    r.handler_name = col_str(s, a);
    r.filed = col_date(s);
    r.received = col_date(s);
    r.due = col_date(s);
    r.draft_due = col_date(s);
    r.ended = col_date(s);
    r.act_by = col_date(s);
    r.phase = request_phase(col_view(s));
    r.open = col_int(s) != 0;
    r.outcome = col_str(s, a);
    r.version = col_int(s);
    r.n_units = col_int(s);
    r.same_as.n = col_int(s);
    r.form = col_str(s, a);
    r.way = col_str(s, a);
    r.archived_at = col_int(s);
    r.year = (int)col_int(s);
    r.number = col_int(s);
    return r;
}

// -1 as in the statements: last where the newest come first.
static int64_t key_of(Date d)
{
    return date_is(d) ? d.days : -1;
}

int64_t register_key(RegisterSort sort, const InfoRequest *r)
{
    return sort == SORT_FILED      ? key_of(r->filed)
           : sort == SORT_RECEIVED ? key_of(r->received)
           : sort == SORT_ENDED    ? key_of(r->ended)
                                   : r->act_by.days;
}

bool store_register_list(Db *db, const Scope *scope, const RegisterAsk *ask, Arena *a,
                         InfoRequests *out, Err *err)
{
    bool down = ask->sort != SORT_DUE, open = ask->filter.tab < REQUESTS_ENDED;
    CLEANUP(stmt_end)
    Stmt s = stmt(db, for_scope(!down && open ? &due_open : &lists[ask->sort], scope));
    InfoRequests found = {0};
    bind_filter(&s, scope, &ask->filter, a);
    bind_int(&s, ask->after.n ? ask->after_key : down ? REQUEST_NO_DAY + 1 : INT32_MIN);
    bind_int(&s, ask->after.n);
    bind_int(&s, ask->limit);
    while (stmt_row(&s))
        *PUSH(a, &found) = line_row(&s, a);
    if (!stmt_ok(&s, err))
        return false;
    *out = found;
    return true;
}

bool store_register_counts(Db *db, const Scope *scope, const RegisterFilter *filter, Arena *a,
                           int64_t out[REQUESTS__COUNT], Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, for_scope(&counts_of, scope));
    int64_t counts[REQUESTS__COUNT] = {0};
    bind_filter(&s, scope, filter, a);
    if (stmt_row(&s))
        for (int tab = 0; tab < REQUESTS__COUNT; tab++)
            counts[tab] = col_int(&s);
    if (!stmt_ok(&s, err))
        return false;
    counts[REQUESTS_ENDED] = counts[REQUESTS_ALL] = REQUESTS_UNCOUNTED;
    memcpy(out, counts, sizeof counts);
    return true;
}
