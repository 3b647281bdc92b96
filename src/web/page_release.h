// /desk/requests/:id/release: the files that are given to the applicant. One page lists them; each
// has a sheet on which its pages are shown, areas and texts are marked with the ground they are
// withheld on, and the result is looked at before it is confirmed.
#ifndef GONGKAI_WEB_PAGE_RELEASE_H
#define GONGKAI_WEB_PAGE_RELEASE_H

#include "app/release.h"
#include "web/desk.h"

bool page_release(Request *r, Response *w, Err *err);
bool page_release_add(Request *r, Response *w, Err *err);
bool page_release_elsewhere(Request *r, Response *w, Err *err);

bool page_release_sheet(Request *r, Response *w, Err *err);
bool page_release_mark(Request *r, Response *w, Err *err);
bool page_release_unmark(Request *r, Response *w, Err *err);
bool page_release_make(Request *r, Response *w, Err *err);
bool page_release_making(Request *r, Response *w, Err *err);
bool page_release_cancel(Request *r, Response *w, Err *err);
bool page_release_confirm(Request *r, Response *w, Err *err);
bool page_release_clean(Request *r, Response *w, Err *err);
bool page_release_drop(Request *r, Response *w, Err *err);

bool page_release_picture(Request *r, Response *w, Err *err);
bool page_release_result(Request *r, Response *w, Err *err);
bool page_release_certificate(Request *r, Response *w, Err *err);

// A sheet's file, which must be of the request in the address.
bool release_sheet_get(Request *r, ReleaseSheet *out, Err *err);
Str release_sheet_path(Arena *a, RequestId id, ReleaseFileId file);
void release_crumbs(Request *r, Desk *d, const ReleaseSheet *s);

// The part of a request's page.
bool part_release(Request *r, const RequestFile *file, Out *out, Err *err);

// --- what the views are given

typedef struct ReleaseLine {
    Str href, name, size, state, tag, words; // words: who said so, when
} ReleaseLine;

typedef struct ReleaseLines {
    ReleaseLine *v;
    size_t n, cap;
} ReleaseLines;

typedef struct ReleasePage {
    Desk desk;
    Str href, code, title;
    ReleaseLines lines;
    Str why;       // what is missing; empty: ready
    Str elsewhere; // where else it is given
    Str elsewhere_by;
    bool may; // add, say
    Form add, where;
} ReleasePage;

// The order to black it out: while it goes on, and what became of it where that has to be said.
typedef struct ReleaseMakingView {
    bool open, ended; // ended: not well
    Str state, tag;
    Str words; // 正在涂黑第12页，共80页。
    Str by;    // 周衡，2026年3月12日 09:30
    Str why, todo;
    int done, pages;
} ReleaseMakingView;
ReleaseMakingView release_making_view(Arena *a, const ReleaseMaking *m);

// Where somebody waits for it.
typedef struct ReleaseMakingPage {
    Desk desk;
    Str href, sheet, name;
    ReleaseMakingView making;
    bool may; // cancel
} ReleaseMakingPage;

typedef struct ReleaseMarkView {
    int64_t id;
    int x, y, w, h; // of an area on the page that is shown
    bool here;      // it is one
    Str words;      // 第1页，左10%… or the text
    Str ground, label, note, by;
    Str found;    // 3处; empty: not known yet
    bool missing; // found nowhere
} ReleaseMarkView;

typedef struct ReleaseCheckView {
    Str name, state, tag, words;
} ReleaseCheckView;

typedef struct ReleaseSheetPage {
    Desk desk;
    Str href, back, name, state, tag;
    int64_t version;
    Str facts, hidden; // 3页，386 KB; what would be left behind
    bool open, fixed, can_mark, made, to_confirm, blocked,
        result; // result: the pages shown are of what was made
    int page, pages, width, height;
    Str picture, alt, before, after, other; // addresses; other: the same page of the other one
    ReleaseMarkView *marks;
    size_t n_marks;
    ReleaseCheckView *checks;
    size_t n_checks;
    Str proof_words; // who made it, when, with what
    Strs doubts;
    Str checked; // who confirmed or said that nothing is withheld
    ReleaseMakingView making;
    Form mark, clean;
} ReleaseSheetPage;

#endif
