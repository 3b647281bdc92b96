// Organs as stored, on either engine: names, lives, scopes.
#include "../site_box.h"
#include "test.h"

#include "domain/organ_under.h"
#include "store/organ.h"

static Scope all(void)
{
    return scope_site(BOX_SITE);
}

static Organ made(SiteBox *b, Str name, OrganKind kind, OrganId parent)
{
    Err err = {0};
    Organ o;
    organ_from_name(name, &o);
    o.kind = kind;
    o.parent = parent;
    if (!store_organ_add(b->db, BOX_SITE, &o, &b->a, &err))
        fail_msg("%s (%s)", err.en, err.detail);
    return o;
}

static Organ got(SiteBox *b, OrganId id)
{
    Err err = {0};
    Organ o = {0};
    Scope scope = all();
    if (!store_organ_get(b->db, &scope, id, &b->a, &o, &err))
        fail_msg("%s (%s)", err.en, err.detail);
    return o;
}

static void refresh(SiteBox *b)
{
    Err err = {0};
    CLEANUP(tx_end) Tx tx = tx_begin(b->db);
    if (!store_organ_under_refresh(b->db, BOX_SITE, &err) || !tx_commit(&tx, &err))
        fail_msg("%s (%s)", err.en, err.detail);
}

static bool sees(SiteBox *b, OrganId root, Reach reach, OrganId id)
{
    Err err = {0};
    Organ o;
    Scope scope = {BOX_SITE, reach, root, {0}};
    bool ok = store_organ_get(b->db, &scope, id, &b->a, &o, &err);
    assert_true(ok || err.kind == ERR_MISSING);
    return ok;
}

typedef struct Town {
    Organ city, office, water, section, county, county_water;
} Town;

static Town town(SiteBox *b)
{
    Town t;
    t.city = made(b, S("示例市人民政府"), ORGANKIND_GOVERNMENT, (OrganId){0});
    t.office = made(b, S("示例市人民政府办公室"), ORGANKIND_OFFICE, t.city.id);
    t.water = made(b, S("示例市水务局"), ORGANKIND_DEPARTMENT, t.city.id);
    t.section = made(b, S("示例市水务局办公室"), ORGANKIND_SECTION, t.water.id);
    t.county = made(b, S("示例县人民政府"), ORGANKIND_GOVERNMENT, t.city.id);
    t.county_water = made(b, S("示例县水务局"), ORGANKIND_DEPARTMENT, t.county.id);
    return t;
}

static void every_field_comes_back_as_it_was_saved(void **state)
{
    SiteBox *b = *state;
    Err err = {0};
    Organ o = made(b, S("示例市水务局"), ORGANKIND_DEPARTMENT, (OrganId){0});
    for (int f = 0; f < OF__COUNT; f++) {
        static const struct {
            OrganField field;
            const char *text;
        } own[] = {{OF_SLUG, "shuiwu"},      {OF_KIND, "dispatched"},
                   {OF_TIER, "county"},      {OF_CREDIT, "11341702486344515H"},
                   {OF_DIVISION, "130102"},  {OF_RULES, "1"},
                   {OF_NORMATIVE, "1"},      {OF_FOUNDED, "2019-03-01"},
                   {OF_POST_CODE, "050000"}, {OF_MAIL, "a@b.cn"}};
        Str text = str_fmt(&b->a, "<i>'\"; DROP TABLE organ; -- %d", f);
        for (size_t i = 0; i < sizeof own / sizeof *own; i++)
            if ((int)own[i].field == f)
                text = str_z(own[i].text);
        if (!organ_field_set(&o, (OrganField)f, text, &b->a, &err))
            fail_msg("%s", err.en);
    }
    Scope scope = all();
    assert_true(store_organ_save(b->db, &scope, &o, &b->a, &err));
    Organ back = got(b, o.id);
    for (int f = 0; f < OF__COUNT; f++)
        assert_str(organ_field_get(&back, (OrganField)f, &b->a),
                   organ_field_get(&o, (OrganField)f, &b->a));
    assert_int_equal(back.version, 2);
    assert_int_equal(o.version, 2);
}

static void a_save_over_an_older_version_is_refused(void **state)
{
    SiteBox *b = *state;
    Err err = {0};
    Scope scope = all();
    Organ mine = made(b, S("示例市水务局"), ORGANKIND_DEPARTMENT, (OrganId){0}), other = mine;
    mine.phone = S("1");
    other.phone = S("2");
    assert_true(store_organ_save(b->db, &scope, &mine, &b->a, &err));
    assert_false(store_organ_save(b->db, &scope, &other, &b->a, &err));
    assert_int_equal(err.kind, ERR_BUSY);
    assert_str(got(b, mine.id).phone, S("1"));
}

