#include "base/file.h"
#include "test.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static Arena a;
static Str dir;

static int make_dir(void **state)
{
    (void)state;
    Err err;
    a = arena_new((size_t)64 << 20);
    return file_temp_dir(&a, &dir, &err) ? 0 : -1;
}

static int remove_dir(void **state)
{
    (void)state;
    Err err;
    return file_remove(dir, &err) ? 0 : -1;
}

static Str in_dir(Str name)
{
    return file_join(&a, dir, name);
}

static void put(Str name, Str bytes)
{
    Err err;
    assert_true(file_write(in_dir(name), bytes, &err));
}

static void what_is_written_is_read_again(void **state)
{
    (void)state;
    Str got;
    Err err;
    put(S("年报.txt"), S("a\0b"));
    assert_true(file_read(in_dir(S("年报.txt")), 100, &a, &got, &err));
    assert_str(got, S("a\0b"));
    put(S("年报.txt"), S(""));
    assert_true(file_read(in_dir(S("年报.txt")), 100, &a, &got, &err));
    assert_int_equal(got.n, 0);
}

static void a_file_over_the_maximum_is_refused(void **state)
{
    (void)state;
    Str got = S("untouched");
    Err err;
    put(S("five"), S("12345"));
    assert_true(file_read(in_dir(S("five")), 5, &a, &got, &err));
    assert_false(file_read(in_dir(S("five")), 4, &a, &got, &err));
    assert_int_equal(err.kind, ERR_LIMIT);
    assert_str(got, S("12345"));
}

static void what_is_no_regular_file_is_named_as_what_it_is(void **state)
{
    (void)state;
    Str got;
    Err err;
    assert_false(file_read(dir, 100, &a, &got, &err));
    assert_int_equal(err.kind, ERR_INPUT);
    assert_false(file_read(in_dir(S("none")), 100, &a, &got, &err));
    assert_int_equal(err.kind, ERR_MISSING);
    assert_non_null(strstr(err.en, "none"));
    assert_int_equal(mkfifo(str_to_z(&a, in_dir(S("fifo"))), 0600), 0);
    assert_false(file_read(in_dir(S("fifo")), 100, &a, &got, &err));
    assert_int_equal(err.kind, ERR_INPUT);
    assert_false(file_read(S(""), 100, &a, &got, &err));
}

static void a_failed_write_leaves_nothing_behind(void **state)
{
    (void)state;
    Err err;
    Strs files;
    assert_true(file_mkdir(in_dir(S("w/taken")), &err));
    assert_false(file_write(in_dir(S("w/taken")), S("x"), &err)); // a directory stands there
    assert_true(file_walk(in_dir(S("w")), 10, &a, &files, &err));
    assert_int_equal(files.n, 0);
    assert_false(file_write(in_dir(S("no/such/dir")), S("x"), &err));
    assert_int_equal(err.kind, ERR_MISSING);
}

static void a_new_directory_is_its_owners_alone(void **state)
{
    (void)state;
    Err err;
    struct stat st;
    mode_t before = umask(0);
    assert_true(file_mkdir(in_dir(S("own/files")), &err));
    umask(before);
    static const Str made[] = {SI("own"), SI("own/files")};
    for (size_t i = 0; i < sizeof made / sizeof *made; i++) {
        assert_int_equal(stat(str_to_z(&a, in_dir(made[i])), &st), 0);
        assert_int_equal(st.st_mode & 0777, 0700);
    }
}

static void a_walk_finds_all_files_in_order(void **state)
{
    (void)state;
    Err err;
    Strs files;
    Str root = in_dir(S("walk"));
    assert_true(file_mkdir(in_dir(S("walk/b/c")), &err));
    put(S("walk/z"), S("")), put(S("walk/b/c/1"), S("")), put(S("walk/a"), S(""));
    put(S("walk/.hidden"), S(""));
    assert_int_equal(symlink(str_to_z(&a, root), str_to_z(&a, in_dir(S("walk/b/loop")))), 0);
    assert_true(file_walk(root, 10, &a, &files, &err));
    assert_int_equal(files.n, 3);
    assert_str(files.v[0], in_dir(S("walk/a")));
    assert_str(files.v[1], in_dir(S("walk/b/c/1")));
    assert_str(files.v[2], in_dir(S("walk/z")));
    assert_false(file_walk(root, 2, &a, &files, &err));
    assert_int_equal(err.kind, ERR_LIMIT);
    assert_false(file_walk(in_dir(S("none")), 2, &a, &files, &err));
    assert_int_equal(err.kind, ERR_MISSING);
}

static void a_pipe_is_read_to_its_end(void **state)
{
    (void)state;
    int ends[2];
    Str got;
    Err err;
    assert_int_equal(pipe(ends), 0);
    assert_true(file_write_fd(ends[1], S("from a pipe"), &err));
    close(ends[1]);
    assert_true(file_read_fd(ends[0], 1 << 20, &a, &got, &err));
    assert_str(got, S("from a pipe"));
    close(ends[0]);
}

static void a_full_disk_is_called_so_without_a_name_that_nobody_gave(void **state)
{
    (void)state;
    Err err = {0};
    int fd = open("/dev/full", O_WRONLY | O_CLOEXEC);
    assert_true(fd >= 0);
    assert_false(file_write_fd(fd, S("x"), &err));
    close(fd);
    assert_int_equal(err.kind, ERR_SYSTEM);
    assert_string_equal(err.zh, "磁盘已满，无法写入");
    assert_string_equal(err.en, "The disk is full, cannot write");
}

static void names_are_taken_apart(void **state)
{
    (void)state;
    assert_str(file_name(S("/a/b.c/年报.docx")), S("年报.docx"));
    assert_str(file_ext(S("/a/b.c/年报.docx")), S("docx"));
    assert_str(file_ext(S("/a/b.c/readme")), S(""));
    assert_str(file_ext(S(".profile")), S(""));
    assert_str(file_join(&a, S("a/"), S("b")), S("a/b"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_is_read_again),
        cmocka_unit_test(a_file_over_the_maximum_is_refused),
        cmocka_unit_test(what_is_no_regular_file_is_named_as_what_it_is),
        cmocka_unit_test(a_failed_write_leaves_nothing_behind),
        cmocka_unit_test(a_new_directory_is_its_owners_alone),
        cmocka_unit_test(a_walk_finds_all_files_in_order),
        cmocka_unit_test(a_pipe_is_read_to_its_end),
        cmocka_unit_test(a_full_disk_is_called_so_without_a_name_that_nobody_gave),
        cmocka_unit_test(names_are_taken_apart),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, make_dir, remove_dir);
}
