#include "report/sum_out.h"

#include "base/json.h"
#include "base/text.h"
#include "report/columns.h"
#include "report/report_csv.h"
#include "report/report_json.h"

enum { SCRATCH = 64 << 20 };

static bool summed(const SumShown *s, CellIx ix)
{
    const SumCell *c = &s->sum->cells[ix];
    return c->added || c->missing;
}

// --- text ---

// The sum as a report in which an incomplete cell still shows what was added.
static void tables(Buf *b, const SumShown *s, const PrintOptions *opt, Arena *a)
{
    Document *d = NEW(a, Document, 1);
    bool *incomplete = NEW(a, bool, CELL_COUNT);
    *d = *s->total;
    for (CellIx ix = 0; ix < CELL_COUNT; ix++) {
        const SumCell *c = &s->sum->cells[ix];
        if (!c->added || c->overflow || sum_complete(s->sum, ix))
            continue;
        d->cells[ix] = (Cell){.state = CELL_VALUE, .n = c->n};
        incomplete[ix] = true;
    }
    PrintOptions with = *opt;
    with.incomplete = incomplete;
    print_tables(b, d, &with);
}

static void title(Buf *b, const Sum *s)
{
    buf_fmt(b, "Sum of %zu reports", s->n_standing[SUM_ADDED]);
    if (s->year_from && s->year_from == s->year_to)
        buf_fmt(b, " of %d", s->year_from);
    else if (s->year_from)
        buf_fmt(b, " of %d to %d", s->year_from, s->year_to);
    buf_fmt(b, " · " PRI_STR "\n", STR_ARG(editions[sum_edition(s)].id));
}

static void entry_name(Buf *b, const SumEntry *e)
{
    text_shown(b, e->name.n ? e->name : S("(standard input)"));
    if (e->organ.n) {
        buf_add(b, S(" · "));
        text_shown(b, e->organ);
    }
    if (e->year)
        buf_fmt(b, " · %d", e->year);
}

static void not_added(Buf *b, const Sum *s)
{
    static const char *const why[] = {
        [SUM_ADDED] = "",
        [SUM_NO_CELLS] = "no figure could be read",
        [SUM_NO_REPORT] = "not a report",
        [SUM_REPEATED] = "the same organ and year was added before",
    };
    bool any = false;
    for (size_t i = 0; i < s->entries.n; i++) {
        const SumEntry *e = &s->entries.v[i];
        if (e->standing == SUM_ADDED)
            continue;
        buf_add(b, any ? S("") : S("  Not added\n"));
        any = true;
        buf_add(b, S("    "));
        entry_name(b, e);
        buf_fmt(b, ": %s\n", why[e->standing]);
    }
}

static void gaps(Buf *b, const Sum *s)
{
    enum { SHOWN = 6 };
    bool any = false;
    for (size_t i = 0; i < s->entries.n; i++) {
        const SumEntry *e = &s->entries.v[i];
        if (e->gaps.n == 0)
            continue;
        buf_add(b, any ? S("") : S("  Without a figure\n"));
        any = true;
        buf_add(b, S("    "));
        entry_name(b, e);
        buf_fmt(b, ": %zu cells", e->gaps.n);
        for (size_t k = 0; k < e->gaps.n && k < SHOWN; k++)
            buf_fmt(b, "%s" PRI_STR, k ? ", " : ": ", STR_ARG(cell_def(e->gaps.v[k].cell)->id));
        buf_add(b, e->gaps.n > SHOWN ? S(", …\n") : S("\n"));
    }
}

static Str number(Arena *a, const SumLine *l, bool has, int64_t n)
{
    return has ? cell_print(a, l->cell, n) : S("");
}

static void comparison(Buf *b, const SumShown *s, const PrintOptions *opt, Arena *a)
{
    const SumComparison *c = s->comparison;
    Strs cells = {0};
    buf_fmt(b, "  Against " PRI_STR ": %zu equal, %zu differ, %zu not comparable\n",
            STR_ARG(s->published), c->n_match[SUM_EQUAL], c->n_match[SUM_DIFFERS],
            c->n_match[SUM_NOT_COMPARABLE]);
    for (size_t i = 0; i < c->n; i++) {
        const SumLine *l = &c->v[i];
        if (l->match == SUM_EQUAL && !opt->all)
            continue;
        const CellDef *def = cell_def(l->cell);
        *PUSH(a, &cells) = sum_match_ids[l->match];
        *PUSH(a, &cells) = def->row;
        *PUSH(a, &cells) = def->col;
        *PUSH(a, &cells) = number(a, l, l->has_sum, l->sum);
        *PUSH(a, &cells) = number(a, l, l->has_published, l->published);
        *PUSH(a, &cells) = number(a, l, l->has_sum && l->has_published, l->by);
        *PUSH(a, &cells) = l->why_zh ? str_z(opt->lang == LANG_ZH ? l->why_zh : l->why_en) : S("");
    }
    columns_table(b, cells.v, cells.n / 7, 7, 0x38, S("    "));
}

void sum_print(Buf *b, const SumShown *s, const PrintOptions *opt)
{
    CLEANUP(arena_end) Arena a = arena_new(SCRATCH);
    title(b, s->sum);
    tables(b, s, opt, &a);
    not_added(b, s->sum);
    gaps(b, s->sum);
    if (s->comparison)
        comparison(b, s, opt, &a);
    print_findings(b, s->total, opt);
}

// --- JSON ---

