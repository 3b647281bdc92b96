// Second factors (动态口令) and recovery codes, as stored: always by the person whose own they
// are.
#ifndef GONGKAI_STORE_SECOND_H
#define GONGKAI_STORE_SECOND_H

#include "base/crypt.h"
#include "domain/ids.h"
#include "store/db.h"

typedef struct Second {
    Str secret;        // sealed
    int64_t since;     // seconds since 1970-01-01 UTC
    int64_t last_step; // this one and those before are used up
} Second;

// *found false where there is none.
bool store_second_get(Db *db, SiteId site, PersonId person, Arena *a, Second *out, bool *found,
                      Err *err);
bool store_second_has(Db *db, SiteId site, PersonId person, bool *out, Err *err);
// In place of the one before.
bool store_second_set(Db *db, SiteId site, PersonId person, const Second *second, Err *err);
// *used false where this step or a later one is used up already, by whomever came first.
bool store_second_use(Db *db, SiteId site, PersonId person, int64_t step, bool *used, Err *err);
bool store_second_drop(Db *db, SiteId site, PersonId person, Err *err); // recovery codes too

// --- recovery codes

typedef struct CodeHash {
    unsigned char bytes[SHA256_BYTES];
} CodeHash;

// In place of those before.
bool store_recovery_set(Db *db, SiteId site, PersonId person, const CodeHash *codes, size_t n,
                        Err *err);
// *used false where it is not one of theirs, or was used before.
bool store_recovery_use(Db *db, SiteId site, PersonId person, const CodeHash *code, int64_t now,
                        bool *used, Err *err);
bool store_recovery_left(Db *db, SiteId site, PersonId person, int64_t *n, Err *err);

#endif
