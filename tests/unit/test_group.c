// Many requests that are one, and one that is many: wordings, joining, units, and what is done to
// many at once.
#include "test.h"

#include "app/asked.h"
#include "app/bulk.h"
#include "app/release.h"
#include "app/request_figures.h"
#include "site_box.h"
#include "store/organ.h"
#include "store/person.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct Stage {
    SiteBox *box;
    App app;
    OrganId housing, water;
    PersonId zhou;
} Stage;

static Stage place;

static Date day(const char *iso)
{
    Date d = date_none;
    assert_true(date_parse(str_z(iso), &d));
    return d;
}

static void ok(bool well, const Err *err)
{
    if (!well)
        fail_msg("%s (%s)", err->en, err->detail);
}

static OrganId organ_made(Arena *a, const char *name, const char *short_name)
{
    Err err = {0};
    Organ o;
    organ_from_name(str_z(name), &o);
    o.short_name = str_z(short_name);
    ok(store_organ_add(place.app.db, BOX_SITE, &o, a, &err), &err);
    return o.id;
}

static int begin(void **state)
{
    Err err = {0};
    if (site_box_make(state))
        return 1;
    place = (Stage){.box = *state};
    AppPlace at = {.data = place.box->dir, .database = place.box->database};
    ok(app_open(&at, DB_CREATE, day("2026-03-12"), 1773300000, &place.box->a, &place.app, &err),
       &err);
    place.housing = organ_made(&place.box->a, "示例县住房和城乡建设局", "示住建");
    place.water = organ_made(&place.box->a, "示例县水务局", "示水务");
    ok(store_organ_under_refresh(place.app.db, BOX_SITE, &err), &err);
    return 0;
}

static int end(void **state)
{
    app_close(&place.app);
    return site_box_drop(state);
}

static Arena *A(void)
{
    return &place.box->a;
}

#define TITLE "城东片区老旧小区改造施工合同"
#define TEXT "2024年签订的施工合同，含工程量清单和历次变更"

static RequestId asked_by(OrganId organ, const char *title, const char *text, const char *who,
                          const char *way)
{
    Registered done;
    Err err = {0};
    NewRequest n = {.organ = organ,
                    .channel = CHANNEL_INTERNET,
                    .filed = day("2026-03-10"),
                    .title = str_z(title),
                    .description = str_z(text),
                    .form = S("electronic"),
                    .way = str_z(way),
                    .kind = APPLICANT_NATURAL,
                    .name = str_z(who),
                    .applicant = {.id_kind = S("居民身份证"),
                                  .id_number = str_cat(A(), S("000000"), str_z(who)),
                                  .phone = S("0000-0000000")}};
    ok(app_request_register(&place.app, &n, A(), &done, &err), &err);
    return done.id;
}

static RequestId asked(const char *who)
{
    return asked_by(place.housing, TITLE, TEXT, who, "platform");
}

static InfoRequest request(RequestId id)
{
    InfoRequest r;
    Err err = {0};
    ok(store_request_get(place.app.db, &place.app.scope, id, A(), &r, &err), &err);
    return r;
}

static void take(RequestId id, FactKind kind, Outcome outcome)
{
    Err err = {0};
    RequestStep s = {.id = id,
                     .version = request(id).version,
                     .fact = {.kind = kind, .on = place.app.today, .until = date_none},
                     .outcome = outcome};
    ok(app_request_past_step(&place.app, &s, A(), &err), &err);
}

static Bulk done_to(BulkKind kind, BulkChoice choice, RequestId lead, const char *reason)
{
    Bulk b;
    Err err = {0};
    BulkAsk ask = {.kind = kind,
                   .choice = choice,
                   .lead = lead,
                   .on = place.app.today,
                   .reason = str_z(reason)};
    ok(app_bulk_begin(&place.app, bulk_defs[kind].may, &ask, A(), &b, &err), &err);
    return b;
}

static int64_t go_on(void)
{
    int64_t n;
    Err err = {0};
    ok(app_bulk_go_on(&place.app, 60, A(), &n, &err), &err);
    return n;
}

static BulkChoice these(const RequestId *ids, size_t n)
{
    BulkChoice c = {.set = BULK_SET_LIST};
    for (size_t i = 0; i < n; i++)
        *PUSH(A(), &c.ids) = ids[i];
    return c;
}

// --- extended

static int64_t letters_of(RequestId id, Str *body)
{
    Letters found;
    Letter l;
    Err err = {0};
    int64_t n = 0;
    ok(store_letter_of(place.app.db, &place.app.scope, letter_owner(OWNER_REQUEST, id.n), A(),
                       &found, &err),
       &err);
    for (size_t i = 0; i < found.n; i++)
        if (found.v[i].kind == LETTER_EXTENSION) {
            ok(store_letter_get(place.app.db, &place.app.scope, found.v[i].id, A(), &l, &err),
               &err);
            *body = l.body;
            n++;
        }
    return n;
}

