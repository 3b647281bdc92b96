#include "redact/own_pdf.h"

#include "base/buf.h"

// Objects: 1 catalogue, 2 pages; with words 3 font, 4 its letters, 5 their description, 6 what each
// means; then three for every page: the page, what is painted on it, the picture.

enum { FONT_OBJECTS = 4, PAGE_OBJECTS = 3, FIRST = 3, RUNES_A_BLOCK = 100 };

// --- the letters that occur

typedef struct Runes {
    uint32_t *v; // sorted, each once; the code of v[i] is i + 1
    size_t n, cap;
} Runes;

static int by_rune(const void *x, const void *y)
{
    uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;
    return (a > b) - (a < b);
}

static void runes_once(Runes *r)
{
    size_t kept = 0;
    if (r->n)
        qsort(r->v, r->n, sizeof *r->v, by_rune);
    for (size_t i = 0; i < r->n; i++)
        if (!kept || r->v[kept - 1] != r->v[i])
            r->v[kept++] = r->v[i];
    r->n = kept;
}

static Runes runes_of(const OwnPdf *pdf, Arena *a)
{
    Runes r = {0};
    size_t len;
    for (size_t p = 0; p < pdf->n; p++)
        for (size_t w = 0; w < pdf->v[p].words.n; w++) {
            Str text = pdf->v[p].words.v[w].text;
            for (size_t i = 0; i < text.n; i += len)
                *PUSH(a, &r) = str_rune(text, i, &len);
        }
    runes_once(&r);
    return r;
}

static unsigned code_of(const Runes *r, uint32_t rune)
{
    const uint32_t *at = bsearch(&rune, r->v, r->n, sizeof *r->v, by_rune);
    return at ? (unsigned)(at - r->v) + 1 : 0;
}

// --- writing

typedef struct Writer {
    Buf b;
    Arena *a;
    size_t *at; // of object i, from 1
    size_t n;
} Writer;

static void object(Writer *w)
{
    w->at[++w->n] = w->b.n;
    buf_fmt(&w->b, "%zu 0 obj\n", w->n);
}

static void object_end(Writer *w)
{
    buf_add(&w->b, S("\nendobj\n"));
}

static void stream(Writer *w, Str bytes)
{
    buf_add(&w->b, S("\nstream\n"));
    buf_add(&w->b, bytes);
    buf_add(&w->b, S("\nendstream"));
    object_end(w);
}

static void hundredths(Buf *b, int n)
{
    buf_fmt(b, "%d.%02d", n / 100, n % 100);
}

static void write_pages(Writer *w, const OwnPdf *pdf, size_t first)
{
    object(w);
    buf_add(&w->b, S("<< /Type /Catalog /Pages 2 0 R /Lang (zh-CN) >>"));
    object_end(w);
    object(w);
    buf_add(&w->b, S("<< /Type /Pages /Kids ["));
    for (size_t i = 0; i < pdf->n; i++)
        buf_fmt(&w->b, " %zu 0 R", first + PAGE_OBJECTS * i);
    buf_fmt(&w->b, " ] /Count %zu >>", pdf->n);
    object_end(w);
}

static Str meanings(const Runes *r, Arena *a)
{
    Buf b = buf_new(a, 4 << 20);
    buf_add(&b, S("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                  "/CMapName /Words def\n/CMapType 2 def\n"
                  "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"));
    for (size_t i = 0; i < r->n; i++) {
        size_t left = r->n - i;
        if (i % RUNES_A_BLOCK == 0)
            buf_fmt(&b, "%zu beginbfchar\n", left < RUNES_A_BLOCK ? left : RUNES_A_BLOCK);
        uint32_t c = r->v[i];
        if (c < 0x10000)
            buf_fmt(&b, "<%04zX> <%04X>\n", i + 1, c);
        else
            buf_fmt(&b, "<%04zX> <%04X%04X>\n", i + 1, 0xd7c0 + (c >> 10), 0xdc00 + (c & 0x3ff));
        if (i + 1 == r->n || (i + 1) % RUNES_A_BLOCK == 0)
            buf_add(&b, S("endbfchar\n"));
    }
    buf_add(&b, S("endcmap\nend\nend\n"));
    return buf_str(&b);
}

