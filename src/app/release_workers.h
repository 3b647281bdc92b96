// The threads of `serve` that black files out (release.h). They wait for orders: one that is made
// in this process wakes them at once, others are seen within a few seconds. Each opens an App of
// its own. What they have in hand when the program ends is left as it was ordered, for the next.
#ifndef GONGKAI_APP_RELEASE_WORKERS_H
#define GONGKAI_APP_RELEASE_WORKERS_H

#include "app/app.h"

typedef struct ReleaseWorkers ReleaseWorkers;

// NULL where there is no memory. `clock` as in SiteConfig; nothing runs yet.
ReleaseWorkers *release_workers_new(const Config *config, void (*clock)(Date *today, int64_t *now));
// As many as are configured (redact.at_once).
void release_workers_run(ReleaseWorkers *w);
void release_workers_wake(ReleaseWorkers *w); // NULL is fine
// Ends what they do, and them; then nothing may wake them any more.
void release_workers_stop(ReleaseWorkers *w);
void release_workers_free(ReleaseWorkers *w);

#endif
