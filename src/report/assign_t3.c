#include "report/figures.h"
#include "report/numbers.h"

// Table three: seven figures a row. A row that has as many as the form has columns is read as it
// stands. Where figures are fewer, their places were lost, and only a reading that the form's
// arithmetic proves is taken.

enum { NO_VALUE = -1, NO_COLUMN = -2 }; // blank; not in this table at all

// The figures of one row of table three, and which column each was given.
typedef struct Row3 {
    const Found *found;
    int row;            // T3Row
    Cell cells[64];     // figures and blanks in order
    int32_t cols[64];   // grid columns
    size_t n, filled;   // all, and those that are not blank
    int place[T3_COLS]; // index into cells, NO_VALUE: blank
    uint32_t repairs;
    bool placed;
    bool glued; // its figures stood in one text with the label, without a space
} Row3;

typedef struct Rows3 {
    Row3 *v;
    size_t n, cap;
} Rows3;

// --- the figures of a row

static void collect(const Found *f, Arena *a, Row3 *r)
{
    static const size_t widths[] = {T3_COLS, T3_COLS + 1, 0};
    Items items = expand_figures(f, widths, a);
    *r = (Row3){.found = f, .row = f->row, .repairs = f->repairs};
    for (size_t i = 0; i < items.n && r->n < 64; i++) {
        r->cells[r->n] = read_item(&items.v[i], TYPE_COUNT);
        r->cols[r->n] = items.v[i].col;
        r->filled += !items.v[i].blank;
        r->glued |= items.v[i].glued;
        r->n++;
    }
}

static void place_in_order(Row3 *r, size_t from)
{
    for (int c = 0; c < T3_COLS; c++)
        r->place[c] = (int)from + c;
    r->placed = true;
}

// Whether the six parts make the total, as far as all seven are figures. `known` false where one is
// not.
static bool sum_holds(const Row3 *r, bool *known)
{
    int64_t n[T3_COLS];
    *known = true;
    for (int c = 0; c < T3_COLS; c++) {
        const Cell *cell = r->place[c] < 0 ? NULL : &r->cells[r->place[c]];
        *known &= cell && cell->state == CELL_VALUE;
        n[c] = cell && cell->state == CELL_VALUE ? cell->n : 0;
    }
    return adds_up(n, T3_COLS);
}

// Blanks behind the last column are no cells.
static void trim_to(Row3 *r, size_t width)
{
    while (r->n > width && r->cells[r->n - 1].state == CELL_BLANK && !r->cells[r->n - 1].raw.n)
        r->n--;
}

// How many figures a full row of the table has: seven, or eight where somebody added a column.
static size_t width_of(const Rows3 *rows)
{
    size_t full[2] = {0};
    for (size_t i = 0; i < rows->n; i++)
        if (rows->v[i].filled == T3_COLS || rows->v[i].filled == T3_COLS + 1)
            full[rows->v[i].filled - T3_COLS]++;
    return full[1] > full[0] ? T3_COLS + 1 : T3_COLS;
}

// A table of pipes with a field for every one of the form's ten columns, or eleven with one that
// was added: no row has pipes only to fill it, and no figure stands in the three fields of labels.
static bool every_field(const Rows3 *rows)
{
    for (size_t i = 0; i < rows->n; i++) {
        const Found *f = rows->v[i].found;
        if (f->shape != SHAPE_PIPES || f->fields != rows->v[0].found->fields || f->fields < 10 ||
            f->fields > 11 || (f->items.n && f->items.v[0].col < 3 && !f->items.v[0].blank))
            return false;
    }
    return rows->n > 0;
}

// The first column of figures is the fourth field.
static void drop_label_fields(Row3 *r)
{
    size_t n = 0;
    for (size_t i = 0; i < r->n; i++)
        if (r->cols[i] >= 3) {
            r->cells[n] = r->cells[i];
            r->cols[n++] = r->cols[i];
        }
    r->n = n;
}

static bool sums_known(const Row3 *r)
{
    int64_t n[T3_COLS];
    for (int c = 0; c < T3_COLS; c++) {
        if (r->cells[c].state != CELL_VALUE)
            return false;
        n[c] = r->cells[c].n;
    }
    return adds_up(n, T3_COLS);
}

// Figures behind their label without a space, but with spaces among them: cells, if that makes
// every such row add up; otherwise the spaces may as well stand inside the figures.
static bool glued_rows_add_up(const Rows3 *rows)
{
    for (size_t i = 0; i < rows->n; i++)
        if (rows->v[i].glued && (rows->v[i].n != T3_COLS || !sums_known(&rows->v[i])))
            return false;
    return true;
}

