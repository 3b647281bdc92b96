// 行政复议 and 行政诉讼 about disclosure on request: a case is a list of facts in time (filed,
// accepted, notice to answer, decided, served, appealed …); where it stands, until when the organ
// has to answer, and in which cell of table four it counts in a period is computed from them.
//
// Time limits and what may be taken where are rows with their articles (`gongkai law remedies`).
// What they say about a case is a hint: whether it is admitted is decided by the review organ or
// the court.
#ifndef GONGKAI_DOMAIN_REMEDY_H
#define GONGKAI_DOMAIN_REMEDY_H

#include "domain/clock.h"
#include "domain/outcome.h"

typedef enum RemedyKind { // the blocks of table four
    CASE_REVIEW,          // 行政复议
    CASE_SUIT,            // 未经复议直接起诉
    CASE_SUIT_AFTER,      // 复议后起诉
    CASE__COUNT,
} RemedyKind;

typedef enum RemedyAbout {
    ABOUT_ANSWER,
    ABOUT_INACTION,
    ABOUT_PROCEDURE,
    ABOUT_FEE,
    ABOUT_PROACTIVE,
    ABOUT_OTHER,
    ABOUT__COUNT,
} RemedyAbout;

typedef enum RemedyStage {
    STAGE_REVIEW,
    STAGE_FIRST,
    STAGE_SECOND,
    STAGE_RETRIAL,
    STAGE__COUNT
} RemedyStage;

typedef struct RemedyWord {
    Str id, name;
} RemedyWord;
extern const RemedyWord remedy_kinds[CASE__COUNT], remedy_abouts[ABOUT__COUNT],
    remedy_stages[STAGE__COUNT];

// --- results

typedef enum T4Column { // the columns of table four
    COLUMN_UPHELD,      // 结果维持
    COLUMN_CORRECTED,   // 结果纠正
    COLUMN_OTHER,       // 其他结果
    COLUMN_PENDING,     // 尚未审结
    COLUMN__COUNT,
} T4Column;

typedef enum RemedyResult {
    RESULT_UPHELD,
    RESULT_DISMISSED,
    RESULT_CHANGED,
    RESULT_QUASHED,
    RESULT_REDO,
    RESULT_PERFORM,
    RESULT_ILLEGAL,
    RESULT_ILLEGAL_REDO,
    RESULT_REJECTED,
    RESULT_WITHDRAWN,
    RESULT_SETTLED,
    RESULT_TRANSFERRED,
    RESULT__COUNT,
} RemedyResult;

typedef struct RemedyResultDef {
    Str id, name;
    bool review, suit; // may be the result of one
    T4Column column;
    bool redo; // the organ handles the request again
} RemedyResultDef;
extern const RemedyResultDef remedy_results[RESULT__COUNT];
extern const RemedyWord remedy_columns[COLUMN__COUNT];
bool remedy_result_named(Str id, RemedyResult *out);
bool remedy_kind_named(Str id, RemedyKind *out);
bool remedy_about_named(Str id, RemedyAbout *out);

// --- facts

typedef enum RemedyFactKind {
    RF_FILED,     // 提出申请、起诉
    RF_ACCEPTED,  // 受理、立案
    RF_NOTIFIED,  // 收到答复通知、应诉通知; `until`: the day it sets
    RF_ANSWERED,  // 提交答复、答辩
    RF_HEARD,     // 听证、开庭
    RF_PROLONGED, // 延长审理期限; `until`
    RF_DECIDED, // 作出决定、判决、裁定; `result`, `until` where it sets a term for the organ
    RF_SERVED,   // 收到决定书、判决书
    RF_APPEALED, // 上诉: the second instance begins
    RF_RETRIED,  // 再审 begins
    RF_REDONE,   // 重新处理
    RF__COUNT,
} RemedyFactKind;

typedef struct RemedyFactDef {
    Str id;
    Str names[2]; // of a review; of a suit
    bool review, suit;
    Str once; // why a second one in the same stage is refused; empty: there may be several
} RemedyFactDef;
extern const RemedyFactDef remedy_fact_defs[RF__COUNT];
bool remedy_fact_named(Str id, RemedyFactKind *out);
Str remedy_fact_name(RemedyFactKind fact, RemedyKind kind);

typedef struct RemedyFact {
    int64_t id; // within the case, from 1
    RemedyFactKind kind;
    Date on, until;
    RemedyResult result; // RF_DECIDED
} RemedyFact;

// By day and, within a day, by number; the first one RF_FILED.
typedef struct RemedyFacts {
    RemedyFact *v;
    size_t n, cap;
} RemedyFacts;

// --- settings: numbers of days that the law sheet does not give

typedef enum RemedySettingId {
    SETTING_REVIEW_ANSWER,     // 复议答复, working days
    SETTING_SUIT_ANSWER,       // 答辩, days
    SETTING_REDO,              // 重新答复 where the decision sets no term, working days
    SETTING_CORRECTION_TARGET, // 第四十一条更正, working days; 0: none
    SETTING__COUNT,
} RemedySettingId;

typedef struct RemedySettingDef {
    Str id, name, unit;
    int n; // unless set otherwise
    Str reason;
} RemedySettingDef;
extern const RemedySettingDef remedy_setting_defs[SETTING__COUNT];

typedef struct RemedySettings {
    int n[SETTING__COUNT];
} RemedySettings;
RemedySettings remedy_settings_default(void);

