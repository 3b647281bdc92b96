// Why something could not be done, in words for the person who asked.
//
// A function that can fail for more than one reason returns bool and takes `Err *err` last. On
// failure *err is set and every other output is untouched. Callers hand it up untouched; nobody
// logs on the way; the edge does, once, and maps the kind to an HTTP status or exit code in one
// table.
#ifndef GONGKAI_ERR_H
#define GONGKAI_ERR_H

#include <stdbool.h>

typedef enum ErrKind {
    ERR_NONE,
    ERR_INPUT,      // what was given is wrong: say what to change
    ERR_MISSING,    // there is no such thing
    ERR_DENIED,     // this person may not
    ERR_RULE,       // the law or the state of the thing does not allow it
    ERR_BUSY,       // try again: someone else changed it, or a limit on work at one time
    ERR_LIMIT,      // larger, longer or deeper than allowed
    ERR_UNREADABLE, // a document whose content cannot be got at: broken, encrypted, scanned
    ERR_SYSTEM,     // disk, memory, network, a missing program
    ERR_REPEATED,   // this very form has been acted on before; nothing was done again
    ERR__COUNT,
} ErrKind;

typedef struct Err {
    ErrKind kind;
    char zh[400];     // 给页面上的人：哪里不对、怎么办
    char en[400];     // the same for the command line
    char detail[200]; // for the log only: errno, the library's words
} Err;

// Sets *err and returns false. `zh` and `en` are printf formats that take the same arguments in the
// same order; `detail` may be NULL.
bool fail(Err *err, ErrKind kind, const char *detail, const char *zh, const char *en, ...)
    __attribute__((format(printf, 4, 6), format(printf, 5, 6)));

#endif
