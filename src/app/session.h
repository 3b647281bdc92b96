// Sessions: from the moment somebody has proved who they are (sign_in.h) until they sign out, stay
// away too long, or the session is ended from elsewhere.
//
// The browser holds a token of 32 random bytes in a cookie; the database holds its SHA-256. At
// every change of rights (after the password, after the code, after a new password) the session
// gets another token, so that one set or seen before is worth nothing.
//
// A session is bound to the address it began at (SessionConfig.address). Where its cookie comes
// from elsewhere the request is refused at once, and at the next flush the session is ended, noted
// in the audit and told to its owner.
#ifndef GONGKAI_APP_SESSION_H
#define GONGKAI_APP_SESSION_H

#include "app/act.h"
#include "app/session_config.h"
#include "app/session_memory.h"
#include "store/session.h"

enum { SESSION_TOKEN_BYTES = 32, SESSION_KEPT_S = 90 * 24 * 3600, SESSION_FLUSH_S = 120 };

// The App's configuration, or the standard one.
const SessionConfig *session_config(const App *app);

// What a cookie's value is stored as.
TokenHash session_token_hash(Str token);

// The viewer whom a token names, with what is due now and the posts of today; *found false where
// there is no such session, it has ended or is too old, the account is closed, or the request does
// not come from where it may. Two queries; writes nothing.
bool app_session_viewer(App *app, Str token, Str ip, Arena *a, Viewer *out, bool *found, Err *err);

// The session a token names, ended or not, for a form that outlived it.
bool app_session_past(App *app, Str token, Arena *a, Session *out, bool *found, Err *err);

// Who acts, from a viewer; `instead_of` by the post that gives the power.
Actor session_actor(const Viewer *v, Verb verb, Str ip, Str request);

// --- begun by sign_in.h

typedef struct SessionBegin {
    PersonId person;
    Str how; // password oidc ldap
    SessionCode code;
    Str ip, user_agent;
    Str old_token; // of a session that this one takes the place of; or empty
} SessionBegin;

// Within the caller's act: adds it, ends what is too many. *token is for the cookie.
bool session_begin(App *app, const SessionBegin *begin, Arena *a, Str *token, Session *out,
                   Err *err);
// Within the caller's act: another token, at a change of rights.
bool session_renew(App *app, SessionId id, SessionCode code, Arena *a, Str *token, Err *err);

// --- acts of the person signed in (app->actor)

// Signs out. No error where it has ended already.
bool app_session_out(App *app, Err *err);
// Open sessions of the person signed in, last seen first.
bool app_session_list(App *app, Arena *a, Sessions *out, Err *err);
// Ends one of one's own. ERR_MISSING for anybody else's.
bool app_session_end(App *app, SessionId id, Err *err);
// Ends all others of one's own; *n how many there were.
bool app_session_end_others(App *app, int64_t *n, Err *err);
// Works for another organ from now on. ERR_DENIED where no post is held there.
bool app_session_organ(App *app, const Viewer *v, OrganId organ, Err *err);

// --- for others

// Within the caller's act: ends every session of somebody, because the account was closed or got
// another password.
bool session_end_person(App *app, PersonId person, EndWhy why, Err *err);

// --- jobs

// Writes down what is kept in memory: sessions seen, at most every SESSION_FLUSH_S, and those that
// came from a wrong address, at once. Does nothing without app->sessions.
bool app_session_flush(App *app, Arena *a, Err *err);
// Ends sessions that are too old; forgets ended ones and tries after their time.
// *n: how many it ended.
bool app_session_clean(App *app, int64_t *n, Err *err);

#endif
