// The pages of organs and of the site's settings over the program itself, on both engines.
#include "../test.h"

#include "app/organ_import.h"
#include "app/report.h"
#include "desk_site.h"

static SiteBox *box;
static Arena *a;
static App app;
static Program site;
static OrganId city, water, school, section;
static Jar admin, officer, supervisor;

#define BASIS "&on=2024-03-01&basis=SB-2024-3"

// A short report of the school's, under the name it then bears.
static void report_add(void)
{
    static const char text[] =
        "示例市教育局2023年政府信息公开工作年度报告\n三、收到和处理政府信息公开申请情况\n"
        "一、本年新收政府信息公开申请数量 | 5 | 0 | 0 | 0 | 0 | 0 | 5 |\n"
        "二、上年结转政府信息公开申请数量 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |\n"
        "三、本年度办理结果 | （一）予以公开 | 5 | 0 | 0 | 0 | 0 | 0 | 5 |\n"
        "（七）总计 | 5 | 0 | 0 | 0 | 0 | 0 | 5 |\n"
        "四、结转下年度继续办理 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |\n";
    Importeds done = {0};
    Err err = {0};
    App here = app;
    here.in_process = true;
    if (!app_report_import(&here, S("a.txt"), (Str){text, sizeof text - 1}, &(ImportOptions){0}, a,
                           &done, &err))
        fail_msg("%s", err.en);
    assert_int_equal(done.v[0].done, IMPORT_ADDED);
}

static int begin(void **state)
{
    if (desk_site_open(state, &box, &a, &app) != 0)
        return -1;
    city = organ_make(&app, a, "示例市人民政府", (OrganId){0});
    water = organ_make(&app, a, "示例市水务局", city);
    school = organ_make(&app, a, "示例市教育局", city);
    section = organ_make(&app, a, "水资源科", water);
    organ_runs_site(&app, city);
    report_add();
    site = program_serve(box, NULL);
    admin =
        jar_of(&app, a, site.port, person_make(&app, a, "guan", "管理", city, 1u << ROLE_ADMIN));
    officer =
        jar_of(&app, a, site.port, person_make(&app, a, "zhou", "周衡", water, 1u << ROLE_OFFICER));
    supervisor = jar_of(&app, a, site.port,
                        person_make(&app, a, "jian", "简查", water, 1u << ROLE_SUPERVISOR));
    return site.port ? 0 : -1;
}

static int end(void **state)
{
    return desk_site_close(state, &app, &site);
}

static Str told(Reply r, const char *target, int status)
{
    if (r.status != status)
        fail_msg("%s: status %d\n" PRI_STR, target, r.status, STR_ARG(str_sub(r.body, 0, 4000)));
    return r.body;
}

static Str sent(Jar *jar, const char *target, const char *form, int status)
{
    return told(jar_post(jar, target, form), target, status);
}

static const char *at(OrganId id, const char *tail)
{
    return str_to_z(a, str_fmt(a, "/desk/organs/%lld%s", (long long)id.n, tail));
}

// With the school's first number in the place of %lld.
static const char *at_old(const char *path)
{
    Str number = str_fmt(a, "%lld", (long long)school.n);
    return str_to_z(a, str_replace(a, str_z(path), S("%lld"), number));
}

static Organ now(OrganId id)
{
    Err err = {0};
    Organ o = {0};
    Scope scope = scope_site(app.site);
    if (!store_organ_get(app.db, &scope, id, a, &o, &err))
        fail_msg("%s", err.en);
    return o;
}

static Str encoded(Str s)
{
    return form_encode(a, s);
}

static void the_tree_has_what_one_may_see(void **state)
{
    (void)state;
    Str html = page(&admin, "/desk/organs", 200);
    shows(html, "示例市人民政府");
    shows(html, "depth2");
    shows(html, "设立机关");
    html = page(&officer, "/desk/organs", 200);
    shows(html, "示例市水务局");
    hides(html, "示例市教育局");
    hides(html, "设立机关");
    shows(page(&admin, "/desk/organs?q=%25", 200), "没有找到");
}

