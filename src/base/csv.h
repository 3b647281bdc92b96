// Tables as text with commas (RFC 4180), as spreadsheets write and read them.
//
// Reading takes commas, semicolons or tabs, whichever the first line has most of; quotes around a
// cell with quotes doubled inside; any line end. Writing makes commas and CR LF.
//
// A cell that a spreadsheet would run as a formula (= + - @ in front) is written with ' before it,
// and read back without; so is one that begins with ' itself.
#ifndef GONGKAI_BASE_CSV_H
#define GONGKAI_BASE_CSV_H

#include "base/buf.h"
#include "base/err.h"

typedef struct CsvRow {
    Str *v; // cells, trimmed of nothing
    size_t n, cap;
    int line; // where it begins in the text, from 1
} CsvRow;

typedef struct CsvRows {
    CsvRow *v;
    size_t n, cap;
} CsvRows;

enum { CSV_ROWS_MAX = 200000, CSV_CELLS_MAX = 200 };

// Valid UTF-8 (base/text.h) in, rows out; lines without any text are left out. ERR_LIMIT past the
// maxima, ERR_INPUT for a quote that is not closed.
bool csv_read(Str text, Arena *a, CsvRows *out, Err *err);

// One cell, with the comma before it unless it is the first of its line.
void csv_cell(Buf *b, Str cell, bool first);
void csv_end(Buf *b); // of the line

#endif
