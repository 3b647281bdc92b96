#include "report/figures.h"
#include "report/numbers.h"

// Rows as found become cells: tables two, four and the one of 2014 here, table three in
// assign_t3.c.

// --- table two

enum { T2_MOST = 3 };

// The cells of each row, in the order of the form, per edition.
typedef struct T2Shape {
    CellIx fmt2019[T2_MOST], fmt2021[T2_MOST];
    size_t n2019, n2021;
} T2Shape;

// clang-format off
static const T2Shape t2_shapes[T2_ROWS] = {
    [T2R_REGULATION]  = {{T2_REGULATION_MADE, T2_REGULATION_NEWLY_PUBLIC, T2_REGULATION_ALL_PUBLIC},
                         {T2_REGULATION_MADE, T2_REGULATION_REPEALED, T2_REGULATION_IN_FORCE}, 3, 3},
    [T2R_NORMATIVE]   = {{T2_NORMATIVE_MADE, T2_NORMATIVE_NEWLY_PUBLIC, T2_NORMATIVE_ALL_PUBLIC},
                         {T2_NORMATIVE_MADE, T2_NORMATIVE_REPEALED, T2_NORMATIVE_IN_FORCE}, 3, 3},
    [T2R_LICENCE]     = {{T2_LICENCE_LAST_YEAR, T2_LICENCE_CHANGE, T2_LICENCE_DECIDED},    {T2_LICENCE_DECIDED},    3, 1},
    [T2R_SERVICE]     = {{T2_SERVICE_LAST_YEAR, T2_SERVICE_CHANGE, T2_SERVICE_DECIDED},    {T2_SERVICE_DECIDED},    3, 1},
    [T2R_PENALTY]     = {{T2_PENALTY_LAST_YEAR, T2_PENALTY_CHANGE, T2_PENALTY_DECIDED},    {T2_PENALTY_DECIDED},    3, 1},
    [T2R_COERCION]    = {{T2_COERCION_LAST_YEAR, T2_COERCION_CHANGE, T2_COERCION_DECIDED}, {T2_COERCION_DECIDED},   3, 1},
    [T2R_CHARGE]      = {{T2_CHARGE_LAST_YEAR, T2_CHARGE_CHANGE},                          {T2_CHARGE_AMOUNT_WAN},  2, 1},
    [T2R_PROCUREMENT] = {{T2_PROCUREMENT_ITEMS, T2_PROCUREMENT_AMOUNT_WAN},
                         {T2_PROCUREMENT_ITEMS, T2_PROCUREMENT_AMOUNT_WAN}, 2, 2},
};
// clang-format on

static bool any_split(const int64_t *n, size_t parts)
{
    (void)n;
    (void)parts;
    return true;
}

static void put_t2(Document *doc, const CellIx *ix, size_t n, const Item *const *items,
                   uint32_t repairs)
{
    for (size_t i = 0; i < n; i++) {
        Cell c = read_item(items[i], cell_def(ix[i])->type);
        c.repairs |= repairs;
        doc->cells[ix[i]] = c;
    }
}

static void put_t2_split(Document *doc, const CellIx *ix, size_t n, const Item *it,
                         uint32_t repairs)
{
    int64_t v[T2_MOST];
    bool digits = it->glued && it->text.n >= n;
    for (size_t i = 0; i < it->text.n; i++)
        digits &= it->text.s[i] >= '0' && it->text.s[i] <= '9';
    bool one = digits && number_splits(it->text, n, any_split, v) == 1;
    for (size_t i = 0; i < n; i++)
        doc->cells[ix[i]] =
            (Cell){one ? CELL_VALUE : CELL_UNREADABLE, one ? repairs | REPAIR_SPLIT : repairs,
                   one ? v[i] * (cell_def(ix[i])->type == TYPE_AMOUNT ? AMOUNT_ONE : 1) : 0,
                   it->raw, it->place};
}

// Blanks at the end of a row are cells only in a grid, or where the dump is known to keep its empty
// cells.
static bool blanks_kept(const Found *f, const Tables *t)
{
    return f->shape == SHAPE_GRID || t->kept;
}