// How the law is read where it leaves it open.
typedef struct RemedyReading {
    Str id, value, reason;
} RemedyReading;
extern const RemedyReading remedy_readings[];
extern const size_t n_remedy_readings;

// --- where a case stands

typedef enum RemedyPhase {
    RP_FILED,  // 已提出
    RP_OPEN,   // 审理中
    RP_ANSWER, // 待答复
    RP_CLOSED, // 已审结
    RP_REDO,   // 待重新处理
    RP__COUNT,
} RemedyPhase;

typedef struct RemedyPhaseDef {
    Str id, name, tag;
} RemedyPhaseDef;
extern const RemedyPhaseDef remedy_phases[RP__COUNT];

typedef struct RemedyState {
    RemedyPhase phase;
    RemedyStage stage;
    bool decided;        // the present stage is
    RemedyResult result; // where decided
    Date filed, closed;  // closed: date_none while pending
    Date served;         // of the decision
    Date answer_by;      // while the organ has to answer; date_none
    Date redo_by;        // while it has to handle the request again
    bool redo_told;      // the decision or judgment names that day
    Date suit_by;        // of a decided review, served: the last day for a suit
    bool answer_late, redone;
} RemedyState;

// As of `today`; facts after it are as if they were not there. False with ERR_INPUT for days
// outside the calendar.
bool remedy_compute(RemedyKind kind, const RemedyFacts *facts, const Calendar *calendar,
                    const RemedySettings *settings, Date today, RemedyState *out, Err *err);

// The facts with `step` in its place, where the whole is a history that can be. ERR_RULE,
// ERR_INPUT.
bool remedy_decide(RemedyKind kind, const RemedyFacts *now, const RemedyFact *step, Date today,
                   Arena *a, RemedyFacts *next, Err *err);
// Whether what is left without some of them still can be.
bool remedy_history_ok(RemedyKind kind, const RemedyFacts *facts, Err *err);
// Whether the step may be taken as things stand.
bool remedy_may(RemedyKind kind, const RemedyFacts *facts, RemedyFactKind step, Date today,
                Arena *a);

// The cell of table four in which the case counts for a period; false where it is in none: filed
// later, or closed before.
bool remedy_column(RemedyKind kind, const RemedyFacts *facts, Date from, Date to, T4Column *out);

// --- terms

typedef enum RemedyUnit { UNIT_DAYS, UNIT_MONTHS, UNIT_YEARS } RemedyUnit;

typedef enum RemedyTermId {
    TERM_REVIEW,
    TERM_REVIEW_UNTOLD,
    TERM_REVIEW_LONGEST,
    TERM_SUIT,
    TERM_SUIT_UNTOLD,
    TERM_SUIT_LONGEST,
    TERM_SUIT_AFTER,
    TERM_SUIT_NO_REVIEW,
    TERM_REVIEW_HANDLING,
    TERM_REVIEW_HANDLING_MORE,
    TERM_REVIEW_SIMPLE,
    TERM__COUNT,
} RemedyTermId;

typedef struct RemedyTerm {
    Str id, name;
    int n;
    RemedyUnit unit;
    Str from; // 自…之日起
    Str source;
} RemedyTerm;
extern const RemedyTerm remedy_terms[TERM__COUNT];

// The last day of a term of calendar days, months or years that begins after `from`: a month or
// year ends on the same day of the month, or the last one where there is none; a last day off moves
// to the next working day (民事诉讼法第八十五条).
bool remedy_last_day(Date from, int n, RemedyUnit unit, const Calendar *calendar, Date *out,
                     Err *err);

// Since when a refusal or silence goes to review before a suit (行政复议法第二十三条).
bool remedy_review_first(RemedyAbout about, bool has_outcome, Outcome outcome, Date on);

// --- for citizens: what can be done until when

typedef struct RemedyDay {
    Date on;  // date_none where it runs from something that has not happened
    Str what; // 最后一天申请行政复议
    Str source;
} RemedyDay;

typedef struct RemedyDays {
    RemedyDay *v;
    size_t n, cap;
} RemedyDays;

typedef struct RemedyAsk {
    RemedyAbout about; // ABOUT_ANSWER or ABOUT_INACTION
    Outcome outcome;   // of the answer
    Date told;         // the day it was received; of silence: the day the answer was due
} RemedyAsk;

bool remedy_calendar(const RemedyAsk *ask, const Calendar *calendar, Arena *a, RemedyDays *out,
                     Err *err);

// --- hints

typedef struct RemedyHint {
    Str words, source;
} RemedyHint;

typedef struct RemedyHints {
    RemedyHint *v;
    size_t n, cap;
} RemedyHints;

typedef struct RemedyScene {
    RemedyKind kind;
    RemedyAbout about;
    bool has_outcome;
    Outcome outcome;
    Date told;          // as in RemedyAsk; date_none unknown
    Date filed;         // of the case
    Date review_served; // CASE_SUIT_AFTER; date_none unknown
} RemedyScene;

bool remedy_hints(const RemedyScene *scene, const Calendar *calendar, Arena *a, RemedyHints *out,
                  Err *err);

// The kinds of matters that 法释〔2025〕8号 lists as no subject of a suit.
typedef struct RemedyBar {
    RemedyAbout about;
    Outcome outcome; // OUTCOME__COUNT: whatever the outcome
    Str words;
} RemedyBar;
extern const RemedyBar remedy_bars[];
extern const size_t n_remedy_bars;

#endif
