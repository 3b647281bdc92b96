// Sessions and signing in below the pages, with a clock that the test sets; on both engines.
#include "../test.h"

#include "sign_in.h"

#include "../site_box.h"
#include "app/account.h"
#include "app/config.h"
#include "app/identity.h"
#include "app/key.h"
#include "base/otp.h"
#include "store/person.h"
#include "store/second.h"

static SiteBox *box;
static Arena *a;
static App app;
static Config config;
static OrganId office;
static const int64_t start = 1800000000;

static int begin(void **state)
{
    Err err = {0};
    if (site_box_make(state) != 0)
        return -1;
    box = *state;
    a = &box->a;
    AppPlace place = {.data = box->dir, .database = box->database};
    Date today = {(int32_t)(start / 86400)};
    if (!app_open(&place, DB_CREATE, today, start, a, &app, &err))
        fail_msg("%s", err.en);
    config = (Config){.sign_in = session_config_standard};
    config.sign_in.hash_passes = 1;
    config.sign_in.hash_memory_kb = 8192;
    app.config = &config;
    app.sessions = session_memory_new();
    office = organ_make(&app, a, "示例县人民政府办公室", (OrganId){0});
    return 0;
}

static int end(void **state)
{
    session_memory_free(app.sessions);
    app_close(&app);
    return site_box_drop(state);
}

// As if nobody had tried before; the clock at the start, memory empty, as configured.
static int each(void **state)
{
    Err err = {0};
    (void)state;
    app.now = start;
    app.actor = (Actor){0};
    app.scope = scope_none(app.site);
    config.sign_in = session_config_standard;
    config.sign_in.hash_passes = 1;
    config.sign_in.hash_memory_kb = 8192;
    session_memory_free(app.sessions);
    app.sessions = session_memory_new();
    return store_attempt_clean(app.db, app.site, INT64_MAX, &err) ? 0 : -1;
}

static bool sign_in_at(const char *login, Str password, const char *ip, SignedIn *out, Err *err)
{
    int64_t wait_s;
    SignInAsk ask = {.login = str_z(login), .password = password, .ip = str_z(ip)};
    return app_sign_in(&app, &ask, a, out, &wait_s, err);
}

static SignedIn signed_in(const char *login)
{
    SignedIn in;
    Err err = {0};
    if (!sign_in_at(login, S(TEST_PASSWORD), "192.0.2.1", &in, &err))
        fail_msg("%s (%s)", err.en, err.detail);
    return in;
}

static bool found_at(Str token, const char *ip, Viewer *v)
{
    Err err = {0};
    bool found;
    if (!app_session_viewer(&app, token, str_z(ip), a, v, &found, &err))
        fail_msg("%s (%s)", err.en, err.detail);
    return found;
}

static bool found(Str token)
{
    Viewer v;
    return found_at(token, "192.0.2.1", &v);
}

static PersonId person(const char *login, uint32_t roles)
{
    return person_make(&app, a, login, "周衡", office, roles);
}

static int64_t number(const char *sql, int64_t person)
{
    Err err = {0};
    CLEANUP(stmt_end) Stmt s = stmt(app.db, sql);
    bind_int(&s, app.site.n);
    bind_int(&s, person);
    int64_t n = stmt_row(&s) ? col_int(&s) : -1;
    if (!stmt_ok(&s, &err))
        fail_msg("%s", err.en);
    return n;
}

static const char SQL_SEEN[] =
    "SELECT max(seen_at) FROM session WHERE site_id = ?1 AND person_id = ?2";
static const char SQL_OPEN[] = "SELECT count(*) FROM session WHERE site_id = ?1 AND person_id = ?2"
                               " AND ended_at IS NULL";

// ---- passwords

