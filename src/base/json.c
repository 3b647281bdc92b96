#include "base/json.h"

#include "base/text.h"

#include <assert.h>
#include <cjson/cJSON.h>
#include <math.h>
#include <pthread.h>

// --- writing

JsonOut json_out(Buf *buf)
{
    return (JsonOut){.buf = buf};
}

static uint64_t bit(const JsonOut *w)
{
    return (uint64_t)1 << w->depth;
}

// What must stand before a value: the comma in an array; in an object the key has seen to it.
static void before_value(JsonOut *w)
{
    bool in_object = w->depth && w->is_object & bit(w);
    assert(w->keyed == in_object);
    if (!in_object) {
        if (w->depth && w->has_items & bit(w))
            buf_byte(w->buf, ',');
        w->has_items |= bit(w);
    }
    w->keyed = false;
}

static void open_level(JsonOut *w, bool object)
{
    before_value(w);
    assert(w->depth < JSON_DEPTH);
    w->depth++;
    w->has_items &= ~bit(w);
    w->is_object = object ? w->is_object | bit(w) : w->is_object & ~bit(w);
    buf_byte(w->buf, object ? '{' : '[');
}

void json_object(JsonOut *w)
{
    open_level(w, true);
}

void json_array(JsonOut *w)
{
    open_level(w, false);
}

void json_end(JsonOut *w)
{
    assert(w->depth && !w->keyed);
    buf_byte(w->buf, w->is_object & bit(w) ? '}' : ']');
    w->depth--;
}

// How a byte is written in a string: 0 as itself, U as a \u escape, otherwise behind a \. An E2 may
// begin U+2028 or U+2029.
enum { U = 1, SEPARATOR = 2 };
static const char escapes[256] = {
    // clang-format off
    U, U, U, U, U, U, U, U, 'b', 't', 'n', U, 'f', 'r', U, U,
    U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U,
    ['"'] = '"', ['\\'] = '\\', ['<'] = U, ['>'] = U, ['&'] = U, [0x7f] = U, [0xe2] = SEPARATOR,
    // clang-format on
};

static bool line_separator(Str s, size_t i)
{
    return i + 2 < s.n && (unsigned char)s.s[i + 1] == 0x80 &&
           ((unsigned char)s.s[i + 2] | 1) == 0xa9;
}

void json_quote(Buf *b, Str s)
{
    size_t done = 0;
    buf_byte(b, '"');
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.s[i];
        char how = escapes[c];
        if (!how || (how == SEPARATOR && !line_separator(s, i)))
            continue;
        buf_add(b, str_sub(s, done, i));
        if (how == SEPARATOR) {
            buf_add(b, (unsigned char)s.s[i + 2] == 0xa8 ? S("\\u2028") : S("\\u2029"));
            i += 2;
        } else if (how == U) {
            static const char hex[] = "0123456789abcdef";
            char u[] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]};
            buf_add(b, (Str){u, sizeof u});
        } else {
            buf_byte(b, '\\');
            buf_byte(b, how);
        }
        done = i + 1;
    }
    buf_add(b, str_from(s, done));
    buf_byte(b, '"');
}

void json_key(JsonOut *w, Str key)
{
    assert(w->depth && w->is_object & bit(w) && !w->keyed);
    if (w->has_items & bit(w))
        buf_byte(w->buf, ',');
    w->has_items |= bit(w);
    json_quote(w->buf, key);
    buf_byte(w->buf, ':');
    w->keyed = true;
}

void json_str(JsonOut *w, Str s)
{
    before_value(w);
    json_quote(w->buf, s);
}

void json_int(JsonOut *w, int64_t n)
{
    before_value(w);
    buf_int(w->buf, n);
}

void json_decimal(JsonOut *w, int64_t n, int64_t scale)
{
    before_value(w);
    uint64_t u = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
    uint64_t whole = u / (uint64_t)scale, part = u % (uint64_t)scale;
    if (n < 0)
        buf_byte(w->buf, '-');
    buf_int(w->buf, (int64_t)whole);
    if (part)
        buf_byte(w->buf, '.');
    for (uint64_t unit = (uint64_t)scale; part;) {
        unit /= 10;
        buf_byte(w->buf, (char)('0' + part / unit));
        part %= unit;
    }
}

void json_real(JsonOut *w, double x)
{
    if (!isfinite(x)) {
        json_null(w);
        return;
    }
    before_value(w);
    char digits[32];
    int n = snprintf(digits, sizeof digits, "%.15g", x);
    if (strtod(digits, NULL) != x)
        n = snprintf(digits, sizeof digits, "%.17g", x);
    buf_add(w->buf, (Str){digits, (size_t)n});
}

void json_bool(JsonOut *w, bool b)
{
    json_raw(w, b ? S("true") : S("false"));
}

void json_null(JsonOut *w)
{
    json_raw(w, S("null"));
}

void json_raw(JsonOut *w, Str json)
{
    before_value(w);
    buf_add(w->buf, json);
}

bool json_done(const JsonOut *w)
{
    return w->depth == 0 && w->has_items & 1 && !w->buf->full;
}

void json_put_str(JsonOut *w, const char *key, Str s)
{
    json_key(w, str_z(key));
    json_str(w, s);
}

