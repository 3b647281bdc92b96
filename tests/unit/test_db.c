// What db.h promises, on both engines.
#include "test.h"

#include "site_box.h"

#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

static const char SCRIPT[] =
    "CREATE TABLE thing (site_id BIGINT NOT NULL, n BIGINT NOT NULL, name TEXT, bytes BLOB,\n"
    "    PRIMARY KEY (site_id, n)) WITHOUT ROWID;\n"
    "CREATE UNIQUE INDEX thing_name ON thing (site_id, name);\n"
    "-- what is only ever added to; a question mark and 'TEXT' in words stay: ?1\n"
    "CREATE TABLE line (site_id BIGINT NOT NULL, n BIGINT NOT NULL, PRIMARY KEY (site_id, n));\n"
    "INSERT INTO line VALUES (1, 1);\n"
    "--:sqlite\n"
    "CREATE TRIGGER line_stays BEFORE DELETE ON line BEGIN SELECT RAISE(ABORT, 'stays'); END;\n"
    "--:postgresql\n"
    "CREATE FUNCTION stays() RETURNS trigger LANGUAGE plpgsql AS $$\n"
    "BEGIN RAISE EXCEPTION 'TEXT; stays'; END; $$;\n"
    "CREATE TRIGGER line_stays BEFORE DELETE ON line FOR EACH ROW EXECUTE FUNCTION stays();\n"
    "--:all\n"
    "INSERT INTO line VALUES (1, 2);\n";

static void must(bool ok, const Err *err)
{
    if (!ok)
        fail_msg("%s (%s)", err->en, err->detail);
}

static int begin(void **state)
{
    Err err = {0};
    if (site_box_make_empty(state) != 0)
        return -1;
    SiteBox *b = *state;
    b->db = site_box_open(b, DB_CREATE);
    must(db_script(b->db, str_z(SCRIPT), &b->a, &err), &err);
    return 0;
}

static const char SQL_ADD[] = "INSERT INTO thing (site_id, n, name, bytes) VALUES (1, ?1, ?2, ?3)";

static bool add(Db *db, int64_t n, Str name, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_ADD);
    bind_int(&s, n);
    bind_str(&s, name);
    bind_null(&s);
    return stmt_run(&s, err);
}

static const char SQL_COUNT[] = "SELECT count(*) FROM thing WHERE site_id = ?1";

static int64_t count(Db *db)
{
    Err err = {0};
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_COUNT);
    bind_int(&s, 1);
    int64_t n = stmt_row(&s) ? col_int(&s) : -1;
    must(stmt_ok(&s, &err), &err);
    return n;
}

static void add_many(SiteBox *b, int64_t n)
{
    Err err = {0};
    CLEANUP(tx_end) Tx tx = tx_begin(b->db);
    CLEANUP(stmt_end) Stmt s = stmt(b->db, SQL_ADD);
    for (int64_t i = 1; i <= n; i++) {
        bind_int(&s, i);
        bind_str(&s, str_fmt(&b->a, "事项 %lld", (long long)i));
        bind_null(&s);
        must(stmt_again(&s, &err), &err);
    }
    must(tx_commit(&tx, &err), &err);
}

// --- values

static const char SQL_BYTES[] = "SELECT bytes, name, n FROM thing WHERE site_id = 1 AND n = ?1";

static void every_byte_of_a_blob_comes_back(void **state)
{
    SiteBox *b = *state;
    Err err = {0};
    char bytes[256];
    for (int i = 0; i < 256; i++)
        bytes[i] = (char)i;
    CLEANUP(stmt_end) Stmt in = stmt(b->db, SQL_ADD);
    bind_int(&in, INT64_MIN);
    bind_str(&in, S("示例市’\"\\?1"));
    bind_blob(&in, (Str){bytes, 256});
    must(stmt_run(&in, &err), &err);
    CLEANUP(stmt_end) Stmt out = stmt(b->db, SQL_BYTES);
    bind_int(&out, INT64_MIN);
    assert_true(stmt_row(&out));
    assert_true(str_eq(col_view(&out), (Str){bytes, 256}));
    assert_str(col_view(&out), S("示例市’\"\\?1"));
    assert_true(col_int(&out) == INT64_MIN);
    assert_false(stmt_row(&out));
}

