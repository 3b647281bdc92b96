// One's own account: password, second factor, recovery codes. Everything here is done by the person
// signed in (app->actor, a Viewer), gives the session another token (for its cookie), and ends the
// person's other sessions where what opens the door has changed.
#ifndef GONGKAI_APP_ACCOUNT_H
#define GONGKAI_APP_ACCOUNT_H

#include "app/sign_in.h"
#include "domain/password.h"

// --- the second factor, while signing in

// A code of the authenticator or a recovery code, for the session of `v` whose code is due. `ask`
// as for app_sign_in, without password. ERR_DENIED where it is wrong or used, ERR_BUSY where there
// is to wait. out->device as there.
bool app_code_give(App *app, const Viewer *v, const SignInAsk *ask, Str code, Arena *a,
                   SignedIn *out, int64_t *wait_s, Err *err);

// --- setting it up

// A new secret, offered: nothing is stored until a code proves that it was taken over. `sealed`
// goes through the form and is good in this session only.
typedef struct SecondOffer {
    Str text, uri; // to type, and for a QR code
    Str sealed;
} SecondOffer;
bool app_second_offer(App *app, const Viewer *v, Arena *a, SecondOffer *out, Err *err);
// The same offer again, after a code that was wrong. ERR_INPUT where it is not of this session.
bool app_second_again(App *app, const Viewer *v, Str sealed, Arena *a, SecondOffer *out, Err *err);

enum { RECOVERY_CODES = 10 };

// Confirms it: the codes to be shown once are put in *codes. ERR_INPUT where the code is not right.
// In place of one there was only with the password (ERR_DENIED): else whoever finds a desk left
// open would lock its owner out, for good.
bool app_second_set(App *app, const Viewer *v, Str sealed, Str code, Str password, Arena *a,
                    Strs *codes, Str *token, Err *err);
// Does without. ERR_RULE where a role of theirs signs; ERR_DENIED for a wrong password.
bool app_second_drop(App *app, const Viewer *v, Str password, Arena *a, Str *token, Err *err);
// New recovery codes in place of those left. ERR_DENIED for a wrong password.
bool app_recovery_make(App *app, const Viewer *v, Str password, Arena *a, Strs *codes, Err *err);

typedef struct SecondState {
    bool has;
    int64_t since; // seconds since 1970-01-01 UTC
    int64_t codes; // left
} SecondState;
bool app_second_state(App *app, const Viewer *v, Arena *a, SecondState *out, Err *err);

// --- the password

typedef struct PasswordChange {
    Str old; // not asked for where a new one is due (DUE_PASSWORD): it has just been given
    Str fresh, again;
} PasswordChange;

// ERR_DENIED where the old one is wrong, ERR_INPUT where the new one will not do or was typed
// differently the second time.
bool app_password_change(App *app, const Viewer *v, const PasswordChange *change, Arena *a,
                         Str *token, Err *err);

// --- for identity.c

// The password of the one signed in once more, before something weighty. Counts as a try to sign
// in. ERR_DENIED, ERR_BUSY.
bool password_again(App *app, const Viewer *v, Str password, Arena *a, Err *err);

#endif
