#include "web/view.h"

#include <strings.h>

// What an ASCII byte of text asks for: 0 copied, 1 escaped, 2 not allowed in HTML.
// clang-format off
static const unsigned char class_of[128] = {
    2,2,2,2,2,2,2,2,2,0,0,2,2,0,2,2, 2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,
    ['"'] = 1, ['&'] = 1, ['\''] = 1, ['<'] = 1, ['>'] = 1, [0x7f] = 2,
};
static const Str escape_of[128] = {
    ['"'] = SI("&#34;"), ['&'] = SI("&amp;"), ['\''] = SI("&#39;"),
    ['<'] = SI("&lt;"), ['>'] = SI("&gt;"),
};
// clang-format on

static const Str unknown = SI("\xef\xbf\xbd"); // U+FFFD

// Length of the well-formed character at byte i (Unicode table 3-7), 0 where there is none.
static size_t rune_length(Str s, size_t i)
{
    const unsigned char *p = (const unsigned char *)s.s + i;
    size_t left = s.n - i, n = p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;
    if (p[0] < 0xc2 || p[0] > 0xf4 || left < n)
        return 0;
    unsigned char low = p[0] == 0xe0 ? 0xa0 : p[0] == 0xf0 ? 0x90 : 0x80;
    unsigned char high = p[0] == 0xed ? 0x9f : p[0] == 0xf4 ? 0x8f : 0xbf;
    if (p[1] < low || p[1] > high)
        return 0;
    for (size_t k = 2; k < n; k++)
        if ((p[k] & 0xc0) != 0x80)
            return 0;
    return n;
}

void view_text_str(Out *o, Str s)
{
    size_t done = 0, i = 0;
    while (i < s.n) {
        unsigned char c = (unsigned char)s.s[i], class = c < 0x80 ? class_of[c] : 2;
        if (c >= 0xe4 && c <= 0xe9 && s.n - i >= 3 && // most of Chinese, without a call
            (s.s[i + 1] & 0xc0) == 0x80 && (s.s[i + 2] & 0xc0) == 0x80) {
            i += 3;
            continue;
        }
        size_t n = c >= 0x80 ? rune_length(s, i) : class == 0;
        if (n) {
            i += n;
            continue;
        }
        buf_add(&o->b, str_sub(s, done, i));
        buf_add(&o->b, class == 1 ? escape_of[c] : unknown);
        done = ++i;
    }
    buf_add(&o->b, str_sub(s, done, s.n));
}

void view_text_z(Out *o, const char *z)
{
    view_text_str(o, str_z(z));
}

void view_text_i(Out *o, int64_t n)
{
    buf_int(&o->b, n);
}

void view_text_u(Out *o, uint64_t n)
{
    buf_fmt(&o->b, "%llu", (unsigned long long)n);
}

void view_text_f(Out *o, double x)
{
    char s[400];
    int n = snprintf(s, sizeof s, "%.6f", x);
    if (strchr(s, '.'))
        while (n > 0 && s[n - 1] == '0')
            n--;
    if (n > 0 && s[n - 1] == '.')
        n--;
    buf_add(&o->b, (Str){s, (size_t)n});
}

void view_text_date(Out *o, Date d)
{
    int y, m, day;
    if (!date_is(d))
        return;
    date_parts(d, &y, &m, &day);
    buf_fmt(&o->b, "%d年%d月%d日", y, m, day);
}

void view_attr_date(Out *o, Date d)
{
    int y, m, day;
    if (!date_is(d))
        return;
    date_parts(d, &y, &m, &day);
    buf_fmt(&o->b, "%04d-%02d-%02d", y, m, day);
}

static bool is_alnum(unsigned char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static void percent(Out *o, unsigned char c)
{
    static const char hex[] = "0123456789ABCDEF";
    buf_add(&o->b, (Str){(char[]){'%', hex[c >> 4], hex[c & 15]}, 3});
}

static void url_put(Out *o, Str s, const char *as_is)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.s[i];
        if (c == '&' && strchr(as_is, '&'))
            buf_add(&o->b, S("&amp;"));
        else if (is_alnum(c) || (c && strchr(as_is, c)))
            buf_byte(&o->b, (char)c);
        else
            percent(o, c);
    }
}

static bool scheme_ok(Str s)
{
    static const Str allowed[] = {SI("http"), SI("https"), SI("mailto"), SI("tel")};
    size_t n = 0;
    while (n < s.n && !strchr(":/?#", s.s[n]))
        n++;
    if (n == s.n || s.s[n] != ':')
        return true; // relative
    for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++)
        if (n == allowed[i].n && strncasecmp(s.s, allowed[i].s, n) == 0)
            return true;
    return false;
}

void view_url_str(Out *o, Str s)
{
    // No quotes, no < >, no backslash (browsers read it as /), no white space (they drop it).
    if (scheme_ok(s))
        url_put(o, s, "-._~:/?#[]@!$&()*+,;=%");
    else
        buf_byte(&o->b, '#');
}

void view_url_z(Out *o, const char *z)
{
    view_url_str(o, str_z(z));
}

void view_part_str(Out *o, Str s)
{
    url_put(o, s, "-._~");
}

void view_part_z(Out *o, const char *z)
{
    view_part_str(o, str_z(z));
}
