// Work that is done by itself: mail that waits, seals of the audit, throwing away what is used up.
// `gongkai serve` has one thread for it; `gongkai job run` does the same by hand or from a timer.
// Of several processes on one database one at a time runs a job: the first to take its row
// (sql/0009_job.sql), for at most JOB_HOLD_S.
//
// To add a job: a function here or in its noun's file, its row in job.c, and its interval in
// Config.job with a row in config.c.
#ifndef GONGKAI_APP_JOB_H
#define GONGKAI_APP_JOB_H

#include "app/app.h"
#include "store/job.h"

enum {
    JOB_HOLD_S = 900, // a run that takes longer is taken for dead
    JOB_AGAIN_S = 60, // after a failure, then twice as long each time, up to the interval or
    JOB_AGAIN_MAX = 3600
};

// Does the work. *did says what in a few English words, empty for nothing to do. What fails is
// tried again later. Called outside transactions, with app->actor set.
typedef bool JobRun(App *app, Arena *a, Str *did, Err *err);

typedef struct Job {
    Str name;
    size_t every; // where in Config its interval stands (int, seconds)
    JobRun *run;
    Str what;   // English, for `job list` and docs/admin/operate.md
    Str words;  // Chinese, for the administrators' page
    bool apart; // takes minutes: `serve` has threads of their own for it, this one passes it over
} Job;
extern const Job jobs[];
extern const size_t n_jobs;

// NULL where there is none of that name.
const Job *job_find(Str name);
int job_every_s(const App *app, const Job *job);

typedef struct JobRan {
    bool ran; // false: not due, or somebody else runs it
    bool well;
    Str did; // or why it failed
    Err why;
} JobRan;

// Runs one where it is due, or at once where `early`. False only where the store fails.
bool app_job_run(App *app, const Job *job, bool early, Arena *a, JobRan *out, Err *err);

// Writes down that a job that runs apart has done something, for those who look at the list.
bool app_job_said(App *app, Str name, Str did, Arena *a, Err *err);

// When the job will be tried again; pure. `failures`: in a row, 0 after success. `random`: any
// number, so that several processes and jobs do not come at one moment.
int64_t job_next(int64_t now, int every_s, int64_t failures, uint64_t random);

// --- the thread of `serve`

typedef struct JobThread JobThread;

// `clock` as in SiteConfig. The thread opens an App of its own for each turn, so that a database
// that comes back is found again. At each turn it writes down what `sessions` keeps (may be NULL).
JobThread *job_thread_start(const Config *config, void (*clock)(Date *today, int64_t *now),
                            struct SessionMemory *sessions);
void job_thread_stop(JobThread *t); // waits for a job that runs; NULL is fine

#endif
