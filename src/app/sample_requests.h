// The requests of the sample site; for whoever loads it (app/sample.c has the organs and reports).
#ifndef GONGKAI_APP_SAMPLE_REQUESTS_H
#define GONGKAI_APP_SAMPLE_REQUESTS_H

#include "app/app.h"

// Some twenty requests of the last months before app->today, in every phase, each step taken as an
// officer would: so the site needs its key, and each is an act of its own. Call it once, behind
// app_sample_load.
bool app_sample_requests(App *app, Arena *a, Err *err);

#endif
