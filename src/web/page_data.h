// Open data: what there is, the JSON interface, all cells as CSV, the feed and the sitemap.
#ifndef GONGKAI_WEB_PAGE_DATA_H
#define GONGKAI_WEB_PAGE_DATA_H

#include "web/page_common.h"

bool page_open_data(Request *r, Response *w, Err *err);
bool page_cells_csv(Request *r, Response *w, Err *err);
bool page_schema(Request *r, Response *w, Err *err);
bool page_api_reports(Request *r, Response *w, Err *err);
bool page_api_report(Request *r, Response *w, Err *err);
bool page_feed(Request *r, Response *w, Err *err);
// Where the site is, for addresses that leave it: https://www.example.cn; empty where it cannot be
// told.
Str page_site_url(Request *r);

bool page_sitemap(Request *r, Response *w, Err *err);

#endif
