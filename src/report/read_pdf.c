#include "base/sandbox.h"
#include "base/text.h"
#include "report/pdf.h"

// Poppler's pdftotext takes the PDF apart, in a process that can do nothing else.

enum {
    TIMEOUT_MS = 30000,
    CPU_SECONDS = 20,
    MAX_OUT = 200 << 20,
    FEW_RUNES = 10, // fewer in the whole file: there is no text
};

static const SandboxLimits limits = {.memory = (size_t)2 << 30, .cpu_seconds = CPU_SECONDS};

// What poppler says on standard error, and what that means for the person.
typedef struct Complaint {
    Str says;
    const char *zh, *en;
} Complaint;

// clang-format off
static const Complaint complaints[] = {
    { SI("Incorrect password"),
      "PDF 已加密，打开需要密码。请取消密码后另存，再上传。",
      "the PDF is encrypted and asks for a password; remove it and save again" },
    { SI("ncrypt"),
      "PDF 已加密，不能读取。请取消加密后另存，再上传。",
      "the PDF is encrypted; remove the encryption and save again" },
    { SI("Copying of text"),
      "PDF 设有权限限制，不允许提取文字。请取消限制后另存，再上传。",
      "the PDF does not permit copying text; remove the restriction and save again" },
    { SI(""),
      "PDF 不完整或已损坏，不能读取。请重新导出或重新下载后再试。",
      "the PDF is cut short or damaged; export or download it again" },
};
// clang-format on

static bool refuse(const SandboxResult *r, Err *err)
{
    const Complaint *c = complaints;
    while (!str_has(r->err, c->says))
        c++;
    char detail[200];
    snprintf(detail, sizeof detail, "pdftotext %d: " PRI_STR, r->status,
             (int)(r->err.n < 150 ? r->err.n : 150), r->err.s);
    return fail(err, ERR_UNREADABLE, detail, "%s%.0s", "%.0s%s", c->zh, c->en);
}

static bool convert(Str bytes, Arena *a, Str *out, Err *err)
{
    static const char *const argv[] = {
        "pdftotext", "-bbox-layout", "-l", "1001", "-enc", "UTF-8", "-", "-", NULL};
    if (!sandbox_has(argv[0]))
        return fail(
            err, ERR_SYSTEM, NULL,
            "没有安装读取 PDF 的程序。请安装软件包 poppler-utils（apt install poppler-utils）。",
            "pdftotext is not installed: apt install poppler-utils");
    SandboxResult r;
    if (!sandbox_run(argv, bytes, MAX_OUT, TIMEOUT_MS, &limits, a, &r, err))
        return false;
    if (r.status >= 128)
        return fail(err, ERR_LIMIT, NULL, "读取 PDF 超过了时间或内存上限（%d秒），已停止。",
                    "reading the PDF took more than its limit of time or memory (%d s)",
                    CPU_SECONDS);
    if (r.status != 0)
        return refuse(&r, err);
    *out = r.out;
    return true;
}

// A font without a table of characters gives letters of the private area, or none known.
static bool is_lost(uint32_t c)
{
    return (c >= 0xe000 && c <= 0xf8ff) || c == 0xfffd || c >= 0xf0000 || c < ' ';
}

static bool text_check(const PdfWords *w, Err *err)
{
    size_t runes = 0, lost = 0, len;
    for (size_t i = 0; i < w->n && runes < 20000; i++)
        for (size_t k = 0; k < w->v[i].text.n; k += len) {
            lost += is_lost(str_rune(w->v[i].text, k, &len));
            runes++;
        }
    if (runes < FEW_RUNES)
        return fail(err, ERR_UNREADABLE, NULL,
                    "PDF 是扫描件，没有文字层，读不出内容（共%d页）。请上传由文档直接导出的 "
                    "PDF，或原文档。",
                    "the PDF is scanned: its %d pages hold no text; use the PDF exported from the"
                    " document, or the document itself",
                    (int)w->pages);
    if (lost * 2 > runes)
        return fail(err, ERR_UNREADABLE, NULL,
                    "PDF 的字体没有文字编码，读出来的是乱码（共%d页）。请重新导出 PDF "
                    "并嵌入字体，或上传原文档。",
                    "the fonts of this PDF (%d pages) do not say which characters they draw; export"
                    " it again, or use the document itself",
                    (int)w->pages);
    return true;
}

bool read_pdf(Str bytes, Arena *a, Blocks *out, Err *err)
{
    Str xhtml = S(""), encoding;
    PdfWords words;
    if (!convert(bytes, a, &xhtml, err))
        return false;
    if (text_valid(xhtml) < xhtml.n && !text_decode(xhtml, S("utf-8"), a, &xhtml, &encoding, err))
        return false;
    if (!pdf_scan(xhtml, a, &words, err) || !text_check(&words, err))
        return false;
    *out = (Blocks){0};
    pdf_layout(&words, a, out);
    return true;
}
