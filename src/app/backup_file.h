// Backups as files: what is put into one, and reading it in order. The format is told in backup.h.
#ifndef GONGKAI_APP_BACKUP_FILE_H
#define GONGKAI_APP_BACKUP_FILE_H

#include "base/err.h"
#include "base/str.h"

#define BACKUP_DB "gongkai.db"
#define BACKUP_MANIFEST "manifest.json"
#define BACKUP_SUMS "SHA256SUMS"

// --- writing, into the folder `work`; an archive becomes work/archive.tar there

typedef struct BackupOut {
    Str work;
    int tar, sums; // descriptors; tar -1 for a folder
    int64_t now;
    int64_t files, bytes;
} BackupOut;

bool backup_out_open(Str work, bool tar, int64_t now, Arena *a, BackupOut *out, Err *err);
// Puts the file at `path` in under a name. One that lies there already, in the folder, stays.
bool backup_out_put(BackupOut *o, Str name, Str path, Arena *a, Err *err);
// Writes the sums, and everything to the disk.
bool backup_out_end(BackupOut *o, Arena *a, Err *err);
void backup_out_close(BackupOut *o);

// --- reading

typedef struct BackupIn {
    Str path;
    Str tar;      // of an archive: all of it, mapped; else empty
    Str map;      // of a folder: its sums, mapped
    Str sums;     // the lines
    Str manifest; // in the arena
} BackupIn;

// ERR_UNREADABLE where it is no backup, or its end is missing.
bool backup_in_open(Str path, Arena *a, BackupIn *out, Err *err);
void backup_in_close(BackupIn *in);

// Every file in the order of the sums, compared with its sum first; `one` may be NULL.
// ERR_UNREADABLE, naming the file, where one is missing or differs.
bool backup_in_each(const BackupIn *in, bool (*one)(void *ctx, Str name, Str bytes, Err *err),
                    void *ctx, Arena *a, Err *err);

#endif
