// Packages as archive.c and anonymise.c make them.
#ifndef GONGKAI_APP_ARCHIVE_WORK_H
#define GONGKAI_APP_ARCHIVE_WORK_H

#include "app/archive_part.h"
#include "store/archive.h"

bool archive_case_load(App *app, RequestId id, int64_t version, Arena *a, ArchiveCase *out,
                       Err *err);
// Packs it, volume by volume, and keeps each among the private files before the act begins: what is
// not committed lies there unnamed. Sets address, sha256, bytes and volumes of the row, which has
// nth; `more` are the volumes behind the first.
bool archive_case_keep(App *app, const ArchiveCase *c, int64_t at, Arena *a, Archived *row,
                       ArchivedVolumes *more, Err *err);
// The rows of those, within an act.
bool archive_volumes_add(App *app, const Archived *row, const ArchivedVolumes *more, Err *err);

#endif
