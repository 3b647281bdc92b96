#include "base/arena.h"
#include "base/buf.h"
#include "test.h"

#include <sys/wait.h>
#include <unistd.h>

typedef struct Numbers {
    int *v;
    size_t n, cap;
} Numbers;

static void what_is_given_out_is_zeroed_and_aligned(void **state)
{
    (void)state;
    Arena a = arena_new(1 << 20);
    memset(NEW(&a, char, 1000), 'x', 1000);
    arena_reset(&a, 1 << 20);
    char *odd = NEW(&a, char, 3);
    double *d = NEW(&a, double, 2);
    assert_int_equal((uintptr_t)d % _Alignof(double), 0);
    assert_true(odd[0] == 0 && odd[2] == 0 && d[1] == 0);
    arena_free(&a);
}

static void what_a_scratch_copy_made_is_given_out_again(void **state)
{
    (void)state;
    Arena a = arena_new(1 << 20);
    Arena scratch = a;
    char *p = NEW(&scratch, char, 100);
    assert_ptr_equal(p, NEW(&a, char, 100));
    arena_free(&a);
}

static void a_list_keeps_what_was_pushed(void **state)
{
    (void)state;
    Arena a = arena_new(1 << 20);
    Numbers list = {0}, other = {0};
    for (int i = 0; i < 1000; i++) {
        *PUSH(&a, &list) = i;
        if (i % 3 == 0) // so that neither is always the last thing made
            *PUSH(&a, &other) = -i;
    }
    for (int i = 0; i < 1000; i++)
        assert_int_equal(list.v[i], i);
    assert_int_equal(other.n, 334);
    assert_int_equal(other.v[333], -999);
    arena_free(&a);
}

static int status_of_a_child(void (*work)(void))
{
    int status;
    pid_t pid = fork();
    if (pid == 0) {
        fclose(stderr), close(2);
        work();
        _exit(0);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void take_too_much(void)
{
    Arena a = arena_new(1 << 16);
    NEW(&a, char, 1 << 17);
}

static void overflow_a_size(void)
{
    Arena a = arena_new(1 << 16);
    NEW(&a, double, SIZE_MAX / 4);
}

static void an_arena_that_runs_out_ends_the_process(void **state)
{
    (void)state;
    assert_int_equal(status_of_a_child(take_too_much), EXIT_MEMORY);
    assert_int_equal(status_of_a_child(overflow_a_size), EXIT_MEMORY);
}

static void an_arena_over_a_buffer_stays_in_it(void **state)
{
    (void)state;
    _Alignas(max_align_t) char room[512];
    Arena a = arena_over(room, sizeof room);
    char *p = NEW(&a, char, 100);
    assert_true(p >= room && p + 100 <= room + sizeof room);
}

static void a_buffer_stops_at_its_maximum(void **state)
{
    (void)state;
    Arena a = arena_new(1 << 20);
    Buf b = buf_new(&a, 10);
    buf_add(&b, S("12345678"));
    buf_add(&b, S("too long"));
    assert_true(b.full);
    assert_str(buf_str(&b), S("12345678"));
    buf_add(&b, S("9"));
    assert_str(buf_str(&b), S("123456789"));
    arena_free(&a);
}

static void numbers_are_written_whole(void **state)
{
    (void)state;
    Arena a = arena_new(1 << 20);
    Buf b = buf_new(&a, 1000);
    buf_int(&b, INT64_MIN);
    buf_byte(&b, ' ');
    buf_int(&b, 0);
    buf_fmt(&b, " %s-%d", "x", 7);
    assert_str(buf_str(&b), S("-9223372036854775808 0 x-7"));
    arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_given_out_is_zeroed_and_aligned),
        cmocka_unit_test(what_a_scratch_copy_made_is_given_out_again),
        cmocka_unit_test(a_list_keeps_what_was_pushed),
        cmocka_unit_test(an_arena_that_runs_out_ends_the_process),
        cmocka_unit_test(an_arena_over_a_buffer_stays_in_it),
        cmocka_unit_test(a_buffer_stops_at_its_maximum),
        cmocka_unit_test(numbers_are_written_whole),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
