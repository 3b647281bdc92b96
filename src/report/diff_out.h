// Two documents side by side (diff.h) as text and JSON.
#ifndef GONGKAI_REPORT_DIFF_OUT_H
#define GONGKAI_REPORT_DIFF_OUT_H

#include "report/diff.h"
#include "report/report_print.h"

// The cells that changed, by how much, and how alike the chapters are; with opt->all also the
// cells that did not change.
void diff_print(Buf *b, const Diff *d, const PrintOptions *opt);

// An object; docs/report.schema.json calls it "diff".
void diff_json(Buf *b, const Diff *d);

#endif
