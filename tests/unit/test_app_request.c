// A request from its first day to its last, through the functions that pages and commands call.
#include "test.h"

#include "app/desk.h"
#include "app/request.h"
#include "app/request_figures.h"
#include "base/buf.h"
#include "site_box.h"
#include "store/audit.h"
#include "store/organ.h"
#include "store/request_gram.h"
#include "store/task.h"

typedef struct Stage {
    SiteBox *box;
    App app;
    OrganId housing, water;
} Stage;

static Stage place;

static Date day(const char *iso)
{
    Date d = date_none;
    assert_true(date_parse(str_z(iso), &d));
    return d;
}

static OrganId organ_made(Arena *a, const char *name, const char *short_name)
{
    Err err = {0};
    Organ o;
    organ_from_name(str_z(name), &o);
    o.short_name = str_z(short_name);
    assert_true(store_organ_add(place.app.db, BOX_SITE, &o, a, &err));
    return o.id;
}

static int begin(void **state)
{
    Err err = {0};
    if (site_box_make(state))
        return 1;
    place = (Stage){.box = *state};
    AppPlace at = {.data = place.box->dir, .database = place.box->database};
    if (!app_open(&at, DB_CREATE, day("2026-03-12"), 1773300000, &place.box->a, &place.app, &err))
        fail_msg("%s", err.en);
    place.housing = organ_made(&place.box->a, "示例县住房和城乡建设局", "示住建");
    place.water = organ_made(&place.box->a, "示例县水务局", "示水务");
    assert_true(store_organ_under_refresh(place.app.db, BOX_SITE, &err));
    return 0;
}

static int end(void **state)
{
    app_close(&place.app);
    return site_box_drop(state);
}

static NewRequest asked(OrganId organ, const char *filed)
{
    return (NewRequest){.organ = organ,
                        .channel = CHANNEL_INTERNET,
                        .filed = day(filed),
                        .title = S("城东片区老旧小区改造施工合同"),
                        .description = S("2024年签订的施工合同，含工程量清单"),
                        .form = S("electronic"),
                        .way = S("platform"),
                        .kind = APPLICANT_NATURAL,
                        .name = S("张三"),
                        .applicant = {.id_kind = S("居民身份证"),
                                      .id_number = S("000000199001010000"),
                                      .phone = S("0000-0000000")}};
}

static Registered registered(OrganId organ, const char *filed)
{
    Registered done;
    Err err = {0};
    NewRequest n = asked(organ, filed);
    if (!app_request_register(&place.app, &n, &place.box->a, &done, &err))
        fail_msg("%s (%s)", err.en, err.detail);
    return done;
}

static RequestFile file_of(RequestId id)
{
    RequestFile file;
    Err err = {0};
    if (!app_request_get(&place.app, id, &place.box->a, &file, &err))
        fail_msg("%s (%s)", err.en, err.detail);
    return file;
}

static bool step(RequestId id, FactKind kind, const char *on, int workdays, int64_t about, Err *err)
{
    RequestStep s = {.id = id,
                     .version = file_of(id).request.version,
                     .fact = {.kind = kind,
                              .on = day(on),
                              .workdays = workdays,
                              .about = about,
                              .until = date_none},
                     .outcome = OUTCOME_PARTLY};
    return app_request_past_step(&place.app, &s, &place.box->a, err);
}

static void take(RequestId id, FactKind kind, const char *on, int workdays, int64_t about)
{
    Err err = {0};
    if (!step(id, kind, on, workdays, about, &err))
        fail_msg("%s (%s)", err.en, err.detail);
}

static void it_gets_a_number_of_its_organ_and_year(void **state)
{
    (void)state;
    assert_str(registered(place.housing, "2026-02-12").code, S("示住建依申〔2026〕1号"));
    assert_str(registered(place.housing, "2026-02-13").code, S("示住建依申〔2026〕2号"));
    assert_str(registered(place.water, "2026-02-13").code, S("示水务依申〔2026〕1号"));
    assert_str(registered(place.housing, "2025-12-31").code, S("示住建依申〔2025〕1号"));
}

