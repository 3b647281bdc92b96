// The site's own calendar and settings: what a change moves, and that it moves it.
#include "test.h"

#include "app/calendar.h"
#include "app/request.h"
#include "site_box.h"
#include "store/audit.h"
#include "store/notice.h"
#include "store/organ.h"
#include "store/person.h"

typedef struct Stage {
    SiteBox *box;
    App app;
    OrganId housing;
    PersonId officer;
} Stage;

static Stage place;

static Date day(const char *iso)
{
    Date d = date_none;
    assert_true(date_parse(str_z(iso), &d));
    return d;
}

static int begin(void **state)
{
    Err err = {0};
    Organ o;
    if (site_box_make(state))
        return 1;
    place = (Stage){.box = *state};
    AppPlace at = {.data = place.box->dir, .database = place.box->database};
    if (!app_open(&at, DB_CREATE, day("2020-01-31"), 1580400000, &place.box->a, &place.app, &err))
        fail_msg("%s", err.en);
    organ_from_name(S("示例县住房和城乡建设局"), &o);
    o.short_name = S("示住建");
    assert_true(store_organ_add(place.app.db, BOX_SITE, &o, &place.box->a, &err));
    place.housing = o.id;
    assert_true(store_organ_under_refresh(place.app.db, BOX_SITE, &err));
    Person p = {.organ = o.id, .login = S("zhou"), .name = S("周衡")};
    if (!store_person_add(place.app.db, BOX_SITE, &p, &err))
        fail_msg("%s", err.en);
    place.officer = p.id;
    return 0;
}

static int end(void **state)
{
    app_close(&place.app);
    return site_box_drop(state);
}

static RequestId registered(const char *filed)
{
    Registered done;
    Err err = {0};
    NewRequest n = {.organ = place.housing,
                    .channel = CHANNEL_IN_PERSON,
                    .filed = day(filed),
                    .title = S("城东片区改造施工合同"),
                    .description = S("施工合同"),
                    .form = S("electronic"),
                    .way = S("platform"),
                    .kind = APPLICANT_NATURAL,
                    .name = S("张三"),
                    .applicant = {.id_kind = S("居民身份证"),
                                  .id_number = S("000000199001010000"),
                                  .phone = S("0000-0000000")}};
    if (!app_request_register(&place.app, &n, &place.box->a, &done, &err))
        fail_msg("%s (%s)", err.en, err.detail);
    return done.id;
}

static InfoRequest kept(RequestId id)
{
    InfoRequest r;
    Err err = {0};
    assert_true(store_request_get(place.app.db, &place.app.scope, id, &place.box->a, &r, &err));
    return r;
}

static SiteNotice notice(int year, bool regional, const char *days)
{
    Err err = {0};
    SiteNotice n = {.notice = {.year = year, .regional = regional},
                    .number = S("示办发〔2020〕3号")};
    if (!calendar_days_read(str_z(days), year, &place.box->a, &n.notice.days, &err))
        fail_msg("%s", err.en);
    return n;
}

static RulesPlan change(const RulesChange *c)
{
    RulesPlan plan;
    Err err = {0};
    if (!app_rules_change(&place.app, c, 0, &place.box->a, &plan, &err))
        fail_msg("%s (%s)", err.en, err.detail);
    return plan;
}

static ErrKind refused(const RulesChange *c, int64_t stamp)
{
    RulesPlan plan;
    Err err = {0};
    assert_false(app_rules_change(&place.app, c, stamp, &place.box->a, &plan, &err));
    return err.kind;
}

static void a_later_notice_moves_open_requests_and_says_so_first(void **state)
{
    (void)state;
    Err err = {0};
    RulesPlan plan;
    RequestId id = registered("2020-01-23");
    Date before = kept(id).due;
    SiteNotice n = notice(2020, false, "春节：2月10日至12日放假。");
    RulesChange c = {.add = &n};
    assert_true(app_rules_plan(&place.app, &c, &place.box->a, &plan, &err));
    assert_int_equal(plan.moves.n, 1);
    assert_int_equal(plan.workdays_was - plan.workdays_becomes, 3);
    assert_int_equal(plan.moves.v[0].was.days, before.days);
    assert_int_equal(plan.moves.v[0].becomes.days, day("2020-03-04").days);
    assert_int_equal(kept(id).due.days, before.days); // only looked at
    change(&c);
    assert_int_equal(kept(id).due.days, day("2020-03-04").days);
    assert_int_equal(kept(id).version, 1); // nothing was done to the request
}

