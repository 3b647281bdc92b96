// 更正 (条例第四十一条) at the desk, over the program itself and on both engines.
#include "../test.h"

#include "app/correction.h"
#include "desk_site.h"

static SiteBox *box;
static Arena *a;
static App app;
static Program site;
static OrganId office, housing, water;
static Jar officer, head, other;

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
    };
    Jar *jars[] = {&officer, &head, &other};
    for (size_t i = 0; i < sizeof who / sizeof *who; i++)
        *jars[i] = jar_of(&app, a, site.port, who[i]);
    return site.port ? 0 : -1;
}

static int end(void **state)
{
    return desk_site_close(state, &app, &site);
}

static Str form(const char *evidence)
{
    Str f = str_fmt(a, "organ=%lld&channel=in_person&kind=natural", (long long)housing.n);
    f = str_cat(a, f, form_field(a, "filed", date_iso(a, app.today)));
    f = str_cat(a, f, form_field(a, "name", S("林禾")));
    f = str_cat(a, f, form_field(a, "id_number", S("000000199001010000")));
    f = str_cat(a, f, form_field(a, "phone", S("0000-0000000")));
    f = str_cat(a, f, form_field(a, "record", S("公租房轮候登记的家庭人口")));
    f = str_cat(a, f, form_field(a, "wrong", S("登记为2人")));
    return str_cat(a, f, form_field(a, "evidence", str_z(evidence)));
}

static Str filed(void)
{
    Reply r = posted(&officer, S("/desk/corrections/new"), form("户口簿，3人"), 303);
    Str at, ignored;
    str_cut(reply_header(&r, "Location"), S("?"), &at, &ignored);
    return at;
}

static Reply step(Jar *jar, Str at, const char *tail, Str more, int status)
{
    Str path = str_fmt(a, PRI_STR "%s", STR_ARG(at), tail);
    Str html = page(jar, str_to_z(a, path), 200);
    Str f = str_fmt(a, "version=" PRI_STR "&on=" PRI_STR PRI_STR,
                    STR_ARG(page_value(a, html, "version")), STR_ARG(date_iso(a, app.today)),
                    STR_ARG(more));
    return posted(jar, path, f, status);
}

static Str words(const char *outcome, const char *text)
{
    Str f = *outcome ? str_fmt(a, "&outcome=%s", outcome) : S("");
    return str_cat(a, f, form_field(a, "words", str_z(text)));
}

static void it_is_examined_corrected_and_told(void **state)
{
    (void)state;
    Str at = filed();
    Str html = page(&officer, str_to_z(a, at), 200);
    shows(html, "更正〔");
    shows(html, "没有规定办理期限");
    shows(step(&head, at, "/end", words("corrected", "改为3人"), 422).body, "先登记审核的情况");
    step(&officer, at, "/examine", words("", "与户口簿核对，属实"), 303);
    page(&officer, str_to_z(a, str_cat(a, at, S("/end"))), 403); // it takes who signs
    step(&head, at, "/end", words("corrected", "家庭人口由2人改为3人"), 303);
    html = page(&officer, str_to_z(a, at), 200);
    shows(html, "本机关已予以更正：家庭人口由2人改为3人");
    shows(html, "条例》第四十一条");
    hides(html, "申请行政复议"); // what was asked for was done
    shows(step(&head, at, "/end", words("refused", "再来一次"), 422).body, "已经办结");
}

static void the_number_of_the_identity_paper_is_shown_when_asked_for_and_noted(void **state)
{
    (void)state;
    Str at = filed(), number = S("000000199001010000");
    Str html = page(&officer, str_to_z(a, at), 200);
    assert_true(str_find(html, number) < 0);
    Reply r = posted(&officer, str_cat(a, at, S("/identity")), S(""), 200);
    assert_true(str_find(r.body, number) >= 0);
}

static void refused_it_tells_the_remedies(void **state)
{
    (void)state;
    Str at = filed();
    step(&officer, at, "/examine", words("", "与户口簿核对，不属实"), 303);
    step(&head, at, "/end", words("refused", "户口簿登记为2人"), 303);
    Str html = page(&officer, str_to_z(a, at), 200);
    shows(html, "不予更正告知书");
    shows(html, "申请行政复议");
}

static void what_another_organ_keeps_is_forwarded_without_examination(void **state)
{
    (void)state;
    Str at = filed();
    step(&head, at, "/end", words("forwarded", "已转送示例县公安局"), 303);
    shows(page(&officer, str_to_z(a, at), 200), "已转送有权更正的机关处理");
}

static void evidence_is_wanted_and_table_three_knows_nothing_of_it(void **state)
{
    (void)state;
    shows(posted(&officer, S("/desk/corrections/new"), form(""), 422).body, "证据");
    filed();
    hides(page(&officer, "/desk/figures/requests?row=new&col=natural", 200), "公租房轮候登记");
    shows(page(&officer, "/desk/corrections?state=open", 200), "公租房轮候登记");
    hides(page(&other, "/desk/corrections", 200), "公租房轮候登记");
    page(&other, str_to_z(a, filed()), 404);
}

static void its_applicant_finds_it_by_number_and_code(void **state)
{
    (void)state;
    CorrectionFiled done;
    Correction c;
    Err err = {0};
    NewCorrection n = {.organ = housing,
                       .channel = CHANNEL_INTERNET,
                       .filed = app.today,
                       .kind = APPLICANT_NATURAL,
                       .name = S("林禾"),
                       .applicant = {.id_number = S("000000199001010000"), .phone = S("0000")},
                       .record = S("轮候登记"),
                       .wrong = S("登记为2人"),
                       .evidence = S("户口簿")};
    if (!app_correction_file(&app, &n, a, &done, &err))
        fail_msg("%s", err.en);
    assert_true(date_is(done.target));
    Str typed = str_replace(a, str_replace(a, done.code, S("〔"), S("[")), S("〕"), S("]"));
    assert_true(app_correction_progress(&app, typed, done.query_code, a, &c, &err));
    assert_str(c.record, S("轮候登记"));
    assert_false(app_correction_progress(&app, done.code, S("0000000000"), a, &c, &err));
    assert_int_equal(err.kind, ERR_MISSING);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_examined_corrected_and_told),
        cmocka_unit_test(the_number_of_the_identity_paper_is_shown_when_asked_for_and_noted),
        cmocka_unit_test(refused_it_tells_the_remedies),
        cmocka_unit_test(what_another_organ_keeps_is_forwarded_without_examination),
        cmocka_unit_test(evidence_is_wanted_and_table_three_knows_nothing_of_it),
        cmocka_unit_test(its_applicant_finds_it_by_number_and_code),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, begin, end);
}
