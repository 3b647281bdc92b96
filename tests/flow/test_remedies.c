// 复议诉讼 at the desk, over the program itself and on both engines: a refusal, its review, the
// suit after it, and table four.
#include "../test.h"

#include "app/request_work.h"
#include "desk_site.h"
#include "store/request.h"

static SiteBox *box;
static Arena *a;
static App app;
static Program site;
static OrganId office, housing, water;
static Jar officer, other, supervisor, legal;

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
        person_make(&app, a, "xu", "许文", water, 1u << ROLE_OFFICER),
        person_make(&app, a, "jian", "简查", office, 1u << ROLE_SUPERVISOR),
        person_make(&app, a, "fa", "法言", housing, 1u << ROLE_LEGAL),
    };
    Jar *jars[] = {&officer, &other, &supervisor, &legal};
    for (size_t i = 0; i < sizeof who / sizeof *who; i++)
        *jars[i] = jar_of(&app, a, site.port, who[i]);
    return site.port ? 0 : -1;
}

static int end(void **state)
{
    return desk_site_close(state, &app, &site);
}

// As a signed decision that goes out does it.
static void answered(RequestId id)
{
    Err err = {0};
    CLEANUP(act_end) Act act = {0};
    RequestWork work;
    RequestStep step = {.id = id,
                        .fact = {.kind = FACT_ANSWERED, .on = app.today, .until = date_none},
                        .outcome = OUTCOME_PROCESS};
    if (!act_begin(&app, &act, &err) || !request_load(&app, id, 0, a, &work, &err) ||
        !request_take(&app, &work, &step, a, &err) ||
        !request_note(&act, ACT_REQUEST_STEP, &work, a, &err) || !act_commit(&act, &err))
        fail_msg("%s", err.en);
}

// Refused today.
static InfoRequest refused(const char *title)
{
    Registered done;
    Err err = {0};
    InfoRequest r;
    NewRequest n = {.organ = housing,
                    .channel = CHANNEL_IN_PERSON,
                    .filed = {app.today.days - 3},
                    .title = str_z(title),
                    .description = S("2025年"),
                    .form = S("paper"),
                    .way = S("mail"),
                    .kind = APPLICANT_NATURAL,
                    .name = S("林禾"),
                    .applicant = {.id_number = S("000000199001010000"), .phone = S("0000")}};
    if (!app_request_register(&app, &n, a, &done, &err))
        fail_msg("%s", err.en);
    answered(done.id);
    if (!store_request_get(app.db, &app.scope, done.id, a, &r, &err))
        fail_msg("%s", err.en);
    return r;
}

static Str opened(const InfoRequest *r, const char *kind, Str more)
{
    Str f = str_fmt(a, "organ=%lld&kind=%s&about=answer", (long long)housing.n, kind);
    f = str_cat(a, f, form_field(a, "request", r->code));
    f = str_cat(a, f, form_field(a, "title", r->title));
    f = str_cat(a, f, form_field(a, "applicant", S("林禾")));
    f = str_cat(a, f, form_field(a, "filed", date_iso(a, app.today)));
    f = str_cat(a, f, form_field(a, "forum", S("示例县人民政府")));
    Reply reply = posted(&officer, S("/desk/remedies/new"), str_cat(a, f, more), 303);
    Str at, ignored;
    str_cut(reply_header(&reply, "Location"), S("?"), &at, &ignored);
    return at;
}

static Reply step(Str at, const char *event, const char *more, int status)
{
    Str path = str_fmt(a, PRI_STR "/%s", STR_ARG(at), event);
    Str html = page(&officer, str_to_z(a, path), 200);
    Str form =
        str_fmt(a, "version=" PRI_STR "&on=" PRI_STR "%s", STR_ARG(page_value(a, html, "version")),
                STR_ARG(date_iso(a, app.today)), more);
    return posted(&officer, path, form, status);
}