static BulkAsk extension(const RequestId *ids, size_t n, int64_t workdays, const char *why)
{
    return (BulkAsk){.kind = BULK_EXTEND,
                     .choice = these(ids, n),
                     .on = place.app.today,
                     .workdays = workdays,
                     .reason = str_z(why)};
}

// 条例第三十三条第二款: each as if it were alone, with its own letter and its own day.
static void several_are_extended_at_once_each_with_its_letter(void **state)
{
    (void)state;
    Err err = {0};
    Bulk b;
    BulkPlan plan;
    Str body = S("");
    RequestId ids[] = {asked("张一"), asked("张二"), asked("张三"), asked("张四")};
    for (int i = 0; i < 3; i++)
        take(ids[i], FACT_CONFIRMED, OUTCOME_DISCLOSED); // the last one waits to be confirmed
    Date was = request(ids[0]).due;
    BulkAsk ask = extension(ids, 4, 15, "需要检索的档案较多");
    ok(app_bulk_plan(&place.app, MAY_REQUEST_APPROVE, &ask, A(), &plan, &err), &err);
    assert_int_equal(plan.n_do, 3);
    assert_int_equal(letters_of(ids[0], &body), 0); // a plan changes nothing
    ok(app_bulk_begin(&place.app, MAY_REQUEST_APPROVE, &ask, A(), &b, &err), &err);
    assert_int_equal(b.n_done, 3);
    assert_int_equal(b.n_left, 1);
    assert_true(request(ids[0]).due.days > was.days);
    assert_int_equal(letters_of(ids[0], &body), 1);
    assert_true(str_has(body, S("因需要检索的档案较多，")));
    assert_true(str_has(body, date_zh(A(), request(ids[0]).due)));
    ok(app_bulk_begin(&place.app, MAY_REQUEST_APPROVE, &ask, A(), &b, &err), &err);
    assert_int_equal(b.n_done, 0); // once
}

static void many_are_extended_by_the_head_alone_and_with_a_reason(void **state)
{
    (void)state;
    Err err = {0};
    Bulk b;
    RequestId id = asked("张一");
    take(id, FACT_CONFIRMED, OUTCOME_DISCLOSED);
    BulkAsk ask = extension(&id, 1, 15, "档案较多");
    assert_false(app_bulk_begin(&place.app, MAY_REQUEST_HANDLE, &ask, A(), &b, &err));
    assert_int_equal(err.kind, ERR_DENIED);
    ask = extension(&id, 1, 15, "");
    assert_false(app_bulk_begin(&place.app, MAY_REQUEST_APPROVE, &ask, A(), &b, &err));
    ask = extension(&id, 1, 21, "档案较多");
    assert_false(app_bulk_begin(&place.app, MAY_REQUEST_APPROVE, &ask, A(), &b, &err));
    assert_int_equal(err.kind, ERR_INPUT);
}

// --- before one is registered

static void who_is_about_to_be_registered_is_looked_for(void **state)
{
    (void)state;
    Err err = {0};
    Radar found;
    InfoRequest draft;
    RequestId first = asked("张一");
    NewRequest n = {.organ = place.housing,
                    .channel = CHANNEL_FAX,
                    .filed = day("2026-03-11"),
                    .title = S(TITLE),
                    .description = S(TEXT "。"),
                    .kind = APPLICANT_NATURAL,
                    .name = S("张一"),
                    .applicant = {.id_number = S("000000张一"), .phone = S("0000-0000000")}};
    ok(app_request_draft(&place.app, &n, A(), &draft, &err), &err);
    ok(app_asked_radar(&place.app, &draft, A(), &found, &err), &err);
    assert_int_equal(found.n_same, 1);
    assert_int_equal(found.own.n, 1); // the same paper, by fax
    assert_int_equal(found.own.v[0].id.n, first.n);
    n.title = S("防汛物资采购清单");
    n.description = S("去年汛期前采购的物资和供应商");
    ok(app_request_draft(&place.app, &n, A(), &draft, &err), &err);
    ok(app_asked_radar(&place.app, &draft, A(), &found, &err), &err);
    assert_int_equal(found.n_same + (int64_t)(found.own.n + found.here.n + found.near.n), 0);
}

// --- wordings

// clang-format off
static const struct { const char *title, *text, *other_title, *other_text; bool same; int least, most; } likes[] = {
    { TITLE, TEXT, TITLE, TEXT, true, 1000, 1000 },
    { "Ａ区 预算（2024）", "明细。", "a区预算2024", "明细", true, 1000, 1000 },
    { "老旧小區改造", "施工合同", "老旧小区改造", "施工合同", true, 1000, 1000 },
    { "2024年预算", "明细", "2025年预算", "明细", false, 300, 999 },
    { TITLE, TEXT, TITLE, "2024年签订的施工合同，含工程量清单", false, 600, 999 },
    { TITLE, TEXT, "防汛物资采购清单", "去年汛期前采购的物资和供应商", false, 0, 99 },
};
// clang-format on

