// The server as a process: from the first signal blocked to the last request answered.
#include "base/log.h"
#include "base/notify.h"
#include "web/server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MAX_FILES = 16384, ALIVE_MS = 5000 };

// Each connection is a file to the system, whose first limit is often 1024.
static void allow_connections(void)
{
    struct rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files) != 0)
        return;
    files.rlim_cur = files.rlim_max < MAX_FILES ? files.rlim_max : MAX_FILES;
    if (setrlimit(RLIMIT_NOFILE, &files) != 0)
        log_event(LOG_WARN, "the limit of open files stays", log_z("why", strerror(errno)));
}

// --- the watchdog: the process is alive where it answers

static int connect_to(const char *bind, uint16_t port)
{
    struct sockaddr_in six_less = {.sin_family = AF_INET, .sin_port = htons(port)};
    struct sockaddr_in6 six = {.sin6_family = AF_INET6, .sin6_port = htons(port)};
    bool is_six = bind && strchr(bind, ':');
    if (is_six)
        inet_pton(AF_INET6, strcmp(bind, "::") == 0 ? "::1" : bind, &six.sin6_addr);
    else
        inet_pton(AF_INET, !bind || strcmp(bind, "0.0.0.0") == 0 ? "127.0.0.1" : bind,
                  &six_less.sin_addr);
    int fd = socket(is_six ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    const struct sockaddr *to =
        is_six ? (const struct sockaddr *)&six : (const struct sockaddr *)&six_less;
    socklen_t n = is_six ? sizeof six : sizeof six_less;
    if (fd >= 0 && connect(fd, to, n) < 0 && errno != EINPROGRESS) {
        close(fd);
        return -1;
    }
    return fd;
}

static bool ready_for(int fd, short what)
{
    struct pollfd p = {.fd = fd, .events = what};
    return poll(&p, 1, ALIVE_MS) == 1 && p.revents & what;
}

static bool answers(const char *bind, uint16_t port)
{
    static const char ask[] =
        "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    char said[16] = "";
    int fd = connect_to(bind, port);
    if (fd < 0)
        return false;
    bool well = ready_for(fd, POLLOUT) && send(fd, ask, sizeof ask - 1, MSG_NOSIGNAL) > 0 &&
                ready_for(fd, POLLIN) && recv(fd, said, sizeof said - 1, 0) > 12 &&
                memcmp(said, "HTTP/1.1 200", 12) == 0;
    close(fd);
    return well;
}

// With every connection taken it cannot be asked, but then it answers others.
static void watch(const WebConfig *config, const Web *web, uint64_t *answered)
{
    uint64_t before = *answered;
    *answered = web_answered(web);
    if (answers(config->bind, web_port(web)) || *answered != before)
        notify_send("WATCHDOG=1");
    else
        log_event(LOG_ERROR, "the server does not answer itself", log_int("port", web_port(web)));
}

static int wait_for_end(const WebConfig *config, const Web *web, const sigset_t *ends)
{
    int every = notify_watchdog_ms();
    struct timespec until = {.tv_sec = every / 1000, .tv_nsec = every % 1000 * 1000000L};
    uint64_t answered = 0;
    for (;;) {
        int which = every ? sigtimedwait(ends, NULL, &until) : sigwaitinfo(ends, NULL);
        if (which > 0)
            return which;
        if (every && errno == EAGAIN)
            watch(config, web, &answered);
    }
}

bool web_serve(const WebConfig *config, Err *err)
{
    Web *web = NULL;
    sigset_t ends;
    allow_connections();
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    signal(SIGPIPE, SIG_IGN);
    pthread_sigmask(SIG_BLOCK, &ends, NULL); // before any thread, so that all inherit it
    if (!web_start(config, &web, err))
        return false;
    log_event(LOG_INFO, "listening", log_z("bind", config->bind ? config->bind : "*"),
              log_int("port", web_port(web)));
    if (config->listening)
        config->listening(config->ctx, web_port(web));
    notify_send("READY=1");
    int which = wait_for_end(config, web, &ends);
    notify_send("STOPPING=1");
    log_event(LOG_INFO, "stopping", log_int("signal", which));
    if (config->stopping)
        config->stopping(config->ctx);
    web_stop(web);
    return true;
}
