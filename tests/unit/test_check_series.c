#include "doc_builder.h"

static Arena arena;
static Document *was, *is;

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

static void check(void)
{
    is->findings = (Findings){0};
    report_check_series(is, was, &doc_check_zh, &arena);
}

// What must agree between two years: a cell of the earlier report and the cell of the later one
// that shows it.
typedef struct Row {
    const char *check, *earlier, *later;
    Edition from, to;
    Result off; // where they do not agree
} Row;

// clang-format off
static const Row rows[] = {
    {"series.carry_over", "t3.carried_out.natural",    "t3.carried_in.natural",    EDITION_FMT2021, EDITION_FMT2021, RESULT_FAIL},
    {"series.carry_over", "t3.carried_out.business",   "t3.carried_in.business",   EDITION_FMT2019, EDITION_FMT2021, RESULT_FAIL},
    {"series.carry_over", "t3.carried_out.research",   "t3.carried_in.research",   EDITION_FMT2019, EDITION_FMT2019, RESULT_FAIL},
    {"series.carry_over", "t3.carried_out.welfare",    "t3.carried_in.welfare",    EDITION_FMT2021, EDITION_FMT2021, RESULT_FAIL},
    {"series.carry_over", "t3.carried_out.legal",      "t3.carried_in.legal",      EDITION_FMT2021, EDITION_FMT2021, RESULT_FAIL},
    {"series.carry_over", "t3.carried_out.other",      "t3.carried_in.other",      EDITION_FMT2021, EDITION_FMT2021, RESULT_FAIL},
    {"series.carry_over", "t3.carried_out.total",      "t3.carried_in.total",      EDITION_FMT2021, EDITION_FMT2021, RESULT_FAIL},
    {"series.in_force",   "t2.regulation.in_force",    "t2.regulation.in_force",   EDITION_FMT2021, EDITION_FMT2021, RESULT_FAIL},
    {"series.in_force",   "t2.normative.in_force",     "t2.normative.in_force",    EDITION_FMT2021, EDITION_FMT2021, RESULT_FAIL},
    {"series.in_force",   "t2.normative.all_public",   "t2.normative.in_force",    EDITION_FMT2019, EDITION_FMT2021, RESULT_DOUBTFUL},
    {"series.in_force",   "t2.regulation.all_public",  "t2.regulation.in_force",   EDITION_FMT2019, EDITION_FMT2021, RESULT_DOUBTFUL},
    {"series.all_public", "t2.normative.all_public",   "t2.normative.all_public",  EDITION_FMT2019, EDITION_FMT2019, RESULT_DOUBTFUL},
    {"series.all_public", "t2.regulation.all_public",  "t2.regulation.all_public", EDITION_FMT2019, EDITION_FMT2019, RESULT_DOUBTFUL},
    {"series.last_year",  "t2.licence.last_year",      "t2.licence.last_year",     EDITION_FMT2019, EDITION_FMT2019, RESULT_DOUBTFUL},
    {"series.last_year",  "t2.service.change",         "t2.service.last_year",     EDITION_FMT2019, EDITION_FMT2019, RESULT_DOUBTFUL},
    {"series.last_year",  "t2.penalty.last_year",      "t2.penalty.last_year",     EDITION_FMT2019, EDITION_FMT2019, RESULT_DOUBTFUL},
    {"series.last_year",  "t2.coercion.change",        "t2.coercion.last_year",    EDITION_FMT2019, EDITION_FMT2019, RESULT_DOUBTFUL},
    {"series.last_year",  "t2.charge.last_year",       "t2.charge.last_year",      EDITION_FMT2019, EDITION_FMT2019, RESULT_DOUBTFUL},
};
// clang-format on

static void pair(const Row *row)
{
    was = doc_new(&arena, row->from, row->from == EDITION_FMT2019 ? 2019 : 2022);
    is = doc_new(&arena, row->to, was->year + 1);
    doc_set(was, row->earlier, 5);
}

static void what_follows_from_last_year_passes(void **state)
{
    pair(*state);
    const Row *row = *state;
    doc_set(is, row->later, 5);
    check();
    assert_result(is, row->check, row->later, RESULT_PASS);
}

