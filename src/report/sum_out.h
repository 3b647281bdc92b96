// The roll-up (sum.h) as text, JSON and CSV.
#ifndef GONGKAI_REPORT_SUM_OUT_H
#define GONGKAI_REPORT_SUM_OUT_H

#include "report/report_print.h"
#include "report/sum.h"

// A sum and what it is shown with. `total` is the sum as a report with its findings (sum_check);
// `published` is NULL where there is nothing to compare with, else the name of the published total.
typedef struct SumShown {
    const Sum *sum;
    const Document *total;
    const SumComparison *comparison;
    Str published;
} SumShown;

// Tables, who took part and who did not, what was missing, the comparison. A figure to which
// something is missing is followed by +.
void sum_print(Buf *b, const SumShown *s, const PrintOptions *opt);

// An object; docs/report.schema.json calls it "sum".
void sum_json(Buf *b, const SumShown *s, Lang lang);

// One line per cell.
void sum_csv(Buf *b, const SumShown *s);

#endif
