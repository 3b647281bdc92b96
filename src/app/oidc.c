#include "app/oidc.h"

#include "base/base64.h"
#include "base/crypt.h"
#include "base/jose.h"
#include "base/json.h"
#include "store/oidc.h"

enum {
    SERVER_GOOD_S = 3600, // how long its description and keys are believed
    KEYS_AGAIN_S = 30,    // how often an unknown key may make us ask again
    ANSWER_MAX = 256 << 10
};

// --- addresses

static void put_encoded(Buf *b, Str s)
{
    static const char hex[] = "0123456789ABCDEF";
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.s[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                     c == '-' || c == '.' || c == '_' || c == '~';
        if (plain) {
            buf_byte(b, (char)c);
        } else {
            buf_byte(b, '%');
            buf_byte(b, hex[c >> 4]);
            buf_byte(b, hex[c & 15]);
        }
    }
}

static void put_field(Buf *b, const char *name, Str value)
{
    if (b->n && b->s[b->n - 1] != '?')
        buf_byte(b, '&');
    buf_add(b, str_z(name));
    buf_byte(b, '=');
    put_encoded(b, value);
}

static Str encoded(Arena *a, Str s)
{
    Buf b = buf_new(a, s.n * 3 + 1);
    put_encoded(&b, s);
    return buf_str(&b);
}

// --- the other server

typedef struct Server {
    OidcServer stored;
    Str authorize, token, user_info; // addresses
    bool says_iss;                   // names itself on the way back (RFC 9207)
    bool secret_in_body;             // client_secret_post is the only way it takes
} Server;

static bool no_server(Err *err, const char *what)
{
    return fail(err, ERR_SYSTEM, what, "统一身份认证服务器的说明不符合规范，无法登录；请联系管理员",
                "the sign-in server's description is not as it should be");
}

static bool get_json(const OidcConfig *config, Str url, Str bearer, Arena *a, Str *out, Err *err)
{
    FetchAnswer answer;
    const FetchHeader headers[] = {{SI("Accept"), SI("application/json")},
                                   {SI("Authorization"), str_cat(a, S("Bearer "), bearer)}};
    FetchAsk ask = {.url = url,
                    .headers = headers,
                    .n_headers = bearer.n ? 2 : 1,
                    .ca_file = config->ca_file,
                    .timeout_ms = config->timeout_ms,
                    .max_bytes = ANSWER_MAX};
    if (!fetch(&ask, a, &answer, err))
        return false;
    if (answer.status >= 500)
        return fail(err, ERR_BUSY, NULL, "统一身份认证服务器出错（%d），请稍后再试",
                    "the sign-in server fails (%d); try again later", answer.status);
    if (answer.status != 200)
        return no_server(err, "status is not 200");
    *out = answer.body;
    return true;
}

static bool way_secret(const Json *description)
{
    const Json *ways = json_get(description, "token_endpoint_auth_methods_supported");
    bool basic = !ways, post = false;
    Str way;
    for (const Json *v = json_first(ways); v; v = json_next(v))
        if (json_as_str(v, &way)) {
            basic |= str_eq(way, S("client_secret_basic"));
            post |= str_eq(way, S("client_secret_post"));
        }
    return post && !basic;
}

static bool server_read(const OidcConfig *config, OidcServer stored, Arena *a, Server *out,
                        Str *keys_url, Err *err)
{
    const Json *d;
    Err why;
    if (!json_read(stored.description, ANSWER_MAX, a, &d, &why))
        return no_server(err, why.en);
    if (!str_eq(json_get_str(d, "issuer"), config->issuer))
        return no_server(err, "issuer is another one than configured");
    Server s = {.stored = stored,
                .authorize = json_get_str(d, "authorization_endpoint"),
                .token = json_get_str(d, "token_endpoint"),
                .user_info = json_get_str(d, "userinfo_endpoint"),
                .says_iss = json_get_bool(d, "authorization_response_iss_parameter_supported"),
                .secret_in_body = way_secret(d)};
    Str keys = json_get_str(d, "jwks_uri");
    if (!oidc_url_ok(s.authorize) || !oidc_url_ok(s.token) || !oidc_url_ok(keys) ||
        (s.user_info.n && !oidc_url_ok(s.user_info)))
        return no_server(err, "an endpoint is missing or not https");
    *out = s;
    *keys_url = keys;
    return true;
}

static bool server_keep(App *app, const OidcServer *server, Err *err)
{
    CLEANUP(tx_end) Tx tx = tx_begin(app->db);
    return store_oidc_server_put(app->db, app->site, server, err) && tx_commit(&tx, err);
}

