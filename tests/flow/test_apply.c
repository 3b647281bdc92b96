// An applicant, over the program itself: what is public already, the form in its steps, its file,
// its draft, the receipt; and what attackers send.
#include "../test.h"

#include "app/request_public.h"
#include "citizen_site.h"
#include "store/attachment.h"
#include "store/audit_find.h"
#include "store/organ.h"
#include "store/publication.h"

static SiteBox *box;
static Arena *a;
static App app;
static Program site;
static OrganId housing;
static Citizen zhang;
static Jar nobody, officer;

static int begin(void **state)
{
    static const char *const few[] = {"GONGKAI_APPLY_PER_DAY=6", NULL};
    Err err = {0};
    Organ organ;
    if (desk_site_open(state, &box, &a, &app) != 0)
        return -1;
    housing = organ_make(&app, a, "示例县住房和城乡建设局", (OrganId){0});
    organ_make(&app, a, "示例县水务局", (OrganId){0});
    site = program_serve(box, few);
    nobody = (Jar){.a = a, .port = site.port};
    officer = jar_of(&app, a, site.port,
                     person_make(&app, a, "zhou", "周衡", housing, 1u << ROLE_OFFICER));
    if (!store_organ_get(app.db, &app.scope, housing, a, &organ, &err))
        return -1;
    zhang = (Citizen){.a = a, .jar = nobody, .path = str_cat(a, S("/apply/"), organ.slug)};
    return site.port ? 0 : -1;
}

static int end(void **state)
{
    return desk_site_close(state, &app, &site);
}

static Str send(Str form, int status)
{
    return citizen_send(&zhang, form, status).body;
}

static Str with(Str form, const char *what, const char *instead)
{
    return str_replace(a, form, str_z(what), str_z(instead));
}

// The same of a value, as forms write it.
static Str with_value(Str form, const char *what, const char *instead)
{
    return str_replace(a, form, form_encode(a, str_z(what)), form_encode(a, str_z(instead)));
}

// --- before writing

static void the_way_there_is_shown(void **state)
{
    (void)state;
    Str html = page(&nobody, "/apply", 200);
    shows(html, "示例县住房和城乡建设局");
    shows(html, str_to_z(a, zhang.path));
    shows(html, "不收费");
    shows(html, "城东路15号院房屋征收补偿方案");
}

static Str found(const char *words)
{
    return page(&nobody, str_to_z(a, str_cat(a, S("/apply?q="), form_encode(a, str_z(words)))),
                200);
}

static void whose_it_may_be_is_told_by_name_and_by_subject(void **state)
{
    (void)state;
    Str html = found("水务局");
    shows(html, "向示例县水务局申请");
    shows(html, "名称相符");
    html = found("老旧小区改造的施工合同");
    shows(html, "向示例县住房和城乡建设局申请");
    shows(html, "一般负责住房和建设工程");
    shows(found("小區改造"), "向示例县住房和城乡建设局申请");
    shows(found("你好"), "看不出由谁负责");
}

static void what_was_looked_for_goes_along(void **state)
{
    (void)state;
    Str html = found("河道清淤合同");
    Str door = str_cat(a, S("/apply/"), between(html, S("<li><a href=\"/apply/"), S("\"")));
    shows(door, "about=");
    shows(page(&nobody, str_to_z(a, door), 200), "value=\"河道清淤合同\"");
}

static void html_that_is_looked_for_stays_text(void **state)
{
    (void)state;
    hides(found("<img src=x onerror=alert(1)>"), "<img src=x");
}

static void a_section_takes_no_requests(void **state)
{
    (void)state;
    Err err = {0};
    Organ o;
    organ_from_name(S("示例县住房和城乡建设局办公室"), &o);
    o.kind = ORGANKIND_SECTION;
    o.parent = housing;
    o.slug = S("jianshe-office");
    assert_true(store_organ_add(app.db, BOX_SITE, &o, a, &err));
    assert_int_equal(jar_get(&nobody, "/apply/jianshe-office").status, 404);
}

// --- steps

