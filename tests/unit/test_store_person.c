// People as stored: what signing in asks, whose posts are in force, what a scope shows.
#include "test.h"

#include "store/migrate.h"
#include "store/person.h"
#include "store/organ.h"

#include <stdlib.h>
#include <unistd.h>

static const SiteId SITE = {1};
static const Date TODAY = {20000};

typedef struct Box {
    char dir[64], path[96];
    Arena a;
    Db *db;
} Box;

static void run(Box *b, const char *sql)
{
    Err err = {0};
    if (!db_script(b->db, str_z(sql), &b->a, &err))
        fail_msg("%s (%s): %s", err.en, err.detail, sql);
}

static void person(Box *b, int id, const char *login, int organ)
{
    run(b, str_to_z(&b->a, str_fmt(&b->a,
                                   "INSERT INTO person (site_id, person_id, login, name, phone,"
                                   " email, organ_id, state, password, must_change, opened_at,"
                                   " closed_why) VALUES (1, %d, '%s', '周%d', '', '', %d,"
                                   " 'active', '', 0, 1000, '');",
                                   id, login, id, organ)));
}

// until 0: held
static void post(Box *b, int id, int who, int organ, const char *role, int from, int until)
{
    Str end = until ? str_fmt(&b->a, "%d", until) : S("NULL");
    run(b, str_to_z(&b->a,
                    str_fmt(&b->a,
                            "INSERT INTO post (site_id, post_id, person_id, organ_id, role,"
                            " from_on, until_on) VALUES (1, %d, %d, %d, '%s', %d, " PRI_STR ");",
                            id, who, organ, role, from, STR_ARG(end))));
}

static void stand_in(Box *b, int id, int away, int who, int organ, int from, int to, int ended,
                     const char *role)
{
    Str end = ended ? str_fmt(&b->a, "%d", ended) : S("NULL");
    run(b,
        str_to_z(&b->a, str_fmt(&b->a,
                                "INSERT INTO substitution (site_id, substitution_id, person_id,"
                                " substitute_id, organ_id, from_on, to_on, ended_on, why, set_at)"
                                " VALUES (1, %d, %d, %d, %d, %d, %d, " PRI_STR ", '', 1000);"
                                "INSERT INTO substitution_role (site_id, substitution_id, role)"
                                " VALUES (1, %d, '%s');",
                                id, away, who, organ, from, to, STR_ARG(end), id, role)));
}

static int box_make(void **state)
{
    Box *b = calloc(1, sizeof *b);
    Err err = {0};
    snprintf(b->dir, sizeof b->dir, "/tmp/gongkai-test-XXXXXX");
    assert_non_null(mkdtemp(b->dir));
    snprintf(b->path, sizeof b->path, "%s/site.db", b->dir);
    b->a = arena_new(64 << 20);
    assert_true(db_open(str_z(b->path), DB_CREATE, &b->db, &err));
    assert_true(migrate_run(b->db, 1000, &b->a, &err));
    assert_true(store_site_add(b->db, SITE, S("示例市人民政府"), &err));
    static const char *const names[] = {"示例市水务局", "示例市教育局"};
    for (int i = 0; i < 2; i++) {
        Organ o;
        organ_from_name(str_z(names[i]), &o);
        assert_true(store_organ_add(b->db, SITE, &o, &b->a, &err));
        assert_int_equal(o.id.n, i + 1);
    }
    person(b, 1, "zhou", 1);
    person(b, 2, "wu", 1);
    person(b, 3, "zheng", 2);
    *state = b;
    return 0;
}

static int box_drop(void **state)
{
    Box *b = *state;
    db_close(&b->db);
    static const char *const files[] = {"site.db", "site.db-wal", "site.db-shm"};
    for (size_t i = 0; i < 3; i++) {
        char path[128];
        snprintf(path, sizeof path, "%s/%s", b->dir, files[i]);
        unlink(path);
    }
    rmdir(b->dir);
    arena_free(&b->a);
    free(b);
    return 0;
}

static Posts posts_of(Box *b, int who)
{
    Posts posts = {0};
    Err err = {0};
    if (!store_person_posts(b->db, SITE, (PersonId){who}, TODAY, &b->a, &posts, &err))
        fail_msg("%s (%s)", err.en, err.detail);
    return posts;
}

static void a_login_is_found_in_any_case(void **state)
{
    Box *b = *state;
    Err err = {0};
    Person p = {0};
    bool found = false;
    assert_true(store_person_by_login(b->db, SITE, S("ZhOu"), &b->a, &p, &found, &err));
    assert_true(found);
    assert_int_equal(p.id.n, 1);
    assert_str(p.organ_name, S("示例市水务局"));
    assert_true(store_person_by_login(b->db, SITE, S("li"), &b->a, &p, &found, &err));
    assert_false(found);
}

static void a_login_exists_once_in_a_site(void **state)
{
    Box *b = *state;
    Err err = {0};
    assert_false(db_script(b->db,
                           S("INSERT INTO person (site_id, person_id, login, name, phone, email,"
                             " organ_id, state, password, must_change, opened_at, closed_why)"
                             " VALUES (1, 9, 'zhou', 'x', '', '', 1, 'active', '', 0, 1, '');"),
                           &b->a, &err));
}

typedef struct ForceRow {
    const char *name;
    int from, until;
    bool in_force;
} ForceRow;

static const ForceRow force_rows[] = {
    {"a post begins on its first day", 20000, 0, true},
    {"a post that begins tomorrow is not in force", 20001, 0, false},
    {"a post ends before the day it was taken", 19000, 20000, false},
    {"a post is held up to the day it is taken", 19000, 20001, true},
    {"a post given and taken on one day is not in force", 20000, 20000, false},
};

