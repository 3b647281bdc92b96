#include "app/ldap.h"

#include "peers/peer.h"
#include "test.h"

typedef struct Set {
    Arena a;
    Peer *peer;
    LdapConfig config;
} Set;

static Str uri(Set *s, const char *scheme, const char *port)
{
    return str_fmt(&s->a, "%s://127.0.0.1:%d", scheme, (int)peer_int(s->peer, port));
}

static int set_up(void **state)
{
    Set *s = *state = calloc(1, sizeof *s);
    s->a = arena_new(64 << 20);
    s->peer = peer_start("slapd.mjs", NULL);
    s->config = (LdapConfig){.uri = uri(s, "ldap", "ldap"),
                             .starttls = true,
                             .ca_file = peer_str(s->peer, "ca"),
                             .bind_dn = S("cn=service,dc=example,dc=cn"),
                             .bind_password = S("service password"),
                             .base = S("dc=example,dc=cn"),
                             .filter = S("(&(objectClass=inetOrgPerson)(uid={}))")};
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

static LdapIdentity in(Set *s, LdapConfig config, const char *name, const char *password)
{
    LdapIdentity who;
    Err err;
    if (!app_ldap_sign_in(&config, str_z(name), str_z(password), &s->a, &who, &err))
        fail_msg("%s: %s (%s)", name, err.en, err.detail);
    return who;
}

static Err out_str(Set *s, LdapConfig config, Str name, Str password, ErrKind kind)
{
    LdapIdentity who = {.uid = S("untouched")};
    Err err = {0};
    if (app_ldap_sign_in(&config, name, password, &s->a, &who, &err))
        fail_msg(PRI_STR " signed in as " PRI_STR, STR_ARG(name), STR_ARG(who.dn));
    if (err.kind != kind)
        fail_msg(PRI_STR ": kind %d and not %d: %s (%s)", STR_ARG(name), (int)err.kind, (int)kind,
                 err.en, err.detail);
    assert_str(who.uid, S("untouched"));
    return err;
}

static Err out(Set *s, LdapConfig config, const char *name, const char *password, ErrKind kind)
{
    return out_str(s, config, str_z(name), str_z(password), kind);
}

static void whoever_the_directory_knows_is_known_here(void **state)
{
    Set *s = ready(state);
    LdapIdentity who = in(s, s->config, "wang", "密码 with spaces");
    assert_str(who.dn, S("uid=wang,ou=people,dc=example,dc=cn"));
    assert_str(who.uid, S("wang"));
    assert_str(who.name, S("王小明"));
    assert_str(who.mail, S("wang@example.gov.cn"));
    assert_str(in(s, s->config, "li", "li").mail, S(""));
}

static void the_name_is_as_the_directory_writes_it(void **state)
{
    Set *s = ready(state);
    assert_str(in(s, s->config, "WANG", "密码 with spaces").uid, S("wang"));
}

static void both_ways_to_encrypt_work(void **state)
{
    Set *s = ready(state);
    LdapConfig tls = s->config;
    tls.uri = uri(s, "ldaps", "ldaps");
    tls.starttls = false;
    in(s, tls, "li", "li");
    LdapConfig plain = s->config; // to this machine only
    plain.starttls = false;
    in(s, plain, "li", "li");
}

static void unknown_names_and_wrong_passwords_are_told_the_same(void **state)
{
    Set *s = ready(state);
    Err unknown = out(s, s->config, "nobody", "li", ERR_DENIED),
        wrong = out(s, s->config, "li", "wrong", ERR_DENIED),
        keyless = out(s, s->config, "keyless", "x", ERR_DENIED);
    assert_string_equal(unknown.zh, wrong.zh);
    assert_string_equal(unknown.en, wrong.en);
    assert_string_equal(unknown.zh, keyless.zh);
}

static void an_empty_password_signs_nobody_in(void **state)
{
    Set *s = ready(state);
    out(s, s->config, "li", "", ERR_DENIED);
    out_str(s, s->config, S("li"), S("\0li"), ERR_DENIED);
    out_str(s, s->config, S("li"), S("li\0"), ERR_DENIED);
}

static void two_entries_sign_nobody_in(void **state)
{
    Set *s = ready(state);
    out(s, s->config, "twice", "same", ERR_DENIED);
    LdapConfig branch = s->config;
    branch.base = S("ou=branch,dc=example,dc=cn");
    assert_str(in(s, branch, "twice", "same").name, S("二"));
}

static void a_name_is_never_a_filter(void **state)
{
    Set *s = ready(state);
    static const char *const names[] = {
        "*",      "w*",       "*)(uid=wang", "wang)(cn=*", "wang*", "\\77ang", "wang)(|(uid=*",
        "(wang)", "wang\\00", "{}",          "\n",         "wang\t"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        out(s, s->config, names[i], "密码 with spaces", ERR_DENIED);
    out_str(s, s->config, S("wang\0x"), S("密码 with spaces"), ERR_DENIED);
    assert_str(in(s, s->config, "star*(x)", "star").name, S("星"));
}

static void what_is_too_long_is_not_sent(void **state)
{
    Set *s = ready(state);
    Str name = {NEW(&s->a, char, LDAP_NAME_MAX + 1), LDAP_NAME_MAX + 1};
    Str password = {NEW(&s->a, char, LDAP_PASSWORD_MAX + 1), LDAP_PASSWORD_MAX + 1};
    memset((char *)name.s, 'a', name.n);
    memset((char *)password.s, 'a', password.n);
    out_str(s, s->config, name, S("x"), ERR_DENIED);
    out_str(s, s->config, S("li"), password, ERR_DENIED);
}

static void without_the_right_to_search_it_is_the_administrators_affair(void **state)
{
    Set *s = ready(state);
    LdapConfig wrong = s->config;
    wrong.bind_password = S("wrong");
    out(s, wrong, "li", "li", ERR_SYSTEM);
    LdapConfig anonymous = s->config;
    anonymous.bind_dn = S("");
    out(s, anonymous, "li", "li", ERR_SYSTEM);
    LdapConfig elsewhere = s->config;
    elsewhere.base = S("dc=example,dc=net");
    out(s, elsewhere, "li", "li", ERR_SYSTEM);
    LdapConfig filter = s->config;
    filter.filter = S("(uid={}");
    out(s, filter, "li", "li", ERR_SYSTEM);
    LdapConfig attribute = s->config;
    attribute.uid_attr = S("employeeNumber");
    out(s, attribute, "li", "li", ERR_SYSTEM);
}

static void a_certificate_that_does_not_hold_ends_it(void **state)
{
    Set *s = ready(state);
    LdapConfig starttls = s->config, tls = s->config;
    starttls.ca_file = S("");
    out(s, starttls, "li", "li", ERR_BUSY);
    tls.uri = uri(s, "ldaps", "ldaps");
    tls.starttls = false;
    in(s, tls, "li", "li");
    tls.ca_file = S("");
    out(s, tls, "li", "li", ERR_BUSY);
    tls.ca_file = S("/nowhere.pem");
    out(s, tls, "li", "li", ERR_SYSTEM);
}

static void no_password_goes_out_in_the_clear(void **state)
{
    Set *s = ready(state);
    static const char *const uris[] = {"ldap://ldap.example.gov.cn",
                                       "ldap://127.0.0.1.example.net",
                                       "ldap://localhost.example.net",
                                       "http://127.0.0.1",
                                       "ldap://",
                                       "ldap://127.0.0.1 ldap://ldap.example.net",
                                       "ldap://127.0.0.1,ldap://ldap.example.net"};
    LdapConfig clear = s->config;
    clear.starttls = false;
    for (size_t i = 0; i < sizeof uris / sizeof *uris; i++) {
        clear.uri = str_z(uris[i]);
        out(s, clear, "li", "li", ERR_SYSTEM);
    }
}

static void a_directory_that_is_silent_or_away_is_given_up(void **state)
{
    Set *s = ready(state);
    LdapConfig silent = s->config;
    silent.timeout_ms = 300;
    silent.uri = uri(s, "ldap", "silent");
    out(s, silent, "li", "li", ERR_BUSY);
    silent.starttls = false;
    out(s, silent, "li", "li", ERR_BUSY);
    silent.uri = uri(s, "ldaps", "silent");
    out(s, silent, "li", "li", ERR_BUSY);
    silent.uri = S("ldap://127.0.0.1:1");
    out(s, silent, "li", "li", ERR_BUSY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whoever_the_directory_knows_is_known_here),
        cmocka_unit_test(the_name_is_as_the_directory_writes_it),
        cmocka_unit_test(both_ways_to_encrypt_work),
        cmocka_unit_test(unknown_names_and_wrong_passwords_are_told_the_same),
        cmocka_unit_test(an_empty_password_signs_nobody_in),
        cmocka_unit_test(two_entries_sign_nobody_in),
        cmocka_unit_test(a_name_is_never_a_filter),
        cmocka_unit_test(what_is_too_long_is_not_sent),
        cmocka_unit_test(without_the_right_to_search_it_is_the_administrators_affair),
        cmocka_unit_test(a_certificate_that_does_not_hold_ends_it),
        cmocka_unit_test(no_password_goes_out_in_the_clear),
        cmocka_unit_test(a_directory_that_is_silent_or_away_is_given_up),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
