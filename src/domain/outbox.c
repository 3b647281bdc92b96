#include "domain/outbox.h"

enum { CHINA_S = 8 * 3600, DAY_S = 86400 };

// clang-format off
const MailKindDef mail_kind_defs[MAIL__COUNT] = {
    //                 id              name              urgent  keep_h
    [MAIL_TASK]     = { SI("task"),     SI("待办提醒"),   false,  72 },
    [MAIL_NOTICE]   = { SI("notice"),   SI("通知"),       false,  72 },
    [MAIL_DEADLINE] = { SI("deadline"), SI("期限提醒"),   true,   24 },
    [MAIL_ACCOUNT]  = { SI("account"),  SI("账号安全"),   true,   24 },
    [MAIL_TEST]     = { SI("test"),     SI("测试邮件"),   true,   1 },
};

// Minutes before the next try, by how many there have been; the last one from then on.
static const int pauses_min[] = { 1, 5, 15, 30, 60, 120, 240 };
// clang-format on
enum { N_PAUSES = sizeof pauses_min / sizeof *pauses_min };

bool mail_kind_named(Str id, MailKind *out)
{
    for (int k = 0; k < MAIL__COUNT; k++)
        if (str_eq(mail_kind_defs[k].id, id))
            return *out = (MailKind)k, true;
    return false;
}

OutboxVerdict outbox_verdict(OutboxStage stage, int code)
{
    if (stage == OUTBOX_TAKEN)
        return OUTBOX_SENT;
    return stage == OUTBOX_AT_RECIPIENT && code >= 500 ? OUTBOX_NEVER : OUTBOX_LATER;
}

int64_t outbox_next(int64_t now, int64_t tries, uint64_t random)
{
    int64_t i = tries < 1 ? 0 : tries > N_PAUSES ? N_PAUSES - 1 : tries - 1;
    int64_t pause = pauses_min[i] * 60;
    return now + pause + (int64_t)(random % (uint64_t)(pause / 10));
}

bool outbox_gives_up(MailKind kind, int64_t first_at, int64_t next)
{
    return next > first_at + mail_kind_defs[kind].keep_h * (int64_t)3600;
}

static bool works(const Calendar *calendar, Date day)
{
    if (calendar && calendar_has(calendar, day))
        return calendar_works(calendar, day);
    int weekday = (day.days % 7 + 7 + 3) % 7; // 0: Monday; 1970-01-01 was a Thursday
    return weekday < 5;
}

bool outbox_quiet(const QuietHours *q, const Calendar *calendar, int64_t now)
{
    int64_t there = now + CHINA_S;
    int64_t second = (there % DAY_S + DAY_S) % DAY_S;
    int minute = (int)(second / 60);
    Date day = {(int32_t)((there - second) / DAY_S)};
    bool night = q->from <= q->to ? minute >= q->from && minute < q->to
                                  : minute >= q->from || minute < q->to;
    return night || (q->days_off && !works(calendar, day));
}