static void who_asks_is_sealed_and_opens_again(void **state)
{
    (void)state;
    Registered done = registered(place.housing, "2026-02-12");
    RequestFile file = file_of(done.id);
    assert_str(file.applicant.id_number, S("000000199001010000"));
    assert_str(file.request.applicant_name, S("张三"));
    assert_false(str_has(file.request.sealed, S("000000199001010000")));
    assert_int_equal(done.query_code.n, 12);
    assert_str(file.request.query_hash, crypt_sha256(&place.box->a, done.query_code));
}

static void what_it_needs_is_asked_for(void **state)
{
    (void)state;
    Registered done;
    Err err = {0};
    NewRequest n = asked(place.housing, "2026-02-12");
    n.applicant.id_number = S("");
    assert_false(app_request_register(&place.app, &n, &place.box->a, &done, &err));
    assert_int_equal(err.kind, ERR_INPUT);
    n = asked(place.housing, "2026-02-12");
    n.applicant.phone = S("");
    assert_false(app_request_register(&place.app, &n, &place.box->a, &done, &err));
    n = asked(place.housing, "2026-03-13"); // tomorrow
    assert_false(app_request_register(&place.app, &n, &place.box->a, &done, &err));
    n = asked((OrganId){99}, "2026-02-12");
    assert_false(app_request_register(&place.app, &n, &place.box->a, &done, &err));
    assert_int_equal(err.kind, ERR_MISSING);
}

static void from_the_first_day_to_the_last(void **state)
{
    (void)state;
    RequestId id = registered(place.housing, "2026-02-12").id;
    assert_int_equal(file_of(id).clock.phase, PHASE_UNCONFIRMED);
    take(id, FACT_CONFIRMED, "2026-02-13", 0, 0);
    take(id, FACT_THIRD_PARTY_ASKED, "2026-03-03", 0, 0);
    take(id, FACT_OPINION, "2026-03-10", 0, 3);
    RequestFile file = file_of(id);
    assert_int_equal(file.request.due.days, day("2026-03-26").days);
    assert_int_equal(file.clock.left, 10);
    assert_int_equal(file.ledger.v[file.ledger.n - 1].total, 20);
    take(id, FACT_ANSWERED, "2026-03-12", 0, 0);
    file = file_of(id);
    assert_int_equal(file.clock.phase, PHASE_DONE);
    assert_false(file.request.open);
    assert_str(file.request.outcome, S("partly"));
    assert_int_equal(file.request.ended.days, day("2026-03-12").days);
    take(id, FACT_DELIVERED, "2026-03-12", 0, 0);
}

static void every_step_is_in_the_audit(void **state)
{
    (void)state;
    Err err = {0};
    int64_t before = 0, after = 0;
    CLEANUP(stmt_end)
    Stmt s = stmt(place.app.db, "SELECT count(*) FROM audit_line WHERE site_id = ?1");
    bind_int(&s, 1);
    before = stmt_row(&s) ? col_int(&s) : -1;
    assert_true(stmt_again(&s, &err));
    RequestId id = registered(place.housing, "2026-02-12").id;
    take(id, FACT_CONFIRMED, "2026-02-13", 0, 0);
    bind_int(&s, 1);
    after = stmt_row(&s) ? col_int(&s) : -1;
    assert_int_equal(after, before + 2);
}

static void a_step_takes_its_power(void **state)
{
    (void)state;
    RequestId id = registered(place.housing, "2026-02-12").id;
    take(id, FACT_CONFIRMED, "2026-02-13", 0, 0);
    Err err = {0};
    RequestStep s = {.id = id,
                     .version = file_of(id).request.version,
                     .fact = {.kind = FACT_EXTENDED, .on = day("2026-03-12"), .workdays = 5}};
    assert_false(app_request_step(&place.app, MAY_REQUEST_HANDLE, &s, &place.box->a, &err));
    assert_int_equal(err.kind, ERR_DENIED);
    assert_true(app_request_step(&place.app, MAY_REQUEST_APPROVE, &s, &place.box->a, &err));
}

