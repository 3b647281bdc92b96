// People as stored: what signing in asks, whose posts are in force, what a scope shows.
#include "test.h"

#include "base/buf.h"
#include "site_box.h"
#include "store/handover.h"
#include "store/organ.h"
#include "store/person.h"
#include "store/substitution.h"

static const Date TODAY = {20000};

static void run(SiteBox *b, const char *sql)
{
    Err err = {0};
    if (!db_script(b->db, str_z(sql), &b->a, &err))
        fail_msg("%s (%s): %s", err.en, err.detail, sql);
}

static void person(SiteBox *b, int id, const char *login, int organ)
{
    run(b, str_to_z(&b->a, str_fmt(&b->a,
                                   "INSERT INTO person (site_id, person_id, login, name, phone,"
                                   " email, organ_id, state, password, must_change, opened_at,"
                                   " closed_why) VALUES (1, %d, '%s', '周%d', '', '', %d,"
                                   " 'active', '', 0, 1000, '');",
                                   id, login, id, organ)));
}

// until 0: held
static void post(SiteBox *b, int id, int who, int organ, const char *role, int from, int until)
{
    Str end = until ? str_fmt(&b->a, "%d", until) : S("NULL");
    run(b, str_to_z(&b->a,
                    str_fmt(&b->a,
                            "INSERT INTO post (site_id, post_id, person_id, organ_id, role,"
                            " from_on, until_on) VALUES (1, %d, %d, %d, '%s', %d, " PRI_STR ");",
                            id, who, organ, role, from, STR_ARG(end))));
}

static void stand_in(SiteBox *b, int id, int away, int who, int organ, int from, int to, int ended,
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
    if (site_box_make(state))
        return 1;
    SiteBox *b = *state;
    Err err = {0};
    static const char *const names[] = {"示例市水务局", "示例市教育局"};
    for (int i = 0; i < 2; i++) {
        Organ o;
        organ_from_name(str_z(names[i]), &o);
        assert_true(store_organ_add(b->db, BOX_SITE, &o, &b->a, &err));
        assert_int_equal(o.id.n, i + 1);
    }
    person(b, 1, "zhou", 1);
    person(b, 2, "wu", 1);
    person(b, 3, "zheng", 2);
    return 0;
}

static Posts posts_of(SiteBox *b, int who)
{
    Posts posts = {0};
    Err err = {0};
    if (!store_person_posts(b->db, BOX_SITE, (PersonId){who}, TODAY, &b->a, &posts, &err))
        fail_msg("%s (%s)", err.en, err.detail);
    return posts;
}

static void a_login_is_found_in_any_case(void **state)
{
    SiteBox *b = *state;
    Err err = {0};
    Person p = {0};
    bool found = false;
    assert_true(store_person_by_login(b->db, BOX_SITE, S("ZhOu"), &b->a, &p, &found, &err));
    assert_true(found);
    assert_int_equal(p.id.n, 1);
    assert_str(p.organ_name, S("示例市水务局"));
    assert_true(store_person_by_login(b->db, BOX_SITE, S("li"), &b->a, &p, &found, &err));
    assert_false(found);
}

static void a_login_exists_once_in_a_site(void **state)
{
    SiteBox *b = *state;
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
    SiteBox *b = *state;
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
    SiteBox *b = *state;
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
    SiteBox *b = *state;
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
    SiteBox *b = *state;
    post(b, 1, 1, 1, "wizard", 19000, 0);
    assert_int_equal(posts_of(b, 1).n, 0);
}

static void a_secret_is_kept_apart_from_the_version(void **state)
{
    SiteBox *b = *state;
    Err err = {0};
    PersonSecret secret = {S("$argon2id$x"), 1500, 90000, true}, back = {0};
    Person p = {0};
    assert_true(store_person_secret_save(b->db, BOX_SITE, (PersonId){1}, &secret, &err));
    assert_true(store_person_secret(b->db, BOX_SITE, (PersonId){1}, &b->a, &back, &err));
    assert_str(back.password, secret.password);
    assert_int_equal(back.set_at, 1500);
    assert_int_equal(back.until, 90000);
    assert_true(back.must_change);
    assert_true(store_person_any(b->db, BOX_SITE, (PersonId){1}, &b->a, &p, &err));
    assert_int_equal(p.version, 1);
    assert_false(store_person_secret_save(b->db, BOX_SITE, (PersonId){99}, &secret, &err));
    assert_int_equal(err.kind, ERR_MISSING);
}