static void an_empty_text_is_not_null(void **state)
{
    SiteBox *b = *state;
    Err err = {0};
    must(add(b->db, 1, (Str){0}, &err), &err);
    CLEANUP(stmt_end) Stmt s = stmt(b->db, SQL_BYTES);
    bind_int(&s, 1);
    assert_true(stmt_row(&s));
    assert_false(col_has(&s));
    assert_int_equal(col_view(&s).n, 0);
    assert_true(col_has(&s));
    assert_int_equal(col_view(&s).n, 0);
}

static void a_text_with_a_nul_is_refused_in_words(void **state)
{
    SiteBox *b = *state;
    Err err = {0};
    assert_false(add(b->db, 1, S("a\0b"), &err));
    assert_int_equal(err.kind, ERR_INPUT);
    assert_int_equal(count(b->db), 0);
}

static void five_megabytes_go_and_come(void **state)
{
    SiteBox *b = *state;
    Err err = {0};
    Str large = {NEW(&b->a, char, 5 << 20), 5 << 20};
    CLEANUP(stmt_end) Stmt in = stmt(b->db, SQL_ADD);
    bind_int(&in, 1);
    bind_null(&in);
    bind_blob(&in, large);
    must(stmt_run(&in, &err), &err);
    CLEANUP(stmt_end) Stmt out = stmt(b->db, SQL_BYTES);
    bind_int(&out, 1);
    assert_true(stmt_row(&out));
    assert_true(str_eq(col_view(&out), large));
}

static const char SQL_SUM[] =
    "SELECT sum(n), count(*) > 1, -7, min(name), max(nullif(n, n)) FROM thing";

static void sums_and_truths_are_read_as_numbers(void **state)
{
    SiteBox *b = *state;
    Err err = {0};
    must(add(b->db, 400000000000, S("b"), &err) && add(b->db, -30001, S("a"), &err), &err);
    CLEANUP(stmt_end) Stmt s = stmt(b->db, SQL_SUM);
    assert_true(stmt_row(&s));
    assert_int_equal(col_int(&s), 399999969999);
    assert_int_equal(col_int(&s), 1);
    assert_int_equal(col_int(&s), -7);
    assert_str(col_view(&s), S("a"));
    assert_false(col_has(&s));
}

static const char SQL_NAMES[] = "SELECT name FROM thing ORDER BY name";

static void texts_are_ordered_by_bytes(void **state)
{
    SiteBox *b = *state;
    static const Str names[] = {SI("B"), SI("a"), SI("z"), SI("É"), SI("县"), SI("市")};
    Err err = {0};
    for (size_t i = 6; i-- > 0;)
        must(add(b->db, (int64_t)i, names[i], &err), &err);
    CLEANUP(stmt_end) Stmt s = stmt(b->db, SQL_NAMES);
    for (size_t i = 0; i < 6; i++) {
        assert_true(stmt_row(&s));
        assert_str(col_view(&s), names[i]);
    }
}

static const char SQL_MAYBE[] =
    "SELECT n FROM thing WHERE site_id = 1 AND (?1 IS NULL OR n = ?1)"
    " AND (?2 IS NULL OR name = ?2) AND ?3 IS NULL AND ?4 IS NOT NULL ORDER BY n";

static int64_t first(Db *db, int64_t n, Str name)
{
    Err err = {0};
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_MAYBE);
    n ? bind_int(&s, n) : bind_null(&s);
    name.n ? bind_str(&s, name) : bind_null(&s);
    bind_null(&s);
    bind_int(&s, 0);
    int64_t got = stmt_row(&s) ? col_int(&s) : 0;
    must(stmt_ok(&s, &err), &err);
    return got;
}

static void a_value_may_be_null_at_first_and_known_later(void **state)
{
    SiteBox *b = *state;
    add_many(b, 3);
    assert_int_equal(first(b->db, 0, S("")), 1);
    assert_int_equal(first(b->db, 2, S("")), 2);
    assert_int_equal(first(b->db, 0, S("事项 3")), 3);
    assert_int_equal(first(b->db, 0, S("")), 1);
    assert_int_equal(first(b->db, 3, S("事项 2")), 0);
}

// --- statements

static const char SQL_ALL[] = "SELECT n FROM thing ORDER BY n";

