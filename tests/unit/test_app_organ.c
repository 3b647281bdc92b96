// The acts on organs, on either engine: what follows from each, who may, what the audit says.
#include "../site_box.h"
#include "test.h"

#include "app/organ_import.h"
#include "app/site_settings.h"

#include <stdlib.h>
#include <time.h>

typedef struct Desk {
    SiteBox *box;
    Arena a;
    App app;
    OrganId city, office, water, section, school, county, county_water;
} Desk;

static const LifeStep STEP = {{19800}, SI("示编〔2024〕3号")};

static OrganOutcome stepped(Desk *d, OrganStep step)
{
    OrganOutcome out = {0};
    Err err = {0};
    if (!step.step.basis.n)
        step.step = STEP;
    if (!app_organ_step(&d->app, &step, &d->a, &out, &err))
        fail_msg("%s (%s)", err.en, err.detail);
    return out;
}

static ErrKind refused(Desk *d, OrganStep step)
{
    OrganOutcome out;
    Err err = {0};
    if (!step.step.basis.n)
        step.step = STEP;
    assert_false(app_organ_step(&d->app, &step, &d->a, &out, &err));
    return err.kind;
}

static OrganId founded(Desk *d, const char *name, OrganId parent, const char *kind)
{
    OrganSetting v[] = {{OF_NAME, str_z(name)}, {OF_KIND, str_z(kind)}};
    return stepped(d, (OrganStep){.event = LIFE_FOUNDED,
                                  .step = {{15000}, S("示编〔2011〕1号")},
                                  .parent = parent,
                                  .settings = v,
                                  .n_settings = 2})
        .organ.id;
}

static int desk_open(void **state)
{
    Desk *d = calloc(1, sizeof *d);
    Err err = {0};
    d->a = arena_new((size_t)4 << 30);
    if (site_box_make_empty((void **)&d->box) != 0 ||
        !app_open(&(AppPlace){.data = d->box->dir, .database = d->box->database}, DB_CREATE,
                  (Date){20000}, 1000, &d->a, &d->app, &err))
        return -1;
    d->app.actor = (Actor){.name = S("周衡"), .via = S("web")};
    d->city = founded(d, "示例市人民政府", (OrganId){0}, "government");
    d->office = founded(d, "示例市人民政府办公室", d->city, "office");
    d->water = founded(d, "示例市水务局", d->city, "department");
    d->section = founded(d, "水资源科", d->water, "section");
    d->school = founded(d, "示例市教育局", d->city, "department");
    d->county = founded(d, "示例县人民政府", d->city, "government");
    d->county_water = founded(d, "示例县水务局", d->county, "department");
    *state = d;
    return 0;
}

static int desk_close(void **state)
{
    Desk *d = *state;
    app_close(&d->app);
    site_box_drop((void **)&d->box);
    arena_free(&d->a);
    free(d);
    return 0;
}

static OrganPage page(Desk *d, OrganId id)
{
    OrganPage p = {0};
    Err err = {0};
    if (!app_organ_get(&d->app, id, &d->a, &p, &err))
        fail_msg("%s (%s)", err.en, err.detail);
    return p;
}

static const char SQL_AUDIT[] =
    "SELECT act, was, became FROM audit_line WHERE site_id = ?1 ORDER BY line_id DESC LIMIT 1";
static const char SQL_AUDITS[] = "SELECT count(*) FROM audit_line WHERE site_id = ?1";

static void last_line(Desk *d, Str *act, Str *was, Str *became)
{
    CLEANUP(stmt_end) Stmt s = stmt(d->app.db, SQL_AUDIT);
    bind_int(&s, d->app.site.n);
    assert_true(stmt_row(&s));
    *act = col_str(&s, &d->a);
    *was = col_str(&s, &d->a);
    *became = col_str(&s, &d->a);
}

static int64_t n_lines(Desk *d)
{
    CLEANUP(stmt_end) Stmt s = stmt(d->app.db, SQL_AUDITS);
    bind_int(&s, d->app.site.n);
    assert_true(stmt_row(&s));
    return col_int(&s);
}

static bool under(Desk *d, OrganId root, OrganId organ)
{
    bool is;
    Err err;
    assert_true(store_organ_is_under(d->app.db, d->app.site, root, organ, &is, &err));
    return is;
}

