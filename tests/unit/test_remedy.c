#include "test.h"

#include "domain/remedy.h"

static Arena a;
static Calendar calendar;

static int begin(void **state)
{
    Err err = {0};
    (void)state;
    a = arena_new(16 << 20);
    CalendarNotices notices = calendar_national(&a);
    return calendar_make(&notices, &a, &calendar, &err) ? 0 : -1;
}

static int end(void **state)
{
    (void)state;
    arena_free(&a);
    return 0;
}

static Date day(const char *iso)
{
    Date d = date_none;
    assert_true(date_parse(str_z(iso), &d));
    return d;
}

// --- days

static void a_term_ends_on_the_day_that_the_law_has(void **state)
{
    (void)state;
    // clang-format off
    static const struct { const char *from; int n; RemedyUnit unit; const char *last; } rows[] = {
        { "2026-03-02", 60, UNIT_DAYS,   "2026-05-06" }, // 05-01 to 05-05 are off
        { "2026-03-19", 60, UNIT_DAYS,   "2026-05-18" },
        { "2026-03-19", 15, UNIT_DAYS,   "2026-04-03" },
        { "2026-03-20", 15, UNIT_DAYS,   "2026-04-07" }, // 04-04 to 04-06 are off
        { "2026-03-19", 6,  UNIT_MONTHS, "2026-09-20" }, // 09-19 is a Saturday, 09-20 a Sunday worked
        { "2025-08-31", 6,  UNIT_MONTHS, "2026-02-28" }, // no 31 February; a Saturday that is worked
        { "2023-08-31", 6,  UNIT_MONTHS, "2024-02-29" }, // a leap year
        { "2025-04-01", 6,  UNIT_MONTHS, "2025-10-09" }, // 10-01 to 10-08 are off
        { "2025-12-15", 1,  UNIT_YEARS,  "2026-12-15" },
        { "2024-02-29", 1,  UNIT_YEARS,  "2025-02-28" },
    };
    // clang-format on
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Date last;
        Err err = {0};
        assert_true(
            remedy_last_day(day(rows[i].from), rows[i].n, rows[i].unit, &calendar, &last, &err));
        assert_str(date_iso(&a, last), str_z(rows[i].last));
    }
}

// --- what a case may be

static const RemedyFactKind review_way[] = {RF_FILED,    RF_ACCEPTED, RF_NOTIFIED,
                                            RF_ANSWERED, RF_DECIDED,  RF_SERVED};

static RemedyFacts facts_of(const RemedyFactKind *kinds, size_t n, RemedyResult result)
{
    RemedyFacts facts = {0};
    for (size_t i = 0; i < n; i++)
        *PUSH(&a, &facts) = (RemedyFact){.id = (int64_t)i + 1,
                                         .kind = kinds[i],
                                         .on = {day("2026-03-02").days + 5 * (int32_t)i},
                                         .until = date_none,
                                         .result = result};
    return facts;
}

static RemedyState state_of(RemedyKind kind, const RemedyFacts *facts, const char *today)
{
    RemedyState s;
    Err err = {0};
    RemedySettings settings = remedy_settings_default();
    if (!remedy_compute(kind, facts, &calendar, &settings, day(today), &s, &err))
        fail_msg("%s", err.en);
    return s;
}

static void a_review_goes_from_filed_to_closed(void **state)
{
    (void)state;
    RemedyFacts f = facts_of(review_way, 6, RESULT_UPHELD);
    Err err = {0};
    assert_true(remedy_history_ok(CASE_REVIEW, &f, &err));
    assert_int_equal(state_of(CASE_REVIEW, &f, "2026-03-02").phase, RP_FILED);
    assert_int_equal(state_of(CASE_REVIEW, &f, "2026-03-07").phase, RP_OPEN);
    RemedyState s = state_of(CASE_REVIEW, &f, "2026-03-12");
    assert_int_equal(s.phase, RP_ANSWER);
    assert_str(date_iso(&a, s.answer_by), S("2026-03-26")); // ten working days, as nothing is set
    assert_int_equal(state_of(CASE_REVIEW, &f, "2026-03-17").phase, RP_OPEN);
    s = state_of(CASE_REVIEW, &f, "2026-12-01");
    assert_int_equal(s.phase, RP_CLOSED);
    assert_str(date_iso(&a, s.suit_by), S("2026-04-13")); // served 03-27, 15 days: a Saturday moves
}

