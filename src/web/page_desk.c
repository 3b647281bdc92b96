// What waits: the first page of the desk, the list of tasks, and one task.
#include "web/page_desk.h"

#include "app/desk.h"
#include "views.h"
#include "web/page_common.h"

#include <assert.h>

enum { HOME_TASKS = 10, LIST_TASKS = 20 };

// --- tasks in words

static Str day_zh(Arena *a, Date d, Date today)
{
    int year, month, day;
    if (!date_is(d))
        return S("");
    date_parts(d, &year, &month, &day);
    return year == date_year(today) ? str_fmt(a, "%d月%d日", month, day) : date_zh(a, d);
}

static Str role_name_of(const Task *t)
{
    return t->role == ROLE__COUNT ? S("本人") : role_defs[t->role].name;
}

static void tag_of(const Task *t, bool late, TaskLine *line)
{
    if (t->state != TASK_OPEN) {
        line->tag = task_state_names[t->state];
        line->tag_cls = t->state == TASK_DONE ? S("ok") : S("bad");
        return;
    }
    bool waits = !t->person.n;
    line->tag = late ? S("已逾期") : waits ? S("待接手") : S("在办");
    line->tag_cls = late ? S("late") : waits ? S("wait") : S("run");
}

static TaskLine line_of(Request *r, const Task *t)
{
    Date today = app_of(r)->today;
    TaskWhen when = task_when(t->due, today);
    bool open = t->state == TASK_OPEN;
    TaskLine line = {
        .href = str_fmt(r->a, "/desk/tasks/%lld", (long long)t->id.n),
        .title = t->title,
        .about = t->about,
        .kind = task_kinds[t->kind].name,
        .who = t->person.n ? t->person_name : role_name_of(t),
        .organ = t->organ.n == r->viewer->organ.n ? S("") : t->organ_name,
        .due = day_zh(r->a, t->due, today),
        .left = open ? task_left(r->a, t->due, today) : S(""),
        .left_cls = when == WHEN_OVERDUE                      ? S("over")
                    : when == WHEN_TODAY || when == WHEN_WEEK ? S("soon")
                                                              : S(""),
        .late = open && when == WHEN_OVERDUE,
    };
    tag_of(t, line.late, &line);
    return line;
}

static TaskLines lines_of(Request *r, const Tasks *tasks, size_t most)
{
    TaskLines lines = {0};
    for (size_t i = 0; i < tasks->n && i < most; i++)
        *PUSH(r->a, &lines) = line_of(r, &tasks->v[i]);
    return lines;
}

// --- counts

typedef struct WhenDef {
    const char *id; // in addresses
    Str name;
    Str cls; // of the number
} WhenDef;

// clang-format off
static const WhenDef whens[] = {
    [WHEN_OVERDUE] = { "overdue", SI("已逾期"),    SI("over") },
    [WHEN_TODAY]   = { "today",   SI("今天到期"),  SI("soon") },
    [WHEN_WEEK]    = { "week",    SI("7天内到期"), SI("soon") },
    [WHEN_LATER]   = { "later",   SI("7天以后"),   SI("") },
    [WHEN_NONE]    = { "none",    SI("不限期"),    SI("") },
};
// clang-format on
enum { WHENS = sizeof whens / sizeof *whens };

static int64_t sum_when(const TaskDays *days, TaskWhen when, Date today)
{
    int64_t n = 0;
    for (size_t i = 0; i < days->n; i++)
        if (task_when(days->v[i].due, today) == when)
            n += days->v[i].n;
    return n;
}

static int64_t sum_day(const TaskDays *days, Date day)
{
    int64_t n = 0;
    for (size_t i = 0; i < days->n; i++)
        if (days->v[i].due.days == day.days)
            n += days->v[i].n;
    return n;
}

static int64_t sum_all(const TaskDays *days)
{
    int64_t n = 0;
    for (size_t i = 0; i < days->n; i++)
        n += days->v[i].n;
    return n;
}

