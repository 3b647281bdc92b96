#include "report/blocks.h"

#include <strings.h>

// --- files that are not read, by their first bytes
// --------------------------------------------------------

typedef struct Signature {
    Str bytes;
    size_t at;
    const char *zh, *en; // what it seems to be
} Signature;

// clang-format off
static const Signature foreign[] = {
    { SI("\x89PNG\r\n"),          0,   "PNG 图片",             "a PNG picture" },
    { SI("\xff\xd8\xff"),         0,   "JPEG 图片",            "a JPEG picture" },
    { SI("GIF8"),                 0,   "GIF 图片",             "a GIF picture" },
    { SI("II*\0"),                0,   "TIFF 图片",            "a TIFF picture" },
    { SI("MM\0*"),                0,   "TIFF 图片",            "a TIFF picture" },
    { SI("WEBP"),                 8,   "WebP 图片",            "a WebP picture" },
    { SI("Rar!\x1a"),             0,   "RAR 压缩包",           "a RAR archive" },
    { SI("7z\xbc\xaf\x27\x1c"),   0,   "7z 压缩包",            "a 7z archive" },
    { SI("\x1f\x8b\x08"),         0,   "gzip 压缩文件",        "a gzip archive" },
    { SI("BZh"),                  0,   "bzip2 压缩文件",       "a bzip2 archive" },
    { SI("\xfd" "7zXZ"),          0,   "xz 压缩文件",          "an xz archive" },
    { SI("\x28\xb5\x2f\xfd"),     0,   "zstd 压缩文件",        "a zstd archive" },
    { SI("ustar"),                257, "tar 归档文件",         "a tar archive" },
    { SI("\x7f" "ELF"),           0,   "程序文件",             "a program" },
    { SI("MZ\x90"),               0,   "程序文件",             "a program" },
    { SI("SQLite format 3"),      0,   "数据库文件",           "a database" },
    { SI("Founder CEB"),          0,   "方正 CEB 文件",        "a Founder CEB file" },
    { SI("{\\rtf"),               0,   "RTF 文件",             "an RTF file" },
    { SI("%!PS"),                 0,   "PostScript 文件",      "a PostScript file" },
    { SI("ID3"),                  0,   "音频文件",             "a sound file" },
    { SI("ftyp"),                 4,   "视频文件",             "a video file" },
};
// clang-format on

// Both languages take the same arguments, so each passes over the other's words with %.0s.
static bool unreadable(Err *err, const char *zh, const char *en)
{
    return fail(err, ERR_UNREADABLE, NULL,
                "这像是%s，不能读取%.0s。请用制作它的软件另存为 DOCX、PDF 或网页后再试。",
                "this seems to be %.0s%s, which is not read; save it as DOCX, PDF or HTML", zh, en);
}

static const Signature *foreign_find(Str b)
{
    for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++)
        if (str_starts(str_from(b, foreign[i].at), foreign[i].bytes))
            return &foreign[i];
    return NULL;
}

// --- archives
// -----------------------------------------------------------------------------------------------

static uint32_t le(Str b, size_t at, size_t bytes)
{
    uint32_t n = 0;
    for (size_t i = 0; i < bytes; i++)
        n |= (uint32_t)(unsigned char)b.s[at + i] << 8 * i;
    return n;
}

// Where the list of entries of a zip archive begins, or n where it is lost. The end record is
// within the last 64 KB.
static size_t zip_directory(Str b)
{
    size_t from = b.n > 65557 ? b.n - 65557 : 0;
    ptrdiff_t end = str_find_last(str_from(b, from), S("PK\5\6"));
    if (end < 0 || from + (size_t)end + 22 > b.n)
        return b.n;
    size_t at = le(b, from + (size_t)end + 16, 4);
    return at < b.n ? at : b.n;
}

// Whether an entry of the archive has a name beginning so. Without its list (a file cut short) any
// place where the name stands counts.
static bool zip_has(Str b, size_t directory, Str name)
{
    if (directory == b.n)
        return str_has(b, name);
    for (size_t at = directory; at + 46 <= b.n && le(b, at, 4) == 0x02014b50;) {
        size_t len = le(b, at + 28, 2), more = le(b, at + 30, 2) + le(b, at + 32, 2);
        if (str_starts(str_sub(b, at + 46, at + 46 + len), name))
            return true;
        at += 46 + len + more;
    }
    return false;
}

