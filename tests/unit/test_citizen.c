#include "../test.h"

#include "domain/ics.h"
#include "domain/identity.h"
#include "domain/whose.h"

static Arena arena;
static Date today;

static int make(void **state)
{
    (void)state;
    arena = arena_new(16 << 20);
    return date_make(2026, 3, 19, &today) ? 0 : -1;
}

static int drop(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

// --- identity numbers; the area 000000 is nobody's

typedef struct NumberRow {
    const char *name, *typed, *why; // why NULL: nothing to say
} NumberRow;

static const NumberRow number_rows[] = {
    {"one that fits", "000000199001010018", NULL},
    {"one that ends in X", "00000019900101000X", NULL},
    {"small x is X", "00000019900101000x", NULL},
    {"two digits swapped", "000000199001010108", "校验码"},
    {"one digit wrong", "000000199001010009", "校验码"},
    {"a month that is none", "000000199013010000", "出生的年月日"},
    {"the 29th of February of a common year", "000000199002290000", "出生的年月日"},
    {"born tomorrow", "000000202603200000", "出生的年月日"},
    {"17 digits", "00000019900101000", "现在是17位"},
    {"old ones of 15", "000000900101000", "15位"},
    {"X within", "0000001990X1010008", "最后一位可以是X"},
    {"letters", "abcdefghijklmnopqr", "只有数字"},
    {"nothing", "", "现在是0位"},
    {"full width digits are no digits", "０００", "现在是9位"},
};

static void number(void **state)
{
    const NumberRow *row = *state;
    Err err = {0};
    bool fits = identity_number_check(str_z(row->typed), today, &err);
    assert_int_equal(fits, row->why == NULL);
    if (row->why && !strstr(err.zh, row->why))
        fail_msg("%s", err.zh);
}

static void every_slip_of_one_digit_is_found(void **state)
{
    (void)state;
    char typed[] = "000000199001010018";
    Err err;
    for (size_t i = 0; i < 18; i++)
        for (char c = '0'; c <= '9'; c++) {
            char was = typed[i];
            typed[i] = c;
            assert_int_equal(identity_number_check(str_z(typed), today, &err), c == was);
            typed[i] = was;
        }
}

typedef struct MaskRow {
    const char *name, *number, *masked;
} MaskRow;

static const MaskRow mask_rows[] = {
    {"of a card", "000000199001010018", "0000**********0018"},
    {"of a passport", "E00000000", "E0*****00"},
    {"a short one", "12345", "*****"},
    {"Chinese signs count as one", "军字第0000号证件一二三", "军字第0*****件一二三"},
    {"nothing", "", ""},
};

static void mask(void **state)
{
    const MaskRow *row = *state;
    assert_str(identity_masked(str_z(row->number), &arena), str_z(row->masked));
}

static void telephones_are_digits(void **state)
{
    (void)state;
    assert_true(phone_looks_right(S("0000-0000000")));
    assert_true(phone_looks_right(S("+86 (000) 0000 0000")));
    assert_false(phone_looks_right(S("12345")));
    assert_false(phone_looks_right(S("打电话给我")));
    assert_false(phone_looks_right(S("000000000000000000000")));
}

// --- calendars

typedef struct IcsRow {
    const char *name, *has;
} IcsRow;

static const IcsRow ics_rows[] = {
    {"a day begins", "\r\nDTSTART;VALUE=DATE:20260319\r\n"},
    {"and ends before the next", "\r\nDTEND;VALUE=DATE:20260320\r\n"},
    {"the last day of several is within", "\r\nDTEND;VALUE=DATE:20260526\r\n"},
    {"commas, semicolons and lines are written as text",
     "\r\nDESCRIPTION:一\\,二\\;三\\\\四\\n五\r\n"},
    {"the moment it was made is UTC", "\r\nDTSTAMP:20260319T013005Z\r\n"},
    {"a reminder comes before", "\r\nTRIGGER:-P7D\r\n"},
    {"the version", "\r\nVERSION:2.0\r\n"},
    {"the end", "\r\nEND:VCALENDAR\r\n"},
};

static Str calendar(void)
{
    Date from = {today.days + 8}, until;
    assert_true(date_make(2026, 5, 25, &until));
    IcsEvent v[] = {{.uid = S("a@x"),
                     .from = today,
                     .until = date_none,
                     .title = S("答复期限届满"),
                     .text = S("一,二;三\\四\n五\a")},
                    {.uid = S("b@x"),
                     .from = from,
                     .until = until,
                     .title = S("示例县住房和城乡建设局未按期答复的，可以向示例县人民政府申请行政复"
                                "议，从今天起六十日内"),
                     .text = S("x"),
                     .remind_days = 7}};
    IcsEvents events = {v, 2, 2};
    return ics_write(&events, S("政府信息公开申请"), 1773883805, &arena);
}

static void ics(void **state)
{
    const IcsRow *row = *state;
    Str file = calendar();
    if (!str_has(file, str_z(row->has)))
        fail_msg(PRI_STR, STR_ARG(file));
}

static void no_line_is_longer_than_75_bytes_and_none_breaks_a_character(void **state)
{
    (void)state;
    Str line, rest = calendar();
    assert_true(str_has(rest, S("\r\n ")));
    while (rest.n) {
        assert_true(str_cut(rest, S("\r\n"), &line, &rest));
        assert_true(line.n <= 75);
        assert_false(str_has(line, S("\n")));
        assert_true(line.n == 0 || ((unsigned char)line.s[0] & 0xc0) != 0x80);
    }
}

// --- whose

typedef struct WhoseCase {
    const char *name, *text, *organ;
} WhoseCase;

static const WhoseCase whose_cases[] = {
    {"a works contract", "城东片区改造施工合同", "示例县住房和城乡建设局"},
    {"compensation for land", "我们村征地的补偿标准", "示例县自然资源局"},
    {"river works", "示例河清淤工程", "示例县水务局"},
    {"school places", "小学入学的学区划分", "示例县教育局"},
};

static void whose(void **state)
{
    const WhoseCase *row = *state;
    const WhoseRow *found[WHOSE_MOST];
    size_t n = whose_find(str_z(row->text), found);
    for (size_t i = 0; i < n; i++)
        if (whose_fits(found[i], str_z(row->organ)))
            return;
    fail_msg("not %s", row->organ);
}

static void words_that_say_nothing_find_nobody(void **state)
{
    (void)state;
    const WhoseRow *found[WHOSE_MOST];
    assert_int_equal(whose_find(S("你好"), found), 0);
    assert_int_equal(whose_find(S(""), found), 0);
}

int main(void)
{
    enum { ROWS = 64 };
    static struct CMUnitTest tests[ROWS];
    size_t n = 0;
#define ADD(rows, function)                                                                        \
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)                                        \
    tests[n++] = (struct CMUnitTest){rows[i].name, function, NULL, NULL, (void *)&rows[i]}
    ADD(number_rows, number);
    ADD(mask_rows, mask);
    ADD(ics_rows, ics);
    ADD(whose_cases, whose);
#undef ADD
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(every_slip_of_one_digit_is_found);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(telephones_are_digits);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(
        no_line_is_longer_than_75_bytes_and_none_breaks_a_character);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(words_that_say_nothing_find_nobody);
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return _cmocka_run_group_tests("citizen", tests, n, make, drop);
}
