#include "app/sign_in.h"

#include "app/config.h"
#include "app/desk.h"
#include "app/identity.h"
#include "app/key.h"
#include "base/address.h"
#include "base/json.h"
#include "store/person.h"
#include "store/second.h"

// --- the browser's cookie: which people have signed in with it, sealed

enum { DEVICE_PEOPLE = 8, DEVICE_MAX = 400, HOME_S = 90 * 24 * 3600 };

static Str device_about(const App *app, Arena *a)
{
    return str_fmt(a, "device %lld", (long long)app->site.n);
}

// "7,12": the numbers of people, the last to sign in first. Empty for anything not ours.
static Str device_people(App *app, Str device, Arena *a)
{
    Key key;
    Err err;
    Str text = S("");
    if (!device.n || device.n > DEVICE_MAX || !app_key(app, KEY_FORMS, &key, &err))
        return text;
    if (!crypt_open_hex(a, &key, device, device_about(app, a), &text))
        text = S("");
    crypt_wipe(&key, sizeof key);
    return text;
}

bool device_has(App *app, Str device, PersonId person, Arena scratch)
{
    Str rest = device_people(app, device, &scratch), one;
    int64_t n;
    while (rest.n) {
        str_cut(rest, S(","), &one, &rest);
        if (str_to_int(one, &n) && n == person.n)
            return true;
    }
    return false;
}

Str device_add(App *app, Str device, PersonId person, Arena *a)
{
    Key key;
    Err err;
    Str rest = device_people(app, device, a), one;
    Buf text = buf_new(a, DEVICE_MAX / 4);
    int64_t n;
    if (!app_key(app, KEY_FORMS, &key, &err))
        return S("");
    buf_int(&text, person.n);
    for (int i = 1; i < DEVICE_PEOPLE && rest.n; i++) {
        str_cut(rest, S(","), &one, &rest);
        if (str_to_int(one, &n) && n != person.n)
            buf_fmt(&text, "," PRI_STR, STR_ARG(one));
    }
    Str sealed = crypt_seal_hex(a, &key, buf_str(&text), device_about(app, a));
    crypt_wipe(&key, sizeof key);
    return sealed;
}

// --- tries

// People type passwords into the wrong field: what is stored does not show it.
static TokenHash login_hash(App *app, Str kind, Str login, Arena scratch)
{
    Key key = {0};
    Err err;
    TokenHash hash;
    app_key(app, KEY_FORMS, &key, &err); // without one the hash is a plain one
    Str parts[] = {crypt_hex(&scratch, (Str){(const char *)key.bytes, sizeof key.bytes}), kind,
                   login};
    crypt_sha256_raw(str_join(&scratch, parts, 3, S(" ")), hash.bytes);
    crypt_wipe(&key, sizeof key);
    return hash;
}

static bool find_person(App *app, Str login, Arena *a, Try *out, Err *err)
{
    if (!login.n)
        return true;
    bool found = false;
    if (!store_person_by_login(app->db, app->site, login, a, &out->person, &found, err))
        return false;
    out->found = found && !out->person.closed;
    return true;
}

static bool where_from(App *app, const SignInAsk *ask, const Try *try, Arena scratch,
                       SignInFrom *out, Err *err)
{
    SignInFrom from = {0};
    if (try->found) {
        from.device = device_has(app, ask->device, try->person.id, scratch);
        if (!store_session_from(app->db, app->site, try->person.id, ask->ip, app->now - HOME_S,
                                &from.address, err))
            return false;
    }
    *out = from;
    return true;
}

static bool must_wait(int64_t wait, Err *err)
{
    if (wait < 60)
        return fail(err, ERR_BUSY, NULL, "尝试次数过多，请过%lld秒再试",
                    "too many tries; wait %lld seconds", (long long)wait);
    return fail(err, ERR_BUSY, NULL, "尝试次数过多，请过%lld分钟再试",
                "too many tries; wait %lld minutes", (long long)(wait + 59) / 60);
}

bool try_begin(App *app, const SignInAsk *ask, Str kind, Arena *a, Try *out, int64_t *wait_s,
               Err *err)
{
    Try try = {.login = signin_login(a, ask->login)};
    SignInFrom from;
    SignInTries tries;
    Str home = address_home(a, ask->ip);
    *wait_s = 0;
    if (!find_person(app, try.login, a, &try, err) || !where_from(app, ask, &try, *a, &from, err))
        return false;
    try.attempt = (Attempt){.at = app->now,
                            .login = login_hash(app, kind, try.login, *a),
                            .ip = home,
                            .mine = from.device,
                            .known = from.device || from.address,
                            .failed = true};
    CLEANUP(tx_end) Tx tx = tx_begin(app->db);
    if (!store_attempt_list(app->db, app->site, &try.attempt.login, home,
                            app->now - SIGNIN_WINDOW_S, a, &tries, err))
        return false;
    try.home = try.attempt.known;
    *wait_s = signin_wait(&tries, from, app->now);
    if (*wait_s)
        return must_wait(*wait_s, err);
    if (!store_attempt_add(app->db, app->site, &try.attempt, err) || !tx_commit(&tx, err))
        return false;
    *PUSH(a, &tries) = (SignInTry){.at = app->now,
                                   .login = true,
                                   .here = true,
                                   .mine = from.device,
                                   .known = try.attempt.known,
                                   .failed = true};
    try.alarm = signin_alarm(&tries, from, app->now);
    *out = try;
    return true;
}

