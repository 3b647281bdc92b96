// The letter of a decision: what the sheet says, in the places of the wording (domain/letter.h).
#ifndef GONGKAI_APP_DECISION_LETTER_H
#define GONGKAI_APP_DECISION_LETTER_H

#include "app/letter.h"
#include "domain/decision.h"

// The values that a sheet gives; the outcome must have been chosen.
LetterFill decision_fill(const DecisionSheet *sheet, const InfoRequest *request, Arena *a);

// The letter as the drafter wrote it, or as the wording makes it of the sheet, of today.
// `beginning`: what a decision made anew begins with (decision_hand.h); may be empty.
bool decision_letter_redo(App *app, const RequestWork *work, const DecisionSheet *sheet,
                          Str beginning, Arena *a, LetterText *out, Err *err);
// The same of a decision that answers the request.
bool decision_letter(App *app, const RequestWork *work, const DecisionSheet *sheet, Arena *a,
                     LetterText *out, Err *err);

#endif
