// Run twice (meson.build): over s3rver, and with "own" over a store in memory.
#include "store/files_s3.h"

#include "base/crypt.h"
#include "peers/peer.h"
#include "test.h"

typedef struct Set {
    Arena a;
    Peer *peer;
    S3Config config;
} Set;

static const char *behind; // NULL: s3rver

static int set_up(void **state)
{
    Set *s = *state = calloc(1, sizeof *s);
    s->a = arena_new((size_t)1 << 30);
    s->peer = peer_start("s3_server.mjs", behind, NULL);
    s->config = (S3Config){
        .endpoint = str_fmt(&s->a, "http://127.0.0.1:%d", (int)peer_int(s->peer, "port")),
        .bucket = peer_str(s->peer, "bucket"),
        .access_key = peer_str(s->peer, "access"),
        .secret_key = peer_str(s->peer, "secret"),
        .prefix = S("shili/originals"),
        .path_style = true,
        .timeout_ms = 5000,
    };
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

static Set *ready(void **state)
{
    Set *s = *state;
    if (peer_missing(s->peer))
        skip();
    return s;
}

static int64_t tell(Set *s, const char *order)
{
    peer_tell(s->peer, order);
    return json_get_int(peer_line(s->peer), "requests", -1);
}

static Str put(Set *s, Str bytes)
{
    Str address = crypt_sha256(&s->a, bytes);
    Err err;
    if (!files_s3_put(&s->config, address, bytes, &s->a, &err))
        fail_msg("%s (%s)", err.en, err.detail);
    return address;
}

static Str get(Set *s, Str address)
{
    Str bytes;
    Err err;
    if (!files_s3_get(&s->config, address, address, &s->a, &bytes, &err))
        fail_msg("%s (%s)", err.en, err.detail);
    return bytes;
}

static bool has(Set *s, Str address)
{
    bool is;
    Err err;
    if (!files_s3_has(&s->config, address, &s->a, &is, &err))
        fail_msg("%s (%s)", err.en, err.detail);
    return is;
}

static void get_refused(Set *s, Str address, ErrKind kind)
{
    Str bytes;
    Err err = {0};
    assert_false(files_s3_get(&s->config, address, address, &s->a, &bytes, &err));
    if (err.kind != kind)
        fail_msg("kind %d and not %d: %s (%s)", (int)err.kind, (int)kind, err.en, err.detail);
}

static void put_refused(Set *s, Str bytes, ErrKind kind)
{
    Err err = {0};
    assert_false(files_s3_put(&s->config, crypt_sha256(&s->a, bytes), bytes, &s->a, &err));
    if (err.kind != kind)
        fail_msg("kind %d and not %d: %s (%s)", (int)err.kind, (int)kind, err.en, err.detail);
}

static void what_is_put_is_got(void **state)
{
    Set *s = ready(state);
    Str address = put(s, S("一份原件\n"));
    assert_str(get(s, address), S("一份原件\n"));
    assert_true(has(s, address));
}

static void putting_twice_is_putting_once(void **state)
{
    Set *s = ready(state);
    assert_str(put(s, S("again")), put(s, S("again")));
    assert_str(get(s, put(s, S("again"))), S("again"));
}

static void bytes_of_all_kinds_and_none_are_kept(void **state)
{
    Set *s = ready(state);
    char all[256];
    for (int i = 0; i < 256; i++)
        all[i] = (char)i;
    Str bytes = {all, sizeof all};
    assert_str(get(s, put(s, bytes)), bytes);
    assert_int_equal(get(s, put(s, S(""))).n, 0);
}

static void a_large_file_is_kept(void **state)
{
    Set *s = ready(state);
    Str bytes = {NEW(&s->a, char, 20 << 20), 20 << 20};
    crypt_random((char *)bytes.s, bytes.n);
    assert_true(str_eq(get(s, put(s, bytes)), bytes));
}

static void above_the_limit_nothing_is_sent(void **state)
{
    Set *s = ready(state);
    int64_t before = tell(s, "count");
    put_refused(s, (Str){NEW(&s->a, char, S3_MAX_BYTES + 1), S3_MAX_BYTES + 1}, ERR_LIMIT);
    assert_int_equal(tell(s, "count"), before);
}

static void what_was_never_put_is_missing(void **state)
{
    Set *s = ready(state);
    Str address = crypt_sha256(&s->a, S("never"));
    assert_false(has(s, address));
    get_refused(s, address, ERR_MISSING);
}

static void what_is_no_address_is_missing_and_not_asked_for(void **state)
{
    Set *s = ready(state);
    static const Str bad[] = {
        SI(""), SI("../../etc/passwd"), SI("abc"),
        SI("0123456789012345678901234567890123456789012345678901234567890/..")};
    int64_t before = tell(s, "count");
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        get_refused(s, bad[i], ERR_MISSING);
    assert_int_equal(tell(s, "count"), before);
}

static void without_a_prefix_it_is_kept_as_well(void **state)
{
    Set *s = ready(state);
    s->config.prefix = S("");
    assert_str(get(s, put(s, S("no prefix"))), S("no prefix"));
    s->config.prefix = S("/other/");
    assert_false(has(s, crypt_sha256(&s->a, S("no prefix"))));
    s->config.prefix = S("shili/originals");
}

static void the_bucket_may_stand_in_the_hosts_name(void **state)
{
    Set *s = ready(state);
    S3Config by_path = s->config;
    s->config.endpoint = str_fmt(&s->a, "http://localhost:%d/", (int)peer_int(s->peer, "port"));
    s->config.path_style = false;
    Str address = put(s, S("by host"));
    assert_str(get(s, address), S("by host"));
    s->config = by_path;
    assert_str(get(s, address), S("by host"));
}

static void a_changed_file_is_not_given_out(void **state)
{
    Set *s = ready(state);
    Str address = put(s, S("as it was"));
    tell(s, "fault changed 1");
    get_refused(s, address, ERR_SYSTEM);
    assert_str(get(s, address), S("as it was"));
}

static void a_sealed_file_is_given_as_it_is(void **state)
{
    Set *s = ready(state);
    Str address = crypt_sha256(&s->a, S("plain")), bytes;
    Err err;
    assert_true(files_s3_put(&s->config, address, S("sealed"), &s->a, &err));
    assert_true(files_s3_get(&s->config, address, S(""), &s->a, &bytes, &err));
    assert_str(bytes, S("sealed"));
    get_refused(s, address, ERR_SYSTEM);
}

static void a_store_that_stumbles_is_asked_again(void **state)
{
    Set *s = ready(state);
    static const char *const faults[] = {"fault 503 2", "fault 500 3", "fault drop 2",
                                         "fault half 1"};
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        tell(s, faults[i]);
        assert_str(get(s, put(s, S("stumbles"))), S("stumbles"));
    }
}

