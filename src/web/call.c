#include "web/call.h"

#include "base/crypt.h"
#include "base/log.h"
#include "web/form.h"
#include "web/respond.h"
#include "web/seats.h"

#include <strings.h>

// Arenas are reserves: pages cost memory only where a request touched them, and what a large one
// touched goes back to the system after it.
static const size_t arena_size = (size_t)1 << 30, arena_keep = 256 << 10;
enum { VERSION_EVERY_MS = 250, BUSY_WAIT_S = 10 };

// ---- set-up

static bool asset_keep(Core *core, const Asset *as, Str url, const char *control)
{
    Response w = {.type = as->type};
    Kept *k = kept_new(url, as->body, &w);
    if (!k)
        return false;
    k->control = control;
    k->small = true;
    core->prepare(k);
    core->assets[core->n_assets++] = k;
    return true;
}

bool core_init(Core *core, const WebConfig *config, void (*prepare)(Kept *),
               void (*unprepare)(Prepared *), Err *err)
{
    *core = (Core){.config = *config, .prepare = prepare};
    core->cache = cache_new(config->cache_bytes, unprepare, NULL);
    core->models = core->cache ? cache_new(config->model_bytes, NULL, core->cache) : NULL;
    pthread_mutex_init(&core->rate.lock, NULL);
    bool ok = core->models != NULL;
    const Assets *as = assets_all();
    for (size_t i = 0; ok && i < as->n; i++) {
        static char plain[MAX_ASSETS][80];
        int n = snprintf(plain[i], sizeof plain[i], "/assets/" PRI_STR, STR_ARG(as->v[i].name));
        bool hashed = str_starts(as->v[i].url, S("/assets/"));
        ok = asset_keep(core, &as->v[i], as->v[i].url,
                        hashed ? "public, max-age=31536000, immutable" : "no-cache") &&
             asset_keep(core, &as->v[i], (Str){plain[i], (size_t)n}, "no-cache");
    }
    return ok || fail(err, ERR_SYSTEM, NULL, "内存不足", "out of memory");
}

void core_free(Core *core)
{
    for (size_t i = 0; i < core->n_assets; i++)
        kept_free(core->cache, core->assets[i]);
    if (core->models)
        cache_free(core->models);
    if (core->cache)
        cache_free(core->cache);
    pthread_mutex_destroy(&core->rate.lock);
}

void worker_free(Core *core, Worker *worker)
{
    held_free(&worker->held);
    if (worker->db && core->config.close)
        core->config.close(worker->db);
    arena_free(&worker->a);
    counters_free(&worker->counts);
}

void worker_rest(Worker *worker)
{
    held_free(&worker->held);
    arena_reset(&worker->a, arena_keep);
}

static bool worker_ready(Core *core, Worker *worker, Err *err)
{
    if (!worker->a.base)
        worker->a = arena_new(arena_size);
    worker_rest(worker);
    worker->held.cache = core->models;
    if (worker->open || !core->config.open)
        return true;
    worker->open = core->config.open(core->config.ctx, &worker->db, err);
    return worker->open;
}

static void version_look(Core *core, const Worker *worker)
{
    int64_t now = now_ms(), next = atomic_load(&core->version_next_ms);
    if (!core->config.version || now < next ||
        !atomic_compare_exchange_strong(&core->version_next_ms, &next, now + VERSION_EVERY_MS))
        return;
    uint64_t version = core->config.version(worker->db);
    // 0: the database cannot be asked just now; what is kept is still shown
    if (version && atomic_exchange(&core->version, version) != version)
        cache_bump_all(core->cache);
}

// ---- answers

static void answer_response(Request *r, Response *w, Answer *out)
{
    Str body = w->body.s ? w->body : buf_str(&w->out.b);
    if (str_starts(w->type, S("text/html")))
        body = respond_shown(r, body);
    out->w = *w;
    out->body = body;
    out->person = r->viewer ? r->viewer->person.n : 0;
    out->control = "no-store";
}

