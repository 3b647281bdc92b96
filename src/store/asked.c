#include "store/asked.h"

#include <stdlib.h>

static const char SQL_OF[] = "SELECT asked_id FROM asked_by WHERE site_id = ?1 AND request_id = ?2";

bool store_asked_of(Db *db, SiteId site, RequestId id, int64_t *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_OF);
    bind_int(&s, site.n);
    bind_int(&s, id.n);
    int64_t n = stmt_row(&s) ? col_int(&s) : 0;
    if (!stmt_ok(&s, err))
        return false;
    *out = n;
    return true;
}

// --- keeping

static const char SQL_FIND[] = "SELECT asked_id FROM asked WHERE site_id = ?1 AND hash = ?2";

bool store_asked_find(Db *db, SiteId site, Str hash, int64_t *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_FIND);
    bind_int(&s, site.n);
    bind_str(&s, hash);
    int64_t n = stmt_row(&s) ? col_int(&s) : 0;
    if (!stmt_ok(&s, err))
        return false;
    *out = n;
    return true;
}

static const char SQL_MAKE[] =
    "INSERT INTO asked (site_id, asked_id, hash, request_id) VALUES (?1, ?2, ?3, ?4)";

static bool make(Db *db, SiteId site, Str hash, RequestId id, int64_t *out, Err *err)
{
    if (!store_number(db, site, S("asked"), out, err))
        return false;
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_MAKE);
    bind_int(&s, site.n);
    bind_int(&s, *out);
    bind_str(&s, hash);
    bind_int(&s, id.n);
    return stmt_run(&s, err);
}

static const char SQL_BY[] =
    "INSERT INTO asked_by (site_id, request_id, asked_id, organ_id) VALUES (?1, ?2, ?3, ?4)";

static bool keep_by(Db *db, SiteId site, const InfoRequest *r, int64_t asked, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_BY);
    bind_int(&s, site.n);
    bind_int(&s, r->id.n);
    bind_int(&s, asked);
    bind_int(&s, r->organ.n);
    return stmt_run(&s, err);
}

static const char SQL_COUNT_UP[] =
    "INSERT INTO asked_at (site_id, organ_id, asked_id, n, last_on, declined_n, declined)"
    " VALUES (?1, ?2, ?3, 1, ?4, 0, '')"
    " ON CONFLICT (site_id, organ_id, asked_id) DO UPDATE SET n = asked_at.n + 1,"
    " last_on = CASE WHEN excluded.last_on > asked_at.last_on THEN excluded.last_on"
    " ELSE asked_at.last_on END";

static bool count_up(Db *db, SiteId site, const InfoRequest *r, int64_t asked, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_COUNT_UP);
    bind_int(&s, site.n);
    bind_int(&s, r->organ.n);
    bind_int(&s, asked);
    bind_date(&s, r->filed);
    return stmt_run(&s, err);
}

bool store_asked_keep(Db *db, SiteId site, const InfoRequest *request, Str hash, int64_t *asked,
                      bool *made, Err *err)
{
    int64_t id = 0;
    if (!store_asked_find(db, site, hash, &id, err))
        return false;
    bool is_new = id == 0;
    if ((is_new && !make(db, site, hash, request->id, &id, err)) ||
        !keep_by(db, site, request, id, err) || !count_up(db, site, request, id, err))
        return false;
    *asked = id;
    *made = is_new;
    return true;
}

static const char SQL_BAND[] =
    "INSERT INTO asked_band (site_id, band, asked_id) VALUES (?1, ?2, ?3)"
    " ON CONFLICT (site_id, band, asked_id) DO NOTHING";

bool store_asked_bands(Db *db, SiteId site, int64_t asked, const int64_t *bands, size_t n, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_BAND);
    for (size_t i = 0; i < n; i++) {
        bind_int(&s, site.n);
        bind_int(&s, bands[i]);
        bind_int(&s, asked);
        if (!stmt_again(&s, err))
            return false;
    }
    return true;
}

