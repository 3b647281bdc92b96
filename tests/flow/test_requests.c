// Requests at the desk, over the program itself and on both engines: registered, confirmed, taken
// step by step, and who may do what.
#include "../test.h"

#include "app/request.h"
#include "desk_site.h"

static SiteBox *box;
static Arena *a;
static App app;
static Program site;
static OrganId office, housing, water;
static Jar officer, head, drafter, other, supervisor;

static int begin(void **state)
{
    if (desk_site_open(state, &box, &a, &app) != 0)
        return -1;
    office = organ_make(&app, a, "示例县人民政府办公室", (OrganId){0});
    housing = organ_make(&app, a, "示例县住房和城乡建设局", office);
    water = organ_make(&app, a, "示例县水务局", office);
    organ_runs_site(&app, office);
    site = program_serve(box, NULL);
    PersonId who[] = {
        person_make(&app, a, "zhou", "周衡", housing, 1u << ROLE_OFFICER),
        person_make(&app, a, "fang", "方正", housing, 1u << ROLE_HEAD),
        person_make(&app, a, "chen", "陈岚", housing, 1u << ROLE_DRAFTER),
        person_make(&app, a, "xu", "许文", water, 1u << ROLE_OFFICER),
        person_make(&app, a, "jian", "简查", office, 1u << ROLE_SUPERVISOR),
    };
    Jar *jars[] = {&officer, &head, &drafter, &other, &supervisor};
    for (size_t i = 0; i < sizeof who / sizeof *who; i++)
        *jars[i] = jar_of(&app, a, site.port, who[i]);
    return site.port ? 0 : -1;
}

static int end(void **state)
{
    return desk_site_close(state, &app, &site);
}

static Str register_form(OrganId organ, Str title)
{
    Str f = str_fmt(a, "organ=%lld&channel=internet&kind=natural&form=electronic&way=platform",
                    (long long)organ.n);
    f = str_cat(a, f, form_field(a, "filed", date_iso(a, app.today)));
    f = str_cat(a, f, form_field(a, "name", S("张三")));
    f = str_cat(a, f, form_field(a, "id_number", S("000000199001010000")));
    f = str_cat(a, f, form_field(a, "phone", S("0000-0000000")));
    f = str_cat(a, f, form_field(a, "title", title));
    return str_cat(a, f, form_field(a, "description", S("2024年签订的施工合同，含工程量清单")));
}

// Registers one and returns where it stands.
static Str registered(Str title)
{
    Reply r = posted(&officer, S("/desk/requests/new"), register_form(housing, title), 303);
    Str at, ignored;
    str_cut(reply_header(&r, "Location"), S("?"), &at, &ignored);
    return at;
}

static Str version(Jar *jar, Str step)
{
    return page_value(a, page(jar, str_to_z(a, step), 200), "version");
}

// Takes a step through its form.
static Reply step(Jar *jar, Str at, const char *power_and_step, Str more, int status)
{
    Str path = str_fmt(a, PRI_STR "/%s", STR_ARG(at), power_and_step);
    Str f = str_fmt(a, "version=" PRI_STR "&on=" PRI_STR PRI_STR, STR_ARG(version(jar, path)),
                    STR_ARG(date_iso(a, app.today)), STR_ARG(more));
    return posted(jar, path, f, status);
}

static void it_is_registered_and_has_a_number(void **state)
{
    (void)state;
    Str at = registered(S("城东片区老旧小区改造施工合同"));
    Str html = page(&officer, str_to_z(a, at), 200);
    shows(html, "城东片区老旧小区改造施工合同");
    shows(html, "依申〔");
    shows(html, "张三（自然人）");
    shows(html, "待确认");
    shows(page(&officer, "/desk/requests", 200), "城东片区老旧小区改造施工合同");
}

static void what_is_missing_is_said_and_nothing_typed_is_lost(void **state)
{
    (void)state;
    Str f = str_replace(a, register_form(housing, S("防汛物资清单")), S("&id_number="),
                        S("&id_number=&was="));
    Str html = posted(&officer, S("/desk/requests/new"), f, 422).body;
    shows(html, "证件号码");
    shows(html, "防汛物资清单");
    shows(html, "2024年签订的施工合同");
    hides(page(&officer, "/desk/requests?tab=all", 200), "防汛物资清单");
}

static void confirmed_it_has_a_deadline_and_a_ledger(void **state)
{
    (void)state;
    Str at = registered(S("物业服务企业信用评价结果"));
    step(&officer, at, "register/confirmed", S(""), 303);
    Str html = page(&officer, str_to_z(a, at), 200);
    shows(html, "期限台账");
    shows(html, "当日不计入");
    shows(html, "条例第三十一条");
    shows(html, "还剩20个工作日");
}

