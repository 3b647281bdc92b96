#include "domain/remedy.h"

// clang-format off
const RemedyWord remedy_kinds[CASE__COUNT] = {
    [CASE_REVIEW]     = { SI("review"),     SI("行政复议") },
    [CASE_SUIT]       = { SI("suit"),       SI("行政诉讼（未经复议直接起诉）") },
    [CASE_SUIT_AFTER] = { SI("suit_after"), SI("行政诉讼（复议后起诉）") },
};
const RemedyWord remedy_abouts[ABOUT__COUNT] = {
    [ABOUT_ANSWER]    = { SI("answer"),    SI("对答复不服") },
    [ABOUT_INACTION]  = { SI("inaction"),  SI("逾期不予答复") },
    [ABOUT_PROCEDURE] = { SI("procedure"), SI("对补正、延期等程序告知不服") },
    [ABOUT_FEE]       = { SI("fee"),       SI("对收费决定不服") },
    [ABOUT_PROACTIVE] = { SI("proactive"), SI("不履行主动公开职责") },
    [ABOUT_OTHER]     = { SI("other"),     SI("其他") },
};
const RemedyWord remedy_stages[STAGE__COUNT] = {
    [STAGE_REVIEW]  = { SI("review"),  SI("复议") },
    [STAGE_FIRST]   = { SI("first"),   SI("一审") },
    [STAGE_SECOND]  = { SI("second"),  SI("二审") },
    [STAGE_RETRIAL] = { SI("retrial"), SI("再审") },
};
const RemedyWord remedy_columns[COLUMN__COUNT] = {
    [COLUMN_UPHELD]    = { SI("upheld"),    SI("结果维持") },
    [COLUMN_CORRECTED] = { SI("corrected"), SI("结果纠正") },
    [COLUMN_OTHER]     = { SI("other"),     SI("其他结果") },
    [COLUMN_PENDING]   = { SI("pending"),   SI("尚未审结") },
};

// The form says no more than the names of its columns; which result is which is our reading, here in
// one place. What ends without a judgment on the answer is 其他结果.
const RemedyResultDef remedy_results[RESULT__COUNT] = {
    //                       id                  name                                  review suit   column            redo
    [RESULT_UPHELD]      = { SI("upheld"),       SI("维持"),                           true,  true,  COLUMN_UPHELD,    false },
    [RESULT_DISMISSED]   = { SI("dismissed"),    SI("驳回复议请求、诉讼请求"),         true,  true,  COLUMN_UPHELD,    false },
    [RESULT_CHANGED]     = { SI("changed"),      SI("变更"),                           true,  true,  COLUMN_CORRECTED, false },
    [RESULT_QUASHED]     = { SI("quashed"),      SI("撤销"),                           true,  true,  COLUMN_CORRECTED, false },
    [RESULT_REDO]        = { SI("redo"),         SI("撤销并责令重新答复"),             true,  true,  COLUMN_CORRECTED, true },
    [RESULT_PERFORM]     = { SI("perform"),      SI("责令限期答复、公开"),             true,  true,  COLUMN_CORRECTED, true },
    [RESULT_ILLEGAL]     = { SI("illegal"),      SI("确认违法、无效"),                 true,  true,  COLUMN_CORRECTED, false },
    [RESULT_ILLEGAL_REDO] = { SI("illegal_redo"), SI("确认违法并责令重新处理"),        true,  true,  COLUMN_CORRECTED, true },
    [RESULT_REJECTED]    = { SI("rejected"),     SI("不予受理、驳回申请、不予立案、驳回起诉"), true, true, COLUMN_OTHER, false },
    [RESULT_WITHDRAWN]   = { SI("withdrawn"),    SI("撤回申请、撤诉，终止"),           true,  true,  COLUMN_OTHER,     false },
    [RESULT_SETTLED]     = { SI("settled"),      SI("调解、和解"),                     true,  true,  COLUMN_OTHER,     false },
    [RESULT_TRANSFERRED] = { SI("transferred"),  SI("移送、终止等其他结果"),           true,  true,  COLUMN_OTHER,     false },
};

