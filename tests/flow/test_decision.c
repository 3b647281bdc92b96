// A reply over the program itself and on both engines: from the first choice to its delivery, by
// five people in their browsers.
#include "../test.h"

#include "app/request.h"
#include "program.h"
#include "sign_in.h"
#include "store/organ.h"

#include <signal.h>
#include <time.h>

static SiteBox *box;
static Arena *a;
static App app;
static Program site;
static OrganId office, housing;
static Jar officer, second, reviewer, legal, head, leader, admin, supervisor;

static void remedies_set(OrganId organ)
{
    Err err = {0};
    Organ o;
    Scope all = scope_site(app.site);
    CLEANUP(tx_end) Tx tx = tx_begin(app.db);
    if (!store_organ_get(app.db, &all, organ, a, &o, &err))
        fail_msg("%s", err.en);
    o.review_name = S("示例县人民政府");
    o.court_name = S("示例县人民法院");
    if (!store_organ_save(app.db, &all, &o, a, &err) || !tx_commit(&tx, &err))
        fail_msg("%s", err.en);
}

static int begin(void **state)
{
    Err err = {0};
    signal(SIGPIPE, SIG_IGN);
    if (site_box_make(state) != 0)
        return -1;
    box = *state;
    a = &box->a;
    int64_t now = time(NULL);
    Date today = {(int32_t)((now + 8 * 3600) / 86400)};
    AppPlace place = {.data = box->dir, .database = box->database};
    if (!app_open(&place, DB_CREATE, today, now, a, &app, &err))
        fail_msg("%s", err.en);
    office = organ_make(&app, a, "示例县人民政府办公室", (OrganId){0});
    housing = organ_make(&app, a, "示例县住房和城乡建设局", office);
    remedies_set(housing);
    organ_runs_site(&app, office);
    site = program_serve(box, NULL);
    PersonId who[] = {
        person_make(&app, a, "zhou", "周衡", housing, 1u << ROLE_OFFICER),
        person_make(&app, a, "xu", "许文", housing, 1u << ROLE_DRAFTER),
        person_make(&app, a, "shen", "沈知", housing, 1u << ROLE_REVIEWER),
        person_make(&app, a, "fa", "法正", housing, 1u << ROLE_LEGAL),
        person_make(&app, a, "fang", "方正", housing, 1u << ROLE_HEAD),
        person_make(&app, a, "ling", "凌云", housing, 1u << ROLE_LEADER),
        person_make(&app, a, "guan", "管理", office, 1u << ROLE_ADMIN),
        person_make(&app, a, "jian", "简查", office, 1u << ROLE_SUPERVISOR),
    };
    Jar *jars[] = {&officer, &second, &reviewer, &legal, &head, &leader, &admin, &supervisor};
    for (size_t i = 0; i < sizeof who / sizeof *who; i++)
        *jars[i] = jar_of(&app, a, site.port, who[i]);
    return site.port ? 0 : -1;
}

static int end(void **state)
{
    int status = program_stop(&site);
    app_close(&app);
    return site_box_drop(state) == 0 && status == 0 ? 0 : -1;
}

// --- asking

static Str at(RequestId id, const char *tail)
{
    return str_fmt(a, "/desk/requests/%lld%s", (long long)id.n, tail);
}

static Str page(Jar *jar, Str target, int status)
{
    Reply r = jar_get(jar, str_to_z(a, target));
    if (r.status != status)
        fail_msg(PRI_STR ": status %d\n" PRI_STR, STR_ARG(target), r.status,
                 STR_ARG(str_sub(r.body, 0, 3000)));
    return r.body;
}

static Str posted(Jar *jar, Str target, Str form, int status)
{
    Reply r = jar_post(jar, str_to_z(a, target), str_to_z(a, form));
    if (r.status != status)
        fail_msg(PRI_STR ": status %d\n" PRI_STR, STR_ARG(target), r.status,
                 STR_ARG(str_sub(r.body, 0, 6000)));
    return r.body;
}

static void shows(Str html, const char *text)
{
    if (!str_has(html, str_z(text)))
        fail_msg("no “%s” in " PRI_STR, text, STR_ARG(str_sub(html, 0, 12000)));
}

static void hides(Str html, const char *text)
{
    if (str_has(html, str_z(text)))
        fail_msg("“%s” in " PRI_STR, text, STR_ARG(str_sub(html, 0, 12000)));
}

static Str field(const char *name, Str value)
{
    return str_fmt(a, "&%s=" PRI_STR, name, STR_ARG(form_encode(a, value)));
}

