#include "blocks_check.h"
#include "report/pdf.h"
#include "test.h"

static Arena arena;
static PdfWords words;

static int begin(void **state)
{
    (void)state;
    arena = arena_new((size_t)4 << 30);
    return 0;
}

static int end(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

#define TEST(name) static void name(void **state __attribute__((unused)))

// --- pages set by hand

static void page(void)
{
    words.pages++;
    words.width = 595;
}

static float width(Str s, float size)
{
    float w = 0;
    size_t len;
    for (size_t i = 0; i < s.n; i += len)
        w += str_rune(s, i, &len) >= 0x2e80 ? size : size / 2;
    return w;
}

static void word(float x, float y, const char *text, float size)
{
    Str s = str_z(text);
    *PUSH(&arena, &words) =
        (PdfWord){.text = s, .box = {x, y, x + width(s, size), y + size}, .page = words.pages};
}

// A word centred on x.
static void centred(float x, float y, const char *text, float size)
{
    word(x - width(str_z(text), size) / 2, y, text, size);
}

// Numbers centred under one another, from 0.
static void figures(float first, float step, float y, const int *v, int n)
{
    for (int i = 0; i < n; i++)
        if (v[i] >= 0)
            centred(first + step * (float)i, y, str_fmt(&arena, "%d", v[i]).s, 10);
}

static Str laid_out(void)
{
    Blocks b = {0};
    pdf_layout(&words, &arena, &b);
    words = (PdfWords){0};
    return blocks_text(&arena, &b);
}

TEST(lines_of_one_paragraph_are_joined_and_an_indent_begins_the_next)
{
    page();
    word(100, 100, "示例市坚持公开为常态、不公开为例外，全年收到", 20);
    word(60, 130, "申请", 20);
    word(101, 130, "12", 20);
    word(122, 130, "件，办结十一件，结转下年度继续办理一件。全", 20);
    word(60, 160, "部按时。", 20);
    word(100, 190, "下一段从这里开始，与上一段之间只有缩进之别。", 20);
    assert_str(laid_out(), S("示例市坚持公开为常态、不公开为例外，全年收到申请12件，办结十一件，结"
                             "转下年度继续办理一件。全部按时。\n"
                             "下一段从这里开始，与上一段之间只有缩进之别。\n"));
}

TEST(the_order_in_the_file_does_not_matter)
{
    page();
    word(200, 100, "乙", 20);
    word(100, 130, "丙", 20);
    word(180, 100, "甲", 20);
    assert_str(laid_out(), S("甲乙\n丙\n"));
}

TEST(page_numbers_and_running_heads_are_left_out)
{
    for (int i = 1; i <= 3; i++) {
        page();
        word(100, 30, "示例市年度报告", 9);
        word(100, 100, i == 1 ? "第一页的话" : i == 2 ? "第二页的话" : "第三页的话", 12);
        word(280, 800, "—", 9);
        word(290, 800, i == 1 ? "1" : i == 2 ? "2" : "3", 9);
        word(300, 800, "—", 9);
    }
    assert_str(laid_out(), S("第一页的话\n第二页的话\n第三页的话\n"));
}

TEST(table_two_gives_single_figures_the_width_of_three)
{
    page();
    word(100, 50, "二、主动公开政府信息情况", 14);
    centred(300, 80, "第二十条第（一）项", 10);
    word(100, 100, "信息内容", 10);
    centred(270, 100, "本年制发件数", 10);
    centred(370, 100, "本年废止件数", 10);
    centred(470, 100, "现行有效件数", 10);
    word(80, 120, "规章", 10);
    figures(270, 100, 120, (const int[]){0, 1, 2}, 3);
    word(80, 140, "行政规范性文件", 10);
    figures(270, 100, 140, (const int[]){13, -1, 5}, 3);
    centred(300, 160, "第二十条第（五）项", 10);
    word(100, 180, "信息内容", 10);
    centred(370, 180, "本年处理决定数量", 10);
    word(80, 200, "行政许可", 10);
    centred(370, 200, "550", 10);
    assert_str(laid_out(), S("二、主动公开政府信息情况\n"
                             "[第二十条第（一）项(1x4)]\n"
                             "[信息内容|本年制发件数|本年废止件数|现行有效件数]\n"
                             "[规章|0|1|2]\n"
                             "[行政规范性文件|13||5]\n"
                             "[第二十条第（五）项(1x4)]\n"
                             "[信息内容|本年处理决定数量(1x3)]\n"
                             "[行政许可|550(1x3)]\n"));
}

static void table_three_head(float y)
{
    word(80, y + 10, "（本列数据的勾稽关系为：第一项加第", 9);
    word(80, y + 20, "二项之和，等于第三项加第四项之和）", 9);
    centred(420, y, "申请人情况", 9);
    centred(420, y + 18, "法人或其他组织", 9);
    centred(330, y + 32, "自然人", 9);
    centred(360, y + 32, "商业", 9);
    centred(360, y + 42, "企业", 9);
    centred(390, y + 32, "科研", 9);
    centred(390, y + 42, "机构", 9);
    centred(420, y + 32, "社会公", 9);
    centred(420, y + 42, "益组织", 9);
    centred(450, y + 32, "法律服", 9);
    centred(450, y + 42, "务机构", 9);
    centred(480, y + 36, "其他", 9);
    centred(510, y + 32, "总计", 9);
}

TEST(table_three_runs_over_a_page_with_wrapped_and_grouped_labels)
{
    page();
    table_three_head(100);
    word(80, 170, "一、本年新收政府信息公开申请数量", 9);
    figures(330, 30, 170, (const int[]){1, 2, 3, 4, 5, 6, 21}, 7);
    word(105, 190, "（一）予以公开", 9);
    figures(330, 30, 190, (const int[]){1, 0, 0, 0, 0, 0, 1}, 7);
    word(105, 205, "（二）部分公开（区分处理的，只计这一", 9);
    word(105, 216, "情形，不计其他情形）", 9);
    figures(330, 30, 210, (const int[]){2, 0, 0, 0, 0, 0, 2}, 7);
    word(88, 230, "三", 9);
    word(88, 239, "、", 9);
    word(88, 248, "本", 9);
    word(88, 257, "年", 9);
    word(180, 230, "1.属于国家秘密", 9);
    figures(330, 30, 230, (const int[]){3, 0, 0, 0, 0, 0, 3}, 7);
    word(105, 248, "（三）不予公开", 9);
    word(180, 245, "2.其他法律行政法规", 9);
    word(189, 255, "禁止公开", 9);
    figures(330, 30, 250, (const int[]){4, 0, 0, -1, 0, 0, 4}, 7);
    page();
    table_three_head(50);
    word(180, 110, "3.危及“三安全一稳定”", 9);
    figures(330, 30, 110, (const int[]){5, 0, 0, 0, 0, 0, 5}, 7);
    word(105, 140, "（四）无法提供", 9);
    word(180, 130, "1.本机关不掌握相关政府信息", 9);
    figures(330, 30, 130, (const int[]){6, 0, 0, 0, 0, 0, 6}, 7);
    word(180, 150, "2.没有现成信息需要另行制作", 9);
    figures(330, 30, 150, (const int[]){7, 0, 0, 0, 0, 0, 7}, 7);
    word(105, 170, "（七）总计", 9);
    figures(330, 30, 170, (const int[]){8, 0, 0, 0, 0, 0, 8}, 7);
    word(80, 190, "四、结转下年度继续办理", 9);
    figures(330, 30, 190, (const int[]){9, 0, 0, 0, 0, 0, 9}, 7);
    assert_str(
        laid_out(),
        S("[+3 申请人情况(1x7)]\n"
          "[+5 法人或其他组织(1x3)]\n"
          "[（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）(1x3)|自然人|"
          "商业企业|科研机构|社会公益组织|法律服务机构|其他|总计]\n"
          "[一、本年新收政府信息公开申请数量(1x3)|1|2|3|4|5|6|21]\n"
          "[三、本年(8x1)|（一）予以公开(1x2)|1|0|0|0|0|0|1]\n"
          "[+1 （二）部分公开（区分处理的，只计这一情形，不计其他情形）(1x2)|2|0|0|0|0|0|2]\n"
          "[+1 （三）不予公开(3x1)|1.属于国家秘密|3|0|0|0|0|0|3]\n"
          "[+2 2.其他法律行政法规禁止公开|4|0|0||0|0|4]\n"
          "[+2 3.危及“三安全一稳定”|5|0|0|0|0|0|5]\n"
          "[+1 （四）无法提供(2x1)|1.本机关不掌握相关政府信息|6|0|0|0|0|0|6]\n"
          "[+2 2.没有现成信息需要另行制作|7|0|0|0|0|0|7]\n"
          "[+1 （七）总计(1x2)|8|0|0|0|0|0|8]\n"
          "[四、结转下年度继续办理(1x3)|9|0|0|0|0|0|9]\n"));
}

TEST(table_four_has_fifteen_columns_under_three_heads)
{
    static const char *const top[] = {"结果", "结果", "其他", "尚未", "总计"};
    static const char *const low[] = {"维持", "纠正", "结果", "审结", NULL};
    page();
    word(100, 50, "四、政府信息公开行政复议、行政诉讼情况", 14);
    centred(148, 80, "行政复议", 9);
    centred(365, 80, "行政诉讼", 9);
    centred(293, 95, "未经复议直接起诉", 9);
    centred(438, 95, "复议后起诉", 9);
    for (int i = 0; i < 15; i++) {
        float x = 90 + 29 * (float)i, y = i < 5 ? 104 : 110;
        centred(x, low[i % 5] ? y : y + 5, top[i % 5], 9);
        if (low[i % 5])
            centred(x, y + 10, low[i % 5], 9);
    }
    figures(90, 29, 140, (const int[]){10, 1, 0, 0, 11, 2, 3, 4, 5, 14, 0, 0, 0, 0, 0}, 15);
    assert_str(laid_out(), S("四、政府信息公开行政复议、行政诉讼情况\n"
                             "[行政复议(1x5)|行政诉讼(1x10)]\n"
                             "[+5 未经复议直接起诉(1x5)|复议后起诉(1x5)]\n"
                             "[结果维持|结果纠正|其他结果|尚未审结|总计|结果维持|结果纠正|其他结果|"
                             "尚未审结|总计|结果维持|结果纠正|其他结果|尚未审结|总计]\n"
                             "[10|1|0|0|11|2|3|4|5|14|0|0|0|0|0]\n"));
}

TEST(the_statistics_table_keeps_its_units_apart)
{
    static const struct {
        float x;
        const char *label, *unit, *figure;
    } rows[] = {{80, "一、主动公开情况", "——", "——"},
                {90, "（一）主动公开政府信息数", "条", "1136"},
                {90, "其中：主动公开规范性文件数", "条", "5"},
                {90, "制发规范性文件总数", "件", "6"},
                {80, "三、依申请公开情况", "——", "——"},
                {90, "（一）收到申请数", "件", "21"},
                {100, "1.当面申请数", "件", "2"},
                {100, "2.传真申请数", "件", "0"}};
    page();
    word(150, 80, "统计指标", 10);
    centred(380, 80, "单位", 10);
    centred(460, 80, "统计数", 10);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        float y = 100 + 20 * (float)i;
        word(rows[i].x, y, rows[i].label, 10);
        centred(380, y, rows[i].unit, 10);
        centred(460, y, rows[i].figure, 10);
    }
    Str text = laid_out();
    assert_true(str_has(text, S("[（一）主动公开政府信息数|条|1136]\n")));
    assert_true(str_has(text, S("[其中：主动公开规范性文件数|条|5]\n[制发规范性文件总数|件|6]\n")));
    assert_true(str_has(text, S("[1.当面申请数|件|2]\n[2.传真申请数|件|0]\n")));
}

