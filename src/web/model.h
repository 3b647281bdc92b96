// Stored reports, kept as they were decoded: reading one out of its JSON takes ten times as long as
// writing its page, and its page, its other ways to be shown, its comparison and its downloads all
// want it.
#ifndef GONGKAI_WEB_MODEL_H
#define GONGKAI_WEB_MODEL_H

#include "app/report.h"
#include "web/http.h"

// As app_report_get. *out is shared with other threads and good until this request ends. The page
// depends on the report's organ from then on.
bool model_report(Request *r, Response *w, Str organ_slug, int year, const ReportPage **out,
                  Err *err);

#endif
