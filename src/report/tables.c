#include "report/locate.h"
#include "report/numbers.h"

#include <string.h>

// The state of the walk over the lines of one document. Words that several tables share (总计,
// 其他) mean what they mean in the table we are in.
typedef struct Scan {
    Arena *a;
    Lines *lines;
    size_t line;
    Tables *t;
    TableId in;  // TABLE__COUNT: in none
    Found *open; // figures go here
    int t3_last; // the last row of table three met, -1 before the first
    int stat_last;
    size_t t4_above; // the line after one that holds only 行政复议 and 行政诉讼
    int lone;        // lines with nothing but a pipe just above
    bool bare;       // the last cell of a line of its own had no pipe behind it
    Str pending;     // a piece of text that may be the first half of a label
    RowShape shape;
    int32_t fields;
} Scan;

enum { PROSE_BYTES = 180, SHORT_BYTES = 120, NEAR_BYTES = 240 };

static void mark_table(Scan *s)
{
    s->lines->v[s->line].in_table = true;
    s->t->last_line = s->line + 1;
}

static void enter(Scan *s, TableId table)
{
    s->in = table;
    s->t->seen[table] = true;
    mark_table(s);
}

static Found *open_row(Scan *s, Mark mark, int row, const Item *it, uint32_t repairs)
{
    Found *f = PUSH(s->a, &s->t->rows);
    *f = (Found){.mark = mark,
                 .row = row,
                 .shape = s->shape,
                 .repairs = repairs | (it->repairs & (REPAIR_SCRIPT | REPAIR_RESIDUE)),
                 .label_field = it->col,
                 .fields = s->fields,
                 .place = it->place,
                 .raw = it->raw,
                 .line = s->line};
    const Line *above = s->line ? &s->lines->v[s->line - 1] : NULL;
    f->led = above && !above->grid && above->pipes == 1 && !above->text.n;
    return s->open = f;
}

static void push_value(Scan *s, const Item *it)
{
    *PUSH(s->a, &s->open->items) = *it;
    mark_table(s);
}

// The figures that stood in the same text as their label.
static void push_rest(Scan *s, const Item *like, const Label *label)
{
    Item it = *like;
    if (!label->rest.n)
        return;
    it.text = label->rest;
    it.glued = label->glued;
    push_value(s, &it);
}

// --- what each word does

static void on_t3_row(Scan *s, int row, const Item *it, const Label *label)
{
    enter(s, TABLE_T3);
    s->t3_last = row;
    open_row(s, MARK_T3_ROW, row, it, label->repairs);
    push_rest(s, it, label);
}

static void on_t2_row(Scan *s, const Item *it, const Label *label)
{
    enter(s, TABLE_T2);
    if (label->arg == T2R_SERVICE || label->arg == T2R_PROCUREMENT)
        s->t->t2_votes_2019++;
    open_row(s, MARK_T2_ROW, label->arg, it, label->repairs);
    push_rest(s, it, label);
}

static void on_stat_row(Scan *s, const Item *it, const Label *label)
{
    int row = label->arg;
    if (row <= s->stat_last)
        row = label_stat_row(row, s->stat_last);
    else
        row = label_stat_row(row, s->stat_last) < row ? label_stat_row(row, s->stat_last) : row;
    enter(s, TABLE_STAT);
    s->stat_last = row;
    open_row(s, MARK_STAT_ROW, row, it, label->repairs);
    push_rest(s, it, label);
}

static void on_t3_head(Scan *s, const Item *it, int col)
{
    s->open = NULL;
    if (col == T3_OTHER || col == T3_TOTAL) { // words that other tables have too
        if (s->in == TABLE_T4)
            s->t->t4_heads++;
        if (s->in != TABLE_T3) {
            if (s->in != TABLE__COUNT)
                mark_table(s);
            return;
        }
    }
    enter(s, TABLE_T3);
    if (s->shape == SHAPE_GRID && col >= 0 && s->t->head_col[col] < 0)
        s->t->head_col[col] = it->col;
}

