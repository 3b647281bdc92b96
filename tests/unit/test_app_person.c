// Acts about people: what each leaves behind, and what it refuses.
#include "test.h"

#include "app/desk.h"
#include "app/handover.h"
#include "app/person.h"
#include "base/file.h"
#include "site_box.h"
#include "store/organ.h"
#include "store/second.h"
#include "store/session.h"

// A city office (1) that runs the site, over water (2) with a section (3), and school (4).
enum { CITY = 1, WATER, SECTION, SCHOOL };

typedef struct Town {
    SiteBox *box;
    App app;
    PersonId root; // the first administrator
} Town;

static Town town;

static void organ(const char *name, int parent, bool section)
{
    Err err = {0};
    Organ o;
    organ_from_name(str_z(name), &o);
    o.parent.n = parent;
    if (section)
        o.kind = ORGANKIND_SECTION;
    if (!store_organ_add(town.app.db, BOX_SITE, &o, &town.box->a, &err))
        fail_msg("%s", err.en);
}

// Acts from here on are those of this person in this scope; 0: the command line.
static void as(int64_t person, int at, Reach reach)
{
    town.app.actor = (Actor){.person = {person}, .name = S("某人"), .via = S("web")};
    town.app.scope = (Scope){.site = BOX_SITE, .root = {at}, .reach = reach, .person = {person}};
}

static int town_make(void **state)
{
    if (site_box_make(state))
        return 1;
    town = (Town){.box = *state};
    Err err = {0};
    AppPlace place = {.data = town.box->dir, .database = town.box->database};
    if (!app_open(&place, DB_CREATE, (Date){20000}, 1728000000, &town.box->a, &town.app, &err))
        fail_msg("%s", err.en);
    organ("示例市人民政府办公室", 0, false);
    organ("示例市水务局", CITY, false);
    organ("示例市水务局办公室", WATER, true);
    organ("示例市教育局", CITY, false);
    assert_true(store_organ_under_refresh(town.app.db, BOX_SITE, &err));
    Person first = {.login = S("Root"), .name = S("钱明")};
    FirstPassword password;
    as(0, 0, REACH_SITE);
    if (!app_first_admin(&town.app, &first, S(""), &town.box->a, &town.root, &password, &err))
        fail_msg("%s", err.en);
    assert_int_equal(password.text.n, 19);
    return 0;
}

static int town_drop(void **state)
{
    app_close(&town.app);
    return site_box_drop(state);
}

static PersonId opened(const char *login, int at, uint32_t roles)
{
    Err err = {0};
    PersonId id = {0};
    FirstPassword first;
    PersonNew form = {.person = {.login = str_z(login), .name = S("吴敏"), .organ = {at}},
                      .roles = roles};
    if (!app_person_add(&town.app, &form, &town.box->a, &id, &first, &err))
        fail_msg("%s: %s", login, err.en);
    return id;
}

static Person person_of(PersonId id)
{
    Person p;
    Err err = {0};
    assert_true(store_person_any(town.app.db, BOX_SITE, id, &town.box->a, &p, &err));
    return p;
}

static Posts posts_of(PersonId id)
{
    Posts posts = {0};
    Err err = {0};
    assert_true(
        store_person_posts(town.app.db, BOX_SITE, id, town.app.today, &town.box->a, &posts, &err));
    return posts;
}

static bool give(PersonId to, int at, Role role, Err *err)
{
    PostForm form = {to, {at}, role, date_none, date_none};
    return app_post_give(&town.app, &form, &town.box->a, err);
}

static int64_t count(const char *sql)
{
    CLEANUP(stmt_end) Stmt s = stmt_once(town.app.db, sql);
    Err err = {0};
    int64_t n = stmt_row(&s) ? col_int(&s) : -1;
    assert_true(stmt_ok(&s, &err));
    return n;
}

#define BIT(role) (1u << ROLE_##role)