static void two_at_once_do_not_overwrite_each_other(void **state)
{
    (void)state;
    RequestId id = registered(place.housing, "2026-02-12").id;
    RequestStep s = {.id = id,
                     .version = file_of(id).request.version,
                     .fact = {.kind = FACT_CONFIRMED, .on = day("2026-02-13")}};
    Err err = {0};
    assert_true(app_request_step(&place.app, MAY_REQUEST_REGISTER, &s, &place.box->a, &err));
    s.fact.kind = FACT_WITHDRAWN;
    assert_false(app_request_step(&place.app, MAY_REQUEST_REGISTER, &s, &place.box->a, &err));
    assert_int_equal(err.kind, ERR_BUSY);
    assert_int_equal(file_of(id).facts.n, 2);
}

static void a_step_out_of_order_leaves_nothing(void **state)
{
    (void)state;
    RequestId id = registered(place.housing, "2026-02-12").id;
    Err err = {0};
    assert_false(step(id, FACT_ANSWERED, "2026-03-12", 0, 0, &err)); // not confirmed
    assert_int_equal(err.kind, ERR_RULE);
    assert_int_equal(file_of(id).facts.n, 1);
}

static void a_mistaken_step_is_struck_and_stays_to_be_seen(void **state)
{
    (void)state;
    RequestId id = registered(place.housing, "2026-02-12").id;
    take(id, FACT_CONFIRMED, "2026-02-13", 0, 0);
    take(id, FACT_EXTENDED, "2026-03-10", 20, 0);
    Err err = {0};
    int64_t version = file_of(id).request.version;
    assert_false(
        app_request_strike(&place.app, id, version, 3, S(""), &place.box->a, &err)); // no reason
    assert_false(app_request_strike(&place.app, id, version, 2, S("误"), &place.box->a,
                                    &err)); // the extension would stand on nothing
    assert_int_equal(err.kind, ERR_RULE);
    assert_true(app_request_strike(&place.app, id, version, 3, S("登记错误"), &place.box->a, &err));
    RequestFile file = file_of(id);
    assert_int_equal(file.facts.n, 3);
    assert_true(file.facts.v[2].struck_at > 0);
    assert_int_equal(file.request.due.days, day("2026-03-19").days);
}

static void who_asks_does_not_open_in_another_request(void **state)
{
    (void)state;
    static const char SQL[] = "UPDATE request SET applicant = (SELECT x.applicant FROM request x"
                              " WHERE x.site_id = ?1 AND x.request_id = ?2)"
                              " WHERE site_id = ?1 AND request_id = ?3";
    RequestId one = registered(place.housing, "2026-02-12").id;
    RequestId two = registered(place.housing, "2026-02-12").id;
    RequestFile file;
    Err err = {0};
    CLEANUP(stmt_end) Stmt s = stmt(place.app.db, SQL);
    bind_int(&s, place.app.site.n);
    bind_int(&s, one.n);
    bind_int(&s, two.n);
    assert_true(stmt_run(&s, &err));
    assert_true(app_request_get(&place.app, one, &place.box->a, &file, &err));
    assert_false(app_request_get(&place.app, two, &place.box->a, &file, &err));
    assert_int_equal(err.kind, ERR_SYSTEM);
}

static void somebody_elses_requests_are_not_there(void **state)
{
    (void)state;
    RequestId id = registered(place.housing, "2026-02-12").id;
    RequestFile file;
    Err err = {0};
    place.app.scope =
        (Scope){.site = BOX_SITE, .reach = REACH_ORGAN, .root = place.water, .person = {7}};
    assert_false(app_request_get(&place.app, id, &place.box->a, &file, &err));
    assert_int_equal(err.kind, ERR_MISSING);
    RequestStep s = {.id = id, .fact = {.kind = FACT_CONFIRMED, .on = day("2026-02-13")}};
    assert_false(app_request_step(&place.app, MAY_REQUEST_REGISTER, &s, &place.box->a, &err));
    assert_int_equal(err.kind, ERR_MISSING);
}

