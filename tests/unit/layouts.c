#include "layouts.h"

#include "base/hanzi.h"

enum { REPORT_MAX = 4 << 20 };

// --- rows of a table as text

static size_t row_end(const FormTable *t, size_t first)
{
    size_t i = first;
    while (i < t->n && t->v[i].row == t->v[first].row)
        i++;
    return i;
}

static void pipes(Buf *b, int n)
{
    for (int i = 0; i < n; i++)
        buf_byte(b, '|');
}

// What spans of other cells leave empty in this row, which dumps append as bare pipes.
static int fillers(const FormTable *t, size_t first, size_t end)
{
    return t->cols - (int)(end - first);
}

// One cell in one line: a line break inside becomes a space.
static Str one_line(Buf *b, Str text)
{
    return str_replace(b->a, text, S("\n"), S(" "));
}

// a | b | c | ||
static void pipe_trailing(Buf *b, const FormTable *t, Dice *d)
{
    (void)d;
    for (size_t i = 0, end; i < t->n; i = end) {
        end = row_end(t, i);
        int rest = fillers(t, i, end);
        for (size_t c = i; c < end; c++) {
            buf_add(b, one_line(b, t->v[c].text));
            buf_add(b, c + 1 < end || rest ? S(" | ") : S(" |"));
        }
        pipes(b, rest);
        buf_byte(b, '\n');
    }
}

// a | b | c, and nothing for what spans left
static void pipe_bare(Buf *b, const FormTable *t, Dice *d)
{
    (void)d;
    for (size_t i = 0, end; i < t->n; i = end) {
        end = row_end(t, i);
        for (size_t c = i; c < end; c++) {
            buf_add(b, one_line(b, t->v[c].text));
            buf_add(b, c + 1 < end ? S(" | ") : S(" |\n"));
        }
    }
}

// As pipe_trailing, but a line break inside a cell stays one.
static void pipe_broken(Buf *b, const FormTable *t, Dice *d)
{
    (void)d;
    for (size_t i = 0, end; i < t->n; i = end) {
        end = row_end(t, i);
        for (size_t c = i; c < end; c++) {
            buf_add(b, t->v[c].text);
            buf_add(b, S(" | "));
        }
        pipes(b, fillers(t, i, end));
        buf_byte(b, '\n');
    }
}

// | and each cell on a line of its own, two spaces before the next pipe
static void pipe_leading(Buf *b, const FormTable *t, Dice *d)
{
    (void)d;
    for (size_t i = 0, end; i < t->n; i = end) {
        end = row_end(t, i);
        for (size_t c = i; c < end; c++)
            buf_fmt(b, "| \n " PRI_STR "  ", STR_ARG(one_line(b, t->v[c].text)));
        pipes(b, 1 + fillers(t, i, end));
        buf_byte(b, '\n');
    }
}

// | a | b |, a column for every column of the form
static void markdown(Buf *b, const FormTable *t, Dice *d)
{
    (void)d;
    size_t at = 0;
    for (int row = 0; row < t->rows; row++) {
        for (int col = 0; col < t->cols; col++) {
            bool here = at < t->n && t->v[at].row == row && t->v[at].col == col;
            buf_fmt(b, "| " PRI_STR " ", STR_ARG(here ? one_line(b, t->v[at].text) : S("")));
            at += here;
        }
        buf_add(b, S("|\n"));
        for (int col = 0; row == 0 && col < t->cols; col++)
            buf_add(b, col + 1 < t->cols ? S("| --- ") : S("| --- |\n"));
    }
}

static void lines(Buf *b, const FormTable *t, const char *after)
{
    for (size_t i = 0; i < t->n; i++) {
        buf_add(b, t->v[i].text);
        buf_add(b, str_z(after));
    }
}

static void cell_line(Buf *b, const FormTable *t, Dice *d)
{
    (void)d;
    lines(b, t, "\n");
}

static void cell_paragraph(Buf *b, const FormTable *t, Dice *d)
{
    (void)d;
    lines(b, t, "\n\n");
}

static void cell_indented(Buf *b, const FormTable *t, Dice *d)
{
    (void)d;
    buf_add(b, S("  "));
    lines(b, t, "\n  ");
    buf_byte(b, '\n');
}

// Each cell on a line that ends with a pipe, the pipes left by spans on a line of their own.
static void line_pipe(Buf *b, const FormTable *t, Dice *d)
{
    (void)d;
    for (size_t i = 0, end; i < t->n; i = end) {
        end = row_end(t, i);
        for (size_t c = i; c < end; c++) {
            buf_add(b, t->v[c].text);
            buf_add(b, t->v[c].text.n ? S(" |\n") : S("|\n"));
        }
        int rest = fillers(t, i, end);
        pipes(b, rest);
        buf_add(b, rest ? S("\n") : S(""));
    }
}

