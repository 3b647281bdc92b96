#include "domain/opinion.h"

// clang-format off
const OpinionWord opinion_answers[ANSWER__COUNT] = {
    [ANSWER_OPEN]     = { SI(""),         SI("还没有提出") },
    [ANSWER_AGREE]    = { SI("agree"),    SI("同意公开") },
    [ANSWER_PARTLY]   = { SI("partly"),   SI("部分不同意公开") },
    [ANSWER_DISAGREE] = { SI("disagree"), SI("不同意公开") },
};
const OpinionWord opinion_helds[HELD__COUNT] = {
    [HELD_OPEN]       = { SI(""),    SI("还没有认定") },
    [HELD_REASONABLE] = { SI("yes"), SI("理由合理") },
    [HELD_NOT]        = { SI("no"),  SI("没有合理理由") },
};
const OpinionWord opinion_decideds[DECIDED__COUNT] = {
    [DECIDED_OPEN]     = { SI(""),         SI("还没有决定") },
    [DECIDED_GIVE]     = { SI("give"),     SI("决定公开") },
    [DECIDED_WITHHOLD] = { SI("withhold"), SI("决定不公开") },
};
const OpinionPartDef opinion_parts[OPINION_PART__COUNT] = {
    [OPINION_SENT]     = { SI("sent"),     SI("登记寄往的地址"),         SI("条例第三十二条、第三十四条") },
    [OPINION_RECEIVED] = { SI("received"), SI("登记对方收到"),           SI("条例第三十二条、第三十四条") },
    [OPINION_ANSWER]   = { SI("answer"),   SI("登记收到的意见"),         SI("条例第三十二条、第三十四条") },
    [OPINION_JUDGE]    = { SI("judge"),    SI("认定理由、作出决定"),     SI("条例第三十二条") },
    [OPINION_TOLD]     = { SI("told"),     SI("登记已书面告知第三方"),   SI("条例第三十二条") },
};
// clang-format on

int opinion_word(const OpinionWord *words, int n, Str id)
{
    for (int i = 1; i < n; i++)
        if (str_eq(words[i].id, id))
            return i;
    return 0;
}

bool opinion_part_named(Str id, OpinionPart *out)
{
    for (int p = 0; p < OPINION_PART__COUNT; p++)
        if (str_eq(opinion_parts[p].id, id))
            return *out = (OpinionPart)p, true;
    return false;
}

// --- from the facts

static Opinion *opinion_about(Opinions *list, int64_t fact)
{
    for (size_t i = 0; i < list->n; i++)
        if (list->v[i].fact == fact)
            return &list->v[i];
    return NULL;
}

static void take_fact(Opinions *list, const RequestFact *f, Arena *a)
{
    Opinion *o = opinion_about(list, f->about);
    if (f->kind == FACT_THIRD_PARTY_ASKED || f->kind == FACT_ORGAN_ASKED)
        *PUSH(a, list) = (Opinion){.fact = f->id,
                                   .kind = f->kind,
                                   .document = f->document,
                                   .asked = f->on,
                                   .received = date_none,
                                   .due = date_none,
                                   .came = date_none,
                                   .told_on = date_none};
    if (f->kind == FACT_ASKED_RECEIVED && o)
        o->received = f->on;
    if (f->kind == FACT_OPINION && o)
        o->came = f->on;
}

// Of all terms of the request. What was asked before a correction or a payment began a new one
// counts on: 第三十二条 and 第三十四条 ask whether information may be given out, which does not
// turn on the day from which the organ's time is counted. Where the correction makes it other
// information, the organ asks again; both letters stand here. (Days that do not count: clock.h,
// opinion_goes_over.)
bool opinions_of(const RequestFacts *facts, const Calendar *calendar, Arena *a, Opinions *out,
                 Err *err)
{
    Opinions list = {0};
    for (size_t i = 0; i < facts->n; i++)
        take_fact(&list, &facts->v[i], a);
    for (size_t i = 0; i < list.n; i++) {
        Opinion *o = &list.v[i];
        Term until;
        int workdays = clock_rules[o->kind == FACT_ORGAN_ASKED ? RULE_ORGAN : RULE_THIRD_PARTY].n;
        if (!calendar_due(calendar, date_is(o->received) ? o->received : o->asked, workdays, &until,
                          err))
            return false;
        o->due = until.due;
    }
    *out = list;
    return true;
}

// --- what it means

bool opinion_silent(const Opinion *o, Date today)
{
    return !date_is(o->came) && today.days > o->due.days;
}

static bool objects(const Opinion *o)
{
    return o->answer == ANSWER_PARTLY || o->answer == ANSWER_DISAGREE;
}

