// Fees through the functions that pages call: counted by the month, noticed, paid, lowered, taken
// back, lapsed; and the sums of the register. On both engines.
#include "test.h"

#include "app/fee.h"
#include "app/letter.h"
#include "site_box.h"
#include "store/organ.h"

typedef struct Stage {
    SiteBox *box;
    App app;
    OrganId housing, water;
} Stage;

static Stage place;

static Date day(const char *iso)
{
    Date d = date_none;
    assert_true(date_parse(str_z(iso), &d));
    return d;
}

static OrganId organ_made(const char *name)
{
    Err err = {0};
    Organ o;
    organ_from_name(str_z(name), &o);
    o.review_name = S("示例县人民政府");
    o.court_name = S("示例县人民法院");
    assert_true(store_organ_add(place.app.db, BOX_SITE, &o, &place.box->a, &err));
    return o.id;
}

static int begin(void **state)
{
    Err err = {0};
    if (site_box_make(state))
        return 1;
    place = (Stage){.box = *state};
    AppPlace at = {.data = place.box->dir, .database = place.box->database};
    if (!app_open(&at, DB_CREATE, day("2026-03-31"), 1774940000, &place.box->a, &place.app, &err))
        fail_msg("%s (%s)", err.en, err.detail);
    place.housing = organ_made("示例县住房和城乡建设局");
    place.water = organ_made("示例县水务局");
    assert_true(store_organ_under_refresh(place.app.db, BOX_SITE, &err));
    LetterSettings s = {.organ = place.housing, .review_channel = S("https://fuyi.example.gov.cn")};
    assert_true(app_letter_settings(&place.app, &s, &place.box->a, &err));
    return 0;
}

static int end(void **state)
{
    app_close(&place.app);
    return site_box_drop(state);
}

static void must(bool ok, const Err *err)
{
    if (!ok)
        fail_msg("%s (%s)", err->en, err->detail);
}

static RequestId filed_by(OrganId organ, const char *on, const char *identity)
{
    Registered done;
    Err err = {0};
    NewRequest n = {.organ = organ,
                    .channel = CHANNEL_IN_PERSON,
                    .filed = day(on),
                    .title = S("示例河左岸工程验收文件"),
                    .description = S("2025年"),
                    .form = S("paper"),
                    .way = S("mail"),
                    .kind = APPLICANT_NATURAL,
                    .name = S("林禾"),
                    .applicant = {.id_number = str_z(identity), .phone = S("0000-0000000")}};
    must(app_request_register(&place.app, &n, &place.box->a, &done, &err), &err);
    return done.id;
}

static FeeFile fees(RequestId id)
{
    FeeFile f;
    Err err = {0};
    must(app_fee_get(&place.app, id, &place.box->a, &f, &err), &err);
    return f;
}

static int64_t version(RequestId id)
{
    return fees(id).file.request.version;
}

static FeeNew by_item(RequestId id, const char *on)
{
    return (FeeNew){.request = id,
                    .version = version(id),
                    .basis = FEE_BY_ITEM,
                    .provision = PROVIDE_TOLD,
                    .all = true,
                    .on = day(on),
                    .document = S("示住建费〔2026〕1号"),
                    .how = S("到示例县非税收入代收银行缴纳")};
}

static FeeNew by_page(RequestId id, int pages, const char *on)
{
    FeeNew n = by_item(id, on);
    n.basis = FEE_BY_PAGE;
    n.provision = PROVIDE_PAPER;
    n.pages = pages;
    return n;
}

static void noticed(const FeeNew *n)
{
    Err err = {0};
    must(app_fee_notice(&place.app, n, &place.box->a, &err), &err);
}

static ErrKind refused(bool ok, const Err *err)
{
    return ok ? ERR_NONE : err->kind;
}

static bool pay(RequestId id, const char *on, int64_t yuan, const char *receipt, Err *err)
{
    FeeMoney m = {.kind = MONEY_PAYMENT, .on = day(on), .yuan = {yuan}, .receipt = str_z(receipt)};
    return app_fee_money(&place.app, id, version(id), &m, &place.box->a, err);
}

static bool give_back(RequestId id, const char *on, int64_t yuan, Err *err)
{
    FeeMoney m = {.kind = MONEY_REFUND, .on = day(on), .yuan = {yuan}, .note = S("多收")};
    return app_fee_money(&place.app, id, version(id), &m, &place.box->a, err);
}

