#include "web/cookie.h"

#include "app/config.h"
#include "web/page_common.h"

static bool is_secure(const Request *r)
{
    const Config *c = app_of(r)->config;
    return c && config_secure(c);
}

static const char *full_name(const Request *r, const char *name)
{
    return str_to_z(r->a, str_fmt(r->a, "%s%s", is_secure(r) ? "__Host-" : "", name));
}

Str cookie_get(const Request *r, const char *name)
{
    return request_cookie(r, full_name(r, name));
}

static void put(Request *r, Response *w, const char *name, Str value, const char *age)
{
    respond_header(w, "Set-Cookie",
                   str_fmt(r->a, "%s=" PRI_STR "; Path=/; HttpOnly; SameSite=Lax%s%s",
                           full_name(r, name), STR_ARG(value), is_secure(r) ? "; Secure" : "",
                           age));
}

void cookie_set(Request *r, Response *w, const char *name, Str value, int64_t max_age_s)
{
    Str age = max_age_s ? str_fmt(r->a, "; Max-Age=%lld", (long long)max_age_s) : S("");
    put(r, w, name, value, str_to_z(r->a, age));
}

void cookie_drop(Request *r, Response *w, const char *name)
{
    put(r, w, name, S(""), "; Max-Age=0");
}
