#include "redact/ocr.h"

#include "base/sandbox.h"
#include "base/text.h"

enum {
    TIMEOUT_MS = 40000,
    TSV_BYTES = 16 << 20,
    COLUMNS = 12,
    SURE = 30, // of 100: below it, it is no reading
};

// It makes threads, which a sandbox without may_start gives no room for.
static const SandboxLimits limits = {
    .memory = (size_t)4 << 30, .cpu_seconds = 80, .may_start = true};

bool ocr_has(void)
{
    static const char *const argv[] = {"tesseract", "--list-langs", NULL};
    CLEANUP(arena_end) Arena a = arena_new(4 << 20);
    SandboxResult r;
    Err err;
    return sandbox_has(argv[0]) &&
           sandbox_run(argv, S(""), 1 << 20, TIMEOUT_MS, &limits, &a, &r, &err) && r.status == 0 &&
           str_has(r.out, S("chi_sim"));
}

Str ocr_tool(Arena *a)
{
    static const char *const argv[] = {"tesseract", "--version", NULL};
    SandboxResult r;
    Err err;
    Str line = {0}, rest = {0};
    if (!sandbox_run(argv, S(""), 1 << 20, TIMEOUT_MS, &limits, a, &r, &err))
        return S("");
    str_cut(r.out, S("\n"), &line, &rest);
    return str_dup(a, line);
}

// level page block par line word left top width height conf text
static void line_read(Str line, Arena *a, PageWords *out)
{
    int64_t n[4];
    Str part[COLUMNS], rest = line;
    for (int i = 0; i < COLUMNS; i++)
        str_cut(rest, S("\t"), &part[i], &rest);
    for (int i = 0; i < 4; i++)
        if (!str_to_int(part[6 + i], &n[i]) || n[i] < 0 || n[i] > 1 << 16)
            return;
    Str whole, decimals, text = str_trim(part[11]);
    int64_t sure = 0;
    str_cut(part[10], S("."), &whole, &decimals);
    if (!str_eq(part[0], S("5")) || !text.n || !str_to_int(whole, &sure) || sure < SURE)
        return;
    *PUSH(a, out) =
        (PageWord){text, (double)n[0], (double)n[1], (double)(n[0] + n[2]), (double)(n[1] + n[3])};
}

bool ocr_read(const Image *m, int dpi, Arena *a, PageWords *out, Err *err)
{
    const char *argv[] = {
        "tesseract", "stdin", "stdout", "-l", "chi_sim+eng", "--dpi", str_fmt(a, "%d", dpi).s,
        "--psm",     "3",     "tsv",    NULL};
    Str png = {0}, line = {0};
    SandboxResult r;
    PageWords words = {0};
    if (!image_png(m, a, &png, err) ||
        !sandbox_run(argv, png, TSV_BYTES, TIMEOUT_MS, &limits, a, &r, err))
        return false;
    if (r.status != 0 || text_valid(r.out) < r.out.n)
        return fail(err, ERR_SYSTEM, str_to_z(a, r.err), "文字识别程序出错",
                    "the program that reads pictures failed");
    while (r.out.n) {
        str_cut(r.out, S("\n"), &line, &r.out);
        line_read(line, a, &words);
    }
    *out = words;
    return true;
}
