// What an applicant sees and does after filing, over the program itself: number and code, the
// correction, confirming the day, another way, withdrawing, what they take home; and what guessing
// gets.
#include "../test.h"

#include "app/applicant_mail.h"
#include "app/config.h"
#include "app/letter.h"
#include "app/request_public.h"
#include "app/request_work.h"
#include "citizen_site.h"
#include "store/attachment.h"
#include "store/audit_find.h"
#include "store/organ.h"
#include "store/outbox.h"

static SiteBox *box;
static Arena *a;
static App app;
static Program site;
static OrganId housing;
static Citizen zhang;
static Jar officer, reader;

static int begin(void **state)
{
    static const char *const many[] = {"GONGKAI_APPLY_PER_DAY=0", NULL};
    Err err = {0};
    Organ organ;
    if (desk_site_open(state, &box, &a, &app) != 0)
        return -1;
    housing = organ_make(&app, a, "示例县住房和城乡建设局", (OrganId){0});
    site = program_serve(box, many);
    officer = jar_of(&app, a, site.port,
                     person_make(&app, a, "zhou", "周衡", housing, 1u << ROLE_OFFICER));
    reader = jar_of(&app, a, site.port,
                    person_make(&app, a, "shen", "沈计", housing, 1u << ROLE_AUDITOR));
    if (!store_organ_get(app.db, &app.scope, housing, a, &organ, &err))
        return -1;
    zhang = (Citizen){
        .a = a, .jar = {.a = a, .port = site.port}, .path = str_cat(a, S("/apply/"), organ.slug)};
    return site.port ? 0 : -1;
}

static int end(void **state)
{
    return desk_site_close(state, &app, &site);
}

static int forms;

static Paper filed(const char *more)
{
    return citizen_filed(&zhang, str_to_z(a, str_fmt(a, "progress-%d", ++forms)), more);
}

static Paper paper_with(Str number, Str code)
{
    return (Paper){.number = number, .code = code};
}

static RequestId id_of(const Paper *paper)
{
    App own;
    RequestId id;
    Err err = {0};
    Ticket ticket = {paper->number, paper->code};
    if (!request_ticket(&app, &ticket, a, &own, &id, &err))
        fail_msg("%s", err.en);
    return id;
}

// As whatever leads to it would record it.
static void step(const Paper *paper, FactKind kind, int ago, int workdays)
{
    Err err = {0};
    RequestStep s = {.id = id_of(paper),
                     .fact = {.kind = kind,
                              .on = {app.today.days - ago},
                              .workdays = workdays,
                              .until = date_none},
                     .outcome = OUTCOME_NOT_EXISTING};
    CLEANUP(act_end) Act act = {0};
    RequestWork work;
    if (!act_begin(&app, &act, &err) || !request_load(&app, s.id, 0, a, &work, &err) ||
        !request_take(&app, &work, &s, a, &err) ||
        !request_note(&act, ACT_REQUEST_STEP, &work, a, &err) || !act_commit(&act, &err))
        fail_msg("%s", err.en);
}

static Str act(const Paper *paper, const char *target, const char *more, int status)
{
    return citizen_post(&zhang, target, str_cat(a, citizen_ticket(&zhang, paper), str_z(more)),
                        status)
        .body;
}

static Str say(const Paper *paper, const char *kind, const char *text, int status)
{
    Str more = str_fmt(a, "&once=say-%d&kind=%s", ++forms, kind);
    more = str_cat(a, more, form_field(a, "text", str_z(text)));
    return act(paper, "/progress/say", str_to_z(a, more), status);
}

static char *desk_path(const Paper *paper, const char *tail)
{
    return str_to_z(a, str_fmt(a, "/desk/requests/%lld%s", (long long)id_of(paper).n, tail));
}

// --- number and code

static void progress_needs_number_and_code(void **state)
{
    (void)state;
    Paper paper = filed("");
    assert_int_equal(paper.code.n, 14); // three groups of four
    Str html = citizen_progress(&zhang, &paper, 200);
    shows(html, "将与您联系确认");
    hides(html, "000000199001010018");
    hides(html, "0000-0000000");
    Str typed = str_replace(a, str_replace(a, paper.number, S("〔"), S("（")), S("〕"), S(" ) "));
    Paper loose = paper_with(typed, str_replace(a, paper.code, S(" "), S("-")));
    shows(citizen_progress(&zhang, &loose, 200), "将与您联系确认");
}