static void whatever_is_wrong_costs_one_computation(void **state)
{
    static const struct {
        const char *login, *password;
    } rows[] = {{"cost", "wrong wrong wrong"},
                {"nobody", "wrong wrong wrong"},
                {"", "x"},
                {"shut", TEST_PASSWORD},
                {"cost", ""},
                {"none", "x"}};
    SignedIn in;
    (void)state;
    person("cost", 1u << ROLE_OFFICER);
    PersonId shut = person("shut", 1u << ROLE_OFFICER), none = person("none", 1u << ROLE_OFFICER);
    number("UPDATE person SET state = 'closed' WHERE site_id = ?1 AND person_id = ?2"
           " RETURNING person_id",
           shut.n);
    number("UPDATE person SET password = '' WHERE site_id = ?1 AND person_id = ?2"
           " RETURNING person_id",
           none.n);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Err err = {0};
        each(NULL);
        assert_false(sign_in_at(rows[i].login, str_z(rows[i].password), "192.0.2.1", &in, &err));
        assert_int_equal(session_memory_hashes(app.sessions), 1);
        assert_int_equal(err.kind, ERR_DENIED);
        assert_string_equal(err.zh, "用户名或者密码不对");
    }
    char *much = NEW(a, char, 100000);
    memset(much, 'a', 100000);
    Err err = {0};
    each(NULL);
    assert_false(sign_in_at("cost", (Str){much, 100000}, "192.0.2.1", &in, &err));
    assert_int_equal(session_memory_hashes(app.sessions), 1);
}

static void only_so_many_passwords_are_computed_at_once(void **state)
{
    SignedIn in;
    Err err = {0};
    (void)state;
    person("busy", 1u << ROLE_OFFICER);
    for (int i = 0; i < config.sign_in.hash_at_once; i++)
        assert_true(session_memory_hash_begin(app.sessions, config.sign_in.hash_at_once));
    assert_false(sign_in_at("busy", S(TEST_PASSWORD), "192.0.2.1", &in, &err));
    assert_int_equal(err.kind, ERR_BUSY);
    session_memory_hash_end(app.sessions);
    assert_true(sign_in_at("busy", S(TEST_PASSWORD), "192.0.2.1", &in, &err));
}

static void a_password_is_kept_anew_where_its_cost_has_changed(void **state)
{
    PersonSecret secret;
    Err err = {0};
    (void)state;
    PersonId p = person("cheap", 1u << ROLE_OFFICER);
    config.sign_in.hash_passes = 2;
    signed_in("cheap");
    assert_true(store_person_secret(app.db, app.site, p, a, &secret, &err));
    assert_false(crypt_password_old(secret.password, session_password_cost(&config.sign_in)));
    signed_in("cheap");
}

static void a_first_password_runs_out_and_only_who_has_it_learns_so(void **state)
{
    SignedIn in;
    PersonSecret secret;
    Err err = {0};
    (void)state;
    PersonId p = person("late", 1u << ROLE_OFFICER);
    assert_true(store_person_secret(app.db, app.site, p, a, &secret, &err));
    secret.until = start;
    secret.must_change = true;
    assert_true(store_person_secret_save(app.db, app.site, p, &secret, &err));
    assert_false(sign_in_at("late", S("wrong wrong wrong"), "192.0.2.1", &in, &err));
    assert_int_equal(err.kind, ERR_DENIED);
    assert_false(sign_in_at("late", S(TEST_PASSWORD), "192.0.2.1", &in, &err));
    assert_int_equal(err.kind, ERR_RULE);
    app.now = start - 1;
    assert_true(sign_in_at("late", S(TEST_PASSWORD), "192.0.2.1", &in, &err));
}

static void tries_count_before_they_are_looked_at(void **state)
{
    (void)state;
    Err err = {0};
    Try try;
    int64_t wait_s;
    person("parallel", 1u << ROLE_OFFICER);
    SignInAsk ask = {.login = S("parallel"), .ip = S("203.0.113.1")};
    for (int i = 0; i < 5; i++) // all of them still computing
        assert_true(try_begin(&app, &ask, S("password"), a, &try, &wait_s, &err));
    assert_false(try_begin(&app, &ask, S("password"), a, &try, &wait_s, &err));
    assert_int_equal(err.kind, ERR_BUSY);
    assert_true(wait_s > 0);
}

static void what_was_typed_as_login_is_not_kept(void **state)
{
    (void)state;
    SignedIn in;
    Err err = {0};
    sign_in_at("my secret password", S("x"), "192.0.2.1", &in, &err);
    CLEANUP(stmt_end) Stmt s = stmt(app.db, "SELECT login FROM sign_in_attempt WHERE site_id = ?1");
    bind_int(&s, app.site.n);
    while (stmt_row(&s)) {
        Str login = col_view(&s);
        unsigned char plain[SHA256_BYTES];
        crypt_sha256_raw(S("my secret password"), plain);
        assert_int_equal(login.n, SHA256_BYTES);
        assert_memory_not_equal(login.s, plain, SHA256_BYTES);
    }
}

