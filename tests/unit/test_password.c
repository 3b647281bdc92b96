#include "../test.h"

#include "domain/password.h"

static const PasswordOwner owner = {.login = SI("zhouheng"),
                                    .name = SI("周衡"),
                                    .organ = SI("示例县财政局"),
                                    .site = SI("示例县人民政府")};

typedef struct PasswordRow {
    const char *name;
    Str password;
    bool good;
} PasswordRow;

// clang-format off
static const PasswordRow rows[] = {
    { "eleven characters are too few",            SI("xk7Qp2mvR9t"),                  false },
    { "twelve at random will do",                 SI("xk7Qp2mvR9tz"),                 true  },
    { "lower case alone will do",                 SI("vkqmzrtwhpxd"),                 true  },
    { "several words will do",                    SI("chuang wai de yinghua 3 ke"),   true  },
    { "in Chinese too",                           SI("窗外三棵樱花树开得正好呢吧"),   true  },
    { "characters are counted, not bytes",        SI("窗外三棵樱花树"),               false },
    { "a common word with digits",                SI("Password1234"),                 false },
    { "in disguise",                              SI("P@ssw0rd2026"),                 false },
    { "twice",                                    SI("passwordpassword"),             false },
    { "a row of keys",                            SI("qwertyuiop12"),                 false },
    { "a slanting row of keys",                   SI("1qaz2wsx3edc4rfv"),             false },
    { "the alphabet",                             SI("abcdefghijklmnop"),             false },
    { "digits in order",                          SI("123456789012"),                 false },
    { "one sign",                                 SI("aaaaaaaaaaaaaaaa"),             false },
    { "one sign, Chinese",                        SI("好好好好好好好好好好好好"),     false },
    { "a block again and again",                  SI("x7x7x7x7x7x7x7x7"),             false },
    { "a surname and digits",                     SI("zhangwei123456"),               false },
    { "love and digits",                          SI("woaini5201314"),                false },
    { "love and digits, signs behind",            SI("Woaini5201314!!"),              false },
    { "two days",                                 SI("1990010119920202"),             false },
    { "a day and a name",                         SI("liqiang19880808"),              false },
    { "a telephone number",                       SI("138001380001"),                 false },
    { "a telephone number and a surname",         SI("wang13912345678"),              false },
    { "the login and the year",                   SI("zhouheng2026"),                 false },
    { "the name again and again",                 SI("周衡周衡周衡周衡周衡周衡"),     false },
    { "the organ",                                SI("示例县财政局2026年度"),            false },
    { "the site",                                 SI("示例县人民政府12345"),          false },
    { "what the office does",                     SI("xinxigongkai2026"),             false },
    { "a line end",                               SI("vkqmzr\ntwhpxd"),               false },
    { "the login among more",                     SI("zhouheng yang san zhi qingwa"), true  },
};
// clang-format on

static Arena arena;

static void check_row(void **state)
{
    const PasswordRow *row = *state;
    Err err = {0};
    bool good = password_decide(row->password, &owner, &arena, &err);
    if (good != row->good)
        fail_msg("%d bits: %s", password_bits(row->password, &owner, &arena), err.en);
    assert_true(good || err.kind == ERR_INPUT);
}

static void a_name_of_one_s_own_is_called_so(void **state)
{
    Err err = {0};
    (void)state;
    assert_false(password_decide(S("示例县财政局2026年度"), &owner, &arena, &err));
    assert_true(str_has(str_z(err.zh), S("机关")));
}

static void the_longest_is_a_hundred_and_twenty_eight_characters(void **state)
{
    Err err = {0};
    Str good = S("窗外三棵樱花树开得正好呢吧"), all = S("");
    (void)state;
    while (str_runes(all) < 116)
        all = str_cat(&arena, all, str_fmt(&arena, "%d马", (int)str_runes(all) * 7919 % 1000));
    all = str_cat(&arena, good, all);
    Str most = S("");
    for (size_t i = 0, len, n = 0; n < PASSWORD_MOST && i < all.n; i += len, n++) {
        str_rune(all, i, &len);
        most = str_sub(all, 0, i + len);
    }
    assert_int_equal(str_runes(most), PASSWORD_MOST);
    assert_true(password_decide(most, &owner, &arena, &err));
    assert_false(password_decide(str_cat(&arena, most, S("x")), &owner, &arena, &err));
}

static void strength_is_said_in_words(void **state)
{
    (void)state;
    assert_str(password_strength(10), S("太容易猜"));
    assert_str(password_strength(PASSWORD_LEAST_BITS), S("可以"));
    assert_str(password_strength(60), S("较强"));
    assert_str(password_strength(100), S("很强"));
}

int main(void)
{
    struct CMUnitTest tests[sizeof rows / sizeof *rows + 3];
    size_t n = 0;
    arena = arena_new(64 << 20);
    for (; n < sizeof rows / sizeof *rows; n++)
        tests[n] = (struct CMUnitTest){rows[n].name, check_row, NULL, NULL, (void *)&rows[n]};
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(a_name_of_one_s_own_is_called_so);
    tests[n++] =
        (struct CMUnitTest)cmocka_unit_test(the_longest_is_a_hundred_and_twenty_eight_characters);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(strength_is_said_in_words);
    cmocka_set_message_output(CM_OUTPUT_TAP);
    int failed = _cmocka_run_group_tests("password", tests, n, NULL, NULL);
    arena_free(&arena);
    return failed;
}