static void a_rename_keeps_the_old_name_and_is_told_in_the_audit(void **state)
{
    Desk *d = *state;
    Str act, was, became;
    stepped(d, (OrganStep){.event = LIFE_RENAMED,
                           .id = d->water,
                           .name = S("示例市水利局"),
                           .slug = S("shuili")});
    OrganPage p = page(d, d->water);
    assert_str(p.organ.name, S("示例市水利局"));
    assert_str(p.names.v[0].name, S("示例市水务局"));
    assert_int_equal(p.names.v[0].until.days, 19800);
    assert_int_equal(p.lives.v[0].event, LIFE_RENAMED);
    assert_str(p.lives.v[0].old_name, S("示例市水务局"));
    last_line(d, &act, &was, &became);
    assert_str(act, S("organ.rename"));
    assert_true(str_has(was, S("示例市水务局")) && str_has(became, S("示例市水利局")) &&
                str_has(became, S("示编〔2024〕3号")));
}

static void a_merger_moves_what_is_below_and_opens_the_rest_to_the_heir(void **state)
{
    Desk *d = *state;
    Err err = {0};
    assert_true(
        app_organ_line(&d->app, d->county_water, d->water, S("水资源管理"), false, &d->a, &err));
    assert_true(under(d, d->water, d->county_water));
    OrganOutcome o = stepped(
        d, (OrganStep){.event = LIFE_MERGED, .id = d->water, .heirs = {d->school}, .n_heirs = 1});
    assert_true(o.follows.n >= 3);
    OrganPage ended = page(d, d->water), heir = page(d, d->school);
    assert_int_equal(ended.organ.state, ORGAN_MERGED);
    assert_int_equal(ended.heirs.v[0].id.n, d->school.n);
    assert_int_equal(heir.forerunners.v[0].id.n, d->water.n);
    assert_int_equal(page(d, d->section).organ.parent.n, d->school.n);
    assert_int_equal(page(d, d->section).lives.v[0].event, LIFE_MOVED);
    assert_int_equal(heir.lines.n, 1);
    assert_int_equal(ended.lines.n, 0);
    assert_true(under(d, d->school, d->water));
    assert_true(under(d, d->school, d->county_water));
    assert_int_equal(
        refused(
            d,
            (OrganStep){.event = LIFE_MERGED, .id = d->water, .heirs = {d->school}, .n_heirs = 1}),
        ERR_RULE);
}

static void a_split_leaves_two_heirs(void **state)
{
    Desk *d = *state;
    stepped(d, (OrganStep){.event = LIFE_MOVED, .id = d->section, .parent = d->school});
    stepped(
        d, (OrganStep){
               .event = LIFE_SPLIT, .id = d->water, .heirs = {d->school, d->office}, .n_heirs = 2});
    assert_int_equal(page(d, d->water).heirs.n, 2);
    assert_true(under(d, d->office, d->water) && under(d, d->school, d->water));
}

static void an_organ_with_something_below_it_is_not_abolished(void **state)
{
    Desk *d = *state;
    assert_int_equal(refused(d, (OrganStep){.event = LIFE_ABOLISHED, .id = d->water}), ERR_RULE);
    stepped(d, (OrganStep){.event = LIFE_ABOLISHED, .id = d->section});
    stepped(d, (OrganStep){.event = LIFE_ABOLISHED, .id = d->water});
    assert_int_equal(page(d, d->water).organ.state, ORGAN_ABOLISHED);
}

static void a_move_changes_who_sees_it_and_no_circle_is_made(void **state)
{
    Desk *d = *state;
    assert_false(under(d, d->office, d->county_water));
    stepped(d, (OrganStep){.event = LIFE_MOVED, .id = d->county, .parent = d->office});
    assert_true(under(d, d->office, d->county_water));
    assert_int_equal(
        refused(d, (OrganStep){.event = LIFE_MOVED, .id = d->office, .parent = d->county_water}),
        ERR_RULE);
    assert_int_equal(
        refused(d, (OrganStep){.event = LIFE_MOVED, .id = d->office, .parent = d->office}),
        ERR_RULE);
}

