#include "doc_builder.h"

#include "report/columns.h"
#include "report/report_csv.h"
#include "report/report_print.h"

static const PrintOptions plain = {.lang = LANG_ZH, .width = 80};

static void a_chinese_character_takes_two_columns(void **state)
{
    (void)state;
    assert_int_equal(text_columns(S("总计 3")), 6);
    assert_int_equal(text_columns(S("（一）")), 6);
    assert_int_equal(text_columns(S("e\xcc\x81")), 1); // an accent of its own takes none
}

static void columns_are_as_wide_as_their_widest_text(void **state)
{
    (void)state;
    Arena a = arena_new(1 << 20);
    Buf b = buf_new(&a, 1 << 16);
    const Str cells[] = {SI("总计"), SI("3"), SI("a"), SI("1407")};
    columns_table(&b, cells, 2, 2, 1 << 1, S("> "));
    assert_str(buf_str(&b), S("> 总计     3\n> a     1407\n"));
    arena_free(&a);
}

static void a_line_is_wrapped_before_its_width_and_never_before_a_closing_mark(void **state)
{
    (void)state;
    Arena a = arena_new(1 << 20);
    Buf b = buf_new(&a, 1 << 16);
    columns_wrap(&b, S("总计不等于各列之和，请核对。"), 18, S("  "));
    assert_str(buf_str(&b), S("总计不等于各列之\n  和，请核对。"));
    b = buf_new(&a, 1 << 16);
    columns_wrap(&b, S("averyveryverylongwordwithoutend"), 10, S(""));
    assert_str(buf_str(&b), S("averyveryv\nerylongwor\ndwithouten\nd"));
    arena_free(&a);
}

static Str tables_of(const Document *d, Arena *a)
{
    Buf b = buf_new(a, 1 << 20);
    print_tables(&b, d, &plain);
    return buf_str(&b);
}

static void a_blank_an_unreadable_and_a_guess_are_shown_apart_and_explained(void **state)
{
    (void)state;
    Arena a = arena_new(1 << 26);
    Document *d = doc_new(&a, EDITION_FMT2021, 2023);
    Str without = tables_of(d, &a);
    assert_false(str_has(without, S("blank in the source")));
    doc_blank(d, "t3.new.natural");
    doc_unreadable(d, "t3.new.business", "3 4");
    doc_set(d, "t3.new.other", 9);
    doc_repair(d, "t3.new.other", REPAIR_POSITION);
    Str with = tables_of(d, &a);
    assert_true(str_has(with, S(" _ ")));
    assert_true(str_has(with, S(" ? ")));
    assert_true(str_has(with, S(" ~9 ")));
    assert_true(str_has(with, S("blank in the source")));
    arena_free(&a);
}

static void a_table_that_was_not_found_is_said_to_be_missing(void **state)
{
    (void)state;
    Arena a = arena_new(1 << 26);
    Document *d = doc_new(&a, EDITION_FMT2021, 2023);
    doc_drop_table(d, TABLE_T4);
    assert_true(str_has(tables_of(d, &a), S("Table four: no figures found")));
    arena_free(&a);
}

static Finding *finding(Document *d, Arena *a, const char *title, Result result, Severity severity)
{
    Finding *f = PUSH(a, &d->findings);
    *f = (Finding){.id = S("x.y"),
                   .result = result,
                   .severity = severity,
                   .title = str_z(title),
                   .message = S("说明")};
    return f;
}

static void failures_come_first_and_passes_only_when_asked_for(void **state)
{
    (void)state;
    Arena a = arena_new(1 << 26);
    Document *d = NEW(&a, Document, 1);
    finding(d, &a, "passed", RESULT_PASS, SEVERITY_ERROR);
    finding(d, &a, "doubted", RESULT_DOUBTFUL, SEVERITY_ERROR);
    finding(d, &a, "warned", RESULT_FAIL, SEVERITY_WARNING);
    finding(d, &a, "failed", RESULT_FAIL, SEVERITY_ERROR);
    Buf b = buf_new(&a, 1 << 16);
    print_findings(&b, d, &plain);
    Str s = buf_str(&b);
    assert_true(str_find(s, S("failed")) < str_find(s, S("warned")));
    assert_true(str_find(s, S("warned")) < str_find(s, S("doubted")));
    assert_false(str_has(s, S("  passed  [")));
    assert_false(str_has(s, S("\033")));
    PrintOptions all = plain;
    all.all = true;
    b = buf_new(&a, 1 << 16);
    print_findings(&b, d, &all);
    assert_true(str_has(buf_str(&b), S("pass  passed  [")));
    arena_free(&a);
}

