// What is taken for the same text, and which marks can be meant.
#include "test.h"

#include "domain/redaction.h"
#include "domain/release.h"

static Arena a;

static int begin(void **state)
{
    (void)state;
    a = arena_new((size_t)64 << 20);
    return 0;
}

static int end(void **state)
{
    (void)state;
    arena_free(&a);
    return 0;
}

typedef struct SameRow {
    const char *name, *text, *words;
    bool holds;
} SameRow;

// clang-format off
static const SameRow same_rows[] = {
    { "a_name_in_a_sentence",            "申请人张三的住址",              "张三",               true },
    { "another_name_is_another",         "申请人张四的住址",              "张三",               false },
    { "spaces_between_letters",          "张 　三",                       "张三",               true },
    { "a_line_break_between",            "张\n三",                        "张三",               true },
    { "spaces_in_what_is_looked_for",    "申请人张三",                    "张 三",              true },
    { "full_width_digits",               "号码１１０１０１１９９００１０１", "110101199001",      true },
    { "circled_digits",                  "第①②项",                       "12",                 true },
    { "a_number_in_groups",              "110101 19900101 0010",          "110101199001010010", true },
    { "capital_letters",                 "x号 ABC-12",                    "abc-12",             true },
    { "a_ligature",                      "of\uFB01ce",                    "office",             true },
    { "zero_width_between",              "张\u200B三",                    "张三",               true },
    { "soft_hyphen_between",             "Zhang\u00ADsan",                "zhangsan",           true },
    { "direction_marks_between",         "张\u202E三",                    "张三",               true },
    { "dashes_are_dashes",               "110101—0010",                   "110101-0010",        true },
    { "middle_dots_are_dots",            "阿里木\u2022买买提",            "阿里木·买买提",      true },
    { "radicals_are_letters",            "\u2F42本",                      "文本",               true },
    { "compatibility_ideographs",        "\uF9E1明",                      "李明",               true },
    { "part_of_a_longer_number_counts",  "20110101199001",                "110101199001",       true },
    { "nothing_is_in_nothing",           "",                              "",                   false },
    { "spaces_alone_are_nothing",        "张三",                          "  ",                 false },
};
// clang-format on

static void same_row(void **state)
{
    const SameRow *r = *state;
    assert_int_equal(redact_holds(str_z(r->text), str_z(r->words), &a), r->holds);
}

static void each_byte_of_the_folded_text_knows_where_it_came_from(void **state)
{
    (void)state;
    Str s = S("甲 ①ﬁ乙");
    Folded f = redact_fold(s, &a);
    assert_str(f.text, S("甲1fi乙"));
    size_t at[] = {0, 0, 0, 4, 7, 7, 10, 10, 10, 13};
    for (size_t i = 0; i <= f.text.n; i++)
        assert_int_equal(f.from[i], at[i]);
}

static void folding_twice_changes_nothing(void **state)
{
    (void)state;
    for (uint32_t c = 1; c < 0x11000; c++) {
        Arena scratch = a;
        char bytes[4];
        size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
        if (c >= 0xd800 && c < 0xe000)
            continue;
        for (size_t i = n, r = c; i-- > 1; r >>= 6)
            bytes[i] = (char)(0x80 | (r & 0x3f));
        bytes[0] = (char)(n == 1   ? c
                          : n == 2 ? 0xc0 | c >> 6
                          : n == 3 ? 0xe0 | c >> 12
                                   : 0xf0 | c >> 18);
        Str once = redact_fold((Str){bytes, n}, &scratch).text;
        assert_str(redact_fold(once, &scratch).text, once);
    }
}

typedef struct AreaRow {
    const char *name, *text;
    bool read, fits; // on a document of three pages
} AreaRow;

// clang-format off
static const AreaRow area_rows[] = {
    { "an_area_in_per_cent",        "1:10,20.5,30,4",     true,  true },
    { "two_digits_behind_the_point", "3:0,0,100,0.25",    true,  true },
    { "the_whole_page",             "2:0,0,100,100",      true,  true },
    { "a_page_that_is_not_there",   "4:0,0,10,10",        true,  false },
    { "beyond_the_right_edge",      "1:95,0,10,10",       true,  false },
    { "beyond_the_lower_edge",      "1:0,95,10,10",       true,  false },
    { "too_small_to_be_meant",      "1:0,0,0.1,10",       true,  false },
    { "page_0",                     "0:0,0,10,10",        false, false },
    { "a_number_is_missing",        "1:0,0,10",           false, false },
    { "one_too_many",               "1:0,0,10,10,10",     false, false },
    { "negative",                   "1:-1,0,10,10",       false, false },
    { "more_than_all",              "1:0,0,101,10",       false, false },
    { "three_digits_behind",        "1:0.125,0,10,10",    false, false },
    { "no_page",                    "10,20,30,4",         false, false },
    { "words",                      "所有页",             false, false },
    { "nothing",                    "",                   false, false },
};
// clang-format on

static void area_row(void **state)
{
    const AreaRow *r = *state;
    Err err = {0};
    RedactMark m = {0};
    assert_int_equal(redact_area_read(str_z(r->text), &m.box, &err), r->read);
    if (r->read)
        assert_int_equal(redact_mark_check(&m, 3, &err), r->fits);
}

static void an_area_is_said_as_it_was_typed(void **state)
{
    (void)state;
    Err err = {0};
    RedactBox box;
    assert_true(redact_area_read(S("2:12.5,7,0.25,100"), &box, &err));
    assert_str(redact_area_words(&box, &a), S("第2页，左12.5%、上7%、宽0.25%、高100%"));
}

