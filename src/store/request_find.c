// Requests that hold a text, newest first. What differs is which rows are asked whether they do:
//
//   two characters or more   those in which the rarest pair of them stands, a hundred and then more
//   at a time one character            those with a pair that begins with it; all, where there are
//   too many 17号, 〔2026〕17号        those with this number 示住建依申〔2026〕        those whose
//   code begins so anything, in a small tab  those of the tab
//
// Where the scope is of few organs, each is read by itself and they are merged.
#include "store/request_columns.h"
#include "store/request_gram.h"
#include "store/search.h"

#include <stdlib.h>

enum { FIRST_LOT = 100, LOT_GROWS = 4, SPAN_MOST = 3000, TAB_MOST = 1500 };

typedef enum Way {
    FIND_PAIR_NEAR, // in one organ
    FIND_PAIR_WIDE, // in the whole site, and then whether it is in the scope
    FIND_SPAN_NEAR,
    FIND_SPAN_WIDE,
    FIND_CODE,
    FIND_WALK,
    FIND_TAB,
    FIND__COUNT,
} Way;

// Behind those of all lists (request_columns.h): ?8 the text as a pattern, ?9 the request to look
// before, ?10 limit; ?11 the pair, or the beginning of a span of pairs or of codes, ?12 the end of
// these; ?13 the oldest request to look at.
#define HELD                                                                                       \
    " AND (?7 = 0 OR r.organ_id = ?7)"                                                             \
    " AND (lower(r.title) LIKE ?8 ESCAPE '!' OR lower(r.applicant_name) LIKE ?8 ESCAPE '!'"        \
    " OR lower(r.code) LIKE ?8 ESCAPE '!')"
#define NEWEST " ORDER BY r.request_id DESC LIMIT ?10"
#define GRAMS_NEAR " FROM request_gram g WHERE g.site_id = ?1 AND g.organ_id = ?7"
#define GRAMS_WIDE " FROM request_gram g WHERE g.site_id = ?1"
#define PAIR " AND g.gram = ?11 AND g.request_id < ?9"
#define SPAN " AND g.gram >= ?11 AND g.gram < ?12 AND g.request_id < ?9"
#define LOT " AND g.request_id >= ?13"
#define FOUND(ids, where)                                                                          \
    REQUEST_LINE " FROM (SELECT DISTINCT g.site_id, g.request_id" ids                              \
                 ") c JOIN request r ON r.site_id = c.site_id"                                     \
                 " AND r.request_id = c.request_id" REQUEST_LINE_NAMES                             \
                 " WHERE r.site_id = ?1 AND " IN_SCOPE("r.organ_id") " AND " where HELD NEWEST
#define AMONG(these, where)                                                                        \
    REQUEST_LINE " FROM request r" REQUEST_LINE_NAMES                                              \
                 " WHERE r.site_id = ?1 AND " IN_SCOPE("r.organ_id") these                         \
        " AND r.request_id < ?9 AND " where HELD NEWEST
// As an expression, so that the tab's own index is read and not the whole table in its order.
#define IN_TAB(where)                                                                              \
    REQUEST_LINE " FROM request r" REQUEST_LINE_NAMES " WHERE r.site_id = ?1 AND " IN_SCOPE(       \
        "r.organ_id") " AND r.request_id < ?9 AND " where HELD " ORDER BY r.request_id + 0 DESC"   \
                      " LIMIT ?10"

// clang-format off
static const char *const finds[REQUESTS__COUNT][FIND__COUNT] = {
#define X(tab, where)                                                             \
    [tab] = { [FIND_PAIR_NEAR] = FOUND(GRAMS_NEAR PAIR LOT, where), \
              [FIND_PAIR_WIDE] = FOUND(GRAMS_WIDE PAIR LOT, where), \
              [FIND_SPAN_NEAR] = FOUND(GRAMS_NEAR SPAN LOT, where),                   \
              [FIND_SPAN_WIDE] = FOUND(GRAMS_WIDE SPAN LOT, where),                   \
              [FIND_CODE]      = AMONG(" AND r.code >= ?11 AND r.code < ?12", where), \
              [FIND_WALK]      = AMONG("", where),                                      \
              [FIND_TAB]       = IN_TAB(where) },
    REQUEST_TABS(X)
#undef X
};

// How large the tab is, up to ?7.
static const char *const tab_sizes[REQUESTS__COUNT] = {
#define X(tab, where) [tab] = "SELECT count(*) FROM (SELECT r.request_id FROM request r WHERE r.site_id = ?1 AND " where " LIMIT ?7) c",
    REQUEST_TABS(X)
#undef X
};
// clang-format on

