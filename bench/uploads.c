// uploads PORT FILE SECONDS CLIENTS: so many clients send the file to /check, one after another,
// each time from another address of this machine, so that nobody is asked to wait a minute. Prints
// how many were checked.
#include "../tests/flow/client.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static uint16_t port;
static Str request;
static double until;
static _Atomic int checked, others;

static double now_s(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int open_from(unsigned client, unsigned turn)
{
    struct sockaddr_in from = {.sin_family = AF_INET}, to = {.sin_family = AF_INET};
    from.sin_addr.s_addr = htonl(127u << 24 | 1u << 16 | client << 8 | (turn % 250 + 1));
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    to.sin_port = htons(port);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (bind(fd, (struct sockaddr *)&from, sizeof from) == 0 &&
        connect(fd, (struct sockaddr *)&to, sizeof to) == 0)
        return fd;
    close(fd);
    return -1;
}

static void *client(void *arg)
{
    Arena a = arena_new(64 << 20);
    for (unsigned turn = 0; now_s() < until; turn++) {
        arena_reset(&a, 1 << 20);
        int fd = open_from((unsigned)(uintptr_t)arg, turn);
        if (fd < 0)
            continue;
        client_send(fd, request);
        *(client_read(fd, &a, false).status == 200 ? &checked : &others) += 1;
        close(fd);
    }
    arena_free(&a);
    return NULL;
}

static bool request_make(Arena *a, const char *path)
{
    enum { MOST = 4 << 20 };
    FILE *f = fopen(path, "rb");
    if (!f)
        return false;
    char *bytes = NEW(a, char, MOST);
    Str file = {bytes, fread(bytes, 1, MOST, f)};
    fclose(f);
    Str head = S("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.html\"\r\n"
                 "Content-Type: text/html\r\n\r\n"),
        end = S("\r\n--b--\r\n");
    request = str_fmt(a,
                      "POST /check HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
                      "multipart/form-data; boundary=b\r\nContent-Length: %zu\r\n\r\n",
                      head.n + file.n + end.n);
    request = str_cat(a, str_cat(a, request, head), str_cat(a, file, end));
    return true;
}

int main(int argc, char **argv)
{
    Arena a = arena_new(64 << 20);
    pthread_t threads[64];
    if (argc != 5 || !request_make(&a, argv[2])) {
        fputs("uploads PORT FILE SECONDS CLIENTS\n", stderr);
        return 2;
    }
    port = (uint16_t)strtol(argv[1], NULL, 10);
    until = now_s() + strtod(argv[3], NULL);
    long n = strtol(argv[4], NULL, 10);
    for (long i = 0; i < n && i < 64; i++)
        pthread_create(&threads[i], NULL, client, (void *)(uintptr_t)(i + 1));
    for (long i = 0; i < n && i < 64; i++)
        pthread_join(threads[i], NULL);
    printf("%d checked, %d others\n", checked, others);
    return 0;
}
