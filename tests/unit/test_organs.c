// Organs: codes, fields, what may become of them, and who stands under whom.
#include "../test.h"

#include "domain/organ.h"
#include "domain/organ_under.h"

#include <stdlib.h>

static Arena a;

// --- the credit code

typedef struct CodeRow {
    const char *name;
    const char *text, *want; // want NULL: refused
} CodeRow;

// clang-format off
static const CodeRow codes[] = {
    { "a code that is right is kept",             "11341702486344515H",   "11341702486344515H" },
    { "another, with a letter inside",            "91350100M000100Y43",   "91350100M000100Y43" },
    { "lower case becomes capitals",              "91350100m000100y43",   "91350100M000100Y43" },
    { "full-width digits become plain ones",      "９1350100M000100Y43",  "91350100M000100Y43" },
    { "spaces between the groups are taken out",  "91350100 M000100Y43",  "91350100M000100Y43" },
    { "a wrong check digit is refused",           "11341702486344515J",   NULL },
    { "two digits exchanged are noticed",         "11341702486344551H",   NULL },
    { "seventeen characters are too few",         "1134170248634451H",    NULL },
    { "nineteen are too many",                    "113417024863445155H",  NULL },
    { "I is not of the alphabet",                 "I1341702486344515H",   NULL },
    { "nor O",                                    "113417O2486344515H",   NULL },
    { "nor Z",                                    "1134170Z486344515H",   NULL },
    { "nor S",                                    "1134170S486344515H",   NULL },
    { "nor V",                                    "1134170V486344515H",   NULL },
    { "nor Chinese",                              "1134170二486344515H",  NULL },
    { "nothing is no code",                       "",                     NULL },
};
// clang-format on

static void check_code(void **state)
{
    const CodeRow *row = *state;
    Err err = {0};
    Str out = S("untouched");
    bool ok = credit_code_read(str_z(row->text), &a, &out, &err);
    assert_int_equal(ok, row->want != NULL);
    assert_str(out, row->want ? str_z(row->want) : S("untouched"));
    if (!ok)
        assert_int_equal(err.kind, ERR_INPUT);
}

