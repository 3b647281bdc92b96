#include "report/report_print.h"

#include "base/text.h"
#include "report/columns.h"
#include "report/report_json.h"

enum { SCRATCH = 8 << 20 };

typedef enum Tone {
    TONE_NONE,
    TONE_STRONG,
    TONE_BAD,
    TONE_WARN,
    TONE_ASK,
    TONE_GOOD,
    TONE_FAINT
} Tone;

static const char *const tones[] = {
    [TONE_NONE] = "",         [TONE_STRONG] = "\033[1m", [TONE_BAD] = "\033[31m",
    [TONE_WARN] = "\033[33m", [TONE_ASK] = "\033[36m",   [TONE_GOOD] = "\033[32m",
    [TONE_FAINT] = "\033[2m",
};

static void tone(Buf *b, const PrintOptions *opt, Tone t, Str s)
{
    bool coloured = opt->colour && t != TONE_NONE;
    if (coloured)
        buf_add(b, str_z(tones[t]));
    buf_add(b, s);
    if (coloured)
        buf_add(b, S("\033[0m"));
}

// What others wrote may not bring escape sequences of its own.
static void tone_foreign(Buf *b, const PrintOptions *opt, Tone t, Str s)
{
    CLEANUP(arena_end) Arena a = arena_new(SCRATCH);
    Buf shown = buf_new(&a, SCRATCH / 2);
    text_shown(&shown, s);
    tone(b, opt, t, buf_str(&shown));
}

// --- which document ---

static void fact(Buf *b, Str s)
{
    if (s.n == 0)
        return;
    buf_add(b, S(" · "));
    text_shown(b, s);
}

void print_heading(Buf *b, const Reading *source, const Document *doc, const PrintOptions *opt)
{
    tone_foreign(b, opt, TONE_STRONG, source->name.n ? source->name : S("(standard input)"));
    fact(b, doc_kind_ids[doc->kind]);
    fact(b, doc->organ);
    if (doc->year)
        buf_fmt(b, " · %d", doc->year);
    fact(b, editions[doc->edition].id);
    if (doc->mixed)
        fact(b, S("rows of two editions"));
    if (doc->place.line || doc->place.page) {
        buf_add(b, S(" · from "));
        print_place(b, &doc->place);
    }
    buf_byte(b, '\n');
}

void print_place(Buf *b, const Place *p)
{
    const struct {
        const char *name;
        int n;
    } parts[] = {{"page", p->page},
                 {"line", p->line},
                 {"table", p->table},
                 {"row", p->row},
                 {"column", p->col}};
    bool any = false;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i].n) {
            buf_fmt(b, "%s%s %d", any ? ", " : "", parts[i].name, parts[i].n);
            any = true;
        }
}

static void fact_line(Buf *b, const char *name, Str value)
{
    if (value.n == 0)
        return;
    buf_fmt(b, "  %-10s ", name);
    text_shown(b, value);
    buf_byte(b, '\n');
}

static Str period_shown(Arena *a, const Document *doc)
{
    if (!date_is(doc->from) || !date_is(doc->to))
        return S("");
    return str_fmt(a, PRI_STR " to " PRI_STR, STR_ARG(date_iso(a, doc->from)),
                   STR_ARG(date_iso(a, doc->to)));
}

static Str chapters_shown(Arena *a, const Document *doc)
{
    Buf b = buf_new(a, 1 << 14);
    for (size_t i = 0; i < doc->chapters.n; i++)
        buf_fmt(&b, "%s%d", i ? " " : "", doc->chapters.v[i].number);
    return buf_str(&b);
}

void print_facts(Buf *b, const Document *doc)
{
    CLEANUP(arena_end) Arena a = arena_new(1 << 20);
    fact_line(b, "title", doc->title);
    fact_line(b, "published", date_is(doc->published) ? date_iso(&a, doc->published) : S(""));
    fact_line(b, "period", period_shown(&a, doc));
    fact_line(b, "chapters", chapters_shown(&a, doc));
}

// --- the tables ---

typedef struct Legend {
    bool blank, unreadable, guess, incomplete;
    const bool *marked; // PrintOptions.incomplete
} Legend;

static bool guessed(const Cell *c)
{
    for (int i = 0; i < REPAIR__COUNT; i++)
        if ((c->repairs >> i & 1) && repair_defs[i].guess)
            return true;
    return false;
}

static Str cell_shown(Arena *a, const Document *doc, CellIx ix, Legend *legend)
{
    const Cell *c = &doc->cells[ix];
    switch (c->state) {
    case CELL_ABSENT:
        break;
    case CELL_BLANK:
        legend->blank = true;
        return S("_");
    case CELL_UNREADABLE:
        legend->unreadable = true;
        return S("?");
    case CELL_VALUE:
        if (legend->marked && legend->marked[ix]) {
            legend->incomplete = true;
            return str_fmt(a, PRI_STR "+", STR_ARG(cell_print(a, ix, c->n)));
        }
        if (!guessed(c))
            return cell_print(a, ix, c->n);
        legend->guess = true;
        return str_fmt(a, "~" PRI_STR, STR_ARG(cell_print(a, ix, c->n)));
    }
    return S("");
}