static void a_wrong_code_and_a_number_that_is_none_are_answered_alike(void **state)
{
    (void)state;
    Paper paper = filed(""), wrong = paper_with(paper.number, S("0000 0000 0000")),
          none = paper_with(S("示住建依申〔2019〕1号"), paper.code);
    Str of_wrong = citizen_progress(&zhang, &wrong, 422);
    Str of_none = citizen_progress(&zhang, &none, 422);
    shows(of_wrong, "编号或者查询码不对");
    assert_int_equal(
        str_replace(a, of_wrong, wrong.number, S("")).n -
            str_replace(a, str_replace(a, of_none, none.number, S("")), none.code, wrong.code).n,
        0);
}

static ErrKind looked_up(const char *ip, Str number, Str code)
{
    App there = app, own;
    RequestId id;
    Err err = {0};
    Ticket ticket = {number, code};
    there.actor.ip = str_z(ip);
    return request_ticket(&there, &ticket, a, &own, &id, &err) ? ERR_NONE : err.kind;
}

static void guessing_codes_of_a_number_ends_and_locks_nobody_else_out(void **state)
{
    (void)state;
    Paper paper = filed("");
    Str none = S("示住建依申〔2018〕7号"), guess = S("0000 0000 0000");
    for (int i = 0; i < 30; i++) {
        assert_int_equal(looked_up("203.0.113.56", paper.number, guess), ERR_MISSING);
        assert_int_equal(looked_up("203.0.113.56", none, guess), ERR_MISSING);
    }
    assert_int_equal(looked_up("203.0.113.56", paper.number, guess), ERR_LIMIT);
    assert_int_equal(looked_up("203.0.113.56", none, guess), ERR_LIMIT); // as if it were one
    assert_int_equal(looked_up("203.0.113.56", paper.number, paper.code), ERR_LIMIT);
    zhang.jar.from = S("203.0.113.56");
    shows(jar_send(&zhang.jar, "/progress", citizen_ticket(&zhang, &paper)).body,
          "一小时内已经试错30次");
    zhang.jar.from = S("");
    Paper other = filed("");
    assert_int_equal(looked_up("203.0.113.56", other.number, other.code), ERR_NONE);
    assert_int_equal(looked_up("203.0.113.99", paper.number, paper.code), ERR_NONE);
}

static void one_address_may_look_so_often_a_minute(void **state)
{
    (void)state;
    Paper paper = filed("");
    int refused = 0;
    zhang.jar.from = S("203.0.113.55");
    for (int i = 0; i < 25; i++)
        refused += jar_send(&zhang.jar, "/progress", citizen_ticket(&zhang, &paper)).status == 429;
    zhang.jar.from = S("");
    assert_true(refused >= 3);
}

// --- what the applicant says

static void a_correction_starts_the_term_again(void **state)
{
    (void)state;
    Paper paper = filed("");
    hides(citizen_progress(&zhang, &paper, 200), "请补正</h2>");
    step(&paper, FACT_CONFIRMED, 0, 0);
    step(&paper, FACT_CORRECTION_ASKED, 0, 10);
    shows(citizen_progress(&zhang, &paper, 200), "请补正</h2>");
    shows(say(&paper, "corrected", "", 422), "请填写“补正”的内容");
    Str more =
        str_cat(a, S("&once=corr&kind=corrected"), form_field(a, "text", S("2024年3月的合同")));
    Str form = str_cat(a, citizen_ticket(&zhang, &paper), more);
    Str html =
        citizen_send_file(&zhang, "/progress/say", form, "file", "a.jpg", citizen_photo(), 200)
            .body;
    shows(html, "已经收到");
    shows(html, "收到补正");
    shows(html, "2024年3月的合同");
    shows(html, "附了文件");
    shows(citizen_post(&zhang, "/progress/say", form, 200).body, "没有重复登记");
    html = page(&officer, desk_path(&paper, ""), 200);
    shows(html, "2024年3月的合同");
    shows(html, "附的文件");
}

