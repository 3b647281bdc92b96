// Public pages, kept as they were rendered.
//
// The idea: a page is found by its key (route.h) and is good as long as nothing it shows has
// changed. What it shows is said by versions: every organ has one, "everything" has one, and a
// change counts up both. A page notes the versions it was made under *before* it read anything, so
// that a change while it was being made is seen too. Nothing is searched for and removed; a page
// whose versions moved on is dropped when somebody asks for it, or when room is needed.
//
// All functions may be called from any thread. A page is used under a reference, so it may be
// dropped while it is being sent.
#ifndef GONGKAI_WEB_CACHE_H
#define GONGKAI_WEB_CACHE_H

#include "web/http.h"

#include <stdatomic.h>

typedef enum Packing {
    PACK_NONE,
    PACK_GZIP,
    PACK_BROTLI,
    PACK__COUNT,
} Packing;

// What the server prepares once and sends many times; only it knows what the pointers are.
typedef struct Prepared {
    void *full[PACK__COUNT];
} Prepared;

typedef struct Kept {
    Str key, type, body;
    Str packed[PACK__COUNT];   // [PACK_NONE] is body; empty where no shorter
    char etag[24];             // 16 hex digits, without quotes
    const struct Route *route; // whose page it is; NULL: built in
    const char *control;       // Cache-Control
    bool small; // worth packing slowly: built in, sent to everybody. Others are packed while one
                // waits
    ResponseHeader headers[MAX_HEADERS];
    size_t n_headers;
    Prepared prepared;
    // how far each packing is; packed and prepared are set where it is PACKED
    _Atomic int state[PACK__COUNT];
    // the rest is the cache's own
    _Atomic int refs;
    _Atomic bool used;
    struct {
        uint32_t slot;
        uint64_t version;
    } depends[MAX_DEPENDS];
    size_t n_depends, bytes;
    Str room;
    struct Kept *next_in_bucket, *older, *newer;
    bool in_cache;
} Kept;

enum { PACK_TODO, PACK_BUSY, PACKED };

typedef struct Cache Cache;

// At most max_bytes are kept; `unprepare` is called once for each page that goes. `versions` is the
// cache whose versions count, NULL for its own.
Cache *cache_new(size_t max_bytes, void (*unprepare)(Prepared *p), Cache *versions);
// No page may be in use any more.
void cache_free(Cache *c);

// A page with a reference, or NULL.
Kept *cache_get(Cache *c, Str key);
void kept_free(Cache *c, Kept *k); // gives the reference back

// References that a request holds to its end.
typedef struct Held {
    Cache *cache;
    Kept *v[8];
    size_t n;
} Held;
bool request_may_hold(const Request *r);
void request_hold(Request *r, Kept *k);
void held_free(Held *h);

// A page with a reference, holding copies of what it is given. cache_put offers it to others; the
// cache does so only where it has room. Without cache_put it is simply freed with its reference.
Kept *kept_new(Str key, Str body, const Response *w);
// One with a room of n bytes instead of a body, for something else than text.
Kept *kept_room(Str key, size_t n, const Response *w);
Arena kept_arena(Kept *k); // over its room, empty
void cache_put(Cache *c, Kept *k);

// Packs the body, unless another thread is doing it right now or it was done. True where the
// packed body may be used (and is shorter). The one call that did the work gets *first.
bool kept_pack(Cache *c, Kept *k, Packing p, bool *first);
// After *first: others may use what was prepared for it.
void kept_packed(Kept *k, Packing p);

// Counts up an organ and "everything".
void cache_bump(Cache *c, uint64_t organ_id);
void cache_bump_all(Cache *c);
// The version of an organ now, and of everything (slot 0).
uint32_t cache_slot(uint64_t organ_id);
uint64_t cache_version(const Cache *c, uint32_t slot);

typedef struct CacheCount {
    size_t pages, bytes;
} CacheCount;
CacheCount cache_count(Cache *c);

#endif