static void put_t2_row(const Found *f, const Tables *t, Edition e, bool cut, bool dropped,
                       Document *doc, Arena *a)
{
    const T2Shape *shape = &t2_shapes[f->row];
    const Item *all[64], *filled[64];
    size_t n_all = 0, n_filled = 0;
    const size_t widths[] = {shape->n2019, shape->n2021, 0};
    Items items = expand_figures(f, widths, a);
    for (size_t i = 0; i < items.n && n_all < 64; i++) {
        all[n_all++] = &items.v[i];
        if (!items.v[i].blank)
            filled[n_filled++] = &items.v[i];
    }
    bool old = e == EDITION_FMT2019;
    const CellIx *ix = old ? shape->fmt2019 : shape->fmt2021;
    size_t n = old ? shape->n2019 : shape->n2021;
    // A row in the shape of the other edition: the number of its figures says so.
    if (shape->n2019 != shape->n2021 && n_filled == (old ? shape->n2021 : shape->n2019) &&
        !(old && n_filled < n)) {
        ix = old ? shape->fmt2021 : shape->fmt2019;
        n = n_filled;
    }
    while (n_all > n && all[n_all - 1]->blank)
        n_all--;
    if (n_filled > 1 && filled[0]->glued) { // spaces inside the figures, or between them?
        for (size_t i = 0; i < n; i++)
            doc->cells[ix[i]] =
                (Cell){.state = CELL_UNREADABLE, .raw = f->items.v[0].raw, .place = f->place};
        return;
    }
    if (n_filled == n) {
        put_t2(doc, ix, n, filled, f->repairs);
        return;
    }
    if (n_all == n && (blanks_kept(f, t) || (n_filled && !all[n - 1]->blank) || !n_filled)) {
        put_t2(doc, ix, n, all, f->repairs);
        return;
    }
    if (n_filled == 1 && splits_trusted(t)) {
        put_t2_split(doc, ix, n, filled[0], f->repairs);
        return;
    }
    CellState state = n_filled || dropped              ? CELL_UNREADABLE
                      : cut && f->shape == SHAPE_LINES ? CELL_ABSENT
                                                       : CELL_BLANK;
    for (size_t i = 0; i < n; i++)
        doc->cells[ix[i]] = (Cell){.state = state,
                                   .repairs = f->repairs,
                                   .raw = n_filled ? filled[0]->raw : S(""),
                                   .place = f->place};
}

static Edition t2_edition(const Tables *t)
{
    int old = t->t2_votes_2019, new = t->t2_votes_2021;
    for (size_t i = 0; i < t->rows.n; i++) {
        const Found *f = &t->rows.v[i];
        bool decided = f->mark == MARK_T2_ROW && f->row >= T2R_LICENCE && f->row <= T2R_COERCION;
        old += decided && f->items.n >= 3 && !f->items.v[1].blank;
        new += decided && f->items.n == 1;
    }
    return old == 0 && new == 0 ? EDITION_NONE : old > new ? EDITION_FMT2019 : EDITION_FMT2021;
}

static Edition assign_t2(const Tables *t, unsigned t3_edition, bool cut, bool dropped,
                         Document *doc, Arena *a)
{
    Edition e = t2_edition(t);
    if (e == EDITION_NONE && t->seen[TABLE_T2])
        e = t3_edition == IN_2019   ? EDITION_FMT2019
            : t3_edition == IN_2021 ? EDITION_FMT2021
                                    : edition_due(doc->year);
    bool done[T2_ROWS] = {0};
    for (size_t i = 0; i < t->rows.n; i++) {
        const Found *f = &t->rows.v[i];
        if (f->mark != MARK_T2_ROW)
            continue;
        if (f->row < 0) {
            *PUSH(a, &doc->notes) = (Note){NOTE_EXTRA_ROW, f->raw, f->place, CELL_NONE};
            continue;
        }
        // Words of table two stand in running text too; there nothing follows them.
        if (done[f->row] && f->items.n == 0)
            continue;
        if (done[f->row])
            continue;
        done[f->row] = f->items.n > 0;
        put_t2_row(f, t, e == EDITION_FMT2019 ? EDITION_FMT2019 : EDITION_FMT2021,
                   cut && i + 1 == t->rows.n, dropped, doc, a);
    }
    return e;
}

