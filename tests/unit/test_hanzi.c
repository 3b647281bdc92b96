#include "base/hanzi.h"
#include "test.h"

static Arena a;

static int make_arena(void **state)
{
    (void)state;
    a = arena_new((size_t)64 << 20);
    return 0;
}

static void traditional_characters_become_simplified(void **state)
{
    (void)state;
    assert_str(hanzi_simplify(&a, S("上年結轉申請數量")), S("上年结转申请数量"));
    assert_str(hanzi_simplify(&a, S("總計")), S("总计"));
}

static void simplified_text_is_handed_on_without_a_copy(void **state)
{
    (void)state;
    Str s = S("乾县政府网站著作权说明，瞭望，宫商角徵羽");
    assert_ptr_equal(hanzi_simplify(&a, s).s, s.s);
    assert_false(hanzi_traditional(s));
    assert_false(hanzi_taiwan(s));
}

static void taiwan_words_become_ours(void **state)
{
    (void)state;
    assert_str(hanzi_simplify(&a, S("制發規範性檔案3件")), S("制发规范性文件3件"));
    assert_str(hanzi_simplify(&a, S("政府資訊公開透過網際網路")), S("政府信息公开通过互联网"));
    assert_str(hanzi_simplify(&a, S("最佳化营商环境")), S("优化营商环境")); // converted twice
}

static void words_that_both_sides_use_stay(void **state)
{
    (void)state;
    assert_str(hanzi_simplify(&a, S("資訊公開：建立健全查詢制度，嚴格執行審核")),
               S("信息公开：建立健全查询制度，严格执行审核"));
}

static void archives_stay_archives(void **state)
{
    (void)state;
    assert_str(hanzi_simplify(&a, S("檔案館")), S("档案馆"));
    assert_str(hanzi_simplify(&a, S("資訊在國家檔案館、縣檔案局查閱，檔案3件")),
               S("信息在国家档案馆、县档案局查阅，文件3件"));
}

static void a_document_is_not_traditional_for_one_name(void **state)
{
    (void)state;
    Str doc = S("");
    for (int i = 0; i < 20; i++)
        doc = str_cat(&a, doc, S("本年度共收到政府信息公开申请十八件"));
    doc = str_cat(&a, doc, S("陳"));
    assert_int_equal(hanzi_kind(doc), HANZI_SIMPLIFIED);
    assert_true(hanzi_traditional(doc));
    assert_int_equal(hanzi_kind(S("本年度共收到政府信息公開申請")), HANZI_TRADITIONAL);
    assert_int_equal(hanzi_kind(S("政府資訊公開")), HANZI_TAIWAN);
    assert_int_equal(hanzi_kind(S("no Chinese at all é 😀")), HANZI_SIMPLIFIED);
}

static void a_line_is_converted_as_its_document_is(void **state)
{
    (void)state;
    assert_str(hanzi_simplify_as(&a, S("下載檔案"), HANZI_TAIWAN), S("下载文件"));
    assert_str(hanzi_simplify_as(&a, S("下載檔案"), HANZI_TRADITIONAL), S("下载档案"));
}

static void single_characters_are_looked_up(void **state)
{
    (void)state;
    assert_int_equal(hanzi_simple_rune(0x7e3d), 0x603b); // 總 总
    assert_int_equal(hanzi_simple_rune(0x5e74), 0x5e74); // 年
    assert_int_equal(hanzi_simple_rune('A'), 'A');
    assert_int_equal(hanzi_simple_rune(0x1f600), 0);
    assert_int_equal(hanzi_simple_table()[0x8f49], 0x8f6c); // 轉 转
}

static void pages_can_be_shown_in_traditional(void **state)
{
    (void)state;
    assert_str(hanzi_traditionalise(&a, S("上年结转")), S("上年結轉"));
    assert_str(hanzi_traditionalise(&a, S("")), S(""));
}

static void words_decide_where_characters_cannot(void **state)
{
    (void)state;
    assert_str(hanzi_simplify(&a, S("乾縣瞭望臺瞭解計畫")), S("乾县瞭望台了解计划"));
    assert_str(hanzi_simplify(&a, S("二噁英總量")), S("二𫫇英总量"));
}

// Property: prose turned into Traditional comes back.
static void traditional_and_back_is_the_same(void **state)
{
    (void)state;
    static const Str texts[] = {
        SI("本年度共收到政府信息公开申请十八件，其中自然人十七件，上年结转一件；予以公开九件。"),
        SI("公开行政规范性文件三件，废止一件，现行有效十二件；行政处罚决定四十一件，收费若干万元"
           "。"),
        SI("存在的主要问题：政策解读不够深入，公开内容有待进一步充实，队伍建设亟须加强。"),
        SI("对政府信息公开工作不服的，可以依法申请行政复议或者提起行政诉讼，结果维持、纠正各几件"
           "。")};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        Str hant = hanzi_traditionalise(&a, texts[i]);
        assert_true(hanzi_traditional(hant));
        assert_str(hanzi_simplify(&a, hant), texts[i]);
    }
}

// Property: converting what is converted changes nothing.
static void simplifying_twice_is_simplifying_once(void **state)
{
    (void)state;
    static const Str texts[] = {SI("規範性檔案"), SI("國家檔案館的資訊系統程式"), SI("臺灣網路"),
                                SI("以後於此"), SI("最佳化")};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        Str once = hanzi_simplify(&a, texts[i]);
        assert_str(hanzi_simplify(&a, once), once);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(traditional_characters_become_simplified),
        cmocka_unit_test(simplified_text_is_handed_on_without_a_copy),
        cmocka_unit_test(taiwan_words_become_ours),
        cmocka_unit_test(words_that_both_sides_use_stay),
        cmocka_unit_test(archives_stay_archives),
        cmocka_unit_test(a_document_is_not_traditional_for_one_name),
        cmocka_unit_test(a_line_is_converted_as_its_document_is),
        cmocka_unit_test(single_characters_are_looked_up),
        cmocka_unit_test(pages_can_be_shown_in_traditional),
        cmocka_unit_test(words_decide_where_characters_cannot),
        cmocka_unit_test(traditional_and_back_is_the_same),
        cmocka_unit_test(simplifying_twice_is_simplifying_once),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, make_arena, NULL);
}
