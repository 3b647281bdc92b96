// Who asks, sealed with the site's key: opened for those who may read the request.
#ifndef GONGKAI_APP_APPLICANT_H
#define GONGKAI_APP_APPLICANT_H

#include "app/app.h"
#include "store/request.h"

// Sets `sealed` and `applicant_key` of a request whose organ, day and query hash are set.
bool applicant_seal(const App *app, const Applicant *who, Arena *a, InfoRequest *r, Err *err);
// ERR_SYSTEM where the key is another, or the data were changed.
bool applicant_open(const App *app, const InfoRequest *r, Arena *a, Applicant *out, Err *err);

#endif
