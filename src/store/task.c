#include "store/task.h"

#include "store/person_row.h"
#include "store/scope.h"
#include "store/search.h"
#include "store/site.h"

// --- rows

#define COLUMNS                                                                                    \
    "t.task_id, t.organ_id, t.person_id, t.role, t.kind, t.noun, t.noun_id, t.mark, t.title,"      \
    " t.about, t.due_on, t.state, t.made_at, t.made_by, t.done_at, t.done_by, t.why, t.version"
#define NAMES ", o.name, p.name, d.name"
#define JOINS                                                                                      \
    " JOIN organ o ON o.site_id = t.site_id AND o.organ_id = t.organ_id"                           \
    " LEFT JOIN person p ON p.site_id = t.site_id AND p.person_id = t.person_id"                   \
    " LEFT JOIN person d ON d.site_id = t.site_id AND d.person_id = t.done_by"

static Date date_stored(int64_t days)
{
    return days >= TASK_NO_DATE ? date_none : (Date){(int32_t)days};
}

static int64_t date_to_store(Date d)
{
    return date_is(d) ? d.days : TASK_NO_DATE;
}

static Role role_stored(Str id)
{
    Role role;
    return role_named(id, &role) ? role : ROLE__COUNT;
}

static TaskState state_stored(Str id)
{
    int s = 0;
    while (s < TASK_DROPPED && !str_eq(task_state_ids[s], id))
        s++;
    return (TaskState)s;
}

// False for a kind of a newer program, which this one knows nothing to do with.
static bool read_task(Stmt *s, Arena *a, bool named, Task *out)
{
    Task t = {.id = {col_int(s)}};
    t.organ.n = col_int(s);
    t.person.n = col_int(s);
    t.role = role_stored(col_view(s));
    bool known = task_kind_named(col_view(s), &t.kind);
    t.noun = col_str(s, a);
    t.noun_id = col_int(s);
    t.mark = col_str(s, a);
    t.title = col_str(s, a);
    t.about = col_str(s, a);
    t.due = date_stored(col_int(s));
    t.state = state_stored(col_view(s));
    t.made_at = col_int(s);
    t.made_by.n = col_int(s);
    t.done_at = col_int(s);
    t.done_by.n = col_int(s);
    t.why = col_str(s, a);
    t.version = col_int(s);
    if (named) {
        t.organ_name = col_str(s, a);
        t.person_name = col_str(s, a);
        t.done_name = col_str(s, a);
    }
    *out = t;
    return known;
}

static bool read_tasks(Stmt *s, Arena *a, bool named, Tasks *out, Err *err)
{
    Tasks found = {0};
    Task t;
    while (stmt_row(s))
        if (read_task(s, a, named, &t))
            *PUSH(a, &found) = t;
    if (!stmt_ok(s, err))
        return false;
    *out = found;
    return true;
}

// --- by box

// C promises no string literal of more than 4095 bytes; the compilers in use have no such limit.
#pragma GCC diagnostic ignored "-Woverlength-strings"

// The boxes come first, then the site, then what else a statement wants. Most people look into a
// few boxes; arms that are not needed cost a plan and a look each, so each statement is there
// twice.
enum { FEW_BOXES = 8 };
// clang-format off
_Static_assert(TASK_BOXES == 24, "as many as MANY has");
#define U " UNION ALL "
#define FEW(ARM, ...)                                                                              \
    ARM("?1", __VA_ARGS__) U ARM("?2", __VA_ARGS__) U ARM("?3", __VA_ARGS__) U                     \
    ARM("?4", __VA_ARGS__) U ARM("?5", __VA_ARGS__) U ARM("?6", __VA_ARGS__) U                     \
    ARM("?7", __VA_ARGS__) U ARM("?8", __VA_ARGS__)
