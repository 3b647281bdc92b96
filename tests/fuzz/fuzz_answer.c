// What a reading child answers: JSON taken for documents, which then can be shown in every way and
// written again as the same JSON.
#include "fuzz.h"
#include "report/report_csv.h"
#include "report/report_json.h"
#include "report/report_print.h"

static Str written(Arena *a, const Reading *r)
{
    Buf b = buf_new(a, 64 << 20);
    report_json(&b, r, JSON_ALL);
    FUZZ_EXPECT(!b.full);
    return buf_str(&b);
}

static void show(Arena *a, const Reading *r)
{
    const PrintOptions opt = {.lang = LANG_EN, .all = true, .width = 80};
    Buf b = buf_new(a, 64 << 20);
    for (size_t i = 0; i < r->docs.n; i++) {
        print_heading(&b, r, &r->docs.v[i], &opt);
        print_tables(&b, &r->docs.v[i], &opt);
        print_findings(&b, &r->docs.v[i], &opt);
        report_csv(&b, r->name, i + 1, &r->docs.v[i]);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *a = fuzz_arena();
    Reading r, again;
    Err err;
    if (report_from_json(fuzz_copy(a, data, size), a, &r, &err)) {
        show(a, &r);
        Str once = written(a, &r);
        FUZZ_EXPECT(report_from_json(once, a, &again, &err));
        FUZZ_EXPECT(str_eq(once, written(a, &again)));
    }
    return 0;
}
