#include "web/page_sign_in.h"

#include "app/account.h"
#include "app/config.h"
#include "app/key.h"
#include "base/log.h"
#include "web/cookie.h"
#include "web/guard.h"
#include "web/page_common.h"
#include "web/respond.h"

#include "views.h"

enum { FORM_GOOD_S = 12 * 3600, FORM_COOKIE_BYTES = 16 };

static const FieldDef fields[] = {
    {"login", "用户名", NULL, FIELD_TEXT, .required = true, .max = 64, .autocomplete = "username"},
    {"password", "密码", NULL, FIELD_PASSWORD, .required = true, .max = 256,
     .autocomplete = "current-password"},
};

// --- the form is tied to the browser that opened it, so that nobody is signed in by another site

static Str form_about(Request *r, Str cookie)
{
    return str_cat(r->a, S("sign-in "), cookie);
}

// The proof for a new form, with its cookie.
static bool form_prove(Request *r, Response *w, Str *out, Err *err)
{
    Key key;
    Str cookie = cookie_get(r, COOKIE_FORM);
    if (!app_key(app_of(r), KEY_FORMS, &key, err))
        return false;
    if (cookie.n != 2 * FORM_COOKIE_BYTES) // another page of this browser may use the one it has
        cookie = crypt_token(r->a, FORM_COOKIE_BYTES);
    cookie_set(r, w, COOKIE_FORM, cookie, 0);
    Str now = str_fmt(r->a, "%lld", (long long)app_of(r)->now);
    *out = crypt_seal_hex(r->a, &key, now, form_about(r, cookie));
    crypt_wipe(&key, sizeof key);
    return true;
}

static bool form_proven(Request *r, Err *err)
{
    Key key;
    Str text = S("");
    int64_t at = 0;
    if (!app_key(app_of(r), KEY_FORMS, &key, err))
        return false;
    bool ours = crypt_open_hex(r->a, &key, request_form(r, "form"),
                               form_about(r, cookie_get(r, COOKIE_FORM)), &text);
    crypt_wipe(&key, sizeof key);
    if (!ours && !cookie_get(r, COOKIE_FORM).n)
        return fail(err, ERR_DENIED, NULL, "浏览器没有接受Cookie，不能登录，请允许以后再试",
                    "the browser takes no cookies");
    if (!ours)
        return fail(err, ERR_DENIED, NULL, "登录页已经失效，请再登录一次",
                    "the form is not of this browser");
    str_to_int(text, &at);
    int64_t age = app_of(r)->now - at;
    return (age >= 0 && age < FORM_GOOD_S) ||
           fail(err, ERR_DENIED, NULL, "登录页打开得太久，请再登录一次", "the form is too old");
}

// --- the page

bool door_frame(Request *r, Str title, Frame *out, Err *err)
{
    Site site;
    if (!store_site_get(app_of(r)->db, app_of(r)->site, r->a, &site, err))
        return false;
    page_begin_plain(r, site.name, title, NAV_NONE, out);
    return true;
}

static bool sign_in_page(Request *r, Response *w, SignInPage *p, Err *err)
{
    const Config *c = app_of(r)->config;
    if (!door_frame(r, S("登录"), &p->page, err) || !form_prove(r, w, &p->proof, err))
        return false;
    p->oidc_label = c && oidc_configured(&c->oidc) ? c->oidc.label : S("");
    p->oidc_href = path_with(r->a, S("/desk/sign-in/oidc"), "to", p->to);
    p->ldap = c && ldap_configured(&c->ldap);
    view_sign_in(&w->out, p);
    return true;
}

// What memory has noted is written down where it does not hold up a quick page.
static void flush(Request *r)
{
    Err ignored; // it is tried again soon
    app_session_flush(app_of(r), r->a, &ignored);
}

bool page_sign_in(Request *r, Response *w, Err *err)
{
    SignInPage p = {.to = signin_to(request_query(r, "to"))};
    const Viewer *v;
    flush(r);
    if (!site_guard.viewer(r, &v, err))
        return false;
    if (v)
        return respond_redirect(w, guard_due_path(r, v->due, p.to));
    if (request_query(r, "to").n && cookie_get(r, COOKIE_SESSION).n)
        p.notice = S("登录已经结束，重新登录以后回到原来的页面。");
    form_new(r, fields, 2, &p.form);
    return sign_in_page(r, w, &p, err);
}

