// Work that is done by itself: due, held, given back, tried again.
#include "../test.h"

#include "app/config.h"
#include "app/job.h"
#include "store/gauge.h"

#include "../site_box.h"

#include <pthread.h>

static Arena arena;
static Config config;
static App app;
static int runs;
static bool failing;

static bool work(App *a, Arena *scratch, Str *did, Err *err)
{
    (void)scratch;
    runs++;
    assert_str(a->actor.via, S("job"));
    if (failing)
        return fail(err, ERR_BUSY, NULL, "不通", "does not answer");
    *did = S("worked");
    return true;
}

static const Job job = {SI("work"), offsetof(Config, job.clean), work, SI(""), SI(""), false};

static JobRow row(void)
{
    JobRows rows;
    Err err;
    assert_true(store_job_list(app.db, app.site, &arena, &rows, &err));
    for (size_t i = 0; i < rows.n; i++)
        if (str_eq(rows.v[i].name, S("work")))
            return rows.v[i];
    return (JobRow){0};
}

static bool ran(bool early)
{
    JobRan out;
    Err err;
    if (!app_job_run(&app, &job, early, &arena, &out, &err))
        fail_msg("%s", err.en);
    return out.ran;
}

static void a_job_runs_when_it_is_due_and_not_before(void **state)
{
    (void)state;
    app.now = 100000;
    runs = 0;
    assert_true(ran(false));
    assert_int_equal(runs, 1);
    assert_str(row().said, S("worked"));
    assert_int_equal(row().well_at, 100000);
    assert_in_range(row().due_at, 103600, 103960); // an hour, and a little later
    assert_false(ran(false));
    app.now = row().due_at - 1;
    assert_false(ran(false));
    app.now = row().due_at;
    assert_true(ran(false));
    assert_int_equal(runs, 2);
}

static void by_hand_it_runs_early(void **state)
{
    (void)state;
    runs = 0;
    assert_false(ran(false));
    assert_true(ran(true));
    assert_int_equal(runs, 1);
}

static void what_fails_is_tried_again_sooner_and_then_later(void **state)
{
    int64_t due[6];
    (void)state;
    app.now = 1000000;
    failing = true;
    for (int i = 0; i < 6; i++) {
        assert_true(ran(true));
        due[i] = row().due_at - app.now;
    }
    assert_in_range(due[0], 60, 66);
    assert_in_range(due[1], 120, 132);
    assert_in_range(due[5], 1920, 2112);
    assert_int_equal(row().failures, 6);
    assert_str(row().said, S("does not answer"));
    failing = false;
    assert_true(ran(true));
    assert_int_equal(row().failures, 0);
    assert_in_range(row().due_at - app.now, 3600, 3960);
}

static void only_one_process_runs_a_job(void **state)
{
    Err err;
    bool taken;
    (void)state;
    app.now = 2000000;
    assert_true(store_job_take(app.db, app.site, S("work"), S("other:1"), app.now,
                               app.now + JOB_HOLD_S, true, &taken, &err));
    assert_true(taken);
    assert_false(ran(true));
    app.now += JOB_HOLD_S - 1;
    assert_false(ran(false));
    app.now += 1; // the other one is taken for dead
    assert_true(ran(false));
    assert_true(store_job_done(app.db, app.site, S("work"), S("other:1"), app.now, 9, false,
                               S("late"), &err));
    assert_str(row().said, S("worked")); // what it then says does not count
}

static void a_job_is_never_put_off_beyond_its_bounds(void **state)
{
    (void)state;
    for (uint64_t random = 0; random < 1000; random += 7)
        for (int64_t failures = 0; failures < 70; failures++) {
            int64_t at = job_next(0, 30, failures, random);
            assert_in_range(at, 30, JOB_AGAIN_MAX + JOB_AGAIN_MAX / 10);
            at = job_next(0, 86400, failures, random);
            assert_in_range(at, 60, 86400 + 8640);
        }
}

static void jobs_have_names_and_intervals(void **state)
{
    App configured = {.config = &config};
    (void)state;
    for (size_t i = 0; i < n_jobs; i++) {
        assert_in_range(job_every_s(&configured, &jobs[i]), 1, 30 * 86400);
        assert_ptr_equal(job_find(jobs[i].name), &jobs[i]);
    }
    assert_null(job_find(S("nothing")));
}

// --- several processes at once

enum { RIVALS = 6 };

typedef struct Rival {
    pthread_t thread;
    int took;
} Rival;

static pthread_barrier_t together;

static void *rival(void *arg)
{
    Rival *r = arg;
    Arena a = arena_new(64 << 20);
    CLEANUP(app_close) App own = {0};
    Err err;
    bool taken = false;
    Str name = str_fmt(&a, "rival:%p", arg);
    bool open = app_open_configured(&config, DB_WRITE, date_none, 1, &a, &own, &err);
    pthread_barrier_wait(&together);
    if (open && store_job_take(own.db, own.site, S("race"), name, 5000, 5100, false, &taken, &err))
        r->took = taken;
    else
        r->took = -1;
    arena_free(&a);
    return NULL;
}

static void of_many_at_once_one_takes_it(void **state)
{
    Rival rivals[RIVALS] = {0};
    int took = 0;
    (void)state;
    pthread_barrier_init(&together, NULL, RIVALS);
    for (int i = 0; i < RIVALS; i++)
        assert_int_equal(pthread_create(&rivals[i].thread, NULL, rival, &rivals[i]), 0);
    for (int i = 0; i < RIVALS; i++) {
        pthread_join(rivals[i].thread, NULL);
        assert_int_not_equal(rivals[i].took, -1);
        took += rivals[i].took;
    }
    pthread_barrier_destroy(&together);
    assert_int_equal(took, 1);
}

static void what_is_watched_can_be_asked(void **state)
{
    Gauges g = {.sessions = 9, .audit_line = 9};
    Err err;
    (void)state;
    assert_true(store_gauges(app.db, app.site, 0, &g, &err));
    assert_int_equal(g.sessions, 0);
    assert_int_equal(g.audit_line, 0);
}

static int begin(void **state)
{
    Err err;
    arena = arena_new((size_t)1 << 30);
    config = config_standard(&arena);
    if (site_box_make_empty(state) != 0)
        return -1;
    const SiteBox *box = *state;
    config.data = box->dir;
    config.database = box->database;
    return app_open_configured(&config, DB_CREATE, date_none, 1, &arena, &app, &err) ? 0 : -1;
}

static int end(void **state)
{
    app_close(&app);
    arena_free(&arena);
    return site_box_drop(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_job_runs_when_it_is_due_and_not_before),
        cmocka_unit_test(by_hand_it_runs_early),
        cmocka_unit_test(what_fails_is_tried_again_sooner_and_then_later),
        cmocka_unit_test(only_one_process_runs_a_job),
        cmocka_unit_test(of_many_at_once_one_takes_it),
        cmocka_unit_test(what_is_watched_can_be_asked),
        cmocka_unit_test(a_job_is_never_put_off_beyond_its_bounds),
        cmocka_unit_test(jobs_have_names_and_intervals),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("job", tests, begin, end);
}
