// Sign-ins through another server that are under way, and what that server says of itself
// (app/oidc.h).
#ifndef GONGKAI_STORE_OIDC_H
#define GONGKAI_STORE_OIDC_H

#include "domain/ids.h"
#include "store/db.h"

typedef struct OidcPending {
    Str state, cookie; // as SHA-256
    Str issuer, nonce, verifier, return_to;
    int64_t expires_at;
} OidcPending;

// Adds one, and clears away those that were too old at `now`.
bool store_oidc_pending_add(Db *db, SiteId site, const OidcPending *p, int64_t now, Err *err);

// Takes it out, so that nobody can come back twice. *found says whether there was one.
bool store_oidc_pending_take(Db *db, SiteId site, Str state, Arena *a, OidcPending *out,
                             bool *found, Err *err);

typedef struct OidcServer {
    Str issuer, description, key_set;
    int64_t fetched_at;
} OidcServer;

bool store_oidc_server_get(Db *db, SiteId site, Str issuer, Arena *a, OidcServer *out, bool *found,
                           Err *err);
bool store_oidc_server_put(Db *db, SiteId site, const OidcServer *server, Err *err);

#endif
