// The program itself, over a data folder of its own: every page that a link leads to, what stopping
// and a taken port look like from outside, and a visitor's report.
#include "../test.h"

#include "../site_box.h"
#include "client.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

typedef struct Program {
    pid_t pid;
    int out; // its standard output
    uint16_t port;
} Program;

static Arena arena;
static Str data_dir, database; // empty: SQLite's place in the folder
static Program site;

static Program program_start(Str data, const char *port)
{
    int ends[2];
    Program p = {0};
    char *argv[] = {(char[]){GONGKAI},
                    (char[]){"serve"},
                    (char[]){"--quiet"},
                    (char[]){"--data"},
                    str_to_z(&arena, data),
                    (char[]){"--database"},
                    str_to_z(&arena, database),
                    (char[]){"--port"},
                    str_to_z(&arena, str_z(port)),
                    NULL};
    posix_spawn_file_actions_t acts;
    assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
    posix_spawn_file_actions_init(&acts);
    posix_spawn_file_actions_adddup2(&acts, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&acts, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    assert_int_equal(posix_spawn(&p.pid, argv[0], &acts, NULL, argv, environ), 0);
    posix_spawn_file_actions_destroy(&acts);
    close(ends[1]);
    p.out = ends[0];
    return p;
}

// Waits for "http://localhost:8080/" on its standard output.
static bool program_listens(Program *p)
{
    char said[200];
    size_t n = 0;
    while (n < sizeof said) {
        ssize_t got = read(p->out, said + n, sizeof said - n);
        if (got <= 0)
            return false;
        n += (size_t)got;
        if (said[n - 1] == '\n')
            break;
    }
    Str line = str_trim((Str){said, n});
    ptrdiff_t colon = str_find_last(line, S(":"));
    int64_t port = 0;
    if (colon < 0 || !str_to_int(str_sub(line, (size_t)colon + 1, line.n - 1), &port))
        return false;
    p->port = (uint16_t)port;
    return true;
}

static int program_end(Program *p, int signal_number)
{
    int status = -1;
    if (signal_number)
        kill(p->pid, signal_number);
    while (waitpid(p->pid, &status, 0) < 0 && errno == EINTR) {
    }
    close(p->out);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static int all_begin(void **state)
{
    Err err;
    (void)state;
    signal(SIGPIPE, SIG_IGN);
    arena = arena_new((size_t)2 << 30);
    if (!file_temp_dir(&arena, &data_dir, &err))
        return -1;
    if (site_box_on_server())
        database = pg_box_database(&arena, "site");
    site = program_start(file_join(&arena, data_dir, S("site")), "0");
    return program_listens(&site) ? 0 : -1;
}

static int all_end(void **state)
{
    Err err;
    (void)state;
    int status = program_end(&site, SIGTERM);
    file_remove(data_dir, &err);
    arena_free(&arena);
    return status;
}

// ---- every page

enum { MAX_PAGES = 3000, PAGE_BYTES = 100 << 10 };

static bool seen(const Strs *pages, Str url)
{
    for (size_t i = 0; i < pages->n; i++)
        if (str_eq(pages->v[i], url))
            return true;
    return false;
}

// Adds the addresses of this site that stand in href="…" and src="…".
static void links_add(Str html, Strs *pages)
{
    static const Str starts[] = {SI(" href=\"/"), SI(" src=\"/")};
    for (size_t k = 0; k < 2; k++)
        for (Str rest = html, head, url;;) {
            if (!str_cut(rest, starts[k], &head, &rest))
                break;
            str_cut(rest, S("\""), &url, &head);
            str_cut(url, S("#"), &url, &head);
            url = str_replace(&arena, str_cat(&arena, S("/"), url), S("&amp;"), S("&"));
            if (!seen(pages, url))
                *PUSH(&arena, pages) = url;
        }
}

static void page_is_sound(const char *url, const Reply *r)
{
    if (r->status != 200)
        fail_msg("%s: %d", url, r->status);
    if (!reply_header(r, "Content-Security-Policy").n || !reply_header(r, "Content-Type").n)
        fail_msg("%s: headers missing\n" PRI_STR, url, STR_ARG(r->head));
    if (str_starts(reply_header(r, "Content-Type"), S("text/html")) && r->body.n > PAGE_BYTES)
        fail_msg("%s: %zu bytes", url, r->body.n);
}

static void every_address_a_link_leads_to_is_there(void **state)
{
    CLEANUP(arena_end) Arena one = arena_new(64 << 20);
    Strs pages = {0};
    (void)state;
    *PUSH(&arena, &pages) = S("/");
    int fd = client_open(site.port);
    for (size_t i = 0; i < pages.n; i++) {
        arena_reset(&one, 8 << 20);
        char *url = str_to_z(&one, pages.v[i]);
        assert_true(pages.n < MAX_PAGES);
        client_send(fd, str_fmt(&one, "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n", url));
        Reply r = client_read(fd, &one, false);
        page_is_sound(url, &r);
        if (str_starts(reply_header(&r, "Content-Type"), S("text/html")))
            links_add(r.body, &pages);
    }
    close(fd);
    assert_true(pages.n > 60);
    assert_true(seen(&pages, S("/check")) && seen(&pages, S("/open-data")) &&
                seen(&pages, S("/?mode=elder&hant=0")));
}

static void a_page_is_the_same_when_made_again(void **state)
{
    (void)state;
    Reply one = client_get(site.port, &arena, "/annual-reports/zfb/2023"),
          two = client_get(site.port, &arena, "/annual-reports/zfb/2023?x=1");
    assert_int_equal(one.status, 200);
    assert_str(two.body, one.body);
    assert_str(reply_header(&two, "ETag"), reply_header(&one, "ETag"));
}

static void a_page_that_is_not_there_is_said_in_the_site_s_own_words(void **state)
{
    static const char *const urls[] = {"/annual-reports/zfb/1999", "/annual-reports/nobody/2023",
                                       "/annual-reports/zfb/x", "/nothing"};
    (void)state;
    for (size_t i = 0; i < 4; i++) {
        Reply r = client_get(site.port, &arena, urls[i]);
        assert_int_equal(r.status, 404);
        assert_true(str_has(r.body, S("<h1")));
    }
}

// ---- a visitor's report

static Reply upload(Str file_name, Str bytes)
{
    Str body = str_fmt(&arena,
                       "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" PRI_STR
                       "\"\r\n\r\n",
                       STR_ARG(file_name));
    body = str_cat(&arena, str_cat(&arena, body, bytes), S("\r\n--b--\r\n"));
    Str head = str_fmt(&arena,
                       "POST /check HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
                       "multipart/form-data; boundary=b\r\nContent-Length: %zu\r\n\r\n",
                       body.n);
    return client_ask(site.port, &arena, str_cat(&arena, head, body));
}

static void a_published_page_can_be_checked(void **state)
{
    (void)state;
    Reply page = client_get(site.port, &arena, "/annual-reports/zfb/2023");
    Reply r = upload(S("2023.html"), page.body);
    assert_int_equal(r.status, 200);
    assert_true(str_has(r.body, S("2023")));
    assert_str(reply_header(&r, "Cache-Control"), S("no-store"));
}

static void what_cannot_be_read_is_answered_in_words(void **state)
{
    static const Str bodies[] = {SI("%PDF-1.7\nnothing"), SI("PK\3\4nothing"), SI("\0\1\2\3\4"),
                                 SI("")};
    (void)state;
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        Reply r = upload(S("a.pdf"), bodies[i]);
        assert_true(r.status == 200 || r.status == 400 || r.status == 422);
        assert_true(str_has(r.body, S("<h1")));
    }
}

// ---- the database

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

// Pages that are not kept, each time another.
static Reply uncached(void)
{
    static int turn;
    return client_get(site.port, &arena,
                      str_to_z(&arena, str_fmt(&arena, "/annual-reports/%d/x", ++turn)));
}

static void a_database_that_was_stopped_is_missed_in_words_and_found_again(void **state)
{
    (void)state;
    if (!site_box_on_server()) // SQLite cannot be stopped
        return;
    assert_int_equal(client_get(site.port, &arena, "/").status, 200);
    pg_box_stop();
    assert_int_equal(client_get(site.port, &arena, "/").status, 200); // kept
    for (int i = 0; i < 6; i++) {
        Reply r = uncached();
        assert_int_equal(r.status, 503);
        assert_true(reply_header(&r, "Retry-After").n > 0);
        assert_true(str_has(r.body, S("稍后")));
    }
    pg_box_start();
    int64_t began = now_ms();
    int in_a_row = 0; // each thread finds it for itself
    while (in_a_row < 20 && now_ms() - began < 5000)
        in_a_row = uncached().status == 404 ? in_a_row + 1 : 0;
    assert_int_equal(in_a_row, 20);
}

// ---- from outside

static void a_signal_ends_it_cleanly(void **state)
{
    static const int signals[] = {SIGTERM, SIGINT};
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        Program p = program_start(file_join(&arena, data_dir, S("site")), "0");
        assert_true(program_listens(&p));
        assert_int_equal(client_get(p.port, &arena, "/healthz").status, 200);
        assert_int_equal(program_end(&p, signals[i]), 0);
    }
}

