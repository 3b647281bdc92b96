// Pages of annual reports: the list, one report, its downloads.
#ifndef GONGKAI_WEB_PAGE_REPORT_H
#define GONGKAI_WEB_PAGE_REPORT_H

#include "web/page_common.h"

bool page_report_list(Request *r, Response *w, Err *err);
bool page_report_show(Request *r, Response *w, Err *err);
bool page_report_json(Request *r, Response *w, Err *err);
bool page_report_csv(Request *r, Response *w, Err *err);
bool page_report_xlsx(Request *r, Response *w, Err *err);
bool page_report_original(Request *r, Response *w, Err *err);
bool page_report_trends(Request *r, Response *w, Err *err);  // page_trends.c
bool page_report_compare(Request *r, Response *w, Err *err); // page_compare.c

// The report of the address's :organ and of a year, with its document; the page depends on the
// organ. ERR_MISSING.
bool page_report_get(Request *r, Response *w, int year, const ReportPage **out, Err *err);
// What the page of a report shows, but for its frame.
void page_report_fill(Arena *a, const ReportPage *found, const YearCounts *years, ShowPage *p);
// :year of the address, 0 where it is no year.
int page_year(const Request *r);

#endif