static void the_first_administrator_runs_the_site_and_there_is_one(void **state)
{
    (void)state;
    Posts posts = posts_of(town.root);
    assert_int_equal(posts.n, 1);
    assert_int_equal(posts.v[0].role, ROLE_ADMIN);
    assert_int_equal(posts.v[0].organ.n, CITY);
    assert_str(person_of(town.root).login, S("root"));
    PersonId other;
    FirstPassword first;
    Err err = {0};
    Person p = {.login = S("second"), .name = S("孙丽")};
    assert_false(app_first_admin(&town.app, &p, S(""), &town.box->a, &other, &first, &err));
    assert_int_equal(err.kind, ERR_RULE);
}

static void a_first_password_is_good_for_some_days_and_must_be_changed(void **state)
{
    (void)state;
    PersonId id = {0};
    FirstPassword first;
    PersonSecret secret;
    Err err = {0};
    PersonNew form = {.person = {.login = S("wu"), .name = S("吴敏"), .organ = {WATER}}};
    assert_true(app_person_add(&town.app, &form, &town.box->a, &id, &first, &err));
    assert_true(store_person_secret(town.app.db, BOX_SITE, id, &town.box->a, &secret, &err));
    assert_true(secret.must_change);
    assert_int_equal(secret.until, first.until);
    assert_true(first.until > town.app.now);
    assert_true(crypt_password_is(secret.password, first.text));
    form.person.login = S("li");
    form.elsewhere = true;
    assert_true(app_person_add(&town.app, &form, &town.box->a, &id, &first, &err));
    assert_int_equal(first.text.n, 0);
    assert_true(store_person_secret(town.app.db, BOX_SITE, id, &town.box->a, &secret, &err));
    assert_int_equal(secret.password.n, 0);
}

static void passwords_are_never_in_the_audit(void **state)
{
    (void)state;
    PersonId id = {0};
    FirstPassword first;
    Err err = {0};
    PersonNew form = {.person = {.login = S("wu"), .name = S("吴敏"), .organ = {WATER}}};
    assert_true(app_person_add(&town.app, &form, &town.box->a, &id, &first, &err));
    assert_int_equal(count("SELECT count(*) FROM audit_line WHERE became LIKE '%argon2%'"
                           " OR became LIKE '%password%'"),
                     0);
    CLEANUP(stmt_end)
    Stmt s = stmt_once(town.app.db, "SELECT was, became FROM audit_line");
    while (stmt_row(&s)) {
        Str was = col_str(&s, &town.box->a), became = col_str(&s, &town.box->a);
        assert_false(str_has(was, first.text) || str_has(became, first.text));
    }
    assert_true(stmt_ok(&s, &err));
}

static void a_login_that_is_taken_is_told(void **state)
{
    (void)state;
    opened("wu", WATER, 0);
    PersonId id;
    FirstPassword first;
    Err err = {0};
    PersonNew form = {.person = {.login = S("WU"), .name = S("吴敏"), .organ = {WATER}}};
    assert_false(app_person_add(&town.app, &form, &town.box->a, &id, &first, &err));
    assert_int_equal(err.kind, ERR_RULE);
}

static void an_administrator_of_a_bureau_acts_below_and_nowhere_else(void **state)
{
    (void)state;
    PersonId head = opened("head", WATER, BIT(ADMIN));
    PersonId clerk = opened("clerk", SECTION, 0), teacher = opened("teacher", SCHOOL, 0);
    as(head.n, WATER, REACH_BELOW);
    Err err = {0};
    assert_true(give(clerk, SECTION, ROLE_DRAFTER, &err));
    assert_false(give(teacher, SCHOOL, ROLE_DRAFTER, &err));
    assert_int_equal(err.kind, ERR_MISSING);
    assert_false(give(clerk, SCHOOL, ROLE_DRAFTER, &err));
    assert_int_equal(err.kind, ERR_MISSING);
    assert_false(give(head, WATER, ROLE_HEAD, &err));
    assert_int_equal(err.kind, ERR_RULE);
    FirstPassword first;
    assert_false(app_person_reset(&town.app, teacher, false, &town.box->a, &first, &err));
    assert_int_equal(err.kind, ERR_MISSING);
    Person form = person_of(teacher);
    form.phone = S("110110");
    assert_false(app_person_edit(&town.app, &form, &town.box->a, &err));
    assert_int_equal(err.kind, ERR_MISSING);
}