// --- the first page

// Monday is 0.
static int weekday(Date d)
{
    return (int)(((int64_t)d.days + 3) % 7);
}

static Str today_zh(Arena *a, Date d)
{
    static const char *const names[] = {"一", "二", "三", "四", "五", "六", "日"};
    Str day = date_zh(a, d);
    return str_fmt(a, PRI_STR "，周%s", STR_ARG(day), names[weekday(d)]);
}

static Str heat_cls(Arena *a, int64_t n, bool weekend, bool today)
{
    const char *depth = n == 0 ? weekend ? "off" : "" : n == 1 ? "l1" : n < 5 ? "l2" : "l3";
    return today ? str_fmt(a, "%s now", depth) : str_z(depth);
}

// Five weeks from this week's Monday. Plain days: which of them are worked is not said here.
static void heat_fill(Request *r, const TaskDays *days, DeskHome *p)
{
    Date today = app_of(r)->today, first = {today.days - weekday(today)};
    for (int i = 0; i < HEAT_DAYS; i++) {
        Date d = {first.days + i};
        int year, month, day;
        date_parts(d, &year, &month, &day);
        int64_t n = sum_day(days, d);
        Str iso = date_iso(r->a, d);
        p->heat[i] = (HeatDay){
            .label = str_fmt(r->a, "%d月%d日到期", month, day),
            .month = i == 0 || day == 1 ? str_fmt(r->a, "%d月", month) : S(""),
            .day = day,
            .cls = heat_cls(r->a, n, i % 7 >= 5, d.days == today.days),
            .href = n ? path_with(r->a, S("/desk/tasks"), "day", iso) : S(""),
            .n = n,
            .today = d.days == today.days,
        };
    }
    Str from = day_zh(r->a, first, today);
    Str to = day_zh(r->a, (Date){first.days + HEAT_DAYS - 1}, today);
    p->heat_label = str_fmt(r->a, PRI_STR "至" PRI_STR "到期的待办", STR_ARG(from), STR_ARG(to));
}

static void stats_fill(Request *r, const TaskDays *days, DeskHome *p)
{
    for (int w = 0; w < WHENS; w++) {
        int64_t n = sum_when(days, (TaskWhen)w, app_of(r)->today);
        *PUSH(r->a, &p->stats) = (CountLink){
            .href = n ? path_with(r->a, S("/desk/tasks"), "when", str_z(whens[w].id)) : S(""),
            .text = whens[w].name,
            .n = n,
            .cls = n ? whens[w].cls : S("")};
    }
    p->overdue = p->stats.v[WHEN_OVERDUE].n;
    p->n_tasks = sum_all(days);
    p->more = days->more;
}

bool page_desk(Request *r, Response *w, Err *err)
{
    App *app = app_of(r);
    DeskHome p = {.today = today_zh(r->a, app->today)};
    Tasks tasks;
    TaskDays days;
    Strs boxes = task_boxes(r->viewer, r->a);
    TaskFilter first = {
        .from = date_none, .until = date_none, .any_kind = true, .limit = HOME_TASKS};
    if (!desk_begin(r, S("我的工作"), DESK_HOME, &p.desk, err) ||
        !store_task_list(app->db, app->site, &boxes, &first, r->a, &tasks, err) ||
        !store_task_days(app->db, app->site, &boxes, r->a, &days, err))
        return false;
    p.tasks = lines_of(r, &tasks, HOME_TASKS);
    stats_fill(r, &days, &p);
    heat_fill(r, &days, &p);
    if (p.overdue && p.tasks.n) {
        p.overdue_title = p.tasks.v[0].title;
        p.overdue_href = p.tasks.v[0].href;
    }
    view_desk_home(&w->out, &p);
    return true;
}

// --- the list

typedef struct ListAsk {
    int when; // or WHENS
    Date day;
    TaskFilter filter;
    bool organ, done; // those of the organ and below; what I did
} ListAsk;

