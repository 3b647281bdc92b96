#include "report/pdf.h"

#include <math.h>

// A run of lines as a grid. The steps, each on what the one before found:
//
//     words → pieces (what stands together) → bands (the blocks of table two, else one)
//     → columns: where numbers stand above one another
//     → rows: numbers that stand beside one another; what stands left of the columns is labels
//     → each label to its row (wrapped labels are centred on their row; groups on several)
//
// Down the run, y counts on over the pages, PAGE_STEP for each.

enum { MAX_COLS = 40, MAX_MATCH = 600, MAX_PIECE = 2000, PAGE_STEP = 4000 };

typedef struct Piece {
    Str text;
    PdfBox box; // y over all pages
    Place place;
    bool numeric;
    int8_t level;       // of the mark it begins with: 1 一、 2 （一） 3 1.  0 none
    int8_t number;      // of a mark of level 3
    size_t first, last; // its words
} Piece;

typedef struct Pieces {
    Piece *v;
    size_t n, cap;
} Pieces;

static float middle_y(PdfBox b)
{
    return (b.y0 + b.y1) / 2;
}

static float middle_x(PdfBox b)
{
    return (b.x0 + b.x1) / 2;
}

static int32_t page_of(float y)
{
    return (int32_t)(y / PAGE_STEP);
}

static PdfBox around(PdfBox a, PdfBox b)
{
    return (PdfBox){fminf(a.x0, b.x0), fminf(a.y0, b.y0), fmaxf(a.x1, b.x1), fmaxf(a.y1, b.y1)};
}

// --- looks of a text

static bool among(Str s, const Str *v, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(s, v[i]))
            return true;
    return false;
}

#define AMONG(s, v) among((s), (v), sizeof(v) / sizeof *(v))

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
static bool is_blank_mark(Str s)
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