#define MANY(ARM, ...)                                                                             \
    FEW(ARM, __VA_ARGS__) U                                                                        \
    ARM("?9", __VA_ARGS__) U ARM("?10", __VA_ARGS__) U ARM("?11", __VA_ARGS__) U                   \
    ARM("?12", __VA_ARGS__) U ARM("?13", __VA_ARGS__) U ARM("?14", __VA_ARGS__) U                  \
    ARM("?15", __VA_ARGS__) U ARM("?16", __VA_ARGS__) U ARM("?17", __VA_ARGS__) U                  \
    ARM("?18", __VA_ARGS__) U ARM("?19", __VA_ARGS__) U ARM("?20", __VA_ARGS__) U                  \
    ARM("?21", __VA_ARGS__) U ARM("?22", __VA_ARGS__) U ARM("?23", __VA_ARGS__) U                  \
    ARM("?24", __VA_ARGS__)
// clang-format on

// For {the statement for a few boxes, the one for many}: the right one, its boxes and site bound.
static Stmt box_stmt(Db *db, const char *const sql[2], SiteId site, const Strs *boxes)
{
    bool few = boxes->n <= FEW_BOXES;
    Stmt s = stmt(db, sql[!few]);
    for (size_t i = 0; i < (few ? FEW_BOXES : TASK_BOXES); i++)
        bind_str(&s, i < boxes->n ? boxes->v[i] : S("-"));
    bind_int(&s, site.n);
    return s;
}

static void bind_filter(Stmt *s, const TaskFilter *f)
{
    int64_t from = date_is(f->from) ? f->from.days : INT32_MIN;
    bool further = f->after.due >= from;
    bind_int(s, further ? f->after.due : from);
    bind_int(s, further ? f->after.id.n : 0);
    bind_int(s, date_is(f->until) ? f->until.days : TASK_NO_DATE);
    bind_str(s, f->any_kind ? S("") : task_kinds[f->kind].id);
    bind_int(s, f->limit && f->limit < TASK_LIST_MAX ? f->limit : TASK_LIST_MAX);
}

// clang-format off
#define LIST_ARM(BOX, SITE, DUE, ID, UNTIL, KIND, MOST)                                            \
    "SELECT * FROM (SELECT task_id, due_on FROM task WHERE site_id = " SITE " AND box = " BOX      \
    " AND state = 'open' AND (due_on, task_id) > (" DUE ", " ID ") AND due_on <= " UNTIL           \
    " AND (" KIND " = '' OR kind = " KIND ") ORDER BY due_on, task_id LIMIT " MOST ") q"
#define LIST(EACH, SITE, DUE, ID, UNTIL, KIND, MOST)                                               \
    "SELECT " COLUMNS NAMES " FROM (SELECT task_id, due_on FROM ("                                 \
    EACH(LIST_ARM, SITE, DUE, ID, UNTIL, KIND, MOST)                                               \
    ") e ORDER BY due_on, task_id LIMIT " MOST ") f"                                               \
    " JOIN task t ON t.site_id = " SITE " AND t.task_id = f.task_id" JOINS                         \
    " ORDER BY f.due_on, f.task_id"
static const char *const SQL_LIST[] = {
    LIST(FEW,  "?9",  "?10", "?11", "?12", "?13", "?14"),
    LIST(MANY, "?25", "?26", "?27", "?28", "?29", "?30"),
};
// clang-format on

bool store_task_list(Db *db, SiteId site, const Strs *boxes, const TaskFilter *filter, Arena *a,
                     Tasks *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = box_stmt(db, SQL_LIST, site, boxes);
    bind_filter(&s, filter);
    return read_tasks(&s, a, true, out, err);
}

// clang-format off
#define DAYS_ARM(BOX, SITE, MOST)                                                                  \
    "SELECT * FROM (SELECT due_on, kind FROM task WHERE site_id = " SITE " AND box = " BOX         \
    " AND state = 'open' ORDER BY due_on, task_id LIMIT " MOST ") q"
