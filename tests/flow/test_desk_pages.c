// The desk over the program itself, on both engines: what waits for whom, what can be done with it,
// notices, search, drafts, and what went wrong said inside the frame.
#include "../test.h"

#include "app/desk.h"
#include "desk_site.h"

#include <time.h>

static SiteBox *box;
static Arena *a;
static App app;
static Program site;
static OrganId county, water;
static PersonId zhou, xu, chen;
static Jar officer, head, admin;

static void refresh(void)
{
    Err err = {0};
    Str did;
    if (!app_desk_refresh(&app, a, &did, &err))
        fail_msg("%s (%s)", err.en, err.detail);
}

static int begin(void **state)
{
    if (desk_site_open(state, &box, &a, &app) != 0)
        return -1;
    county = organ_make(&app, a, "示例县人民政府办公室", (OrganId){0});
    water = organ_make(&app, a, "示例县水务局", county);
    organ_runs_site(&app, county);
    site = program_serve(box, NULL);
    zhou = person_make(&app, a, "zhou", "周衡", water, 1u << ROLE_OFFICER);
    xu = person_make(&app, a, "xu", "许文", water, 1u << ROLE_OFFICER | 1u << ROLE_HEAD);
    chen = person_make(&app, a, "chen", "陈岚", county, 1u << ROLE_ADMIN);
    officer = jar_of(&app, a, site.port, zhou);
    head = jar_of(&app, a, site.port, xu);
    admin = jar_of(&app, a, site.port, chen);
    refresh();
    return site.port ? 0 : -1;
}

static int end(void **state)
{
    return desk_site_close(state, &app, &site);
}

static void want(Reply r, int status, const char *words)
{
    bool says = str_has(r.body, str_z(words));
    if (r.status != status || !says)
        fail_msg("%d, and “%s” is %s it:\n" PRI_STR, r.status, words, says ? "in" : "not in",
                 STR_ARG(str_sub(r.body, 0, 6000)));
}

static void want_no(Reply r, const char *words)
{
    if (r.status != 200 || str_has(r.body, str_z(words)))
        fail_msg("%d, or “%s” is in it", r.status, words);
}

// The address of the first task in the list that is about `words`.
static Str task_about(Jar *jar, const char *words)
{
    Reply r = jar_get(jar, "/desk/tasks");
    ptrdiff_t at = str_find(r.body, str_cat(a, S(">"), str_z(words))); // the link's text
    if (at < 0)
        fail_msg("no task about “%s”:\n" PRI_STR, words, STR_ARG(r.body));
    ptrdiff_t href = str_find_last(str_sub(r.body, 0, (size_t)at), S("href=\""));
    Str rest = str_from(r.body, (size_t)href + 6), path;
    str_cut(rest, S("\""), &path, &rest);
    return path;
}

static Reply go(Jar *jar, Reply r)
{
    if (r.status != 303)
        fail_msg("%d:\n" PRI_STR, r.status,
                 STR_ARG(str_from(r.body, str_has(r.body, S("errsum"))
                                              ? (size_t)str_find(r.body, S("errsum"))
                                              : 0)));
    return jar_get(jar, str_to_z(a, reply_header(&r, "Location")));
}

static Reply step(Jar *jar, Str task, const char *form)
{
    Reply page = jar_get(jar, str_to_z(a, task));
    Str version = page_value(a, page.body, "version");
    return jar_post(jar, str_to_z(a, task),
                    str_to_z(a, str_fmt(a, "version=" PRI_STR "&%s", STR_ARG(version), form)));
}

static void the_first_page_says_what_waits(void **state)
{
    (void)state;
    Reply r = jar_get(&officer, "/desk");
    want(r, 200, "补齐机关信息：示例县水务局");
    want(r, 200, "到期日历");
    want(r, 200, "待接手");
    want_no(r, "示例县人民政府办公室</b>");
    want(jar_get(&admin, "/desk"), 200, "补齐机关信息：示例县人民政府办公室");
}

static void nobody_without_signing_in_sees_it(void **state)
{
    (void)state;
    Jar nobody = {.a = a, .port = site.port};
    assert_int_equal(jar_get(&nobody, "/desk").status, 303);
    assert_int_equal(jar_get(&nobody, "/desk/tasks/1").status, 303);
}

