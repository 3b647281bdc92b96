// A decision from the first draft to the letter in the post, through the hands of five people.
#include "test.h"

#include "app/archive.h"
#include "app/decision.h"
#include "app/desk.h"
#include "app/duty.h"
#include "app/forward.h"
#include "app/release.h"
#include "app/remedy.h"
#include "site_box.h"
#include "store/notice.h"
#include "store/organ.h"
#include "store/person.h"

typedef struct Stage {
    SiteBox *box;
    App app;
    OrganId housing, water;
    PersonId officer, second, reviewer, legal, head, leader;
} Stage;

static Stage place;
static Arena *a;

static Date day(const char *iso)
{
    Date d = date_none;
    assert_true(date_parse(str_z(iso), &d));
    return d;
}

static void well(bool good, const Err *err)
{
    if (!good)
        fail_msg("%s (%s)", err->en, err->detail);
}

static OrganId organ_made(const char *name, const char *short_name, bool remedies)
{
    Err err = {0};
    Organ o;
    organ_from_name(str_z(name), &o);
    o.short_name = str_z(short_name);
    if (remedies) {
        o.review_name = S("示例县人民政府");
        o.court_name = S("示例县人民法院");
    }
    well(store_organ_add(place.app.db, BOX_SITE, &o, a, &err), &err);
    return o.id;
}

static PersonId person_made(const char *login, const char *name, Role role)
{
    Err err = {0};
    Person p = {.login = str_z(login),
                .name = str_z(name),
                .organ = place.housing,
                .opened_at = place.app.now};
    PostRow post = {
        .organ = place.housing, .role = role, .from = day("2020-01-01"), .until = date_none};
    well(store_person_add(place.app.db, BOX_SITE, &p, &err), &err);
    post.person = p.id;
    well(store_post_add(place.app.db, BOX_SITE, &post, (PersonId){0}, &err), &err);
    return p.id;
}

static int begin(void **state)
{
    Err err = {0};
    if (site_box_make(state))
        return 1;
    place = (Stage){.box = *state};
    a = &place.box->a;
    AppPlace at = {.data = place.box->dir, .database = place.box->database};
    if (!app_open(&at, DB_CREATE, day("2026-03-12"), 1773300000, a, &place.app, &err))
        fail_msg("%s", err.en);
    place.housing = organ_made("示例县住房和城乡建设局", "示住建", true);
    place.water = organ_made("示例县水务局", "示水务", false);
    well(store_organ_under_refresh(place.app.db, BOX_SITE, &err), &err);
    place.officer = person_made("zhou", "周衡", ROLE_OFFICER);
    place.second = person_made("xu", "许文", ROLE_DRAFTER);
    place.reviewer = person_made("shen", "沈知", ROLE_REVIEWER);
    place.legal = person_made("fa", "法正", ROLE_LEGAL);
    place.head = person_made("fang", "方正", ROLE_HEAD);
    place.leader = person_made("ling", "凌云", ROLE_LEADER);
    return 0;
}

static int end(void **state)
{
    app_close(&place.app);
    return site_box_drop(state);
}

static void as(PersonId person)
{
    place.app.actor = (Actor){.person = person, .name = S("某人"), .via = S("web")};
}

static RequestId asked_of(OrganId organ)
{
    Registered done;
    Err err = {0};
    as(place.officer);
    NewRequest n = {
        .organ = organ,
        .channel = CHANNEL_IN_PERSON,
        .filed = day("2026-03-02"),
        .title = S("城东片区老旧小区改造施工合同"),
        .description = S("2024年签订的施工合同，含工程量清单"),
        .form = S("paper"),
        .way = S("mail"),
        .kind = APPLICANT_NATURAL,
        .name = S("张三"),
        .applicant = {.id_number = S("000000199001010000"), .phone = S("0000-0000000")}};
    well(app_request_register(&place.app, &n, a, &done, &err), &err);
    return done.id;
}

static RequestId asked(void)
{
    return asked_of(place.housing);
}

static RequestFile request_of(RequestId id)
{
    RequestFile file;
    Err err = {0};
    well(app_request_get(&place.app, id, a, &file, &err), &err);
    return file;
}

static DecisionFile file_of(RequestId id)
{
    static RequestFile file; // pointed into
    DecisionFile d;
    Err err = {0};
    file = request_of(id);
    well(app_decision_get(&place.app, &file, a, &d, &err), &err);
    return d;
}

static DecisionSheet missing(void)
{
    DecisionSheet s = {.chosen = true, .outcome = OUTCOME_NOT_EXISTING};
    s.field[DF_SEARCH] = S("在档案室和办公系统以“改造合同”检索2020年至今，没有检索到");
    return s;
}

static bool saved(RequestId id, DecisionSheet sheet, bool submit, DecisionLacks *lacks, Err *err)
{
    DecisionSave save = {id, file_of(id).decision.version, sheet, submit};
    return app_decision_save(&place.app, &save, a, lacks, err);
}

static void submit(RequestId id, DecisionSheet sheet)
{
    DecisionLacks lacks;
    Err err = {0};
    well(saved(id, sheet, true, &lacks, &err), &err);
}

static bool stepped(RequestId id, DecisionAction action, Verb may, Str reason, Err *err)
{
    DecisionAsk ask = {id, file_of(id).decision.version, action, reason};
    return app_decision_step(&place.app, may, &ask, a, err);
}

static void pass(RequestId id, PersonId who, Verb may)
{
    Err err = {0};
    as(who);
    well(stepped(id, DECISION_PASS, may, S(""), &err), &err);
}

static void reviewed(RequestId id)
{
    pass(id, place.reviewer, MAY_REQUEST_REVIEW);
    pass(id, place.legal, MAY_REQUEST_LEGAL);
}

