// Tasks, notices and drafts: what lies where, what becomes of it, what the job finds.
#include "test.h"

#include "app/config.h"
#include "app/desk.h"
#include "site_box.h"
#include "store/organ.h"
#include "store/outbox.h"
#include "store/person.h"

#include <stdlib.h>

typedef struct Office {
    SiteBox *box;
    Arena *a;
    Db *db;
    App app;
    OrganId county, water, unit; // 示例县人民政府 over 示例县水务局 over its section
} Office;

static void must(bool ok, const Err *err)
{
    if (!ok)
        fail_msg("%s (%s)", err->en, err->detail);
}

static void run(Office *o, Str sql)
{
    Err err = {0};
    must(db_script(o->db, sql, o->a, &err), &err);
}

static OrganId organ(Office *o, const char *name, OrganKind kind, OrganId parent)
{
    Err err = {0};
    Organ made = {
        .name = str_z(name), .kind = kind, .parent = parent, .tier = TIER_COUNTY, .slug = S("")};
    must(store_organ_add(o->db, BOX_SITE, &made, o->a, &err), &err);
    return made.id;
}

static void person(Office *o, int id, const char *name, OrganId at)
{
    run(o, str_fmt(o->a,
                   "INSERT INTO person (site_id, person_id, login, name, phone, email, organ_id,"
                   " state, password, must_change, opened_at, closed_why)"
                   " VALUES (1, %d, 'login%d', '%s', '', '', %lld, 'active', '', 0, 1000, '');",
                   id, id, name, (long long)at.n));
}

static void post(Office *o, int id, int who, OrganId at, Role role)
{
    run(o, str_fmt(o->a,
                   "INSERT INTO post (site_id, post_id, person_id, organ_id, role, from_on)"
                   " VALUES (1, %d, %d, %lld, '" PRI_STR "', 10000);",
                   id, who, (long long)at.n, STR_ARG(role_defs[role].id)));
}

enum { ZHOU = 1, XU = 2, CHEN = 3 };

static int office_open(void **state)
{
    Office *o = calloc(1, sizeof *o);
    Err err = {0};
    Date today;
    if (site_box_make((void **)&o->box) != 0)
        return -1;
    o->a = &o->box->a;
    o->db = o->box->db;
    assert_true(date_make(2026, 4, 1, &today));
    o->app = (App){.db = o->db,
                   .site = BOX_SITE,
                   .today = today,
                   .now = 1000000,
                   .scope = scope_site(BOX_SITE),
                   .actor = {.person = {ZHOU}, .name = S("周衡"), .via = S("web")}};
    o->county = organ(o, "示例县人民政府", ORGANKIND_GOVERNMENT, (OrganId){0});
    o->water = organ(o, "示例县水务局", ORGANKIND_DEPARTMENT, o->county);
    o->unit = organ(o, "示例县水务局办公室", ORGANKIND_SECTION, o->water);
    must(store_organ_under_refresh(o->db, BOX_SITE, &err), &err);
    person(o, ZHOU, "周衡", o->water);
    person(o, XU, "许文", o->water);
    person(o, CHEN, "陈岚", o->county);
    post(o, 1, ZHOU, o->water, ROLE_OFFICER);
    post(o, 2, XU, o->water, ROLE_OFFICER);
    post(o, 3, XU, o->water, ROLE_HEAD);
    post(o, 4, CHEN, o->county, ROLE_ADMIN);
    *state = o;
    return 0;
}

static int office_close(void **state)
{
    Office *o = *state;
    void *box = o->box;
    free(o);
    return site_box_drop(&box);
}

static Viewer viewer(Office *o, int who, OrganId at, bool top)
{
    Err err = {0};
    Viewer v = {.site = BOX_SITE, .person = {who}, .organ = at, .at_top = top};
    must(store_person_posts(o->db, BOX_SITE, v.person, o->app.today, o->a, &v.posts, &err), &err);
    return v;
}

static Task task_new(Office *o, TaskKind kind, int noun_id, int due)
{
    return (Task){.organ = o->water,
                  .role = ROLE_OFFICER,
                  .kind = kind,
                  .noun = task_nouns[kind],
                  .noun_id = noun_id,
                  .mark = S(""),
                  .title = S("补齐机关信息"),
                  .about = S(""),
                  .due = due ? (Date){due} : date_none,
                  .made_at = 5};
}

static TaskId put(Office *o, Task t)
{
    Err err = {0};
    CLEANUP(tx_end) Tx tx = tx_begin(o->db);
    must(store_task_add(o->db, BOX_SITE, &t, &err) && tx_commit(&tx, &err), &err);
    return t.id;
}

static Tasks list(Office *o, const Viewer *v, TaskFilter filter)
{
    Err err = {0};
    Tasks found;
    Strs boxes = task_boxes(v, o->a);
    must(store_task_list(o->db, BOX_SITE, &boxes, &filter, o->a, &found, &err), &err);
    return found;
}

static const TaskFilter all = {
    .from = {DATE_NONE_DAYS}, .until = {DATE_NONE_DAYS}, .any_kind = true};

// --- lists

static void tasks_of_a_role_are_seen_by_all_who_hold_it_and_by_nobody_else(void **state)
{
    Office *o = *state;
    put(o, task_new(o, TASK_ORGAN_FACTS, 1, 0));
    Viewer zhou = viewer(o, ZHOU, o->water, false), xu = viewer(o, XU, o->water, false);
    Viewer chen = viewer(o, CHEN, o->county, true);
    assert_int_equal(list(o, &zhou, all).n, 1);
    assert_int_equal(list(o, &xu, all).n, 1);
    assert_int_equal(list(o, &chen, all).n, 0);
}

