// Reading and checking whole reports: HTML beside what gumbo alone takes for the same bytes, text
// in MB a second. The reports are the sample's and those of tests/unit/layouts.h. A row for each,
// as tools/bench wants them.
#include "base/file.h"
#include "form.h"
#include "layouts.h"
#include "report/report.h"

#include <gumbo.h>
#include <stdio.h>
#include <time.h>

enum {
    ROUNDS = 400,
    HTML_LIMIT_PERCENT = 150,
    TEXT_GOAL = 60,
    ARENA_BYTES = 1 << 30,
    WARM_BYTES = 16 << 20
};

static double now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static void read_and_check(Str text, Arena *a)
{
    static const CheckOptions options = {LANG_ZH, {DATE_NONE_DAYS}};
    Reading r;
    Err err;
    if (!report_read(S("bench"), text, a, &r, &err))
        return;
    for (size_t i = 0; i < r.docs.n; i++)
        report_check(&r.docs.v[i], &options, a);
}

static void read_only(Str text, Arena *a)
{
    Reading r;
    Err err;
    report_read(S("bench"), text, a, &r, &err);
}

static void gumbo_alone(Str text, Arena *a)
{
    (void)a;
    gumbo_destroy_output(&kGumboDefaultOptions,
                         gumbo_parse_with_options(&kGumboDefaultOptions, text.s, text.n));
}

typedef void Work(Str text, Arena *a);

// The best of many rounds, in processor time: what the work takes when nothing else is in the way.
static double best_us(Work *work, Str text, Arena *a)
{
    double best = 1e12;
    for (int i = 0; i < ROUNDS; i++) {
        arena_reset(a, WARM_BYTES);
        double from = now_us();
        work(text, a);
        double took = now_us() - from;
        best = took < best ? took : best;
    }
    return best;
}

static void html_row(const char *name, Str text, Arena *a)
{
    double ours = best_us(read_and_check, text, a), theirs = best_us(gumbo_alone, text, a);
    printf("%s, %zu KB\t%.0f µs\tgumbo %.0f µs\t%.2f\t%.1f ×\t%s\n", name, text.n >> 10, ours,
           theirs, ours / theirs, HTML_LIMIT_PERCENT / 100.0,
           ours * 100 <= theirs * HTML_LIMIT_PERCENT ? "met" : "missed");
}

static void text_row(const char *name, Work *work, Str text, bool goal, Arena *a)
{
    double us = best_us(work, text, a), speed = (double)text.n / us;
    printf("%s, %zu KB\t%.0f MB/s\t%d MB/s\t%.2f\t%s\t%s\n", name, text.n >> 10, speed, TEXT_GOAL,
           speed / TEXT_GOAL, goal ? "1.0 ×" : "",
           !goal                ? "-"
           : speed >= TEXT_GOAL ? "met"
                                : "missed");
}

static Str sample(const char *name, Arena *a)
{
    Str path = str_fmt(a, "data/sample/%s", name), bytes;
    Err err;
    if (file_read(path, MAX_FILE_BYTES, a, &bytes, &err))
        return bytes;
    fprintf(stderr, "%s\n", err.en);
    return S("");
}

static Str layout(const char *name, Arena *a)
{
    Dice d = {7};
    Figures f;
    figures_make(&d, EDITION_FMT2021, false, SIZE_MIDDLE, &f);
    Whole w = {&f, 0, S("示例市水务局")};
    for (size_t i = 0; i < n_layouts; i++)
        if (str_eq(layouts[i].name, str_z(name)))
            return layout_report(&layouts[i], &w, &d, a);
    return S("");
}

int main(void)
{
    Arena kept = arena_new(ARENA_BYTES), a = arena_new(ARENA_BYTES);
    html_row("HTML, plain", layout("html", &kept), &a);
    html_row("HTML, from Word", layout("html, word", &kept), &a);
    html_row("HTML, the sample's", sample("shuiwu-2025.html", &kept), &a);
    Str pipes = layout("pipes, trailing", &kept), lines = layout("cell a line", &kept),
        own = sample("shuiwu-2022.txt", &kept);
    text_row("text read, pipes", read_only, pipes, true, &a);
    text_row("text read, a cell a line", read_only, lines, true, &a);
    text_row("text read, the sample's", read_only, own, true, &a);
    text_row("the same, checked as well", read_and_check, own, false, &a);
    arena_free(&a);
    arena_free(&kept);
}