static void a_store_that_is_silent_is_asked_again(void **state)
{
    Set *s = ready(state);
    Str address = put(s, S("silent"));
    s->config.timeout_ms = 200;
    tell(s, "fault silent 1");
    assert_str(get(s, address), S("silent"));
    s->config.timeout_ms = 5000;
}

static void trying_again_ends(void **state)
{
    Set *s = ready(state);
    int64_t before = tell(s, "fault 503 100");
    put_refused(s, S("never taken"), ERR_BUSY);
    assert_int_equal(tell(s, "fault 503 0") - before, S3_TRIES);
}

static void a_refusal_is_not_tried_again(void **state)
{
    Set *s = ready(state);
    int64_t before = tell(s, "fault 403 100");
    put_refused(s, S("refused"), ERR_DENIED);
    assert_int_equal(tell(s, "fault 403 0") - before, 1);
}

static void told_to_stop_it_does_not_try_again(void **state)
{
    Set *s = ready(state);
    FetchStop stop = {.asked = 1};
    int64_t before = tell(s, "fault 503 100");
    s->config.stop = &stop;
    put_refused(s, S("stopped"), ERR_BUSY);
    s->config.stop = NULL;
    assert_true(tell(s, "fault 503 0") - before <= 1);
}

static void wrong_keys_are_refused(void **state)
{
    Set *s = ready(state);
    Str right = s->config.secret_key;
    s->config.secret_key = S("wrong");
    put_refused(s, S("x"), ERR_DENIED);
    s->config.secret_key = right;
    s->config.access_key = S("nobody");
    put_refused(s, S("x"), ERR_DENIED);
    s->config.access_key = peer_str(s->peer, "access");
    s->config.region = S("cn-north-1");
    put_refused(s, S("x"), ERR_DENIED);
    s->config.region = S("");
}