// Somebody guesses: noted, for a login that exists and for one that does not alike, and told to
// whom it belongs.
static bool alarm_act(App *app, const SignInAsk *ask, const Try *try, Arena scratch, Err *err)
{
    CLEANUP(act_end) Act act = {0};
    app->actor =
        (Actor){.name = S("未登录"), .ip = ask->ip, .via = S("web"), .request = ask->request};
    ActNote line = {.kind = ACT_SIGN_IN_HELD,
                    .noun = S("person"),
                    .noun_id = try->found ? try->person.id.n : 0,
                    .organ = try->found ? try->person.organ : (OrganId){0}};
    Str words = str_fmt(&scratch, "有人多次输错您的密码或者动态口令（" PRI_STR "），已让对方等待",
                        STR_ARG(ask->ip));
    return act_begin(app, &act, err) && act_note(&act, &line, err) &&
           (!try->found ||
            app_notify(app, try->person.id, NOTICE_ACCOUNT, words, S("/desk/account"), err)) &&
           act_commit(&act, err);
}

void try_was_wrong(App *app, const SignInAsk *ask, const Try *try, Arena scratch)
{
    Err ignored; // who guesses learns nothing of it
    Actor was = app->actor;
    Str once = app->once;
    app->once = S("");
    if (try->alarm)
        alarm_act(app, ask, try, scratch, &ignored);
    app->actor = was;
    app->once = once;
}

// --- passwords

bool password_try(App *app, Str hash, Str password, Arena *a, bool *right, Err *err)
{
    const SessionConfig *c = session_config(app);
    bool is = false, ok = true;
    Str ignored;
    if (app->sessions && !session_memory_hash_begin(app->sessions, c->hash_at_once))
        return fail(err, ERR_BUSY, "argon2id", "现在登录的人太多，请过几秒再试",
                    "too many are signing in; try again in a few seconds");
    if (hash.n)
        is = crypt_password_is(hash, password);
    else
        ok = crypt_password_hash(password, session_password_cost(c), a, &ignored, err);
    if (app->sessions)
        session_memory_hash_end(app->sessions);
    if (ok)
        *right = is;
    return ok;
}

static bool wrong(Err *err)
{
    return fail(err, ERR_DENIED, NULL, "用户名或者密码不对", "wrong login or password");
}

// --- signing in with a password of ours

static bool check_password(App *app, const SignInAsk *ask, const Try *try, PersonSecret *secret,
                           Arena *a, Err *err)
{
    bool right = false, too_long = ask->password.n > PASSWORD_MOST_BYTES;
    *secret = (PersonSecret){0};
    if (try->found && !store_person_secret(app->db, app->site, try->person.id, a, secret, err))
        return false;
    if (!password_try(app, too_long ? S("") : secret->password, too_long ? S("") : ask->password, a,
                      &right, err))
        return false;
    if (!right)
        return wrong(err);
    return !secret->until || app->now < secret->until ||
           fail(err, ERR_RULE, NULL, "初始密码已经过期，请管理员重新发放",
                "the first password has run out; ask the administrator for another");
}

// At another cost now: computed again while the password is at hand.
static bool password_renew(App *app, Str password, PersonSecret *secret, Arena *a, bool *renewed,
                           Err *err)
{
    PasswordCost cost = session_password_cost(session_config(app));
    *renewed = crypt_password_old(secret->password, cost);
    return !*renewed || crypt_password_hash(password, cost, a, &secret->password, err);
}

// The very first time everything is new.
static bool stranger_tell(App *app, PersonId person, Arena scratch, Err *err)
{
    bool before;
    if (!store_session_any(app->db, app->site, person, app->actor.session, &before, err))
        return false;
    Str words =
        str_fmt(&scratch, "您的账号在新的地方登录（" PRI_STR "）；不是您本人的，请马上修改密码",
                STR_ARG(app->actor.ip));
    return !before || app_notify(app, person, NOTICE_ACCOUNT, words, S("/desk/account"), err);
}

// Within the transaction once more: the account may have been closed while the password was
// computed.
static bool still_open(App *app, PersonId id, Arena scratch, Err *err)
{
    Person p;
    return store_person_any(app->db, app->site, id, &scratch, &p, err) && (!p.closed || wrong(err));
}

