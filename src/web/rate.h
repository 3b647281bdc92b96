// How often one address, or one system with a key, may ask; each process for itself. A fixed table:
// under many addresses at once the oldest are forgotten, which lets some through and never grows.
#ifndef GONGKAI_WEB_RATE_H
#define GONGKAI_WEB_RATE_H

#include "base/str.h"

#include <pthread.h>

typedef struct Rate {
    pthread_mutex_t lock;
    struct {
        uint64_t who;
        int64_t since_ms; // when `left` was right
        double left;
    } v[1024];
} Rate;

// Whether this one (an address, or any other name) may, or with IPv6 this network of 64 bits;
// `per_minute` may come at once, then one at a time as the minute goes on.
bool rate_take(Rate *r, Str ip, const void *what, int per_minute, int64_t now_ms);

// After so many seconds one that was refused may come again.
int rate_wait_s(int per_minute);

#endif
