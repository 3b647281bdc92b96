#include "test.h"

#include "app/report.h"
#include "base/file.h"
#include "site_box.h"

#include <stdlib.h>

typedef struct Desk {
    SiteBox *box;
    Arena a;
    Str dir;
    App app;
} Desk;

static int desk_open(void **state)
{
    Desk *d = calloc(1, sizeof *d);
    Err err = {0};
    Date today;
    if (site_box_make_empty((void **)&d->box) != 0)
        return -1;
    d->a = d->box->a;
    d->dir = d->box->dir;
    assert_true(date_make(2026, 4, 1, &today));
    assert_true(app_open(&(AppPlace){.data = d->dir, .database = d->box->database}, DB_CREATE,
                         today, 1000, &d->a, &d->app, &err));
    d->app.in_process = true;
    *state = d;
    return 0;
}

static int desk_close(void **state)
{
    Desk *d = *state;
    void *box = d->box;
    app_close(&d->app);
    free(d);
    return site_box_drop(&box);
}

// A short report with the rows of table three that matter here; all by natural persons.
static Str report(Desk *d, Str heading, int in, int new, int done, int out)
{
    return str_fmt(&d->a,
                   PRI_STR "\n三、收到和处理政府信息公开申请情况\n"
                           "一、本年新收政府信息公开申请数量 | %d | 0 | 0 | 0 | 0 | 0 | %d |\n"
                           "二、上年结转政府信息公开申请数量 | %d | 0 | 0 | 0 | 0 | 0 | %d |\n"
                           "三、本年度办理结果 | （一）予以公开 | %d | 0 | 0 | 0 | 0 | 0 | %d |\n"
                           "（七）总计 | %d | 0 | 0 | 0 | 0 | 0 | %d |\n"
                           "四、结转下年度继续办理 | %d | 0 | 0 | 0 | 0 | 0 | %d |\n",
                   STR_ARG(heading), new, new, in, in, done, done, done, done, out, out);
}

static Str report_of(Desk *d, int year, int in, int out)
{
    return report(d, str_fmt(&d->a, "示例市水务局%d年政府信息公开工作年度报告", year), in, 5,
                  5 + in - out, out);
}

static Importeds imported(Desk *d, Str bytes, const ImportOptions *opt)
{
    Importeds done = {0};
    Err err = {0};
    if (!app_report_import(&d->app, S("a.txt"), bytes, opt, &d->a, &done, &err))
        fail_msg("%s (%s)", err.en, err.detail);
    return done;
}

static Importeds plainly(Desk *d, Str bytes)
{
    return imported(d, bytes, &(ImportOptions){0});
}

static const ReportPage *page(Desk *d, Str slug, int year)
{
    ReportPage *p = NEW(&d->a, ReportPage, 1);
    Err err = {0};
    if (!app_report_get(&d->app, slug, year, &d->a, p, &err))
        fail_msg("%s (%s)", err.en, err.detail);
    return p;
}

static size_t failures(const Document *doc, Str id)
{
    size_t n = 0;
    for (size_t i = 0; i < doc->findings.n; i++)
        n += doc->findings.v[i].result == RESULT_FAIL && str_eq(doc->findings.v[i].id, id);
    return n;
}

static void an_imported_report_is_found_with_its_figures(void **state)
{
    Desk *d = *state;
    Importeds done = plainly(d, report_of(d, 2023, 0, 1));
    assert_int_equal(done.n, 1);
    assert_int_equal(done.v[0].done, IMPORT_ADDED);
    assert_str(done.v[0].organ, S("示例市水务局"));
    const ReportPage *p = page(d, done.v[0].slug, 2023);
    assert_int_equal(p->doc.cells[cell_t3(T3_NEW, T3_TOTAL)].n, 5);
    assert_int_equal(p->doc.cells[cell_t3(T3_R3_1, T3_TOTAL)].state, CELL_ABSENT);
}

static void the_same_file_twice_is_kept_once(void **state)
{
    Desk *d = *state;
    plainly(d, report_of(d, 2023, 0, 1));
    Importeds again = plainly(d, report_of(d, 2023, 0, 1));
    assert_int_equal(again.v[0].done, IMPORT_SAME);
    assert_int_equal(page(d, again.v[0].slug, 2023)->stored.row.version, 1);
}

static void a_corrected_report_replaces_the_first(void **state)
{
    Desk *d = *state;
    plainly(d, report_of(d, 2023, 0, 1));
    Importeds second = plainly(d, report_of(d, 2023, 0, 2));
    assert_int_equal(second.v[0].done, IMPORT_REPLACED);
    const ReportPage *p = page(d, second.v[0].slug, 2023);
    assert_int_equal(p->stored.row.version, 2);
    assert_int_equal(p->doc.cells[cell_t3(T3_CARRIED_OUT, T3_TOTAL)].n, 2);
}

