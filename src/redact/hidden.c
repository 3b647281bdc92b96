#include "redact/hidden.h"

#include "base/pack.h"
#include "redact/paint.h"

#include <time.h>

// --- what pdfinfo says

typedef struct InfoRow {
    Str key;
    Str value; // empty: any but "no" and "none"
    Str words;
} InfoRow;

// clang-format off
static const InfoRow info_rows[] = {
    { SI("Author"),          SI(""),    SI("文件属性里的作者") },
    { SI("Title"),           SI(""),    SI("文件属性里的标题") },
    { SI("Subject"),         SI(""),    SI("文件属性里的主题") },
    { SI("Keywords"),        SI(""),    SI("文件属性里的关键词") },
    { SI("Custom Metadata"), SI("yes"), SI("自定义的文件属性") },
    { SI("Metadata Stream"), SI("yes"), SI("元数据") },
    { SI("Form"),            SI(""),    SI("表单域") },
    { SI("JavaScript"),      SI("yes"), SI("脚本") },
};

// Keys of dictionaries that are there where the thing is.
static const struct { Str key, words; } key_rows[] = {
    { SI("/OCProperties"), SI("可以关闭的图层") },
    { SI("/Annots"),       SI("批注或者链接") },
    { SI("/PieceInfo"),    SI("制作软件留下的数据") },
};
// clang-format on

static void say(Strs *out, Str words, Arena *a)
{
    for (size_t i = 0; i < out->n; i++)
        if (str_eq(out->v[i], words))
            return;
    *PUSH(a, out) = words;
}

static size_t times(Str s, Str what)
{
    size_t n = 0;
    for (ptrdiff_t at; (at = str_find(s, what)) >= 0; n++)
        s = str_from(s, (size_t)at + what.n);
    return n;
}

static void keys_find(Str s, Arena *a, Strs *out)
{
    for (size_t i = 0; i < sizeof key_rows / sizeof *key_rows; i++)
        if (str_has(s, key_rows[i].key))
            say(out, key_rows[i].words, a);
}

// Most programs pack dictionaries together (/Type /ObjStm): each is looked into, as far as it can
// be unpacked.
static void packed_keys_find(Str pdf, Arena *a, Strs *out)
{
    enum { ONE = 1 << 20, STREAMS = 2000, ROOM = 16 << 20 };
    CLEANUP(arena_end) Arena room = arena_new(ROOM);
    Str head = {0}, rest = pdf;
    for (int i = 0; i < STREAMS && str_cut(rest, S("/ObjStm"), &head, &rest); i++) {
        Arena scratch = room;
        Str dict = {0}, data = {0}, plain;
        if (!str_cut(str_sub(rest, 0, rest.n < 1000 ? rest.n : 1000), S("stream"), &dict, &data))
            continue;
        data = str_from(rest, dict.n + 6);
        data = str_from(data, str_starts(data, S("\r")) ? 1 : 0);
        data = str_from(data, str_starts(data, S("\n")) ? 1 : 0);
        if (!unpack_zlib(&scratch, data, ONE, &plain))
            continue;
        keys_find(plain, a, out);
    }
}

void hidden_in_pdf(Str pdf, Str info, Str attached, Arena *a, Strs *out)
{
    for (size_t i = 0; i < sizeof info_rows / sizeof *info_rows; i++) {
        Str v = source_value(info, info_rows[i].key);
        bool there = info_rows[i].value.n ? str_eq(v, info_rows[i].value)
                                          : v.n && !str_eq(v, S("no")) && !str_eq(v, S("none"));
        if (there)
            say(out, info_rows[i].words, a);
    }
    if (attached.n && !str_starts(attached, S("0 ")))
        say(out, S("夹带的附件"), a);
    if (times(pdf, S("%%EOF")) > 2) // a file prepared for the web has two
        say(out, S("以前的版本"), a);
    keys_find(pdf, a, out);
    packed_keys_find(pdf, a, out);
}

// --- pictures