// Sends a form of the sheet with the version that its page shows.
static Str sheet(Jar *jar, RequestId id, const char *tail, Str form, int status)
{
    Str version = page_value(a, page(jar, at(id, tail), 200), "version");
    return posted(jar, at(id, tail),
                  str_fmt(a, "version=" PRI_STR PRI_STR, STR_ARG(version), STR_ARG(form)), status);
}

static Registered asked_for(const char *title)
{
    Registered done;
    Err err = {0};
    NewRequest n = {
        .organ = housing,
        .channel = CHANNEL_IN_PERSON,
        .filed = app.today,
        .title = str_z(title),
        .description = str_z(title),
        .form = S("paper"),
        .way = S("mail"),
        .kind = APPLICANT_NATURAL,
        .name = S("张三"),
        .applicant = {.id_number = S("000000199001010000"), .phone = S("0000-0000000")}};
    if (!app_request_register(&app, &n, a, &done, &err))
        fail_msg("%s (%s)", err.en, err.detail);
    return done;
}

static RequestId asked(const char *title)
{
    return asked_for(title).id;
}

static Str missing(void)
{
    return str_cat(a, S("&outcome=not_existing"),
                   field("search", S("在档案室以“护坡”检索2020年至今，没有检索到")));
}

// What the first sight of the form is about: without an outcome there is nothing to fill in.
static void drafted(RequestId id, Str form, const char *go, int status)
{
    posted(&officer, at(id, "/decision/edit"), str_fmt(a, "go=%s" PRI_STR, go, STR_ARG(form)),
           status);
}

static void passed(Jar *jar, RequestId id, const char *tail)
{
    sheet(jar, id, tail, S("&verdict=pass"), 303);
}

static void on_day(RequestId id, Str more, int status)
{
    sheet(&officer, id, "/decision/send",
          str_fmt(a, "&on=" PRI_STR PRI_STR, STR_ARG(date_iso(a, app.today)), STR_ARG(more)),
          status);
}

// --- tests

static void the_outcome_is_chosen_by_seven_questions(void **state)
{
    (void)state;
    RequestId id = asked("施工合同");
    Str html = page(&officer, at(id, "/decision/choose"), 200);
    shows(html, "补不补");
    shows(html, "怎么答");
    shows(html, "/decision/edit?outcome=partly");
    hides(html, "outcome=withdrawn"); // a step of its own
    page(&officer, at(id, "/decision/edit"), 303);
    html = page(&officer, at(id, "/decision/edit?outcome=third_party"), 200);
    shows(html, "涉及商业秘密");
    shows(html, "表三（三）4，自然人列，1件");
    shows(html, "对行政复议决定不服的"); // 复议前置
}

static void a_draft_is_kept_in_any_condition_and_sent_on_when_all_is_said(void **state)
{
    (void)state;
    RequestId id = asked("护坡图纸");
    drafted(id, S("&outcome=not_existing"), "save", 303);
    Str html = page(&officer, at(id, "/decision"), 200);
    shows(html, "送审以前还差1项");
    html = sheet(&officer, id, "/decision/edit", S("&outcome=not_existing&go=on"), 422);
    shows(html, "检索情况");
    sheet(&officer, id, "/decision/edit", str_cat(a, missing(), S("&go=on")), 303);
    html = page(&officer, at(id, "/decision"), 200);
    shows(html, "科室审核");
    shows(html, "没有检索到");
    shows(html, "示例县人民法院");
}

static void from_the_first_draft_to_the_post(void **state)
{
    (void)state;
    RequestId id = asked("道路照明方案");
    drafted(id, missing(), "on", 303);
    passed(&reviewer, id, "/decision/review");
    passed(&legal, id, "/decision/legal");
    passed(&leader, id, "/decision/sign");
    Str html = page(&officer, at(id, ""), 200);
    shows(html, "公复〔");
    shows(html, "发出答复");
    on_day(id, S("&way=post"), 422); // without a number
    on_day(id, str_cat(a, S("&way=post&number=XA12345678911"), field("whom", S("示例路1号"))), 303);
    html = page(&officer, at(id, ""), 200);
    shows(html, "已经在期限内答复");
    sheet(&officer, id, "/decision/delivery",
          str_fmt(a, "&on=" PRI_STR PRI_STR, STR_ARG(date_iso(a, app.today)),
                  STR_ARG(field("evidence", S("张三本人签收")))),
          303);
    shows(page(&officer, at(id, "/decision"), 200), "已送达");
    shows(page(&officer, at(id, "/decision"), 200), "看告知书");
    shows(page(&officer, at(id, "/decision/drafts/1"), 200), "没有检索到");
    page(&officer, at(id, "/decision/drafts/2"), 404);
}