static void every_single_wrong_character_is_noticed(void **state)
{
    (void)state;
    static const char letters[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    char code[] = "11341702486344515H";
    for (int i = 0; i < 18; i++)
        for (const char *l = letters; *l; l++) {
            char kept = code[i];
            Err err;
            Str out;
            code[i] = *l;
            assert_int_equal(credit_code_read((Str){code, 18}, &a, &out, &err), *l == kept);
            code[i] = kept;
        }
}

// --- fields

typedef struct FieldRow {
    const char *name;
    OrganField field;
    const char *text, *want; // want NULL: refused
} FieldRow;

// clang-format off
static const FieldRow fields[] = {
    { "a kind by its Chinese name",        OF_KIND,      "工作部门",      "department" },
    { "a kind by its id",                  OF_KIND,      "section",       "section" },
    { "a kind that is none",               OF_KIND,      "公司",          NULL },
    { "no level at all",                   OF_TIER,      "",              "" },
    { "a level by its name",               OF_TIER,      "县级",          "county" },
    { "a power said in Chinese",           OF_RULES,     "是",            "1" },
    { "a power denied",                    OF_NORMATIVE, "否",            "" },
    { "a power that is unclear",           OF_RULES,     "大概",          NULL },
    { "a day as Chinese writes it",        OF_FOUNDED,   "2019年3月1日",  "2019-03-01" },
    { "a day that is not in the calendar", OF_FOUNDED,   "2019-02-29",    NULL },
    { "an address of the site",            OF_SLUG,      "shuiwu-ju",     "shuiwu-ju" },
    { "an address in capitals",            OF_SLUG,      "Shuiwu",        NULL },
    { "an address that climbs",            OF_SLUG,      "../x",          NULL },
    { "a name is trimmed",                 OF_NAME,      " 示例市水务局　", "示例市水务局" },
    { "a name must be there",              OF_NAME,      "　",            NULL },
    { "a name may hold what HTML does not like", OF_NAME, "<b>'\"&",      "<b>'\"&" },
    { "a name on two lines",               OF_NAME,      "示例\n市",      NULL },
    { "a post code",                       OF_POST_CODE, "０５００００",  "050000" },
    { "a post code that is too short",     OF_POST_CODE, "0500",          NULL },
    { "a mail address",                    OF_MAIL,      "xxgk@example.gov.cn", "xxgk@example.gov.cn" },
    { "a mail address without its end",    OF_MAIL,      "xxgk@example",  NULL },
    { "a division",                        OF_DIVISION,  "130102",        "130102" },
    { "a division with a letter",          OF_DIVISION,  "13010x",        NULL },
    { "a phone that is far too long",      OF_PHONE,     "0000000000000000000000000000000000000000000000000000000000000", NULL },
    { "a credit code may be empty",        OF_CREDIT,    "",              "" },
};
// clang-format on

static void check_field(void **state)
{
    const FieldRow *row = *state;
    Err err = {0};
    Organ o;
    organ_from_name(S("示例市某局"), &o);
    Organ before = o;
    bool ok = organ_field_set(&o, row->field, str_z(row->text), &a, &err);
    assert_int_equal(ok, row->want != NULL);
    assert_str(organ_field_get(&o, row->field, &a),
               row->want ? str_z(row->want) : organ_field_get(&before, row->field, &a));
}

static void every_field_is_found_by_both_its_names(void **state)
{
    (void)state;
    for (int f = 0; f < OF__COUNT; f++) {
        OrganField found;
        assert_true(organ_field_named(organ_fields[f].id, &found) && (int)found == f);
        assert_true(organ_field_named(organ_fields[f].name, &found) && (int)found == f);
    }
}

static void names_are_searched_without_spaces_case_and_script(void **state)
{
    (void)state;
    assert_str(organ_name_key(&a, S("示例縣 ＩＴ 局")), S("示例县it局"));
}

// --- what may become of an organ

typedef struct LifeRow {
    const char *name;
    LifeEvent event;
    const char *new_name, *on, *basis;
    OrganState state; // of the organ
    OrganState other; // of the heir or the new parent
    bool same;        // the other is the organ itself
    bool taken, circle, below;
    size_t children;
    const char *last; // the day of the last change
    ErrKind want;
} LifeRow;

#define BASIS "示编〔2024〕3号"
// clang-format off
static const LifeRow lives[] = {
    { .name = "an organ is renamed",                  .event = LIFE_RENAMED,   .new_name = "示例市水利局", .on = "2024-01-01", .basis = BASIS },
    { .name = "on the day it was founded, too",       .event = LIFE_RENAMED,   .new_name = "示例市水利局", .on = "2010-05-01", .basis = BASIS },
    { .name = "not before it was founded",            .event = LIFE_RENAMED,   .new_name = "示例市水利局", .on = "2010-04-30", .basis = BASIS, .want = ERR_RULE },
    { .name = "not before its last change",           .event = LIFE_RENAMED,   .new_name = "示例市水利局", .on = "2020-01-01", .basis = BASIS, .last = "2021-01-01", .want = ERR_RULE },
    { .name = "not to the name it has",               .event = LIFE_RENAMED,   .new_name = "示例市水务局", .on = "2024-01-01", .basis = BASIS, .want = ERR_INPUT },
    { .name = "not to a name another bears",          .event = LIFE_RENAMED,   .new_name = "示例市水利局", .on = "2024-01-01", .basis = BASIS, .taken = true, .want = ERR_RULE },
    { .name = "not to nothing",                       .event = LIFE_RENAMED,   .new_name = "",             .on = "2024-01-01", .basis = BASIS, .want = ERR_INPUT },
    { .name = "not without a decision",               .event = LIFE_RENAMED,   .new_name = "示例市水利局", .on = "2024-01-01", .basis = " ",   .want = ERR_INPUT },
    { .name = "not without a day",                    .event = LIFE_RENAMED,   .new_name = "示例市水利局", .on = "",           .basis = BASIS, .want = ERR_INPUT },
    { .name = "not after it has been merged",         .event = LIFE_RENAMED,   .new_name = "示例市水利局", .on = "2024-01-01", .basis = BASIS, .state = ORGAN_MERGED, .want = ERR_RULE },
    { .name = "an organ is merged into another",      .event = LIFE_MERGED,    .on = "2024-01-01", .basis = BASIS },
    { .name = "with what stands below it",            .event = LIFE_MERGED,    .on = "2024-01-01", .basis = BASIS, .children = 3 },
    { .name = "not into itself",                      .event = LIFE_MERGED,    .on = "2024-01-01", .basis = BASIS, .same = true, .want = ERR_RULE },
    { .name = "not into one that has been abolished", .event = LIFE_MERGED,    .on = "2024-01-01", .basis = BASIS, .other = ORGAN_ABOLISHED, .want = ERR_RULE },
    { .name = "not into one below it",                .event = LIFE_MERGED,    .on = "2024-01-01", .basis = BASIS, .below = true, .want = ERR_RULE },
    { .name = "not a second time",                    .event = LIFE_MERGED,    .on = "2024-01-01", .basis = BASIS, .state = ORGAN_MERGED, .want = ERR_RULE },
    { .name = "an organ is abolished",                .event = LIFE_ABOLISHED, .on = "2024-01-01", .basis = BASIS },
    { .name = "not while something stands below it",  .event = LIFE_ABOLISHED, .on = "2024-01-01", .basis = BASIS, .children = 1, .want = ERR_RULE },
    { .name = "not after it has ended",               .event = LIFE_ABOLISHED, .on = "2024-01-01", .basis = BASIS, .state = ORGAN_ABOLISHED, .want = ERR_RULE },
    { .name = "an organ is moved under another",      .event = LIFE_MOVED,     .on = "2024-01-01", .basis = BASIS },
    { .name = "not under itself",                     .event = LIFE_MOVED,     .on = "2024-01-01", .basis = BASIS, .same = true, .want = ERR_RULE },
    { .name = "not under one below it",               .event = LIFE_MOVED,     .on = "2024-01-01", .basis = BASIS, .circle = true, .want = ERR_RULE },
    { .name = "not under one that has ended",         .event = LIFE_MOVED,     .on = "2024-01-01", .basis = BASIS, .other = ORGAN_MERGED, .want = ERR_RULE },
    { .name = "an organ is founded",                  .event = LIFE_FOUNDED,   .new_name = "示例市数据局", .on = "2024-01-01", .basis = BASIS },
    { .name = "not with a name another bears",        .event = LIFE_FOUNDED,   .new_name = "示例市数据局", .on = "2024-01-01", .basis = BASIS, .taken = true, .want = ERR_RULE },
    { .name = "not without a name",                   .event = LIFE_FOUNDED,   .new_name = "",             .on = "2024-01-01", .basis = BASIS, .want = ERR_INPUT },
};
// clang-format on

static Date day(const char *iso)
{
    Date d = date_none;
    if (iso && *iso)
        assert_true(date_parse(str_z(iso), &d));
    return d;
}

static Organ organ_numbered(int64_t id, const char *name, OrganState state)
{
    Organ o;
    organ_from_name(str_z(name), &o);
    o.id.n = id;
    o.state = state;
    o.founded = day("2010-05-01");
    return o;
}

static bool decide(const LifeRow *row, const Organ *now, Organ *next, Err *err)
{
    Organ other = row->same ? *now : organ_numbered(8, "示例市住建局", row->other);
    LifeStep step = {day(row->on), str_z(row->basis)};
    LifeFacts facts = {.last = day(row->last),
                       .name_taken = row->taken,
                       .would_circle = row->circle,
                       .heir_below = row->below,
                       .n_children = row->children};
    Organ form = *now;
    form.name = str_z(row->new_name);
    switch (row->event) {
    case LIFE_FOUNDED:
        return organ_found(&form, &step, &facts, next, err);
    case LIFE_RENAMED:
        return organ_rename(now, str_z(row->new_name), &step, &facts, next, err);
    case LIFE_MERGED:
        return organ_merge(now, &other, &step, &facts, next, err);
    case LIFE_ABOLISHED:
        return organ_abolish(now, &step, &facts, next, err);
    case LIFE_MOVED:
        return organ_move(now, &other, &step, &facts, next, err);
    case LIFE_SPLIT:
    case LIFE__COUNT:
        break;
    }
    return false;
}

static void check_life(void **state)
{
    const LifeRow *row = *state;
    Organ now = organ_numbered(7, "示例市水务局", row->state), next = {0};
    Err err = {0};
    bool ok = decide(row, &now, &next, &err);
    assert_int_equal(ok ? ERR_NONE : err.kind, row->want);
    if (!ok)
        assert_int_equal(next.id.n, 0); // untouched
}

static void a_merged_organ_ends_on_its_day_and_keeps_its_name(void **state)
{
    (void)state;
    Organ now = organ_numbered(7, "示例市水务局", ORGAN_ACTIVE),
          into = organ_numbered(8, "示例市住建局", ORGAN_ACTIVE), next;
    Err err;
    LifeFacts facts = {.last = date_none};
    assert_true(
        organ_merge(&now, &into, &(LifeStep){day("2024-01-01"), S(BASIS)}, &facts, &next, &err));
    assert_int_equal(next.state, ORGAN_MERGED);
    assert_int_equal(next.ended.days, day("2024-01-01").days);
    assert_str(next.name, now.name);
}

static void a_split_has_two_different_heirs(void **state)
{
    (void)state;
    Organ now = organ_numbered(7, "示例市水务局", ORGAN_ACTIVE), next;
    Organ heirs[] = {organ_numbered(8, "示例市住建局", ORGAN_ACTIVE),
                     organ_numbered(9, "示例市水利局", ORGAN_ACTIVE)};
    LifeStep step = {day("2024-01-01"), S(BASIS)};
    LifeFacts facts = {.last = date_none};
    Err err = {0};
    assert_true(organ_split(&now, heirs, 2, &step, &facts, &next, &err));
    assert_int_equal(next.state, ORGAN_ABOLISHED);
    assert_false(organ_split(&now, heirs, 1, &step, &facts, &next, &err));
    heirs[1] = heirs[0];
    assert_false(organ_split(&now, heirs, 2, &step, &facts, &next, &err));
    heirs[1] = now;
    assert_false(organ_split(&now, heirs, 2, &step, &facts, &next, &err));
}

static void a_line_of_supervision_does_not_go_in_a_circle(void **state)
{
    (void)state;
    Organ below = organ_numbered(7, "示例县水务局", ORGAN_ACTIVE),
          over = organ_numbered(8, "示例市水务局", ORGAN_ACTIVE);
    Err err = {0};
    assert_true(organ_line_ok(&below, &over, S("水资源管理"), false, &err));
    assert_false(organ_line_ok(&below, &over, S("水资源管理"), true, &err));
    assert_false(organ_line_ok(&below, &over, S(""), false, &err));
    over.state = ORGAN_MERGED;
    assert_false(organ_line_ok(&below, &over, S("水资源管理"), false, &err));
}

static void unusual_places_are_doubts_and_usual_ones_are_not(void **state)
{
    (void)state;
    Organ city = organ_numbered(1, "示例市人民政府", ORGAN_ACTIVE),
          county = organ_numbered(2, "示例县人民政府", ORGAN_ACTIVE),
          bureau = organ_numbered(3, "示例市水务局", ORGAN_ACTIVE);
    assert_str(organ_place_doubt(&county, &city), S(""));
    assert_str(organ_place_doubt(&bureau, &city), S(""));
    assert_true(organ_place_doubt(&city, &bureau).n);
    assert_true(organ_place_doubt(&city, &county).n); // a higher level below a lower one
    bureau.kind = ORGANKIND_SECTION;
    assert_str(organ_place_doubt(&bureau, &city), S(""));
    assert_true(organ_place_doubt(&county, &bureau).n);
}

// --- who stands under whom, beside a slow way of saying the same

enum { MANY = 40 };

// reach[i][j] by asking again and again until nothing new is found.
static void slowly(const UnderEdges *e, int n, int reach[MANY + 1][MANY + 1])
{
    memset(reach, 0, sizeof(int[MANY + 1][MANY + 1]));
    for (int i = 1; i <= n; i++)
        reach[i][i] = 1;
    for (bool changed = true; changed;) {
        changed = false;
        for (int root = 1; root <= n; root++)
            for (size_t k = 0; k < e->n; k++) {
                int from = reach[root][e->v[k].above], *to = &reach[root][e->v[k].below];
                bool close = e->v[k].kind == EDGE_SECTION || e->v[k].kind == EDGE_HEIR;
                int now = !from ? 0 : from == 1 && close ? 1 : 2;
                if (now && (!*to || now < *to)) {
                    *to = now;
                    changed = true;
                }
            }
    }
}

static uint64_t seed = 20261122;
static int roll(int n)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (int)((seed >> 33) % (unsigned)n);
}

