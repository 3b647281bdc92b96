#include "report/build.h"

// What a cell or the page holds: paragraphs and finished tables in their order. A list is linked so
// that the content of a layout table moves up a level in one step, however deep tables are nested.
typedef struct Item {
    struct Item *next;
    Block block;
} Item;

typedef struct List {
    Item *head, *last;
    size_t n;
    bool tables; // holds a finished table
} List;

typedef struct Cell {
    int32_t row, col, rowspan, colspan;
    List list;
} Cell;

typedef struct Table {
    struct Table *up;
    Cell *v;
    size_t n, cap;
    int32_t *taken; // per column: how many more rows are taken from above
    size_t n_taken, cap_taken;
    int32_t number; // of the file's tables, from 1
    int32_t row, col;
    int32_t cols;
    int32_t group; // the row it begins at
    bool in_row, in_cell;
} Table;

struct Build {
    Arena *a;
    List page;
    Table *table;
    char *text; // the line being put together
    size_t n, cap;
    bool space, line_end; // seen since the last character kept
    bool drop;            // inside a continued cell
    uint8_t heading;
    int32_t line;
    int32_t tables;
    size_t blocks, lines, cells, slots, work;
    const char *full_zh, *full_en;
    long limit;
};

// What browsers allow, and how many column marks may be stepped over in one file.
enum { MAX_COLSPAN = 1000, MAX_ROWSPAN = 65534, MAX_WORK = 100 * MAX_GRID_CELLS };

Build *build_new(Arena *a)
{
    Build *b = NEW(a, Build, 1);
    b->a = a;
    return b;
}

static void stop(Build *b, const char *zh, const char *en, long limit)
{
    if (b->full_zh)
        return;
    b->full_zh = zh;
    b->full_en = en;
    b->limit = limit;
}

bool build_full(const Build *b)
{
    return b->full_zh != NULL;
}

// --- text

enum Glyph { GLYPH, SPACE, LINE_END, NOTHING };

// What stands at p, of which `n` bytes are left; its length goes to *len.
static enum Glyph glyph_at(const unsigned char *p, size_t n, size_t *len)
{
    *len = 1;
    if (p[0] == '\n' || p[0] == '\r')
        return LINE_END;
    if (p[0] <= ' ' || p[0] == 0x7f)
        return SPACE;
    if (p[0] == 0xc2 && n > 1 && (p[1] == 0xa0 || p[1] == 0xad)) {
        *len = 2;
        return p[1] == 0xa0 ? SPACE : NOTHING;
    }
    if (n < 3)
        return GLYPH;
    uint32_t three = (uint32_t)p[0] << 16 | (uint32_t)p[1] << 8 | p[2];
    *len = 3;
    if (three == 0xe38080 || (three >= 0xe28080 && three <= 0xe2808a) || three == 0xe280af ||
        three == 0xe2819f || three == 0xe280a8 || three == 0xe280a9)
        return SPACE;
    if (three == 0xefbbbf || (three >= 0xe2808b && three <= 0xe2808f) || three == 0xe281a0)
        return NOTHING;
    *len = 1;
    return GLYPH;
}

// First bytes at which glyph_at need be asked.
static inline bool ask(unsigned char c)
{
    return c <= ' ' || c == 0x7f || c == 0xc2 || c == 0xe2 || c == 0xe3 || c == 0xef;
}

static void room(Build *b, size_t n)
{
    if (b->cap - b->n >= n)
        return;
    size_t cap = b->cap ? b->cap : 4096;
    while (cap - b->n < n)
        cap *= 2;
    char *text = NEW(b->a, char, cap);
    if (b->n)
        memcpy(text, b->text, b->n);
    b->text = text;
    b->cap = cap;
}

// Characters that Chinese text sets without spaces: those of three bytes from U+3000 on.
static bool wide(unsigned char lead)
{
    return lead >= 0xe3 && lead <= 0xef;
}

static bool ends_wide(const Build *b)
{
    return b->n >= 3 && wide((unsigned char)b->text[b->n - 3]);
}

static void put(Build *b, const char *s, size_t n)
{
    room(b, n + 1);
    bool gap = b->space || (b->line_end && !(ends_wide(b) && wide((unsigned char)s[0])));
    if (gap && b->n)
        b->text[b->n++] = ' ';
    b->space = b->line_end = false;
    memcpy(b->text + b->n, s, n);
    b->n += n;
}

