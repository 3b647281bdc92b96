#include "domain/decision.h"

// clang-format off
const DecisionStateDef decision_states[DECISION_STATE__COUNT] = {
    [DECISION_DRAFT]     = { SI("draft"),     SI("拟稿"),           SI("wait") },
    [DECISION_SECTION]   = { SI("section"),   SI("科室审核"),       SI("run") },
    [DECISION_LEGAL]     = { SI("legal"),     SI("法制审核"),       SI("run") },
    [DECISION_SIGNING]   = { SI("signing"),   SI("待签发"),         SI("run") },
    [DECISION_SIGNED]    = { SI("signed"),    SI("已签发，待发出"), SI("wait") },
    [DECISION_SENT]      = { SI("sent"),      SI("已发出"),         SI("ok") },
    [DECISION_DELIVERED] = { SI("delivered"), SI("已送达"),         SI("ok") },
};

const Str decision_action_ids[DECISION_ACTION__COUNT] = {
    [DECISION_SAVE] = SI("save"),     [DECISION_SUBMIT] = SI("submit"), [DECISION_PASS] = SI("pass"),
    [DECISION_RETURN] = SI("return"), [DECISION_RECALL] = SI("recall"), [DECISION_SEND] = SI("send"),
    [DECISION_DELIVER] = SI("deliver"),
};

const DecisionPartDef decision_parts[PART__COUNT] = {
    [PART_DRAFT]   = { SI("draft"),   SI("拟稿"),     SI("公开机构经办人或者拟稿人"),     MAY_REQUEST_HANDLE },
    [PART_SECTION] = { SI("section"), SI("科室审核"), SI("科室审核人"),                   MAY_REQUEST_REVIEW },
    [PART_LEGAL]   = { SI("legal"),   SI("法制审核"), SI("法制审核员"),                   MAY_REQUEST_LEGAL },
    [PART_SIGN]    = { SI("sign"),    SI("签发"),     SI("分管领导或者公开机构负责人"),   MAY_REQUEST_SIGN },
};

// An action without a row is forbidden. That several people look at a reply before it is signed is
// the organ's own review (条例第四条、第四十五条: 审核); the law does not number the steps.
const DecisionFlow decision_flow[] = {
    // from             action            whose hand    to                  why?    on the button     source
    { DECISION_DRAFT,   DECISION_SAVE,    PART_DRAFT,   DECISION_DRAFT,     false, SI("存稿"),        SI("") },
    { DECISION_DRAFT,   DECISION_SUBMIT,  PART_DRAFT,   DECISION_SECTION,   false, SI("送审"),        SI("条例第四十五条") },
    { DECISION_SECTION, DECISION_SAVE,    PART_DRAFT,   DECISION_DRAFT,     false, SI("改稿"),        SI("") },
    { DECISION_SECTION, DECISION_RECALL,  PART_DRAFT,   DECISION_DRAFT,     false, SI("撤回"),        SI("") },
    { DECISION_SECTION, DECISION_PASS,    PART_SECTION, DECISION_LEGAL,     false, SI("审核通过"),    SI("条例第四十五条") },
    { DECISION_SECTION, DECISION_RETURN,  PART_SECTION, DECISION_DRAFT,     true,  SI("退回拟稿人"),  SI("") },
    { DECISION_LEGAL,   DECISION_SAVE,    PART_DRAFT,   DECISION_DRAFT,     false, SI("改稿"),        SI("") },
    { DECISION_LEGAL,   DECISION_RECALL,  PART_DRAFT,   DECISION_DRAFT,     false, SI("撤回"),        SI("") },
    { DECISION_LEGAL,   DECISION_PASS,    PART_LEGAL,   DECISION_SIGNING,   false, SI("审核通过"),    SI("条例第四十五条") },
    { DECISION_LEGAL,   DECISION_RETURN,  PART_LEGAL,   DECISION_DRAFT,     true,  SI("退回拟稿人"),  SI("") },
    { DECISION_SIGNING, DECISION_SAVE,    PART_DRAFT,   DECISION_DRAFT,     false, SI("改稿"),        SI("") },
    { DECISION_SIGNING, DECISION_RECALL,  PART_DRAFT,   DECISION_DRAFT,     false, SI("撤回"),        SI("") },
    { DECISION_SIGNING, DECISION_PASS,    PART_SIGN,    DECISION_SIGNED,    false, SI("签发"),        SI("条例第三十六条") },
    { DECISION_SIGNING, DECISION_RETURN,  PART_SIGN,    DECISION_DRAFT,     true,  SI("退回拟稿人"),  SI("") },
    { DECISION_SIGNED,  DECISION_SEND,    PART_NONE,    DECISION_SENT,      false, SI("发出"),        SI("国办公开办函〔2016〕235号") },
    { DECISION_SENT,    DECISION_DELIVER, PART_NONE,    DECISION_DELIVERED, false, SI("登记送达"),    SI("国办公开办函〔2016〕235号") },
};
const size_t n_decision_flow = sizeof decision_flow / sizeof *decision_flow;

