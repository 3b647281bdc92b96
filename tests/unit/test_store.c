#include "test.h"

#include "site_box.h"
#include "store/migrate.h"
#include "store/report.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define SITE BOX_SITE

typedef struct Box {
    SiteBox *site;
    Arena a;
    Db *db;
    OrganId water, school;
} Box;

static OrganId organ_made(Box *b, Str name, Str slug)
{
    Err err = {0};
    Organ o;
    organ_from_name(name, &o);
    o.slug = slug;
    assert_true(store_organ_add(b->db, SITE, &o, &b->a, &err));
    return o.id;
}

static int box_make(void **state)
{
    void *site;
    if (site_box_make(&site) != 0)
        return -1;
    Box *b = calloc(1, sizeof *b);
    b->site = site;
    b->a = b->site->a;
    b->db = b->site->db;
    b->water = organ_made(b, S("示例市水务局"), S("shuiwu"));
    b->school = organ_made(b, S("示例市教育局"), S(""));
    *state = b;
    return 0;
}

static int box_drop(void **state)
{
    Box *b = *state;
    void *site = b->site;
    free(b);
    return site_box_drop(&site);
}

static ReportRow row_of(OrganId organ, int year, Str sha)
{
    return (ReportRow){.organ = organ,
                       .year = year,
                       .edition = S("fmt2021"),
                       .title = S("年度报告"),
                       .published = {19000 + year},
                       .file_name = S("a.html"),
                       .file_kind = S("html"),
                       .encoding = S("UTF-8"),
                       .sha256 = sha,
                       .bytes = 12,
                       .imported_at = 2000,
                       .counts = {.pass = 40, .error = 1, .doubtful = 2}};
}

static ReportId put(Box *b, OrganId organ, int year, Str sha, int64_t total)
{
    Err err = {0};
    ReportRow row = row_of(organ, year, sha);
    ReportCell cells[] = {{S("t3.new.total"), S("value"), total},
                          {S("t3.r1.total"), S("blank"), 0}};
    ReportFinding findings[] = {{S("t3.row_sum"), S("fail"), 1}, {S("t3.balance"), S("pass"), 7}};
    ReportParts parts = {S("{\"documents\":[]}"), cells, 2, findings, 2};
    CLEANUP(tx_end) Tx tx = tx_begin(b->db);
    assert_true(store_report_put(b->db, SITE, &row, &parts, &err));
    assert_true(tx_commit(&tx, &err));
    return row.id;
}

static StoredReport got(Box *b, Str slug, int year)
{
    Err err = {0};
    StoredReport r = {0};
    if (!store_report_get(b->db, SITE, slug, year, &b->a, &r, &err))
        fail_msg("%s (%s)", err.en, err.detail);
    return r;
}

static void what_was_stored_comes_back(void **state)
{
    Box *b = *state;
    put(b, b->water, 2023, S("aa"), 17);
    StoredReport r = got(b, S("shuiwu"), 2023);
    assert_str(r.row.organ_name, S("示例市水务局"));
    assert_str(r.reading, S("{\"documents\":[]}"));
    assert_int_equal(r.row.published.days, 19000 + 2023);
    assert_int_equal(r.row.counts.error, 1);
    assert_int_equal(r.row.version, 1);
}

static void a_new_report_of_the_year_takes_the_place_of_the_old_one(void **state)
{
    Box *b = *state;
    ReportId first = put(b, b->water, 2023, S("aa"), 17);
    ReportId second = put(b, b->water, 2023, S("bb"), 18);
    assert_int_equal(first.n, second.n);
    StoredReport r = got(b, S("shuiwu"), 2023);
    assert_int_equal(r.row.version, 2);
    assert_str(r.row.sha256, S("bb"));
    PastReports past;
    Err err = {0};
    assert_true(store_report_past(b->db, SITE, first, &b->a, &past, &err));
    assert_int_equal(past.n, 1);
    assert_str(past.v[0].sha256, S("aa"));
    assert_int_equal(past.v[0].version, 1);
}

static void the_years_beside_it_are_named(void **state)
{
    Box *b = *state;
    put(b, b->water, 2020, S("a"), 1);
    put(b, b->water, 2022, S("b"), 1);
    put(b, b->water, 2024, S("c"), 1);
    put(b, b->school, 2023, S("d"), 1);
    StoredReport r = got(b, S("shuiwu"), 2022);
    assert_int_equal(r.previous, 2020);
    assert_int_equal(r.following, 2024);
    assert_int_equal(got(b, S("shuiwu"), 2020).previous, 0);
}

