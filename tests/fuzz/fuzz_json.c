// Reading JSON; what was read is written again and must read back to the same.
#include "base/json.h"
#include "base/text.h"
#include "fuzz.h"

static void copy(JsonOut *w, const Json *v)
{
    Str s;
    double x;
    bool b;
    if (json_as_str(v, &s)) {
        FUZZ_EXPECT(text_valid(s) == s.n);
        json_str(w, s);
    } else if (json_as_real(v, &x)) {
        json_real(w, x);
    } else if (json_as_bool(v, &b)) {
        json_bool(w, b);
    } else if (json_is_null(v)) {
        json_null(w);
    } else if (json_is_object(v)) {
        json_object(w);
        for (const Json *m = json_first(v); m; m = json_next(m)) {
            json_key(w, json_name(m));
            copy(w, m);
        }
        json_end(w);
    } else {
        json_array(w);
        for (const Json *m = json_first(v); m; m = json_next(m))
            copy(w, m);
        json_end(w);
    }
}

static Str written(Arena *a, const Json *v)
{
    Buf b = buf_new(a, (size_t)64 << 20);
    JsonOut w = json_out(&b);
    copy(&w, v);
    FUZZ_EXPECT(json_done(&w));
    return buf_str(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *a = fuzz_arena();
    const Json *v, *again;
    Err err;
    if (!json_read(fuzz_copy(a, data, size), 1 << 20, a, &v, &err))
        return 0;
    Str once = written(a, v);
    FUZZ_EXPECT(json_read(once, JSON_MAX_BYTES, a, &again, &err));
    FUZZ_EXPECT(str_eq(once, written(a, again)));
    return 0;
}
