// Fees at the desk, over the program itself and on both engines: worked out, noticed, paid.
#include "../test.h"

#include "app/request.h"
#include "desk_site.h"

static SiteBox *box;
static Arena *a;
static App app;
static Program site;
static OrganId office, housing, water;
static Jar officer, head, other, supervisor;

static int begin(void **state)
{
    if (desk_site_open(state, &box, &a, &app) != 0)
        return -1;
    office = organ_make(&app, a, "示例县人民政府办公室", (OrganId){0});
    housing = organ_make(&app, a, "示例县住房和城乡建设局", office);
    water = organ_make(&app, a, "示例县水务局", office);
    organ_runs_site(&app, office);
    site = program_serve(box, NULL);
    PersonId who[] = {
        person_make(&app, a, "zhou", "周衡", housing, 1u << ROLE_OFFICER),
        person_make(&app, a, "fang", "方正", housing, 1u << ROLE_HEAD),
        person_make(&app, a, "xu", "许文", water, 1u << ROLE_OFFICER),
        person_make(&app, a, "jian", "简查", office, 1u << ROLE_SUPERVISOR),
    };
    Jar *jars[] = {&officer, &head, &other, &supervisor};
    for (size_t i = 0; i < sizeof who / sizeof *who; i++)
        *jars[i] = jar_of(&app, a, site.port, who[i]);
    return site.port ? 0 : -1;
}

static int end(void **state)
{
    return desk_site_close(state, &app, &site);
}

// A request that was handed in today.
static Str handed_in(const char *title)
{
    Registered done;
    Err err = {0};
    NewRequest n = {.organ = housing,
                    .channel = CHANNEL_IN_PERSON,
                    .filed = app.today,
                    .title = str_z(title),
                    .description = S("2025年"),
                    .form = S("paper"),
                    .way = S("mail"),
                    .kind = APPLICANT_NATURAL,
                    .name = S("林禾"),
                    .applicant = {.id_number = S("000000199001010000"), .phone = S("0000")}};
    if (!app_request_register(&app, &n, a, &done, &err))
        fail_msg("%s", err.en);
    return str_fmt(a, "/desk/requests/%lld", (long long)done.id.n);
}

static Reply send(Jar *jar, Str path, Str more, int status)
{
    Str html = page(jar, str_to_z(a, path), 200);
    Str form = str_fmt(a, "version=" PRI_STR "&on=" PRI_STR PRI_STR,
                       STR_ARG(page_value(a, html, "version")), STR_ARG(date_iso(a, app.today)),
                       STR_ARG(more));
    return posted(jar, path, form, status);
}

static Str notice(Str at, const char *yuan, const char *reason, int status)
{
    Str path = str_cat(a, at, S("/fee?basis=page&provision=paper&pages=101"));
    Str more = str_fmt(a, "&basis=page&provision=paper&pages=101&yuan=%s", yuan);
    more = str_cat(a, more, form_field(a, "reason", str_z(reason)));
    more = str_cat(a, more, form_field(a, "how", S("到代收银行柜台缴纳")));
    Str html = page(&officer, str_to_z(a, path), 200);
    Str form = str_fmt(a, "version=" PRI_STR "&on=" PRI_STR PRI_STR,
                       STR_ARG(page_value(a, html, "version")), STR_ARG(date_iso(a, app.today)),
                       STR_ARG(more));
    return posted(&officer, str_cat(a, at, S("/fee")), form, status).body;
}

static void the_working_is_shown_line_by_line(void **state)
{
    (void)state;
    Str at = handed_in("滨河步道竣工图");
    Str html = page(
        &officer, str_to_z(a, str_cat(a, at, S("/fee?basis=page&provision=paper&pages=101"))), 200);
    shows(html, "第31至100页");
    shows(html, "720元");
    shows(html, "办法第五条：101页至200页的部分，每页20元");
    html = page(&officer, str_to_z(a, str_cat(a, at, S("/fee?basis=item&provision=told"))), 200);
    shows(html, "滨河步道竣工图");
    shows(html, "没有超过免费的数量");
    html = page(&officer,
                str_to_z(a, str_cat(a, at, S("/fee?basis=page&provision=told&pages=101"))), 200);
    shows(html, "按量收费只适用于");
}