// Forged numbers of organs elsewhere look like numbers of none.
static void other_organs_are_not_there(void **state)
{
    (void)state;
    page(&officer, at(school, ""), 404);
    page(&officer, at(school, "/edit"), 404);
    page(&officer, at((OrganId){99999}, ""), 404);
    page(&officer, "/desk/organs/abc", 404);
    sent(&officer, at(school, "/edit"), "slug=x&kind=department&version=1&phone=1", 404);
    assert_str(now(school).phone, S(""));
    hides(page(&officer, "/desk/organs/export.csv", 200), "教育局");
    hides(page(&officer, "/desk/organs?q=%E6%95%99%E8%82%B2", 200), "示例市教育局</a>");
}

static void who_may_not_change_is_refused(void **state)
{
    (void)state;
    static const char *const steps[] = {"/rename",  "/merge", "/split",
                                        "/abolish", "/move",  "/lines"};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        page(&officer, at(water, steps[i]), 403);
        sent(&officer, at(water, steps[i]), "name=x&stage=sure" BASIS, 403);
    }
    page(&officer, "/desk/organs/new", 403);
    page(&officer, "/desk/organs/import", 403);
    page(&officer, "/desk/site", 403);
    sent(&officer, "/desk/site", "name=x", 403);
    page(&supervisor, at(water, ""), 200);
    page(&supervisor, at(water, "/edit"), 403);
}

static void facts_are_edited_with_messages_beside_the_fields(void **state)
{
    (void)state;
    Organ o = now(water);
    Str form = str_fmt(
        a, "slug=" PRI_STR "&kind=department&level=city&version=%lld&post_code=12&mail=x&phone=1",
        STR_ARG(o.slug), (long long)o.version);
    Str html = sent(&officer, at(water, "/edit"), str_to_z(a, form), 422);
    shows(html, "邮政编码是6位数字");
    shows(html, "id=\"f-mail-e\"");
    shows(html, "value=\"12\"");
    form = str_fmt(a, "slug=" PRI_STR "&kind=department&level=city&version=%lld&phone=" PRI_STR,
                   STR_ARG(o.slug), (long long)o.version,
                   STR_ARG(encoded(S("<script>alert(1)</script>'; DROP TABLE organ;--"))));
    sent(&officer, at(water, "/edit"), str_to_z(a, form), 303);
    html = page(&officer, at(water, ""), 200);
    hides(html, "<script>alert");
    shows(html, "&lt;script&gt;alert(1)");
}

static void what_somebody_else_saved_is_shown(void **state)
{
    (void)state;
    Organ o = now(water);
    Str form = str_fmt(a, "slug=" PRI_STR "&kind=department&version=%lld&fax=", STR_ARG(o.slug),
                       (long long)o.version);
    sent(&admin, at(water, "/edit"), str_to_z(a, str_cat(a, form, S("111"))), 303);
    Str html = sent(&officer, at(water, "/edit"), str_to_z(a, str_cat(a, form, S("222"))), 422);
    shows(html, "别人保存的传真号码是“111”，您填的是“222”");
    assert_str(now(water).fax, S("111"));
    form = str_fmt(a, "slug=" PRI_STR "&kind=department&version=" PRI_STR "&fax=222",
                   STR_ARG(o.slug), STR_ARG(page_value(a, html, "version")));
    sent(&officer, at(water, "/edit"), str_to_z(a, form), 303);
    assert_str(now(water).fax, S("222"));
}

