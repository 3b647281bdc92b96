#include "report/render_xlsx.h"

#include "base/file.h"
#include "report/report_json.h"
#include "report/report_print.h"

#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

typedef struct Sheet {
    lxw_worksheet *ws;
    lxw_workbook *book;
    const Document *doc;
    Arena *a;
    lxw_format *head, *label, *number, *amount, *guess, *as_written, *text;
} Sheet;

static const char *z(Sheet *s, Str text)
{
    return str_to_z(s->a, text);
}

// A text over the cells (r0,c0) to (r1,c1), which may be one.
static void over(Sheet *s, int r0, int c0, int r1, int c1, Str text, lxw_format *f)
{
    if (r0 == r1 && c0 == c1)
        worksheet_write_string(s->ws, (lxw_row_t)r0, (lxw_col_t)c0, z(s, text), f);
    else
        worksheet_merge_range(s->ws, (lxw_row_t)r0, (lxw_col_t)c0, (lxw_row_t)r1, (lxw_col_t)c1,
                              z(s, text), f);
}

static bool guessed(const Cell *c)
{
    for (int i = 0; i < REPAIR__COUNT; i++)
        if ((c->repairs >> i & 1) && repair_defs[i].guess)
            return true;
    return false;
}

static double number_of(CellIx ix, int64_t n)
{
    return cell_def(ix)->type == TYPE_AMOUNT ? (double)n / AMOUNT_ONE : (double)n;
}

// The figure of a cell of the form, over columns c0 to c1 of one row.
static void figure(Sheet *s, int row, int c0, int c1, CellIx ix)
{
    const Cell *c = &s->doc->cells[ix];
    lxw_row_t r = (lxw_row_t)row;
    lxw_format *f = c->state == CELL_UNREADABLE         ? s->as_written
                    : guessed(c)                        ? s->guess
                    : cell_def(ix)->type == TYPE_AMOUNT ? s->amount
                                                        : s->number;
    if (c0 != c1)
        worksheet_merge_range(s->ws, r, (lxw_col_t)c0, r, (lxw_col_t)c1, "", f);
    if (c->state == CELL_VALUE)
        worksheet_write_number(s->ws, r, (lxw_col_t)c0, number_of(ix, c->n), f);
    else if (c->state == CELL_UNREADABLE)
        worksheet_write_string(s->ws, r, (lxw_col_t)c0, z(s, str_clip(s->a, c->raw, 200)), f);
    else
        worksheet_write_blank(s->ws, r, (lxw_col_t)c0, f);
    if (c->state == CELL_VALUE && guessed(c))
        worksheet_write_comment(s->ws, r, (lxw_col_t)c0, "原文位置丢失，按表内勾稽关系推定的读法");
}

static void sheet_new(Sheet *s, const char *name, int columns, double first, double others)
{
    s->ws = workbook_add_worksheet(s->book, name);
    worksheet_set_column(s->ws, 0, 0, first, NULL);
    worksheet_set_column(s->ws, 1, (lxw_col_t)(columns - 1), others, NULL);
    worksheet_set_landscape(s->ws);
    worksheet_fit_to_pages(s->ws, 1, 0);
}

static bool listed(const Sheet *s, CellIx ix)
{
    return report_cell_listed(s->doc, ix);
}

// --- table two: under each item of Article 20 a head line and the item's rows ---

// Where the two forms print other words for the same cell: those of the 2019 form.
static const struct {
    Str now, in_2019;
} renamed[] = {
    {SI("本年制发件数"), SI("本年新制作数量")},
    {SI("本年处理决定数量"), SI("处理决定数量")},
    {SI("行政规范性文件"), SI("规范性文件")},
};

static Str as_printed(const Sheet *s, Str words)
{
    for (size_t i = 0; s->doc->edition == EDITION_FMT2019 && i < sizeof renamed / sizeof *renamed;
         i++)
        if (str_eq(words, renamed[i].now))
            return renamed[i].in_2019;
    return words;
}

typedef struct Item {
    CellIx first, end; // the cells of one item, those of one row beside each other
    int columns;       // of figures
} Item;

static bool same_row(CellIx x, CellIx y)
{
    return str_eq(cell_def(x)->row, cell_def(y)->row);
}

