// The program itself, serving a data folder (and a database) of the test's.
#ifndef GONGKAI_FLOW_PROGRAM_H
#define GONGKAI_FLOW_PROGRAM_H

#include "../site_box.h"
#include "client.h"

#include <sys/types.h>

typedef struct Program {
    pid_t pid;
    int out; // its standard output
    uint16_t port;
} Program;

// Starts `gongkai serve` on a free port and waits until it listens; port 0 where it does not.
// `environment` ("GONGKAI_SIGN_IN_IDLE=60", …, NULL) comes before the test's own. Passwords cost
// little there.
Program program_serve(const SiteBox *box, const char *const *environment);
// `gongkai job run NAME` over the same data, to its end; its exit status.
int program_job(const SiteBox *box, const char *name);
// SIGTERM, and its exit status; -1 where it did not exit by itself.
int program_stop(Program *p);

#endif