static void put_number(JsonOut *w, const char *key, CellIx ix, int64_t n)
{
    json_key(w, str_z(key));
    json_decimal(w, n, cell_def(ix)->type == TYPE_AMOUNT ? AMOUNT_ONE : 1);
}

static void json_cell(JsonOut *w, const Sum *s, CellIx ix)
{
    const SumCell *c = &s->cells[ix];
    json_key(w, cell_def(ix)->id);
    json_object(w);
    if (c->added && !c->overflow)
        put_number(w, "value", ix, c->n);
    json_put_bool(w, "complete", sum_complete(s, ix));
    json_put_int(w, "added", c->added);
    json_put_int(w, "guessed", c->guessed);
    json_put_int(w, "missing", c->missing);
    json_put_int(w, "other_form", c->other);
    json_end(w);
}

static void json_entry(JsonOut *w, const SumEntry *e)
{
    json_object(w);
    json_put_str(w, "name", e->name);
    json_put_str(w, "organ", e->organ);
    json_key(w, S("year"));
    e->year ? json_int(w, e->year) : json_null(w);
    json_put_str(w, "standing", sum_standing_ids[e->standing]);
    json_key(w, S("gaps"));
    json_object(w);
    for (size_t k = 0; k < e->gaps.n; k++) {
        json_key(w, cell_def(e->gaps.v[k].cell)->id);
        json_str(w, cell_state_ids[e->gaps.v[k].state]);
    }
    json_end(w);
    json_end(w);
}

static void json_line(JsonOut *w, const SumLine *l, Lang lang)
{
    json_object(w);
    json_put_str(w, "cell", cell_def(l->cell)->id);
    json_put_str(w, "match", sum_match_ids[l->match]);
    if (l->has_sum)
        put_number(w, "sum", l->cell, l->sum);
    if (l->has_published)
        put_number(w, "published", l->cell, l->published);
    if (l->has_sum && l->has_published)
        put_number(w, "by", l->cell, l->by);
    json_put_bool(w, "incomplete", l->incomplete);
    if (l->why_zh)
        json_put_str(w, "why", str_z(lang == LANG_ZH ? l->why_zh : l->why_en));
    json_end(w);
}

static void json_comparison(JsonOut *w, const SumShown *s, Lang lang)
{
    json_key(w, S("comparison"));
    json_object(w);
    json_put_str(w, "published", s->published);
    for (int m = 0; m < 3; m++)
        json_put_int(w, sum_match_ids[m].s, (int64_t)s->comparison->n_match[m]);
    json_key(w, S("cells"));
    json_array(w);
    for (size_t i = 0; i < s->comparison->n; i++)
        json_line(w, &s->comparison->v[i], lang);
    json_end(w);
    json_end(w);
}

void sum_json(Buf *b, const SumShown *s, Lang lang)
{
    JsonOut w = json_out(b);
    Edition e = sum_edition(s->sum);
    json_object(&w);
    json_key(&w, S("edition"));
    e == EDITION_NONE ? json_null(&w) : json_str(&w, editions[e].id);
    json_put_int(&w, "year_from", s->sum->year_from);
    json_put_int(&w, "year_to", s->sum->year_to);
    json_key(&w, S("cells"));
    json_object(&w);
    for (CellIx ix = 0; ix < CELL_COUNT; ix++)
        if (summed(s, ix))
            json_cell(&w, s->sum, ix);
    json_end(&w);
    json_key(&w, S("reports"));
    json_array(&w);
    for (size_t i = 0; i < s->sum->entries.n; i++)
        json_entry(&w, &s->sum->entries.v[i]);
    json_end(&w);
    if (s->comparison)
        json_comparison(&w, s, lang);
    // the findings, already JSON, between brackets of their own
    buf_add(b, S(",\"findings\":["));
    report_json_findings(b, &s->total->findings);
    buf_byte(b, ']');
    json_end(&w);
}

// --- CSV ---

static const SumLine *line_of(const SumComparison *c, CellIx ix)
{
    for (size_t i = 0; c && i < c->n; i++)
        if (c->v[i].cell == ix)
            return &c->v[i];
    return NULL;
}

static void csv_line(Buf *b, const SumShown *s, CellIx ix, Arena a)
{
    const SumCell *c = &s->sum->cells[ix];
    const CellDef *def = cell_def(ix);
    const SumLine *l = line_of(s->comparison, ix);
    csv_field(b, def->id);
    csv_field(b, def->row);
    csv_field(b, def->col);
    csv_field(b, def->unit);
    csv_field(b, c->added && !c->overflow ? cell_print(&a, ix, c->n) : S(""));
    csv_field(b, sum_complete(s->sum, ix) ? S("yes") : S("no"));
    csv_field(b, str_fmt(&a, "%u", c->added));
    csv_field(b, str_fmt(&a, "%u", c->missing));
    csv_field(b, l && l->has_published ? cell_print(&a, ix, l->published) : S(""));
    csv_field(b, l && l->has_sum && l->has_published ? cell_print(&a, ix, l->by) : S(""));
    csv_field(b, l ? sum_match_ids[l->match] : S(""));
    buf_add(b, S("\r\n"));
}

void sum_csv(Buf *b, const SumShown *s)
{
    CLEANUP(arena_end) Arena a = arena_new(SCRATCH);
    buf_add(b, S("cell,row,column,unit,sum,complete,added,missing,published,by,match\r\n"));
    for (CellIx ix = 0; ix < CELL_COUNT; ix++)
        if (summed(s, ix) || line_of(s->comparison, ix))
            csv_line(b, s, ix, a);
}
