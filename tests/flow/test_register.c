// The register over the program itself, on both engines: conditions that stay in the address, the
// board, and files with exactly the same rows.
#include "../test.h"

#include "app/request_work.h"
#include "base/csv.h"
#include "desk_site.h"
#include "store/audit_find.h"
#include "store/organ.h"

static SiteBox *box;
static Arena *a;
static App app;
static Program site;
static OrganId office, housing, water;
static Jar officer, other, supervisor, admin;

static RequestId asked(OrganId organ, const char *title, const char *name, Channel channel,
                       ApplicantKind kind, int days_ago)
{
    Err err = {0};
    Registered made;
    NewRequest n = {
        .organ = organ,
        .channel = channel,
        .filed = {app.today.days - days_ago},
        .title = str_z(title),
        .description = S("全部附件"),
        .form = S("electronic"),
        .way = S("platform"),
        .kind = kind,
        .name = str_z(name),
        .applicant = {.id_number = S("000000199001010000"), .phone = S("0000-1234567")}};
    if (!app_request_register(&app, &n, a, &made, &err))
        fail_msg("%s", err.en);
    return made.id;
}

// As an act of some area records it.
static void step(RequestId id, FactKind kind, int days_ago, Outcome outcome)
{
    Err err = {0};
    CLEANUP(act_end) Act act = {0};
    RequestWork work;
    RequestStep s = {.id = id,
                     .fact = {.kind = kind, .on = {app.today.days - days_ago}, .until = date_none},
                     .outcome = outcome};
    if (!act_begin(&app, &act, &err) || !request_load(&app, id, 0, a, &work, &err) ||
        !request_take(&app, &work, &s, a, &err) ||
        !request_note(&act, ACT_REQUEST_STEP, &work, a, &err) || !act_commit(&act, &err))
        fail_msg("%s", err.en);
}

static int begin(void **state)
{
    if (desk_site_open(state, &box, &a, &app) != 0)
        return -1;
    office = organ_make(&app, a, "示例县人民政府办公室", (OrganId){0});
    housing = organ_make(&app, a, "示例县住房和城乡建设局", office);
    water = organ_make(&app, a, "示例县水务局", office);
    organ_runs_site(&app, office);
    asked(housing, "路灯改造方案", "张三", CHANNEL_IN_PERSON, APPLICANT_NATURAL, 3);
    asked(housing, "电梯补贴名单", "示例物业有限公司", CHANNEL_FAX, APPLICANT_BUSINESS, 4);
    RequestId late =
        asked(housing, "逾期答复的排水图", "李四", CHANNEL_IN_PERSON, APPLICANT_NATURAL, 90);
    step(late, FACT_ANSWERED, 1, OUTCOME_DISCLOSED);
    RequestId gone =
        asked(housing, "撤回的绿化合同", "王五", CHANNEL_MAIL_SIGNED, APPLICANT_NATURAL, 20);
    step(gone, FACT_WITHDRAWN, 18, OUTCOME_WITHDRAWN);
    asked(housing, "=HYPERLINK(\"http://x\")", "@SUM(A1)", CHANNEL_MAIL_SIGNED, APPLICANT_NATURAL,
          400);
    asked(water, "水务局的水质报告", "赵六", CHANNEL_IN_PERSON, APPLICANT_NATURAL, 2);
    site = program_serve(box, NULL);
    PersonId who[] = {
        person_make(&app, a, "zhou", "周衡", housing, 1u << ROLE_OFFICER),
        person_make(&app, a, "xu", "许文", water, 1u << ROLE_OFFICER),
        person_make(&app, a, "jian", "简查", office, 1u << ROLE_SUPERVISOR),
        person_make(&app, a, "guan", "管理", office, 1u << ROLE_ADMIN),
    };
    Jar *jars[] = {&officer, &other, &supervisor, &admin};
    for (size_t i = 0; i < sizeof who / sizeof *who; i++)
        *jars[i] = jar_of(&app, a, site.port, who[i]);
    return site.port ? 0 : -1;
}

