#include "report/pdf_grid.h"

enum { MAX_PIECES = 5000 }; // more, and heads are not compared with one another

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
        if (p->v[i].numeric || (units && pdf_unit(p->v[i].text)))
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
    if (c->n < 3 || p->n > MAX_PIECES)
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
size_t pdf_column_at(const Columns *c, PdfBox b)
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

Columns pdf_columns(const Pieces *p, bool units, Arena *a)
{
    Columns c = columns_of(p, units, a);
    if (!c.n)
        return c;
    columns_left_off(&c, p);
    columns_of_heads(&c, p, a);
    columns_edge(&c, p);
    return c;
}