static void whoever_drafted_sees_why_they_cannot_go_on(void **state)
{
    (void)state;
    RequestId id = asked("绿化合同");
    Str f = str_cat(a, missing(), S("&go=on"));
    posted(&head, at(id, "/decision/edit"), str_sub(f, 1, f.n), 303); // drafts too
    Str html = page(&head, at(id, "/decision/review"), 200);
    shows(html, "要由另一个人办");
    hides(html, "name=\"verdict\"");
    posted(&head, at(id, "/decision/review"), S("version=1&verdict=pass"), 422);
    shows(page(&reviewer, at(id, "/decision"), 200), "/decision/review\"");
}

static void powers_are_kept_apart(void **state)
{
    (void)state;
    RequestId id = asked("供热计划");
    drafted(id, missing(), "on", 303);
    page(&officer, at(id, "/decision/review"), 403);
    page(&second, at(id, "/decision/legal"), 403);
    page(&legal, at(id, "/decision/sign"), 403);
    page(&reviewer, at(id, "/decision/edit"), 403);
    page(&supervisor, at(id, "/decision"), 200);
    page(&supervisor, at(id, "/decision/edit"), 403);
    page(&admin, at(id, "/decision"), 403);
    posted(&leader, at(id, "/decision/sign"), S("version=1&verdict=pass"), 403); // not its turn
    shows(page(&leader, at(id, "/decision/sign"), 200), "科室审核");
}

static void a_return_says_why_and_comes_back_to_the_drafter(void **state)
{
    (void)state;
    RequestId id = asked("管网图");
    drafted(id, missing(), "on", 303);
    Str html = sheet(&reviewer, id, "/decision/review", S("&verdict=return"), 422);
    shows(html, "请写明退回的理由");
    sheet(&reviewer, id, "/decision/review",
          str_cat(a, S("&verdict=return"), field("reason", S("检索的年份不够，查到1990年"))), 303);
    shows(page(&officer, S("/desk/notices"), 200), "检索的年份不够");
    html = page(&officer, at(id, "/decision"), 200);
    shows(html, "科室审核退回");
    shows(html, "拟定答复");
}

static void of_two_at_once_the_second_is_told(void **state)
{
    (void)state;
    RequestId id = asked("测绘成果");
    drafted(id, missing(), "on", 303);
    Str old = page_value(a, page(&head, at(id, "/decision/review"), 200), "version");
    passed(&reviewer, id, "/decision/review");
    Str html = posted(&head, at(id, "/decision/review"),
                      str_fmt(a, "version=" PRI_STR "&verdict=return" PRI_STR, STR_ARG(old),
                              STR_ARG(field("reason", S("措辞要改")))),
                      422);
    shows(html, "刚被别人改过或者办过");
    shows(html, "措辞要改"); // nothing typed is lost
}

static void a_partial_reply_is_written_piece_by_piece(void **state)
{
    (void)state;
    RequestId id = asked("改造合同");
    Str f =
        str_cat(a, S("&outcome=partly&piece1_answer=given"), field("piece1_what", S("合同正文")));
    f = str_cat(a, f, S("&piece2_answer=withheld&piece2_ground=process"));
    f = str_cat(a, f, field("piece2_what", S("谈判记录")));
    drafted(id, f, "save", 303);
    Str html = sheet(&officer, id, "/decision/edit", str_cat(a, f, S("&go=on")), 422);
    shows(html, "要逐项说明理由");
    shows(html, "href=\"#f-piece2_reason\"");
    f = str_cat(a, f, field("piece2_reason", S("属于形成中的内部讨论")));
    sheet(&officer, id, "/decision/edit", str_cat(a, f, S("&go=on")), 303);
    html = page(&legal, at(id, "/decision"), 200);
    shows(html, "谈判记录：属于过程性信息（《中华人民共和国政府信息公开条例》第十六条第二款）");
    shows(html, "公开的是：合同正文。");
    passed(&reviewer, id, "/decision/review");
    passed(&legal, id, "/decision/legal");
    html = sheet(&leader, id, "/decision/sign", S("&verdict=pass"), 422); // nothing to give out yet
    shows(html, "还没有准备好");
}