static void place_text_rows(Rows3 *rows)
{
    bool glued = glued_rows_add_up(rows);
    bool all = every_field(rows);
    size_t width = width_of(rows);
    for (size_t i = 0; i < rows->n; i++) {
        Row3 *r = &rows->v[i];
        if (r->found->shape == SHAPE_GRID)
            continue;
        if (all)
            drop_label_fields(r);
        else
            trim_to(r, width);
        if (r->n == T3_COLS && width == T3_COLS && (!r->glued || glued))
            place_in_order(r, 0);
    }
}

// --- grids

static bool heads_known(const Tables *t)
{
    for (int c = 0; c < T3_COLS; c++)
        if (t->head_col[c] < 0)
            return false;
    return true;
}

static void place_by_heads(const Tables *t, Row3 *r)
{
    for (int c = 0; c < T3_COLS; c++) {
        r->place[c] = NO_VALUE;
        for (size_t i = 0; i < r->n; i++)
            if (r->cols[i] == t->head_col[c])
                r->place[c] = (int)i;
    }
}

// Heads can stand at other columns than their figures (a page turned into a grid wrongly), so they
// are believed only where the row sums they give are no worse than those of the plain order.
static bool heads_agree(const Tables *t, const Rows3 *rows, bool *reordered)
{
    if (!heads_known(t))
        return false;
    size_t by_heads = 0, by_order = 0;
    *reordered = false;
    for (size_t i = 0; i < rows->n; i++) {
        Row3 r = rows->v[i];
        bool known;
        if (r.found->shape != SHAPE_GRID)
            continue;
        place_by_heads(t, &r);
        size_t missing = 0;
        for (int c = 0; c < T3_COLS; c++) {
            missing += r.place[c] == NO_VALUE;
            *reordered |= r.n == T3_COLS && r.place[c] != c && r.place[c] != NO_VALUE;
        }
        by_heads += missing == 0 && sum_holds(&r, &known) && known;
        if (r.n == T3_COLS) {
            place_in_order(&r, 0);
            by_order += sum_holds(&r, &known) && known;
        }
    }
    return by_heads >= by_order && by_heads > 0;
}

// A shorter table that names its columns: natural persons, organisations, total. What it has no
// head for it does not have.
static void place_by_few_heads(const Tables *t, Row3 *r)
{
    if (t->head_col[T3_NATURAL] < 0 || t->head_col[T3_TOTAL] < 0 || r->n >= T3_COLS)
        return;
    place_by_heads(t, r);
    for (int c = 0; c < T3_COLS; c++)
        if (t->head_col[c] < 0)
            r->place[c] = NO_COLUMN;
    r->placed = r->place[T3_TOTAL] >= 0;
    r->repairs |= REPAIR_COLUMNS;
}

static void place_grids(const Tables *t, Rows3 *rows)
{
    bool reordered = false, heads = heads_agree(t, rows, &reordered);
    for (size_t i = 0; i < rows->n; i++) {
        Row3 *r = &rows->v[i];
        if (r->found->shape != SHAPE_GRID || r->placed)
            continue;
        if (heads && (reordered || r->n != T3_COLS)) {
            place_by_heads(t, r);
            r->placed = true;
            r->repairs |= REPAIR_COLUMNS;
        } else if (r->n == T3_COLS) {
            place_in_order(r, 0);
        } else if (!heads_known(t)) {
            place_by_few_heads(t, r);
        }
    }
}

// --- more figures than columns

// A row with blanks fits anything and proves nothing.
static bool fits_without(const Row3 *r, size_t drop, bool *zero)
{
    int64_t n[T3_COLS];
    size_t at = 0;
    *zero = true;
    for (size_t i = 0; i < r->n; i++)
        if (r->cells[i].state == CELL_BLANK)
            return true;
    for (size_t i = 0; i < r->n && at < T3_COLS; i++) {
        if (i == drop)
            continue;
        if (r->cells[i].state != CELL_VALUE)
            return false;
        *zero &= r->cells[i].n == 0;
        n[at++] = r->cells[i].n;
    }
    return at == T3_COLS && adds_up(n, T3_COLS);
}

static void place_without(Row3 *r, size_t drop)
{
    for (int c = 0; c < T3_COLS; c++)
        r->place[c] = c + ((size_t)c >= drop);
    r->placed = true;
    r->repairs |= REPAIR_COLUMNS;
}

// A column that the form does not have (a subtotal of organisations): the same one in every row,
// and the only one whose removal makes the rows add up.
static void place_extra_column(Rows3 *rows, Document *doc, Arena *a)
{
    size_t eights = 0, best = 8, choices = 0;
    for (size_t i = 0; i < rows->n; i++)
        eights += !rows->v[i].placed && rows->v[i].n == 8;
    if (!eights)
        return;
    for (size_t drop = 0; drop < 8; drop++) {
        size_t fit = 0, proof = 0;
        for (size_t i = 0; i < rows->n; i++) {
            bool zero;
            if (!rows->v[i].placed && rows->v[i].n == 8 && fits_without(&rows->v[i], drop, &zero)) {
                fit++;
                proof += !zero;
            }
        }
        if (fit == eights && proof) {
            best = drop;
            choices++;
        }
    }
    if (choices != 1)
        return;
    for (size_t i = 0; i < rows->n; i++)
        if (!rows->v[i].placed && rows->v[i].n == 8)
            place_without(&rows->v[i], best);
    if (eights > 2)
        *PUSH(a, &doc->notes) =
            (Note){NOTE_EXTRA_COLUMN, S(""), rows->v[0].found->place, CELL_NONE};
}

