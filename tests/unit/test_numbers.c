// One figure out of what people write in a cell; what is not one figure is never guessed.
#include "test.h"

#include "report/numbers.h"

typedef struct Row {
    const char *name;
    Str text;
    CellType type;
    CellState state;
    int64_t n;
    uint32_t repairs;
} Row;

// clang-format off
static const Row rows[] = {
    {"digits",                        SI("17"),        TYPE_COUNT,  CELL_VALUE, 17, 0},
    {"zero",                          SI("0"),         TYPE_COUNT,  CELL_VALUE, 0, 0},
    {"nothing is blank, not zero",    SI(""),          TYPE_COUNT,  CELL_BLANK, 0, 0},
    {"a dash is blank",               SI("—"),         TYPE_COUNT,  CELL_BLANK, 0, REPAIR_DASH},
    {"an underscore is blank",        SI("_"),         TYPE_COUNT,  CELL_BLANK, 0, REPAIR_DASH},
    {"a slash is blank",              SI("/"),         TYPE_COUNT,  CELL_BLANK, 0, REPAIR_DASH},
    {"none is blank",                 SI("无"),        TYPE_COUNT,  CELL_BLANK, 0, REPAIR_DASH},
    {"thousands marks",               SI("12,345"),    TYPE_COUNT,  CELL_VALUE, 12345, REPAIR_THOUSANDS},
    {"a list is no number",           SI("12,34"),     TYPE_COUNT,  CELL_UNREADABLE, 0, 0},
    {"spaces inside",                 SI("1 4"),       TYPE_COUNT,  CELL_VALUE, 14, REPAIR_SPACES},
    {"a unit behind",                 SI("40项"),      TYPE_COUNT,  CELL_VALUE, 40, REPAIR_UNIT},
    {"a unit in brackets",            SI("3(件)"),     TYPE_COUNT,  CELL_VALUE, 3, REPAIR_UNIT},
    {"an increase",                   SI("+8"),        TYPE_CHANGE, CELL_VALUE, 8, 0},
    {"a decrease",                    SI("-21"),       TYPE_CHANGE, CELL_VALUE, -21, 0},
    {"an increase in words",          SI("增2"),       TYPE_CHANGE, CELL_VALUE, 2, REPAIR_SIGN_WORD},
    {"a decrease in words",           SI("减少3"),     TYPE_CHANGE, CELL_VALUE, -3, REPAIR_SIGN_WORD},
    {"money in ten thousands",        SI("41.13万元"), TYPE_AMOUNT, CELL_VALUE, 41130000, REPAIR_UNIT},
    {"money without a unit",          SI("190.457379"), TYPE_AMOUNT, CELL_VALUE, 190457379, 0},
    {"money in yuan",                 SI("5000元"),    TYPE_AMOUNT, CELL_VALUE, 500000, REPAIR_UNIT | REPAIR_YUAN},
    {"money in hundred millions",     SI("1.2亿元"),   TYPE_AMOUNT, CELL_VALUE, 12000 * (int64_t)AMOUNT_ONE, REPAIR_UNIT},
    {"ten thousands of items",        SI("1.2万件"),   TYPE_COUNT,  CELL_VALUE, 12000, REPAIR_UNIT},
    {"a whole number with decimals",  SI("3.00"),      TYPE_COUNT,  CELL_VALUE, 3, 0},
    {"a fraction is no count",        SI("3.5"),       TYPE_COUNT,  CELL_UNREADABLE, 0, 0},
    {"money is no count",             SI("3万元"),     TYPE_COUNT,  CELL_UNREADABLE, 0, 0},
    {"a letter for a zero",           SI("O"),         TYPE_COUNT,  CELL_VALUE, 0, REPAIR_DIGITS},
    {"a numeral in words",            SI("三"),        TYPE_COUNT,  CELL_VALUE, 3, REPAIR_DIGITS},
    {"words are unreadable",          SI("约五"),      TYPE_COUNT,  CELL_UNREADABLE, 0, 0},
    {"a question is unreadable",      SI("1?"),        TYPE_COUNT,  CELL_UNREADABLE, 0, 0},
    {"too many digits",               SI("99999999999999999999"), TYPE_COUNT, CELL_UNREADABLE, 0, 0},
};
// clang-format on

static void a_cell_reads(void **state)
{
    const Row *row = *state;
    Cell c = {.raw = S("kept"), .place.line = 7};
    number_read(row->text, row->type, 0, &c);
    assert_int_equal(c.state, row->state);
    if (row->state == CELL_VALUE)
        assert_int_equal(c.n, row->n);
    assert_int_equal(c.repairs, row->repairs);
    assert_str(c.raw, S("kept"));
    assert_int_equal(c.place.line, 7);
    if (row->state != CELL_UNREADABLE && row->text.n)
        assert_true(number_like(row->text));
}

static bool adds_up(const int64_t *n, size_t parts)
{
    int64_t sum = 0;
    for (size_t i = 0; i + 1 < parts; i++)
        sum += n[i];
    return sum == n[parts - 1];
}

static void figures_run_together_are_split_only_one_way(void **state)
{
    (void)state;
    int64_t n[7];
    assert_int_equal(number_splits(S("170000017"), 7, adds_up, n), 1);
    assert_int_equal(n[0], 17);
    assert_int_equal(n[6], 17);
    // 1+1+… has several readings, 999 has none
    assert_int_equal(number_splits(S("11112"), 3, adds_up, n), 2);
    assert_int_equal(number_splits(S("999"), 3, adds_up, n), 0);
    assert_int_equal(number_splits(S("5"), 3, adds_up, n), 0);
}

int main(void)
{
    enum { ROWS = sizeof rows / sizeof *rows };
    struct CMUnitTest tests[ROWS + 1] = {0};
    for (size_t i = 0; i < ROWS; i++)
        tests[i] = (struct CMUnitTest){rows[i].name, a_cell_reads, NULL, NULL, (void *)&rows[i]};
    tests[ROWS] = (struct CMUnitTest)cmocka_unit_test(figures_run_together_are_split_only_one_way);
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