static void a_refusal_is_reviewed_and_taken_to_court(void **state)
{
    (void)state;
    InfoRequest r = refused("污水厂环评审查意见");
    Str request = str_fmt(a, "/desk/requests/%lld", (long long)r.id.n);
    Str html = page(&officer, str_to_z(a, request), 200);
    shows(html, "申请行政复议的最后一天");
    shows(html, "先申请行政复议");
    Str at = opened(&r, "review", S(""));
    step(at, "accepted", "&number=%E7%A4%BA1", 303);
    step(at, "notified", "", 303);
    shows(page(&officer, str_to_z(a, at), 200), "提交答复、证据、依据");
    step(at, "answered", "", 303);
    step(at, "decided", "&result=dismissed", 303);
    step(at, "served", "", 303);
    html = page(&officer, str_to_z(a, at), 200);
    shows(html, "已审结");
    shows(html, "登记复议后的诉讼");
    shows(page(&officer, "/desk/figures/remedies", 200), "block=review&amp;col=upheld");
    Str id = str_from(at, sizeof "/desk/remedies/" - 1);
    Str suit = opened(&r, "suit_after", str_cat(a, S("&after="), id));
    shows(page(&officer, "/desk/figures/remedies", 200), "block=suit_after&amp;col=pending");
    shows(page(&officer, "/desk/figures/remedies/cases?block=suit_after&col=pending", 200),
          "污水厂环评审查意见");
    step(suit, "decided", "&result=redo", 303);
    html = page(&officer, str_to_z(a, suit), 200);
    shows(html, "责令重新处理，最迟");
    step(suit, "appealed", "&forum=%E4%B8%AD%E9%99%A2", 303);
    hides(page(&officer, str_to_z(a, suit), 200), "责令重新处理，最迟");
    step(suit, "decided", "&result=redo", 303);
    step(suit, "redone", "&outcome=disclosed", 303);
    shows(page(&officer, "/desk/figures/remedies", 200), "block=suit_after&amp;col=corrected");
    html = page(&officer, str_to_z(a, request), 200);
    shows(html, "行政诉讼（复议后起诉）");
    shows(page(&officer, "/desk/figures/requests?row=r3_6&col=natural", 200), "污水厂环评审查意见");
}

static void a_direct_suit_over_a_refusal_is_doubted(void **state)
{
    (void)state;
    InfoRequest r = refused("给水管网评估会议记录");
    shows(page(&officer, str_to_z(a, opened(&r, "suit", S(""))), 200), "应当先申请行政复议");
}

static void steps_out_of_order_are_told_and_taken_back(void **state)
{
    (void)state;
    InfoRequest r = refused("道路照明验收记录");
    Str at = opened(&r, "review", S(""));
    shows(step(at, "answered", "", 422).body, "之前要先登记");
    shows(step(at, "redone", "&outcome=disclosed", 422).body, "没有责令重新答复");
    step(at, "decided", "&result=upheld", 303);
    shows(step(at, "decided", "&result=upheld", 422).body, "这一审级已经有结果");
    page(&officer, str_to_z(a, str_cat(a, at, S("/appealed"))), 404); // a review has none
    Str path = str_cat(a, at, S("/strike?fact=2"));
    Str html = page(&officer, str_to_z(a, path), 200);
    Str form = str_fmt(a, "version=" PRI_STR "&fact=2", STR_ARG(page_value(a, html, "version")));
    form = str_cat(a, form, form_field(a, "why", S("记到了别的案件")));
    posted(&officer, str_cat(a, at, S("/strike")), form, 303);
    html = page(&officer, str_to_z(a, at), 200);
    shows(html, "已撤销");
    hides(html, "已经审结");
}

