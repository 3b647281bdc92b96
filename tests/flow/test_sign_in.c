// Signing in, as somebody would try who should not be let in; over the program itself, on both
// engines.
#include "../test.h"

#include "program.h"
#include "sign_in.h"

#include "app/account.h"
#include "base/otp.h"
#include "store/person.h"

#include <signal.h>
#include <time.h>

static SiteBox *box;
static Arena *a;
static App app;
static Program site;
static OrganId office, water;
static PersonId officer;

static int begin(void **state)
{
    Err err = {0};
    Date today;
    signal(SIGPIPE, SIG_IGN);
    if (site_box_make(state) != 0)
        return -1;
    box = *state;
    a = &box->a;
    int64_t now = time(NULL);
    today.days = (int32_t)((now + 8 * 3600) / 86400);
    AppPlace place = {.data = box->dir, .database = box->database};
    if (!app_open(&place, DB_CREATE, today, now, a, &app, &err))
        fail_msg("%s", err.en);
    office = organ_make(&app, a, "示例县人民政府办公室", (OrganId){0});
    water = organ_make(&app, a, "示例县水务局", office);
    officer = person_make(&app, a, "zhou", "周衡", office, 1u << ROLE_OFFICER);
    site = program_serve(box, NULL);
    return site.port ? 0 : -1;
}

static int end(void **state)
{
    int status = program_stop(&site);
    app_close(&app);
    return site_box_drop(state) == 0 && status == 0 ? 0 : -1;
}

static Jar new_jar(void)
{
    return (Jar){.a = a, .port = site.port};
}

static Str location(const Reply *r)
{
    return reply_header(r, "Location");
}

#define assert_leads(reply, where)                                                                 \
    do {                                                                                           \
        Reply reply_ = (reply);                                                                    \
        if (reply_.status != 303)                                                                  \
            fail_msg("status %d\n" PRI_STR, reply_.status,                                         \
                     STR_ARG(str_sub(reply_.body, 0, 3000)));                                      \
        assert_str(location(&reply_), S(where));                                                   \
    } while (0)

// A jar whose requests come from an address of its own, so that waits do not mix.
static Jar jar_from(const char *ip)
{
    Jar jar = new_jar();
    jar.from = str_z(ip);
    return jar;
}

static bool has(const Reply *r, const char *words)
{
    return str_has(r->body, str_z(words));
}

static void sql(const char *statement, int64_t person)
{
    Err err = {0};
    CLEANUP(stmt_end) Stmt s = stmt(app.db, statement);
    bind_int(&s, app.site.n);
    bind_int(&s, person);
    if (!stmt_run(&s, &err))
        fail_msg("%s", err.en);
}

static int64_t count(const char *statement, int64_t person)
{
    Err err = {0};
    CLEANUP(stmt_end) Stmt s = stmt(app.db, statement);
    bind_int(&s, app.site.n);
    bind_int(&s, person);
    int64_t n = stmt_row(&s) ? col_int(&s) : -1;
    if (!stmt_ok(&s, &err))
        fail_msg("%s", err.en);
    return n;
}

static const char SQL_FORGET_STEPS[] =
    "UPDATE second_factor SET last_step = 0 WHERE site_id = ?1 AND person_id = ?2";
static const char SQL_FORGET_TRIES[] = "DELETE FROM sign_in_attempt WHERE site_id = ?1 AND ?2 = ?2";
static const char SQL_MUST_CHANGE[] =
    "UPDATE person SET must_change = 1 WHERE site_id = ?1 AND person_id = ?2";
static const char SQL_END[] = "UPDATE session SET ended_at = seen_at, ended_why = 'idle'"
                              " WHERE site_id = ?1 AND person_id = ?2 AND ended_at IS NULL";
static const char SQL_CLOSE[] =
    "UPDATE person SET state = 'closed' WHERE site_id = ?1 AND person_id = ?2";
static const char SQL_NOTICES[] =
    "SELECT count(*) FROM notice WHERE site_id = ?1 AND person_id = ?2 AND kind = 'account'";
static const char SQL_HELD[] = "SELECT count(*) FROM audit_line WHERE site_id = ?1"
                               " AND act = 'sign_in.held' AND ?2 = ?2";
static const char SQL_MOVED[] = "SELECT count(*) FROM audit_line WHERE site_id = ?1"
                                " AND act = 'session.moved' AND noun_id = ?2";

// ---- in and out

static void a_page_of_the_desk_leads_to_the_sign_in_and_back(void **state)
{
    (void)state;
    Jar jar = new_jar();
    assert_leads(jar_get(&jar, "/desk/account?done=saved&x=1"),
                 "/desk/sign-in?to=%2Fdesk%2Faccount%3Fdone%3Dsaved");
}

static void the_right_password_opens_the_desk(void **state)
{
    (void)state;
    Jar jar = new_jar();
    assert_leads(jar_sign_in(&jar, "Zhou", TEST_PASSWORD), "/desk");
    assert_int_equal(jar_cookie(&jar, "gongkai").n, 64);
    assert_true(jar_cookie(&jar, "gongkai-device").n > 0);
    assert_int_equal(jar_get(&jar, "/desk/account").status, 200);
}