static uint32_t big_endian(Str s, size_t at, int bytes)
{
    uint32_t n = 0;
    for (int i = 0; i < bytes; i++)
        n = n << 8 | (unsigned char)s.s[at + (size_t)i];
    return n;
}

// Telephones keep a film, or another picture, behind the end of the one that is shown. Some fill up
// with zeros, which say nothing.
static void behind_find(Str s, size_t end, Arena *a, Strs *out)
{
    while (end < s.n && !s.s[end])
        end++;
    if (end < s.n)
        say(out, S("图片后面附着的内容（可能是一段视频或者另一张图片）"), a);
}

// Length, name, bytes, sum.
static void png_chunks(Str s, Arena *a, Strs *out)
{
    static const Str texts[] = {SI("tEXt"), SI("zTXt"), SI("iTXt")};
    for (size_t at = 8; at + 12 <= s.n; at += 12 + (size_t)big_endian(s, at, 4)) {
        Str name = str_sub(s, at + 4, at + 8);
        for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
            if (str_eq(name, texts[i]))
                say(out, S("图片里的文字说明"), a);
        if (str_eq(name, S("eXIf")))
            say(out, S("拍摄信息（时间、设备，可能有地点）"), a);
        if (str_eq(name, S("IEND"))) {
            behind_find(s, at + 12, a, out);
            return;
        }
    }
}

// clang-format off
static const struct { unsigned char marker; Str begins, words; } jpeg_rows[] = {
    { 0xe1, SI("Exif\0\0"),           SI("拍摄信息（时间、设备，可能有地点）") },
    { 0xe1, SI("http://ns.adobe.com"), SI("图片里的文字说明") },
    { 0xed, SI("Photoshop"),          SI("图片里的文字说明") },
    { 0xfe, SI(""),                   SI("图片里的文字说明") },
};
// clang-format on

// Behind the picture that begins at `at` (0xda): in it 0xff stands before 0 and the marks where
// decoding may begin anew; other segments may come between its parts.
static size_t jpeg_end(Str s, size_t at)
{
    while (at + 4 <= s.n) {
        unsigned char marker = (unsigned char)s.s[at + 1];
        if ((unsigned char)s.s[at] != 0xff || marker == 0xff)
            at++;
        else if (marker == 0 || (marker >= 0xd0 && marker <= 0xd7))
            at += 2;
        else if (marker == 0xd9)
            return at + 2;
        else
            at += 2 + (size_t)big_endian(s, at + 2, 2);
    }
    return s.n;
}

// Up to where the picture itself begins (0xda), and behind it.
static void jpeg_segments(Str s, Arena *a, Strs *out)
{
    for (size_t at = 2; at + 4 <= s.n && (unsigned char)s.s[at] == 0xff;) {
        unsigned char marker = (unsigned char)s.s[at + 1];
        size_t n = big_endian(s, at + 2, 2);
        if (marker == 0xda)
            behind_find(s, jpeg_end(s, at), a, out);
        if (marker == 0xda || n < 2 || at + 2 + n > s.n)
            return;
        Str body = str_sub(s, at + 4, at + 2 + n);
        for (size_t i = 0; i < sizeof jpeg_rows / sizeof *jpeg_rows; i++)
            if (marker == jpeg_rows[i].marker && str_starts(body, jpeg_rows[i].begins))
                say(out, jpeg_rows[i].words, a);
        at += 2 + n;
    }
}

void hidden_in_picture(Str bytes, Arena *a, Strs *out)
{
    if (str_starts(bytes, S("\x89PNG")))
        png_chunks(bytes, a, out);
    else
        jpeg_segments(bytes, a, out);
}

// --- words nobody sees