// "20534.17", as next_of writes it.
static TaskAfter after_of(Str s)
{
    Str due, id;
    TaskAfter after = {0};
    return str_cut(s, S("."), &due, &id) && str_to_int(due, &after.due) &&
                   str_to_int(id, &after.id.n)
               ? after
               : (TaskAfter){0};
}

static void ask_days(ListAsk *ask, Date today)
{
    // clang-format off
    static const struct { int from, until; bool has_from, has_until; } spans[] = {
        [WHEN_OVERDUE] = { 0, -1, false, true },
        [WHEN_TODAY]   = { 0, 0,  true,  true },
        [WHEN_WEEK]    = { 1, 7,  true,  true },
        [WHEN_LATER]   = { 8, 0,  true,  false },
    };
    // clang-format on
    TaskFilter *f = &ask->filter;
    if (date_is(ask->day)) {
        f->from = f->until = ask->day;
    } else if (ask->when == WHEN_NONE) {
        f->from = (Date){TASK_NO_DATE};
    } else if (ask->when < WHENS) {
        f->from =
            spans[ask->when].has_from ? (Date){today.days + spans[ask->when].from} : date_none;
        f->until =
            spans[ask->when].has_until ? (Date){today.days + spans[ask->when].until} : date_none;
        if (ask->when == WHEN_LATER)
            f->until = (Date){TASK_NO_DATE - 1};
    }
}

static ListAsk ask_of(Request *r)
{
    ListAsk ask = {.when = WHENS, .day = date_none};
    ask.filter = (TaskFilter){.from = date_none, .until = date_none, .limit = LIST_TASKS + 1};
    for (int w = 0; w < WHENS; w++)
        if (str_eq(request_query(r, "when"), str_z(whens[w].id)))
            ask.when = w;
    if (!date_parse(request_query(r, "day"), &ask.day))
        ask.day = date_none;
    ask.filter.any_kind = !task_kind_named(request_query(r, "kind"), &ask.filter.kind);
    ask.filter.after = after_of(request_query(r, "after"));
    ask.done = str_eq(request_query(r, "whose"), S("done"));
    ask.organ =
        str_eq(request_query(r, "whose"), S("organ")) && viewer_may(r->viewer, MAY_TASK_GIVE);
    ask_days(&ask, app_of(r)->today);
    return ask;
}

// The address of this list with one key changed, from its first page on.
static Str list_with(Request *r, const char *key, Str value)
{
    static const char *const keys[] = {"whose", "when", "kind", "day"};
    Str path = S("/desk/tasks");
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        bool changed = strcmp(keys[i], key) == 0;
        path = path_with(r->a, path, keys[i], changed ? value : request_query(r, keys[i]));
    }
    return path;
}

static void tab_add(Request *r, TaskListPage *p, Str href, Str text, int64_t n, Str cls, bool now)
{
    *PUSH(r->a, &p->tabs) =
        (CountLink){.href = href, .text = text, .n = n, .cls = cls, .current = now};
}

static void tabs_fill(Request *r, const ListAsk *ask, const TaskDays *days, TaskListPage *p)
{
    bool mine = !ask->organ && !ask->done;
    tab_add(r, p, S("/desk/tasks"), S("全部待办"), sum_all(days), S(""),
            mine && ask->when == WHENS && !date_is(ask->day));
    for (int w = 0; w < WHENS; w++)
        tab_add(r, p, path_with(r->a, S("/desk/tasks"), "when", str_z(whens[w].id)), whens[w].name,
                sum_when(days, (TaskWhen)w, app_of(r)->today), whens[w].cls,
                mine && ask->when == w);
    if (viewer_may(r->viewer, MAY_TASK_GIVE))
        tab_add(r, p, S("/desk/tasks?whose=organ"), S("本机关全部"), 0, S(""), ask->organ);
    tab_add(r, p, S("/desk/tasks?whose=done"), S("我办过的"), 0, S(""), ask->done);
}

