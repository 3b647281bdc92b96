// Random figures that balance, in every layout, read back: what is read must be exactly what was
// written, and where a layout loses places, never another value.
#include "test.h"

#include "base/text.h"
#include "layouts.h"

#include <stdlib.h>

static const Str ORGAN = SI("示例市水务局");

typedef struct Case {
    Edition edition;
    bool mixed;
    unsigned style;
    enum { FULL, SOME_BLANK, ZEROS_BLANK } blanks;
    int year; // where it is not one the form is due for; else 0
} Case;

// What the cell should be read as: a blank may come back as absent only where places are lost.
static bool cell_right(const Figures *f, const Cell *got, CellIx ix, bool lossy)
{
    if (f->state[ix] == CELL_VALUE && got->state == CELL_VALUE)
        return f->n[ix] == got->n;
    return lossy ? got->state != CELL_VALUE : f->state[ix] == got->state;
}

typedef struct Tally {
    int cells, wrong, lost, made_up; // made_up: read as a value that was not written
    char first[300];
} Tally;

static void tally_cell(Tally *t, const Figures *f, const Cell *got, CellIx ix, bool lossy)
{
    t->cells += f->state[ix] == CELL_VALUE;
    t->lost += f->state[ix] == CELL_VALUE && got->state != CELL_VALUE;
    t->made_up += got->state == CELL_VALUE && !cell_right(f, got, ix, true);
    if (cell_right(f, got, ix, lossy))
        return;
    bool made_up = got->state == CELL_VALUE;
    if (!t->wrong++ || (made_up && t->made_up == 1))
        snprintf(t->first, sizeof t->first, PRI_STR ": wrote %s %lld, read %s %lld (" PRI_STR ")",
                 STR_ARG(cell_def(ix)->id), cell_state_ids[f->state[ix]].s, (long long)f->n[ix],
                 cell_state_ids[got->state].s, (long long)got->n, STR_ARG(got->raw));
}

static Tally compare(const Figures *f, const Document *doc, bool lossy)
{
    Tally t = {0};
    for (CellIx ix = 0; ix < CELL_COUNT; ix++)
        tally_cell(&t, f, &doc->cells[ix], ix, lossy);
    return t;
}

// The first document of kind report; NULL for none.
static const Document *report_of(const Reading *r)
{
    for (size_t i = 0; i < r->docs.n; i++)
        if (r->docs.v[i].kind == DOC_REPORT)
            return &r->docs.v[i];
    return NULL;
}

static Figures figures_for(const Case *c, Dice *d)
{
    Figures f;
    figures_make(d, c->edition, c->mixed, (Size)dice_below(d, SIZE__COUNT), &f);
    if (c->blanks == SOME_BLANK)
        figures_blank_some(&f, d, 3);
    if (c->blanks == ZEROS_BLANK)
        figures_zeros_blank(&f);
    f.year = c->year ? c->year : f.year;
    return f;
}

// Keeps a document that was misread, for looking at, where GONGKAI_KEEP names a folder.
static void keep(Str text, const Layout *l, uint64_t seed)
{
    const char *dir = getenv("GONGKAI_KEEP");
    if (!dir)
        return;
    char path[300];
    snprintf(path, sizeof path, "%s/" PRI_STR "-%llu.%s", dir, STR_ARG(l->name),
             (unsigned long long)seed, l->markup == HTML ? "html" : "txt");
    FILE *out = fopen(path, "w");
    if (out && fwrite(text.s, 1, text.n, out))
        fclose(out);
}

