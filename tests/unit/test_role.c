#include "../test.h"

#include "domain/viewer.h"

// The table once more, as somebody would say it, for the rows that must not change by accident.
typedef struct PowerRow {
    const char *name;
    Role role;
    Verb verb;
    bool at_top;
    Reach reach;
} PowerRow;

// clang-format off
static const PowerRow rows[] = {
    { "an auditor reads the audit of the organs below",        ROLE_AUDITOR,    MAY_AUDIT_READ,   false, REACH_BELOW },
    { "an auditor changes nothing: organs",                    ROLE_AUDITOR,    MAY_ORGAN_EDIT,   true,  REACH_NONE },
    { "an auditor changes nothing: people",                    ROLE_AUDITOR,    MAY_PERSON_EDIT,  true,  REACH_NONE },
    { "an auditor changes nothing: the site",                  ROLE_AUDITOR,    MAY_SITE_EDIT,    true,  REACH_NONE },
    { "an auditor changes nothing: mail",                      ROLE_AUDITOR,    MAY_JOB_RUN,      true,  REACH_NONE },
    { "an administrator does not read the audit",              ROLE_ADMIN,      MAY_AUDIT_READ,   true,  REACH_NONE },
    { "an administrator of a bureau has no say over the site", ROLE_ADMIN,      MAY_SITE_EDIT,    false, REACH_NONE },
    { "an administrator at the top has the whole site",        ROLE_ADMIN,      MAY_SITE_EDIT,    true,  REACH_SITE },
    { "an administrator of a bureau has what is below",        ROLE_ADMIN,      MAY_PERSON_EDIT,  false, REACH_BELOW },
    { "a drafter sees the own organ",                          ROLE_DRAFTER,    MAY_ORGAN_READ,   true,  REACH_ORGAN },
    { "a supervisor sees what is below",                       ROLE_SUPERVISOR, MAY_ORGAN_READ,   false, REACH_BELOW },
    { "a supervisor changes no people",                        ROLE_SUPERVISOR, MAY_PERSON_EDIT,  false, REACH_NONE },
};
// clang-format on

static void check_power(void **state)
{
    const PowerRow *row = *state;
    assert_int_equal(role_reach(row->role, row->verb, row->at_top), row->reach);
}

static void every_role_has_its_row(void **state)
{
    (void)state;
    for (int r = 0; r < ROLE__COUNT; r++) {
        Role found;
        assert_true(role_defs[r].id.n && role_defs[r].name.n && role_defs[r].about.n);
        assert_true(role_named(role_defs[r].id, &found));
        assert_int_equal(found, r);
    }
}

static void every_verb_has_a_name_and_somebody(void **state)
{
    (void)state;
    for (int v = 0; v < VERB__COUNT; v++) {
        assert_true(verb_defs[v].id.n && verb_defs[v].name.n);
        assert_true(roles_reach((1u << ROLE__COUNT) - 1, (Verb)v, true) > REACH_NONE);
    }
}

static Viewer viewer_with(Post *posts, size_t n)
{
    return (Viewer){.site = {1}, .person = {7}, .organ = {3}, .posts = {posts, n, n}};
}

static void a_post_elsewhere_gives_nothing_here(void **state)
{
    (void)state;
    Post posts[] = {{.organ = {3}, .role = ROLE_DRAFTER}, {.organ = {4}, .role = ROLE_ADMIN}};
    Viewer v = viewer_with(posts, 2);
    assert_false(viewer_may(&v, MAY_PERSON_EDIT));
    assert_true(viewer_may(&v, MAY_DESK));
}

static void nothing_may_be_done_while_something_is_due(void **state)
{
    (void)state;
    Post posts[] = {{.organ = {3}, .role = ROLE_ADMIN}};
    Viewer v = viewer_with(posts, 1);
    v.at_top = true;
    v.due = DUE_SECOND;
    for (int verb = MAY_DESK; verb < VERB__COUNT; verb++)
        assert_int_equal(viewer_scope(&v, (Verb)verb).reach, REACH_NONE);
}

static void one_acts_in_ones_own_name_where_one_can(void **state)
{
    (void)state;
    Post posts[] = {{.organ = {3}, .role = ROLE_HEAD, .instead_of = {9}},
                    {.organ = {3}, .role = ROLE_OFFICER}};
    Viewer v = viewer_with(posts, 2);
    assert_int_equal(viewer_post(&v, MAY_ORGAN_EDIT)->instead_of.n, 0);
    v.posts.n = 1;
    assert_int_equal(viewer_post(&v, MAY_ORGAN_EDIT)->instead_of.n, 9);
    assert_null(viewer_post(&v, MAY_SITE_EDIT));
}

static void the_scope_of_the_top_is_the_site(void **state)
{
    (void)state;
    Post posts[] = {{.organ = {3}, .role = ROLE_ADMIN}};
    Viewer v = viewer_with(posts, 1);
    assert_int_equal(viewer_scope(&v, MAY_PERSON_EDIT).root.n, 3);
    v.at_top = true;
    Scope s = viewer_scope(&v, MAY_PERSON_EDIT);
    assert_int_equal(s.reach, REACH_SITE);
    assert_int_equal(s.root.n, 0);
    assert_int_equal(s.person.n, 7);
}

int main(void)
{
    enum { ROWS = sizeof rows / sizeof *rows };
    const struct CMUnitTest others[] = {
        cmocka_unit_test(every_role_has_its_row),
        cmocka_unit_test(every_verb_has_a_name_and_somebody),
        cmocka_unit_test(a_post_elsewhere_gives_nothing_here),
        cmocka_unit_test(nothing_may_be_done_while_something_is_due),
        cmocka_unit_test(one_acts_in_ones_own_name_where_one_can),
        cmocka_unit_test(the_scope_of_the_top_is_the_site),
    };
    enum { OTHERS = sizeof others / sizeof *others };
    struct CMUnitTest tests[ROWS + OTHERS];
    for (size_t i = 0; i < ROWS; i++)
        tests[i] = (struct CMUnitTest){rows[i].name, check_power, NULL, NULL, (void *)&rows[i]};
    memcpy(tests + ROWS, others, sizeof others);
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return _cmocka_run_group_tests("role", tests, ROWS + OTHERS, NULL, NULL);
}
