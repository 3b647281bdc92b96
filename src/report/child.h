// Reading a document somebody sent, outside this process: the program runs itself in a sandbox
// (`gongkai report check --json -`) with limits on memory and time, and the answer comes back as
// JSON. A document that breaks its reader breaks only the child.
#ifndef GONGKAI_REPORT_CHILD_H
#define GONGKAI_REPORT_CHILD_H

#include "report/report.h"

enum { CHILD_TIMEOUT_MS = 30000 };

// Reads and checks one file of any kind. As report_read, and every document in *out has its
// findings, in opt->lang. ERR_LIMIT also where the child took too long or too much memory,
// ERR_UNREADABLE where it broke down. May be called from several threads at once; blocks until the
// child has answered.
bool report_read_in_child(Str name, Str bytes, const CheckOptions *opt, Arena *a, Reading *out,
                          Err *err);

#endif
