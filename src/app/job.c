#include "app/job.h"

#include "app/applicant_mail.h"
#include "app/asked.h"
#include "app/audit.h"
#include "app/bulk.h"
#include "app/citizen.h"
#include "app/config.h"
#include "app/desk.h"
#include "app/duty.h"
#include "app/outbox.h"
#include "app/release.h"
#include "app/remind.h"
#include "app/request.h"
#include "app/session.h"
#include "base/crypt.h"
#include "base/log.h"
#include "store/audit.h"

#include <pthread.h>
#include <unistd.h>

enum { ONCE_KEPT_S = 30 * 86400, TICK_S = 5 };

// --- the jobs that belong to nobody else

// The keys of forms are needed as long as somebody might send one again.
static bool clean(App *app, Arena *a, Str *did, Err *err)
{
    int64_t n;
    if (!store_once_forget(app->db, app->site, app->now - ONCE_KEPT_S, &n, err))
        return false;
    *did = n ? str_fmt(a, "forgot %lld form keys", (long long)n) : S("");
    return true;
}

static bool clean_sessions(App *app, Arena *a, Str *did, Err *err)
{
    int64_t n;
    if (!app_session_clean(app, &n, err))
        return false;
    *did = n ? str_fmt(a, "ended %lld sessions", (long long)n) : S("");
    return true;
}

// The anchor goes into the log, which mostly leads to another machine: a proof kept elsewhere.
static bool seal_daily(App *app, Arena *a, Str *did, Err *err)
{
    Seal seal;
    bool made;
    if (!app_audit_seal_daily(app, a, &seal, &made, err))
        return false;
    *did = made ? anchor_text(app->site, &seal, a) : S("");
    return true;
}

static bool turn_requests(App *app, Arena *a, Str *did, Err *err)
{
    int64_t n;
    if (!app_request_turn(app, a, &n, err))
        return false;
    *did = n ? str_fmt(a, "%lld requests are somebody else's turn now", (long long)n) : S("");
    return true;
}

// clang-format off
const Job jobs[] = {
    // name          interval                       function  what for, the same on pages, apart
    { SI("outbox"),  offsetof(Config, job.outbox),  app_outbox_job, SI("sends mail that waits, and forgets what was sent long ago"), SI("发送邮件"), false },
    { SI("clean"),   offsetof(Config, job.clean),   clean,    SI("throws away what is used up: keys of forms sent long ago"), SI("清理用过的表单编号"), false },
    { SI("sessions"), offsetof(Config, job.clean),  clean_sessions, SI("ends sessions nobody came back to, forgets old tries to sign in"), SI("结束无人使用的登录"), false },
    { SI("seal"),    offsetof(Config, job.seal),    seal_daily, SI("signs the last line of the audit, once a day"), SI("封存操作记录"), false },
    { SI("desk"),    offsetof(Config, job.desk),    app_desk_refresh, SI("finds what is to be done, settles what is, tells people what is due"), SI("查找待办、发送通知"), false },
    { SI("requests"), offsetof(Config, job.desk),   turn_requests, SI("computes anew the requests for which another's time is over"), SI("重新计算申请的期限"), false },
    { SI("reminders"), offsetof(Config, job.desk), app_remind_job,  SI("reminds handlers and heads of requests, and of what is to be made public, that come due or are overdue"), SI("提醒快到期、已逾期的申请和公开"), false },
    { SI("bulk"),    offsetof(Config, job.bulk),    app_bulk_job,    SI("goes on with what is done to many requests"), SI("继续批量办理"), false },
    { SI("asked"),   offsetof(Config, job.desk),    app_asked_job,   SI("keeps how requests are worded that were there before"), SI("整理已有申请的用语"), false },
    { SI("duties"),  offsetof(Config, job.desk),    app_duty_chase,  SI("reminds of requests whose internal day is over, once a day"), SI("催办内部时限已过的申请"), false },
    { SI("citizens"), offsetof(Config, job.clean),  app_citizen_clean, SI("throws away files and drafts that people without an account did not come back for"), SI("清理无人取用的草稿和材料"), false },
    { SI("applicants"), offsetof(Config, job.outbox), app_applicant_mail, SI("writes mail to applicants who want to hear how their requests go on"), SI("给申请人发送进展邮件"), false },
    { SI("release"), offsetof(Config, job.bulk),    app_release_job,  SI("blacks out the files for which that was ordered"), SI("遮盖文件"), true },
    { SI("drafts"),  offsetof(Config, job.clean),   app_desk_clean,   SI("throws away drafts of more than 30 days, notices read long ago"), SI("清理草稿和旧通知"), false },
};
// clang-format on
const size_t n_jobs = sizeof jobs / sizeof *jobs;

