// A campaign: tens of thousands of identical requests, each with its receipt, confirmed, joined,
// given to somebody and answered by one decision, through the functions that the pages call; then
// how long it takes to see who asked the same, out of many requests.
//
//     build/bench/bench_campaign                                   SQLite
//     GONGKAI_TEST_DATABASE=postgresql build/bench/bench_campaign  PostgreSQL
//
// CAMPAIGN=45000 and REQUESTS=1000000 are the usual sizes. The PostgreSQL has no autovacuum, so
// that what it knows of the tables is what the program makes it look at; GONGKAI_TEST_DURABLE=1 has
// it wait for the disk.
#include "app/asked.h"
#include "app/bulk.h"
#include "app/decision.h"
#include "app/key.h"
#include "app/request_public.h"
#include "site_box.h"
#include "store/asked.h"
#include "store/organ.h"
#include "store/person.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { TX_ROWS = 5000, LOOKS = 300, PLATFORM_OF_TEN = 7 };

static int64_t n_campaign = 45000, n_requests = 1000000;
static SiteBox *box;
static App app;
static Arena *a;
static OrganId organ;
static PersonId officer, reviewer, legal, leader;

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

// Of this thread alone: what it takes by itself, whatever else the machine does.
static double cpu_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int64_t count_of(const char *sql);

// Of this program and of the server's process that works for it: on a machine with other work to do
// the clock says little.
static double both_cpu_s(void)
{
    struct timespec t;
    unsigned long long user = 0, kernel = 0;
    char path[64];
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    if (!site_box_on_server())
        return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
    snprintf(path, sizeof path, "/proc/%lld/stat",
             (long long)count_of("SELECT pg_backend_pid() + 0 * ?1"));
    FILE *f = fopen(path, "r");
    if (f && fscanf(f, "%*d (%*[^)]) %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %llu %llu", &user,
                    &kernel) != 2)
        user = kernel = 0;
    if (f)
        fclose(f);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9 +
           (double)(user + kernel) / (double)sysconf(_SC_CLK_TCK);
}

static void must(bool ok, const Err *err)
{
    if (ok)
        return;
    fprintf(stderr, "bench_campaign: %s (%s)\n", err->en, err->detail);
    exit(1);
}

static void row(const char *what, double ms, const char *unit)
{
    printf("%-58s %10.2f %s\n", what, ms, unit);
    fflush(stdout);
}

// --- the site

static PersonId person_made(const char *login, Role role)
{
    Err err = {0};
    Person p = {.login = str_z(login), .name = str_z(login), .organ = organ, .opened_at = app.now};
    PostRow post = {.organ = organ, .role = role, .until = date_none};
    must(date_make(2020, 1, 1, &post.from), &err);
    must(store_person_add(app.db, app.site, &p, &err), &err);
    post.person = p.id;
    must(store_post_add(app.db, app.site, &post, (PersonId){0}, &err), &err);
    return p.id;
}

static void site_make(void)
{
    Err err = {0};
    AppPlace at = {.data = box->dir, .database = box->database};
    Date today;
    must(date_make(2026, 3, 12, &today), &err);
    must(app_open(&at, DB_CREATE, today, 1773300000, a, &app, &err), &err);
    Organ o;
    organ_from_name(S("示例县住房和城乡建设局"), &o);
    o.short_name = S("示住建");
    o.review_name = S("示例县人民政府");
    o.court_name = S("示例县人民法院");
    must(store_organ_add(app.db, app.site, &o, a, &err) &&
             store_organ_under_refresh(app.db, app.site, &err),
         &err);
    organ = o.id;
    LetterSettings settings = {.organ = organ, .review_channel = S("行政复议网上申请平台")};
    must(app_letter_settings(&app, &settings, a, &err), &err);
    officer = person_made("zhou", ROLE_OFFICER);
    reviewer = person_made("shen", ROLE_REVIEWER);
    legal = person_made("fa", ROLE_LEGAL);
    leader = person_made("ling", ROLE_LEADER);
}

