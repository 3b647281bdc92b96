// The escapers of pages: nothing that was put in may come out as markup, and what comes out is
// valid UTF-8.
#include "base/text.h"
#include "fuzz.h"
#include "web/view.h"

static Str out_of(Arena *a, void (*put)(Out *, Str), Str s)
{
    Out o = {.b = buf_new(a, s.n * 8 + 64)};
    put(&o, s);
    FUZZ_EXPECT(!o.b.full);
    Str got = buf_str(&o.b);
    FUZZ_EXPECT(text_valid(got) == got.n);
    for (size_t i = 0; i < got.n; i++)
        FUZZ_EXPECT(got.s[i] != '<' && got.s[i] != '>' && got.s[i] != '"' && got.s[i] != '\'');
    return got;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *a = fuzz_arena();
    Str s = fuzz_copy(a, data, size), url;
    out_of(a, view_text_str, s);
    out_of(a, view_part_str, s);
    url = out_of(a, view_url_str, s);
    FUZZ_EXPECT(!str_starts(url, S("javascript:")) && !str_starts(url, S("data:")));
    return 0;
}
