#include "domain/request.h"

// clang-format off
enum {
    UNCONFIRMED = 1u << PHASE_UNCONFIRMED,
    OPEN        = 1u << PHASE_OPEN,
    CORRECTION  = 1u << PHASE_CORRECTION,
    OPINION     = 1u << PHASE_OPINION,
    FEE         = 1u << PHASE_FEE,
    DONE        = 1u << PHASE_DONE,
    ENDED       = 1u << PHASE_ENDED,
    RUNNING     = OPEN | OPINION,
    HEARD       = RUNNING | CORRECTION | FEE, // letters of others come when they come
    UNDECIDED   = UNCONFIRMED | OPEN | CORRECTION | OPINION | FEE,
};

const StepRule step_rules[FACT__COUNT] = {
    //                            phases       power                 once   why no second one                                            source  signed first?  what comes first, where the phase is not it
    [FACT_FILED]               = { 0,           MAY_REQUEST_REGISTER, true,  SI("申请只登记一次"),                                        SI("条例第二十九条"), false, SI("") },
    [FACT_CONFIRMED]           = { UNCONFIRMED, MAY_REQUEST_REGISTER, true,  SI("已经确认过收到日期"),                                    SI("条例第三十一条"), false, SI("收到日期已经确定，不用再确认") },
    [FACT_CORRECTION_ASKED]    = { OPEN,        MAY_REQUEST_HANDLE,   true,  SI("补正应当一次性告知，不能再次要求补正"),                  SI("条例第三十条"), false, SI("") },
    [FACT_CORRECTED]           = { CORRECTION,  MAY_REQUEST_REGISTER, false, SI(""),                                                      SI("条例第三十条"), false, SI("先发出补正告知书，登记“告知补正”") },
    [FACT_THIRD_PARTY_ASKED]   = { RUNNING,     MAY_REQUEST_HANDLE,   false, SI(""),                                                      SI("条例第三十二条"), false, SI("") },
    [FACT_ORGAN_ASKED]         = { RUNNING,     MAY_REQUEST_HANDLE,   false, SI(""),                                                      SI("条例第三十四条"), false, SI("") },
    [FACT_ASKED_RECEIVED]      = { HEARD,       MAY_REQUEST_HANDLE,   false, SI(""),                                                      SI("条例第三十二条、第三十四条"), false, SI("先发出征求意见书") },
    [FACT_OPINION]             = { HEARD,       MAY_REQUEST_HANDLE,   false, SI(""),                                                      SI("条例第三十二条、第三十四条"), false, SI("先发出征求意见书") },
    [FACT_REASONS_ASKED]       = { RUNNING,     MAY_REQUEST_HANDLE,   true,  SI("已经要求申请人说明理由"),                                SI("条例第三十五条"), false, SI("") },
    [FACT_REASONS_GIVEN]       = { RUNNING,     MAY_REQUEST_REGISTER, true,  SI("已经收到说明"),                                          SI("条例第三十五条"), false, SI("先要求申请人说明理由") },
    [FACT_EXTENDED]            = { RUNNING,     MAY_REQUEST_APPROVE,  false, SI(""),                                                      SI("条例第三十三条第二款"), false, SI("") },
    [FACT_DELAYED]             = { RUNNING,     MAY_REQUEST_APPROVE,  true,  SI("已经确定过延迟答复的期限"),                              SI("条例第三十五条"), false, SI("") },
    [FACT_FEE_NOTICED]         = { RUNNING,     MAY_REQUEST_HANDLE,   true,  SI("已经发过收费通知；一件申请只能选一种标准收费一次"),      SI("信息处理费管理办法第三条、第六条"), false, SI("") },
    [FACT_FEE_NOTICE_RECEIVED] = { FEE,         MAY_REQUEST_HANDLE,   true,  SI("已经登记过收到通知的日期"),                              SI("信息处理费管理办法第六条"), false, SI("先发出收费通知") },
    [FACT_FEE_PAID]            = { FEE,         MAY_REQUEST_HANDLE,   true,  SI("已经缴费"),                                              SI("信息处理费管理办法第六条"), false, SI("先发出收费通知") },
    [FACT_ANSWERED]            = { RUNNING,     MAY_REQUEST_HANDLE,   true,  SI("已经答复；需要更正的，另行作出"),                        SI("条例第三十三条、第三十六条"), true, SI("") },
    [FACT_DELIVERED]           = { DONE,        MAY_REQUEST_HANDLE,   true,  SI("已经登记过送达"),                                        SI("国办公开办函〔2016〕235号"), false, SI("先发出答复") },
    [FACT_WITHDRAWN]           = { UNDECIDED,   MAY_REQUEST_REGISTER, true,  SI("已经撤回"),                                              SI("年度报告格式（国办公开办函〔2021〕30号）表三（六）3"), false, SI("") },
    [FACT_CLOSED]              = { CORRECTION | FEE, MAY_REQUEST_SIGN, true, SI("已经终止"),                                              SI("条例第三十条，信息处理费管理办法第六条"), false, SI("申请人逾期不补正、不缴费的，才能终止") },
    [FACT_REDONE]              = { DONE | ENDED, MAY_REQUEST_HANDLE,  false, SI(""),                                                      SI("复议决定书、判决书"), true, SI("先答复；复议、诉讼责令重新答复的，才有重新答复") },
    [FACT_REDONE_DELIVERED]    = { DONE | ENDED, MAY_REQUEST_HANDLE,  false, SI(""),                                                      SI("国办公开办函〔2016〕235号"), false, SI("先发出重新答复") },
};
// clang-format on