static void on_t4_head(Scan *s, int col)
{
    s->open = NULL;
    s->t->t4_heads++;
    s->t->t4_upheld += col == T4_UPHELD;
    if (col >= 0) {
        enter(s, TABLE_T4);
        // 行政复议 | 行政诉讼 on the line above is its head too; alone they may be anything.
        if (s->line && s->t4_above == s->line)
            s->lines->v[s->line - 1].in_table = true;
    } else if (s->in != TABLE__COUNT) {
        mark_table(s);
    } else {
        s->t4_above = s->line + 1;
    }
}

static void on_caption(Scan *s, int printed_in)
{
    s->open = NULL;
    s->t->t2_votes_2019 += printed_in == IN_2019;
    s->t->t2_votes_2021 += printed_in == IN_2021;
    enter(s, TABLE_T2);
}

// Words whose meaning depends on the table: 3.其他 and （七）总计 are rows once table three has
// begun.
static Label in_context(const Scan *s, Label label, Str text)
{
    if (label.mark != MARK_T3_HEAD || s->in != TABLE_T3 || s->t3_last < T3_R1)
        return label;
    Str rest;
    int style, number = normal_number(text, &rest, &style);
    if (label.arg == T3_OTHER && (number == 3 || s->t3_last >= T3_R5_5))
        label.arg = T3_R6_3;
    else if (label.arg == T3_TOTAL)
        label.arg = T3_R7;
    else
        return label;
    label.mark = MARK_T3_ROW;
    return label;
}

// True when the label was one to act on here.
static bool on_label(Scan *s, const Item *it, Label label, bool figures_follow)
{
    label = in_context(s, label, it->text);
    switch (label.mark) {
    case MARK_T3_ROW:
        if (s->in != TABLE_T3 && !figures_follow && !label.rest.n && label.arg != T3_NEW &&
            label.arg != T3_CARRIED_IN)
            return false;
        on_t3_row(s, label.arg, it, &label);
        return true;
    case MARK_T3_GROUP:
        if (s->in != TABLE_T3)
            return false;
        s->open = NULL;
        mark_table(s);
        return true;
    case MARK_T2_ROW:
        if (s->in != TABLE_T2 && !figures_follow && !label.rest.n)
            return false;
        on_t2_row(s, it, &label);
        return true;
    case MARK_T2_CAPTION:
        if (s->in != TABLE_T2 && s->in != TABLE__COUNT)
            return false;
        on_caption(s, label.arg);
        return true;
    case MARK_T2_BLOCK:
        s->open = NULL;
        enter(s, TABLE_T2);
        return true;
    case MARK_T3_HEAD:
        on_t3_head(s, it, label.arg);
        return true;
    case MARK_T4_HEAD:
        on_t4_head(s, label.arg);
        return true;
    case MARK_STAT_ROW:
        if (s->in != TABLE_STAT && !figures_follow && !label.rest.n)
            return false;
        on_stat_row(s, it, &label);
        return true;
    case MARK_STAT_HEAD:
        if (s->in != TABLE_STAT && !label.arg)
            return false; // 主动公开情况 is a section of every report
        s->open = NULL;
        enter(s, TABLE_STAT);
        return true;
    case MARK_UNIT:
        if (s->in == TABLE_STAT || s->open)
            mark_table(s);
        return s->in == TABLE_STAT || s->open;
    case MARK_NONE:
        return false;
    }
    return false;
}

// --- items

static void on_figure(Scan *s, const Item *it)
{
    if (!s->open && s->in == TABLE_T4 && s->t->t4_upheld) {
        open_row(s, MARK_T4_HEAD, 0, it, 0);
        for (int i = 0; i < s->lone && s->shape == SHAPE_LINES; i++) // cells with nothing in them
            push_value(s, &(Item){.place = it->place, .blank = true});
    }
    if (s->open)
        push_value(s, it);
}

static void on_blank(Scan *s, const Item *it)
{
    if (s->open && s->shape != SHAPE_LINES)
        push_value(s, it);
}

