#include "base/text.h"
#include "blocks_check.h"
#include "test.h"

static Arena arena;

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

static Blocks read(Str html)
{
    Blocks b = {0};
    Err err = {0};
    if (!read_html(html, &arena, &b, &err))
        fail_msg("%s", err.en);
    return b;
}

static Str read_text_of(Str html)
{
    Blocks b = read(html);
    return blocks_text(&arena, &b);
}

static ErrKind read_error(Str html)
{
    Blocks b = {0};
    Err err = {0};
    assert_false(read_html(html, &arena, &b, &err));
    assert_true(err.zh[0] && err.en[0]);
    assert_int_equal(b.n, 0);
    return err.kind;
}

static Str repeat(const char *what, size_t times)
{
    Buf b = buf_new(&arena, 64 << 20);
    for (size_t i = 0; i < times; i++)
        buf_add(&b, str_z(what));
    return buf_str(&b);
}

#define TEST(name) static void name(void **state __attribute__((unused)))

// --- text

TEST(blocks_and_line_breaks_make_paragraphs)
{
    assert_str(read_text_of(S("<div>一<p>二<b>三</b></p>四<br>五</div><ul><li>六<li>七</ul>")),
               S("一\n二三\n四\n五\n六\n七\n"));
}

TEST(spaces_are_folded_and_lines_of_chinese_joined)
{
    assert_str(read_text_of(S("<p>&nbsp;\xe3\x80\x80 政府\n信息 \t 公开 a\nb\xe2\x80\x8b</p>")),
               S("政府信息 公开 a b\n"));
}

TEST(headings_keep_their_level_and_the_title_is_apart)
{
    Blocks b = read(S("<title>年度\n报告</title><h2>总体情况</h2><p>x</p>"));
    assert_str(b.title, S("年度报告"));
    assert_int_equal(b.v[0].heading, 2);
    assert_int_equal(b.v[1].heading, 0);
}

TEST(what_people_do_not_see_is_not_read)
{
    assert_str(read_text_of(S("<body><script>a</script><style>b</style><noscript>c</noscript>"
                              "<div style='color:red;display : none'>d</div><p hidden>e</p>"
                              "<template><p>f</p></template><!-- g --><p>看见</p>"
                              "<select><option>h</select><ruby>字<rt>zì</rt></ruby>")),
               S("看见\n字\n"));
}

TEST(markup_of_word_is_passed_over)
{
    assert_str(read_text_of(S("<p class=MsoNormal><![if !supportEmptyParas]>&nbsp;<![endif]>"
                              "<span lang=EN-US>1<o:p></o:p></span>件</p><!--[if gte mso 9]><xml>"
                              "<w:x/></xml><![endif]-->")),
               S("1件\n"));
}

TEST(lines_of_preformatted_text_stay)
{
    assert_str(read_text_of(S("<pre>一 | 1\n二 | 2</pre>")), S("一 | 1\n二 | 2\n"));
}

TEST(markdown_with_tables_in_html_keeps_its_lines)
{
    assert_str(
        read_text_of(S("## 二、主动公开\n正文一\n<table><tr><td>规章</td><td>0</td></tr></table>"
                       "\n## 三、收到\n")),
        S("## 二、主动公开\n正文一\n[规章|0]\n## 三、收到\n"));
}

TEST(a_declared_gb_page_is_decoded)
{
    Str gb;
    assert_true(text_encode(S("<meta http-equiv=Content-Type content=\"text/html; charset=gb2312\">"
                              "<p>政府信息公开工作年度报告</p>"),
                            "gb18030", &arena, &gb));
    assert_str(read_text_of(gb), S("政府信息公开工作年度报告\n"));
}

TEST(a_utf16_page_is_decoded)
{
    Str wide;
    assert_true(text_encode(S("<p>规章</p>"), "utf-16le", &arena, &wide));
    assert_str(read_text_of(str_cat(&arena, S("\xff\xfe"), wide)), S("规章\n"));
}

// --- tables

