// The form: which edition, its tables and rows.
#include "report/check_form.h"

Edition form_of(const Document *d)
{
    return d->edition == EDITION_NONE ? edition_due(d->year) : d->edition;
}

bool table_there(const Document *d, TableId table)
{
    for (CellIx ix = table_cells(table); ix < table_cells(table + 1); ix++)
        if (d->cells[ix].state != CELL_ABSENT)
            return true;
    return false;
}

bool table_has_value(const Document *d, TableId table)
{
    for (CellIx ix = table_cells(table); ix < table_cells(table + 1); ix++)
        if (cell_has(d, ix))
            return true;
    return false;
}

bool document_whole(const Document *d)
{
    bool begins = d->title.n > 0;
    bool ends = table_has_value(d, TABLE_T4) && (d->title.n || date_is(d->published));
    for (size_t i = 0; i < d->chapters.n; i++) {
        begins |= d->chapters.v[i].number == 1;
        ends |= d->chapters.v[i].number >= 5;
    }
    for (size_t i = 0; i < d->notes.n; i++)
        if (d->notes.v[i].kind == NOTE_CUT)
            return false;
    return begins && ends;
}

// --- the edition, chosen by reporting year, not by publication date

static void edition_wrong(Checking *c, Edition due)
{
    const Document *d = c->doc;
    Finding *f = finding_add(c, CHECK_FORM_EDITION, RESULT_FAIL,
                             "%d年度应使用" PRI_STR "（" PRI_STR "），报告用的是" PRI_STR
                             "；请换用格式后重新填写。",
                             "The form due for %d is " PRI_STR " (" PRI_STR
                             "); this report uses " PRI_STR ". Fill it in again on the form due.",
                             d->year, STR_ARG(editions[due].zh), STR_ARG(editions[due].basis),
                             STR_ARG(editions[d->edition].zh));
    f->basis = editions[due].basis;
    f->left = editions[d->edition].zh;
    f->right = editions[due].zh;
    finding_place(c, f, d->place);
}

static void form_edition(Checking *c)
{
    const Document *d = c->doc;
    if (!d->year)
        finding_add(c, CHECK_FORM_EDITION, RESULT_NOT_ASSESSABLE,
                    "没有认出报告的统计年度，不能判断应用哪一版格式。",
                    "The reporting year is unknown, so the form due cannot be told.");
    else if (d->edition == EDITION_NONE)
        finding_add(c, CHECK_FORM_EDITION, RESULT_NOT_ASSESSABLE, "没有读到可以认出格式的表格。",
                    "No table was found by which the form could be told.");
    else if (edition_due(d->year) == EDITION_NONE)
        finding_add(c, CHECK_FORM_EDITION, RESULT_DOUBTFUL,
                    "%d年度还没有全国统一的格式，请核对统计年度。",
                    "There was no national form for %d; check the reporting year.", d->year);
    else if (d->edition == edition_due(d->year))
        finding_add(c, CHECK_FORM_EDITION, RESULT_PASS, "与统计年度相符。", "It fits the year.");
    else
        edition_wrong(c, edition_due(d->year));
}

static void form_mixed(Checking *c)
{
    if (!c->doc->mixed)
        return;
    Finding *f = finding_add(c, CHECK_FORM_MIXED, RESULT_FAIL,
                             "表中同时有两版格式的行，请整张换用统计年度应用的格式。",
                             "The tables have rows of two forms; use the form due for the year "
                             "throughout.");
    finding_place(c, f, c->doc->place);
}

// --- tables

// clang-format off
const TableForm table_forms[TABLE__COUNT] = {
    [TABLE_T2] = {CHECK_FORM_TABLE_T2, SI("表二（主动公开政府信息情况）"), SI("table two"), SI("第二十条第")},
    [TABLE_T3] = {CHECK_FORM_TABLE_T3, SI("表三（收到和处理政府信息公开申请情况）"), SI("table three"), SI("勾稽关系")},
    [TABLE_T4] = {CHECK_FORM_TABLE_T4, SI("表四（行政复议、行政诉讼情况）"), SI("table four"), SI("结果维持")},
    [TABLE_STAT] = {CHECK_FORM_TABLE_STAT, SI("政府信息公开情况统计表"), SI("the statistics table"), SI("统计表")},
};
// clang-format on

Str table_name(const Checking *c, TableId table)
{
    return c->opt->lang == LANG_EN ? table_forms[table].en : table_forms[table].zh;
}

static bool table_due(Edition form, TableId table)
{
    return table == TABLE_STAT ? form == EDITION_STAT2014
                               : form == EDITION_FMT2019 || form == EDITION_FMT2021;
}

Filled table_filled(const Document *d, TableId table)
{
    Filled n = {0};
    Edition form = form_of(d);
    for (CellIx ix = table_cells(table); ix < table_cells(table + 1); ix++) {
        const Cell *cell = &d->cells[ix];
        if (cell->state == CELL_ABSENT && !cell_in(ix, form))
            continue;
        if (cell->state != CELL_ABSENT && !n.value && !n.blank && !n.unreadable)
            n.place = cell->place;
        n.value += cell->state == CELL_VALUE;
        n.blank += cell->state == CELL_BLANK;
        n.unreadable += cell->state == CELL_UNREADABLE;
        n.absent += cell->state == CELL_ABSENT;
    }
    return n;
}

// Whether the text has the word, spaces inside it not counting (结果 维持).
static bool has_spaced(Str text, Str word)
{
    for (size_t i = 0; i < text.n; i++) {
        size_t k = 0;
        for (size_t at = i; at < text.n && k < word.n; at++) {
            if (text.s[at] == word.s[k])
                k++;
            else if (text.s[at] != ' ')
                break;
        }
        if (k == word.n)
            return true;
    }
    return false;
}

