#include "base/err.h"

#include <stdarg.h>

#pragma GCC diagnostic ignored "-Wformat-nonliteral"

bool fail(Err *err, ErrKind kind, const char *detail, const char *zh, const char *en, ...)
{
    va_list ap;
    err->kind = kind;
    snprintf(err->detail, sizeof err->detail, "%s", detail ? detail : "");
    va_start(ap, en);
    vsnprintf(err->zh, sizeof err->zh, zh, ap);
    va_end(ap);
    va_start(ap, en);
    vsnprintf(err->en, sizeof err->en, en, ap);
    va_end(ap);
    return false;
}
