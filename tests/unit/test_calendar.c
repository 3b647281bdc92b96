#include "../test.h"

#include "domain/calendar.h"

static Arena arena;
static Calendar calendar;

static int make(void **state)
{
    (void)state;
    Err err = {0};
    arena = arena_new(16 << 20);
    CalendarNotices notices = calendar_national(&arena);
    assert_int_equal(notices.n, 21); // 2007 to 2026, and the statutory days
    if (!calendar_make(&notices, &arena, &calendar, &err))
        fail_msg("%s", err.en);
    return 0;
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
    assert_true(date_parse(str_z(iso), &d));
    return d;
}

// --- terms, as computed by hand

typedef struct DueRow {
    const char *name, *from;
    int workdays;
    const char *due;
    bool provisional;
} DueRow;

// clang-format off
static const DueRow due_rows[] = {
    { "over the end of a year",                               "2023-12-29", 20, "2024-01-29", false },
    { "two Sundays are worked and New Year's Eve is no holiday", "2024-01-31", 20, "2024-03-04", false },
    { "a correction over the Spring Festival",                "2024-02-08",  7, "2024-02-23", false },
    { "a reply over the Spring Festival",                     "2024-02-08", 20, "2024-03-13", false },
    { "received on a Sunday that is worked",                  "2024-04-28", 20, "2024-05-28", false },
    { "a Saturday is worked in between",                      "2024-09-30", 20, "2024-11-01", false },
    { "needs the notices of two years",                       "2024-12-31", 20, "2025-02-05", false },
    { "received on a worked Sunday before the festival",      "2025-01-26", 20, "2025-02-28", false },
    { "over the National Day",                                "2025-09-30", 20, "2025-11-04", false },
    { "over the festival of 2026",                            "2026-02-13", 20, "2026-03-19", false },
    { "the holiday that was made longer in 2020",             "2020-01-23", 20, "2020-02-28", false },
    { "due on a Saturday that is worked",                     "2022-12-31", 15, "2023-01-28", false },
    { "received on a day off: day 0 all the same",            "2024-02-12", 20, "2024-03-14", false },
    { "no days: the day itself",                              "2024-02-12",  0, "2024-02-12", false },
    { "one day from a Friday",                                "2026-03-06",  1, "2026-03-09", false },
    { "into a year without a notice",                         "2026-12-31",  1, "2027-01-04", true },
    { "from a leap day",                                      "2024-02-29",  1, "2024-03-01", false },
    { "a worked day of December in the next year's notice",   "2018-12-28",  1, "2018-12-29", false },
    { "a holiday of December in the next year's notice",      "2022-12-30",  1, "2023-01-03", false },
};
// clang-format on

static void check_due(void **state)
{
    const DueRow *row = *state;
    Term term;
    Err err = {0};
    assert_true(calendar_due(&calendar, day(row->from), row->workdays, &term, &err));
    assert_str(date_iso(&arena, term.due), str_z(row->due));
    assert_int_equal(term.provisional, row->provisional);
    int back;
    assert_true(calendar_count(&calendar, day(row->from), term.due, &back, &err));
    assert_int_equal(back, row->workdays);
}

typedef struct YearRow {
    const char *name;
    int year, workdays;
} YearRow;

// clang-format off
static const YearRow year_rows[] = {
    { "working days of 2019", 2019, 250 }, { "working days of 2020", 2020, 249 },
    { "working days of 2021", 2021, 250 }, { "working days of 2022", 2022, 249 },
    { "working days of 2023", 2023, 249 }, { "working days of 2024", 2024, 251 },
    { "working days of 2025", 2025, 248 }, { "working days of 2026", 2026, 248 },
};
// clang-format on

static void check_year(void **state)
{
    const YearRow *row = *state;
    Date before = date_none, last = date_none;
    int n;
    Err err = {0};
    assert_true(date_make(row->year - 1, 12, 31, &before) && date_make(row->year, 12, 31, &last));
    assert_true(calendar_count(&calendar, before, last, &n, &err));
    assert_int_equal(n, row->workdays);
}

// --- the same by going day by day