static bool mentions(const Document *d, Str what)
{
    for (size_t i = 0; i < d->paras.n; i++)
        if (has_spaced(d->paras.v[i].text, what))
            return true;
    return false;
}

// A table that is not there. The statistics table of 2014 was often an attachment or a picture.
static void table_missing(Checking *c, TableId i)
{
    const Document *d = c->doc;
    Str name = table_name(c, i);
    if (i == TABLE_STAT)
        finding_add(c, table_forms[i].check, RESULT_NOT_ASSESSABLE,
                    mentions(d, table_forms[i].word)
                        ? "正文提到统计表，但没有读到表中数字，可能是图片、附"
                          "件或者转载时丢失；请补上表格再核对。"
                        : "没有读到统计表，可能另附文件；请一并提供再核对。",
                    mentions(d, table_forms[i].word)
                        ? "The text names the statistics table, but its figures were not found: "
                          "perhaps a picture, an attachment, or lost in copying. Supply it."
                        : "The statistics table was not found; supply it if it is attached.");
    else if (d->table_seen[i] || mentions(d, table_forms[i].word))
        finding_add(
            c, table_forms[i].check, RESULT_NOT_ASSESSABLE, PRI_STR "的表头在，没有读到数字。",
            "The headings of " PRI_STR " are there, but no figures were read.", STR_ARG(name));
    else if (document_whole(d))
        finding_add(c, table_forms[i].check, RESULT_FAIL,
                    "没有读到" PRI_STR "，请按格式补上；表格是图片的，请换成可以读取的表格。",
                    PRI_STR " is missing; add it as the form has it, as a table and not a picture.",
                    STR_ARG(name));
    else
        finding_add(c, table_forms[i].check, RESULT_NOT_ASSESSABLE,
                    "文本不完整，没有读到" PRI_STR "。",
                    "The text is not complete; " PRI_STR " was not found.", STR_ARG(name));
}

static void form_tables(Checking *c)
{
    for (TableId i = 0; i < TABLE__COUNT; i++) {
        Filled n = table_filled(c->doc, i);
        if (n.value) {
            Finding *f =
                finding_add(c, table_forms[i].check, RESULT_PASS, "有这张表。", "It is there.");
            finding_place(c, f, n.place);
        } else if (table_due(form_of(c->doc), i)) {
            table_missing(c, i);
        }
    }
}

// --- rows: a row of the form that is gone while later rows are there

bool row_same(CellIx x, CellIx y)
{
    const CellDef *a = cell_def(x), *b = cell_def(y);
    return a->table == b->table && str_eq(a->row, b->row) && str_eq(a->item, b->item);
}

static bool has_note(const Document *d, NoteKind kind)
{
    for (size_t i = 0; i < d->notes.n; i++)
        if (d->notes.v[i].kind == kind)
            return true;
    return false;
}

// The cells of the row of which `first` is the first in the form: one past its last; whether none
// of them is in the document.
static CellIx row_end(const Document *d, CellIx first, bool *gone)
{
    *gone = true;
    CellIx ix = first;
    for (; ix < CELL_COUNT && row_same(first, ix); ix++)
        if (cell_in(ix, d->edition) && d->cells[ix].state != CELL_ABSENT)
            *gone = false;
    return ix;
}

static bool later_row_there(const Document *d, CellIx from, TableId table)
{
    for (CellIx ix = from; ix < table_cells(table + 1); ix++)
        if (d->cells[ix].state != CELL_ABSENT)
            return true;
    return false;
}

static void row_missing(Checking *c, CellIx first)
{
    // an unknown row may be this one under another name
    bool unknown = has_note(c->doc, NOTE_EXTRA_ROW);
    Str row = cell_def(first)->row;
    Finding *f =
        finding_add(c, CHECK_FORM_ROW, unknown ? RESULT_DOUBTFUL : RESULT_FAIL,
                    unknown ? "没有读到“" PRI_STR "”一行，另有认不出的行；请对照格式核对行标题。"
                            : "缺“" PRI_STR "”一行，请按格式补上；没有发生的填0。",
                    unknown ? "The row “" PRI_STR "” was not found, and there are rows the form "
                              "does not have; compare the labels with the form."
                            : "The row “" PRI_STR "” is missing; add it, with 0 where there was "
                              "nothing.",
                    STR_ARG(row));
    finding_cell(c, f, first);
}

// Whether all rows of the table are there, as far as it goes.
static bool rows_complete(Checking *c, TableId table)
{
    const Document *d = c->doc;
    Filled n = table_filled(d, table);
    if (!n.value || n.value < n.absent)
        return !table_due(d->edition, table); // a table that was lost is no matter of rows
    bool complete = true;
    for (CellIx ix = table_cells(table), next; ix < table_cells(table + 1); ix = next) {
        bool gone;
        next = row_end(d, ix, &gone);
        if (!gone || !cell_in(ix, d->edition))
            continue;
        complete = false;
        if (later_row_there(d, next, table))
            row_missing(c, ix);
    }
    return complete;
}

static void form_rows(Checking *c)
{
    static const TableId of_rows[] = {TABLE_T2, TABLE_T3, TABLE_T4};
    bool complete = c->doc->edition >= EDITION_FMT2019 && !c->doc->mixed;
    for (size_t i = 0; i < 3 && c->doc->edition != EDITION_NONE && !c->doc->mixed; i++)
        complete &= rows_complete(c, of_rows[i]);
    if (complete)
        finding_add(c, CHECK_FORM_ROW, RESULT_PASS, "格式中的行都在。",
                    "All rows of the form are there.");
}

void check_form(Checking *c)
{
    form_edition(c);
    form_mixed(c);
    form_tables(c);
    form_rows(c);
}
