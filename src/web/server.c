// The only file that knows libmicrohttpd. Its threads call on_request; what is answered is decided
// in call.c, and here only carried: bytes in, prepared responses out, slow calls set aside.
#include "web/server.h"

#include "base/log.h"
#include "base/pack.h"
#include "web/call.h"
#include "web/lane.h"
#include "web/listen.h"
#include "web/peer.h"
#include "web/respond.h"
#include "web/seats.h"

#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <pthread.h>
#include <sched.h>
#include <strings.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

enum {
    MAX_WORKERS = 80,
    MAX_WAITING = 64,          // calls in the queue of the slow lane
    CONNECTION_MEMORY = 12288, // head of a request, headers of an answer; zeroed for each request
    IDLE_S = 15,               // between two requests
    SEND_S = 300,              // an answer may take that long to be fetched
    STOP_MS = 10000,
    MAX_DRAIN = 128 << 20, // bytes read and dropped, so that the browser reads why
};

struct Web {
    Core core;
    struct MHD_Daemon *daemon;
    int fd;
    uint16_t port;
    Seats *seats;
    SlowLane *lane;
    pthread_mutex_t lock; // of workers
    Worker workers[MAX_WORKERS];
    int n_workers;
    _Atomic uint64_t last_id;
    _Atomic int running; // requests begun and not completed
    _Atomic uint64_t answered;
};

// One request on its connection.
typedef struct Turn {
    Call call;
    Web *web;
    struct MHD_Connection *connection;
    struct MHD_Response *response; // ready to be sent
    Kept *kept;                    // whose bytes it sends, or NULL
    unsigned status;
    size_t bytes;
    uint64_t drained;
    int64_t body_from_ms; // when its body began to come
    struct timespec begun_at;
    Seat *seat;
    char ip[PEER_TEXT], id[PEER_ID];
    int64_t person;
    bool shared; // the response is the page's, and stays
    bool begun, drain, slow;
    char target[];
} Turn;

static _Thread_local struct {
    const Web *web;
    Worker *worker;
} mine;

// Asks for the processor often and briefly, so that a page waits less for what else runs.
// Linux 6.12 and later; older ones say no, which changes nothing.
static void run_briefly(void)
{
    struct {
        uint32_t size, policy;
        uint64_t flags;
        int32_t nice;
        uint32_t priority;
        uint64_t runtime_ns, deadline_ns, period_ns;
    } attributes = {.size = sizeof attributes, .policy = SCHED_OTHER, .runtime_ns = 200000};
    attributes.nice = getpriority(PRIO_PROCESS, 0);
    if (syscall(SYS_sched_setattr, 0, &attributes, 0) != 0)
        return;
}

static Worker *worker_mine(Web *web)
{
    if (mine.web != web) {
        pthread_mutex_lock(&web->lock);
        mine.worker = &web->workers[web->n_workers];
        if (!counters_init(&mine.worker->counts, web->core.config.n_routes))
            abort();
        web->n_workers++;
        pthread_mutex_unlock(&web->lock);
        mine.web = web;
    }
    return mine.worker;
}

// ---- responses

static void header_add(struct MHD_Response *r, const char *name, const char *value)
{
    MHD_add_response_header(r, name, value);
}

static struct MHD_Response *response_begin(Str body, enum MHD_ResponseMemoryMode mode,
                                           const char *control)
{
    struct MHD_Response *r = MHD_create_response_from_buffer(body.n, (void *)body.s, mode);
    for (const FixedHeader *h = fixed_headers; r && h->name; h++)
        header_add(r, h->name, h->value);
    if (r)
        header_add(r, MHD_HTTP_HEADER_CACHE_CONTROL, control);
    return r;
}

static void text_header(struct MHD_Response *r, const char *name, Str value)
{
    char z[8192];
    if (value.n >= sizeof z)
        return;
    memcpy(z, value.s, value.n);
    z[value.n] = '\0';
    header_add(r, name, z);
}

static const char *const codings[] = {[PACK_GZIP] = "gzip", [PACK_BROTLI] = "br"};

