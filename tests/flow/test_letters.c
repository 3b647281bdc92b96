// Letters at the desk, over the program itself and on both engines: a step with its letter in one
// form, the papers it gives, the list and printing together, wording and numbering.
#include "../test.h"

#include "app/request.h"
#include "desk_site.h"

static SiteBox *box;
static Arena *a;
static App app;
static Program site;
static OrganId office, housing, water;
static Jar officer, head, other, supervisor, admin;

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
        person_make(&app, a, "xu", "许文", water, 1u << ROLE_OFFICER),
        person_make(&app, a, "jian", "简查", office, 1u << ROLE_SUPERVISOR),
        person_make(&app, a, "guan", "管理", office, 1u << ROLE_ADMIN),
    };
    Jar *jars[] = {&officer, &head, &other, &supervisor, &admin};
    for (size_t i = 0; i < sizeof who / sizeof *who; i++)
        *jars[i] = jar_of(&app, a, site.port, who[i]);
    return site.port ? 0 : -1;
}

static int end(void **state)
{
    return desk_site_close(state, &app, &site);
}

static Str place_of(const Reply *r)
{
    Str at, ignored;
    str_cut(reply_header(r, "Location"), S("?"), &at, &ignored);
    return at;
}

// In person, so that it runs at once; by mail, so that there is an address.
static Str registered(Str title)
{
    Str f = str_fmt(a, "organ=%lld&channel=in_person&kind=natural&form=paper&way=mail",
                    (long long)housing.n);
    f = str_cat(a, f, form_field(a, "filed", date_iso(a, app.today)));
    f = str_cat(a, f, form_field(a, "name", S("张三")));
    f = str_cat(a, f, form_field(a, "id_number", S("000000199001010000")));
    f = str_cat(a, f, form_field(a, "phone", S("0000-0000000")));
    f = str_cat(a, f, form_field(a, "address", S("示例县城关镇和平路9号")));
    f = str_cat(a, f, form_field(a, "title", title));
    f = str_cat(a, f, form_field(a, "description", S("含工程量清单")));
    Reply r = posted(&officer, S("/desk/requests/new"), f, 303);
    return place_of(&r);
}

static Str at_(Str place, const char *tail)
{
    return str_fmt(a, PRI_STR "%s", STR_ARG(place), tail);
}

static Str seen(Jar *jar, Str path, int status)
{
    return page(jar, str_to_z(a, path), status);
}

// What the textarea of the form holds.
static Str letter_in(Str html, const char *name)
{
    Str ignored, rest, text;
    assert_true(str_cut(html, str_fmt(a, "name=\"%s\"", name), &ignored, &rest));
    assert_true(str_cut(rest, S(">"), &ignored, &rest));
    str_cut(rest, S("</textarea>"), &text, &ignored);
    return str_replace(a, str_replace(a, text, S("&quot;"), S("\"")), S("&amp;"), S("&"));
}

// The form of a step as it came, with `letter` for what it held; and what is to be done with it.
static Reply step_sent(Jar *jar, Str path, Str letter, const char *more, int status)
{
    Str html = seen(jar, path, 200);
    Str f = str_fmt(a, "version=" PRI_STR "&on=" PRI_STR "&paper=issue%s",
                    STR_ARG(page_value(a, html, "version")), STR_ARG(date_iso(a, app.today)), more);
    return posted(jar, path, str_cat(a, f, form_field(a, "letter", letter)), status);
}

static Str reasons_filled(Str text)
{
    return str_replace(a, text, S("【请填写：理由】"), S("合同较多"));
}