// The oldest request of the next lot; ?10 is the last place in it.
#define OLDEST(grams)                                                                              \
    "SELECT DISTINCT g.request_id" grams " ORDER BY g.request_id DESC LIMIT 1 OFFSET ?10"
static const char *const oldest_of[FIND_SPAN_WIDE + 1] = {
    [FIND_PAIR_NEAR] = OLDEST(GRAMS_NEAR PAIR),
    [FIND_PAIR_WIDE] = OLDEST(GRAMS_WIDE PAIR),
    [FIND_SPAN_NEAR] = OLDEST(GRAMS_NEAR SPAN),
    [FIND_SPAN_WIDE] = OLDEST(GRAMS_WIDE SPAN),
};

// How many there are in a span, up to ?10.
#define SIZE(grams) "SELECT count(*) FROM (SELECT g.request_id" grams SPAN " LIMIT ?10) c"
static const char SQL_SIZE_NEAR[] = SIZE(GRAMS_NEAR);
static const char SQL_SIZE_WIDE[] = SIZE(GRAMS_WIDE);

// What is looked for, and where it has been read to.
typedef struct Hunt {
    Db *db;
    const Scope *scope;
    const RequestAsk *ask;
    Str pattern;
    Way way;
    Str from, to;           // the pair; a span's beginning and end
    int64_t before, oldest; // requests: the next lot
    int64_t limit;
} Hunt;

static bool is_near(const Hunt *h)
{
    return h->ask->organ.n != 0;
}

static bool in_lots(Way way)
{
    return way <= FIND_SPAN_WIDE;
}

static void bind_hunt(Stmt *s, const Hunt *h, int64_t tenth)
{
    request_line_bind(s, h->scope, h->ask);
    bind_str(s, h->pattern);
    bind_int(s, h->before);
    bind_int(s, tenth);
    if (h->way < FIND_WALK)
        bind_str(s, h->from);
}

static bool take_lot(Hunt *h, Arena *a, InfoRequests *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(h->db, finds[h->ask->tab][h->way]);
    bind_hunt(&s, h, h->limit - (int64_t)out->n);
    if (h->way < FIND_WALK)
        bind_str(&s, h->to);
    if (in_lots(h->way))
        bind_int(&s, h->oldest);
    while (stmt_row(&s))
        *PUSH(a, out) = request_line_row(&s, a);
    return stmt_ok(&s, err);
}

// h->oldest of the next `lot`; 0 where that is the last one.
static bool next_lot(Hunt *h, int64_t lot, Err *err)
{
    CLEANUP(stmt_end)
    Stmt s = stmt(h->db, oldest_of[h->way]);
    bind_hunt(&s, h, lot - 1);
    if (h->way > FIND_PAIR_WIDE)
        bind_str(&s, h->to);
    int64_t oldest = stmt_row(&s) ? col_int(&s) : 0;
    h->oldest = oldest;
    return stmt_ok(&s, err);
}

static bool find_lots(Hunt *h, Arena *a, InfoRequests *out, Err *err)
{
    for (int64_t lot = FIRST_LOT; (int64_t)out->n < h->limit; lot *= LOT_GROWS) {
        if (!next_lot(h, lot, err) || !take_lot(h, a, out, err))
            return false;
        if (!h->oldest)
            break;
        h->before = h->oldest;
    }
    return true;
}

static bool choose_pair(Hunt *h, Str text, Err *err)
{
    h->way = is_near(h) ? FIND_PAIR_NEAR : FIND_PAIR_WIDE;
    return request_gram_choose(h->db, h->scope->site, text, &h->from, err);
}

// A character that begins too many pairs is met soon enough by going over the requests.
static bool choose_span(Hunt *h, Str text, Arena *a, Err *err)
{
    h->way = is_near(h) ? FIND_SPAN_NEAR : FIND_SPAN_WIDE;
    h->from = text;
    h->to = str_cat(a, text, S("\U0010FFFF"));
    CLEANUP(stmt_end) Stmt s = stmt(h->db, is_near(h) ? SQL_SIZE_NEAR : SQL_SIZE_WIDE);
    bind_hunt(&s, h, SPAN_MOST);
    bind_str(&s, h->to);
    int64_t n = stmt_row(&s) ? col_int(&s) : 0;
    h->way = n < SPAN_MOST ? h->way : FIND_WALK;
    return stmt_ok(&s, err);
}