static void step(RequestId id, FactKind kind, const char *on)
{
    Err err = {0};
    RequestStep s = {.id = id,
                     .version = version(id),
                     .fact = {.kind = kind, .on = day(on), .until = date_none}};
    must(app_request_step(&place.app, step_rules[kind].may, &s, &place.box->a, &err), &err);
}

// --- the month

// 45 requests of one applicant in March, each charged: in all what the scale gives for 45.
static void a_months_requests_cost_in_all_what_the_scale_gives(void **state)
{
    (void)state;
    int64_t sum = 0;
    RequestId last = {0};
    for (int i = 0; i < 45; i++) {
        Arena keep = place.box->a;
        last = filed_by(place.housing, i < 20 ? "2026-03-02" : "2026-03-16", "000000199001010001");
        if (i >= 10) {
            FeeNew n = by_item(last, "2026-03-17");
            noticed(&n);
            FeeFile f = fees(last);
            assert_int_equal(f.notice.first, i + 1);
            sum += f.notice.yuan.n;
        }
        place.box->a = keep;
    }
    assert_int_equal(sum, 4300 + 4 * 300); // 41 items, and four more at 300
    FeeFile f = fees(last);
    assert_int_equal(f.counted.n, 45);
    assert_int_equal(f.counted.v[44].last, 45);
}

static void other_months_other_organs_and_other_people_are_not_counted(void **state)
{
    (void)state;
    filed_by(place.housing, "2026-02-27", "000000199001010002");
    filed_by(place.water, "2026-03-02", "000000199001010002");
    filed_by(place.housing, "2026-03-02", "000000199001010003");
    RequestId id = filed_by(place.housing, "2026-03-03", "000000199001010002");
    FeeFile f = fees(id);
    assert_int_equal(f.month.n, 1);
    FeeNew n = by_item(id, "2026-03-04");
    Err err = {0};
    assert_int_equal(refused(app_fee_notice(&place.app, &n, &place.box->a, &err), &err), ERR_RULE);
}

// --- asking

static void pages_are_charged_only_where_they_are_handed_over(void **state)
{
    (void)state;
    RequestId id = filed_by(place.housing, "2026-03-02", "000000199001010004");
    FeeNew n = by_page(id, 68, "2026-03-04");
    Err err = {0};
    n.provision = PROVIDE_TOLD;
    assert_int_equal(refused(app_fee_notice(&place.app, &n, &place.box->a, &err), &err), ERR_RULE);
    n.provision = PROVIDE_EMAIL;
    noticed(&n);
    assert_int_equal(fees(id).notice.yuan.n, 380);
    assert_int_equal(fees(id).file.clock.phase, PHASE_FEE);
}

static void a_request_is_charged_once(void **state)
{
    (void)state;
    RequestId id = filed_by(place.housing, "2026-03-02", "000000199001010005");
    FeeNew n = by_page(id, 68, "2026-03-04");
    Err err = {0};
    noticed(&n);
    n.version = version(id);
    n.pages = 100;
    assert_int_equal(refused(app_fee_notice(&place.app, &n, &place.box->a, &err), &err), ERR_RULE);
    assert_non_null(strstr(err.zh, "办法第三条"));
}

static void it_is_lowered_with_a_reason_and_never_raised(void **state)
{
    (void)state;
    RequestId id = filed_by(place.housing, "2026-03-02", "000000199001010006");
    FeeNew n = by_page(id, 100, "2026-03-04");
    Err err = {0};
    n.all = false;
    n.asked.n = 701;
    assert_int_equal(refused(app_fee_notice(&place.app, &n, &place.box->a, &err), &err), ERR_RULE);
    n.asked.n = 300;
    assert_int_equal(refused(app_fee_notice(&place.app, &n, &place.box->a, &err), &err), ERR_INPUT);
    n.reason = S("申请人生活困难");
    noticed(&n);
    assert_int_equal(fees(id).notice.yuan.n, 300);
    assert_int_equal(refused(app_fee_lower(&place.app, id, version(id), (Yuan){400}, S("误"),
                                           &place.box->a, &err),
                             &err),
                     ERR_RULE);
}

static void waived_it_goes_on_without_a_notice(void **state)
{
    (void)state;
    RequestId id = filed_by(place.housing, "2026-03-02", "000000199001010007");
    FeeNew n = by_page(id, 31, "2026-03-04");
    n.all = false;
    n.reason = S("只超过一页");
    noticed(&n);
    FeeFile f = fees(id);
    assert_int_equal(f.state, FEE_WAIVED);
    assert_int_equal(f.file.clock.phase, PHASE_OPEN);
    assert_int_equal(f.notice.fact, 0);
}

