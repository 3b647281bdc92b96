// Faultless reports in every layout: read and checked, nothing may be called wrong. And with one
// figure off, what is called wrong are the sums of that figure, or nothing where it was not read.
#include "test.h"

#include "layouts.h"

static const CheckOptions options = {LANG_ZH, {DATE_NONE_DAYS}};

typedef struct Case {
    const Layout *layout;
    Edition edition;
    unsigned style;
} Case;

// The first report in the file, checked; NULL for none.
static const Document *checked(const Case *c, const Figures *f, Dice *d, Arena *a)
{
    Whole whole = {.figures = f, .style = c->style, .organ = S("示例市水务局")};
    Str text = layout_report(c->layout, &whole, d, a);
    Reading r;
    Err err;
    if (!report_read(S("报告"), text, a, &r, &err))
        fail_msg("%s", err.zh);
    for (size_t i = 0; i < r.docs.n; i++) {
        if (r.docs.v[i].kind != DOC_REPORT)
            continue;
        report_check(&r.docs.v[i], &options, a);
        return &r.docs.v[i];
    }
    return NULL;
}

static void set(Figures *f, const char *id, int64_t n)
{
    CellIx ix = cell_by_id(str_z(id));
    if (f->state[ix] != CELL_ABSENT)
        figures_set(f, ix, n);
}

// Figures a bureau can have: no rules of its own, nothing that exceeds what contains it.
static void figures_plausible(Figures *f)
{
    for (CellIx ix = T2_FIRST; ix < T3_FIRST; ix++)
        if (f->state[ix] != CELL_ABSENT)
            figures_set(f, ix, 0);
    set(f, "t2.normative.made", 3);
    set(f, "t2.normative.newly_public", 3);
    set(f, "t2.normative.all_public", 41);
    set(f, "t2.normative.repealed", 1);
    set(f, "t2.normative.in_force", 17);
    set(f, "t2.licence.last_year", 12);
    set(f, "t2.licence.change", -2);
    set(f, "t2.licence.decided", 318);
    set(f, "stat.staff", 3);
    set(f, "stat.full_time", 1);
    set(f, "stat.part_time", 2);
    set(f, "stat.proactive", 50);
    set(f, "stat.proactive_normative", 3);
    set(f, "stat.channel_website", 50);
    set(f, "stat.press_head", 0);
    set(f, "stat.interview_head", 0);
}

static void figures_for(const Case *c, Dice *d, Figures *f)
{
    figures_make(d, c->edition, false, SIZE_MIDDLE, f);
    figures_plausible(f);
}

// That a figure was placed by a guess, or that a copy has lost many, is no fault of the report.
static bool accuses(const Finding *f)
{
    return f->result == RESULT_FAIL ||
           (f->result == RESULT_DOUBTFUL && !str_eq(f->id, S("form.guess")) &&
            !str_eq(f->id, S("form.blank")));
}

static void nothing_faultless_is_called_wrong(void **state)
{
    const Case *c = *state;
    Arena a = arena_new(256 << 20);
    for (uint64_t seed = 1; seed <= 3; seed++) {
        Dice d = {seed};
        Figures f;
        figures_for(c, &d, &f);
        const Document *doc = checked(c, &f, &d, &a);
        for (size_t i = 0; doc && i < doc->findings.n; i++) {
            const Finding *g = &doc->findings.v[i];
            if (accuses(g))
                fail_msg("seed %d: " PRI_STR ": " PRI_STR " " PRI_STR, (int)seed, STR_ARG(g->title),
                         STR_ARG(g->message), STR_ARG(g->evidence));
        }
        arena_reset(&a, 1 << 20);
    }
    arena_free(&a);
}

static bool names(const Finding *f, CellIx ix)
{
    for (size_t i = 0; i < f->n_cells; i++)
        if (f->cells[i] == ix)
            return true;
    return false;
}

static bool is_sum(const Finding *f)
{
    return str_starts(f->id, S("t3.")) || str_starts(f->id, S("t4.")) ||
           str_starts(f->id, S("stat.sum"));
}

// What the sums say of a document in which this cell alone is off: how many fail, each of them its
// own.
static int sums_failed(const Document *doc, CellIx ix)
{
    int failed = 0;
    for (size_t i = 0; i < doc->findings.n; i++) {
        const Finding *g = &doc->findings.v[i];
        if (!is_sum(g) || !accuses(g))
            continue;
        if (!names(g, ix))
            fail_msg(PRI_STR ": " PRI_STR, STR_ARG(g->title), STR_ARG(g->message));
        failed++;
    }
    return failed;
}

static void a_figure_off_is_found_in_every_layout(void **state)
{
    const Case *c = *state;
    static const char *const off[EDITION__COUNT] = {"", "stat.requests", "t3.r7.total",
                                                    "t3.new.natural"};
    CellIx ix = cell_by_id(str_z(off[c->edition]));
    Arena a = arena_new(256 << 20);
    Dice d = {5};
    Figures f;
    figures_for(c, &d, &f);
    figures_set(&f, ix, f.n[ix] + 1);
    const Document *doc = checked(c, &f, &d, &a);
    int failed = doc ? sums_failed(doc, ix) : 0;
    // where a layout loses places, a figure that does not fit may be left unread instead
    if (c->layout->keeps == KEEPS_ALL)
        assert_int_not_equal(failed, 0);
    arena_free(&a);
}

int main(void)
{
    static const Edition forms[] = {EDITION_STAT2014, EDITION_FMT2019, EDITION_FMT2021};
    static const struct {
        const char *name;
        void (*test)(void **);
    } sentences[] = {{"nothing faultless is called wrong", nothing_faultless_is_called_wrong},
                     {"a figure off is found", a_figure_off_is_found_in_every_layout}};
    enum { MOST = 600 };
    static Case cases[MOST];
    static char names_of[MOST][100];
    static struct CMUnitTest tests[MOST];
    size_t n = 0;
    for (size_t s = 0; s < 2; s++)
        for (size_t l = 0; l < n_layouts; l++)
            for (size_t e = 0; e < 3 && n < MOST; e++, n++) {
                cases[n] = (Case){&layouts[l], forms[e], 0};
                snprintf(names_of[n], sizeof names_of[n], PRI_STR ", " PRI_STR ": %s",
                         STR_ARG(layouts[l].name), STR_ARG(editions[forms[e]].id),
                         sentences[s].name);
                tests[n] =
                    (struct CMUnitTest){names_of[n], sentences[s].test, NULL, NULL, &cases[n]};
            }
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return _cmocka_run_group_tests("check_layouts", tests, n, NULL, NULL);
}
