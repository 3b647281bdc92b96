// Answered requests of a period, with what the time statistics need of each: streamed, however
// many.
#ifndef GONGKAI_STORE_REQUEST_TIMES_H
#define GONGKAI_STORE_REQUEST_TIMES_H

#include "store/request.h"

typedef struct RequestTime {
    RequestId id;
    OrganId organ;
    PersonId handler; // 0: nobody
    Str organ_name, handler_name;
    Str outcome, channel; // ids
    Date received, due, ended;
    bool extended; // by an extension that stands
} RequestTime;

// Answered from `from` to `to`, both included; what was withdrawn or ended otherwise is not among
// them. Texts are good until `each` returns.
bool store_request_times(Db *db, const Scope *scope, Date from, Date to,
                         void (*each)(void *ctx, const RequestTime *t), void *ctx, Err *err);

#endif