static void the_cookie_cannot_be_read_by_scripts_or_sent_by_other_sites(void **state)
{
    (void)state;
    Jar jar = new_jar();
    Reply r = jar_sign_in(&jar, "zhou", TEST_PASSWORD);
    Str before, rest, line;
    assert_true(str_cut(r.head, S("Set-Cookie: gongkai="), &before, &rest));
    str_cut(rest, S("\r\n"), &line, &before);
    assert_true(str_has(line, S("; HttpOnly")) && str_has(line, S("; SameSite=Lax")) &&
                str_has(line, S("; Path=/")));
    assert_false(str_has(line, S("Domain")) || str_has(line, S("Max-Age")));
    assert_str(reply_header(&r, "Cache-Control"), S("no-store"));
}

static void signing_out_ends_the_session_and_not_only_the_cookie(void **state)
{
    (void)state;
    Jar jar = jar_of(&app, a, site.port, officer), copy = jar;
    assert_leads(jar_post(&jar, "/desk/sign-out", "x=1"), "/desk/sign-in");
    assert_int_equal(jar_cookie(&jar, "gongkai").n, 0);
    assert_int_equal(jar_get(&copy, "/desk/account").status, 303);
}

// ---- what a stranger learns

static Str page_without(Reply r, const char *login)
{
    Str body = str_replace(a, r.body, str_z(login), S("LOGIN"));
    Str proof = page_value(a, body, "form");
    return proof.n ? str_replace(a, body, proof, S("PROOF")) : body;
}

static void an_unknown_login_looks_like_a_wrong_password(void **state)
{
    (void)state;
    Jar one = jar_from("192.0.2.1"), two = jar_from("192.0.2.2");
    Reply wrong = jar_sign_in(&one, "zhou", "not the one it is"),
          unknown = jar_sign_in(&two, "nobody", "not the one it is");
    assert_int_equal(wrong.status, 422);
    assert_int_equal(unknown.status, 422);
    assert_true(has(&wrong, "用户名或者密码不对"));
    assert_str(page_without(wrong, "zhou"), page_without(unknown, "nobody"));
    assert_false(has(&wrong, "not the one it is"));
    assert_int_equal(jar_cookie(&one, "gongkai").n, 0);
}

static void what_is_typed_comes_back_as_text(void **state)
{
    (void)state;
    Jar jar = jar_from("192.0.2.3");
    Reply r = jar_sign_in(&jar, "\"><script>alert(1)</script>", "x");
    assert_false(has(&r, "<script>alert"));
    assert_true(has(&r, "&lt;script&gt;"));
    static const char *const logins[] = {"' OR 1=1 --", "zhou'; DROP TABLE person; --", "%",
                                         "zhou\\"};
    for (size_t i = 0; i < 4; i++) {
        sql(SQL_FORGET_TRIES, 0);
        assert_int_equal(jar_sign_in(&jar, logins[i], TEST_PASSWORD).status, 422);
    }
}

static void what_is_too_large_is_refused(void **state)
{
    (void)state;
    Jar jar = jar_from("192.0.2.4");
    char *much = NEW(a, char, 1 << 20);
    memset(much, 'a', (1 << 20) - 1);
    much[10000] = 0;
    assert_int_equal(jar_sign_in(&jar, much, "x").status, 422);
    assert_int_equal(jar_sign_in(&jar, "zhou", much).status, 422);
    much[10000] = 'a';
    Reply r = jar_send(&jar, "/desk/sign-in", (Str){much, (1 << 20) - 1});
    assert_int_equal(r.status, 413);
    jar_set_cookie(&jar, "gongkai", (Str){much, 3000});
    assert_int_equal(jar_get(&jar, "/desk/account").status, 303);
}

// ---- other sites

static void a_form_of_another_browser_signs_nobody_in(void **state)
{
    (void)state;
    Jar mine = jar_from("192.0.2.5"), theirs = jar_from("192.0.2.6");
    Reply page = jar_get(&mine, "/desk/sign-in");
    Str body = str_fmt(a, "form=" PRI_STR "&login=zhou&password=shi+li+xian+2026+gong+kai",
                       STR_ARG(page_value(a, page.body, "form")));
    assert_int_equal(jar_send(&theirs, "/desk/sign-in", body).status, 422); // without a cookie
    jar_get(&theirs, "/desk/sign-in");
    assert_int_equal(jar_send(&theirs, "/desk/sign-in", body).status, 422); // with another
    assert_int_equal(jar_cookie(&theirs, "gongkai").n, 0);
    assert_leads(jar_send(&mine, "/desk/sign-in", body), "/desk");
}

static void another_site_cannot_sign_in_or_act(void **state)
{
    (void)state;
    Jar jar = jar_of(&app, a, site.port, officer);
    jar.headers = S("Sec-Fetch-Site: cross-site\r\n");
    assert_int_equal(jar_sign_in(&jar, "zhou", TEST_PASSWORD).status, 403);
    assert_int_equal(jar_post(&jar, "/desk/sign-out", "x=1").status, 403);
    jar.headers = S("Origin: https://example.org\r\n");
    assert_int_equal(jar_post(&jar, "/desk/sign-out", "x=1").status, 403);
    jar.headers = S("");
    assert_int_equal(jar_get(&jar, "/desk/account").status, 200);
}

