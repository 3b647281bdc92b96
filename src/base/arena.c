#include "base/arena.h"

#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

// How far the pages of a reserve have been touched is kept in its first bytes, because scratch
// copies touch pages that the original does not know of.
typedef struct Head {
    char *high;
} Head;

enum { HEAD = 64 };

static _Noreturn void give_up(const char *why, size_t n)
{
    if (write(STDERR_FILENO, why, n) < 0) {
        // there is nobody left to tell
    }
    _exit(EXIT_MEMORY);
}

#define GIVE_UP(why) give_up("gongkai: " why "\n", sizeof("gongkai: " why "\n") - 1)

Arena arena_new(size_t size)
{
    char *base = mmap(NULL, size, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (base == MAP_FAILED)
        GIVE_UP("no address space left");
    ((Head *)base)->high = base + HEAD;
    return (Arena){.at = base + HEAD, .end = base + size, .base = base};
}

Arena arena_over(void *room, size_t size)
{
    char *base = room;
    ((Head *)room)->high = base + HEAD;
    return (Arena){.at = base + HEAD, .end = base + size, .base = base};
}

void arena_reset(Arena *a, size_t keep)
{
    Head *head = (Head *)a->base;
    char *kept = a->base + ((keep + 4095) & ~(size_t)4095);
    if (head->high > kept && kept < a->end) {
        madvise(kept, (size_t)(a->end - kept), MADV_DONTNEED);
        head->high = kept;
    }
    a->at = a->base + HEAD;
}

void arena_free(Arena *a)
{
    if (a->base)
        munmap(a->base, (size_t)(a->end - a->base));
    *a = (Arena){0};
}

void arena_end(Arena *a)
{
    arena_free(a);
}

static char *take(Arena *a, size_t bytes, size_t align)
{
    char *p = (char *)(((uintptr_t)a->at + align - 1) & ~(uintptr_t)(align - 1));
    if (p > a->end || bytes > (size_t)(a->end - p))
        GIVE_UP("out of memory: the document or request needs more than its limit");
    a->at = p + bytes;
    Head *head = (Head *)a->base;
    if (a->at > head->high)
        head->high = a->at;
    return p;
}

void *arena_alloc(Arena *a, size_t size, size_t align, size_t n)
{
    size_t bytes;
    if (__builtin_mul_overflow(size, n, &bytes))
        GIVE_UP("out of memory: a size overflowed");
    char *p = take(a, bytes, align);
    return memset(p, 0, bytes);
}

void *arena_grow(Arena *a, void *v, size_t size, size_t align, size_t n, size_t *cap)
{
    size_t more = n ? n : 8;
    size_t old_bytes = n * size;
    if (v && (char *)v + old_bytes == a->at) { // the last thing made: stretch it
        take(a, more * size, 1);
        memset((char *)v + old_bytes, 0, more * size);
        *cap = n + more;
        return v;
    }
    char *p = arena_alloc(a, size, align, n + more);
    if (n)
        memcpy(p, v, old_bytes);
    *cap = n + more;
    return p;
}