// One document; prints what is wrong and says how many cells are.
static int read_back(const Layout *l, const Case *c, uint64_t seed, Arena a)
{
    Dice d = {seed};
    Figures f = figures_for(c, &d);
    Whole w = {&f, c->style, ORGAN};
    Str text = layout_report(l, &w, &d, &a);
    Reading r;
    Err err = {0};
    bool lossy = l->keeps == KEEPS_SOME || (l->keeps == KEEPS_VALUES && c->blanks != FULL);
    const Document *doc = report_read(S("a"), text, &a, &r, &err) ? report_of(&r) : NULL;
    Tally t = doc ? compare(&f, doc, lossy) : (Tally){.wrong = 1, .first = "no report found"};
    if (doc && (doc->year != f.year || !str_eq(doc->organ, ORGAN) || doc->edition != f.edition))
        t.wrong += snprintf(t.first, sizeof t.first, "year %d, edition %d, organ " PRI_STR,
                            doc->year, doc->edition, STR_ARG(doc->organ)) > 0;
    if (t.wrong) {
        print_error(PRI_STR ", edition %d%s, style %x, blanks %d, seed %llu: %d of %d cells wrong,"
                            " %d lost, %d made up; %s\n",
                    STR_ARG(l->name), c->edition, c->mixed ? " mixed" : "", c->style, c->blanks,
                    (unsigned long long)seed, t.wrong, t.cells, t.lost, t.made_up, t.first);
        keep(text, l, seed);
    }
    return t.wrong;
}

enum { SEEDS = 6 };

// More documents of each kind where GONGKAI_SEEDS asks for them.
static uint64_t seeds(void)
{
    const char *asked = getenv("GONGKAI_SEEDS");
    int64_t n = SEEDS;
    return asked && str_to_int(str_z(asked), &n) && n > 0 ? (uint64_t)n : SEEDS;
}

static void every_layout_reads_back(const Case *c)
{
    Arena a = arena_new(1 << 30);
    int wrong = 0;
    uint64_t n = seeds();
    bool printed = !c->style && c->edition != EDITION_STAT2014;
    for (size_t i = 0; i < n_layouts; i++)
        for (uint64_t seed = 1; seed <= n && (printed || !layouts[i].printed_only); seed++) {
            wrong += read_back(&layouts[i], c, seed * 1000 + i, a);
            arena_reset(&a, 0);
        }
    arena_free(&a);
    assert_int_equal(wrong, 0);
}

// clang-format off
#define CASES(X) \
    X(the_2021_form_reads_back,                         EDITION_FMT2021, false, 0, FULL) \
    X(the_2019_form_reads_back,                         EDITION_FMT2019, false, 0, FULL) \
    X(the_2014_table_reads_back,                        EDITION_STAT2014, false, 0, FULL) \
    X(the_mixed_form_reads_back,                        EDITION_FMT2021, true,  0, FULL) \
    X(blanks_are_blanks_and_never_zeros,                EDITION_FMT2021, false, 0, SOME_BLANK) \
    X(zeros_left_out_are_not_made_up,                   EDITION_FMT2019, false, 0, ZEROS_BLANK) \
    X(dashes_are_blanks,                                EDITION_FMT2021, false, STYLE_DASHES, SOME_BLANK) \
    X(full_width_digits_are_digits,                     EDITION_FMT2021, false, STYLE_WIDE_DIGITS, FULL) \
    X(thousands_marks_are_passed_over,                  EDITION_FMT2021, false, STYLE_THOUSANDS, FULL) \
    X(spaces_inside_numbers_are_passed_over,            EDITION_FMT2019, false, STYLE_SPACED, FULL) \
    X(units_are_read,                                   EDITION_FMT2019, false, STYLE_UNITS, FULL) \
    X(signs_in_words_are_signs,                         EDITION_FMT2019, false, STYLE_SIGN_WORDS, FULL) \
    X(spaces_inside_labels_do_not_hide_them,            EDITION_FMT2021, false, STYLE_LABEL_SPACES, FULL) \
    X(cut_captions_are_known,                           EDITION_FMT2019, false, STYLE_CUT, FULL) \
    X(broken_quotation_marks_do_not_hide_a_row,         EDITION_FMT2019, false, STYLE_QUESTION, FULL) \
    X(half_width_brackets_are_brackets,                 EDITION_FMT2021, false, STYLE_HALF_BRACKETS, FULL) \
    X(captions_broken_over_two_lines_are_one,           EDITION_FMT2019, false, STYLE_BROKEN_HEADS, FULL) \
    X(an_added_column_shifts_nothing,                   EDITION_FMT2021, false, STYLE_EXTRA_COLUMN, FULL) \
    X(an_added_row_shifts_nothing,                      EDITION_FMT2021, false, STYLE_EXTRA_ROW, FULL) \
    X(normative_documents_without_administrative,       EDITION_FMT2021, false, STYLE_PLAIN_NORMATIVE, FULL) \
    X(traditional_characters_are_read,                  EDITION_FMT2021, false, STYLE_TRADITIONAL, FULL) \
    X(taiwan_words_are_read,                            EDITION_FMT2019, false, STYLE_TRADITIONAL | STYLE_TAIWAN, FULL) \
    X(pinyin_residues_are_passed_over,                  EDITION_FMT2021, false, STYLE_TRADITIONAL | STYLE_RESIDUE, FULL) \
    X(renumbered_chapters_are_found,                    EDITION_FMT2019, false, STYLE_RENUMBERED, FULL) \
    X(the_total_s_head_in_another_row_is_known,         EDITION_FMT2021, false, STYLE_LOW_TOTAL, FULL) \
    X(table_two_is_known_without_its_first_heading,     EDITION_FMT2021, false, STYLE_NO_FIRST, FULL) \
    X(a_column_of_serial_numbers_is_no_figure,          EDITION_STAT2014, false, STYLE_SERIAL, FULL) \
    X(blanks_of_the_2014_table_are_blanks,              EDITION_STAT2014, false, 0, SOME_BLANK) \
    X(all_of_it_at_once,                                EDITION_FMT2019, false, STYLE_HALF_BRACKETS | STYLE_UNITS | STYLE_SIGN_WORDS | STYLE_LABEL_SPACES | STYLE_CUT | STYLE_QUESTION | STYLE_BROKEN_HEADS | STYLE_RENUMBERED, FULL)
