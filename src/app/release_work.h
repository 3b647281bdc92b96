// One file that is given out, in hand within an act: what release.c, release_make.c and
// release_order.c share.
#ifndef GONGKAI_APP_RELEASE_WORK_H
#define GONGKAI_APP_RELEASE_WORK_H

#include "app/act.h"
#include "app/release.h"
#include "redact/redact.h"

// What is done to a file, and until when it may be.
typedef enum ReleaseTouch {
    RELEASE_SEE,      // always
    RELEASE_WITHHOLD, // more of it is blacked out: until the reply has gone out
    RELEASE_CHANGE,   // until it is signed, then by those who could sign it
} ReleaseTouch;

// The file and its request, both in scope. ERR_BUSY where `version` is not 0 and not the file's;
// ERR_RULE where it is too late for `touch`.
bool release_load(App *app, ReleaseFileId id, int64_t version, ReleaseTouch touch, Arena *a,
                  ReleaseFile *file, InfoRequest *request, Err *err);

// A line about the file, under its request: name, state, and `more` as a member of its own.
bool release_note(Act *act, ActKind kind, const ReleaseFile *file, const char *key, Str more,
                  Arena *a, Err *err);
Str release_summary(const ReleaseFile *file, const char *key, Str more, Arena *a);

// In a child, or in this process where documents are read there (app->in_process).
bool release_work(const App *app, const RedactJob *job, Arena *a, RedactResult *out, Err *err);

// What was made of it, and who looked, are of an earlier version of its marks.
void release_undo(ReleaseFile *file);

// Writes it back after a change of the file or its marks: an order to black it out as it was
// before is void, and who has the decision before them to pass or sign it looks again.
bool release_changed(App *app, const ReleaseFile *file, Err *err);

// ERR_RULE with what to do for a kind in which nothing can be withheld.
bool release_can_be_marked(const ReleaseFile *file, Err *err);
// The document, which is the one that was added.
bool release_source(const App *app, const ReleaseFile *file, Arena *a, Str *out, Err *err);
Str release_certificate(const App *app, const ReleaseFile *file, const InfoRequest *request,
                        Str proof, Arena *a);

// Texts to be withheld, sealed to their file.
bool release_words_seal(App *app, ReleaseFileId file, Str words, Arena *a, Str *out, Err *err);
bool release_words_open(App *app, ReleaseFileId file, ReleaseMarks *marks, Arena *a, Err *err);

#endif
