#include "report/report_json.h"

#include "base/json.h"

// What is not as it should be makes the whole answer unreadable: it comes from another process.

typedef struct In {
    Arena *a;
    bool bad;
} In;

static Str get_str(In *in, const Json *object, const char *name)
{
    const Json *v = json_get(object, name);
    Str s = {0};
    if (v && !json_is_null(v) && !json_as_str(v, &s))
        in->bad = true;
    return s;
}

static int64_t get_int(In *in, const Json *object, const char *name)
{
    const Json *v = json_get(object, name);
    int64_t n = 0;
    if (v && !json_is_null(v) && !json_as_int(v, &n))
        in->bad = true;
    return n;
}

static int get_small(In *in, const Json *object, const char *name)
{
    int64_t n = get_int(in, object, name);
    if (n < INT32_MIN || n > INT32_MAX) {
        in->bad = true;
        return 0;
    }
    return (int)n;
}

static int find_id(In *in, Str id, const Str *ids, int n)
{
    for (int i = 0; i < n; i++)
        if (str_eq(ids[i], id))
            return i;
    in->bad = true;
    return 0;
}

#define get_id(in, object, name, ids)                                                              \
    find_id(in, get_str(in, object, name), ids, (int)(sizeof(ids) / sizeof *(ids)))

static Date get_date(In *in, const Json *object, const char *name)
{
    Str s = get_str(in, object, name);
    Date d = date_none;
    if (s.n && !date_parse(s, &d))
        in->bad = true;
    return d;
}

static CellIx get_cell_ix(In *in, Str id)
{
    CellIx ix = cell_by_id(id);
    if (ix >= CELL_COUNT)
        in->bad = true;
    return ix;
}

static Place place_of(In *in, const Json *v)
{
    Place p = {
        .line = get_small(in, v, "line"),
        .page = get_small(in, v, "page"),
        .table = get_small(in, v, "table"),
        .row = get_small(in, v, "row"),
        .col = get_small(in, v, "col"),
    };
    float *box[] = {&p.x0, &p.y0, &p.x1, &p.y1};
    const Json *edge = json_first(json_get(v, "box"));
    for (size_t i = 0; i < 4 && edge; i++, edge = json_next(edge)) {
        int64_t n;
        if (!json_as_decimal(edge, BOX_SCALE, &n))
            in->bad = true;
        else
            *box[i] = (float)n / BOX_SCALE;
    }
    return p;
}

static Place get_place(In *in, const Json *object)
{
    return place_of(in, json_get(object, "place"));
}

static void get_cell(In *in, const Json *v, Document *doc)
{
    CellIx ix = get_cell_ix(in, json_name(v));
    if (ix >= CELL_COUNT)
        return;
    Cell *c = &doc->cells[ix];
    c->state = get_id(in, v, "state", cell_state_ids);
    int64_t scale = cell_def(ix)->type == TYPE_AMOUNT ? AMOUNT_ONE : 1;
    if (c->state == CELL_VALUE && !json_as_decimal(json_get(v, "value"), scale, &c->n))
        in->bad = true;
    c->raw = get_str(in, v, "raw");
    c->place = get_place(in, v);
    for (const Json *r = json_first(json_get(v, "repairs")); r; r = json_next(r)) {
        Str id = {0};
        json_as_str(r, &id);
        int bit = 0;
        while (bit < REPAIR__COUNT && !str_eq(repair_defs[bit].id, id))
            bit++;
        if (bit == REPAIR__COUNT)
            in->bad = true;
        else
            c->repairs |= 1u << bit;
    }
}

static void get_chapter(In *in, const Json *v, Document *doc)
{
    int64_t first = get_int(in, v, "first"), last = get_int(in, v, "last");
    Chapter *c = PUSH(in->a, &doc->chapters);
    *c = (Chapter){
        .number = get_small(in, v, "number"),
        .printed = get_small(in, v, "printed"),
        .heading = get_str(in, v, "heading"),
        .place = get_place(in, v),
        .first = (size_t)first,
        .last = (size_t)last,
        .has_table = json_get_bool(v, "has_table"),
    };
    in->bad = in->bad || first < 0 || last < first || c->number < 0 || c->number > CHAPTERS;
}

// Chapters point into the paragraphs; where those were left out, to nothing.
static void bound_chapters(In *in, Document *doc, bool has_text)
{
    for (size_t i = 0; i < doc->chapters.n; i++) {
        Chapter *c = &doc->chapters.v[i];
        if (!has_text)
            c->first = c->last = 0;
        in->bad = in->bad || c->last > doc->paras.n;
    }
}

static void get_note(In *in, const Json *v, Document *doc)
{
    Str cell = get_str(in, v, "cell");
    *PUSH(in->a, &doc->notes) = (Note){
        .kind = get_id(in, v, "kind", note_ids),
        .text = get_str(in, v, "text"),
        .place = get_place(in, v),
        .cell = cell.n ? get_cell_ix(in, cell) : (CellIx)CELL_NONE,
    };
}

static void get_paragraph(In *in, const Json *v, Document *doc)
{
    int chapter = get_small(in, v, "chapter");
    Str kind = get_str(in, v, "kind"), text = get_str(in, v, "text");
    in->bad = in->bad || chapter < 0 || chapter > CHAPTERS;
    *PUSH(in->a, &doc->paras) = (Para){
        .text = text,
        .raw = json_get(v, "raw") ? get_str(in, v, "raw") : text,
        .place = get_place(in, v),
        .chapter = (int8_t)chapter,
        .kind = (int8_t)(kind.n ? find_id(in, kind, para_ids, 4) : PARA_TEXT),
    };
}