static void what_does_not_follow_is_found(void **state)
{
    pair(*state);
    const Row *row = *state;
    doc_set(is, row->later, 4);
    check();
    assert_result(is, row->check, row->later, row->off);
}

static void a_guess_makes_it_doubtful(void **state)
{
    pair(*state);
    const Row *row = *state;
    doc_set(is, row->later, 4);
    doc_repair(is, row->later, REPAIR_ORDER);
    check();
    assert_result(is, row->check, row->later, RESULT_DOUBTFUL);
}

static void a_blank_on_either_side_passes_nothing(void **state)
{
    const Row *row = *state;
    for (int side = 0; side < 2; side++) {
        pair(row);
        doc_set(is, row->later, 5);
        doc_blank(side ? is : was, side ? row->later : row->earlier);
        check();
        const Finding *f = doc_finding(is, row->check, row->later);
        if (f)
            assert_int_equal(f->result, RESULT_NOT_ASSESSABLE);
        else
            assert_int_not_equal(row->off, RESULT_FAIL);
    }
}

static void documents_made_and_repealed_count_on_the_way(void **state)
{
    (void)state;
    doc_set(was, "t2.normative.in_force", 5);
    doc_set(is, "t2.normative.made", 1);
    doc_set(is, "t2.normative.in_force", 5);
    check();
    const Finding *f = doc_finding(is, "series.in_force", "t2.normative.in_force");
    assert_non_null(f);
    assert_int_equal(f->result, RESULT_FAIL);
    assert_str(f->evidence, S("5＋1－0＝6 ≠ 5"));
    assert_str(f->title, S("行政规范性文件：现行有效件数与上年接不上"));
    doc_set(is, "t2.normative.repealed", 1);
    check();
    assert_result(is, "series.in_force", "t2.normative.in_force", RESULT_PASS);
}

static void a_carry_over_that_also_upsets_the_balance_is_probably_the_mistake(void **state)
{
    (void)state;
    doc_set(was, "t3.carried_out.natural", 2);
    doc_t3(is, "r1", 2, 0, 0, 0, 0, 0, 2);
    doc_t3(is, "r7", 2, 0, 0, 0, 0, 0, 2);
    doc_t3(is, "carried_in", 1, 0, 0, 0, 0, 0, 1);
    check();
    const Finding *f = doc_finding(is, "series.carry_over", "t3.carried_in.natural");
    assert_non_null(f);
    assert_true(str_has(f->message, S("很可能是本年的上年结转写错")));
    assert_str(f->evidence, S("上年度“结转下年度”2 ≠ 本年“上年结转”1"));
}

static void a_carry_over_of_a_year_out_of_balance_is_probably_that_years_mistake(void **state)
{
    (void)state;
    doc_set(was, "t3.carried_out.natural", 2); // of nothing received
    check();
    const Finding *f = doc_finding(is, "series.carry_over", "t3.carried_in.natural");
    assert_non_null(f);
    assert_true(str_has(f->message, S("很可能是上年度报告写错")));
}

static void two_years_each_in_balance_blame_neither(void **state)
{
    (void)state;
    doc_set(was, "t3.new.natural", 2);
    doc_set(was, "t3.carried_out.natural", 2);
    check();
    const Finding *f = doc_finding(is, "series.carry_over", "t3.carried_in.natural");
    assert_non_null(f);
    assert_true(str_has(f->message, S("核对两年的结转数")));
}

static void reports_of_different_organs_differ_doubtfully(void **state)
{
    (void)state;
    was->organ = S("示例县");
    is->organ = S("示例县人民政府办公室");
    doc_set(was, "t3.carried_out.natural", 2);
    check();
    assert_result(is, "series.carry_over", "t3.carried_in.natural", RESULT_DOUBTFUL);
}

static void a_pending_case_that_vanishes_is_doubtful(void **state)
{
    (void)state;
    check();
    assert_no_finding(is, "series.pending");
    doc_set(was, "t4.review.pending", 1);
    check();
    assert_result(is, "series.pending", "t4.review.total", RESULT_DOUBTFUL);
    doc_set(is, "t4.review.total", 1);
    check();
    assert_no_finding(is, "series.pending");
}

