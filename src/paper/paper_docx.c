// A letter as WordprocessingML (ECMA-376), in the same layout as paper_pdf.c: 版心 156 mm × 225 mm,
// a grid of 22 lines. Its fonts are those that the form of official documents names; a machine
// without them takes its own.
#include "base/buf.h"
#include "base/zip.h"
#include "paper/paper.h"

#define XML "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define WORD_NS "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define OFFICE_NS "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE_NS "http://schemas.openxmlformats.org/package/2006"

static const char types[] =
    XML "<Types xmlns=\"" PACKAGE_NS "/content-types\">"
        "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package."
        "relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/>"
        "<Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-"
        "officedocument.wordprocessingml.document.main+xml\"/>"
        "<Override PartName=\"/word/footer1.xml\" ContentType=\"application/vnd.openxmlformats-"
        "officedocument.wordprocessingml.footer+xml\"/>"
        "<Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-"
        "package.core-properties+xml\"/></Types>";

static const char package_rels[] =
    XML "<Relationships xmlns=\"" PACKAGE_NS "/relationships\">"
        "<Relationship Id=\"rId1\" Type=\"" OFFICE_NS "/officeDocument\" "
        "Target=\"word/document.xml\"/>"
        "<Relationship Id=\"rId2\" Type=\"" PACKAGE_NS "/relationships/metadata/core-properties\" "
        "Target=\"docProps/core.xml\"/></Relationships>";

static const char document_rels[] =
    XML "<Relationships xmlns=\"" PACKAGE_NS "/relationships\">"
        "<Relationship Id=\"rId1\" Type=\"" OFFICE_NS "/footer\" Target=\"footer1.xml\"/>"
        "</Relationships>";

static const char footer[] =
    XML "<w:ftr xmlns:w=\"" WORD_NS "\"><w:p><w:pPr><w:jc w:val=\"right\"/></w:pPr>"
        "<w:r><w:rPr><w:rFonts w:eastAsia=\"宋体\"/><w:sz w:val=\"28\"/></w:rPr><w:t "
        "xml:space=\"preserve\">— </w:t></w:r>"
        "<w:r><w:rPr><w:sz w:val=\"28\"/></w:rPr><w:fldChar w:fldCharType=\"begin\"/></w:r>"
        "<w:r><w:rPr><w:sz w:val=\"28\"/></w:rPr><w:instrText>PAGE</w:instrText></w:r>"
        "<w:r><w:rPr><w:sz w:val=\"28\"/></w:rPr><w:fldChar w:fldCharType=\"end\"/></w:r>"
        "<w:r><w:rPr><w:sz w:val=\"28\"/></w:rPr><w:t xml:space=\"preserve\"> —</w:t></w:r>"
        "</w:p></w:ftr>";

// 37 mm above, 35 below, 28 left, 26 right; 579 twentieths of a point from line to line.
static const char section[] =
    "<w:sectPr xmlns:r=\"" OFFICE_NS "\"><w:footerReference w:type=\"default\" r:id=\"rId1\"/>"
    "<w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"2098\" w:right=\"1474\" "
    "w:bottom=\"1985\" w:left=\"1588\" w:header=\"851\" w:footer=\"1588\" w:gutter=\"0\"/>"
    "<w:docGrid w:type=\"lines\" w:linePitch=\"579\"/></w:sectPr>";

typedef struct Look {
    const char *font, *align;
    int size; // half points
    bool bold, red;
    const char *spacing; // before and after, attributes of w:spacing
    const char *indent;  // attributes of w:ind
} Look;

#define BODY_LINE " w:line=\"579\" w:lineRule=\"exact\""

// clang-format off
static const Look looks[PAPER_KIND__COUNT] = {
    //               font              align    size bold   red    spacing                                     indent
    [PAPER_HEAD]   = { "方正小标宋简体", "center", 80, true,  true,  "w:after=\"579\"",                          NULL },
    [PAPER_NUMBER] = { "仿宋_GB2312",    "center", 32, false, false, "w:before=\"160\"" BODY_LINE,               NULL },
    [PAPER_TITLE]  = { "方正小标宋简体", "center", 44, true,  false, "w:line=\"680\" w:lineRule=\"exact\"",      NULL },
    [PAPER_TO]     = { "仿宋_GB2312",    "left",   32, false, false, "w:before=\"579\"" BODY_LINE,               NULL },
    [PAPER_TEXT]   = { "仿宋_GB2312",    "both",   32, false, false, "w:before=\"0\"" BODY_LINE,                 "w:firstLineChars=\"200\" w:firstLine=\"640\"" },
    [PAPER_SIGN]   = { "仿宋_GB2312",    "right",  32, false, false, "w:before=\"1158\"" BODY_LINE,              "w:rightChars=\"200\" w:right=\"640\"" },
    [PAPER_DAY]    = { "仿宋_GB2312",    "right",  32, false, false, "w:before=\"0\"" BODY_LINE,                 "w:rightChars=\"400\" w:right=\"1280\"" },
    [PAPER_NOTE]   = { "宋体",           "left",   21, false, false, "w:before=\"120\"",                         NULL },
    [PAPER_TABLE]  = { "宋体",           "left",   21, false, false, "w:before=\"0\"",                           NULL },
};
// clang-format on

static void escaped(Buf *b, Str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.s[i];
        if (c == '<')
            buf_add(b, S("&lt;"));
        else if (c == '&')
            buf_add(b, S("&amp;"));
        else if (c == '>')
            buf_add(b, S("&gt;"));
        else if ((unsigned char)c >= 0x20)
            buf_byte(b, c);
    }
}

