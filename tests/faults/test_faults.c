// What may happen to a machine: the program killed in the middle of writing, the disk full, the
// clock set back, several writers at once. Whatever happens, an act and its line in the audit are
// both there or neither, what was acknowledged is there, and the audit verifies.
//
// The act is adding a private file: a number is counted up, a file is written, a row, the form's
// key and a line are added. Children do it as fast as they can and tell each one that is done
// through a pipe. FAULT_KILLS says how many are killed (1000); where they are hit is up to a seeded
// generator.
#include "../test.h"

#include "app/act.h"
#include "app/attachment.h"
#include "app/audit.h"
#include "base/file.h"
#include "site_box.h"
#include "store/audit.h"

#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { START = 1000000, ACKS_MOST = 6, SPIN_US = 1500, BIG = 40 << 10 };

static SiteBox *box;
static uint64_t seed = 20260401;

static uint32_t random_below(uint32_t n) // xorshift: the same kills in every run
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (uint32_t)(seed >> 33) % n;
}

static int begin(void **state)
{
    signal(SIGPIPE, SIG_IGN);
    if (site_box_make(state) != 0)
        return -1;
    box = *state;
    db_close(&box->db); // children have connections of their own
    return 0;
}

static int end(void **state)
{
    return site_box_drop(state);
}

static bool open_app(Str dir, Str database, int64_t now, Arena *a, App *out, Err *err)
{
    return app_open(&(AppPlace){.data = dir, .database = database}, DB_CREATE, (Date){20000}, now,
                    a, out, err);
}

// --- the child

// Adds the n-th file of this child; true where it was told that it is kept.
static bool add(App *app, int64_t who, int64_t n, size_t bytes, Arena scratch, Err *err)
{
    Attachment at;
    char *text = NEW(&scratch, char, bytes + 64);
    memset(text, 'x', bytes + 64);
    int head = snprintf(text, 64, "%lld-%lld\n", (long long)who, (long long)n);
    text[head] = 'x';
    app->once = str_fmt(&scratch, "%lld-%lld", (long long)who, (long long)n);
    AttachmentNew new = {.noun = S("organ_life"),
                         .noun_id = who,
                         .private = true,
                         .name = app->once,
                         .bytes = {text, bytes + 64}};
    return app_attachment_add(app, &new, &scratch, &at, err);
}

// Never returns. Tells each number done as 8 bytes. With `clock`, it runs wild.
static void child(int64_t who, int64_t most, bool clock, int tell)
{
    Arena a = arena_new((size_t)1 << 30);
    App app;
    Err err = {0};
    if (!open_app(box->dir, box->database, START, &a, &app, &err))
        _exit(1);
    for (int64_t n = 1; n <= most;) {
        app.now = clock ? START + (n * 7919 % 1000) - 500 : START + n;
        bool done = add(&app, who, n, 100, a, &err);
        if (!done && err.kind != ERR_BUSY)
            _exit(2);
        if (done && write(tell, &n, sizeof n) != sizeof n)
            _exit(3);
        n += done;
    }
    _exit(0);
}

typedef struct Child {
    pid_t pid;
    int hear;
} Child;

static Child start(int64_t who, int64_t most, bool clock)
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t pid = fork();
    if (pid == 0) {
        close(ends[0]);
        child(who, most, clock, ends[1]);
    }
    close(ends[1]);
    return (Child){pid, ends[0]};
}

// The last number told, until it ends.
static int64_t last_told(Child *c)
{
    int64_t n = 0, next;
    while (read(c->hear, &next, sizeof next) == sizeof next)
        n = next;
    close(c->hear);
    return n;
}

// --- what must hold

static int64_t count(Db *db, const char *sql)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, sql);
    Err err = {0};
    bind_int(&s, BOX_SITE.n);
    int64_t n = stmt_row(&s) ? col_int(&s) : -1;
    if (!stmt_ok(&s, &err))
        fail_msg("%s (%s)", err.en, err.detail);
    return n;
}

static const char SQL_LINES[] = "SELECT count(*) FROM audit_line WHERE site_id = ?1";
static const char SQL_ROWS[] = "SELECT count(*) FROM attachment WHERE site_id = ?1";
static const char SQL_KEYS[] = "SELECT count(*) FROM form_once WHERE site_id = ?1";
static const char SQL_HALF[] =
    "SELECT count(*) FROM attachment t JOIN audit_line l ON l.site_id = t.site_id"
    " AND l.noun = 'attachment' AND l.noun_id = t.attachment_id"
    " JOIN form_once o ON o.site_id = t.site_id AND o.noun = 'attachment'"
    " AND o.noun_id = t.attachment_id WHERE t.site_id = ?1";

