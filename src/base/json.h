// JSON out and in. Writing goes straight into a Buf; reading builds a tree in an arena. The only
// file that knows cJSON.
//
// What is written may also stand inside <script> in a page: < > & U+2028 U+2029 and all control
// characters are written as \u escapes where they occur in strings.
#ifndef GONGKAI_JSON_H
#define GONGKAI_JSON_H

#include "base/buf.h"
#include "base/err.h"

// --- writing
//
//     JsonOut w = json_out(&buf);
//     json_object(&w);
//     json_put_int(&w, "year", 2023);
//     json_key(&w, S("cells")), json_array(&w);
//     ...
//     json_end(&w), json_end(&w);
//
// Commas, quotes and closing brackets are the writer's. A key must come before each value in an
// object and never in an array; nesting is at most JSON_DEPTH. Breaking these rules is a mistake in
// the program: it is caught by an assertion. Running out of room shows in buf.full.

enum { JSON_DEPTH = 63 };

typedef struct JsonOut {
    Buf *buf;
    unsigned depth;
    uint64_t is_object, has_items; // a bit per level
    bool keyed;                    // a key has been written and its value is due
} JsonOut;

JsonOut json_out(Buf *buf);
void json_object(JsonOut *w);
void json_array(JsonOut *w);
void json_end(JsonOut *w); // of the innermost object or array
void json_key(JsonOut *w, Str key);
void json_str(JsonOut *w, Str s); // valid UTF-8
void json_int(JsonOut *w, int64_t n);
// n / scale as an exact decimal without trailing zeros, scale a power of ten: 41130000 / 1000000
// is written 41.13.
void json_decimal(JsonOut *w, int64_t n, int64_t scale);
void json_real(JsonOut *w, double x); // shortest that reads back; not a number becomes null
void json_bool(JsonOut *w, bool b);
void json_null(JsonOut *w);
void json_raw(JsonOut *w, Str json); // one value already written as JSON
bool json_done(const JsonOut *w);    // everything opened is closed, and it fitted

// A key and its value in one call; keys are literals.
void json_put_str(JsonOut *w, const char *key, Str s);
void json_put_int(JsonOut *w, const char *key, int64_t n);
void json_put_bool(JsonOut *w, const char *key, bool b);

// Only the string, quotes included, into a buffer.
void json_quote(Buf *b, Str s);

// --- reading

typedef struct cJSON Json; // a value; lives in the arena it was read into

enum { JSON_MAX_BYTES = 64 << 20 };

// Reads one value, and nothing but white space behind it. ERR_LIMIT for more than max_bytes or
// nesting deeper than JSON_DEPTH; ERR_INPUT where it is not JSON, not UTF-8, or has a NUL in a
// string.
bool json_read(Str text, size_t max_bytes, Arena *a, const Json **out, Err *err);

// All of these accept NULL for "no such value" and answer it as such, so that a path can be asked
// without a check at each step.
bool json_is_object(const Json *v);
bool json_is_array(const Json *v);
bool json_is_str(const Json *v);
bool json_is_number(const Json *v);
bool json_is_null(const Json *v); // null itself, not NULL

const Json *json_get(const Json *object, const char *key); // first of that name; NULL for none
size_t json_count(const Json *v);                          // elements or members
const Json *json_first(const Json *v);                     // of an array or object
const Json *json_next(const Json *item);
Str json_name(const Json *member); // its key in the object it belongs to

// Each returns false, and leaves *out, where the value is none or of another type.
bool json_as_str(const Json *v, Str *out);
bool json_as_int(const Json *v, int64_t *out); // whole, and within ±2^53
// value * scale as a whole number: 41.13 with 1000000 gives 41130000. False where digits are left.
bool json_as_decimal(const Json *v, int64_t scale, int64_t *out);
bool json_as_real(const Json *v, double *out);
bool json_as_bool(const Json *v, bool *out);

// With a value for when there is none.
Str json_get_str(const Json *object, const char *key); // "" for none
int64_t json_get_int(const Json *object, const char *key, int64_t otherwise);
bool json_get_bool(const Json *object, const char *key); // false for none

#endif
