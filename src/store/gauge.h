// Numbers for whoever watches the site (/metrics).
#ifndef GONGKAI_STORE_GAUGE_H
#define GONGKAI_STORE_GAUGE_H

#include "domain/ids.h"
#include "store/db.h"

typedef struct Gauges {
    int64_t sessions;   // not ended, seen since `since`
    int64_t audit_line; // number of the last
} Gauges;

bool store_gauges(Db *db, SiteId site, int64_t since, Gauges *out, Err *err);

#endif
