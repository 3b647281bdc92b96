#include "domain/proof.h"

#include "domain/picture.h"

enum { MB = 1 << 20, PDF_TAIL = 2048 };

static bool size_fits(Str bytes, Err *err)
{
    return bytes.n <= PROOF_MAX ||
           fail(err, ERR_LIMIT, NULL,
                "文件有%zuMB，最大%dMB。拍照时选较小的尺寸，或者扫描时选150至200点每英寸，再上传",
                "the file has %zu MB; at most %d MB. Take a smaller photograph, or scan at 150 to "
                "200 dpi",
                (bytes.n + MB - 1) / MB, PROOF_MAX / MB);
}

// ISO 14496-12: what newer telephones write, which most computers cannot open.
static bool is_heic(Str s)
{
    static const Str brands[] = {SI("heic"), SI("heix"), SI("mif1"),
                                 SI("msf1"), SI("hevc"), SI("avif")};
    if (!str_eq(str_sub(s, 4, 8), S("ftyp")))
        return false;
    for (size_t i = 0; i < sizeof brands / sizeof *brands; i++)
        if (str_eq(str_sub(s, 8, 12), brands[i]))
            return true;
    return false;
}

// What acts when the document is opened, or carries another file. Words in compressed parts are
// not seen; officers get the file as a download, and nothing here opens it.
static bool pdf_clean(Str s, Err *err)
{
    static const Str acts[] = {SI("/JavaScript"),  SI("/JS "),       SI("/JS("),
                               SI("/Launch"),      SI("/RichMedia"), SI("/SubmitForm"),
                               SI("/EmbeddedFile")};
    for (size_t i = 0; i < sizeof acts / sizeof *acts; i++)
        if (str_has(s, acts[i]))
            return fail(err, ERR_INPUT, NULL,
                        "这份PDF里含有脚本或者附带的文件，请打印成新的PDF，或者拍照上传",
                        "the PDF holds scripts or other files; print it to a new one");
    Str tail = str_from(s, s.n > PDF_TAIL ? s.n - PDF_TAIL : 0);
    if (!str_has(tail, S("%%EOF")) || str_has(tail, S("PK\x05\x06")))
        return fail(err, ERR_INPUT, NULL, "这份PDF不完整，请重新导出或者扫描",
                    "the PDF is not whole; make it again");
    return true;
}

bool proof_clean(Str bytes, Arena *a, AttachKind *kind, Str *out, Err *err)
{
    AttachKind found;
    PictureSize size;
    if (!bytes.n)
        return fail(err, ERR_INPUT, NULL, "这个文件是空的，请重新选择", "the file is empty");
    if (!size_fits(bytes, err))
        return false;
    if (is_heic(bytes))
        return fail(err, ERR_INPUT, NULL,
                    "这是HEIC格式的照片，很多电脑打不开。请在手机相机设置里改成“兼容性最佳”再拍，或"
                    "者截图上传",
                    "a HEIC photograph, which many computers cannot open; send JPEG");
    if (!attach_kind_of(bytes, &found, err))
        return false;
    if (found != ATTACH_JPEG && found != ATTACH_PNG && found != ATTACH_PDF)
        return fail(err, ERR_INPUT, NULL, "请上传照片（JPEG、PNG）或者PDF；现在选的是“" PRI_STR "”",
                    "send a photograph (JPEG, PNG) or a PDF, not “" PRI_STR "”",
                    STR_ARG(attach_kinds[found].name));
    *out = bytes;
    if ((found == ATTACH_JPEG && !picture_jpeg_clean(bytes, a, out, &size, err)) ||
        (found == ATTACH_PNG && !picture_png_clean(bytes, a, out, &size, err)) ||
        (found == ATTACH_PDF && !pdf_clean(bytes, err)))
        return false;
    *kind = found;
    return true;
}
