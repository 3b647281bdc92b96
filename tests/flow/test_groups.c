// Many requests that are one, over the program itself and on both engines: chosen on the list,
// looked at before it is done, joined, counted in units, and answered by one decision.
#include "../test.h"

#include "app/bulk.h"
#include "app/decision.h"
#include "desk_site.h"
#include "store/organ.h"

static SiteBox *box;
static Arena *a;
static App app;
static Program site;
static OrganId office, housing, water;
static PersonId zhou, shen, fa, ling, chen;
static Jar officer, other, supervisor;

static int begin(void **state)
{
    Err err = {0};
    if (desk_site_open(state, &box, &a, &app) != 0)
        return -1;
    office = organ_make(&app, a, "示例县人民政府办公室", (OrganId){0});
    housing = organ_make(&app, a, "示例县住房和城乡建设局", office);
    water = organ_make(&app, a, "示例县水务局", office);
    organ_runs_site(&app, office);
    Organ o;
    LetterSettings letters = {.organ = housing, .review_channel = S("行政复议网上申请平台")};
    if (!store_organ_get(app.db, &app.scope, housing, a, &o, &err))
        fail_msg("%s", err.en);
    o.review_name = S("示例县人民政府");
    o.court_name = S("示例县人民法院");
    if (!store_organ_save(app.db, &app.scope, &o, a, &err) ||
        !app_letter_settings(&app, &letters, a, &err))
        fail_msg("%s", err.en);
    zhou = person_make(&app, a, "zhou", "周衡", housing, 1u << ROLE_OFFICER);
    chen = person_make(&app, a, "chen", "陈岚", housing, 1u << ROLE_DRAFTER);
    shen = person_make(&app, a, "shen", "沈知", housing, 1u << ROLE_REVIEWER);
    fa = person_make(&app, a, "fa", "法正", housing, 1u << ROLE_LEGAL);
    ling = person_make(&app, a, "ling", "凌云", housing, 1u << ROLE_LEADER);
    PersonId xu = person_make(&app, a, "xu", "许文", water, 1u << ROLE_OFFICER);
    PersonId jian = person_make(&app, a, "jian", "简查", office, 1u << ROLE_SUPERVISOR);
    site = program_serve(box, NULL);
    officer = jar_of(&app, a, site.port, zhou);
    other = jar_of(&app, a, site.port, xu);
    supervisor = jar_of(&app, a, site.port, jian);
    return site.port ? 0 : -1;
}

static int end(void **state)
{
    return desk_site_close(state, &app, &site);
}

static void well(bool good, const Err *err)
{
    if (!good)
        fail_msg("%s (%s)", err->en, err->detail);
}

static RequestId asked(OrganId organ, Str title, const char *name, const char *way)
{
    Err err = {0};
    Registered made;
    app.actor = (Actor){.person = zhou, .name = S("周衡"), .via = S("web")};
    NewRequest n = {.organ = organ,
                    .channel = CHANNEL_INTERNET,
                    .filed = app.today,
                    .title = title,
                    .description = str_cat(a, title, S("的全部附件和历次变更")),
                    .form = S("electronic"),
                    .way = str_z(way),
                    .kind = APPLICANT_NATURAL,
                    .name = str_z(name),
                    .applicant = {.id_number = str_cat(a, S("0000001990"), str_z(name)),
                                  .phone = S("0000-1234567")}};
    well(app_request_register(&app, &n, a, &made, &err), &err);
    return made.id;
}

static InfoRequest request(RequestId id)
{
    InfoRequest r;
    Err err = {0};
    Scope all = scope_site(app.site);
    well(store_request_get(app.db, &all, id, a, &r, &err), &err);
    return r;
}

static char *path_of(RequestId id, const char *tail)
{
    return str_to_z(a, str_fmt(a, "/desk/requests/%lld%s", (long long)id.n, tail));
}

static Str location(Reply r)
{
    return reply_header(&r, "Location");
}

// Chosen on the list: leads to the plan.
static Str chosen(const RequestId *ids, size_t n, const char *what)
{
    Str f = str_fmt(a, "what=%s", what);
    for (size_t i = 0; i < n; i++)
        f = str_cat(a, f, str_fmt(a, "&id=%lld", (long long)ids[i].n));
    return location(posted(&officer, S("/desk/requests/many"), f, 303));
}

