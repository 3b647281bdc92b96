// An applicant, over the program itself: the form in its steps, the receipt, the progress, and what
// others may not see.
#include "../test.h"

#include "app/attachment.h"
#include "app/request_public.h"
#include "desk_site.h"
#include "store/audit_find.h"
#include "store/organ.h"

static SiteBox *box;
static Arena *a;
static App app;
static Program site;
static OrganId housing;
static Jar nobody, officer;
static Str apply_path;

static int begin(void **state)
{
    Err err = {0};
    Organ organ;
    if (desk_site_open(state, &box, &a, &app) != 0)
        return -1;
    housing = organ_make(&app, a, "示例县住房和城乡建设局", (OrganId){0});
    site = program_serve(box, NULL);
    nobody = (Jar){.a = a, .port = site.port};
    officer = jar_of(&app, a, site.port,
                     person_make(&app, a, "zhou", "周衡", housing, 1u << ROLE_OFFICER));
    assert_true(store_organ_get(app.db, &app.scope, housing, a, &organ, &err));
    apply_path = str_cat(a, S("/apply/"), organ.slug);
    return site.port ? 0 : -1;
}

static int end(void **state)
{
    return desk_site_close(state, &app, &site);
}

static Str answers(int step, const char *more)
{
    Str f = str_fmt(a, "step=%d&go=on&kind=natural&form=electronic&way=platform%s", step, more);
    f = str_cat(a, f, form_field(a, "name", S("张三")));
    f = str_cat(a, f, form_field(a, "id_kind", S("居民身份证")));
    f = str_cat(a, f, form_field(a, "id_number", S("000000199001010000")));
    f = str_cat(a, f, form_field(a, "phone", S("0000-0000000")));
    f = str_cat(a, f, form_field(a, "title", S("城东片区改造施工合同")));
    return str_cat(a, f, form_field(a, "description", S("2024年签订，含工程量清单")));
}

static Reply send(Str form, int status)
{
    Reply r = jar_send(&nobody, str_to_z(a, apply_path), form);
    if (r.status != status)
        fail_msg("status %d\n" PRI_STR, r.status, STR_ARG(str_sub(r.body, 0, 4000)));
    return r;
}

// What stands between two marks in a page.
static Str between(Str html, Str from, Str to)
{
    Str before, rest = {0}, found = {0}, after;
    if (!str_cut(html, from, &before, &rest) || !str_cut(rest, to, &found, &after))
        fail_msg("nothing behind " PRI_STR, STR_ARG(from));
    return found;
}

typedef struct Paper { // what the applicant takes home
    Str number, code, receipt;
} Paper;

static Paper filed(const char *once)
{
    Str html = send(str_cat(a, answers(4, "&true=1"), str_fmt(a, "&once=%s", once)), 200).body;
    return (Paper){.number = between(html, S("<dt>编号</dt><dd translate=\"no\">"), S("</dd>")),
                   .code = between(html, S("<dt>查询码</dt><dd><b>"), S("</b>")),
                   .receipt = between(html, S("登记回执\">"), S("</pre>"))};
}

static Str progress(Str number, Str code, int status)
{
    Str f = str_cat(a, str_from(form_field(a, "number", number), 1), form_field(a, "code", code));
    Reply r = jar_send(&nobody, "/progress", f);
    if (r.status != status)
        fail_msg("status %d\n" PRI_STR, r.status, STR_ARG(str_sub(r.body, 0, 4000)));
    return r.body;
}

