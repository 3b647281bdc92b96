#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

// Under AddressSanitizer a gap follows everything given out, and touching it is reported: without
// it one object running over into the next would go unseen. (Nothing is then "the last thing
// made", so what grows is copied.)
#if defined(__SANITIZE_ADDRESS__)
#define GAPS 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define GAPS 1
#endif
#endif
#ifdef GAPS
#include <sanitizer/asan_interface.h>
enum { GAP = 16, ALIGN_LEAST = 8 };
#else
enum { GAP = 0, ALIGN_LEAST = 1 };
#define ASAN_POISON_MEMORY_REGION(p, n) ((void)(p), (void)(n))
#define ASAN_UNPOISON_MEMORY_REGION(p, n) ((void)(p), (void)(n))
#endif

// How far the pages of a reserve have been touched is kept in its first bytes, because scratch
// copies touch pages that the original does not know of.
typedef struct Head {
    char *high;
    bool gaps; // not in memory of the caller's, who uses it for other things later
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
    *(Head *)base = (Head){base + HEAD, GAP > 0};
    return (Arena){.at = base + HEAD, .end = base + size - GAP, .base = base};
}

Arena arena_over(void *room, size_t size)
{
    char *base = room;
    *(Head *)room = (Head){base + HEAD, false};
    return (Arena){.at = base + HEAD, .end = base + size - GAP, .base = base};
}

void arena_reset(Arena *a, size_t keep)
{
    Head *head = (Head *)a->base;
    ASAN_UNPOISON_MEMORY_REGION(a->base + HEAD, (size_t)(head->high - a->base - HEAD));
    char *kept = a->base + ((keep + 4095) & ~(size_t)4095);
    if (head->high > kept && kept < a->end) {
        madvise(kept, (size_t)(a->end - kept), MADV_DONTNEED);
        head->high = kept;
    }
    a->at = a->base + HEAD;
}

void arena_free(Arena *a)
{
    if (a->base) {
        ASAN_UNPOISON_MEMORY_REGION(a->base, (size_t)(((Head *)a->base)->high - a->base));
        munmap(a->base, (size_t)(a->end - a->base) + GAP);
    }
    *a = (Arena){0};
}

void arena_end(Arena *a)
{
    arena_free(a);
}

static char *take(Arena *a, size_t bytes, size_t align)
{
    if (align < ALIGN_LEAST)
        align = ALIGN_LEAST;
    char *p = (char *)(((uintptr_t)a->at + align - 1) & ~(uintptr_t)(align - 1));
    if (p > a->end || bytes > (size_t)(a->end - p))
        GIVE_UP("out of memory: the document or request needs more than its limit");
    Head *head = (Head *)a->base;
    a->at = p + bytes;
    if (head->gaps) {
        ASAN_UNPOISON_MEMORY_REGION(p, bytes);
        ASAN_POISON_MEMORY_REGION(p + bytes, GAP);
        a->at += GAP;
    }
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