static void a_step_comes_with_its_letter_filled_in(void **state)
{
    (void)state;
    Str at = registered(S("老旧小区改造合同"));
    Str path = at_(at, "/approve/extended");
    Str text = letter_in(seen(&head, path, 200), "letter");
    shows(text, "收到您提出的政府信息公开申请");
    shows(text, "答复期限延长20个工作日");
    shows(text, "【请填写：理由】");
    step_sent(&head, path, reasons_filled(text), "&workdays=20", 303);
    Str html = seen(&officer, at, 200);
    shows(html, "政府信息公开延期答复告知书");
    shows(html, "公复〔");
    shows(html, "还剩40个工作日");
}

static void a_letter_with_an_empty_place_is_held_and_nothing_is_recorded(void **state)
{
    (void)state;
    Str at = registered(S("停车位规划图"));
    Str path = at_(at, "/approve/extended");
    Str text = letter_in(seen(&head, path, 200), "letter");
    Str html = step_sent(&head, path, text, "&workdays=20", 422).body;
    shows(html, "还没有填写“理由”");
    shows(html, "答复期限延长20个工作日"); // nothing typed is lost
    shows(seen(&officer, at, 200), "还剩20个工作日");
}

static void made_anew_it_says_what_the_form_says_and_looked_at_it_records_nothing(void **state)
{
    (void)state;
    Str at = registered(S("绿化养护合同"));
    Str path = at_(at, "/approve/extended");
    Str text = letter_in(seen(&head, path, 200), "letter");
    Str html = step_sent(&head, path, text, "&workdays=7&do=again", 200).body;
    shows(letter_in(html, "letter"), "答复期限延长7个工作日");
    shows(html, "文号在出具时编");
    html = step_sent(&head, path, reasons_filled(text), "&workdays=20&do=preview", 200).body;
    shows(html, "因合同较多，不能在法定期限内答复");
    hides(seen(&officer, at, 200), "延期答复告知书</b>");
}

static void a_step_and_a_letter_that_differ_are_told(void **state)
{
    (void)state;
    Str at = registered(S("路灯改造方案"));
    Str path = at_(at, "/approve/extended");
    Str text = reasons_filled(letter_in(seen(&head, path, 200), "letter"));
    shows(step_sent(&head, path, text, "&workdays=7", 422).body, "与这一步不一致");
}

static void a_paper_made_elsewhere_gives_its_number(void **state)
{
    (void)state;
    Str at = registered(S("公租房名册"));
    Str path = at_(at, "/approve/extended");
    Str f = str_fmt(a, "version=" PRI_STR "&on=" PRI_STR "&workdays=20&paper=elsewhere",
                    STR_ARG(page_value(a, seen(&head, path, 200), "version")),
                    STR_ARG(date_iso(a, app.today)));
    shows(posted(&head, path, f, 422).body, "请填写在别处制作的文书");
    posted(&head, path, str_cat(a, f, form_field(a, "document", S("建函〔2026〕3号"))), 303);
    shows(seen(&officer, at, 200), "建函〔2026〕3号");
}

// A letter of a request and where it stands.
static Str issued(Str at)
{
    Str path = at_(at, "/letters/receipt");
    Str html = seen(&officer, path, 200);
    Str f = str_cat(a, S("wording=0&do=send"), form_field(a, "addressee", S("张三")));
    f = str_cat(a, f, form_field(a, "text", letter_in(html, "text")));
    Reply r = posted(&officer, path, f, 303);
    return place_of(&r);
}

static void it_comes_as_pdf_and_word_and_in_an_envelope(void **state)
{
    (void)state;
    Str at = registered(S("加装电梯补贴名单")), letter = issued(at);
    Reply pdf = jar_get(&officer, str_to_z(a, at_(letter, "/pdf")));
    assert_int_equal(pdf.status, 200);
    assert_true(str_starts(pdf.body, S("%PDF-")));
    assert_str(jar_get(&officer, str_to_z(a, at_(letter, "/pdf"))).body, pdf.body);
    Reply docx = jar_get(&officer, str_to_z(a, at_(letter, "/docx")));
    assert_true(str_starts(docx.body, S("PK")));
    Reply dl = jar_get(&officer, str_to_z(a, at_(letter, "/envelope?form=dl")));
    assert_true(str_starts(dl.body, S("%PDF-")));
    Reply ledger = jar_get(&officer, str_to_z(a, at_(at, "/ledger")));
    assert_true(str_starts(ledger.body, S("%PDF-")));
    shows(seen(&officer, letter, 200), "政府信息公开申请登记回执");
}