static void a_rename_is_looked_at_first_and_done_once(void **state)
{
    (void)state;
    const char *path = at(school, "/rename"), *old = "示例市教育局";
    Str name = encoded(S("示例市教育和体育局"));
    Str form = str_fmt(a, "name=" PRI_STR "&slug=jiaoti" BASIS, STR_ARG(name));
    Str html = sent(&admin, path, str_to_z(a, form), 200);
    shows(html, "随之发生");
    shows(html, "旧网址自动转到新网址");
    assert_str(now(school).name, str_z(old));
    form = str_fmt(a, PRI_STR "&stage=back", STR_ARG(form));
    shows(sent(&admin, path, str_to_z(a, form), 200), "看会发生什么");
    form = str_fmt(
        a, "name=" PRI_STR "&slug=jiaoti" BASIS "&stage=sure&once=0123456789abcdef0123456789abcdef",
        STR_ARG(name));
    sent(&admin, path, str_to_z(a, form), 303);
    assert_str(now(school).name, S("示例市教育和体育局"));
    int64_t version = now(school).version;
    sent(&admin, path, str_to_z(a, form), 303); // sent again: leads there, does nothing
    assert_int_equal(now(school).version, version);
    html = page(&admin, at(school, ""), 200);
    shows(html, "示例市教育局改为示例市教育和体育局");
    shows(page(&admin, "/desk/organs?q=%E6%95%99%E8%82%B2%E5%B1%80", 200), "按“示例市教育局”找到");
}

// What was published before the rename, under its old address and its old name.
static void what_a_renamed_organ_published_is_found_under_both_names(void **state)
{
    (void)state;
    Reply r = client_get(site.port, a, at_old("/annual-reports/organ-%lld/2023"));
    assert_int_equal(r.status, 308);
    assert_str(reply_header(&r, "Location"), S("/annual-reports/jiaoti/2023"));
    r = client_get(site.port, a, at_old("/annual-reports/organ-%lld/compare?a=2022&b=2023"));
    assert_str(reply_header(&r, "Location"), S("/annual-reports/jiaoti/compare?a=2022&b=2023"));
    r = client_get(site.port, a, at_old("/organs/organ-%lld"));
    assert_str(reply_header(&r, "Location"), S("/organs/jiaoti"));
    Str html = client_get(site.port, a, "/annual-reports/jiaoti/2023").body;
    shows(html, "原名：示例市教育局（至2024年2月29日）");
    html = client_get(site.port, a, "/annual-reports?name=%E6%95%99%E8%82%B2%E5%B1%80").body;
    shows(html, "示例市教育和体育局");
    shows(html, "共1份");
    html = client_get(site.port, a, "/organs/jiaoti").body;
    shows(html, "名称沿革");
    assert_int_equal(client_get(site.port, a, "/annual-reports/nobody/2023").status, 404);
    assert_int_equal(client_get(site.port, a, "/organs/nobody").status, 404);
}

static void a_merger_says_who_is_affected(void **state)
{
    (void)state;
    const char *path = at(water, "/merge");
    Str form = str_fmt(a, "heirs=%lld" BASIS, (long long)school.n);
    Str html = sent(&admin, path, str_to_z(a, form), 200);
    shows(html, "原在它之下的1个");
    shows(html, "2人在这个机关有岗位");
    assert_int_equal(now(water).state, ORGAN_ACTIVE);
    sent(&admin, path, str_to_z(a, str_fmt(a, "heirs=%lld" BASIS, (long long)water.n)), 422);
    shows(sent(&admin, path, str_to_z(a, str_cat(a, form, S("&stage=sure"))), 303), "");
    assert_int_equal(now(water).state, ORGAN_MERGED);
    assert_int_equal(now(section).parent.n, school.n);
    shows(page(&admin, at(water, ""), 200), "职责由下列机关承继");
    Str public =
        client_get(site.port, a, str_to_z(a, str_cat(a, S("/organs/"), now(water).slug))).body;
    shows(public, "并入其他机关");
    shows(public, "/organs/jiaoti");
    shows(client_get(site.port, a, "/annual-reports?organ=jiaoti").body, "它承继了下列机关的职责");
    shows(sent(&admin, path, str_to_z(a, str_cat(a, form, S("&stage=sure"))), 422), "已合并");
}

