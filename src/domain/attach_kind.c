#include "domain/attach_kind.h"

#include "base/text.h"

#include <strings.h>

enum { MB = 1 << 20, NAME_RUNES = 100, ZIP_ENTRIES_MOST = 20000 };

// clang-format off
const AttachKindDef attach_kinds[ATTACH_KIND__COUNT] = {
    //              id           endings             type                                                     name           max
    [ATTACH_PDF]  = { SI("pdf"),  SI(""),          SI("application/pdf"),                                      SI("PDF文档"),  32 * MB },
    [ATTACH_OFD]  = { SI("ofd"),  SI(""),          SI("application/ofd"),                                      SI("OFD文档"),  32 * MB },
    [ATTACH_DOCX] = { SI("docx"), SI(""),          SI("application/vnd.openxmlformats-officedocument.wordprocessingml.document"),   SI("Word文档"), 32 * MB },
    [ATTACH_XLSX] = { SI("xlsx"), SI(""),          SI("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),         SI("Excel表格"), 32 * MB },
    [ATTACH_PPTX] = { SI("pptx"), SI(""),          SI("application/vnd.openxmlformats-officedocument.presentationml.presentation"), SI("演示文稿"), 32 * MB },
    [ATTACH_DOC]  = { SI("doc"),  SI("wps"),       SI("application/msword"),                                   SI("Word文档"), 32 * MB },
    [ATTACH_XLS]  = { SI("xls"),  SI("et"),        SI("application/vnd.ms-excel"),                             SI("Excel表格"), 32 * MB },
    [ATTACH_PPT]  = { SI("ppt"),  SI("dps"),       SI("application/vnd.ms-powerpoint"),                        SI("演示文稿"), 32 * MB },
    [ATTACH_PNG]  = { SI("png"),  SI(""),          SI("image/png"),                                            SI("图片"),     20 * MB },
    [ATTACH_JPEG] = { SI("jpg"),  SI("jpeg jpe"),  SI("image/jpeg"),                                           SI("图片"),     20 * MB },
    [ATTACH_TIFF] = { SI("tif"),  SI("tiff"),      SI("image/tiff"),                                           SI("图片"),     32 * MB },
    [ATTACH_TEXT] = { SI("txt"),  SI("csv md"),    SI("text/plain; charset=utf-8"),                            SI("文本"),     5 * MB },
    [ATTACH_ZIP]  = { SI("zip"),  SI(""),          SI("application/zip"),                                      SI("压缩包"),   32 * MB },
};

// How a file begins.
typedef struct Magic {
    Str bytes;
    int kind; // AttachKind, or what it is refused as
} Magic;
enum { PROGRAM = -1, OLE = -2, ZIP = -3, ARCHIVE = -4 };

static const Magic magics[] = {
    { SI("%PDF-"),                           ATTACH_PDF },
    { SI("\x89PNG\r\n\x1a\n"),               ATTACH_PNG },
    { SI("\xff\xd8\xff"),                    ATTACH_JPEG },
    { SI("II*\0"),                           ATTACH_TIFF },
    { SI("MM\0*"),                           ATTACH_TIFF },
    { SI("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), OLE },
    { SI("PK\x03\x04"),                      ZIP },
    { SI("PK\x05\x06"),                      ZIP },
    { SI("MZ"),                              PROGRAM },
    { SI("\x7f" "ELF"),                      PROGRAM },
    { SI("\xfe\xed\xfa"),                    PROGRAM },
    { SI("\xcf\xfa\xed\xfe"),                PROGRAM },
    { SI("\xca\xfe\xba\xbe"),                PROGRAM },
    { SI("#!"),                              PROGRAM },
    { SI("Rar!"),                            ARCHIVE },
    { SI("7z\xbc\xaf\x27\x1c"),              ARCHIVE },
    { SI("\x1f\x8b"),                        ARCHIVE },
};

// What a ZIP with a part of this name is.
static const Magic zip_parts[] = {
    { SI("OFD.xml"),              ATTACH_OFD },
    { SI("word/document.xml"),    ATTACH_DOCX },
    { SI("xl/workbook.xml"),      ATTACH_XLSX },
    { SI("ppt/presentation.xml"), ATTACH_PPTX },
};

// What an OLE file with a stream of this name is; names are UTF-16LE there.
static const Magic ole_streams[] = {
    { SI("W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0"),                                         ATTACH_DOC },
    { SI("W\0o\0r\0k\0b\0o\0o\0k\0"),                                                     ATTACH_XLS },
    { SI("P\0o\0w\0e\0r\0P\0o\0i\0n\0t\0 \0D\0o\0c\0u\0m\0e\0n\0t\0"),                    ATTACH_PPT },
};
static const Str ole_macros = SI("_\0V\0B\0A\0_\0P\0R\0O\0J\0E\0C\0T\0");

// Endings of programs and scripts, in archives.
static const Str programs[] = {
    SI(".exe"), SI(".dll"), SI(".com"), SI(".scr"), SI(".bat"), SI(".cmd"), SI(".ps1"), SI(".vbs"), SI(".vbe"),
    SI(".jse"), SI(".wsf"), SI(".hta"), SI(".msi"), SI(".lnk"), SI(".jar"), SI(".sh"),  SI(".reg"),
    SI(".pif"), SI(".cpl"), SI(".apk"), SI(".iso"), SI("vbaproject.bin"),
};
// And what a browser runs, which Office files may hold for their own use.
static const Str pages[] = { SI(".js"), SI(".svg"), SI(".htm"), SI(".html"), SI(".xhtml") };
// clang-format on

// What a text holds that browsers would run, or take for a page.
static const Str page_signs[] = {SI("<script"), SI("<html"),   SI("<!doctype"), SI("<svg"),
                                 SI("<iframe"), SI("<object"), SI("<?xml"),     SI("<?php")};

static bool no_program(Err *err)
{
    return fail(err, ERR_INPUT, NULL, "程序和脚本文件不能添加",
                "programs and scripts are not taken");
}

static bool no_macros(Err *err)
{
    return fail(err, ERR_INPUT, NULL, "文件里含有宏或程序，请另存为不含宏的文件再添加",
                "the file holds macros or programs; save it without them first");
}

static bool unknown(Err *err)
{
    return fail(err, ERR_INPUT, NULL,
                "不能识别的文件。可以添加：PDF、OFD、Word、Excel、演示文稿、图片、文本和ZIP压缩包",
                "not a file of a kind that is taken: PDF, OFD, Office, pictures, text, ZIP");
}

static bool ends_as(Str name, Str ending)
{
    return name.n >= ending.n && strncasecmp(name.s + name.n - ending.n, ending.s, ending.n) == 0;
}

static bool ends_as_one(Str name, const Str *endings, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (ends_as(name, endings[i]))
            return true;
    return false;
}

static bool has_caseless(Str s, Str what)
{
    for (size_t i = 0; i + what.n <= s.n; i++)
        if (s.s[i] == what.s[0] && strncasecmp(s.s + i, what.s, what.n) == 0)
            return true;
    return false;
}

// --- ZIP: the names in its directory, which stands at the end

static uint32_t number_at(Str s, size_t at, int bytes)
{
    uint32_t n = 0;
    for (int i = bytes; i-- > 0;)
        n = n << 8 | (unsigned char)s.s[at + (size_t)i];
    return n;
}

typedef struct Zip {
    Str bytes;
    size_t at; // of the next entry of the directory
    bool broken;
} Zip;

static Zip zip_open(Str bytes)
{
    static const Str end = SI("PK\x05\x06");
    size_t from = bytes.n > 65557 ? bytes.n - 65557 : 0; // behind it only a comment may stand
    ptrdiff_t at = str_find_last(str_from(bytes, from), end);
    if (at < 0 || from + (size_t)at + 22 > bytes.n)
        return (Zip){.broken = true};
    return (Zip){bytes, number_at(bytes, from + (size_t)at + 16, 4), false};
}

static bool zip_next(Zip *z, Str *name)
{
    enum { HEAD = 46 };
    Str rest = str_from(z->bytes, z->at);
    if (z->broken || !str_starts(rest, S("PK\x01\x02")))
        return false;
    size_t n = rest.n >= HEAD ? number_at(rest, 28, 2) : 0;
    size_t more = rest.n >= HEAD ? number_at(rest, 30, 2) + number_at(rest, 32, 2) : 0;
    z->broken = rest.n < HEAD + n;
    *name = str_sub(rest, HEAD, HEAD + n);
    z->at += HEAD + n + more;
    return !z->broken;
}

static bool zip_kind(Str bytes, AttachKind *out, Err *err)
{
    AttachKind kind = ATTACH_ZIP;
    Zip z = zip_open(bytes);
    Str name;
    int n = 0;
    bool has_page = false;
    for (; zip_next(&z, &name) && n < ZIP_ENTRIES_MOST; n++) {
        if (ends_as_one(name, programs, sizeof programs / sizeof *programs))
            return no_macros(err);
        has_page |= ends_as_one(name, pages, sizeof pages / sizeof *pages);
        for (size_t i = 0; i < sizeof zip_parts / sizeof *zip_parts; i++)
            if (str_eq(name, zip_parts[i].bytes))
                kind = (AttachKind)zip_parts[i].kind;
    }
    if (z.broken || n == ZIP_ENTRIES_MOST)
        return fail(err, ERR_INPUT, NULL, "压缩包不完整或文件过多，无法检查",
                    "the archive is not whole, or holds too many files to look at");
    if (kind == ATTACH_ZIP && has_page)
        return no_macros(err);
    *out = kind;
    return true;
}

static bool ole_kind(Str bytes, AttachKind *out, Err *err)
{
    if (str_has(bytes, ole_macros))
        return no_macros(err);
    for (size_t i = 0; i < sizeof ole_streams / sizeof *ole_streams; i++)
        if (str_has(bytes, ole_streams[i].bytes)) {
            *out = (AttachKind)ole_streams[i].kind;
            return true;
        }
    return unknown(err);
}

static bool text_kind(Str bytes, AttachKind *out, Err *err)
{
    if (!bytes.n || memchr(bytes.s, 0, bytes.n))
        return unknown(err);
    for (size_t i = 0; i < sizeof page_signs / sizeof *page_signs; i++)
        if (has_caseless(bytes, page_signs[i]))
            return fail(err, ERR_INPUT, NULL, "网页和脚本不能添加，请存成PDF再添加",
                        "pages and scripts are not taken; save it as PDF first");
    if (text_valid(bytes) != bytes.n)
        return fail(err, ERR_INPUT, NULL, "文本文件请用UTF-8编码保存再添加，或者存成PDF",
                    "save the text as UTF-8 first, or as PDF");
    *out = ATTACH_TEXT;
    return true;
}

static bool kind_by_content(Str bytes, AttachKind *out, Err *err)
{
    for (size_t i = 0; i < sizeof magics / sizeof *magics; i++) {
        const Magic *m = &magics[i];
        if (!str_starts(bytes, m->bytes))
            continue;
        if (m->kind >= 0)
            return *out = (AttachKind)m->kind, true;
        return m->kind == ZIP       ? zip_kind(bytes, out, err)
               : m->kind == OLE     ? ole_kind(bytes, out, err)
               : m->kind == PROGRAM ? no_program(err)
                                    : unknown(err);
    }
    return text_kind(bytes, out, err);
}

bool attach_kind_of(Str bytes, AttachKind *out, Err *err)
{
    AttachKind kind = ATTACH_PDF;
    if (!kind_by_content(bytes, &kind, err))
        return false;
    const AttachKindDef *def = &attach_kinds[kind];
    if (bytes.n > def->max)
        return fail(err, ERR_LIMIT, NULL, PRI_STR "最大%dMB", PRI_STR ": at most %d MB",
                    STR_ARG(def->name), (int)(def->max / MB));
    *out = kind;
    return true;
}

bool attach_kind_named(Str id, AttachKind *out)
{
    for (int k = 0; k < ATTACH_KIND__COUNT; k++)
        if (str_eq(attach_kinds[k].id, id))
            return *out = (AttachKind)k, true;
    return false;
}

// --- names

// Signs that turn the direction of writing, join or hide what stands beside them; and those that
// file systems or shells take for their own.
static bool rune_bad(uint32_t c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x061c || (c >= 0x200b && c <= 0x200f) ||
           (c >= 0x2028 && c <= 0x202e) || (c >= 0x2060 && c <= 0x2069) || c == 0xfeff ||
           (c >= 0xfff0 && c <= 0xffff) || c >= 0xe0000 ||
           (c < 0x80 && c && strchr("<>:\"|?*/\\", (int)c));
}

static Str name_cleaned(Str name, Arena *a)
{
    char *s = NEW(a, char, name.n + 1);
    size_t n = 0, len;
    for (size_t i = 0; i < name.n; i += len) {
        uint32_t c = str_rune(name, i, &len);
        if (rune_bad(c))
            continue;
        memcpy(s + n, name.s + i, len);
        n += len;
    }
    Str out = str_trim((Str){s, n});
    while (out.n && (out.s[0] == '.' || out.s[0] == ' '))
        out = str_from(out, 1);
    while (out.n && (out.s[out.n - 1] == '.' || out.s[out.n - 1] == ' '))
        out.n--;
    return out;
}

// Names that Windows keeps for devices, whatever follows the dot.
static bool name_reserved(Str stem)
{
    static const Str devices[] = {SI("con"), SI("prn"), SI("aux"), SI("nul")};
    for (size_t i = 0; i < sizeof devices / sizeof *devices; i++)
        if (stem.n == devices[i].n && ends_as(stem, devices[i]))
            return true;
    return stem.n == 4 &&
           (strncasecmp(stem.s, "com", 3) == 0 || strncasecmp(stem.s, "lpt", 3) == 0);
}

static bool ending_fits(AttachKind kind, Str ending)
{
    Str one, rest = attach_kinds[kind].endings;
    if (ending.n == attach_kinds[kind].id.n && ends_as(ending, attach_kinds[kind].id))
        return true;
    while (rest.n) {
        str_cut(rest, S(" "), &one, &rest);
        if (ending.n == one.n && ends_as(ending, one))
            return true;
    }
    return false;
}

Str attach_kind_name(AttachKind kind, Str name, Arena *a)
{
    for (size_t i = name.n; i-- > 0;)
        if (name.s[i] == '/' || name.s[i] == '\\') {
            name = str_from(name, i + 1);
            break;
        }
    Str clean = name_cleaned(name, a);
    ptrdiff_t dot = str_find_last(clean, S("."));
    Str ending = dot > 0 ? str_from(clean, (size_t)dot + 1) : S("");
    bool fits = ending.n && ending_fits(kind, ending);
    Str stem = fits ? str_sub(clean, 0, (size_t)dot) : clean;
    stem = str_clip(a, stem, NAME_RUNES);
    if (!stem.n || name_reserved(stem))
        stem = str_cat(a, S("附件"), stem);
    return str_fmt(a, PRI_STR "." PRI_STR, STR_ARG(stem),
                   STR_ARG(fits ? ending : attach_kinds[kind].id));
}
