#include "test.h"

static void a_cut_splits_at_the_first_separator(void **state)
{
    (void)state;
    Str head, rest;
    assert_true(str_cut(S("a|b|c"), S("|"), &head, &rest));
    assert_str(head, S("a"));
    assert_str(rest, S("b|c"));
}

static void a_replacement_keeps_what_lies_between(void **state)
{
    (void)state;
    Arena a = arena_new(1 << 20);
    assert_str(str_replace(&a, S("年報年報x"), S("報"), S("报")), S("年报年报x"));
    assert_str(str_replace(&a, S("aa"), S("a"), S("")), S(""));
    arena_free(&a);
}

static void trimming_takes_chinese_spaces_too(void **state)
{
    (void)state;
    assert_str(str_trim(S("\xe3\x80\x80 总 计\xc2\xa0\n")), S("总 计"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_cut_splits_at_the_first_separator),
        cmocka_unit_test(a_replacement_keeps_what_lies_between),
        cmocka_unit_test(trimming_takes_chinese_spaces_too),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
