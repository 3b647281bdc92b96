#include "redact/source.h"

#include "base/sandbox.h"
#include "base/text.h"
#include "domain/redaction.h"
#include "redact/hidden.h"

#include <math.h>

enum {
    TIMEOUT_MS = 60000,
    CPU_SECONDS = 50,
    INFO_BYTES = 4 << 20,
    WORDS_BYTES = 200 << 20,
    TOGETHER_MOST = 12, // pages
};

static const SandboxLimits limits = {.memory = (size_t)3 << 30, .cpu_seconds = CPU_SECONDS};

// What poppler says on standard error, and what that means for the person.
typedef struct Complaint {
    Str says;
    const char *zh, *en;
} Complaint;

// clang-format off
static const Complaint complaints[] = {
    { SI("Incorrect password"),
      "PDF已加密，打开需要密码。请取消密码后另存，再添加。",
      "the PDF is encrypted and asks for a password; remove it and save again" },
    { SI("ncrypt"),
      "PDF已加密，不能读取。请取消加密后另存，再添加。",
      "the PDF is encrypted; remove the encryption and save again" },
    { SI("Copying of text"),
      "PDF设有权限限制，不允许提取文字，无法查找和检查要遮盖的文字。请取消限制后另存，再添加。",
      "the PDF does not permit copying text; remove the restriction and save again" },
    { SI(""),
      "PDF不完整或者已损坏，不能读取。请重新导出或者扫描后再添加。",
      "the PDF is cut short or damaged; export or scan it again" },
};
// clang-format on

static bool refuse(const char *program, const SandboxResult *r, Err *err)
{
    const Complaint *c = complaints;
    while (!str_has(r->err, c->says))
        c++;
    char detail[200];
    snprintf(detail, sizeof detail, "%s %d: " PRI_STR, program, r->status,
             (int)(r->err.n < 150 ? r->err.n : 150), r->err.s);
    return fail(err, ERR_UNREADABLE, detail, "%s%.0s", "%.0s%s", c->zh, c->en);
}

bool source_run(const char *const argv[], Str pdf, size_t most, Arena *a, Str *out, Err *err)
{
    SandboxResult r;
    if (!sandbox_has(argv[0]))
        return fail(
            err, ERR_SYSTEM, NULL,
            "没有安装处理PDF的程序。请安装软件包 poppler-utils（apt install poppler-utils）。",
            "poppler's programs are not installed: apt install poppler-utils");
    if (!sandbox_run(argv, pdf, most, TIMEOUT_MS, &limits, a, &r, err))
        return false;
    if (r.status >= 128)
        return fail(err, ERR_LIMIT, NULL,
                    "处理这份PDF超过了时间或者内存上限（%d秒），已停止。请把它打印成新的PDF或者扫描"
                    "后再添加。",
                    "the PDF took more than its limit of time or memory (%d s); print it into a new"
                    " PDF",
                    CPU_SECONDS);
    if (r.status != 0)
        return refuse(argv[0], &r, err);
    *out = r.out;
    return true;
}

// --- what pdfinfo says

Str source_value(Str info, Str key)
{
    Str line = {0};
    while (info.n) {
        str_cut(info, S("\n"), &line, &info);
        if (str_starts(line, key) && line.n > key.n && line.s[key.n] == ':')
            return str_trim(str_from(line, key.n + 1));
    }
    return S("");
}

// A decimal of poppler's: digits, a point, digits. Anything else, and what is no size: 0.
static double decimal(Str s)
{
    char z[32];
    snprintf(z, sizeof z, PRI_STR, (int)(s.n < sizeof z ? s.n : sizeof z - 1), s.s);
    double d = strtod(z, NULL);
    return isfinite(d) && d > 0 && d < 1e6 ? d : 0;
}

// "Page    3 size: 595.28 x 841.89 pts (A4)" and "Page    3 rot:  90".
static void shape_line(Str line, PageShape *v, int pages)
{
    Str number = {0}, what = {0}, rest = {0}, w = {0}, h = {0};
    int64_t page;
    if (!str_starts(line, S("Page ")) ||
        !str_cut(str_trim(str_from(line, 5)), S(" "), &number, &rest) ||
        !str_to_int(number, &page) || page < 1 || page > pages ||
        !str_cut(rest, S(":"), &what, &rest))
        return;
    PageShape *p = &v[page - 1];
    rest = str_trim(rest);
    if (str_eq(what, S("size")) && str_cut(rest, S(" x "), &w, &h)) {
        p->w = decimal(w);
        p->h = decimal(h);
    }
    if (str_eq(what, S("rot")) && (str_eq(rest, S("90")) || str_eq(rest, S("270"))))
        *p = (PageShape){p->h, p->w, 0};
}

