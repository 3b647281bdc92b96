// What the letters of a correction say, and how they go out by themselves; app/letter.h does the
// rest. The one that tells how it ended goes out with app_correction_end.
#ifndef GONGKAI_APP_CORRECTION_LETTER_H
#define GONGKAI_APP_CORRECTION_LETTER_H

#include "app/letter.h"
#include "store/correction.h"

// What was corrected, why not, to whom it goes, at its place in the letter that tells it.
void correction_fill(LetterKind kind, Str words, Arena *a, LetterFill *out);

// What stands in previews of its templates, where it is not what stands in those of requests.
void correction_sample(LetterKind kind, Arena *a, LetterFill *out);

// As app_letter_draft, from the correction as it stands.
bool correction_draft(App *app, CorrectionId id, LetterKind kind, const LetterFill *fill, Arena *a,
                      LetterText *out, Err *err);

// A letter without a step, within an act (correction_may_send); the one that tells how it ended
// becomes the case's document.
bool correction_send(Act *act, CorrectionId id, LetterKind kind, const LetterText *text, Arena *a,
                     Letter *out, Err *err);

// Those that went to its applicant and stand, with their texts.
bool correction_letters(App *app, CorrectionId id, Arena *a, Letters *out, Err *err);

#endif
