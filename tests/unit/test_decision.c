// The decision: through whose hands it goes, what each outcome has to say, how a reply leaves.
#include "../test.h"

#include "domain/decision.h"

static Arena arena;

static int make(void **state)
{
    (void)state;
    arena = arena_new((size_t)64 << 20);
    return 0;
}

static int drop(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

// --- every state × action, and whose hand, as approved

// clang-format off
static const struct { const char *row; } approved[DECISION_STATE__COUNT] = {
    // save submit pass return recall send deliver: the hand (d draft, c section, l legal, s sign,
    // o the officer's), a dot where it is forbidden
    [DECISION_DRAFT]     = { "dd....." },
    [DECISION_SECTION]   = { "d.ccd.." },
    [DECISION_LEGAL]     = { "d.lld.." },
    [DECISION_SIGNING]   = { "d.ssd.." },
    [DECISION_SIGNED]    = { ".....o." },
    [DECISION_SENT]      = { "......o" },
    [DECISION_DELIVERED] = { "......." },
};
static const Verb powers[] = {
    ['d'] = MAY_REQUEST_HANDLE, ['c'] = MAY_REQUEST_REVIEW, ['l'] = MAY_REQUEST_LEGAL,
    ['s'] = MAY_REQUEST_SIGN,   ['o'] = MAY_REQUEST_HANDLE,
};
static const struct { Verb may; const char *roles; } who[] = {
    // drafter reviewer leader secrecy legal officer head archivist supervisor admin auditor
    { MAY_REQUEST_HANDLE, "Y....YY...." },
    { MAY_REQUEST_REVIEW, ".Y....Y...." },
    { MAY_REQUEST_LEGAL,  "....Y......" },
    { MAY_REQUEST_SIGN,   "..Y...Y...." },
};
// clang-format on

static void every_state_allows_what_was_approved_to_whom(void **state)
{
    (void)state;
    for (int s = 0; s < DECISION_STATE__COUNT; s++)
        for (int k = 0; k < DECISION_ACTION__COUNT; k++) {
            const DecisionFlow *row = decision_row((DecisionState)s, (DecisionAction)k);
            char want = approved[s].row[k];
            if (!row != (want == '.'))
                fail_msg(PRI_STR " while " PRI_STR, STR_ARG(decision_action_ids[k]),
                         STR_ARG(decision_states[s].id));
            if (row)
                assert_int_equal(decision_may(row), powers[(unsigned char)want]);
        }
    for (size_t i = 0; i < sizeof who / sizeof *who; i++)
        for (int r = 0; r < ROLE__COUNT; r++)
            assert_int_equal(role_reach((Role)r, who[i].may, true) != REACH_NONE,
                             who[i].roles[r] == 'Y');
}

static void a_return_wants_a_reason_and_nothing_else_does(void **state)
{
    (void)state;
    for (size_t i = 0; i < n_decision_flow; i++)
        assert_int_equal(decision_flow[i].reason, decision_flow[i].action == DECISION_RETURN);
    DecisionDeeds none = {0};
    DecisionStep step = {.action = DECISION_RETURN, .by = {{7}, {0}}};
    DecisionState next;
    Err err = {0};
    assert_false(decision_decide(DECISION_LEGAL, &none, &step, &next, &err));
    assert_int_equal(err.kind, ERR_INPUT);
    step.reason = S("依据写错了");
    assert_true(decision_decide(DECISION_LEGAL, &none, &step, &next, &err));
    assert_int_equal(next, DECISION_DRAFT);
}

static void a_site_may_do_without_the_section_and_without_nothing_else(void **state)
{
    (void)state;
    DecisionDeeds none = {0};
    DecisionStep step = {.action = DECISION_SUBMIT, .by = {{7}, {0}}, .no_section = true};
    DecisionState next;
    Err err = {0};
    assert_true(decision_decide(DECISION_DRAFT, &none, &step, &next, &err));
    assert_int_equal(next, DECISION_LEGAL);
    step.no_section = false;
    assert_true(decision_decide(DECISION_DRAFT, &none, &step, &next, &err));
    assert_int_equal(next, DECISION_SECTION);
}

// --- distinct people

typedef struct HandRow {
    const char *name;
    DecisionPart was;
    Doer by;
    DecisionState state;
    DecisionAction action;
    Doer now;
    ErrKind want;
} HandRow;

// clang-format off
static const HandRow hands[] = {
    { "who drafted does not review",          PART_DRAFT,   {{1},{0}}, DECISION_SECTION, DECISION_PASS,   {{1},{0}}, ERR_RULE },
    { "who drafted does not check the law",   PART_DRAFT,   {{1},{0}}, DECISION_LEGAL,   DECISION_PASS,   {{1},{0}}, ERR_RULE },
    { "who drafted does not sign",            PART_DRAFT,   {{1},{0}}, DECISION_SIGNING, DECISION_PASS,   {{1},{0}}, ERR_RULE },
    { "who reviewed does not sign",           PART_SECTION, {{1},{0}}, DECISION_SIGNING, DECISION_PASS,   {{1},{0}}, ERR_RULE },
    { "who checked the law does not sign",    PART_LEGAL,   {{1},{0}}, DECISION_SIGNING, DECISION_PASS,   {{1},{0}}, ERR_RULE },
    { "who reviewed does not rewrite",        PART_SECTION, {{1},{0}}, DECISION_DRAFT,   DECISION_SAVE,   {{1},{0}}, ERR_RULE },
    { "who drafted does not return it",       PART_DRAFT,   {{1},{0}}, DECISION_LEGAL,   DECISION_RETURN, {{1},{0}}, ERR_RULE },
    { "another one signs",                    PART_LEGAL,   {{1},{0}}, DECISION_SIGNING, DECISION_PASS,   {{2},{0}}, ERR_NONE },
    { "who drafted writes on",                PART_DRAFT,   {{1},{0}}, DECISION_DRAFT,   DECISION_SAVE,   {{1},{0}}, ERR_NONE },
    { "who reviewed reviews again",           PART_SECTION, {{1},{0}}, DECISION_SECTION, DECISION_PASS,   {{1},{0}}, ERR_NONE },
    { "a substitute of the drafter",          PART_DRAFT,   {{1},{0}}, DECISION_SIGNING, DECISION_PASS,   {{2},{1}}, ERR_RULE },
    { "who drafted, as a substitute",         PART_DRAFT,   {{1},{3}}, DECISION_SIGNING, DECISION_PASS,   {{1},{0}}, ERR_RULE },
    { "for whom it was drafted",              PART_DRAFT,   {{1},{3}}, DECISION_SIGNING, DECISION_PASS,   {{3},{0}}, ERR_RULE },
    { "two substitutes of one person",        PART_DRAFT,   {{1},{3}}, DECISION_SIGNING, DECISION_PASS,   {{2},{3}}, ERR_RULE },
    { "substitutes of different people",      PART_DRAFT,   {{1},{3}}, DECISION_SIGNING, DECISION_PASS,   {{2},{4}}, ERR_NONE },
    { "whoever signed may send it",           PART_SIGN,    {{1},{0}}, DECISION_SIGNED,  DECISION_SEND,   {{1},{0}}, ERR_NONE },
};
// clang-format on

static void check_hands(void **state)
{
    const HandRow *row = *state;
    DecisionDeed deed = {.action = DECISION_PASS, .part = row->was, .by = row->by};
    DecisionDeeds deeds = {&deed, 1, 1};
    DecisionStep step = {row->action, row->now, S("理由"), false};
    DecisionState next = DECISION_DELIVERED;
    Err err = {0};
    bool ok = decision_decide(row->state, &deeds, &step, &next, &err);
    assert_int_equal(err.kind, row->want);
    assert_int_equal(ok, row->want == ERR_NONE);
    if (!ok)
        assert_int_equal(next, DECISION_DELIVERED); // untouched
}

static uint32_t dice(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 16;
}

// Some steps of a decision by people chosen by chance, one of whom stands in for another.
static DecisionState walk(uint32_t *seed, DecisionDeeds *deeds)
{
    DecisionState now = DECISION_DRAFT;
    for (int i = 0; i < 60; i++) {
        DecisionAction action = (DecisionAction)(dice(seed) % DECISION_ACTION__COUNT);
        DecisionStep step = {action,
                             {{(int64_t)(dice(seed) % 5) + 1}, {dice(seed) % 4 ? 0 : 3}},
                             S("理由"),
                             dice(seed) % 2 == 0};
        const DecisionFlow *row = decision_row(now, action);
        DecisionState next;
        Err err = {0};
        if (!decision_decide(now, deeds, &step, &next, &err))
            continue;
        if (now >= DECISION_SIGNED && next < now)
            fail_msg("a signed decision went back");
        *PUSH(&arena, deeds) = (DecisionDeed){.action = action, .part = row->part, .by = step.by};
        now = next;
    }
    return now;
}

static void nobody_ever_has_two_hands_in_one_decision(void **state)
{
    (void)state;
    uint32_t seed = 11;
    size_t signed_n = 0;
    Arena before = arena;
    for (int w = 0; w < 2000; w++) {
        arena = before;
        DecisionDeeds deeds = {0};
        uint32_t parts[6] = {0}; // of each person, a bit for each part
        signed_n += walk(&seed, &deeds) >= DECISION_SIGNED;
        for (size_t i = 0; i < deeds.n; i++)
            if (deeds.v[i].part != PART_NONE) {
                parts[deeds.v[i].by.person.n] |= 1u << deeds.v[i].part;
                parts[deeds.v[i].by.instead_of.n] |= 1u << deeds.v[i].part;
            }
        for (int p = 1; p < 6; p++)
            if (parts[p] & (parts[p] - 1))
                fail_msg("somebody has two parts: %x", parts[p]);
    }
    assert_true(signed_n > 20);
}

// --- what has to be said

static DecisionScene quiet_scene(const RequestFacts *facts)
{
    return (DecisionScene){.facts = facts,
                           .phase = PHASE_OPEN,
                           .review = S("示例县人民政府"),
                           .court = S("示例县人民法院")};
}

static bool lacks(const DecisionSheet *s, const DecisionScene *scene, const char *field)
{
    DecisionLacks found;
    decision_lacks(s, scene, &arena, &found);
    for (size_t i = 0; i < found.n; i++)
        if (str_eq(found.v[i].field, str_z(field)))
            return true;
    return false;
}

static void every_outcome_has_its_row_and_what_it_needs_is_asked(void **state)
{
    (void)state;
    RequestFacts none = {0};
    DecisionScene scene = quiet_scene(&none);
    for (int o = 0; o < OUTCOME__COUNT; o++) {
        const DecisionNeed *need = &decision_needs[o];
        DecisionSheet s = {.chosen = true, .outcome = (Outcome)o};
        assert_int_equal(need->must & need->may, 0);
        if (!need->here) {
            assert_true(lacks(&s, &scene, "outcome"));
            continue;
        }
        assert_true(need->must || need->pieces);
        for (int f = 0; f < DF__COUNT; f++)
            assert_int_equal(lacks(&s, &scene, decision_fields[f].id.s), need->must >> f & 1);
        assert_int_equal(lacks(&s, &scene, "piece1_answer"), need->pieces);
        bool has_class = false;
        for (size_t c = 0; c < n_decision_classes; c++)
            has_class |= decision_classes[c].outcome == (Outcome)o;
        assert_int_equal(has_class, need->must >> DF_CLASS & 1);
    }
}

static void a_refusal_says_why_and_a_missing_thing_how_it_was_looked_for(void **state)
{
    (void)state;
    for (int o = OUTCOME_STATE_SECRET; o <= OUTCOME_CASE_FILE; o++)
        assert_true(decision_needs[o].must >> DF_REASON & 1);
    assert_true(decision_needs[OUTCOME_NOT_EXISTING].must >> DF_SEARCH & 1);
    assert_true(decision_needs[OUTCOME_REPEATED].must >> DF_EARLIER & 1);
    assert_true(decision_needs[OUTCOME_QUERY].must >> DF_BASIS & 1);
    assert_true(decision_needs[OUTCOME_PUBLIC_ALREADY].must >> DF_PLACE & 1);
}

static DecisionSheet partly(PieceAnswer first, PieceAnswer second, Outcome ground)
{
    DecisionSheet s = {.chosen = true, .outcome = OUTCOME_PARTLY, .n_pieces = 2};
    s.pieces[0] = (DecisionPiece){S("合同正文"), first, OUTCOME__COUNT, S("")};
    s.pieces[1] = (DecisionPiece){S("单价分析表"), second, ground, S("载有报价的构成方法")};
    return s;
}

static void a_partial_reply_is_reasoned_piece_by_piece(void **state)
{
    (void)state;
    RequestFacts none = {0};
    DecisionScene scene = quiet_scene(&none);
    DecisionSheet s = partly(PIECE_GIVEN, PIECE_WITHHELD, OUTCOME_PROCESS);
    DecisionLacks found;
    decision_lacks(&s, &scene, &arena, &found);
    assert_int_equal(found.n, 0);
    s.pieces[1].reason = S("");
    assert_true(lacks(&s, &scene, "piece2_reason"));
    s = partly(PIECE_GIVEN, PIECE_WITHHELD, OUTCOME__COUNT);
    assert_true(lacks(&s, &scene, "piece2_ground"));
    s = partly(PIECE_GIVEN, PIECE_GIVEN, OUTCOME__COUNT);
    assert_true(lacks(&s, &scene, "piece1_answer")); // nothing is withheld
    s = partly(PIECE_WITHHELD, PIECE_WITHHELD, OUTCOME_PROCESS);
    assert_true(lacks(&s, &scene, "piece1_answer")); // nothing is given
    s = partly(PIECE_OPEN, PIECE_WITHHELD, OUTCOME_PROCESS);
    assert_true(lacks(&s, &scene, "piece1_answer"));
}

// 条例第十五条、第三十二条
static void a_third_party_is_heard_before_it_is_a_reason(void **state)
{
    (void)state;
    RequestFacts none = {0};
    DecisionScene scene = quiet_scene(&none);
    DecisionSheet s = partly(PIECE_GIVEN, PIECE_WITHHELD, OUTCOME_THIRD_PARTY);
    assert_true(lacks(&s, &scene, "outcome"));
    scene.refused = true;
    assert_false(lacks(&s, &scene, "outcome"));
    scene.undecided = true; // of another one who was asked
    assert_true(lacks(&s, &scene, "outcome"));
    scene.undecided = false;
    scene.phase = PHASE_OPINION;
    assert_true(lacks(&s, &scene, "outcome"));
    scene.phase = PHASE_OPEN;
    DecisionSheet given = {.chosen = true, .outcome = OUTCOME_DISCLOSED};
    given.field[DF_WHAT] = S("合同正文");
    scene.despite = true;
    assert_true(lacks(&given, &scene, "interest"));
    given.field[DF_INTEREST] = S("关系到小区居民的安全");
    assert_false(lacks(&given, &scene, "interest"));
}

static void some_outcomes_follow_only_from_what_went_before(void **state)
{
    (void)state;
    RequestFact room[] = {
        {.kind = FACT_FILED}, {.kind = FACT_CORRECTED}, {.kind = FACT_REASONS_ASKED}};
    RequestFacts filed = {room, 1, 3}, all = {room, 3, 3};
    DecisionScene before = quiet_scene(&filed), after = quiet_scene(&all);
    static const Outcome outcomes[] = {OUTCOME_UNCLEAR, OUTCOME_EXCESSIVE};
    for (size_t i = 0; i < 2; i++) {
        DecisionSheet s = {.chosen = true, .outcome = outcomes[i]};
        s.field[DF_REASON] = S("理由");
        assert_true(lacks(&s, &before, "outcome"));
        assert_false(lacks(&s, &after, "outcome"));
    }
}

static void another_organ_is_named_with_how_to_reach_it(void **state)
{
    (void)state;
    RequestFacts none = {0};
    DecisionScene scene = quiet_scene(&none);
    DecisionSheet s = {.chosen = true, .outcome = OUTCOME_OTHER_ORGAN};
    s.field[DF_REASON] = S("由水务部门制作");
    assert_false(lacks(&s, &scene, "contact")); // not known which
    s.field[DF_ORGAN] = S("示例县水务局");
    assert_true(lacks(&s, &scene, "contact"));
}

static void without_review_and_court_nothing_goes_out(void **state)
{
    (void)state;
    RequestFacts none = {0};
    DecisionScene scene = quiet_scene(&none);
    DecisionSheet s = {.chosen = true, .outcome = OUTCOME_NOT_EXISTING};
    s.field[DF_SEARCH] = S("在档案室检索了");
    assert_false(lacks(&s, &scene, ""));
    scene.court = S("");
    assert_true(lacks(&s, &scene, ""));
}

static void a_sheet_comes_back_from_its_json(void **state)
{
    (void)state;
    DecisionSheet s = partly(PIECE_GIVEN, PIECE_WITHHELD, OUTCOME_THIRD_PARTY), back;
    Err err = {0};
    for (int f = 0; f < DF__COUNT; f++)
        s.field[f] = str_fmt(&arena, "第%d项\n“<”", f);
    s.text = S("正文\n第二段");
    Str json = decision_sheet_json(&s, &arena);
    assert_true(decision_sheet_read(json, &arena, &back, &err));
    assert_str(decision_sheet_json(&back, &arena), json);
    assert_int_equal(back.pieces[1].ground, OUTCOME_THIRD_PARTY);
    assert_int_equal(back.pieces[0].ground, OUTCOME__COUNT);
    DecisionSheet empty = {.outcome = OUTCOME__COUNT};
    assert_true(decision_sheet_read(decision_sheet_json(&empty, &arena), &arena, &back, &err));
    assert_false(back.chosen);
}

// --- leaving

typedef struct SendRow {
    const char *name;
    Sending sending;
    ErrKind want;
} SendRow;

// Signed on day 100; today is day 102.
// clang-format off
static const SendRow sends[] = {
    { "by the platform, today",             { SEND_PLATFORM,   { 102 }, SI(""), SI("") },              ERR_NONE },
    { "by the platform, yesterday",         { SEND_PLATFORM,   { 101 }, SI(""), SI("") },              ERR_INPUT },
    { "by mail, yesterday",                 { SEND_EMAIL,      { 101 }, SI(""), SI("") },              ERR_NONE },
    { "posted on the day it was signed",    { SEND_POST,       { 100 }, SI("XA12345678911"), SI("") }, ERR_NONE },
    { "posted before it was signed",        { SEND_POST,       { 99 },  SI("XA12345678911"), SI("") }, ERR_RULE },
    { "posted without a number",            { SEND_POST,       { 101 }, SI(""), SI("") },              ERR_INPUT },
    { "given to a courier",                 { SEND_POST,       { 101 }, SI("SF1234567890123"), SI("") }, ERR_INPUT },
    { "handed over",                        { SEND_HANDED,     { 101 }, SI(""), SI("张三") },          ERR_NONE },
    { "handed over tomorrow",               { SEND_HANDED,     { 103 }, SI(""), SI("张三") },          ERR_INPUT },
    { "looked at on site",                  { SEND_INSPECTION, { 102 }, SI(""), SI("张三") },          ERR_NONE },
};
// clang-format on

static void check_send(void **state)
{
    const SendRow *row = *state;
    Err err = {0};
    bool ok = sending_decide(&row->sending, (Date){100}, (Date){102}, &err);
    assert_int_equal(err.kind, row->want);
    assert_int_equal(ok, row->want == ERR_NONE);
}

static void what_was_handed_over_has_arrived(void **state)
{
    (void)state;
    for (int w = 0; w < SEND__COUNT; w++) {
        SendWay found;
        assert_true(send_way_named(send_ways[w].id, &found) && found == (SendWay)w);
        assert_int_equal(send_ways[w].arrives, w == SEND_HANDED || w == SEND_INSPECTION);
        assert_int_equal(send_ways[w].number, w == SEND_POST);
    }
}

static void sent_and_delivered_follow_from_the_facts(void **state)
{
    (void)state;
    RequestFact room[] = {{.kind = FACT_FILED}, {.kind = FACT_ANSWERED}, {.kind = FACT_DELIVERED}};
    for (size_t n = 1; n <= 3; n++) {
        RequestFacts facts = {room, n, 3};
        assert_int_equal(decision_seen(DECISION_SIGNED, 0, &facts), DECISION_SIGNED + (int)n - 1);
        assert_int_equal(decision_seen(DECISION_LEGAL, 0, &facts), DECISION_LEGAL);
    }
}

static void a_reply_made_anew_has_facts_of_its_own(void **state)
{
    (void)state;
    RequestFact room[] = {{.kind = FACT_FILED},
                          {.kind = FACT_ANSWERED},
                          {.kind = FACT_DELIVERED},
                          {.kind = FACT_REDONE, .about = 2},
                          {.kind = FACT_REDONE_DELIVERED, .about = 2}};
    for (size_t n = 3; n <= 5; n++) {
        RequestFacts facts = {room, n, 5};
        assert_int_equal(decision_seen(DECISION_SIGNED, 2, &facts), DECISION_SIGNED + (int)n - 3);
        assert_int_equal(decision_seen(DECISION_SIGNED, 3, &facts), DECISION_SIGNED); // another
        assert_int_equal(decision_seen(DECISION_SIGNED, 0, &facts), DECISION_DELIVERED);
    }
}

// Which decision is in hand. Heads by number; `out`: those of them that went out.
typedef struct HeldRow {
    const char *name;
    size_t n;
    int64_t remedies[3]; // of the decisions 1, 2, 3
    size_t out;
    bool open;
    int64_t ordered;
    int64_t want, want_remedy;
} HeldRow;

// clang-format off
static const HeldRow in_hand[] = {
    //                                                     n  remedies     out open   ordered  number, case
    { "a request that nobody has drafted for",             0, { 0 },       0, true,  0,       1, 0 },
    { "the one that answers it while it is open",          1, { 0 },       0, true,  0,       1, 0 },
    { "the same though a case waits: it answers that too", 1, { 0 },       0, true,  7,       1, 0 },
    { "the answer, once it has gone out",                  1, { 0 },       1, false, 0,       1, 0 },
    { "a new one where a case orders it",                  1, { 0 },       1, false, 7,       2, 7 },
    { "that one until it has gone out",                    2, { 0, 7 },    1, false, 7,       2, 7 },
    { "that one behind its sending",                       2, { 0, 7 },    2, false, 0,       2, 7 },
    { "another where another case orders it",              2, { 0, 7 },    2, false, 9,       3, 9 },
    { "another where the same case orders it on appeal",   2, { 0, 7 },    2, false, 7,       3, 7 },
    { "the first of the request where one ended unanswered", 0, { 0 },     0, false, 7,       1, 7 },
    { "the one that answers it where the answer was taken back", 2, { 0, 7 }, 0, true, 7,     1, 0 },
};
// clang-format on

static void what_is_in_hand(void **state)
{
    const HeldRow *row = *state;
    DecisionHead heads[3];
    RequestFact sent[3];
    RequestFacts facts = {sent, row->out, 3};
    for (size_t i = 0; i < row->n; i++) {
        heads[i] = (DecisionHead){.nth = (int64_t)i + 1, .remedy = row->remedies[i]};
        if (i >= row->out)
            continue;
        heads[i].state = DECISION_SIGNED;
        sent[i] = (RequestFact){.kind = row->remedies[i] ? FACT_REDONE : FACT_ANSWERED,
                                .about = row->remedies[i] ? heads[i].nth : 0};
    }
    DecisionHeads all = {heads, row->n, 3};
    DecisionHead got = decision_in_hand(&all, &facts, row->open, row->ordered);
    assert_int_equal(got.nth, row->want);
    assert_int_equal(got.remedy, row->want_remedy);
}

int main(void)
{
    enum { N_HANDS = sizeof hands / sizeof *hands, N_SENDS = sizeof sends / sizeof *sends };
    enum { N_HELD = sizeof in_hand / sizeof *in_hand };
    struct CMUnitTest tests[20 + N_HANDS + N_SENDS + N_HELD];
    size_t n = 0;
#define T(f) tests[n++] = (struct CMUnitTest)cmocka_unit_test(f)
    T(every_state_allows_what_was_approved_to_whom);
    T(a_return_wants_a_reason_and_nothing_else_does);
    T(a_site_may_do_without_the_section_and_without_nothing_else);
    T(nobody_ever_has_two_hands_in_one_decision);
    T(every_outcome_has_its_row_and_what_it_needs_is_asked);
    T(a_refusal_says_why_and_a_missing_thing_how_it_was_looked_for);
    T(a_partial_reply_is_reasoned_piece_by_piece);
    T(a_third_party_is_heard_before_it_is_a_reason);
    T(some_outcomes_follow_only_from_what_went_before);
    T(another_organ_is_named_with_how_to_reach_it);
    T(without_review_and_court_nothing_goes_out);
    T(a_sheet_comes_back_from_its_json);
    T(what_was_handed_over_has_arrived);
    T(sent_and_delivered_follow_from_the_facts);
    T(a_reply_made_anew_has_facts_of_its_own);
    for (size_t i = 0; i < N_HELD; i++)
        tests[n++] = (struct CMUnitTest){in_hand[i].name, what_is_in_hand, NULL, NULL,
                                         (void *)(uintptr_t)&in_hand[i]};
    for (size_t i = 0; i < N_HANDS; i++)
        tests[n++] = (struct CMUnitTest){hands[i].name, check_hands, NULL, NULL,
                                         (void *)(uintptr_t)&hands[i]};
    for (size_t i = 0; i < N_SENDS; i++)
        tests[n++] = (struct CMUnitTest){sends[i].name, check_send, NULL, NULL,
                                         (void *)(uintptr_t)&sends[i]};
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return _cmocka_run_group_tests("decision", tests, n, make, drop);
}
