// From a request to what everybody may read (条例第四十四条), over the program itself and on both
// engines.
#include "../test.h"

#include "../unit/pdf_make.h"
#include "app/desk.h"
#include "app/publication.h"
#include "app/release.h"
#include "app/remind.h"
#include "app/request_public.h"
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

static Ticket ticket; // of the last one that was asked

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
    ticket = (Ticket){made.code, made.query_code};
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

static void refreshed(void)
{
    Err err = {0};
    Str did;
    if (!app_desk_refresh(&app, a, &did, &err))
        fail_msg("%s (%s)", err.en, err.detail);
}

static void suggested(const char *words)
{
    Err err = {0};
    Saying s = {.kind = WORD_PUBLISH, .text = str_z(words)};
    if (!app_request_say(&app, &ticket, &s, a, &err))
        fail_msg("%s", err.en);
}

static Progress progress(void)
{
    Err err = {0};
    Progress g;
    if (!app_request_progress(&app, &ticket, a, &g, &err))
        fail_msg("%s", err.en);
    return g;
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

static Str writing(Str version, const char *title, const char *summary, Date formed,
                   const char *why)
{
    Str form =
        str_fmt(a, "version=" PRI_STR PRI_STR PRI_STR "&formed=" PRI_STR, STR_ARG(version),
                STR_ARG(form_field(a, "title", str_z(title))),
                STR_ARG(form_field(a, "summary", str_z(summary))), STR_ARG(date_iso(a, formed)));
    return why ? str_cat(a, form, form_field(a, "change", str_z(why))) : form;
}

static void published(Str path, const char *title, const char *summary)
{
    posted(&officer, str_cat(a, path, S("/edit")),
           writing(version_of(&officer, path), title, summary, (Date){app.today.days - 3}, NULL),
           303);
    posted(&boss, str_cat(a, path, S("/publish")),
           str_fmt(a, "version=" PRI_STR, STR_ARG(version_of(&boss, path))), 303);
}

static Str open_of(Str path)
{
    return str_replace(a, path, S("/desk/publications"), S("/disclosures"));
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
    Str edit = writing(version_of(&officer, path), "老旧小区改造计划（2026年）",
                       "共12个小区，<b>名单</b>如下。", (Date){app.today.days + 1}, NULL);
    shows(posted(&officer, str_cat(a, path, S("/edit")), edit, 422).body, "今天或者以前");
    edit = writing(version_of(&officer, path), "老旧小区改造计划（2026年）",
                   "共12个小区，<b>名单</b>如下。", app.today, NULL);
    posted(&officer, str_cat(a, path, S("/edit")), edit, 303);
    Str f = str_fmt(a, "version=" PRI_STR, STR_ARG(version_of(&boss, path)));
    posted(&officer, str_cat(a, path, S("/publish")), f, 403);
    posted(&boss, str_cat(a, path, S("/publish")), f, 303);
    Str html = page(&nobody, str_to_z(a, open), 200);
    shows(html, "老旧小区改造计划（2026年）");
    shows(html, "&lt;b&gt;名单");
    shows(html, "索引号");
    shows(html, "生成日期");
    shows(html, "条例第四十四条第二款");
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
        PublicationEdit edit = {.id = p[i].id,
                                .version = p[i].version,
                                .title = p[i].title,
                                .summary = S("概述"),
                                .formed = app.today};
        if (!app_publication_edit(&app, &edit, a, &err) ||
            !app_publication_publish(&app, p[i].id, p[i].version + 1, NULL, 0, a, &err) ||
            !store_publication_get(app.db, &app.scope, p[i].id, a, &p[i], &err))
            fail_msg("%s", err.en);
    }
    assert_true(p[0].index_no.n && p[1].index_no.n && !str_eq(p[0].index_no, p[1].index_no));
}

// 条例第四十四条第二款: the organ reviews it, and the applicant is told.
static void a_suggestion_is_a_task_until_it_is_reviewed(void **state)
{
    (void)state;
    RequestId id = asked("公共停车位规划", "孙八");
    answered(id, OUTCOME_DISCLOSED);
    Str at = str_fmt(a, "/desk/requests/%lld/suggestion", (long long)id.n);
    page(&officer, str_to_z(a, at), 404); // nothing was suggested
    suggested("许多邻居也想知道");
    refreshed();
    shows(page(&officer, "/desk/tasks", 200), "审核主动公开的建议");
    shows(page(&officer, str_to_z(a, at), 200), "许多邻居也想知道");
    page(&other, str_to_z(a, at), 404);
    shows(posted(&officer, at, S("result=decline"), 422).body, "申请人看得到");
    Str form = str_cat(a, S("result=decline"), form_field(a, "reason", S("还在征求意见")));
    posted(&officer, at, form, 303);
    posted(&officer, at, form, 422); // once
    Progress g = progress();
    assert_int_equal(g.publication.suggestion, SUGGESTION_DECLINED);
    assert_str(g.publication.review.reason, S("还在征求意见"));
    refreshed();
    hides(page(&officer, "/desk/tasks", 200), "审核主动公开的建议");
    shows(page(&officer, str_fmt(a, "/desk/requests/%lld", (long long)id.n).s, 200),
          "还在征求意见");
}

