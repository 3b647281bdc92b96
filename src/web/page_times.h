// /desk/figures/times: how long answering takes, as chart and table, every number a door; and the
// same period's table three as the official form, in a workbook and as the report reader takes it.
#ifndef GONGKAI_WEB_PAGE_TIMES_H
#define GONGKAI_WEB_PAGE_TIMES_H

#include "app/request_times.h"
#include "web/desk.h"

bool page_times(Request *r, Response *w, Err *err);
bool page_times_csv(Request *r, Response *w, Err *err);
bool page_figures_xlsx(Request *r, Response *w, Err *err);
bool page_figures_json(Request *r, Response *w, Err *err);

typedef struct TimesLine {
    Str name, n, median, p90, max, in_time, late, extended, in_time_share, extended_share;
    Str n_href, late_href, extended_href, max_href; // empty: nothing behind it
} TimesLine;

typedef struct TimesPage {
    Desk desk;
    Str from, to, wrong, say;
    Choices by;
    Links tabs;
    Str head; // of the first column
    TimesLine all;
    TimesLine *lines;
    size_t n;
    Html chart;
    Str csv, table3;
} TimesPage;

#endif
