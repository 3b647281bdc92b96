// A report as read and checked, made ready to be shown. No I/O: Document in, ReportView out.
#include "web/pages.h"

enum { MAX_REPAIRS_SHOWN = 60, MAX_RAW_RUNES = 24 };

// What each kind of finding looks like. A failure of severity note is a hint.
typedef enum Kind { KIND_FAIL, KIND_DOUBT, KIND_HINT, KIND_OPEN, KIND_PASS, KIND__COUNT } Kind;

// clang-format off
static const struct {
    Str cls, tag_cls, tag, cell_cls;
} kinds[KIND__COUNT] = {
    //              frame         tag          word            cell
    [KIND_FAIL]  = {SI("fail"),   SI("bad"),   SI("不符"),     SI("c-fail")},
    [KIND_DOUBT] = {SI("doubt"),  SI("wait"),  SI("存疑"),     SI("c-doubt")},
    [KIND_HINT]  = {SI("hint-f"), SI("sign"),  SI("提示"),     SI("c-hint")},
    [KIND_OPEN]  = {SI(""),       SI(""),      SI("无法判断"), SI("c-na")},
    [KIND_PASS]  = {SI("pass"),   SI("ok"),    SI("通过"),     SI("")},
};
// clang-format on

static Kind kind_of(const Finding *f)
{
    switch (f->result) {
    case RESULT_PASS:
        return KIND_PASS;
    case RESULT_FAIL:
        return f->severity == SEVERITY_NOTE ? KIND_HINT : KIND_FAIL;
    case RESULT_DOUBTFUL:
        return KIND_DOUBT;
    case RESULT_NOT_ASSESSABLE:
        return KIND_OPEN;
    }
    return KIND_OPEN;
}

Tally tally_of(const Findings *findings)
{
    size_t n[KIND__COUNT] = {0};
    for (size_t i = 0; i < findings->n; i++)
        n[kind_of(&findings->v[i])]++;
    return (Tally){n[KIND_FAIL], n[KIND_DOUBT], n[KIND_HINT], n[KIND_OPEN], n[KIND_PASS]};
}

Str edition_name(Arena *a, Edition e)
{
    const EditionDef *d = &editions[e];
    return d->basis.n ? str_fmt(a, PRI_STR "（" PRI_STR "）", STR_ARG(d->zh), STR_ARG(d->basis))
                      : d->zh;
}

Str cell_title(Arena *a, CellIx ix)
{
    const CellDef *d = cell_def(ix);
    if (d->table == TABLE_STAT)
        return d->row;
    return str_fmt(a, PRI_STR "，" PRI_STR, STR_ARG(d->row), STR_ARG(d->col));
}

// --- the work in progress

typedef struct Making {
    const Document *doc;
    Str prefix;
    Arena *a;
    ReportView *out;
    const Finding *at[CELL_COUNT]; // the worst finding of each cell, with …
    uint16_t number[CELL_COUNT];   // … its number
    const Finding **order;         // findings by number, from 1
} Making;

static Str anchor(const Making *m, const char *letter, size_t number)
{
    return str_fmt(m->a, PRI_STR "%s%zu", STR_ARG(m->prefix), letter, number);
}

static Str cell_anchor(const Making *m, CellIx ix)
{
    return str_fmt(m->a, PRI_STR PRI_STR, STR_ARG(m->prefix), STR_ARG(cell_def(ix)->id));
}

static bool same_place(const Place *x, const Place *y)
{
    return x->line == y->line && x->page == y->page && x->table == y->table && x->row == y->row &&
           x->col == y->col && x->y0 == y->y0 && x->x0 == y->x0;
}

static bool place_is(const Place *p)
{
    return p->line || p->page || p->table;
}

// --- cells

static Str joined(Arena *a, Str x, Str y)
{
    return x.n && y.n ? str_fmt(a, PRI_STR " " PRI_STR, STR_ARG(x), STR_ARG(y)) : x.n ? x : y;
}

static bool is_guess(const Cell *c)
{
    for (int bit = 0; bit < REPAIR__COUNT; bit++)
        if (c->repairs >> bit & 1 && repair_defs[bit].guess)
            return true;
    return false;
}