bool sign_in_instead(Request *r, Response *w, Err *err)
{
    bool lost;
    SignInPage p = {.to = S("/desk")};
    flush(r);
    p.carry = carry_begin(r, &lost);
    p.notice = p.carry.proof.n ? S("登录已过期，内容还在。重新登录以后接着提交。")
               : lost ? S("登录已经结束，刚才的内容没有提交，请登录以后重新填写。")
                      : S("请先登录。");
    form_new(r, fields, 2, &p.form);
    w->status = 403;
    return sign_in_page(r, w, &p, err);
}

// --- what was sent

SignInAsk sign_in_ask(Request *r)
{
    return (SignInAsk){.ip = r->ip,
                       .user_agent = r->user_agent,
                       .request = r->id,
                       .device = cookie_get(r, COOKIE_DEVICE),
                       .old_token = cookie_get(r, COOKIE_SESSION)};
}

// 422 for what can be typed again, 429 and 503 with a time for what has to wait.
static bool sign_in_again(Request *r, Response *w, SignInPage *p, int64_t wait_s, const Err *why,
                          Err *err)
{
    if (why->kind == ERR_SYSTEM || why->kind == ERR_MISSING) {
        *err = *why;
        return false;
    }
    if (why->kind != ERR_NONE)
        form_fail(&p->form, why);
    if (why->detail[0]) // what another server, or its answer, was found wanting in
        log_event(why->kind == ERR_BUSY ? LOG_WARN : LOG_INFO, "sign-in failed",
                  log_str("id", r->id), log_z("why", why->en), log_z("detail", why->detail));
    w->status = wait_s ? 429 : why->kind == ERR_BUSY ? 503 : 422;
    if (why->kind == ERR_BUSY)
        respond_header(w, "Retry-After", str_fmt(r->a, "%lld", (long long)(wait_s ? wait_s : 3)));
    return sign_in_page(r, w, p, err);
}

bool page_sign_in_send(Request *r, Response *w, Err *err)
{
    SignInPage p = {.to = signin_to(request_form(r, "to")), .carry = carry_on(r)};
    SignedIn in;
    Err why = {0};
    int64_t wait_s = 0;
    flush(r);
    form_new(r, fields, 2, &p.form);
    if (!form_take(r, &p.form))
        return sign_in_again(r, w, &p, 0, &why, err);
    SignInAsk ask = sign_in_ask(r);
    ask.login = form_text(&p.form, "login");
    ask.password = form_text(&p.form, "password");
    if (!form_proven(r, &why) || !app_sign_in(app_of(r), &ask, r->a, &in, &wait_s, &why))
        return sign_in_again(r, w, &p, wait_s, &why, err);
    if (in.device.n)
        cookie_set(r, w, COOKIE_DEVICE, in.device, DEVICE_S);
    return sign_in_on(r, w, in.token, p.to, &p.carry, err);
}

bool sign_in_failed(Request *r, Response *w, const Err *why, Str to, Err *err)
{
    SignInPage p = {.to = signin_to(to)};
    form_new(r, fields, 2, &p.form);
    return sign_in_again(r, w, &p, 0, why, err);
}

// --- the second factor

static const FieldDef code_fields[] = {
    {"code", "手机上的6位数字", NULL, FIELD_CODE, .required = true, .max = 12,
     .autocomplete = "one-time-code"},
};
static const FieldDef recovery_fields[] = {
    {"recovery", "恢复码", "设置动态口令时存下的，用一个少一个", FIELD_TEXT, .required = true,
     .max = 40},
};