static void what_a_report_says_brings_no_escape_sequences(void **state)
{
    (void)state;
    Arena a = arena_new(1 << 26);
    Document *d = NEW(&a, Document, 1);
    const Reading from = {.name = S("a\nb\033[2J.html")};
    PrintOptions coloured = plain;
    coloured.colour = true;
    d->organ = d->title = S("示例市\033]0;x\a\u202E");
    Finding *f = finding(d, &a, "failed", RESULT_FAIL, SEVERITY_ERROR);
    f->message = f->evidence = S("第\033[8m一\xc2\x9b"
                                 "0m行");
    Buf b = buf_new(&a, 1 << 16);
    print_heading(&b, &from, d, &coloured);
    print_facts(&b, d);
    print_findings(&b, d, &coloured);
    Str s = buf_str(&b);
    static const Str never[] = {SI("\033[2J"), SI("\033]"),    SI("\a"),  SI("\u202E"),
                                SI("\033[8m"), SI("\xc2\x9b"), SI("a\nb")};
    for (size_t i = 0; i < sizeof never / sizeof *never; i++)
        assert_false(str_has(s, never[i]));
    assert_true(str_has(s, S("\033[1m"))); // our own are there
    arena_free(&a);
}

static void a_field_of_csv_is_quoted_where_it_must_be_and_runs_nothing(void **state)
{
    (void)state;
    static const struct {
        Str text, field;
    } rows[] = {
        {SI("总计"), SI("总计")},
        {SI("a,b"), SI("\"a,b\"")},
        {SI("say \"x\""), SI("\"say \"\"x\"\"\"")},
        {SI("line\nbreak"), SI("\"line\nbreak\"")},
        {SI("+8"), SI("+8")},
        {SI("-21"), SI("-21")},
        {SI("-"), SI("-")},
        {SI("=1+1"), SI("\"'=1+1\"")},
        {SI("＝1+1"), SI("\"'＝1+1\"")},
        {SI("－"), SI("－")}, // a dash, for nothing
        {SI("\n=1+1"), SI("\"'\n=1+1\"")},
        {SI("@SUM(A1)"), SI("\"'@SUM(A1)\"")},
        {SI("-2+cmd|' /C calc'!A0"), SI("\"'-2+cmd|' /C calc'!A0\"")},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Arena a = arena_new(1 << 20);
        Buf b = buf_new(&a, 1 << 12);
        csv_field(&b, rows[i].text);
        assert_str(buf_str(&b), rows[i].field);
        arena_free(&a);
    }
}

static void csv_has_a_line_for_every_cell_of_the_edition(void **state)
{
    (void)state;
    Arena a = arena_new(1 << 26);
    Document *d = doc_new(&a, EDITION_FMT2021, 2023);
    Buf b = buf_new(&a, 1 << 20);
    report_csv_head(&b);
    report_csv(&b, S("a.html"), 1, d);
    size_t lines = 0, cells = 0;
    for (size_t i = 0; i < b.n; i++)
        lines += b.s[i] == '\n';
    for (CellIx ix = 0; ix < CELL_COUNT; ix++)
        cells += cell_in(ix, EDITION_FMT2021);
    assert_int_equal(lines, cells + 1);
    arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_chinese_character_takes_two_columns),
        cmocka_unit_test(columns_are_as_wide_as_their_widest_text),
        cmocka_unit_test(a_line_is_wrapped_before_its_width_and_never_before_a_closing_mark),
        cmocka_unit_test(a_blank_an_unreadable_and_a_guess_are_shown_apart_and_explained),
        cmocka_unit_test(a_table_that_was_not_found_is_said_to_be_missing),
        cmocka_unit_test(failures_come_first_and_passes_only_when_asked_for),
        cmocka_unit_test(what_a_report_says_brings_no_escape_sequences),
        cmocka_unit_test(a_field_of_csv_is_quoted_where_it_must_be_and_runs_nothing),
        cmocka_unit_test(csv_has_a_line_for_every_cell_of_the_edition),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