static void refuse(Core *core, Request *r, int status, const Err *err, Str allow, Answer *out)
{
    Response w = response_new(r->a);
    w.status = status;
    if (status >= 500 && status != 503)
        log_event(LOG_ERROR, "failed", log_str("id", r->id), log_int("status", status),
                  log_z("why", err->en), log_z("detail", err->detail));
    if (core->config.error_page)
        core->config.error_page(r, &w, err);
    else
        respond_error(&w, status, err);
    w.status = status;
    out->kind = err->kind;
    if (status == 405)
        respond_header(&w, "Allow", allow);
    if (status == 429 || status == 503)
        respond_header(&w, "Retry-After", str_fmt(r->a, "%d", r->wait_s ? r->wait_s : BUSY_WAIT_S));
    answer_response(r, &w, out);
}

void call_refuse(Core *core, Worker *worker, Call *call, int status, const Err *err, Answer *out)
{
    Err again;
    worker_ready(core, worker, &again);
    Request r = {.a = &worker->a, .db = worker->db, .ctx = core->config.ctx, .id = call->id};
    refuse(core, &r, status, err, S(""), out);
}

static void answer_kept(const Call *call, Kept *k, Answer *out)
{
    *out = (Answer){.kept = k};
    out->unchanged = call->if_none_match && strstr(call->if_none_match, k->etag);
}

static bool answer_found(const Call *call, Kept *k, Answer *out)
{
    if (!k)
        return false;
    answer_kept(call, k, out);
    out->hit = true;
    return true;
}

static Kept *asset_get(const Core *core, Str path)
{
    for (size_t i = 0; i < core->n_assets; i++)
        if (str_eq(core->assets[i]->key, path)) {
            atomic_fetch_add(&core->assets[i]->refs, 1);
            return core->assets[i];
        }
    return NULL;
}

// ---- one request

static bool host_ok(Str host)
{
    for (size_t i = 0; i < host.n; i++)
        if (!strchr("-.:[]_", host.s[i]) && !((host.s[i] | 32) >= 'a' && (host.s[i] | 32) <= 'z') &&
            !(host.s[i] >= '0' && host.s[i] <= '9'))
            return false;
    return host.n < 256;
}

static bool from_this_site(const Call *call)
{
    Str fetch = str_z(call->fetch_site), origin = str_z(call->origin), scheme, host;
    if (fetch.n)
        return str_eq(fetch, S("same-origin")) || str_eq(fetch, S("none"));
    if (!origin.n) // not a browser
        return true;
    return str_cut(origin, S("://"), &scheme, &host) && str_eq(host, str_z(call->host));
}

static bool method_of(const char *s, Method *out)
{
    if (strcmp(s, "GET") == 0 || strcmp(s, "HEAD") == 0)
        return *out = METHOD_GET, true;
    if (strcmp(s, "POST") == 0)
        return *out = METHOD_POST, true;
    return false;
}

static bool bad_address(Err *err)
{
    return fail(err, ERR_INPUT, NULL, "网址有误：含有不能识别的字符",
                "the address holds what cannot be decoded");
}

// Fills r and call->route. 0, or the status to refuse with.
static int call_read(Core *core, Call *call, Request *r, Str *allow, Err *err)
{
    Str query;
    str_cut(call->target, S("?"), &r->path, &query);
    r->ip = str_z(call->ip);
    r->host = str_z(call->host);
    bool known = method_of(call->method, &r->method);
    RouteMatch match =
        route_find(core->config.routes, core->config.n_routes, known ? r->method : METHOD__COUNT,
                   r->path, r->a, &call->route, &r->params, allow);
    if (match == ROUTE_BAD || !host_ok(r->host))
        return bad_address(err), 400;
    if (match == ROUTE_NONE) {
        fail(err, ERR_MISSING, NULL, "没有这个页面", "there is no such page");
        return 404;
    }
    if (match == ROUTE_METHOD) {
        fail(err, ERR_INPUT, NULL, "这个地址不支持这种请求", "not a method of this address");
        return 405;
    }
    r->pattern = call->route->pattern;
    if (!route_query(call->route, query, r->a, &r->query, &r->hant, &r->mode))
        return bad_address(err), 400;
    Csrf csrf = call->route->csrf;
    if (csrf != CSRF_NONE && csrf != CSRF_KEY && !from_this_site(call)) {
        fail(err, ERR_DENIED, NULL, "这份表单不是从本站提交的，请在本站页面上重新填写",
             "this form was not sent from this site");
        return 403;
    }
    return 0;
}