static void wordings_are_the_same_whatever_the_script_and_the_marks(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof likes / sizeof *likes; i++) {
        Str x = asked_normal(str_z(likes[i].title), str_z(likes[i].text), A());
        Str y = asked_normal(str_z(likes[i].other_title), str_z(likes[i].other_text), A());
        int alike = asked_alike(x, y, *A());
        assert_int_equal(str_eq(asked_hash(x, A()), asked_hash(y, A())), likes[i].same);
        if (alike < likes[i].least || alike > likes[i].most)
            fail_msg("%s and %s: %d", likes[i].title, likes[i].other_title, alike);
    }
}

static void what_is_stored_of_a_wording_never_changes(void **state)
{
    (void)state;
    int64_t bands[ASKED_BANDS];
    Str normal = asked_normal(S(TITLE), S(TEXT), A());
    assert_int_equal(asked_bands(normal, *A(), bands), ASKED_BANDS);
    assert_str(asked_hash(normal, A()),
               asked_hash(S("城东片区老旧小区改造施工合同2024年签订的施工合"
                            "同含工程量清单和历次变更"),
                          A()));
    int64_t again[ASKED_BANDS];
    asked_bands(normal, *A(), again);
    assert_memory_equal(bands, again, sizeof bands);
    assert_int_equal(asked_bands(S("一"), *A(), bands), 0);
}

static Radar radar(RequestId id)
{
    Radar found;
    Err err = {0};
    InfoRequest r = request(id);
    ok(app_asked_radar(&place.app, &r, A(), &found, &err), &err);
    return found;
}

static void the_radar_tells_own_here_elsewhere_and_alike(void **state)
{
    (void)state;
    RequestId own = asked("张三"), other = asked("李四");
    asked_by(place.water, TITLE, TEXT, "王五", "platform");
    asked_by(place.housing, TITLE, "2024年签订的施工合同，含工程量清单", "赵六", "platform");
    asked_by(place.housing, "防汛物资采购清单", "去年汛期前的", "钱七", "platform");
    Radar r = radar(asked("张三"));
    assert_int_equal(r.own.n, 1);
    assert_int_equal(r.own.v[0].id.n, own.n);
    assert_int_equal(r.here.n, 1);
    assert_int_equal(r.here.v[0].id.n, other.n);
    assert_int_equal(r.away.n, 1);
    assert_int_equal(r.near.n, 1);
    assert_true(r.near.v[0].alike >= 600 && r.near.v[0].alike < 1000);
    assert_int_equal(r.n_same, 4);
    assert_int_equal(r.month.n, 2);
    assert_int_equal(r.month.repeated, 1);
}

static void the_radar_shows_nothing_out_of_scope(void **state)
{
    (void)state;
    asked("张三");
    RequestId id = asked_by(place.water, TITLE, TEXT, "王五", "platform");
    InfoRequest r = request(id);
    Scope all = place.app.scope;
    place.app.scope = (Scope){.site = BOX_SITE, .reach = REACH_ORGAN, .root = place.water};
    Radar found;
    Err err = {0};
    ok(app_asked_radar(&place.app, &r, A(), &found, &err), &err);
    place.app.scope = all;
    assert_int_equal(found.away.n + found.here.n + found.near.n, 0);
    assert_int_equal(found.n_same, 1);
}

static void requests_from_before_get_their_wording_by_the_job(void **state)
{
    (void)state;
    Err err = {0};
    Str did;
    RequestId id = asked("张三");
    ok(db_script(place.app.db, S("DELETE FROM asked_by; DELETE FROM asked; DELETE FROM asked_at;"),
                 A(), &err),
       &err);
    assert_int_equal(radar(id).asked, 0);
    ok(app_asked_job(&place.app, A(), &did, &err), &err);
    assert_true(radar(id).asked > 0);
    ok(app_asked_job(&place.app, A(), &did, &err), &err);
    assert_int_equal(did.n, 0);
}

// --- joining

typedef struct JoinRow {
    const char *sentence;
    JoinSide lead, other;
    int alike;
    const char *reason;
    const char *refused; // part of why; NULL allowed
} JoinRow;

