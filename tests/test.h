// What every test includes: cmocka and its prerequisites, in the order it wants them.
#ifndef GONGKAI_TEST_H
#define GONGKAI_TEST_H

// clang-format off
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
// clang-format on

// cmocka's fail() has the name of ours (base/err.h), and its fail_msg() uses it.
#undef fail
#undef fail_msg
#define fail_msg(...) (print_error(__VA_ARGS__), print_error("\n"), _fail(__FILE__, __LINE__))

#include "base/str.h"

#define assert_str(got, want)                                                                      \
    do {                                                                                           \
        Str got_ = (got), want_ = (want);                                                          \
        if (!str_eq(got_, want_))                                                                  \
            fail_msg("got “" PRI_STR "”, want “" PRI_STR "”", STR_ARG(got_), STR_ARG(want_));      \
    } while (0)

#endif
