// The calendar and the settings at the desk, over the program itself and on both engines: what
// everybody sees, and how the administrator changes them after a look at what moves.
#include "../test.h"

#include "app/request.h"
#include "desk_site.h"

static SiteBox *box;
static Arena *a;
static App app;
static Program site;
static OrganId office, housing;
static Jar officer, head, admin;

static int begin(void **state)
{
    if (desk_site_open(state, &box, &a, &app) != 0)
        return -1;
    office = organ_make(&app, a, "示例县人民政府办公室", (OrganId){0});
    housing = organ_make(&app, a, "示例县住房和城乡建设局", office);
    organ_runs_site(&app, office);
    site = program_serve(box, NULL);
    PersonId who[] = {
        person_make(&app, a, "zhou", "周衡", housing, 1u << ROLE_OFFICER),
        person_make(&app, a, "fang", "方正", housing, 1u << ROLE_HEAD),
        person_make(&app, a, "guan", "关立", office, 1u << ROLE_ADMIN),
    };
    Jar *jars[] = {&officer, &head, &admin};
    for (size_t i = 0; i < sizeof who / sizeof *who; i++)
        *jars[i] = jar_of(&app, a, site.port, who[i]);
    return site.port ? 0 : -1;
}

static int end(void **state)
{
    return desk_site_close(state, &app, &site);
}

static Registered registered(void)
{
    Registered done;
    Err err = {0};
    NewRequest n = {.organ = housing,
                    .channel = CHANNEL_IN_PERSON,
                    .filed = app.today,
                    .title = S("城东片区改造施工合同"),
                    .description = S("施工合同"),
                    .form = S("electronic"),
                    .way = S("platform"),
                    .kind = APPLICANT_NATURAL,
                    .name = S("张三"),
                    .applicant = {.id_kind = S("居民身份证"),
                                  .id_number = S("000000199001010000"),
                                  .phone = S("0000-0000000")}};
    if (!app_request_register(&app, &n, a, &done, &err))
        fail_msg("%s (%s)", err.en, err.detail);
    return done;
}

static Date due_of(RequestId id)
{
    InfoRequest r;
    Err err = {0};
    assert_true(store_request_get(app.db, &app.scope, id, a, &r, &err));
    return r.due;
}

// The next day but some that works, so that it lies in the term of what comes in today.
static Date workday_ahead(void)
{
    RequestRules rules;
    Term t;
    Err err = {0};
    assert_true(app_request_rules(&app, a, &rules, &err) &&
                calendar_due(&rules.calendar, app.today, 3, &t, &err));
    return t.due;
}

static Str notice_form(Date off, const char *kind, const char *number)
{
    Str f = str_fmt(a, "year=%d&kind=%s&stage=", date_year(off), kind);
    f = str_cat(a, f, form_field(a, "number", str_z(number)));
    f = str_cat(a, f, form_field(a, "days", str_cat(a, date_iso(a, off), S(" off 县庆"))));
    return str_cat(a, f, S("&title=&address="));
}

static void everybody_sees_the_year_and_only_the_administrator_may_change_it(void **state)
{
    (void)state;
    Str html = page(&officer, "/desk/calendar?year=2026", 200);
    shows(html, "2026年2月");
    shows(html, "春节，放假");
    shows(html, "国务院办公厅关于2026年部分节假日安排的通知");
    hides(html, "录入放假安排");
    shows(page(&admin, "/desk/calendar?year=2026", 200), "录入放假安排");
    page(&officer, "/desk/calendar/new", 403);
    page(&head, "/desk/clock/edit", 403);
    shows(page(&head, "/desk/clock", 200), "5个工作日");
}

static void a_year_without_a_notice_is_said_to_be_provisional(void **state)
{
    (void)state;
    shows(page(&officer, "/desk/calendar?year=2031", 200), "暂定");
    shows(page(&officer, "/desk/calendar?year=1900", 200), "工作日历"); // this year
    page(&officer, "/desk/calendar/77", 404);
    page(&officer, "/desk/calendar/x", 404);
}

static void a_notice_is_looked_at_and_then_moves_what_is_open(void **state)
{
    (void)state;
    Registered done = registered();
    Date before = due_of(done.id), off = workday_ahead();
    Str look = notice_form(off, "regional", "示政办〔2026〕8号");
    Str html = posted(&admin, S("/desk/calendar/new"), look, 200).body;
    shows(html, "1件日期有变");
    shows(html, str_to_z(a, done.code));
    shows(html, str_to_z(a, date_iso(a, before)));
    hides(html, "城东片区"); // an administrator does not see what is asked
    assert_int_equal(due_of(done.id).days, before.days);
    Str sure = str_replace(a, look, S("stage="), S("stage=sure"));
    sure =
        str_cat(a, sure, str_fmt(a, "&version=" PRI_STR, STR_ARG(page_value(a, html, "version"))));
    posted(&admin, S("/desk/calendar/new"), sure, 303);
    assert_true(due_of(done.id).days > before.days);
    html = page(&officer, str_to_z(a, str_fmt(a, "/desk/calendar?year=%d", date_year(off))), 200);
    shows(html, "示政办〔2026〕8号");
    shows(html, "关立于");
    // and back
    html = page(&admin, "/desk/calendar/1", 200);
    shows(html, "县庆");
    posted(&admin, S("/desk/calendar/1/withdraw"), S("why=&stage=sure"), 422);
    posted(&admin, S("/desk/calendar/1/withdraw"), S("why=%E8%AF%AF&stage=sure"), 303);
    assert_int_equal(due_of(done.id).days, before.days);
    shows(page(&officer, "/desk/calendar/1", 200), "已撤回");
}