static void chips_fill(Request *r, const ListAsk *ask, TaskListPage *p)
{
    if (date_is(ask->day))
        *PUSH(r->a, &p->chips) = (Link){.href = list_with(r, "day", S("")),
                                        .text = str_cat(r->a, date_zh(r->a, ask->day), S("到期"))};
    if (!ask->filter.any_kind)
        *PUSH(r->a, &p->chips) =
            (Link){.href = list_with(r, "kind", S("")), .text = task_kinds[ask->filter.kind].name};
}

static void kinds_fill(Request *r, const ListAsk *ask, TaskListPage *p)
{
    for (int k = 0; k < TASK__COUNT; k++)
        *PUSH(r->a, &p->kinds) =
            (Choice){.value = task_kinds[k].id,
                     .text = str_fmt(r->a, PRI_STR "：" PRI_STR, STR_ARG(task_kinds[k].name),
                                     STR_ARG(str_clip(r->a, task_kinds[k].todo, 20))),
                     .chosen = !ask->filter.any_kind && (int)ask->filter.kind == k};
}

// What nobody has taken yet, of those in one's own boxes.
static void picks_fill(Request *r, const Tasks *tasks, TaskListPage *p)
{
    for (size_t i = 0; i < p->tasks.n; i++) {
        const Task *t = &tasks->v[i];
        if (t->person.n || t->role == ROLE__COUNT)
            continue;
        p->pickable = true;
        p->tasks.v[i].pick = str_fmt(r->a, "%lld.%lld", (long long)t->id.n, (long long)t->version);
    }
}

static bool list_read(Request *r, const ListAsk *ask, const Strs *boxes, Tasks *out, Err *err)
{
    App *app = app_of(r);
    if (ask->done)
        return store_task_list_done(app->db, app->site, r->viewer->person, &ask->filter.after,
                                    LIST_TASKS + 1, r->a, out, err);
    if (!ask->organ)
        return store_task_list(app->db, app->site, boxes, &ask->filter, r->a, out, err);
    Scope scope = viewer_scope(r->viewer, MAY_TASK_GIVE);
    return store_task_list_scope(app->db, &scope, &ask->filter, r->a, out, err);
}

static Str next_of(Request *r, const ListAsk *ask, const Task *last)
{
    int64_t key = ask->done ? last->done_at : date_is(last->due) ? last->due.days : TASK_NO_DATE;
    Str after = str_fmt(r->a, "%lld.%lld", (long long)key, (long long)last->id.n);
    return path_with(r->a, list_with(r, "", S("")), "after", after);
}

bool page_task_list(Request *r, Response *w, Err *err)
{
    App *app = app_of(r);
    ListAsk ask = ask_of(r);
    TaskListPage p = {.done = ask.done,
                      .whose = request_query(r, "whose"),
                      .when = request_query(r, "when"),
                      .day = request_query(r, "day")};
    Tasks tasks;
    TaskDays days;
    Strs boxes = task_boxes(r->viewer, r->a);
    if (!desk_begin(r, S("待办"), DESK_HOME, &p.desk, err) ||
        !store_task_days(app->db, app->site, &boxes, r->a, &days, err) ||
        !list_read(r, &ask, &boxes, &tasks, err))
        return false;
    desk_crumb(r, &p.desk, S("/desk"), S("我的工作"));
    desk_crumb(r, &p.desk, S(""), S("待办"));
    p.tasks = lines_of(r, &tasks, LIST_TASKS);
    if (!ask.done && !ask.organ)
        picks_fill(r, &tasks, &p);
    tabs_fill(r, &ask, &days, &p);
    chips_fill(r, &ask, &p);
    kinds_fill(r, &ask, &p);
    if (tasks.n > LIST_TASKS)
        p.next = next_of(r, &ask, &tasks.v[LIST_TASKS - 1]);
    if (ask.filter.after.id.n)
        p.first = list_with(r, "", S(""));
    bool narrowed = ask.when < WHENS || date_is(ask.day) || !ask.filter.any_kind;
    p.empty_title = ask.done ? S("还没有办过") : narrowed ? S("没有这样的待办") : S("没有待办");
    p.empty_todo = ask.done ? S("您办结的、不再提醒的待办会留在这里。")
                   : narrowed
                       ? S("换一个条件，或者看全部待办。")
                       : S("要您办的事会自动出现在这里：资料不全、年报有错、期限将到，都会提醒。");
    view_desk_tasks(&w->out, &p);
    return true;
}