static void what_is_overdue_comes_first_and_what_has_no_date_last(void **state)
{
    Office *o = *state;
    TaskId none = put(o, task_new(o, TASK_ORGAN_FACTS, 1, 0));
    TaskId late = put(o, task_new(o, TASK_ORGAN_FACTS, 2, 20000));
    TaskId soon = put(o, task_new(o, TASK_ORGAN_FACTS, 3, 21000));
    Viewer zhou = viewer(o, ZHOU, o->water, false);
    Tasks found = list(o, &zhou, all);
    assert_int_equal(found.n, 3);
    assert_int_equal(found.v[0].id.n, late.n);
    assert_int_equal(found.v[1].id.n, soon.n);
    assert_int_equal(found.v[2].id.n, none.n);
    assert_false(date_is(found.v[2].due));
}

static void pages_follow_each_other_without_gap_or_repeat(void **state)
{
    Office *o = *state;
    for (int i = 0; i < 25; i++) {
        Task t = task_new(o, TASK_ORGAN_FACTS, i + 1, 20500 + i / 7);
        t.role = i % 2 ? ROLE_OFFICER : ROLE_HEAD; // from two boxes
        put(o, t);
    }
    Viewer xu = viewer(o, XU, o->water, false);
    TaskFilter f = all;
    f.limit = 10;
    size_t seen = 0;
    Tasks page;
    do {
        page = list(o, &xu, f);
        for (size_t i = 0; i < page.n; i++, seen++) {
            const Task *t = &page.v[i];
            assert_true(t->due.days > f.after.due ||
                        (t->due.days == f.after.due && t->id.n > f.after.id.n));
            f.after = (TaskAfter){t->due.days, t->id};
        }
    } while (page.n == 10);
    assert_int_equal(seen, 25);
}

static void a_filter_takes_days_and_kinds(void **state)
{
    Office *o = *state;
    put(o, task_new(o, TASK_ORGAN_FACTS, 1, 20000));
    put(o, task_new(o, TASK_REPORT_FAULTS, 1, 20010));
    put(o, task_new(o, TASK_REPORT_FAULTS, 2, 20020));
    Viewer zhou = viewer(o, ZHOU, o->water, false);
    TaskFilter f = all;
    f.any_kind = false;
    f.kind = TASK_REPORT_FAULTS;
    assert_int_equal(list(o, &zhou, f).n, 2);
    f.from = f.until = (Date){20020};
    assert_int_equal(list(o, &zhou, f).n, 1);
    f.until = (Date){20019};
    f.from = date_none;
    assert_int_equal(list(o, &zhou, f).n, 1);
}

static void counts_are_by_day_and_kind_over_all_boxes(void **state)
{
    Office *o = *state;
    Err err = {0};
    TaskDays days;
    put(o, task_new(o, TASK_ORGAN_FACTS, 1, 20000));
    put(o, task_new(o, TASK_ORGAN_FACTS, 2, 20000));
    Task own = task_new(o, TASK_SECOND_FACTOR, ZHOU, 20001);
    own.role = ROLE__COUNT;
    own.person = (PersonId){ZHOU};
    put(o, own);
    Viewer zhou = viewer(o, ZHOU, o->water, false);
    Strs boxes = task_boxes(&zhou, o->a);
    must(store_task_days(o->db, BOX_SITE, &boxes, o->a, &days, &err), &err);
    assert_int_equal(days.n, 2);
    assert_int_equal(days.v[0].n, 2);
    assert_int_equal(days.v[1].due.days, 20001);
    assert_false(days.more);
    DeskCounts counts;
    must(store_desk_counts(o->db, BOX_SITE, zhou.person, &boxes, o->a, &counts, &err), &err);
    assert_int_equal(counts.tasks, 3);
    assert_int_equal(counts.notices, 0);
    assert_str(counts.site, S("示例市人民政府"));
}

static void a_substitute_sees_what_the_one_who_is_away_had_taken(void **state)
{
    Office *o = *state;
    Task t = task_new(o, TASK_ORGAN_FACTS, 1, 20000);
    t.role = ROLE_HEAD;
    t.person = (PersonId){XU};
    put(o, t);
    Task own = task_new(o, TASK_SECOND_FACTOR, XU, 20000);
    own.role = ROLE__COUNT;
    own.person = (PersonId){XU};
    put(o, own);
    Viewer zhou = viewer(o, ZHOU, o->water, false);
    assert_int_equal(list(o, &zhou, all).n, 0);
    run(o, str_fmt(o->a,
                   "INSERT INTO substitution (site_id, substitution_id, person_id, substitute_id,"
                   " organ_id, from_on, to_on, why, set_at) VALUES (1, 1, 2, 1, %lld, 10000, 30000,"
                   " '', 1);"
                   "INSERT INTO substitution_role (site_id, substitution_id, role)"
                   " VALUES (1, 1, 'head');",
                   (long long)o->water.n));
    zhou = viewer(o, ZHOU, o->water, false);
    Tasks found = list(o, &zhou, all);
    assert_int_equal(found.n, 1); // and not what is Xu's own
    assert_int_equal(found.v[0].role, ROLE_HEAD);
}