#define DAYS(EACH, SITE, MOST)                                                                     \
    "SELECT due_on, kind, count(*) FROM (" EACH(DAYS_ARM, SITE, MOST)                              \
    ") e GROUP BY due_on, kind ORDER BY due_on, kind"
static const char *const SQL_DAYS[] = { DAYS(FEW, "?9", "?10"), DAYS(MANY, "?25", "?26") };
// clang-format on

bool store_task_days(Db *db, SiteId site, const Strs *boxes, Arena *a, TaskDays *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = box_stmt(db, SQL_DAYS, site, boxes);
    TaskDays days = {0};
    int64_t total = 0;
    bind_int(&s, TASK_COUNT_MAX);
    while (stmt_row(&s)) {
        TaskDay day = {.due = date_stored(col_int(&s))};
        bool known = task_kind_named(col_view(&s), &day.kind);
        day.n = col_int(&s);
        total += day.n;
        if (known)
            *PUSH(a, &days) = day;
    }
    days.more = total >= TASK_COUNT_MAX;
    if (!stmt_ok(&s, err))
        return false;
    *out = days;
    return true;
}

// clang-format off
#define MATCH_ARM(BOX, SITE, TEXT)                                                                 \
    "SELECT task_id FROM task WHERE site_id = " SITE " AND box = " BOX " AND state = 'open'"       \
    " AND (title LIKE " TEXT " ESCAPE '!' OR about LIKE " TEXT " ESCAPE '!')"
#define MATCH(EACH, SITE, TEXT, MOST)                                                              \
    "SELECT " COLUMNS NAMES ", count(*) OVER () FROM (" EACH(MATCH_ARM, SITE, TEXT) ") f"          \
    " JOIN task t ON t.site_id = " SITE " AND t.task_id = f.task_id" JOINS                         \
    " ORDER BY t.due_on, t.task_id LIMIT " MOST
static const char *const SQL_SEARCH[] = {
    MATCH(FEW, "?9", "?10", "?11"), MATCH(MANY, "?25", "?26", "?27") };
// clang-format on

bool store_search_tasks(Db *db, SiteId site, const Strs *boxes, Str text, int limit, Arena *a,
                        Tasks *out, int64_t *total, Err *err)
{
    CLEANUP(stmt_end) Stmt s = box_stmt(db, SQL_SEARCH, site, boxes);
    Tasks found = {0};
    int64_t n = 0;
    Task t;
    bind_str(&s, search_pattern(a, text));
    bind_int(&s, limit);
    while (stmt_row(&s)) {
        bool known = read_task(&s, a, true, &t);
        n = col_int(&s);
        if (known)
            *PUSH(a, &found) = t;
    }
    if (!stmt_ok(&s, err))
        return false;
    *out = found;
    *total = n;
    return true;
}

// clang-format off
#define COUNT_ARM(BOX, SITE, MOST)                                                                 \
    "SELECT * FROM (SELECT 1 AS one FROM task WHERE site_id = " SITE " AND box = " BOX             \
    " AND state = 'open' LIMIT " MOST ") q"
#define COUNTS(EACH, SITE, PERSON, MOST)                                                           \
    "SELECT s.name, s.accent, s.brand,"                                                            \
    " (SELECT count(*) FROM (" EACH(COUNT_ARM, SITE, MOST) ") e),"                                 \
    " (SELECT count(*) FROM (SELECT 1 FROM notice n WHERE n.site_id = " SITE                       \
    " AND n.person_id = " PERSON " AND n.read_at IS NULL LIMIT " MOST ") m)"                       \
    " FROM site s WHERE s.site_id = " SITE
static const char *const SQL_COUNTS[] = {
    COUNTS(FEW, "?9", "?10", "?11"), COUNTS(MANY, "?25", "?26", "?27") };
// clang-format on

