// What is kept for people without an account: files that wait for their form, drafts, how often one
// place asks, and what applicants say about their requests. The texts are sealed by who calls.
#ifndef GONGKAI_STORE_CITIZEN_H
#define GONGKAI_STORE_CITIZEN_H

#include "domain/word.h"
#include "store/request.h"

// --- files that wait for their form

typedef struct HeldFile {
    Str key_hash, kind;
    int64_t bytes; // of what it holds
    Str sealed;
    int64_t made_at;
} HeldFile;

bool store_held_add(Db *db, SiteId site, const HeldFile *file, Err *err);
bool store_held_get(Db *db, SiteId site, Str key_hash, Arena *a, HeldFile *out, bool *found,
                    Err *err);
bool store_held_drop(Db *db, SiteId site, Str key_hash, Err *err);
bool store_held_forget(Db *db, SiteId site, int64_t before, int64_t *n, Err *err);

// --- drafts

// Saved over the one of the same code.
bool store_citizen_draft_save(Db *db, SiteId site, Str code_hash, Str sealed, int64_t now,
                              Err *err);
bool store_citizen_draft_get(Db *db, SiteId site, Str code_hash, Arena *a, Str *sealed,
                             int64_t *saved_at, bool *found, Err *err);
bool store_citizen_draft_drop(Db *db, SiteId site, Str code_hash, Err *err);
bool store_citizen_draft_forget(Db *db, SiteId site, int64_t before, int64_t *n, Err *err);

// --- how often

// One more in the span that begins at `span`; *n with this one. Within a transaction or without.
bool store_try_add(Db *db, SiteId site, Str what, Str who, int64_t span, int64_t *n, Err *err);
bool store_try_count(Db *db, SiteId site, Str what, Str who, int64_t span, int64_t *n, Err *err);
bool store_try_forget(Db *db, SiteId site, int64_t before, int64_t *n, Err *err);

// --- what applicants say

typedef struct SaidWord {
    int64_t id; // within the request
    WordKind kind;
    Str sealed;
    Str text; // opened, by the app; not stored
    int64_t fact, file;
    int64_t said_at;
} SaidWord;

typedef struct SaidWords {
    SaidWord *v;
    size_t n, cap;
} SaidWords;

// The next number of the request, for the seal.
bool store_word_next(Db *db, SiteId site, RequestId request, int64_t *out, Err *err);
bool store_word_add(Db *db, SiteId site, RequestId request, const SaidWord *word, Err *err);
// In the order they were said. SaidWords of a newer program are left out.
bool store_word_list(Db *db, SiteId site, RequestId request, Arena *a, SaidWords *out, Err *err);

// --- mail to applicants

bool store_request_mail_set(Db *db, SiteId site, RequestId request, bool wanted, Err *err);
bool store_request_mail_wanted(Db *db, SiteId site, RequestId request, bool *out, Err *err);
bool store_request_mail_told(Db *db, SiteId site, RequestId request, int64_t fact, Err *err);

typedef struct MailDue {
    RequestId request;
    int64_t told;
} MailDue;
typedef struct MailDues {
    MailDue *v;
    size_t n, cap;
} MailDues;

// Requests whose applicants want mail and that have facts they have not been told of; at most
// `limit`, by number.
bool store_request_mail_due(Db *db, SiteId site, int limit, Arena *a, MailDues *out, Err *err);

#endif
