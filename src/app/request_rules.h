// What requests of the site are computed with.
#ifndef GONGKAI_APP_REQUEST_RULES_H
#define GONGKAI_APP_REQUEST_RULES_H

#include "app/app.h"
#include "domain/clock.h"

typedef struct RequestRules {
    Calendar calendar;      // the national notices
    ClockSettings settings; // where the law leaves a reading open
} RequestRules;

bool app_request_rules(App *app, Arena *a, RequestRules *out, Err *err);

#endif
