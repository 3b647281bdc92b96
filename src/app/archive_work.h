// Packages as archive.c and anonymise.c make them.
#ifndef GONGKAI_APP_ARCHIVE_WORK_H
#define GONGKAI_APP_ARCHIVE_WORK_H

#include "app/archive_part.h"
#include "store/archive.h"

bool archive_case_load(App *app, RequestId id, int64_t version, Arena *a, ArchiveCase *out,
                       Err *err);
bool archive_case_pack(App *app, const ArchiveCase *c, int64_t nth, int64_t at, Arena *a, Str *out,
                       Err *err);
// Among the private files; sets address, sha256 and bytes of the row.
bool archive_case_keep(App *app, Str package, Arena *a, Archived *row, Err *err);

#endif
