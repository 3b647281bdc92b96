// From what a page wrote to what is sent: statuses, headers, the other ways to show a page.
#ifndef GONGKAI_WEB_RESPOND_H
#define GONGKAI_WEB_RESPOND_H

#include "web/http.h"

// The one place where a kind of error becomes a status.
int status_of(ErrKind kind);

// On every answer. The last row is NULL.
typedef struct FixedHeader {
    const char *name, *value;
} FixedHeader;
extern const FixedHeader fixed_headers[];

Response response_new(Arena *a);

// The error page of last resort, and for programs that want no pages.
void respond_error(Response *w, int status, const Err *err);

// An HTML page the way r wants it shown: links and search forms carry hant and mode on, so that
// neither cookies nor scripts are needed and caches stay right; with hant, text becomes
// Traditional, lang says so, and addresses stay as they are.
Str respond_shown(const Request *r, Str html);

#endif
