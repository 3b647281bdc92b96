// Tasks as stored. Lists of one's own are read by box (domain/task.h): one index range a box,
// merged, so that the first page costs the same however many there are.
//
// A task is seen by whoever looks into its box, and by those whose scope has its organ, unless it
// is somebody's own.
#ifndef GONGKAI_STORE_TASK_H
#define GONGKAI_STORE_TASK_H

#include "domain/task.h"
#include "store/db.h"

// Where the next page begins: behind this one. {0}: the first page.
typedef struct TaskAfter {
    int64_t due; // days, as stored
    TaskId id;
} TaskAfter;

typedef struct TaskFilter {
    Date from, until; // due on these days, both included; date_none: open. Tasks without a date
                      // only where until is open
    bool any_kind;
    TaskKind kind;
    TaskAfter after;
    int limit; // at most TASK_LIST_MAX
} TaskFilter;

enum { TASK_LIST_MAX = 100, TASK_COUNT_MAX = 2000 };

// Open tasks in the boxes, by due day. One query.
bool store_task_list(Db *db, SiteId site, const Strs *boxes, const TaskFilter *filter, Arena *a,
                     Tasks *out, Err *err);

// How many are due on each day, by day; no more than TASK_COUNT_MAX of a box are looked at, the
// earliest, and *more says whether some were left. One query.
typedef struct TaskDay {
    Date due; // date_none: without a date
    TaskKind kind;
    int64_t n;
} TaskDay;
typedef struct TaskDays {
    TaskDay *v;
    size_t n, cap;
    bool more;
} TaskDays;
bool store_task_days(Db *db, SiteId site, const Strs *boxes, Arena *a, TaskDays *out, Err *err);

// What stands beside the navigation: the site's name, open tasks in the boxes and unread notices,
// each counted to at most
// DESK_COUNT_MAX. One query.
typedef struct DeskCounts {
    Str site, accent, brand; // its name and its own colours
    int64_t tasks, notices;
} DeskCounts;
enum { DESK_COUNT_MAX = 100 };
bool store_desk_counts(Db *db, SiteId site, PersonId person, const Strs *boxes, Arena *a,
                       DeskCounts *out, Err *err);

// Open tasks of every organ in the scope, whoever has them, by due day; not what is somebody's own.
bool store_task_list_scope(Db *db, const Scope *scope, const TaskFilter *filter, Arena *a,
                           Tasks *out, Err *err);

// Done or dropped by this person, latest first; before: the done_at and number of the last one
// seen.
bool store_task_list_done(Db *db, SiteId site, PersonId person, const TaskAfter *before, int limit,
                          Arena *a, Tasks *out, Err *err);

// ERR_MISSING where there is none, or none that they may see. *in_box: it lies where they look.
bool store_task_get(Db *db, const Scope *scope, const Strs *boxes, TaskId id, Arena *a, Task *out,
                    bool *in_box, Err *err);

// Sets task->id; ERR_BUSY where the situation has one already.
bool store_task_add(Db *db, SiteId site, Task *task, Err *err);
// What domain/task.h decided. ERR_BUSY where the version before is not the stored one any more.
bool store_task_save(Db *db, SiteId site, const Task *task, Err *err);

// --- for the job that looks for situations, and for handing over

// What is not done of a kind, dropped ones too, by noun_id and mark; of a kind that people close by
// hand, what they closed as well.
bool store_task_of_kind(Db *db, SiteId site, TaskKind kind, Arena *a, Tasks *out, Err *err);
// Open tasks with a person, of any organ, by due day; their own ones are not for handing over.
bool store_task_of_person(Db *db, SiteId site, PersonId person, Arena *a, Tasks *out, Err *err);
// Open tasks with people who hold the role no more, in their own name: they go back to the role.
bool store_task_stranded(Db *db, SiteId site, Date today, Arena *a, Tasks *out, Err *err);

// What a task is wanted for, as it stands today; by noun_id and mark.
typedef struct Situation {
    OrganId organ;   // whose affair it is; who sees to it there, or above, is decided from Holders
    PersonId person; // whose own it is
    int64_t noun_id;
    Str mark, name, more;
    Date due; // date_none: as the kind has it
} Situation;
typedef struct Situations {
    Situation *v;
    size_t n, cap;
} Situations;
extern const Str task_nouns[TASK__COUNT];
bool store_task_situations(Db *db, SiteId site, TaskKind kind, Date today, Arena *a,
                           Situations *out, Err *err);

// Which roles somebody active holds where today, and what stands above each organ.
typedef struct Holder {
    OrganId organ, parent; // parent 0: none
    uint32_t roles;        // a bit for each
} Holder;
typedef struct Holders {
    Holder *v;
    size_t n, cap;
} Holders;
bool store_task_holders(Db *db, SiteId site, Date today, Arena *a, Holders *out,
                        Err *err); // by organ

// Open tasks with a person that are due by today and of which they have not been told.
bool store_task_untold(Db *db, SiteId site, Date today, Arena *a, Tasks *out, Err *err);

typedef struct TaskHand {
    PersonId person;
    Str name;
} TaskHand;
typedef struct TaskHands {
    TaskHand *v;
    size_t n, cap;
} TaskHands;
// Who could take it: those who hold its role at its organ today, by name.
bool store_task_hands(Db *db, SiteId site, const Task *task, Date today, Arena *a, TaskHands *out,
                      Err *err);

#endif
