#include "report/pdf_grid.h"

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
    for (size_t i = 0; i < sizeof leaves / sizeof *leaves; i++)
        if (str_eq(s, leaves[i]))
            return true;
    return false;
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
        to->box = box_around(to->box, p->box);
        to->place =
            place_of(box_around((PdfBox){to->place.x0, to->place.y0, to->place.x1, to->place.y1},
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
        s.first = pdf_column_at(c, box);
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
            int32_t col = pdf_share(o, b, s.first);
            pdf_cell(o, p->text, p->place, col, 1, pdf_share(o, b, s.end) - col);
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
    int32_t col = pdf_share(o, b, k);
    if (own)
        pdf_cell(o, text, v[n - own]->place, col, 1, pdf_share(o, b, k + 1) - col);
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
void pdf_head(Out *o, const PdfWords *all, const Band *b)
{
    Pieces w = head_words(all, b, o->a);
    bool *leaf = NEW(o->a, bool, w.n + 1);
    size_t before = o->g->n;
    for (size_t k = 0; k < b->columns.n; k++)
        leaf_add(o, b, &w, k, leaf);
    Place place = {0};
    Str left = head_left(o, all, b, &place);
    if (left.n && o->label_cols)
        pdf_cell(o, left, place, 0, 1, o->label_cols);
    size_t leaves = o->g->n;
    Pieces groups = head_groups(&w, leaf, o->a);
    words_sort(&groups);
    groups_add(o, b, &groups);
    for (size_t i = before; i < leaves; i++) // they stand below the groups
        o->g->v[i].row = o->row;
    o->row += leaves > before;
}
