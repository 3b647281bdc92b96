// Reading HTML into blocks.
#include "base/text.h"
#include "fuzz.h"
#include "report/blocks.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *a = fuzz_arena();
    Blocks blocks;
    Err err;
    if (!read_html(fuzz_copy(a, data, size), a, &blocks, &err))
        return 0;
    for (size_t i = 0; i < blocks.n; i++) {
        const Block *b = &blocks.v[i];
        FUZZ_EXPECT(text_valid(b->text) == b->text.n);
        for (size_t k = 0; b->grid && k < b->grid->n; k++) {
            const GridCell *c = &b->grid->v[k];
            FUZZ_EXPECT(text_valid(c->text) == c->text.n);
            FUZZ_EXPECT(c->row >= 0 && c->row + c->rowspan <= b->grid->rows);
            FUZZ_EXPECT(c->col >= 0 && c->col + c->colspan <= b->grid->cols);
        }
    }
    return 0;
}
