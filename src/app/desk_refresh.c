// The job that finds out what is to be done: for each kind of task, the situations as they stand
// are held against the tasks as they stand, both in the same order.
#include "app/desk.h"

#include "base/buf.h"
#include "base/json.h"

typedef struct Tally {
    int64_t made, settled, changed;
} Tally;

static const Holder *holder_of(const Holders *holders, OrganId organ)
{
    size_t low = 0, high = holders->n;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (holders->v[mid].organ.n < organ.n)
            low = mid + 1;
        else
            high = mid;
    }
    return low < holders->n && holders->v[low].organ.n == organ.n ? &holders->v[low] : NULL;
}

static bool role_there(TaskKind kind, const Holder *h, Role *out)
{
    for (int i = 0; h && i < TASK_ROLES && task_kinds[kind].roles[i] != ROLE__COUNT; i++)
        if (h->roles >> task_kinds[kind].roles[i] & 1)
            return *out = task_kinds[kind].roles[i], true;
    return false;
}

void task_place(TaskKind kind, OrganId organ, const Holders *holders, OrganId *where, Role *role)
{
    enum { HIGHEST = 32 }; // steps up; a tree has fewer
    *where = organ;
    *role = task_kinds[kind].roles[0];
    const Holder *h = holder_of(holders, organ);
    if (role_there(kind, h, role))
        return;
    for (int i = 0; i < HIGHEST && h && h->parent.n; i++) {
        h = holder_of(holders, h->parent);
        if (h && h->roles >> ROLE_ADMIN & 1) {
            *where = h->organ;
            *role = ROLE_ADMIN;
            return;
        }
    }
}

static Task task_of(const App *app, TaskKind kind, const Situation *s, const Holders *holders,
                    Arena *a)
{
    const TaskKindDef *def = &task_kinds[kind];
    Task t = {.organ = s->organ,
              .person = s->person,
              .role = ROLE__COUNT,
              .kind = kind,
              .noun = task_nouns[kind],
              .noun_id = s->noun_id,
              .mark = s->mark,
              .due = s->due,
              .made_at = app->now};
    if (def->roles[0] != ROLE__COUNT) {
        t.person = (PersonId){0};
        task_place(kind, s->organ, holders, &t.organ, &t.role);
    }
    if (!date_is(t.due) && def->days)
        t.due = (Date){app->today.days + def->days};
    task_words(&t, s->name, s->more, a);
    return t;
}

static int order(const Task *t, const Situation *s)
{
    if (t->noun_id != s->noun_id)
        return t->noun_id < s->noun_id ? -1 : 1;
    return str_cmp(t->mark, s->mark);
}

static bool settle(App *app, const Task *now, Tally *tally, Err *err)
{
    if (now->state == TASK_DONE)
        return true;
    Task next = *now;
    next.state = TASK_DONE;
    next.done_at = app->now;
    next.version++;
    tally->settled++;
    return store_task_save(app->db, app->site, &next, err);
}

// What the situation says now; the day stays as it was given or put off, unless it is the law's.
static bool bring_up(App *app, const Task *now, const Task *wanted, Tally *tally, Err *err)
{
    if (now->state != TASK_OPEN)
        return true;
    Task next = *now;
    next.title = wanted->title;
    next.about = wanted->about;
    if (!now->person.n || now->role == ROLE__COUNT) {
        next.organ = wanted->organ;
        next.role = wanted->role;
        next.person = wanted->person;
    }
    if (task_kinds[now->kind].by_law)
        next.due = wanted->due;
    if (str_eq(next.title, now->title) && str_eq(next.about, now->about) &&
        next.organ.n == now->organ.n && next.role == now->role && next.person.n == now->person.n &&
        next.due.days == now->due.days)
        return true;
    next.version++;
    tally->changed++;
    return store_task_save(app->db, app->site, &next, err);
}