static void filters_stay_in_the_address(void **state)
{
    (void)state;
    Reply r = jar_get(&officer, "/desk/tasks?when=later&kind=organ.facts");
    want(r, 200, "补齐机关信息：示例县水务局");
    want(r, 200, "去掉条件");
    want(jar_get(&officer, "/desk/tasks?kind=report.faults"), 200, "没有这样的待办");
    want(jar_get(&officer, "/desk/tasks?when=overdue&day=nonsense&after=x.y"), 200, "待办");
}

static void a_task_is_taken_given_back_and_put_off_with_a_reason(void **state)
{
    (void)state;
    Str task = task_about(&officer, "补齐机关信息");
    want(go(&officer, step(&officer, task, "step=take")), 200, "已接手");
    want(jar_get(&head, str_to_z(a, task)), 200, "周衡");
    Reply r = step(&officer, task, "step=defer&until=2020-01-01&why=x");
    want(r, 422, "不能早于今天");
    want(r, 422, "value=\"x\""); // what was typed stays
    r = step(&officer, task, "step=defer&until=2099-01-05&why=%E7%AD%89%E8%B5%84%E6%96%99");
    want(go(&officer, r), 200, "2099年1月5日");
    want(go(&officer, step(&officer, task, "step=back")), 200, "已退回岗位");
}

static void one_form_is_acted_on_once(void **state)
{
    (void)state;
    Str task = task_about(&officer, "补齐机关信息");
    Reply page = jar_get(&officer, str_to_z(a, task));
    Str version = page_value(a, page.body, "version");
    char *form = str_to_z(
        a, str_fmt(a, "version=" PRI_STR "&step=take&once=the-same-key", STR_ARG(version)));
    assert_int_equal(jar_post(&officer, str_to_z(a, task), form).status, 303);
    Reply again = jar_post(&officer, str_to_z(a, task), form);
    assert_int_equal(again.status, 303);
    assert_str(reply_header(&again, "Location"), task);
    want(go(&officer, step(&officer, task, "step=back")), 200, "已退回岗位");
}

static void of_two_who_act_the_second_sees_how_it_stands(void **state)
{
    (void)state;
    Str task = task_about(&officer, "补齐机关信息");
    Reply page = jar_get(&head, str_to_z(a, task));
    Str version = page_value(a, page.body, "version");
    want(go(&officer, step(&officer, task, "step=take")), 200, "已接手");
    Reply r = jar_post(&head, str_to_z(a, task),
                       str_to_z(a, str_fmt(a, "version=" PRI_STR "&step=drop&why=%%E6%%97%%A7",
                                           STR_ARG(version))));
    want(r, 409, "刚刚被别人改过");
    want(r, 409, "周衡");
    want(go(&officer, step(&officer, task, "step=back")), 200, "已退回岗位");
}

static void whoever_is_given_a_task_is_told_and_reads_it(void **state)
{
    (void)state;
    Str task = task_about(&head, "补齐机关信息");
    Str form = str_fmt(a, "step=give&to=%lld", (long long)zhou.n);
    want(go(&head, step(&head, task, str_to_z(a, form))), 200, "已分派");
    Reply r = jar_get(&officer, "/desk/notices");
    want(r, 200, "许文把“补齐机关信息：示例县水务局”交给您");
    want(r, 200, "未读");
    want_no(jar_get(&admin, "/desk/notices"), "许文把");
    Str read = str_fmt(a, "id=" PRI_STR, STR_ARG(page_value(a, r.body, "id")));
    want(go(&officer, jar_post(&officer, "/desk/notices/read", str_to_z(a, read))), 200,
         "已标为已读");
    want_no(jar_get(&officer, "/desk/notices"), "未读");
    want(go(&officer, step(&officer, task, "step=back")), 200, "已退回岗位");
}

