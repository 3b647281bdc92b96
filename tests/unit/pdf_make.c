#include "pdf_make.h"

#include "base/text.h"

enum { PDF_MOST = 64 << 20 };

PdfMake *pdf_make(Arena *a)
{
    PdfMake *m = NEW(a, PdfMake, 1);
    m->b = buf_new(a, PDF_MOST);
    buf_add(&m->b, S("%PDF-1.7\n"));
    return m;
}

int pdf_next(const PdfMake *m)
{
    return m->n + 1;
}

int pdf_add(PdfMake *m, Str body)
{
    m->at[++m->n] = m->b.n;
    buf_fmt(&m->b, "%d 0 obj\n" PRI_STR "\nendobj\n", m->n, STR_ARG(body));
    return m->n;
}

int pdf_stream(PdfMake *m, Str dict, Str bytes)
{
    m->at[++m->n] = m->b.n;
    buf_fmt(&m->b, "%d 0 obj\n<< " PRI_STR " /Length %zu >>\nstream\n", m->n, STR_ARG(dict),
            bytes.n);
    buf_add(&m->b, bytes);
    buf_add(&m->b, S("\nendstream\nendobj\n"));
    return m->n;
}

Str pdf_done(PdfMake *m, int root, Str trailer)
{
    size_t table = m->b.n;
    buf_fmt(&m->b, "xref\n0 %d\n0000000000 65535 f \n", m->n + 1);
    for (int i = 1; i <= m->n; i++)
        buf_fmt(&m->b, "%010zu 00000 n \n", m->at[i]);
    buf_fmt(&m->b, "trailer\n<< /Size %d /Root %d 0 R " PRI_STR " >>\nstartxref\n%zu\n%%%%EOF\n",
            m->n + 1, root, STR_ARG(trailer), table);
    return buf_str(&m->b);
}

Str pdf_fonts(PdfMake *m, Arena *a)
{
    int latin = pdf_add(m, S("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"));
    int letters =
        pdf_add(m, S("<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo"
                     " << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /DW 1000 >>"));
    int chinese =
        pdf_add(m, str_fmt(a,
                           "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding"
                           " /UniGB-UTF16-H /DescendantFonts [ %d 0 R ] >>",
                           letters));
    return str_fmt(a, "/Font << /F1 %d 0 R /F2 %d 0 R >>", latin, chinese);
}

Str pdf_hex(Arena *a, Str utf8)
{
    Str wide = S("");
    Buf b = buf_new(a, 8 * utf8.n + 2);
    text_encode(utf8, "utf-16be", a, &wide);
    buf_byte(&b, '<');
    for (size_t i = 0; i < wide.n; i++)
        buf_fmt(&b, "%02X", (unsigned char)wide.s[i]);
    buf_byte(&b, '>');
    return buf_str(&b);
}

static Str box(Arena *a, const PdfPage *p)
{
    const int *c = p->crop;
    Str media = str_fmt(a, "/MediaBox [ 0 0 %d %d ]", p->w ? p->w : 595, p->h ? p->h : 842);
    if (!c[2])
        return media;
    return str_fmt(a, PRI_STR " /CropBox [ %d %d %d %d ]", STR_ARG(media), c[0], c[1], c[2], c[3]);
}

Str pdf_of(Arena *a, const PdfPage *pages, size_t n, Str catalogue, Str trailer)
{
    PdfMake *m = pdf_make(a);
    Buf kids = buf_new(a, 1 << 20);
    Str fonts = pdf_fonts(m, a);
    int tree = pdf_next(m) + 2 * (int)n;
    for (size_t i = 0; i < n; i++) {
        const PdfPage *p = &pages[i];
        int content = pdf_stream(m, S(""), p->content);
        int page = pdf_add(m, str_fmt(a,
                                      "<< /Type /Page /Parent %d 0 R " PRI_STR
                                      " /Rotate %d /Contents %d 0 R /Resources << " PRI_STR
                                      " " PRI_STR " >> " PRI_STR " >>",
                                      tree, STR_ARG(box(a, p)), p->rotate, content, STR_ARG(fonts),
                                      STR_ARG(p->resources), STR_ARG(p->more)));
        buf_fmt(&kids, "%d 0 R ", page);
    }
    pdf_add(m, str_fmt(a, "<< /Type /Pages /Kids [ " PRI_STR "] /Count %zu >>",
                       STR_ARG(buf_str(&kids)), n));
    int root = pdf_add(
        m, str_fmt(a, "<< /Type /Catalog /Pages %d 0 R " PRI_STR " >>", tree, STR_ARG(catalogue)));
    return pdf_done(m, root, trailer);
}