TEST(spans_are_laid_out_as_browsers_do)
{
    assert_str(read_text_of(S("<table><tr><td rowspan=2 colspan=2>a<td>b<tr><td>c"
                              "<tr><td>d<td>e<td>f</table>")),
               S("[a(2x2)|b]\n[+2 c]\n[d|e|f]\n"));
}

TEST(a_row_span_of_zero_reaches_to_the_end_of_its_group)
{
    assert_str(read_text_of(S("<table><tbody><tr><td rowspan=0>a<td>1<tr><td>2</tbody>"
                              "<tbody><tr><td>b<td>3</tbody></table>")),
               S("[a(2x1)|1]\n[+1 2]\n[b|3]\n"));
}

TEST(a_row_span_longer_than_the_table_is_cut)
{
    assert_str(read_text_of(S("<table><tr><td rowspan=9>a<td>1<tr><td>2</table>")),
               S("[a(2x1)|1]\n[+1 2]\n"));
}

TEST(a_huge_column_span_does_not_widen_the_table)
{
    Blocks b = read(S("<table><tr><td colspan=99999999>题<tr><td>a<td>1</table>"));
    assert_int_equal(b.v[0].grid->cols, 2);
    assert_int_equal(b.v[0].grid->v[0].colspan, 2);
}

TEST(cells_left_unclosed_are_cells)
{
    assert_str(
        read_text_of(S("<table><tr><td>规章<td>1<td>2<tr><td>行政规范性文件<td>3<td>4</table>")),
        S("[规章|1|2]\n[行政规范性文件|3|4]\n"));
}

TEST(rows_that_are_hidden_are_no_rows)
{
    assert_str(read_text_of(S("<table><tr><td>规章<td>1<tr style=display:none><td>藏<td>9"
                              "<tr><td>行政规范性文件<td>2</table>")),
               S("[规章|1]\n[行政规范性文件|2]\n"));
}

TEST(lines_inside_a_cell_are_kept_apart)
{
    assert_str(read_text_of(S("<table><tr><td>社会公益<br>组织<td><p>1</p><p>2</p></table>")),
               S("[社会公益\n组织|1\n2]\n"));
}

TEST(a_cell_that_holds_a_table_is_given_up)
{
    assert_str(read_text_of(S("<table><tr><td>前<table><tr><td>规章<td>1</table>后</table>")),
               S("前\n[规章|1]\n后\n"));
}

TEST(a_page_laid_out_with_tables_becomes_paragraphs_in_order)
{
    assert_str(read_text_of(S("<table><tr><td>标题</td></tr><tr><td><table><tr><td>一<p>正文</p>"
                              "<table><tr><td>a<td>1</table></table></td></tr>"
                              "<tr><td>页脚</td></tr></table>")),
               S("标题\n一\n正文\n[a|1]\n页脚\n"));
}

TEST(a_table_of_one_column_is_paragraphs)
{
    assert_str(read_text_of(S("<table><tr><td>规章<tr><td>5</table>")), S("规章\n5\n"));
}

TEST(cells_know_their_table_row_and_column)
{
    Blocks b = read(S("<table><tr><td>x<td>y</table><table><tr><td rowspan=2>a<td>1<tr><td>2"
                      "</table>"));
    Place p = b.v[1].grid->v[2].place;
    assert_int_equal(p.table, 2);
    assert_int_equal(p.row, 2);
    assert_int_equal(p.col, 2);
}

TEST(text_astray_between_rows_stands_before_the_table)
{
    assert_str(read_text_of(S("<table>单位：件<tr><td>a<td>1</table>")), S("单位：件\n[a|1]\n"));
}

// --- bad input

TEST(nesting_without_end_is_refused)
{
    assert_int_equal(read_error(repeat("<div>", 100000)), ERR_LIMIT);
    assert_int_equal(read_error(repeat("<table><tr><td>", 1000)), ERR_LIMIT);
    assert_int_equal(read_error(repeat("<a href=1><div>", 50000)), ERR_LIMIT);
}

