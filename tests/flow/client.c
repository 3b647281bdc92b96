#include "client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

enum { MAX_REPLY = 4 << 20 };

int client_open(uint16_t port)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(port)};
    struct timeval limit = {.tv_sec = 10};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    if (fd >= 0 && connect(fd, (struct sockaddr *)&at, sizeof at) == 0)
        return fd;
    if (fd >= 0)
        close(fd);
    return -1;
}

bool client_send(int fd, Str s)
{
    while (s.n) {
        ssize_t n = send(fd, s.s, s.n, MSG_NOSIGNAL);
        if (n <= 0)
            return false;
        s = str_from(s, (size_t)n);
    }
    return true;
}

Str reply_header(const Reply *r, const char *name)
{
    Str lines = r->head, line, key, value;
    while (lines.n) {
        str_cut(lines, S("\r\n"), &line, &lines);
        if (str_cut(line, S(":"), &key, &value) && key.n == strlen(name) &&
            strncasecmp(key.s, name, key.n) == 0)
            return str_trim(value);
    }
    return (Str){0};
}

Reply client_read(int fd, Arena *a, bool head_only)
{
    Reply r = {0};
    char *s = NEW(a, char, MAX_REPLY);
    size_t n = 0, head_n = 0, want = 0;
    while (n < MAX_REPLY && (!head_n || n < head_n + want)) {
        ssize_t got = recv(fd, s + n, MAX_REPLY - n, 0);
        if (got <= 0)
            break;
        n += (size_t)got;
        ptrdiff_t end = head_n ? -1 : str_find((Str){s, n}, S("\r\n\r\n"));
        int64_t length = 0;
        if (end < 0)
            continue;
        head_n = (size_t)end + 4;
        r.head = (Str){s, (size_t)end};
        str_to_int(reply_header(&r, "Content-Length"), &length);
        want = head_only ? 0 : (size_t)length;
    }
    int64_t status = 0;
    if (head_n && str_starts(r.head, S("HTTP/1.1 ")))
        str_to_int(str_sub(r.head, 9, 12), &status);
    r.status = (int)status;
    r.body = (Str){s + head_n, n - head_n < want ? n - head_n : want};
    return r;
}

Reply client_ask(uint16_t port, Arena *a, Str request)
{
    int fd = client_open(port);
    if (fd < 0)
        return (Reply){0};
    client_send(fd, request); // what was answered before all was sent is read all the same
    Reply r = client_read(fd, a, str_starts(request, S("HEAD ")));
    close(fd);
    return r;
}

Reply client_get(uint16_t port, Arena *a, const char *target)
{
    return client_ask(port, a, str_fmt(a, "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n", target));
}
