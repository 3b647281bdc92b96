// From a request to a publication (条例第四十四条): decided with one step, written, published with
// files that were proven for the applicant, and withdrawn with a reason.
#ifndef GONGKAI_APP_PUBLICATION_H
#define GONGKAI_APP_PUBLICATION_H

#include "app/request.h"
#include "store/publication.h"

// How many have asked the same, this one included.
bool app_publication_askers(App *app, const InfoRequest *request, int64_t *out, Err *err);

// Begins the twenty working days (RULE_PUBLISH). ERR_RULE where the request is not of a kind that
// may become public, or has one already.
bool app_publication_decide(App *app, RequestId request, PublicationWhy why, Arena *a,
                            Publication *out, Err *err);

// How the request stands to its applicant's suggestion (条例第四十四条第二款), and what the organ
// said; deciding on a publication takes a suggestion that waits. Not in scope: the request was
// loaded in it.
typedef struct PublicationAsked {
    Suggestion suggestion;
    PublicationReview review; // of SUGGESTION_DECLINED
    Publication publication;  // the newest one; without id: none
} PublicationAsked;
bool app_publication_asked(App *app, RequestId request, Arena *a, PublicationAsked *out, Err *err);

// The suggestion is not taken; the applicant reads why. ERR_RULE where none waits.
bool app_publication_decline(App *app, RequestId request, Str reason, Arena *a, Err *err);

// Before it is public it is being written; afterwards it is corrected by those who publish, with a
// reason that everybody reads, and what stood there is kept. ERR_RULE for the one in the other's
// place.
typedef struct PublicationEdit {
    PublicationId id;
    int64_t version;
    Str title, summary;
    Date formed; // 生成日期; may be missing until it is published
    Str why;     // of a correction
} PublicationEdit;
bool app_publication_edit(App *app, const PublicationEdit *edit, Arena *a, Err *err);
bool app_publication_correct(App *app, const PublicationEdit *edit, Arena *a, Err *err);

// Gives it its index number and the chosen ones of the files that went out with the reply
// (app/release.h), each as it was proven. ERR_INPUT where 条例第十二条 is not satisfied: title,
// summary, day it came into being.
bool app_publication_publish(App *app, PublicationId id, int64_t version, const int64_t *files,
                             size_t n, Arena *a, Err *err);
bool app_publication_withdraw(App *app, PublicationId id, int64_t version, Str why, Arena *a,
                              Err *err);

// A file of one that is public. ERR_MISSING otherwise.
bool app_publication_file(App *app, PublicationId id, int64_t no, Arena *a, PublicationFile *out,
                          Str *bytes, Err *err);

#endif
