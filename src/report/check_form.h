// Between check_form.c (tables and rows) and check_cells.c (cells).
#ifndef GONGKAI_REPORT_CHECK_FORM_H
#define GONGKAI_REPORT_CHECK_FORM_H

#include "report/check.h"

typedef struct TableForm {
    CheckId check;
    Str zh, en;
    Str word; // of its own headings, by which a table shows that nobody could read as one
} TableForm;
extern const TableForm table_forms[TABLE__COUNT];

// What findings call the table, in the language asked for.
Str table_name(const Checking *c, TableId table);

// Cells of the table by state: those of the document's form, and what else it has.
typedef struct Filled {
    size_t value, blank, unreadable, absent;
    Place place; // of the first that is there
} Filled;
Filled table_filled(const Document *d, TableId table);

// Two cells of one row of a form.
bool row_same(CellIx x, CellIx y);

#endif
