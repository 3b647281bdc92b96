#include "report/pdf_grid.h"

enum { MAX_MATCH = 600 };

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
    it->tail = same ? box_around(it->tail, p->box) : p->box;
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
        const Row *near = pdf_row_near(rows, middle_y(p->box), 60);
        ptrdiff_t row = near ? near - rows->v : -1;
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
void pdf_labels(Band *b, bool units, Arena *a)
{
    Sorted labels = {NEW(a, const Piece *, b->pieces.n + 1), 0};
    b->head = (Sorted){NEW(a, const Piece *, b->pieces.n + 1), 0};
    int32_t first_page = b->rows.n ? page_of(b->rows.v[0].y) : 0;
    b->bottom = pdf_head_bottom(&b->pieces, &b->columns, &b->rows, (float)first_page * PAGE_STEP);
    int32_t page = first_page;
    float bottom = b->bottom;
    for (size_t i = 0; i < b->pieces.n; i++) {
        const Piece *p = &b->pieces.v[i];
        int32_t on = page_of(middle_y(p->box));
        if (on > page) {
            page = on;
            bottom = pdf_head_bottom(&b->pieces, &b->columns, &b->rows, (float)page * PAGE_STEP);
        }
        bool in_head = on < first_page || middle_y(p->box) <= bottom;
        if (in_head && on <= first_page)
            b->head.v[b->head.n++] = p;
        else if (!in_head && !right_of_labels(&b->columns, p))
            labels.v[labels.n++] = p;
    }
    qsort(labels.v, labels.n, sizeof *labels.v, pdf_by_down);
    qsort(b->head.v, b->head.n, sizeof *b->head.v, pdf_by_down);
    labels_of(b, &labels, units, a);
}