static bool any_listed(const Document *doc, CellIx first, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (report_cell_listed(doc, (CellIx)(first + i)))
            return true;
    return false;
}

static bool any_present(const Document *doc, CellIx first, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (doc->cells[first + i].state != CELL_ABSENT)
            return true;
    return false;
}

// Table two: one line per cell.
static void table_two(Buf *b, const Document *doc, Arena *a, Legend *legend)
{
    Strs cells = {0};
    for (CellIx ix = T2_FIRST; ix < T3_FIRST; ix++) {
        const CellDef *def = cell_def(ix);
        if (!report_cell_listed(doc, ix))
            continue;
        *PUSH(a, &cells) = def->row;
        *PUSH(a, &cells) = def->col;
        *PUSH(a, &cells) = cell_shown(a, doc, ix, legend);
        *PUSH(a, &cells) = def->unit;
    }
    columns_table(b, cells.v, cells.n / 4, 4, 1 << 2, S("    "));
}

static void table_three(Buf *b, const Document *doc, const PrintOptions *opt, Arena *a,
                        Legend *legend)
{
    Strs cells = {0};
    *PUSH(a, &cells) = S("");
    for (int col = 0; col < T3_COLS; col++)
        *PUSH(a, &cells) = opt->lang == LANG_ZH ? t3_cols[col].label : t3_cols[col].en;
    for (int row = 0; row < T3_ROWS; row++) {
        if (!any_listed(doc, cell_t3((T3Row)row, T3_NATURAL), T3_COLS))
            continue;
        *PUSH(a, &cells) = opt->lang == LANG_ZH ? t3_rows[row].short_zh : t3_rows[row].en;
        for (int col = 0; col < T3_COLS; col++)
            *PUSH(a, &cells) = cell_shown(a, doc, cell_t3((T3Row)row, (T3Col)col), legend);
    }
    columns_table(b, cells.v, cells.n / (T3_COLS + 1), T3_COLS + 1, 0xfe, S("    "));
}

static void table_four(Buf *b, const Document *doc, const PrintOptions *opt, Arena *a,
                       Legend *legend)
{
    Strs cells = {0};
    *PUSH(a, &cells) = S("");
    for (int col = 0; col < T4_COLS; col++)
        *PUSH(a, &cells) = opt->lang == LANG_ZH ? t4_cols[col].label : t4_cols[col].en;
    for (int block = 0; block < T4_BLOCKS; block++) {
        *PUSH(a, &cells) = opt->lang == LANG_ZH ? t4_blocks[block].label : t4_blocks[block].en;
        for (int col = 0; col < T4_COLS; col++)
            *PUSH(a, &cells) = cell_shown(a, doc, cell_t4((T4Block)block, (T4Col)col), legend);
    }
    columns_table(b, cells.v, cells.n / (T4_COLS + 1), T4_COLS + 1, 0x3e, S("    "));
}

static void table_stat(Buf *b, const Document *doc, Arena *a, Legend *legend)
{
    Strs cells = {0};
    for (int i = 0; i < STAT_CELLS; i++) {
        const StatRow *row = &stat_rows[i];
        *PUSH(a, &cells) = str_fmt(a, "%*s" PRI_STR PRI_STR, row->level * 2, "",
                                   STR_ARG(row->number), STR_ARG(row->label));
        *PUSH(a, &cells) = cell_shown(a, doc, (CellIx)(STAT_FIRST + i), legend);
        *PUSH(a, &cells) = row->unit;
    }
    columns_table(b, cells.v, cells.n / 3, 3, 1 << 1, S("    "));
}

// Says what is under it, or that it is not there.
static bool table_title(Buf *b, const Document *doc, const PrintOptions *opt, const char *title,
                        CellIx first, size_t n)
{
    if (!any_listed(doc, first, n))
        return false;
    bool present = any_present(doc, first, n);
    buf_add(b, S("  "));
    tone(b, opt, TONE_STRONG, str_z(title));
    buf_add(b, present ? S("\n") : S(": no figures found\n"));
    return present;
}

static void print_legend(Buf *b, const PrintOptions *opt, const Legend *legend)
{
    if (legend->blank)
        tone(b, opt, TONE_FAINT, S("    _ blank in the source\n"));
    if (legend->unreadable)
        tone(b, opt, TONE_FAINT,
             S("    ? something stands there that cannot be read as one number\n"));
    if (legend->incomplete)
        tone(b, opt, TONE_FAINT, S("    + incomplete: some reports have no figure here\n"));
    if (legend->guess)
        tone(b, opt, TONE_FAINT,
             S("    ~ the source had lost its position; the only reading that fits the form\n"));
}

void print_tables(Buf *b, const Document *doc, const PrintOptions *opt)
{
    CLEANUP(arena_end) Arena a = arena_new(SCRATCH);
    Legend legend = {.marked = opt->incomplete};
    if (table_title(b, doc, opt, "Table two", T2_FIRST, T2_CELLS))
        table_two(b, doc, &a, &legend);
    if (table_title(b, doc, opt, "Table three", T3_FIRST, T3_CELLS))
        table_three(b, doc, opt, &a, &legend);
    if (table_title(b, doc, opt, "Table four", T4_FIRST, T4_CELLS))
        table_four(b, doc, opt, &a, &legend);
    if (table_title(b, doc, opt, "Statistics table", STAT_FIRST, STAT_CELLS))
        table_stat(b, doc, &a, &legend);
    print_legend(b, opt, &legend);
}

