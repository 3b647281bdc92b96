#include "app/oidc.h"

#include "base/file.h"
#include "peers/peer.h"
#include "site_box.h"
#include "test.h"
#include "web/form.h"

#include <time.h>

typedef struct Set {
    Arena a;
    Peer *peer;
    App app;
    OidcConfig config;
    Str dir;
} Set;

static int set_up(void **state)
{
    Set *s = *state = calloc(1, sizeof *s);
    Err err;
    s->a = arena_new(512 << 20);
    s->peer = peer_start("oidc_provider.mjs", "--tls", NULL);
    s->config = (OidcConfig){.issuer = peer_str(s->peer, "issuer"),
                             .client_id = peer_str(s->peer, "client"),
                             .client_secret = peer_str(s->peer, "secret"),
                             .redirect_uri = S("https://xxgk.example.gov.cn/sign-in/oidc/back"),
                             .ca_file = peer_str(s->peer, "ca"),
                             .timeout_ms = 3000};
    Date today = {20000};
    static int made;
    AppPlace place = {0};
    if (site_box_on_server())
        place.database = pg_box_database(&s->a, str_to_z(&s->a, str_fmt(&s->a, "oidc%d", ++made)));
    if (!file_temp_dir(&s->a, &s->dir, &err))
        fail_msg("%s", err.en);
    place.data = s->dir;
    if (!app_open(&place, DB_CREATE, today, time(NULL), &s->a, &s->app, &err))
        fail_msg("%s", err.en);
    return 0;
}

static int tear_down(void **state)
{
    Set *s = *state;
    Err err;
    peer_end(&s->peer);
    app_close(&s->app);
    assert_true(file_remove(s->dir, &err));
    arena_free(&s->a);
    free(s);
    return 0;
}

static void lie(Set *s, const char *name)
{
    peer_tell(s->peer, str_to_z(&s->a, str_fmt(&s->a, "lie %s", name)));
    peer_line(s->peer);
}

static OidcStart begin(Set *s)
{
    OidcStart start;
    Err err;
    if (!app_oidc_begin(&s->app, &s->config, S("/desk?tab=2"), &s->a, &start, &err))
        fail_msg("%s (%s)", err.en, err.detail);
    return start;
}

// What a browser does: goes there and is sent back.
static OidcBack go(Set *s, const OidcStart *start)
{
    FetchAnswer answer;
    Err err;
    Str base, query;
    Fields f = {0};
    if (!fetch(&(FetchAsk){.url = start->location, .ca_file = s->config.ca_file}, &s->a, &answer,
               &err))
        fail_msg("%s", err.en);
    assert_int_equal(answer.status, 302);
    assert_true(str_cut(answer.location, S("?"), &base, &query));
    assert_str(base, s->config.redirect_uri);
    assert_true(query_parse(query, &s->a, &f));
    OidcBack back = {.cookie = start->cookie};
    for (size_t i = 0; i < f.n; i++) {
        Str *to = str_eq(f.v[i].name, S("state"))   ? &back.state
                  : str_eq(f.v[i].name, S("code"))  ? &back.code
                  : str_eq(f.v[i].name, S("iss"))   ? &back.iss
                  : str_eq(f.v[i].name, S("error")) ? &back.error
                                                    : NULL;
        if (to)
            *to = f.v[i].value;
    }
    return back;
}

static OidcFinish finish(Set *s, const OidcBack *back)
{
    OidcFinish done;
    Err err;
    if (!app_oidc_finish(&s->app, &s->config, back, &s->a, &done, &err))
        fail_msg("%s (%s)", err.en, err.detail);
    return done;
}

static void refused(Set *s, const OidcBack *back, ErrKind kind)
{
    OidcFinish done;
    Err err = {0};
    if (app_oidc_finish(&s->app, &s->config, back, &s->a, &done, &err))
        fail_msg("signed in as " PRI_STR, STR_ARG(done.who.subject));
    if (err.kind != kind)
        fail_msg("kind %d and not %d: %s (%s)", (int)err.kind, (int)kind, err.en, err.detail);
}

static OidcFinish sign_in(Set *s)
{
    OidcStart start = begin(s);
    OidcBack back = go(s, &start);
    return finish(s, &back);
}

