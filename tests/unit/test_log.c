#include "base/log.h"
#include "test.h"

#include <fcntl.h>
#include <unistd.h>

static Arena a;

static int make_arena(void **state)
{
    (void)state;
    a = arena_new(1 << 20);
    return 0;
}

static void an_event_is_one_line(void **state)
{
    (void)state;
    const LogField f[] = {log_str("organ", S("示例市")), log_int("cells", 182),
                          log_z("note", "two words")};
    assert_str(log_line(&a, 1773907200123, LOG_INFO, "report imported", f, 3),
               S("t=2026-03-19T08:00:00.123Z level=info msg=\"report imported\" organ=示例市 "
                 "cells=182 note=\"two words\"\n"));
}

static void nobody_can_forge_a_line(void **state)
{
    (void)state;
    const LogField f[] = {log_str("name", S("x\nt=1 level=error \"\\\x1b[0m"))};
    Str line = log_line(&a, 0, LOG_WARN, "m", f, 1);
    assert_str(line, S("t=1970-01-01T00:00:00.000Z level=warn msg=m "
                       "name=\"x\\nt=1 level=error \\\"\\\\\\x1b[0m\"\n"));
}

static void what_does_not_fit_is_left_out_whole(void **state)
{
    (void)state;
    char big[LOG_LINE];
    memset(big, 'x', sizeof big);
    const LogField f[] = {log_str("big", (Str){big, sizeof big}), log_int("n", 1)};
    assert_str(log_line(&a, 0, LOG_INFO, "m", f, 2),
               S("t=1970-01-01T00:00:00.000Z level=info msg=m n=1\n"));
}

static void levels_have_names_and_an_order(void **state)
{
    (void)state;
    LogLevel level = LOG_DEBUG;
    assert_true(log_level_named(S("warn"), &level));
    assert_int_equal(level, LOG_WARN);
    assert_false(log_level_named(S("loud"), &level));
    assert_int_equal(level, LOG_WARN);
    assert_true(log_on(LOG_INFO));
    assert_false(log_on(LOG_DEBUG));
}

static void a_line_goes_to_standard_error(void **state)
{
    (void)state;
    int ends[2], was = dup(2);
    char got[500];
    assert_int_equal(pipe(ends), 0);
    dup2(ends[1], 2);
    log_event(LOG_INFO, "listening", log_int("port", 8080));
    log_event(LOG_DEBUG, "not shown", log_int("port", 8080));
    dup2(was, 2);
    close(ends[1]), close(was);
    ssize_t n = read(ends[0], got, sizeof got);
    assert_true(n > 0);
    assert_true(str_ends((Str){got, (size_t)n}, S(" level=info msg=listening port=8080\n")));
    close(ends[0]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_event_is_one_line),
        cmocka_unit_test(nobody_can_forge_a_line),
        cmocka_unit_test(what_does_not_fit_is_left_out_whole),
        cmocka_unit_test(levels_have_names_and_an_order),
        cmocka_unit_test(a_line_goes_to_standard_error),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, make_arena, NULL);
}