static void each_step_keeps_what_was_written(void **state)
{
    (void)state;
    Str html = send(citizen_answers(&zhang, 2, ""), 200);
    shows(html, "aria-current=\"step\">需要的信息");
    shows(html, "value=\"000000199001010018\"");
    html = send(citizen_answers(&zhang, 4, ""), 200);
    shows(html, "核对并提交");
    shows(html, "城东片区改造施工合同");
    html = send(with(citizen_answers(&zhang, 4, ""), "go=on", "go=back"), 200);
    shows(html, "aria-current=\"step\">需要的信息");
    shows(html, "2024年签订，含工程量清单");
    html = send(with(citizen_answers(&zhang, 5, ""), "go=on", "go=edit-2"), 200);
    shows(html, "aria-current=\"step\">身份和联系方式");
}

static void an_organisation_is_asked_other_things(void **state)
{
    (void)state;
    Str f = with(citizen_answers(&zhang, 1, ""), "kind=natural", "kind=business");
    Str html = send(f, 200);
    shows(html, "统一社会信用代码");
    shows(html, "法定代表人或者负责人");
    shows(html, "单位全称");
    html = send(with(citizen_answers(&zhang, 2, ""), "kind=natural", "kind=legal"), 422);
    shows(html, "请填写法定代表人或者负责人");
    shows(html, "请填写联系人");
    hides(page(&nobody, str_to_z(a, zhang.path), 200), "name=\"representative\"");
}

static void numbers_that_look_wrong_may_be_right(void **state)
{
    (void)state;
    Str f = with_value(citizen_answers(&zhang, 2, ""), "000000199001010018", "000000199001010019");
    Str html = send(f, 200);
    shows(html, "校验码");
    shows(html, "aria-current=\"step\">身份和联系方式");
    Str sure = between(html, S("name=\"sure\" value=\""), S("\""));
    html = send(str_cat(a, f, str_cat(a, S("&sure="), sure)), 200);
    shows(html, "aria-current=\"step\">需要的信息");
    Str other = with_value(f, "000000199001010019", "000000199001010017"); // said of another number
    shows(send(str_cat(a, other, str_cat(a, S("&sure="), sure)), 200), "校验码");
    f = with(citizen_answers(&zhang, 2, "&representative=x&contact=y"), "kind=natural",
             "kind=business");
    shows(send(f, 200), "统一社会信用代码：");
}

static void what_is_missing_is_said_at_its_step(void **state)
{
    (void)state;
    Str f = with(citizen_answers(&zhang, 5, "&true=1"), "&phone=", "&other=");
    Str html = send(f, 422);
    shows(html, "请填写联系电话");
    shows(html, "aria-current=\"step\">身份和联系方式");
    html = send(with(citizen_answers(&zhang, 4, ""), "way=platform", "way=mail"), 422);
    shows(html, "要邮寄，请填写通信地址");
    shows(html, "aria-current=\"step\">获取方式和帮助");
    shows(send(citizen_answers(&zhang, 4, "&notify=1"), 422), "要用邮件告诉您进展");
}

static void the_number_is_masked_on_the_page_to_check(void **state)
{
    (void)state;
    Str html = send(citizen_answers(&zhang, 4, ""), 200);
    shows(html, "0000**********0018");
}

// --- the file

static Str uploaded(Str bytes, const char *name, int status)
{
    return citizen_send_file(&zhang, str_to_z(a, zhang.path), citizen_answers(&zhang, 2, ""),
                             "proof", name, bytes, status)
        .body;
}