static struct MHD_Response *kept_response(const Kept *k, Packing p, bool unchanged)
{
    char etag[32];
    struct MHD_Response *r =
        response_begin(unchanged ? S("") : k->packed[p], MHD_RESPMEM_PERSISTENT, k->control);
    if (!r)
        return NULL;
    snprintf(etag, sizeof etag, "W/\"%s\"", k->etag); // weak: one for all codings
    header_add(r, MHD_HTTP_HEADER_ETAG, etag);
    header_add(r, MHD_HTTP_HEADER_VARY, "Accept-Encoding");
    if (unchanged)
        return r;
    text_header(r, MHD_HTTP_HEADER_CONTENT_TYPE, k->type);
    if (p != PACK_NONE)
        header_add(r, MHD_HTTP_HEADER_CONTENT_ENCODING, codings[p]);
    for (size_t i = 0; i < k->n_headers; i++)
        text_header(r, k->headers[i].name, k->headers[i].value);
    return r;
}

static void unprepare(Prepared *p)
{
    for (int i = 0; i < PACK__COUNT; i++)
        if (p->full[i])
            MHD_destroy_response(p->full[i]);
}

static void kept_prepare(Kept *k)
{
    k->prepared.full[PACK_NONE] = kept_response(k, PACK_NONE, false);
}

static Packing packing_for(Web *web, const Call *call, Kept *k)
{
    bool first;
    Packing p = call_packing(call);
    if (p == PACK_NONE || !kept_pack(web->core.cache, k, p, &first))
        return PACK_NONE;
    if (first) {
        k->prepared.full[p] = kept_response(k, p, false);
        kept_packed(k, p);
    }
    return k->prepared.full[p] ? p : PACK_NONE;
}

// Text that is sent once; in the fast lane only where it takes no time to speak of.
static Packing body_pack(const Turn *t, Answer *answer)
{
    static const Str texts[] = {SI("text/"), SI("application/json"), SI("application/xml"),
                                SI("application/atom+xml")};
    size_t most = t->slow ? MAX_PAGE : 64 << 10;
    Packing p = call_packing(&t->call);
    bool text = false;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        text |= str_starts(answer->w.type, texts[i]);
    if (p == PACK_NONE || !text || answer->body.n < 1400 || answer->body.n > most) // one packet
        return PACK_NONE;
    Arena *a = answer->w.out.b.a;
    Str packed = p == PACK_GZIP ? pack_gzip(a, answer->body, PACK_ONCE)
                                : pack_brotli(a, answer->body, PACK_ONCE);
    if (!packed.n)
        return PACK_NONE;
    answer->body = packed;
    return p;
}

// Takes the answer out of the worker's arena.
static void turn_answer(Turn *t, Answer *answer)
{
    Kept *k = answer->kept;
    Counters *counts = &worker_mine(t->web)->counts;
    t->kept = k;
    t->person = answer->person;
    if (answer->kind)
        count_add(&counts->errors[answer->kind], 1);
    if (k && k->route) {
        t->call.route = k->route; // which nobody looked for, where the page was there
        count_add(answer->hit ? &counts->hits : &counts->misses, 1);
    }
    if (k && answer->unchanged) {
        t->status = MHD_HTTP_NOT_MODIFIED;
        t->response = kept_response(k, PACK_NONE, true);
        return;
    }
    if (k) {
        Packing p = packing_for(t->web, &t->call, k);
        t->status = MHD_HTTP_OK;
        t->response = k->prepared.full[p];
        t->shared = true;
        t->bytes = k->packed[p].n;
        return;
    }
    t->status = (unsigned)answer->w.status;
    Packing p = body_pack(t, answer);
    t->bytes = answer->body.n;
    t->response = response_begin(answer->body, MHD_RESPMEM_MUST_COPY, answer->control);
    if (!t->response)
        return;
    if (p != PACK_NONE)
        header_add(t->response, MHD_HTTP_HEADER_CONTENT_ENCODING, codings[p]);
    header_add(t->response, MHD_HTTP_HEADER_VARY, "Accept-Encoding");
    text_header(t->response, "X-Request-Id", t->call.id);
    if (answer->body.n)
        text_header(t->response, MHD_HTTP_HEADER_CONTENT_TYPE, answer->w.type);
    for (size_t i = 0; i < answer->w.n_headers; i++)
        text_header(t->response, answer->w.headers[i].name, answer->w.headers[i].value);
}

