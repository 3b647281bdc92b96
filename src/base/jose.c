#include "base/jose.h"

#include "base/base64.h"
#include "base/json.h"

#include <cjose/cjose.h>

// A number in a public key, and how many bytes it may have.
typedef struct Number {
    const char *name;
    size_t min, max;
} Number;

typedef struct Alg {
    Str name, kty, crv;
    Number numbers[2];
} Alg;

// clang-format off
static const Alg algs[] = {
    {SI("RS256"), SI("RSA"), SI(""),      {{"n", 256, 1024}, {"e", 1, 8}}}, // 2048 to 8192 bits
    {SI("ES256"), SI("EC"),  SI("P-256"), {{"x", 32, 32},    {"y", 32, 32}}},
};
// clang-format on
enum { N_ALGS = sizeof algs / sizeof *algs, RSA_BITS_MIN = 2048 };

static void jws_end(cjose_jws_t **jws)
{
    cjose_jws_release(*jws);
}

static void jwk_end(cjose_jwk_t **jwk)
{
    cjose_jwk_release(*jwk);
}

static JoseResult bad(const char **why, const char *text)
{
    *why = text;
    return JOSE_BAD;
}

// --- the token

typedef struct Head {
    const Alg *alg;
    Str kid;
} Head;

static const Alg *alg_named(Str name)
{
    for (size_t i = 0; i < N_ALGS; i++)
        if (str_eq(algs[i].name, name))
            return &algs[i];
    return NULL;
}

// The library ends the process on letters that no bytes give, so it is shown none.
static bool three_parts(Str token, Arena *a, Str *head)
{
    Str parts[3], rest = token, bytes;
    for (size_t i = 0; i < 3; i++) {
        bool more = str_cut(rest, S("."), &parts[i], &rest);
        if (more != (i < 2) || !parts[i].n || !base64_url_read(a, parts[i], &bytes))
            return false;
        if (i == 0)
            *head = bytes;
    }
    return true;
}

static bool head_read(Str token, Arena *a, Head *out, const char **why)
{
    Str bytes;
    const Json *head;
    Err err;
    if (token.n > JOSE_TOKEN_MAX || !three_parts(token, a, &bytes) ||
        !json_read(bytes, JOSE_TOKEN_MAX, a, &head, &err) || !json_is_object(head))
        return bad(why, "not a signed token"), false;
    if (json_get(head, "crit"))
        return bad(why, "token with extensions that must be understood"), false;
    *out = (Head){alg_named(json_get_str(head, "alg")), json_get_str(head, "kid")};
    return out->alg || (bad(why, "token signed in another way than RS256 or ES256"), false);
}

// --- the key

static bool key_fits(const Json *key, const Head *head)
{
    Str use = json_get_str(key, "use"), alg = json_get_str(key, "alg");
    return str_eq(json_get_str(key, "kty"), head->alg->kty) &&
           (!head->alg->crv.n || str_eq(json_get_str(key, "crv"), head->alg->crv)) &&
           (!use.n || str_eq(use, S("sig"))) && (!alg.n || str_eq(alg, head->alg->name)) &&
           (!head->kid.n || str_eq(json_get_str(key, "kid"), head->kid));
}

// Only what makes it a public key of its kind, so that nothing else in the set has a meaning. NULL
// where a number is none, or of no size that such a key has.
static cjose_jwk_t *key_import(const Json *key, const Alg *alg, Arena *a)
{
    Buf b = buf_new(a, 16 << 10);
    JsonOut w = json_out(&b);
    json_object(&w);
    json_put_str(&w, "kty", alg->kty);
    if (alg->crv.n)
        json_put_str(&w, "crv", alg->crv);
    for (size_t i = 0; i < 2; i++) {
        const Number *n = &alg->numbers[i];
        Str letters = json_get_str(key, n->name), bytes;
        if (!base64_url_read(a, letters, &bytes) || bytes.n < n->min || bytes.n > n->max)
            return NULL;
        json_put_str(&w, n->name, letters);
    }
    json_end(&w);
    return b.full ? NULL : cjose_jwk_import(b.s, b.n, NULL);
}

static bool key_strong(const cjose_jwk_t *jwk)
{
    return cjose_jwk_get_kty(jwk, NULL) != CJOSE_JWK_KTY_RSA ||
           cjose_jwk_get_keysize(jwk, NULL) >= RSA_BITS_MIN;
}

// --- both

// The library reads the head again; that it reads the same is checked, because two readers may
// differ where a name stands twice.
static bool signed_by(Str token, const cjose_jwk_t *jwk, const Alg *alg, Arena *a, Str *payload)
{
    CLEANUP(jws_end) cjose_jws_t *jws = cjose_jws_import(token.s, token.n, NULL);
    uint8_t *bytes;
    size_t n;
    if (!jws ||
        !str_eq(str_z(cjose_header_get(cjose_jws_get_protected(jws), CJOSE_HDR_ALG, NULL)),
                alg->name) ||
        !cjose_jws_verify(jws, jwk, NULL) || !cjose_jws_get_plaintext(jws, &bytes, &n, NULL))
        return false;
    *payload = str_dup(a, (Str){(char *)bytes, n});
    return true;
}

JoseResult jose_verify(Str token, Str keys, Arena *a, Str *payload, const char **why)
{
    Head head;
    const Json *set;
    Err err;
    bool tried = false;
    if (!head_read(token, a, &head, why))
        return JOSE_BAD;
    if (!json_read(keys, JOSE_KEYS_MAX, a, &set, &err))
        return bad(why, "the key set is not JSON");
    for (const Json *key = json_first(json_get(set, "keys")); key; key = json_next(key)) {
        if (!key_fits(key, &head))
            continue;
        CLEANUP(jwk_end) cjose_jwk_t *jwk = key_import(key, head.alg, a);
        if (!jwk || !key_strong(jwk))
            continue;
        tried = true;
        if (signed_by(token, jwk, head.alg, a, payload))
            return JOSE_GOOD;
    }
    *why = tried ? "wrong signature" : "no key of that id";
    return tried ? JOSE_BAD : JOSE_NO_KEY;
}