static void a_third_party_is_asked_heard_and_weighed(void **state)
{
    (void)state;
    RequestId id = asked("监理报告");
    Str day = date_iso(a, app.today);
    Str step = at(id, "/handle/third_party_asked");
    Str version = page_value(a, page(&officer, step, 200), "version");
    Str f =
        str_fmt(a, "version=" PRI_STR "&on=" PRI_STR "&paper=none", STR_ARG(version), STR_ARG(day));
    posted(&officer, step, str_cat(a, f, field("whom", S("示例建工有限公司"))), 303);
    Str html = page(&officer, at(id, "/opinions"), 200);
    shows(html, "示例建工有限公司");
    shows(html, "等对方提出意见");
    f = str_fmt(a, "&came=" PRI_STR "&answer=disagree", STR_ARG(day));
    html = sheet(&officer, id, "/opinions/2/answer", f, 422);
    shows(html, "不同意的理由");
    sheet(&officer, id, "/opinions/2/answer",
          str_cat(a, f, field("reasons", S("载有报价的构成方法"))), 303);
    html = page(&officer, at(id, ""), 200);
    shows(html, "载有报价的构成方法");
    shows(html, "/opinions/2/judge");
    sheet(&officer, id, "/opinions/2/judge", S("&held=yes"), 303);
    f = str_cat(a, S("&outcome=third_party&class=business"), field("reason", S("会损害竞争地位")));
    drafted(id, f, "on", 303);
    html = page(&legal, at(id, "/decision"), 200);
    shows(html, "示例县人民政府申请行政复议；对行政复议决定不服的");
    page(&supervisor, at(id, "/opinions/2/judge"), 403);
    page(&officer, at(id, "/opinions/9/judge"), 404);
    page(&officer, at(id, "/opinions/2/nothing"), 404);
}

static void a_section_and_a_day_are_given_with_it(void **state)
{
    (void)state;
    RequestId id = asked("招标文件");
    Str html = page(&officer, at(id, "/assign"), 200);
    shows(html, "内部时限");
    Str before, rest, who, after; // of the option that says 许文
    assert_true(str_cut(html, S("\">许文"), &before, &after));
    ptrdiff_t mark = str_find_last(before, S("value=\""));
    str_cut(str_from(before, (size_t)mark + 7), S("\""), &who, &rest);
    Str f = str_fmt(a, "&handler=" PRI_STR "&due=" PRI_STR PRI_STR, STR_ARG(who),
                    STR_ARG(date_iso(a, app.today)), STR_ARG(field("words", S("先查档案"))));
    sheet(&officer, id, "/assign", f, 303);
    html = page(&officer, at(id, ""), 200);
    shows(html, "先查档案");
    shows(html, "许文");
    shows(page(&second, S("/desk/notices"), 200), "先查档案");
}

static void the_site_may_do_without_the_sections_review(void **state)
{
    (void)state;
    page(&head, S("/desk/site/decisions"), 403);
    posted(&admin, S("/desk/site/decisions"), S("section="), 303);
    RequestId id = asked("竣工资料");
    drafted(id, missing(), "on", 303);
    shows(page(&legal, at(id, "/decision"), 200), "/decision/legal\"");
    posted(&admin, S("/desk/site/decisions"), S("section=1"), 303);
}

// --- decided anew

// All of it up to the post: the second hand drafts.
static void signed_and_sent(RequestId id, const char *post)
{
    passed(&reviewer, id, "/decision/review");
    passed(&legal, id, "/decision/legal");
    passed(&leader, id, "/decision/sign");
    on_day(id,
           str_fmt(a, "&way=post&number=%s" PRI_STR, post, STR_ARG(field("whom", S("示例路1号")))),
           303);
}

static void arrived(RequestId id, const char *tail)
{
    sheet(&officer, id, tail,
          str_fmt(a, "&on=" PRI_STR PRI_STR, STR_ARG(date_iso(a, app.today)),
                  STR_ARG(field("evidence", S("张三本人签收")))),
          303);
}

static Str case_opened(const char *title, Str code)
{
    Str f = str_fmt(a, "organ=%lld&kind=review&about=answer&filed=" PRI_STR, (long long)housing.n,
                    STR_ARG(date_iso(a, app.today)));
    f = str_cat(a, f, field("request", code));
    f = str_cat(a, f, field("title", str_z(title)));
    f = str_cat(a, f, field("applicant", S("张三")));
    f = str_cat(a, f, field("forum", S("示例县人民政府")));
    Reply reply = jar_post(&officer, "/desk/remedies/new", str_to_z(a, f));
    assert_int_equal(reply.status, 303);
    Str target, rest;
    str_cut(reply_header(&reply, "Location"), S("?"), &target, &rest);
    return target;
}

static void case_step(Str at_case, const char *step, Str more, int status)
{
    Str target = str_fmt(a, PRI_STR "/%s", STR_ARG(at_case), step);
    Str version = page_value(a, page(&officer, target, 200), "version");
    posted(&officer, target,
           str_fmt(a, "version=" PRI_STR "&on=" PRI_STR PRI_STR, STR_ARG(version),
                   STR_ARG(date_iso(a, app.today)), STR_ARG(more)),
           status);
}