// Nothing is painted with it, so that it need not be in the file (ISO 19005 allows that too).
static void write_font(Writer *w, const Runes *r)
{
    object(w);
    buf_add(&w->b, S("<< /Type /Font /Subtype /Type0 /BaseFont /Words /Encoding /Identity-H"
                     " /DescendantFonts [ 4 0 R ] /ToUnicode 6 0 R >>"));
    object_end(w);
    object(w);
    buf_add(&w->b, S("<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Words /CIDSystemInfo"
                     " << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
                     " /FontDescriptor 5 0 R /DW 1000 /CIDToGIDMap /Identity >>"));
    object_end(w);
    object(w);
    buf_add(&w->b, S("<< /Type /FontDescriptor /FontName /Words /Flags 4 /FontBBox"
                     " [ 0 -200 1000 800 ] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 800"
                     " /StemV 80 >>"));
    object_end(w);
    object(w);
    Str text = meanings(r, w->a);
    buf_fmt(&w->b, "<< /Length %zu >>", text.n);
    stream(w, text);
}

static void write_word(Buf *b, const Runes *r, const OwnWord *word)
{
    size_t len;
    buf_add(b, S("/F "));
    hundredths(b, word->size);
    buf_add(b, S(" Tf "));
    hundredths(b, word->stretch);
    buf_add(b, S(" Tz 1 0 0 1 "));
    hundredths(b, word->x);
    buf_byte(b, ' ');
    hundredths(b, word->y);
    buf_add(b, S(" Tm <"));
    for (size_t i = 0; i < word->text.n; i += len)
        buf_fmt(b, "%04X", code_of(r, str_rune(word->text, i, &len)));
    buf_add(b, S("> Tj\n"));
}

static Str painted(const OwnPage *p, const Runes *r, Arena *a)
{
    Buf b = buf_new(a, 16 << 20);
    buf_add(&b, S("q "));
    hundredths(&b, p->width);
    buf_add(&b, S(" 0 0 "));
    hundredths(&b, p->height);
    buf_add(&b, S(" 0 0 cm /I Do Q\n"));
    if (p->words.n)
        buf_add(&b, S("BT 3 Tr\n"));
    for (size_t i = 0; i < p->words.n; i++)
        write_word(&b, r, &p->words.v[i]);
    if (p->words.n)
        buf_add(&b, S("ET\n"));
    return buf_str(&b);
}

static void write_picture(Writer *w, const OwnPage *p)
{
    object(w);
    buf_fmt(&w->b,
            "<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /%s"
            " /BitsPerComponent 8 /Filter /%s",
            p->w, p->h, p->channels == 3 ? "DeviceRGB" : "DeviceGray",
            p->jpeg ? "DCTDecode" : "FlateDecode");
    if (!p->jpeg)
        buf_fmt(&w->b,
                " /DecodeParms << /Predictor 15 /Colors %d /BitsPerComponent 8 /Columns %d >>",
                p->channels, p->w);
    buf_fmt(&w->b, " /Length %zu >>", p->picture.n);
    stream(w, p->picture);
}

static void write_page(Writer *w, const OwnPage *p, const Runes *r)
{
    Arena scratch = *w->a;
    object(w);
    size_t own = w->n;
    buf_add(&w->b, S("<< /Type /Page /Parent 2 0 R /MediaBox [ 0 0 "));
    hundredths(&w->b, p->width);
    buf_byte(&w->b, ' ');
    hundredths(&w->b, p->height);
    buf_fmt(&w->b, " ] /Resources << /XObject << /I %zu 0 R >>", own + 2);
    if (r->n)
        buf_add(&w->b, S(" /Font << /F 3 0 R >>"));
    buf_fmt(&w->b, " >> /Contents %zu 0 R >>", own + 1);
    object_end(w);
    object(w);
    Str text = painted(p, r, &scratch);
    buf_fmt(&w->b, "<< /Length %zu >>", text.n);
    stream(w, text);
    write_picture(w, p);
}

static void write_end(Writer *w)
{
    size_t table = w->b.n;
    buf_fmt(&w->b, "xref\n0 %zu\n0000000000 65535 f \n", w->n + 1);
    for (size_t i = 1; i <= w->n; i++)
        buf_fmt(&w->b, "%010zu 00000 n \n", w->at[i]);
    buf_fmt(&w->b, "trailer\n<< /Size %zu /Root 1 0 R >>\nstartxref\n%zu\n%%%%EOF\n", w->n + 1,
            table);
}