// clang-format off
static const JoinRow join_rows[] = {
    { "the same words",               {1, 1, true, 0, 0, {0}},  {2, 1, true, 0, 0, {0}},  1000, "",  NULL },
    { "others, with a reason",        {1, 1, true, 0, 0, {0}},  {2, 1, true, 0, 0, {0}},  500,  "x", NULL },
    { "a third one",                  {1, 1, true, 0, 5, {0}},  {2, 1, true, 0, 0, {0}},  1000, "",  NULL },
    { "others, without a reason",     {1, 1, true, 0, 0, {0}},  {2, 1, true, 0, 0, {0}},  500,  "",  "worded differently" },
    { "something else",               {1, 1, true, 0, 0, {0}},  {2, 1, true, 0, 0, {0}},  299,  "x", "something else" },
    { "another organ",                {1, 1, true, 0, 0, {0}},  {2, 2, true, 0, 0, {0}},  1000, "x", "another organ" },
    { "itself",                       {1, 1, true, 0, 0, {0}},  {1, 1, true, 0, 0, {0}},  1000, "x", "itself" },
    { "behind one that has ended",    {1, 1, false, 0, 0, {0}}, {2, 1, true, 0, 0, {0}},  1000, "x", "has ended" },
    { "one that has ended",           {1, 1, true, 0, 0, {0}},  {2, 1, false, 0, 0, {0}}, 1000, "x", "has ended" },
    { "one that follows another",     {1, 1, true, 0, 0, {0}},  {2, 1, true, 3, 0, {0}},  1000, "x", "follows a request already" },
    { "behind one that follows",      {1, 1, true, 3, 0, {0}},  {2, 1, true, 0, 0, {0}},  1000, "x", "follows another one" },
    { "one that leads",               {1, 1, true, 0, 0, {0}},  {2, 1, true, 0, 4, {0}},  1000, "x", "leads other requests" },
};
// clang-format on

static void joining_follows_the_table(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof join_rows / sizeof *join_rows; i++) {
        const JoinRow *r = &join_rows[i];
        Err err = {0};
        bool allowed = group_join(&r->lead, &r->other, r->alike, str_z(r->reason), &err);
        if (allowed != (r->refused == NULL) ||
            (r->refused && !str_has(str_z(err.en), str_z(r->refused))))
            fail_msg("%s: %s", r->sentence, err.en);
    }
}

static int64_t followers_of(RequestId id)
{
    int64_t n = 0;
    RequestId lead;
    Err err = {0};
    ok(store_group_side(place.app.db, BOX_SITE, id, &n, &lead, &err), &err);
    return n;
}

static bool join(RequestId lead, RequestId other, const char *reason, Err *err)
{
    return app_request_join(&place.app, other, request(other).version, request(lead).code,
                            str_z(reason), A(), err);
}

static void one_joins_and_leaves_with_a_reason(void **state)
{
    (void)state;
    Err err = {0};
    RequestId lead = asked("张三"), other = asked("李四");
    ok(join(lead, other, "", &err), &err);
    assert_int_equal(request(other).same_as.n, lead.n);
    assert_int_equal(followers_of(lead), 1);
    assert_false(app_request_leave(&place.app, other, 0, S(""), A(), &err));
    ok(app_request_leave(&place.app, other, 0, S("要求的方式不同"), A(), &err), &err);
    assert_int_equal(request(other).same_as.n, 0);
    assert_int_equal(followers_of(lead), 0);
    assert_false(app_request_leave(&place.app, other, 0, S("再来"), A(), &err));
}

static void its_own_clock_goes_on(void **state)
{
    (void)state;
    Err err = {0};
    RequestId lead = asked("张三"), other = asked("李四");
    take(other, FACT_CONFIRMED, OUTCOME_OTHER);
    Date due = request(other).due;
    ok(join(lead, other, "", &err), &err);
    assert_int_equal(request(other).due.days, due.days);
    assert_int_equal(request(lead).phase, PHASE_UNCONFIRMED);
}

static void one_answer_is_given_to_all_that_can_have_it(void **state)
{
    (void)state;
    RequestId lead = asked("张三"), b = asked("李四"), c = asked("王五"), d = asked("赵六");
    RequestId confirmed[] = {lead, b, c}, join_them[] = {b, c, d};
    assert_int_equal(done_to(BULK_CONFIRM, these(confirmed, 3), (RequestId){0}, "").n_done, 3);
    Bulk joined = done_to(BULK_JOIN, these(join_them, 3), lead, "");
    assert_int_equal(joined.n_done, 3);
    take(lead, FACT_ANSWERED, OUTCOME_DISCLOSED);
    assert_true(request(b).open);
    assert_int_equal(go_on(), 3);
    assert_str(request(b).outcome, S("disclosed"));
    assert_str(request(c).outcome, S("disclosed"));
    assert_true(request(d).open); // it was not confirmed
    assert_int_equal(go_on(), 0);
    Bulks all;
    Err err = {0};
    ok(store_bulk_of(place.app.db, &place.app.scope, lead, 5, A(), &all, &err), &err);
    assert_int_equal(all.n, 2);
    assert_int_equal(all.v[0].n_done, 2);
    assert_int_equal(all.v[0].n_left, 1);
    BulkLefts left;
    ok(store_bulk_items(place.app.db, &place.app.scope, all.v[0].id, false, (RequestId){0}, 10, A(),
                        &left, &err),
       &err);
    assert_int_equal(left.n, 1);
    assert_true(str_has(left.v[0].why, S("待确认")));
    take(d, FACT_CONFIRMED, OUTCOME_OTHER);
    Bulk again;
    ok(app_bulk_answer_again(&place.app, lead, A(), &again, &err), &err);
    assert_int_equal(go_on(), 1);
    assert_false(request(d).open);
}

