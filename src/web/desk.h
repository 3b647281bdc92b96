// What every page of the desk (工作台) begins with: the frame, the navigation by power, the search
// box. Pages stand in page_*.c as the public ones do; their struct's first member is `Desk desk`,
// and their view begins with {{> desk_top(&p->desk)}} and ends with {{> desk_bottom(&p->desk)}}.
// Pages before the desk (signing in) have a Frame instead, and door_top and door_bottom around
// them.
#ifndef GONGKAI_WEB_DESK_H
#define GONGKAI_WEB_DESK_H

#include "web/fields.h"
#include "web/pages.h"

typedef enum DeskNav {
    DESK_NONE,
    DESK_HOME,
    DESK_NOTICES,
    DESK_STAND_IN,
    DESK_REQUESTS,
    DESK_FIGURES,
    DESK_TIMES,
    DESK_LETTERS,
    DESK_TEMPLATES,
    DESK_ARCHIVE,
    DESK_RETENTION,
    DESK_PUBLICATIONS,
    DESK_API_KEYS,
    DESK_GROUPS,
    DESK_FEES,
    DESK_REMEDIES,
    DESK_CORRECTIONS,
    DESK_ORGANS,
    DESK_PEOPLE,
    DESK_ROLES,
    DESK_SITE,
    DESK_DECISIONS,
    DESK_CALENDAR,
    DESK_CLOCK,
    DESK_FORECAST,
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
    Choices organs;         // where the viewer holds posts, to switch to; at most one: no switch
    Str csrf, once;         // for small forms that have no Form: sign out, mark as read
    Str said;               // what was just done, after a redirect; empty: nothing
    Str query;              // what the search box holds
} Desk;

// Begins a page for r->viewer. Counts beside the navigation cost one query.
bool desk_begin(Request *r, Str title, DeskNav nav, Desk *out, Err *err);
// The same without asking the store: pages that say what went wrong.
void desk_begin_plain(Request *r, Str title, Desk *out);

// Where the page stands: desk_crumb(r, &p.desk, S("/desk/organs"), S("机关")), the last one without
// an address. A page that the navigation leads to needs none.
void desk_crumb(Request *r, Desk *d, Str href, Str text);

// 303 to a page of the desk that says once what was done: desk_done(r, w, "/desk/organs/7",
// "saved"); the words for each are in a table in desk.c, and the route of the page names the key
// "done" in its query.
bool desk_done(Request *r, Response *w, Str path, const char *what);

#endif