void build_text(Build *b, Str s)
{
    if (b->drop || b->full_zh || !s.n)
        return;
    const unsigned char *p = (const unsigned char *)s.s, *end = p + s.n;
    while (p < end) {
        const unsigned char *from = p;
        size_t len = 1;
        enum Glyph g = GLYPH;
        while (p < end && (!ask(*p) || (g = glyph_at(p, (size_t)(end - p), &len)) == GLYPH))
            p++;
        if (p > from)
            put(b, (const char *)from, (size_t)(p - from));
        if (p == end)
            break;
        b->space |= g == SPACE;
        b->line_end |= g == LINE_END;
        p += len;
    }
}

void build_tab(Build *b)
{
    b->space = true;
}

Str build_fold(Arena *a, Str s)
{
    Build b = {.a = a, .text = NEW(a, char, s.n + 2), .cap = s.n + 2};
    build_text(&b, s);
    return (Str){b.text, b.n};
}

// --- paragraphs

static List *open_list(Build *b)
{
    for (Table *t = b->table; t; t = t->up)
        if (t->in_cell)
            return &t->v[t->n - 1].list;
    return &b->page;
}

static void list_add(Build *b, List *l, Block block)
{
    Item *item = NEW(b->a, Item, 1);
    item->block = block;
    if (l->last)
        l->last->next = item;
    else
        l->head = item;
    l->last = item;
    l->n++;
    // cells have a limit of their own, and lines in them are mostly one
    b->blocks += build_in_cell(b) ? 0 : 1;
    if (b->blocks > MAX_BLOCKS || ++b->lines > 2 * MAX_GRID_CELLS)
        stop(b, "文件的段落超过%ld个，无法读取。", "more than %ld paragraphs", MAX_BLOCKS);
}

static void list_join(List *to, List *from)
{
    if (!from->head)
        return;
    if (to->last)
        to->last->next = from->head;
    else
        to->head = from->head;
    to->last = from->last;
    to->n += from->n;
    to->tables |= from->tables;
}

static Place place_here(const Build *b)
{
    const Table *t = b->table;
    Place p = {.line = b->line};
    if (t && t->in_cell) {
        p.table = t->number;
        p.row = t->row + 1;
        p.col = t->v[t->n - 1].col + 1;
    }
    return p;
}

static void end_line(Build *b)
{
    b->space = b->line_end = false;
    if (!b->n)
        return;
    Str text = str_dup(b->a, (Str){b->text, b->n});
    list_add(b, open_list(b), (Block){.text = text, .place = place_here(b), .heading = b->heading});
    b->n = 0;
}

void build_line_end(Build *b)
{
    end_line(b);
}

void build_para(Build *b, int heading, int32_t line)
{
    end_line(b);
    b->heading = (uint8_t)heading;
    b->line = line;
}

// --- tables

bool build_in_table(const Build *b)
{
    return b->table != NULL;
}

bool build_in_cell(const Build *b)
{
    return b->table && b->table->in_cell;
}

void build_table(Build *b)
{
    end_line(b);
    Table *t = NEW(b->a, Table, 1);
    t->up = b->table;
    t->number = ++b->tables;
    t->row = -1;
    b->table = t;
    b->drop = false;
}

static void end_cell(Build *b)
{
    end_line(b);
    b->heading = 0;
    b->drop = false;
    b->table->in_cell = false;
}

static void end_row(Build *b)
{
    Table *t = b->table;
    b->drop = false;
    if (t->in_cell)
        end_cell(b);
    if (!t->in_row)
        return;
    t->in_row = false;
    for (size_t i = 0; i < t->n_taken; i++)
        t->taken[i] -= t->taken[i] > 0;
    b->work += t->n_taken;
    if (b->work > MAX_WORK)
        stop(b, "文件的表格超过%ld个单元格，无法读取。", "more than %ld table cells",
             MAX_GRID_CELLS);
}

