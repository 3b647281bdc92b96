// What redact/ takes apart itself: our own PDF, poppler's list of words, how a JPEG is turned.
#include "base/image.h"
#include "base/text.h"
#include "domain/redaction.h"
#include "fuzz.h"
#include "redact/bbox.h"
#include "redact/own_pdf.h"

// What is accepted is, byte for byte, what would be written of it.
static void own(Str bytes, Arena *a)
{
    OwnPdf pdf;
    Str again = S("");
    Err err;
    if (!own_pdf_read(bytes, a, &pdf))
        return;
    FUZZ_EXPECT(own_pdf_write(&pdf, a, &again, &err));
    FUZZ_EXPECT(str_eq(again, bytes));
}

static void words(Str bytes, Arena *a)
{
    Str text, encoding;
    Err err;
    if (!text_decode(bytes, S("utf-8"), a, &text, &encoding, &err))
        return;
    BoxWords w = bbox_read(text, a);
    for (size_t i = 0; i < w.n; i++) {
        FUZZ_EXPECT(w.v[i].page >= 1 && w.v[i].page <= w.pages);
        FUZZ_EXPECT(w.v[i].x1 >= w.v[i].x0 && w.v[i].y1 >= w.v[i].y0);
    }
    Folded f = redact_fold(str_sub(text, 0, 0), a);
    FUZZ_EXPECT(f.text.n == 0);
    f = redact_fold(text, a);
    for (size_t i = 0; i < f.text.n; i++)
        FUZZ_EXPECT(f.from[i] < text.n && f.from[i] <= f.from[i + 1]);
}

static void areas(Str bytes)
{
    RedactBox box;
    Err err;
    if (redact_area_read(bytes, &box, &err))
        FUZZ_EXPECT(box.page >= 1 && box.x <= PAGE_UNITS && box.w <= PAGE_UNITS);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *a = fuzz_arena();
    Str bytes = fuzz_copy(a, data, size);
    int o = image_orientation(bytes);
    FUZZ_EXPECT(o >= 1 && o <= 8);
    image_jpeg_plain(bytes);
    own(bytes, a);
    words(bytes, a);
    if (text_valid(bytes) == bytes.n)
        areas(bytes);
    return 0;
}