// Whether anything is printed in a part of the picture: one of its colours changes.
static bool printed(const Image *m, int x0, int y0, int x1, int y1)
{
    enum { CHANGES = 20 }; // of 255
    int low[3] = {255, 255, 255}, high[3] = {0}, channels = m->channels == 1 ? 1 : 3;
    for (int y = y0; y < y1; y++)
        for (int x = x0; x < x1; x++)
            for (int c = 0; c < channels; c++) {
                int v =
                    m->px[((size_t)y * (size_t)m->w + (size_t)x) * (size_t)m->channels + (size_t)c];
                low[c] = v < low[c] ? v : low[c];
                high[c] = v > high[c] ? v : high[c];
                if (high[c] - low[c] > CHANGES)
                    return true;
            }
    return false;
}

static bool is_tiny(const BoxWord *w)
{
    const double least = 1.5; // points: nobody reads it
    double letter = (w->x1 - w->x0) / (double)str_runes(w->text);
    return w->y1 - w->y0 < least && letter < least;
}

static bool is_seen(const BoxWord *w, const PageShape *p, const Image *m)
{
    double sx = m->w / p->w, sy = m->h / p->h;
    PxBox all = {(int)(w->x0 * sx), (int)(w->y0 * sy), (int)(w->x1 * sx) + 1,
                 (int)(w->y1 * sy) + 1};
    PxBox b = paint_clip(all, m->w, m->h);
    return !is_tiny(w) && b.x0 < b.x1 && b.y0 < b.y1 && printed(m, b.x0, b.y0, b.x1, b.y1);
}

// Signs that print nothing, as empty boxes and spaces of many kinds, hide nothing either.
static bool says_something(Str text)
{
    CLEANUP(arena_end) Arena a = arena_new((size_t)16 << 20);
    return text.n > 1 << 16 || redact_fold(text, &a).text.n > 1;
}

void hidden_on(const Source *s, int page, const Image *m, HiddenWords *found)
{
    int n = 0;
    for (size_t i = 0; i < s->words.n; i++) {
        const BoxWord *w = &s->words.v[i];
        if (w->page == page && !is_seen(w, &s->v[page - 1], m) && says_something(w->text))
            n++;
    }
    found->words += n;
    if (n && found->pages < (int)(sizeof found->page / sizeof *found->page))
        found->page[found->pages] = page;
    found->pages += n > 0;
}

static bool has_words(const Source *s, int page)
{
    for (size_t i = 0; i < s->words.n; i++)
        if (s->words.v[i].page == page)
            return true;
    return false;
}

static int64_t seconds_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec;
}

bool hidden_words(const Source *s, int seconds, HiddenWords *found, Err *err)
{
    enum { SIDE = 1000 }; // pixels: small print is still told from paper
    int64_t until = seconds_now() + seconds;
    for (int first = 1, last; first <= s->pages; first = last + 1) {
        CLEANUP(arena_end) Arena a = arena_new((size_t)2 << 30);
        last = first;
        if (!has_words(s, first))
            continue;
        if (seconds_now() >= until) {
            found->unlooked = first;
            return true;
        }
        while (last < source_together(s, first) && has_words(s, last + 1))
            last++;
        Image *m = NEW(&a, Image, (size_t)(last - first + 1));
        if (!source_render(s, first, last, SIDE, &a, m, err))
            return false;
        for (int page = first; page <= last; page++)
            hidden_on(s, page, &m[page - first], found);
    }
    return true;
}

void hidden_words_say(const HiddenWords *f, Arena *a, Strs *out)
{
    Strs pages = {0};
    int told = (int)(sizeof f->page / sizeof *f->page);
    for (int i = 0; i < f->pages && i < told; i++)
        *PUSH(a, &pages) = str_fmt(a, "%d", f->page[i]);
    if (f->words)
        *PUSH(a, out) =
            str_fmt(a, "看不见的文字%d处（第" PRI_STR "页%s）", f->words,
                    STR_ARG(str_join(a, pages.v, pages.n, S("、"))), f->pages > told ? "等" : "");
    if (f->unlooked)
        *PUSH(a, out) =
            str_fmt(a, "第%d页起还没有查看过的文字层（页数太多，可能有看不见的文字）", f->unlooked);
}
