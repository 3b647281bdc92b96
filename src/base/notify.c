#include "base/notify.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

bool notify_send(const char *state)
{
    const char *path = getenv("NOTIFY_SOCKET");
    struct sockaddr_un to = {.sun_family = AF_UNIX};
    size_t n = path ? strlen(path) : 0;
    if (n < 2 || n >= sizeof to.sun_path || (path[0] != '/' && path[0] != '@'))
        return false;
    memcpy(to.sun_path, path, n);
    if (path[0] == '@') // a name without a file
        to.sun_path[0] = 0;
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return false;
    socklen_t size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + n);
    ssize_t sent = sendto(fd, state, strlen(state), MSG_NOSIGNAL, (struct sockaddr *)&to, size);
    close(fd);
    return sent >= 0;
}

int notify_watchdog_ms(void)
{
    int64_t us = 0, pid = 0;
    const char *for_pid = getenv("WATCHDOG_PID");
    if (!str_to_int(str_z(getenv("WATCHDOG_USEC")), &us) || us <= 0 || us / 2000 > INT32_MAX)
        return 0;
    if (for_pid && (!str_to_int(str_z(for_pid), &pid) || pid != getpid()))
        return 0;
    return us < 2000 ? 1 : (int)(us / 2000);
}
