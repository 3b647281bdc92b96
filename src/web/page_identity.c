// Signing in through a provider or with a directory's password, and linking such an account.
#include "app/config.h"
#include "web/cookie.h"
#include "web/guard.h"
#include "web/page_account.h"
#include "web/page_common.h"
#include "web/page_sign_in.h"

#include "views.h"

static const Str link_path = SI("/desk/account/link");

static bool no_provider(Err *err)
{
    return fail(err, ERR_MISSING, NULL, "没有配置统一身份认证", "no provider is configured");
}

static const OidcConfig *provider(const Request *r)
{
    const Config *c = app_of(r)->config;
    return c && oidc_configured(&c->oidc) ? &c->oidc : NULL;
}

bool page_oidc(Request *r, Response *w, Err *err)
{
    OidcStart start;
    Err why = {0};
    Str to = signin_to(request_query(r, "to"));
    if (!provider(r))
        return no_provider(err);
    if (!app_oidc_begin(app_of(r), provider(r), to, r->a, &start, &why))
        return sign_in_failed(r, w, &why, to, err);
    cookie_set(r, w, COOKIE_OIDC, start.cookie, OIDC_PENDING_S);
    w->status = 303;
    w->fresh = true;
    respond_header(w, "Location", start.location);
    return true;
}

// --- linking what was just proved

static const FieldDef password_fields[] = {
    {"password", "本站的密码", "请再输入一次您在本站的密码", FIELD_PASSWORD, .required = true,
     .max = 512, .autocomplete = "current-password"},
};

static bool link_show(Request *r, Response *w, LinkPage *p, const char *action, Err *err)
{
    if (!due_begin(r, false, S("关联登录身份"), action, &p->due, err))
        return false;
    view_link(&w->out, p);
    return true;
}

static bool link_offer(Request *r, Response *w, const OidcIdentity *who, Err *err)
{
    LinkPage p = {.who = who->name.n ? who->name : who->subject};
    Identity identity = {IDENTITY_OIDC, who->issuer, who->subject};
    if (who->email.n)
        p.who = str_fmt(r->a, PRI_STR "（" PRI_STR "）", STR_ARG(p.who), STR_ARG(who->email));
    form_new(r, password_fields, 1, &p.due.form);
    return app_identity_offer(app_of(r), r->viewer, &identity, r->a, &p.offer, err) &&
           link_show(r, w, &p, "link", err);
}

bool page_link_oidc_send(Request *r, Response *w, Err *err)
{
    LinkPage p = {.offer = request_form(r, "offer"),
                  .who = str_clip(r->a, request_form(r, "who"), 200)};
    Err why = {0};
    form_new(r, password_fields, 1, &p.due.form);
    if (!form_take(r, &p.due.form) ||
        !app_identity_link(app_of(r), r->viewer, p.offer, request_form(r, "password"), r->a, &why))
        return due_again(w, &p.due.form, &why, err) && link_show(r, w, &p, "link", err);
    return desk_done(r, w, S("/desk/account"), "linked");
}

// --- back from the provider

static bool signed_in(Request *r, Response *w, const OidcFinish *done, Err *err)
{
    const Carry nothing = {0};
    SignInAsk ask = sign_in_ask(r);
    SignedIn in;
    Err why = {0};
    if (!app_oidc_sign_in(app_of(r), &ask, &done->who, r->a, &in, &why))
        return sign_in_failed(r, w, &why, S("/desk/account"), err);
    if (in.device.n)
        cookie_set(r, w, COOKIE_DEVICE, in.device, DEVICE_S);
    return sign_in_on(r, w, in.token, signin_to(done->return_to), &nothing, err);
}

bool page_oidc_back(Request *r, Response *w, Err *err)
{
    OidcBack back = {.state = request_query(r, "state"),
                     .code = request_query(r, "code"),
                     .iss = request_query(r, "iss"),
                     .error = request_query(r, "error"),
                     .cookie = cookie_get(r, COOKIE_OIDC)};
    OidcFinish done;
    Err why = {0};
    if (!provider(r))
        return no_provider(err);
    cookie_drop(r, w, COOKIE_OIDC);
    if (!app_oidc_finish(app_of(r), provider(r), &back, r->a, &done, &why))
        return sign_in_failed(r, w, &why, S("/desk"), err);
    if (!str_eq(done.return_to, link_path))
        return signed_in(r, w, &done, err);
    if (!site_guard.viewer(r, &r->viewer, err))
        return false;
    if (!r->viewer || r->viewer->due != DUE_NOTHING)
        return respond_redirect(w, S("/desk/sign-in?to=%2Fdesk%2Faccount"));
    return link_offer(r, w, &done.who, err);
}

// --- the directory

static const FieldDef ldap_fields[] = {
    {"name", "单位目录的用户名", NULL, FIELD_TEXT, .required = true, .max = 64,
     .autocomplete = "username"},
    {"there", "单位目录的密码", NULL, FIELD_PASSWORD, .required = true, .max = 512,
     .autocomplete = "off"},
    {"password", "本站的密码", "请再输入一次您在本站的密码", FIELD_PASSWORD, .required = true,
     .max = 512, .autocomplete = "current-password"},
};
enum { LDAP_FIELDS = sizeof ldap_fields / sizeof *ldap_fields };

bool page_link_ldap(Request *r, Response *w, Err *err)
{
    LinkPage p = {0};
    form_new(r, ldap_fields, LDAP_FIELDS, &p.due.form);
    return link_show(r, w, &p, "link/ldap", err);
}

bool page_link_ldap_send(Request *r, Response *w, Err *err)
{
    LinkPage p = {0};
    Err why = {0};
    form_new(r, ldap_fields, LDAP_FIELDS, &p.due.form);
    if (!form_take(r, &p.due.form) ||
        !app_identity_link_ldap(app_of(r), r->viewer, form_text(&p.due.form, "name"),
                                request_form(r, "there"), request_form(r, "password"), r->a, &why))
        return due_again(w, &p.due.form, &why, err) && link_show(r, w, &p, "link/ldap", err);
    return desk_done(r, w, S("/desk/account"), "linked");
}

bool page_unlink(Request *r, Response *w, Err *err)
{
    bool ldap = str_eq(request_form(r, "kind"), identity_ids[IDENTITY_LDAP]);
    Identity identity = {ldap ? IDENTITY_LDAP : IDENTITY_OIDC, request_form(r, "issuer"),
                         request_form(r, "subject")};
    return app_identity_unlink(app_of(r), r->viewer, &identity, err) &&
           desk_done(r, w, S("/desk/account"), "unlinked");
}
