// Letters from their draft to the number, on both engines: what is filled in, that a number is used
// once and none is left out, that what was issued stays.
#include "test.h"

#include "app/archive_part.h"
#include "app/correction.h"
#include "app/letter_paper.h"
#include "app/site_settings.h"
#include "site_box.h"
#include "store/audit.h"
#include "store/organ.h"

#include <pthread.h>

typedef struct Stage {
    SiteBox *box;
    App app;
    OrganId housing, water;
} Stage;

static Stage place;
static Arena *a;

static Date day(const char *iso)
{
    Date d = date_none;
    assert_true(date_parse(str_z(iso), &d));
    return d;
}

static OrganId organ_made(const char *name, const char *short_name)
{
    Err err = {0};
    Organ o;
    organ_from_name(str_z(name), &o);
    o.short_name = str_z(short_name);
    assert_true(store_organ_add(place.app.db, BOX_SITE, &o, a, &err));
    return o.id;
}

static void remedies_set(void)
{
    Err err = {0};
    Site site;
    SiteSetting v[] = {{SF_REVIEW, S("示例县人民政府")}, {SF_COURT, S("示例县人民法院")}};
    if (!app_site_edit(&place.app, 0, v, 2, (OrganId){0}, a, &site, &err))
        fail_msg("%s", err.en);
}

static int begin(void **state)
{
    Err err = {0};
    if (site_box_make(state))
        return 1;
    place = (Stage){.box = *state};
    a = &place.box->a;
    AppPlace at = {.data = place.box->dir, .database = place.box->database};
    if (!app_open(&at, DB_CREATE, day("2026-03-12"), 1773300000, a, &place.app, &err))
        fail_msg("%s", err.en);
    place.housing = organ_made("示例县住房和城乡建设局", "示住建");
    place.water = organ_made("示例县水务局", "示水务");
    assert_true(store_organ_under_refresh(place.app.db, BOX_SITE, &err));
    remedies_set();
    return 0;
}

static int end(void **state)
{
    app_close(&place.app);
    return site_box_drop(state);
}

static RequestId registered(OrganId organ, const char *way)
{
    Registered done;
    Err err = {0};
    NewRequest n = {.organ = organ,
                    .channel = CHANNEL_IN_PERSON,
                    .filed = day("2026-03-02"),
                    .title = S("城东片区老旧小区改造施工合同"),
                    .description = S("2024年签订的施工合同，含工程量清单"),
                    .form = S("paper"),
                    .way = str_z(way),
                    .kind = APPLICANT_NATURAL,
                    .name = S("张三"),
                    .applicant = {.id_number = S("000000199001010000"), .phone = S("1")}};
    if (!app_request_register(&place.app, &n, a, &done, &err))
        fail_msg("%s (%s)", err.en, err.detail);
    return done.id;
}

static RequestStep step_of(RequestId id, FactKind kind, int workdays)
{
    return (RequestStep){
        .id = id,
        .fact = {.kind = kind, .on = day("2026-03-10"), .workdays = workdays, .until = date_none}};
}

static LetterOwner of_request(RequestId id)
{
    return letter_owner(OWNER_REQUEST, id.n);
}

static LetterText drafted(RequestId id, LetterKind kind, const RequestStep *step,
                          const LetterFill *fill)
{
    LetterText text;
    Err err = {0};
    if (!app_letter_draft(&place.app, of_request(id), kind, step, fill, a, &text, &err))
        fail_msg("%s (%s)", err.en, err.detail);
    return text;
}

static Letter issued(RequestId id, LetterKind kind, const LetterText *text)
{
    Letter l;
    Err err = {0};
    if (!app_letter_issue(&place.app, of_request(id), kind, text, a, &l, &err))
        fail_msg("%s (%s)", err.en, err.detail);
    return l;
}

static void has(Str text, const char *what)
{
    if (!str_has(text, str_z(what)))
        fail_msg("no “%s” in " PRI_STR, what, STR_ARG(text));
}