// Reads everything, and within each row runs another statement, and the same one.
static int64_t read_nested(SiteBox *b, bool streamed)
{
    int64_t sum = 0;
    CLEANUP(stmt_end) Stmt outer = stmt(b->db, SQL_ALL);
    if (streamed)
        stmt_stream(&outer);
    while (stmt_row(&outer)) {
        CLEANUP(stmt_end) Stmt inner = stmt(b->db, SQL_ALL);
        if (streamed)
            stmt_stream(&inner);
        assert_true(stmt_row(&inner));
        assert_int_equal(col_int(&inner), 1);
        sum += col_int(&outer) * (count(b->db) == 200);
    }
    Err err = {0};
    must(stmt_ok(&outer, &err), &err);
    return sum;
}

static void a_statement_may_run_between_the_rows_of_another(void **state)
{
    SiteBox *b = *state;
    add_many(b, 200);
    assert_int_equal(read_nested(b, false), 20100);
    assert_int_equal(read_nested(b, true), 20100);
}

static void a_stream_may_be_left_before_its_end(void **state)
{
    SiteBox *b = *state;
    add_many(b, 2000);
    for (int i = 0; i < 3; i++) {
        CLEANUP(stmt_end) Stmt s = stmt(b->db, SQL_ALL);
        stmt_stream(&s);
        assert_true(stmt_row(&s));
        assert_int_equal(col_int(&s), 1);
    }
    assert_int_equal(count(b->db), 2000);
    CLEANUP(tx_end) Tx tx = tx_begin(b->db);
    CLEANUP(stmt_end) Stmt s = stmt(b->db, SQL_ALL);
    stmt_stream(&s);
    assert_true(stmt_row(&s));
    stmt_end(&s);
    Err err = {0};
    must(add(b->db, 0, S("nought"), &err) && tx_commit(&tx, &err), &err);
}

static const char SQL_RENAME[] = "UPDATE thing SET name = name || ?2 WHERE n <= ?1";
static const char SQL_ADD_BACK[] =
    "INSERT INTO thing (site_id, n, name) VALUES (1, ?1, ?2) ON CONFLICT (site_id, n)"
    " DO UPDATE SET name = thing.name || ?2 RETURNING name";

static void the_rows_changed_are_counted(void **state)
{
    SiteBox *b = *state;
    Err err = {0};
    add_many(b, 9);
    CLEANUP(stmt_end) Stmt s = stmt(b->db, SQL_RENAME);
    bind_int(&s, 4);
    bind_str(&s, S("改"));
    must(stmt_run(&s, &err), &err);
    assert_int_equal(db_changes(b->db), 4);
    CLEANUP(stmt_end) Stmt back = stmt(b->db, SQL_ADD_BACK);
    bind_int(&back, 1);
    bind_str(&back, S("!"));
    assert_true(stmt_row(&back));
    assert_str(col_view(&back), S("事项 1改!"));
    must(stmt_run(&back, &err), &err); // only then are they counted
    assert_int_equal(count(b->db), 9); // which changes nothing
    assert_int_equal(db_changes(b->db), 1);
}

static void what_is_put_together_is_prepared_for_once(void **state)
{
    SiteBox *b = *state;
    add_many(b, 5);
    for (int i = 0; i < 600; i++) {
        Arena scratch = b->a;
        char *sql = str_to_z(&scratch, str_fmt(&scratch, "SELECT n FROM thing WHERE n > %d", i));
        CLEANUP(stmt_end) Stmt s = stmt_once(b->db, sql);
        assert_int_equal(stmt_row(&s), i < 5);
    }
}

// Found by the address of their text: nothing is made anew that was made before.
static void every_statement_of_a_large_program_is_kept(void **state)
{
    enum { STATEMENTS = 700 };
    SiteBox *b = *state;
    char *all[STATEMENTS];
    if (!site_box_on_server()) // which tells what it has
        return;
    for (int i = 0; i < STATEMENTS; i++)
        all[i] = str_to_z(&b->a, str_fmt(&b->a, "SELECT count(*) FROM thing WHERE n > %d", i));
    for (int i = 0; i < 2 * STATEMENTS; i++) {
        CLEANUP(stmt_end) Stmt s = stmt(b->db, all[i % STATEMENTS]);
        assert_true(stmt_row(&s));
    }
    CLEANUP(stmt_end)
    Stmt kept =
        stmt(b->db, "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%thing%'");
    assert_true(stmt_row(&kept));
    assert_int_equal(col_int(&kept), STATEMENTS + 1);
}

// --- plans