static void several_are_taken_at_once_and_what_others_took_is_left_alone(void **state)
{
    (void)state;
    Str list = jar_get(&officer, "/desk/tasks").body;
    Str pick = page_value(a, list, "task");
    assert_true(pick.n > 0);
    char *form = str_to_z(a, str_fmt(a, "task=" PRI_STR "&task=999.1", STR_ARG(pick)));
    want(go(&officer, jar_post(&officer, "/desk/tasks/take", form)), 200, "其余的已接手");
    Str task = task_about(&officer, "补齐机关信息");
    want(jar_get(&officer, str_to_z(a, task)), 200, "退回岗位");
    want(go(&head, jar_post(&head, "/desk/tasks/take", form)), 200, "已被别人接手");
    want(go(&officer, jar_post(&officer, "/desk/tasks/take", "x=1")), 200, "没有选中");
    want(go(&officer, step(&officer, task, "step=back")), 200, "已退回岗位");
}

static void only_those_with_the_power_give_and_drop(void **state)
{
    (void)state;
    Str task = task_about(&officer, "补齐机关信息");
    want_no(jar_get(&officer, str_to_z(a, task)), "不再提醒");
    want(step(&officer, task, "step=drop&why=x"), 422, "要由本机关的负责人或者管理员来做");
    want(jar_get(&head, str_to_z(a, task)), 200, "不再提醒");
}

static void somebody_elses_task_is_as_if_it_were_not(void **state)
{
    (void)state;
    Str task = task_about(&admin, "补齐机关信息：示例县人民政府");
    want(jar_get(&officer, str_to_z(a, task)), 404, "没有这件待办");
    want(step(&officer, task, "step=take"), 404, "没有这件待办");
}

static void a_choice_of_mail_is_kept(void **state)
{
    (void)state;
    want(go(&officer, jar_post(&officer, "/desk/notices/settings", "task.due=1")), 200, "已保存");
    want(jar_get(&officer, "/desk/notices/settings"), 200, "name=\"task.due\" value=\"1\" checked");
    want_no(jar_get(&officer, "/desk/notices/settings"), "name=\"task.given\" value=\"1\" checked");
}

static void search_finds_within_the_scope_and_marks_it(void **state)
{
    (void)state;
    want(jar_get(&admin, "/desk/search?q=%E6%B0%B4%E5%8A%A1"), 200, "示例县<mark>水务</mark>局");
    want(jar_get(&officer, "/desk/search?q=%E5%91%A8%E8%A1%A1"), 200, "<mark>周衡</mark>");
    want(jar_get(&officer, "/desk/search?q=%E9%99%88%E5%B2%9A"), 200, "没有找到");
    want(jar_get(&officer, "/desk/search?q=%25"), 200, "没有找到");
    want(jar_get(&officer, "/desk/search?q=%3Cb%3E"), 200, "没有找到“&lt;b&gt;”");
    want(jar_get(&officer, "/desk/search"), 200, "两个字起");
}

static void errors_are_said_inside_the_desk(void **state)
{
    (void)state;
    Reply r = jar_get(&officer, "/desk/nowhere");
    want(r, 404, "工作台导航");
    want(r, 404, "请求编号");
    want(jar_get(&officer, "/desk/audit"), 403, "工作台导航");
    Jar nobody = {.a = a, .port = site.port};
    r = jar_get(&nobody, "/desk/nowhere");
    assert_int_equal(r.status, 404);
    assert_false(str_has(r.body, S("工作台导航")));
}

static void pages_are_small_and_shown_in_every_way(void **state)
{
    (void)state;
    static const char *const pages[] = {"/desk", "/desk/tasks", "/desk/notices",
                                        "/desk/notices/settings", "/desk/search?q=%E6%B0%B4"};
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        Reply r = jar_get(&admin, pages[i]);
        assert_int_equal(r.status, 200);
        assert_true(r.body.n < 60000);
        Str path = str_fmt(a, "%s%cmode=elder&hant=1", pages[i], strchr(pages[i], '?') ? '&' : '?');
        want(jar_get(&admin, str_to_z(a, path)), 200, "data-mode=\"elder\"");
        want(jar_get(&admin, str_to_z(a, path)), 200, "zh-Hant");
    }
}

// --- drafts

// A form of an organ's facts as it was shown, with these fields typed.
static Reply draft_post(Jar *jar, const char *target, Str page, const char *fields)
{
    Str draft = form_encode(a, page_value(a, page, "draft"));
    Str form = str_fmt(a, "draft=" PRI_STR "&version=" PRI_STR "&slug=shuiwuju&kind=department&%s",
                       STR_ARG(draft), STR_ARG(page_value(a, page, "version")), fields);
    return jar_post(jar, target, str_to_z(a, form));
}

