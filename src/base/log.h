// One line per event to standard error, as key=value pairs that a machine can take apart:
//
//     t=2026-03-19T08:00:00.123Z level=info msg="report imported" organ=示例市 cells=182
//
// Only the edges log: the server once per request, a command once at its end, the start and the
// stop. Library code returns Err instead. Values are escaped; a line is at most LOG_LINE bytes and
// is written in one call, so that lines of several threads or processes never mix.
#ifndef GONGKAI_LOG_H
#define GONGKAI_LOG_H

#include "base/str.h"

typedef enum LogLevel { LOG_ERROR, LOG_WARN, LOG_INFO, LOG_DEBUG, LOG__COUNT } LogLevel;

enum { LOG_LINE = 4000 };

// Set once in main before any thread starts; LOG_INFO until then.
void log_set_level(LogLevel level);
bool log_level_named(Str name, LogLevel *out); // error warn info debug
bool log_on(LogLevel level);

// A value beside its name. Made by the three functions below.
typedef struct LogField {
    const char *key;
    Str text;
    int64_t number;
    bool is_number;
} LogField;

LogField log_str(const char *key, Str value);
LogField log_z(const char *key, const char *value);
LogField log_int(const char *key, int64_t value);

// log_event(LOG_INFO, "listening", log_int("port", 8080));
// At least one field; log_write with NULL and 0 where there is none.
#define log_event(level, msg, ...)                                                                 \
    log_write((level), (msg), (const LogField[]){__VA_ARGS__},                                     \
              sizeof((const LogField[]){__VA_ARGS__}) / sizeof(LogField))

void log_write(LogLevel level, const char *msg, const LogField *fields, size_t n);

// The line itself, for tests: `now_ms` since 1970 in UTC.
Str log_line(Arena *a, int64_t now_ms, LogLevel level, const char *msg, const LogField *fields,
             size_t n);

#endif
