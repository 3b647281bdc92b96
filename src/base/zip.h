// Zip archives, written: a handful of small members, not compressed, without a clock in them, so
// that the same members give the same bytes. (Reading other people's is report/read_office.c.)
#ifndef GONGKAI_ZIP_H
#define GONGKAI_ZIP_H

#include "base/buf.h"

typedef struct ZipMember {
    Str name; // ASCII
    Str bytes;
} ZipMember;

// False where it would not fit into the buffer, or a member into 4 GB.
bool zip_write(Buf *out, const ZipMember *members, size_t n);

#endif
