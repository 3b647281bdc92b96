// The site: the pages of web_routes over a data folder. What `gongkai serve` runs.
#ifndef GONGKAI_WEB_SITE_H
#define GONGKAI_WEB_SITE_H

#include "base/date.h"
#include "web/server.h"

typedef struct SiteConfig {
    Str data;         // the folder; made, with the sample site in it, where there is none
    const char *bind; // as in WebConfig
    uint16_t port;
    void (*clock)(Date *today, int64_t *now); // the day here, and seconds since 1970 UTC
    size_t cache_bytes;
    bool quiet;
    // Called once when it listens, with the port taken; may be NULL.
    void (*listening)(uint16_t port);
} SiteConfig;

// Until SIGTERM or SIGINT. ERR_BUSY where the port is taken.
bool site_serve(const SiteConfig *config, Err *err);

#endif