// --- table four

static bool blocks_add_up(const int64_t *n, size_t parts)
{
    for (size_t b = 0; b + T4_COLS <= parts; b += T4_COLS)
        if (!adds_up(n + b, T4_COLS))
            return false;
    return true;
}

// The data of table four; where its blocks stand in tables of their own, all of it together.
static Items t4_items(const Tables *t, Arena *a, const Found **first)
{
    Items all = {0};
    *first = NULL;
    for (size_t i = 0; i < t->rows.n; i++) {
        const Found *f = &t->rows.v[i];
        if (f->mark != MARK_T4_HEAD)
            continue;
        if (!*first || ((*first)->items.n != T4_CELLS && f->items.n >= T4_CELLS))
            *first = f;
        for (size_t k = 0; k < f->items.n; k++)
            *PUSH(a, &all) = f->items.v[k];
    }
    static const size_t widths[] = {T4_CELLS, 0};
    if (!*first || ((*first)->items.n < T4_CELLS && all.n == T4_CELLS))
        return all;
    return expand_figures(*first, widths, a);
}

static void fill_t4(Document *doc, CellState state, Str raw, Place place)
{
    for (int i = 0; i < T4_CELLS; i++)
        doc->cells[T4_FIRST + i] = (Cell){.state = state, .raw = raw, .place = place};
}

static bool put_t4_split(const Found *f, Document *doc)
{
    int64_t n[T4_CELLS];
    const Item *it = &f->items.v[0];
    if (f->items.n != 1 || it->text.n < T4_CELLS)
        return false; // nothing else in the form has so many digits
    for (size_t i = 0; i < it->text.n; i++)
        if (it->text.s[i] < '0' || it->text.s[i] > '9')
            return false;
    if (number_splits(it->text, T4_CELLS, blocks_add_up, n) != 1)
        return false;
    for (int i = 0; i < T4_CELLS; i++)
        doc->cells[T4_FIRST + i] = (Cell){CELL_VALUE, REPAIR_SPLIT, n[i], it->raw, it->place};
    return true;
}

// Whether the three blocks add up when blanks add nothing: what a row says for itself whose blanks
// may have been moved.
static bool blanks_fit(const Items *items)
{
    int64_t n[T4_CELLS] = {0};
    for (int i = 0; i < T4_CELLS; i++) {
        Cell c = read_item(&items->v[i], TYPE_COUNT);
        n[i] = c.state == CELL_VALUE ? c.n : 0;
    }
    return blocks_add_up(n, T4_CELLS);
}

static void assign_t4(const Tables *t, bool cut, bool dropped, Document *doc, Arena *a)
{
    const Found *f;
    if (!t->t4_upheld)
        return;
    Items items = t4_items(t, a, &f);
    doc->table_seen[TABLE_T4] = true;
    if (!f || items.n == 0) {
        fill_t4(doc,
                cut && !dropped ? CELL_ABSENT
                : dropped       ? CELL_UNREADABLE
                                : CELL_BLANK,
                S(""), (Place){0});
        return;
    }
    const Item *filled[64];
    size_t n = 0, all = items.n;
    while (all > T4_CELLS && items.v[all - 1].blank)
        all--;
    while (all > T4_CELLS && items.v[0].blank) { // the pipe that opened the row
        items.v++;
        all--;
    }
    for (size_t i = 0; i < all && n < 64; i++)
        if (!items.v[i].blank)
            filled[n++] = &items.v[i];
    bool by_place =
        n != T4_CELLS && all == T4_CELLS &&
        (f->shape == SHAPE_GRID || (blanks_fit(&items) && (t->kept || !items.v[all - 1].blank)));
    if (n == T4_CELLS || by_place) {
        for (int i = 0; i < T4_CELLS; i++)
            doc->cells[T4_FIRST + i] = read_item(by_place ? &items.v[i] : filled[i], TYPE_COUNT);
    } else if (n > T4_CELLS && n <= T4_CELLS + 2) { // a page number or the like behind them
        int64_t v[T4_CELLS];
        Cell cells[T4_CELLS];
        bool values = true;
        for (int i = 0; i < T4_CELLS; i++) {
            cells[i] = read_item(filled[i], TYPE_COUNT);
            values &= cells[i].state == CELL_VALUE;
            v[i] = cells[i].n;
        }
        if (values && blocks_add_up(v, T4_CELLS))
            memcpy(&doc->cells[T4_FIRST], cells, sizeof cells);
        else
            fill_t4(doc, CELL_UNREADABLE, filled[0]->raw, f->place);
    } else if (!put_t4_split(f, doc)) {
        if (n == 0) {
            fill_t4(doc, CELL_BLANK, S(""), f->place);
            return;
        }
        fill_t4(doc, CELL_UNREADABLE, filled[0]->raw, f->place);
        *PUSH(a, &doc->notes) =
            (Note){cut ? NOTE_CUT : NOTE_AMBIGUOUS_ROW, filled[0]->raw, f->place, cell_t4(0, 0)};
    }
}

