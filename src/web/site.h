// The site: the pages of web_routes over a data folder. What `gongkai serve` runs.
#ifndef GONGKAI_WEB_SITE_H
#define GONGKAI_WEB_SITE_H

#include "app/config.h"
#include "base/date.h"
#include "web/server.h"

typedef struct SiteConfig {
    // The folder is made, with the sample site in it, where there is none. Must stay.
    const Config *config;
    void (*clock)(Date *today, int64_t *now); // the day here, and seconds since 1970 UTC
    // Called once when it listens, with the port taken; may be NULL.
    void (*listening)(uint16_t port);
    struct JobThread *job_thread;   // site_serve's own
    struct SessionMemory *sessions; // the same
    struct ReleaseWorkers *workers; // the same
} SiteConfig;

// Until SIGTERM or SIGINT. ERR_BUSY where the port is taken.
bool site_serve(const SiteConfig *config, Err *err);

#endif
