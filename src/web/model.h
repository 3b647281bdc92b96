// Stored reports, kept as they were decoded and made ready to be shown: reading one out of its JSON
// takes fifty times as long as writing its page, and its page, its other ways to be shown, its
// comparison and its downloads all want it.
#ifndef GONGKAI_WEB_MODEL_H
#define GONGKAI_WEB_MODEL_H

#include "app/report.h"
#include "web/http.h"
#include "web/pages.h"

typedef struct ReportModel {
    ReportPage page;
    ShowPage show; // without its frame
} ReportModel;

// As app_report_get. *out is shared with other threads and good until this request ends. The page
// depends on the report's organ from then on.
bool model_report(Request *r, Response *w, Str organ_slug, int year, const ReportModel **out,
                  Err *err);

#endif