// clang-format on

#define X(name, edition, mixed, style, blanks)                                                     \
    static void name(void **state)                                                                 \
    {                                                                                              \
        (void)state;                                                                               \
        every_layout_reads_back(&(Case){edition, mixed, style, blanks, 0});                        \
    }
CASES(X)
#undef X

static void the_form_is_told_by_its_rows_and_not_by_the_year(void **state)
{
    (void)state;
    every_layout_reads_back(&(Case){EDITION_FMT2019, false, 0, FULL, 2023});
}

// Where a file ends at the end of any line, what is read is what was written.
static void a_document_cut_short_says_nothing_wrong(void **state)
{
    (void)state;
    Arena a = arena_new(1 << 30);
    int made_up = 0;
    for (size_t i = 0; i < n_layouts; i++)
        for (uint64_t seed = 1; seed <= seeds(); seed++) {
            Dice d = {seed * 1000 + i};
            Figures f = figures_for(&(Case){.edition = EDITION_FMT2021}, &d);
            Str text = layout_report(&layouts[i], &(Whole){&f, 0, ORGAN}, &d, &a);
            size_t cut = text.n / 3 + (size_t)dice_below(&d, (int64_t)text.n * 2 / 3);
            while (cut < text.n && text.s[cut] != '\n')
                cut++;
            Reading r;
            Err err = {0};
            const Document *doc =
                report_read(S("a"), str_sub(text, 0, cut), &a, &r, &err) ? report_of(&r) : NULL;
            Tally t = doc ? compare(&f, doc, true) : (Tally){0};
            if (t.made_up)
                print_error(PRI_STR ", cut at %zu, seed %llu: %d made up; %s\n",
                            STR_ARG(layouts[i].name), cut, (unsigned long long)seed, t.made_up,
                            t.first);
            made_up += t.made_up;
            arena_reset(&a, 0);
        }
    arena_free(&a);
    assert_int_equal(made_up, 0);
}

