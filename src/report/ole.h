// The container that Word, Excel and PowerPoint files were until 2003 ([MS-CFB]): streams by name,
// cut into sectors that tables chain together. Anything out of place reads as empty.
#ifndef GONGKAI_REPORT_OLE_H
#define GONGKAI_REPORT_OLE_H

#include "base/str.h"

typedef struct Ole Ole;

Ole *ole_open(Str bytes, Arena *a);       // NULL where it is no such container
Str ole_stream(Ole *o, const char *name); // empty without such a stream

// The number of `bytes` (1 to 4) at `at`, little end first; 0 behind the end.
uint32_t ole_number(Str s, size_t at, int bytes);

#endif