// --- fewer

// Figures run together without a mark: "170000017".
static void split_together(Row3 *r)
{
    int64_t n[T3_COLS];
    Str text = glued_digits(r->found);
    if (text.n < T3_COLS || number_splits(text, T3_COLS, adds_up, n) != 1)
        return;
    for (size_t fewer = 2; fewer < T3_COLS;
         fewer++) { // or blanks were lost, and it is fewer figures
        int64_t other[T3_COLS];
        if (number_splits(text, fewer, adds_up, other))
            return;
    }
    Cell like = r->cells[0];
    r->n = r->filled = T3_COLS;
    for (int c = 0; c < T3_COLS; c++) {
        r->cells[c] = like;
        r->cells[c].state = CELL_VALUE;
        r->cells[c].n = n[c];
    }
    r->repairs |= REPAIR_SPLIT;
    place_in_order(r, 0);
}

// The last of several figures is the total where it is their sum: the parts that are missing are
// blanks, which add nothing. *total is its index.
static bool last_is_total(const Row3 *r, size_t *total)
{
    int64_t sum = 0, last = 0;
    size_t seen = 0;
    for (size_t i = 0; i < r->n; i++) {
        if (r->cells[i].state == CELL_BLANK && !r->cells[i].raw.n)
            continue;
        if (r->cells[i].state != CELL_VALUE)
            return false;
        sum += last;
        last = r->cells[i].n;
        *total = i;
        seen++;
    }
    return seen >= 2 && sum == last;
}

// Whether every row that lost cells has two figures, and they agree: 自然人 and 总计, the two that
// are filled when the others are left empty. One of them at least must be more than 0, or nothing
// is proved.
static bool natural_and_total(const Rows3 *rows)
{
    bool proved = false;
    for (size_t i = 0; i < rows->n; i++) {
        const Row3 *r = &rows->v[i];
        size_t total;
        if (r->placed || r->filled == 0)
            continue;
        if (r->filled != 2 || !last_is_total(r, &total))
            return false;
        proved |= r->cells[total].n != 0;
    }
    return proved;
}

static void place_lost(Rows3 *rows)
{
    if (!natural_and_total(rows))
        return;
    for (size_t i = 0; i < rows->n; i++) {
        Row3 *r = &rows->v[i];
        size_t first = 0, total;
        if (r->placed || r->filled != 2 || !last_is_total(r, &total))
            continue;
        while (r->cells[first].state == CELL_BLANK)
            first++;
        for (int c = 0; c < T3_COLS; c++)
            r->place[c] = NO_VALUE;
        r->place[T3_NATURAL] = (int)first;
        r->place[T3_TOTAL] = (int)total;
        r->placed = true;
        r->repairs |= REPAIR_POSITION;
    }
}

// --- into cells

static Str row_text(const Row3 *r, Arena *a)
{
    Strs parts = {0};
    Arena scratch = *a;
    for (size_t i = 0; i < r->n; i++)
        if (r->cells[i].raw.n)
            *PUSH(&scratch, &parts) = r->cells[i].raw;
    Str s = str_join(&scratch, parts.v, parts.n, S(" "));
    *a = scratch;
    return s;
}

static void fill_all(Document *doc, int row, CellState state, Str raw, Place place)
{
    for (int c = 0; c < T3_COLS; c++)
        doc->cells[cell_t3(row, c)] = (Cell){.state = state, .raw = raw, .place = place};
}

