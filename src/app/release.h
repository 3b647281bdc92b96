// What is given to the applicant of a request: files are added, marked, blacked out and proven, or
// said to need nothing, by people who looked; a reply that releases waits for it. What a file holds
// is looked at in a child (redact/redact.h) before the transaction begins.
//
// A decision made anew (app/decision_hand.h) has files of its own; those of the one before it stay.
// What is added or said here goes with the decision in hand.
//
// Once the reply is signed, more may be blacked out, and anything else changed only by those who
// could sign it; once it has gone out, nothing. Everything here leaves a line in the audit, looking
// at a page too; texts that are withheld never stand in it.
#ifndef GONGKAI_APP_RELEASE_H
#define GONGKAI_APP_RELEASE_H

#include "app/decision_hand.h"
#include "store/release_making.h"

// --- what a reply asks

// Whether a reply whose outcome releases may go out; *why is a sentence where not. A reply that
// releases nothing need not ask.
bool app_release_ready(App *app, RequestId request, Arena *a, bool *ready, Str *why, Err *err);
// The same of one of its decisions, by number.
bool release_ready_nth(App *app, RequestId request, int64_t nth, Arena *a, bool *ready, Str *why,
                       Err *err);

// --- what officers do

bool app_release_add(App *app, RequestId request, Str name, Str bytes, Arena *a, ReleaseFile *out,
                     Err *err);
// `version` is of the file that was looked at (ERR_BUSY), in all that follow.
bool app_release_drop(App *app, ReleaseFileId file, int64_t version, Arena *a, Err *err);

// Adds marks; what was made of the file before counts no more. ERR_INPUT where one cannot be meant.
bool app_release_mark(App *app, ReleaseFileId file, int64_t version, const RedactMarks *marks,
                      Arena *a, Err *err);
bool app_release_unmark(App *app, ReleaseFileId file, int64_t version, int64_t mark, Arena *a,
                        Err *err);

// Orders that what is marked is blacked out (nothing: only leaves behind what is not on the pages)
// and the result proven. That takes from seconds to an hour and is done by a worker
// (release_workers.h): the file is then RELEASE_MADE, or RELEASE_BLOCKED where something withheld
// is left. Where the same is ordered already, *out is that order. A change of the file or its marks
// makes it stale.
bool app_release_order(App *app, ReleaseFileId file, int64_t version, Arena *a, ReleaseMaking *out,
                       Err *err);
// ERR_RULE where nothing is on its way.
bool app_release_cancel(App *app, ReleaseFileId file, Arena *a, Err *err);

// What a worker does: the oldest order from its beginning to its end; *did false where none waits,
// *what in English for the log. That it could not be done is told to whoever ordered it and is no
// error. Ends early where app->stop asks, and leaves the order for the next.
bool app_release_next(App *app, Arena *a, bool *did, Str *what, Err *err);
// All that waits (app/job.h).
bool app_release_job(App *app, Arena *a, Str *did, Err *err);

// Somebody has looked at the result. `looked`: also through what release_doubts names.
bool app_release_confirm(App *app, ReleaseFileId file, int64_t version, bool looked, Arena *a,
                         Err *err);
// What a program cannot be sure of: texts found nowhere, pages without text. From the certificate.
bool release_doubts(Str certificate, Arena *a, Strs *out, Err *err);

// Nothing in it has to be withheld, and it is given out as it is: said by somebody who looked at
// it; `note` may be empty. Where it holds what its pages do not show (release_hidden), that has to
// be taken out by app_release_order, or given out `knowing`, which is kept in words.
bool app_release_clean(App *app, ReleaseFileId file, int64_t version, bool knowing, Str note,
                       Arena *a, Err *err);
// What a document holds that its pages do not show, as found when it was added. From its facts.
bool release_hidden(Str facts, Arena *a, Strs *out, Err *err);

// Nothing is attached: where or how the information is given. Empty words take it back.
bool app_release_elsewhere(App *app, RequestId request, Str words, Arena *a, Err *err);

// --- reading

// The files of a decision on a request and what was said instead, for who may read the request.
typedef struct Release {
    int64_t nth;
    ReleaseFiles files;
    ReleaseElsewhere elsewhere;
    ReleaseMakings makings; // that have not ended
    bool ready;
    Str why;
    bool open;  // the reply has not gone out: things may be changed
    bool fixed; // it is signed: only more may be blacked out, by who looks at this
} Release;
bool app_release_get(App *app, RequestId request, Arena *a, Release *out, Err *err); // in hand
bool app_release_nth(App *app, RequestId request, int64_t nth, Arena *a, Release *out, Err *err);

// One file with its marks, their texts opened.
typedef struct ReleaseSheet {
    ReleaseFile file;
    ReleaseMarks marks;
    ReleaseMaking making; // the last order to black it out
    InfoRequest request;
    bool open;  // the reply has not gone out: things may be changed
    bool fixed; // it is signed: only more may be blacked out, by who looks at this
} ReleaseSheet;
bool app_release_sheet(App *app, ReleaseFileId file, Arena *a, ReleaseSheet *out, Err *err);

// A page as PNG, of the document or (`result`) of what was made of it. Kept sealed once made.
bool app_release_picture(App *app, ReleaseFileId file, int page, bool result, Arena *a, Str *png,
                         Err *err);
// What was made of it, to look at before confirming.
bool app_release_result(App *app, ReleaseFileId file, Arena *a, Str *pdf, Err *err);
// The certificate with who confirmed it, as JSON (docs/handbook/遮盖与提供.md).
bool app_release_certificate(App *app, ReleaseFileId file, Arena *a, Str *json, Err *err);

// --- what the applicant is given

// What may go out once the reply stands: empty before that. Read without a scope: who asks has
// shown the number and the code of the request (request_public.h).
typedef struct ReleasePublicFile {
    ReleaseFileId id;
    Str name; // to save it under
    Str kind; // PDF文档
    Str type; // of HTTP
    int64_t bytes;
    Str hash; // SHA-256 of what is given
    bool redacted;
    int64_t nth; // of the decision made anew that it goes with; 0: of the reply to the request
} ReleasePublicFile;
typedef struct ReleasePublic {
    ReleasePublicFile *v;
    size_t n, cap;
    Str elsewhere; // where else it is given; may be empty
} ReleasePublic;
bool app_release_public(App *app, RequestId request, Arena *a, ReleasePublic *out, Err *err);

// The bytes of one of them; leaves a line in the audit. ERR_MISSING for a file that is not among
// them.
bool app_release_public_get(App *app, RequestId request, ReleaseFileId file, Arena *a,
                            ReleasePublicFile *out, Str *bytes, Err *err);

#endif
