#include "redact/redact.h"

#include "redact/hidden.h"
#include "redact/ocr.h"
#include "redact/prove.h"
#include "redact/source.h"

#include <time.h>

enum {
    SCRATCH_BYTES_SHIFT = 33,
    LOOK_SECONDS = 10,  // at pages for words nobody sees, while somebody waits
    OCR_SECONDS = 1800, // of all pages together: nobody waits, and 300 pages take half of it
    JPEG_QUALITY = 85,
    PNG_ENOUGH = 400 << 10, // bytes; a page that packs to less stays without loss
};

// --- one document being made

typedef struct Make {
    const RedactJob *job;
    Source source;
    OwnPdf pdf;
    Blots *blots; // of page i + 1
    int *widths;
    RedactResult *r;
    bool may_read; // tesseract is there, and its time is not over
    int64_t read_until;
    int pages_read;
    HiddenWords hidden;
    Arena *a;
} Make;

static int64_t seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec;
}

static bool has_texts(const RedactMarks *marks)
{
    for (size_t i = 0; i < marks->n; i++)
        if (marks->v[i].words.n)
            return true;
    return false;
}

static void words_of(const Source *s, const BoxWords *words, int page, const Image *m, Arena *a,
                     PageWords *out)
{
    double x = m->w / s->v[page - 1].w, y = m->h / s->v[page - 1].h;
    for (size_t i = 0; i < words->n; i++) {
        const BoxWord *w = &words->v[i];
        if (w->page == page)
            *PUSH(a, out) = (PageWord){w->text, w->x0 * x, w->y0 * y, w->x1 * x, w->y1 * y};
    }
}

// A page is read by tesseract as long as there is time for it; what it cannot read is not an error
// of the document.
static bool page_read(Make *k, const Image *m, int page, Arena *a, PageWords *out)
{
    Err ignored;
    double dpi = m->w * 72 / k->source.v[page - 1].w;
    k->may_read = k->may_read && seconds() < k->read_until;
    return k->may_read && ocr_read(m, (int)dpi, a, out, &ignored);
}

static void find_marks(Make *k, int page, const PageText *text, const Image *m)
{
    const RedactMarks *marks = &k->job->marks;
    Blots *out = &k->blots[page - 1];
    for (size_t i = 0; i < marks->n; i++) {
        const RedactMark *mark = &marks->v[i];
        if (mark->words.n) {
            k->r->places[i].places += (int64_t)find_text(text, mark, m, k->a, out);
        } else if (mark->box.page == page) {
            *PUSH(k->a, out) = (Blot){paint_box(&mark->box, m->w, m->h), mark->ground, mark->id};
            k->r->places[i].places++;
        }
    }
}

// Words of the new text layer: what can be read off the picture, outside of what is black.
static void layer_words(Make *k, int page, const PageWords *read, const Image *m, OwnPage *out)
{
    double sx = (double)out->width / m->w, sy = (double)out->height / m->h;
    const Blots *blots = &k->blots[page - 1];
    for (size_t i = 0; i < read->n; i++) {
        const PageWord *w = &read->v[i];
        PxBox box = {(int)w->x0 - 2, (int)w->y0 - 2, (int)w->x1 + 3, (int)w->y1 + 3};
        bool hit = w->x1 - w->x0 < 1 || w->y1 - w->y0 < 4;
        for (size_t b = 0; b < blots->n && !hit; b++)
            hit = paint_meets(box, blots->v[b].box);
        if (hit)
            continue;
        int size = (int)((w->y1 - w->y0) * sy);
        double natural = (double)size / 100 * (double)str_runes(w->text);
        OwnWord word = {.text = str_dup(k->a, w->text),
                        .x = (int)(w->x0 * sx),
                        .y = out->height - (int)(w->y1 * sy),
                        .size = size,
                        .stretch = (int)((w->x1 - w->x0) * sx / natural * 100)};
        if (word.y >= 0 && word.size > 0 && word.stretch > 0)
            *PUSH(k->a, &out->words) = word;
    }
    k->r->layer += (int64_t)out->words.n;
}