static void those_who_give_see_every_task_below_but_nobodys_own(void **state)
{
    Office *o = *state;
    Err err = {0};
    Tasks found;
    put(o, task_new(o, TASK_ORGAN_FACTS, 1, 20000));
    Task own = task_new(o, TASK_SECOND_FACTOR, XU, 20000);
    own.role = ROLE__COUNT;
    own.person = (PersonId){XU};
    TaskId secret = put(o, own);
    Viewer head = viewer(o, XU, o->water, false), admin = viewer(o, CHEN, o->county, true);
    Scope gives = viewer_scope(&head, MAY_TASK_GIVE), site = viewer_scope(&admin, MAY_TASK_GIVE);
    must(store_task_list_scope(o->db, &gives, &all, o->a, &found, &err), &err);
    assert_int_equal(found.n, 1);
    must(store_task_list_scope(o->db, &site, &all, o->a, &found, &err), &err);
    assert_int_equal(found.n, 1);
    Strs boxes = task_boxes(&admin, o->a);
    Task t;
    bool in_box;
    assert_false(store_task_get(o->db, &site, &boxes, secret, o->a, &t, &in_box, &err));
    assert_int_equal(err.kind, ERR_MISSING);
}

// --- steps

typedef struct StepRow {
    const char *name;
    TaskStepKind kind;
    TaskKind task;
    Role role;
    int held, by; // by whom it is held and who acts
    bool may_give, in_box, why;
    ErrKind wrong;
} StepRow;

// clang-format off
static const StepRow step_rows[] = {
    {"whoever holds the role takes it", STEP_TAKE, TASK_ORGAN_FACTS, ROLE_OFFICER, 0, ZHOU, false, true, false, ERR_NONE},
    {"who cannot see the box cannot take it", STEP_TAKE, TASK_ORGAN_FACTS, ROLE_OFFICER, 0, CHEN, true, false, false, ERR_DENIED},
    {"what is taken is not taken again", STEP_TAKE, TASK_ORGAN_FACTS, ROLE_OFFICER, ZHOU, ZHOU, false, true, false, ERR_RULE},
    {"only who has it gives it back", STEP_BACK, TASK_ORGAN_FACTS, ROLE_OFFICER, XU, ZHOU, false, true, false, ERR_RULE},
    {"giving takes the power", STEP_GIVE, TASK_ORGAN_FACTS, ROLE_OFFICER, 0, ZHOU, false, true, false, ERR_DENIED},
    {"with the power it is given", STEP_GIVE, TASK_ORGAN_FACTS, ROLE_OFFICER, 0, XU, true, true, false, ERR_NONE},
    {"what is one's own is given to nobody", STEP_GIVE, TASK_SECOND_FACTOR, ROLE__COUNT, ZHOU, XU, true, true, false, ERR_RULE},
    {"putting off wants a reason", STEP_DEFER, TASK_ORGAN_FACTS, ROLE_OFFICER, ZHOU, ZHOU, false, true, false, ERR_INPUT},
    {"with a reason it is put off", STEP_DEFER, TASK_ORGAN_FACTS, ROLE_OFFICER, ZHOU, ZHOU, false, true, true, ERR_NONE},
    {"the law's date is not put off", STEP_DEFER, TASK_REPORT_MISSING, ROLE_OFFICER, ZHOU, ZHOU, true, true, true, ERR_RULE},
    {"what settles itself is not called done", STEP_DONE, TASK_ORGAN_FACTS, ROLE_OFFICER, ZHOU, ZHOU, true, true, false, ERR_RULE},
    {"what people close by hand is", STEP_DONE, TASK_SUBSTITUTION_ENDS, ROLE__COUNT, ZHOU, ZHOU, false, true, false, ERR_NONE},
    {"dropping takes the power", STEP_DROP, TASK_ORGAN_FACTS, ROLE_OFFICER, ZHOU, ZHOU, false, true, true, ERR_DENIED},
    {"dropping wants a reason", STEP_DROP, TASK_ORGAN_FACTS, ROLE_OFFICER, ZHOU, XU, true, true, false, ERR_INPUT},
};
// clang-format on

static void steps_are_as_the_rows_say(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof step_rows / sizeof *step_rows; i++) {
        const StepRow *row = &step_rows[i];
        Err err = {0};
        Task t = {.organ = {2},
                  .role = row->role,
                  .person = {row->held},
                  .kind = row->task,
                  .version = 3};
        TaskStep step = {.kind = row->kind,
                         .by = {row->by},
                         .may_give = row->may_give,
                         .in_box = row->in_box,
                         .to = {CHEN},
                         .until = {21000},
                         .today = {20000},
                         .why = row->why ? S("出差") : S("")};
        Task next;
        bool ok = task_decide(&t, &step, &next, &err);
        if (ok != (row->wrong == ERR_NONE) || (!ok && err.kind != row->wrong))
            fail_msg("%s: %s, kind %d", row->name, ok ? "done" : err.en, err.kind);
        if (ok)
            assert_int_equal(next.version, 4);
    }
}

static TaskAsk asks(TaskStepKind kind, int64_t version)
{
    return (TaskAsk){.kind = kind, .version = version, .until = date_none, .why = S("")};
}

