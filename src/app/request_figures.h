// Table three (表三) of any period, counted from the requests themselves, as the official form has
// it.
#ifndef GONGKAI_APP_REQUEST_FIGURES_H
#define GONGKAI_APP_REQUEST_FIGURES_H

#include "app/request.h"

// A document that holds table three of the form due for the period's last year, every cell a value,
// and nothing else. Both days belong to the period.
bool app_request_figures(App *app, Date from, Date to, Arena *a, Document *out, Err *err);

// The part and, for outcomes, the row that a row of table three is counted from. False for sums.
bool figure_of_row(T3Row row, FigurePart *part);

// The requests behind a cell, by number, behind `after`; *last is the last one looked at, 0 at the
// end. Columns beyond those of applicants stand for all.
bool app_request_figure_list(App *app, T3Row row, T3Col col, Date from, Date to, RequestId after,
                             Arena *a, InfoRequests *out, RequestId *last, Err *err);

#endif
