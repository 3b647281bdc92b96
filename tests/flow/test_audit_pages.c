// The auditor's pages over the program itself, on both engines: who sees which lines, filters, one
// line, exports.
#include "../test.h"

#include "app/act.h"
#include "app/audit.h"
#include "desk_site.h"

static SiteBox *box;
static Arena *a;
static App app;
static Program site;
static OrganId office, water, school;
static Jar auditor, local, officer;

static void note(OrganId organ, const char *who, Str was, Str became)
{
    Err err = {0};
    app.actor = (Actor){.name = str_z(who), .via = S("web"), .ip = S("192.0.2.9")};
    ActNote n = {.kind = ACT_SITE_EDIT,
                 .noun = S("organ"),
                 .noun_id = organ.n,
                 .organ = organ,
                 .was = was,
                 .became = became};
    if (!app_note(&app, &n, &err))
        fail_msg("%s", err.en);
    app.actor = (Actor){0};
}

static int begin(void **state)
{
    if (desk_site_open(state, &box, &a, &app) != 0)
        return -1;
    office = organ_make(&app, a, "示例县人民政府办公室", (OrganId){0});
    water = organ_make(&app, a, "示例县水务局", office);
    school = organ_make(&app, a, "示例县教育局", office);
    organ_runs_site(&app, office);
    site = program_serve(box, NULL);
    PersonId top = person_make(&app, a, "shen", "沈计", office, 1u << ROLE_AUDITOR);
    PersonId below = person_make(&app, a, "jian", "简查", water, 1u << ROLE_AUDITOR);
    PersonId other = person_make(&app, a, "zhou", "周衡", water, 1u << ROLE_OFFICER);
    auditor = jar_of(&app, a, site.port, top);
    local = jar_of(&app, a, site.port, below);
    officer = jar_of(&app, a, site.port, other);
    note(water, "许文", S("{\"name\":\"示例县水利局\",\"phone\":\"111\"}"),
         S("{\"name\":\"示例县水务局\",\"phone\":\"111\"}"));
    note(school, "陈岚", S(""), S("{\"name\":\"<b>示例县教育局</b>\"}"));
    return site.port ? 0 : -1;
}

static int end(void **state)
{
    return desk_site_close(state, &app, &site);
}

static void the_auditor_of_the_site_sees_all_lines(void **state)
{
    (void)state;
    Str html = page(&auditor, "/desk/audit", 200);
    shows(html, "许文");
    shows(html, "陈岚");
    shows(html, "名称：示例县水利局 → 示例县水务局");
}

static void an_auditor_of_an_organ_sees_its_lines_alone(void **state)
{
    (void)state;
    Str html = page(&local, "/desk/audit", 200);
    shows(html, "许文");
    hides(html, "陈岚");
    hides(page(&local, "/desk/audit?who=%E9%99%88%E5%B2%9A", 200), "示例县教育局");
}

static void nobody_else_may(void **state)
{
    (void)state;
    page(&officer, "/desk/audit", 403);
    page(&officer, "/desk/audit/1", 403);
    page(&officer, "/desk/audit/export.csv", 403);
}

static void filters_stay_in_the_address_and_come_back_filled(void **state)
{
    (void)state;
    Str html =
        page(&auditor, "/desk/audit?who=%E8%AE%B8%E6%96%87&act=site.edit&from=2020-01-01", 200);
    hides(html, "陈岚");
    shows(html, "value=\"许文\"");
    shows(html, "value=\"2020-01-01\"");
    shows(html, "姓名：许文");
    shows(html, "<option value=\"site.edit\" selected>");
    shows(html, "/desk/audit/export.csv?who=%E8%AE%B8%E6%96%87");
}

static void text_of_the_change_is_found(void **state)
{
    (void)state;
    Str html = page(&auditor, "/desk/audit?q=%E6%B0%B4%E5%88%A9%E5%B1%80", 200);
    shows(html, "许文");
    hides(html, "陈岚");
    shows(page(&auditor, "/desk/audit?q=100%25_", 200), "没有符合条件");
}