static void a_withdrawn_notice_stays_to_be_seen_and_moves_them_back(void **state)
{
    (void)state;
    Err err = {0};
    SiteNotices list;
    RequestId id = registered("2020-01-23");
    Date before = kept(id).due;
    SiteNotice n = notice(2020, false, "2月10日放假");
    change(&(RulesChange){.add = &n});
    assert_int_not_equal(kept(id).due.days, before.days);
    RulesChange back = {.withdraw = 1};
    assert_int_equal(refused(&back, 0), ERR_INPUT); // no reason
    back.why = S("录入有误");
    RulesPlan plan = change(&back);
    assert_int_equal(plan.moves.n, 1);
    assert_int_equal(kept(id).due.days, before.days);
    assert_true(store_calendar_list(place.app.db, BOX_SITE, true, &place.box->a, &list, &err));
    assert_int_equal(list.n, 1);
    assert_str(list.v[0].withdrawn_why, S("录入有误"));
    assert_int_equal(refused(&back, 0), ERR_MISSING);
}

static void it_says_which_become_overdue_and_which_stop_being_so(void **state)
{
    (void)state;
    RequestId id = registered("2020-01-02");
    place.app.today = day("2020-02-05");
    assert_int_equal(kept(id).due.days, day("2020-02-06").days);
    SiteNotice n =
        notice(2020, false, "2月1日、2月2日上班"); // weekend days that are worked after all
    RulesPlan plan = change(&(RulesChange){.add = &n});
    assert_int_equal(plan.n_overdue, 1);
    assert_true(plan.moves.v[0].is_overdue && !plan.moves.v[0].was_overdue);
    plan = change(&(RulesChange){.withdraw = 1, .why = S("误")});
    assert_int_equal(plan.n_saved, 1);
}

static void a_region_lies_over_the_country_whatever_comes_later(void **state)
{
    (void)state;
    Err err = {0};
    RequestRules rules;
    SiteNotice region = notice(2020, true, "古尔邦节：7月31日放假");
    SiteNotice nation = notice(2020, false, "7月31日上班");
    nation.notice.days.v[0].works = true;
    change(&(RulesChange){.add = &region});
    RulesChange c = {.add = &nation};
    assert_int_equal(refused(&c, 0), ERR_RULE); // changes nothing
    assert_true(app_request_rules(&place.app, &place.box->a, &rules, &err));
    assert_false(calendar_works(&rules.calendar, day("2020-07-31")));
}

static void a_region_does_not_make_a_year_known_but_a_national_notice_does(void **state)
{
    (void)state;
    Err err = {0};
    RequestRules rules;
    SiteNotice region = notice(2028, true, "节日：3月1日放假");
    SiteNotice nation = notice(2028, false, "元旦：1月1日至3日放假");
    change(&(RulesChange){.add = &region});
    assert_true(app_request_rules(&place.app, &place.box->a, &rules, &err));
    assert_false(calendar_known(&rules.calendar, day("2028-03-01")));
    change(&(RulesChange){.add = &nation});
    assert_true(app_request_rules(&place.app, &place.box->a, &rules, &err));
    assert_true(calendar_known(&rules.calendar, day("2028-03-01")));
}

static void what_was_looked_at_is_what_is_done(void **state)
{
    (void)state;
    Err err = {0};
    RulesPlan plan;
    SiteNotice one = notice(2020, false, "2月10日放假"), two = notice(2020, false, "2月11日放假");
    RulesChange first = {.add = &one}, second = {.add = &two};
    change(&first);
    assert_true(app_rules_plan(&place.app, &second, &place.box->a, &plan, &err));
    RulesChange third = {.withdraw = 1, .why = S("误")};
    change(&third);
    assert_int_equal(refused(&second, plan.stamp), ERR_BUSY);
}

