#include "web/api.h"

#include "app/act.h"
#include "app/api_key.h"
#include "app/key.h"
#include "base/log.h"
#include "web/page_common.h"

// clang-format off
static const Str kinds[ERR__COUNT] = {
    [ERR_NONE]       = SI("system"),
    [ERR_INPUT]      = SI("input"),
    [ERR_MISSING]    = SI("missing"),
    [ERR_DENIED]     = SI("denied"),
    [ERR_RULE]       = SI("rule"),
    [ERR_BUSY]       = SI("busy"),
    [ERR_LIMIT]      = SI("limit"),
    [ERR_UNREADABLE] = SI("unreadable"),
    [ERR_SYSTEM]     = SI("system"),
    [ERR_REPEATED]   = SI("repeated"),
};
// clang-format on

Str api_error_kind(ErrKind kind)
{
    return kinds[kind];
}

static void error_json(Request *r, Response *w, Str kind, const Err *err)
{
    Buf b = buf_new(r->a, 16 << 10);
    JsonOut j = json_out(&b);
    json_object(&j);
    json_key(&j, S("error"));
    json_object(&j);
    json_put_str(&j, "kind", kind);
    json_put_str(&j, "zh", str_z(err->zh));
    json_put_str(&j, "en", str_z(err->en));
    json_put_str(&j, "request", r->id);
    json_end(&j);
    json_end(&j);
    respond_type(w, S("application/json; charset=utf-8"));
    w->body = buf_str(&b);
}

void api_error(Request *r, Response *w, const Err *err)
{
    error_json(r, w, api_error_kind(err->kind), err);
}

bool api_answer(Response *w, JsonOut *json)
{
    respond_type(w, S("application/json; charset=utf-8"));
    w->body = buf_str(json->buf);
    return json_done(json);
}

// --- who comes

// What the marks of a key's writings are made with, in place of the forms it has not: nobody
// outside can make it, for the public forms, which are nobody's too, would take a mark that
// somebody guessed.
static bool once_of(Request *r, int64_t id, Str *out, Err *err)
{
    Key key;
    unsigned char mac[SHA256_BYTES];
    if (!app_key(app_of(r), KEY_FORMS, &key, err))
        return false;
    crypt_mac(&key, str_fmt(r->a, "api key %lld", (long long)id), mac);
    crypt_wipe(&key, sizeof key);
    *out = crypt_hex(r->a, (Str){(const char *)mac, sizeof mac});
    return true;
}

static bool key_viewer(Request *r, const Viewer **out, Err *err)
{
    Viewer *v = NEW(r->a, Viewer, 1);
    int64_t id;
    bool found = false;
    *out = NULL;
    if (!str_starts(r->authorization, S("Bearer ")))
        return true;
    Str token = str_trim(str_from(r->authorization, 7));
    if (!app_api_key_viewer(app_of(r), token, r->a, v, &id, &found, err))
        return false;
    if (found && !once_of(r, id, &v->csrf, err))
        return false;
    *out = found ? v : NULL;
    return true;
}

static bool key_missing(Request *r, Response *w, Err *err)
{
    (void)fail(err, ERR_DENIED, NULL, "没有有效的密钥：请在Authorization里给出Bearer和密钥",
               "no valid key: send Authorization: Bearer KEY");
    error_json(r, w, S("unauthenticated"), err);
    w->status = 401;
    respond_header(w, "WWW-Authenticate", S("Bearer realm=\"gongkai\""));
    return true;
}

static Actor key_actor(const Request *r)
{
    return (Actor){.name = r->viewer->name, .ip = r->ip, .via = S("api"), .request = r->id};
}

// The system's own key for what it sends, so that two systems cannot meet.
static void key_acts(Request *r)
{
    App *app = app_of(r);
    Str mine = str_cat(r->a, r->viewer->csrf, S(" "));
    app->actor = key_actor(r);
    app->scope = viewer_scope(r->viewer, r->may);
    app->once = r->idempotency.n ? crypt_sha256(r->a, str_cat(r->a, mine, r->idempotency)) : S("");
    app->draft = S("");
}

static bool key_repeated(Request *r, Response *w, Err *err)
{
    (void)r, (void)w, (void)err;
    return false; // the page answers with what came of it
}

static void key_refused(Request *r, const Err *why)
{
    App *app = app_of(r);
    Err err;
    Buf b = buf_new(r->a, 16 << 10);
    JsonOut j = json_out(&b);
    app->actor = key_actor(r);
    json_object(&j);
    json_put_str(&j, "path", str_clip(r->a, r->path, 300));
    json_put_str(&j, "power", verb_defs[r->may].name);
    json_put_str(&j, "why", str_z(why->zh));
    json_end(&j);
    ActNote note = {
        .kind = ACT_DENIED, .noun = S("form"), .organ = r->viewer->organ, .became = buf_str(&b)};
    if (!app_note(app, &note, &err))
        log_event(LOG_ERROR, "a refusal was not noted", log_z("why", err.en),
                  log_z("detail", err.detail));
}