// ---- ends

static void a_session_ends_when_nobody_comes(void **state)
{
    (void)state;
    PersonId p = person("idle", 1u << ROLE_OFFICER);
    SignedIn in = signed_in("idle");
    app.now = start + 29 * 60;
    assert_true(found(in.token));
    assert_int_equal(number(SQL_SEEN, p.n), start); // a page writes nothing
    app.now += 29 * 60;
    assert_true(found(in.token)); // though the database has not heard of the last one
    app.now += 31 * 60;
    assert_false(found(in.token));
    assert_false(found(in.token)); // and trying again does not wake it
}

static void what_memory_knows_is_written_down_for_other_processes(void **state)
{
    (void)state;
    Err err = {0};
    PersonId p = person("flush", 1u << ROLE_OFFICER);
    SignedIn in = signed_in("flush");
    app.now = start + 20 * 60;
    assert_true(found(in.token));
    assert_true(app_session_flush(&app, a, &err));
    assert_int_equal(number(SQL_SEEN, p.n), app.now);
    session_memory_free(app.sessions); // another process
    app.sessions = session_memory_new();
    app.now = start + 49 * 60;
    assert_true(found(in.token));
}

static void no_session_outlasts_the_longest_time(void **state)
{
    (void)state;
    person("long", 1u << ROLE_OFFICER);
    SignedIn in = signed_in("long");
    for (; app.now < start + 12 * 3600; app.now += 20 * 60)
        assert_true(found(in.token));
    assert_false(found(in.token));
}

static void what_is_over_is_ended_and_forgotten_by_the_job(void **state)
{
    (void)state;
    Err err = {0};
    int64_t n;
    PersonId p = person("clean", 1u << ROLE_OFFICER);
    signed_in("clean");
    app.now = start + 3600;
    assert_true(app_session_clean(&app, &n, &err));
    assert_true(n >= 1);
    assert_int_equal(number(SQL_OPEN, p.n), 0);
    app.now = start + SESSION_KEPT_S + 7200;
    assert_true(app_session_clean(&app, &n, &err));
    assert_int_equal(number(SQL_SEEN, p.n), 0); // none is left
    assert_int_equal(
        number("SELECT count(*) FROM sign_in_attempt WHERE site_id = ?1 AND ?2 = ?2", 0), 0);
}

// ---- where from

typedef struct FromRow {
    const char *name;
    AddressRule rule;
    const char *began, *comes;
    bool goes_on;
} FromRow;

// clang-format off
static const FromRow froms[] = {
    { "the same address, exactly",              ADDRESS_EXACT,   "192.0.2.1",   "192.0.2.1",       true  },
    { "its neighbour, exactly",                 ADDRESS_EXACT,   "192.0.2.1",   "192.0.2.2",       false },
    { "its neighbour, by network",              ADDRESS_NETWORK, "192.0.2.1",   "192.0.2.254",     true  },
    { "the next network",                       ADDRESS_NETWORK, "192.0.2.1",   "192.0.3.1",       false },
    { "IPv6 of one network",                    ADDRESS_NETWORK, "2001:db8::1", "2001:db8::ffff",  true  },
    { "IPv6 of the next network",               ADDRESS_NETWORK, "2001:db8::1", "2001:db8:0:1::1", false },
    { "IPv6, exactly",                          ADDRESS_EXACT,   "2001:db8::1", "2001:db8::2",     false },
    { "the same, written another way",          ADDRESS_EXACT,   "2001:db8::1", "2001:DB8:0::1",   true  },
    { "from IPv4 to IPv6",                      ADDRESS_NETWORK, "192.0.2.1",   "2001:db8::1",     false },
    { "no address at all",                      ADDRESS_NETWORK, "192.0.2.1",   "",                false },
    { "anywhere, where it is so configured",    ADDRESS_OFF,     "192.0.2.1",   "203.0.113.5",     true  },
};
// clang-format on

static void addresses_are_held_to_the_rule(void **state)
{
    (void)state;
    PersonId p = person("walker", 1u << ROLE_OFFICER);
    for (size_t i = 0; i < sizeof froms / sizeof *froms; i++) {
        Viewer v;
        SignedIn in;
        Err err = {0};
        each(NULL);
        config.sign_in.address = froms[i].rule;
        assert_true(sign_in_at("walker", S(TEST_PASSWORD), froms[i].began, &in, &err));
        assert_int_equal(in.person.n, p.n);
        if (found_at(in.token, froms[i].comes, &v) != froms[i].goes_on)
            fail_msg("%s", froms[i].name);
    }
}

