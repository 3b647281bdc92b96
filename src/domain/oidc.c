#include "domain/oidc.h"

#include "base/json.h"

enum { CLAIMS_MAX = 64 << 10, RETURN_MAX = 2000, AUDIENCES_MAX = 20 };

static bool no(Err *err, const char *what)
{
    return fail(err, ERR_DENIED, what, "统一身份认证返回的信息不可信，没有登录；请重新登录",
                "what the sign-in server says does not hold; not signed in, begin again");
}

// `aud` is one text or a list; with others besides us it must say that it is given to us (azp).
static bool for_us(const Json *claims, Str client_id, Err *err)
{
    const Json *aud = json_get(claims, "aud"), *azp = json_get(claims, "azp");
    Str one;
    bool found = json_as_str(aud, &one) && str_eq(one, client_id);
    if (json_is_array(aud) && json_count(aud) <= AUDIENCES_MAX)
        for (const Json *v = json_first(aud); v; v = json_next(v))
            found |= json_as_str(v, &one) && str_eq(one, client_id);
    if (!found)
        return no(err, "aud");
    if (azp ? !json_as_str(azp, &one) || !str_eq(one, client_id)
            : json_is_array(aud) && json_count(aud) > 1)
        return no(err, "azp");
    return true;
}

// A moment in seconds; a fraction is cut off.
static bool moment(const Json *v, int64_t *out)
{
    double x;
    if (!json_as_real(v, &x) || !(x > -1e15 && x < 1e15))
        return false;
    *out = (int64_t)x;
    return true;
}

static bool in_time(const Json *claims, const OidcExpect *e, Err *err)
{
    int64_t skew = e->skew_s > 0 ? e->skew_s : OIDC_SKEW_S, at;
    if (!moment(json_get(claims, "exp"), &at) || at + skew <= e->now)
        return no(err, "exp");
    if (!moment(json_get(claims, "iat"), &at) || at > e->now + skew ||
        at < e->now - OIDC_PENDING_S - skew)
        return no(err, "iat");
    if (json_get(claims, "nbf") && (!moment(json_get(claims, "nbf"), &at) || at > e->now + skew))
        return no(err, "nbf");
    return true;
}

static void fill(const Json *claims, const OidcExpect *e, Arena *a, OidcIdentity *who)
{
    if (!who->name.n) {
        const char *claim = e->name_claim.n ? str_to_z(a, e->name_claim) : "name";
        who->name = str_clip(a, str_trim(json_get_str(claims, claim)), 100);
    }
    if (!who->email.n) {
        who->email = str_trim(json_get_str(claims, "email"));
        who->email_verified = json_get_bool(claims, "email_verified");
    }
}

static bool more_than_a_password(const Json *amr)
{
    static const Str ways[] = {SI("mfa"), SI("otp"), SI("hwk")};
    Str way;
    for (const Json *v = json_is_array(amr) ? json_first(amr) : NULL; v; v = json_next(v))
        for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
            if (json_as_str(v, &way) && str_eq(way, ways[i]))
                return true;
    return false;
}

bool oidc_claims_check(Str text, const OidcExpect *e, Arena *a, OidcIdentity *out, Err *err)
{
    const Json *claims;
    if (!json_read(text, CLAIMS_MAX, a, &claims, err) || !json_is_object(claims))
        return no(err, "claims are no object");
    Str subject = json_get_str(claims, "sub");
    if (!str_eq(json_get_str(claims, "iss"), e->issuer))
        return no(err, "iss");
    if (!for_us(claims, e->client_id, err) || !in_time(claims, e, err))
        return false;
    if (!e->nonce.n || !str_eq(json_get_str(claims, "nonce"), e->nonce))
        return no(err, "nonce");
    if (!subject.n || subject.n > OIDC_SUBJECT_MAX)
        return no(err, "sub");
    OidcIdentity who = {.issuer = e->issuer,
                        .subject = subject,
                        .acr = json_get_str(claims, "acr"),
                        .second_factor = more_than_a_password(json_get(claims, "amr"))};
    fill(claims, e, a, &who);
    *out = who;
    return true;
}

bool oidc_claims_add(Str user_info, const OidcExpect *e, Arena *a, OidcIdentity *who, Err *err)
{
    const Json *claims;
    if (!json_read(user_info, CLAIMS_MAX, a, &claims, err) ||
        !str_eq(json_get_str(claims, "sub"), who->subject))
        return no(err, "sub of the user information");
    fill(claims, e, a, who);
    return true;
}

bool oidc_return_ok(Str path)
{
    if (path.n > RETURN_MAX || !str_starts(path, S("/")) || str_starts(path, S("//")))
        return false;
    for (size_t i = 0; i < path.n; i++) // a backslash is a slash to browsers
        if ((unsigned char)path.s[i] <= ' ' || path.s[i] == 0x7f || path.s[i] == '\\')
            return false;
    return true;
}

bool oidc_url_ok(Str url)
{
    static const Str here[] = {SI("127.0.0.1"), SI("localhost"), SI("[::1]")};
    Str scheme, rest, host, port;
    if (!str_cut(url, S("://"), &scheme, &rest))
        return false;
    str_cut(rest, S("/"), &host, &rest);
    if (!host.n || str_has(host, S("@")) || str_has(host, S("\\")) || str_has(host, S("?")))
        return false;
    if (str_eq(scheme, S("https")))
        return true;
    for (size_t i = 0; i < sizeof here / sizeof *here; i++) {
        port = str_from(host, here[i].n);
        if (str_starts(host, here[i]) && (!port.n || port.s[0] == ':'))
            return str_eq(scheme, S("http"));
    }
    return false;
}