static void a_list_is_cut_and_counted(void **state)
{
    Box *b = *state;
    for (int year = 2020; year < 2025; year++)
        put(b, b->water, year, S("a"), year);
    put(b, b->school, 2024, S("b"), 3);
    ReportRows rows;
    int64_t total;
    Err err = {0};
    ReportFilter f = {.limit = 3};
    assert_true(store_report_list(b->db, SITE, &f, &b->a, &rows, &total, &err));
    assert_int_equal(total, 6);
    assert_int_equal(rows.n, 3);
    assert_int_equal(rows.v[0].year, 2024);
    assert_str(rows.v[0].organ_slug, S("shuiwu"));
    assert_str(rows.v[1].organ_slug, S("organ-2"));
    f = (ReportFilter){.organ = b->water, .year = 2021};
    assert_true(store_report_list(b->db, SITE, &f, &b->a, &rows, &total, &err));
    assert_int_equal(total, 1);
}

static void a_series_runs_over_the_years_and_a_blank_is_no_zero(void **state)
{
    Box *b = *state;
    put(b, b->water, 2022, S("a"), 5);
    put(b, b->water, 2021, S("b"), 4);
    put(b, b->school, 2021, S("c"), 9);
    Str cells[] = {S("t3.new.total"), S("t3.r1.total")};
    Series series;
    Err err = {0};
    assert_true(store_report_series(b->db, SITE, b->water, cells, 2, &b->a, &series, &err));
    assert_int_equal(series.n, 4);
    assert_int_equal(series.v[0].year, 2021);
    assert_int_equal(series.v[0].n, 4);
    assert_int_equal(series.v[1].n, 5);
    assert_str(series.v[2].state, S("blank"));
}

static bool count_cell(void *ctx, const OpenCell *c)
{
    int64_t *sum = ctx;
    *sum += c->n;
    return true;
}

static void every_cell_is_streamed_once_and_replaced_ones_are_gone(void **state)
{
    Box *b = *state;
    put(b, b->water, 2022, S("a"), 5);
    put(b, b->water, 2022, S("b"), 7);
    put(b, b->school, 2023, S("c"), 10);
    int64_t sum = 0;
    Err err = {0};
    assert_true(store_report_cells(b->db, SITE, 0, count_cell, &sum, &err));
    assert_int_equal(sum, 17);
}

static void failed_checks_are_counted_by_report(void **state)
{
    Box *b = *state;
    put(b, b->water, 2022, S("a"), 5);
    put(b, b->school, 2022, S("c"), 10);
    CheckCounts counts;
    Err err = {0};
    assert_true(store_report_checks(b->db, SITE, 2022, &b->a, &counts, &err));
    assert_int_equal(counts.n, 1);
    assert_str(counts.v[0].check, S("t3.row_sum"));
    assert_int_equal(counts.v[0].reports, 2);
}

static void every_change_raises_the_version_of_the_site(void **state)
{
    Box *b = *state;
    Err err = {0};
    int64_t before, after;
    assert_true(store_site_version(b->db, SITE, &before, &err));
    put(b, b->water, 2022, S("a"), 5);
    assert_true(store_site_version(b->db, SITE, &after, &err));
    assert_true(after > before);
}

static void what_is_not_committed_never_was(void **state)
{
    Box *b = *state;
    Err err = {0};
    {
        CLEANUP(tx_end) Tx tx = tx_begin(b->db);
        organ_made(b, S("示例市财政局"), S("caizheng"));
    }
    OrganRow o;
    bool found;
    assert_true(store_organ_by_name(b->db, SITE, S("示例市财政局"), &b->a, &o, &found, &err));
    assert_false(found);
}

static void a_transaction_that_could_not_begin_lets_nothing_through(void **state)
{
    Box *b = *state;
    Err err = {0};
    CLEANUP(tx_end) Tx outer = tx_begin(b->db);
    Tx inner = tx_begin(b->db); // refused: one at a time
    assert_false(inner.open);
    int64_t version;
    assert_false(store_site_version(b->db, SITE, &version, &err));
    assert_false(tx_commit(&inner, &err));
    tx_end(&inner);
    assert_true(store_site_version(b->db, SITE, &version, &err));
}

static void the_same_name_twice_is_told_as_someone_elses_change(void **state)
{
    Box *b = *state;
    Err err = {0};
    Organ o;
    organ_from_name(S("示例市水务局"), &o);
    assert_false(store_organ_add(b->db, SITE, &o, &b->a, &err));
    assert_int_equal(err.kind, ERR_BUSY);
    assert_int_equal(o.id.n, 0);
}

