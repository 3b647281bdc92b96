#include "report/check.h"

const CheckDef check_defs[CHECK__COUNT] = {
#define X(name, id, severity, basis, zh, en)                                                       \
    [CHECK_##name] = {SI(id), severity, SI(basis), SI(zh), SI(en)},
#include "report/check_defs.h"
#undef X
};

// In the order in which findings are given.
typedef void CheckGroup(Checking *c);
static CheckGroup *const groups[] = {check_form, check_sums};

static Str say_v(const Checking *c, const char *zh, const char *en, va_list ap)
{
    const char *fmt = c->opt->lang == LANG_EN ? en : zh;
    if (!strchr(fmt, '%')) // most passes: nothing to fill in, nothing to copy
        return str_z(fmt);
    return str_vfmt(c->a, fmt, ap);
}

Str say(const Checking *c, const char *zh, const char *en, ...)
{
    va_list ap;
    va_start(ap, en);
    Str s = say_v(c, zh, en, ap);
    va_end(ap);
    return s;
}

Finding *finding_add_said(Checking *c, CheckId id, Result result, Str message)
{
    const CheckDef *def = &check_defs[id];
    Finding *f = PUSH(c->a, &c->doc->findings);
    *f = (Finding){.id = def->id,
                   .result = result,
                   .severity = def->severity,
                   .title = c->opt->lang == LANG_EN ? def->en : def->zh,
                   .message = message,
                   .basis = def->basis};
    return f;
}

Finding *finding_add(Checking *c, CheckId id, Result result, const char *zh, const char *en, ...)
{
    va_list ap;
    va_start(ap, en);
    Str message = say_v(c, zh, en, ap);
    va_end(ap);
    return finding_add_said(c, id, result, message);
}

// A finding keeps no capacity: its lists double when their length reaches a power of two.
static bool list_full(size_t n)
{
    return (n & (n - 1)) == 0;
}

void finding_place(Checking *c, Finding *f, Place place)
{
    if (list_full(f->n_places)) {
        Place *v = NEW(c->a, Place, f->n_places ? f->n_places * 2 : 1);
        if (f->n_places)
            memcpy(v, f->places, f->n_places * sizeof *v);
        f->places = v;
    }
    f->places[f->n_places++] = place;
}

static void cell_push(Checking *c, Finding *f, CellIx ix)
{
    if (list_full(f->n_cells)) {
        CellIx *v = NEW(c->a, CellIx, f->n_cells ? f->n_cells * 2 : 1);
        if (f->n_cells)
            memcpy(v, f->cells, f->n_cells * sizeof *v);
        f->cells = v;
    }
    f->cells[f->n_cells++] = ix;
}

void finding_cell(Checking *c, Finding *f, CellIx ix)
{
    cell_push(c, f, ix);
    if (c->doc->cells[ix].state != CELL_ABSENT)
        finding_place(c, f, c->doc->cells[ix].place);
}

void report_check(Document *doc, const CheckOptions *opt, Arena *a)
{
    Checking c = {doc, opt, a};
    doc->findings = (Findings){0};
    if (doc->kind != DOC_REPORT)
        return;
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++)
        groups[i](&c);
}
