#include "web/listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BACKLOG = 1024 };

typedef union Address {
    struct sockaddr any;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
} Address;

static bool address_of(const char *text, uint16_t port, Address *out, socklen_t *n)
{
    Address a = {0};
    if (inet_pton(AF_INET, text, &a.v4.sin_addr) == 1) {
        a.v4.sin_family = AF_INET;
        a.v4.sin_port = htons(port);
        *n = sizeof a.v4;
    } else if (inet_pton(AF_INET6, text, &a.v6.sin6_addr) == 1) {
        a.v6.sin6_family = AF_INET6;
        a.v6.sin6_port = htons(port);
        *n = sizeof a.v6;
    } else {
        return false;
    }
    *out = a;
    return true;
}

// -1 with errno set.
static int socket_at(const Address *a, socklen_t n, bool both_families)
{
    int on = 1, off = 0;
    int fd = socket(a->any.sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return -1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on); // what is accepted inherits it
    if (both_families)
        setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
    if (bind(fd, &a->any, n) == 0 && listen(fd, BACKLOG) == 0)
        return fd;
    int why = errno;
    close(fd);
    errno = why;
    return -1;
}

static bool refused(int why, const char *where, uint16_t port, Err *err)
{
    const char *detail = strerror(why);
    switch (why) {
    case EADDRINUSE:
        return fail(err, ERR_BUSY, detail,
                    "%s 的端口 %d 已被别的程序占用：用 --port 换一个端口，或先停下那个程序",
                    "the address %s, port %d, is taken by another program: "
                    "choose another port with --port, or stop that program",
                    where, port);
    case EACCES:
        return fail(err, ERR_DENIED, detail,
                    "没有权限使用 %s 的端口 %d：请用 --port 指定1024以上的端口",
                    "not allowed to listen on %s, port %d: choose a port above 1023 with --port",
                    where, port);
    case EADDRNOTAVAIL:
        return fail(err, ERR_INPUT, detail, "本机没有地址 %s（端口 %d）：请检查 --bind",
                    "this machine has no address %s (port %d): check --bind", where, port);
    default:
        return fail(err, ERR_SYSTEM, detail, "无法在 %s 的端口 %d 上监听",
                    "cannot listen on %s, port %d", where, port);
    }
}

bool listen_on(const char *bind_to, uint16_t port, int *out, uint16_t *port_out, Err *err)
{
    Address a = {0};
    socklen_t n = 0;
    int fd = -1;
    if (bind_to && !address_of(bind_to, port, &a, &n))
        return fail(err, ERR_INPUT, NULL, "“%s”不是网络地址：--bind 应为如 127.0.0.1 的地址",
                    "“%s” is not an address: --bind wants one like 127.0.0.1", bind_to);
    if (!bind_to) {
        address_of("::", port, &a, &n);
        fd = socket_at(&a, n, true);
        if (fd < 0 && errno != EADDRINUSE && errno != EACCES) // no IPv6 here
            address_of("0.0.0.0", port, &a, &n);
    }
    if (fd < 0)
        fd = socket_at(&a, n, !bind_to && a.any.sa_family == AF_INET6);
    if (fd < 0)
        return refused(errno, bind_to ? bind_to : "*", port, err);
    n = sizeof a;
    getsockname(fd, &a.any, &n);
    *port_out = ntohs(a.any.sa_family == AF_INET6 ? a.v6.sin6_port : a.v4.sin_port);
    *out = fd;
    return true;
}
