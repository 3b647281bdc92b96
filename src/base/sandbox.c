#include "base/sandbox.h"

#include "base/buf.h"
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

#define COUNT(v) (sizeof(v) / sizeof *(v))

// --- what may be called
//
// Our own process gets a list of what it may do, because we know what we do. Other programs get a
// list of what they may not, because each release and each architecture starts up differently.

// clang-format off
static const int may_compute[] = {
    SCMP_SYS(read), SCMP_SYS(readv), SCMP_SYS(pread64), SCMP_SYS(recvfrom),
    SCMP_SYS(write), SCMP_SYS(writev), SCMP_SYS(pwrite64), SCMP_SYS(sendto),
    SCMP_SYS(poll), SCMP_SYS(ppoll), SCMP_SYS(select), SCMP_SYS(pselect6),
    SCMP_SYS(lseek), SCMP_SYS(_llseek), SCMP_SYS(close), SCMP_SYS(fstat), SCMP_SYS(fstat64),
    SCMP_SYS(mmap), SCMP_SYS(mmap2), SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(mprotect),
    SCMP_SYS(madvise), SCMP_SYS(brk), SCMP_SYS(membarrier), SCMP_SYS(getrandom),
    SCMP_SYS(futex), SCMP_SYS(futex_time64), SCMP_SYS(sched_yield), SCMP_SYS(sched_getaffinity),
    SCMP_SYS(set_robust_list), SCMP_SYS(rseq), SCMP_SYS(restart_syscall),
    SCMP_SYS(nanosleep), SCMP_SYS(clock_nanosleep), SCMP_SYS(clock_nanosleep_time64),
    SCMP_SYS(clock_gettime), SCMP_SYS(clock_gettime64), SCMP_SYS(clock_getres),
    SCMP_SYS(gettimeofday), SCMP_SYS(time), SCMP_SYS(times), SCMP_SYS(getrusage),
    SCMP_SYS(getpid), SCMP_SYS(gettid), SCMP_SYS(getppid), SCMP_SYS(sysinfo), SCMP_SYS(uname),
    SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn), SCMP_SYS(sigaltstack),
    SCMP_SYS(tgkill), SCMP_SYS(exit), SCMP_SYS(exit_group),
};

static const int may_not[] = {
    // the network
    SCMP_SYS(socket), SCMP_SYS(connect), SCMP_SYS(bind), SCMP_SYS(listen), SCMP_SYS(accept),
    SCMP_SYS(accept4), SCMP_SYS(socketcall), SCMP_SYS(recvmsg), SCMP_SYS(sendmsg),
    // the file system (opening for writing is refused by its flags)
    SCMP_SYS(creat), SCMP_SYS(openat2), SCMP_SYS(open_by_handle_at), SCMP_SYS(truncate),
    SCMP_SYS(unlink), SCMP_SYS(unlinkat), SCMP_SYS(rename), SCMP_SYS(renameat), SCMP_SYS(renameat2),
    SCMP_SYS(link), SCMP_SYS(linkat), SCMP_SYS(symlink), SCMP_SYS(symlinkat), SCMP_SYS(mkdir),
    SCMP_SYS(mkdirat), SCMP_SYS(rmdir), SCMP_SYS(mknod), SCMP_SYS(mknodat), SCMP_SYS(chmod),
    SCMP_SYS(fchmod), SCMP_SYS(fchmodat), SCMP_SYS(chown), SCMP_SYS(fchown), SCMP_SYS(lchown),
    SCMP_SYS(fchownat), SCMP_SYS(utime), SCMP_SYS(utimes), SCMP_SYS(utimensat), SCMP_SYS(futimesat),
    SCMP_SYS(setxattr), SCMP_SYS(lsetxattr), SCMP_SYS(fsetxattr), SCMP_SYS(removexattr),
    SCMP_SYS(lremovexattr), SCMP_SYS(fremovexattr), SCMP_SYS(chroot), SCMP_SYS(pivot_root),
    SCMP_SYS(mount), SCMP_SYS(umount2), SCMP_SYS(move_mount), SCMP_SYS(open_tree), SCMP_SYS(fsopen),
    SCMP_SYS(fsconfig), SCMP_SYS(fsmount), SCMP_SYS(fspick), SCMP_SYS(mount_setattr),
    // other processes and the system
    SCMP_SYS(pidfd_send_signal), SCMP_SYS(rt_sigqueueinfo), SCMP_SYS(rt_tgsigqueueinfo),
    SCMP_SYS(ptrace), SCMP_SYS(process_vm_readv), SCMP_SYS(process_vm_writev), SCMP_SYS(kcmp),
    SCMP_SYS(pidfd_getfd), SCMP_SYS(process_madvise), SCMP_SYS(tkill), SCMP_SYS(setns),
    SCMP_SYS(unshare), SCMP_SYS(setuid), SCMP_SYS(setgid), SCMP_SYS(setreuid), SCMP_SYS(setregid),
    SCMP_SYS(setresuid), SCMP_SYS(setresgid), SCMP_SYS(setgroups), SCMP_SYS(setfsuid),
    SCMP_SYS(setfsgid), SCMP_SYS(capset), SCMP_SYS(bpf), SCMP_SYS(perf_event_open),
    SCMP_SYS(userfaultfd), SCMP_SYS(io_uring_setup), SCMP_SYS(io_uring_enter),
    SCMP_SYS(io_uring_register), SCMP_SYS(io_setup), SCMP_SYS(io_submit), SCMP_SYS(add_key),
    SCMP_SYS(request_key), SCMP_SYS(keyctl), SCMP_SYS(init_module), SCMP_SYS(finit_module),
    SCMP_SYS(delete_module), SCMP_SYS(kexec_load), SCMP_SYS(kexec_file_load), SCMP_SYS(reboot),
    SCMP_SYS(swapon), SCMP_SYS(swapoff), SCMP_SYS(syslog), SCMP_SYS(acct), SCMP_SYS(quotactl),
    SCMP_SYS(settimeofday), SCMP_SYS(clock_settime), SCMP_SYS(clock_adjtime), SCMP_SYS(adjtimex),
    SCMP_SYS(sethostname), SCMP_SYS(setdomainname), SCMP_SYS(fanotify_init), SCMP_SYS(shmget),
    SCMP_SYS(shmat), SCMP_SYS(msgget), SCMP_SYS(semget), SCMP_SYS(mq_open),
};

