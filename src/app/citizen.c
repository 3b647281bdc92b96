#include "app/citizen.h"

#include "app/config.h"
#include "app/key.h"
#include "app/request_work.h"
#include "base/json.h"
#include "domain/proof.h"
#include "store/citizen.h"

enum { HOUR_S = 3600, DAY_S = 86400, CODE_BYTES = 8, KEY_LETTERS = 32, CODES_AN_HOUR = 30 };

// --- how often

typedef struct TryRule {
    Str what;
    int64_t span_s;
    int most; // 0: as configured
} TryRule;

static const TryRule try_rules[TRY__COUNT] = {
    [TRY_FILE] = {SI("file"), DAY_S, 0},
    [TRY_UPLOAD] = {SI("upload"), DAY_S, 200},
    [TRY_CODE] = {SI("code"), HOUR_S, CODES_AN_HOUR},
};

static bool too_many(TryKind kind, int limit, Err *err)
{
    switch (kind) {
    case TRY_FILE:
        return fail(
            err, ERR_LIMIT, NULL,
            "从您的网络今天已经提交了%d件申请，到了每天的上限。请明天再提交，或者邮寄、当面提交；"
            "已经填写的可以先存成草稿",
            "%d requests were filed from this network today, which is the most; try "
            "tomorrow, by mail or in person",
            limit);
    case TRY_UPLOAD:
        return fail(err, ERR_LIMIT, NULL,
                    "从您的网络今天已经上传、保存了%"
                    "d次，到了每天的上限，请明天再试，或者在机关与您联系时补交",
                    "%d uploads from this network today, which is the most; try tomorrow", limit);
    case TRY_CODE:
    case TRY__COUNT:
        break;
    }
    return fail(err, ERR_LIMIT, NULL,
                "从您的网络，这个编号一小时内已经试错%d次，请一小时以后再试，或者向受理机关询问",
                "%d wrong codes for this number from this network within an hour; try later",
                limit);
}

static int most(const App *app, TryKind kind)
{
    return kind == TRY_FILE ? (app->config ? app->config->apply.per_day : 0) : try_rules[kind].most;
}

static bool who_hash(const App *app, Str who, Arena *a, Str *out, Err *err)
{
    Key key;
    unsigned char mac[SHA256_BYTES];
    if (!app_key(app, KEY_FORMS, &key, err))
        return false;
    crypt_mac(&key, str_cat(a, S("citizen try "), who), mac);
    crypt_wipe(&key, sizeof key);
    *out = crypt_hex(a, (Str){(const char *)mac, 16});
    return true;
}

// A number is one, however it is typed.
static Str whose(const App *app, TryKind kind, Str who, Arena *a)
{
    if (kind != TRY_CODE)
        return address_home(a, who);
    return str_cat(a, str_cat(a, request_code_normal(who, a), S(" ")),
                   address_home(a, app->actor.ip));
}

bool citizen_try(App *app, TryKind kind, Str who, bool look, Arena *a, Err *err)
{
    const TryRule *rule = &try_rules[kind];
    int limit = most(app, kind);
    int64_t span = app->now - app->now % rule->span_s, n = 0;
    Str hash;
    if (!who.n || !limit)
        return true;
    if (!who_hash(app, whose(app, kind, who, a), a, &hash, err) ||
        !(look ? store_try_count : store_try_add)(app->db, app->site, rule->what, hash, span, &n,
                                                  err))
        return false;
    return n + look <= limit || too_many(kind, limit, err);
}

// --- a file that waits for its form

static Str held_about(Arena *a, Str key)
{
    return str_cat(a, S("held file "), key);
}

static bool held_seal(App *app, const Held *held, Arena *a, HeldFile *out, Err *err)
{
    Key key;
    if (!app_key(app, KEY_FILES, &key, err))
        return false;
    Str whole = str_cat(a, str_cat(a, held->name, S("\n")), held->bytes);
    *out = (HeldFile){.key_hash = crypt_sha256(a, held->key),
                      .kind = attach_kinds[held->kind].id,
                      .bytes = (int64_t)held->bytes.n,
                      .sealed = crypt_seal(a, &key, whole, held_about(a, held->key)),
                      .made_at = app->now};
    crypt_wipe(&key, sizeof key);
    return true;
}

bool app_held_add(App *app, Str name, Str bytes, Arena *a, Held *out, Err *err)
{
    Held held = {.key = crypt_token(a, KEY_LETTERS / 2)};
    HeldFile file;
    if (!citizen_try(app, TRY_UPLOAD, app->actor.ip, false, a, err) ||
        !proof_clean(bytes, a, &held.kind, &held.bytes, err))
        return false;
    held.name = attach_kind_name(held.kind, name, a);
    if (!held_seal(app, &held, a, &file, err) || !store_held_add(app->db, app->site, &file, err))
        return false;
    *out = held;
    return true;
}

static bool held_gone(Err *err)
{
    return fail(err, ERR_MISSING, NULL, "上传的文件已经过期，请重新选择文件",
                "the file was thrown away; choose it again");
}