// --- lists

static size_t listed(RequestTab tab, const char *text)
{
    RequestAsk ask = {.tab = tab,
                      .today = place.app.today,
                      .soon = {place.app.today.days + 7},
                      .text = str_z(text),
                      .after_day = date_none};
    InfoRequests found;
    Err err = {0};
    if (!store_request_list(place.app.db, &place.app.scope, &ask, &place.box->a, &found, &err))
        fail_msg("%s (%s)", err.en, err.detail);
    return found.n;
}

static void fill(void)
{
    RequestId late = registered(place.housing, "2026-02-05").id;
    take(late, FACT_CONFIRMED, "2026-02-05", 0, 0);
    RequestId soon = registered(place.housing, "2026-02-12").id;
    take(soon, FACT_CONFIRMED, "2026-02-12", 0, 0);
    RequestId waits = registered(place.water, "2026-02-26").id;
    take(waits, FACT_CONFIRMED, "2026-02-26", 0, 0);
    take(waits, FACT_CORRECTION_ASKED, "2026-03-03", 10, 0);
    registered(place.water, "2026-03-11"); // not confirmed
    RequestId done = registered(place.housing, "2026-02-12").id;
    take(done, FACT_CONFIRMED, "2026-02-12", 0, 0);
    take(done, FACT_ANSWERED, "2026-03-10", 0, 0);
}

static void every_tab_lists_what_it_says(void **state)
{
    (void)state;
    fill();
    static const size_t want[REQUESTS__COUNT] = {
        [REQUESTS_OPEN] = 4,    [REQUESTS_MINE] = 0,    [REQUESTS_DUE_SOON] = 1,
        [REQUESTS_WAITING] = 2, [REQUESTS_OVERDUE] = 1, [REQUESTS_ENDED] = 1,
        [REQUESTS_ALL] = 5,
    };
    int64_t counts[REQUESTS__COUNT];
    Err err = {0};
    assert_true(store_request_counts(place.app.db, &place.app.scope, place.app.today,
                                     (Date){place.app.today.days + 7}, counts, &err));
    for (int tab = 0; tab < REQUESTS__COUNT; tab++) {
        bool counted = tab != REQUESTS_ENDED && tab != REQUESTS_ALL;
        assert_int_equal(counts[tab], counted ? (int64_t)want[tab] : REQUESTS_UNCOUNTED);
        assert_int_equal(listed((RequestTab)tab, ""), want[tab]);
    }
    assert_int_equal(listed(REQUESTS_ALL, "示水务依申〔2026〕2号"), 1); // by code
    assert_int_equal(listed(REQUESTS_ALL, "示水务依申〔"), 2);
    assert_int_equal(listed(REQUESTS_ALL, "2号"), 2); // by number
    assert_int_equal(listed(REQUESTS_ALL, "小"), 5);
    assert_int_equal(listed(REQUESTS_ALL, "三"), 5); // the applicant
    assert_int_equal(listed(REQUESTS_ALL, "%"), 0);  // no wildcard
    assert_int_equal(listed(REQUESTS_ALL, "老旧小区"), 5);
}

// Titles by chance out of few characters, so that parts of them are met often.
static Str title_by_chance(uint32_t *seed)
{
    static const char *const letters[] = {"城", "东", "片", "区", "A", "b", "1", "%"};
    Buf b = buf_new(&place.box->a, 200);
    size_t n = 1 + (*seed = *seed * 1664525 + 1013904223) / 7 % 9;
    for (size_t i = 0; i < n; i++)
        buf_add(&b, str_z(letters[(*seed = *seed * 1664525 + 1013904223) >> 16 & 7]));
    return buf_str(&b);
}

