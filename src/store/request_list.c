// Lists of requests. Where the scope is one organ, its own index is gone over; where it is wide,
// nearly every row is in it, and the index over the whole site gives the first ones at once.
#include "store/request.h"

// ?4 person, ?5 today, ?6 soon, ?7 text, ?8 organ, ?9 after day, ?10 after number, ?11 limit.
#define COLUMNS                                                                                    \
    "SELECT r.request_id, r.organ_id, o.name, r.code, r.channel, r.title, r.applicant_kind,"       \
    " r.applicant_name, r.handler_id, p.name, r.filed_on, r.received_on, r.due_on,"                \
    " r.draft_due_on, r.turn_on, r.ended_on, r.act_by, r.phase, r.open, r.outcome, r.version"
#define NAMES                                                                                      \
    " JOIN organ o ON o.site_id = r.site_id AND o.organ_id = r.organ_id"                           \
    " LEFT JOIN person p ON p.site_id = r.site_id AND p.person_id = r.handler_id"
#define ASKED                                                                                      \
    " AND (?8 = 0 OR r.organ_id = ?8)"                                                             \
    " AND (?7 = '' OR r.title LIKE ?7 ESCAPE '!' OR r.code LIKE ?7 ESCAPE '!'"                     \
    " OR r.applicant_name LIKE ?7 ESCAPE '!')"                                                     \
    " AND (r.act_by > ?9 OR (r.act_by = ?9 AND r.request_id > ?10))"                               \
    " ORDER BY r.act_by, r.request_id LIMIT ?11"
#define NEAR(where)                                                                                \
    COLUMNS " FROM organ_under u JOIN request r ON r.site_id = u.site_id"                          \
            " AND r.organ_id = u.organ_id" NAMES                                                   \
            " WHERE u.site_id = ?1 AND u.root_id = ?2 AND u.reach <= ?3 AND " where ASKED
#define WIDE(where)                                                                                \
    COLUMNS " FROM request r" NAMES                                                                \
            " WHERE r.site_id = ?1 AND " IN_SCOPE("r.organ_id") " AND " where ASKED

// clang-format off
#define TABS(X)                                                                                                            \
    X(REQUESTS_OPEN,     "r.open = 1")                                                                                     \
    X(REQUESTS_MINE,     "r.open = 1 AND r.handler_id = ?4")                                                               \
    X(REQUESTS_DUE_SOON, "r.open = 1 AND r.due_on IS NOT NULL AND r.act_by >= ?5 AND r.act_by <= ?6")                      \
    X(REQUESTS_WAITING,  "r.open = 1 AND r.phase IN ('unconfirmed', 'correction', 'opinion', 'fee')")                      \
    X(REQUESTS_OVERDUE,  "r.open = 1 AND r.due_on IS NOT NULL AND r.act_by < ?5")                                          \
    X(REQUESTS_ENDED,    "r.open = 0")                                                                                     \
    X(REQUESTS_ALL,      "r.request_id > 0")

static const char *const near_lists[REQUESTS__COUNT] = {
#define X(tab, where) [tab] = NEAR(where),
    TABS(X)
#undef X
};
static const char *const wide_lists[REQUESTS__COUNT] = {
#define X(tab, where) [tab] = WIDE(where),
    TABS(X)
#undef X
};

static const char SQL_COUNTS[] = "SELECT "
#define X(tab, where) "coalesce(sum(CASE WHEN " where " THEN 1 ELSE 0 END), 0), "
    TABS(X)
#undef X
    "0 FROM request r WHERE r.site_id = ?1 AND r.open = 1 AND " IN_SCOPE("r.organ_id");
// clang-format on

static Str like_of(Arena *a, Str text)
{
    if (!text.n)
        return S("");
    Str s = str_replace(a, text, S("!"), S("!!"));
    s = str_replace(a, str_replace(a, s, S("%"), S("!%")), S("_"), S("!_"));
    return str_fmt(a, "%%" PRI_STR "%%", STR_ARG(s));
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
    r.turn = col_date(s);
    r.ended = col_date(s);
    r.act_by = col_date(s);
    r.phase = request_phase(col_view(s));
    r.open = col_int(s) != 0;
    r.outcome = col_str(s, a);
    r.version = col_int(s);
    return r;
}

bool store_request_list(Db *db, const Scope *scope, const RequestAsk *ask, Arena *a,
                        InfoRequests *out, Err *err)
{
    bool near = scope->reach == REACH_ORGAN;
    int64_t limit = ask->limit ? ask->limit : 20;
    CLEANUP(stmt_end) Stmt s = stmt(db, near ? near_lists[ask->tab] : wide_lists[ask->tab]);
    InfoRequests found = {0};
    bind_scope(&s, scope);
    bind_int(&s, scope->person.n);
    bind_int(&s, ask->today.days);
    bind_int(&s, ask->soon.days);
    bind_str(&s, like_of(a, ask->text));
    bind_int(&s, ask->organ.n);
    bind_int(&s, date_is(ask->after_day) ? ask->after_day.days : INT32_MIN);
    bind_int(&s, ask->after.n);
    bind_int(&s, limit < 200 ? limit : 200);
    while (stmt_row(&s))
        *PUSH(a, &found) = line_row(&s, a);
    if (!stmt_ok(&s, err))
        return false;
    *out = found;
    return true;
}

bool store_request_counts(Db *db, const Scope *scope, Date today, Date soon,
                          int64_t out[REQUESTS__COUNT], Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_COUNTS);
    int64_t counts[REQUESTS__COUNT] = {0};
    bind_scope(&s, scope);
    bind_int(&s, scope->person.n);
    bind_int(&s, today.days);
    bind_int(&s, soon.days);
    if (stmt_row(&s))
        for (int tab = 0; tab < REQUESTS__COUNT; tab++)
            counts[tab] = col_int(&s);
    if (!stmt_ok(&s, err))
        return false;
    counts[REQUESTS_ENDED] = counts[REQUESTS_ALL] = REQUESTS_UNCOUNTED;
    memcpy(out, counts, sizeof counts);
    return true;
}
