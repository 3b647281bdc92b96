#include "../test.h"

#include "domain/outcome.h"
#include "domain/request.h"

static Arena arena;
static Calendar calendar;

static int make(void **state)
{
    (void)state;
    Err err = {0};
    arena = arena_new((size_t)256 << 20);
    CalendarNotices notices = calendar_national(&arena);
    return calendar_make(&notices, &arena, &calendar, &err) ? 0 : -1;
}

static int drop(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static Date day(const char *iso)
{
    Date d = date_none;
    if (iso && !date_parse(str_z(iso), &d))
        fail_msg("not a day: %s", iso);
    return d;
}

// --- every phase × every step, as approved: Y where the table allows it

static const char *const approved[PHASE__COUNT] = {
    // filed confirmed correction_asked corrected third_party_asked organ_asked asked_received
    // opinion reasons_asked reasons_given extended delayed fee_noticed fee_notice_received fee_paid
    // answered delivered withdrawn closed redone redone_delivered
    [PHASE_UNCONFIRMED] = ".Y...............Y...", [PHASE_OPEN] = "..Y.YYYYYYYYY..Y.Y...",
    [PHASE_CORRECTION] = "...Y..YY.........YY..",  [PHASE_OPINION] = "....YYYYYYYYY..Y.Y...",
    [PHASE_FEE] = "......YY.....YY..YY..",         [PHASE_DONE] = "................Y..YY",
    [PHASE_ENDED] = "...................YY",
};

static void every_phase_allows_what_was_approved(void **state)
{
    (void)state;
    for (int p = 0; p < PHASE__COUNT; p++)
        for (int k = 0; k < FACT__COUNT; k++)
            if (step_fits((FactKind)k, (Phase)p) != (approved[p][k] == 'Y'))
                fail_msg(PRI_STR " while " PRI_STR, STR_ARG(request_fact_defs[k].id),
                         STR_ARG(phase_defs[p].id));
}

static void every_step_has_a_power_and_a_source(void **state)
{
    (void)state;
    for (int k = 0; k < FACT__COUNT; k++) {
        assert_true(step_rules[k].may >= MAY_REQUEST_REGISTER);
        assert_true(step_rules[k].source.n > 0);
        assert_true(!step_rules[k].once || step_rules[k].once_words.n > 0);
    }
}

// --- single steps upon a history

typedef struct StepRow {
    const char *name;
    RequestFact before[6];
    size_t n;
    RequestFact step;
    const char *today;
    ErrKind want;
} StepRow;

#define DAY(m, d)                                                                                  \
    {                                                                                              \
        (m) == 2 ? 20485 + (d)-1 : 20513 + (d)-1                                                   \
    } // of 2026
#define FILED                                                                                      \
    {                                                                                              \
        .id = 1, .kind = FACT_FILED, .channel = CHANNEL_IN_PERSON, .on = DAY(2, 13)                \
    }
#define F(number, what, ...)                                                                       \
    {                                                                                              \
        .id = number, .kind = what, __VA_ARGS__                                                    \
    }
// clang-format off
static const StepRow steps[] = {
    { "a correction within seven working days", { FILED }, 1, F(2, FACT_CORRECTION_ASKED, .on = DAY(3, 2)), "2026-03-12", ERR_NONE },
    { "a correction after seven working days is refused", { FILED }, 1, F(2, FACT_CORRECTION_ASKED, .on = DAY(3, 4)), "2026-03-12", ERR_RULE },
    { "a second correction is refused", { FILED, F(2, FACT_CORRECTION_ASKED, .on = DAY(2, 24)), F(3, FACT_CORRECTED, .on = DAY(2, 25)) }, 3,
      F(4, FACT_CORRECTION_ASKED, .on = DAY(2, 26)), "2026-03-12", ERR_RULE },
    { "an extension", { FILED }, 1, F(2, FACT_EXTENDED, .on = DAY(3, 12), .workdays = 20), "2026-03-12", ERR_NONE },
    { "a_second_extension_is_refused", { FILED, F(2, FACT_EXTENDED, .on = DAY(3, 10), .workdays = 5) }, 2,
      F(3, FACT_EXTENDED, .on = DAY(3, 12), .workdays = 5), "2026-03-12", ERR_RULE },
    { "an extension of 21 days is refused", { FILED }, 1, F(2, FACT_EXTENDED, .on = DAY(3, 12), .workdays = 21), "2026-03-12", ERR_RULE },
    { "an extension when the term is over is refused", { FILED }, 1, F(2, FACT_EXTENDED, .on = DAY(3, 20), .workdays = 5), "2026-03-20", ERR_RULE },
    { "a fee notice within the term", { FILED }, 1, F(2, FACT_FEE_NOTICED, .on = DAY(3, 19)), "2026-03-19", ERR_NONE },
    { "a fee notice after the term is refused", { FILED }, 1, F(2, FACT_FEE_NOTICED, .on = DAY(3, 20)), "2026-03-20", ERR_RULE },
    { "closed for want of payment when nobody knows that the notice came is refused", { FILED, F(2, FACT_FEE_NOTICED, .on = DAY(3, 2)) }, 2,
      F(3, FACT_CLOSED, .on = DAY(3, 31)), "2026-03-31", ERR_RULE },
    { "closed for want of payment", { FILED, F(2, FACT_FEE_NOTICED, .on = DAY(2, 24)), F(3, FACT_FEE_NOTICE_RECEIVED, .on = DAY(2, 25)) }, 3,
      F(4, FACT_CLOSED, .on = DAY(3, 31)), "2026-03-31", ERR_NONE },
    { "a payment without a notice is refused", { FILED }, 1, F(2, FACT_FEE_PAID, .on = DAY(3, 2)), "2026-03-12", ERR_RULE },
    { "an answer before the request is refused", { FILED }, 1, F(2, FACT_ANSWERED, .on = DAY(2, 11)), "2026-03-12", ERR_RULE },
    { "an answer on a day to come is refused", { FILED }, 1, F(2, FACT_ANSWERED, .on = DAY(3, 13)), "2026-03-12", ERR_INPUT },
    { "a late answer is possible", { FILED }, 1, F(2, FACT_ANSWERED, .on = DAY(3, 30)), "2026-03-30", ERR_NONE },
    { "a second answer is refused", { FILED, F(2, FACT_ANSWERED, .on = DAY(3, 2)) }, 2, F(3, FACT_ANSWERED, .on = DAY(3, 3)), "2026-03-12", ERR_RULE },
    { "an opinion of somebody nobody asked is refused", { FILED }, 1, F(2, FACT_OPINION, .on = DAY(3, 2), .about = 9), "2026-03-12", ERR_INPUT },
    { "an opinion before the letter is refused", { FILED, F(2, FACT_THIRD_PARTY_ASKED, .on = DAY(3, 3)) }, 2,
      F(3, FACT_OPINION, .on = DAY(3, 2), .about = 2), "2026-03-12", ERR_INPUT },
    { "a second opinion of the same is refused", { FILED, F(2, FACT_THIRD_PARTY_ASKED, .on = DAY(3, 3)), F(3, FACT_OPINION, .on = DAY(3, 4), .about = 2) }, 3,
      F(4, FACT_OPINION, .on = DAY(3, 5), .about = 2), "2026-03-12", ERR_RULE },
    { "a lapse that has not come is refused", { FILED, F(2, FACT_CORRECTION_ASKED, .on = DAY(2, 24), .workdays = 15) }, 2,
      F(3, FACT_CLOSED, .on = DAY(3, 12)), "2026-03-12", ERR_RULE },
    { "a lapse", { FILED, F(2, FACT_CORRECTION_ASKED, .on = DAY(2, 24), .workdays = 5) }, 2, F(3, FACT_CLOSED, .on = DAY(3, 12)), "2026-03-12", ERR_NONE },
    { "a delay without reasons is refused", { FILED }, 1, F(2, FACT_DELAYED, .on = DAY(3, 2), .until = DAY(3, 30)), "2026-03-12", ERR_RULE },
    { "withdrawn while others are asked", { FILED, F(2, FACT_THIRD_PARTY_ASKED, .on = DAY(3, 3)) }, 2, F(3, FACT_WITHDRAWN, .on = DAY(3, 5)), "2026-03-12", ERR_NONE },
    { "nothing after it was withdrawn", { FILED, F(2, FACT_WITHDRAWN, .on = DAY(3, 3)) }, 2, F(3, FACT_ANSWERED, .on = DAY(3, 5)), "2026-03-12", ERR_RULE },
    { "an opinion that comes while a payment is waited for", { FILED, F(2, FACT_THIRD_PARTY_ASKED, .on = DAY(2, 24)), F(3, FACT_FEE_NOTICED, .on = DAY(2, 25)) }, 3,
      F(4, FACT_OPINION, .on = DAY(3, 2), .about = 2), "2026-03-12", ERR_NONE },
    { "a new reply to a request that has none is refused", { FILED }, 1, F(2, FACT_REDONE, .on = DAY(3, 2), .about = 2), "2026-03-12", ERR_RULE },
    { "a new reply without a decision is refused", { FILED, F(2, FACT_ANSWERED, .on = DAY(3, 2)) }, 2, F(3, FACT_REDONE, .on = DAY(3, 5)), "2026-03-12", ERR_RULE },
    { "a new reply", { FILED, F(2, FACT_ANSWERED, .on = DAY(3, 2)) }, 2, F(3, FACT_REDONE, .on = DAY(3, 5), .about = 2), "2026-03-12", ERR_NONE },
    { "the same new reply twice is refused", { FILED, F(2, FACT_ANSWERED, .on = DAY(3, 2)), F(3, FACT_REDONE, .on = DAY(3, 5), .about = 2) }, 3,
      F(4, FACT_REDONE, .on = DAY(3, 6), .about = 2), "2026-03-12", ERR_RULE },
    { "a second new reply", { FILED, F(2, FACT_ANSWERED, .on = DAY(3, 2)), F(3, FACT_REDONE, .on = DAY(3, 5), .about = 2) }, 3,
      F(4, FACT_REDONE, .on = DAY(3, 6), .about = 3), "2026-03-12", ERR_NONE },
    { "a new reply arrives once it was sent", { FILED, F(2, FACT_ANSWERED, .on = DAY(3, 2)), F(3, FACT_REDONE, .on = DAY(3, 5), .about = 2) }, 3,
      F(4, FACT_REDONE_DELIVERED, .on = DAY(3, 6), .about = 2), "2026-03-12", ERR_NONE },
    { "a new reply that was not sent does not arrive", { FILED, F(2, FACT_ANSWERED, .on = DAY(3, 2)) }, 2,
      F(3, FACT_REDONE_DELIVERED, .on = DAY(3, 6), .about = 2), "2026-03-12", ERR_RULE },
    { "recorded late, judged as of its day", { FILED, F(2, FACT_EXTENDED, .on = DAY(3, 10), .workdays = 5) }, 2,
      F(3, FACT_CORRECTION_ASKED, .on = DAY(2, 25)), "2026-03-12", ERR_RULE }, // the extension would then stand in a term that was broken
};
// clang-format on

static void check_step(void **state)
{
    const StepRow *row = *state;
    RequestFact room[6];
    memcpy(room, row->before, sizeof room);
    RequestFacts now = {room, row->n, row->n}, next = {0};
    Err err = {0};
    bool ok = request_decide(&now, &row->step, &calendar, &clock_settings_default, day(row->today),
                             &arena, &next, &err);
    if (ok != (row->want == ERR_NONE) || err.kind != row->want)
        fail_msg("%s (%s)", ok ? "allowed" : err.en, err.zh);
    if (ok)
        assert_int_equal(next.n, now.n + 1);
    else
        assert_int_equal(next.n, 0); // untouched
}

// What a step waits for is said with its refusal: in every phase that does not allow it.
static void a_refusal_says_what_comes_first(void **state)
{
    (void)state;
    for (int p = 0; p < PHASE__COUNT; p++)
        for (int k = FACT_CONFIRMED; k < FACT__COUNT; k++)
            if (!step_fits((FactKind)k, (Phase)p) && !step_rules[k].first.n)
                assert_true(phase_defs[p].first.n > 0);
    RequestFact room[] = {FILED, F(2, FACT_CORRECTION_ASKED, .on = DAY(2, 24))};
    RequestFacts waits = {room, 2, 2}, filed = {room, 1, 2}, next;
    RequestFact extended = F(3, FACT_EXTENDED, .on = DAY(3, 2), .workdays = 5);
    RequestFact paid = F(2, FACT_FEE_PAID, .on = DAY(3, 2));
    Err err = {0};
    assert_false(request_decide(&waits, &extended, &calendar, &clock_settings_default,
                                day("2026-03-12"), &arena, &next, &err));
    assert_non_null(strstr(err.zh, "先登记收到补正"));
    assert_false(request_decide(&filed, &paid, &calendar, &clock_settings_default,
                                day("2026-03-12"), &arena, &next, &err));
    assert_non_null(strstr(err.zh, "先发出收费通知"));
}

static void what_may_come_next_is_said_with_reasons(void **state)
{
    (void)state;
    RequestFact room[] = {FILED, F(2, FACT_EXTENDED, .on = DAY(3, 10), .workdays = 5)};
    RequestFacts now = {room, 2, 2};
    NextSteps next;
    Err err = {0};
    assert_true(request_next(&now, &calendar, &clock_settings_default, day("2026-03-12"), &arena,
                             &next, &err));
    assert_int_equal(next.n, FACT__COUNT - 1);
    for (size_t i = 0; i < next.n; i++)
        switch ((int)next.v[i].kind) {
        case FACT_ANSWERED:
        case FACT_THIRD_PARTY_ASKED:
        case FACT_WITHDRAWN:
            assert_true(next.v[i].allowed);
            break;
        case FACT_EXTENDED:
        case FACT_CORRECTION_ASKED:
            assert_false(next.v[i].allowed);
            assert_non_null(strstr(next.v[i].why.zh, "条例"));
            break;
        default:
            break;
        }
}

// --- outcomes

static void every_outcome_gives_letter_row_and_remedy(void **state)
{
    (void)state;
    for (int o = 0; o < OUTCOME__COUNT; o++) {
        const OutcomeDef *def = &outcome_defs[o];
        Outcome found;
        assert_true(def->id.n && def->name.n && def->row.n && def->letter.n && def->source.n);
        assert_true(outcome_named(def->id, &found));
        assert_int_equal(found, o);
        Str words = remedy_words((Outcome)o, day("2026-03-12"), S("示例县人民政府"),
                                 S("示例县人民法院"), &arena);
        assert_int_equal(words.n > 0, def->remedy != REMEDY_NONE);
        assert_false(str_has(words, S("{")));
    }
}

// 复议前置 for Articles 14 to 16 since 2024; no direct suit may be offered then.
static void a_refusal_names_the_review_first_since_2024(void **state)
{
    (void)state;
    for (int o = OUTCOME_STATE_SECRET; o <= OUTCOME_CASE_FILE; o++) {
        Str since = remedy_words((Outcome)o, day("2024-01-01"), S("甲"), S("乙"), &arena);
        Str before = remedy_words((Outcome)o, day("2023-12-31"), S("甲"), S("乙"), &arena);
        assert_true(str_has(since, S("对行政复议决定不服的")) && !str_has(since, S("6个月")));
        assert_true(str_has(before, S("6个月")) && !str_has(before, S("对行政复议决定不服的")));
    }
    Str other = remedy_words(OUTCOME_NOT_EXISTING, day("2026-03-12"), S("甲"), S("乙"), &arena);
    assert_true(str_has(other, S("6个月")));
    Str query = remedy_words(OUTCOME_QUERY, day("2026-03-12"), S("甲"), S("乙"), &arena);
    assert_true(str_has(query, S("6个月"))); // not in Articles 14 to 16
}

static void before_2021_the_form_had_one_row_for_the_rest(void **state)
{
    (void)state;
    assert_str(outcome_row(OUTCOME_NOT_PAID, 2020), S("r6"));
    assert_str(outcome_row(OUTCOME_NOT_PAID, 2021), S("r6_2"));
    assert_str(outcome_row(OUTCOME_THIRD_PARTY, 2020), S("r3_4"));
}

// --- random steps: what is let in is a history, and nothing else is

static void whatever_is_let_in_can_be_computed(void **state)
{
    (void)state;
    uint32_t dice = 7;
    size_t let_in = 0;
    Arena before = arena;
    for (int history = 0; history < 400; history++) {
        arena = before;
        RequestFact first = {.id = 1,
                             .kind = FACT_FILED,
                             .channel = (Channel)(history % CHANNEL__COUNT),
                             .on = {20000 + history}};
        RequestFacts facts = {&first, 1, 1};
        for (int tries = 0; tries < 60; tries++) {
            dice = dice * 1664525u + 1013904223u;
            RequestFact step = {.id = (int64_t)facts.n + 1,
                                .kind = (FactKind)((dice >> 8) % FACT__COUNT),
                                .on = {first.on.days + (int32_t)((dice >> 13) % 90)},
                                .workdays = (int)((dice >> 20) % 25),
                                .about = (int64_t)((dice >> 25) % 6),
                                .until = {first.on.days + 120}};
            Err err = {0};
            Clock clock;
            if (!request_decide(&facts, &step, &calendar, &clock_settings_default,
                                (Date){first.on.days + 90}, &arena, &facts, &err)) {
                assert_true(err.zh[0] && err.en[0]);
                continue;
            }
            let_in++;
            assert_true(clock_compute(&facts, &calendar, &clock_settings_default,
                                      (Date){first.on.days + 90}, &clock, &err));
            for (size_t i = 1; i < facts.n; i++)
                assert_true(facts.v[i].on.days >= facts.v[i - 1].on.days);
        }
    }
    arena = before;
    assert_true(let_in > 1000);
}

int main(void)
{
    enum { ROWS = sizeof steps / sizeof *steps };
    const struct CMUnitTest others[] = {
        cmocka_unit_test(every_phase_allows_what_was_approved),
        cmocka_unit_test(every_step_has_a_power_and_a_source),
        cmocka_unit_test(a_refusal_says_what_comes_first),
        cmocka_unit_test(what_may_come_next_is_said_with_reasons),
        cmocka_unit_test(every_outcome_gives_letter_row_and_remedy),
        cmocka_unit_test(a_refusal_names_the_review_first_since_2024),
        cmocka_unit_test(before_2021_the_form_had_one_row_for_the_rest),
        cmocka_unit_test(whatever_is_let_in_can_be_computed),
    };
    enum { OTHERS = sizeof others / sizeof *others };
    struct CMUnitTest tests[ROWS + OTHERS];
    for (size_t i = 0; i < ROWS; i++)
        tests[i] = (struct CMUnitTest){steps[i].name, check_step, NULL, NULL, (void *)&steps[i]};
    memcpy(tests + ROWS, others, sizeof others);
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return _cmocka_run_group_tests("request", tests, ROWS + OTHERS, make, drop);
}
