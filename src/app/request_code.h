// A new query code for an applicant who has none, since the request came in on paper or by word of
// mouth, or who has lost it. Only the hash of a code is kept, so that the old one cannot be read
// out.
#ifndef GONGKAI_APP_REQUEST_CODE_H
#define GONGKAI_APP_REQUEST_CODE_H

#include "app/request.h"

// The code that was the request's until now is none any more; what is sealed about the applicant is
// sealed anew with it. `out`: as it is shown, in groups of four, once. ERR_RULE where the request
// is archived or its applicant was taken out of it; ERR_REPEATED for a form that was sent before.
bool app_request_code(App *app, RequestId id, Arena *a, Registered *out, Err *err);

#endif