// Text that is no label: the second half of one, something unreadable in a figure's place, a local
// row, or prose.
static void on_other(Scan *s, const Item *it, bool figures_follow)
{
    bool in_row =
        s->open && s->shape != SHAPE_LINES && s->open->line == s->line && s->open->items.n > 0;
    if (in_row && it->text.n <= 30) {
        push_value(s, it);
        return;
    }
    if (s->pending.n && it->text.n <= SHORT_BYTES) {
        Item joined = *it;
        joined.text = str_cat(s->a, s->pending, it->text);
        joined.raw = str_cat(s->a, s->pending, it->raw);
        Label label = label_exact(joined.text);
        if (label.mark) {
            label.repairs = REPAIR_LABEL;
            if (s->open && s->open->items.n == 0 && label.mark == s->open->mark &&
                label.arg == s->open->row) {
                s->pending = S("");
                mark_table(s); // the rest of a label already taken by its beginning
                return;
            }
            if (on_label(s, &joined, label, figures_follow)) {
                s->pending = S("");
                return;
            }
        }
    }
    s->pending = it->text.n <= SHORT_BYTES ? it->text : S("");
    s->open = NULL;
    if (it->text.n > PROSE_BYTES) {
        s->in = TABLE__COUNT;
    } else if (figures_follow && (s->in == TABLE_T3 || s->in == TABLE_T2) &&
               s->shape != SHAPE_LINES) {
        open_row(s, s->in == TABLE_T3 ? MARK_T3_ROW : MARK_T2_ROW, -1, it,
                 0); // a row of its own, or a lost label
        mark_table(s);
    }
}

static void on_item(Scan *s, const Item *it, bool figures_follow)
{
    if (it->blank) {
        on_blank(s, it);
        return;
    }
    if (number_like(it->text) && (s->open || s->in != TABLE__COUNT)) {
        on_figure(s, it);
        s->pending = S("");
        return;
    }
    if (it->text.n > LABEL_MAX_BYTES) {
        on_other(s, it, false);
        return;
    }
    s->t->serial |= str_eq(it->text, S("序号"));
    Label label = label_exact(it->text);
    if (!label.mark && s->in != TABLE__COUNT && it->text.n <= NEAR_BYTES) {
        Label near = label_near(it->text, s->in);
        if (!near.mark)
            near = label_near(it->text, TABLE__COUNT);
        label = near;
    } else if (!label.mark && it->text.n && it->text.s[it->text.n - 1] >= '0' &&
               it->text.s[it->text.n - 1] <= '9') {
        label = label_near(it->text,
                           TABLE__COUNT); // the first row of a table, its figures on the same line
        if (label.repairs || !label.rest.n)
            label = (Label){0};
    }
    if (label.mark && on_label(s, it, label, figures_follow)) {
        s->pending = label.repairs & REPAIR_LABEL ? it->text : S("");
        return;
    }
    on_other(s, it, figures_follow);
}

// Whether figures stand behind item i in its row, before the next text.
static bool figures_behind(const Items *row, size_t i)
{
    for (size_t k = i + 1; k < row->n; k++) {
        if (row->v[k].blank)
            continue;
        return number_like(row->v[k].text);
    }
    return false;
}

// A row of table four holds nothing but figures and blanks, the first of which may be blank.
static bool figures_only(const Items *row)
{
    size_t figures = 0;
    for (size_t i = 0; i < row->n; i++) {
        if (row->v[i].blank)
            continue;
        if (!number_like(row->v[i].text))
            return false;
        figures++;
    }
    return figures > 0 || row->n == T4_COLS || row->n == 2 * T4_COLS || row->n >= T4_CELLS;
}

static void scan_row(Scan *s, const Items *row)
{
    s->fields = (int32_t)row->n;
    if (s->in == TABLE_T4 && s->t->t4_upheld && s->shape != SHAPE_LINES && row->n >= 5 &&
        figures_only(row)) {
        open_row(s, MARK_T4_HEAD, 0, &row->v[0], 0);
        // The pipe that opened the line closed a cell with nothing in it.
        if (row->n == T4_CELLS - 1 && str_starts(s->lines->v[s->line].text, S("|")))
            push_value(s, &(Item){.place = row->v[0].place, .blank = true});
    } else if (s->in == TABLE_T3 && s->shape == SHAPE_GRID && row->n >= 5 && figures_only(row) &&
               s->t3_last >= 0) {
        open_row(s, MARK_T3_ROW, -1, &row->v[0], 0);
    } else if (s->shape == SHAPE_GRID) {
        s->open = NULL; // figures never reach over the end of a row
    }
    for (size_t i = 0; i < row->n; i++)
        on_item(s, &row->v[i], figures_behind(row, i));
    if (s->shape == SHAPE_GRID)
        s->open = NULL;
    s->lone = 0;
}