TEST(numbers_of_a_form_are_told_from_numbers_of_lists)
{
    assert_true(pdf_numeric(S("12")));
    assert_true(pdf_numeric(S("78874.11万元")));
    assert_true(pdf_numeric(S("-21")));
    assert_true(pdf_numeric(S("增2")));
    assert_true(pdf_numeric(S("１２")));
    assert_false(pdf_numeric(S("1.")));
    assert_false(pdf_numeric(S("件")));
    assert_false(pdf_numeric(S("第20条")));
}

// --- real files, through pdftotext

// A PDF of one page with this content, without a table of where its objects are: poppler finds
// them.
static Str pdf(const char *content, const char *trailer)
{
    return str_fmt(&arena,
                   "%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
                   "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
                   "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
                   "/Resources<</Font<</F 5 0 R>>>>>>endobj\n"
                   "4 0 obj<</Length %zu>>stream\n%s\nendstream endobj\n"
                   "5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n"
                   "trailer<</Root 1 0 R%s>>\n%%%%EOF\n",
                   strlen(content), content, trailer);
}

static Err error_of(Str bytes)
{
    Blocks b = {0};
    Err err = {0};
    assert_false(read_pdf(bytes, &arena, &b, &err));
    assert_int_equal(b.n, 0);
    return err;
}