static void as(PersonId person, const char *name)
{
    app.actor = (Actor){.person = person, .name = str_z(name), .via = S("web")};
}

// --- the campaign

static RequestId filed(int64_t i)
{
    Filed done;
    Err err = {0};
    Arena before = *a;
    NewRequest n = {.organ = organ,
                    .title = S("城东片区老旧小区改造施工合同"),
                    .description = S("2024年签订的施工合同，含工程量清单和历次变更"),
                    .form = S("electronic"),
                    .way = i % 10 < PLATFORM_OF_TEN ? S("platform") : S("mail"),
                    .kind = APPLICANT_NATURAL,
                    .name = str_fmt(a, "申请人%lld", (long long)i),
                    .applicant = {.id_kind = S("居民身份证"),
                                  .id_number = str_fmt(a, "%018lld", (long long)i),
                                  .phone = S("0000-0000000")}};
    must(app_request_file(&app, &n, &(Wishes){0}, a, &done, &err), &err);
    *a = before;
    return done.id;
}

static void everything(const char *what, BulkKind kind, BulkChoice choice, RequestId lead,
                       Str first)
{
    Err err = {0};
    Bulk b;
    int64_t n;
    double begins = now_ms();
    BulkAsk ask = {.kind = kind,
                   .choice = choice,
                   .lead = lead,
                   .handler = officer,
                   .on = app.today,
                   .first = first};
    must(app_bulk_begin(&app, bulk_defs[kind].may, &ask, a, &b, &err), &err);
    double begun = now_ms(), cpu = both_cpu_s();
    must(app_bulk_go_on(&app, 600, a, &n, &err), &err);
    double ended = now_ms();
    cpu = both_cpu_s() - cpu;
    Bulk after;
    must(store_bulk_get(app.db, &app.scope, b.id, a, &after, &err), &err);
    printf(
        "%-34s %6lld done, %lld left out: begun in %.0f ms, ended after %.1f s, processor %.1f s\n",
        what, (long long)after.n_done, (long long)after.n_left, begun - begins,
        (ended - begun) / 1000, cpu);
    fflush(stdout);
}

static int64_t version_of(RequestId id)
{
    Err err = {0};
    Decision d;
    must(store_decision_get(app.db, app.site, id, a, &d, &err), &err);
    return d.version;
}

static void pass(RequestId id, PersonId who, const char *name, Verb may)
{
    Err err = {0};
    as(who, name);
    DecisionAsk ask = {id, version_of(id), DECISION_PASS, S("")};
    must(app_decision_step(&app, may, &ask, a, &err), &err);
}

static void decide(RequestId lead)
{
    Err err = {0};
    DecisionLacks lacks;
    as(officer, "zhou");
    DecisionSave save = {
        lead, 0, {.chosen = true, .outcome = OUTCOME_NOT_EXISTING}, .submit = true};
    save.sheet.field[DF_SEARCH] = S("在档案室和办公系统以“改造合同”检索2020年至今，没有检索到");
    must(app_decision_save(&app, &save, a, &lacks, &err), &err);
    pass(lead, reviewer, "shen", MAY_REQUEST_REVIEW);
    pass(lead, legal, "fa", MAY_REQUEST_LEGAL);
    pass(lead, leader, "ling", MAY_REQUEST_SIGN);
    as(officer, "zhou");
    Sending s = {SEND_PLATFORM, app.today, S(""), S("")};
    double begins = now_ms();
    must(app_decision_send(&app, lead, version_of(lead), &s, a, &err), &err);
    row("sending the reply of the request that leads", now_ms() - begins, "ms");
}

static int64_t count_of(const char *sql)
{
    CLEANUP(stmt_end) Stmt s = stmt(app.db, sql);
    bind_int(&s, app.site.n);
    int64_t n = stmt_row(&s) ? col_int(&s) : -1;
    Err err = {0};
    must(stmt_ok(&s, &err), &err);
    return n;
}

