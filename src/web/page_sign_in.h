// Signing in and out: the pages before the desk.
#ifndef GONGKAI_WEB_PAGE_SIGN_IN_H
#define GONGKAI_WEB_PAGE_SIGN_IN_H

#include "app/sign_in.h"
#include "web/carry.h"
#include "web/fields.h"
#include "web/pages.h"

typedef struct SignInPage {
    Frame page;
    Form form;
    Str to;     // where to go on, checked
    Str proof;  // ties the form to this browser (COOKIE_FORM)
    Str notice; // why one is here: 登录已过期，内容还在
    Carry carry;
    Str oidc_label, oidc_href; // of the button that leads to the provider; empty: none
    bool ldap;                 // a name and password of the directory will do as well
} SignInPage;

typedef struct CodePage {
    Frame page;
    Form form, recovery;
    bool by_recovery;
    Str to, csrf;
    Carry carry;
} CodePage;

// A form that outlived its session, to be sent after all.
typedef struct ConfirmPage {
    Frame page;
    Str csrf, action;
    Fields fields; // under their own names
    Strs values;   // that can be read, for the person to know it again
    bool had_files;
} ConfirmPage;

bool page_sign_in(Request *r, Response *w, Err *err);
bool page_sign_in_send(Request *r, Response *w, Err *err);
bool page_sign_out(Request *r, Response *w, Err *err);
bool page_code(Request *r, Response *w, Err *err);
bool page_code_send(Request *r, Response *w, Err *err);

// The frame of a page before the desk.
bool door_frame(Request *r, Str title, Frame *out, Err *err);
// The session has another token: its cookie, and r->viewer as it is now.
bool session_cookie(Request *r, Response *w, Str token, Err *err);
// What app functions want to know of the one who signs in.
SignInAsk sign_in_ask(Request *r);

// For guard.c: the sign-in page instead of the one asked for, with the form that was sent.
bool sign_in_instead(Request *r, Response *w, Err *err);
// The sign-in page with what an identity elsewhere could not do.
bool sign_in_failed(Request *r, Response *w, const Err *why, Str to, Err *err);
// After a step that was right: to what is due next, to the form that is carried, or on to `to`.
// `token` is of the session as it is now.
bool sign_in_on(Request *r, Response *w, Str token, Str to, const Carry *carry, Err *err);

#endif
