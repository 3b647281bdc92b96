#include "app/session.h"

#include "app/config.h"
#include "app/desk.h"
#include "base/address.h"
#include "base/text.h"
#include "store/person.h"

const SessionConfig *session_config(const App *app)
{
    return app->config ? &app->config->sign_in : &session_config_standard;
}

TokenHash session_token_hash(Str token)
{
    TokenHash hash = {0};
    crypt_sha256_raw(token, hash.bytes);
    return hash;
}

// --- who is looking

// How many bits of an address must be the same; both as IPv6.
static int same_bits(const SessionConfig *c, Address a)
{
    static const unsigned char v4[12] = {[10] = 0xff, [11] = 0xff};
    if (c->address == ADDRESS_EXACT)
        return 128;
    return memcmp(a.bytes, v4, sizeof v4) == 0 ? 96 + 24 : 64;
}

static bool from_there(const SessionConfig *c, Str began, Str ip)
{
    Address a, b;
    if (c->address == ADDRESS_OFF || str_eq(began, ip))
        return true;
    if (!address_parse(began, &a) || !address_parse(ip, &b))
        return false;
    int bits = same_bits(c, a);
    return memcmp(a.bytes, b.bytes, (size_t)bits / 8) == 0;
}

// Whether the session goes on with this request.
static bool goes_on(App *app, const SessionFound *f, Str ip)
{
    const SessionConfig *c = session_config(app);
    const Session *s = &f->session;
    if (s->ended != END_NOT || f->closed || app->now >= s->ends_at)
        return false;
    if (app->sessions && session_memory_is_moved(app->sessions, s->id))
        return false;
    if (!from_there(c, s->ip, ip)) {
        if (app->sessions)
            session_memory_moved(app->sessions, s->id, s->person, ip, app->now);
        return false;
    }
    return app->sessions ? session_memory_see(app->sessions, s->id, s->seen_at, c->idle_s, app->now)
                         : app->now - s->seen_at < c->idle_s;
}

static bool held_at(const Posts *posts, OrganId organ)
{
    for (size_t i = 0; i < posts->n; i++)
        if (posts->v[i].organ.n == organ.n)
            return true;
    return false;
}

// The organ of the session, else one's own, else that of the first post.
static OrganId organ_of(const SessionFound *f, const Posts *posts)
{
    if (held_at(posts, f->session.organ))
        return f->session.organ;
    if (held_at(posts, f->home))
        return f->home;
    return posts->n ? posts->v[0].organ : (OrganId){0};
}

static Viewer viewer_of(const App *app, const SessionFound *f, Posts posts)
{
    Viewer v = {.site = app->site,
                .person = f->session.person,
                .session = f->session.id,
                .name = f->name,
                .login = f->login,
                .organ = organ_of(f, &posts),
                .posts = posts,
                .csrf = f->session.csrf};
    v.due = signin_due((SignInFacts){.has_second = f->has_second,
                                     .code_given = f->session.code == CODE_GIVEN,
                                     .must_change = f->must_change,
                                     .signs = viewer_signs(&v)});
    v.at_top = v.organ.n && v.organ.n == f->site_organ.n;
    for (size_t i = 0; i < posts.n; i++)
        if (posts.v[i].organ.n == v.organ.n)
            v.organ_name = posts.v[i].organ_name;
    return v;
}

bool app_session_viewer(App *app, Str token, Str ip, Arena *a, Viewer *out, bool *found, Err *err)
{
    SessionFound f;
    Posts posts;
    bool has = false;
    if (token.n != 2 * SESSION_TOKEN_BYTES)
        return *found = false, true;
    TokenHash hash = session_token_hash(token);
    if (!store_session_find(app->db, app->site, &hash, a, &f, &has, err))
        return false;
    if (!has || !goes_on(app, &f, ip))
        return *found = false, true;
    if (!store_person_posts(app->db, app->site, f.session.person, app->today, a, &posts, err))
        return false;
    *out = viewer_of(app, &f, posts);
    *found = true;
    return true;
}

bool app_session_past(App *app, Str token, Arena *a, Session *out, bool *found, Err *err)
{
    SessionFound f;
    bool has = false;
    TokenHash hash = session_token_hash(token);
    if (token.n == 2 * SESSION_TOKEN_BYTES &&
        !store_session_find(app->db, app->site, &hash, a, &f, &has, err))
        return false;
    if (has)
        *out = f.session;
    *found = has;
    return true;
}