static size_t room_for(const OwnPdf *pdf)
{
    size_t n = 1 << 20;
    for (size_t i = 0; i < pdf->n; i++)
        n += pdf->v[i].picture.n + 4096 + pdf->v[i].words.n * 400;
    return n < OWN_PDF_MOST ? n : OWN_PDF_MOST;
}

bool own_pdf_write(const OwnPdf *pdf, Arena *a, Str *out, Err *err)
{
    Runes runes = runes_of(pdf, a);
    size_t first = FIRST + (runes.n ? FONT_OBJECTS : 0);
    size_t objects = first - 1 + PAGE_OBJECTS * pdf->n;
    Writer w = {.b = buf_new(a, OWN_PDF_MOST), .a = a, .at = NEW(a, size_t, objects + 1)};
    buf_room(&w.b, room_for(pdf));
    buf_add(&w.b, S("%PDF-1.7\n"));
    write_pages(&w, pdf, first);
    if (runes.n)
        write_font(&w, &runes);
    for (size_t i = 0; i < pdf->n; i++)
        write_page(&w, &pdf->v[i], &runes);
    write_end(&w);
    if (w.b.full)
        return fail(err, ERR_LIMIT, NULL,
                    "遮盖后的文件超过%d MB，请分成几份再添加，或者降低扫描的清晰度",
                    "the result is larger than %d MB; split the document, or scan it less finely",
                    OWN_PDF_MOST >> 20);
    *out = buf_str(&w.b);
    return true;
}

// --- reading

typedef struct Reader {
    Str s;
    size_t at;
    bool good;
} Reader;

static void take(Reader *r, const char *z)
{
    size_t n = strlen(z);
    r->good = r->good && r->s.n - r->at >= n && memcmp(r->s.s + r->at, z, n) == 0;
    r->at += r->good ? n : 0;
}

static bool next_is(const Reader *r, const char *z)
{
    return r->good && str_starts(str_from(r->s, r->at), str_z(z));
}

static size_t number(Reader *r)
{
    size_t n = 0, digits = 0;
    while (r->at < r->s.n && r->s.s[r->at] >= '0' && r->s.s[r->at] <= '9' && digits < 10) {
        n = n * 10 + (size_t)(r->s.s[r->at++] - '0');
        digits++;
    }
    r->good = r->good && digits > 0 && n <= 1u << 30;
    return r->good ? n : 0;
}

static int fixed(Reader *r)
{
    size_t whole = number(r);
    take(r, ".");
    size_t part = number(r);
    r->good = r->good && whole < 1u << 20 && part < 100;
    return r->good ? (int)(whole * 100 + part) : 0;
}

static Str stream_bytes(Reader *r, size_t n)
{
    take(r, "\nstream\n");
    r->good = r->good && n <= r->s.n - r->at;
    Str bytes = r->good ? str_sub(r->s, r->at, r->at + n) : S("");
    r->at += bytes.n;
    take(r, "\nendstream\nendobj\n");
    return bytes;
}

// Behind here the text is only looked through for what changes; that the rest is as it should be is
// seen by writing it again.
static bool skip_to(Reader *r, const char *z)
{
    ptrdiff_t at = r->good ? str_find(str_from(r->s, r->at), str_z(z)) : -1;
    r->good = at >= 0;
    r->at += r->good ? (size_t)at + strlen(z) : 0;
    return r->good;
}

static unsigned hex4(Reader *r)
{
    static const char digits[] = "0123456789ABCDEF";
    unsigned n = 0;
    for (int i = 0; i < 4; i++) {
        const char *d = r->at < r->s.n && r->s.s[r->at] ? strchr(digits, r->s.s[r->at]) : NULL;
        r->good = r->good && d;
        n = n * 16 + (r->good ? (unsigned)(d - digits) : 0);
        r->at += r->good;
    }
    return n;
}

