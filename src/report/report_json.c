#include "report/report_json.h"

#include "base/json.h"

#include <math.h>

enum { BOX_SCALE = 100 }; // boxes are written to hundredths of a point

const Str file_kind_ids[6] = {
    [FILE_TEXT] = SI("text"), [FILE_HTML] = SI("html"), [FILE_PDF] = SI("pdf"),
    [FILE_DOCX] = SI("docx"), [FILE_XLSX] = SI("xlsx"), [FILE_DOC] = SI("doc"),
};

const Str note_ids[10] = {
    [NOTE_EXTRA_ROW] = SI("extra_row"),
    [NOTE_EXTRA_COLUMN] = SI("extra_column"),
    [NOTE_ROW_TWICE] = SI("row_twice"),
    [NOTE_BROKEN_QUOTES] = SI("broken_quotes"),
    [NOTE_BROKEN_TEXT] = SI("broken_text"),
    [NOTE_RESIDUE] = SI("residue"),
    [NOTE_TRADITIONAL] = SI("traditional"),
    [NOTE_AMBIGUOUS_ROW] = SI("ambiguous_row"),
    [NOTE_CUT] = SI("cut"),
    [NOTE_TEMPLATE] = SI("template"),
};

const Str err_kind_ids[9] = {
    [ERR_NONE] = SI(""),           [ERR_INPUT] = SI("input"),
    [ERR_MISSING] = SI("missing"), [ERR_DENIED] = SI("denied"),
    [ERR_RULE] = SI("rule"),       [ERR_BUSY] = SI("busy"),
    [ERR_LIMIT] = SI("limit"),     [ERR_UNREADABLE] = SI("unreadable"),
    [ERR_SYSTEM] = SI("system"),
};

static const Str table_ids[TABLE__COUNT] = {
    [TABLE_T2] = SI("t2"),
    [TABLE_T3] = SI("t3"),
    [TABLE_T4] = SI("t4"),
    [TABLE_STAT] = SI("stat"),
};

static const Str para_ids[4] = {
    [PARA_TEXT] = SI("text"),
    [PARA_HEADING] = SI("heading"),
    [PARA_TABLE] = SI("table"),
    [PARA_FURNITURE] = SI("furniture"),
};

bool report_cell_listed(const Document *doc, CellIx ix)
{
    return doc->cells[ix].state != CELL_ABSENT || cell_in(ix, doc->edition);
}

// --- writing ---

static void put_str(JsonOut *w, const char *key, Str value)
{
    if (value.n)
        json_put_str(w, key, value);
}

// For what is always there, null where it is not known.
static void put_known(JsonOut *w, const char *key, Str value)
{
    json_key(w, str_z(key));
    if (value.n)
        json_str(w, value);
    else
        json_null(w);
}

static void put_nonzero(JsonOut *w, const char *key, int64_t n)
{
    if (n)
        json_put_int(w, key, n);
}

static void begin_object(JsonOut *w, const char *key)
{
    json_key(w, str_z(key));
    json_object(w);
}

static void begin_array(JsonOut *w, const char *key)
{
    json_key(w, str_z(key));
    json_array(w);
}

static void put_date(JsonOut *w, const char *key, Date d)
{
    char text[32] = "";
    int year, month, day;
    if (date_is(d)) {
        date_parts(d, &year, &month, &day);
        snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day);
    }
    put_known(w, key, str_z(text));
}

static bool box_known(const Place *p)
{
    return p->x1 > 0 || p->y1 > 0;
}

static bool place_known(const Place *p)
{
    return p->line || p->page || p->table || p->row || p->col || box_known(p);
}

static void place_value(JsonOut *w, const Place *p)
{
    json_object(w);
    put_nonzero(w, "line", p->line);
    put_nonzero(w, "page", p->page);
    put_nonzero(w, "table", p->table);
    put_nonzero(w, "row", p->row);
    put_nonzero(w, "col", p->col);
    if (box_known(p)) {
        const float box[] = {p->x0, p->y0, p->x1, p->y1};
        begin_array(w, "box");
        for (size_t i = 0; i < 4; i++)
            json_decimal(w, lroundf(box[i] * BOX_SCALE), BOX_SCALE);
        json_end(w);
    }
    json_end(w);
}

