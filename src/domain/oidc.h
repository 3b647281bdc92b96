// What another server says of a person (an ID token's claims), and whether it is meant for us, now,
// and for this attempt (OpenID Connect Core 1.0, 3.1.3.7). The signature has been checked before
// (base/jose.h).
#ifndef GONGKAI_DOMAIN_OIDC_H
#define GONGKAI_DOMAIN_OIDC_H

#include "base/err.h"
#include "base/str.h"

enum {
    OIDC_PENDING_S = 600, // from leaving to coming back
    OIDC_SKEW_S = 60,     // how far two clocks may differ, where not configured
    OIDC_SUBJECT_MAX = 255
};

// Who the other server says it is. `issuer` and `subject` together never change and are never given
// to somebody else; name and e-mail address may be empty, may change, and prove nothing.
typedef struct OidcIdentity {
    Str issuer, subject;
    Str name, email;
    bool email_verified; // as the other server says
    // How it made sure, as it says: its own name for that (may be empty), and whether more than a
    // password was asked for (amr has mfa, otp or hwk; RFC 8176). Only from the signed token.
    Str acr;
    bool second_factor;
} OidcIdentity;

typedef struct OidcExpect {
    Str issuer, client_id, nonce;
    Str name_claim; // empty: "name"
    int64_t now;    // seconds since 1970-01-01 UTC
    int skew_s;     // 0: OIDC_SKEW_S
} OidcExpect;

// ERR_DENIED where one thing does not hold; err->detail names the claim.
bool oidc_claims_check(Str claims, const OidcExpect *expect, Arena *a, OidcIdentity *out, Err *err);

// The same person as asked at the other server's user information; fills name and address where
// they are empty. ERR_DENIED where it speaks of somebody else.
bool oidc_claims_add(Str user_info, const OidcExpect *expect, Arena *a, OidcIdentity *who,
                     Err *err);

// Whether an address is one to go to after signing in: a path of our own.
bool oidc_return_ok(Str path);

// Whether a server may be spoken to at this address: https, or this machine itself.
bool oidc_url_ok(Str url);

#endif