static void an_account_elsewhere_signs_in_as_one_person(void **state)
{
    SiteBox *b = *state;
    Err err = {0};
    Identity who = {IDENTITY_OIDC, S("https://id.example.gov.cn"), S("8841")};
    PersonId id = {0};
    bool found = true;
    assert_true(store_person_identified(b->db, BOX_SITE, &who, &id, &found, &err));
    assert_false(found);
    assert_true(store_person_link(b->db, BOX_SITE, (PersonId){2}, &who, 1000, &err));
    assert_true(store_person_link(b->db, BOX_SITE, (PersonId){2}, &who, 1001, &err));
    assert_false(store_person_link(b->db, BOX_SITE, (PersonId){3}, &who, 1002, &err));
    assert_int_equal(err.kind, ERR_RULE);
    assert_true(store_person_identified(b->db, BOX_SITE, &who, &id, &found, &err));
    assert_true(found);
    assert_int_equal(id.n, 2);
    assert_true(store_person_unlink(b->db, BOX_SITE, (PersonId){2}, &who, &err));
    assert_true(store_person_identified(b->db, BOX_SITE, &who, &id, &found, &err));
    assert_false(found);
}

// --- scopes: a city (3) over water (1) and school (2); a section (4) of water

static void tree(SiteBox *b)
{
    Err err = {0};
    Organ city, section;
    organ_from_name(S("示例市人民政府办公室"), &city);
    organ_from_name(S("示例市水务局办公室"), &section);
    assert_true(store_organ_add(b->db, BOX_SITE, &city, &b->a, &err));
    section.parent.n = 1;
    section.kind = ORGANKIND_SECTION;
    assert_true(store_organ_add(b->db, BOX_SITE, &section, &b->a, &err));
    run(b, "UPDATE organ SET parent_id = 3 WHERE organ_id IN (1, 2);"
           "UPDATE site SET organ_id = 3;");
    assert_true(store_organ_under_refresh(b->db, BOX_SITE, &err));
    person(b, 4, "wang", 4);
    person(b, 5, "feng", 3);
}

static Scope at(int organ, Reach reach)
{
    return (Scope){.site = BOX_SITE, .root = {organ}, .reach = reach};
}

typedef struct SeeRow {
    const char *name;
    int organ;
    Reach reach;
    const char *sees; // logins in the order of organs
} SeeRow;

static const SeeRow see_rows[] = {
    {"an organ sees itself and its section", 1, REACH_ORGAN, "zhou wu wang "},
    {"a section sees itself", 4, REACH_ORGAN, "wang "},
    {"a city sees what is below", 3, REACH_BELOW, "zhou wu zheng feng wang "},
    {"with the reach of an organ it does not", 3, REACH_ORGAN, "feng "},
    {"the site sees all", 0, REACH_SITE, "zhou wu zheng feng wang "},
    {"without a power nobody is seen", 3, REACH_NONE, ""},
};

static Str seen(SiteBox *b, const Scope *scope, const PersonAsk *ask, int64_t *total)
{
    PersonLines lines = {0};
    Err err = {0};
    if (!store_person_list(b->db, scope, ask, TODAY, &b->a, &lines, total, &err))
        fail_msg("%s (%s)", err.en, err.detail);
    Buf out = buf_new(&b->a, 4000);
    for (size_t i = 0; i < lines.n; i++)
        buf_fmt(&out, PRI_STR " ", STR_ARG(lines.v[i].person.login));
    return buf_str(&out);
}

static void people_are_seen_where_their_organ_is_in_scope(void **state)
{
    SiteBox *b = *state;
    tree(b);
    for (size_t i = 0; i < sizeof see_rows / sizeof *see_rows; i++) {
        Scope scope = at(see_rows[i].organ, see_rows[i].reach);
        int64_t total;
        Str logins = seen(b, &scope, &(PersonAsk){.limit = 50}, &total);
        if (!str_eq(logins, str_z(see_rows[i].sees)))
            fail_msg("%s: saw " PRI_STR, see_rows[i].name, STR_ARG(logins));
        for (int id = 1; id <= 5; id++) {
            Person p;
            Err err = {0};
            bool got = store_person_get(b->db, &scope, (PersonId){id}, &b->a, &p, &err);
            assert_true(got || err.kind == ERR_MISSING);
            assert_int_equal(got, got && str_has(logins, p.login));
        }
    }
}