// ---- who may

static const Guard *guard_of(const Core *core, const Route *route)
{
    return route->csrf == CSRF_KEY ? core->config.key_guard : core->config.guard;
}

// For a route that wants somebody: finds out who it is. False with *err, or with the answer in w.
static bool gate_viewer(const Core *core, Request *r, const Route *route, Response *w,
                        bool *answered, Err *err)
{
    const Guard *guard = guard_of(core, route);
    if (!guard)
        return fail(err, ERR_MISSING, NULL, "没有这个页面", "there is no such page");
    if (!guard->viewer(r, &r->viewer, err))
        return false;
    if (r->viewer && (route->may == MAY_ENTER || r->viewer->due == DUE_NOTHING))
        return true;
    *answered = guard->sign_in(r, w, err);
    return false;
}

// A system's key has a limit of its own, wherever it comes from: one that asks too much is not to
// slow down the others behind the same address.
static bool key_may(Core *core, Request *r, Err *err)
{
    static const char what[] = "key";
    const Viewer *v = r->viewer;
    if (!v->key || rate_take(&core->rate, str_fmt(r->a, "key %lld", (long long)v->key), what,
                             v->per_minute, now_ms()))
        return true;
    r->wait_s = rate_wait_s(v->per_minute);
    return fail(err, ERR_BUSY, NULL, "这个密钥每分钟最多%d次，请%d秒以后再试",
                "this key may ask %d times in a minute; try again in %d s", v->per_minute,
                r->wait_s);
}

// Whether the page may run. False with *err, or with another answer in w.
static bool gate(Core *core, Request *r, const Route *route, Response *w, bool *answered, Err *err)
{
    r->may = route->may;
    if (route->may == MAY_ANYONE)
        return true;
    if (!gate_viewer(core, r, route, w, answered, err) || !key_may(core, r, err))
        return false;
    if (route->may != MAY_ENTER && !viewer_may(r->viewer, route->may))
        return fail(err, ERR_DENIED, NULL, "您现在的岗位不能" PRI_STR "；需要的，请向管理员申请",
                    "no post of yours gives the power “" PRI_STR "”",
                    STR_ARG(verb_defs[route->may].name));
    if (route->csrf == CSRF_FORM && !crypt_same(request_form(r, "csrf"), r->viewer->csrf))
        return fail(err, ERR_DENIED, NULL, "这份表单不是您这次登录时打开的，请重新打开页面再提交",
                    "the form does not belong to this session");
    guard_of(core, route)->act_as(r);
    return true;
}

static Request request_new(Core *core, Worker *worker, const Call *call)
{
    return (Request){.a = &worker->a,
                     .db = worker->db,
                     .ctx = core->config.ctx,
                     .id = call->id,
                     .cookies = str_z(call->cookies),
                     .authorization = str_z(call->authorization),
                     .idempotency = str_z(call->idempotency),
                     .user_agent = str_z(call->user_agent),
                     .cache = core->cache,
                     .models = core->models,
                     .held = &worker->held};
}

enum { REFUSALS_A_MINUTE = 30 }; // noted, of one address: the audit is not to be filled by trying

static void note_refused(Core *core, Request *r, const Call *call, const Err *why)
{
    static const char what[] = "refused";
    const Guard *guard = guard_of(core, call->route);
    bool forged = why->kind == ERR_DENIED || why->kind == ERR_MISSING;
    if (forged && r->method == METHOD_POST && r->viewer && guard->refused &&
        rate_take(&core->rate, r->ip, what, REFUSALS_A_MINUTE, now_ms()))
        guard->refused(r, why);
}

