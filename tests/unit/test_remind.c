// Reminders: who is told what, when, and once; and what comes due.
#include "test.h"

#include "app/remedy.h"
#include "app/remind.h"
#include "app/request.h"
#include "domain/remind.h"
#include "site_box.h"
#include "store/notice.h"
#include "store/organ.h"
#include "store/person.h"
#include "store/task.h"

typedef struct Stage {
    SiteBox *box;
    App app;
    OrganId housing;
    PersonId officer, head, drafter;
} Stage;

static Stage place;

static Date day(const char *iso)
{
    Date d = date_none;
    assert_true(date_parse(str_z(iso), &d));
    return d;
}

// --- the rules

typedef struct RuleRow {
    const char *name;
    const char *today;
    bool drafted;
    int handler, head; // REMIND__COUNT: nothing
} RuleRow;

// Due 2026-03-19 (Thursday), the draft 2026-03-12.
// clang-format off
static const RuleRow rule_rows[] = {
    { "long before",                       "2026-03-11", false, REMIND__COUNT,  REMIND__COUNT },
    { "the draft is due",                  "2026-03-12", false, REMIND_DRAFT,   REMIND__COUNT },
    { "the draft has been sent on",        "2026-03-12", true,  REMIND__COUNT,  REMIND__COUNT },
    { "three working days before",         "2026-03-16", true,  REMIND_SOON,    REMIND__COUNT },
    { "over a weekend",                    "2026-03-14", false, REMIND_DRAFT,   REMIND__COUNT },
    { "a working day before: the head",    "2026-03-18", false, REMIND_SOON,    REMIND_HEAD_SOON },
    { "on the day",                        "2026-03-19", false, REMIND_SOON,    REMIND_HEAD_SOON },
    { "the day after",                     "2026-03-20", false, REMIND_OVERDUE, REMIND_HEAD_OVERDUE },
    { "long after",                        "2026-06-01", true,  REMIND_OVERDUE, REMIND_HEAD_OVERDUE },
};
// clang-format on

static void check_rule(void **state)
{
    const RuleRow *row = *state;
    Err err = {0};
    CLEANUP(arena_end) Arena a = arena_new(16 << 20);
    CalendarNotices notices = calendar_national(&a);
    Calendar c;
    assert_true(calendar_make(&notices, &a, &c, &err));
    RemindCase one = {
        .due = day("2026-03-19"), .draft_due = day("2026-03-12"), .drafted = row->drafted};
    RemindRule got = REMIND__COUNT, head = REMIND__COUNT;
    remind_rule(&one, false, &c, &clock_settings_default, day(row->today), &got);
    remind_rule(&one, true, &c, &clock_settings_default, day(row->today), &head);
    assert_int_equal(got, row->handler);
    assert_int_equal(head, row->head);
}

static void a_publication_is_reminded_of_by_its_own_day_alone(void **state)
{
    (void)state;
    static const struct {
        const char *today;
        int handler, head;
    } rows[] = {
        {"2026-03-12", REMIND__COUNT, REMIND__COUNT}, // no draft is waited for
        {"2026-03-16", REMIND_PUBLISH, REMIND__COUNT},
        {"2026-03-18", REMIND_PUBLISH, REMIND_HEAD_PUBLISH},
        {"2026-03-20", REMIND_PUBLISH_LATE, REMIND_HEAD_PUBLISH_LATE},
    };
    Err err = {0};
    CLEANUP(arena_end) Arena a = arena_new(16 << 20);
    CalendarNotices notices = calendar_national(&a);
    Calendar c;
    assert_true(calendar_make(&notices, &a, &c, &err));
    RemindCase one = {
        .due = day("2026-03-19"), .draft_due = date_none, .of = REMIND_OF_PUBLICATION};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        RemindRule got = REMIND__COUNT, head = REMIND__COUNT;
        remind_rule(&one, false, &c, &clock_settings_default, day(rows[i].today), &got);
        remind_rule(&one, true, &c, &clock_settings_default, day(rows[i].today), &head);
        assert_int_equal(got, rows[i].handler);
        assert_int_equal(head, rows[i].head);
    }
}

// --- the job

static PersonId person_made(const char *login, const char *name, Role role)
{
    Err err = {0};
    Person p = {.organ = place.housing, .login = str_z(login), .name = str_z(name)};
    if (!store_person_add(place.app.db, BOX_SITE, &p, &err))
        fail_msg("%s", err.en);
    PostRow post = {.person = p.id,
                    .organ = place.housing,
                    .role = role,
                    .from = day("2026-01-01"),
                    .until = date_none};
    assert_true(store_post_add(place.app.db, BOX_SITE, &post, (PersonId){0}, &err));
    return p.id;
}

