// What stands in a package, section by section. A section is a row of the table in archive_part.c
// with a function that puts files under its folder; whoever has more about a request adds a row and
// the package has it.
#ifndef GONGKAI_APP_ARCHIVE_PART_H
#define GONGKAI_APP_ARCHIVE_PART_H

#include "app/request_work.h"
#include "domain/archive.h"

// A request to be put away, everything loaded.
typedef struct ArchiveCase {
    RequestWork work;
    Applicant applicant;
    Clock clock;
    Ledger ledger;
    bool nameless; // without who asked: after its years
} ArchiveCase;

typedef struct ArchiveSection {
    Str id;   // its folder
    Str name; // 期限台账
    // Puts what there is; nothing where there is nothing.
    bool (*write)(App *app, const ArchiveCase *c, const struct ArchiveSection *section, Arena *a,
                  ArchiveFiles *out, Err *err);
} ArchiveSection;
extern const ArchiveSection archive_sections[];
extern const size_t n_archive_sections;

// <folder>/<name>; the name is of letters that stand in every system's file names.
void archive_put(const ArchiveSection *section, Str name, Str title, Str bytes, Arena *a,
                 ArchiveFiles *out);

// The same of what is kept in the store of files; read when it is packed.
void archive_put_kept(const ArchiveSection *section, Str name, Str title, Str address, bool private,
                      Arena *a, ArchiveFiles *out);
// The bytes of a file, wherever they are.
bool archive_bytes(App *app, const ArchiveFile *file, Arena *a, Str *out, Err *err);

// Sections that stand in files of their own.
bool archive_letters(App *app, const ArchiveCase *c, const ArchiveSection *section, Arena *a,
                     ArchiveFiles *out, Err *err);

// All files of the package but the manifest, index.html first.
bool archive_files(App *app, const ArchiveCase *c, Arena *a, ArchiveFiles *out, Err *err);

// The page in the package: what it is about, the ledger, the steps, and every file with its sum.
Str archive_index(const ArchiveCase *c, const ArchiveFiles *files, Arena *a);

#endif
