// What redact/ takes apart itself: our own PDF, poppler's list of words and where texts stand among
// them, how a JPEG is turned, what stands beside a picture and between the objects of a PDF.
#include "base/image.h"
#include "base/text.h"
#include "domain/redaction.h"
#include "fuzz.h"
#include "redact/bbox.h"
#include "redact/find.h"
#include "redact/hidden.h"
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

// Every word is found, and what is blacked out lies on the page.
static void finding(Str bytes, Arena *a)
{
    enum { WORDS = 60, SIDE = 200 };
    if (text_valid(bytes) < bytes.n)
        return;
    BoxWords all = bbox_read(bytes, a);
    PageWords words = {0};
    for (size_t i = 0; i < all.n && i < WORDS; i++)
        *PUSH(a, &words) =
            (PageWord){all.v[i].text, all.v[i].x0, all.v[i].y0, all.v[i].x1, all.v[i].y1};
    Str whole = find_page_text(&words, a);
    const PageText *text = find_begin(&words, &words, a);
    Image m = image_new(a, SIDE, SIDE, 1);
    for (size_t i = 0; i < words.n; i++) {
        Blots blots = {0};
        Folded f = redact_fold(words.v[i].text, a);
        FUZZ_EXPECT(str_has(whole, f.text));
        RedactMark mark = {.id = 1, .words = words.v[i].text};
        find_text(text, &mark, &m, a, &blots);
        for (size_t b = 0; b < blots.n; b++) {
            const PxBox *p = &blots.v[b].box;
            FUZZ_EXPECT(p->x0 >= 0 && p->y0 >= 0 && p->x1 <= SIDE && p->y1 <= SIDE);
        }
    }
}

static void beside(Str bytes, Arena *a)
{
    Strs hidden = {0};
    hidden_in_picture(bytes, a, &hidden);
    hidden_in_pdf(bytes, bytes, bytes, a, &hidden);
    FUZZ_EXPECT(hidden.n < 32);
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
    finding(bytes, a);
    beside(bytes, a);
    if (text_valid(bytes) == bytes.n)
        areas(bytes);
    return 0;
}
