#include "domain/fee.h"

// clang-format off
static const FeeStep by_item[] = {
    //from  each  source
    { 1,    0,    SI("办法第四条：10件以下（含10件）不收费") },
    { 11,   100,  SI("办法第四条：11件至30件的部分，每件100元") },
    { 31,   200,  SI("办法第四条：31件以上的部分，以10件为一档，每增加一档，收费标准提高100元/件") },
};
static const FeeStep by_page[] = {
    { 1,    0,    SI("办法第五条：30页以下（含30页）不收费") },
    { 31,   10,   SI("办法第五条：31页至100页的部分，每页10元") },
    { 101,  20,   SI("办法第五条：101页至200页的部分，每页20元") },
    { 201,  40,   SI("办法第五条：201页以上的部分，每页40元") },
};
// clang-format on

enum { ITEM_BAND = 10, ITEM_RISE = 100, IN_FORCE_YEAR = 2021 };

const FeeStep *fee_scale(FeeBasis basis, size_t *n)
{
    *n = basis == FEE_BY_ITEM ? sizeof by_item / sizeof *by_item : sizeof by_page / sizeof *by_page;
    return basis == FEE_BY_ITEM ? by_item : by_page;
}

// The line that unit `at` stands in, cut at `last`.
static FeeLine line_at(FeeBasis basis, int at, int last)
{
    size_t n, i = 0;
    const FeeStep *scale = fee_scale(basis, &n);
    while (i + 1 < n && scale[i + 1].from <= at)
        i++;
    int end = i + 1 < n ? scale[i + 1].from - 1 : last;
    int64_t each = scale[i].each;
    if (basis == FEE_BY_ITEM && i + 1 == n) {
        int band = (at - scale[i].from) / ITEM_BAND;
        each += (int64_t)band * ITEM_RISE;
        end = scale[i].from + (band + 1) * ITEM_BAND - 1;
    }
    end = end < last ? end : last;
    return (FeeLine){at, end, {each}, {each * (end - at + 1)}, scale[i].source};
}

bool fee_compute(FeeBasis basis, int first, int last, Date on, Arena *a, Fee *out, Err *err)
{
    if (first < 1 || last < first || last > FEE_MAX_UNITS)
        return fail(err, ERR_INPUT, NULL, "件数或者页数应在1到%d之间",
                    "items or pages go from 1 to %d", FEE_MAX_UNITS);
    if (!date_is(on) || date_year(on) < IN_FORCE_YEAR)
        return fail(err, ERR_RULE, NULL, "信息处理费自2021年1月1日起收取，此前的申请不收费",
                    "no fee may be charged for requests before 2021-01-01");
    Fee fee = {.basis = basis};
    for (int at = first; at <= last;) {
        FeeLine line = line_at(basis, at, last);
        *PUSH(a, &fee) = line;
        fee.sum.n += line.sum.n;
        at = line.to + 1;
    }
    *out = fee;
    return true;
}