static const int may_not_start[] = {
    SCMP_SYS(fork), SCMP_SYS(vfork), SCMP_SYS(kill),
};

static const int may_not_become[] = { SCMP_SYS(execve), SCMP_SYS(execveat) };
// clang-format on

typedef enum FilterKind {
    FILTER_COMPUTE, // this process
    FILTER_PROGRAM, // another program: it must still be begun, but starts nothing itself
    FILTER_STARTER, // one that may start others
    FILTER__COUNT
} FilterKind;

// A call that this architecture does not have needs no rule.
static bool rule(scmp_filter_ctx c, uint32_t action, int call)
{
    int bad = seccomp_rule_add(c, action, call, 0);
    return bad == 0 || bad == -EDOM || call < 0;
}

// Opening is told by its flags, which stand in argument `at`.
static bool rules_for_open(scmp_filter_ctx c, uint32_t refuse, int call, unsigned at)
{
    static const unsigned flags[] = {O_WRONLY, O_RDWR, O_CREAT, O_TRUNC};
    bool good = true;
    for (size_t i = 0; i < COUNT(flags); i++) {
        struct scmp_arg_cmp has = {at, SCMP_CMP_MASKED_EQ, flags[i], flags[i]};
        int bad = seccomp_rule_add_array(c, refuse, call, 1, &has);
        good = good && (bad == 0 || bad == -EDOM || call < 0);
    }
    return good;
}

static bool rules_allow(scmp_filter_ctx c)
{
    bool good = true;
    for (size_t i = 0; i < COUNT(may_compute); i++)
        good = good && rule(c, SCMP_ACT_ALLOW, may_compute[i]);
    // fstat is newfstatat with AT_EMPTY_PATH (0x1000) on some; descriptors keep their flags but may
    // be asked.
    struct scmp_arg_cmp empty = {3, SCMP_CMP_MASKED_EQ, 0x1000, 0x1000};
    struct scmp_arg_cmp get = {1, SCMP_CMP_EQ, F_GETFL, 0};
    int bad = seccomp_rule_add_array(c, SCMP_ACT_ALLOW, SCMP_SYS(newfstatat), 1, &empty);
    good = good && (bad == 0 || bad == -EDOM);
    return good && seccomp_rule_add_array(c, SCMP_ACT_ALLOW, SCMP_SYS(fcntl), 1, &get) == 0;
}

