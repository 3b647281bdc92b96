// The functions of archive_papers.c, for the table of sections (archive_part.c).
#ifndef GONGKAI_APP_ARCHIVE_PAPERS_H
#define GONGKAI_APP_ARCHIVE_PAPERS_H

#include "app/archive_part.h"

bool archive_decision(App *app, const ArchiveCase *c, const ArchiveSection *s, Arena *a,
                      ArchiveFiles *out, Err *err);
bool archive_releases(App *app, const ArchiveCase *c, const ArchiveSection *s, Arena *a,
                      ArchiveFiles *out, Err *err);
bool archive_fees(App *app, const ArchiveCase *c, const ArchiveSection *s, Arena *a,
                  ArchiveFiles *out, Err *err);
bool archive_remedies(App *app, const ArchiveCase *c, const ArchiveSection *s, Arena *a,
                      ArchiveFiles *out, Err *err);
bool archive_ledger_pdf(App *app, const ArchiveCase *c, const ArchiveSection *s, Arena *a,
                        ArchiveFiles *out, Err *err);

#endif
