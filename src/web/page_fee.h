// /desk/requests/:id/fee and /desk/fees: 信息处理费. The notice with its working, what was paid and
// given back, and the register with the sums that chapter six of the annual report wants.
#ifndef GONGKAI_WEB_PAGE_FEE_H
#define GONGKAI_WEB_PAGE_FEE_H

#include "app/fee.h"
#include "web/desk.h"
#include "web/page_request.h"
#include "web/request_part.h"

bool page_fee(Request *r, Response *w, Err *err);
bool page_fee_send(Request *r, Response *w, Err *err);
// pay, refund, lower, void, strike, lapse: told apart by the end of the address.
bool page_fee_step(Request *r, Response *w, Err *err);
bool page_fee_step_send(Request *r, Response *w, Err *err);
bool page_fees(Request *r, Response *w, Err *err);
bool page_fees_csv(Request *r, Response *w, Err *err);
bool page_fees_xlsx(Request *r, Response *w, Err *err);
bool page_fee_account(Request *r, Response *w, Err *err);
bool page_fee_account_send(Request *r, Response *w, Err *err);

RequestPartShow fee_part; // of a request's page

// --- what the views are given

typedef struct FeeUnitRow {
    Str href, code, title, received, places;
    bool here; // the request itself
} FeeUnitRow;

typedef struct FeeWorkRow {
    Str span, count, each, sum, source;
} FeeWorkRow;

typedef struct FeeMoneyRow {
    Str kind, on, yuan, receipt, method, note, who, strike; // strike: where it can be taken back
    bool struck;
} FeeMoneyRow;

typedef struct FeeTables {
    Str month;         // 2026年3月，本机关共收到该申请人12件
    FeeUnitRow *units; // none: not by item
    size_t n_units;
    Str sum; // 应收300元
    FeeWorkRow *rows;
    size_t n_rows;
} FeeTables;

typedef struct FeePage {
    Desk desk;
    Str title, code, action, here, back, account;
    Choices bases, provisions;
    Str pages, problem; // problem: why nothing can be asked for
    FeeTables tables;
    bool chosen; // a basis was chosen and gives an amount
    Form form;
} FeePage;

typedef struct FeePartPage {
    Str say, tag, state;
    Facts facts;
    StepDoor *doors;
    size_t n_doors;
    FeeTables tables;
    FeeMoneyRow *money;
    size_t n_money;
    Str warn; // counted again, it would be less
} FeePartPage;

typedef struct FeeListLine {
    Str href, code, title, organ, basis, noticed, document, yuan, full, paid, state, tag;
} FeeListLine;

typedef struct FeeListPage {
    Desk desk;
    Str from, to, wrong, state, next, csv, xlsx, account;
    Choices states;
    bool money;
    struct {
        Str href, text, value;
    } sums[3]; // notices, their amount, what was received
    FeeListLine *lines;
    size_t n;
} FeeListPage;

#endif