static bool begin_session(App *app, const SignInAsk *ask, const Proven *who, Arena *a,
                          SignedIn *out, Session *session, Err *err)
{
    bool second;
    if (!store_second_has(app->db, app->site, who->person.id, &second, err))
        return false;
    bool due = second && !who->second_given;
    out->person = who->person.id;
    out->device =
        due ? S("") : device_add(app, ask->device, who->person.id, a); // else after the code
    SessionBegin begin = {.person = who->person.id,
                          .how = who->how,
                          .code = who->second_given ? CODE_GIVEN
                                  : due             ? CODE_DUE
                                                    : CODE_NONE,
                          .ip = ask->ip,
                          .user_agent = ask->user_agent,
                          .old_token = ask->old_token};
    return session_begin(app, &begin, a, &out->token, session, err);
}

bool sign_in_act(App *app, const SignInAsk *ask, const Proven *who, Act *act, Arena *a,
                 SignedIn *out, Err *err)
{
    SignedIn in = {0};
    Session session;
    if (!still_open(app, who->person.id, *a, err) ||
        !begin_session(app, ask, who, a, &in, &session, err) ||
        (who->attempt && !store_attempt_right(app->db, app->site, who->attempt, err)))
        return false;
    app->actor.session = session.id;
    if (!who->home && !stranger_tell(app, who->person.id, *a, err))
        return false;
    Str became = str_fmt(a, "{\"how\":\"" PRI_STR "\"}", STR_ARG(who->how));
    if (!act_note(act,
                  &(ActNote){.kind = ACT_SIGN_IN,
                             .noun = S("session"),
                             .noun_id = session.id.n,
                             .organ = who->person.organ,
                             .became = became},
                  err))
        return false;
    *out = in;
    return true;
}

void sign_in_actor(App *app, const SignInAsk *ask, const Person *person)
{
    app->actor = (Actor){.person = person->id,
                         .name = person->name,
                         .ip = ask->ip,
                         .via = S("web"),
                         .request = ask->request};
}

// Nobody has changed the password while this one was computed.
static bool secret_kept(App *app, PersonId id, Str checked, Arena scratch, Err *err)
{
    PersonSecret now = {0};
    return store_person_secret(app->db, app->site, id, &scratch, &now, err) &&
           (str_eq(now.password, checked) || wrong(err));
}

static bool own_password(App *app, const SignInAsk *ask, const Try *try, Arena *a, SignedIn *out,
                         Err *err)
{
    PersonSecret secret = {0};
    bool renewed;
    if (!check_password(app, ask, try, &secret, a, err))
        return false;
    Str checked = secret.password;
    if (!password_renew(app, ask->password, &secret, a, &renewed, err))
        return false;
    Proven who = {
        .person = try->person, .how = S("password"), .home = try->home, .attempt = try->attempt.id};
    sign_in_actor(app, ask, &try->person);
    CLEANUP(act_end) Act act = {0};
    SignedIn in;
    if (!act_begin(app, &act, err) || !secret_kept(app, try->person.id, checked, *a, err) ||
        (renewed && !store_person_secret_save(app->db, app->site, try->person.id, &secret, err)) ||
        !sign_in_act(app, ask, &who, &act, a, &in, err) || !act_commit(&act, err))
        return false;
    *out = in;
    return true;
}

// --- or with one of the directory

static bool directory_password(App *app, const SignInAsk *ask, const Try *try, Arena *a,
                               SignedIn *out, Err *err)
{
    const LdapConfig *ldap = &app->config->ldap;
    LdapIdentity there;
    Err why = {0};
    if (!app_ldap_sign_in(ldap, try->login, ask->password, a, &there, &why)) {
        if (why.kind != ERR_DENIED) {
            *err = why;
            return false;
        }
        try_was_wrong(app, ask, try, *a);
        return wrong(err);
    }
    Identity identity = {IDENTITY_LDAP, ldap->base, there.uid};
    return identity_sign_in(app, ask, &identity, S("ldap"), false, try->attempt.id, a, out, err);
}

bool app_sign_in(App *app, const SignInAsk *ask, Arena *a, SignedIn *out, int64_t *wait_s, Err *err)
{
    Try try = {0};
    Err why = {0};
    if (!try_begin(app, ask, S("password"), a, &try, wait_s, err))
        return false;
    if (own_password(app, ask, &try, a, out, &why))
        return true;
    if (why.kind == ERR_DENIED && app->config && ldap_configured(&app->config->ldap) &&
        ask->password.n <= LDAP_PASSWORD_MAX)
        return directory_password(app, ask, &try, a, out, err);
    if (why.kind == ERR_DENIED)
        try_was_wrong(app, ask, &try, *a);
    *err = why;
    return false;
}