static void an_organ_is_founded_under_another(void **state)
{
    (void)state;
    Str form = str_fmt(a, "name=" PRI_STR "&kind=department&parent=%lld&stage=sure" BASIS,
                       STR_ARG(encoded(S("示例市数据局"))), (long long)city.n);
    Reply r = jar_post(&admin, "/desk/organs/new", str_to_z(a, form));
    told(r, "new", 303);
    form = str_fmt(a, PRI_STR "&once=11112222333344445555666677778888", STR_ARG(form));
    shows(sent(&admin, "/desk/organs/new", str_to_z(a, form), 422), "另有在用的机关叫这个名称");
    shows(sent(&admin, "/desk/organs/new", "kind=department&slug=A%20B" BASIS, 422), "error");
}

static Str multipart(const char *csv, const char *stage, const char *kept, const char *boundary)
{
    return str_fmt(
        a,
        "--%s\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n" PRI_STR "\r\n"
        "--%s\r\nContent-Disposition: form-data; name=\"stage\"\r\n\r\n%s\r\n"
        "--%s\r\nContent-Disposition: form-data; name=\"kept\"\r\n\r\n%s\r\n"
        "--%s\r\nContent-Disposition: form-data; name=\"basis\"\r\n\r\n示编〔2024〕3号\r\n"
        "--%s\r\nContent-Disposition: form-data; name=\"on\"\r\n\r\n2024-03-01\r\n"
        "--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n"
        "Content-Type: text/csv\r\n\r\n%s\r\n--%s--\r\n",
        boundary, STR_ARG(admin.csrf), boundary, stage, boundary, kept, boundary, boundary,
        boundary, csv, boundary);
}

static Reply import_sent(const char *csv, const char *stage, const char *kept)
{
    Str body = multipart(csv, stage, kept, "xYzZ");
    return client_ask(site.port, a,
                      str_fmt(a,
                              "POST /desk/organs/import HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                              "Cookie: " PRI_STR
                              "\r\nContent-Type: multipart/form-data; boundary=xYzZ\r\n"
                              "Content-Length: %zu\r\nConnection: close\r\n\r\n" PRI_STR,
                              STR_ARG(admin.cookies), body.n, STR_ARG(body)));
}

static void a_file_is_planned_and_then_goes_in(void **state)
{
    (void)state;
    Str html =
        told(import_sent("机关名称,上级机关\n示例市财政局,没有的局\n", "", ""), "import", 200);
    shows(html, "没有这个上级机关");
    hides(html, "确认导入");
    html = told(
        import_sent("机关名称,上级机关,联系电话\n示例市财政局,示例市人民政府,<i>1</i>\n", "", ""),
        "import", 200);
    shows(html, "新增1个");
    shows(html, "确认导入");
    hides(page(&admin, "/desk/organs", 200), "示例市财政局");
    Str kept = page_value(a, html, "kept");
    told(import_sent("", "sure", str_to_z(a, kept)), "import", 303);
    shows(page(&admin, "/desk/organs", 200), "示例市财政局");
    told(import_sent("", "", ""), "import", 422);
    told(import_sent("", "sure", "%%%"), "import", 422);
}