static void mistakes_are_refused(void **state)
{
    (void)state;
    SiteNotice n = notice(2020, false, "2月10日放假");
    RulesChange c = {.add = &n};
    n.number = S("");
    assert_int_equal(refused(&c, 0), ERR_INPUT); // which paper?
    n = notice(2020, false, "2月10日放假");
    n.notice.year = 2022;
    assert_int_equal(refused(&c, 0), ERR_INPUT); // not of that year
    n.notice.year = 2099;
    assert_int_equal(refused(&c, 0), ERR_INPUT);
    n = notice(2020, false, "2月10日放假。2月10日上班。");
    assert_int_equal(refused(&c, 0), ERR_INPUT); // said twice
    n = notice(2020, false, "2月10日放假");
    place.app.scope.reach = REACH_BELOW;
    assert_int_equal(refused(&c, 0), ERR_DENIED);
}

static int64_t told(PersonId who)
{
    Err err = {0};
    Notices list;
    assert_true(store_notice_list(place.app.db, BOX_SITE, who, 0, 50, &place.box->a, &list, &err));
    return (int64_t)list.n;
}

static void who_handles_several_is_told_once(void **state)
{
    (void)state;
    Err err = {0};
    RequestId one = registered("2020-01-23"), two = registered("2020-01-22");
    assert_true(app_request_assign(&place.app, one, 1, place.officer, &place.box->a, &err));
    assert_true(app_request_assign(&place.app, two, 1, place.officer, &place.box->a, &err));
    int64_t before = told(place.officer);
    SiteNotice n = notice(2020, false, "2月10日放假");
    change(&(RulesChange){.add = &n});
    assert_int_equal(told(place.officer), before + 1);
}

static void a_setting_is_changed_with_a_reason_and_dated(void **state)
{
    (void)state;
    Err err = {0};
    RequestRules rules;
    RequestId id = registered("2020-01-02");
    ClockSettings s = clock_settings_default;
    s.draft_workdays = 8;
    RulesChange c = {.settings = &s};
    assert_int_equal(refused(&c, 0), ERR_INPUT); // why?
    c.why = S("审核环节多");
    Date before = kept(id).draft_due;
    RulesPlan plan = change(&c);
    assert_int_equal(plan.moves.n, 1);
    assert_true(kept(id).draft_due.days < before.days);
    assert_int_equal(refused(&c, 0), ERR_RULE); // so already
    assert_true(app_request_rules(&place.app, &place.box->a, &rules, &err));
    assert_int_equal(rules.settings.draft_workdays, 8);
    assert_int_equal(rules.changes.n, 1);
    assert_str(rules.changes.v[0].why, S("审核环节多"));
    s.draft_workdays = 99;
    assert_int_equal(refused(&c, 0), ERR_INPUT);
}

static void what_was_closed_stays_as_it_was_computed(void **state)
{
    (void)state;
    Err err = {0};
    RequestRules rules;
    ClockSettings s = clock_settings_default;
    s.opinion_day_counts_out = false;
    change(&(RulesChange){.settings = &s, .why = S("上级要求")});
    assert_true(app_request_rules(&place.app, &place.box->a, &rules, &err));
    assert_false(rules.settings.opinion_day_counts_out);
    request_rules_on(&rules, day("2020-01-30"));
    assert_true(rules.settings.opinion_day_counts_out);
    request_rules_on(&rules, day("2020-01-31"));
    assert_false(rules.settings.opinion_day_counts_out);
}

static void every_change_is_in_the_audit(void **state)
{
    (void)state;
    Err err = {0};
    SiteNotice n = notice(2020, false, "2月10日放假");
    registered("2020-01-23");
    change(&(RulesChange){.add = &n});
    CLEANUP(stmt_end)
    Stmt s = stmt(place.app.db, "SELECT act, noun, noun_id, became FROM audit_line"
                                " WHERE site_id = ?1 ORDER BY line_id DESC LIMIT 1");
    bind_int(&s, 1);
    assert_true(stmt_row(&s));
    assert_str(col_str(&s, &place.box->a), S("calendar.add"));
    assert_str(col_str(&s, &place.box->a), S("calendar"));
    assert_int_equal(col_int(&s), 1);
    Str became = col_str(&s, &place.box->a);
    assert_true(str_has(became, S("\"moved\":1")));
    assert_true(str_has(became, S("示住建依申〔2020〕1号")));
    (void)err;
}

