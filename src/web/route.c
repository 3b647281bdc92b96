#include "web/route.h"

#include "web/form.h"

// A decoded piece of a path never holds what would be another piece, go up a folder, or end a name.
static bool segment_decode(Str s, Arena *a, Str *out)
{
    if (!url_decode(s, false, a, out) || str_eq(*out, S(".")) || str_eq(*out, S("..")))
        return false;
    for (size_t i = 0; i < out->n; i++)
        if (out->s[i] == '/' || out->s[i] == '\\' || (unsigned char)out->s[i] < ' ' ||
            out->s[i] == 0x7f)
            return false;
    return true;
}

static bool path_split(Str path, Arena *a, Strs *out)
{
    if (!str_starts(path, S("/")))
        return false;
    for (Str rest = str_from(path, 1), head; rest.s <= path.s + path.n;) {
        bool more = str_cut(rest, S("/"), &head, &rest);
        if (!segment_decode(head, a, PUSH(a, out)))
            return false;
        if (!more)
            break;
    }
    return true;
}

// ":year.json" takes "2023.json" and gives year = 2023; a literal takes itself.
static bool segment_fits(Str pattern, Str segment, Field *param)
{
    if (!str_starts(pattern, S(":")))
        return str_eq(pattern, segment);
    Str name, ending;
    bool has_ending = str_cut(str_from(pattern, 1), S("."), &name, &ending);
    size_t n = has_ending ? ending.n + 1 : 0;
    if (has_ending &&
        (!str_ends(segment, ending) || segment.n <= n || segment.s[segment.n - n] != '.'))
        return false;
    *param = (Field){.name = name, .value = str_sub(segment, 0, segment.n - n)};
    return param->value.n > 0;
}

static bool route_fits(const Route *route, const Strs *path, Arena *a, Fields *params)
{
    Str rest = str_from(str_z(route->pattern), 1), pattern;
    Fields found = {0};
    for (size_t i = 0; i < path->n; i++) {
        Field param = {0};
        bool more = str_cut(rest, S("/"), &pattern, &rest);
        if (more != (i + 1 < path->n) || !segment_fits(pattern, path->v[i], &param))
            return false;
        if (param.name.n)
            *PUSH(a, &found) = param;
    }
    *params = found;
    return true;
}

RouteMatch route_find(const Route *routes, size_t n, Method method, Str path, Arena *a,
                      const Route **out, Fields *params, Str *allow)
{
    static const Str allows[] = {[METHOD_GET] = SI("GET, HEAD"), [METHOD_POST] = SI("POST")};
    Strs segments = {0};
    bool has[METHOD__COUNT] = {false};
    if (!path_split(path, a, &segments))
        return ROUTE_BAD;
    for (size_t i = 0; i < n; i++) {
        if (!route_fits(&routes[i], &segments, a, params))
            continue;
        if (routes[i].method == method) {
            *out = &routes[i];
            return ROUTE_FOUND;
        }
        has[routes[i].method] = true;
    }
    *params = (Fields){0};
    if (!has[METHOD_GET] && !has[METHOD_POST])
        return ROUTE_NONE;
    *allow = has[METHOD_GET] && has[METHOD_POST] ? S("GET, HEAD, POST")
             : has[METHOD_GET]                   ? allows[METHOD_GET]
                                                 : allows[METHOD_POST];
    return ROUTE_METHOD;
}

static const Field *field_find(const Fields *fields, Str name)
{
    for (size_t i = 0; i < fields->n; i++)
        if (str_eq(fields->v[i].name, name))
            return &fields->v[i];
    return NULL;
}

static Str field_value(const Fields *fields, Str name)
{
    const Field *f = field_find(fields, name);
    return f ? f->value : S("");
}

bool route_query(const Route *route, Str query, Arena *a, Fields *out, bool *hant, Mode *mode)
{
    Fields all, taken = {0};
    if (!query_parse(query, a, &all))
        return false;
    for (Str keys = str_z(route->query ? route->query : ""), key; keys.n;) {
        str_cut(keys, S(" "), &key, &keys);
        const Field *f = field_find(&all, key);
        if (f)
            *PUSH(a, &taken) = *f;
    }
    Str shown = field_value(&all, S("mode"));
    *hant = str_eq(field_value(&all, S("hant")), S("1"));
    *mode = str_eq(shown, S("elder"))      ? MODE_ELDER
            : str_eq(shown, S("contrast")) ? MODE_CONTRAST
                                           : MODE_PLAIN;
    *out = taken;
    return true;
}

bool route_key_plain(Str target)
{
    return target.n && !memchr(target.s, '?', target.n) && !memchr(target.s, '%', target.n);
}

Str route_key(const Request *r, Arena *a)
{
    if (!r->query.n && !r->hant && r->mode == MODE_PLAIN && route_key_plain(r->path))
        return r->path;
    Buf b = buf_new(a, 64 << 10);
    buf_byte(&b, '\n'); // no path begins so
    buf_add(&b, str_z(r->pattern));
    buf_byte(&b, r->hant ? 't' : 's');
    buf_byte(&b, (char)('0' + r->mode));
    for (size_t i = 0; i < r->params.n + r->query.n; i++) {
        const Field *f = i < r->params.n ? &r->params.v[i] : &r->query.v[i - r->params.n];
        buf_byte(&b, '\n');
        buf_add(&b, f->name);
        buf_byte(&b, ' ');
        buf_int(&b, (int64_t)f->value.n); // so that no value can look like the next name
        buf_byte(&b, ' ');
        buf_add(&b, f->value);
    }
    return buf_str(&b);
}

Str request_param(const Request *r, const char *name)
{
    return field_value(&r->params, str_z(name));
}

Str request_query(const Request *r, const char *name)
{
    return field_value(&r->query, str_z(name));
}

Str request_form(const Request *r, const char *name)
{
    return field_value(&r->form, str_z(name));
}

Str request_cookie(const Request *r, const char *name)
{
    for (Str rest = r->cookies, one; rest.n;) {
        Str key, value;
        str_cut(rest, S(";"), &one, &rest);
        if (str_cut(str_trim(one), S("="), &key, &value) && str_eq(key, str_z(name)))
            return value;
    }
    return S("");
}

const Field *request_file(const Request *r, const char *name)
{
    const Field *f = field_find(&r->form, str_z(name));
    return f && f->is_file && (f->file_name.n || f->value.n) ? f : NULL;
}
