// When a mail is sent, sent again, and given up; and when nobody wants one.
//
// Servers refuse for a time (full, busy, greylisting: strangers are told to come back) far more
// often than for good. So a mail is tried again with growing pauses, for as long as what it says is
// worth reading.
#ifndef GONGKAI_DOMAIN_OUTBOX_H
#define GONGKAI_DOMAIN_OUTBOX_H

#include "base/str.h"
#include "domain/calendar.h"

typedef enum MailKind {
    MAIL_TASK,     // something to do has come
    MAIL_NOTICE,   // something happened that one should know
    MAIL_DEADLINE, // a statutory term is about to end
    MAIL_ACCOUNT,  // one's own account: new password, sign-in from elsewhere
    MAIL_TEST,     // from the administrator, to see whether mail works
    MAIL__COUNT,
} MailKind;

typedef struct MailKindDef {
    Str id;   // as stored
    Str name; // on pages
    bool urgent;
    int keep_h; // hours after the first try for which it is worth trying again
} MailKindDef;
extern const MailKindDef mail_kind_defs[MAIL__COUNT];

bool mail_kind_named(Str id, MailKind *out);

// --- what an answer means

typedef enum OutboxVerdict {
    OUTBOX_SENT,  // taken by the server
    OUTBOX_LATER, // try again
    OUTBOX_NEVER, // refused for good: this recipient, or this message
} OutboxVerdict;

// How far it came, and the server's last reply (RFC 5321, 4.2.1; 0: none). Only a refusal of the
// recipient or of the message is about this mail; one before (greeting, TLS, password, sender) is
// about us, would meet every mail, and waits for the administrator.
typedef enum OutboxStage { OUTBOX_AT_US, OUTBOX_AT_RECIPIENT, OUTBOX_TAKEN } OutboxStage;
OutboxVerdict outbox_verdict(OutboxStage stage, int code);

// --- when

// When to try next after `tries` tries (at least 1): 1, 5, 15, 30 minutes, 1, 2, then every 4
// hours, each up to a tenth later by `random` so that not everything comes at one moment.
int64_t outbox_next(int64_t now, int64_t tries, uint64_t random);

// Whether a try at `next` would come too late to be worth it.
bool outbox_gives_up(MailKind kind, int64_t first_at, int64_t next);

typedef struct QuietHours {
    int from, to; // minutes after midnight, Chinese time; equal: none
    bool days_off;
} QuietHours;

// Whether mail that is not urgent waits at this moment: at night and, where days_off, on days that
// are not worked. Without a calendar, and beyond it, those are Saturday and Sunday.
bool outbox_quiet(const QuietHours *q, const Calendar *calendar, int64_t now);

#endif