// Every request has its wording since there are any, and the job goes down from there: those that
// lack one are below the lowest that has one.
static const char SQL_MISSING[] =
    "SELECT r.request_id, r.organ_id, r.title, r.description, r.filed_on FROM request r"
    " WHERE r.site_id = ?1 AND r.request_id < coalesce((SELECT min(b.request_id) FROM asked_by b"
    " WHERE b.site_id = ?1), 9000000000000000000) ORDER BY r.request_id DESC LIMIT ?2";

bool store_asked_missing(Db *db, SiteId site, int64_t limit, Arena *a, InfoRequests *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_MISSING);
    InfoRequests found = {0};
    bind_int(&s, site.n);
    bind_int(&s, limit);
    while (stmt_row(&s)) {
        InfoRequest *r = PUSH(a, &found);
        r->id.n = col_int(&s);
        r->organ.n = col_int(&s);
        r->title = col_str(&s, a);
        r->description = col_str(&s, a);
        r->filed = col_date(&s);
    }
    if (!stmt_ok(&s, err))
        return false;
    *out = found;
    return true;
}

// --- similar wordings

enum { OF_A_BAND = 64 };

static const char SQL_NEAR[] = "SELECT asked_id FROM asked_band WHERE site_id = ?1 AND band = ?2"
                               " ORDER BY asked_id DESC LIMIT ?3";

typedef struct Found {
    int64_t v[ASKED_BANDS * OF_A_BAND];
    size_t n;
} Found;

static bool band_read(Db *db, SiteId site, int64_t band, int64_t but, Found *all, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_NEAR);
    bind_int(&s, site.n);
    bind_int(&s, band);
    bind_int(&s, OF_A_BAND);
    while (stmt_row(&s)) {
        int64_t asked = col_int(&s);
        if (asked != but && all->n < sizeof all->v / sizeof *all->v)
            all->v[all->n++] = asked;
    }
    return stmt_ok(&s, err);
}

static int by_number(const void *x, const void *y)
{
    int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;
    return a < b ? 1 : a > b ? -1 : 0;
}

// The most bands first, then the newest: put in its place among the best so far.
static void keep(AskedCandidates *best, size_t limit, AskedCandidate c, Arena *a)
{
    if (limit == 0)
        return;
    if (best->n < limit)
        *PUSH(a, best) = c;
    else if (best->v[best->n - 1].bands < c.bands)
        best->v[best->n - 1] = c;
    for (size_t i = best->n - 1; i && best->v[i - 1].bands < best->v[i].bands; i--) {
        AskedCandidate other = best->v[i - 1];
        best->v[i - 1] = best->v[i];
        best->v[i] = other;
    }
}

static AskedCandidates best_of(Found *all, size_t limit, Arena *a)
{
    AskedCandidates best = {0};
    if (all->n)
        qsort(all->v, all->n, sizeof *all->v, by_number);
    for (size_t i = 0, next; i < all->n; i = next) {
        for (next = i + 1; next < all->n && all->v[next] == all->v[i];)
            next++;
        keep(&best, limit, (AskedCandidate){.asked = all->v[i], .bands = (int)(next - i)}, a);
    }
    return best;
}

static const char SQL_TEXT[] = "SELECT r.title, r.description FROM asked k JOIN request r"
                               " ON r.site_id = k.site_id AND r.request_id = k.request_id"
                               " WHERE k.site_id = ?1 AND k.asked_id = ?2";

static bool text_read(Db *db, SiteId site, Arena *a, AskedCandidate *c, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_TEXT);
    bind_int(&s, site.n);
    bind_int(&s, c->asked);
    if (stmt_row(&s)) {
        c->title = col_str(&s, a);
        c->description = col_str(&s, a);
    }
    return stmt_ok(&s, err);
}