const RemedyFactDef remedy_fact_defs[RF__COUNT] = {
    //                 id                of a review                       of a suit                       review suit   why once in a stage
    [RF_FILED]     = { SI("filed"),     { SI("申请人申请行政复议"),       SI("原告提起行政诉讼") },       true,  true,  SI("一件案件只提出一次；上诉、再审另行登记") },
    [RF_ACCEPTED]  = { SI("accepted"),  { SI("复议机关受理"),             SI("法院立案") },               true,  true,  SI("这一审级已经登记过受理") },
    [RF_NOTIFIED]  = { SI("notified"),  { SI("收到答复通知书"),           SI("收到应诉通知书") },         true,  true,  SI("这一审级已经登记过收到通知") },
    [RF_ANSWERED]  = { SI("answered"),  { SI("提交复议答复书"),           SI("提交答辩状") },             true,  true,  SI("这一审级已经登记过答复") },
    [RF_HEARD]     = { SI("heard"),     { SI("听证、调查"),               SI("开庭、询问") },             true,  true,  SI("") },
    [RF_PROLONGED] = { SI("prolonged"), { SI("延长审理期限"),             SI("延长审理期限") },           true,  true,  SI("") },
    [RF_DECIDED]   = { SI("decided"),   { SI("作出复议决定"),             SI("作出判决、裁定") },         true,  true,  SI("这一审级已经有结果") },
    [RF_SERVED]    = { SI("served"),    { SI("收到复议决定书"),           SI("收到裁判文书") },           true,  true,  SI("这一审级已经登记过收到文书") },
    [RF_APPEALED]  = { SI("appealed"),  { SI(""),                         SI("上诉，进入二审") },         false, true,  SI("") },
    [RF_RETRIED]   = { SI("retried"),   { SI(""),                         SI("进入再审") },               false, true,  SI("") },
    [RF_REDONE]    = { SI("redone"),    { SI("重新处理并答复"),           SI("重新处理并答复") },         true,  true,  SI("已经登记过重新处理") },
};

const RemedySettingDef remedy_setting_defs[SETTING__COUNT] = {
    [SETTING_REVIEW_ANSWER]     = { SI("review_answer"),     SI("复议答复期限，通知书没有写明日期时"), SI("工作日"), 10,
        SI("天数未经核对法条原文，只用来预填；以答复通知书写明的日期为准。行政复议法第八十八条：“十日”指工作日") },
    [SETTING_SUIT_ANSWER]       = { SI("suit_answer"),       SI("答辩期限，通知书没有写明日期时"), SI("日"), 15,
        SI("天数未经核对法条原文，只用来预填；以应诉通知书写明的日期为准") },
    [SETTING_REDO]              = { SI("redo"),              SI("责令重新答复而没有写明期限时"), SI("工作日"), 20,
        SI("法律没有规定；比照条例第三十三条第二款，从收到决定书、裁判文书起重新计算") },
    [SETTING_CORRECTION_TARGET] = { SI("correction_target"), SI("办理更正申请的内部时限，0为不设"), SI("工作日"), 20,
        SI("条例第四十一条没有规定期限；这是本机关自己的要求，不是法定期限") },
};

const RemedyReading remedy_readings[] = {
    { SI("case"),    SI("表四按案件计，一件案件经过几个审级仍是一件"), SI("表四只有一行；各审级的经过记在同一案件里") },
    { SI("year"),    SI("按提出复议、起诉之日归入期间；期间结束时没有结果的计“尚未审结”，下一期间再计"), SI("填报说明未见；这样前一年的“尚未审结”都在下一年重新出现") },
    { SI("appeal"),  SI("一审判决后上诉的，二审没有结果以前计“尚未审结”，以最后审级的结果为准"), SI("生效的是最后的裁判；上诉以前的期间按当时的情况计") },
    { SI("column"),  SI("撤销、变更、责令、确认违法计“结果纠正”；驳回请求计“结果维持”；不予受理、驳回起诉、撤回、调解计“其他结果”"), SI("填报说明未见；只有对答复本身作出评判的才计前两栏") },
    { SI("redo"),    SI("责令重新答复的，在原申请里另作决定、另发文书，原来的答复照旧保存；台账和表三不再计新收，也不再计办理结果"), SI("法律没有规定；申请人只申请过一次，原来的办理结果已经计入当年的表三") },
    { SI("redo_by"), SI("重新答复的期限是决定书、判决书写明的日期；没有写明的，按站点设置的工作日从收到文书起算"), SI("法律没有规定天数；设置在“复议诉讼的天数”，不是法定期限") },
    { SI("redo_first"), SI("原申请还没有答复，责令限期答复的，答复这件申请就是重新处理，计入当年的表三"), SI("这件申请还没有办结，表三还没有计过它的办理结果") },
    { SI("same"),    SI("重新答复与原答复的处理决定相同的，提醒拟稿、审核、签发的人，不拦"), SI("复议决定、判决为什么撤销，程序看不出来；是否属于以同一事实和理由作出基本相同的答复，由法制审核人判断") },
    { SI("silence"), SI("逾期不予答复的，复议期限从答复期限届满的次日起算"), SI("行政复议法第二十条从知道之日起算；期限届满，申请人就能知道没有答复") },
};
const size_t n_remedy_readings = sizeof remedy_readings / sizeof *remedy_readings;