static Item item_at(const Sheet *s, CellIx first)
{
    Item item = {first, first, 0};
    int columns = 0;
    CellIx row = CELL_NONE;
    while (item.end < T3_FIRST && str_eq(cell_def(item.end)->item, cell_def(first)->item)) {
        if (listed(s, item.end)) {
            columns = row != CELL_NONE && same_row(row, item.end) ? columns + 1 : 1;
            item.columns = columns > item.columns ? columns : item.columns;
            row = item.end;
        }
        item.end++;
    }
    return item;
}

enum { T2_WIDTH = 7 }; // the label and six columns: three, two or one figure fill them evenly

static void item_figure(Sheet *s, const Item *item, int row, int k, CellIx ix, bool head)
{
    int span = (T2_WIDTH - 1) / item->columns;
    int c0 = 1 + k * span, c1 = k + 1 == item->columns ? T2_WIDTH - 1 : c0 + span - 1;
    Str words = as_printed(s, cell_def(ix)->col);
    if (head && cell_def(ix)->type == TYPE_AMOUNT)
        words = str_cat(s->a, words, S("（单位：万元）"));
    if (head)
        over(s, row, c0, row, c1, words, s->head);
    else
        figure(s, row, c0, c1, ix);
}

static int item_lines(Sheet *s, const Item *item, int row)
{
    CellIx last = CELL_NONE, head = CELL_NONE;
    int k = 0;
    over(s, row, 0, row, T2_WIDTH - 1, cell_def(item->first)->item, s->head);
    over(s, row + 1, 0, row + 1, 0, S("信息内容"), s->head);
    row += 1;
    for (CellIx ix = item->first; ix < item->end; ix++) {
        if (!listed(s, ix))
            continue;
        if (last == CELL_NONE || !same_row(last, ix)) {
            head = head == CELL_NONE ? ix : head;
            row++;
            over(s, row, 0, row, 0, as_printed(s, cell_def(ix)->row), s->label);
            k = 0;
        }
        if (same_row(head, ix))
            item_figure(s, item, row - 1, k, ix, true);
        item_figure(s, item, row, k++, ix, false);
        last = ix;
    }
    return row + 1;
}

static void table_two(Sheet *s)
{
    int row = 0;
    sheet_new(s, "表二 主动公开", T2_WIDTH, 26, 12);
    for (CellIx ix = T2_FIRST; ix < T3_FIRST;) {
        Item item = item_at(s, ix);
        if (item.columns)
            row = item_lines(s, &item, row);
        ix = item.end;
    }
}

// --- table three ---

static bool t3_listed(const Sheet *s, int row)
{
    return listed(s, cell_t3((T3Row)row, T3_TOTAL));
}

static int t3_rows_listed(const Sheet *s, int from, int to)
{
    int n = 0;
    for (int row = from; row < to; row++)
        n += t3_listed(s, row);
    return n;
}

enum { T3_LABELS = 3, T3_HEADS = 3 };

static void t3_head(Sheet *s)
{
    int end = T3_LABELS + T3_COLS - 1;
    over(s, 0, 0, T3_HEADS - 1, T3_LABELS - 1,
         S("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"), s->head);
    over(s, 0, T3_LABELS, 0, end, S("申请人情况"), s->head);
    over(s, 1, T3_LABELS, 2, T3_LABELS, t3_cols[T3_NATURAL].label, s->head);
    over(s, 1, T3_LABELS + 1, 1, end - 1, S("法人或其他组织"), s->head);
    for (int col = T3_BUSINESS; col < T3_TOTAL; col++)
        over(s, 2, T3_LABELS + col, 2, T3_LABELS + col, t3_cols[col].label, s->head);
    over(s, 1, end, 2, end, t3_cols[T3_TOTAL].label, s->head);
}

static int group_end(int row)
{
    int end = row + 1;
    while (end < T3_ROWS && str_eq(t3_rows[end].group, t3_rows[row].group))
        end++;
    return end;
}