static void a_search_finds_what_looking_at_every_row_finds(void **state)
{
    (void)state;
    enum { MANY = 60, ASKED = 120 };
    uint32_t seed = 7;
    Str titles[MANY];
    Arena *a = &place.box->a;
    for (int i = 0; i < MANY; i++) {
        Registered done;
        Err err = {0};
        NewRequest n = asked(i % 3 ? place.housing : place.water, "2026-02-12");
        n.title = titles[i] = title_by_chance(&seed);
        assert_true(app_request_register(&place.app, &n, a, &done, &err));
    }
    for (int i = 0; i < ASKED; i++) {
        Str all = title_by_chance(&seed), part = str_clip(a, all, 1 + (size_t)i % 4);
        part = str_ends(part, S("…")) ? str_sub(part, 0, part.n - S("…").n) : part;
        size_t want = 0;
        for (int k = 0; k < MANY; k++)
            want += str_has(request_gram_lower(a, titles[k]), request_gram_lower(a, part));
        size_t got = listed(REQUESTS_ALL, str_to_z(a, part));
        if (got != (want < 20 ? want : 20))
            fail_msg("“" PRI_STR "”: %zu found, not %zu", STR_ARG(part), got, want);
    }
}

static void a_search_goes_on_behind_its_last_row(void **state)
{
    (void)state;
    size_t seen = 0;
    RequestAsk ask = {.tab = REQUESTS_ALL, .text = S("改造"), .after_day = date_none, .limit = 3};
    for (int i = 0; i < 8; i++)
        registered(place.housing, "2026-02-12");
    for (InfoRequests found = {0}; seen == 0 || found.n; seen += found.n) {
        Err err = {0};
        assert_true(
            store_request_list(place.app.db, &place.app.scope, &ask, &place.box->a, &found, &err));
        for (size_t i = 1; i < found.n; i++)
            assert_true(found.v[i].id.n < found.v[i - 1].id.n);
        ask.after = found.n ? found.v[found.n - 1].id : ask.after;
    }
    assert_int_equal(seen, 8);
}

static void what_is_renamed_is_found_by_its_new_words_alone(void **state)
{
    (void)state;
    Err err = {0};
    InfoRequest r;
    RequestId id = registered(place.housing, "2026-02-12").id;
    assert_true(store_request_get(place.app.db, &place.app.scope, id, &place.box->a, &r, &err));
    r.title = S("河道采砂许可");
    assert_true(store_request_save(place.app.db, &place.app.scope, &r, &err));
    assert_int_equal(listed(REQUESTS_ALL, "采砂"), 1);
    assert_int_equal(listed(REQUESTS_ALL, "改造"), 0);
    assert_int_equal(listed(REQUESTS_ALL, "1号"), 1);
}

static void an_organ_lists_its_own(void **state)
{
    (void)state;
    fill();
    place.app.scope = (Scope){.site = BOX_SITE, .reach = REACH_ORGAN, .root = place.water};
    assert_int_equal(listed(REQUESTS_ALL, ""), 2);
    int64_t counts[REQUESTS__COUNT];
    Err err = {0};
    assert_true(store_request_counts(place.app.db, &place.app.scope, place.app.today,
                                     place.app.today, counts, &err));
    assert_int_equal(counts[REQUESTS_OPEN], 2);
}

static void a_list_goes_on_behind_its_last_row(void **state)
{
    (void)state;
    fill();
    RequestAsk ask = {.tab = REQUESTS_ALL,
                      .today = place.app.today,
                      .soon = place.app.today,
                      .after_day = date_none,
                      .limit = 2};
    size_t seen = 0;
    Date last = {0};
    for (;;) {
        InfoRequests found;
        Err err = {0};
        assert_true(
            store_request_list(place.app.db, &place.app.scope, &ask, &place.box->a, &found, &err));
        if (!found.n)
            break;
        for (size_t i = 0; i < found.n; i++) {
            assert_true(found.v[i].act_by.days >= last.days);
            last = found.v[i].act_by;
        }
        seen += found.n;
        ask.after_day = found.v[found.n - 1].act_by;
        ask.after = found.v[found.n - 1].id;
    }
    assert_int_equal(seen, 5);
}

