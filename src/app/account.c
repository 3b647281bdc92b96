#include "app/account.h"

#include "app/desk.h"
#include "app/key.h"
#include "base/otp.h"
#include "store/person.h"
#include "store/second.h"
#include "store/site.h"

// --- secrets of second factors

static Str secret_about(App *app, PersonId person, Arena *a)
{
    return str_fmt(a, "second %lld %lld", (long long)app->site.n, (long long)person.n);
}

static bool secret_open(App *app, PersonId person, Str sealed, Arena *a, Str *out, Err *err)
{
    Key key;
    if (!app_key(app, KEY_SECRETS, &key, err))
        return false;
    bool ok = crypt_open(a, &key, sealed, secret_about(app, person, a), out);
    crypt_wipe(&key, sizeof key);
    return ok ||
           fail(err, ERR_SYSTEM, "second factor", "动态口令的密钥打不开，请管理员取消后重新设置",
                "the second factor does not open with this key");
}

static bool secret_seal(App *app, PersonId person, Str secret, Arena *a, Str *out, Err *err)
{
    Key key;
    if (!app_key(app, KEY_SECRETS, &key, err))
        return false;
    *out = crypt_seal(a, &key, secret, secret_about(app, person, a));
    crypt_wipe(&key, sizeof key);
    return true;
}

// --- recovery codes: k7mf-2xqa-h4vt

enum { CODE_LETTERS = 12 };

static CodeHash code_hash(App *app, PersonId person, Str plain, Arena scratch)
{
    Key key = {0};
    Err err;
    CodeHash hash = {0};
    app_key(app, KEY_SECRETS, &key, &err); // with it the hashes alone cannot be tried out
    Str salt = crypt_hex(&scratch, (Str){(const char *)key.bytes, sizeof key.bytes});
    Str all = str_fmt(&scratch, PRI_STR " %lld %lld " PRI_STR, STR_ARG(salt),
                      (long long)app->site.n, (long long)person.n, STR_ARG(plain));
    crypt_sha256_raw(all, hash.bytes);
    crypt_wipe(&key, sizeof key);
    return hash;
}

// As typed, without what stands between.
static Str code_plain(Arena *a, Str typed)
{
    char *s = NEW(a, char, typed.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < typed.n; i++) {
        char c = typed.s[i];
        if (c != '-' && c != ' ')
            s[n++] = c >= 'A' && c <= 'Z' ? (char)(c | 32) : c;
    }
    return (Str){s, n};
}

static Str code_new(Arena *a)
{
    static const char alphabet[] = "23456789abcdefghjkmnpqrstuvwxyz0"; // 32
    unsigned char random[CODE_LETTERS];
    char *s = NEW(a, char, CODE_LETTERS + 3);
    size_t n = 0;
    crypt_random(random, sizeof random);
    for (size_t i = 0; i < CODE_LETTERS; i++) {
        if (i && i % 4 == 0)
            s[n++] = '-';
        s[n++] = alphabet[random[i] % 32];
    }
    return (Str){s, n};
}

static bool codes_new(App *app, PersonId person, Arena *a, Strs *out, Err *err)
{
    CodeHash hashes[RECOVERY_CODES];
    Strs codes = {0};
    for (size_t i = 0; i < RECOVERY_CODES; i++) {
        Str code = code_new(a);
        *PUSH(a, &codes) = code;
        hashes[i] = code_hash(app, person, code_plain(a, code), *a);
    }
    if (!store_recovery_set(app->db, app->site, person, hashes, RECOVERY_CODES, err))
        return false;
    *out = codes;
    return true;
}

// --- what acts of the account have in common

// What opens the door has changed: that is noted, and told to whose door it is, in case it was
// somebody else.
static bool note(Act *act, ActKind kind, const Viewer *v, const char *words, Err *err)
{
    ActNote line = {.kind = kind, .noun = S("person"), .noun_id = v->person.n, .organ = v->organ};
    return act_note(act, &line, err) &&
           (!words ||
            app_notify(act->app, v->person, NOTICE_ACCOUNT, str_z(words), S("/desk/account"), err));
}

static bool end_others(App *app, const Viewer *v, Err *err)
{
    int64_t n;
    return store_session_end_all(app->db, app->site, v->person, v->session, app->now, END_PASSWORD,
                                 &n, err);
}

bool password_again(App *app, const Viewer *v, Str password, Arena *a, Err *err)
{
    SignInAsk ask = {.login = v->login, .ip = app->actor.ip};
    PersonSecret secret;
    Try try;
    int64_t wait_s;
    bool right = false;
    if (!try_begin(app, &ask, S("again"), a, &try, &wait_s, err) ||
        !store_person_secret(app->db, app->site, v->person, a, &secret, err) ||
        !password_try(app, password.n > PASSWORD_MOST_BYTES ? S("") : secret.password, password, a,
                      &right, err))
        return false;
    if (!right)
        return fail(err, ERR_DENIED, NULL, "密码不对", "wrong password");
    CLEANUP(tx_end) Tx tx = tx_begin(app->db);
    return store_attempt_right(app->db, app->site, try.attempt.id, err) && tx_commit(&tx, err);
}

