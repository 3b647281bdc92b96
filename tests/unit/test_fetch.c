#include "base/fetch.h"

#include "base/json.h"
#include "peers/peer.h"
#include "test.h"

#include <pthread.h>

typedef struct Set {
    Arena a;
    Peer *peer;
} Set;

static int set_up(void **state)
{
    Set *s = *state = calloc(1, sizeof *s);
    s->a = arena_new(256 << 20);
    s->peer = peer_start("http_peer.mjs", NULL);
    return 0;
}

static int tear_down(void **state)
{
    Set *s = *state;
    peer_end(&s->peer);
    arena_free(&s->a);
    free(s);
    return 0;
}

static Str url(Set *s, const char *path)
{
    return str_fmt(&s->a, "http://127.0.0.1:%d%s", (int)peer_int(s->peer, "port"), path);
}

static Str url_tls(Set *s, const char *host, const char *path)
{
    return str_fmt(&s->a, "https://%s:%d%s", host, (int)peer_int(s->peer, "tls"), path);
}

static FetchAnswer ask(Set *s, FetchAsk q)
{
    FetchAnswer answer;
    Err err;
    if (!fetch(&q, &s->a, &answer, &err))
        fail_msg("%s (%s)", err.en, err.detail);
    return answer;
}

static const Json *echo(Set *s, FetchAsk q)
{
    FetchAnswer answer = ask(s, q);
    const Json *json;
    Err err;
    assert_int_equal(answer.status, 200);
    assert_true(json_read(answer.body, answer.body.n, &s->a, &json, &err));
    return json;
}

static void refused(Set *s, FetchAsk q, ErrKind kind)
{
    FetchAnswer answer;
    Err err = {0};
    assert_false(fetch(&q, &s->a, &answer, &err));
    if (err.kind != kind)
        fail_msg("kind %d and not %d: %s (%s)", (int)err.kind, (int)kind, err.en, err.detail);
    assert_true(err.zh[0] && err.en[0]);
}

static void a_request_goes_out_as_it_was_made(void **state)
{
    Set *s = *state;
    const FetchHeader headers[] = {{SI("X-One"), SI("一")}, {SI("X-Empty"), SI("")}};
    const Json *got = echo(s, (FetchAsk){.url = url(s, "/echo?x=%E5%85%AC"),
                                         .headers = headers,
                                         .n_headers = 2,
                                         .body = S("a=1&b=2")});
    assert_str(json_get_str(got, "method"), S("POST"));
    assert_str(json_get_str(got, "url"), S("/echo?x=%E5%85%AC"));
    assert_str(json_get_str(got, "body"), S("a=1&b=2"));
    assert_true(json_get(json_get(got, "headers"), "x-empty") != NULL);
    assert_true(json_get(json_get(got, "headers"), "expect") == NULL);
}

static void a_request_without_a_body_is_a_get(void **state)
{
    Set *s = *state;
    const Json *got = echo(s, (FetchAsk){.url = url(s, "/echo")});
    assert_str(json_get_str(got, "method"), S("GET"));
    got = echo(s, (FetchAsk){.url = url(s, "/echo"), .method = S("DELETE")});
    assert_str(json_get_str(got, "method"), S("DELETE"));
}

static void nothing_of_one_request_is_left_in_the_next(void **state)
{
    Set *s = *state;
    echo(s, (FetchAsk){.url = url(s, "/echo"), .user = S("u"), .password = S("p"), .body = S("b")});
    const Json *got = echo(s, (FetchAsk){.url = url(s, "/echo")});
    assert_str(json_get_str(got, "method"), S("GET"));
    assert_true(json_get(json_get(got, "headers"), "authorization") == NULL);
}

static void a_connection_is_used_again(void **state)
{
    Set *s = *state;
    Str one = ask(s, (FetchAsk){.url = url(s, "/port")}).body;
    Str two = ask(s, (FetchAsk){.url = url(s, "/port")}).body;
    assert_str(two, one);
}

static void any_status_is_an_answer(void **state)
{
    Set *s = *state;
    assert_int_equal(ask(s, (FetchAsk){.url = url(s, "/status/404")}).status, 404);
    FetchAnswer answer = ask(s, (FetchAsk){.url = url(s, "/status/503")});
    assert_int_equal(answer.status, 503);
    assert_str(answer.body, S("as asked"));
}

static void a_server_that_is_silent_is_given_up(void **state)
{
    Set *s = *state;
    refused(s, (FetchAsk){.url = url(s, "/silent"), .timeout_ms = 200}, ERR_BUSY);
}

static void a_broken_answer_is_none(void **state)
{
    Set *s = *state;
    refused(s, (FetchAsk){.url = url(s, "/drop")}, ERR_BUSY);
    refused(s, (FetchAsk){.url = url(s, "/half")}, ERR_BUSY);
    refused(s, (FetchAsk){.url = S("http://127.0.0.1:1/")}, ERR_BUSY);
}

static void an_answer_above_the_maximum_is_cut_off(void **state)
{
    Set *s = *state;
    assert_int_equal(ask(s, (FetchAsk){.url = url(s, "/big"), .max_bytes = 100000}).body.n, 100000);
    refused(s, (FetchAsk){.url = url(s, "/big"), .max_bytes = 99999}, ERR_LIMIT);
    refused(s, (FetchAsk){.url = url(s, "/endless"), .max_bytes = 50000}, ERR_LIMIT);
}