Actor session_actor(const Viewer *v, Verb verb, Str ip, Str request)
{
    const Post *post = viewer_post(v, verb);
    return (Actor){.person = v->person,
                   .name = v->name,
                   .instead_of = post ? post->instead_of : (PersonId){0},
                   .session = v->session,
                   .ip = ip,
                   .via = S("web"),
                   .request = request};
}

// --- beginning

// Ends the oldest where more are open than may be; `now` has just been added.
static bool end_too_many(App *app, const Session *now, Arena scratch, Err *err)
{
    Sessions open;
    bool ended;
    if (!store_session_list(app->db, app->site, now->person, &scratch, &open, err))
        return false;
    for (size_t i = (size_t)session_config(app)->per_person; i < open.n; i++)
        if (open.v[i].id.n != now->id.n &&
            !store_session_end(app->db, app->site, open.v[i].id, app->now, END_MANY, &ended, err))
            return false;
    return true;
}

static bool end_old(App *app, Str token, Arena scratch, Err *err)
{
    Session old;
    bool found, ended;
    if (!token.n)
        return true;
    if (!app_session_past(app, token, &scratch, &old, &found, err))
        return false;
    return !found || store_session_end(app->db, app->site, old.id, app->now, END_OUT, &ended, err);
}

// Browsers of some telephones send names in GBK: as much of it as is text.
static Str agent_kept(Str sent)
{
    sent = str_sub(sent, 0, 400);
    return str_sub(sent, 0, text_valid(sent));
}

bool session_begin(App *app, const SessionBegin *begin, Arena *a, Str *token, Session *out,
                   Err *err)
{
    const SessionConfig *c = session_config(app);
    Str fresh = crypt_token(a, SESSION_TOKEN_BYTES);
    Session s = {.person = begin->person,
                 .csrf = crypt_token(a, SESSION_TOKEN_BYTES),
                 .code = begin->code,
                 .how = begin->how,
                 .ip = begin->ip,
                 .user_agent = agent_kept(begin->user_agent),
                 .began_at = app->now,
                 .seen_at = app->now,
                 .ends_at = app->now + c->absolute_s};
    TokenHash hash = session_token_hash(fresh);
    if (!end_old(app, begin->old_token, *a, err) ||
        !store_session_add(app->db, app->site, &s, &hash, err) || !end_too_many(app, &s, *a, err))
        return false;
    *token = fresh;
    *out = s;
    return true;
}

bool session_renew(App *app, SessionId id, SessionCode code, Arena *a, Str *token, Err *err)
{
    Str fresh = crypt_token(a, SESSION_TOKEN_BYTES), csrf = crypt_token(a, SESSION_TOKEN_BYTES);
    TokenHash hash = session_token_hash(fresh);
    if (!store_session_renew(app->db, app->site, id, &hash, csrf, code, err))
        return false;
    *token = fresh;
    return true;
}

// --- acts

static bool end_one(App *app, Act *act, SessionId id, EndWhy why, bool *ended, Err *err)
{
    return store_session_end(app->db, app->site, id, app->now, why, ended, err) &&
           act_note(act,
                    &(ActNote){.kind = ACT_SIGN_OUT,
                               .noun = S("session"),
                               .noun_id = id.n,
                               .organ = app->scope.root},
                    err);
}

bool app_session_out(App *app, Err *err)
{
    CLEANUP(act_end) Act act = {0};
    bool ended;
    return act_begin(app, &act, err) &&
           end_one(app, &act, app->actor.session, END_OUT, &ended, err) && act_commit(&act, err);
}

bool app_session_list(App *app, Arena *a, Sessions *out, Err *err)
{
    return store_session_list(app->db, app->site, app->actor.person, a, out, err);
}

static bool is_own(App *app, SessionId id, Err *err)
{
    CLEANUP(arena_end) Arena scratch = arena_new(1 << 20);
    Sessions own;
    if (!store_session_list(app->db, app->site, app->actor.person, &scratch, &own, err))
        return false;
    for (size_t i = 0; i < own.n; i++)
        if (own.v[i].id.n == id.n)
            return true;
    return fail(err, ERR_MISSING, NULL, "这次登录已经结束", "no such session of yours");
}

bool app_session_end(App *app, SessionId id, Err *err)
{
    CLEANUP(act_end) Act act = {0};
    bool ended;
    return act_begin(app, &act, err) && is_own(app, id, err) &&
           end_one(app, &act, id, END_OTHER, &ended, err) && act_commit(&act, err);
}