static bool is_unit(Str s)
{
    static const Str units[] = {SI("条"),   SI("件"),   SI("次"), SI("篇"), SI("个"), SI("人"),
                                SI("人次"), SI("万元"), SI("项"), SI("万"), SI("元")};
    return AMONG(s, units);
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

// --- pieces

static Place place_of(PdfBox box, int32_t page)
{
    return (Place){.page = page, .x0 = box.x0, .y0 = box.y0, .x1 = box.x1, .y1 = box.y1};
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

static Pieces pieces_of(const PdfWords *w, const PdfLine *l, size_t n, Arena *a)
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
                p->box = around(p->box, box);
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

// --- columns

typedef struct Columns {
    PdfBox v[MAX_COLS]; // only x0 and x1 mean something
    size_t n;
    float left; // where labels end
} Columns;

static int by_left(const void *x, const void *y)
{
    const Piece *a = *(const Piece *const *)x, *b = *(const Piece *const *)y;
    return (a->box.x0 > b->box.x0) - (a->box.x0 < b->box.x0);
}

static int by_width(const void *x, const void *y)
{
    const Piece *a = *(const Piece *const *)x, *b = *(const Piece *const *)y;
    float d = (a->box.x1 - a->box.x0) - (b->box.x1 - b->box.x0);
    return d < 0 ? -1 : d > 0 ? 1 : by_left(x, y);
}

// Puts a number into the column it stands over, or begins one. One that is too wide for its cell
// and reaches over two columns makes neither wider.
static void column_add(Columns *c, PdfBox box)
{
    size_t at = c->n, over = 0, before = 0;
    for (size_t k = 0; k < c->n; k++) {
        bool meets = box.x0 <= c->v[k].x1 && box.x1 >= c->v[k].x0;
        at = meets ? k : at;
        over += meets;
        before += c->v[k].x0 < box.x0;
    }
    if (over == 1) {
        c->v[at].x0 = fminf(c->v[at].x0, box.x0);
        c->v[at].x1 = fmaxf(c->v[at].x1, box.x1);
    } else if (!over && c->n < MAX_COLS) {
        memmove(c->v + before + 1, c->v + before, (c->n - before) * sizeof *c->v);
        c->v[before] = box;
        c->n++;
    }
}

// Numbers that stand above one another. Overlapping is enough, however the numbers are set in their
// cells; narrow ones first, since they tell columns apart best.
static Columns columns_of(const Pieces *p, bool units, Arena *a)
{
    Columns c = {0};
    Arena scratch = *a;
    const Piece **v = NEW(&scratch, const Piece *, p->n + 1);
    size_t n = 0;
    for (size_t i = 0; i < p->n; i++)
        if (p->v[i].numeric || (units && is_unit(p->v[i].text)))
            v[n++] = &p->v[i];
    qsort(v, n, sizeof *v, by_width);
    for (size_t i = 0; i < n; i++)
        column_add(&c, v[i]->box);
    return c;
}

// Columns that have labels to the right of them number the rows; they are no figures.
static void columns_left_off(Columns *c, const Pieces *p)
{
    while (c->n > 1) {
        size_t right = 0, left = 0;
        for (size_t i = 0; i < p->n; i++)
            if (!p->v[i].numeric && p->v[i].level && str_runes(p->v[i].text) > 3) {
                right += p->v[i].box.x0 > c->v[0].x1;
                left += p->v[i].box.x1 < c->v[0].x0;
            }
        if (right <= left)
            break;
        memmove(c->v, c->v + 1, --c->n * sizeof *c->v);
    }
}

static int by_float(const void *x, const void *y)
{
    float a = *(const float *)x, b = *(const float *)y;
    return (a > b) - (a < b);
}

// The usual distance of columns.
static float column_step(const Columns *c, Arena *a)
{
    Arena scratch = *a;
    float *v = NEW(&scratch, float, c->n);
    for (size_t k = 1; k < c->n; k++)
        v[k - 1] = middle_x(c->v[k]) - middle_x(c->v[k - 1]);
    qsort(v, c->n - 1, sizeof *v, by_float);
    return v[(c->n - 1) / 2];
}

// Where nothing but blanks stands in a column, its head shows where it is: heads in a line of many.
static void columns_of_heads(Columns *c, const Pieces *p, Arena *a)
{
    if (c->n < 3)
        return;
    float step = column_step(c, a), from = c->v[0].x0 - step * 0.6F;
    float top = INFINITY; // of the first row of numbers
    for (size_t i = 0; i < p->n; i++)
        if (p->v[i].numeric && p->v[i].box.x1 >= c->v[0].x0)
            top = fminf(top, p->v[i].box.y0);
    Arena scratch = *a;
    const Piece **v = NEW(&scratch, const Piece *, p->n + 1);
    size_t n = 0;
    for (size_t i = 0; i < p->n; i++) {
        const Piece *x = &p->v[i];
        size_t over = 0, beside = 0;
        for (size_t k = 0; k < c->n; k++)
            over += fabsf(middle_x(x->box) - middle_x(c->v[k])) < 0.6F * step;
        for (size_t k = 0; k < p->n; k++)
            beside += fabsf(middle_y(p->v[k].box) - middle_y(x->box)) < 2 && p->v[k].box.x0 > from;
        bool label = x->box.x0 < from || x->numeric || x->box.y1 > top;
        if (!label && !over && beside >= 3 && str_runes(x->text) <= 6)
            v[n++] = x;
    }
    for (size_t i = 0; i < n; i++)
        column_add(c, v[i]->box);
}

// The column a piece stands in: the nearest.
static size_t column_at(const Columns *c, PdfBox b)
{
    size_t best = 0;
    float least = INFINITY;
    for (size_t i = 0; i < c->n; i++) {
        float d = fabsf(middle_x(b) - middle_x(c->v[i]));
        if (b.x1 >= c->v[i].x0 && b.x0 <= c->v[i].x1)
            d -= 1000;
        if (d < least) {
            least = d;
            best = i;
        }
    }
    return best;
}

// --- rows

typedef struct Row {
    float y;      // middle of its numbers, or of its label
    float height; // of its numbers
    const Piece *at[MAX_COLS];
    Str value[MAX_COLS];
    bool figures; // has numbers
    int8_t level; // of its label
    int8_t number;
    Str label;
    Place label_place, place;
} Row;

typedef struct Rows {
    Row *v;
    size_t n, cap;
} Rows;

// A label put together of the pieces it was wrapped into.
typedef struct Item {
    PdfBox box;  // of what stands on the page it begins on
    PdfBox tail; // of what stands on the last page it reaches
    Str text;
    Place place;
    int8_t level, number;
    ptrdiff_t row;    // it was given to, -1 none
    ptrdiff_t beside; // the row one of its pieces stands on a line with, -1 none
} Item;

typedef struct Items {
    Item *v;
    size_t n, cap;
} Items;

static int by_down(const void *x, const void *y)
{
    const Piece *a = *(const Piece *const *)x, *b = *(const Piece *const *)y;
    float d = middle_y(a->box) - middle_y(b->box);
    return d < 0 ? -1 : d > 0 ? 1 : (a->box.x0 > b->box.x0) - (a->box.x0 < b->box.x0);
}

typedef struct Sorted {
    const Piece **v;
    size_t n;
} Sorted;

static bool right_of_labels(const Columns *c, const Piece *p)
{
    return middle_x(p->box) > c->left;
}

static void row_put(Row *r, size_t col, const Piece *p, Arena *a)
{
    r->value[col] = r->value[col].n ? str_cat(a, r->value[col], p->text) : p->text;
    r->at[col] = r->at[col] ? r->at[col] : p;
    r->figures |= p->numeric || is_blank_mark(p->text);
}

static void row_begin(Rows *rows, const Piece *p, Arena *a)
{
    Row *r = PUSH(a, rows);
    *r = (Row){.y = middle_y(p->box), .height = p->box.y1 - p->box.y0, .place = p->place};
}

static int rows_by_down(const void *x, const void *y)
{
    const Row *a = x, *b = y;
    return (a->y > b->y) - (a->y < b->y);
}

// The row nearest to y, within `reach`; NULL without one. Rows are in order.
static Row *row_near(const Rows *rows, float y, float reach)
{
    size_t low = 0, high = rows->n;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (rows->v[mid].y < y)
            low = mid + 1;
        else
            high = mid;
    }
    Row *above = low ? &rows->v[low - 1] : NULL, *below = low < rows->n ? &rows->v[low] : NULL;
    Row *best = !above || (below && below->y - y < y - above->y) ? below : above;
    return best && fabsf(best->y - y) <= reach ? best : NULL;
}

// Units stand in a column of their own, perhaps wrapped (人/次); one without a number beside it
// makes a row.
static void rows_units(Rows *rows, const Sorted *units, const Columns *c, Arena *a)
{
    size_t numbered = rows->n;
    for (size_t i = 0; i < units->n; i++) {
        const Piece *x = units->v[i];
        float size = x->box.y1 - x->box.y0;
        Rows first = {rows->v, numbered, numbered};
        Row *r = row_near(&first, middle_y(x->box), size * 0.9F);
        if (!r && rows->n > numbered && middle_y(x->box) - rows->v[rows->n - 1].y < size * 1.5F)
            r = &rows->v[rows->n - 1];
        if (!r) {
            row_begin(rows, x, a);
            r = &rows->v[rows->n - 1];
        }
        row_put(r, column_at(c, x->box), x, a);
    }
    if (rows->n)
        qsort(rows->v, rows->n, sizeof *rows->v, rows_by_down);
}

// Numbers and blanks right of the labels, by rows.
static Rows rows_of(const Pieces *p, const Columns *c, bool units, Arena *a)
{
    Rows rows = {0};
    Sorted s = {NEW(a, const Piece *, p->n + 1), 0}, u = {NEW(a, const Piece *, p->n + 1), 0};
    for (size_t i = 0; i < p->n; i++) {
        const Piece *x = &p->v[i];
        if (!right_of_labels(c, x))
            continue;
        if (x->numeric || is_blank_mark(x->text))
            s.v[s.n++] = x;
        else if (units && is_unit(x->text))
            u.v[u.n++] = x;
    }
    qsort(s.v, s.n, sizeof *s.v, by_down);
    qsort(u.v, u.n, sizeof *u.v, by_down);
    for (size_t i = 0; i < s.n; i++) {
        const Piece *x = s.v[i];
        Row *r = rows.n ? &rows.v[rows.n - 1] : NULL;
        if (!r || middle_y(x->box) - r->y > 0.55F * fmaxf(r->height, x->box.y1 - x->box.y0))
            row_begin(&rows, x, a);
        r = &rows.v[rows.n - 1];
        row_put(r, column_at(c, x->box), x, a);
        r->place.x0 = fminf(r->place.x0, x->place.x0);
        r->place.x1 = fmaxf(r->place.x1, x->place.x1);
    }
    rows_units(&rows, &u, c, a);
    return rows;
}

// The bottom of the head on each page: the lowest word right of the labels above the first numbers.
static float head_bottom(const Pieces *p, const Columns *c, const Rows *rows, float page_top)
{
    float first = INFINITY, bottom = -INFINITY;
    for (size_t i = 0; i < rows->n; i++)
        if (rows->v[i].y >= page_top && rows->v[i].y < page_top + PAGE_STEP)
            first = fminf(first, rows->v[i].y - rows->v[i].height / 2);
    for (size_t i = 0; i < p->n; i++) {
        const Piece *x = &p->v[i];
        if (right_of_labels(c, x) && !x->numeric && !is_blank_mark(x->text) && !is_unit(x->text) &&
            x->box.y0 >= page_top && middle_y(x->box) < first)
            bottom = fmaxf(bottom, x->box.y1);
    }
    return bottom;
}

// --- labels

typedef struct Labels {
    Items items;
    Str stub; // 三、本年度办理结果
    Place stub_place;
    bool nested; // groups and rows stand in columns of their own
} Labels;

typedef struct Edges {
    float two, three; // where labels of levels 2 and 3 begin; INFINITY without such
    float stub_from, stub_to;
} Edges;

static Edges edges_of(const Sorted *s)
{
    Edges e = {INFINITY, INFINITY, INFINITY, -INFINITY};
    for (size_t i = 0; i < s->n; i++) {
        const Piece *p = s->v[i];
        if (p->level == 2) {
            e.two = fminf(e.two, p->box.x0);
            e.stub_from = fminf(e.stub_from, p->box.y0);
            e.stub_to = fmaxf(e.stub_to, p->box.y1);
        } else if (p->level == 3) {
            e.three = fminf(e.three, p->box.x0);
        }
    }
    return e;
}

static int8_t level_of(const Piece *p, Edges e)
{
    float em = pdf_em(p->box);
    if (p->level)
        return p->level;
    return p->box.x0 >= e.three - 0.5F * em ? 3 : p->box.x0 >= e.two - 0.5F * em ? 2 : 1;
}

static void item_extend(Item *it, const Piece *p, Arena *a)
{
    it->text = str_cat(a, it->text, p->text);
    bool whole = page_of(it->box.y0) == page_of(it->tail.y0);
    bool same = page_of(it->tail.y0) == page_of(p->box.y0);
    it->tail = same ? around(it->tail, p->box) : p->box;
    if (same && whole)
        it->box = it->tail;
    it->place.x0 = fminf(it->place.x0, p->place.x0);
    it->place.x1 = fmaxf(it->place.x1, p->place.x1);
    if (it->place.page == p->place.page)
        it->place.y1 = p->place.y1;
}

// The label whose last line stands right above the piece: what is wrapped goes on there.
static Item *item_above(Items *items, const Piece *p)
{
    Item *best = NULL;
    float em = pdf_em(p->box), least = 2.6F * em;
    for (size_t i = items->n > 40 ? items->n - 40 : 0; i < items->n; i++) {
        PdfBox x = items->v[i].tail;
        float over = fminf(x.x1, p->box.x1) - fmaxf(x.x0, p->box.x0);
        float gap = p->box.y0 - x.y1;
        if (gap > -0.6F * em && gap < least &&
            over > 0.3F * fminf(x.x1 - x.x0, p->box.x1 - p->box.x0)) {
            least = gap;
            best = &items->v[i];
        }
    }
    return best;
}

static Item item_of(const Piece *p, int8_t level)
{
    return (Item){.box = p->box,
                  .tail = p->box,
                  .text = p->text,
                  .place = p->place,
                  .level = level,
                  .number = p->number,
                  .row = -1,
                  .beside = -1};
}

// The row of numbers on a line with the piece, or -1.
static ptrdiff_t row_beside(const Rows *rows, const Piece *p)
{
    size_t low = 0, high = rows->n;
    float y = middle_y(p->box), near = 0.4F * pdf_em(p->box);
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (rows->v[mid].y < y - near)
            low = mid + 1;
        else
            high = mid;
    }
    return low < rows->n && rows->v[low].y <= y + near ? (ptrdiff_t)low : -1;
}