static char *edit_path(void)
{
    return str_to_z(a, str_fmt(a, "/desk/organs/%lld/edit", (long long)water.n));
}

static void a_draft_comes_back_and_goes_with_the_act(void **state)
{
    (void)state;
    Reply page = jar_get(&officer, edit_path());
    assert_int_equal(page.status, 200);
    Reply r = draft_post(&officer, "/desk/drafts", page.body, "phone=0000-1111111&office=%3Cb%3E");
    want(go(&officer, r), 200, "存的草稿");
    page = jar_get(&officer, edit_path());
    assert_str(page_value(a, page.body, "phone"), S("0000-1111111"));
    want(page, 200, "value=\"&lt;b&gt;\"");
    want_no(jar_get(&head, edit_path()), "存的草稿");
    r = draft_post(&officer, edit_path(), page.body, "phone=0000-1111111&office=%E5%8A%9E");
    want(go(&officer, r), 200, "0000-1111111");
    want_no(jar_get(&officer, edit_path()), "存的草稿");
}

static void a_draft_is_thrown_away_when_asked(void **state)
{
    (void)state;
    Reply page = jar_get(&officer, edit_path());
    Str before = page_value(a, page.body, "phone");
    (void)draft_post(&officer, "/desk/drafts", page.body, "phone=0000-2222222");
    Reply r = draft_post(&officer, "/desk/drafts/drop", page.body, "phone=0000-2222222");
    assert_str(page_value(a, go(&officer, r).body, "phone"), before);
}

static void a_draft_is_only_of_a_form_of_the_desk(void **state)
{
    (void)state;
    static const char *const names[] = {"draft=", "draft=%2Fetc", "draft=%2Fdesk%2F%2Fx",
                                        "draft=https%3A%2F%2Fexample.cn"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_int_equal(jar_post(&officer, "/desk/drafts", names[i]).status, 400);
}

static void saving_by_script_answers_with_the_time(void **state)
{
    (void)state;
    Reply page = jar_get(&officer, edit_path());
    Reply r = draft_post(&officer, "/desk/drafts", page.body, "by=script&phone=1");
    want(r, 200, "{\"at\":\"");
    (void)draft_post(&officer, "/desk/drafts/drop", page.body, "");
}

static void whoever_saves_second_sees_what_the_first_changed(void **state)
{
    (void)state;
    Reply first = jar_get(&officer, edit_path()), second = jar_get(&head, edit_path());
    Reply r = draft_post(&officer, edit_path(), first.body, "phone=0000-3333333");
    assert_int_equal(r.status, 303);
    r = draft_post(&head, edit_path(), second.body, "phone=0000-4444444");
    want(r, 422, "别人刚刚改过的地方");
    want(r, 422, "<ins>0000-3333333</ins>");
    want(r, 422, "周衡");
    assert_str(page_value(a, r.body, "phone"), S("0000-4444444"));
    r = draft_post(&head, edit_path(), r.body, "phone=0000-4444444");
    want(go(&head, r), 200, "0000-4444444");
}

#define T(name) cmocka_unit_test(name)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(the_first_page_says_what_waits),
        T(nobody_without_signing_in_sees_it),
        T(filters_stay_in_the_address),
        T(a_task_is_taken_given_back_and_put_off_with_a_reason),
        T(one_form_is_acted_on_once),
        T(of_two_who_act_the_second_sees_how_it_stands),
        T(whoever_is_given_a_task_is_told_and_reads_it),
        T(several_are_taken_at_once_and_what_others_took_is_left_alone),
        T(only_those_with_the_power_give_and_drop),
        T(somebody_elses_task_is_as_if_it_were_not),
        T(a_choice_of_mail_is_kept),
        T(search_finds_within_the_scope_and_marks_it),
        T(errors_are_said_inside_the_desk),
        T(pages_are_small_and_shown_in_every_way),
        T(a_draft_comes_back_and_goes_with_the_act),
        T(a_draft_is_thrown_away_when_asked),
        T(a_draft_is_only_of_a_form_of_the_desk),
        T(saving_by_script_answers_with_the_time),
        T(whoever_saves_second_sees_what_the_first_changed),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, begin, end);
}