typedef struct ZipSign {
    Str name;
    bool read;
    FileKind kind;
    const char *zh, *en;
} ZipSign;

// clang-format off
static const ZipSign zip_signs[] = {
    { SI("word/document"),  true,  FILE_DOCX, NULL, NULL },
    { SI("xl/workbook"),    true,  FILE_XLSX, NULL, NULL },
    { SI("OFD.xml"),        false, FILE_TEXT, "OFD 版式文件",              "an OFD file" },
    { SI("ppt/"),           false, FILE_TEXT, "PowerPoint 演示文稿",       "a PowerPoint presentation" },
    { SI("content.xml"),    false, FILE_TEXT, "OpenDocument 文件",         "an OpenDocument file" },
    { SI("META-INF/container.xml"), false, FILE_TEXT, "EPUB 电子书",       "an EPUB book" },
    { SI("word/"),          true,  FILE_DOCX, NULL, NULL },
    { SI("xl/"),            true,  FILE_XLSX, NULL, NULL },
    { SI(""),               false, FILE_TEXT, "ZIP 压缩包",                "a ZIP archive" },
};
// clang-format on

static bool zip_kind(Str b, FileKind *out, Err *err)
{
    size_t directory = zip_directory(b);
    const ZipSign *z = zip_signs;
    while (z->name.n && !zip_has(b, directory, z->name))
        z++;
    if (!z->read)
        return unreadable(err, z->zh, z->en);
    *out = z->kind;
    return true;
}

// Word, Excel and PowerPoint up to 2003, and encrypted files of today, are OLE2 containers; the
// names of their streams stand in them in UTF-16.
static bool ole_has(Str b, const char *name)
{
    char wide[64];
    size_t n = 0, letters = strlen(name);
    for (; n < letters && n < 31; n++) {
        wide[2 * n] = name[n];
        wide[2 * n + 1] = 0;
    }
    return str_has(b, (Str){wide, 2 * n});
}

static bool ole_kind(Str b, FileKind *out, Err *err)
{
    if (ole_has(b, "EncryptedPackage"))
        return fail(err, ERR_UNREADABLE, NULL, "文件已加密。请取消打开密码后另存，再上传。",
                    "the file is encrypted; remove its password and save it again");
    if (ole_has(b, "WordDocument")) {
        *out = FILE_DOC;
        return true;
    }
    if (ole_has(b, "Workbook") || ole_has(b, "Book"))
        return fail(err, ERR_UNREADABLE, NULL,
                    "这是旧版 Excel 文件（.xls），不能读取。请另存为 .xlsx 后再试。",
                    "this is an old Excel file (.xls); save it as .xlsx");
    if (ole_has(b, "PowerPoint Document"))
        return unreadable(err, "PowerPoint 演示文稿", "a PowerPoint presentation");
    return unreadable(err, "旧版 Office 文件", "an old Office file");
}

// --- text
// ---------------------------------------------------------------------------------------------------

enum { LOOK = 65536 }; // bytes looked at to tell text from HTML

// The first bytes without NULs and the marks of UTF-16, so that one look serves all encodings.
static Str plain_head(Str b, char *to)
{
    size_t n = 0;
    for (size_t i = 0; i < b.n && i < LOOK; i++)
        if (b.s[i] && !(i < 3 && strchr("\xff\xfe\xef\xbb\xbf", b.s[i])))
            to[n++] = b.s[i];
    return str_trim((Str){to, n});
}

static bool has_tag(Str s, const char *tag)
{
    size_t n = strlen(tag);
    for (const char *p = s.s, *end = s.s + s.n; (p = memchr(p, '<', (size_t)(end - p))); p++)
        if ((size_t)(end - p) > n && strncasecmp(p + 1, tag, n) == 0 &&
            strchr(" >/\t\r\n", p[n + 1]))
            return true;
    return false;
}

