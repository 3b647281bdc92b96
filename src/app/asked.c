#include "app/asked.h"

enum {
    NEWEST = 4,
    OLDEST = 2,
    ORGANS = 5,     // others that were asked the same
    CANDIDATES = 8, // similar wordings that are compared
    NEAR = 6,       // shown
    JOB_PIECE = 200,
    JOB_MOST = 20000, // in one run
};

// --- keeping

bool app_asked_keep(App *app, const InfoRequest *request, Arena *a, Err *err)
{
    int64_t asked, bands[ASKED_BANDS];
    bool made;
    Str normal = asked_normal(request->title, request->description, a);
    if (!store_asked_keep(app->db, app->site, request, asked_hash(normal, a), &asked, &made, err))
        return false;
    return !made ||
           store_asked_bands(app->db, app->site, asked, bands, asked_bands(normal, *a, bands), err);
}

static bool piece(App *app, Arena scratch, size_t *n, Err *err)
{
    CLEANUP(tx_end) Tx tx = tx_begin(app->db);
    InfoRequests missing;
    if (!store_asked_missing(app->db, app->site, JOB_PIECE, &scratch, &missing, err))
        return false;
    for (size_t i = 0; i < missing.n; i++)
        if (!app_asked_keep(app, &missing.v[i], &scratch, err))
            return false;
    *n = missing.n;
    return tx_commit(&tx, err);
}

bool app_asked_job(App *app, Arena *a, Str *did, Err *err)
{
    size_t n = JOB_PIECE, all = 0;
    while (n == JOB_PIECE && all < JOB_MOST) {
        if (!piece(app, *a, &n, err))
            return false;
        all += n;
    }
    *did = all ? str_fmt(a, "kept how %zu requests are worded", all) : S("");
    return true;
}

// --- looking around

static Str normal_of(const InfoRequest *r, Arena *a)
{
    return asked_normal(r->title, r->description, a);
}

bool app_asked_alike(App *app, const InfoRequest *x, const InfoRequest *y, Arena *a, int *out,
                     Err *err)
{
    int64_t one, other;
    if (!store_asked_of(app->db, app->site, x->id, &one, err) ||
        !store_asked_of(app->db, app->site, y->id, &other, err))
        return false;
    Arena scratch = *a;
    *out = one && one == other
               ? ASKED_SAME
               : asked_alike(normal_of(x, &scratch), normal_of(y, &scratch), scratch);
    return true;
}

// A request is shown in one list, the first that it fits.
static bool is_in(const AskedRequests *list, RequestId id)
{
    for (size_t i = 0; i < list->n; i++)
        if (list->v[i].id.n == id.n)
            return true;
    return false;
}

static void add_new(Radar *radar, AskedRequests *to, const AskedRequests *from, Arena *a)
{
    for (size_t i = 0; i < from->n; i++)
        if (!is_in(&radar->own, from->v[i].id) && !is_in(to, from->v[i].id))
            *PUSH(a, to) = from->v[i];
}

static bool same_words(App *app, const InfoRequest *r, Arena *a, Radar *radar, Err *err)
{
    static const struct {
        AskedList list;
        int64_t limit;
    } here[] = {{ASKED_NEWEST, NEWEST}, {ASKED_OLDEST, OLDEST}};
    AskedAsk ask = {.list = ASKED_OWN,
                    .asked = radar->asked,
                    .but = r->id,
                    .organ = r->organ,
                    .applicant = r->applicant_key,
                    .limit = NEWEST};
    if (r->applicant_key.n &&
        !store_asked_requests(app->db, &app->scope, &ask, a, &radar->own, err))
        return false;
    for (size_t i = 0; i < sizeof here / sizeof *here; i++) {
        AskedRequests found = {0};
        ask.list = here[i].list;
        ask.limit = here[i].limit;
        if (!store_asked_requests(app->db, &app->scope, &ask, a, &found, err))
            return false;
        add_new(radar, &radar->here, &found, a);
    }
    ask.list = ASKED_ELSEWHERE;
    ask.limit = ORGANS;
    return store_asked_requests(app->db, &app->scope, &ask, a, &radar->away, err) &&
           store_asked_count(app->db, &app->scope, radar->asked, &radar->n_same, err);
}

