// One decision for all: what was decided on the request that leads goes to each one that follows
// it, as a letter of its own, with its own number, to its own applicant.
//
// What is read on a platform leaves with it at once. What goes by mail, post or hand leaves when
// somebody sends it, and that day counts (国办公开办函〔2016〕235号): until then its letter is
// issued and its reply waits, signed, to be sent.
#ifndef GONGKAI_APP_GROUP_ANSWER_H
#define GONGKAI_APP_GROUP_ANSWER_H

#include "app/decision_letter.h"
#include "app/group.h"
#include "store/decision.h"

typedef struct GroupReply {
    RequestWork lead;
    Split split;       // its units
    Decision decision; // version 0: it was recorded without one, and there is no letter
    LetterKnown known; // of its letters, where there is a decision
    bool by_hand;      // the letter is not what the wording makes of the sheet
} GroupReply;

bool group_reply_load(App *app, RequestId lead, const RequestRules *rules, Arena *a,
                      GroupReply *out, Err *err);

// ERR_RULE, ERR_INPUT or ERR_MISSING only before anything was written.
bool group_answer_one(Act *act, const GroupReply *reply, RequestId id, Date on, Arena *a, Err *err);

// One whose letter waits leaves, on a day; `number`: its own, in the post.
bool group_send_one(Act *act, RequestId id, const RequestRules *rules, Date on, Str number,
                    Arena *a, Err *err);

#endif