// --- the 2014 table

// Where rows are numbered and each cell has its line, the last figure behind a label is the number
// of the row below.
static size_t own_figures(const Tables *t, size_t row)
{
    const Found *f = &t->rows.v[row];
    bool last = row + 1 == t->rows.n || t->rows.v[row + 1].mark != MARK_STAT_ROW;
    return f->items.n - (t->serial && f->shape == SHAPE_LINES && f->items.n && !last);
}

static size_t assign_stat(const Tables *t, Document *doc)
{
    size_t rows = 0;
    for (size_t i = 0; i < t->rows.n; i++) {
        const Found *f = &t->rows.v[i];
        if (f->mark != MARK_STAT_ROW || f->row < 0)
            continue;
        CellIx ix = (CellIx)(STAT_FIRST + f->row);
        Cell c = {.state = CELL_BLANK, .place = f->place};
        for (size_t k = own_figures(t, i); k-- > 0;)
            if (!f->items.v[k].blank) {
                c = read_item(&f->items.v[k], cell_def(ix)->type);
                break;
            }
        c.repairs |= f->repairs;
        if (doc->cells[ix].state == CELL_ABSENT || doc->cells[ix].state == CELL_BLANK)
            doc->cells[ix] = c;
        rows++;
    }
    return rows;
}

// A dump that names every word once (结果维持 stands three times in the head of table four) lost
// every figure that had been met before, too.
static bool lost_repeats(const Tables *t)
{
    size_t rows = 0;
    for (size_t i = 0; i < t->rows.n; i++)
        rows += t->rows.v[i].mark == MARK_T3_ROW;
    for (size_t i = 0; i < t->rows.n; i++)
        if (t->rows.v[i].mark == MARK_T4_HEAD)
            return false;
    return t->t4_upheld == 1 && rows > 20;
}

void tables_assign(const Tables *t, bool ends_here, Arena *a, Document *doc)
{
    bool dropped = lost_repeats(t);
    for (int i = 0; i < TABLE__COUNT; i++)
        doc->table_seen[i] = t->seen[i];
    bool cut = ends_here && t->rows.n > 0;
    unsigned t3 = assign_t3(t, cut, dropped, a, doc);
    Edition t2 = assign_t2(t, t3, cut, dropped, doc, a);
    assign_t4(t, cut, dropped, doc, a);
    size_t stat = assign_stat(t, doc);
    if (t2 != EDITION_NONE)
        doc->edition = t2;
    else if (t3)
        doc->edition = t3 & IN_2021 ? EDITION_FMT2021 : EDITION_FMT2019;
    else if (stat >= 3)
        doc->edition = EDITION_STAT2014;
    doc->mixed = (t2 == EDITION_FMT2021 && t3 & IN_2019) || (t2 == EDITION_FMT2019 && t3 & IN_2021);
}
