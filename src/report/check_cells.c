// Cells: blanks, types, figures read by a guess, amounts, and what was noticed while reading.
#include "report/check_form.h"
#include "report/equation.h"

// A blank is a fault of the report, or of the copy: the more there are, the likelier the copy.
static void form_blanks(Checking *c)
{
    for (TableId i = 0; i < TABLE__COUNT; i++) {
        const Document *d = c->doc;
        Filled n = table_filled(d, i);
        size_t all = n.value + n.blank + n.unreadable + n.absent;
        if (!n.value || n.absent * 4 > all)
            continue;
        bool many = n.blank * 4 > all || n.value * 2 < all;
        Str name = table_name(c, i);
        Finding *f =
            n.blank == 0
                ? finding_add(c, CHECK_FORM_BLANK, RESULT_PASS, PRI_STR "没有空白。",
                              PRI_STR " has no blanks.", STR_ARG(name))
                : finding_add(c, CHECK_FORM_BLANK, many ? RESULT_DOUBTFUL : RESULT_FAIL,
                              many ? PRI_STR "有%"
                                             "zu格空白，可能是原表没有填，也可能是转载时丢失；请对"
                                             "照原件，没有发生的填0。"
                                   : PRI_STR "有%zu格空白；没有发生的请填0，不要留空。",
                              many ? PRI_STR " has %zu blank cells: not filled in, or lost in "
                                             "copying. Compare with the original."
                                   : PRI_STR
                                  " has %zu blank cells; write 0 where there was nothing.",
                              STR_ARG(name), n.blank);
        for (CellIx ix = table_cells(i); n.blank && ix < table_cells(i + 1); ix++)
            if (d->cells[ix].state == CELL_BLANK)
                finding_cell(c, f, ix);
        if (!n.blank)
            finding_place(c, f, n.place);
    }
}

// A digit or numeral of any width: what has one may be a number that was not read.
static bool digits_in(Str s)
{
    static const Str numerals = SI("〇零一二三四五六七八九十百千万两");
    for (size_t i = 0, len; i < s.n; i += len) {
        uint32_t r = str_rune(s, i, &len);
        if ((r >= '0' && r <= '9') || (r >= 0xff10 && r <= 0xff19) ||
            (r > 127 && str_has(numerals, str_sub(s, i, i + len))))
            return true;
    }
    return false;
}

// "3.5" and nothing else.
static bool is_decimal(Str s)
{
    size_t points = 0, digits = 0;
    s = str_trim(s);
    for (size_t i = 0; i < s.n; i++) {
        points += s.s[i] == '.';
        digits += s.s[i] >= '0' && s.s[i] <= '9';
    }
    return points == 1 && digits >= 2 && points + digits == s.n;
}

static bool is_negative(Str s)
{
    s = str_trim(s);
    int64_t n;
    return str_to_int(s, &n) && n < 0;
}

static bool is_vague(Str s)
{
    static const Str words[] = {SI("余"), SI("约"), SI("近"), SI("左右"), SI("以上"), SI("多")};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_has(s, words[i]))
            return true;
    return false;
}

typedef enum CellFault {
    FAULT_NONE,
    FAULT_NEGATIVE,
    FAULT_DECIMAL,
    FAULT_TEXT,
    FAULT_UNREAD
} CellFault;

// Other cells of its row cannot be read either: then which figure belongs where is not known.
static bool row_unread(const Document *d, CellIx ix)
{
    CellIx first = ix > T3_COLS ? ix - T3_COLS : 0;
    for (CellIx other = first; other < CELL_COUNT && other <= ix + T3_COLS; other++)
        if (other != ix && d->cells[other].state == CELL_UNREADABLE && row_same(other, ix))
            return true;
    return false;
}

static CellFault cell_fault(const Document *d, CellIx ix)
{
    const Cell *cell = &d->cells[ix];
    CellType type = cell_def(ix)->type;
    if (cell->state == CELL_VALUE)
        return cell->n < 0 && type != TYPE_CHANGE ? FAULT_NEGATIVE : FAULT_NONE;
    if (cell->state != CELL_UNREADABLE)
        return FAULT_NONE;
    if (cell->raw.n && !digits_in(cell->raw))
        return FAULT_TEXT;
    if (row_unread(d, ix))
        return FAULT_UNREAD;
    if (type == TYPE_COUNT && is_decimal(cell->raw))
        return FAULT_DECIMAL;
    if (type != TYPE_CHANGE && is_negative(cell->raw))
        return FAULT_NEGATIVE;
    return is_vague(cell->raw) ? FAULT_TEXT : FAULT_UNREAD;
}

// clang-format off
static const struct { CheckId check; Result result; const char *zh, *en; } faults[] = {
    [FAULT_NONE]     = {CHECK_FORM_TYPE,       RESULT_PASS,           "", ""},
    [FAULT_NEGATIVE] = {CHECK_FORM_NEGATIVE,   RESULT_FAIL,           "这一格不能是负数，请核对。", "This cell cannot be negative; check it."},
    [FAULT_DECIMAL]  = {CHECK_FORM_DECIMAL,    RESULT_FAIL,           "这一格应填整数，请核对。", "This cell takes a whole number; check it."},
    [FAULT_TEXT]     = {CHECK_FORM_TYPE,       RESULT_FAIL,           "这一格应填数字，填的是文字；请改填数字，没有发生的填0。", "This cell takes a number but holds words; write the number, 0 for none."},
};
// clang-format on