static void the_year_before_is_asked_whatever_comes_first(void **state)
{
    Desk *d = *state;
    Str slug = plainly(d, report_of(d, 2023, 0, 1)).v[0].slug;
    assert_int_equal(failures(&page(d, slug, 2023)->doc, S("series.carry_over")), 0);
    plainly(d, report_of(d, 2022, 0, 2));
    assert_true(failures(&page(d, slug, 2023)->doc, S("series.carry_over")) > 0);
    plainly(d, report_of(d, 2022, 0, 0));
    assert_int_equal(failures(&page(d, slug, 2023)->doc, S("series.carry_over")), 0);
}

static void a_report_without_its_year_is_refused_with_what_to_give(void **state)
{
    Desk *d = *state;
    Str text = report(d, S("示例市水务局政府信息公开工作年度报告"), 0, 5, 5, 0);
    Importeds done = plainly(d, text);
    assert_int_equal(done.v[0].done, IMPORT_REFUSED);
    assert_true(str_has(str_z(done.v[0].why.zh), S("--year")));
    done = imported(d, text, &(ImportOptions){.year = 2023});
    assert_int_equal(done.v[0].done, IMPORT_ADDED);
    assert_int_equal(page(d, done.v[0].slug, 2023)->doc.year, 2023);
}

static void a_report_without_its_organ_is_refused_with_what_to_give(void **state)
{
    Desk *d = *state;
    Str text = report(d, S("2023年政府信息公开工作年度报告"), 0, 5, 5, 0);
    Importeds done = plainly(d, text);
    assert_int_equal(done.v[0].done, IMPORT_REFUSED);
    assert_true(str_has(str_z(done.v[0].why.zh), S("--organ")));
    done = imported(d, text, &(ImportOptions){.organ = S("示例市财政局")});
    assert_int_equal(done.v[0].done, IMPORT_ADDED);
    assert_str(page(d, done.v[0].slug, 2023)->stored.row.organ_name, S("示例市财政局"));
}

static void what_is_no_report_is_left_out(void **state)
{
    Desk *d = *state;
    Importeds done = plainly(d, S("关于清明节放假的通知\n4月4日至6日放假。\n"));
    for (size_t i = 0; i < done.n; i++)
        assert_int_equal(done.v[i].done, IMPORT_OTHER);
    bool empty;
    Err err = {0};
    assert_true(app_empty(&d->app, &d->a, &empty, &err));
    assert_true(empty);
}

static void a_dry_run_keeps_nothing(void **state)
{
    Desk *d = *state;
    Importeds done = imported(d, report_of(d, 2023, 0, 1), &(ImportOptions){.dry_run = true});
    assert_int_equal(done.v[0].done, IMPORT_ADDED);
    bool empty;
    Err err = {0};
    assert_true(app_empty(&d->app, &d->a, &empty, &err));
    assert_true(empty);
    assert_false(file_exists(file_join(&d->a, d->dir, S("files"))));
}

static void the_original_comes_back_as_it_came(void **state)
{
    Desk *d = *state;
    Str bytes = report_of(d, 2023, 0, 1), back;
    const ReportPage *p = page(d, plainly(d, bytes).v[0].slug, 2023);
    Err err = {0};
    assert_true(app_report_original(&d->app, &p->stored.row, &d->a, &back, &err));
    assert_str(back, bytes);
}

static void an_original_that_was_changed_is_not_given_out(void **state)
{
    Desk *d = *state;
    const ReportPage *p = page(d, plainly(d, report_of(d, 2023, 0, 1)).v[0].slug, 2023);
    Str sha = p->stored.row.sha256, back;
    Str path = str_fmt(&d->a, PRI_STR "/files/" PRI_STR "/" PRI_STR, STR_ARG(d->dir),
                       STR_ARG(str_sub(sha, 0, 2)), STR_ARG(sha));
    Err err = {0};
    assert_true(file_write(path, S("something else"), &err));
    assert_false(app_report_original(&d->app, &p->stored.row, &d->a, &back, &err));
    assert_int_equal(err.kind, ERR_SYSTEM);
}

static void a_file_that_cannot_be_read_keeps_nothing(void **state)
{
    Desk *d = *state;
    Importeds done;
    Err err = {0};
    assert_false(app_report_import(&d->app, S("x"), S("\x89PNG\r\n\x1a\n0000000000000000"),
                                   &(ImportOptions){0}, &d->a, &done, &err));
    assert_int_equal(err.kind, ERR_UNREADABLE);
}

// --- the sample

typedef struct Expected {
    Str slug;
    int year;
    Str failed; // ids of the checks that fail, in the order of the catalogue, each once
} Expected;

