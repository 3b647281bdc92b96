#include "app/act.h"
#include "app/audit.h"
#include "base/json.h"

enum { EXPORT_BATCH = 500 };
static const size_t batch_max = (size_t)2 << 30; // 500 lines of the longest kind

static void put_moment(JsonOut *w, const char *name, int64_t at, Arena *a)
{
    if (at)
        json_put_str(w, name, moment_text(a, at));
}

static void put_text(JsonOut *w, const char *name, Str text)
{
    if (text.n)
        json_put_str(w, name, text);
}

static void put_number(JsonOut *w, const char *name, int64_t n)
{
    if (n)
        json_put_int(w, name, n);
}

// What was asked for, as the audit keeps it.
static Str filter_json(const AuditFilter *f, AuditFormat format, Arena *a)
{
    Buf b = buf_new(a, 64 << 10);
    JsonOut w = json_out(&b);
    json_object(&w);
    put_text(&w, "format", format == AUDIT_CSV ? S("csv") : S("json"));
    put_number(&w, "person", f->person.n);
    put_text(&w, "name", f->who);
    put_text(&w, "act", f->act);
    put_number(&w, "organ", f->organ.n);
    put_text(&w, "noun", f->noun);
    put_number(&w, "noun_id", f->noun_id);
    put_moment(&w, "from", f->from, a);
    put_moment(&w, "to", f->to, a);
    put_text(&w, "text", f->text);
    json_end(&w);
    return buf_str(&b);
}

typedef struct Export {
    App *app;
    const AuditFilter *filter;
    AuditExport *to;
    int64_t before;
    size_t n;
    Arena text; // of one batch
} Export;

static bool batch_add(Export *e, const AuditHits *hits, const Arena *a, Err *err)
{
    arena_reset(&e->text, 4 << 20);
    Buf b = buf_new(&e->text, batch_max);
    for (size_t i = 0; i < hits->n; i++)
        audit_out_line(&b, e->to->format, &hits->v[i], e->n++ == 0, *a);
    return e->to->write(e->to->ctx, buf_str(&b), err);
}

static bool batches(Export *e, Err *err)
{
    CLEANUP(arena_end) Arena a = arena_new((size_t)4 << 30);
    do {
        AuditHits hits;
        size_t left = e->to->most - e->n;
        arena_reset(&a, 4 << 20);
        if (!store_audit_find(e->app->db, &e->app->scope, e->filter, e->before,
                              left < EXPORT_BATCH ? left : EXPORT_BATCH, &a, &hits, err) ||
            !batch_add(e, &hits, &a, err))
            return false;
        e->before = hits.next;
    } while (e->before && e->n < e->to->most);
    return true;
}

static bool piece(AuditExport *to, void (*make)(Buf *, AuditFormat), Arena scratch, Err *err)
{
    Buf b = buf_new(&scratch, 64 << 10);
    make(&b, to->format);
    return to->write(to->ctx, buf_str(&b), err);
}

bool app_audit_export(App *app, const AuditFilter *filter, AuditExport *to, Arena *a, Err *err)
{
    ActNote note = {.kind = ACT_AUDIT_EXPORT,
                    .noun = S("audit"),
                    .organ = app->scope.root,
                    .became = filter_json(filter, to->format, a)};
    Export e = {.app = app, .filter = filter, .to = to, .text = arena_new((size_t)4 << 30)};
    CLEANUP(arena_end) Arena text = e.text;
    if (!app_note(app, &note, err) || !piece(to, audit_out_begin, *a, err) || !batches(&e, err) ||
        !piece(to, audit_out_end, *a, err))
        return false;
    to->n = e.n;
    to->left = e.before != 0;
    return true;
}