static void two_at_once_are_told(void **state)
{
    (void)state;
    RequestId id = filed_by(place.housing, "2026-03-02", "000000199001010008");
    FeeNew one = by_page(id, 68, "2026-03-04"), two = one;
    Err err = {0};
    noticed(&one);
    assert_int_equal(refused(app_fee_notice(&place.app, &two, &place.box->a, &err), &err),
                     ERR_BUSY);
}

// --- paying

static void part_by_part_and_whole_it_begins_a_new_term(void **state)
{
    (void)state;
    RequestId id = filed_by(place.housing, "2026-03-02", "000000199001010009");
    FeeNew n = by_page(id, 100, "2026-03-04");
    Err err = {0};
    noticed(&n);
    step(id, FACT_FEE_NOTICE_RECEIVED, "2026-03-05");
    must(pay(id, "2026-03-09", 300, "票1", &err), &err);
    assert_int_equal(fees(id).state, FEE_PARTLY);
    assert_int_equal(fees(id).file.clock.phase, PHASE_FEE);
    must(pay(id, "2026-03-11", 400, "票2", &err), &err);
    FeeFile f = fees(id);
    assert_int_equal(f.state, FEE_PAID);
    assert_int_equal(f.file.clock.phase, PHASE_OPEN);
    assert_int_equal(f.file.clock.begins.days, day("2026-03-11").days);
    assert_int_equal(f.file.clock.due.days, day("2026-04-09").days); // 04-04 to 04-06 are off
}

static void paying_twice_or_too_much_is_refused(void **state)
{
    (void)state;
    RequestId id = filed_by(place.housing, "2026-03-02", "000000199001010010");
    FeeNew n = by_page(id, 70, "2026-03-04");
    Err err = {0};
    noticed(&n);
    must(pay(id, "2026-03-09", 100, "票1", &err), &err);
    assert_int_equal(refused(pay(id, "2026-03-09", 100, "票1", &err), &err), ERR_RULE);
    assert_int_equal(refused(pay(id, "2026-03-09", 301, "票2", &err), &err), ERR_RULE);
    assert_int_equal(refused(pay(id, "2026-03-09", 0, "票3", &err), &err), ERR_INPUT);
    assert_int_equal(refused(pay(id, "2026-03-09", 100, "", &err), &err), ERR_INPUT);
    assert_int_equal(refused(pay(id, "2026-03-01", 100, "票4", &err), &err), ERR_INPUT);
    must(pay(id, "2026-03-09", 300, "票2", &err), &err);
    assert_int_equal(refused(pay(id, "2026-03-10", 1, "票5", &err), &err), ERR_RULE);
}

static void a_payment_recorded_by_mistake_takes_its_term_with_it(void **state)
{
    (void)state;
    RequestId id = filed_by(place.housing, "2026-03-02", "000000199001010011");
    FeeNew n = by_page(id, 70, "2026-03-04");
    Err err = {0};
    noticed(&n);
    must(pay(id, "2026-03-09", 400, "票1", &err), &err);
    must(app_fee_strike(&place.app, id, version(id), 1, S("记错了案件"), &place.box->a, &err),
         &err);
    FeeFile f = fees(id);
    assert_int_equal(f.state, FEE_DUE);
    assert_int_equal(f.file.clock.phase, PHASE_FEE);
    assert_int_equal(f.notice.paid.n, 0);
    must(pay(id, "2026-03-10", 400, "票1", &err), &err); // the same bill again
    assert_int_equal(fees(id).state, FEE_PAID);
}

static void lowered_to_what_was_paid_it_is_paid(void **state)
{
    (void)state;
    RequestId id = filed_by(place.housing, "2026-03-02", "000000199001010012");
    FeeNew n = by_page(id, 70, "2026-03-04");
    Err err = {0};
    noticed(&n);
    must(pay(id, "2026-03-09", 380, "票1", &err), &err);
    must(app_fee_lower(&place.app, id, version(id), (Yuan){380}, S("页数多数了两页"), &place.box->a,
                       &err),
         &err);
    FeeFile f = fees(id);
    assert_int_equal(f.state, FEE_PAID);
    assert_int_equal(f.notice.settled.days, day("2026-03-31").days); // the day it was lowered
}

static Letter last_letter(RequestId id)
{
    Err err = {0};
    Letters letters;
    must(store_letter_of(place.app.db, &place.app.scope, letter_owner(OWNER_REQUEST, id.n),
                         &place.box->a, &letters, &err),
         &err);
    assert_true(letters.n > 0);
    return letters.v[letters.n - 1];
}

