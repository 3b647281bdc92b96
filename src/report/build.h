// Puts blocks together out of what a reader of marked-up text meets on its way: text, line ends,
// paragraphs, tables, rows and cells. Shared by the readers of HTML and DOCX.
//
// Spaces are folded on the way in: a run of spaces, tabs, U+00A0, U+3000 and their like is one
// space, none at the ends of a line; characters without width are dropped. A line end in the source
// between two Chinese characters is no space at all. Lines inside a cell are kept apart by '\n'.
//
// Tables are laid out as the HTML standard forms them ("forming a table"): a cell takes the first
// free place of its row, spans may overlap, a row span ends with its row group. What a table
// becomes is decided at its end: a grid, or, where it only arranges a page (one column, or cells
// that hold tables or running text), the paragraphs and grids of its cells in their order.
#ifndef GONGKAI_REPORT_BUILD_H
#define GONGKAI_REPORT_BUILD_H

#include "report/blocks.h"

typedef struct Build Build;

// `a` is used for the result and for what is needed on the way.
Build *build_new(Arena *a);

void build_text(Build *b, Str s); // source line ends count as spaces
void build_line_end(Build *b);    // <br>: a new line of the cell, a new paragraph outside
void build_tab(Build *b);         // keeps a space between the words around it

// Ends the paragraph that is open, if it holds anything, and says what the next one is: heading 0
// or 1..6, and the line of the source it begins on (0: none).
void build_para(Build *b, int heading, int32_t line);

void build_table(Build *b);
void build_group(Build *b);              // <tbody> and its like begin or end
void build_row(Build *b);                // begins a row; the row before it ends
void build_skip(Build *b, int32_t cols); // leaves places of the row empty (w:gridBefore)
// Begins a cell; the cell before it ends. rowspan 0 is "to the end of the group".
void build_cell(Build *b, int64_t rowspan, int64_t colspan);
// Begins a cell whose text is dropped: it continues the one above it (w:vMerge).
void build_cell_continued(Build *b, int64_t colspan);
void build_table_end(Build *b);
bool build_in_table(const Build *b);
bool build_in_cell(const Build *b);

// One line of text with its spaces folded as above.
Str build_fold(Arena *a, Str s);

// True once a limit of blocks.h is passed; nothing more is taken in and build_end fails.
bool build_full(const Build *b);

// Closes what is open. ERR_LIMIT names the limit.
bool build_end(Build *b, Blocks *out, Err *err);

#endif
