// A report as a workbook: the official tables as the form prints them, merged heads and all, and a
// sheet with the findings. The only file that knows libxlsxwriter.
#ifndef GONGKAI_REPORT_RENDER_XLSX_H
#define GONGKAI_REPORT_RENDER_XLSX_H

#include "base/err.h"
#include "report/report.h"

enum { XLSX_MAX = 64 << 20 };

// The workbook's bytes. Figures are numbers; a blank stays blank; what could not be read stands as
// it was written, in grey; a guess (RepairDef.guess) is shaded and has a comment that says so.
// Sheets: the tables of the document's edition, then 检查结果 where there are findings. ERR_SYSTEM
// where it cannot be made.
bool render_xlsx(const Document *doc, Arena *a, Str *out, Err *err);

// --- lists

typedef enum XlsxKind {
    XLSX_TEXT,   // whatever it begins with: never a formula
    XLSX_NUMBER, // a whole number; what is none stands as text
    XLSX_DAY,    // 2026-03-19; empty: nothing
} XlsxKind;

typedef struct XlsxColumn {
    Str name;
    XlsxKind kind;
    int width; // in characters
} XlsxColumn;

enum { XLSX_COLUMNS_MAX = 60, XLSX_ROWS_MAX = 1000000 };

// One sheet with a line of names above, written row by row: rows lie in a temporary file, not in
// memory.
typedef struct XlsxList XlsxList;
bool xlsx_list_open(Str sheet, const XlsxColumn *columns, size_t n, Arena *a, XlsxList **out,
                    Err *err);
// As many cells as columns. `scratch` is used for the row alone.
void xlsx_list_row(XlsxList *list, const Str *cells, Arena scratch);
// The workbook's bytes; the list is gone also where it fails. Without bytes: given up.
bool xlsx_list_close(XlsxList **list, Arena *a, Str *out, Err *err);
void xlsx_list_drop(XlsxList **list); // for CLEANUP

#endif
