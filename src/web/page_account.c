#include "web/page_account.h"

#include "app/config.h"
#include "app/session.h"
#include "web/page_common.h"

#include "views.h"

// --- in words

typedef struct Word {
    Str sign,
        name; // what stands in the User-Agent, and what people call it; the first that is found
} Word;

// clang-format off
static const Word browsers[] = {
    { SI("MicroMessenger"), SI("微信") },
    { SI("QQBrowser"),      SI("QQ浏览器") },
    { SI("360"),            SI("360浏览器") },
    { SI("Edg"),            SI("Edge") },
    { SI("Firefox"),        SI("Firefox") },
    { SI("Chrome"),         SI("Chrome") },
    { SI("Safari"),         SI("Safari") },
    { SI("Trident"),        SI("IE") },
    { SI(""),               SI("其他浏览器") },
};
static const Word systems[] = {
    { SI("HarmonyOS"), SI("鸿蒙") },
    { SI("Android"),   SI("安卓") },
    { SI("iPhone"),    SI("iPhone") },
    { SI("iPad"),      SI("iPad") },
    { SI("Windows"),   SI("Windows") },
    { SI("Mac OS X"),  SI("Mac") },
    { SI("Linux"),     SI("Linux") },
    { SI(""),          SI("其他系统") },
};
// clang-format on

static Str word_of(const Word *words, Str text)
{
    while (words->sign.n && !str_has(text, words->sign))
        words++;
    return words->name;
}

static Str browser_words(Arena *a, Str agent)
{
    Str browser = word_of(browsers, agent), machine = word_of(systems, agent);
    return str_fmt(a, PRI_STR "，" PRI_STR, STR_ARG(browser), STR_ARG(machine));
}

// Office hours are Beijing's everywhere.
static Str moment_words(Arena *a, int64_t at)
{
    int64_t here = at + 8 * 3600;
    Str day = date_zh(a, (Date){(int32_t)(here / 86400)});
    return str_fmt(a, PRI_STR "%02d:%02d", STR_ARG(day), (int)(here / 3600 % 24),
                   (int)(here / 60 % 60));
}

static Str how_words(Str how)
{
    return str_eq(how, S("oidc"))   ? S("统一身份认证")
           : str_eq(how, S("ldap")) ? S("单位目录")
                                    : S("密码");
}

// --- the page

static bool sessions_read(Request *r, SessionViews *out, Err *err)
{
    Sessions open;
    if (!app_session_list(app_of(r), r->a, &open, err))
        return false;
    for (size_t i = 0; i < open.n; i++) {
        const Session *s = &open.v[i];
        *PUSH(r->a, out) = (SessionView){.id = s->id.n,
                                         .here = s->id.n == r->viewer->session.n,
                                         .browser = browser_words(r->a, s->user_agent),
                                         .ip = s->ip,
                                         .how = how_words(s->how),
                                         .began = moment_words(r->a, s->began_at),
                                         .seen = moment_words(r->a, s->seen_at)};
    }
    return true;
}

bool page_account(Request *r, Response *w, Err *err)
{
    AccountPage p = {.login = r->viewer->login, .must_second = viewer_signs(r->viewer)};
    if (!desk_begin(r, S("账号"), DESK_ACCOUNT, &p.desk, err) ||
        !app_second_state(app_of(r), r->viewer, r->a, &p.second, err) ||
        !sessions_read(r, &p.sessions, err) ||
        !store_person_identities(app_of(r)->db, app_of(r)->site, r->viewer->person, r->a,
                                 &p.identities, err))
        return false;
    const Config *c = app_of(r)->config;
    p.oidc_label = c && oidc_configured(&c->oidc) ? c->oidc.label : S("");
    p.ldap = c && ldap_configured(&c->ldap);
    if (p.second.has)
        p.second_since = date_zh(r->a, (Date){(int32_t)((p.second.since + 8 * 3600) / 86400)});
    view_account(&w->out, &p);
    return true;
}

bool page_session_end(Request *r, Response *w, Err *err)
{
    SessionId id;
    if (!str_to_int(request_param(r, "id"), &id.n))
        return fail(err, ERR_MISSING, NULL, "没有这次登录", "no such session");
    return app_session_end(app_of(r), id, err) &&
           desk_done(r, w, S("/desk/account"), "session_ended");
}

bool page_session_end_others(Request *r, Response *w, Err *err)
{
    int64_t n;
    return app_session_end_others(app_of(r), &n, err) &&
           desk_done(r, w, S("/desk/account"), "sessions_ended");
}

bool page_organ_switch(Request *r, Response *w, Err *err)
{
    OrganId organ = {0};
    str_to_int(request_form(r, "organ"), &organ.n);
    return app_session_organ(app_of(r), r->viewer, organ, err) &&
           desk_done(r, w, S("/desk"), "organ_switched");
}
