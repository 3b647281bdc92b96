#include "web/cache.h"

#include "base/pack.h"

#include <pthread.h>

enum { BUCKETS = 4096, SLOTS = 1024, PAGE_OVERHEAD = 1024 };

struct Cache {
    pthread_mutex_t lock; // of everything below but versions
    Kept *buckets[BUCKETS];
    Kept *oldest, *newest; // in the order they came
    size_t bytes, max_bytes, pages;
    void (*unprepare)(Prepared *p);
    _Atomic uint64_t *versions, own_versions[SLOTS];
};

Cache *cache_new(size_t max_bytes, void (*unprepare)(Prepared *p), Cache *versions)
{
    Cache *c = calloc(1, sizeof *c);
    if (!c)
        return NULL;
    pthread_mutex_init(&c->lock, NULL);
    c->max_bytes = max_bytes;
    c->unprepare = unprepare;
    c->versions = versions ? versions->versions : c->own_versions;
    return c;
}

// ---- one page

// Not for secrets; two pages under one address differing in their content must differ in it.
static uint64_t digest(Str s)
{
    static const uint64_t k = 0xd6e8feb86659fd93u;
    uint64_t h[4] = {s.n, 1, 2, 3}, word[4]; // four at a time do not wait for each other
    for (; s.n >= sizeof word; s = str_from(s, sizeof word)) {
        memcpy(word, s.s, sizeof word);
        for (int i = 0; i < 4; i++) {
            h[i] = (h[i] ^ word[i]) * k;
            h[i] ^= h[i] >> 29;
        }
    }
    memset(word, 0, sizeof word);
    if (s.n)
        memcpy(word, s.s, s.n);
    for (int i = 0; i < 4; i++)
        h[0] = ((h[0] ^ h[0] >> 29) ^ h[i] ^ word[i]) * k;
    return h[0] ^ h[0] >> 32;
}

static Str copy(char **at, Str s)
{
    Str to = {*at, s.n};
    if (s.n)
        memcpy(*at, s.s, s.n);
    *at += s.n;
    return to;
}

Kept *kept_new(Str key, Str body, const Response *w)
{
    size_t n = key.n + w->type.n + body.n;
    for (size_t i = 0; i < w->n_headers; i++)
        n += w->headers[i].value.n;
    Kept *k = malloc(sizeof *k + n);
    if (!k)
        return NULL;
    memset(k, 0, sizeof *k);
    char *at = (char *)(k + 1);
    k->key = copy(&at, key);
    k->type = copy(&at, w->type);
    for (; k->n_headers < w->n_headers; k->n_headers++)
        k->headers[k->n_headers] = (ResponseHeader){w->headers[k->n_headers].name,
                                                    copy(&at, w->headers[k->n_headers].value)};
    k->body = k->packed[PACK_NONE] = copy(&at, body);
    k->state[PACK_NONE] = PACKED;
    k->refs = 1;
    k->control = "no-cache";
    k->bytes = sizeof *k + n + PAGE_OVERHEAD;
    snprintf(k->etag, sizeof k->etag, "%016llx", (unsigned long long)digest(body));
    for (; k->n_depends < w->n_depends; k->n_depends++) {
        k->depends[k->n_depends].slot = w->depends[k->n_depends].slot;
        k->depends[k->n_depends].version = w->depends[k->n_depends].version;
    }
    return k;
}

enum { ROOM_EXTRA = 512 }; // what an arena takes for itself, and its alignment

Kept *kept_room(Str key, size_t n, const Response *w)
{
    Str body = {NULL, 0};
    Kept *k = kept_new(key, body, w);
    char *room = k ? malloc(n + ROOM_EXTRA) : NULL;
    if (!room) {
        free(k);
        return NULL;
    }
    k->room = (Str){room, n + ROOM_EXTRA};
    k->bytes += n + ROOM_EXTRA;
    return k;
}

Arena kept_arena(Kept *k)
{
    return arena_over((char *)k->room.s, k->room.n);
}

bool request_may_hold(const Request *r)
{
    return r->held && r->held->n < sizeof r->held->v / sizeof *r->held->v;
}

void request_hold(Request *r, Kept *k)
{
    r->held->v[r->held->n++] = k;
}

void held_free(Held *h)
{
    while (h->n)
        kept_free(h->cache, h->v[--h->n]);
}

void kept_free(Cache *c, Kept *k)
{
    if (!k || atomic_fetch_sub(&k->refs, 1) != 1)
        return;
    if (c->unprepare)
        c->unprepare(&k->prepared);
    for (int p = PACK_NONE + 1; p < PACK__COUNT; p++)
        free((void *)k->packed[p].s);
    free((void *)k->room.s);
    free(k);
}

