#include "base/buf.h"
#include "base/pack.h"
#include "test.h"

static Arena a;

static int make_arena(void **state)
{
    (void)state;
    a = arena_new((size_t)64 << 20);
    return 0;
}

static Str page(int lines)
{
    Buf b = buf_new(&a, 4 << 20);
    for (int i = 0; i < lines; i++)
        buf_fmt(&b, "<tr><td>示例县第%d局</td><td>%d</td></tr>\n", i, i * i);
    return buf_str(&b);
}

static void what_is_packed_unpacks_to_the_same(void **state)
{
    (void)state;
    for (int lines = 3; lines < 5000; lines *= 3)
        for (PackFor f = PACK_ONCE; f <= PACK_KEPT; f++) {
            Str s = page(lines), packed, back;
            packed = pack_gzip(&a, s, f);
            assert_true(packed.n > 0 && packed.n < s.n);
            assert_true(unpack_gzip(&a, packed, s.n, &back));
            assert_str(back, s);
            packed = pack_brotli(&a, s, f);
            assert_true(packed.n > 0 && packed.n < s.n);
            assert_true(unpack_brotli(&a, packed, s.n, &back));
            assert_str(back, s);
        }
}

static void what_does_not_shrink_is_sent_as_it_is(void **state)
{
    (void)state;
    assert_int_equal(pack_gzip(&a, S("x"), PACK_KEPT).n, 0);
    assert_int_equal(pack_brotli(&a, S("x"), PACK_KEPT).n, 0);
    assert_int_equal(pack_gzip(&a, S(""), PACK_ONCE).n, 0);
    assert_int_equal(pack_brotli(&a, S(""), PACK_ONCE).n, 0);
}

static void a_bomb_stops_at_the_maximum(void **state)
{
    (void)state;
    Str s = {NEW(&a, char, 1 << 20), 1 << 20}, packed = pack_gzip(&a, s, PACK_KEPT), out;
    assert_false(unpack_gzip(&a, packed, 1000, &out));
    assert_false(unpack_brotli(&a, pack_brotli(&a, s, PACK_KEPT), 1000, &out));
    assert_false(unpack_gzip(&a, S("not gzip"), 1000, &out));
}

static void the_checksum_is_the_published_one(void **state)
{
    (void)state;
    assert_int_equal(pack_crc32(S("123456789")), 0xcbf43926);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_packed_unpacks_to_the_same),
        cmocka_unit_test(what_does_not_shrink_is_sent_as_it_is),
        cmocka_unit_test(a_bomb_stops_at_the_maximum),
        cmocka_unit_test(the_checksum_is_the_published_one),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, make_arena, NULL);
}
