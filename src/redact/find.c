#include "redact/find.h"

#include "base/buf.h"

#include <math.h>

// --- the words of a page as one folded text

typedef struct Sequence {
    const PageWord **v;
    size_t n;
    bool askew; // words may stand at any angle
} Sequence;

typedef struct Order {
    const PageWord **v;
    size_t n;
    bool askew;
    Str text;       // folded, one word behind the other
    uint32_t *word; // of byte i
    uint32_t *from; // of byte i: the byte of its word that it comes from
} Order;

enum { TEXT_MOST = 32 << 20 };

static bool ends_with_hyphen(Str folded)
{
    return folded.n > 1 && folded.s[folded.n - 1] == '-';
}

// `joined`: words that end with a hyphen go on in the next.
static Order order_of(Sequence q, bool joined, Arena *a)
{
    Order o = {.v = q.v, .n = q.n, .askew = q.askew};
    size_t bytes = 0, n = q.n;
    Folded *folded = NEW(a, Folded, n);
    for (size_t i = 0; i < n; i++) {
        folded[i] = redact_fold(q.v[i]->text, a);
        while (joined && ends_with_hyphen(folded[i].text))
            folded[i].text.n--;
        bytes += folded[i].text.n;
    }
    Buf b = buf_new(a, TEXT_MOST);
    buf_room(&b, bytes);
    o.word = NEW(a, uint32_t, bytes + 1);
    o.from = NEW(a, uint32_t, bytes + 1);
    for (size_t i = 0; i < n && !b.full; i++)
        for (size_t k = 0; k < folded[i].text.n; k++) {
            o.word[b.n] = (uint32_t)i;
            o.from[b.n] = folded[i].from[k];
            buf_byte(&b, folded[i].text.s[k]);
        }
    o.text = buf_str(&b);
    return o;
}

static Sequence as_they_came(const PageWords *words, Arena *a)
{
    Sequence q = {NEW(a, const PageWord *, words->n), words->n, false};
    for (size_t i = 0; i < words->n; i++)
        q.v[i] = &words->v[i];
    return q;
}

static int by_top(const void *x, const void *y)
{
    const PageWord *a = *(const PageWord *const *)x, *b = *(const PageWord *const *)y;
    double p = a->y0 + a->y1, q = b->y0 + b->y1;
    return p != q ? (p > q) - (p < q) : (a->x0 > b->x0) - (a->x0 < b->x0);
}

static int by_left(const void *x, const void *y)
{
    const PageWord *a = *(const PageWord *const *)x, *b = *(const PageWord *const *)y;
    return a->x0 != b->x0 ? (a->x0 > b->x0) - (a->x0 < b->x0) : by_top(x, y);
}

// Line by line over the whole page, whatever columns and boxes it has: words stand on one line as
// long as their middles are within half a letter of its first.
static Sequence by_lines(const PageWords *words, Arena *a)
{
    Sequence q = as_they_came(words, a);
    const PageWord **v = q.v;
    if (words->n)
        qsort(v, words->n, sizeof *v, by_top);
    for (size_t i = 0, j; i < words->n; i = j) {
        double middle = (v[i]->y0 + v[i]->y1) / 2, half = (v[i]->y1 - v[i]->y0) / 2;
        for (j = i + 1; j < words->n && (v[j]->y0 + v[j]->y1) / 2 - middle < half; j++)
            continue;
        qsort(v + i, j - i, sizeof *v, by_left);
    }
    return q;
}

// A piece of a line, with no more than a space's width between its words. Columns may stand closer
// to each other than a program that looks for them can tell.
typedef struct Piece {
    size_t from, to; // words, by lines
    double x0, x1, y0, y1;
    bool below; // it goes on from another
} Piece;

static bool goes_on(const PageWord *w, const PageWord *next)
{
    double em = w->y1 - w->y0, middle = (next->y0 + next->y1) / 2;
    return middle > w->y0 && middle < w->y1 && next->x0 - w->x1 < em / 2 && next->x0 > w->x0;
}

static size_t pieces_of(Sequence lines, Arena *a, Piece **out)
{
    size_t n = 0;
    Piece *v = NEW(a, Piece, lines.n);
    for (size_t i = 0; i < lines.n; i++) {
        const PageWord *w = lines.v[i];
        bool same = i && goes_on(lines.v[i - 1], w);
        Piece *p = same ? &v[n - 1] : &v[n++];
        if (!same)
            *p = (Piece){.from = i, .x0 = w->x0, .y0 = w->y0, .y1 = w->y1};
        p->to = i + 1;
        p->x1 = w->x1;
    }
    *out = v;
    return n;
}

// The nearest piece under it that nothing above has taken: within a line's height and a half.
static Piece *piece_below(Piece *v, size_t n, size_t at)
{
    const Piece *p = &v[at];
    double high = p->y1 - p->y0, middle = (p->y0 + p->y1) / 2;
    for (size_t i = at + 1; i < n && v[i].y0 < p->y1 + 1.5 * high; i++)
        if (!v[i].below && v[i].y0 > middle && v[i].x0 < p->x1 && v[i].x1 > p->x0)
            return &v[i];
    return NULL;
}

