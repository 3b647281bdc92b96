#include "domain/clock_run.h"

// --- pauses

const Pause *term_pause(const TermRun *t, Date d)
{
    for (size_t i = 0; i < t->n_pauses; i++)
        if (d.days > t->pauses[i].after.days && d.days <= t->pauses[i].to.days)
            return &t->pauses[i];
    return NULL;
}

// Pauses may overlap: each day is taken out once. They are in the order of their beginning.
bool term_paused_days(const TermRun *t, const Calendar *c, Date to, int *out, Err *err)
{
    int sum = 0;
    Date reached = t->begins;
    for (size_t i = 0; i < t->n_pauses; i++) {
        const Pause *p = &t->pauses[i];
        Date from = p->after.days > reached.days ? p->after : reached;
        Date end = p->to.days < to.days ? p->to : to;
        int days = 0;
        if (end.days <= from.days)
            continue;
        if (!calendar_count(c, from, end, &days, err))
            return false;
        sum += days;
        reached = end;
    }
    *out = sum;
    return true;
}

// Every pause that falls before the end moves it, and may bring another pause before it.
bool term_due(const TermRun *t, const Calendar *c, Term *out, Err *err)
{
    Term due;
    int paused = 0, again;
    for (;;) {
        if (!calendar_due(c, t->begins, t->workdays + paused, &due, err) ||
            !term_paused_days(t, c, due.due, &again, err))
            return false;
        if (again == paused)
            break;
        paused = again;
    }
    *out = due;
    return true;
}

// --- going over the facts

typedef struct Walk {
    const RequestFacts *facts;
    const Calendar *c;
    const ClockSettings *s;
    ClockRun *run;
} Walk;

static bool too_many(Err *err)
{
    return fail(err, ERR_LIMIT, NULL, "这件申请的经过太多，无法计算期限",
                "the request has too many steps to be computed");
}

static TermRun *term_now(ClockRun *run)
{
    return run->n_terms ? &run->terms[run->n_terms - 1] : NULL;
}

// 条例第三十三条第三款 keeps the time that others need for their opinion out of the term, whichever
// term it is: what is still running when a new one begins goes on in that one. Days before it are
// gone with the term they were in.
static void pauses_go_on(const Walk *w, const TermRun *from, TermRun *to)
{
    for (size_t i = 0; w->s->opinion_goes_over && i < from->n_pauses; i++) {
        Pause p = from->pauses[i];
        if (!p.open || p.to.days <= to->begins.days)
            continue;
        p.after = to->begins;
        to->pauses[to->n_pauses++] = p;
    }
}

static bool term_begin(Walk *w, const RequestFact *f, Err *err)
{
    ClockRun *run = w->run;
    if (run->n_terms == MAX_TERMS)
        return too_many(err);
    TermRun *t = &run->terms[run->n_terms++];
    *t = (TermRun){.from = f, .begins = f->on, .workdays = clock_rules[RULE_REPLY].n};
    if (run->n_terms > 1)
        pauses_go_on(w, t - 1, t);
    run->phase = PHASE_OPEN;
    run->waits_until = date_none;
    return true;
}

static bool wait_for(Walk *w, Date from, int workdays, Err *err)
{
    Term until;
    if (!calendar_due(w->c, from, workdays, &until, err))
        return false;
    w->run->waits_until = until.due;
    w->run->provisional |= until.provisional;
    return true;
}

static bool on_filed(Walk *w, const RequestFact *f, Err *err)
{
    w->run->filed = f;
    if (channel_defs[f->channel].waits)
        return true;
    w->run->received = f;
    return term_begin(w, f, err);
}

static bool on_confirmed(Walk *w, const RequestFact *f, Err *err)
{
    if (w->run->received)
        return true;
    w->run->received = f;
    return term_begin(w, f, err);
}

static bool break_term(Walk *w, const RequestFact *f, Phase phase)
{
    TermRun *t = term_now(w->run);
    if (t)
        t->broken = f;
    w->run->phase = phase;
    w->run->last_ask = f;
    return t != NULL;
}

static bool on_correction(Walk *w, const RequestFact *f, Err *err)
{
    int workdays = f->workdays ? f->workdays : w->s->correction_workdays;
    return !break_term(w, f, PHASE_CORRECTION) || wait_for(w, f->on, workdays, err);
}

static bool on_fee(Walk *w, const RequestFact *f, Err *err)
{
    return !break_term(w, f, PHASE_FEE) || wait_for(w, f->on, clock_rules[RULE_FEE_PAYMENT].n, err);
}

static bool on_fee_received(Walk *w, const RequestFact *f, Err *err)
{
    return w->run->phase != PHASE_FEE || wait_for(w, f->on, clock_rules[RULE_FEE_PAYMENT].n, err);
}

static bool on_new_term(Walk *w, const RequestFact *f, Err *err)
{
    return term_begin(w, f, err);
}

// --- opinions

static int pause_workdays(const Pause *p)
{
    return clock_rules[p->asked->kind == FACT_ORGAN_ASKED ? RULE_ORGAN : RULE_THIRD_PARTY].n;
}