static void signed_by_leader(RequestId id)
{
    reviewed(id);
    pass(id, place.leader, MAY_REQUEST_SIGN);
}

static const Sending POSTED = {SEND_POST, {0}, SI("XA12345678911"), SI("示例县示例路1号")};

static bool sent(RequestId id, const char *on, Err *err)
{
    Sending s = POSTED;
    s.on = day(on);
    as(place.officer);
    return app_decision_send(&place.app, id, file_of(id).decision.version, &s, a, err);
}

// --- the whole way

static void from_draft_to_delivery_through_distinct_hands(void **state)
{
    (void)state;
    RequestId id = asked();
    DecisionLacks lacks;
    Err err = {0};
    DecisionSheet empty = {.chosen = true, .outcome = OUTCOME_NOT_EXISTING};
    well(saved(id, empty, false, &lacks, &err), &err); // in any condition
    assert_false(saved(id, empty, true, &lacks, &err));
    assert_int_equal(err.kind, ERR_INPUT);
    assert_str(lacks.v[0].field, S("search"));
    submit(id, missing());
    assert_int_equal(file_of(id).state, DECISION_SECTION);
    Str text = file_of(id).text;
    assert_true(str_has(text, S("没有检索到。")) && str_has(text, S("示例县人民法院")));
    reviewed(id);
    assert_int_equal(file_of(id).state, DECISION_SIGNING);
    pass(id, place.leader, MAY_REQUEST_SIGN);
    DecisionFile d = file_of(id);
    assert_int_equal(d.state, DECISION_SIGNED);
    assert_str(d.decision.letter_code, S("示住建公复〔2026〕1号"));
    assert_str(d.text, text); // what was reviewed is what was signed
    assert_true(str_has(d.decision.remedy, S("6个月")));
    well(sent(id, "2026-03-12", &err), &err);
    RequestFile file = request_of(id);
    assert_int_equal(file.clock.phase, PHASE_DONE);
    assert_str(file.request.outcome, S("not_existing"));
    assert_str(file.facts.v[file.facts.n - 1].fact.document, S("示住建公复〔2026〕1号"));
    assert_int_equal(file_of(id).state, DECISION_SENT);
    well(app_decision_deliver(&place.app, id, 0, file_of(id).decision.version, day("2026-03-12"),
                              S("张三本人签收"), a, &err),
         &err);
    assert_int_equal(file_of(id).state, DECISION_DELIVERED);
    assert_int_equal(file_of(id).deeds.n, 8);
}

static void what_is_handed_over_has_arrived(void **state)
{
    (void)state;
    RequestId id = asked();
    Err err = {0};
    submit(id, missing());
    signed_by_leader(id);
    as(place.officer);
    Sending s = {SEND_HANDED, day("2026-03-12"), S(""), S("张三")};
    well(app_decision_send(&place.app, id, file_of(id).decision.version, &s, a, &err), &err);
    assert_int_equal(file_of(id).state, DECISION_DELIVERED);
}

// --- distinct people

static void one_person_with_every_power_gets_no_further_than_one_part(void **state)
{
    (void)state;
    RequestId id = asked();
    Err err = {0};
    submit(id, missing()); // by the officer
    assert_false(stepped(id, DECISION_PASS, MAY_REQUEST_REVIEW, S(""), &err));
    assert_int_equal(err.kind, ERR_RULE);
    pass(id, place.head, MAY_REQUEST_REVIEW);
    assert_false(stepped(id, DECISION_PASS, MAY_REQUEST_LEGAL, S(""), &err));
    pass(id, place.legal, MAY_REQUEST_LEGAL);
    as(place.head); // has reviewed
    assert_false(stepped(id, DECISION_PASS, MAY_REQUEST_SIGN, S(""), &err));
    as(place.second);
    place.app.actor.instead_of = place.officer; // who drafted
    assert_false(stepped(id, DECISION_PASS, MAY_REQUEST_SIGN, S(""), &err));
    assert_int_equal(err.kind, ERR_RULE);
    pass(id, place.leader, MAY_REQUEST_SIGN);
}

static void a_step_takes_its_power(void **state)
{
    (void)state;
    RequestId id = asked();
    Err err = {0};
    submit(id, missing());
    as(place.leader);
    assert_false(stepped(id, DECISION_PASS, MAY_REQUEST_SIGN, S(""), &err));
    assert_int_equal(err.kind, ERR_DENIED);
}

static void where_nobody_is_left_for_a_part_it_says_whom_to_appoint(void **state)
{
    (void)state;
    Err err = {0};
    RequestId id = asked();
    PostRows posts;
    Scope all = scope_site(BOX_SITE);
    well(store_post_list(place.app.db, &all, place.legal, a, &posts, &err), &err);
    well(store_post_end(place.app.db, &all, posts.v[0].id, day("2026-03-12"), &err), &err);
    DecisionLacks lacks;
    assert_false(saved(id, missing(), true, &lacks, &err));
    assert_int_equal(err.kind, ERR_RULE);
    assert_non_null(strstr(err.zh, "法制审核员"));
    assert_int_equal(file_of(id).decision.version, 0); // nothing was kept of it
}

static void without_a_sections_review_it_goes_to_legal_at_once(void **state)
{
    (void)state;
    Err err = {0};
    well(app_decision_setting(&place.app, false, &err), &err);
    RequestId id = asked();
    submit(id, missing());
    assert_int_equal(file_of(id).state, DECISION_LEGAL);
}

// --- going back

