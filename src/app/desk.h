// The desk: what people do with tasks, the job that finds out what is to be done, notices and
// drafts. Lists are asked of the store (store/task.h, store/notice.h, store/draft.h).
#ifndef GONGKAI_APP_DESK_H
#define GONGKAI_APP_DESK_H

#include "app/act.h"
#include "store/draft.h"
#include "store/notice.h"
#include "store/task.h"

// --- tasks

typedef struct TaskAsk {
    TaskStepKind kind;
    int64_t version; // as the page showed it
    PersonId to;     // STEP_GIVE: one of store_task_hands
    Date until;      // STEP_DEFER
    Str why;
} TaskAsk;

// Takes, gives, puts off, does or drops a task that `who` sees. Whoever is given one is told.
// ERR_RULE, ERR_DENIED, ERR_INPUT as domain/task.h has it; ERR_BUSY where it was changed meanwhile.
bool app_task_step(App *app, const Viewer *who, TaskId id, const TaskAsk *ask, Arena *a, Task *out,
                   Err *err);

// A job: makes a task for every situation that has none, settles those whose situation is gone,
// puts back what is with somebody who holds the role no more, and tells people what is due.
bool app_desk_refresh(App *app, Arena *a, Str *did, Err *err);

// Who sees to a task of this kind about this organ: the first of the kind's roles that somebody
// holds there; else the administrator of the nearest organ above; else its first role there,
// until somebody holds it. Pure.
void task_place(TaskKind kind, OrganId organ, const Holders *holders, OrganId *where, Role *role);

// --- notices

// Tells a person something, in the act of the caller: in the desk, and by mail where the kind or
// they want it and mail is set up. `door` is a path of the site, or empty.
bool app_notify(App *app, PersonId to, NoticeKind kind, Str words, Str door, Err *err);

// One, or all of them with id 0. Reading is nobody's business: no line in the audit.
bool app_notice_read(App *app, int64_t id, Err *err);
bool app_notice_choose(App *app, const bool mail[NOTICE__COUNT], Err *err);

// --- drafts: of app->actor, never of others, and in no audit

bool app_draft_save(App *app, Str form, Str body, int64_t version, Err *err);
bool app_draft_drop(App *app, Str form, Err *err);

// A job: drafts of more than 30 days, notices read more than 90 days ago.
bool app_desk_clean(App *app, Arena *a, Str *did, Err *err);

#endif