static void a_save_out_of_scope_finds_nothing(void **state)
{
    SiteBox *b = *state;
    Err err = {0};
    Town t = town(b);
    Scope scope = {BOX_SITE, REACH_BELOW, t.water.id, {0}};
    Organ o = t.county;
    o.phone = S("1");
    assert_false(store_organ_save(b->db, &scope, &o, &b->a, &err));
    assert_int_equal(err.kind, ERR_MISSING);
    assert_str(got(b, t.county.id).phone, S(""));
}

static void a_scope_has_the_organ_its_sections_and_what_is_below(void **state)
{
    SiteBox *b = *state;
    Town t = town(b);
    assert_true(sees(b, t.water.id, REACH_ORGAN, t.water.id));
    assert_true(sees(b, t.water.id, REACH_ORGAN, t.section.id));
    assert_false(sees(b, t.water.id, REACH_ORGAN, t.city.id));
    assert_false(sees(b, t.water.id, REACH_BELOW, t.county_water.id));
    assert_false(sees(b, t.city.id, REACH_ORGAN, t.water.id));
    assert_true(sees(b, t.city.id, REACH_BELOW, t.county_water.id));
    assert_true(sees(b, (OrganId){0}, REACH_SITE, t.county_water.id));
    assert_false(sees(b, t.city.id, REACH_NONE, t.city.id));
}

static void a_line_of_supervision_opens_what_is_supervised(void **state)
{
    SiteBox *b = *state;
    Err err = {0};
    bool was;
    Town t = town(b);
    assert_true(store_organ_line_add(b->db, BOX_SITE, t.county_water.id, t.water.id,
                                     S("水资源管理"), date_none, &err));
    refresh(b);
    assert_true(sees(b, t.water.id, REACH_BELOW, t.county_water.id));
    assert_false(sees(b, t.water.id, REACH_ORGAN, t.county_water.id));
    assert_false(sees(b, t.water.id, REACH_BELOW, t.county.id));
    assert_true(store_organ_line_drop(b->db, BOX_SITE, t.county_water.id, t.water.id,
                                      S("水资源管理"), &was, &err));
    assert_true(was);
    refresh(b);
    assert_false(sees(b, t.water.id, REACH_BELOW, t.county_water.id));
}

static void an_heir_has_what_it_carries_on(void **state)
{
    SiteBox *b = *state;
    Err err = {0};
    Town t = town(b);
    assert_true(store_organ_heir_add(b->db, BOX_SITE, t.county_water.id, t.water.id, 1, &err));
    refresh(b);
    assert_true(sees(b, t.water.id, REACH_ORGAN, t.county_water.id));
    OrganRows rows;
    assert_true(store_organ_forerunners(b->db, BOX_SITE, t.water.id, &b->a, &rows, &err));
    assert_int_equal(rows.n, 1);
    assert_true(store_organ_heirs(b->db, BOX_SITE, t.county_water.id, &b->a, &rows, &err));
    assert_int_equal(rows.v[0].id.n, t.water.id.n);
}

static const char SQL_UNDER[] =
    "SELECT root_id, organ_id, reach FROM organ_under WHERE site_id = ?1"
    " ORDER BY root_id, organ_id";

static UnderRows under(SiteBox *b)
{
    CLEANUP(stmt_end) Stmt s = stmt(b->db, SQL_UNDER);
    UnderRows rows = {0};
    Err err = {0};
    bind_int(&s, BOX_SITE.n);
    while (stmt_row(&s)) {
        UnderRow *r = PUSH(&b->a, &rows);
        r->root = col_int(&s);
        r->organ = col_int(&s);
        r->reach = (int)col_int(&s);
    }
    assert_true(stmt_ok(&s, &err));
    return rows;
}

static void adding_one_by_one_makes_the_pairs_that_working_out_makes(void **state)
{
    SiteBox *b = *state;
    town(b);
    UnderRows added = under(b);
    refresh(b);
    UnderRows worked_out = under(b);
    assert_int_equal(added.n, worked_out.n);
    for (size_t i = 0; i < added.n; i++) {
        assert_int_equal(added.v[i].organ, worked_out.v[i].organ);
        assert_int_equal(added.v[i].reach, worked_out.v[i].reach);
    }
}

