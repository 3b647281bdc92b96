// Word files from 97 to 2003 ([MS-DOC]), read without a converter.
#ifndef GONGKAI_REPORT_DOC_H
#define GONGKAI_REPORT_DOC_H

#include "report/blocks.h"

// False without *err being set where the file is older than Word 97 or no Word file: *older says
// so.
bool doc_read(Str bytes, Arena *a, Blocks *out, bool *older, Err *err);

#endif
