#include "report/sum.h"

#include "report/check.h"
#include "report/equation.h"
#include "report/organ.h"

const Str sum_standing_ids[4] = {SI("added"), SI("no_cells"), SI("no_report"), SI("repeated")};
const Str sum_match_ids[3] = {SI("equal"), SI("differs"), SI("not_comparable")};

// --- who was added before

static uint32_t entry_hash(Str key, int year)
{
    return (uint32_t)(str_hash(key) * 31 + (uint64_t)year);
}

static void index_put(Sum *s, uint32_t hash, uint32_t entry)
{
    size_t at = hash & (s->index_cap - 1);
    while (s->index[at])
        at = (at + 1) & (s->index_cap - 1);
    s->index[at] = entry + 1;
}

static void index_grow(Sum *s, Arena *a)
{
    if (s->entries.n * 2 < s->index_cap)
        return;
    s->index_cap = s->index_cap ? s->index_cap * 2 : 64;
    s->index = NEW(a, uint32_t, s->index_cap);
    for (size_t i = 0; i < s->entries.n; i++) {
        const SumEntry *e = &s->entries.v[i];
        if (e->standing == SUM_ADDED && e->key.n && e->year)
            index_put(s, entry_hash(e->key, e->year), (uint32_t)i);
    }
}

static bool index_find(const Sum *s, Str key, int year, size_t *out)
{
    if (!s->index_cap || !key.n || !year)
        return false;
    for (size_t at = entry_hash(key, year) & (s->index_cap - 1); s->index[at];
         at = (at + 1) & (s->index_cap - 1)) {
        const SumEntry *e = &s->entries.v[s->index[at] - 1];
        if (e->year == year && str_eq(e->key, key)) {
            *out = s->index[at] - 1;
            return true;
        }
    }
    return false;
}

// --- adding a report

static bool is_r6(CellIx ix)
{
    return ix >= cell_t3(T3_R6, 0) && ix < cell_t3(T3_R6 + 1, 0);
}

static bool is_r6_part(CellIx ix)
{
    return ix >= cell_t3(T3_R6_1, 0) && ix < cell_t3(T3_R6_3 + 1, 0);
}

static CellIx r6_of(CellIx part)
{
    return cell_t3(T3_R6, (T3Col)((part - T3_FIRST) % T3_COLS));
}

// What the report says for the cell, its own figure or what follows from 其他处理 of the other
// form.
static CellState value_of(const Document *d, CellIx ix, int64_t *n, bool *guessed)
{
    const Cell *cell = &d->cells[ix];
    if (cell->state == CELL_VALUE) {
        *n = cell->n;
        *guessed = cell_guessed(cell);
        return CELL_VALUE;
    }
    if (cell->state != CELL_ABSENT)
        return cell->state;
    if (is_r6_part(ix)) { // parts of nothing are nothing
        const Cell *whole = &d->cells[r6_of(ix)];
        *n = 0;
        return whole->state == CELL_VALUE && whole->n == 0 ? CELL_VALUE : CELL_ABSENT;
    }
    if (!is_r6(ix) || cell_in(ix, d->edition))
        return CELL_ABSENT;
    int64_t sum = 0;
    for (CellIx k = 1; k <= 3; k++) {
        const Cell *part = &d->cells[ix + k * T3_COLS];
        if (part->state != CELL_VALUE || __builtin_add_overflow(sum, part->n, &sum))
            return part->state == CELL_VALUE ? CELL_UNREADABLE : part->state;
        *guessed |= cell_guessed(part);
    }
    *n = sum;
    return CELL_VALUE;
}

// Whether the report should have the cell: its form does, or the row of which its form has the
// parts.
static bool expected(const Document *d, CellIx ix)
{
    return cell_in(ix, d->edition) || d->cells[ix].state != CELL_ABSENT ||
           (is_r6(ix) && d->edition == EDITION_FMT2021);
}

static void cell_add(Sum *s, SumEntry *e, const Document *d, CellIx ix)
{
    SumCell *cell = &s->cells[ix];
    int64_t n = 0;
    bool guessed = false;
    if (value_of(d, ix, &n, &guessed) == CELL_VALUE) {
        cell->added++;
        cell->guessed += guessed;
        cell->overflow |= __builtin_add_overflow(cell->n, n, &cell->n);
        e->table_read[cell_def(ix)->table] = true;
    } else if (expected(d, ix)) {
        cell->missing++;
    } else {
        cell->other++;
    }
}

// Cells without a figure, in tables of which others were read.
static void gaps_list(SumEntry *e, const Document *d, Arena *a)
{
    for (CellIx ix = 0; ix < CELL_COUNT; ix++)
        if (e->table_read[cell_def(ix)->table] && d->cells[ix].state != CELL_VALUE &&
            (cell_in(ix, d->edition) || d->cells[ix].state != CELL_ABSENT))
            *PUSH(a, &e->gaps) = (SumGap){ix, d->cells[ix].state};
}

static bool any_value(const Document *d)
{
    for (CellIx ix = 0; ix < CELL_COUNT; ix++)
        if (d->cells[ix].state == CELL_VALUE)
            return true;
    return false;
}

