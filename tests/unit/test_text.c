#include "base/text.h"
#include "test.h"

static const Str prose =
    SI("示例市人民政府办公室2023年政府信息公开工作年度报告\n一、总体情况\n本年度共收到政府信息公开"
       "申请18件，其中自然人17件，上年结转1件；予以公开9件，部分公开3件。\n");
static const Str prose_traditional = SI(
    "示例縣政府資訊公開工作年度報告\n一、總體情況\n本年度共收到政府資訊公開申請十八件，其中自然人"
    "十七件，上年結轉一件；予以公開九件，部分公開三件。\n");

static Arena a;

static int make_arena(void **state)
{
    (void)state;
    a = arena_new((size_t)2 << 30);
    return 0;
}

static void decodes_to(Str bytes, Str declared, Str want, Str want_encoding)
{
    Str got, encoding;
    Err err;
    assert_true(text_decode(bytes, declared, &a, &got, &encoding, &err));
    assert_str(encoding, want_encoding);
    assert_str(got, want);
}

static Str encoded(Str s, const char *encoding)
{
    Str bytes;
    assert_true(text_encode(s, encoding, &a, &bytes));
    return bytes;
}

static void utf8_is_handed_on_without_a_copy(void **state)
{
    (void)state;
    Str got, encoding;
    Err err;
    assert_true(text_decode(prose, S("gb2312"), &a, &got, &encoding, &err));
    assert_ptr_equal(got.s, prose.s);
    assert_int_equal(got.n, prose.n);
}

static void chinese_text_is_recognised_in_every_encoding(void **state)
{
    (void)state;
    static const char *const ways[] = {"gb18030", "utf-16le", "utf-16be"};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        decodes_to(encoded(prose, ways[i]), S(""), prose, str_z(ways[i]));
        decodes_to(encoded(prose, ways[i]), S("utf-8"), prose, str_z(ways[i]));
    }
    decodes_to(encoded(prose_traditional, "big5"), S(""), prose_traditional, S("big5"));
    decodes_to(encoded(prose_traditional, "gb18030"), S(""), prose_traditional, S("gb18030"));
    decodes_to(encoded(prose_traditional, "big5"), S("gbk"), prose_traditional, S("big5"));
}

static void a_mark_says_what_follows(void **state)
{
    (void)state;
    static const struct {
        Str mark;
        const char *encoding;
    } rows[] = {{SI("\xef\xbb\xbf"), "utf-8"},
                {SI("\xff\xfe"), "utf-16le"},
                {SI("\xfe\xff"), "utf-16be"},
                {SI("\xff\xfe\0\0"), "utf-32le"},
                {SI("\0\0\xfe\xff"), "utf-32be"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Str bytes = str_cat(&a, rows[i].mark, encoded(prose, rows[i].encoding));
        decodes_to(bytes, S("big5"), prose, str_z(rows[i].encoding));
    }
}

static void a_declaration_decides_where_the_bytes_do_not(void **state)
{
    (void)state;
    decodes_to(S("\xc4\xbf\xc2\xbc"), S("GB2312"), S("目录"), S("gb18030"));
    decodes_to(S("caf\xe9 na\xefve"), S("windows-1252"), S("café naïve"), S("windows-1252"));
    decodes_to(S("plain"), S("gbk"), S("plain"), S("utf-8"));
    decodes_to(S("plain"), S("no such thing"), S("plain"), S("utf-8"));
}

static void a_broken_byte_does_not_make_utf8_something_else(void **state)
{
    (void)state;
    Str broken = str_cat(&a, str_cat(&a, prose, S("\xe4\xb8")), prose);
    Str want = str_cat(&a, str_cat(&a, prose, S("\xef\xbf\xbd")), prose);
    decodes_to(broken, S(""), want, S("utf-8"));
}

static void a_nul_becomes_a_replacement_character(void **state)
{
    (void)state;
    decodes_to(S("ab\0cd"), S(""),
               S("ab\xef\xbf\xbd"
                 "cd"),
               S("utf-8"));
    decodes_to(S(""), S(""), S(""), S("utf-8"));
}

static void ascii_in_utf16_is_told_by_its_nuls(void **state)
{
    (void)state;
    Str s = S("<html><body>2023</body></html>");
    decodes_to(encoded(s, "utf-16le"), S(""), s, S("utf-16le"));
    decodes_to(encoded(s, "utf-16be"), S(""), s, S("utf-16be"));
}

static void more_than_the_limit_is_refused(void **state)
{
    (void)state;
    Str got = S("untouched"), encoding;
    Err err;
    Str huge = {NEW(&a, char, TEXT_MAX_BYTES + 1), TEXT_MAX_BYTES + 1};
    assert_false(text_decode(huge, S(""), &a, &got, &encoding, &err));
    assert_int_equal(err.kind, ERR_LIMIT);
    assert_str(got, S("untouched"));
}

static uint64_t seed = 88172645463325252u;

static uint32_t roll(uint32_t below)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (uint32_t)(seed >> 33) % below;
}

