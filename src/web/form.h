// What a browser sends in a form or a query, read strictly: what is not exactly as the standards
// (WHATWG URL 5.1, RFC 7578) want it is refused, not repaired. Pure; reads a body that is whole.
#ifndef GONGKAI_WEB_FORM_H
#define GONGKAI_WEB_FORM_H

#include "web/http.h"

enum {
    FORM_MAX_FIELDS = 64,
    FORM_MAX_NAME = 100,       // bytes of a field's name
    FORM_MAX_FILE_NAME = 1024, // of a file's name, path included
    FORM_MAX_HEAD = 4096,      // of the headers of one part
    FORM_MAX_BOUNDARY = 70,    // RFC 2046 5.1.1
};

// Percent-decodes; `plus` makes + a space. False for a % without two hex digits, a NUL, and what is
// not UTF-8 afterwards. *out may be s itself.
bool url_decode(Str s, bool plus, Arena *a, Str *out);

// name=value&name=value. False as above and for more than FORM_MAX_FIELDS.
bool query_parse(Str s, Arena *a, Fields *out);

// A body of type application/x-www-form-urlencoded or multipart/form-data. File values point into
// body. ERR_INPUT for what is malformed or another type, ERR_LIMIT past a maximum.
bool form_parse(Str content_type, Str body, Arena *a, Fields *out, Err *err);

#endif
