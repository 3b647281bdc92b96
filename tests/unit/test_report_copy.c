// A document in other memory.
#include "doc_builder.h"

#include "report/report_copy.h"
#include "report/report_json.h"

static Str json(Arena *a, const Document *doc)
{
    Reading source = {.name = S("a.html"), .kind = FILE_HTML};
    Buf b = buf_new(a, 8 << 20);
    report_json_document(&b, &source, doc, JSON_ALL);
    return buf_str(&b);
}

static Document *doc_full(Arena *a)
{
    Document *d = doc_new(a, EDITION_FMT2021, 2023);
    doc_set(d, "t3.new.natural", 3);
    doc_unreadable(d, "t3.new.other", "2、3");
    doc_para(d, a, 2, "本年新收政府信息公开申请5件。");
    doc_note(d, a, NOTE_RESIDUE, "shenqing");
    report_check(d, &doc_check_zh, a);
    return d;
}

static void a_copy_prints_the_same_when_the_first_is_gone(void **state)
{
    Arena from = arena_new(64 << 20), to = arena_new(64 << 20);
    Document *copy = NEW(&to, Document, 1);
    (void)state;
    Document *d = doc_full(&from);
    Str want = str_dup(&to, json(&from, d));
    report_copy(d, &to, copy);
    arena_free(&from); // a pointer that was left behind would end the test here
    assert_true(copy->findings.n > 0 && copy->paras.n > 0 && copy->notes.n > 0);
    assert_str(json(&to, copy), want);
    arena_free(&to);
}

static void changing_a_copy_leaves_the_first_alone(void **state)
{
    Arena a = arena_new(64 << 20);
    Document *copy = NEW(&a, Document, 1);
    (void)state;
    Document *d = doc_full(&a);
    Str before = json(&a, d);
    report_copy(d, &a, copy);
    doc_para(copy, &a, 3, "多出一段。");
    copy->findings.v[0].message = S("另一句");
    assert_str(json(&a, d), before);
    arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_copy_prints_the_same_when_the_first_is_gone),
        cmocka_unit_test(changing_a_copy_leaves_the_first_alone),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
