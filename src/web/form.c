#include "web/form.h"

#include "base/text.h"

#include <strings.h>

static int hex(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

bool url_decode(Str s, bool plus, Arena *a, Str *out)
{
    char *d = NULL;
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.s[i];
        bool coded = c == '%' || (plus && c == '+');
        if (coded && !d) {
            d = NEW(a, char, s.n);
            memcpy(d, s.s, n = i);
        }
        if (c == '%') {
            int high = i + 2 < s.n ? hex(s.s[i + 1]) : -1, low = i + 2 < s.n ? hex(s.s[i + 2]) : -1;
            if (high < 0 || low < 0)
                return false;
            c = (char)(high << 4 | low);
            i += 2;
        } else if (coded) {
            c = ' ';
        }
        if (d)
            d[n++] = c;
    }
    Str all = d ? (Str){d, n} : s;
    if (text_valid(all) != all.n)
        return false;
    *out = all;
    return true;
}

bool query_parse(Str s, Arena *a, Fields *out)
{
    Fields fields = {0};
    while (s.n) {
        Str pair, rest, name, value;
        str_cut(s, S("&"), &pair, &rest);
        s = rest;
        if (pair.n == 0)
            continue;
        str_cut(pair, S("="), &name, &value);
        if (fields.n == FORM_MAX_FIELDS || !url_decode(name, true, a, &name) ||
            name.n > FORM_MAX_NAME || !url_decode(value, true, a, &value))
            return false;
        *PUSH(a, &fields) = (Field){.name = name, .value = value};
    }
    *out = fields;
    return true;
}

static bool malformed(Err *err, const char *detail)
{
    return fail(err, ERR_INPUT, detail, "表单数据不完整或格式有误，请返回重新提交",
                "the form is incomplete or malformed; send it again");
}

static bool too_much(Err *err, const char *detail)
{
    return fail(err, ERR_LIMIT, detail, "表单的栏目或名称超过上限（%d栏、名称%d字节）",
                "the form has too many fields or a name that is too long (%d fields, %d bytes)",
                FORM_MAX_FIELDS, FORM_MAX_NAME);
}

static bool starts_nocase(Str s, Str prefix)
{
    return s.n >= prefix.n && strncasecmp(s.s, prefix.s, prefix.n) == 0;
}

// name=value or name="value" from a header's parameters; *s moves behind it. False at the end and,
// with *ok false, where it is malformed.
static bool parameter_cut(Str *s, Str *name, Str *value, bool *ok)
{
    *s = str_trim(*s);
    if (s->n == 0)
        return false;
    if (s->s[0] != ';')
        return *ok = false;
    *s = str_trim(str_from(*s, 1));
    ptrdiff_t eq = str_find(*s, S("="));
    if (eq <= 0)
        return *ok = false;
    *name = str_sub(*s, 0, (size_t)eq);
    *s = str_from(*s, (size_t)eq + 1);
    if (str_starts(*s, S("\""))) { // browsers write " as %22 (WHATWG HTML 4.10.21.8): no escapes
        ptrdiff_t close = str_find(str_from(*s, 1), S("\""));
        if (close < 0)
            return *ok = false;
        *value = str_sub(*s, 1, 1 + (size_t)close);
        *s = str_from(*s, (size_t)close + 2);
        return true;
    }
    size_t n = 0;
    while (n < s->n && s->s[n] != ';' && s->s[n] != ' ' && s->s[n] != '\t')
        n++;
    *value = str_sub(*s, 0, n);
    *s = str_from(*s, n);
    return true;
}

static bool parameter(Str header, const char *want, Str *out)
{
    Str head, name, value;
    bool ok = true;
    ptrdiff_t semicolon = str_find(header, S(";"));
    head = str_from(header, semicolon < 0 ? header.n : (size_t)semicolon);
    while (parameter_cut(&head, &name, &value, &ok))
        if (name.n == strlen(want) && strncasecmp(name.s, want, name.n) == 0) {
            *out = value;
            return true;
        }
    return false;
}

// %22, %0D and %0A are the only escapes browsers write into names; %25 they leave alone.
static Str name_decode(Arena *a, Str s)
{
    s = str_replace(a, s, S("%22"), S("\""));
    s = str_replace(a, s, S("%0D"), S("\r"));
    return str_replace(a, s, S("%0A"), S("\n"));
}

static Str last_component(Str path)
{
    for (size_t i = path.n; i-- > 0;)
        if (path.s[i] == '/' || path.s[i] == '\\')
            return str_from(path, i + 1);
    return path;
}

