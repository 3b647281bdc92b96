// Fees of requests as stored: the notice, what it was counted from, the money. domain/fee_notice.h
// says what they mean.
#ifndef GONGKAI_STORE_FEE_H
#define GONGKAI_STORE_FEE_H

#include "domain/fee_notice.h"
#include "store/request.h"

typedef struct FeeNotices {
    FeeNotice *v;
    size_t n, cap;
} FeeNotices;

// The applicant's requests that the organ received in the month of `received`, in the order of
// their places, places set. Where nobody's identity is known, the request alone.
bool store_fee_month(Db *db, SiteId site, const InfoRequest *request, Arena *a, FeeUnits *out,
                     Err *err);

// All notices of a request, the newest first; those withdrawn too.
bool store_fee_notices(Db *db, SiteId site, RequestId request, Arena *a, FeeNotices *out, Err *err);
// The one that stands; *found says whether there is one.
bool store_fee_standing(Db *db, SiteId site, RequestId request, Arena *a, FeeNotice *out,
                        bool *found, Err *err);
// What it was counted from.
bool store_fee_units(Db *db, SiteId site, int64_t fee, Arena *a, FeeUnits *out, Err *err);
bool store_fee_moneys(Db *db, SiteId site, int64_t fee, Arena *a, FeeMoneys *out, Err *err);

// --- writing, inside an act

bool store_fee_add(Db *db, SiteId site, FeeNotice *notice, const FeeUnits *units, PersonId person,
                   Err *err); // sets id and version
// What changes (amount, reason, paid, settled, void), over the version it was read at. ERR_BUSY.
bool store_fee_save(Db *db, SiteId site, FeeNotice *notice, Err *err);
bool store_fee_money_add(Db *db, SiteId site, int64_t fee, const FeeMoney *money, PersonId person,
                         Err *err);
bool store_fee_money_strike(Db *db, SiteId site, int64_t fee, int64_t money, Str why, int64_t now,
                            Err *err);

// --- the register

typedef struct FeeLineRow {
    FeeNotice notice;
    RequestId request;
    Str code, title, applicant, organ_name;
    bool open, not_paid;
    Date act_by; // while it waits for payment: the last day
    Phase phase;
} FeeLineRow;

typedef struct FeeLineRows {
    FeeLineRow *v;
    size_t n, cap;
} FeeLineRows;

typedef struct FeeAskList {
    Date from, to; // of the notice, or with `money` of payments and refunds
    bool money;    // those whose money moved in the period
    OrganId organ; // 0: any in scope
    int64_t after; // keyset: behind this fee
    int64_t limit;
} FeeAskList;

bool store_fee_list(Db *db, const Scope *scope, const FeeAskList *ask, Arena *a, FeeLineRows *out,
                    Err *err);

// For chapter six of the annual report: notices that went out in the period and were not withdrawn,
// their amounts, and what was received less what was given back in it.
typedef struct FeeSums {
    int64_t notices;
    Yuan asked, received;
} FeeSums;
bool store_fee_sums(Db *db, const Scope *scope, Date from, Date to, OrganId organ, FeeSums *out,
                    Err *err);

#endif
