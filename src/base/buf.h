// A buffer that grows, in an arena, up to a maximum it is born with. Writing past the maximum
// writes nothing and sets `full`, which is asked once at the end.
#ifndef GONGKAI_BUF_H
#define GONGKAI_BUF_H

#include "base/str.h"

typedef struct Buf {
    char *s;
    size_t n, cap, max;
    bool full;
    Arena *a;
} Buf;

static inline Buf buf_new(Arena *a, size_t max)
{
    return (Buf){.a = a, .max = max};
}

// Room for n more bytes at b->s + b->n; false and full where the maximum would be passed.
bool buf_room(Buf *b, size_t n);
void buf_fmt(Buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void buf_int(Buf *b, int64_t n);

static inline void buf_add(Buf *b, Str s)
{
    if (s.n && (b->cap - b->n >= s.n || buf_room(b, s.n))) {
        memcpy(b->s + b->n, s.s, s.n);
        b->n += s.n;
    }
}

static inline void buf_byte(Buf *b, char c)
{
    if (b->cap > b->n || buf_room(b, 1))
        b->s[b->n++] = c;
}

static inline Str buf_str(const Buf *b)
{
    return (Str){b->s, b->n};
}

#endif