Str opinion_words(const Opinion *o, Date today)
{
    bool third = o->kind == FACT_THIRD_PARTY_ASKED;
    if (opinion_silent(o, today))
        return third ? S("逾期没有提出意见，由本机关依法决定是否公开（条例第三十二条）")
                     : S("逾期没有提出意见，视为同意公开（条例第三十四条）");
    if (!date_is(o->came))
        return S("等对方提出意见");
    if (o->answer == ANSWER_OPEN)
        return S("意见已经收到，还没有登记内容");
    return opinion_answers[o->answer].name;
}

// Whether the organ still has to say what it makes of it.
static bool is_undecided(const Opinion *o, Date today)
{
    if (o->decided != DECIDED_OPEN)
        return false;
    if (opinion_silent(o, today))
        return o->kind == FACT_THIRD_PARTY_ASKED;
    if (!date_is(o->came))
        return false; // its time is running: the phase says so
    return o->answer == ANSWER_OPEN || (objects(o) && o->held != HELD_REASONABLE);
}

void opinions_weigh(const Opinions *opinions, Date today, DecisionScene *scene)
{
    for (size_t i = 0; i < opinions->n; i++) {
        const Opinion *o = &opinions->v[i];
        bool third = o->kind == FACT_THIRD_PARTY_ASKED;
        bool with_reason = objects(o) && o->held == HELD_REASONABLE;
        scene->undecided |= is_undecided(o, today);
        scene->refused |= third && (o->decided == DECIDED_WITHHOLD ||
                                    (with_reason && o->decided != DECIDED_GIVE));
        scene->despite |= third && with_reason && o->decided != DECIDED_GIVE;
    }
}

const Opinion *opinion_untold(const Opinions *opinions, bool gives)
{
    for (size_t i = 0; i < opinions->n; i++) {
        const Opinion *o = &opinions->v[i];
        if (o->kind == FACT_THIRD_PARTY_ASKED && objects(o) && !date_is(o->told_on) &&
            (o->decided == DECIDED_GIVE || gives))
            return o;
    }
    return NULL;
}

// --- recording

static bool day_ok(Date on, Date from, Date today, Err *err)
{
    if (date_is(on) && on.days <= today.days && on.days >= from.days)
        return true;
    return fail(err, ERR_INPUT, NULL, "日期应当在发出征求意见书以后，不能晚于今天",
                "the day lies between the letter and today");
}

static bool answer_ok(const Opinion *o, Err *err)
{
    if (o->answer == ANSWER_OPEN)
        return fail(err, ERR_INPUT, NULL, "请选择对方的意见", "choose what they answered");
    if (objects(o) && !o->reasons.n)
        return fail(err, ERR_INPUT, NULL,
                    "请照录对方不同意的理由；没有说明理由的，写“没有说明理由”",
                    "write down the reasons they gave, or that they gave none");
    return true;
}

static bool judge_ok(const Opinion *now, const Opinion *next, Date today, Err *err)
{
    bool silent = opinion_silent(now, today);
    if (!silent && !date_is(now->came))
        return fail(err, ERR_RULE, NULL,
                    "对方提出意见的期限还没有届满，还不能由本机关决定（条例第三十二条）",
                    "their time is not over yet (Regulation, Art. 32)");
    if (objects(now) && next->held == HELD_OPEN)
        return fail(err, ERR_INPUT, NULL, "请认定对方的理由是否合理",
                    "say whether their reasons hold");
    if (next->decided == DECIDED_OPEN && !(objects(now) && next->held == HELD_REASONABLE))
        return fail(err, ERR_INPUT, NULL, "请选择本机关的决定", "choose what the organ decides");
    if (next->decided == DECIDED_GIVE && objects(now) && next->held == HELD_REASONABLE &&
        !next->decided_why.n)
        return fail(err, ERR_INPUT, NULL,
                    "第三方的理由合理而仍然公开的，要写明不公开会对公共利益造成什么重大影响"
                    "（条例第三十二条）",
                    "say what public interest outweighs their reasons (Regulation, Art. 32)");
    if (next->decided == DECIDED_WITHHOLD && !next->decided_why.n)
        return fail(err, ERR_INPUT, NULL, "请写明决定不公开的理由", "say why it is withheld");
    return true;
}

bool opinion_decide(const Opinion *now, const Opinion *next, OpinionPart part, Date today, Err *err)
{
    switch (part) {
    case OPINION_SENT:
    case OPINION_PART__COUNT:
        break;
    case OPINION_RECEIVED:
        return day_ok(next->received, now->asked, today, err);
    case OPINION_ANSWER:
        return day_ok(next->came, now->asked, today, err) && answer_ok(next, err);
    case OPINION_JUDGE:
        return judge_ok(now, next, today, err);
    case OPINION_TOLD:
        return day_ok(next->told_on, now->asked, today, err);
    }
    return true;
}