static void sign_in_refused(Set *s, const char *what, ErrKind kind)
{
    lie(s, what);
    OidcStart start = begin(s);
    OidcBack back = go(s, &start);
    OidcFinish done;
    Err err = {0};
    if (app_oidc_finish(&s->app, &s->config, &back, &s->a, &done, &err))
        fail_msg("%s: signed in", what);
    if (err.kind != kind)
        fail_msg("%s: kind %d and not %d: %s (%s)", what, (int)err.kind, (int)kind, err.en,
                 err.detail);
    lie(s, "none");
}

static void whoever_signs_in_there_is_known_here(void **state)
{
    Set *s = *state;
    OidcFinish done = sign_in(s);
    assert_str(done.who.issuer, s->config.issuer);
    assert_str(done.who.subject, S("u-1001"));
    assert_str(done.who.name, S("王小明"));
    assert_str(done.who.email, S("wang@example.gov.cn"));
    assert_true(done.who.email_verified);
    assert_str(done.return_to, S("/desk?tab=2"));
}

static void what_is_right_in_another_way_is_taken(void **state)
{
    Set *s = *state;
    const char *ways[] = {"es256", "no kid", "many audiences", "clock a little off"};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        lie(s, ways[i]);
        assert_str(sign_in(s).who.subject, S("u-1001"));
    }
    lie(s, "none");
}

static void no_lie_signs_anybody_in(void **state)
{
    Set *s = *state;
    static const char *const truths[] = {"none", "es256", "no kid", "many audiences",
                                         "clock a little off"};
    size_t n = 0;
    for (const Json *v = json_first(json_get(s->peer->said, "lies")); v; v = json_next(v)) {
        Str name;
        bool truth = false;
        assert_true(json_as_str(v, &name));
        for (size_t i = 0; i < sizeof truths / sizeof *truths; i++)
            truth |= str_eq(name, str_z(truths[i]));
        if (truth)
            continue;
        n++;
        sign_in_refused(s, str_to_z(&s->a, name),
                        str_eq(name, S("empty")) ? ERR_SYSTEM : ERR_DENIED);
    }
    assert_true(n >= 30);
}

static void a_name_kept_elsewhere_is_fetched(void **state)
{
    Set *s = *state;
    lie(s, "name elsewhere");
    OidcFinish done = sign_in(s);
    assert_str(done.who.name, S("王小明"));
    assert_str(done.who.email, S("wang@example.gov.cn"));
    sign_in_refused(s, "name elsewhere, of another", ERR_DENIED);
}

static void person(Set *s, const char *json)
{
    peer_tell(s->peer, str_to_z(&s->a, str_fmt(&s->a, "person %s", json)));
    peer_line(s->peer);
}

static void how_it_made_sure_is_told(void **state)
{
    Set *s = *state;
    static const struct {
        const char *said;
        bool second;
        Str acr;
    } rows[] = {
        {"{\"sub\":\"u\",\"name\":\"n\"}", false, SI("")},
        {"{\"sub\":\"u\",\"name\":\"n\",\"amr\":[\"pwd\"],\"acr\":\"1\"}", false, SI("1")},
        {"{\"sub\":\"u\",\"name\":\"n\",\"amr\":[\"pwd\",\"otp\"]}", true, SI("")},
        {"{\"sub\":\"u\",\"name\":\"n\",\"amr\":[\"mfa\"],\"acr\":\"loa3\"}", true, SI("loa3")},
        {"{\"sub\":\"u\",\"name\":\"n\",\"amr\":\"mfa\",\"acr\":3}", false, SI("")},
        {"{\"sub\":\"u\",\"name\":\"n\",\"amr\":[7,null,\"MFA\"]}", false, SI("")},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        person(s, rows[i].said);
        OidcIdentity who = sign_in(s).who;
        assert_int_equal(who.second_factor, rows[i].second);
        assert_str(who.acr, rows[i].acr);
    }
    person(s, "{\"sub\":\"u-1001\",\"name\":\"王小明\",\"email\":\"wang@example.gov.cn\"}");
}

static void nobody_comes_back_twice(void **state)
{
    Set *s = *state;
    OidcStart start = begin(s);
    OidcBack back = go(s, &start);
    finish(s, &back);
    refused(s, &back, ERR_DENIED);
}

