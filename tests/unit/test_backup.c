// A site moved whole: into another database, into a backup and back, from and onto both engines.
#include "test.h"

#include "app/backup.h"
#include "app/report.h"
#include "base/file.h"
#include "base/tar.h"
#include "site_box.h"

#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct Move {
    SiteBox *box;
    Arena *a; // the box's
    AppPlace place;
    Str away; // a folder beside the data folder
} Move;

static const BackupOptions plainly;

static void must(bool ok, const Err *err)
{
    if (!ok)
        fail_msg("%s (%s)", err->en, err->detail);
}

static void open_app(const AppPlace *place, DbMode mode, Arena *a, App *out)
{
    Err err = {0};
    must(app_open(place, mode, (Date){20500}, 1000, a, out, &err), &err);
}

// The sample site.
static int begin(void **state)
{
    Err err = {0};
    void *box;
    if (site_box_make_empty(&box) != 0)
        return -1;
    Move *m = calloc(1, sizeof *m);
    m->box = box;
    m->a = &m->box->a;
    m->away = file_join(m->a, m->box->dir, S("away"));
    m->place = (AppPlace){.data = file_join(m->a, m->box->dir, S("data")),
                          .database = site_box_on_server() ? m->box->database : S("")};
    must(file_mkdir(m->away, &err), &err);
    CLEANUP(app_close) App app = {0};
    open_app(&m->place, DB_CREATE, m->a, &app);
    must(app_sample_load(&app, m->a, &err), &err);
    *state = m;
    return 0;
}

static int end(void **state)
{
    Move *m = *state;
    void *box = m->box;
    free(m);
    return site_box_drop(&box);
}

static Str away(Move *m, const char *name)
{
    return file_join(m->a, m->away, str_z(name));
}

// An empty database on the other engine, where there is one.
static Str other_engine(Move *m)
{
    static int made;
    if (site_box_on_server() || !pg_box_installed())
        return away(m, "other.db");
    char *name = str_to_z(m->a, str_fmt(m->a, "other%d", ++made));
    return pg_box_database(m->a, name);
}

static CopyTables hashes(Move *m, Str address)
{
    Err err = {0};
    CopyTables out = {0};
    CLEANUP(db_close) Db *db = NULL;
    must(db_open(address, DB_READ, &db, &err) && copy_hashes(db, NULL, m->a, &out, &err), &err);
    return out;
}

static void assert_same(Move *m, Str one, Str other)
{
    Err err = {0};
    CopyTables x = hashes(m, one), y = hashes(m, other);
    assert_true(x.n > 5);
    must(copy_same(&x, &y, &err), &err);
}

// --- copies

static void a_copy_on_the_other_engine_has_the_same_rows(void **state)
{
    Move *m = *state;
    Err err = {0};
    CopyTables done;
    Str from = app_database(&m->place, m->a), to = other_engine(m);
    must(app_db_copy(&m->place, to, NULL, m->a, &done, &err), &err);
    assert_same(m, from, to);
    Str back = away(m, "back.db"); // and home again
    AppPlace there = {.data = m->place.data, .database = to};
    must(app_db_copy(&there, back, NULL, m->a, &done, &err), &err);
    assert_same(m, from, back);
    CLEANUP(app_close) App app = {0};
    open_app(&there, DB_CREATE, m->a, &app);
    assert_true(app.has_key);
    bool empty;
    must(app_empty(&app, m->a, &empty, &err), &err);
    assert_false(empty);
}

static void what_is_there_is_never_overwritten(void **state)
{
    Move *m = *state;
    Err err = {0};
    CopyTables done;
    Str from = app_database(&m->place, m->a), to = away(m, "twice.db");
    must(app_db_copy(&m->place, to, NULL, m->a, &done, &err), &err);
    assert_false(app_db_copy(&m->place, to, NULL, m->a, &done, &err));
    assert_int_equal(err.kind, ERR_RULE);
    assert_false(app_db_copy(&m->place, from, NULL, m->a, &done, &err));
    assert_same(m, from, to);
}