// Where labels carry marks: each mark begins one, what has none goes on with the last of its level.
// In the nested form the words between the first and last （x） at the very left are the stub.
static void labels_marked(const Sorted *s, const Rows *rows, Edges e, Arena *a, Labels *out)
{
    ptrdiff_t last[4] = {-1, -1, -1, -1};
    for (size_t i = 0; i < s->n; i++) {
        const Piece *p = s->v[i];
        int8_t level = out->nested ? level_of(p, e) : p->level ? p->level : 1;
        float y = middle_y(p->box);
        if (out->nested && level == 1 && y > e.stub_from && y < e.stub_to) {
            if (!out->stub.n)
                out->stub_place = p->place;
            out->stub = str_cat(a, out->stub, p->text);
            continue;
        }
        Item *above = !p->level && out->nested ? item_above(&out->items, p) : NULL;
        if (above) {
            item_extend(above, p, a);
            continue;
        }
        size_t group = out->nested ? (size_t)level : 0;
        Item *before = last[group] >= 0 ? &out->items.v[last[group]] : NULL;
        bool part = str_starts(p->text, S("其中"));
        ptrdiff_t beside = row_beside(rows, p);
        // lines of one label may be set wide apart; what has no number beside it goes on with one
        float reach = (beside < 0 ? 2.4F : 1.2F) * (p->box.y1 - p->box.y0);
        bool near = before && p->box.y0 - before->tail.y1 < reach;
        bool another = before && beside >= 0 && before->beside >= 0 && beside != before->beside;
        if (before && !p->level && !part && !another && (near || out->nested)) {
            item_extend(before, p, a);
            before->beside = beside >= 0 ? beside : before->beside;
            continue;
        }
        last[group] = (ptrdiff_t)out->items.n;
        *PUSH(a, &out->items) = item_of(p, level);
        out->items.v[out->items.n - 1].beside = beside;
    }
}