static const char text_2022[] = "2022年收到申请12件，办结11件，均在二十个工作日内答复申请人，没有逾"
                                "期答复的情形，也没有因答复不当被纠正。"
                                "一是栏目更新还不够及时，二是解读材料形式单一。下一步将按月检查栏目"
                                "，逐条补齐缺项，并增加图解和短视频，"
                                "同时组织两次业务培训，提高经办人员对条例的理解，确保答复内容准确、"
                                "格式规范，群众看得懂、用得上。";
static const char text_2023[] = "2023年收到申请9件，办结9件，均在二十个工作日内答复申请人，没有逾期"
                                "答复的情形，也没有因答复不当被纠正。"
                                "一是栏目更新还不够及时，二是解读材料形式单一。下一步将按月检查栏目"
                                "，逐条补齐缺项，并增加图解和短视频，"
                                "同时组织两次业务培训，提高经办人员对条例的理解，确保答复内容准确、"
                                "格式规范，群众看得懂、用得上。";
static const char new_text[] = "全年围绕群众用水安全，先后更新供水管网检修安排二十四期，公开水质检"
                               "测结果五十二次，并在服务窗口设置查阅台，"
                               "安排专人解答停水、报装、缴费等问题。存在的不足主要是乡镇水厂信息报"
                               "送不齐，部分水源地保护情况没有及时公布。"
                               "明年拟把水厂纳入统一目录，由专人催报，每季度对照目录查一次缺漏，查"
                               "出的缺漏当月补上，并把结果告知乡镇。";

static void a_text_copied_with_new_figures_is_found(void **state)
{
    (void)state;
    doc_para(was, &arena, 1, text_2022);
    doc_para(is, &arena, 1, text_2023);
    check();
    assert_result(is, "series.copied", NULL, RESULT_DOUBTFUL);
}

static void a_text_of_its_own_passes(void **state)
{
    (void)state;
    doc_para(was, &arena, 1, text_2022);
    doc_para(is, &arena, 1, new_text);
    check();
    assert_result(is, "series.copied", NULL, RESULT_PASS);
}

static void one_chapter_copied_is_found_among_others(void **state)
{
    (void)state;
    doc_para(was, &arena, 5, text_2022);
    doc_para(is, &arena, 5, text_2023);
    doc_para(is, &arena, 1, new_text);
    check();
    bool found = false;
    for (size_t i = 0; i < is->findings.n; i++)
        found |= is->findings.v[i].result == RESULT_DOUBTFUL &&
                 str_has(is->findings.v[i].message, S("存在的主要问题及改进情况"));
    assert_true(found);
}

static void a_year_before_the_forms_has_no_carry_over(void **state)
{
    (void)state;
    was = doc_new(&arena, EDITION_STAT2014, 2018);
    is = doc_new(&arena, EDITION_FMT2019, 2019);
    check();
    assert_result(is, "series.carry_over", NULL, RESULT_NOT_ASSESSABLE);
}

// --- many reports

static Document *list_of(size_t n, int first_year)
{
    Document *v = NEW(&arena, Document, n + 1);
    for (size_t i = 0; i < n; i++)
        v[i] = *doc_new(&arena, EDITION_FMT2021, first_year + (int)i);
    return v;
}

static void check_all(Document *v, size_t n)
{
    Document *docs[16];
    for (size_t i = 0; i < n; i++)
        docs[i] = &v[i];
    report_check_all(docs, n, &doc_check_zh, &arena);
}

static void reports_are_paired_by_organ_and_year(void **state)
{
    (void)state;
    Document *v = list_of(3, 2021);
    Document *docs[] = {&v[2], &v[0], &v[1]};
    v[1].organ = S("示例县 水务局");
    doc_set(&v[0], "t3.carried_out.total", 1);
    report_check_all(docs, 3, &doc_check_zh, &arena);
    assert_result(&v[1], "series.carry_over", "t3.carried_in.total", RESULT_FAIL);
    assert_result(&v[2], "series.carry_over", "t3.carried_in.total", RESULT_PASS);
    assert_no_finding(&v[0], "series.carry_over");
}