// As wide as a table of ours, and with an index that was added later.
static const char WIDE[] =
    "CREATE TABLE wide (site_id BIGINT NOT NULL, n BIGINT NOT NULL, later BIGINT, a TEXT, b TEXT,\n"
    "    c TEXT, d TEXT, e TEXT, f TEXT, g TEXT, h TEXT, i TEXT, j TEXT, k TEXT, l TEXT, m TEXT,\n"
    "    PRIMARY KEY (site_id, n)) WITHOUT ROWID;\n"
    "CREATE INDEX wide_later ON wide (site_id, later);\n";
static const char SQL_WIDE_ADD[] = "INSERT INTO wide (site_id, n) VALUES (1, ?1)";
static const char SQL_WIDE_GET[] = "SELECT a FROM wide WHERE site_id = ?1 AND n = ?2";
static const char SQL_ROWS_READ[] =
    "SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_xact_user_tables"
    " WHERE relid = CAST('wide' AS regclass)";

static bool is_there(Db *db, int64_t n)
{
    Err err = {0};
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_WIDE_GET);
    bind_int(&s, 1);
    bind_int(&s, n);
    bool is = stmt_row(&s);
    must(stmt_ok(&s, &err), &err);
    return is;
}

static int64_t rows_read(Db *db)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_ROWS_READ);
    assert_true(stmt_row(&s));
    return col_int(&s);
}

// Planned while there was nothing, a statement would go along an index of which it knows the site
// alone, which looks as good as the key then.
static void a_table_that_has_grown_is_not_read_from_end_to_end(void **state)
{
    SiteBox *b = *state;
    Err err = {0};
    if (!site_box_on_server())
        return;
    must(db_script(b->db, str_z(WIDE), &b->a, &err), &err);
    assert_false(is_there(b->db, 1));
    {
        CLEANUP(tx_end) Tx tx = tx_begin(b->db);
        CLEANUP(stmt_end) Stmt s = stmt(b->db, SQL_WIDE_ADD);
        for (int64_t i = 1; i <= 5000; i++) {
            bind_int(&s, i);
            must(stmt_again(&s, &err), &err);
        }
        must(tx_commit(&tx, &err), &err);
    }
    CLEANUP(tx_end) Tx tx = tx_read(b->db);
    int64_t before = rows_read(b->db);
    assert_true(is_there(b->db, 4321));
    assert_in_range(rows_read(b->db) - before, 1, 2);
}

// --- transactions

static void a_statement_that_fails_takes_its_transaction_with_it(void **state)
{
    SiteBox *b = *state;
    Err err = {0};
    {
        CLEANUP(tx_end) Tx tx = tx_begin(b->db);
        must(add(b->db, 1, S("one"), &err), &err);
        assert_false(add(b->db, 1, S("two"), &err));
        assert_int_equal(err.kind, ERR_BUSY);
        assert_false(add(b->db, 3, S("three"), &err));
        assert_int_equal(err.kind, ERR_BUSY);
        assert_false(tx_commit(&tx, &err));
        assert_int_equal(err.kind, ERR_BUSY);
    }
    assert_int_equal(count(b->db), 0);
    must(add(b->db, 3, S("three"), &err), &err);
}

static void one_of_many_that_failed_is_told_at_the_latest_by_the_commit(void **state)
{
    SiteBox *b = *state;
    Err err = {0};
    bool ok = true;
    {
        CLEANUP(tx_end) Tx tx = tx_begin(b->db);
        CLEANUP(stmt_end) Stmt s = stmt(b->db, SQL_ADD);
        for (int64_t i = 1; ok && i <= 1000; i++) {
            bind_int(&s, i == 700 ? 3 : i);
            bind_str(&s, str_fmt(&b->a, "%lld", (long long)i));
            bind_null(&s);
            ok = stmt_again(&s, &err);
        }
        ok = ok && tx_commit(&tx, &err);
    }
    assert_false(ok);
    assert_int_equal(err.kind, ERR_BUSY);
    assert_int_equal(count(b->db), 0);
}

static void add_soon(Stmt *s, Arena *a, int64_t n)
{
    Err err = {0};
    bind_int(s, n);
    bind_str(s, str_fmt(a, "%lld", (long long)n));
    bind_null(s);
    must(stmt_again(s, &err), &err);
}