// Otherwise an administrator of a section could let themselves in as the one of the site.
static void an_account_with_powers_beyond_is_not_taken_over(void **state)
{
    (void)state;
    PersonId head = opened("head", WATER, BIT(ADMIN)), clerk = opened("clerk", WATER, 0);
    PersonId guest = opened("guest", SCHOOL, 0);
    FirstPassword first;
    Err err = {0};
    assert_true(give(clerk, CITY, ROLE_OFFICER, &err));
    assert_true(give(guest, WATER, ROLE_OFFICER, &err));
    as(head.n, WATER, REACH_BELOW);
    assert_false(app_person_reset(&town.app, clerk, true, &town.box->a, &first, &err));
    assert_int_equal(err.kind, ERR_RULE);
    assert_false(app_person_reset(&town.app, guest, true, &town.box->a, &first, &err));
    assert_int_equal(err.kind, ERR_RULE);
    Person form = person_of(clerk);
    form.email = S("head@example.gov.cn");
    assert_false(app_person_edit(&town.app, &form, &town.box->a, &err));
    assert_int_equal(err.kind, ERR_RULE);
    PersonClose close = {.id = clerk, .version = 1, .why = S("试试")};
    assert_false(app_person_close(&town.app, &close, &town.box->a, &err));
    assert_int_equal(err.kind, ERR_RULE);
}

static void the_last_administrator_keeps_the_role(void **state)
{
    (void)state;
    PostRows rows = {0};
    Err err = {0};
    Scope all = scope_site(BOX_SITE);
    assert_true(store_post_list(town.app.db, &all, town.root, &town.box->a, &rows, &err));
    assert_false(app_post_take(&town.app, rows.v[0].id, &town.box->a, &err));
    assert_int_equal(err.kind, ERR_RULE);
    PersonClose close = {.id = town.root, .version = 1, .why = S("退休")};
    assert_false(app_person_close(&town.app, &close, &town.box->a, &err));
    assert_int_equal(err.kind, ERR_RULE);
    opened("second", CITY, BIT(ADMIN));
    assert_true(app_post_take(&town.app, rows.v[0].id, &town.box->a, &err));
    assert_int_equal(posts_of(town.root).n, 0);
}

static void a_closed_account_has_no_powers_and_keeps_its_history(void **state)
{
    (void)state;
    PersonId wu = opened("wu", WATER, BIT(OFFICER)), li = opened("li", WATER, BIT(DRAFTER));
    Err err = {0};
    Session session = {.person = wu,
                       .csrf = S("c"),
                       .organ = {WATER},
                       .how = S("password"),
                       .began_at = 1,
                       .seen_at = 1,
                       .ends_at = 99};
    TokenHash token = {{1}};
    assert_true(store_session_add(town.app.db, BOX_SITE, &session, &token, &err));
    Substitution s = {.away = wu,
                      .substitute = li,
                      .organ = {WATER},
                      .roles = BIT(OFFICER),
                      .from = town.app.today,
                      .to = town.app.today};
    if (!app_substitution_set(&town.app, &s, &town.box->a, &err))
        fail_msg("%s", err.en);
    assert_int_equal(posts_of(li).n, 2);
    PersonClose close = {.id = wu, .version = 1, .why = S("退休")};
    if (!app_person_close(&town.app, &close, &town.box->a, &err))
        fail_msg("%s", err.en);
    assert_true(person_of(wu).closed);
    assert_str(person_of(wu).closed_why, S("退休"));
    assert_int_equal(posts_of(wu).n, 0);
    assert_int_equal(posts_of(li).n, 1);
    assert_int_equal(count("SELECT count(*) FROM session WHERE ended_at IS NULL"), 0);
    assert_int_equal(count("SELECT count(*) FROM post WHERE role = 'officer'"), 1);
    assert_false(give(wu, WATER, ROLE_OFFICER, &err));
    FirstPassword first;
    assert_true(app_person_reopen(&town.app, wu, 2, &town.box->a, &first, &err));
    assert_int_equal(posts_of(wu).n, 0);
    assert_true(first.text.n > 0);
    assert_true(give(wu, WATER, ROLE_OFFICER, &err));
}

