// When each job ran, and who runs it now.
#ifndef GONGKAI_STORE_JOB_H
#define GONGKAI_STORE_JOB_H

#include "domain/ids.h"
#include "store/db.h"

// Moments are seconds since 1970-01-01 UTC; 0: never.
typedef struct JobRow {
    Str name;
    int64_t due_at, held_until, began_at, ended_at, well_at, runs, failures;
    Str holder, said;
} JobRow;

typedef struct JobRows {
    JobRow *v;
    size_t n, cap;
} JobRows;

// By name. Jobs that never were due have no row.
bool store_job_list(Db *db, SiteId site, Arena *a, JobRows *out, Err *err);

// Takes the job for `holder` until `until`, where it is due (or `early`) and nobody holds it.
bool store_job_take(Db *db, SiteId site, Str name, Str holder, int64_t now, int64_t until,
                    bool early, bool *taken, Err *err);

// Gives it back. Nothing happens where another has taken it meanwhile.
bool store_job_done(Db *db, SiteId site, Str name, Str holder, int64_t now, int64_t due_at,
                    bool well, Str said, Err *err);

#endif