static void a_copy_that_fails_leaves_nothing(void **state)
{
    Move *m = *state;
    Err err = {0};
    CopyTables done;
    Str from = app_database(&m->place, m->a), to = site_box_beside(m->box, "broken");
    CLEANUP(db_close) Db *db = NULL;
    must(db_open(from, DB_WRITE, &db, &err), &err);
    must(db_script(db, S("ALTER TABLE report_reading ADD COLUMN surplus BIGINT;"), m->a, &err),
         &err);
    assert_false(app_db_copy(&m->place, to, NULL, m->a, &done, &err));
    CLEANUP(db_close) Db *there = NULL;
    DbTables tables;
    must(db_open(to, DB_CREATE, &there, &err) && db_tables(there, m->a, &tables, &err), &err);
    assert_int_equal(tables.n, 0);
}

// --- backups

static void put_back(Move *m, Str backup, Str database)
{
    Err err = {0};
    BackupDone done;
    AppPlace back = {.data = away(m, "back"), .database = database};
    must(app_restore(backup, &back, &plainly, 3000, m->a, &done, &err), &err);
    assert_int_equal(done.made_at, 2000);
    assert_true(done.has_key);
    assert_same(m, app_database(&m->place, m->a), app_database(&back, m->a));
    CLEANUP(app_close) App app = {0};
    open_app(&back, DB_READ, m->a, &app);
    assert_true(app.has_key);
    ReportPage page;
    must(app_report_get(&app, S("shuiwu"), 2023, m->a, &page, &err), &err);
    Str bytes;
    must(app_report_original(&app, &page.stored.row, m->a, &bytes, &err), &err);
    assert_true(bytes.n > 100);
}

static void backed_up(Move *m, Str target)
{
    Err err = {0};
    BackupDone done, read;
    must(app_backup(&m->place, target, &plainly, 2000, m->a, &done, &err), &err);
    must(app_backup_verify(target, &plainly, m->a, &read, &err), &err);
    assert_int_equal(read.files, done.files);
    assert_int_equal(read.rows, done.rows);
    assert_true(done.files > 5);
    assert_str(read.engine, site_box_on_server() ? S("postgresql") : S("sqlite"));
    assert_false(file_exists(str_cat(m->a, target, S(".part"))));
}

static void a_backup_comes_back_as_it_was(void **state)
{
    Move *m = *state;
    backed_up(m, away(m, "one"));
    put_back(m, away(m, "one"), S(""));
}

static void an_archive_comes_back_onto_the_other_engine(void **state)
{
    Move *m = *state;
    backed_up(m, away(m, "one.tar"));
    put_back(m, away(m, "one.tar"), other_engine(m));
}