enum { FAULTS_SHOWN = 12 }; // of one kind; more say nothing new

static void fault_add(Checking *c, CellIx ix, CellFault fault)
{
    const Cell *cell = &c->doc->cells[ix];
    Str name = cell_name(c, ix);
    Finding *f = finding_add_said(c, faults[fault].check, faults[fault].result,
                                  c->opt->lang == LANG_EN ? str_z(faults[fault].en)
                                                          : str_z(faults[fault].zh));
    f->title = c->opt->lang == LANG_EN
                   ? str_fmt(c->a, PRI_STR ": " PRI_STR, STR_ARG(name), STR_ARG(f->title))
                   : str_fmt(c->a, PRI_STR "：" PRI_STR, STR_ARG(name), STR_ARG(f->title));
    f->evidence = say(c, "原文“" PRI_STR "”", "as written: “" PRI_STR "”",
                      STR_ARG(str_clip(c->a, cell->raw, 40)));
    f->left = str_clip(c->a, cell->raw, 40);
    finding_cell(c, f, ix);
}

// Cells that cannot be read come in numbers: one finding for all of a table.
static void unread_add(Checking *c, TableId table)
{
    const Document *d = c->doc;
    size_t n = 0;
    for (CellIx ix = table_cells(table); ix < table_cells(table + 1); ix++)
        n += cell_fault(d, ix) == FAULT_UNREAD;
    if (!n)
        return;
    Finding *f = finding_add(c, CHECK_FORM_UNREADABLE, RESULT_NOT_ASSESSABLE,
                             "有%zu格读不出是哪个数或者属于哪一格，没有采用；请对照原件。",
                             "Of %zu cells it cannot be told which number stands there or where it "
                             "belongs; they were not "
                             "used. Compare with the original.",
                             n);
    for (CellIx ix = table_cells(table); ix < table_cells(table + 1); ix++) {
        const Cell *cell = &d->cells[ix];
        if (cell_fault(d, ix) != FAULT_UNREAD)
            continue;
        finding_cell(c, f, ix);
        if (!f->evidence.n && cell->raw.n)
            f->evidence = say(c, "原文“" PRI_STR "”", "as written: “" PRI_STR "”",
                              STR_ARG(str_clip(c->a, cell->raw, 60)));
    }
}

static void form_types(Checking *c)
{
    size_t n[FAULT_UNREAD + 1] = {0}, values = 0;
    for (CellIx ix = 0; ix < CELL_COUNT; ix++) {
        const Cell *cell = &c->doc->cells[ix];
        values += cell->state == CELL_VALUE;
        CellFault fault = cell_fault(c->doc, ix);
        if (n[fault]++ < FAULTS_SHOWN && fault != FAULT_NONE && fault != FAULT_UNREAD)
            fault_add(c, ix, fault);
    }
    for (TableId table = 0; table < TABLE__COUNT; table++)
        unread_add(c, table);
    if (values && !n[FAULT_NEGATIVE] && !n[FAULT_DECIMAL] && !n[FAULT_TEXT])
        finding_add(c, CHECK_FORM_TYPE, RESULT_PASS, "读到的各格都是数字，没有负数和小数。",
                    "Every cell read holds a number of its kind.");
}

// --- figures read by a guess, or with a space inside

static bool spaced(const Cell *cell)
{
    Str head, rest;
    return cell->state == CELL_VALUE && cell->repairs & REPAIR_SPACES &&
           str_cut(str_trim(cell->raw), S(" "), &head, &rest) && digits_in(head) && digits_in(rest);
}

static Str row_name(const Checking *c, CellIx ix)
{
    bool t3 = ix >= T3_FIRST && ix < T3_FIRST + T3_CELLS;
    return c->opt->lang == LANG_EN && t3 ? t3_rows[(ix - T3_FIRST) / T3_COLS].en
                                         : cell_def(ix)->row;
}

static Str col_name(const Checking *c, CellIx ix)
{
    bool t3 = ix >= T3_FIRST && ix < T3_FIRST + T3_CELLS;
    return c->opt->lang == LANG_EN && t3 ? t3_cols[(ix - T3_FIRST) % T3_COLS].en
                                         : cell_def(ix)->col;
}

