// Reminders (提醒): who is told what about an open request, and when. House rules, one table; the
// law has none. Each is given once for each date it is about, so that a date that moves is told
// again and nothing else is.
#ifndef GONGKAI_DOMAIN_REMIND_H
#define GONGKAI_DOMAIN_REMIND_H

#include "domain/clock.h"

typedef enum RemindRule {
    REMIND_DRAFT,        // 该拟稿了
    REMIND_SOON,         // 将要到期
    REMIND_OVERDUE,      // 已经逾期
    REMIND_HEAD_SOON,    // to the head: due tomorrow, or today
    REMIND_HEAD_OVERDUE, // to the head: overdue
    REMIND_PUBLISH,      // 该公开了 (条例第四十四条): what was decided to be made public
    REMIND_PUBLISH_LATE,
    REMIND_HEAD_PUBLISH, // to the head: due tomorrow, or today
    REMIND_HEAD_PUBLISH_LATE,
    REMIND__COUNT,
} RemindRule;

typedef enum RemindOf { REMIND_OF_REQUEST, REMIND_OF_PUBLICATION } RemindOf;

typedef struct RemindDef {
    Str id; // as stored
    RemindOf of;
    bool head;  // to the head of the office for disclosure; else to the handler, or where there is
                // none to its officers
    bool draft; // about the day the draft is due; else the day of the answer
    int before; // working days before it; REMIND_AS_SET: remind_workdays of the settings
    Str words;  // behind the request's number; {day} is that date
} RemindDef;
enum { REMIND_AS_SET = 99 };
extern const RemindDef remind_defs[REMIND__COUNT];

// Where a request stands, or a publication: its own due day alone.
typedef struct RemindCase {
    Date due, draft_due;
    bool drafted; // a draft has been sent on
    RemindOf of;
} RemindCase;

// The rule that holds today for the handler (or for the head), the most urgent one; false for none.
// While others are asked for their opinion nobody is reminded: the caller leaves those out.
bool remind_rule(const RemindCase *c, bool head, const Calendar *calendar,
                 const ClockSettings *settings, Date today, RemindRule *out);

// The day that the rule is about.
Date remind_day(const RemindCase *c, RemindRule rule);

#endif