static void what_is_given_out_is_given_to_all_once_each_is_answered(void **state)
{
    (void)state;
    Err err = {0};
    ReleasePublic given;
    RequestId lead = asked("张三"), b = asked("李四"), both[] = {lead, b};
    done_to(BULK_CONFIRM, these(both, 2), (RequestId){0}, "");
    ok(join(lead, b, "", &err), &err);
    ok(app_release_elsewhere(&place.app, lead, S("在示例县政府网站公开"), A(), &err), &err);
    take(lead, FACT_ANSWERED, OUTCOME_DISCLOSED);
    ok(app_release_public(&place.app, b, A(), &given, &err), &err);
    assert_int_equal(given.elsewhere.n, 0); // its own reply has not gone out
    go_on();
    ok(app_release_public(&place.app, b, A(), &given, &err), &err);
    assert_str(given.elsewhere, S("在示例县政府网站公开"));
}

static void those_whose_lead_has_ended_may_follow_another(void **state)
{
    (void)state;
    RequestId lead = asked("张三"), b = asked("李四"), c = asked("王五");
    RequestId both[] = {b, c};
    done_to(BULK_JOIN, these(both, 2), lead, "");
    take(lead, FACT_WITHDRAWN, OUTCOME_WITHDRAWN);
    BulkChoice group = {.set = BULK_SET_GROUP, .group = lead};
    Bulk moved = done_to(BULK_JOIN, group, b, "原主件已撤回");
    assert_int_equal(moved.n_done, 1);
    assert_int_equal(request(b).same_as.n, 0);
    assert_int_equal(request(c).same_as.n, b.n);
    assert_int_equal(followers_of(lead), 0);
}

static void a_plan_changes_nothing(void **state)
{
    (void)state;
    Err err = {0};
    RequestId lead = asked("张三"), b = asked("李四");
    RequestId c = asked_by(place.water, TITLE, TEXT, "王五", "mail");
    RequestId all[] = {b, c};
    BulkPlan plan;
    BulkAsk ask = {.kind = BULK_JOIN, .choice = these(all, 2), .lead = lead};
    ok(app_bulk_plan(&place.app, MAY_REQUEST_HANDLE, &ask, A(), &plan, &err), &err);
    assert_int_equal(plan.n_lines, 2);
    assert_int_equal(plan.n_do, 1);
    assert_true(str_has(plan.lines[1].why, S("别的机关")));
    assert_int_equal(request(b).same_as.n, 0);
    assert_int_equal(followers_of(lead), 0);
    assert_false(app_bulk_plan(&place.app, MAY_REQUEST_READ, &ask, A(), &plan, &err));
    assert_int_equal(err.kind, ERR_DENIED);
}

static void many_are_proposed_and_never_joined_by_themselves(void **state)
{
    (void)state;
    Err err = {0};
    AskedManys many;
    Date since = day("2026-03-01");
    asked("张三");
    asked("李四");
    ok(store_asked_many(place.app.db, &place.app.scope, since, 10, A(), &many, &err), &err);
    assert_int_equal(many.n, 0);
    RequestId third = asked("王五");
    ok(store_asked_many(place.app.db, &place.app.scope, since, 10, A(), &many, &err), &err);
    assert_int_equal(many.n, 1);
    assert_int_equal(many.v[0].n_open, 3);
    assert_int_equal(request(third).same_as.n, 0);
    ok(app_asked_decline(&place.app, place.housing, many.v[0].asked, S("各要各的年份"), A(), &err),
       &err);
    ok(store_asked_many(place.app.db, &place.app.scope, since, 10, A(), &many, &err), &err);
    assert_int_equal(many.n, 0);
    asked("赵六");
    ok(store_asked_many(place.app.db, &place.app.scope, since, 10, A(), &many, &err), &err);
    assert_int_equal(many.n, 1);
}

// --- units

// clang-format off
static const struct { const char *lines; size_t n; const char *first; } lists[] = {
    { "", 0, "" },
    { "预算\n决算", 2, "预算" },
    { "1. 预算\n2、决算\n\n  3）合同 ", 3, "预算" },
    { "（一）预算\n（二）决算", 2, "预算" },
    { "2024年预算", 1, "2024年预算" },
    { "三公经费", 1, "三公经费" },
};
// clang-format on

