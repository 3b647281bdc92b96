// The sample's requests, on days of a year on which holidays and its end lie differently.
#include "test.h"

#include "app/request.h"
#include "app/sample_requests.h"
#include "site_box.h"

static const char *const days[] = {"2026-01-05", "2026-02-25", "2026-06-22",
                                   "2026-10-09", "2026-12-31", "2028-03-01"};

static void load(SiteBox *box, const char *today, App *app)
{
    Err err = {0};
    Date day;
    AppPlace *at = NEW(&box->a, AppPlace, 1);
    *at = (AppPlace){.data = box->dir, .database = box->database};
    assert_true(date_parse(str_z(today), &day));
    if (!app_open(at, DB_CREATE, day, (int64_t)day.days * 86400, &box->a, app, &err) ||
        !app_sample_load(app, &box->a, &err) || !app_sample_requests(app, &box->a, &err))
        fail_msg("%s: %s", today, err.en);
}

static void they_load_on_any_day(void **state)
{
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        App app = {0};
        assert_int_equal(site_box_make(state), 0);
        load(*state, days[i], &app);
        app_close(&app);
        assert_int_equal(site_box_drop(state), 0);
    }
}

// So that every page of the desk has something to show.
static void they_are_in_every_phase(void **state)
{
    App app = {0};
    Err err = {0};
    InfoRequests all;
    bool seen[PHASE__COUNT] = {0};
    assert_int_equal(site_box_make(state), 0);
    load(*state, days[2], &app);
    RequestAsk ask = {.tab = REQUESTS_ALL, .today = app.today, .soon = app.today, .limit = 200};
    ask.after_day = date_none;
    assert_true(store_request_list(app.db, &app.scope, &ask, &((SiteBox *)*state)->a, &all, &err));
    for (size_t i = 0; i < all.n; i++)
        seen[all.v[i].phase] = true;
    for (int p = 0; p < PHASE__COUNT; p++)
        if (!seen[p] && p != PHASE_FEE)
            fail_msg("nothing is " PRI_STR, STR_ARG(phase_defs[p].name));
    app_close(&app);
    assert_int_equal(site_box_drop(state), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(they_load_on_any_day),
        cmocka_unit_test(they_are_in_every_phase),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
