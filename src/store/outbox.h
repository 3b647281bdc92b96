// Mail that is to go out, as stored. app/outbox.h sends it.
#ifndef GONGKAI_STORE_OUTBOX_H
#define GONGKAI_STORE_OUTBOX_H

#include "domain/outbox.h"
#include "domain/scope.h"
#include "store/db.h"

typedef struct MailId {
    int64_t n;
} MailId;

typedef struct MailNew {
    MailKind kind;
    OrganId organ;   // of the person it is for; 0: the site's
    PersonId person; // 0: nobody with an account
    Str to, to_name; // an address that mail_address_ok takes; the name may be empty
    Str subject, body;
    Str once; // where not empty: what it is about, so that it is written once ("task:17:due")
} MailNew;

// Writes one, in the transaction of the act that it tells of. Nothing happens where there is one
// with the same `once` already.
bool store_outbox_add(Db *db, SiteId site, const MailNew *mail, int64_t now, Arena *a, Err *err);

typedef enum MailState {
    MAIL_WAITING,
    MAIL_SENT,
    MAIL_FAILED,  // given up: refused for good, or too old
    MAIL_DROPPED, // by the administrator
    MAIL_STATE__COUNT,
} MailState;

typedef struct MailStateDef {
    Str id, name;
} MailStateDef;
extern const MailStateDef mail_state_defs[MAIL_STATE__COUNT];
bool mail_state_named(Str id, MailState *out);

typedef struct Mail {
    MailId id;
    MailKind kind;
    OrganId organ;
    PersonId person;
    Str to, to_name, subject, body, message_id;
    int64_t written_at, due_at, first_at, ended_at, tries; // 0: not yet
    MailState state;
    int64_t code; // of the mail server's last reply
    Str said;     // its words, or why it was not reached
    int64_t version;
} Mail;

typedef struct Mails {
    Mail *v;
    size_t n, cap;
} Mails;

typedef struct MailAsk {
    bool by_state;
    MailState state;
    int64_t offset, limit;
} MailAsk;

// What concerns the organs in the scope, newest first, without the bodies. *total counts those
// beyond the limit too. Two queries.
bool store_outbox_list(Db *db, const Scope *scope, const MailAsk *ask, Arena *a, Mails *out,
                       int64_t *total, Err *err);
// ERR_MISSING out of scope.
bool store_outbox_get(Db *db, const Scope *scope, MailId id, Arena *a, Mail *out, Err *err);

// How many there are in each state.
bool store_outbox_count(Db *db, SiteId site, int64_t out[MAIL_STATE__COUNT], Err *err);

// --- sending: jobs only

// Takes the one that is due longest for `holder` until `until`, urgent ones first; where `urgent`,
// no other. *found says whether there was one.
bool store_outbox_take(Db *db, SiteId site, Str holder, bool urgent, int64_t now, int64_t until,
                       Arena *a, Mail *out, bool *found, Err *err);

// Writes down how a try ended: state, due_at, first_at, ended_at, tries, code and said of *mail,
// and gives it back. Nothing happens where another holder has taken it meanwhile.
bool store_outbox_done(Db *db, SiteId site, Str holder, const Mail *mail, Err *err);

// Of the scope: sets state and due_at, and forgets what was tried. ERR_BUSY where its version is
// not the one given.
bool store_outbox_set(Db *db, const Scope *scope, const Mail *mail, Err *err);

// Forgets what was sent or dropped before `sent`, and what was given up before `failed`.
bool store_outbox_forget(Db *db, SiteId site, int64_t sent, int64_t failed, int64_t *n, Err *err);

#endif