TEST(a_pdf_is_read_through_the_converter)
{
    Blocks b = {0};
    Err err = {0};
    if (!read_pdf(pdf("BT /F 12 Tf 100 700 Td (Hello reports) Tj ET", ""), &arena, &b, &err))
        fail_msg("%s %s", err.en, err.detail);
    assert_int_equal(b.n, 1);
    assert_str(b.v[0].text, S("Hello reports"));
    assert_int_equal(b.v[0].place.page, 1);
    assert_true(b.v[0].place.x0 > 95 && b.v[0].place.x0 < 105);
}

TEST(a_scanned_pdf_is_said_to_be_one)
{
    Err err = error_of(pdf("0 0 595 842 re f", ""));
    assert_int_equal(err.kind, ERR_UNREADABLE);
    assert_true(str_has(str_z(err.zh), S("扫描件")));
}

TEST(an_encrypted_pdf_is_said_to_be_one)
{
    Err err = error_of(pdf("BT ET", "/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -4"
                                    "/O(01234567890123456789012345678901)"
                                    "/U(01234567890123456789012345678901)>>"));
    assert_int_equal(err.kind, ERR_UNREADABLE);
    assert_true(str_has(str_z(err.zh), S("加密")));
}

TEST(a_broken_pdf_is_refused)
{
    assert_int_equal(error_of(S("%PDF-1.7\n")).kind, ERR_UNREADABLE);
    assert_int_equal(error_of(S("%PDF-1.7\n1 0 obj<<")).kind, ERR_UNREADABLE);
    Str whole = pdf("BT /F 12 Tf (x) Tj ET", "");
    assert_int_equal(error_of(str_sub(whole, 0, 120)).kind, ERR_UNREADABLE);
}