// The labels of one row: 一、 over all three columns, a row of 三、 over two, a row of a group over
// one with the group's name before its first.
static void t3_label(Sheet *s, int row, int line)
{
    const T3RowDef *def = &t3_rows[row];
    bool result = row >= T3_R1 && row <= T3_R7;
    int lines = result && def->group.n ? t3_rows_listed(s, row, group_end(row)) : 0;
    if (!result) {
        over(s, line, 0, line, T3_LABELS - 1, def->label, s->label);
    } else if (def->group.n == 0) {
        over(s, line, 1, line, 2, def->label, s->label);
    } else {
        bool first =
            row == 0 || !t3_listed(s, row - 1) || !str_eq(t3_rows[row - 1].group, def->group);
        if (first)
            over(s, line, 1, line + lines - 1, 1, def->group, s->label);
        over(s, line, 2, line, 2, def->label, s->label);
    }
}

static void table_three(Sheet *s)
{
    int line = T3_HEADS, results = t3_rows_listed(s, T3_R1, T3_R7 + 1);
    sheet_new(s, "表三 收到和处理申请", T3_LABELS + T3_COLS, 14, 12);
    worksheet_set_column(s->ws, 2, 2, 44, NULL);
    t3_head(s);
    for (int row = 0; row < T3_ROWS; row++) {
        if (!t3_listed(s, row))
            continue;
        if (row == T3_R1)
            over(s, line, 0, line + results - 1, 0, S("三、本年度办理结果"), s->label);
        t3_label(s, row, line);
        for (int col = 0; col < T3_COLS; col++)
            figure(s, line, T3_LABELS + col, T3_LABELS + col, cell_t3((T3Row)row, (T3Col)col));
        line++;
    }
    worksheet_freeze_panes(s->ws, T3_HEADS, T3_LABELS);
}

// --- table four ---

static void table_four(Sheet *s)
{
    sheet_new(s, "表四 复议诉讼", T4_CELLS, 11, 11);
    over(s, 0, 0, 0, T4_COLS - 1, t4_blocks[T4_REVIEW].label, s->head);
    over(s, 0, T4_COLS, 0, T4_CELLS - 1, S("行政诉讼"), s->head);
    for (int block = T4_SUIT_DIRECT; block < T4_BLOCKS; block++)
        over(s, 1, block * T4_COLS, 1, block * T4_COLS + T4_COLS - 1, t4_blocks[block].label,
             s->head);
    for (int i = 0; i < T4_CELLS; i++) {
        int top = i < T4_COLS ? 1 : 2;
        over(s, top, i, 2, i, t4_cols[i % T4_COLS].label, s->head);
        figure(s, 3, i, i, (CellIx)(T4_FIRST + i));
    }
}

// --- the table of 2014 ---

static void table_stat(Sheet *s)
{
    sheet_new(s, "政府信息公开情况统计表", 3, 56, 12);
    over(s, 0, 0, 0, 0, S("统计指标"), s->head);
    over(s, 0, 1, 0, 1, S("单位"), s->head);
    over(s, 0, 2, 0, 2, S("统计数"), s->head);
    for (int i = 0; i < STAT_CELLS; i++) {
        const StatRow *def = &stat_rows[i];
        Str label = str_fmt(s->a, "%*s" PRI_STR PRI_STR, def->level * 4, "", STR_ARG(def->number),
                            STR_ARG(def->label));
        over(s, i + 1, 0, i + 1, 0, label, s->label);
        over(s, i + 1, 1, i + 1, 1, def->unit, s->text);
        figure(s, i + 1, 2, 2, (CellIx)(STAT_FIRST + i));
    }
    worksheet_freeze_panes(s->ws, 1, 0);
}

// --- findings ---

static void findings(Sheet *s)
{
    static const Str heads[] = {
        SI("结果"), SI("程度"), SI("检查项"), SI("说明"), SI("依据的数字或原文"),
        SI("位置"), SI("依据"), SI("编号")};
    static const Str results[] = {SI("通过"), SI("不符"), SI("存疑"), SI("无法判断")};
    static const Str severities[] = {SI("提示"), SI("警告"), SI("错误")};
    const Findings *v = &s->doc->findings;
    sheet_new(s, "检查结果", 8, 10, 16);
    worksheet_set_column(s->ws, 2, 4, 40, NULL);
    for (int i = 0; i < 8; i++)
        over(s, 0, i, 0, i, heads[i], s->head);
    for (size_t i = 0; i < v->n; i++) {
        const Finding *f = &v->v[i];
        Buf where = buf_new(s->a, 1024);
        if (f->n_places)
            print_place(&where, &f->places[0]);
        const Str row[] = {
            results[f->result], f->result == RESULT_FAIL ? severities[f->severity] : S(""),
            f->title,           f->message,
            f->evidence,        buf_str(&where),
            f->basis,           f->id};
        for (int k = 0; k < 8; k++)
            over(s, (int)i + 1, k, (int)i + 1, k, str_clip(s->a, row[k], 8000), s->text);
    }
    worksheet_freeze_panes(s->ws, 1, 0);
    worksheet_autofilter(s->ws, 0, 0, (lxw_row_t)v->n, 7);
}