// A row begins with a lone pipe.
static void line_pipe_led(Buf *b, const FormTable *t, Dice *d)
{
    (void)d;
    for (size_t i = 0, end; i < t->n; i = end) {
        end = row_end(t, i);
        buf_add(b, S("|\n"));
        for (size_t c = i; c < end; c++) {
            buf_add(b, t->v[c].text);
            buf_add(b, S(" |\n"));
        }
        int rest = fillers(t, i, end);
        pipes(b, rest);
        buf_add(b, rest ? S("\n") : S(""));
    }
}

// The pipe stands on a line of its own after each cell.
static void line_lone_pipe(Buf *b, const FormTable *t, Dice *d)
{
    (void)d;
    lines(b, t, "\n|\n");
}

// What was written once in the table is not written again, as a collector of text left pages.
static void line_once(Buf *b, const FormTable *t, Dice *d)
{
    (void)d;
    for (size_t i = 0; i < t->n; i++) {
        bool again = false;
        for (size_t j = 0; j < i && !again; j++)
            again = str_eq(t->v[i].text, t->v[j].text);
        if (!again)
            buf_fmt(b, PRI_STR "\n", STR_ARG(t->v[i].text));
    }
}

static void tabs(Buf *b, const FormTable *t, Dice *d)
{
    (void)d;
    for (size_t i = 0, end; i < t->n; i = end) {
        end = row_end(t, i);
        for (size_t c = i; c < end; c++) {
            buf_add(b, one_line(b, t->v[c].text));
            buf_byte(b, c + 1 < end ? '\t' : '\n');
        }
    }
}

// Rows of cells with nothing between: 规章555
static void run_together(Buf *b, const FormTable *t, Dice *d)
{
    (void)d;
    for (size_t i = 0, end; i < t->n; i = end) {
        end = row_end(t, i);
        for (size_t c = i; c < end; c++)
            buf_add(b, one_line(b, t->v[c].text));
        buf_byte(b, '\n');
    }
}

// Only cells with something in them, then pipes for all that is missing: | 1 | 1 | |||||||
static void blanks_lost(Buf *b, const FormTable *t, Dice *d)
{
    (void)d;
    for (size_t i = 0, end; i < t->n; i = end) {
        end = row_end(t, i);
        int left = t->cols;
        for (size_t c = i; c < end; c++)
            if (t->v[c].text.n) {
                buf_fmt(b, PRI_STR " | ", STR_ARG(one_line(b, t->v[c].text)));
                left--;
            }
        pipes(b, left);
        buf_byte(b, '\n');
    }
}

// --- tables as HTML

static void span_attributes(Buf *b, const FormCell *c)
{
    if (c->rowspan > 1)
        buf_fmt(b, " rowspan=\"%d\"", c->rowspan);
    if (c->colspan > 1)
        buf_fmt(b, " colspan=\"%d\"", c->colspan);
}

static Str html_text(Buf *b, Str text)
{
    if (!text.n)
        return S("&nbsp;");
    return str_replace(b->a, text, S("\n"), S("<br/>"));
}

typedef void CellWriter(Buf *b, const FormCell *c);

static void cell_simple(Buf *b, const FormCell *c)
{
    buf_add(b, S("<td"));
    span_attributes(b, c);
    buf_fmt(b, ">" PRI_STR "</td>", STR_ARG(html_text(b, c->text)));
}

static void cell_unclosed(Buf *b, const FormCell *c)
{
    buf_add(b, S("<td"));
    span_attributes(b, c);
    buf_fmt(b, "><p>" PRI_STR "\n", STR_ARG(html_text(b, c->text)));
}

// Word cuts its runs where the cursor once stood, numbers too.
static void cell_word(Buf *b, const FormCell *c)
{
    Str text = html_text(b, c->text), head = text, tail = S("");
    bool number = text.n > 1 && text.s[0] >= '0' && text.s[0] <= '9';
    if (number) {
        head = str_sub(text, 0, 1);
        tail = str_from(text, 1);
    }
    buf_add(b,
            S("<td width=\"87\" valign=\"top\" style=\"width:65.35pt;border:solid windowtext 1.0pt;"
              "mso-border-alt:solid windowtext .5pt;padding:0cm 5.4pt 0cm 5.4pt\""));
    span_attributes(b, c);
    buf_fmt(
        b,
        "><p class=\"MsoNormal\" align=\"center\" style=\"text-align:center\"><span lang=\"EN-US\""
        " style=\"font-size:10.5pt;font-family:宋体\">" PRI_STR "</span>",
        STR_ARG(head));
    if (number)
        buf_fmt(b, "<span style=\"mso-spacerun:'yes'\">" PRI_STR "</span>", STR_ARG(tail));
    buf_add(b, S("<span><o:p></o:p></span></p></td>"));
}