static void matters_are_read_one_a_line(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        Units u = units_read(str_z(lists[i].lines), A());
        if (u.n != lists[i].n)
            fail_msg("%s: %zu", lists[i].lines, u.n);
        if (u.n)
            assert_str(u.v[0].matter, str_z(lists[i].first));
    }
}

static bool split(RequestId id, const char *lines, const char *outcome, Err *err)
{
    Units u = units_read(str_z(lines), A());
    for (size_t i = 1; i < u.n; i++)
        u.v[i].outcome = str_z(outcome);
    return app_request_split(&place.app, id, request(id).version, &u, S("三项内容互不相关"), A(),
                             err);
}

static void a_request_is_split_before_it_has_ended(void **state)
{
    (void)state;
    Err err = {0};
    RequestId id = asked("张三");
    ok(split(id, "预算\n决算\n合同", "", &err), &err);
    assert_int_equal(request(id).n_units, 3);
    assert_false(split(id, "预算\n预算", "", &err));
    assert_false(split(id, "预算\n决算", "withdrawn", &err));
    ok(split(id, "全部", "", &err), &err);
    assert_int_equal(request(id).n_units, 1);
    take(id, FACT_WITHDRAWN, OUTCOME_WITHDRAWN);
    assert_false(split(id, "预算\n决算", "", &err));
}

static int64_t cell(T3Row row)
{
    Document *doc = NEW(A(), Document, 1);
    Err err = {0};
    ok(app_request_figures(&place.app, day("2026-01-01"), day("2026-12-31"), A(), doc, &err), &err);
    return doc->cells[cell_t3(row, T3_TOTAL)].n;
}

static void each_unit_is_counted_with_its_outcome(void **state)
{
    (void)state;
    Err err = {0};
    RequestId id = asked("张三");
    take(id, FACT_CONFIRMED, OUTCOME_OTHER);
    ok(split(id, "预算\n决算\n合同", "not_existing", &err), &err);
    assert_int_equal(cell(T3_NEW), 3);
    assert_int_equal(cell(T3_CARRIED_OUT), 3);
    take(id, FACT_ANSWERED, OUTCOME_DISCLOSED);
    assert_int_equal(cell(T3_R1), 1);
    assert_int_equal(cell(T3_R4_1), 2);
    assert_int_equal(cell(T3_R7), 3);
    assert_int_equal(cell(T3_CARRIED_OUT), 0);
    InfoRequests behind;
    RequestId last;
    ok(app_request_figure_list(&place.app, T3_R4_1, T3_TOTAL, day("2026-01-01"), day("2026-12-31"),
                               (RequestId){0}, A(), &behind, &last, &err),
       &err);
    assert_int_equal(behind.n, 1);
    assert_int_equal(behind.v[0].n_units, 2);
}

static void those_that_follow_have_the_units_of_the_lead(void **state)
{
    (void)state;
    Err err = {0};
    RequestId lead = asked("张三"), b = asked("李四"), c = asked("王五");
    RequestId all[] = {lead, b, c}, two[] = {b, c};
    done_to(BULK_CONFIRM, these(all, 3), (RequestId){0}, "");
    done_to(BULK_JOIN, these(two, 2), lead, "");
    ok(split(lead, "预算\n决算", "not_existing", &err), &err);
    ok(split(c, "预算\n决算\n合同", "", &err), &err);
    take(lead, FACT_ANSWERED, OUTCOME_DISCLOSED);
    go_on();
    assert_int_equal(request(b).n_units, 2);
    assert_int_equal(request(c).n_units, 3);
    assert_int_equal(cell(T3_R7), 7);
    assert_int_equal(cell(T3_R1), 1 + 1 + 3);
    assert_int_equal(cell(T3_R4_1), 2);
}

// --- properties

static uint64_t chance = 20260312;

static uint32_t pick(uint32_t n)
{
    chance = chance * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(chance >> 33) % n;
}

static int64_t count_of(const char *sql)
{
    CLEANUP(stmt_end) Stmt s = stmt(place.app.db, sql);
    bind_int(&s, BOX_SITE.n);
    int64_t n = stmt_row(&s) ? col_int(&s) : -1;
    Err err = {0};
    ok(stmt_ok(&s, &err), &err);
    return n;
}

