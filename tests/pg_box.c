// The PostgreSQL of a test program. A child of the program keeps it: it starts and stops the server
// when told through a pipe, and when the pipe ends, because the program ended in whatever way, it
// stops the server, removes the folder and ends.
#include "site_box.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <grp.h>
#include <poll.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static struct {
    char dir[64], bin[256];
    int tell, hear; // pipes to the keeper
    pid_t keeper;
} box;

bool site_box_on_server(void)
{
    const char *engine = getenv("GONGKAI_TEST_DATABASE");
    return engine && strcmp(engine, "postgresql") == 0;
}

// The newest of Debian's versions.
static bool find_bin(void)
{
    glob_t found;
    if (glob("/usr/lib/postgresql/*/bin/initdb", 0, NULL, &found) != 0)
        return false;
    const char *path = found.gl_pathv[found.gl_pathc - 1];
    snprintf(box.bin, sizeof box.bin, "%.*s", (int)(strrchr(path, '/') - path), path);
    globfree(&found);
    return true;
}

bool pg_box_installed(void)
{
    return box.bin[0] || find_bin();
}

// Before cmocka prints its plan.
__attribute__((constructor)) static void skip_without_postgresql(void)
{
    if (!site_box_on_server() || pg_box_installed())
        return;
    puts("1..0 # SKIP PostgreSQL is not installed");
    exit(0);
}

// --- the keeper

typedef struct Server {
    pid_t pid;
    int log; // its standard error
} Server;

// It refuses to run as root, so there it runs as nobody.
static void be_nobody(void)
{
    const struct passwd *who = geteuid() == 0 ? getpwnam("nobody") : NULL;
    if (who && (setgroups(0, NULL) || setgid(who->pw_gid) || setuid(who->pw_uid)))
        _exit(126);
}

static pid_t run(char *const argv[], int out)
{
    pid_t pid = fork();
    if (pid)
        return pid;
    dup2(out, STDOUT_FILENO);
    dup2(out, STDERR_FILENO);
    signal(SIGTERM, SIG_DFL);
    signal(SIGINT, SIG_DFL);
    be_nobody();
    execv(argv[0], argv);
    _exit(127);
}