// Without marks: each piece to the row of numbers it is nearest to.
static void labels_nearest(const Sorted *s, const Rows *rows, Arena *a, Labels *out)
{
    ptrdiff_t last_row = -1;
    for (size_t i = 0; i < s->n; i++) {
        const Piece *p = s->v[i];
        ptrdiff_t row = -1;
        float least = 60;
        for (size_t k = 0; k < rows->n; k++) {
            float d = fabsf(rows->v[k].y - middle_y(p->box));
            if (d < least) {
                least = d;
                row = (ptrdiff_t)k;
            }
        }
        if (row >= 0 && row == last_row) {
            item_extend(&out->items.v[out->items.n - 1], p, a);
            continue;
        }
        *PUSH(a, &out->items) = item_of(p, 1);
        out->items.v[out->items.n - 1].row = row;
        last_row = row;
    }
}

// Which label belongs to which row: in order, nearest middles, at least cost. A group's label has
// no row, so that to leave one out is cheap; a row left without a label or a label of the lowest
// level without a row is dear.
static float skip_cost(const Item *it, bool nested)
{
    return nested && it->level == 2 ? 9 : 60;
}

static float match_cost(const Item *it, const Row *r)
{
    float d = fminf(fabsf(middle_y(it->box) - r->y), fabsf(middle_y(it->tail) - r->y));
    float top = fabsf(it->box.y0 + r->height / 2 - r->y) + 2; // numbers set at the top of the cell
    return fminf(d, top);
}

enum { SKIP_ROW = 50, TOO_FAR = 100 };

static void labels_match(Items *items, Rows *rows, bool nested, Arena *a)
{
    size_t m = items->n, n = rows->n;
    if (m > MAX_MATCH || n > MAX_MATCH)
        return;
    Arena scratch = *a;
    float *cost = NEW(&scratch, float, (m + 1) * (n + 1));
    uint8_t *how = NEW(&scratch, uint8_t, (m + 1) * (n + 1));
    for (size_t i = 0; i <= m; i++)
        for (size_t j = 0; j <= n; j++) {
            if (!i && !j)
                continue;
            float best = INFINITY;
            uint8_t way = 0;
            if (i) {
                best = cost[(i - 1) * (n + 1) + j] + skip_cost(&items->v[i - 1], nested);
                way = 1;
            }
            if (j && cost[i * (n + 1) + j - 1] + SKIP_ROW < best) {
                best = cost[i * (n + 1) + j - 1] + SKIP_ROW;
                way = 2;
            }
            float match = i && j ? match_cost(&items->v[i - 1], &rows->v[j - 1]) : TOO_FAR;
            if (match < TOO_FAR && cost[(i - 1) * (n + 1) + j - 1] + match <= best) {
                best = cost[(i - 1) * (n + 1) + j - 1] + match;
                way = 3;
            }
            cost[i * (n + 1) + j] = best;
            how[i * (n + 1) + j] = way;
        }
    for (size_t i = m, j = n; i || j;) {
        uint8_t way = how[i * (n + 1) + j];
        if (way == 3)
            items->v[i - 1].row = (ptrdiff_t)(j - 1);
        i -= way != 2;
        j -= way != 1;
    }
}