static void what_is_known_is_filled_in(void **state)
{
    (void)state;
    RequestId id = registered(place.housing, "mail");
    RequestStep step = step_of(id, FACT_CORRECTION_ASKED, 10);
    LetterFill fill = {0};
    letter_fill(a, &fill, "补正事项", S("请写明小区名称。"));
    LetterText text = drafted(id, LETTER_CORRECTION, &step, &fill);
    assert_str(text.title, S("政府信息公开申请补正告知书"));
    assert_str(text.addressee, S("张三"));
    has(text.body, "本机关于2026年3月2日收到您提出的政府信息公开申请");
    has(text.body, "请写明小区名称。");
    has(text.body, "请于2026年3月24日前（含当日）");
    assert_str(letter_unfilled(text.body), S(""));
}

static void a_reply_has_its_basis_and_the_remedies_of_the_day(void **state)
{
    (void)state;
    RequestId id = registered(place.housing, "mail");
    LetterText text = drafted(id, letter_reply(OUTCOME_PROCESS), NULL, NULL);
    has(text.body, "《中华人民共和国政府信息公开条例》第十六条第二款、第三十六条第（三）项");
    has(text.body, "向示例县人民政府申请行政复议；对行政复议决定不服的");
    has(text.body, "本机关决定对所申请的信息不予公开。");
    has(text.body, "【请填写：事实】");
    text = drafted(id, letter_reply(OUTCOME_NOT_EXISTING), NULL, NULL);
    has(text.body, "或者自收到之日起6个月内向示例县人民法院提起行政诉讼");
}

static void over_the_internet_it_names_the_channel_for_reviews(void **state)
{
    (void)state;
    Err err = {0};
    RequestId id = registered(place.housing, "platform");
    LetterText text = drafted(id, letter_reply(OUTCOME_DISCLOSED), NULL, NULL);
    has(text.body, "【请填写：网上复议渠道】");
    LetterSettings s = {.organ = place.housing, .review_channel = S("https://fuyi.example.gov.cn")};
    assert_true(app_letter_settings(&place.app, &s, a, &err));
    text = drafted(id, letter_reply(OUTCOME_DISCLOSED), NULL, NULL);
    has(text.body, "渠道：https://fuyi.example.gov.cn");
}

static void a_step_and_its_letter_are_one_act(void **state)
{
    (void)state;
    Err err = {0};
    RequestFile file;
    Letter l, again;
    RequestId id = registered(place.housing, "mail");
    RequestStep step = step_of(id, FACT_EXTENDED, 20);
    LetterFill fill = {0};
    letter_fill(a, &fill, "理由", S("合同较多，需要逐份核对"));
    LetterText text = drafted(id, LETTER_EXTENSION, &step, &fill);
    if (!app_letter_step(&place.app, MAY_REQUEST_APPROVE, &step, LETTER_EXTENSION, &text, a, &l,
                         &err))
        fail_msg("%s (%s)", err.en, err.detail);
    assert_str(l.code, S("示住建公复〔2026〕1号"));
    assert_true(app_request_get(&place.app, id, a, &file, &err));
    assert_str(file.facts.v[1].fact.document, l.code);
    has(l.body, str_to_z(a, date_zh(a, file.clock.due)));
    assert_true(store_letter_get(place.app.db, &place.app.scope, l.id, a, &again, &err));
    assert_str(again.body, text.body);
    assert_true(again.on.days == day("2026-03-10").days);
}

static void a_step_that_is_refused_uses_no_number(void **state)
{
    (void)state;
    Err err = {0};
    Letter l;
    RequestId id = registered(place.housing, "mail");
    RequestStep step = step_of(id, FACT_EXTENDED, 21); // at most 20
    LetterText text = {.addressee = S("张三"), .body = S("延期"), .on = step.fact.on};
    assert_false(app_letter_step(&place.app, MAY_REQUEST_APPROVE, &step, LETTER_EXTENSION, &text, a,
                                 &l, &err));
    LetterText receipt = drafted(id, LETTER_RECEIPT, NULL, NULL);
    assert_int_equal(issued(id, LETTER_RECEIPT, &receipt).number, 1);
}

