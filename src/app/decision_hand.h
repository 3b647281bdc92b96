// Which decision on a request is in hand: the one that answers it, or one that a review or a suit
// ordered anew (domain/decision.h), with the order that it stands on.
#ifndef GONGKAI_APP_DECISION_HAND_H
#define GONGKAI_APP_DECISION_HAND_H

#include "app/request_work.h"
#include "store/decision.h"

// What ordered a decision anew.
typedef struct RedoOrder {
    RemedyCase c; // id 0: nothing did
    Date on;      // of the decision or judgment
    Str paper;    // its number, as far as it is on record
    Date due;     // the last day for the new reply; date_none once it waits no more
    bool told;    // the paper names that day; else it is the site's setting
} RedoOrder;

typedef struct DecisionInHand {
    DecisionHeads heads;
    DecisionHead head; // in hand
    RedoOrder order;
    bool open; // it may still be changed: not sent, and the request is open or the order waits
} DecisionInHand;

// `request` and `facts` as they were loaded in scope.
bool decision_hand(App *app, const InfoRequest *request, const RequestFacts *facts, Arena *a,
                   DecisionInHand *out, Err *err);
// The same with the decision `nth` instead (0: the one in hand). ERR_MISSING for none.
bool decision_hand_nth(App *app, const InfoRequest *request, const RequestFacts *facts, int64_t nth,
                       Arena *a, DecisionInHand *out, Err *err);

// What begins the letter of a decision made anew; empty for the one that answers the request.
Str redo_words(const DecisionInHand *hand, Arena *a);

// The head whose letter that is; NULL for a letter of none.
const DecisionHead *decision_of_letter(const DecisionHeads *heads, int64_t letter);
// The last that was sent on `day` or before, NULL where none was.
const DecisionHead *decision_last_out(const DecisionHeads *heads, const RequestFacts *facts,
                                      Date day);

#endif