static void check_against_slow(UnderEdges *e, int n)
{
    static int want[MANY + 1][MANY + 1];
    int64_t ids[MANY];
    UnderRows rows = {0};
    Arena scratch = a;
    for (int i = 0; i < n; i++)
        ids[i] = i + 1;
    organ_under(ids, (size_t)n, e, &scratch, &rows);
    slowly(e, n, want);
    size_t pairs = 0;
    for (int i = 1; i <= n; i++)
        for (int j = 1; j <= n; j++)
            pairs += want[i][j] != 0;
    assert_int_equal(rows.n, pairs);
    for (size_t i = 0; i < rows.n; i++) {
        assert_int_equal(rows.v[i].reach, want[rows.v[i].root][rows.v[i].organ]);
        if (i)
            assert_true(
                rows.v[i].root > rows.v[i - 1].root ||
                (rows.v[i].root == rows.v[i - 1].root && rows.v[i].organ > rows.v[i - 1].organ));
    }
}

static void random_trees_with_lines_and_heirs_come_out_as_asked_one_by_one(void **state)
{
    (void)state;
    for (int round = 0; round < 200; round++) {
        int n = 1 + roll(MANY);
        UnderEdges e = {0};
        Arena scratch = a;
        for (int i = 2; i <= n; i++)
            if (roll(8))
                *PUSH(&scratch, &e) =
                    (UnderEdge){1 + roll(i - 1), i, roll(3) ? EDGE_CHILD : EDGE_SECTION};
        for (int i = 0; i < n / 4; i++)
            *PUSH(&scratch, &e) =
                (UnderEdge){1 + roll(n), 1 + roll(n), roll(2) ? EDGE_LINE : EDGE_HEIR};
        Arena kept = a;
        a = scratch;
        check_against_slow(&e, n);
        a = kept;
    }
}