static void a_return_wants_a_reason_and_the_drafter_is_told(void **state)
{
    (void)state;
    RequestId id = asked();
    Err err = {0};
    submit(id, missing());
    as(place.reviewer);
    assert_false(stepped(id, DECISION_RETURN, MAY_REQUEST_REVIEW, S(""), &err));
    assert_int_equal(err.kind, ERR_INPUT);
    well(stepped(id, DECISION_RETURN, MAY_REQUEST_REVIEW, S("检索的年份不够"), &err), &err);
    assert_int_equal(file_of(id).state, DECISION_DRAFT);
    static const char SQL[] = "SELECT words FROM notice WHERE site_id = ?1 AND person_id = ?2"
                              " ORDER BY notice_id";
    CLEANUP(stmt_end) Stmt s = stmt(place.app.db, SQL);
    bind_int(&s, BOX_SITE.n);
    bind_int(&s, place.officer.n);
    assert_true(stmt_row(&s));
    assert_true(str_has(col_view(&s), S("检索的年份不够")));
}

static void writing_after_a_review_voids_it_and_every_draft_is_kept(void **state)
{
    (void)state;
    RequestId id = asked();
    DecisionLacks lacks;
    Err err = {0};
    submit(id, missing());
    reviewed(id);
    DecisionSheet again = missing();
    again.field[DF_SEARCH] = S("在档案室检索1990年至今，没有检索到");
    as(place.officer);
    well(saved(id, again, false, &lacks, &err), &err);
    DecisionFile d = file_of(id);
    assert_int_equal(d.state, DECISION_DRAFT);
    assert_int_equal(d.drafts.n, 2);
    as(place.leader);
    assert_false(stepped(id, DECISION_PASS, MAY_REQUEST_SIGN, S(""), &err));
    DecisionSheet old;
    well(store_decision_draft_get(place.app.db, BOX_SITE, id, 1, 1, a, &old, &err), &err);
    assert_str(old.field[DF_SEARCH], missing().field[DF_SEARCH]);
}

static void it_can_be_recalled_before_it_is_signed_and_never_changed_behind(void **state)
{
    (void)state;
    RequestId id = asked();
    DecisionLacks lacks;
    Err err = {0};
    submit(id, missing());
    reviewed(id);
    as(place.officer);
    well(stepped(id, DECISION_RECALL, MAY_REQUEST_HANDLE, S(""), &err), &err);
    assert_int_equal(file_of(id).state, DECISION_DRAFT);
    submit(id, missing());
    signed_by_leader(id);
    Str text = file_of(id).text;
    as(place.officer);
    assert_false(stepped(id, DECISION_RECALL, MAY_REQUEST_HANDLE, S(""), &err));
    assert_int_equal(err.kind, ERR_RULE);
    assert_false(saved(id, missing(), false, &lacks, &err) &&
                 file_of(id).decision.draft != 2); // the same sheet is nothing new
    DecisionSheet other = missing();
    other.field[DF_SEARCH] = S("另外检索");
    assert_false(saved(id, other, false, &lacks, &err));
    assert_int_equal(err.kind, ERR_RULE);
    assert_str(file_of(id).text, text);
}

static void of_two_at_once_one_wins(void **state)
{
    (void)state;
    RequestId id = asked();
    Err err = {0};
    submit(id, missing());
    DecisionAsk ask = {id, file_of(id).decision.version, DECISION_PASS, S("")};
    as(place.reviewer);
    well(app_decision_step(&place.app, MAY_REQUEST_REVIEW, &ask, a, &err), &err);
    as(place.head);
    ask.action = DECISION_RETURN;
    ask.reason = S("改");
    assert_false(app_decision_step(&place.app, MAY_REQUEST_REVIEW, &ask, a, &err));
    assert_int_equal(err.kind, ERR_BUSY);
    assert_int_equal(file_of(id).state, DECISION_LEGAL);
}

// --- what has to be there

static void nothing_leaves_before_it_is_signed(void **state)
{
    (void)state;
    RequestId id = asked();
    Err err = {0};
    submit(id, missing());
    assert_false(sent(id, "2026-03-12", &err));
    assert_int_equal(err.kind, ERR_RULE);
    RequestStep step = {
        .id = id,
        .fact = {.kind = FACT_ANSWERED, .on = day("2026-03-12"), .until = date_none},
        .outcome = OUTCOME_DISCLOSED};
    assert_false(app_request_step(&place.app, MAY_REQUEST_HANDLE, &step, a, &err));
    assert_int_equal(err.kind, ERR_RULE);
    signed_by_leader(id);
    assert_false(sent(id, "2026-03-11", &err)); // the day before
    assert_int_equal(request_of(id).clock.phase, PHASE_OPEN);
    well(sent(id, "2026-03-12", &err), &err);
}

static DecisionSheet disclosed(void)
{
    DecisionSheet s = {.chosen = true, .outcome = OUTCOME_DISCLOSED};
    s.field[DF_WHAT] = S("城东片区老旧小区改造施工合同，42页");
    return s;
}

static void what_is_given_out_must_be_ready_before_it_is_signed(void **state)
{
    (void)state;
    RequestId id = asked();
    Err err = {0};
    submit(id, disclosed());
    reviewed(id);
    as(place.leader);
    assert_false(stepped(id, DECISION_PASS, MAY_REQUEST_SIGN, S(""), &err));
    assert_int_equal(err.kind, ERR_RULE);
    assert_int_equal(file_of(id).state, DECISION_SIGNING);
    as(place.officer);
    well(app_release_elsewhere(&place.app, id, S("纸质件42页，随告知书邮寄"), a, &err), &err);
    pass(id, place.leader, MAY_REQUEST_SIGN);
}

