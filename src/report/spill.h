// Bytes that wait outside memory: an unlinked file, which is gone when it is closed.
#ifndef GONGKAI_REPORT_SPILL_H
#define GONGKAI_REPORT_SPILL_H

#include "base/err.h"
#include "base/str.h"

#include <sys/types.h>

typedef struct Spill {
    int fd;
    off_t end;
} Spill;

// Under $TMPDIR or /tmp; in memory where that is asked for: a sandbox gives no files.
bool spill_open(Spill *s, bool in_memory, Err *err);
void spill_end(Spill *s);

// Adds bytes; *at says where they are. ERR_SYSTEM where there is no room, likewise below.
bool spill_add(Spill *s, Str bytes, off_t *at, Err *err);
bool spill_get(const Spill *s, off_t at, size_t n, char *out, Err *err);

#endif