static void the_way_there_is_shown(void **state)
{
    (void)state;
    Reply r = jar_get(&nobody, "/apply");
    assert_int_equal(r.status, 200);
    shows(r.body, "示例县住房和城乡建设局");
    shows(r.body, str_to_z(a, apply_path));
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

static void each_step_keeps_what_was_written(void **state)
{
    (void)state;
    Str html = send(answers(1, ""), 200).body;
    shows(html, "aria-current=\"step\">需要的信息");
    shows(html, "value=\"000000199001010000\"");
    html = send(answers(3, ""), 200).body;
    shows(html, "核对并提交");
    shows(html, "城东片区改造施工合同");
    html = send(str_replace(a, answers(3, ""), S("go=on"), S("go=back")), 200).body;
    shows(html, "aria-current=\"step\">需要的信息");
    shows(html, "2024年签订，含工程量清单");
}

static void what_is_missing_is_said_at_its_step(void **state)
{
    (void)state;
    Str f = str_replace(a, answers(4, "&true=1"), S("&phone="), S("&other="));
    Str html = send(f, 422).body;
    shows(html, "请填写联系电话");
    shows(html, "aria-current=\"step\">身份和联系方式");
    html = send(str_replace(a, answers(3, ""), S("way=platform"), S("way=mail")), 422).body;
    shows(html, "要邮寄，请填写通信地址");
}

static void a_filed_request_has_a_receipt_that_proves_it(void **state)
{
    (void)state;
    Paper paper = filed("1111111111111111");
    ReceiptProof proof;
    Err err = {0};
    assert_true(receipt_verify(paper.receipt, S(""), a, &proof, &err));
    assert_str(proof.lines.v[2].value, paper.number);
    Reply r = jar_send(&nobody, "/receipt", str_from(form_field(a, "text", paper.receipt), 1));
    assert_int_equal(r.status, 200);
    shows(r.body, "签名相符");
    Str changed = str_replace(a, paper.receipt, S("张三"), S("李四"));
    r = jar_send(&nobody, "/receipt", str_from(form_field(a, "text", changed), 1));
    assert_int_equal(r.status, 422);
    shows(r.body, "签名不符");
}

static void progress_needs_number_and_code(void **state)
{
    (void)state;
    Paper paper = filed("2222222222222222");
    Str html = progress(paper.number, paper.code, 200);
    shows(html, "将与您联系确认");
    hides(html, "000000199001010000");
    Str wrong = progress(paper.number, S("0000000000"), 422);
    Str unknown = progress(S("示住建依申〔2019〕1号"), paper.code, 422);
    shows(wrong, "编号或者查询码不对");
    shows(unknown, "编号或者查询码不对");
    Str typed = str_replace(a, str_replace(a, paper.number, S("〔"), S("（")), S("〕"), S(" ) "));
    shows(progress(typed, paper.code, 200), "将与您联系确认");
}

static void sent_twice_it_is_one(void **state)
{
    (void)state;
    filed("3333333333333333");
    Str form = str_cat(a, answers(4, "&true=1"), S("&once=3333333333333333"));
    shows(send(form, 422).body, "已经提交过");
}

static void the_officer_finds_it_with_the_proof(void **state)
{
    (void)state;
    Paper paper = filed("4444444444444444");
    Reply r = jar_get(&officer, "/desk/requests?tab=waiting");
    assert_int_equal(r.status, 200);
    shows(r.body, str_to_z(a, paper.number));
}

static void its_proof_is_for_those_who_read_requests(void **state)
{
    (void)state;
    Jar admin =
        jar_of(&app, a, site.port, person_make(&app, a, "guan", "管理", housing, 1u << ROLE_ADMIN));
    AttachmentNew file = {.noun = S("request"),
                          .noun_id = 1,
                          .organ = housing,
                          .private = true,
                          .name = S("证件.txt"),
                          .bytes = S("身份证明的扫描件")};
    Attachment proof;
    Err err = {0};
    assert_true(app_attachment_add(&app, &file, a, &proof, &err));
    char *path = str_to_z(a, str_fmt(a, "/desk/files/%lld", (long long)proof.id));
    assert_int_equal(jar_get(&officer, path).status, 200);
    assert_int_equal(jar_get(&admin, path).status, 404); // other private files of the organ, yes
}

static void whoever_files_is_in_the_audit_with_the_address(void **state)
{
    (void)state;
    AuditFilter filings = {.act = S("request.register")};
    AuditHits hits;
    Err err = {0};
    nobody.from = S("203.0.113.77");
    filed("7777777777777777");
    nobody.from = S("");
    if (!store_audit_find(app.db, &app.scope, &filings, 0, 1, a, &hits, &err))
        fail_msg("%s", err.en);
    assert_int_equal(hits.n, 1);
    assert_str(hits.v[0].line.actor.ip, S("203.0.113.77"));
    assert_str(hits.v[0].line.actor.via, S("web"));
    assert_true(hits.v[0].line.actor.request.n > 0);
}

static void a_key_longer_than_ours_is_not_kept(void **state)
{
    (void)state;
    char key[5001] = {0};
    memset(key, 'k', sizeof key - 1);
    Str form = str_cat(a, answers(4, "&true=1"), str_fmt(a, "&once=%s", key));
    shows(send(form, 422).body, "不是在本站打开的");
}

static void it_can_be_withdrawn(void **state)
{
    (void)state;
    Paper paper = filed("5555555555555555");
    Str f = str_cat(a, str_from(form_field(a, "number", paper.number), 1),
                    form_field(a, "code", paper.code));
    Reply r = jar_send(&nobody, "/progress/withdraw", f);
    assert_int_equal(r.status, 200);
    shows(r.body, "已经终止办理");
    r = jar_send(&nobody, "/progress/withdraw", f);
    assert_int_equal(r.status, 422);
}

static void a_form_of_another_site_is_refused(void **state)
{
    (void)state;
    Jar foreign = nobody;
    foreign.headers = S("Origin: http://elsewhere.example\r\nSec-Fetch-Site: cross-site\r\n");
    Reply r = jar_send(&foreign, str_to_z(a, apply_path), answers(4, "&true=1"));
    assert_int_equal(r.status, 403);
}

static void html_in_every_field_stays_text(void **state)
{
    (void)state;
    Str bad = S("<img src=x onerror=alert(1)>");
    Str f = str_cat(a, answers(4, "&true=1&once=6666666666666666"), form_field(a, "address", bad));
    Str html = send(str_replace(a, f, form_encode(a, S("张三")), form_encode(a, bad)), 200).body;
    hides(html, "<img src=x");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_way_there_is_shown),
        cmocka_unit_test(a_section_takes_no_requests),
        cmocka_unit_test(each_step_keeps_what_was_written),
        cmocka_unit_test(what_is_missing_is_said_at_its_step),
        cmocka_unit_test(a_filed_request_has_a_receipt_that_proves_it),
        cmocka_unit_test(progress_needs_number_and_code),
        cmocka_unit_test(sent_twice_it_is_one),
        cmocka_unit_test(the_officer_finds_it_with_the_proof),
        cmocka_unit_test(its_proof_is_for_those_who_read_requests),
        cmocka_unit_test(whoever_files_is_in_the_audit_with_the_address),
        cmocka_unit_test(a_key_longer_than_ours_is_not_kept),
        cmocka_unit_test(it_can_be_withdrawn),
        cmocka_unit_test(a_form_of_another_site_is_refused),
        cmocka_unit_test(html_in_every_field_stays_text),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, begin, end);
}