static void a_letter_goes_with_its_notice(void **state)
{
    (void)state;
    RequestId id = filed_by(place.housing, "2026-03-02", "000000199001010037");
    FeeNew n = by_page(id, 70, "2026-03-04");
    Err err = {0};
    n.document = S("");
    noticed(&n);
    assert_false(last_letter(id).is_void);
    must(app_fee_void(&place.app, id, version(id), S("页数数错"), &place.box->a, &err), &err);
    assert_true(last_letter(id).is_void);
    assert_str(last_letter(id).void_reason, S("页数数错"));
}

static void a_wrong_notice_is_withdrawn_and_its_money_given_back(void **state)
{
    (void)state;
    RequestId id = filed_by(place.housing, "2026-03-02", "000000199001010013");
    FeeNew n = by_page(id, 70, "2026-03-04");
    Err err = {0};
    noticed(&n);
    must(pay(id, "2026-03-09", 400, "票1", &err), &err);
    assert_int_equal(refused(give_back(id, "2026-03-10", 1, &err), &err), ERR_RULE);
    must(app_fee_void(&place.app, id, version(id), S("页数是另一件的"), &place.box->a, &err), &err);
    FeeFile f = fees(id);
    assert_false(f.has);
    assert_int_equal(f.file.clock.phase, PHASE_OPEN);
    assert_int_equal(f.file.clock.begins.days, day("2026-03-02").days); // as if there had been none
    assert_int_equal(refused(give_back(id, "2026-03-12", 401, &err), &err), ERR_RULE);
    must(give_back(id, "2026-03-12", 400, &err), &err);
    n = by_page(id, 35, "2026-03-13");
    noticed(&n); // the right one
    assert_int_equal(fees(id).notice.yuan.n, 50);
}

static void its_facts_do_not_go_without_its_money(void **state)
{
    (void)state;
    RequestId id = filed_by(place.housing, "2026-03-02", "000000199001010014");
    FeeNew n = by_page(id, 70, "2026-03-04");
    Err err = {0};
    noticed(&n);
    int64_t fact = fees(id).notice.fact;
    assert_int_equal(
        refused(app_request_strike(&place.app, id, version(id), fact, S("误"), &place.box->a, &err),
                &err),
        ERR_RULE);
}

// --- not paying

static void unpaid_it_lapses_from_the_day_the_notice_was_received(void **state)
{
    (void)state;
    RequestId id = filed_by(place.housing, "2026-02-02", "000000199001010015");
    FeeNew n = by_page(id, 70, "2026-02-03");
    Err err = {0};
    noticed(&n);
    // 20 working days after 02-04: 02-14 and 02-28 are worked, 02-15 to 02-23 are off
    assert_int_equal(refused(app_fee_lapse(&place.app, id, version(id), day("2026-03-31"), S(""),
                                           &place.box->a, &err),
                             &err),
                     ERR_RULE); // nobody knows when it was received
    step(id, FACT_FEE_NOTICE_RECEIVED, "2026-02-04");
    FeeFile f = fees(id);
    assert_int_equal(f.file.clock.waits_until.days, day("2026-03-10").days);
    assert_int_equal(f.state, FEE_LAPSED);
    assert_int_equal(refused(app_fee_lapse(&place.app, id, version(id), day("2026-03-10"), S(""),
                                           &place.box->a, &err),
                             &err),
                     ERR_RULE); // the last day is still the applicant's
    must(app_fee_lapse(&place.app, id, version(id), day("2026-03-11"), S(""), &place.box->a, &err),
         &err);
    f = fees(id);
    assert_str(f.file.request.outcome, S("not_paid"));
    Letter told = last_letter(id);
    assert_int_equal(told.kind, letter_reply(OUTCOME_NOT_PAID));
    assert_true(told.code.n > 0 && !told.is_void);
    assert_str(f.file.facts.v[f.file.facts.n - 1].fact.document, told.code);
    assert_int_equal(f.file.clock.phase, PHASE_ENDED);
}

static void what_comes_too_late_is_kept_and_given_back(void **state)
{
    (void)state;
    RequestId id = filed_by(place.housing, "2026-02-02", "000000199001010016");
    FeeNew n = by_page(id, 70, "2026-02-03");
    Err err = {0};
    noticed(&n);
    step(id, FACT_FEE_NOTICE_RECEIVED, "2026-02-04");
    must(pay(id, "2026-03-11", 400, "票1", &err), &err); // a day late
    assert_int_equal(fees(id).file.clock.phase, PHASE_FEE);
    assert_int_equal(fees(id).state, FEE_LAPSED);
    must(app_fee_lapse(&place.app, id, version(id), day("2026-03-11"), S(""), &place.box->a, &err),
         &err);
    must(give_back(id, "2026-03-12", 400, &err), &err);
    assert_int_equal(fees(id).notice.paid.n, 0);
}

