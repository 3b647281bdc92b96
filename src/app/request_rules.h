// What requests of the site are computed with: the notices built into the program and the site's
// own, as one calendar, and how the site reads what the law leaves open.
#ifndef GONGKAI_APP_REQUEST_RULES_H
#define GONGKAI_APP_REQUEST_RULES_H

#include "app/app.h"
#include "store/calendar.h"

typedef struct RequestRules {
    Calendar calendar;
    ClockSettings settings; // in force now
    ClockChanges changes;   // how they came to be
    int64_t stamp;          // another one after every change of notices or settings; 0: none yet
} RequestRules;

// The calendar is made once for each App and change, and kept with it: *out is good until the App
// is closed or the rules have changed twice. One query by key.
bool app_request_rules(App *app, Arena *a, RequestRules *out, Err *err);

// Sets rules->settings to those that were in force at the end of a day: what had been closed by
// then stays as it was computed.
void request_rules_on(RequestRules *rules, Date day);

// The same from notices and changes at hand.
bool request_rules_make(const SiteNotices *notices, const ClockChanges *changes, Arena *a,
                        RequestRules *out, Err *err);

// What an App keeps them in; NULL where app_open has not made it, and then nothing is kept.
typedef struct RulesKept RulesKept;
RulesKept *rules_kept_new(void);
void rules_kept_free(RulesKept *kept);

#endif