bool app_session_end_others(App *app, int64_t *n, Err *err)
{
    CLEANUP(act_end) Act act = {0};
    int64_t ended;
    if (!act_begin(app, &act, err) ||
        !store_session_end_all(app->db, app->site, app->actor.person, app->actor.session, app->now,
                               END_OTHER, &ended, err) ||
        !act_note(&act,
                  &(ActNote){.kind = ACT_SIGN_OUT_OTHERS,
                             .noun = S("person"),
                             .noun_id = app->actor.person.n,
                             .organ = app->scope.root},
                  err) ||
        !act_commit(&act, err))
        return false;
    *n = ended;
    return true;
}

bool app_session_organ(App *app, const Viewer *v, OrganId organ, Err *err)
{
    CLEANUP(act_end) Act act = {0};
    if (!held_at(&v->posts, organ))
        return fail(err, ERR_DENIED, NULL, "您在这个机关没有岗位", "no post of yours is there");
    return act_begin(app, &act, err) &&
           store_session_organ(app->db, app->site, v->session, organ, err) &&
           act_note(&act,
                    &(ActNote){.kind = ACT_SESSION_ORGAN,
                               .noun = S("organ"),
                               .noun_id = organ.n,
                               .organ = organ},
                    err) &&
           act_commit(&act, err);
}

bool session_end_person(App *app, PersonId person, EndWhy why, Err *err)
{
    int64_t n;
    return store_session_end_all(app->db, app->site, person, (SessionId){0}, app->now, why, &n,
                                 err);
}

// --- jobs

static bool moved_tell(App *app, const SessionMoved *moved, Arena scratch, Err *err)
{
    Str words = str_fmt(
        &scratch,
        "您的登录凭据在另一个地址（%s）出现，那次登录已经结束；不是您本人的，请马上修改密码",
        moved->ip);
    return app_notify(app, moved->person, NOTICE_ACCOUNT, words, S("/desk/account"), err);
}

static bool flush_moved(App *app, const SessionMoved *moved, Arena scratch, Err *err)
{
    CLEANUP(act_end) Act act = {0};
    bool ended;
    Actor was = app->actor;
    Str once = app->once;
    app->actor =
        (Actor){.name = S("系统"), .session = moved->id, .ip = str_z(moved->ip), .via = S("web")};
    app->once = S("");
    bool ok = act_begin(app, &act, err) &&
              store_session_end(app->db, app->site, moved->id, moved->at, END_MOVED, &ended, err);
    if (ok && ended)
        ok = act_note(&act,
                      &(ActNote){.kind = ACT_SESSION_MOVED,
                                 .noun = S("person"),
                                 .noun_id = moved->person.n},
                      err) &&
             moved_tell(app, moved, scratch, err) && act_commit(&act, err);
    app->actor = was;
    app->once = once;
    return ok;
}

static bool flush_seen(App *app, const SessionNews *news, Err *err)
{
    CLEANUP(tx_end) Tx tx = tx_begin(app->db);
    for (size_t i = 0; i < news->n_seen; i++)
        if (!store_session_seen(app->db, app->site, news->seen[i].id, news->seen[i].at, err))
            return false;
    return tx_commit(&tx, err);
}

bool app_session_flush(App *app, Arena *a, Err *err)
{
    if (!app->sessions)
        return true;
    SessionNews news = session_memory_take(app->sessions, app->now, SESSION_FLUSH_S, a);
    if (news.n_seen && !flush_seen(app, &news, err))
        return false;
    for (size_t i = 0; i < news.n_moved; i++)
        if (!flush_moved(app, &news.moved[i], *a, err))
            return false;
    session_memory_written(app->sessions, &news);
    return true;
}

bool app_session_clean(App *app, int64_t *n, Err *err)
{
    CLEANUP(tx_end) Tx tx = tx_begin(app->db);
    int64_t ended, idle = app->now - session_config(app)->idle_s - 2 * SESSION_FLUSH_S;
    if (!store_session_clean(app->db, app->site, app->now, idle, app->now - SESSION_KEPT_S, &ended,
                             err) ||
        !store_attempt_clean(app->db, app->site, app->now - SIGNIN_WINDOW_S, err) ||
        !tx_commit(&tx, err))
        return false;
    *n = ended;
    return true;
}