const RemedyPhaseDef remedy_phases[RP__COUNT] = {
    [RP_FILED]  = { SI("filed"),  SI("已提出"),     SI("") },
    [RP_OPEN]   = { SI("open"),   SI("审理中"),     SI("run") },
    [RP_ANSWER] = { SI("answer"), SI("待答复"),     SI("wait") },
    [RP_CLOSED] = { SI("closed"), SI("已审结"),     SI("ok") },
    [RP_REDO]   = { SI("redo"),   SI("待重新处理"), SI("wait") },
};
// clang-format on

static bool word_named(const RemedyWord *rows, int n, Str id, int *out)
{
    for (int i = 0; i < n; i++)
        if (str_eq(rows[i].id, id))
            return *out = i, true;
    return false;
}

bool remedy_kind_named(Str id, RemedyKind *out)
{
    int i;
    return word_named(remedy_kinds, CASE__COUNT, id, &i) && (*out = (RemedyKind)i, true);
}

bool remedy_about_named(Str id, RemedyAbout *out)
{
    int i;
    return word_named(remedy_abouts, ABOUT__COUNT, id, &i) && (*out = (RemedyAbout)i, true);
}

bool remedy_result_named(Str id, RemedyResult *out)
{
    for (int r = 0; r < RESULT__COUNT; r++)
        if (str_eq(remedy_results[r].id, id))
            return *out = (RemedyResult)r, true;
    return false;
}

bool remedy_fact_named(Str id, RemedyFactKind *out)
{
    for (int k = 0; k < RF__COUNT; k++)
        if (str_eq(remedy_fact_defs[k].id, id))
            return *out = (RemedyFactKind)k, true;
    return false;
}

Str remedy_fact_name(RemedyFactKind fact, RemedyKind kind)
{
    return remedy_fact_defs[fact].names[kind != CASE_REVIEW];
}

RemedySettings remedy_settings_default(void)
{
    RemedySettings s;
    for (int i = 0; i < SETTING__COUNT; i++)
        s.n[i] = remedy_setting_defs[i].n;
    return s;
}

// --- going over the facts

// One stage at a time: an appeal or a retrial begins another.
typedef struct Walk {
    RemedyKind kind;
    RemedyStage stage;
    const RemedyFact *filed;
    const RemedyFact *in_stage[RF__COUNT]; // the last of each kind since the stage began
} Walk;

static Str name_of(const Walk *w, RemedyFactKind kind)
{
    return remedy_fact_name(kind, w->kind);
}

static bool needs(const Walk *w, RemedyFactKind kind, RemedyFactKind before, Err *err)
{
    return w->in_stage[before] ||
           fail(err, ERR_RULE, NULL, "“" PRI_STR "”之前要先登记“" PRI_STR "”",
                "“" PRI_STR "” comes after “" PRI_STR "”", STR_ARG(name_of(w, kind)),
                STR_ARG(name_of(w, before)));
}

static bool undecided(const Walk *w, RemedyFactKind kind, Err *err)
{
    return !w->in_stage[RF_DECIDED] ||
           fail(err, ERR_RULE, NULL, "这一审级已经有结果，不能“" PRI_STR "”",
                "this stage has been decided; not now: " PRI_STR, STR_ARG(name_of(w, kind)));
}

static bool redo_ordered(const Walk *w, Err *err)
{
    const RemedyFact *d = w->in_stage[RF_DECIDED];
    return (d && remedy_results[d->result].redo) ||
           fail(err, ERR_RULE, NULL, "没有责令重新答复，不能登记重新处理",
                "no new answer has been ordered");
}

