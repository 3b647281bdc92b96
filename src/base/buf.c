#include "base/buf.h"

bool buf_room(Buf *b, size_t n)
{
    if (b->cap - b->n >= n)
        return true;
    if (b->full || n > b->max - b->n) {
        b->full = true;
        return false;
    }
    size_t cap = b->cap ? b->cap * 2 : 1024;
    while (cap < b->n + n)
        cap *= 2;
    if (cap > b->max)
        cap = b->max;
    if (b->s && b->s + b->cap == b->a->at) { // the last thing made in its arena: stretch it
        arena_alloc(b->a, 1, 1, cap - b->cap);
    } else {
        char *s = NEW(b->a, char, cap);
        if (b->n)
            memcpy(s, b->s, b->n);
        b->s = s;
    }
    b->cap = cap;
    return true;
}

void buf_fmt(Buf *b, const char *fmt, ...)
{
    char first[256]; // nearly every text fits, and is then printed once and not twice
    va_list ap, again;
    va_start(ap, fmt);
    va_copy(again, ap);
    int n = vsnprintf(first, sizeof first, fmt, again);
    va_end(again);
    if (n > 0 && (size_t)n < sizeof first) {
        buf_add(b, (Str){first, (size_t)n});
    } else if (n > 0 && buf_room(b, (size_t)n + 1)) { // and the NUL that vsnprintf writes
        vsnprintf(b->s + b->n, (size_t)n + 1, fmt, ap);
        b->n += (size_t)n;
    }
    va_end(ap);
}

void buf_int(Buf *b, int64_t n)
{
    char digits[24];
    size_t at = sizeof digits;
    uint64_t u = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
    do
        digits[--at] = (char)('0' + u % 10);
    while (u /= 10);
    if (n < 0)
        digits[--at] = '-';
    buf_add(b, (Str){digits + at, sizeof digits - at});
}