static void what_another_organ_sent_is_not_there(void **state)
{
    (void)state;
    Str at = registered(S("保障房配租结果")), letter = issued(at);
    static const char *const tails[] = {"", "/pdf", "/docx", "/envelope", "/void"};
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++)
        seen(&other, at_(letter, tails[i]), 404);
    seen(&other, at_(at, "/ledger"), 404);
    hides(page(&other, "/desk/letters", 200), "保障房");
    seen(&supervisor, letter, 200);
    seen(&supervisor, at_(letter, "/void"), 403);
    seen(&supervisor, at_(at, "/letters/receipt"), 403);
    Str number = str_from(letter, S("/desk/letters/").n);
    posted(&other, S("/desk/letters/print"), str_fmt(a, "letter=" PRI_STR, STR_ARG(number)), 404);
}

static void made_void_it_stays_with_its_number_and_its_reason(void **state)
{
    (void)state;
    Str letter = issued(registered(S("供热管网改造计划")));
    Str path = at_(letter, "/void");
    posted(&officer, path, S("reason="), 422);
    posted(&officer, path, str_from(form_field(a, "reason", S("日期写错")), 1), 303);
    Str html = seen(&officer, letter, 200);
    shows(html, "日期写错");
    shows(html, "已作废");
    hides(html, "/void\"");
    shows(page(&officer, "/desk/letters", 200), "已作废");
}

static void several_are_printed_as_one(void **state)
{
    (void)state;
    Str one = str_from(issued(registered(S("甲计划"))), S("/desk/letters/").n);
    Str two = str_from(issued(registered(S("乙计划"))), S("/desk/letters/").n);
    Str f = str_fmt(a, "letter=" PRI_STR "&letter=" PRI_STR, STR_ARG(one), STR_ARG(two));
    Reply alone = posted(&officer, S("/desk/letters/print"), str_cat(a, S("letter="), one), 200);
    Reply both = posted(&officer, S("/desk/letters/print"), f, 200);
    assert_true(str_starts(both.body, S("%PDF-")) && both.body.n > alone.body.n);
    posted(&officer, S("/desk/letters/print"), str_cat(a, f, S("&do=c5")), 200);
    posted(&officer, S("/desk/letters/print"), S("which=all&do=letters"), 200);
    posted(&officer, S("/desk/letters/print"), S("which=chosen"), 400);
}

static void the_list_is_filtered(void **state)
{
    (void)state;
    issued(registered(S("排水口分布图")));
    Str find = str_cat(a, S("/desk/letters?q="), form_encode(a, S("排水口")));
    shows(seen(&officer, find, 200), "登记回执");
    shows(seen(&officer, str_cat(a, find, S("&kind=correction")), 200), "没有文书");
    shows(seen(&officer, str_cat(a, find, S("&from=2999-01-01")), 200), "没有文书");
}

