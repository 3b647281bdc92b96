// What a line of the audit costs its transaction, how fast a million lines are proved, and how long the
// auditor's pages wait for theirs. A row for each, as tools/bench wants them; the yardsticks are the
// time allowed. LINES=100000 for a shorter run.
#include "app/act.h"
#include "app/audit.h"
#include "base/file.h"
#include "store/audit.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { ACTS = 400, ORGANS = 60, PEOPLE = 200, TX_LINES = 10000 };

static double now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static void row(const char *name, const char *unit, double got, double allowed, bool at_least)
{
    bool met = at_least ? got >= allowed : got <= allowed;
    printf("%s\t%.*f %s\t%.0f %s %s\t%.2f\t%s 1\t%s\n", name, got < 100 ? 2 : 0, got, unit, allowed,
           unit, at_least ? "wanted" : "allowed", got / allowed, at_least ? ">=" : "<=",
           met ? "met" : "missed");
    fflush(stdout);
}

static void must(bool ok, const Err *err)
{
    if (ok)
        return;
    fprintf(stderr, "bench_audit: %s (%s)\n", err->en, err->detail);
    exit(1);
}

static ActNote note_of(int64_t i, Arena *a)
{
    return (ActNote){.kind = i % 7 ? ACT_SITE_EDIT : ACT_REPORT_IMPORT,
                     .noun = i % 2 ? S("organ") : S("person"),
                     .noun_id = i % 977,
                     .version = 3,
                     .organ = {i % ORGANS + 1},
                     .was = S("{\"name\":\"示例县财政局\",\"phone\":\"0000-1234567\"}"),
                     .became = str_fmt(a, "{\"name\":\"示例县财政局\",\"phone\":\"0000-%07d\"}",
                                       (int)(i % 10000000))};
}

static void act_as(App *app, int64_t i, Arena *a)
{
    int64_t who = i * 7919 % PEOPLE + 1;
    app->actor = (Actor){.person = {who},
                         .name = str_fmt(a, "示例人员%lld", (long long)who),
                         .session = {i / 50 + 1},
                         .ip = S("192.0.2.17"),
                         .via = S("web"),
                         .request = str_fmt(a, "%016llx", (unsigned long long)i)};
}

// --- what a line costs

static double act_us(App *app, int64_t i, bool noted, Arena scratch)
{
    Err err = {0};
    ActNote note = note_of(i, &scratch);
    act_as(app, i, &scratch);
    double start = now_us();
    CLEANUP(tx_end) Tx tx = tx_begin(app->db);
    Act act = {.app = app};
    must(store_site_touch(app->db, app->site, &err) && (!noted || act_note(&act, &note, &err)) &&
             tx_commit(&tx, &err),
         &err);
    return now_us() - start;
}

static int by_value(const void *x, const void *y)
{
    double a = *(const double *)x, b = *(const double *)y;
    return (a > b) - (a < b);
}

// The median of many, with and without in turn, so that the disk's moods meet both.
static void cost(App *app, Arena *a)
{
    static double with[ACTS], without[ACTS];
    for (int i = 0; i < ACTS; i++) {
        without[i] = act_us(app, i, false, *a);
        with[i] = act_us(app, i, true, *a);
    }
    qsort(with, ACTS, sizeof *with, by_value);
    qsort(without, ACTS, sizeof *without, by_value);
    printf("a transaction without a line %.0f us, with one %.0f us (medians)\n", without[ACTS / 2],
           with[ACTS / 2]);
    row("a line of the audit in its transaction", "us", with[ACTS / 2] - without[ACTS / 2], 50, false);
}

// --- a million lines

static void fill(App *app, int64_t lines, Arena *a)
{
    Err err = {0};
    for (int64_t i = 0; i < lines;) {
        CLEANUP(tx_end) Tx tx = tx_begin(app->db);
        Act act = {.app = app};
        for (int64_t to = i + TX_LINES; i < to && i < lines; i++) {
            Arena scratch = *a;
            ActNote note = note_of(i, &scratch);
            app->now += 30;
            act_as(app, i, &scratch);
            must(act_note(&act, &note, &err), &err);
        }
        must(tx_commit(&tx, &err), &err);
    }
}

static void prove(App *app)
{
    Err err = {0};
    Verified found;
    double best = 1e18;
    for (int run = 0; run < 3; run++) {
        double start = now_us();
        must(app_audit_verify(app, &(VerifyOptions){.from = date_none}, &found, &err), &err);
        double us = now_us() - start;
        best = us < best ? us : best;
    }
    if (found.fault != AUDIT_FINE)
        printf("line %lld: " PRI_STR "\n", (long long)found.line,
               STR_ARG(audit_fault_defs[found.fault].en));
    printf("%lld lines proved in %.2f s\n", (long long)found.lines, best / 1e6);
    row("verify, lines a second", "", (double)found.lines * 1e6 / best, 300000, true);
}

int main(void)
{
    CLEANUP(arena_end) Arena a = arena_new((size_t)1 << 30);
    CLEANUP(app_close) App app = {0};
    Str dir;
    Err err = {0};
    Date today;
    const char *given = getenv("LINES");
    int64_t lines = 1000000;
    if (given)
        str_to_int(str_z(given), &lines);
    date_make(2026, 4, 1, &today);
    must(file_temp_dir(&a, &dir, &err), &err);
    must(app_open(&(AppPlace){.data = dir}, DB_CREATE, today, 1000000, &a, &app, &err), &err);
    cost(&app, &a);
    double start = now_us();
    fill(&app, lines, &a);
    printf("%lld lines written in %.1f s\n", (long long)lines, (now_us() - start) / 1e6);
    prove(&app);
    app_close(&app);
    must(file_remove(dir, &err), &err);
}
