// When a request has to be answered, and why. A request is a list of facts in time; nothing stores
// a deadline. clock_compute goes over the facts and gives the date, what it stands on, and on
// demand the ledger (台账): one line for every step from the day the request was received to the
// day the answer is due, each with its source, adding up to the term.
//
// How days are counted: the day of receipt is day 0, the next working day is day 1 (calendar.h).
// Time in which others are asked for their opinion does not count (条例第三十三条第三款): the
// working days after the letter went out up to the day the opinion came, or up to the day it was
// due.
//
// The legal numbers are the table of clock.c (`gongkai law clocks` prints it). Where the law leaves
// a reading open there is a setting, with its reason.
#ifndef GONGKAI_DOMAIN_CLOCK_H
#define GONGKAI_DOMAIN_CLOCK_H

#include "domain/calendar.h"

// --- facts

typedef enum Channel {
    CHANNEL_IN_PERSON,   // 当面提交
    CHANNEL_MAIL_SIGNED, // 邮寄，需要签收
    CHANNEL_MAIL_PLAIN,  // 平常信函
    CHANNEL_INTERNET,    // 互联网渠道
    CHANNEL_FAX,         // 传真
    CHANNEL_ORAL,        // 口头，由工作人员代为填写
    CHANNEL__COUNT,
} Channel;

typedef struct ChannelDef {
    Str id, name;
    bool waits; // counts from the day both sides confirmed, not from the day it came
    Str day;    // which day is the day of receipt, in words
    Str source; // 条例第三十一条第（三）项
} ChannelDef;
extern const ChannelDef channel_defs[CHANNEL__COUNT];

typedef enum FactKind {
    FACT_FILED,               // came in, by a channel
    FACT_CONFIRMED,           // both sides confirmed that it was received
    FACT_CORRECTION_ASKED,    // 补正告知; `workdays` is the time given to the applicant
    FACT_CORRECTED,           // the correction was received
    FACT_THIRD_PARTY_ASKED,   // 征求第三方意见
    FACT_ORGAN_ASKED,         // 征求共同制作机关意见
    FACT_ASKED_RECEIVED,      // they received the letter; `about` names which
    FACT_OPINION,             // their opinion came; `about` names which
    FACT_REASONS_ASKED,       // 要求说明理由 (第三十五条)
    FACT_REASONS_GIVEN,       //
    FACT_EXTENDED,            // 延期, by `workdays`
    FACT_DELAYED,             // 确定延迟答复的合理期限 (第三十五条), until `until`
    FACT_FEE_NOTICED,         // 收费通知 issued
    FACT_FEE_NOTICE_RECEIVED, // the applicant received it
    FACT_FEE_PAID,            //
    FACT_ANSWERED,            // the reply went out: posted, handed over, sent
    FACT_DELIVERED,           // and arrived
    FACT_WITHDRAWN,           // by the applicant
    FACT_CLOSED,              // ended without a reply: lapsed, joined
    FACT_REDONE,           // replied anew, as a review or a suit ordered; `about`: which decision
    FACT_REDONE_DELIVERED, // and that arrived; `about`: the same
    FACT__COUNT,
} FactKind;

typedef struct FactDef {
    Str id, name; // consult_sent; 发出征求意见书
    Str source;
} FactDef;
extern const FactDef request_fact_defs[FACT__COUNT];

// One fact. Facts are ordered by day and, within a day, by number.
typedef struct RequestFact {
    int64_t id; // within the request, from 1; in the order they were recorded
    FactKind kind;
    Date on;
    Channel channel; // FACT_FILED
    int workdays;    // FACT_CORRECTION_ASKED, FACT_EXTENDED
    Date until;      // FACT_DELAYED
    int64_t about;   // FACT_ASKED_RECEIVED, FACT_OPINION: the fact that asked; FACT_REDONE: the
                     // number of the decision
    Str document;    // number or name of the paper it stands on, for the ledger; may be empty
} RequestFact;

typedef struct RequestFacts {
    RequestFact *v;
    size_t n, cap;
} RequestFacts;

// --- rules

typedef enum ClockRuleId {
    RULE_REPLY,                  // 答复
    RULE_EXTENSION,              // 延长, at most
    RULE_CORRECTION,             // 要求补正
    RULE_THIRD_PARTY,            // 第三方提出意见
    RULE_ORGAN,                  // 被征求意见的机关提出意见
    RULE_FEE_PAYMENT,            // 缴费
    RULE_PUBLISH,                // 主动公开
    RULE_REVIEW_DAYS,            // 申请行政复议; days, not working days
    RULE_SUIT_AFTER_REVIEW_DAYS, // 对复议决定不服起诉; days
    RULE_SUIT_MONTHS,            // 直接起诉; months
    RULE__COUNT,
} ClockRuleId;