static void a_guest_is_seen_with_the_posts_of_the_scope_alone(void **state)
{
    SiteBox *b = *state;
    tree(b);
    post(b, 1, 3, 1, "officer", 19000, 0);
    post(b, 2, 3, 2, "head", 19000, 0);
    Scope water = at(1, REACH_ORGAN);
    PersonLines lines = {0};
    PostRows posts = {0};
    int64_t total = 0;
    Err err = {0};
    PersonAsk ask = {.text = S("ZHENG"), .limit = 50};
    assert_true(store_person_list(b->db, &water, &ask, TODAY, &b->a, &lines, &total, &err));
    assert_int_equal(total, site_box_on_server() ? 0 : 1);
    ask.text = S("zheng");
    assert_true(store_person_list(b->db, &water, &ask, TODAY, &b->a, &lines, &total, &err));
    assert_int_equal(total, 1);
    assert_int_equal(lines.v[0].posts.n, 1);
    assert_int_equal(lines.v[0].posts.v[0].organ.n, 1);
    assert_true(store_post_list(b->db, &water, (PersonId){3}, &b->a, &posts, &err));
    assert_int_equal(posts.n, 1);
    PostRow other;
    assert_false(store_post_get(b->db, &water, 2, &b->a, &other, &err));
    assert_int_equal(err.kind, ERR_MISSING);
}

static void a_list_is_filtered_and_counted_beyond_its_page(void **state)
{
    SiteBox *b = *state;
    tree(b);
    post(b, 1, 1, 1, "officer", 19000, 0);
    post(b, 2, 5, 1, "officer", 19000, 0);
    Scope all = scope_site(BOX_SITE);
    int64_t total;
    assert_str(seen(b, &all, &(PersonAsk){.limit = 2}, &total), S("zhou wu "));
    assert_int_equal(total, 5);
    assert_str(seen(b, &all, &(PersonAsk){.limit = 2, .offset = 4}, &total), S("wang "));
    assert_str(seen(b, &all, &(PersonAsk){.organ = {1}, .limit = 9}, &total), S("zhou wu feng "));
    assert_str(
        seen(b, &all, &(PersonAsk){.by_role = true, .role = ROLE_OFFICER, .limit = 9}, &total),
        S("zhou feng "));
    assert_str(seen(b, &all, &(PersonAsk){.text = S("%"), .limit = 9}, &total), S(""));
    assert_str(seen(b, &all, &(PersonAsk){.text = S("周4"), .limit = 9}, &total), S("wang "));
    run(b, "UPDATE person SET state = 'closed' WHERE person_id = 2;");
    assert_str(seen(b, &all, &(PersonAsk){.closed = true, .limit = 9}, &total), S("wu "));
}

static void a_version_is_saved_over_once(void **state)
{
    SiteBox *b = *state;
    Err err = {0};
    Scope all = scope_site(BOX_SITE);
    Person mine, theirs;
    assert_true(store_person_get(b->db, &all, (PersonId){1}, &b->a, &mine, &err));
    theirs = mine;
    theirs.phone = S("0571-88880000");
    assert_true(store_person_save(b->db, &all, &theirs, &err));
    assert_int_equal(theirs.version, 2);
    assert_false(store_person_save(b->db, &all, &mine, &err));
    assert_int_equal(err.kind, ERR_BUSY);
    theirs.login = S("wu");
    assert_false(store_person_save(b->db, &all, &theirs, &err));
    assert_int_equal(err.kind, ERR_RULE);
    Scope school = at(2, REACH_BELOW);
    theirs.login = S("zhou");
    assert_false(store_person_save(b->db, &school, &theirs, &err));
}