static void guess_add(Checking *c, CellIx first, CellIx end)
{
    const Document *d = c->doc;
    Finding *f = NULL;
    for (CellIx ix = first; ix < end; ix++) {
        const Cell *cell = &d->cells[ix];
        if (cell->state != CELL_VALUE || !(cell_guessed(cell) || spaced(cell)))
            continue;
        if (!f) {
            bool gap = !cell_guessed(cell);
            f = finding_add(
                c, CHECK_FORM_GUESS, RESULT_DOUBTFUL,
                gap ? "数字中间有空格，按一个数读取；请对照原件。"
                    : "数字的位置或分合是推定的；请对照原件。",
                gap ? "There is a space inside the figure, which was read as one number; "
                      "compare with the original."
                    : "Where the figures belong was inferred; compare with the original.");
            f->title = str_fmt(c->a, PRI_STR "%s" PRI_STR, STR_ARG(row_name(c, ix)),
                               c->opt->lang == LANG_EN ? ": " : "：", STR_ARG(f->title));
            f->evidence = say(c, "原文“" PRI_STR "” →", "as written: “" PRI_STR "” →",
                              STR_ARG(str_clip(c->a, cell->raw, 60)));
        }
        f->evidence = str_fmt(c->a, PRI_STR " " PRI_STR "=" PRI_STR, STR_ARG(f->evidence),
                              STR_ARG(col_name(c, ix)), STR_ARG(cell_print(c->a, ix, cell->n)));
        finding_cell(c, f, ix);
    }
}

static void form_guesses(Checking *c)
{
    for (CellIx ix = 0, next; ix < CELL_COUNT; ix = next) {
        for (next = ix; next < CELL_COUNT && row_same(ix, next);)
            next++;
        guess_add(c, ix, next);
    }
}

// --- amounts

enum { AMOUNT_HUGE_WAN = 10000000 }; // 1000亿元: more likely yuan than 万元

static void form_amounts(Checking *c)
{
    for (CellIx ix = 0; ix < CELL_COUNT; ix++) {
        const Cell *cell = &c->doc->cells[ix];
        if (cell_def(ix)->type != TYPE_AMOUNT || cell->state != CELL_VALUE)
            continue;
        bool yuan = cell->repairs & REPAIR_YUAN;
        bool huge = cell->n / AMOUNT_ONE >= AMOUNT_HUGE_WAN;
        Finding *f =
            yuan ? finding_add(c, CHECK_FORM_AMOUNT, RESULT_FAIL,
                               "格内写的是元，已换算为万元；请按万元填写。",
                               "The cell gives yuan, read as 万元; give it in 万元.")
            : huge
                ? finding_add(c, CHECK_FORM_AMOUNT, RESULT_DOUBTFUL,
                              "金额达到千亿元以上，请核对是否把元当作万元填写。",
                              "The amount is above a hundred billion yuan; check whether yuan was "
                              "given for 万元.")
                : finding_add(c, CHECK_FORM_AMOUNT, RESULT_PASS, "金额按万元填写。",
                              "The amount is in 万元.");
        f->left = cell_print(c->a, ix, cell->n);
        if (yuan)
            f->evidence = say(c, "原文“" PRI_STR "”", "as written: “" PRI_STR "”",
                              STR_ARG(str_clip(c->a, cell->raw, 40)));
        finding_cell(c, f, ix);
    }
}

// --- what was noticed while reading

// clang-format off
static const struct { NoteKind note; CheckId check; Result result; const char *zh, *en; } notes[] = {
    {NOTE_EXTRA_ROW,     CHECK_FORM_EXTRA_ROW,    RESULT_DOUBTFUL,       "表中有格式以外的行，没有采用；请确认是否属于本格式，自行增加的行请移到第六部分说明。", "A row the form does not have was left out; move local additions to chapter six."},
    {NOTE_EXTRA_COLUMN,  CHECK_FORM_EXTRA_COLUMN, RESULT_DOUBTFUL,       "表中有格式以外的列，没有采用；请删去，需要说明的写入第六部分。", "A column the form does not have was left out; remove it, or explain it in chapter six."},
    {NOTE_ROW_TWICE,     CHECK_FORM_ROW_TWICE,    RESULT_DOUBTFUL,       "同一行出现两次，数字不一样；请只保留正确的一行。", "The same row stands there twice with other figures; keep the right one."},
    {NOTE_CUT,           CHECK_FORM_CUT,          RESULT_NOT_ASSESSABLE, "文本在表格中间断了，后面的内容没有核对；请提供完整的报告。", "The text ends inside a table; what follows could not be checked. Supply the whole report."},
};
// clang-format on

static void form_notes(Checking *c)
{
    const Document *d = c->doc;
    for (size_t i = 0; i < d->notes.n; i++)
        for (size_t k = 0; k < sizeof notes / sizeof *notes; k++) {
            if (d->notes.v[i].kind != notes[k].note)
                continue;
            Finding *f =
                finding_add_said(c, notes[k].check, notes[k].result,
                                 c->opt->lang == LANG_EN ? str_z(notes[k].en) : str_z(notes[k].zh));
            f->evidence = str_clip(c->a, d->notes.v[i].text, 80);
            if (d->notes.v[i].cell != CELL_NONE)
                finding_cell(c, f, d->notes.v[i].cell);
            finding_place(c, f, d->notes.v[i].place);
        }
}

void check_cells(Checking *c)
{
    form_blanks(c);
    form_types(c);
    form_guesses(c);
    form_amounts(c);
    form_notes(c);
}