static void an_archive_is_what_tar_and_sha256sum_read(void **state)
{
    Move *m = *state;
    backed_up(m, away(m, "one.tar"));
    Str command =
        str_fmt(m->a, "cd " PRI_STR " && tar xf one.tar && sha256sum --quiet -c SHA256SUMS",
                STR_ARG(m->away));
    int status = -1;
    pid_t pid = fork();
    if (pid == 0) {
        execl("/bin/sh", "sh", "-c", str_to_z(m->a, command), NULL);
        _exit(127);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(status, 0);
}

static void a_backup_without_the_key_has_none(void **state)
{
    Move *m = *state;
    Err err = {0};
    BackupDone done;
    BackupOptions bare = {.without_key = true};
    Str target = away(m, "bare");
    must(app_backup(&m->place, target, &bare, 2000, m->a, &done, &err), &err);
    assert_false(done.has_key);
    assert_false(file_exists(file_join(m->a, target, S("data/secret.key"))));
    assert_true(file_exists(file_join(m->a, m->place.data, S("secret.key"))));
}

static void a_backup_goes_where_nothing_is_and_not_into_the_site(void **state)
{
    Move *m = *state;
    Err err = {0};
    BackupDone done;
    assert_false(app_backup(&m->place, m->away, &plainly, 2000, m->a, &done, &err));
    assert_int_equal(err.kind, ERR_RULE);
    Str within = file_join(m->a, m->place.data, S("backup"));
    assert_false(app_backup(&m->place, within, &plainly, 2000, m->a, &done, &err));
    assert_int_equal(err.kind, ERR_INPUT);
    backed_up(m, away(m, "one"));
    assert_false(app_restore(away(m, "one"), &m->place, &plainly, 3000, m->a, &done, &err));
    assert_int_equal(err.kind, ERR_RULE);
}

static void flip(Str path, off_t at)
{
    Arena a = arena_new(1 << 16);
    int fd = open(str_to_z(&a, path), O_RDWR | O_CLOEXEC);
    char byte;
    assert_int_equal(pread(fd, &byte, 1, at), 1);
    byte ^= 1;
    assert_int_equal(pwrite(fd, &byte, 1, at), 1);
    close(fd);
    arena_free(&a);
}

static void one_changed_byte_is_found(void **state)
{
    Move *m = *state;
    Err err = {0};
    BackupDone done;
    Str tar = away(m, "one.tar");
    backed_up(m, tar);
    struct stat st;
    assert_int_equal(stat(str_to_z(m->a, tar), &st), 0);
    for (int i = 1; i < 12; i++) {
        off_t at = st.st_size * i / 12;
        flip(tar, at);
        assert_false(app_backup_verify(tar, &plainly, m->a, &done, &err));
        assert_int_equal(err.kind, ERR_UNREADABLE);
        flip(tar, at);
    }
    must(app_backup_verify(tar, &plainly, m->a, &done, &err), &err);
}

static void a_backup_that_was_cut_off_is_found(void **state)
{
    Move *m = *state;
    Err err = {0};
    BackupDone done;
    Str tar = away(m, "one.tar");
    backed_up(m, tar);
    struct stat st;
    assert_int_equal(stat(str_to_z(m->a, tar), &st), 0);
    for (int i = 7; i >= 0; i--) {
        assert_int_equal(truncate(str_to_z(m->a, tar), st.st_size * i / 8), 0);
        assert_false(app_backup_verify(tar, &plainly, m->a, &done, &err));
        assert_int_equal(err.kind, ERR_UNREADABLE);
    }
}

static void a_name_that_leads_out_of_the_folder_is_refused(void **state)
{
    Move *m = *state;
    Err err = {0};
    BackupDone done;
    Str one = away(m, "one"), sums = file_join(m->a, one, S("SHA256SUMS")), text;
    backed_up(m, one);
    must(file_read(sums, 1 << 20, m->a, &text, &err), &err);
    must(file_write(sums, str_replace(m->a, text, S("data/secret.key"), S("../data/secret.key")),
                    &err),
         &err);
    assert_false(app_backup_verify(one, &plainly, m->a, &done, &err));
    assert_int_equal(err.kind, ERR_UNREADABLE);
}

static void what_root_puts_back_belongs_to_the_owner_of_the_folder(void **state)
{
    Move *m = *state;
    Err err = {0};
    BackupDone done;
    FileOwner nobody = {65534, 65534}, found;
    if (geteuid() != 0) // only root can give anything away
        return;
    Str back = away(m, "back"), copy = away(m, "copy.db");
    AppPlace place = {.data = back};
    backed_up(m, away(m, "one"));
    must(file_mkdir(back, &err) && file_own(back, nobody, &err), &err);
    must(app_restore(away(m, "one"), &place, &plainly, 3000, m->a, &done, &err), &err);
    Strs files;
    must(file_walk(back, 1000, m->a, &files, &err), &err);
    assert_true(files.n > 5);
    for (size_t i = 0; i < files.n; i++) {
        assert_true(file_owner(files.v[i], &found));
        assert_int_equal(found.uid, 65534);
    }
    CopyTables tables;
    must(app_db_copy(&place, copy, NULL, m->a, &tables, &err), &err);
    assert_true(file_owner(copy, &found));
    assert_int_equal(found.uid, 65534);
}

// --- while people work

typedef struct Writer {
    const AppPlace *place;
    _Atomic bool stop;
    _Atomic int written;
} Writer;

static const char SQL_RENAME[] = "UPDATE site SET name = ?2, version = version + 1"
                                 " WHERE site_id = ?1";
static const char SQL_RENAME_ORGANS[] = "UPDATE organ SET ordinal = ?2 WHERE site_id = ?1";

// The name of the site and the ordinals of all organs always say the same number.
static void *write_on(void *arg)
{
    Writer *w = arg;
    Arena a = arena_new(64 << 20);
    CLEANUP(app_close) App app = {0};
    open_app(w->place, DB_WRITE, &a, &app);
    for (int64_t i = 1; !w->stop; i++) {
        Err err;
        Arena scratch = a;
        CLEANUP(tx_end) Tx tx = tx_begin(app.db);
        CLEANUP(stmt_end) Stmt name = stmt(app.db, SQL_RENAME);
        bind_int(&name, 1);
        bind_str(&name, str_fmt(&scratch, "%lld", (long long)i));
        CLEANUP(stmt_end) Stmt organs = stmt(app.db, SQL_RENAME_ORGANS);
        bind_int(&organs, 1);
        bind_int(&organs, i);
        w->written += stmt_run(&name, &err) && stmt_run(&organs, &err) && tx_commit(&tx, &err);
    }
    arena_free(&a);
    return NULL;
}

static const char SQL_STATE[] =
    "SELECT s.name, min(o.ordinal), max(o.ordinal) FROM site s"
    " JOIN organ o ON o.site_id = s.site_id WHERE s.site_id = 1 GROUP BY s.name";

static void a_backup_made_while_others_write_is_of_one_moment(void **state)
{
    Move *m = *state;
    Err err = {0};
    Writer w = {.place = &m->place};
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, write_on, &w), 0);
    while (w.written < 5)
        sched_yield();
    int before = w.written;
    for (int i = 0; i < 3; i++)
        backed_up(m, away(m, i == 0 ? "a" : i == 1 ? "b" : "c"));
    int after = w.written;
    w.stop = true;
    pthread_join(thread, NULL);
    assert_true(after > before);
    CLEANUP(db_close) Db *db = NULL;
    must(db_open(file_join(m->a, away(m, "c"), S("gongkai.db")), DB_READ, &db, &err), &err);
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_STATE);
    assert_true(stmt_row(&s));
    Str name = col_str(&s, m->a);
    int64_t least = col_int(&s), most = col_int(&s), said;
    assert_true(str_to_int(name, &said));
    assert_int_equal(least, said);
    assert_int_equal(most, said);
}