// The faults of data/sample/README.md and no others.
static const Expected sample[] = {
    {SI("jiaoyu"), 2023, SI("form.published")},
    {SI("jiaoyu"), 2024, SI("")},
    {SI("jiaoyu"), 2025, SI("")},
    {SI("shi"), 2024, SI("")},
    {SI("shi"), 2025, SI("")},
    {SI("shuiwu"), 2021, SI("form.edition")},
    {SI("shuiwu"), 2022, SI("t3.row_sum t3.col_sum text.outcome")},
    {SI("shuiwu"), 2023, SI("series.carry_over")},
    {SI("shuiwu"), 2024, SI("form.fee_statement text.new text.balance")},
    {SI("shuiwu"), 2025, SI("")},
    {SI("xian"), 2024, SI("")},
    {SI("xian"), 2025, SI("")},
    {SI("zfb"), 2023, SI("")},
    {SI("zfb"), 2024, SI("")},
    {SI("zfb"), 2025, SI("")},
};
enum { N_SAMPLE = sizeof sample / sizeof *sample };

static Str failed_ids(Arena *a, const Document *doc)
{
    Strs ids = {0};
    for (size_t i = 0; i < doc->findings.n; i++) {
        const Finding *f = &doc->findings.v[i];
        bool known = f->result != RESULT_FAIL;
        for (size_t j = 0; j < ids.n; j++)
            known |= str_eq(ids.v[j], f->id);
        if (!known)
            *PUSH(a, &ids) = f->id;
    }
    return str_join(a, ids.v, ids.n, S(" "));
}

static void load_sample(Desk *d)
{
    Err err = {0};
    if (!app_sample_load(&d->app, &d->a, &err))
        fail_msg("%s (%s)", err.en, err.detail);
}

static void the_sample_fails_where_it_was_made_to_and_nowhere_else(void **state)
{
    Desk *d = *state;
    load_sample(d);
    for (size_t i = 0; i < N_SAMPLE; i++) {
        const ReportPage *p = page(d, sample[i].slug, sample[i].year);
        Str failed = failed_ids(&d->a, &p->doc);
        if (!str_eq(failed, sample[i].failed))
            fail_msg(PRI_STR " %d fails “" PRI_STR "”, should fail “" PRI_STR "”",
                     STR_ARG(sample[i].slug), sample[i].year, STR_ARG(failed),
                     STR_ARG(sample[i].failed));
    }
}

static void the_sample_is_read_without_guessing(void **state)
{
    Desk *d = *state;
    load_sample(d);
    for (size_t i = 0; i < N_SAMPLE; i++) {
        const ReportPage *p = page(d, sample[i].slug, sample[i].year);
        for (CellIx ix = 0; ix < CELL_COUNT; ix++)
            if (cell_in(ix, p->doc.edition) && !cell_has(&p->doc, ix))
                fail_msg(PRI_STR " %d: " PRI_STR, STR_ARG(sample[i].slug), sample[i].year,
                         STR_ARG(cell_def(ix)->id));
    }
}

static int64_t sum_of_parts(Desk *d, int year, CellIx ix)
{
    static const Str parts[] = {SI("zfb"), SI("jiaoyu"), SI("shuiwu"), SI("xian")};
    int64_t sum = 0;
    for (size_t i = 0; i < 4; i++)
        sum += page(d, parts[i], year)->doc.cells[ix].n;
    return sum;
}

static void the_whole_of_the_sample_is_the_sum_of_its_parts(void **state)
{
    Desk *d = *state;
    load_sample(d);
    for (int year = 2024; year <= 2025; year++) {
        const ReportPage *whole = page(d, S("shi"), year);
        for (CellIx ix = 0; ix < CELL_COUNT; ix += 9)
            assert_int_equal(whole->doc.cells[ix].n, sum_of_parts(d, year, ix));
    }
}

static void the_sample_is_only_for_an_empty_site(void **state)
{
    Desk *d = *state;
    plainly(d, report_of(d, 2023, 0, 1));
    Err err = {0};
    assert_false(app_sample_load(&d->app, &d->a, &err));
    assert_int_equal(err.kind, ERR_RULE);
}

static void the_data_folder_is_found_whole(void **state)
{
    Desk *d = *state;
    plainly(d, report_of(d, 2023, 0, 1));
    Str found;
    Err err = {0};
    assert_true(app_db_check(&d->app, &d->a, &found, &err));
    assert_str(found, S(""));
}

#define DESK(f) cmocka_unit_test_setup_teardown(f, desk_open, desk_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        DESK(an_imported_report_is_found_with_its_figures),
        DESK(the_same_file_twice_is_kept_once),
        DESK(a_corrected_report_replaces_the_first),
        DESK(the_year_before_is_asked_whatever_comes_first),
        DESK(a_report_without_its_year_is_refused_with_what_to_give),
        DESK(a_report_without_its_organ_is_refused_with_what_to_give),
        DESK(what_is_no_report_is_left_out),
        DESK(a_dry_run_keeps_nothing),
        DESK(the_original_comes_back_as_it_came),
        DESK(an_original_that_was_changed_is_not_given_out),
        DESK(a_file_that_cannot_be_read_keeps_nothing),
        DESK(the_sample_fails_where_it_was_made_to_and_nowhere_else),
        DESK(the_sample_is_read_without_guessing),
        DESK(the_whole_of_the_sample_is_the_sum_of_its_parts),
        DESK(the_sample_is_only_for_an_empty_site),
        DESK(the_data_folder_is_found_whole),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