static void cell_state(Making *m, CellIx ix, CellView *v)
{
    const Cell *c = &m->doc->cells[ix];
    FormsView *forms = &m->out->forms;
    switch (c->state) {
    case CELL_VALUE:
        v->text = cell_print(m->a, ix, c->n);
        v->cls = c->n == 0 ? S("z") : S("");
        if (is_guess(c)) {
            v->cls = joined(m->a, v->cls, S("c-guess"));
            v->words = S("推定：");
            v->mark = S("推");
            forms->any_guess = true;
        }
        return;
    case CELL_BLANK:
        *v = (CellView){.cls = S("c-blank"), .text = S("空")};
        forms->any_blank = true;
        return;
    case CELL_ABSENT:
        *v = (CellView){.cls = S("c-absent"), .text = S("缺")};
        forms->any_absent |= cell_in(ix, forms->edition);
        return;
    case CELL_UNREADABLE:
        *v = (CellView){.cls = S("c-unread"),
                        .words = S("读不出："),
                        .text = str_clip(m->a, c->raw, MAX_RAW_RUNES)};
        forms->any_unread = true;
        return;
    }
}

static void cell_finding(Making *m, CellIx ix, CellView *v)
{
    const Finding *f = m->at[ix];
    if (!f)
        return;
    Kind kind = kind_of(f);
    v->cls = joined(m->a, v->cls, kinds[kind].cell_cls);
    v->anchor = cell_anchor(m, ix);
    v->href = str_fmt(m->a, "#" PRI_STR "f%u", STR_ARG(m->prefix), m->number[ix]);
    v->words = str_fmt(m->a, PRI_STR "，见结果%u：" PRI_STR, STR_ARG(kinds[kind].tag),
                       m->number[ix], STR_ARG(v->words));
    v->mark = str_fmt(m->a, "%u" PRI_STR, m->number[ix], STR_ARG(v->mark));
}

static void make_cells(Making *m)
{
    CellView *v = NEW(m->a, CellView, CELL_COUNT);
    for (CellIx ix = 0; ix < CELL_COUNT; ix++) {
        cell_state(m, ix, &v[ix]);
        cell_finding(m, ix, &v[ix]);
    }
    m->out->forms.cells = v;
}

// --- findings

// The paragraph a finding speaks of, if it stands in the text as shown; NULL otherwise.
static const Para *para_at(const Document *doc, const Place *place)
{
    if (!place_is(place))
        return NULL;
    for (size_t i = 0; i < doc->paras.n; i++)
        if (same_place(&doc->paras.v[i].place, place) && doc->paras.v[i].kind == PARA_TEXT)
            return &doc->paras.v[i];
    return NULL;
}

static bool cell_shown(const Making *m, CellIx ix)
{
    return m->doc->cells[ix].state != CELL_ABSENT ||
           (cell_in(ix, m->doc->edition) && m->doc->table_seen[cell_def(ix)->table]);
}

static void finding_doors(Making *m, const Finding *f, FindingView *v)
{
    for (size_t i = 0; i < f->n_cells; i++)
        if (f->cells[i] < CELL_COUNT && m->at[f->cells[i]] && cell_shown(m, f->cells[i])) {
            *PUSH(m->a, &v->doors) =
                (Link){.href = str_fmt(m->a, "#" PRI_STR, STR_ARG(cell_anchor(m, f->cells[i]))),
                       .text = S("看单元格")};
            break;
        }
    for (size_t i = 0; i < f->n_places; i++) {
        const Para *p = para_at(m->doc, &f->places[i]);
        if (!p)
            continue;
        *PUSH(m->a, &v->doors) =
            (Link){.href = str_fmt(m->a, "#" PRI_STR,
                                   STR_ARG(anchor(m, "p", (size_t)(p - m->doc->paras.v)))),
                   .text = S("看原文")};
        break;
    }
}

static void add_finding(Making *m, const Finding *f, Kind kind, size_t number)
{
    FindingView *v = PUSH(m->a, kind == KIND_PASS ? &m->out->passed : &m->out->shown);
    *v = (FindingView){
        .cls = kinds[kind].cls,
        .tag_cls = kinds[kind].tag_cls,
        .tag = kinds[kind].tag,
        .title = f->title,
        .message = f->message,
        .basis = f->basis,
        .evidence = f->evidence,
    };
    if (kind == KIND_PASS)
        return;
    v->anchor = anchor(m, "f", number);
    v->number = str_fmt(m->a, "结果%zu", number);
}

