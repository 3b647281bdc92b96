// Sums, balances and subtotals of the forms (国办公开办函〔2019〕60号, 〔2021〕30号;
// 国办发〔2014〕32号). Nothing passes on cells that were not read, and a blank is never a zero.
#include "report/equation.h"

// clang-format off
static const EqWords row_words = {
    CHECK_T3_ROW_SUM, "各列相加", "The columns add up to", "总计", "the total is",
    "总计等于各列之和", "total equals the sum of its row", "总计不等于各列之和", "total differs from the sum of its row"};
static const EqWords col_words = {
    CHECK_T3_COL_SUM, "各项办理结果相加", "The outcomes add up to", "（七）总计", "row (7) is",
    "（七）总计等于各项之和", "outcomes add up to row (7)", "（七）总计不等于各项之和", "outcomes do not add up to row (7)"};
static const EqWords balance_words = {
    CHECK_T3_BALANCE, "本年新收加上年结转", "New and carried-over requests come to", "办理结果总计加结转下年度", "outcomes and those carried on come to",
    "一＋二＝三＋四", "1 + 2 = 3 + 4", "一＋二不等于三＋四", "1 + 2 differs from 3 + 4"};
static const EqWords block_words = {
    CHECK_T4_BLOCK_SUM, "四种结果相加", "The four results add up to", "总计", "the total is",
    "总计等于四种结果之和", "total equals the sum of the four", "总计不等于四种结果之和", "total differs from the sum of the four"};
static const EqWords stat_words = {
    CHECK_STAT_SUM, "各分项相加", "The parts add up to", "合计", "the whole is",
    "合计等于各分项之和", "whole equals the sum of its parts", "合计不等于各分项之和", "whole differs from the sum of its parts"};
// clang-format on

// --- table three

static bool row_there(const Document *d, T3Row row)
{
    for (T3Col col = 0; col < T3_COLS; col++)
        if (d->cells[cell_t3(row, col)].state != CELL_ABSENT)
            return true;
    return false;
}

// The rows that r7 adds up. 其他处理 is one row or three, whichever the document has; with neither,
// its form's. Where it has both, the one is a subtotal somebody added.
static size_t outcome_rows(const Document *d, T3Row rows[T3_ROWS])
{
    size_t n = 0;
    for (T3Row row = T3_R1; row < T3_R6; row++)
        rows[n++] = row;
    bool three = row_there(d, T3_R6_1) || row_there(d, T3_R6_2) || row_there(d, T3_R6_3);
    if (three || (!row_there(d, T3_R6) && d->edition == EDITION_FMT2021)) {
        rows[n++] = T3_R6_1;
        rows[n++] = T3_R6_2;
        rows[n++] = T3_R6_3;
    } else {
        rows[n++] = T3_R6;
    }
    return n;
}

static void row_sums(const Checking *c, Eqs *eqs)
{
    for (T3Row row = 0; row < T3_ROWS; row++) {
        if (!row_there(c->doc, row))
            continue;
        Eq *eq = PUSH(c->a, eqs);
        *eq = (Eq){.words = &row_words,
                   .name = c->opt->lang == LANG_EN ? t3_rows[row].en : t3_rows[row].short_zh,
                   .n_left = T3_TOTAL,
                   .n_right = 1,
                   .right = {cell_t3(row, T3_TOTAL)}};
        for (T3Col col = 0; col < T3_TOTAL; col++)
            eq->left[col] = cell_t3(row, col);
    }
}

static Eq *column_eq(const Checking *c, Eqs *eqs, const EqWords *words, T3Col col)
{
    Eq *eq = PUSH(c->a, eqs);
    *eq = (Eq){.words = words,
               .name = c->opt->lang == LANG_EN ? t3_cols[col].en : t3_cols[col].label};
    return eq;
}

static void column_sums(const Checking *c, Eqs *eqs)
{
    T3Row rows[T3_ROWS];
    size_t n = outcome_rows(c->doc, rows);
    for (T3Col col = 0; col < T3_COLS; col++) {
        Eq *eq = column_eq(c, eqs, &col_words, col);
        for (size_t i = 0; i < n; i++)
            eq->left[eq->n_left++] = cell_t3(rows[i], col);
        eq->right[eq->n_right++] = cell_t3(T3_R7, col);
    }
}