static void a_text_of_one_character_is_no_mark(void **state)
{
    (void)state;
    Err err = {0};
    RedactMark m = {.words = S("张")};
    assert_false(redact_mark_check(&m, 1, &err));
    m.words = S("张 ");
    assert_false(redact_mark_check(&m, 1, &err));
    m.words = S("张三");
    assert_true(redact_mark_check(&m, 1, &err));
}

static void every_ground_has_its_article_and_label(void **state)
{
    (void)state;
    for (int g = 0; g < GROUND__COUNT; g++) {
        Ground back;
        assert_true(str_starts(ground_defs[g].label, S("第十")));
        assert_true(str_has(ground_defs[g].source, ground_defs[g].label));
        assert_true(ground_named(ground_defs[g].id, &back) && back == (Ground)g);
    }
}

static void every_kind_of_file_is_taken_or_says_what_to_do(void **state)
{
    (void)state;
    for (int k = 0; k < ATTACH_KIND__COUNT; k++) {
        const ReleaseKind *r = &release_kinds[k];
        assert_true(r->marked ? r->taken : r->zh && r->en);
    }
}

typedef struct ReadyRow {
    const char *name;
    ReleaseCount files; // open made blocked proven clean
    bool elsewhere, ready;
} ReadyRow;

// clang-format off
static const ReadyRow ready_rows[] = {
    { "nothing_attached_and_nothing_said",      { {0, 0, 0, 0, 0}, 0 }, false, false },
    { "nothing_attached_and_said_where",        { {0, 0, 0, 0, 0}, 0 }, true,  true },
    { "one_proven",                             { {0, 0, 0, 1, 0}, 0 }, false, true },
    { "one_that_needs_nothing",                 { {0, 0, 0, 0, 1}, 0 }, false, true },
    { "one_not_looked_at",                      { {1, 0, 0, 1, 1}, 0 }, false, false },
    { "one_not_confirmed",                      { {0, 1, 0, 1, 0}, 0 }, false, false },
    { "one_blocked",                            { {0, 0, 1, 1, 0}, 0 }, false, false },
    { "one_proven_that_is_made_anew",           { {0, 0, 0, 1, 0}, 1 }, false, false },
    { "said_where_but_a_file_is_open",          { {1, 0, 0, 0, 0}, 0 }, true,  false },
};
// clang-format on

typedef struct WordsRow {
    const char *name;
    MakingState state;
    int done, pages;
    int64_t ahead;
    const char *words;
} WordsRow;

// clang-format off
static const WordsRow words_rows[] = {
    { "waiting_behind_others",  MAKING_WAITING,   0,  80, 2, "排队中，前面还有2份文件。" },
    { "waiting_for_a_moment",   MAKING_WAITING,   0,  80, 0, "马上开始。" },
    { "the_first_page",         MAKING_GOING,     0,  80, 0, "正在涂黑第1页，共80页。" },
    { "the_twelfth_page",       MAKING_GOING,     11, 80, 0, "正在涂黑第12页，共80页。" },
    { "all_pages",              MAKING_GOING,     80, 80, 0, "80页都已涂黑，正在重新打开检查。" },
    { "done_says_nothing_more", MAKING_DONE,      80, 80, 0, "" },
    { "failed_neither",         MAKING_FAILED,    3,  80, 0, "" },
};
// clang-format on

static void words_row(void **state)
{
    const WordsRow *r = *state;
    assert_str(making_words(r->state, r->done, r->pages, r->ahead, &a), str_z(r->words));
}

static void every_state_of_a_making_is_found_by_its_id(void **state)
{
    (void)state;
    MakingState s;
    for (int i = MAKING_WAITING; i < MAKING__COUNT; i++) {
        assert_true(making_state_named(making_states[i].id, &s));
        assert_int_equal(s, i);
    }
    assert_false(making_state_named(S(""), &s));
}

static void ready_row(void **state)
{
    const ReadyRow *r = *state;
    Str why;
    assert_int_equal(release_ready(&r->files, r->elsewhere, &a, &why), r->ready);
    assert_int_equal(why.n == 0, r->ready);
}

#define COUNT(v) (sizeof(v) / sizeof *(v))

int main(void)
{
    struct CMUnitTest tests[80] = {
        cmocka_unit_test(each_byte_of_the_folded_text_knows_where_it_came_from),
        cmocka_unit_test(folding_twice_changes_nothing),
        cmocka_unit_test(an_area_is_said_as_it_was_typed),
        cmocka_unit_test(a_text_of_one_character_is_no_mark),
        cmocka_unit_test(every_ground_has_its_article_and_label),
        cmocka_unit_test(every_kind_of_file_is_taken_or_says_what_to_do),
        cmocka_unit_test(every_state_of_a_making_is_found_by_its_id),
    };
    size_t n = 7;
#define ROWS(rows, run)                                                                            \
    for (size_t i = 0; i < COUNT(rows); i++)                                                       \
    tests[n++] = (struct CMUnitTest){rows[i].name, run, NULL, NULL, (void *)(uintptr_t)&rows[i]}
    ROWS(same_rows, same_row);
    ROWS(area_rows, area_row);
    ROWS(ready_rows, ready_row);
    ROWS(words_rows, words_row);
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return _cmocka_run_group_tests("redaction", tests, n, begin, end);
}
