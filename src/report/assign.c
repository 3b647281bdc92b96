#include "report/locate.h"
#include "report/numbers.h"

// Rows as found become cells. A row that has as many figures as the form has columns is read as it
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

static Cell read_item(const Item *it, CellType type)
{
    Cell c = {.raw = it->raw, .place = it->place};
    number_read(it->text, type, it->repairs, &c);
    return c;
}

static bool adds_up(const int64_t *n, size_t parts)
{
    int64_t sum = 0;
    for (size_t i = 0; i + 1 < parts; i++)
        sum += n[i];
    return sum == n[parts - 1];
}

// The figures of a row in one text with its label; empty where they are not.
static Str glued_digits(const Found *f)
{
    if (f->items.n != 1 || !f->items.v[0].glued)
        return S("");
    Str text = f->items.v[0].text;
    for (size_t i = 0; i < text.n; i++)
        if (text.s[i] < '0' || text.s[i] > '9')
            return S("");
    return text;
}

// A dump whose figures run together may have lost blanks or gained spaces as well. A row with fewer
// digits than cells, or one that adds up in no way, shows it: then no split of its figures can be
// trusted.
static bool splits_trusted(const Tables *t)
{
    static const size_t least[T2_ROWS] = {3, 3, 1, 3, 1, 1, 1, 2};
    bool glued = false;
    for (size_t i = 0; i < t->rows.n; i++)
        glued |= t->rows.v[i].items.n && t->rows.v[i].items.v[0].glued;
    for (size_t i = 0; glued && i < t->rows.n; i++) {
        const Found *f = &t->rows.v[i];
        bool t3 = f->mark == MARK_T3_ROW, t2 = f->mark == MARK_T2_ROW && f->row >= 0;
        Str digits = glued_digits(f);
        int64_t n[T3_COLS];
        if ((t3 || t2) &&
            (f->items.n == 0 || (digits.n && digits.n < (t3 ? T3_COLS : least[f->row]))))
            return false;
        if (t3 && digits.n && number_splits(digits, T3_COLS, adds_up, n) == 0)
            return false;
    }
    return true;
}

// --- table three: the figures of a row
// -------------------------------------------------------------------------

// A row whose figures stand in one text, parted by spaces: "17 0 0 0 0 0 17". It is one only when
// there are as many as the row has cells (`parts`, ended by 0); otherwise the spaces stand inside
// one number.
static Items expand(const Found *f, const size_t *parts, Arena *a)
{
    Items out = {0};
    const Item *only = NULL;
    for (size_t i = 0; i < f->items.n; i++) {
        if (f->items.v[i].blank)
            continue;
        if (only)
            return f->items;
        only = &f->items.v[i];
    }
    if (!only || !memchr(only->text.s, ' ', only->text.n))
        return f->items;
    for (Str head, rest = only->text; rest.n;) {
        str_cut(rest, S(" "), &head, &rest);
        if (!number_like(head))
            return f->items;
        Item *it = PUSH(a, &out);
        *it = *only;
        it->raw = it->text = head;
    }
    for (; *parts; parts++)
        if (*parts == out.n)
            return out;
    return f->items;
}

static void collect(const Found *f, Arena *a, Row3 *r)
{
    static const size_t widths[] = {T3_COLS, T3_COLS + 1, 0};
    Items items = expand(f, widths, a);
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

// --- table three: grids
// ----------------------------------------------------------------------------------------

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

// --- table three: more figures than columns
// ----------------------------------------------------------------------

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

// --- table three: fewer
// ------------------------------------------------------------------------------------------

// Figures run together without a mark: "170000017".
static void split_together(Row3 *r)
{
    int64_t n[T3_COLS];
    Str text = glued_digits(r->found);
    if (text.n < T3_COLS || number_splits(text, T3_COLS, adds_up, n) != 1)
        return;
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

// --- table three: into cells
// -----------------------------------------------------------------------------------

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
    if (!cut && last_is_total(r, &total) && r->cells[total].n != 0) {
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

static unsigned assign_t3(const Tables *t, bool cut, bool dropped, Document *doc, Arena *a)
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

// --- table two
// -------------------------------------------------------------------------------------------------

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
    Items items = expand(f, widths, a);
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
// -------------------------------------------------------------------------------------------------

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
    return expand(*first, widths, a);
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
        n != T4_CELLS && all == T4_CELLS && (f->shape == SHAPE_GRID || blanks_fit(&items));
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
// ---------------------------------------------------------------------------------------------

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
    unsigned t3 = assign_t3(t, cut, dropped, doc, a);
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
