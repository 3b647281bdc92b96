// Memory that has a lifetime instead of an owner.
//
// An arena is one reserved range of address space, handed out from the front. A request, a command
// or a job has one; everything it makes lives in it and goes with it. Nothing is freed one by one.
//
// For something needed only for a moment, copy the arena and let the copy go:
//
//     Arena scratch = *a;          // what is made in scratch lies behind what a has given out
//     ... NEW(&scratch, char, n)   // and is given out again after this block
//
// so nothing made in scratch may be returned, and nothing may be made in a while scratch is in use.
//
// The reserve is larger than the largest input allowed can need, because every input has a maximum.
// An arena that runs out is therefore a broken limit, not a condition to handle: the process says
// so and ends with status EXIT_MEMORY. (Documents are parsed in a child, so there it is the child
// that ends.)
#ifndef GONGKAI_ARENA_H
#define GONGKAI_ARENA_H

#include <stddef.h>

enum { EXIT_MEMORY = 70 };

typedef struct Arena {
    char *at;  // next free byte
    char *end; // one past what may be given out
    char *base;
} Arena;

// Reserves `size` bytes of address space; pages cost memory only once touched. Ends the process
// where the system refuses even the address space.
Arena arena_new(size_t size);

// An arena over memory of the caller's, for a few hundred bytes without a system call. It must be
// aligned as for any object; arena_reset and arena_free are not for it.
Arena arena_over(void *room, size_t size);

// Gives everything back to the start. Keeps the first `keep` bytes of pages warm and returns the
// others to the system.
void arena_reset(Arena *a, size_t keep);

void arena_free(Arena *a);

// `n` zeroed objects. n * size is checked for overflow.
void *arena_alloc(Arena *a, size_t size, size_t align, size_t n);

// Makes room for more elements behind `*v`, which has `n` used of `*cap`; in place when it was the
// last thing made. Use PUSH.
void *arena_grow(Arena *a, void *v, size_t size, size_t align, size_t n, size_t *cap);

// As arena_grow wants them, for the CLEANUP of an arena.
void arena_end(Arena *a);

#define NEW(a, T, n) ((T *)arena_alloc((a), sizeof(T), _Alignof(T), (n)))

// A growing list is any struct with the members v (pointer), n and cap. PUSH gives the address of a
// new last element, zeroed.
//
//     typedef struct Names { Str *v; size_t n, cap; } Names;
//     *PUSH(a, &names) = name;
#define PUSH(a, l)                                                                                 \
    (((l)->n == (l)->cap ? (void)((l)->v = arena_grow((a), (l)->v, sizeof *(l)->v,                 \
                                                      _Alignof(max_align_t), (l)->n, &(l)->cap))   \
                         : (void)0),                                                               \
     &(l)->v[(l)->n++])

// CLEANUP(file_end) File f = ...; runs file_end(&f) when the scope is left.
#define CLEANUP(f) __attribute__((cleanup(f), unused))

#endif
