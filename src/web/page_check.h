#ifndef GONGKAI_WEB_PAGE_CHECK_H
#define GONGKAI_WEB_PAGE_CHECK_H

#include "web/page_common.h"

bool page_check(Request *r, Response *w, Err *err); // the form
bool page_check_send(Request *r, Response *w,
                     Err *err); // what came back: the answer, or the form filled

#endif
