// Keys of other systems: made and revoked by administrators, and who comes with one.
#ifndef GONGKAI_APP_API_KEY_H
#define GONGKAI_APP_API_KEY_H

#include "app/app.h"
#include "domain/api_key.h"
#include "domain/viewer.h"
#include "store/api_key.h"

typedef struct ApiKeyNew {
    Str name; // the system
    OrganId organ;
    uint64_t powers;    // domain/api_key.h
    Date expires;       // the first day on which it is good no more
    int64_t per_minute; // how often it may ask; 0: as usual
} ApiKeyNew;

// *token is told once and not kept. ERR_MISSING for an organ out of scope.
bool app_api_key_make(App *app, const ApiKeyNew *key, Arena *a, ApiKey *out, Str *token, Err *err);
bool app_api_key_revoke(App *app, int64_t id, Arena *a, Err *err);

// Who comes with this token: a viewer without a person, with the key's powers at its organ. *found
// is false for an unknown, revoked or old one alike. That it was used is written down every few
// minutes.
bool app_api_key_viewer(App *app, Str token, Arena *a, Viewer *out, int64_t *id, bool *found,
                        Err *err);

#endif