static void a_form_without_the_session_s_own_token_is_refused(void **state)
{
    (void)state;
    PersonId other = person_make(&app, a, "foreign", "外人", office, 1u << ROLE_OFFICER);
    Jar jar = jar_of(&app, a, site.port, officer), foreign = jar_of(&app, a, site.port, other);
    assert_int_equal(jar_send(&jar, "/desk/sign-out", S("once=1")).status, 403);
    Str body = str_fmt(a, "csrf=" PRI_STR, STR_ARG(foreign.csrf));
    assert_int_equal(jar_send(&jar, "/desk/sign-out", body).status, 403);
    assert_int_equal(jar_get(&jar, "/desk/account").status, 200);
}

static void afterwards_one_is_led_nowhere_but_into_the_desk(void **state)
{
    static const char *const tos[] = {
        "https://example.org/", "//example.org",     "/\\example.org", "/desk\r\nX-Evil: 1",
        "javascript:x",         "/desk.example.org", "/check"};
    (void)state;
    for (size_t i = 0; i < sizeof tos / sizeof *tos; i++) {
        Jar jar = new_jar();
        Reply page = jar_get(&jar, "/desk/sign-in");
        Str to = form_encode(a, str_z(tos[i]));
        Reply r = jar_send(&jar, "/desk/sign-in",
                           str_fmt(a,
                                   "form=" PRI_STR "&to=" PRI_STR
                                   "&login=zhou&password=shi+li+xian+2026+gong+kai",
                                   STR_ARG(page_value(a, page.body, "form")), STR_ARG(to)));
        assert_leads(r, "/desk");
        assert_false(str_has(r.head, S("X-Evil")));
        char *target = str_to_z(a, str_fmt(a, "/desk/sign-in?to=" PRI_STR, STR_ARG(to)));
        assert_leads(jar_get(&jar, target), "/desk");
    }
}

// ---- sessions