static bool part_header(Str line, Arena *a, Field *f, Err *err)
{
    Str name, value;
    if (!str_cut(line, S(":"), &name, &value) || name.n == 0)
        return malformed(err, "part header without a colon");
    value = str_trim(value);
    if (text_valid(line) != line.n)
        return malformed(err, "part header is not UTF-8");
    if (name.n == 12 && starts_nocase(name, S("content-type"))) {
        f->type = value;
    } else if (name.n == 25 && starts_nocase(name, S("content-transfer-encoding"))) {
        if (!starts_nocase(value, S("binary")) && !starts_nocase(value, S("8bit")) &&
            !starts_nocase(value, S("7bit")))
            return malformed(err, "transfer encoding");
    } else if (name.n == 19 && starts_nocase(name, S("content-disposition"))) {
        if (f->name.s || !starts_nocase(value, S("form-data")) ||
            !parameter(value, "name", &f->name) || f->name.n == 0)
            return malformed(err, "content-disposition");
        f->is_file = parameter(value, "filename", &f->file_name);
        if (f->name.n > FORM_MAX_NAME || f->file_name.n > FORM_MAX_FILE_NAME)
            return too_much(err, "name");
        f->name = name_decode(a, f->name);
        f->file_name = last_component(name_decode(a, f->file_name));
    }
    return true;
}

// The headers of one part; *s moves behind the empty line.
static bool part_head(Str *s, Arena *a, Field *f, Err *err)
{
    Str window = str_sub(*s, 0, FORM_MAX_HEAD), head, rest, line;
    if (!str_cut(window, S("\r\n\r\n"), &head, &rest))
        return malformed(err, "part headers do not end");
    *s = str_from(*s, head.n + 4);
    while (head.n) {
        str_cut(head, S("\r\n"), &line, &rest);
        head = rest;
        if (!part_header(line, a, f, err))
            return false;
    }
    return f->name.s || malformed(err, "part without a name");
}

static bool multipart_parse(Str boundary, Str body, Arena *a, Fields *out, Err *err)
{
    Fields fields = {0};
    Str mark = str_cat(a, S("\r\n--"), boundary), first = str_from(mark, 2);
    if (!str_starts(body, first))
        return malformed(err, "no first boundary");
    for (body = str_from(body, first.n); !str_starts(body, S("--"));) {
        Field f = {0};
        if (!str_starts(body, S("\r\n")))
            return malformed(err, "boundary line");
        body = str_from(body, 2);
        if (fields.n == FORM_MAX_FIELDS)
            return too_much(err, "fields");
        if (!part_head(&body, a, &f, err))
            return false;
        ptrdiff_t end = str_find(body, mark);
        if (end < 0)
            return malformed(err, "part does not end");
        f.value = str_sub(body, 0, (size_t)end);
        body = str_from(body, (size_t)end + mark.n);
        if (!f.is_file && text_valid(f.value) != f.value.n)
            return malformed(err, "field is not UTF-8");
        *PUSH(a, &fields) = f;
    }
    if (str_trim(str_from(body, 2)).n)
        return malformed(err, "something behind the last boundary");
    *out = fields;
    return true;
}

static bool boundary_ok(Str b)
{
    static const char also[] = "'()+_,-./:=?"; // RFC 2046 5.1.1
    for (size_t i = 0; i < b.n; i++)
        if (!((b.s[i] | 32) >= 'a' && (b.s[i] | 32) <= 'z') && !(b.s[i] >= '0' && b.s[i] <= '9') &&
            !(b.s[i] && strchr(also, b.s[i])))
            return false;
    return b.n > 0 && b.n <= FORM_MAX_BOUNDARY;
}

bool form_parse(Str content_type, Str body, Arena *a, Fields *out, Err *err)
{
    Str type, rest, boundary = {0};
    str_cut(content_type, S(";"), &type, &rest);
    type = str_trim(type);
    if (type.n == 33 && starts_nocase(type, S("application/x-www-form-urlencoded")))
        return query_parse(body, a, out) || malformed(err, "urlencoded");
    if (type.n != 19 || !starts_nocase(type, S("multipart/form-data")))
        return malformed(err, "content type");
    if (!parameter(content_type, "boundary", &boundary) || !boundary_ok(boundary))
        return malformed(err, "boundary");
    return multipart_parse(boundary, body, a, out, err);
}
