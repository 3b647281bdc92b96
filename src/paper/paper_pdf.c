// The only file that knows Pango and Cairo.
//
// Parts become lines first, each with its height; then lines go to pages, so that the signature
// never stands on a page without text (GB/T 9704—2012, 7.3.5) and, where lines may move together
// for it, on no page of its own; then pages are drawn.
#include "base/buf.h"
#include "paper/paper.h"

#include <pango/pangocairo.h>

#include <cairo-pdf.h>

#define MM(x) ((x)*72.0 / 25.4)

// clang-format off
static const struct { double wide, high; } form_sizes[PAPER_FORM__COUNT] = {
    [PAPER_A4] = { MM(210), MM(297) },
    [PAPER_DL] = { MM(220), MM(110) },
    [PAPER_C5] = { MM(229), MM(162) },
    [PAPER_LABELS] = { MM(210), MM(297) },
};
static const double left = MM(28), top = MM(37), width = MM(156), height = MM(225);
// 22 lines of 28 characters of size 三号
static const double line_step = MM(225) / 22, em = MM(156) / 28;

typedef struct Look {
    const char *fonts; // the first that is installed
    double size;       // points
    double step;       // from line to line
    double indent;     // of the first line, in characters
    PangoAlignment align;
    bool bold;
} Look;

#define SONG_TITLE "FZXiaoBiaoSong-B05S,方正小标宋简体,STZhongsong,华文中宋,Noto Serif CJK SC,Source Han Serif SC,serif"
#define FANGSONG   "FangSong_GB2312,仿宋_GB2312,FangSong,仿宋,STFangsong,华文仿宋,Noto Serif CJK SC,Source Han Serif SC,serif"
#define SONG       "SimSun,宋体,STSong,Noto Serif CJK SC,Source Han Serif SC,serif"

static const Look looks[PAPER_KIND__COUNT] = {
    //               fonts        size         step             indent  align               bold
    [PAPER_HEAD]   = { SONG_TITLE, 40,          60,              0,      PANGO_ALIGN_CENTER, true  },
    [PAPER_NUMBER] = { FANGSONG,   MM(156) / 28, MM(225) / 22,   0,      PANGO_ALIGN_CENTER, false },
    [PAPER_TITLE]  = { SONG_TITLE, 22,          34,              0,      PANGO_ALIGN_CENTER, true  },
    [PAPER_TO]     = { FANGSONG,   MM(156) / 28, MM(225) / 22,   0,      PANGO_ALIGN_LEFT,   false },
    [PAPER_TEXT]   = { FANGSONG,   MM(156) / 28, MM(225) / 22,   2,      PANGO_ALIGN_LEFT,   false },
    [PAPER_SIGN]   = { FANGSONG,   MM(156) / 28, MM(225) / 22,   0,      PANGO_ALIGN_LEFT,   false },
    [PAPER_DAY]    = { FANGSONG,   MM(156) / 28, MM(225) / 22,   0,      PANGO_ALIGN_LEFT,   false },
    [PAPER_NOTE]   = { SONG,       10.5,        17,              0,      PANGO_ALIGN_LEFT,   false },
    [PAPER_TABLE]  = { SONG,       10.5,        15,              0,      PANGO_ALIGN_LEFT,   false },
};
// clang-format on

// A line that will stand on some page.
typedef struct Item {
    PaperKind kind;
    size_t part;           // of the paper
    PangoLayoutLine *line; // NULL: room, or a row of a table
    const Str *cells;      // of a row
    const PaperTable *table;
    bool head, first; // of a table: its heads; of a part: its first line
    double x, step;
    size_t page;
} Item;

typedef struct Items {
    Item *v;
    size_t n, cap;
} Items;

typedef struct Layouts {
    PangoLayout **v;
    size_t n, cap;
} Layouts;

typedef struct Press {
    Arena *a;
    cairo_surface_t *surface;
    cairo_t *cr;
    PangoContext *text;
    Layouts made; // given back at the end of a paper
} Press;

// --- text

