#include "report/pool.h"

#include "base/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

// Both directions: the length of what follows, then that many bytes.
typedef uint64_t Length;
static const Length TOO_LARGE = UINT64_MAX;

enum {
    EXIT_NO_SANDBOX = 71,
    KEEP_WARM = 16 << 20, // pages of a child's arena kept from job to job
    MALLOCS = 1 << 30,    // what libraries may take beside the arenas
};
static const size_t OPEN_SPACE = (size_t)8
                                 << 30; // address space: what the parent reserved, and mallocs

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { SANITIZED = 1 };
#elif defined(__has_feature)
enum { SANITIZED = __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) };
#else
enum { SANITIZED = 0 };
#endif

// A child, or a place for one (pid 0). Between jobs, pid is set and busy is not.
typedef struct Worker {
    pid_t pid;
    int fd;
    bool busy, open;
    size_t job;
    int64_t deadline; // of the job, ms
    Arena a;          // holds the answer as it comes in
    Buf answer;
} Worker;

typedef struct Pool {
    const PoolPlan *plan;
    Worker workers[POOL_MAX_WORKERS];
    Arena requests;
    Err *err;
    bool failed;
} Pool;

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * INT64_C(1000) + t.tv_nsec / 1000000;
}

int pool_processors(void)
{
    cpu_set_t set;
    int n = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
    return n < 1 ? 1 : n > POOL_MAX_WORKERS ? POOL_MAX_WORKERS : n;
}

static bool write_all(int fd, const char *s, size_t n)
{
    while (n > 0) {
        ssize_t w = send(fd, s, n, MSG_NOSIGNAL);
        if (w < 0 && errno == EINTR)
            continue;
        if (w <= 0)
            return false;
        s += w;
        n -= (size_t)w;
    }
    return true;
}

static bool read_all(int fd, char *s, size_t n)
{
    while (n > 0) {
        ssize_t r = read(fd, s, n);
        if (r < 0 && errno == EINTR)
            continue;
        if (r <= 0)
            return false;
        s += r;
        n -= (size_t)r;
    }
    return true;
}

// --- in the child ---

static void answer_job(const PoolPlan *plan, int fd, Str request, bool open, Arena *a, Arena *out)
{
    arena_reset(out, KEEP_WARM);
    Buf answer = buf_new(out, plan->max_answer);
    plan->work(plan->ctx, request, open, a, &answer);
    Length n = answer.full ? TOO_LARGE : answer.n;
    if (!write_all(fd, (const char *)&n, sizeof n) ||
        (!answer.full && !write_all(fd, answer.s, answer.n)))
        _exit(EXIT_SUCCESS); // the parent has gone
}

static void serve_jobs(const PoolPlan *plan, int fd, Arena *a, Arena *out)
{
    Length n;
    while (read_all(fd, (char *)&n, sizeof n)) {
        arena_reset(a, KEEP_WARM);
        char *s = NEW(a, char, n);
        if (!read_all(fd, s, n))
            return;
        answer_job(plan, fd, (Str){s, n}, false, a, out);
    }
}

// Keeps only the socket, as descriptor 3; what a library complains about goes nowhere.
static int child_descriptors(int fd)
{
    int null = open("/dev/null", O_RDONLY); // in a sandbox nothing may be opened for writing
    for (int i = 0; i < 3; i++)
        dup2(null, i);
    if (fd != 3)
        dup2(fd, 3);
    close_range(4, ~0U, 0);
    return 3;
}

// For a child that may start a converter: no filter, but it cannot take all memory, write a large
// file or leave a core behind. (The converter has a sandbox of its own.)
static void open_limits(const PoolPlan *plan)
{
    const struct rlimit none = {0, 0}, file = {plan->max_answer, plan->max_answer};
    const rlim_t most = (rlim_t)OPEN_SPACE + plan->memory + plan->max_answer * 2;
    const struct rlimit space = {most, most};
    setrlimit(RLIMIT_CORE, &none);
    setrlimit(RLIMIT_FSIZE, &file);
    if (!SANITIZED) // whose shadow alone is larger
        setrlimit(RLIMIT_AS, &space);
}