static void the_head_extends_and_nobody_else(void **state)
{
    (void)state;
    Str at = registered(S("公租房维修资金使用明细"));
    step(&officer, at, "register/confirmed", S(""), 303);
    Str path = str_cat(a, at, S("/approve/extended"));
    page(&officer, str_to_z(a, path), 403);
    step(&head, at, "approve/extended", S("&workdays=20"), 303);
    shows(page(&head, str_to_z(a, at), 200), "还剩40个工作日");
    Str html = step(&head, at, "approve/extended", S("&workdays=5"), 422).body;
    shows(html, "不能再次延期（条例第三十三条）");
}

static void a_step_under_another_power_is_no_page(void **state)
{
    (void)state;
    Str at = registered(S("停车位规划图"));
    page(&head, str_to_z(a, str_cat(a, at, S("/register/extended"))), 404);
    page(&head, str_to_z(a, str_cat(a, at, S("/sign/nothing"))), 404);
}

static void a_step_out_of_order_is_refused_with_its_article(void **state)
{
    (void)state;
    Str at = registered(S("绿化养护合同"));
    page(&head, str_to_z(a, str_cat(a, at, S("/sign/answered"))), 404); // on the sheet, signed
    Str html = step(&officer, at, "handle/third_party_asked", S("&whom=%E7%94%B2"), 422).body;
    shows(html, "待确认");
}

static void two_at_once_are_told(void **state)
{
    (void)state;
    Str at = registered(S("路灯改造方案"));
    Str path = str_cat(a, at, S("/register/confirmed"));
    Str old = version(&officer, path);
    step(&officer, at, "register/confirmed", S(""), 303);
    Str f = str_fmt(a, "version=" PRI_STR "&on=" PRI_STR, STR_ARG(old),
                    STR_ARG(date_iso(a, app.today)));
    Reply r = posted(&officer, str_cat(a, at, S("/register/withdrawn")), f, 422);
    shows(r.body, "刚被别人改过");
}

static void the_same_form_twice_is_one_request(void **state)
{
    (void)state;
    Str f = str_cat(a, register_form(housing, S("加装电梯补贴名单")), S("&once=abcdef0123456789"));
    Reply one = posted(&officer, S("/desk/requests/new"), f, 303);
    Reply two = posted(&officer, S("/desk/requests/new"), f, 303);
    Str first, second, ignored;
    str_cut(reply_header(&one, "Location"), S("?"), &first, &ignored);
    str_cut(reply_header(&two, "Location"), S("?"), &second, &ignored);
    assert_str(first, second);
}

static void somebody_elses_requests_are_not_there(void **state)
{
    (void)state;
    Str at = registered(S("保障房配租结果名册"));
    page(&other, str_to_z(a, at), 404);
    hides(page(&other, "/desk/requests?tab=all", 200), "保障房配租结果名册");
    page(&other, str_to_z(a, str_cat(a, at, S("/register/confirmed"))), 404);
    posted(&other, S("/desk/requests/new"), register_form(housing, S("替别的机关登记")), 422);
}

static void a_supervisor_sees_and_changes_nothing(void **state)
{
    (void)state;
    Str at = registered(S("供热管网改造计划"));
    shows(page(&supervisor, "/desk/requests?tab=all&q=%E4%BE%9B%E7%83%AD", 200),
          "供热管网改造计划");
    page(&supervisor, str_to_z(a, at), 200);
    page(&supervisor, str_to_z(a, str_cat(a, at, S("/register/confirmed"))), 403);
    page(&drafter, "/desk/requests/new", 403);
}

static void a_mistaken_step_is_taken_back(void **state)
{
    (void)state;
    Str at = registered(S("排水口分布图"));
    step(&officer, at, "register/confirmed", S(""), 303);
    Str path = str_cat(a, at, S("/strike"));
    Str html = page(&officer, str_to_z(a, str_cat(a, path, S("?fact=2"))), 200);
    shows(html, "双方确认收到申请");
    Str f =
        str_fmt(a, "version=" PRI_STR "&fact=2" PRI_STR, STR_ARG(page_value(a, html, "version")),
                STR_ARG(form_field(a, "reason", S("电话打错了人"))));
    posted(&officer, path, f, 303);
    html = page(&officer, str_to_z(a, at), 200);
    shows(html, "已撤销");
    shows(html, "待确认");
}

