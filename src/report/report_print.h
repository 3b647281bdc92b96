// Reports for people at a terminal: the three tables as read, and the findings with their evidence.
// The words around them are English; the findings and labels are in the language asked for.
#ifndef GONGKAI_REPORT_PRINT_H
#define GONGKAI_REPORT_PRINT_H

#include "base/buf.h"
#include "report/report.h"

typedef struct PrintOptions {
    Lang lang;
    bool colour;
    bool all;               // also what passed and what could not be assessed
    size_t width;           // of the terminal in columns; long lines are wrapped to it
    const bool *incomplete; // by CellIx: figures to which something is missing, or NULL for none
} PrintOptions;

// One line: which document this is.
void print_heading(Buf *b, const Reading *source, const Document *doc, const PrintOptions *opt);

// What it says of itself: title, publication, period, chapters; a line each where known.
void print_facts(Buf *b, const Document *doc);

// The tables of the document's edition, aligned. Blank cells print _, unreadable ones ?, absent
// ones nothing; a value that is one reading among others is marked ~, an incomplete one +.
void print_tables(Buf *b, const Document *doc, const PrintOptions *opt);

// The findings, failures first, and a line that counts the results.
void print_findings(Buf *b, const Document *doc, const PrintOptions *opt);

// "line 37" or "page 2" or "table 1, row 3, column 4"; nothing where it is not known.
void print_place(Buf *b, const Place *place);

// How many findings of each Result.
void count_results(const Findings *findings, size_t counts[4]);

#endif
