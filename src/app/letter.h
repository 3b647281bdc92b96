// Letters: made from the wording of the site and what is known of their owner, a request or the
// correction of a record, numbered and kept when they are issued, made void. Which letters there
// are is domain/letter.h; how they look, app/letter_paper.h; what a correction says in its letters,
// app/correction_letter.h.
//
//     LetterText text;                                       // on the page, to be looked at
//     app_letter_draft(app, letter_owner(OWNER_REQUEST, id.n), kind, NULL, &fill, a, &text, err);
//     …
//     act_begin(app, &act, err) && request_load(app, id, version, a, &work, err) &&   // in an act
//         letter_issue(&act, letter_owner_request(&work.request), kind, &text, a, &letter, err) &&
//         (step.fact.document = letter.code, request_take(app, &work, &step, a, err)) && …
#ifndef GONGKAI_APP_LETTER_H
#define GONGKAI_APP_LETTER_H

#include "app/request_work.h"
#include "store/letter.h"
#include "store/organ.h"
#include "store/site.h"

// A letter that has not been issued: what may still be changed by hand.
typedef struct LetterText {
    Str title;
    Str addressee;         // 主送
    Str body;              // a paragraph a line; places that are still to be filled are marked
    Str address, postcode; // of an addressee who is not the applicant
    Date on;               // 成文日期; its year is the number's
    int64_t template_version;
} LetterText;

// The wording of the site over what is known of the owner, of which only kind and id are looked at;
// `fill` goes before it. With `step` (of a request; NULL: none) terms are those after it, and its
// refusal is the letter's. In app->scope. ERR_MISSING for a kind that does not belong to it.
bool app_letter_draft(App *app, LetterOwner owner, LetterKind kind, const RequestStep *step,
                      const LetterFill *fill, Arena *a, LetterText *out, Err *err);
// The same of a request in hand.
bool letter_draft(App *app, const RequestWork *work, LetterKind kind, const RequestStep *step,
                  const LetterFill *fill, Arena *a, LetterText *out, Err *err);

// Numbers and keeps it, within an act; adds its line to the audit. All of the owner counts.
// ERR_RULE where it may not go out (letter_ready).
bool letter_issue(Act *act, LetterOwner owner, LetterKind kind, const LetterText *text, Arena *a,
                  Letter *out, Err *err);

// What letters of one kind of one organ share. Where many are made it is read once, and each is
// drafted and issued with it; their owners are that organ's.
typedef struct LetterKnown {
    LetterKind kind;
    Site site;
    Organ organ;
    LetterSettings settings;
    LetterTemplate wording;
} LetterKnown;

bool letter_known(App *app, OrganId organ, LetterKind kind, Arena *a, LetterKnown *out, Err *err);
bool letter_draft_known(App *app, const RequestWork *work, const LetterKnown *known,
                        const RequestStep *step, const LetterFill *fill, Arena *a, LetterText *out,
                        Err *err);
bool letter_issue_known(Act *act, LetterOwner owner, const LetterKnown *known,
                        const LetterText *text, Arena *a, Letter *out, Err *err);

// What one is drafted from beside that, whoever its owner is.
typedef struct LetterSubject {
    Str addressee;
    bool by_internet; // a letter to the applicant has to name a channel for reviews
    Date on;
    LetterFill values;
} LetterSubject;
bool letter_draft_of(const App *app, const LetterSubject *subject, const LetterKnown *known,
                     const LetterFill *fill, Arena *a, LetterText *out, Err *err);

// A letter without a step: receipt, notice of a consultation. Of the owner only kind and id are
// looked at.
bool app_letter_issue(App *app, LetterOwner owner, LetterKind kind, const LetterText *text,
                      Arena *a, Letter *out, Err *err);

// A step with its letter, in one act: the letter's number becomes the fact's document. ERR_RULE
// where the text tells another day or number of days than the step makes.
bool app_letter_step(App *app, Verb may, const RequestStep *step, LetterKind kind,
                     const LetterText *text, Arena *a, Letter *out, Err *err);

// The number stays used. ERR_INPUT without a reason, ERR_RULE where it is void already; the first
// within an act.
bool letter_void(Act *act, LetterId id, Str reason, Arena *a, Err *err);
bool app_letter_void(App *app, LetterId id, Str reason, Arena *a, Err *err);

// --- the site's wording and numbering

// Over the version that the page showed. An empty body: back to the usual wording. ERR_INPUT as of
// letter_template_ok; ERR_DENIED where the scope is not the whole site.
bool app_letter_template(App *app, LetterKind kind, int64_t version, Str body, Arena *a, Err *err);
// What a template looks like with the samples of letter_places.
bool app_letter_sample(App *app, LetterKind kind, Str body, Arena *a, Letter *out, Err *err);

bool app_letter_settings(App *app, const LetterSettings *settings, Arena *a, Err *err);
// 示住建公复 and 示住建依申, unless set otherwise.
Str letter_prefix(const LetterSettings *settings, const Organ *organ, Arena *a);
Str request_prefix(const LetterSettings *settings, const Organ *organ, Arena *a);

#endif