static void what_the_head_approved_is_not_taken_back_below(void **state)
{
    (void)state;
    Str at = registered(S("河道保洁合同"));
    step(&officer, at, "register/confirmed", S(""), 303);
    step(&head, at, "approve/extended", S("&workdays=5"), 303);
    Str path = str_cat(a, at, S("/strike"));
    char *ask = str_to_z(a, str_cat(a, path, S("?fact=3")));
    Str html = page(&head, ask, 200);
    hides(page(&drafter, str_to_z(a, at), 200), "strike?fact=3");
    Str f =
        str_fmt(a, "version=" PRI_STR "&fact=3" PRI_STR, STR_ARG(page_value(a, html, "version")),
                STR_ARG(form_field(a, "reason", S("不用延期了"))));
    posted(&drafter, path, f, 403);
    posted(&officer, path, f, 403);
    posted(&head, path, f, 303);
}

static void a_handler_is_chosen_among_those_who_may(void **state)
{
    (void)state;
    Str at = registered(S("老旧小区加装电梯计划"));
    Str path = str_cat(a, at, S("/assign"));
    Str html = page(&officer, str_to_z(a, path), 200);
    shows(html, "陈岚");
    hides(html, "许文");
    Str before, rest, id, after; // of the option that says 陈岚
    assert_true(str_cut(html, S("\">陈岚"), &before, &after));
    ptrdiff_t mark = str_find_last(before, S("value=\""));
    assert_true(mark > 0);
    str_cut(str_from(before, (size_t)mark + 7), S("\""), &id, &rest);
    Str f = str_fmt(a, "version=" PRI_STR "&handler=" PRI_STR,
                    STR_ARG(page_value(a, html, "version")), STR_ARG(id));
    posted(&officer, path, f, 303);
    shows(page(&officer, str_to_z(a, at), 200), "陈岚");
    shows(page(&drafter, "/desk/requests?tab=mine", 200), "老旧小区加装电梯计划");
    shows(page(&drafter, "/desk/notices", 200), "指定您承办");
    shows(page(&drafter, "/desk/search?q=%E7%94%B5%E6%A2%AF", 200), "id=\"requests\"");
    hides(page(&other, "/desk/search?q=%E7%94%B5%E6%A2%AF", 200), "id=\"requests\"");
}

static void figures_are_doors_to_their_requests(void **state)
{
    (void)state;
    Str at = registered(S("雨污分流改造进度"));
    step(&officer, at, "register/confirmed", S(""), 303);
    Str html = page(&officer, "/desk/figures", 200);
    shows(html, "本年新收政府信息公开申请数量");
    shows(html, "/desk/figures/requests?row=new&amp;col=natural");
    html = page(&officer, "/desk/figures/requests?row=new&col=natural", 200);
    shows(html, "雨污分流改造进度");
    hides(page(&other, "/desk/figures/requests?row=new&col=natural", 200), "雨污分流改造进度");
    page(&officer, "/desk/figures?from=2026-02-30", 422);
    page(&officer, "/desk/figures/requests?row=none&col=natural", 404);
}

static void html_and_sql_in_every_field_stay_text(void **state)
{
    (void)state;
    Str bad = S("<script>alert(1)</script>'; DROP TABLE request; --");
    Str f = register_form(housing, bad);
    f = str_cat(a, f, form_field(a, "address", bad));
    Reply r = posted(&officer, S("/desk/requests/new"), f, 303);
    Str at, ignored;
    str_cut(reply_header(&r, "Location"), S("?"), &at, &ignored);
    Str html = page(&officer, str_to_z(a, at), 200);
    hides(html, "<script>alert");
    shows(html, "DROP TABLE request");
    page(&officer, "/desk/requests?q=%27%20OR%201%3D1%20--&tab=all", 200);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_registered_and_has_a_number),
        cmocka_unit_test(what_is_missing_is_said_and_nothing_typed_is_lost),
        cmocka_unit_test(confirmed_it_has_a_deadline_and_a_ledger),
        cmocka_unit_test(the_head_extends_and_nobody_else),
        cmocka_unit_test(a_step_under_another_power_is_no_page),
        cmocka_unit_test(a_step_out_of_order_is_refused_with_its_article),
        cmocka_unit_test(two_at_once_are_told),
        cmocka_unit_test(the_same_form_twice_is_one_request),
        cmocka_unit_test(somebody_elses_requests_are_not_there),
        cmocka_unit_test(a_supervisor_sees_and_changes_nothing),
        cmocka_unit_test(a_mistaken_step_is_taken_back),
        cmocka_unit_test(what_the_head_approved_is_not_taken_back_below),
        cmocka_unit_test(a_handler_is_chosen_among_those_who_may),
        cmocka_unit_test(figures_are_doors_to_their_requests),
        cmocka_unit_test(html_and_sql_in_every_field_stay_text),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, begin, end);
}
