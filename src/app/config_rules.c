// What holds between keys: each row is a combination that cannot work, in words for both languages.
#include "app/config.h"

static bool mail_without_from(const Config *c)
{
    return c->mail.host.n && !str_has(c->mail.from, S("@"));
}

static bool oidc_without_client(const Config *c)
{
    return c->oidc.issuer.n && !c->oidc.client_id.n;
}

static bool oidc_without_way_back(const Config *c)
{
    return c->oidc.issuer.n && !str_has(c->oidc.redirect_uri, S("://"));
}

static bool ldap_without_base(const Config *c)
{
    return c->ldap.uri.n && !c->ldap.base.n;
}

static bool ldap_without_scheme(const Config *c)
{
    return c->ldap.uri.n && !str_starts(c->ldap.uri, S("ldap://")) &&
           !str_starts(c->ldap.uri, S("ldaps://"));
}

static bool ldaps_with_starttls(const Config *c)
{
    return c->ldap.starttls && str_starts(c->ldap.uri, S("ldaps://"));
}

static bool ldap_half_bound(const Config *c)
{
    return c->ldap.uri.n && (c->ldap.bind_dn.n > 0) != (c->ldap.bind_password.n > 0);
}

static bool s3_without_keys(const Config *c)
{
    return c->s3.endpoint.n && !(c->s3.bucket.n && c->s3.access_key.n && c->s3.secret_key.n);
}

static bool s3_without_scheme(const Config *c)
{
    return c->s3.endpoint.n && !str_starts(c->s3.endpoint, S("https://")) &&
           !str_starts(c->s3.endpoint, S("http://"));
}

static bool mail_half_signed_in(const Config *c)
{
    return c->mail.host.n && (c->mail.user.n > 0) != (c->mail.password.n > 0);
}

static bool more_from_one_than_from_all(const Config *c)
{
    return c->max_connections_per_address > c->max_connections;
}

// clang-format off
static const struct {
    bool (*broken)(const Config *c);
    const char *zh, *en;
} rules[] = {
    {mail_without_from,     "设了 mail.host，但 mail.from 不是邮件地址",              "mail.host is set, but mail.from is no address"},
    {mail_half_signed_in,   "mail.user 和 mail.password 要么都设，要么都不设",        "mail.user and mail.password belong together"},
    {oidc_without_client,   "设了 oidc.issuer，还要设 oidc.client_id",                "oidc.issuer is set; oidc.client_id is needed too"},
    {oidc_without_way_back, "设了 oidc.issuer，还要设 base_url 或 oidc.redirect_uri", "oidc.issuer is set; base_url or oidc.redirect_uri is needed too"},
    {ldap_without_base,     "设了 ldap.uri，还要设 ldap.base",                        "ldap.uri is set; ldap.base is needed too"},
    {ldap_without_scheme,   "ldap.uri 应以 ldaps:// 或 ldap:// 开头",                 "ldap.uri begins with ldaps:// or ldap://"},
    {ldaps_with_starttls,   "ldaps:// 已经是加密连接，不能再设 ldap.starttls",        "ldaps:// is TLS already; ldap.starttls is for ldap://"},
    {ldap_half_bound,       "ldap.bind_dn 和 ldap.bind_password 要么都设，要么都不设", "ldap.bind_dn and ldap.bind_password belong together"},
    {s3_without_keys,       "设了 s3.endpoint，还要设 s3.bucket、s3.access_key 和 s3.secret_key", "s3.endpoint is set; s3.bucket, s3.access_key and s3.secret_key are needed too"},
    {s3_without_scheme,     "s3.endpoint 应以 https:// 开头",                         "s3.endpoint begins with https://"},
    {more_from_one_than_from_all, "max_connections_per_address 不能大于 max_connections", "max_connections_per_address is above max_connections"},
};
// clang-format on

// --- what works and may still not be meant

static bool loopback(const Config *c)
{
    Address a;
    return address_parse(c->bind, &a) && address_loopback(a);
}

static bool open_without_tls(const Config *c)
{
    return !loopback(c) && !config_secure(c);
}

static bool base_without_tls(const Config *c)
{
    return str_starts(c->base_url, S("http://")) && !str_has(c->base_url, S("//localhost")) &&
           !str_has(c->base_url, S("//127.0.0.1"));
}

static bool proxy_not_trusted(const Config *c)
{
    return config_secure(c) && c->trusted_proxies.n == 0;
}

static bool no_jobs(const Config *c)
{
    return !c->jobs;
}

static bool mail_in_the_clear(const Config *c)
{
    return c->mail.host.n && c->mail.tls == FETCH_PLAIN && c->mail.password.n;
}

// clang-format off
static const struct {
    bool (*is)(const Config *c);
    const char *en;
} notes[] = {
    {open_without_tls,  "it listens beyond this machine, and base_url is not https://: passwords and cookies can be read on the way"},
    {base_without_tls,  "base_url is http://: cookies are sent in the clear"},
    {proxy_not_trusted, "base_url is https://, so a proxy stands in front, but trusted_proxies is empty: everybody has the proxy's address"},
    {no_jobs,           "jobs = no: somebody else has to run `gongkai job run` for each of `gongkai job list`"},
    {mail_in_the_clear, "mail.tls = plain with a password: it can be read on the way"},
};
// clang-format on

Strs config_notes(const Config *c, Arena *a)
{
    Strs said = {0};
    for (size_t i = 0; i < sizeof notes / sizeof *notes; i++)
        if (notes[i].is(c))
            *PUSH(a, &said) = str_z(notes[i].en);
    return said;
}

void config_rules(const Config *c, Arena *a, ConfigProblems *problems)
{
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (rules[i].broken(c))
            fail(PUSH(a, problems), ERR_INPUT, NULL, "%s%.0s", "%.0s%s", rules[i].zh, rules[i].en);
}
