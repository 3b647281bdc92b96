// Signing in through a provider and with a directory: linked before, or not at all.
#include "../test.h"

#include "program.h"
#include "sign_in.h"

#include "base/fetch.h"
#include "peers/peer.h"

#include <signal.h>
#include <time.h>

static SiteBox *box;
static Arena *a;
static App app;
static Program site;
static Peer *provider, *directory;
static PersonId wang, li, chief;

static Str env(const char *name, Str value)
{
    return str_fmt(a, "GONGKAI_%s=" PRI_STR, name, STR_ARG(value));
}

static int begin(void **state)
{
    Err err = {0};
    signal(SIGPIPE, SIG_IGN);
    if (site_box_make(state) != 0)
        return -1;
    box = *state;
    a = &box->a;
    provider = peer_start("oidc_provider.mjs", "--tls", NULL);
    directory = peer_start("slapd.mjs", NULL);
    AppPlace place = {.data = box->dir, .database = box->database};
    int64_t now = time(NULL);
    Date today = {(int32_t)((now + 8 * 3600) / 86400)};
    if (!app_open(&place, DB_CREATE, today, now, a, &app, &err))
        fail_msg("%s", err.en);
    OrganId office = organ_make(&app, a, "示例县人民政府办公室", (OrganId){0});
    wang = person_make(&app, a, "wang", "王小明", office, 1u << ROLE_OFFICER);
    organ_runs_site(&app, office);
    li = person_make(&app, a, "li.li", "李丽", office, 1u << ROLE_OFFICER);
    chief = person_make(&app, a, "chief", "陈岚", office, 1u << ROLE_ADMIN);
    Strs v = {0};
    *PUSH(a, &v) = env("OIDC_ISSUER", peer_str(provider, "issuer"));
    *PUSH(a, &v) = env("OIDC_CLIENT_ID", peer_str(provider, "client"));
    *PUSH(a, &v) = env("OIDC_CLIENT_SECRET", peer_str(provider, "secret"));
    *PUSH(a, &v) = env("OIDC_CA_FILE", peer_str(provider, "ca"));
    *PUSH(a, &v) = env("OIDC_REDIRECT_URI", S("http://localhost/desk/sign-in/oidc/back"));
    if (!peer_missing(directory)) {
        *PUSH(a, &v) =
            env("LDAP_URI", str_fmt(a, "ldap://127.0.0.1:%d", (int)peer_int(directory, "ldap")));
        *PUSH(a, &v) = env("LDAP_STARTTLS", S("yes"));
        *PUSH(a, &v) = env("LDAP_CA_FILE", peer_str(directory, "ca"));
        *PUSH(a, &v) = env("LDAP_BIND_DN", S("cn=service,dc=example,dc=cn"));
        *PUSH(a, &v) = env("LDAP_BIND_PASSWORD", S("service password"));
        *PUSH(a, &v) = env("LDAP_BASE", S("dc=example,dc=cn"));
        *PUSH(a, &v) = env("LDAP_FILTER", S("(&(objectClass=inetOrgPerson)(uid={}))"));
    }
    const char **z = NEW(a, const char *, v.n + 1);
    for (size_t i = 0; i < v.n; i++)
        z[i] = str_to_z(a, v.v[i]);
    site = program_serve(box, z);
    return site.port ? 0 : -1;
}

static int end(void **state)
{
    int status = program_stop(&site);
    peer_end(&provider);
    peer_end(&directory);
    app_close(&app);
    return site_box_drop(state) == 0 && status == 0 ? 0 : -1;
}

static Jar new_jar(void)
{
    return (Jar){.a = a, .port = site.port};
}

static bool has(const Reply *r, const char *words)
{
    return str_has(r->body, str_z(words));
}

#define assert_leads(reply, where)                                                                 \
    do {                                                                                           \
        Reply reply_ = (reply);                                                                    \
        if (reply_.status != 303)                                                                  \
            fail_msg("status %d\n" PRI_STR, reply_.status,                                         \
                     STR_ARG(str_sub(reply_.body, 0, 3000)));                                      \
        assert_str(reply_header(&reply_, "Location"), S(where));                                   \
    } while (0)

