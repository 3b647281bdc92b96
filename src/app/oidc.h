// Signing in through another server that knows the person (OpenID Connect 1.0, authorization code
// flow with PKCE). This side is the client.
//
// Two requests of the browser, and between them one row in the store:
//
//     GET /sign-in/oidc           app_oidc_begin  → set cookie from `cookie`, redirect to
//     `location` … the person signs in at the other server … GET /sign-in/oidc/back?…
//     app_oidc_finish → OidcIdentity: find the account it belongs to
//
// The row (state, nonce, PKCE verifier, where to go afterwards) is good for OIDC_PENDING_S and for
// one use: it is taken away before anything else is looked at. The cookie ties the two requests to
// one browser, so that nobody can be signed in as somebody else by a link sent to them.
//
// Both talk to the other server (its description and keys are kept in the store for an hour, and
// fetched anew for a key that is not known), so their routes belong into the slow lane. Neither may
// be called inside a transaction.
#ifndef GONGKAI_APP_OIDC_H
#define GONGKAI_APP_OIDC_H

#include "app/app.h"
#include "base/fetch.h"
#include "domain/oidc.h"

typedef struct OidcConfig {
    Str issuer; // https://id.example.gov.cn/realm as that server names itself; empty: not used
    Str client_id;
    Str client_secret; // empty for a public client
    Str redirect_uri;  // our address for the way back, as registered there; https, or loopback
    Str scopes;        // empty: "openid profile email"
    Str label;         // on the button: 统一身份认证
    Str name_claim;    // empty: "name"
    Str ca_file;       // PEM, trusted besides the system's authorities; may be empty
    int skew_s;        // how far the two clocks may differ; 0: OIDC_SKEW_S
    int timeout_ms;    // of one request to the other server; 0: FETCH_TIMEOUT_MS
} OidcConfig;

typedef struct OidcStart {
    Str location; // where to send the browser
    Str cookie;   // value of a cookie for this browser: HttpOnly, Secure, SameSite=Lax,
                  // Max-Age=OIDC_PENDING_S, path of the way back
} OidcStart;

// What came with the browser on the way back: the query's fields (empty where there is none) and
// the cookie's value.
typedef struct OidcBack {
    Str state, code, iss;
    Str error; // instead of the code
    Str cookie;
} OidcBack;

typedef struct OidcFinish {
    OidcIdentity who;
    Str return_to; // as given to app_oidc_begin
} OidcFinish;

static inline bool oidc_configured(const OidcConfig *config)
{
    return config->issuer.n && config->client_id.n;
}

// Begins signing in. `return_to` is a path of our own ("/desk") and is refused (ERR_INPUT) where it
// is anything else. ERR_BUSY where the other server does not answer; ERR_SYSTEM where its
// description is not one.
bool app_oidc_begin(App *app, const OidcConfig *config, Str return_to, Arena *a, OidcStart *out,
                    Err *err);

// Ends it. ERR_DENIED where the person said no there, where the way back does not fit a beginning
// (unknown, used, too old, other browser, other issuer), or where what that server says of the
// person does not hold: the text is for the person, err->detail says which check failed. ERR_BUSY
// where the other server does not answer: begin again.
bool app_oidc_finish(App *app, const OidcConfig *config, const OidcBack *back, Arena *a,
                     OidcFinish *out, Err *err);

#endif
