#include "doc_builder.h"

#include "report/sum.h"

static Arena arena;
static Sum sum;

static int start(void **state)
{
    (void)state;
    arena = arena_new(64 << 20);
    sum = (Sum){0};
    return 0;
}

static int end(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static Document *report(Edition e, const char *organ, int year)
{
    Document *d = doc_new(&arena, e, year);
    d->organ = str_z(organ);
    return d;
}

static Document *with(Edition e, const char *organ, const char *id, int64_t n)
{
    Document *d = report(e, organ, e == EDITION_FMT2021 ? 2023 : 2019);
    doc_set(d, id, n);
    return d;
}

static void add(const Document *d)
{
    sum_add(&sum, S("报告"), d, &arena);
}

static CellIx cell(const char *id)
{
    return cell_by_id(str_z(id));
}

static void cells_are_added_one_by_one(void **state)
{
    (void)state;
    add(with(EDITION_FMT2021, "示例县水务局", "t3.new.natural", 3));
    add(with(EDITION_FMT2021, "示例县财政局", "t3.new.natural", 4));
    assert_int_equal(sum.cells[cell("t3.new.natural")].n, 7);
    assert_int_equal(sum.cells[cell("t3.new.natural")].added, 2);
    assert_true(sum_complete(&sum, cell("t3.new.natural")));
    assert_int_equal(sum.entries.n, 2);
    assert_int_equal(sum.year_from, 2023);
}

static void a_blank_adds_nothing_and_is_listed(void **state)
{
    (void)state;
    Document *d = report(EDITION_FMT2021, "示例县水务局", 2023);
    doc_blank(d, "t3.new.natural");
    add(d);
    add(with(EDITION_FMT2021, "示例县财政局", "t3.new.natural", 4));
    assert_int_equal(sum.cells[cell("t3.new.natural")].n, 4);
    assert_int_equal(sum.cells[cell("t3.new.natural")].missing, 1);
    assert_false(sum_complete(&sum, cell("t3.new.natural")));
    assert_int_equal(sum.entries.v[0].gaps.n, 1);
    assert_int_equal(sum.entries.v[0].gaps.v[0].state, CELL_BLANK);
}

static void a_table_not_read_is_told_once_and_not_cell_by_cell(void **state)
{
    (void)state;
    Document *d = report(EDITION_FMT2021, "示例县水务局", 2023);
    doc_drop_table(d, TABLE_T4);
    add(d);
    assert_false(sum.entries.v[0].table_read[TABLE_T4]);
    assert_true(sum.entries.v[0].table_read[TABLE_T3]);
    assert_int_equal(sum.entries.v[0].gaps.n, 0);
    assert_int_equal(sum.cells[cell("t4.review.total")].missing, 1);
}

static void a_report_without_figures_and_a_guide_are_listed_and_not_added(void **state)
{
    (void)state;
    Document *d = report(EDITION_FMT2021, "示例县水务局", 2023);
    doc_drop_table(d, TABLE_T2);
    doc_drop_table(d, TABLE_T3);
    doc_drop_table(d, TABLE_T4);
    add(d);
    Document *guide = report(EDITION_FMT2021, "示例县财政局", 2023);
    guide->kind = DOC_GUIDE;
    add(guide);
    assert_int_equal(sum.entries.v[0].standing, SUM_NO_CELLS);
    assert_int_equal(sum.entries.v[1].standing, SUM_NO_REPORT);
    assert_int_equal(sum.n_standing[SUM_ADDED], 0);
    assert_int_equal(sum.cells[cell("t3.new.natural")].missing, 0);
}

static void the_same_organ_and_year_is_not_added_twice(void **state)
{
    (void)state;
    add(with(EDITION_FMT2021, "示例县水务局", "t3.new.natural", 3));
    add(with(EDITION_FMT2021, "示例县 水务局", "t3.new.natural", 3));
    assert_int_equal(sum.cells[cell("t3.new.natural")].n, 3);
    assert_int_equal(sum.entries.v[1].standing, SUM_REPEATED);
    assert_int_equal(sum.entries.v[1].first, 0);
}

static void a_thousand_organs_are_told_apart(void **state)
{
    (void)state;
    Document *d = with(EDITION_FMT2021, "", "t3.new.natural", 1);
    for (int i = 0; i < 1000; i++) {
        d->organ = str_fmt(&arena, "示例县第%d局", i);
        add(d);
        add(d);
    }
    assert_int_equal(sum.cells[cell("t3.new.natural")].n, 1000);
    assert_int_equal(sum.n_standing[SUM_REPEATED], 1000);
}

static void other_outcomes_of_both_forms_meet_in_one_row(void **state)
{
    (void)state;
    add(with(EDITION_FMT2019, "示例县水务局", "t3.r6.natural", 5));
    Document *d = with(EDITION_FMT2021, "示例县财政局", "t3.r6_1.natural", 1);
    doc_set(d, "t3.r6_3.natural", 2);
    add(d);
    assert_int_equal(sum.cells[cell("t3.r6.natural")].n, 8);
    assert_true(sum_complete(&sum, cell("t3.r6.natural")));
    assert_false(sum_complete(&sum, cell("t3.r6_1.natural")));
    // where there is nothing to divide, the parts are known
    assert_true(sum_complete(&sum, cell("t3.r6_1.legal")));
    assert_int_equal(sum_edition(&sum), EDITION_FMT2019);
}

static void amounts_are_exact(void **state)
{
    (void)state;
    for (int i = 0; i < 10; i++) {
        Document *d = with(EDITION_FMT2021, "", "t2.charge.amount_wan", 100000); // 0.1 万元
        d->organ = str_fmt(&arena, "示例县第%d局", i);
        add(d);
    }
    assert_int_equal(sum.cells[cell("t2.charge.amount_wan")].n, AMOUNT_ONE);
}

static void an_overflow_is_said_and_never_wraps(void **state)
{
    (void)state;
    add(with(EDITION_FMT2021, "示例县水务局", "t3.new.natural", INT64_MAX));
    add(with(EDITION_FMT2021, "示例县财政局", "t3.new.natural", 1));
    assert_true(sum.cells[cell("t3.new.natural")].overflow);
    assert_false(sum_complete(&sum, cell("t3.new.natural")));
}

static void the_sum_is_checked_like_a_report(void **state)
{
    (void)state;
    Document *d = report(EDITION_FMT2021, "示例县水务局", 2023);
    doc_t3(d, "new", 1, 0, 0, 0, 0, 0, 2);
    add(d);
    add(report(EDITION_FMT2021, "示例县财政局", 2023));
    Document out;
    sum_check(&sum, &doc_check_zh, &arena, &out);
    assert_result(&out, "t3.row_sum", "t3.new.total", RESULT_FAIL);
    assert_int_equal(out.year, 2023);
}

static const SumLine *line_of(const SumComparison *cmp, const char *id)
{
    for (size_t i = 0; i < cmp->n; i++)
        if (cmp->v[i].cell == cell(id))
            return &cmp->v[i];
    return NULL;
}

static const SumLine *compared(const Document *published, const char *id)
{
    SumComparison *cmp = NEW(&arena, SumComparison, 1);
    sum_compare(&sum, published, &arena, cmp);
    const SumLine *l = line_of(cmp, id);
    assert_non_null(l);
    return l;
}

static void a_published_total_is_compared_cell_by_cell(void **state)
{
    (void)state;
    add(with(EDITION_FMT2021, "示例县水务局", "t3.new.natural", 3));
    add(with(EDITION_FMT2021, "示例县财政局", "t3.new.natural", 4));
    Document *published = with(EDITION_FMT2021, "示例县", "t3.new.natural", 9);
    const SumLine *l = compared(published, "t3.new.natural");
    assert_int_equal(l->match, SUM_DIFFERS);
    assert_int_equal(l->by, 2);
    assert_int_equal(compared(published, "t3.new.business")->match, SUM_EQUAL);
}

static void what_is_missing_may_be_the_difference(void **state)
{
    (void)state;
    Document *d = report(EDITION_FMT2021, "示例县水务局", 2023);
    doc_blank(d, "t3.new.natural");
    add(d);
    add(with(EDITION_FMT2021, "示例县财政局", "t3.new.natural", 4));
    const SumLine *more =
        compared(with(EDITION_FMT2021, "示例县", "t3.new.natural", 9), "t3.new.natural");
    assert_int_equal(more->match, SUM_NOT_COMPARABLE);
    assert_non_null(more->why_zh);
    // but nothing that is missing makes a sum smaller
    assert_int_equal(
        compared(with(EDITION_FMT2021, "示例县", "t3.new.natural", 3), "t3.new.natural")->match,
        SUM_DIFFERS);
}

static void a_blank_in_the_published_total_is_not_compared(void **state)
{
    (void)state;
    add(with(EDITION_FMT2021, "示例县水务局", "t3.new.natural", 3));
    Document *published = report(EDITION_FMT2021, "示例县", 2023);
    doc_blank(published, "t3.new.natural");
    assert_int_equal(compared(published, "t3.new.natural")->match, SUM_NOT_COMPARABLE);
}

static void a_total_in_the_older_form_is_compared_with_three_rows_added(void **state)
{
    (void)state;
    Document *d = with(EDITION_FMT2021, "示例县水务局", "t3.r6_1.natural", 1);
    doc_set(d, "t3.r6_2.natural", 2);
    add(d);
    const SumLine *l =
        compared(with(EDITION_FMT2019, "示例县", "t3.r6.natural", 3), "t3.r6.natural");
    assert_int_equal(l->match, SUM_EQUAL);
}

#define T(f) cmocka_unit_test_setup_teardown(f, start, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(cells_are_added_one_by_one),
        T(a_blank_adds_nothing_and_is_listed),
        T(a_table_not_read_is_told_once_and_not_cell_by_cell),
        T(a_report_without_figures_and_a_guide_are_listed_and_not_added),
        T(the_same_organ_and_year_is_not_added_twice),
        T(a_thousand_organs_are_told_apart),
        T(other_outcomes_of_both_forms_meet_in_one_row),
        T(amounts_are_exact),
        T(an_overflow_is_said_and_never_wraps),
        T(the_sum_is_checked_like_a_report),
        T(a_published_total_is_compared_cell_by_cell),
        T(what_is_missing_may_be_the_difference),
        T(a_blank_in_the_published_total_is_not_compared),
        T(a_total_in_the_older_form_is_compared_with_three_rows_added),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
