// Writes N invented reports into a folder, of every layout met, four years of each organ, for
// bench/batch.sh:
//
//     make_reports DIR N
#include "base/file.h"
#include "layouts.h"

#include <stdio.h>

enum { YEARS = 4, FIRST_YEAR = 2021, SEED = 20260319 };

// 示例市第三百一十二局: names that differ as names do.
static Str organ_of(Arena *a, size_t n)
{
    static const char *const digits[] = {"零", "一", "二", "三", "四",
                                         "五", "六", "七", "八", "九"};
    static const char *const offices[] = {"水务局", "教育局", "民政局", "人民政府办公室", "财政局"};
    return str_fmt(a, "示例%s%s%s%s县%s", digits[n / 5000 % 10], digits[n / 500 % 10],
                   digits[n / 50 % 10], digits[n / 5 % 10], offices[n % 5]);
}

static void file_end(FILE **f)
{
    if (*f)
        fclose(*f);
}

static bool write_one(Str dir, size_t i, Arena *a)
{
    Dice d = {SEED + i};
    Figures *f = NEW(a, Figures, 1);
    const Layout *layout = &layouts[i % n_layouts];
    int year = FIRST_YEAR + (int)(i % YEARS);
    figures_make(&d, EDITION_FMT2021, false, (Size)(i % SIZE__COUNT), f);
    f->year = year;
    Whole whole = {.figures = f, .organ = organ_of(a, i / YEARS)};
    Str text = layout_report(layout, &whole, &d, a);
    Str name = str_fmt(a, "%06zu.%s", i, layout->markup == HTML ? "html" : "txt");
    // not file_write, which waits for the disk
    CLEANUP(file_end) FILE *out = fopen(str_to_z(a, file_join(a, dir, name)), "w");
    return out && fwrite(text.s, 1, text.n, out) == text.n;
}

int main(int argc, char **argv)
{
    int64_t n;
    if (argc != 3 || !str_to_int(str_z(argv[2]), &n))
        return 2;
    CLEANUP(arena_end) Arena a = arena_new((size_t)1 << 30);
    for (int64_t i = 0; i < n; i++) {
        arena_reset(&a, 8 << 20);
        if (!write_one(str_z(argv[1]), (size_t)i, &a)) {
            perror(argv[1]);
            return 1;
        }
    }
    return 0;
}
