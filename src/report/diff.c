#include "report/diff.h"

#include "report/likeness.h"

const Str change_ids[CHANGE__COUNT] = {SI("same"), SI("changed"), SI("appeared"), SI("vanished"),
                                       SI("not_comparable")};

// --- one side of a cell

// 其他处理 is three rows in the 2021 form; together they are the one row of the 2019 form.
static bool is_r6(CellIx ix)
{
    return ix >= cell_t3(T3_R6, 0) && ix < cell_t3(T3_R6 + 1, 0);
}

static DiffSide side_derived(const Document *d, CellIx r6)
{
    DiffSide side = {.state = CELL_VALUE, .in_form = true, .derived = true};
    for (CellIx k = 1; k <= 3; k++) {
        const Cell *part = &d->cells[r6 + k * T3_COLS];
        if (part->state != CELL_VALUE || __builtin_add_overflow(side.n, part->n, &side.n))
            return (DiffSide){.in_form = true, .derived = true, .state = CELL_UNREADABLE};
    }
    return side;
}

static DiffSide side_of(const Document *d, const Document *other, CellIx ix)
{
    const Cell *cell = &d->cells[ix];
    bool in_form = cell->state != CELL_ABSENT || cell_in(ix, d->edition);
    if (!in_form && is_r6(ix) && d->edition == EDITION_FMT2021 &&
        other->cells[ix].state != CELL_ABSENT)
        return side_derived(d, ix);
    return (DiffSide){
        .state = cell->state, .n = cell->state == CELL_VALUE ? cell->n : 0, .in_form = in_form};
}

// --- the change

static ChangeKind kind_of(const DiffSide *was, const DiffSide *is)
{
    if (!was->in_form || !is->in_form || was->state == CELL_UNREADABLE ||
        is->state == CELL_UNREADABLE)
        return CHANGE_NOT_COMPARABLE;
    bool had = was->state == CELL_VALUE, has = is->state == CELL_VALUE;
    if (had != has)
        return has ? CHANGE_APPEARED : CHANGE_VANISHED;
    return had && was->n != is->n ? CHANGE_CHANGED : CHANGE_SAME;
}

static void set_percent(CellChange *c)
{
    int64_t scaled;
    if (c->was.n == 0 || c->was.n == INT64_MIN || __builtin_mul_overflow(c->by, 2000, &scaled))
        return;
    int64_t base = c->was.n < 0 ? -c->was.n : c->was.n;
    scaled = (scaled / base + (scaled < 0 ? -1 : 1)) / 2; // half away from zero
    if (scaled > INT32_MAX || scaled < INT32_MIN)
        return;
    c->has_percent = true;
    c->percent_tenths = (int32_t)scaled;
}

static CellChange change_of(const Document *earlier, const Document *later, CellIx ix)
{
    CellChange c = {
        .cell = ix, .was = side_of(earlier, later, ix), .is = side_of(later, earlier, ix)};
    c.kind = kind_of(&c.was, &c.is);
    bool both = c.was.state == CELL_VALUE && c.is.state == CELL_VALUE;
    if (both && __builtin_sub_overflow(c.is.n, c.was.n, &c.by))
        c.by = 0;
    else if (both)
        set_percent(&c);
    return c;
}

// --- chapters

static const Chapter *chapter_of(const Document *d, int number)
{
    for (size_t i = 0; i < d->chapters.n; i++)
        if (d->chapters.v[i].number == number)
            return &d->chapters.v[i];
    return NULL;
}

static ChapterChange chapter_change(const Document *earlier, const Document *later, int number,
                                    Arena *a)
{
    Arena scratch = *a;
    Str was = chapter_text(earlier, number, &scratch), is = chapter_text(later, number, &scratch);
    return (ChapterChange){.number = number,
                           .was = chapter_of(earlier, number) != NULL,
                           .is = chapter_of(later, number) != NULL,
                           .was_runes = str_runes(was),
                           .is_runes = str_runes(is),
                           .alike = text_likeness(was, is, &scratch).per_mille};
}

void report_diff(const Document *earlier, const Document *later, Arena *a, Diff *out)
{
    Diff diff = {.earlier = earlier, .later = later};
    for (CellIx ix = 0; ix < CELL_COUNT; ix++) {
        CellChange c = change_of(earlier, later, ix);
        if (!c.was.in_form && !c.is.in_form)
            continue;
        *PUSH(a, &diff) = c;
        diff.n_kind[c.kind]++;
    }
    for (int i = 0; i < CHAPTERS; i++)
        diff.chapters[i] = chapter_change(earlier, later, i + 1, a);
    *out = diff;
}