const Guard api_guard = {.viewer = key_viewer,
                         .sign_in = key_missing,
                         .act_as = key_acts,
                         .repeated = key_repeated,
                         .refused = key_refused};

// --- what comes in

static bool wrong(const ApiField *f, Err *err, const char *zh, const char *en)
{
    return fail(err, ERR_INPUT, NULL, "%s：%s%.0s", "%s: %.0s%s", f->name, zh, en);
}

static bool is_word(const ApiField *f, Str s)
{
    for (int i = 0; f->word(i).n; i++)
        if (str_eq(f->word(i), s))
            return true;
    return false;
}

// One value as text; empty: not given.
static bool value_ok(const ApiField *f, Str s, Err *err)
{
    int64_t n;
    Date d;
    if (!s.n)
        return !f->required || wrong(f, err, "没有填写", "is missing");
    switch (f->type) {
    case API_INT:
        return (str_to_int(s, &n) && n >= 0 && (!f->most || n <= f->most)) ||
               wrong(f, err, "应当是范围内的整数", "is no whole number in its range");
    case API_BOOL:
        return str_eq(s, S("true")) || str_eq(s, S("false")) ||
               wrong(f, err, "应当是true或者false", "is neither true nor false");
    case API_DAY:
        return (s.n == 10 && date_parse(s, &d)) ||
               wrong(f, err, "应当是像2026-03-19的日期", "is no day such as 2026-03-19");
    case API_WORD:
        return is_word(f, s) || wrong(f, err, "不是约定的值", "is none of its values");
    case API_TEXT:
        return str_runes(s) <= (size_t)(f->most ? f->most : 200) ||
               wrong(f, err, "过长", "is too long");
    case API_THING:
    case API_LIST:
    case API_NUMBERS:
        break;
    }
    return true;
}

bool api_query(Request *r, const ApiField *fields, Str *out, Err *err)
{
    for (size_t i = 0; fields[i].name; i++) {
        out[i] = str_trim(request_query(r, fields[i].name));
        if (!value_ok(&fields[i], out[i], err))
            return false;
    }
    return true;
}

static bool text_of(const ApiField *f, const Json *v, Arena *a, Str *out, Err *err)
{
    int64_t n;
    bool yes;
    *out = S("");
    if (!v || json_is_null(v))
        return true;
    if (f->type == API_INT)
        return json_as_int(v, &n) ? (*out = str_fmt(a, "%lld", (long long)n), true)
                                  : wrong(f, err, "应当是整数", "is no whole number");
    if (f->type == API_BOOL)
        return json_as_bool(v, &yes)
                   ? (*out = yes ? S("true") : S("false"), true)
                   : wrong(f, err, "应当是true或者false", "is neither true nor false");
    if (!json_as_str(v, out))
        return wrong(f, err, "应当是文字", "is no text");
    *out = str_trim(*out);
    return true;
}

static bool known_members(const Json *body, const ApiField *fields, Err *err)
{
    for (const Json *m = json_first(body); m; m = json_next(m)) {
        bool known = false;
        for (size_t i = 0; fields[i].name; i++)
            known |= str_eq(json_name(m), str_z(fields[i].name));
        if (!known)
            return fail(err, ERR_INPUT, NULL, "不认识的字段：" PRI_STR, "unknown member: " PRI_STR,
                        STR_ARG(json_name(m)));
    }
    return true;
}

bool api_body(Request *r, const ApiField *fields, Str *out, Err *err)
{
    const Json *body;
    if (!json_read(r->body, r->body.n, r->a, &body, err))
        return false;
    if (!json_is_object(body))
        return fail(err, ERR_INPUT, NULL, "内容应当是一个JSON对象", "the body is no JSON object");
    if (!known_members(body, fields, err))
        return false;
    for (size_t i = 0; fields[i].name; i++)
        if (!text_of(&fields[i], json_get(body, fields[i].name), r->a, &out[i], err) ||
            !value_ok(&fields[i], out[i], err))
            return false;
    return true;
}

const ApiField *api_fields_of(const char *pattern, Method method, bool query)
{
    static const ApiField none[] = {{0}};
    for (size_t i = 0; i < n_api_docs; i++)
        if (api_docs[i].method == method && str_eq(str_z(api_docs[i].pattern), str_z(pattern)))
            return query && api_docs[i].query     ? api_docs[i].query
                   : !query && api_docs[i].fields ? api_docs[i].fields
                                                  : none;
    return none;
}