// Without loss, unless that is large and JPEG is far smaller: a scan.
static bool page_encode(const Image *m, Arena *a, OwnPage *out, Err *err)
{
    CLEANUP(arena_end) Arena scratch = arena_new((size_t)1 << 30);
    Str png = {0}, jpeg = {0};
    if (!image_png(m, &scratch, &png, err))
        return false;
    out->w = m->w;
    out->h = m->h;
    out->channels = m->channels;
    out->picture = image_png_data(png, &scratch);
    if (out->picture.n > PNG_ENOUGH) {
        if (!image_jpeg(m, JPEG_QUALITY, &scratch, &jpeg, err))
            return false;
        out->jpeg = jpeg.n < out->picture.n / 2;
        out->picture = out->jpeg ? jpeg : out->picture;
    }
    out->picture = str_dup(a, out->picture);
    return true;
}

static bool page_decode(const OwnPage *p, Arena *a, Image *out, Err *err)
{
    if (p->jpeg)
        return image_read(p->picture, SOURCE_PIXELS * 2, a, out, err);
    return image_of_data(p->picture, p->w, p->h, p->channels, a, out) ||
           fail(err, ERR_SYSTEM, NULL, "遮盖后的页面不能重新打开", "a page made cannot be opened");
}

// What was made is read again by an eye that knows nothing: it becomes the text layer, and nothing
// withheld may be among it.
static void page_look(Make *k, int page, const Image *m, Arena *a, OwnPage *out)
{
    PageWords read = {0};
    if (!page_read(k, m, page, a, &read))
        return;
    k->pages_read++;
    const RedactMark *left = prove_holds(&k->job->marks, find_page_text(&read, a), a);
    if (left)
        prove_failed(&k->r->checks[PROVE_OCR],
                     str_fmt(k->a, "第%d页上还看得到第%lld号标记的文字，请用区域遮盖", page,
                             (long long)left->id));
    layer_words(k, page, &read, m, out);
}

static bool page_make(Make *k, int page, const Image *rendered, Err *err)
{
    CLEANUP(arena_end) Arena scratch = arena_new((size_t)1 << SCRATCH_BYTES_SHIFT);
    OwnPage *out = PUSH(k->a, &k->pdf);
    const PageShape *shape = &k->source.v[page - 1];
    PageWords words = {0}, drawn = {0};
    Image made = image_grey_if_grey(rendered, &scratch), again;
    words_of(&k->source, &k->source.words, page, &made, &scratch, &words);
    words_of(&k->source, &k->source.drawn, page, &made, &scratch, &drawn);
    if (!words.n && has_texts(&k->job->marks))
        k->r->unread |= !page_read(k, &made, page, &scratch, &words);
    hidden_on(&k->source, page, &made, &k->hidden);
    find_marks(k, page, find_begin(&words, &drawn, &scratch), &made);
    paint_blots(&made, &k->blots[page - 1]);
    k->widths[page - 1] = made.w;
    out->width = (int)(shape->w * 100);
    out->height = (int)(shape->h * 100);
    if (!page_encode(&made, k->a, out, err) || !page_decode(out, &scratch, &again, err))
        return false;
    page_look(k, page, &again, &scratch, out);
    return true;
}

static bool go_on(const Make *k, int done, Err *err)
{
    const RedactWatch *w = &k->job->watch;
    return !w->told || w->told(w->ctx, done, k->source.pages) ||
           fail(err, ERR_BUSY, NULL, "已停止", "stopped as asked");
}

static bool pages_make(Make *k, Err *err)
{
    if (!go_on(k, 0, err))
        return false;
    for (int first = 1, last; first <= k->source.pages; first = last + 1) {
        CLEANUP(arena_end) Arena scratch = arena_new((size_t)1 << SCRATCH_BYTES_SHIFT);
        last = source_together(&k->source, first);
        Image *m = NEW(&scratch, Image, (size_t)(last - first + 1));
        if (!source_render(&k->source, first, last, 0, &scratch, m, err))
            return false;
        for (int page = first; page <= last; page++)
            if (!page_make(k, page, &m[page - first], err) || !go_on(k, page, err))
                return false;
    }
    return true;
}

static void reading_check(Make *k, bool installed)
{
    RedactCheck *c = &k->r->checks[PROVE_OCR];
    int pages = k->source.pages;
    if (k->pages_read == pages)
        prove_held(c, redact_checks[PROVE_OCR].held);
    else if (!c->done)
        *c = (RedactCheck){PROOF_NOT_MADE, true,
                           installed
                               ? str_fmt(k->a, "读了%d页，共%d页，时间用完", k->pages_read, pages)
                           : k->job->quick ? S("没有要求做")
                                           : S("没有安装文字识别程序 tesseract")};
}

static bool nothing_failed(const RedactResult *r)
{
    for (int i = 0; i < PROVE__COUNT; i++)
        if (r->checks[i].done && r->checks[i].outcome == PROOF_FAILED)
            return false;
    return true;
}