static void a_question_behind_writes_on_their_way_knows_them(void **state)
{
    SiteBox *b = *state;
    Err err = {0};
    CLEANUP(tx_end) Tx tx = tx_begin(b->db);
    CLEANUP(stmt_end) Stmt s = stmt(b->db, SQL_ADD);
    for (int64_t i = 1; i <= 30; i++) {
        add_soon(&s, &b->a, i);
        assert_int_equal(count(b->db), i);
    }
    add_soon(&s, &b->a, 31);
    must(add(b->db, 32, S("thirty-two"), &err), &err);
    assert_int_equal(db_changes(b->db), 1);
    must(tx_commit(&tx, &err), &err);
    assert_int_equal(count(b->db), 32);
}

static void a_question_behind_a_write_that_failed_fails(void **state)
{
    SiteBox *b = *state;
    Err err = {0};
    {
        CLEANUP(tx_end) Tx tx = tx_begin(b->db);
        CLEANUP(stmt_end) Stmt s = stmt(b->db, SQL_ADD);
        assert_int_equal(count(b->db), 0);
        for (int64_t i = 1; i <= 3; i++)
            add_soon(&s, &b->a, i);
        bind_int(&s, 3);
        bind_str(&s, S("again"));
        bind_null(&s);
        bool told = !stmt_again(&s, &err); // SQLite knows at once
        CLEANUP(stmt_end) Stmt ask = stmt(b->db, SQL_COUNT);
        bind_int(&ask, 1);
        assert_false(stmt_row(&ask));
        assert_false(stmt_ok(&ask, &err));
        assert_int_equal(err.kind, ERR_BUSY);
        assert_true(told || site_box_on_server());
        assert_false(tx_commit(&tx, &err));
    }
    assert_int_equal(count(b->db), 0);
    must(add(b->db, 1, S("one"), &err), &err);
    assert_int_equal(count(b->db), 1);
}

static void reading_cannot_write(void **state)
{
    SiteBox *b = *state;
    Err err = {0};
    CLEANUP(db_close) Db *writer = NULL;
    writer = site_box_open(b, DB_CREATE);
    CLEANUP(tx_end) Tx tx = tx_read(b->db);
    assert_int_equal(count(b->db), 0);
    must(add(writer, 1, S("one"), &err), &err);
    assert_int_equal(count(b->db), 0); // still the state it began with
    must(tx_commit(&tx, &err), &err);
    assert_int_equal(count(b->db), 1);
}

static const char SQL_LAST[] = "SELECT coalesce(max(n), 0) FROM thing WHERE site_id = 1";

// Reads the last number and adds the next, as the audit does.
static int add_next(SiteBox *b, int times)
{
    Err err = {0};
    Db *db = site_box_open(b, DB_CREATE);
    int failed = 0;
    for (int i = 0; i < times; i++) {
        CLEANUP(tx_end) Tx tx = tx_begin(db);
        CLEANUP(stmt_end) Stmt s = stmt(db, SQL_LAST);
        int64_t last = stmt_row(&s) ? col_int(&s) : -1;
        stmt_end(&s);
        Str name = str_fmt(&b->a, "%d-%d", (int)getpid(), i);
        failed += !add(db, last + 1, name, &err) || !tx_commit(&tx, &err);
    }
    db_close(&db);
    return failed;
}

static void writers_come_one_after_the_other(void **state)
{
    enum { WRITERS = 4, EACH = 25 };
    SiteBox *b = *state;
    pid_t all[WRITERS];
    int status;
    for (int i = 0; i < WRITERS; i++)
        if ((all[i] = fork()) == 0)
            _exit(add_next(b, EACH));
    for (int i = 0; i < WRITERS; i++) {
        assert_int_equal(waitpid(all[i], &status, 0), all[i]);
        assert_int_equal(status, 0);
    }
    CLEANUP(stmt_end) Stmt s = stmt(b->db, SQL_LAST);
    assert_true(stmt_row(&s));
    assert_int_equal(col_int(&s), WRITERS * EACH);
}

static void a_writer_waits_no_longer_than_it_should(void **state)
{
    SiteBox *b = *state;
    Err err = {0};
    CLEANUP(db_close) Db *other = NULL;
    other = site_box_open(b, DB_CREATE);
    CLEANUP(tx_end) Tx held = tx_begin(other);
    {
        CLEANUP(tx_end) Tx tx = tx_begin(b->db);
        assert_false(tx.open);
        assert_false(add(b->db, 1, S("one"), &err));
        assert_int_equal(err.kind, ERR_BUSY);
        assert_false(tx_commit(&tx, &err));
    }
    tx_end(&held);
    must(add(b->db, 1, S("one"), &err), &err);
}

