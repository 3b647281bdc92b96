#include "program.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

enum { VARIABLES = 300, SAID = 200 };

static const char *const cheap[] = {"GONGKAI_SIGN_IN_HASH_PASSES=1",
                                    "GONGKAI_SIGN_IN_HASH_MEMORY=8192", NULL};

static size_t add(char **to, size_t n, const char *const *from)
{
    for (; from && *from && n + 1 < VARIABLES; from++)
        to[n++] = (char *)*from;
    return n;
}

// Waits for "http://localhost:8080/" on its standard output.
static uint16_t port_said(int fd)
{
    char said[SAID];
    size_t n = 0;
    while (n < sizeof said) {
        ssize_t got = read(fd, said + n, sizeof said - n);
        if (got <= 0)
            return 0;
        n += (size_t)got;
        if (said[n - 1] == '\n')
            break;
    }
    Str line = str_trim((Str){said, n});
    ptrdiff_t colon = str_find_last(line, S(":"));
    int64_t port = 0;
    if (colon < 0 || !str_to_int(str_sub(line, (size_t)colon + 1, line.n - 1), &port))
        return 0;
    return (uint16_t)port;
}

Program program_serve(const SiteBox *box, const char *const *environment)
{
    int ends[2];
    Program p = {0};
    Arena scratch = box->a;
    char *variables[VARIABLES] = {0};
    size_t n = add(variables, 0, environment);
    n = add(variables, n, cheap);
    add(variables, n, (const char *const *)environ);
    char *argv[] = {(char[]){GONGKAI},
                    (char[]){"serve"},
                    (char[]){"--quiet"},
                    (char[]){"--data"},
                    str_to_z(&scratch, box->dir),
                    (char[]){"--database"},
                    str_to_z(&scratch, box->database),
                    (char[]){"--port"},
                    (char[]){"0"},
                    NULL};
    posix_spawn_file_actions_t acts;
    if (pipe2(ends, O_CLOEXEC) < 0)
        return p;
    posix_spawn_file_actions_init(&acts);
    posix_spawn_file_actions_adddup2(&acts, ends[1], STDOUT_FILENO);
    if (!getenv("GONGKAI_TEST_LOUD"))
        posix_spawn_file_actions_addopen(&acts, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    bool begun = posix_spawn(&p.pid, argv[0], &acts, NULL, argv, variables) == 0;
    posix_spawn_file_actions_destroy(&acts);
    close(ends[1]);
    p.out = ends[0];
    p.port = begun ? port_said(p.out) : 0;
    return p;
}

int program_job(const SiteBox *box, const char *name)
{
    Arena scratch = box->a;
    pid_t pid;
    int status = -1;
    char *argv[] = {(char[]){GONGKAI},
                    (char[]){"job"},
                    (char[]){"run"},
                    str_to_z(&scratch, str_z(name)),
                    (char[]){"--data"},
                    str_to_z(&scratch, box->dir),
                    (char[]){"--database"},
                    str_to_z(&scratch, box->database),
                    NULL};
    posix_spawn_file_actions_t acts;
    posix_spawn_file_actions_init(&acts);
    posix_spawn_file_actions_addopen(&acts, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    bool begun = posix_spawn(&pid, argv[0], &acts, NULL, argv, environ) == 0;
    posix_spawn_file_actions_destroy(&acts);
    while (begun && waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    return begun && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

int program_stop(Program *p)
{
    int status = -1;
    if (p->pid <= 0)
        return -1;
    kill(p->pid, SIGTERM);
    while (waitpid(p->pid, &status, 0) < 0 && errno == EINTR) {
    }
    close(p->out);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}