static void a_line_that_would_go_in_a_circle_is_refused(void **state)
{
    Desk *d = *state;
    Err err = {0};
    assert_false(app_organ_line(&d->app, d->city, d->water, S("水资源管理"), false, &d->a, &err));
    assert_int_equal(err.kind, ERR_RULE);
    assert_true(
        app_organ_line(&d->app, d->county_water, d->water, S("水资源管理"), false, &d->a, &err));
    assert_false(
        app_organ_line(&d->app, d->water, d->county_water, S("水资源管理"), false, &d->a, &err));
    assert_true(
        app_organ_line(&d->app, d->county_water, d->water, S("水资源管理"), true, &d->a, &err));
    assert_false(
        app_organ_line(&d->app, d->county_water, d->water, S("水资源管理"), true, &d->a, &err));
    assert_int_equal(err.kind, ERR_MISSING);
}

static void the_organ_that_runs_the_site_hands_it_on_when_it_is_merged(void **state)
{
    Desk *d = *state;
    Err err = {0};
    Site site;
    assert_true(app_site_edit(&d->app, 0, NULL, 0, d->office, &d->a, &site, &err));
    assert_int_equal(refused(d, (OrganStep){.event = LIFE_ABOLISHED, .id = d->office}), ERR_RULE);
    stepped(d,
            (OrganStep){.event = LIFE_MERGED, .id = d->office, .heirs = {d->water}, .n_heirs = 1});
    assert_true(store_site_get(d->app.db, d->app.site, &d->a, &site, &err));
    assert_int_equal(site.organ.n, d->water.n);
}

static void a_preview_says_the_same_and_keeps_nothing(void **state)
{
    Desk *d = *state;
    Err err = {0};
    OrganOutcome seen;
    int64_t lines = n_lines(d);
    OrganStep step = {
        .event = LIFE_MERGED, .id = d->water, .step = STEP, .heirs = {d->school}, .n_heirs = 1};
    d->app.once = S("0123456789abcdef");
    assert_true(app_organ_preview(&d->app, &step, &d->a, &seen, &err));
    assert_int_equal(page(d, d->water).organ.state, ORGAN_ACTIVE);
    assert_int_equal(n_lines(d), lines);
    OrganOutcome done = stepped(d, step); // the key of the form is still good
    assert_int_equal(done.follows.n, seen.follows.n);
    OrganOutcome again;
    assert_false(app_organ_step(&d->app, &step, &d->a, &again, &err));
    assert_int_equal(err.kind, ERR_REPEATED);
    d->app.once = S("");
}

static void a_step_from_an_old_page_is_refused(void **state)
{
    Desk *d = *state;
    Err err = {0};
    Organ after;
    OrganSetting v = {OF_PHONE, S("0000-1234567")};
    int64_t seen = page(d, d->water).organ.version;
    assert_true(app_organ_edit(&d->app, d->water, seen, &v, 1, &d->a, &after, &err));
    assert_int_equal(refused(d, (OrganStep){.event = LIFE_RENAMED,
                                            .id = d->water,
                                            .version = seen,
                                            .name = S("示例市水利局")}),
                     ERR_BUSY);
    v.text = S("2");
    assert_false(app_organ_edit(&d->app, d->water, seen, &v, 1, &d->a, &after, &err));
    assert_int_equal(err.kind, ERR_BUSY);
    assert_str(page(d, d->water).organ.phone, S("0000-1234567"));
}

static void an_edit_changes_facts_and_not_the_name(void **state)
{
    Desk *d = *state;
    Err err = {0};
    Organ after;
    Str act, was, became;
    OrganSetting v[] = {{OF_PHONE, S("<script>")}, {OF_CREDIT, S("11341702486344515h")}};
    assert_true(app_organ_edit(&d->app, d->water, 0, v, 2, &d->a, &after, &err));
    assert_str(after.credit_code, S("11341702486344515H"));
    last_line(d, &act, &was, &became);
    assert_str(act, S("organ.edit"));
    assert_true(str_has(became, S("phone")) && !str_has(became, S("\"name\"")));
    OrganSetting name = {OF_NAME, S("示例市水利局")};
    assert_false(app_organ_edit(&d->app, d->water, 0, &name, 1, &d->a, &after, &err));
    assert_int_equal(err.kind, ERR_RULE);
    assert_false(app_organ_edit(&d->app, d->school, 0, &v[1], 1, &d->a, &after, &err));
    assert_int_equal(err.kind, ERR_RULE); // another organ's code
    int64_t lines = n_lines(d);
    assert_false(app_organ_edit(&d->app, d->water, 0, v, 2, &d->a, &after, &err)); // nothing new
    assert_int_equal(n_lines(d), lines);
}