static Runes read_meanings(Str text, Arena *a)
{
    Reader r = {text, 0, true};
    Runes runes = {0};
    skip_to(&r, "endcodespacerange\n");
    while (r.good && !next_is(&r, "endcmap")) {
        number(&r);
        take(&r, " beginbfchar\n");
        while (next_is(&r, "<")) {
            take(&r, "<");
            hex4(&r);
            take(&r, "> <");
            uint32_t c = hex4(&r);
            if (c >= 0xd800 && c < 0xdc00)
                c = ((c - 0xd7c0) << 10) + (hex4(&r) & 0x3ff);
            take(&r, ">\n");
            *PUSH(a, &runes) = c;
        }
        take(&r, "endbfchar\n");
    }
    return r.good ? runes : (Runes){0};
}

static void put_rune(Buf *b, uint32_t c)
{
    static const unsigned char lead[] = {0, 0, 0xc0, 0xe0, 0xf0};
    int n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    buf_byte(b, (char)(lead[n == 1 ? 0 : n] | c >> 6 * (n - 1)));
    for (int i = n - 2; i >= 0; i--)
        buf_byte(b, (char)(0x80 | (c >> 6 * i & 0x3f)));
}

static void read_word(Reader *r, const Runes *runes, Arena *a, OwnWords *out)
{
    OwnWord word = {0};
    Buf text = buf_new(a, 1 << 16);
    take(r, "/F ");
    word.size = fixed(r);
    take(r, " Tf ");
    word.stretch = fixed(r);
    take(r, " Tz 1 0 0 1 ");
    word.x = fixed(r);
    take(r, " ");
    word.y = fixed(r);
    take(r, " Tm <");
    while (r->good && !next_is(r, ">")) {
        unsigned code = hex4(r);
        r->good = r->good && code >= 1 && code <= runes->n;
        if (r->good)
            put_rune(&text, runes->v[code - 1]);
    }
    take(r, "> Tj\n");
    word.text = buf_str(&text);
    if (r->good)
        *PUSH(a, out) = word;
}

static void read_painted(Str text, const Runes *runes, Arena *a, OwnPage *p, bool *good)
{
    Reader r = {text, 0, true};
    skip_to(&r, "/I Do Q\n");
    if (next_is(&r, "BT 3 Tr\n")) {
        take(&r, "BT 3 Tr\n");
        while (next_is(&r, "/F "))
            read_word(&r, runes, a, &p->words);
        take(&r, "ET\n");
    }
    *good = r.good && r.at == text.n;
}

static void read_page(Reader *r, const Runes *runes, Arena *a, OwnPage *p)
{
    bool good = true;
    skip_to(r, "/MediaBox [ 0 0 ");
    p->width = fixed(r);
    take(r, " ");
    p->height = fixed(r);
    skip_to(r, "endobj\n");
    skip_to(r, "/Length ");
    size_t n = number(r);
    take(r, " >>");
    read_painted(stream_bytes(r, n), runes, a, p, &good);
    r->good = r->good && good;
    skip_to(r, "/Width ");
    p->w = (int)number(r);
    take(r, " /Height ");
    p->h = (int)number(r);
    take(r, " /ColorSpace /Device");
    p->channels = next_is(r, "RGB") ? 3 : 1;
    skip_to(r, "/Filter /");
    p->jpeg = next_is(r, "DCT");
    skip_to(r, "/Length ");
    n = number(r);
    take(r, " >>");
    p->picture = stream_bytes(r, n);
}

bool own_pdf_read(Str bytes, Arena *a, OwnPdf *out)
{
    Reader r = {bytes, 0, true};
    OwnPdf pdf = {0};
    Runes runes = {0};
    Err err;
    Str again = {0};
    take(&r, "%PDF-1.7\n");
    skip_to(&r, "/Count ");
    size_t n = number(&r);
    take(&r, " >>\nendobj\n3 0 obj\n<< /Type /");
    if (next_is(&r, "Font")) {
        skip_to(&r, "6 0 obj\n<< /Length ");
        size_t length = number(&r);
        take(&r, " >>");
        runes = read_meanings(stream_bytes(&r, length), a);
    }
    for (size_t i = 0; r.good && i < n; i++)
        read_page(&r, &runes, a, PUSH(a, &pdf));
    if (!r.good || !own_pdf_write(&pdf, a, &again, &err) || !str_eq(again, bytes))
        return false;
    *out = pdf;
    return true;
}
