#include "base/file.h"
#include "report/doc.h"
#include "test.h"

static Arena arena;

static int begin(void **state)
{
    (void)state;
    arena = arena_new((size_t)1 << 30);
    return 0;
}

static int end(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static Str fixture(void)
{
    Str bytes;
    Err err = {0};
    if (!file_read(S(SOURCE_ROOT "/tests/fixtures/kinds/2014.doc"), 1 << 20, &arena, &bytes, &err))
        fail_msg("%s", err.en);
    return bytes;
}

#define TEST(name) static void name(void **state __attribute__((unused)))

TEST(a_doc_cut_anywhere_is_refused_or_read_as_far_as_it_goes)
{
    Str whole = fixture();
    for (size_t i = 0; i < whole.n; i += 499) {
        Arena scratch = arena;
        Blocks b = {0};
        Err err = {0};
        bool older;
        if (!doc_read(str_sub(whole, 0, i), &scratch, &b, &older, &err))
            assert_true(older || (err.zh[0] && err.en[0]));
    }
}

TEST(an_encrypted_doc_is_said_to_be_one)
{
    Str whole = fixture();
    char *bytes = str_to_z(&arena, whole);
    char *head = memmem(bytes, whole.n, "\xec\xa5", 2);
    assert_non_null(head);
    head[0x0b] |= 1;
    Blocks b = {0};
    Err err = {0};
    bool older;
    assert_false(doc_read((Str){bytes, whole.n}, &arena, &b, &older, &err));
    assert_false(older);
    assert_int_equal(err.kind, ERR_UNREADABLE);
    assert_true(str_has(str_z(err.zh), S("加密")));
}

TEST(what_is_no_word_file_is_left_to_converters)
{
    Blocks b = {0};
    Err err = {0};
    bool older = false;
    assert_false(doc_read(S("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), &arena, &b, &older, &err));
    assert_true(older);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_doc_cut_anywhere_is_refused_or_read_as_far_as_it_goes),
        cmocka_unit_test(an_encrypted_doc_is_said_to_be_one),
        cmocka_unit_test(what_is_no_word_file_is_left_to_converters),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, begin, end);
}