static PangoLayout *layout_of(Press *p, const Look *look, Str text, double wide)
{
    PangoLayout *l = pango_layout_new(p->text);
    PangoFontDescription *font = pango_font_description_from_string(look->fonts);
    pango_font_description_set_absolute_size(font, look->size * PANGO_SCALE);
    pango_font_description_set_weight(font, look->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description(l, font);
    pango_font_description_free(font);
    pango_layout_set_text(l, text.s, (int)text.n);
    if (wide > 0)
        pango_layout_set_width(l, (int)(wide * PANGO_SCALE));
    pango_layout_set_indent(l, (int)(look->indent * look->size * PANGO_SCALE));
    pango_layout_set_wrap(l, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_alignment(l, look->align);
    // an address is not to be spread out
    pango_layout_set_justify(l, look->align == PANGO_ALIGN_LEFT && !str_has(text, S("://")));
    *PUSH(p->a, &p->made) = l;
    return l;
}

static void give_back(Press *p)
{
    for (size_t i = 0; i < p->made.n; i++)
        g_object_unref(p->made.v[i]);
    p->made.n = 0;
}

static double layout_width(PangoLayout *l)
{
    PangoRectangle r;
    pango_layout_get_extents(l, NULL, &r);
    return (double)r.width / PANGO_SCALE;
}

// --- parts into lines

static void room(Press *p, Items *items, PaperKind kind, size_t part, double step)
{
    *PUSH(p->a, items) = (Item){.kind = kind, .part = part, .step = step};
}

static void lines_of(Press *p, Items *items, PaperKind kind, size_t part, PangoLayout *l,
                     double shift)
{
    PangoLayoutIter *at = pango_layout_get_iter(l);
    bool first = true;
    do {
        PangoRectangle r;
        pango_layout_iter_get_line_extents(at, NULL, &r);
        *PUSH(p->a, items) = (Item){.kind = kind,
                                    .part = part,
                                    .line = pango_layout_iter_get_line_readonly(at),
                                    .first = first,
                                    .x = (double)r.x / PANGO_SCALE + shift,
                                    .step = looks[kind].step};
        first = false;
    } while (pango_layout_iter_next_line(at));
    pango_layout_iter_free(at);
}

// As large as fits on one line.
static PangoLayout *head_layout(Press *p, Str text)
{
    Look look = looks[PAPER_HEAD];
    PangoLayout *l = layout_of(p, &look, text, 0);
    double wide = layout_width(l);
    if (wide > width)
        look.size *= width / wide;
    return layout_of(p, &look, text, width);
}

// The day ends four characters before the edge, the name is centred over it (7.3.5.1), unless that
// would put it over the edge.
static double day_shift(Press *p, Str text)
{
    return width - 4 * em - layout_width(layout_of(p, &looks[PAPER_DAY], text, 0));
}

static double sign_shift(Press *p, const Paper *paper, size_t part, PangoLayout *l)
{
    double own = layout_width(l), centre = width - 6 * em;
    if (part + 1 < paper->n && paper->v[part + 1].kind == PAPER_DAY) {
        Str day = paper->v[part + 1].text;
        double wide = layout_width(layout_of(p, &looks[PAPER_DAY], day, 0));
        centre = width - 4 * em - wide / 2;
    }
    double x = centre - own / 2;
    if (x + own > width - 2 * em)
        x = width - 2 * em - own;
    return x < 0 ? 0 : x;
}

static void table_items(Press *p, Items *items, size_t part, const PaperTable *t);

static void part_items(Press *p, const Paper *paper, size_t part, Items *items)
{
    const PaperPart *it = &paper->v[part];
    PaperKind kind = it->kind;
    PangoLayout *l;
    switch (kind) {
    case PAPER_HEAD:
        lines_of(p, items, kind, part, head_layout(p, it->text), 0);
        room(p, items, kind, part, line_step);
        return;
    case PAPER_TABLE:
        table_items(p, items, part, it->table);
        return;
    case PAPER_SIGN:
        room(p, items, kind, part, 2 * line_step);
        l = layout_of(p, &looks[kind], it->text, 0);
        if (layout_width(l) > width - 2 * em)
            l = layout_of(p, &looks[kind], it->text, width - 2 * em);
        lines_of(p, items, kind, part, l, sign_shift(p, paper, part, l));
        return;
    case PAPER_DAY:
        l = layout_of(p, &looks[kind], it->text, 0);
        lines_of(p, items, kind, part, l, day_shift(p, it->text));
        return;
    case PAPER_TO:
        room(p, items, kind, part, line_step);
        lines_of(p, items, kind, part, layout_of(p, &looks[kind], it->text, width), 0);
        return;
    case PAPER_NUMBER:
    case PAPER_TITLE:
    case PAPER_TEXT:
    case PAPER_NOTE:
        lines_of(p, items, kind, part, layout_of(p, &looks[kind], it->text, width), 0);
        return;
    case PAPER_KIND__COUNT:
        return;
    }
}

// --- tables

enum { CELL_PAD = 3 };

static double cell_width(const PaperTable *t, int column)
{
    return t->widths[column] * width - 2 * CELL_PAD;
}

static double row_step(Press *p, const PaperTable *t, const Str *cells)
{
    int most = 1;
    for (int c = 0; c < t->columns; c++) {
        int n = pango_layout_get_line_count(
            layout_of(p, &looks[PAPER_TABLE], cells[c], cell_width(t, c)));
        most = n > most ? n : most;
    }
    return most * looks[PAPER_TABLE].step + 2 * CELL_PAD;
}

static void table_items(Press *p, Items *items, size_t part, const PaperTable *t)
{
    *PUSH(p->a, items) = (Item){.kind = PAPER_TABLE,
                                .part = part,
                                .cells = t->heads,
                                .table = t,
                                .head = true,
                                .step = row_step(p, t, t->heads)};
    for (size_t i = 0; i < t->n; i++)
        *PUSH(p->a, items) = (Item){.kind = PAPER_TABLE,
                                    .part = part,
                                    .cells = t->v[i].cells,
                                    .table = t,
                                    .step = row_step(p, t, t->v[i].cells)};
}

static void rule(Press *p, double y, double thick)
{
    cairo_set_line_width(p->cr, thick);
    cairo_move_to(p->cr, left, y);
    cairo_line_to(p->cr, left + width, y);
    cairo_stroke(p->cr);
}

static void draw_layout(Press *p, PangoLayout *l, double x, double y, double step)
{
    PangoLayoutIter *at = pango_layout_get_iter(l);
    double size = pango_font_description_get_size(pango_layout_get_font_description(l));
    size /= PANGO_SCALE;
    do {
        PangoRectangle r;
        pango_layout_iter_get_line_extents(at, NULL, &r);
        cairo_move_to(p->cr, x + (double)r.x / PANGO_SCALE, y + step / 2 + size * 0.36);
        pango_cairo_show_layout_line(p->cr, pango_layout_iter_get_line_readonly(at));
        y += step;
    } while (pango_layout_iter_next_line(at));
    pango_layout_iter_free(at);
}

static void draw_row(Press *p, const Item *it, double y)
{
    double x = left;
    Look look = looks[PAPER_TABLE];
    look.bold = it->head;
    if (it->head)
        rule(p, y, 1);
    cairo_tag_begin(p->cr, "TR", NULL);
    for (int c = 0; c < it->table->columns; c++) {
        PangoLayout *l = layout_of(p, &look, it->cells[c], cell_width(it->table, c));
        pango_layout_set_justify(l, FALSE);
        cairo_tag_begin(p->cr, it->head ? "TH" : "TD", NULL);
        draw_layout(p, l, x + CELL_PAD, y + CELL_PAD, look.step);
        cairo_tag_end(p->cr, it->head ? "TH" : "TD");
        x += it->table->widths[c] * width;
    }
    cairo_tag_end(p->cr, "TR");
    rule(p, y + it->step, it->head ? 0.8 : 0.4);
}

// --- lines to pages

static bool is_text(PaperKind kind)
{
    return kind == PAPER_TEXT || kind == PAPER_NOTE;
}

// The first line that has to stand with the signature: the last two of the text.
static size_t kept_together(const Items *items)
{
    size_t sign = items->n;
    for (size_t i = 0; i < items->n; i++)
        if (items->v[i].kind == PAPER_SIGN) {
            sign = i;
            break;
        }
    size_t from = sign;
    while (from > 0 && sign < items->n && sign - from < 2 && is_text(items->v[from - 1].kind))
        from--;
    return from;
}

static double steps(const Items *items, size_t from)
{
    double sum = 0;
    for (size_t i = from; i < items->n; i++)
        sum += items->v[i].step;
    return sum;
}

// Tables that go on over a page get their heads again.
static Items paged(Press *p, const Items *items, size_t *n_pages)
{
    Items out = {0};
    size_t page = 0, together = kept_together(items);
    double y = 0;
    for (size_t i = 0; i < items->n; i++) {
        Item it = items->v[i];
        double need = i == together && i < items->n ? steps(items, i) : it.step;
        if (y > 0 && y + need > height + 0.5) {
            page++;
            y = 0;
            if (it.kind == PAPER_TABLE && !it.head) {
                Item head = {.kind = PAPER_TABLE,
                             .part = it.part,
                             .cells = it.table->heads,
                             .table = it.table,
                             .head = true,
                             .step = row_step(p, it.table, it.table->heads),
                             .page = page};
                *PUSH(p->a, &out) = head;
                y += head.step;
            }
        }
        it.page = page;
        *PUSH(p->a, &out) = it;
        y += it.step;
    }
    *n_pages = page + 1;
    return out;
}

static bool is_body(PaperKind kind)
{
    return kind == PAPER_TO || kind == PAPER_TEXT || kind == PAPER_SIGN || kind == PAPER_DAY;
}

// Whether the last page has nothing but the end of a letter, what is kept together.
static bool ends_alone(const Items *items, const Items *pages, size_t n_pages)
{
    size_t from = kept_together(items), i = 0;
    while (i < pages->n && pages->v[i].page + 1 < n_pages)
        i++;
    return n_pages > 1 && from < items->n && items->v[from].line &&
           pages->v[i].line == items->v[from].line;
}

static Items closer(Press *p, const Items *items, double part)
{
    Items out = {0};
    for (size_t i = 0; i < items->n; i++) {
        Item it = items->v[i];
        it.step *= is_body(it.kind) ? part : 1;
        *PUSH(p->a, &out) = it;
    }
    return out;
}

// A letter whose end alone would stand on a page moves its lines together, where it then fits on
// the page before (7.3.5.4: 可以采取调整行距、字距的措施解决). 三号 can be read at nine tenths of
// the usual step.
static Items tightened(Press *p, const Items *items)
{
    size_t usual, fewer;
    Items pages = paged(p, items, &usual);
    for (int percent = 98; percent >= 90 && ends_alone(items, &pages, usual); percent -= 2) {
        Items tight = closer(p, items, percent / 100.0);
        paged(p, &tight, &fewer);
        if (fewer < usual)
            return tight;
    }
    return *items;
}

// --- pages

static void draw_mark(Press *p, Str mark, double wide, double high)
{
    Look look = looks[PAPER_TITLE];
    look.size = 90;
    PangoLayout *l = layout_of(p, &look, mark, 0);
    cairo_save(p->cr);
    cairo_set_source_rgb(p->cr, 0.9, 0.9, 0.9);
    cairo_translate(p->cr, wide / 2, high / 2);
    cairo_rotate(p->cr, -0.6);
    cairo_move_to(p->cr, -layout_width(l) / 2, -60);
    pango_cairo_show_layout(p->cr, l);
    cairo_restore(p->cr);
}

// 4号 half-width figures between dashes, outside, 7 mm below the text (7.5).
static void draw_page_number(Press *p, size_t page)
{
    Look look = {SONG, 14, 20, 0, PANGO_ALIGN_LEFT, false};
    PangoLayout *l = layout_of(p, &look, str_fmt(p->a, "— %zu —", page + 1), 0);
    bool odd = page % 2 == 0;
    double x = odd ? left + width - 14 - layout_width(l) : left + 14;
    draw_layout(p, l, x, top + height + MM(7), 20);
}

static void draw_line(Press *p, const Item *it, double y)
{
    const char *tag = it->kind == PAPER_TITLE ? "H1" : "P";
    bool red = it->kind == PAPER_HEAD;
    if (!it->line)
        return;
    cairo_tag_begin(p->cr, tag, NULL);
    if (red)
        cairo_set_source_rgb(p->cr, 0.85, 0, 0);
    cairo_move_to(p->cr, left + it->x, y + it->step / 2 + looks[it->kind].size * 0.36);
    pango_cairo_show_layout_line(p->cr, it->line);
    cairo_set_source_rgb(p->cr, 0, 0, 0);
    cairo_tag_end(p->cr, tag);
}

// Under the number, 4 mm, as wide as the text (7.2.6).
static void draw_head_line(Press *p, double y)
{
    cairo_set_source_rgb(p->cr, 0.85, 0, 0);
    rule(p, y, 1.4);
    cairo_set_source_rgb(p->cr, 0, 0, 0);
}

static bool has_head(const Paper *paper)
{
    return paper->n && paper->v[0].kind == PAPER_HEAD;
}

static void draw_page(Press *p, const Paper *paper, const Items *items, size_t page)
{
    double y = top;
    if (paper->mark.n)
        draw_mark(p, paper->mark, form_sizes[PAPER_A4].wide, form_sizes[PAPER_A4].high);
    for (size_t i = 0; i < items->n; i++) {
        const Item *it = &items->v[i];
        if (it->page != page)
            continue;
        if (it->kind == PAPER_TABLE)
            draw_row(p, it, y);
        else
            draw_line(p, it, y);
        y += it->step;
        if (it->kind == PAPER_NUMBER && has_head(paper))
            draw_head_line(p, y + MM(4) - line_step / 4);
    }
    draw_page_number(p, page);
}

// What stands between the parts at the top of a letter.
static void part_gap(Press *p, const Paper *paper, size_t part, Items *items)
{
    PaperKind kind = paper->v[part].kind;
    if (kind == PAPER_TITLE && part > 0 && paper->v[part - 1].kind == PAPER_NUMBER)
        room(p, items, kind, part, 2 * line_step);
    if (kind == PAPER_NUMBER && part > 0 && paper->v[part - 1].kind == PAPER_TITLE)
        room(p, items, kind, part, line_step / 3);
    if (kind == PAPER_NOTE && part > 0 && paper->v[part - 1].kind != PAPER_NOTE)
        room(p, items, kind, part, line_step / 2);
    if (kind == PAPER_TABLE)
        room(p, items, PAPER_NOTE, part, line_step / 2);
}

static void draw_letter(Press *p, const Paper *paper)
{
    Items items = {0};
    size_t n_pages;
    for (size_t i = 0; i < paper->n; i++) {
        part_gap(p, paper, i, &items);
        part_items(p, paper, i, &items);
    }
    items = tightened(p, &items);
    Items pages = paged(p, &items, &n_pages);
    for (size_t page = 0; page < n_pages; page++) {
        draw_page(p, paper, &pages, page);
        cairo_show_page(p->cr);
    }
}

// --- addresses

typedef struct AddressLine {
    Str text;
    double size; // points, where all of it has room
} AddressLine;

typedef struct Place { // where lines stand, from its upper left corner
    double x, y, wide, high;
    bool low;        // they end at its lower edge
    bool wide_apart; // where there is room
} Place;

enum { ADDRESS_LINES = 3 };

static PangoLayout *address_layout(Press *p, const AddressLine *line, double scale, double wide)
{
    Look look = {FANGSONG, line->size * scale, line->size * scale * 1.3,
                 0,        PANGO_ALIGN_LEFT,   false};
    PangoLayout *l = layout_of(p, &look, line->text, wide);
    pango_layout_set_justify(l, FALSE);
    return l;
}

// The lines below each other, with a third of a line between them; returns how high they are.
static double set_lines(Press *p, const AddressLine *lines, size_t n, double scale, double wide,
                        PangoLayout **out, double *steps)
{
    double high = 0;
    for (size_t i = 0; i < n; i++) {
        steps[i] = lines[i].size * scale * 1.3;
        out[i] = lines[i].text.n ? address_layout(p, &lines[i], scale, wide) : NULL;
        if (out[i])
            high += pango_layout_get_line_count(out[i]) * steps[i] + (high > 0 ? steps[i] / 3 : 0);
    }
    return high;
}

// As large as they have room: what is too long for it becomes smaller, and nothing stands over
// anything else.
static void draw_lines(Press *p, const AddressLine *lines, size_t n, const Place *at)
{
    enum { SMALLEST = 40 }; // percent
    PangoLayout *layouts[ADDRESS_LINES];
    double steps[ADDRESS_LINES], high = 0, y;
    for (int percent = 100; percent >= SMALLEST; percent -= 5)
        if ((high = set_lines(p, lines, n, percent / 100.0, at->wide, layouts, steps)) <= at->high)
            break;
    y = at->low ? at->y + at->high - high : at->y;
    double spare = at->wide_apart && n > 1 ? (at->high - high) / (double)n : 0;
    for (size_t i = 0; i < n; i++) {
        if (!layouts[i])
            continue;
        draw_layout(p, layouts[i], at->x, y, steps[i]);
        y += pango_layout_get_line_count(layouts[i]) * steps[i] + steps[i] / 3 +
             (spare < steps[i] ? spare : steps[i]);
    }
}

// 收 never stands on a line of its own.
static Str addressee(Arena *a, const Envelope *e)
{
    return str_fmt(a, PRI_STR "\u00a0\u00a0收", STR_ARG(e->name));
}

// --- envelopes (GB/T 1416): the addressee's postcode in boxes at the top left, the addressee in
// the middle, the sender at the lower right; the upper right corner is left for the stamp

static void draw_boxes(Press *p, Str digits, double x, double y)
{
    cairo_set_line_width(p->cr, 0.6);
    cairo_set_source_rgb(p->cr, 0.85, 0, 0);
    for (int i = 0; i < 6; i++)
        cairo_rectangle(p->cr, x + i * MM(9), y, MM(7), MM(8));
    cairo_stroke(p->cr);
    cairo_set_source_rgb(p->cr, 0, 0, 0);
    for (size_t i = 0; i < 6 && i < digits.n; i++) {
        AddressLine digit = {str_sub(digits, i, i + 1), 18};
        Place box = {
            .x = x + (double)i * MM(9) + MM(2), .y = y - 0.5, .wide = MM(7), .high = MM(8)};
        draw_lines(p, &digit, 1, &box);
    }
}

static void draw_envelope(Press *p, const Paper *paper)
{
    const Envelope *e = &paper->envelope;
    double wide = form_sizes[paper->form].wide, high = form_sizes[paper->form].high;
    Str postcode = e->from_postcode.n ? str_cat(p->a, S("邮政编码 "), e->from_postcode) : S("");
    const AddressLine to[] = {{e->address, 18}, {addressee(p->a, e), 22}};
    const AddressLine from[] = {{e->from_address, 12}, {e->from_name, 14}, {postcode, 12}};
    Place middle = {.x = MM(30),
                    .y = high * 0.28,
                    .wide = wide - MM(50),
                    .high = high * 0.4,
                    .wide_apart = true};
    Place corner = {.x = wide * 0.5,
                    .y = high * 0.7,
                    .wide = wide * 0.5 - MM(12),
                    .high = high * 0.3 - MM(8),
                    .low = true};
    cairo_tag_begin(p->cr, "P", NULL);
    draw_boxes(p, e->postcode, MM(12), MM(10));
    draw_lines(p, to, 2, &middle);
    draw_lines(p, from, 3, &corner);
    cairo_tag_end(p->cr, "P");
    cairo_show_page(p->cr);
}

// --- labels: what stands on a sheet of A4 that is bought cut, three by eight of 70 mm × 37 mm

enum { LABEL_COLUMNS = 3, LABEL_ROWS = 8, LABELS_A_SHEET = LABEL_COLUMNS * LABEL_ROWS };

// Printers leave 5 mm at the edges empty, and no sheet lies quite straight.
static void draw_label(Press *p, const Envelope *e, int place)
{
    double wide = form_sizes[PAPER_LABELS].wide / LABEL_COLUMNS;
    double high = form_sizes[PAPER_LABELS].high / LABEL_ROWS;
    int row = place / LABEL_COLUMNS, column = place % LABEL_COLUMNS;
    const AddressLine to[] = {{e->postcode, 11}, {e->address, 11}, {addressee(p->a, e), 13}};
    Place inside = {.x = column * wide + MM(6),
                    .y = row * high + MM(5.5),
                    .wide = wide - MM(12),
                    .high = high - MM(11)};
    cairo_tag_begin(p->cr, "P", NULL);
    draw_lines(p, to, 3, &inside);
    cairo_tag_end(p->cr, "P");
}

// Those that follow each other, from `at` on; returns how many.
static size_t draw_sheets(Press *p, const Papers *papers, size_t at)
{
    size_t n = 0;
    for (; at + n < papers->n && papers->v[at + n].form == PAPER_LABELS; n++) {
        if (n && n % LABELS_A_SHEET == 0)
            cairo_show_page(p->cr);
        draw_label(p, &papers->v[at + n].envelope, (int)(n % LABELS_A_SHEET));
    }
    cairo_show_page(p->cr);
    return n;
}

// --- the file

static cairo_status_t collect(void *ctx, const unsigned char *data, unsigned n)
{
    Buf *b = ctx;
    buf_add(b, (Str){(const char *)data, n});
    return b->full ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

static PangoContext *text_context(cairo_t *cr)
{
    PangoContext *text = pango_cairo_create_context(cr);
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(text, options);
    cairo_font_options_destroy(options);
    pango_context_set_language(text, pango_language_from_string("zh-cn"));
    pango_context_set_round_glyph_positions(text, FALSE);
    return text;
}

// The day of the letter stands for the day the file was made.
static void properties(Press *p, const Paper *first)
{
    cairo_surface_t *s = p->surface;
    Date day = date_is(first->on) ? first->on : (Date){0};
    Str made = str_cat(p->a, date_iso(p->a, day), S("T00:00:00+08:00"));
    cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_TITLE, str_to_z(p->a, first->title));
    cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_AUTHOR, str_to_z(p->a, first->author));
    cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_CREATE_DATE, str_to_z(p->a, made));
    cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_CREATOR, "gongkai");
}