// Threads stay possible. The flags of clone3 lie in memory, where a filter cannot look: without it
// the C library asks for clone.
static bool rules_for_clone(scmp_filter_ctx c, uint32_t refuse)
{
    struct scmp_arg_cmp process = {0, SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0};
    return seccomp_rule_add_array(c, refuse, SCMP_SYS(clone), 1, &process) == 0 &&
           rule(c, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3));
}

static bool rules_refuse(scmp_filter_ctx c, FilterKind kind)
{
    const uint32_t refuse = SCMP_ACT_ERRNO(EPERM);
    bool good = rules_for_open(c, refuse, SCMP_SYS(open), 1) &&
                rules_for_open(c, refuse, SCMP_SYS(openat), 2);
    for (size_t i = 0; i < COUNT(may_not); i++)
        good = good && rule(c, refuse, may_not[i]);
    for (size_t i = 0; kind != FILTER_STARTER && i < COUNT(may_not_start); i++)
        good = good && rule(c, refuse, may_not_start[i]);
    for (size_t i = 0; kind == FILTER_COMPUTE && i < COUNT(may_not_become); i++)
        good = good && rule(c, refuse, may_not_become[i]);
    return good && (kind == FILTER_STARTER || rules_for_clone(c, refuse));
}

typedef struct Filter {
    struct sock_filter code[4096];
    struct sock_fprog program; // len 0: could not be made
} Filter;

// Built once, so that a child between fork and exec only has to hand it to the kernel.
static Filter filters[FILTER__COUNT];
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void close_fd(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

static void release(scmp_filter_ctx *c)
{
    if (*c)
        seccomp_release(*c);
}

static void build(Filter *f, FilterKind kind)
{
    bool allow = kind == FILTER_COMPUTE && !SANITIZED;
    CLEANUP(release)
    scmp_filter_ctx c = seccomp_init(allow ? SCMP_ACT_ERRNO(EPERM) : SCMP_ACT_ALLOW);
    CLEANUP(close_fd) int fd = memfd_create("filter", MFD_CLOEXEC);
    if (!c || fd < 0 || !(allow ? rules_allow(c) : rules_refuse(c, kind)) ||
        seccomp_export_bpf(c, fd) != 0)
        return;
    ssize_t n = pread(fd, f->code, sizeof f->code, 0);
    if (n <= 0 || (size_t)n == sizeof f->code)
        return;
    f->program = (struct sock_fprog){(unsigned short)((size_t)n / sizeof *f->code), f->code};
}

static void build_all(void)
{
    for (FilterKind k = FILTER_COMPUTE; k < FILTER__COUNT; k++)
        build(&filters[k], k);
}

static const Filter *filter(FilterKind kind)
{
    pthread_once(&once, build_all);
    return &filters[kind];
}

static bool apply(const Filter *f)
{
    return f->program.len && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &f->program) == 0;
}

// --- which files may be read
//
// Landlock (Linux 5.13; landlock(7)): programs read what the system installed and their own input,
// not the site's data or anybody's files, and signal nobody outside. Where the kernel has none, the
// filter above and the user's rights are what there is.

enum {
    CAN_EXECUTE = 1 << 0,
    CAN_READ_FILE = 1 << 2,
    CAN_READ_DIR = 1 << 3,
    FS_RIGHTS = (1 << 13) - 1, // all of the first version
    FS_TRUNCATE = 1 << 14,     // from version 3
    NET_RIGHTS = 3,            // bind and connect TCP, from version 4
    SCOPES = 3,                // abstract sockets and signals, from version 6
};

// As in linux/landlock.h, whose older editions lack the later fields: zeroes are always understood.
typedef struct FenceRules {
    uint64_t fs, net, scoped;
} FenceRules;

typedef struct __attribute__((packed)) FenceGate {
    uint64_t rights;
    int32_t fd;
} FenceGate;

static void fence_open(int fence, const char *path, uint64_t rights)
{
    enum { BENEATH = 1 };
    CLEANUP(close_fd) int fd = open(path, O_PATH | O_CLOEXEC);
    FenceGate gate = {rights, fd};
    if (fd >= 0)
        syscall(SYS_landlock_add_rule, fence, BENEATH, &gate, 0);
}