static void a_text_that_tells_another_day_than_the_step_is_refused(void **state)
{
    (void)state;
    Err err = {0};
    Letter l;
    RequestId id = registered(place.housing, "mail");
    RequestStep step = step_of(id, FACT_CORRECTION_ASKED, 10), longer = step;
    LetterFill fill = {0};
    letter_fill(a, &fill, "补正事项", S("请写明小区名称。"));
    LetterText text = drafted(id, LETTER_CORRECTION, &step, &fill);
    longer.fact.workdays = 15;
    assert_false(app_letter_step(&place.app, MAY_REQUEST_HANDLE, &longer, LETTER_CORRECTION, &text,
                                 a, &l, &err));
    assert_int_equal(err.kind, ERR_RULE);
    assert_non_null(strstr(err.zh, "补正截止"));
    assert_true(app_letter_step(&place.app, MAY_REQUEST_HANDLE, &step, LETTER_CORRECTION, &text, a,
                                &l, &err));
}

static void numbers_go_by_organ_and_year_and_a_void_one_stays_used(void **state)
{
    (void)state;
    Err err = {0};
    RequestId id = registered(place.housing, "mail"), other = registered(place.water, "mail");
    LetterText text = drafted(id, LETTER_RECEIPT, NULL, NULL), last_year = text;
    last_year.on = day("2025-12-31");
    Letter first = issued(id, LETTER_RECEIPT, &text);
    assert_true(app_letter_void(&place.app, first.id, S("写错了日期"), a, &err));
    assert_str(issued(id, LETTER_RECEIPT, &text).code, S("示住建公复〔2026〕2号"));
    assert_str(issued(other, LETTER_RECEIPT, &text).code, S("示水务公复〔2026〕1号"));
    assert_str(issued(id, LETTER_RECEIPT, &last_year).code, S("示住建公复〔2025〕1号"));
    Letters all;
    assert_true(store_letter_of(place.app.db, &place.app.scope, of_request(id), a, &all, &err));
    assert_int_equal(all.n, 3);
    assert_true(all.v[0].is_void);
    assert_str(all.v[0].void_reason, S("写错了日期"));
    assert_false(app_letter_void(&place.app, first.id, S("再一次"), a, &err));
    assert_int_equal(err.kind, ERR_RULE);
}

static void an_organ_may_have_prefixes_of_its_own(void **state)
{
    (void)state;
    Err err = {0};
    RequestFile file;
    LetterSettings s = {
        .organ = place.housing, .letter_prefix = S("建信公复"), .request_prefix = S("建信申")};
    assert_true(app_letter_settings(&place.app, &s, a, &err));
    assert_false(app_letter_settings(&place.app, &s, a, &err)); // that version is over
    assert_int_equal(err.kind, ERR_BUSY);
    RequestId id = registered(place.housing, "mail");
    LetterText text = drafted(id, LETTER_RECEIPT, NULL, NULL);
    assert_str(issued(id, LETTER_RECEIPT, &text).code, S("建信公复〔2026〕1号"));
    assert_true(app_request_get(&place.app, id, a, &file, &err));
    assert_str(file.request.code, S("建信申〔2026〕1号"));
}

static void what_was_issued_is_not_changed_by_anybody(void **state)
{
    (void)state;
    Err err = {0};
    RequestId id = registered(place.housing, "mail");
    LetterText text = drafted(id, LETTER_RECEIPT, NULL, NULL);
    issued(id, LETTER_RECEIPT, &text);
    assert_false(db_script(place.app.db, S("UPDATE letter SET body = 'x';"), a, &err));
    assert_int_equal(err.kind, ERR_RULE);
    assert_false(db_script(place.app.db, S("UPDATE letter SET noun = 'correction';"), a, &err));
    assert_false(db_script(place.app.db, S("UPDATE letter SET noun_id = 99;"), a, &err));
    assert_false(db_script(place.app.db, S("DELETE FROM letter;"), a, &err));
    assert_true(
        db_script(place.app.db, S("UPDATE letter SET body = '', addressee = '';"), a, &err));
}

static size_t packed(RequestId id, bool nameless, ArchiveFiles *out)
{
    Err err = {0};
    ArchiveCase c = {.nameless = nameless};
    const ArchiveSection section = {S("letters"), S("文书"), archive_letters};
    *out = (ArchiveFiles){0};
    if (!request_load(&place.app, id, 0, a, &c.work, &err) ||
        !archive_letters(&place.app, &c, &section, a, out, &err))
        fail_msg("%s (%s)", err.en, err.detail);
    return out->n;
}

