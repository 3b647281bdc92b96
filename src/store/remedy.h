// Cases of 行政复议 and 行政诉讼 as stored: the case, its facts, and what follows from them as kept
// for lists. domain/remedy.h says what they mean.
#ifndef GONGKAI_STORE_REMEDY_H
#define GONGKAI_STORE_REMEDY_H

#include "domain/remedy.h"
#include "store/request.h"

typedef struct RemedyId {
    int64_t n;
} RemedyId;

typedef struct RemedyCase {
    RemedyId id, after; // after: the review that a suit follows
    OrganId organ;
    Str organ_name;
    RequestId request; // 0: about none that is here
    Str request_code;
    RemedyKind kind;
    RemedyAbout about;
    Str title, applicant, note;
    // computed from the facts
    Date filed;
    Str forum, number;
    RemedyPhase phase;
    RemedyStage stage;
    bool decided;
    RemedyResult result;
    Date closed, answer_by, redo_by;
    int64_t version, created_at;
} RemedyCase;

typedef struct RemedyCases {
    RemedyCase *v;
    size_t n, cap;
} RemedyCases;

typedef struct StoredRemedyFact {
    RemedyFact fact;
    Str result; // as stored: of RF_DECIDED a result, of RF_REDONE an outcome
    Str forum, number, document, note, person_name, struck_why;
    int64_t recorded_at, struck_at;
} StoredRemedyFact;

typedef struct StoredRemedyFacts {
    StoredRemedyFact *v;
    size_t n, cap;
} StoredRemedyFacts;

bool store_remedy_get(Db *db, const Scope *scope, RemedyId id, Arena *a, RemedyCase *out, Err *err);
bool store_remedy_facts(Db *db, SiteId site, RemedyId id, Arena *a, StoredRemedyFacts *out,
                        Err *err);
RemedyFacts remedy_standing(const StoredRemedyFacts *stored, Arena *a); // those not struck

typedef struct RemedyAskList {
    Date from, to; // filed in; date_none open
    bool any_kind, open_only;
    RemedyKind kind;
    RequestId request; // 0: any
    Date closed_from;  // pending, or closed on that day or later; date_none: whichever
    Str text;          // part of title, applicant or number
    int64_t before;    // keyset, newest first: below this number; 0: from the newest
    int64_t limit;
} RemedyAskList;

bool store_remedy_list(Db *db, const Scope *scope, const RemedyAskList *ask, Arena *a,
                       RemedyCases *out, Err *err);

// Those about a request in which it has to be handled again, the one that is due first before the
// others. Read without a scope: whoever calls has the request.
bool store_remedy_waiting(Db *db, SiteId site, RequestId request, Arena *a, RemedyCases *out,
                          Err *err);
// One of them by its number, likewise. ERR_MISSING.
bool store_remedy_of(Db *db, SiteId site, RequestId request, RemedyId id, Arena *a, RemedyCase *out,
                     Err *err);

// --- writing, inside an act

bool store_remedy_add(Db *db, SiteId site, RemedyCase *c, Err *err);         // sets id, version
bool store_remedy_save(Db *db, const Scope *scope, RemedyCase *c, Err *err); // ERR_BUSY
bool store_remedy_fact_add(Db *db, SiteId site, RemedyId id, const StoredRemedyFact *fact,
                           PersonId person, Err *err);
bool store_remedy_fact_strike(Db *db, SiteId site, RemedyId id, int64_t fact, Str why, int64_t now,
                              Err *err);

// --- settings

typedef struct RemedySettingRows {
    RemedySettings settings;
    int64_t version; // of all together
} RemedySettingRows;
bool store_remedy_settings(Db *db, SiteId site, RemedySettingRows *out, Err *err);
bool store_remedy_setting_save(Db *db, SiteId site, RemedySettingId setting, int n, Err *err);

#endif