// --- the book ---

static lxw_format *format_new(Sheet *s, uint8_t align, bool bold)
{
    lxw_format *f = workbook_add_format(s->book);
    format_set_border(f, LXW_BORDER_THIN);
    format_set_text_wrap(f);
    format_set_align(f, align);
    format_set_align(f, LXW_ALIGN_VERTICAL_CENTER);
    if (bold)
        format_set_bold(f);
    return f;
}

static void formats(Sheet *s)
{
    s->head = format_new(s, LXW_ALIGN_CENTER, true);
    s->label = format_new(s, LXW_ALIGN_LEFT, false);
    s->text = format_new(s, LXW_ALIGN_LEFT, false);
    s->number = format_new(s, LXW_ALIGN_RIGHT, false);
    s->amount = format_new(s, LXW_ALIGN_RIGHT, false);
    s->guess = format_new(s, LXW_ALIGN_RIGHT, false);
    s->as_written = format_new(s, LXW_ALIGN_RIGHT, false);
    format_set_num_format(s->number, "0");
    format_set_num_format(s->amount, "0.######");
    format_set_bg_color(s->guess, 0xfff2cc);
    format_set_font_color(s->as_written, 0x7f7f7f);
}

static bool any_listed(const Sheet *s, CellIx first, int n)
{
    for (int i = 0; i < n; i++)
        if (listed(s, (CellIx)(first + i)))
            return true;
    return false;
}

static const struct {
    CellIx first;
    int n;
    void (*draw)(Sheet *s);
} tables[] = {
    {T2_FIRST, T2_CELLS, table_two},
    {T3_FIRST, T3_CELLS, table_three},
    {T4_FIRST, T4_CELLS, table_four},
    {STAT_FIRST, STAT_CELLS, table_stat},
};

static void draw_all(Sheet *s)
{
    // the same report gives the same bytes: dated by the end of its year, not by the clock
    lxw_doc_properties about = {.title = (char *)z(s, s->doc->title),
                                .company = (char *)z(s, s->doc->organ)};
    Date made;
    if (date_make(s->doc->year ? s->doc->year : 2008, 12, 31, &made))
        about.created = (time_t)made.days * 86400;
    workbook_set_properties(s->book, &about);
    formats(s);
    bool any = false;
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        if (any_listed(s, tables[i].first, tables[i].n)) {
            tables[i].draw(s);
            any = true;
        }
    if (s->doc->findings.n)
        findings(s);
    else if (!any)
        sheet_new(s, "没有表格", 1, 20, 20);
}

static void fd_end(const int *fd)
{
    if (*fd >= 0)
        close(*fd);
}

static bool no_workbook(const char *detail, Err *err)
{
    return fail(err, ERR_SYSTEM, detail, "不能生成工作簿", "cannot make the workbook");
}

bool render_xlsx(const Document *doc, Arena *a, Str *out, Err *err)
{
    // the library writes to a path only; this one leads to memory
    CLEANUP(fd_end) int fd = memfd_create("xlsx", MFD_CLOEXEC);
    if (fd < 0)
        return no_workbook(strerror(errno), err);
    const char *path = str_fmt(a, "/proc/self/fd/%d", fd).s;
    Sheet s = {.doc = doc, .a = a, .book = workbook_new(path)};
    if (!s.book)
        return no_workbook(NULL, err);
    draw_all(&s);
    lxw_error wrong = workbook_close(s.book);
    if (wrong != LXW_NO_ERROR)
        return no_workbook(lxw_strerror(wrong), err);
    lseek(fd, 0, SEEK_SET);
    return file_read_fd(fd, XLSX_MAX, a, out, err);
}