static bool make(const RedactJob *job, const Source *source, RedactResult *r, Arena *a, Err *err)
{
    bool installed = !job->quick && ocr_has();
    Make k = {.job = job,
              .source = *source,
              .blots = NEW(a, Blots, (size_t)source->pages),
              .widths = NEW(a, int, (size_t)source->pages),
              .r = r,
              .may_read = installed,
              .read_until = seconds() + OCR_SECONDS,
              .a = a};
    r->places = NEW(a, RedactPlaces, job->marks.n);
    r->n_places = job->marks.n;
    for (size_t i = 0; i < job->marks.n; i++)
        r->places[i].mark = job->marks.v[i].id;
    if (!pages_make(&k, err) || !own_pdf_write(&k.pdf, a, &r->bytes, err))
        return false;
    for (int i = 0; i < source->pages; i++)
        for (size_t b = 0; b < k.blots[i].n; b++) {
            const Blot *blot = &k.blots[i].v[b];
            *PUSH(a, &r->blots) = (RedactBlot){i + 1,        blot->box.x0, blot->box.y0,
                                               blot->box.x1, blot->box.y1, blot->mark};
        }
    Proof proof = {&job->marks, k.blots, k.widths, source->pages};
    if (!prove(&proof, r->bytes, a, r->checks, err))
        return false;
    reading_check(&k, installed);
    hidden_words_say(&k.hidden, a, &r->hidden);
    if (installed)
        *PUSH(a, &r->tools) = ocr_tool(a);
    r->proven = nothing_failed(r);
    return true;
}

// --- the other kinds of work

static void look(const Source *s, Arena *a, RedactResult *r)
{
    r->pages = s->pages;
    r->shapes = NEW(a, int, 2 * (size_t)s->pages);
    for (int i = 0; i < s->pages; i++) {
        r->shapes[2 * i] = (int)s->v[i].w;
        r->shapes[2 * i + 1] = (int)s->v[i].h;
    }
    r->text = s->words.n > 0;
    r->hidden = s->hidden;
}

static bool look_for_words(const Source *s, Arena *a, RedactResult *r, Err *err)
{
    HiddenWords found = {0};
    if (!hidden_words(s, LOOK_SECONDS, &found, err))
        return false;
    hidden_words_say(&found, a, &r->hidden);
    return true;
}

static bool picture(const RedactJob *job, const Source *s, Arena *a, RedactResult *r, Err *err)
{
    Image m;
    if (job->page < 1 || job->page > s->pages)
        return fail(err, ERR_MISSING, NULL, "没有第%d页", "there is no page %d", job->page);
    if (!source_render(s, job->page, job->page, job->side, a, &m, err))
        return false;
    m = image_grey_if_grey(&m, a);
    return image_png(&m, a, &r->bytes, err);
}

static bool verify(const RedactJob *job, Arena *a, RedactResult *r, Err *err)
{
    if (job->kind != ATTACH_PDF)
        return fail(err, ERR_INPUT, NULL, "只能检查PDF", "only a PDF can be verified");
    if (!prove_foreign(&job->marks, job->source, a, r->checks, err))
        return false;
    r->proven = nothing_failed(r);
    return true;
}

bool redact_do(const RedactJob *job, Arena *a, RedactResult *out, Err *err)
{
    RedactResult r = {0};
    Source s;
    for (size_t i = 0; i < job->marks.n; i++)
        if (!redact_mark_check(&job->marks.v[i], REDACT_PAGES_MOST, err))
            return false;
    if (!source_open(job->kind, job->source, a, &s, err) ||
        (job->work != REDACT_PICTURE && !source_words(&s, a, err)))
        return false;
    look(&s, a, &r);
    if (job->work == REDACT_LOOK && !look_for_words(&s, a, &r, err))
        return false;
    for (size_t i = 0; i < job->marks.n; i++)
        if (!redact_mark_check(&job->marks.v[i], s.pages, err))
            return false;
    if (job->work == REDACT_MAKE || job->work == REDACT_VERIFY)
        *PUSH(a, &r.tools) = source_tool(a);
    if ((job->work == REDACT_PICTURE && !picture(job, &s, a, &r, err)) ||
        (job->work == REDACT_MAKE && !make(job, &s, &r, a, err)) ||
        (job->work == REDACT_VERIFY && !verify(job, a, &r, err)))
        return false;
    *out = r;
    return true;
}