static void draw_all(Press *p, const Papers *papers)
{
    properties(p, &papers->v[0]);
    cairo_tag_begin(p->cr, "Document", NULL);
    for (size_t i = 0; i < papers->n; i++) {
        // to set the size it has already would cost the file its tags
        PaperForm form = papers->v[i].form;
        if (i > 0 && form != papers->v[i - 1].form)
            cairo_pdf_surface_set_size(p->surface, form_sizes[form].wide, form_sizes[form].high);
        if (form == PAPER_A4)
            draw_letter(p, &papers->v[i]);
        else if (form == PAPER_LABELS)
            i += draw_sheets(p, papers, i) - 1;
        else
            draw_envelope(p, &papers->v[i]);
        give_back(p);
    }
    cairo_tag_end(p->cr, "Document");
}

bool paper_pdf(const Papers *papers, Arena *a, Str *out, Err *err)
{
    Buf b = buf_new(a, PAPER_MAX_BYTES);
    Arena scratch = arena_new(PAPER_MAX_BYTES);
    if (!papers->n || papers->n > PAPERS_MAX) {
        arena_free(&scratch);
        return fail(err, ERR_LIMIT, NULL, "一次可以打印1到%d份", "1 to %d papers can be printed",
                    PAPERS_MAX);
    }
    Press p = {.a = &scratch};
    PaperForm form = papers->v[0].form;
    p.surface = cairo_pdf_surface_create_for_stream(collect, &b, form_sizes[form].wide,
                                                    form_sizes[form].high);
    p.cr = cairo_create(p.surface);
    p.text = text_context(p.cr);
    draw_all(&p, papers);
    cairo_status_t drawn = cairo_status(p.cr);
    g_object_unref(p.text);
    cairo_destroy(p.cr);
    cairo_surface_finish(p.surface);
    cairo_status_t done = drawn ? drawn : cairo_surface_status(p.surface);
    cairo_surface_destroy(p.surface);
    arena_free(&scratch);
    if (b.full)
        return fail(err, ERR_LIMIT, NULL, "要打印的太多，请分几次打印",
                    "too much to be printed at once");
    if (done)
        return fail(err, ERR_SYSTEM, cairo_status_to_string(done), "生成PDF失败，请稍后再试",
                    "the PDF could not be made");
    *out = buf_str(&b);
    return true;
}
