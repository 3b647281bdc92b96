#include "doc_builder.h"

static Arena arena;

static int start(void **state)
{
    (void)state;
    arena = arena_new(64 << 20);
    return 0;
}

static int end(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static Document *checked(Document *d)
{
    report_check(d, &doc_check_zh, &arena);
    return d;
}

// Every equation of the three forms, by the cell that stands for its total, with what upsets it:
// the same row serves for a document that passes and one that fails.
typedef struct Row {
    const char *check, *total, *part;
    Edition edition;
} Row;

// clang-format off
static const Row rows[] = {
    {"t3.row_sum",   "t3.new.total",                    "t3.new.natural",               EDITION_FMT2021},
    {"t3.row_sum",   "t3.r6_3.total",                   "t3.r6_3.other",                EDITION_FMT2021},
    {"t3.row_sum",   "t3.r6.total",                     "t3.r6.legal",                  EDITION_FMT2019},
    {"t3.row_sum",   "t3.carried_out.total",            "t3.carried_out.research",      EDITION_FMT2019},
    {"t3.col_sum",   "t3.r7.natural",                   "t3.r3_5.natural",              EDITION_FMT2021},
    {"t3.col_sum",   "t3.r7.business",                  "t3.r6_2.business",             EDITION_FMT2021},
    {"t3.col_sum",   "t3.r7.legal",                     "t3.r6.legal",                  EDITION_FMT2019},
    {"t3.balance",   "t3.r7.welfare",                   "t3.new.welfare",               EDITION_FMT2021},
    {"t3.balance",   "t3.r7.other",                     "t3.carried_in.other",          EDITION_FMT2019},
    {"t4.block_sum", "t4.review.total",                 "t4.review.upheld",             EDITION_FMT2021},
    {"t4.block_sum", "t4.suit_direct.total",            "t4.suit_direct.pending",       EDITION_FMT2019},
    {"t4.block_sum", "t4.suit_after_review.total",      "t4.suit_after_review.other",   EDITION_FMT2021},
    {"stat.sum",     "stat.requests",                   "stat.letter",                  EDITION_STAT2014},
    {"stat.sum",     "stat.finished",                   "stat.finished_extended",       EDITION_STAT2014},
    {"stat.sum",     "stat.replies",                    "stat.elsewhere",               EDITION_STAT2014},
    {"stat.sum",     "stat.refused",                    "stat.refused_other",           EDITION_STAT2014},
    {"stat.sum",     "stat.review",                     "stat.review_other",            EDITION_STAT2014},
    {"stat.sum",     "stat.suit",                       "stat.suit_corrected",          EDITION_STAT2014},
    {"stat.sum",     "stat.staff",                      "stat.part_time",               EDITION_STAT2014},
};
// clang-format on

static const Finding *finding_with(const Document *d, const Row *row)
{
    CellIx total = cell_by_id(str_z(row->total)), part = cell_by_id(str_z(row->part));
    for (size_t i = 0; i < d->findings.n; i++) {
        const Finding *f = &d->findings.v[i];
        bool has_total = false, has_part = false;
        for (size_t k = 0; k < f->n_cells; k++) {
            has_total |= f->cells[k] == total;
            has_part |= f->cells[k] == part;
        }
        if (str_eq(f->id, str_z(row->check)) && has_total && has_part)
            return f;
    }
    return NULL;
}

static int year_of(Edition e)
{
    return e == EDITION_STAT2014 ? 2016 : e == EDITION_FMT2019 ? 2019 : 2023;
}

static void want(const Document *d, const Row *row, Result result)
{
    const Finding *f = finding_with(d, row);
    if (!f || f->result != result)
        fail_msg("%s %s is %s, not %s", row->check, row->total, doc_result_name(f),
                 result_ids[result].s);
}

static void each_equation_passes_where_it_holds(void **state)
{
    const Row *row = *state;
    want(checked(doc_new(&arena, row->edition, year_of(row->edition))), row, RESULT_PASS);
}

static void each_equation_fails_where_a_part_is_off(void **state)
{
    const Row *row = *state;
    Document *d = doc_new(&arena, row->edition, year_of(row->edition));
    doc_set(d, row->part, 1);
    want(checked(d), row, RESULT_FAIL);
}

static void each_equation_is_not_assessed_where_a_part_is_blank(void **state)
{
    const Row *row = *state;
    Document *d = doc_new(&arena, row->edition, year_of(row->edition));
    doc_blank(d, row->part);
    want(checked(d), row, RESULT_NOT_ASSESSABLE);
}

static void each_equation_with_a_guessed_part_off_is_doubtful(void **state)
{
    const Row *row = *state;
    Document *d = doc_new(&arena, row->edition, year_of(row->edition));
    doc_set(d, row->part, 1);
    doc_repair(d, row->part, REPAIR_ORDER);
    want(checked(d), row, RESULT_DOUBTFUL);
}

static Document *officers_slip(void)
{
    Document *d = doc_new(&arena, EDITION_FMT2021, 2025);
    doc_t3(d, "new", 31, 4, 0, 0, 2, 0, 36);
    doc_t3(d, "carried_in", 2, 0, 0, 0, 0, 0, 2);
    doc_t3(d, "r1", 14, 2, 0, 0, 1, 0, 17);
    doc_t3(d, "r4_1", 16, 2, 0, 0, 1, 0, 19);
    doc_t3(d, "r7", 30, 4, 0, 0, 2, 0, 36);
    doc_t3(d, "carried_out", 3, 0, 0, 0, 0, 0, 3);
    return d;
}

static void a_total_whose_correction_also_restores_the_balance_is_named(void **state)
{
    (void)state;
    const Finding *f = doc_finding(checked(officers_slip()), "t3.row_sum", "t3.new.total");
    assert_non_null(f);
    assert_int_equal(f->result, RESULT_FAIL);
    assert_str(f->title, S("本年新收：总计不等于各列之和"));
    assert_str(
        f->message,
        S("各列相加是37，总计是36，相差1。本年新收（总计）由36改为37以后，“总计：一＋二＝三＋四”也"
          "同时成立，很可能是这一格写错；请核对后改正。"));
    assert_str(f->evidence,
               S("31＋4＋0＋0＋2＋0＝37 ≠ 36\n36＋2＝38 ≠ 36＋3＝39\n37＋2＝39 ＝ 36＋3＝39"));
    assert_str(f->left, S("37"));
    assert_str(f->right, S("36"));
    assert_int_equal(f->n_cells, 7);
    assert_int_equal(f->n_places, 7);
}

static void the_balance_that_fails_with_it_names_the_same_cell(void **state)
{
    (void)state;
    assert_result(checked(officers_slip()), "t3.balance", "t3.new.total", RESULT_FAIL);
}

static void faults_in_several_rows_are_not_blamed_on_one_cell(void **state)
{
    (void)state;
    Document *d = doc_new(&arena, EDITION_FMT2021, 2025);
    doc_t3(d, "new", 5, 0, 0, 0, 0, 0, 6);
    doc_t3(d, "r1", 5, 0, 0, 0, 0, 0, 6);
    doc_t3(d, "r7", 5, 0, 0, 0, 0, 0, 6);
    const Finding *f = doc_finding(checked(d), "t3.row_sum", "t3.r1.total");
    assert_non_null(f);
    assert_true(str_has(f->message, S("可能不止一处有误")));
}

static void a_blank_among_zeros_may_have_to_be_zero(void **state)
{
    (void)state;
    Document *d = officers_slip();
    doc_t3(d, "new", 31, 4, 0, 0, 2, 0, 37);
    doc_blank(d, "t3.r5_4.natural");
    const Finding *f = doc_finding(checked(d), "t3.col_sum", "t3.r5_4.natural");
    assert_non_null(f);
    assert_int_equal(f->result, RESULT_NOT_ASSESSABLE);
    assert_true(str_has(f->message, S("可能应填0")));
    assert_result(d, "t3.row_sum", "t3.r5_4.natural", RESULT_NOT_ASSESSABLE);
}

static void a_blank_total_is_told_what_it_should_be(void **state)
{
    (void)state;
    Document *d = officers_slip();
    doc_blank(d, "t3.new.total");
    const Finding *f = doc_finding(checked(d), "t3.row_sum", "t3.new.total");
    assert_non_null(f);
    assert_true(str_has(f->message, S("可能应为37")));
}

static void parts_beyond_the_total_are_doubtful_whatever_the_blank_is(void **state)
{
    (void)state;
    Document *d = doc_new(&arena, EDITION_FMT2021, 2025);
    doc_set(d, "t3.new.natural", 9);
    doc_blank(d, "t3.new.business");
    assert_result(checked(d), "t3.row_sum", "t3.new.business", RESULT_DOUBTFUL);
}

static void an_equation_that_placed_its_own_figures_proves_nothing(void **state)
{
    (void)state;
    Document *d = doc_new(&arena, EDITION_FMT2019, 2019);
    doc_repair(d, "t3.new.natural", REPAIR_POSITION);
    const Finding *f = doc_finding(checked(d), "t3.row_sum", "t3.new.total");
    assert_non_null(f);
    assert_int_equal(f->result, RESULT_NOT_ASSESSABLE);
}

static void nothing_passes_on_a_table_that_is_not_there(void **state)
{
    (void)state;
    Document *d = doc_new(&arena, EDITION_FMT2021, 2023);
    doc_drop_table(d, TABLE_T3);
    doc_drop_table(d, TABLE_T4);
    checked(d);
    assert_result(d, "t3.row_sum", NULL, RESULT_NOT_ASSESSABLE);
    assert_result(d, "t3.balance", NULL, RESULT_NOT_ASSESSABLE);
    for (size_t i = 0; i < d->findings.n; i++)
        if (str_starts(d->findings.v[i].id, S("t3.")) || str_starts(d->findings.v[i].id, S("t4.")))
            assert_int_not_equal(d->findings.v[i].result, RESULT_PASS);
}

static void rows_without_any_figure_are_told_once(void **state)
{
    (void)state;
    Document *d = doc_new(&arena, EDITION_FMT2021, 2021);
    for (CellIx ix = T3_FIRST; ix < T3_FIRST + T3_CELLS; ix++)
        if (d->cells[ix].state == CELL_VALUE)
            doc_blank(d, cell_def(ix)->id.s);
    checked(d);
    size_t n = 0;
    for (size_t i = 0; i < d->findings.n; i++)
        n += str_starts(d->findings.v[i].id, S("t3."));
    assert_int_equal(n, 3);
}

static void a_mixed_form_is_summed_over_the_rows_it_has(void **state)
{
    (void)state;
    Document *d = doc_new(&arena, EDITION_FMT2019, 2021);
    doc_t3(d, "new", 3, 0, 0, 0, 0, 0, 3);
    doc_t3(d, "r6", 3, 0, 0, 0, 0, 0, 3);
    doc_t3(d, "r7", 3, 0, 0, 0, 0, 0, 3);
    assert_result(checked(d), "t3.col_sum", "t3.r7.natural", RESULT_PASS);
}

static void figures_too_large_to_add_are_said_to_be(void **state)
{
    (void)state;
    Document *d = doc_new(&arena, EDITION_FMT2021, 2023);
    doc_set(d, "t3.new.natural", INT64_MAX);
    doc_set(d, "t3.new.business", INT64_MAX);
    assert_result(checked(d), "t3.row_sum", "t3.new.total", RESULT_NOT_ASSESSABLE);
}

static void messages_are_english_where_asked(void **state)
{
    (void)state;
    Document *d = officers_slip();
    report_check(d, &doc_check_en, &arena);
    const Finding *f = doc_finding(d, "t3.row_sum", "t3.new.total");
    assert_non_null(f);
    assert_str(f->title, S("requests received this year: total differs from the sum of its row"));
    assert_true(str_starts(f->evidence, S("31+4+0+0+2+0=37 ≠ 36\n")));
}

static void a_total_left_at_zero_is_the_likeliest_mistake(void **state)
{
    (void)state;
    Document *d = doc_new(&arena, EDITION_FMT2021, 2023);
    doc_set(d, "t4.review.upheld", 5);
    const Finding *f = doc_finding(checked(d), "t4.block_sum", "t4.review.total");
    assert_non_null(f);
    assert_true(str_has(f->message, S("改为5（现为0）即成立")));
}

// --- any table whose sums hold, with any one cell off

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 16;
}

