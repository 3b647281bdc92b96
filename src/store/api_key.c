#include "store/api_key.h"

#include "store/site.h"

#define KEY_COLUMNS                                                                                \
    "SELECT k.api_key_id, k.name, k.organ_id, o.name, k.verbs, k.hash, k.head, k.created_at,"      \
    " k.person_id, p.name, k.expires_at, k.used_at, k.revoked_at, k.per_minute"                    \
    " FROM api_key k"                                                                              \
    " JOIN organ o ON o.site_id = k.site_id AND o.organ_id = k.organ_id"                           \
    " LEFT JOIN person p ON p.site_id = k.site_id AND p.person_id = k.person_id"                   \
    " WHERE k.site_id = ?1"

static ApiKey key_row(Stmt *s, Arena *a)
{
    ApiKey k = {0};
    k.id = col_int(s);
    k.name = col_str(s, a);
    k.organ.n = col_int(s);
    k.organ_name = col_str(s, a);
    k.verbs = col_str(s, a);
    k.hash = col_str(s, a);
    k.head = col_str(s, a);
    k.created_at = col_int(s);
    k.person.n = col_int(s);
    k.person_name = col_str(s, a);
    k.expires_at = col_int(s);
    k.used_at = col_int(s);
    k.revoked_at = col_int(s);
    k.per_minute = col_int(s);
    return k;
}

static const char SQL_LIST[] =
    KEY_COLUMNS " AND " IN_SCOPE("k.organ_id") " ORDER BY k.revoked_at IS NOT NULL, k.api_key_id";

bool store_api_key_list(Db *db, const Scope *scope, Arena *a, ApiKeys *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_LIST);
    ApiKeys found = {0};
    bind_scope(&s, scope);
    while (stmt_row(&s))
        *PUSH(a, &found) = key_row(&s, a);
    if (!stmt_ok(&s, err))
        return false;
    *out = found;
    return true;
}

static const char SQL_BY_HASH[] = KEY_COLUMNS " AND k.hash = ?2";

bool store_api_key_by_hash(Db *db, SiteId site, Str hash, Arena *a, ApiKey *out, bool *found,
                           Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_BY_HASH);
    bind_int(&s, site.n);
    bind_str(&s, hash);
    bool has = stmt_row(&s);
    ApiKey k = has ? key_row(&s, a) : (ApiKey){0};
    if (!stmt_ok(&s, err))
        return false;
    *out = k;
    *found = has;
    return true;
}

static const char SQL_ADD[] =
    "INSERT INTO api_key (site_id, api_key_id, name, organ_id, verbs, hash, head, created_at,"
    " person_id, expires_at, per_minute)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";

bool store_api_key_add(Db *db, SiteId site, ApiKey *key, Err *err)
{
    int64_t id;
    if (!store_number(db, site, S("api_key"), &id, err))
        return false;
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_ADD);
    bind_int(&s, site.n);
    bind_int(&s, id);
    bind_str(&s, key->name);
    bind_int(&s, key->organ.n);
    bind_str(&s, key->verbs);
    bind_str(&s, key->hash);
    bind_str(&s, key->head);
    bind_int(&s, key->created_at);
    key->person.n ? bind_int(&s, key->person.n) : bind_null(&s);
    bind_int(&s, key->expires_at);
    bind_int(&s, key->per_minute);
    if (!stmt_run(&s, err))
        return false;
    key->id = id;
    return true;
}

static const char SQL_GET[] = KEY_COLUMNS " AND " IN_SCOPE("k.organ_id") " AND k.api_key_id = ?4";
static const char SQL_REVOKE[] = "UPDATE api_key SET revoked_at = ?3"
                                 " WHERE site_id = ?1 AND api_key_id = ?2 AND revoked_at IS NULL";

static bool key_get(Db *db, const Scope *scope, int64_t id, Arena *a, ApiKey *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_GET);
    bind_scope(&s, scope);
    bind_int(&s, id);
    bool has = stmt_row(&s);
    ApiKey k = has ? key_row(&s, a) : (ApiKey){0};
    if (!stmt_ok(&s, err))
        return false;
    *out = k;
    return has || fail(err, ERR_MISSING, NULL, "没有这个密钥", "there is no such key");
}

bool store_api_key_revoke(Db *db, const Scope *scope, int64_t id, int64_t now, Arena *a,
                          ApiKey *out, Err *err)
{
    if (!key_get(db, scope, id, a, out, err))
        return false;
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_REVOKE);
    bind_int(&s, scope->site.n);
    bind_int(&s, id);
    bind_int(&s, now);
    if (!stmt_run(&s, err))
        return false;
    return db_changes(db) == 1 ||
           fail(err, ERR_BUSY, NULL, "这个密钥已经撤销", "the key is revoked already");
}

static const char SQL_USED[] =
    "UPDATE api_key SET used_at = ?3 WHERE site_id = ?1 AND api_key_id = ?2";

bool store_api_key_used(Db *db, SiteId site, int64_t id, int64_t now, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_USED);
    bind_int(&s, site.n);
    bind_int(&s, id);
    bind_int(&s, now);
    return stmt_run(&s, err);
}