static void a_photograph_is_kept_shown_back_and_sent_along(void **state)
{
    (void)state;
    Str html = uploaded(citizen_photo(), "zhengjian.jpg", 200);
    Str key = page_value(a, html, "proof_key");
    assert_int_equal(key.n, 32);
    Reply r = citizen_post(&zhang, "/apply/preview", str_cat(a, S("proof_key="), key), 200);
    assert_str(reply_header(&r, "Content-Type"), S("image/jpeg"));
    shows(r.head, "sandbox");
    hides(r.body, "GPS");
    Paper paper =
        citizen_filed(&zhang, "aaaaaaaaaaaaaaaa", str_to_z(a, str_cat(a, S("&proof_key="), key)));
    Err err = {0};
    Attachments kept;
    assert_true(store_attachment_list(app.db, &app.scope, housing, S("request"), a, &kept, &err));
    assert_int_equal(kept.n, 1);
    assert_true(kept.v[0].private);
    assert_true(paper.number.n > 0);
    citizen_post(&zhang, "/apply/preview", str_cat(a, S("proof_key="), key),
                 404); // no longer there
    char *path = str_to_z(a, str_fmt(a, "/desk/files/%lld", (long long)kept.v[0].id));
    r = jar_get(&officer, path);
    assert_int_equal(r.status, 200);
    hides(r.body, "GPS");
    Jar admin =
        jar_of(&app, a, site.port, person_make(&app, a, "guan", "管理", housing, 1u << ROLE_ADMIN));
    assert_int_equal(jar_get(&admin, path).status, 404); // other private files of the organ, yes
}

typedef struct BadFile {
    const char *name, *bytes, *why;
} BadFile;

static const BadFile bad_files[] = {
    {"card.jpg.exe", "MZ\x90 This program", "程序和脚本"},
    {"card.jpg", "<html><script>alert(1)</script>", "网页和脚本"},
    {"card.jpg", "\xff\xd8\xff<script>alert(1)</script>", "损坏"},
    {"card.pdf", "%PDF-1.4 /JavaScript (x) %%EOF", "脚本"},
    {"card.txt", "my number", "照片（JPEG、PNG）或者PDF"},
    {"../../etc/passwd", "#!/bin/sh", "程序和脚本"},
};

static void bad_files_are_refused_by_what_they_are_and_nothing_typed_is_lost(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bad_files / sizeof *bad_files; i++) {
        Str html = uploaded(str_z(bad_files[i].bytes), bad_files[i].name, 422);
        shows(html, bad_files[i].why);
        shows(html, "value=\"000000199001010018\"");
        shows(html, "城东片区改造施工合同");
        hides(html, "name=\"proof_key\"");
    }
}

static void a_scan_of_50_mb_is_told_how_to_be_smaller(void **state)
{
    (void)state;
    Arena scratch = *a;
    Str scan = {NEW(&scratch, char, 50 << 20), 50 << 20};
    memcpy((char *)scan.s, "%PDF-1.4", 8);
    Citizen own = zhang;
    own.a = &scratch;
    Str html = citizen_send_file(&own, str_to_z(&scratch, zhang.path), citizen_answers(&own, 2, ""),
                                 "proof", "scan.pdf", scan, 422)
                   .body;
    shows(html, "文件有50MB，最大10MB");
    shows(html, "value=\"000000199001010018\"");
}

static void names_of_files_bring_no_headers(void **state)
{
    (void)state;
    Str html = uploaded(citizen_photo(), "a%0D%0ASet-Cookie: x=1.jpg", 200);
    hides(html, "\nSet-Cookie");
    Reply r = citizen_post(&zhang, "/apply/preview",
                           str_cat(a, S("proof_key="), page_value(a, html, "proof_key")), 200);
    assert_int_equal(reply_header(&r, "Set-Cookie").n, 0);
}

static void a_key_that_was_never_given_opens_nothing(void **state)
{
    (void)state;
    citizen_post(&zhang, "/apply/preview", S("proof_key=00000000000000000000000000000000"), 404);
    citizen_post(&zhang, "/apply/preview", S("proof_key=x"), 404);
    Str f = citizen_answers(&zhang, 5, "&true=1&once=abababababababab");
    f = str_cat(a, f, S("&proof_key=00000000000000000000000000000000&proof_name=x.jpg"));
    Str html = send(f, 422);
    shows(html, "上传的文件已经过期");
    shows(html, "城东片区改造施工合同");
}

// --- drafts