static void a_failed_return_is_spent_too(void **state)
{
    Set *s = *state;
    OidcStart start = begin(s);
    OidcBack back = go(s, &start), wrong = back;
    wrong.cookie = S("another");
    refused(s, &wrong, ERR_DENIED);
    refused(s, &back, ERR_DENIED);
}

static void another_browser_is_refused(void **state)
{
    Set *s = *state;
    OidcStart mine = begin(s), theirs = begin(s);
    OidcBack back = go(s, &theirs);
    back.cookie = mine.cookie;
    refused(s, &back, ERR_DENIED);
    OidcBack without = go(s, &mine);
    without.cookie = S("");
    refused(s, &without, ERR_DENIED);
}

static void a_code_of_another_attempt_is_refused(void **state)
{
    Set *s = *state;
    OidcStart mine = begin(s), theirs = begin(s);
    OidcBack to = go(s, &mine), from = go(s, &theirs);
    to.code = from.code; // PKCE: the verifier is not that code's
    refused(s, &to, ERR_DENIED);
}

static void an_unknown_state_is_refused(void **state)
{
    Set *s = *state;
    OidcStart start = begin(s);
    OidcBack back = go(s, &start);
    back.state = S("0000");
    refused(s, &back, ERR_DENIED);
    back.state = S("");
    refused(s, &back, ERR_DENIED);
}

static void whoever_comes_back_late_begins_again(void **state)
{
    Set *s = *state;
    OidcStart start = begin(s);
    OidcBack back = go(s, &start);
    s->app.now += OIDC_PENDING_S;
    refused(s, &back, ERR_DENIED);
    s->app.now -= OIDC_PENDING_S;
}

static void another_servers_answer_is_not_mixed_in(void **state)
{
    Set *s = *state;
    sign_in_refused(s, "iss of another", ERR_DENIED);
    sign_in_refused(s, "no iss", ERR_DENIED);
}

static void whoever_is_not_let_in_there_is_not_here(void **state)
{
    Set *s = *state;
    sign_in_refused(s, "no", ERR_DENIED);
}

static void a_server_that_fails_is_told_from_one_that_refuses(void **state)
{
    Set *s = *state;
    sign_in_refused(s, "token down", ERR_BUSY);
    sign_in_refused(s, "token is HTML", ERR_SYSTEM);
    s->config.client_secret = S("wrong");
    sign_in_refused(s, "none", ERR_SYSTEM);
    s->config.client_secret = peer_str(s->peer, "secret");
}

static int64_t asked(Set *s, const char *what)
{
    FetchAnswer answer;
    const Json *json;
    Err err;
    assert_true(fetch(&(FetchAsk){.url = str_cat(&s->a, s->config.issuer, S("/count")),
                                  .ca_file = s->config.ca_file},
                      &s->a, &answer, &err));
    assert_true(json_read(answer.body, answer.body.n, &s->a, &json, &err));
    return json_get_int(json, what, -1);
}

static void the_description_is_kept_for_an_hour(void **state)
{
    Set *s = *state;
    begin(s);
    int64_t before = asked(s, "description");
    sign_in(s);
    assert_int_equal(asked(s, "description"), before);
    s->app.now += 3600;
    begin(s);
    assert_int_equal(asked(s, "description"), before + 1);
    s->app.now -= 3600; // the row now lies in the future: asked again
    begin(s);
    assert_int_equal(asked(s, "description"), before + 2);
}

static void new_keys_are_fetched_when_met(void **state)
{
    Set *s = *state;
    begin(s);
    peer_tell(s->peer, "rotate");
    peer_line(s->peer);
    OidcStart start = begin(s);
    OidcBack back = go(s, &start);
    refused(s, &back, ERR_DENIED); // keys were fetched this very moment, so not again
    start = begin(s);
    back = go(s, &start);
    s->app.now += 30;
    assert_str(finish(s, &back).who.subject, S("u-1001"));
    s->app.now -= 30;
}

static void forged_key_ids_do_not_make_us_ask_without_end(void **state)
{
    Set *s = *state;
    begin(s);
    int64_t before = asked(s, "keys");
    for (int i = 0; i < 3; i++)
        sign_in_refused(s, "unknown key", ERR_DENIED);
    assert_int_equal(asked(s, "keys"), before);
}