// --- one task

static TaskId task_id_of(const Request *r)
{
    TaskId id = {0};
    str_to_int(request_param(r, "id"), &id.n);
    return id;
}

// clang-format off
static const struct { Str about; bool day, person, danger; } step_views[STEP__COUNT] = {
    [STEP_TAKE]  = { SI("由我来办，同一岗位的其他人会看到是我在办。"),     false, false, false },
    [STEP_BACK]  = { SI("放回岗位，同一岗位的人都可以接手。"),             false, false, false },
    [STEP_GIVE]  = { SI("交给担任同一岗位的人，对方会收到通知。"),         false, true,  false },
    [STEP_DEFER] = { SI("换一天办；理由记入操作记录。"),                   true,  false, false },
    [STEP_DONE]  = { SI("确认已经办好，从待办里拿掉。"),                   false, false, false },
    [STEP_DROP]  = { SI("情形还在也不再提醒；理由记入操作记录。"),         false, false, true  },
};
// clang-format on

static void steps_fill(Request *r, const Task *t, bool in_box, TaskPage *p)
{
    TaskStep step = {.by = r->viewer->person,
                     .may_give = viewer_may(r->viewer, MAY_TASK_GIVE),
                     .in_box = in_box};
    for (int k = 0; k < STEP__COUNT; k++) {
        step.kind = (TaskStepKind)k;
        if (!task_can(t, &step) || (k == STEP_GIVE && !p->hands.n))
            continue;
        p->steps[p->n_steps++] = (TaskStepView){.id = task_steps[k].id,
                                                .name = task_steps[k].name,
                                                .about = step_views[k].about,
                                                .wants_why = task_steps[k].why,
                                                .wants_day = step_views[k].day,
                                                .wants_person = step_views[k].person,
                                                .danger = step_views[k].danger};
    }
}

static bool hands_fill(Request *r, const Task *t, TaskPage *p, Err *err)
{
    TaskHands hands;
    if (t->role == ROLE__COUNT || t->state != TASK_OPEN)
        return true;
    if (!store_task_hands(app_of(r)->db, app_of(r)->site, t, app_of(r)->today, r->a, &hands, err))
        return false;
    for (size_t i = 0; i < hands.n; i++)
        if (hands.v[i].person.n != t->person.n)
            *PUSH(r->a, &p->hands) =
                (Choice){.value = str_fmt(r->a, "%lld", (long long)hands.v[i].person.n),
                         .text = hands.v[i].name};
    return true;
}

static bool task_show(Request *r, Response *w, Str error, Err *err)
{
    App *app = app_of(r);
    TaskPage p = {
        .error = error, .typed_why = request_form(r, "why"), .typed_day = request_form(r, "until")};
    Task t;
    bool in_box;
    Strs boxes = task_boxes(r->viewer, r->a);
    Scope gives = viewer_scope(r->viewer, MAY_TASK_GIVE);
    if (!store_task_get(app->db, &gives, &boxes, task_id_of(r), r->a, &t, &in_box, err) ||
        !desk_begin(r, t.title, DESK_HOME, &p.desk, err) || !hands_fill(r, &t, &p, err))
        return false;
    desk_crumb(r, &p.desk, S("/desk"), S("我的工作"));
    desk_crumb(r, &p.desk, S("/desk/tasks"), S("待办"));
    desk_crumb(r, &p.desk, S(""), t.title);
    p.line = line_of(r, &t);
    p.line.organ = t.organ_name;
    p.todo = task_kinds[t.kind].todo;
    p.basis = task_kinds[t.kind].basis;
    p.door = task_door(&t, r->a);
    p.action = str_fmt(r->a, "/desk/tasks/%lld", (long long)t.id.n);
    p.made = moment_zh(r->a, t.made_at);
    p.closed = t.done_at ? moment_zh(r->a, t.done_at) : S("");
    p.why = t.why;
    p.version = t.version;
    p.open = t.state == TASK_OPEN;
    steps_fill(r, &t, in_box, &p);
    view_desk_task(&w->out, &p);
    return true;
}