static void invariants(void)
{
    assert_int_equal(cell(T3_NEW) + cell(T3_CARRIED_IN), cell(T3_R7) + cell(T3_CARRIED_OUT));
    assert_int_equal(
        count_of("SELECT count(*) FROM request r WHERE r.site_id = ?1 AND coalesce(r.same_as, 0) <>"
                 " coalesce((SELECT j.lead_id FROM request_joined j WHERE j.site_id = r.site_id"
                 " AND j.request_id = r.request_id), 0)"),
        0);
    assert_int_equal(count_of("SELECT count(*) FROM request_group g WHERE g.site_id = ?1 AND g.n <>"
                              " (SELECT count(*) FROM request_joined j WHERE j.site_id = g.site_id"
                              " AND j.lead_id = g.lead_id)"),
                     0);
    assert_int_equal(count_of("SELECT count(*) FROM request_joined j JOIN request_joined k"
                              " ON k.site_id = j.site_id AND k.request_id = j.lead_id"
                              " WHERE j.site_id = ?1"),
                     0);
    assert_int_equal(count_of("SELECT count(*) FROM request r WHERE r.site_id = ?1"
                              " AND r.n_units > 1 AND r.n_units <> (SELECT count(*)"
                              " FROM request_unit u WHERE u.site_id = r.site_id"
                              " AND u.request_id = r.request_id)"),
                     0);
}

// What a hand at the desk might do, sensible or not.
static void something(const RequestId *ids, size_t n)
{
    static const char *const splits[] = {"甲\n乙", "甲\n乙\n丙", "甲"};
    static const char *const outcomes[] = {"", "disclosed", "not_existing", "internal"};
    Err err = {0};
    RequestId x = ids[pick((uint32_t)n)], y = ids[pick((uint32_t)n)];
    InfoRequest r = request(x);
    RequestStep s = {.id = x,
                     .fact = {.on = place.app.today, .until = date_none},
                     .outcome = (Outcome)pick(OUTCOME_WITHDRAWN)};
    switch (pick(8)) {
    case 0:
        app_request_leave(&place.app, x, 0, S("试"), A(), &err);
        break;
    case 1:
    case 2:
        join(y, x, "试", &err);
        break;
    case 3:
        split(x, splits[pick(3)], outcomes[pick(4)], &err);
        break;
    case 4:
        s.fact.kind = r.phase == PHASE_UNCONFIRMED ? FACT_CONFIRMED : FACT_ANSWERED;
        app_request_past_step(&place.app, &s, A(), &err);
        break;
    case 5:
        s.fact.kind = pick(4) ? FACT_CONFIRMED : FACT_WITHDRAWN;
        app_request_past_step(&place.app, &s, A(), &err);
        break;
    default:
        go_on();
        break;
    }
}

static void whatever_is_done_table_three_balances(void **state)
{
    (void)state;
    RequestId ids[24];
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
        ids[i] = asked_by(pick(5) ? place.housing : place.water, TITLE, pick(3) ? TEXT : TEXT "等",
                          str_to_z(A(), str_fmt(A(), "人%zu", i)), pick(2) ? "mail" : "platform");
    for (int round = 0; round < 200; round++) {
        Arena before = *A();
        something(ids, sizeof ids / sizeof *ids);
        if (round % 20 == 19)
            invariants();
        *A() = before;
    }
    invariants();
}

// --- breaks

enum { CROWD = 400 };

static void killed_in_the_middle_it_goes_on_where_it_was(void **state)
{
    (void)state;
    Err err = {0};
    RequestId lead = asked("张三");
    for (int i = 0; i < CROWD; i++) {
        Arena before = *A();
        asked(str_to_z(A(), str_fmt(A(), "人%d", i)));
        *A() = before;
    }
    int64_t wording = radar(lead).asked;
    BulkChoice all = {.set = BULK_SET_WORDING, .organ = place.housing, .asked = wording};
    done_to(BULK_CONFIRM, all, (RequestId){0}, "");
    go_on();
    all.free = true;
    done_to(BULK_JOIN, all, lead, "");
    go_on();
    assert_int_equal(followers_of(lead), CROWD);
    take(lead, FACT_ANSWERED, OUTCOME_DISCLOSED);
    int kills = 0;
    for (bool more = true; more && kills < 20; kills++) {
        pid_t child = fork();
        if (child == 0) {
            AppPlace at = {.data = place.box->dir, .database = place.box->database};
            App own;
            int64_t n;
            Arena a = arena_new((size_t)1 << 30);
            if (!app_open(&at, DB_WRITE, place.app.today, place.app.now, &a, &own, &err))
                _exit(2);
            _exit(app_bulk_go_on(&own, 60, &a, &n, &err) ? 0 : 1);
        }
        usleep((useconds_t)(5000 + 7000 * kills));
        kill(child, SIGKILL);
        waitpid(child, NULL, 0);
        more = count_of("SELECT count(*) FROM bulk WHERE site_id = ?1 AND ended_at IS NULL") > 0;
    }
    go_on();
    assert_int_equal(count_of("SELECT count(*) FROM request_fact WHERE site_id = ?1"
                              " AND kind = 'answered'"),
                     CROWD + 1);
    assert_int_equal(count_of("SELECT count(*) FROM request WHERE site_id = ?1 AND open = 1"), 0);
    assert_int_equal(count_of("SELECT n_done FROM bulk WHERE site_id = ?1 AND kind = 'answer'"),
                     CROWD);
    assert_int_equal(cell(T3_R1), CROWD + 1);
}