static void balances(const Checking *c, Eqs *eqs)
{
    for (T3Col col = 0; col < T3_COLS; col++) {
        Eq *eq = column_eq(c, eqs, &balance_words, col);
        eq->left[eq->n_left++] = cell_t3(T3_NEW, col);
        eq->left[eq->n_left++] = cell_t3(T3_CARRIED_IN, col);
        eq->right[eq->n_right++] = cell_t3(T3_R7, col);
        eq->right[eq->n_right++] = cell_t3(T3_CARRIED_OUT, col);
    }
}

// --- table four

static void block_sums(const Checking *c, Eqs *eqs)
{
    for (T4Block block = 0; block < T4_BLOCKS; block++) {
        Eq *eq = PUSH(c->a, eqs);
        *eq = (Eq){.words = &block_words,
                   .name = c->opt->lang == LANG_EN ? t4_blocks[block].en : t4_blocks[block].label,
                   .n_left = T4_TOTAL,
                   .n_right = 1,
                   .right = {cell_t4(block, T4_TOTAL)}};
        for (T4Col col = 0; col < T4_TOTAL; col++)
            eq->left[col] = cell_t4(block, col);
    }
}

// --- the 2014 table: a row with several parts is their sum, one with a single part (其中) contains
// it

static size_t stat_parts(int row, CellIx parts[EQ_LEFT])
{
    size_t n = 0;
    for (int i = 0; i < STAT_CELLS && n < EQ_LEFT; i++)
        if (stat_rows[i].parent == row && stat_rows[i].label.n)
            parts[n++] = (CellIx)(STAT_FIRST + i);
    return n;
}

static void stat_sums(const Checking *c, Eqs *eqs)
{
    for (int row = 0; row < STAT_CELLS; row++) {
        CellIx parts[EQ_LEFT];
        size_t n = stat_parts(row, parts);
        if (n < 2)
            continue;
        Eq *eq = PUSH(c->a, eqs);
        *eq = (Eq){.words = &stat_words,
                   .name = stat_rows[row].label,
                   .n_left = (uint8_t)n,
                   .n_right = 1,
                   .right = {(CellIx)(STAT_FIRST + row)}};
        memcpy(eq->left, parts, n * sizeof *parts);
    }
}

// --- what cannot exceed what: plausible rather than certain, so doubtful at most

// Σ small ≤ Σ large, the sign saying how a term counts.
typedef struct Bound {
    CheckId check;
    struct {
        char sign;
        CellIx ix;
    } small[3], large[6];
} Bound;

// clang-format off
#define STAT(row) (STAT_FIRST + (row))
static const Bound bounds[] = {
    {CHECK_T2_PUBLIC, {{'+', T2_REGULATION_NEWLY_PUBLIC}}, {{'+', T2_REGULATION_ALL_PUBLIC}}},
    {CHECK_T2_PUBLIC, {{'+', T2_NORMATIVE_NEWLY_PUBLIC}},  {{'+', T2_NORMATIVE_ALL_PUBLIC}}},
    // 上一年项目数量 + 本年增/减 ≥ 0
#define ITEMS(row) {CHECK_T2_CHANGE, {{'-', T2_##row##_CHANGE}}, {{'+', T2_##row##_LAST_YEAR}}}
    ITEMS(LICENCE), ITEMS(SERVICE), ITEMS(PENALTY), ITEMS(COERCION), ITEMS(CHARGE),
    // what was made and not repealed is in force
    {CHECK_T2_IN_FORCE, {{'+', T2_REGULATION_MADE}, {'-', T2_REGULATION_REPEALED}}, {{'+', T2_REGULATION_IN_FORCE}}},
    {CHECK_T2_IN_FORCE, {{'+', T2_NORMATIVE_MADE},  {'-', T2_NORMATIVE_REPEALED}},  {{'+', T2_NORMATIVE_IN_FORCE}}},
    // the same item may be published by several channels
    {CHECK_STAT_CHANNELS, {{'+', STAT(0)}}, {{'+', STAT(3)}, {'+', STAT(4)}, {'+', STAT(5)}, {'+', STAT(6)}, {'+', STAT(7)}}},
};
// clang-format on

typedef struct BoundSide {
    int64_t sum;
    size_t values, blanks;
    bool overflow;
} BoundSide;