static void a_redirect_is_followed_only_when_asked(void **state)
{
    Set *s = *state;
    assert_int_equal(ask(s, (FetchAsk){.url = url(s, "/again")}).status, 302);
    const Json *got = echo(s, (FetchAsk){.url = url(s, "/again"), .redirects = 1});
    assert_str(json_get_str(got, "url"), S("/echo/moved"));
    refused(s, (FetchAsk){.url = url(s, "/round"), .redirects = 3}, ERR_LIMIT);
    refused(s, (FetchAsk){.url = url(s, "/file"), .redirects = 1}, ERR_INPUT);
    refused(s,
            (FetchAsk){.url = url_tls(s, "127.0.0.1", "/clear"),
                       .ca_file = peer_str(s->peer, "ca"),
                       .redirects = 1},
            ERR_INPUT);
}

static void a_certificate_must_hold(void **state)
{
    Set *s = *state;
    Str ca = peer_str(s->peer, "ca");
    refused(s, (FetchAsk){.url = url_tls(s, "127.0.0.1", "/echo")}, ERR_DENIED);
    echo(s, (FetchAsk){.url = url_tls(s, "127.0.0.1", "/echo"), .ca_file = ca});
    echo(s, (FetchAsk){.url = url_tls(s, "localhost", "/echo"), .ca_file = ca});
    refused(s, (FetchAsk){.url = url_tls(s, "127.0.0.1", "/echo"), .ca_file = S("/nowhere.pem")},
            ERR_SYSTEM);
}

static void a_certificate_must_be_for_this_server(void **state)
{
    Set *s = *state;
    Str there = str_fmt(&s->a, "https://127.0.0.1:%d/echo", (int)peer_int(s->peer, "elsewhere"));
    refused(s, (FetchAsk){.url = there, .ca_file = peer_str(s->peer, "elsewhereCa")}, ERR_DENIED);
}

static void trust_given_once_is_not_kept(void **state)
{
    Set *s = *state;
    echo(s,
         (FetchAsk){.url = url_tls(s, "127.0.0.1", "/echo"), .ca_file = peer_str(s->peer, "ca")});
    refused(s, (FetchAsk){.url = url_tls(s, "127.0.0.1", "/echo")}, ERR_DENIED);
}

static void what_could_begin_another_line_is_refused(void **state)
{
    Set *s = *state;
    const FetchHeader in_value = {SI("X-One"), SI("1\r\nX-Two: 2")}, in_name = {SI("X\n"), SI("1")};
    refused(s, (FetchAsk){.url = url(s, "/echo"), .headers = &in_value, .n_headers = 1}, ERR_INPUT);
    refused(s, (FetchAsk){.url = url(s, "/echo"), .headers = &in_name, .n_headers = 1}, ERR_INPUT);
    refused(s, (FetchAsk){.url = url(s, "/echo"), .method = S("GET / HTTP/1.1\r\nX:")}, ERR_INPUT);
    refused(s, (FetchAsk){.url = url(s, "/echo\r\nX-Two: 2")}, ERR_INPUT);
    refused(s, (FetchAsk){.url = S("file:///etc/hostname")}, ERR_INPUT);
    refused(s, (FetchAsk){.url = S("gopher://127.0.0.1/")}, ERR_INPUT);
    refused(s, (FetchAsk){.url = S("")}, ERR_INPUT);
}

static void told_to_stop_a_call_ends(void **state)
{
    Set *s = *state;
    FetchStop stop = {.asked = 1};
    refused(s, (FetchAsk){.url = url(s, "/silent"), .timeout_ms = 60000, .stop = &stop}, ERR_BUSY);
}

typedef struct Caller {
    Str url;
    int ok;
} Caller;

static void *call_often(void *caller)
{
    Caller *c = caller;
    Arena a = arena_new(16 << 20);
    for (int i = 0; i < 20; i++) {
        FetchAnswer answer;
        Err err;
        arena_reset(&a, 0);
        c->ok += fetch(&(FetchAsk){.url = c->url}, &a, &answer, &err) && answer.status == 200;
    }
    arena_free(&a);
    return NULL;
}

static void many_threads_may_call(void **state)
{
    Set *s = *state;
    pthread_t threads[4];
    Caller callers[4];
    for (size_t i = 0; i < 4; i++) {
        callers[i] = (Caller){url(s, "/echo"), 0};
        assert_int_equal(pthread_create(&threads[i], NULL, call_often, &callers[i]), 0);
    }
    for (size_t i = 0; i < 4; i++) {
        pthread_join(threads[i], NULL);
        assert_int_equal(callers[i].ok, 20);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_request_goes_out_as_it_was_made),
        cmocka_unit_test(a_request_without_a_body_is_a_get),
        cmocka_unit_test(nothing_of_one_request_is_left_in_the_next),
        cmocka_unit_test(a_connection_is_used_again),
        cmocka_unit_test(any_status_is_an_answer),
        cmocka_unit_test(a_server_that_is_silent_is_given_up),
        cmocka_unit_test(a_broken_answer_is_none),
        cmocka_unit_test(an_answer_above_the_maximum_is_cut_off),
        cmocka_unit_test(a_redirect_is_followed_only_when_asked),
        cmocka_unit_test(a_certificate_must_hold),
        cmocka_unit_test(a_certificate_must_be_for_this_server),
        cmocka_unit_test(trust_given_once_is_not_kept),
        cmocka_unit_test(what_could_begin_another_line_is_refused),
        cmocka_unit_test(told_to_stop_a_call_ends),
        cmocka_unit_test(many_threads_may_call),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