static void a_form_that_is_out_of_date_is_refused_and_changes_nothing(void **state)
{
    (void)state;
    PersonId wu = opened("wu", WATER, 0);
    Person mine = person_of(wu), theirs = mine;
    Err err = {0};
    theirs.phone = S("0571-88880000");
    assert_true(app_person_edit(&town.app, &theirs, &town.box->a, &err));
    int64_t lines = count("SELECT count(*) FROM audit_line");
    mine.phone = S("0571-1");
    assert_false(app_person_edit(&town.app, &mine, &town.box->a, &err));
    assert_int_equal(err.kind, ERR_BUSY);
    assert_int_equal(count("SELECT count(*) FROM audit_line"), lines);
    assert_str(person_of(wu).phone, S("0571-88880000"));
}

static void an_edit_notes_what_changed_and_only_that(void **state)
{
    (void)state;
    PersonId wu = opened("wu", WATER, 0);
    Person form = person_of(wu);
    Err err = {0};
    form.organ.n = SCHOOL;
    assert_true(app_person_edit(&town.app, &form, &town.box->a, &err));
    CLEANUP(stmt_end)
    Stmt s = stmt_once(town.app.db, "SELECT was, became FROM audit_line WHERE act = 'person.edit'");
    assert_true(stmt_row(&s));
    assert_str(col_str(&s, &town.box->a), S("{\"organ\":\"示例市水务局\"}"));
    assert_str(col_str(&s, &town.box->a), S("{\"organ\":\"示例市教育局\"}"));
}

static void what_was_told_before_a_post_was_given_is_noted(void **state)
{
    (void)state;
    PersonId wu = opened("wu", WATER, BIT(OFFICER));
    Err err = {0};
    assert_true(give(wu, WATER, ROLE_SECRECY, &err));
    assert_int_equal(count("SELECT count(*) FROM audit_line WHERE act = 'post.give'"
                           " AND became LIKE '%despite%'"),
                     1);
}

static void the_same_form_opens_one_account(void **state)
{
    (void)state;
    PersonId id;
    FirstPassword first;
    Err err = {0};
    PersonNew form = {.person = {.login = S("wu"), .name = S("吴敏"), .organ = {WATER}}};
    town.app.once = S("0123456789abcdef");
    assert_true(app_person_add(&town.app, &form, &town.box->a, &id, &first, &err));
    form.person.login = S("wu2");
    assert_false(app_person_add(&town.app, &form, &town.box->a, &id, &first, &err));
    assert_int_equal(err.kind, ERR_REPEATED);
    assert_int_equal(count("SELECT count(*) FROM person"), 2);
}

static void one_stands_in_for_oneself_away_without_a_power(void **state)
{
    (void)state;
    PersonId wu = opened("wu", WATER, BIT(HEAD)), li = opened("li", SECTION, 0);
    PersonId far = opened("far", SCHOOL, 0);
    Err err = {0};
    as(wu.n, WATER, REACH_ORGAN);
    Substitution s = {.away = wu,
                      .substitute = far,
                      .organ = {WATER},
                      .roles = BIT(HEAD),
                      .from = town.app.today,
                      .to = {town.app.today.days + 3}};
    assert_false(app_substitution_set_own(&town.app, &s, &town.box->a, &err));
    assert_int_equal(err.kind, ERR_RULE);
    s.substitute = li;
    if (!app_substitution_set_own(&town.app, &s, &town.box->a, &err))
        fail_msg("%s", err.en);
    assert_int_equal(posts_of(li).n, 1);
    as(far.n, SCHOOL, REACH_ORGAN);
    assert_false(app_substitution_end_own(&town.app, s.id, &town.box->a, &err));
    assert_int_equal(err.kind, ERR_MISSING);
    as(li.n, WATER, REACH_ORGAN);
    assert_true(app_substitution_end_own(&town.app, s.id, &town.box->a, &err));
    assert_int_equal(posts_of(li).n, 0);
}

