// What a notice of a fee may ask for, and when it is paid (《政府信息公开信息处理费管理办法》,
// 国办函 〔2020〕109号). The scale is fee.h; here is what one request is charged with: where its
// items stand among the applicant's of the month, what may be taken off, what money came and went.
//
// An amount is lowered or waived only with a reason, and never raised: the scale is the most.
#ifndef GONGKAI_DOMAIN_FEE_NOTICE_H
#define GONGKAI_DOMAIN_FEE_NOTICE_H

#include "domain/clock.h"
#include "domain/fee.h"

typedef struct WordRow {
    Str id, name; // as stored; on pages
} WordRow;

extern const WordRow fee_bases[FEE__COUNT]; // item 按件, page 按量

// How the reply reaches the applicant, which decides whether pages may be charged (Art. 5).
typedef enum FeeProvision {
    PROVIDE_PAPER,
    PROVIDE_EMAIL,
    PROVIDE_COPY,
    PROVIDE_INSPECT,
    PROVIDE_TOLD, // only where it can be found is told (条例第三十六条第（一）（二）项)
    PROVIDE__COUNT,
} FeeProvision;

typedef struct FeeProvisionDef {
    Str id, name;
    bool by_page; // may be charged by page
    Str source;
} FeeProvisionDef;
extern const FeeProvisionDef fee_provisions[PROVIDE__COUNT];
bool fee_provision_named(Str id, FeeProvision *out);
bool fee_basis_named(Str id, FeeBasis *out);

// How the measures are read where they leave it open; `gongkai law fees` prints them.
typedef struct FeeReading {
    Str id, value, reason;
} FeeReading;
extern const FeeReading fee_readings[];
extern const size_t n_fee_readings;

// --- the month

// One of the applicant's requests that the organ received in the calendar month.
typedef struct FeeUnit {
    int64_t request; // its number
    Str code, title;
    Date received;
    int n;           // items (n_units)
    int first, last; // their places in the month; set by fee_places
} FeeUnit;

typedef struct FeeUnits {
    FeeUnit *v;
    size_t n, cap;
} FeeUnits;

// Numbers the items one after the other, in the order given: by day of receipt, then by number.
void fee_places(FeeUnits *units);
const FeeUnit *fee_unit_of(const FeeUnits *units, int64_t request); // NULL for none

// --- asking

typedef struct FeeAsk {
    FeeBasis basis;
    FeeProvision provision;
    int pages;             // FEE_BY_PAGE
    const FeeUnits *month; // FEE_BY_ITEM, with places
    int64_t request;
    Date received; // of the request: the scale in force is that day's
    bool all;      // the whole amount of the scale is asked for
    Yuan asked;    // else this
    Str reason;    // why less
} FeeAsk;

// The working. ERR_RULE where nothing is to be charged, pages may not be, or more than the scale is
// asked for; ERR_INPUT where the reason for less is missing.
bool fee_working(const FeeAsk *ask, Arena *a, Fee *out, Err *err);
bool fee_decide(const FeeAsk *ask, Arena *a, Fee *out, Yuan *asked, Err *err);

// --- money

typedef enum MoneyKind { MONEY_PAYMENT, MONEY_REFUND, MONEY__COUNT } MoneyKind;
typedef enum MoneyMethod {
    MONEY_TRANSFER,
    MONEY_COUNTER,
    MONEY_ONLINE,
    MONEY_CASH,
    MONEY_METHOD__COUNT
} MoneyMethod;
extern const WordRow money_kinds[MONEY__COUNT], money_methods[MONEY_METHOD__COUNT];

typedef struct FeeMoney {
    int64_t id; // within the notice, from 1
    MoneyKind kind;
    Date on;
    Yuan yuan;
    Str receipt; // 财政票据号
    MoneyMethod method;
    Str note, person_name, struck_why;
    int64_t recorded_at, struck_at;
} FeeMoney;

typedef struct FeeMoneys {
    FeeMoney *v;
    size_t n, cap;
} FeeMoneys;

typedef struct FeeNotice {
    int64_t id, request, organ, fact;
    FeeBasis basis;
    FeeProvision provision;
    int first, last;
    Yuan full, yuan; // by the scale; asked for
    Str reason;
    Date noticed;
    Str document, how;
    Yuan paid;    // refunds taken off
    Date settled; // paid in full, in time; date_none not
    int64_t voided_at, version, created_at;
    Str void_reason, person_name;
} FeeNotice;

Yuan fee_net(const FeeMoneys *money); // what stands: payments less refunds

// The day on which what was paid up to `by` reached `asked`; date_none where it did not.
Date fee_settled(Yuan asked, const FeeMoneys *money, Date by);

typedef enum FeeState {
    FEE_WAIVED, // 免收
    FEE_DUE,    // 待缴费
    FEE_PARTLY, // 部分缴费
    FEE_PAID,   // 已缴清
    FEE_LAPSED, // 逾期未缴: ended, or the time is over
    FEE_ENDED,  // the request ended otherwise before it was paid
    FEE_VOID,   // 已撤销
    FEE_STATE__COUNT,
} FeeState;

typedef struct FeeStateDef {
    Str id, name, tag; // tag: the class of its look
} FeeStateDef;
extern const FeeStateDef fee_states[FEE_STATE__COUNT];

// `open`: the request is not ended; `not_paid`: it ended for want of payment.
FeeState fee_state(const FeeNotice *notice, bool open, bool not_paid, bool time_over);
bool fee_state_named(Str id, FeeState *out);

// What is owed still, or stays owed: nothing once the notice is void or the request ended unpaid.
Yuan fee_owed(const FeeNotice *notice, FeeState state);

// Whether the money may be recorded beside the other. ERR_INPUT, ERR_RULE.
bool fee_money_ok(const FeeNotice *notice, FeeState state, const FeeMoneys *others,
                  const FeeMoney *money, Date today, Err *err);

// Lowering what is asked: ERR_RULE for raising, ERR_INPUT without a reason.
bool fee_lower_ok(const FeeNotice *notice, FeeState state, Yuan to, Str reason, Err *err);

#endif