static void a_session_that_moved_is_ended_for_other_processes_too(void **state)
{
    (void)state;
    Err err = {0};
    Viewer v;
    PersonId p = person("moved", 1u << ROLE_OFFICER);
    SignedIn in = signed_in("moved");
    assert_false(found_at(in.token, "203.0.113.9", &v));
    assert_int_equal(number(SQL_OPEN, p.n), 1); // a page writes nothing
    assert_true(app_session_flush(&app, a, &err));
    assert_int_equal(number(SQL_OPEN, p.n), 0);
    assert_false(found(in.token));
}

// ---- rights

static void rights_follow_posts_at_once(void **state)
{
    (void)state;
    Viewer v;
    PersonId p = person("poster", 1u << ROLE_OFFICER);
    SignedIn in = signed_in("poster");
    assert_true(found_at(in.token, "192.0.2.1", &v));
    assert_true(viewer_may(&v, MAY_DESK));
    assert_int_equal(v.organ.n, office.n);
    number("UPDATE post SET role = 'leader' WHERE site_id = ?1 AND person_id = ?2"
           " RETURNING post_id",
           p.n);
    assert_true(found_at(in.token, "192.0.2.1", &v));
    assert_int_equal(v.due, DUE_SECOND); // a role that signs
    assert_false(viewer_may(&v, MAY_DESK));
    number("UPDATE post SET until_on = from_on WHERE site_id = ?1 AND person_id = ?2"
           " RETURNING post_id",
           p.n);
    assert_true(found_at(in.token, "192.0.2.1", &v));
    assert_int_equal(v.due, DUE_NOTHING);
    assert_false(viewer_may(&v, MAY_DESK));
}

static Str code_of(Str secret)
{
    return otp_code(a, secret, app.now / OTP_STEP_S);
}

// Sets up a second factor for the viewer, as the pages do. The offer is the secret, sealed.
static void second_set(const Viewer *v, Strs *codes, Str *token)
{
    SecondOffer offer;
    Err err = {0};
    Key key;
    Str secret;
    app.actor = session_actor(v, MAY_ENTER, S("192.0.2.1"), S("r"));
    assert_true(app_second_offer(&app, v, a, &offer, &err));
    assert_true(app_key(&app, KEY_FORMS, &key, &err));
    Str about = str_fmt(a, "offer %lld %lld", (long long)v->site.n, (long long)v->session.n);
    assert_true(crypt_open_hex(a, &key, offer.sealed, about, &secret));
    if (!app_second_set(&app, v, offer.sealed, code_of(secret), S(""), a, codes, token, &err))
        fail_msg("%s", err.en);
}

static void a_second_factor_moved_to_another_person_does_not_open(void **state)
{
    (void)state;
    Viewer v;
    Strs codes;
    Str token;
    Err err = {0};
    Second second;
    bool has;
    int64_t wait_s;
    SignedIn in = signed_in("poster"), out;
    assert_true(found_at(in.token, "192.0.2.1", &v));
    second_set(&v, &codes, &token);
    assert_false(found(in.token)); // another token
    assert_true(found_at(token, "192.0.2.1", &v));
    assert_true(store_second_get(app.db, app.site, v.person, a, &second, &has, &err) && has);
    PersonId thief = person("mover", 1u << ROLE_OFFICER);
    assert_true(store_second_set(app.db, app.site, thief, &second, &err));
    SignedIn theirs = signed_in("mover");
    assert_true(found_at(theirs.token, "192.0.2.1", &v));
    assert_int_equal(v.due, DUE_CODE);
    SignInAsk ask = {.ip = S("192.0.2.1")};
    assert_false(app_code_give(&app, &v, &ask, S("123456"), a, &out, &wait_s, &err));
    assert_int_equal(err.kind, ERR_SYSTEM);
    assert_false(app_code_give(&app, &v, &ask, codes.v[0], a, &out, &wait_s, &err));
}