typedef struct ClockRule {
    Str id, name;
    int n;
    Str unit;    // 工作日 日 个月
    Str silence; // what follows when it passes without anything; empty: nothing is said
    Str source;
} ClockRule;
extern const ClockRule clock_rules[RULE__COUNT];

// What the law leaves open. Each has a default and a reason (clock_settings).
typedef struct ClockSettings {
    int correction_workdays;     // given to the applicant where the letter does not say; 10
    int draft_workdays;          // the draft is due so many working days before the answer; 5
    int remind_workdays;         // the handler is reminded so many working days before it; 3
    bool extension_once;         // one extension in a request, also after a new term began; true
    bool opinion_day_counts_out; // the day the opinion comes is still outside the term; true
    bool opinion_goes_over;      // time for opinions that runs when a new term begins is outside
                                 // that term too; true
} ClockSettings;
extern const ClockSettings clock_settings_default;

typedef struct ClockSettingDef {
    Str id, name;
    Str value; // the default, in words
    Str reason;
    bool yes;        // yes or no, 1 or 0; else a number of working days
    int least, most; // of the number
} ClockSettingDef;
extern const ClockSettingDef clock_setting_defs[];
extern const size_t n_clock_setting_defs;

// By place in clock_setting_defs.
int clock_setting_get(const ClockSettings *s, size_t which);
void clock_setting_put(ClockSettings *s, size_t which, int value); // within least and most
Str clock_setting_words(size_t which, int value, Arena *a);        // 10个工作日, 是
bool clock_setting_named(Str id, size_t *out);

// --- the answer

typedef enum Phase {
    PHASE_UNCONFIRMED, // 待确认
    PHASE_OPEN,        // 办理中
    PHASE_CORRECTION,  // 待补正
    PHASE_OPINION,     // 征求意见
    PHASE_FEE,         // 待缴费
    PHASE_DONE,        // 已答复
    PHASE_ENDED,       // 已终止: withdrawn, lapsed
    PHASE__COUNT,
} Phase;

typedef struct PhaseDef {
    Str id, name, tag; // tag: the class of its look
    Str first;         // what comes before a step that this phase does not allow
} PhaseDef;
extern const PhaseDef phase_defs[PHASE__COUNT];

typedef struct Clock {
    Phase phase;
    Date received;      // day 0; date_none while unconfirmed
    Date begins;        // day 0 of the term that runs: received, corrected or paid
    Date due;           // of the answer; date_none where none is running
    Date draft_due;     // internal, before it
    Date waits_until;   // of the other side, while it is its turn: correction, opinion, payment
    int term;           // working days in all: 20, with an extension up to 40
    int used, left;     // of them, as of today; left is negative when overdue
    bool paused;        // today does not count
    int paused_days;    // working days that did not count, up to today
    bool provisional;   // reaches into a year without a notice
    bool overdue;       // not answered, and the day is over
    bool lapsed;        // the other side's time is over: may be ended
    bool late;          // answered after the day it was due
    Date correction_by; // last day on which a correction may be asked
    bool extended;
} Clock;

// `facts` in order, the first one FACT_FILED. As of `today`; facts after it are as if they were not
// there. ERR_INPUT for days outside the calendar.
bool clock_compute(const RequestFacts *facts, const Calendar *calendar,
                   const ClockSettings *settings, Date today, Clock *out, Err *err);

typedef enum LedgerKind {
    LEDGER_START,  // day 0
    LEDGER_COUNT,  // working days that count
    LEDGER_OFF,    // holidays that a notice names
    LEDGER_PAUSE,  // working days that do not count
    LEDGER_AGAIN,  // a new term begins: what was counted before counts no more
    LEDGER_EXTEND, // working days of the extension
    LEDGER_DUE,    // the end
} LedgerKind;

typedef struct LedgerLine {
    LedgerKind kind;
    Date from, to;
    int days;  // working days in this line
    int total; // counted so far
    Str words; // 调休上班，第1日
    Str source;
    int64_t fact; // that it follows from; 0: the calendar's
} LedgerLine;

typedef struct Ledger {
    LedgerLine *v;
    size_t n, cap;
} Ledger;

// The lines of the same computation. Empty while nothing runs.
bool clock_ledger(const RequestFacts *facts, const Calendar *calendar,
                  const ClockSettings *settings, Date today, Arena *a, Clock *clock, Ledger *out,
                  Err *err);

#endif
