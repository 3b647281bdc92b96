// What the server counts for whoever watches it (/metrics, the text format of Prometheus).
//
// Every thread counts in memory of its own, without locks: only it writes, and who adds them up
// reads. A number that is read while it changes is the old one or the new one.
#ifndef GONGKAI_WEB_METRICS_H
#define GONGKAI_WEB_METRICS_H

#include "base/buf.h"
#include "base/err.h"
#include "web/route.h"

#include <stdatomic.h>

enum {
    METRIC_STATUSES = 16, // those of metrics.c
    METRIC_BUCKETS = 14,
    METRIC_KINDS = ERR_REPEATED + 1,
};

// Rows of a Counters behind those of the routes.
typedef enum MetricOther {
    METRIC_ASSET, // what is built in
    METRIC_NONE,  // no route fits
    METRIC__OTHERS,
} MetricOther;

typedef _Atomic uint64_t Counter;

typedef struct Counters {
    Counter *requests;                                     // [route][status]
    Counter latency[METRIC_BUCKETS + 1][2], latency_us[2]; // by lane
    Counter hits, misses;                                  // of the cache of pages
    Counter bytes;
    Counter errors[METRIC_KINDS]; // answers that were an Err
} Counters;

// Only the thread it belongs to.
static inline void count_add(Counter *c, uint64_t n)
{
    atomic_store_explicit(c, atomic_load_explicit(c, memory_order_relaxed) + n,
                          memory_order_relaxed);
}

bool counters_init(Counters *c, size_t n_routes);
void counters_free(Counters *c);

// A request answered. `row`: the route's number, or n_routes + MetricOther.
void counters_request(Counters *c, size_t row, unsigned status, int64_t us, bool slow,
                      size_t bytes);

// All of them added up, as text.
void metrics_write(Buf *b, const Route *routes, size_t n_routes, Counters *const *all, size_t n);

// Further numbers: name, what it is, and its value; `labels` as `job="outbox"`, or empty.
void metrics_head(Buf *b, const char *name, const char *type, const char *help);
void metrics_value(Buf *b, const char *name, Str labels, int64_t value);
void metrics_gauge(Buf *b, const char *name, const char *help, int64_t value);

// Memory, processor time and files of this process, and the version of the program.
void metrics_process(Buf *b);

#endif
