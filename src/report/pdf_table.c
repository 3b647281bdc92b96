#include "report/pdf_grid.h"

enum { MAX_LINES = 20000 }; // a run of more is no form

void pdf_cell(Out *o, Str text, Place place, int32_t col, int32_t rowspan, int32_t colspan)
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
int32_t pdf_share(const Out *o, const Band *b, size_t k)
{
    return o->label_cols + (int32_t)(k * (size_t)o->cols / b->columns.n);
}

static bool band_read(Band *b, bool units, Arena *a)
{
    b->columns = pdf_columns(&b->pieces, units, a);
    if (!b->columns.n)
        return false;
    b->rows = pdf_rows(&b->pieces, &b->columns, units, a);
    pdf_labels(b, units, a);
    return b->rows.n > 0;
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
        int32_t col = pdf_share(o, b, k);
        if (!r->at[k]) {
            place.x0 = b->columns.v[k].x0;
            place.x1 = b->columns.v[k].x1;
        }
        pdf_cell(o, r->value[k], place, col, 1, pdf_share(o, b, k + 1) - col);
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
    qsort(rows.v, rows.n, sizeof *rows.v, pdf_rows_by_down);
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
            pdf_cell(o, r->label, r->label_place, 1, line[taken - 1] - line[first] + 1, 1);
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
            pdf_cell(o, r->label, r->label_place, at, 1, o->label_cols - at);
        values_add(o, b, r);
    }
    if (b->labels.stub.n && stub_first >= 0) {
        o->row = stub_first;
        pdf_cell(o, b->labels.stub, b->labels.stub_place, 0, stub_last - stub_first + 1, 1);
    }
    o->row = top;
}

static int cells_in_order(const void *x, const void *y)
{
    const GridCell *a = x, *b = y;
    return a->row != b->row ? (a->row > b->row) - (a->row < b->row)
                            : (a->col > b->col) - (a->col < b->col);
}

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
        units += pdf_unit(p->v[i].text);
    return units >= 5;
}

Grid *pdf_table(const PdfWords *words, const PdfLine *lines, size_t n, int32_t number, Arena *a)
{
    if (n > MAX_LINES)
        return NULL;
    Pieces p = pdf_pieces(words, lines, n, a);
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
            pdf_cell(&o, b->heading->text, b->heading->place, 0, 1, o.label_cols + o.cols);
            o.row++;
        }
        if (!b->columns.n)
            continue;
        pdf_head(&o, words, b);
        rows_add(&o, b);
    }
    o.g->rows = o.row;
    o.g->cols = o.label_cols + o.cols;
    qsort(o.g->v, o.g->n, sizeof *o.g->v, cells_in_order);
    return o.g;
}
