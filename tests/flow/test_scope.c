// One property over all outputs (docs of the desk: who may see what): in a town made by chance,
// everybody asks for every address there is, with every number and every key of a query, and in no
// answer, its headers and file names included, stands anything that is not for their eyes. The
// addresses come from web_routes and the powers from the policy, so that a new page is asked for
// without a change here.
#include "../test.h"

#include "addresses.h"
#include "inside.h"
#include "town.h"

#include "web/route.h"

#include <stdlib.h>

enum { SEATS_ASKED = 14 };

typedef struct World {
    SiteBox *box;
    Inside *in;
    Town town;
    size_t asked;
    bool searched[TOWN_MARKS]; // what somebody looked for in an export stands in the audit
} World;

static World world;

static uint64_t seed_of_run(void)
{
    const char *given = getenv("TOWN_SEED");
    return given ? strtoull(given, NULL, 10) : 7;
}

static int world_make(void **state)
{
    if (site_box_make(state))
        return 1;
    world = (World){.box = *state};
    town_make(&world.town, world.box, seed_of_run());
    world.in = inside_open(world.box, world.town.today, world.town.now);
    return 0;
}

static int world_drop(void **state)
{
    if (world.in)
        inside_close(world.in);
    return site_box_drop(state);
}

// Those at the top first, then others spread over the town.
static Seat *seat_asked(int i)
{
    int step = world.town.n_seats / SEATS_ASKED;
    return &world.town.seats[i * (step ? step : 1) % world.town.n_seats];
}

static Str who(Arena *a, const Seat *seat)
{
    if (!seat)
        return S("the public");
    Str roles = S("");
    for (int r = 0; r < ROLE__COUNT; r++)
        if (seat->roles >> r & 1)
            roles = str_fmt(a, PRI_STR " " PRI_STR, STR_ARG(roles), STR_ARG(role_defs[r].id));
    return str_fmt(a, "person %d at organ %d:" PRI_STR, seat->person, seat->organ, STR_ARG(roles));
}

// --- what must not stand in an answer

// The first mark that this seat may not see; 0: none. What was asked for may be said back.
static int leak_in(const Seat *seat, Str text, const bool *said, int asked_for)
{
    size_t at = 0;
    for (int m; (m = town_find(text, &at)) != 0;)
        if (m != asked_for && m <= world.town.n_marks && !(said && said[m]) &&
            !town_sees_mark(&world.town, seat, m))
            return m;
    return 0;
}

static void no_leak(const Seat *seat, Str target, const Got *got, int asked_for)
{
    const bool *said = str_starts(target, S("/desk/audit")) ? world.searched : NULL;
    int m = leak_in(seat, got->head, said, asked_for);
    m = m ? m : leak_in(seat, got->body, said, asked_for);
    if (!m)
        return;
    const Mark *leaked = &world.town.marks[m];
    char word[20];
    snprintf(word, sizeof word, "m%05dz", m % 100000);
    Str text = str_has(got->body, str_z(word)) ? got->body : got->head;
    ptrdiff_t at = str_find(text, str_z(word));
    Str near = str_sub(text, at > 300 ? (size_t)at - 300 : 0, (size_t)at + 60);
    fail_msg("seed %llu: " PRI_STR " asked " PRI_STR " and got %d with m%05dz, %s (person %d, organ"
             " %d): …" PRI_STR "…",
             (unsigned long long)seed_of_run(), STR_ARG(who(&world.box->a, seat)), STR_ARG(target),
             got->status, m, leaked->what, leaked->person, leaked->organ, STR_ARG(near));
}

// Refused exactly where the policy has no row for it.
static void as_the_policy(const Seat *seat, const Route *route, Str target, const Got *got)
{
    if (route->csrf == CSRF_KEY) { // no session opens what takes a key
        if (got->status != 401)
            fail_msg(PRI_STR " got %d without a key", STR_ARG(target), got->status);
        return;
    }
    bool may = route->may == MAY_ANYONE || route->may == MAY_ENTER ||
               (seat && town_reach(seat, route->may) != REACH_NONE);
    bool wanted = seat ? may == (got->status != 403)
                       : may || got->status == 303 || got->status == 404 || got->status == 403;
    if (!wanted)
        fail_msg("seed %llu: " PRI_STR " asked " PRI_STR " (%s) and got %d",
                 (unsigned long long)seed_of_run(), STR_ARG(who(&world.box->a, seat)),
                 STR_ARG(target), str_to_z(&world.box->a, verb_defs[route->may].id), got->status);
}

