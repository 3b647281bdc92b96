// What every page of the desk (工作台) begins with: the frame, the navigation by power, the search
// box. Pages stand in page_*.c as the public ones do; their struct's first member is `Desk desk`,
// and their view begins with {{> desk_top(&p->desk)}} and ends with {{> desk_bottom(&p->desk)}}.
#ifndef GONGKAI_WEB_DESK_H
#define GONGKAI_WEB_DESK_H

#include "web/fields.h"
#include "web/pages.h"

typedef enum DeskNav {
    DESK_NONE,
    DESK_HOME,
    DESK_NOTICES,
    DESK_ORGANS,
    DESK_PEOPLE,
    DESK_ROLES,
    DESK_SITE,
    DESK_AUDIT,
    DESK_OUTBOX,
    DESK_ACCOUNT,
    DESK__COUNT,
} DeskNav;

typedef struct DeskItem {
    Str href, text;
    Str heading;   // of the group that begins with it, or empty
    int64_t count; // 0: none shown
    bool current;
} DeskItem;

typedef struct DeskItems {
    DeskItem *v;
    size_t n, cap;
} DeskItems;

typedef struct Desk {
    Frame page;
    Str organ, name, roles; // 示例县财政局; 周衡; 公开机构经办人、管理员（代许文）
    DeskItems nav;          // only what the viewer may
    Str csrf, once;         // for small forms that have no Form: sign out, mark as read
    Str said;               // what was just done, after a redirect; empty: nothing
} Desk;

// Begins a page for r->viewer. Counts beside the navigation cost one query.
bool desk_begin(Request *r, Str title, DeskNav nav, Desk *out, Err *err);

// 303 to a page of the desk that says once what was done: desk_done(r, w, "/desk/organs/7",
// "saved"); the words for each are in a table in desk.c, and the route of the page names the key
// "done" in its query.
bool desk_done(Request *r, Response *w, Str path, const char *what);

#endif
