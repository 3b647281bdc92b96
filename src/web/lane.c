#include "web/lane.h"

#include <pthread.h>
#include <sys/resource.h>

enum { MAX_THREADS = 64 };

struct SlowLane {
    pthread_mutex_t lock;
    pthread_cond_t work;
    pthread_t threads[MAX_THREADS];
    int n_threads;
    void (*run)(void *job);
    size_t first, waiting, max_waiting; // a ring
    bool ending;
    void *jobs[];
};

static void *lane_run(void *arg)
{
    SlowLane *l = arg;
    // Of this thread and of the children it starts: where the processors are all busy, fast pages
    // go first.
    setpriority(PRIO_PROCESS, 0, 10);
    pthread_mutex_lock(&l->lock);
    for (;;) {
        while (!l->waiting && !l->ending)
            pthread_cond_wait(&l->work, &l->lock);
        if (!l->waiting)
            break;
        void *job = l->jobs[l->first];
        l->first = (l->first + 1) % l->max_waiting;
        l->waiting--;
        pthread_mutex_unlock(&l->lock);
        l->run(job);
        pthread_mutex_lock(&l->lock);
    }
    pthread_mutex_unlock(&l->lock);
    return NULL;
}

SlowLane *lane_new(int threads, size_t max_waiting, void (*run)(void *job))
{
    SlowLane *l = calloc(1, sizeof *l + max_waiting * sizeof *l->jobs);
    if (!l)
        return NULL;
    pthread_mutex_init(&l->lock, NULL);
    pthread_cond_init(&l->work, NULL);
    l->run = run;
    l->max_waiting = max_waiting;
    for (; l->n_threads < threads && l->n_threads < MAX_THREADS; l->n_threads++)
        if (pthread_create(&l->threads[l->n_threads], NULL, lane_run, l) != 0) {
            lane_free(l);
            return NULL;
        }
    return l;
}

bool lane_add(SlowLane *l, void *job)
{
    pthread_mutex_lock(&l->lock);
    bool room = l->waiting < l->max_waiting && !l->ending;
    if (room) {
        l->jobs[(l->first + l->waiting++) % l->max_waiting] = job;
        pthread_cond_signal(&l->work);
    }
    pthread_mutex_unlock(&l->lock);
    return room;
}

size_t lane_waiting(SlowLane *l)
{
    pthread_mutex_lock(&l->lock);
    size_t n = l->waiting;
    pthread_mutex_unlock(&l->lock);
    return n;
}

void lane_free(SlowLane *l)
{
    pthread_mutex_lock(&l->lock);
    l->ending = true;
    pthread_cond_broadcast(&l->work);
    pthread_mutex_unlock(&l->lock);
    for (int i = 0; i < l->n_threads; i++)
        pthread_join(l->threads[i], NULL);
    pthread_cond_destroy(&l->work);
    pthread_mutex_destroy(&l->lock);
    free(l);
}
