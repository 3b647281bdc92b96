// A campaign over HTTP: identical requests sent as browsers send them, each by another person from
// another address, each answered with its receipt; then what the officer sees of it.
//
//     CAMPAIGN=1000 build/bench/bench_campaign_web
#include "../tests/test.h"

#include "citizen_site.h"
#include "store/asked.h"
#include "store/organ.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static App app;
static Arena *a;

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

// A number of a person who is not, with its check digit (GB 11643).
static Str identity(int64_t i)
{
    static const int weights[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    Str s = str_fmt(a, "0000%02lld19900101%03lld", (long long)(i / 1000), (long long)(i % 1000));
    int sum = 0;
    for (size_t k = 0; k < sizeof weights / sizeof *weights; k++)
        sum += (s.s[k] - '0') * weights[k];
    return str_fmt(a, PRI_STR "%c", STR_ARG(s), "10X98765432"[sum % 11]);
}

static int by_value(const void *x, const void *y)
{
    double p = *(const double *)x, q = *(const double *)y;
    return p < q ? -1 : p > q;
}

static void file_all(Citizen *citizen, int64_t n)
{
    double *ms = calloc((size_t)n, sizeof *ms);
    double begins = now_ms();
    for (int64_t i = 0; i < n; i++) {
        Arena before = *a;
        Str form = str_cat(a, citizen_answers(citizen, 5, "&true=1"),
                           str_fmt(a, "&once=%032llx", (long long)(i + 1)));
        form = str_replace(a, form, S("000000199001010018"), identity(i));
        double one = now_ms();
        Reply r = citizen_send(citizen, form, 200);
        ms[i] = now_ms() - one;
        if (!str_has(r.body, S("登记回执\">")))
            fail_msg("no receipt: " PRI_STR, STR_ARG(str_sub(r.body, 0, 3000)));
        *a = before;
    }
    double took = now_ms() - begins;
    qsort(ms, (size_t)n, sizeof *ms, by_value);
    printf("%lld filed, each with its receipt: %.1f s, %.0f a minute; median %.2f ms, of 100 the"
           " slowest %.2f ms\n",
           (long long)n, took / 1000, (double)n / took * 60000, ms[n / 2], ms[n * 99 / 100]);
    free(ms);
}

static void looks(Jar *officer)
{
    static const char *const pages[] = {"/desk/groups", "/desk/requests"};
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        double begins = now_ms();
        page(officer, pages[i], 200);
        printf("%s afterwards: %.2f ms\n", pages[i], now_ms() - begins);
    }
}

int main(void)
{
    static const char *const any_number[] = {"GONGKAI_APPLY_PER_DAY=0", NULL};
    void *state = NULL;
    SiteBox *box;
    Err err = {0};
    Organ organ;
    int64_t n = 1000;
    if (getenv("CAMPAIGN"))
        str_to_int(str_z(getenv("CAMPAIGN")), &n);
    if (n > 99000)
        n = 99000; // so many numbers there are
    if (desk_site_open(&state, &box, &a, &app) != 0)
        return 1;
    OrganId housing = organ_make(&app, a, "示例县住房和城乡建设局", (OrganId){0});
    Program site = program_serve(box, any_number);
    Jar officer = jar_of(&app, a, site.port,
                         person_make(&app, a, "zhou", "周衡", housing, 1u << ROLE_OFFICER));
    if (!site.port || !store_organ_get(app.db, &app.scope, housing, a, &organ, &err))
        return 1;
    Citizen citizen = {
        .a = a, .jar = {.a = a, .port = site.port}, .path = str_cat(a, S("/apply/"), organ.slug)};
    printf("%s\n", site_box_on_server() ? "PostgreSQL" : "SQLite");
    file_all(&citizen, n);
    looks(&officer);
    return desk_site_close(&state, &app, &site) == 0 ? 0 : 1;
}