static void put_place(JsonOut *w, const Place *p)
{
    if (!place_known(p))
        return;
    json_key(w, S("place"));
    place_value(w, p);
}

static void put_repairs(JsonOut *w, uint32_t bits)
{
    bool guess = false;
    begin_array(w, "repairs");
    for (int i = 0; i < REPAIR__COUNT; i++)
        if (bits >> i & 1) {
            json_str(w, repair_defs[i].id);
            guess = guess || repair_defs[i].guess;
        }
    json_end(w);
    if (guess)
        json_put_bool(w, "guess", true);
}

static void cell_value(JsonOut *w, CellIx ix, const Cell *c)
{
    json_object(w);
    json_put_str(w, "state", cell_state_ids[c->state]);
    if (c->state == CELL_VALUE) {
        json_key(w, S("value"));
        json_decimal(w, c->n, cell_def(ix)->type == TYPE_AMOUNT ? AMOUNT_ONE : 1);
    }
    put_str(w, "raw", c->raw);
    put_place(w, &c->place);
    if (c->state == CELL_VALUE || c->repairs)
        put_repairs(w, c->repairs);
    json_end(w);
}

static void put_cells(JsonOut *w, const Document *doc)
{
    begin_object(w, "cells");
    for (CellIx ix = 0; ix < CELL_COUNT; ix++)
        if (report_cell_listed(doc, ix)) {
            json_key(w, cell_def(ix)->id);
            cell_value(w, ix, &doc->cells[ix]);
        }
    json_end(w);
}

static void put_chapters(JsonOut *w, const Chapters *chapters)
{
    begin_array(w, "chapters");
    for (size_t i = 0; i < chapters->n; i++) {
        const Chapter *c = &chapters->v[i];
        json_object(w);
        json_put_int(w, "number", c->number);
        json_put_int(w, "printed", c->printed);
        json_put_str(w, "heading", c->heading);
        put_place(w, &c->place);
        json_put_int(w, "first", (int64_t)c->first);
        json_put_int(w, "last", (int64_t)c->last);
        json_put_bool(w, "has_table", c->has_table);
        json_end(w);
    }
    json_end(w);
}

static void put_notes(JsonOut *w, const Notes *notes)
{
    begin_array(w, "notes");
    for (size_t i = 0; i < notes->n; i++) {
        const Note *n = &notes->v[i];
        json_object(w);
        json_put_str(w, "kind", note_ids[n->kind]);
        json_put_str(w, "text", n->text);
        put_place(w, &n->place);
        if (n->cell < CELL_COUNT)
            json_put_str(w, "cell", cell_def(n->cell)->id);
        json_end(w);
    }
    json_end(w);
}

// `raw` is left out where it is the same as the text.
static void put_paragraphs(JsonOut *w, const Paras *paras)
{
    begin_array(w, "paragraphs");
    for (size_t i = 0; i < paras->n; i++) {
        const Para *p = &paras->v[i];
        json_object(w);
        json_put_str(w, "text", p->text);
        if (!str_eq(p->text, p->raw))
            json_put_str(w, "raw", p->raw);
        put_nonzero(w, "chapter", p->chapter);
        if (p->kind != PARA_TEXT)
            json_put_str(w, "kind", para_ids[p->kind]);
        put_place(w, &p->place);
        json_end(w);
    }
    json_end(w);
}