static void turn_refuse(Turn *t, int status, const Err *err)
{
    Answer answer = {0};
    call_refuse(&t->web->core, worker_mine(t->web), &t->call, status, err, &answer);
    turn_answer(t, &answer);
}

// ---- one request

static void seat_until(Seat *seat, int64_t ms)
{
    if (seat)
        atomic_store_explicit(&seat->until_ms, now_ms() + ms, memory_order_relaxed);
}

static enum MHD_Result turn_send(Turn *t)
{
    seat_until(t->seat, SEND_S * 1000);
    if (!t->response)
        return MHD_NO;
    enum MHD_Result result = MHD_queue_response(t->connection, t->status, t->response);
    if (!t->shared) {
        MHD_destroy_response(t->response);
        t->response = NULL;
    }
    return result;
}

// A body may take its time to begin, and then as long as 32 KB come in a second, whatever length
// was promised.
static void body_goes_on(const Turn *t)
{
    int64_t come = (int64_t)((t->call.body.n + t->drained) >> 5);
    int64_t until = t->body_from_ms + t->web->core.config.body_timeout_s * 1000 + come;
    seat_until(t->seat, until - now_ms());
}

static void body_begins(Turn *t)
{
    t->body_from_ms = now_ms();
    body_goes_on(t);
}

// libmicrohttpd ends the connection after an answer to a request that it has not read whole, and a
// browser that still writes shows that and not the page. So answers wait until the body, or the
// lack of one, has been seen, unless it is beyond all bounds or the browser asked before sending.
static enum MHD_Result turn_send_later(Turn *t, uint64_t declared, bool asks)
{
    if (asks || declared > MAX_DRAIN)
        return turn_send(t);
    body_begins(t);
    t->drain = true;
    return MHD_YES;
}

static const char *head(const Turn *t, const char *name)
{
    return MHD_lookup_connection_value(t->connection, MHD_HEADER_KIND, name);
}

// One too long for a number is beyond all bounds.
static uint64_t length_of(const char *s)
{
    int64_t n;
    return !s ? 0 : str_to_int(str_z(s), &n) && n >= 0 ? (uint64_t)n : UINT64_MAX;
}

// What says where a request ends. A proxy in front might take another of two answers to that, and
// what this server then takes for the next request would be somebody else's (RFC 9112 11.2).
typedef struct Framing {
    int lengths, codings, hosts;
    bool bad;
} Framing;

static enum MHD_Result framing_add(void *cls, enum MHD_ValueKind kind, const char *name,
                                   const char *value)
{
    Framing *f = cls;
    size_t n = strlen(name);
    (void)kind;
    f->lengths += strcasecmp(name, MHD_HTTP_HEADER_CONTENT_LENGTH) == 0;
    f->hosts += strcasecmp(name, MHD_HTTP_HEADER_HOST) == 0;
    if (strcasecmp(name, MHD_HTTP_HEADER_TRANSFER_ENCODING) == 0) {
        f->codings++;
        f->bad |= !value || strcasecmp(value, "chunked") != 0;
    }
    f->bad |= n == 0 || name[n - 1] == ' ' || name[n - 1] == '\t'; // "Host : x" (RFC 9112 5.1)
    return MHD_YES;
}

static bool framing_ok(struct MHD_Connection *connection)
{
    Framing f = {0};
    MHD_get_connection_values(connection, MHD_HEADER_KIND, framing_add, &f);
    return !f.bad && f.lengths + f.codings <= 1 && f.hosts <= 1;
}

static enum MHD_Result turn_refuse_framing(Turn *t)
{
    Err err;
    fail(&err, ERR_INPUT, NULL, "请求的起止不清楚，不能处理",
         "it is not clear where the request ends");
    turn_refuse(t, 400, &err);
    if (t->response)
        header_add(t->response, MHD_HTTP_HEADER_CONNECTION, "close");
    return turn_send(t);
}

