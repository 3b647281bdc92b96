// What systemd is told.
#include "../test.h"

#include "base/file.h"
#include "base/notify.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static Arena arena;
static Str dir;
static int fd;

static void heard(const char *want)
{
    char said[64] = "";
    assert_true(recv(fd, said, sizeof said - 1, MSG_DONTWAIT) > 0);
    assert_string_equal(said, want);
}

static void listen_at(const char *name, size_t n)
{
    struct sockaddr_un at = {.sun_family = AF_UNIX};
    memcpy(at.sun_path, name, n);
    fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    assert_int_equal(
        bind(fd, (struct sockaddr *)&at, (socklen_t)(offsetof(struct sockaddr_un, sun_path) + n)),
        0);
}

static void a_line_reaches_the_socket(void **state)
{
    (void)state;
    char *path = str_to_z(&arena, file_join(&arena, dir, S("notify")));
    listen_at(path, strlen(path) + 1);
    setenv("NOTIFY_SOCKET", path, 1);
    assert_true(notify_send("READY=1"));
    heard("READY=1");
    close(fd);
}

static void a_socket_without_a_file_is_reached_too(void **state)
{
    (void)state;
    Str name = str_cat(&arena, S("@gongkai-test-"), file_name(dir));
    char *z = str_to_z(&arena, name);
    char *hidden = str_to_z(&arena, name);
    hidden[0] = 0;
    listen_at(hidden, name.n);
    setenv("NOTIFY_SOCKET", z, 1);
    assert_true(notify_send("WATCHDOG=1"));
    heard("WATCHDOG=1");
    close(fd);
}

static void without_systemd_nothing_happens(void **state)
{
    static const char *const bad[] = {"", "x", "relative/path", "/none/of/this"};
    (void)state;
    unsetenv("NOTIFY_SOCKET");
    assert_false(notify_send("READY=1"));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        setenv("NOTIFY_SOCKET", bad[i], 1);
        assert_false(notify_send("READY=1"));
    }
}

static void the_watchdog_is_told_twice_in_its_time(void **state)
{
    char pid[32];
    (void)state;
    unsetenv("WATCHDOG_PID");
    unsetenv("WATCHDOG_USEC");
    assert_int_equal(notify_watchdog_ms(), 0);
    setenv("WATCHDOG_USEC", "30000000", 1);
    assert_int_equal(notify_watchdog_ms(), 15000);
    setenv("WATCHDOG_PID", "1", 1); // meant for another process
    assert_int_equal(notify_watchdog_ms(), 0);
    snprintf(pid, sizeof pid, "%d", (int)getpid());
    setenv("WATCHDOG_PID", pid, 1);
    assert_int_equal(notify_watchdog_ms(), 15000);
    setenv("WATCHDOG_USEC", "soon", 1);
    assert_int_equal(notify_watchdog_ms(), 0);
}

static int begin(void **state)
{
    Err err;
    (void)state;
    arena = arena_new(1 << 20);
    return file_temp_dir(&arena, &dir, &err) ? 0 : -1;
}

static int end(void **state)
{
    Err err;
    (void)state;
    file_remove(dir, &err);
    arena_free(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_reaches_the_socket),
        cmocka_unit_test(a_socket_without_a_file_is_reached_too),
        cmocka_unit_test(without_systemd_nothing_happens),
        cmocka_unit_test(the_watchdog_is_told_twice_in_its_time),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("notify", tests, begin, end);
}