static void what_is_not_there_is_missing(void **state)
{
    Box *b = *state;
    Err err = {0};
    StoredReport r;
    assert_false(store_report_get(b->db, SITE, S("shuiwu"), 1999, &b->a, &r, &err));
    assert_int_equal(err.kind, ERR_MISSING);
    OrganRow o;
    assert_false(store_organ_by_slug(b->db, SITE, S("x"), &b->a, &o, &err));
    assert_int_equal(err.kind, ERR_MISSING);
}

static void a_reader_neither_waits_for_the_writer_nor_sees_half_of_it(void **state)
{
    Box *b = *state;
    put(b, b->water, 2022, S("a"), 5);
    Err err = {0};
    CLEANUP(db_close) Db *reader = NULL;
    reader = site_box_open(b->site, DB_READ);
    int64_t before, during, after;
    assert_true(store_site_version(reader, SITE, &before, &err));
    {
        CLEANUP(tx_end) Tx tx = tx_begin(b->db);
        assert_true(store_site_touch(b->db, SITE, &err));
        assert_true(store_site_version(reader, SITE, &during, &err));
        assert_true(tx_commit(&tx, &err));
    }
    assert_true(store_site_version(reader, SITE, &after, &err));
    assert_int_equal(during, before);
    assert_int_equal(after, before + 1);
}

static void several_reads_in_one_transaction_see_one_state(void **state)
{
    Box *b = *state;
    Err err = {0};
    CLEANUP(db_close) Db *reader = NULL;
    reader = site_box_open(b->site, DB_READ);
    int64_t first, second;
    CLEANUP(tx_end) Tx tx = tx_read(reader);
    assert_true(store_site_version(reader, SITE, &first, &err));
    assert_true(store_site_touch(b->db, SITE, &err));
    assert_true(store_site_version(reader, SITE, &second, &err));
    assert_int_equal(first, second);
    assert_true(tx.open);
}

static void another_site_sees_nothing_of_it(void **state)
{
    Box *b = *state;
    put(b, b->water, 2022, S("a"), 5);
    Err err = {0};
    ReportRows rows;
    int64_t total;
    ReportFilter f = {0};
    assert_true(store_report_list(b->db, (SiteId){2}, &f, &b->a, &rows, &total, &err));
    assert_int_equal(total, 0);
    OrganRows organs;
    assert_true(store_organ_rows(b->db, (SiteId){2}, &b->a, &organs, &err));
    assert_int_equal(organs.n, 0);
}

static void migrations_run_once(void **state)
{
    Box *b = *state;
    Err err = {0};
    assert_true(migrate_run(b->db, 5000, &b->a, &err));
    Migrations m;
    assert_true(migrate_state(b->db, &b->a, &m, &err));
    assert_true(m.n >= 1);
    for (size_t i = 0; i < m.n; i++)
        assert_true(m.v[i].applied);
}

static void a_migration_edited_afterwards_is_refused(void **state)
{
    Box *b = *state;
    Err err = {0};
    assert_true(db_script(b->db, S("UPDATE migration SET hash = 'x';"), &b->a, &err));
    Migrations m;
    assert_false(migrate_state(b->db, &b->a, &m, &err));
    assert_int_equal(err.kind, ERR_SYSTEM);
}

static void a_database_of_a_newer_program_is_refused(void **state)
{
    Box *b = *state;
    Err err = {0};
    assert_true(
        db_script(b->db, S("INSERT INTO migration VALUES (9999, 'later', 'x', 0)"), &b->a, &err));
    assert_false(migrate_run(b->db, 5000, &b->a, &err));
    assert_int_equal(err.kind, ERR_SYSTEM);
}

static void a_file_that_is_no_database_is_named_as_such(void **state)
{
    Box *b = *state;
    char path[128];
    snprintf(path, sizeof path, PRI_STR "/other.db", STR_ARG(b->site->dir));
    FILE *f = fopen(path, "w");
    for (int i = 0; i < 200; i++)
        fputs("no database at all ", f);
    fclose(f);
    Err err = {0};
    Db *db = NULL;
    assert_false(db_open(str_z(path), DB_CREATE, &db, &err));
    assert_int_equal(err.kind, ERR_SYSTEM);
    assert_null(db);
}