static Cell *t3(Document *d, T3Row row, T3Col col)
{
    return &d->cells[cell_t3(row, col)];
}

static void fill_total(Document *d, T3Row row)
{
    t3(d, row, T3_TOTAL)->n = 0;
    for (T3Col col = 0; col < T3_TOTAL; col++)
        t3(d, row, T3_TOTAL)->n += t3(d, row, col)->n;
}

// Random outcomes, their totals, what was carried on, and new requests to match.
static Document *any_table(uint32_t *seed)
{
    Document *d = doc_new(&arena, EDITION_FMT2021, 2023);
    for (T3Col col = 0; col < T3_TOTAL; col++) {
        int64_t sum = 0;
        for (T3Row row = T3_R1; row < T3_R7; row++)
            if (row != T3_R6)
                sum += t3(d, row, col)->n = next_random(seed) % 9;
        t3(d, T3_R7, col)->n = sum;
        t3(d, T3_CARRIED_OUT, col)->n = next_random(seed) % 5;
        t3(d, T3_CARRIED_IN, col)->n = next_random(seed) % 5;
        t3(d, T3_NEW, col)->n = sum + t3(d, T3_CARRIED_OUT, col)->n - t3(d, T3_CARRIED_IN, col)->n;
    }
    for (T3Row row = 0; row < T3_ROWS; row++)
        if (row != T3_R6)
            fill_total(d, row);
    return d;
}