static enum MHD_Result turn_queue(Turn *t)
{
    Err err;
    t->slow = true;
    seat_until(t->seat, SEND_S * 1000);
    MHD_suspend_connection(t->connection);
    if (!lane_add(t->web->lane, t)) {
        fail(&err, ERR_BUSY, NULL, "现在请求较多，请稍后再试", "too many wait already; try again");
        turn_refuse(t, 503, &err);
        MHD_resume_connection(t->connection);
    }
    return MHD_YES;
}

static void turn_run_slow(void *job)
{
    Turn *t = job;
    Answer answer;
    call_run(&t->web->core, worker_mine(t->web), &t->call, &answer);
    turn_answer(t, &answer);
    worker_rest(worker_mine(t->web)); // nobody may come for a while
    MHD_resume_connection(t->connection);
}

// A proxy that adds a header of its own to one it was sent puts it last.
static enum MHD_Result forwarded_last(void *cls, enum MHD_ValueKind kind, const char *name,
                                      const char *value)
{
    const char **last = cls;
    (void)kind;
    if (value && strcasecmp(name, "X-Forwarded-For") == 0)
        *last = value;
    return MHD_YES;
}

// Whom the request is from, and what it is called.
static void turn_name(Turn *t)
{
    const Nets *trusted = &t->web->core.config.trusted;
    Str peer = str_z(t->call.ip), id = str_z(head(t, "X-Request-Id"));
    const char *forwarded = NULL;
    bool may = peer_trusted(trusted, peer);
    MHD_get_connection_values(t->connection, MHD_HEADER_KIND, forwarded_last, &forwarded);
    peer_client(trusted, peer, str_z(forwarded), t->ip);
    t->call.ip = t->ip;
    t->call.direct = !forwarded;
    if (may && peer_id_ok(id)) {
        memcpy(t->id, id.s, id.n);
        t->id[id.n] = 0;
    }
    t->call.id = str_z(t->id);
}

static void turn_head(Turn *t, const char *method)
{
    t->begun = true;
    t->web->running++;
    t->call.method = method;
    t->call.host = head(t, MHD_HTTP_HEADER_HOST);
    t->call.accept_encoding = head(t, MHD_HTTP_HEADER_ACCEPT_ENCODING);
    t->call.if_none_match = head(t, MHD_HTTP_HEADER_IF_NONE_MATCH);
    t->call.content_type = head(t, MHD_HTTP_HEADER_CONTENT_TYPE);
    t->call.origin = head(t, MHD_HTTP_HEADER_ORIGIN);
    t->call.fetch_site = head(t, "Sec-Fetch-Site");
    t->call.cookies = head(t, MHD_HTTP_HEADER_COOKIE);
    t->call.authorization = head(t, MHD_HTTP_HEADER_AUTHORIZATION);
    t->call.idempotency = head(t, "Idempotency-Key");
    t->call.user_agent = head(t, MHD_HTTP_HEADER_USER_AGENT);
    turn_name(t);
}

static size_t body_most(const Turn *t)
{
    size_t most = t->web->core.config.upload_max, route = t->call.route->max_body;
    return most && most < route ? most : route;
}

static bool too_large(const Turn *t, Err *err)
{
    return fail(err, ERR_LIMIT, NULL, "提交的内容超过上限（%zuKB）",
                "what was sent is larger than allowed (%zu KB)", body_most(t) >> 10);
}

static enum MHD_Result turn_begin(Turn *t, const char *method)
{
    if (mine.web != t->web)
        run_briefly();
    Err err;
    Answer answer;
    turn_head(t, method);
    if (!framing_ok(t->connection))
        return turn_refuse_framing(t);
    uint64_t declared = length_of(head(t, MHD_HTTP_HEADER_CONTENT_LENGTH));
    bool asks = head(t, MHD_HTTP_HEADER_EXPECT);
    switch (call_begin(&t->web->core, worker_mine(t->web), &t->call, &answer)) {
    case NEXT_SEND:
        turn_answer(t, &answer);
        return turn_send_later(t, declared, asks);
    case NEXT_RUN:
        return MHD_YES;
    case NEXT_BODY:
        break;
    }
    body_begins(t);
    if (declared <= body_most(t))
        return MHD_YES;
    too_large(t, &err);
    turn_refuse(t, 413, &err);
    return turn_send_later(t, declared, asks);
}