bool step_fits(FactKind kind, Phase phase)
{
    return step_rules[kind].phases >> phase & 1;
}

// --- what one step needs beside its phase

typedef struct Scene {
    const RequestFacts *before; // the facts that stand before the step
    const RequestFact *step;
    const Clock *clock; // as of the step's day, without it
    const Calendar *calendar;
    const ClockSettings *settings;
} Scene;

static const RequestFact *fact_last(const RequestFacts *facts, FactKind kind)
{
    for (size_t i = facts->n; i-- > 0;)
        if (facts->v[i].kind == kind)
            return &facts->v[i];
    return NULL;
}

static bool correction_in_time(const Scene *s, Err *err)
{
    const ClockRule *rule = &clock_rules[RULE_CORRECTION];
    if (s->step->on.days > s->clock->correction_by.days)
        return fail(err, ERR_RULE, NULL,
                    "告知补正应当在收到申请之日起%d个工作日内，已经超过（条例第三十条）",
                    "a correction may be asked within %d working days of receipt, which are over "
                    "(Regulation, Art. 30)",
                    rule->n);
    if (s->step->workdays < 0 || s->step->workdays > 60)
        return fail(err, ERR_INPUT, NULL, "补正期限应在1到60个工作日之间",
                    "the time for a correction is 1 to 60 working days");
    return true;
}

static bool about_one_asked(const Scene *s, Err *err)
{
    const RequestFact *asked = NULL;
    for (size_t i = 0; i < s->before->n; i++) {
        const RequestFact *f = &s->before->v[i];
        bool asks = f->kind == FACT_THIRD_PARTY_ASKED || f->kind == FACT_ORGAN_ASKED;
        if (asks && f->id == s->step->about)
            asked = f;
        if (f->kind == s->step->kind && f->about == s->step->about)
            return fail(err, ERR_RULE, NULL, "这份征求意见书的“" PRI_STR "”已经登记过",
                        "“" PRI_STR "” has been recorded for this letter",
                        STR_ARG(request_fact_defs[s->step->kind].name));
    }
    return asked || fail(err, ERR_INPUT, NULL, "没有找到对应的征求意见书，请先登记发出",
                         "there is no such letter asking for an opinion");
}

static bool redone_is(const Scene *s, FactKind kind)
{
    for (size_t i = 0; i < s->before->n; i++)
        if (s->before->v[i].kind == kind && s->before->v[i].about == s->step->about)
            return true;
    return false;
}

static bool redone_once(const Scene *s, Err *err)
{
    if (s->step->about < 1)
        return fail(err, ERR_RULE, NULL, "重新答复要有重新作出的决定，请在决定单上办理",
                    "a new reply follows a decision made anew; see the decision sheet");
    return !redone_is(s, FACT_REDONE) ||
           fail(err, ERR_RULE, NULL, "这份重新答复已经发出", "this new reply has been sent");
}

static bool redone_arrives(const Scene *s, Err *err)
{
    if (!redone_is(s, FACT_REDONE))
        return fail(err, ERR_RULE, NULL, "这份重新答复还没有发出，请先发出",
                    "this new reply has not been sent");
    return !redone_is(s, FACT_REDONE_DELIVERED) ||
           fail(err, ERR_RULE, NULL, "这份重新答复已经登记过送达",
                "this new reply has been delivered");
}