static void page_run(Core *core, Request *r, const Call *call, Answer *out)
{
    Err err = {0};
    uint64_t version = cache_version(core->cache, 0);
    Response w = response_new(r->a);
    if (core->config.begin)
        core->config.begin(core->config.ctx, r->db);
    bool answered = false;
    bool ok = gate(core, r, call->route, &w, &answered, &err) && call->route->page(r, &w, &err);
    if (r->method == METHOD_POST)
        atomic_store(&core->version_next_ms, 0); // who sent it sees next what came of it
    if (!ok && err.kind == ERR_REPEATED && r->viewer && call->route->csrf != CSRF_KEY)
        answered = core->config.guard->repeated(r, &w, &err);
    ok |= answered;
    if (ok && w.out.b.full)
        ok = fail(&err, ERR_LIMIT, NULL, "页面过大", "the page is too large");
    if (!ok) {
        note_refused(core, r, call, &err);
        refuse(core, r, r->wait_s ? 429 : status_of(err.kind), &err, S(""), out);
        return;
    }
    answer_response(r, &w, out);
    if (call->route->keep != KEEP_PAGE || w.fresh || w.status != 200 || r->method != METHOD_GET)
        return;
    if (w.n_depends == 0) {
        w.depends[0].slot = 0;
        w.depends[0].version = version;
        w.n_depends = 1;
    }
    Kept *k = kept_new(route_key(r, r->a), out->body, &w);
    if (!k)
        return;
    k->route = call->route;
    answer_kept(call, k, out);
}

// "/x/" means "/x".
static bool redirect_slash(Core *core, Request *r, const Call *call, Answer *out)
{
    Str path = r->path, query, ignored, allow;
    const Route *route;
    Fields params;
    if (path.n < 2 || !str_ends(path, S("/")) || r->method != METHOD_GET)
        return false;
    path.n--;
    if (route_find(core->config.routes, core->config.n_routes, METHOD_GET, path, r->a, &route,
                   &params, &allow) != ROUTE_FOUND ||
        str_starts(path, S("//")))
        return false;
    str_cut(call->target, S("?"), &ignored, &query);
    Response w = response_new(r->a);
    respond_redirect(&w, query.n ? str_cat(r->a, path, str_cat(r->a, S("?"), query)) : path);
    w.status = 308;
    answer_response(r, &w, out);
    return true;
}

static bool is_get(const Call *call)
{
    return strcmp(call->method, "GET") == 0 || strcmp(call->method, "HEAD") == 0;
}

// What is there for every site: assets and the sign of life.
static bool built_in(Core *core, Request *r, const Call *call, Answer *out)
{
    Str path, query;
    str_cut(call->target, S("?"), &path, &query);
    bool get = is_get(call);
    Kept *k = get ? asset_get(core, path) : NULL;
    if (k)
        answer_kept(call, k, out);
    if (k || !get || !str_eq(path, S("/healthz")))
        return k != NULL;
    Response w = response_new(r->a);
    respond_type(&w, S("text/plain; charset=utf-8"));
    buf_add(&w.out.b, S("ok\n"));
    answer_response(r, &w, out);
    return true;
}

// For this machine itself, asking directly, and for whoever has the token.
static bool may_measure(const Core *core, const Call *call)
{
    Address a;
    Str token = core->config.metrics_token, given = str_z(call->authorization);
    if (token.n && str_starts(given, S("Bearer ")) && crypt_same(str_from(given, 7), token))
        return true;
    return call->direct && address_parse(str_z(call->ip), &a) && address_loopback(a);
}

static bool measured(Core *core, Request *r, const Call *call, Answer *out)
{
    if (!core->measure || !is_get(call) || !str_eq(call->target, S("/metrics")) ||
        !may_measure(core, call))
        return false;
    Response w = response_new(r->a);
    respond_type(&w, S("text/plain; version=0.0.4; charset=utf-8"));
    core->measure(core, &w.out.b);
    if (core->config.begin && r->db)
        core->config.begin(core->config.ctx, r->db);
    if (core->config.gauges)
        core->config.gauges(r->db, r->a, &w.out.b);
    answer_response(r, &w, out);
    return true;
}

static bool kept_find(Core *core, Request *r, const Call *call, Answer *out)
{
    if (call->route->keep != KEEP_PAGE || r->method != METHOD_GET || !core->config.cache_bytes)
        return false;
    return answer_found(call, cache_get(core->cache, route_key(r, r->a)), out);
}

// Most of what is asked for.
static bool found_plain(Core *core, const Call *call, Answer *out)
{
    if (!core->config.cache_bytes || !is_get(call) || !route_key_plain(call->target) ||
        !host_ok(str_z(call->host)))
        return false;
    return answer_found(call, cache_get(core->cache, call->target), out);
}

