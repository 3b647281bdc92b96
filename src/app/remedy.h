// 行政复议 and 行政诉讼: one function for each thing somebody records about a case, table four
// counted from the cases, and the settings.
#ifndef GONGKAI_APP_REMEDY_H
#define GONGKAI_APP_REMEDY_H

#include "app/decision_hand.h"
#include "store/remedy.h"

typedef struct RemedyNew {
    OrganId organ;     // where there is no request
    RequestId request; // 0: none
    RemedyKind kind;
    RemedyAbout about;
    RemedyId after; // CASE_SUIT_AFTER: the review, where it is here
    Str title, applicant, note;
    Date filed;
    Str forum, number;
} RemedyNew;

// ERR_INPUT for what is missing, ERR_RULE for a suit after a review that has no decision.
bool app_remedy_open(App *app, const RemedyNew *new_case, Arena *a, RemedyId *out, Err *err);

typedef struct RemedyStep {
    RemedyId id;
    int64_t version;
    RemedyFactKind kind;
    Date on, until;
    RemedyResult result; // RF_DECIDED
    Outcome outcome;     // RF_REDONE: how it was answered anew
    Str forum, number, document, note;
} RemedyStep;

bool app_remedy_step(App *app, const RemedyStep *step, Arena *a, Err *err);
bool app_remedy_strike(App *app, RemedyId id, int64_t version, int64_t fact, Str why, Arena *a,
                       Err *err);

// A reply went out on that day: recorded (RF_REDONE) in the cases about the request that wait for
// one, or in `only`, within an act. None waiting: nothing is done.
typedef struct RedoneSay {
    RequestId request;
    RemedyId only; // 0: all that were decided by that day
    Date on;
    Outcome outcome;
    Str document; // number of the reply
} RedoneSay;
bool remedy_redone(Act *act, const RedoneSay *say, Arena *a, Err *err);
// That reply was recorded by mistake: what it left in the cases is struck.
bool remedy_unredone(Act *act, RequestId request, Str document, Str why, Arena *a, Err *err);

typedef struct RemedyFile {
    RemedyCase c;
    StoredRemedyFacts facts;
    RemedyState state; // as of today
    RemedyHints hints;
    bool may[RF__COUNT]; // the steps that may be taken as things stand
    bool has_request;
    InfoRequest request;
    Date told;         // of its answer, or when it was due; date_none unknown
    RemedyCases suits; // of a review: suits that follow it
} RemedyFile;

bool app_remedy_get(App *app, RemedyId id, Arena *a, RemedyFile *out, Err *err);

// What can be done against an answer, or against silence, until when: for the applicant, and for
// whoever answers. Empty while neither is there. `told`: the day it was received; date_none: the
// day it went out or was delivered, as the facts have it.
bool app_remedy_calendar(App *app, RequestId request, Arena *a, RemedyDays *out, Err *err);
bool remedy_days_of(App *app, const RequestFile *file, Arena *a, RemedyDays *out, Err *err);

// --- table four

typedef struct RemedyFigures {
    int64_t n[CASE__COUNT][COLUMN__COUNT];
} RemedyFigures;

bool app_remedy_figures(App *app, Date from, Date to, Arena *a, RemedyFigures *out, Err *err);
// The cases behind one of them; any_column: the sum.
bool app_remedy_figure_list(App *app, Date from, Date to, RemedyKind kind, bool any_column,
                            T4Column column, Arena *a, RemedyCases *out, Err *err);

// --- settings

bool app_remedy_settings(App *app, RemedySettingRows *out, Err *err);
bool app_remedy_settings_save(App *app, const RemedySettings *settings, int64_t version, Arena *a,
                              Err *err);

#endif
