#include "domain/fee_notice.h"

// clang-format off
const WordRow fee_bases[FEE__COUNT] = {
    [FEE_BY_ITEM] = { SI("item"), SI("按件") },
    [FEE_BY_PAGE] = { SI("page"), SI("按量") },
};

const FeeProvisionDef fee_provisions[PROVIDE__COUNT] = {
    //                    id             on pages                          by page  source
    [PROVIDE_PAPER]   = { SI("paper"),   SI("提供纸质件"),                 true,  SI("办法第五条") },
    [PROVIDE_EMAIL]   = { SI("email"),   SI("发送电子邮件"),               true,  SI("办法第五条") },
    [PROVIDE_COPY]    = { SI("copy"),    SI("复制电子数据"),               true,  SI("办法第五条") },
    [PROVIDE_INSPECT] = { SI("inspect"), SI("安排查阅、抄录"),             false, SI("办法第五条：没有列入按量计收") },
    [PROVIDE_TOLD]    = { SI("told"),    SI("告知获取的方式、途径，或者不提供信息"), false, SI("办法第五条：告知方式、途径的不适用按量计收") },
};

const FeeReading fee_readings[] = {
    { SI("month"),     SI("按收到申请之日所在的自然月累计"),
      SI("办法第四条写“一个自然月内累计”，没有写以哪一日为准；收到之日是条例第三十一条确定的日子") },
    { SI("organ"),     SI("同一申请人在同一行政机关累计"),
      SI("办法没有写跨机关累计；各机关分别发出通知、分别缴入同级国库") },
    { SI("withdrawn"), SI("已经收到的申请都计件，撤回的也计"),
      SI("办法第四条：按件计收适用于所有处理决定类型；年报表三把撤回的列在“其他处理”") },
    { SI("page"),      SI("A4及以下幅面的单面为1页，每件申请分别计页"),
      SI("办法第五条；页的定义和是否跨件累计，各地说明一致，原文待核对") },
    { SI("term"),      SI("完成缴费的次日起重新计算20个工作日"),
      SI("办法第六条；这一句的原文待核对") },
    { SI("late"),      SI("期限届满以后才到的钱记账、退还，申请不恢复办理"),
      SI("办法第六条：逾期未缴纳的视为放弃申请，没有给机关留下裁量") },
};
const size_t n_fee_readings = sizeof fee_readings / sizeof *fee_readings;

const WordRow money_kinds[MONEY__COUNT] = {
    [MONEY_PAYMENT] = { SI("payment"), SI("缴费") },
    [MONEY_REFUND]  = { SI("refund"),  SI("退费") },
};
const WordRow money_methods[MONEY_METHOD__COUNT] = {
    [MONEY_TRANSFER] = { SI("transfer"), SI("银行转账") },
    [MONEY_COUNTER]  = { SI("counter"),  SI("代收银行柜台") },
    [MONEY_ONLINE]   = { SI("online"),   SI("非税收入网上缴费") },
    [MONEY_CASH]     = { SI("cash"),     SI("现金") },
};

const FeeStateDef fee_states[FEE_STATE__COUNT] = {
    [FEE_WAIVED] = { SI("waived"), SI("免收"),     SI("") },
    [FEE_DUE]    = { SI("due"),    SI("待缴费"),   SI("wait") },
    [FEE_PARTLY] = { SI("partly"), SI("部分缴费"), SI("wait") },
    [FEE_PAID]   = { SI("paid"),   SI("已缴清"),   SI("ok") },
    [FEE_LAPSED] = { SI("lapsed"), SI("逾期未缴"), SI("late") },
    [FEE_ENDED]  = { SI("ended"),  SI("未缴已终止"), SI("") },
    [FEE_VOID]   = { SI("void"),   SI("已撤销"),   SI("") },
};
// clang-format on

bool fee_provision_named(Str id, FeeProvision *out)
{
    for (int p = 0; p < PROVIDE__COUNT; p++)
        if (str_eq(fee_provisions[p].id, id))
            return *out = (FeeProvision)p, true;
    return false;
}

bool fee_basis_named(Str id, FeeBasis *out)
{
    for (int b = 0; b < FEE__COUNT; b++)
        if (str_eq(fee_bases[b].id, id))
            return *out = (FeeBasis)b, true;
    return false;
}

