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

static void comma(Buf *b)
{
    char last = b->n ? b->s[b->n - 1] : '{';
    if (last != '{' && last != '[')
        buf_byte(b, ',');
}

static void key(Buf *b, Str name)
{
    comma(b);
    json_str(b, name);
    buf_byte(b, ':');
}

static void put_str(Buf *b, Str name, Str value)
{
    if (value.n == 0)
        return;
    key(b, name);
    json_str(b, value);
}

// For what is always there, null where it is not known.
static void put_known(Buf *b, Str name, Str value)
{
    key(b, name);
    if (value.n)
        json_str(b, value);
    else
        buf_add(b, S("null"));
}

static void put_int(Buf *b, Str name, int64_t n)
{
    key(b, name);
    buf_int(b, n);
}

static void put_nonzero(Buf *b, Str name, int64_t n)
{
    if (n)
        put_int(b, name, n);
}

static void put_bool(Buf *b, Str name, bool yes)
{
    key(b, name);
    buf_add(b, yes ? S("true") : S("false"));
}

static void put_date(Buf *b, Str name, Date d)
{
    char text[16];
    int y, m, day;
    key(b, name);
    if (!date_is(d)) {
        buf_add(b, S("null"));
        return;
    }
    date_parts(d, &y, &m, &day);
    int n = snprintf(text, sizeof text, "%04d-%02d-%02d", y, m, day);
    json_str(b, (Str){text, (size_t)n});
}

// Millionths of 万元 as a decimal number without trailing zeros: 41130000 is 41.13.
static void put_amount(Buf *b, int64_t n)
{
    uint64_t u = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
    uint64_t rest = u % AMOUNT_ONE;
    if (n < 0)
        buf_byte(b, '-');
    buf_int(b, (int64_t)(u / AMOUNT_ONE));
    if (!rest)
        return;
    buf_byte(b, '.');
    for (uint64_t unit = AMOUNT_ONE / 10; rest; unit /= 10) {
        buf_byte(b, (char)('0' + rest / unit));
        rest %= unit;
    }
}

static void put_hundredths(Buf *b, float x)
{
    put_amount(b, (int64_t)lroundf(x * 100) * (AMOUNT_ONE / 100));
}

static bool place_known(const Place *p)
{
    return p->line || p->page || p->table || p->row || p->col || p->x1 > 0 || p->y1 > 0;
}

static void put_place_value(Buf *b, const Place *p)
{
    buf_byte(b, '{');
    put_nonzero(b, S("line"), p->line);
    put_nonzero(b, S("page"), p->page);
    put_nonzero(b, S("table"), p->table);
    put_nonzero(b, S("row"), p->row);
    put_nonzero(b, S("col"), p->col);
    if (p->x1 > 0 || p->y1 > 0) {
        const float box[] = {p->x0, p->y0, p->x1, p->y1};
        key(b, S("box"));
        for (size_t i = 0; i < 4; i++) {
            buf_byte(b, i ? ',' : '[');
            put_hundredths(b, box[i]);
        }
        buf_byte(b, ']');
    }
    buf_byte(b, '}');
}

static void put_place(Buf *b, const Place *p)
{
    if (!place_known(p))
        return;
    key(b, S("place"));
    put_place_value(b, p);
}

static void put_cell(Buf *b, CellIx ix, const Cell *c)
{
    buf_add(b, S("{\"state\":"));
    json_str(b, cell_state_ids[c->state]);
    if (c->state == CELL_VALUE) {
        key(b, S("value"));
        if (cell_def(ix)->type == TYPE_AMOUNT)
            put_amount(b, c->n);
        else
            buf_int(b, c->n);
    }
    put_str(b, S("raw"), c->raw);
    put_place(b, &c->place);
    if (c->state == CELL_VALUE || c->repairs) {
        bool guess = false;
        key(b, S("repairs"));
        buf_byte(b, '[');
        for (int i = 0; i < REPAIR__COUNT; i++)
            if (c->repairs >> i & 1) {
                comma(b);
                json_str(b, repair_defs[i].id);
                guess = guess || repair_defs[i].guess;
            }
        buf_byte(b, ']');
        if (guess)
            put_bool(b, S("guess"), true);
    }
    buf_byte(b, '}');
}

static void put_cells(Buf *b, const Document *doc)
{
    key(b, S("cells"));
    buf_byte(b, '{');
    for (CellIx ix = 0; ix < CELL_COUNT; ix++)
        if (report_cell_listed(doc, ix)) {
            key(b, cell_def(ix)->id);
            put_cell(b, ix, &doc->cells[ix]);
        }
    buf_byte(b, '}');
}

static void put_chapters(Buf *b, const Chapters *chapters)
{
    key(b, S("chapters"));
    buf_byte(b, '[');
    for (size_t i = 0; i < chapters->n; i++) {
        const Chapter *c = &chapters->v[i];
        comma(b);
        buf_byte(b, '{');
        put_int(b, S("number"), c->number);
        put_int(b, S("printed"), c->printed);
        put_str(b, S("heading"), c->heading);
        put_place(b, &c->place);
        put_int(b, S("first"), (int64_t)c->first);
        put_int(b, S("last"), (int64_t)c->last);
        put_bool(b, S("has_table"), c->has_table);
        buf_byte(b, '}');
    }
    buf_byte(b, ']');
}

