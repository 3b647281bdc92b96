// Passing a request on to the organ of the site that is responsible. The law only wants the
// applicant told (条例第三十六条第（五）项); this saves them from filing again, and changes nothing
// about the reply.
#ifndef GONGKAI_APP_FORWARD_H
#define GONGKAI_APP_FORWARD_H

#include "app/request_work.h"
#include "store/forward.h"

typedef struct ForwardAsk {
    RequestId id;
    OrganId to;
    Str consent; // how and when the applicant agreed
} ForwardAsk;

// Registers a copy at the other organ as of today: it waits there to be confirmed with the
// applicant, who follows it with the code of the first. ERR_RULE unless 不属于本机关负责 has been
// signed, or where it has been passed on there before; ERR_INPUT without consent.
bool app_request_forward(App *app, const ForwardAsk *ask, Arena *a, Registered *out, Err *err);

#endif
