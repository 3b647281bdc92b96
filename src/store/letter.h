// Letters as they went out, the wording that was changed, and how organs number theirs.
#ifndef GONGKAI_STORE_LETTER_H
#define GONGKAI_STORE_LETTER_H

#include "domain/letter.h"
#include "store/request.h"

typedef struct LetterId {
    int64_t n;
} LetterId;

// What a letter belongs to. Kind and id find it; the rest is what the letter says of it.
typedef struct LetterOwner {
    LetterOf kind;
    int64_t id; // RequestId, CorrectionId
    OrganId organ;
    Str code, title;
} LetterOwner;

static inline LetterOwner letter_owner(LetterOf kind, int64_t id)
{
    return (LetterOwner){.kind = kind, .id = id};
}
LetterOwner letter_owner_request(const InfoRequest *request);

typedef struct Letter {
    LetterId id;
    LetterOwner owner;
    LetterKind kind;
    bool is_void;
    int year;
    int64_t number;
    Str code; // 示住建公复〔2026〕17号
    Str title, addressee;
    Str body; // a paragraph a line; empty in lists, and when its time of keeping is over
    Str organ_name, head;
    Str address, postcode; // of an addressee who is not the applicant
    int64_t template_version;
    Date on;
    PersonId person;
    Str person_name;
    int64_t created_at, void_at;
    Str void_by, void_reason;
} Letter;

typedef struct Letters {
    Letter *v;
    size_t n, cap;
} Letters;

// --- letters

bool store_letter_get(Db *db, const Scope *scope, LetterId id, Arena *a, Letter *out, Err *err);
// Of one owner, in the order they were made, without their bodies.
bool store_letter_of(Db *db, const Scope *scope, LetterOwner owner, Arena *a, Letters *out,
                     Err *err);

typedef struct LetterAsk {
    Str kind;        // an id of letter_defs; empty: any
    Str text;        // part of number, addressee, owner's number or title; empty: any
    Date from, to;   // days of the letters, both included; date_none: any
    OrganId organ;   // 0: any in scope
    LetterId before; // keyset: older than this one; 0: from the newest
    int64_t limit;   // at most 200; 0: 50
} LetterAsk;

// Newest first, without bodies.
bool store_letter_list(Db *db, const Scope *scope, const LetterAsk *ask, Arena *a, Letters *out,
                       Err *err);

// Inside an act. Gives it the next number of its organ in the year of its day; sets id, year,
// number and code (`prefix`〔2026〕17号).
bool store_letter_add(Db *db, SiteId site, Str prefix, Letter *letter, Arena *a, Err *err);
// ERR_RULE where it is void already; ERR_MISSING out of scope.
bool store_letter_void(Db *db, const Scope *scope, LetterId id, Str by, Str reason, int64_t now,
                       Err *err);

// What named people, of all letters of a request whose time of keeping is over and of corrections
// that came of it and have ended; numbers, kinds and days stay.
bool store_letter_forget(Db *db, SiteId site, RequestId request, Err *err);

// --- wording

typedef struct LetterTemplate {
    LetterKind kind;
    int64_t version; // 0: the usual wording, never changed
    Str body;        // empty: the usual wording
    Str person_name;
    PersonId person;
    int64_t created_at;
} LetterTemplate;

typedef struct LetterTemplates {
    LetterTemplate *v;
    size_t n, cap;
} LetterTemplates;

// The one in force; version 0 where the site has none of its own.
bool store_letter_template(Db *db, SiteId site, LetterKind kind, Arena *a, LetterTemplate *out,
                           Err *err);
// All versions of a kind, newest first; of all kinds the ones in force.
bool store_letter_template_versions(Db *db, SiteId site, LetterKind kind, Arena *a,
                                    LetterTemplates *out, Err *err);
bool store_letter_templates(Db *db, SiteId site, Arena *a, LetterTemplates *out, Err *err);
// As version + 1 of the one it was made from. ERR_BUSY where somebody else was faster.
bool store_letter_template_add(Db *db, SiteId site, LetterTemplate *next, Err *err);

// --- numbering

typedef struct LetterSettings {
    OrganId organ;
    Str letter_prefix, request_prefix; // empty: made of the organ's short name
    Str head, review_channel, fee_way;
    int64_t version; // 0: never set
} LetterSettings;

bool store_letter_settings(Db *db, SiteId site, OrganId organ, Arena *a, LetterSettings *out,
                           Err *err);
// Over the version it was read at. The organ must be in scope.
bool store_letter_settings_save(Db *db, const Scope *scope, LetterSettings *settings, Err *err);

#endif