static void finding_value(JsonOut *w, const Finding *f)
{
    json_object(w);
    json_put_str(w, "id", f->id);
    json_put_str(w, "result", result_ids[f->result]);
    json_put_str(w, "severity", severity_ids[f->severity]);
    json_put_str(w, "title", f->title);
    json_put_str(w, "message", f->message);
    json_put_str(w, "basis", f->basis);
    put_str(w, "evidence", f->evidence);
    put_str(w, "left", f->left);
    put_str(w, "right", f->right);
    begin_array(w, "cells");
    for (size_t i = 0; i < f->n_cells; i++)
        json_str(w, cell_def(f->cells[i])->id);
    json_end(w);
    begin_array(w, "places");
    for (size_t i = 0; i < f->n_places; i++)
        place_value(w, &f->places[i]);
    json_end(w);
    json_end(w);
}

static void put_source(JsonOut *w, const Reading *source, const Document *doc)
{
    begin_object(w, "source");
    put_known(w, "name", source->name);
    json_put_str(w, "kind", file_kind_ids[source->kind]);
    put_known(w, "encoding", source->encoding);
    put_place(w, &doc->place);
    json_end(w);
}

static void put_tables_seen(JsonOut *w, const Document *doc)
{
    begin_array(w, "tables");
    for (int i = 0; i < TABLE__COUNT; i++)
        if (doc->table_seen[i])
            json_str(w, table_ids[i]);
    json_end(w);
}

static void document_value(JsonOut *w, const Reading *source, const Document *doc, unsigned parts,
                           JsonSpans *spans)
{
    size_t start = w->buf->n;
    json_object(w);
    json_put_str(w, "kind", doc_kind_ids[doc->kind]);
    put_known(w, "edition", editions[doc->edition].id);
    json_put_bool(w, "mixed", doc->mixed);
    json_key(w, S("year"));
    doc->year ? json_int(w, doc->year) : json_null(w);
    put_known(w, "organ", doc->organ);
    put_known(w, "title", doc->title);
    put_date(w, "published", doc->published);
    begin_object(w, "period");
    put_date(w, "from", doc->from);
    put_date(w, "to", doc->to);
    json_end(w);
    put_source(w, source, doc);
    put_tables_seen(w, doc);
    put_cells(w, doc);
    put_chapters(w, &doc->chapters);
    put_notes(w, &doc->notes);
    spans->text = w->buf->n - start;
    if (parts & JSON_TEXT)
        put_paragraphs(w, &doc->paras);
    spans->findings = w->buf->n - start;
    if (parts & JSON_FINDINGS) {
        begin_array(w, "findings");
        for (size_t i = 0; i < doc->findings.n; i++)
            finding_value(w, &doc->findings.v[i]);
        json_end(w);
    }
    spans->end = w->buf->n - start;
    json_end(w);
}

void report_json_document_spans(Buf *b, const Reading *source, const Document *doc, unsigned parts,
                                JsonSpans *spans)
{
    JsonOut w = json_out(b);
    document_value(&w, source, doc, parts, spans);
}

void report_json_document(Buf *b, const Reading *source, const Document *doc, unsigned parts)
{
    JsonSpans spans;
    report_json_document_spans(b, source, doc, parts, &spans);
}

void report_json_findings(Buf *b, const Findings *findings)
{
    for (size_t i = 0; i < findings->n; i++) {
        JsonOut w = json_out(b);
        buf_add(b, i ? S(",") : S(""));
        finding_value(&w, &findings->v[i]);
    }
}

void report_json_unreadable(Buf *b, Str name, ErrKind kind, Str message)
{
    JsonOut w = json_out(b);
    json_object(&w);
    put_known(&w, "name", name);
    put_known(&w, "kind", err_kind_ids[kind]);
    json_put_str(&w, "message", message);
    json_end(&w);
}

void report_json(Buf *b, const Reading *r, unsigned parts)
{
    JsonSpans spans;
    JsonOut w = json_out(b);
    json_object(&w);
    json_put_int(&w, "schema", REPORT_JSON_SCHEMA);
    begin_array(&w, "documents");
    for (size_t i = 0; i < r->docs.n; i++)
        document_value(&w, r, &r->docs.v[i], parts, &spans);
    json_end(&w);
    begin_array(&w, "unreadable");
    json_end(&w);
    json_end(&w);
}

// --- reading ---
//
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
