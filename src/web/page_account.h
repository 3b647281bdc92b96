// One's own account: password, second factor, where one is signed in. The pages for a new password
// and a second factor stand before the desk too (/desk/sign-in/…), where they are due.
#ifndef GONGKAI_WEB_PAGE_ACCOUNT_H
#define GONGKAI_WEB_PAGE_ACCOUNT_H

#include "app/account.h"
#include "app/identity.h"
#include "web/desk.h"

typedef struct SessionView {
    int64_t id;
    bool here; // this very one
    Str browser, ip, how;
    Str began, seen; // in words
} SessionView;

typedef struct SessionViews {
    SessionView *v;
    size_t n, cap;
} SessionViews;

typedef struct AccountPage {
    Desk desk;
    Str login;
    SecondState second;
    Str second_since; // in words
    bool must_second; // a role signs
    SessionViews sessions;
    Identities identities; // linked
    Str oidc_label;        // of the provider that can be linked; empty: none
    bool ldap;             // a directory can be linked
} AccountPage;

// A page that stands in the desk, or before it.
typedef struct DuePage {
    Desk desk;
    bool door; // before the desk: desk.page is all there is of it
    Form form;
    Str action, to;
} DuePage;

// To confirm a link: either an identity just proved, or name and password of the directory.
typedef struct LinkPage {
    DuePage due;
    Str who;   // 王小明（wang@example.cn）; empty: asked for here
    Str offer; // sealed
} LinkPage;

typedef struct SecondPage {
    DuePage due;
    SecondOffer offer;
    Html qr;
    bool has; // one there is, which this one takes the place of
} SecondPage;

// Recovery codes, this once.
typedef struct CodesPage {
    DuePage due;
    Strs codes;
} CodesPage;

bool page_account(Request *r, Response *w, Err *err);
bool page_session_end(Request *r, Response *w, Err *err);
bool page_session_end_others(Request *r, Response *w, Err *err);
bool page_organ_switch(Request *r, Response *w, Err *err);

bool page_password(Request *r, Response *w, Err *err);
bool page_password_send(Request *r, Response *w, Err *err);

bool page_second(Request *r, Response *w, Err *err);
bool page_second_send(Request *r, Response *w, Err *err);
bool page_second_drop(Request *r, Response *w, Err *err);
bool page_second_drop_send(Request *r, Response *w, Err *err);
bool page_recovery(Request *r, Response *w, Err *err);
bool page_recovery_send(Request *r, Response *w, Err *err);

// Providers and directories: to the provider, back from it, linking, unlinking.
bool page_oidc(Request *r, Response *w, Err *err);
bool page_oidc_back(Request *r, Response *w, Err *err);
bool page_link_oidc_send(Request *r, Response *w, Err *err);
bool page_link_ldap(Request *r, Response *w, Err *err);
bool page_link_ldap_send(Request *r, Response *w, Err *err);
bool page_unlink(Request *r, Response *w, Err *err);

// For those pages and page_second.c: a page of the account, in the desk or before it.
bool due_begin(Request *r, bool door, Str title, const char *action, DuePage *p, Err *err);
// Puts what failed above the form, where typing again can help; else false with *err.
bool due_again(Response *w, Form *f, const Err *why, Err *err);

#endif
