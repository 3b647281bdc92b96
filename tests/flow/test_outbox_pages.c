// Mail and jobs as the administrator sees them, over the program itself, on both engines.
#include "../test.h"

#include "desk_site.h"
#include "store/outbox.h"

static SiteBox *box;
static Arena *a;
static App app;
static Program site;
static Jar admin, auditor, officer;

static void mail(const char *subject, const char *state)
{
    Err err = {0};
    MailNew m = {.to = S("wang@example.gov.cn"),
                 .to_name = S("王小明"),
                 .subject = str_z(subject),
                 .body = S("x")};
    Str sql =
        str_fmt(a,
                "UPDATE outbox SET state = '%s', tries = 2, code = 550, said = 'no <b>such</b>"
                " person' WHERE site_id = 1 AND subject = '%s';",
                state, subject);
    if (!store_outbox_add(app.db, BOX_SITE, &m, app.now, a, &err) ||
        !db_script(app.db, sql, a, &err))
        fail_msg("%s (%s)", err.en, err.detail);
}

static int begin(void **state)
{
    if (desk_site_open(state, &box, &a, &app) != 0)
        return -1;
    OrganId office = organ_make(&app, a, "示例县人民政府办公室", (OrganId){0});
    organ_runs_site(&app, office);
    site = program_serve(box, NULL);
    admin =
        jar_of(&app, a, site.port, person_make(&app, a, "chen", "陈岚", office, 1u << ROLE_ADMIN));
    auditor = jar_of(&app, a, site.port,
                     person_make(&app, a, "shen", "沈计", office, 1u << ROLE_AUDITOR));
    officer = jar_of(&app, a, site.port,
                     person_make(&app, a, "zhou", "周衡", office, 1u << ROLE_OFFICER));
    mail("failed mail", "failed");
    mail("waiting mail", "waiting");
    mail("sent mail", "sent");
    return site.port ? 0 : -1;
}

static int end(void **state)
{
    return desk_site_close(state, &app, &site);
}

static void the_administrator_sees_what_was_not_delivered_and_why(void **state)
{
    (void)state;
    Str html = page(&admin, "/desk/outbox", 200);
    assert_true(str_has(html, S("failed mail")));
    assert_true(str_has(html, S("王小明（wang@example.gov.cn）")));
    assert_true(
        str_has(html, S("试过2次。邮件服务器的答复：550 no &lt;b&gt;such&lt;/b&gt; person")));
    assert_true(str_has(html, S("发送失败 1")));
    assert_false(str_has(html, S("waiting mail")));
    assert_true(str_has(page(&admin, "/desk/outbox?state=waiting", 200), S("waiting mail")));
    html = page(&admin, "/desk/outbox?state=sent", 200);
    assert_true(str_has(html, S("sent mail")));
    assert_false(str_has(html, S("/retry")));
}

static void jobs_are_listed_in_chinese(void **state)
{
    (void)state;
    Str html = page(&admin, "/desk/outbox", 200);
    assert_true(str_has(html, S("发送邮件")) && str_has(html, S("每1分钟")));
    assert_true(str_has(html, S("封存操作记录")));
}

static void whoever_lacks_the_power_sees_nothing(void **state)
{
    (void)state;
    page(&officer, "/desk/outbox", 403);
    Jar nobody = {.a = a, .port = site.port};
    assert_int_equal(jar_get(&nobody, "/desk/outbox").status, 303);
}

static void an_auditor_sees_and_changes_nothing(void **state)
{
    (void)state;
    Str html = page(&auditor, "/desk/outbox", 200);
    assert_true(str_has(html, S("failed mail")));
    assert_false(str_has(html, S("/desk/outbox/1/retry")));
    assert_int_equal(jar_post(&auditor, "/desk/outbox/1/retry", "version=1").status, 403);
}

static void trying_again_and_dropping_are_acts(void **state)
{
    (void)state;
    Reply r = jar_post(&admin, "/desk/outbox/1/retry", "version=1");
    assert_int_equal(r.status, 303);
    assert_true(str_has(page(&admin, "/desk/outbox?state=waiting", 200), S("failed mail")));
    r = jar_post(&admin, "/desk/outbox/1/drop", "version=1"); // the page was older
    assert_int_equal(r.status, 303);
    assert_true(str_has(page(&admin, "/desk/outbox?done=mail-changed", 200), S("没有改动")));
    assert_true(str_has(page(&admin, "/desk/outbox?state=waiting", 200), S("failed mail")));
    r = jar_post(&admin, "/desk/outbox/1/drop", "version=2");
    assert_int_equal(r.status, 303);
    assert_true(str_has(page(&admin, "/desk/outbox?state=dropped", 200), S("failed mail")));
    assert_int_equal(jar_post(&admin, "/desk/outbox/99/drop", "version=1").status, 404);
    Str lines = page(&auditor, "/desk/audit", 200);
    assert_true(str_has(lines, S("重新发送邮件")) && str_has(lines, S("放弃发送邮件")));
}

static void without_the_forms_token_nothing_happens(void **state)
{
    (void)state;
    Reply r = jar_send(&admin, "/desk/outbox/2/drop", S("version=1"));
    assert_int_equal(r.status, 403);
    assert_true(str_has(page(&admin, "/desk/outbox?state=waiting", 200), S("waiting mail")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_administrator_sees_what_was_not_delivered_and_why),
        cmocka_unit_test(jobs_are_listed_in_chinese),
        cmocka_unit_test(whoever_lacks_the_power_sees_nothing),
        cmocka_unit_test(an_auditor_sees_and_changes_nothing),
        cmocka_unit_test(trying_again_and_dropping_are_acts),
        cmocka_unit_test(without_the_forms_token_nothing_happens),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, begin, end);
}
