// The table of addresses. One row says everything about one: who may, in which lane, what it takes.
#ifndef GONGKAI_WEB_ROUTE_H
#define GONGKAI_WEB_ROUTE_H

#include "domain/role.h"
#include "web/http.h"

typedef bool Handler(Request *r, Response *w, Err *err);

typedef enum Lane {
    FAST, // runs in the thread that reads the connection: a query or two, under 5 ms
    SLOW, // anything else: waits for a thread of its own, 503 where too many wait
} Lane;

typedef enum Csrf {
    CSRF_NONE,   // changes nothing (every GET)
    CSRF_ORIGIN, // refused where the browser says that the form stood on another site
    CSRF_KEY,  // not asked: a system shows a key (Authorization), which no page of another site has
    CSRF_FORM, // and where the field "csrf" is not the session's: every form of the desk
} Csrf;

typedef enum Keep {
    KEEP_NOTHING, // Cache-Control: no-store
    KEEP_PAGE,    // kept rendered in memory; browsers ask again with the ETag
} Keep;

typedef struct Route {
    Method method;
    const char *pattern; // "/annual-reports/:organ/:year.json"; the first row that fits wins
    Handler *page;
    Lane lane;
    Verb may; // the power it takes (domain/role.h); MAY_ANYONE for the public side
    Csrf csrf;
    Keep keep;
    size_t max_body;   // bytes; 0 where none is taken
    int per_minute;    // requests from one address; 0 for no limit
    const char *query; // the keys it takes, by spaces; others are ignored. hant and mode always
} Route;

extern const Route web_routes[];
extern const size_t web_routes_n;

typedef enum RouteMatch {
    ROUTE_FOUND,
    ROUTE_NONE,   // no pattern fits
    ROUTE_METHOD, // one fits, but not for this method
    ROUTE_BAD,    // the path cannot be decoded
} RouteMatch;

// Finds the row for a path as it came (no query). The decoded :names are put in *params.
// ROUTE_METHOD puts what is allowed, as for the Allow header, in *allow.
RouteMatch route_find(const Route *routes, size_t n, Method method, Str path, Arena *a,
                      const Route **out, Fields *params, Str *allow);

// The query as the route wants it. False where it cannot be decoded.
bool route_query(const Route *route, Str query, Arena *a, Fields *out, bool *hant, Mode *mode);

// The same for every way of writing the same request: what a kept page is found by. For a target
// that has but one way, route_key_plain, it is the target itself, so that the page can be found
// before anything is taken apart.
Str route_key(const Request *r, Arena *a);
bool route_key_plain(Str target);

#endif
