// For the tests of the readers: what blocks hold, as text to compare.
#ifndef GONGKAI_BLOCKS_CHECK_H
#define GONGKAI_BLOCKS_CHECK_H

#include "base/buf.h"
#include "report/blocks.h"

// Paragraphs one a line ("# " before headings), grids as "[a|b|c]" a row with "(2x3)" after a cell
// of two rows and three columns and "+2" before one two places on from the cell before it.
static inline Str blocks_text(Arena *a, const Blocks *b)
{
    Buf out = buf_new(a, 1 << 20);
    for (size_t i = 0; i < b->n; i++) {
        const Grid *g = b->v[i].grid;
        if (b->v[i].kind == BLOCK_PARA) {
            buf_add(&out, b->v[i].heading ? S("# ") : S(""));
            buf_add(&out, b->v[i].text);
            buf_byte(&out, '\n');
            continue;
        }
        int32_t row = -1, col = 0;
        for (size_t k = 0; k < g->n; k++) {
            const GridCell *c = &g->v[k];
            if (c->row != row)
                buf_add(&out, row < 0 ? S("[") : S("]\n["));
            else
                buf_byte(&out, '|');
            col = c->row == row ? col : 0;
            if (c->col != col)
                buf_fmt(&out, "+%d ", c->col - col);
            row = c->row;
            col = c->col + c->colspan;
            buf_add(&out, c->text);
            if (c->rowspan > 1 || c->colspan > 1)
                buf_fmt(&out, "(%dx%d)", c->rowspan, c->colspan);
        }
        buf_add(&out, S("]\n"));
    }
    return buf_str(&out);
}

#endif