// Until when they may answer: from the day they received the letter, or else from its sending.
static bool pause_until(Walk *w, Pause *p, Date from, Err *err)
{
    Term until;
    if (!calendar_due(w->c, from, pause_workdays(p), &until, err))
        return false;
    p->to = until.due;
    w->run->provisional |= until.provisional;
    return true;
}

static bool on_asked(Walk *w, const RequestFact *f, Err *err)
{
    TermRun *t = term_now(w->run);
    if (!t)
        return true;
    if (t->n_pauses == MAX_PAUSES)
        return too_many(err);
    Pause *p = &t->pauses[t->n_pauses++];
    *p = (Pause){.asked = f, .after = f->on, .open = true};
    return pause_until(w, p, f->on, err);
}

static Pause *pause_about(ClockRun *run, int64_t asked)
{
    TermRun *t = term_now(run);
    for (size_t i = 0; t && i < t->n_pauses; i++)
        if (t->pauses[i].asked->id == asked)
            return &t->pauses[i];
    return NULL;
}

static bool on_asked_received(Walk *w, const RequestFact *f, Err *err)
{
    Pause *p = pause_about(w->run, f->about);
    return !p || !p->open || pause_until(w, p, f->on, err);
}

// One that comes after its time changes nothing any more.
static bool on_opinion(Walk *w, const RequestFact *f, Err *err)
{
    (void)err;
    Pause *p = pause_about(w->run, f->about);
    if (!p || !p->open)
        return true;
    Date last = {f->on.days - (w->s->opinion_day_counts_out ? 0 : 1)};
    p->open = false;
    if (last.days < p->to.days)
        p->to = last.days > p->after.days ? last : p->after;
    return true;
}

// --- the rest

static bool on_extended(Walk *w, const RequestFact *f, Err *err)
{
    (void)err;
    TermRun *t = term_now(w->run);
    if (!t)
        return true;
    t->workdays += f->workdays;
    t->extended = f;
    w->run->extended = true;
    return true;
}

static bool on_delayed(Walk *w, const RequestFact *f, Err *err)
{
    (void)err;
    if (term_now(w->run))
        term_now(w->run)->delayed = f;
    return true;
}

static bool on_answered(Walk *w, const RequestFact *f, Err *err)
{
    (void)err;
    w->run->answered = w->run->answered ? w->run->answered : f;
    w->run->phase = PHASE_DONE;
    return true;
}

static bool on_ended(Walk *w, const RequestFact *f, Err *err)
{
    (void)err;
    w->run->ended = f;
    w->run->phase = w->run->answered ? PHASE_DONE : PHASE_ENDED;
    return true;
}

static bool on_nothing(Walk *w, const RequestFact *f, Err *err)
{
    (void)w, (void)f, (void)err;
    return true;
}

typedef bool OnFact(Walk *w, const RequestFact *f, Err *err);

// clang-format off
static OnFact *const on_fact[FACT__COUNT] = {
    [FACT_FILED]               = on_filed,
    [FACT_CONFIRMED]           = on_confirmed,
    [FACT_CORRECTION_ASKED]    = on_correction,
    [FACT_CORRECTED]           = on_new_term,
    [FACT_THIRD_PARTY_ASKED]   = on_asked,
    [FACT_ORGAN_ASKED]         = on_asked,
    [FACT_ASKED_RECEIVED]      = on_asked_received,
    [FACT_OPINION]             = on_opinion,
    [FACT_REASONS_ASKED]       = on_nothing, // 第三十五条 says nothing of the term meanwhile: it runs on
    [FACT_REASONS_GIVEN]       = on_nothing,
    [FACT_EXTENDED]            = on_extended,
    [FACT_DELAYED]             = on_delayed,
    [FACT_FEE_NOTICED]         = on_fee,
    [FACT_FEE_NOTICE_RECEIVED] = on_fee_received,
    [FACT_FEE_PAID]            = on_new_term,
    [FACT_ANSWERED]            = on_answered,
    [FACT_DELIVERED]           = on_nothing,
    [FACT_WITHDRAWN]           = on_ended,
    [FACT_CLOSED]              = on_ended,
    [FACT_REDONE]              = on_nothing, // the term of the request was over with its first reply
    [FACT_REDONE_DELIVERED]    = on_nothing,
};
// clang-format on

// While somebody may still give an opinion, it is their turn.
static void opinions_open(ClockRun *run, Date today)
{
    const TermRun *t = term_now(run);
    if (run->phase != PHASE_OPEN || !t)
        return;
    for (size_t i = 0; i < t->n_pauses; i++) {
        const Pause *p = &t->pauses[i];
        if (!p->open || today.days > p->to.days)
            continue;
        run->phase = PHASE_OPINION;
        if (!date_is(run->waits_until) || p->to.days > run->waits_until.days)
            run->waits_until = p->to;
    }
}

bool clock_run(const RequestFacts *facts, const Calendar *c, const ClockSettings *s, Date today,
               ClockRun *out, Err *err)
{
    *out = (ClockRun){.phase = PHASE_UNCONFIRMED, .waits_until = date_none};
    Walk w = {facts, c, s, out};
    for (size_t i = 0; i < facts->n && facts->v[i].on.days <= today.days; i++)
        if (!on_fact[facts->v[i].kind](&w, &facts->v[i], err))
            return false;
    opinions_open(out, today);
    return true;
}
