#include "base/text.h"
#include "report/pdf.h"

// The output is XHTML that a program writes, one word a line; it is scanned rather than parsed.

static float number(Str *s)
{
    float n = 0, scale = 1;
    bool minus = s->n && s->s[0] == '-', point = false;
    size_t i = minus;
    for (; i < s->n && i < 24; i++) {
        char c = s->s[i];
        if (c == '.' && !point)
            point = true;
        else if (c < '0' || c > '9')
            break;
        else {
            n = n * 10 + (float)(c - '0');
            scale *= point ? 10 : 1;
        }
    }
    *s = str_from(*s, i);
    n /= scale;
    return minus ? -n : n < 100000 ? n : 100000;
}

static float attribute(Str tag, const char *name)
{
    ptrdiff_t at = str_find(tag, str_z(name));
    if (at < 0)
        return 0;
    Str rest = str_from(tag, (size_t)at + strlen(name));
    return number(&rest);
}

static PdfBox box_of(Str tag)
{
    PdfBox b = {attribute(tag, "xMin=\""), attribute(tag, "yMin=\""), attribute(tag, "xMax=\""),
                attribute(tag, "yMax=\"")};
    if (b.x1 < b.x0)
        b.x1 = b.x0;
    if (b.y1 < b.y0)
        b.y1 = b.y0;
    return b;
}

// The code point of "&#160;" at i; 0 where it is none. Its length goes to *len.
static uint32_t entity(Str s, size_t i, size_t *len)
{
    static const struct {
        Str name;
        uint32_t rune;
    } names[] = {{SI("&amp;"), '&'},
                 {SI("&lt;"), '<'},
                 {SI("&gt;"), '>'},
                 {SI("&quot;"), '"'},
                 {SI("&apos;"), '\''}};
    for (size_t k = 0; k < sizeof names / sizeof *names; k++)
        if (str_starts(str_from(s, i), names[k].name)) {
            *len = names[k].name.n;
            return names[k].rune;
        }
    return 0;
}

// Radicals of dictionaries that look like letters and stand for them in PDFs whose fonts draw both
// with one shape: ⼀ for 一, ⺠ for 民. The Kangxi ones have compatibility forms in Unicode, these
// have not.
static const struct {
    uint16_t radical;
    Str letter;
} radicals[] = {{0x2e9f, SI("母")}, {0x2ea0, SI("民")}, {0x2ec5, SI("见")}, {0x2ec6, SI("角")},
                {0x2ec9, SI("贝")}, {0x2ecb, SI("车")}, {0x2ed3, SI("长")}, {0x2ed4, SI("门")},
                {0x2ed8, SI("青")}, {0x2eda, SI("页")}, {0x2edb, SI("风")}, {0x2edc, SI("飞")},
                {0x2edd, SI("食")}, {0x2ee2, SI("马")}, {0x2ee3, SI("骨")}, {0x2ee5, SI("鱼")},
                {0x2ee6, SI("鸟")}, {0x2ee9, SI("黄")}, {0x2eec, SI("齐")}, {0x2eee, SI("齿")},
                {0x2ef0, SI("龙")}, {0x2ef3, SI("龟")}};

static Str radical_letter(Str rune, uint32_t c, Arena *a)
{
    if (c >= 0x2f00)
        return text_nfkc(a, rune);
    for (size_t i = 0; i < sizeof radicals / sizeof *radicals; i++)
        if (radicals[i].radical == c)
            return radicals[i].letter;
    return rune;
}

// Without entities, spaces of any kind and characters without width.
static Str clean(Str s, Arena *a)
{
    char *to = NEW(a, char, s.n + 1);
    size_t n = 0, len;
    for (size_t i = 0; i < s.n; i += len) {
        uint32_t c = s.s[i] == '&' ? entity(s, i, &len) : 0;
        if (c) {
            to[n++] = (char)c;
            continue;
        }
        c = str_rune(s, i, &len);
        if (len > s.n - i)
            len = s.n - i;
        bool gone = c <= ' ' || c == 0x7f || c == 0xa0 || c == 0xad ||
                    (c >= 0x2000 && c <= 0x200f) || c == 0x3000 || c == 0xfeff;
        if (gone)
            continue;
        Str rune = str_sub(s, i, i + len);
        if (c >= 0x2e80 && c <= 0x2fd5) {
            Str letter = radical_letter(rune, c, a);
            rune = letter.n <= len ? letter : rune;
        }
        memcpy(to + n, rune.s, rune.n);
        n += rune.n;
    }
    return (Str){to, n};
}

// poppler gives titles that are UTF-16 as if each byte were a letter.
static Str title_of(Str xhtml, Arena *a)
{
    Str before, rest, title;
    if (!str_cut(str_sub(xhtml, 0, 8192), S("<title>"), &before, &rest) ||
        !str_cut(rest, S("</title>"), &title, &rest) || str_starts(title, S("ÿþ")) ||
        str_starts(title, S("þÿ")))
        return S("");
    return clean(title, a);
}

// The size of the letters, told from how wide they are set: Chinese ones are as wide as the font is
// large, digits and letters about half. 0 where it cannot be told.
static float size_of(Str s, PdfBox b)
{
    float units = 0;
    size_t len;
    for (size_t i = 0; i < s.n; i += len) {
        uint32_t c = str_rune(s, i, &len); // dashes, quotation marks and … are as wide as letters
        units += c >= 0x2e80 || (c >= 0x2014 && c <= 0x2026) ? 1.0F : 0.52F;
    }
    float width = b.x1 - b.x0, height = b.y1 - b.y0;
    bool upright = units >= 1.9F && height > 1.6F * width; // written from top to bottom
    return units > 0 && !upright ? width / units : 0;
}

// Boxes are as high as the font says its highest letter is, which for some fonts is twice the size,
// so that lines seem to overlap. What is kept is the size of the letters around the middle.
static PdfBox tighten(Str s, PdfBox b)
{
    float size = size_of(s, b), middle = (b.y0 + b.y1) / 2;
    if (size < 2 || size > b.y1 - b.y0)
        return b;
    return (PdfBox){b.x0, middle - size / 2, b.x1, middle + size / 2};
}

bool pdf_scan(Str xhtml, Arena *a, PdfWords *out, Err *err)
{
    PdfWords words = {.title = title_of(xhtml, a)};
    for (Str line, rest = xhtml; rest.n;) {
        str_cut(rest, S("\n"), &line, &rest);
        line = str_trim(line);
        if (str_starts(line, S("<page "))) {
            if (++words.pages > MAX_PAGES)
                return fail(err, ERR_LIMIT, NULL, "PDF 超过%d页，不予读取。",
                            "the PDF has more than %d pages", MAX_PAGES);
            float width = attribute(line, "width=\"");
            words.width = width > words.width ? width : words.width;
            continue;
        }
        Str tag, text, end;
        if (!str_starts(line, S("<word ")) || !str_cut(line, S(">"), &tag, &text))
            continue;
        str_cut(text, S("</word>"), &text, &end);
        text = clean(text, a);
        if (!text.n || !words.pages)
            continue;
        if (words.n == MAX_BLOCKS)
            return fail(err, ERR_LIMIT, NULL, "PDF 超过%d个词，不予读取。",
                        "the PDF has more than %d words", MAX_BLOCKS);
        *PUSH(a, &words) =
            (PdfWord){.text = text, .box = tighten(text, box_of(tag)), .page = words.pages};
    }
    *out = words;
    return true;
}