// Down each column, however the page was set: a cell of a table, a narrow column between others.
static Sequence by_columns(const PageWords *words, Arena *a)
{
    Sequence lines = by_lines(words, a), q = {NEW(a, const PageWord *, words->n), 0, false};
    Piece *v;
    size_t n = pieces_of(lines, a, &v);
    Piece **next = NEW(a, Piece *, n);
    for (size_t i = 0; i < n; i++)
        if ((next[i] = piece_below(v, n, i)))
            next[i]->below = true;
    for (size_t i = 0; i < n; i++)
        for (const Piece *p = v[i].below ? NULL : &v[i]; p; p = next[p - v])
            for (size_t w = p->from; w < p->to; w++)
                q.v[q.n++] = lines.v[w];
    return q;
}

struct PageText {
    Order v[8]; // four sequences, each with hyphens and without
    size_t n;
};

static void add_order(PageText *o, Sequence q, Arena *a)
{
    bool hyphens = false;
    for (size_t i = 0; i < q.n && !hyphens; i++) {
        Arena scratch = *a;
        hyphens = ends_with_hyphen(redact_fold(q.v[i]->text, &scratch).text);
    }
    o->v[o->n++] = order_of(q, false, a);
    if (hyphens)
        o->v[o->n++] = order_of(q, true, a);
}

const PageText *find_begin(const PageWords *words, const PageWords *drawn, Arena *a)
{
    PageText *o = NEW(a, PageText, 1);
    add_order(o, as_they_came(words, a), a);
    add_order(o, by_lines(words, a), a);
    add_order(o, by_columns(words, a), a);
    if (drawn) {
        Sequence q = as_they_came(drawn, a);
        q.askew = true;
        add_order(o, q, a);
    }
    return o;
}

Str find_page_text(const PageWords *words, Arena *a)
{
    Strs texts = {0};
    const PageText *o = find_begin(words, NULL, a);
    for (size_t i = 0; i < o->n; i++)
        *PUSH(a, &texts) = o->v[i].text;
    return str_join(a, texts.v, texts.n, S("\n"));
}

// --- part of a word

// How wide a letter may be, in hundredths of its size, from the narrowest to the broadest usual
// font.
typedef struct Widths {
    double least, most;
} Widths;

static Widths width_of(uint32_t c)
{
    static const char thin[] = "ijlI.,:;|!'`()[]{}frt-/\\ ", wide[] = "mwMWQO@%&";
    if (c >= 0x1100)
        return (Widths){100, 100};
    if (c >= '0' && c <= '9')
        return (Widths){44, 64};
    if (c < 0x80 && c && strchr(thin, (int)c))
        return (Widths){18, 62};
    if (c < 0x80 && c && strchr(wide, (int)c))
        return (Widths){48, 105};
    return (Widths){38, 85};
}

static Widths widths(Str s)
{
    Widths sum = {0};
    size_t len;
    for (size_t i = 0; i < s.n; i += len) {
        Widths w = width_of(str_rune(s, i, &len));
        sum.least += w.least;
        sum.most += w.most;
    }
    return sum;
}

// Where in a word its first bytes end, 0 to 1: at the earliest and at the latest. Digits among
// themselves are all of one width.
static Widths share(Str word, size_t at)
{
    size_t digits = 0;
    while (digits < word.n && word.s[digits] >= '0' && word.s[digits] <= '9')
        digits++;
    if (digits == word.n)
        return (Widths){(double)at / (double)word.n, (double)at / (double)word.n};
    Widths front = widths(str_sub(word, 0, at)), rest = widths(str_from(word, at));
    return (Widths){front.least / (front.least + rest.most),
                    front.most / (front.most + rest.least)};
}

static bool white_column(const Image *m, int x, int y0, int y1)
{
    enum { LIGHT = 160 };
    for (int y = y0; y < y1; y++) {
        const unsigned char *p =
            m->px + ((size_t)y * (size_t)m->w + (size_t)x) * (size_t)m->channels;
        for (int c = 0; c < m->channels; c++)
            if (p[c] < LIGHT)
                return false;
    }
    return true;
}

// From x outwards to where nothing is printed, at most `far` pixels.
static int outwards(const Image *m, int x, int step, int far, int y0, int y1)
{
    for (int i = 0; i < far && x > 0 && x + 1 < m->w; i++, x += step)
        if (white_column(m, x, y0, y1))
            break;
    return x;
}

static PxBox pixels_of(double x0, double y0, double x1, double y1, const Image *m)
{
    PxBox b = {(int)floor(x0), (int)floor(y0), (int)ceil(x1) + 1, (int)ceil(y1) + 1};
    return paint_clip(b, m->w, m->h);
}