// To the provider and back, as the browser is led; the address of the way back here.
static char *to_provider(Jar *jar, const char *to)
{
    Err err;
    FetchAnswer answer;
    Str before, rest;
    char *start = str_to_z(a, str_fmt(a, "/desk/sign-in/oidc?to=%s", to));
    Reply r = jar_get(jar, start);
    assert_int_equal(r.status, 303);
    if (!fetch(
            &(FetchAsk){.url = reply_header(&r, "Location"), .ca_file = peer_str(provider, "ca")},
            a, &answer, &err))
        fail_msg("%s", err.en);
    assert_true(str_cut(answer.location, S("http://localhost"), &before, &rest));
    return str_to_z(a, rest);
}

static void being_known_elsewhere_gives_nothing_here(void **state)
{
    (void)state;
    Jar jar = new_jar();
    char *back = to_provider(&jar, "/desk");
    Reply r = jar_get(&jar, back);
    assert_int_equal(r.status, 422);
    assert_true(has(&r, "还没有关联本站的账号"));
    assert_int_equal(jar_cookie(&jar, "gongkai").n, 0);
}

static void a_link_takes_the_password_once_more(void **state)
{
    (void)state;
    Jar jar = jar_of(&app, a, site.port, wang);
    char *back = to_provider(&jar, "%2Fdesk%2Faccount%2Flink");
    Reply page = jar_get(&jar, back);
    assert_int_equal(page.status, 200);
    Str offer = page_value(a, page.body, "offer");
    assert_true(offer.n > 0);
    jar.csrf = page_value(a, page.body, "csrf");
    char *wrong = str_to_z(a, str_fmt(a, "password=wrong&offer=" PRI_STR, STR_ARG(offer)));
    assert_int_equal(jar_post(&jar, "/desk/account/link", wrong).status, 422);
    Jar other = jar_of(&app, a, site.port, wang); // another session cannot use the offer
    char *right = str_to_z(
        a, str_fmt(a, "password=shi+li+xian+2026+gong+kai&offer=" PRI_STR, STR_ARG(offer)));
    assert_int_equal(jar_post(&other, "/desk/account/link", right).status, 422);
    assert_leads(jar_post(&jar, "/desk/account/link", right), "/desk/account?done=linked");
}

static void whoever_is_linked_is_signed_in(void **state)
{
    (void)state;
    Jar jar = new_jar();
    char *back = to_provider(&jar, "%2Fdesk%2Faccount");
    Jar other = new_jar();
    Reply stolen = jar_get(&other, back); // the way back in another browser
    assert_int_equal(stolen.status, 422);
    assert_int_equal(jar_cookie(&other, "gongkai").n, 0);
    back = to_provider(&jar, "%2Fdesk%2Faccount");
    assert_leads(jar_get(&jar, back), "/desk/account");
    Reply page = jar_get(&jar, "/desk/account");
    assert_true(has(&page, "王小明") && has(&page, "统一身份认证"));
    Jar again = new_jar();
    jar_set_cookie(&again, "gongkai-oidc", jar_cookie(&jar, "gongkai-oidc"));
    assert_int_equal(jar_get(&again, back).status, 422); // a way back is good once
}

static void a_second_factor_of_ours_is_still_asked_for(void **state)
{
    (void)state;
    Err err;
    static const char SQL_SECOND[] =
        "INSERT INTO second_factor (site_id, person_id, secret, since, last_step)"
        " VALUES (?1, ?2, ?3, 1, 0)";
    static const char SQL_NONE[] =
        "DELETE FROM second_factor WHERE site_id = ?1 AND person_id = ?2";
    CLEANUP(stmt_end) Stmt s = stmt(app.db, SQL_SECOND);
    bind_int(&s, app.site.n);
    bind_int(&s, wang.n);
    bind_blob(&s, S("x"));
    assert_true(stmt_run(&s, &err));
    Jar jar = new_jar();
    char *back = to_provider(&jar, "/desk");
    assert_leads(jar_get(&jar, back), "/desk/sign-in/code?to=%2Fdesk");
    CLEANUP(stmt_end) Stmt d = stmt(app.db, SQL_NONE);
    bind_int(&d, app.site.n);
    bind_int(&d, wang.n);
    assert_true(stmt_run(&d, &err));
}