static bool names(const Finding *f, CellIx ix)
{
    for (size_t i = 0; i < f->n_cells; i++)
        if (f->cells[i] == ix)
            return true;
    return false;
}

static size_t upset(const Document *d, CellIx ix)
{
    size_t failed = 0;
    for (size_t i = 0; i < d->findings.n; i++) {
        const Finding *f = &d->findings.v[i];
        if (!str_starts(f->id, S("t3.")))
            continue;
        assert_int_equal(f->result == RESULT_FAIL, names(f, ix));
        failed += f->result == RESULT_FAIL;
        if (f->result == RESULT_FAIL)
            assert_int_equal(f->cells[0], ix); // and the cell that is off is the one named
    }
    return failed;
}

static void one_cell_off_upsets_its_own_sums_and_is_named(void **state)
{
    (void)state;
    uint32_t seed = 7;
    for (int i = 0; i < 300; i++) {
        Document *d = any_table(&seed);
        T3Row row = (T3Row)(next_random(&seed) % T3_ROWS);
        T3Col col = (T3Col)(next_random(&seed) % T3_COLS);
        if (row == T3_R6)
            continue;
        for (size_t k = 0; k < checked(d)->findings.n; k++)
            if (str_starts(d->findings.v[k].id, S("t3.")))
                assert_int_equal(d->findings.v[k].result, RESULT_PASS);
        t3(d, row, col)->n += 1 + next_random(&seed) % 3;
        assert_in_range(upset(checked(d), cell_t3(row, col)), 2, 3);
        arena_reset(&arena, 1 << 20);
    }
}