// Letters hang over their boxes a little.
static PxBox whole(const PageWord *w, const Image *m)
{
    double em = fmin(w->y1 - w->y0, w->x1 - w->x0), out = 1.5 + em * 0.08;
    return pixels_of(w->x0 - out, w->y0 - out, w->x1 + out, w->y1 + out, m);
}

// Latin letters, whose widths differ, without a full-width one to measure them by.
static bool only_latin(Str s)
{
    bool letters = false;
    size_t len;
    for (size_t i = 0; i < s.n; i += len) {
        uint32_t c = str_rune(s, i, &len);
        if (c >= 0x1100)
            return false;
        letters |= c < '0' || c > '9';
    }
    return letters;
}

// A word that does not run from left to right, or whose letters are not as wide as letters are,
// cannot be cut.
static bool can_be_cut(const PageWord *w)
{
    Widths all = widths(w->text);
    double em = w->y1 - w->y0, width = (w->x1 - w->x0) / em * 100;
    return width > all.least * 0.6 && width < all.most * 1.5 && !only_latin(w->text);
}

// From where it may begin at the earliest to where it may end at the latest, over all usual fonts,
// and on to the next white column.
static PxBox part(const PageWord *w, size_t from, size_t to, const Image *m)
{
    double left = share(w->text, from).least, right = share(w->text, to).most;
    double width = w->x1 - w->x0, em = w->y1 - w->y0;
    PxBox all_of_it = whole(w, m);
    PxBox b = pixels_of(w->x0 + width * left, all_of_it.y0, w->x0 + width * right, all_of_it.y1, m);
    b.y0 = all_of_it.y0;
    b.y1 = all_of_it.y1;
    if (b.y0 >= b.y1 || b.x0 >= b.x1)
        return all_of_it;
    b.x0 = from ? outwards(m, b.x0, -1, (int)em, b.y0, b.y1) : all_of_it.x0;
    b.x1 = to < w->text.n ? outwards(m, b.x1 - 1, 1, (int)em, b.y0, b.y1) + 1 : all_of_it.x1;
    return b;
}

static size_t rune_end(Str s, size_t at)
{
    size_t len;
    str_rune(s, at, &len);
    return at + len;
}

// --- places

static bool there_already(const Blots *blots, size_t from, const Blot *b)
{
    for (size_t i = from; i < blots->n; i++) {
        const PxBox *p = &blots->v[i].box;
        if (p->x0 <= b->box.x0 && p->y0 <= b->box.y0 && p->x1 >= b->box.x1 && p->y1 >= b->box.y1)
            return true;
    }
    return false;
}

// The same place may be cut a little differently in another order: it is painted, and not counted.
static bool middle_there(const Blots *blots, size_t from, const Blot *b)
{
    int x = (b->box.x0 + b->box.x1) / 2, y = (b->box.y0 + b->box.y1) / 2;
    Blot middle = {{x, y, x, y}, b->ground, b->mark};
    return there_already(blots, from, &middle);
}

// A letter that stands askew lies beside the box that poppler gives it.
static PxBox around(const PageWord *w, const Image *m)
{
    double out = 0.7 * fmax(w->x1 - w->x0, w->y1 - w->y0);
    return pixels_of(w->x0 - out, w->y0 - out, w->x1 + out, w->y1 + out, m);
}

// The bytes [at, end) of an order's text, as a box in each word they come from.
static bool add_place(const Order *o, size_t at, size_t end, const RedactMark *mark, const Image *m,
                      size_t first, Arena *a, Blots *out)
{
    const Blots before = *out; // letters beside each other do not stand for each other
    bool new = false;
    for (size_t i = at, j; i < end; i = j) {
        const PageWord *w = o->v[o->word[i]];
        for (j = i + 1; j < end && o->word[j] == o->word[i]; j++)
            continue;
        size_t from = o->from[i], to = rune_end(w->text, o->from[j - 1]);
        bool all = (from == 0 && to == w->text.n) || !can_be_cut(w);
        Blot b = {all ? whole(w, m) : part(w, from, to, m), mark->ground, mark->id};
        if (b.box.x0 >= b.box.x1 || b.box.y0 >= b.box.y1 ||
            there_already(o->askew ? &before : out, first, &b))
            continue;
        if (!middle_there(&before, first, &b)) {
            new = true;
            b.box = o->askew ? around(w, m) : b.box;
        }
        *PUSH(a, out) = b;
    }
    return new;
}

size_t find_text(const PageText *text, const RedactMark *mark, const Image *m, Arena *a, Blots *out)
{
    Str what = redact_fold(mark->words, a).text;
    size_t places = 0, first = out->n;
    for (size_t k = 0; k < text->n && what.n; k++) {
        const Order *o = &text->v[k];
        for (size_t at = 0; at + what.n <= o->text.n; at++) {
            ptrdiff_t found = str_find(str_from(o->text, at), what);
            if (found < 0)
                break;
            at += (size_t)found;
            places += add_place(o, at, at + what.n, mark, m, first, a, out);
        }
    }
    return places;
}