static void a_correction_with_a_bad_file_loses_nothing(void **state)
{
    (void)state;
    Paper paper = filed("");
    step(&paper, FACT_CONFIRMED, 0, 0);
    step(&paper, FACT_CORRECTION_ASKED, 0, 10);
    Str more = str_cat(a, S("&once=badc&kind=corrected"), form_field(a, "text", S("补正的文字")));
    Str form = str_cat(a, citizen_ticket(&zhang, &paper), more);
    Str html =
        citizen_send_file(&zhang, "/progress/say", form, "file", "a.jpg", S("MZ\x90 x"), 422).body;
    shows(html, "程序和脚本");
    shows(html, "补正的文字</textarea>");
    shows(html, "请补正</h2>");
}

static void the_day_of_receipt_is_confirmed_by_both(void **state)
{
    (void)state;
    Paper paper = filed(""), other = filed("");
    shows(say(&paper, "agreed", "", 422), "不能“确认收到日期无误”");
    step(&paper, FACT_CONFIRMED, 0, 0);
    shows(citizen_progress(&zhang, &paper, 200), "收到日期对吗");
    Str html = say(&paper, "agreed", "", 200);
    hides(html, "收到日期对吗");
    shows(page(&officer, desk_path(&paper, ""), 200), "确认收到日期无误");
    step(&other, FACT_CONFIRMED, 0, 0);
    shows(say(&other, "disagreed", "没有人与我联系过", 200), "没有人与我联系过");
    shows(say(&other, "disagreed", "再说一次", 422), "不用再提交");
}

static void more_may_be_said_until_it_is_answered(void **state)
{
    (void)state;
    Paper paper = filed("");
    shows(say(&paper, "added", "合同在2024年<b>6月</b>签订", 200), "&lt;b&gt;6月&lt;/b&gt;");
    shows(say(&paper, "corrected", "没有人要求", 422), "不能“补正”");
    shows(say(&paper, "nothing", "x", 422), "请从查询页面上的按钮提交");
    shows(say(&paper, "help", "x", 422), "不能“需要的帮助”");
    step(&paper, FACT_CONFIRMED, 0, 0);
    step(&paper, FACT_ANSWERED, 0, 0);
    shows(say(&paper, "added", "太晚了", 422), "不能“补充说明”");
}

static void another_way_of_receiving_is_chosen(void **state)
{
    (void)state;
    Paper paper = filed("");
    Str html = act(&paper, "/progress/say", "&kind=way&form=paper&way=mail&once=way-1", 422);
    shows(html, "要邮寄，请填写通信地址");
    Str more = str_cat(a, S("&kind=way&form=paper&way=mail&once=way-2"),
                       form_field(a, "address", S("示例市示例路100号")));
    shows(act(&paper, "/progress/say", str_to_z(a, more), 200), "纸质件，邮寄");
    shows(page(&officer, desk_path(&paper, ""), 200), "示例市示例路100号");
    shows(act(&paper, "/progress/say", "&kind=way&form=x&way=y&once=way-3", 422), "请选择");
}

static void it_is_withdrawn_only_when_it_is_meant(void **state)
{
    (void)state;
    Paper paper = filed("");
    shows(act(&paper, "/progress/withdraw", "&once=w-1", 422), "请勾选“我确定要撤回”");
    shows(act(&paper, "/progress/withdraw", "&once=w-2&sure=1", 200), "申请已经撤回");
    shows(act(&paper, "/progress/withdraw", "&once=w-2&sure=1", 200), "没有重复登记");
    act(&paper, "/progress/withdraw", "&once=w-3&sure=1", 422);
    hides(citizen_progress(&zhang, &paper, 200), "我确定要撤回");
}

static void a_reply_is_received_and_may_be_suggested_for_everybody(void **state)
{
    (void)state;
    Paper paper = filed("");
    step(&paper, FACT_CONFIRMED, 0, 0);
    step(&paper, FACT_ANSWERED, 0, 0);
    Str html = citizen_progress(&zhang, &paper, 200);
    shows(html, "我已经收到答复");
    html = say(&paper, "received", "", 200);
    shows(html, "送达");
    hides(html, "我已经收到答复");
    shows(say(&paper, "publish", "大家都关心", 200), "大家都关心");
    shows(say(&paper, "publish", "再提一次", 422), "不用再提交");
}

