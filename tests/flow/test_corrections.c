// 更正 (条例第四十一条) at the desk, over the program itself and on both engines.
#include "../test.h"

#include "app/citizen.h"
#include "app/correction.h"
#include "app/site_settings.h"
#include "citizen_site.h"

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

static void remedies_set(void)
{
    Err err = {0};
    Site now, then;
    SiteSetting v[] = {{SF_REVIEW, S("示例县人民政府")}, {SF_COURT, S("示例县人民法院")}};
    if (!store_site_get(app.db, app.site, a, &now, &err) ||
        !app_site_edit(&app, now.version, v, 2, (OrganId){0}, a, &then, &err))
        fail_msg("%s", err.en);
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
    Str html = posted(&officer, S("/desk/corrections/new"), form("户口簿，3人"), 200).body;
    return between(html, S("<a class=\"btn\" href=\""), S("\""));
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

static Str words(const char *text)
{
    return form_field(a, "words", str_z(text));
}

static Str entities(Str text)
{
    return str_replace(a, str_replace(a, text, S("&quot;"), S("\"")), S("&amp;"), S("&"));
}

// What the textarea of the form holds.
static Str letter_in(Str html)
{
    Str ignored, rest, text;
    assert_true(str_cut(html, S("name=\"letter\""), &ignored, &rest));
    assert_true(str_cut(rest, S(">"), &ignored, &rest));
    str_cut(rest, S("</textarea>"), &text, &ignored);
    return entities(text);
}

// Ended with the letter as the form has it, the words in their place.
static Reply ended(Str at, const char *outcome, const char *text, const char *more, int status)
{
    Str tail = str_fmt(a, "/end/%s", outcome);
    Str html = page(&head, str_to_z(a, str_cat(a, at, tail)), 200);
    Str f = str_fmt(a, "&paper=issue%s", more);
    f = str_cat(a, f, form_field(a, "letter", letter_in(html)));
    return step(&head, at, str_to_z(a, tail), str_cat(a, f, words(text)), status);
}

static Str examined(void)
{
    Str at = filed();
    step(&officer, at, "/examine", words("与户口簿核对，属实"), 303);
    return at;
}

// The address of the first letter on a page.
static Str letter_on(Str html)
{
    Str ignored, rest, at;
    assert_true(str_cut(html, S("<a href=\"/desk/letters/"), &ignored, &rest));
    str_cut(rest, S("\""), &at, &ignored);
    return str_cat(a, S("/desk/letters/"), at);
}

static void it_is_examined_corrected_and_told_with_a_numbered_letter(void **state)
{
    (void)state;
    Str at = filed();
    Str html = page(&officer, str_to_z(a, at), 200);
    shows(html, "更正〔");
    shows(html, "没有规定办理期限");
    hides(page(&head, str_to_z(a, at), 200), "/end/corrected"); // not examined yet
    Str f = str_cat(a, S("&paper=elsewhere&document=x"), words("改为3人"));
    shows(step(&head, at, "/end/corrected", f, 422).body, "先登记审核");
    step(&officer, at, "/examine", words("与户口簿核对，属实"), 303);
    page(&officer, str_to_z(a, str_cat(a, at, S("/end/corrected"))), 403); // it takes who signs
    ended(at, "corrected", "家庭人口由2人改为3人", "", 303);
    html = page(&officer, str_to_z(a, at), 200);
    shows(html, "政府信息更正告知书");
    shows(html, "公复〔");
    hides(html, "/end/");
    Str letter = letter_on(html);
    html = page(&officer, str_to_z(a, letter), 200);
    shows(html, "审核情况：与户口簿核对，属实。");
    shows(html, "本机关已予以更正：家庭人口由2人改为3人。");
    shows(html, "条例》第四十一条");
    shows(html, str_to_z(a, at)); // the way back
    hides(html, "申请行政复议");  // what was asked for was done
    f = str_cat(a, S("&paper=elsewhere&document=x"), words("再来一次"));
    shows(step(&head, at, "/end/refused", f, 422).body, "已经办结");
}

static void looked_at_or_made_anew_it_ends_nothing(void **state)
{
    (void)state;
    Str at = examined();
    shows(ended(at, "corrected", "改为3人", "&do=preview", 200).body, "文号在出具时编");
    Str html = ended(at, "corrected", "改为4人", "&do=again", 200).body;
    shows(letter_in(html), "本机关已予以更正：改为4人。");
    shows(page(&officer, str_to_z(a, at), 200), "还没有出具文书");
}

static void a_letter_made_elsewhere_gives_its_number(void **state)
{
    (void)state;
    Str at = examined();
    Str f = str_cat(a, S("&paper=elsewhere"), words("改为3人"));
    shows(step(&head, at, "/end/corrected", f, 422).body, "请填写在别处制作的告知书的文号");
    f = str_cat(a, f, form_field(a, "document", S("建函〔2026〕3号")));
    step(&head, at, "/end/corrected", f, 303);
    Str html = page(&officer, str_to_z(a, at), 200);
    shows(html, "建函〔2026〕3号");
    shows(html, "/letters/record\""); // and may be issued here after all
}

static void its_letter_is_a_paper_like_any_other(void **state)
{
    (void)state;
    Str at = examined();
    ended(at, "corrected", "改为3人", "", 303);
    Str letter = letter_on(page(&officer, str_to_z(a, at), 200));
    Reply pdf = jar_get(&officer, str_to_z(a, str_cat(a, letter, S("/pdf"))));
    assert_true(str_starts(pdf.body, S("%PDF-")));
    Reply docx = jar_get(&officer, str_to_z(a, str_cat(a, letter, S("/docx"))));
    assert_true(str_starts(docx.body, S("PK")));
    page(&officer, str_to_z(a, str_cat(a, letter, S("/envelope"))), 409); // no address was given
    Str id = str_from(letter, S("/desk/letters/").n);
    Reply both = posted(&officer, S("/desk/letters/print"), str_cat(a, S("letter="), id), 200);
    assert_true(str_starts(both.body, S("%PDF-")));
    Str find = str_cat(a, S("/desk/letters?kind=record&q="), form_encode(a, S("轮候登记")));
    shows(page(&officer, str_to_z(a, find), 200), str_to_z(a, letter));
    static const char *const tails[] = {"", "/pdf", "/docx", "/envelope", "/void"};
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++)
        page(&other, str_to_z(a, str_cat(a, letter, str_z(tails[i]))), 404);
}

