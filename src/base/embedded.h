// Files built into the program by tools/embed.c.
#ifndef GONGKAI_EMBEDDED_H
#define GONGKAI_EMBEDDED_H

#include "base/str.h"

typedef struct Embedded {
    Str name; // without folders
    Str bytes;
} Embedded;

#endif
