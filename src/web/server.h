// The server: connections, threads and lanes. Knows no page.
#ifndef GONGKAI_WEB_SERVER_H
#define GONGKAI_WEB_SERVER_H

#include "base/address.h"
#include "web/guard.h"
#include "web/route.h"

typedef struct WebConfig {
    const char *bind; // an address, "127.0.0.1"; NULL for all
    uint16_t port;    // 0 for any free one
    const Route *routes;
    size_t n_routes;
    // A connection to the data for one thread, made when the thread first needs it. May be NULL.
    bool (*open)(void *ctx, void **db, Err *err);
    void (*close)(void *db);
    // Before each page, with the thread's db, to tell it what moment it is. May be NULL.
    void (*begin)(void *ctx, void *db);
    // A number that is another one after the data changed, the same on every connection; asked a
    // few times a second, and everything kept is dropped when it moves. May be NULL.
    uint64_t (*version)(void *db);
    // Adds what it knows to /metrics, in their format. May be NULL.
    void (*gauges)(void *db, Arena *a, Buf *b);
    Str metrics_token; // whoever sends it may read /metrics from anywhere; empty: nobody
    void *ctx;
    Nets trusted;      // proxies that may say whom they ask for and what a request is called
    size_t upload_max; // the largest body whatever a route allows; 0: only the route's own limit
    // Sessions. NULL: every route that is not for anyone is refused.
    const Guard *guard;
    const Guard *key_guard; // of routes with CSRF_KEY
    // Writes the page for an error into w (w->status is set). NULL for plain text.
    void (*error_page)(Request *r, Response *w, const Err *err);
    // web_serve only, may be NULL: when it listens, and before it stops. Threads started in the
    // first do not get the signals that end the server.
    void (*listening)(void *ctx, uint16_t port);
    void (*stopping)(void *ctx);
    size_t cache_bytes;         // for rendered pages; 0 keeps none
    size_t model_bytes;         // for what they are made from; 0: 32 MB
    int fast_threads;           // 0: 2
    int slow_threads;           // 0: 2
    int max_connections;        // 0: 1000
    int max_connections_per_ip; // 0: 200
    int header_timeout_s;       // 0: 20; from the connection, or the last answer, to a whole head
    int body_timeout_s;         // 0: 30, and one second more for every 32 KB
    const char *tmp_dir;        // for uploads; NULL: /tmp
    bool quiet;                 // no access log
} WebConfig;

typedef struct Web Web;

// Listens and returns; the threads run.
bool web_start(const WebConfig *config, Web **out, Err *err);
uint16_t web_port(const Web *web);
uint64_t web_answered(const Web *web); // requests completed so far
// Takes no more connections, lets running requests finish for at most 10 s, ends.
void web_stop(Web *web);
// An organ's reports changed: pages that show it are made anew. Any thread.
void web_changed(Web *web, uint64_t organ_id);

// web_start, then waits for SIGTERM or SIGINT, then web_stop. Tells systemd when it is ready, that
// it still answers, and when it stops.
bool web_serve(const WebConfig *config, Err *err);

#endif
