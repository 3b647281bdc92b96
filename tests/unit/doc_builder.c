#include "doc_builder.h"

const CheckOptions doc_check_zh = {LANG_ZH, {DATE_NONE_DAYS}};
const CheckOptions doc_check_en = {LANG_EN, {DATE_NONE_DAYS}};

static const char *const texts[CHAPTERS] = {
    "本机关按照要求做好主动公开、依申请公开、政府信息管理、政府信息公开平台建设和监督保障工作。",
    "",
    "",
    "",
    "信息更新还不够及时。今后将按月检查栏目，逐条补齐缺项。",
    "本年度没有收取信息处理费。没有其他需要报告的事项。",
};

static const char *const headings[CHAPTERS] = {"一、总体情况",
                                               "二、主动公开政府信息情况",
                                               "三、收到和处理政府信息公开申请情况",
                                               "四、政府信息公开行政复议、行政诉讼情况",
                                               "五、存在的主要问题及改进情况",
                                               "六、其他需要报告的事项"};

static void add_para(Document *d, Arena *a, int chapter, int kind, const char *text)
{
    Str s = str_z(text);
    *PUSH(a, &d->paras) = (Para){.text = s,
                                 .raw = s,
                                 .place = {.line = (int32_t)d->paras.n},
                                 .chapter = (int8_t)chapter,
                                 .kind = (int8_t)kind};
}

static void add_chapters(Document *d, Arena *a)
{
    for (int i = 0; i < CHAPTERS; i++) {
        Chapter *c = PUSH(a, &d->chapters);
        *c = (Chapter){.number = i + 1,
                       .printed = i + 1,
                       .heading = str_z(headings[i]),
                       .place = {.line = (int32_t)d->paras.n + 1},
                       .first = d->paras.n + 1,
                       .has_table = i >= 1 && i <= 3};
        add_para(d, a, i + 1, PARA_HEADING, headings[i]);
        if (*texts[i])
            add_para(d, a, i + 1, PARA_TEXT, texts[i]);
        c->last = d->paras.n;
    }
}

static void add_cells(Document *d)
{
    for (CellIx ix = 0; ix < CELL_COUNT; ix++) {
        if (!cell_in(ix, d->edition))
            continue;
        d->table_seen[cell_def(ix)->table] = true;
        d->cells[ix] = (Cell){.state = CELL_VALUE, .raw = S("0"), .place = {.line = 100 + ix}};
    }
}

Document *doc_new(Arena *a, Edition edition, int year)
{
    Document *d = NEW(a, Document, 1);
    d->kind = DOC_REPORT;
    d->edition = edition;
    d->year = year;
    d->organ = S("示例县水务局");
    d->title = str_fmt(a, "示例县水务局%d年政府信息公开工作年度报告", year);
    d->place.line = 1;
    date_make(year + 1, 1, 20, &d->published);
    date_make(year, 1, 1, &d->from);
    date_make(year, 12, 31, &d->to);
    add_cells(d);
    if (edition != EDITION_STAT2014)
        add_chapters(d, a);
    return d;
}

static Cell *cell_of(Document *d, const char *id)
{
    CellIx ix = cell_by_id(str_z(id));
    if (ix == CELL_NONE)
        fail_msg("no cell %s", id);
    d->cells[ix].place.line = 100 + ix;
    return &d->cells[ix];
}

void doc_set(Document *d, const char *id, int64_t n)
{
    Cell *c = cell_of(d, id);
    c->state = CELL_VALUE;
    c->n = n;
}

void doc_blank(Document *d, const char *id)
{
    Cell *c = cell_of(d, id);
    *c = (Cell){.state = CELL_BLANK, .place = c->place};
}

void doc_absent(Document *d, const char *id)
{
    *cell_of(d, id) = (Cell){0};
}

void doc_unreadable(Document *d, const char *id, const char *raw)
{
    Cell *c = cell_of(d, id);
    *c = (Cell){.state = CELL_UNREADABLE, .raw = str_z(raw), .place = c->place};
}

void doc_repair(Document *d, const char *id, uint32_t repairs)
{
    cell_of(d, id)->repairs |= repairs;
}

void doc_t3(Document *d, const char *row, int64_t natural, int64_t business, int64_t research,
            int64_t welfare, int64_t legal, int64_t other, int64_t total)
{
    const int64_t n[T3_COLS] = {natural, business, research, welfare, legal, other, total};
    for (int i = 0; i < T3_COLS; i++) {
        char id[64];
        snprintf(id, sizeof id, "t3.%s.%s", row, t3_cols[i].key.s);
        doc_set(d, id, n[i]);
    }
}

void doc_drop_table(Document *d, TableId table)
{
    d->table_seen[table] = false;
    for (CellIx ix = 0; ix < CELL_COUNT; ix++)
        if (cell_def(ix)->table == table)
            d->cells[ix] = (Cell){0};
    for (size_t i = 0; i < d->chapters.n; i++)
        if (d->chapters.v[i].number == (int)table + 2)
            d->chapters.v[i].has_table = false;
}

static void shift_chapters(Document *d, size_t from, ptrdiff_t by)
{
    for (size_t i = 0; i < d->chapters.n; i++) {
        Chapter *c = &d->chapters.v[i];
        c->first += c->first >= from ? by : 0;
        c->last += c->last >= from ? by : 0;
    }
}

void doc_para(Document *d, Arena *a, int chapter, const char *text)
{
    size_t at = d->paras.n;
    for (size_t i = 0; i < d->chapters.n; i++)
        if (d->chapters.v[i].number == chapter)
            at = d->chapters.v[i].last;
    add_para(d, a, chapter, PARA_TEXT, text);
    Para p = d->paras.v[d->paras.n - 1];
    memmove(d->paras.v + at + 1, d->paras.v + at, (d->paras.n - 1 - at) * sizeof p);
    d->paras.v[at] = p;
    for (size_t i = 0; i < d->chapters.n; i++) {
        Chapter *c = &d->chapters.v[i];
        if (c->number == chapter)
            c->last++;
        else if (c->first > at)
            c->first++, c->last++;
    }
}

void doc_drop_chapter(Document *d, int chapter)
{
    for (size_t i = 0; i < d->chapters.n; i++) {
        Chapter c = d->chapters.v[i];
        if (c.number != chapter)
            continue;
        size_t from = c.first - 1, n = c.last - from; // with its heading
        memmove(d->paras.v + from, d->paras.v + c.last, (d->paras.n - c.last) * sizeof *d->paras.v);
        d->paras.n -= n;
        memmove(d->chapters.v + i, d->chapters.v + i + 1,
                (d->chapters.n - i - 1) * sizeof *d->chapters.v);
        d->chapters.n--;
        shift_chapters(d, c.last, -(ptrdiff_t)n);
        return;
    }
}

void doc_note(Document *d, Arena *a, NoteKind kind, const char *text)
{
    *PUSH(a, &d->notes) = (Note){.kind = kind, .text = str_z(text), .cell = CELL_NONE};
}

const Finding *doc_finding(const Document *d, const char *check, const char *cell)
{
    CellIx ix = cell ? cell_by_id(str_z(cell)) : CELL_NONE;
    for (size_t i = 0; i < d->findings.n; i++) {
        const Finding *f = &d->findings.v[i];
        if (str_eq(f->id, str_z(check)) && (!cell || (f->n_cells && f->cells[0] == ix)))
            return f;
    }
    return NULL;
}

const char *doc_result_name(const Finding *f)
{
    return f ? result_ids[f->result].s : "not there";
}