static void out_of_scope_every_act_finds_nothing(void **state)
{
    Desk *d = *state;
    Err err = {0};
    Organ after;
    OrganPage p;
    OrganPlan plan;
    OrganSetting v = {OF_PHONE, S("1")};
    int64_t lines = n_lines(d);
    d->app.scope = (Scope){d->app.site, REACH_BELOW, d->school, {7}};
    assert_false(app_organ_get(&d->app, d->water, &d->a, &p, &err));
    assert_int_equal(err.kind, ERR_MISSING);
    assert_false(app_organ_edit(&d->app, d->water, 0, &v, 1, &d->a, &after, &err));
    assert_int_equal(err.kind, ERR_MISSING);
    for (int e = LIFE_RENAMED; e < LIFE__COUNT; e++)
        assert_int_equal(refused(d, (OrganStep){.event = (LifeEvent)e,
                                                .id = d->water,
                                                .name = S("x"),
                                                .heirs = {d->school, d->office},
                                                .n_heirs = 2}),
                         ERR_MISSING);
    assert_int_equal(
        refused(
            d,
            (OrganStep){.event = LIFE_MERGED, .id = d->school, .heirs = {d->water}, .n_heirs = 1}),
        ERR_MISSING);
    assert_false(app_organ_line(&d->app, d->county_water, d->school, S("x"), false, &d->a, &err));
    assert_int_equal(err.kind, ERR_MISSING);
    assert_false(app_organ_plan(&d->app, S("name\nx\n"), &d->a, &plan, &err));
    assert_int_equal(err.kind, ERR_DENIED);
    Site site;
    assert_false(app_site_edit(&d->app, 0, NULL, 0, d->school, &d->a, &site, &err));
    assert_int_equal(err.kind, ERR_DENIED);
    assert_int_equal(n_lines(d), lines);
    d->app.scope = scope_site(d->app.site);
}

static void the_export_holds_what_is_in_scope_and_comes_back_unchanged(void **state)
{
    Desk *d = *state;
    Err err = {0};
    Str csv;
    OrganPlan plan;
    assert_true(app_organ_export(&d->app, &d->a, &csv, &err));
    assert_true(app_organ_plan(&d->app, csv, &d->a, &plan, &err));
    assert_int_equal(plan.counts[PLAN_SAME], 7);
    assert_int_equal(plan.n, 7);
    d->app.scope = (Scope){d->app.site, REACH_BELOW, d->water, {7}};
    assert_true(app_organ_export(&d->app, &d->a, &csv, &err));
    assert_true(str_has(csv, S("水资源科")) && !str_has(csv, S("示例市教育局")));
    d->app.scope = scope_site(d->app.site);
}

static void a_file_goes_in_whole_or_not_at_all(void **state)
{
    Desk *d = *state;
    Err err = {0};
    OrganPlan plan;
    Str act, was, became;
    int64_t lines = n_lines(d);
    assert_false(app_organ_import(
        &d->app, S("name,parent,phone\n示例市财政局,示例市人民政府,1\n甲局,乙局,2\n"), &STEP, &d->a,
        &plan, &err));
    assert_int_equal(err.kind, ERR_RULE);
    assert_int_equal(n_lines(d), lines);
    assert_true(app_organ_import(
        &d->app,
        S("name,parent,phone,kind\n示例市财政局,示例市人民政府,1,\n国库科,示例市财政局,2,section\n"
          "示例市水务局,,3,\n"),
        &STEP, &d->a, &plan, &err));
    assert_int_equal(plan.counts[PLAN_ADD], 2);
    assert_int_equal(n_lines(d), lines + 1);
    last_line(d, &act, &was, &became);
    assert_str(act, S("organ.import"));
    assert_true(str_has(became, S("国库科")));
    assert_str(page(d, d->water).organ.phone, S("3"));
    OrganId finance = plan.v[0].organ.id, treasury = plan.v[1].organ.id;
    assert_true(under(d, finance, treasury));
    assert_true(under(d, d->city, treasury));
}