static void page_make(Core *core, Request *r, const Call *call, Answer *out)
{
    page_run(core, r, call, out);
    if (!out->kept)
        return;
    core->prepare(out->kept);
    if (core->config.cache_bytes)
        cache_put(core->cache, out->kept);
}

Next call_begin(Core *core, Worker *worker, Call *call, Answer *out)
{
    Err err = {0};
    Str allow = S("");
    *out = (Answer){0};
    bool ready = worker_ready(core, worker, &err);
    Request r = request_new(core, worker, call);
    int status = 500;
    if (measured(core, &r, call, out))
        return NEXT_SEND;
    if (ready) {
        version_look(core, worker);
        if (found_plain(core, call, out) || built_in(core, &r, call, out))
            return NEXT_SEND;
        status = call_read(core, call, &r, &allow, &err);
    }
    if (status == 404 && redirect_slash(core, &r, call, out))
        return NEXT_SEND;
    const Route *route = call->route;
    if (status == 0 && route->per_minute &&
        !rate_take(&core->rate, r.ip, route, route->per_minute, now_ms())) {
        fail(&err, ERR_BUSY, NULL, "提交过于频繁，请稍后再试（每分钟最多%d次）",
             "too many requests; at most %d in a minute", route->per_minute);
        r.wait_s = rate_wait_s(route->per_minute);
        status = 429;
    }
    if (status) {
        refuse(core, &r, status, &err, allow, out);
        return NEXT_SEND;
    }
    bool known = route->csrf == CSRF_KEY ? r.authorization.n : r.cookies.n;
    if (r.method == METHOD_POST && (route->may == MAY_ANYONE || known))
        return NEXT_BODY; // without a cookie nobody's form is read
    if (kept_find(core, &r, call, out))
        return NEXT_SEND;
    if (route->lane == SLOW && r.method != METHOD_POST)
        return NEXT_RUN;
    page_make(core, &r, call, out);
    return NEXT_SEND;
}

// What systems send is JSON, which the page reads; what people send is a form.
static bool body_taken(Request *r, const Call *call, Str body, Err *err)
{
    if (call->route->csrf != CSRF_KEY)
        return form_parse(str_z(call->content_type), body, r->a, &r->form, err);
    r->body = body;
    return str_starts(str_z(call->content_type), S("application/json")) ||
           fail(err, ERR_INPUT, NULL, "内容应当是JSON（Content-Type: application/json）",
                "send JSON (Content-Type: application/json)");
}

void call_run(Core *core, Worker *worker, Call *call, Answer *out)
{
    Err err = {0};
    Str allow = S(""), body;
    *out = (Answer){0};
    bool ready = worker_ready(core, worker, &err);
    Request r = request_new(core, worker, call);
    int status = ready ? call_read(core, call, &r, &allow, &err) : 500;
    if (!status && r.method == METHOD_POST &&
        (!body_whole(&call->body, &body, &err) || !body_taken(&r, call, body, &err)))
        status = status_of(err.kind);
    if (status)
        refuse(core, &r, status, &err, allow, out);
    else
        page_make(core, &r, call, out);
}

// ---- Accept-Encoding

// q=0, q=0.0, q=0.000: not at all.
static bool is_zero(Str q)
{
    if (!str_starts(q, S("q=0")))
        return false;
    for (size_t i = 3; i < q.n; i++)
        if (q.s[i] >= '1' && q.s[i] <= '9')
            return false;
    return true;
}

static bool accepts(Str header, Str coding)
{
    for (Str one; header.n;) {
        Str name, q;
        str_cut(header, S(","), &one, &header);
        str_cut(one, S(";"), &name, &q);
        name = str_trim(name);
        q = str_trim(q);
        if (name.n == coding.n && strncasecmp(name.s, coding.s, name.n) == 0)
            return !is_zero(q);
    }
    return false;
}

Packing call_packing(const Call *call)
{
    Str header = str_z(call->accept_encoding);
    if (!header.n)
        return PACK_NONE;
    return accepts(header, S("br"))     ? PACK_BROTLI
           : accepts(header, S("gzip")) ? PACK_GZIP
                                        : PACK_NONE;
}
