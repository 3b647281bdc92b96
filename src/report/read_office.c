#include "report/office.h"

#include "report/blocks.h"

#include <libxml/xmlreader.h>
#include <zip.h>

enum {
    MAX_ENTRIES = 20000,
    // Parts this large do not shrink so much by themselves: XML of one value over and over does by
    // 200 at most.
    RATIO_FROM = 16 << 20,
    MAX_RATIO = 400,
};

struct Package {
    zip_t *zip;
    Arena *a;
    size_t left; // bytes that may still be unpacked
};

typedef enum Trouble { FINE, BROKEN, TOO_LARGE, BOMB, HAS_DTD } Trouble;

struct Xml {
    xmlTextReaderPtr reader;
    Package *package;
    zip_file_t *file;
    size_t packed, unpacked;
    bool empty; // the element just opened has no content: its close comes next
    Trouble trouble;
    char detail[120];
};

// --- the archive
// --------------------------------------------------------------------------------------------

static bool broken(Err *err, const char *detail)
{
    return fail(err, ERR_UNREADABLE, detail,
                "文件不完整或已损坏，不能读取。请重新保存或重新下载后再试。",
                "the file is cut short or damaged; save or download it again");
}

bool package_open(Str bytes, Arena *a, Package **out, Err *err)
{
    zip_error_t why;
    zip_error_init(&why);
    zip_source_t *source = zip_source_buffer_create(bytes.s, bytes.n, 0, &why);
    zip_t *zip = source ? zip_open_from_source(source, ZIP_RDONLY, &why) : NULL;
    if (!zip) {
        broken(err, zip_error_strerror(&why));
        zip_source_free(source);
        zip_error_fini(&why);
        return false;
    }
    if (zip_get_num_entries(zip, 0) > MAX_ENTRIES) {
        zip_discard(zip);
        return fail(err, ERR_LIMIT, NULL, "压缩包内的文件超过%d个，不予读取。",
                    "the archive has more than %d entries", MAX_ENTRIES);
    }
    *out = NEW(a, Package, 1);
    **out = (Package){.zip = zip, .a = a, .left = MAX_UNPACKED_BYTES};
    return true;
}

void package_end(Package **p)
{
    if (*p)
        zip_discard((*p)->zip);
}

bool package_has(const Package *p, const char *part)
{
    return zip_name_locate(p->zip, part, ZIP_FL_NOCASE) >= 0;
}

// --- one part
// -----------------------------------------------------------------------------------------------

static int part_read(void *context, char *to, int n)
{
    Xml *x = context;
    zip_int64_t got = zip_fread(x->file, to, (zip_uint64_t)n);
    if (got < 0) {
        x->trouble = BROKEN;
        snprintf(x->detail, sizeof x->detail, "%s", zip_file_strerror(x->file));
        return -1;
    }
    x->unpacked += (size_t)got;
    if ((size_t)got > x->package->left)
        x->trouble = TOO_LARGE;
    else if (x->unpacked > RATIO_FROM && x->unpacked / MAX_RATIO > x->packed)
        x->trouble = BOMB;
    if (x->trouble != FINE)
        return -1;
    x->package->left -= (size_t)got;
    return (int)got;
}

static int part_close(void *context)
{
    Xml *x = context;
    if (x->file)
        zip_fclose(x->file);
    x->file = NULL;
    return 0;
}

static void quiet(void *context, const char *message, xmlParserSeverities severity,
                  xmlTextReaderLocatorPtr where)
{
    (void)where;
    Xml *x = context;
    if (severity == XML_PARSER_SEVERITY_ERROR && !x->detail[0])
        snprintf(x->detail, sizeof x->detail, "%s", message);
}

Xml *xml_open(Package *p, const char *part)
{
    zip_int64_t at = zip_name_locate(p->zip, part, ZIP_FL_NOCASE);
    zip_stat_t st;
    if (at < 0 || zip_stat_index(p->zip, (zip_uint64_t)at, 0, &st) < 0)
        return NULL;
    Xml *x = NEW(p->a, Xml, 1);
    x->package = p;
    x->packed = (size_t)st.comp_size;
    x->file = zip_fopen_index(p->zip, (zip_uint64_t)at, 0);
    // what the archive says of the sizes may be a lie, so they are counted while reading too
    if ((size_t)st.size > p->left)
        x->trouble = TOO_LARGE;
    else if (st.size > RATIO_FROM && st.size / MAX_RATIO > st.comp_size)
        x->trouble = BOMB;
    if (x->file)
        x->reader = xmlReaderForIO(part_read, part_close, x, part, NULL,
                                   XML_PARSE_NONET | XML_PARSE_COMPACT);
    if (x->reader)
        xmlTextReaderSetErrorHandler(x->reader, quiet, x);
    else if (x->trouble == FINE)
        x->trouble = BROKEN;
    return x;
}

void xml_end(Xml **px)
{
    Xml *x = *px;
    if (!x)
        return;
    if (x->reader)
        xmlFreeTextReader(x->reader);
    part_close(x);
}

static XmlEvent stop(Xml *x, Trouble why)
{
    if (x->trouble == FINE)
        x->trouble = why;
    return XML_STOP;
}