static void posts_are_in_force_by_their_days(void **state)
{
    Box *b = *state;
    for (size_t i = 0; i < sizeof force_rows / sizeof *force_rows; i++) {
        const ForceRow *row = &force_rows[i];
        run(b, "DELETE FROM post;");
        post(b, 1, 1, 1, "officer", row->from, row->until);
        if ((posts_of(b, 1).n == 1) != row->in_force)
            fail_msg("%s", row->name);
    }
}

typedef struct StandRow {
    const char *name;
    int from, to, ended;
    const char *role;
    bool lent;
} StandRow;

static const StandRow stand_rows[] = {
    {"a substitute holds the role that is lent", 19999, 20001, 0, "head", true},
    {"on the last day too", 19000, 20000, 0, "head", true},
    {"not after it: a substitution ends by itself", 19000, 19999, 0, "head", false},
    {"not before it", 20001, 20009, 0, "head", false},
    {"not once it was ended", 19000, 20009, 20000, "head", false},
    {"only a role that the one away holds", 19000, 20009, 0, "leader", false},
    {"a role that was lent to the one away is not lent on", 19000, 20009, 0, "officer", false},
};

static void substitutes_hold_what_is_lent(void **state)
{
    Box *b = *state;
    for (size_t i = 0; i < sizeof stand_rows / sizeof *stand_rows; i++) {
        const StandRow *row = &stand_rows[i];
        run(b, "DELETE FROM post; DELETE FROM substitution; DELETE FROM substitution_role;");
        post(b, 1, 1, 1, "head", 19000, 0);
        post(b, 2, 3, 1, "officer", 19000, 0);
        stand_in(b, 1, 3, 1, 1, 19000, 20009, 0, "officer");
        stand_in(b, 2, 1, 2, 1, row->from, row->to, row->ended, row->role);
        Posts posts = posts_of(b, 2);
        if ((posts.n == 1) != row->lent)
            fail_msg("%s", row->name);
        if (row->lent) {
            assert_int_equal(posts.v[0].instead_of.n, 1);
            assert_str(posts.v[0].instead_of_name, S("周1"));
        }
    }
}

static void what_is_lent_twice_is_held_once_and_ones_own_comes_first(void **state)
{
    Box *b = *state;
    post(b, 1, 1, 1, "head", 19000, 0);
    post(b, 2, 2, 2, "officer", 19000, 0);
    stand_in(b, 1, 1, 2, 1, 19000, 20009, 0, "head");
    stand_in(b, 2, 1, 2, 1, 19990, 20019, 0, "head");
    Posts posts = posts_of(b, 2);
    assert_int_equal(posts.n, 2);
    assert_int_equal(posts.v[0].role, ROLE_OFFICER);
    assert_int_equal(posts.v[0].instead_of.n, 0);
    assert_int_equal(posts.v[1].instead_of.n, 1);
}

static void a_role_this_program_does_not_know_gives_no_post(void **state)
{
    Box *b = *state;
    post(b, 1, 1, 1, "wizard", 19000, 0);
    assert_int_equal(posts_of(b, 1).n, 0);
}

static void a_secret_is_kept_apart_from_the_version(void **state)
{
    Box *b = *state;
    Err err = {0};
    PersonSecret secret = {S("$argon2id$x"), 1500, 90000, true}, back = {0};
    Person p = {0};
    assert_true(store_person_secret_save(b->db, SITE, (PersonId){1}, &secret, &err));
    assert_true(store_person_secret(b->db, SITE, (PersonId){1}, &b->a, &back, &err));
    assert_str(back.password, secret.password);
    assert_int_equal(back.set_at, 1500);
    assert_int_equal(back.until, 90000);
    assert_true(back.must_change);
    assert_true(store_person_any(b->db, SITE, (PersonId){1}, &b->a, &p, &err));
    assert_int_equal(p.version, 1);
    assert_false(store_person_secret_save(b->db, SITE, (PersonId){99}, &secret, &err));
    assert_int_equal(err.kind, ERR_MISSING);
}

static void an_account_elsewhere_signs_in_as_one_person(void **state)
{
    Box *b = *state;
    Err err = {0};
    Identity who = {IDENTITY_OIDC, S("https://id.example.gov.cn"), S("8841")};
    PersonId id = {0};
    bool found = true;
    assert_true(store_person_identified(b->db, SITE, &who, &id, &found, &err));
    assert_false(found);
    assert_true(store_person_link(b->db, SITE, (PersonId){2}, &who, 1000, &err));
    assert_true(store_person_link(b->db, SITE, (PersonId){2}, &who, 1001, &err));
    assert_false(store_person_link(b->db, SITE, (PersonId){3}, &who, 1002, &err));
    assert_int_equal(err.kind, ERR_RULE);
    assert_true(store_person_identified(b->db, SITE, &who, &id, &found, &err));
    assert_true(found);
    assert_int_equal(id.n, 2);
    assert_true(store_person_unlink(b->db, SITE, (PersonId){2}, &who, &err));
    assert_true(store_person_identified(b->db, SITE, &who, &id, &found, &err));
    assert_false(found);
}

int main(void)
{
#define BOXED(f) cmocka_unit_test_setup_teardown(f, box_make, box_drop)
    const struct CMUnitTest tests[] = {
        BOXED(a_login_is_found_in_any_case),
        BOXED(a_login_exists_once_in_a_site),
        BOXED(posts_are_in_force_by_their_days),
        BOXED(substitutes_hold_what_is_lent),
        BOXED(what_is_lent_twice_is_held_once_and_ones_own_comes_first),
        BOXED(a_role_this_program_does_not_know_gives_no_post),
        BOXED(a_secret_is_kept_apart_from_the_version),
        BOXED(an_account_elsewhere_signs_in_as_one_person),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
