#include "redact/prove.h"

#include "base/buf.h"
#include "base/text.h"
#include "redact/source.h"

// clang-format off
const RedactCheckDef redact_checks[PROVE__COUNT] = {
    [PROVE_STRUCTURE] = { SI("structure"), SI("文件结构"),
                          SI("只有页面、图像和能看到的文字：没有附件、脚本、表单、批注、图层、元数据和以前的版本") },
    [PROVE_PICTURES]  = { SI("pictures"),  SI("页面图像"),
                          SI("每页一幅图像，图像数据里没有夹带别的内容") },
    [PROVE_PIXELS]    = { SI("pixels"),    SI("遮盖处的像素"),
                          SI("每处标记下面都是实心的黑块") },
    [PROVE_LAYER]     = { SI("layer"),     SI("文字层"),
                          SI("没有要遮盖的文字，也没有落在遮盖处的文字") },
    [PROVE_BYTES]     = { SI("bytes"),     SI("逐字节查找"),
                          SI("各种编码下都找不到要遮盖的文字") },
    [PROVE_TEXT]      = { SI("text"),      SI("用另一程序提取文字"),
                          SI("提取出的文字里没有要遮盖的内容") },
    [PROVE_PARTS]     = { SI("parts"),     SI("用另一程序查看组成"),
                          SI("没有附件、脚本、表单、属性和多余的图像") },
    [PROVE_SHOWN]     = { SI("shown"),     SI("用另一程序重新显示"),
                          SI("显示出来的遮盖处是黑块") },
    [PROVE_OCR]       = { SI("ocr"),       SI("文字识别"),
                          SI("从遮盖后的页面上认不出要遮盖的文字") },
};
// clang-format on

void prove_held(RedactCheck *c, Str words)
{
    if (!c->done)
        *c = (RedactCheck){PROOF_HELD, true, words};
}

void prove_failed(RedactCheck *c, Str words)
{
    if (!c->done || c->outcome != PROOF_FAILED)
        *c = (RedactCheck){PROOF_FAILED, true, words};
}

static void not_made(RedactCheck *c, Str words)
{
    if (!c->done)
        *c = (RedactCheck){PROOF_NOT_MADE, true, words};
}

const RedactMark *prove_holds(const RedactMarks *marks, Str text, Arena *a)
{
    Arena scratch = *a;
    Str folded = redact_fold(text, &scratch).text;
    for (size_t i = 0; i < marks->n; i++) {
        Arena inner = scratch;
        Str what = redact_fold(marks->v[i].words, &inner).text;
        if (what.n && str_has(folded, what))
            return &marks->v[i];
    }
    return NULL;
}

static void holds_fails(RedactCheck *c, const RedactMarks *marks, Str text, Str where, Arena *a)
{
    const RedactMark *m = prove_holds(marks, text, a);
    if (m)
        prove_failed(
            c, str_fmt(a, PRI_STR "里仍有第%lld号标记的文字", STR_ARG(where), (long long)m->id));
}

// --- our own reading

static double length_of(const OwnWord *w)
{
    return (double)w->size * w->stretch / 10000 * (double)str_runes(w->text);
}

static void word_check(const OwnPage *p, const OwnWord *w, const Blots *blots, int page,
                       RedactCheck *c, Arena *a)
{
    double sx = (double)p->w / p->width, sy = (double)p->h / p->height;
    double length = length_of(w);
    PxBox box = {(int)(w->x * sx), (int)((p->height - w->y - w->size) * sy),
                 (int)((w->x + length) * sx) + 1, (int)((p->height - w->y) * sy) + 1};
    for (size_t i = 0; i < blots->n; i++)
        if (paint_meets(box, blots->v[i].box))
            prove_failed(c, str_fmt(a, "第%d页有文字落在遮盖处", page));
}

static void layer_check(const OwnPage *p, const Proof *proof, int page, RedactCheck *c, Arena *a)
{
    PageWords words = {0};
    for (size_t i = 0; i < p->words.n; i++) {
        const OwnWord *w = &p->words.v[i];
        word_check(p, w, &proof->blots[page - 1], page, c, a);
        *PUSH(a, &words) = (PageWord){w->text, w->x, p->height - w->y - w->size,
                                      w->x + length_of(w), p->height - w->y};
    }
    holds_fails(c, proof->marks, find_page_text(&words, a), str_fmt(a, "第%d页", page), a);
}

enum { JPEG_DIFFERS = 48 }; // of 255: what JPEG does to black and white at the edges of a label