// Property: any cut of Chinese prose comes back from each encoding.
static void what_is_encoded_is_decoded_again(void **state)
{
    (void)state;
    static const struct {
        const char *encoding;
        const Str *text;
    } rows[] = {{"gb18030", &prose},
                {"gb18030", &prose_traditional},
                {"big5", &prose_traditional},
                {"utf-16le", &prose},
                {"utf-16be", &prose}};
    for (int round = 0; round < 500; round++) {
        size_t k = roll(sizeof rows / sizeof *rows);
        Str text = *rows[k].text;
        size_t from = roll((uint32_t)text.n / 2), to = from + 40 + roll(60);
        while (((unsigned char)text.s[from] & 0xc0) == 0x80)
            from++;
        while (to > text.n || (to < text.n && ((unsigned char)text.s[to] & 0xc0) == 0x80))
            to--;
        Str cut = str_sub(text, from, to);
        decodes_to(encoded(cut, rows[k].encoding), S(""), cut, str_z(rows[k].encoding));
    }
}

// Property: whatever the bytes are, what comes out is valid and holds no NUL.
static void any_bytes_at_all_become_valid_text(void **state)
{
    (void)state;
    for (int round = 0; round < 2000; round++) {
        char bytes[64];
        size_t n = roll(sizeof bytes);
        for (size_t i = 0; i < n; i++)
            bytes[i] = (char)(roll(4) ? 0x80 + roll(128) : roll(256));
        Str got, encoding;
        Err err;
        Arena scratch = a;
        assert_true(text_decode((Str){bytes, n}, S("gbk"), &scratch, &got, &encoding, &err));
        assert_int_equal(text_valid(got), got.n);
    }
}

static void only_well_formed_utf8_is_valid(void **state)
{
    (void)state;
    static const struct {
        Str s;
        size_t valid;
    } rows[] = {
        {SI("abc\xc3\xa9"), 5},
        {SI("\xf0\x9f\x98\x80 12345678"), 13},
        {SI("12345678\xc0\xaf"), 8},   // overlong
        {SI("\xe0\x80\x80"), 0},       // overlong
        {SI("\xed\xa0\x80"), 0},       // surrogate
        {SI("\xf4\x90\x80\x80"), 0},   // above U+10FFFF
        {SI("政\xe5\xba"), 3},         // cut
        {SI("\xe5"), 0},               //
        {SI("政\0x"), 3},              // NUL
        {SI("0123456789abcde\0x"), 15} // NUL behind a run
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(text_valid(rows[i].s), rows[i].valid);
}

static void what_is_shown_cannot_steer_a_terminal(void **state)
{
    (void)state;
    static const struct {
        Str s, shown;
    } rows[] = {
        {SI("示例市 a.html"), SI("示例市 a.html")},
        {SI("\033]0;x\a\033[2J"), SI("\uFFFD]0;x\uFFFD\uFFFD[2J")},
        {SI("a\r\n\tb"), SI("a   b")},
        {SI("x\x7f\0y"), SI("x\uFFFD\uFFFDy")},
        {SI("\302\23331m"), SI("\uFFFD31m")},       // CSI in one character
        {SI("\23331m\377"), SI("\uFFFD31m\uFFFD")}, // and in one byte
        {SI("甲\u202E乙\u2066丙\u2028"), SI("甲\uFFFD乙\uFFFD丙\uFFFD")},
        {SI("\xe7\xa4"), SI("\uFFFD\uFFFD")}, // cut
        {SI(""), SI("")},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Buf b = buf_new(&a, 1000);
        text_shown(&b, rows[i].s);
        assert_str(buf_str(&b), rows[i].shown);
    }
}

static void full_width_becomes_ascii(void **state)
{
    (void)state;
    assert_str(text_nfkc(&a, S("共１２３件（Ａ），①：㈠")), S("共123件(A),1:(一)"));
    assert_str(text_nfkc(&a, S("e\xcc\x81ﬁ")), S("éfi")); // a combining accent
    Str same = S("政府信息公开 2023年。");
    assert_ptr_equal(text_nfkc(&a, same).s, same.s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(utf8_is_handed_on_without_a_copy),
        cmocka_unit_test(chinese_text_is_recognised_in_every_encoding),
        cmocka_unit_test(a_mark_says_what_follows),
        cmocka_unit_test(a_declaration_decides_where_the_bytes_do_not),
        cmocka_unit_test(a_broken_byte_does_not_make_utf8_something_else),
        cmocka_unit_test(a_nul_becomes_a_replacement_character),
        cmocka_unit_test(ascii_in_utf16_is_told_by_its_nuls),
        cmocka_unit_test(more_than_the_limit_is_refused),
        cmocka_unit_test(what_is_encoded_is_decoded_again),
        cmocka_unit_test(any_bytes_at_all_become_valid_text),
        cmocka_unit_test(only_well_formed_utf8_is_valid),
        cmocka_unit_test(what_is_shown_cannot_steer_a_terminal),
        cmocka_unit_test(full_width_becomes_ascii),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, make_arena, NULL);
}
