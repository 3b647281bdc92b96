// Signing in, as somebody would try who should not be let in; over the program itself, on both
// engines.
#include "../test.h"

#include "program.h"
#include "sign_in.h"

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
    assert_leads(jar_sign_in(&jar, "zhou", TEST_PASSWORD), "/desk");
    assert_int_equal(jar_cookie(&jar, "gongkai").n, 64);
    assert_int_equal(jar_get(&jar, "/desk/account").status, 200);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_page_of_the_desk_leads_to_the_sign_in_and_back),
        cmocka_unit_test(the_right_password_opens_the_desk),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("sign_in", tests, begin, end);
}
