// Who asks, behind proxies.
#include "../test.h"

#include "web/peer.h"

static Nets nets(Arena *a, const char *list)
{
    Nets found = {0};
    Str one, rest = str_z(list);
    for (bool more = rest.n > 0; more;) {
        more = str_cut(rest, S(" "), &one, &rest);
        assert_true(net_parse(one, PUSH(a, &found)));
    }
    return found;
}

// clang-format off
static const struct {
    const char *trusted, *peer, *forwarded, *client;
} rows[] = {
    {"127.0.0.0/8",            "127.0.0.1",   "",                              "127.0.0.1"},
    {"127.0.0.0/8",            "127.0.0.1",   "203.0.113.9",                   "203.0.113.9"},
    {"127.0.0.0/8",            "127.0.0.1",   "1.2.3.4, 203.0.113.9",          "203.0.113.9"}, // what stands before it anybody may have written
    {"127.0.0.0/8 10.0.0.0/8", "127.0.0.1",   "203.0.113.9, 10.0.0.5",         "203.0.113.9"}, // two proxies
    {"127.0.0.0/8 10.0.0.0/8", "127.0.0.1",   "1.1.1.1, 203.0.113.9,10.0.0.5", "203.0.113.9"},
    {"127.0.0.0/8",            "203.0.113.9", "1.2.3.4",                       "203.0.113.9"}, // not a proxy of ours
    {"",                       "127.0.0.1",   "1.2.3.4",                       "127.0.0.1"},
    {"127.0.0.0/8",            "127.0.0.1",   "unknown",                       "127.0.0.1"},
    {"127.0.0.0/8",            "127.0.0.1",   "<script>, 127.0.0.2",           "127.0.0.2"},
    {"127.0.0.0/8 ::1",        "::1",         "2001:db8::7",                   "2001:db8::7"},
    {"127.0.0.0/8",            "",            "1.2.3.4",                       ""},
};
// clang-format on

static void a_proxy_is_believed_as_far_as_it_is_trusted(void **state)
{
    CLEANUP(arena_end) Arena a = arena_new(1 << 20);
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char client[PEER_TEXT];
        Nets trusted = nets(&a, rows[i].trusted);
        peer_client(&trusted, str_z(rows[i].peer), str_z(rows[i].forwarded), client);
        if (strcmp(client, rows[i].client) != 0)
            fail_msg("%s for %s: %s", rows[i].peer, rows[i].forwarded, client);
    }
}

static void names_of_requests_are_short_and_plain(void **state)
{
    char one[PEER_ID], two[PEER_ID];
    (void)state;
    assert_true(peer_id_ok(S("0a1b2c3d-4e5f_6.7")));
    assert_false(peer_id_ok(S("0a1b2c3")));
    assert_false(peer_id_ok(S("0a1b2c3d 4e5f")));
    assert_false(peer_id_ok(S("0a1b2c3d\n4e5f")));
    assert_false(
        peer_id_ok(S("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")));
    peer_id_make(1, one);
    peer_id_make(UINT64_MAX, two);
    assert_true(peer_id_ok(str_z(one)) && peer_id_ok(str_z(two)) && strcmp(one, two) != 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_proxy_is_believed_as_far_as_it_is_trusted),
        cmocka_unit_test(names_of_requests_are_short_and_plain),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("peer", tests, NULL, NULL);
}