static void an_organ_is_found_under_every_name_it_bore(void **state)
{
    SiteBox *b = *state;
    Err err = {0};
    Town t = town(b);
    Scope scope = all();
    Organ o = t.water;
    o.name = S("示例市水利局");
    o.short_name = S("水利局");
    o.aliases = S("水办、 河长办 ");
    o.slug = S("shuili");
    assert_true(store_organ_save(b->db, &scope, &o, &b->a, &err));
    assert_true(store_organ_name_add(b->db, BOX_SITE, o.id, o.name, (Date){19000}, &err));
    static const char *const words[] = {"水务局", "示例市水利", "河長办", "水 办"};
    for (size_t i = 0; i < 4; i++) {
        OrganLines lines;
        int64_t total;
        assert_true(store_organ_find(b->db, &scope, &(OrganFilter){.words = str_z(words[i])}, &b->a,
                                     &lines, &total, &err));
        bool found = false;
        for (size_t j = 0; j < lines.n; j++)
            found |= lines.v[j].id.n == o.id.n;
        assert_true(found);
    }
    OrganRow row;
    bool found;
    assert_true(store_organ_by_name(b->db, BOX_SITE, S("示例市水务局"), &b->a, &row, &found, &err));
    assert_true(found);
    assert_int_equal(row.id.n, o.id.n);
    OrganNames names;
    assert_true(store_organ_names(b->db, BOX_SITE, o.id, &b->a, &names, &err));
    assert_int_equal(names.n, 5);
    assert_int_equal(names.v[0].until.days, 19000);
    assert_false(date_is(names.v[1].until));
}

static void a_search_says_by_which_name_it_found(void **state)
{
    SiteBox *b = *state;
    Err err = {0};
    Town t = town(b);
    Scope scope = all();
    Organ o = t.office;
    o.aliases = S("市府办");
    assert_true(store_organ_save(b->db, &scope, &o, &b->a, &err));
    OrganLines lines;
    int64_t total;
    assert_true(store_organ_find(b->db, &scope, &(OrganFilter){.words = S("市府办")}, &b->a, &lines,
                                 &total, &err));
    assert_int_equal(total, 1);
    assert_str(lines.v[0].found_as, S("市府办"));
    assert_true(store_organ_find(b->db, &scope, &(OrganFilter){.words = S("办公室"), .limit = 1},
                                 &b->a, &lines, &total, &err));
    assert_int_equal(total, 2);
    assert_int_equal(lines.n, 1);
    assert_str(lines.v[0].found_as, S(""));
}

static void percent_and_underline_are_letters_in_a_search(void **state)
{
    SiteBox *b = *state;
    Err err = {0};
    town(b);
    Scope scope = all();
    OrganLines lines;
    int64_t total;
    static const char *const words[] = {"%", "_", "!", "'", "示例_", "\\"};
    for (size_t i = 0; i < 6; i++) {
        assert_true(store_organ_find(b->db, &scope, &(OrganFilter){.words = str_z(words[i])}, &b->a,
                                     &lines, &total, &err));
        assert_int_equal(total, 0);
    }
}

static void an_address_given_up_leads_to_the_organ(void **state)
{
    SiteBox *b = *state;
    Err err = {0};
    bool taken;
    Scope scope = all();
    Organ o = made(b, S("示例市水务局"), ORGANKIND_DEPARTMENT, (OrganId){0});
    Str old = o.slug;
    o.slug = S("shuili");
    assert_true(store_organ_save(b->db, &scope, &o, &b->a, &err));
    OrganRow row;
    assert_true(store_organ_by_slug(b->db, BOX_SITE, old, &b->a, &row, &err));
    assert_str(row.slug, S("shuili"));
    assert_true(store_organ_slug_taken(b->db, BOX_SITE, old, (OrganId){99}, &taken, &err));
    assert_true(taken);
    assert_true(store_organ_slug_taken(b->db, BOX_SITE, old, o.id, &taken, &err));
    assert_false(taken);
    o.slug = old; // and back
    assert_true(store_organ_save(b->db, &scope, &o, &b->a, &err));
    assert_true(store_organ_by_slug(b->db, BOX_SITE, S("shuili"), &b->a, &row, &err));
    assert_str(row.slug, old);
}