// --- what they take home

static void the_receipt_is_the_same_whenever_it_is_asked_for(void **state)
{
    (void)state;
    Paper paper = filed("");
    Reply r = citizen_post(&zhang, "/progress/receipt", citizen_ticket(&zhang, &paper), 200);
    assert_str(r.body, paper.receipt);
    shows(reply_header(&r, "Content-Disposition"), "attachment");
}

static void days_for_a_calendar(void **state)
{
    (void)state;
    Paper paper = filed("");
    step(&paper, FACT_CONFIRMED, 0, 0);
    Reply r = citizen_post(&zhang, "/progress/calendar", citizen_ticket(&zhang, &paper), 200);
    shows(reply_header(&r, "Content-Type"), "text/calendar");
    shows(r.body, "BEGIN:VEVENT\r\n");
    shows(r.body, "答复期限届满");
    Paper wrong = paper_with(paper.number, S("0000 0000 0000"));
    citizen_post(&zhang, "/progress/calendar", citizen_ticket(&zhang, &wrong), 422);
}

static void files_are_for_who_has_the_code_of_their_request(void **state)
{
    (void)state;
    Paper paper = filed("");
    shows(act(&paper, "/progress/file", "&file=1", 422), "没有办成");
}

// --- letters and remedies

static int64_t letter(const Paper *paper, LetterKind kind)
{
    Err err = {0};
    CLEANUP(act_end) Act act = {0};
    RequestWork work;
    Letter l;
    LetterText text = {
        .title = letter_title(kind),
        .addressee = S("张三"),
        .body = S("经检索，没有您申请的信息。\n如不服本答复，可以申请行政复议、提起行政诉讼。"),
        .on = app.today};
    if (!act_begin(&app, &act, &err) || !request_load(&app, id_of(paper), 0, a, &work, &err) ||
        !letter_issue(&act, letter_owner_request(&work.request), kind, &text, a, &l, &err) ||
        !act_commit(&act, &err))
        fail_msg("%s", err.en);
    return l.id.n;
}

static void a_reply_is_there_when_it_has_gone_out_and_fetching_it_is_receiving_it(void **state)
{
    (void)state;
    Paper paper = filed(""), other = filed("");
    step(&paper, FACT_CONFIRMED, 0, 0);
    char *more =
        str_to_z(a, str_fmt(a, "&letter=%lld",
                            (long long)letter(&paper, letter_reply(OUTCOME_NOT_EXISTING))));
    hides(citizen_progress(&zhang, &paper, 200), "文书</h2>"); // signed, and still the organ's
    shows(act(&paper, "/progress/letter", more, 422), "没有这份文书");
    step(&paper, FACT_ANSWERED, 0, 0);
    shows(citizen_progress(&zhang, &paper, 200), "文书</h2>");
    shows(act(&other, "/progress/letter", more, 422), "没有这份文书"); // of another request
    Str form = str_cat(a, citizen_ticket(&zhang, &paper), str_z(more));
    Reply r = citizen_post(&zhang, "/progress/letter", form, 200);
    assert_str(reply_header(&r, "Content-Type"), S("application/pdf"));
    assert_true(str_starts(r.body, S("%PDF-")));
    Str html = citizen_progress(&zhang, &paper, 200);
    shows(html, "申请人在平台收取");
    hides(html, "我已经收到答复");
    citizen_post(&zhang, "/progress/letter", form, 200); // again, and nothing twice
    shows(html, "不满意怎么办");
    shows(html, "复议");
    r = citizen_post(&zhang, "/progress/calendar", citizen_ticket(&zhang, &paper), 200);
    shows(r.body, "复议");
}

