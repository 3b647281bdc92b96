// A document moved into other memory, all of it.
#ifndef GONGKAI_REPORT_COPY_H
#define GONGKAI_REPORT_COPY_H

#include "report/report.h"

// Nothing in *out points into what `doc` points into. The two documents print the same JSON.
void report_copy(const Document *doc, Arena *a, Document *out);

#endif