// --- scripts

static const char SQL_DELETE_LINE[] = "DELETE FROM line WHERE n = ?1";
static const char SQL_LINES[] = "SELECT count(*) FROM line";

static void a_script_has_parts_for_one_engine(void **state)
{
    SiteBox *b = *state;
    Err err = {0};
    CLEANUP(stmt_end) Stmt lines = stmt(b->db, SQL_LINES);
    assert_true(stmt_row(&lines));
    assert_int_equal(col_int(&lines), 2);
    CLEANUP(stmt_end) Stmt s = stmt(b->db, SQL_DELETE_LINE);
    bind_int(&s, 1);
    assert_false(stmt_run(&s, &err));
    assert_int_equal(err.kind, ERR_RULE);
}

static void tables_are_told_with_their_columns_and_keys(void **state)
{
    SiteBox *b = *state;
    Err err = {0};
    DbTables t;
    must(db_tables(b->db, &b->a, &t, &err), &err);
    assert_int_equal(t.n, 2);
    assert_str(t.v[0].name, S("line"));
    assert_str(t.v[1].name, S("thing"));
    assert_int_equal(t.v[1].n, 4);
    static const DbColumn want[] = {{SI("site_id"), DB_INT, 1},
                                    {SI("n"), DB_INT, 2},
                                    {SI("name"), DB_TEXT, 0},
                                    {SI("bytes"), DB_BLOB, 0}};
    for (size_t i = 0; i < 4; i++) {
        assert_str(t.v[1].v[i].name, want[i].name);
        assert_int_equal(t.v[1].v[i].kind, want[i].kind);
        assert_int_equal(t.v[1].v[i].key, want[i].key);
    }
}

// --- a server that goes away

static void a_server_that_comes_back_is_found_again(void **state)
{
    SiteBox *b = *state;
    Err err = {0};
    if (!site_box_on_server()) // there is none
        return;
    add_many(b, 3);
    pg_box_stop();
    CLEANUP(stmt_end) Stmt s = stmt(b->db, SQL_COUNT);
    bind_int(&s, 1);
    assert_false(stmt_row(&s));
    assert_false(stmt_ok(&s, &err));
    assert_int_equal(err.kind, ERR_BUSY);
    assert_false(add(b->db, 4, S("four"), &err));
    assert_int_equal(err.kind, ERR_BUSY);
    pg_box_start();
    poll(NULL, 0, 150); // it is not asked again at once
    assert_int_equal(count(b->db), 3);
    must(add(b->db, 4, S("four"), &err), &err);
}

static void a_server_restarted_in_between_is_not_noticed_by_who_reads_or_begins(void **state)
{
    SiteBox *b = *state;
    Err err = {0};
    if (!site_box_on_server()) // there is none
        return;
    add_many(b, 3);
    assert_int_equal(count(b->db), 3);
    pg_box_stop();
    pg_box_start();
    assert_int_equal(count(b->db), 3);
    pg_box_stop();
    pg_box_start();
    CLEANUP(tx_end) Tx tx = tx_begin(b->db);
    must(add(b->db, 4, S("four"), &err) && tx_commit(&tx, &err), &err);
    assert_int_equal(count(b->db), 4);
}

static void a_transaction_that_lost_its_server_is_lost_as_a_whole(void **state)
{
    SiteBox *b = *state;
    Err err = {0};
    if (!site_box_on_server()) // there is none
        return;
    {
        CLEANUP(tx_end) Tx tx = tx_begin(b->db);
        must(add(b->db, 1, S("one"), &err), &err);
        pg_box_stop();
        pg_box_start();
        assert_false(add(b->db, 2, S("two"), &err));
        assert_int_equal(err.kind, ERR_BUSY);
        assert_false(add(b->db, 3, S("three"), &err));
        assert_false(tx_commit(&tx, &err));
        assert_int_equal(err.kind, ERR_BUSY);
    }
    assert_int_equal(count(b->db), 0);
    must(add(b->db, 2, S("two"), &err), &err);
}

