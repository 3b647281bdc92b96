// uploads PORT FILE SECONDS CLIENTS PAGE: so many clients send the file to /check, one after
// another, each time from another address of this machine, so that nobody is asked to wait a
// minute. Meanwhile four readers ask for PAGE, each a hundred times a second; how long an answer
// took is counted from when it was due to be asked for, so that a late answer does not hide the
// ones behind it. Prints how many were checked, and the median and the 99th percentile of the
// readers in ms.
#include "../tests/flow/client.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <sched.h>
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

// ---- readers

enum { READERS = 4, A_SECOND = 100, MAX_WAITS = 100000 };

typedef struct Reader {
    const char *page;
    double waits_ms[MAX_WAITS];
    size_t n;
} Reader;

static void sleep_until(double s)
{
    struct timespec t = {.tv_sec = (time_t)s};
    t.tv_nsec = (long)((s - (double)t.tv_sec) * 1e9);
    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL);
}

// Reads as many bytes as the first answer had; all answers are the same.
static bool again(int fd, Str ask, char *room, size_t n)
{
    size_t have = 0;
    if (!client_send(fd, ask))
        return false;
    while (have < n) {
        ssize_t got = recv(fd, room, n - have, 0);
        if (got <= 0)
            return false;
        have += (size_t)got;
    }
    return true;
}

static void *reader(void *arg)
{
    Reader *r = arg;
    CLEANUP(arena_end) Arena a = arena_new(64 << 20);
    Str ask = str_fmt(&a, "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n", r->page);
    int fd = client_open(port);
    client_send(fd, ask);
    Reply first = client_read(fd, &a, false);
    size_t n = first.head.n + 4 + first.body.n;
    char *room = NEW(&a, char, n);
    // What a reader itself waits for a processor is not the server's: where it may, it goes first.
    sched_setscheduler(0, SCHED_RR, &(struct sched_param){.sched_priority = 10});
    for (double due = now_s(); due < until && r->n < MAX_WAITS; due += 1.0 / A_SECOND) {
        sleep_until(due);
        if (!again(fd, ask, room, n))
            break;
        r->waits_ms[r->n++] = (now_s() - due) * 1e3;
    }
    close(fd);
    return NULL;
}

static int by_size(const void *x, const void *y)
{
    double a = *(const double *)x, b = *(const double *)y;
    return (a > b) - (a < b);
}

static void readers_print(const Reader *v)
{
    static double all[READERS * MAX_WAITS];
    size_t n = 0;
    for (size_t i = 0; i < READERS; i++)
        for (size_t k = 0; k < v[i].n; k++)
            all[n++] = v[i].waits_ms[k];
    qsort(all, n, sizeof *all, by_size);
    if (n)
        printf("%.2f %.2f\n", all[n / 2], all[n * 99 / 100]);
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
    static Reader readers[READERS];
    enum { MOST = 64 };
    Arena a = arena_new(64 << 20);
    pthread_t threads[MOST + READERS];
    int n = 0;
    if (argc != 6 || !request_make(&a, argv[2])) {
        fputs("uploads PORT FILE SECONDS CLIENTS PAGE\n", stderr);
        return 2;
    }
    port = (uint16_t)strtol(argv[1], NULL, 10);
    until = now_s() + strtod(argv[3], NULL);
    for (long i = 0; i < strtol(argv[4], NULL, 10) && i < MOST; i++)
        pthread_create(&threads[n++], NULL, client, (void *)(uintptr_t)(i + 1));
    for (size_t i = 0; i < READERS; i++) {
        readers[i].page = argv[5];
        pthread_create(&threads[n++], NULL, reader, &readers[i]);
    }
    while (n)
        pthread_join(threads[--n], NULL);
    printf("%d checked, %d others\n", checked, others);
    readers_print(readers);
    return 0;
}