static void a_draft_is_gone_on_with_by_its_code(void **state)
{
    (void)state;
    Str f = with(citizen_answers(&zhang, 3, ""), "go=on", "go=save");
    Str html = send(f, 200);
    Str code = between(html, S("class=\"draft-code\">"), S("</b>"));
    assert_int_equal(code.n, 19);
    Str resume = str_cat(a, S("resume="), form_encode(a, code));
    html = citizen_post(&zhang, "/apply/resume", resume, 200).body;
    shows(html, "aria-current=\"step\">需要的信息");
    shows(html, "城东片区改造施工合同");
    shows(html, str_to_z(a, zhang.path));
    // saved again under the same code, and gone once the request has been sent
    Str again = str_cat(a, with_value(f, "2024年", "2023年"), str_cat(a, S("&"), resume));
    shows(send(again, 200), str_to_z(a, code));
    Str sent = str_cat(a, citizen_answers(&zhang, 5, "&true=1&once=bcbcbcbcbcbcbcbc"),
                       str_cat(a, S("&"), resume));
    send(sent, 200);
    html = citizen_post(&zhang, "/apply/resume", resume, 422).body;
    shows(html, "没有找到这份草稿");
}

static void a_code_that_was_never_given_finds_no_draft(void **state)
{
    (void)state;
    shows(citizen_post(&zhang, "/apply/resume", S("resume=0000000000000000"), 422).body,
          "没有找到这份草稿");
    shows(citizen_post(&zhang, "/apply/resume", S("resume=<b>"), 422).body, "没有找到这份草稿");
}

// --- filing

static void a_filed_request_has_a_receipt_that_proves_it(void **state)
{
    (void)state;
    Paper paper = citizen_filed(&zhang, "1111111111111111", "");
    ReceiptProof proof;
    Err err = {0};
    assert_true(receipt_verify(paper.receipt, S(""), a, &proof, &err));
    assert_str(proof.lines.v[2].value, paper.number);
    Str form = str_from(form_field(a, "text", paper.receipt), 1);
    shows(citizen_post(&zhang, "/receipt", form, 200).body, "签名相符");
    Str changed = str_replace(a, paper.receipt, S("张三"), S("李四"));
    form = str_from(form_field(a, "text", changed), 1);
    shows(citizen_post(&zhang, "/receipt", form, 422).body, "签名不符");
}

static void sent_twice_it_is_one_and_the_receipt_is_there_again(void **state)
{
    (void)state;
    const char *once = "0123456789abcdef0123456789abcdef";
    Paper first = citizen_filed(&zhang, once, ""), second = citizen_filed(&zhang, once, "");
    assert_str(second.number, first.number);
    assert_str(second.code, first.code);
    assert_str(second.receipt, first.receipt);
}

static void a_key_that_is_not_ours_gives_no_code_away(void **state)
{
    (void)state;
    citizen_filed(&zhang, "3333333333333333", "");
    Str form = str_cat(a, citizen_answers(&zhang, 5, "&true=1"), S("&once=3333333333333333"));
    shows(send(form, 422), "已经提交过");
    char key[5001] = {0};
    memset(key, 'k', sizeof key - 1);
    form = str_cat(a, citizen_answers(&zhang, 5, "&true=1"), str_fmt(a, "&once=%s", key));
    shows(send(form, 422), "不是在本站打开的");
}

static void help_that_is_needed_reaches_the_officer(void **state)
{
    (void)state;
    Paper paper = citizen_filed(&zhang, "4444444444444444", "&help=sign&help=large&help_more=x");
    App own;
    RequestId id;
    Err err = {0};
    Ticket ticket = {paper.number, paper.code};
    assert_true(request_ticket(&app, &ticket, a, &own, &id, &err));
    shows(page(&officer, "/desk/requests?tab=waiting", 200), str_to_z(a, paper.number));
    char *path = str_to_z(a, str_fmt(a, "/desk/requests/%lld", (long long)id.n));
    Str html = page(&officer, path, 200);
    shows(html, "大字号的纸质件；手语翻译；x");
    shows(html, "0000**********0018");
    hides(html, "000000199001010018");
}

