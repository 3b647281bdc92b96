#include "app/handover.h"

#include "app/person_note.h"
#include "store/person.h"

const HandoverKind handover_kinds[] = {
    {{0}, {0}, NULL, NULL},
};

Str handover_noun(Str noun)
{
    for (const HandoverKind *k = handover_kinds; k->noun.n; k++)
        if (str_eq(k->noun, noun))
            return k->name;
    return noun;
}

bool handover_open(Db *db, const Scope *scope, PersonId person, Arena *a, HandoverItems *out,
                   Err *err)
{
    HandoverItems items = {0};
    for (const HandoverKind *k = handover_kinds; k->noun.n; k++)
        if (!k->list(db, scope, person, a, &items, err))
            return false;
    *out = items;
    return true;
}

static bool move(Act *act, const HandoverItem *item, PersonId from, PersonId to, Arena *a, Err *err)
{
    for (const HandoverKind *k = handover_kinds; k->noun.n; k++)
        if (str_eq(k->noun, item->noun))
            return k->move(act, item, from, to, a, err);
    return true;
}

// What lies outside would be left behind with somebody who is gone.
static bool all_in_scope(App *app, PersonId person, size_t seen, Arena *a, Err *err)
{
    HandoverItems all = {0};
    Scope site = scope_site(app->site);
    if (!handover_open(app->db, &site, person, a, &all, err))
        return false;
    return all.n == seen ||
           fail(err, ERR_RULE, NULL, "还有%lld件在您管理的范围以外，请由上级管理员办理交接",
                "%lld open things lie beyond what you administer", (long long)(all.n - seen));
}

static bool note_run(Act *act, const Handover *h, const Person *to, Arena *a, Err *err)
{
    NoteOut note = note_new(a);
    note_str(&note, S("successor"), to->name);
    note_int(&note, S("count"), h->n_items);
    note_str(&note, S("why"), h->note);
    return act_note(act,
                    &(ActNote){.kind = ACT_HANDOVER,
                               .noun = S("person"),
                               .noun_id = h->from.n,
                               .organ = h->organ,
                               .became = note_done(&note)},
                    err);
}

bool handover_run(Act *act, const Person *from, const Person *to, Str note, Arena *a, Handover *out,
                  Err *err)
{
    App *app = act->app;
    HandoverItems items = {0};
    Handover h = {
        .from = from->id, .to = to->id, .organ = from->organ, .at = app->now, .note = note};
    if (!handover_open(app->db, &app->scope, from->id, a, &items, err) ||
        !all_in_scope(app, from->id, items.n, a, err))
        return false;
    for (size_t i = 0; i < items.n; i++)
        if (!move(act, &items.v[i], from->id, to->id, a, err))
            return false;
    if (items.n && (!store_handover_add(app->db, app->site, &h, &items, app->actor.person, err) ||
                    !note_run(act, &h, to, a, err)))
        return false;
    *out = h;
    return true;
}

bool app_hand_over(App *app, PersonId from, PersonId to, Str note, Arena *a, Handover *out,
                   Err *err)
{
    CLEANUP(act_end) Act act = {0};
    Person giver, taker;
    Handover h = {0};
    Giver by = {app->actor.person, app->scope.reach};
    if (!act_begin(app, &act, err) ||
        !store_person_get(app->db, &app->scope, from, a, &giver, err) ||
        !store_person_get(app->db, &app->scope, to, a, &taker, err) ||
        !handover_decide(&by, &giver, &taker, err) ||
        !handover_run(&act, &giver, &taker, note, a, &h, err))
        return false;
    if (!h.id)
        return fail(err, ERR_RULE, NULL, PRI_STR "手上没有要交接的事项",
                    PRI_STR " has nothing open to hand over", STR_ARG(giver.name));
    if (!act_commit(&act, err))
        return false;
    *out = h;
    return true;
}