static void ask(const Seat *seat, const Route *route, Str target, int asked_for)
{
    Arena a = world.box->a;
    Got got = inside_get(world.in, &a, seat ? seat->token : S(""), target);
    if (got.status == 500)
        fail_msg(PRI_STR " got 500 for " PRI_STR, STR_ARG(who(&a, seat)), STR_ARG(target));
    no_leak(seat, target, &got, asked_for);
    if (route)
        as_the_policy(seat, route, target, &got);
    world.asked++;
}

// --- every address

typedef void Visit(const Seat *seat, const Route *route, Str target);

static void each_address(const Seat *seat, const Route *route, int stride, Visit *visit)
{
    int most = 1;
    for (int i = 1; i <= most; i += stride) {
        Arena keep = world.box->a;
        Str target = address_fill(route->pattern, i, &most, &world.box->a);
        visit(seat, route, target);
        world.box->a = keep;
    }
}

// --- every key of a query

static const char *const number_keys[] = {"organ", "person", "id", "noun_id", "page", "year", NULL};
static const char *const text_keys[] = {"q", "text", "name", "who", "words", NULL};

static bool is_among(Str key, const char *const *keys)
{
    for (; *keys; keys++)
        if (str_eq(key, str_z(*keys)))
            return true;
    return false;
}

static void ask_key(const Seat *seat, const Route *route, Str target, Str key)
{
    Arena *a = &world.box->a;
    for (int i = 1; i <= ADDRESS_IDS && is_among(key, number_keys); i += 3)
        ask(seat, route, str_fmt(a, PRI_STR "?" PRI_STR "=%d", STR_ARG(target), STR_ARG(key), i),
            0);
    for (int p = 1; p <= TOWN_PEOPLE && is_among(key, text_keys); p += 4) {
        int login = world.town.login_mark[p];
        world.searched[login] = true;
        ask(seat, route,
            str_fmt(a, PRI_STR "?" PRI_STR "=" PRI_STR, STR_ARG(target), STR_ARG(key),
                    STR_ARG(town_mark(a, login))),
            login);
    }
    if (!is_among(key, number_keys) && !is_among(key, text_keys))
        ask(seat, route, str_fmt(a, PRI_STR "?" PRI_STR "=1", STR_ARG(target), STR_ARG(key)), 0);
}

static void visit_get(const Seat *seat, const Route *route, Str target)
{
    ask(seat, route, target, 0);
    Str keys = str_z(route->query), key;
    while (keys.n) {
        str_cut(keys, S(" "), &key, &keys);
        Arena keep = world.box->a;
        ask_key(seat, route, target, key);
        world.box->a = keep;
    }
}

static void what_one_may_not_see_is_in_no_answer(void **state)
{
    (void)state;
    for (int i = 0; i < SEATS_ASKED; i++)
        for (size_t r = 0; r < web_routes_n; r++)
            if (web_routes[r].method == METHOD_GET)
                each_address(seat_asked(i), &web_routes[r], 1, visit_get);
    print_message("# %zu pages\n", world.asked);
}

static void the_public_sees_nothing_of_the_desk(void **state)
{
    (void)state;
    for (size_t r = 0; r < web_routes_n; r++)
        if (web_routes[r].method == METHOD_GET)
            each_address(NULL, &web_routes[r], 1, visit_get);
    for (int i = 0; i < SEATS_ASKED; i++)
        ask(seat_asked(i), NULL, S("/desk/no-such-page"), 0);
}

// --- that the above can fail

static void the_marks_of_others_are_noticed_where_they_stand(void **state)
{
    (void)state;
    Arena a = world.box->a;
    const Seat *top = &world.town.seats[0];
    Got got = inside_get(world.in, &a, top->token, S("/desk/people"));
    size_t leaks = 0;
    for (int i = 0; i < world.town.n_seats; i++)
        leaks += leak_in(&world.town.seats[i], got.body, NULL, 0) != 0;
    assert_int_equal(leak_in(top, got.body, NULL, 0), 0);
    assert_true(leaks > 5);
}

