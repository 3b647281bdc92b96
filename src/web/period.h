// A period in an address: ?from=2026-01-01&to=2026-03-31, both days within it.
#ifndef GONGKAI_WEB_PERIOD_H
#define GONGKAI_WEB_PERIOD_H

#include "web/http.h"

typedef struct Period {
    Date from, to;
    Str wrong; // what to change; empty: nothing
} Period;

// The year so far, where nothing else is asked for.
Period period_of(const Request *r, Date today);
// ERR_INPUT with what is wrong, for answers that show no form.
bool period_right(const Period *p, Err *err);
Str period_path(Arena *a, Str path, const Period *p);

#endif