static bool extension_fits(const Scene *s, Err *err)
{
    int most = clock_rules[RULE_EXTENSION].n;
    if (s->clock->extended && s->settings->extension_once)
        return fail(err, ERR_RULE, NULL, "已延期一次，不能再次延期（条例第三十三条）",
                    "extended once already; a second extension is not allowed (Regulation, "
                    "Art. 33)");
    if (s->step->workdays < 1 || s->step->workdays > most)
        return fail(err, ERR_RULE, NULL, "延长的期限为1到%d个工作日（条例第三十三条）",
                    "an extension is 1 to %d working days (Regulation, Art. 33)", most);
    return true;
}

static bool within_term(const Scene *s, Err *err)
{
    return s->step->on.days <= s->clock->due.days ||
           fail(err, ERR_RULE, NULL, "答复期限已经届满，不能再“" PRI_STR "”（" PRI_STR "）",
                "the term is over; too late for: " PRI_STR " (" PRI_STR ")",
                STR_ARG(request_fact_defs[s->step->kind].name),
                STR_ARG(step_rules[s->step->kind].source));
}

static bool extension_ok(const Scene *s, Err *err)
{
    return within_term(s, err) && extension_fits(s, err);
}

static bool reasons_were_asked(const Scene *s, Err *err)
{
    return fact_last(s->before, FACT_REASONS_ASKED) ||
           fail(err, ERR_RULE, NULL, "还没有要求申请人说明理由",
                "the applicant has not been asked for reasons");
}

static bool delay_ok(const Scene *s, Err *err)
{
    if (!fact_last(s->before, FACT_REASONS_GIVEN))
        return fail(err, ERR_RULE, NULL,
                    "申请人说明理由以后，认为理由合理的，才能确定延迟答复的期限（条例第三十五条）",
                    "a delay may be set once the applicant has given reasons (Regulation, "
                    "Art. 35)");
    if (!date_is(s->step->until) || s->step->until.days <= s->clock->due.days)
        return fail(err, ERR_INPUT, NULL, "延迟答复的日期应当在原来的答复期限之后",
                    "the day of a delayed answer lies after the one it was due");
    return within_term(s, err);
}

static bool side_is_silent(const Scene *s, Err *err)
{
    if (s->clock->phase == PHASE_FEE && !fact_last(s->before, FACT_FEE_NOTICE_RECEIVED))
        return fail(err, ERR_RULE, NULL,
                    "还没有登记申请人收到收费通知的日期；缴费期限从收到的次日起算（办法第六条）",
                    "it is not on record that the applicant received the notice, from which the "
                    "time to pay runs (Measures, Art. 6)");
    return s->clock->lapsed ||
           fail(err, ERR_RULE, NULL, "申请人补正或者缴费的期限还没有届满，不能终止办理",
                "the applicant's time is not over yet");
}

typedef bool StepCheck(const Scene *s, Err *err);

// clang-format off
static StepCheck *const step_checks[FACT__COUNT] = {
    [FACT_CORRECTION_ASKED] = correction_in_time,
    [FACT_ASKED_RECEIVED]   = about_one_asked,
    [FACT_OPINION]          = about_one_asked,
    [FACT_REASONS_GIVEN]    = reasons_were_asked,
    [FACT_EXTENDED]         = extension_ok,
    [FACT_DELAYED]          = delay_ok,
    [FACT_FEE_NOTICED]      = within_term,
    [FACT_CLOSED]           = side_is_silent,
    [FACT_REDONE]           = redone_once,
    [FACT_REDONE_DELIVERED] = redone_arrives,
};
// clang-format on

// --- one step

// Of a closed request there is nothing to be done first but to open it again.
static Str comes_first(FactKind kind, Phase phase)
{
    bool closed = phase == PHASE_DONE || phase == PHASE_ENDED;
    return closed || !step_rules[kind].first.n ? phase_defs[phase].first : step_rules[kind].first;
}

static bool not_now(FactKind kind, Phase phase, Err *err)
{
    Str first = comes_first(kind, phase);
    return fail(err, ERR_RULE, NULL, "现在是“" PRI_STR "”，不能“" PRI_STR "”。" PRI_STR,
                "the request is “" PRI_STR "”; not now: " PRI_STR ". " PRI_STR,
                STR_ARG(phase_defs[phase].name), STR_ARG(request_fact_defs[kind].name),
                STR_ARG(first));
}