void json_put_int(JsonOut *w, const char *key, int64_t n)
{
    json_key(w, str_z(key));
    json_int(w, n);
}

void json_put_bool(JsonOut *w, const char *key, bool b)
{
    json_key(w, str_z(key));
    json_bool(w, b);
}

// --- reading

// cJSON asks for memory through two hooks. Ours give it from the arena of the call on this thread
// and take nothing back, so that a tree lives as long as its arena like everything else.
static _Thread_local Arena *reading_into;

static void *give(size_t n)
{
    return arena_alloc(reading_into, 1, _Alignof(max_align_t), n);
}

static void keep(void *p)
{
    (void)p;
}

static void set_hooks(void)
{
    cJSON_InitHooks(&(cJSON_Hooks){.malloc_fn = give, .free_fn = keep});
}

// Goes over the brackets and strings before cJSON does, for what it would not refuse: nesting
// deeper than ours, and \u0000, which would end a string early without a word.
static const char *trouble(Str s, bool *too_deep)
{
    size_t depth = 0;
    bool quoted = false;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.s[i];
        if (quoted) {
            if (c == '\\' && str_starts(str_from(s, i + 1), S("u0000")))
                return "NUL in a string";
            i += c == '\\';
            quoted = c != '"';
        } else if (c == '"') {
            quoted = true;
        } else if (c == '{' || c == '[') {
            *too_deep = ++depth > JSON_DEPTH;
            if (*too_deep)
                return "nested too deep";
        } else if ((c == '}' || c == ']') && depth) {
            depth--;
        }
    }
    return NULL;
}

bool json_read(Str text, size_t max_bytes, Arena *a, const Json **out, Err *err)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, set_hooks);
    if (text.n > max_bytes)
        return fail(err, ERR_LIMIT, NULL, "JSON 有 %zu 字节，超过 %zu 字节的上限。",
                    "The JSON has %zu bytes, more than the limit of %zu.", text.n, max_bytes);
    bool too_deep = false;
    const char *why = text_valid(text) < text.n ? "not UTF-8" : trouble(text, &too_deep);
    if (too_deep)
        return fail(err, ERR_LIMIT, why, "JSON 嵌套超过 %d 层。",
                    "The JSON is nested more than %d deep.", JSON_DEPTH);
    reading_into = a;
    const char *end = text.s;
    Json *tree = why ? NULL : cJSON_ParseWithLengthOpts(text.s, text.n, &end, false);
    reading_into = NULL;
    if (!tree || str_trim(str_from(text, (size_t)(end - text.s))).n)
        return fail(err, ERR_INPUT, why ? why : "syntax", "第 %zu 个字节处不是正确的 JSON。",
                    "Not valid JSON at byte %zu.", (size_t)(end - text.s));
    *out = tree;
    return true;
}

bool json_is_object(const Json *v)
{
    return cJSON_IsObject(v);
}

bool json_is_array(const Json *v)
{
    return cJSON_IsArray(v);
}

bool json_is_str(const Json *v)
{
    return cJSON_IsString(v);
}

bool json_is_number(const Json *v)
{
    return cJSON_IsNumber(v);
}

bool json_is_null(const Json *v)
{
    return cJSON_IsNull(v);
}

const Json *json_get(const Json *object, const char *key)
{
    return json_is_object(object) ? cJSON_GetObjectItemCaseSensitive(object, key) : NULL;
}

size_t json_count(const Json *v)
{
    return v ? (size_t)cJSON_GetArraySize(v) : 0;
}

const Json *json_first(const Json *v)
{
    return v ? v->child : NULL;
}

const Json *json_next(const Json *item)
{
    return item ? item->next : NULL;
}

Str json_name(const Json *member)
{
    return str_z(member ? member->string : NULL);
}

bool json_as_str(const Json *v, Str *out)
{
    if (!json_is_str(v))
        return false;
    *out = str_z(v->valuestring);
    return true;
}

bool json_as_real(const Json *v, double *out)
{
    if (!json_is_number(v))
        return false;
    *out = v->valuedouble;
    return true;
}

bool json_as_decimal(const Json *v, int64_t scale, int64_t *out)
{
    double x, n;
    if (!json_as_real(v, &x))
        return false;
    n = round(x * (double)scale);
    if (!(fabs(n) <= 0x1p53) || fabs(x * (double)scale - n) > 1e-3 * (scale > 1))
        return false;
    *out = (int64_t)n;
    return true;
}

bool json_as_int(const Json *v, int64_t *out)
{
    return json_as_decimal(v, 1, out);
}

bool json_as_bool(const Json *v, bool *out)
{
    if (!cJSON_IsBool(v))
        return false;
    *out = cJSON_IsTrue(v);
    return true;
}

Str json_get_str(const Json *object, const char *key)
{
    Str s = S("");
    json_as_str(json_get(object, key), &s);
    return s;
}

int64_t json_get_int(const Json *object, const char *key, int64_t otherwise)
{
    json_as_int(json_get(object, key), &otherwise);
    return otherwise;
}

bool json_get_bool(const Json *object, const char *key)
{
    bool b = false;
    json_as_bool(json_get(object, key), &b);
    return b;
}