static void settings_are_looked_at_and_saved(void **state)
{
    (void)state;
    Str html = page(&admin, "/desk/site", 200);
    Str base = str_fmt(a, "name=" PRI_STR "&organ=%lld&version=" PRI_STR,
                       STR_ARG(encoded(S("示例市人民政府<b>"))), (long long)city.n,
                       STR_ARG(page_value(a, html, "version")));
    Str form = str_cat(a, base, S("&accent=%23ffee00&index_form=%7Byear%7D"));
    html = sent(&admin, "/desk/site", str_to_z(a, form), 422);
    shows(html, "在白底上看不清");
    shows(html, "不多不少");
    form = str_cat(a, base,
                   S("&accent=%230b5d3b&index_form=%7Byear%7D-%7Bserial:4%7D&stage=look&division="
                     "130102&icp=%3Cscript%3E1"));
    html = sent(&admin, "/desk/site", str_to_z(a, form), 200);
    shows(html, "-0001");
    shows(html, "对比度");
    shows(html, "河北省石家庄市长安区");
    shows(html, "/site.css?accent=0b5d3b");
    form = str_replace(a, form, S("&stage=look"), S(""));
    sent(&admin, "/desk/site", str_to_z(a, form), 303);
    Reply home = client_get(site.port, a, "/");
    shows(home.body, "/site.css?accent=0b5d3b");
    shows(home.body, "&lt;script&gt;1");
    Reply css = client_get(site.port, a, "/site.css?accent=0b5d3b");
    assert_int_equal(css.status, 200);
    shows(css.body, "--accent: #0b5d3b;");
    hides(client_get(site.port, a, "/site.css?accent=%7D*%7Bdisplay:none").body, "display");
    shows(sent(&admin, "/desk/site", str_to_z(a, form), 422), "别人改过");
}

// With more organs than a list can hold they are named, and only those in scope are found.
static void where_there_are_many_organs_they_are_named(void **state)
{
    (void)state;
    Err err = {0};
    OrganPlan plan;
    Buf b = buf_new(a, 1 << 20);
    buf_add(&b, S("name,parent,code\n"));
    for (int i = 0; i < 510; i++)
        buf_fmt(&b, "示例第%d中心,示例市人民政府,c%d\n", i, i);
    LifeStep step = {{19000}, S("示编〔2022〕9号")};
    if (!app_organ_import(&app, buf_str(&b), &step, a, &plan, &err))
        fail_msg("%s", err.en);
    OrganId one = plan.v[7].organ.id;
    hides(page(&admin, at(one, "/merge"), 200), "<select id=\"f-heirs\"");
    shows(sent(&admin, at(one, "/merge"), "heirs=nobody" BASIS, 422), "没有这个机关");
    shows(sent(&admin, at(one, "/merge"), "heirs=c9" BASIS, 200), "示例第9中心承继");
    Str both = encoded(S("c10、示例第11中心"));
    shows(sent(&admin, at(one, "/split"),
               str_to_z(a, str_fmt(a, "heirs=" PRI_STR BASIS, STR_ARG(both))), 200),
          "示例第11中心承继");
    shows(sent(&admin, at(one, "/lines"), "over=c12&business=x", 303), "");
    Str html = page(&admin, "/desk/organs?page=3", 200);
    shows(html, "上一页");
}

static void a_form_from_elsewhere_is_refused(void **state)
{
    (void)state;
    Jar stolen = admin;
    stolen.csrf = S("0000000000000000000000000000000000000000000000000000000000000000");
    sent(&stolen, at(city, "/edit"), "slug=x&kind=government&version=1", 403);
    sent(&stolen, at(city, "/rename"), "name=x&stage=sure" BASIS, 403);
}

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_tree_has_what_one_may_see),
        cmocka_unit_test(other_organs_are_not_there),
        cmocka_unit_test(who_may_not_change_is_refused),
        cmocka_unit_test(facts_are_edited_with_messages_beside_the_fields),
        cmocka_unit_test(what_somebody_else_saved_is_shown),
        cmocka_unit_test(a_rename_is_looked_at_first_and_done_once),
        cmocka_unit_test(what_a_renamed_organ_published_is_found_under_both_names),
        cmocka_unit_test(a_merger_says_who_is_affected),
        cmocka_unit_test(an_organ_is_founded_under_another),
        cmocka_unit_test(a_file_is_planned_and_then_goes_in),
        cmocka_unit_test(settings_are_looked_at_and_saved),
        cmocka_unit_test(where_there_are_many_organs_they_are_named),
        cmocka_unit_test(a_form_from_elsewhere_is_refused),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
