// How long a check takes on cells already read: the sums alone, and everything that looks at one
// document. A row for each, as tools/bench wants them; the yardstick is the time allowed.
#include "report/check.h"

#include <stdio.h>
#include <time.h>

enum { ROUNDS = 500, LIMIT_US = 20, ARENA_BYTES = 64 << 20, WARM_BYTES = 1 << 20 };

static double now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

// A full report of the 2021 form whose sums all hold.
static Document *report_full(Arena *a)
{
    Document *d = NEW(a, Document, 1);
    d->kind = DOC_REPORT;
    d->edition = EDITION_FMT2021;
    d->year = 2023;
    d->title = S("示例县2023年政府信息公开工作年度报告");
    d->organ = S("示例县人民政府");
    d->published = d->from = d->to = date_none;
    for (CellIx ix = 0; ix < CELL_COUNT; ix++)
        if (cell_in(ix, d->edition)) {
            d->cells[ix] = (Cell){.state = CELL_VALUE, .raw = S("0"), .place = {.line = ix}};
            d->table_seen[cell_def(ix)->table] = true;
        }
    static const T3Row rows[] = {T3_NEW, T3_R1, T3_R7};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        d->cells[cell_t3(rows[i], T3_NATURAL)].n = d->cells[cell_t3(rows[i], T3_TOTAL)].n = 1407;
    return d;
}

typedef void Check(Document *d, Arena *a);

static const CheckOptions options = {LANG_ZH, {DATE_NONE_DAYS}};

static void sums(Document *d, Arena *a)
{
    d->findings = (Findings){0};
    check_sums(&(Checking){d, &options, a});
}

static void sums_with_faults(Document *d, Arena *a)
{
    d->cells[cell_t3(T3_NEW, T3_TOTAL)].n = 1406;
    sums(d, a);
    d->cells[cell_t3(T3_NEW, T3_TOTAL)].n = 1407;
}

static void everything(Document *d, Arena *a)
{
    report_check(d, &options, a);
}

// The best of fifteen runs, in processor time: what the work takes when nothing else is in the way.
static double best_us(Check *check, Document *d, Arena *a)
{
    double best = 1e12;
    for (int run = 0; run < 15; run++) {
        double start = now_us();
        for (int i = 0; i < ROUNDS; i++) {
            check(d, a);
            arena_reset(a, WARM_BYTES);
        }
        double us = (now_us() - start) / ROUNDS;
        best = us < best ? us : best;
    }
    return best;
}

int main(void)
{
    Arena document = arena_new(ARENA_BYTES), scratch = arena_new(ARENA_BYTES);
    Document *d = report_full(&document);
    static const struct {
        const char *name;
        Check *check;
    } checks[] = {
        {"sums of a full report", sums},
        {"sums with a wrong total", sums_with_faults},
        {"all checks on the cells", everything},
    };
    for (size_t i = 0; i < sizeof checks / sizeof *checks; i++) {
        double us = best_us(checks[i].check, d, &scratch);
        double ratio = us / LIMIT_US;
        printf("%s\t%.1f us\t%d us allowed\t%.2f\t<= 1\t%s\n", checks[i].name, us, LIMIT_US, ratio,
               ratio <= 1 ? "met" : "missed");
    }
    arena_free(&scratch);
    arena_free(&document);
}