static void campaign(void)
{
    Err err = {0};
    RequestId lead = {0};
    double begins = now_ms(), cpu = both_cpu_s();
    for (int64_t i = 0; i < n_campaign; i++) {
        RequestId id = filed(i);
        lead = lead.n ? lead : id;
    }
    double filing = now_ms() - begins;
    printf("%-34s %6lld, each with its receipt: %.1f s, %.2f ms each, processor %.1f s\n", "filed",
           (long long)n_campaign, filing / 1000, filing / (double)n_campaign, both_cpu_s() - cpu);
    AskedManys many;
    Date since = {app.today.days - 90};
    as(officer, "zhou");
    begins = now_ms();
    must(store_asked_many(app.db, &app.scope, since, 50, a, &many, &err), &err);
    row("the proposal to join them", now_ms() - begins, "ms");
    BulkChoice wording = {.set = BULK_SET_WORDING, .organ = organ, .asked = many.v[0].asked};
    BulkChoice group = {.set = BULK_SET_GROUP, .group = lead};
    wording.unconfirmed = true;
    everything("receipt confirmed", BULK_CONFIRM, wording, (RequestId){0}, S(""));
    wording.unconfirmed = false;
    wording.free = true;
    everything("joined", BULK_JOIN, wording, lead, S(""));
    everything("given to an officer", BULK_ASSIGN, group, (RequestId){0}, S(""));
    decide(lead);
    int64_t n;
    begins = now_ms(), cpu = both_cpu_s();
    must(app_bulk_go_on(&app, 600, a, &n, &err), &err);
    double took = now_ms() - begins;
    cpu = both_cpu_s() - cpu;
    printf("%-34s %6lld letters numbered, %lld replies gone: %.1f s, processor %.1f s\n",
           "one decision for all",
           (long long)count_of("SELECT count(*) FROM letter WHERE site_id = ?1"),
           (long long)count_of("SELECT count(*) FROM request_fact WHERE site_id = ?1"
                               " AND kind = 'answered'"),
           took / 1000, cpu);
    group.way = S("mail");
    everything("posted", BULK_SEND, group, (RequestId){0}, S("XA000000005CN"));
    if (count_of("SELECT count(*) FROM request WHERE site_id = ?1 AND open = 1") != 0)
        must(fail(&err, ERR_SYSTEM, NULL, "还有没有办结的", "some are still open"), &err);
}

// --- who asked the same, out of many

static const char *const places[] = {"城东片区", "城西片区", "河东新区", "老城区", "高铁新城",
                                     "北门街道", "南山镇",   "湖滨镇",   "开发区", "示范园区"};
static const char *const things[] = {
    "老旧小区改造施工合同", "污水管网建设资金", "公租房维修资金",   "道路硬化招标文件",
    "物业服务信用评价",     "绿化养护合同",     "加装电梯补贴名单", "征收补偿方案",
    "防汛物资采购清单",     "停车位规划图",     "供热管网改造计划", "保障房配租名册",
    "河道保洁合同",         "路灯改造方案",     "建筑垃圾处置许可", "农村危房改造名单"};
static const char *const tails[] = {"含工程量清单", "含历次变更",     "全部附件",   "含评审意见",
                                    "含中标通知书", "含资金拨付凭证", "含会议纪要", "含现场照片",
                                    "含审计报告",   "含联系人和日期", "含监理月报"};
#define PICK(list, n) (list)[(n) % (sizeof(list) / sizeof *(list))]

static uint64_t mixed(uint64_t x)
{
    x += 0x9E3779B97F4A7C15u;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    return (x ^ (x >> 27)) * 0x94D049BB133111EBu;
}