// --- rows out of lines

static void normalise(Item *it, HanziKind script, Arena *a)
{
    it->text = normal_text(a, it->raw, script, &it->repairs);
    it->blank = it->text.n == 0;
}

static void scan_grid(Scan *s, const Grid *g, HanziKind script)
{
    s->shape = SHAPE_GRID;
    s->open = NULL;
    bool heads = false;
    for (size_t i = 0; i < g->n; i++)
        heads |= str_has(g->v[i].text, S("自然人"));
    for (int c = 0; heads && c < T3_COLS; c++)
        s->t->head_col[c] = -1;
    if (heads)
        enter(s, TABLE_T3); // 其他 and 总计 are its heads, wherever they stand
    for (size_t i = 0; i < g->n;) {
        Items row = {0};
        int32_t r = g->v[i].row;
        for (; i < g->n && g->v[i].row == r; i++) {
            Item *it = PUSH(s->a, &row);
            *it = (Item){.raw = g->v[i].text, .place = g->v[i].place, .col = g->v[i].col};
            normalise(it, script, s->a);
        }
        scan_row(s, &row);
    }
}

// "|---|:--:|" under the head of a Markdown table.
static bool is_rule(Str text)
{
    size_t dashes = 0;
    for (size_t i = 0; i < text.n; i++) {
        if (text.s[i] == '-')
            dashes++;
        else if (!strchr("|: +=", text.s[i]))
            return false;
    }
    return dashes >= 3 && str_has(text, S("|"));
}

// The fields of a line of pipes. The pipe at its end closes the last one; tabs close nothing.
static void split_fields(Scan *s, const Line *line, Items *row)
{
    Str text = line->text;
    if (!line->tabs && str_starts(text, S("|")))
        text = str_from(text, 1);
    if (!line->tabs && str_ends(text, S("|")))
        text.n--;
    int32_t field = 0;
    for (bool more = true; more; field++) {
        Str head;
        more = str_cut(text, S("|"), &head, &text);
        bool filler = head.n == 0 && !line->tabs;
        head = str_trim(head);
        Item *it = PUSH(s->a, row);
        *it = (Item){.raw = head,
                     .text = head,
                     .repairs = line->repairs,
                     .place = line->place,
                     .col = field,
                     .blank = !head.n,
                     .filler = filler};
        it->place.col = field + 1;
    }
}

// A pipe alone on its line: the end of the cell above it, or, where that had its own, a cell with
// nothing in it.
static void scan_lone_pipe(Scan *s, const Line *line)
{
    mark_table(s);
    if (line->pipes > 1)
        return;
    s->lone += !s->bare;
    if (!s->bare && s->open && s->open->shape == SHAPE_LINES)
        push_value(s, &(Item){.place = line->place, .blank = true});
    s->bare = false;
}

static void scan_pipes(Scan *s, const Line *line)
{
    if (is_rule(line->text))
        return;
    if (!line->text.n) {
        scan_lone_pipe(s, line);
        return;
    }
    Items row = {0};
    if (memchr(line->text.s, '|', line->text.n)) {
        split_fields(s, line, &row);
    } else {
        *PUSH(s->a, &row) = (Item){
            .raw = line->text, .text = line->text, .repairs = line->repairs, .place = line->place};
        for (int32_t i = 1; i < line->fields && i < 16; i++)
            *PUSH(s->a, &row) =
                (Item){.place = line->place, .col = i, .blank = true, .filler = true};
    }
    size_t filled = 0;
    for (size_t i = 0; i < row.n; i++)
        filled += !row.v[i].blank;
    // One cell and its closing pipe is a cell on a line of its own; so is one with the pipes behind
    // it that merged cells left, where the cells above it have lines of their own.
    bool own_line = filled == 1 && (line->pipes <= 2 || (s->open && s->open->shape == SHAPE_LINES));
    s->shape = own_line && !line->tabs ? SHAPE_LINES : SHAPE_PIPES;
    if (s->shape == SHAPE_PIPES)
        s->open = NULL;
    s->bare = false;
    scan_row(s, &row);
}