// As Excel saves it in China, and as it saves "CSV UTF-8".
static void files_of_spreadsheets_are_read_in_their_encodings(void **state)
{
    Desk *d = *state;
    Err err = {0};
    OrganPlan plan;
    // 机关名称,联系电话 CR LF 示例市水务局,1 CR LF in GB18030
    static const char gb[] = "\xbb\xfa\xb9\xd8\xc3\xfb\xb3\xc6,\xc1\xaa\xcf\xb5\xb5\xe7\xbb\xb0\r\n"
                             "\xca\xbe\xc0\xfd\xca\xd0\xcb\xae\xce\xf1\xbe\xd6,1\r\n";
    assert_true(app_organ_plan(&d->app, S("\xEF\xBB\xBF机关名称,联系电话\r\n示例市水务局,1\r\n"),
                               &d->a, &plan, &err));
    assert_int_equal(plan.counts[PLAN_CHANGE], 1);
    assert_true(app_organ_plan(&d->app, (Str){gb, sizeof gb - 1}, &d->a, &plan, &err));
    assert_int_equal(plan.counts[PLAN_CHANGE], 1);
}

static void five_hundred_organs_go_in_at_once(void **state)
{
    Desk *d = *state;
    Err err = {0};
    OrganPlan plan;
    Buf b = buf_new(&d->a, 8 << 20);
    buf_add(&b, S("name,parent,code\n示例省人民政府,,p0\n"));
    for (int i = 1; i < 500; i++)
        buf_fmt(&b, "示例第%d局,p%d,p%d\n", i, (i - 1) / 8, i);
    assert_true(app_organ_import(&d->app, buf_str(&b), &STEP, &d->a, &plan, &err));
    assert_int_equal(plan.counts[PLAN_ADD], 500);
    OrganLines lines;
    int64_t total;
    OrganFilter filter = {.words = S("示例第499局")};
    assert_true(store_organ_find(d->app.db, &d->app.scope, &filter, &d->a, &lines, &total, &err));
    assert_int_equal(total, 1);
    assert_true(under(d, plan.v[0].organ.id, lines.v[0].id));
}

static void settings_are_saved_over_the_revision_they_were_read_at(void **state)
{
    Desk *d = *state;
    Err err = {0};
    Site site;
    Str act, was, became, sample;
    SiteSetting v[] = {{SF_NAME, S("<b>示例市")}, {SF_INDEX, S("{信用代码}/{年月}-{流水:5}")}};
    assert_true(app_site_edit(&d->app, 1, v, 2, d->office, &d->a, &site, &err));
    last_line(d, &act, &was, &became);
    assert_str(act, S("site.edit"));
    assert_false(app_site_edit(&d->app, 1, v, 2, d->office, &d->a, &site, &err));
    assert_int_equal(err.kind, ERR_BUSY);
    assert_false(app_site_index_sample(&d->app, v[1].text, d->water, &d->a, &sample, &err));
    assert_int_equal(err.kind, ERR_RULE); // no credit code yet
    assert_true(app_site_index_sample(&d->app, S("{年}-{流水:3}"), d->water, &d->a, &sample, &err));
    assert_str(sample, S("2024-001"));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, desk_open, desk_close)

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    const struct CMUnitTest tests[] = {
        TEST(a_rename_keeps_the_old_name_and_is_told_in_the_audit),
        TEST(a_merger_moves_what_is_below_and_opens_the_rest_to_the_heir),
        TEST(a_split_leaves_two_heirs),
        TEST(an_organ_with_something_below_it_is_not_abolished),
        TEST(a_move_changes_who_sees_it_and_no_circle_is_made),
        TEST(a_line_that_would_go_in_a_circle_is_refused),
        TEST(the_organ_that_runs_the_site_hands_it_on_when_it_is_merged),
        TEST(a_preview_says_the_same_and_keeps_nothing),
        TEST(a_step_from_an_old_page_is_refused),
        TEST(an_edit_changes_facts_and_not_the_name),
        TEST(out_of_scope_every_act_finds_nothing),
        TEST(the_export_holds_what_is_in_scope_and_comes_back_unchanged),
        TEST(a_file_goes_in_whole_or_not_at_all),
        TEST(files_of_spreadsheets_are_read_in_their_encodings),
        TEST(five_hundred_organs_go_in_at_once),
        TEST(settings_are_saved_over_the_revision_they_were_read_at),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