static void picture_check(const OwnPage *p, const Blots *blots, int page, RedactCheck *checks,
                          Arena *a)
{
    Arena scratch = *a;
    Image m;
    Err err;
    bool good = p->jpeg ? image_jpeg_plain(p->picture) &&
                              image_read(p->picture, SOURCE_PIXELS * 2, &scratch, &m, &err) &&
                              m.w == p->w && m.h == p->h && m.channels == p->channels
                        : image_of_data(p->picture, p->w, p->h, p->channels, &scratch, &m);
    if (!good) {
        prove_failed(&checks[PROVE_PICTURES], str_fmt(a, "第%d页的图像数据不对", page));
        return;
    }
    if (paint_differs(&m, blots, &scratch) > (p->jpeg ? JPEG_DIFFERS : 0))
        prove_failed(&checks[PROVE_PIXELS], str_fmt(a, "第%d页的遮盖处不是实心的黑块", page));
}

static void own_check(const Proof *proof, Str pdf, RedactCheck *checks, Arena *a)
{
    OwnPdf own;
    if (!own_pdf_read(pdf, a, &own) || own.n != (size_t)proof->pages) {
        prove_failed(&checks[PROVE_STRUCTURE], S("文件里有不该有的内容"));
        return;
    }
    for (size_t i = 0; i < own.n; i++) {
        picture_check(&own.v[i], &proof->blots[i], (int)i + 1, checks, a);
        layer_check(&own.v[i], proof, (int)i + 1, &checks[PROVE_LAYER], a);
    }
}

// --- byte by byte

static Str hex_of(Str s, bool capitals, Arena *a)
{
    static const char *const digits[] = {"0123456789abcdef", "0123456789ABCDEF"};
    Buf b = buf_new(a, 2 * s.n + 1);
    for (size_t i = 0; i < s.n; i++) {
        buf_byte(&b, digits[capitals][(unsigned char)s.s[i] >> 4]);
        buf_byte(&b, digits[capitals][(unsigned char)s.s[i] & 15]);
    }
    return buf_str(&b);
}

// What somebody could have written the text as. Short ones occur in packed pictures by chance:
// those are looked for in the form that is longest.
static bool bytes_hold(Str pdf, Str words, Arena *a)
{
    static const char *const encodings[] = {"utf-16be", "utf-16le", "gb18030", "big5"};
    enum { BY_CHANCE = 6 }; // bytes: 48 bits
    if (words.n >= BY_CHANCE && str_has(pdf, words))
        return true;
    for (size_t i = 0; i < sizeof encodings / sizeof *encodings; i++) {
        Str other = {0};
        if (!text_encode(words, encodings[i], a, &other))
            continue;
        if ((other.n >= BY_CHANCE && str_has(pdf, other)) ||
            (other.n >= BY_CHANCE / 2 &&
             (str_has(pdf, hex_of(other, false, a)) || str_has(pdf, hex_of(other, true, a)))))
            return true;
    }
    return false;
}

static void bytes_check(const RedactMarks *marks, Str pdf, RedactCheck *c, Arena *a)
{
    for (size_t i = 0; i < marks->n; i++) {
        Arena scratch = *a;
        if (marks->v[i].words.n && bytes_hold(pdf, marks->v[i].words, &scratch))
            prove_failed(
                c, str_fmt(a, "文件的字节里仍有第%lld号标记的文字", (long long)marks->v[i].id));
    }
}

// --- poppler

static void poppler_words(const BoxWords *all, int page, PageWords *out, Arena *a)
{
    for (size_t i = 0; i < all->n; i++) {
        const BoxWord *w = &all->v[i];
        if (w->page == page)
            *PUSH(a, out) = (PageWord){w->text, w->x0, w->y0, w->x1, w->y1};
    }
}

static void blots_hit(const PageWords *words, double scale, const Blots *blots, int page,
                      RedactCheck *c, Arena *a)
{
    for (size_t i = 0; i < words->n; i++) {
        const PageWord *p = &words->v[i];
        double slack = (p->y1 - p->y0) * 0.35; // poppler's boxes are higher than letters
        PxBox b = {(int)(p->x0 * scale) + 1, (int)((p->y0 + slack) * scale),
                   (int)(p->x1 * scale) - 1, (int)((p->y1 - slack) * scale)};
        for (size_t k = 0; k < blots->n; k++)
            if (paint_meets(b, blots->v[k].box))
                prove_failed(c, str_fmt(a, "第%d页有文字落在遮盖处", page));
    }
}

static void text_check(const Source *s, const RedactMarks *marks, RedactCheck *c, Arena *a)
{
    for (int page = 1; page <= s->pages; page++) {
        PageWords words = {0}, drawn = {0};
        poppler_words(&s->words, page, &words, a);
        poppler_words(&s->drawn, page, &drawn, a);
        holds_fails(c, marks, find_page_text(&words, a), str_fmt(a, "第%d页", page), a);
        holds_fails(c, marks, find_page_text(&drawn, a), str_fmt(a, "第%d页", page), a);
    }
}