static void an_inner_section_belongs_to_its_organ_and_a_bureau_does_not(void **state)
{
    (void)state;
    UnderEdge v[] = {
        {1, 2, EDGE_CHILD}, {2, 3, EDGE_SECTION}, {3, 4, EDGE_SECTION}, {3, 5, EDGE_CHILD}};
    UnderEdges e = {v, 4, 4};
    UnderRows rows = {0};
    int64_t ids[] = {1, 2, 3, 4, 5};
    organ_under(ids, 5, &e, &a, &rows);
    static const UnderRow of_two[] = {{2, 2, 1}, {2, 3, 1}, {2, 4, 1}, {2, 5, 2}};
    size_t at = 5; // organ 1 has all five
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(rows.v[at + i].organ, of_two[i].organ);
        assert_int_equal(rows.v[at + i].reach, of_two[i].reach);
    }
}

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    a = arena_new(256 << 20);
    static struct CMUnitTest tests[200];
    size_t n = 0;
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        tests[n++] = (struct CMUnitTest){codes[i].name, check_code, NULL, NULL,
                                         (void *)(uintptr_t)&codes[i]};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        tests[n++] = (struct CMUnitTest){fields[i].name, check_field, NULL, NULL,
                                         (void *)(uintptr_t)&fields[i]};
    for (size_t i = 0; i < sizeof lives / sizeof *lives; i++)
        tests[n++] = (struct CMUnitTest){lives[i].name, check_life, NULL, NULL,
                                         (void *)(uintptr_t)&lives[i]};
    const struct CMUnitTest others[] = {
        cmocka_unit_test(every_single_wrong_character_is_noticed),
        cmocka_unit_test(every_field_is_found_by_both_its_names),
        cmocka_unit_test(names_are_searched_without_spaces_case_and_script),
        cmocka_unit_test(a_merged_organ_ends_on_its_day_and_keeps_its_name),
        cmocka_unit_test(a_split_has_two_different_heirs),
        cmocka_unit_test(a_line_of_supervision_does_not_go_in_a_circle),
        cmocka_unit_test(unusual_places_are_doubts_and_usual_ones_are_not),
        cmocka_unit_test(random_trees_with_lines_and_heirs_come_out_as_asked_one_by_one),
        cmocka_unit_test(an_inner_section_belongs_to_its_organ_and_a_bureau_does_not),
    };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        tests[n++] = others[i];
    return _cmocka_run_group_tests("organs", tests, n, NULL, NULL);
}
