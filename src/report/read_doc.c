#include "base/sandbox.h"
#include "report/doc.h"

// Word files from 97 on are read by doc_read. Older ones are left to a converter, in a process that
// can do nothing else, and what comes out is read as text.

enum { TIMEOUT_MS = 20000, CPU_SECONDS = 10, MAX_OUT = 32 << 20 };

static const SandboxLimits limits = {.memory = (size_t)1 << 30, .cpu_seconds = CPU_SECONDS};

// In order of preference.
static const char *const converters[][8] = {
    {"antiword", "-m", "UTF-8.txt", "-w", "0", "/dev/stdin"},
    {"catdoc", "-d", "utf-8", "-w", "/dev/stdin"},
};

static const char *const *converter(void)
{
    for (size_t i = 0; i < sizeof converters / sizeof *converters; i++)
        if (sandbox_has(converters[i][0]))
            return converters[i];
    return NULL;
}

static bool convert(Str bytes, Arena *a, Blocks *out, Err *err)
{
    const char *const *argv = converter();
    if (!argv)
        return fail(err, ERR_SYSTEM, NULL,
                    "没有安装读取旧版 Word 文件（.doc）的程序。请安装软件包 antiword，或另存为 "
                    ".docx 后再试。",
                    "no converter for old Word files (.doc) is installed: apt install antiword, or"
                    " save the file as .docx");
    SandboxResult r;
    if (!sandbox_run(argv, bytes, MAX_OUT, TIMEOUT_MS, &limits, a, &r, err))
        return false;
    if (r.status != 0 || str_trim(r.out).n == 0) {
        char detail[200];
        snprintf(detail, sizeof detail, "%s %d: " PRI_STR, argv[0], r.status,
                 (int)(r.err.n < 150 ? r.err.n : 150), r.err.s);
        return fail(err, ERR_UNREADABLE, detail,
                    "旧版 Word 文件（.doc）读不出内容，可能已损坏。请另存为 .docx 后再试。",
                    "nothing could be read from this old Word file (.doc); save it as .docx");
    }
    if (!read_text(r.out, a, out, err))
        return false;
    out->encoding = S(""); // the converter's, not the file's
    return true;
}

bool read_doc(Str bytes, Arena *a, Blocks *out, Err *err)
{
    bool older;
    return doc_read(bytes, a, out, &older, err) || (older && convert(bytes, a, out, err));
}
