// Tasks (待办): what waits for somebody. Most are made and settled by a job that looks for
// situations (app/desk.h); what people do with one is take it, give it, put it off, do it or drop
// it.
//
// A task lies in one box, so that a list is read along an index: with a role at an organ until
// somebody takes it, then with that person in that role, whoever stands in for them included; or it
// is somebody's own, which nobody else sees.
#ifndef GONGKAI_DOMAIN_TASK_H
#define GONGKAI_DOMAIN_TASK_H

#include "base/date.h"
#include "base/err.h"
#include "domain/viewer.h"

typedef struct TaskId {
    int64_t n;
} TaskId;

typedef enum TaskKind {
    TASK_ORGAN_FACTS,       // 补齐机关信息
    TASK_REPORT_FAULTS,     // 核对已公布的年报
    TASK_REPORT_MISSING,    // 公布上一年度报告
    TASK_SECOND_FACTOR,     // 启用动态口令
    TASK_CODES_LOW,         // 补领恢复码
    TASK_SUBSTITUTION_ENDS, // 代行将要结束
    TASK_MAIL_FAILED,       // 邮件没有送达
    TASK_REQUEST_CONFIRM,   // 与申请人确认收到申请
    TASK_REQUEST_ANSWER,    // 答复申请
    TASK_REQUEST_LAPSED,    // 对方期限已过
    TASK_REMEDY_ANSWER,     // 复议答复、应诉答辩
    TASK_REMEDY_REDO,       // 责令重新处理
    TASK_REQUEST_DUTY,      // 内部时限
    TASK_DECISION_SECTION,  // 科室审核答复
    TASK_DECISION_LEGAL,    // 法制审核答复
    TASK_DECISION_SIGN,     // 签发答复
    TASK_DECISION_SEND,     // 发出答复
    TASK_REQUEST_SILENT,    // 被征求意见的没有答复
    TASK_PUBLISH_SUGGESTED, // 申请人建议主动公开
    TASK_PUBLISH_WRITE,     // 写好要主动公开的信息
    TASK_PUBLISH,           // 发布要主动公开的信息
    TASK__COUNT,
} TaskKind;

enum { TASK_ROLES = 3, TASK_NO_DATE = 2932896 /* 9999-12-31 */, TASK_TITLE_MAX = 120 };

typedef struct TaskKindDef {
    Str id;                 // as stored
    Str name;               // on pages, in filters
    Str todo;               // one sentence: what to do
    Str door;               // where it is done; {n} is the noun's number, {mark} the mark
    Str title, about;       // of a task; {name} and {more} are what the situation says
    Role roles[TASK_ROLES]; // who sees to it: the first of them that somebody holds; ROLE__COUNT
                            // ends the list, and alone means that it is a person's own
    int days;               // house rule: due so many days after it was found; 0: none
    bool by_law;            // its date is the law's: nobody puts it off
    bool by_hand; // people say that it is done; others are settled once the situation is gone
    Str basis;    // the article, or empty
} TaskKindDef;
extern const TaskKindDef task_kinds[TASK__COUNT];

bool task_kind_named(Str id, TaskKind *out);

typedef enum TaskState { TASK_OPEN, TASK_DONE, TASK_DROPPED, TASK_STATE__COUNT } TaskState;
extern const Str task_state_ids[TASK_STATE__COUNT];
extern const Str task_state_names[TASK_STATE__COUNT]; // 待办 已办 不办

typedef struct Task {
    TaskId id;
    OrganId organ;
    PersonId person; // who has it; none: whoever holds the role
    Role role;       // ROLE__COUNT: somebody's own
    TaskKind kind;
    Str noun, mark, title, about, why;
    int64_t noun_id;
    Date due; // date_none where there is none
    TaskState state;
    int64_t made_at, done_at; // seconds since 1970-01-01 UTC; done_at 0 while open
    PersonId made_by, done_by;
    int64_t version;
    Str organ_name, person_name, done_name; // from the store, for pages
} Task;

typedef struct Tasks {
    Task *v;
    size_t n, cap;
} Tasks;

// Where it lies, as stored.
Str task_box(Arena *a, OrganId organ, Role role, PersonId person);

// Every box a viewer looks into: their own, and for each post at the organ they work for now, in
// their name or for somebody away, the role's box and the holder's. At most TASK_BOXES.
enum { TASK_BOXES = 24 };
Strs task_boxes(const Viewer *v, Arena *a);

// Sets title and about from the kind's words.
void task_words(Task *t, Str name, Str more, Arena *a);

// Where it is done: the kind's door, filled.
Str task_door(const Task *t, Arena *a);

typedef enum TaskWhen { WHEN_OVERDUE, WHEN_TODAY, WHEN_WEEK, WHEN_LATER, WHEN_NONE } TaskWhen;
TaskWhen task_when(Date due, Date today); // WHEN_WEEK: within the seven days after today

// 逾期3天 今天 明天 还剩6天; calendar days, which are not working days. Empty without a date.
Str task_left(Arena *a, Date due, Date today);

// --- what people do with one

typedef enum TaskStepKind {
    STEP_TAKE,
    STEP_BACK,
    STEP_GIVE,
    STEP_DEFER,
    STEP_DONE,
    STEP_DROP,
    STEP__COUNT
} TaskStepKind;

typedef struct TaskStepDef {
    Str id;     // in forms
    Str name;   // 接手
    bool why;   // wants a reason
    bool mine;  // only for who has it
    bool gives; // only with MAY_TASK_GIVE
} TaskStepDef;
extern const TaskStepDef task_steps[STEP__COUNT];

bool task_step_named(Str id, TaskStepKind *out);

typedef struct TaskStep {
    TaskStepKind kind;
    PersonId by; // who does it
    bool may_give;
    bool in_box; // the task lies where this person looks
    PersonId to; // STEP_GIVE
    Date until;  // STEP_DEFER
    Str why;
    Date today;
    int64_t now;
} TaskStep;

// Whether the step could be taken at all, for showing its button.
bool task_can(const Task *t, const TaskStep *step);
// What the task becomes. ERR_RULE says why not, ERR_INPUT what is missing.
bool task_decide(const Task *t, const TaskStep *step, Task *out, Err *err);

#endif