XmlEvent xml_next(Xml *x)
{
    if (x->empty) {
        x->empty = false;
        return XML_CLOSE;
    }
    while (x->trouble == FINE) {
        int more = xmlTextReaderRead(x->reader);
        if (more <= 0)
            return more ? stop(x, BROKEN) : XML_STOP;
        switch (xmlTextReaderNodeType(x->reader)) {
        case XML_READER_TYPE_ELEMENT:
            x->empty = xmlTextReaderIsEmptyElement(x->reader) == 1;
            return XML_OPEN;
        case XML_READER_TYPE_END_ELEMENT:
            return XML_CLOSE;
        case XML_READER_TYPE_TEXT:
        case XML_READER_TYPE_CDATA:
        case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
            return XML_TEXT;
        case XML_READER_TYPE_DOCUMENT_TYPE:
        case XML_READER_TYPE_ENTITY_REFERENCE:
            return stop(x, HAS_DTD);
        default: // comments, instructions
            break;
        }
    }
    return XML_STOP;
}

const char *xml_name(const Xml *x)
{
    const xmlChar *name = xmlTextReaderConstLocalName(x->reader);
    return name ? (const char *)name : "";
}

Str xml_text(const Xml *x)
{
    return str_z((const char *)xmlTextReaderConstValue(x->reader));
}

bool xml_is(const Xml *x, const char *name)
{
    return strcmp(xml_name(x), name) == 0;
}

Str xml_attr(Xml *x, const char *name, Arena *a)
{
    Str value = S("");
    for (int more = xmlTextReaderMoveToFirstAttribute(x->reader); more == 1;
         more = xmlTextReaderMoveToNextAttribute(x->reader))
        if (strcmp(xml_name(x), name) == 0) {
            value = str_dup(a, xml_text(x));
            break;
        }
    xmlTextReaderMoveToElement(x->reader);
    return value;
}

int64_t xml_attr_int(Xml *x, const char *name, int64_t otherwise)
{
    Arena scratch = *x->package->a;
    int64_t n = otherwise;
    str_to_int(xml_attr(x, name, &scratch), &n);
    return n;
}

void xml_skip(Xml *x)
{
    int depth = 1;
    while (depth > 0) {
        XmlEvent e = xml_next(x);
        if (e == XML_STOP)
            return;
        depth += e == XML_OPEN ? 1 : e == XML_CLOSE ? -1 : 0;
    }
}

bool xml_ok(const Xml *x, Err *err)
{
    switch (x->trouble) {
    case FINE:
        return true;
    case BROKEN:
        return broken(err, x->detail);
    case TOO_LARGE:
        return fail(err, ERR_LIMIT, NULL, "文件解压后超过%d MB，不予读取。",
                    "the archive unpacks to more than %d MB", MAX_UNPACKED_BYTES >> 20);
    case BOMB:
        return fail(err, ERR_LIMIT, NULL, "文件解压后大于原来的%d倍，疑为压缩炸弹，不予读取。",
                    "a part unpacks to more than %d times its size: a zip bomb", MAX_RATIO);
    case HAS_DTD:
        return fail(
            err, ERR_UNREADABLE, NULL,
            "文件内含有不允许的 XML 声明（DTD 或实体），不予读取。请用 Word 或 Excel 另存后再试。",
            "the file holds a DTD or entities, which Office files may not; save it again");
    }
    return true;
}

// --- relationships
// ------------------------------------------------------------------------------------------

// "xl/workbook.xml" + "worksheets/sheet1.xml" → "xl/worksheets/sheet1.xml"; "/…" is from the root.
static const char *part_beside(Arena *a, const char *part, Str target)
{
    if (str_starts(target, S("/")))
        return str_to_z(a, str_from(target, 1));
    ptrdiff_t slash = str_find_last(str_z(part), S("/"));
    Str folder = str_sub(str_z(part), 0, (size_t)(slash + 1));
    while (str_starts(target, S("../"))) {
        target = str_from(target, 3);
        folder.n -= folder.n > 0;
        folder.n = (size_t)(str_find_last(folder, S("/")) + 1);
    }
    return str_to_z(a, str_cat(a, folder, target));
}

Relations package_relations(Package *p, const char *part, Arena *a)
{
    ptrdiff_t slash = str_find_last(str_z(part), S("/"));
    Str folder = str_sub(str_z(part), 0, (size_t)(slash + 1));
    Str name = str_from(str_z(part), folder.n);
    Str rels = str_fmt(a, PRI_STR "_rels/" PRI_STR ".rels", STR_ARG(folder), STR_ARG(name));
    Relations out = {0};
    CLEANUP(xml_end) Xml *x = xml_open(p, str_to_z(a, rels));
    if (!x)
        return out;
    for (XmlEvent e; (e = xml_next(x)) != XML_STOP && out.n < MAX_ENTRIES;)
        if (e == XML_OPEN && xml_is(x, "Relationship")) {
            Relation r = {.id = xml_attr(x, "Id", a), .type = xml_attr(x, "Type", a)};
            r.target = part_beside(a, part, xml_attr(x, "Target", a));
            *PUSH(a, &out) = r;
        }
    return out;
}

const char *package_main(Package *p, Arena *a, const char *otherwise)
{
    Relations r = package_relations(p, "", a);
    for (size_t i = 0; i < r.n; i++)
        if (str_ends(r.v[i].type, S("/officeDocument")) && package_has(p, r.v[i].target))
            return r.v[i].target;
    return otherwise;
}