static void the_job_moves_what_moves_by_itself(void **state)
{
    (void)state;
    RequestId id = registered(place.housing, "2026-02-11").id;
    take(id, FACT_CONFIRMED, "2026-02-11", 0, 0);
    take(id, FACT_THIRD_PARTY_ASKED, "2026-03-02", 0, 0);
    assert_int_equal(file_of(id).request.phase, PHASE_OPINION);
    assert_int_equal(listed(REQUESTS_WAITING, ""), 1);
    int64_t changed = -1;
    Err err = {0};
    assert_true(app_request_turn(&place.app, &place.box->a, &changed, &err));
    assert_int_equal(changed, 0);
    place.app.today = day("2026-03-24"); // fifteen working days are over
    assert_true(app_request_turn(&place.app, &place.box->a, &changed, &err));
    assert_int_equal(changed, 1);
    assert_int_equal(listed(REQUESTS_WAITING, ""), 0);
    assert_true(app_request_turn(&place.app, &place.box->a, &changed, &err));
    assert_int_equal(changed, 0);
}

static void the_same_form_twice_is_one_request(void **state)
{
    (void)state;
    NewRequest n = asked(place.housing, "2026-02-12");
    Registered done;
    Err err = {0};
    place.app.once = S("0123456789abcdef");
    assert_true(app_request_register(&place.app, &n, &place.box->a, &done, &err));
    assert_false(app_request_register(&place.app, &n, &place.box->a, &done, &err));
    assert_int_equal(err.kind, ERR_REPEATED);
    place.app.once = S("");
    assert_int_equal(listed(REQUESTS_ALL, ""), 1);
}

// --- tasks

static size_t tasks_open(TaskKind kind, Date *due)
{
    Tasks tasks;
    Err err = {0};
    size_t n = 0;
    assert_true(store_task_of_kind(place.app.db, BOX_SITE, kind, &place.box->a, &tasks, &err));
    for (size_t i = 0; i < tasks.n; i++)
        if (tasks.v[i].state == TASK_OPEN) {
            n++;
            *due = tasks.v[i].due;
        }
    return n;
}

static void what_is_to_be_done_is_on_the_desk_and_goes_when_it_is_done(void **state)
{
    (void)state;
    Str did;
    Date due = date_none;
    Err err = {0};
    RequestId id = registered(place.housing, "2026-02-12").id;
    assert_true(app_desk_refresh(&place.app, &place.box->a, &did, &err));
    assert_int_equal(tasks_open(TASK_REQUEST_CONFIRM, &due), 1);
    take(id, FACT_CONFIRMED, "2026-02-13", 0, 0);
    assert_true(app_desk_refresh(&place.app, &place.box->a, &did, &err));
    assert_int_equal(tasks_open(TASK_REQUEST_CONFIRM, &due), 0);
    assert_int_equal(tasks_open(TASK_REQUEST_ANSWER, &due), 1);
    assert_int_equal(due.days, day("2026-03-19").days);
    take(id, FACT_EXTENDED, "2026-03-10", 20, 0); // the day is the law's: it moves with it
    assert_true(app_desk_refresh(&place.app, &place.box->a, &did, &err));
    assert_int_equal(tasks_open(TASK_REQUEST_ANSWER, &due), 1);
    assert_int_equal(due.days, file_of(id).request.due.days);
    take(id, FACT_ANSWERED, "2026-03-12", 0, 0);
    assert_true(app_desk_refresh(&place.app, &place.box->a, &did, &err));
    assert_int_equal(tasks_open(TASK_REQUEST_ANSWER, &due), 0);
}

