#include "app/api_key.h"

#include "app/act.h"
#include "base/json.h"
#include "store/organ.h"

enum { USED_EVERY_S = 300, TOKEN_BYTES = 32, HEAD_LETTERS = 11, NOTE_BYTES = 16 << 10 };
#define TOKEN_BEGINS "gk_"

static Str key_json(const ApiKey *k, Arena *a)
{
    Buf b = buf_new(a, NOTE_BYTES);
    JsonOut w = json_out(&b);
    json_object(&w);
    json_put_str(&w, "name", k->name);
    json_put_str(&w, "organ", k->organ_name);
    json_put_str(&w, "power", k->verbs);
    json_put_int(&w, "per_minute", k->per_minute);
    json_put_str(&w, "until", date_iso(a, moment_day(k->expires_at)));
    json_end(&w);
    return buf_str(&b);
}

static bool note(Act *act, ActKind kind, const ApiKey *k, Arena *a, Err *err)
{
    bool made = kind == ACT_API_KEY_MAKE;
    ActNote n = {.kind = kind,
                 .noun = S("api_key"),
                 .noun_id = k->id,
                 .organ = k->organ,
                 .was = made ? S("") : key_json(k, a),
                 .became = made ? key_json(k, a) : S("")};
    return act_note(act, &n, err);
}

bool app_api_key_make(App *app, const ApiKeyNew *key, Arena *a, ApiKey *out, Str *token, Err *err)
{
    CLEANUP(act_end) Act act = {0};
    Organ organ;
    Str made = str_cat(a, S(TOKEN_BEGINS), crypt_token(a, TOKEN_BYTES));
    ApiKey k = {.name = key->name,
                .organ = key->organ,
                .verbs = api_key_ids(key->powers, a),
                .hash = crypt_sha256(a, made),
                .head = str_sub(made, 0, HEAD_LETTERS),
                .created_at = app->now,
                .person = app->actor.person,
                .expires_at = moment_begin(key->expires),
                .per_minute = key->per_minute ? key->per_minute : API_KEY_A_MINUTE};
    if (!api_key_may(k.name, key->powers, key->expires, k.per_minute, app->today, err) ||
        !act_begin(app, &act, err) ||
        !store_organ_get(app->db, &app->scope, key->organ, a, &organ, err))
        return false;
    k.organ_name = organ.name;
    if (!store_api_key_add(app->db, app->site, &k, err) ||
        !note(&act, ACT_API_KEY_MAKE, &k, a, err) || !act_commit(&act, err))
        return false;
    *out = k;
    *token = made;
    return true;
}

bool app_api_key_revoke(App *app, int64_t id, Arena *a, Err *err)
{
    CLEANUP(act_end) Act act = {0};
    ApiKey k;
    return act_begin(app, &act, err) &&
           store_api_key_revoke(app->db, &app->scope, id, app->now, a, &k, err) &&
           note(&act, ACT_API_KEY_REVOKE, &k, a, err) && act_commit(&act, err);
}

static bool used(App *app, const ApiKey *k, Err *err)
{
    if (k->used_at > app->now - USED_EVERY_S && k->used_at <= app->now)
        return true;
    CLEANUP(tx_end) Tx tx = tx_begin(app->db);
    return store_api_key_used(app->db, app->site, k->id, app->now, err) && tx_commit(&tx, err);
}

bool app_api_key_viewer(App *app, Str token, Arena *a, Viewer *out, int64_t *id, bool *found,
                        Err *err)
{
    ApiKey k;
    bool has;
    *found = false;
    if (!str_starts(token, S(TOKEN_BEGINS)))
        return true;
    if (!store_api_key_by_hash(app->db, app->site, crypt_sha256(a, token), a, &k, &has, err))
        return false;
    if (!has || k.revoked_at || k.expires_at <= app->now)
        return true;
    if (!used(app, &k, err))
        return false;
    *out = (Viewer){.site = app->site,
                    .name = k.name,
                    .organ = k.organ,
                    .organ_name = k.organ_name,
                    .powers = api_key_powers(k.verbs),
                    .key = k.id,
                    .per_minute = (int)k.per_minute};
    *id = k.id;
    *found = true;
    return true;
}