static void the_day_that_the_notice_sets_goes_before_ours(void **state)
{
    (void)state;
    RemedyFacts f = facts_of(review_way, 3, RESULT_UPHELD);
    f.v[2].until = day("2026-03-20");
    assert_str(date_iso(&a, state_of(CASE_REVIEW, &f, "2026-03-13").answer_by), S("2026-03-20"));
}

static void steps_out_of_order_are_refused(void **state)
{
    (void)state;
    // clang-format off
    static const struct { RemedyKind kind; RemedyFactKind way[6]; size_t n; bool ok; } rows[] = {
        { CASE_REVIEW, { RF_ACCEPTED },                                            1, false },
        { CASE_REVIEW, { RF_FILED, RF_FILED },                                     2, false },
        { CASE_REVIEW, { RF_FILED, RF_ANSWERED },                                  2, false },
        { CASE_REVIEW, { RF_FILED, RF_SERVED },                                    2, false },
        { CASE_REVIEW, { RF_FILED, RF_DECIDED },                                   2, true },  // 不予受理
        { CASE_REVIEW, { RF_FILED, RF_DECIDED, RF_DECIDED },                       3, false },
        { CASE_REVIEW, { RF_FILED, RF_DECIDED, RF_HEARD },                         3, false },
        { CASE_REVIEW, { RF_FILED, RF_DECIDED, RF_APPEALED },                      3, false },
        { CASE_SUIT,   { RF_FILED, RF_APPEALED },                                  2, false },
        { CASE_SUIT,   { RF_FILED, RF_DECIDED, RF_APPEALED, RF_DECIDED },          4, true },
        { CASE_SUIT,   { RF_FILED, RF_DECIDED, RF_APPEALED, RF_DECIDED, RF_APPEALED }, 5, false },
        { CASE_SUIT,   { RF_FILED, RF_DECIDED, RF_APPEALED, RF_DECIDED, RF_RETRIED, RF_DECIDED }, 6, true },
        { CASE_SUIT,   { RF_FILED, RF_DECIDED, RF_REDONE },                        3, false }, // not ordered
    };
    // clang-format on
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Err err = {0};
        RemedyFacts f = facts_of(rows[i].way, rows[i].n, RESULT_UPHELD);
        if (remedy_history_ok(rows[i].kind, &f, &err) != rows[i].ok)
            fail_msg("row %zu: %s", i, err.en);
    }
}

static void what_is_recorded_late_stands_in_its_place(void **state)
{
    (void)state;
    RemedyFacts f = facts_of(review_way, 2, RESULT_UPHELD), next;
    Err err = {0};
    RemedyFact late = {.id = 3, .kind = RF_NOTIFIED, .on = day("2026-03-03"), .until = date_none};
    assert_true(remedy_decide(CASE_REVIEW, &f, &late, day("2026-04-01"), &a, &next, &err));
    assert_int_equal(next.v[1].kind, RF_NOTIFIED);
    late.on = day("2026-03-01"); // before it was filed
    assert_false(remedy_decide(CASE_REVIEW, &f, &late, day("2026-04-01"), &a, &next, &err));
    late.on = day("2026-04-02"); // has not come yet
    assert_false(remedy_decide(CASE_REVIEW, &f, &late, day("2026-04-01"), &a, &next, &err));
}

static void a_new_answer_is_due_when_the_decision_says_or_else_as_set(void **state)
{
    (void)state;
    static const RemedyFactKind way[] = {RF_FILED, RF_DECIDED, RF_SERVED, RF_REDONE};
    RemedyFacts f = facts_of(way, 3, RESULT_REDO);
    RemedyState s = state_of(CASE_REVIEW, &f, "2026-03-13");
    assert_int_equal(s.phase, RP_REDO);
    assert_str(date_iso(&a, s.redo_by), S("2026-04-10")); // 20 working days after 03-12
    f.v[1].until = day("2026-03-31");
    assert_str(date_iso(&a, state_of(CASE_REVIEW, &f, "2026-03-13").redo_by), S("2026-03-31"));
    f = facts_of(way, 4, RESULT_REDO);
    s = state_of(CASE_REVIEW, &f, "2026-03-18");
    assert_int_equal(s.phase, RP_CLOSED);
    assert_true(s.redone);
}

// --- table four