static void what_is_given_out_is_what_the_signer_saw(void **state)
{
    (void)state;
    RequestId id = asked();
    Err err = {0};
    ReleaseFile seen, other;
    submit(id, disclosed());
    as(place.officer);
    well(app_release_add(&place.app, id, S("摘要.txt"), S("合同摘要"), a, &seen, &err), &err);
    well(app_release_clean(&place.app, seen.id, 1, false, S(""), a, &err), &err);
    reviewed(id);
    DecisionAsk sign = {id, file_of(id).decision.version, DECISION_PASS, S("")};
    as(place.officer); // while the page with one file lies before who signs
    well(app_release_add(&place.app, id, S("全文.txt"), S("合同全文"), a, &other, &err), &err);
    well(app_release_clean(&place.app, other.id, 1, false, S(""), a, &err), &err);
    as(place.leader);
    assert_false(app_decision_step(&place.app, MAY_REQUEST_SIGN, &sign, a, &err));
    assert_int_equal(err.kind, ERR_BUSY);
    as(place.officer);
    well(app_release_drop(&place.app, other.id, 2, a, &err), &err);
    pass(id, place.leader, MAY_REQUEST_SIGN);
    as(place.officer);
    assert_false(app_release_add(&place.app, id, S("全文.txt"), S("合同全文"), a, &other, &err));
    assert_int_equal(err.kind, ERR_RULE);
    assert_false(app_release_drop(&place.app, seen.id, 2, a, &err));
    assert_int_equal(err.kind, ERR_RULE);
    assert_false(app_release_clean(&place.app, seen.id, 2, false, S(""), a, &err));
    assert_int_equal(err.kind, ERR_RULE);
    assert_false(app_release_elsewhere(&place.app, id, S("另见附件"), a, &err));
    assert_int_equal(err.kind, ERR_RULE);
    as(place.head); // who could have signed it
    well(app_release_add(&place.app, id, S("全文.txt"), S("合同全文"), a, &other, &err), &err);
    assert_false(sent(id, "2026-03-12", &err)); // nobody has looked at it
    assert_int_equal(err.kind, ERR_RULE);
    as(place.head);
    well(app_release_clean(&place.app, other.id, 1, false, S(""), a, &err), &err);
    well(sent(id, "2026-03-12", &err), &err);
}

static void without_remedies_nothing_is_sent_on(void **state)
{
    (void)state;
    Err err = {0};
    DecisionLacks lacks;
    RequestId id = asked_of(place.water);
    assert_false(saved(id, missing(), true, &lacks, &err));
    assert_int_equal(err.kind, ERR_INPUT);
    assert_non_null(strstr(err.zh, "行政复议机关"));
}

// --- third parties

static void ask_third(RequestId id, FactKind kind)
{
    Err err = {0};
    RequestStep step = {.id = id,
                        .fact = {.kind = kind, .on = day("2026-03-03"), .until = date_none},
                        .whom = S("示例建工有限公司")};
    well(app_request_step(&place.app, MAY_REQUEST_HANDLE, &step, a, &err), &err);
}

static bool kept(RequestId id, OpinionPart part, Opinion said, Err *err)
{
    OpinionStep step = {
        .id = id, .version = request_of(id).request.version, .fact = 2, .part = part, .said = said};
    return app_opinion_keep(&place.app, &step, a, err);
}

static Opinion disagrees(void)
{
    return (Opinion){.received = date_none,
                     .came = day("2026-03-10"),
                     .told_on = date_none,
                     .answer = ANSWER_DISAGREE,
                     .reasons = S("载有报价的构成方法")};
}

static DecisionSheet third_party(void)
{
    DecisionSheet s = {.chosen = true, .outcome = OUTCOME_THIRD_PARTY};
    s.field[DF_CLASS] = S("business");
    s.field[DF_REASON] = S("载有报价的构成方法，公开会损害其竞争地位");
    return s;
}

static void a_third_partys_interest_is_a_reason_once_it_has_refused(void **state)
{
    (void)state;
    RequestId id = asked();
    DecisionLacks lacks;
    Err err = {0};
    assert_false(saved(id, third_party(), true, &lacks, &err));
    assert_str(lacks.v[0].field, S("outcome"));
    ask_third(id, FACT_THIRD_PARTY_ASKED);
    well(kept(id, OPINION_ANSWER, disagrees(), &err), &err);
    assert_int_equal(request_of(id).clock.phase, PHASE_OPEN);   // the fact was recorded
    assert_false(saved(id, third_party(), true, &lacks, &err)); // not judged yet
    well(kept(id, OPINION_JUDGE, (Opinion){.held = HELD_REASONABLE}, &err), &err);
    submit(id, third_party());
    assert_true(str_has(file_of(id).text, S("涉及商业秘密")));
    assert_false(str_has(file_of(id).text, S("6个月"))); // 复议前置
}

static void given_out_against_its_will_it_is_told_first(void **state)
{
    (void)state;
    RequestId id = asked();
    Err err = {0};
    DecisionLacks lacks;
    ask_third(id, FACT_THIRD_PARTY_ASKED);
    well(kept(id, OPINION_ANSWER, disagrees(), &err), &err);
    well(kept(id, OPINION_JUDGE, (Opinion){.held = HELD_REASONABLE}, &err), &err);
    assert_false(saved(id, disclosed(), true, &lacks, &err));
    assert_false(
        kept(id, OPINION_JUDGE, (Opinion){.held = HELD_REASONABLE, .decided = DECIDED_GIVE}, &err));
    assert_int_equal(err.kind, ERR_INPUT); // what public interest?
    well(kept(id, OPINION_JUDGE,
              (Opinion){.held = HELD_REASONABLE,
                        .decided = DECIDED_GIVE,
                        .decided_why = S("关系到小区居民的安全")},
              &err),
         &err);
    well(app_release_elsewhere(&place.app, id, S("纸质件42页，随告知书邮寄"), a, &err), &err);
    submit(id, disclosed());
    signed_by_leader(id);
    assert_false(sent(id, "2026-03-12", &err));
    assert_int_equal(err.kind, ERR_RULE);
    assert_non_null(strstr(err.zh, "第三十二条"));
    well(kept(id, OPINION_TOLD, (Opinion){.told_on = day("2026-03-12")}, &err), &err);
    well(sent(id, "2026-03-12", &err), &err);
}