// --- figures

static uint32_t dice = 11;

static int roll(int n)
{
    dice = dice * 1664525u + 1013904223u;
    return (int)((dice >> 8) % (uint32_t)n);
}

typedef struct Case { // what became of one, for counting by hand
    ApplicantKind kind;
    int32_t received, ended; // ended 0: open
    Outcome outcome;
} Case;

// Straight into the table: two years of it through the forms would take minutes.
static void case_put(const Case *c, int n)
{
    Arena *a = &place.box->a;
    Str ended = c->ended ? str_fmt(a, "%d", c->ended) : S("NULL");
    Str sql = str_fmt(
        a,
        "INSERT INTO request (site_id, request_id, organ_id, year, number, code, query_hash,"
        " channel, title, description, form, way, applicant_kind, applicant_name, applicant_key,"
        " applicant, note, filed_on, received_on, act_by, phase, open, ended_on, outcome,"
        " created_at) VALUES (1, %d, %lld, 2025, %d, 'x', '', 'in_person', 't', '', '', '',"
        " '" PRI_STR "', '', '', '', '', %d, %d, 4000000, 'open', %d, " PRI_STR ", '" PRI_STR
        "', 0);",
        n, (long long)place.housing.n, n, STR_ARG(applicant_defs[c->kind].id), c->received,
        c->received, c->ended == 0, STR_ARG(ended),
        STR_ARG(c->ended ? outcome_defs[c->outcome].id : S("")));
    Err err = {0};
    if (!db_script(place.app.db, sql, a, &err))
        fail_msg("%s (%s)", err.en, err.detail);
}

enum { CASES = 1000 };

static bool falls_in(const Case *c, T3Row row, Date from, Date to)
{
    bool before = c->received < from.days, until = c->received <= to.days;
    bool ended = c->ended && c->ended >= from.days && c->ended <= to.days;
    switch ((int)row) {
    case T3_NEW:
        return !before && until;
    case T3_CARRIED_IN:
        return before && (!c->ended || c->ended >= from.days);
    case T3_CARRIED_OUT:
        return until && (!c->ended || c->ended > to.days);
    case T3_R7:
        return ended;
    }
    return ended && str_eq(outcome_row(c->outcome, date_year(to)), t3_rows[row].key);
}

static int64_t counted(const Case *v, T3Row row, ApplicantKind kind, Date from, Date to)
{
    int64_t n = 0;
    for (int i = 0; i < CASES; i++)
        n += v[i].kind == kind && falls_in(&v[i], row, from, to);
    return n;
}

static void assert_counted(const Document *doc, const Case *v, Date from, Date to)
{
    static const T3Col cols[] = {T3_NATURAL, T3_BUSINESS, T3_RESEARCH,
                                 T3_WELFARE, T3_LEGAL,    T3_OTHER};
    for (int row = 0; row < T3_ROWS; row++)
        for (int k = 0; k < APPLICANT__COUNT; k++) {
            const Cell *cell = &doc->cells[cell_t3((T3Row)row, cols[k])];
            if (cell->state == CELL_VALUE)
                assert_int_equal(cell->n, counted(v, (T3Row)row, (ApplicantKind)k, from, to));
        }
}

static void assert_balances(Document *doc)
{
    for (int col = 0; col < T3_COLS; col++)
        assert_int_equal(doc->cells[cell_t3(T3_NEW, (T3Col)col)].n +
                             doc->cells[cell_t3(T3_CARRIED_IN, (T3Col)col)].n,
                         doc->cells[cell_t3(T3_R7, (T3Col)col)].n +
                             doc->cells[cell_t3(T3_CARRIED_OUT, (T3Col)col)].n);
    report_check(doc, &(CheckOptions){.today = date_none}, &place.box->a);
    for (size_t i = 0; i < doc->findings.n; i++)
        if (doc->findings.v[i].result == RESULT_FAIL && str_starts(doc->findings.v[i].id, S("t3.")))
            fail_msg("the form's own check fails: " PRI_STR, STR_ARG(doc->findings.v[i].id));
}

