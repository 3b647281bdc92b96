#include "test.h"

#include "base/hash.h"

static Arena a;

// FIPS 180-4 examples, and lengths around the ends of blocks.
static void sha256_is_that_of_the_standard(void **state)
{
    (void)state;
    assert_str(hash_sha256_hex(&a, S("")),
               S("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
    assert_str(hash_sha256_hex(&a, S("abc")),
               S("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    assert_str(hash_sha256_hex(&a, S("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")),
               S("248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"));
}

static void sha256_of_a_million_letters(void **state)
{
    (void)state;
    char *s = NEW(&a, char, 1000000);
    memset(s, 'a', 1000000);
    assert_str(hash_sha256_hex(&a, (Str){s, 1000000}),
               S("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"));
}

int main(void)
{
    a = arena_new(64 << 20);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sha256_is_that_of_the_standard),
        cmocka_unit_test(sha256_of_a_million_letters),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