static void nobody_decides_while_the_third_partys_time_runs(void **state)
{
    (void)state;
    RequestId id = asked();
    Err err = {0};
    DecisionLacks lacks;
    ask_third(id, FACT_THIRD_PARTY_ASKED);
    assert_false(kept(id, OPINION_JUDGE,
                      (Opinion){.decided = DECIDED_GIVE, .decided_why = S("没有损害")}, &err));
    assert_int_equal(err.kind, ERR_RULE);
    assert_false(saved(id, disclosed(), true, &lacks, &err));
    place.app.today = day("2026-04-01"); // silent beyond its fifteen working days
    assert_false(saved(id, disclosed(), true, &lacks, &err));
    well(kept(id, OPINION_JUDGE,
              (Opinion){.decided = DECIDED_GIVE, .decided_why = S("不涉及商业秘密")}, &err),
         &err);
    submit(id, disclosed());
}

static void a_silent_organ_has_agreed(void **state)
{
    (void)state;
    RequestId id = asked();
    ask_third(id, FACT_ORGAN_ASKED);
    place.app.today = day("2026-04-01");
    submit(id, disclosed());
}

// --- who works on it, and what waits for whom

static int64_t count_of(const char *sql, int64_t n)
{
    CLEANUP(stmt_end) Stmt s = stmt(place.app.db, sql);
    bind_int(&s, BOX_SITE.n);
    bind_int(&s, n);
    return stmt_row(&s) ? col_int(&s) : -1;
}

static const char SQL_TOLD[] = "SELECT count(*) FROM notice WHERE site_id = ?1 AND person_id = ?2";

static bool given(RequestId id, PersonId person, const char *due, Err *err)
{
    DutyGive give = {.id = id,
                     .version = request_of(id).request.version,
                     .person = person,
                     .due = day(due),
                     .words = S("先查合同档案")};
    return app_duty_give(&place.app, &give, a, err);
}

static void who_is_late_is_reminded_once_a_day_and_so_is_who_gave_it(void **state)
{
    (void)state;
    RequestId id = asked();
    Err err = {0};
    Str did;
    assert_false(given(id, place.second, "2026-03-11", &err)); // yesterday
    assert_false(given(id, place.second, "2026-03-30", &err)); // the legal day
    assert_int_equal(err.kind, ERR_INPUT);
    well(given(id, place.second, "2026-03-16", &err), &err);
    assert_int_equal(request_of(id).request.handler.n, place.second.n);
    assert_int_equal(count_of(SQL_TOLD, place.second.n), 1);
    well(app_duty_chase(&place.app, a, &did, &err), &err);
    assert_int_equal(count_of(SQL_TOLD, place.second.n), 1); // its day has not passed
    place.app.actor = (Actor){0};                            // a job
    place.app.today = day("2026-03-17");
    for (int i = 0; i < 3; i++)
        well(app_duty_chase(&place.app, a, &did, &err), &err);
    assert_int_equal(count_of(SQL_TOLD, place.second.n), 2);
    assert_int_equal(count_of(SQL_TOLD, place.officer.n), 1);
    place.app.today = day("2026-03-18");
    well(app_duty_chase(&place.app, a, &did, &err), &err);
    assert_int_equal(count_of(SQL_TOLD, place.second.n), 3);
}

static void handed_on_it_is_the_next_ones_and_its_history_stays(void **state)
{
    (void)state;
    RequestId id = asked();
    Err err = {0};
    Duties list;
    well(given(id, place.second, "2026-03-16", &err), &err);
    well(given(id, place.officer, "2026-03-18", &err), &err);
    well(store_duties(place.app.db, BOX_SITE, id, a, &list, &err), &err);
    assert_int_equal(list.n, 2);
    assert_true(!list.v[0].ended_at && list.v[1].ended_at);
    assert_str(list.v[1].person_name, S("许文"));
    Str did;
    place.app.actor = (Actor){0};
    place.app.today = day("2026-03-20");
    well(app_duty_chase(&place.app, a, &did, &err), &err);
    assert_int_equal(count_of(SQL_TOLD, place.second.n), 1); // only that it was given
}

static int64_t waiting(TaskKind kind)
{
    static const char SQL[] = "SELECT count(*) FROM task WHERE site_id = ?1 AND kind = ?2"
                              " AND state = 'open'";
    Err err = {0};
    Str did;
    Actor actor = place.app.actor;
    place.app.actor = (Actor){.name = S("job"), .via = S("job")};
    well(app_desk_refresh(&place.app, a, &did, &err), &err);
    place.app.actor = actor;
    CLEANUP(stmt_end) Stmt s = stmt(place.app.db, SQL);
    bind_int(&s, BOX_SITE.n);
    bind_str(&s, task_kinds[kind].id);
    return stmt_row(&s) ? col_int(&s) : -1;
}

