#include "web/seats.h"

#include <pthread.h>
#include <sys/socket.h>

struct Seats {
    pthread_mutex_t lock;
    pthread_cond_t end;
    pthread_t thread;
    bool ending;
    Seat *first;
};

int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC_COARSE, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void half_a_second_on(struct timespec *t)
{
    clock_gettime(CLOCK_MONOTONIC, t);
    t->tv_nsec += 500000000;
    if (t->tv_nsec >= 1000000000) {
        t->tv_nsec -= 1000000000;
        t->tv_sec++;
    }
}

static void *seats_watch(void *arg)
{
    Seats *s = arg;
    pthread_mutex_lock(&s->lock);
    while (!s->ending) {
        struct timespec t;
        int64_t now = now_ms();
        for (Seat *seat = s->first; seat; seat = seat->next)
            if (atomic_load_explicit(&seat->until_ms, memory_order_relaxed) < now)
                shutdown(seat->fd, SHUT_RDWR);
        half_a_second_on(&t);
        pthread_cond_timedwait(&s->end, &s->lock, &t);
    }
    pthread_mutex_unlock(&s->lock);
    return NULL;
}

Seats *seats_new(void)
{
    Seats *s = calloc(1, sizeof *s);
    if (!s)
        return NULL;
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_mutex_init(&s->lock, NULL);
    pthread_cond_init(&s->end, &monotonic);
    pthread_condattr_destroy(&monotonic);
    if (pthread_create(&s->thread, NULL, seats_watch, s) != 0) {
        free(s);
        return NULL;
    }
    return s;
}

void seats_free(Seats *s)
{
    if (!s)
        return;
    pthread_mutex_lock(&s->lock);
    s->ending = true;
    pthread_cond_signal(&s->end);
    pthread_mutex_unlock(&s->lock);
    pthread_join(s->thread, NULL);
    pthread_cond_destroy(&s->end);
    pthread_mutex_destroy(&s->lock);
    free(s);
}

Seat *seat_take(Seats *s, int fd, int64_t until_ms)
{
    Seat *seat = calloc(1, sizeof *seat);
    if (!seat)
        return NULL;
    seat->fd = fd;
    seat->until_ms = until_ms;
    pthread_mutex_lock(&s->lock);
    seat->next = s->first;
    if (s->first)
        s->first->prev = seat;
    s->first = seat;
    pthread_mutex_unlock(&s->lock);
    return seat;
}

void seat_leave(Seats *s, Seat *seat)
{
    pthread_mutex_lock(&s->lock);
    *(seat->prev ? &seat->prev->next : &s->first) = seat->next;
    if (seat->next)
        seat->next->prev = seat->prev;
    pthread_mutex_unlock(&s->lock);
    free(seat);
}