// A set of rules as a descriptor, or -1.
static int fence_new(const char *program)
{
    static const char *const dirs[] = {"/usr", "/lib", "/lib64", "/bin", "/etc/fonts", "/proc"};
    static const char *const files[] = {"/etc/ld.so.cache", "/etc/localtime", "/dev/null",
                                        "/dev/urandom"};
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, 1);
    if (version < 1)
        return -1;
    FenceRules rules = {.fs = FS_RIGHTS | (version >= 3 ? FS_TRUNCATE : 0),
                        .net = version >= 4 ? NET_RIGHTS : 0,
                        .scoped = version >= 6 ? SCOPES : 0};
    int fence = (int)syscall(SYS_landlock_create_ruleset, &rules, sizeof rules, 0);
    for (size_t i = 0; fence >= 0 && i < COUNT(dirs); i++)
        fence_open(fence, dirs[i], CAN_EXECUTE | CAN_READ_FILE | CAN_READ_DIR);
    for (size_t i = 0; fence >= 0 && i < COUNT(files); i++)
        fence_open(fence, files[i], CAN_READ_FILE);
    if (fence >= 0)
        fence_open(fence, program, CAN_EXECUTE | CAN_READ_FILE);
    return fence;
}

static bool fence_enter(int fence)
{
    return fence < 0 || (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
                         syscall(SYS_landlock_restrict_self, fence, 0) == 0);
}

// --- limits

static bool limit(int what, rlim_t n)
{
    struct rlimit now;
    if (getrlimit((__rlimit_resource_t)what, &now) < 0)
        return false;
    if (now.rlim_max < n) // may only be lowered
        n = now.rlim_max;
    return setrlimit((__rlimit_resource_t)what, &(struct rlimit){n, n}) == 0;
}

// Only calls that are allowed between fork and exec of a process with threads.
static bool set_limits(const SandboxLimits *l, size_t in_use)
{
    bool good = limit(RLIMIT_CORE, 0);
    if (l->memory && !SANITIZED)
        good = good && limit(RLIMIT_AS, in_use + l->memory);
    if (l->cpu_seconds)
        good = good && limit(RLIMIT_CPU, (rlim_t)l->cpu_seconds);
    if (!l->may_start)
        good = good && limit(RLIMIT_NPROC, 0) && limit(RLIMIT_FSIZE, 0);
    return good && limit(RLIMIT_NOFILE, 64);
}

// Address space in use, in bytes: the first number of /proc/self/statm, in pages.
static size_t address_space(void)
{
    char text[64] = "";
    CLEANUP(close_fd) int fd = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    if (fd < 0 || read(fd, text, sizeof text - 1) <= 0)
        return 0;
    return strtoul(text, NULL, 10) * (size_t)sysconf(_SC_PAGESIZE);
}

bool sandbox_enter(const SandboxLimits *limits, Err *err)
{
    SandboxLimits l = *limits;
    l.may_start = false;
    const Filter *f = filter(FILTER_COMPUTE); // while files may still be written
    size_t in_use = address_space();
    if (l.memory && !in_use)
        l.memory = 0; // /proc is not there; the arenas have their own limits
    if (!set_limits(&l, in_use) || !apply(f))
        return fail(err, ERR_SYSTEM, strerror(errno),
                    "系统内核不支持隔离运行（seccomp），不能读取外来文件。",
                    "The kernel has no seccomp: documents from outside cannot be read.");
    return true;
}

// --- running a program

enum { ERR_MOST = 500, PATH_MOST = 512 };

typedef struct Run {
    int in, out, err, started; // our ends; `started` gives errno where exec failed, or ends
    int their_out, their_err, their_started;
    int fence;
    pid_t pid;
    int pidfd;
} Run;

static void run_end(Run *r)
{
    if (r->pid > 0) {
        kill(-r->pid, SIGKILL);
        kill(r->pid, SIGKILL);
        waitpid(r->pid, NULL, 0);
    }
    int *const fds[] = {&r->in,        &r->out,       &r->err,           &r->started, &r->pidfd,
                        &r->their_out, &r->their_err, &r->their_started, &r->fence};
    for (size_t i = 0; i < COUNT(fds); i++)
        close_fd(fds[i]);
}

static bool find_program(const char *name, char path[PATH_MOST])
{
    static const char *const dirs[] = {"/usr/bin/", "/bin/"};
    if (strchr(name, '/'))
        return snprintf(path, PATH_MOST, "%s", name) < PATH_MOST && access(path, X_OK) == 0;
    for (size_t i = 0; i < COUNT(dirs); i++)
        if (snprintf(path, PATH_MOST, "%s%s", dirs[i], name) < PATH_MOST && access(path, X_OK) == 0)
            return true;
    return false;
}