// Which of a finding's cells carry its mark: the one it is about, which checks name first, and
// those in which something stands that is no figure. The other figures of a sum stay plain, or a
// single slip would colour the table.
static bool carries_mark(const Making *m, const Finding *f, size_t i)
{
    CellState state = m->doc->cells[f->cells[i]].state;
    if (state == CELL_BLANK || state == CELL_UNREADABLE)
        return true;
    return i == 0 && (state == CELL_ABSENT || f->result != RESULT_NOT_ASSESSABLE);
}

static void mark_cells(Making *m, const Finding *f, size_t number)
{
    for (size_t i = 0; i < f->n_cells; i++) {
        CellIx ix = f->cells[i];
        if (ix >= CELL_COUNT || m->at[ix] || !carries_mark(m, f, i))
            continue;
        m->at[ix] = f;
        m->number[ix] = (uint16_t)number;
    }
}

// Numbers them by how bad they are; a cell leads to its worst.
static void make_findings(Making *m)
{
    const Findings *all = &m->doc->findings;
    m->order = NEW(m->a, const Finding *, all->n + 1);
    size_t number = 0;
    for (Kind kind = 0; kind < KIND__COUNT; kind++)
        for (size_t i = 0; i < all->n; i++) {
            const Finding *f = &all->v[i];
            if (kind_of(f) != kind)
                continue;
            if (kind != KIND_PASS) {
                m->order[++number] = f;
                mark_cells(m, f, number);
            }
            add_finding(m, f, kind, number);
        }
    for (size_t i = 0; i < m->out->shown.n; i++)
        finding_doors(m, m->order[i + 1], &m->out->shown.v[i]);
}

// --- forms

static void split_note(Str label, T3RowView *row)
{
    ptrdiff_t note = str_find(label, S("（区分处理的"));
    row->label = note == STR_NONE ? label : str_sub(label, 0, (size_t)note);
    row->note = note == STR_NONE ? S("") : str_from(label, (size_t)note);
}

static int group_rows(Str group, Edition e)
{
    int n = 0;
    for (int r = 0; r < T3_ROWS; r++)
        n += t3_rows[r].editions >> e & 1 && str_eq(t3_rows[r].group, group);
    return n;
}

static void make_t3(FormsView *v)
{
    Str group = S("");
    for (int r = 0; r < T3_ROWS; r++) {
        const T3RowDef *def = &t3_rows[r];
        if (!(def->editions >> v->edition & 1))
            continue;
        T3RowView *row = &v->t3[v->n_t3++];
        *row = (T3RowView){
            .top = r == T3_NEW || r == T3_CARRIED_IN || r == T3_CARRIED_OUT,
            .sum = r == T3_R7,
            .opens_results = r == T3_R1,
            .in_group = def->group.n > 0,
            .cells = v->cells + cell_t3((T3Row)r, T3_NATURAL),
        };
        split_note(def->label, row);
        v->result_rows += !row->top;
        if (def->group.n && !str_eq(def->group, group)) {
            size_t number = S("（三）").n;
            row->group_number = str_sub(def->group, 0, number);
            row->group_label = str_from(def->group, number);
            row->group_rows = group_rows(def->group, v->edition);
        }
        group = def->group;
    }
}

static void make_stat(Making *m, FormsView *v)
{
    static const Str levels[] = {SI("l0"), SI("l1"), SI("l2"), SI("l3")};
    for (int r = 0; r < STAT_CELLS; r++) {
        const StatRow *def = &stat_rows[r];
        StatRowView *row = &v->stat[v->n_stat++];
        *row = (StatRowView){
            .label = str_cat(m->a, def->number, def->label),
            .unit = def->unit,
            .indent = levels[def->level < 0 || def->level > 3 ? 3 : def->level],
            .cell = v->cells + STAT_FIRST + r,
        };
        Str rest = def->above, head;
        while (rest.n) {
            str_cut(rest, S("\n"), &head, &rest);
            *PUSH(m->a, &row->above) = head;
        }
    }
}

