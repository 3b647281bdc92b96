// The cookies of the desk. All are HttpOnly, SameSite=Lax, Path=/; where the site is reached by
// https (base_url) they are Secure and have the prefix __Host-, which browsers take from this host
// over TLS only.
#ifndef GONGKAI_WEB_COOKIE_H
#define GONGKAI_WEB_COOKIE_H

#include "web/http.h"

#define COOKIE_SESSION "gongkai"       // the session's token, until the browser closes
#define COOKIE_DEVICE "gongkai-device" // who has signed in with this browser (app/sign_in.h)
#define COOKIE_FORM "gongkai-form"     // before signing in: ties the form to this browser
#define COOKIE_OIDC "gongkai-oidc"     // while the browser is at a provider

Str cookie_get(const Request *r, const char *name);

// For as long as the browser is open where max_age_s is 0. `value` is of letters, digits and -._~.
void cookie_set(Request *r, Response *w, const char *name, Str value, int64_t max_age_s);
void cookie_drop(Request *r, Response *w, const char *name);

#endif
