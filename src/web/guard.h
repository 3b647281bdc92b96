// Sessions as the server sees them: who sends a request, and what is answered to somebody who is
// not (fully) signed in. Whether the power is there is decided in call.c, from the route's row and
// viewer_may alone.
#ifndef GONGKAI_WEB_GUARD_H
#define GONGKAI_WEB_GUARD_H

#include "web/http.h"

typedef struct Guard {
    // The viewer whom the request's cookie names, in r->a; NULL where it names none (any more), or
    // not from where this request comes. False only where the store fails.
    bool (*viewer)(Request *r, const Viewer **out, Err *err);
    // Instead of a page that needs somebody signed in (r->viewer NULL, or with something due). A
    // form that was sent must not be lost: r->form is filled where the cookie was there.
    bool (*sign_in)(Request *r, Response *w, Err *err);
    // Before the page: tells the App who acts, in which scope, and the form's key.
    void (*act_as)(Request *r);
    // Instead of an error, for a form that has been acted on: leads to what it was about.
    bool (*repeated)(Request *r, Response *w, Err *err);
    // A form that was refused: without the power, not of this session, or about what is not there
    // for its sender. Leaves a line in the audit; the answer is the error all the same.
    void (*refused)(Request *r, const Err *why);
} Guard;

// The page where what is due is done, and from there on to `to`; `to` itself where nothing is.
Str guard_due_path(Request *r, Due due, Str to);

// The one of the site: app/session.h behind a cookie (guard.c).
extern const Guard site_guard;

#endif