static enum MHD_Result turn_body(Turn *t, Str more)
{
    Err err;
    if (t->drain) {
        t->drained += more.n;
        body_goes_on(t);
        return t->drained > MAX_DRAIN ? MHD_NO : MHD_YES;
    }
    if (t->call.body.n + more.n > body_most(t)) {
        too_large(t, &err);
        turn_refuse(t, 413, &err);
    } else if (!body_add(&t->call.body, more, t->web->core.config.tmp_dir, &err)) {
        turn_refuse(t, 500, &err);
    } else {
        body_goes_on(t);
        return MHD_YES;
    }
    t->drain = true;
    return MHD_YES;
}

static enum MHD_Result turn_run(Turn *t)
{
    Answer answer;
    if (t->call.route->lane == SLOW)
        return turn_queue(t);
    call_run(&t->web->core, worker_mine(t->web), &t->call, &answer);
    turn_answer(t, &answer);
    return turn_send(t);
}

// ---- called by libmicrohttpd

static enum MHD_Result on_request(void *cls, struct MHD_Connection *connection, const char *url,
                                  const char *method, const char *version, const char *data,
                                  size_t *n_data, void **turn)
{
    (void)cls, (void)connection, (void)url, (void)version;
    Turn *t = *turn;
    if (!t)
        return MHD_NO;
    if (!t->begun)
        return turn_begin(t, method);
    if (*n_data) {
        Str more = {data, *n_data};
        *n_data = 0;
        return turn_body(t, more);
    }
    return t->response || t->slow ? turn_send(t) : turn_run(t);
}

static Seat *seat_of(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info ? info->socket_context : NULL;
}

static int64_t turn_us(const Turn *t)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (now.tv_sec - t->begun_at.tv_sec) * 1000000 + (now.tv_nsec - t->begun_at.tv_nsec) / 1000;
}

// Those who watch ask every few seconds.
static LogLevel log_level_of(const Turn *t)
{
    bool watches = str_eq(t->call.target, S("/healthz")) || str_eq(t->call.target, S("/metrics"));
    return watches && t->status == MHD_HTTP_OK ? LOG_DEBUG : LOG_INFO;
}

// What officers look for, and codes that let somebody in, stand in queries of the desk: of those
// only the path is kept, and where a token is in the path only the route.
static Str log_target(const Turn *t)
{
    Str path, query, target = str_sub(t->call.target, 0, 500);
    const char *pattern = t->call.route ? t->call.route->pattern : "";
    str_cut(target, S("?"), &path, &query);
    if (strstr(pattern, ":token"))
        return str_z(pattern);
    return str_starts(path, S("/desk")) ? path : target;
}

static void turn_log(const Turn *t, int64_t us)
{
    log_event(log_level_of(t), "request", log_str("id", t->call.id), log_z("ip", t->call.ip),
              log_int("person", t->person), log_z("method", t->call.method ? t->call.method : "-"),
              log_str("target", log_target(t)),
              log_z("route", t->call.route ? t->call.route->pattern : "-"),
              log_int("status", t->status), log_int("bytes", (int64_t)t->bytes), log_int("us", us),
              log_z("lane", t->slow ? "slow" : "fast"));
}

static void turn_count(Web *web, const Turn *t, int64_t us)
{
    const WebConfig *c = &web->core.config;
    size_t row = t->call.route ? (size_t)(t->call.route - c->routes)
                 : t->kept     ? c->n_routes + METRIC_ASSET
                               : c->n_routes + METRIC_NONE;
    counters_request(&worker_mine(web)->counts, row, t->status, us, t->slow, t->bytes);
}

static void turn_end(Web *web, Turn *t)
{
    int64_t us = turn_us(t);
    turn_count(web, t, us);
    if (!web->core.config.quiet)
        turn_log(t, us);
    if (t->seat)
        t->seat->turn = NULL;
    body_free(&t->call.body);
    if (t->response && !t->shared)
        MHD_destroy_response(t->response);
    if (t->kept)
        kept_free(web->core.cache, t->kept);
    web->running -= t->begun;
    web->answered += t->begun;
    free(t);
}