static void a_name_is_free_again_when_its_bearer_has_ended(void **state)
{
    SiteBox *b = *state;
    Err err = {0};
    Scope scope = all();
    Organ o = made(b, S("示例市水务局"), ORGANKIND_DEPARTMENT, (OrganId){0});
    o.state = ORGAN_ABOLISHED;
    o.ended = (Date){19000};
    assert_true(store_organ_save(b->db, &scope, &o, &b->a, &err));
    Organ again = made(b, S("示例市水务局"), ORGANKIND_DEPARTMENT, (OrganId){0});
    OrganRow row;
    bool found;
    assert_true(store_organ_by_name(b->db, BOX_SITE, S("示例市水务局"), &b->a, &row, &found, &err));
    assert_int_equal(row.id.n, again.id.n);
}

static void a_name_leads_to_who_bore_it_on_the_day(void **state)
{
    SiteBox *b = *state;
    Err err = {0};
    Scope scope = all();
    Organ first = made(b, S("示例市水务局"), ORGANKIND_DEPARTMENT, (OrganId){0});
    first.state = ORGAN_ABOLISHED;
    first.ended = (Date){17000};
    assert_true(store_organ_save(b->db, &scope, &first, &b->a, &err));
    Organ again;
    organ_from_name(S("示例市水务局"), &again);
    again.founded = (Date){18000};
    assert_true(store_organ_add(b->db, BOX_SITE, &again, &b->a, &err));
    static const struct {
        int day;
        bool first;
    } rows[] = {{16000, true}, {16999, true}, {17000, false}, {17500, false}, {18000, false}};
    for (size_t i = 0; i < 5; i++) {
        OrganRow row;
        bool found;
        assert_true(store_organ_by_name_on(b->db, BOX_SITE, S("示例市水务局"), (Date){rows[i].day},
                                           &b->a, &row, &found, &err));
        assert_int_equal(row.id.n, rows[i].first ? first.id.n : again.id.n);
    }
}

static void a_life_is_told_from_its_end_with_the_names_of_its_places(void **state)
{
    SiteBox *b = *state;
    Err err = {0};
    Date last;
    Town t = town(b);
    OrganLife moved = {.organ = t.county_water.id,
                       .event = LIFE_MOVED,
                       .on = {19000},
                       .basis = S("示编〔2022〕1号"),
                       .old_parent_id = t.county.id,
                       .new_parent_id = t.water.id,
                       .recorded_at = 5};
    OrganLife merged = {.organ = t.county_water.id,
                        .event = LIFE_MERGED,
                        .on = {19100},
                        .basis = S("示编〔2022〕9号"),
                        .recorded_at = 6};
    assert_true(store_organ_life_add(b->db, BOX_SITE, &moved, &err));
    assert_true(store_organ_life_add(b->db, BOX_SITE, &merged, &err));
    assert_true(
        store_organ_heir_add(b->db, BOX_SITE, t.county_water.id, t.water.id, merged.id, &err));
    OrganLives lives;
    assert_true(store_organ_lives(b->db, BOX_SITE, t.county_water.id, &b->a, &lives, &err));
    assert_int_equal(lives.n, 2);
    assert_int_equal(lives.v[0].event, LIFE_MERGED);
    assert_str(lives.v[1].old_parent, S("示例县人民政府"));
    assert_str(lives.v[1].new_parent, S("示例市水务局"));
    assert_true(store_organ_last_change(b->db, BOX_SITE, t.county_water.id, &last, &err));
    assert_int_equal(last.days, 19100);
    assert_true(store_organ_lives(b->db, BOX_SITE, t.water.id, &b->a, &lives, &err));
    assert_int_equal(lives.n, 2);
    assert_true(lives.v[0].inherited);
    assert_true(store_organ_last_change(b->db, BOX_SITE, t.city.id, &last, &err));
    assert_false(date_is(last));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, site_box_make, site_box_drop)

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    const struct CMUnitTest tests[] = {
        TEST(every_field_comes_back_as_it_was_saved),
        TEST(a_save_over_an_older_version_is_refused),
        TEST(a_save_out_of_scope_finds_nothing),
        TEST(a_scope_has_the_organ_its_sections_and_what_is_below),
        TEST(a_line_of_supervision_opens_what_is_supervised),
        TEST(an_heir_has_what_it_carries_on),
        TEST(adding_one_by_one_makes_the_pairs_that_working_out_makes),
        TEST(an_organ_is_found_under_every_name_it_bore),
        TEST(a_search_says_by_which_name_it_found),
        TEST(percent_and_underline_are_letters_in_a_search),
        TEST(an_address_given_up_leads_to_the_organ),
        TEST(a_name_is_free_again_when_its_bearer_has_ended),
        TEST(a_name_leads_to_who_bore_it_on_the_day),
        TEST(a_life_is_told_from_its_end_with_the_names_of_its_places),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
