// From the words of a PDF with their boxes to blocks. A PDF has no tables, only words on pages; the
// order in which it lists them means nothing. Everything here is decided by where words stand.
//
//     pdftotext -bbox-layout → pdf_scan (words) → pdf_layout (lines; page furniture off;
//     paragraphs; which runs of lines are a table) → pdf_table (a run of lines as a grid)
#ifndef GONGKAI_REPORT_PDF_H
#define GONGKAI_REPORT_PDF_H

#include "report/blocks.h"

// In points, from the top left of the page.
typedef struct PdfBox {
    float x0, y0, x1, y1;
} PdfBox;

typedef struct PdfWord {
    Str text; // not empty, no spaces
    PdfBox box;
    int32_t page; // from 1
} PdfWord;

typedef struct PdfWords {
    PdfWord *v; // page by page
    size_t n, cap;
    int32_t pages;
    float width; // of the widest page
    Str title;
} PdfWords;

// Words that stand on one line; v[first..last) sorted from left to right.
typedef struct PdfLine {
    size_t first, last;
    PdfBox box;
    int32_t page;
} PdfLine;

enum { MAX_PAGES = 1000 };

// Reads what `pdftotext -bbox-layout` prints. Tolerates anything; ERR_LIMIT for more than MAX_PAGES
// pages or MAX_BLOCKS words.
bool pdf_scan(Str xhtml, Arena *a, PdfWords *out, Err *err);

// Sorts the words of each page into lines and makes blocks of them.
void pdf_layout(PdfWords *words, Arena *a, Blocks *out);

// The grid of lines [0, n); NULL where no column of numbers is found, or
// the run is far longer than any form. `number` counts the tables.
Grid *pdf_table(const PdfWords *words, const PdfLine *lines, size_t n, int32_t number, Arena *a);

// A number as forms hold it, perhaps with a sign, a unit or marks; not a number of a list ("1.").
bool pdf_numeric(Str s);

// The size of the letters: what boxes are cut to in height.
static inline float pdf_em(PdfBox b)
{
    return b.y1 - b.y0;
}

#endif
