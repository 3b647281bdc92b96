#include "form.h"

#include <stdlib.h>

uint64_t dice(Dice *d)
{
    uint64_t z = d->s += 0x9e3779b97f4a7c15u; // splitmix64
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

int64_t dice_below(Dice *d, int64_t n)
{
    return (int64_t)(dice(d) % (uint64_t)n);
}

// --- figures

void figures_set(Figures *f, CellIx ix, int64_t n)
{
    f->state[ix] = CELL_VALUE;
    f->n[ix] = n;
}

static int64_t some(Dice *d, Size size)
{
    static const int64_t top[SIZE__COUNT] = {3, 60, 4000};
    int64_t zeros = dice_below(d, 100) < (size == SIZE_LARGE ? 20 : 55);
    return zeros ? 0 : dice_below(d, top[size]);
}

static bool row_in(const Figures *f, int row)
{
    if (f->mixed && row >= T3_R6 && row <= T3_R6_3)
        return row == T3_R6;
    return t3_rows[row].editions >> f->edition & 1;
}

static bool is_outcome(const Figures *f, int row)
{
    return row >= T3_R1 && row < T3_R7 && row_in(f, row);
}

// One column of applicants: outcomes first, then what came in so that it balances.
static void t3_column(Figures *f, Dice *d, Size size, T3Col col)
{
    int64_t done = 0;
    for (int row = T3_R1; row < T3_R7; row++)
        if (is_outcome(f, row)) {
            int64_t n = some(d, size);
            figures_set(f, cell_t3((T3Row)row, col), n);
            done += n;
        }
    int64_t out = some(d, size), in = dice_below(d, done + out + 1) / 4;
    figures_set(f, cell_t3(T3_R7, col), done);
    figures_set(f, cell_t3(T3_CARRIED_OUT, col), out);
    figures_set(f, cell_t3(T3_CARRIED_IN, col), in);
    figures_set(f, cell_t3(T3_NEW, col), done + out - in);
}

static void t3_totals(Figures *f)
{
    for (int row = 0; row < T3_ROWS; row++) {
        int64_t sum = 0;
        for (int col = T3_NATURAL; col < T3_TOTAL; col++)
            sum += f->n[cell_t3((T3Row)row, (T3Col)col)];
        if (row_in(f, row))
            figures_set(f, cell_t3((T3Row)row, T3_TOTAL), sum);
    }
}

static void t4_block(Figures *f, Dice *d, Size size, T4Block block)
{
    int64_t sum = 0;
    for (int col = T4_UPHELD; col < T4_TOTAL; col++) {
        int64_t n = some(d, size);
        figures_set(f, cell_t4(block, (T4Col)col), n);
        sum += n;
    }
    figures_set(f, cell_t4(block, T4_TOTAL), sum);
}

static int64_t amount(Dice *d)
{
    static const int64_t grain[] = {1000000, 10000, 1}; // whole, two decimals, six decimals
    int64_t g = grain[dice_below(d, 3)];
    return dice_below(d, 500) * AMOUNT_ONE + (g == 1000000 ? 0 : dice_below(d, AMOUNT_ONE / g) * g);
}

static void t2_and_stat(Figures *f, Dice *d, Size size)
{
    for (CellIx ix = 0; ix < CELL_COUNT; ix++) {
        const CellDef *c = cell_def(ix);
        if ((c->table != TABLE_T2 && c->table != TABLE_STAT) || !cell_in(ix, f->edition))
            continue;
        int64_t n = c->type == TYPE_AMOUNT ? amount(d) : some(d, size);
        figures_set(f, ix, c->type == TYPE_CHANGE && dice_below(d, 2) ? -n : n);
    }
}

// Where the 2014 table says 其中 a part is at most the whole; elsewhere the parts make up the
// whole.
static void stat_sums(Figures *f)
{
    for (int row = STAT_CELLS - 1; row >= 0; row--) {
        int64_t sum = 0;
        for (int part = row + 1; part < STAT_CELLS; part++)
            if (stat_rows[part].parent == row)
                sum += f->n[STAT_FIRST + part];
        if (sum)
            f->n[STAT_FIRST + row] = sum;
    }
}

void figures_make(Dice *d, Edition edition, bool mixed, Size size, Figures *out)
{
    *out = (Figures){.edition = edition, .mixed = mixed};
    out->year = edition == EDITION_STAT2014 ? 2018 : edition == EDITION_FMT2019 ? 2020 : 2023;
    t2_and_stat(out, d, size);
    if (edition == EDITION_STAT2014) {
        stat_sums(out);
        return;
    }
    for (int col = T3_NATURAL; col < T3_TOTAL; col++)
        t3_column(out, d, size, (T3Col)col);
    t3_totals(out);
    for (int block = 0; block < T4_BLOCKS; block++)
        t4_block(out, d, size, (T4Block)block);
}

void figures_blank_some(Figures *f, Dice *d, int every)
{
    for (CellIx ix = 0; ix < CELL_COUNT; ix++)
        if (f->state[ix] == CELL_VALUE && f->n[ix] == 0 && dice_below(d, every) == 0)
            f->state[ix] = CELL_BLANK;
}

void figures_zeros_blank(Figures *f)
{
    Dice d = {0};
    figures_blank_some(f, &d, 1);
}

// --- text of cells

static Str digits_grouped(Arena *a, Str digits)
{
    Str out = S("");
    for (size_t i = 0; i < digits.n; i++) {
        if (i && (digits.n - i) % 3 == 0)
            out = str_cat(a, out, S(","));
        out = str_cat(a, out, str_sub(digits, i, i + 1));
    }
    return out;
}

static Str digits_wide(Arena *a, Str s)
{
    Str out = S("");
    for (size_t i = 0; i < s.n; i++) {
        char wide[4] = "\xef\xbc";
        wide[2] = (char)(0x90 + (s.s[i] - '0'));
        bool digit = s.s[i] >= '0' && s.s[i] <= '9';
        out = str_cat(a, out, digit ? str_z(wide) : str_sub(s, i, i + 1));
    }
    return str_dup(a, out);
}

static Str decimals(Arena *a, int64_t n)
{
    Str s = str_fmt(a, ".%06lld", (long long)(n % AMOUNT_ONE));
    while (s.n && s.s[s.n - 1] == '0')
        s.n--;
    return s.n == 1 ? S("") : s;
}

static Str number_text(Arena *a, const CellDef *c, int64_t n, unsigned style)
{
    bool amount_cell = c->type == TYPE_AMOUNT;
    Str whole = str_fmt(a, "%lld", (long long)llabs(amount_cell ? n / AMOUNT_ONE : n));
    if (style & STYLE_THOUSANDS)
        whole = digits_grouped(a, whole);
    if (style & STYLE_SPACED && whole.n > 1)
        whole = str_fmt(a, PRI_STR " " PRI_STR, STR_ARG(str_sub(whole, 0, 1)),
                        STR_ARG(str_from(whole, 1)));
    Str s = amount_cell ? str_cat(a, whole, decimals(a, n)) : whole;
    if (style & STYLE_WIDE_DIGITS)
        s = digits_wide(a, s);
    if (style & STYLE_UNITS && (amount_cell || str_eq(c->unit, S("项"))))
        s = str_cat(a, s, c->unit);
    if (c->type != TYPE_CHANGE || n == 0)
        return s;
    Str plus = style & STYLE_SIGN_WORDS ? S("增") : S("+"),
        minus = style & STYLE_SIGN_WORDS ? S("减") : S("-");
    return str_cat(a, n < 0 ? minus : plus, s);
}

static Str blank_text(unsigned style, Dice *d)
{
    static const Str dashes[] = {SI("_"), SI("-"), SI("—"), SI("/"), SI("无")};
    return style & STYLE_DASHES ? dashes[dice_below(d, 5)] : S("");
}

typedef struct Swap {
    unsigned style;
    Str what, with;
} Swap;

// What a style does to labels, in this order.
// clang-format off
static const Swap label_swaps[] = {
    {STYLE_LABEL_SPACES,    SI("总计"),                 SI("总 计")},
    {STYLE_LABEL_SPACES,    SI("尚未审结"),             SI("尚未 审结")},
    {STYLE_LABEL_SPACES,    SI("重新出具"),             SI("重新 出具")},
    {STYLE_LABEL_SPACES,    SI("结果维持"),             SI("结果 维持")},
    {STYLE_CUT,             SI("第二十条第（五）项"),   SI("第二十条第")},
    {STYLE_CUT,             SI("本年增/减"),            SI("本年增/")},
    {STYLE_QUESTION,        SI("“三安全一稳定”"),       SI("???三安全一稳定???")},
    {STYLE_BROKEN_HEADS,    SI("本年新制作数量"),       SI("本年新\n制作数量")},
    {STYLE_BROKEN_HEADS,    SI("本年新公开数量"),       SI("本年新\n公开数量")},
    {STYLE_BROKEN_HEADS,    SI("社会公益组织"),         SI("社会公益\n组织")},
    {STYLE_PLAIN_NORMATIVE, SI("行政规范性文件"),       SI("规范性文件")},
    {STYLE_HALF_BRACKETS,   SI("（"),                   SI("(")},
    {STYLE_HALF_BRACKETS,   SI("）"),                   SI(")")},
    {STYLE_HALF_BRACKETS,   SI("，"),                   SI(",")},
    {STYLE_HALF_BRACKETS,   SI("："),                   SI(":")},
};
// clang-format on

static Str label_text(Arena *a, Str label, unsigned style)
{
    for (size_t i = 0; i < sizeof label_swaps / sizeof *label_swaps; i++)
        if (style & label_swaps[i].style)
            label = str_replace(a, label, label_swaps[i].what, label_swaps[i].with);
    return label;
}

// --- tables

typedef struct Maker {
    const Figures *f;
    unsigned style;
    Dice *d;
    Arena *a;
    FormTable *t;
} Maker;

static void label(Maker *m, int row, int col, int rowspan, int colspan, Str text)
{
    *PUSH(m->a, m->t) =
        (FormCell){label_text(m->a, text, m->style), row, col, rowspan, colspan, CELL_NONE};
}

static void figure(Maker *m, int row, int col, int colspan, CellIx ix)
{
    Str text = m->f->state[ix] == CELL_VALUE
                   ? number_text(m->a, cell_def(ix), m->f->n[ix], m->style)
                   : blank_text(m->style, m->d);
    *PUSH(m->a, m->t) = (FormCell){text, row, col, 1, colspan, ix};
}

typedef struct T2Row {
    Str label;
    CellIx cells[3];
} T2Row;

typedef struct T2Item {
    Edition edition;
    Str heading;
    Str heads[3];
    int columns;
    T2Row rows[2];
} T2Item;

// clang-format off
static const T2Item t2_items[] = {
    {EDITION_FMT2019, SI("第二十条第（一）项"), {SI("本年新制作数量"), SI("本年新公开数量"), SI("对外公开总数量")}, 3,
        {{SI("规章"), {T2_REGULATION_MADE, T2_REGULATION_NEWLY_PUBLIC, T2_REGULATION_ALL_PUBLIC}},
         {SI("规范性文件"), {T2_NORMATIVE_MADE, T2_NORMATIVE_NEWLY_PUBLIC, T2_NORMATIVE_ALL_PUBLIC}}}},
    {EDITION_FMT2019, SI("第二十条第（五）项"), {SI("上一年项目数量"), SI("本年增/减"), SI("处理决定数量")}, 3,
        {{SI("行政许可"), {T2_LICENCE_LAST_YEAR, T2_LICENCE_CHANGE, T2_LICENCE_DECIDED}},
         {SI("其他对外管理服务事项"), {T2_SERVICE_LAST_YEAR, T2_SERVICE_CHANGE, T2_SERVICE_DECIDED}}}},
    {EDITION_FMT2019, SI("第二十条第（六）项"), {SI("上一年项目数量"), SI("本年增/减"), SI("处理决定数量")}, 3,
        {{SI("行政处罚"), {T2_PENALTY_LAST_YEAR, T2_PENALTY_CHANGE, T2_PENALTY_DECIDED}},
         {SI("行政强制"), {T2_COERCION_LAST_YEAR, T2_COERCION_CHANGE, T2_COERCION_DECIDED}}}},
    {EDITION_FMT2019, SI("第二十条第（八）项"), {SI("上一年项目数量"), SI("本年增/减"), SI("")}, 2,
        {{SI("行政事业性收费"), {T2_CHARGE_LAST_YEAR, T2_CHARGE_CHANGE, 0}}}},
    {EDITION_FMT2019, SI("第二十条第（九）项"), {SI("采购项目数量"), SI("采购总金额"), SI("")}, 2,
        {{SI("政府集中采购"), {T2_PROCUREMENT_ITEMS, T2_PROCUREMENT_AMOUNT_WAN, 0}}}},
    {EDITION_FMT2021, SI("第二十条第（一）项"), {SI("本年制发件数"), SI("本年废止件数"), SI("现行有效件数")}, 3,
        {{SI("规章"), {T2_REGULATION_MADE, T2_REGULATION_REPEALED, T2_REGULATION_IN_FORCE}},
         {SI("行政规范性文件"), {T2_NORMATIVE_MADE, T2_NORMATIVE_REPEALED, T2_NORMATIVE_IN_FORCE}}}},
    {EDITION_FMT2021, SI("第二十条第（五）项"), {SI("本年处理决定数量"), SI(""), SI("")}, 1,
        {{SI("行政许可"), {T2_LICENCE_DECIDED, 0, 0}}}},
    {EDITION_FMT2021, SI("第二十条第（六）项"), {SI("本年处理决定数量"), SI(""), SI("")}, 1,
        {{SI("行政处罚"), {T2_PENALTY_DECIDED, 0, 0}}, {SI("行政强制"), {T2_COERCION_DECIDED, 0, 0}}}},
    {EDITION_FMT2021, SI("第二十条第（八）项"), {SI("本年收费金额（单位：万元）"), SI(""), SI("")}, 1,
        {{SI("行政事业性收费"), {T2_CHARGE_AMOUNT_WAN, 0, 0}}}},
};
// clang-format on

static int item_span(const T2Item *item, int column)
{
    return column == item->columns - 1 ? 4 - item->columns : 1;
}

static void t2_item(Maker *m, const T2Item *item)
{
    if (m->t->rows || !(m->style & STYLE_NO_FIRST))
        label(m, m->t->rows++, 0, 1, 4, item->heading);
    label(m, m->t->rows, 0, 1, 1, S("信息内容"));
    for (int i = 0; i < item->columns; i++)
        label(m, m->t->rows, 1 + i, 1, item_span(item, i), item->heads[i]);
    m->t->rows++;
    for (int r = 0; r < 2 && item->rows[r].label.n; r++, m->t->rows++) {
        label(m, m->t->rows, 0, 1, 1, item->rows[r].label);
        for (int i = 0; i < item->columns; i++)
            figure(m, m->t->rows, 1 + i, item_span(item, i), item->rows[r].cells[i]);
    }
}

static void table_two(Maker *m)
{
    m->t->cols = 4;
    m->t->chapter = 2;
    for (size_t i = 0; i < sizeof t2_items / sizeof *t2_items; i++)
        if (t2_items[i].edition == m->f->edition)
            t2_item(m, &t2_items[i]);
}

static int extra_column(const Maker *m)
{
    return m->style & STYLE_EXTRA_COLUMN ? 1 : 0;
}

static void t3_head(Maker *m)
{
    int extra = extra_column(m);
    label(m, 0, 0, 3, 3, S("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"));
    label(m, 0, 3, 1, 7 + extra, S("申请人情况"));
    label(m, 1, 3, 2, 1, t3_cols[T3_NATURAL].label);
    label(m, 1, 4, 1, 5 + extra, S("法人或其他组织"));
    bool low = m->style & STYLE_LOW_TOTAL;
    label(m, 1, 9 + extra, low ? 1 : 2, 1, low ? S("") : t3_cols[T3_TOTAL].label);
    for (int col = T3_BUSINESS; col < T3_TOTAL; col++)
        label(m, 2, 3 + col, 1, 1, t3_cols[col].label);
    if (extra)
        label(m, 2, 9, 1, 1, S("小计"));
    if (low)
        label(m, 2, 9 + extra, 1, 1, t3_cols[T3_TOTAL].label);
    m->t->rows = 3;
}

static int64_t value_of(const Maker *m, CellIx ix)
{
    return m->f->state[ix] == CELL_VALUE ? m->f->n[ix] : 0;
}

static void t3_figures(Maker *m, T3Row row)
{
    int at = m->t->rows, extra = extra_column(m);
    int64_t sum = 0;
    for (int col = 0; col < T3_TOTAL; col++) {
        figure(m, at, 3 + col, 1, cell_t3(row, (T3Col)col));
        sum += col ? value_of(m, cell_t3(row, (T3Col)col)) : 0;
    }
    if (extra)
        label(m, at, 9, 1, 1, str_fmt(m->a, "%lld", (long long)sum));
    figure(m, at, 9 + extra, 1, cell_t3(row, T3_TOTAL));
    m->t->rows++;
}

// A local addition: the sum of the rows of 不予公开.
static void t3_extra_row(Maker *m)
{
    int at = m->t->rows, extra = extra_column(m);
    label(m, at, 2, 1, 1, S("小计"));
    for (int col = 0; col < T3_COLS + extra; col++) {
        int64_t sum = 0;
        for (int row = T3_R3_1; row <= T3_R3_8; row++)
            for (int c = 0; c < T3_COLS; c++)
                if (c == col - (col == T3_COLS ? 1 : 0))
                    sum += value_of(m, cell_t3((T3Row)row, (T3Col)c));
        label(m, at, 3 + col, 1, 1, str_fmt(m->a, "%lld", (long long)sum));
    }
    m->t->rows++;
}

static int group_size(const Maker *m, int row)
{
    int n = 0;
    for (int r = row; r < T3_ROWS && str_eq(t3_rows[r].group, t3_rows[row].group); r++)
        n += row_in(m->f, r);
    return n + (row == T3_R3_1 && m->style & STYLE_EXTRA_ROW ? 1 : 0);
}

static void t3_row(Maker *m, int row)
{
    const T3RowDef *def = &t3_rows[row];
    int at = m->t->rows;
    if (!def->group.n) {
        bool inside = row >= T3_R1 && row <= T3_R7;
        label(m, at, inside, 1, inside ? 2 : 3, def->label);
    } else {
        if (!str_eq(t3_rows[row - 1].group, def->group))
            label(m, at, 1, group_size(m, row), 1, def->group);
        label(m, at, 2, 1, 1, def->label);
    }
    t3_figures(m, (T3Row)row);
    if (row == T3_R3_8 && m->style & STYLE_EXTRA_ROW)
        t3_extra_row(m);
}

static void table_three(Maker *m)
{
    m->t->cols = 10 + extra_column(m);
    m->t->chapter = 3;
    t3_head(m);
    int outcomes = m->style & STYLE_EXTRA_ROW ? 1 : 0;
    for (int row = T3_R1; row <= T3_R7; row++)
        outcomes += row_in(m->f, row);
    for (int row = 0; row < T3_ROWS; row++) {
        if (row == T3_R1)
            label(m, m->t->rows, 0, outcomes, 1, S("三、本年度办理结果"));
        if (row_in(m->f, row))
            t3_row(m, row);
    }
}

static void table_four(Maker *m)
{
    m->t->cols = 15;
    m->t->rows = 4;
    m->t->chapter = 4;
    label(m, 0, 0, 1, 5, S("行政复议"));
    label(m, 0, 5, 1, 10, S("行政诉讼"));
    for (int c = 0; c < T4_COLS; c++)
        label(m, 1, c, 2, 1, t4_cols[c].label);
    label(m, 1, 5, 1, 5, t4_blocks[T4_SUIT_DIRECT].label);
    label(m, 1, 10, 1, 5, t4_blocks[T4_SUIT_AFTER_REVIEW].label);
    for (int i = 0; i < 10; i++)
        label(m, 2, 5 + i, 1, 1, t4_cols[i % 5].label);
    for (int i = 0; i < 15; i++)
        figure(m, 3, i, 1, cell_t4((T4Block)(i / 5), (T4Col)(i % 5)));
}

// The number in the column 序号 goes before the row.
static int stat_serial(Maker *m)
{
    if (!(m->style & STYLE_SERIAL))
        return 0;
    label(m, m->t->rows, 0, 1, 1, m->t->rows ? str_fmt(m->a, "%d", m->t->rows) : S("序号"));
    return 1;
}

static int stat_labels(Maker *m, Str name, Str unit)
{
    int at = stat_serial(m);
    label(m, m->t->rows, at, 1, 1, name);
    label(m, m->t->rows, at + 1, 1, 1, unit);
    return at + 2;
}

static void stat_heading(Maker *m, Str name, Str dash)
{
    int at = stat_labels(m, name, dash);
    label(m, m->t->rows++, at, 1, 1, dash);
}

static void table_stat(Maker *m)
{
    m->t->cols = m->style & STYLE_SERIAL ? 4 : 3;
    label(m, 0, stat_labels(m, S("统计指标"), S("单位")), 1, 1, S("统计数"));
    m->t->rows = 1;
    for (int i = 0; i < STAT_CELLS; i++) {
        const StatRow *r = &stat_rows[i];
        Str above = r->above, line;
        while (above.n) {
            str_cut(above, S("\n"), &line, &above);
            stat_heading(m, line, S("——"));
        }
        int at = stat_labels(m, str_cat(m->a, r->number, r->label), r->unit);
        figure(m, m->t->rows++, at, 1, (CellIx)(STAT_FIRST + i));
    }
}

void form_make(const Figures *f, unsigned style, Dice *d, Arena *a, Form *out)
{
    *out = (Form){.n = f->edition == EDITION_STAT2014 ? 1 : 3};
    void (*const makers[])(Maker *) = {table_two, table_three, table_four};
    for (int i = 0; i < out->n; i++) {
        Maker m = {f, style, d, a, &out->tables[i]};
        out->n == 1 ? table_stat(&m) : makers[i](&m);
    }
}
