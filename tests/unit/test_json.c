#include "base/json.h"
#include "test.h"

static Arena a;

static int make_arena(void **state)
{
    (void)state;
    a = arena_new((size_t)256 << 20);
    return 0;
}

static const Json *parsed(Str text)
{
    const Json *v = NULL;
    Err err;
    if (!json_read(text, JSON_MAX_BYTES, &a, &v, &err))
        fail_msg("%s: " PRI_STR, err.en, STR_ARG(text));
    return v;
}

static void commas_and_brackets_are_the_writers(void **state)
{
    (void)state;
    Buf b = buf_new(&a, 1 << 16);
    JsonOut w = json_out(&b);
    json_object(&w);
    json_put_str(&w, "organ", S("示例市人民政府"));
    json_put_int(&w, "year", 2023);
    json_key(&w, S("cells")), json_array(&w);
    json_int(&w, -1);
    json_null(&w);
    json_array(&w), json_end(&w);
    json_object(&w), json_end(&w);
    json_bool(&w, true);
    json_end(&w);
    json_put_bool(&w, "ok", false);
    json_key(&w, S("raw")), json_raw(&w, S("[1]"));
    assert_false(json_done(&w));
    json_end(&w);
    assert_true(json_done(&w));
    assert_str(buf_str(&b), S("{\"organ\":\"示例市人民政府\",\"year\":2023,\"cells\":[-1,null,[],"
                              "{},true],\"ok\":false,\"raw\":[1]}"));
}

static void strings_may_stand_in_a_script(void **state)
{
    (void)state;
    Buf b = buf_new(&a, 1 << 16);
    json_quote(&b, S("</script>&\"\\\n\t\x01\x7f\xe2\x80\xa8…"));
    assert_str(buf_str(&b),
               S("\"\\u003c/script\\u003e\\u0026\\\"\\\\\\n\\t\\u0001\\u007f\\u2028…\""));
}

static void decimals_are_exact(void **state)
{
    (void)state;
    static const struct {
        int64_t n, scale;
        Str want;
    } rows[] = {{41130000, 1000000, SI("41.13")}, {0, 1000000, SI("0")},
                {-5, 100, SI("-0.05")},           {1000000, 1000000, SI("1")},
                {1, 1000000, SI("0.000001")},     {7, 1, SI("7")}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Buf b = buf_new(&a, 100);
        JsonOut w = json_out(&b);
        json_decimal(&w, rows[i].n, rows[i].scale);
        assert_str(buf_str(&b), rows[i].want);
        int64_t back;
        assert_true(json_as_decimal(parsed(buf_str(&b)), rows[i].scale, &back));
        assert_int_equal(back, rows[i].n);
    }
}

static void a_buffer_too_small_shows(void **state)
{
    (void)state;
    Buf b = buf_new(&a, 10);
    JsonOut w = json_out(&b);
    json_str(&w, S("longer than ten bytes"));
    assert_false(json_done(&w));
}

static void a_path_is_asked_without_checks(void **state)
{
    (void)state;
    const Json *v = parsed(S(" {\"a\":{\"b\":[1,\"x\",true,null,2.5]},\"A\":0} "));
    assert_int_equal(json_count(json_get(json_get(v, "a"), "b")), 5);
    assert_null(json_get(json_get(json_get(v, "no"), "such"), "thing"));
    assert_int_equal(json_get_int(v, "A", 7), 0);
    assert_int_equal(json_get_int(v, "a", 7), 7);
    assert_str(json_get_str(v, "none"), S(""));
    const Json *item = json_first(json_get(json_get(v, "a"), "b"));
    int64_t n = 0;
    assert_true(json_as_int(item, &n));
    assert_int_equal(n, 1);
    Str s = S("");
    assert_true(json_as_str(item = json_next(item), &s));
    assert_str(s, S("x"));
    bool yes = false;
    assert_true(json_as_bool(item = json_next(item), &yes));
    assert_true(yes);
    assert_true(json_is_null(item = json_next(item)));
    assert_false(json_as_int(item = json_next(item), &n)); // 2.5 is not whole
    assert_null(json_next(item));
    assert_str(json_name(json_first(v)), S("a"));
}