static void put_notes(Buf *b, const Notes *notes)
{
    key(b, S("notes"));
    buf_byte(b, '[');
    for (size_t i = 0; i < notes->n; i++) {
        const Note *n = &notes->v[i];
        comma(b);
        buf_byte(b, '{');
        put_known(b, S("kind"), note_ids[n->kind]);
        put_str(b, S("text"), n->text);
        put_place(b, &n->place);
        if (n->cell != CELL_NONE)
            put_known(b, S("cell"), cell_def(n->cell)->id);
        buf_byte(b, '}');
    }
    buf_byte(b, ']');
}

// `raw` is left out where it is the same as the text.
static void put_paragraphs(Buf *b, const Paras *paras)
{
    key(b, S("paragraphs"));
    buf_byte(b, '[');
    for (size_t i = 0; i < paras->n; i++) {
        const Para *p = &paras->v[i];
        comma(b);
        buf_byte(b, '{');
        key(b, S("text"));
        json_str(b, p->text);
        if (!str_eq(p->text, p->raw)) {
            key(b, S("raw"));
            json_str(b, p->raw);
        }
        put_nonzero(b, S("chapter"), p->chapter);
        if (p->kind != PARA_TEXT)
            put_known(b, S("kind"), para_ids[p->kind]);
        put_place(b, &p->place);
        buf_byte(b, '}');
    }
    buf_byte(b, ']');
}

static void put_finding(Buf *b, const Finding *f)
{
    buf_byte(b, '{');
    put_known(b, S("id"), f->id);
    put_known(b, S("result"), result_ids[f->result]);
    put_known(b, S("severity"), severity_ids[f->severity]);
    put_str(b, S("title"), f->title);
    key(b, S("message"));
    json_str(b, f->message);
    put_str(b, S("basis"), f->basis);
    put_str(b, S("evidence"), f->evidence);
    put_str(b, S("left"), f->left);
    put_str(b, S("right"), f->right);
    key(b, S("cells"));
    buf_byte(b, '[');
    for (size_t i = 0; i < f->n_cells; i++) {
        comma(b);
        json_str(b, cell_def(f->cells[i])->id);
    }
    buf_byte(b, ']');
    key(b, S("places"));
    buf_byte(b, '[');
    for (size_t i = 0; i < f->n_places; i++) {
        comma(b);
        put_place_value(b, &f->places[i]);
    }
    buf_add(b, S("]}"));
}

void report_json_findings(Buf *b, const Findings *findings)
{
    for (size_t i = 0; i < findings->n; i++) {
        if (i)
            buf_byte(b, ',');
        put_finding(b, &findings->v[i]);
    }
}

static void put_source(Buf *b, const Reading *source, const Document *doc)
{
    key(b, S("source"));
    buf_byte(b, '{');
    put_known(b, S("name"), source->name);
    put_known(b, S("kind"), file_kind_ids[source->kind]);
    put_known(b, S("encoding"), source->encoding);
    put_place(b, &doc->place);
    buf_byte(b, '}');
}

static void put_tables_seen(Buf *b, const Document *doc)
{
    key(b, S("tables"));
    buf_byte(b, '[');
    for (int i = 0; i < TABLE__COUNT; i++)
        if (doc->table_seen[i]) {
            comma(b);
            json_str(b, table_ids[i]);
        }
    buf_byte(b, ']');
}

void report_json_document(Buf *b, const Reading *source, const Document *doc, unsigned parts)
{
    buf_byte(b, '{');
    put_known(b, S("kind"), doc_kind_ids[doc->kind]);
    put_known(b, S("edition"), editions[doc->edition].id);
    put_bool(b, S("mixed"), doc->mixed);
    key(b, S("year"));
    if (doc->year)
        buf_int(b, doc->year);
    else
        buf_add(b, S("null"));
    put_known(b, S("organ"), doc->organ);
    put_known(b, S("title"), doc->title);
    put_date(b, S("published"), doc->published);
    key(b, S("period"));
    buf_byte(b, '{');
    put_date(b, S("from"), doc->from);
    put_date(b, S("to"), doc->to);
    buf_byte(b, '}');
    put_source(b, source, doc);
    put_tables_seen(b, doc);
    put_cells(b, doc);
    put_chapters(b, &doc->chapters);
    put_notes(b, &doc->notes);
    if (parts & JSON_TEXT)
        put_paragraphs(b, &doc->paras);
    if (parts & JSON_FINDINGS) {
        key(b, S("findings"));
        buf_byte(b, '[');
        report_json_findings(b, &doc->findings);
        buf_byte(b, ']');
    }
    buf_byte(b, '}');
}

void report_json_unreadable(Buf *b, Str name, const Err *err, Lang lang)
{
    buf_byte(b, '{');
    put_known(b, S("name"), name);
    put_known(b, S("kind"), err_kind_ids[err->kind]);
    put_known(b, S("message"), str_z(lang == LANG_ZH ? err->zh : err->en));
    buf_byte(b, '}');
}

void report_json(Buf *b, const Reading *r, unsigned parts)
{
    buf_fmt(b, "{\"schema\":%d,\"documents\":[", REPORT_JSON_SCHEMA);
    for (size_t i = 0; i < r->docs.n; i++) {
        comma(b);
        report_json_document(b, r, &r->docs.v[i], parts);
    }
    buf_add(b, S("],\"unreadable\":[]}\n"));
}
