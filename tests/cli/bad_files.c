// Writes a folder of files that no reader must fall over, for tests/cli/bad_input.sh:
//
//     bad_files DIR GOOD.docx GOOD.pdf GOOD.html
#include "base/buf.h"
#include "base/file.h"
#include "base/pack.h"

#include <stdio.h>

typedef struct Maker {
    Arena *a;
    Str dir, docx, pdf, html;
} Maker;

static void put(Maker *m, const char *name, Str bytes)
{
    Err err;
    if (!file_write(file_join(m->a, m->dir, str_z(name)), bytes, &err)) {
        fprintf(stderr, "%s\n", err.en);
        exit(1);
    }
}

static Str repeated(Maker *m, const char *piece, size_t n)
{
    Str p = str_z(piece);
    char *s = NEW(m->a, char, p.n *n);
    for (size_t i = 0; i < n; i++)
        memcpy(s + i * p.n, p.s, p.n);
    return (Str){s, p.n * n};
}

static void le(Buf *b, uint32_t n, int bytes)
{
    for (int i = 0; i < bytes; i++)
        buf_byte(b, (char)(n >> (8 * i)));
}

// The parts of a zip entry's two headers that are the same.
static void entry_facts(Buf *b, Str packed, Str plain, size_t name_n)
{
    le(b, 20, 2); // version needed
    le(b, 0, 2);
    le(b, 8, 2); // deflate
    le(b, 0, 4); // time and date
    le(b, pack_crc32(plain), 4);
    le(b, (uint32_t)packed.n, 4);
    le(b, (uint32_t)plain.n, 4);
    le(b, (uint32_t)name_n, 2);
    le(b, 0, 2);
}

// An archive of one entry: what gzip packs is a deflate stream between a head and a tail.
static Str zip_of(Maker *m, Str name, Str plain)
{
    Str gz = pack_gzip(m->a, plain, PACK_ONCE);
    Str packed = str_sub(gz, 10, gz.n - 8);
    Buf b = buf_new(m->a, 64 << 20);
    buf_add(&b, S("PK\3\4"));
    entry_facts(&b, packed, plain, name.n);
    buf_add(&b, name);
    buf_add(&b, packed);
    size_t directory = b.n;
    buf_add(&b, S("PK\1\2"));
    le(&b, 20, 2);
    entry_facts(&b, packed, plain, name.n);
    le(&b, 0, 2);
    le(&b, 0, 4);
    le(&b, 0, 4);
    le(&b, 0, 4); // where the entry begins
    buf_add(&b, name);
    size_t end = b.n;
    buf_add(&b, S("PK\5\6"));
    le(&b, 0, 4);
    le(&b, 1, 2);
    le(&b, 1, 2);
    le(&b, (uint32_t)(end - directory), 4);
    le(&b, (uint32_t)directory, 4);
    le(&b, 0, 2);
    return buf_str(&b);
}

static void archives(Maker *m)
{
    enum { UNPACKED = 300 << 20 }; // more than MAX_UNPACKED_BYTES
    char *zeros = NEW(m->a, char, UNPACKED);
    memset(zeros, ' ', UNPACKED);
    put(m, "bomb.docx", zip_of(m, S("word/document.xml"), (Str){zeros, UNPACKED}));
    put(m, "archive.zip", zip_of(m, S("readme.txt"), repeated(m, "nothing ", 1000)));
    put(m, "truncated.docx", str_sub(m->docx, 0, m->docx.n / 2));
}

static void texts(Maker *m)
{
    put(m, "empty.txt", S(""));
    put(m, "huge.txt", repeated(m, "年度报告", (33 << 20) / 12));
    put(m, "nul.txt", str_cat(m->a, S("示例县\0年报\0\0"), repeated(m, "\1\2 a", 1000)));
    put(m, "invalid-utf8.html",
        str_cat(m->a, S("<p>\xff\xfe\xc3\x28\xe4\xb8<table><tr><td>\xed\xa0\x80"), m->html));
    put(m, "truncated.html", str_sub(m->html, 0, m->html.n * 2 / 3));
    put(m, "html-named.pdf", m->html);
    put(m, "picture-named.html", S("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\10\2"));
    put(m, "program-named.txt",
        S("\x7f"
          "ELF\2\1\1\0\0\0\0\0\0\0\0\0\2\0\x3e\0"));
}

static void tables(Maker *m)
{
    put(m, "deep.html", repeated(m, "<table><tr><td>1", 1000));
    put(m, "very-deep.html", repeated(m, "<div>", 1000000));
    put(m, "million-cells.html",
        str_cat(m->a, S("<table>"),
                repeated(m, "<tr><td>1<td>2<td>3<td>4<td>5<td>6<td>7<td>8<td>9<td>0", 100000)));
    put(m, "wide-span.html",
        S("<table><tr><td colspan=1000000 rowspan=1000000>1<tr><td colspan=65534 "
          "rowspan=65534>2</table>"));
}

// A page that is a picture and nothing else; and one that says it is encrypted.
static void pdfs(Maker *m)
{
    static const char scanned[] =
        "%PDF-1.4\n"
        "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R"
        "/Resources<</XObject<</I 5 0 R>>>>>>endobj\n"
        "4 0 obj<</Length 24>>stream\nq 200 0 0 200 0 0 cm /I Do Q\nendstream endobj\n"
        "5 0 obj<</Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8"
        "/ColorSpace/DeviceGray/Length 1>>stream\n0\nendstream endobj\n"
        "trailer<</Root 1 0 R/Size 6>>\n%%EOF\n";
    static const char encrypted[] =
        "%PDF-1.4\n"
        "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\n"
        "4 0 obj<</Filter/Standard/V 1/R 2/P -64"
        "/O<0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef>"
        "/U<fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210>>>endobj\n"
        "trailer<</Root 1 0 R/Size 5/Encrypt 4 0 R/ID[<00><00>]>>\n%%EOF\n";
    put(m, "scanned.pdf", str_z(scanned));
    put(m, "encrypted.pdf", str_z(encrypted));
    put(m, "truncated.pdf", str_sub(m->pdf, 0, m->pdf.n / 3));
    put(m, "not-a.pdf", S("%PDF-1.7\n\0\0\0\0garbage\xff\xff"));
    put(m, "word.doc", S("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and nothing of it"));
}

int main(int argc, char **argv)
{
    Arena a = arena_new((size_t)4 << 30);
    Err err;
    if (argc != 5)
        return 2;
    Maker m = {.a = &a, .dir = str_z(argv[1])};
    if (!file_read(str_z(argv[2]), 32 << 20, &a, &m.docx, &err) ||
        !file_read(str_z(argv[3]), 32 << 20, &a, &m.pdf, &err) ||
        !file_read(str_z(argv[4]), 32 << 20, &a, &m.html, &err)) {
        fprintf(stderr, "%s\n", err.en);
        return 1;
    }
    archives(&m);
    texts(&m);
    tables(&m);
    pdfs(&m);
    return 0;
}
