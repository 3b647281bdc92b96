// engine PROGRAM: the same site on SQLite and on PostgreSQL: pages a second from the program
// itself, its page cache off, and the store's own work. A row for each, as tools/bench wants them,
// with SQLite as the yardstick; the two take turns, so that both have the machine at its best and
// at its worst. PostgreSQL is one of the tests' own, on this machine behind a socket; for the rows
// that write it is made to wait for the disk as SQLite does. ROUNDS=1 for a shorter run.
#include "../tests/flow/client.h"
#include "../tests/site_box.h"

#include "app/app.h"
#include "base/file.h"
#include "store/organ.h"
#include "store/report.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

enum { SQLITE, POSTGRESQL, ENGINES };
enum { ORGANS = 200, YEARS = 5, CELLS = 180, CLIENTS = 4, ROUND_MS = 700 };

typedef struct Engine {
    Arena a;
    App app;
    pid_t pid;
    int out;
    uint16_t port;
} Engine;

static Engine engines[ENGINES];
static Str dir;

static double now_s(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void must(bool ok, const Err *err)
{
    if (ok)
        return;
    fprintf(stderr, "bench_engine: %s (%s)\n", err->en, err->detail);
    exit(1);
}

// --- the site: the sample, and a city's departments with five years each

static void put_report(Engine *e, OrganId organ, int year)
{
    Err err = {0};
    Arena a = e->a;
    ReportCell *cells = NEW(&a, ReportCell, CELLS);
    for (int i = 0; i < CELLS; i++)
        cells[i] = (ReportCell){str_fmt(&a, "t3.c%03d.total", i), S("value"), i * 1000000};
    ReportFinding findings[] = {{S("t3.row_sum"), S("fail"), 1}, {S("t3.balance"), S("pass"), 7}};
    ReportRow row = {.organ = organ,
                     .year = year,
                     .edition = S("fmt2021"),
                     .title = S("政府信息公开工作年度报告"),
                     .published = {20000},
                     .file_name = S("a.html"),
                     .file_kind = S("html"),
                     .encoding = S("UTF-8"),
                     .sha256 = str_fmt(&a, "%064d", (int)organ.n * 100 + year % 100),
                     .bytes = 40000,
                     .imported_at = 2000};
    ReportParts parts = {S("{\"documents\":[]}"), cells, CELLS, findings, 2};
    must(store_report_put(e->app.db, e->app.site, &row, &parts, &err), &err);
}

static void fill(Engine *e)
{
    Err err = {0};
    must(app_sample_load(&e->app, &e->a, &err), &err);
    CLEANUP(tx_end) Tx tx = tx_begin(e->app.db);
    for (int i = 0; i < ORGANS; i++) {
        Arena scratch = e->a;
        Organ o;
        organ_from_name(str_fmt(&scratch, "示例市第%d局", i + 1), &o);
        o.slug = str_fmt(&scratch, "ju%d", i + 1);
        must(store_organ_add(e->app.db, e->app.site, &o, &scratch, &err), &err);
        for (int year = 2021; year < 2021 + YEARS; year++)
            put_report(e, o.id, year);
    }
    must(tx_commit(&tx, &err), &err);
}

static void serve(Engine *e, const char *program)
{
    int ends[2];
    char said[200];
    size_t n = 0;
    char *argv[] = {(char *)(uintptr_t)program,
                    (char[]){"serve"},
                    (char[]){"--quiet"},
                    (char[]){"--cache"},
                    (char[]){"0"},
                    (char[]){"--port"},
                    (char[]){"0"},
                    (char[]){"--data"},
                    str_to_z(&e->a, e->app.data),
                    (char[]){"--database"},
                    str_to_z(&e->a, e->app.database),
                    NULL};
    posix_spawn_file_actions_t acts;
    if (pipe2(ends, O_CLOEXEC) != 0)
        exit(1);
    posix_spawn_file_actions_init(&acts);
    posix_spawn_file_actions_adddup2(&acts, ends[1], STDOUT_FILENO);
    if (posix_spawn(&e->pid, program, &acts, NULL, argv, environ) != 0)
        exit(1);
    close(ends[1]);
    for (ssize_t got; n < sizeof said && (got = read(ends[0], said + n, sizeof said - n)) > 0;)
        if ((n += (size_t)got) && said[n - 1] == '\n')
            break;
    int64_t port = 0;
    Str line = str_trim((Str){said, n});
    str_to_int(str_sub(line, (size_t)(str_find_last(line, S(":")) + 1), line.n - 1), &port);
    e->port = (uint16_t)port;
    e->out = ends[0];
}

static void set_up(int which, const char *program)
{
    Err err = {0};
    Engine *e = &engines[which];
    e->a = arena_new((size_t)4 << 30);
    AppPlace place = {.data = str_fmt(&e->a, PRI_STR "/%d", STR_ARG(dir), which)};
    if (which == POSTGRESQL)
        place.database = pg_box_database(&e->a, "bench");
    must(app_open(&place, DB_CREATE, (Date){20500}, 1000, &e->a, &e->app, &err), &err);
    fill(e);
    if (which == POSTGRESQL) // as its autovacuum would
        must(db_script(e->app.db, S("ANALYZE;"), &e->a, &err), &err);
    serve(e, program);
}

// --- pages

static const char *page;
static _Atomic long answered;
static double until;

static void *client(void *arg)
{
    const Engine *e = arg;
    CLEANUP(arena_end) Arena a = arena_new(64 << 20);
    Str ask = str_fmt(&a, "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n", page);
    int fd = client_open(e->port);
    while (now_s() < until) {
        Arena scratch = a;
        client_send(fd, ask);
        Reply r = client_read(fd, &scratch, false);
        if (r.status != 200) {
            fprintf(stderr, "bench_engine: %d from %s\n", r.status, page);
            exit(1);
        }
        answered++;
    }
    close(fd);
    return NULL;
}

static double pages_s(Engine *e)
{
    pthread_t threads[CLIENTS];
    double began = now_s();
    answered = 0;
    until = began + ROUND_MS / 1e3;
    for (int i = 0; i < CLIENTS; i++)
        pthread_create(&threads[i], NULL, client, e);
    for (int i = 0; i < CLIENTS; i++)
        pthread_join(threads[i], NULL);
    return (double)answered / (now_s() - began);
}

// --- the store alone

static void list_one(Engine *e)
{
    Err err = {0};
    Arena a = e->a;
    ReportRows rows;
    int64_t total;
    ReportFilter filter = {.year = 2023, .limit = 20};
    must(store_report_list(e->app.db, e->app.site, &filter, &a, &rows, &total, &err), &err);
}

static void version_one(Engine *e)
{
    Err err = {0};
    int64_t version;
    must(store_site_version(e->app.db, e->app.site, &version, &err), &err);
}

static void series_one(Engine *e)
{
    Err err = {0};
    Arena a = e->a;
    Str cells[] = {S("t3.c001.total"), S("t3.c002.total"), S("t3.c003.total")};
    Series out;
    must(store_report_series(e->app.db, e->app.site, (OrganId){50}, cells, 3, &a, &out, &err),
         &err);
}

static void organs_all(Engine *e)
{
    Err err = {0};
    Arena a = e->a;
    OrganRows rows;
    must(store_organ_rows(e->app.db, e->app.site, &a, &rows, &err), &err);
}

static void years_all(Engine *e)
{
    Err err = {0};
    Arena a = e->a;
    YearCounts years;
    must(store_report_years(e->app.db, e->app.site, (OrganId){0}, &a, &years, &err), &err);
}

static bool add_cell(void *ctx, const OpenCell *c)
{
    *(int64_t *)ctx += c->n;
    return true;
}

static void cells_all(Engine *e)
{
    Err err = {0};
    int64_t sum = 0;
    must(store_report_cells(e->app.db, e->app.site, 0, add_cell, &sum, &err), &err);
}

// A new edition of a report: about 190 rows go and 190 come.
static void put_one(Engine *e)
{
    Err err = {0};
    CLEANUP(tx_end) Tx tx = tx_begin(e->app.db);
    put_report(e, (OrganId){60}, 2022);
    must(tx_commit(&tx, &err), &err);
}

static void touch_one(Engine *e)
{
    Err err = {0};
    CLEANUP(tx_end) Tx tx = tx_begin(e->app.db);
    must(store_site_touch(e->app.db, e->app.site, &err) && tx_commit(&tx, &err), &err);
}

static void (*work)(Engine *e);

static double works_s(Engine *e)
{
    double began = now_s(), end = began + ROUND_MS / 1e3;
    long n = 0;
    for (; now_s() < end || n == 0; n++)
        work(e);
    return (double)n / (now_s() - began);
}

// --- side by side

static int by_value(const void *x, const void *y)
{
    double a = *(const double *)x, b = *(const double *)y;
    return (a > b) - (a < b);
}

static void compare(const char *name, double (*rate)(Engine *e), double goal)
{
    enum { MOST = 31 };
    double got[ENGINES][MOST], ratio[MOST];
    const char *asked = getenv("ROUNDS");
    int rounds = asked ? (int)strtol(asked, NULL, 10) : 5;
    rounds = rounds < 1 ? 1 : rounds > MOST ? MOST : rounds;
    for (int i = 0; i < rounds; i++) {
        for (int k = 0; k < ENGINES; k++)
            got[k][i] = rate(&engines[k]);
        ratio[i] = got[POSTGRESQL][i] / got[SQLITE][i];
    }
    for (int k = 0; k < ENGINES; k++)
        qsort(got[k], (size_t)rounds, sizeof(double), by_value);
    qsort(ratio, (size_t)rounds, sizeof(double), by_value);
    double r = ratio[rounds / 2];
    printf("%s\t%.0f/s\tSQLite %.0f/s\t%.2f x\t", name, got[POSTGRESQL][rounds / 2],
           got[SQLITE][rounds / 2], r);
    if (goal > 0)
        printf("≥ %.1f x\t%s\n", goal, r >= goal ? "met" : "missed");
    else
        printf("-\t-\n");
    fflush(stdout);
}

static void compare_page(const char *path)
{
    char name[100];
    page = path;
    snprintf(name, sizeof name, "page %s", path);
    compare(name, pages_s, 0.4);
}

static void compare_work(const char *name, void (*what)(Engine *e))
{
    work = what;
    compare(name, works_s, 0);
}

int main(int argc, char **argv)
{
    Err err = {0};
    Arena a = arena_new(1 << 20);
    const char *program = argc > 1 ? argv[1] : "build/gongkai";
    signal(SIGPIPE, SIG_IGN);
    setenv("GONGKAI_TEST_DURABLE", "yes", 1);
    if (!pg_box_installed()) {
        puts("PostgreSQL is not installed");
        return 0;
    }
    must(file_temp_dir(&a, &dir, &err), &err);
    for (int k = 0; k < ENGINES; k++)
        set_up(k, program);
    compare_page("/");
    compare_page("/annual-reports?year=2023");
    compare_page("/annual-reports/shuiwu/2023");
    compare_page("/annual-reports/shuiwu/trends");
    compare_work("one value", version_one);
    compare_work("a list of 20 of 1000", list_one);
    compare_work("205 organs with their counts", organs_all);
    compare_work("years with their counts", years_all);
    compare_work("a series of 15 points", series_one);
    compare_work("all 180 000 cells, streamed", cells_all);
    compare_work("the smallest write", touch_one);
    compare_work("a report replaced (380 rows)", put_one);
    for (int k = 0; k < ENGINES; k++) {
        kill(engines[k].pid, SIGTERM);
        waitpid(engines[k].pid, NULL, 0);
        app_close(&engines[k].app);
    }
    file_remove(dir, &err);
    return 0;
}