static void whoever_files_is_in_the_audit_with_the_address(void **state)
{
    (void)state;
    AuditFilter filings = {.act = S("request.register")};
    AuditHits hits;
    Err err = {0};
    zhang.jar.from = S("203.0.113.77");
    citizen_filed(&zhang, "7777777777777777", "");
    zhang.jar.from = S("");
    if (!store_audit_find(app.db, &app.scope, &filings, 0, 1, a, &hits, &err))
        fail_msg("%s", err.en);
    assert_int_equal(hits.n, 1);
    assert_str(hits.v[0].line.actor.ip, S("203.0.113.77"));
    assert_str(hits.v[0].line.actor.via, S("web"));
    assert_true(hits.v[0].line.actor.request.n > 0);
}

static void one_network_files_so_many_a_day_and_is_told_what_else_to_do(void **state)
{
    (void)state;
    zhang.jar.from = S("203.0.113.99");
    for (int i = 0; i < 6; i++)
        citizen_filed(&zhang, str_to_z(a, str_fmt(a, "limit-%d", i)), "");
    Str form = citizen_answers(&zhang, 5, "&true=1&once=limit-6");
    Str html = send(form, 422);
    shows(html, "今天已经提交了6件申请");
    shows(html, "城东片区改造施工合同");
    zhang.jar.from = S("203.0.113.100");
    send(form, 200); // nothing of the refused one was spent
    zhang.jar.from = S("");
}

// --- what others asked for and is public; records of one's own

static void what_was_answered_and_made_public_is_found_first(void **state)
{
    (void)state;
    Err err = {0};
    Publication p = {.organ = housing,
                     .request = {1},
                     .why = PUBLISH_SEVERAL,
                     .title = S("示例河左岸护坡工程施工合同"),
                     .summary = S("合同全文，不公开的部分已经遮盖。"),
                     .state = PUBLICATION_PUBLIC,
                     .decided = app.today,
                     .due = app.today,
                     .published = app.today,
                     .withdrawn = date_none,
                     .created_at = app.now};
    if (!store_publication_add(app.db, app.site, &p, &err) ||
        !store_publication_save(app.db, &app.scope, &p, &err))
        fail_msg("%s", err.en);
    shows(found("护坡工程合同"), "示例河左岸护坡工程施工合同");
    hides(found("公租房配租名单"), "示例河左岸护坡工程施工合同");
}

static void a_record_of_oneself_is_asked_to_be_corrected(void **state)
{
    (void)state;
    char *path = str_to_z(a, str_replace(a, zhang.path, S("/apply/"), S("/rectify/")));
    shows(page(&nobody, "/rectify", 200), "第四十一条");
    Str f = S("kind=natural&true=1&once=rectify-1");
    f = str_cat(a, f, form_field(a, "name", S("张三")));
    f = str_cat(a, f, form_field(a, "id_kind", S("居民身份证")));
    f = str_cat(a, f, form_field(a, "id_number", S("000000199001010018")));
    f = str_cat(a, f, form_field(a, "phone", S("0000-0000000")));
    f = str_cat(a, f, form_field(a, "record", S("公租房轮候登记表")));
    f = str_cat(a, f, form_field(a, "wrong", S("家庭人口写成了2人")));
    f = str_cat(a, f, form_field(a, "claim", S("3人")));
    Str html = citizen_post(&zhang, path, f, 422).body;
    shows(html, "请填写有什么证据");
    shows(html, "家庭人口写成了2人");
    f = str_cat(a, f, form_field(a, "evidence", S("户口簿")));
    html = citizen_post(&zhang, path, f, 200).body;
    Str number = between(html, S("<dt>编号</dt><dd translate=\"no\">"), S("</dd>"));
    Str code = between(html, S("<dt>查询码</dt><dd><b>"), S("</b>"));
    Str look =
        str_cat(a, str_from(form_field(a, "number", number), 1), form_field(a, "code", code));
    html = citizen_post(&zhang, "/rectify", look, 200).body;
    shows(html, "公租房轮候登记表");
    shows(html, "正在审核");
    hides(html, "000000199001010018");
    look = str_cat(a, str_from(form_field(a, "number", number), 1), S("&code=000000000000"));
    hides(citizen_post(&zhang, "/rectify", look, 422).body, "公租房轮候登记表");
    shows(citizen_post(&zhang, path, f, 422).body, "已经提交过");
}

// --- attackers

