#include "report/report_json.h"

#include "base/json.h"

#include <math.h>

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

const Str err_kind_ids[ERR__COUNT] = {
    [ERR_NONE] = SI(""),           [ERR_INPUT] = SI("input"),
    [ERR_MISSING] = SI("missing"), [ERR_DENIED] = SI("denied"),
    [ERR_RULE] = SI("rule"),       [ERR_BUSY] = SI("busy"),
    [ERR_LIMIT] = SI("limit"),     [ERR_UNREADABLE] = SI("unreadable"),
    [ERR_SYSTEM] = SI("system"),   [ERR_REPEATED] = SI("repeated"),
};

const Str table_ids[TABLE__COUNT] = {
    [TABLE_T2] = SI("t2"),
    [TABLE_T3] = SI("t3"),
    [TABLE_T4] = SI("t4"),
    [TABLE_STAT] = SI("stat"),
};

const Str para_ids[4] = {
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
