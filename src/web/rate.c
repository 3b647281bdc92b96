#include "web/rate.h"

#include "base/address.h"

enum { PLACES = sizeof(((Rate *)0)->v) / sizeof *((Rate *)0)->v, NEAR = 4 };

// One customer of a provider has a whole /64 of IPv6, and could ask from another each time.
static uint64_t network(Str ip)
{
    Address a;
    bool six = str_has(ip, S(":")) && address_parse(ip, &a) && !address_is_v4(a);
    return str_hash(six ? (Str){(const char *)a.bytes, 8} : ip);
}

bool rate_take(Rate *r, Str ip, const void *what, int per_minute, int64_t now_ms)
{
    uint64_t who = (network(ip) ^ (uintptr_t)what) | 1; // 0 is a free place
    size_t at = who % PLACES;
    pthread_mutex_lock(&r->lock);
    for (size_t i = 0; i < NEAR; i++) { // its own place, or else the longest unused near it
        size_t k = (who + i) % PLACES;
        if (r->v[k].who == who) {
            at = k;
            break;
        }
        if (r->v[k].since_ms < r->v[at].since_ms)
            at = k;
    }
    if (r->v[at].who != who) {
        r->v[at].who = who;
        r->v[at].left = per_minute;
        r->v[at].since_ms = now_ms;
    }
    double left = r->v[at].left + (double)(now_ms - r->v[at].since_ms) * per_minute / 60000.0;
    if (left > per_minute)
        left = per_minute;
    bool may = left >= 1;
    r->v[at].left = may ? left - 1 : left;
    r->v[at].since_ms = now_ms;
    pthread_mutex_unlock(&r->lock);
    return may;
}

int rate_wait_s(int per_minute)
{
    return per_minute > 0 ? (60 + per_minute - 1) / per_minute : 1;
}
