#include "test.h"

#include "web/chart.h"

static Arena arena;
static const Str labels[] = {SI("2021"), SI("2022"), SI("2023")};

static int start(void **state)
{
    (void)state;
    arena = arena_new(16 << 20);
    return 0;
}

static int end(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static Str draw(ChartMark mark, const ChartPoint *at)
{
    const ChartSeries series[] = {{S("新收"), mark, at}};
    const Chart chart = {.id = S("x"),
                         .title = S("甲<乙"),
                         .desc = S("描述"),
                         .labels = labels,
                         .n = 3,
                         .series = series,
                         .n_series = 1};
    return chart_svg(&arena, &chart).s;
}

static size_t count(Str s, const char *what)
{
    size_t n = 0;
    for (ptrdiff_t at; (at = str_find(s, str_z(what))) != STR_NONE; n++)
        s = str_from(s, (size_t)at + 1);
    return n;
}

static void what_is_not_known_is_not_drawn(void **state)
{
    (void)state;
    const ChartPoint some[] = {{true, 3}, {false, 0}, {true, 0}};
    assert_int_equal(count(draw(CHART_BAR, some), "<rect"), 2);
    Str line = draw(CHART_LINE, some);
    assert_int_equal(count(line, "<circle"), 2);
    assert_int_equal(count(line, "L"), 0); // broken at the gap: two moves, no line
}

static void a_chart_has_a_name_and_a_description_and_escapes_them(void **state)
{
    (void)state;
    const ChartPoint at[] = {{true, 1}, {true, 2}, {true, 3}};
    Str svg = draw(CHART_BAR, at);
    assert_true(str_has(svg, S("role=\"img\" aria-labelledby=\"x-t x-d\"")));
    assert_true(str_has(svg, S("<title id=\"x-t\">甲&lt;乙</title><desc id=\"x-d\">描述</desc>")));
}

static void nothing_in_it_needs_a_style_or_a_script(void **state)
{
    (void)state;
    const ChartPoint at[] = {{true, 1}, {true, 2}, {true, 3}};
    Str svg = draw(CHART_STACK, at);
    assert_false(str_has(svg, S("style")));
    assert_false(str_has(svg, S("<script")));
}

static void the_axis_ends_on_a_round_number_at_or_above_the_highest(void **state)
{
    (void)state;
    const ChartPoint at[] = {{true, 277}, {true, 1}, {true, 2}};
    assert_true(str_has(draw(CHART_BAR, at), S(">300</text>")));
    const ChartPoint small[] = {{true, 3}, {true, 1}, {true, 2}};
    assert_true(str_has(draw(CHART_BAR, small), S(">3</text>")));
}

static void years_that_are_all_zero_or_unknown_still_draw(void **state)
{
    (void)state;
    const ChartPoint none[] = {{false, 0}, {true, 0}, {false, 0}};
    assert_true(str_ends(draw(CHART_STACK, none), S("</svg>")));
}

static void no_coordinate_leaves_the_picture(void **state)
{
    (void)state;
    const ChartPoint big[] = {{true, INT64_MAX / 4}, {true, 1}, {true, 0}};
    Str svg = draw(CHART_BAR, big);
    assert_int_equal(count(svg, "\"-"), 0);
    assert_int_equal(count(svg, "nan"), 0);
}

#define T(f) cmocka_unit_test_setup_teardown(f, start, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(what_is_not_known_is_not_drawn),
        T(a_chart_has_a_name_and_a_description_and_escapes_them),
        T(nothing_in_it_needs_a_style_or_a_script),
        T(the_axis_ends_on_a_round_number_at_or_above_the_highest),
        T(years_that_are_all_zero_or_unknown_still_draw),
        T(no_coordinate_leaves_the_picture),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
