#include "../test.h"

#include "app/key.h"
#include "base/file.h"
#include "site_box.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static Arena arena;
static Str dir, database; // empty: in the folder

static bool open_folder(DbMode mode, App *out, Err *err)
{
    Date today;
    assert_true(date_make(2026, 4, 1, &today));
    return app_open(&(AppPlace){.data = dir, .database = database}, mode, today, 1000, &arena, out,
                    err);
}

static Str key_path(void)
{
    return file_join(&arena, dir, S("secret.key"));
}

static int begin(void **state)
{
    Err err = {0};
    (void)state;
    static int made;
    arena = arena_new(256 << 20);
    if (site_box_on_server())
        database = pg_box_database(&arena, str_to_z(&arena, str_fmt(&arena, "key%d", ++made)));
    CLEANUP(app_close) App app = {0};
    return file_temp_dir(&arena, &dir, &err) && open_folder(DB_CREATE, &app, &err) ? 0 : -1;
}

static int end(void **state)
{
    Err err = {0};
    (void)state;
    file_remove(dir, &err);
    arena_free(&arena);
    return 0;
}

static void it_is_made_with_the_folder_for_its_owner_alone(void **state)
{
    struct stat st;
    (void)state;
    assert_int_equal(stat(str_to_z(&arena, key_path()), &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    assert_int_equal(st.st_size, KEY_BYTES);
}

static void it_is_the_same_every_time(void **state)
{
    CLEANUP(app_close) App one = {0};
    CLEANUP(app_close) App two = {0};
    Err err = {0};
    Key x, y;
    (void)state;
    assert_true(open_folder(DB_WRITE, &one, &err) && open_folder(DB_CREATE, &two, &err));
    assert_true(app_key(&one, KEY_SECRETS, &x, &err) && app_key(&two, KEY_SECRETS, &y, &err));
    assert_memory_equal(x.bytes, y.bytes, KEY_BYTES);
}

static void a_lost_one_is_noticed_and_not_made_anew(void **state)
{
    CLEANUP(app_close) App app = {0};
    Err err = {0};
    (void)state;
    unlink(str_to_z(&arena, key_path()));
    assert_false(open_folder(DB_CREATE, &app, &err));
    assert_int_equal(err.kind, ERR_MISSING);
    assert_false(file_exists(key_path()));
}

static void another_folder_s_is_noticed(void **state)
{
    CLEANUP(app_close) App app = {0};
    Err err = {0};
    char other[KEY_BYTES] = {1};
    (void)state;
    unlink(str_to_z(&arena, key_path()));
    assert_true(file_make_secret(key_path(), (Str){other, sizeof other}, &err));
    assert_false(open_folder(DB_WRITE, &app, &err));
    assert_int_equal(err.kind, ERR_SYSTEM);
}

static void one_that_others_may_read_is_refused(void **state)
{
    CLEANUP(app_close) App app = {0};
    Err err = {0};
    (void)state;
    chmod(str_to_z(&arena, key_path()), 0644);
    assert_false(open_folder(DB_WRITE, &app, &err));
    assert_int_equal(err.kind, ERR_DENIED);
}

static void a_cut_one_is_refused(void **state)
{
    CLEANUP(app_close) App app = {0};
    Err err = {0};
    (void)state;
    assert_int_equal(truncate(str_to_z(&arena, key_path()), 7), 0);
    assert_false(open_folder(DB_WRITE, &app, &err));
    assert_int_equal(err.kind, ERR_SYSTEM);
}

static void who_only_reads_goes_on_without_it_and_opens_nothing(void **state)
{
    CLEANUP(app_close) App app = {0};
    Err err = {0};
    Key key;
    (void)state;
    unlink(str_to_z(&arena, key_path()));
    assert_true(open_folder(DB_READ, &app, &err));
    assert_false(app_key(&app, KEY_SECRETS, &key, &err));
    assert_int_equal(err.kind, ERR_MISSING);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(it_is_made_with_the_folder_for_its_owner_alone, begin, end),
        cmocka_unit_test_setup_teardown(it_is_the_same_every_time, begin, end),
        cmocka_unit_test_setup_teardown(a_lost_one_is_noticed_and_not_made_anew, begin, end),
        cmocka_unit_test_setup_teardown(another_folder_s_is_noticed, begin, end),
        cmocka_unit_test_setup_teardown(one_that_others_may_read_is_refused, begin, end),
        cmocka_unit_test_setup_teardown(a_cut_one_is_refused, begin, end),
        cmocka_unit_test_setup_teardown(who_only_reads_goes_on_without_it_and_opens_nothing, begin,
                                        end),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("key", tests, NULL, NULL);
}