static int end(void **state)
{
    return desk_site_close(state, &app, &site);
}

// Each condition alone: what it shows, and what it hides.
static void every_condition_narrows_the_list(void **state)
{
    (void)state;
    static const struct {
        const char *query, *shown, *hidden;
    } rows[] = {
        {"tab=all&phase=ended", "撤回的绿化合同", "路灯改造方案"},
        {"tab=all&outcome=disclosed", "逾期答复的排水图", "撤回的绿化合同"},
        {"channel=in_person", "路灯改造方案", "电梯补贴名单"},
        {"tab=all&kind=business", "电梯补贴名单", "路灯改造方案"},
        {"tab=all&late=1", "逾期答复的排水图", "撤回的绿化合同"},
        {"tab=all&late=1&q=HYPER", "HYPERLINK", "逾期答复的排水图"},
        {"tab=ended&sort=ended", "逾期答复的排水图", "路灯改造方案"},
        {"tab=all&q=%E7%BB%BF%E5%8C%96&kind=natural", "撤回的绿化合同", "路灯改造方案"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Str html = page(&officer, str_fmt(a, "/desk/requests?%s", rows[i].query).s, 200);
        shows(html, rows[i].shown);
        hides(html, rows[i].hidden);
        shows(html, "去掉条件");
    }
}

static Str since(int days_ago)
{
    return date_iso(a, (Date){app.today.days - days_ago});
}

static void a_period_is_about_the_day_that_was_chosen(void **state)
{
    (void)state;
    Str filed = str_fmt(a, "/desk/requests?tab=all&day=filed&from=" PRI_STR, STR_ARG(since(10)));
    Str html = page(&officer, str_to_z(a, filed), 200);
    shows(html, "路灯改造方案");
    hides(html, "撤回的绿化合同");
    Str ended = str_fmt(a, "/desk/requests?tab=all&day=ended&from=" PRI_STR "&to=" PRI_STR,
                        STR_ARG(since(19)), STR_ARG(since(17)));
    html = page(&officer, str_to_z(a, ended), 200);
    shows(html, "撤回的绿化合同");
    hides(html, "路灯改造方案");
}

static void a_chip_takes_one_condition_away_and_keeps_the_others(void **state)
{
    (void)state;
    Str html = page(&officer, "/desk/requests?tab=all&channel=fax&kind=business", 200);
    shows(html, "/desk/requests?tab=all&amp;kind=business");
    shows(html, "/desk/requests?tab=all&amp;channel=fax");
    shows(html, "/desk/requests/export.csv?tab=all&amp;channel=fax&amp;kind=business");
}

static void what_cannot_be_understood_is_said(void **state)
{
    (void)state;
    shows(page(&officer, "/desk/requests?phase=flying", 422), "没有这样的阶段");
    page(&officer, "/desk/requests?from=2026-02-30", 422);
    page(&officer, "/desk/requests?from=2026-03-02&to=2026-03-01", 422);
    page(&officer, "/desk/requests/export.csv?organ=x", 400);
}

static void the_year_is_shown_where_it_is_not_this_one(void **state)
{
    (void)state;
    Date filed = {app.today.days - 400};
    shows(page(&officer, "/desk/requests?q=HYPER", 200), str_to_z(a, date_zh(a, filed)));
}

static size_t rows_of(Str csv, const char *first, size_t column)
{
    CsvRows rows = {0};
    Err err = {0};
    size_t n = 0;
    assert_true(csv_read(str_from(csv, 3), a, &rows, &err));
    for (size_t i = 1; i < rows.n; i++)
        n += !first || str_has(rows.v[i].v[column], str_z(first));
    return n;
}

static void a_file_has_exactly_the_rows_of_the_conditions(void **state)
{
    (void)state;
    Str csv = page(&officer, "/desk/requests/export.csv?tab=all", 200);
    assert_int_equal(rows_of(csv, NULL, 0), 5);
    hides(csv, "水务局的水质报告");
    hides(csv, "000000199001010000");
    csv = page(&officer, "/desk/requests/export.csv?tab=all&kind=business", 200);
    assert_int_equal(rows_of(csv, NULL, 0), 1);
    assert_int_equal(rows_of(csv, "电梯补贴名单", 2), 1);
    csv = page(&supervisor, "/desk/requests/export.csv?tab=all", 200);
    assert_int_equal(rows_of(csv, NULL, 0), 6);
}

static void nothing_in_a_file_is_a_formula(void **state)
{
    (void)state;
    Str csv = page(&officer, "/desk/requests/export.csv?q=HYPER", 200);
    shows(csv, "'=HYPERLINK");
    shows(csv, "'@SUM");
    Str xlsx = page(&officer, "/desk/requests/export.xlsx?q=HYPER", 200);
    assert_true(str_starts(xlsx, S("PK")));
}

static void an_export_leaves_a_line(void **state)
{
    (void)state;
    AuditFilter filter = {.act = S("request.export")};
    AuditHits hits;
    Err err = {0};
    page(&officer, "/desk/requests/export.csv?tab=all&channel=fax", 200);
    assert_true(store_audit_find(app.db, &app.scope, &filter, 0, 1, a, &hits, &err));
    assert_int_equal(hits.n, 1);
    shows(hits.v[0].line.became, "channel=fax");
    assert_str(hits.v[0].line.actor.name, S("周衡"));
}

static void the_board_has_a_column_for_each_phase(void **state)
{
    (void)state;
    Str html = page(&officer, "/desk/requests/board", 200);
    shows(html, "路灯改造方案");
    shows(html, "撤回的绿化合同");
    shows(html, "待补正");
    hides(html, "水务局的水质报告");
    html = page(&officer, "/desk/requests/board?kind=business", 200);
    shows(html, "电梯补贴名单");
    hides(html, "路灯改造方案");
}

static void pages_go_on_where_the_last_one_ended(void **state)
{
    (void)state;
    for (int i = 0; i < 25; i++)
        asked(water, i % 2 ? "成批的甲" : "成批的乙", "钱七", CHANNEL_FAX, APPLICANT_NATURAL,
              30 + i % 3);
    static const char *const sorts[] = {"", "filed", "received"};
    for (size_t s = 0; s < 3; s++) {
        Str target =
            str_fmt(a, "/desk/requests?tab=all&channel=fax&kind=natural&sort=%s", sorts[s]);
        size_t n = 0;
        for (int pages = 0; pages < 5 && target.n; pages++) {
            Str html = page(&other, str_to_z(a, target), 200), rest = html;
            for (ptrdiff_t at; (at = str_find(rest, S("成批的"))) >= 0;
                 rest = str_from(rest, (size_t)at + 1))
                n++;
            ptrdiff_t at = str_find(html, S("\">下一页"));
            if (at < 0)
                break;
            Str before = str_sub(html, 0, (size_t)at);
            ptrdiff_t from = str_find_last(before, S("href=\""));
            target = str_replace(a, str_from(before, (size_t)from + 6), S("&amp;"), S("&"));
        }
        if (n != 25)
            fail_msg("sorted by “%s”: %zu", sorts[s], n);
    }
}

// One answer in the town's register: its days as the calendar counts them, and doors that lead to
// it.
static void how_long_it_took_is_counted_and_each_number_is_a_door(void **state)
{
    (void)state;
    Date from = {app.today.days - 30};
    RequestRules rules;
    Err err = {0};
    int days;
    assert_true(app_request_rules(&app, a, &rules, &err) &&
                calendar_count(&rules.calendar, (Date){app.today.days - 90},
                               (Date){app.today.days - 1}, &days, &err));
    static const char *const by[] = {"month", "organ", "handler", "outcome", "channel"};
    for (size_t i = 0; i < 5; i++) {
        Str target = str_fmt(a, "/desk/figures/times?by=%s&from=" PRI_STR, by[i],
                             STR_ARG(date_iso(a, from)));
        Str html = page(&officer, str_to_z(a, target), 200);
        shows(html, "答复1件");
        shows(html, str_fmt(a, "最长%d个工作日", days).s);
        shows(html, "按期0.0%");
        shows(html, "<svg");
        ptrdiff_t door = str_find(html, S("href=\"/desk/requests?tab=ended&amp;phase=done"));
        assert_true(door >= 0);
        Str path, rest;
        str_cut(str_from(html, (size_t)door + 6), S("\""), &path, &rest);
        shows(page(&officer, str_to_z(a, str_replace(a, path, S("&amp;"), S("&"))), 200),
              "逾期答复的排水图");
    }
    shows(page(&officer, "/desk/figures/times.csv?by=organ", 200), "示例县住房和城乡建设局");
    shows(page(&other, "/desk/figures/times", 200), "没有答复");
    page(&officer, "/desk/figures/times?from=2026-02-30", 422);
}

// A section acts in its organ's name: what is registered there counts as the organ's, and the door
// of the number leads to all of them.
static void a_section_is_not_counted_as_an_organ(void **state)
{
    (void)state;
    Err err = {0};
    Organ o;
    OrganId section = organ_make(&app, a, "水资源管理科", water);
    CLEANUP(tx_end) Tx tx = tx_begin(app.db);
    assert_true(store_organ_get(app.db, &app.scope, section, a, &o, &err));
    o.kind = ORGANKIND_SECTION;
    if (!store_organ_save(app.db, &app.scope, &o, a, &err) ||
        !store_organ_under_refresh(app.db, app.site, &err) || !tx_commit(&tx, &err))
        fail_msg("%s", err.en);
    RequestId own = asked(water, "取水许可台账", "钱一", CHANNEL_IN_PERSON, APPLICANT_NATURAL, 10);
    RequestId inner =
        asked(section, "节水奖补名单", "钱二", CHANNEL_IN_PERSON, APPLICANT_NATURAL, 10);
    step(own, FACT_ANSWERED, 2, OUTCOME_DISCLOSED);
    step(inner, FACT_ANSWERED, 2, OUTCOME_DISCLOSED);
    Str csv = page(&other, "/desk/figures/times.csv?by=organ", 200);
    shows(csv, "示例县水务局,2,");
    hides(csv, "水资源管理科");
    Str html = page(&other, "/desk/figures/times?by=organ", 200);
    Str door = str_fmt(a, "organ=%lld", (long long)water.n), path, rest;
    ptrdiff_t at = str_find(html, door);
    assert_true(at >= 0);
    while (at && html.s[at - 1] != '"')
        at--;
    str_cut(str_from(html, (size_t)at), S("\""), &path, &rest);
    html = page(&other, str_to_z(a, str_replace(a, path, S("&amp;"), S("&"))), 200);
    shows(html, "取水许可台账");
    shows(html, "节水奖补名单");
}

static void table_three_leaves_as_the_form_and_as_the_reader_takes_it(void **state)
{
    (void)state;
    assert_true(str_starts(page(&officer, "/desk/figures/table3.xlsx", 200), S("PK")));
    Str json = page(&officer, "/desk/figures/report.json", 200);
    shows(json, "\"schema\":1");
    shows(json, "t3.");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_condition_narrows_the_list),
        cmocka_unit_test(a_period_is_about_the_day_that_was_chosen),
        cmocka_unit_test(a_chip_takes_one_condition_away_and_keeps_the_others),
        cmocka_unit_test(what_cannot_be_understood_is_said),
        cmocka_unit_test(the_year_is_shown_where_it_is_not_this_one),
        cmocka_unit_test(a_file_has_exactly_the_rows_of_the_conditions),
        cmocka_unit_test(nothing_in_a_file_is_a_formula),
        cmocka_unit_test(an_export_leaves_a_line),
        cmocka_unit_test(the_board_has_a_column_for_each_phase),
        cmocka_unit_test(how_long_it_took_is_counted_and_each_number_is_a_door),
        cmocka_unit_test(a_section_is_not_counted_as_an_organ),
        cmocka_unit_test(table_three_leaves_as_the_form_and_as_the_reader_takes_it),
        cmocka_unit_test(pages_go_on_where_the_last_one_ended),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, begin, end);
}
