// From a request to what everybody may read (条例第四十四条), over the program itself and on both
// engines.
#include "../test.h"

#include "app/publication.h"
#include "app/request_work.h"
#include "desk_site.h"

static SiteBox *box;
static Arena *a;
static App app;
static Program site;
static OrganId office, housing, water;
static Jar officer, boss, other, nobody;

static int begin(void **state)
{
    if (desk_site_open(state, &box, &a, &app) != 0)
        return -1;
    office = organ_make(&app, a, "示例县人民政府办公室", (OrganId){0});
    housing = organ_make(&app, a, "示例县住房和城乡建设局", office);
    water = organ_make(&app, a, "示例县水务局", office);
    organ_runs_site(&app, office);
    site = program_serve(box, NULL);
    officer = jar_of(&app, a, site.port,
                     person_make(&app, a, "zhou", "周衡", housing, 1u << ROLE_OFFICER));
    boss =
        jar_of(&app, a, site.port, person_make(&app, a, "fang", "方正", housing, 1u << ROLE_HEAD));
    other = jar_of(&app, a, site.port, person_make(&app, a, "xu", "许文", water, 1u << ROLE_HEAD));
    nobody = (Jar){.a = a, .port = site.port};
    return site.port ? 0 : -1;
}

static int end(void **state)
{
    return desk_site_close(state, &app, &site);
}

static RequestId asked(const char *title, const char *name)
{
    Err err = {0};
    Registered made;
    NewRequest n = {
        .organ = housing,
        .channel = CHANNEL_IN_PERSON,
        .filed = {app.today.days - 5},
        .title = str_z(title),
        .description = str_z(title),
        .form = S("electronic"),
        .way = S("platform"),
        .kind = APPLICANT_NATURAL,
        .name = str_z(name),
        .applicant = {.id_number = S("000000199001010000"), .phone = S("0000-1234567")}};
    if (!app_request_register(&app, &n, a, &made, &err))
        fail_msg("%s", err.en);
    return made.id;
}

static void answered(RequestId id, Outcome outcome)
{
    Err err = {0};
    CLEANUP(act_end) Act act = {0};
    RequestWork work;
    RequestStep s = {.id = id,
                     .fact = {.kind = FACT_ANSWERED, .on = app.today, .until = date_none},
                     .outcome = outcome};
    if (!act_begin(&app, &act, &err) || !request_load(&app, id, 0, a, &work, &err) ||
        !request_take(&app, &work, &s, a, &err) ||
        !request_note(&act, ACT_REQUEST_STEP, &work, a, &err) || !act_commit(&act, &err))
        fail_msg("%s", err.en);
}

static Str at(RequestId id)
{
    return str_fmt(a, "/desk/requests/%lld/publish", (long long)id.n);
}

static Str decided(RequestId id)
{
    Reply r = posted(&officer, at(id), S("why=suggested"), 303);
    Str path, ignored;
    str_cut(reply_header(&r, "Location"), S("?"), &path, &ignored);
    return path;
}

static Str version_of(Jar *jar, Str path)
{
    return page_value(a, page(jar, str_to_z(a, path), 200), "version");
}

static void only_what_was_given_becomes_public(void **state)
{
    (void)state;
    RequestId open = asked("还没有答复的方案", "张三"), refused = asked("不予公开的方案", "李四");
    answered(refused, OUTCOME_STATE_SECRET);
    shows(posted(&officer, at(open), S("why=suggested"), 422).body, "条例第四十四条");
    shows(posted(&officer, at(refused), S("why=suggested"), 422).body, "条例第四十四条");
    page(&other, str_to_z(a, at(open)), 404);
}

static void several_means_that_more_than_one_has_asked(void **state)
{
    (void)state;
    RequestId one = asked("加装电梯的补贴标准", "张三");
    answered(one, OUTCOME_DISCLOSED);
    shows(posted(&officer, at(one), S("why=several"), 422).body, "还只有1件");
    asked("加装电梯的补贴标准", "李四");
    posted(&officer, at(one), S("why=several"), 303);
}

