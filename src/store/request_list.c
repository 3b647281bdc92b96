// Lists of requests, by the day something has to happen by. Every organ has its own rows in this
// order in an index, and so has the site. Where the scope is of few organs their lists are read one
// by one and merged; where it is wide, nearly every row of the site's index is in it.
// A search for a text goes another way (request_find.c).
#include "store/request_columns.h"

#include <stdlib.h>

// Behind those of all lists (request_columns.h): ?8 after day, ?9 after number, ?10 limit.
// The keys are found in an index alone, in order; then the rows of those on the page are read.
#define LIST(organ, where)                                                                         \
    REQUEST_LINE                                                                                   \
    " FROM (SELECT r.site_id, r.request_id FROM request r WHERE r.site_id = ?1 AND " organ         \
    " AND " IN_SCOPE("r.organ_id") " AND " where                                                   \
                                   " AND (r.act_by > ?8 OR (r.act_by = ?8 AND r.request_id > ?9))" \
                                   " ORDER BY r.act_by, r.request_id LIMIT ?10) k"                 \
                                   " JOIN request r ON r.site_id = k.site_id AND r.request_id = "  \
                                   "k.request_id" REQUEST_LINE_NAMES                               \
                                   " ORDER BY r.act_by, r.request_id"

// clang-format off
// What can be read in order along an index. A term runs in the phases `open` and `opinion` alone.
#define PARTS(X)                                                                                                           \
    X(PART_OPEN,        "r.open = 1")                                                                                      \
    X(PART_MINE,        "r.open = 1 AND r.handler_id = ?4")                                                                \
    X(PART_SOON_OPEN,    "r.open = 1 AND r.phase = 'open' AND r.act_by >= ?5 AND r.act_by <= ?6")                          \
    X(PART_SOON_OPINION, "r.open = 1 AND r.phase = 'opinion' AND r.act_by >= ?5 AND r.act_by <= ?6")                       \
    X(PART_LATE_OPEN,    "r.open = 1 AND r.phase = 'open' AND r.act_by < ?5")                                              \
    X(PART_LATE_OPINION, "r.open = 1 AND r.phase = 'opinion' AND r.act_by < ?5")                                           \
    X(PART_UNCONFIRMED, "r.open = 1 AND r.phase = 'unconfirmed'")                                                          \
    X(PART_CORRECTION,  "r.open = 1 AND r.phase = 'correction'")                                                           \
    X(PART_OPINION,     "r.open = 1 AND r.phase = 'opinion'")                                                              \
    X(PART_FEE,         "r.open = 1 AND r.phase = 'fee'")                                                                  \
    X(PART_ENDED,       "r.open = 0")

typedef enum Part {
#define X(part, where) part,
    PARTS(X)
#undef X
    PART__COUNT,
} Part;

static const char *const organ_lists[PART__COUNT] = {
#define X(part, where) [part] = LIST("r.organ_id = ?7", where),
    PARTS(X)
#undef X
};
static const char *const site_lists[PART__COUNT] = {
#define X(part, where) [part] = LIST("(?7 = 0 OR r.organ_id = ?7)", where),
    PARTS(X)
#undef X
};

static const struct { size_t n; Part v[4]; } tab_parts[REQUESTS__COUNT] = {
    [REQUESTS_OPEN]     = { 1, { PART_OPEN } },
    [REQUESTS_MINE]     = { 1, { PART_MINE } },
    [REQUESTS_DUE_SOON] = { 2, { PART_SOON_OPEN, PART_SOON_OPINION } },
    [REQUESTS_WAITING]  = { 4, { PART_UNCONFIRMED, PART_CORRECTION, PART_OPINION, PART_FEE } },
    [REQUESTS_OVERDUE]  = { 2, { PART_LATE_OPEN, PART_LATE_OPINION } },
    [REQUESTS_ENDED]    = { 1, { PART_ENDED } },
    [REQUESTS_ALL]      = { 2, { PART_OPEN, PART_ENDED } },
};
// clang-format on

InfoRequest request_line_row(Stmt *s, Arena *a)
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
    r.same_as.n = col_int(s);
    return r;
}

void request_line_bind(Stmt *s, const Scope *scope, const RequestAsk *ask)
{
    bind_scope(s, scope);
    bind_int(s, scope->person.n);
    bind_int(s, ask->today.days);
    bind_int(s, ask->soon.days);
    bind_int(s, ask->organ.n);
}

int64_t request_line_limit(const RequestAsk *ask)
{
    int64_t limit = ask->limit ? ask->limit : 20;
    return limit < 200 ? limit : 200;
}

// --- lists

static const char SQL_ORGANS[] = "SELECT u.organ_id FROM organ_under u WHERE u.site_id = ?1"
                                 " AND u.root_id = ?2 AND u.reach <= ?3"
                                 " GROUP BY u.organ_id ORDER BY u.organ_id LIMIT ?4";

bool request_organs(Db *db, const Scope *scope, OrganId out[ORGANS_MERGED], size_t *n, Err *err)
{
    *n = 0;
    if (scope->reach == REACH_SITE)
        return true;
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_ORGANS);
    bind_scope(&s, scope);
    bind_int(&s, ORGANS_MERGED + 1);
    size_t found = 0;
    for (; stmt_row(&s); found++)
        if (found < ORGANS_MERGED)
            out[found].n = col_int(&s);
    *n = found <= ORGANS_MERGED ? found : 0;
    return stmt_ok(&s, err);
}