static bool server_ask(App *app, const OidcConfig *config, Arena *a, Server *out, Err *err)
{
    Str url = str_cat(a, config->issuer, S("/.well-known/openid-configuration")), keys_url;
    OidcServer fresh = {.issuer = config->issuer, .fetched_at = app->now};
    Server server;
    if (!get_json(config, url, S(""), a, &fresh.description, err) ||
        !server_read(config, fresh, a, &server, &keys_url, err) ||
        !get_json(config, keys_url, S(""), a, &server.stored.key_set, err) ||
        !server_keep(app, &server.stored, err))
        return false;
    *out = server;
    return true;
}

static bool server_get(App *app, const OidcConfig *config, Arena *a, Server *out, Err *err)
{
    OidcServer stored;
    bool found;
    Str keys_url;
    if (!oidc_configured(config) || !oidc_url_ok(config->issuer) ||
        !oidc_url_ok(config->redirect_uri))
        return fail(err, ERR_SYSTEM, NULL, "统一身份认证没有配置好，请联系管理员",
                    "sign-in through another server is not configured: issuer, client_id and "
                    "redirect_uri, by https");
    if (!store_oidc_server_get(app->db, app->site, config->issuer, a, &stored, &found, err))
        return false;
    int64_t age = found ? app->now - stored.fetched_at : -1; // a clock set back asks again
    if (age >= 0 && age < SERVER_GOOD_S)
        return server_read(config, stored, a, out, &keys_url, err);
    return server_ask(app, config, a, out, err);
}

// --- the way there

static Str location(const OidcConfig *config, const Server *server, const OidcPending *p, Str state,
                    Arena *a)
{
    unsigned char sum[SHA256_BYTES];
    crypt_sha256_raw(p->verifier, sum);
    Buf b = buf_new(a, 16 << 10);
    buf_add(&b, server->authorize);
    if (!str_has(server->authorize, S("?")))
        buf_byte(&b, '?');
    put_field(&b, "response_type", S("code"));
    put_field(&b, "client_id", config->client_id);
    put_field(&b, "redirect_uri", config->redirect_uri);
    put_field(&b, "scope", config->scopes.n ? config->scopes : S("openid profile email"));
    put_field(&b, "state", state);
    put_field(&b, "nonce", p->nonce);
    put_field(&b, "code_challenge", base64_url(a, (Str){(char *)sum, sizeof sum}));
    put_field(&b, "code_challenge_method", S("S256"));
    return buf_str(&b);
}

bool app_oidc_begin(App *app, const OidcConfig *config, Str return_to, Arena *a, OidcStart *out,
                    Err *err)
{
    Server server = {0};
    if (!oidc_return_ok(return_to))
        return fail(err, ERR_INPUT, NULL, "登录后要去的地址不正确", "not a path to return to");
    if (!server_get(app, config, a, &server, err))
        return false;

    Str state = crypt_token(a, 32), cookie = crypt_token(a, 32);
    OidcPending pending = {.state = crypt_sha256(a, state),
                           .cookie = crypt_sha256(a, cookie),
                           .issuer = config->issuer,
                           .nonce = crypt_token(a, 32),
                           .verifier = crypt_token(a, 32),
                           .return_to = return_to,
                           .expires_at = app->now + OIDC_PENDING_S};
    CLEANUP(tx_end) Tx tx = tx_begin(app->db);
    if (!store_oidc_pending_add(app->db, app->site, &pending, app->now, err) ||
        !tx_commit(&tx, err))
        return false;
    *out = (OidcStart){location(config, &server, &pending, state, a), cookie};
    return true;
}

// --- the way back

static bool denied(Err *err, const char *what)
{
    return fail(err, ERR_DENIED, what,
                "这次登录已经失效（可能用过、超时或不在同一个浏览器中），请重新登录",
                "this sign-in is not good any more (used, too old, another browser); begin again");
}

static bool pending_take(App *app, Str state, Arena *a, OidcPending *out, Err *err)
{
    bool found;
    CLEANUP(tx_end) Tx tx = tx_begin(app->db);
    if (!store_oidc_pending_take(app->db, app->site, crypt_sha256(a, state), a, out, &found, err) ||
        !tx_commit(&tx, err))
        return false;
    return found || denied(err, "state is unknown");
}

static bool back_fits(const OidcConfig *config, const OidcBack *back, const OidcPending *p,
                      int64_t now, Arena *a, Err *err)
{
    if (!crypt_same(crypt_sha256(a, back->cookie), p->cookie))
        return denied(err, "cookie of another browser");
    if (p->expires_at <= now)
        return denied(err, "too old");
    if (!str_eq(p->issuer, config->issuer) || (back->iss.n && !str_eq(back->iss, config->issuer)))
        return denied(err, "came back from another server");
    if (back->error.n)
        return fail(err, ERR_DENIED, str_to_z(a, str_clip(a, back->error, 60)),
                    "统一身份认证没有同意登录", "the sign-in server did not agree");
    return back->code.n || denied(err, "no code");
}

