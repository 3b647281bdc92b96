#include "base/crypt.h"
#include "test.h"

static void sha256_is_the_published_one(void **state)
{
    (void)state;
    Arena a = arena_new(1 << 16);
    assert_str(crypt_sha256(&a, S("abc")),
               S("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    assert_str(crypt_sha256(&a, (Str){0}),
               S("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
    arena_free(&a);
}

static void no_two_tokens_are_the_same(void **state)
{
    (void)state;
    Arena a = arena_new(1 << 16);
    Str x = crypt_token(&a, 16), y = crypt_token(&a, 16);
    assert_int_equal(x.n, 32);
    assert_false(str_eq(x, y));
    arena_free(&a);
}

static void secrets_are_the_same_only_when_they_are(void **state)
{
    (void)state;
    assert_true(crypt_same(S("secret"), S("secret")));
    assert_false(crypt_same(S("secret"), S("secreT")));
    assert_false(crypt_same(S("secret"), S("secret ")));
    assert_true(crypt_same(S(""), (Str){0}));
}

static void a_hash_is_the_same_within_a_process(void **state)
{
    (void)state;
    assert_true(crypt_hash64(S("x")) == crypt_hash64(S("x")));
    assert_true(crypt_hash64(S("x")) != crypt_hash64(S("y")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sha256_is_the_published_one),
        cmocka_unit_test(no_two_tokens_are_the_same),
        cmocka_unit_test(secrets_are_the_same_only_when_they_are),
        cmocka_unit_test(a_hash_is_the_same_within_a_process),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