static void a_term_is_what_walking_day_by_day_gives(void **state)
{
    (void)state;
    static const int terms[] = {1, 5, 7, 15, 20, 40};
    for (int32_t d = day("2007-06-01").days; d < day("2034-01-01").days; d += 3)
        for (size_t t = 0; t < sizeof terms / sizeof *terms; t++) {
            Err err = {0};
            Term term;
            Date walked = {d};
            for (int left = terms[t]; left > 0;) {
                walked.days++;
                left -= calendar_works(&calendar, walked);
            }
            assert_true(calendar_due(&calendar, (Date){d}, terms[t], &term, &err));
            assert_int_equal(term.due.days, walked.days);
        }
}

static void days_are_named_as_the_notice_has_them(void **state)
{
    (void)state;
    assert_str(calendar_named(&calendar, day("2026-02-17"))->name, S("春节"));
    assert_true(calendar_works(&calendar, day("2026-02-14")));
    assert_null(calendar_named(&calendar, day("2026-03-12")));
    assert_false(calendar_works(&calendar, day("2027-02-08"))); // statutory
}

// --- days as notices write them

typedef struct TextRow {
    const char *name, *text;
    const char *days; // as they come out; NULL: refused
} TextRow;

// clang-format off
static const TextRow text_rows[] = {
    { "a sentence of the notice", "二、春节：2月15日（周日）至23日（周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。",
      "春节：2026年2月15日至2026年2月23日放假\n春节：2026年2月14日上班\n春节：2026年2月28日上班" },
    { "a day a line",             "2026-02-14 work 春节\n2026-02-15 off 春节", "春节：2026年2月14日上班\n春节：2026年2月15日放假" },
    { "over the end of a month",  "国庆：9月29日至10月2日放假", "国庆：2026年9月29日至2026年10月2日放假" },
    { "December of the year before", "元旦：2025年12月31日至2026年1月2日", "元旦：2025年12月31日至2026年1月2日放假" },
    { "without a name",           "3月5日", "放假：2026年3月5日放假" },
    { "worked, without a name",   "3月7日上班", "调休上班：2026年3月7日上班" },
    { "slashes, a short line",    "古尔邦节 2026/5/27-5/28", "古尔邦节：2026年5月27日至2026年5月28日放假" },
    { "empty lines and remarks",  "\n# 自治区\n 3月20日 肉孜节\n\n", "肉孜节：2026年3月20日放假" },
    { "the name of a sentence holds for the next", "清明节：4月4日至6日放假，共3天。", "清明节：2026年4月4日至2026年4月6日放假" },
    { "no day",                   "春节放假", NULL },
    { "a day that cannot be",     "2月30日放假", NULL },
    { "a span backwards",         "2月23日至15日放假", NULL },
    { "a span of months",         "1月1日至6月30日放假", NULL },
    { "a number that is no day",  "3月5日放假 12345", NULL },
    { "half a day",               "3月放假", NULL },
    { "an open bracket",          "3月5日（周四放假", "放假：2026年3月5日放假" },
};
// clang-format on

static void check_text(void **state)
{
    const TextRow *row = *state;
    CalendarDays days = {0};
    Err err = {0};
    bool read = calendar_days_read(str_z(row->text), 2026, &arena, &days, &err);
    assert_int_equal(read, row->days != NULL);
    if (!read) {
        assert_int_equal(err.kind, ERR_INPUT);
        return;
    }
    assert_str(calendar_days_text(&days, &arena), str_z(row->days));
    CalendarDays again = {0};
    assert_true(calendar_days_read(calendar_days_text(&days, &arena), 2026, &arena, &again, &err));
    assert_int_equal(again.n, days.n);
    for (size_t i = 0; i < days.n; i++)
        assert_true(again.v[i].date.days == days.v[i].date.days &&
                    again.v[i].works == days.v[i].works);
}

static void a_region_adds_its_own_days(void **state)
{
    (void)state;
    Err err = {0};
    CalendarNotices notices = calendar_national(&arena);
    CalendarNotice region;
    assert_true(calendar_notice_read(S("# 自治区\n2026-03-20 off 肉孜节\n2026-03-21 work 肉孜节\n"),
                                     2026, &arena, &region, &err));
    *PUSH(&arena, &notices) = region;
    Calendar own;
    Term term;
    assert_true(calendar_make(&notices, &arena, &own, &err));
    assert_true(calendar_due(&own, day("2026-03-19"), 1, &term, &err));
    assert_str(date_iso(&arena, term.due), S("2026-03-21"));
    assert_true(calendar_works(&calendar, day("2026-03-20"))); // elsewhere it works
}