static void in_ones_own_name_only_what_is_ones_own_is_lent(void **state)
{
    (void)state;
    PersonId wu = opened("wu", WATER, BIT(HEAD)), li = opened("li", WATER, 0);
    PersonId zhao = opened("zhao", WATER, 0);
    Err err = {0};
    as(zhao.n, WATER, REACH_ORGAN);
    Substitution s = {.away = wu, // not heeded
                      .substitute = li,
                      .organ = {WATER},
                      .roles = BIT(HEAD),
                      .from = town.app.today,
                      .to = town.app.today};
    assert_false(app_substitution_set_own(&town.app, &s, &town.box->a, &err));
    assert_int_equal(err.kind, ERR_RULE);
    assert_int_equal(posts_of(li).n, 0);
}

static int64_t task(int organ, PersonId who)
{
    Err err = {0};
    static int64_t mark;
    Task t = {.organ = {organ},
              .person = who,
              .role = ROLE_OFFICER,
              .kind = TASK_REPORT_FAULTS,
              .noun = S("report"),
              .mark = str_fmt(&town.box->a, "%lld", (long long)++mark),
              .title = S("核对示例报告"),
              .about = S(""),
              .why = S(""),
              .due = date_none,
              .made_at = 1};
    if (!store_task_add(town.app.db, BOX_SITE, &t, &err))
        fail_msg("%s", err.en);
    return t.id.n;
}

static void what_is_open_goes_to_the_successor_with_a_list(void **state)
{
    (void)state;
    PersonId wu = opened("wu", WATER, BIT(OFFICER)), li = opened("li", WATER, BIT(OFFICER));
    task(WATER, wu);
    task(WATER, wu);
    task(WATER, li);
    Err err = {0};
    PersonClose close = {.id = wu, .version = 1, .why = S("退休")};
    assert_false(app_person_close(&town.app, &close, &town.box->a, &err));
    assert_int_equal(err.kind, ERR_RULE);
    assert_false(person_of(wu).closed);
    close.successor = li;
    if (!app_person_close(&town.app, &close, &town.box->a, &err))
        fail_msg("%s", err.en);
    Tasks tasks = {0};
    assert_true(store_task_of_person(town.app.db, BOX_SITE, li, &town.box->a, &tasks, &err));
    assert_int_equal(tasks.n, 3);
    Handovers list = {0};
    Scope all = scope_site(BOX_SITE);
    assert_true(store_handover_list(town.app.db, &all, wu, &town.box->a, &list, &err));
    assert_int_equal(list.n, 1);
    assert_int_equal(list.v[0].n_items, 2);
    assert_int_equal(count("SELECT count(*) FROM notice WHERE kind = 'handed.over'"), 1);
}

static void requests_go_to_the_successor_too(void **state)
{
    (void)state;
    PersonId wu = opened("wu", WATER, BIT(OFFICER)), li = opened("li", WATER, BIT(OFFICER));
    Err err = {0};
    assert_true(db_script(
        town.app.db,
        str_fmt(
            &town.box->a,
            "INSERT INTO request (site_id, request_id, organ_id, year, number, code,"
            " query_hash, channel, title, description, form, way, applicant_kind,"
            " applicant_name, applicant_key, applicant, handler_id, note, filed_on, act_by,"
            " phase, open, outcome, created_at) VALUES (1, 1, %d, 2026, 1, '示水依申〔2026〕1号',"
            " '', 'internet', '水库', '水库', 'electronic', 'platform', 'natural', '张三', '',"
            " '', %d, '', 1, 2, 'received', 1, '', 1);",
            WATER, (int)wu.n),
        &town.box->a, &err));
    Handover h;
    if (!app_hand_over(&town.app, wu, li, S("轮岗"), &town.box->a, &h, &err))
        fail_msg("%s", err.en);
    assert_int_equal(h.n_items, 1);
    char sql[100];
    snprintf(sql, sizeof sql, "SELECT count(*) FROM request WHERE handler_id = %d", (int)li.n);
    assert_int_equal(count(sql), 1);
    Handover kept;
    HandoverItems items = {0};
    Scope all = scope_site(BOX_SITE);
    assert_true(store_handover_get(town.app.db, &all, h.id, &town.box->a, &kept, &items, &err));
    assert_str(items.v[0].title, S("示水依申〔2026〕1号"));
}