static void *on_target(void *cls, const char *target, struct MHD_Connection *connection)
{
    Web *web = cls;
    Seat *seat = seat_of(connection);
    size_t n = strlen(target);
    if (seat && seat->turn) // the same head again, which had not found room
        turn_end(web, seat->turn);
    Turn *t = calloc(1, sizeof *t + n + 1);
    if (!t)
        return NULL;
    memcpy(t->target, target, n);
    t->web = web;
    t->connection = connection;
    t->seat = seat;
    peer_id_make(++web->last_id, t->id);
    t->call = (Call){.id = str_z(t->id),
                     .ip = t->seat ? t->seat->ip : "",
                     .target = {t->target, n},
                     .body = body_new()};
    if (t->seat)
        t->seat->turn = t;
    clock_gettime(CLOCK_MONOTONIC, &t->begun_at);
    return t;
}

static void on_completed(void *cls, struct MHD_Connection *connection, void **turn,
                         enum MHD_RequestTerminationCode code)
{
    Web *web = cls;
    Turn *t = *turn;
    (void)connection, (void)code;
    if (!t)
        return;
    seat_until(t->seat, web->core.config.header_timeout_s * 1000);
    turn_end(web, t);
    *turn = NULL;
}

static void ip_text(const struct sockaddr *a, char *out, socklen_t n)
{
    if (a->sa_family == AF_INET)
        inet_ntop(AF_INET, &((const struct sockaddr_in *)a)->sin_addr, out, n);
    else if (a->sa_family == AF_INET6)
        inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)a)->sin6_addr, out, n);
}

static void on_connection(void *cls, struct MHD_Connection *connection, void **seat,
                          enum MHD_ConnectionNotificationCode code)
{
    Web *web = cls;
    if (code == MHD_CONNECTION_NOTIFY_CLOSED) {
        Seat *left = *seat;
        // A head that libmicrohttpd itself gave up, such as one of too many parameters, was begun
        // and is never completed.
        if (left && left->turn)
            turn_end(web, left->turn);
        if (left)
            seat_leave(web->seats, left);
        *seat = NULL;
        return;
    }
    const union MHD_ConnectionInfo *fd =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    const union MHD_ConnectionInfo *address =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    Seat *s = fd ? seat_take(web->seats, fd->connect_fd,
                             now_ms() + web->core.config.header_timeout_s * 1000)
                 : NULL;
    if (s && address)
        ip_text(address->client_addr, s->ip, sizeof s->ip);
    *seat = s;
}

// Paths and queries are decoded in form.c, strictly; libmicrohttpd is to leave them alone.
static size_t on_unescape(void *cls, struct MHD_Connection *connection, char *s)
{
    (void)cls, (void)connection;
    return strlen(s);
}

// ---- /metrics

static int64_t connections(const Web *web)
{
    const union MHD_DaemonInfo *info =
        MHD_get_daemon_info(web->daemon, MHD_DAEMON_INFO_CURRENT_CONNECTIONS);
    return info ? info->num_connections : 0;
}

static void measure(Core *core, Buf *b)
{
    Web *web = (Web *)core; // its first member
    Counters *all[MAX_WORKERS];
    size_t n = 0;
    CacheCount pages = cache_count(core->cache);
    pthread_mutex_lock(&web->lock);
    for (int i = 0; i < web->n_workers; i++)
        all[n++] = &web->workers[i].counts;
    pthread_mutex_unlock(&web->lock);
    metrics_write(b, core->config.routes, core->config.n_routes, all, n);
    metrics_gauge(b, "requests_running", "Requests begun and not answered.", web->running);
    metrics_gauge(b, "connections", "Connections open.", connections(web));
    metrics_gauge(b, "slow_lane_waiting", "Requests that wait for a thread of the slow lane.",
                  (int64_t)lane_waiting(web->lane));
    metrics_gauge(b, "cache_pages", "Pages kept as rendered.", (int64_t)pages.pages);
    metrics_gauge(b, "cache_bytes", "Memory they take.", (int64_t)pages.bytes);
    metrics_process(b);
}

