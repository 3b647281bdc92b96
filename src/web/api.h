// The API for other systems of an organ: /api/v1/… with a key. What each address takes and gives
// is a table (api_doc.c); what comes in is checked by it, and the published contract
// (/api/v1/openapi.json) is made from it and from the table of routes, so that neither can say what
// the other does not do.
//
// Errors are JSON: {"error": {"kind": "rule", "zh": "…", "en": "…", "request": "…"}}. Kinds stay;
// words may change.
#ifndef GONGKAI_WEB_API_H
#define GONGKAI_WEB_API_H

#include "base/json.h"
#include "web/guard.h"
#include "web/route.h"

// Who comes with a key (app/api_key.h).
extern const Guard api_guard;

Str api_error_kind(ErrKind kind);
// The answer to whatever went wrong under /api/.
void api_error(Request *r, Response *w, const Err *err);

// --- what an address takes and gives

typedef enum ApiType {
    API_TEXT,
    API_INT,
    API_BOOL,
    API_DAY,     // 2026-03-19
    API_WORD,    // one of words
    API_THING,   // an object of `of`
    API_LIST,    // an array of such
    API_NUMBERS, // an object of objects of whole numbers
} ApiType;

typedef struct ApiField {
    const char *name;
    ApiType type;
    bool required;      // in answers: is always there, and not null
    int most;           // characters of a text (0: 200), or the largest number (0: 2^53)
    Str (*word)(int i); // of API_WORD: the i-th; empty behind the last
    const char *of;     // of API_THING and API_LIST
    const char *about;
} ApiField;

typedef struct ApiShape { // an object
    const char *name;
    const ApiField *fields;
} ApiShape;
extern const ApiShape api_shapes[];
extern const size_t n_api_shapes;

typedef struct ApiDoc {
    Method method;
    const char *pattern; // of its route
    const char *id;      // stable, for generated clients
    const char *summary;
    const ApiField *query;  // ends without a name; NULL: none
    const ApiField *fields; // of the body
    int status;             // when it goes well
    const char *gives;      // the shape of the answer
    bool idempotent;        // takes Idempotency-Key
} ApiDoc;
extern const ApiDoc api_docs[];
extern const size_t n_api_docs;

// The values of the query as texts, in the order of the table, checked. ERR_INPUT names the field.
bool api_query(Request *r, const ApiField *fields, Str *out, Err *err);
// The same for the JSON in the body; members that are not in the table are refused.
bool api_body(Request *r, const ApiField *fields, Str *out, Err *err);

const ApiField *api_fields_of(const char *pattern, Method method, bool query);

// The contract, OpenAPI 3.1.
Str api_openapi(Arena *a);

bool api_answer(Response *w, JsonOut *json);

#endif