static bool stage_is_before(const Walk *w, RemedyFactKind kind, RemedyStage stage, Err *err)
{
    return w->stage < stage ||
           fail(err, ERR_RULE, NULL, "已经进入这一审级，不能“" PRI_STR "”",
                "it is in that stage or a later one; not now: " PRI_STR, STR_ARG(name_of(w, kind)));
}

static bool until_ok(const RemedyFact *f, Err *err)
{
    return !date_is(f->until) || f->until.days >= f->on.days ||
           fail(err, ERR_INPUT, NULL, "期限的最后一天应当不早于这一步的日期",
                "the last day of the term lies before the step");
}

static bool fact_ok(const Walk *w, const RemedyFact *f, Err *err)
{
    const RemedyFactDef *def = &remedy_fact_defs[f->kind];
    if (!(w->kind == CASE_REVIEW ? def->review : def->suit))
        return fail(err, ERR_RULE, NULL, "行政复议没有这一步", "a review has no such step");
    if (def->once.n && (w->in_stage[f->kind] || (f->kind == RF_FILED && w->filed)))
        return fail(err, ERR_RULE, NULL, PRI_STR, "only once: " PRI_STR, STR_ARG(def->once));
    if (!until_ok(f, err))
        return false;
    switch (f->kind) {
    case RF_FILED:
        return true;
    case RF_ACCEPTED:
    case RF_NOTIFIED:
    case RF_HEARD:
    case RF_PROLONGED:
        return undecided(w, f->kind, err);
    case RF_ANSWERED:
        return undecided(w, f->kind, err) && needs(w, f->kind, RF_NOTIFIED, err);
    case RF_DECIDED:
        return true;
    case RF_SERVED:
        return needs(w, f->kind, RF_DECIDED, err);
    case RF_APPEALED:
        return needs(w, f->kind, RF_DECIDED, err) && stage_is_before(w, f->kind, STAGE_SECOND, err);
    case RF_RETRIED:
        return needs(w, f->kind, RF_DECIDED, err) &&
               stage_is_before(w, f->kind, STAGE_RETRIAL, err);
    case RF_REDONE:
        return redo_ordered(w, err);
    case RF__COUNT:
        break;
    }
    return false;
}

static void fact_take(Walk *w, const RemedyFact *f)
{
    if (f->kind == RF_FILED)
        w->filed = f;
    if (f->kind == RF_APPEALED || f->kind == RF_RETRIED) {
        w->stage = f->kind == RF_APPEALED ? STAGE_SECOND : STAGE_RETRIAL;
        memset(w->in_stage, 0, sizeof w->in_stage);
    }
    w->in_stage[f->kind] = f;
}

static Walk walk_begin(RemedyKind kind)
{
    return (Walk){.kind = kind, .stage = kind == CASE_REVIEW ? STAGE_REVIEW : STAGE_FIRST};
}

bool remedy_history_ok(RemedyKind kind, const RemedyFacts *facts, Err *err)
{
    Walk w = walk_begin(kind);
    if (!facts->n || facts->v[0].kind != RF_FILED)
        return fail(err, ERR_RULE, NULL, "日期在提出复议、起诉之前，请核对",
                    "nothing can have happened before the case was filed; check the day");
    for (size_t i = 0; i < facts->n; i++) {
        if (!fact_ok(&w, &facts->v[i], err))
            return false;
        fact_take(&w, &facts->v[i]);
    }
    return true;
}

bool remedy_decide(RemedyKind kind, const RemedyFacts *now, const RemedyFact *step, Date today,
                   Arena *a, RemedyFacts *next, Err *err)
{
    if (!date_is(step->on) || step->on.days > today.days)
        return fail(err, ERR_INPUT, NULL, "日期应当是今天或者以前的一天",
                    "the day is today or before");
    RemedyFacts all = {NEW(a, RemedyFact, now->n + 1), now->n + 1, now->n + 1};
    size_t at = now->n;
    while (at > 0 && now->v[at - 1].on.days > step->on.days)
        at--;
    for (size_t i = 0; i < now->n; i++)
        all.v[i < at ? i : i + 1] = now->v[i];
    all.v[at] = *step;
    if (!remedy_history_ok(kind, &all, err))
        return false;
    *next = all;
    return true;
}

