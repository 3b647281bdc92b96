// Reminding people of requests that come due (domain/remind.h), and what comes due in the next
// working days.
#ifndef GONGKAI_APP_REMIND_H
#define GONGKAI_APP_REMIND_H

#include "app/request_rules.h"
#include "store/request_due.h"

// A job: tells handlers and heads, each thing once.
bool app_remind_job(App *app, Arena *a, Str *did, Err *err);

enum { FORECAST_DAYS = 5 };

// The open requests of app->scope that are overdue, and those that come due today and on each of
// the next FORECAST_DAYS working days.
typedef struct Forecast {
    Date days[FORECAST_DAYS + 1];        // today and then working days
    size_t from[FORECAST_DAYS + 1];      // requests.v[from[i]] is the first due on days[i] or, on a
                                         // day off before it, since the day before
    bool provisional[FORECAST_DAYS + 1]; // the day is in a year without a notice
    DueRequests requests;                // by day; those before from[0] are overdue
    bool more;                           // some are left out: DUE_REQUESTS_MOST
} Forecast;

bool app_forecast(App *app, Arena *a, Forecast *out, Err *err);

#endif
