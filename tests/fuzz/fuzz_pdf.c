// What pdftotext prints, into lines, paragraphs and grids.
#include "base/text.h"
#include "fuzz.h"
#include "report/pdf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *a = fuzz_arena();
    Str bytes = fuzz_copy(a, data, size), encoding;
    PdfWords words;
    Blocks blocks = {0};
    Err err;
    if (!text_decode(bytes, S("utf-8"), a, &bytes, &encoding, &err) ||
        !pdf_scan(bytes, a, &words, &err))
        return 0;
    pdf_layout(&words, a, &blocks);
    for (size_t i = 0; i < blocks.n; i++) {
        const Grid *g = blocks.v[i].grid;
        for (size_t k = 0; g && k < g->n; k++) {
            const GridCell *c = &g->v[k];
            FUZZ_EXPECT(c->rowspan >= 1 && c->colspan >= 1);
            FUZZ_EXPECT(c->row >= 0 && c->row + c->rowspan <= g->rows);
            FUZZ_EXPECT(c->col >= 0 && c->col + c->colspan <= g->cols);
        }
    }
    return 0;
}