typedef struct Html {
    const char *open, *row, *row_close, *close;
    CellWriter *cell;
} Html;

// Rows [from, to); a cell that spans the cut is written again, empty, for the rows behind it.
static void html_rows(Buf *b, const FormTable *t, int from, int to, const Html *h)
{
    buf_add(b, str_z(h->open));
    for (int row = from; row < to; row++) {
        buf_add(b, str_z(h->row));
        for (size_t i = 0; i < t->n; i++) {
            FormCell c = t->v[i];
            int end = c.row + c.rowspan;
            bool cut = row == from && c.row < from && end > from;
            if (c.row != row && !cut)
                continue;
            c.rowspan = (end < to ? end : to) - row;
            c.text = cut ? S("") : c.text;
            h->cell(b, &c);
        }
        buf_add(b, str_z(h->row_close));
    }
    buf_add(b, str_z(h->close));
}

static const Html plain = {"<table border=\"1\"><tbody>\n", "<tr>", "</tr>\n", "</tbody></table>\n",
                           cell_simple};
static const Html word = {
    "<div align=\"center\"><table class=\"MsoNormalTable\" border=\"0\" cellspacing=\"0\""
    " cellpadding=\"0\" style=\"border-collapse:collapse;mso-table-layout-alt:fixed\">\n",
    "<tr style=\"mso-yfti-irow:0;height:23.85pt\">", "</tr>\n",
    "<![if !supportMisalignedColumns]><tr height=\"0\"></tr><![endif]></table></div>\n", cell_word};
static const Html unclosed = {"<table border=1>\n", "<tr>", "", "</table>\n", cell_unclosed};

static void html_plain(Buf *b, const FormTable *t, Dice *d)
{
    (void)d;
    html_rows(b, t, 0, t->rows, &plain);
}

static void html_word(Buf *b, const FormTable *t, Dice *d)
{
    (void)d;
    html_rows(b, t, 0, t->rows, &word);
}

static void html_unclosed(Buf *b, const FormTable *t, Dice *d)
{
    (void)d;
    html_rows(b, t, 0, t->rows, &unclosed);
}

// The table inside a cell of a table for layout.
static void html_nested(Buf *b, const FormTable *t, Dice *d)
{
    (void)d;
    buf_add(b, S("<table width=\"100%\"><tr><td>&nbsp;</td><td><div>"));
    html_rows(b, t, 0, t->rows, &plain);
    buf_add(b, S("</div></td></tr></table>"));
}

// Cut in two below its head, as editors do at the end of a page.
static void html_split(Buf *b, const FormTable *t, Dice *d)
{
    int cut = t->rows < 6 ? t->rows : 4 + (int)dice_below(d, t->rows - 5);
    html_rows(b, t, 0, cut, &plain);
    if (cut < t->rows)
        html_rows(b, t, cut, t->rows, &plain);
}

static FormTable columns_of(const FormTable *t, int from, int to, Arena *a)
{
    FormTable part = {.rows = t->rows, .cols = to - from};
    for (size_t i = 0; i < t->n; i++)
        if (t->v[i].col >= from && t->v[i].col < to) {
            FormCell *c = PUSH(a, &part);
            *c = t->v[i];
            c->col -= from;
        }
    return part;
}

// Table two as one table for each item, table four as one for reviews and one for suits.
static void html_parts(Buf *b, const FormTable *t, Dice *d)
{
    (void)d;
    int from = 0;
    for (int row = 1; t->chapter == 2 && row <= t->rows; row++) {
        bool heading = row == t->rows;
        for (size_t i = 0; i < t->n && !heading; i++)
            heading = t->v[i].row == row && t->v[i].col == 0 && t->v[i].colspan == 4;
        if (heading) {
            html_rows(b, t, from, row, &plain);
            from = row;
        }
    }
    if (t->chapter == 4) {
        FormTable review = columns_of(t, 0, 5, b->a), suits = columns_of(t, 5, 15, b->a);
        html_rows(b, &review, 0, review.rows, &plain);
        html_rows(b, &suits, 0, suits.rows, &plain);
    } else if (t->chapter != 2) {
        html_rows(b, t, 0, t->rows, &plain);
    }
}

