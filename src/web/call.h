// From a request's head and body to its answer; knows routes, pages and the cache, not sockets.
#ifndef GONGKAI_WEB_CALL_H
#define GONGKAI_WEB_CALL_H

#include "web/body.h"
#include "web/cache.h"
#include "web/metrics.h"
#include "web/rate.h"
#include "web/server.h"
#include "web/static.h"

// What all threads share.
typedef struct Core {
    WebConfig config;
    Cache *cache, *models;
    void (*prepare)(Kept *k);                   // makes k->prepared, before others can see it
    void (*measure)(struct Core *core, Buf *b); // writes what /metrics shows of the server
    Rate rate;
    Kept *assets[2 * MAX_ASSETS]; // each under its hashed address and its plain one
    size_t n_assets;
    _Atomic uint64_t version;        // of the data, as last seen
    _Atomic int64_t version_next_ms; // when to look again
} Core;

// What one thread has.
typedef struct Worker {
    Arena a; // one request at a time
    void *db;
    bool open;
    Held held; // by the request before, until the next begins
    Counters counts;
} Worker;

// One request. The strings of its head live as long as it does.
typedef struct Call {
    Str id;
    const char *ip;
    bool direct; // not through a proxy
    const char *method;
    Str target; // path and query as they came
    const char *host, *accept_encoding, *if_none_match, *content_type, *origin, *fetch_site;
    const char *cookies, *user_agent, *authorization, *idempotency;
    const Route *route; // set by call_begin where there is one
    Body body;
} Call;

// Either a page that is kept, or w.
typedef struct Answer {
    Kept *kept; // with a reference
    bool unchanged;
    Response w; // in the worker's arena
    Str body;
    const char *control; // Cache-Control of w
    int64_t person;      // whose page it is; 0: nobody signed in, or nobody asked
    bool hit;            // kept from before
    ErrKind kind;        // of a refusal
} Answer;

typedef enum Next {
    NEXT_SEND, // the answer is there
    NEXT_BODY, // read the body, at most route->max_body, then run
    NEXT_RUN,  // run in the slow lane
} Next;

bool core_init(Core *core, const WebConfig *config, void (*prepare)(Kept *),
               void (*unprepare)(Prepared *), Err *err);
void core_free(Core *core);

// Decides as far as the head allows; runs fast pages.
Next call_begin(Core *core, Worker *worker, Call *call, Answer *out);
// Runs the page of a call whose body, if any, is complete.
void call_run(Core *core, Worker *worker, Call *call, Answer *out);
// Says no with the page for it.
void call_refuse(Core *core, Worker *worker, Call *call, int status, const Err *err, Answer *out);

// The shortest form of a page that the browser can read.
Packing call_packing(const Call *call);

// After an answer was taken out: gives back what a large request needed.
void worker_rest(Worker *worker);
void worker_free(Core *core, Worker *worker);

#endif