// A row whose cells are parted by spaces: heads, or a label and its figures. Every word must be one
// or the other.
static bool split_words(Scan *s, const Line *line, Items *out)
{
    size_t labels = 0;
    if (line->text.n > LABEL_MAX_BYTES || !memchr(line->text.s, ' ', line->text.n))
        return false;
    for (Str head, rest = line->text; rest.n;) {
        str_cut(rest, S(" "), &head, &rest);
        bool label = label_exact(head).mark != MARK_NONE;
        if (!label && !number_like(head))
            return false;
        labels += label;
        *PUSH(s->a, out) =
            (Item){.raw = head, .text = head, .repairs = line->repairs, .place = line->place};
    }
    return labels > 0 && out->n > 1;
}

static void scan_line(Scan *s, const Line *line, HanziKind script)
{
    if (line->grid) {
        scan_grid(s, line->grid, script);
        return;
    }
    if (line->chapter) { // the text of a chapter, not of a table
        s->open = NULL;
        s->in = TABLE__COUNT;
        s->pending = S("");
        return;
    }
    if (line->pipes && line->text.n <= 4 * LABEL_MAX_BYTES) {
        scan_pipes(s, line);
        return;
    }
    s->shape = SHAPE_LINES;
    s->bare = true;
    Items words = {0};
    if (split_words(s, line, &words)) {
        scan_row(s, &words);
        return;
    }
    Item it = {
        .raw = line->raw, .text = line->text, .repairs = line->repairs, .place = line->place};
    Items row = {.v = &it, .n = 1, .cap = 1};
    scan_row(s, &row);
}

void tables_find(Lines *lines, size_t from, size_t to, Arena *a, Tables *out)
{
    *out = (Tables){0};
    for (int c = 0; c < T3_COLS; c++)
        out->head_col[c] = -1;
    Scan s = {.a = a, .lines = lines, .t = out, .in = TABLE__COUNT, .t3_last = -1, .stat_last = -1};
    for (s.line = from; s.line < to; s.line++)
        if (!lines->v[s.line].furniture)
            scan_line(&s, &lines->v[s.line], lines->script);
    tables_trim(out);
}

// --- what is a cell and what only fills

// In rows of pipes, fields with nothing at all between the pipes at the end are what merged cells
// left; the space before them is theirs.
static void trim_pipes(Found *f)
{
    size_t fillers = 0;
    while (f->items.n && f->items.v[f->items.n - 1].filler) {
        f->items.n--;
        fillers++;
    }
    if (fillers && f->items.n && f->items.v[f->items.n - 1].blank)
        f->items.n--;
}

// A blank with a figure behind it in the same row: this dump keeps empty cells where they are.
static bool blank_before_figure(const Found *f)
{
    bool blank = false;
    for (size_t i = 0; i < f->items.n; i++) {
        if (blank && !f->items.v[i].blank)
            return f->shape != SHAPE_GRID;
        blank |= f->items.v[i].blank;
    }
    return false;
}

void tables_trim(Tables *t)
{
    size_t rows = 0, led = 0;
    for (size_t i = 0; i < t->rows.n; i++)
        t->kept |= blank_before_figure(&t->rows.v[i]);
    for (size_t i = 0; i < t->rows.n; i++)
        if (t->rows.v[i].shape == SHAPE_LINES) {
            rows++;
            led += t->rows.v[i].led;
        }
    for (size_t i = 0; i < t->rows.n; i++) {
        Found *f = &t->rows.v[i];
        if (f->shape == SHAPE_PIPES)
            trim_pipes(f);
        // Where a lone pipe opens each row, the last blank of a row is the pipe that opened the
        // next.
        bool opens_next = i + 1 < t->rows.n && t->rows.v[i + 1].led;
        if (f->shape == SHAPE_LINES && led * 5 > rows * 4 && opens_next && f->items.n &&
            f->items.v[f->items.n - 1].blank)
            f->items.n--;
    }
}