bool store_desk_counts(Db *db, SiteId site, PersonId person, const Strs *boxes, Arena *a,
                       DeskCounts *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = box_stmt(db, SQL_COUNTS, site, boxes);
    DeskCounts c = {0};
    bind_int(&s, person.n);
    bind_int(&s, DESK_COUNT_MAX);
    if (stmt_row(&s)) {
        c.site = col_str(&s, a);
        c.accent = col_str(&s, a);
        c.brand = col_str(&s, a);
        c.tasks = col_int(&s);
        c.notices = col_int(&s);
    }
    if (!stmt_ok(&s, err))
        return false;
    *out = c;
    return true;
}

// --- by scope

#define IN_FILTER                                                                                  \
    " AND t.state = 'open' AND t.role <> '' AND (t.due_on, t.task_id) > (?4, ?5)"                  \
    " AND t.due_on <= ?6 AND (?7 = '' OR t.kind = ?7) ORDER BY t.due_on, t.task_id LIMIT ?8"

// The whole site along its days; otherwise organ by organ.
static const char SQL_SITE[] = "SELECT " COLUMNS NAMES " FROM task t" JOINS
                               " WHERE t.site_id = ?1 AND ?2 = ?2 AND ?3 = 3" IN_FILTER;
static const char SQL_SCOPE[] =
    "SELECT " COLUMNS NAMES " FROM organ_under u"
    " JOIN task t ON t.site_id = u.site_id AND t.organ_id = u.organ_id" JOINS
    " WHERE u.site_id = ?1 AND u.root_id = ?2 AND u.reach <= ?3" IN_FILTER;

bool store_task_list_scope(Db *db, const Scope *scope, const TaskFilter *filter, Arena *a,
                           Tasks *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, scope->reach == REACH_SITE ? SQL_SITE : SQL_SCOPE);
    bind_scope(&s, scope);
    bind_filter(&s, filter);
    return read_tasks(&s, a, true, out, err);
}

static const char SQL_DONE[] =
    "SELECT " COLUMNS NAMES " FROM task t" JOINS
    " WHERE t.site_id = ?1 AND t.done_by = ?2 AND (t.done_at, t.task_id) < (?3, ?4)"
    " ORDER BY t.done_at DESC, t.task_id DESC LIMIT ?5";

bool store_task_list_done(Db *db, SiteId site, PersonId person, const TaskAfter *before, int limit,
                          Arena *a, Tasks *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_DONE);
    bind_int(&s, site.n);
    bind_int(&s, person.n);
    bind_int(&s, before->id.n ? before->due : INT64_MAX);
    bind_int(&s, before->id.n ? before->id.n : INT64_MAX);
    bind_int(&s, limit < TASK_LIST_MAX ? limit : TASK_LIST_MAX);
    return read_tasks(&s, a, true, out, err);
}

// --- one

static const char SQL_GET[] =
    "SELECT " COLUMNS NAMES ", t.box FROM task t" JOINS " WHERE t.site_id = ?1 AND t.task_id = ?4"
    " AND ((t.role <> '' AND " IN_SCOPE("t.organ_id") ") OR ?5 = 1)";

static bool has_box(const Strs *boxes, Str box)
{
    for (size_t i = 0; i < boxes->n; i++)
        if (str_eq(boxes->v[i], box))
            return true;
    return false;
}

static bool no_task(Err *err)
{
    return fail(err, ERR_MISSING, NULL, "没有这件待办，或者不归您看",
                "there is no such task, or not for you");
}

// Which box it lies in is known only when it is there: what is neither in a box of theirs nor in
// their scope is then as if it were not.
static const char SQL_BOX[] = "SELECT box FROM task WHERE site_id = ?1 AND task_id = ?2";

static bool box_of(Db *db, SiteId site, TaskId id, Arena *a, Str *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_BOX);
    Str box = S("");
    bind_int(&s, site.n);
    bind_int(&s, id.n);
    if (stmt_row(&s))
        box = col_str(&s, a);
    if (!stmt_ok(&s, err))
        return false;
    *out = box;
    return box.n || no_task(err);
}

