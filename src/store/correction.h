// Corrections of records about oneself (条例第四十一条) as stored. Who asks is sealed as in
// requests.
#ifndef GONGKAI_STORE_CORRECTION_H
#define GONGKAI_STORE_CORRECTION_H

#include "domain/correction.h"
#include "store/letter.h"

typedef struct CorrectionId {
    int64_t n;
} CorrectionId;

typedef struct Correction {
    CorrectionId id;
    OrganId organ;
    Str organ_name;
    int year;
    int64_t number;
    Str code, query_hash;
    Channel channel;
    ApplicantKind applicant_kind;
    Str applicant_name, applicant_key, sealed;
    Str record, wrong, claim, evidence;
    RequestId request; // 0: none
    PersonId handler;
    Str handler_name;
    Date target; // the organ's own; date_none none
    CorrectionDays days;
    Str examined;
    bool ended;
    CorrectionOutcome outcome;
    Str words, document;
    int64_t version, created_at;
} Correction;

typedef struct Corrections {
    Correction *v;
    size_t n, cap;
} Corrections;

LetterOwner letter_owner_correction(const Correction *correction);

bool store_correction_get(Db *db, const Scope *scope, CorrectionId id, Arena *a, Correction *out,
                          Err *err);
// By number and hash of the code that its applicant has. *found says whether there is one.
bool store_correction_by_code(Db *db, SiteId site, Str code, Str query_hash, CorrectionId *out,
                              bool *found, Err *err);

typedef struct CorrectionAsk {
    bool open_only;
    Str text;       // part of code, record or name
    int64_t before; // keyset, newest first; 0: from the newest
    int64_t limit;
} CorrectionAsk;
bool store_correction_list(Db *db, const Scope *scope, const CorrectionAsk *ask, Arena *a,
                           Corrections *out, Err *err);

// Gives it its number in the year of filing; sets id, number, code, version.
bool store_correction_add(Db *db, SiteId site, Str prefix, Correction *c, Arena *a, Err *err);
// What was examined and how it ended, over the version it was read at. ERR_BUSY.
bool store_correction_save(Db *db, const Scope *scope, Correction *c, Err *err);

#endif
