// Accounts elsewhere (a provider of OpenID Connect, a directory) that sign in as somebody here.
//
// Being known there gives nothing here: an account of ours must exist, and the two must have been
// linked before, by its owner, signed in and with the password once more (or by an administrator).
// What may be done is decided by posts, as for everybody.
#ifndef GONGKAI_APP_IDENTITY_H
#define GONGKAI_APP_IDENTITY_H

#include "app/sign_in.h"
#include "domain/oidc.h"
#include "store/person.h"

// Signs in whom the identity is linked to. ERR_RULE where it is linked to nobody, or the account is
// closed. `second_given` where the other server has asked for a second factor and is believed.
bool identity_sign_in(App *app, const SignInAsk *ask, const Identity *identity, Str how,
                      bool second_given, int64_t attempt, Arena *a, SignedIn *out, Err *err);

// After app_oidc_finish.
bool app_oidc_sign_in(App *app, const SignInAsk *ask, const OidcIdentity *who, Arena *a,
                      SignedIn *out, Err *err);

// Whether what the provider says of this sign-in counts as a second factor; pure.
bool oidc_second_given(const SessionConfig *c, const OidcIdentity *who);

// An identity just proved, sealed for this session, to go through the form that confirms the link.
bool app_identity_offer(App *app, const Viewer *v, const Identity *identity, Arena *a, Str *sealed,
                        Err *err);
// Links it to the person signed in, with their password once more. ERR_RULE where it belongs to
// somebody else, ERR_DENIED for a wrong password, ERR_INPUT for an offer that is not of this
// session.
bool app_identity_link(App *app, const Viewer *v, Str sealed, Str password, Arena *a, Err *err);
// The same for the directory, whose name and password (`there`) are given here.
bool app_identity_link_ldap(App *app, const Viewer *v, Str name, Str there, Str password, Arena *a,
                            Err *err);
bool app_identity_unlink(App *app, const Viewer *v, const Identity *identity, Err *err);

#endif
