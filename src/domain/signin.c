#include "domain/signin.h"

typedef enum Circle {
    CIRCLE_BROWSER,
    CIRCLE_LOGIN_ADDRESS,
    CIRCLE_LOGIN,
    CIRCLE_ADDRESS,
    CIRCLE__COUNT,
} Circle;

typedef struct CircleRule {
    int free;        // wrong tries without a wait
    int64_t first_s; // the first wait; each wrong try more doubles it
    int64_t most_s;  // up to this
    int64_t window_s;
    bool forgiven; // a right try ends it
} CircleRule;

// clang-format off
static const CircleRule rules[CIRCLE__COUNT] = {
    //                         free  first  most   window           forgiven
    [CIRCLE_BROWSER]       = { 10,   30,     900,  SIGNIN_WINDOW_S, true  },
    [CIRCLE_LOGIN_ADDRESS] = { 5,    30,    3600,  SIGNIN_WINDOW_S, true  },
    [CIRCLE_LOGIN]         = { 20,   60,     900,  3600,            false }, // else whoever signs in would free the guesser
    [CIRCLE_ADDRESS]       = { 100,  30,     900,  3600,            false },
};
// clang-format on

// Whether who tries now is held by the circle at all.
static bool held(Circle c, SignInFrom from)
{
    switch (c) {
    case CIRCLE_BROWSER:
        return from.device;
    case CIRCLE_LOGIN_ADDRESS:
    case CIRCLE_ADDRESS:
        return !from.device;
    case CIRCLE_LOGIN:
        return !from.device && !from.address;
    case CIRCLE__COUNT:
        break;
    }
    return false;
}

static bool in_circle(Circle c, const SignInTry *t)
{
    switch (c) {
    case CIRCLE_BROWSER:
        return t->login && t->mine;
    case CIRCLE_LOGIN_ADDRESS:
        return t->login && t->here && !t->mine;
    case CIRCLE_LOGIN:
        return t->login && !t->known;
    case CIRCLE_ADDRESS:
        return t->here && !t->mine;
    case CIRCLE__COUNT:
        break;
    }
    return false;
}

static int64_t forgiven_at(Circle c, const SignInTries *tries)
{
    int64_t at = INT64_MIN;
    for (size_t i = 0; rules[c].forgiven && i < tries->n; i++)
        if (!tries->v[i].failed && in_circle(c, &tries->v[i]) && tries->v[i].at > at)
            at = tries->v[i].at;
    return at;
}

static int64_t wait_after(const CircleRule *rule, int failures)
{
    if (failures < rule->free)
        return 0;
    int64_t wait = rule->first_s;
    for (int i = rule->free; i < failures && wait < rule->most_s; i++)
        wait *= 2;
    return wait < rule->most_s ? wait : rule->most_s;
}

// How many in the circle were wrong, and when the last of them was.
static int failures_in(Circle c, const SignInTries *tries, int64_t now, int64_t *last)
{
    int64_t since = forgiven_at(c, tries);
    int failures = 0;
    *last = INT64_MIN;
    for (size_t i = 0; i < tries->n; i++) {
        const SignInTry *t = &tries->v[i];
        if (!t->failed || !in_circle(c, t) || t->at <= since || t->at <= now - rules[c].window_s)
            continue;
        failures++;
        *last = t->at > *last ? t->at : *last;
    }
    return failures;
}

static int64_t wait_in(Circle c, const SignInTries *tries, int64_t now)
{
    int64_t last, wait = wait_after(&rules[c], failures_in(c, tries, now, &last));
    if (last > now) // the clock was set back
        last = now;
    return wait && last + wait > now ? last + wait - now : 0;
}

int64_t signin_wait(const SignInTries *tries, SignInFrom from, int64_t now)
{
    int64_t most = 0;
    for (Circle c = 0; c < CIRCLE__COUNT; c++) {
        int64_t wait = held(c, from) ? wait_in(c, tries, now) : 0;
        most = wait > most ? wait : most;
    }
    return most;
}

bool signin_alarm(const SignInTries *tries, SignInFrom from, int64_t now)
{
    static const Circle of_login[] = {CIRCLE_BROWSER, CIRCLE_LOGIN_ADDRESS, CIRCLE_LOGIN};
    int64_t last;
    for (size_t i = 0; i < 3; i++) {
        Circle c = of_login[i];
        if (held(c, from) && failures_in(c, tries, now, &last) == rules[c].free)
            return true;
    }
    return false;
}

Due signin_due(SignInFacts f)
{
    if (f.has_second && !f.code_given)
        return DUE_CODE;
    if (f.must_change)
        return DUE_PASSWORD;
    return f.signs && !f.has_second && !f.code_given ? DUE_SECOND : DUE_NOTHING;
}

Str signin_login(Arena *a, Str typed)
{
    typed = str_trim(typed);
    if (typed.n > SIGNIN_LOGIN_MAX)
        return S("");
    Str out = str_dup(a, typed);
    char *s = (char *)out.s;
    for (size_t i = 0; i < out.n; i++)
        if (s[i] >= 'A' && s[i] <= 'Z')
            s[i] = (char)(s[i] | 32);
    return out;
}

enum { TO_MAX = 2000 };

Str signin_to(Str to)
{
    Str desk = S("/desk");
    if (!str_starts(to, desk) || to.n > TO_MAX || str_starts(to, S("/desk/sign-")))
        return desk;
    if (to.n > desk.n && to.s[desk.n] != '/' && to.s[desk.n] != '?')
        return desk;
    for (size_t i = 0; i < to.n; i++)
        if ((unsigned char)to.s[i] <= ' ' || (unsigned char)to.s[i] >= 0x7f || to.s[i] == '\\')
            return desk;
    return to;
}
