// Who may be given what, who may stand in for whom, when an account may be closed: by rows.
#include "test.h"

#include "domain/person.h"

static char room[1 << 16];
static const Date TODAY = {20000};
static const OrganId WATER = {1}, SCHOOL = {2};

// --- fields

typedef struct FieldRow {
    const char *name;
    PersonField field;
    const char *typed, *read; // read NULL: refused
} FieldRow;

// clang-format off
static const FieldRow field_rows[] = {
    { "a login is kept in lower case",               PF_LOGIN, " ZhouHeng ", "zhouheng" },
    { "a login may be a mail address",               PF_LOGIN, "zhou.heng@example.gov.cn", "zhou.heng@example.gov.cn" },
    { "a login is not Chinese",                      PF_LOGIN, "周衡", NULL },
    { "a login has no spaces",                       PF_LOGIN, "zhou heng", NULL },
    { "a login does not begin with a dot",           PF_LOGIN, ".zhou", NULL },
    { "a login of one letter is too short",          PF_LOGIN, "z", NULL },
    { "a login is needed",                           PF_LOGIN, "  ", NULL },
    { "a login of 41 letters is too long",           PF_LOGIN, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", NULL },
    { "a name may be Chinese",                       PF_NAME,  "周衡", "周衡" },
    { "a name may have a dot between its parts",     PF_NAME,  "阿依古丽·买买提", "阿依古丽·买买提" },
    { "a name is needed",                            PF_NAME,  "", NULL },
    { "a name is no markup",                         PF_NAME,  "<b>周</b>", NULL },
    { "a name has one line",                         PF_NAME,  "周\n衡", NULL },
    { "a phone number may be missing",               PF_PHONE, "", "" },
    { "a phone number may have an extension",        PF_PHONE, "0571-88880000-12", "0571-88880000-12" },
    { "a phone number is no word",                   PF_PHONE, "没有", NULL },
    { "an address may be missing",                   PF_EMAIL, "", "" },
    { "an address is kept in lower case",            PF_EMAIL, "Zhou@Example.gov.cn", "zhou@example.gov.cn" },
    { "an address has one @",                        PF_EMAIL, "a@b@example.cn", NULL },
    { "an address has a host with a dot",            PF_EMAIL, "zhou@localhost", NULL },
    { "an address has something before the @",       PF_EMAIL, "@example.cn", NULL },
    { "an address ends in no dot",                   PF_EMAIL, "zhou@example.", NULL },
    { "an address has no line end, so that no mail header can be added", PF_EMAIL, "a@example.cn\nbcc: x@y.cn", NULL },
};
// clang-format on

static void check_field(void **state)
{
    const FieldRow *row = *state;
    Arena a = arena_over(room, sizeof room);
    Str out = S("untouched");
    Err err = {0};
    bool ok = person_field_read(row->field, str_z(row->typed), &a, &out, &err);
    assert_int_equal(ok, row->read != NULL);
    assert_str(out, row->read ? str_z(row->read) : S("untouched"));
    assert_int_equal(err.kind, row->read ? ERR_NONE : ERR_INPUT);
}

// --- giving posts

typedef struct GiveRow {
    const char *name;
    int giver; // person; 0: the command line
    Reach reach;
    bool to_closed, within, at_top;
    int from, until; // days from today; until 0: none
    Role role, held;
    OrganId held_at; // 0: holds nothing
    int lent_by;     // held for somebody else
    ErrKind kind;
} GiveRow;

// clang-format off
static const GiveRow give_rows[] = {
    //                                                           giver reach        closed within top    from until role          held            where   lent
    { "an administrator gives a post in the own reach",             9, REACH_BELOW, false, true,  false, 0, 0, ROLE_OFFICER,    ROLE_DRAFTER,   {0},    0, ERR_NONE },
    { "the command line gives any post",                            0, REACH_SITE,  false, false, true,  0, 0, ROLE_ADMIN,      ROLE_DRAFTER,   {0},    0, ERR_NONE },
    { "nobody gives themselves a post",                             7, REACH_SITE,  false, true,  false, 0, 0, ROLE_HEAD,       ROLE_DRAFTER,   {0},    0, ERR_RULE },
    { "a closed account gets no post",                              9, REACH_SITE,  true,  true,  false, 0, 0, ROLE_OFFICER,    ROLE_DRAFTER,   {0},    0, ERR_RULE },
    { "a power over organs outside one's own reach is not given",   9, REACH_BELOW, false, false, false, 0, 0, ROLE_SUPERVISOR, ROLE_DRAFTER,   {0},    0, ERR_RULE },
    { "a power over the site is not given by less",                 9, REACH_BELOW, false, true,  true,  0, 0, ROLE_ADMIN,      ROLE_DRAFTER,   {0},    0, ERR_RULE },
    { "a power over the site is given by whom it belongs to",       9, REACH_SITE,  false, true,  true,  0, 0, ROLE_ADMIN,      ROLE_DRAFTER,   {0},    0, ERR_NONE },
    { "a post does not begin in the past",                          9, REACH_SITE,  false, true,  false, -1, 0, ROLE_OFFICER,   ROLE_DRAFTER,   {0},    0, ERR_INPUT },
    { "a post may begin later",                                     9, REACH_SITE,  false, true,  false, 30, 60, ROLE_OFFICER,  ROLE_DRAFTER,   {0},    0, ERR_NONE },
    { "a post does not end before it begins",                       9, REACH_SITE,  false, true,  false, 30, 30, ROLE_OFFICER,  ROLE_DRAFTER,   {0},    0, ERR_INPUT },
    { "a post is held once",                                        9, REACH_SITE,  false, true,  false, 0, 0, ROLE_OFFICER,    ROLE_OFFICER,   {1},    0, ERR_RULE },
    { "what is only lent can be given",                             9, REACH_SITE,  false, true,  false, 0, 0, ROLE_OFFICER,    ROLE_OFFICER,   {1},    5, ERR_NONE },
    { "the same role at two organs is two posts",                   9, REACH_SITE,  false, true,  false, 0, 0, ROLE_OFFICER,    ROLE_OFFICER,   {2},    0, ERR_NONE },
    { "an administrator is not the auditor, wherever",              9, REACH_SITE,  false, true,  false, 0, 0, ROLE_AUDITOR,    ROLE_ADMIN,     {2},    0, ERR_RULE },
    { "an auditor is not the administrator, wherever",              9, REACH_SITE,  false, true,  false, 0, 0, ROLE_ADMIN,      ROLE_AUDITOR,   {2},    0, ERR_RULE },
    { "nor while standing in for one",                              9, REACH_SITE,  false, true,  false, 0, 0, ROLE_ADMIN,      ROLE_AUDITOR,   {2},    5, ERR_RULE },
    { "an officer does not audit the same organ",                   9, REACH_SITE,  false, true,  false, 0, 0, ROLE_AUDITOR,    ROLE_OFFICER,   {1},    0, ERR_RULE },
    { "an officer may audit another organ",                         9, REACH_SITE,  false, true,  false, 0, 0, ROLE_AUDITOR,    ROLE_OFFICER,   {2},    0, ERR_NONE },
    { "a drafter may be reviewer: small sections have few people",  9, REACH_SITE,  false, true,  false, 0, 0, ROLE_REVIEWER,   ROLE_DRAFTER,   {1},    0, ERR_NONE },
};
// clang-format on

static void check_give(void **state)
{
    const GiveRow *row = *state;
    Post held = {.organ = row->held_at, .role = row->held, .instead_of = {row->lent_by}};
    Posts posts = {&held, row->held_at.n ? 1 : 0, 1};
    Person to = {.id = {7}, .name = S("周衡"), .closed = row->to_closed};
    Giver giver = {{row->giver}, row->reach};
    PostGift gift = {.role = row->role,
                     .organ = WATER,
                     .from = {TODAY.days + row->from},
                     .until = row->until ? (Date){TODAY.days + row->until} : date_none,
                     .within = row->within,
                     .at_top = row->at_top,
                     .held = &posts};
    Err err = {0};
    assert_int_equal(post_give_decide(&giver, &to, &gift, TODAY, &err), row->kind == ERR_NONE);
    assert_int_equal(err.kind, row->kind);
}

static void what_small_organs_weigh_is_told_and_not_refused(void **state)
{
    (void)state;
    Post held = {.organ = WATER, .role = ROLE_DRAFTER};
    Posts posts = {&held, 1, 1};
    assert_non_null(role_conflict(&posts, ROLE_REVIEWER, WATER, false));
    assert_null(role_conflict(&posts, ROLE_REVIEWER, WATER, true));
    assert_null(role_conflict(&posts, ROLE_REVIEWER, SCHOOL, false));
}

// --- accounts

typedef struct CloseRow {
    const char *name;
    int giver;
    Reach reach;
    bool closed;
    PersonFacts facts;
    int successor; // 0: none; 7: the person; negative: a closed one
    ErrKind kind;
} CloseRow;

// clang-format off
static const CloseRow close_rows[] = {
    //                                                                         beyond admin  others open
    { "an account with nothing open is closed",            9, REACH_BELOW, false, { 0, false, 0,   0 }, 0,  ERR_NONE },
    { "one with open things needs a successor",            9, REACH_BELOW, false, { 0, false, 0,   3 }, 0,  ERR_RULE },
    { "and is closed with one",                            9, REACH_BELOW, false, { 0, false, 0,   3 }, 8,  ERR_NONE },
    { "the successor is another person",                   9, REACH_BELOW, false, { 0, false, 0,   3 }, 7,  ERR_RULE },
    { "the successor's account is open",                   9, REACH_BELOW, false, { 0, false, 0,   3 }, -8, ERR_RULE },
    { "an account is closed once",                         9, REACH_BELOW, true,  { 0, false, 0,   0 }, 0,  ERR_RULE },
    { "nobody closes their own account",                   7, REACH_SITE,  false, { 0, false, 0,   0 }, 0,  ERR_RULE },
    { "the last administrator of the site stays",          9, REACH_SITE,  false, { 0, true,  0,   0 }, 0,  ERR_RULE },
    { "also against the command line",                     0, REACH_SITE,  false, { 0, true,  0,   0 }, 0,  ERR_RULE },
    { "one of two administrators may go",                  9, REACH_SITE,  false, { 0, true,  1,   0 }, 0,  ERR_NONE },
    { "whoever holds posts beyond my reach is not mine to close", 9, REACH_BELOW, false, { 1, false, 0, 0 }, 0, ERR_RULE },
    { "the site's administrator may",                      9, REACH_SITE,  false, { 1, false, 0,   0 }, 0,  ERR_NONE },
};
// clang-format on

static void check_close(void **state)
{
    const CloseRow *row = *state;
    Person p = {.id = {7}, .name = S("周衡"), .closed = row->closed};
    Person next = {.id = {row->successor < 0 ? -row->successor : row->successor},
                   .name = S("吴敏"),
                   .closed = row->successor < 0};
    Giver giver = {{row->giver}, row->reach};
    Err err = {0};
    bool ok = person_close_decide(&giver, &p, &row->facts, row->successor ? &next : NULL, &err);
    assert_int_equal(ok, row->kind == ERR_NONE);
    assert_int_equal(err.kind, row->kind);
}

// --- substitution

#define BIT(role) (1u << ROLE_##role)

typedef struct StandRow {
    const char *name;
    int giver;
    Reach reach;
    int substitute, from, to; // days from today
    uint32_t lent, held;
    Role substitutes; // of the substitute, at the other organ
    bool within, at_top, near;
    int other_from, other_to; // of another substitution for the head; 0 0: none
    ErrKind kind;
} StandRow;

// clang-format off
static const StandRow stand_rows[] = {
    //                                                                giver reach        who from to   lent                 held                  other's role   within top    near   other
    { "the one who is away sets it",                                     7, REACH_NONE,  8,  0,   5,   BIT(HEAD),           BIT(HEAD),            ROLE_DRAFTER,  false, false, true,  0, 0,  ERR_NONE },
    { "an administrator sets it",                                        9, REACH_BELOW, 8,  0,   5,   BIT(HEAD),           BIT(HEAD),            ROLE_DRAFTER,  true,  false, true,  0, 0,  ERR_NONE },
    { "the substitute does not",                                         8, REACH_SITE,  8,  0,   5,   BIT(HEAD),           BIT(HEAD),            ROLE_DRAFTER,  true,  false, true,  0, 0,  ERR_RULE },
    { "nobody stands in for themselves",                                 9, REACH_SITE,  7,  0,   5,   BIT(HEAD),           BIT(HEAD),            ROLE_DRAFTER,  true,  false, true,  0, 0,  ERR_RULE },
    { "nobody lends more than they hold",                                7, REACH_NONE,  8,  0,   5,   BIT(HEAD)|BIT(LEADER), BIT(HEAD),          ROLE_DRAFTER,  false, false, true,  0, 0,  ERR_RULE },
    { "something is lent",                                               7, REACH_NONE,  8,  0,   5,   0,                   BIT(HEAD),            ROLE_DRAFTER,  false, false, true,  0, 0,  ERR_INPUT },
    { "not backwards",                                                   7, REACH_NONE,  8,  5,   4,   BIT(HEAD),           BIT(HEAD),            ROLE_DRAFTER,  false, false, true,  0, 0,  ERR_INPUT },
    { "one day is enough",                                               7, REACH_NONE,  8,  5,   5,   BIT(HEAD),           BIT(HEAD),            ROLE_DRAFTER,  false, false, true,  0, 0,  ERR_NONE },
    { "not from yesterday",                                              7, REACH_NONE,  8, -1,   4,   BIT(HEAD),           BIT(HEAD),            ROLE_DRAFTER,  false, false, true,  0, 0,  ERR_INPUT },
    { "not for more than a year",                                        7, REACH_NONE,  8,  0,   366, BIT(HEAD),           BIT(HEAD),            ROLE_DRAFTER,  false, false, true,  0, 0,  ERR_INPUT },
    { "an auditor does not stand in for an administrator",               7, REACH_NONE,  8,  0,   5,   BIT(ADMIN),          BIT(ADMIN),           ROLE_AUDITOR,  false, false, true,  0, 0,  ERR_RULE },
    { "an administrator's power is lent where it is named",              7, REACH_NONE,  8,  0,   5,   BIT(ADMIN),          BIT(ADMIN),           ROLE_DRAFTER,  false, false, true,  0, 0,  ERR_NONE },
    { "an administrator lends no power beyond the own reach",            9, REACH_BELOW, 8,  0,   5,   BIT(HEAD),           BIT(HEAD),            ROLE_DRAFTER,  false, false, true,  0, 0,  ERR_RULE },
    { "nor one over the site",                                           9, REACH_BELOW, 8,  0,   5,   BIT(ADMIN),          BIT(ADMIN),           ROLE_DRAFTER,  true,  true,  true,  0, 0,  ERR_RULE },
    { "the substitute works at the same organ",                          7, REACH_NONE,  8,  0,   5,   BIT(HEAD),           BIT(HEAD),            ROLE_DRAFTER,  false, false, false, 0, 0,  ERR_RULE },
    { "one substitute for a role at a time",                             7, REACH_NONE,  8,  3,   5,   BIT(HEAD),           BIT(HEAD),            ROLE_DRAFTER,  false, false, true,  1, 3,  ERR_RULE },
    { "another role may go to another",                                  7, REACH_NONE,  8,  3,   5,   BIT(LEADER),         BIT(HEAD)|BIT(LEADER), ROLE_DRAFTER, false, false, true,  1, 3,  ERR_NONE },
    { "one after the other",                                             7, REACH_NONE,  8,  4,   5,   BIT(HEAD),           BIT(HEAD),            ROLE_DRAFTER,  false, false, true,  1, 3,  ERR_NONE },
};
// clang-format on

static void check_stand(void **state)
{
    const StandRow *row = *state;
    Person away = {.id = {7}, .name = S("周衡")};
    Person substitute = {.id = {row->substitute}, .name = S("吴敏")};
    Post post = {.organ = SCHOOL, .role = row->substitutes};
    Posts posts = {&post, 1, 1};
    Substitution other = {.id = 4,
                          .roles = BIT(HEAD),
                          .from = {TODAY.days + row->other_from},
                          .to = {TODAY.days + row->other_to},
                          .ended = date_none,
                          .substitute_name = S("郑茹")};
    Substitutions others = {&other, row->other_to ? 1 : 0, 1};
    Substitution s = {.organ = WATER,
                      .roles = row->lent,
                      .from = {TODAY.days + row->from},
                      .to = {TODAY.days + row->to},
                      .ended = date_none};
    SubstitutionFacts facts = {.held = row->held,
                               .substitutes = &posts,
                               .other = &others,
                               .within = row->within,
                               .at_top = row->at_top,
                               .near = row->near};
    Giver giver = {{row->giver}, row->reach};
    Err err = {0};
    bool ok = substitution_decide(&giver, &away, &substitute, &s, &facts, TODAY, &err);
    if (err.kind != row->kind)
        fail_msg("%s: %s", row->name, err.en);
    assert_int_equal(ok, row->kind == ERR_NONE);
}

static void a_substitution_lends_the_administrators_power_only_when_it_is_named(void **state)
{
    (void)state;
    assert_int_equal(roles_lent_by_default(BIT(HEAD) | BIT(ADMIN) | BIT(AUDITOR)), BIT(HEAD));
}

static void a_substitution_ends_by_itself(void **state)
{
    (void)state;
    Substitution s = {.from = {100}, .to = {104}, .ended = date_none};
    assert_false(substitution_on(&s, (Date){99}));
    assert_true(substitution_on(&s, (Date){100}));
    assert_true(substitution_on(&s, (Date){104}));
    assert_false(substitution_on(&s, (Date){105}));
    s.ended = (Date){102};
    assert_true(substitution_on(&s, (Date){101}));
    assert_false(substitution_on(&s, (Date){102}));
}

int main(void)
{
    enum { MOST = 160 };
    struct CMUnitTest tests[MOST];
    size_t n = 0;
#define ROWS(rows, f)                                                                              \
    for (size_t i = 0; i < sizeof(rows) / sizeof *(rows); i++)                                     \
    tests[n++] = (struct CMUnitTest){(rows)[i].name, f, NULL, NULL, (void *)&(rows)[i]}
    ROWS(field_rows, check_field);
    ROWS(give_rows, check_give);
    ROWS(close_rows, check_close);
    ROWS(stand_rows, check_stand);
    tests[n++] =
        (struct CMUnitTest)cmocka_unit_test(what_small_organs_weigh_is_told_and_not_refused);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(
        a_substitution_lends_the_administrators_power_only_when_it_is_named);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(a_substitution_ends_by_itself);
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return _cmocka_run_group_tests("person", tests, n, NULL, NULL);
}