static void noticed_and_paid_it_has_a_new_term(void **state)
{
    (void)state;
    Str at = handed_in("滨河公园竣工图");
    notice(at, "720", "", 303);
    Str html = page(&officer, str_to_z(a, at), 200);
    shows(html, "待缴费");
    shows(html, "还没有登记"); // when it was received
    send(&officer, str_cat(a, at, S("/fee/pay")), S("&yuan=700&receipt=A1&method=counter"), 303);
    shows(page(&officer, str_to_z(a, at), 200), "部分缴费");
    Str wrong =
        send(&officer, str_cat(a, at, S("/fee/pay")), S("&yuan=21&receipt=A2&method=counter"), 422)
            .body;
    shows(wrong, "超过还应缴纳的20元");
    send(&officer, str_cat(a, at, S("/fee/pay")), S("&yuan=20&receipt=A2&method=counter"), 303);
    html = page(&officer, str_to_z(a, at), 200);
    shows(html, "已缴清");
    shows(html, "还剩20个工作日");
}

static void more_than_the_scale_is_refused_and_nothing_typed_is_lost(void **state)
{
    (void)state;
    Str at = handed_in("滨河广场竣工图");
    Str html = notice(at, "721", "", 422);
    shows(html, "不能高于标准");
    shows(html, "到代收银行柜台缴纳");
    html = notice(at, "500", "", 422);
    shows(html, "请写明理由");
    notice(at, "500", "申请人生活困难", 303);
    shows(page(&officer, str_to_z(a, at), 200), "减收：申请人生活困难");
}

static void the_register_has_the_sums_and_its_own_alone(void **state)
{
    (void)state;
    Str at = handed_in("滨河泵站竣工图");
    notice(at, "720", "", 303);
    Str html = page(&officer, "/desk/fees", 200);
    shows(html, "滨河泵站竣工图");
    shows(html, "实际收取的总金额");
    shows(page(&officer, "/desk/fees?state=due", 200), "滨河泵站竣工图");
    hides(page(&officer, "/desk/fees?state=paid", 200), "滨河泵站竣工图");
    hides(page(&other, "/desk/fees", 200), "滨河泵站竣工图");
    shows(page(&supervisor, "/desk/fees", 200), "滨河泵站竣工图");
    page(&officer, "/desk/fees?from=2026-02-30", 422);
    shows(page(&officer, "/desk/fees/export.csv", 200), "滨河泵站竣工图");
    page(&other, str_to_z(a, str_cat(a, at, S("/fee"))), 404);
    page(&supervisor, str_to_z(a, str_cat(a, at, S("/fee"))), 403);
    page(&officer, str_to_z(a, str_cat(a, at, S("/fee/lapse"))), 403); // it takes who signs
    page(&head, str_to_z(a, str_cat(a, at, S("/fee/lapse"))), 200);
}

static void how_to_pay_stands_in_the_next_notice(void **state)
{
    (void)state;
    Str at = handed_in("滨河水闸竣工图");
    Str html = page(&officer, "/desk/fees/account", 200);
    Str form = str_fmt(a, "version=" PRI_STR, STR_ARG(page_value(a, html, "version")));
    form = str_cat(a, form, form_field(a, "how", S("扫示例县非税缴款码")));
    posted(&officer, S("/desk/fees/account"), form, 303);
    html = page(&officer,
                str_to_z(a, str_cat(a, at, S("/fee?basis=page&provision=paper&pages=40"))), 200);
    shows(html, "扫示例县非税缴款码");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_working_is_shown_line_by_line),
        cmocka_unit_test(noticed_and_paid_it_has_a_new_term),
        cmocka_unit_test(more_than_the_scale_is_refused_and_nothing_typed_is_lost),
        cmocka_unit_test(the_register_has_the_sums_and_its_own_alone),
        cmocka_unit_test(how_to_pay_stands_in_the_next_notice),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, begin, end);
}