const Job *job_find(Str name)
{
    for (size_t i = 0; i < n_jobs; i++)
        if (str_eq(jobs[i].name, name))
            return &jobs[i];
    return NULL;
}

int job_every_s(const App *app, const Job *job)
{
    return app->config ? *(const int *)((const char *)app->config + job->every) : 3600;
}

int64_t job_next(int64_t now, int every_s, int64_t failures, uint64_t random)
{
    int64_t wait = every_s;
    if (failures) {
        int64_t again = failures > 10 ? JOB_AGAIN_MAX : (int64_t)JOB_AGAIN_S << (failures - 1);
        again = again > JOB_AGAIN_MAX ? JOB_AGAIN_MAX : again;
        wait = every_s < JOB_AGAIN_S || again < every_s ? again : every_s;
    }
    return now + wait + (int64_t)(random % (uint64_t)(wait / 10 + 1));
}

// Different for every process, and readable: host:pid.
static Str holder(Arena *a)
{
    char host[65] = "";
    gethostname(host, sizeof host - 1);
    return str_fmt(a, "%s:%d", host, (int)getpid());
}

static void run(App *app, const Job *job, Arena *a, JobRan *ran)
{
    Actor before = app->actor;
    app->actor = (Actor){.name = str_cat(a, S("自动任务 "), job->name), .via = S("job")};
    ran->did = S("");
    ran->well = job->run(app, a, &ran->did, &ran->why);
    if (!ran->well)
        ran->did = str_clip(a, str_z(ran->why.en), 300);
    app->actor = before;
}

static bool failures_of(App *app, Str name, Arena *a, int64_t *out, Err *err)
{
    JobRows rows;
    if (!store_job_list(app->db, app->site, a, &rows, err))
        return false;
    *out = 0;
    for (size_t i = 0; i < rows.n; i++)
        if (str_eq(rows.v[i].name, name))
            *out = rows.v[i].failures;
    return true;
}

bool app_job_run(App *app, const Job *job, bool early, Arena *a, JobRan *out, Err *err)
{
    JobRan ran = {0};
    Str me = holder(a);
    int64_t failures, began = app->now;
    uint64_t random;
    if (!store_job_take(app->db, app->site, job->name, me, began, began + JOB_HOLD_S, early,
                        &ran.ran, err))
        return false;
    if (!ran.ran) {
        *out = ran;
        return true;
    }
    run(app, job, a, &ran);
    if (!failures_of(app, job->name, a, &failures, err))
        return false;
    crypt_random(&random, sizeof random);
    int64_t due = job_next(began, job_every_s(app, job), ran.well ? 0 : failures + 1, random);
    if (!store_job_done(app->db, app->site, job->name, me, began, due, ran.well, ran.did, err))
        return false;
    *out = ran;
    return true;
}

bool app_job_said(App *app, Str name, Str did, Arena *a, Err *err)
{
    bool taken;
    Str me = holder(a);
    return store_job_take(app->db, app->site, name, me, app->now, app->now + JOB_HOLD_S, true,
                          &taken, err) &&
           (!taken ||
            store_job_done(app->db, app->site, name, me, app->now, app->now, true, did, err));
}

// --- the thread