static bool make(App *app, Task *t, Tally *tally, Err *err)
{
    tally->made++;
    return store_task_add(app->db, app->site, t, err);
}

static bool refresh_kind(App *app, TaskKind kind, const Holders *holders, Arena *a, Tally *tally,
                         Err *err)
{
    Tasks now;
    Situations there;
    if (!store_task_of_kind(app->db, app->site, kind, a, &now, err) ||
        !store_task_situations(app->db, app->site, kind, app->today, a, &there, err))
        return false;
    size_t t = 0, s = 0;
    while (t < now.n || s < there.n) {
        int cmp = t == now.n ? 1 : s == there.n ? -1 : order(&now.v[t], &there.v[s]);
        if (cmp < 0) {
            if (!settle(app, &now.v[t++], tally, err))
                return false;
            continue;
        }
        Task wanted = task_of(app, kind, &there.v[s++], holders, a);
        bool ok = cmp > 0 ? make(app, &wanted, tally, err)
                          : bring_up(app, &now.v[t++], &wanted, tally, err);
        if (!ok)
            return false;
    }
    return true;
}

// What somebody held in a role that they hold no more goes back to the role.
static bool put_back(App *app, Arena *a, Tally *tally, Err *err)
{
    Tasks stranded;
    if (!store_task_stranded(app->db, app->site, app->today, a, &stranded, err))
        return false;
    for (size_t i = 0; i < stranded.n; i++) {
        Task next = stranded.v[i];
        next.person = (PersonId){0};
        next.version++;
        tally->changed++;
        if (!store_task_save(app->db, app->site, &next, err))
            return false;
    }
    return true;
}

static bool tell(App *app, Arena *a, int64_t *told, Err *err)
{
    Tasks due;
    if (!store_task_untold(app->db, app->site, app->today, a, &due, err))
        return false;
    for (size_t i = 0; i < due.n; i++) {
        const Task *t = &due.v[i];
        Str words = str_fmt(a, PRI_STR "：" PRI_STR, STR_ARG(task_left(a, t->due, app->today)),
                            STR_ARG(t->title));
        if (!app_notify(app, t->person, NOTICE_TASK_DUE, words,
                        str_fmt(a, "/desk/tasks/%lld", (long long)t->id.n), err))
            return false;
    }
    *told = (int64_t)due.n;
    return true;
}

static Str tally_json(Arena *a, const Tally *t, int64_t told)
{
    Buf b = buf_new(a, 1024);
    JsonOut w = json_out(&b);
    json_object(&w);
    json_put_int(&w, "made", t->made);
    json_put_int(&w, "settled", t->settled);
    json_put_int(&w, "changed", t->changed);
    json_put_int(&w, "told", told);
    json_end(&w);
    return buf_str(&b);
}

bool app_desk_refresh(App *app, Arena *a, Str *did, Err *err)
{
    CLEANUP(act_end) Act act = {0};
    Holders holders;
    Tally tally = {0};
    int64_t told = 0;
    if (!act_begin(app, &act, err) ||
        !store_task_holders(app->db, app->site, app->today, a, &holders, err))
        return false;
    for (int k = 0; k < TASK__COUNT; k++)
        if (!refresh_kind(app, (TaskKind)k, &holders, a, &tally, err))
            return false;
    if (!put_back(app, a, &tally, err) || !tell(app, a, &told, err))
        return false;
    *did = S("");
    if (!tally.made && !tally.settled && !tally.changed && !told)
        return true; // nothing was written, and nothing is noted
    ActNote note = {.kind = ACT_TASK_REFRESH, .became = tally_json(a, &tally, told)};
    if (!act_note(&act, &note, err) || !act_commit(&act, err))
        return false;
    *did = str_fmt(a, "%lld tasks made, %lld settled, %lld changed, %lld people told",
                   (long long)tally.made, (long long)tally.settled, (long long)tally.changed,
                   (long long)told);
    return true;
}