static bool looks_html(Str head)
{
    static const char *const first[] = {
        "!doctype", "html",  "head",   "body",   "div",    "table",       "p",          "span",
        "h1",       "h2",    "h3",     "h4",     "center", "font",        "section",    "article",
        "meta",     "title", "style",  "script", "b",      "strong",      "ul",         "ol",
        "main",     "tbody", "tr",     "td",     "br",     "link",        "!--",        "a",
        "img",      "form",  "header", "base",   "input",  "ucapcontent", "blockquote", "u",
        "em",       "i",     "pre",    "o:p",    "thead"};
    static const char *const later[] = {"/td", "/table", "/p", "/div", "/html", "/body"};
    for (size_t i = 0; i < sizeof later / sizeof *later; i++)
        if (has_tag(head, later[i]))
            return true;
    if (head.n < 2 || head.s[0] != '<')
        return false;
    for (size_t i = 0; i < sizeof first / sizeof *first; i++)
        if (has_tag(str_sub(head, 0, 64), first[i]))
            return true;
    return str_starts(head, S("<!--")) || str_starts(head, S("<!["));
}

static bool xml_refused(Str head, Err *err)
{
    if (!str_starts(head, S("<?xml")) && !str_starts(head, S("<?mso")))
        return false;
    if (str_has(head, S("Word.Document")) || str_has(head, S("office/word/2003")))
        return !unreadable(err, "Word 2003 XML 文件", "a Word 2003 XML file");
    if (str_has(head, S("Excel.Sheet")) || str_has(head, S("office:spreadsheet")))
        return !unreadable(err, "Excel 2003 XML 文件", "an Excel 2003 XML file");
    if (str_has(head, S("schemas.microsoft.com/office/2006/xmlPackage")))
        return !unreadable(err, "Word 平面 XML 文件", "a flat Word XML file");
    return false;
}

static bool is_mhtml(Str head)
{
    Str s = str_sub(head, 0, 4096);
    return (str_starts(s, S("MIME-Version:")) || str_starts(s, S("From:"))) &&
           (str_has(s, S("multipart/related")) || str_has(s, S("Content-Type: text/html")));
}

// Bytes that no text in any encoding holds many of. UTF-16 has NULs, so those are counted where the
// file does not look like it: NULs on one side only.
static bool binary(Str b)
{
    size_t n = b.n < LOOK ? b.n : LOOK, control = 0, nul[2] = {0};
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)b.s[i];
        control += c && c < 32 && (c < '\t' || c > '\r') && c != 0x1b && c != 0x1a;
        nul[i % 2] += !c;
    }
    bool utf16 = (n >= 2 && (!memcmp(b.s, "\xff\xfe", 2) || !memcmp(b.s, "\xfe\xff", 2))) ||
                 nul[0] > 8 * nul[1] + n / 50 || nul[1] > 8 * nul[0] + n / 50;
    if (utf16)
        return false; // its low bytes can be anything
    return control > n / 10 || nul[0] + nul[1] > n / 3;
}

// --- all
// ----------------------------------------------------------------------------------------------------

bool read_kind(Str b, FileKind *out, Err *err)
{
    if (str_starts(b, S("PK\3\4")) || str_starts(b, S("PK\5\6")))
        return zip_kind(b, out, err);
    if (str_starts(b, S("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")))
        return ole_kind(b, out, err);
    if (str_has(str_sub(b, 0, 1024), S("%PDF-"))) { // readers of PDF allow so much before it
        *out = FILE_PDF;
        return true;
    }
    const Signature *f = foreign_find(b);
    if (f)
        return unreadable(err, f->zh, f->en);
    char buf[LOOK];
    Str head = plain_head(b, buf);
    if (is_mhtml(head))
        return unreadable(err, "MHTML 单个网页文件", "an MHTML page");
    if (xml_refused(head, err))
        return false;
    if (binary(b))
        return unreadable(err, "二进制文件", "a binary file of unknown kind");
    *out = looks_html(head) ? FILE_HTML : FILE_TEXT;
    return true;
}
