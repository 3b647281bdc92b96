#include "app/release_workers.h"

#include "app/config.h"
#include "app/job.h"
#include "app/release.h"
#include "base/log.h"

#include <pthread.h>
#include <sys/resource.h>

enum { WORKERS_MOST = 16, TICK_S = 5, HOME = 8 << 20, ROOM_SHIFT = 32, WARM = 1 << 20 };

struct ReleaseWorkers {
    const Config *config;
    void (*clock)(Date *today, int64_t *now);
    pthread_t threads[WORKERS_MOST];
    int n;
    pthread_mutex_t lock;
    pthread_cond_t bell;
    int64_t rings; // how often it was rung
    bool ending;
    FetchStop stop;
};

// False at the end. Otherwise the bell has rung since `heard`, or TICK_S have gone by.
static bool wait_for_bell(ReleaseWorkers *w, int64_t *heard)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += TICK_S;
    pthread_mutex_lock(&w->lock);
    int woken = 0;
    while (!w->ending && w->rings == *heard && woken == 0)
        woken = pthread_cond_timedwait(&w->bell, &w->lock, &until);
    *heard = w->rings;
    bool ending = w->ending;
    pthread_mutex_unlock(&w->lock);
    return !ending;
}

// Everything that waits, one after the other.
static bool work_off(ReleaseWorkers *w, App *app, Arena *a, Err *err)
{
    bool found = true, any = false;
    while (found && !w->stop.asked) {
        Arena scratch = *a;
        Str what;
        w->clock(&app->today, &app->now);
        if (!app_release_next(app, &scratch, &found, &what, err))
            return false;
        any |= found;
        if (!what.n)
            continue;
        log_event(LOG_INFO, "blacked out", log_str("what", what));
        if (!app_job_said(app, S("release"), what, &scratch, err))
            return false;
    }
    if (any) // a large document does not stay in memory
        arena_reset(a, WARM);
    return true;
}

// The App lies in `home` as long as the database answers; the work in `a`.
static bool turn(ReleaseWorkers *w, App *app, Arena *home, Arena *a, Err *err)
{
    Date today;
    int64_t now;
    w->clock(&today, &now);
    bool well = app->db || app_open_configured(w->config, DB_WRITE, today, now, home, app, err);
    app->stop = &w->stop;
    if (well && work_off(w, app, a, err))
        return true;
    app_close(app);
    *app = (App){0};
    arena_reset(home, WARM);
    arena_reset(a, WARM);
    return false;
}

// A database that does not answer is complained of once, until it answers again.
static void *worker(void *arg)
{
    ReleaseWorkers *w = arg;
    Arena home = arena_new(HOME), a = arena_new((size_t)1 << ROOM_SHIFT);
    CLEANUP(app_close) App app = {0};
    int64_t heard = -1;
    bool complained = false;
    setpriority(PRIO_PROCESS, 0, 10); // of this thread and its children: pages go first
    while (wait_for_bell(w, &heard)) {
        Err err = {0};
        bool well = turn(w, &app, &home, &a, &err);
        if (!well && !complained)
            log_event(LOG_ERROR, "blacking out waits for the database", log_z("why", err.en),
                      log_z("detail", err.detail));
        complained = !well;
    }
    arena_free(&a);
    return NULL;
}

ReleaseWorkers *release_workers_new(const Config *config, void (*clock)(Date *today, int64_t *now))
{
    ReleaseWorkers *w = calloc(1, sizeof *w);
    if (!w)
        return NULL;
    pthread_condattr_t monotonic;
    w->config = config;
    w->clock = clock;
    pthread_mutex_init(&w->lock, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&w->bell, &monotonic);
    pthread_condattr_destroy(&monotonic);
    return w;
}

void release_workers_run(ReleaseWorkers *w)
{
    while (w->n < w->config->redact.at_once && w->n < WORKERS_MOST &&
           pthread_create(&w->threads[w->n], NULL, worker, w) == 0)
        w->n++;
}

void release_workers_wake(ReleaseWorkers *w)
{
    if (!w)
        return;
    pthread_mutex_lock(&w->lock);
    w->rings++;
    pthread_cond_broadcast(&w->bell);
    pthread_mutex_unlock(&w->lock);
}

void release_workers_stop(ReleaseWorkers *w)
{
    pthread_mutex_lock(&w->lock);
    w->ending = true;
    w->stop.asked = 1;
    pthread_cond_broadcast(&w->bell);
    pthread_mutex_unlock(&w->lock);
    for (int i = 0; i < w->n; i++)
        pthread_join(w->threads[i], NULL);
    w->n = 0;
}

void release_workers_free(ReleaseWorkers *w)
{
    if (!w)
        return;
    pthread_cond_destroy(&w->bell);
    pthread_mutex_destroy(&w->lock);
    free(w);
}