// Any encoding the text is saved in gives the same figures.
static void encodings_change_nothing(void **state)
{
    (void)state;
    static const char *const encodings[] = {"GB18030", "UTF-16LE", "UTF-16BE", "UTF-8"};
    static const Str marks[] = {SI(""), SI("\xff\xfe"), SI("\xfe\xff"), SI("\xef\xbb\xbf")};
    Arena a = arena_new(1 << 30);
    for (size_t i = 0; i < n_layouts; i++)
        for (size_t e = 0; e < 4; e++) {
            Dice d = {i * 10 + e};
            Figures f = figures_for(&(Case){.edition = EDITION_FMT2021}, &d);
            Str text = layout_report(&layouts[i], &(Whole){&f, 0, ORGAN}, &d, &a), bytes;
            if (e == 0)
                text = str_replace(&a, text, S("charset=\"utf-8\""), S("charset=\"gb2312\""));
            assert_true(text_encode(text, encodings[e], &a, &bytes));
            Reading r;
            Err err = {0};
            assert_true(report_read(S("a"), str_cat(&a, marks[e], bytes), &a, &r, &err));
            const Document *doc = report_of(&r);
            Tally t = doc ? compare(&f, doc, layouts[i].keeps == KEEPS_SOME) : (Tally){.wrong = 1};
            if (t.wrong)
                fail_msg(PRI_STR " in %s: %d wrong; %s", STR_ARG(layouts[i].name), encodings[e],
                         t.wrong, t.first);
            arena_reset(&a, 0);
        }
    arena_free(&a);
}

// Line ends of another system.
static void carriage_returns_change_nothing(void **state)
{
    (void)state;
    Arena a = arena_new(1 << 30);
    for (size_t i = 0; i < n_layouts; i++) {
        Dice d = {i};
        Figures f = figures_for(&(Case){.edition = EDITION_FMT2019}, &d);
        Str text = layout_report(&layouts[i], &(Whole){&f, 0, ORGAN}, &d, &a);
        Reading r;
        Err err = {0};
        assert_true(report_read(S("a"), str_replace(&a, text, S("\n"), S("\r\n")), &a, &r, &err));
        const Document *doc = report_of(&r);
        Tally t = doc ? compare(&f, doc, layouts[i].keeps == KEEPS_SOME) : (Tally){.wrong = 1};
        if (t.wrong)
            fail_msg(PRI_STR ": %d wrong; %s", STR_ARG(layouts[i].name), t.wrong, t.first);
        arena_reset(&a, 0);
    }
    arena_free(&a);
}

static void several_reports_in_one_file_are_told_apart(void **state)
{
    (void)state;
    Arena a = arena_new(1 << 30);
    for (size_t i = 0; i < n_layouts; i++) {
        if (layouts[i].markup != PLAIN)
            continue;
        Figures f[2];
        Str text = S("");
        for (int k = 0; k < 2; k++) {
            Dice d = {77 + i + k};
            figures_make(&d, k ? EDITION_FMT2019 : EDITION_FMT2021, false, SIZE_MIDDLE, &f[k]);
            Whole w = {&f[k], 0, ORGAN};
            text = str_cat(&a, str_cat(&a, text, layout_report(&layouts[i], &w, &d, &a)),
                           layout_furniture());
        }
        Reading r;
        Err err = {0};
        assert_true(report_read(S("a"), text, &a, &r, &err));
        size_t reports = 0;
        for (size_t k = 0; k < r.docs.n; k++)
            if (r.docs.v[k].kind == DOC_REPORT && reports < 2) {
                Tally t = compare(&f[reports++], &r.docs.v[k], layouts[i].keeps == KEEPS_SOME);
                if (t.wrong)
                    fail_msg(PRI_STR ", report %zu: %s", STR_ARG(layouts[i].name), reports,
                             t.first);
            }
        if (reports != 2)
            fail_msg(PRI_STR ": %zu reports", STR_ARG(layouts[i].name), reports);
        arena_reset(&a, 0);
    }
    arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define X(name, ...) cmocka_unit_test(name),
        CASES(X)
#undef X
            cmocka_unit_test(the_form_is_told_by_its_rows_and_not_by_the_year),
        cmocka_unit_test(a_document_cut_short_says_nothing_wrong),
        cmocka_unit_test(encodings_change_nothing),
        cmocka_unit_test(carriage_returns_change_nothing),
        cmocka_unit_test(several_reports_in_one_file_are_told_apart),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