bool store_asked_near(Db *db, SiteId site, int64_t but, const int64_t *bands, size_t n,
                      size_t limit, Arena *a, AskedCandidates *out, Err *err)
{
    Found found = {.n = 0};
    for (size_t i = 0; i < n; i++)
        if (!band_read(db, site, bands[i], but, &found, err))
            return false;
    AskedCandidates all = best_of(&found, limit, a);
    for (size_t i = 0; i < all.n; i++)
        if (!text_read(db, site, a, &all.v[i], err))
            return false;
    *out = all;
    return true;
}

// --- requests of a wording

// The keys first, along an index, then the rows of those few.
#define REQUESTS(keys)                                                                             \
    "SELECT r.request_id, r.organ_id, o.name, r.code, r.title, r.phase, r.open, r.outcome,"        \
    " r.filed_on, r.ended_on, r.same_as, r.applicant_key, coalesce((SELECT max(f.document)"        \
    " FROM request_fact f"                                                                         \
    " WHERE f.site_id = r.site_id AND f.request_id = r.request_id AND f.kind = 'answered'"         \
    " AND f.struck_at IS NULL), '') FROM (" keys ") k"                                             \
    " JOIN request r ON r.site_id = k.site_id AND r.request_id = k.request_id"                     \
    " JOIN organ o ON o.site_id = r.site_id AND o.organ_id = r.organ_id"                           \
    " ORDER BY r.request_id DESC"

// ?4 wording, ?5 not this one, ?6 organ, ?7 limit, ?8 who asks
#define HERE                                                                                       \
    "SELECT b.site_id, b.request_id FROM asked_by b WHERE b.site_id = ?1 AND b.asked_id = ?4"      \
    " AND b.organ_id = ?6 AND b.request_id <> ?5 AND " IN_SCOPE("b.organ_id")

// One of each organ: the first, which is the likeliest to have been answered.
#define ELSEWHERE                                                                                  \
    "SELECT h.site_id, (SELECT min(b.request_id) FROM asked_by b WHERE b.site_id = h.site_id"      \
    " AND b.asked_id = h.asked_id AND b.organ_id = h.organ_id AND b.request_id <> ?5)"             \
    " AS request_id FROM asked_at h WHERE h.site_id = ?1 AND h.asked_id = ?4"                      \
    " AND h.organ_id <> ?6 AND " IN_SCOPE("h.organ_id") " ORDER BY h.organ_id LIMIT ?7"

#define OWN                                                                                        \
    "SELECT q.site_id, q.request_id FROM request q JOIN asked_by b ON b.site_id = q.site_id"       \
    " AND b.request_id = q.request_id WHERE q.site_id = ?1 AND q.applicant_key = ?8"               \
    " AND b.asked_id = ?4 AND b.request_id <> ?5 AND q.organ_id = ?6"                              \
    " AND " IN_SCOPE("q.organ_id") " ORDER BY q.filed_on DESC, q.request_id DESC LIMIT ?7"

static const char *const asked_lists[ASKED_LIST__COUNT] = {
    [ASKED_NEWEST] = REQUESTS(HERE " ORDER BY b.request_id DESC LIMIT ?7"),
    [ASKED_OLDEST] = REQUESTS(HERE " ORDER BY b.request_id LIMIT ?7"),
    [ASKED_ELSEWHERE] = REQUESTS(ELSEWHERE),
    [ASKED_OWN] = REQUESTS(OWN),
};

bool store_asked_requests(Db *db, const Scope *scope, const AskedAsk *ask, Arena *a,
                          AskedRequests *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, asked_lists[ask->list]);
    bind_scope(&s, scope);
    bind_int(&s, ask->asked);
    bind_int(&s, ask->but.n);
    bind_int(&s, ask->organ.n);
    bind_int(&s, ask->limit);
    if (ask->list == ASKED_OWN)
        bind_str(&s, ask->applicant);
    while (stmt_row(&s)) {
        AskedRequest *r = PUSH(a, out);
        r->id.n = col_int(&s);
        r->organ.n = col_int(&s);
        r->organ_name = col_str(&s, a);
        r->code = col_str(&s, a);
        r->title = col_str(&s, a);
        r->phase = request_phase(col_view(&s));
        r->open = col_int(&s) != 0;
        r->outcome = col_str(&s, a);
        r->filed = col_date(&s);
        r->ended = col_date(&s);
        r->lead.n = col_int(&s);
        Str key = col_view(&s);
        r->same_applicant = ask->applicant.n && str_eq(key, ask->applicant);
        r->document = col_str(&s, a);
        r->alike = ASKED_SAME;
    }
    return stmt_ok(&s, err);
}