static void it_is_sent_on_to_the_organ_that_may_correct(void **state)
{
    (void)state;
    Str at = filed(), path = str_cat(a, at, S("/letters/record_transfer"));
    Str html = page(&officer, str_to_z(a, path), 200);
    shows(html, "申请人反映的不准确之处：登记为2人。");
    page(&other, str_to_z(a, path), 404);
    page(&officer, str_to_z(a, str_cat(a, at, S("/letters/receipt"))), 404);
    Str request = str_replace(a, path, S("/corrections/"), S("/requests/"));
    page(&officer, str_to_z(a, request), 404);
    Str f = str_cat(a, S("wording=0&do=send"), form_field(a, "addressee", S("示例县民政局")));
    f = str_cat(a, f, form_field(a, "text", S("现将申请转送你单位处理。")));
    posted(&officer, path, f, 303);
    shows(page(&officer, str_to_z(a, at), 200), "更正申请转送函");
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
    Str at = examined();
    shows(ended(at, "refused", "户口簿登记为2人", "", 422).body,
          "还没有填写"); // review organ and court
    remedies_set();
    ended(at, "refused", "户口簿登记为2人", "", 303);
    Str html = page(&officer, str_to_z(a, letter_on(page(&officer, str_to_z(a, at), 200))), 200);
    shows(html, "不予更正告知书");
    shows(html, "户口簿登记为2人。");
    shows(html, "申请行政复议");
}

static void what_another_organ_keeps_is_forwarded_without_examination(void **state)
{
    (void)state;
    Str at = filed();
    remedies_set();
    ended(at, "forwarded", "示例县公安局，电话0000-0000001", "", 303);
    Str html = page(&officer, str_to_z(a, letter_on(page(&officer, str_to_z(a, at), 200))), 200);
    shows(html, "已转送有权更正的机关处理：示例县公安局");
}