static void they_go_into_the_archive_and_are_forgotten_after_their_years(void **state)
{
    (void)state;
    Err err = {0};
    ArchiveFiles files;
    Letter kept;
    RequestId id = registered(place.housing, "mail");
    assert_int_equal(packed(id, false, &files), 0);
    LetterText text = drafted(id, LETTER_RECEIPT, NULL, NULL);
    Letter l = issued(id, LETTER_RECEIPT, &text);
    assert_int_equal(packed(id, false, &files), 2);
    has(files.v[0].bytes, "张三");
    assert_true(str_starts(files.v[1].bytes, S("%PDF-")));
    assert_int_equal(packed(id, true, &files), 1);
    assert_false(str_has(files.v[0].bytes, S("张三")));
    has(files.v[0].bytes, "示住建公复〔2026〕1号");
    assert_true(store_letter_forget(place.app.db, BOX_SITE, id, &err));
    assert_true(store_letter_get(place.app.db, &place.app.scope, l.id, a, &kept, &err));
    assert_str(kept.body, S(""));
    assert_str(kept.addressee, S(""));
    assert_str(kept.code, l.code);
}

static void a_template_of_the_site_is_used_and_its_versions_stay(void **state)
{
    (void)state;
    Err err = {0};
    RequestId id = registered(place.housing, "mail");
    LetterText usual = drafted(id, LETTER_RECEIPT, NULL, NULL);
    Letter before = issued(id, LETTER_RECEIPT, &usual), kept;
    Str own = S("{收到日期}收到“{信息名称}”的申请，编号{申请编号}，{答复期限}以前答复。");
    if (!app_letter_template(&place.app, LETTER_RECEIPT, 0, own, a, &err))
        fail_msg("%s (%s)", err.en, err.detail);
    LetterText text = drafted(id, LETTER_RECEIPT, NULL, NULL);
    has(text.body, "2026年3月2日收到“城东片区");
    assert_int_equal(text.template_version, 1);
    assert_false(app_letter_template(&place.app, LETTER_RECEIPT, 0, own, a, &err));
    assert_int_equal(err.kind, ERR_BUSY);
    assert_false(app_letter_template(&place.app, LETTER_RECEIPT, 1, S("收到"), a, &err));
    assert_int_equal(err.kind, ERR_INPUT);
    assert_true(app_letter_template(&place.app, LETTER_RECEIPT, 1, S(""), a, &err));
    assert_str(drafted(id, LETTER_RECEIPT, NULL, NULL).body, usual.body);
    assert_true(store_letter_get(place.app.db, &place.app.scope, before.id, a, &kept, &err));
    assert_str(kept.body, usual.body);
    LetterTemplates versions;
    assert_true(
        store_letter_template_versions(place.app.db, BOX_SITE, LETTER_RECEIPT, a, &versions, &err));
    assert_int_equal(versions.n, 2);
}

static void what_belongs_to_another_organ_is_not_there(void **state)
{
    (void)state;
    Err err = {0};
    Letter l;
    RequestId id = registered(place.housing, "mail");
    LetterText text = drafted(id, LETTER_RECEIPT, NULL, NULL);
    Letter mine = issued(id, LETTER_RECEIPT, &text);
    App other = place.app;
    other.scope = (Scope){.site = BOX_SITE, .root = place.water, .reach = REACH_ORGAN};
    assert_false(store_letter_get(other.db, &other.scope, mine.id, a, &l, &err));
    assert_int_equal(err.kind, ERR_MISSING);
    assert_false(app_letter_void(&other, mine.id, S("不是我的"), a, &err));
    assert_false(app_letter_issue(&other, of_request(id), LETTER_RECEIPT, &text, a, &l, &err));
    LetterAsk ask = {.from = date_none, .to = date_none};
    Letters list;
    assert_true(store_letter_list(other.db, &other.scope, &ask, a, &list, &err));
    assert_int_equal(list.n, 0);
    ask.text = S("城东");
    assert_true(store_letter_list(place.app.db, &place.app.scope, &ask, a, &list, &err));
    assert_int_equal(list.n, 1);
    ask.text = S("%");
    assert_true(store_letter_list(place.app.db, &place.app.scope, &ask, a, &list, &err));
    assert_int_equal(list.n, 0);
}

// --- of corrections