static void a_case_counts_where_it_stood_at_the_end_of_the_period(void **state)
{
    (void)state;
    static const RemedyFactKind way[] = {RF_FILED, RF_DECIDED, RF_APPEALED, RF_DECIDED};
    RemedyFacts f = facts_of(way, 4, RESULT_DISMISSED);
    f.v[0].on = day("2024-11-01");
    f.v[1].on = day("2025-03-03");
    f.v[2].on = day("2026-01-05");
    f.v[3].on = day("2027-02-01");
    f.v[3].result = RESULT_QUASHED;
    // clang-format off
    static const struct { int year; bool in; T4Column column; } rows[] = {
        { 2023, false, COLUMN_PENDING },   // not filed yet
        { 2024, true,  COLUMN_PENDING },
        { 2025, true,  COLUMN_UPHELD },
        { 2026, true,  COLUMN_PENDING },   // appealed
        { 2027, true,  COLUMN_CORRECTED }, // the last instance
        { 2028, false, COLUMN_PENDING },   // closed before
    };
    // clang-format on
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Date from, to;
        T4Column column;
        date_make(rows[i].year, 1, 1, &from);
        date_make(rows[i].year, 12, 31, &to);
        bool in = remedy_column(CASE_SUIT, &f, from, to, &column);
        assert_int_equal(in, rows[i].in);
        if (in)
            assert_int_equal(column, rows[i].column);
    }
}

// Chance histories: whatever is pending at the end of a year counts in the next, and each period
// has a case at most once.
static void what_is_pending_counts_again_the_next_year(void **state)
{
    (void)state;
    uint32_t r = 7;
    for (int round = 0; round < 2000; round++) {
        Arena keep = a;
        RemedyFacts f = {0};
        Date on = day("2022-01-10");
        for (int i = 0; i < 12; i++) {
            RemedyFacts next;
            Err err = {0};
            r = r * 1664525u + 1013904223u;
            RemedyFact step = {.id = i + 1,
                               .kind = i ? (RemedyFactKind)(r >> 24) % RF__COUNT : RF_FILED,
                               .on = on,
                               .until = date_none,
                               .result = (RemedyResult)((r >> 16) % RESULT__COUNT)};
            on.days += (int32_t)(r >> 8) % 200;
            if (remedy_decide(CASE_SUIT, &f, &step, day("2030-01-01"), &a, &next, &err))
                f = next;
        }
        bool pending = false;
        for (int year = 2022; year < 2030; year++) {
            Date from, to;
            T4Column column = COLUMN_OTHER;
            date_make(year, 1, 1, &from);
            date_make(year, 12, 31, &to);
            bool in = remedy_column(CASE_SUIT, &f, from, to, &column);
            assert_true(in || !pending);
            pending = in && column == COLUMN_PENDING;
        }
        a = keep;
    }
}

// --- for citizens, and hints

static RemedyDays calendar_of(RemedyAbout about, Outcome outcome, const char *told)
{
    RemedyDays days;
    Err err = {0};
    RemedyAsk ask = {about, outcome, day(told)};
    if (!remedy_calendar(&ask, &calendar, &a, &days, &err))
        fail_msg("%s", err.en);
    return days;
}

static void a_refusal_goes_to_review_first_since_2024(void **state)
{
    (void)state;
    RemedyDays d = calendar_of(ABOUT_ANSWER, OUTCOME_PROCESS, "2026-03-19");
    assert_int_equal(d.n, 2);
    assert_str(date_iso(&a, d.v[0].on), S("2026-05-18"));
    assert_false(date_is(d.v[1].on)); // the suit runs from the decision, which is not there
    d = calendar_of(ABOUT_ANSWER, OUTCOME_PROCESS, "2023-12-29");
    assert_str(date_iso(&a, d.v[1].on), S("2024-07-01")); // 06-29 is a Saturday
    d = calendar_of(ABOUT_ANSWER, OUTCOME_NOT_EXISTING, "2026-03-19");
    assert_str(date_iso(&a, d.v[1].on), S("2026-09-20"));
    d = calendar_of(ABOUT_INACTION, OUTCOME_OTHER, "2026-03-19");
    assert_false(date_is(d.v[1].on));
    assert_int_equal(calendar_of(ABOUT_ANSWER, OUTCOME_WITHDRAWN, "2026-03-19").n, 0);
}