const SendWayDef send_ways[SEND__COUNT] = {
    //                    id                   on pages               which day counts                             today  number arrives source
    [SEND_PLATFORM]   = { SI("platform"),   SI("平台下载"),       SI("发到平台之日，就是今天"),                  true,  false, false, SI("条例第四十条") },
    [SEND_EMAIL]      = { SI("email"),      SI("电子邮件"),       SI("发出之日"),                                false, false, false, SI("条例第四十条") },
    [SEND_POST]       = { SI("post"),       SI("邮政邮寄"),       SI("交邮之日；应当交邮政企业"),                false, true,  false, SI("国办公开办函〔2016〕235号") },
    [SEND_HANDED]     = { SI("handed"),     SI("当面交付"),       SI("申请人签收之日"),                          false, false, true,  SI("国办公开办函〔2016〕235号") },
    [SEND_INSPECTION] = { SI("inspection"), SI("安排查阅、抄录"), SI("申请人到场查阅并签收告知书之日"),          false, false, true,  SI("条例第四十条") },
};
// clang-format on

bool decision_state_named(Str id, DecisionState *out)
{
    for (int s = 0; s < DECISION_STATE__COUNT; s++)
        if (str_eq(decision_states[s].id, id))
            return *out = (DecisionState)s, true;
    return false;
}

bool decision_action_named(Str id, DecisionAction *out)
{
    for (int k = 0; k < DECISION_ACTION__COUNT; k++)
        if (str_eq(decision_action_ids[k], id))
            return *out = (DecisionAction)k, true;
    return false;
}

bool send_way_named(Str id, SendWay *out)
{
    for (int w = 0; w < SEND__COUNT; w++)
        if (str_eq(send_ways[w].id, id))
            return *out = (SendWay)w, true;
    return false;
}

const DecisionFlow *decision_row(DecisionState from, DecisionAction action)
{
    for (size_t i = 0; i < n_decision_flow; i++)
        if (decision_flow[i].from == from && decision_flow[i].action == action)
            return &decision_flow[i];
    return NULL;
}

Verb decision_may(const DecisionFlow *row)
{
    return row->part == PART_NONE ? MAY_REQUEST_HANDLE : decision_parts[row->part].may;
}

// --- whose hand

static bool is_one_of(PersonId p, const Doer *d)
{
    return p.n && (p.n == d->person.n || p.n == d->instead_of.n);
}

static bool same_person(const Doer *x, const Doer *y)
{
    return is_one_of(x->person, y) || is_one_of(x->instead_of, y);
}

const DecisionDeed *decision_conflict(const DecisionDeeds *deeds, const Doer *who,
                                      DecisionPart part)
{
    for (size_t i = 0; part != PART_NONE && i < deeds->n; i++) {
        const DecisionDeed *d = &deeds->v[i];
        if (d->part != PART_NONE && d->part != part && same_person(&d->by, who))
            return d;
    }
    return NULL;
}

static bool hands_differ(const DecisionDeeds *deeds, const Doer *who, DecisionPart part, Err *err)
{
    const DecisionDeed *d = decision_conflict(deeds, who, part);
    return !d || fail(err, ERR_RULE, NULL,
                      "这件答复的“" PRI_STR "”您已经经手（包括代行），“" PRI_STR "”要由另一个人办",
                      "the same person (or a substitute) has done “" PRI_STR "” already; “" PRI_STR
                      "” takes another",
                      STR_ARG(decision_parts[d->part].name), STR_ARG(decision_parts[part].name));
}

// What carries the reply on from here; empty where it has arrived.
static Str onward(DecisionState now)
{
    for (size_t i = 0; i < n_decision_flow; i++)
        if (decision_flow[i].from == now && decision_flow[i].to > now)
            return decision_flow[i].name;
    return S("");
}

static bool not_now(DecisionState now, Err *err)
{
    Str next = onward(now);
    return next.n
               ? fail(err, ERR_RULE, NULL,
                      "这件答复现在是“" PRI_STR "”，下一步是“" PRI_STR "”，现在不能这样办",
                      "the decision is “" PRI_STR "”, what comes next is “" PRI_STR "”; not now",
                      STR_ARG(decision_states[now].name), STR_ARG(next))
               : fail(err, ERR_RULE, NULL, "这件答复现在是“" PRI_STR "”，不能这样办",
                      "the decision is “" PRI_STR "”; not now", STR_ARG(decision_states[now].name));
}