// The keys first, along their index: asked for more, SQLite would go over every wording.
static const char SQL_COUNT[] =
    "SELECT CAST(coalesce(sum(k.n), 0) AS BIGINT) FROM asked_at i CROSS JOIN asked_at k"
    " WHERE i.site_id = ?1 AND i.asked_id = ?4 AND " IN_SCOPE(
        "i.organ_id") " AND k.site_id = ?1"
                      " AND k.organ_id = i.organ_id AND k.asked_id = ?4";

bool store_asked_count(Db *db, const Scope *scope, int64_t asked, int64_t *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_COUNT);
    bind_scope(&s, scope);
    bind_int(&s, asked);
    int64_t n = stmt_row(&s) ? col_int(&s) : 0;
    if (!stmt_ok(&s, err))
        return false;
    *out = n;
    return true;
}

static const char SQL_APPLICANT[] =
    "SELECT count(*), count(DISTINCT b.asked_id) FROM request r JOIN asked_by b"
    " ON b.site_id = r.site_id AND b.request_id = r.request_id WHERE r.site_id = ?1"
    " AND r.applicant_key = ?2 AND r.filed_on >= ?3 AND r.filed_on <= ?4 AND r.organ_id = ?5";

bool store_asked_by_applicant(Db *db, SiteId site, OrganId organ, Str applicant, Date from, Date to,
                              int64_t *n, int64_t *wordings, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_APPLICANT);
    bind_int(&s, site.n);
    bind_str(&s, applicant);
    bind_date(&s, from);
    bind_date(&s, to);
    bind_int(&s, organ.n);
    if (!stmt_row(&s))
        return stmt_ok(&s, err);
    *n = col_int(&s);
    *wordings = col_int(&s);
    return stmt_ok(&s, err);
}

// --- many of one wording

#define MANY_COLUMNS "SELECT k.asked_id, k.organ_id, o.name, r.title, k.n, k.last_on"
#define MANY_NAMES                                                                                 \
    " JOIN organ o ON o.site_id = k.site_id AND o.organ_id = k.organ_id"                           \
    " JOIN asked t ON t.site_id = k.site_id AND t.asked_id = k.asked_id"                           \
    " JOIN request r ON r.site_id = t.site_id AND r.request_id = t.request_id"

// Along the index of those asked by many, back from the newest. CROSS JOIN keeps SQLite from
// beginning with another table. ?4 since, ?5 limit
static const char SQL_MANY[] = MANY_COLUMNS
    " FROM asked_at i CROSS JOIN asked_at k" MANY_NAMES
    " WHERE i.site_id = ?1 AND i.n >= 3 AND i.last_on >= ?4"
    " AND k.site_id = i.site_id AND k.organ_id = i.organ_id"
    " AND k.asked_id = i.asked_id AND " IN_SCOPE(
        "i.organ_id") " AND k.n > k.declined_n"
                      " ORDER BY i.last_on DESC, i.organ_id DESC, i.asked_id DESC LIMIT ?5";

// ?4 wording, ?5 organ
static const char SQL_MANY_GET[] =
    MANY_COLUMNS " FROM asked_at k" MANY_NAMES " WHERE k.site_id = ?1 AND k.asked_id = ?4"
                 " AND k.organ_id = ?5 AND " IN_SCOPE("k.organ_id");

static AskedMany many_row(Stmt *s, Arena *a)
{
    AskedMany m = {0};
    m.asked = col_int(s);
    m.organ.n = col_int(s);
    m.organ_name = col_str(s, a);
    m.title = col_str(s, a);
    m.n = col_int(s);
    m.last = col_date(s);
    return m;
}

