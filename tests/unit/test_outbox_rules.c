#include "domain/outbox.h"

#include "test.h"

enum { CHINA_S = 8 * 3600 };

static int64_t at(int y, int m, int d, int hour, int minute)
{
    Date day;
    assert_true(date_make(y, m, d, &day));
    return day.days * (int64_t)86400 + hour * 3600 + minute * 60 - CHINA_S;
}

static Calendar calendar(Arena *a)
{
    Calendar c;
    Err err;
    CalendarNotices notices = calendar_national(a);
    assert_true(calendar_make(&notices, a, &c, &err));
    return c;
}

static void only_the_recipient_and_the_message_are_refused_for_good(void **state)
{
    (void)state;
    static const struct {
        OutboxStage stage;
        int code;
        OutboxVerdict want;
    } rows[] = {
        {OUTBOX_TAKEN, 250, OUTBOX_SENT},         {OUTBOX_AT_US, 0, OUTBOX_LATER},
        {OUTBOX_AT_US, 421, OUTBOX_LATER},        {OUTBOX_AT_US, 535, OUTBOX_LATER},
        {OUTBOX_AT_US, 554, OUTBOX_LATER},        {OUTBOX_AT_RECIPIENT, 0, OUTBOX_LATER},
        {OUTBOX_AT_RECIPIENT, 354, OUTBOX_LATER}, {OUTBOX_AT_RECIPIENT, 421, OUTBOX_LATER},
        {OUTBOX_AT_RECIPIENT, 451, OUTBOX_LATER}, {OUTBOX_AT_RECIPIENT, 499, OUTBOX_LATER},
        {OUTBOX_AT_RECIPIENT, 500, OUTBOX_NEVER}, {OUTBOX_AT_RECIPIENT, 550, OUTBOX_NEVER},
        {OUTBOX_AT_RECIPIENT, 554, OUTBOX_NEVER},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(outbox_verdict(rows[i].stage, rows[i].code), rows[i].want);
}

static void pauses_grow_and_then_stay(void **state)
{
    (void)state;
    static const int minutes[] = {1, 5, 15, 30, 60, 120, 240, 240, 240};
    for (int i = 0; i < 9; i++) {
        int64_t pause = minutes[i] * 60;
        assert_int_equal(outbox_next(1000, i + 1, 0), 1000 + pause);
        for (uint64_t random = 0; random < 100; random++) {
            int64_t next = outbox_next(1000, i + 1, random * 0x9e3779b97f4a7c15u);
            assert_true(next >= 1000 + pause && next < 1000 + pause + pause / 10);
        }
    }
    assert_int_equal(outbox_next(0, INT64_MAX, 0), 240 * 60);
    assert_int_equal(outbox_next(0, 0, 0), 60);
}

static void a_mail_is_given_up_when_it_is_not_worth_reading(void **state)
{
    (void)state;
    for (int k = 0; k < MAIL__COUNT; k++) {
        int64_t keep = mail_kind_defs[k].keep_h * (int64_t)3600;
        assert_true(keep > 0);
        assert_false(outbox_gives_up((MailKind)k, 5000, 5000 + keep));
        assert_true(outbox_gives_up((MailKind)k, 5000, 5001 + keep));
    }
}

// Greylisting servers want a quarter of an hour or less: every kind must outlast that.
static void every_kind_outlasts_greylisting(void **state)
{
    (void)state;
    for (int k = 0; k < MAIL__COUNT; k++) {
        int64_t now = 0;
        for (int64_t tries = 1; tries <= 3; tries++)
            now = outbox_next(now, tries, UINT64_MAX);
        assert_true(now >= 20 * 60);
        assert_false(outbox_gives_up((MailKind)k, 0, now));
    }
}

static void the_night_is_quiet(void **state)
{
    (void)state;
    const QuietHours q = {20 * 60, 8 * 60, false};
    // Thursday 2026-03-19
    assert_false(outbox_quiet(&q, NULL, at(2026, 3, 19, 19, 59)));
    assert_true(outbox_quiet(&q, NULL, at(2026, 3, 19, 20, 0)));
    assert_true(outbox_quiet(&q, NULL, at(2026, 3, 19, 23, 59)));
    assert_true(outbox_quiet(&q, NULL, at(2026, 3, 20, 0, 0)));
    assert_true(outbox_quiet(&q, NULL, at(2026, 3, 20, 7, 59)));
    assert_false(outbox_quiet(&q, NULL, at(2026, 3, 20, 8, 0)));
}

static void quiet_hours_may_lie_within_a_day_or_be_none(void **state)
{
    (void)state;
    const QuietHours noon = {12 * 60, 14 * 60, false}, never = {0, 0, false};
    assert_false(outbox_quiet(&noon, NULL, at(2026, 3, 19, 11, 59)));
    assert_true(outbox_quiet(&noon, NULL, at(2026, 3, 19, 12, 0)));
    assert_false(outbox_quiet(&noon, NULL, at(2026, 3, 19, 14, 0)));
    for (int hour = 0; hour < 24; hour++)
        assert_false(outbox_quiet(&never, NULL, at(2026, 3, 19, hour, 0)));
}

static void days_off_are_quiet_by_the_calendar(void **state)
{
    (void)state;
    Arena a = arena_new(64 << 20);
    Calendar c = calendar(&a);
    const QuietHours q = {20 * 60, 8 * 60, true}, nights = {20 * 60, 8 * 60, false};
    assert_false(outbox_quiet(&q, &c, at(2026, 3, 20, 10, 0)));      // a Friday
    assert_true(outbox_quiet(&q, &c, at(2026, 3, 21, 10, 0)));       // a Saturday
    assert_true(outbox_quiet(&q, &c, at(2026, 3, 22, 19, 59)));      // a Sunday
    assert_false(outbox_quiet(&nights, &c, at(2026, 3, 21, 10, 0))); // not asked for
    assert_true(outbox_quiet(&q, &c, at(2025, 10, 1, 10, 0)));       // 国庆节, a Wednesday
    assert_false(outbox_quiet(&q, &c, at(2025, 9, 28, 10, 0)));      // a Sunday that is worked
    arena_free(&a);
}

static void without_a_calendar_weekends_are_off(void **state)
{
    (void)state;
    const QuietHours q = {0, 0, true};
    assert_false(outbox_quiet(&q, NULL, at(2026, 3, 20, 23, 59)));
    assert_true(outbox_quiet(&q, NULL, at(2026, 3, 21, 0, 0)));
    assert_true(outbox_quiet(&q, NULL, at(2026, 3, 22, 23, 59)));
    assert_false(outbox_quiet(&q, NULL, at(2026, 3, 23, 0, 0)));
    Arena a = arena_new(64 << 20);
    Calendar c = calendar(&a);
    assert_true(outbox_quiet(&q, &c, at(2055, 8, 1, 12, 0))); // a Sunday beyond the calendar
    assert_false(outbox_quiet(&q, &c, at(2055, 8, 2, 12, 0)));
    assert_true(outbox_quiet(&q, NULL, at(1960, 1, 2, 12, 0))); // a Saturday before 1970
    arena_free(&a);
}

static void kinds_are_found_by_their_names(void **state)
{
    (void)state;
    for (int k = 0; k < MAIL__COUNT; k++) {
        MailKind found;
        assert_true(mail_kind_named(mail_kind_defs[k].id, &found) && found == (MailKind)k);
    }
    MailKind none;
    assert_false(mail_kind_named(S("letter"), &none));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_the_recipient_and_the_message_are_refused_for_good),
        cmocka_unit_test(pauses_grow_and_then_stay),
        cmocka_unit_test(a_mail_is_given_up_when_it_is_not_worth_reading),
        cmocka_unit_test(every_kind_outlasts_greylisting),
        cmocka_unit_test(the_night_is_quiet),
        cmocka_unit_test(quiet_hours_may_lie_within_a_day_or_be_none),
        cmocka_unit_test(days_off_are_quiet_by_the_calendar),
        cmocka_unit_test(without_a_calendar_weekends_are_off),
        cmocka_unit_test(kinds_are_found_by_their_names),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