// A server met for the first time, or again after its description is too old.
static void begin_refused(Set *s, const char *what, ErrKind kind)
{
    OidcStart start;
    Err err = {0};
    lie(s, what);
    s->app.now += 7200;
    bool ok = app_oidc_begin(&s->app, &s->config, S("/"), &s->a, &start, &err);
    s->app.now -= 7200;
    lie(s, "none");
    if (ok || err.kind != kind)
        fail_msg("%s: kind %d and not %d: %s (%s)", what, (int)err.kind, (int)kind, err.en,
                 err.detail);
}

static void a_description_that_does_not_hold_is_refused(void **state)
{
    Set *s = *state;
    begin_refused(s, "another issuer", ERR_SYSTEM);
    begin_refused(s, "token in the clear", ERR_SYSTEM);
    begin_refused(s, "down", ERR_BUSY);
    s->config.timeout_ms = 200;
    begin_refused(s, "silent", ERR_BUSY);
    s->config.timeout_ms = 3000;
}

static void a_server_that_wants_the_secret_in_the_body_gets_it_there(void **state)
{
    Set *s = *state;
    lie(s, "post only");
    s->app.now += 3600;
    OidcStart start = begin(s);
    OidcBack back = go(s, &start);
    s->config.skew_s = 4000; // the token is of the real hour
    assert_str(finish(s, &back).who.subject, S("u-1001"));
    s->config.skew_s = 0;
    s->app.now -= 3600;
    lie(s, "none");
}

static void only_a_path_of_ours_is_returned_to(void **state)
{
    Set *s = *state;
    static const char *const bad[] = {
        "",         "desk",       "//evil.example",   "/\\evil.example",
        "https://", "/a\r\nX: y", "javascript:x",     "/ //evil",
        "\\/x",     "/\t/x",      "http://localhost/"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        OidcStart start;
        Err err = {0};
        assert_false(app_oidc_begin(&s->app, &s->config, str_z(bad[i]), &s->a, &start, &err));
        assert_int_equal(err.kind, ERR_INPUT);
    }
}

static void only_encrypted_servers_are_spoken_to(void **state)
{
    (void)state;
    static const char *const good[] = {"https://id.example.gov.cn", "https://id.example.gov.cn/x",
                                       "http://127.0.0.1:80/x", "http://localhost",
                                       "http://[::1]:8080"};
    static const char *const bad[] = {"http://id.example.gov.cn",
                                      "http://localhost.example.net",
                                      "http://127.0.0.1.example.net/",
                                      "http://localhost:80@evil/",
                                      "https://a@evil/",
                                      "https://",
                                      "ftp://localhost",
                                      ""};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(oidc_url_ok(str_z(good[i])));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (oidc_url_ok(str_z(bad[i])))
            fail_msg("%s", bad[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whoever_signs_in_there_is_known_here),
        cmocka_unit_test(what_is_right_in_another_way_is_taken),
        cmocka_unit_test(no_lie_signs_anybody_in),
        cmocka_unit_test(a_name_kept_elsewhere_is_fetched),
        cmocka_unit_test(how_it_made_sure_is_told),
        cmocka_unit_test(nobody_comes_back_twice),
        cmocka_unit_test(a_failed_return_is_spent_too),
        cmocka_unit_test(another_browser_is_refused),
        cmocka_unit_test(a_code_of_another_attempt_is_refused),
        cmocka_unit_test(an_unknown_state_is_refused),
        cmocka_unit_test(whoever_comes_back_late_begins_again),
        cmocka_unit_test(another_servers_answer_is_not_mixed_in),
        cmocka_unit_test(whoever_is_not_let_in_there_is_not_here),
        cmocka_unit_test(a_server_that_fails_is_told_from_one_that_refuses),
        cmocka_unit_test(the_description_is_kept_for_an_hour),
        cmocka_unit_test(new_keys_are_fetched_when_met),
        cmocka_unit_test(forged_key_ids_do_not_make_us_ask_without_end),
        cmocka_unit_test(a_description_that_does_not_hold_is_refused),
        cmocka_unit_test(a_server_that_wants_the_secret_in_the_body_gets_it_there),
        cmocka_unit_test(only_a_path_of_ours_is_returned_to),
        cmocka_unit_test(only_encrypted_servers_are_spoken_to),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