static CorrectionId asked_to_correct(Channel channel, RequestId request)
{
    CorrectionFiled done;
    Err err = {0};
    NewCorrection n = {.organ = place.housing,
                       .channel = channel,
                       .filed = day("2026-03-02"),
                       .kind = APPLICANT_NATURAL,
                       .name = S("林禾"),
                       .applicant = {.id_number = S("000000199001010000"),
                                     .phone = S("0000"),
                                     .address = S("示例县城关镇和平路9号")},
                       .record = S("公租房轮候登记"),
                       .wrong = S("家庭人口登记为2人"),
                       .claim = S("应为3人。"),
                       .evidence = S("户口簿"),
                       .request = request};
    if (!app_correction_file(&place.app, &n, a, &done, &err))
        fail_msg("%s (%s)", err.en, err.detail);
    return done.id;
}

static Correction correction_of(CorrectionId id)
{
    Correction c;
    Applicant who;
    Err err = {0};
    if (!app_correction_get(&place.app, id, a, &c, &who, &err))
        fail_msg("%s", err.en);
    return c;
}

static LetterOwner owner_of(CorrectionId id)
{
    return letter_owner(OWNER_CORRECTION, id.n);
}

static LetterText drafted_for(CorrectionId id, LetterKind kind, const char *words)
{
    LetterText text;
    LetterFill fill = {0};
    Err err = {0};
    correction_fill(kind, str_z(words), a, &fill);
    if (!app_letter_draft(&place.app, owner_of(id), kind, NULL, &fill, a, &text, &err))
        fail_msg("%s (%s)", err.en, err.detail);
    return text;
}

static bool ended(CorrectionId id, CorrectionOutcome outcome, const char *words,
                  const LetterText *text, Err *err)
{
    CorrectionEnd end = {.id = id,
                         .outcome = outcome,
                         .on = day("2026-03-12"),
                         .words = str_z(words),
                         .letter = text};
    return app_correction_end(&place.app, &end, a, err);
}

static void examined(CorrectionId id)
{
    Err err = {0};
    if (!app_correction_examine(&place.app, id, 0, day("2026-03-10"), S("与户口簿核对，属实"), a,
                                &err))
        fail_msg("%s", err.en);
}

static Letters letters_of(LetterOwner owner)
{
    Letters all;
    Err err = {0};
    assert_true(store_letter_of(place.app.db, &place.app.scope, owner, a, &all, &err));
    return all;
}

static void a_correction_is_told_with_a_letter_in_the_series_of_its_organ(void **state)
{
    (void)state;
    Err err = {0};
    Letter whole;
    RequestId id = registered(place.housing, "mail");
    LetterText receipt = drafted(id, LETTER_RECEIPT, NULL, NULL);
    assert_int_equal(issued(id, LETTER_RECEIPT, &receipt).number, 1);
    CorrectionId c = asked_to_correct(CHANNEL_IN_PERSON, (RequestId){0});
    examined(c);
    LetterText text = drafted_for(c, LETTER_RECORD, "家庭人口由2人改为3人");
    if (!ended(c, CORRECTION_CORRECTED, "家庭人口由2人改为3人", &text, &err))
        fail_msg("%s (%s)", err.en, err.detail);
    Letters all = letters_of(owner_of(c));
    assert_int_equal(all.n, 1);
    assert_str(all.v[0].code, S("示住建公复〔2026〕2号"));
    assert_str(all.v[0].owner.title, S("公租房轮候登记"));
    assert_true(all.v[0].owner.kind == OWNER_CORRECTION && all.v[0].owner.id == c.n);
    assert_str(correction_of(c).document, all.v[0].code);
    assert_true(store_letter_get(place.app.db, &place.app.scope, all.v[0].id, a, &whole, &err));
    has(whole.body, "本机关于2026年3月2日收到您提出的更正政府信息的申请");
    has(whole.body, "审核情况：与户口簿核对，属实。");
    has(whole.body, "本机关已予以更正：家庭人口由2人改为3人。");
    assert_false(str_has(whole.body, S("行政复议")));                 // what was asked for was done
    assert_int_equal(issued(id, LETTER_RECEIPT, &receipt).number, 3); // no gap
    assert_int_equal(letters_of(of_request((RequestId){c.n})).n, c.n == id.n ? 2 : 0);
}