// The day behind which the list begins. Of two lower ends SQLite takes one to begin at, and that is
// this one: what is due soon must not begin with all that is late.
static int64_t behind(const RequestAsk *ask)
{
    return date_is(ask->after_day)         ? ask->after_day.days
           : ask->tab == REQUESTS_DUE_SOON ? ask->today.days - 1
                                           : INT32_MIN;
}

static bool list(Db *db, const char *sql, const Scope *scope, const RequestAsk *ask, Arena *a,
                 InfoRequests *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, sql);
    request_line_bind(&s, scope, ask);
    bind_int(&s, behind(ask));
    bind_int(&s, ask->after.n);
    bind_int(&s, request_line_limit(ask));
    while (stmt_row(&s))
        *PUSH(a, out) = request_line_row(&s, a);
    return stmt_ok(&s, err);
}

static int by_day(const void *x, const void *y)
{
    const InfoRequest *p = x, *q = y;
    if (p->act_by.days != q->act_by.days)
        return p->act_by.days < q->act_by.days ? -1 : 1;
    return (p->id.n > q->id.n) - (p->id.n < q->id.n);
}

static bool list_parts(Db *db, const char *const lists[PART__COUNT], const Scope *scope,
                       const RequestAsk *ask, Arena *a, InfoRequests *out, Err *err)
{
    for (size_t i = 0; i < tab_parts[ask->tab].n; i++)
        if (!list(db, lists[tab_parts[ask->tab].v[i]], scope, ask, a, out, err))
            return false;
    return true;
}

static bool list_organs(Db *db, const Scope *scope, const RequestAsk *ask, const OrganId *organs,
                        size_t n, Arena *a, InfoRequests *out, Err *err)
{
    for (size_t i = 0; i < n; i++) {
        RequestAsk one = *ask;
        one.organ = organs[i];
        if ((!ask->organ.n || ask->organ.n == organs[i].n) &&
            !list_parts(db, organ_lists, scope, &one, a, out, err))
            return false;
    }
    return true;
}

bool store_request_list(Db *db, const Scope *scope, const RequestAsk *ask, Arena *a,
                        InfoRequests *out, Err *err)
{
    OrganId organs[ORGANS_MERGED];
    size_t n, limit = (size_t)request_line_limit(ask);
    InfoRequests found = {0};
    if (ask->text.n)
        return request_find(db, scope, ask, a, out, err);
    if (!request_organs(db, scope, organs, &n, err) ||
        !(n && ask->tab != REQUESTS_MINE ? list_organs(db, scope, ask, organs, n, a, &found, err)
                                         : list_parts(db, site_lists, scope, ask, a, &found, err)))
        return false;
    if (found.n)
        qsort(found.v, found.n, sizeof *found.v, by_day);
    found.n = found.n < limit ? found.n : limit;
    *out = found;
    return true;
}

// --- counts

// What each tab counts, of requests that are open: an index has all that is asked. A term runs in
// the phases `open` and `opinion` alone, so that these stand for due_on.
// clang-format off
#define COUNTED(X)                                                                                 \
    X("")                                                                                          \
    X(" AND r.handler_id = ?4")                                                                    \
    X(" AND r.phase IN ('open', 'opinion') AND r.act_by >= ?5 AND r.act_by <= ?6")                 \
    X(" AND r.phase IN ('unconfirmed', 'correction', 'opinion', 'fee')")                           \
    X(" AND r.phase IN ('open', 'opinion') AND r.act_by < ?5")

static const RequestTab counted[] = {
    REQUESTS_OPEN, REQUESTS_MINE, REQUESTS_DUE_SOON, REQUESTS_WAITING, REQUESTS_OVERDUE };

static const char SQL_COUNTS_SITE[] = "SELECT "
#define X(where) "(SELECT count(*) FROM request r WHERE r.site_id = ?1 AND r.open = 1" where "), "
    COUNTED(X)
#undef X
    "0";
static const char SQL_COUNTS_ORGANS[] = "SELECT "
#define X(where) "coalesce(sum(CASE WHEN r.open = 1" where " THEN 1 ELSE 0 END), 0), "
    COUNTED(X)
#undef X
    "0 FROM (SELECT u.site_id, u.organ_id FROM organ_under u WHERE u.site_id = ?1 AND u.root_id = ?2"
    " AND u.reach <= ?3 GROUP BY u.site_id, u.organ_id) o"
    " JOIN request r ON r.site_id = o.site_id AND r.organ_id = o.organ_id WHERE r.open = 1";
// clang-format on

bool store_request_counts(Db *db, const Scope *scope, Date today, Date soon,
                          int64_t out[REQUESTS__COUNT], Err *err)
{
    bool site = scope->reach == REACH_SITE;
    CLEANUP(stmt_end) Stmt s = stmt(db, site ? SQL_COUNTS_SITE : SQL_COUNTS_ORGANS);
    int64_t counts[REQUESTS__COUNT] = {0};
    bind_scope(&s, scope);
    bind_int(&s, scope->person.n);
    bind_int(&s, today.days);
    bind_int(&s, soon.days);
    if (stmt_row(&s))
        for (size_t i = 0; i < sizeof counted / sizeof *counted; i++)
            counts[counted[i]] = col_int(&s);
    if (!stmt_ok(&s, err))
        return false;
    counts[REQUESTS_ENDED] = counts[REQUESTS_ALL] = REQUESTS_UNCOUNTED;
    memcpy(out, counts, sizeof counts);
    return true;
}