static void put_run(Buf *b, const Look *look, Str text)
{
    buf_fmt(b, "<w:r><w:rPr><w:rFonts w:ascii=\"%s\" w:hAnsi=\"%s\" w:eastAsia=\"%s\"/>",
            look->font, look->font, look->font);
    buf_add(b, look->bold ? S("<w:b/>") : S(""));
    buf_add(b, look->red ? S("<w:color w:val=\"D90000\"/>") : S(""));
    // 28 characters of 三号 are a little wider than the text
    buf_add(b, look->size == 32 ? S("<w:spacing w:val=\"-5\"/>") : S(""));
    buf_fmt(b, "<w:sz w:val=\"%d\"/><w:lang w:eastAsia=\"zh-CN\"/></w:rPr>", look->size);
    buf_add(b, S("<w:t xml:space=\"preserve\">"));
    escaped(b, text);
    buf_add(b, S("</w:t></w:r>"));
}

// The last lines of the text stay with the signature.
static void put_paragraph(Buf *b, const Look *look, Str text, bool keep_next)
{
    buf_add(b, S("<w:p><w:pPr>"));
    buf_add(b, keep_next ? S("<w:keepNext/>") : S(""));
    buf_add(b, S("<w:autoSpaceDE w:val=\"0\"/><w:autoSpaceDN w:val=\"0\"/>"));
    buf_fmt(b, "<w:spacing %s/>", look->spacing);
    if (look->indent)
        buf_fmt(b, "<w:ind %s/>", look->indent);
    buf_fmt(b, "<w:jc w:val=\"%s\"/></w:pPr>", look->align);
    put_run(b, look, text);
    buf_add(b, S("</w:p>"));
}

enum { TEXT_WIDTH = 8844 }; // 156 mm in twentieths of a point

static void put_row(Buf *b, const PaperTable *t, const Str *cells, bool head)
{
    Look look = looks[PAPER_TABLE];
    look.bold = head;
    buf_add(b, head ? S("<w:tr><w:trPr><w:tblHeader/></w:trPr>") : S("<w:tr>"));
    for (int c = 0; c < t->columns; c++) {
        buf_fmt(b, "<w:tc><w:tcPr><w:tcW w:w=\"%d\" w:type=\"dxa\"/></w:tcPr>",
                (int)(t->widths[c] * TEXT_WIDTH));
        put_paragraph(b, &look, cells[c], false);
        buf_add(b, S("</w:tc>"));
    }
    buf_add(b, S("</w:tr>"));
}

static void put_table(Buf *b, const PaperTable *t)
{
    buf_add(b, S("<w:tbl><w:tblPr><w:tblW w:w=\"8844\" w:type=\"dxa\"/><w:tblBorders>"
                 "<w:top w:val=\"single\" w:sz=\"8\"/><w:bottom w:val=\"single\" w:sz=\"8\"/>"
                 "<w:insideH w:val=\"single\" w:sz=\"4\"/></w:tblBorders></w:tblPr><w:tblGrid>"));
    for (int c = 0; c < t->columns; c++)
        buf_fmt(b, "<w:gridCol w:w=\"%d\"/>", (int)(t->widths[c] * TEXT_WIDTH));
    buf_add(b, S("</w:tblGrid>"));
    put_row(b, t, t->heads, true);
    for (size_t i = 0; i < t->n; i++)
        put_row(b, t, t->v[i].cells, false);
    buf_add(b, S("</w:tbl>"));
}

static Str document(const Paper *paper, Arena *a)
{
    Buf b = buf_new(a, PAPER_MAX_BYTES);
    buf_add(&b, S(XML "<w:document xmlns:w=\"" WORD_NS "\"><w:body>"));
    if (paper->mark.n) {
        Look mark = looks[PAPER_NOTE];
        mark.red = true;
        put_paragraph(&b, &mark, paper->mark, false);
    }
    for (size_t i = 0; i < paper->n; i++) {
        const PaperPart *it = &paper->v[i];
        PaperKind next = i + 1 < paper->n ? paper->v[i + 1].kind : PAPER_KIND__COUNT;
        if (it->kind == PAPER_TABLE)
            put_table(&b, it->table);
        else
            put_paragraph(&b, &looks[it->kind], it->text, next == PAPER_SIGN || next == PAPER_DAY);
    }
    buf_add(&b, str_z(section));
    buf_add(&b, S("</w:body></w:document>"));
    return buf_str(&b);
}

static Str core(const Paper *paper, Arena *a)
{
    Buf b = buf_new(a, 16 << 10);
    buf_add(&b, S(XML "<cp:coreProperties xmlns:cp=\"" PACKAGE_NS "/metadata/core-properties\" "
                      "xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>"));
    escaped(&b, paper->title);
    buf_add(&b, S("</dc:title><dc:creator>"));
    escaped(&b, paper->author);
    buf_add(&b, S("</dc:creator></cp:coreProperties>"));
    return buf_str(&b);
}

bool paper_docx(const Paper *paper, Arena *a, Str *out, Err *err)
{
    if (paper->form != PAPER_A4)
        return fail(err, ERR_INPUT, NULL, "信封只能生成PDF", "envelopes are PDF only");
    ZipMember members[] = {
        {S("[Content_Types].xml"), str_z(types)},
        {S("_rels/.rels"), str_z(package_rels)},
        {S("word/document.xml"), document(paper, a)},
        {S("word/_rels/document.xml.rels"), str_z(document_rels)},
        {S("word/footer1.xml"), str_z(footer)},
        {S("docProps/core.xml"), core(paper, a)},
    };
    Buf b = buf_new(a, PAPER_MAX_BYTES);
    if (!zip_write(&b, members, sizeof members / sizeof *members))
        return fail(err, ERR_LIMIT, NULL, "文书太长，放不进一个文件",
                    "the letter does not fit into one file");
    *out = buf_str(&b);
    return true;
}
