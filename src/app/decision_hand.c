#include "app/decision_hand.h"

// --- the order

// Of the stage that the case is in: a judgment on appeal takes the place of the one before it.
static void order_read(const StoredRemedyFacts *facts, RedoOrder *o)
{
    for (size_t i = facts->n; i-- > 0;) {
        const StoredRemedyFact *f = &facts->v[i];
        if (f->struck_at || f->fact.kind != RF_DECIDED)
            continue;
        o->on = f->fact.on;
        o->told = date_is(f->fact.until);
        o->paper = f->document.n ? f->document : o->c.number;
        return;
    }
}

static bool order_of(App *app, RequestId request, RemedyId id, Arena *a, RedoOrder *out, Err *err)
{
    StoredRemedyFacts facts;
    RedoOrder o = {.on = date_none, .due = date_none};
    if (!id.n)
        return *out = o, true;
    if (!store_remedy_of(app->db, app->site, request, id, a, &o.c, err) ||
        !store_remedy_facts(app->db, app->site, id, a, &facts, err))
        return false;
    o.due = o.c.redo_by;
    order_read(&facts, &o);
    *out = o;
    return true;
}

// --- in hand

static bool head_named(const DecisionHeads *heads, int64_t nth, DecisionHead *out, Err *err)
{
    for (size_t i = 0; i < heads->n; i++)
        if (heads->v[i].nth == nth)
            return *out = heads->v[i], true;
    return fail(err, ERR_MISSING, NULL, "没有这份决定单", "no such decision");
}

static bool is_open(const DecisionInHand *h, const InfoRequest *r, const RequestFacts *facts)
{
    return !decision_is_out(&h->head, facts) &&
           (h->head.remedy ? date_is(h->order.due) && !r->open : r->open);
}

bool decision_hand_nth(App *app, const InfoRequest *r, const RequestFacts *facts, int64_t nth,
                       Arena *a, DecisionInHand *out, Err *err)
{
    RemedyCases waiting;
    DecisionInHand h = {0};
    if (!store_decision_heads(app->db, app->site, r->id, a, &h.heads, err) ||
        !store_remedy_waiting(app->db, app->site, r->id, a, &waiting, err))
        return false;
    h.head = decision_in_hand(&h.heads, facts, r->open, waiting.n ? waiting.v[0].id.n : 0);
    if (nth && nth != h.head.nth && !head_named(&h.heads, nth, &h.head, err))
        return false;
    if (!order_of(app, r->id, (RemedyId){h.head.remedy}, a, &h.order, err))
        return false;
    h.open = is_open(&h, r, facts);
    *out = h;
    return true;
}

bool decision_hand(App *app, const InfoRequest *request, const RequestFacts *facts, Arena *a,
                   DecisionInHand *out, Err *err)
{
    return decision_hand_nth(app, request, facts, 0, a, out, err);
}

// --- in words

static Str before(const DecisionInHand *h)
{
    Str code = S("");
    for (size_t i = 0; i < h->heads.n && h->heads.v[i].nth < h->head.nth; i++)
        code = h->heads.v[i].letter_code.n ? h->heads.v[i].letter_code : code;
    return code;
}

Str redo_words(const DecisionInHand *h, Arena *a)
{
    const RedoOrder *o = &h->order;
    Str code = before(h);
    if (!o->c.id.n)
        return S("");
    Str what = str_fmt(a, PRI_STR PRI_STR "%s", STR_ARG(o->c.forum), STR_ARG(o->paper),
                       o->c.kind == CASE_REVIEW ? "行政复议决定" : "行政判决");
    if (code.n)
        what = str_fmt(a, PRI_STR "对本机关的答复（" PRI_STR "）", STR_ARG(what), STR_ARG(code));
    return str_fmt(a, PRI_STR "作出处理：" PRI_STR "。本机关现重新答复如下。", STR_ARG(what),
                   STR_ARG(remedy_results[o->c.result].name));
}

const DecisionHead *decision_of_letter(const DecisionHeads *heads, int64_t letter)
{
    for (size_t i = 0; i < heads->n; i++)
        if (letter && heads->v[i].letter == letter)
            return &heads->v[i];
    return NULL;
}

const DecisionHead *decision_last_out(const DecisionHeads *heads, const RequestFacts *facts,
                                      Date day)
{
    for (size_t i = heads->n; i-- > 0;) {
        Date on = decision_sent_on(decision_redo(&heads->v[i]), facts);
        if (heads->v[i].state == DECISION_SIGNED && date_is(on) && on.days <= day.days)
            return &heads->v[i];
    }
    return NULL;
}
