// Processes that may compute and nothing else, for bytes somebody sent. The only file that knows
// libseccomp.
//
// Two ways in. sandbox_enter turns this process into one that can only work with what it already
// has: for our own readers, in a child forked for it. sandbox_run starts another program, which
// must still be able to load itself, with its input and output tied to us: for converters
// (pdftotext, antiword) and for this program itself (/proc/self/exe).
//
// Neither needs privileges: both work as root, as a plain user and in a container. There is no
// way back out.
#ifndef GONGKAI_SANDBOX_H
#define GONGKAI_SANDBOX_H

#include "base/err.h"
#include "base/str.h"

typedef struct SandboxLimits {
    size_t memory;   // bytes of address space: in sandbox_enter on top of what is in use, in
                     // sandbox_run in all; 0 for no limit of ours. Not in sanitizer builds.
    int cpu_seconds; // of processor time; 0 for no limit of ours
    bool may_start;  // the program may start others, each in a sandbox like its own
                     // (this program, which starts pdftotext); not for sandbox_enter
} SandboxLimits;

// From here on this process may read and write the descriptors it has open, take and give back
// memory, ask the time, and end. Opening files, sockets, new processes or other programs fail with
// EPERM. What has to be loaded from files (dictionaries: hanzi_simple_table()) must have been
// loaded. One thread only. In sanitizer builds, whose runtime needs more, files may be read.
//
// ERR_SYSTEM where the kernel has no seccomp: then do not go on.
bool sandbox_enter(const SandboxLimits *limits, Err *err);

typedef struct SandboxResult {
    Str out;    // what it wrote to standard output
    Str err;    // the first bytes (500) of what it wrote to standard error, for a log
    int status; // its exit status; 128 + signal where it was killed by one
} SandboxResult;

// Runs argv[0] (an absolute path, or a name looked for in /usr/bin and /bin) and waits for its end.
// Standard input holds `input` and can be sought in and opened again as /dev/stdin. The program has
// no environment but LANG, PATH and a limit of one thread for what computes in many, no descriptors
// but three, no network, and can write no file.
// Where the kernel has Landlock it reads only what the system installed (/usr, /lib, fonts, /proc)
// and itself, and signals nobody but its own; elsewhere it reads files as its user may. Unless
// may_start, it starts no process. It dies with the thread that called.
//
// True where it ran to an end of its own or was killed by a limit on memory or processor time; look
// at status. ERR_SYSTEM where it is not installed or could not be started; ERR_LIMIT where it took
// longer than timeout_ms or wrote more than max_out bytes (it has then been killed).
bool sandbox_run(const char *const argv[], Str input, size_t max_out, int timeout_ms,
                 const SandboxLimits *limits, Arena *a, SandboxResult *out, Err *err);

// Looks on while the program runs: `look` is called whenever it has written something, and at least
// every `every_ms`, with all it has written so far. False ends the program.
typedef struct SandboxWatch {
    bool (*look)(void *ctx, Str out);
    void *ctx;
    int every_ms;
} SandboxWatch;

// The same, watched. ERR_BUSY where the watch ended it.
bool sandbox_run_watched(const char *const argv[], Str input, size_t max_out, int timeout_ms,
                         const SandboxLimits *limits, const SandboxWatch *watch, Arena *a,
                         SandboxResult *out, Err *err);

// Whether sandbox_run would find it.
bool sandbox_has(const char *program);

#endif
