// Mail that waits or could not be sent, and the work that the program does by itself: for
// administrators.
#ifndef GONGKAI_WEB_PAGE_OUTBOX_H
#define GONGKAI_WEB_PAGE_OUTBOX_H

#include "web/desk.h"

typedef struct MailRowView {
    int64_t id, version;
    Str to, subject, written;
    Str state, looks; // 发送失败; the class of its tag
    Str said;         // what came of the tries, in one sentence; empty: none yet
    bool may_retry, may_drop;
} MailRowView;

typedef struct JobRowView {
    Str name, every, state, looks, well_at, due_at;
} JobRowView;

typedef struct OutboxPage {
    Desk desk;
    bool configured; // whether there is a mail server at all
    Links tabs;
    MailRowView *rows;
    size_t n;
    int64_t first, last, total;
    Str previous, next;
    JobRowView *jobs;
    size_t n_jobs;
} OutboxPage;

bool page_outbox(Request *r, Response *w, Err *err);
bool page_mail_retry(Request *r, Response *w, Err *err);
bool page_mail_drop(Request *r, Response *w, Err *err);

#endif
