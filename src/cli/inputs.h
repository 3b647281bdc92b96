// What the operands FILE|DIR|-… stand for: a list of files.
#ifndef GONGKAI_CLI_INPUTS_H
#define GONGKAI_CLI_INPUTS_H

#include "base/err.h"
#include "base/str.h"

enum { MAX_INPUTS = 1000000 }; // files in all

// The files named, in order: a directory gives the files below it, sorted by name, without hidden
// ones and without what plainly is no document (styles, scripts, pictures, fonts); a pattern that
// is no file gives what it matches; "-" stays. A name that leads nowhere stays too, so that it is
// named as unreadable like any other. ERR_LIMIT for more than MAX_INPUTS.
bool inputs_collect(const Strs *operands, Arena *a, Strs *out, Err *err);

#endif