static const char SQL_MANY_OPEN[] =
    "SELECT count(*), coalesce(min(k.request_id), 0) FROM (SELECT r.request_id FROM asked_by b"
    " JOIN request r ON r.site_id = b.site_id AND r.request_id = b.request_id"
    " WHERE b.site_id = ?1 AND b.asked_id = ?2 AND b.organ_id = ?3 AND r.open = 1"
    " AND r.same_as IS NULL AND NOT EXISTS (SELECT 1 FROM request_group g"
    " WHERE g.site_id = ?1 AND g.lead_id = r.request_id)"
    " ORDER BY r.request_id LIMIT ?4) k";

static bool open_count(Db *db, SiteId site, AskedMany *m, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_MANY_OPEN);
    bind_int(&s, site.n);
    bind_int(&s, m->asked);
    bind_int(&s, m->organ.n);
    bind_int(&s, ASKED_COUNTED);
    if (stmt_row(&s)) {
        m->n_open = col_int(&s);
        m->oldest.n = col_int(&s);
    }
    return stmt_ok(&s, err);
}

static const char SQL_MANY_LEAD[] =
    "SELECT g.lead_id FROM request_group g JOIN asked_by b ON b.site_id = g.site_id"
    " AND b.request_id = g.lead_id JOIN request r ON r.site_id = g.site_id"
    " AND r.request_id = g.lead_id WHERE g.site_id = ?1 AND g.organ_id = ?2 AND b.asked_id = ?3"
    " AND r.open = 1 ORDER BY g.lead_id LIMIT 1";

static bool lead_find(Db *db, SiteId site, AskedMany *m, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_MANY_LEAD);
    bind_int(&s, site.n);
    bind_int(&s, m->organ.n);
    bind_int(&s, m->asked);
    if (stmt_row(&s))
        m->lead.n = col_int(&s);
    return stmt_ok(&s, err);
}

bool store_asked_many(Db *db, const Scope *scope, Date since, int64_t limit, Arena *a,
                      AskedManys *out, Err *err)
{
    AskedManys found = {0};
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_MANY);
    bind_scope(&s, scope);
    bind_date(&s, since);
    bind_int(&s, limit);
    while (stmt_row(&s))
        *PUSH(a, &found) = many_row(&s, a);
    if (!stmt_ok(&s, err))
        return false;
    for (size_t i = 0; i < found.n; i++)
        if (!open_count(db, scope->site, &found.v[i], err) ||
            !lead_find(db, scope->site, &found.v[i], err))
            return false;
    *out = found;
    return true;
}

bool store_asked_many_get(Db *db, const Scope *scope, OrganId organ, int64_t asked, Arena *a,
                          AskedMany *out, Err *err)
{
    AskedMany m = {0};
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_MANY_GET);
    bind_scope(&s, scope);
    bind_int(&s, asked);
    bind_int(&s, organ.n);
    if (stmt_row(&s))
        m = many_row(&s, a);
    if (!stmt_ok(&s, err))
        return false;
    if (!m.asked)
        return fail(err, ERR_MISSING, NULL, "没有这组相同的申请",
                    "no such requests of one wording");
    if (!open_count(db, scope->site, &m, err) || !lead_find(db, scope->site, &m, err))
        return false;
    *out = m;
    return true;
}

static const char SQL_DECLINE[] =
    "UPDATE asked_at SET declined_n = n, declined_by = ?6, declined = ?7 WHERE site_id = ?1"
    " AND asked_id = ?4 AND organ_id = ?5 AND " IN_SCOPE("asked_at.organ_id");

bool store_asked_decline(Db *db, const Scope *scope, OrganId organ, int64_t asked, PersonId by,
                         Str why, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_DECLINE);
    bind_scope(&s, scope);
    bind_int(&s, asked);
    bind_int(&s, organ.n);
    by.n ? bind_int(&s, by.n) : bind_null(&s);
    bind_str(&s, why);
    return stmt_run(&s, err);
}