static void what_is_not_json_is_refused(void **state)
{
    (void)state;
    static const Str rows[] = {SI(""),          SI("{"),           SI("[1,]"), SI("[1] x"),
                               SI("\"\xff\""),  SI("\"\\u0000\""), SI("nul"),  SI("\"\\ud800\""),
                               SI("{\"a\" 1}"), SI("[\"\0\"]")};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const Json *v = NULL;
        Err err;
        if (json_read(rows[i], JSON_MAX_BYTES, &a, &v, &err))
            fail_msg("taken: " PRI_STR, STR_ARG(rows[i]));
        assert_int_equal(err.kind, ERR_INPUT);
        assert_null(v);
    }
}

static void too_deep_and_too_long_are_limits(void **state)
{
    (void)state;
    char deep[200];
    memset(deep, '[', 100);
    memset(deep + 100, ']', 100);
    const Json *v = NULL;
    Err err;
    assert_false(json_read((Str){deep, 200}, JSON_MAX_BYTES, &a, &v, &err));
    assert_int_equal(err.kind, ERR_LIMIT);
    assert_false(json_read(S("[1,2,3]"), 5, &a, &v, &err));
    assert_int_equal(err.kind, ERR_LIMIT);
    assert_true(json_read((Str){deep + 50, 100}, JSON_MAX_BYTES, &a, &v, &err));
}

static uint64_t seed = 88172645463325252u;

static uint32_t roll(uint32_t below)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (uint32_t)(seed >> 33) % below;
}

static Str random_text(void)
{
    static const Str bits[] = {
        SI("政"),           SI("\""),   SI("\\"), SI("\n"), SI("\x01"), SI("<"),
        SI("\xe2\x80\xa9"), SI("…"),    SI("a"),  SI("é"),  SI("😀"),    SI("/"),
        SI("u0000"),        SI("\x1f"), SI(" ")};
    Buf b = buf_new(&a, 1 << 12);
    for (uint32_t n = roll(40); n > 0; n--)
        buf_add(&b, bits[roll(sizeof bits / sizeof *bits)]);
    return buf_str(&b);
}

// Property: what is written reads back the same.
static void what_is_written_is_read_again(void **state)
{
    (void)state;
    for (int round = 0; round < 3000; round++) {
        Buf b = buf_new(&a, 1 << 16);
        JsonOut w = json_out(&b);
        Str key = random_text(), text = random_text();
        int64_t n = (int64_t)(((uint64_t)roll(1 << 30) << 20) ^ roll(1 << 30));
        if (roll(2))
            n = -n;
        json_array(&w);
        json_object(&w);
        json_key(&w, key), json_str(&w, text);
        json_end(&w);
        json_int(&w, n);
        json_real(&w, (double)n / 7);
        json_end(&w);
        assert_true(json_done(&w));
        const Json *v = parsed(buf_str(&b)), *item = json_first(v);
        Str s;
        assert_str(json_name(json_first(item)), key);
        assert_true(json_as_str(json_first(item), &s));
        assert_str(s, text);
        int64_t back;
        assert_true(json_as_int(item = json_next(item), &back));
        assert_int_equal(back, n);
        double x;
        assert_true(json_as_real(json_next(item), &x));
        assert_true(x == (double)n / 7);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(commas_and_brackets_are_the_writers),
        cmocka_unit_test(strings_may_stand_in_a_script),
        cmocka_unit_test(decimals_are_exact),
        cmocka_unit_test(a_buffer_too_small_shows),
        cmocka_unit_test(a_path_is_asked_without_checks),
        cmocka_unit_test(what_is_not_json_is_refused),
        cmocka_unit_test(too_deep_and_too_long_are_limits),
        cmocka_unit_test(what_is_written_is_read_again),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, make_arena, NULL);
}
