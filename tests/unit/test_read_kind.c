#include "base/text.h"
#include "report/blocks.h"
#include "test.h"
#include "zip_make.h"

static Arena arena;

static int begin(void **state)
{
    (void)state;
    arena = arena_new((size_t)1 << 30);
    return 0;
}

static int end(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static FileKind kind(Str bytes)
{
    FileKind k;
    Err err = {0};
    if (!read_kind(bytes, &k, &err))
        fail_msg("%s", err.en);
    return k;
}

static Str refusal(Str bytes)
{
    FileKind k;
    Err err = {0};
    assert_false(read_kind(bytes, &k, &err));
    assert_int_equal(err.kind, ERR_UNREADABLE);
    return str_dup(&arena, str_z(err.zh));
}

static Str zip_of(const char *part)
{
    ZipMake z = zip_make(&arena);
    zip_make_add(&z, "[Content_Types].xml", S("<Types/>"));
    zip_make_add(&z, part, S("<x/>"));
    return zip_make_end(&z);
}

static Str ole_with(const char *stream)
{
    Buf b = buf_new(&arena, 1 << 16);
    buf_add(&b, S("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"));
    for (int i = 0; i < 600; i++)
        buf_byte(&b, 0);
    for (; *stream; stream++) {
        buf_byte(&b, *stream);
        buf_byte(&b, 0);
    }
    return buf_str(&b);
}

#define TEST(name) static void name(void **state __attribute__((unused)))

TEST(a_pdf_is_known_also_behind_junk)
{
    assert_int_equal(kind(S("%PDF-1.7\n")), FILE_PDF);
    assert_int_equal(kind(S("\r\n\0junk%PDF-1.4\n")), FILE_PDF);
}

TEST(archives_are_known_by_what_they_hold)
{
    assert_int_equal(kind(zip_of("word/document.xml")), FILE_DOCX);
    assert_int_equal(kind(zip_of("xl/workbook.xml")), FILE_XLSX);
}

TEST(an_archive_cut_short_is_still_known)
{
    Str z = zip_of("word/document.xml");
    assert_int_equal(kind(str_sub(z, 0, z.n / 2)), FILE_DOCX);
}

TEST(a_document_that_embeds_a_workbook_is_a_document)
{
    ZipMake z = zip_make(&arena);
    zip_make_add(&z, "word/embeddings/a.xlsx", zip_of("xl/workbook.xml"));
    zip_make_add(&z, "word/document.xml", S("<x/>"));
    assert_int_equal(kind(zip_make_end(&z)), FILE_DOCX);
}

TEST(archives_of_other_kinds_are_named)
{
    assert_true(str_has(refusal(zip_of("OFD.xml")), S("OFD")));
    assert_true(str_has(refusal(zip_of("content.xml")), S("OpenDocument")));
    assert_true(str_has(refusal(zip_of("a.txt")), S("ZIP")));
}

TEST(old_office_files_are_told_apart)
{
    assert_int_equal(kind(ole_with("WordDocument")), FILE_DOC);
    assert_true(str_has(refusal(ole_with("Workbook")), S(".xlsx")));
    assert_true(str_has(refusal(ole_with("EncryptedPackage")), S("加密")));
}

TEST(pages_and_parts_of_pages_are_html)
{
    static const Str pages[] = {SI("<!DOCTYPE html><p>"), SI(" \r\n<html>"),
                                SI("\xef\xbb\xbf<div>a"), SI("<table><tr>"),
                                SI("<P class=a>"),        SI("<?xml version='1.0'?>\n<html>"),
                                SI("<!-- x --><div>"),    SI("字号：大 中 小<div>a</div>"),
                                SI("\xff\xfe<\0p\0>\0")};
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
        assert_int_equal(kind(pages[i]), FILE_HTML);
}

TEST(text_stays_text)
{
    static const Str texts[] = {
        SI(""),   SI("一、总体情况"),       SI("| 规章 | 0<br>1 |"),    SI("a < b > c"),
        SI("<3"), SI("《条例》<第五十条>"), SI("\xff\xfe\0\x4e\0\x4e"), SI("a\0b c d e f g")};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_int_equal(kind(texts[i]), FILE_TEXT);
}

TEST(utf16_without_a_mark_is_text)
{
    Str wide;
    assert_true(text_encode(S("本年新收政府信息公开申请数量 12 件，上年结转 3 件。"), "utf-16le",
                            &arena, &wide));
    assert_int_equal(kind(wide), FILE_TEXT);
}

TEST(what_is_no_text_is_named)
{
    assert_true(str_has(refusal(S("\x89PNG\r\n\x1a\n")), S("PNG")));
    assert_true(str_has(refusal(S("\xff\xd8\xff\xe0")), S("JPEG")));
    assert_true(str_has(refusal(S("Rar!\x1a\x07")), S("RAR")));
    assert_true(str_has(refusal(S("\x7f"
                                  "ELF\2\1\1")),
                        S("程序")));
    assert_true(str_has(refusal(S("{\\rtf1\\ansi")), S("RTF")));
    assert_true(
        str_has(refusal(S("MIME-Version: 1.0\r\nContent-Type: multipart/related;")), S("MHTML")));
    assert_true(
        str_has(refusal(S("<?xml version=\"1.0\"?><?mso-application progid=\"Word.Document\"?>")),
                S("2003")));
    assert_true(str_has(refusal(S("\1\2\3\4\5\6\7\x0e\x0f\x10\x11\x12")), S("二进制")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pdf_is_known_also_behind_junk),
        cmocka_unit_test(archives_are_known_by_what_they_hold),
        cmocka_unit_test(an_archive_cut_short_is_still_known),
        cmocka_unit_test(a_document_that_embeds_a_workbook_is_a_document),
        cmocka_unit_test(archives_of_other_kinds_are_named),
        cmocka_unit_test(old_office_files_are_told_apart),
        cmocka_unit_test(pages_and_parts_of_pages_are_html),
        cmocka_unit_test(text_stays_text),
        cmocka_unit_test(utf16_without_a_mark_is_text),
        cmocka_unit_test(what_is_no_text_is_named),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, begin, end);
}
