#include "../test.h"

#include "inside.h"

#include "app/config.h"
#include "web/api.h"
#include "web/call.h"
#include "web/page_home.h"

#include <stdlib.h>

struct Inside {
    Core core;
    Worker worker;
    App app;
    Arena a;
    Config config;
    AppPlace place;
    Date today;
    int64_t now;
    uint64_t n;
};

static bool data_open(void *ctx, void **db, Err *err)
{
    Inside *in = ctx;
    if (!app_open(&in->place, DB_WRITE, in->today, in->now, &in->a, &in->app, err))
        return false;
    in->app.config = &in->config;
    *db = &in->app;
    return true;
}

static void data_close(void *db)
{
    app_close(db);
}

static void data_begin(void *ctx, void *db)
{
    Inside *in = ctx;
    App *app = db;
    app->today = in->today;
    app->now = in->now;
    app->actor = (Actor){0};
    app->scope = scope_none(app->site);
    app->once = S("");
}

static void prepare(Kept *k)
{
    (void)k;
}
static void unprepare(Prepared *p)
{
    (void)p;
}

Inside *inside_open(const SiteBox *box, Date today, int64_t now)
{
    Inside *in = calloc(1, sizeof *in);
    assert_non_null(in);
    in->a = arena_new((size_t)1 << 30);
    in->config = config_standard(&in->a);
    in->config.data = box->dir;
    in->config.sign_in.hash_passes = 1; // what a password costs is not what is asked here
    in->config.sign_in.hash_memory_kb = 64;
    in->place = (AppPlace){.data = box->dir, .database = box->database};
    in->today = today;
    in->now = now;
    WebConfig config = {.routes = web_routes,
                        .n_routes = web_routes_n,
                        .open = data_open,
                        .close = data_close,
                        .begin = data_begin,
                        .ctx = in,
                        .guard = &site_guard,
                        .key_guard = &api_guard,
                        .error_page = page_error,
                        .model_bytes = 1 << 20,
                        .quiet = true};
    Err err = {0};
    if (!core_init(&in->core, &config, prepare, unprepare, &err))
        fail_msg("%s", err.en);
    return in;
}

void inside_close(Inside *in)
{
    worker_free(&in->core, &in->worker);
    core_free(&in->core);
    arena_free(&in->a);
    free(in);
}

static Str head_of(Arena *a, Str type, const ResponseHeader *headers, size_t n)
{
    Str head = str_fmt(a, "Content-Type: " PRI_STR "\n", STR_ARG(type));
    for (size_t i = 0; i < n; i++)
        head = str_fmt(a, PRI_STR "%s: " PRI_STR "\n", STR_ARG(head), headers[i].name,
                       STR_ARG(headers[i].value));
    return head;
}

static Got take(Inside *in, Arena *a, const Answer *answer)
{
    Got got = {.status = 200};
    if (answer->kept) {
        const Kept *k = answer->kept;
        got.head = head_of(a, k->type, k->headers, k->n_headers);
        got.body = str_dup(a, k->body);
        kept_free(in->core.cache, answer->kept);
    } else {
        got.status = answer->w.status;
        got.head = head_of(a, answer->w.type, answer->w.headers, answer->w.n_headers);
        got.body = str_dup(a, answer->body);
    }
    return got;
}

static Got ask(Inside *in, Arena *a, Str token, Str target, const char *method, Str form)
{
    Err err = {0};
    Answer answer;
    Call call = {.id = str_fmt(a, "t%llu", (unsigned long long)++in->n),
                 .ip = "127.0.0.1",
                 .method = method,
                 .target = target,
                 .host = "localhost",
                 .fetch_site = "same-origin",
                 .content_type = "application/x-www-form-urlencoded",
                 .cookies = str_to_z(a, str_cat(a, S("gongkai="), token)),
                 .user_agent = "test",
                 .body = body_new()};
    memset(in->core.rate.v, 0, sizeof in->core.rate.v); // how often is not what is asked here
    Next next = call_begin(&in->core, &in->worker, &call, &answer);
    if (next == NEXT_BODY)
        assert_true(body_add(&call.body, form, NULL, &err));
    if (next != NEXT_SEND)
        call_run(&in->core, &in->worker, &call, &answer);
    Got got = take(in, a, &answer);
    body_free(&call.body);
    worker_rest(&in->worker);
    return got;
}

Got inside_get(Inside *in, Arena *a, Str token, Str target)
{
    return ask(in, a, token, target, "GET", S(""));
}

Got inside_post(Inside *in, Arena *a, Str token, Str target, Str form)
{
    return ask(in, a, token, target, "POST", form);
}

Str got_header(const Got *got, const char *name)
{
    Str rest = got->head, line, key, value;
    while (str_cut(rest, S("\n"), &line, &rest))
        if (str_cut(line, S(": "), &key, &value) && str_eq(key, str_z(name)))
            return value;
    return S("");
}
