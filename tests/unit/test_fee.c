#include "../test.h"

#include "domain/fee.h"

typedef struct FeeRow {
    const char *name;
    FeeBasis basis;
    int first, last;
    int64_t yuan;
} FeeRow;

// clang-format off
static const FeeRow rows[] = {
    { "10 items in a month are free",  FEE_BY_ITEM, 1, 10,  0 },
    { "11 items",                      FEE_BY_ITEM, 1, 11,  100 },
    { "20 items",                      FEE_BY_ITEM, 1, 20,  1000 },
    { "30 items",                      FEE_BY_ITEM, 1, 30,  2000 },
    { "31 items",                      FEE_BY_ITEM, 1, 31,  2200 },
    { "40 items",                      FEE_BY_ITEM, 1, 40,  4000 },
    { "41 items",                      FEE_BY_ITEM, 1, 41,  4300 },
    { "50 items",                      FEE_BY_ITEM, 1, 50,  7000 },
    { "51 items",                      FEE_BY_ITEM, 1, 51,  7400 },
    { "60 items",                      FEE_BY_ITEM, 1, 60,  11000 },
    { "100 items",                     FEE_BY_ITEM, 1, 100, 37000 },
    { "the 31st item alone",           FEE_BY_ITEM, 31, 31, 200 },
    { "a request with items 30 to 41", FEE_BY_ITEM, 30, 41, 2400 },
    { "30 pages are free",             FEE_BY_PAGE, 1, 30,  0 },
    { "31 pages",                      FEE_BY_PAGE, 1, 31,  10 },
    { "68 pages",                      FEE_BY_PAGE, 1, 68,  380 },
    { "70 pages",                      FEE_BY_PAGE, 1, 70,  400 },
    { "100 pages",                     FEE_BY_PAGE, 1, 100, 700 },
    { "101 pages",                     FEE_BY_PAGE, 1, 101, 720 },
    { "200 pages",                     FEE_BY_PAGE, 1, 200, 2700 },
    { "201 pages",                     FEE_BY_PAGE, 1, 201, 2740 },
    { "300 pages",                     FEE_BY_PAGE, 1, 300, 6700 },
    { "500 pages",                     FEE_BY_PAGE, 1, 500, 14700 },
};
// clang-format on

static Date on(int year)
{
    Date d = date_none;
    date_make(year, 3, 12, &d);
    return d;
}

static void check_fee(void **state)
{
    const FeeRow *row = *state;
    char room[16384] __attribute__((aligned(16)));
    Arena a = arena_over(room, sizeof room);
    Fee fee;
    Err err = {0};
    assert_true(fee_compute(row->basis, row->first, row->last, on(2026), &a, &fee, &err));
    assert_int_equal(fee.sum.n, row->yuan);
    int next = row->first;
    int64_t sum = 0;
    for (size_t i = 0; i < fee.n; i++) { // the working is whole and adds up
        assert_int_equal(fee.v[i].from, next);
        next = fee.v[i].to + 1;
        sum += fee.v[i].each.n * (fee.v[i].to - fee.v[i].from + 1);
        assert_true(fee.v[i].source.n > 0);
    }
    assert_int_equal(next, row->last + 1);
    assert_int_equal(sum, row->yuan);
}

static void items_one_by_one_cost_what_they_cost_together(void **state)
{
    (void)state;
    Arena a = arena_new(1 << 20);
    int64_t sum = 0;
    for (int n = 1; n <= 300; n++) {
        Fee one, all;
        Err err = {0};
        arena_reset(&a, 1 << 16);
        assert_true(fee_compute(FEE_BY_ITEM, n, n, on(2026), &a, &one, &err) &&
                    fee_compute(FEE_BY_ITEM, 1, n, on(2026), &a, &all, &err));
        // 100 × (1 + ceil((k - 30) / 10)) from the 31st on, as the measures' formula has it
        int64_t formula = n <= 10 ? 0 : n <= 30 ? 100 : 100 * (1 + (n - 30 + 9) / 10);
        assert_int_equal(one.sum.n, formula);
        sum += one.sum.n;
        assert_int_equal(all.sum.n, sum);
    }
    arena_free(&a);
}

static void what_cannot_be_charged_is_refused(void **state)
{
    (void)state;
    Arena a = arena_new(1 << 20);
    Fee fee;
    Err err = {0};
    assert_false(fee_compute(FEE_BY_PAGE, 1, 40, on(2020), &a, &fee, &err));
    assert_int_equal(err.kind, ERR_RULE);
    assert_false(fee_compute(FEE_BY_PAGE, 0, 40, on(2026), &a, &fee, &err));
    assert_int_equal(err.kind, ERR_INPUT);
    assert_false(fee_compute(FEE_BY_ITEM, 5, 4, on(2026), &a, &fee, &err));
    assert_false(fee_compute(FEE_BY_ITEM, 1, FEE_MAX_UNITS + 1, on(2026), &a, &fee, &err));
    arena_free(&a);
}

int main(void)
{
    enum { ROWS = sizeof rows / sizeof *rows };
    const struct CMUnitTest others[] = {
        cmocka_unit_test(items_one_by_one_cost_what_they_cost_together),
        cmocka_unit_test(what_cannot_be_charged_is_refused),
    };
    enum { OTHERS = sizeof others / sizeof *others };
    struct CMUnitTest tests[ROWS + OTHERS];
    for (size_t i = 0; i < ROWS; i++)
        tests[i] = (struct CMUnitTest){rows[i].name, check_fee, NULL, NULL, (void *)&rows[i]};
    memcpy(tests + ROWS, others, sizeof others);
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return _cmocka_run_group_tests("fee", tests, ROWS + OTHERS, NULL, NULL);
}