static _Noreturn void child_main(const PoolPlan *plan, int fd, bool open, Str request)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    fd = child_descriptors(fd);
    Arena a = arena_new(plan->memory), out = arena_new(plan->max_answer * 2);
    Err err = {0};
    if (open) {
        open_limits(plan);
        answer_job(plan, fd, request, true, &a, &out);
        _exit(EXIT_SUCCESS);
    }
    const SandboxLimits limits = {.memory = MALLOCS};
    if (!sandbox_enter(&limits, &err))
        _exit(EXIT_NO_SANDBOX);
    serve_jobs(plan, fd, &a, &out);
    _exit(EXIT_SUCCESS);
}

// --- in the parent ---

static bool worker_start(Pool *p, Worker *w, bool open, Str request)
{
    int fds[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) != 0)
        return fail(p->err, ERR_SYSTEM, strerror(errno), "不能启动读取进程",
                    "cannot start a reader");
    pid_t pid = fork();
    if (pid == 0)
        child_main(p->plan, fds[1], open, request);
    close(fds[1]);
    if (pid < 0) {
        close(fds[0]);
        return fail(p->err, ERR_SYSTEM, strerror(errno), "不能启动读取进程",
                    "cannot start a reader");
    }
    struct timeval patience = {.tv_sec = p->plan->timeout_ms / 1000 + 1};
    setsockopt(fds[0], SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    w->pid = pid;
    w->fd = fds[0];
    w->open = open;
    return true;
}

// Ends the child and says what it died of.
static PoolEnd worker_stop(Worker *w)
{
    int status = 0;
    close(w->fd);
    kill(w->pid, SIGKILL);
    while (waitpid(w->pid, &status, 0) < 0 && errno == EINTR)
        continue;
    w->pid = 0;
    return WIFEXITED(status) && WEXITSTATUS(status) == EXIT_MEMORY ? POOL_MEMORY : POOL_BROKEN;
}

// The child has closed its end: let it finish dying by itself, so that its status is its own.
static PoolEnd worker_reap(Pool *p, Worker *w)
{
    int status = 0;
    close(w->fd);
    while (waitpid(w->pid, &status, 0) < 0 && errno == EINTR)
        continue;
    w->pid = 0;
    if (WIFEXITED(status) && WEXITSTATUS(status) == EXIT_NO_SANDBOX && !p->failed) {
        fail(p->err, ERR_SYSTEM, NULL, "系统不允许建立沙箱，不能读取文件",
             "the system does not allow a sandbox, so nothing is read");
        p->failed = true;
    }
    return WIFEXITED(status) && WEXITSTATUS(status) == EXIT_MEMORY ? POOL_MEMORY : POOL_BROKEN;
}

static void worker_begin(Pool *p, Worker *w, const PoolJob *job)
{
    if (!w->a.base)
        w->a = arena_new(p->plan->max_answer * 2);
    arena_reset(&w->a, KEEP_WARM);
    w->answer = buf_new(&w->a, p->plan->max_answer + sizeof(Length));
    w->busy = true;
    w->job = job->id;
    w->deadline = now_ms() + p->plan->timeout_ms;
}

static bool worker_send(Worker *w, Str request)
{
    Length n = request.n;
    return write_all(w->fd, (const char *)&n, sizeof n) && write_all(w->fd, request.s, request.n);
}

// Gives the job to the worker, which is idle. A child found dead is replaced once.
static bool worker_give(Pool *p, Worker *w, const PoolJob *job)
{
    if (job->open) {
        if (w->pid)
            worker_stop(w);
        if (!worker_start(p, w, true, job->request))
            return false;
        worker_begin(p, w, job);
        return true;
    }
    for (int attempt = 0; attempt < 2; attempt++) {
        if (!w->pid && !worker_start(p, w, false, (Str){0}))
            return false;
        worker_begin(p, w, job);
        if (worker_send(w, job->request))
            return true;
        worker_reap(p, w);
        if (p->failed)
            return false;
    }
    w->busy = false;
    p->plan->done(p->plan->ctx, job->id, POOL_BROKEN, (Str){0});
    return true;
}

static void worker_done(Pool *p, Worker *w, PoolEnd end, Str answer)
{
    w->busy = false;
    p->plan->done(p->plan->ctx, w->job, end, answer);
}

