// People who are signed in, for tests of the desk:
//
//     App app;                                        // over the test's SiteBox
//     PersonId zhou = person_make(&app, &a, "zhou", "周衡", organ, 1u << ROLE_ADMIN);
//     Jar jar = jar_of(&app, &a, program.port, zhou); // a session with everything given
//     Reply r = jar_get(&jar, "/desk/organs");
//     r = jar_post(&jar, "/desk/organs/1/edit", "name=%E6%9C%BA%E5%85%B3&version=1");
#ifndef GONGKAI_FLOW_SIGN_IN_H
#define GONGKAI_FLOW_SIGN_IN_H

#include "app/session.h"
#include "client.h"

#define TEST_PASSWORD "shi li xian 2026 gong kai"

// An organ below `parent` (0: at the top), of no particular kind.
OrganId organ_make(App *app, Arena *a, const char *name, OrganId parent);
// From now on it runs the site: what is everything for posts there.
void organ_runs_site(App *app, OrganId organ);

// An open account with TEST_PASSWORD, which need not be changed, and with a post at the organ for
// each role (a bit each). Fails the test where that does not work.
PersonId person_make(App *app, Arena *a, const char *login, const char *name, OrganId organ,
                     uint32_t roles);

// A browser: the cookies it holds.
typedef struct Jar {
    Arena *a;
    uint16_t port;
    Str cookies; // "gongkai=…; gongkai-form=…"
    Str csrf;    // of its session, where jar_of or a page gave it
    Str from;    // address in X-Forwarded-For; empty: none
    Str headers; // more of them, each with its line end
} Jar;

// Signed in: password and second factor given, from 127.0.0.1.
Jar jar_of(App *app, Arena *a, uint16_t port, PersonId person);

// Cookies that come are kept.
Reply jar_get(Jar *jar, const char *target);
// A form, urlencoded: csrf (the jar's) and a new key "once" are added where they are not in it.
Reply jar_post(Jar *jar, const char *target, const char *form);
// Exactly this body.
Reply jar_send(Jar *jar, const char *target, Str form);

// By the pages, as a browser does: opens /desk/sign-in and sends it. The answer to that.
Reply jar_sign_in(Jar *jar, const char *login, const char *password);

Str jar_cookie(const Jar *jar, const char *name);
void jar_set_cookie(Jar *jar, const char *name, Str value); // empty: takes it away
// The value of the first field of this name in a page; empty where there is none.
Str page_value(Arena *a, Str html, const char *name);
Str form_encode(Arena *a, Str value);

#endif
