// What views write, and what the view compiler refuses.
#include "../test.h"

#include "base/file.h"
#include "base/text.h"
#include "unit/views/views.h"

#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static Arena arena;

static int each_begin(void **state)
{
    (void)state;
    arena = arena_new(64 << 20);
    return 0;
}

static int each_end(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static Out out_new(void)
{
    return (Out){.b = buf_new(&arena, 4 << 20)};
}

static Str got(const Out *o)
{
    return buf_str(&o->b);
}

// ---- escaping

static void text_cannot_become_markup(void **state)
{
    Out o = out_new();
    (void)state;
    view_text_str(&o, S("<a href=\"x\">&'</a>"));
    assert_str(got(&o), S("&lt;a href=&#34;x&#34;&gt;&amp;&#39;&lt;/a&gt;"));
}

static void broken_text_becomes_the_replacement_character(void **state)
{
    static const struct {
        Str in, out;
    } rows[] = {
        {SI("a\0b"), SI("a\xef\xbf\xbd"
                        "b")},
        {SI("\x1b[1m"), SI("\xef\xbf\xbd[1m")},
        {SI("\xff"), SI("\xef\xbf\xbd")},
        {SI("\xe5\x85"), SI("\xef\xbf\xbd\xef\xbf\xbd")},
        {SI("\xc0\xbc"), SI("\xef\xbf\xbd\xef\xbf\xbd")}, // < written too long
        {SI("\xed\xa0\x80"), SI("\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd")},
        {SI("公开\t\n"), SI("公开\t\n")},
        {SI("\xf0\x9f\x8c\x80\xc2\xa0"), SI("\xf0\x9f\x8c\x80\xc2\xa0")},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Out o = out_new();
        view_text_str(&o, rows[i].in);
        assert_str(got(&o), rows[i].out);
    }
}

static void only_harmless_schemes_pass(void **state)
{
    static const struct {
        Str in, out;
    } rows[] = {
        {SI("https://example.org/a?b=1&c=2#d"), SI("https://example.org/a?b=1&amp;c=2#d")},
        {SI("/annual-reports/%E5%85%AC"), SI("/annual-reports/%E5%85%AC")},
        {SI("?page=2"), SI("?page=2")},
        {SI("mailto:a@example.org"), SI("mailto:a@example.org")},
        {SI("javascript:alert(1)"), SI("#")},
        {SI("JaVaScRiPt:alert(1)"), SI("#")},
        {SI("data:text/html,x"), SI("#")},
        {SI("vbscript:x"), SI("#")},
        {SI("java\tscript:x"), SI("#")},
        {SI(" javascript:x"), SI("#")},
        {SI("\x01javascript:x"), SI("#")},
        {SI("/\\evil.example"), SI("/%5Cevil.example")},
        {SI("/公\" onclick=\""), SI("/%E5%85%AC%22%20onclick=%22")},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Out o = out_new();
        view_url_str(&o, rows[i].in);
        assert_str(got(&o), rows[i].out);
    }
}

static void a_piece_of_an_address_is_nothing_but_a_piece(void **state)
{
    Out o = out_new();
    (void)state;
    view_part_str(&o, S("../a b?c=d&e#f:g%2f公"));
    assert_str(got(&o), S("..%2Fa%20b%3Fc%3Dd%26e%23f%3Ag%252f%E5%85%AC"));
}

static void every_type_is_written_as_people_read_it(void **state)
{
    Out o = out_new();
    Date d;
    (void)state;
    assert_true(date_make(2026, 3, 9, &d));
    view_places_types(&o, -5, SIZE_MAX, INT64_MIN, 41.130000, d, "<z>", 255);
    assert_str(got(&o),
               S("-5|18446744073709551615|-9223372036854775808|41.13|2026年3月9日|&lt;z&gt;|255|"
                 "<time datetime=\"2026-03-09\"></time><a href=\"/-5/%3Cz%3E\">a</a>"));
}

static void numbers_with_a_point_end_where_they_end(void **state)
{
    static const struct {
        double x;
        Str out;
    } rows[] = {{0, SI("0")},
                {100, SI("100")},
                {0.5, SI("0.5")},
                {-1.25, SI("-1.25")},
                {1e15, SI("1000000000000000")}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Out o = out_new();
        view_text_f(&o, rows[i].x);
        assert_str(got(&o), rows[i].out);
    }
}

// A page made with any bytes has the very same tags and attributes as one made with harmless ones.
static Str skeleton(Str page)
{
    Buf b = buf_new(&arena, page.n + 1);
    bool tag = false, quoted = false;
    char quote = 0;
    for (size_t i = 0; i < page.n; i++) {
        char c = page.s[i];
        if (tag && (c == '"' || c == '\'') && (!quoted || c == quote)) {
            quoted = !quoted;
            quote = c;
            buf_byte(&b, c);
        } else if (!quoted && c == '<') {
            tag = true;
        }
        if (tag && !quoted && c != quote)
            buf_byte(&b, c);
        if (!quoted && c == '>')
            tag = false;
    }
    return buf_str(&b);
}

static void random_bytes_never_leave_their_place(void **state)
{
    static const char *const pieces[] = {"<",           ">",           "\"",   "'",    "&",  "\\",
                                         "</textarea>", "javascript:", "\xe5", "\x85", "公", "\x01",
                                         "//",          " ",           "=",    "-->",  "%",  "x"};
    Out plain = out_new();
    (void)state;
    view_places_str(&plain, S("x"));
    Str want = skeleton(got(&plain));
    srand(20260319);
    for (int round = 0; round < 3000; round++) {
        Arena scratch = arena;
        Buf in = buf_new(&scratch, 4096);
        for (int i = rand() % 12; i >= 0; i--)
            if (rand() % 4)
                buf_add(&in, str_z(pieces[(size_t)rand() % (sizeof pieces / sizeof *pieces)]));
            else
                buf_byte(&in, (char)rand());
        Out o = {.b = buf_new(&scratch, 1 << 20)};
        view_places_str(&o, buf_str(&in));
        Str page = got(&o);
        assert_int_equal(text_valid(page), page.n);
        assert_str(skeleton(page), want);
        assert_false(str_has(page, S("href=\"javascript:")));
        assert_false(str_has(page, S("action=\"javascript:")));
    }
}

// ---- compiled views

static void conditions_loops_and_other_views(void **state)
{
    Out o = out_new();
    (void)state;
    view_places_flow(&o, 3, 2);
    assert_str(
        got(&o),
        S("<!doctype html><html lang=\"zh-Hans\"><head><title>题</title></head><body><ul>"
          "<li>0</li><li class=\"now\">2</li><li>4</li></ul><a href=\"/two\">\ntext</a>\nyes\n"
          "</body></html>"));
}

static void space_goes_where_nobody_sees_it(void **state)
{
    Out o = out_new();
    (void)state;
    view_places_space(&o, (Html){S("<svg></svg>")});
    assert_str(got(&o), S("<div><p>第一行，第二行 <b>a</b>\n<i>b</i></p>"
                          "<pre>\n kept\n   too</pre><p><svg></svg></p></div>"));
}

// ---- what does not compile

extern char **environ;

// Runs viewc over one file; its exit status and what it said.
static int viewc_run(Str source, Str *said)
{
    Err err;
    Str dir;
    assert_true(file_temp_dir(&arena, &dir, &err));
    Str file = file_join(&arena, dir, S("a.html")), log = file_join(&arena, dir, S("log"));
    assert_true(file_write(file, source, &err));
    char *argv[] = {str_to_z(&arena, S(VIEWC)), str_to_z(&arena, dir), str_to_z(&arena, file),
                    NULL};
    posix_spawn_file_actions_t acts;
    posix_spawn_file_actions_init(&acts);
    posix_spawn_file_actions_addopen(&acts, STDERR_FILENO, str_to_z(&arena, log), 0101, 0600);
    pid_t pid;
    int status = -1;
    assert_int_equal(posix_spawn(&pid, argv[0], &acts, NULL, argv, environ), 0);
    waitpid(pid, &status, 0);
    posix_spawn_file_actions_destroy(&acts);
    assert_true(file_read(log, 1 << 16, &arena, said, &err));
    file_remove(dir, &err);
    return WEXITSTATUS(status);
}

static const struct Refused {
    const char *name, *source, *line, *words;
} refused[] = {
    {"a_value_in_an_unquoted_attribute", "%! v(Str s)\n<p title={{s}}></p>\n",
     ":2:", "needs quotes"},
    {"a_value_in_a_script", "%! v(Str s)\n<script src=\"/a.js\">{{s}}</script>\n",
     ":2:", "<script>"},
    {"a_script_in_the_page", "%! v()\n<p></p>\n<script>x()</script>\n", ":3:", "src"},
    {"a_style_element", "%! v()\n<style>p{}</style>\n", ":2:", "<style>"},
    {"a_style_attribute", "%! v()\n<p style=\"color:red\"></p>\n", ":2:", "use a class"},
    {"an_on_attribute", "%! v(Str s)\n<p onclick=\"{{s}}\"></p>\n", ":2:", "on"},
    {"a_value_in_a_comment", "%! v(Str s)\n<!-- {{s}} -->\n", ":2:", "comment"},
    {"a_value_as_a_tag_name", "%! v(Str s)\n<{{s}}>\n", ":2:", "tag name"},
    {"a_value_as_part_of_a_tag_name", "%! v(Str s)\n<h{{s}}></h1>\n", ":2:", "among attributes"},
    {"a_value_as_an_attribute", "%! v(Str s)\n<p {{s}}></p>\n", ":2:", "among attributes"},
    {"a_value_in_srcset", "%! v(Str s)\n<img srcset=\"{{s}}\">\n", ":2:", "language of its own"},
    {"a_refresh", "%! v(Str s)\n<meta http-equiv=\"refresh\" content=\"0;{{s}}\">\n",
     ":2:", "http-equiv"},
    {"a_script_address", "%! v()\n<a href=\"javascript:x\">y</a>\n", ":2:", "javascript:"},
    {"text_right_after_a_whole_address", "%! v(Str s)\n<a href=\"{{s}}:x\">y</a>\n",
     ":2:", "whole address"},
    {"ready_html_in_an_attribute", "%! v(Html h)\n<p title=\"{{{h}}}\"></p>\n",
     ":2:", "between tags"},
    {"an_element_not_closed", "%! v()\n<p>a\n", ":3:", "<p> is not closed"},
    {"an_element_closed_twice", "%! v()\n<p></p></p>\n", ":2:", "</p>"},
    {"elements_crossed", "%! v()\n<b><i></b></i>\n",
     ":2:", "</b> but the element open here is <i>"},
    {"a_loop_that_leaves_a_tag_open", "%! v(int n)\n% while (n) {\n<p>\n% }\n",
     ":4:", "opens or closes more"},
    {"branches_that_differ", "%! v(int n)\n% if (n) {\n<p>\n% } else {\n<b>\n% }\n</p>\n",
     ":6:", "different places"},
    {"a_block_not_ended", "%! v(int n)\n% if (n) {\n<p></p>\n", ":2:", "not closed"},
    {"an_end_without_a_begin", "%! v()\n{{end}}\n", ":2:", "nothing is open"},
    {"an_else_of_a_loop", "%! v(int n)\n{{for (;;)}}{{else}}{{end}}\n", ":2:", "else"},
    {"a_call_on_a_code_line", "%! v(int n)\n% exit(1);\n", ":2:", "loops, conditions and const"},
    {"an_unknown_view", "%! v()\n{{> w()}}\n", ":2:", "no view of the name w"},
    {"two_views_of_one_name", "%! v()\n<p></p>\n%! v()\n", ":3:", "already a view"},
    {"text_before_the_first_view", "<p></p>\n%! v()\n", ":1:", "before the first"},
    {"a_value_that_does_not_end", "%! v(Str s)\n{{s\n}}\n", ":2:", "not closed on its line"},
    {"nothing_in_braces", "%! v()\n{{ }}\n", ":2:", "nothing in it"},
    {"a_slash_at_the_end_of_a_normal_element", "%! v()\n<p/>\n", ":2:", "/>"},
    {"a_lone_less_than", "%! v()\n<p>1 < 2</p>\n", ":2:", "&lt;"},
};

static void refused_with_its_line(void **state)
{
    const struct Refused *row = *state;
    Str said;
    each_begin(NULL);
    assert_int_equal(viewc_run(str_z(row->source), &said), 1);
    if (!str_has(said, str_z(row->line)) || !str_has(said, str_z(row->words)))
        fail_msg("wanted “%s … %s”, got " PRI_STR, row->line, row->words, STR_ARG(said));
    each_end(NULL);
}

static void what_is_right_compiles(void **state)
{
    Str said;
    (void)state;
    int status = viewc_run(S("%! v(Str s)\n<p>{{s}}{{\"}}\"}}</p>\n"), &said);
    assert_str(said, S(""));
    assert_int_equal(status, 0);
}

#define T(f) cmocka_unit_test_setup_teardown(f, each_begin, each_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(text_cannot_become_markup),
        T(broken_text_becomes_the_replacement_character),
        T(only_harmless_schemes_pass),
        T(a_piece_of_an_address_is_nothing_but_a_piece),
        T(every_type_is_written_as_people_read_it),
        T(numbers_with_a_point_end_where_they_end),
        T(random_bytes_never_leave_their_place),
        T(conditions_loops_and_other_views),
        T(space_goes_where_nobody_sees_it),
        T(what_is_right_compiles),
    };
    enum { TESTS = sizeof tests / sizeof *tests, ROWS = sizeof refused / sizeof *refused };
    struct CMUnitTest all[TESTS + ROWS];
    memcpy(all, tests, sizeof tests);
    for (size_t i = 0; i < ROWS; i++)
        all[TESTS + i] = (struct CMUnitTest){.name = refused[i].name,
                                             .test_func = refused_with_its_line,
                                             .initial_state = (void *)(uintptr_t)&refused[i]};
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("view", all, NULL, NULL);
}
