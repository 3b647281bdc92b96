#include "app/request_rules.h"

#include <stdlib.h>

enum { KEPT_BYTES = 8 << 20 };

// The rules in use and those before them, which somebody may still be computing with.
struct RulesKept {
    Arena rooms[2];
    RequestRules rules;
    size_t room;
    bool has;
};

RulesKept *rules_kept_new(void)
{
    RulesKept *kept = calloc(1, sizeof *kept);
    for (size_t i = 0; kept && i < 2; i++)
        kept->rooms[i] = arena_new(KEPT_BYTES);
    return kept;
}

void rules_kept_free(RulesKept *kept)
{
    for (size_t i = 0; kept && i < 2; i++)
        arena_free(&kept->rooms[i]);
    free(kept);
}

static ClockSettings settings_after(const ClockChanges *changes, size_t n)
{
    ClockSettings s = clock_settings_default;
    for (size_t i = 0; i < n; i++)
        clock_setting_put(&s, changes->v[i].which, changes->v[i].value);
    return s;
}

void request_rules_on(RequestRules *rules, Date day)
{
    size_t n = 0;
    while (n < rules->changes.n && rules->changes.v[n].at < moment_begin((Date){day.days + 1}))
        n++;
    rules->settings = settings_after(&rules->changes, n);
}

bool request_rules_make(const SiteNotices *own, const ClockChanges *changes, Arena *a,
                        RequestRules *out, Err *err)
{
    CalendarNotices *notices = NEW(a, CalendarNotices, 1);
    *notices = calendar_national(a);
    for (size_t i = 0; i < own->n; i++)
        if (!own->v[i].withdrawn_at)
            *PUSH(a, notices) = own->v[i].notice;
    out->changes = *changes;
    out->settings = settings_after(changes, changes->n);
    return calendar_make(notices, a, &out->calendar, err);
}

static bool load(App *app, Arena *a, RequestRules *out, Err *err)
{
    SiteNotices notices;
    ClockChanges changes;
    return store_calendar_list(app->db, app->site, false, a, &notices, err) &&
           store_clock_changes(app->db, app->site, a, &changes, err) &&
           request_rules_make(&notices, &changes, a, out, err);
}

bool app_request_rules(App *app, Arena *a, RequestRules *out, Err *err)
{
    RulesKept *kept = app->rules;
    int64_t stamp;
    if (!store_clock_stamp(app->db, app->site, &stamp, err))
        return false;
    if (!kept) {
        out->stamp = stamp;
        return load(app, a, out, err);
    }
    if (!kept->has || kept->rules.stamp != stamp) {
        size_t other = 1 - kept->room;
        RequestRules rules = {.stamp = stamp};
        arena_reset(&kept->rooms[other], KEPT_BYTES);
        if (!load(app, &kept->rooms[other], &rules, err))
            return false;
        kept->rules = rules;
        kept->room = other;
        kept->has = true;
    }
    *out = kept->rules;
    return true;
}