void build_group(Build *b)
{
    Table *t = b->table;
    if (!t)
        return;
    end_row(b);
    for (size_t i = t->n; i-- > 0 && t->v[i].row + t->v[i].rowspan > t->group;)
        if (t->v[i].row + t->v[i].rowspan > t->row + 1)
            t->v[i].rowspan = t->row + 1 - t->v[i].row;
    if (t->n_taken)
        memset(t->taken, 0, t->n_taken * sizeof *t->taken);
    t->group = t->row + 1;
}

void build_row(Build *b)
{
    Table *t = b->table;
    if (!t)
        return;
    end_row(b);
    t->row++;
    t->col = 0;
    t->in_row = true;
}

void build_skip(Build *b, int32_t cols)
{
    if (b->table && b->table->in_row && cols > 0)
        b->table->col += cols < MAX_COLSPAN ? cols : MAX_COLSPAN;
}

// Marks the columns from `col` on as taken for `rows` rows, this one included.
static void take(Build *b, Table *t, int32_t col, int32_t colspan, int32_t rows)
{
    size_t want = (size_t)col + (size_t)colspan;
    if (want > t->cap_taken) {
        size_t cap = want * 2 + 16;
        int32_t *taken = NEW(b->a, int32_t, cap);
        if (t->n_taken)
            memcpy(taken, t->taken, t->n_taken * sizeof *taken);
        t->taken = taken;
        t->cap_taken = cap;
    }
    if (want > t->n_taken)
        t->n_taken = want;
    for (size_t i = (size_t)col; i < want; i++)
        if (t->taken[i] < rows)
            t->taken[i] = rows;
}

static int32_t clip(int64_t n, int32_t low, int32_t high)
{
    return n < low ? low : n > high ? high : (int32_t)n;
}

void build_cell(Build *b, int64_t rowspan, int64_t colspan)
{
    Table *t = b->table;
    if (!t || b->full_zh)
        return;
    b->drop = false;
    if (t->in_cell)
        end_cell(b);
    if (!t->in_row)
        build_row(b);
    while ((size_t)t->col < t->n_taken && t->taken[t->col])
        t->col++;
    int32_t rows = rowspan == 0 ? MAX_ROWSPAN : clip(rowspan, 1, MAX_ROWSPAN);
    int32_t cols = clip(colspan, 1, MAX_COLSPAN);
    if (rows > 1)
        take(b, t, t->col, cols, rows);
    *PUSH(b->a, t) = (Cell){.row = t->row, .col = t->col, .rowspan = rows, .colspan = cols};
    t->col += cols;
    if (t->cols < t->col)
        t->cols = t->col;
    t->in_cell = true;
    b->cells += (size_t)cols;
    if (b->cells > MAX_GRID_CELLS)
        stop(b, "文件的表格超过%ld个单元格，无法读取。", "more than %ld table cells",
             MAX_GRID_CELLS);
}

void build_cell_continued(Build *b, int64_t colspan)
{
    Table *t = b->table;
    if (!t || b->full_zh)
        return;
    b->drop = false;
    if (t->in_cell)
        end_cell(b);
    if (!t->in_row)
        build_row(b);
    int32_t cols = clip(colspan, 1, MAX_COLSPAN);
    for (size_t i = t->n; i-- > 0;) {
        Cell *c = &t->v[i];
        if (c->col == t->col && c->row + c->rowspan == t->row) {
            c->rowspan++;
            t->col += cols;
            b->drop = true;
            return;
        }
        if (c->row < t->row - 1 && c->row + MAX_COLSPAN < t->row)
            break;
    }
    build_cell(b, 1, colspan); // nothing above to continue: a cell of its own
}

// A number as forms hold it: digits with at most a few marks around them.
static bool numeric(Str s)
{
    size_t digits = 0;
    for (size_t i = 0; i < s.n && i < 24; i++)
        digits += s.s[i] >= '0' && s.s[i] <= '9';
    return digits && s.n <= 24 && digits * 4 >= s.n;
}

enum {
    FEW_NUMBERS = 5, // a table with fewer is not kept for its numbers alone
    LONG_LINES = 12, // a cell with more holds running text
    LONG_BYTES = 3000,
};

typedef struct Look {
    size_t numbers, tables;
    bool two_in_a_row, running_text;
} Look;