static bool code_page(Request *r, Response *w, Str to, const Carry *carry, const Err *why, Err *err)
{
    CodePage p = {.to = to, .carry = *carry, .csrf = r->viewer->csrf};
    p.by_recovery = request_form(r, "recovery").n > 0;
    form_new(r, code_fields, 1, &p.form);
    form_new(r, recovery_fields, 1, &p.recovery);
    if (why && p.by_recovery)
        form_wrong(&p.recovery, "recovery", str_dup(r->a, str_z(why->zh)));
    else if (why)
        form_wrong(&p.form, "code", str_dup(r->a, str_z(why->zh)));
    if (!door_frame(r, S("动态口令"), &p.page, err))
        return false;
    view_sign_in_code(&w->out, &p);
    return true;
}

bool page_code(Request *r, Response *w, Err *err)
{
    Str to = signin_to(request_query(r, "to"));
    const Carry nothing = {0};
    if (r->viewer->due != DUE_CODE)
        return respond_redirect(w, guard_due_path(r, r->viewer->due, to));
    return code_page(r, w, to, &nothing, NULL, err);
}

bool page_code_send(Request *r, Response *w, Err *err)
{
    Str to = signin_to(request_form(r, "to"));
    Carry carry = carry_on(r);
    SignInAsk ask = sign_in_ask(r);
    SignedIn in;
    Err why = {0};
    int64_t wait_s;
    if (r->viewer->due != DUE_CODE)
        return respond_redirect(w, guard_due_path(r, r->viewer->due, to));
    Str code = request_form(r, "code");
    if (!app_code_give(app_of(r), r->viewer, &ask, code.n ? code : request_form(r, "recovery"),
                       r->a, &in, &wait_s, &why)) {
        if (why.kind != ERR_DENIED && !wait_s)
            return *err = why, false;
        w->status = wait_s ? 429 : 422;
        if (wait_s)
            respond_header(w, "Retry-After", str_fmt(r->a, "%lld", (long long)wait_s));
        return code_page(r, w, to, &carry, &why, err);
    }
    if (in.device.n)
        cookie_set(r, w, COOKIE_DEVICE, in.device, DEVICE_S);
    return sign_in_on(r, w, in.token, to, &carry, err);
}

// --- going on

static bool confirm(Request *r, Response *w, const Viewer *v, const Carry *carry, Err *err)
{
    ConfirmPage p = {.csrf = v->csrf, .action = carry->action, .had_files = carry->had_files};
    if (!door_frame(r, S("接着提交"), &p.page, err))
        return false;
    for (size_t i = 0; i < carry->fields.n; i++) {
        Field f = carry->fields.v[i];
        f.name = str_from(f.name, 2);
        *PUSH(r->a, &p.fields) = f;
        bool technical = str_eq(f.name, S("once")) || str_eq(f.name, S("version"));
        if (!technical && str_trim(f.value).n)
            *PUSH(r->a, &p.values) = str_clip(r->a, f.value, 80);
    }
    view_sign_in_confirm(&w->out, &p);
    return true;
}

bool session_cookie(Request *r, Response *w, Str token, Err *err)
{
    Viewer *v = NEW(r->a, Viewer, 1);
    bool found;
    if (!app_session_viewer(app_of(r), token, r->ip, r->a, v, &found, err))
        return false;
    if (!found)
        return fail(err, ERR_BUSY, NULL, "登录没有成功，请再试一次", "the session is gone again");
    cookie_set(r, w, COOKIE_SESSION, token, 0);
    r->viewer = v;
    return true;
}

bool sign_in_on(Request *r, Response *w, Str token, Str to, const Carry *carry, Err *err)
{
    if (!session_cookie(r, w, token, err))
        return false;
    const Viewer *v = r->viewer;
    bool same = carry->proof.n && carry->person.n == v->person.n;
    if (same && v->due == DUE_NOTHING)
        return confirm(r, w, v, carry, err);
    if (same && v->due == DUE_CODE)
        return code_page(r, w, to, carry, NULL, err);
    return respond_redirect(w, guard_due_path(r, v->due, to));
}

bool page_sign_out(Request *r, Response *w, Err *err)
{
    if (!app_session_out(app_of(r), err))
        return false;
    cookie_drop(r, w, COOKIE_SESSION);
    return respond_redirect(w, S("/desk/sign-in"));
}
