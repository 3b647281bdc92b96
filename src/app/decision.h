// The decision on a request, one function for each thing somebody does with it: draft, send on,
// pass, return, recall, sign, send, say that it arrived. What may be done by whom, and what a draft
// has to say, is domain/decision.h's affair.
//
// `version` is the decision's, as the page showed it (0: nothing was stored yet). ERR_BUSY where
// somebody else has been faster; ERR_RULE where the state, or another part of the same person, does
// not allow it.
#ifndef GONGKAI_APP_DECISION_H
#define GONGKAI_APP_DECISION_H

#include "app/decision_hand.h"
#include "app/opinion.h"

// All that the pages show of it.
typedef struct DecisionFile {
    DecisionInHand hand; // with the other decisions on the request, and what ordered this one
    Decision decision;
    DecisionState state; // with sent and delivered
    DecisionDeeds deeds;
    DecisionDrafts drafts;
    DecisionHands hands; // who holds what at the organ today
    bool section;        // the site wants 科室审核
    Str review, court;   // of the organ, else of the site; empty: not set
    Opinions opinions;   // of those who were asked
    DecisionScene scene;
    DecisionLacks lacks; // of the sheet as it stands
    Str remedy;          // in force today, or on the day it was signed; empty where none is told
    Str text;            // of the letter: as it would go out today, or as it was sent on
    bool ready;          // what is to be given out is (app/release.h), or nothing is
    Str not_ready;       // why not
    bool same;           // made anew, with the outcome of the one before it
    Date sent_on, arrived_on; // date_none before that
} DecisionFile;

// The decision in hand (decision_hand.h). `file`: as app_request_get gave it in the same scope. It
// is pointed into.
bool app_decision_get(App *app, const RequestFile *file, Arena *a, DecisionFile *out, Err *err);
// One of them by its number. ERR_MISSING.
bool app_decision_nth(App *app, const RequestFile *file, int64_t nth, Arena *a, DecisionFile *out,
                      Err *err);

// Keeps a draft, in any condition; one that was on its way comes back to the drafter. With `submit`
// it is sent on: then everything must have been said, or *lacks says what has not and nothing is
// kept (ERR_INPUT).
typedef struct DecisionSave {
    RequestId id;
    int64_t version;
    DecisionSheet sheet;
    bool submit;
} DecisionSave;

bool app_decision_save(App *app, const DecisionSave *save, Arena *a, DecisionLacks *lacks,
                       Err *err);

// Submits what stands, passes (signs, where it waits for that), returns or recalls it, with the
// power `may`, which must be the one that the step takes (ERR_DENIED). At each step on, what stands
// must have said everything, and somebody must be there for every hand that is still to come.
typedef struct DecisionAsk {
    RequestId id;
    int64_t version;
    DecisionAction action;
    Str reason;
} DecisionAsk;

bool app_decision_step(App *app, Verb may, const DecisionAsk *ask, Arena *a, Err *err);

// The signed reply left: FACT_ANSWERED of that day, and FACT_DELIVERED where the way says that it
// has arrived by leaving; FACT_REDONE and FACT_REDONE_DELIVERED of a decision made anew. Cases of
// remedy that wait for it are told in the same act (RF_REDONE).
bool app_decision_send(App *app, RequestId id, int64_t version, const Sending *sending, Arena *a,
                       Err *err);

// It arrived on that day, by this evidence. `nth` 0: the decision in hand.
bool app_decision_deliver(App *app, RequestId id, int64_t nth, int64_t version, Date on,
                          Str evidence, Arena *a, Err *err);

// Whether a section's reviewer looks at drafts before 法制审核.
bool app_decision_setting(App *app, bool section, Err *err);

// The part that nobody at the organ could still take, given who did what; PART_NONE where all can
// be taken. Pure.
DecisionPart decision_unfilled(const DecisionHands *hands, const DecisionDeeds *deeds,
                               DecisionState from, bool section);

#endif