// clang-format off
static const struct { CorrectionOutcome outcome; LetterKind kind; const char *words, *says; bool remedies; } ends[] = {
    { CORRECTION_REFUSED,   LETTER_RECORD_REFUSED,   "户口簿登记为2人",       "本机关不予更正。",                             true },
    { CORRECTION_FORWARDED, LETTER_RECORD_FORWARDED, "已转送示例县民政局",     "已转送有权更正的机关处理：已转送示例县民政局。", true },
    { CORRECTION_TOLD,      LETTER_RECORD_TOLD,      "示例县民政局，电话0000", "请向有权更正的机关提出：示例县民政局",           true },
    { CORRECTION_CORRECTED, LETTER_RECORD,           "改为3人",               "本机关已予以更正：改为3人。",                   false },
};
// clang-format on

static void each_way_to_end_it_has_its_letter(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        Err err = {0};
        CorrectionId c = asked_to_correct(CHANNEL_IN_PERSON, (RequestId){0});
        examined(c);
        LetterText text = drafted_for(c, ends[i].kind, ends[i].words);
        has(text.body, ends[i].says);
        assert_int_equal(str_has(text.body, S("申请行政复议")), ends[i].remedies);
        if (!ended(c, ends[i].outcome, ends[i].words, &text, &err))
            fail_msg("%s", err.en);
        assert_true(letters_of(owner_of(c)).v[0].kind == ends[i].kind);
    }
}

static void whoever_asked_on_the_internet_is_told_of_a_channel_there(void **state)
{
    (void)state;
    CorrectionId c = asked_to_correct(CHANNEL_INTERNET, (RequestId){0});
    has(drafted_for(c, LETTER_RECORD_TOLD, "示例县民政局").body, "【请填写：网上复议渠道】");
}

static void a_letter_that_is_not_whole_ends_nothing_and_uses_no_number(void **state)
{
    (void)state;
    Err err = {0};
    CorrectionId c = asked_to_correct(CHANNEL_IN_PERSON, (RequestId){0});
    examined(c);
    LetterText text = drafted_for(c, LETTER_RECORD, "");
    assert_false(ended(c, CORRECTION_CORRECTED, "改为3人", &text, &err));
    assert_int_equal(err.kind, ERR_RULE);
    assert_false(ended(c, CORRECTION_CORRECTED, "改为3人", NULL, &err)); // nothing would be told
    assert_int_equal(err.kind, ERR_INPUT);
    assert_false(correction_of(c).ended);
    assert_int_equal(letters_of(owner_of(c)).n, 0);
    assert_true(ended(c, CORRECTION_WITHDRAWN, "来电撤回", NULL, &err)); // no letter is owed
}

static void one_made_void_is_issued_again_and_is_the_document(void **state)
{
    (void)state;
    Err err = {0};
    Letter again;
    CorrectionId c = asked_to_correct(CHANNEL_IN_PERSON, (RequestId){0});
    examined(c);
    LetterText text = drafted_for(c, LETTER_RECORD, "改为3人");
    assert_true(ended(c, CORRECTION_CORRECTED, "改为3人", &text, &err));
    assert_true(app_letter_void(&place.app, letters_of(owner_of(c)).v[0].id, S("写错"), a, &err));
    LetterText next;
    assert_true(
        app_letter_draft(&place.app, owner_of(c), LETTER_RECORD, NULL, NULL, a, &next, &err));
    has(next.body, "本机关已予以更正：改为3人。");
    assert_true(app_letter_issue(&place.app, owner_of(c), LETTER_RECORD, &next, a, &again, &err));
    assert_str(correction_of(c).document, again.code);
    assert_int_equal(again.number, 2);
    assert_false(
        app_letter_issue(&place.app, owner_of(c), LETTER_RECORD_REFUSED, &next, a, &again, &err));
    assert_int_equal(err.kind, ERR_RULE);
}

static void what_belongs_to_the_other_owner_is_no_letter_of_this_one(void **state)
{
    (void)state;
    Err err = {0};
    Letter l;
    LetterText text;
    RequestId id = registered(place.housing, "mail");
    CorrectionId c = asked_to_correct(CHANNEL_IN_PERSON, id);
    assert_false(
        app_letter_draft(&place.app, of_request(id), LETTER_RECORD, NULL, NULL, a, &text, &err));
    assert_int_equal(err.kind, ERR_MISSING);
    text = drafted(id, LETTER_RECEIPT, NULL, NULL);
    assert_false(app_letter_issue(&place.app, owner_of(c), LETTER_RECEIPT, &text, a, &l, &err));
    assert_int_equal(err.kind, ERR_MISSING);
}

