// Signing in: what is still due of somebody, and how long to wait after wrong tries.
//
// The waits must stop who guesses and must not be a way to shut somebody else out. So tries are
// counted in four circles, and each circle leaves out those whom the guessing of others would hit:
//
//     this browser    one that this login has signed in with before (a signed cookie): only its own
//                     tries count, nobody else's
//     login, address  other browsers: tries for this login from this address
//     login           other browsers at addresses where this login has never signed in: tries for
//                     it from all such addresses, so that a thousand addresses guess no faster than
//                     twenty
//     address         other browsers: tries for any login, against one password tried on everybody
//
// In each circle some tries are free, then each wrong one doubles the wait, up to a maximum. A try
// that has to wait is not made and not counted, so waiting never grows by itself.
#ifndef GONGKAI_DOMAIN_SIGNIN_H
#define GONGKAI_DOMAIN_SIGNIN_H

#include "domain/viewer.h"

// A try made before, in the last SIGNIN_WINDOW_S, for this login or from this address.
typedef struct SignInTry {
    int64_t at; // seconds since 1970-01-01 UTC
    bool login; // for the same login
    bool here;  // from the same address
    bool known; // from a browser or an address that the login was at home with then
    bool mine;  // from a browser that carried this login's cookie
    bool failed;
} SignInTry;

typedef struct SignInTries {
    SignInTry *v;
    size_t n, cap;
} SignInTries;

enum { SIGNIN_WINDOW_S = 24 * 3600 };

// Who tries now.
typedef struct SignInFrom {
    bool device;  // the browser carries this login's cookie
    bool address; // the login has signed in from this address before
} SignInFrom;

// Seconds to wait from `now` on; 0: the try may be made. The order of `tries` does not matter.
int64_t signin_wait(const SignInTries *tries, SignInFrom from, int64_t now);

// Whether the last of these tries, which was wrong, is the one with which waiting begins: worth
// telling, once, to whom the login belongs.
bool signin_alarm(const SignInTries *tries, SignInFrom from, int64_t now);

// What is due next of somebody whose password was right.
typedef struct SignInFacts {
    bool has_second;  // a second factor is set up
    bool code_given;  // and was given in this session, or the other server has seen to it
    bool must_change; // the password was given by somebody else
    bool signs;       // a role of theirs signs (role_defs.signs)
} SignInFacts;
Due signin_due(SignInFacts facts);

// The name typed, as logins are stored: lower case, without blanks around. At most
// SIGNIN_LOGIN_MAX bytes, else empty.
enum { SIGNIN_LOGIN_MAX = 128 };
Str signin_login(Arena *a, Str typed);

// A path of the desk to go on to after signing in, or "/desk" for anything else: another site, a
// line end, the sign-in itself. `to` points into what was given.
Str signin_to(Str to);

#endif