bool remedy_may(RemedyKind kind, const RemedyFacts *facts, RemedyFactKind step, Date today,
                Arena *a)
{
    Err unread;
    RemedyFacts next;
    RemedyFact f = {.id = (int64_t)facts->n + 1, .kind = step, .on = today, .until = date_none};
    return step != RF_FILED && remedy_decide(kind, facts, &f, today, a, &next, &unread);
}

// --- where it stands

static Walk walk_until(RemedyKind kind, const RemedyFacts *facts, Date day)
{
    Walk w = walk_begin(kind);
    for (size_t i = 0; i < facts->n && facts->v[i].on.days <= day.days; i++)
        fact_take(&w, &facts->v[i]);
    return w;
}

static bool workdays_after(const Calendar *c, Date from, int n, Date *out, Err *err)
{
    Term term;
    return calendar_due(c, from, n, &term, err) && (*out = term.due, true);
}

// The day that the notice sets; where it sets none, the usual number of days.
static bool answer_due(const Walk *w, const Calendar *c, const RemedySettings *s, Date *out,
                       Err *err)
{
    const RemedyFact *f = w->in_stage[RF_NOTIFIED];
    if (!f)
        return true;
    if (date_is(f->until))
        return *out = f->until, true;
    return w->kind == CASE_REVIEW
               ? workdays_after(c, f->on, s->n[SETTING_REVIEW_ANSWER], out, err)
               : remedy_last_day(f->on, s->n[SETTING_SUIT_ANSWER], UNIT_DAYS, c, out, err);
}

static bool redo_due(const Walk *w, const Calendar *c, const RemedySettings *s, Date *out, Err *err)
{
    const RemedyFact *d = w->in_stage[RF_DECIDED], *served = w->in_stage[RF_SERVED];
    if (date_is(d->until))
        return *out = d->until, true;
    return workdays_after(c, served ? served->on : d->on, s->n[SETTING_REDO], out, err);
}

static bool decided(const Walk *w, const Calendar *c, const RemedySettings *s, RemedyState *out,
                    Err *err)
{
    const RemedyFact *d = w->in_stage[RF_DECIDED], *served = w->in_stage[RF_SERVED];
    const RemedyTerm *suit = &remedy_terms[TERM_SUIT_AFTER];
    out->decided = true;
    out->result = d->result;
    out->closed = d->on;
    out->served = served ? served->on : date_none;
    out->redone = w->in_stage[RF_REDONE] != NULL;
    out->phase = RP_CLOSED;
    if (served && w->kind == CASE_REVIEW &&
        !remedy_last_day(served->on, suit->n, suit->unit, c, &out->suit_by, err))
        return false;
    if (!remedy_results[d->result].redo || out->redone)
        return true;
    out->phase = RP_REDO;
    out->redo_told = date_is(d->until);
    return redo_due(w, c, s, &out->redo_by, err);
}

bool remedy_compute(RemedyKind kind, const RemedyFacts *facts, const Calendar *c,
                    const RemedySettings *s, Date today, RemedyState *out, Err *err)
{
    Walk w = walk_until(kind, facts, today);
    Date answer_by = date_none;
    RemedyState state = {.stage = w.stage,
                         .filed = w.filed ? w.filed->on : date_none,
                         .closed = date_none,
                         .served = date_none,
                         .answer_by = date_none,
                         .redo_by = date_none,
                         .suit_by = date_none};
    if (!answer_due(&w, c, s, &answer_by, err))
        return false;
    const RemedyFact *answered = w.in_stage[RF_ANSWERED];
    state.answer_late = answered && date_is(answer_by) && answered->on.days > answer_by.days;
    state.phase = w.in_stage[RF_ACCEPTED] || answered || w.stage > STAGE_FIRST ? RP_OPEN : RP_FILED;
    if (w.in_stage[RF_NOTIFIED] && !answered) {
        state.phase = RP_ANSWER;
        state.answer_by = answer_by;
    }
    if (w.in_stage[RF_DECIDED]) {
        state.answer_by = date_none;
        if (!decided(&w, c, s, &state, err))
            return false;
    }
    *out = state;
    return true;
}

bool remedy_column(RemedyKind kind, const RemedyFacts *facts, Date from, Date to, T4Column *out)
{
    Walk w = walk_until(kind, facts, to);
    const RemedyFact *d = w.in_stage[RF_DECIDED];
    if (!w.filed || (d && d->on.days < from.days))
        return false;
    *out = d ? remedy_results[d->result].column : COLUMN_PENDING;
    return true;
}