// One in three words it as somebody else did.
static InfoRequest made(int64_t i)
{
    uint64_t h = mixed((uint64_t)(i % 3 ? i : i / 7));
    Str title = str_fmt(a, "%s%s", PICK(places, h), PICK(things, h >> 8));
    return (InfoRequest){
        .organ = organ,
        .channel = CHANNEL_INTERNET,
        .title = title,
        .description = str_fmt(a, "%d年%d月以来的%s，%s，%s，编号%05d", 2015 + (int)(h >> 16) % 11,
                               1 + (int)(h >> 20) % 12, title.s, PICK(tails, h >> 24),
                               PICK(tails, h >> 32), (int)((h >> 40) % 100000)),
        .form = S("electronic"),
        .way = S("platform"),
        .applicant_name = S("张三"),
        .applicant_key = str_fmt(a, "%016llx", (unsigned long long)mixed((uint64_t)i % 300000)),
        .query_hash = S(""),
        .outcome = S(""),
        .filed = {app.today.days - (int)(i % 700)},
        .received = date_none,
        .due = date_none,
        .draft_due = date_none,
        .turn = date_none,
        .ended = date_none,
        .act_by = {REQUEST_NO_DAY},
        .phase = PHASE_UNCONFIRMED,
        .open = true,
        .n_units = 1};
}

static void fill(void)
{
    Err err = {0};
    double begins = now_ms();
    for (int64_t i = 0; i < n_requests;) {
        Arena before = *a;
        CLEANUP(tx_end) Tx tx = tx_begin(app.db);
        for (int k = 0; k < TX_ROWS && i < n_requests; k++, i++) {
            InfoRequest r = made(i);
            must(store_request_add(app.db, app.site, S("示住建依申"), &r, a, &err) &&
                     app_asked_keep(&app, &r, a, &err),
                 &err);
        }
        must(tx_commit(&tx, &err), &err);
        *a = before;
    }
    printf("%lld requests filled in %.0f s; %lld wordings\n", (long long)n_requests,
           (now_ms() - begins) / 1000,
           (long long)count_of("SELECT count(*) FROM asked WHERE site_id = ?1"));
}

static int by_value(const void *x, const void *y)
{
    double p = *(const double *)x, q = *(const double *)y;
    return p < q ? -1 : p > q;
}

static void looks(void)
{
    Err err = {0};
    static double ms[LOOKS], cpu[LOOKS];
    size_t near = 0, same = 0;
    int64_t first = count_of("SELECT max(request_id) FROM request WHERE site_id = ?1");
    for (int i = -20; i < LOOKS; i++) {
        Arena before = *a;
        InfoRequest r;
        Radar radar;
        RequestId id = {first - (int64_t)(mixed((uint64_t)i) % (uint64_t)(n_requests * 9 / 10))};
        must(store_request_get(app.db, &app.scope, id, a, &r, &err), &err);
        double begins = now_ms(), cpu_begins = cpu_ms();
        must(app_asked_radar(&app, &r, a, &radar, &err), &err);
        if (i >= 0) {
            ms[i] = now_ms() - begins;
            cpu[i] = cpu_ms() - cpu_begins;
            near += radar.near.n > 0;
            same += radar.here.n > 0;
        }
        *a = before;
    }
    qsort(ms, LOOKS, sizeof *ms, by_value);
    qsort(cpu, LOOKS, sizeof *cpu, by_value);
    row("who asked the same or the like, median", ms[LOOKS / 2], "ms");
    row("who asked the same or the like, of 100 the slowest", ms[LOOKS * 99 / 100], "ms");
    row("the same, processor time of the program, median", cpu[LOOKS / 2], "ms");
    row("the same, of 100 the slowest", cpu[LOOKS * 99 / 100], "ms");
    printf("found: the same for %zu of %d, the like for %zu\n", same, LOOKS, near);
}

static int64_t size_of(const char *name, int64_t usual)
{
    int64_t n = usual;
    if (getenv(name))
        str_to_int(str_z(getenv(name)), &n);
    return n;
}

int main(void)
{
    void *state = NULL;
    n_campaign = size_of("CAMPAIGN", n_campaign);
    n_requests = size_of("REQUESTS", n_requests);
    if (site_box_make(&state) != 0)
        return 1;
    box = state;
    a = &box->a;
    site_make();
    printf("%s\n", site_box_on_server() ? "PostgreSQL" : "SQLite");
    if (n_campaign)
        campaign();
    if (n_requests) {
        fill();
        looks();
    }
    app_close(&app);
    return site_box_drop(&state) == 0 ? 0 : 1;
}
