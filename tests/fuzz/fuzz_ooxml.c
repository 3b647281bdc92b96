// Any bytes as the part of a package that is the document or a sheet, inside an archive that is
// whole: what fuzz_office seldom gets past the checksums. The first byte says which part.
#include "fuzz.h"
#include "report/blocks.h"
#include "unit/zip_make.h"

static const Str workbook =
    SI("<workbook><sheets><sheet name=\"a\" id=\"r1\"/></sheets></workbook>");
static const Str relations =
    SI("<r><Relationship Id=\"r1\" Type=\"/worksheet\" Target=\"s.xml\"/></r>");

static const char *const parts[] = {"word/document.xml", "word/styles.xml", "word/numbering.xml",
                                    "xl/s.xml",          "xl/styles.xml",   "xl/sharedStrings.xml",
                                    "xl/workbook.xml"};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!size)
        return 0;
    Arena *a = fuzz_arena();
    Str part = fuzz_copy(a, data + 1, size - 1);
    size_t which = data[0] % (sizeof parts / sizeof *parts);
    ZipMake z = zip_make(a);
    zip_make_add(&z, parts[which], part);
    if (which == 1 || which == 2)
        zip_make_add(&z, "word/document.xml",
                     S("<d><p><pPr><pStyle val=\"1\"/><numId val=\"1\"/></pPr><t>a</t></p></d>"));
    if (which >= 3) {
        zip_make_add(&z, "xl/_rels/workbook.xml.rels", relations);
        if (which != 6)
            zip_make_add(&z, "xl/workbook.xml", workbook);
        if (which != 3)
            zip_make_add(
                &z, "xl/s.xml",
                S("<s><row><c s=\"1\" t=\"s\"><v>0</v></c><c s=\"1\"><v>4</v></c></row></s>"));
    }
    Str bytes = zip_make_end(&z);
    Blocks blocks;
    Err err;
    if (which < 3)
        read_docx(bytes, a, &blocks, &err);
    else
        read_xlsx(bytes, a, &blocks, &err);
    return 0;
}
