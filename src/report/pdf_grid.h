// What pdf_table.c and its parts hand one another while a run of lines becomes a grid.
//
//     pdf_pieces.c   words → pieces (what stands together)
//     pdf_columns.c  where numbers stand above one another
//     pdf_rows.c     numbers that stand beside one another, and where the head ends
//     pdf_labels.c   each label to its row (wrapped labels are centred on theirs; groups on
//     several) pdf_head.c     what stands over the columns pdf_table.c    bands (the blocks of
//     table two, else one), and the grid
//
// Down the run, y counts on over the pages, PAGE_STEP for each.
#ifndef GONGKAI_REPORT_PDF_GRID_H
#define GONGKAI_REPORT_PDF_GRID_H

#include "report/pdf.h"

#include <math.h>

enum { MAX_COLS = 40, PAGE_STEP = 4000 };

typedef struct Piece {
    Str text;
    PdfBox box; // y over all pages
    Place place;
    bool numeric;
    int8_t level;       // of the mark it begins with: 1 一、 2 （一） 3 1.  0 none
    int8_t number;      // of a mark of level 3
    size_t first, last; // its words
} Piece;

typedef struct Pieces {
    Piece *v;
    size_t n, cap;
} Pieces;

typedef struct Columns {
    PdfBox v[MAX_COLS]; // only x0 and x1 mean something
    size_t n;
    float left; // where labels end
} Columns;

typedef struct Sorted {
    const Piece **v;
    size_t n;
} Sorted;

typedef struct Row {
    float y;      // middle of its numbers, or of its label
    float height; // of its numbers
    const Piece *at[MAX_COLS];
    Str value[MAX_COLS];
    bool figures; // has numbers
    int8_t level; // of its label
    int8_t number;
    Str label;
    Place label_place, place;
} Row;

typedef struct Rows {
    Row *v;
    size_t n, cap;
} Rows;

// A label put together of the pieces it was wrapped into.
typedef struct Item {
    PdfBox box;  // of what stands on the page it begins on
    PdfBox tail; // of what stands on the last page it reaches
    Str text;
    Place place;
    int8_t level, number;
    ptrdiff_t row;    // it was given to, -1 none
    ptrdiff_t beside; // the row one of its pieces stands on a line with, -1 none
} Item;

typedef struct Items {
    Item *v;
    size_t n, cap;
} Items;

typedef struct Labels {
    Items items;
    Str stub; // 三、本年度办理结果
    Place stub_place;
    bool nested; // groups and rows stand in columns of their own
} Labels;

// A block of the run: its heading (第二十条第（五）项), its head and its rows.
typedef struct Band {
    const Piece *heading;
    Pieces pieces;
    Columns columns;
    Sorted head; // words above the first row
    Rows rows;
    Labels labels;
    float bottom; // of its head
} Band;

typedef struct Out {
    Arena *a;
    Grid *g;
    int32_t row;
    int32_t label_cols, cols; // of labels, of numbers
} Out;

static inline float middle_y(PdfBox b)
{
    return (b.y0 + b.y1) / 2;
}

static inline float middle_x(PdfBox b)
{
    return (b.x0 + b.x1) / 2;
}

static inline int32_t page_of(float y)
{
    return (int32_t)(y / PAGE_STEP);
}

static inline PdfBox box_around(PdfBox a, PdfBox b)
{
    return (PdfBox){fminf(a.x0, b.x0), fminf(a.y0, b.y0), fmaxf(a.x1, b.x1), fmaxf(a.y1, b.y1)};
}

static inline Place place_of(PdfBox box, int32_t page)
{
    return (Place){.page = page, .x0 = box.x0, .y0 = box.y0, .x1 = box.x1, .y1 = box.y1};
}

static inline bool right_of_labels(const Columns *c, const Piece *p)
{
    return middle_x(p->box) > c->left;
}

bool pdf_blank_mark(Str s); // only dashes and their like, or 无
bool pdf_unit(Str s);       // 条, 件, 万元 …, perhaps the half of one
Pieces pdf_pieces(const PdfWords *w, const PdfLine *l, size_t n, Arena *a);

// n is 0 where no numbers stand. `units`: units of measure stand in a column too.
Columns pdf_columns(const Pieces *p, bool units, Arena *a);
size_t pdf_column_at(const Columns *c, PdfBox b); // the nearest

Rows pdf_rows(const Pieces *p, const Columns *c, bool units, Arena *a);
// The row nearest to y, within `reach`; NULL without one. Rows are in order.
Row *pdf_row_near(const Rows *rows, float y, float reach);
// The bottom of the head on the page that begins at page_top: the lowest word right of the labels
// above the first numbers. -INFINITY without one.
float pdf_head_bottom(const Pieces *p, const Columns *c, const Rows *rows, float page_top);
int pdf_by_down(const void *x, const void *y); // orders pointers to pieces
int pdf_rows_by_down(const void *x, const void *y);

// Fills b->head and b->labels, once b->columns and b->rows are known.
void pdf_labels(Band *b, bool units, Arena *a);

void pdf_head(Out *o, const PdfWords *all, const Band *b);
void pdf_cell(Out *o, Str text, Place place, int32_t col, int32_t rowspan, int32_t colspan);
// The column of the grid in which column k of a band begins: a band that has fewer columns than the
// widest gives each its share.
int32_t pdf_share(const Out *o, const Band *b, size_t k);

#endif