bool app_held_get(App *app, Str key_typed, Arena *a, Held *out, Err *err)
{
    HeldFile file;
    bool found;
    Key key;
    Str whole, name, bytes;
    Held held = {.key = key_typed};
    if (key_typed.n != KEY_LETTERS)
        return held_gone(err);
    if (!store_held_get(app->db, app->site, crypt_sha256(a, key_typed), a, &file, &found, err))
        return false;
    if (!found || file.made_at + HELD_S < app->now)
        return held_gone(err);
    if (!app_key(app, KEY_FILES, &key, err))
        return false;
    bool opened = crypt_open(a, &key, file.sealed, held_about(a, key_typed), &whole);
    crypt_wipe(&key, sizeof key);
    if (!opened || !attach_kind_named(file.kind, &held.kind) ||
        !str_cut(whole, S("\n"), &name, &bytes))
        return held_gone(err);
    held.name = name;
    held.bytes = bytes;
    *out = held;
    return true;
}

// --- codes

Str code_typed(Arena *a, Str code)
{
    char *s =
        str_to_z(a, str_replace(a, str_replace(a, str_trim(code), S(" "), S("")), S("-"), S("")));
    for (char *c = s; *c; c++)
        if (*c >= 'A' && *c <= 'Z')
            *c = (char)(*c + 'a' - 'A');
    return str_z(s);
}

Str code_shown(Arena *a, Str code)
{
    Strs groups = {0};
    for (size_t i = 0; i < code.n; i += 4)
        *PUSH(a, &groups) = str_sub(code, i, i + 4);
    return str_join(a, groups.v, groups.n, S(" "));
}

// --- drafts

static Str draft_about(Arena *a, Str code)
{
    return str_cat(a, S("citizen draft "), code);
}

static Str draft_json(const DraftFields *fields, Arena *a)
{
    Buf b = buf_new(a, CITIZEN_DRAFT_MAX);
    JsonOut w = json_out(&b);
    json_array(&w);
    for (size_t i = 0; i < fields->n; i++) {
        json_array(&w);
        json_str(&w, fields->v[i].name);
        json_str(&w, fields->v[i].value);
        json_end(&w);
    }
    json_end(&w);
    return b.full ? S("") : buf_str(&b);
}

static bool draft_read(Str json, Arena *a, DraftFields *out, Err *err)
{
    const Json *list;
    DraftFields fields = {0};
    if (!json_read(json, CITIZEN_DRAFT_MAX, a, &list, err))
        return false;
    for (const Json *one = json_first(list); one; one = json_next(one)) {
        DraftField f = {0};
        const Json *name = json_first(one);
        if (json_as_str(name, &f.name) && json_as_str(json_next(name), &f.value))
            *PUSH(a, &fields) = f;
    }
    *out = fields;
    return true;
}

int app_citizen_draft_days(const App *app)
{
    enum { USUAL = 7 };
    return app->config && app->config->apply.draft_s ? app->config->apply.draft_s / DAY_S : USUAL;
}

bool app_citizen_draft_save(App *app, Str typed, const DraftFields *fields, Arena *a, Str *out,
                            Err *err)
{
    Key key;
    Str code = code_typed(a, typed), json = draft_json(fields, a);
    if (code.n != 2 * CODE_BYTES)
        code = crypt_token(a, CODE_BYTES);
    if (!json.n)
        return fail(err, ERR_LIMIT, NULL, "内容太长，存不了草稿", "too long for a draft");
    if (!citizen_try(app, TRY_UPLOAD, app->actor.ip, false, a, err) ||
        !app_key(app, KEY_SECRETS, &key, err))
        return false;
    Str sealed = crypt_seal(a, &key, json, draft_about(a, code));
    crypt_wipe(&key, sizeof key);
    if (!store_citizen_draft_save(app->db, app->site, crypt_sha256(a, code), sealed, app->now, err))
        return false;
    *out = code_shown(a, code);
    return true;
}

bool app_citizen_draft_get(App *app, Str typed, Arena *a, DraftFields *out, Err *err)
{
    Key key;
    Str code = code_typed(a, typed), sealed, json;
    int64_t saved_at;
    bool found;
    if (!store_citizen_draft_get(app->db, app->site, crypt_sha256(a, code), a, &sealed, &saved_at,
                                 &found, err) ||
        !app_key(app, KEY_SECRETS, &key, err))
        return false;
    bool good = found && saved_at + (int64_t)app_citizen_draft_days(app) * DAY_S > app->now &&
                crypt_open(a, &key, sealed, draft_about(a, code), &json);
    crypt_wipe(&key, sizeof key);
    if (!good)
        return fail(err, ERR_MISSING, NULL, "没有找到这份草稿。请核对续填码；草稿只保存%d天",
                    "no such draft; they are kept for %d days", app_citizen_draft_days(app));
    return draft_read(json, a, out, err);
}

bool app_citizen_draft_drop(App *app, Str typed, Arena *a, Err *err)
{
    return store_citizen_draft_drop(app->db, app->site, crypt_sha256(a, code_typed(a, typed)), err);
}

// --- the job

bool app_citizen_clean(App *app, Arena *a, Str *did, Err *err)
{
    int64_t held, drafts, tries, days = app_citizen_draft_days(app);
    if (!store_held_forget(app->db, app->site, app->now - HELD_S, &held, err) ||
        !store_citizen_draft_forget(app->db, app->site, app->now - days * DAY_S, &drafts, err) ||
        !store_try_forget(app->db, app->site, app->now - 2 * DAY_S, &tries, err))
        return false;
    *did = held + drafts ? str_fmt(a, "threw away %lld files and %lld drafts of citizens",
                                   (long long)held, (long long)drafts)
                         : S("");
    return true;
}
