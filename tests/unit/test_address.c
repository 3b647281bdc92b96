// Addresses and networks.
#include "../test.h"

#include "base/address.h"

static bool has(const char *net, const char *address)
{
    Net n;
    Address a;
    assert_true(net_parse(str_z(net), &n));
    assert_true(address_parse(str_z(address), &a));
    return net_has(&n, a);
}

static void a_network_has_its_addresses_and_no_others(void **state)
{
    (void)state;
    assert_true(has("10.0.0.0/8", "10.255.0.1"));
    assert_false(has("10.0.0.0/8", "11.0.0.1"));
    assert_true(has("192.0.2.128/25", "192.0.2.129"));
    assert_false(has("192.0.2.128/25", "192.0.2.127"));
    assert_true(has("192.0.2.7", "192.0.2.7"));
    assert_false(has("192.0.2.7", "192.0.2.6"));
    assert_true(has("0.0.0.0/0", "203.0.113.9"));
    assert_false(has("0.0.0.0/0", "2001:db8::1"));
    assert_true(has("2001:db8::/33", "2001:db8:7fff::1"));
    assert_false(has("2001:db8::/33", "2001:db8:8000::1"));
}

static void at_home_in_ipv6_is_a_network(void **state)
{
    (void)state;
    CLEANUP(arena_end) Arena a = arena_new(1 << 16);
    assert_str(address_home(&a, S("2001:db8:1:2:3:4:5:6")), S("2001:db8:1:2::/64"));
    assert_str(address_home(&a, S("192.0.2.7")), S("192.0.2.7"));
    assert_str(address_home(&a, S("::ffff:192.0.2.7")), S("::ffff:192.0.2.7"));
    assert_str(address_home(&a, S("nowhere")), S("nowhere"));
}

static void ipv4_written_as_ipv6_is_ipv4(void **state)
{
    (void)state;
    assert_true(has("192.0.2.0/24", "::ffff:192.0.2.7"));
    assert_true(has("::ffff:192.0.2.0/120", "192.0.2.7"));
}

static void what_is_no_network_is_refused(void **state)
{
    static const char *const bad[] = {"",           "10.0.0.0/33", "10.0.0.1/8", "10.0.0.0/",
                                      "10.0.0.0/x", "::/129",      "localhost",  "10.0.0.0/-1"};
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        Net n;
        if (net_parse(str_z(bad[i]), &n))
            fail_msg("%s was taken", bad[i]);
    }
}

static void loopback_is_known(void **state)
{
    static const struct {
        const char *address;
        bool is;
    } rows[] = {{"127.0.0.1", true},        {"127.9.9.9", true},    {"::1", true},
                {"::ffff:127.0.0.1", true}, {"128.0.0.1", false},   {"::2", false},
                {"0.0.0.0", false},         {"2001:db8::1", false}, {"::", false}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Address a;
        assert_true(address_parse(str_z(rows[i].address), &a));
        if (address_loopback(a) != rows[i].is)
            fail_msg("%s", rows[i].address);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_network_has_its_addresses_and_no_others),
        cmocka_unit_test(at_home_in_ipv6_is_a_network),
        cmocka_unit_test(ipv4_written_as_ipv6_is_ipv4),
        cmocka_unit_test(what_is_no_network_is_refused),
        cmocka_unit_test(loopback_is_known),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("address", tests, NULL, NULL);
}