static void each_hand_finds_it_among_its_tasks_and_only_that_hand(void **state)
{
    (void)state;
    static const TaskKind kinds[] = {TASK_DECISION_SECTION, TASK_DECISION_LEGAL, TASK_DECISION_SIGN,
                                     TASK_DECISION_SEND};
    static const Verb powers[] = {MAY_REQUEST_REVIEW, MAY_REQUEST_LEGAL, MAY_REQUEST_SIGN};
    const PersonId people[] = {place.reviewer, place.legal, place.leader};
    RequestId id = asked();
    Err err = {0};
    well(given(id, place.officer, "2026-03-16", &err), &err);
    assert_int_equal(waiting(TASK_REQUEST_DUTY), 1);
    submit(id, missing());
    for (size_t at = 0; at < 4; at++) {
        for (size_t k = 0; k < 4; k++)
            assert_int_equal(waiting(kinds[k]), k == at);
        if (at < 3)
            pass(id, people[at], powers[at]);
    }
    well(sent(id, "2026-03-12", &err), &err);
    assert_int_equal(waiting(TASK_DECISION_SEND), 0);
    assert_int_equal(waiting(TASK_REQUEST_DUTY), 0);
}

static void what_another_organ_holds_is_passed_on_with_consent(void **state)
{
    (void)state;
    RequestId id = asked();
    Err err = {0};
    Registered done;
    ForwardAsk ask = {id, place.water, S("3月12日电话同意")};
    DecisionSheet s = {.chosen = true, .outcome = OUTCOME_OTHER_ORGAN};
    s.field[DF_REASON] = S("由水务部门制作");
    s.field[DF_ORGAN] = S("示例县水务局");
    s.field[DF_CONTACT] = S("0000-0000000");
    submit(id, s);
    assert_false(app_request_forward(&place.app, &ask, a, &done, &err)); // not signed
    assert_int_equal(err.kind, ERR_RULE);
    signed_by_leader(id);
    assert_true(str_has(file_of(id).text, S("该信息由示例县水务局负责公开")));
    as(place.officer);
    ask.consent = S("");
    assert_false(app_request_forward(&place.app, &ask, a, &done, &err));
    assert_int_equal(err.kind, ERR_INPUT);
    ask.consent = S("3月12日电话同意");
    well(app_request_forward(&place.app, &ask, a, &done, &err), &err);
    RequestFile copy = request_of(done.id), first = request_of(id);
    assert_str(copy.request.code, S("示水务依申〔2026〕1号"));
    assert_int_equal(copy.clock.phase, PHASE_UNCONFIRMED);
    assert_str(copy.applicant.id_number, first.applicant.id_number);
    assert_str(copy.request.query_hash, first.request.query_hash);
    assert_true(str_has(copy.request.note, first.request.code));
    assert_false(app_request_forward(&place.app, &ask, a, &done, &err)); // once
    assert_int_equal(err.kind, ERR_RULE);
    ask.to = place.housing;
    assert_false(app_request_forward(&place.app, &ask, a, &done, &err)); // to itself
}

// --- decided anew, as a review or a suit orders

static RequestId refused(void)
{
    Err err = {0};
    RequestId id = asked();
    submit(id, missing());
    signed_by_leader(id);
    well(sent(id, "2026-03-12", &err), &err);
    well(app_decision_deliver(&place.app, id, 0, file_of(id).decision.version, day("2026-03-12"),
                              S("张三本人签收"), a, &err),
         &err);
    return id;
}

static void on_day(const char *iso)
{
    place.app.today = day(iso);
    place.app.now = moment_begin(place.app.today) + 3600;
}

static RemedyFile case_of(RemedyId id)
{
    RemedyFile f;
    Err err = {0};
    well(app_remedy_get(&place.app, id, a, &f, &err), &err);
    return f;
}

static bool in_case(RemedyId id, RemedyFactKind kind, RemedyResult result, const char *until,
                    Err *err)
{
    RemedyStep step = {.id = id,
                       .version = case_of(id).c.version,
                       .kind = kind,
                       .on = place.app.today,
                       .until = until ? day(until) : date_none,
                       .result = result,
                       .outcome = OUTCOME_DISCLOSED,
                       .document = S("示府复〔2026〕3号")};
    return app_remedy_step(&place.app, &step, a, err);
}

static void given_to(RequestId id, size_t *files)
{
    Err err = {0};
    ReleasePublic given;
    well(app_release_public(&place.app, id, a, &given, &err), &err);
    *files = given.n;
}

static RemedyId ordered(RequestId id, RemedyAbout about, RemedyResult result, const char *until)
{
    Err err = {0};
    RemedyId out;
    RemedyNew n = {.request = id,
                   .kind = CASE_REVIEW,
                   .about = about,
                   .title = S("施工合同"),
                   .applicant = S("张三"),
                   .filed = place.app.today,
                   .forum = S("示例县人民政府")};
    as(place.officer);
    well(app_remedy_open(&place.app, &n, a, &out, &err), &err);
    well(in_case(out, RF_DECIDED, result, until, &err), &err);
    return out;
}

static int64_t counted_in_table_three(void)
{
    Err err = {0};
    RequestFigures figures;
    Scope all = scope_site(BOX_SITE);
    int64_t n = 0;
    well(store_request_figures(place.app.db, &all, day("2026-01-01"), day("2026-12-31"), a,
                               &figures, &err),
         &err);
    for (size_t i = 0; i < figures.n; i++)
        if (figures.v[i].part == FIGURE_ENDED)
            n = n * 100 + figures.v[i].n * 10 + str_eq(figures.v[i].outcome, S("not_existing"));
    return n;
}