bool sandbox_has(const char *program)
{
    char path[PATH_MOST];
    return find_program(program, path);
}

// The input as a file in memory that nobody can change any more.
static int input_file(Str input)
{
    Err err;
    int fd = memfd_create("input", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (fd < 0)
        return -1;
    if (!file_write_fd(fd, input, &err) || lseek(fd, 0, SEEK_SET) != 0 ||
        fcntl(fd, F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE) < 0)
        close_fd(&fd);
    return fd;
}

static bool make_pipe(int *ours, int *theirs)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) < 0)
        return false;
    *ours = ends[0];
    *theirs = ends[1];
    return true;
}

// In the child: nothing but system calls, since other threads may have held locks when it forked.
static _Noreturn void become(const Run *r, const char *path, const char *const argv[],
                             const SandboxLimits *l, const Filter *f)
{
    static const char *const env[] = {
        "LANG=C.UTF-8", "PATH=/usr/bin:/bin",
        "OMP_THREAD_LIMIT=1",                             // tesseract: threads wait for each other
        SANITIZED ? "ASAN_OPTIONS=detect_leaks=0" : NULL, // it would trace itself
        NULL};
    sigset_t none;
    sigemptyset(&none);
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    // Above 2 first, so that none is closed by the moves below before it is itself moved.
    int in = fcntl(r->in, F_DUPFD, 10), out = fcntl(r->their_out, F_DUPFD, 10);
    int err = fcntl(r->their_err, F_DUPFD, 10), started = fcntl(r->their_started, F_DUPFD, 10);
    int fence = r->fence < 0 ? -1 : fcntl(r->fence, F_DUPFD, 10);
    bool good = in >= 0 && out >= 0 && err >= 0 && started >= 0 && dup2(in, 0) == 0 &&
                dup2(out, 1) == 1 && dup2(err, 2) == 2 && dup3(started, 3, O_CLOEXEC) == 3 &&
                fence_enter(fence) && syscall(SYS_close_range, 4U, ~0U, 0U) == 0 &&
                chdir("/") == 0 && set_limits(l, 0) && sigprocmask(SIG_SETMASK, &none, NULL) == 0;
    for (int s = 1; s < NSIG; s++)
        signal(s, SIG_DFL);
    if (good && apply(f))
        execve(path, (char *const *)(uintptr_t)argv, (char *const *)(uintptr_t)env);
    int why = errno;
    if (write(good ? 3 : r->their_started, &why, sizeof why) < 0)
        _exit(126);
    _exit(127);
}

static bool start(Run *r, const char *path, const char *const argv[], Str input,
                  const SandboxLimits *limits, int *why)
{
    const Filter *f = filter(limits->may_start ? FILTER_STARTER : FILTER_PROGRAM);
    r->fence = fence_new(path);
    r->in = input_file(input);
    if (r->in < 0 || !make_pipe(&r->out, &r->their_out) || !make_pipe(&r->err, &r->their_err) ||
        !make_pipe(&r->started, &r->their_started) || (r->pid = fork()) < 0) {
        *why = errno;
        return false;
    }
    if (r->pid == 0)
        become(r, path, argv, limits, f);
    setpgid(r->pid, r->pid); // as the child does: whoever comes first
    close_fd(&r->their_out), close_fd(&r->their_err), close_fd(&r->their_started);
    ssize_t n;
    while ((n = read(r->started, why, sizeof *why)) < 0 && errno == EINTR)
        continue;
    r->pidfd = (int)syscall(SYS_pidfd_open, r->pid, 0);
    return n == 0;
}

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

typedef enum Took { TOOK_ALL, TOOK_TIME, TOOK_ROOM, TOOK_ENDED } Took;

// Reads what is there: false at the end. What is beyond the buffer's maximum is dropped and shows
// in b->full.
static bool drain(int fd, Buf *b)
{
    char some[64 << 10];
    ssize_t n = read(fd, some, sizeof some);
    if (n < 0)
        return errno == EINTR || errno == EAGAIN;
    size_t room = b->max - b->n;
    buf_add(b, (Str){some, (size_t)n < room ? (size_t)n : room});
    b->full |= (size_t)n > room;
    return n > 0;
}

// How long to wait for the next word of it, in ms.
static int wait_ms(int64_t left, const SandboxWatch *watch)
{
    return left < 0 ? 0 : watch && left > watch->every_ms ? watch->every_ms : (int)left;
}