static void withdrawn_it_takes_no_letter(void **state)
{
    (void)state;
    Str at = filed();
    hides(page(&head, str_to_z(a, str_cat(a, at, S("/end/withdrawn"))), 200), "文书正文");
    step(&head, at, "/end/withdrawn", words("来电撤回"), 303);
    shows(page(&officer, str_to_z(a, at), 200), "申请人撤回");
    page(&head, str_to_z(a, str_cat(a, at, S("/end/nothing"))), 404);
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

static CorrectionFiled asked(const char *record)
{
    CorrectionFiled done;
    Err err = {0};
    NewCorrection n = {.organ = housing,
                       .channel = CHANNEL_IN_PERSON,
                       .filed = app.today,
                       .kind = APPLICANT_NATURAL,
                       .name = S("林禾"),
                       .applicant = {.id_number = S("000000199001010000"), .phone = S("0000")},
                       .record = str_z(record),
                       .wrong = S("登记为2人"),
                       .evidence = S("户口簿")};
    if (!app_correction_file(&app, &n, a, &done, &err))
        fail_msg("%s", err.en);
    return done;
}

static void its_applicant_finds_it_by_number_and_code(void **state)
{
    (void)state;
    Correction c;
    Letters letters;
    Err err = {0};
    CorrectionFiled done = asked("轮候登记");
    assert_true(date_is(done.target));
    Str typed = str_replace(a, str_replace(a, done.code, S("〔"), S("[")), S("〕"), S("]"));
    assert_true(app_correction_progress(&app, typed, done.query_code, a, &c, &letters, &err));
    assert_str(c.record, S("轮候登记"));
    assert_int_equal(letters.n, 0);
    assert_false(app_correction_progress(&app, done.code, S("0000000000"), a, &c, &letters, &err));
    assert_int_equal(err.kind, ERR_MISSING);
}

static Str ticket(Str number, Str code)
{
    return str_cat(a, str_from(form_field(a, "number", number), 1), form_field(a, "code", code));
}

static void who_files_at_the_counter_is_given_the_code_once(void **state)
{
    (void)state;
    Citizen lin = {.a = a, .jar = {.port = site.port, .a = a}};
    Str html = posted(&officer, S("/desk/corrections/new"), form("户口簿，3人"), 200).body;
    Str code = between(html, S("<dt>查询码</dt><dd><b>"), S("</b>"));
    Str number = between(html, S("<dt>编号</dt><dd translate=\"no\">"), S("</dd>"));
    shows(citizen_post(&lin, "/rectify", ticket(number, code), 200).body, "公租房轮候登记");
    Str at = between(html, S("<a class=\"btn\" href=\""), S("\""));
    assert_true(str_find(page(&officer, str_to_z(a, at), 200), code) < 0);
}

// The number is the same in other brackets and with spaces in it: so is the count.
static void guessing_its_code_ends_however_the_number_is_typed(void **state)
{
    (void)state;
    enum { AN_HOUR = 30 };
    Err err = {0};
    App there = app;
    CorrectionFiled done = asked("公租房轮候登记的电话");
    Str brackets = str_replace(a, str_replace(a, done.code, S("〔"), S("[")), S("〕"), S("]"));
    Str spaced = str_replace(a, done.code, S("〔"), S(" 〔 "));
    const Str typed[] = {done.code, brackets, spaced};
    Citizen lin = {.a = a, .jar = {.port = site.port, .a = a, .from = S("203.0.113.57")}};
    there.actor.ip = lin.jar.from;
    for (int i = 0; i < AN_HOUR; i++)
        assert_true(citizen_try(&there, TRY_CODE, typed[i % 3], false, a, &err));
    for (size_t i = 0; i < sizeof typed / sizeof *typed; i++)
        shows(jar_send(&lin.jar, "/rectify", ticket(typed[i], done.query_code)).body,
              "一小时内已经试错30次");
}

static void its_applicant_reads_the_letter_and_takes_it_home(void **state)
{
    (void)state;
    CorrectionFiled done = asked("公租房轮候登记的住址"), foreign = asked("另一件登记");
    Citizen lin = {.a = a, .jar = {.port = site.port, .a = a}};
    Str own = ticket(done.code, done.query_code), path = S("/rectify/progress/letter");
    Str at = str_fmt(a, "/desk/corrections/%lld", (long long)done.id.n);
    step(&officer, at, "/examine", words("与户口簿核对，属实"), 303);
    ended(at, "corrected", "住址改为和平路9号", "", 303);
    Str html = citizen_post(&lin, "/rectify", own, 200).body;
    shows(html, "政府信息更正告知书");
    shows(html, "本机关已予以更正：住址改为和平路9号。"); // old telephones open no PDF
    Str id = str_from(letter_on(page(&officer, str_to_z(a, at), 200)), S("/desk/letters/").n);
    Str want = str_cat(a, own, str_cat(a, S("&letter="), id));
    Reply pdf = citizen_post(&lin, str_to_z(a, path), want, 200);
    assert_true(str_starts(pdf.body, S("%PDF-")));
    Str wrong = ticket(done.code, S("000000000000"));
    hides(citizen_post(&lin, "/rectify", wrong, 422).body, "和平路");
    wrong = str_cat(a, wrong, str_cat(a, S("&letter="), id));
    hides(citizen_post(&lin, str_to_z(a, path), wrong, 422).body, "%PDF-");
    Str other_ones = ticket(foreign.code, foreign.query_code); // the right code, of another case
    citizen_post(&lin, str_to_z(a, path), str_cat(a, other_ones, str_cat(a, S("&letter="), id)),
                 404);
    posted(&officer, str_fmt(a, "/desk/letters/" PRI_STR "/void", STR_ARG(id)),
           str_from(form_field(a, "reason", S("写错")), 1), 303);
    citizen_post(&lin, str_to_z(a, path), want, 404);
    hides(citizen_post(&lin, "/rectify", own, 200).body, "政府信息更正告知书");
}

static void what_goes_to_another_organ_is_not_the_applicants_to_read(void **state)
{
    (void)state;
    CorrectionFiled done = asked("低保登记");
    Citizen lin = {.a = a, .jar = {.port = site.port, .a = a}};
    Str path = str_fmt(a, "/desk/corrections/%lld/letters/record_transfer", (long long)done.id.n);
    Str f = str_cat(a, S("wording=0&do=send"), form_field(a, "addressee", S("示例县民政局")));
    posted(&officer, path, str_cat(a, f, form_field(a, "text", S("现将申请转送你单位。"))), 303);
    hides(citizen_post(&lin, "/rectify", ticket(done.code, done.query_code), 200).body, "转送函");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_examined_corrected_and_told_with_a_numbered_letter),
        cmocka_unit_test(looked_at_or_made_anew_it_ends_nothing),
        cmocka_unit_test(a_letter_made_elsewhere_gives_its_number),
        cmocka_unit_test(its_letter_is_a_paper_like_any_other),
        cmocka_unit_test(it_is_sent_on_to_the_organ_that_may_correct),
        cmocka_unit_test(withdrawn_it_takes_no_letter),
        cmocka_unit_test(the_number_of_the_identity_paper_is_shown_when_asked_for_and_noted),
        cmocka_unit_test(refused_it_tells_the_remedies),
        cmocka_unit_test(what_another_organ_keeps_is_forwarded_without_examination),
        cmocka_unit_test(evidence_is_wanted_and_table_three_knows_nothing_of_it),
        cmocka_unit_test(its_applicant_finds_it_by_number_and_code),
        cmocka_unit_test(who_files_at_the_counter_is_given_the_code_once),
        cmocka_unit_test(guessing_its_code_ends_however_the_number_is_typed),
        cmocka_unit_test(its_applicant_reads_the_letter_and_takes_it_home),
        cmocka_unit_test(what_goes_to_another_organ_is_not_the_applicants_to_read),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, begin, end);
}