TEST(radicals_that_look_like_letters_are_read_as_letters)
{
    PdfWords w = {0};
    Err err = {0};
    assert_true(
        pdf_scan(S("<page width=\"595\">\n<word xMin=\"1\" yMin=\"1\" xMax=\"60\" yMax=\"11\">"
                   "⼀、⾏政⼈⺠&amp;</word>\n"),
                 &arena, &w, &err));
    assert_str(w.v[0].text, S("一、行政人民&"));
}

TEST(more_pages_than_allowed_are_refused)
{
    Buf b = buf_new(&arena, 1 << 20);
    for (int i = 0; i <= MAX_PAGES; i++)
        buf_add(&b, S("<page width=\"1\" height=\"1\">\n"));
    PdfWords w = {0};
    Err err = {0};
    assert_false(pdf_scan(buf_str(&b), &arena, &w, &err));
    assert_int_equal(err.kind, ERR_LIMIT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_of_one_paragraph_are_joined_and_an_indent_begins_the_next),
        cmocka_unit_test(the_order_in_the_file_does_not_matter),
        cmocka_unit_test(page_numbers_and_running_heads_are_left_out),
        cmocka_unit_test(table_two_gives_single_figures_the_width_of_three),
        cmocka_unit_test(table_three_runs_over_a_page_with_wrapped_and_grouped_labels),
        cmocka_unit_test(table_four_has_fifteen_columns_under_three_heads),
        cmocka_unit_test(the_statistics_table_keeps_its_units_apart),
        cmocka_unit_test(numbers_of_a_form_are_told_from_numbers_of_lists),
        cmocka_unit_test(a_pdf_is_read_through_the_converter),
        cmocka_unit_test(a_scanned_pdf_is_said_to_be_one),
        cmocka_unit_test(an_encrypted_pdf_is_said_to_be_one),
        cmocka_unit_test(a_broken_pdf_is_refused),
        cmocka_unit_test(radicals_that_look_like_letters_are_read_as_letters),
        cmocka_unit_test(more_pages_than_allowed_are_refused),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, begin, end);
}
