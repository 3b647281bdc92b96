#include "peers/peer.h"

#include "test.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ARGS_MAX = 16, WAIT_MS = 30000 };

static void run(const char *argv[], int in, int out)
{
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    dup2(in, 0);
    dup2(out, 1);
    execvp(argv[0], (char **)argv);
    _exit(127);
}

static bool line_cut(Peer *p, Str *line)
{
    Str rest;
    if (!str_cut((Str){p->rest, p->n}, S("\n"), line, &rest))
        return false;
    *line = str_dup(&p->a, *line);
    memmove(p->rest, rest.s, rest.n);
    p->n = rest.n;
    return true;
}

static bool line_read(Peer *p, Str *line)
{
    while (!line_cut(p, line)) {
        struct pollfd fd = {.fd = p->from, .events = POLLIN};
        if (poll(&fd, 1, WAIT_MS) != 1)
            return false;
        ssize_t n = read(p->from, p->rest + p->n, sizeof p->rest - p->n);
        if (n <= 0)
            return false;
        p->n += (size_t)n;
    }
    return true;
}

const Json *peer_line(Peer *p)
{
    Str line;
    const Json *json;
    Err err;
    if (!line_read(p, &line))
        fail_msg("the peer says nothing");
    if (!json_read(line, line.n, &p->a, &json, &err))
        fail_msg("the peer says no JSON: " PRI_STR, STR_ARG(line));
    return json;
}

static void start(Peer *p, const char *argv[])
{
    int in[2], out[2];
    assert_int_equal(pipe2(in, O_CLOEXEC) | pipe2(out, O_CLOEXEC), 0);
    p->pid = fork();
    if (p->pid == 0)
        run(argv, in[0], out[1]);
    close(in[0]);
    close(out[1]);
    p->to = in[1];
    p->from = out[0];
}

Peer *peer_start(const char *script, ...)
{
    const char *argv[ARGS_MAX + 3] = {"node"};
    char path[4096];
    snprintf(path, sizeof path, "%s/tests/peers/%s", SOURCE_ROOT, script);
    argv[1] = path;
    va_list ap;
    va_start(ap, script);
    for (size_t i = 0; i < ARGS_MAX && (argv[i + 2] = va_arg(ap, const char *)); i++)
        ;
    va_end(ap);

    Peer *p = calloc(1, sizeof *p);
    p->a = arena_new(64 << 20);
    start(p, argv);
    p->said = peer_line(p);
    return p;
}

void peer_end(Peer **peer)
{
    Peer *p = *peer;
    if (!p)
        return;
    close(p->to);
    close(p->from);
    waitpid(p->pid, NULL, 0);
    arena_free(&p->a);
    free(p);
    *peer = NULL;
}

bool peer_missing(const Peer *p)
{
    Str why = peer_str(p, "skip");
    if (why.n)
        print_message("# " PRI_STR "\n", STR_ARG(why));
    return why.n > 0;
}

int64_t peer_int(const Peer *p, const char *key)
{
    return json_get_int(p->said, key, 0);
}

Str peer_str(const Peer *p, const char *key)
{
    return json_get_str(p->said, key);
}

void peer_tell(Peer *p, const char *line)
{
    size_t n = strlen(line);
    assert_int_equal(write(p->to, line, n), n);
    assert_int_equal(write(p->to, "\n", 1), 1);
}

bool peer_skips(const char *script)
{
    CLEANUP(peer_end) Peer *p = peer_start(script, NULL);
    bool missing = peer_missing(p);
    if (missing)
        printf("1..0 # SKIP %s cannot run here: " PRI_STR "\n", script,
               STR_ARG(peer_str(p, "skip")));
    return missing;
}
