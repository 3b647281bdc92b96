// One's own account: password, second factor, where one is signed in.
#ifndef GONGKAI_WEB_PAGE_ACCOUNT_H
#define GONGKAI_WEB_PAGE_ACCOUNT_H

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
    SessionViews sessions;
} AccountPage;

bool page_account(Request *r, Response *w, Err *err);
bool page_session_end(Request *r, Response *w, Err *err);
bool page_session_end_others(Request *r, Response *w, Err *err);
bool page_organ_switch(Request *r, Response *w, Err *err);

#endif
