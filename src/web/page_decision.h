// /desk/requests/:id/decision: the decision sheet of a request. One page shows the draft, what
// follows from it, who did what and what may be done next; choosing the outcome, writing, judging,
// sending and saying that it arrived are pages of their own.
#ifndef GONGKAI_WEB_PAGE_DECISION_H
#define GONGKAI_WEB_PAGE_DECISION_H

#include "app/decision.h"
#include "web/desk.h"
#include "web/request_part.h"

bool page_decision(Request *r, Response *w, Err *err);
bool page_decision_choose(Request *r, Response *w, Err *err);
bool page_decision_edit(Request *r, Response *w, Err *err);
bool page_decision_edit_send(Request *r, Response *w, Err *err);
bool page_decision_recall(Request *r, Response *w, Err *err);
bool page_decision_recall_send(Request *r, Response *w, Err *err);
// The section's review, 法制审核 and signing: which one, the route's power says.
bool page_decision_verdict(Request *r, Response *w, Err *err);
bool page_decision_verdict_send(Request *r, Response *w, Err *err);
bool page_decision_leave(Request *r, Response *w, Err *err);
bool page_decision_leave_send(Request *r, Response *w, Err *err);
bool page_decision_arrive(Request *r, Response *w, Err *err);
bool page_decision_arrive_send(Request *r, Response *w, Err *err);
// One of the decisions on the request by its number, whichever is in hand.
bool page_decision_nth(Request *r, Response *w, Err *err);
// A draft as it was saved.
bool page_decision_draft(Request *r, Response *w, Err *err);
// Whether the site wants a section's review.
bool page_decision_setting(Request *r, Response *w, Err *err);
bool page_decision_setting_send(Request *r, Response *w, Err *err);

// On the request's page.
RequestPartShow part_decision;

// What the next step is in plain words, for the list of next steps; empty where it is nobody's.
typedef struct DecisionDoor {
    Str href, name, by; // href empty: not for this viewer
} DecisionDoor;
DecisionDoor decision_door(Request *r, const RequestFile *file, const DecisionFile *d);

// --- what the views are given

typedef struct GateStep {
    Str cls, name, who, day; // cls: done now
} GateStep;

typedef struct PieceLine {
    Str what, tag, answer, why;
} PieceLine;

typedef struct DeedLine {
    Str at, who, words, reason;
} DeedLine;

typedef struct SheetView {
    Str state, tag;
    GateStep *gate;
    size_t n_gate;
    Facts said, follows;
    PieceLine *pieces;
    size_t n_pieces;
    Str text; // the letter's, where the drafter has written it
    Strs lacks;
    bool empty; // nothing is chosen yet
} SheetView;

typedef struct DecisionPage {
    Desk desk;
    Str code, heading, hint, alert, back;
    Str again; // of a decision made anew: by what, until when
    Str same;  // its outcome is the one before it
    Links others, files;
    SheetView sheet;
    Links doors; // what this viewer may do now
    DeedLine *deeds;
    size_t n_deeds;
    Links drafts;
    bool has_form;
    Form form;
    Str action, submit, second; // second: of the button that only saves
} DecisionPage;

typedef struct ChoiceGroup {
    Str name, words;
    Choices choices; // value: its address
} ChoiceGroup;

typedef struct DecisionChoosePage {
    Desk desk;
    Str code, back;
    ChoiceGroup groups[ASK__COUNT];
} DecisionChoosePage;

#endif
