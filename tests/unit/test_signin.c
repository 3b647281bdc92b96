#include "../test.h"

#include "domain/signin.h"

static Arena arena;

// ---- waits

typedef struct Guessing {
    int n, every_s; // so many wrong tries, one each so many seconds, the last one now
    bool login, here, known, mine;
} Guessing;

typedef struct WaitRow {
    const char *name;
    Guessing guessing[2];
    bool device, address; // who tries now
    int64_t right_s_ago;  // a right try by who tries now; 0 none
    int64_t least, most;  // seconds to wait
} WaitRow;

// clang-format off
static const WaitRow waits[] = {
    //  the tries                                                                        n     every  login  here   known  mine      device address right least most
    { "four wrong tries are free",                                                   {{ 4,     10,    true,  true,  false, false }},  false, false,  0,    0,    0    },
    { "the fifth wrong try brings a wait",                                           {{ 5,     10,    true,  true,  false, false }},  false, false,  0,    1,    30   },
    { "each wrong try more doubles it",                                              {{ 7,     10,    true,  true,  false, false }},  false, false,  0,    61,   120  },
    { "it ends at an hour",                                                          {{ 60,    10,    true,  true,  false, false }},  false, false,  0,    901,  3600 },
    { "old tries are forgotten",                                                     {{ 5,     86400, true,  true,  false, false }},  false, false,  0,    0,    0    },
    { "a right try ends the wait of login and address",                              {{ 9,     10,    true,  true,  true,  false }},  false, true,   1,    0,    0    },
    { "tries for another login from elsewhere do not count",                         {{ 500,   1,     false, false, false, false }},  false, false,  0,    0,    0    },
    { "a login guessed from a thousand addresses holds other unknown browsers",      {{ 1000,  3,     true,  false, false, false }},  false, false,  0,    1,    900  },
    { "but not the owner's browser",                                                 {{ 1000,  3,     true,  false, false, false }},  true,  false,  0,    0,    0    },
    { "nor the owner's address",                                                     {{ 1000,  3,     true,  false, false, false }},  false, true,   0,    0,    0    },
    { "nor the owner's browser at the address the guesser uses",                     {{ 1000,  3,     true,  true,  true,  false }},  true,  true,   0,    0,    0    },
    { "a colleague who guesses holds up the address for this login",                 {{ 1000,  3,     true,  true,  true,  false }},  false, true,   0,    1,    3600 },
    { "a stolen browser gets ten tries",                                             {{ 9,     1,     true,  false, true,  true  }},  true,  false,  0,    0,    0    },
    { "and then waits",                                                              {{ 10,    1,     true,  false, true,  true  }},  true,  false,  0,    1,    30   },
    { "its tries do not hold others at home there",                                  {{ 60,    1,     true,  true,  true,  true  }},  false, true,   0,    0,    0    },
    { "one password tried on everybody from one address is held",                    {{ 100,   5,     false, true,  false, false }},  false, false,  0,    1,    30   },
    { "an office of a hundred who mistype now and then is not",                      {{ 99,    30,    false, true,  false, false }},  false, false,  0,    0,    0    },
    { "nor is a browser known there",                                                {{ 3000,  1,     false, true,  false, false }},  true,  true,   0,    0,    0    },
    { "a guesser is not freed by the owner signing in",                              {{ 1000,  3,     true,  false, false, false }},  false, false,  1,    1,    900  },
};
// clang-format on

static void push(SignInTries *tries, const Guessing *g, int64_t now)
{
    for (int i = 0; i < g->n; i++)
        *PUSH(&arena, tries) = (SignInTry){.at = now - (int64_t)i * g->every_s,
                                           .login = g->login,
                                           .here = g->here,
                                           .known = g->known,
                                           .mine = g->mine,
                                           .failed = true};
}

static void check_wait(void **state)
{
    const WaitRow *row = *state;
    const int64_t now = 1000000000;
    SignInTries tries = {0};
    for (size_t i = 0; i < 2; i++)
        push(&tries, &row->guessing[i], now);
    if (row->right_s_ago)
        *PUSH(&arena, &tries) =
            (SignInTry){.at = now, .login = true, .here = row->address, .known = row->address};
    int64_t wait =
        signin_wait(&tries, (SignInFrom){.device = row->device, .address = row->address}, now);
    if (wait < row->least || wait > row->most)
        fail_msg("waits %lld s", (long long)wait);
}

static void waiting_grows_only_by_tries(void **state)
{
    (void)state;
    SignInTries tries = {0};
    push(&tries, &(Guessing){6, 10, true, true, false, false}, 1000);
    SignInFrom from = {0};
    assert_int_equal(signin_wait(&tries, from, 1000), 60);
    assert_int_equal(signin_wait(&tries, from, 1059), 1);
    assert_int_equal(signin_wait(&tries, from, 1060), 0);
}

static void a_clock_set_back_makes_nobody_wait_longer(void **state)
{
    (void)state;
    SignInTries tries = {0};
    push(&tries, &(Guessing){6, 10, true, true, false, false}, 1000000);
    assert_int_equal(signin_wait(&tries, (SignInFrom){0}, 1000), 60);
}