// --- giving a code

static bool use_otp(App *app, PersonId person, Str code, Arena *a, bool *used, Err *err)
{
    Second second;
    Str secret;
    int64_t step;
    bool found;
    *used = false;
    if (!store_second_get(app->db, app->site, person, a, &second, &found, err))
        return false;
    if (!found)
        return true;
    if (!secret_open(app, person, second.secret, a, &secret, err))
        return false;
    return !otp_verify(secret, code, app->now, second.last_step, &step) ||
           store_second_use(app->db, app->site, person, step, used, err);
}

static bool use_recovery(App *app, PersonId person, Str code, Arena *a, bool *used, Err *err)
{
    Str plain = code_plain(a, code);
    *used = false;
    if (plain.n != CODE_LETTERS)
        return true;
    CodeHash hash = code_hash(app, person, plain, *a);
    return store_recovery_use(app->db, app->site, person, &hash, app->now, used, err);
}

static bool use_code(App *app, PersonId person, Str code, Arena *a, bool *used, bool *recovery,
                     Err *err)
{
    if (!use_otp(app, person, code, a, used, err))
        return false;
    *recovery = !*used;
    return *used || use_recovery(app, person, code, a, used, err);
}

bool app_code_give(App *app, const Viewer *v, const SignInAsk *ask, Str code, Arena *a,
                   SignedIn *out, int64_t *wait_s, Err *err)
{
    SignInAsk who = *ask;
    SignedIn in = {.person = v->person};
    Try try;
    bool used, recovery;
    *wait_s = 0;
    who.login = v->login;
    if (v->due != DUE_CODE)
        return fail(err, ERR_RULE, NULL, "现在不需要动态口令", "no code is due");
    if (!try_begin(app, &who, S("code"), a, &try, wait_s, err))
        return false;
    CLEANUP(act_end) Act act = {0};
    if (!act_begin(app, &act, err) || !use_code(app, v->person, code, a, &used, &recovery, err))
        return false;
    if (!used) {
        act_end(&act);
        try_was_wrong(app, &who, &try, *a);
        return fail(err, ERR_DENIED, NULL, "动态口令不对，或者已经用过；口令每30秒换一个",
                    "the code is wrong or has been used");
    }
    if (!session_renew(app, v->session, CODE_GIVEN, a, &in.token, err) ||
        !store_attempt_right(app->db, app->site, try.attempt.id, err) ||
        !note(&act, recovery ? ACT_RECOVERY_USE : ACT_SIGN_IN_CODE, v,
              recovery ? "有人用您的恢复码登录；不是您本人的，请马上修改密码" : NULL, err) ||
        !act_commit(&act, err))
        return false;
    in.device = device_add(app, ask->device, v->person, a);
    *out = in;
    return true;
}

// --- setting a second factor up

static Str offer_about(const Viewer *v, Arena *a)
{
    return str_fmt(a, "offer %lld %lld", (long long)v->site.n, (long long)v->session.n);
}

static bool offer_of(App *app, const Viewer *v, Str secret, Str sealed, Arena *a, SecondOffer *out,
                     Err *err)
{
    Site site;
    if (!store_site_get(app->db, app->site, a, &site, err))
        return false;
    *out = (SecondOffer){.text = otp_text(a, secret),
                         .uri = otp_uri(a, site.name, v->login, secret),
                         .sealed = sealed};
    return true;
}

bool app_second_offer(App *app, const Viewer *v, Arena *a, SecondOffer *out, Err *err)
{
    Key key;
    if (!app_key(app, KEY_FORMS, &key, err))
        return false;
    Str secret = otp_secret(a), sealed = crypt_seal_hex(a, &key, secret, offer_about(v, a));
    crypt_wipe(&key, sizeof key);
    return offer_of(app, v, secret, sealed, a, out, err);
}

static bool offer_open(App *app, const Viewer *v, Str sealed, Arena *a, Str *secret, Err *err)
{
    Key key;
    if (!app_key(app, KEY_FORMS, &key, err))
        return false;
    bool ok = crypt_open_hex(a, &key, sealed, offer_about(v, a), secret);
    crypt_wipe(&key, sizeof key);
    return ok || fail(err, ERR_INPUT, NULL, "这一页已经失效，请重新打开再设置",
                      "the offer is not of this session");
}

bool app_second_again(App *app, const Viewer *v, Str sealed, Arena *a, SecondOffer *out, Err *err)
{
    Str secret;
    return offer_open(app, v, sealed, a, &secret, err) &&
           offer_of(app, v, secret, sealed, a, out, err);
}