static void it_is_sent_on_with_a_letter_to_the_other_organ(void **state)
{
    (void)state;
    Err err = {0};
    Letter l;
    Paper envelope;
    CorrectionId c = asked_to_correct(CHANNEL_IN_PERSON, (RequestId){0});
    LetterText text = drafted_for(c, LETTER_RECORD_TRANSFER, "");
    has(text.body, "申请人反映的不准确之处：家庭人口登记为2人。");
    has(text.body, "要求更正为：应为3人。\n");
    text.addressee = S("示例县民政局");
    text.address = S("示例县城关镇民生路1号");
    if (!app_letter_issue(&place.app, owner_of(c), LETTER_RECORD_TRANSFER, &text, a, &l, &err))
        fail_msg("%s", err.en);
    assert_true(letter_envelope(&place.app, &l, PAPER_DL, a, &envelope, &err));
    assert_str(envelope.envelope.address, S("示例县城关镇民生路1号"));
    LetterText told = drafted_for(c, LETTER_RECORD_FORWARDED, "示例县民政局");
    assert_true(ended(c, CORRECTION_FORWARDED, "示例县民政局", &told, &err));
    Letters all = letters_of(owner_of(c));
    assert_int_equal(all.n, 2);
    assert_true(letter_envelope(&place.app, &all.v[1], PAPER_DL, a, &envelope, &err));
    assert_str(envelope.envelope.address, S("示例县城关镇和平路9号")); // the applicant's, unsealed
}

static void its_letters_are_another_organs_secret(void **state)
{
    (void)state;
    Err err = {0};
    Letters list;
    CorrectionId c = asked_to_correct(CHANNEL_IN_PERSON, (RequestId){0});
    examined(c);
    LetterText text = drafted_for(c, LETTER_RECORD, "改为3人");
    assert_true(ended(c, CORRECTION_CORRECTED, "改为3人", &text, &err));
    LetterAsk ask = {.from = date_none, .to = date_none, .text = S("轮候")};
    assert_true(store_letter_list(place.app.db, &place.app.scope, &ask, a, &list, &err));
    assert_int_equal(list.n, 1);
    App other = place.app;
    other.scope = (Scope){.site = BOX_SITE, .root = place.water, .reach = REACH_ORGAN};
    assert_true(store_letter_list(other.db, &other.scope, &ask, a, &list, &err));
    assert_int_equal(list.n, 0);
    assert_false(app_letter_draft(&other, owner_of(c), LETTER_RECORD, NULL, NULL, a, &text, &err));
    assert_int_equal(err.kind, ERR_MISSING);
}

static void they_are_forgotten_with_the_request_they_came_of(void **state)
{
    (void)state;
    Err err = {0};
    RequestId id = registered(place.housing, "mail");
    CorrectionId done = asked_to_correct(CHANNEL_IN_PERSON, id);
    CorrectionId open = asked_to_correct(CHANNEL_IN_PERSON, id);
    Letter l, kept;
    examined(done);
    LetterText text = drafted_for(done, LETTER_RECORD, "改为3人");
    assert_true(ended(done, CORRECTION_CORRECTED, "改为3人", &text, &err));
    LetterText on = drafted_for(open, LETTER_RECORD_TRANSFER, "");
    on.addressee = S("示例县民政局");
    assert_true(
        app_letter_issue(&place.app, owner_of(open), LETTER_RECORD_TRANSFER, &on, a, &l, &err));
    assert_true(store_letter_forget(place.app.db, BOX_SITE, id, &err));
    LetterId gone = letters_of(owner_of(done)).v[0].id;
    assert_true(store_letter_get(place.app.db, &place.app.scope, gone, a, &kept, &err));
    assert_str(kept.body, S(""));
    assert_true(store_letter_get(place.app.db, &place.app.scope, l.id, a, &kept, &err));
    assert_true(kept.body.n > 0); // not ended
}

// --- many at once

enum { WRITERS = 4, EACH = 12 };

typedef struct Writer {
    pthread_t thread;
    RequestId id;
    LetterText text;
    int64_t numbers[EACH];
    Err err;
} Writer;