// Rows, lines and keys of forms belong to each other one by one.
static void nothing_is_half_done(App *app)
{
    CLEANUP(tx_end) Tx tx = tx_read(app->db);
    int64_t rows = count(app->db, SQL_ROWS);
    assert_int_equal(count(app->db, SQL_LINES), rows);
    assert_int_equal(count(app->db, SQL_KEYS), rows);
    assert_int_equal(count(app->db, SQL_HALF), rows);
}

static void the_audit_verifies(App *app)
{
    Verified v;
    Err err = {0};
    if (!app_audit_verify(app, &(VerifyOptions){.from = date_none}, &v, &err))
        fail_msg("%s (%s)", err.en, err.detail);
    if (v.fault != AUDIT_FINE)
        fail_msg("line %lld: %s", (long long)v.line, audit_fault_defs[v.fault].id.s);
}

// The row of the n-th of this child, and what it holds.
static void it_is_there(App *app, int64_t who, int64_t n, Arena scratch)
{
    Str noun = {0}, bytes = {0};
    int64_t id = 0;
    Err err = {0};
    Attachment at;
    Files files = app_files(app);
    Str once = str_fmt(&scratch, "%lld-%lld", (long long)who, (long long)n);
    if (!store_once_find(app->db, app->site, (PersonId){0}, once, &scratch, &noun, &id, &err) ||
        !id || !store_attachment_get(app->db, &app->scope, id, &scratch, &at, &err) ||
        !files_get_private(&files, at.address, &scratch, &bytes, &err))
        fail_msg(PRI_STR " was acknowledged and is not there: %s", STR_ARG(once), err.en);
    assert_true(str_starts(bytes, str_cat(&scratch, once, S("\n"))));
}

static void check(int64_t who, int64_t told, bool all)
{
    CLEANUP(arena_end) Arena a = arena_new((size_t)1 << 30);
    CLEANUP(app_close) App app = {0};
    Err err = {0};
    if (!open_app(box->dir, box->database, START, &a, &app, &err))
        fail_msg("%s (%s)", err.en, err.detail);
    if (told)
        it_is_there(&app, who, told, a);
    if (!all)
        return;
    nothing_is_half_done(&app);
    the_audit_verifies(&app);
}

// --- kill -9

static int kills(void)
{
    const char *given = getenv("FAULT_KILLS");
    int64_t n = 50;
    if (given)
        str_to_int(str_z(given), &n);
    return (int)n;
}

static void spin(long us)
{
    struct timespec from, now;
    clock_gettime(CLOCK_MONOTONIC, &from);
    do
        clock_gettime(CLOCK_MONOTONIC, &now);
    while ((now.tv_sec - from.tv_sec) * 1000000 + (now.tv_nsec - from.tv_nsec) / 1000 < us);
}

static void killed_in_the_middle_of_writes_nothing_is_lost_or_half_done(void **state)
{
    (void)state;
    int most = kills();
    int64_t acts = 0;
    for (int i = 1; i <= most; i++) {
        Child c = start(i, INT64_MAX, false);
        int64_t told = 0, next;
        for (uint32_t acks = random_below(ACKS_MOST); acks-- > 0;)
            if (read(c.hear, &next, sizeof next) == sizeof next)
                told = next;
        spin(random_below(SPIN_US));
        kill(c.pid, SIGKILL);
        int64_t later = last_told(&c); // told before it was hit
        waitpid(c.pid, NULL, 0);
        told = later ? later : told;
        acts += told;
        check(i, told, i % 10 == 0 || i == most);
    }
    assert_true(acts > most); // the children did work
}

// --- several writers, and clocks that run wild

static void writers_at_once_with_wild_clocks_misorder_nothing(void **state)
{
    (void)state;
    enum { WRITERS = 4, ACTS = 40 };
    Child all[WRITERS];
    for (int i = 0; i < WRITERS; i++)
        all[i] = start(100000 + i, ACTS, true);
    for (int i = 0; i < WRITERS; i++) {
        int status;
        assert_int_equal(last_told(&all[i]), ACTS);
        waitpid(all[i].pid, &status, 0);
        assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
        check(100000 + i, ACTS, true);
    }
}

// --- the disk

