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

#endif