static void a_task_that_is_given_is_told_and_noted(void **state)
{
    Office *o = *state;
    Err err = {0};
    TaskId id = put(o, task_new(o, TASK_ORGAN_FACTS, 1, 20000));
    o->app.actor = (Actor){.person = {XU}, .name = S("许文"), .via = S("web")};
    Viewer xu = viewer(o, XU, o->water, false);
    Task t;
    TaskAsk ask = asks(STEP_GIVE, 1);
    ask.to = (PersonId){ZHOU};
    must(app_task_step(&o->app, &xu, id, &ask, o->a, &t, &err), &err);
    Notices told;
    must(store_notice_list(o->db, BOX_SITE, (PersonId){ZHOU}, 0, 10, o->a, &told, &err), &err);
    assert_int_equal(told.n, 1);
    assert_true(str_has(told.v[0].words, S("许文")));
    Viewer zhou = viewer(o, ZHOU, o->water, false);
    assert_int_equal(list(o, &zhou, all).v[0].person.n, ZHOU);
    assert_str(list(o, &zhou, all).v[0].person_name, S("周衡"));
}

static void a_task_goes_only_to_those_who_hold_its_role(void **state)
{
    Office *o = *state;
    Err err = {0};
    TaskId id = put(o, task_new(o, TASK_ORGAN_FACTS, 1, 20000));
    Viewer xu = viewer(o, XU, o->water, false);
    o->app.actor.person = (PersonId){XU};
    TaskAsk ask = asks(STEP_GIVE, 1);
    ask.to = (PersonId){CHEN};
    Task t;
    assert_false(app_task_step(&o->app, &xu, id, &ask, o->a, &t, &err));
    assert_int_equal(err.kind, ERR_RULE);
}

static void of_two_who_take_one_task_the_second_is_told(void **state)
{
    Office *o = *state;
    Err err = {0};
    TaskId id = put(o, task_new(o, TASK_ORGAN_FACTS, 1, 20000));
    Viewer zhou = viewer(o, ZHOU, o->water, false), xu = viewer(o, XU, o->water, false);
    Task t;
    TaskAsk ask = asks(STEP_TAKE, 1);
    must(app_task_step(&o->app, &zhou, id, &ask, o->a, &t, &err), &err);
    o->app.actor.person = (PersonId){XU};
    assert_false(app_task_step(&o->app, &xu, id, &ask, o->a, &t, &err));
    // Zhou's box is not Xu's, but Xu gives tasks there and so sees where it is.
    assert_true(err.kind == ERR_BUSY || err.kind == ERR_DENIED);
}

static void a_reader_without_the_box_finds_nothing(void **state)
{
    Office *o = *state;
    Err err = {0};
    TaskId id = put(o, task_new(o, TASK_ORGAN_FACTS, 1, 20000));
    Viewer chen = viewer(o, CHEN, o->county, false);
    chen.posts.n = 0; // no post at all
    Task t;
    TaskAsk ask = asks(STEP_TAKE, 1);
    assert_false(app_task_step(&o->app, &chen, id, &ask, o->a, &t, &err));
    assert_int_equal(err.kind, ERR_MISSING);
}

// --- the job

static Str refreshed(Office *o)
{
    Err err = {0};
    Str did;
    must(app_desk_refresh(&o->app, o->a, &did, &err), &err);
    return did;
}

static Tasks of_kind(Office *o, TaskKind kind)
{
    Err err = {0};
    Tasks found;
    must(store_task_of_kind(o->db, BOX_SITE, kind, o->a, &found, &err), &err);
    return found;
}

static void an_organ_without_its_facts_is_a_task_of_its_officer_until_they_are_there(void **state)
{
    Office *o = *state;
    refreshed(o);
    Tasks found = of_kind(o, TASK_ORGAN_FACTS);
    assert_int_equal(found.n, 2); // the section has none of its own
    assert_int_equal(found.v[0].noun_id, o->county.n);
    assert_int_equal(found.v[0].role, ROLE_ADMIN);
    assert_int_equal(found.v[1].organ.n, o->water.n);
    assert_int_equal(found.v[1].role, ROLE_OFFICER);
    assert_true(str_has(found.v[1].about, S("统一社会信用代码、工作机构名称")));
    assert_int_equal(found.v[1].due.days, o->app.today.days + 30);
    run(o, S("UPDATE organ SET credit_code = 'x', office = 'x', address = 'x', hours = 'x',"
             " phone = 'x' WHERE site_id = 1;"));
    refreshed(o);
    assert_int_equal(of_kind(o, TASK_ORGAN_FACTS).n, 0);
}

static void a_second_run_finds_nothing_to_do(void **state)
{
    Office *o = *state;
    assert_true(refreshed(o).n > 0);
    assert_str(refreshed(o), S(""));
}

static void what_is_said_of_a_situation_follows_it(void **state)
{
    Office *o = *state;
    refreshed(o);
    run(o, S("UPDATE organ SET credit_code = 'x', office = 'x', address = 'x', hours = 'x'"
             " WHERE site_id = 1;"));
    refreshed(o);
    assert_str(of_kind(o, TASK_ORGAN_FACTS).v[1].about, S("还缺联系电话"));
}

static void what_was_dropped_is_not_made_again_while_it_lasts(void **state)
{
    Office *o = *state;
    refreshed(o);
    run(o, S("UPDATE task SET state = 'dropped' WHERE site_id = 1;"));
    assert_str(refreshed(o), S(""));
    run(o, S("UPDATE organ SET credit_code = 'x', office = 'x', address = 'x', hours = 'x',"
             " phone = 'x' WHERE site_id = 1;"));
    refreshed(o);
    run(o, S("UPDATE organ SET phone = '' WHERE site_id = 1;"));
    refreshed(o);
    assert_int_equal(of_kind(o, TASK_ORGAN_FACTS).v[0].state, TASK_OPEN);
}

