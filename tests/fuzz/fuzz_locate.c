// The locator on blocks of any shape. The input is lines: one with tabs is a row of a grid, one
// that begins with # a heading, others are paragraphs. A cell that begins with < takes the column
// of the next cell too, one with ^ the row below.
#include "base/text.h"
#include "fuzz.h"
#include "report/report.h"

enum { COLS_MOST = 60 };

static void take_row(Arena *a, Grid *g, Str line)
{
    Str cell, rest = line;
    int32_t col = 0;
    for (bool more = true; more && col < COLS_MOST; col++) {
        more = str_cut(rest, S("\t"), &cell, &rest);
        bool wide = str_starts(cell, S("<")), tall = str_starts(cell, S("^"));
        *PUSH(a, g) = (GridCell){.text = str_from(cell, wide || tall),
                                 .place = {.table = 1, .row = g->rows + 1, .col = col + 1},
                                 .row = g->rows,
                                 .col = col,
                                 .rowspan = 1,
                                 .colspan = wide && more ? 2 : 1};
        col += wide && more;
    }
    g->rows++;
    g->cols = col > g->cols ? col : g->cols;
}

static Blocks blocks_of(Arena *a, Str s)
{
    Blocks out = {0};
    Grid *grid = NULL;
    Str line, rest = s;
    for (int32_t n = 1; rest.n; n++) {
        str_cut(rest, S("\n"), &line, &rest);
        if (str_has(line, S("\t"))) {
            if (!grid) {
                grid = NEW(a, Grid, 1);
                *PUSH(a, &out) = (Block){.kind = BLOCK_GRID, .grid = grid};
            }
            take_row(a, grid, line);
            continue;
        }
        grid = NULL;
        bool heading = str_starts(line, S("#"));
        *PUSH(a, &out) = (Block){.kind = BLOCK_PARA,
                                 .text = str_trim(str_from(line, heading)),
                                 .place = {.line = n},
                                 .heading = heading};
    }
    return out;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const CheckOptions opt = {LANG_EN, {20531}};
    Arena *a = fuzz_arena();
    Str s = fuzz_copy(a, data, size);
    if (text_valid(s) < s.n)
        return 0;
    Blocks blocks = blocks_of(a, s);
    Documents docs = {0};
    report_locate(&blocks, a, &docs);
    for (size_t i = 0; i < docs.n; i++) {
        report_check(&docs.v[i], &opt, a);
        for (size_t k = 0; k < docs.v[i].findings.n; k++)
            FUZZ_EXPECT(docs.v[i].findings.v[k].message.n > 0);
    }
    return 0;
}
