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

typedef struct PublicationEdit {
    PublicationId id;
    int64_t version;
    Str title, summary;
} PublicationEdit;
bool app_publication_edit(App *app, const PublicationEdit *edit, Arena *a, Err *err);

// Gives it its index number and the chosen ones of the files that went out with the reply
// (app/release.h), each as it was proven. ERR_INPUT without a summary.
bool app_publication_publish(App *app, PublicationId id, int64_t version, const int64_t *files,
                             size_t n, Arena *a, Err *err);
bool app_publication_withdraw(App *app, PublicationId id, int64_t version, Str why, Arena *a,
                              Err *err);

// A file of one that is public. ERR_MISSING otherwise.
bool app_publication_file(App *app, PublicationId id, int64_t no, Arena *a, PublicationFile *out,
                          Str *bytes, Err *err);

#endif