static void a_letter_is_read_on_the_page_and_the_reply_by_receiving_it(void **state)
{
    (void)state;
    Paper paper = filed("");
    step(&paper, FACT_CONFIRMED, 0, 0);
    letter(&paper, LETTER_CORRECTION);
    shows(citizen_progress(&zhang, &paper, 200), "经检索，没有您申请的信息。"); // its text
    Paper done = filed("");
    step(&done, FACT_CONFIRMED, 0, 0);
    char *more = str_to_z(a, str_fmt(a, "&as=text&letter=%lld",
                                     (long long)letter(&done, letter_reply(OUTCOME_NOT_EXISTING))));
    shows(act(&done, "/progress/letter", more, 422), "没有这份文书"); // still the organ's
    step(&done, FACT_ANSWERED, 0, 0);
    Str html = citizen_progress(&zhang, &done, 200);
    hides(html, "经检索，没有您申请的信息。"); // a look at the request receives nothing
    shows(html, "就登记为您收到了答复");
    html = act(&done, "/progress/letter", more, 200);
    shows(html, "经检索，没有您申请的信息。");
    shows(html, "申请人在平台收取");
    shows(citizen_progress(&zhang, &done, 200), "经检索，没有您申请的信息。"); // from now on
}

// --- other ways to show what answers a form

static void another_way_to_show_the_page_loses_nothing(void **state)
{
    (void)state;
    Paper paper = filed("");
    Str html = citizen_progress(&zhang, &paper, 200);
    shows(html, "formaction=\"/progress?mode=elder");
    hides(html, "href=\"/progress?mode=elder");
    Str elder =
        citizen_post(&zhang, "/progress?mode=elder", citizen_ticket(&zhang, &paper), 200).body;
    shows(elder, "data-mode=\"elder\"");
    shows(elder, "城东片区改造施工合同");
    char *path = str_to_z(a, str_cat(a, zhang.path, S("?mode=elder")));
    Str form = str_replace(a, citizen_answers(&zhang, 3, ""), S("go=on"), S("go=stay"));
    elder = citizen_post(&zhang, path, form, 200).body;
    shows(elder, "aria-current=\"step\">需要的信息");
    shows(elder, "2024年签订，含工程量清单");
}

// --- mail

static Mails mails(void)
{
    Mails found;
    int64_t total;
    Err err = {0};
    MailAsk ask = {.limit = 50};
    if (!store_outbox_list(app.db, &app.scope, &ask, a, &found, &total, &err))
        fail_msg("%s", err.en);
    return found;
}

static void run_mail(void)
{
    static Config config;
    config.mail.host = S("mail.example");
    config.mail.from = S("xxgk@example.gov.cn");
    config.mail.from_name = S("示例县政府信息公开平台");
    config.base_url = S("https://xxgk.example.gov.cn");
    Str did;
    Err err = {0};
    app.config = &config;
    bool ok = app_applicant_mail(&app, a, &did, &err);
    app.config = NULL;
    if (!ok)
        fail_msg("%s", err.en);
}

static void mail_tells_that_something_happened_and_never_what(void **state)
{
    (void)state;
    Paper paper = filed("&notify=1&email=zhang%40example.com");
    run_mail();
    size_t before = mails().n;
    step(&paper, FACT_CONFIRMED, 0, 0);
    run_mail();
    run_mail();
    Mails all = mails();
    assert_int_equal(all.n, before + 1);
    Mail whole;
    const Mail *m = &whole;
    Err err = {0};
    assert_true(store_outbox_get(app.db, &app.scope, all.v[0].id, a, &whole, &err));
    assert_str(m->to, S("zhang@example.com"));
    shows(m->subject, "收到申请的日期已经确认");
    shows(m->body, "最迟");
    shows(m->body, "https://xxgk.example.gov.cn/progress");
    hides(m->body, "施工合同");
    hides(m->subject, "施工合同");
    hides(m->body, str_to_z(a, paper.code));
    shows(act(&paper, "/progress/mail", "&wanted=0&once=m-1", 200), "有进展时发邮件告诉我");
    step(&paper, FACT_CORRECTION_ASKED, 0, 10);
    run_mail();
    assert_int_equal(mails().n, all.n);
}

static void who_wants_no_mail_gets_none(void **state)
{
    (void)state;
    size_t before = mails().n;
    Paper paper = filed("&email=zhang%40example.com");
    step(&paper, FACT_CONFIRMED, 0, 0);
    run_mail();
    assert_int_equal(mails().n, before);
}

