// Signed tokens (JWS in compact form, RFC 7515) with the keys of whoever made them (JWK set,
// RFC 7517). The only file that knows cjose.
//
// Only two ways to sign are known, RS256 and ES256, and the key's own kind must fit: "none", and
// anything made with a secret both sides share, is no signature here. RSA keys have at least 2048
// bits. What the token says about keys (jwk, jku, x5u) is not looked at; "crit" is refused.
#ifndef GONGKAI_JOSE_H
#define GONGKAI_JOSE_H

#include "base/err.h"
#include "base/str.h"

enum { JOSE_TOKEN_MAX = 64 << 10, JOSE_KEYS_MAX = 256 << 10 };

typedef enum JoseResult {
    JOSE_GOOD,
    JOSE_NO_KEY, // none of the keys has the token's id: they may have been changed since
    JOSE_BAD,    // not a token, another algorithm, a wrong signature
} JoseResult;

// `keys` is the JSON of a key set. On JOSE_GOOD *payload is what was signed; otherwise *why, for
// the log, is a static text.
JoseResult jose_verify(Str token, Str keys, Arena *a, Str *payload, const char **why);

#endif