static Str hidden(Str html)
{
    Str f = S("");
    static const char *const names[] = {"ids", "organ", "asked", "group", "way"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        f = str_cat(a, f, form_field(a, names[i], page_value(a, html, names[i])));
    return f;
}

// --- chosen on the list

static void several_are_confirmed_at_once_after_a_look_at_what_would_happen(void **state)
{
    (void)state;
    Err err = {0};
    RequestId ids[] = {asked(housing, S("供热管网改造计划"), "张三", "platform"),
                       asked(housing, S("供热管网改造计划"), "李四", "mail"),
                       asked(housing, S("雨污分流改造进度"), "王五", "mail")};
    RequestStep s = {.id = ids[2],
                     .fact = {.kind = FACT_CONFIRMED, .on = app.today, .until = date_none}};
    well(app_request_step(&app, MAY_REQUEST_REGISTER, &s, a, &err), &err);
    shows(page(&officer, "/desk/requests", 200), "form=\"many\" name=\"id\"");
    Str plan = page(&officer, str_to_z(a, chosen(ids, 3, "confirm")), 200);
    shows(plan, "2件可以办，1件不能办");
    shows(plan, "不办：");
    assert_int_equal(request(ids[0]).phase, PHASE_UNCONFIRMED); // only looked at
    Str f =
        str_cat(a, str_fmt(a, "go=1&on=" PRI_STR, STR_ARG(date_iso(a, app.today))), hidden(plan));
    f = str_cat(a, f, S("&once=0123456789abcdef"));
    Reply one = posted(&officer, S("/desk/bulk/confirm"), f, 303);
    Reply two = posted(&officer, S("/desk/bulk/confirm"), f, 303); // sent twice: done once
    Str at, again, ignored;
    str_cut(location(one), S("?"), &at, &ignored);
    str_cut(location(two), S("?"), &again, &ignored);
    assert_str(at, again);
    Str done = page(&officer, str_to_z(a, at), 200);
    shows(done, "2件已办，1件没有办");
    assert_int_equal(request(ids[0]).phase, PHASE_OPEN);
    assert_int_equal(request(ids[0]).version, 2);
    page(&other, str_to_z(a, at), 404);
    page(&supervisor, str_to_z(a, at), 200);
}

static void they_are_given_to_somebody_who_is_told_once(void **state)
{
    (void)state;
    RequestId ids[] = {asked(housing, S("路灯改造方案"), "张三", "mail"),
                       asked(housing, S("绿化养护合同"), "李四", "mail")};
    Str plan = page(&officer, str_to_z(a, chosen(ids, 2, "assign")), 200);
    shows(plan, "陈岚");
    hides(plan, "许文");
    Str f = str_cat(a, str_fmt(a, "go=1&handler=%lld", (long long)chen.n), hidden(plan));
    posted(&officer, S("/desk/bulk/assign"), f, 303);
    assert_int_equal(request(ids[0]).handler.n, chen.n);
    assert_int_equal(request(ids[1]).handler.n, chen.n);
    Jar drafter = jar_of(&app, a, site.port, chen);
    shows(page(&drafter, "/desk/notices", 200), "指定您承办2件申请");
}

static void nothing_chosen_is_said(void **state)
{
    (void)state;
    Str at = location(posted(&officer, S("/desk/requests/many"), S("what=confirm"), 303));
    shows(page(&officer, str_to_z(a, at), 200), "没有选中申请");
    posted(&officer, S("/desk/requests/many"), S("what=answer&id=1"), 400);
    posted(&supervisor, S("/desk/bulk/confirm"), S("go=1&ids=1"), 403);
}

static void another_organs_requests_are_left_out(void **state)
{
    (void)state;
    RequestId mine = asked(housing, S("停车位规划图"), "张三", "mail");
    RequestId theirs = asked(water, S("停车位规划图"), "张三", "mail");
    RequestId both[] = {mine, theirs};
    Str plan = page(&officer, str_to_z(a, chosen(both, 2, "confirm")), 200);
    shows(plan, "1件都可以办");
    Str f =
        str_cat(a, str_fmt(a, "go=1&on=" PRI_STR, STR_ARG(date_iso(a, app.today))), hidden(plan));
    posted(&officer, S("/desk/bulk/confirm"), f, 303);
    assert_int_equal(request(mine).phase, PHASE_OPEN);
    assert_int_equal(request(theirs).phase, PHASE_UNCONFIRMED);
}

// --- alike, joined

static void a_requests_page_says_who_asked_the_same(void **state)
{
    (void)state;
    RequestId first = asked(housing, S("公租房维修资金使用明细"), "张三", "mail");
    RequestId second = asked(housing, S("公租房维修资金使用明细"), "李四", "mail");
    asked(water, S("公租房维修资金使用明细"), "王五", "mail");
    Str html = page(&officer, path_of(second, ""), 200);
    shows(html, "相近的申请");
    shows(html, "共2件申请文字相同（含本件）"); // the third is another organ's
    shows(html, str_to_z(a, request(first).code));
    shows(html, "/join?lead=");
    shows(page(&supervisor, path_of(second, ""), 200), "共3件申请文字相同（含本件）");
}

static void one_joins_another_and_leaves_it(void **state)
{
    (void)state;
    RequestId lead = asked(housing, S("物业服务企业信用评价结果"), "张三", "mail");
    RequestId same = asked(housing, S("物业服务企业信用评价结果"), "李四", "mail");
    RequestId unlike =
        asked(housing, S("去年汛期以前采购的防汛物资清单和供应商名单"), "王五", "mail");
    Str html = page(&officer, path_of(same, "/join"), 200);
    Str f =
        str_fmt(a, "version=" PRI_STR PRI_STR "&reason=", STR_ARG(page_value(a, html, "version")),
                STR_ARG(form_field(a, "lead", request(lead).code)));
    html = posted(&officer, str_z(path_of(unlike, "/join")), f, 422).body;
    shows(html, "不是同一事项");
    posted(&officer, str_z(path_of(same, "/join")), f, 303);
    shows(page(&officer, path_of(same, ""), 200), "并入主件");
    shows(page(&officer, path_of(lead, ""), 200), "并入1件");
    shows(page(&officer, path_of(lead, "/group"), 200), str_to_z(a, request(same).code));
    shows(page(&officer, "/desk/groups", 200), "物业服务企业信用评价结果");
    hides(page(&other, "/desk/groups", 200), "物业服务企业信用评价结果");
    shows(page(&officer, "/desk/requests?tab=all&q=%E7%89%A9%E4%B8%9A", 200), "已并案");
    html = page(&officer, path_of(same, "/leave"), 200);
    f = str_fmt(a, "version=" PRI_STR, STR_ARG(page_value(a, html, "version")));
    posted(&officer, str_z(path_of(same, "/leave")), f, 422);
    posted(&officer, str_z(path_of(same, "/leave")),
           str_cat(a, f, form_field(a, "reason", S("要的是另一年度的"))), 303);
    assert_int_equal(request(same).same_as.n, 0);
}

static void many_of_one_wording_are_proposed_and_may_be_declined(void **state)
{
    (void)state;
    static const char *const names[] = {"甲", "乙", "丙", "丁"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        asked(housing, S("保障房配租结果名册"), names[i], "mail");
    Str html = page(&officer, "/desk/groups", 200);
    shows(html, "保障房配租结果名册");
    shows(html, "共4件，其中在办的4件");
    Str before, rest, at, after;
    str_cut(html, S("保障房配租结果名册"), &before, &after);
    str_cut(str_from(before, (size_t)str_find_last(before, S("href=\"")) + 6), S("\""), &at, &rest);
    html = page(&officer, str_to_z(a, at), 200);
    shows(html, "把这4件并案");
    shows(html, "确认收到4件");
    posted(&officer, str_cat(a, at, S("/decline")), S("why="), 422);
    posted(&officer, str_cat(a, at, S("/decline")), form_field(a, "why", S("各要各的年度")), 303);
    hides(page(&officer, "/desk/groups", 200), "保障房配租结果名册");
    page(&other, str_to_z(a, at), 404);
}

// --- units

static void a_request_is_counted_in_units(void **state)
{
    (void)state;
    RequestId id = asked(housing, S("2024年预算、决算和合同"), "张三", "mail");
    Str html = page(&officer, path_of(id, "/units"), 200);
    Str f = str_fmt(a, "version=" PRI_STR, STR_ARG(page_value(a, html, "version")));
    f = str_cat(a, f, form_field(a, "reason", S("三项内容互不相关")));
    f = str_cat(a, f, form_field(a, "matters", S("1. 预算\n2. 决算\n3. 合同")));
    posted(&officer, str_z(path_of(id, "/units")), f, 303);
    html = page(&officer, path_of(id, ""), 200);
    shows(html, "按3件统计和计费");
    shows(html, "<li>决算");
    html = page(&officer, path_of(id, "/units"), 200);
    shows(html, "第2件“决算”的处理结果");
    f = str_fmt(a, "version=" PRI_STR "&outcome2=not_existing",
                STR_ARG(page_value(a, html, "version")));
    f = str_cat(a, f, form_field(a, "reason", S("三项内容互不相关")));
    f = str_cat(a, f, form_field(a, "matters", S("预算\n决算\n合同")));
    posted(&officer, str_z(path_of(id, "/units")), f, 303);
    shows(page(&officer, path_of(id, ""), 200), "不存在");
    page(&supervisor, path_of(id, "/units"), 403);
}

// --- one decision for all

static void pass(RequestId id, PersonId who, Verb may)
{
    Err err = {0};
    Decision d;
    well(store_decision_get(app.db, app.site, id, a, &d, &err), &err);
    app.actor = (Actor){.person = who, .name = S("某人"), .via = S("web")};
    DecisionAsk ask = {id, d.version, DECISION_PASS, S("")};
    well(app_decision_step(&app, may, &ask, a, &err), &err);
}

static void decided_and_sent(RequestId id)
{
    Err err = {0};
    Decision d;
    DecisionLacks lacks;
    DecisionSave save = {id, 0, {.chosen = true, .outcome = OUTCOME_NOT_EXISTING}, .submit = true};
    save.sheet.field[DF_SEARCH] = S("在档案室和办公系统检索2020年至今，没有检索到");
    app.actor = (Actor){.person = zhou, .name = S("周衡"), .via = S("web")};
    well(app_decision_save(&app, &save, a, &lacks, &err), &err);
    pass(id, shen, MAY_REQUEST_REVIEW);
    pass(id, fa, MAY_REQUEST_LEGAL);
    pass(id, ling, MAY_REQUEST_SIGN);
    app.actor = (Actor){.person = zhou, .name = S("周衡"), .via = S("web")};
    well(store_decision_get(app.db, app.site, id, a, &d, &err), &err);
    Sending s = {SEND_PLATFORM, app.today, S(""), S("")};
    well(app_decision_send(&app, id, d.version, &s, a, &err), &err);
}

static Decision decision(RequestId id)
{
    Err err = {0};
    Decision d;
    well(store_decision_get(app.db, app.site, id, a, &d, &err), &err);
    return d;
}

static void confirm_and_join(const RequestId *ids, size_t n)
{
    Str plan = page(&officer, str_to_z(a, chosen(ids, n, "confirm")), 200);
    Str f =
        str_cat(a, str_fmt(a, "go=1&on=" PRI_STR, STR_ARG(date_iso(a, app.today))), hidden(plan));
    posted(&officer, S("/desk/bulk/confirm"), f, 303);
    plan = page(&officer, str_to_z(a, chosen(ids + 1, n - 1, "join")), 200);
    f = str_cat(a, S("go=1&reason="), hidden(plan));
    f = str_cat(a, f, form_field(a, "lead", request(ids[0]).code));
    posted(&officer, S("/desk/bulk/join"), f, 303);
}

static void each_gets_a_letter_of_its_own_and_what_goes_by_post_waits_for_it(void **state)
{
    (void)state;
    Err err = {0};
    int64_t n;
    Str title = S("城东片区老旧小区改造施工合同");
    RequestId ids[] = {
        asked(housing, title, "张三", "platform"), asked(housing, title, "李四", "platform"),
        asked(housing, title, "王五", "mail"), asked(housing, title, "赵六", "mail")};
    confirm_and_join(ids, 4);
    decided_and_sent(ids[0]);
    shows(page(&officer, path_of(ids[0], "/group"), 200), "适用主件的答复");
    well(app_bulk_go_on(&app, 60, a, &n, &err), &err);
    Decision lead = decision(ids[0]), at_once = decision(ids[1]), by_post = decision(ids[2]);
    assert_int_equal(request(ids[1]).phase, PHASE_DONE);
    assert_true(request(ids[2]).open); // its day is the day it is posted
    assert_true(at_once.letter.n && by_post.letter.n && at_once.letter.n != by_post.letter.n);
    assert_false(str_eq(at_once.letter_code, lead.letter_code));
    assert_true(str_has(at_once.text, S("没有检索到")));
    assert_false(str_has(at_once.text, request(ids[0]).code));
    Str html = page(&officer, path_of(ids[0], "/group"), 200);
    shows(html, "登记交邮2件");
    shows(html, "这一页的3份答复书合成一个PDF");
    shows(
        page(&officer, path_of(asked(housing, title, "钱七", "mail"), "/register/confirmed"), 200),
        "共5件申请文字相同");
    Str plan = page(
        &officer,
        str_to_z(a, str_fmt(a, "/desk/bulk/send?group=%lld&way=mail", (long long)ids[0].n)), 200);
    Str f = str_cat(a, str_fmt(a, "go=1&on_sent=" PRI_STR, STR_ARG(date_iso(a, app.today))),
                    hidden(plan));
    shows(
        posted(&officer, S("/desk/bulk/send"), str_cat(a, f, S("&first=XA000000001CN")), 422).body,
        "第一件的挂号或者EMS号码");
    posted(&officer, S("/desk/bulk/send"), str_cat(a, f, S("&first=XA000000005CN")), 303);
    assert_int_equal(request(ids[2]).phase, PHASE_DONE);
    assert_int_equal(request(ids[3]).phase, PHASE_DONE);
    assert_str(decision(ids[2]).send_number, S("XA000000005CN"));
    assert_str(decision(ids[3]).send_number, S("XA000000014CN"));
    shows(page(&officer, path_of(ids[2], ""), 200), str_to_z(a, by_post.letter_code));
}

static void a_letter_written_by_hand_goes_to_each_in_their_name(void **state)
{
    (void)state;
    Err err = {0};
    int64_t n;
    Str title = S("城西片区污水管网建设资金");
    RequestId ids[] = {asked(housing, title, "张三", "platform"),
                       asked(housing, title, "李四", "platform")};
    confirm_and_join(ids, 2);
    DecisionSave save = {
        ids[0], 0, {.chosen = true, .outcome = OUTCOME_NOT_EXISTING}, .submit = false};
    save.sheet.field[DF_SEARCH] = S("没有检索到");
    DecisionLacks lacks;
    app.actor = (Actor){.person = zhou, .name = S("周衡"), .via = S("web")};
    well(app_decision_save(&app, &save, a, &lacks, &err), &err);
    RequestFile file;
    DecisionFile d;
    well(app_request_get(&app, ids[0], a, &file, &err), &err);
    well(app_decision_get(&app, &file, a, &d, &err), &err);
    save.version = d.decision.version;
    save.submit = true;
    save.sheet.text = str_cat(
        a, d.text,
        str_fmt(a, "\n张三您好，编号" PRI_STR "的申请另有说明。", STR_ARG(request(ids[0]).code)));
    well(app_decision_save(&app, &save, a, &lacks, &err), &err);
    pass(ids[0], shen, MAY_REQUEST_REVIEW);
    pass(ids[0], fa, MAY_REQUEST_LEGAL);
    pass(ids[0], ling, MAY_REQUEST_SIGN);
    app.actor = (Actor){.person = zhou, .name = S("周衡"), .via = S("web")};
    Sending s = {SEND_PLATFORM, app.today, S(""), S("")};
    well(app_decision_send(&app, ids[0], decision(ids[0]).version, &s, a, &err), &err);
    well(app_bulk_go_on(&app, 60, a, &n, &err), &err);
    Str text = decision(ids[1]).text;
    shows(text, "李四您好");
    shows(text, str_to_z(a, request(ids[1]).code));
    hides(text, "张三");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(several_are_confirmed_at_once_after_a_look_at_what_would_happen),
        cmocka_unit_test(they_are_given_to_somebody_who_is_told_once),
        cmocka_unit_test(nothing_chosen_is_said),
        cmocka_unit_test(another_organs_requests_are_left_out),
        cmocka_unit_test(a_requests_page_says_who_asked_the_same),
        cmocka_unit_test(one_joins_another_and_leaves_it),
        cmocka_unit_test(many_of_one_wording_are_proposed_and_may_be_declined),
        cmocka_unit_test(a_request_is_counted_in_units),
        cmocka_unit_test(each_gets_a_letter_of_its_own_and_what_goes_by_post_waits_for_it),
        cmocka_unit_test(a_letter_written_by_hand_goes_to_each_in_their_name),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, begin, end);
}
