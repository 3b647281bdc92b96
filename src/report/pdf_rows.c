#include "report/pdf_grid.h"

int pdf_by_down(const void *x, const void *y)
{
    const Piece *a = *(const Piece *const *)x, *b = *(const Piece *const *)y;
    float d = middle_y(a->box) - middle_y(b->box);
    return d < 0 ? -1 : d > 0 ? 1 : (a->box.x0 > b->box.x0) - (a->box.x0 < b->box.x0);
}

static void row_put(Row *r, size_t col, const Piece *p, Arena *a)
{
    r->value[col] = r->value[col].n ? str_cat(a, r->value[col], p->text) : p->text;
    r->at[col] = r->at[col] ? r->at[col] : p;
    r->figures |= p->numeric || pdf_blank_mark(p->text);
}

static void row_begin(Rows *rows, const Piece *p, Arena *a)
{
    Row *r = PUSH(a, rows);
    *r = (Row){.y = middle_y(p->box), .height = p->box.y1 - p->box.y0, .place = p->place};
}

int pdf_rows_by_down(const void *x, const void *y)
{
    const Row *a = x, *b = y;
    return (a->y > b->y) - (a->y < b->y);
}

Row *pdf_row_near(const Rows *rows, float y, float reach)
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
        Row *r = pdf_row_near(&first, middle_y(x->box), size * 0.9F);
        if (!r && rows->n > numbered && middle_y(x->box) - rows->v[rows->n - 1].y < size * 1.5F)
            r = &rows->v[rows->n - 1];
        if (!r) {
            row_begin(rows, x, a);
            r = &rows->v[rows->n - 1];
        }
        row_put(r, pdf_column_at(c, x->box), x, a);
    }
    if (rows->n)
        qsort(rows->v, rows->n, sizeof *rows->v, pdf_rows_by_down);
}

// Numbers and blanks right of the labels, by rows.
Rows pdf_rows(const Pieces *p, const Columns *c, bool units, Arena *a)
{
    Rows rows = {0};
    Sorted s = {NEW(a, const Piece *, p->n + 1), 0}, u = {NEW(a, const Piece *, p->n + 1), 0};
    for (size_t i = 0; i < p->n; i++) {
        const Piece *x = &p->v[i];
        if (!right_of_labels(c, x))
            continue;
        if (x->numeric || pdf_blank_mark(x->text))
            s.v[s.n++] = x;
        else if (units && pdf_unit(x->text))
            u.v[u.n++] = x;
    }
    qsort(s.v, s.n, sizeof *s.v, pdf_by_down);
    qsort(u.v, u.n, sizeof *u.v, pdf_by_down);
    for (size_t i = 0; i < s.n; i++) {
        const Piece *x = s.v[i];
        Row *r = rows.n ? &rows.v[rows.n - 1] : NULL;
        if (!r || middle_y(x->box) - r->y > 0.55F * fmaxf(r->height, x->box.y1 - x->box.y0))
            row_begin(&rows, x, a);
        r = &rows.v[rows.n - 1];
        row_put(r, pdf_column_at(c, x->box), x, a);
        r->place.x0 = fminf(r->place.x0, x->place.x0);
        r->place.x1 = fmaxf(r->place.x1, x->place.x1);
    }
    rows_units(&rows, &u, c, a);
    return rows;
}

// The bottom of the head on each page: the lowest word right of the labels above the first numbers.
float pdf_head_bottom(const Pieces *p, const Columns *c, const Rows *rows, float page_top)
{
    float first = INFINITY, bottom = -INFINITY;
    for (size_t i = 0; i < rows->n; i++)
        if (rows->v[i].y >= page_top && rows->v[i].y < page_top + PAGE_STEP)
            first = fminf(first, rows->v[i].y - rows->v[i].height / 2);
    for (size_t i = 0; i < p->n; i++) {
        const Piece *x = &p->v[i];
        if (right_of_labels(c, x) && !x->numeric && !pdf_blank_mark(x->text) &&
            !pdf_unit(x->text) && x->box.y0 >= page_top && middle_y(x->box) < first)
            bottom = fmaxf(bottom, x->box.y1);
    }
    return bottom;
}
