// 信息处理费 of a request: the notice, payments and refunds, lowering, withdrawing, lapse; and the
// register. Each function is one act; the request's facts go with it (发出收费通知, 完成缴费,
// 终止办理), so that its clock follows from the same facts as ever.
#ifndef GONGKAI_APP_FEE_H
#define GONGKAI_APP_FEE_H

#include "app/request.h"
#include "store/fee.h"

// All about the fee of one request.
typedef struct FeeFile {
    RequestFile file;
    FeeUnits month;     // the applicant's items at the organ in the month, as they are today
    bool has;           // a notice stands
    FeeNotice notice;   // it
    FeeState state;     // of it
    FeeUnits counted;   // what it was counted from
    FeeMoneys money;    // of it
    FeeNotices voided;  // those withdrawn
    FeeMoneys returned; // money of the last one withdrawn
    Str way;            // how the organ is paid
} FeeFile;

bool app_fee_get(App *app, RequestId id, Arena *a, FeeFile *out, Err *err);

typedef struct FeeNew {
    RequestId request;
    int64_t version; // of the request that was looked at
    FeeBasis basis;
    FeeProvision provision;
    int pages;
    bool all;   // what the scale gives
    Yuan asked; // else; 0: nothing is asked for, and no notice goes out
    Str reason;
    Date on;
    Str document; // number of a notice written elsewhere; empty: one is made here and numbered
    Str how;
} FeeNew;

// Sends the notice: FACT_FEE_NOTICED in the same act. With nothing asked for it is only recorded
// that the fee is waived, and the request goes on. ERR_RULE as fee_decide has it, and where a
// notice stands already.
// The notice itself is a letter of kind LETTER_FEE, made from the wording of the site.
bool app_fee_notice(App *app, const FeeNew *fee, Arena *a, Err *err);

// A payment or a refund. The payment that makes it whole within the time is FACT_FEE_PAID.
bool app_fee_money(App *app, RequestId request, int64_t version, const FeeMoney *money, Arena *a,
                   Err *err);
// One that was recorded by mistake; the fact that followed from it goes too.
bool app_fee_strike(App *app, RequestId request, int64_t version, int64_t money, Str why, Arena *a,
                    Err *err);
bool app_fee_lower(App *app, RequestId request, int64_t version, Yuan to, Str why, Arena *a,
                   Err *err);
// Takes the notice back with its letter; its facts are struck, and what was paid can be given back.
bool app_fee_void(App *app, RequestId request, int64_t version, Str why, Arena *a, Err *err);
// 逾期未缴纳: the request is closed. ERR_RULE before the time is over, and where it is not on
// record that the applicant received the notice, since the time runs from then. Without `document`
// (the number of a letter made elsewhere) the letter is issued and numbered here.
bool app_fee_lapse(App *app, RequestId request, int64_t version, Date on, Str document, Arena *a,
                   Err *err);

// --- the register

typedef struct FeeFilter {
    Date from, to;
    bool money; // by days of payment instead of notice
    OrganId organ;
    bool any_state;
    FeeState state;
    int64_t after, limit;
} FeeFilter;

typedef struct FeeLineView {
    FeeLineRow row;
    FeeState state;
} FeeLineView;

typedef struct FeeLines {
    FeeLineView *v;
    size_t n, cap;
} FeeLines;

// *last is the last fee looked at, 0 at the end.
bool app_fee_list(App *app, const FeeFilter *filter, Arena *a, FeeLines *out, int64_t *last,
                  Err *err);
// All of the period as a file, at most FEE_EXPORT rows. ERR_LIMIT beyond.
enum { FEE_EXPORT = 20000 };
typedef enum FeeFormat { FEE_CSV, FEE_XLSX } FeeFormat;
bool app_fee_export(App *app, const FeeFilter *filter, FeeFormat format, Arena *a, Str *out,
                    Err *err);

#endif
