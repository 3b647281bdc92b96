#include "web/site.h"

#include "app/app.h"
#include "app/job.h"
#include "app/release_workers.h"
#include "app/sample_requests.h"
#include "app/session_memory.h"
#include "store/gauge.h"
#include "store/outbox.h"
#include "web/api.h"
#include "web/guard.h"
#include "web/metrics.h"
#include "web/page_home.h"
#include "web/peer.h"

#include <stdlib.h>

enum { ACTIVE_S = 1800 };

// One thread's connection to the data. Pages find the App by its address (page_common.h).
typedef struct SiteApp {
    App app;
    Arena a;
} SiteApp;

static bool site_open(void *ctx, void **db, Err *err)
{
    const SiteConfig *c = ctx;
    Date today;
    int64_t now;
    c->clock(&today, &now);
    Arena a = arena_new(8 << 20);
    SiteApp *s = NEW(&a, SiteApp, 1);
    s->a = a;
    if (!app_open_configured(c->config, DB_WRITE, today, now, &s->a, &s->app, err)) {
        arena_free(&a);
        return false;
    }
    s->app.sessions = c->sessions;
    s->app.workers = c->workers;
    *db = s;
    return true;
}

static void site_close(void *db)
{
    SiteApp *s = db;
    app_close(&s->app);
    Arena a = s->a; // s lies in it
    arena_free(&a);
}

static void site_begin(void *ctx, void *db)
{
    const SiteConfig *c = ctx;
    SiteApp *s = db;
    c->clock(&s->app.today, &s->app.now);
    s->app.actor = (Actor){0};
    s->app.scope = scope_none(s->app.site); // until guard.c says for whom
    s->app.once = S(""); // what the last form named lay in memory that is used again
    s->app.draft = S("");
}

static uint64_t site_version(void *db)
{
    const SiteApp *s = db;
    int64_t version = 0;
    Err err;
    store_site_version(s->app.db, s->app.site, &version, &err); // 0 where it cannot be asked
    return (uint64_t)version;
}

static JobRow job_row(const JobRows *rows, Str name)
{
    for (size_t i = 0; i < rows->n; i++)
        if (str_eq(rows->v[i].name, name))
            return rows->v[i];
    return (JobRow){0};
}

static void job_gauges(SiteApp *s, Arena *a, Buf *b)
{
    static const char well[] = "job_last_success_seconds", failures[] = "job_failures";
    JobRows rows = {0};
    Err err;
    if (!store_job_list(s->app.db, s->app.site, a, &rows, &err))
        return;
    metrics_head(b, well, "gauge", "When the job last ended well; 0 never.");
    for (size_t i = 0; i < n_jobs; i++)
        metrics_value(b, well, str_fmt(a, "job=\"" PRI_STR "\"", STR_ARG(jobs[i].name)),
                      job_row(&rows, jobs[i].name).well_at);
    metrics_head(b, failures, "gauge", "How often it has failed since.");
    for (size_t i = 0; i < n_jobs; i++)
        metrics_value(b, failures, str_fmt(a, "job=\"" PRI_STR "\"", STR_ARG(jobs[i].name)),
                      job_row(&rows, jobs[i].name).failures);
}

static void mail_gauges(SiteApp *s, Arena *a, Buf *b)
{
    static const char name[] = "outbox";
    int64_t n[MAIL_STATE__COUNT] = {0};
    Err err;
    if (!store_outbox_count(s->app.db, s->app.site, n, &err))
        return;
    metrics_head(b, name, "gauge", "Mails by state; those sent and given up are kept for a while.");
    for (size_t i = 0; i < MAIL_STATE__COUNT; i++)
        metrics_value(b, name, str_fmt(a, "state=\"" PRI_STR "\"", STR_ARG(mail_state_defs[i].id)),
                      n[i]);
}

static void site_gauges(void *db, Arena *a, Buf *b)
{
    SiteApp *s = db;
    Gauges g = {0};
    Err err;
    bool answers = s && store_gauges(s->app.db, s->app.site, s->app.now - ACTIVE_S, &g, &err);
    metrics_gauge(b, "database_up", "Whether the database answers.", answers);
    if (!answers)
        return;
    metrics_gauge(b, "sessions", "Sessions that were active in the last half hour.", g.sessions);
    metrics_gauge(b, "audit_line", "Number of the last line of the audit.", g.audit_line);
    mail_gauges(s, a, b);
    job_gauges(s, a, b);
}

// The folder is made, migrated and, where it is empty, filled with the sample, before anybody asks.
static bool site_prepare(const SiteConfig *c, Err *err)
{
    CLEANUP(arena_end) Arena a = arena_new((size_t)2 << 30);
    CLEANUP(app_close) App app = {0};
    Date today;
    int64_t now;
    bool empty;
    c->clock(&today, &now);
    return app_open_configured(c->config, DB_CREATE, today, now, &a, &app, err) &&
           app_empty(&app, &a, &empty, err) &&
           (!empty || !c->config->sample ||
            (app_sample_load(&app, &a, err) && app_sample_requests(&app, &a, err)));
}

static void site_listening(void *ctx, uint16_t port)
{
    SiteConfig *c = ctx;
    if (c->config->jobs)
        c->job_thread = job_thread_start(c->config, c->clock, c->sessions);
    if (c->config->jobs)
        release_workers_run(c->workers);
    if (c->listening)
        c->listening(port);
}

static void site_stopping(void *ctx)
{
    const SiteConfig *c = ctx;
    release_workers_stop(c->workers);
    job_thread_stop(c->job_thread);
}

bool site_serve(const SiteConfig *config, Err *err)
{
    SiteConfig site = *config;
    const Config *c = site.config;
    char bind[PEER_TEXT] = "";
    if (!site_prepare(&site, err))
        return false;
    site.sessions = session_memory_new();
    site.workers = release_workers_new(c, site.clock);
    if (!site.sessions || !site.workers)
        return fail(err, ERR_SYSTEM, NULL, "内存不足", "out of memory");
    memcpy(bind, c->bind.s, c->bind.n < sizeof bind ? c->bind.n : 0);
    WebConfig web = {.bind = bind,
                     .port = (uint16_t)c->port,
                     .routes = web_routes,
                     .n_routes = web_routes_n,
                     .open = site_open,
                     .close = site_close,
                     .begin = site_begin,
                     .version = site_version,
                     .gauges = site_gauges,
                     .metrics_token = c->metrics_token,
                     .ctx = &site,
                     .trusted = c->trusted_proxies,
                     .upload_max = c->upload_max,
                     .guard = &site_guard,
                     .key_guard = &api_guard,
                     .error_page = page_error,
                     .listening = site_listening,
                     .stopping = site_stopping,
                     .cache_bytes = c->cache,
                     .model_bytes = c->model_cache,
                     .fast_threads = c->fast_threads,
                     .slow_threads = c->slow_threads,
                     .max_connections = c->max_connections,
                     .max_connections_per_ip = c->max_connections_per_address,
                     .quiet = !c->log_requests};
    bool ok = web_serve(&web, err);
    release_workers_free(site.workers);
    session_memory_free(site.sessions);
    return ok;
}
