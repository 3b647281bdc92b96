#include "base/file.h"
#include "base/hanzi.h"
#include "base/regex.h"
#include "base/sandbox.h"
#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static Arena a;
static const SandboxLimits limits = {.memory = (size_t)1 << 30, .cpu_seconds = 5};
static const SandboxLimits for_shells = {
    .memory = (size_t)1 << 30, .cpu_seconds = 5, .may_start = true};

static int make_arena(void **state)
{
    (void)state;
    a = arena_new((size_t)64 << 20);
    return 0;
}

// What the function returns is the exit status of a child that has entered the sandbox.
static int in_sandbox(int (*work)(void))
{
    int status;
    fflush(stdout);
    pid_t pid = fork();
    if (pid == 0) {
        Err err;
        hanzi_simple_table();
        _exit(sandbox_enter(&limits, &err) ? work() : 99);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static int opens_for_writing(void)
{
    return open("/tmp/gongkai-must-not-be", O_WRONLY | O_CREAT, 0600) < 0 && errno == EPERM;
}

static int opens_a_socket(void)
{
    return socket(AF_INET, SOCK_STREAM, 0) < 0 && errno == EPERM;
}

static int starts_a_program(void)
{
    execl("/bin/true", "true", (char *)NULL);
    return errno == EPERM;
}

static int removes_a_file(void)
{
    return unlink("/tmp/gongkai-not-there") < 0 && errno == EPERM;
}

static int computes(void)
{
    static Regex digits = REGEX("\\d+");
    Arena b = arena_new((size_t)64 << 20);
    char *much = malloc(10 << 20);
    memset(much, 1, 10 << 20);
    free(much);
    return regex_has(&digits, S("共12件")) && hanzi_simplify(&b, S("上年結轉")).n > 0 &&
           write(1, "", 0) == 0;
}

static void a_sandboxed_process_can_only_compute(void **state)
{
    (void)state;
    assert_int_equal(in_sandbox(computes), 1);
    assert_int_equal(in_sandbox(opens_for_writing), 1);
    assert_int_equal(in_sandbox(opens_a_socket), 1);
    assert_int_equal(in_sandbox(starts_a_program), 1);
    assert_int_equal(in_sandbox(removes_a_file), 1);
}

static SandboxResult ran(const char *const argv[], Str input)
{
    SandboxResult r = {0};
    Err err;
    if (!sandbox_run(argv, input, 1 << 20, 10000, &for_shells, &a, &r, &err))
        fail_msg("%s: %s (%s)", argv[0], err.en, err.detail);
    return r;
}

static SandboxResult shell(const char *script)
{
    return ran((const char *const[]){"sh", "-c", script, NULL}, S(""));
}

typedef struct Onlooker {
    const char *until; // ends it once this was written; NULL: never
    int looks, most;   // and after so many looks; 0: any
} Onlooker;

static bool look(void *ctx, Str out)
{
    Onlooker *o = ctx;
    o->looks++;
    return !(o->until && str_has(out, str_z(o->until))) && (!o->most || o->looks < o->most);
}

static bool watched(const char *script, Onlooker *o, SandboxResult *out, Err *err)
{
    const char *const argv[] = {"sh", "-c", script, NULL};
    const SandboxLimits free_limits = {0};
    const SandboxWatch watch = {look, o, 5};
    return sandbox_run_watched(argv, S(""), 1 << 20, 20000, &free_limits, &watch, &a, out, err);
}

static void who_looks_on_sees_what_is_said_and_may_end_it(void **state)
{
    (void)state;
    SandboxResult r;
    Err err = {0};
    Onlooker patient = {0}, one = {.until = "one\n"}, three = {.most = 3};
    assert_true(watched("echo one; echo two", &patient, &r, &err));
    assert_str(r.out, S("one\ntwo\n"));
    assert_true(patient.looks > 0);
    assert_false(watched("echo one; while :; do :; done", &one, &r, &err));
    assert_int_equal(err.kind, ERR_BUSY);
    assert_false(watched("while :; do :; done", &three, &r, &err)); // says nothing
    assert_int_equal(err.kind, ERR_BUSY);
    assert_int_equal(three.looks, 3);
}

static void a_program_reads_its_input_and_we_its_output(void **state)
{
    (void)state;
    Str big = {NEW(&a, char, 300000), 300000};
    memset((char *)(uintptr_t)big.s, 'x', big.n);
    SandboxResult r = ran((const char *const[]){"cat", NULL}, big);
    assert_str(r.out, big);
    assert_int_equal(r.status, 0);
    // as a file it can open and seek in
    assert_str(ran((const char *const[]){"tail", "-c", "3", "/dev/stdin", NULL}, S("abcdef")).out,
               S("def"));
}

static void the_exit_status_is_the_programs(void **state)
{
    (void)state;
    assert_int_equal(shell("exit 3").status, 3);
    assert_int_equal(shell("kill -SEGV $$").status, 128 + 11);
    assert_str(shell("echo words >&2").err, S("words\n"));
}

static void a_program_sees_nothing_of_ours(void **state)
{
    (void)state;
    setenv("GONGKAI_SECRET", "1", 1);
    int leak = open("/etc/passwd", O_RDONLY);
    int far = fcntl(leak, F_DUPFD, 200);
    SandboxResult r = shell("env | grep -v '^PWD\\|^_=\\|^SHLVL\\|^OLDPWD\\|^ASAN' | sort");
    assert_str(r.out, S("LANG=C.UTF-8\nOMP_THREAD_LIMIT=1\nPATH=/usr/bin:/bin\n"));
    assert_str(shell("for f in 3 4 5 6 7 8 9; do [ -e /proc/$$/fd/$f ] && echo $f; done").out,
               S(""));
    assert_str(shell("[ -e /proc/$$/fd/200 ] && echo open").out, S(""));
    close(leak), close(far);
}

static void a_program_cannot_write_or_connect(void **state)
{
    (void)state;
    Str dir;
    Err err;
    assert_true(file_temp_dir(&a, &dir, &err));
    Str path = file_join(&a, dir, S("made"));
    SandboxResult r = shell(str_to_z(&a, str_fmt(&a, "echo x > %.*s", STR_ARG(path))));
    assert_int_not_equal(r.status, 0);
    assert_false(file_exists(path));
    assert_true(file_write(path, S("x"), &err));
    r = ran((const char *const[]){"rm", "-f", str_to_z(&a, path), NULL}, S(""));
    assert_int_not_equal(r.status, 0);
    assert_true(file_exists(path));
    r = ran((const char *const[]){"bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/9", NULL}, S(""));
    assert_non_null(memmem(r.err.s, r.err.n, "permitted", 9));
    assert_true(file_remove(dir, &err));
}

// Landlock's version; 0 or less where the kernel has none.
static long fences(void)
{
    return syscall(SYS_landlock_create_ruleset, NULL, 0, 1);
}

static void a_program_reads_nobodys_files(void **state)
{
    (void)state;
    Str dir;
    Err err;
    if (fences() < 1)
        skip();
    assert_true(file_temp_dir(&a, &dir, &err));
    Str path = file_join(&a, dir, S("secret"));
    assert_true(file_write(path, S("secret"), &err));
    SandboxResult r = ran((const char *const[]){"cat", str_to_z(&a, path), NULL}, S(""));
    assert_int_not_equal(r.status, 0);
    assert_str(r.out, S(""));
    assert_int_not_equal(shell("ls /tmp").status, 0);
    assert_int_not_equal(shell("cat /etc/passwd").status, 0);
    assert_int_equal(shell("cat /usr/lib/os-release").status, 0);
    assert_true(file_remove(dir, &err));
}

static void a_program_signals_nobody_outside(void **state)
{
    (void)state;
    if (fences() < 6)
        skip();
    assert_int_not_equal(shell("kill -0 $PPID").status, 0);
    assert_int_equal(shell("sleep 9 & kill $!").status, 0);
}

static void a_program_starts_others_only_if_it_may(void **state)
{
    (void)state;
    static const char *const script = "cat /dev/null & wait; echo went on";
    SandboxResult r;
    Err err;
    assert_str(shell(script).out, S("went on\n"));
    assert_true(sandbox_run((const char *const[]){"sh", "-c", script, NULL}, S(""), 100, 5000,
                            &limits, &a, &r, &err));
    assert_int_not_equal(r.status, 0);
    assert_str(r.out, S(""));
}

static void a_program_that_takes_too_long_is_stopped(void **state)
{
    (void)state;
    SandboxResult r;
    Err err;
    assert_false(sandbox_run((const char *const[]){"sleep", "60", NULL}, S(""), 100, 100, &limits,
                             &a, &r, &err));
    assert_int_equal(err.kind, ERR_LIMIT);
    assert_false(sandbox_run((const char *const[]){"sh", "-c", "exec >&- 2>&-; sleep 60", NULL},
                             S(""), 100, 100, &for_shells, &a, &r, &err));
    assert_int_equal(err.kind, ERR_LIMIT);
}

static void a_program_that_swells_is_stopped_by_its_limit(void **state)
{
    (void)state;
    static const SandboxLimits small = {.memory = (size_t)64 << 20, .cpu_seconds = 1};
    SandboxResult r = {0};
    Err err;
    bool ran = sandbox_run((const char *const[]){"tail", "-n", "1", "/dev/zero", NULL}, S(""), 100,
                           60000, &small, &a, &r, &err);
    assert_true(ran);
    assert_int_not_equal(r.status, 0);
}

static void a_program_that_writes_too_much_is_stopped(void **state)
{
    (void)state;
    SandboxResult r;
    Err err;
    assert_false(sandbox_run((const char *const[]){"yes", NULL}, S(""), 100000, 10000, &limits, &a,
                             &r, &err));
    assert_int_equal(err.kind, ERR_LIMIT);
}

static void a_program_that_is_not_there_is_named(void **state)
{
    (void)state;
    SandboxResult r;
    Err err;
    assert_false(sandbox_has("no-such-program"));
    assert_true(sandbox_has("cat"));
    assert_false(sandbox_run((const char *const[]){"no-such-program", NULL}, S(""), 100, 1000,
                             &limits, &a, &r, &err));
    assert_int_equal(err.kind, ERR_SYSTEM);
    assert_non_null(strstr(err.en, "no-such-program"));
}

// This program again, as the server runs it, which runs a converter in its turn.
static void a_sandboxed_program_may_start_another_in_one(void **state)
{
    (void)state;
    assert_str(ran((const char *const[]){"/proc/self/exe", "again", NULL}, S("through two")).out,
               S("through two"));
}

static int run_again(void)
{
    SandboxResult r;
    Err err;
    Str input;
    make_arena(NULL);
    bool good =
        file_read_fd(0, 1000, &a, &input, &err) &&
        sandbox_run((const char *const[]){"cat", NULL}, input, 1000, 5000, &limits, &a, &r, &err) &&
        file_write_fd(1, r.out, &err);
    return good ? 0 : 1;
}

static int open_descriptors(void)
{
    int n = 0;
    for (int fd = 0; fd < 256; fd++)
        n += fcntl(fd, F_GETFD) >= 0;
    return n;
}

static void no_descriptor_is_left_behind(void **state)
{
    (void)state;
    int before = open_descriptors();
    shell("true");
    a_program_that_writes_too_much_is_stopped(NULL);
    a_program_that_is_not_there_is_named(NULL);
    assert_int_equal(open_descriptors(), before);
}

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "again") == 0)
        return run_again();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sandboxed_process_can_only_compute),
        cmocka_unit_test(a_program_reads_its_input_and_we_its_output),
        cmocka_unit_test(the_exit_status_is_the_programs),
        cmocka_unit_test(who_looks_on_sees_what_is_said_and_may_end_it),
        cmocka_unit_test(a_program_sees_nothing_of_ours),
        cmocka_unit_test(a_program_cannot_write_or_connect),
        cmocka_unit_test(a_program_reads_nobodys_files),
        cmocka_unit_test(a_program_signals_nobody_outside),
        cmocka_unit_test(a_program_starts_others_only_if_it_may),
        cmocka_unit_test(a_program_that_takes_too_long_is_stopped),
        cmocka_unit_test(a_program_that_swells_is_stopped_by_its_limit),
        cmocka_unit_test(a_program_that_writes_too_much_is_stopped),
        cmocka_unit_test(a_program_that_is_not_there_is_named),
        cmocka_unit_test(a_sandboxed_program_may_start_another_in_one),
        cmocka_unit_test(no_descriptor_is_left_behind),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, make_arena, NULL);
}