static Str told_to_applicant(const Registered *done, Str more)
{
    Str f = str_cat(a, str_from(field("number", done->code), 1), field("code", done->query_code));
    return posted(&officer, more.n ? S("/progress/letter") : S("/progress"), str_cat(a, f, more),
                  200);
}

static Str letter_asked(Str html)
{
    ptrdiff_t last = str_find(html, S("name=\"letter\" value=\"")); // the newest stands first
    assert_true(last >= 0);
    Str from = str_from(html, (size_t)last + sizeof "name=\"letter\" value=\"" - 1), id, rest;
    str_cut(from, S("\""), &id, &rest);
    return str_fmt(a, "&as=text&letter=" PRI_STR, STR_ARG(id));
}

static void what_a_review_orders_is_answered_by_a_second_sheet(void **state)
{
    (void)state;
    Registered done = asked_for("河堤验收材料");
    RequestId id = done.id;
    drafted(id, missing(), "on", 303);
    signed_and_sent(id, "XA12345678911");
    Str review = case_opened("河堤验收材料", done.code);
    case_step(review, "decided",
              str_fmt(a, "&result=redo&until=" PRI_STR PRI_STR,
                      STR_ARG(date_iso(a, (Date){app.today.days + 9})),
                      STR_ARG(field("document", S("示府复〔2026〕7号")))),
              303);
    Str html = page(&officer, review, 200);
    shows(html, "起草重新答复");
    shows(html, "文书写明的期限");
    html = page(&officer, at(id, ""), 200);
    shows(html, "责令重新答复，最迟");
    shows(html, "重新答复：拟定答复");
    shows(told_to_applicant(&done, S("")), "责令重新答复，最迟");
    html = page(&officer, at(id, "/decision"), 200);
    shows(html, "示府复〔2026〕7号");
    shows(html, "第1次决定");
    shows(page(&officer, at(id, "/decisions/1"), 200), "公复〔");
    arrived(id, "/decisions/1/delivery"); // the first reply, while the second is in hand
    Str again = str_cat(a, S("&outcome=not_made"),
                        str_cat(a, field("search", S("重新检索到原始记录，没有现成的验收材料")),
                                field("reason", S("需要加工、分析"))));
    drafted(id, again, "on", 303);
    html = page(&legal, at(id, "/decision"), 200);
    shows(html, "不再计入表三");
    shows(html, "现重新答复如下");
    page(&supervisor, at(id, "/decision/edit"), 403);
    signed_and_sent(id, "XA12345678922");
    shows(page(&officer, review, 200), "重新处理并答复");
    hides(page(&officer, review, 200), "待重新处理");
    html = told_to_applicant(&done, S(""));
    shows(html, "重新答复。");
    shows(html, "（重新答复）");
    hides(html, "没有现成的验收材料"); // reading it is receiving it
    html = told_to_applicant(&done, letter_asked(html));
    shows(html, "没有现成的验收材料");
    shows(html, "对重新答复不满意的");
    html = page(&officer, at(id, "/decision"), 200);
    shows(html, "已送达");
    html = page(&officer, at(id, "/decisions/1"), 200);
    shows(html, "护坡"); // as it was
    shows(html, "已送达");
    page(&officer, at(id, "/decisions/9"), 404);
    shows(page(&officer, S("/desk/figures/requests?row=r4_1&col=natural"), 200), "河堤验收材料");
    hides(page(&officer, S("/desk/figures/requests?row=r4_2&col=natural"), 200), "河堤验收材料");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_outcome_is_chosen_by_seven_questions),
        cmocka_unit_test(a_draft_is_kept_in_any_condition_and_sent_on_when_all_is_said),
        cmocka_unit_test(from_the_first_draft_to_the_post),
        cmocka_unit_test(what_a_review_orders_is_answered_by_a_second_sheet),
        cmocka_unit_test(whoever_drafted_sees_why_they_cannot_go_on),
        cmocka_unit_test(powers_are_kept_apart),
        cmocka_unit_test(a_return_says_why_and_comes_back_to_the_drafter),
        cmocka_unit_test(of_two_at_once_the_second_is_told),
        cmocka_unit_test(a_partial_reply_is_written_piece_by_piece),
        cmocka_unit_test(a_third_party_is_asked_heard_and_weighed),
        cmocka_unit_test(a_section_and_a_day_are_given_with_it),
        cmocka_unit_test(the_site_may_do_without_the_sections_review),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("decision", tests, begin, end);
}
