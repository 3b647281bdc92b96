// A zip archive put together in memory, for tests: entries stored without compression.
#ifndef GONGKAI_ZIP_MAKE_H
#define GONGKAI_ZIP_MAKE_H

#include "base/buf.h"

typedef struct ZipMake {
    Buf out, directory;
    int entries;
} ZipMake;

ZipMake zip_make(Arena *a);
void zip_make_add(ZipMake *z, const char *name, Str content);
Str zip_make_end(ZipMake *z);

#endif
