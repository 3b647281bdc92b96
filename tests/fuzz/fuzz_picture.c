// Photographs that applicants send: whatever comes, nothing is read or written outside, and what
// comes out comes out of a second cleaning unchanged.
#include "domain/picture.h"
#include "domain/proof.h"
#include "fuzz.h"

static void twice(Str in, bool (*clean)(Str, Arena *, Str *, PictureSize *, Err *))
{
    Arena *a = fuzz_arena();
    Str once, again;
    PictureSize size;
    Err err;
    if (!clean(in, a, &once, &size, &err))
        return;
    FUZZ_EXPECT(once.n <= in.n + 64);
    FUZZ_EXPECT(size.width && size.height);
    FUZZ_EXPECT(clean(once, a, &again, &size, &err) && str_eq(once, again));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Str in = {(const char *)data, size}, out;
    AttachKind kind;
    Err err;
    twice(in, picture_jpeg_clean);
    twice(in, picture_png_clean);
    (void)proof_clean(in, fuzz_arena(), &kind, &out, &err);
    return 0;
}
