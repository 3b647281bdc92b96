#include "app/request_rules.h"

bool app_request_rules(App *app, Arena *a, RequestRules *out, Err *err)
{
    (void)app;
    CalendarNotices notices = calendar_national(a);
    out->settings = clock_settings_default;
    return calendar_make(&notices, a, &out->calendar, err);
}