static void colleagues_are_those_of_the_organ_and_its_sections(void **state)
{
    SiteBox *b = *state;
    tree(b);
    post(b, 1, 3, 4, "officer", 19000, 0);
    Scope all = scope_site(BOX_SITE);
    People near = {0};
    Err err = {0};
    assert_true(store_person_near(b->db, &all, (OrganId){4}, &b->a, &near, &err));
    assert_int_equal(near.n, 4); // zhou, wu, wang of water; zheng by a post
    assert_true(store_person_near(b->db, &all, (OrganId){2}, &b->a, &near, &err));
    assert_int_equal(near.n, 1);
    Scope school = at(2, REACH_BELOW);
    assert_true(store_person_near(b->db, &school, (OrganId){1}, &b->a, &near, &err));
    assert_int_equal(near.n, 0);
}

static void posts_beyond_a_scope_are_counted(void **state)
{
    SiteBox *b = *state;
    tree(b);
    post(b, 1, 1, 1, "officer", 19000, 0);
    post(b, 2, 1, 3, "officer", 19000, 0);
    post(b, 3, 5, 3, "admin", 19000, 0);
    Scope water = at(1, REACH_BELOW), city = at(3, REACH_BELOW), all = scope_site(BOX_SITE);
    PersonFacts f = {0};
    Err err = {0};
    assert_true(store_person_facts(b->db, &water, (PersonId){1}, TODAY, &f, &err));
    assert_int_equal(f.beyond, 1);
    assert_true(store_person_facts(b->db, &city, (PersonId){1}, TODAY, &f, &err));
    assert_int_equal(f.beyond, 1); // at the organ that runs the site
    assert_true(store_person_facts(b->db, &all, (PersonId){1}, TODAY, &f, &err));
    assert_int_equal(f.beyond, 0);
    assert_false(f.is_admin);
    assert_int_equal(f.other_admins, 1);
    assert_true(store_person_facts(b->db, &water, (PersonId){2}, TODAY, &f, &err));
    assert_int_equal(f.beyond, 0);
    stand_in(b, 1, 5, 2, 3, TODAY.days, TODAY.days + 1, 0, "admin");
    assert_true(store_person_facts(b->db, &water, (PersonId){2}, TODAY, &f, &err));
    assert_int_equal(f.beyond, 1); // what is lent counts
    post(b, 4, 3, 1, "officer", 19000, 0);
    assert_true(store_person_facts(b->db, &water, (PersonId){3}, TODAY, &f, &err));
    assert_int_equal(f.beyond, 1); // a guest belongs elsewhere
    assert_true(store_person_facts(b->db, &all, (PersonId){5}, TODAY, &f, &err));
    assert_true(f.is_admin);
    assert_int_equal(f.other_admins, 0);
    int64_t n = 0;
    assert_true(store_admin_count(b->db, BOX_SITE, TODAY, &n, &err));
    assert_int_equal(n, 1);
}

static void an_organ_with_a_line_out_of_scope_gives_more_than_it_seems(void **state)
{
    SiteBox *b = *state;
    tree(b);
    Scope water = at(1, REACH_BELOW), city = at(3, REACH_BELOW);
    OrganPower power = {0};
    Err err = {0};
    assert_true(store_organ_power(b->db, &water, (OrganId){1}, &b->a, &power, &err));
    assert_true(power.within && power.active && !power.at_top);
    run(b, "INSERT INTO organ_line (site_id, organ_id, over_id, business) VALUES (1, 2, 4, 'x');");
    assert_true(store_organ_under_refresh(b->db, BOX_SITE, &err));
    run(b, "DELETE FROM organ_under WHERE root_id = 1 AND organ_id = 2;");
    assert_true(store_organ_power(b->db, &water, (OrganId){4}, &b->a, &power, &err));
    assert_false(power.within);
    assert_true(store_organ_power(b->db, &city, (OrganId){3}, &b->a, &power, &err));
    assert_true(power.at_top);
    assert_false(store_organ_power(b->db, &water, (OrganId){2}, &b->a, &power, &err));
    assert_int_equal(err.kind, ERR_MISSING);
}

static void posts_end_with_their_organ(void **state)
{
    SiteBox *b = *state;
    post(b, 1, 1, 1, "officer", 19000, 0);
    run(b, "UPDATE organ SET state = 'abolished' WHERE organ_id = 1;");
    assert_int_equal(posts_of(b, 1).n, 0);
}