// --- archives

static void a_long_name_and_a_large_size_fit_into_an_archive(void **state)
{
    (void)state;
    Arena a = arena_new(1 << 20);
    TarHead h;
    char name[300];
    memset(name, 'x', sizeof name);
    name[120] = '/';
    assert_true(tar_head((Str){name, 200}, 3, 0, &h));
    assert_false(tar_head((Str){name, 290}, 3, 0, &h));
    assert_false(tar_head((Str){name, 101}, 3, 0, &h));
    assert_true(tar_head((Str){name, 200}, 3, 0, &h));
    char archive[2 * TAR_BLOCK] = {0};
    memcpy(archive, h.bytes, TAR_BLOCK);
    memcpy(archive + TAR_BLOCK, "abc", 3);
    Str rest = {archive, sizeof archive};
    TarEntry e;
    bool broken;
    assert_true(tar_next(&rest, &a, &e, &broken));
    assert_str(e.name, ((Str){name, 200}));
    assert_str(e.bytes, S("abc"));
    assert_true(tar_head(S("large"), (uint64_t)20 << 30, 0, &h));
    assert_int_equal((unsigned char)h.bytes[124], 0x80);
    arena_free(&a);
}

#define MOVED(f) cmocka_unit_test_setup_teardown(f, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        MOVED(a_copy_on_the_other_engine_has_the_same_rows),
        MOVED(what_is_there_is_never_overwritten),
        MOVED(a_copy_that_fails_leaves_nothing),
        MOVED(a_backup_comes_back_as_it_was),
        MOVED(an_archive_comes_back_onto_the_other_engine),
        MOVED(an_archive_is_what_tar_and_sha256sum_read),
        MOVED(a_backup_without_the_key_has_none),
        MOVED(a_backup_goes_where_nothing_is_and_not_into_the_site),
        MOVED(one_changed_byte_is_found),
        MOVED(a_backup_that_was_cut_off_is_found),
        MOVED(a_name_that_leads_out_of_the_folder_is_refused),
        MOVED(what_root_puts_back_belongs_to_the_owner_of_the_folder),
        MOVED(a_backup_made_while_others_write_is_of_one_moment),
        cmocka_unit_test(a_long_name_and_a_large_size_fit_into_an_archive),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