// ---- start and stop

static WebConfig with_defaults(const WebConfig *config)
{
    WebConfig c = *config;
    c.fast_threads = c.fast_threads ? c.fast_threads : 2;
    c.slow_threads = c.slow_threads ? c.slow_threads : 2;
    c.max_connections = c.max_connections ? c.max_connections : 1000;
    c.max_connections_per_ip = c.max_connections_per_ip ? c.max_connections_per_ip : 200;
    c.header_timeout_s = c.header_timeout_s ? c.header_timeout_s : 20;
    c.body_timeout_s = c.body_timeout_s ? c.body_timeout_s : 30;
    c.model_bytes = c.model_bytes ? c.model_bytes : 32 << 20;
    c.tmp_dir = c.tmp_dir ? c.tmp_dir : "/tmp";
    return c;
}

static struct MHD_Daemon *daemon_start(Web *web)
{
    const WebConfig *c = &web->core.config;
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_TURBO;
    return MHD_start_daemon(
        flags, 0, NULL, NULL, on_request, web, MHD_OPTION_LISTEN_SOCKET, web->fd,
        MHD_OPTION_THREAD_POOL_SIZE, (unsigned)c->fast_threads, MHD_OPTION_CONNECTION_LIMIT,
        (unsigned)c->max_connections, MHD_OPTION_PER_IP_CONNECTION_LIMIT,
        (unsigned)c->max_connections_per_ip, MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_S,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY, MHD_OPTION_STRICT_FOR_CLIENT,
        1, MHD_OPTION_URI_LOG_CALLBACK, on_target, web, MHD_OPTION_UNESCAPE_CALLBACK, on_unescape,
        NULL, MHD_OPTION_NOTIFY_COMPLETED, on_completed, web, MHD_OPTION_NOTIFY_CONNECTION,
        on_connection, web, MHD_OPTION_END);
}

static void web_free(Web *web)
{
    for (int i = 0; i < web->n_workers; i++)
        worker_free(&web->core, &web->workers[i]);
    seats_free(web->seats);
    core_free(&web->core);
    pthread_mutex_destroy(&web->lock);
    if (web->fd >= 0)
        close(web->fd);
    free(web);
}

bool web_start(const WebConfig *config, Web **out, Err *err)
{
    WebConfig c = with_defaults(config);
    Web *web = calloc(1, sizeof *web);
    if (!web) {
        fail(err, ERR_SYSTEM, NULL, "内存不足", "out of memory");
        return false;
    }
    pthread_mutex_init(&web->lock, NULL);
    web->fd = -1;
    bool ok = core_init(&web->core, &c, kept_prepare, unprepare, err);
    web->core.measure = measure;
    if (ok && !listen_on(c.bind, c.port, &web->fd, &web->port, err))
        ok = false;
    if (ok) {
        web->seats = seats_new();
        web->lane = lane_new(c.slow_threads, MAX_WAITING, turn_run_slow);
        web->daemon = web->seats && web->lane ? daemon_start(web) : NULL;
        ok = web->daemon ||
             fail(err, ERR_SYSTEM, NULL, "无法启动服务线程", "cannot start the server's threads");
    }
    if (!ok) {
        if (web->lane)
            lane_free(web->lane);
        web_free(web);
        return false;
    }
    *out = web;
    return true;
}

uint64_t web_answered(const Web *web)
{
    return web->answered;
}

uint16_t web_port(const Web *web)
{
    return web->port;
}

void web_stop(Web *web)
{
    struct timespec pause = {.tv_nsec = 2000000};
    MHD_quiesce_daemon(web->daemon);
    for (int ms = 0; web->running > 0 && ms < STOP_MS; ms += 2)
        nanosleep(&pause, NULL);
    lane_free(web->lane); // nothing is suspended any more
    MHD_stop_daemon(web->daemon);
    web_free(web);
}

void web_changed(Web *web, uint64_t organ_id)
{
    cache_bump(web->core.cache, organ_id);
}
