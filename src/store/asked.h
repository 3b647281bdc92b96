// What requests ask for, as wordings that are found again (domain/asked.h): the same question of
// this organ or of another, and similar ones.
#ifndef GONGKAI_STORE_ASKED_H
#define GONGKAI_STORE_ASKED_H

#include "domain/asked.h"
#include "store/request.h"

// The wording of a request; 0 where none was kept.
bool store_asked_of(Db *db, SiteId site, RequestId id, int64_t *out, Err *err);

// The wording with this hash; 0 where nobody has asked so.
bool store_asked_find(Db *db, SiteId site, Str hash, int64_t *out, Err *err);

// Keeps that `request` is of the wording with this hash, which is made where it is new; *made says
// so. Inside the caller's transaction.
bool store_asked_keep(Db *db, SiteId site, const InfoRequest *request, Str hash, int64_t *asked,
                      bool *made, Err *err);
bool store_asked_bands(Db *db, SiteId site, int64_t asked, const int64_t *bands, size_t n,
                       Err *err);

// Requests without a wording, at most `limit`, from the highest number down: filed before there
// were any.
bool store_asked_missing(Db *db, SiteId site, int64_t limit, Arena *a, InfoRequests *out, Err *err);

typedef struct AskedCandidate {
    int64_t asked;
    int bands; // in common
    Str title, description;
} AskedCandidate;

typedef struct AskedCandidates {
    AskedCandidate *v;
    size_t n, cap;
} AskedCandidates;

// Wordings that share a band with these, the most first: at most 64 of each band are looked at, and
// `limit` given. `but` is left out.
bool store_asked_near(Db *db, SiteId site, int64_t but, const int64_t *bands, size_t n,
                      size_t limit, Arena *a, AskedCandidates *out, Err *err);

// A request of the same or of a similar wording.
typedef struct AskedRequest {
    RequestId id;
    OrganId organ;
    Str organ_name, code, title, outcome;
    Str document; // the reply's number, where it was answered
    Phase phase;
    bool open;
    Date filed, ended;
    int alike; // per mille
    bool same_applicant;
    RequestId lead; // that it follows; 0: none
} AskedRequest;

typedef struct AskedRequests {
    AskedRequest *v;
    size_t n, cap;
} AskedRequests;

typedef enum AskedList {
    ASKED_NEWEST,    // of the organ, the newest first
    ASKED_OLDEST,    // of the organ, those that came first
    ASKED_ELSEWHERE, // of every other organ in scope the first one
    ASKED_OWN,       // of the organ, by this applicant
    ASKED_LIST__COUNT,
} AskedList;

typedef struct AskedAsk {
    AskedList list;
    int64_t asked;
    RequestId but; // is left out
    OrganId organ;
    Str applicant; // applicant_key, for same_applicant; and for ASKED_OWN
    int64_t limit;
} AskedAsk;

// In scope, by number from the highest down; added to *out.
bool store_asked_requests(Db *db, const Scope *scope, const AskedAsk *ask, Arena *a,
                          AskedRequests *out, Err *err);

// How many in scope have the wording.
bool store_asked_count(Db *db, const Scope *scope, int64_t asked, int64_t *out, Err *err);

// One applicant's requests to an organ from one day to another: how many, and of how many different
// wordings.
bool store_asked_by_applicant(Db *db, SiteId site, OrganId organ, Str applicant, Date from, Date to,
                              int64_t *n, int64_t *wordings, Err *err);

// --- many of one wording

typedef struct AskedMany {
    int64_t asked;
    OrganId organ;
    Str organ_name, title;
    int64_t n;        // in all
    int64_t n_open;   // of them not ended and in no group; counted up to ASKED_COUNTED
    RequestId oldest; // of those, or 0
    RequestId lead;   // of a group of this wording that is open; or 0
    Date last;        // filed
} AskedMany;

typedef struct AskedManys {
    AskedMany *v;
    size_t n, cap;
} AskedManys;

enum { ASKED_COUNTED = 100000 };

// What is proposed to be joined: wordings of which the newest was filed since `since`, that are
// asked by at least ASKED_MANY and not declined, or asked by more since. Newest first.
bool store_asked_many(Db *db, const Scope *scope, Date since, int64_t limit, Arena *a,
                      AskedManys *out, Err *err);
bool store_asked_many_get(Db *db, const Scope *scope, OrganId organ, int64_t asked, Arena *a,
                          AskedMany *out, Err *err);
bool store_asked_decline(Db *db, const Scope *scope, OrganId organ, int64_t asked, PersonId by,
                         Str why, Err *err);

#endif