// --- lists

struct XlsxList {
    int fd;
    lxw_workbook *book;
    lxw_worksheet *ws;
    lxw_format *head, *day;
    XlsxColumn columns[XLSX_COLUMNS_MAX];
    size_t n;
    lxw_row_t row;
    lxw_error wrong; // the first
};

static void list_head(XlsxList *l, Arena scratch)
{
    l->head = workbook_add_format(l->book);
    format_set_bold(l->head);
    format_set_border(l->head, LXW_BORDER_THIN);
    l->day = workbook_add_format(l->book);
    format_set_num_format(l->day, "yyyy-mm-dd");
    format_set_align(l->day, LXW_ALIGN_LEFT);
    for (size_t c = 0; c < l->n; c++) {
        worksheet_set_column(l->ws, (lxw_col_t)c, (lxw_col_t)c, l->columns[c].width, NULL);
        worksheet_write_string(l->ws, 0, (lxw_col_t)c, str_to_z(&scratch, l->columns[c].name),
                               l->head);
    }
    worksheet_freeze_panes(l->ws, 1, 0);
    l->row = 1;
}

bool xlsx_list_open(Str sheet, const XlsxColumn *columns, size_t n, Arena *a, XlsxList **out,
                    Err *err)
{
    XlsxList *l = NEW(a, XlsxList, 1);
    l->fd = memfd_create("xlsx", MFD_CLOEXEC);
    if (l->fd < 0)
        return no_workbook(strerror(errno), err);
    lxw_workbook_options options = {.constant_memory = LXW_TRUE};
    lxw_doc_properties about = {.created = 1}; // the same rows give the same workbook
    l->book = workbook_new_opt(str_fmt(a, "/proc/self/fd/%d", l->fd).s, &options);
    l->ws = l->book ? workbook_add_worksheet(l->book, str_to_z(a, sheet)) : NULL;
    if (!l->ws) {
        xlsx_list_drop(&l);
        return no_workbook(NULL, err);
    }
    workbook_set_properties(l->book, &about);
    l->n = n < XLSX_COLUMNS_MAX ? n : XLSX_COLUMNS_MAX;
    memcpy(l->columns, columns, l->n * sizeof *columns);
    list_head(l, *a);
    *out = l;
    return true;
}

static lxw_error list_cell(XlsxList *l, lxw_col_t c, Str s, Arena *scratch)
{
    int64_t number;
    Date day;
    int y, m, d;
    if (l->columns[c].kind == XLSX_NUMBER && str_to_int(s, &number))
        return worksheet_write_number(l->ws, l->row, c, (double)number, NULL);
    if (l->columns[c].kind == XLSX_DAY && date_parse(s, &day)) {
        date_parts(day, &y, &m, &d);
        lxw_datetime at = {.year = y, .month = m, .day = d};
        return worksheet_write_datetime(l->ws, l->row, c, &at, l->day);
    }
    // of Excel's 32767 characters; whatever it begins with, a string is no formula
    return worksheet_write_string(l->ws, l->row, c, str_to_z(scratch, str_clip(scratch, s, 32000)),
                                  NULL);
}

void xlsx_list_row(XlsxList *l, const Str *cells, Arena scratch)
{
    for (size_t c = 0; c < l->n; c++) {
        lxw_error wrong =
            cells[c].n ? list_cell(l, (lxw_col_t)c, cells[c], &scratch) : LXW_NO_ERROR;
        l->wrong = l->wrong ? l->wrong : wrong;
    }
    l->row++;
}

void xlsx_list_drop(XlsxList **list)
{
    XlsxList *l = *list;
    if (!l)
        return;
    if (l->book)
        workbook_close(l->book);
    close(l->fd);
    *list = NULL;
}

bool xlsx_list_close(XlsxList **list, Arena *a, Str *out, Err *err)
{
    XlsxList *l = *list;
    lxw_error wrong = workbook_close(l->book);
    wrong = l->wrong ? l->wrong : wrong;
    l->book = NULL;
    lseek(l->fd, 0, SEEK_SET);
    bool ok =
        wrong ? no_workbook(lxw_strerror(wrong), err) : file_read_fd(l->fd, XLSX_MAX, a, out, err);
    xlsx_list_drop(list);
    return ok;
}