static void hears(int fd, const char *want)
{
    char said[64] = "";
    struct pollfd p = {.fd = fd, .events = POLLIN};
    assert_int_equal(poll(&p, 1, 10000), 1);
    assert_true(recv(fd, said, sizeof said - 1, 0) > 0);
    assert_string_equal(said, want);
}

static void systemd_is_told_when_it_is_ready_alive_and_stopping(void **state)
{
    struct sockaddr_un at = {.sun_family = AF_UNIX};
    (void)state;
    char *path = str_to_z(&arena, file_join(&arena, data_dir, S("notify")));
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    assert_true(strlen(path) < sizeof at.sun_path);
    memcpy(at.sun_path, path, strlen(path) + 1);
    assert_int_equal(bind(fd, (struct sockaddr *)&at, sizeof at), 0);
    setenv("NOTIFY_SOCKET", path, 1);
    setenv("WATCHDOG_USEC", "200000", 1);
    Program p = program_start(file_join(&arena, data_dir, S("site")), "0");
    unsetenv("NOTIFY_SOCKET");
    unsetenv("WATCHDOG_USEC");
    assert_true(program_listens(&p));
    hears(fd, "READY=1");
    hears(fd, "WATCHDOG=1");
    hears(fd, "WATCHDOG=1");
    kill(p.pid, SIGSTOP); // what does not run cannot say that it is alive
    assert_int_equal(waitpid(p.pid, NULL, WUNTRACED), p.pid);
    char late[64];
    while (recv(fd, late, sizeof late, MSG_DONTWAIT) > 0) {
    }
    struct pollfd silent = {.fd = fd, .events = POLLIN};
    assert_int_equal(poll(&silent, 1, 300), 0);
    kill(p.pid, SIGCONT);
    hears(fd, "WATCHDOG=1");
    assert_int_equal(program_end(&p, SIGTERM), 0);
    char last[64] = "";
    while (recv(fd, late, sizeof late, MSG_DONTWAIT) > 0)
        memcpy(last, late, sizeof last);
    assert_memory_equal(last, "STOPPING=1", 10);
    close(fd);
}

static void a_taken_port_ends_it_at_once(void **state)
{
    (void)state;
    Program p = program_start(file_join(&arena, data_dir, S("site")),
                              str_to_z(&arena, str_fmt(&arena, "%d", site.port)));
    assert_false(program_listens(&p));
    assert_int_not_equal(program_end(&p, 0), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_address_a_link_leads_to_is_there),
        cmocka_unit_test(a_page_is_the_same_when_made_again),
        cmocka_unit_test(a_page_that_is_not_there_is_said_in_the_site_s_own_words),
        cmocka_unit_test(a_published_page_can_be_checked),
        cmocka_unit_test(what_cannot_be_read_is_answered_in_words),
        cmocka_unit_test(a_database_that_was_stopped_is_missed_in_words_and_found_again),
        cmocka_unit_test(a_signal_ends_it_cleanly),
        cmocka_unit_test(systemd_is_told_when_it_is_ready_alive_and_stopping),
        cmocka_unit_test(a_taken_port_ends_it_at_once),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("site", tests, all_begin, all_end);
}
