// The plainest of archives (POSIX ustar), written from the front and read in place: what `tar` of
// any system opens. Regular files only.
#ifndef GONGKAI_TAR_H
#define GONGKAI_TAR_H

#include "base/err.h"
#include "base/str.h"

enum { TAR_BLOCK = 512 };

typedef struct TarHead {
    char bytes[TAR_BLOCK];
} TarHead;

// What stands before a file's bytes, which are then filled up with NUL to a whole block (tar_fill
// says how many). The archive ends with two empty blocks. False where the name is too long: more
// than 100 bytes that no slash before the last 155 divides.
bool tar_head(Str name, uint64_t size, int64_t modified_at, TarHead *out);
size_t tar_fill(uint64_t size);

typedef struct TarEntry {
    Str name, bytes; // slices of the archive
} TarEntry;

// The next file of an archive in memory; *rest is what is behind it. False at the end and where
// what is there is no whole entry, or not NUL where it must be: then *broken is set.
bool tar_next(Str *rest, Arena *a, TarEntry *out, bool *broken);

#endif
