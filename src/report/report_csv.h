// Cells as CSV (RFC 4180, UTF-8 without a byte order mark): one line per cell of the edition.
#ifndef GONGKAI_REPORT_CSV_H
#define GONGKAI_REPORT_CSV_H

#include "base/buf.h"
#include "report/report.h"

void report_csv_head(Buf *b);

// The lines of one document; `number` says which of the file's it is, from 1. Text that a
// spreadsheet would take for a formula is begun with an apostrophe.
void report_csv(Buf *b, Str file, size_t number, const Document *doc);

// One field, with the comma before it unless a line has just ended, quoted where it must be.
void csv_field(Buf *b, Str s);

#endif
