// Drafts as stored: what a person has begun to fill in, one for each form. Every function takes
// whose, and there is none that takes anybody else's.
#ifndef GONGKAI_STORE_DRAFT_H
#define GONGKAI_STORE_DRAFT_H

#include "domain/ids.h"
#include "store/db.h"

typedef struct Draft {
    Str form;        // address of the page the form stands on, and which form of it
    Str body;        // JSON: [["name","value"], …], in the form's order
    int64_t version; // of what was being edited; 0 none
    int64_t at;      // seconds since 1970-01-01 UTC
} Draft;

enum { DRAFT_FORM_MAX = 300, DRAFT_BODY_MAX = 1 << 20, DRAFTS_A_PERSON = 200 };

// *found is false where there is none, and *out untouched.
bool store_draft_get(Db *db, SiteId site, PersonId person, Str form, Arena *a, Draft *out,
                     bool *found, Err *err);
// Takes the place of the one before. The oldest goes where there would be too many.
bool store_draft_save(Db *db, SiteId site, PersonId person, const Draft *draft, Err *err);
bool store_draft_drop(Db *db, SiteId site, PersonId person, Str form, Err *err);
// Those saved before `at`, of everybody; *n is how many went.
bool store_draft_clean(Db *db, SiteId site, int64_t at, int64_t *n, Err *err);

#endif