// 条例 第四十九条.
static void last_years_report_is_due_on_the_laws_day(void **state)
{
    Office *o = *state;
    Date january, march;
    refreshed(o);
    Tasks found = of_kind(o, TASK_REPORT_MISSING);
    assert_int_equal(found.n, 2);
    date_make(2026, 1, 31, &january);
    date_make(2026, 3, 31, &march);
    assert_int_equal(found.v[0].due.days, march.days); // the government's
    assert_int_equal(found.v[1].due.days, january.days);
    assert_int_equal(found.v[1].role, ROLE_HEAD);
    assert_str(found.v[1].title, S("公布2025年度报告：示例县水务局"));
}

static void no_date_is_made_up_for_townships_nor_for_organs_founded_since(void **state)
{
    Office *o = *state;
    Organ town = {.name = S("示例镇人民政府"),
                  .kind = ORGANKIND_GOVERNMENT,
                  .parent = o->county,
                  .tier = TIER_TOWNSHIP,
                  .slug = S("")};
    Organ young = {.name = S("示例县数据局"),
                   .kind = ORGANKIND_DEPARTMENT,
                   .parent = o->county,
                   .tier = TIER_COUNTY,
                   .slug = S(""),
                   .founded = {o->app.today.days - 10}};
    Err err = {0};
    must(store_organ_add(o->db, BOX_SITE, &town, o->a, &err), &err);
    must(store_organ_add(o->db, BOX_SITE, &young, o->a, &err), &err);
    refreshed(o);
    assert_int_equal(of_kind(o, TASK_REPORT_MISSING).n, 2);
}

static void whoever_signs_without_a_second_factor_is_asked_to_set_one_up_once(void **state)
{
    Office *o = *state;
    refreshed(o);
    Tasks found = of_kind(o, TASK_SECOND_FACTOR);
    assert_int_equal(found.n, 2); // 许文 as head, 陈岚 as administrator; an officer does not sign
    assert_int_equal(found.v[0].person.n, XU);
    run(o, S("INSERT INTO second_factor (site_id, person_id, secret, since, last_step)"
             " VALUES (1, 2, 'x', 5, 0);"));
    refreshed(o);
    assert_int_equal(of_kind(o, TASK_SECOND_FACTOR).n, 1);
    assert_int_equal(of_kind(o, TASK_CODES_LOW).n, 1); // none left
}

static void a_substitution_that_ends_within_a_week_is_told_to_the_substitute(void **state)
{
    Office *o = *state;
    run(o,
        str_fmt(o->a,
                "INSERT INTO substitution (site_id, substitution_id, person_id, substitute_id,"
                " organ_id, from_on, to_on, why, set_at) VALUES (1, 1, 2, 1, %lld, 10000, %d, '',"
                " 1), (1, 2, 2, 1, %lld, 10000, %d, '', 1);",
                (long long)o->water.n, o->app.today.days + 7, (long long)o->water.n,
                o->app.today.days + 8));
    refreshed(o);
    Tasks found = of_kind(o, TASK_SUBSTITUTION_ENDS);
    assert_int_equal(found.n, 1);
    assert_int_equal(found.v[0].person.n, ZHOU);
    assert_str(found.v[0].title, S("代行到期：代许文"));
    assert_str(task_door(&found.v[0], o->a), S("/desk/people/2"));
}

static void what_is_closed_by_hand_stays_closed(void **state)
{
    Office *o = *state;
    a_substitution_that_ends_within_a_week_is_told_to_the_substitute(state);
    Err err = {0};
    Viewer zhou = viewer(o, ZHOU, o->water, false);
    TaskAsk ask = asks(STEP_DONE, 1);
    Task t;
    TaskId id = of_kind(o, TASK_SUBSTITUTION_ENDS).v[0].id;
    must(app_task_step(&o->app, &zhou, id, &ask, o->a, &t, &err), &err);
    refreshed(o);
    assert_int_equal(of_kind(o, TASK_SUBSTITUTION_ENDS).n, 1);
    assert_int_equal(of_kind(o, TASK_SUBSTITUTION_ENDS).v[0].state, TASK_DONE);
}

static void what_somebody_without_the_role_holds_goes_back_to_it(void **state)
{
    Office *o = *state;
    refreshed(o);
    Tasks found = of_kind(o, TASK_ORGAN_FACTS);
    Viewer zhou = viewer(o, ZHOU, o->water, false);
    TaskAsk ask = asks(STEP_TAKE, found.v[1].version);
    Task t;
    Err err = {0};
    must(app_task_step(&o->app, &zhou, found.v[1].id, &ask, o->a, &t, &err), &err);
    refreshed(o);
    assert_int_equal(of_kind(o, TASK_ORGAN_FACTS).v[1].person.n, ZHOU);
    run(o, S("UPDATE post SET until_on = 15000 WHERE site_id = 1 AND person_id = 1;"));
    refreshed(o);
    assert_int_equal(of_kind(o, TASK_ORGAN_FACTS).v[1].person.n, 0);
}

