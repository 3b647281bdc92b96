// /desk/requests: the register: lists by tab and by conditions that stay in the address, a board by
// phase, and the same rows as a file.
#ifndef GONGKAI_WEB_PAGE_REQUEST_LIST_H
#define GONGKAI_WEB_PAGE_REQUEST_LIST_H

#include "web/page_request.h"
#include "web/register.h"

bool page_requests(Request *r, Response *w, Err *err);
bool page_request_board(Request *r, Response *w, Err *err);
bool page_requests_csv(Request *r, Response *w, Err *err);
bool page_requests_xlsx(Request *r, Response *w, Err *err);

typedef struct RequestListPage {
    Desk desk;
    CountedLinks tabs;
    Str tab, text, clear; // clear: the list without the words looked for
    RequestLine *lines;
    size_t n;
    Str next, first; // empty: this is the end, the beginning
    Str empty, todo; // what to say where there is nothing
    bool may_register;
    bool may_extend;
    bool may_pick; // several, to do something to them at once
    RegisterChoices choices;
    Links chips;
    Str from, to, wrong;
    bool late, extended, filtered, ended; // ended: the tab of what is closed
    Str csv, xlsx, list, board;           // the same conditions as a file, as a list, as a board
    Str limit;                            // rows of a file
} RequestListPage;

typedef struct BoardColumn {
    Str name, tag, more; // more: the list of the whole column; empty: this is all
    RequestLine *lines;
    size_t n;
} BoardColumn;

typedef struct RequestBoardPage {
    RequestListPage list; // what it has in common
    BoardColumn columns[PHASE__COUNT];
    size_t n;
} RequestBoardPage;

#endif
