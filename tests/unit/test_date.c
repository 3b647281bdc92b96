#include "base/date.h"
#include "test.h"

static Date day(int y, int m, int d)
{
    Date out;
    assert_true(date_make(y, m, d, &out));
    return out;
}

static void days_count_from_1970(void **state)
{
    (void)state;
    assert_int_equal(day(1970, 1, 1).days, 0);
    assert_int_equal(day(2000, 3, 1).days, 11017);
    assert_int_equal(day(1969, 12, 31).days, -1);
}

static void every_day_of_four_centuries_has_parts_that_make_it_again(void **state)
{
    (void)state;
    for (int32_t n = day(1800, 1, 1).days; n <= day(2200, 12, 31).days; n++) {
        int y, m, d;
        date_parts((Date){n}, &y, &m, &d);
        assert_int_equal(day(y, m, d).days, n);
    }
}

static void days_that_are_not_in_the_calendar_are_refused(void **state)
{
    (void)state;
    Date out = date_none;
    assert_false(date_make(2023, 2, 29, &out));
    assert_false(date_make(1900, 2, 29, &out));
    assert_true(date_make(2024, 2, 29, &out));
    out = date_none;
    assert_false(date_make(2024, 13, 1, &out));
    assert_false(date_make(2024, 4, 31, &out));
    assert_false(date_make(0, 1, 1, &out));
    assert_false(date_is(out));
}

static void dates_are_read_in_the_four_ways_they_are_written(void **state)
{
    (void)state;
    static const Str ways[] = {SI("2026-03-19"), SI("2026/3/19"), SI("2026.3.19"),
                               SI("2026年3月19日"), SI("2026年03月19日")};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        Date out = date_none;
        assert_true(date_parse(ways[i], &out));
        assert_int_equal(out.days, day(2026, 3, 19).days);
    }
}

static void what_is_not_the_whole_of_a_date_is_refused(void **state)
{
    (void)state;
    static const Str ways[] = {SI(""),           SI("2026"),         SI("2026-03-19x"),
                               SI("2026-03/19"), SI("26-03-19"),     SI("2026年3月19"),
                               SI("2026-2-30"),  SI("2026-003-019"), SI(" 2026-03-19")};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        Date out = date_none;
        assert_false(date_parse(ways[i], &out));
        assert_false(date_is(out));
    }
}

static void a_date_is_written_for_machines_and_for_people(void **state)
{
    (void)state;
    Arena a = arena_new(1 << 16);
    assert_str(date_iso(&a, day(2026, 3, 9)), S("2026-03-09"));
    assert_str(date_zh(&a, day(2026, 3, 9)), S("2026年3月9日"));
    assert_int_equal(date_year(day(2026, 12, 31)), 2026);
    arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_count_from_1970),
        cmocka_unit_test(every_day_of_four_centuries_has_parts_that_make_it_again),
        cmocka_unit_test(days_that_are_not_in_the_calendar_are_refused),
        cmocka_unit_test(dates_are_read_in_the_four_ways_they_are_written),
        cmocka_unit_test(what_is_not_the_whole_of_a_date_is_refused),
        cmocka_unit_test(a_date_is_written_for_machines_and_for_people),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
