#ifndef GONGKAI_WEB_PAGE_HOME_H
#define GONGKAI_WEB_PAGE_HOME_H

#include "web/page_common.h"

bool page_home(Request *r, Response *w, Err *err);
bool page_accessibility(Request *r, Response *w, Err *err);

// The page for a status; w->status is set, `err` may be NULL. Works without a database.
void page_error(Request *r, Response *w, const Err *err);

#endif
