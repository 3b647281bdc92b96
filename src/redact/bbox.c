#include "redact/bbox.h"

#include "base/buf.h"

#include <math.h>

enum { WORDS_MOST = 2000000 };

// --- entities, as poppler writes them

static const struct {
    Str name;
    char c;
} entities[] = {{SI("amp;"), '&'},  {SI("lt;"), '<'},    {SI("gt;"), '>'},
                {SI("quot;"), '"'}, {SI("apos;"), '\''}, {SI("#39;"), '\''}};

static Str unescape(Str s, Arena *a)
{
    if (!str_has(s, S("&")))
        return s;
    Buf b = buf_new(a, s.n);
    for (size_t i = 0; i < s.n; i++) {
        Str rest = str_from(s, i + 1);
        size_t k = 0, n = sizeof entities / sizeof *entities;
        while (s.s[i] == '&' && k < n && !str_starts(rest, entities[k].name))
            k++;
        bool known = s.s[i] == '&' && k < n;
        buf_byte(&b, known ? entities[k].c : s.s[i]);
        i += known ? entities[k].name.n : 0;
    }
    return buf_str(&b);
}

// xMin="12.5" among the attributes; far off where there is none.
static double attribute(Str tag, Str name)
{
    char z[32];
    ptrdiff_t at = str_find(tag, name);
    Str value = {0}, rest = {0};
    if (at < 0 || !str_cut(str_from(tag, (size_t)at + name.n), S("\""), &value, &rest))
        return -1e9;
    snprintf(z, sizeof z, PRI_STR, (int)(value.n < sizeof z ? value.n : sizeof z - 1), value.s);
    double d = strtod(z, NULL);
    return isfinite(d) && fabs(d) < 1e6 ? d : -1e9;
}

BoxWords bbox_read(Str s, Arena *a)
{
    BoxWords out = {0};
    Str line = {0}, tag = {0}, text = {0}, rest = {0};
    while (s.n && out.n < WORDS_MOST) {
        str_cut(s, S("\n"), &line, &s);
        line = str_trim(line);
        out.pages += str_starts(line, S("<page "));
        if (!str_starts(line, S("<word ")) || !str_cut(line, S(">"), &tag, &rest) ||
            !str_cut(rest, S("</word>"), &text, &rest) || !out.pages)
            continue;
        BoxWord w = {.text = unescape(text, a),
                     .page = out.pages,
                     .x0 = attribute(tag, S("xMin=\"")),
                     .y0 = attribute(tag, S("yMin=\"")),
                     .x1 = attribute(tag, S("xMax=\"")),
                     .y1 = attribute(tag, S("yMax=\""))};
        if (w.text.n && w.x0 > -1e8 && w.y0 > -1e8 && w.x1 >= w.x0 && w.y1 >= w.y0)
            *PUSH(a, &out) = w;
    }
    return out;
}
