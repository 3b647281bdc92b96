// The archive (归档): a closed request put away as one signed package (domain/archive.h), opened
// again by a remedy alone, and after its years without who asked.
#ifndef GONGKAI_APP_ARCHIVE_H
#define GONGKAI_APP_ARCHIVE_H

#include "app/request_work.h"
#include "store/archive.h"

// Makes the package of a closed request, keeps it and seals the request against change. ERR_RULE
// for one that is open or archived already; ERR_BUSY where it was changed meanwhile.
bool app_archive_make(App *app, RequestId id, int64_t version, Arena *a, Archived *out, Err *err);

// Several, each an act of its own; those that cannot be are left and the first reason is told.
typedef struct ArchiveMany {
    size_t done, left;
    Err why; // of the first one left
} ArchiveMany;
bool app_archive_many(App *app, const RequestId *ids, size_t n, Arena *a, ArchiveMany *out,
                      Err *err);

// The package as it was kept, compared with its sum; leaves a line in the audit. ERR_MISSING for
// none. nth 0: the last; volume 0: the first. Address, sum and size of the row are the volume's.
bool app_archive_get(App *app, RequestId id, int64_t nth, int64_t volume, Arena *a, Archived *row,
                     Str *bytes, Err *err);

typedef struct Reopen {
    RequestId id;
    int64_t version;
    Str kind, document, reason; // domain/archive.h, reopen_kinds
    int64_t remedy;             // the case, of a review or a suit; its number is the document
} Reopen;
// ERR_INPUT where a review or a suit is said and the case is none of this request's.
bool app_archive_reopen(App *app, const Reopen *reopen, Arena *a, Err *err);

// --- retention

bool app_retention_set(App *app, RetentionKind kind, int64_t years, Str reason, Arena *a, Err *err);

enum { ANONYMISE_MOST = 200 };

// What would be made anonymous, as of today: a plan that is confirmed by its mark. The mark changes
// with what is in the plan, so that what is confirmed is what was looked at.
typedef struct AnonymPlan {
    ArchivedList due; // at most ANONYMISE_MOST, those that ended first
    Str mark;
} AnonymPlan;
bool app_anonym_plan(App *app, Arena *a, AnonymPlan *out, Err *err);

// Takes out who asked in all of the plan: name, contact and identity, private attachments and the
// package, which is made anew without them. What is counted stays as it was. ERR_BUSY where the
// plan is another by now.
bool app_anonymise(App *app, Str mark, Arena *a, size_t *done, Err *err);

#endif
