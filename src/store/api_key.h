// Keys of other systems, of which only hashes are kept.
#ifndef GONGKAI_STORE_API_KEY_H
#define GONGKAI_STORE_API_KEY_H

#include "store/scope.h"

typedef struct ApiKey {
    int64_t id;
    Str name;
    OrganId organ;
    Str organ_name;
    Str verbs; // domain/api_key.h
    Str hash, head;
    int64_t created_at;
    PersonId person; // who made it
    Str person_name;
    int64_t expires_at, used_at, revoked_at; // 0: never
    int64_t per_minute;                      // how often it may ask
} ApiKey;

typedef struct ApiKeys {
    ApiKey *v;
    size_t n, cap;
} ApiKeys;

bool store_api_key_list(Db *db, const Scope *scope, Arena *a, ApiKeys *out, Err *err);
// By its hash, whatever its state. *found says whether there is one.
bool store_api_key_by_hash(Db *db, SiteId site, Str hash, Arena *a, ApiKey *out, bool *found,
                           Err *err);
bool store_api_key_add(Db *db, SiteId site, ApiKey *key, Err *err); // sets id
// ERR_BUSY where it is revoked already, ERR_MISSING out of scope.
bool store_api_key_revoke(Db *db, const Scope *scope, int64_t id, int64_t now, Arena *a,
                          ApiKey *out, Err *err);
bool store_api_key_used(Db *db, SiteId site, int64_t id, int64_t now, Err *err);

#endif
