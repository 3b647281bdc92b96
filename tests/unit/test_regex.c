#include "base/regex.h"
#include "test.h"

#include <pthread.h>

static Regex year = REGEX("(20\\d\\d)\\s*年(度)?");
static Regex two_groups = REGEX("(\\d+)件.*?(\\p{Han}{2})$");
static Regex explodes = REGEX("(a+)+$");

static void groups_come_as_slices(void **state)
{
    (void)state;
    Str s = S("示例市2023 年政府信息公开");
    RegexMatch m;
    assert_true(regex_find(&year, s, 0, &m));
    assert_str(m.group[0], S("2023 年"));
    assert_str(m.group[1], S("2023"));
    assert_null(m.group[2].s);
    assert_ptr_equal(m.group[1].s, s.s + 9);
    assert_int_equal(m.start, 9);
    assert_false(regex_find(&year, s, m.end, &m));
    assert_false(m.gave_up);
}

static void every_match_is_found_in_turn(void **state)
{
    (void)state;
    Str s = S("2019年、2020年度、2021年");
    int n = 0;
    RegexMatch m;
    for (size_t at = 0; regex_find(&year, s, at, &m); at = m.end)
        n++;
    assert_int_equal(n, 3);
}

static void chinese_is_a_character_and_not_bytes(void **state)
{
    (void)state;
    RegexMatch m;
    assert_true(regex_find(&two_groups, S("共12件，予以公开"), 0, &m));
    assert_str(m.group[2], S("公开"));
    assert_false(regex_has(&year, S("")));
    assert_false(regex_has(&year, (Str){0}));
}

static void an_expression_that_explodes_gives_up(void **state)
{
    (void)state;
    char as[5000];
    memset(as, 'a', sizeof as);
    as[sizeof as - 1] = '!';
    RegexMatch m;
    assert_false(regex_find(&explodes, (Str){as, sizeof as}, 0, &m));
    assert_true(m.gave_up);
}

static void matches_are_replaced(void **state)
{
    (void)state;
    Arena a = arena_new(1 << 20);
    static Regex spaces = REGEX("(\\d)\\s+(?=\\d)");
    static Regex empty = REGEX("x*");
    assert_str(regex_replace(&a, &spaces, S("共1 2 3件"), S("$1")), S("共123件"));
    assert_str(regex_replace(&a, &year, S("2019年2020年度"), S("[$1$$$2]")), S("[2019$][2020$度]"));
    Str same = S("没有数字");
    assert_ptr_equal(regex_replace(&a, &spaces, same, S("")).s, same.s);
    assert_str(regex_replace(&a, &empty, S("公x开"), S("-")), S("-公--开-"));
    arena_free(&a);
}

static void *search(void *p)
{
    RegexMatch m;
    for (int i = 0; i < 2000; i++)
        if (!regex_find(&year, S("公开2024年"), 0, &m) || !str_eq(m.group[1], S("2024")))
            *(bool *)p = false;
    return NULL;
}

static void threads_share_an_expression(void **state)
{
    (void)state;
    pthread_t t[4];
    bool right[4] = {true, true, true, true};
    for (int i = 0; i < 4; i++)
        assert_int_equal(pthread_create(&t[i], NULL, search, &right[i]), 0);
    for (int i = 0; i < 4; i++) {
        pthread_join(t[i], NULL);
        assert_true(right[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(threads_share_an_expression),
        cmocka_unit_test(groups_come_as_slices),
        cmocka_unit_test(every_match_is_found_in_turn),
        cmocka_unit_test(chinese_is_a_character_and_not_bytes),
        cmocka_unit_test(an_expression_that_explodes_gives_up),
        cmocka_unit_test(matches_are_replaced),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