// --- what a crowd costs

// Of all tables together, since the server began.
static int64_t rows_read(void)
{
    count_of("SELECT length(CAST(pg_stat_force_next_flush() AS TEXT)) + ?1");
    return count_of("SELECT CAST(sum(seq_tup_read + idx_tup_fetch) AS BIGINT) + 0 * ?1"
                    " FROM pg_stat_user_tables WHERE schemaname = current_schema()");
}

static int64_t read_for_each(int64_t before, int64_t n)
{
    return (rows_read() - before) / n;
}

// A statement that goes along the wrong index, or over the whole table, reads a row for each one
// that was filed before: PostgreSQL does not know the tables of a new site (pg_learn).
static void what_is_read_for_one_does_not_grow_with_the_crowd(void **state)
{
    (void)state;
    enum { MANY = 1000, LAST = 50, READ_MOST = 250 };
    if (!site_box_on_server()) // which counts
        return;
    RequestId lead = {0};
    int64_t before = 0;
    for (int i = 0; i < MANY; i++) {
        Arena was = *A();
        before = i == MANY - LAST ? rows_read() : before;
        RequestId id = asked(str_to_z(A(), str_fmt(A(), "人%d", i)));
        lead = lead.n ? lead : id;
        *A() = was;
    }
    assert_in_range(read_for_each(before, LAST), 1, READ_MOST);
    BulkChoice all = {.set = BULK_SET_WORDING, .organ = place.housing, .asked = radar(lead).asked};
    BulkKind kinds[] = {BULK_CONFIRM, BULK_JOIN};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        before = rows_read();
        done_to(kinds[i], all, kinds[i] == BULK_JOIN ? lead : (RequestId){0}, "");
        assert_int_equal(go_on(), kinds[i] == BULK_JOIN ? MANY - 1 : MANY);
        assert_in_range(read_for_each(before, MANY), 1, READ_MOST);
    }
    before = rows_read();
    take(lead, FACT_ANSWERED, OUTCOME_DISCLOSED);
    assert_int_equal(go_on(), MANY - 1);
    assert_in_range(read_for_each(before, MANY), 1, READ_MOST);
}

// --- numbers in the post

static void numbers_in_the_post_follow_each_other_with_their_check_digit(void **state)
{
    (void)state;
    Str n;
    // the example of the standard: RA 473124829 US
    assert_true(post_number_behind(S("RA473124829US"), 0, A(), &n));
    assert_str(n, S("RA473124829US"));
    assert_true(post_number_behind(S("RA473124829US"), 1, A(), &n));
    assert_str(n, S("RA473124832US"));
    assert_false(post_number_behind(S("RA473124820US"), 0, A(), &n));
    assert_false(post_number_behind(S("ra473124829us"), 0, A(), &n));
    assert_false(post_number_behind(S("RA999999990US"), 100, A(), &n));
}

#define BOXED(f) cmocka_unit_test_setup_teardown(f, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOXED(wordings_are_the_same_whatever_the_script_and_the_marks),
        BOXED(what_is_stored_of_a_wording_never_changes),
        BOXED(the_radar_tells_own_here_elsewhere_and_alike),
        BOXED(the_radar_shows_nothing_out_of_scope),
        BOXED(requests_from_before_get_their_wording_by_the_job),
        BOXED(joining_follows_the_table),
        BOXED(one_joins_and_leaves_with_a_reason),
        BOXED(its_own_clock_goes_on),
        BOXED(one_answer_is_given_to_all_that_can_have_it),
        BOXED(what_is_given_out_is_given_to_all_once_each_is_answered),
        BOXED(those_whose_lead_has_ended_may_follow_another),
        BOXED(a_plan_changes_nothing),
        BOXED(many_are_proposed_and_never_joined_by_themselves),
        BOXED(matters_are_read_one_a_line),
        BOXED(a_request_is_split_before_it_has_ended),
        BOXED(each_unit_is_counted_with_its_outcome),
        BOXED(those_that_follow_have_the_units_of_the_lead),
        BOXED(whatever_is_done_table_three_balances),
        BOXED(killed_in_the_middle_it_goes_on_where_it_was),
        BOXED(what_is_read_for_one_does_not_grow_with_the_crowd),
        BOXED(several_are_extended_at_once_each_with_its_letter),
        BOXED(many_are_extended_by_the_head_alone_and_with_a_reason),
        BOXED(who_is_about_to_be_registered_is_looked_for),
        BOXED(numbers_in_the_post_follow_each_other_with_their_check_digit),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