// Whether the whole answer is there, or can never be.
static bool answer_complete(Pool *p, Worker *w)
{
    Length n;
    if (w->answer.n < sizeof n)
        return false;
    memcpy(&n, w->answer.s, sizeof n);
    if (n == TOO_LARGE || n > p->plan->max_answer) {
        worker_stop(w);
        worker_done(p, w, POOL_LARGE, (Str){0});
        return true;
    }
    if (w->answer.n < sizeof n + n)
        return false;
    if (w->open)
        worker_stop(w);
    worker_done(p, w, POOL_ANSWERED, str_sub(buf_str(&w->answer), sizeof n, sizeof n + n));
    return true;
}

static void worker_read(Pool *p, Worker *w)
{
    enum { CHUNK = 1 << 18 };
    for (;;) {
        if (!buf_room(&w->answer, CHUNK) && !buf_room(&w->answer, 1)) {
            worker_stop(w);
            worker_done(p, w, POOL_LARGE, (Str){0});
            return;
        }
        ssize_t n =
            recv(w->fd, w->answer.s + w->answer.n, w->answer.cap - w->answer.n, MSG_DONTWAIT);
        if (n < 0 && (errno == EAGAIN || errno == EINTR))
            return;
        if (n <= 0) {
            worker_done(p, w, worker_reap(p, w), (Str){0});
            return;
        }
        w->answer.n += (size_t)n;
        if (answer_complete(p, w))
            return;
    }
}

static void workers_expire(Pool *p)
{
    int64_t now = now_ms();
    for (int i = 0; i < p->plan->workers; i++) {
        Worker *w = &p->workers[i];
        if (w->busy && w->deadline <= now) {
            worker_stop(w);
            worker_done(p, w, POOL_TIME, (Str){0});
        }
    }
}

// Gives work to whoever has none. False when nobody is at work any more.
static bool workers_fill(Pool *p)
{
    bool busy = false, more = true;
    for (int i = 0; i < p->plan->workers && !p->failed; i++) {
        Worker *w = &p->workers[i];
        PoolJob job = {0};
        while (!w->busy && more && !p->failed) {
            arena_reset(&p->requests, KEEP_WARM);
            more = p->plan->next(p->plan->ctx, &p->requests, &job);
            if (more && !worker_give(p, w, &job))
                p->failed = true;
        }
        busy = busy || w->busy;
    }
    return busy && !p->failed;
}

static void workers_wait(Pool *p)
{
    struct pollfd fds[POOL_MAX_WORKERS];
    int64_t first = INT64_MAX, now = now_ms();
    for (int i = 0; i < p->plan->workers; i++) {
        const Worker *w = &p->workers[i];
        fds[i] = (struct pollfd){.fd = w->busy ? w->fd : -1, .events = POLLIN};
        if (w->busy && w->deadline < first)
            first = w->deadline;
    }
    int wait_ms = first > now ? (int)(first - now) : 0;
    if (poll(fds, (nfds_t)p->plan->workers, wait_ms) > 0)
        for (int i = 0; i < p->plan->workers; i++)
            if (fds[i].revents)
                worker_read(p, &p->workers[i]);
    workers_expire(p);
}

static void pool_end(Pool *p)
{
    for (int i = 0; i < p->plan->workers; i++) {
        if (p->workers[i].pid)
            worker_stop(&p->workers[i]);
        arena_free(&p->workers[i].a);
    }
    arena_free(&p->requests);
}

// Here and not in the children, which are then born with everything loaded.
static void warm_up(Pool *p)
{
    CLEANUP(arena_end) Arena a = arena_new(p->plan->memory);
    Buf nothing = buf_new(&a, p->plan->max_answer);
    p->plan->work(p->plan->ctx, (Str){0}, false, &p->requests, &nothing);
}

bool pool_run(const PoolPlan *plan, Err *err)
{
    CLEANUP(pool_end) Pool p = {.plan = plan, .err = err};
    p.requests = arena_new((size_t)1 << 30);
    warm_up(&p);
    while (workers_fill(&p))
        workers_wait(&p);
    return !p.failed;
}