static void what_courts_may_not_take_is_said(void **state)
{
    (void)state;
    RemedyDays d = calendar_of(ABOUT_ANSWER, OUTCOME_REPEATED, "2026-03-19");
    assert_true(str_has(d.v[1].what, S("法释〔2025〕8号")));
    d = calendar_of(ABOUT_ANSWER, OUTCOME_REPEATED, "2025-05-30");
    assert_false(str_has(d.v[1].what, S("法释〔2025〕8号")));
}

static size_t hints_of(RemedyKind kind, RemedyAbout about, Outcome outcome, const char *told,
                       const char *filed)
{
    RemedyHints hints;
    Err err = {0};
    RemedyScene s = {.kind = kind,
                     .about = about,
                     .has_outcome = about == ABOUT_ANSWER,
                     .outcome = outcome,
                     .told = day(told),
                     .filed = day(filed),
                     .review_served = date_none};
    if (!remedy_hints(&s, &calendar, &a, &hints, &err))
        fail_msg("%s", err.en);
    return hints.n;
}

static void a_case_is_looked_at_and_never_judged(void **state)
{
    (void)state;
    // clang-format off
    static const struct { RemedyKind kind; RemedyAbout about; Outcome outcome; const char *told, *filed; size_t n; } rows[] = {
        { CASE_REVIEW, ABOUT_ANSWER,    OUTCOME_PROCESS,      "2026-03-19", "2026-05-18", 0 },
        { CASE_REVIEW, ABOUT_ANSWER,    OUTCOME_PROCESS,      "2026-03-19", "2026-05-19", 1 }, // late
        { CASE_SUIT,   ABOUT_ANSWER,    OUTCOME_PROCESS,      "2026-03-19", "2026-05-18", 1 }, // 复议前置
        { CASE_SUIT,   ABOUT_ANSWER,    OUTCOME_PROCESS,      "2023-11-01", "2023-12-01", 0 }, // before 2024
        { CASE_SUIT,   ABOUT_INACTION,  OUTCOME_OTHER,        "2026-03-19", "2026-05-18", 1 },
        { CASE_SUIT,   ABOUT_ANSWER,    OUTCOME_NOT_EXISTING, "2026-03-19", "2026-09-20", 0 },
        { CASE_SUIT,   ABOUT_ANSWER,    OUTCOME_NOT_EXISTING, "2026-03-19", "2026-09-21", 1 }, // late
        { CASE_SUIT,   ABOUT_ANSWER,    OUTCOME_PETITION,     "2026-03-19", "2026-05-18", 1 }, // the list of 2025
        { CASE_SUIT,   ABOUT_ANSWER,    OUTCOME_PETITION,     "2025-03-19", "2025-05-30", 0 },
        { CASE_SUIT,   ABOUT_FEE,       OUTCOME_OTHER,        "2026-03-19", "2026-04-01", 1 },
        { CASE_REVIEW, ABOUT_FEE,       OUTCOME_OTHER,        "2026-03-19", "2026-04-01", 1 },
        { CASE_REVIEW, ABOUT_PROCEDURE, OUTCOME_OTHER,        "2026-03-19", "2026-04-01", 1 },
        { CASE_SUIT,   ABOUT_PROACTIVE, OUTCOME_OTHER,        "2026-03-19", "2026-04-01", 1 },
    };
    // clang-format on
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t n =
            hints_of(rows[i].kind, rows[i].about, rows[i].outcome, rows[i].told, rows[i].filed);
        if (n != rows[i].n)
            fail_msg("row %zu: %zu hints", i, n);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_term_ends_on_the_day_that_the_law_has),
        cmocka_unit_test(a_review_goes_from_filed_to_closed),
        cmocka_unit_test(the_day_that_the_notice_sets_goes_before_ours),
        cmocka_unit_test(steps_out_of_order_are_refused),
        cmocka_unit_test(what_is_recorded_late_stands_in_its_place),
        cmocka_unit_test(a_new_answer_is_due_when_the_decision_says_or_else_as_set),
        cmocka_unit_test(a_case_counts_where_it_stood_at_the_end_of_the_period),
        cmocka_unit_test(what_is_pending_counts_again_the_next_year),
        cmocka_unit_test(a_refusal_goes_to_review_first_since_2024),
        cmocka_unit_test(what_courts_may_not_take_is_said),
        cmocka_unit_test(a_case_is_looked_at_and_never_judged),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, begin, end);
}
