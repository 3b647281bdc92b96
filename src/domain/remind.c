#include "domain/remind.h"

// clang-format off
// The more urgent below.
const RemindDef remind_defs[REMIND__COUNT] = {
    //                             id                       of                     head   draft  before         words
    [REMIND_DRAFT]             = { SI("draft"),             REMIND_OF_REQUEST,     false, true,  0,             SI("应当在{day}拟好答复稿，现在还没有送审") },
    [REMIND_SOON]              = { SI("soon"),              REMIND_OF_REQUEST,     false, false, REMIND_AS_SET, SI("应当在{day}以前答复，快要到期") },
    [REMIND_OVERDUE]           = { SI("overdue"),           REMIND_OF_REQUEST,     false, false, -1,            SI("应当在{day}以前答复，已经逾期，请立即答复") },
    [REMIND_HEAD_SOON]         = { SI("head.soon"),         REMIND_OF_REQUEST,     true,  false, 1,             SI("应当在{day}以前答复，还没有发出") },
    [REMIND_HEAD_OVERDUE]      = { SI("head.overdue"),      REMIND_OF_REQUEST,     true,  false, -1,            SI("应当在{day}以前答复，已经逾期") },
    [REMIND_PUBLISH]           = { SI("publish"),           REMIND_OF_PUBLICATION, false, false, REMIND_AS_SET, SI("的信息已决定主动公开，应当在{day}以前发布") },
    [REMIND_PUBLISH_LATE]      = { SI("publish.late"),      REMIND_OF_PUBLICATION, false, false, -1,            SI("的信息已决定主动公开，应当在{day}以前发布，已经逾期") },
    [REMIND_HEAD_PUBLISH]      = { SI("head.publish"),      REMIND_OF_PUBLICATION, true,  false, 1,             SI("的信息已决定主动公开，应当在{day}以前发布，还没有发布") },
    [REMIND_HEAD_PUBLISH_LATE] = { SI("head.publish.late"), REMIND_OF_PUBLICATION, true,  false, -1,            SI("的信息已决定主动公开，应当在{day}以前发布，已经逾期") },
};
// clang-format on

Date remind_day(const RemindCase *c, RemindRule rule)
{
    return remind_defs[rule].draft ? c->draft_due : c->due;
}

static bool holds(const RemindCase *c, RemindRule rule, const Calendar *calendar,
                  const ClockSettings *settings, Date today)
{
    const RemindDef *d = &remind_defs[rule];
    Date day = remind_day(c, rule);
    int before = d->before == REMIND_AS_SET ? settings->remind_workdays : d->before, left;
    Err unread;
    if (!date_is(day) || (d->draft && c->drafted))
        return false;
    if (before < 0)
        return today.days > day.days;
    return calendar_count(calendar, today, day, &left, &unread) && left <= before;
}

bool remind_rule(const RemindCase *c, bool head, const Calendar *calendar,
                 const ClockSettings *settings, Date today, RemindRule *out)
{
    for (int rule = REMIND__COUNT - 1; rule >= 0; rule--)
        if (remind_defs[rule].of == c->of && remind_defs[rule].head == head &&
            holds(c, (RemindRule)rule, calendar, settings, today)) {
            *out = (RemindRule)rule;
            return true;
        }
    return false;
}
