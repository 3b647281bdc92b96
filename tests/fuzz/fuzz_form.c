// What a browser sends: queries, urlencoded and multipart bodies. The first byte says which.
#include "base/text.h"
#include "fuzz.h"
#include "web/form.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1)
        return 0;
    Arena *a = fuzz_arena();
    Str s = fuzz_copy(a, data + 1, size - 1), out;
    Fields fields = {0};
    Err err;
    static const Str types[] = {SI("application/x-www-form-urlencoded"),
                                SI("multipart/form-data; boundary=x"),
                                SI("multipart/form-data; boundary=\"x y\"")};
    switch (data[0] % 5) {
    case 0:
        if (url_decode(s, true, a, &out))
            FUZZ_EXPECT(text_valid(out) == out.n && out.n <= s.n);
        return 0;
    case 1:
        query_parse(s, a, &fields);
        return 0;
    default:
        form_parse(types[data[0] % 5 - 2], s, a, &fields, &err);
        return 0;
    }
}