// --- officers

static void the_number_is_shown_on_demand_and_each_time_noted(void **state)
{
    (void)state;
    Paper paper = filed("");
    AuditFilter shown = {.act = S("request.reveal")};
    AuditHits hits;
    Err err = {0};
    Str html = page(&officer, desk_path(&paper, ""), 200);
    shows(html, "0000**********0018");
    hides(html, "000000199001010018");
    Reply r = jar_post(&officer, desk_path(&paper, "/identity"), "");
    assert_int_equal(r.status, 200);
    shows(r.body, "000000199001010018");
    assert_true(store_audit_find(app.db, &app.scope, &shown, 0, 9, a, &hits, &err));
    assert_int_equal(hits.n, 1);
    assert_str(hits.v[0].line.actor.name, S("周衡"));
    assert_int_equal(jar_post(&reader, desk_path(&paper, "/identity"), "").status, 403);
    Str form = S("csrf=wrong&once=x");
    assert_int_equal(jar_send(&officer, desk_path(&paper, "/identity"), form).status, 403);
}

static void a_new_code_is_given_out_and_the_old_one_is_none_any_more(void **state)
{
    (void)state;
    Paper paper = filed("");
    AuditFilter given = {.act = S("request.code")};
    AuditHits hits;
    Err err = {0};
    shows(page(&officer, desk_path(&paper, ""), 200), "出具新的查询码");
    assert_int_equal(jar_post(&reader, desk_path(&paper, "/code"), "").status, 403);
    citizen_progress(&zhang, &paper, 200); // still as it was
    Reply r = jar_post(&officer, desk_path(&paper, "/code"), "");
    assert_int_equal(r.status, 200);
    Paper renewed =
        paper_with(paper.number, between(r.body, S("<dt>查询码</dt><dd><b>"), S("</b>")));
    citizen_progress(&zhang, &paper, 422);
    citizen_progress(&zhang, &renewed, 200);
    // what is sealed about the applicant opens with the new one
    shows(jar_post(&officer, desk_path(&renewed, "/identity"), "").body, "000000199001010018");
    assert_true(store_audit_find(app.db, &app.scope, &given, 0, 9, a, &hits, &err));
    assert_int_equal(hits.n, 1);
    hides(hits.v[0].line.became, str_to_z(a, renewed.code));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(progress_needs_number_and_code),
        cmocka_unit_test(a_wrong_code_and_a_number_that_is_none_are_answered_alike),
        cmocka_unit_test(guessing_codes_of_a_number_ends_and_locks_nobody_else_out),
        cmocka_unit_test(one_address_may_look_so_often_a_minute),
        cmocka_unit_test(a_correction_starts_the_term_again),
        cmocka_unit_test(a_correction_with_a_bad_file_loses_nothing),
        cmocka_unit_test(the_day_of_receipt_is_confirmed_by_both),
        cmocka_unit_test(more_may_be_said_until_it_is_answered),
        cmocka_unit_test(another_way_of_receiving_is_chosen),
        cmocka_unit_test(it_is_withdrawn_only_when_it_is_meant),
        cmocka_unit_test(a_reply_is_received_and_may_be_suggested_for_everybody),
        cmocka_unit_test(the_receipt_is_the_same_whenever_it_is_asked_for),
        cmocka_unit_test(days_for_a_calendar),
        cmocka_unit_test(files_are_for_who_has_the_code_of_their_request),
        cmocka_unit_test(a_reply_is_there_when_it_has_gone_out_and_fetching_it_is_receiving_it),
        cmocka_unit_test(a_letter_is_read_on_the_page_and_the_reply_by_receiving_it),
        cmocka_unit_test(another_way_to_show_the_page_loses_nothing),
        cmocka_unit_test(mail_tells_that_something_happened_and_never_what),
        cmocka_unit_test(who_wants_no_mail_gets_none),
        cmocka_unit_test(the_number_is_shown_on_demand_and_each_time_noted),
        cmocka_unit_test(a_new_code_is_given_out_and_the_old_one_is_none_any_more),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("progress", tests, begin, end);
}