static void people_are_told_once_of_what_is_due(void **state)
{
    Office *o = *state;
    Err err = {0};
    Notices told;
    Task t = task_new(o, TASK_SUBSTITUTION_ENDS, 77, o->app.today.days - 1);
    t.person = (PersonId){ZHOU};
    put(o, t);
    run(o, str_fmt(o->a,
                   "INSERT INTO substitution (site_id, substitution_id, person_id, substitute_id,"
                   " organ_id, from_on, to_on, why, set_at)"
                   " VALUES (1, 77, 2, 1, %lld, 10000, %d, '', 1);",
                   (long long)o->water.n, o->app.today.days));
    refreshed(o);
    refreshed(o);
    must(store_notice_list(o->db, BOX_SITE, (PersonId){ZHOU}, 0, 10, o->a, &told, &err), &err);
    assert_int_equal(told.n, 1);
    assert_int_equal(told.v[0].kind, NOTICE_TASK_DUE);
}

static void nobody_there_means_the_administrator_above(void **state)
{
    (void)state;
    Holder v[] = {{{1}, {0}, 1u << ROLE_ADMIN}, {{2}, {1}, 0}, {{3}, {2}, 1u << ROLE_LEADER}};
    Holders holders = {v, 3, 3};
    OrganId where;
    Role role;
    task_place(TASK_REPORT_MISSING, (OrganId){3}, &holders, &where, &role);
    assert_int_equal(where.n, 1);
    assert_int_equal(role, ROLE_ADMIN);
    v[0].roles = 0;
    task_place(TASK_REPORT_MISSING, (OrganId){3}, &holders, &where, &role);
    assert_int_equal(where.n, 3);
    assert_int_equal(role, ROLE_HEAD);
}

// --- tasks of remedies: who has them, until when, and what ends them

static void remedy_put(Office *o, int id, const char *answer_by, const char *redo_by)
{
    run(o,
        str_fmt(o->a,
                "INSERT INTO remedy (site_id, remedy_id, organ_id, request_id, kind, about, title,"
                " applicant, note, filed_on, forum, number, phase, stage, result, answer_by,"
                " redo_by, created_at) VALUES (1, %d, %lld, NULL, 'review', 'answer', '河道台账',"
                " '林禾', '', 20500, '示例县人民政府', '', 'answer', 'review', '', %s, %s, 1);",
                id, (long long)o->water.n, answer_by, redo_by));
}

typedef struct RemedyTaskRow {
    const char *name;
    TaskKind kind;
    const char *answer_by, *redo_by, *title;
    Role role; // of those who are there
} RemedyTaskRow;
// clang-format off
static const RemedyTaskRow remedy_tasks[] = { // 20550: 2026-04-07
    { "an answer to the review organ", TASK_REMEDY_ANSWER, "20550", "NULL", "答复复议：河道台账", ROLE_OFFICER },
    { "a reply that was ordered anew", TASK_REMEDY_REDO,   "NULL", "20550", "重新处理：河道台账", ROLE_OFFICER },
};
// clang-format on

static void a_remedy_is_a_task_until_it_is_done(void **state)
{
    Office *o = *state;
    for (size_t i = 0; i < sizeof remedy_tasks / sizeof *remedy_tasks; i++) {
        const RemedyTaskRow *row = &remedy_tasks[i];
        int id = (int)i + 1;
        remedy_put(o, id, row->answer_by, row->redo_by);
        refreshed(o);
        Tasks found = of_kind(o, row->kind);
        assert_int_equal(found.n, 1);
        assert_str(found.v[0].title, str_z(row->title));
        assert_int_equal(found.v[0].due.days, 20550);
        assert_int_equal(found.v[0].role, row->role);
        assert_int_equal(found.v[0].organ.n, o->water.n);
        assert_str(task_door(&found.v[0], o->a), str_fmt(o->a, "/desk/remedies/%d", id));
        assert_true(task_kinds[row->kind].by_law); // nobody puts it off
        run(o, str_fmt(o->a,
                       "UPDATE remedy SET answer_by = NULL, redo_by = NULL WHERE site_id = 1"
                       " AND remedy_id = %d;",
                       id));
        refreshed(o);
        assert_int_equal(of_kind(o, row->kind).n, 0);
    }
}

static void a_reply_made_anew_waits_for_the_next_hand_until_the_case_says(void **state)
{
    Office *o = *state;
    remedy_put(o, 1, "NULL", "20550");
    run(o,
        str_fmt(o->a,
                "UPDATE remedy SET request_id = 1 WHERE site_id = 1;"
                "INSERT INTO request (site_id, request_id, organ_id, year, number, code,"
                " query_hash, channel, title, description, form, way, applicant_kind,"
                " applicant_name, applicant_key, applicant, note, filed_on, phase, open, outcome,"
                " act_by, created_at) VALUES (1, 1, %lld, 2026, 1, '示水务依申〔2026〕1号', '',"
                " 'in_person', '河道台账', '', 'paper', 'mail', 'natural', '林禾', '', CAST('x' AS "
                "BLOB), '',"
                " 20500, 'done', 0, 'process', 4000000, 1);"
                "INSERT INTO decision (site_id, request_id, nth, remedy_id, state, outcome, draft,"
                " body, text, letter_code, remedy, changed_at) VALUES"
                " (1, 1, 1, NULL, 'signed', 'process', 1, '{}', '', '', '', 1),"
                " (1, 1, 2, 1, 'legal', 'disclosed', 3, '{}', '', '', '', 1);",
                (long long)o->water.n));
    refreshed(o);
    Tasks found = of_kind(o, TASK_DECISION_LEGAL);
    assert_int_equal(found.n, 1);
    assert_int_equal(found.v[0].due.days, 20550); // the case's day
    assert_str(found.v[0].about, S("重新答复，第3稿"));
    assert_int_equal(of_kind(o, TASK_DECISION_SEND).n, 0); // the first has gone out long ago
    run(o, S("UPDATE remedy SET redo_by = NULL WHERE site_id = 1;"));
    refreshed(o);
    assert_int_equal(of_kind(o, TASK_DECISION_LEGAL).n, 0);
}

