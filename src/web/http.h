// A request and its answer, as a page sees them.
//
// A page is a function `bool page_x(Request *r, Response *w, Err *err)`. It reads r, asks the store
// or an app function, and writes w: usually `view_x(&w->out, &page)` is its last line. Where it
// returns false the server answers with the status of err->kind (respond.c) and the error page, and
// whatever was written is dropped.
//
// Everything a page makes lives in r->a, which is given back when the answer has been copied out.
// No page may keep a pointer into it. Pages run on several threads at once; each thread has its own
// arena and its own r->db.
#ifndef GONGKAI_WEB_HTTP_H
#define GONGKAI_WEB_HTTP_H

#include "base/err.h"
#include "domain/viewer.h"
#include "web/view.h"

typedef enum Method {
    METHOD_GET, // and HEAD: the server leaves the body out
    METHOD_POST,
    METHOD__COUNT,
} Method;

typedef enum Mode { // how the page is shown: ?mode=elder, ?mode=contrast
    MODE_PLAIN,
    MODE_ELDER,
    MODE_CONTRAST,
} Mode;

// One value of the path, the query or a form; percent-decoded, valid UTF-8, no NUL. The value of an
// uploaded file is its bytes as they came.
typedef struct Field {
    Str name, value;
    Str file_name; // of an uploaded file, last component only; is_file says that it is one
    Str type;      // as the sender called it
    bool is_file;
} Field;

typedef struct Fields {
    Field *v;
    size_t n, cap;
} Fields;

typedef struct Request {
    Arena *a;
    void *db;  // this thread's own, from WebConfig.open
    void *ctx; // WebConfig.ctx
    Method method;
    Str path;            // as it came, still percent-encoded: "/annual-reports/x/2023"
    const char *pattern; // of its route
    bool hant;
    Mode mode;
    Fields params; // the :names of the route
    Fields query;  // only keys the route names, in the route's order, each once
    Fields form;   // of a POST
    Str ip;        // of the other end
    Str host;      // the Host header, checked; empty where there was none;
                   // never shown by a page that is kept: whoever asks first chooses it
    Str cookies;   // the header; request_cookie takes it apart
    Str authorization, idempotency; // the headers, as they came
    Str body;                       // of a POST in JSON, for routes with CSRF_KEY; else empty
    Str user_agent;                 // as it came, at most 8 KB; for the list of sessions
    const Viewer *viewer;           // who is signed in, where the route wants somebody; else NULL
    Verb may;                       // the power that let it in: viewer_scope(r->viewer, r->may)
    int wait_s;           // > 0: it came too often, and may come again after so many seconds
    Str id;               // also in the log line, on error pages and in X-Request-Id
    struct Cache *cache;  // of pages; for respond_depends
    struct Cache *models; // of what pages are made from (model.h), under the versions of `cache`
    struct Held *held;    // models in use
} Request;

// The value, or the empty Str where there is none.
Str request_param(const Request *r, const char *name);
Str request_query(const Request *r, const char *name);
Str request_form(const Request *r, const char *name);
Str request_cookie(const Request *r, const char *name);
// NULL where no file came under this name (a form sent without choosing one has none).
const Field *request_file(const Request *r, const char *name);

enum { MAX_HEADERS = 8, MAX_DEPENDS = 4, MAX_PAGE = 64 << 20 };

typedef struct ResponseHeader {
    const char *name;
    Str value;
} ResponseHeader;

typedef struct Response {
    int status; // 200
    Str type;   // text/html; charset=utf-8
    Out out;    // the body, unless
    Str body;   // this is set: bytes in r->a
    ResponseHeader headers[MAX_HEADERS];
    size_t n_headers;
    struct {
        uint32_t slot;
        uint64_t version;
    } depends[MAX_DEPENDS];
    size_t n_depends;
    bool fresh; // not to be kept, whatever the route says
} Response;

// 303 to a path of this site.
bool respond_redirect(Response *w, Str path);
// Another type than HTML: respond_type(w, S("application/json; charset=utf-8")).
void respond_type(Response *w, Str type);
// As a download; the name may be Chinese (RFC 6266).
void respond_download(Request *r, Response *w, Str type, Str file_name);
void respond_header(Response *w, const char *name, Str value);

// What the page shows depends on this organ alone: it is kept until cache_bump for that organ. To
// be called before reading the organ's data, once for each organ; a page that never calls it
// depends on everything.
void respond_depends(Request *r, Response *w, uint64_t organ_id);

#endif
