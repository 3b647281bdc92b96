// What a document says of itself, and where one ends and the next begins. Figures in every layout
// are the business of test_layouts.
#include "test.h"

#include "report/report.h"

static Arena arena;

static Reading read_or_fail(Str text)
{
    Reading r;
    Err err = {0};
    if (!report_read(S("a.txt"), text, &arena, &r, &err))
        fail_msg("%s", err.en);
    return r;
}

static const Document *only(Str text)
{
    Reading r = read_or_fail(text);
    assert_int_equal(r.docs.n, 1);
    return &r.docs.v[0];
}

typedef struct Facts {
    const char *name;
    Str text;
    DocKind kind;
    int year;
    Str organ;
} Facts;

#define BODY "\n一、总体情况\n本机关公开政府信息81条。\n二、主动公开政府信息情况\n信息内容\n"

// clang-format off
static const Facts facts[] = {
    {"organ before the year",          SI("示例市水务局2023年政府信息公开工作年度报告" BODY), DOC_REPORT, 2023, SI("示例市水务局")},
    {"year before the organ",          SI("2022年示例市教育局政府信息公开工作年度报告" BODY), DOC_REPORT, 2022, SI("示例市教育局")},
    {"a year in brackets behind",      SI("示例市民政局政府信息公开工作年度报告（2021年）" BODY), DOC_REPORT, 2021, SI("示例市民政局")},
    {"a title over two lines",         SI("示例市统计局\n2019年政府信息公开工作年度报告" BODY), DOC_REPORT, 2019, SI("示例市统计局")},
    {"who compiled it",                SI("本报告由示例区人民政府办公室根据条例编制。统计期限自2020年1月1日至2020年12月31日。" BODY), DOC_REPORT, 2020, SI("示例区人民政府办公室")},
    {"Traditional characters",         SI("示例市審計局2019年政府信息公開工作年度報告" BODY), DOC_REPORT, 2019, SI("示例市审计局")},
    {"the signature at the end",       SI("2024年，全年公开政府信息12条。" BODY "六、其他需要报告的事项\n无。\n示例市体育局\n2025年1月12日\n"), DOC_REPORT, 2024, SI("示例市体育局")},
    {"a trail of links is no title",   SI("首页 > 年报 > 示例市水务局2023年度报告\n示例市水务局2023年政府信息公开工作年度报告" BODY), DOC_REPORT, 2023, SI("示例市水务局")},
    {"a law's year is not the year",   SI("根据2019年修订的条例，2022年我局公开信息5条。\n2022年收到申请1件。" BODY), DOC_REPORT, 2022, SI("")},
    {"a note is no report",            SI("今天食堂供应面条。\n请按时就餐。\n"), DOC_OTHER, 0, SI("")},
    {"a notice about reports is none",  SI("关于做好2023年政府信息公开工作年度报告编制工作的通知\n各部门：\n请于2024年1月20日前报送政府信息公开工作年度报告。\n联系人一名。\n"), DOC_OTHER, 0, SI("")},
    {"a rule about publishing is none",  SI("示例市政府信息公开办法\n第一条 为了公开政府信息，制定本办法，自2022年1月1日起施行。\n第二条 申请人可以提出申请。\n"), DOC_OTHER, 0, SI("")},
    {"a part of a report is a report",   SI("2023年，本机关主动公开政府信息95条。\n未收到政府信息公开申请。\n"), DOC_REPORT, 2023, SI("")},
    {"a guide is a guide",             SI("为方便公民获取信息，编制本指南。\n本指南放在示例市网站。\n一、公开范围\n机构职能。\n二、申请表\n请到受理机构领取申请表。\n三、收费标准\n免费。\n四、监督和救济\n可以投诉。\n"), DOC_GUIDE, 0, SI("")},
};
// clang-format on

static void a_document_says(void **state)
{
    const Facts *f = *state;
    const Document *d = only(f->text);
    assert_int_equal(d->kind, f->kind);
    assert_int_equal(d->year, f->year);
    assert_str(d->organ, f->organ);
}

static void dates_and_period_are_read(void **state)
{
    (void)state;
    const Document *d = only(S("发布日期：2024-02-03\n示例市水务局2023年政府信息公开工作年度报告\n"
                               "统计期限从2023年1月1日起至12月31日止。" BODY));
    assert_str(date_iso(&arena, d->published), S("2024-02-03"));
    assert_str(date_iso(&arena, d->from), S("2023-01-01"));
    assert_str(date_iso(&arena, d->to), S("2023-12-31"));
}