// The rules are kept from one request of the web to the next; another process changes them.
static void another_process_sees_the_change(void **state)
{
    (void)state;
    Err err = {0};
    CLEANUP(app_close) App other = {0};
    AppPlace at = {.data = place.box->dir, .database = place.box->database};
    RequestRules before, after;
    assert_true(
        app_open(&at, DB_WRITE, place.app.today, place.app.now, &place.box->a, &other, &err));
    assert_true(app_request_rules(&other, &place.box->a, &before, &err));
    SiteNotice n = notice(2020, false, "2月10日放假");
    change(&(RulesChange){.add = &n});
    assert_true(app_request_rules(&other, &place.box->a, &after, &err));
    assert_false(calendar_works(&after.calendar, day("2020-02-10")));
    assert_true(calendar_works(&before.calendar, day("2020-02-10"))); // still good
}

// --- changes in the middle, against a slow count

static uint32_t seed = 11;

static int32_t roll(uint32_t n)
{
    seed = seed * 1664525u + 1013904223u;
    return (int32_t)((seed >> 8) % n);
}

enum { SPRING_DAYS = 150, CASES = 40, TURNS = 30 };

// What the test knows of each day from 1 January on, without asking the program again.
static bool works[SPRING_DAYS];

static Date slow_due(Date received, int workdays)
{
    int32_t first = day("2020-01-01").days, d = received.days;
    for (int left = workdays; left > 0;)
        left -= works[++d - first];
    return (Date){d};
}

// A notice of some days by chance, each turned to what it was not. Its days are told to `works`.
static SiteNotice notice_by_chance(void)
{
    int32_t first = day("2020-01-01").days;
    SiteNotice n = {.notice = {.year = 2020}, .number = S("示办发〔2020〕9号")};
    for (int k = 0; k < 3; k++) {
        int32_t at = 40 + 4 * roll(20) + k; // three days in a row are different ones
        bool said = false;
        for (size_t i = 0; i < n.notice.days.n; i++)
            said |= n.notice.days.v[i].date.days == first + at;
        if (said)
            continue;
        works[at] = !works[at];
        *PUSH(&place.box->a, &n.notice.days) =
            (CalendarDay){.date = {first + at}, .works = works[at], .name = S("调整")};
    }
    return n;
}

static void whatever_is_changed_every_open_request_is_due_as_counted_slowly(void **state)
{
    (void)state;
    Err err = {0};
    RequestRules rules;
    RequestId ids[CASES];
    Date received[CASES];
    int32_t first = day("2020-01-01").days;
    assert_true(app_request_rules(&place.app, &place.box->a, &rules, &err));
    for (int i = 0; i < SPRING_DAYS; i++)
        works[i] = calendar_works(&rules.calendar, (Date){first + i});
    for (int i = 0; i < CASES; i++) {
        received[i] = (Date){first + roll(30)};
        ids[i] = registered(str_to_z(&place.box->a, date_iso(&place.box->a, received[i])));
    }
    for (int turn = 0; turn < TURNS; turn++) {
        SiteNotice n = notice_by_chance();
        int64_t moved = 0;
        Date before[CASES];
        for (int i = 0; i < CASES; i++)
            before[i] = kept(ids[i]).due;
        RulesPlan plan = change(&(RulesChange){.add = &n});
        for (int i = 0; i < CASES; i++) {
            Date due = kept(ids[i]).due;
            assert_int_equal(due.days, slow_due(received[i], 20).days);
            moved += due.days != before[i].days;
        }
        assert_true((int64_t)plan.moves.n >= moved); // some only their draft's day
    }
}

#define T(f) cmocka_unit_test_setup_teardown(f, begin, end)

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    const struct CMUnitTest tests[] = {
        T(a_later_notice_moves_open_requests_and_says_so_first),
        T(a_withdrawn_notice_stays_to_be_seen_and_moves_them_back),
        T(it_says_which_become_overdue_and_which_stop_being_so),
        T(a_region_lies_over_the_country_whatever_comes_later),
        T(a_region_does_not_make_a_year_known_but_a_national_notice_does),
        T(what_was_looked_at_is_what_is_done),
        T(mistakes_are_refused),
        T(who_handles_several_is_told_once),
        T(a_setting_is_changed_with_a_reason_and_dated),
        T(what_was_closed_stays_as_it_was_computed),
        T(every_change_is_in_the_audit),
        T(another_process_sees_the_change),
        T(whatever_is_changed_every_open_request_is_due_as_counted_slowly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