struct JobThread {
    const Config *config;
    void (*clock)(Date *today, int64_t *now);
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t end;
    bool ending, complained;
    struct SessionMemory *sessions;
    FetchStop stop; // calls to other servers end with us
};

static bool ending(JobThread *t)
{
    pthread_mutex_lock(&t->lock);
    bool is = t->ending;
    pthread_mutex_unlock(&t->lock);
    return is;
}

static void log_ran(const Job *job, const JobRan *ran)
{
    if (ran->ran && !ran->well)
        log_event(LOG_ERROR, "job failed", log_str("job", job->name), log_z("why", ran->why.en),
                  log_z("detail", ran->why.detail));
    else if (ran->ran && ran->did.n)
        log_event(LOG_INFO, "job done", log_str("job", job->name), log_str("did", ran->did));
}

static bool turn(JobThread *t, App *app, Arena *a, Err *err)
{
    for (size_t i = 0; i < n_jobs && !ending(t); i++) {
        Arena scratch = *a;
        JobRan ran;
        if (jobs[i].apart)
            continue;
        t->clock(&app->today, &app->now);
        app->stop = &t->stop;
        if (!app_job_run(app, &jobs[i], false, &scratch, &ran, err))
            return false;
        log_ran(&jobs[i], &ran);
    }
    return true;
}

// What this process keeps of sessions: no other can write it down.
static bool flush(JobThread *t, App *app, Arena scratch, Err *err)
{
    app->sessions = t->sessions;
    t->clock(&app->today, &app->now);
    return app_session_flush(app, &scratch, err);
}

static bool wait_until_end(JobThread *t, int seconds)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += seconds;
    pthread_mutex_lock(&t->lock);
    int woken = 0;
    while (!t->ending && woken == 0)
        woken = pthread_cond_timedwait(&t->end, &t->lock, &until);
    bool is = t->ending;
    pthread_mutex_unlock(&t->lock);
    return is;
}

// A database that does not answer is complained of once, until it answers again.
static void complain(JobThread *t, const Err *err)
{
    if (!t->complained)
        log_event(LOG_ERROR, "jobs wait for the database", log_z("why", err->en),
                  log_z("detail", err->detail));
    t->complained = true;
}

static void *job_thread(void *arg)
{
    JobThread *t = arg;
    Arena a = arena_new((size_t)1 << 30);
    CLEANUP(app_close) App app = {0};
    while (!wait_until_end(t, TICK_S)) {
        Err err = {0};
        Date today;
        int64_t now;
        t->clock(&today, &now);
        bool well = app.db || app_open_configured(t->config, DB_WRITE, today, now, &a, &app, &err);
        Arena scratch = a;
        well = well && flush(t, &app, scratch, &err) && turn(t, &app, &scratch, &err);
        if (well) {
            t->complained = false;
        } else {
            complain(t, &err);
            app_close(&app);
            app = (App){0};
            arena_reset(&a, 1 << 20);
        }
    }
    arena_free(&a);
    return NULL;
}

JobThread *job_thread_start(const Config *config, void (*clock)(Date *today, int64_t *now),
                            struct SessionMemory *sessions)
{
    JobThread *t = calloc(1, sizeof *t);
    if (!t)
        return NULL;
    pthread_condattr_t monotonic;
    t->config = config;
    t->clock = clock;
    t->sessions = sessions;
    pthread_mutex_init(&t->lock, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&t->end, &monotonic);
    pthread_condattr_destroy(&monotonic);
    if (pthread_create(&t->thread, NULL, job_thread, t) == 0)
        return t;
    free(t);
    return NULL;
}

void job_thread_stop(JobThread *t)
{
    if (!t)
        return;
    pthread_mutex_lock(&t->lock);
    t->ending = true;
    t->stop.asked = 1;
    pthread_cond_signal(&t->end);
    pthread_mutex_unlock(&t->lock);
    pthread_join(t->thread, NULL);
    pthread_cond_destroy(&t->end);
    pthread_mutex_destroy(&t->lock);
    free(t);
}