static void it_is_written_published_read_and_withdrawn(void **state)
{
    (void)state;
    RequestId id = asked("老旧小区改造计划", "王五");
    answered(id, OUTCOME_DISCLOSED);
    Str path = decided(id);
    Str open = str_replace(a, path, S("/desk/publications"), S("/disclosures"));
    page(&nobody, str_to_z(a, open), 404); // nobody sees it before it is published
    posted(&officer, at(id), S("why=suggested"), 422);
    Str edit = str_fmt(a, "version=" PRI_STR PRI_STR PRI_STR, STR_ARG(version_of(&officer, path)),
                       STR_ARG(form_field(a, "title", S("老旧小区改造计划（2026年）"))),
                       STR_ARG(form_field(a, "summary", S("共12个小区，<b>名单</b>如下。"))));
    posted(&officer, str_cat(a, path, S("/edit")), edit, 303);
    Str f = str_fmt(a, "version=" PRI_STR, STR_ARG(version_of(&boss, path)));
    posted(&officer, str_cat(a, path, S("/publish")), f, 403);
    posted(&boss, str_cat(a, path, S("/publish")), f, 303);
    Str html = page(&nobody, str_to_z(a, open), 200);
    shows(html, "老旧小区改造计划（2026年）");
    shows(html, "&lt;b&gt;名单");
    hides(html, "王五");
    shows(page(&nobody, "/disclosures", 200), "老旧小区改造计划（2026年）");
    shows(page(&nobody, "/sitemap.xml", 200), str_to_z(a, open));
    f = str_fmt(a, "version=" PRI_STR PRI_STR, STR_ARG(version_of(&boss, path)),
                STR_ARG(form_field(a, "why", S("名单有误，重新核对"))));
    posted(&boss, str_cat(a, path, S("/withdraw")), f, 303);
    html = page(&nobody, str_to_z(a, open), 410);
    shows(html, "名单有误，重新核对");
    hides(html, "共12个小区");
    hides(page(&nobody, "/disclosures", 200), "老旧小区改造计划（2026年）");
}

static void it_is_due_in_twenty_working_days(void **state)
{
    (void)state;
    RequestId id = asked("公租房配租办法", "赵六");
    answered(id, OUTCOME_DISCLOSED);
    RequestRules rules;
    Term term;
    Err err = {0};
    assert_true(app_request_rules(&app, a, &rules, &err) &&
                calendar_due(&rules.calendar, app.today, 20, &term, &err));
    shows(page(&officer, str_to_z(a, decided(id)), 200), str_to_z(a, date_zh(a, term.due)));
    shows(page(&officer, "/desk/publications", 200), "待发布");
    hides(page(&other, "/desk/publications", 200), "公租房配租办法");
}

static void every_index_number_is_another(void **state)
{
    (void)state;
    Publication p[2];
    Err err = {0};
    Site s;
    assert_true(store_site_get(app.db, app.site, a, &s, &err));
    s.index_form = S("{年}-{流水:5}");
    CLEANUP(tx_end) Tx tx = tx_begin(app.db);
    assert_true(store_site_save(app.db, &s, &err) && tx_commit(&tx, &err));
    for (int i = 0; i < 2; i++) {
        RequestId id = asked(i ? "甲小区维修资金" : "乙小区维修资金", "钱七");
        answered(id, OUTCOME_DISCLOSED);
        assert_true(app_publication_decide(&app, id, PUBLISH_SUGGESTED, a, &p[i], &err));
        PublicationEdit edit = {p[i].id, p[i].version, p[i].title, S("概述")};
        if (!app_publication_edit(&app, &edit, a, &err) ||
            !app_publication_publish(&app, p[i].id, p[i].version + 1, NULL, 0, a, &err) ||
            !store_publication_get(app.db, &app.scope, p[i].id, a, &p[i], &err))
            fail_msg("%s", err.en);
    }
    assert_true(p[0].index_no.n && p[1].index_no.n && !str_eq(p[0].index_no, p[1].index_no));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_what_was_given_becomes_public),
        cmocka_unit_test(several_means_that_more_than_one_has_asked),
        cmocka_unit_test(it_is_written_published_read_and_withdrawn),
        cmocka_unit_test(it_is_due_in_twenty_working_days),
        cmocka_unit_test(every_index_number_is_another),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, begin, end);
}