static void a_session_set_beforehand_is_worth_nothing(void **state)
{
    (void)state;
    Jar jar = new_jar();
    Str planted = S("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
    jar_set_cookie(&jar, "gongkai", planted);
    assert_leads(jar_sign_in(&jar, "zhou", TEST_PASSWORD), "/desk");
    assert_false(str_eq(jar_cookie(&jar, "gongkai"), planted));
    Jar attacker = new_jar();
    jar_set_cookie(&attacker, "gongkai", planted);
    assert_int_equal(jar_get(&attacker, "/desk/account").status, 303);
}

static void signing_in_again_ends_the_session_before(void **state)
{
    (void)state;
    Jar jar = new_jar();
    jar_sign_in(&jar, "zhou", TEST_PASSWORD);
    Jar before = jar;
    Reply page = jar_get(&before, "/desk/sign-in"); // signed in: nothing to do here
    assert_leads(page, "/desk");
    Jar fresh = new_jar();
    Reply form = jar_get(&fresh, "/desk/sign-in");
    jar_set_cookie(&jar, "gongkai-form", jar_cookie(&fresh, "gongkai-form"));
    assert_leads(
        jar_send(&jar, "/desk/sign-in",
                 str_fmt(a, "form=" PRI_STR "&login=zhou&password=shi+li+xian+2026+gong+kai",
                         STR_ARG(page_value(a, form.body, "form")))),
        "/desk");
    assert_int_equal(jar_get(&jar, "/desk/account").status, 200);
    assert_int_equal(jar_get(&before, "/desk/account").status, 303);
}

static void a_stolen_cookie_is_refused_ended_noted_and_told(void **state)
{
    (void)state;
    PersonId owner = person_make(&app, a, "stolen", "被盗", office, 1u << ROLE_OFFICER);
    Jar jar = jar_from("198.51.100.7");
    jar_sign_in(&jar, "stolen", TEST_PASSWORD);
    assert_int_equal(jar_get(&jar, "/desk/account").status, 200);
    jar.from = S("198.51.100.200"); // the same network
    assert_int_equal(jar_get(&jar, "/desk/account").status, 200);
    Jar thief = jar;
    thief.from = S("203.0.113.9");
    assert_int_equal(jar_get(&thief, "/desk/account").status, 303);
    assert_int_equal(jar_get(&jar, "/desk/account").status, 303); // ended for everybody
    jar_get(&jar, "/desk/sign-in");                               // which is written down here
    assert_int_equal(count(SQL_MOVED, owner.n), 1);
    assert_int_equal(count(SQL_NOTICES, owner.n), 1);
}

static void a_session_ended_elsewhere_is_over(void **state)
{
    (void)state;
    Jar one = jar_of(&app, a, site.port, officer), two = jar_of(&app, a, site.port, officer);
    Reply page = jar_get(&one, "/desk/account");
    assert_true(has(&page, "这一次") && has(&page, "/end\""));
    assert_int_equal(jar_post(&one, "/desk/account/sessions/end-others", "x=1").status, 303);
    assert_int_equal(jar_get(&two, "/desk/account").status, 303);
    assert_int_equal(jar_get(&one, "/desk/account").status, 200);
}

static void nobody_ends_the_session_of_somebody_else(void **state)
{
    (void)state;
    PersonId other = person_make(&app, a, "other", "别人", office, 1u << ROLE_OFFICER);
    Jar jar = jar_of(&app, a, site.port, officer), victim = jar_of(&app, a, site.port, other);
    int64_t id =
        count("SELECT max(session_id) FROM session WHERE site_id = ?1 AND person_id = ?2", other.n);
    char *target = str_to_z(a, str_fmt(a, "/desk/account/sessions/%lld/end", (long long)id));
    assert_int_equal(jar_post(&jar, target, "x=1").status, 404);
    assert_int_equal(jar_get(&victim, "/desk/account").status, 200);
}

static void a_form_sent_twice_is_done_once(void **state)
{
    (void)state;
    Jar jar = jar_of(&app, a, site.port, officer);
    Reply one = jar_post(&jar, "/desk/account/sessions/end-others", "once=the-very-same"),
          two = jar_post(&jar, "/desk/account/sessions/end-others", "once=the-very-same");
    assert_int_equal(one.status, 303);
    assert_int_equal(two.status, 303);
    assert_int_equal(count("SELECT count(*) FROM form_once WHERE site_id = ?1 AND person_id = ?2"
                           " AND once = 'the-very-same'",
                           officer.n),
                     1);
}

static void more_sessions_than_may_be_end_the_oldest(void **state)
{
    (void)state;
    PersonId many = person_make(&app, a, "many", "多处", office, 1u << ROLE_OFFICER);
    Jar jars[6];
    for (size_t i = 0; i < 6; i++)
        jars[i] = jar_of(&app, a, site.port, many);
    assert_int_equal(jar_get(&jars[0], "/desk/account").status, 303);
    assert_int_equal(jar_get(&jars[1], "/desk/account").status, 200);
    assert_int_equal(jar_get(&jars[5], "/desk/account").status, 200);
}

static void a_closed_account_is_out_at_once(void **state)
{
    (void)state;
    PersonId gone = person_make(&app, a, "gone", "离职", office, 1u << ROLE_OFFICER);
    Jar jar = jar_of(&app, a, site.port, gone);
    assert_int_equal(jar_get(&jar, "/desk/account").status, 200);
    sql(SQL_CLOSE, gone.n);
    assert_int_equal(jar_get(&jar, "/desk/account").status, 303);
    Jar fresh = jar_from("192.0.2.7");
    Reply r = jar_sign_in(&fresh, "gone", TEST_PASSWORD);
    assert_int_equal(r.status, 422);
    assert_true(has(&r, "用户名或者密码不对"));
}

static void one_works_only_for_organs_where_one_holds_a_post(void **state)
{
    (void)state;
    Jar jar = jar_of(&app, a, site.port, officer);
    char *form = str_to_z(a, str_fmt(a, "organ=%lld", (long long)water.n));
    assert_int_equal(jar_post(&jar, "/desk/organ", form).status, 403);
    form = str_to_z(a, str_fmt(a, "organ=%lld", (long long)office.n));
    assert_int_equal(jar_post(&jar, "/desk/organ", form).status, 303);
}

static void whoever_holds_posts_at_two_organs_works_for_one_at_a_time(void **state)
{
    (void)state;
    Err err = {0};
    PersonId two = person_make(&app, a, "two", "两处", office, 1u << ROLE_OFFICER);
    PostRow post = {.person = two,
                    .organ = water,
                    .role = ROLE_ARCHIVIST,
                    .from = {app.today.days - 1},
                    .until = date_none};
    assert_true(store_post_add(app.db, app.site, &post, (PersonId){0}, &err));
    Jar jar = jar_of(&app, a, site.port, two);
    Reply page = jar_get(&jar, "/desk/account");
    assert_true(has(&page, "<dd>公开机构经办人</dd>") && !has(&page, "<dd>档案管理员</dd>"));
    char *form = str_to_z(a, str_fmt(a, "organ=%lld", (long long)water.n));
    assert_leads(jar_post(&jar, "/desk/organ", form), "/desk?done=organ_switched");
    page = jar_get(&jar, "/desk/account");
    assert_true(has(&page, "<dd>档案管理员</dd>") && !has(&page, "<dd>公开机构经办人</dd>"));
}

static void behind_tls_cookies_are_of_this_host_and_never_in_the_clear(void **state)
{
    (void)state;
    static const char *const https[] = {"GONGKAI_BASE_URL=https://xxgk.example.gov.cn", NULL};
    Program secure = program_serve(box, https);
    assert_true(secure.port);
    Jar jar = {.a = a, .port = secure.port};
    Reply r = jar_sign_in(&jar, "zhou", TEST_PASSWORD);
    assert_int_equal(r.status, 303);
    assert_int_equal(jar_cookie(&jar, "__Host-gongkai").n, 64);
    for (Str rest = r.head, head, line; str_cut(rest, S("Set-Cookie: "), &head, &rest);) {
        str_cut(rest, S("\r\n"), &line, &head);
        assert_true(str_starts(line, S("__Host-gongkai")) && str_has(line, S("; Secure")) &&
                    str_has(line, S("; Path=/")) && !str_has(line, S("Domain")));
    }
    Jar plain = {.a = a, .port = secure.port}; // a cookie that another host could have set
    jar_set_cookie(&plain, "gongkai", jar_cookie(&jar, "__Host-gongkai"));
    assert_int_equal(jar_get(&plain, "/desk/account").status, 303);
    assert_int_equal(jar_get(&jar, "/desk/account").status, 200);
    assert_int_equal(program_stop(&secure), 0);
}

static void a_browser_that_names_itself_in_gbk_signs_in(void **state)
{
    (void)state;
    static const char SQL[] = "SELECT count(*) FROM session WHERE site_id = ?1 AND person_id = ?2"
                              " AND user_agent = 'Browser '";
    PersonId p = person_make(&app, a, "gbk", "国标", office, 1u << ROLE_OFFICER);
    Jar jar = new_jar();
    jar.headers = S("User-Agent: Browser \xb0\xa1\xc3\xd7\r\n");
    assert_leads(jar_sign_in(&jar, "gbk", TEST_PASSWORD), "/desk");
    assert_int_equal(count(SQL, p.n), 1);
}

// ---- guessing

static void a_network_of_ipv6_guesses_as_one(void **state)
{
    (void)state;
    int last = 0;
    for (int i = 0; i < 6; i++) { // of the login that nobody has, since all have to wait alike
        Jar guesser = jar_from(str_to_z(a, str_fmt(a, "2001:db8:7:7::%d", i + 1)));
        last = jar_sign_in(&guesser, "nobody-at-all", "wrong wrong wrong").status;
    }
    assert_int_equal(last, 429);
    Jar elsewhere = jar_from("2001:db8:7:8::1");
    assert_int_equal(jar_sign_in(&elsewhere, "nobody-at-all", "wrong wrong wrong").status, 422);
}

static void guessing_waits_and_the_owner_does_not(void **state)
{
    (void)state;
    PersonId guessed = person_make(&app, a, "guessed", "被猜", office, 1u << ROLE_OFFICER);
    int64_t held = count(SQL_HELD, 0);
    Jar owner = jar_from("198.51.100.50");
    assert_leads(jar_sign_in(&owner, "guessed", TEST_PASSWORD), "/desk");
    int last = 0;
    for (int i = 0; i < 25; i++) { // each from an address of its own
        Jar guesser = jar_from(str_to_z(a, str_fmt(a, "203.0.113.%d", 100 + i)));
        last = jar_sign_in(&guesser, "guessed", "wrong wrong wrong").status;
    }
    assert_int_equal(last, 429);
    assert_int_equal(count(SQL_HELD, 0), held + 1); // noted once, and told to the owner
    assert_true(count(SQL_NOTICES, guessed.n) > 0);
    Jar another = jar_from("203.0.113.201");
    Reply r = jar_sign_in(&another, "guessed", TEST_PASSWORD); // even the right one has to wait
    assert_int_equal(r.status, 429);
    assert_true(reply_header(&r, "Retry-After").n > 0);
    Jar browser = {.a = a, .port = site.port, .from = S("198.51.100.99")}; // from elsewhere
    jar_set_cookie(&browser, "gongkai-device", jar_cookie(&owner, "gongkai-device"));
    assert_leads(jar_sign_in(&browser, "guessed", TEST_PASSWORD), "/desk");
    Jar desk = jar_from("198.51.100.50"); // another browser where the owner is at home
    assert_leads(jar_sign_in(&desk, "guessed", TEST_PASSWORD), "/desk");
    sql(SQL_FORGET_TRIES, 0);
}

static void a_device_cookie_of_one_s_own_making_is_worth_nothing(void **state)
{
    (void)state;
    int last = 0;
    for (int i = 0; i < 7; i++) {
        Jar guesser = jar_from("203.0.113.77");
        jar_set_cookie(&guesser, "gongkai-device",
                       S("00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
                         "00112233445566778899aabbccddeeff"));
        last = jar_sign_in(&guesser, "guessed", "wrong wrong wrong").status;
    }
    assert_int_equal(last, 429);
    sql(SQL_FORGET_TRIES, 0);
}

// ---- a first password

static Str words(Str text)
{
    return form_encode(a, text);
}

static Reply send_password(Jar *jar, const char *target, Str old, Str fresh, Str again)
{
    Reply page = jar_get(jar, target);
    jar->csrf = page_value(a, page.body, "csrf");
    Str form = str_fmt(a, "old=" PRI_STR "&new=" PRI_STR "&again=" PRI_STR, STR_ARG(words(old)),
                       STR_ARG(words(fresh)), STR_ARG(words(again)));
    return jar_post(jar, target, str_to_z(a, form));
}

static void a_first_password_opens_nothing_but_the_page_for_another(void **state)
{
    (void)state;
    PersonId fresh = person_make(&app, a, "fresh", "新人", office, 1u << ROLE_OFFICER);
    sql(SQL_MUST_CHANGE, fresh.n);
    Jar jar = new_jar();
    assert_leads(jar_sign_in(&jar, "fresh", TEST_PASSWORD), "/desk/sign-in/password?to=%2Fdesk");
    assert_leads(jar_get(&jar, "/desk/account"), "/desk/sign-in/password?to=%2Fdesk%2Faccount");
    static const struct {
        Str fresh, again, says;
    } rows[] = {
        {SI("short"), SI("short"), SI("至少12个字")},
        {SI("password123456"), SI("password123456"), SI("容易被猜到")},
        {SI("yang san zhi qingwa"), SI("yang san zhi"), SI("两次")},
        {SI(TEST_PASSWORD), SI(TEST_PASSWORD), SI("相同")},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Reply r =
            send_password(&jar, "/desk/sign-in/password", S(""), rows[i].fresh, rows[i].again);
        assert_int_equal(r.status, 422);
        assert_true(str_has(r.body, rows[i].says));
        assert_false(has(&r, "value=\"yang"));
    }
    Str before = jar_cookie(&jar, "gongkai");
    assert_leads(send_password(&jar, "/desk/sign-in/password", S(""), S("yang san zhi qingwa"),
                               S("yang san zhi qingwa")),
                 "/desk");
    assert_false(str_eq(before, jar_cookie(&jar, "gongkai")));
    assert_int_equal(jar_get(&jar, "/desk/account").status, 200);
    Jar old = new_jar();
    jar_set_cookie(&old, "gongkai", before);
    assert_int_equal(jar_get(&old, "/desk/account").status, 303);
}

static void changing_the_password_takes_the_old_one_and_ends_other_sessions(void **state)
{
    (void)state;
    PersonId p = person_make(&app, a, "changer", "改密", office, 1u << ROLE_OFFICER);
    Jar jar = jar_of(&app, a, site.port, p), other = jar_of(&app, a, site.port, p);
    Reply r = send_password(&jar, "/desk/account/password", S("wrong"), S("yang san zhi qingwa"),
                            S("yang san zhi qingwa"));
    assert_int_equal(r.status, 422);
    assert_true(has(&r, "密码不对"));
    assert_leads(send_password(&jar, "/desk/account/password", S(TEST_PASSWORD),
                               S("yang san zhi qingwa"), S("yang san zhi qingwa")),
                 "/desk/account?done=password_changed");
    assert_int_equal(jar_get(&jar, "/desk/account").status, 200);
    assert_int_equal(jar_get(&other, "/desk/account").status, 303);
    Jar fresh = jar_from("192.0.2.8");
    assert_int_equal(jar_sign_in(&fresh, "changer", TEST_PASSWORD).status, 422);
    assert_int_equal(jar_sign_in(&fresh, "changer", "yang san zhi qingwa").status, 303);
}

// ---- a second factor

static PersonId leader;
static Str leader_secret;
static Strs leader_codes;

// From the secret as the page shows it.
static Str secret_of(Str text)
{
    static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    char *out = NEW(a, char, text.n);
    size_t n = 0;
    unsigned bits = 0, buffer = 0;
    for (size_t i = 0; i < text.n; i++) {
        const char *at = text.s[i] == ' ' ? NULL : strchr(alphabet, text.s[i]);
        if (!at)
            continue;
        buffer = (buffer << 5 | (unsigned)(at - alphabet)) & 0xffff;
        bits += 5;
        if (bits >= 8)
            out[n++] = (char)(buffer >> (bits -= 8) & 0xff);
    }
    return (Str){out, n};
}

static Str between(Str text, Str from, Str to)
{
    Str before, rest, value = S("");
    if (str_cut(text, from, &before, &rest))
        str_cut(rest, to, &value, &before);
    return value;
}

static Str code_now(int steps)
{
    return otp_code(a, leader_secret, (int64_t)time(NULL) / OTP_STEP_S + steps);
}

static Reply send_code(Jar *jar, Str code)
{
    Reply page = jar_get(jar, "/desk/sign-in/code");
    jar->csrf = page_value(a, page.body, "csrf");
    return jar_post(jar, "/desk/sign-in/code",
                    str_to_z(a, str_fmt(a, "code=" PRI_STR, STR_ARG(code))));
}

static void who_signs_sets_up_a_second_factor_first(void **state)
{
    (void)state;
    leader = person_make(&app, a, "leader", "领导", office, 1u << ROLE_LEADER);
    Jar jar = new_jar();
    assert_leads(jar_sign_in(&jar, "leader", TEST_PASSWORD), "/desk/sign-in/second?to=%2Fdesk");
    assert_leads(jar_get(&jar, "/desk/account"), "/desk/sign-in/second?to=%2Fdesk%2Faccount");
    Reply page = jar_get(&jar, "/desk/sign-in/second");
    assert_true(has(&page, "<svg class=\"qr\""));
    leader_secret = secret_of(between(page.body, S("<code class=\"secret\">"), S("</code>")));
    assert_int_equal(leader_secret.n, OTP_SECRET_BYTES);
    jar.csrf = page_value(a, page.body, "csrf");
    Str offer = page_value(a, page.body, "offer");
    Reply wrong = jar_post(&jar, "/desk/sign-in/second",
                           str_to_z(a, str_fmt(a, "code=000000&offer=" PRI_STR, STR_ARG(offer))));
    assert_int_equal(wrong.status, 422);
    assert_str(between(wrong.body, S("<code class=\"secret\">"), S("</code>")),
               between(page.body, S("<code class=\"secret\">"), S("</code>")));
    Str before = jar_cookie(&jar, "gongkai");
    Reply done = jar_post(&jar, "/desk/sign-in/second",
                          str_to_z(a, str_fmt(a, "code=" PRI_STR "&offer=" PRI_STR,
                                              STR_ARG(code_now(0)), STR_ARG(offer))));
    assert_int_equal(done.status, 200);
    assert_false(str_eq(before, jar_cookie(&jar, "gongkai")));
    for (Str rest = done.body, head, code; str_cut(rest, S("<li><code>"), &head, &rest);) {
        str_cut(rest, S("</code>"), &code, &head);
        *PUSH(a, &leader_codes) = code;
    }
    assert_int_equal(leader_codes.n, RECOVERY_CODES);
    assert_int_equal(jar_get(&jar, "/desk/account").status, 200);
}

static void the_code_is_asked_for_and_gives_another_token(void **state)
{
    (void)state;
    sql(SQL_FORGET_STEPS, leader.n);
    Jar jar = new_jar();
    assert_leads(jar_sign_in(&jar, "leader", TEST_PASSWORD), "/desk/sign-in/code?to=%2Fdesk");
    assert_int_equal(jar_cookie(&jar, "gongkai-device").n, 0); // not before the code
    assert_int_equal(jar_get(&jar, "/desk/account").status, 303);
    Jar half = jar;
    assert_leads(send_code(&jar, code_now(0)), "/desk");
    assert_int_equal(jar_get(&jar, "/desk/account").status, 200);
    assert_int_equal(jar_get(&half, "/desk/account").status, 303);
    assert_true(jar_cookie(&jar, "gongkai-device").n > 0);
}

static void a_code_is_good_once(void **state)
{
    (void)state;
    sql(SQL_FORGET_STEPS, leader.n);
    Jar one = new_jar(), two = new_jar();
    jar_sign_in(&one, "leader", TEST_PASSWORD);
    jar_sign_in(&two, "leader", TEST_PASSWORD);
    Str code = code_now(0);
    assert_leads(send_code(&one, code), "/desk");
    assert_int_equal(send_code(&two, code).status, 422);
    assert_int_equal(send_code(&two, code_now(-1)).status, 422); // nor one before it
    assert_int_equal(jar_get(&two, "/desk/account").status, 303);
}

static void a_recovery_code_is_good_once(void **state)
{
    (void)state;
    Jar one = new_jar(), two = new_jar();
    jar_sign_in(&one, "leader", TEST_PASSWORD);
    jar_sign_in(&two, "leader", TEST_PASSWORD);
    assert_leads(send_code(&one, leader_codes.v[0]), "/desk");
    assert_int_equal(send_code(&two, leader_codes.v[0]).status, 422);
    Reply page = jar_get(&one, "/desk/account");
    assert_true(has(&page, "还有9个恢复码"));
    assert_true(count(SQL_NOTICES, leader.n) > 0);
}

static void guessing_codes_has_to_wait(void **state)
{
    (void)state;
    sql(SQL_FORGET_TRIES, 0);
    Jar jar = jar_from("203.0.113.240");
    jar_sign_in(&jar, "leader", TEST_PASSWORD);
    int last = 0;
    for (int i = 0; i < 6; i++)
        last = send_code(&jar, S("000001")).status;
    assert_int_equal(last, 429);
    sql(SQL_FORGET_STEPS, leader.n);
    assert_int_equal(send_code(&jar, code_now(0)).status, 429); // the right one, too
    sql(SQL_FORGET_TRIES, 0);
}

static void who_signs_cannot_do_without_it(void **state)
{
    (void)state;
    Jar jar = jar_of(&app, a, site.port, leader);
    Reply r = jar_post(&jar, "/desk/account/second/drop", "password=shi+li+xian+2026+gong+kai");
    assert_int_equal(r.status, 422);
    assert_true(has(&r, "必须使用动态口令"));
    r = jar_post(&jar, "/desk/account/recovery", "password=wrong");
    assert_int_equal(r.status, 422);
    r = jar_post(&jar, "/desk/account/recovery", "password=shi+li+xian+2026+gong+kai");
    assert_int_equal(r.status, 200);
    assert_false(str_has(r.body, leader_codes.v[1]));
}

static void another_telephone_takes_the_password(void **state)
{
    (void)state;
    Jar jar = jar_of(&app, a, site.port, leader);
    Reply page = jar_get(&jar, "/desk/account/second");
    Str offer = page_value(a, page.body, "offer"), before = leader_secret;
    leader_secret = secret_of(between(page.body, S("<code class=\"secret\">"), S("</code>")));
    char *form =
        str_to_z(a, str_fmt(a, "offer=" PRI_STR "&code=" PRI_STR "&password=", STR_ARG(offer),
                            STR_ARG(code_now(0))));
    leader_secret = before;
    assert_int_equal(jar_post(&jar, "/desk/account/second", form).status, 422);
    form = str_to_z(a, str_cat(a, str_z(form), S("wrong")));
    Reply r = jar_post(&jar, "/desk/account/second", form);
    assert_int_equal(r.status, 422);
    assert_true(has(&r, "密码不对"));
    sql(SQL_FORGET_STEPS, leader.n);
    Jar again = new_jar(); // the one there was is still the one
    jar_sign_in(&again, "leader", TEST_PASSWORD);
    assert_leads(send_code(&again, code_now(0)), "/desk");
}

// ---- a form that outlived its session

static Reply carried(Jar *jar, const char *login, Reply page)
{
    Str proof = page_value(a, page.body, "form"), carry = page_value(a, page.body, "carry");
    Str organ = page_value(a, page.body, "c.organ"), once = page_value(a, page.body, "c.once");
    return jar_send(jar, "/desk/sign-in",
                    str_fmt(a,
                            "form=" PRI_STR "&login=%s&password=shi+li+xian+2026+gong+kai"
                            "&carry=" PRI_STR "&c.organ=" PRI_STR "&c.once=" PRI_STR,
                            STR_ARG(proof), login, STR_ARG(carry), STR_ARG(organ), STR_ARG(once)));
}

static void a_form_that_outlived_its_session_is_completed_after_signing_in(void **state)
{
    (void)state;
    PersonId p = person_make(&app, a, "slow", "慢慢", office, 1u << ROLE_OFFICER);
    Jar jar = jar_of(&app, a, site.port, p);
    sql(SQL_END, p.n);
    char *form = str_to_z(a, str_fmt(a, "organ=%lld&once=slow-once", (long long)office.n));
    Reply page = jar_post(&jar, "/desk/organ", form);
    assert_int_equal(page.status, 403);
    assert_true(has(&page, "内容还在") && page_value(a, page.body, "carry").n);
    assert_false(has(&page, "c.csrf"));
    Reply confirm = carried(&jar, "slow", page);
    assert_int_equal(confirm.status, 200);
    assert_true(has(&confirm, "action=\"/desk/organ\""));
    assert_str(page_value(a, confirm.body, "once"), S("slow-once"));
    jar.csrf = page_value(a, confirm.body, "csrf");
    assert_leads(jar_post(&jar, "/desk/organ", form), "/desk?done=organ_switched");
}

static void somebody_else_s_form_is_not_completed(void **state)
{
    (void)state;
    PersonId p = person_make(&app, a, "leaver", "先走", office, 1u << ROLE_OFFICER);
    Jar jar = jar_of(&app, a, site.port, p);
    sql(SQL_END, p.n);
    char *form = str_to_z(a, str_fmt(a, "organ=%lld&once=x", (long long)office.n));
    Reply page = jar_post(&jar, "/desk/organ", form);
    assert_leads(carried(&jar, "zhou", page), "/desk");
}

static void a_form_that_was_never_opened_in_the_session_is_not_carried(void **state)
{
    (void)state;
    PersonId p = person_make(&app, a, "lured", "被诱", office, 1u << ROLE_OFFICER);
    Jar jar = jar_of(&app, a, site.port, p);
    sql(SQL_END, p.n);
    Reply page = jar_post(&jar, "/desk/organ", "organ=1&csrf=forged");
    assert_int_equal(page.status, 403);
    assert_int_equal(page_value(a, page.body, "carry").n, 0);
    assert_true(has(&page, "没有提交"));
}

// clang-format off
#define T(f) cmocka_unit_test(f)
// clang-format on

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_page_of_the_desk_leads_to_the_sign_in_and_back),
        T(the_right_password_opens_the_desk),
        T(the_cookie_cannot_be_read_by_scripts_or_sent_by_other_sites),
        T(signing_out_ends_the_session_and_not_only_the_cookie),
        T(an_unknown_login_looks_like_a_wrong_password),
        T(what_is_typed_comes_back_as_text),
        T(what_is_too_large_is_refused),
        T(a_form_of_another_browser_signs_nobody_in),
        T(another_site_cannot_sign_in_or_act),
        T(a_form_without_the_session_s_own_token_is_refused),
        T(afterwards_one_is_led_nowhere_but_into_the_desk),
        T(a_session_set_beforehand_is_worth_nothing),
        T(signing_in_again_ends_the_session_before),
        T(a_stolen_cookie_is_refused_ended_noted_and_told),
        T(a_session_ended_elsewhere_is_over),
        T(nobody_ends_the_session_of_somebody_else),
        T(a_form_sent_twice_is_done_once),
        T(more_sessions_than_may_be_end_the_oldest),
        T(a_closed_account_is_out_at_once),
        T(one_works_only_for_organs_where_one_holds_a_post),
        T(whoever_holds_posts_at_two_organs_works_for_one_at_a_time),
        T(behind_tls_cookies_are_of_this_host_and_never_in_the_clear),
        T(a_browser_that_names_itself_in_gbk_signs_in),
        T(a_network_of_ipv6_guesses_as_one),
        T(guessing_waits_and_the_owner_does_not),
        T(a_device_cookie_of_one_s_own_making_is_worth_nothing),
        T(a_first_password_opens_nothing_but_the_page_for_another),
        T(changing_the_password_takes_the_old_one_and_ends_other_sessions),
        T(who_signs_sets_up_a_second_factor_first),
        T(the_code_is_asked_for_and_gives_another_token),
        T(a_code_is_good_once),
        T(a_recovery_code_is_good_once),
        T(guessing_codes_has_to_wait),
        T(who_signs_cannot_do_without_it),
        T(another_telephone_takes_the_password),
        T(a_form_that_outlived_its_session_is_completed_after_signing_in),
        T(somebody_else_s_form_is_not_completed),
        T(a_form_that_was_never_opened_in_the_session_is_not_carried),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("sign_in", tests, begin, end);
}