static void get_finding(In *in, const Json *v, Document *doc)
{
    const Json *cells = json_get(v, "cells"), *places = json_get(v, "places");
    Finding f = {
        .id = get_str(in, v, "id"),
        .result = get_id(in, v, "result", result_ids),
        .severity = get_id(in, v, "severity", severity_ids),
        .title = get_str(in, v, "title"),
        .message = get_str(in, v, "message"),
        .basis = get_str(in, v, "basis"),
        .evidence = get_str(in, v, "evidence"),
        .left = get_str(in, v, "left"),
        .right = get_str(in, v, "right"),
        .cells = NEW(in->a, CellIx, json_count(cells)),
        .places = NEW(in->a, Place, json_count(places)),
    };
    for (const Json *c = json_first(cells); c; c = json_next(c)) {
        Str id = {0};
        json_as_str(c, &id);
        f.cells[f.n_cells++] = get_cell_ix(in, id);
    }
    for (const Json *p = json_first(places); p; p = json_next(p))
        f.places[f.n_places++] = place_of(in, p);
    *PUSH(in->a, &doc->findings) = f;
}

static void get_each(In *in, const Json *object, const char *name, Document *doc,
                     void (*get)(In *, const Json *, Document *))
{
    for (const Json *v = json_first(json_get(object, name)); v; v = json_next(v))
        get(in, v, doc);
}

static void get_source(In *in, const Json *v, Reading *source, Document *doc)
{
    source->name = get_str(in, v, "name");
    source->kind = get_id(in, v, "kind", file_kind_ids);
    source->encoding = get_str(in, v, "encoding");
    doc->place = get_place(in, v);
}

static void get_tables_seen(In *in, const Json *v, Document *doc)
{
    for (const Json *t = json_first(json_get(v, "tables")); t; t = json_next(t)) {
        Str id = {0};
        json_as_str(t, &id);
        doc->table_seen[find_id(in, id, table_ids, TABLE__COUNT)] = true;
    }
}

static Edition edition_of(In *in, Str id)
{
    if (id.n == 0)
        return EDITION_NONE;
    for (int e = EDITION_NONE + 1; e < EDITION__COUNT; e++)
        if (str_eq(editions[e].id, id))
            return (Edition)e;
    in->bad = true;
    return EDITION_NONE;
}

static void get_document(In *in, const Json *v, Reading *source, Document *doc)
{
    const Json *period = json_get(v, "period");
    in->bad = in->bad || !json_is_object(v);
    doc->kind = get_id(in, v, "kind", doc_kind_ids);
    doc->edition = edition_of(in, get_str(in, v, "edition"));
    doc->mixed = json_get_bool(v, "mixed");
    doc->year = get_small(in, v, "year");
    doc->organ = get_str(in, v, "organ");
    doc->title = get_str(in, v, "title");
    doc->published = get_date(in, v, "published");
    doc->from = get_date(in, period, "from");
    doc->to = get_date(in, period, "to");
    get_source(in, json_get(v, "source"), source, doc);
    get_tables_seen(in, v, doc);
    get_each(in, v, "cells", doc, get_cell);
    get_each(in, v, "chapters", doc, get_chapter);
    get_each(in, v, "notes", doc, get_note);
    get_each(in, v, "paragraphs", doc, get_paragraph);
    get_each(in, v, "findings", doc, get_finding);
    bound_chapters(in, doc, json_get(v, "paragraphs") != NULL);
}

static bool not_ours(Err *err)
{
    return fail(err, ERR_UNREADABLE, NULL, "读取程序的回答不完整",
                "the reader's answer is not whole");
}

bool report_document_from_json(Str json, Arena *a, Reading *source, Document *out, Err *err)
{
    const Json *v;
    Reading r = {0};
    Document *doc = NEW(a, Document, 1);
    In in = {.a = a};
    if (!json_read(json, JSON_MAX_BYTES, a, &v, err))
        return not_ours(err);
    get_document(&in, v, &r, doc);
    if (in.bad)
        return not_ours(err);
    *source = r;
    *out = *doc;
    return true;
}

// An answer that names the file as unreadable hands the reason on.
static bool get_unreadable(In *in, const Json *v, Err *err)
{
    Str message = get_str(in, v, "message");
    ErrKind kind = get_id(in, v, "kind", err_kind_ids);
    return fail(err, kind, NULL, PRI_STR, PRI_STR, STR_ARG(message));
}

bool report_from_json(Str json, Arena *a, Reading *out, Err *err)
{
    const Json *v;
    Reading r = {0};
    In in = {.a = a};
    if (!json_read(json, JSON_MAX_BYTES, a, &v, err))
        return not_ours(err);
    const Json *unreadable = json_first(json_get(v, "unreadable"));
    if (unreadable)
        return get_unreadable(&in, unreadable, err);
    if (!json_is_array(json_get(v, "documents")))
        return not_ours(err);
    for (const Json *d = json_first(json_get(v, "documents")); d; d = json_next(d))
        get_document(&in, d, &r, PUSH(a, &r.docs));
    if (in.bad)
        return not_ours(err);
    *out = r;
    return true;
}