static void recovery_codes_are_of_one_person_and_kept_as_hashes(void **state)
{
    (void)state;
    Viewer v;
    Strs codes;
    Str token;
    SignedIn in;
    Err err = {0};
    int64_t wait_s, left;
    PersonId p = person("saver", 1u << ROLE_OFFICER);
    in = signed_in("saver");
    assert_true(found_at(in.token, "192.0.2.1", &v));
    second_set(&v, &codes, &token);
    assert_int_equal(codes.n, RECOVERY_CODES);
    SignedIn half = signed_in("saver");
    assert_true(found_at(half.token, "192.0.2.1", &v));
    SignInAsk ask = {.ip = S("192.0.2.1")};
    Str typed = str_replace(a, codes.v[3], S("-"), S(" ")); // as copied from paper
    assert_true(app_code_give(&app, &v, &ask, typed, a, &in, &wait_s, &err));
    assert_true(store_recovery_left(app.db, app.site, p, &left, &err));
    assert_int_equal(left, RECOVERY_CODES - 1);
    CLEANUP(stmt_end) Stmt s = stmt(app.db, "SELECT code FROM recovery_code WHERE site_id = ?1");
    bind_int(&s, app.site.n);
    while (stmt_row(&s))
        assert_int_equal(col_view(&s).n, SHA256_BYTES);
}

// ---- providers

typedef struct GivenRow {
    const char *name;
    bool believed;
    Str trusted, acr;
    bool amr, given;
} GivenRow;

// clang-format off
static const GivenRow givens[] = {
    { "believed, and it asked for one",            true,  SI(""),          SI(""),     true,  true  },
    { "believed, but it did not",                  true,  SI(""),          SI(""),     false, false },
    { "its own word for it",                       true,  SI("gold high"), SI("high"), false, true  },
    { "a word that only begins so",                true,  SI("gold high"), SI("hi"),   false, false },
    { "another word",                              true,  SI("gold high"), SI("low"),  false, false },
    { "not believed",                              false, SI("gold high"), SI("high"), true,  false },
};
// clang-format on

static void a_provider_s_second_factor_counts_where_it_is_believed(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof givens / sizeof *givens; i++) {
        SessionConfig c = {.oidc_second = givens[i].believed, .oidc_acr = givens[i].trusted};
        OidcIdentity who = {.acr = givens[i].acr, .second_factor = givens[i].amr};
        if (oidc_second_given(&c, &who) != givens[i].given)
            fail_msg("%s", givens[i].name);
    }
}

// ---- memory

static void more_sessions_than_seats_push_each_other_out_and_none_is_let_in(void **state)
{
    (void)state;
    SessionMemory *m = session_memory_new();
    for (int64_t id = 1; id <= 10000; id++)
        assert_true(session_memory_see(m, (SessionId){id}, 1000, 60, 1010));
    assert_false(session_memory_see(m, (SessionId){1}, 1000, 60, 1060)); // by the database then
    assert_true(session_memory_see(m, (SessionId){9999}, 1000, 60, 1060));
    for (int64_t id = 1; id <= 100; id++)
        session_memory_moved(m, (SessionId){id}, (PersonId){1}, S("x"), 1);
    assert_true(session_memory_is_moved(m, (SessionId){1}));
    SessionNews news = session_memory_take(m, 1, 0, a);
    assert_int_equal(news.n_moved, SESSION_MOVED_MOST);
    session_memory_written(m, &news);
    assert_false(session_memory_is_moved(m, (SessionId){1}));
    session_memory_free(m);
}

#define T(f) cmocka_unit_test_setup(f, each)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(whatever_is_wrong_costs_one_computation),
        T(only_so_many_passwords_are_computed_at_once),
        T(a_password_is_kept_anew_where_its_cost_has_changed),
        T(a_first_password_runs_out_and_only_who_has_it_learns_so),
        T(tries_count_before_they_are_looked_at),
        T(what_was_typed_as_login_is_not_kept),
        T(a_session_ends_when_nobody_comes),
        T(what_memory_knows_is_written_down_for_other_processes),
        T(no_session_outlasts_the_longest_time),
        T(what_is_over_is_ended_and_forgotten_by_the_job),
        T(addresses_are_held_to_the_rule),
        T(a_session_that_moved_is_ended_for_other_processes_too),
        T(rights_follow_posts_at_once),
        T(a_second_factor_moved_to_another_person_does_not_open),
        T(recovery_codes_are_of_one_person_and_kept_as_hashes),
        T(a_provider_s_second_factor_counts_where_it_is_believed),
        T(more_sessions_than_seats_push_each_other_out_and_none_is_let_in),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("sessions", tests, begin, end);
}