bool store_task_get(Db *db, const Scope *scope, const Strs *boxes, TaskId id, Arena *a, Task *out,
                    bool *in_box, Err *err)
{
    Str box;
    if (!box_of(db, scope->site, id, a, &box, err))
        return false;
    bool mine = has_box(boxes, box);
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_GET);
    Task t;
    bind_scope(&s, scope);
    bind_int(&s, id.n);
    bind_int(&s, mine);
    bool found = stmt_row(&s) && read_task(&s, a, true, &t);
    if (!stmt_ok(&s, err))
        return false;
    if (!found)
        return no_task(err);
    *out = t;
    *in_box = mine;
    return true;
}

static void bind_id(Stmt *s, int64_t n)
{
    n ? bind_int(s, n) : bind_null(s);
}

static Str role_id(Role role)
{
    return role == ROLE__COUNT ? S("") : role_defs[role].id;
}

static const char SQL_ADD[] =
    "INSERT INTO task (site_id, task_id, organ_id, person_id, role, box, kind, noun, noun_id, mark,"
    " title, about, due_on, state, made_at, made_by, why)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, 'open', ?14, ?15, '')"
    " ON CONFLICT DO NOTHING";

enum { BOX_ROOM = 256 };

bool store_task_add(Db *db, SiteId site, Task *task, Err *err)
{
    char room[BOX_ROOM];
    Arena scratch = arena_over(room, sizeof room);
    TaskId id;
    if (!store_number(db, site, S("task"), &id.n, err))
        return false;
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_ADD);
    bind_int(&s, site.n);
    bind_int(&s, id.n);
    bind_int(&s, task->organ.n);
    bind_id(&s, task->person.n);
    bind_str(&s, role_id(task->role));
    bind_str(&s, task_box(&scratch, task->organ, task->role, task->person));
    bind_str(&s, task_kinds[task->kind].id);
    bind_str(&s, task->noun);
    bind_int(&s, task->noun_id);
    bind_str(&s, task->mark);
    bind_str(&s, task->title);
    bind_str(&s, task->about);
    bind_int(&s, date_to_store(task->due));
    bind_int(&s, task->made_at);
    bind_id(&s, task->made_by.n);
    if (!stmt_run(&s, err))
        return false;
    if (db_changes(db) == 0)
        return fail(err, ERR_BUSY, NULL, "这件事已经有一件待办", "there is a task for it already");
    task->id = id;
    task->version = 1;
    return true;
}

static const char SQL_SAVE[] =
    "UPDATE task SET version = version + 1, organ_id = ?4, person_id = ?5, role = ?6, box = ?7,"
    " title = ?8, about = ?9, due_on = ?10, state = ?11, done_at = ?12, done_by = ?13, why = ?14"
    " WHERE site_id = ?1 AND task_id = ?2 AND version = ?3";

bool store_task_save(Db *db, SiteId site, const Task *task, Err *err)
{
    char room[BOX_ROOM];
    Arena scratch = arena_over(room, sizeof room);
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_SAVE);
    bind_int(&s, site.n);
    bind_int(&s, task->id.n);
    bind_int(&s, task->version - 1);
    bind_int(&s, task->organ.n);
    bind_id(&s, task->person.n);
    bind_str(&s, role_id(task->role));
    bind_str(&s, task_box(&scratch, task->organ, task->role, task->person));
    bind_str(&s, task->title);
    bind_str(&s, task->about);
    bind_int(&s, date_to_store(task->due));
    bind_str(&s, task_state_ids[task->state]);
    bind_id(&s, task->done_at);
    bind_id(&s, task->done_by.n);
    bind_str(&s, task->why);
    if (!stmt_run(&s, err))
        return false;
    return db_changes(db) > 0 ||
           fail(err, ERR_BUSY, NULL, "这件待办刚刚被别人改过，请看看现在的情形再决定",
                "the task has been changed by somebody else meanwhile");
}