static void a_password_of_the_directory_signs_in_whom_it_is_linked_to(void **state)
{
    (void)state;
    if (peer_missing(directory))
        skip();
    Jar stranger = new_jar();
    Reply r = jar_sign_in(&stranger, "wang", "密码 with spaces"); // same name, but not linked yet
    assert_int_equal(r.status, 422);
    assert_true(has(&r, "还没有关联本站的账号"));
    Jar jar = jar_of(&app, a, site.port, wang);
    static const char path[] = "/desk/account/link/ldap";
    char *own = str_to_z(a, form_encode(a, S(TEST_PASSWORD)));
    Str there = form_encode(a, S("密码 with spaces"));
    char *form = str_to_z(a, str_fmt(a, "name=wang&there=x&password=%s", own));
    assert_int_equal(jar_post(&jar, path, form).status, 422);
    form = str_to_z(a, str_fmt(a, "name=wang&there=" PRI_STR "&password=x", STR_ARG(there)));
    assert_int_equal(jar_post(&jar, path, form).status, 422); // a desk left open links nobody's
    form = str_to_z(a, str_fmt(a, "name=wang&there=" PRI_STR "&password=%s", STR_ARG(there), own));
    assert_leads(jar_post(&jar, "/desk/account/link/ldap", form), "/desk/account?done=linked");
    assert_leads(jar_sign_in(&stranger, "WANG", "密码 with spaces"), "/desk");
    Jar wrong = new_jar();
    assert_int_equal(jar_sign_in(&wrong, "wang", "wrong").status, 422);
    assert_int_equal(jar_sign_in(&wrong, "wang", "").status, 422);
    assert_int_equal(jar_sign_in(&wrong, "*", "密码 with spaces").status, 422);
    assert_leads(jar_post(&jar, "/desk/account/unlink",
                          "kind=ldap&issuer=dc%3Dexample%2Cdc%3Dcn&subject=wang"),
                 "/desk/account?done=unlinked");
    Reply never = jar_post(&jar, "/desk/account/unlink",
                           "kind=ldap&issuer=dc%3Dexample%2Cdc%3Dcn&subject=somebody");
    assert_int_equal(never.status, 404); // and no line of the audit says that it was
    assert_int_equal(jar_sign_in(&wrong, "wang", "密码 with spaces").status, 422);
}

static void an_administrator_links_somebody_who_has_no_password_here(void **state)
{
    (void)state;
    if (peer_missing(directory))
        skip();
    Jar boss = jar_of(&app, a, site.port, chief);
    Jar fresh = new_jar();
    assert_int_equal(jar_sign_in(&fresh, "li", "li").status, 422);
    char *target = str_to_z(a, str_fmt(a, "/desk/people/%lld/link", (long long)li.n));
    assert_int_equal(jar_get(&boss, target).status, 200);
    assert_int_equal(jar_post(&boss, target, "kind=other&subject=li").status, 422);
    Reply r = jar_post(&boss, target, "kind=ldap&subject=li");
    assert_int_equal(r.status, 303);
    assert_leads(jar_sign_in(&fresh, "li", "li"), "/desk");
    Jar officer = jar_of(&app, a, site.port, wang); // without the power
    assert_int_equal(jar_post(&officer, target, "kind=ldap&subject=wang").status, 403);
    char *own = str_to_z(a, str_fmt(a, "/desk/people/%lld/link", (long long)chief.n));
    assert_int_equal(jar_post(&boss, own, "kind=ldap&subject=twice").status, 422);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(being_known_elsewhere_gives_nothing_here),
        cmocka_unit_test(a_link_takes_the_password_once_more),
        cmocka_unit_test(whoever_is_linked_is_signed_in),
        cmocka_unit_test(a_second_factor_of_ours_is_still_asked_for),
        cmocka_unit_test(a_password_of_the_directory_signs_in_whom_it_is_linked_to),
        cmocka_unit_test(an_administrator_links_somebody_who_has_no_password_here),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("identity", tests, begin, end);
}
