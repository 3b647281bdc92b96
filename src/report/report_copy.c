#include "report/report_copy.h"

static void text(Arena *a, Str *s)
{
    *s = str_dup(a, *s);
}

static void *array(Arena *a, const void *v, size_t size, size_t n)
{
    void *to = arena_alloc(a, size, _Alignof(max_align_t), n);
    return n ? memcpy(to, v, size * n) : to;
}

// v of a list becomes a copy of as many elements as it has.
#define LIST(a, l) ((l)->v = array((a), (l)->v, sizeof *(l)->v, (l)->n), (l)->cap = (l)->n)

static void finding(Arena *a, Finding *f)
{
    Str *const texts[] = {&f->id,       &f->title, &f->message, &f->basis,
                          &f->evidence, &f->left,  &f->right};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        text(a, texts[i]);
    f->cells = array(a, f->cells, sizeof *f->cells, f->n_cells);
    f->places = array(a, f->places, sizeof *f->places, f->n_places);
}

void report_copy(const Document *doc, Arena *a, Document *out)
{
    *out = *doc;
    text(a, &out->title);
    text(a, &out->organ);
    for (size_t i = 0; i < CELL_COUNT; i++)
        text(a, &out->cells[i].raw);
    LIST(a, &out->paras);
    for (size_t i = 0; i < out->paras.n; i++) {
        text(a, &out->paras.v[i].text);
        text(a, &out->paras.v[i].raw);
    }
    LIST(a, &out->chapters);
    for (size_t i = 0; i < out->chapters.n; i++)
        text(a, &out->chapters.v[i].heading);
    LIST(a, &out->notes);
    for (size_t i = 0; i < out->notes.n; i++)
        text(a, &out->notes.v[i].text);
    LIST(a, &out->findings);
    for (size_t i = 0; i < out->findings.n; i++)
        finding(a, &out->findings.v[i]);
}