// Until the program has ended and its pipes are empty. A grandchild that keeps a pipe open is not
// waited for.
static Took listen_to(Run *r, int64_t deadline, const SandboxWatch *watch, Buf *out, Buf *err)
{
    struct pollfd p[] = {{r->out, POLLIN, 0}, {r->err, POLLIN, 0}, {r->pidfd, POLLIN, 0}};
    bool ended = r->pidfd < 0; // an old kernel: the end of the pipes has to do
    while (p[0].fd >= 0 || p[1].fd >= 0 || !ended) {
        int64_t left = ended && r->pidfd >= 0 ? 0 : deadline - now_ms();
        int n = left < 0 ? 0 : poll(p, COUNT(p), wait_ms(left, watch));
        if (n < 0 && errno != EINTR)
            return TOOK_TIME;
        if (n == 0 && ended && r->pidfd >= 0)
            return TOOK_ALL;
        if (n == 0 && now_ms() >= deadline)
            return TOOK_TIME;
        if (n < 0)
            continue;
        if (p[0].revents && !drain(r->out, out))
            p[0].fd = -1;
        if ((n == 0 || p[0].revents) && watch && !watch->look(watch->ctx, buf_str(out)))
            return TOOK_ENDED;
        if (p[1].revents && !drain(r->err, err))
            p[1].fd = -1;
        if (p[2].revents) {
            ended = true;
            p[2].fd = -1;
        }
        if (out->full)
            return TOOK_ROOM;
        for (size_t i = 0; i < COUNT(p); i++)
            p[i].revents = 0;
    }
    return TOOK_ALL;
}

// The status once it has ended; where it closed its output and goes on, it is ended here.
static int status_of(Run *r, int64_t deadline)
{
    int status = 0;
    siginfo_t ended;
    while (now_ms() < deadline) {
        ended.si_pid = 0;
        if (waitid(P_PID, (id_t)r->pid, &ended, WEXITED | WNOHANG | WNOWAIT) < 0 || ended.si_pid)
            break;
        nanosleep(&(struct timespec){0, 1000000}, NULL);
    }
    kill(-r->pid, SIGKILL);
    while (waitpid(r->pid, &status, 0) < 0 && errno == EINTR)
        continue;
    r->pid = 0;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

bool sandbox_run(const char *const argv[], Str input, size_t max_out, int timeout_ms,
                 const SandboxLimits *limits, Arena *a, SandboxResult *out, Err *err)
{
    return sandbox_run_watched(argv, input, max_out, timeout_ms, limits, NULL, a, out, err);
}

bool sandbox_run_watched(const char *const argv[], Str input, size_t max_out, int timeout_ms,
                         const SandboxLimits *limits, const SandboxWatch *watch, Arena *a,
                         SandboxResult *out, Err *err)
{
    CLEANUP(run_end) Run r = {-1, -1, -1, -1, -1, -1, -1, -1, 0, -1};
    int64_t deadline = now_ms() + timeout_ms;
    char path[PATH_MOST];
    int why = 0;
    if (!find_program(argv[0], path))
        return fail(err, ERR_SYSTEM, NULL, "系统没有安装程序 %s。",
                    "The program %s is not installed.", argv[0]);
    if (!start(&r, path, argv, input, limits, &why))
        return fail(err, ERR_SYSTEM, strerror(why), "无法启动程序 %s。",
                    "The program %s could not be started.", argv[0]);
    Buf words = buf_new(a, ERR_MOST), written = buf_new(a, max_out);
    buf_room(&words, ERR_MOST);
    switch (listen_to(&r, deadline, watch, &written, &words)) {
    case TOOK_TIME:
        return fail(err, ERR_LIMIT, NULL, "程序 %s 运行超过 %d 秒，已停止。",
                    "The program %s took longer than %d s and was stopped.", argv[0],
                    (timeout_ms + 999) / 1000);
    case TOOK_ROOM:
        return fail(err, ERR_LIMIT, NULL, "程序 %s 的输出超过 %zu 字节，已停止。",
                    "The program %s wrote more than %zu bytes and was stopped.", argv[0], max_out);
    case TOOK_ENDED:
        return fail(err, ERR_BUSY, NULL, "程序 %s 已按要求停止。",
                    "The program %s was stopped as asked.", argv[0]);
    case TOOK_ALL:
        break;
    }
    *out = (SandboxResult){buf_str(&written), buf_str(&words), status_of(&r, deadline)};
    return true;
}