static void what_is_ordered_is_decided_anew_and_the_first_stays(void **state)
{
    (void)state;
    Err err = {0};
    DecisionLacks lacks;
    RequestId id = refused();
    int64_t before = counted_in_table_three();
    on_day("2026-05-06");
    assert_false(saved(id, disclosed(), false, &lacks, &err)); // nothing has been ordered
    assert_int_equal(err.kind, ERR_RULE);
    RemedyId review = ordered(id, ABOUT_ANSWER, RESULT_REDO, "2026-05-20");
    DecisionFile d = file_of(id);
    assert_int_equal(d.decision.nth, 2);
    assert_int_equal(d.hand.order.due.days, day("2026-05-20").days);
    assert_true(d.hand.order.told && d.hand.open);
    as(place.officer);
    submit(id, disclosed());
    d = file_of(id);
    assert_int_equal(d.state, DECISION_SECTION);
    assert_true(str_has(d.text, S("示府复〔2026〕3号行政复议决定")));
    assert_true(str_has(d.text, S("示住建公复〔2026〕1号"))); // the one it takes the place of
    assert_false(stepped(id, DECISION_PASS, MAY_REQUEST_REVIEW, S(""), &err)); // its drafter
    reviewed(id);
    as(place.officer);
    well(app_release_elsewhere(&place.app, id, S("纸质件42页，随告知书邮寄"), a, &err), &err);
    pass(id, place.leader, MAY_REQUEST_SIGN);
    assert_str(file_of(id).decision.letter_code, S("示住建公复〔2026〕2号"));
    assert_int_equal(case_of(review).state.phase, RP_REDO);
    well(sent(id, "2026-05-06", &err), &err);
    assert_int_equal(case_of(review).state.phase, RP_CLOSED);
    assert_true(case_of(review).state.redone);
    well(app_decision_deliver(&place.app, id, 0, file_of(id).decision.version, day("2026-05-06"),
                              S("张三本人签收"), a, &err),
         &err);
    RequestFile file = request_of(id);
    d = file_of(id);
    assert_int_equal(d.state, DECISION_DELIVERED);
    assert_int_equal(file.facts.v[file.facts.n - 2].fact.kind, FACT_REDONE);
    assert_str(file.request.outcome, S("not_existing")); // as it was counted
    assert_int_equal(file.request.ended.days, day("2026-03-12").days);
    assert_int_equal(counted_in_table_three(), before);
    DecisionFile first;
    well(app_decision_nth(&place.app, &file, 1, a, &first, &err), &err);
    assert_int_equal(first.state, DECISION_DELIVERED);
    assert_str(first.decision.letter_code, S("示住建公复〔2026〕1号"));
    assert_int_equal(first.deeds.n, 7);
    assert_true(str_has(first.text, S("没有检索到")));
    assert_false(app_decision_nth(&place.app, &file, 3, a, &first, &err));
    assert_int_equal(err.kind, ERR_MISSING);
}

// The days against it run from the new reply, which is no refusal under Art. 14 to 16 any more.
static void the_new_reply_has_its_own_remedies(void **state)
{
    (void)state;
    Err err = {0};
    RemedyDays days;
    RequestId id = refused();
    on_day("2026-05-06");
    ordered(id, ABOUT_ANSWER, RESULT_REDO, NULL);
    submit(id, missing());
    assert_true(file_of(id).same);
    signed_by_leader(id);
    on_day("2026-05-07");
    as(place.officer);
    well(sent(id, "2026-05-07", &err), &err);
    well(app_remedy_calendar(&place.app, id, a, &days, &err), &err);
    assert_true(days.n > 0);
    assert_int_equal(days.v[0].on.days, day("2026-07-06").days); // sixty days
}

// What was made ready for the first reply is not the second one's, and stays where it was.
static void the_new_reply_has_its_own_files(void **state)
{
    (void)state;
    Err err = {0};
    size_t files = 0;
    ReleaseFile first, second;
    Release there;
    RequestId id = asked();
    as(place.officer);
    well(app_release_add(&place.app, id, S("摘要.txt"), S("合同摘要"), a, &first, &err), &err);
    well(app_release_clean(&place.app, first.id, 1, false, S(""), a, &err), &err);
    submit(id, disclosed());
    signed_by_leader(id);
    well(sent(id, "2026-03-12", &err), &err);
    on_day("2026-05-06");
    as(place.officer);
    assert_false(app_release_add(&place.app, id, S("另一份.txt"), S("另一份"), a, &second, &err));
    ordered(id, ABOUT_ANSWER, RESULT_REDO, NULL);
    submit(id, disclosed());
    assert_false(file_of(id).ready); // the first one's file is none of it
    assert_false(app_release_drop(&place.app, first.id, 2, a, &err));
    as(place.officer);
    well(app_release_add(&place.app, id, S("全文.txt"), S("合同全文"), a, &second, &err), &err);
    well(app_release_clean(&place.app, second.id, 1, false, S(""), a, &err), &err);
    given_to(id, &files);
    assert_int_equal(files, 1); // as long as the second has not gone out
    signed_by_leader(id);
    well(sent(id, "2026-05-06", &err), &err);
    given_to(id, &files);
    assert_int_equal(files, 2);
    well(app_release_nth(&place.app, id, 1, a, &there, &err), &err);
    assert_int_equal(there.files.n, 1);
    assert_int_equal(there.files.v[0].id.n, first.id.n);
    assert_false(there.open);
}

static void without_an_order_that_stands_it_goes_no_further(void **state)
{
    (void)state;
    Err err = {0};
    RequestId id = refused();
    on_day("2026-05-06");
    RemedyId review = ordered(id, ABOUT_ANSWER, RESULT_ILLEGAL_REDO, NULL);
    DecisionFile d = file_of(id);
    assert_false(d.hand.order.told); // the site's number of days
    assert_true(date_is(d.hand.order.due));
    submit(id, missing());
    reviewed(id);
    as(place.officer);
    well(app_remedy_strike(&place.app, review, case_of(review).c.version, 2, S("记错了案件"), a,
                           &err),
         &err);
    as(place.leader);
    assert_false(stepped(id, DECISION_PASS, MAY_REQUEST_SIGN, S(""), &err));
    assert_true(err.kind == ERR_RULE || err.kind == ERR_BUSY);
    assert_int_equal(request_of(id).clock.phase, PHASE_DONE);
}

