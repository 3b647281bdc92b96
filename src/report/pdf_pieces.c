#include "report/pdf_grid.h"

enum { MAX_PIECE = 2000 };

static bool is_digit(Str s, size_t *len)
{
    *len = 1;
    if (s.n && s.s[0] >= '0' && s.s[0] <= '9')
        return true;
    *len = 3; // ０ to ９: EF BC 90 to EF BC 99
    return s.n >= 3 && !memcmp(s.s, "\xef\xbc", 2) && (unsigned char)s.s[2] >= 0x90 &&
           (unsigned char)s.s[2] <= 0x99;
}

bool pdf_numeric(Str s)
{
    static const Str marks[] = {SI("."),  SI(","),  SI("，"), SI("．"), SI("+"),  SI("-"),
                                SI("－"), SI("＋"), SI("%"),  SI("％"), SI("增"), SI("减"),
                                SI("件"), SI("项"), SI("条"), SI("万"), SI("元"), SI("个"),
                                SI("人"), SI("次"), SI("篇"), SI("—")};
    size_t digits = 0, len, last = 0;
    if (s.n > 40)
        return false;
    while (s.n) {
        if (is_digit(s, &len)) {
            digits++;
            last = 0;
        } else {
            size_t k = 0;
            while (k < sizeof marks / sizeof *marks && !str_starts(s, marks[k]))
                k++;
            if (k == sizeof marks / sizeof *marks)
                return false;
            len = marks[k].n;
            last = k == 0 || k == 2 || k == 3 ? 1 : 0;
        }
        s = str_from(s, len);
    }
    return digits > 0 && !last; // "1." begins an item of a list
}

// Only dashes and their like, or 无.
bool pdf_blank_mark(Str s)
{
    static const uint32_t marks[] = {'-',    '_',    '/',    '\\',   0x2010, 0x2011,
                                     0x2012, 0x2013, 0x2014, 0x2015, 0x2500, 0x2501,
                                     0x2e3a, 0x2e3b, 0xff0d, 0xff0f, 0xff3f};
    size_t len;
    if (str_eq(s, S("无")))
        return true;
    for (size_t i = 0; i < s.n; i += len) {
        uint32_t c = str_rune(s, i, &len);
        size_t k = 0;
        while (k < sizeof marks / sizeof *marks && marks[k] != c)
            k++;
        if (k == sizeof marks / sizeof *marks || s.n > 24)
            return false;
    }
    return s.n > 0;
}

bool pdf_unit(Str s)
{
    static const Str units[] = {SI("条"),   SI("件"),   SI("次"), SI("篇"), SI("个"), SI("人"),
                                SI("人次"), SI("万元"), SI("项"), SI("万"), SI("元")};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (str_eq(s, units[i]))
            return true;
    return false;
}

// 一 to 十 at the front; how many bytes.
static size_t han_number(Str s)
{
    static const Str han[] = {SI("一"), SI("二"), SI("三"), SI("四"), SI("五"),
                              SI("六"), SI("七"), SI("八"), SI("九"), SI("十")};
    size_t n = 0;
    for (size_t k = 0; k < 10 && n < 9; k++)
        if (str_starts(str_from(s, n), han[k])) {
            n += 3;
            k = (size_t)-1;
        }
    return n;
}

static void mark_of(Piece *p)
{
    Str s = p->text;
    size_t len, n = han_number(s);
    if (n && str_starts(str_from(s, n), S("、"))) {
        p->level = 1;
    } else if (str_starts(s, S("（")) || str_starts(s, S("("))) {
        Str in = str_from(s, s.s[0] == '(' ? 1 : 3);
        n = han_number(in);
        Str after = str_from(in, n); // a narrow column may wrap inside the mark
        p->level =
            n && (!after.n || str_starts(after, S("）")) || str_starts(after, S(")"))) ? 2 : 0;
    } else if (is_digit(s, &len)) {
        static const Str dots[] = {SI("."), SI("．"), SI("、"), SI(")"), SI("）"), SI("，")};
        Str after = str_from(s, len);
        for (size_t i = 0; i < 6; i++)
            if (str_starts(after, dots[i]) && after.n > dots[i].n) {
                p->level = 3;
                p->number = (int8_t)(s.s[len - 1] - (len == 1 ? '0' : (char)0x90));
            }
    }
}

