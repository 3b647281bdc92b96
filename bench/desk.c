// How long a page of the desk takes with 20 rows out of a million: the whole answer, from the head
// of the request to the bytes, through routes, guard, store and view, on SQLite and beside it on
// PostgreSQL, where that is installed. Rows as tools/bench wants them. TASKS=100000 for a shorter
// run; REPORTS for the search box.
#include "app/desk.h"
#include "base/file.h"
#include "site_box.h"
#include "store/organ.h"
#include "web/call.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum {
    ORGANS = 60,
    PEOPLE = 20,
    ROUNDS = 400,
    PAGE_US = 2000,
    SEARCH_US = 100000,
    TX_ROWS = 20000
};

static int64_t n_tasks = 1000000, n_reports = 100000;
static App app;
static Arena arena;
static Viewer viewer;

static double now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static void must(bool ok, const Err *err)
{
    if (ok)
        return;
    fprintf(stderr, "bench_desk: %s (%s)\n", err->en, err->detail);
    exit(1);
}

// --- the site

static void organs_make(void)
{
    Err err = {0};
    CLEANUP(tx_end) Tx tx = tx_begin(app.db);
    for (int i = 0; i < ORGANS; i++) {
        Organ o = {.name = str_fmt(&arena, "示例县第%d局", i + 1),
                   .kind = ORGANKIND_DEPARTMENT,
                   .founded = date_none,
                   .ended = date_none};
        must(store_organ_add(app.db, app.site, &o, &arena, &err), &err);
    }
    must(store_organ_under_refresh(app.db, app.site, &err) && tx_commit(&tx, &err), &err);
}

static const char SQL_TASK[] =
    "INSERT INTO task (site_id, task_id, organ_id, person_id, role, box, kind, noun, noun_id, mark,"
    " title, about, due_on, state, made_at, why) VALUES (1, ?1, ?2, NULL, 'officer', ?3,"
    " 'report.faults', 'report', ?1, '', '核对年报：示例县财政局2025年度报告', '核对出3处不符', ?4,"
    " ?5, 1, '')";

// A tenth of them open, over all organs and the years around today; or all open in one box.
static void tasks_make(bool one_box)
{
    Err err = {0};
    for (int64_t i = 0; i < n_tasks;) {
        CLEANUP(tx_end) Tx tx = tx_begin(app.db);
        CLEANUP(stmt_end) Stmt s = stmt(app.db, SQL_TASK);
        for (int64_t end = i + TX_ROWS; i < end && i < n_tasks; i++) {
            char room[64];
            OrganId organ = {one_box ? 1 : i % ORGANS + 1};
            int n = snprintf(room, sizeof room, "r%lld.officer", (long long)organ.n);
            bind_int(&s, (one_box ? 10 * n_tasks : 0) + i + 1);
            bind_int(&s, organ.n);
            bind_str(&s, (Str){room, (size_t)n});
            bind_int(&s, app.today.days - 20 + i * 7919 % 700);
            bind_str(&s, one_box || i % 10 == 0 ? S("open") : S("done"));
            must(stmt_again(&s, &err), &err);
        }
        must(tx_commit(&tx, &err), &err);
    }
}

static const char SQL_REPORT[] =
    "INSERT INTO report (site_id, report_id, organ_id, year, edition, title, file_name, file_kind,"
    " encoding, sha256, bytes, doc, imported_at, n_pass, n_error, n_warning, n_note, n_doubtful,"
    " n_open) VALUES (1, ?1, ?2, ?3, 'fmt2021', ?4, 'a', 'html', 'UTF-8', 'x', 1, 0, 1, 1, 0, 0, 0,"
    " 0, 0)";

static void reports_make(void)
{
    Err err = {0};
    CLEANUP(tx_end) Tx tx = tx_begin(app.db);
    CLEANUP(stmt_end) Stmt s = stmt(app.db, SQL_REPORT);
    for (int64_t i = 0; i < n_reports; i++) {
        char room[128];
        int n = snprintf(room, sizeof room, "示例县第%d局政府信息公开工作年度报告第%d号",
                         (int)(i % ORGANS) + 1, (int)i);
        bind_int(&s, i + 1);
        bind_int(&s, i % ORGANS + 1);
        bind_int(&s, 2000 + i / ORGANS);
        bind_str(&s, (Str){room, (size_t)n});
        must(stmt_again(&s, &err), &err);
    }
    must(tx_commit(&tx, &err), &err);
}

// --- asking

static bool as_viewer(Request *r, const Viewer **out, Err *err)
{
    (void)r, (void)err;
    *out = &viewer;
    return true;
}