static SumStanding standing_of(const Sum *s, const Document *d, SumEntry *e)
{
    if (d->kind != DOC_REPORT)
        return SUM_NO_REPORT;
    if (!any_value(d))
        return SUM_NO_CELLS;
    return index_find(s, e->key, e->year, &e->first) ? SUM_REPEATED : SUM_ADDED;
}

static void years_widen(Sum *s, int year)
{
    if (!year)
        return;
    if (!s->year_from || year < s->year_from)
        s->year_from = year;
    if (year > s->year_to)
        s->year_to = year;
}

void sum_add(Sum *s, Str name, const Document *doc, Arena *a)
{
    SumEntry e = {.name = str_dup(a, name),
                  .organ = str_dup(a, doc->organ),
                  .year = doc->year,
                  .edition = doc->edition,
                  .key = organ_key(a, doc->organ)};
    e.standing = standing_of(s, doc, &e);
    s->n_standing[e.standing]++;
    if (e.standing == SUM_ADDED) {
        for (CellIx ix = 0; ix < CELL_COUNT; ix++)
            cell_add(s, &e, doc, ix);
        gaps_list(&e, doc, a);
        s->n_edition[doc->edition]++;
        years_widen(s, doc->year);
    }
    *PUSH(a, &s->entries) = e;
    index_grow(s, a);
    if (e.standing == SUM_ADDED && e.key.n && e.year && !index_find(s, e.key, e.year, &e.first))
        index_put(s, entry_hash(e.key, e.year), (uint32_t)s->entries.n - 1);
}

// --- the sum as a report

Edition sum_edition(const Sum *s)
{
    for (int e = EDITION_STAT2014; e < EDITION__COUNT; e++)
        if (s->n_edition[e])
            return (Edition)e;
    return EDITION_NONE;
}

static Cell summed_cell(const Sum *s, Arena *a, CellIx ix)
{
    const SumCell *c = &s->cells[ix];
    if (sum_complete(s, ix))
        return (Cell){.state = CELL_VALUE, .n = c->n, .raw = cell_print(a, ix, c->n)};
    return (Cell){.state = c->added || c->missing ? CELL_UNREADABLE : CELL_ABSENT};
}

void sum_document(const Sum *s, Arena *a, Document *out)
{
    *out = (Document){.kind = DOC_REPORT,
                      .edition = sum_edition(s),
                      .year = s->year_from == s->year_to ? s->year_from : 0,
                      .published = date_none,
                      .from = date_none,
                      .to = date_none};
    for (CellIx ix = 0; ix < CELL_COUNT; ix++) {
        if (!cell_in(ix, out->edition))
            continue;
        out->cells[ix] = summed_cell(s, a, ix);
        if (out->cells[ix].state != CELL_ABSENT)
            out->table_seen[cell_def(ix)->table] = true;
    }
}

void sum_check(const Sum *s, const CheckOptions *opt, Arena *a, Document *out)
{
    sum_document(s, a, out);
    check_sums(&(Checking){out, opt, a});
}

// --- against the published total

static void line_judge(SumLine *l, const SumCell *cell, CellType type)
{
    if (!l->has_published || !l->has_sum) {
        l->match = SUM_NOT_COMPARABLE;
        l->why_zh = !l->has_published ? "公布的汇总没有这个数" : "各份报告没有这个数";
        l->why_en = !l->has_published ? "the published total has no such figure"
                                      : "no report has this figure";
        return;
    }
    bool fits = !__builtin_sub_overflow(l->published, l->sum, &l->by);
    if (fits && l->by == 0) {
        l->match = SUM_EQUAL;
    } else if (l->incomplete && (type == TYPE_CHANGE || l->by > 0)) {
        // what is missing can only add, except to a change
        l->match = SUM_NOT_COMPARABLE;
        l->why_zh = cell->missing ? "有报告缺这个数，差额可能在其中" : "有报告所用格式没有这一格";
        l->why_en = cell->missing ? "some reports lack this figure, which may be the difference"
                                  : "some reports use a form without this cell";
    } else {
        l->match = SUM_DIFFERS;
        l->by = fits ? l->by : 0;
    }
}

void sum_compare(const Sum *s, const Document *published, Arena *a, SumComparison *out)
{
    SumComparison cmp = {0};
    for (CellIx ix = 0; ix < CELL_COUNT; ix++) {
        const SumCell *cell = &s->cells[ix];
        bool guessed = false;
        // the one row beside the three only where a 2019 report took part
        bool idle = is_r6(ix) && !s->n_edition[EDITION_FMT2019] &&
                    published->cells[ix].state == CELL_ABSENT;
        if (idle || !(expected(published, ix) || cell->added))
            continue;
        SumLine *l = PUSH(a, &cmp);
        *l = (SumLine){.cell = ix,
                       .sum = cell->overflow ? 0 : cell->n,
                       .has_sum = cell->added && !cell->overflow,
                       .incomplete = !sum_complete(s, ix)};
        l->has_published = value_of(published, ix, &l->published, &guessed) == CELL_VALUE;
        line_judge(l, cell, cell_def(ix)->type);
        cmp.n_match[l->match]++;
    }
    *out = cmp;
}