static bool begins_marked(Str s)
{
    Piece p = {.text = s};
    mark_of(&p);
    return p.level > 0;
}

// Where labels of levels 2 and 3 begin, as far as words that carry a mark tell.
typedef struct Borders {
    float two, three; // INFINITY without such
} Borders;

static Borders borders_of(const PdfWords *w, const PdfLine *l, size_t n)
{
    Borders b = {INFINITY, INFINITY};
    for (size_t i = 0; i < n; i++)
        for (size_t k = l[i].first; k < l[i].last; k++) {
            Piece p = {.text = w->v[k].text};
            mark_of(&p);
            if (p.level == 2)
                b.two = fminf(b.two, w->v[k].box.x0);
            else if (p.level == 3)
                b.three = fminf(b.three, w->v[k].box.x0);
        }
    return b;
}

// Whether the words stand on both sides of where a column of labels begins.
static bool across(const PdfWord *x, const PdfWord *y, float border)
{
    float em = pdf_em(y->box);
    return x->box.x1 < border && y->box.x0 > border - 0.6F * em && x->box.x0 < border - 0.6F * em &&
           y->box.x0 - x->box.x1 > 0.2F * em;
}

static bool together(const PdfWord *x, const PdfWord *y, Borders borders)
{
    if (across(x, y, borders.two) || across(x, y, borders.three))
        return false;
    float gap = y->box.x0 - x->box.x1, em = fminf(pdf_em(x->box), pdf_em(y->box));
    if (pdf_numeric(x->text) && pdf_numeric(y->text))
        return gap < 0.15F * em;
    if (gap > 0.15F * em && begins_marked(y->text))
        return false;
    bool figure = (pdf_numeric(y->text) && !begins_marked(x->text)) || pdf_numeric(x->text);
    return gap < (figure ? 0.25F : 0.6F) * em;
}

// How many digits end a word that is otherwise a label: a label that fills its cell touches the
// number beside it.
static size_t digits_after_label(Str s)
{
    size_t n = 0;
    while (n < s.n && s.s[s.n - 1 - n] >= '0' && s.s[s.n - 1 - n] <= '9')
        n++;
    Str label = str_sub(s, 0, s.n - n);
    return n && label.n > 3 && (unsigned char)label.s[label.n - 1] >= 0x80 && begins_marked(s) ? n
                                                                                               : 0;
}

static void piece_split(Pieces *out, Arena *a)
{
    Piece label = out->v[out->n - 1], figure = label;
    size_t n = digits_after_label(label.text);
    if (!n || n > 7)
        return;
    float edge = label.box.x1 - (float)n * 0.52F * pdf_em(label.box);
    label.text = str_sub(label.text, 0, label.text.n - n);
    figure.text = str_from(figure.text, label.text.n);
    label.box.x1 = label.place.x1 = edge - 0.1F;
    figure.box.x0 = figure.place.x0 = edge + 0.1F;
    out->v[out->n - 1] = label;
    *PUSH(a, out) = figure;
}

Pieces pdf_pieces(const PdfWords *w, const PdfLine *l, size_t n, Arena *a)
{
    Pieces out = {0};
    Borders borders = borders_of(w, l, n);
    for (size_t i = 0; i < n; i++)
        for (size_t k = l[i].first; k < l[i].last; k++) {
            const PdfWord *word = &w->v[k];
            float down = (float)(word->page - l[0].page) * PAGE_STEP;
            PdfBox box = word->box;
            box.y0 += down;
            box.y1 += down;
            Piece *p = k > l[i].first ? &out.v[out.n - 1] : NULL;
            if (p && p->text.n < MAX_PIECE && together(&w->v[k - 1], word, borders)) {
                p->text = str_cat(a, p->text, word->text);
                p->box = box_around(p->box, box);
                PdfBox on_page = {p->box.x0, p->box.y0 - down, p->box.x1, p->box.y1 - down};
                p->place = place_of(on_page, word->page);
                p->last = k + 1;
                continue;
            }
            *PUSH(a, &out) = (Piece){.text = word->text,
                                     .box = box,
                                     .place = place_of(word->box, word->page),
                                     .first = k,
                                     .last = k + 1};
            piece_split(&out, a);
        }
    for (size_t i = 0; i < out.n; i++) {
        out.v[i].numeric = pdf_numeric(out.v[i].text);
        mark_of(&out.v[i]);
    }
    return out;
}
