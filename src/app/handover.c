#include "app/handover.h"

#include "app/desk.h"
#include "app/person_note.h"
#include "store/person.h"

// Read by number, since whoever hands it over need not be one of those whose box it lies in.
static bool task_find(Act *act, int64_t id, PersonId person, Arena *a, Task *out, Err *err)
{
    Tasks tasks = {0};
    if (!store_task_of_person(act->app->db, act->app->site, person, a, &tasks, err))
        return false;
    for (size_t i = 0; i < tasks.n; i++)
        if (tasks.v[i].id.n == id)
            return *out = tasks.v[i], true;
    return fail(err, ERR_BUSY, NULL, "交接事项刚刚有变动，请核对后再提交",
                "what is open has just changed; look again");
}

static bool task_move(Act *act, const HandoverItem *item, PersonId from, PersonId to, Arena *a,
                      Err *err)
{
    App *app = act->app;
    Task now, next;
    TaskStep step = {.kind = STEP_GIVE,
                     .by = app->actor.person,
                     .may_give = true,
                     .to = to,
                     .today = app->today,
                     .now = app->now};
    return task_find(act, item->id, from, a, &now, err) && task_decide(&now, &step, &next, err) &&
           store_task_save(app->db, app->site, &next, err);
}

static bool request_move(Act *act, const HandoverItem *item, PersonId from, PersonId to, Arena *a,
                         Err *err)
{
    (void)a;
    return store_handover_request(act->app->db, act->app->site, item->id, from, to, err);
}

const HandoverKind handover_kinds[] = {
    {SI("request"), SI("依申请公开"), store_handover_requests, request_move},
    {SI("task"), SI("待办"), store_handover_tasks, task_move},
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

static bool tell(App *app, const Person *from, const Handover *h, Arena *a, Err *err)
{
    Str words = str_fmt(a, PRI_STR "把没有办完的%lld件交接给您", STR_ARG(from->name),
                        (long long)h->n_items);
    return app_notify(app, h->to, NOTICE_HANDED_OVER, words,
                      str_fmt(a, "/desk/handovers/%lld", (long long)h->id), err);
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
                    !note_run(act, &h, to, a, err) || !tell(app, from, &h, a, err)))
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