static void bound_add(const Document *d, char sign, CellIx ix, BoundSide *side)
{
    const Cell *cell = &d->cells[ix];
    if (cell->state != CELL_VALUE) {
        side->blanks++;
        return;
    }
    side->values++;
    side->overflow |= sign == '-' ? __builtin_sub_overflow(side->sum, cell->n, &side->sum)
                                  : __builtin_add_overflow(side->sum, cell->n, &side->sum);
}

static void bound_judge(Checking *c, CheckId id, CellIx ix, const BoundSide *small,
                        const BoundSide *large)
{
    if (!small->values && !large->values)
        return;
    Result result = small->blanks || large->blanks || small->overflow || large->overflow
                        ? RESULT_NOT_ASSESSABLE
                    : small->sum <= large->sum ? RESULT_PASS
                                               : RESULT_DOUBTFUL;
    Finding *f = result == RESULT_PASS ? finding_add(c, id, result, "合理。", "Plausible.")
                 : result == RESULT_DOUBTFUL
                     ? finding_add(c, id, result, "%lld大于%lld，一般不会如此；请核对这一行。",
                                   "%lld exceeds %lld, which is unlikely; check the row.",
                                   (long long)small->sum, (long long)large->sum)
                     : finding_add(c, id, result, "这一行有单元格没有数字，不能核对；空白不当作0。",
                                   "A cell of this row has no figure; a blank is not taken for 0.");
    f->title = str_fmt(c->a, PRI_STR "%s" PRI_STR,
                       STR_ARG(c->opt->lang == LANG_EN ? cell_def(ix)->id : cell_def(ix)->row),
                       c->opt->lang == LANG_EN ? ": " : "：", STR_ARG(f->title));
    if (result != RESULT_NOT_ASSESSABLE) {
        f->left = number_print(c->a, small->sum);
        f->right = number_print(c->a, large->sum);
    }
    finding_cell(c, f, ix);
}

static void check_bounds(Checking *c)
{
    for (size_t i = 0; i < sizeof bounds / sizeof *bounds; i++) {
        const Bound *b = &bounds[i];
        if (!cell_in(b->large[0].ix, form_of(c->doc)))
            continue;
        BoundSide small = {0}, large = {0};
        for (size_t k = 0; k < 3 && b->small[k].sign; k++)
            bound_add(c->doc, b->small[k].sign, b->small[k].ix, &small);
        for (size_t k = 0; k < 6 && b->large[k].sign; k++)
            bound_add(c->doc, b->large[k].sign, b->large[k].ix, &large);
        bound_judge(c, b->check, b->large[0].ix, &small, &large);
    }
}

// 其中: a row with a single part.
static void stat_single_parts(Checking *c)
{
    for (int row = 0; row < STAT_CELLS; row++) {
        CellIx parts[EQ_LEFT];
        if (stat_parts(row, parts) != 1)
            continue;
        BoundSide part = {0}, whole = {0};
        bound_add(c->doc, '+', parts[0], &part);
        bound_add(c->doc, '+', (CellIx)(STAT_FIRST + row), &whole);
        bound_judge(c, CHECK_STAT_PART, (CellIx)(STAT_FIRST + row), &part, &whole);
    }
}

// --- tables that were not read at all

static void not_read(Checking *c, CheckId id)
{
    finding_add(c, id, RESULT_NOT_ASSESSABLE, "没有读到这张表，不能核对。",
                "The table was not found, so this cannot be checked.");
}

void check_sums(Checking *c)
{
    const Document *d = c->doc;
    Eqs eqs = {0};
    bool form = form_of(d) == EDITION_FMT2019 || form_of(d) == EDITION_FMT2021;
    bool t3 = table_there(d, TABLE_T3), t4 = table_there(d, TABLE_T4);
    bool stat = table_there(d, TABLE_STAT);
    if (t3) {
        row_sums(c, &eqs);
        column_sums(c, &eqs);
        balances(c, &eqs);
    } else if (form) {
        not_read(c, CHECK_T3_ROW_SUM);
        not_read(c, CHECK_T3_COL_SUM);
        not_read(c, CHECK_T3_BALANCE);
    }
    if (t4)
        block_sums(c, &eqs);
    else if (form)
        not_read(c, CHECK_T4_BLOCK_SUM);
    if (stat)
        stat_sums(c, &eqs);
    else if (form_of(d) == EDITION_STAT2014)
        not_read(c, CHECK_STAT_SUM);
    eqs_check(c, &eqs);
    check_bounds(c);
    stat_single_parts(c);
}
