// A whole site somewhere safe, and back. Made while people work; the same on either engine.
//
// A backup is a folder, or the same as one archive where its name ends in .tar:
//
//     gongkai.db      the database at one moment, as a SQLite file, whatever the engine was
//     manifest.json   which program made it and when; rows and hash of every table (store/copy.h)
//     data/           the rest of the data folder as it is: originals under files/, the key
//     SHA256SUMS      of everything above, as sha256sum writes them; the last to be written
//
// The database is taken first. Originals are kept before the rows that name them and never change,
// so everything the database names is there; what is kept meanwhile is in it too and does no harm.
//
// With the key the backup opens everything that is sealed: whoever has it has the site. What lies
// in S3 storage is not in it.
//
// Run as root, files are read and written as root, a server is asked as the owner of the data
// folder, and what is put into that folder is given to them.
#ifndef GONGKAI_APP_BACKUP_H
#define GONGKAI_APP_BACKUP_H

#include "app/app.h"
#include "store/copy.h"

typedef struct BackupOptions {
    bool without_key;
    const CopyWatch *watch; // may be NULL
} BackupOptions;

typedef struct BackupDone {
    int64_t made_at; // of the backup, seconds since 1970 UTC
    Str program;     // version that made it
    Str engine;      // of the site that was backed up
    bool has_key;
    int64_t tables, rows, files; // originals and what else lies in the folder
    int64_t bytes;
} BackupDone;

// Makes the backup at `target`, where there must be nothing, reads it again and compares. Whatever
// fails, nothing is left at `target`.
bool app_backup(const AppPlace *place, Str target, const BackupOptions *options, int64_t now,
                Arena *a, BackupDone *out, Err *err);

// Reads a backup from front to back and compares everything with its sums: files, and the rows of
// every table. ERR_UNREADABLE where it is not whole.
bool app_backup_verify(Str backup, const BackupOptions *options, Arena *a, BackupDone *out,
                       Err *err);

// Verifies the backup, then puts it where nothing is yet: a data folder that is missing or empty,
// and a database without tables. A backup of an older program is brought up to date on the way.
bool app_restore(Str backup, const AppPlace *place, const BackupOptions *options, int64_t now,
                 Arena *a, BackupDone *out, Err *err);

// The site's database into another one (store/copy.h); the address as db_open takes it.
bool app_db_copy(const AppPlace *place, Str to, const CopyWatch *watch, Arena *a, CopyTables *out,
                 Err *err);

#endif