// A table is shown where the report has it; one that was not found is said to be missing, instead
// of being shown full of 缺.
static bool table_shown(const Document *doc, TableId t)
{
    if (doc->table_seen[t])
        return true;
    for (CellIx ix = 0; ix < CELL_COUNT; ix++)
        if (cell_def(ix)->table == t && doc->cells[ix].state != CELL_ABSENT)
            return true;
    return false;
}

static void make_odd(Making *m, FormsView *v)
{
    v->odd = NEW(m->a, OddCell, CELL_COUNT);
    for (CellIx ix = 0; ix < CELL_COUNT; ix++)
        if (m->doc->cells[ix].state != CELL_ABSENT &&
            !(cell_in(ix, v->edition) && v->has[cell_def(ix)->table]))
            v->odd[v->n_odd++] = (OddCell){cell_title(m->a, ix), &v->cells[ix]};
}

static Str repair_words(Arena *a, uint32_t repairs)
{
    Strs words = {0};
    for (int bit = 0; bit < REPAIR__COUNT; bit++)
        if (repairs >> bit & 1)
            *PUSH(a, &words) = repair_defs[bit].zh;
    return str_join(a, words.v, words.n, S("、"));
}

// Repairs of labels alone are left out: they do not touch the figure.
static void make_repairs(Making *m, FormsView *v)
{
    const uint32_t of_label = REPAIR_LABEL | REPAIR_SCRIPT | REPAIR_RESIDUE | REPAIR_COLUMNS;
    v->repairs = NEW(m->a, RepairView, MAX_REPAIRS_SHOWN);
    for (CellIx ix = 0; ix < CELL_COUNT; ix++) {
        const Cell *c = &m->doc->cells[ix];
        if (!(c->repairs & ~of_label) || c->state == CELL_ABSENT)
            continue;
        if (v->n_repairs == MAX_REPAIRS_SHOWN) {
            v->n_repairs_left++;
            continue;
        }
        v->repairs[v->n_repairs++] = (RepairView){
            .cell = cell_title(m->a, ix),
            .raw = str_clip(m->a, c->raw, MAX_RAW_RUNES),
            .value = c->state == CELL_VALUE ? cell_print(m->a, ix, c->n) : S("空"),
            .words = repair_words(m->a, c->repairs),
        };
    }
}

static void make_forms(Making *m)
{
    FormsView *v = &m->out->forms;
    for (TableId t = 0; t < TABLE__COUNT; t++)
        v->has[t] = (t == TABLE_STAT) == (v->edition == EDITION_STAT2014) &&
                    v->edition != EDITION_NONE && table_shown(m->doc, t);
    if (v->has[TABLE_T3])
        make_t3(v);
    if (v->has[TABLE_STAT])
        make_stat(m, v);
    make_odd(m, v);
    make_repairs(m, v);
}

// --- text

// The form that belongs into a chapter, by its number.
static const TableId chapter_table[CHAPTERS + 1] = {
    [0] = TABLE__COUNT, [1] = TABLE__COUNT, [2] = TABLE_T2,     [3] = TABLE_T3,
    [4] = TABLE_T4,     [5] = TABLE__COUNT, [6] = TABLE__COUNT,
};

static bool is_led_to(const Making *m, const Para *p)
{
    const Findings *all = &m->doc->findings;
    for (size_t i = 0; i < all->n; i++)
        for (size_t k = 0; all->v[i].result != RESULT_PASS && k < all->v[i].n_places; k++)
            if (place_is(&p->place) && same_place(&p->place, &all->v[i].places[k]))
                return true;
    return false;
}

// The title stands at the top of the page, the heading of a chapter above its section already.
static bool is_said_already(const Document *doc, const Para *p)
{
    if (p->chapter == 0 && str_eq(str_trim(p->text), str_trim(doc->title)))
        return true;
    for (size_t i = 0; p->kind == PARA_HEADING && i < doc->chapters.n; i++)
        if (str_eq(str_trim(p->text), str_trim(doc->chapters.v[i].heading)))
            return true;
    return false;
}