static void a_clock_that_is_off_is_refused(void **state)
{
    Set *s = ready(state);
    Err err = {0};
    tell(s, "clock 3600");
    assert_false(files_s3_put(&s->config, crypt_sha256(&s->a, S("x")), S("x"), &s->a, &err));
    tell(s, "clock 0");
    assert_int_equal(err.kind, ERR_DENIED);
    assert_true(str_has(str_z(err.en), S("RequestTimeTooSkewed")));
}

static void a_missing_bucket_is_not_a_missing_file(void **state)
{
    Set *s = ready(state);
    s->config.bucket = S("elsewhere");
    get_refused(s, crypt_sha256(&s->a, S("x")), ERR_SYSTEM);
    s->config.bucket = peer_str(s->peer, "bucket");
}

static void a_configuration_that_would_lead_elsewhere_is_refused(void **state)
{
    Set *s = ready(state);
    S3Config right = s->config;
    const S3Config wrong[] = {
        {.endpoint = S("127.0.0.1"), .bucket = S("b")},
        {.endpoint = S("http://127.0.0.1/path"), .bucket = S("b")},
        {.endpoint = S("http://user@127.0.0.1"), .bucket = S("b")},
        {.endpoint = S("http://127.0.0.1"), .bucket = S("b/../c")},
        {.endpoint = S("http://127.0.0.1"), .bucket = S("b"), .prefix = S("a/../b")},
        {.endpoint = S("http://127.0.0.1"), .bucket = S("b"), .prefix = S("a b")},
        {.endpoint = S("http://127.0.0.1"), .bucket = S("b"), .prefix = S("a?acl")},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        s->config = wrong[i];
        put_refused(s, S("x"), ERR_INPUT);
    }
    s->config = right;
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_put_is_got),
        cmocka_unit_test(putting_twice_is_putting_once),
        cmocka_unit_test(bytes_of_all_kinds_and_none_are_kept),
        cmocka_unit_test(a_large_file_is_kept),
        cmocka_unit_test(above_the_limit_nothing_is_sent),
        cmocka_unit_test(what_was_never_put_is_missing),
        cmocka_unit_test(what_is_no_address_is_missing_and_not_asked_for),
        cmocka_unit_test(without_a_prefix_it_is_kept_as_well),
        cmocka_unit_test(the_bucket_may_stand_in_the_hosts_name),
        cmocka_unit_test(a_changed_file_is_not_given_out),
        cmocka_unit_test(a_sealed_file_is_given_as_it_is),
        cmocka_unit_test(a_store_that_stumbles_is_asked_again),
        cmocka_unit_test(a_store_that_is_silent_is_asked_again),
        cmocka_unit_test(trying_again_ends),
        cmocka_unit_test(a_refusal_is_not_tried_again),
        cmocka_unit_test(told_to_stop_it_does_not_try_again),
        cmocka_unit_test(wrong_keys_are_refused),
        cmocka_unit_test(a_clock_that_is_off_is_refused),
        cmocka_unit_test(a_missing_bucket_is_not_a_missing_file),
        cmocka_unit_test(a_configuration_that_would_lead_elsewhere_is_refused),
    };
    if (peer_skips("s3_server.mjs"))
        return 0;
    behind = argc > 1 ? argv[1] : NULL;
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