// --- notices and drafts

static void a_notice_is_read_only_by_whose_it_is(void **state)
{
    Office *o = *state;
    Err err = {0};
    Notices told;
    must(app_notify(&o->app, (PersonId){XU}, NOTICE_SYSTEM, S("磁盘将满"), S(""), &err), &err);
    must(store_notice_list(o->db, BOX_SITE, (PersonId){XU}, 0, 10, o->a, &told, &err), &err);
    must(app_notice_read(&o->app, told.v[0].id, &err), &err); // by 周衡
    must(app_notice_read(&o->app, 0, &err), &err);
    must(store_notice_list(o->db, BOX_SITE, (PersonId){XU}, 0, 10, o->a, &told, &err), &err);
    assert_int_equal(told.v[0].read_at, 0);
    o->app.actor.person = (PersonId){XU};
    must(app_notice_read(&o->app, told.v[0].id, &err), &err);
    must(store_notice_list(o->db, BOX_SITE, (PersonId){XU}, 0, 10, o->a, &told, &err), &err);
    assert_int_equal(told.v[0].read_at, 1000000);
}

static int64_t mails(Office *o, Arena *a, Mails *out)
{
    Scope whole = scope_site(BOX_SITE);
    Err err = {0};
    int64_t n;
    must(store_outbox_list(o->db, &whole, &(MailAsk){.limit = 10}, a, out, &n, &err), &err);
    return n;
}

static void a_notice_goes_out_by_mail_where_it_is_wanted(void **state)
{
    Office *o = *state;
    Config config = {.base_url = S("https://www.example.gov.cn"),
                     .mail = {.host = S("mail.example.gov.cn"),
                              .from = S("xxgk@example.gov.cn"),
                              .from_name = S("示例县政府信息公开平台")}};
    Err err = {0};
    Mails out;
    Mail mail;
    Scope whole = scope_site(BOX_SITE);
    run(o, S("UPDATE person SET email = 'xu@example.gov.cn' WHERE site_id = 1 AND person_id = 2;"));
    must(app_notify(&o->app, (PersonId){XU}, NOTICE_TASK_GIVEN, S("一"), S("/x"), &err), &err);
    assert_int_equal(mails(o, o->a, &out), 0); // mail is not set up
    o->app.config = &config;
    must(app_notify(&o->app, (PersonId){XU}, NOTICE_TASK_GIVEN, S("周衡交给您\n一件待办"),
                    S("/desk/tasks/7"), &err),
         &err);
    must(app_notify(&o->app, (PersonId){ZHOU}, NOTICE_TASK_GIVEN, S("二"), S(""), &err), &err);
    must(app_notify(&o->app, (PersonId){XU}, NOTICE_POST, S("三"), S(""), &err), &err);
    assert_int_equal(mails(o, o->a, &out), 1); // 周衡 has no address, and nobody wants 岗位变动
    must(store_outbox_get(o->db, &whole, out.v[0].id, o->a, &mail, &err), &err);
    assert_str(mail.to, S("xu@example.gov.cn"));
    assert_str(mail.subject, S("周衡交给您 一件待办"));
    assert_true(str_starts(mail.body, S("许文：\n\n周衡交给您\n一件待办\n\n"
                                        "https://www.example.gov.cn/desk/tasks/7\n")));
    assert_true(str_has(mail.body, S("不想再收到“分派待办”的邮件")));
    assert_int_equal(mail.organ.n, o->water.n);
    run(o, S("UPDATE person SET state = 'closed' WHERE site_id = 1 AND person_id = 2;"));
    must(app_notify(&o->app, (PersonId){XU}, NOTICE_ACCOUNT, S("四"), S(""), &err), &err);
    assert_int_equal(mails(o, o->a, &out), 1);
    o->app.config = NULL;
}

static void mail_that_could_not_be_sent_is_the_administrators_task(void **state)
{
    Office *o = *state;
    Err err = {0};
    Situations found;
    MailNew mail = {.to = S("xu@example.gov.cn"), .subject = S("x"), .body = S("x")};
    run(o, str_fmt(o->a, "UPDATE site SET organ_id = %lld WHERE site_id = 1;",
                   (long long)o->county.n));
    must(store_outbox_add(o->db, BOX_SITE, &mail, 1, o->a, &err), &err);
    must(store_task_situations(o->db, BOX_SITE, TASK_MAIL_FAILED, o->app.today, o->a, &found, &err),
         &err);
    assert_int_equal(found.n, 0);
    run(o, S("UPDATE outbox SET state = 'failed' WHERE site_id = 1;"));
    must(store_task_situations(o->db, BOX_SITE, TASK_MAIL_FAILED, o->app.today, o->a, &found, &err),
         &err);
    assert_int_equal(found.n, 1);
    assert_int_equal(found.v[0].organ.n, o->county.n);
    assert_str(found.v[0].more, S("1"));
}