static void the_wording_is_the_administrators(void **state)
{
    (void)state;
    static const char path[] = "/desk/letters/templates/receipt";
    page(&officer, path, 403);
    Str html = page(&admin, path, 200);
    shows(html, "{收到日期}");
    shows(html, "张三："); // a sample
    Str v = str_fmt(a, "version=" PRI_STR, STR_ARG(page_value(a, html, "version")));
    Str bad = str_cat(a, v, form_field(a, "text", S("收到\n{收到曰期}")));
    shows(posted(&admin, str_z(path), bad, 422).body, "第2行");
    Str good = S("{收到日期}收到“{信息名称}”，编号{申请编号}，{答复期限}前答复。本局欢迎监督。");
    Str f = str_cat(a, v, form_field(a, "text", good));
    shows(posted(&admin, str_z(path), str_cat(a, f, S("&do=preview")), 200).body, "本局欢迎监督");
    posted(&admin, str_z(path), f, 303);
    shows(page(&admin, path, 200), "第1版，管理");
    shows(posted(&admin, str_z(path), f, 422).body, "刚被别人改过");
    Str at = registered(S("模板改过以后"));
    shows(seen(&officer, at_(at, "/letters/receipt"), 200), "本局欢迎监督");
    v = str_fmt(a, "version=" PRI_STR, STR_ARG(page_value(a, page(&admin, path, 200), "version")));
    posted(&admin, str_z(path), str_cat(a, v, S("&text=")), 303);
    hides(seen(&officer, at_(at, "/letters/receipt"), 200), "本局欢迎监督");
    Reply sample = jar_get(&admin, "/desk/letters/templates/reply_partly/sample");
    assert_true(str_starts(sample.body, S("%PDF-")));
}

static void the_letters_of_corrections_are_worded_there_too(void **state)
{
    (void)state;
    static const struct {
        const char *kind, *says;
    } rows[] = {
        {"record", "本机关已予以更正：家庭人口由2人改为3人。"},
        {"record_refused", "户口簿登记的家庭人口为2人。"},
        {"record_forwarded", "已转送有权更正的机关处理：示例县民政局"},
        {"record_told", "请向有权更正的机关提出：示例县民政局"},
        {"record_transfer", "现将申请转送你单位处理"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Str path = str_fmt(a, "/desk/letters/templates/%s", rows[i].kind);
        Str html = seen(&admin, path, 200);
        shows(html, rows[i].says);
        Str f = str_fmt(a, "version=" PRI_STR, STR_ARG(page_value(a, html, "version")));
        Str text = str_cat(a, f, form_field(a, "text", S("已经办了。")));
        shows(posted(&admin, path, text, 422).body, "{收到日期}"); // what it must say
        Reply sample = jar_get(&admin, str_to_z(a, at_(path, "/sample")));
        assert_true(str_starts(sample.body, S("%PDF-")));
    }
}

static void numbers_are_set_for_an_organ(void **state)
{
    (void)state;
    Str path = str_fmt(a, "/desk/letters/settings/%lld", (long long)water.n);
    seen(&officer, path, 403);
    Str html = seen(&admin, path, 200);
    Str f = str_fmt(a, "version=" PRI_STR, STR_ARG(page_value(a, html, "version")));
    f = str_cat(a, f, form_field(a, "letter_prefix", S("示水公复")));
    posted(&admin, path, f, 303);
    shows(seen(&admin, path, 200), "现在的文号：示水公复〔");
    shows(page(&admin, "/desk/letters/templates", 200), "示例县水务局");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_step_comes_with_its_letter_filled_in),
        cmocka_unit_test(a_letter_with_an_empty_place_is_held_and_nothing_is_recorded),
        cmocka_unit_test(made_anew_it_says_what_the_form_says_and_looked_at_it_records_nothing),
        cmocka_unit_test(a_step_and_a_letter_that_differ_are_told),
        cmocka_unit_test(a_paper_made_elsewhere_gives_its_number),
        cmocka_unit_test(it_comes_as_pdf_and_word_and_in_an_envelope),
        cmocka_unit_test(what_another_organ_sent_is_not_there),
        cmocka_unit_test(made_void_it_stays_with_its_number_and_its_reason),
        cmocka_unit_test(several_are_printed_as_one),
        cmocka_unit_test(the_list_is_filtered),
        cmocka_unit_test(the_wording_is_the_administrators),
        cmocka_unit_test(the_letters_of_corrections_are_worded_there_too),
        cmocka_unit_test(numbers_are_set_for_an_organ),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, begin, end);
}