static void two_at_once_are_told(void **state)
{
    (void)state;
    InfoRequest r = refused("河道清淤台账");
    Str at = opened(&r, "review", S(""));
    Str path = str_cat(a, at, S("/accepted"));
    Str old = page_value(a, page(&officer, str_to_z(a, path), 200), "version");
    step(at, "accepted", "", 303);
    Str form = str_fmt(a, "version=" PRI_STR "&on=" PRI_STR, STR_ARG(old),
                       STR_ARG(date_iso(a, app.today)));
    shows(posted(&officer, str_cat(a, at, S("/notified")), form, 422).body, "刚被别人改过");
}

static void it_is_its_own_organs_affair(void **state)
{
    (void)state;
    InfoRequest r = refused("消防水源检查记录");
    Str at = opened(&r, "review", S(""));
    page(&other, str_to_z(a, at), 404);
    hides(page(&other, "/desk/remedies", 200), "消防水源检查记录");
    shows(page(&supervisor, str_to_z(a, at), 200), "消防水源检查记录");
    page(&supervisor, str_to_z(a, str_cat(a, at, S("/accepted"))), 403);
    shows(page(&officer, "/desk/remedies?q=%E6%B6%88%E9%98%B2", 200), "消防水源检查记录");
    hides(page(&officer, "/desk/remedies?kind=suit", 200), "消防水源检查记录");
    shows(page(&officer, "/desk/remedies/export.csv", 200), "消防水源检查记录");
    page(&officer, "/desk/remedies?from=2026-02-30", 422);
    page(&officer, "/desk/figures/remedies?from=2026-02-30", 422);
    page(&officer, "/desk/figures/remedies/cases?block=none&col=pending", 404);
}

static void what_is_missing_is_said(void **state)
{
    (void)state;
    Str f = str_fmt(a, "organ=%lld&kind=review&about=inaction", (long long)housing.n);
    f = str_cat(a, f, form_field(a, "request", S("没有这个编号")));
    f = str_cat(a, f, form_field(a, "title", S("逾期不答复")));
    f = str_cat(a, f, form_field(a, "applicant", S("林禾")));
    f = str_cat(a, f, form_field(a, "filed", date_iso(a, app.today)));
    Str html = posted(&officer, S("/desk/remedies/new"), f, 422).body;
    shows(html, "没有这个编号的申请");
    shows(html, "逾期不答复");
}

static void table_four_leaves_as_the_form_and_as_the_reader_takes_it(void **state)
{
    (void)state;
    InfoRequest r = refused("防汛物资储备清单");
    opened(&r, "review", S(""));
    shows(page(&officer, "/desk/figures/remedies", 200), "/desk/figures/table4.xlsx?from=");
    assert_true(str_starts(page(&officer, "/desk/figures/table4.xlsx", 200), S("PK")));
    Str json = page(&officer, "/desk/figures/table4.json", 200);
    shows(json, "\"schema\":1");
    shows(json, "\"tables\":[\"t4\"]");
    shows(json, "\"t4.review.pending\":{\"state\":\"value\"");
    json = page(&officer, "/desk/figures/report.json", 200); // what the records know of the report
    shows(json, "\"tables\":[\"t3\",\"t4\"]");
    shows(json, "\"t3.new.natural\":{\"state\":\"value\"");
    shows(json, "\"t4.review.pending\":{\"state\":\"value\"");
    page(&officer, "/desk/figures/table4.xlsx?from=2026-02-30", 400);
    page(&officer, "/desk/figures/table4.json?from=2026-03-02&to=2026-03-01", 400);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_refusal_is_reviewed_and_taken_to_court),
        cmocka_unit_test(a_direct_suit_over_a_refusal_is_doubted),
        cmocka_unit_test(steps_out_of_order_are_told_and_taken_back),
        cmocka_unit_test(two_at_once_are_told),
        cmocka_unit_test(it_is_its_own_organs_affair),
        cmocka_unit_test(what_is_missing_is_said),
        cmocka_unit_test(table_four_leaves_as_the_form_and_as_the_reader_takes_it),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, begin, end);
}
