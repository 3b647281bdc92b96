// A document of the annual report that holds what is counted from the records of a period, and
// nothing else: table three (app/request_figures.h), table four.
#ifndef GONGKAI_APP_FIGURES_H
#define GONGKAI_APP_FIGURES_H

#include "app/app.h"
#include "app/remedy.h"
#include "report/report.h"

// In the form due for the period's last year that has both tables; without any figure.
Document figures_document(Date from, Date to);

// Table four into it: what has no figure is 0, the totals are sums.
void figures_remedies(const RemedyFigures *figures, Arena *a, Document *doc);
T4Block figures_block(RemedyKind kind);
T4Col figures_column(T4Column column);

#endif
