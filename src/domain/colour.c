#include "domain/colour.h"

#include "base/buf.h"

#include <math.h>

static int hex(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | 32);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool colour_read(Str text, Colour *out, Err *err)
{
    Str s = str_trim(text);
    int v[6] = {0};
    bool ok = s.n == 7 && s.s[0] == '#';
    for (size_t i = 0; ok && i < 6; i++)
        ok = (v[i] = hex(s.s[i + 1])) >= 0;
    if (!ok)
        return fail(err, ERR_INPUT, NULL, "颜色要写成#加六位，如#1b4b87",
                    "a colour is written like #1b4b87");
    *out = (Colour){(uint8_t)(v[0] * 16 + v[1]), (uint8_t)(v[2] * 16 + v[3]),
                    (uint8_t)(v[4] * 16 + v[5])};
    return true;
}

Str colour_text(Arena *a, Colour c)
{
    return str_fmt(a, "#%02x%02x%02x", c.r, c.g, c.b);
}

// Relative luminance as WCAG 2.1 defines it.
static double channel(uint8_t value)
{
    double c = value / 255.0;
    return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double luminance(Colour c)
{
    return 0.2126 * channel(c.r) + 0.7152 * channel(c.g) + 0.0722 * channel(c.b);
}

int colour_contrast(Colour x, Colour y)
{
    double a = luminance(x), b = luminance(y);
    double high = a > b ? a : b, low = a > b ? b : a;
    return (int)((high + 0.05) / (low + 0.05) * 100); // never rounded up
}

static const Colour white = {255, 255, 255}, black = {0, 0, 0};

bool colour_for_text(Str text, Colour *out, Err *err)
{
    Colour c;
    if (!colour_read(text, &c, err))
        return false;
    int contrast = colour_contrast(c, white);
    if (contrast < CONTRAST_TEXT)
        return fail(err, ERR_RULE, NULL,
                    "这个颜色在白底上看不清：对比度%d.%02d，至少要4.5，请选深一些的",
                    "too light on white: a contrast of %d.%02d, 4.5 is the least", contrast / 100,
                    contrast % 100);
    *out = c;
    return true;
}

static uint8_t mix(uint8_t from, uint8_t to, int percent)
{
    return (uint8_t)(from + (to - from) * percent / 100);
}

Colour colour_mix(Colour c, Colour to, int percent)
{
    return (Colour){mix(c.r, to.r, percent), mix(c.g, to.g, percent), mix(c.b, to.b, percent)};
}

static void put(Buf *b, Arena *a, const char *name, Colour c)
{
    buf_fmt(b, "  --%s: ", name);
    buf_add(b, colour_text(a, c));
    buf_add(b, S(";\n"));
}

Str colour_css(Arena *a, Str accent, Str brand)
{
    Colour c;
    Err err;
    Buf b = buf_new(a, 1024);
    buf_add(&b, S(":root:not([data-mode=contrast]) {\n"));
    if (accent.n && colour_read(accent, &c, &err)) {
        put(&b, a, "accent", c);
        put(&b, a, "accent-strong", colour_mix(c, black, 30));
        put(&b, a, "accent-soft", colour_mix(c, white, 90));
    }
    if (brand.n && colour_read(brand, &c, &err))
        put(&b, a, "brand", c);
    buf_add(&b, S("}\n"));
    return buf_str(&b);
}
