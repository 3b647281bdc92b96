#include "blocks_check.h"
#include "test.h"
#include "zip_make.h"

#include <zlib.h>

static Arena arena;

static int begin(void **state)
{
    (void)state;
    arena = arena_new((size_t)2 << 30);
    return 0;
}

static int end(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

#define TEST(name) static void name(void **state __attribute__((unused)))
#define W "xmlns:w=\"w\" xmlns:mc=\"mc\""
#define P(text) "<w:p><w:r><w:t xml:space=\"preserve\">" text "</w:t></w:r></w:p>"
#define TC(text) "<w:tc>" P(text) "</w:tc>"
#define TCP(pr, text) "<w:tc><w:tcPr>" pr "</w:tcPr>" P(text) "</w:tc>"
#define TR(cells) "<w:tr>" cells "</w:tr>"
#define TBL(rows) "<w:tbl>" rows "</w:tbl>"

// --- DOCX

static Str docx(const char *body, const char *styles, const char *numbering)
{
    ZipMake z = zip_make(&arena);
    zip_make_add(&z, "word/document.xml",
                 str_fmt(&arena, "<w:document " W "><w:body>%s</w:body></w:document>", body));
    if (styles)
        zip_make_add(&z, "word/styles.xml",
                     str_fmt(&arena, "<w:styles " W ">%s</w:styles>", styles));
    if (numbering)
        zip_make_add(&z, "word/numbering.xml",
                     str_fmt(&arena, "<w:numbering " W ">%s</w:numbering>", numbering));
    zip_make_add(&z, "docProps/core.xml",
                 S("<c:core xmlns:c=\"c\" xmlns:d=\"d\"><d:title>示例市 年报</d:title></c:core>"));
    return zip_make_end(&z);
}

static Blocks read_docx_of(const char *body, const char *styles, const char *numbering)
{
    Blocks b = {0};
    Err err = {0};
    if (!read_docx(docx(body, styles, numbering), &arena, &b, &err))
        fail_msg("%s (%s)", err.en, err.detail);
    return b;
}

static Str docx_text(const char *body)
{
    Blocks b = read_docx_of(body, NULL, NULL);
    return blocks_text(&arena, &b);
}

TEST(runs_tabs_and_breaks_make_paragraphs)
{
    assert_str(docx_text("<w:p><w:r><w:t>全年</w:t></w:r><w:r><w:t>收到</w:t><w:tab/><w:t>3件</w:t>"
                         "<w:br/><w:t>办结</w:t></w:r></w:p>"),
               S("全年收到 3件\n办结\n"));
}

TEST(tracked_changes_are_read_as_accepted)
{
    assert_str(docx_text("<w:p><w:ins><w:r><w:t>新</w:t></w:r></w:ins><w:del><w:r><w:delText>旧"
                         "</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>搬走</w:t></w:r>"
                         "</w:moveFrom><w:moveTo><w:r><w:t>搬来</w:t></w:r></w:moveTo></w:p>"),
               S("新搬来\n"));
}

TEST(rows_deleted_with_changes_tracked_are_gone)
{
    assert_str(docx_text(TBL(TR(TC("规章") TC("1")) "<w:tr><w:trPr><w:del w:id=\"1\"/></w:trPr>" TC(
                   "旧") TC("9") "</w:tr>" TR(TC("行政规范性文件") TC("2")))),
               S("[规章|1]\n[行政规范性文件|2]\n"));
}

TEST(codes_of_fields_are_not_text_but_their_results_are)
{
    assert_str(
        docx_text("<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>"
                  "=SUM(ABOVE)</w:instrText><w:t>=SUM</w:t></w:r><w:r><w:fldChar "
                  "w:fldCharType=\"separate\"/></w:r><w:r><w:t>17</w:t></w:r><w:r><w:fldChar "
                  "w:fldCharType=\"end\"/></w:r><w:r><w:t>件</w:t></w:r></w:p>"),
        S("17件\n"));
}

TEST(hidden_text_and_contents_are_left_out)
{
    Blocks b = read_docx_of("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r><w:r><w:t>见"
                            "</w:t></w:r></w:p><w:p><w:pPr><w:pStyle w:val=\"T1\"/></w:pPr><w:r>"
                            "<w:t>一、总体情况 1</w:t></w:r></w:p>" P("后"),
                            "<w:style w:styleId=\"T1\"><w:name w:val=\"toc 1\"/></w:style>", NULL);
    assert_str(blocks_text(&arena, &b), S("见\n后\n"));
}

TEST(a_text_box_is_read_once)
{
    assert_str(
        docx_text("<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>" P(
            "框") "</"
                  "w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>" P(
                      "框") "</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>"),
        S("框\n"));
}

TEST(heading_styles_give_levels_also_through_their_base)
{
    Blocks b =
        read_docx_of("<w:p><w:pPr><w:pStyle w:val=\"a\"/></w:pPr><w:r><w:t>总体情况</w:t></w:r>"
                     "</w:p><w:p><w:pPr><w:outlineLvl w:val=\"2\"/></w:pPr><w:r><w:t>x</w:t>"
                     "</w:r></w:p>",
                     "<w:style w:styleId=\"1\"><w:name w:val=\"heading 2\"/></w:style>"
                     "<w:style w:styleId=\"a\"><w:name w:val=\"我的\"/><w:basedOn "
                     "w:val=\"1\"/></w:style>",
                     NULL);
    assert_int_equal(b.v[0].heading, 2);
    assert_int_equal(b.v[1].heading, 3);
    assert_str(b.title, S("示例市 年报"));
}

#define NUM(level, text)                                                                           \
    "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"" level "\"/><w:numId w:val=\"5\"/></w:numPr></w:pPr>"   \
    "<w:r><w:t>" text "</w:t></w:r></w:p>"

TEST(numbers_that_word_prints_are_put_back)
{
    Blocks b = read_docx_of(
        NUM("0", "总体情况") NUM("1", "主动公开") NUM("1", "依申请公开")
            NUM("0", "主动公开政府信息情况") NUM("1", "规章"),
        NULL,
        "<w:abstractNum w:abstractNumId=\"3\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt "
        "w:val=\"chineseCountingThousand\"/><w:lvlText w:val=\"%1、\"/></w:lvl><w:lvl w:ilvl=\"1\">"
        "<w:start w:val=\"1\"/><w:numFmt w:val=\"japaneseCounting\"/><w:lvlText w:val=\"（%2）\"/>"
        "</w:lvl></w:abstractNum><w:num w:numId=\"5\"><w:abstractNumId w:val=\"3\"/></w:num>");
    assert_str(blocks_text(&arena, &b), S("一、总体情况\n（一）主动公开\n（二）依申请公开\n"
                                          "二、主动公开政府信息情况\n（一）规章\n"));
}

TEST(merged_cells_of_word_become_spans)
{
    assert_str(docx_text(TBL(TR(TCP("<w:vMerge w:val=\"restart\"/>", "（三）不予公开") TC(
                   "1.属于国家秘密") TC("0")) TR(TCP("<w:vMerge/>", "") TC("2.其他") TC("7"))
                                 TR(TCP("<w:gridSpan w:val=\"2\"/>", "（七）总计") TC("7")))),
               S("[（三）不予公开(2x1)|1.属于国家秘密|0]\n[+1 2.其他|7]\n[（七）总计(1x2)|7]\n"));
}

TEST(nested_tables_of_word_stand_by_themselves)
{
    assert_str(docx_text(TBL(TR("<w:tc>" P("前") TBL(TR(TC("a") TC("1"))) P("后") "</w:tc>"))),
               S("前\n[a|1]\n后\n"));
}

// --- XLSX

#define SHEET(rows) "<worksheet><sheetData>" rows "</sheetData></worksheet>"
#define T(ref, text) "<c r=\"" ref "\" t=\"inlineStr\"><is><t>" text "</t></is></c>"
#define N(ref, number) "<c r=\"" ref "\"><v>" number "</v></c>"

static Str xlsx(const char *sheet, const char *shared, const char *styles)
{
    ZipMake z = zip_make(&arena);
    zip_make_add(
        &z, "xl/workbook.xml",
        S("<workbook xmlns:r=\"r\"><sheets><sheet name=\"年报\" sheetId=\"1\" r:id=\"rId7\"/>"
          "</sheets></workbook>"));
    zip_make_add(&z, "xl/_rels/workbook.xml.rels",
                 S("<Relationships><Relationship Id=\"rId7\" Type=\"x/worksheet\" "
                   "Target=\"worksheets/s.xml\"/></Relationships>"));
    zip_make_add(&z, "xl/worksheets/s.xml", str_z(sheet));
    if (shared)
        zip_make_add(&z, "xl/sharedStrings.xml", str_z(shared));
    if (styles)
        zip_make_add(&z, "xl/styles.xml", str_z(styles));
    return zip_make_end(&z);
}

static Blocks read_xlsx_of(Str bytes)
{
    Blocks b = {0};
    Err err = {0};
    if (!read_xlsx(bytes, &arena, &b, &err))
        fail_msg("%s (%s)", err.en, err.detail);
    return b;
}

static Str xlsx_text(const char *sheet)
{
    Blocks b = read_xlsx_of(xlsx(sheet, NULL, NULL));
    return blocks_text(&arena, &b);
}

TEST(a_sheet_is_a_grid)
{
    assert_str(xlsx_text(SHEET("<row r=\"1\">" T("A1", "规章") N("B1", "5") "</row><row r=\"2\">" T(
                   "A2", "行政规范性文件") N("B2", "0") "</row>")),
               S("[规章|5]\n[行政规范性文件|0]\n"));
}

TEST(each_of_several_sheets_begins_with_its_name)
{
    ZipMake z = zip_make(&arena);
    zip_make_add(&z, "xl/workbook.xml",
                 S("<workbook><sheets><sheet name=\"教育局\" id=\"a\"/><sheet name=\"Sheet2\" "
                   "id=\"b\"/></sheets></workbook>"));
    zip_make_add(&z, "xl/_rels/workbook.xml.rels",
                 S("<r><Relationship Id=\"a\" Type=\"x\" Target=\"a.xml\"/><Relationship Id=\"b\" "
                   "Type=\"x\" Target=\"b.xml\"/></r>"));
    zip_make_add(&z, "xl/a.xml", S(SHEET("<row>" T("A1", "规章") N("B1", "1") "</row>")));
    zip_make_add(&z, "xl/b.xml", S(SHEET("<row>" T("A1", "规章") N("B1", "2") "</row>")));
    Blocks b = read_xlsx_of(zip_make_end(&z));
    assert_str(blocks_text(&arena, &b), S("# 教育局\n[规章|1]\n[规章|2]\n"));
    assert_int_equal(b.v[2].grid->v[0].place.table, 2);
}

TEST(numbers_are_printed_as_people_see_them)
{
    assert_str(xlsx_text(SHEET("<row r=\"1\">" T("A1", "x") N("B1", "78874.110000000001")
                                   N("C1", "3.0") N("D1", "1.2E+8") N("E1", "0.30000000000000004")
                                       N("F1", "-21") N("G1", "1E-05") "</row>")),
               S("[x|78874.11|3|120000000|0.3|-21|0.00001]\n"));
}

TEST(shared_and_rich_strings_are_read_without_reading_aids)
{
    Blocks b = read_xlsx_of(xlsx(
        SHEET("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>1</v></c><c r=\"B1\"><v>2</v></c></row>"),
        "<sst><si><t>a</t></si><si><r><t>信息</t></r><r><t>内容</t></r><rPh><t>z</t></rPh></si>"
        "</sst>",
        NULL));
    assert_str(blocks_text(&arena, &b), S("[信息内容|2]\n"));
}

TEST(dates_and_per_cents_follow_their_format)
{
    Blocks b = read_xlsx_of(xlsx(
        SHEET("<row r=\"1\"><c r=\"A1\" s=\"1\"><v>45292</v></c><c r=\"B1\" s=\"2\"><v>0.125</v>"
              "</c><c r=\"C1\" s=\"3\"><v>45292</v></c></row>"),
        NULL,
        "<styleSheet><numFmts><numFmt numFmtId=\"176\" "
        "formatCode=\"yyyy&quot;年&quot;\"/></numFmts>"
        "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"10\"/><xf "
        "numFmtId=\"176\"/></cellXfs></styleSheet>"));
    assert_str(blocks_text(&arena, &b), S("[2024年1月1日|12.5%|2024年1月1日]\n"));
}

TEST(merged_cells_of_excel_become_spans)
{
    assert_str(
        xlsx_text("<worksheet><sheetData><row r=\"1\">" T(
            "A1", "第二十条第（一）项") "<c r=\"B1\"/><c "
                                        "r=\"C1\"/></row><row r=\"2\">" T("A2", "信息内容")
                                            T("B2", "制发") T("C2", "废止") "</row><row r=\"3\">" T(
                                                "A3", "规章") N("B3", "1")
                                                N("C3",
                                                  "2") "</row>"
                                                       "</sheetData><mergeCells><mergeCell "
                                                       "ref=\"A1:C1\"/></mergeCells></worksheet>"),
        S("第二十条第（一）项\n[信息内容|制发|废止]\n[规章|1|2]\n"));
}

TEST(titles_and_chapters_between_tables_are_paragraphs)
{
    assert_str(xlsx_text(SHEET(
                   "<row r=\"1\">" T("A1", "示例市年度报告") "</row><row r=\"2\">" T("A2", "规章")
                       N("B2", "1") "</row><row r=\"3\">" T(
                           "A3", "三、收到和处理申请情况") "</row>"
                                                           "<row r=\"4\">" T("A4", "本年新收")
                                                               N("B4", "2") "</row>")),
               S("示例市年度报告\n[规章|1]\n三、收到和处理申请情况\n[本年新收|2]\n"));
}

TEST(a_cell_at_the_far_end_of_the_sheet_costs_nothing)
{
    Blocks b = read_xlsx_of(
        xlsx(SHEET("<row r=\"1\">" T("A1", "规章") N("B1", "1") "</row><row "
                                                                "r=\"1048576\">" T("A1048576", "x")
                                                                    N("XFD1048576", "2") "</row>"),
             NULL, NULL));
    Grid *g = b.v[0].grid;
    assert_true(g->rows < 10 && g->cols < 10);
    assert_int_equal(g->v[3].place.row, 1048576);
    assert_int_equal(g->v[3].place.col, 16384);
}

// --- bad input

static ErrKind error_of(bool (*read)(Str, Arena *, Blocks *, Err *), Str bytes)
{
    Blocks b = {0};
    Err err = {0};
    assert_false(read(bytes, &arena, &b, &err));
    assert_true(err.zh[0] && err.en[0]);
    assert_int_equal(b.n, 0);
    return err.kind;
}

TEST(an_archive_cut_anywhere_is_refused)
{
    Str d = docx(P("正文"), NULL, NULL);
    for (size_t i = 0; i < d.n; i += 7)
        assert_int_equal(error_of(read_docx, str_sub(d, 0, i)), ERR_UNREADABLE);
}

TEST(an_archive_with_wrong_bytes_inside_is_refused)
{
    Str d = docx(P("正文"), NULL, NULL);
    char *bytes = str_to_z(&arena, d);
    ((char *)memmem(bytes, d.n, "<w:body>", 8))[3] = 'X';
    assert_int_equal(error_of(read_docx, (Str){bytes, d.n}), ERR_UNREADABLE);
}

TEST(an_archive_without_a_document_is_refused)
{
    ZipMake z = zip_make(&arena);
    zip_make_add(&z, "word/other.xml", S("<x/>"));
    Str bytes = zip_make_end(&z);
    assert_int_equal(error_of(read_docx, bytes), ERR_UNREADABLE);
    assert_int_equal(error_of(read_xlsx, bytes), ERR_UNREADABLE);
}

TEST(entities_and_dtds_are_refused)
{
    ZipMake z = zip_make(&arena);
    zip_make_add(
        &z, "word/document.xml",
        S("<!DOCTYPE d [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c SYSTEM "
          "\"file:///etc/passwd\">]><d><p><t>&b;&c;</t></p></d>"));
    assert_int_equal(error_of(read_docx, zip_make_end(&z)), ERR_UNREADABLE);
}

TEST(xml_nested_without_end_is_refused)
{
    Buf b = buf_new(&arena, 16 << 20);
    for (int i = 0; i < 100000; i++)
        buf_add(&b, S("<w:tbl><w:tr><w:tc>"));
    char *body = str_to_z(&arena, buf_str(&b));
    assert_int_equal(error_of(read_docx, docx(body, NULL, NULL)), ERR_UNREADABLE);
}

// One entry, deflated, that unpacks to `size` bytes of empty elements.
static Str bomb(const char *name, size_t size)
{
    char *plain = NEW(&arena, char, size);
    for (size_t i = 0; i + 4 <= size; i += 4)
        memcpy(plain + i, i ? "<b/>" : "<aa>", 4);
    uLongf packed = compressBound(size);
    unsigned char *z = NEW(&arena, unsigned char, packed);
    assert_int_equal(compress2(z, &packed, (unsigned char *)plain, size, 9), Z_OK);
    // zlib's header and checksum off: what is left is the deflated data
    Str data = {(char *)z + 2, packed - 6};
    Buf b = buf_new(&arena, 64 << 20);
    uint32_t crc = (uint32_t)crc32(0, (unsigned char *)plain, (uInt)size);
    struct __attribute__((packed)) {
        uint32_t sign;
        uint16_t version, flags, method;
        uint32_t time, crc, packed, plain;
        uint16_t name, extra;
    } local = {
        0x04034b50, 20, 0, 8, 0, crc, (uint32_t)data.n, (uint32_t)size, (uint16_t)strlen(name), 0};
    buf_add(&b, (Str){(char *)&local, sizeof local});
    buf_add(&b, str_z(name));
    buf_add(&b, data);
    uint32_t directory = (uint32_t)b.n, sign = 0x02014b50;
    buf_add(&b, (Str){(char *)&sign, 4});
    buf_add(&b, S("\x14\0"));
    buf_add(&b, (Str){(char *)&local + 4, sizeof local - 4});
    buf_add(&b, S("\0\0\0\0\0\0\0\0\0\0\0\0\0\0"));
    buf_add(&b, str_z(name));
    struct __attribute__((packed)) {
        uint32_t sign;
        uint16_t disk, first, here, all;
        uint32_t size, at;
        uint16_t comment;
    } last = {0x06054b50, 0, 0, 1, 1, (uint32_t)(b.n - directory), directory, 0};
    buf_add(&b, (Str){(char *)&last, sizeof last});
    return buf_str(&b);
}

TEST(a_zip_bomb_is_refused)
{
    Str bytes = bomb("word/document.xml", 64 << 20);
    assert_true(bytes.n < 1 << 20);
    assert_int_equal(error_of(read_docx, bytes), ERR_LIMIT);
}

TEST(references_outside_the_sheet_are_harmless)
{
    read_xlsx_of(
        xlsx("<worksheet><sheetData><row r=\"-5\"><c r=\"ZZZZZZ99999999999\"><v>1</v></c><c "
             "r=\"\" t=\"s\"><v>99</v></c><c t=\"s\"><v>-1</v></c></row></sheetData><mergeCells>"
             "<mergeCell ref=\"B2:A1\"/><mergeCell ref=\"A1:XFD1048576\"/><mergeCell "
             "ref=\"x\"/></mergeCells></worksheet>",
             NULL, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(runs_tabs_and_breaks_make_paragraphs),
        cmocka_unit_test(tracked_changes_are_read_as_accepted),
        cmocka_unit_test(rows_deleted_with_changes_tracked_are_gone),
        cmocka_unit_test(codes_of_fields_are_not_text_but_their_results_are),
        cmocka_unit_test(hidden_text_and_contents_are_left_out),
        cmocka_unit_test(a_text_box_is_read_once),
        cmocka_unit_test(heading_styles_give_levels_also_through_their_base),
        cmocka_unit_test(numbers_that_word_prints_are_put_back),
        cmocka_unit_test(merged_cells_of_word_become_spans),
        cmocka_unit_test(nested_tables_of_word_stand_by_themselves),
        cmocka_unit_test(a_sheet_is_a_grid),
        cmocka_unit_test(each_of_several_sheets_begins_with_its_name),
        cmocka_unit_test(numbers_are_printed_as_people_see_them),
        cmocka_unit_test(shared_and_rich_strings_are_read_without_reading_aids),
        cmocka_unit_test(dates_and_per_cents_follow_their_format),
        cmocka_unit_test(merged_cells_of_excel_become_spans),
        cmocka_unit_test(titles_and_chapters_between_tables_are_paragraphs),
        cmocka_unit_test(a_cell_at_the_far_end_of_the_sheet_costs_nothing),
        cmocka_unit_test(an_archive_cut_anywhere_is_refused),
        cmocka_unit_test(an_archive_with_wrong_bytes_inside_is_refused),
        cmocka_unit_test(an_archive_without_a_document_is_refused),
        cmocka_unit_test(entities_and_dtds_are_refused),
        cmocka_unit_test(xml_nested_without_end_is_refused),
        cmocka_unit_test(a_zip_bomb_is_refused),
        cmocka_unit_test(references_outside_the_sheet_are_harmless),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, begin, end);
}