// clang-format off
const Layout layouts[] = {
    // name                   keeps         markup    printed only, table
    {SI("pipes, trailing"),   KEEPS_ALL,    PLAIN,    false, pipe_trailing},
    {SI("pipes, bare"),       KEEPS_ALL,    PLAIN,    false, pipe_bare},
    {SI("pipes, broken"),     KEEPS_ALL,    PLAIN,    false, pipe_broken},
    {SI("pipes, leading"),    KEEPS_VALUES, PLAIN,    false, pipe_leading},
    {SI("markdown"),          KEEPS_ALL,    MARKDOWN, false, markdown},
    {SI("tabs"),              KEEPS_ALL,    PLAIN,    false, tabs},
    {SI("line, pipe"),        KEEPS_VALUES, PLAIN,    false, line_pipe},
    {SI("line, pipe led"),    KEEPS_VALUES, PLAIN,    false, line_pipe_led},
    {SI("line, lone pipe"),   KEEPS_VALUES, PLAIN,    false, line_lone_pipe},
    {SI("cell a line"),       KEEPS_VALUES, PLAIN,    false, cell_line},
    {SI("cell a paragraph"),  KEEPS_VALUES, PLAIN,    false, cell_paragraph},
    {SI("cell indented"),     KEEPS_VALUES, PLAIN,    false, cell_indented},
    {SI("run together"),      KEEPS_SOME,   PLAIN,    false, run_together},
    {SI("blanks lost"),       KEEPS_VALUES, PLAIN,    false, blanks_lost},
    {SI("line, once"),        KEEPS_SOME,   PLAIN,    true,  line_once},
    {SI("html"),              KEEPS_ALL,    HTML,     false, html_plain},
    {SI("html, word"),        KEEPS_ALL,    HTML,     false, html_word},
    {SI("html, unclosed"),    KEEPS_ALL,    HTML,     false, html_unclosed},
    {SI("html, nested"),      KEEPS_ALL,    HTML,     false, html_nested},
    {SI("html, split"),       KEEPS_ALL,    HTML,     false, html_split},
    {SI("html, parts"),       KEEPS_ALL,    HTML,     false, html_parts},
};
// clang-format on
const size_t n_layouts = sizeof layouts / sizeof *layouts;

// --- the report around the tables

typedef struct Part {
    int chapter; // 0: before the first
    bool stat;   // of the reports up to 2018; the others follow the six chapters
    Str text;
} Part;

// Numbers in it are traps for those who look for figures anywhere.
// clang-format off
static const Part parts[] = {
    {0, false, SI("本报告根据《中华人民共和国政府信息公开条例》（国务院令第711号）编制，由总体情况等六部分组成。")},
    {1, false, SI("本局坚持以公开为常态、不公开为例外，围绕供水、防汛、节水和河湖管护，及时、准确公开应当公开的政府信息。")},
    {1, false, SI("（一）主动公开。全年通过门户网站和政务新媒体发布各类信息，公布监督电话12345。")},
    {1, false, SI("（二）依申请公开。健全登记、审核、办理、答复、归档制度，依法按时答复申请人。")},
    {1, false, SI("（三）政府信息管理。严格公文公开属性认定，落实先审查、后公开。")},
    {1, false, SI("（四）政府信息公开平台建设。规范栏目设置，做好日常维护。")},
    {1, false, SI("（五）监督保障。组织业务培训，开展自查整改。")},
    {5, false, SI("公开内容的针对性还需加强，部分解读形式单一。下一步将加强统筹，丰富解读形式。")},
    {6, false, SI("按照《政府信息公开信息处理费管理办法》，本年度未收取信息处理费。")},
    {0, true,  SI("本报告根据《中华人民共和国政府信息公开条例》编制。")},
    {1, true,  SI("本局把政府信息公开作为转变职能、改进作风的重要工作，及时公开供水、防汛等信息。")},
    {2, true,  SI("通过门户网站、公告栏等渠道公开政府信息。")},
};
// clang-format on

static void line(Buf *b, Markup markup, Str text)
{
    static const Str around[][2] = {
        [PLAIN] = {SI(""), SI("\n")},
        [HTML] = {SI("<p>"), SI("</p>\n")},
        [MARKDOWN] = {SI(""), SI("\n\n")},
    };
    buf_add(b, around[markup][0]);
    buf_add(b, text);
    buf_add(b, around[markup][1]);
}

static void heading(Buf *b, Markup markup, Str text, Str marks)
{
    line(b, markup, markup == MARKDOWN ? str_cat(b->a, marks, text) : text);
}

