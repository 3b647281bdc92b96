// 信息处理费: what an applicant who asks beyond a certain number or extent can be charged
// (《政府信息公开信息处理费管理办法》, 国办函〔2020〕109号, in force from 2021-01-01). By item or
// by page, never both for one request (Art. 3). Amounts are whole yuan; the working is given line
// by line.
#ifndef GONGKAI_DOMAIN_FEE_H
#define GONGKAI_DOMAIN_FEE_H

#include "base/date.h"
#include "base/err.h"

typedef struct Yuan {
    int64_t n;
} Yuan;

typedef enum FeeBasis {
    FEE_BY_ITEM, // 按件: requests of one applicant received by one organ in one calendar month
                 // (Art. 4)
    FEE_BY_PAGE, // 按量: pages of one request, A4 and smaller, one side each (Art. 5)
    FEE__COUNT,
} FeeBasis;

// A step of the scale: from this unit on, each costs `each`. The scale by item goes on by itself
// after its last row: every ten items more, 100 yuan more an item.
typedef struct FeeStep {
    int from;
    int64_t each;
    Str source;
} FeeStep;

enum { FEE_MAX_UNITS = 1000000 };

// One line of the working: units `from` to `to`, each at `each`.
typedef struct FeeLine {
    int from, to;
    Yuan each, sum;
    Str source;
} FeeLine;

typedef struct Fee {
    FeeBasis basis;
    Yuan sum;
    FeeLine *v;
    size_t n, cap;
} Fee;

// The fee for units `first` to `last` of the scale, both counted from 1 (by page: 1 to the number
// of pages; by item: the places of this request's items among the applicant's in that month).
// ERR_INPUT outside 1 … FEE_MAX_UNITS or where last < first; ERR_RULE for a day before the measures
// were in force.
bool fee_compute(FeeBasis basis, int first, int last, Date on, Arena *a, Fee *out, Err *err);

// The scale as it stands in the table, for printing: rows of `basis`.
const FeeStep *fee_scale(FeeBasis basis, size_t *n);

#endif
