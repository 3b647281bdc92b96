// Joining requests that are one matter, and splitting one that is several (domain/group.h).
#ifndef GONGKAI_APP_GROUP_H
#define GONGKAI_APP_GROUP_H

#include "app/request_work.h"
#include "store/group.h"

// One request as joining sees it.
typedef struct GroupSide {
    InfoRequest request;
    JoinSide side;
    bool lead_open; // the one that it follows; where that has ended it may follow another
} GroupSide;

bool group_side_load(App *app, RequestId id, Arena *a, GroupSide *out, Err *err);

// Whether `other` may follow `lead`, for `reason`; nothing is written. Errors as of group_join.
bool group_may_join(App *app, const GroupSide *lead, const GroupSide *other, Str reason, Arena *a,
                    Err *err);

// Within an act: lets it follow, and notes it.
bool group_join_one(Act *act, const GroupSide *lead, RequestId id, Str reason, Arena *a, Err *err);
// Takes a leading request out of a group whose own lead has ended, so that it can lead.
bool group_set_free(Act *act, GroupSide *lead, Arena *a, Err *err);

// The request with this number, brackets and spaces of any kind. ERR_INPUT where there is none.
bool group_lead_named(App *app, Str code, Arena *a, RequestId *out, Err *err);

// By the number of the request that is to lead.
bool app_request_join(App *app, RequestId id, int64_t version, Str lead, Str reason, Arena *a,
                      Err *err);

// Takes one out of its group again.
bool app_request_leave(App *app, RequestId id, int64_t version, Str reason, Arena *a, Err *err);

// Says that requests of one wording are not to be proposed again until there are more.
bool app_asked_decline(App *app, OrganId organ, int64_t asked, Str why, Arena *a, Err *err);

// Counts the request as so many units, one for each matter, with their outcomes where they differ
// from that of the request; one matter undoes it. ERR_RULE where it has ended.
bool app_request_split(App *app, RequestId id, int64_t version, const Units *units, Str reason,
                       Arena *a, Err *err);

#endif
