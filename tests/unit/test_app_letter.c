// Letters from their draft to the number, on both engines: what is filled in, that a number is used
// once and none is left out, that what was issued stays.
#include "test.h"

#include "app/archive_part.h"
#include "app/letter.h"
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

static LetterText drafted(RequestId id, LetterKind kind, const RequestStep *step,
                          const LetterFill *fill)
{
    LetterText text;
    Err err = {0};
    if (!app_letter_draft(&place.app, id, kind, step, fill, a, &text, &err))
        fail_msg("%s (%s)", err.en, err.detail);
    return text;
}

static Letter issued(RequestId id, LetterKind kind, const LetterText *text)
{
    Letter l;
    Err err = {0};
    if (!app_letter_issue(&place.app, id, kind, text, a, &l, &err))
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
    assert_true(store_letter_of(place.app.db, &place.app.scope, id, a, &all, &err));
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
    assert_false(app_letter_issue(&other, id, LETTER_RECEIPT, &text, a, &l, &err));
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
            if (!app_letter_issue(&app, w->id, LETTER_RECEIPT, &w->text, &own, &l, &w->err))
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
        cmocka_unit_test_setup_teardown(several_at_once_leave_no_gap_and_no_double, begin, end),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
