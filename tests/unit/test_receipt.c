#include "../test.h"

#include "domain/receipt.h"

static Arena arena;

static int make(void **state)
{
    (void)state;
    arena = arena_new(16 << 20);
    return 0;
}

static int drop(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static const Key KEY = {{7, 1, 9}};

static Str receipt(void)
{
    static ReceiptLine v[] = {{SI("编号"), SI("示住建依申〔2026〕17号")},
                              {SI("申请内容"), SI("施工合同\n含工程量清单：全部")}};
    ReceiptLines lines = {v, 2, 2};
    return receipt_write(&lines, &KEY, &arena);
}

static void what_was_written_is_proved(void **state)
{
    (void)state;
    ReceiptProof proof;
    Err err = {0};
    Str text = receipt();
    assert_true(receipt_verify(text, S(""), &arena, &proof, &err));
    assert_int_equal(proof.lines.n, 2);
    assert_str(proof.lines.v[0].value, S("示住建依申〔2026〕17号"));
    assert_str(proof.lines.v[1].value, S("施工合同 含工程量清单：全部"));
    assert_true(receipt_verify(text, proof.public_key, &arena, &proof, &err));
    assert_true(proof.known);
}

static void copied_by_mail_it_is_still_proved(void **state)
{
    (void)state;
    ReceiptProof proof;
    Err err = {0};
    Str text = str_replace(&arena, receipt(), S("\n"), S("  \r\n\r\n"));
    assert_true(receipt_verify(text, S(""), &arena, &proof, &err));
}

static void any_change_is_found(void **state)
{
    (void)state;
    Str text = receipt();
    size_t found = 0, tried = 0;
    for (size_t i = 0; i < text.n; i++) {
        char *changed = str_to_z(&arena, text);
        ReceiptProof proof;
        Err err = {0};
        if (changed[i] == '\n' || changed[i] == ' ')
            continue;
        changed[i] ^= 1;
        tried++;
        found += !receipt_verify((Str){changed, text.n}, S(""), &arena, &proof, &err);
    }
    assert_int_equal(found, tried);
}

static void another_key_is_found(void **state)
{
    (void)state;
    ReceiptProof proof;
    Err err = {0};
    assert_false(receipt_verify(receipt(), S("00"), &arena, &proof, &err));
    assert_int_equal(err.kind, ERR_RULE);
}

static void what_is_no_receipt_is_said(void **state)
{
    (void)state;
    static const Str texts[] = {SI(""), SI("政府信息公开申请登记回执"), SI("随便写的"),
                                SI("政府信息公开申请登记回执\n编号：1\n")};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        ReceiptProof proof;
        Err err = {0};
        assert_false(receipt_verify(texts[i], S(""), &arena, &proof, &err));
        assert_int_equal(err.kind, ERR_INPUT);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_written_is_proved),
        cmocka_unit_test(copied_by_mail_it_is_still_proved),
        cmocka_unit_test(any_change_is_found),
        cmocka_unit_test(another_key_is_found),
        cmocka_unit_test(what_is_no_receipt_is_said),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, make, drop);
}
