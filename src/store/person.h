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
// Those of a person, in the order linked.
typedef struct Identities {
    Identity *v;
    size_t n, cap;
} Identities;
bool store_person_identities(Db *db, SiteId site, PersonId id, Arena *a, Identities *out, Err *err);
// ERR_MISSING where it is not linked to them.
bool store_person_unlink(Db *db, SiteId site, PersonId id, const Identity *identity, Err *err);

// --- people

// ERR_MISSING out of scope.
bool store_person_get(Db *db, const Scope *scope, PersonId id, Arena *a, Person *out, Err *err);

typedef struct PersonAsk {
    Str text;      // part of a name or login; empty: any
    OrganId organ; // belongs to it or holds a post there; 0: any
    bool by_role;  // holds `role` somewhere in the scope
    Role role;
    bool closed; // the closed ones, or else the open ones
    int64_t offset, limit;
} PersonAsk;

typedef struct PersonLine {
    Person person;
    Posts posts; // held on the day, in the scope; their own
} PersonLine;

typedef struct PersonLines {
    PersonLine *v;
    size_t n, cap;
} PersonLines;

// By organ, then number. *total counts those beyond the limit too. One query.
bool store_person_list(Db *db, const Scope *scope, const PersonAsk *ask, Date today, Arena *a,
                       PersonLines *out, int64_t *total, Err *err);

// Everyone open whom somebody at this organ works with: who belongs to or holds a post at it, the
// organ it is a section of, or another section of that; of these, who is in the scope. Substitutes
// and successors come from here.
bool store_person_near(Db *db, const Scope *scope, OrganId organ, Arena *a, People *out, Err *err);

// Gives it its number and version 1. The login is free, or ERR_RULE.
bool store_person_add(Db *db, SiteId site, Person *person, Err *err);
// All but secrets. ERR_BUSY where the version stored is not the one given; *person has the new one
// afterwards. ERR_RULE where another one has the login.
bool store_person_save(Db *db, const Scope *scope, Person *person, Err *err);

// What decisions about an account depend on, but for n_open (app/handover.h).
bool store_person_facts(Db *db, const Scope *scope, PersonId id, Date today, PersonFacts *out,
                        Err *err);
// Open accounts that administer the site.
bool store_admin_count(Db *db, SiteId site, Date today, int64_t *out, Err *err);

// --- posts

typedef struct PostRow {
    int64_t id;
    PersonId person;
    OrganId organ;
    Str organ_name;
    Role role;
    Date from, until; // until: first day no longer held, or date_none
} PostRow;

typedef struct PostRows {
    PostRow *v;
    size_t n, cap;
} PostRows;

// All that a person holds or held, the latest first.
bool store_post_list(Db *db, const Scope *scope, PersonId person, Arena *a, PostRows *out,
                     Err *err);
bool store_post_get(Db *db, const Scope *scope, int64_t id, Arena *a, PostRow *out, Err *err);
// Held on the day or to come, lent ones too; wherever they are, because what does not go together
// does not go together anywhere.
bool store_post_held(Db *db, SiteId site, PersonId person, Date today, Arena *a, Posts *out,
                     Err *err);
bool store_post_add(Db *db, SiteId site, PostRow *post, PersonId by, Err *err);
// From `until` on it is not held. ERR_BUSY where it had ended already.
bool store_post_end(Db *db, const Scope *scope, int64_t id, Date until, Err *err);
bool store_post_end_all(Db *db, SiteId site, PersonId person, Date until, Err *err);

typedef struct OrganPower {
    Str name;
    bool active;
    bool within; // it and everything below it is in the scope
    bool at_top; // it runs the site
} OrganPower;

// What giving a role at this organ would give a say in. ERR_MISSING out of scope.
bool store_organ_power(Db *db, const Scope *scope, OrganId organ, Arena *a, OrganPower *out,
                       Err *err);

#endif