static void what_lies_beyond_is_not_left_behind(void **state)
{
    (void)state;
    PersonId wu = opened("wu", WATER, BIT(OFFICER)), li = opened("li", WATER, 0);
    PersonId head = opened("head", WATER, BIT(ADMIN));
    task(SCHOOL, wu);
    task(WATER, wu);
    as(head.n, WATER, REACH_BELOW);
    Handover h;
    Err err = {0};
    assert_false(app_hand_over(&town.app, wu, li, S("调离"), &town.box->a, &h, &err));
    assert_int_equal(err.kind, ERR_RULE);
    as(0, 0, REACH_SITE);
    assert_true(app_hand_over(&town.app, wu, li, S("调离"), &town.box->a, &h, &err));
    assert_int_equal(h.n_items, 2);
}

static void with_nothing_open_there_is_nothing_to_hand_over(void **state)
{
    (void)state;
    PersonId wu = opened("wu", WATER, 0), li = opened("li", WATER, 0);
    Handover h;
    Err err = {0};
    assert_false(app_hand_over(&town.app, wu, li, S("调离"), &town.box->a, &h, &err));
    assert_int_equal(err.kind, ERR_RULE);
}

static void a_made_password_has_no_letters_that_look_alike(void **state)
{
    (void)state;
    for (int i = 0; i < 200; i++) {
        Arena a = town.box->a;
        Str p = password_made(&a);
        assert_int_equal(p.n, 19);
        for (size_t k = 0; k < p.n; k++)
            assert_null(strchr("ilo01", p.s[k]));
    }
}

int main(void)
{
#define IN_TOWN(f) cmocka_unit_test_setup_teardown(f, town_make, town_drop)
    const struct CMUnitTest tests[] = {
        IN_TOWN(the_first_administrator_runs_the_site_and_there_is_one),
        IN_TOWN(a_first_password_is_good_for_some_days_and_must_be_changed),
        IN_TOWN(passwords_are_never_in_the_audit),
        IN_TOWN(a_login_that_is_taken_is_told),
        IN_TOWN(an_administrator_of_a_bureau_acts_below_and_nowhere_else),
        IN_TOWN(an_account_with_powers_beyond_is_not_taken_over),
        IN_TOWN(the_last_administrator_keeps_the_role),
        IN_TOWN(a_closed_account_has_no_powers_and_keeps_its_history),
        IN_TOWN(a_form_that_is_out_of_date_is_refused_and_changes_nothing),
        IN_TOWN(an_edit_notes_what_changed_and_only_that),
        IN_TOWN(what_was_told_before_a_post_was_given_is_noted),
        IN_TOWN(the_same_form_opens_one_account),
        IN_TOWN(one_stands_in_for_oneself_away_without_a_power),
        IN_TOWN(in_ones_own_name_only_what_is_ones_own_is_lent),
        IN_TOWN(what_is_open_goes_to_the_successor_with_a_list),
        IN_TOWN(requests_go_to_the_successor_too),
        IN_TOWN(what_lies_beyond_is_not_left_behind),
        IN_TOWN(with_nothing_open_there_is_nothing_to_hand_over),
        IN_TOWN(a_made_password_has_no_letters_that_look_alike),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