// --- for jobs and handing over

static const char SQL_OF_KIND[] =
    "SELECT " COLUMNS " FROM task t WHERE t.site_id = ?1 AND t.kind = ?2"
    " AND (t.state <> 'done' OR (?3 = 1 AND t.done_by IS NOT NULL))"
    " ORDER BY t.noun_id, t.mark, t.task_id";

bool store_task_of_kind(Db *db, SiteId site, TaskKind kind, Arena *a, Tasks *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_OF_KIND);
    bind_int(&s, site.n);
    bind_str(&s, task_kinds[kind].id);
    bind_int(&s, task_kinds[kind].by_hand);
    return read_tasks(&s, a, false, out, err);
}

static const char SQL_OF_PERSON[] =
    "SELECT " COLUMNS NAMES " FROM task t" JOINS
    " WHERE t.site_id = ?1 AND t.person_id = ?2 AND t.state = 'open' AND t.role <> ''"
    " ORDER BY t.due_on, t.task_id";

bool store_task_of_person(Db *db, SiteId site, PersonId person, Arena *a, Tasks *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_OF_PERSON);
    bind_int(&s, site.n);
    bind_int(&s, person.n);
    return read_tasks(&s, a, true, out, err);
}

static const char SQL_STRANDED[] =
    "SELECT " COLUMNS " FROM task t WHERE t.site_id = ?1 AND t.state = 'open'"
    " AND t.person_id IS NOT NULL AND t.role <> '' AND NOT EXISTS (SELECT 1 FROM post p"
    " WHERE p.site_id = t.site_id AND p.person_id = t.person_id AND p.organ_id = t.organ_id"
    " AND p.role = t.role AND " POST_ON("p", "?2") ") ORDER BY t.task_id";

bool store_task_stranded(Db *db, SiteId site, Date today, Arena *a, Tasks *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_STRANDED);
    bind_int(&s, site.n);
    bind_date(&s, today);
    return read_tasks(&s, a, false, out, err);
}

// Told once, when its day comes.
static const char SQL_UNTOLD[] =
    "SELECT " COLUMNS " FROM task t WHERE t.site_id = ?1 AND t.state = 'open' AND t.due_on <= ?2"
    " AND t.person_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM notice n WHERE n.site_id = "
    "t.site_id"
    " AND n.person_id = t.person_id AND n.kind = 'task.due'"
    " AND n.door = '/desk/tasks/' || CAST(t.task_id AS TEXT)) ORDER BY t.due_on, t.task_id";

bool store_task_untold(Db *db, SiteId site, Date today, Arena *a, Tasks *out, Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_UNTOLD);
    bind_int(&s, site.n);
    bind_date(&s, today);
    return read_tasks(&s, a, false, out, err);
}

static const char SQL_HANDS[] =
    "SELECT e.person_id, e.name FROM person e WHERE e.site_id = ?1 AND e.state = 'active'"
    " AND EXISTS (SELECT 1 FROM post p WHERE p.site_id = e.site_id AND p.person_id = e.person_id"
    " AND p.organ_id = ?2 AND p.role = ?3 AND " POST_ON("p", "?4") ") ORDER BY e.name, e.person_id";

bool store_task_hands(Db *db, SiteId site, const Task *task, Date today, Arena *a, TaskHands *out,
                      Err *err)
{
    CLEANUP(stmt_end) Stmt s = stmt(db, SQL_HANDS);
    TaskHands hands = {0};
    bind_int(&s, site.n);
    bind_int(&s, task->organ.n);
    bind_str(&s, role_id(task->role));
    bind_date(&s, today);
    while (stmt_row(&s)) {
        TaskHand h = {.person = {col_int(&s)}};
        h.name = col_str(&s, a);
        *PUSH(a, &hands) = h;
    }
    if (!stmt_ok(&s, err))
        return false;
    *out = hands;
    return true;
}