static void chapter_parts(Buf *b, Markup markup, bool stat, int chapter)
{
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i].chapter == chapter && parts[i].stat == stat)
            line(b, markup, parts[i].text);
}

static Str chapter_heading(Arena *a, int chapter, unsigned style)
{
    static const char *const numbers[] = {"", "一", "二", "三", "四", "五", "六"};
    Str title = chapter_titles[chapter - 1];
    bool table = chapter >= 2 && chapter <= 4;
    if (style & STYLE_RENUMBERED && table)
        return str_fmt(a, "%d、" PRI_STR, chapter - 1, STR_ARG(title));
    return str_fmt(a, "%s、" PRI_STR, numbers[chapter], STR_ARG(title));
}

static void write_table(Buf *b, const Layout *l, const Form *form, int chapter, Dice *d)
{
    for (int i = 0; i < form->n; i++)
        if (form->tables[i].chapter == chapter)
            l->table(b, &form->tables[i], d);
}

static void six_chapters(Buf *b, const Layout *l, const Whole *w, const Form *form, Dice *d)
{
    chapter_parts(b, l->markup, false, 0);
    for (int chapter = 1; chapter <= CHAPTERS; chapter++) {
        heading(b, l->markup, chapter_heading(b->a, chapter, w->style), S("## "));
        chapter_parts(b, l->markup, false, chapter);
        write_table(b, l, form, chapter, d);
    }
}

static void stat_report(Buf *b, const Layout *l, const Form *form, Dice *d)
{
    chapter_parts(b, l->markup, true, 0);
    heading(b, l->markup, S("一、概述"), S("## "));
    chapter_parts(b, l->markup, true, 1);
    heading(b, l->markup, S("二、主动公开政府信息情况"), S("## "));
    chapter_parts(b, l->markup, true, 2);
    line(b, l->markup, S("附表：政府信息公开情况统计表"));
    write_table(b, l, form, 0, d);
}

typedef struct Residue {
    Str what, with;
} Residue;

static const Residue residues[] = {
    {SI("數"), SI("數(shù)")}, {SI("據"), SI("據(jù)")},  {SI("發"), SI("發(fā)")},
    {SI("規"), SI("規(guī)")}, {SI("廢"), SI("廢(fèi)")}, {SI("現"), SI("現(xiàn)")},
    {SI("業"), SI("業(yè)")},  {SI("復"), SI("復(fù)")},
};

// A site's own converter goes over the whole page.
static Str converted(Arena *a, Str text, unsigned style)
{
    if (!(style & (STYLE_TRADITIONAL | STYLE_TAIWAN | STYLE_RESIDUE)))
        return text;
    text = hanzi_traditionalise(a, text);
    if (style & STYLE_TAIWAN)
        text = str_replace(a, text, S("規範性文件"), S("規範性檔案"));
    for (size_t i = 0; style & STYLE_RESIDUE && i < sizeof residues / sizeof *residues; i++)
        text = str_replace(a, text, residues[i].what, residues[i].with);
    return text;
}

static Str shell(Arena *a, Str title, Str body)
{
    return str_fmt(
        a,
        "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>" PRI_STR
        "</title><style>p{margin:0}</style><script>var n = 17;</script></head><body>"
        "<div class=\"nav\"><a href=\"/\">首页</a> &gt; <a href=\"/gk\">政府信息公开</a></div>"
        "<div id=\"content\">" PRI_STR "</div></body></html>\n",
        STR_ARG(title), STR_ARG(body));
}

Str layout_report(const Layout *l, const Whole *w, Dice *d, Arena *a)
{
    Form form;
    form_make(w->figures, w->style, d, a, &form);
    Buf b = buf_new(a, REPORT_MAX);
    int year = w->figures->year;
    Str title = str_fmt(a, PRI_STR "%d年政府信息公开工作年度报告", STR_ARG(w->organ), year);
    heading(&b, l->markup, title, S("# "));
    line(&b, l->markup,
         str_fmt(a, "本报告所列数据的统计期限自%d年1月1日起至%d年12月31日止。", year, year));
    if (w->figures->edition == EDITION_STAT2014)
        stat_report(&b, l, &form, d);
    else
        six_chapters(&b, l, w, &form, d);
    line(&b, l->markup, w->organ);
    line(&b, l->markup, str_fmt(a, "%d年1月20日", year + 1));
    Str text = l->markup == HTML ? shell(a, title, buf_str(&b)) : buf_str(&b);
    return converted(a, text, w->style);
}

Str layout_furniture(void)
{
    return S("扫码使用手机浏览本页内容\n字号：\n大 中 小\n打印 关闭\n");
}
