// Work on untrusted bytes in child processes: a few long-lived ones that have given up everything
// but computing (base/sandbox.h), and one fresh one for each job that has to start a converter. A
// child that dies, hangs or swells costs the job it was on and is replaced.
//
// The parent hands out jobs and takes answers in one loop; it keeps one request and, of each child,
// one unfinished answer in memory.
#ifndef GONGKAI_REPORT_POOL_H
#define GONGKAI_REPORT_POOL_H

#include "base/buf.h"
#include "base/err.h"

enum { POOL_MAX_WORKERS = 64 };

typedef enum PoolEnd {
    POOL_ANSWERED,
    POOL_TIME,   // it took longer than plan->timeout_ms
    POOL_MEMORY, // it needed more than plan->memory
    POOL_LARGE,  // its answer is larger than plan->max_answer
    POOL_BROKEN, // the child died: a fault in a reader, or something the sandbox forbids
} PoolEnd;

typedef struct PoolJob {
    size_t id;
    Str request;
    bool open; // in a fresh child that may start other programs, with limits but no filter
} PoolJob;

typedef struct PoolPlan {
    int workers; // 1 … POOL_MAX_WORKERS
    int timeout_ms;
    size_t memory;     // of a child's arena
    size_t max_answer; // bytes
    void *ctx;

    // In the parent: the next job, its request made in `a`, which is emptied once it is sent. False
    // when there is none now; it is asked again after the next answer, and the run ends when there
    // is none and no child is at work.
    bool (*next)(void *ctx, Arena *a, PoolJob *job);
    // In a child: the answer to a request. Once before any child, in the parent, with an empty
    // request, so that libraries load what they load from files.
    void (*work)(void *ctx, Str request, bool open, Arena *a, Buf *answer);
    // In the parent: what came of a job. The answer is good during the call.
    void (*done)(void *ctx, size_t id, PoolEnd end, Str answer);
} PoolPlan;

// Runs until there is nothing left to do. ERR_SYSTEM where no child could be started.
bool pool_run(const PoolPlan *plan, Err *err);

int pool_processors(void); // how many this process may use, at least 1

#endif