static void a_report_alone_says_what_could_not_be_compared(void **state)
{
    (void)state;
    report_check_alone(is, &doc_check_zh, &arena);
    const Finding *f = doc_finding(is, "series.carry_over", "t3.carried_in.total");
    assert_non_null(f);
    assert_int_equal(f->result, RESULT_NOT_ASSESSABLE);
    assert_true(str_has(f->message, S("2022年度报告")));
    is = doc_new(&arena, EDITION_FMT2019, 2019); // 2018 had no such figure
    report_check_alone(is, &doc_check_zh, &arena);
    assert_no_finding(is, "series.carry_over");
}

static void other_organs_are_not_paired(void **state)
{
    (void)state;
    Document *v = list_of(1, 2021), *w = list_of(1, 2022);
    w->organ = S("示例县财政局");
    Document *docs[] = {v, w};
    report_check_all(docs, 2, &doc_check_zh, &arena);
    assert_no_finding(w, "series.carry_over");
    assert_no_finding(w, "series.copied");
}

static void documents_of_one_file_without_a_name_are_of_one_organ(void **state)
{
    (void)state;
    Document *v = list_of(3, 2021);
    v[0].kind = DOC_GUIDE;
    v[1].organ = v[2].organ = S("");
    check_all(v, 3);
    assert_result(&v[2], "series.carry_over", "t3.carried_in.total", RESULT_PASS);
}

static void a_report_without_a_year_takes_the_one_between(void **state)
{
    (void)state;
    Document *v = list_of(3, 2021);
    v[1].year = 0;
    check_all(v, 3);
    assert_result(&v[1], "series.carry_over", "t3.carried_in.total", RESULT_PASS);
    assert_result(&v[2], "series.carry_over", "t3.carried_in.total", RESULT_PASS);
}

static void nameless_reports_of_two_files_are_not_paired(void **state)
{
    (void)state;
    Document *v = list_of(1, 2021), *gap = list_of(1, 2000), *w = list_of(1, 2022);
    (void)gap;
    v->organ = w->organ = S("");
    Document *docs[] = {v, w};
    report_check_all(docs, 2, &doc_check_zh, &arena);
    assert_no_finding(w, "series.copied");
}

enum { ROWS = sizeof rows / sizeof *rows, SENTENCES = 4 };
typedef void Sentence(void **state);
static Sentence *const sentences[SENTENCES] = {
    what_follows_from_last_year_passes, what_does_not_follow_is_found, a_guess_makes_it_doubtful,
    a_blank_on_either_side_passes_nothing};
static const char *const sentence_names[SENTENCES] = {
    "passes", "is found", "is doubtful by a guess", "passes nothing on a blank"};

int main(void)
{
    static char names[ROWS * SENTENCES][120];
    struct CMUnitTest tests[ROWS * SENTENCES + 20];
    size_t n = 0;
    for (size_t s = 0; s < SENTENCES; s++)
        for (size_t i = 0; i < ROWS; i++, n++) {
            snprintf(names[n], sizeof names[n], "%s of %s %s", rows[i].check, rows[i].later,
                     sentence_names[s]);
            tests[n] = (struct CMUnitTest){names[n], sentences[s], start, end, (void *)&rows[i]};
        }
#define T(f) tests[n++] = (struct CMUnitTest){#f, f, start, end, NULL}
    T(documents_made_and_repealed_count_on_the_way);
    T(a_carry_over_that_also_upsets_the_balance_is_probably_the_mistake);
    T(a_carry_over_of_a_year_out_of_balance_is_probably_that_years_mistake);
    T(two_years_each_in_balance_blame_neither);
    T(reports_of_different_organs_differ_doubtfully);
    T(a_pending_case_that_vanishes_is_doubtful);
    T(a_text_copied_with_new_figures_is_found);
    T(a_text_of_its_own_passes);
    T(one_chapter_copied_is_found_among_others);
    T(a_year_before_the_forms_has_no_carry_over);
    T(reports_are_paired_by_organ_and_year);
    T(a_report_alone_says_what_could_not_be_compared);
    T(other_organs_are_not_paired);
    T(documents_of_one_file_without_a_name_are_of_one_organ);
    T(a_report_without_a_year_takes_the_one_between);
    T(nameless_reports_of_two_files_are_not_paired);
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return _cmocka_run_group_tests("check_series", tests, n, NULL, NULL);
}