// From the suggestion to what everybody reads, with whoever is to do something being told so.
static void the_desk_says_whose_turn_it_is(void **state)
{
    (void)state;
    RequestId id = asked("自来水水质检测结果", "吴十");
    answered(id, OUTCOME_DISCLOSED);
    suggested("");
    Str at = str_fmt(a, "/desk/requests/%lld/suggestion", (long long)id.n);
    Reply r = posted(&officer, at, S("result=take"), 303);
    Str path, ignored;
    str_cut(reply_header(&r, "Location"), S("?"), &path, &ignored);
    assert_int_equal(progress().publication.suggestion, SUGGESTION_TAKEN);
    refreshed();
    shows(page(&officer, "/desk/tasks", 200),
          str_fmt(a, "写好要公开的信息：" PRI_STR, STR_ARG(ticket.number)).s);
    hides(page(&boss, "/desk/tasks", 200), "发布信息：");
    posted(&officer, str_cat(a, path, S("/edit")),
           writing(version_of(&officer, path), "自来水水质检测结果", "全部合格", app.today, NULL),
           303);
    refreshed();
    shows(page(&boss, "/desk/tasks", 200),
          str_fmt(a, "发布信息：" PRI_STR, STR_ARG(ticket.number)).s);
    posted(&boss, str_cat(a, path, S("/publish")),
           str_fmt(a, "version=" PRI_STR, STR_ARG(version_of(&boss, path))), 303);
    refreshed();
    hides(page(&boss, "/desk/tasks", 200), "发布信息：");
    assert_int_equal(progress().publication.publication.state, PUBLICATION_PUBLIC);
}

static void who_is_late_is_reminded_and_so_is_the_head(void **state)
{
    (void)state;
    Err err = {0};
    Str did;
    RequestId id = asked("公厕布点图", "郑一");
    Publication p;
    answered(id, OUTCOME_DISCLOSED);
    assert_true(app_publication_decide(&app, id, PUBLISH_SUGGESTED, a, &p, &err));
    App late = app;
    late.today = (Date){p.due.days + 1};
    assert_true(app_remind_job(&late, a, &did, &err));
    Str words = str_fmt(a, PRI_STR "的信息已决定主动公开", STR_ARG(ticket.number));
    shows(page(&officer, "/desk/notices", 200), str_to_z(a, words));
    shows(page(&boss, "/desk/notices", 200), str_to_z(a, words));
    assert_true(app_remind_job(&late, a, &did, &err));
    assert_int_equal(did.n, 0); // once for each day
}

static void a_correction_leaves_a_trace(void **state)
{
    (void)state;
    RequestId id = asked("公交线路调整方案", "王二");
    answered(id, OUTCOME_DISCLOSED);
    Str path = decided(id), at = str_cat(a, path, S("/correct"));
    published(path, "公交线路调整方案", "调整十二条线路，联系人王二");
    Str form = writing(version_of(&boss, path), "公交线路调整方案", "调整十一条线路",
                       (Date){app.today.days - 3}, "");
    posted(&officer, at, form, 403); // what is public is corrected by those who publish
    posted(&boss, at, form, 422);    // not without saying why
    posted(&officer, str_cat(a, path, S("/edit")), form, 422);
    form = writing(version_of(&boss, path), "公交线路调整方案", "调整十一条线路",
                   (Date){app.today.days - 3}, "线路数有误");
    posted(&boss, at, form, 303);
    Str html = page(&nobody, str_to_z(a, open_of(path)), 200);
    shows(html, "调整十一条线路");
    shows(html, "线路数有误");
    hides(html, "联系人王二"); // what had to go is gone for everybody
    shows(page(&officer, str_to_z(a, path), 200), "联系人王二");
}