static void it_is_not_recorded_by_hand_and_taken_back_as_a_whole(void **state)
{
    (void)state;
    Err err = {0};
    RequestId id = refused();
    on_day("2026-05-06");
    RemedyId review = ordered(id, ABOUT_ANSWER, RESULT_REDO, NULL);
    assert_false(in_case(review, RF_REDONE, RESULT_REDO, NULL, &err));
    assert_non_null(strstr(err.zh, "决定单"));
    submit(id, missing());
    signed_by_leader(id);
    well(sent(id, "2026-05-06", &err), &err);
    RemedyFile c = case_of(review);
    assert_false(app_remedy_strike(&place.app, review, c.c.version,
                                   c.facts.v[c.facts.n - 1].fact.id, S("误记"), a, &err));
    RequestFile file = request_of(id);
    int64_t fact = file.facts.v[file.facts.n - 1].fact.id;
    well(app_request_strike(&place.app, id, file.request.version, fact, S("没有寄出"), a, &err),
         &err);
    assert_int_equal(case_of(review).state.phase, RP_REDO);
    assert_int_equal(file_of(id).state, DECISION_SIGNED);
    well(sent(id, "2026-05-06", &err), &err); // once more
    assert_int_equal(case_of(review).state.phase, RP_CLOSED);
}

static bool archived(RequestId id, Err *err)
{
    Archived row;
    return app_archive_make(&place.app, id, request_of(id).request.version, a, &row, err);
}

static void the_archive_waits_for_it_and_is_opened_for_it(void **state)
{
    (void)state;
    Err err = {0};
    DecisionLacks lacks;
    RequestId id = refused();
    well(archived(id, &err), &err);
    on_day("2026-05-06");
    RemedyId review = ordered(id, ABOUT_ANSWER, RESULT_REDO, NULL);
    assert_false(saved(id, missing(), false, &lacks, &err)); // sealed
    assert_int_equal(err.kind, ERR_RULE);
    Reopen reopen = {.id = id,
                     .version = request_of(id).request.version,
                     .kind = S("review"),
                     .reason = S("责令重新答复"),
                     .remedy = review.n};
    well(app_archive_reopen(&place.app, &reopen, a, &err), &err);
    assert_false(archived(id, &err)); // it has still to be answered
    assert_int_equal(err.kind, ERR_RULE);
    submit(id, missing());
    signed_by_leader(id);
    well(sent(id, "2026-05-06", &err), &err);
    well(archived(id, &err), &err);
    Archived row;
    Str package;
    well(app_archive_get(&place.app, id, 0, 0, a, &row, &package, &err), &err);
    assert_true(str_has(package, S("2-decision.json")) && str_has(package, S("/decision.json")));
}

// The first reply is what a case about silence waits for: no second sheet, and table three counts
// it.
static void an_order_to_reply_at_last_is_done_by_the_first_reply(void **state)
{
    (void)state;
    Err err = {0};
    RequestId id = asked();
    on_day("2026-05-06");
    RemedyId review = ordered(id, ABOUT_INACTION, RESULT_PERFORM, "2026-05-20");
    assert_int_equal(file_of(id).decision.nth, 1);
    submit(id, missing());
    signed_by_leader(id);
    well(sent(id, "2026-05-06", &err), &err);
    assert_int_equal(file_of(id).decision.nth, 1);
    assert_int_equal(case_of(review).state.phase, RP_CLOSED);
    assert_str(request_of(id).request.outcome, S("not_existing"));
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, begin, end)
    const struct CMUnitTest tests[] = {
        T(from_draft_to_delivery_through_distinct_hands),
        T(what_is_handed_over_has_arrived),
        T(one_person_with_every_power_gets_no_further_than_one_part),
        T(a_step_takes_its_power),
        T(where_nobody_is_left_for_a_part_it_says_whom_to_appoint),
        T(without_a_sections_review_it_goes_to_legal_at_once),
        T(a_return_wants_a_reason_and_the_drafter_is_told),
        T(writing_after_a_review_voids_it_and_every_draft_is_kept),
        T(it_can_be_recalled_before_it_is_signed_and_never_changed_behind),
        T(of_two_at_once_one_wins),
        T(nothing_leaves_before_it_is_signed),
        T(what_is_given_out_must_be_ready_before_it_is_signed),
        T(what_is_given_out_is_what_the_signer_saw),
        T(without_remedies_nothing_is_sent_on),
        T(a_third_partys_interest_is_a_reason_once_it_has_refused),
        T(given_out_against_its_will_it_is_told_first),
        T(nobody_decides_while_the_third_partys_time_runs),
        T(a_silent_organ_has_agreed),
        T(what_another_organ_holds_is_passed_on_with_consent),
        T(who_is_late_is_reminded_once_a_day_and_so_is_who_gave_it),
        T(handed_on_it_is_the_next_ones_and_its_history_stays),
        T(what_is_ordered_is_decided_anew_and_the_first_stays),
        T(the_new_reply_has_its_own_remedies),
        T(the_new_reply_has_its_own_files),
        T(without_an_order_that_stands_it_goes_no_further),
        T(it_is_not_recorded_by_hand_and_taken_back_as_a_whole),
        T(the_archive_waits_for_it_and_is_opened_for_it),
        T(an_order_to_reply_at_last_is_done_by_the_first_reply),
        T(each_hand_finds_it_among_its_tasks_and_only_that_hand),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("app_decision", tests, NULL, NULL);
}
