#include "app/applicant.h"

#include "app/key.h"
#include "base/json.h"

enum { APPLICANT_BYTES = 64 << 10 };

#define APPLICANT_FIELDS(X)                                                                        \
    X(id_kind)                                                                                     \
    X(id_number)                                                                                   \
    X(phone)                                                                                       \
    X(email)                                                                                       \
    X(address)                                                                                     \
    X(postcode)                                                                                    \
    X(representative)                                                                              \
    X(contact)

static Str applicant_json(const Applicant *who, Arena *a)
{
    Buf b = buf_new(a, APPLICANT_BYTES);
    JsonOut w = json_out(&b);
    json_object(&w);
#define X(field) json_put_str(&w, #field, who->field);
    APPLICANT_FIELDS(X)
#undef X
    json_end(&w);
    return buf_str(&b);
}

static bool applicant_read(Str json, Arena *a, Applicant *out, Err *err)
{
    const Json *v;
    if (!json_read(json, APPLICANT_BYTES, a, &v, err))
        return false;
    *out = (Applicant){0};
#define X(field) out->field = json_get_str(v, #field);
    APPLICANT_FIELDS(X)
#undef X
    return true;
}

// A sealed text opens only where it was put; no two requests have the same query code.
static Str sealed_about(const InfoRequest *r, Arena *a)
{
    return str_fmt(a, "request %lld %d " PRI_STR, (long long)r->organ.n, r->filed.days,
                   STR_ARG(r->query_hash));
}

bool applicant_open(const App *app, const InfoRequest *r, Arena *a, Applicant *out, Err *err)
{
    Key key;
    Str json;
    if (!r->sealed.n)
        return *out = (Applicant){0}, true; // taken out (store/anonym.h)
    if (!app_key(app, KEY_SECRETS, &key, err))
        return false;
    bool opened = crypt_open(a, &key, r->sealed, sealed_about(r, a), &json);
    crypt_wipe(&key, sizeof key);
    if (!opened)
        return fail(err, ERR_SYSTEM, NULL, "申请人信息打不开：密钥不对，或者数据被改过",
                    "who asks cannot be opened: another key, or the data were changed");
    return applicant_read(json, a, out, err);
}

// The same number gives the same text, and nobody without the key can try numbers out.
static Str key_of(const Key *key, Str id_number, Arena *a)
{
    Str keyed = str_cat(a, (Str){(const char *)key->bytes, sizeof key->bytes}, id_number);
    return id_number.n ? crypt_sha256(a, keyed) : S("");
}

bool applicant_seal(const App *app, const Applicant *who, Arena *a, InfoRequest *r, Err *err)
{
    Key secrets, forms;
    if (!app_key(app, KEY_SECRETS, &secrets, err) || !app_key(app, KEY_FORMS, &forms, err))
        return false;
    r->sealed = crypt_seal(a, &secrets, applicant_json(who, a), sealed_about(r, a));
    r->applicant_key = key_of(&forms, who->id_number, a);
    crypt_wipe(&secrets, sizeof secrets);
    crypt_wipe(&forms, sizeof forms);
    return true;
}