static void put_row(Row3 *r, bool cut, bool dropped, Document *doc, Arena *a)
{
    Place place = r->found->place;
    if (r->placed) {
        for (int c = 0; c < T3_COLS; c++) {
            Cell cell = {.state = CELL_BLANK, .place = place};
            if (r->place[c] >= 0)
                cell = r->cells[r->place[c]];
            else if (r->place[c] == NO_COLUMN)
                cell = (Cell){.state = CELL_ABSENT};
            cell.repairs |= cell.state == CELL_ABSENT ? 0 : r->repairs;
            doc->cells[cell_t3(r->row, c)] = cell;
        }
        return;
    }
    if (r->filled == 0) {
        bool explicit_blank = r->n > 0 || r->found->shape != SHAPE_LINES;
        fill_all(doc, r->row,
                 cut && !explicit_blank ? CELL_ABSENT
                 : dropped              ? CELL_UNREADABLE
                                        : CELL_BLANK,
                 S(""), place);
        return;
    }
    Str raw = row_text(r, a);
    size_t total = 0;
    fill_all(doc, r->row, CELL_UNREADABLE, raw, place);
    if (!cut && !dropped && last_is_total(r, &total) && r->cells[total].n != 0) {
        Cell cell = r->cells[total];
        cell.repairs |= r->repairs | REPAIR_POSITION;
        doc->cells[cell_t3(r->row, T3_TOTAL)] = cell;
    }
    *PUSH(a, &doc->notes) =
        (Note){cut ? NOTE_CUT : NOTE_AMBIGUOUS_ROW, raw, place, cell_t3(r->row, T3_TOTAL)};
}

static bool same_values(const Document *doc, const Row3 *r)
{
    for (int c = 0; c < T3_COLS; c++) {
        const Cell *was = &doc->cells[cell_t3(r->row, c)];
        if (r->place[c] >= 0 && was->state == CELL_VALUE && r->cells[r->place[c]].n != was->n)
            return false;
    }
    return true;
}

// Rows whose label was lost, between two that have theirs: taken by their order when exactly as
// many are missing.
static void label_by_order(Rows3 *rows, unsigned edition)
{
    for (size_t i = 0; i < rows->n; i++) {
        if (rows->v[i].row >= 0)
            continue;
        size_t end = i;
        while (end < rows->n && rows->v[end].row < 0)
            end++;
        int before = i ? rows->v[i - 1].row : -1,
            after = end < rows->n ? rows->v[end].row : T3_ROWS;
        size_t missing = 0;
        for (int row = before + 1; row < after; row++)
            missing += (t3_rows[row].editions & edition) != 0;
        if (missing == end - i && before < after) {
            int row = before;
            for (size_t k = i; k < end; k++) {
                do
                    row++;
                while (!(t3_rows[row].editions & edition));
                rows->v[k].row = row;
                rows->v[k].repairs |= REPAIR_ORDER;
            }
        }
        i = end;
    }
}

static void collect_rows3(const Tables *t, Arena *a, Rows3 *rows)
{
    for (size_t i = 0; i < t->rows.n; i++) {
        const Found *f = &t->rows.v[i];
        if (f->mark != MARK_T3_ROW)
            continue;
        // （六）其他处理 with nothing behind it is the heading over three rows.
        bool heading = f->row == T3_R6 && f->items.n == 0 && i + 1 < t->rows.n &&
                       t->rows.v[i + 1].mark == MARK_T3_ROW && t->rows.v[i + 1].row > T3_R6 &&
                       t->rows.v[i + 1].row < T3_R7;
        if (!heading)
            collect(f, a, PUSH(a, rows));
    }
}

static unsigned edition_of_rows(const Rows3 *rows)
{
    unsigned e = 0;
    for (size_t i = 0; i < rows->n; i++) {
        if (rows->v[i].row == T3_R6 && rows->v[i].n)
            e |= IN_2019;
        if (rows->v[i].row == T3_R6_1 || rows->v[i].row == T3_R6_2)
            e |= IN_2021;
    }
    return e;
}

unsigned assign_t3(const Tables *t, bool cut, bool dropped, Arena *a, Document *doc)
{
    Rows3 rows = {0};
    collect_rows3(t, a, &rows);
    unsigned edition = edition_of_rows(&rows);
    label_by_order(&rows, edition                               ? edition
                          : t->t2_votes_2019 > t->t2_votes_2021 ? IN_2019
                                                                : IN_2021);
    place_text_rows(&rows);
    place_grids(t, &rows);
    place_extra_column(&rows, doc, a);
    for (size_t i = 0; splits_trusted(t) && i < rows.n; i++)
        if (!rows.v[i].placed)
            split_together(&rows.v[i]);
    place_lost(&rows);
    bool done[T3_ROWS] = {0};
    for (size_t i = 0; i < rows.n; i++) {
        Row3 *r = &rows.v[i];
        if (r->row < 0) {
            *PUSH(a, &doc->notes) =
                (Note){NOTE_EXTRA_ROW, r->found->raw, r->found->place, CELL_NONE};
            continue;
        }
        if (done[r->row] &&
            (!r->placed || doc->cells[cell_t3(r->row, T3_TOTAL)].state == CELL_VALUE)) {
            if (r->placed && !same_values(doc, r))
                *PUSH(a, &doc->notes) = (Note){NOTE_ROW_TWICE, r->found->raw, r->found->place,
                                               cell_t3(r->row, T3_TOTAL)};
            continue;
        }
        done[r->row] = true;
        put_row(r, cut && i + 1 == rows.n, dropped, doc, a);
    }
    return edition;
}
