#include "app/opinion.h"

bool opinions_load(App *app, RequestId id, const StoredFacts *stored, const RequestRules *rules,
                   Arena *a, Opinions *out, Err *err)
{
    RequestFacts facts = facts_standing(stored, a);
    Opinions list;
    if (!opinions_of(&facts, &rules->calendar, a, &list, err) ||
        !store_opinions(app->db, app->site, id, stored, a, &list, err))
        return false;
    *out = list;
    return true;
}

static Opinion *asked_by(Opinions *list, int64_t fact, Err *err)
{
    for (size_t i = 0; i < list->n; i++)
        if (list->v[i].fact == fact)
            return &list->v[i];
    fail(err, ERR_MISSING, NULL, "没有这份征求意见书", "nobody was asked by that letter");
    return NULL;
}

static Opinion with_part(const Opinion *now, const OpinionStep *step)
{
    Opinion next = *now;
    const Opinion *said = &step->said;
    switch (step->part) {
    case OPINION_SENT:
        next.address = said->address;
        next.number = said->number;
        break;
    case OPINION_RECEIVED:
        next.received = said->received;
        break;
    case OPINION_ANSWER:
        next.came = said->came;
        next.answer = said->answer;
        next.reasons = said->reasons;
        break;
    case OPINION_JUDGE:
        next.held = said->held;
        next.decided = said->decided;
        next.decided_why = said->decided_why;
        break;
    case OPINION_TOLD:
        next.told_on = said->told_on;
        next.told_number = said->told_number;
        break;
    case OPINION_PART__COUNT:
        break;
    }
    return next;
}

// The two parts that are facts of the request; an answer that was recorded as a fact before its
// content was is not recorded twice.
static bool fact_take(App *app, RequestWork *w, const Opinion *now, const OpinionStep *step,
                      Arena *a, Err *err)
{
    bool answer = step->part == OPINION_ANSWER;
    if (step->part != OPINION_RECEIVED && !answer)
        return request_save(app, w, err);
    if (answer && date_is(now->came))
        return request_save(app, w, err);
    RequestStep taken = {.id = step->id,
                         .fact = {.kind = answer ? FACT_OPINION : FACT_ASKED_RECEIVED,
                                  .on = answer ? step->said.came : step->said.received,
                                  .until = date_none,
                                  .about = step->fact,
                                  .document = step->said.document},
                         .whom = answer ? now->whom : S(""),
                         .note = answer ? opinion_answers[step->said.answer].name : S("")};
    return request_take(app, w, &taken, a, err);
}

bool app_opinion_keep(App *app, const OpinionStep *step, Arena *a, Err *err)
{
    CLEANUP(act_end) Act act = {0};
    RequestWork w;
    Opinions list;
    if (!act_begin(app, &act, err) || !request_load(app, step->id, step->version, a, &w, err) ||
        !opinions_load(app, step->id, &w.stored, &w.rules, a, &list, err))
        return false;
    Opinion *now = asked_by(&list, step->fact, err);
    if (!now)
        return false;
    Opinion next = with_part(now, step);
    return opinion_decide(now, &next, step->part, app->today, err) &&
           fact_take(app, &w, now, step, a, err) &&
           store_opinion_save(app->db, app->site, step->id, &next, err) &&
           request_note(&act, ACT_OPINION_KEEP, &w, a, err) && act_commit(&act, err);
}