bool fee_state_named(Str id, FeeState *out)
{
    for (int s = 0; s < FEE_STATE__COUNT; s++)
        if (str_eq(fee_states[s].id, id))
            return *out = (FeeState)s, true;
    return false;
}

// --- the month

void fee_places(FeeUnits *units)
{
    int next = 1;
    for (size_t i = 0; i < units->n; i++) {
        FeeUnit *u = &units->v[i];
        u->first = next;
        u->last = next + u->n - 1;
        next += u->n;
    }
}

const FeeUnit *fee_unit_of(const FeeUnits *units, int64_t request)
{
    for (size_t i = 0; i < units->n; i++)
        if (units->v[i].request == request)
            return &units->v[i];
    return NULL;
}

// --- asking

static bool working_by_item(const FeeAsk *ask, Arena *a, Fee *out, Err *err)
{
    const FeeUnit *unit = fee_unit_of(ask->month, ask->request);
    if (!unit)
        return fail(err, ERR_RULE, NULL, "还没有确认收到这件申请，不能计件",
                    "the request has not been received yet, so it has no place in a month");
    return fee_compute(FEE_BY_ITEM, unit->first, unit->last, ask->received, a, out, err);
}

static bool working_by_page(const FeeAsk *ask, Arena *a, Fee *out, Err *err)
{
    if (!fee_provisions[ask->provision].by_page)
        return fail(
            err, ERR_RULE, NULL,
            "按量收费只适用于提供纸质件、发送电子邮件、复制电子数据等方式（办法第五条）",
            "a fee by page is only for paper, e-mail and copies of data (Measures, Art. 5)");
    return fee_compute(FEE_BY_PAGE, 1, ask->pages, ask->received, a, out, err);
}

bool fee_working(const FeeAsk *ask, Arena *a, Fee *out, Err *err)
{
    return ask->basis == FEE_BY_ITEM ? working_by_item(ask, a, out, err)
                                     : working_by_page(ask, a, out, err);
}

static bool lower_ok(Yuan full, Yuan asked, Str reason, Err *err)
{
    if (asked.n < 0 || asked.n > full.n)
        return fail(err, ERR_RULE, NULL, "收费数额应在0到%lld元之间，只能减免，不能高于标准",
                    "the amount goes from 0 to %lld yuan: it may be lowered, never raised",
                    (long long)full.n);
    return asked.n == full.n || reason.n ||
           fail(err, ERR_INPUT, NULL, "减收或者免收请写明理由",
                "say why less is asked for than the scale gives");
}

bool fee_decide(const FeeAsk *ask, Arena *a, Fee *out, Yuan *asked, Err *err)
{
    Fee fee = {0};
    if (!fee_working(ask, a, &fee, err))
        return false;
    if (!fee.sum.n)
        return fail(err, ERR_RULE, NULL, "没有超过免费的数量，不收费（办法第四条、第五条）",
                    "within what is free of charge (Measures, Art. 4 and 5)");
    Yuan sum = ask->all ? fee.sum : ask->asked;
    if (!lower_ok(fee.sum, sum, ask->reason, err))
        return false;
    *out = fee;
    *asked = sum;
    return true;
}

// --- money

static int64_t signed_yuan(const FeeMoney *m)
{
    return m->struck_at ? 0 : m->kind == MONEY_REFUND ? -m->yuan.n : m->yuan.n;
}

Yuan fee_net(const FeeMoneys *money)
{
    Yuan net = {0};
    for (size_t i = 0; i < money->n; i++)
        net.n += signed_yuan(&money->v[i]);
    return net;
}

// What had come by the end of a day.
static int64_t net_by(const FeeMoneys *money, Date day)
{
    int64_t net = 0;
    for (size_t i = 0; i < money->n; i++)
        if (money->v[i].on.days <= day.days)
            net += signed_yuan(&money->v[i]);
    return net;
}

Date fee_settled(Yuan asked, const FeeMoneys *money, Date by)
{
    Date first = date_none;
    for (size_t i = 0; asked.n && i < money->n; i++) {
        const FeeMoney *m = &money->v[i];
        bool counts = !m->struck_at && m->kind == MONEY_PAYMENT && m->on.days <= by.days;
        if (counts && net_by(money, m->on) >= asked.n &&
            (!date_is(first) || m->on.days < first.days))
            first = m->on;
    }
    return first;
}