static void *write_letters(void *ctx)
{
    Writer *w = ctx;
    Arena own = arena_new(64 << 20);
    App app;
    AppPlace at = {.data = place.box->dir, .database = place.box->database};
    if (app_open(&at, DB_WRITE, day("2026-03-12"), 1773300000, &own, &app, &w->err)) {
        for (int i = 0; i < EACH; i++) {
            Letter l;
            if (!app_letter_issue(&app, of_request(w->id), LETTER_RECEIPT, &w->text, &own, &l,
                                  &w->err))
                break;
            w->numbers[i] = l.number;
        }
        app_close(&app);
    }
    arena_free(&own);
    return NULL;
}

static void several_at_once_leave_no_gap_and_no_double(void **state)
{
    (void)state;
    Writer writers[WRITERS] = {0};
    bool used[WRITERS * EACH + 1] = {0};
    for (int w = 0; w < WRITERS; w++) {
        writers[w].id = registered(place.housing, "mail");
        writers[w].text = drafted(writers[w].id, LETTER_RECEIPT, NULL, NULL);
    }
    for (int w = 0; w < WRITERS; w++)
        pthread_create(&writers[w].thread, NULL, write_letters, &writers[w]);
    for (int w = 0; w < WRITERS; w++)
        pthread_join(writers[w].thread, NULL);
    for (int w = 0; w < WRITERS; w++)
        for (int i = 0; i < EACH; i++) {
            int64_t n = writers[w].numbers[i];
            if (n < 1 || n > WRITERS * EACH || used[n])
                fail_msg("number %d: %s", (int)n, writers[w].err.en);
            used[n] = true;
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_known_is_filled_in, begin, end),
        cmocka_unit_test_setup_teardown(a_reply_has_its_basis_and_the_remedies_of_the_day, begin,
                                        end),
        cmocka_unit_test_setup_teardown(over_the_internet_it_names_the_channel_for_reviews, begin,
                                        end),
        cmocka_unit_test_setup_teardown(a_step_and_its_letter_are_one_act, begin, end),
        cmocka_unit_test_setup_teardown(a_step_that_is_refused_uses_no_number, begin, end),
        cmocka_unit_test_setup_teardown(a_text_that_tells_another_day_than_the_step_is_refused,
                                        begin, end),
        cmocka_unit_test_setup_teardown(numbers_go_by_organ_and_year_and_a_void_one_stays_used,
                                        begin, end),
        cmocka_unit_test_setup_teardown(an_organ_may_have_prefixes_of_its_own, begin, end),
        cmocka_unit_test_setup_teardown(what_was_issued_is_not_changed_by_anybody, begin, end),
        cmocka_unit_test_setup_teardown(
            they_go_into_the_archive_and_are_forgotten_after_their_years, begin, end),
        cmocka_unit_test_setup_teardown(a_template_of_the_site_is_used_and_its_versions_stay, begin,
                                        end),
        cmocka_unit_test_setup_teardown(what_belongs_to_another_organ_is_not_there, begin, end),
        cmocka_unit_test_setup_teardown(
            a_correction_is_told_with_a_letter_in_the_series_of_its_organ, begin, end),
        cmocka_unit_test_setup_teardown(each_way_to_end_it_has_its_letter, begin, end),
        cmocka_unit_test_setup_teardown(whoever_asked_on_the_internet_is_told_of_a_channel_there,
                                        begin, end),
        cmocka_unit_test_setup_teardown(a_letter_that_is_not_whole_ends_nothing_and_uses_no_number,
                                        begin, end),
        cmocka_unit_test_setup_teardown(one_made_void_is_issued_again_and_is_the_document, begin,
                                        end),
        cmocka_unit_test_setup_teardown(what_belongs_to_the_other_owner_is_no_letter_of_this_one,
                                        begin, end),
        cmocka_unit_test_setup_teardown(it_is_sent_on_with_a_letter_to_the_other_organ, begin, end),
        cmocka_unit_test_setup_teardown(its_letters_are_another_organs_secret, begin, end),
        cmocka_unit_test_setup_teardown(they_are_forgotten_with_the_request_they_came_of, begin,
                                        end),
        cmocka_unit_test_setup_teardown(several_at_once_leave_no_gap_and_no_double, begin, end),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
