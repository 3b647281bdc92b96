#include "../test.h"

#include "base/otp.h"
#include "base/qr.h"

static Arena arena;

// RFC 6238, appendix B, the last six of eight digits.
static void codes_are_those_of_the_standard(void **state)
{
    static const struct {
        int64_t at;
        Str code;
    } rows[] = {{59, SI("287082")},         {1111111109, SI("081804")},
                {1111111111, SI("050471")}, {1234567890, SI("005924")},
                {2000000000, SI("279037")}, {20000000000, SI("353130")}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_str(otp_code(&arena, S("12345678901234567890"), rows[i].at / OTP_STEP_S),
                   rows[i].code);
}

static const int64_t now = 1111111111, step = 1111111111 / OTP_STEP_S;

static bool good(int64_t of, int64_t used)
{
    Str secret = S("12345678901234567890");
    int64_t got = 0;
    bool ok = otp_verify(secret, otp_code(&arena, secret, of), now, used, &got);
    assert_true(!ok || got == of);
    return ok;
}

static void a_step_to_either_side_is_taken(void **state)
{
    (void)state;
    assert_true(good(step - 1, 0) && good(step, 0) && good(step + 1, 0));
    assert_false(good(step - 2, 0) || good(step + 2, 0));
}

static void a_used_step_and_those_before_are_not(void **state)
{
    (void)state;
    assert_false(good(step, step) || good(step - 1, step));
    assert_true(good(step + 1, step));
}

static void what_is_no_code_is_none(void **state)
{
    static const Str codes[] = {SI(""),       SI("05047"),        SI("0504711"),
                                SI("05047a"), SI("０５０４７１"), SI("050471\n")};
    int64_t got;
    (void)state;
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        assert_false(otp_verify(S("12345678901234567890"), codes[i], now, 0, &got));
    assert_true(otp_verify(S("12345678901234567890"), S(" 050 471 "), now, 0, &got));
}

static void the_secret_can_be_typed_and_scanned(void **state)
{
    (void)state;
    Str secret = S("12345678901234567890");
    assert_str(otp_text(&arena, secret), S("GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ"));
    assert_str(otp_uri(&arena, S("示例县"), S("zhou heng"), secret),
               S("otpauth://totp/%E7%A4%BA%E4%BE%8B%E5%8E%BF:zhou%20heng"
                 "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
                 "&issuer=%E7%A4%BA%E4%BE%8B%E5%8E%BF"));
    assert_int_equal(otp_secret(&arena).n, OTP_SECRET_BYTES);
    assert_false(str_eq(otp_secret(&arena), otp_secret(&arena)));
}

static void a_qr_code_is_an_svg_without_styles(void **state)
{
    (void)state;
    Str svg = qr_svg(&arena, S("otpauth://totp/a?secret=b"), S("二维码"));
    assert_true(str_starts(svg, S("<svg ")) && str_ends(svg, S("</svg>")));
    assert_true(str_has(svg, S("aria-label=\"二维码\"")) && !str_has(svg, S("style")));
    assert_int_equal(qr_svg(&arena, S(""), S("")).n, 0);
    char *much = NEW(&arena, char, QR_TEXT_MAX + 1);
    memset(much, 'a', QR_TEXT_MAX + 1);
    assert_int_equal(qr_svg(&arena, (Str){much, QR_TEXT_MAX + 1}, S("")).n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_are_those_of_the_standard),
        cmocka_unit_test(a_step_to_either_side_is_taken),
        cmocka_unit_test(a_used_step_and_those_before_are_not),
        cmocka_unit_test(what_is_no_code_is_none),
        cmocka_unit_test(the_secret_can_be_typed_and_scanned),
        cmocka_unit_test(a_qr_code_is_an_svg_without_styles),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    arena = arena_new(16 << 20);
    int failed = cmocka_run_group_tests_name("otp", tests, NULL, NULL);
    arena_free(&arena);
    return failed;
}
