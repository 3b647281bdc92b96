// What comes due in the next working days, so that it is seen before it is late.
#include "app/remind.h"
#include "views.h"
#include "web/doors.h"
#include "web/page_calendar.h"
#include "web/page_common.h"

static const Str weekdays[] = {SI("周一"), SI("周二"), SI("周三"), SI("周四"),
                               SI("周五"), SI("周六"), SI("周日")};

// How far the reply is (decision.state).
// clang-format off
static const struct { Str state, text, cls; } drafts[] = {
    { SI(""),        SI("还没有拟稿"), SI("late") },
    { SI("draft"),   SI("正在拟稿"),   SI("run") },
    { SI("section"), SI("科室审核"),   SI("run") },
    { SI("legal"),   SI("法制审核"),   SI("run") },
    { SI("signing"), SI("待签发"),     SI("run") },
    { SI("signed"),  SI("已签发，待发出"), SI("ok") },
};
// clang-format on

static ForecastLine line_of(Arena *a, const DueRequest *d)
{
    ForecastLine l = {.href = door_path(a, S("request"), d->id.n),
                      .code = d->code,
                      .title = d->title,
                      .organ = d->organ_name,
                      .handler = d->handler_name.n ? d->handler_name : S("没有指定"),
                      .due = date_zh(a, d->due),
                      .draft = d->draft,
                      .draft_cls = S(""),
                      .paused = d->phase == PHASE_OPINION};
    for (size_t i = 0; i < sizeof drafts / sizeof *drafts; i++)
        if (str_eq(drafts[i].state, d->draft)) {
            l.draft = drafts[i].text;
            l.draft_cls = drafts[i].cls;
        }
    return l;
}

static void day_fill(Arena *a, const DueRequests *all, size_t from, size_t to, ForecastDay *day)
{
    day->lines = NEW(a, ForecastLine, to - from);
    for (size_t i = from; i < to; i++)
        day->lines[day->n++] = line_of(a, &all->v[i]);
}

static Str day_name(Arena *a, Date d, bool today)
{
    int y, m, n;
    date_parts(d, &y, &m, &n);
    return str_fmt(a, "%s%d月%d日（" PRI_STR "）", today ? "今天，" : "", m, n,
                   STR_ARG(weekdays[calendar_weekday(d)]));
}

bool page_forecast(Request *r, Response *w, Err *err)
{
    Arena *a = r->a;
    Forecast f;
    ForecastPage p = {0};
    if (!app_forecast(app_of(r), a, &f, err) ||
        !desk_begin(r, S("到期预测"), DESK_FORECAST, &p.desk, err))
        return false;
    p.days = NEW(a, ForecastDay, FORECAST_DAYS + 2);
    p.days[0] = (ForecastDay){.name = S("已逾期"), .late = true, .note = S("")};
    day_fill(a, &f.requests, 0, f.from[0], &p.days[0]);
    for (int i = 0; i <= FORECAST_DAYS; i++) {
        ForecastDay *day = &p.days[i + 1];
        size_t to = i < FORECAST_DAYS ? f.from[i + 1] : f.requests.n;
        day->name = day_name(a, f.days[i], i == 0);
        day->note = f.provisional[i] ? S("暂定：这一年还没有放假通知") : S("");
        day_fill(a, &f.requests, f.from[i], to, day);
    }
    p.n = FORECAST_DAYS + 2;
    for (size_t i = f.from[0]; i < f.requests.n; i++)
        p.n_unwritten += !f.requests.v[i].draft.n;
    p.n_due = f.requests.n - f.from[0];
    p.more = f.more;
    view_forecast(&w->out, &p);
    return true;
}