bool decision_decide(DecisionState now, const DecisionDeeds *deeds, const DecisionStep *step,
                     DecisionState *next, Err *err)
{
    const DecisionFlow *row = decision_row(now, step->action);
    if (!row)
        return not_now(now, err);
    if (!hands_differ(deeds, &step->by, row->part, err))
        return false;
    if (row->reason && !step->reason.n)
        return fail(err, ERR_INPUT, NULL, "请写明退回的理由，告诉拟稿人改哪里、改成什么",
                    "say why it is returned: what to change, and into what");
    *next = row->to == DECISION_SECTION && step->no_section ? DECISION_LEGAL : row->to;
    return true;
}

static Date fact_day(const RequestFacts *facts, FactKind kind, int64_t about)
{
    for (size_t i = facts->n; i-- > 0;)
        if (facts->v[i].kind == kind && (!about || facts->v[i].about == about))
            return facts->v[i].on;
    return date_none;
}

Date decision_sent_on(int64_t redo, const RequestFacts *facts)
{
    return fact_day(facts, redo ? FACT_REDONE : FACT_ANSWERED, redo);
}

Date decision_arrived_on(int64_t redo, const RequestFacts *facts)
{
    return fact_day(facts, redo ? FACT_REDONE_DELIVERED : FACT_DELIVERED, redo);
}

DecisionState decision_seen(DecisionState stored, int64_t redo, const RequestFacts *facts)
{
    if (stored != DECISION_SIGNED)
        return stored;
    return date_is(decision_arrived_on(redo, facts)) ? DECISION_DELIVERED
           : date_is(decision_sent_on(redo, facts))  ? DECISION_SENT
                                                     : DECISION_SIGNED;
}

// --- decided anew

int64_t decision_redo(const DecisionHead *head)
{
    return head->remedy ? head->nth : 0;
}

bool decision_is_out(const DecisionHead *head, const RequestFacts *facts)
{
    return decision_seen(head->state, decision_redo(head), facts) >= DECISION_SENT;
}

const DecisionHead *decision_other_organ(const DecisionHeads *heads)
{
    for (size_t i = heads->n; i-- > 0;)
        if (heads->v[i].state == DECISION_SIGNED)
            return heads->v[i].outcome == OUTCOME_OTHER_ORGAN ? &heads->v[i] : NULL;
    return NULL;
}

static DecisionHead decision_new(const DecisionHeads *heads, int64_t remedy)
{
    return (DecisionHead){.nth = heads->n ? heads->v[heads->n - 1].nth + 1 : 1,
                          .remedy = remedy,
                          .outcome = OUTCOME__COUNT,
                          .signed_on = date_none};
}

// The last that was made for the case (0: that answers the request), or a new one.
static DecisionHead decision_for(const DecisionHeads *heads, int64_t remedy)
{
    for (size_t i = heads->n; i-- > 0;)
        if (heads->v[i].remedy == remedy)
            return heads->v[i];
    return decision_new(heads, remedy);
}

// A case may order twice: a judgment on appeal after the reply to the one before it.
DecisionHead decision_in_hand(const DecisionHeads *heads, const RequestFacts *facts, bool open,
                              int64_t ordered)
{
    if (open)
        return decision_for(heads, 0);
    if (!ordered)
        return heads->n ? heads->v[heads->n - 1] : decision_new(heads, 0);
    DecisionHead last = decision_for(heads, ordered);
    return decision_is_out(&last, facts) ? decision_new(heads, ordered) : last;
}

// --- sending

// Registered letters and EMS of 邮政 have thirteen letters and digits; couriers' numbers differ.
enum { POST_NUMBER = 13 };

static bool post_number_ok(Str s)
{
    for (size_t i = 0; i < s.n; i++) {
        bool digit = s.s[i] >= '0' && s.s[i] <= '9', letter = s.s[i] >= 'A' && s.s[i] <= 'Z';
        if (!digit && !letter)
            return false;
    }
    return s.n == POST_NUMBER;
}

bool sending_decide(const Sending *sending, Date signed_on, Date today, Err *err)
{
    const SendWayDef *way = &send_ways[sending->way];
    if (!date_is(sending->on) || sending->on.days > today.days)
        return fail(err, ERR_INPUT, NULL, "请填写发出的日期，不能晚于今天",
                    "the day it left is wanted, today or before");
    if (sending->on.days < signed_on.days)
        return fail(err, ERR_RULE, NULL, "发出的日期在签发之前，请核对",
                    "nothing leaves before it is signed; check the day");
    if (way->today && sending->on.days != today.days)
        return fail(err, ERR_INPUT, NULL, "发到平台的，当日就是发出之日",
                    "by the platform it leaves today");
    if (way->number && !post_number_ok(sending->number))
        return fail(
            err, ERR_INPUT, NULL,
            "请填写邮政的挂号或者EMS号码，13位大写字母和数字；应当交邮政企业寄送（国办公开办函"
            "〔2016〕235号）",
            "the number of the registered letter or EMS, 13 capitals and digits; replies go "
            "by the postal enterprise");
    return true;
}