bool page_task(Request *r, Response *w, Err *err)
{
    return task_show(r, w, S(""), err);
}

static TaskAsk asked(const Request *r)
{
    TaskAsk ask = {.version = request_version(r), .why = str_trim(request_form(r, "why"))};
    str_to_int(request_form(r, "to"), &ask.to.n);
    if (!date_parse(request_form(r, "until"), &ask.until))
        ask.until = date_none;
    return ask;
}

// What cannot be done is said on the task's page as it is now, with what was typed.
bool page_task_step(Request *r, Response *w, Err *err)
{
    TaskAsk ask = asked(r);
    Task t;
    Err why = {0};
    if (!task_step_named(request_form(r, "step"), &ask.kind))
        return fail(err, ERR_INPUT, NULL, "没有这个操作", "there is no such step");
    if (str_runes(ask.why) > TASK_TITLE_MAX)
        return task_show(r, w, S("理由最多120个字"), err);
    if (app_task_step(app_of(r), r->viewer, task_id_of(r), &ask, r->a, &t, &why)) {
        bool gone = t.state != TASK_OPEN || ask.kind == STEP_GIVE;
        Str words = str_cat(r->a, S("task_"), task_steps[ask.kind].id);
        return desk_done(r, w, gone ? S("/desk/tasks") : r->path, str_to_z(r->a, words));
    }
    if (why.kind == ERR_MISSING || why.kind == ERR_SYSTEM || why.kind == ERR_REPEATED) {
        *err = why;
        return false;
    }
    w->status = why.kind == ERR_BUSY ? 409 : 422;
    return task_show(r, w, str_dup(r->a, str_z(why.zh)), err);
}

// Several at once: each is an act of its own, so that what somebody else was faster with stays with
// them and the others are done. The form's key is spent by the first.
bool page_tasks_take(Request *r, Response *w, Err *err)
{
    App *app = app_of(r);
    size_t taken = 0, asked = 0;
    for (size_t i = 0; i < r->form.n; i++) {
        if (!str_eq(r->form.v[i].name, S("task")))
            continue;
        TaskAfter pick = after_of(r->form.v[i].value); // the same shape: number, version
        TaskAsk ask = {.kind = STEP_TAKE, .version = pick.id.n, .until = date_none, .why = S("")};
        Task t;
        Err why = {0};
        asked++;
        if (app_task_step(app, r->viewer, (TaskId){pick.due}, &ask, r->a, &t, &why))
            taken++;
        else if (why.kind == ERR_SYSTEM || why.kind == ERR_REPEATED)
            return *err = why, false;
        app->once = S("");
    }
    return desk_done(r, w, S("/desk/tasks"),
                     !asked           ? "tasks_none"
                     : taken == asked ? "tasks_taken"
                                      : "tasks_taken_some");
}

// --- what went wrong

// The frame without counts: the store may be what went wrong.
void page_desk_error(Request *r, Response *w, int status, Str heading, Str what, Str todo)
{
    DeskError p = {.heading = heading, .what = what, .todo = todo, .id = r->id, .status = status};
    desk_begin_plain(r, heading, &p.desk);
    view_desk_error(&w->out, &p);
}