static bool one_character(Str text)
{
    size_t len;
    str_rune(text, 0, &len);
    return len == text.n;
}

// 17号, 〔2026〕17, 示住建依申〔2026〕17号: the number as its row has it.
static bool number_in(Str text, Arena *a, Str *out)
{
    ptrdiff_t bracket = str_find(text, S("〕"));
    Str tail = bracket == STR_NONE ? text : str_from(text, (size_t)bracket + S("〕").n), digits;
    int64_t n;
    bool ends = str_cut(tail, S("号"), &digits, &tail) && !tail.n;
    if ((!ends && bracket == STR_NONE) || !str_to_int(digits, &n) || n < 1)
        return false;
    *out = str_fmt(a, "%lld号", (long long)n);
    return true;
}

static bool choose(Hunt *h, Str text, Arena *a, Err *err)
{
    Str number;
    if (number_in(text, a, &number)) {
        Str before = S("");
        if (str_has(text, S("〕")))
            str_cut(text, S("〕"), &before, &text);
        h->pattern = search_pattern(a, str_cat(a, before, str_cat(a, S("〕"), number)));
        h->pattern.n--; // the code ends with it
        h->way = is_near(h) ? FIND_PAIR_NEAR : FIND_PAIR_WIDE;
        h->from = number;
        return true;
    }
    if (!str_has(text, S("〔")))
        return one_character(text) ? choose_span(h, text, a, err) : choose_pair(h, text, err);
    h->way = FIND_CODE;
    h->from = h->ask->text;
    h->to = str_cat(a, h->ask->text, S("\U0010FFFF"));
    return true;
}

// What is open and of one kind may be so little that nothing else needs to be asked.
static bool is_small(Hunt *h, bool *small, Err *err)
{
    *small = false;
    if (h->ask->tab == REQUESTS_ALL || h->ask->tab == REQUESTS_ENDED)
        return true;
    CLEANUP(stmt_end) Stmt s = stmt(h->db, tab_sizes[h->ask->tab]);
    bind_scope(&s, h->scope);
    bind_int(&s, h->scope->person.n);
    bind_int(&s, h->ask->today.days);
    bind_int(&s, h->ask->soon.days);
    bind_int(&s, TAB_MOST);
    *small = stmt_row(&s) && col_int(&s) < TAB_MOST;
    return stmt_ok(&s, err);
}

// In one organ, where the ask names one; else in the whole scope.
static bool find_in(Db *db, const Scope *scope, const RequestAsk *ask, Str text, Arena *a,
                    InfoRequests *out, Err *err)
{
    InfoRequests found = {0};
    bool small;
    Hunt h = {.db = db,
              .scope = scope,
              .ask = ask,
              .pattern = search_pattern(a, text),
              .before = ask->after.n ? ask->after.n : INT64_MAX,
              .limit = request_line_limit(ask)};
    if (!choose(&h, text, a, err) || !is_small(&h, &small, err))
        return false;
    h.way = small ? FIND_TAB : h.way;
    if (!(in_lots(h.way) ? find_lots(&h, a, &found, err) : take_lot(&h, a, &found, err)))
        return false;
    for (size_t i = 0; i < found.n; i++)
        *PUSH(a, out) = found.v[i];
    return true;
}

static int newest_first(const void *x, const void *y)
{
    const InfoRequest *p = x, *q = y;
    return (p->id.n < q->id.n) - (p->id.n > q->id.n);
}

bool request_find(Db *db, const Scope *scope, const RequestAsk *ask, Arena *a, InfoRequests *out,
                  Err *err)
{
    OrganId organs[ORGANS_MERGED];
    size_t n, limit = (size_t)request_line_limit(ask);
    InfoRequests found = {0};
    Str text = request_gram_lower(a, ask->text);
    if (!request_organs(db, scope, organs, &n, err))
        return false;
    if (!n && !find_in(db, scope, ask, text, a, &found, err))
        return false;
    for (size_t i = 0; i < n; i++) {
        RequestAsk one = *ask;
        one.organ = organs[i];
        if ((!ask->organ.n || ask->organ.n == organs[i].n) &&
            !find_in(db, scope, &one, text, a, &found, err))
            return false;
    }
    if (found.n)
        qsort(found.v, found.n, sizeof *found.v, newest_first);
    found.n = found.n < limit ? found.n : limit;
    *out = found;
    return true;
}