static void a_notice_makes_a_year_known(void **state)
{
    (void)state;
    Err err = {0};
    CalendarNotices notices = calendar_national(&arena);
    CalendarNotice next;
    assert_true(calendar_notice_read(S("2027-01-01 off 元旦\n2027-02-06 off 春节\n"), 2027, &arena,
                                     &next, &err));
    *PUSH(&arena, &notices) = next;
    Calendar own;
    Term term;
    assert_true(calendar_make(&notices, &arena, &own, &err));
    assert_true(calendar_due(&own, day("2026-12-31"), 1, &term, &err));
    assert_false(term.provisional);
    // what the notice does not name is no longer taken from the statutory days
    assert_true(calendar_works(&own, day("2027-02-08")));
}

typedef struct BadRow {
    const char *name, *text;
} BadRow;

static const BadRow bad_rows[] = {
    {"a notice with a day that is not in the calendar", "2026-02-30 off 春节\n"},
    {"a notice with another word than work and off", "2026-02-03 free 春节\n"},
    {"a notice with a day without a name", "2026-02-03 off \n"},
    {"a notice with a day of another year", "2024-02-03 off 春节\n"},
};

static void check_bad(void **state)
{
    const BadRow *row = *state;
    Err err = {0};
    CalendarNotice notice;
    assert_false(calendar_notice_read(str_z(row->text), 2026, &arena, &notice, &err));
    assert_int_equal(err.kind, ERR_INPUT);
    assert_non_null(strstr(err.en, "1"));
}

static void what_lies_outside_is_refused(void **state)
{
    (void)state;
    Err err = {0};
    Term term;
    int n;
    Date far;
    assert_true(date_make(1999, 1, 1, &far));
    assert_false(calendar_due(&calendar, far, 20, &term, &err));
    assert_false(calendar_due(&calendar, date_none, 20, &term, &err));
    assert_false(calendar_due(&calendar, day("2037-12-20"), 20, &term, &err));
    assert_false(calendar_due(&calendar, day("2026-01-05"), -1, &term, &err));
    assert_false(calendar_due(&calendar, day("2026-01-05"), 100000, &term, &err));
    assert_false(calendar_count(&calendar, day("2026-01-05"), far, &n, &err));
}

int main(void)
{
    enum {
        DUES = sizeof due_rows / sizeof *due_rows,
        YEARS = sizeof year_rows / sizeof *year_rows,
        BADS = sizeof bad_rows / sizeof *bad_rows,
        TEXTS = sizeof text_rows / sizeof *text_rows,
    };
    const struct CMUnitTest others[] = {
        cmocka_unit_test(a_term_is_what_walking_day_by_day_gives),
        cmocka_unit_test(days_are_named_as_the_notice_has_them),
        cmocka_unit_test(a_region_adds_its_own_days),
        cmocka_unit_test(a_notice_makes_a_year_known),
        cmocka_unit_test(what_lies_outside_is_refused),
    };
    enum { OTHERS = sizeof others / sizeof *others };
    struct CMUnitTest tests[DUES + YEARS + BADS + TEXTS + OTHERS];
    size_t n = 0;
    for (size_t i = 0; i < DUES; i++)
        tests[n++] =
            (struct CMUnitTest){due_rows[i].name, check_due, NULL, NULL, (void *)&due_rows[i]};
    for (size_t i = 0; i < YEARS; i++)
        tests[n++] =
            (struct CMUnitTest){year_rows[i].name, check_year, NULL, NULL, (void *)&year_rows[i]};
    for (size_t i = 0; i < BADS; i++)
        tests[n++] =
            (struct CMUnitTest){bad_rows[i].name, check_bad, NULL, NULL, (void *)&bad_rows[i]};
    for (size_t i = 0; i < TEXTS; i++)
        tests[n++] =
            (struct CMUnitTest){text_rows[i].name, check_text, NULL, NULL, (void *)&text_rows[i]};
    memcpy(tests + n, others, sizeof others);
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return _cmocka_run_group_tests("calendar", tests, n + OTHERS, make, drop);
}
