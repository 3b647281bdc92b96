#include "doc_builder.h"

#include "report/diff.h"
#include "report/likeness.h"

static Arena arena;
static Document *was, *is;
static Diff diff;

static int start(void **state)
{
    (void)state;
    arena = arena_new(64 << 20);
    was = doc_new(&arena, EDITION_FMT2021, 2022);
    is = doc_new(&arena, EDITION_FMT2021, 2023);
    return 0;
}

static int end(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static const CellChange *change(const char *id)
{
    report_diff(was, is, &arena, &diff);
    for (size_t i = 0; i < diff.n; i++)
        if (diff.v[i].cell == cell_by_id(str_z(id)))
            return &diff.v[i];
    return NULL;
}

static void want_percent(int64_t from, int64_t to, int tenths)
{
    doc_set(was, "t3.new.total", from);
    doc_set(is, "t3.new.total", to);
    const CellChange *c = change("t3.new.total");
    assert_true(c->has_percent);
    assert_int_equal(c->percent_tenths, tenths);
}

static void a_change_is_given_in_figures_and_percent(void **state)
{
    (void)state;
    doc_set(was, "t3.new.total", 12);
    doc_set(is, "t3.new.total", 16);
    const CellChange *c = change("t3.new.total");
    assert_int_equal(c->kind, CHANGE_CHANGED);
    assert_int_equal(c->by, 4);
    want_percent(12, 16, 333);
    want_percent(3, 5, 667);
    want_percent(3, 1, -667);
    want_percent(4, 4, 0);
    want_percent(16, 17, 63); // 6.25, half away from zero
    want_percent(16, 15, -63);
}

static void nothing_is_a_percentage_of_zero(void **state)
{
    (void)state;
    doc_set(is, "t3.new.total", 16);
    const CellChange *c = change("t3.new.total");
    assert_int_equal(c->kind, CHANGE_CHANGED);
    assert_false(c->has_percent);
}

static void a_figure_where_there_was_a_blank_appeared(void **state)
{
    (void)state;
    doc_blank(was, "t3.new.total");
    assert_int_equal(change("t3.new.total")->kind, CHANGE_APPEARED);
    doc_set(was, "t3.new.total", 0);
    doc_blank(is, "t3.new.total");
    assert_int_equal(change("t3.new.total")->kind, CHANGE_VANISHED);
}

static void what_cannot_be_read_is_not_compared(void **state)
{
    (void)state;
    doc_unreadable(is, "t3.new.total", "若干");
    assert_int_equal(change("t3.new.total")->kind, CHANGE_NOT_COMPARABLE);
}

static void a_cell_only_one_form_has_is_not_compared(void **state)
{
    (void)state;
    was = doc_new(&arena, EDITION_FMT2019, 2020);
    assert_int_equal(change("t2.procurement.items")->kind, CHANGE_NOT_COMPARABLE);
    assert_null(change("stat.requests"));
}

static void other_outcomes_are_compared_across_forms(void **state)
{
    (void)state;
    was = doc_new(&arena, EDITION_FMT2019, 2020);
    doc_set(was, "t3.r6.natural", 2);
    doc_set(is, "t3.r6_1.natural", 1);
    doc_set(is, "t3.r6_3.natural", 4);
    const CellChange *c = change("t3.r6.natural");
    assert_int_equal(c->kind, CHANGE_CHANGED);
    assert_int_equal(c->by, 3);
    assert_true(c->is.derived);
}

static void every_cell_of_both_forms_is_counted_once(void **state)
{
    (void)state;
    change("t3.new.total");
    size_t n = 0;
    for (int k = 0; k < CHANGE__COUNT; k++)
        n += diff.n_kind[k];
    assert_int_equal(n, diff.n);
    assert_int_equal(diff.n_kind[CHANGE_SAME], diff.n);
}

static void a_difference_too_large_is_left_out(void **state)
{
    (void)state;
    doc_set(was, "t3.new.total", -2);
    doc_set(is, "t3.new.total", INT64_MAX);
    const CellChange *c = change("t3.new.total");
    assert_int_equal(c->kind, CHANGE_CHANGED);
    assert_int_equal(c->by, 0);
    assert_false(c->has_percent);
}

static const char long_text[] =
    "本机关全年围绕群众用水安全，先后更新供水管网检修安排二十四期，公开水质检测结果五十二次，"
    "并在服务窗口设置查阅台，安排专人解答停水、报装、缴费等问题，做到问有所答、事有回音。";

static void copied_text_is_alike_whatever_its_figures(void **state)
{
    (void)state;
    Likeness l = text_likeness(
        S("2022年收到申请12件，办结11件，均在二十个工作日内答复申请人，没有逾期答复的情形，"
          "也没有因答复不当被纠正，申请人对办理结果总体满意，没有提出异议或者投诉。"),
        S("2023年收到申请9件，办结8件，均在二十个工作日内答复申请人，没有逾期答复的情形，"
          "也没有因答复不当被纠正，申请人对办理结果总体满意，没有提出异议或者投诉。"),
        &arena);
    assert_int_equal(l.per_mille, 1000);
}

static void other_text_is_not_alike(void **state)
{
    (void)state;
    Likeness l = text_likeness(
        S("一是栏目更新还不够及时，二是解读材料形式单一。下一步将按月检查栏目，逐条补齐缺项，并增加"
          "图解"
          "和短视频，同时组织两次业务培训，提高经办人员对条例的理解，确保答复内容准确、格式规范。"),
        str_z(long_text), &arena);
    assert_in_range(l.per_mille, 0, 100);
}

static void nothing_is_said_about_short_texts(void **state)
{
    (void)state;
    assert_int_equal(text_likeness(S("无。"), S("无。"), &arena).per_mille, -1);
}

static void the_longest_passage_taken_over_is_shown(void **state)
{
    (void)state;
    Str later = str_cat(&arena,
                        S("今年我们换了一种写法，从头说起，先讲问题，再讲办法，最后讲打算怎么做、谁"
                          "来做、何时完成。"),
                        str_z(long_text));
    Likeness l = text_likeness(str_z(long_text), later, &arena);
    assert_in_range(l.per_mille, 400, 900);
    assert_true(str_starts(l.longest, S("本机关全年围绕群众用水安全")));
}

static void chapters_are_compared_too(void **state)
{
    (void)state;
    doc_para(was, &arena, 5, long_text);
    doc_para(is, &arena, 5, long_text);
    doc_drop_chapter(is, 6);
    report_diff(was, is, &arena, &diff);
    assert_int_equal(diff.chapters[4].alike, 1000);
    assert_true(diff.chapters[5].was);
    assert_false(diff.chapters[5].is);
}

#define T(f) cmocka_unit_test_setup_teardown(f, start, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_change_is_given_in_figures_and_percent),
        T(nothing_is_a_percentage_of_zero),
        T(a_figure_where_there_was_a_blank_appeared),
        T(what_cannot_be_read_is_not_compared),
        T(a_cell_only_one_form_has_is_not_compared),
        T(other_outcomes_are_compared_across_forms),
        T(every_cell_of_both_forms_is_counted_once),
        T(a_difference_too_large_is_left_out),
        T(copied_text_is_alike_whatever_its_figures),
        T(other_text_is_not_alike),
        T(nothing_is_said_about_short_texts),
        T(the_longest_passage_taken_over_is_shown),
        T(chapters_are_compared_too),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
