#include "base/log.h"

#include "base/buf.h"
#include "base/date.h"

#include <unistd.h>

static LogLevel most = LOG_INFO;

static const Str names[LOG__COUNT] = {[LOG_ERROR] = SI("error"),
                                      [LOG_WARN] = SI("warn"),
                                      [LOG_INFO] = SI("info"),
                                      [LOG_DEBUG] = SI("debug")};

void log_set_level(LogLevel level)
{
    most = level;
}

bool log_on(LogLevel level)
{
    return level <= most;
}

bool log_level_named(Str name, LogLevel *out)
{
    for (unsigned i = 0; i < LOG__COUNT; i++)
        if (str_eq(name, names[i])) {
            *out = (LogLevel)i;
            return true;
        }
    return false;
}

LogField log_str(const char *key, Str value)
{
    return (LogField){.key = key, .text = value};
}

LogField log_z(const char *key, const char *value)
{
    return log_str(key, str_z(value));
}

LogField log_int(const char *key, int64_t value)
{
    return (LogField){.key = key, .number = value, .is_number = true};
}

static bool bare(Str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.s[i] <= ' ' || s.s[i] == '"' || s.s[i] == '=' || s.s[i] == '\\' ||
            s.s[i] == 0x7f)
            return false;
    return s.n > 0;
}

static void put_value(Buf *b, Str s)
{
    if (bare(s)) {
        buf_add(b, s);
        return;
    }
    buf_byte(b, '"');
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.s[i];
        if (c == '"' || c == '\\')
            buf_byte(b, '\\');
        if (c == '\n')
            buf_add(b, S("\\n"));
        else if (c < ' ' || c == 0x7f)
            buf_fmt(b, "\\x%02x", c);
        else
            buf_byte(b, (char)c);
    }
    buf_byte(b, '"');
}

static void put_digits(Buf *b, Str before, int64_t n, size_t digits)
{
    char s[8] = {0};
    buf_add(b, before);
    for (size_t i = digits; i-- > 0; n /= 10)
        s[i] = (char)('0' + n % 10);
    buf_add(b, (Str){s, digits});
}

static void put_time(Buf *b, int64_t now_ms)
{
    int y, m, d;
    int64_t day = now_ms / 86400000, ms = now_ms % 86400000;
    date_parts((Date){(int32_t)day}, &y, &m, &d);
    // by hand: printf would be a tenth of the time of a small page
    put_digits(b, S("t="), y, 4);
    put_digits(b, S("-"), m, 2);
    put_digits(b, S("-"), d, 2);
    put_digits(b, S("T"), ms / 3600000, 2);
    put_digits(b, S(":"), ms / 60000 % 60, 2);
    put_digits(b, S(":"), ms / 1000 % 60, 2);
    put_digits(b, S("."), ms % 1000, 3);
    buf_byte(b, 'Z');
}

Str log_line(Arena *a, int64_t now_ms, LogLevel level, const char *msg, const LogField *fields,
             size_t n)
{
    Buf b = buf_new(a, LOG_LINE);
    put_time(&b, now_ms);
    buf_add(&b, S(" level="));
    buf_add(&b, names[level]);
    buf_add(&b, S(" msg="));
    put_value(&b, str_z(msg));
    for (size_t i = 0; i < n; i++) {
        size_t before = b.n;
        buf_byte(&b, ' ');
        buf_add(&b, str_z(fields[i].key));
        buf_byte(&b, '=');
        if (fields[i].is_number)
            buf_int(&b, fields[i].number);
        else
            put_value(&b, fields[i].text);
        if (b.full || b.n + 1 >= LOG_LINE) { // what does not fit whole is left out
            b.n = before;
            b.full = false;
        }
    }
    buf_byte(&b, '\n');
    return buf_str(&b);
}

void log_write(LogLevel level, const char *msg, const LogField *fields, size_t n)
{
    if (!log_on(level))
        return;
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    _Alignas(max_align_t) char room[LOG_LINE * 3];
    Arena a = arena_over(room, sizeof room);
    Str line =
        log_line(&a, (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000, level, msg, fields, n);
    if (write(STDERR_FILENO, line.s, line.n) < 0)
        return; // nobody is listening
}