static void a_form_of_another_site_is_refused(void **state)
{
    (void)state;
    static const char *const targets[] = {"/apply/resume", "/apply/preview", "/progress",
                                          "/progress/say", "/progress/withdraw"};
    Jar foreign = nobody;
    foreign.headers = S("Origin: http://elsewhere.example\r\nSec-Fetch-Site: cross-site\r\n");
    Str form = citizen_answers(&zhang, 5, "&true=1");
    assert_int_equal(jar_send(&foreign, str_to_z(a, zhang.path), form).status, 403);
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++)
        assert_int_equal(jar_send(&foreign, targets[i], S("number=1&code=1")).status, 403);
}

static void html_in_every_field_stays_text(void **state)
{
    (void)state;
    static const char *const names[] = {"name",    "id_number", "phone",      "title",
                                        "address", "email",     "proof_name", "resume"};
    Str bad = form_encode(a, S("\"><img src=x onerror=alert(1)>"));
    for (int step = 1; step <= 5; step++) {
        Str f = citizen_answers(&zhang, step, "&proof_key=00000000000000000000000000000000");
        for (size_t i = 0; i < sizeof names / sizeof *names; i++)
            f = str_cat(a, f, str_fmt(a, "&%s=" PRI_STR, names[i], STR_ARG(bad)));
        Reply r = jar_send(&zhang.jar, str_to_z(a, zhang.path), f);
        assert_true(r.status == 200 || r.status == 422);
        hides(r.body, "<img src=x");
    }
}

static void more_than_a_scan_is_not_read_at_all(void **state)
{
    (void)state;
    Str head = str_fmt(a,
                       "POST " PRI_STR " HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
                       "multipart/form-data; boundary=cut\r\nContent-Length: %zu\r\n\r\n",
                       STR_ARG(zhang.path), (size_t)200 << 20);
    Reply r = client_ask(site.port, a, head);
    assert_int_equal(r.status, 413);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_way_there_is_shown),
        cmocka_unit_test(whose_it_may_be_is_told_by_name_and_by_subject),
        cmocka_unit_test(what_was_looked_for_goes_along),
        cmocka_unit_test(html_that_is_looked_for_stays_text),
        cmocka_unit_test(a_section_takes_no_requests),
        cmocka_unit_test(each_step_keeps_what_was_written),
        cmocka_unit_test(an_organisation_is_asked_other_things),
        cmocka_unit_test(numbers_that_look_wrong_may_be_right),
        cmocka_unit_test(what_is_missing_is_said_at_its_step),
        cmocka_unit_test(the_number_is_masked_on_the_page_to_check),
        cmocka_unit_test(a_photograph_is_kept_shown_back_and_sent_along),
        cmocka_unit_test(bad_files_are_refused_by_what_they_are_and_nothing_typed_is_lost),
        cmocka_unit_test(a_scan_of_50_mb_is_told_how_to_be_smaller),
        cmocka_unit_test(names_of_files_bring_no_headers),
        cmocka_unit_test(a_key_that_was_never_given_opens_nothing),
        cmocka_unit_test(a_draft_is_gone_on_with_by_its_code),
        cmocka_unit_test(a_code_that_was_never_given_finds_no_draft),
        cmocka_unit_test(a_filed_request_has_a_receipt_that_proves_it),
        cmocka_unit_test(sent_twice_it_is_one_and_the_receipt_is_there_again),
        cmocka_unit_test(a_key_that_is_not_ours_gives_no_code_away),
        cmocka_unit_test(help_that_is_needed_reaches_the_officer),
        cmocka_unit_test(whoever_files_is_in_the_audit_with_the_address),
        cmocka_unit_test(one_network_files_so_many_a_day_and_is_told_what_else_to_do),
        cmocka_unit_test(what_was_answered_and_made_public_is_found_first),
        cmocka_unit_test(a_record_of_oneself_is_asked_to_be_corrected),
        cmocka_unit_test(a_form_of_another_site_is_refused),
        cmocka_unit_test(html_in_every_field_stays_text),
        cmocka_unit_test(more_than_a_scan_is_not_read_at_all),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("apply", tests, begin, end);
}