static void choices_are_kept_and_what_guards_the_account_stays(void **state)
{
    Office *o = *state;
    Err err = {0};
    bool mail[NOTICE__COUNT] = {false};
    must(app_notice_choose(&o->app, mail, &err), &err);
    must(store_notice_mail(o->db, BOX_SITE, (PersonId){ZHOU}, mail, &err), &err);
    assert_false(mail[NOTICE_TASK_GIVEN]);
    assert_true(mail[NOTICE_ACCOUNT]);
    must(store_notice_mail(o->db, BOX_SITE, (PersonId){XU}, mail, &err), &err);
    assert_true(mail[NOTICE_TASK_GIVEN]);
}

static bool draft_of(Office *o, int who, Draft *out)
{
    Err err = {0};
    bool found;
    must(store_draft_get(o->db, BOX_SITE, (PersonId){who}, S("/desk/organs/2/edit"), o->a, out,
                         &found, &err),
         &err);
    return found;
}

static void a_draft_is_ones_own_and_the_last_one_stays(void **state)
{
    Office *o = *state;
    Err err = {0};
    Draft d;
    must(app_draft_save(&o->app, S("/desk/organs/2/edit"), S("[]"), 3, &err), &err);
    must(app_draft_save(&o->app, S("/desk/organs/2/edit"), S("[[\"a\",\"b\"]]"), 3, &err), &err);
    assert_true(draft_of(o, ZHOU, &d));
    assert_str(d.body, S("[[\"a\",\"b\"]]"));
    assert_false(draft_of(o, XU, &d));
}

static void the_draft_goes_with_the_act(void **state)
{
    Office *o = *state;
    Err err = {0};
    Draft d;
    bool mail[NOTICE__COUNT] = {false};
    must(app_draft_save(&o->app, S("/desk/organs/2/edit"), S("[]"), 3, &err), &err);
    o->app.draft = S("/desk/organs/2/edit");
    must(app_notice_choose(&o->app, mail, &err), &err);
    assert_false(draft_of(o, ZHOU, &d));
}

static void old_drafts_are_thrown_away(void **state)
{
    Office *o = *state;
    Err err = {0};
    Str did;
    Draft d;
    must(app_draft_save(&o->app, S("/desk/organs/2/edit"), S("[]"), 3, &err), &err);
    o->app.now += 30 * 86400;
    must(app_desk_clean(&o->app, o->a, &did, &err), &err);
    assert_true(draft_of(o, ZHOU, &d));
    o->app.now += 1;
    must(app_desk_clean(&o->app, o->a, &did, &err), &err);
    assert_false(draft_of(o, ZHOU, &d));
}

static void only_so_many_drafts_are_kept_for_one_person(void **state)
{
    Office *o = *state;
    Err err = {0};
    for (int i = 0; i < DRAFTS_A_PERSON + 3; i++) {
        o->app.now++;
        must(app_draft_save(&o->app, str_fmt(o->a, "/desk/organs/%d/edit", i), S("[]"), 0, &err),
             &err);
    }
    Draft d;
    assert_false(draft_of(o, ZHOU, &d)); // number 2 of them
}

#define T(name) cmocka_unit_test_setup_teardown(name, office_open, office_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(tasks_of_a_role_are_seen_by_all_who_hold_it_and_by_nobody_else),
        T(what_is_overdue_comes_first_and_what_has_no_date_last),
        T(pages_follow_each_other_without_gap_or_repeat),
        T(a_filter_takes_days_and_kinds),
        T(counts_are_by_day_and_kind_over_all_boxes),
        T(a_substitute_sees_what_the_one_who_is_away_had_taken),
        T(those_who_give_see_every_task_below_but_nobodys_own),
        cmocka_unit_test(steps_are_as_the_rows_say),
        T(a_task_that_is_given_is_told_and_noted),
        T(a_task_goes_only_to_those_who_hold_its_role),
        T(of_two_who_take_one_task_the_second_is_told),
        T(a_reader_without_the_box_finds_nothing),
        T(an_organ_without_its_facts_is_a_task_of_its_officer_until_they_are_there),
        T(a_second_run_finds_nothing_to_do),
        T(what_is_said_of_a_situation_follows_it),
        T(what_was_dropped_is_not_made_again_while_it_lasts),
        T(last_years_report_is_due_on_the_laws_day),
        T(no_date_is_made_up_for_townships_nor_for_organs_founded_since),
        T(whoever_signs_without_a_second_factor_is_asked_to_set_one_up_once),
        T(a_substitution_that_ends_within_a_week_is_told_to_the_substitute),
        T(what_is_closed_by_hand_stays_closed),
        T(what_somebody_without_the_role_holds_goes_back_to_it),
        T(people_are_told_once_of_what_is_due),
        cmocka_unit_test(nobody_there_means_the_administrator_above),
        T(a_remedy_is_a_task_until_it_is_done),
        T(a_reply_made_anew_waits_for_the_next_hand_until_the_case_says),
        T(a_notice_is_read_only_by_whose_it_is),
        T(a_notice_goes_out_by_mail_where_it_is_wanted),
        T(mail_that_could_not_be_sent_is_the_administrators_task),
        T(choices_are_kept_and_what_guards_the_account_stays),
        T(a_draft_is_ones_own_and_the_last_one_stays),
        T(the_draft_goes_with_the_act),
        T(old_drafts_are_thrown_away),
        T(only_so_many_drafts_are_kept_for_one_person),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