// --- findings ---

void count_results(const Findings *findings, size_t counts[4])
{
    memset(counts, 0, 4 * sizeof *counts);
    for (size_t i = 0; i < findings->n; i++)
        counts[findings->v[i].result]++;
}

static Tone finding_tone(const Finding *f)
{
    switch (f->result) {
    case RESULT_PASS:
        return TONE_GOOD;
    case RESULT_DOUBTFUL:
        return TONE_ASK;
    case RESULT_NOT_ASSESSABLE:
        return TONE_FAINT;
    case RESULT_FAIL:
        break;
    }
    return f->severity == SEVERITY_ERROR     ? TONE_BAD
           : f->severity == SEVERITY_WARNING ? TONE_WARN
                                             : TONE_NONE;
}

// What a finding is called at the front of its line: a failure by its severity.
static Str finding_word(const Finding *f)
{
    if (f->result == RESULT_FAIL)
        return severity_ids[f->severity];
    return f->result == RESULT_NOT_ASSESSABLE ? S("not assessable") : result_ids[f->result];
}

static void detail(Buf *b, const PrintOptions *opt, Tone t, Str s, Arena a)
{
    static const size_t margin = 6;
    if (s.n == 0)
        return;
    Buf plain = buf_new(&a, SCRATCH / 4);
    text_shown(&plain, s);
    Buf text = buf_new(&a, SCRATCH / 2);
    columns_wrap(&text, buf_str(&plain), opt->width > margin + 20 ? opt->width - margin : 20,
                 S("      "));
    buf_add(b, S("      "));
    tone(b, opt, t, buf_str(&text));
    buf_byte(b, '\n');
}

static bool among(const Str *v, size_t n, Str s)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(v[i], s))
            return true;
    return false;
}

// The places, each once: cells of one line of a dump share theirs.
static Str where(Arena *a, const Finding *f)
{
    enum { SHOWN = 4 };
    Str shown[SHOWN];
    size_t n = 0, i;
    for (i = 0; i < f->n_places && n < SHOWN; i++) {
        Buf one = buf_new(a, 256);
        print_place(&one, &f->places[i]);
        if (one.n && !among(shown, n, buf_str(&one)))
            shown[n++] = buf_str(&one);
    }
    Str all = str_join(a, shown, n, S("; "));
    return i < f->n_places ? str_cat(a, all, S("; …")) : all;
}

static void print_finding(Buf *b, const Finding *f, const PrintOptions *opt, Arena a)
{
    buf_add(b, S("  "));
    tone(b, opt, finding_tone(f), finding_word(f));
    buf_add(b, S("  "));
    tone(b, opt, TONE_STRONG, f->title);
    buf_add(b, S("  "));
    tone(b, opt, TONE_FAINT, str_fmt(&a, "[" PRI_STR "]", STR_ARG(f->id)));
    buf_byte(b, '\n');
    detail(b, opt, TONE_NONE, f->message, a);
    detail(b, opt, TONE_NONE, f->evidence, a);
    Str at = where(&a, f);
    if (at.n && f->basis.n)
        at = str_fmt(&a, PRI_STR "; " PRI_STR, STR_ARG(at), STR_ARG(f->basis));
    detail(b, opt, TONE_FAINT, at.n ? at : f->basis, a);
}

// Failures by severity, then what is doubtful; with `all`, what could not be assessed and what
// passed.
static const struct {
    Result result;
    int severity; // -1: any
    bool only_all;
} order[] = {
    {RESULT_FAIL, SEVERITY_ERROR, false}, {RESULT_FAIL, SEVERITY_WARNING, false},
    {RESULT_FAIL, SEVERITY_NOTE, false},  {RESULT_DOUBTFUL, -1, false},
    {RESULT_NOT_ASSESSABLE, -1, true},    {RESULT_PASS, -1, true},
};

void print_findings(Buf *b, const Document *doc, const PrintOptions *opt)
{
    CLEANUP(arena_end) Arena a = arena_new(SCRATCH); // scratch: `b` grows in the caller's
    for (size_t o = 0; o < sizeof order / sizeof *order; o++)
        for (size_t i = 0; i < doc->findings.n; i++) {
            const Finding *f = &doc->findings.v[i];
            if (f->result == order[o].result &&
                (order[o].severity < 0 || (int)f->severity == order[o].severity) &&
                (opt->all || !order[o].only_all))
                print_finding(b, f, opt, a);
        }
    size_t n[4];
    count_results(&doc->findings, n);
    buf_fmt(b, "  %zu failed, %zu doubtful, %zu passed, %zu not assessable\n", n[RESULT_FAIL],
            n[RESULT_DOUBTFUL], n[RESULT_PASS], n[RESULT_NOT_ASSESSABLE]);
}