bool kept_pack(Cache *c, Kept *k, Packing p, bool *first)
{
    int todo = PACK_TODO;
    *first = false;
    if (atomic_load_explicit(&k->state[p], memory_order_acquire) == PACKED)
        return k->packed[p].n > 0;
    if (!atomic_compare_exchange_strong(&k->state[p], &todo, PACK_BUSY))
        return false;
    Arena a = arena_new(2 * k->body.n + (1 << 20));
    PackFor how = k->small ? PACK_KEPT : PACK_ONCE;
    Str packed = p == PACK_GZIP ? pack_gzip(&a, k->body, how) : pack_brotli(&a, k->body, how);
    char *own = packed.n ? malloc(packed.n) : NULL;
    if (own) {
        k->packed[p] = (Str){memcpy(own, packed.s, packed.n), packed.n};
        pthread_mutex_lock(&c->lock);
        k->bytes += packed.n;
        c->bytes += k->in_cache ? packed.n : 0;
        pthread_mutex_unlock(&c->lock);
    }
    arena_free(&a);
    if (!own)
        kept_packed(k, p);
    *first = own != NULL;
    return own != NULL;
}

void kept_packed(Kept *k, Packing p)
{
    atomic_store_explicit(&k->state[p], PACKED, memory_order_release);
}

// ---- all pages; the lock is held

static Kept **bucket_of(Cache *c, Str key)
{
    return &c->buckets[str_hash(key) % BUCKETS];
}

static void list_remove(Cache *c, Kept *k)
{
    *(k->older ? &k->older->newer : &c->oldest) = k->newer;
    *(k->newer ? &k->newer->older : &c->newest) = k->older;
}

static void list_add(Cache *c, Kept *k)
{
    k->older = c->newest;
    k->newer = NULL;
    *(c->newest ? &c->newest->newer : &c->oldest) = k;
    c->newest = k;
}

static void drop(Cache *c, Kept *k)
{
    Kept **at = bucket_of(c, k->key);
    while (*at != k)
        at = &(*at)->next_in_bucket;
    *at = k->next_in_bucket;
    list_remove(c, k);
    c->bytes -= k->bytes;
    c->pages--;
    k->in_cache = false;
    kept_free(c, k);
}

static Kept *find(Cache *c, Str key)
{
    Kept *k = *bucket_of(c, key);
    while (k && !str_eq(k->key, key))
        k = k->next_in_bucket;
    return k;
}

static bool stale(const Cache *c, const Kept *k)
{
    for (size_t i = 0; i < k->n_depends; i++)
        if (cache_version(c, k->depends[i].slot) != k->depends[i].version)
            return true;
    return false;
}

// Oldest first; one that was asked for since it came to the front gets another round.
static void make_room(Cache *c, size_t bytes)
{
    for (size_t chances = c->pages; c->oldest && c->bytes + bytes > c->max_bytes;) {
        Kept *k = c->oldest;
        if (chances && !stale(c, k) && atomic_exchange(&k->used, false)) {
            chances--;
            list_remove(c, k);
            list_add(c, k);
        } else {
            drop(c, k);
        }
    }
}

// ---- all pages

Kept *cache_get(Cache *c, Str key)
{
    pthread_mutex_lock(&c->lock);
    Kept *k = find(c, key);
    if (k && stale(c, k)) {
        drop(c, k);
        k = NULL;
    }
    if (k) {
        atomic_fetch_add_explicit(&k->refs, 1, memory_order_relaxed);
        atomic_store_explicit(&k->used, true, memory_order_relaxed);
    }
    pthread_mutex_unlock(&c->lock);
    return k;
}

void cache_put(Cache *c, Kept *k)
{
    pthread_mutex_lock(&c->lock);
    Kept *old = find(c, k->key);
    if (old)
        drop(c, old);
    if (k->bytes <= c->max_bytes / 4) {
        make_room(c, k->bytes);
        Kept **at = bucket_of(c, k->key);
        k->next_in_bucket = *at;
        *at = k;
        list_add(c, k);
        c->bytes += k->bytes;
        c->pages++;
        k->in_cache = true;
        atomic_fetch_add(&k->refs, 1);
    }
    pthread_mutex_unlock(&c->lock);
}

void cache_free(Cache *c)
{
    while (c->oldest)
        drop(c, c->oldest); // NOLINT(clang-analyzer-unix.Malloc): drop moves oldest on
    pthread_mutex_destroy(&c->lock);
    free(c);
}

CacheCount cache_count(Cache *c)
{
    pthread_mutex_lock(&c->lock);
    CacheCount count = {c->pages, c->bytes};
    pthread_mutex_unlock(&c->lock);
    return count;
}

// ---- versions

uint32_t cache_slot(uint64_t organ_id) // two organs in one slot only drop each other's pages
{
    return 1 + (uint32_t)(organ_id % (SLOTS - 1));
}

uint64_t cache_version(const Cache *c, uint32_t slot)
{
    return atomic_load(&c->versions[slot]);
}

void cache_bump(Cache *c, uint64_t organ_id)
{
    atomic_fetch_add(&c->versions[cache_slot(organ_id)], 1);
    atomic_fetch_add(&c->versions[0], 1);
}

void cache_bump_all(Cache *c)
{
    for (size_t i = 0; i < SLOTS; i++)
        atomic_fetch_add(&c->versions[i], 1);
}
