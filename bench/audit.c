// What a line of the audit costs its transaction, how fast a million lines are proved, and how long
// the auditor's pages wait for theirs. A row for each, as tools/bench wants them; the yardsticks
// are the time allowed. LINES=100000 for a shorter run.
#include "app/audit.h"
#include "app/act.h"
#include "base/file.h"
#include "store/audit_find.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { ACTS = 400, ORGANS = 60, PEOPLE = 200, TX_LINES = 10000, PAGE_US = 2000, TEXT_US = 100000 };

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
           unit, at_least ? "wanted" : "allowed", got / allowed,
           at_least ? ">=" : "<=", met ? "met" : "missed");
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

// The lower quartile of many, with and without in turn, so that the moods of disk and machine meet
// both.
static void cost(App *app, Arena *a)
{
    static double with[ACTS], without[ACTS];
    for (int i = 0; i < ACTS; i++) {
        without[i] = act_us(app, i, false, *a);
        with[i] = act_us(app, i, true, *a);
    }
    qsort(with, ACTS, sizeof *with, by_value);
    qsort(without, ACTS, sizeof *without, by_value);
    printf("a transaction without a line %.0f us, with one %.0f us (lower quartiles)\n",
           without[ACTS / 4], with[ACTS / 4]);
    row("a line of the audit in its transaction", "us", with[ACTS / 4] - without[ACTS / 4], 50,
        false);
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

// --- the auditor's pages

static const struct {
    const char *name;
    AuditFilter filter;
    bool some; // an auditor of ten organs, not of the site
    bool deep; // in the middle of them all
} searches[] = {
    {"the newest 20 lines", {.from = 0}, false, false},
    {"20 lines in the middle", {.from = 0}, false, true},
    {"20 of one person", {.person = {17}}, false, false},
    {"20 of one name", {.who = SI("示例人员9")}, false, false},
    {"20 of one kind of act", {.act = SI("report.import")}, false, false},
    {"20 of one organ", {.organ = {5}}, false, false},
    {"20 of one kind of act in the middle", {.act = SI("report.import")}, false, true},
    {"20 of one thing", {.noun = SI("organ"), .noun_id = 5}, false, false},
    {"20 of some days", {.from = 20000000, .to = 20086400}, false, false},
    {"20,000 lines looked through for a text", {.text = SI("没有的字")}, false, false},
    {"an auditor of ten organs, the newest 20", {.from = 0}, true, false},
    {"the same in the middle", {.from = 0}, true, true},
    {"an auditor of ten organs, one of them", {.organ = {5}}, true, false},
};

static void look(App *app, int64_t lines, Arena *a)
{
    for (size_t i = 0; i < sizeof searches / sizeof *searches; i++) {
        double best = 1e18;
        Scope scope = scope_site(app->site);
        if (searches[i].some)
            scope = (Scope){.site = app->site, .reach = REACH_BELOW, .root = {1}};
        for (int run = 0; run < 15; run++) {
            Arena scratch = *a;
            Err err = {0};
            AuditHits hits;
            double start = now_us();
            must(store_audit_find(app->db, &scope, &searches[i].filter,
                                  searches[i].deep ? lines / 2 : 0, 20, &scratch, &hits, &err),
                 &err);
            double us = now_us() - start;
            best = us < best ? us : best;
            if (hits.n == 0 && !searches[i].filter.text.n)
                printf("%s: none found\n", searches[i].name);
        }
        row(searches[i].name, "us", best, searches[i].filter.text.n ? TEXT_US : PAGE_US, false);
    }
}

// Ten organs under one, as scopes go by.
static void organs(App *app)
{
    static const char SQL[] = "INSERT INTO organ_under (site_id, root_id, organ_id, reach)"
                              " VALUES (?1, 1, ?2, 2)";
    Err err = {0};
    for (int i = 1; i <= 10; i++) {
        CLEANUP(stmt_end) Stmt s = stmt(app->db, SQL);
        bind_int(&s, app->site.n);
        bind_int(&s, i);
        must(stmt_run(&s, &err), &err);
    }
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
    organs(&app);
    look(&app, lines, &a);
    app_close(&app);
    must(file_remove(dir, &err), &err);
}
