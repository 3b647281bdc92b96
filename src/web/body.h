// A request's body as it arrives: in memory while it is small, then in a file without a name.
#ifndef GONGKAI_WEB_BODY_H
#define GONGKAI_WEB_BODY_H

#include "base/err.h"
#include "base/str.h"

typedef struct Body {
    char *s; // the first BODY_IN_MEMORY bytes
    size_t n, cap;
    int fd; // -1 while all is in memory
    char *map;
} Body;

enum { BODY_IN_MEMORY = 64 << 10 };

static inline Body body_new(void)
{
    return (Body){.fd = -1};
}

// ERR_SYSTEM where there is no room in tmp_dir.
bool body_add(Body *b, Str more, const char *tmp_dir, Err *err);
// All of it; valid until body_free.
bool body_whole(Body *b, Str *out, Err *err);
void body_free(Body *b);

#endif