// What is in scope is there: a page that shows nothing would keep every secret.
static void people_in_scope_are_found_and_others_are_missing(void **state)
{
    (void)state;
    for (int i = 0; i < world.town.n_seats; i++) {
        const Seat *seat = &world.town.seats[i];
        for (int p = 1; p <= TOWN_PEOPLE; p++) {
            Arena a = world.box->a;
            bool sees = town_sees_person(&world.town, seat, p);
            Str login = town_mark(&a, world.town.login_mark[p]);
            Got one = inside_get(world.in, &a, seat->token, str_fmt(&a, "/desk/people/%d", p));
            Got list =
                inside_get(world.in, &a, seat->token, str_cat(&a, S("/desk/people?q="), login));
            Str cell = str_fmt(&a, ">" PRI_STR "<", STR_ARG(login));
            if (p != seat->person &&
                (one.status != (sees ? 200 : 404) || str_has(list.body, cell) != sees))
                fail_msg("seed %llu: " PRI_STR ", of person %d: %d",
                         (unsigned long long)seed_of_run(), STR_ARG(who(&a, seat)), p, one.status);
        }
    }
}

// --- forms

static void visit_post(const Seat *seat, const Route *route, Str target)
{
    Seat own = *seat;
    town_sit(&world.town, &own); // the one before may have been ended by what was sent
    Arena a = world.box->a;
    Got stolen = inside_post(world.in, &a, own.token, target, S("csrf=0123456789abcdef"));
    if (route->csrf == CSRF_FORM && stolen.status != 403 && stolen.status != 303)
        fail_msg(PRI_STR " took a form without its token: %d", STR_ARG(target), stolen.status);
    Str form = str_fmt(&a, "csrf=" PRI_STR "&once=" PRI_STR, STR_ARG(own.csrf),
                       STR_ARG(crypt_token(&a, 8)));
    Got got = inside_post(world.in, &a, own.token, target, form);
    if (got.status == 500)
        fail_msg(PRI_STR " got 500 for " PRI_STR, STR_ARG(who(&a, seat)), STR_ARG(target));
    no_leak(seat, target, &got, 0);
    if (route->csrf == CSRF_FORM && town_reach(seat, route->may) == REACH_NONE &&
        route->may != MAY_ENTER)
        assert_int_equal(got.status, 403);
}

static void forms_are_refused_as_the_policy_says_and_without_their_token(void **state)
{
    (void)state;
    for (int i = SEATS_ASKED - 2; i >= 0; i -= 4) // those at the top last: they may change things
        for (size_t r = 0; r < web_routes_n; r++)
            if (web_routes[r].method == METHOD_POST && web_routes[r].may != MAY_ANYONE)
                each_address(seat_asked(i), &web_routes[r], 9, visit_post);
}

static void every_route_that_changes_something_is_guarded(void **state)
{
    (void)state;
    for (size_t i = 0; i < web_routes_n; i++) {
        const Route *r = &web_routes[i];
        bool desk = str_starts(str_z(r->pattern), S("/desk"));
        if (r->csrf == CSRF_KEY || (r->method == METHOD_GET && r->csrf == CSRF_NONE))
            continue; // a key is asked of what reads as well (test_api.c)
        if (r->method == METHOD_GET)
            fail_msg("%s changes nothing and has no form", r->pattern);
        if (r->csrf == CSRF_NONE)
            fail_msg("%s takes forms from anywhere", r->pattern);
        if (r->may != MAY_ANYONE && r->csrf != CSRF_FORM)
            fail_msg("%s takes forms without the session's token", r->pattern);
        if (desk && r->may == MAY_ANYONE && !str_starts(str_z(r->pattern), S("/desk/sign-in")))
            fail_msg("%s is open to everybody", r->pattern);
        if (!r->max_body)
            fail_msg("%s takes no body", r->pattern);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_route_that_changes_something_is_guarded),
        cmocka_unit_test(the_marks_of_others_are_noticed_where_they_stand),
        cmocka_unit_test(people_in_scope_are_found_and_others_are_missing),
        cmocka_unit_test(what_one_may_not_see_is_in_no_answer),
        cmocka_unit_test(the_public_sees_nothing_of_the_desk),
        cmocka_unit_test(forms_are_refused_as_the_policy_says_and_without_their_token),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return _cmocka_run_group_tests("scope", tests, sizeof tests / sizeof *tests, world_make,
                                   world_drop);
}