static int items_by_down(const void *x, const void *y)
{
    const Item *a = x, *b = y;
    float d = middle_y(a->box) - middle_y(b->box);
    return d < 0 ? -1 : d > 0 ? 1 : (a->box.x0 > b->box.x0) - (a->box.x0 < b->box.x0);
}

// --- one band

// A block of the run: its heading (第二十条第（五）项), its head and its rows.
typedef struct Band {
    const Piece *heading;
    Pieces pieces;
    Columns columns;
    Sorted head; // words above the first row
    Rows rows;
    Labels labels;
    float bottom; // of its head
} Band;

static bool has_level(const Sorted *s, int8_t level, size_t times)
{
    for (size_t i = 0; i < s->n && times; i++)
        times -= s->v[i]->level == level;
    return !times;
}

static void labels_of(Band *b, const Sorted *s, bool units, Arena *a)
{
    Edges e = edges_of(s);
    Labels *l = &b->labels;
    float em = s->n ? pdf_em(s->v[0]->box) : 10;
    l->nested = !units && has_level(s, 3, 3) && has_level(s, 2, 1) && e.three > e.two + 1.5F * em;
    bool marked = l->nested || has_level(s, 1, 2) || has_level(s, 2, 3) || has_level(s, 3, 3);
    if (!marked) {
        labels_nearest(s, &b->rows, a, l);
        return;
    }
    labels_marked(s, &b->rows, e, a, l);
    if (l->items.n)
        qsort(l->items.v, l->items.n, sizeof *l->items.v, items_by_down);
    labels_match(&l->items, &b->rows, l->nested, a);
}

// Labels and head of a band, once its rows of numbers are known. A head repeated on a later page is
// dropped.
static void band_labels(Band *b, bool units, Arena *a)
{
    Sorted labels = {NEW(a, const Piece *, b->pieces.n + 1), 0};
    b->head = (Sorted){NEW(a, const Piece *, b->pieces.n + 1), 0};
    int32_t first_page = b->rows.n ? page_of(b->rows.v[0].y) : 0;
    b->bottom = head_bottom(&b->pieces, &b->columns, &b->rows, (float)first_page * PAGE_STEP);
    int32_t page = first_page;
    float bottom = b->bottom;
    for (size_t i = 0; i < b->pieces.n; i++) {
        const Piece *p = &b->pieces.v[i];
        int32_t on = page_of(middle_y(p->box));
        if (on > page) {
            page = on;
            bottom = head_bottom(&b->pieces, &b->columns, &b->rows, (float)page * PAGE_STEP);
        }
        bool in_head = on < first_page || middle_y(p->box) <= bottom;
        if (in_head && on <= first_page)
            b->head.v[b->head.n++] = p;
        else if (!in_head && !right_of_labels(&b->columns, p))
            labels.v[labels.n++] = p;
    }
    qsort(labels.v, labels.n, sizeof *labels.v, by_down);
    qsort(b->head.v, b->head.n, sizeof *b->head.v, by_down);
    labels_of(b, &labels, units, a);
}

// Where labels end: right of all words that stand beside or between the rows of numbers and left of
// the first column.
static void columns_edge(Columns *c, const Pieces *p)
{
    float right = -INFINITY, top = INFINITY, bottom = -INFINITY;
    for (size_t i = 0; i < p->n; i++)
        if (p->v[i].numeric && p->v[i].box.x1 >= c->v[0].x0) {
            top = fminf(top, p->v[i].box.y0);
            bottom = fmaxf(bottom, p->v[i].box.y1);
        }
    for (size_t i = 0; i < p->n; i++) {
        PdfBox b = p->v[i].box;
        if (!p->v[i].numeric && b.x1 <= c->v[0].x0 && b.y1 > top && b.y0 < bottom)
            right = fmaxf(right, b.x1);
    }
    float step = c->n > 1 ? (middle_x(c->v[1]) - middle_x(c->v[0])) / 2 : 40;
    c->left = right > 0 ? right : middle_x(c->v[0]) - step;
    if (c->left >= c->v[0].x0)
        c->left = c->v[0].x0 - 0.5F;
}

static bool band_read(Band *b, bool units, Arena *a)
{
    b->columns = columns_of(&b->pieces, units, a);
    if (!b->columns.n)
        return false;
    columns_left_off(&b->columns, &b->pieces);
    columns_of_heads(&b->columns, &b->pieces, a);
    columns_edge(&b->columns, &b->pieces);
    b->rows = rows_of(&b->pieces, &b->columns, units, a);
    band_labels(b, units, a);
    return b->rows.n > 0;
}

// --- the grid

typedef struct Out {
    Arena *a;
    Grid *g;
    int32_t row;
    int32_t label_cols, cols; // of labels, of numbers
} Out;

static void cell_add(Out *o, Str text, Place place, int32_t col, int32_t rowspan, int32_t colspan)
{
    place.table = o->g->place.table;
    *PUSH(o->a, o->g) = (GridCell){.text = text,
                                   .place = place,
                                   .row = o->row,
                                   .col = col,
                                   .rowspan = rowspan,
                                   .colspan = colspan};
}

// Column k of a band that has fewer columns than the widest: its share of them.
static int32_t share(const Out *o, const Band *b, size_t k)
{
    return o->label_cols + (int32_t)(k * (size_t)o->cols / b->columns.n);
}

// --- the head

