#include "app/act.h"
#include "app/audit.h"
#include "app/key.h"
#include "base/json.h"
#include "store/audit.h"

static bool seal_key(const App *app, int64_t number, Key *out, Err *err)
{
    Key any;
    if (!app_key(app, KEY_SEALS, &any, err)) // tells why there is none
        return false;
    crypt_wipe(&any, sizeof any);
    *out = crypt_key_nth(&app->master, KEY_SEALS, (uint64_t)number);
    return true;
}

static void public_of(const App *app, int64_t number, unsigned char out[PUBLIC_KEY_BYTES])
{
    Key key = crypt_key_nth(&app->master, KEY_SEALS, (uint64_t)number);
    crypt_public_key(&key, out);
    crypt_wipe(&key, sizeof key);
}

// The number of the key that the last seal names for the next: its own, or the one after.
static bool key_number(const App *app, const Seal *last, int64_t *out, Err *err)
{
    unsigned char key[PUBLIC_KEY_BYTES];
    for (int64_t number = last->key_number; last->id && number <= last->key_number + 1; number++) {
        public_of(app, number, key);
        if (memcmp(key, last->next_key, sizeof key) == 0)
            return *out = number, true;
    }
    if (last->id)
        return fail(err, ERR_RULE, NULL, "本站密钥不是此前封存所用的密钥，请恢复原来的密钥文件",
                    "the site's secret is not the one that sealed so far; restore the key file");
    return *out = 1, true;
}

static bool lines_hold(App *app, const Seal *last, Err *err)
{
    Verified since = {0};
    Date from = last->id ? (Date){(int32_t)last->day + 1} : date_none;
    if (!app_audit_verify(app, &(VerifyOptions){.from = from}, &since, err))
        return false;
    return since.fault == AUDIT_FINE ||
           fail(err, ERR_SYSTEM, audit_fault_defs[since.fault].id.s,
                "操作记录在第%lld行、第%lld次封存处不完整，没有封存；请运行 gongkai audit verify",
                "the audit does not hold at line %lld, seal %lld, and was not sealed; run gongkai"
                " audit verify",
                (long long)since.line, (long long)since.seal);
}

static Str became_of(const Seal *seal, bool new_key, Arena *a)
{
    Buf b = buf_new(a, 1024);
    JsonOut w = json_out(&b);
    json_object(&w);
    json_put_int(&w, "seal", seal->id);
    if (new_key)
        json_put_str(&w, "next_key",
                     crypt_hex(a, (Str){(const char *)seal->next_key, PUBLIC_KEY_BYTES}));
    json_end(&w);
    return buf_str(&b);
}

// Fills what is signed; the last line is the one that the act has just noted.
static bool seal_fill(App *app, const Seal *last, Seal *seal, Arena scratch, Err *err)
{
    AuditLine line;
    if (!store_audit_last(app->db, app->site, &line, err))
        return false;
    seal->line = line.id;
    memcpy(seal->line_hash, line.hash, sizeof seal->line_hash);
    if (last->id)
        seal_hash(app->site, last, scratch, seal->previous);
    return true;
}

static bool seal_make(App *app, const Seal *last, bool new_key, Arena *a, Seal *out, Err *err)
{
    CLEANUP(act_end) Act act = {0};
    Seal seal = {.id = last->id + 1, .day = app->today.days, .at = app->now};
    Key key;
    if (!act_begin(app, &act, err) || !key_number(app, last, &seal.key_number, err))
        return false;
    if (new_key)
        public_of(app, seal.key_number + 1, seal.next_key);
    ActNote note = {.kind = new_key ? ACT_AUDIT_SEAL_KEY : ACT_AUDIT_SEAL,
                    .noun = S("audit"),
                    .became = became_of(&seal, new_key, a)};
    if (!act_note(&act, &note, err) || !seal_fill(app, last, &seal, *a, err) ||
        !seal_key(app, seal.key_number, &key, err))
        return false;
    seal_sign(app->site, &seal, &key, *a);
    crypt_wipe(&key, sizeof key);
    *out = seal;
    return store_seal_add(app->db, app->site, &seal, err) && act_commit(&act, err);
}

bool app_audit_seal(App *app, bool new_key, Arena *a, Seal *out, bool *made, Err *err)
{
    Seal last = {0};
    AuditLine line;
    bool found;
    Key key;
    if (!seal_key(app, 1, &key, err))
        return false;
    crypt_wipe(&key, sizeof key);
    if (!store_seal_before(app->db, app->site, date_none, &last, &found, err) ||
        !store_audit_last(app->db, app->site, &line, err))
        return false;
    *made = line.id > last.line || (new_key && line.id > 0);
    return !*made || (lines_hold(app, &last, err) && seal_make(app, &last, new_key, a, out, err));
}

bool app_audit_seal_daily(App *app, Arena *a, Seal *out, bool *made, Err *err)
{
    Seal last;
    bool found;
    if (!store_seal_before(app->db, app->site, date_none, &last, &found, err))
        return false;
    *made = false;
    return (found && last.day >= app->today.days) || app_audit_seal(app, false, a, out, made, err);
}

bool app_audit_anchor(App *app, Arena *a, Str *out, Err *err)
{
    Seal last;
    bool found;
    if (!store_seal_before(app->db, app->site, date_none, &last, &found, err))
        return false;
    if (!found)
        return fail(err, ERR_MISSING, NULL, "还没有封存过；请先运行 gongkai audit seal",
                    "nothing has been sealed yet; run gongkai audit seal first");
    *out = anchor_text(app->site, &last, a);
    return true;
}
