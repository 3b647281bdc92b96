// One form for what pages write in many.
#include "test.h"

#include "report/normal.h"
#include "report/report.h"

typedef struct Row {
    const char *name;
    Str raw, want;
    HanziKind script;
    uint32_t repairs;
} Row;

// clang-format off
static const Row rows[] = {
    {"plain text is taken as it is",         SI("予以公开"),               SI("予以公开"),       HANZI_SIMPLIFIED, 0},
    {"full-width digits become digits",      SI("１７件"),                 SI("17件"),           HANZI_SIMPLIFIED, REPAIR_WIDTH},
    {"full-width brackets become brackets",  SI("（一）予以公开"),         SI("(一)予以公开"),   HANZI_SIMPLIFIED, 0},
    {"spaces of every kind fold to one",     SI(" 总　 计\xc2\xa0"),       SI("总 计"),          HANZI_SIMPLIFIED, 0},
    {"invisible characters go",              SI("\xe2\x80\x8b规章"),       SI("规章"),           HANZI_SIMPLIFIED, 0},
    {"pinyin residues go",                   SI("数(shù)据(jù)"),           SI("数据"),           HANZI_SIMPLIFIED, REPAIR_RESIDUE},
    {"a bracketed English word stays",       SI("公开(open)"),             SI("公开(open)"),     HANZI_SIMPLIFIED, 0},
    {"Traditional becomes Simplified",       SI("規章制定"),               SI("规章制定"),       HANZI_TRADITIONAL, REPAIR_SCRIPT},
    {"Taiwan words become ours",             SI("行政規範性檔案"),         SI("行政规范性文件"), HANZI_TAIWAN, REPAIR_SCRIPT},
    {"an archive stays an archive",          SI("市檔案館"),               SI("市档案馆"),       HANZI_TAIWAN, REPAIR_SCRIPT},
};
// clang-format on

static void text_has_one_form(void **state)
{
    const Row *row = *state;
    Arena a = arena_new(1 << 20);
    uint32_t repairs = 0;
    assert_str(normal_text(&a, row->raw, row->script, &repairs), row->want);
    assert_int_equal(repairs, row->repairs);
    arena_free(&a);
}

static void numbering_is_told_from_figures(void **state)
{
    (void)state;
    static const struct {
        Str text;
        int number, style;
    } numbered[] = {
        {SI("一、总体情况"), 1, NUMBER_HAN_COMMA},
        {SI("(三)不予公开"), 3, NUMBER_HAN_BRACKET},
        {SI("十二、推进"), 12, NUMBER_HAN_COMMA},
        {SI("5.要求"), 5, NUMBER_DIGIT},
        {SI("1、主动公开"), 1, NUMBER_DIGIT},
        {SI("3.14"), 0, NUMBER_NONE},
        {SI("2019年"), 0, NUMBER_NONE},
        {SI("三安全一稳定"), 0, NUMBER_NONE},
        {SI("(本列数据)"), 0, NUMBER_NONE},
        {SI(""), 0, NUMBER_NONE},
    };
    for (size_t i = 0; i < sizeof numbered / sizeof *numbered; i++) {
        Str rest;
        int style, n = normal_number(numbered[i].text, &rest, &style);
        if (n != numbered[i].number || style != numbered[i].style)
            fail_msg(PRI_STR ": %d, style %d", STR_ARG(numbered[i].text), n, style);
    }
}

static void a_key_holds_only_the_words(void **state)
{
    (void)state;
    char key[200];
    size_t n = normal_key(S("3.危及???三安全一稳定???"), true, key, sizeof key);
    assert_str(((Str){key, n}), S("危及三安全一稳定"));
    n = normal_key(S("(二)部分公开(区分处理的)"), false, key, sizeof key);
    assert_str(((Str){key, n}), S("部分公开"));
    assert_int_equal(normal_key(S("太长的文字"), true, key, 6), 0);
}

int main(void)
{
    enum { ROWS = sizeof rows / sizeof *rows };
    struct CMUnitTest tests[ROWS + 2] = {0};
    for (size_t i = 0; i < ROWS; i++)
        tests[i] =
            (struct CMUnitTest){rows[i].name, text_has_one_form, NULL, NULL, (void *)&rows[i]};
    tests[ROWS] = (struct CMUnitTest)cmocka_unit_test(numbering_is_told_from_figures);
    tests[ROWS + 1] = (struct CMUnitTest)cmocka_unit_test(a_key_holds_only_the_words);
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