static void a_thousand_addresses_guess_at_most_this_often_in_a_day(void **state)
{
    (void)state;
    SignInTries tries = {0};
    int made = 0;
    for (int64_t now = 100000; now < 100000 + 86400; now += 5) { // each from another address
        if (signin_wait(&tries, (SignInFrom){0}, now))
            continue;
        *PUSH(&arena, &tries) = (SignInTry){.at = now, .login = true, .failed = true};
        made++;
    }
    assert_in_range(made, 20, 600);
}

static void the_alarm_is_given_once(void **state)
{
    (void)state;
    SignInTries tries = {0};
    int alarms = 0;
    for (int i = 0; i < 100; i++) { // each from another address
        *PUSH(&arena, &tries) = (SignInTry){.at = 1000 + i, .login = true, .failed = true};
        alarms += signin_alarm(&tries, (SignInFrom){0}, 1000 + i);
    }
    assert_int_equal(alarms, 1);
}

// ---- due

typedef struct DueRow {
    const char *name;
    SignInFacts facts;
    Due due;
} DueRow;

// clang-format off
static const DueRow dues[] = {
    //                                                                     second given  change signs
    { "nothing is due of somebody who signs nothing",                     { false, false, false, false }, DUE_NOTHING  },
    { "who has a second factor gives it, whatever the role",              { true,  false, false, false }, DUE_CODE     },
    { "the code comes before a new password",                             { true,  false, true,  true  }, DUE_CODE     },
    { "a password given by somebody else is changed",                     { false, false, true,  false }, DUE_PASSWORD },
    { "before a second factor is set up",                                 { false, false, true,  true  }, DUE_PASSWORD },
    { "who signs sets up a second factor",                                { false, false, false, true  }, DUE_SECOND   },
    { "after the code and with one's own password nothing is due",        { true,  true,  false, true  }, DUE_NOTHING  },
    { "another server that asked for it is as good as a code of ours",    { false, true,  false, true  }, DUE_NOTHING  },
};
// clang-format on

static void check_due(void **state)
{
    const DueRow *row = *state;
    assert_int_equal(signin_due(row->facts), row->due);
}

// ---- where to go on

typedef struct ToRow {
    const char *name;
    Str to, goes;
} ToRow;

// clang-format off
static const ToRow tos[] = {
    { "a page of the desk",              SI("/desk/organs/7?tab=life"), SI("/desk/organs/7?tab=life") },
    { "the desk itself",                 SI("/desk"),                   SI("/desk") },
    { "with a query",                    SI("/desk?done=saved"),        SI("/desk?done=saved") },
    { "nothing",                         SI(""),                        SI("/desk") },
    { "another site",                    SI("https://example.org/"),    SI("/desk") },
    { "another site without a scheme",   SI("//example.org/desk"),      SI("/desk") },
    { "with a backslash",                SI("/\\example.org/desk"),     SI("/desk") },
    { "a backslash further in",          SI("/desk/\\example.org"),     SI("/desk") },
    { "a host that begins like it",      SI("/desk.example.org"),       SI("/desk") },
    { "with a user",                     SI("/desk@example.org"),       SI("/desk") },
    { "a header",                        SI("/desk\r\nSet-Cookie: a=b"),SI("/desk") },
    { "a tab, which browsers drop",      SI("/desk\t//example.org"),    SI("/desk") },
    { "a script",                        SI("javascript:alert(1)"),     SI("/desk") },
    { "a public page",                   SI("/annual-reports"),         SI("/desk") },
    { "signing in again",                SI("/desk/sign-in"),           SI("/desk") },
    { "signing out",                     SI("/desk/sign-out"),          SI("/desk") },
    { "not ASCII",                       SI("/desk/机关"),              SI("/desk") },
};
// clang-format on

static void check_to(void **state)
{
    const ToRow *row = *state;
    assert_str(signin_to(row->to), row->goes);
}

static void a_login_is_the_same_in_any_case(void **state)
{
    (void)state;
    assert_str(signin_login(&arena, S("  Zhou.Heng ")), S("zhou.heng"));
    char long_name[SIGNIN_LOGIN_MAX + 1];
    memset(long_name, 'a', sizeof long_name);
    assert_str(signin_login(&arena, (Str){long_name, sizeof long_name}), S(""));
}

#define ROWS(table, check)                                                                         \
    for (size_t i = 0; i < sizeof(table) / sizeof *(table); i++)                                   \
        tests[n++] = (struct CMUnitTest)                                                           \
        {                                                                                          \
            (table)[i].name, check, NULL, NULL, (void *)&(table)[i]                                \
        }

int main(void)
{
    struct CMUnitTest tests[100];
    size_t n = 0;
    arena = arena_new(64 << 20);
    ROWS(waits, check_wait);
    ROWS(dues, check_due);
    ROWS(tos, check_to);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(waiting_grows_only_by_tries);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(a_clock_set_back_makes_nobody_wait_longer);
    tests[n++] =
        (struct CMUnitTest)cmocka_unit_test(a_thousand_addresses_guess_at_most_this_often_in_a_day);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(the_alarm_is_given_once);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(a_login_is_the_same_in_any_case);
    cmocka_set_message_output(CM_OUTPUT_TAP);
    int failed = _cmocka_run_group_tests("signin", tests, n, NULL, NULL);
    arena_free(&arena);
    return failed;
}