// --- the register

static void the_sums_are_those_of_the_list(void **state)
{
    (void)state;
    Err err = {0};
    FeeSums sums;
    FeeLines lines;
    int64_t last, asked = 0, paid = 0, n = 0;
    FeeFilter all = {
        .from = day("2026-01-01"), .to = day("2026-12-31"), .any_state = true, .limit = FEE_EXPORT};
    must(
        store_fee_sums(place.app.db, &place.app.scope, all.from, all.to, (OrganId){0}, &sums, &err),
        &err);
    must(app_fee_list(&place.app, &all, &place.box->a, &lines, &last, &err), &err);
    for (size_t i = 0; i < lines.n; i++) {
        const FeeNotice *notice = &lines.v[i].row.notice;
        bool counts = !notice->voided_at && notice->fact;
        n += counts;
        asked += counts ? notice->yuan.n : 0;
        paid += notice->paid.n;
    }
    assert_true(n > 40);
    assert_int_equal(sums.notices, n);
    assert_int_equal(sums.asked.n, asked);
    assert_int_equal(sums.received.n, paid);
    Str csv;
    must(app_fee_export(&place.app, &all, FEE_CSV, &place.box->a, &csv, &err), &err);
    assert_true(str_has(csv, S("示住建费〔2026〕1号")));
    Str book;
    must(app_fee_export(&place.app, &all, FEE_XLSX, &place.box->a, &book, &err), &err);
    assert_true(str_starts(book, S("PK")));
}

static void the_notice_is_a_letter_that_tells_the_working(void **state)
{
    (void)state;
    RequestId id = filed_by(place.housing, "2026-03-02", "000000199001010017");
    FeeNew n = by_page(id, 101, "2026-03-04");
    Err err = {0};
    Letters letters;
    n.document = S("");
    n.all = false;
    n.asked.n = 700;
    n.reason = S("只多一页");
    noticed(&n);
    must(store_letter_of(place.app.db, &place.app.scope, letter_owner(OWNER_REQUEST, id.n),
                         &place.box->a, &letters, &err),
         &err);
    FeeFile f = fees(id);
    assert_int_equal(letters.n, 1);
    assert_int_equal(letters.v[0].kind, LETTER_FEE);
    assert_str(f.notice.document, letters.v[0].code);
    Letter letter;
    must(store_letter_get(place.app.db, &place.app.scope, letters.v[0].id, &place.box->a, &letter,
                          &err),
         &err);
    Str body = letter.body;
    if (!str_has(body, S("第31至100页每页10元，计700元；第101页每页20元，计20元")))
        fail_msg(PRI_STR, STR_ARG(body));
    assert_true(str_has(body, S("合计720元，减收以后为700元（只多一页）")));
    assert_true(str_has(body, S("应缴金额：700元")));
    assert_true(str_has(body, S("20个工作日内缴纳")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_months_requests_cost_in_all_what_the_scale_gives),
        cmocka_unit_test(other_months_other_organs_and_other_people_are_not_counted),
        cmocka_unit_test(pages_are_charged_only_where_they_are_handed_over),
        cmocka_unit_test(a_request_is_charged_once),
        cmocka_unit_test(it_is_lowered_with_a_reason_and_never_raised),
        cmocka_unit_test(waived_it_goes_on_without_a_notice),
        cmocka_unit_test(two_at_once_are_told),
        cmocka_unit_test(part_by_part_and_whole_it_begins_a_new_term),
        cmocka_unit_test(paying_twice_or_too_much_is_refused),
        cmocka_unit_test(a_payment_recorded_by_mistake_takes_its_term_with_it),
        cmocka_unit_test(lowered_to_what_was_paid_it_is_paid),
        cmocka_unit_test(a_letter_goes_with_its_notice),
        cmocka_unit_test(a_wrong_notice_is_withdrawn_and_its_money_given_back),
        cmocka_unit_test(its_facts_do_not_go_without_its_money),
        cmocka_unit_test(unpaid_it_lapses_from_the_day_the_notice_was_received),
        cmocka_unit_test(what_comes_too_late_is_kept_and_given_back),
        cmocka_unit_test(the_sums_are_those_of_the_list),
        cmocka_unit_test(the_notice_is_a_letter_that_tells_the_working),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, begin, end);
}
