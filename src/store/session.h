// Sessions and what belongs to signing in, as stored: tries. Second factors are
// in store/second.h. Whoever asks is not known yet, so nothing here takes a Scope: everything is
// asked for by a secret's hash or by the person whose own it is.
#ifndef GONGKAI_STORE_SESSION_H
#define GONGKAI_STORE_SESSION_H

#include "base/crypt.h"
#include "domain/signin.h"
#include "store/db.h"

typedef struct TokenHash {
    unsigned char bytes[SHA256_BYTES];
} TokenHash;

typedef enum EndWhy {
    END_NOT,      // open
    END_OUT,      // signed out
    END_IDLE,     // nobody came for too long
    END_LATE,     // at the end of the longest time
    END_MOVED,    // the cookie came from another address
    END_OTHER,    // ended from another session of the same person
    END_MANY,     // too many open at once; the oldest ends
    END_PASSWORD, // the password was changed
    END_CLOSED,   // the account was closed
    END__COUNT,
} EndWhy;
extern const Str end_ids[END__COUNT];

// The second factor in this session.
typedef enum SessionCode {
    CODE_NONE, // was not asked for: there was none
    CODE_DUE,
    CODE_GIVEN, // here, or the provider has asked for one
    CODE_SAME,  // for store_session_renew: as it was
    CODE__COUNT,
} SessionCode;

typedef struct Session {
    SessionId id;
    PersonId person;
    Str csrf;
    OrganId organ; // worked for now; none where no post is held
    SessionCode code;
    Str how; // password oidc ldap
    Str ip, user_agent;
    int64_t began_at, seen_at, ends_at; // seconds since 1970-01-01 UTC
    EndWhy ended;
    int64_t ended_at;
} Session;

typedef struct Sessions {
    Session *v;
    size_t n, cap;
} Sessions;

// A session with whose it is, as every request of the desk needs it: one query.
typedef struct SessionFound {
    Session session;
    Str login, name;
    bool closed;        // the account
    bool must_change;   // a new password is due
    bool has_second;    // a second factor is set up
    OrganId home;       // the organ the person belongs to
    OrganId site_organ; // that runs the site
} SessionFound;

// Gives it its number. Fields of ending are not read.
bool store_session_add(Db *db, SiteId site, Session *session, const TokenHash *token, Err *err);
bool store_session_find(Db *db, SiteId site, const TokenHash *token, Arena *a, SessionFound *out,
                        bool *found, Err *err);
// Another token and another csrf; nobody has the ones before any more. ERR_MISSING where it ended.
bool store_session_renew(Db *db, SiteId site, SessionId id, const TokenHash *token, Str csrf,
                         SessionCode code, Err *err);
bool store_session_organ(Db *db, SiteId site, SessionId id, OrganId organ, Err *err);
// Later than what is stored, or nothing changes.
bool store_session_seen(Db *db, SiteId site, SessionId id, int64_t at, Err *err);
// *ended: it was open.
bool store_session_end(Db *db, SiteId site, SessionId id, int64_t at, EndWhy why, bool *ended,
                       Err *err);
// All of the person's but one (none: all). *n: how many were open.
bool store_session_end_all(Db *db, SiteId site, PersonId person, SessionId but, int64_t at,
                           EndWhy why, int64_t *n, Err *err);
// Those open, last seen first.
bool store_session_list(Db *db, SiteId site, PersonId person, Arena *a, Sessions *out, Err *err);
// Whether the person has signed in from there since then.
bool store_session_from(Db *db, SiteId site, PersonId person, Str ip, int64_t since, bool *out,
                        Err *err);
// Whether the person has had another session than this one.
bool store_session_any(Db *db, SiteId site, PersonId person, SessionId but, bool *out, Err *err);
// Ends those not seen since `idle` or to end by `now`, and takes away those that ended before
// `gone`. *n: how many it ended.
bool store_session_clean(Db *db, SiteId site, int64_t now, int64_t idle, int64_t gone, int64_t *n,
                         Err *err);

// --- tries

typedef struct Attempt {
    int64_t id;
    int64_t at;
    TokenHash login; // keyed hash
    Str ip;
    bool mine, known, failed;
} Attempt;

bool store_attempt_add(Db *db, SiteId site, Attempt *attempt, Err *err);
bool store_attempt_right(Db *db, SiteId site, int64_t id, Err *err);
// Those for the login or from the address since then; at most ATTEMPTS_MOST of each, the newest.
enum { ATTEMPTS_MOST = 300 };
bool store_attempt_list(Db *db, SiteId site, const TokenHash *login, Str ip, int64_t since,
                        Arena *a, SignInTries *out, Err *err);
bool store_attempt_clean(Db *db, SiteId site, int64_t before, Err *err);

#endif