static Str token_body(const OidcConfig *config, const Server *server, const OidcBack *back,
                      Str verifier, Arena *a)
{
    Buf b = buf_new(a, 64 << 10);
    put_field(&b, "grant_type", S("authorization_code"));
    put_field(&b, "code", back->code);
    put_field(&b, "redirect_uri", config->redirect_uri);
    put_field(&b, "code_verifier", verifier);
    if (!config->client_secret.n || server->secret_in_body)
        put_field(&b, "client_id", config->client_id);
    if (config->client_secret.n && server->secret_in_body)
        put_field(&b, "client_secret", config->client_secret);
    return buf_str(&b);
}

typedef struct Tokens {
    Str id, access;
} Tokens;

static bool tokens_get(const OidcConfig *config, const Server *server, const OidcBack *back,
                       Str verifier, Arena *a, Tokens *out, Err *err)
{
    const FetchHeader headers[] = {{SI("Content-Type"), SI("application/x-www-form-urlencoded")},
                                   {SI("Accept"), SI("application/json")}};
    bool basic = config->client_secret.n && !server->secret_in_body;
    FetchAsk ask = {.url = server->token,
                    .headers = headers,
                    .n_headers = 2,
                    .body = token_body(config, server, back, verifier, a),
                    .user = basic ? encoded(a, config->client_id) : S(""),
                    .password = basic ? encoded(a, config->client_secret) : S(""),
                    .ca_file = config->ca_file,
                    .timeout_ms = config->timeout_ms,
                    .max_bytes = ANSWER_MAX};
    FetchAnswer answer;
    const Json *json;
    Err why;
    if (!fetch(&ask, a, &answer, err))
        return false;
    if (answer.status >= 500)
        return fail(err, ERR_BUSY, NULL, "统一身份认证服务器出错（%d），请稍后再试",
                    "the sign-in server fails (%d); try again later", answer.status);
    if (!json_read(answer.body, ANSWER_MAX, a, &json, &why))
        return no_server(err, "the answer to the code is no JSON");
    if (str_eq(json_get_str(json, "error"), S("invalid_client")))
        return fail(err, ERR_SYSTEM, "invalid_client",
                    "统一身份认证服务器不认识本平台（client_id、client_secret），请联系管理员",
                    "the sign-in server refuses client_id and client_secret");
    if (answer.status != 200)
        return denied(err, str_to_z(a, str_clip(a, json_get_str(json, "error"), 60)));
    *out = (Tokens){json_get_str(json, "id_token"), json_get_str(json, "access_token")};
    return out->id.n || no_server(err, "no id_token");
}

// A key that is not known may be newer than what we keep: then its server is asked again.
static bool token_verify(App *app, const OidcConfig *config, Server *server, Str token, Arena *a,
                         Str *claims, Err *err)
{
    const char *why;
    JoseResult result = jose_verify(token, server->stored.key_set, a, claims, &why);
    if (result == JOSE_NO_KEY && app->now - server->stored.fetched_at >= KEYS_AGAIN_S) {
        if (!server_ask(app, config, a, server, err))
            return false;
        result = jose_verify(token, server->stored.key_set, a, claims, &why);
    }
    return result == JOSE_GOOD ||
           fail(err, ERR_DENIED, why, "统一身份认证返回的信息不可信，没有登录；请重新登录",
                "what the sign-in server says does not hold; not signed in, begin again");
}

bool app_oidc_finish(App *app, const OidcConfig *config, const OidcBack *back, Arena *a,
                     OidcFinish *out, Err *err)
{
    OidcPending pending = {0};
    Server server = {0};
    Tokens tokens = {0};
    Str claims = {0}, more = {0};
    OidcIdentity who = {0};
    if (!pending_take(app, back->state, a, &pending, err) ||
        !back_fits(config, back, &pending, app->now, a, err) ||
        !server_get(app, config, a, &server, err))
        return false;
    if (server.says_iss && !back->iss.n)
        return denied(err, "came back without iss");

    OidcExpect expect = {config->issuer,     config->client_id, pending.nonce,
                         config->name_claim, app->now,          config->skew_s};
    if (!tokens_get(config, &server, back, pending.verifier, a, &tokens, err) ||
        !token_verify(app, config, &server, tokens.id, a, &claims, err) ||
        !oidc_claims_check(claims, &expect, a, &who, err))
        return false;
    if (!who.name.n && server.user_info.n && tokens.access.n &&
        (!get_json(config, server.user_info, tokens.access, a, &more, err) ||
         !oidc_claims_add(more, &expect, a, &who, err)))
        return false;
    *out = (OidcFinish){who, pending.return_to};
    return true;
}