static bool step_allowed(const Scene *s, Err *err)
{
    FactKind kind = s->step->kind;
    const StepRule *rule = &step_rules[kind];
    if (rule->once && fact_last(s->before, kind))
        return fail(err, ERR_RULE, NULL, PRI_STR "（" PRI_STR "）",
                    "only once: " PRI_STR " (" PRI_STR ")", STR_ARG(rule->once_words),
                    STR_ARG(rule->source));
    if (!step_fits(kind, s->clock->phase))
        return not_now(kind, s->clock->phase, err);
    return !step_checks[kind] || step_checks[kind](s, err);
}

static bool first_ok(const RequestFacts *facts, Err *err)
{
    return (facts->n && facts->v[0].kind == FACT_FILED) ||
           fail(err, ERR_RULE, NULL, "日期在提交申请之前，请核对",
                "nothing can have happened before the request was filed; check the day");
}

// Every fact from `from` on, each as of its own day under those before it.
static bool history_ok(const RequestFacts *facts, size_t from, const Calendar *c,
                       const ClockSettings *settings, Err *err)
{
    if (!first_ok(facts, err))
        return false;
    for (size_t i = from ? from : 1; i < facts->n; i++) {
        Clock clock;
        RequestFacts before = {facts->v, i, i};
        Scene s = {&before, &facts->v[i], &clock, c, settings};
        if (!clock_compute(&before, c, settings, facts->v[i].on, &clock, err) ||
            !step_allowed(&s, err))
            return false;
    }
    return true;
}

static size_t place_of(const RequestFacts *facts, Date on)
{
    size_t at = facts->n;
    while (at > 0 && facts->v[at - 1].on.days > on.days)
        at--;
    return at;
}

bool request_decide(const RequestFacts *now, const RequestFact *step, const Calendar *calendar,
                    const ClockSettings *settings, Date today, Arena *a, RequestFacts *next,
                    Err *err)
{
    if (!date_is(step->on) || !calendar_has(calendar, step->on))
        return fail(err, ERR_INPUT, NULL, "日期有误，请核对", "the day cannot be; check it");
    if (step->on.days > today.days)
        return fail(err, ERR_INPUT, NULL, "日期还没有到，不能登记以后的事",
                    "the day has not come yet; nothing can be recorded before it happens");
    size_t at = place_of(now, step->on);
    RequestFacts all = {NEW(a, RequestFact, now->n + 1), now->n + 1, now->n + 1};
    if (at)
        memcpy(all.v, now->v, at * sizeof *all.v);
    all.v[at] = *step;
    if (now->n > at)
        memcpy(all.v + at + 1, now->v + at, (now->n - at) * sizeof *all.v);
    if (!history_ok(&all, at, calendar, settings, err))
        return false;
    *next = all;
    return true;
}

// --- what may come next

// Asked of the steps that need something beside their day, with the usual values.
static RequestFact usual(FactKind kind, const RequestFacts *facts, Date today, const Clock *clock)
{
    RequestFact step = {.id = (int64_t)facts->n + 1, .kind = kind, .on = today, .until = date_none};
    if (kind == FACT_EXTENDED)
        step.workdays = clock_rules[RULE_EXTENSION].n;
    if (kind == FACT_DELAYED && date_is(clock->due))
        step.until = (Date){clock->due.days + 1};
    bool about_asked = kind == FACT_ASKED_RECEIVED || kind == FACT_OPINION;
    for (size_t i = 0; about_asked && i < facts->n; i++)
        if (facts->v[i].kind == FACT_THIRD_PARTY_ASKED || facts->v[i].kind == FACT_ORGAN_ASKED)
            step.about = facts->v[i].id;
    return step;
}

bool request_next(const RequestFacts *facts, const Calendar *calendar,
                  const ClockSettings *settings, Date today, Arena *a, NextSteps *out, Err *err)
{
    Clock clock;
    NextSteps steps = {0};
    if (!clock_compute(facts, calendar, settings, today, &clock, err))
        return false;
    for (int k = FACT_FILED + 1; k < FACT__COUNT; k++) {
        NextStep *next = PUSH(a, &steps);
        RequestFact step = usual((FactKind)k, facts, today, &clock);
        RequestFacts after;
        next->kind = (FactKind)k;
        next->allowed =
            request_decide(facts, &step, calendar, settings, today, a, &after, &next->why);
    }
    *out = steps;
    return true;
}