// In a process of its own: 0 fine, 77 this machine does not allow it, anything else a line below.
static int apart(int (*what)(void))
{
    int status;
    pid_t pid = fork();
    if (pid == 0)
        _exit(what());
    waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

#define OR_LINE(condition)                                                                         \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            fprintf(stderr, "line %d: %s: %s (%s)\n", __LINE__, #condition, err.en, err.detail);   \
            return __LINE__ % 200 + 1;                                                             \
        }                                                                                          \
    } while (0)

// Adds files until there is no room; they are told apart from each other by `n`.
static int64_t fill(App *app, int64_t n, Arena *a, Err *err)
{
    while (n < 10000 && add(app, 7, n, BIG, *a, err))
        n++;
    return n;
}

static bool holds(App *app, int64_t n, Arena *a, Err *err)
{
    Verified v;
    return app_audit_verify(app, &(VerifyOptions){.from = date_none}, &v, err) &&
           v.fault == AUDIT_FINE && v.lines == n && count(app->db, SQL_ROWS) == n &&
           (it_is_there(app, 7, n, *a), true);
}

static int full_disk(void)
{
    Arena a = arena_new((size_t)1 << 30);
    App app;
    Err err = {0};
    Str dir = file_join(&a, box->dir, S("small")), ballast = file_join(&a, dir, S("ballast"));
    char *zeros = NEW(&a, char, 1 << 20);
    if (!file_mkdir(dir, &err) || unshare(CLONE_NEWNS) != 0 ||
        mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
        mount("tmpfs", str_to_z(&a, dir), "tmpfs", 0, "size=6m") != 0)
        return 77;
    OR_LINE(file_write(ballast, (Str){zeros, 1 << 20}, &err));
    OR_LINE(open_app(dir, S(""), START, &a, &app, &err));
    int64_t n = fill(&app, 1, &a, &err);
    OR_LINE(err.kind == ERR_SYSTEM && str_has(str_z(err.zh), S("磁盘已满")));
    OR_LINE(n > 10 && holds(&app, n - 1, &a, &err));
    OR_LINE(unlink(str_to_z(&a, ballast)) == 0);
    OR_LINE(add(&app, 7, n, BIG, a, &err)); // works again by itself
    OR_LINE(holds(&app, n, &a, &err));
    app_close(&app);
    return 0;
}

static void a_full_disk_is_said_loses_nothing_and_works_again_with_room(void **state)
{
    (void)state;
    int how = apart(full_disk);
    if (how == 77)
        skip(); // no right to mount a small disk here
    assert_int_equal(how, 0);
}

// As a quota would: no file may grow further.
static int full_file(void)
{
    Arena a = arena_new((size_t)1 << 30);
    App app;
    Err err = {0};
    struct rlimit as_it_was, low;
    Str dir = file_join(&a, box->dir, S("quota"));
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &as_it_was);
    OR_LINE(open_app(dir, S(""), START, &a, &app, &err));
    OR_LINE(add(&app, 7, 1, 100, a, &err));
    low = as_it_was;
    low.rlim_cur = 300 << 10; // the journal reaches it after a while
    setrlimit(RLIMIT_FSIZE, &low);
    int64_t n = fill(&app, 2, &a, &err);
    OR_LINE(err.kind == ERR_SYSTEM && str_has(str_z(err.zh), S("磁盘")));
    setrlimit(RLIMIT_FSIZE, &as_it_was);
    OR_LINE(holds(&app, n - 1, &a, &err));
    OR_LINE(add(&app, 7, n, BIG, a, &err));
    OR_LINE(holds(&app, n, &a, &err));
    app_close(&app);
    return 0;
}

static void a_file_that_may_not_grow_loses_nothing_and_works_again(void **state)
{
    (void)state;
    assert_int_equal(apart(full_file), 0);
}

int main(void)
{
    const struct CMUnitTest both[] = {
        cmocka_unit_test(killed_in_the_middle_of_writes_nothing_is_lost_or_half_done),
        cmocka_unit_test(writers_at_once_with_wild_clocks_misorder_nothing),
    };
    const struct CMUnitTest disk[] = {
        cmocka_unit_test(a_full_disk_is_said_loses_nothing_and_works_again_with_room),
        cmocka_unit_test(a_file_that_may_not_grow_loses_nothing_and_works_again),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    if (site_box_on_server()) // its disk is the server's
        return cmocka_run_group_tests_name("faults", both, begin, end);
    struct CMUnitTest all[] = {both[0], both[1], disk[0], disk[1]};
    return cmocka_run_group_tests_name("faults", all, begin, end);
}