static void writes_on_their_way_are_lost_with_the_server(void **state)
{
    SiteBox *b = *state;
    Err err = {0};
    bool ok = true;
    if (!site_box_on_server())
        return;
    {
        CLEANUP(tx_end) Tx tx = tx_begin(b->db);
        CLEANUP(stmt_end) Stmt s = stmt(b->db, SQL_ADD);
        for (int64_t i = 1; ok && i <= 600; i++) {
            if (i == 50) {
                pg_box_stop();
                pg_box_start();
            }
            bind_int(&s, i);
            bind_str(&s, str_fmt(&b->a, "%lld", (long long)i));
            bind_null(&s);
            ok = stmt_again(&s, &err);
        }
        ok = ok && tx_commit(&tx, &err);
    }
    assert_false(ok);
    assert_int_equal(err.kind, ERR_BUSY);
    add_many(b, 600);
    assert_int_equal(count(b->db), 600);
}

static void an_index_that_cannot_be_trusted_is_named(void **state)
{
    SiteBox *b = *state;
    Err err = {0};
    Str found;
    if (!site_box_on_server())
        return;
    add_many(b, 300);
    must(db_script(b->db, S("CREATE EXTENSION amcheck;"), &b->a, &err), &err);
    must(db_integrity(b->db, &b->a, &found, &err), &err);
    assert_str(found, S(""));
    must(db_script(b->db,
                   S("UPDATE pg_index SET indisvalid = false"
                     " WHERE indexrelid = CAST('thing_name' AS regclass);"),
                   &b->a, &err),
         &err);
    must(db_integrity(b->db, &b->a, &found, &err), &err);
    assert_true(str_has(found, S("thing_name")));
    must(db_script(b->db, S("DROP EXTENSION amcheck;"), &b->a, &err), &err);
}

static void the_password_of_an_address_is_not_shown(void **state)
{
    (void)state;
    Arena a = arena_new(1 << 20);
    Str url = S("postgresql://gk:s%65cret@db.example.cn:5433/gongkai");
    assert_true(db_is_server(url));
    assert_str(db_address_shown(url, &a),
               S("postgresql user=gk dbname=gongkai host=db.example.cn port=5433"));
    Str words = S("host=10.0.0.1 dbname=gk password=secret");
    assert_str(db_address_shown(words, &a), S("postgresql dbname=gk host=10.0.0.1"));
    assert_false(db_is_server(S("/var/lib/gongkai/gongkai.db")));
    arena_free(&a);
}

#define BOXED(f) cmocka_unit_test_setup_teardown(f, begin, site_box_drop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOXED(every_byte_of_a_blob_comes_back),
        BOXED(an_empty_text_is_not_null),
        BOXED(a_text_with_a_nul_is_refused_in_words),
        BOXED(five_megabytes_go_and_come),
        BOXED(sums_and_truths_are_read_as_numbers),
        BOXED(texts_are_ordered_by_bytes),
        BOXED(a_value_may_be_null_at_first_and_known_later),
        BOXED(a_statement_may_run_between_the_rows_of_another),
        BOXED(a_stream_may_be_left_before_its_end),
        BOXED(the_rows_changed_are_counted),
        BOXED(what_is_put_together_is_prepared_for_once),
        BOXED(every_statement_of_a_large_program_is_kept),
        BOXED(a_table_that_has_grown_is_not_read_from_end_to_end),
        BOXED(a_statement_that_fails_takes_its_transaction_with_it),
        BOXED(one_of_many_that_failed_is_told_at_the_latest_by_the_commit),
        BOXED(a_question_behind_writes_on_their_way_knows_them),
        BOXED(a_question_behind_a_write_that_failed_fails),
        BOXED(reading_cannot_write),
        BOXED(writers_come_one_after_the_other),
        BOXED(a_writer_waits_no_longer_than_it_should),
        BOXED(a_script_has_parts_for_one_engine),
        BOXED(tables_are_told_with_their_columns_and_keys),
        BOXED(a_server_that_comes_back_is_found_again),
        BOXED(a_server_restarted_in_between_is_not_noticed_by_who_reads_or_begins),
        BOXED(a_transaction_that_lost_its_server_is_lost_as_a_whole),
        BOXED(writes_on_their_way_are_lost_with_the_server),
        BOXED(an_index_that_cannot_be_trusted_is_named),
        cmocka_unit_test(the_password_of_an_address_is_not_shown),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
