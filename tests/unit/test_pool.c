#include "test.h"

#include "report/pool.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

enum { JOBS_MAX = 64, TIMEOUT_MS = 400, MEMORY = 32 << 20, ANSWER = 1 << 20 };

// What a test asks for and what came of it.
typedef struct Course {
    const char *jobs[JOBS_MAX]; // "say hello", "crash" …; a leading ! wants an open child
    size_t n, next;
    PoolEnd end[JOBS_MAX];
    char answer[JOBS_MAX][64];
    size_t length[JOBS_MAX];
    bool done[JOBS_MAX];
} Course;

static bool give_next(void *ctx, Arena *a, PoolJob *job)
{
    Course *c = ctx;
    if (c->next == c->n)
        return false;
    const char *what = c->jobs[c->next];
    bool open = what[0] == '!';
    *job = (PoolJob){c->next++, str_dup(a, str_z(what + open)), open};
    return true;
}

static bool open_fails(void)
{
    int fd = open("/dev/null", O_WRONLY);
    if (fd >= 0)
        close(fd);
    return fd < 0;
}

static void do_job(void *ctx, Str request, bool open, Arena *a, Buf *answer)
{
    (void)ctx;
    if (str_starts(request, S("say ")))
        buf_add(answer, str_from(request, 4));
    if (str_eq(request, S("crash"))) {
        signal(SIGSEGV, SIG_DFL); // not cmocka's, which would go on with the next test
        raise(SIGSEGV);
    }
    if (str_eq(request, S("hang")))
        for (volatile int i = 0;; i++)
            continue;
    if (str_eq(request, S("swell")))
        for (;;)
            memset(NEW(a, char, 1 << 20), 1, 1 << 20);
    if (str_eq(request, S("talk")))
        while (!answer->full)
            buf_add(answer, S("much and much more of it "));
    if (str_eq(request, S("open a file")))
        buf_add(answer, open_fails() ? S("refused") : S("opened"));
    if (str_eq(request, S("where")))
        buf_add(answer, open ? S("open") : S("closed"));
}

static void take(void *ctx, size_t id, PoolEnd end, Str answer)
{
    Course *c = ctx;
    assert_false(c->done[id]);
    c->done[id] = true;
    c->end[id] = end;
    c->length[id] = answer.n;
    snprintf(c->answer[id], sizeof c->answer[id], PRI_STR, (int)(answer.n < 60 ? answer.n : 60),
             answer.s);
}

static void run(Course *c, int workers)
{
    Err err = {0};
    const PoolPlan plan = {.workers = workers,
                           .timeout_ms = TIMEOUT_MS,
                           .memory = MEMORY,
                           .max_answer = ANSWER,
                           .ctx = c,
                           .next = give_next,
                           .work = do_job,
                           .done = take};
    if (!pool_run(&plan, &err))
        fail_msg("%s: %s", err.en, err.detail);
    for (size_t i = 0; i < c->n; i++)
        assert_true(c->done[i]);
}

static void each_job_is_answered_once_by_however_many_children(void **state)
{
    (void)state;
    for (int workers = 1; workers <= 4; workers++) {
        Course c = {.n = 50};
        char words[50][16];
        for (size_t i = 0; i < c.n; i++) {
            snprintf(words[i], sizeof words[i], "say %zu", i);
            c.jobs[i] = words[i];
        }
        run(&c, workers);
        for (size_t i = 0; i < c.n; i++) {
            assert_int_equal(c.end[i], POOL_ANSWERED);
            assert_string_equal(c.answer[i], words[i] + 4);
        }
    }
}

static void an_empty_answer_is_an_answer(void **state)
{
    (void)state;
    Course c = {.n = 1, .jobs = {"say "}};
    run(&c, 1);
    assert_int_equal(c.end[0], POOL_ANSWERED);
    assert_int_equal(c.length[0], 0);
}

static void a_child_that_dies_costs_its_job_and_no_other(void **state)
{
    (void)state;
    Course c = {.n = 5, .jobs = {"say a", "crash", "say b", "crash", "say c"}};
    run(&c, 1);
    assert_int_equal(c.end[1], POOL_BROKEN);
    assert_int_equal(c.end[3], POOL_BROKEN);
    assert_string_equal(c.answer[0], "a");
    assert_string_equal(c.answer[2], "b");
    assert_string_equal(c.answer[4], "c");
}

static void one_that_hangs_is_ended_in_time(void **state)
{
    (void)state;
    Course c = {.n = 3, .jobs = {"hang", "say a", "!hang"}};
    run(&c, 2);
    assert_int_equal(c.end[0], POOL_TIME);
    assert_int_equal(c.end[2], POOL_TIME);
    assert_string_equal(c.answer[1], "a");
}

static void one_that_swells_is_said_to_need_too_much_memory(void **state)
{
    (void)state;
    Course c = {.n = 2, .jobs = {"swell", "say a"}};
    run(&c, 1);
    assert_int_equal(c.end[0], POOL_MEMORY);
    assert_string_equal(c.answer[1], "a");
}

static void an_answer_without_end_is_cut_off(void **state)
{
    (void)state;
    Course c = {.n = 2, .jobs = {"talk", "say a"}};
    run(&c, 1);
    assert_int_equal(c.end[0], POOL_LARGE);
    assert_string_equal(c.answer[1], "a");
}

static void a_child_can_open_no_file_to_write(void **state)
{
    (void)state;
    Course c = {.n = 1, .jobs = {"open a file"}};
    run(&c, 1);
    assert_string_equal(c.answer[0], "refused");
}

static void a_job_that_wants_an_open_child_gets_one_and_the_next_does_not(void **state)
{
    (void)state;
    Course c = {.n = 4, .jobs = {"where", "!where", "where", "!where"}};
    run(&c, 1);
    assert_string_equal(c.answer[0], "closed");
    assert_string_equal(c.answer[1], "open");
    assert_string_equal(c.answer[2], "closed");
    assert_string_equal(c.answer[3], "open");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_job_is_answered_once_by_however_many_children),
        cmocka_unit_test(an_empty_answer_is_an_answer),
        cmocka_unit_test(a_child_that_dies_costs_its_job_and_no_other),
        cmocka_unit_test(one_that_hangs_is_ended_in_time),
        cmocka_unit_test(one_that_swells_is_said_to_need_too_much_memory),
        cmocka_unit_test(an_answer_without_end_is_cut_off),
        cmocka_unit_test(a_child_can_open_no_file_to_write),
        cmocka_unit_test(a_job_that_wants_an_open_child_gets_one_and_the_next_does_not),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