static Look look_at(const Table *t)
{
    Look look = {0};
    for (size_t i = 0; i < t->n; i++) {
        const Cell *c = &t->v[i];
        look.tables += c->list.tables;
        look.two_in_a_row |= i && t->v[i - 1].row == c->row;
        look.numbers += c->list.n == 1 && numeric(c->list.head->block.text);
        size_t bytes = 0;
        for (const Item *it = c->list.head; it && bytes <= LONG_BYTES; it = it->next)
            bytes += it->block.text.n;
        look.running_text |= c->list.n > LONG_LINES || bytes > LONG_BYTES;
    }
    return look;
}

static bool is_grid(const Table *t)
{
    Look look = look_at(t);
    if (!look.two_in_a_row && t->cols < 2)
        return false;
    if (!look.two_in_a_row && look.numbers == 0)
        return false;
    return look.numbers >= FEW_NUMBERS || (!look.tables && !look.running_text);
}

static Str lines_join(Arena *a, const List *l)
{
    if (l->n == 0)
        return S("");
    if (l->n == 1)
        return l->head->block.text; // NOLINT(clang-analyzer-core.NullDereference): n counts them
    size_t n = 0;
    for (const Item *it = l->head; it; it = it->next)
        n += it->block.text.n + 1;
    char *s = NEW(a, char, n), *p = s;
    for (const Item *it = l->head; it; it = it->next) {
        p = mempcpy(p, it->block.text.s, it->block.text.n);
        *p++ = '\n';
    }
    return (Str){s, n - 1};
}

// Columns at the right edge in which no cell begins come from spans larger than the table.
static int32_t cols_used(const Table *t)
{
    int32_t cols = 1;
    for (size_t i = 0; i < t->n; i++)
        if (cols <= t->v[i].col)
            cols = t->v[i].col + 1;
    return cols;
}

static Grid *grid_of(Build *b, const Table *t)
{
    Grid *g = NEW(b->a, Grid, 1);
    *g = (Grid){.rows = t->row + 1, .cols = cols_used(t), .place = {.table = t->number}};
    g->v = NEW(b->a, GridCell, t->n);
    g->cap = t->n;
    for (size_t i = 0; i < t->n; i++) {
        const Cell *c = &t->v[i];
        if (c->list.tables)
            continue;
        Place place = {.table = t->number, .row = c->row + 1, .col = c->col + 1};
        if (c->list.head)
            place.line = c->list.head->block.place.line;
        int32_t right = c->col + c->colspan < g->cols ? c->col + c->colspan : g->cols;
        g->v[g->n++] = (GridCell){.text = lines_join(b->a, &c->list),
                                  .place = place,
                                  .row = c->row,
                                  .col = c->col,
                                  .rowspan = c->rowspan,
                                  .colspan = right - c->col};
    }
    return g;
}

// Grids are often looked at as rows × columns, so that is what the limit counts.
static void count_slots(Build *b, const Grid *g)
{
    b->slots += (size_t)g->rows * (size_t)g->cols;
    if (b->slots > MAX_GRID_CELLS)
        stop(b, "文件的表格超过%ld个单元格，无法读取。", "more than %ld table cells",
             MAX_GRID_CELLS);
}

void build_table_end(Build *b)
{
    Table *t = b->table;
    if (!t)
        return;
    build_group(b);
    b->table = t->up;
    List *up = open_list(b);
    if (t->n && is_grid(t)) {
        Grid *g = grid_of(b, t);
        count_slots(b, g);
        list_add(b, up, (Block){.kind = BLOCK_GRID, .grid = g, .place = g->place});
        up->tables = true;
        for (size_t i = 0; i < t->n; i++)
            if (t->v[i].list.tables)
                list_join(up, &t->v[i].list);
        return;
    }
    for (size_t i = 0; i < t->n; i++)
        list_join(up, &t->v[i].list);
}

bool build_end(Build *b, Blocks *out, Err *err)
{
    while (b->table)
        build_table_end(b);
    end_line(b);
    if (b->full_zh)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
        return fail(err, ERR_LIMIT, NULL, b->full_zh, b->full_en, b->limit);
#pragma GCC diagnostic pop
    Blocks blocks = {.v = NEW(b->a, Block, b->page.n), .cap = b->page.n};
    for (const Item *it = b->page.head; it; it = it->next)
        blocks.v[blocks.n++] = it->block;
    blocks.title = out->title;
    *out = blocks;
    return true;
}