static bool same_line(PdfBox a, PdfBox b)
{
    return fabsf(middle_y(a) - middle_y(b)) < 0.4F * fminf(a.y1 - a.y0, b.y1 - b.y0);
}

// From top to bottom, words of one line from left to right.
static void words_sort(Pieces *w)
{
    for (size_t i = 1; i < w->n; i++)
        for (size_t k = i; k > 0; k--) {
            Piece *x = &w->v[k - 1], *y = &w->v[k];
            bool right = same_line(x->box, y->box) ? x->box.x0 <= y->box.x0
                                                   : middle_y(x->box) <= middle_y(y->box);
            if (right)
                break;
            Piece t = *x;
            *x = *y;
            *y = t;
        }
}

enum { MAX_HEAD_WORDS = 300 };

// The words of the head right of the labels, each by itself: heads of narrow columns stand so close
// that they look like one line of text.
static Pieces head_words(const PdfWords *all, const Band *b, Arena *a)
{
    Pieces out = {0};
    for (size_t i = 0; i < b->head.n; i++) {
        const Piece *p = b->head.v[i];
        for (size_t k = p->first; k < p->last && out.n < MAX_HEAD_WORDS; k++) {
            const PdfWord *w = &all->v[k];
            Piece word = {.text = w->text, .box = w->box, .place = place_of(w->box, w->page)};
            float down = p->box.y0 - p->place.y0;
            word.box.y0 += down;
            word.box.y1 += down;
            if (right_of_labels(&b->columns, &word))
                *PUSH(a, &out) = word;
        }
    }
    words_sort(&out);
    return out;
}

static float zone_left(const Columns *c, size_t k)
{
    return k ? (middle_x(c->v[k - 1]) + middle_x(c->v[k])) / 2 : c->left;
}

static float zone_right(const Columns *c, size_t k)
{
    return k + 1 < c->n ? zone_left(c, k + 1) : middle_x(c->v[k]) + 400;
}

static bool is_leaf(Str s)
{
    static const Str leaves[] = {SI("自然人"),       SI("商业企业"),     SI("科研机构"),
                                 SI("社会公益组织"), SI("法律服务机构"), SI("其他"),
                                 SI("总计"),         SI("结果维持"),     SI("结果纠正"),
                                 SI("其他结果"),     SI("尚未审结"),     SI("合计")};
    return AMONG(s, leaves);
}

// How many of the lowest words over a column are its own head; those above name several columns.
// The official words are known; others are told apart by the distance.
static size_t leaf_words(const Piece *const *v, size_t n, Arena *a)
{
    Str text = S("");
    size_t best = 0;
    for (size_t i = n; i-- > 0;) {
        text = str_cat(a, v[i]->text, text);
        if (is_leaf(text))
            best = n - i;
    }
    for (size_t i = n; !best && i-- > 0;) {
        float gap = i ? v[i]->box.y0 - v[i - 1]->box.y1 : INFINITY;
        if (gap > 0.6F * (v[i]->box.y1 - v[i]->box.y0))
            best = n - i;
    }
    return best;
}

// Words over several columns, put together again where they were split or wrapped.
static Pieces head_groups(const Pieces *w, const bool *leaf, Arena *a)
{
    Pieces out = {0};
    for (size_t i = 0; i < w->n; i++) {
        const Piece *p = &w->v[i];
        Piece *to = NULL;
        for (size_t k = 0; k < out.n && !leaf[i] && !to; k++) {
            PdfBox x = out.v[k].box;
            float em = pdf_em(p->box), over = fminf(x.x1, p->box.x1) - fmaxf(x.x0, p->box.x0);
            bool beside = same_line(x, p->box) && p->box.x0 - x.x1 < 0.6F * em;
            bool below = over > 0.5F * fminf(x.x1 - x.x0, p->box.x1 - p->box.x0) &&
                         p->box.y0 - x.y1 < 0.6F * em;
            to = beside || below ? &out.v[k] : NULL;
        }
        if (leaf[i])
            continue;
        if (!to) {
            *PUSH(a, &out) = *p;
            continue;
        }
        to->text = str_cat(a, to->text, p->text);
        to->box = around(to->box, p->box);
        to->place =
            place_of(around((PdfBox){to->place.x0, to->place.y0, to->place.x1, to->place.y1},
                            (PdfBox){p->place.x0, p->place.y0, p->place.x1, p->place.y1}),
                     to->place.page);
    }
    return out;
}

typedef struct Span {
    size_t first, end; // columns
    float left, right;
} Span;

// Which columns a name above several stands for. Names are centred: review and litigation share the
// columns so that each has as much to its left as to its right. Of others only those beneath it.
static Span group_span(const Columns *c, PdfBox box, bool shares, Span within, float from)
{
    Span s = {.first = c->n};
    s.left = shares ? fmaxf(within.left, from) : box.x0;
    s.right = shares ? 2 * middle_x(box) - s.left : box.x1;
    for (size_t k = within.first; k < within.end; k++) {
        float x = middle_x(c->v[k]);
        if (x < s.left || x > s.right)
            continue;
        s.first = s.first == c->n ? k : s.first;
        s.end = k + 1;
    }
    if (s.first == c->n) {
        s.first = column_at(c, box);
        s.end = s.first + 1;
    }
    return s;
}