static void a_feed_tells_what_is_new_and_what_is_gone(void **state)
{
    (void)state;
    RequestId id = asked("学区划分图", "李五");
    answered(id, OUTCOME_DISCLOSED);
    Str path = decided(id);
    published(path, "学区划分图&说明", "四个学区");
    Str feed = page(&nobody, "/disclosures.atom", 200);
    shows(feed, "<title>学区划分图&amp;说明</title>");
    shows(feed, "四个学区");
    shows(feed, str_to_z(a, str_cat(a, open_of(path), S("</id>"))));
    Str f = str_fmt(a, "version=" PRI_STR PRI_STR, STR_ARG(version_of(&boss, path)),
                    STR_ARG(form_field(a, "why", S("图有误"))));
    posted(&boss, str_cat(a, path, S("/withdraw")), f, 303);
    feed = page(&nobody, "/disclosures.atom", 200);
    shows(feed, "已撤下：学区划分图&amp;说明");
    shows(feed, "图有误");
    hides(feed, "四个学区");
    Str again = decided(id);
    published(again, "学区划分图（更正）", "五个学区");
    shows(page(&nobody, str_to_z(a, open_of(path)), 410), str_to_z(a, open_of(again)));
}

static void files_go_with_it_each_with_kind_and_size(void **state)
{
    (void)state;
    Err err = {0};
    ReleaseFile f;
    RequestId id = asked("河道整治施工图", "冯三");
    app.in_process = true; // this program is not gongkai
    PdfPage sheet = {.w = 260, .h = 90, .content = S("BT /F1 14 Tf 10 50 Td (plan) Tj ET")};
    if (!app_release_add(&app, id, S("施工图.pdf"), pdf_of(a, &sheet, 1, S(""), S("")), a, &f,
                         &err) ||
        !app_release_clean(&app, f.id, f.version, true, S("没有需要遮盖的"), a, &err))
        fail_msg("%s", err.en);
    answered(id, OUTCOME_DISCLOSED);
    Str path = decided(id), open = open_of(path);
    posted(&officer, str_cat(a, path, S("/edit")),
           writing(version_of(&officer, path), "河道整治施工图", "全套", app.today, NULL), 303);
    shows(page(&boss, str_to_z(a, path), 200), "施工图.pdf");
    posted(&boss, str_cat(a, path, S("/publish")),
           str_fmt(a, "version=" PRI_STR "&file=%lld", STR_ARG(version_of(&boss, path)),
                   (long long)f.id.n),
           303);
    Str html = page(&nobody, str_to_z(a, open), 200);
    shows(html, "施工图.pdf");
    shows(html, "（PDF文档，");
    Str at = str_cat(a, open, S("/files/1"));
    Reply r = jar_get(&nobody, str_to_z(a, at));
    assert_int_equal(r.status, 200);
    assert_str(reply_header(&r, "Content-Type"), S("application/pdf"));
    assert_true(str_starts(r.body, S("%PDF")));
    posted(&boss, str_cat(a, path, S("/withdraw")),
           str_fmt(a, "version=" PRI_STR PRI_STR, STR_ARG(version_of(&boss, path)),
                   STR_ARG(form_field(a, "why", S("图有误")))),
           303);
    page(&nobody, str_to_z(a, at), 404);
}

static void words_find_it(void **state)
{
    (void)state;
    RequestId id = asked("垃圾分类投放点", "周六");
    answered(id, OUTCOME_DISCLOSED);
    published(decided(id), "垃圾分类投放点位", "共100%覆盖_全部社区");
    shows(page(&nobody, "/disclosures?q=%E6%8A%95%E6%94%BE", 200), "垃圾分类投放点位");
    shows(page(&nobody, "/disclosures?q=100%25%E8%A6%86", 200), "垃圾分类投放点位");
    shows(page(&nobody, "/disclosures?q=%25%25%25", 200), "没有找到");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_what_was_given_becomes_public),
        cmocka_unit_test(several_means_that_more_than_one_has_asked),
        cmocka_unit_test(it_is_written_published_read_and_withdrawn),
        cmocka_unit_test(it_is_due_in_twenty_working_days),
        cmocka_unit_test(every_index_number_is_another),
        cmocka_unit_test(a_suggestion_is_a_task_until_it_is_reviewed),
        cmocka_unit_test(the_desk_says_whose_turn_it_is),
        cmocka_unit_test(who_is_late_is_reminded_and_so_is_the_head),
        cmocka_unit_test(a_correction_leaves_a_trace),
        cmocka_unit_test(a_feed_tells_what_is_new_and_what_is_gone),
        cmocka_unit_test(files_go_with_it_each_with_kind_and_size),
        cmocka_unit_test(words_find_it),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, begin, end);
}