static bool ended_well(pid_t pid)
{
    int status = -1;
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static bool cluster_make(int log)
{
    char bin[300], data[100];
    snprintf(bin, sizeof bin, "%s/initdb", box.bin);
    snprintf(data, sizeof data, "%s/data", box.dir);
    char *argv[] = {bin, (char[]){"-D"}, data, (char[]){"--username=gongkai"},
                    (char[]){"--auth=trust"}, (char[]){"--encoding=UTF8"},
                    // not C: what is ordered must be ordered by bytes all the same
                    (char[]){"--locale=C.UTF-8"}, (char[]){"--no-sync"},
                    (char[]){"--no-instructions"}, NULL};
    return ended_well(run(argv, log));
}

// Reads what the server says until it is ready, or ends.
static bool wait_ready(const Server *s)
{
    char said[16384];
    size_t n = 0;
    ssize_t got;
    while (n < sizeof said - 1 && (got = read(s->log, said + n, sizeof said - 1 - n)) > 0) {
        n += (size_t)got;
        said[n] = '\0';
        if (strstr(said, "ready to accept connections"))
            return true;
    }
    return false;
}

static bool server_start(Server *s)
{
    char bin[300], data[100], sockets[140];
    int ends[2];
    bool durable = getenv("GONGKAI_TEST_DURABLE"); // for the benches
    snprintf(bin, sizeof bin, "%s/postgres", box.bin);
    snprintf(data, sizeof data, "%s/data", box.dir);
    snprintf(sockets, sizeof sockets, "unix_socket_directories=%s", box.dir);
    char *argv[] = {bin,
                    (char[]){"-D"},
                    data,
                    (char[]){"-c"},
                    sockets,
                    (char[]){"-clisten_addresses="},
                    durable ? (char[]){"-cfsync=on"} : (char[]){"-cfsync=off"},
                    durable ? (char[]){"-csynchronous_commit=on"}
                            : (char[]){"-csynchronous_commit=off"},
                    (char[]){"-cfull_page_writes=off"},
                    (char[]){"-cshared_buffers=32MB"},
                    (char[]){"-cmax_connections=60"},
                    (char[]){"-cautovacuum=off"},
                    (char[]){"-clog_min_messages=log"},
                    (char[]){"-clog_min_error_statement=panic"},
                    (char[]){"-clc_messages=C"},
                    NULL};
    if (pipe2(ends, O_CLOEXEC) != 0)
        return false;
    s->pid = run(argv, ends[1]);
    s->log = ends[0];
    close(ends[1]);
    return wait_ready(s);
}

static void server_stop(Server *s, int how)
{
    if (s->pid <= 0)
        return;
    kill(s->pid, how);
    ended_well(s->pid);
    close(s->log);
    *s = (Server){.log = -1};
}

static void obey(Server *s, char word, int reply)
{
    bool done = true;
    if (word == 'g')
        done = server_start(s);
    else
        server_stop(s, SIGINT);
    if (write(reply, done ? "y" : "n", 1) != 1)
        server_stop(s, SIGQUIT);
}

// Its log is read all the time, so that it never waits for us.
static void keep(int hear, int reply)
{
    Server server = {.log = -1};
    char word, said[4096];
    for (bool more = true; more;) {
        struct pollfd fds[] = {{hear, POLLIN, 0}, {server.log, POLLIN, 0}};
        if (poll(fds, 2, -1) < 0)
            continue;
        if (fds[1].revents && read(server.log, said, sizeof said) <= 0)
            server_stop(&server, SIGQUIT);
        if (fds[0].revents && (more = read(hear, &word, 1) == 1))
            obey(&server, word, reply);
    }
    server_stop(&server, SIGQUIT);
}

static _Noreturn void keeper(int hear, int reply)
{
    Err err;
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    for (int fd = 3; fd < 1024; fd++) // what others wait to see closed
        if (fd != hear && fd != reply && fd != null)
            close(fd);
    setsid(); // what ends the test's group must not end the one who cleans up behind it
    dup2(null, STDIN_FILENO);
    dup2(null, STDOUT_FILENO);
    dup2(null, STDERR_FILENO);
    if (chdir("/") == 0 && cluster_make(null))
        keep(hear, reply);
    close(reply);
    file_remove(str_z(box.dir), &err);
    _exit(0);
}

// --- the program's side

static void box_end(void)
{
    close(box.tell);
    ended_well(box.keeper); // so that nothing runs and nothing lies about when the test has ended
}

static void tell(char word)
{
    char answer = 'n';
    if (write(box.tell, &word, 1) == 1 && read(box.hear, &answer, 1) == 1 && answer == 'y')
        return;
    fprintf(stderr, "the PostgreSQL in %s does not %s\n", box.dir, word == 'g' ? "start" : "stop");
    exit(1);
}

void pg_box_stop(void)
{
    tell('s');
}

void pg_box_start(void)
{
    tell('g');
}

static bool box_dir_make(void)
{
    const struct passwd *who = geteuid() == 0 ? getpwnam("nobody") : NULL;
    snprintf(box.dir, sizeof box.dir, "/tmp/gongkai-pg-XXXXXX");
    return mkdtemp(box.dir) && (!who || chown(box.dir, who->pw_uid, who->pw_gid) == 0);
}

static void box_begin(void)
{
    int down[2], up[2];
    if (!box_dir_make() || pipe2(down, O_CLOEXEC) != 0 || pipe2(up, O_CLOEXEC) != 0) {
        perror("pg_box");
        exit(1);
    }
    box.keeper = fork();
    if (box.keeper == 0) {
        close(down[1]);
        close(up[0]);
        keeper(down[0], up[1]);
    }
    close(down[0]);
    close(up[1]);
    box.tell = down[1];
    box.hear = up[0];
    atexit(box_end);
    tell('g');
}

// A schema is as good as a database to the program, and a hundred times quicker to make.
Str pg_box_database(Arena *a, const char *name)
{
    Err err;
    CLEANUP(db_close) Db *db = NULL;
    if (!pg_box_installed())
        return S("");
    if (!box.keeper)
        box_begin();
    Str server = str_fmt(a, "postgresql://gongkai@/postgres?host=%s", box.dir);
    if (!db_open(server, DB_CREATE, &db, &err) ||
        !db_script(db, str_fmt(a, "CREATE SCHEMA %s;", name), a, &err)) {
        fprintf(stderr, "%s (%s)\n", err.en, err.detail);
        exit(1);
    }
    return str_fmt(a, PRI_STR "&options=-csearch_path%%3D%s", STR_ARG(server), name);
}