static bool parts_check(const Source *s, bool own, RedactCheck *c, Arena *a, Err *err)
{
    static const char *const argv[] = {"pdfimages", "-list", "/dev/stdin", NULL};
    Str list = {0}, line = {0};
    int images = -2; // two lines of heads
    if (s->hidden.n)
        prove_failed(c,
                     str_cat(a, S("文件里有："), str_join(a, s->hidden.v, s->hidden.n, S("、"))));
    if (!own)
        return true;
    if (!source_run(argv, s->bytes, 4 << 20, a, &list, err))
        return false;
    while (list.n) {
        str_cut(list, S("\n"), &line, &list);
        images += line.n > 0;
    }
    if (images != s->pages)
        prove_failed(c, str_fmt(a, "有%d幅图像，应当有%d幅", images, s->pages));
    return true;
}

// What a viewer shows is black, but for the label; edges may be a pixel off.
static bool shown_black(const Image *m, const Blots *blots, double scale, Arena *a)
{
    enum { EDGE = 3, DARK = 64 };
    Blots inner = {0};
    for (size_t i = 0; i < blots->n; i++) {
        const PxBox *p = &blots->v[i].box;
        PxBox b = {(int)(p->x0 * scale) + EDGE, (int)(p->y0 * scale) + EDGE,
                   (int)(p->x1 * scale) - EDGE, (int)(p->y1 * scale) - EDGE};
        b = paint_clip(b, m->w, m->h);
        if (b.x0 < b.x1 && b.y0 < b.y1)
            *PUSH(a, &inner) = (Blot){b, blots->v[i].ground, blots->v[i].mark};
    }
    size_t dark = 0, all = 0;
    for (size_t i = 0; i < inner.n; i++)
        for (int y = inner.v[i].box.y0; y < inner.v[i].box.y1; y++)
            for (int x = inner.v[i].box.x0; x < inner.v[i].box.x1; x++, all++)
                dark += m->px[((size_t)y * (size_t)m->w + (size_t)x) * (size_t)m->channels] < DARK;
    return dark * 10 >= all * 6; // labels take up to a third
}

static bool shown_check(const Source *s, const Proof *p, RedactCheck *c, Arena *a, Err *err)
{
    for (int page = 1; page <= s->pages && page <= p->pages; page++) {
        Arena scratch = *a;
        Image m;
        if (!p->blots[page - 1].n)
            continue;
        if (!source_render(s, page, page, 0, &scratch, &m, err))
            return false;
        if (!shown_black(&m, &p->blots[page - 1], (double)m.w / p->widths[page - 1], &scratch))
            prove_failed(c, str_fmt(a, "第%d页显示出来的遮盖处不是黑块", page));
    }
    return true;
}

static void all_held(RedactCheck *checks, RedactCheckId first, RedactCheckId last)
{
    for (RedactCheckId id = first; id <= last; id++)
        prove_held(&checks[id], redact_checks[id].held);
}

bool prove(const Proof *p, Str pdf, Arena *a, RedactCheck checks[PROVE__COUNT], Err *err)
{
    Source s;
    own_check(p, pdf, checks, a);
    bytes_check(p->marks, pdf, &checks[PROVE_BYTES], a);
    if (!source_open(ATTACH_PDF, pdf, a, &s, err) || !source_words(&s, a, err))
        return false;
    text_check(&s, p->marks, &checks[PROVE_TEXT], a);
    if (s.pages != p->pages)
        prove_failed(&checks[PROVE_PARTS], S("页数与原文件不同"));
    for (int i = 0; i < p->pages && i < s.pages; i++) {
        PageWords words = {0};
        poppler_words(&s.words, i + 1, &words, a);
        blots_hit(&words, p->widths[i] / s.v[i].w, &p->blots[i], i + 1, &checks[PROVE_TEXT], a);
    }
    if (!parts_check(&s, true, &checks[PROVE_PARTS], a, err) ||
        !shown_check(&s, p, &checks[PROVE_SHOWN], a, err))
        return false;
    all_held(checks, PROVE_STRUCTURE, PROVE_SHOWN);
    return true;
}

bool prove_foreign(const RedactMarks *marks, Str pdf, Arena *a, RedactCheck checks[PROVE__COUNT],
                   Err *err)
{
    Source s;
    OwnPdf own;
    if (own_pdf_read(pdf, a, &own))
        prove_held(&checks[PROVE_STRUCTURE], redact_checks[PROVE_STRUCTURE].held);
    else
        not_made(&checks[PROVE_STRUCTURE], S("不是本程序生成的文件"));
    bytes_check(marks, pdf, &checks[PROVE_BYTES], a);
    if (!source_open(ATTACH_PDF, pdf, a, &s, err) || !source_words(&s, a, err) ||
        !parts_check(&s, false, &checks[PROVE_PARTS], a, err))
        return false;
    text_check(&s, marks, &checks[PROVE_TEXT], a);
    all_held(checks, PROVE_BYTES, PROVE_PARTS);
    return true;
}
