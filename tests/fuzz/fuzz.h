// What every fuzz target includes. A target is one function that takes any bytes at all; it may
// not fail, hang, leak or touch what is not its own.
//
// Built twice: with libFuzzer (meson option `fuzz`, ./run fuzz), and everywhere with replay.c,
// which runs it over its corpus as a test.
#ifndef GONGKAI_FUZZ_H
#define GONGKAI_FUZZ_H

#include "base/str.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

// An empty arena, the same one each time.
static inline Arena *fuzz_arena(void)
{
    static Arena a;
    if (!a.base)
        a = arena_new((size_t)4 << 30);
    arena_reset(&a, 4 << 20);
    return &a;
}

// Bytes in memory of exactly their size, so that reading behind them is seen.
static inline Str fuzz_copy(Arena *a, const uint8_t *data, size_t size)
{
    char *s = NEW(a, char, size);
    if (size)
        memcpy(s, data, size);
    return (Str){s, size};
}

// A promise of the code under test; broken, the target stops with the input at hand.
#define FUZZ_EXPECT(is_so)                                                                         \
    do {                                                                                           \
        if (!(is_so))                                                                              \
            __builtin_trap();                                                                      \
    } while (0)

#endif