static int begin(void **state)
{
    Err err = {0};
    Organ o;
    if (site_box_make(state))
        return 1;
    place = (Stage){.box = *state};
    AppPlace at = {.data = place.box->dir, .database = place.box->database};
    if (!app_open(&at, DB_CREATE, day("2026-03-05"), 1772690400, &place.box->a, &place.app, &err))
        fail_msg("%s", err.en);
    organ_from_name(S("示例县住房和城乡建设局"), &o);
    o.short_name = S("示住建");
    assert_true(store_organ_add(place.app.db, BOX_SITE, &o, &place.box->a, &err));
    place.housing = o.id;
    assert_true(store_organ_under_refresh(place.app.db, BOX_SITE, &err));
    place.officer = person_made("zhou", "周衡", ROLE_OFFICER);
    place.head = person_made("fang", "方正", ROLE_HEAD);
    place.drafter = person_made("chen", "陈岚", ROLE_DRAFTER);
    return 0;
}

static int end(void **state)
{
    app_close(&place.app);
    return site_box_drop(state);
}

// Received on 2026-02-12, so that it is due on 2026-03-18.
static RequestId registered(void)
{
    Registered done;
    Err err = {0};
    NewRequest n = {.organ = place.housing,
                    .channel = CHANNEL_IN_PERSON,
                    .filed = day("2026-02-13"),
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

static void run_on(const char *today)
{
    Err err = {0};
    Str did;
    place.app.today = day(today);
    place.app.now = moment_begin(place.app.today) + 3600;
    if (!app_remind_job(&place.app, &place.box->a, &did, &err))
        fail_msg("%s (%s)", err.en, err.detail);
}

static size_t told(PersonId who)
{
    Err err = {0};
    Notices list;
    size_t n = 0;
    assert_true(store_notice_list(place.app.db, BOX_SITE, who, 0, 50, &place.box->a, &list, &err));
    for (size_t i = 0; i < list.n; i++)
        n += list.v[i].kind == NOTICE_REQUEST;
    return n;
}

static void each_thing_is_told_once(void **state)
{
    (void)state;
    Err err = {0};
    RequestId id = registered();
    assert_true(app_request_assign(&place.app, id, 1, place.drafter, &place.box->a, &err));
    run_on("2026-03-11");
    assert_int_equal(told(place.drafter), 0);
    run_on("2026-03-12");
    run_on("2026-03-12");
    run_on("2026-03-13");
    assert_int_equal(told(place.drafter), 1); // the draft
    run_on("2026-03-16");
    run_on("2026-03-17");
    assert_int_equal(told(place.drafter), 2); // soon
    assert_int_equal(told(place.head), 0);
    run_on("2026-03-18");
    run_on("2026-03-19");
    assert_int_equal(told(place.head), 1);
    run_on("2026-03-20");
    run_on("2026-03-23");
    assert_int_equal(told(place.drafter), 3);
    assert_int_equal(told(place.head), 2);
    assert_int_equal(told(place.officer), 0); // somebody else handles it
}

static void without_a_handler_the_officers_are_told(void **state)
{
    (void)state;
    registered();
    run_on("2026-03-20");
    assert_int_equal(told(place.officer), 1);
    assert_int_equal(told(place.head), 1);
    assert_int_equal(told(place.drafter), 0);
}

static RequestStep step_of(RequestId id, FactKind kind, const char *on, int workdays)
{
    RequestFile file;
    Err err = {0};
    assert_true(app_request_get(&place.app, id, &place.box->a, &file, &err));
    return (RequestStep){
        .id = id,
        .version = file.request.version,
        .fact = {.kind = kind, .on = day(on), .workdays = workdays, .until = date_none}};
}

static void take(RequestId id, FactKind kind, const char *on, int workdays)
{
    Err err = {0};
    RequestStep s = step_of(id, kind, on, workdays);
    if (!app_request_step(&place.app, step_rules[kind].may, &s, &place.box->a, &err))
        fail_msg("%s", err.en);
}

static void a_date_that_moved_is_told_again(void **state)
{
    (void)state;
    RequestId id = registered();
    run_on("2026-03-17");
    assert_int_equal(told(place.officer), 1);
    take(id, FACT_EXTENDED, "2026-03-17", 5);
    run_on("2026-03-19");
    assert_int_equal(told(place.officer), 2); // the draft, for the new day
    run_on("2026-03-23");
    assert_int_equal(told(place.officer), 3); // soon, for the new day
}

static void while_others_are_asked_nobody_is_reminded(void **state)
{
    (void)state;
    RequestId id = registered();
    place.app.today = day("2026-03-05");
    take(id, FACT_THIRD_PARTY_ASKED, "2026-03-05", 0);
    run_on("2026-03-24");
    assert_int_equal(told(place.officer), 0);
}

// What a review orders is reminded of by its own day, though the request has long been answered.
static void a_reply_that_was_ordered_anew_is_reminded_of(void **state)
{
    (void)state;
    Err err = {0};
    RemedyId id;
    RequestId request = registered();
    RequestStep answered = step_of(request, FACT_ANSWERED, "2026-03-05", 0);
    place.app.today = day("2026-03-05");
    if (!app_request_past_step(&place.app, &answered, &place.box->a, &err))
        fail_msg("%s", err.en);
    place.app.today = day("2026-05-06");
    RemedyNew n = {.request = request,
                   .kind = CASE_REVIEW,
                   .title = S("施工合同"),
                   .applicant = S("张三"),
                   .filed = day("2026-05-06")};
    RemedyStep decided = {.kind = RF_DECIDED,
                          .on = day("2026-05-06"),
                          .until = day("2026-05-20"),
                          .result = RESULT_REDO};
    assert_true(app_remedy_open(&place.app, &n, &place.box->a, &id, &err));
    decided.id = id;
    assert_true(app_remedy_step(&place.app, &decided, &place.box->a, &err));
    run_on("2026-05-07");
    assert_int_equal(told(place.officer), 0);
    run_on("2026-05-13"); // five working days before it the draft is due
    assert_int_equal(told(place.officer), 1);
    run_on("2026-05-15"); // three
    run_on("2026-05-15");
    assert_int_equal(told(place.officer), 2);
    assert_int_equal(told(place.head), 0);
    run_on("2026-05-21"); // over
    assert_int_equal(told(place.officer), 3);
    assert_int_equal(told(place.head), 1);
}

static void silence_of_those_asked_is_a_task(void **state)
{
    (void)state;
    Err err = {0};
    Situations found;
    RequestId id = registered();
    take(id, FACT_THIRD_PARTY_ASKED, "2026-03-05", 0);
    int64_t changed;
    assert_true(store_task_situations(place.app.db, BOX_SITE, TASK_REQUEST_SILENT, place.app.today,
                                      &place.box->a, &found, &err));
    assert_int_equal(found.n, 0);
    place.app.today = day("2026-03-27");
    assert_true(app_request_turn(&place.app, &place.box->a, &changed, &err));
    assert_true(store_task_situations(place.app.db, BOX_SITE, TASK_REQUEST_SILENT, place.app.today,
                                      &place.box->a, &found, &err));
    assert_int_equal(found.n, 1);
    assert_int_equal(found.v[0].noun_id, id.n);
}

static void the_forecast_says_what_comes_due_on_which_day(void **state)
{
    (void)state;
    Err err = {0};
    Forecast f;
    registered(); // due 2026-03-19
    place.app.today = day("2026-03-13");
    assert_true(app_forecast(&place.app, &place.box->a, &f, &err));
    assert_int_equal(f.requests.n, 1);
    assert_int_equal(f.days[5].days, day("2026-03-20").days);
    assert_int_equal(f.from[4], 0); // the 19th is the fourth working day behind the 13th
    assert_int_equal(f.from[5], 1);
    assert_str(f.requests.v[0].draft, S(""));
    place.app.today = day("2026-03-20");
    assert_true(app_forecast(&place.app, &place.box->a, &f, &err));
    assert_int_equal(f.from[0], 1); // overdue
    place.app.today = day("2026-03-11");
    assert_true(app_forecast(&place.app, &place.box->a, &f, &err));
    assert_int_equal(f.requests.n, 0);
    place.app.scope = (Scope){.site = BOX_SITE, .reach = REACH_ORGAN, .root = {99}, .person = {7}};
    place.app.today = day("2026-03-13");
    assert_true(app_forecast(&place.app, &place.box->a, &f, &err));
    assert_int_equal(f.requests.n, 0); // not theirs
}

#define T(f) cmocka_unit_test_setup_teardown(f, begin, end)

int main(void)
{
    enum { RULES = sizeof rule_rows / sizeof *rule_rows };
    const struct CMUnitTest others[] = {
        T(each_thing_is_told_once),
        T(without_a_handler_the_officers_are_told),
        T(a_reply_that_was_ordered_anew_is_reminded_of),
        T(a_date_that_moved_is_told_again),
        T(while_others_are_asked_nobody_is_reminded),
        T(silence_of_those_asked_is_a_task),
        T(the_forecast_says_what_comes_due_on_which_day),
        T(a_publication_is_reminded_of_by_its_own_day_alone),
    };
    enum { OTHERS = sizeof others / sizeof *others };
    struct CMUnitTest tests[RULES + OTHERS];
    for (size_t i = 0; i < RULES; i++)
        tests[i] =
            (struct CMUnitTest){rule_rows[i].name, check_rule, NULL, NULL, (void *)&rule_rows[i]};
    memcpy(tests + RULES, others, sizeof others);
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return _cmocka_run_group_tests("remind", tests, RULES + OTHERS, NULL, NULL);
}