static bool shape_fits(PageShape *p, int page, Err *err)
{
    if (p->w <= 0 || p->h <= 0)
        return fail(err, ERR_UNREADABLE, NULL, "PDF第%d页读不出页面大小，文件可能已损坏",
                    "page %d has no size; the PDF may be damaged", page);
    double dpi = sqrt((double)SOURCE_PIXELS / (p->w * p->h)) * 72;
    double longest = (p->w > p->h ? p->w : p->h) / 72;
    dpi = dpi * longest > IMAGE_SIDE_MOST ? IMAGE_SIDE_MOST / longest : dpi;
    p->dpi = dpi > SOURCE_DPI ? SOURCE_DPI : (int)dpi;
    return p->dpi >= SOURCE_DPI_LEAST ||
           fail(err, ERR_LIMIT, NULL,
                "PDF第%d页幅面过大（%.0f×%.0f毫米），遮盖后看不清。请分成小幅面的页面再添加。",
                "page %d is too large (%.0f by %.0f mm) to stay readable; split it into smaller"
                " ones",
                page, p->w / 72 * 25.4, p->h / 72 * 25.4);
}

static bool shapes(Source *s, Str info, Arena *a, Err *err)
{
    Str line = {0};
    s->v = NEW(a, PageShape, (size_t)s->pages);
    while (info.n) {
        str_cut(info, S("\n"), &line, &info);
        shape_line(line, s->v, s->pages);
    }
    for (int i = 0; i < s->pages; i++)
        if (!shape_fits(&s->v[i], i + 1, err))
            return false;
    return true;
}

static bool open_pdf(Source *s, Arena *a, Err *err)
{
    static const char last[] = "301"; // one more than are taken
    _Static_assert(REDACT_PAGES_MOST == 300, "as in `last`");
    static const char *const info_argv[] = {"pdfinfo", "-f", "1", "-l", last, "/dev/stdin", NULL};
    static const char *const list_argv[] = {"pdfdetach", "-list", "/dev/stdin", NULL};
    Str info = {0}, attached = {0};
    int64_t pages = 0;
    if (!source_run(info_argv, s->bytes, INFO_BYTES, a, &info, err) ||
        !source_run(list_argv, s->bytes, INFO_BYTES, a, &attached, err))
        return false;
    if (!str_to_int(source_value(info, S("Pages")), &pages) || pages < 1)
        return fail(err, ERR_UNREADABLE, NULL, "PDF里没有页面，文件可能已损坏",
                    "the PDF has no pages; it may be damaged");
    if (pages > REDACT_PAGES_MOST)
        return fail(
            err, ERR_LIMIT, NULL, "PDF有%lld页，一份最多%d页。请分成几份再添加（例如按章节）。",
            "the PDF has %lld pages, more than %d; split it", (long long)pages, REDACT_PAGES_MOST);
    s->pages = (int)pages;
    hidden_in_pdf(s->bytes, info, attached, a, &s->hidden);
    return shapes(s, info, a, err);
}

// --- pictures

// A picture is a page as long as A4, so that it prints as one.
static bool open_picture(Source *s, Arena *a, Err *err)
{
    const double a4 = 842;
    if (!image_read(s->bytes, SOURCE_PICTURE, a, &s->image, err))
        return false;
    int side = (int)sqrt((double)SOURCE_PIXELS);
    if ((size_t)s->image.w * (size_t)s->image.h > SOURCE_PIXELS)
        s->image = image_smaller(&s->image, side, a);
    int w = s->image.w, h = s->image.h, longer = w > h ? w : h;
    s->v = NEW(a, PageShape, 1);
    s->v[0] = (PageShape){a4 * w / longer, a4 * h / longer, SOURCE_DPI};
    s->pages = 1;
    hidden_in_picture(s->bytes, a, &s->hidden);
    return true;
}

bool source_open(AttachKind kind, Str bytes, Arena *a, Source *out, Err *err)
{
    Source s = {.kind = kind, .bytes = bytes};
    if (kind == ATTACH_PDF ? !open_pdf(&s, a, err) : !open_picture(&s, a, err))
        return false;
    *out = s;
    return true;
}

static bool words_read(const Source *s, const char *const argv[], Arena *a, BoxWords *out, Err *err)
{
    Str xhtml = S(""), encoding;
    if (!source_run(argv, s->bytes, WORDS_BYTES, a, &xhtml, err))
        return false;
    if (text_valid(xhtml) < xhtml.n && !text_decode(xhtml, S("utf-8"), a, &xhtml, &encoding, err))
        return false;
    *out = bbox_read(xhtml, a);
    return true;
}