static void groups_add(Out *o, const Band *b, const Pieces *g)
{
    const Columns *c = &b->columns;
    size_t last = c->n - 1;
    float right = last ? 2 * middle_x(c->v[last]) - zone_left(c, last) : zone_right(c, last);
    Span all = {0, c->n, zone_left(c, 0), right};
    Span above[8] = {all}, here[8];
    size_t n_above = 1;
    for (size_t i = 0; i < g->n;) {
        float from = -INFINITY;
        size_t n = 0, end = i;
        for (; end < g->n && (end == i || same_line(g->v[i].box, g->v[end].box)); end++) {
            const Piece *p = &g->v[end];
            Span within = all;
            for (size_t k = 0; k < n_above; k++)
                if (middle_x(p->box) > above[k].left && middle_x(p->box) < above[k].right)
                    within = above[k];
            bool shares = str_has(p->text, S("复议")) || str_has(p->text, S("诉讼")) ||
                          str_has(p->text, S("申请人情况"));
            Span s = group_span(c, p->box, shares, within, from);
            from = s.right;
            int32_t col = share(o, b, s.first);
            cell_add(o, p->text, p->place, col, 1, share(o, b, s.end) - col);
            if (n < 8)
                here[n++] = s;
        }
        memcpy(above, here, n * sizeof *here);
        n_above = n;
        i = end;
        o->row++;
    }
}

static void leaf_add(Out *o, const Band *b, const Pieces *w, size_t k, bool *leaf)
{
    const Piece *v[MAX_HEAD_WORDS];
    size_t at[MAX_HEAD_WORDS], n = 0;
    float left = zone_left(&b->columns, k), right = zone_right(&b->columns, k);
    for (size_t i = 0; i < w->n; i++) {
        PdfBox box = w->v[i].box;
        bool fits =
            b->columns.n == 1 || box.x1 - box.x0 < 1.15F * 2 * (middle_x(b->columns.v[k]) - left);
        if (fits && middle_x(box) >= left && middle_x(box) < right) {
            v[n] = &w->v[i];
            at[n++] = i;
        }
    }
    size_t own = leaf_words(v, n, o->a);
    Str text = S("");
    for (size_t i = n - own; i < n; i++) {
        text = str_cat(o->a, text, v[i]->text);
        leaf[at[i]] = true;
    }
    int32_t col = share(o, b, k);
    if (own)
        cell_add(o, text, v[n - own]->place, col, 1, share(o, b, k + 1) - col);
}

// What stands in the head over the labels.
static Str head_left(Out *o, const PdfWords *all, const Band *b, Place *place)
{
    Str left = S("");
    for (size_t i = 0; i < b->head.n; i++)
        for (size_t k = b->head.v[i]->first; k < b->head.v[i]->last; k++) {
            Piece word = {.text = all->v[k].text, .box = all->v[k].box};
            if (right_of_labels(&b->columns, &word))
                continue;
            *place = left.n ? *place : b->head.v[i]->place;
            left = str_cat(o->a, left, word.text);
        }
    return left;
}

// The head: names over several columns in rows of their own, then the names of the columns.
static void head_add(Out *o, const PdfWords *all, const Band *b)
{
    Pieces w = head_words(all, b, o->a);
    bool *leaf = NEW(o->a, bool, w.n + 1);
    size_t before = o->g->n;
    for (size_t k = 0; k < b->columns.n; k++)
        leaf_add(o, b, &w, k, leaf);
    Place place = {0};
    Str left = head_left(o, all, b, &place);
    if (left.n && o->label_cols)
        cell_add(o, left, place, 0, 1, o->label_cols);
    size_t leaves = o->g->n;
    Pieces groups = head_groups(&w, leaf, o->a);
    words_sort(&groups);
    groups_add(o, b, &groups);
    for (size_t i = before; i < leaves; i++) // they stand below the groups
        o->g->v[i].row = o->row;
    o->row += leaves > before;
}

// Rows of the band in order, labels in place; labels without numbers become rows of blanks. A label
// of level 2 without a row is a group: that of the run of rows 1. 2. 3. it stands beside.
static Rows rows_whole(const Band *b, Arena *a)
{
    Rows out = {0};
    for (size_t i = 0; i < b->rows.n; i++)
        *PUSH(a, &out) = b->rows.v[i];
    for (size_t i = 0; i < b->labels.items.n; i++) {
        const Item *it = &b->labels.items.v[i];
        Row *r = it->row >= 0 ? &out.v[it->row] : NULL;
        if (!r) {
            r = PUSH(a, &out);
            r->y = middle_y(it->box);
            r->place = it->place;
        }
        r->label = r->label.n ? str_cat(a, r->label, it->text) : it->text;
        r->label_place = it->place;
        r->level = it->level;
        r->number = it->number;
    }
    return out;
}

static bool is_group(const Band *b, const Row *r)
{
    return b->labels.nested && r->level == 2 && !r->figures;
}

static void values_add(Out *o, const Band *b, const Row *r)
{
    for (size_t k = 0; k < b->columns.n; k++) {
        Place place = r->at[k] ? r->at[k]->place : r->place;
        int32_t col = share(o, b, k);
        if (!r->at[k]) {
            place.x0 = b->columns.v[k].x0;
            place.x1 = b->columns.v[k].x1;
        }
        cell_add(o, r->value[k], place, col, 1, share(o, b, k + 1) - col);
    }
}

