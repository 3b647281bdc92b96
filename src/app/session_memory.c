#include "app/session_memory.h"

#include <pthread.h>
#include <stdlib.h>

enum { SEATS = 4096 }; // sessions in use at one time in one process; more push each other out

typedef struct Seat {
    SessionId id;
    int64_t seen, written;
} Seat;

struct SessionMemory {
    pthread_mutex_t lock;
    Seat seats[SEATS];
    SessionMoved moved[SESSION_MOVED_MOST];
    size_t n_moved;
    int64_t taken_at;
    int hashing;
    int64_t hashes;
};

SessionMemory *session_memory_new(void)
{
    SessionMemory *m = calloc(1, sizeof *m);
    if (m)
        pthread_mutex_init(&m->lock, NULL);
    return m;
}

void session_memory_free(SessionMemory *m)
{
    if (!m)
        return;
    pthread_mutex_destroy(&m->lock);
    free(m);
}

bool session_memory_see(SessionMemory *m, SessionId id, int64_t stored, int idle_s, int64_t now)
{
    pthread_mutex_lock(&m->lock);
    Seat *seat = &m->seats[(uint64_t)id.n % SEATS];
    if (seat->id.n != id.n)
        *seat = (Seat){.id = id, .seen = stored, .written = stored};
    int64_t seen = seat->seen > stored ? seat->seen : stored;
    bool goes_on = now - seen < idle_s;
    if (goes_on && now > seat->seen)
        seat->seen = now;
    pthread_mutex_unlock(&m->lock);
    return goes_on;
}

static bool has_moved(const SessionMemory *m, SessionId id)
{
    for (size_t i = 0; i < m->n_moved; i++)
        if (m->moved[i].id.n == id.n)
            return true;
    return false;
}

void session_memory_moved(SessionMemory *m, SessionId id, PersonId person, Str ip, int64_t now)
{
    SessionMoved moved = {.id = id, .person = person, .at = now};
    memcpy(moved.ip, ip.s, ip.n < sizeof moved.ip ? ip.n : sizeof moved.ip - 1);
    pthread_mutex_lock(&m->lock);
    if (!has_moved(m, id) && m->n_moved < SESSION_MOVED_MOST) // else it is noticed at its next try
        m->moved[m->n_moved++] = moved;
    pthread_mutex_unlock(&m->lock);
}

bool session_memory_is_moved(SessionMemory *m, SessionId id)
{
    pthread_mutex_lock(&m->lock);
    bool moved = has_moved(m, id);
    pthread_mutex_unlock(&m->lock);
    return moved;
}

static size_t seats_changed(const SessionMemory *m)
{
    size_t n = 0;
    for (size_t i = 0; i < SEATS; i++)
        n += m->seats[i].seen > m->seats[i].written;
    return n;
}

static void take(SessionMemory *m, Arena *a, SessionNews *news)
{
    news->seen = NEW(a, SessionSeen, seats_changed(m));
    for (size_t i = 0; i < SEATS; i++) {
        Seat *s = &m->seats[i];
        if (s->seen > s->written)
            news->seen[news->n_seen++] = (SessionSeen){s->id, s->seen};
        s->written = s->seen;
    }
    memcpy(news->moved, m->moved, m->n_moved * sizeof *m->moved);
    news->n_moved = m->n_moved;
}

SessionNews session_memory_take(SessionMemory *m, int64_t now, int64_t every_s, Arena *a)
{
    SessionNews news = {0};
    pthread_mutex_lock(&m->lock);
    if (m->n_moved || now >= m->taken_at + every_s || now < m->taken_at) {
        take(m, a, &news);
        m->taken_at = now;
    }
    pthread_mutex_unlock(&m->lock);
    return news;
}

static bool among(const SessionNews *news, SessionId id)
{
    for (size_t i = 0; i < news->n_moved; i++)
        if (news->moved[i].id.n == id.n)
            return true;
    return false;
}

void session_memory_written(SessionMemory *m, const SessionNews *news)
{
    pthread_mutex_lock(&m->lock);
    size_t kept = 0;
    for (size_t i = 0; i < m->n_moved; i++)
        if (!among(news, m->moved[i].id))
            m->moved[kept++] = m->moved[i];
    m->n_moved = kept;
    pthread_mutex_unlock(&m->lock);
}

bool session_memory_hash_begin(SessionMemory *m, int most)
{
    pthread_mutex_lock(&m->lock);
    bool free_place = m->hashing < most;
    m->hashing += free_place;
    m->hashes += free_place;
    pthread_mutex_unlock(&m->lock);
    return free_place;
}

void session_memory_hash_end(SessionMemory *m)
{
    pthread_mutex_lock(&m->lock);
    m->hashing--;
    pthread_mutex_unlock(&m->lock);
}

int64_t session_memory_hashes(SessionMemory *m)
{
    pthread_mutex_lock(&m->lock);
    int64_t n = m->hashes;
    pthread_mutex_unlock(&m->lock);
    return n;
}