static void as_app(Request *r)
{
    (void)r;
    app.scope = viewer_scope(&viewer, MAY_DESK);
}

static const Guard guard = {.viewer = as_viewer, .act_as = as_app};

static bool db_given(void *ctx, void **db, Err *err)
{
    (void)ctx, (void)err;
    *db = &app;
    return true;
}

static void unprepared(Prepared *p)
{
    (void)p;
}

static void prepared(Kept *k)
{
    (void)k;
}

static int by_value(const void *x, const void *y)
{
    double a = *(const double *)x, b = *(const double *)y;
    return a < b ? -1 : a > b;
}

static double page_us(const char *target, int rounds, size_t rows_wanted)
{
    static Core core;
    static Worker worker;
    Err err = {0};
    WebConfig config = {.routes = web_routes,
                        .n_routes = web_routes_n,
                        .open = db_given,
                        .guard = &guard,
                        .cache_bytes = 0};
    if (!core.config.routes)
        must(core_init(&core, &config, prepared, unprepared, &err), &err);
    double *times = NEW(&arena, double, (size_t)rounds);
    for (int i = 0; i < rounds; i++) {
        Call call = {.ip = "127.0.0.1", .method = "GET", .target = str_z(target)};
        Answer answer;
        double start = now_us();
        if (call_begin(&core, &worker, &call, &answer) == NEXT_RUN)
            call_run(&core, &worker, &call, &answer);
        times[i] = now_us() - start;
        size_t rows = 0;
        for (Str rest = answer.body, before;
             str_cut(rest, S("href=\"/desk/tasks/"), &before, &rest);)
            rows++;
        if (answer.w.status != 200 || rows < rows_wanted) {
            fprintf(stderr, "bench_desk: %s: status %d, %zu rows\n", target, answer.w.status, rows);
            exit(1);
        }
        worker_rest(&worker);
    }
    qsort(times, (size_t)rounds, sizeof *times, by_value);
    return times[rounds / 2];
}

static void row(const char *what, const char *engine, double got, double allowed)
{
    printf("%s, %s\t%.0f us\t%.0f us allowed\t%.2f\t<= 1\t%s\n", what, engine, got, allowed,
           got / allowed, got <= allowed ? "met" : "missed");
    fflush(stdout);
}

static void measure(Str dir, Str database, const char *engine)
{
    Err err = {0};
    AppPlace place = {.data = dir, .database = database};
    Date today;
    date_make(2026, 3, 12, &today);
    must(app_open(&place, DB_CREATE, today, 1773273600, &arena, &app, &err), &err);
    organs_make();
    static Post posts[2] = {{.organ = {1}, .role = ROLE_OFFICER},
                            {.organ = {1}, .role = ROLE_HEAD}};
    posts[0].organ_name = posts[1].organ_name = S("示例县第1局");
    viewer = (Viewer){.site = app.site,
                      .person = {1},
                      .name = S("周衡"),
                      .organ = {1},
                      .organ_name = S("示例县第1局"),
                      .posts = {posts, 2, 2},
                      .csrf = S("x")};
    tasks_make(false);
    reports_make();
    must(db_script(app.db, S("ANALYZE;"), &arena, &err), &err); // as a server does by itself
    double list = page_us("/desk/tasks", ROUNDS, 20), home = page_us("/desk", ROUNDS, 10);
    row("desk: 20 tasks of a million, spread", engine, list, PAGE_US);
    row("desk: first page, a million tasks", engine, home, PAGE_US);
    row("desk: search, 100,000 reports", engine,
        page_us("/desk/search?q=%E7%AC%AC99%E5%8F%B7", 20, 0), SEARCH_US);
    tasks_make(true);
    row("desk: 20 tasks of a million in one box", engine, page_us("/desk/tasks", ROUNDS, 20),
        PAGE_US);
    app_close(&app);
}

static int64_t asked(const char *name, int64_t usual)
{
    int64_t n;
    const char *said = getenv(name);
    return said && str_to_int(str_z(said), &n) && n > 0 ? n : usual;
}

int main(void)
{
    n_tasks = asked("TASKS", n_tasks);
    n_reports = asked("REPORTS", n_reports);
    arena = arena_new((size_t)8 << 30);
    Err err = {0};
    Str dir;
    must(file_temp_dir(&arena, &dir, &err), &err);
    measure(dir, S(""), "SQLite");
    Str server = pg_box_database(&arena, "bench");
    if (server.n)
        measure(dir, server, "PostgreSQL");
    must(file_remove(dir, &err), &err);
    return 0;
}