bool source_words(Source *s, Arena *a, Err *err)
{
    static const char *const laid[] = {"pdftotext", "-bbox-layout", "-cropbox", "-enc",
                                       "UTF-8",     "/dev/stdin",   "-",        NULL};
    static const char *const drawn[] = {"pdftotext", "-raw",       "-bbox", "-cropbox", "-enc",
                                        "UTF-8",     "/dev/stdin", "-",     NULL};
    return s->kind != ATTACH_PDF ||
           (words_read(s, laid, a, &s->words, err) && words_read(s, drawn, a, &s->drawn, err));
}

// --- what it looks like

static size_t pixels(const PageShape *p)
{
    return (size_t)(p->w * p->dpi / 72 + 1) * (size_t)(p->h * p->dpi / 72 + 1);
}

int source_together(const Source *s, int first)
{
    size_t sum = pixels(&s->v[first - 1]);
    int last = first;
    while (last < s->pages && last - first + 1 < TOGETHER_MOST &&
           s->v[last].dpi == s->v[first - 1].dpi && (sum += pixels(&s->v[last])) <= SOURCE_AT_ONCE)
        last++;
    return last;
}

// P6, width, height, 255, each ended by a line end or blank; then the pixels. As pdftoppm writes.
static bool ppm_next(Str *s, Image *out)
{
    int64_t n[3] = {0};
    Str word, rest = *s;
    if (!str_starts(rest, S("P6\n")))
        return false;
    rest = str_from(rest, 3);
    for (int i = 0; i < 3; i++) {
        size_t end = 0;
        while (end < rest.n && end < 8 && rest.s[end] != ' ' && rest.s[end] != '\n')
            end++;
        word = str_sub(rest, 0, end);
        if (end == rest.n || !str_to_int(word, &n[i]) || n[i] < 1 || n[i] > 1 << 16)
            return false;
        rest = str_from(rest, end + 1);
    }
    Image m = {(int)n[0], (int)n[1], 3, (unsigned char *)(uintptr_t)rest.s};
    if (n[2] != 255 || image_bytes(&m) > rest.n)
        return false;
    *out = m;
    *s = str_from(rest, image_bytes(&m));
    return true;
}

static bool render_pdf(const Source *s, int first, int last, int side, Arena *a, Image *out,
                       Err *err)
{
    const PageShape *shape = &s->v[first - 1];
    double longer = shape->w > shape->h ? shape->w : shape->h;
    int dpi = side ? (int)(side * 72 / longer) : shape->dpi;
    dpi = dpi < 1 ? 1 : dpi;
    const char *argv[] = {"pdftoppm",   "-cropbox",
                          "-r",         str_fmt(a, "%d", dpi).s,
                          "-f",         str_fmt(a, "%d", first).s,
                          "-l",         str_fmt(a, "%d", last).s,
                          "/dev/stdin", NULL};
    size_t most = 1 << 20;
    for (int i = first; i <= last; i++)
        most += 3 * pixels(&s->v[i - 1]) + (1 << 20);
    Str ppm = {0};
    if (!source_run(argv, s->bytes, most, a, &ppm, err))
        return false;
    for (int i = 0; i <= last - first; i++)
        if (!ppm_next(&ppm, &out[i]))
            return fail(err, ERR_UNREADABLE, "pdftoppm gave less than was asked",
                        "PDF第%d页不能显示，文件可能已损坏。请重新导出或者扫描后再添加。",
                        "page %d cannot be shown; export or scan the PDF again", first + i);
    return true;
}

bool source_render(const Source *s, int first, int last, int side, Arena *a, Image *out, Err *err)
{
    if (s->kind == ATTACH_PDF)
        return render_pdf(s, first, last, side, a, out, err);
    Image m = side ? image_smaller(&s->image, side, a) : s->image;
    *out = image_new(a, m.w, m.h, m.channels);
    memcpy(out->px, m.px, image_bytes(&m));
    return true;
}

Str source_tool(Arena *a)
{
    static const char *const argv[] = {"pdftoppm", "-v", NULL};
    SandboxResult r;
    Err err;
    Str line = {0}, rest = {0};
    if (!sandbox_run(argv, S(""), 1 << 16, TIMEOUT_MS, &limits, a, &r, &err))
        return S("");
    str_cut(r.err, S("\n"), &line, &rest);
    return str_dup(a, line);
}
