#include "app/desk.h"

#include "app/notice_mail.h"
#include "base/buf.h"
#include "base/json.h"

#include <assert.h>

enum { DAY_S = 86400, DRAFT_DAYS = 30, NOTICE_DAYS = 90, CLEAN_MOST = 5000, MAIL_ROOM = 4 << 20 };

// --- tasks

// clang-format off
static const ActKind step_acts[STEP__COUNT] = {
    [STEP_TAKE] = ACT_TASK_TAKE, [STEP_BACK]  = ACT_TASK_BACK,  [STEP_GIVE] = ACT_TASK_GIVE,
    [STEP_DONE] = ACT_TASK_DONE, [STEP_DEFER] = ACT_TASK_DEFER, [STEP_DROP] = ACT_TASK_DROP,
};
// clang-format on

static Str task_json(Arena *a, const Task *t)
{
    Buf b = buf_new(a, 64 << 10);
    JsonOut w = json_out(&b);
    json_object(&w);
    json_put_str(&w, "title", t->title);
    json_put_int(&w, "person", t->person.n);
    json_put_str(&w, "due", date_is(t->due) ? date_iso(a, t->due) : S(""));
    json_put_str(&w, "state", task_state_ids[t->state]);
    json_put_str(&w, "why", t->why);
    json_end(&w);
    return buf_str(&b);
}

static bool hand_found(App *app, const Task *t, PersonId to, Arena *a, Err *err)
{
    TaskHands hands;
    if (!store_task_hands(app->db, app->site, t, app->today, a, &hands, err))
        return false;
    for (size_t i = 0; i < hands.n; i++)
        if (hands.v[i].person.n == to.n)
            return true;
    return fail(err, ERR_RULE, NULL, "只能交给在本机关担任同一岗位的人",
                "only to somebody who holds the role at the organ");
}

static bool tell_of_given(App *app, const Task *t, Arena *a, Err *err)
{
    return app_notify(
        app, t->person, NOTICE_TASK_GIVEN,
        str_fmt(a, PRI_STR "把“" PRI_STR "”交给您", STR_ARG(app->actor.name), STR_ARG(t->title)),
        str_fmt(a, "/desk/tasks/%lld", (long long)t->id.n), err);
}

static TaskStep step_of(const App *app, const TaskAsk *ask, bool in_box, bool may_give)
{
    return (TaskStep){.kind = ask->kind,
                      .by = app->actor.person,
                      .may_give = may_give,
                      .in_box = in_box,
                      .to = ask->to,
                      .until = ask->until,
                      .why = ask->why,
                      .today = app->today,
                      .now = app->now};
}

// Other people's tasks are seen with the power to give them.
bool app_task_step(App *app, const Viewer *who, TaskId id, const TaskAsk *ask, Arena *a, Task *out,
                   Err *err)
{
    CLEANUP(act_end) Act act = {0};
    Task now, next;
    bool in_box;
    Scope gives = viewer_scope(who, MAY_TASK_GIVE);
    Strs boxes = task_boxes(who, a);
    if (!act_begin(app, &act, err) ||
        !store_task_get(app->db, &gives, &boxes, id, a, &now, &in_box, err))
        return false;
    now.version = ask->version;
    TaskStep step = step_of(app, ask, in_box, gives.reach != REACH_NONE);
    if (!task_decide(&now, &step, &next, err) ||
        (ask->kind == STEP_GIVE && !hand_found(app, &now, ask->to, a, err)) ||
        !store_task_save(app->db, app->site, &next, err) ||
        (ask->kind == STEP_GIVE && next.person.n != app->actor.person.n &&
         !tell_of_given(app, &next, a, err)))
        return false;
    ActNote note = {.kind = step_acts[ask->kind],
                    .noun = S("task"),
                    .noun_id = id.n,
                    .version = next.version,
                    .organ = next.organ,
                    .was = task_json(a, &now),
                    .became = task_json(a, &next)};
    if (!act_note(&act, &note, err) || !act_commit(&act, err))
        return false;
    *out = next;
    return true;
}

// --- notices

bool app_notify(App *app, PersonId to, NoticeKind kind, Str words, Str door, Err *err)
{
    Notice n = {.at = app->now, .kind = kind, .words = words, .door = door};
    CLEANUP(arena_end) Arena a = arena_new(MAIL_ROOM + 8 * words.n);
    return store_notice_add(app->db, app->site, to, &n, err) && notice_mail(app, to, &n, &a, err);
}

bool app_notice_read(App *app, int64_t id, Err *err)
{
    CLEANUP(tx_end) Tx tx = tx_begin(app->db);
    PersonId me = app->actor.person;
    bool ok = id ? store_notice_read(app->db, app->site, me, id, app->now, err)
                 : store_notice_read_all(app->db, app->site, me, app->now, err);
    return ok && tx_commit(&tx, err);
}

static Str choice_json(Arena *a, const bool mail[NOTICE__COUNT])
{
    Buf b = buf_new(a, 4096);
    JsonOut w = json_out(&b);
    json_object(&w);
    for (int k = 0; k < NOTICE__COUNT; k++)
        json_put_bool(&w, notice_kinds[k].id.s, mail[k]);
    json_end(&w);
    return buf_str(&b);
}

bool app_notice_choose(App *app, const bool mail[NOTICE__COUNT], Err *err)
{
    char room[16 << 10];
    Arena a = arena_over(room, sizeof room);
    CLEANUP(act_end) Act act = {0};
    PersonId me = app->actor.person;
    bool before[NOTICE__COUNT];
    if (!act_begin(app, &act, err) || !store_notice_mail(app->db, app->site, me, before, err))
        return false;
    for (int k = 0; k < NOTICE__COUNT; k++)
        if (mail[k] != before[k] && !notice_kinds[k].must &&
            !store_notice_choose(app->db, app->site, me, (NoticeKind)k, mail[k], err))
            return false;
    ActNote note = {.kind = ACT_NOTICE_CHOOSE,
                    .noun = S("person"),
                    .noun_id = me.n,
                    .was = choice_json(&a, before),
                    .became = choice_json(&a, mail)};
    return act_note(&act, &note, err) && act_commit(&act, err);
}

// --- drafts

bool app_draft_save(App *app, Str form, Str body, int64_t version, Err *err)
{
    if (form.n > DRAFT_FORM_MAX || body.n > DRAFT_BODY_MAX)
        return fail(err, ERR_LIMIT, NULL, "内容太长，存不成草稿", "too long to be kept as a draft");
    CLEANUP(tx_end) Tx tx = tx_begin(app->db);
    Draft d = {.form = form, .body = body, .version = version, .at = app->now};
    return store_draft_save(app->db, app->site, app->actor.person, &d, err) && tx_commit(&tx, err);
}

bool app_draft_drop(App *app, Str form, Err *err)
{
    CLEANUP(tx_end) Tx tx = tx_begin(app->db);
    return store_draft_drop(app->db, app->site, app->actor.person, form, err) &&
           tx_commit(&tx, err);
}

bool app_desk_clean(App *app, Arena *a, Str *did, Err *err)
{
    CLEANUP(tx_end) Tx tx = tx_begin(app->db);
    int64_t drafts;
    if (!store_draft_clean(app->db, app->site, app->now - (int64_t)DRAFT_DAYS * DAY_S, &drafts,
                           err) ||
        !store_notice_clean(app->db, app->site, app->now - (int64_t)NOTICE_DAYS * DAY_S, CLEAN_MOST,
                            err) ||
        !tx_commit(&tx, err))
        return false;
    *did = drafts ? str_fmt(a, "%lld old drafts thrown away", (long long)drafts) : S("");
    return true;
}