static void table_three_is_what_counting_by_hand_gives_and_balances(void **state)
{
    (void)state;
    static Case v[CASES];
    static const char *const periods[][2] = {{"2024-01-01", "2024-12-31"},
                                             {"2025-01-01", "2025-12-31"},
                                             {"2024-05-06", "2025-02-03"},
                                             {"2020-01-01", "2020-12-31"},
                                             {"2025-03-03", "2025-03-03"}};
    int32_t start = day("2024-01-01").days;
    for (int i = 0; i < CASES; i++) {
        v[i] = (Case){.kind = (ApplicantKind)roll(APPLICANT__COUNT),
                      .received = start + roll(731),
                      .outcome = (Outcome)roll(OUTCOME__COUNT)};
        v[i].ended = roll(5) ? v[i].received + roll(90) : 0;
        case_put(&v[i], i + 1);
    }
    Document *doc = NEW(&place.box->a, Document, 1);
    for (size_t p = 0; p < sizeof periods / sizeof *periods; p++) {
        Date from = day(periods[p][0]), to = day(periods[p][1]);
        Err err = {0};
        assert_true(app_request_figures(&place.app, from, to, &place.box->a, doc, &err));
        assert_counted(doc, v, from, to);
        assert_balances(doc);
    }
}

static void the_requests_behind_a_figure_are_as_many(void **state)
{
    (void)state;
    fill();
    Date from = day("2026-01-01"), to = day("2026-12-31");
    Document *doc = NEW(&place.box->a, Document, 1);
    Err err = {0};
    assert_true(app_request_figures(&place.app, from, to, &place.box->a, doc, &err));
    assert_int_equal(doc->cells[cell_t3(T3_NEW, T3_TOTAL)].n, 4); // one is not confirmed
    assert_int_equal(doc->cells[cell_t3(T3_R2, T3_TOTAL)].n, 1);
    for (int row = 0; row < T3_ROWS; row++)
        for (int col = 0; col < T3_COLS; col++) {
            const Cell *cell = &doc->cells[cell_t3((T3Row)row, (T3Col)col)];
            InfoRequests behind;
            RequestId last;
            if (cell->state != CELL_VALUE)
                continue;
            assert_true(app_request_figure_list(&place.app, (T3Row)row, (T3Col)col, from, to,
                                                (RequestId){0}, &place.box->a, &behind, &last,
                                                &err));
            assert_int_equal(behind.n, cell->n);
        }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(it_gets_a_number_of_its_organ_and_year),
        TEST(who_asks_is_sealed_and_opens_again),
        TEST(what_it_needs_is_asked_for),
        TEST(from_the_first_day_to_the_last),
        TEST(every_step_is_in_the_audit),
        TEST(a_step_takes_its_power),
        TEST(two_at_once_do_not_overwrite_each_other),
        TEST(a_step_out_of_order_leaves_nothing),
        TEST(a_mistaken_step_is_struck_and_stays_to_be_seen),
        TEST(who_asks_does_not_open_in_another_request),
        TEST(somebody_elses_requests_are_not_there),
        TEST(every_tab_lists_what_it_says),
        TEST(a_search_finds_what_looking_at_every_row_finds),
        TEST(a_search_goes_on_behind_its_last_row),
        TEST(what_is_renamed_is_found_by_its_new_words_alone),
        TEST(an_organ_lists_its_own),
        TEST(a_list_goes_on_behind_its_last_row),
        TEST(the_job_moves_what_moves_by_itself),
        TEST(the_same_form_twice_is_one_request),
        TEST(what_is_to_be_done_is_on_the_desk_and_goes_when_it_is_done),
        TEST(table_three_is_what_counting_by_hand_gives_and_balances),
        TEST(the_requests_behind_a_figure_are_as_many),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