static void what_was_handed_over_stays_listed(void **state)
{
    SiteBox *b = *state;
    tree(b);
    Err err = {0};
    HandoverItem item = {S("task"), 12, S("关于示例水库的申请")};
    HandoverItems items = {&item, 1, 1}, back = {0};
    Handover h = {.from = {1}, .to = {2}, .organ = {1}, .at = 1700, .note = S("调离")};
    Handovers list = {0};
    assert_true(store_handover_add(b->db, BOX_SITE, &h, &items, (PersonId){0}, &err));
    Scope water = at(1, REACH_ORGAN), school = at(2, REACH_ORGAN);
    assert_true(store_handover_list(b->db, &water, (PersonId){2}, &b->a, &list, &err));
    assert_int_equal(list.n, 1);
    assert_int_equal(list.v[0].n_items, 1);
    assert_str(list.v[0].from_name, S("周1"));
    assert_true(store_handover_get(b->db, &water, h.id, &b->a, &h, &back, &err));
    assert_str(back.v[0].title, item.title);
    assert_true(store_handover_list(b->db, &school, (PersonId){2}, &b->a, &list, &err));
    assert_int_equal(list.n, 0);
    assert_false(store_handover_get(b->db, &school, h.id, &b->a, &h, &back, &err));
}

static void substitutions_are_listed_with_their_roles_and_end(void **state)
{
    SiteBox *b = *state;
    tree(b);
    Err err = {0};
    Scope water = at(1, REACH_ORGAN), school = at(2, REACH_ORGAN);
    Substitution s = {.away = {1},
                      .substitute = {2},
                      .organ = {1},
                      .roles = 1u << ROLE_HEAD | 1u << ROLE_OFFICER,
                      .from = TODAY,
                      .to = {TODAY.days + 4},
                      .why = S("出差"),
                      .set_at = 1000};
    Substitutions list = {0};
    assert_true(store_substitution_add(b->db, BOX_SITE, &s, (PersonId){1}, &err));
    assert_true(
        store_substitution_list(b->db, &water, (PersonId){2}, TODAY, false, &b->a, &list, &err));
    assert_int_equal(list.n, 1);
    assert_int_equal(list.v[0].roles, s.roles);
    assert_false(date_is(list.v[0].ended));
    assert_true(
        store_substitution_list(b->db, &school, (PersonId){0}, TODAY, true, &b->a, &list, &err));
    assert_int_equal(list.n, 0);
    assert_false(store_substitution_end(b->db, &school, s.id, TODAY, &err));
    assert_true(store_substitution_end(b->db, &water, s.id, TODAY, &err));
    assert_false(store_substitution_end(b->db, &water, s.id, TODAY, &err));
    assert_int_equal(err.kind, ERR_BUSY);
    assert_true(
        store_substitution_list(b->db, &water, (PersonId){2}, TODAY, false, &b->a, &list, &err));
    assert_int_equal(list.n, 0);
}

int main(void)
{
#define BOXED(f) cmocka_unit_test_setup_teardown(f, box_make, site_box_drop)
    const struct CMUnitTest tests[] = {
        BOXED(a_login_is_found_in_any_case),
        BOXED(a_login_exists_once_in_a_site),
        BOXED(posts_are_in_force_by_their_days),
        BOXED(substitutes_hold_what_is_lent),
        BOXED(what_is_lent_twice_is_held_once_and_ones_own_comes_first),
        BOXED(a_role_this_program_does_not_know_gives_no_post),
        BOXED(a_secret_is_kept_apart_from_the_version),
        BOXED(people_are_seen_where_their_organ_is_in_scope),
        BOXED(a_guest_is_seen_with_the_posts_of_the_scope_alone),
        BOXED(a_list_is_filtered_and_counted_beyond_its_page),
        BOXED(a_version_is_saved_over_once),
        BOXED(colleagues_are_those_of_the_organ_and_its_sections),
        BOXED(posts_beyond_a_scope_are_counted),
        BOXED(an_organ_with_a_line_out_of_scope_gives_more_than_it_seems),
        BOXED(posts_end_with_their_organ),
        BOXED(what_was_handed_over_stays_listed),
        BOXED(substitutions_are_listed_with_their_roles_and_end),
        BOXED(an_account_elsewhere_signs_in_as_one_person),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
