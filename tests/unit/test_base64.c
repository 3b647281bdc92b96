#include "base/base64.h"

#include "test.h"

typedef struct Row {
    Str bytes, common, for_urls;
} Row;

// RFC 4648, 10; and the letters that differ
static const Row rows[] = {
    {SI(""), SI(""), SI("")},
    {SI("f"), SI("Zg=="), SI("Zg")},
    {SI("fo"), SI("Zm8="), SI("Zm8")},
    {SI("foo"), SI("Zm9v"), SI("Zm9v")},
    {SI("foob"), SI("Zm9vYg=="), SI("Zm9vYg")},
    {SI("fooba"), SI("Zm9vYmE="), SI("Zm9vYmE")},
    {SI("foobar"), SI("Zm9vYmFy"), SI("Zm9vYmFy")},
    {SI("\xfb\xff\x00"), SI("+/8A"), SI("-_8A")},
};

static void bytes_become_the_published_letters_and_come_back(void **state)
{
    (void)state;
    char room[4096];
    Arena a = arena_over(room, sizeof room);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Str back;
        assert_str(base64(&a, rows[i].bytes), rows[i].common);
        assert_str(base64_url(&a, rows[i].bytes), rows[i].for_urls);
        assert_true(base64_url_read(&a, rows[i].for_urls, &back));
        assert_str(back, rows[i].bytes);
    }
}

static void what_no_bytes_give_is_not_read(void **state)
{
    (void)state;
    static const char *const bad[] = {"Z",    "Zg==",  "Zh",     "Zm9", "Zm9vY",
                                      "+/8A", "Zm 9v", "Zm9v\n", "公"};
    char room[4096];
    Arena a = arena_over(room, sizeof room);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        Str out;
        if (base64_url_read(&a, str_z(bad[i]), &out))
            fail_msg("%s was read", bad[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_become_the_published_letters_and_come_back),
        cmocka_unit_test(what_no_bytes_give_is_not_read),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
