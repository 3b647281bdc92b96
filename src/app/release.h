// What is given to the applicant of a request: files are added, marked, blacked out and proven, or
// said to need nothing, by people who looked; a reply that releases waits for it. What a file holds
// is looked at in a child (redact/redact.h) before the transaction begins.
//
// Nothing can be changed once the reply has gone out. Everything here leaves a line in the audit,
// looking at a page too; texts that are withheld never stand in it.
#ifndef GONGKAI_APP_RELEASE_H
#define GONGKAI_APP_RELEASE_H

#include "app/request.h"
#include "store/release.h"

// --- what a reply asks

// Whether a reply whose outcome releases may go out; *why is a sentence where not. A reply that
// releases nothing need not ask.
bool app_release_ready(App *app, RequestId request, Arena *a, bool *ready, Str *why, Err *err);

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

// Blacks out what is marked (nothing: only leaves behind what is not on the pages) and proves the
// result. Takes seconds. *out is RELEASE_MADE, or RELEASE_BLOCKED where something withheld is left;
// that is no error.
bool app_release_make(App *app, ReleaseFileId file, int64_t version, Arena *a, ReleaseFile *out,
                      Err *err);
// Somebody has looked at the result. `looked`: also through what release_doubts names.
bool app_release_confirm(App *app, ReleaseFileId file, int64_t version, bool looked, Arena *a,
                         Err *err);
// What a program cannot be sure of: texts found nowhere, pages without text. From the certificate.
bool release_doubts(Str certificate, Arena *a, Strs *out, Err *err);

// Nothing in it has to be withheld: said by somebody who looked at it; `note` may be empty.
bool app_release_clean(App *app, ReleaseFileId file, int64_t version, Str note, Arena *a, Err *err);

// Nothing is attached: where or how the information is given. Empty words take it back.
bool app_release_elsewhere(App *app, RequestId request, Str words, Arena *a, Err *err);

// --- reading

// The files of a request and what was said instead, for who may read the request.
typedef struct Release {
    ReleaseFiles files;
    ReleaseElsewhere elsewhere;
    bool ready;
    Str why;
} Release;
bool app_release_get(App *app, RequestId request, Arena *a, Release *out, Err *err);

// One file with its marks, their texts opened.
typedef struct ReleaseSheet {
    ReleaseFile file;
    ReleaseMarks marks;
    InfoRequest request;
    bool open; // the reply has not gone out: things may be changed
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