static void fill_chapter(Making *m, ChapterView *v, size_t first, size_t last)
{
    last = last < m->doc->paras.n ? last : m->doc->paras.n;
    first = first < last ? first : last;
    v->paras = NEW(m->a, ParaView, last - first + 1);
    for (size_t i = first; i < last; i++) {
        const Para *p = &m->doc->paras.v[i];
        if ((p->kind != PARA_TEXT && p->kind != PARA_HEADING) || is_said_already(m->doc, p))
            continue;
        v->paras[v->n++] = (ParaView){
            .anchor = is_led_to(m, p) ? anchor(m, "p", i) : S(""),
            .text = p->raw.n ? p->raw : p->text,
            .heading = p->kind == PARA_HEADING,
        };
    }
}

static void make_chapters(Making *m)
{
    const Document *doc = m->doc;
    bool placed[TABLE__COUNT] = {0};
    ChapterView *v = NEW(m->a, ChapterView, doc->chapters.n + 1);
    size_t n = 0, lead = doc->chapters.n ? doc->chapters.v[0].first : doc->paras.n;
    v[0] = (ChapterView){.anchor = anchor(m, "c", 0), .table = TABLE__COUNT};
    fill_chapter(m, &v[0], 0, lead);
    n = v[0].n > 0;
    for (size_t i = 0; i < doc->chapters.n; i++) {
        const Chapter *c = &doc->chapters.v[i];
        TableId table =
            c->number >= 0 && c->number <= CHAPTERS ? chapter_table[c->number] : TABLE__COUNT;
        if (table != TABLE__COUNT && (placed[table] || !m->out->forms.has[table]))
            table = TABLE__COUNT;
        if (table != TABLE__COUNT)
            placed[table] = true;
        v[n] = (ChapterView){
            .anchor = anchor(m, "c", i + 1), .heading = str_trim(c->heading), .table = table};
        fill_chapter(m, &v[n++], c->first, c->last);
    }
    TableId *loose = NEW(m->a, TableId, TABLE__COUNT);
    for (TableId t = 0; t < TABLE__COUNT; t++)
        if (m->out->forms.has[t] && !placed[t])
            loose[m->out->n_loose++] = t;
    m->out->chapters = v;
    m->out->n_chapters = n;
    m->out->loose = loose;
}

// --- all of it

static Str verdict_of(Arena *a, const Tally *t)
{
    if (t->fails)
        return str_fmt(a, "有%zu处不符，请对照原件逐项核实。", t->fails);
    if (t->doubts)
        return str_fmt(a, "没有发现不符，有%zu处存疑，请对照原件判断。", t->doubts);
    if (t->passes == 0)
        return S("没有可以核对的内容，不能说这份报告通过。");
    if (t->open)
        return str_fmt(a, "能核对的都已通过，另有%zu项无法判断。", t->open);
    return S("核对的各项全部通过。");
}

static void make_facts(Making *m)
{
    const Document *doc = m->doc;
    ReportView *v = m->out;
    v->title = doc->title;
    v->organ = doc->organ;
    v->year = doc->year;
    v->kind = doc->kind;
    v->edition = edition_name(m->a, doc->edition);
    Edition due = edition_due(doc->year);
    if (doc->year && due != doc->edition)
        v->edition_due = edition_name(m->a, due);
    v->n_chapters_found = doc->chapters.n;
    for (TableId t = 0; t < TABLE__COUNT; t++)
        v->n_tables += table_shown(doc, t);
    for (CellIx ix = 0; ix < CELL_COUNT; ix++)
        v->n_values += doc->cells[ix].state == CELL_VALUE;
    v->tally = tally_of(&doc->findings);
    v->verdict = verdict_of(m->a, &v->tally);
}

void report_view(const Document *doc, Str prefix, Arena *a, ReportView *out)
{
    *out = (ReportView){.prefix = prefix, .forms = {.prefix = prefix, .edition = doc->edition}};
    Making *m = NEW(a, Making, 1);
    *m = (Making){.doc = doc, .prefix = prefix, .a = a, .out = out};
    make_facts(m);
    make_findings(m);
    make_cells(m);
    make_forms(m);
    make_chapters(m);
}
