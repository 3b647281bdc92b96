// People, their posts, who stands in for whom, and what was handed over, as stored.
//
// Signing in asks without a scope, since nobody is looking yet: store_person_by_login,
// store_person_secret, store_person_posts, store_person_identified. Everything else takes a Scope.
// A person is in a scope where the organ they belong to is, or an organ at which they hold a post;
// posts and substitutions, where their organ is.
#ifndef GONGKAI_STORE_PERSON_H
#define GONGKAI_STORE_PERSON_H

#include "domain/person.h"
#include "store/db.h"

// --- signing in

// What proves who somebody is. Never leaves sign-in: no page, export or audit line takes it.
typedef struct PersonSecret {
    Str password;     // crypt_password_hash's text; empty: no password is right
    int64_t set_at;   // seconds since 1970-01-01 UTC; 0 never
    int64_t until;    // a first password is good until then; 0: without end
    bool must_change; // a new one is due before anything else
} PersonSecret;

// By login (any case), closed ones too. *found says whether there is one.
bool store_person_by_login(Db *db, SiteId site, Str login, Arena *a, Person *out, bool *found,
                           Err *err);
// ERR_MISSING where there is no such person, whoever asks.
bool store_person_any(Db *db, SiteId site, PersonId id, Arena *a, Person *out, Err *err);
bool store_person_secret(Db *db, SiteId site, PersonId id, Arena *a, PersonSecret *out, Err *err);
// Leaves the person's version alone: a form that is open elsewhere does not hold passwords.
bool store_person_secret_save(Db *db, SiteId site, PersonId id, const PersonSecret *secret,
                              Err *err);

// The posts in force on `today`, for a Viewer: their own first, then those of people who are away
// and whom they stand in for; at organs that still exist; by organ. One
// query.
bool store_person_posts(Db *db, SiteId site, PersonId id, Date today, Arena *a, Posts *out,
                        Err *err);

typedef enum IdentityKind { IDENTITY_OIDC, IDENTITY_LDAP, IDENTITY__COUNT } IdentityKind;
extern const Str identity_ids[IDENTITY__COUNT]; // oidc ldap

typedef struct Identity {
    IdentityKind kind;
    Str issuer, subject;
} Identity;

// Whom an account elsewhere signs in as. *found says whether anybody.
bool store_person_identified(Db *db, SiteId site, const Identity *identity, PersonId *out,
                             bool *found, Err *err);
// ERR_RULE where it belongs to somebody else.
bool store_person_link(Db *db, SiteId site, PersonId id, const Identity *identity, int64_t now,
                       Err *err);
bool store_person_unlink(Db *db, SiteId site, PersonId id, const Identity *identity, Err *err);

#endif
