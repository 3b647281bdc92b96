#include "domain/ics.h"

#include "base/buf.h"

// RFC 5545, 3.1: lines of at most 75 bytes, broken between characters, the rest behind a space.
static void fold(Buf *b, Str line)
{
    enum { LINE = 75 };
    size_t used = 0, len;
    for (size_t i = 0; i < line.n; i += len) {
        str_rune(line, i, &len);
        if (used + len > LINE) {
            buf_add(b, S("\r\n "));
            used = 1;
        }
        buf_add(b, str_sub(line, i, i + len));
        used += len;
    }
    buf_add(b, S("\r\n"));
}

// RFC 5545, 3.3.11
static Str text(Arena *a, Str s)
{
    Buf b = buf_new(a, 2 * s.n + 1);
    for (size_t i = 0; i < s.n; i++) {
        char c = s.s[i];
        if (c == '\n')
            buf_add(&b, S("\\n"));
        else if (c == '\\' || c == ';' || c == ',')
            buf_add(&b, str_fmt(a, "\\%c", c));
        else if ((unsigned char)c >= 0x20 && c != 0x7f)
            buf_byte(&b, c);
    }
    return buf_str(&b);
}

static void put(Buf *b, const char *name, Str value)
{
    fold(b, str_fmt(b->a, "%s:" PRI_STR, name, STR_ARG(value)));
}

static Str day(Arena *a, Date d)
{
    return str_replace(a, date_iso(a, d), S("-"), S(""));
}

static Str moment(Arena *a, int64_t now)
{
    enum { DAY_S = 86400 };
    Date d = {(int32_t)(now / DAY_S)};
    int s = (int)(now % DAY_S);
    return str_fmt(a, PRI_STR "T%02d%02d%02dZ", STR_ARG(day(a, d)), s / 3600, s / 60 % 60, s % 60);
}

static void alarm(Buf *b, const IcsEvent *e)
{
    put(b, "BEGIN", S("VALARM"));
    put(b, "ACTION", S("DISPLAY"));
    put(b, "TRIGGER", str_fmt(b->a, "-P%dD", e->remind_days));
    put(b, "DESCRIPTION", text(b->a, e->title));
    put(b, "END", S("VALARM"));
}

// DTEND is the first day that is not part of it any more.
static void event(Buf *b, const IcsEvent *e, Str stamp)
{
    Date end = {(date_is(e->until) ? e->until.days : e->from.days) + 1};
    put(b, "BEGIN", S("VEVENT"));
    put(b, "UID", text(b->a, e->uid));
    put(b, "DTSTAMP", stamp);
    put(b, "DTSTART;VALUE=DATE", day(b->a, e->from));
    put(b, "DTEND;VALUE=DATE", day(b->a, end));
    put(b, "SUMMARY", text(b->a, e->title));
    put(b, "DESCRIPTION", text(b->a, e->text));
    put(b, "TRANSP", S("TRANSPARENT"));
    if (e->remind_days > 0)
        alarm(b, e);
    put(b, "END", S("VEVENT"));
}

Str ics_write(const IcsEvents *events, Str name, int64_t now, Arena *a)
{
    Buf b = buf_new(a, ICS_MAX);
    put(&b, "BEGIN", S("VCALENDAR"));
    put(&b, "VERSION", S("2.0"));
    put(&b, "PRODID", S("-//gongkai//requests//ZH"));
    put(&b, "CALSCALE", S("GREGORIAN"));
    put(&b, "METHOD", S("PUBLISH"));
    put(&b, "X-WR-CALNAME", text(a, name));
    for (size_t i = 0; i < events->n; i++)
        event(&b, &events->v[i], moment(a, now));
    put(&b, "END", S("VCALENDAR"));
    return buf_str(&b);
}
