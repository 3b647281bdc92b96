// A million requests, a tenth of them open: how long lists, counts and searches take for an officer
// of one organ and for somebody who sees the whole site, what loading the rules costs, and how long
// a changed calendar takes to be computed for every open request. On SQLite, and beside it on
// PostgreSQL where that is installed. Rows as tools/bench wants them. CASES=100000 for a shorter
// run, OPEN=50000 for more of them open.
#include "app/calendar.h"
#include "app/request.h"
#include "base/file.h"
#include "site_box.h"
#include "store/organ.h"
#include "store/person.h"
#include "store/register.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum {
    ORGANS = 60,
    PEOPLE = 40,
    ROUNDS = 40,
    LIST_US = 5000,
    RULES_US = 200,
    TURN_S = 2,
    TX_ROWS = 20000
};

static int64_t n_cases = 1000000, n_open;
static App app;
static Arena arena;
static Calendar calendar;

static double now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

// Of what is asked: SQLite works in this process, whose processor time says more than the clock on
// a machine that has other work; with a server it is the clock.
static double asked_us(void)
{
    struct timespec t;
    bool server = str_eq(db_engine(app.db), S("postgresql"));
    clock_gettime(server ? CLOCK_MONOTONIC : CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static void must(bool ok, const Err *err)
{
    if (ok)
        return;
    fprintf(stderr, "bench_requests: %s (%s)\n", err->en, err->detail);
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
    for (int i = 0; i < PEOPLE; i++) {
        Person p = {.organ = {i % ORGANS + 1},
                    .login = str_fmt(&arena, "p%d", i),
                    .name = str_fmt(&arena, "示例人员%d", i)};
        must(store_person_add(app.db, app.site, &p, &err), &err);
    }
    must(store_organ_under_refresh(app.db, app.site, &err) && tx_commit(&tx, &err), &err);
}

static const char SQL_REQUEST[] =
    "INSERT INTO request (site_id, request_id, organ_id, year, number, code, query_hash, channel,"
    " title, description, form, way, applicant_kind, applicant_name, applicant_key, applicant,"
    " note, filed_on, received_on, due_on, draft_due_on, act_by, phase, open, ended_on, outcome,"
    " created_at, handler_id) VALUES (1, ?1, ?2, ?3, ?4, ?5, '', 'in_person', ?6, ?6, 'electronic',"
    " 'platform', 'natural', ?7, '', '', '', ?8, ?8, ?9, ?10, ?9, ?11, ?12, ?13, ?14, 1, ?15)";
static const char SQL_FACT[] =
    "INSERT INTO request_fact (site_id, request_id, fact_id, kind, on_day, channel, workdays,"
    " about, document, note, whom, recorded_at)"
    " VALUES (1, ?1, ?2, ?3, ?4, ?5, 0, ?6, '', '', '', 1)";
static const char SQL_GRAMS[] =
    "INSERT INTO request_gram (site_id, gram, request_id, organ_id)"
    " WITH RECURSIVE place (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM place WHERE i < 60)"
    " SELECT DISTINCT t.site_id, lower(substr(t.words, p.i, 2)), t.request_id, t.organ_id"
    " FROM (SELECT site_id, request_id, organ_id, title AS words FROM request"
    " UNION ALL SELECT site_id, request_id, organ_id, applicant_name FROM request) t"
    " JOIN place p ON p.i <= length(t.words) UNION SELECT site_id,"
    " CAST(number AS TEXT) || '号', request_id, organ_id FROM request ORDER BY 1, 2, 3";

static const char *const things[] = {
    "老旧小区改造施工合同",   "国有土地上房屋征收补偿方案", "农村危房改造补助名单",
    "财政专项资金分配明细",   "河道采砂许可决定书",         "学校食堂招标文件",
    "低保对象审核结果",       "环境影响评价批复",           "道路交通信号灯设置方案",
    "集体土地征收公告及补偿", "物业服务企业信用档案",       "医疗保障基金支出情况",
};
static const char *const places[] = {"城东片区", "河西村",   "青山镇",
                                     "大桥街道", "南湖社区", "北门路"};
static const char *const families[] = {"张", "王", "李", "赵", "陈", "刘", "欧阳", "周"};
static const char *const given[] = {"建国", "秀英", "明", "丽华", "志强", "敏", "小红"};

static void fact(Stmt *s, int64_t request, int64_t id, FactKind kind, Date on, int64_t about)
{
    Err err = {0};
    bind_int(s, request);
    bind_int(s, id);
    bind_str(s, request_fact_defs[kind].id);
    bind_date(s, on);
    bind_str(s, kind == FACT_FILED ? S("in_person") : S(""));
    bind_int(s, about);
    must(stmt_again(s, &err), &err);
}

// Closed ones over the years before, open ones over the last 19 working days, so that few are late.
static void request(Stmt *r, Stmt *f, int64_t i, Arena scratch)
{
    Err err = {0};
    Term due;
    bool open = i >= n_cases - n_open;
    Date filed = {open ? app.today.days - (int32_t)(i * 7919 % 45)
                       : app.today.days - 60 - (int32_t)((n_cases - i) * 3000 / n_cases)};
    must(calendar_due(&calendar, filed, 20, &due, &err), &err);
    int64_t organ = i % 97 % ORGANS + 1, number = i / ORGANS + 1;
    bind_int(r, i + 1);
    bind_int(r, organ);
    bind_int(r, date_year(filed));
    bind_int(r, i + 1);
    bind_str(r, str_fmt(&scratch, "示%lld依申〔%d〕%lld号", (long long)organ, date_year(filed),
                        (long long)number));
    bind_str(r, str_fmt(&scratch, "%s%s%lld", places[i * 31 % 6], things[i * 17 % 12],
                        (long long)(i % 1000)));
    bind_str(r, str_fmt(&scratch, "%s%s", families[i * 13 % 8], given[i * 5 % 7]));
    bind_date(r, filed);
    bind_date(r, due.due);
    bind_date(r, calendar_before(&calendar, due.due, 5));
    bind_str(r, open ? S("open") : S("done"));
    bind_int(r, open);
    bind_date(r, open ? date_none : due.due);
    bind_str(r, open ? S("") : S("public"));
    open ? bind_int(r, i % PEOPLE + 1) : bind_null(r);
    must(stmt_again(r, &err), &err);
    fact(f, i + 1, 1, FACT_FILED, filed, 0);
    if (i % 3 == 0) {
        fact(f, i + 1, 2, FACT_THIRD_PARTY_ASKED, (Date){filed.days + 1}, 0);
        fact(f, i + 1, 3, FACT_OPINION, (Date){filed.days + 1}, 2);
    }
    if (!open)
        fact(f, i + 1, 4, FACT_ANSWERED, due.due, 0);
}

static void requests_make(void)
{
    Err err = {0};
    for (int64_t i = 0; i < n_cases;) {
        CLEANUP(tx_end) Tx tx = tx_begin(app.db);
        CLEANUP(stmt_end) Stmt r = stmt(app.db, SQL_REQUEST);
        CLEANUP(stmt_end) Stmt f = stmt(app.db, SQL_FACT);
        for (int64_t end = i + TX_ROWS; i < end && i < n_cases; i++)
            request(&r, &f, i, arena);
        must(tx_commit(&tx, &err), &err);
    }
    must(db_patient(app.db, &err), &err);
    CLEANUP(tx_end) Tx tx = tx_begin(app.db);
    CLEANUP(stmt_end) Stmt g = stmt(app.db, SQL_GRAMS);
    must(stmt_run(&g, &err) && tx_commit(&tx, &err), &err);
}

// --- asking

static int by_value(const void *x, const void *y)
{
    double a = *(const double *)x, b = *(const double *)y;
    return a < b ? -1 : a > b;
}

static void row(const char *what, const char *who, const char *engine, double got, double allowed,
                const char *unit)
{
    printf("%s%s, %s\t%.*f %s\t%.0f %s allowed\t%.2f\t<= 1\t%s\n", what, who, engine,
           got < 10 ? 2 : 0, got, unit, allowed, unit, got / allowed,
           got <= allowed ? "met" : "missed");
    fflush(stdout);
}

static double list_us(const Scope *scope, RequestTab tab, Str text, size_t *rows)
{
    static double times[ROUNDS];
    Err err = {0};
    for (int i = 0; i < ROUNDS; i++) {
        Arena scratch = arena;
        InfoRequests found;
        RequestAsk ask = {.tab = tab,
                          .today = app.today,
                          .soon = {app.today.days + 7},
                          .text = text,
                          .after_day = date_none,
                          .limit = 21};
        double start = asked_us();
        must(store_request_list(app.db, scope, &ask, &scratch, &found, &err), &err);
        times[i] = asked_us() - start;
        *rows = found.n;
    }
    qsort(times, ROUNDS, sizeof *times, by_value);
    return times[ROUNDS / 2];
}

static double counts_us(const Scope *scope)
{
    static double times[ROUNDS];
    Err err = {0};
    for (int i = 0; i < ROUNDS; i++) {
        int64_t counts[REQUESTS__COUNT];
        double start = asked_us();
        must(store_request_counts(app.db, scope, app.today, (Date){app.today.days + 7}, counts,
                                  &err),
             &err);
        times[i] = asked_us() - start;
    }
    qsort(times, ROUNDS, sizeof *times, by_value);
    return times[ROUNDS / 2];
}

static const char *const tab_names[REQUESTS__COUNT] = {
    [REQUESTS_OPEN] = "open",       [REQUESTS_MINE] = "mine",    [REQUESTS_DUE_SOON] = "due soon",
    [REQUESTS_WAITING] = "waiting", [REQUESTS_OVERDUE] = "late", [REQUESTS_ENDED] = "ended",
    [REQUESTS_ALL] = "all",
};

// A common word, one with a number in it, a rare one, a name, a word that nothing has, a number, a
// code, one character.
static const char *const texts[] = {
    "施工合同",         "青山镇农村危房", "补助名单77",      "欧阳秀英",
    "城东片区学校宿舍", "1234号",         "示7依申〔2026〕", "湖"};

static void ask_all(const Scope *scope, const char *who, const char *engine)
{
    size_t rows;
    for (int tab = 0; tab < REQUESTS__COUNT; tab++)
        row(str_to_z(&arena, str_fmt(&arena, "list: %s", tab_names[tab])), who, engine,
            list_us(scope, (RequestTab)tab, S(""), &rows), LIST_US, "us");
    row("counts of the tabs", who, engine, counts_us(scope), LIST_US, "us");
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        double us = list_us(scope, REQUESTS_ALL, str_z(texts[i]), &rows);
        row(str_to_z(&arena, str_fmt(&arena, "search: %s, %zu found", texts[i], rows)), who, engine,
            us, LIST_US, "us");
    }
    double us = list_us(scope, REQUESTS_OVERDUE, S("施工合同"), &rows);
    row("search among the late: 施工合同", who, engine, us, LIST_US, "us");
}

// --- the register

static Date day(const char *iso)
{
    Date d = date_none;
    date_parse(str_z(iso), &d);
    return d;
}

static double register_us(const Scope *scope, const RegisterAsk *asked, size_t *rows)
{
    static double times[ROUNDS];
    Err err = {0};
    for (int i = 0; i < ROUNDS; i++) {
        Arena scratch = arena;
        InfoRequests found;
        RegisterAsk ask = *asked;
        ask.filter.today = app.today;
        ask.filter.soon = (Date){app.today.days + 7};
        ask.limit = 21;
        double start = asked_us();
        must(store_register_list(app.db, scope, &ask, &scratch, &found, &err), &err);
        times[i] = asked_us() - start;
        *rows = found.n;
    }
    qsort(times, ROUNDS, sizeof *times, by_value);
    return times[ROUNDS / 2];
}

static double register_counts_us(const Scope *scope, RegisterFilter filter)
{
    static double times[ROUNDS];
    Err err = {0};
    filter.today = app.today;
    filter.soon = (Date){app.today.days + 7};
    for (int i = 0; i < ROUNDS; i++) {
        Arena scratch = arena;
        int64_t counts[REQUESTS__COUNT];
        double start = asked_us();
        must(store_register_counts(app.db, scope, &filter, &scratch, counts, &err), &err);
        times[i] = asked_us() - start;
    }
    qsort(times, ROUNDS, sizeof *times, by_value);
    return times[ROUNDS / 2];
}

// From what most rows have to what none has, which is looked for in all of them.
static void register_all(const Scope *scope, const char *who, const char *engine)
{
    size_t rows;
    Date none = date_none;
    RegisterFilter any = {.tab = REQUESTS_ALL, .from = none, .to = none};
    RegisterFilter year = any, open = any, person = any, rare = any, late = any;
    year.day = BY_FILED;
    year.from = day("2024-01-01");
    year.to = day("2024-12-31");
    year.outcome = S("public");
    year.channel = S("in_person");
    year.text = S("施工合同");
    open.tab = REQUESTS_OPEN;
    open.phase = S("open");
    open.kind = S("natural");
    open.day = BY_DUE;
    open.to = (Date){app.today.days + 10};
    person.handler.n = 7;
    person.phase = S("open");
    person.channel = S("in_person");
    rare.outcome = S("public");
    rare.text = S("青山镇农村危房改造补助名单77");
    late.late = true;
    late.outcome = S("public");
    const struct {
        const char *name;
        RegisterAsk ask;
    } asks[] = {
        {"register: a year, outcome, channel, words", {.filter = year, .sort = SORT_FILED}},
        {"register: open, phase, kind, due within days", {.filter = open, .sort = SORT_DUE}},
        {"register: handler, phase, channel", {.filter = person, .sort = SORT_RECEIVED}},
        {"register: outcome, rare words", {.filter = rare, .sort = SORT_ENDED}},
        {"register: outcome, late", {.filter = late, .sort = SORT_ENDED}},
    };
    for (size_t i = 0; i < sizeof asks / sizeof *asks; i++) {
        double us = register_us(scope, &asks[i].ask, &rows);
        row(str_to_z(&arena, str_fmt(&arena, "%s, %zu found", asks[i].name, rows)), who, engine, us,
            LIST_US, "us");
    }
    row("register: counts of the tabs under a filter", who, engine, register_counts_us(scope, year),
        LIST_US, "us");
}

static void rules_load(const char *engine)
{
    Err err = {0};
    RequestRules rules;
    double start = now_us();
    RulesKept *kept = app.rules;
    app.rules = NULL; // made anew, as after a change
    must(app_request_rules(&app, &arena, &rules, &err), &err);
    app.rules = kept;
    double first = now_us() - start;
    start = now_us();
    for (int i = 0; i < 1000; i++)
        must(app_request_rules(&app, &arena, &rules, &err), &err);
    printf("the rules for the first time: %.0f us\n", first);
    row("the rules, once they are kept", "", engine, (now_us() - start) / 1000, RULES_US, "us");
}

static double cpu_s(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

// A day off in the term of every open request.
static void change(const char *engine)
{
    Err err = {0};
    RulesPlan plan;
    SiteNotice n = {.notice = {.year = 2026}, .number = S("示例")};
    must(calendar_days_read(S("3月13日放假"), 2026, &arena, &n.notice.days, &err), &err);
    double start = now_us();
    must(app_rules_plan(&app, &(RulesChange){.add = &n}, &arena, &plan, &err), &err);
    double looked = (now_us() - start) / 1e6;
    double cpu = cpu_s();
    start = now_us();
    must(app_rules_change(&app, &(RulesChange){.add = &n}, 0, &arena, &plan, &err), &err);
    double done = (now_us() - start) / 1e6;
    printf("%lld open, %zu moved; %.2f s of this process's processor\n", (long long)plan.n_open,
           plan.moves.n, cpu_s() - cpu);
    row("a changed calendar: the look", "", engine, looked, TURN_S, "s");
    row("a changed calendar: done", "", engine, done, TURN_S, "s");
}

static void measure(Str dir, Str database, const char *engine)
{
    Err err = {0};
    AppPlace place = {.data = dir, .database = database};
    Date today;
    RequestRules rules;
    date_make(2026, 3, 12, &today);
    must(app_open(&place, DB_CREATE, today, 1773273600, &arena, &app, &err), &err);
    must(app_request_rules(&app, &arena, &rules, &err), &err);
    calendar = rules.calendar;
    organs_make();
    double start = now_us();
    requests_make();
    printf("%lld requests made in %.0f s on %s\n", (long long)n_cases, (now_us() - start) / 1e6,
           engine);
    fflush(stdout);
    bool server = str_eq(db_engine(app.db), S("postgresql")); // which does so by itself
    must(db_script(app.db, server ? S("VACUUM ANALYZE;") : S("ANALYZE;"), &arena, &err), &err);
    Scope one = {.site = app.site, .reach = REACH_ORGAN, .root = {7}, .person = {7}};
    Scope all = {.site = app.site, .reach = REACH_SITE, .root = {1}, .person = {7}};
    rules_load(engine);
    ask_all(&one, ", one organ", engine);
    ask_all(&all, ", whole site", engine);
    register_all(&one, ", one organ", engine);
    register_all(&all, ", whole site", engine);
    change(engine);
    app_close(&app);
}

int main(void)
{
    int64_t n;
    const char *said = getenv("CASES"), *only = getenv("ENGINE");
    n_cases = said && str_to_int(str_z(said), &n) && n >= 100 ? n : n_cases;
    said = getenv("OPEN");
    n_open = said && str_to_int(str_z(said), &n) && n >= 10 && n <= n_cases ? n : n_cases / 10;
    arena = arena_new((size_t)8 << 30);
    Err err = {0};
    Str dir;
    must(file_temp_dir(&arena, &dir, &err), &err);
    if (!only || !strcmp(only, "sqlite"))
        measure(dir, S(""), "SQLite");
    Str server = only && !strcmp(only, "sqlite") ? S("") : pg_box_database(&arena, "bench");
    if (server.n)
        measure(dir, server, "PostgreSQL");
    must(file_remove(dir, &err), &err);
    return 0;
}