FeeState fee_state(const FeeNotice *n, bool open, bool not_paid, bool time_over)
{
    if (n->voided_at)
        return FEE_VOID;
    if (!n->yuan.n)
        return FEE_WAIVED;
    if (date_is(n->settled))
        return FEE_PAID;
    if (not_paid || (open && time_over))
        return FEE_LAPSED;
    return !open ? FEE_ENDED : n->paid.n ? FEE_PARTLY : FEE_DUE;
}

Yuan fee_owed(const FeeNotice *n, FeeState state)
{
    bool owed = state == FEE_DUE || state == FEE_PARTLY || state == FEE_PAID;
    return owed ? n->yuan : (Yuan){0};
}

static bool payment_ok(const FeeNotice *n, const FeeMoneys *others, const FeeMoney *m, Err *err)
{
    int64_t left = n->yuan.n - fee_net(others).n;
    if (!m->receipt.n)
        return fail(err, ERR_INPUT, NULL, "请填写财政票据号（办法第九条）",
                    "the number of the financial bill is missing (Measures, Art. 9)");
    for (size_t i = 0; i < others->n; i++) {
        const FeeMoney *o = &others->v[i];
        if (!o->struck_at && o->kind == MONEY_PAYMENT && str_eq(o->receipt, m->receipt))
            return fail(err, ERR_RULE, NULL, "这张财政票据已经登记过",
                        "this financial bill has been recorded already");
    }
    return m->yuan.n <= left || fail(err, ERR_RULE, NULL, "超过还应缴纳的%lld元",
                                     "more than the %lld yuan still due", (long long)left);
}

static bool refund_ok(const FeeNotice *n, FeeState state, const FeeMoneys *others,
                      const FeeMoney *m, Err *err)
{
    int64_t most = fee_net(others).n - fee_owed(n, state).n;
    if (m->yuan.n > most)
        return fail(err, ERR_RULE, NULL, "最多可退%lld元；应收的数额有误的，先减收或者撤销通知",
                    "at most %lld yuan can be given back; lower the amount or withdraw the notice "
                    "first",
                    (long long)(most > 0 ? most : 0));
    return m->note.n || fail(err, ERR_INPUT, NULL, "请写明为什么退费", "say why it is given back");
}

bool fee_money_ok(const FeeNotice *n, FeeState state, const FeeMoneys *others, const FeeMoney *m,
                  Date today, Err *err)
{
    if (m->yuan.n < 1)
        return fail(err, ERR_INPUT, NULL, "金额应当是大于0的整数，以元为单位",
                    "an amount is a whole number of yuan above 0");
    if (!date_is(m->on) || m->on.days < n->noticed.days || m->on.days > today.days)
        return fail(err, ERR_INPUT, NULL, "日期应当在发出收费通知以后、今天以前",
                    "the day lies between the notice and today");
    if (m->kind == MONEY_REFUND)
        return refund_ok(n, state, others, m, err);
    if (n->voided_at || !n->yuan.n || date_is(n->settled))
        return fail(err, ERR_RULE, NULL, "没有待缴的费用：" PRI_STR,
                    "nothing is to be paid: " PRI_STR, STR_ARG(fee_states[state].name));
    return payment_ok(n, others, m, err);
}

bool fee_lower_ok(const FeeNotice *n, FeeState state, Yuan to, Str reason, Err *err)
{
    if (state == FEE_VOID || state == FEE_WAIVED || state == FEE_LAPSED || state == FEE_ENDED)
        return fail(err, ERR_RULE, NULL, "没有可以减收的费用：" PRI_STR,
                    "nothing to lower: " PRI_STR, STR_ARG(fee_states[state].name));
    if (to.n < 1 || to.n >= n->yuan.n)
        return fail(err, ERR_RULE, NULL, "减收以后应在1到%lld元之间；不再收取的，撤销通知",
                    "lowered, it goes from 1 to %lld yuan; to ask for nothing, withdraw the notice",
                    (long long)(n->yuan.n - 1));
    return reason.n || fail(err, ERR_INPUT, NULL, "减收请写明理由", "say why less is asked for");
}
