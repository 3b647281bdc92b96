#include "report/report.h"

// clang-format off
static bool (*const readers[])(Str, Arena *, Blocks *, Err *) = {
    [FILE_TEXT] = read_text,
    [FILE_HTML] = read_html,
    [FILE_PDF]  = read_pdf,
    [FILE_DOCX] = read_docx,
    [FILE_XLSX] = read_xlsx,
    [FILE_DOC]  = read_doc,
};
// clang-format on

bool report_read(Str name, Str bytes, Arena *a, Reading *out, Err *err)
{
    Reading r = {.name = name};
    Blocks blocks = {0};
    if (bytes.n > MAX_FILE_BYTES)
        return fail(err, ERR_LIMIT, NULL, "文件超过%d MB，请拆分或压缩其中的图片后再试",
                    "the file is larger than %d MB; split it or make its pictures smaller",
                    MAX_FILE_BYTES >> 20);
    if (!read_kind(bytes, &r.kind, err) || !readers[r.kind](bytes, a, &blocks, err))
        return false;
    r.encoding = blocks.encoding;
    report_locate(&blocks, a, &r.docs);
    *out = r;
    return true;
}
