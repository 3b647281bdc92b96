// Proving who one is: password, then the second factor where there is one. Providers and
// directories: identity.h.
//
// What a stranger can learn from the answers: nothing about which logins exist. A login that is not
// there, a closed account and a wrong password get the same words, and cost one computation of
// argon2id each. Every try is written down before it is looked at (domain/signin.h), so that many
// at once count as many.
//
// Computing a password takes tens of milliseconds and SessionConfig.hash_memory_kb, so these belong
// into the slow lane; they must not be called inside a transaction.
#ifndef GONGKAI_APP_SIGN_IN_H
#define GONGKAI_APP_SIGN_IN_H

#include "app/session.h"
#include "domain/person.h"

enum { PASSWORD_MOST_BYTES = 512 }; // of what is tried; longer ones are wrong

typedef struct SignInAsk {
    Str login, password; // as typed
    Str ip, user_agent, request;
    Str device;    // value of the browser's device cookie
    Str old_token; // of the session the browser still has; it is ended
} SignInAsk;

typedef struct SignedIn {
    PersonId person;
    Str token;  // for the session cookie
    Str device; // for the device cookie, DEVICE_S long: waits of others do not touch this browser
} SignedIn;
enum { DEVICE_S = 365 * 24 * 3600 };

// ERR_DENIED for a wrong login or password, ERR_BUSY where there is to wait (the text says how
// long, *wait_s; 0 otherwise) or too many are signing in at this moment, ERR_RULE where a first
// password has run out. What is due next is in the viewer of the new session.
bool app_sign_in(App *app, const SignInAsk *ask, Arena *a, SignedIn *out, int64_t *wait_s,
                 Err *err);

// --- for identity.c and account.c

// One computation of argon2id, or ERR_BUSY where too many are at it. *right where hash is empty is
// false, and costs as much.
bool password_try(App *app, Str hash, Str password, Arena *a, bool *right, Err *err);

// A try written down before it is looked at. `kind` tells passwords from codes.
typedef struct Try {
    Str login;
    Person person;
    bool found; // there is such a person, whose account is open
    bool alarm; // if it is wrong, waiting begins with it
    bool home;  // they have signed in from this browser or address before
    Attempt attempt;
} Try;
bool try_begin(App *app, const SignInAsk *ask, Str kind, Arena *a, Try *out, int64_t *wait_s,
               Err *err);
// After a try that was wrong: where waiting begins with it, that is noted and told to whom the
// login belongs.
void try_was_wrong(App *app, const SignInAsk *ask, const Try *try, Arena scratch);

// Somebody who has proved who they are, by whatever means.
typedef struct Proven {
    Person person;
    Str how;           // password oidc ldap
    bool second_given; // a second factor too, at a provider that is believed
    bool home;         // from a browser or an address of theirs
    int64_t attempt;   // the try that was right; 0 none
} Proven;
void sign_in_actor(App *app, const SignInAsk *ask, const Person *person);
// Within an act by that person: begins the session and notes it. ERR_DENIED where the account has
// been closed meanwhile.
bool sign_in_act(App *app, const SignInAsk *ask, const Proven *who, Act *act, Arena *a,
                 SignedIn *out, Err *err);

// The value for the device cookie: the old one and this person. Empty without a key.
Str device_add(App *app, Str device, PersonId person, Arena *a);
bool device_has(App *app, Str device, PersonId person, Arena scratch);

#endif