static void what_was_looked_at_before_somebody_elses_change_is_looked_at_again(void **state)
{
    (void)state;
    registered();
    Date off = workday_ahead();
    Str first = notice_form(off, "regional", "甲"),
        second = notice_form((Date){off.days + 7}, "regional", "乙");
    posted(&admin, S("/desk/calendar/new"), str_replace(a, first, S("stage="), S("stage=sure")),
           303);
    Str html = posted(&admin, S("/desk/calendar/new"), second, 200).body;
    Str version = page_value(a, html, "version");
    posted(&admin, S("/desk/clock/edit"),
           S("correction_workdays=12&draft_workdays=5&remind_workdays=3&extension_once=1"
             "&opinion_day_counts_out=1&opinion_goes_over=1&why=x&stage=sure"),
           303);
    Str sure = str_cat(a, str_replace(a, second, S("stage="), S("stage=sure")),
                       str_fmt(a, "&version=" PRI_STR, STR_ARG(version)));
    html = posted(&admin, S("/desk/calendar/new"), sure, 409).body;
    shows(html, "刚被别人改过");
    shows(html, "日期有变");
}

static void mistakes_are_said_beside_the_field_and_nothing_typed_is_lost(void **state)
{
    (void)state;
    Str html = posted(&admin, S("/desk/calendar/new"),
                      S("year=2026&kind=national&number=a&days=nonsense"), 422)
                   .body;
    shows(html, "看不懂");
    shows(html, "nonsense");
    html = posted(&admin, S("/desk/calendar/new"),
                  S("year=2026&kind=national&number=a&days=2027-05-01+off+x"), 422)
               .body;
    shows(html, "不属于2026年的通知");
    html = posted(&admin, S("/desk/calendar/new"),
                  S("year=2026&kind=national&number=a&address=javascript:1&days=2026-05-06+off+x"),
                  422)
               .body;
    shows(html, "https://");
    html = posted(&admin, S("/desk/calendar/new"),
                  S("year=2026&kind=national&number=a&days=2026-02-16+off+x"), 422)
               .body;
    shows(html, "不用再录入");
}

static void a_setting_is_changed_with_its_reason_on_record(void **state)
{
    (void)state;
    registered();
    Str f = S("correction_workdays=10&draft_workdays=7&remind_workdays=3&extension_once=1"
              "&opinion_day_counts_out=1&opinion_goes_over=1");
    posted(&admin, S("/desk/clock/edit"), f, 422); // why?
    f = str_cat(a, f, form_field(a, "why", S("审核环节多")));
    Str html = posted(&admin, S("/desk/clock/edit"), f, 200).body;
    shows(html, "只是拟稿时限");
    posted(&admin, S("/desk/clock/edit"), str_cat(a, f, S("&stage=sure")), 303);
    html = page(&officer, "/desk/clock", 200);
    shows(html, "审核环节多");
    shows(html, "5个工作日 → 7个工作日");
    posted(&admin, S("/desk/clock/edit"),
           str_replace(a, f, S("draft_workdays=7"), S("draft_workdays=70")), 422);
}

static void the_forecast_lists_what_comes_due(void **state)
{
    (void)state;
    Registered done = registered();
    shows(page(&officer, "/desk/forecast", 200), "0件到期");
    app.today.days -= 27; // one that came in four weeks ago
    Registered old = registered();
    app.today.days += 27;
    Str html = page(&officer, "/desk/forecast", 200);
    hides(html, str_to_z(a, str_cat(a, done.code, S("<"))));
    shows(html, str_to_z(a, old.code));
    shows(html, "还没有拟稿");
    page(&admin, "/desk/forecast", 403);
}

#define T(f) cmocka_unit_test_setup_teardown(f, begin, end)

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    const struct CMUnitTest tests[] = {
        T(everybody_sees_the_year_and_only_the_administrator_may_change_it),
        T(a_year_without_a_notice_is_said_to_be_provisional),
        T(a_notice_is_looked_at_and_then_moves_what_is_open),
        T(what_was_looked_at_before_somebody_elses_change_is_looked_at_again),
        T(mistakes_are_said_beside_the_field_and_nothing_typed_is_lost),
        T(a_setting_is_changed_with_its_reason_on_record),
        T(the_forecast_lists_what_comes_due),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