static void chapters_are_known_by_their_words(void **state)
{
    (void)state;
    const Document *d = only(
        S("一、概述\n略\n二、存在的主要问题及改进情况\n略\n附:\n1、主动公开政府信息情况\n信息内容\n"
          "(二)主动公开情况\n略\n"));
    static const int number[] = {1, 5, 2}, printed[] = {1, 2, 1};
    assert_int_equal(d->chapters.n, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(d->chapters.v[i].number, number[i]);
        assert_int_equal(d->chapters.v[i].printed, printed[i]);
    }
}

static void rows_of_the_table_are_no_chapters(void **state)
{
    (void)state;
    const Document *d = only(
        S("三、收到和处理政府信息公开申请情况\n一、本年新收政府信息公开申请数量\n1\n0\n0\n0\n0\n0\n"
          "1\n"
          "四、结转下年度继续办理\n0\n0\n0\n0\n0\n0\n0\n四、政府信息公开行政复议、行政诉讼情况\n"));
    assert_int_equal(d->chapters.n, 2);
    assert_int_equal(d->cells[cell_t3(T3_NEW, T3_TOTAL)].n, 1);
    assert_int_equal(d->cells[cell_t3(T3_CARRIED_OUT, T3_TOTAL)].state, CELL_VALUE);
}

static void lost_places_are_read_only_when_proved(void **state)
{
    (void)state;
    const Document *d = only(
        S("三、收到和处理政府信息公开申请情况\n自然人 | 商业企业 | 总计 |\n"
          "一、本年新收政府信息公开申请数量 | 2 | 2 | |||||||\n"
          "二、上年结转政府信息公开申请数量 | 0 | 0 | |||||||\n（七）总计 | |||||||||\n完。\n"));
    assert_int_equal(d->cells[cell_t3(T3_NEW, T3_NATURAL)].n, 2);
    assert_true(d->cells[cell_t3(T3_NEW, T3_NATURAL)].repairs & REPAIR_POSITION);
    assert_int_equal(d->cells[cell_t3(T3_NEW, T3_BUSINESS)].state, CELL_BLANK);
    d = only(S("三、收到和处理政府信息公开申请情况\n自然人 | 商业企业 | 总计 |\n"
               "一、本年新收政府信息公开申请数量 | 0 | ||||||||\n二、上年结转政府信息公开申请数量 "
               "| 0 | ||||||||\n完。\n"));
    for (int c = 0; c < T3_COLS; c++)
        assert_int_equal(d->cells[cell_t3(T3_NEW, c)].state, CELL_UNREADABLE);
}

static void no_text_breaks_the_reader(void **state)
{
    (void)state;
    static const Str odd[] = {SI(""),
                              SI("\n\n"),
                              SI("|"),
                              SI("||||||"),
                              SI("规章"),
                              SI("一、"),
                              SI("\xef\xbb\xbf"),
                              SI("总计\n总计\n1\n"),
                              SI("\xff\xfe"),
                              SI("（"),
                              SI("本年新收政府信息公开申请数量1")};
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        Reading r;
        Err err = {0};
        if (report_read(S("a"), odd[i], &arena, &r, &err))
            assert_true(r.docs.n >= 1);
    }
}

int main(void)
{
    enum { FACTS = sizeof facts / sizeof *facts };
    const struct CMUnitTest more[] = {
        cmocka_unit_test(dates_and_period_are_read),
        cmocka_unit_test(chapters_are_known_by_their_words),
        cmocka_unit_test(rows_of_the_table_are_no_chapters),
        cmocka_unit_test(lost_places_are_read_only_when_proved),
        cmocka_unit_test(no_text_breaks_the_reader),
    };
    enum { MORE = sizeof more / sizeof *more };
    struct CMUnitTest tests[FACTS + MORE] = {0};
    for (size_t i = 0; i < FACTS; i++)
        tests[i] =
            (struct CMUnitTest){facts[i].name, a_document_says, NULL, NULL, (void *)&facts[i]};
    memcpy(tests + FACTS, more, sizeof more);
    arena = arena_new((size_t)1 << 30);
    cmocka_set_message_output(CM_OUTPUT_TAP);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(&arena);
    return failed;
}
