// The whole way of a text or HTML: reading, locating, checking, JSON and back. (PDF and DOC go
// through converters and have targets for what comes out of them.)
#include "fuzz.h"
#include "report/report.h"
#include "report/report_json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const CheckOptions opt = {LANG_ZH, {20531}};
    Arena *a = fuzz_arena();
    Str bytes = fuzz_copy(a, data, size);
    Reading r = {0}, back = {0};
    Err err;
    FileKind kind;
    if (!read_kind(bytes, &kind, &err) || kind == FILE_PDF || kind == FILE_DOC)
        return 0;
    if (!report_read(S("fuzz"), bytes, a, &r, &err))
        return 0;
    Document **docs = NEW(a, Document *, r.docs.n + 1);
    for (size_t i = 0; i < r.docs.n; i++) {
        docs[i] = &r.docs.v[i];
        report_check(docs[i], &opt, a);
    }
    report_check_all(docs, r.docs.n, &opt, a);
    Buf json = buf_new(a, (size_t)256 << 20), again = buf_new(a, (size_t)256 << 20);
    report_json(&json, &r, JSON_ALL);
    FUZZ_EXPECT(!json.full);
    FUZZ_EXPECT(report_from_json(buf_str(&json), a, &back, &err));
    report_json(&again, &back, JSON_ALL);
    FUZZ_EXPECT(str_eq(buf_str(&json), buf_str(&again)));
    return 0;
}