// One of the organ's own or, where it was never asked so, another organ's.
static bool add_near(App *app, const InfoRequest *r, const AskedCandidate *c, int alike, Arena *a,
                     Radar *radar, Err *err)
{
    static const AskedList lists[] = {ASKED_NEWEST, ASKED_ELSEWHERE};
    AskedRequests found = {0};
    for (size_t i = 0; i < sizeof lists / sizeof *lists && !found.n; i++) {
        AskedAsk ask = {.list = lists[i],
                        .asked = c->asked,
                        .but = r->id,
                        .organ = r->organ,
                        .applicant = r->applicant_key,
                        .limit = 1};
        if (!store_asked_requests(app->db, &app->scope, &ask, a, &found, err))
            return false;
    }
    for (size_t i = 0; i < found.n; i++)
        found.v[i].alike = alike;
    add_new(radar, &radar->near, &found, a);
    return true;
}

// Each candidate with its share, the most alike first.
static void compare(Str normal, const AskedCandidates *near, int *alike,
                    const AskedCandidate **order, Arena *a)
{
    for (size_t i = 0; i < near->n; i++) {
        const AskedCandidate *c = &near->v[i];
        int share = asked_alike(normal, asked_normal(c->title, c->description, a), *a);
        size_t at = i;
        for (; at && alike[at - 1] < share; at--) {
            alike[at] = alike[at - 1];
            order[at] = order[at - 1];
        }
        alike[at] = share;
        order[at] = c;
    }
}

static bool similar_words(App *app, const InfoRequest *r, Arena *a, Radar *radar, Err *err)
{
    int64_t bands[ASKED_BANDS];
    int alike[CANDIDATES];
    const AskedCandidate *order[CANDIDATES];
    AskedCandidates near;
    Str normal = normal_of(r, a);
    size_t n = asked_bands(normal, *a, bands);
    if (!store_asked_near(app->db, app->site, radar->asked, bands, n, CANDIDATES, a, &near, err))
        return false;
    compare(normal, &near, alike, order, a);
    for (size_t i = 0; i < near.n && alike[i] >= ASKED_ALIKE && radar->near.n < NEAR; i++)
        if (!add_near(app, r, order[i], alike[i], a, radar, err))
            return false;
    return true;
}

static bool count_applicant(App *app, const InfoRequest *r, bool year, ApplicantCount *out,
                            Err *err)
{
    int y, m, d;
    int64_t wordings = 0;
    Date from, to;
    date_parts(r->filed, &y, &m, &d);
    int begins = year ? 1 : m, next = year ? 13 : m + 1;
    if (!date_make(y, begins, 1, &from) ||
        !date_make(next > 12 ? y + 1 : y, next > 12 ? 1 : next, 1, &to))
        return fail(err, ERR_INPUT, NULL, "申请的日期超出范围",
                    "the day of filing is out of range");
    to.days--;
    if (!store_asked_by_applicant(app->db, app->site, r->organ, r->applicant_key, from, to, &out->n,
                                  &wordings, err))
        return false;
    out->repeated = out->n - wordings;
    return true;
}

static bool wording_of(App *app, const InfoRequest *r, Arena *a, int64_t *out, Err *err)
{
    return r->id.n ? store_asked_of(app->db, app->site, r->id, out, err)
                   : store_asked_find(app->db, app->site, asked_hash(normal_of(r, a), a), out, err);
}

bool app_asked_radar(App *app, const InfoRequest *request, Arena *a, Radar *out, Err *err)
{
    Radar radar = {0};
    if (!wording_of(app, request, a, &radar.asked, err))
        return false;
    if (radar.asked && !same_words(app, request, a, &radar, err))
        return false;
    if (!similar_words(app, request, a, &radar, err))
        return false;
    if (request->applicant_key.n && (!count_applicant(app, request, false, &radar.month, err) ||
                                     !count_applicant(app, request, true, &radar.year, err)))
        return false;
    *out = radar;
    return true;
}