static void a_new_database_is_readable_by_its_owner_alone(void **state)
{
    Box *b = *state;
    char path[128];
    struct stat st;
    Err err = {0};
    Db *db = NULL;
    snprintf(path, sizeof path, PRI_STR "/new.db", STR_ARG(b->site->dir));
    mode_t before = umask(022);
    bool ok = db_open(str_z(path), DB_CREATE, &db, &err);
    umask(before);
    if (!ok)
        fail_msg("%s", err.en);
    db_close(&db);
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
}

static void a_database_that_is_not_there_is_not_made_by_reading(void **state)
{
    Box *b = *state;
    char path[128];
    snprintf(path, sizeof path, PRI_STR "/other.db", STR_ARG(b->site->dir));
    Err err = {0};
    Db *db = NULL;
    assert_false(db_open(str_z(path), DB_READ, &db, &err));
    assert_int_equal(err.kind, ERR_MISSING);
    assert_int_not_equal(access(path, F_OK), 0);
}

static void a_reader_cannot_write(void **state)
{
    Box *b = *state;
    Err err = {0};
    CLEANUP(db_close) Db *reader = NULL;
    reader = site_box_open(b->site, DB_READ);
    assert_false(store_site_touch(reader, SITE, &err));
    assert_int_equal(err.kind, ERR_SYSTEM);
}

static void the_database_is_found_whole(void **state)
{
    Box *b = *state;
    put(b, b->water, 2022, S("a"), 5);
    Str found;
    Err err = {0};
    assert_true(db_integrity(b->db, &b->a, &found, &err));
    assert_str(found, S(""));
}

#define BOXED(f) cmocka_unit_test_setup_teardown(f, box_make, box_drop)

enum { HELD_US = 100000 };

// In a child: keeps a new database, whose journal is not yet the one we want, locked for a moment.
static void hold_locked(const char *path, int told)
{
    Db *db = NULL;
    Err err = {0};
    bool held = db_open(str_z(path), DB_WRITE, &db, &err);
    Tx tx = held ? tx_begin(db) : (Tx){0};
    if (write(told, "x", 1) == 1)
        usleep(HELD_US);
    tx_end(&tx);
    db_close(&db);
    _exit(held ? 0 : 1);
}

static void making_a_database_waits_for_who_is_at_it(void **state)
{
    const Box *b = *state;
    char path[128], byte;
    snprintf(path, sizeof path, PRI_STR "/other.db", STR_ARG(b->site->dir));
    FILE *empty = fopen(path, "w");
    assert_non_null(empty);
    fclose(empty);
    int pipes[2], status = -1;
    assert_int_equal(pipe(pipes), 0);
    pid_t child = fork();
    if (child == 0)
        hold_locked(path, pipes[1]);
    assert_int_equal(read(pipes[0], &byte, 1), 1);
    Db *db = NULL;
    Err err = {0};
    bool opened = db_open(str_z(path), DB_CREATE, &db, &err);
    db_close(&db);
    close(pipes[0]);
    close(pipes[1]);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    assert_true(opened);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOXED(making_a_database_waits_for_who_is_at_it),
        BOXED(what_was_stored_comes_back),
        BOXED(a_new_report_of_the_year_takes_the_place_of_the_old_one),
        BOXED(the_years_beside_it_are_named),
        BOXED(a_list_is_cut_and_counted),
        BOXED(a_series_runs_over_the_years_and_a_blank_is_no_zero),
        BOXED(every_cell_is_streamed_once_and_replaced_ones_are_gone),
        BOXED(failed_checks_are_counted_by_report),
        BOXED(every_change_raises_the_version_of_the_site),
        BOXED(what_is_not_committed_never_was),
        BOXED(a_transaction_that_could_not_begin_lets_nothing_through),
        BOXED(the_same_name_twice_is_told_as_someone_elses_change),
        BOXED(what_is_not_there_is_missing),
        BOXED(a_reader_neither_waits_for_the_writer_nor_sees_half_of_it),
        BOXED(several_reads_in_one_transaction_see_one_state),
        BOXED(another_site_sees_nothing_of_it),
        BOXED(migrations_run_once),
        BOXED(a_migration_edited_afterwards_is_refused),
        BOXED(a_database_of_a_newer_program_is_refused),
        BOXED(a_file_that_is_no_database_is_named_as_such),
        BOXED(a_new_database_is_readable_by_its_owner_alone),
        BOXED(a_database_that_is_not_there_is_not_made_by_reading),
        BOXED(a_reader_cannot_write),
        BOXED(the_database_is_found_whole),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