TEST(a_tag_with_attributes_without_end_is_refused)
{
    Str html = str_cat(&arena, S("<p "), repeat("a=1 ", 100000));
    assert_int_equal(read_error(html), ERR_LIMIT);
}

TEST(more_cells_than_allowed_are_refused)
{
    Str row = repeat("<td colspan=1000>", 100);
    Buf b = buf_new(&arena, 64 << 20);
    buf_add(&b, S("<table>"));
    for (int i = 0; i < 30; i++) {
        buf_add(&b, S("<tr>"));
        buf_add(&b, row);
    }
    assert_int_equal(read_error(buf_str(&b)), ERR_LIMIT);
}

TEST(row_spans_over_everything_take_no_time)
{
    Buf b = buf_new(&arena, 64 << 20);
    buf_add(&b, S("<table><tr>"));
    buf_add(&b, repeat("<td rowspan=60000>", 50000));
    buf_add(&b, repeat("<tr>", 50000));
    assert_int_equal(read_error(buf_str(&b)), ERR_LIMIT);
}

TEST(nul_and_broken_utf8_become_replacements)
{
    assert_str(read_text_of(S("<p>政府信息公开\0年度\xff报告</p>")),
               S("政府信息公开\xef\xbf\xbd年度\xef\xbf\xbd报告\n"));
}

TEST(an_empty_page_has_no_blocks)
{
    assert_int_equal(read(S("")).n, 0);
    assert_int_equal(read(S("<html><body>   </body>")).n, 0);
    assert_int_equal(read(S("<table></table><table><tr></table>")).n, 0);
}

TEST(a_page_cut_anywhere_is_read_as_far_as_it_goes)
{
    Str html =
        S("<table><tr><td rowspan=2>规章</td><td>1</td></tr><tr><td>2</td></tr></table><p>完");
    for (size_t i = 0; i <= html.n; i++) {
        Blocks b = {0};
        Err err;
        assert_true(read_html(str_sub(html, 0, i), &arena, &b, &err));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_and_line_breaks_make_paragraphs),
        cmocka_unit_test(spaces_are_folded_and_lines_of_chinese_joined),
        cmocka_unit_test(headings_keep_their_level_and_the_title_is_apart),
        cmocka_unit_test(what_people_do_not_see_is_not_read),
        cmocka_unit_test(markup_of_word_is_passed_over),
        cmocka_unit_test(lines_of_preformatted_text_stay),
        cmocka_unit_test(markdown_with_tables_in_html_keeps_its_lines),
        cmocka_unit_test(a_declared_gb_page_is_decoded),
        cmocka_unit_test(a_utf16_page_is_decoded),
        cmocka_unit_test(spans_are_laid_out_as_browsers_do),
        cmocka_unit_test(a_row_span_of_zero_reaches_to_the_end_of_its_group),
        cmocka_unit_test(a_row_span_longer_than_the_table_is_cut),
        cmocka_unit_test(a_huge_column_span_does_not_widen_the_table),
        cmocka_unit_test(cells_left_unclosed_are_cells),
        cmocka_unit_test(rows_that_are_hidden_are_no_rows),
        cmocka_unit_test(lines_inside_a_cell_are_kept_apart),
        cmocka_unit_test(a_cell_that_holds_a_table_is_given_up),
        cmocka_unit_test(a_page_laid_out_with_tables_becomes_paragraphs_in_order),
        cmocka_unit_test(a_table_of_one_column_is_paragraphs),
        cmocka_unit_test(cells_know_their_table_row_and_column),
        cmocka_unit_test(text_astray_between_rows_stands_before_the_table),
        cmocka_unit_test(nesting_without_end_is_refused),
        cmocka_unit_test(a_tag_with_attributes_without_end_is_refused),
        cmocka_unit_test(more_cells_than_allowed_are_refused),
        cmocka_unit_test(row_spans_over_everything_take_no_time),
        cmocka_unit_test(nul_and_broken_utf8_become_replacements),
        cmocka_unit_test(an_empty_page_has_no_blocks),
        cmocka_unit_test(a_page_cut_anywhere_is_read_as_far_as_it_goes),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, begin, end);
}