// Lessons of others: a missing cell taken for 0 passes dozens of checks nobody could make.
static void nothing_ever_passes_on_a_cell_without_a_value(void **state)
{
    (void)state;
    static const Edition forms[] = {EDITION_STAT2014, EDITION_FMT2019, EDITION_FMT2021};
    uint32_t seed = 11;
    for (int i = 0; i < 300; i++) {
        Edition form = forms[i % 3];
        Document *d = doc_new(&arena, form, year_of(form));
        uint32_t one_in = 1 + next_random(&seed) % 60;
        for (CellIx ix = 0; ix < CELL_COUNT; ix++)
            if (next_random(&seed) % one_in == 0)
                d->cells[ix] = (Cell){.state = (CellState)(next_random(&seed) % 3)};
        checked(d);
        for (size_t k = 0; k < d->findings.n; k++) {
            const Finding *f = &d->findings.v[k];
            for (size_t c = 0; c < f->n_cells && f->result == RESULT_PASS; c++)
                if (d->cells[f->cells[c]].state != CELL_VALUE)
                    fail_msg("%s passes on %s", f->id.s, cell_def(f->cells[c])->id.s);
        }
        arena_reset(&arena, 1 << 20);
    }
}

enum { ROWS = sizeof rows / sizeof *rows };
typedef void Sentence(void **state);
static Sentence *const sentences[] = {
    each_equation_passes_where_it_holds,
    each_equation_fails_where_a_part_is_off,
    each_equation_is_not_assessed_where_a_part_is_blank,
    each_equation_with_a_guessed_part_off_is_doubtful,
};
static const char *const sentence_names[] = {"passes where it holds", "fails where a part is off",
                                             "is not assessed where a part is blank",
                                             "is doubtful where the part that is off is a guess"};

// One test for each row and sentence, named after both, and the others behind them.
int main(void)
{
    static char names[ROWS * 4][120];
    struct CMUnitTest tests[ROWS * 4 + 20];
    size_t n = 0;
    for (size_t s = 0; s < 4; s++)
        for (size_t i = 0; i < ROWS; i++, n++) {
            snprintf(names[n], sizeof names[n], "%s of %s %s", rows[i].check, rows[i].total,
                     sentence_names[s]);
            tests[n] = (struct CMUnitTest){names[n], sentences[s], start, end, (void *)&rows[i]};
        }
#define T(f) tests[n++] = (struct CMUnitTest){#f, f, start, end, NULL}
    T(a_total_whose_correction_also_restores_the_balance_is_named);
    T(the_balance_that_fails_with_it_names_the_same_cell);
    T(faults_in_several_rows_are_not_blamed_on_one_cell);
    T(a_blank_among_zeros_may_have_to_be_zero);
    T(a_blank_total_is_told_what_it_should_be);
    T(parts_beyond_the_total_are_doubtful_whatever_the_blank_is);
    T(an_equation_that_placed_its_own_figures_proves_nothing);
    T(nothing_passes_on_a_table_that_is_not_there);
    T(rows_without_any_figure_are_told_once);
    T(a_mixed_form_is_summed_over_the_rows_it_has);
    T(figures_too_large_to_add_are_said_to_be);
    T(messages_are_english_where_asked);
    T(a_total_left_at_zero_is_the_likeliest_mistake);
    T(nothing_ever_passes_on_a_cell_without_a_value);
    T(one_cell_off_upsets_its_own_sums_and_is_named);
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return _cmocka_run_group_tests("check_sums", tests, n, NULL, NULL);
}