static void an_organ_is_found_by_its_name(void **state)
{
    (void)state;
    Str target = str_cat(a, S("/desk/audit?organ="), form_encode(a, S("示例县水务局")));
    Str html = page(&auditor, str_to_z(a, target), 200);
    shows(html, "许文");
    hides(html, "陈岚");
    shows(page(&auditor, "/desk/audit?organ=x", 200), "请写机关全称");
}

static void a_day_that_is_none_is_said(void **state)
{
    (void)state;
    shows(page(&auditor, "/desk/audit?from=yesterday", 200), "不是日期");
}

static Str line_of(const char *name)
{
    AuditHits hits;
    Err err = {0};
    Scope scope = scope_site(app.site);
    AuditFilter f = {.who = str_z(name)};
    if (!store_audit_find(app.db, &scope, &f, 0, 1, a, &hits, &err) || hits.n != 1)
        fail_msg("no line by %s %s", name, err.en);
    return str_fmt(a, "/desk/audit/%lld", (long long)hits.v[0].line.id);
}

static void a_line_shows_before_and_after_and_its_hash(void **state)
{
    (void)state;
    Str html = page(&auditor, str_to_z(a, line_of("许文")), 200);
    shows(html, "示例县水利局");
    shows(html, "改动后");
    hides(html, "电话"); // the same before and after
    shows(html, "SHA-256");
    shows(html, "还没有封存");
    shows(page(&auditor, str_to_z(a, line_of("陈岚")), 200), "&lt;b&gt;示例县教育局");
}

static void a_line_out_of_scope_is_not_there(void **state)
{
    (void)state;
    page(&local, str_to_z(a, line_of("陈岚")), 404);
    page(&auditor, "/desk/audit/999999", 404);
    page(&auditor, "/desk/audit/x", 404);
}

static void an_export_holds_what_the_filter_finds_and_leaves_a_line(void **state)
{
    (void)state;
    Reply r = jar_get(&local, "/desk/audit/export.csv");
    assert_int_equal(r.status, 200);
    assert_true(str_has(reply_header(&r, "Content-Disposition"), S("attachment")));
    shows(r.body, "许文");
    hides(r.body, "陈岚");
    Str html = page(&auditor, "/desk/audit?act=audit.export", 200);
    shows(html, "简查");
    shows(html, "格式：csv");
    shows(page(&auditor, "/desk/audit/export.json?who=%E8%AE%B8%E6%96%87", 200),
          "\"name\":\"许文\"");
}

static void lines_can_be_paged_through(void **state)
{
    (void)state;
    for (int i = 0; i < 60; i++)
        note(water, "翻页", S(""), str_fmt(a, "{\"count\":%d}", i));
    Str html = page(&auditor, "/desk/audit?who=%E7%BF%BB%E9%A1%B5", 200);
    shows(html, "条数：59");
    hides(html, "条数：5<");
    ptrdiff_t at = str_find(html, S("before="));
    assert_true(at > 0);
    Str before, rest;
    str_cut(str_from(html, (size_t)at), S("\""), &before, &rest);
    Str target = str_cat(a, S("/desk/audit?who=%E7%BF%BB%E9%A1%B5&"), before);
    html = page(&auditor, str_to_z(a, target), 200);
    shows(html, "条数：5<");
    hides(html, "条数：59");
    shows(html, "回到最新");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_auditor_of_the_site_sees_all_lines),
        cmocka_unit_test(an_auditor_of_an_organ_sees_its_lines_alone),
        cmocka_unit_test(nobody_else_may),
        cmocka_unit_test(filters_stay_in_the_address_and_come_back_filled),
        cmocka_unit_test(text_of_the_change_is_found),
        cmocka_unit_test(an_organ_is_found_by_its_name),
        cmocka_unit_test(a_day_that_is_none_is_said),
        cmocka_unit_test(a_line_shows_before_and_after_and_its_hash),
        cmocka_unit_test(a_line_out_of_scope_is_not_there),
        cmocka_unit_test(an_export_holds_what_the_filter_finds_and_leaves_a_line),
        cmocka_unit_test(lines_can_be_paged_through),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("audit_pages", tests, begin, end);
}