// The run of rows of level 3 the group stands beside: the nearest of those not yet taken.
static size_t group_rows(const Rows *rows, const Band *b, const Row *group, size_t from,
                         size_t *first)
{
    size_t best = 0, best_first = 0;
    float least = INFINITY;
    for (size_t i = from; i < rows->n;) {
        if (rows->v[i].level != 3) {
            i++;
            continue;
        }
        size_t begin = i, n = 0;
        float y0 = rows->v[i].y, y1 = y0;
        for (int number = -1; i < rows->n; i++) {
            if (is_group(b, &rows->v[i]))
                continue;
            if (rows->v[i].level != 3 || rows->v[i].number <= number)
                break;
            number = rows->v[i].number;
            y1 = rows->v[i].y;
            n = i + 1 - begin;
        }
        float d = group->y < y0 ? y0 - group->y : group->y > y1 ? group->y - y1 : 0;
        if (d < least) {
            least = d;
            best = n;
            best_first = begin;
        }
        if (!n)
            i++;
    }
    *first = best_first;
    return least < 60 ? best : 0;
}

static void rows_add(Out *o, const Band *b)
{
    Rows rows = rows_whole(b, o->a);
    qsort(rows.v, rows.n, sizeof *rows.v, rows_by_down);
    int32_t top = o->row, *line = NEW(o->a, int32_t, rows.n + 1);
    int32_t stub_first = -1, stub_last = -1;
    size_t taken = 0;
    for (size_t i = 0; i < rows.n; i++) { // which row of the grid each becomes
        size_t first;
        if (is_group(b, &rows.v[i]) && group_rows(&rows, b, &rows.v[i], taken, &first)) {
            line[i] = -1;
            continue;
        }
        line[i] = top++;
    }
    for (size_t i = 0; i < rows.n; i++) {
        const Row *r = &rows.v[i];
        size_t first, n;
        if (line[i] < 0) {
            n = group_rows(&rows, b, r, taken, &first);
            if (!n)
                continue;
            taken = first + n;
            while (line[first] < 0)
                first++;
            o->row = line[first];
            cell_add(o, r->label, r->label_place, 1, line[taken - 1] - line[first] + 1, 1);
            if (stub_first < 0)
                stub_first = line[first];
            stub_last = line[taken - 1] > stub_last ? line[taken - 1] : stub_last;
            continue;
        }
        o->row = line[i];
        if (b->labels.nested && r->level == 2) {
            stub_first = stub_first < 0 ? line[i] : stub_first;
            stub_last = line[i] > stub_last ? line[i] : stub_last;
        }
        int32_t at = !b->labels.nested ? 0 : r->level == 3 ? 2 : r->level == 2 ? 1 : 0;
        if (r->label.n)
            cell_add(o, r->label, r->label_place, at, 1, o->label_cols - at);
        values_add(o, b, r);
    }
    if (b->labels.stub.n && stub_first >= 0) {
        o->row = stub_first;
        cell_add(o, b->labels.stub, b->labels.stub_place, 0, stub_last - stub_first + 1, 1);
    }
    o->row = top;
}

static int cells_in_order(const void *x, const void *y)
{
    const GridCell *a = x, *b = y;
    return a->row != b->row ? (a->row > b->row) - (a->row < b->row)
                            : (a->col > b->col) - (a->col < b->col);
}

// --- the run

typedef struct Bands {
    Band *v;
    size_t n, cap;
} Bands;

static bool band_heading(Str s)
{
    return str_starts(s, S("第二十条第")) && str_runes(s) <= 14;
}

static Bands bands_of(const Pieces *p, Arena *a)
{
    Bands out = {0};
    *PUSH(a, &out) = (Band){0};
    for (size_t i = 0; i < p->n; i++) {
        if (band_heading(p->v[i].text)) {
            *PUSH(a, &out) = (Band){.heading = &p->v[i]};
            continue;
        }
        Band *b = &out.v[out.n - 1];
        *PUSH(a, &b->pieces) = p->v[i];
    }
    return out;
}

// Whether it is the statistics table of the 2014 form, which has a column of units.
static bool has_units(const Pieces *p)
{
    size_t units = 0;
    for (size_t i = 0; i < p->n; i++)
        units += is_unit(p->v[i].text);
    return units >= 5;
}

Grid *pdf_table(const PdfWords *words, const PdfLine *lines, size_t n, int32_t number, Arena *a)
{
    Pieces p = pieces_of(words, lines, n, a);
    bool units = has_units(&p);
    Bands bands = bands_of(&p, a);
    Out o = {.a = a, .g = NEW(a, Grid, 1), .label_cols = 0};
    size_t read = 0;
    for (size_t i = 0; i < bands.n; i++) {
        Band *b = &bands.v[i];
        if (!b->pieces.n || !band_read(b, units, a)) {
            b->columns.n = 0;
            continue;
        }
        read++;
        o.cols = (int32_t)b->columns.n > o.cols ? (int32_t)b->columns.n : o.cols;
        int32_t labels = b->labels.nested ? 3 : b->labels.items.n ? 1 : 0;
        o.label_cols = labels > o.label_cols ? labels : o.label_cols;
    }
    if (!read)
        return NULL;
    o.g->place = place_of(lines[0].box, lines[0].page);
    o.g->place.table = number;
    for (size_t i = 0; i < bands.n; i++) {
        const Band *b = &bands.v[i];
        if (b->heading) {
            cell_add(&o, b->heading->text, b->heading->place, 0, 1, o.label_cols + o.cols);
            o.row++;
        }
        if (!b->columns.n)
            continue;
        head_add(&o, words, b);
        rows_add(&o, b);
    }
    o.g->rows = o.row;
    o.g->cols = o.label_cols + o.cols;
    qsort(o.g->v, o.g->n, sizeof *o.g->v, cells_in_order);
    return o.g;
}
