// The pages of the desk that are about one's own work: what waits, notices, search, drafts.
#ifndef GONGKAI_WEB_PAGE_DESK_H
#define GONGKAI_WEB_PAGE_DESK_H

#include "domain/notice.h"
#include "domain/task.h"
#include "web/desk.h"

// --- tasks

typedef struct TaskLine {
    Str href, title, about;
    Str kind;           // 机关信息
    Str who;            // 周衡; 公开机构经办人 while nobody has taken it; 本人
    Str organ;          // whose affair, where it is not the organ worked for now; or empty
    Str due;            // 4月20日; empty without a date
    Str left, left_cls; // 逾期3天; over soon or empty
    Str tag, tag_cls;   // 已逾期 late, 待接手 wait, 在办 run, 已办 ok, 不办 bad
    bool late;
    Str pick; // "7.3": number and version, for taking several at once; empty: cannot be taken
} TaskLine;

typedef struct TaskLines {
    TaskLine *v;
    size_t n, cap;
} TaskLines;

typedef struct CountLink {
    Str href, text;
    int64_t n;
    Str cls; // of the number: over soon or empty
    bool current;
} CountLink;

typedef struct CountLinks {
    CountLink *v;
    size_t n, cap;
} CountLinks;

typedef struct HeatDay {
    Str label; // 11月22日到期, for those who do not see the grid
    Str month; // 11月 on the first and on every first of a month, or empty
    int day;
    Str cls;  // off now l1 l2 l3, several with spaces
    Str href; // empty where nothing is due
    int64_t n;
    bool today;
} HeatDay;

enum { HEAT_DAYS = 35 };

typedef struct DeskHome {
    Desk desk;
    Str today; // 2026年3月12日，周四
    int64_t overdue;
    Str overdue_title, overdue_href; // the first of them
    CountLinks stats;
    TaskLines tasks;
    int64_t n_tasks;
    bool more; // there are more than were counted
    Str heat_label;
    HeatDay heat[HEAT_DAYS];
} DeskHome;

typedef struct TaskListPage {
    Desk desk;
    CountLinks tabs;
    Choices kinds;
    Links chips;          // conditions, each leading to the list without it
    Str whose, when, day; // as asked, kept by the filter's form
    TaskLines tasks;
    Str next, first; // addresses; empty: none
    Str empty_title, empty_todo;
    bool done;     // the list of what was done
    bool pickable; // some of them can be taken
} TaskListPage;

typedef struct TaskStepView {
    Str id, name, about;
    bool wants_why, wants_day, wants_person, danger;
} TaskStepView;

typedef struct TaskPage {
    Desk desk;
    TaskLine line;
    Str todo, basis, door, action, made, why, closed;
    Str state;
    int64_t version;
    TaskStepView steps[STEP__COUNT];
    size_t n_steps;
    Choices hands; // to whom it can be given
    Str error, typed_why, typed_day;
    bool open;
} TaskPage;

// --- notices

typedef struct NoticeLine {
    int64_t id;
    Str words, door, at, kind;
    bool unread;
} NoticeLine;

typedef struct NoticeLines {
    NoticeLine *v;
    size_t n, cap;
} NoticeLines;

typedef struct NoticePage {
    Desk desk;
    NoticeLines notices;
    bool any_unread;
    Str next;
} NoticePage;

typedef struct NoticeChoice {
    Str id, name, about;
    bool mail, must;
} NoticeChoice;

typedef struct NoticeSettings {
    Desk desk;
    NoticeChoice kinds[NOTICE__COUNT];
    bool no_mail; // nothing can be sent from here
} NoticeSettings;

// --- search

typedef struct FoundLine {
    Str href;
    Html title, about; // with what was found marked
} FoundLine;

typedef struct FoundGroup {
    Str name, id; // 机关; "organs"
    FoundLine *v;
    size_t n, cap;
    int64_t total;
    Str all; // address of the whole list, or empty
} FoundGroup;

typedef struct FoundGroups {
    FoundGroup *v;
    size_t n, cap;
} FoundGroups;

typedef struct SearchPage {
    Desk desk;
    Str words;
    FoundGroups groups;
    int64_t total;
} SearchPage;

// --- what went wrong, to somebody signed in

typedef struct DeskError {
    Desk desk;
    Str heading, what, todo, id;
    int status;
} DeskError;

void page_desk_error(Request *r, Response *w, int status, Str heading, Str what, Str todo);

bool page_desk(Request *r, Response *w, Err *err);
bool page_task_list(Request *r, Response *w, Err *err);
bool page_task(Request *r, Response *w, Err *err);
bool page_tasks_take(Request *r, Response *w, Err *err);
bool page_task_step(Request *r, Response *w, Err *err);
bool page_notices(Request *r, Response *w, Err *err);
bool page_notice_read(Request *r, Response *w, Err *err);
bool page_notices_read(Request *r, Response *w, Err *err);
bool page_notice_settings(Request *r, Response *w, Err *err);
bool page_notice_choose(Request *r, Response *w, Err *err);
bool page_desk_search(Request *r, Response *w, Err *err);
bool page_draft_save(Request *r, Response *w, Err *err);
bool page_draft_drop(Request *r, Response *w, Err *err);

#endif
