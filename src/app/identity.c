#include "app/identity.h"

#include "app/account.h"
#include "app/config.h"
#include "app/desk.h"
#include "app/key.h"
#include "base/json.h"

// --- signing in

static bool nobody_yet(Err *err)
{
    return fail(err, ERR_RULE, NULL,
                "对方认可了您，但还没有关联本站的账号：请先用本站的密码登录，再到账号页关联",
                "linked to no account here; sign in with the password of this site and link it");
}

static bool linked_person(App *app, const Identity *identity, Arena *a, Person *out, Err *err)
{
    PersonId id;
    bool found;
    if (!store_person_identified(app->db, app->site, identity, &id, &found, err))
        return false;
    if (!found)
        return nobody_yet(err);
    return store_person_any(app->db, app->site, id, a, out, err) &&
           (!out->closed || fail(err, ERR_RULE, NULL, "您在本站的账号已经关闭，请与管理员联系",
                                 "the account here is closed"));
}

bool identity_sign_in(App *app, const SignInAsk *ask, const Identity *identity, Str how,
                      bool second_given, int64_t attempt, Arena *a, SignedIn *out, Err *err)
{
    Proven who = {.how = how, .second_given = second_given, .attempt = attempt};
    SignedIn in;
    if (!linked_person(app, identity, a, &who.person, err))
        return false;
    who.home = device_has(app, ask->device, who.person.id, *a);
    sign_in_actor(app, ask, &who.person);
    CLEANUP(act_end) Act act = {0};
    if (!act_begin(app, &act, err) || !sign_in_act(app, ask, &who, &act, a, &in, err) ||
        !act_commit(&act, err))
        return false;
    *out = in;
    return true;
}

static bool among(Str words, Str word)
{
    for (Str one; words.n;) {
        str_cut(words, S(" "), &one, &words);
        if (word.n && str_eq(one, word))
            return true;
    }
    return false;
}

bool oidc_second_given(const SessionConfig *c, const OidcIdentity *who)
{
    return c->oidc_second && (who->second_factor || among(c->oidc_acr, who->acr));
}

bool app_oidc_sign_in(App *app, const SignInAsk *ask, const OidcIdentity *who, Arena *a,
                      SignedIn *out, Err *err)
{
    Identity identity = {IDENTITY_OIDC, who->issuer, who->subject};
    return identity_sign_in(app, ask, &identity, S("oidc"),
                            oidc_second_given(session_config(app), who), 0, a, out, err);
}

// --- linking

static Str offer_about(const Viewer *v, Arena *a)
{
    return str_fmt(a, "identity %lld %lld", (long long)v->site.n, (long long)v->session.n);
}

bool app_identity_offer(App *app, const Viewer *v, const Identity *identity, Arena *a, Str *sealed,
                        Err *err)
{
    Key key;
    if (!app_key(app, KEY_FORMS, &key, err))
        return false;
    Str text = str_fmt(a, PRI_STR "\n" PRI_STR "\n" PRI_STR, STR_ARG(identity_ids[identity->kind]),
                       STR_ARG(identity->issuer), STR_ARG(identity->subject));
    *sealed = crypt_seal_hex(a, &key, text, offer_about(v, a));
    crypt_wipe(&key, sizeof key);
    return true;
}

static bool offer_open(App *app, const Viewer *v, Str sealed, Arena *a, Identity *out, Err *err)
{
    Key key;
    Str text, kind, rest;
    if (!app_key(app, KEY_FORMS, &key, err))
        return false;
    bool ours = crypt_open_hex(a, &key, sealed, offer_about(v, a), &text);
    crypt_wipe(&key, sizeof key);
    if (!ours)
        return fail(err, ERR_INPUT, NULL, "这一页已经失效，请重新关联",
                    "the offer is not of this session");
    str_cut(text, S("\n"), &kind, &rest);
    out->kind = str_eq(kind, identity_ids[IDENTITY_LDAP]) ? IDENTITY_LDAP : IDENTITY_OIDC;
    str_cut(rest, S("\n"), &out->issuer, &out->subject);
    return true;
}

static Str identity_json(Arena *a, const Identity *identity)
{
    Buf b = buf_new(a, 4096);
    JsonOut w = json_out(&b);
    json_object(&w);
    json_put_str(&w, "kind", identity_ids[identity->kind]);
    json_put_str(&w, "issuer", identity->issuer);
    json_put_str(&w, "subject", identity->subject);
    json_end(&w);
    return buf_str(&b);
}

static bool link_act(App *app, const Viewer *v, const Identity *identity, Arena *a, Err *err)
{
    CLEANUP(act_end) Act act = {0};
    return act_begin(app, &act, err) &&
           store_person_link(app->db, app->site, v->person, identity, app->now, err) &&
           act_note(&act,
                    &(ActNote){.kind = ACT_IDENTITY_LINK,
                               .noun = S("person"),
                               .noun_id = v->person.n,
                               .organ = v->organ,
                               .became = identity_json(a, identity)},
                    err) &&
           app_notify(app, v->person, NOTICE_ACCOUNT, S("您的账号关联了别处的身份，可以用它登录"),
                      S("/desk/account"), err) &&
           act_commit(&act, err);
}

bool app_identity_link(App *app, const Viewer *v, Str sealed, Str password, Arena *a, Err *err)
{
    Identity identity = {0};
    return offer_open(app, v, sealed, a, &identity, err) &&
           password_again(app, v, password, a, err) && link_act(app, v, &identity, a, err);
}

bool app_identity_link_ldap(App *app, const Viewer *v, Str name, Str there, Str password, Arena *a,
                            Err *err)
{
    if (!app->config || !ldap_configured(&app->config->ldap))
        return fail(err, ERR_MISSING, NULL, "没有配置单位目录", "no directory is configured");
    const LdapConfig *ldap = &app->config->ldap;
    SignInAsk ask = {.login = name, .ip = app->actor.ip};
    LdapIdentity who;
    Try try;
    int64_t wait_s;
    if (!password_again(app, v, password, a, err) ||
        !try_begin(app, &ask, S("ldap"), a, &try, &wait_s, err) ||
        !app_ldap_sign_in(ldap, try.login, there, a, &who, err))
        return false;
    Identity identity = {IDENTITY_LDAP, ldap->base, who.uid};
    return link_act(app, v, &identity, a, err);
}

bool app_identity_unlink(App *app, const Viewer *v, const Identity *identity, Err *err)
{
    CLEANUP(arena_end) Arena a = arena_new(1 << 20);
    CLEANUP(act_end) Act act = {0};
    return act_begin(app, &act, err) &&
           store_person_unlink(app->db, app->site, v->person, identity, err) &&
           act_note(&act,
                    &(ActNote){.kind = ACT_IDENTITY_UNLINK,
                               .noun = S("person"),
                               .noun_id = v->person.n,
                               .organ = v->organ,
                               .was = identity_json(&a, identity)},
                    err) &&
           act_commit(&act, err);
}