bool app_second_set(App *app, const Viewer *v, Str sealed, Str code, Str password, Arena *a,
                    Strs *codes, Str *token, Err *err)
{
    Second second = {.since = app->now};
    Str secret, fresh;
    Strs made;
    bool has;
    if (!offer_open(app, v, sealed, a, &secret, err))
        return false;
    if (!otp_verify(secret, code, app->now, 0, &second.last_step))
        return fail(err, ERR_INPUT, NULL,
                    "动态口令不对，请看一下手机上现在的6位数字，并核对手机时间",
                    "the code is not right; look at the authenticator again");
    if (!store_second_has(app->db, app->site, v->person, &has, err) ||
        (has && !password_again(app, v, password, a, err)) ||
        !secret_seal(app, v->person, secret, a, &second.secret, err))
        return false;
    CLEANUP(act_end) Act act = {0};
    if (!act_begin(app, &act, err) ||
        !store_second_set(app->db, app->site, v->person, &second, err) ||
        !codes_new(app, v->person, a, &made, err) ||
        !session_renew(app, v->session, CODE_GIVEN, a, &fresh, err) || !end_others(app, v, err) ||
        !note(&act, ACT_SECOND_SET, v, "您的账号设置了新的动态口令", err) || !act_commit(&act, err))
        return false;
    *codes = made;
    *token = fresh;
    return true;
}

bool app_second_drop(App *app, const Viewer *v, Str password, Arena *a, Str *token, Err *err)
{
    Str fresh;
    if (viewer_signs(v))
        return fail(err, ERR_RULE, NULL, "您的岗位要审核或者签发，必须使用动态口令",
                    "a role of yours signs, so a second factor is needed");
    if (!password_again(app, v, password, a, err))
        return false;
    CLEANUP(act_end) Act act = {0};
    if (!act_begin(app, &act, err) || !store_second_drop(app->db, app->site, v->person, err) ||
        !session_renew(app, v->session, CODE_NONE, a, &fresh, err) || !end_others(app, v, err) ||
        !note(&act, ACT_SECOND_DROP, v, "您的账号取消了动态口令", err) || !act_commit(&act, err))
        return false;
    *token = fresh;
    return true;
}

bool app_recovery_make(App *app, const Viewer *v, Str password, Arena *a, Strs *codes, Err *err)
{
    Strs made;
    bool has;
    if (!store_second_has(app->db, app->site, v->person, &has, err))
        return false;
    if (!has)
        return fail(err, ERR_RULE, NULL, "还没有设置动态口令，不需要恢复码",
                    "there is no second factor to recover");
    if (!password_again(app, v, password, a, err))
        return false;
    CLEANUP(act_end) Act act = {0};
    if (!act_begin(app, &act, err) || !codes_new(app, v->person, a, &made, err) ||
        !note(&act, ACT_RECOVERY_MAKE, v, "您的恢复码重新生成了，原来的作废", err) ||
        !act_commit(&act, err))
        return false;
    *codes = made;
    return true;
}

bool app_second_state(App *app, const Viewer *v, Arena *a, SecondState *out, Err *err)
{
    Second second;
    SecondState state = {0};
    bool found;
    if (!store_second_get(app->db, app->site, v->person, a, &second, &found, err) ||
        !store_recovery_left(app->db, app->site, v->person, &state.codes, err))
        return false;
    state.has = found;
    state.since = found ? second.since : 0;
    *out = state;
    return true;
}

// --- the password

static bool fresh_decide(App *app, const Viewer *v, const PasswordChange *c, Arena *a, Err *err)
{
    Site site;
    if (!store_site_get(app->db, app->site, a, &site, err))
        return false;
    if (!str_eq(c->fresh, c->again))
        return fail(err, ERR_INPUT, NULL, "两次输入的新密码不一样", "the two new ones differ");
    if (c->old.n && str_eq(c->old, c->fresh))
        return fail(err, ERR_INPUT, NULL, "新密码与旧密码相同", "the new one is the old one");
    return password_decide(
        c->fresh,
        &(PasswordOwner){
            .login = v->login, .name = v->name, .organ = v->organ_name, .site = site.name},
        a, err);
}

// A password that had to be changed is not kept by typing it again.
static bool is_another(App *app, const Viewer *v, Str fresh, Arena *a, Err *err)
{
    PersonSecret secret;
    bool same = false;
    if (!store_person_secret(app->db, app->site, v->person, a, &secret, err) ||
        (secret.password.n && !password_try(app, secret.password, fresh, a, &same, err)))
        return false;
    return !same || fail(err, ERR_INPUT, NULL, "新密码与旧密码相同", "the new one is the old one");
}

bool app_password_change(App *app, const Viewer *v, const PasswordChange *change, Arena *a,
                         Str *token, Err *err)
{
    PersonSecret secret = {.set_at = app->now};
    Str fresh;
    if (!fresh_decide(app, v, change, a, err) ||
        !(v->due == DUE_PASSWORD ? is_another(app, v, change->fresh, a, err)
                                 : password_again(app, v, change->old, a, err)) ||
        !crypt_password_hash(change->fresh, session_password_cost(session_config(app)), a,
                             &secret.password, err))
        return false;
    CLEANUP(act_end) Act act = {0};
    if (!act_begin(app, &act, err) ||
        !store_person_secret_save(app->db, app->site, v->person, &secret, err) ||
        !session_renew(app, v->session, CODE_SAME, a, &fresh, err) || !end_others(app, v, err) ||
        !note(&act, ACT_PASSWORD_CHANGE, v, "您的密码修改了", err) || !act_commit(&act, err))
        return false;
    *token = fresh;
    return true;
}
