#include "report/report_csv.h"

#include "report/report_json.h"

void report_csv_head(Buf *b)
{
    buf_add(b, S("file,document,kind,organ,year,edition,cell,row,column,unit,state,value,raw,"
                 "repairs,guess\r\n"));
}

static bool quoted(Str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.s[i] == '"' || s.s[i] == ',' || s.s[i] == '\n' || s.s[i] == '\r')
            return true;
    return false;
}

// A spreadsheet set to Chinese or Japanese takes these for the half-width ones.
static bool wide_formula(Str s)
{
    static const Str signs[] = {SI("＝"), SI("＋"), SI("－"), SI("＠")};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (str_starts(s, signs[i]))
            return s.n > signs[i].n;
    return false;
}

// A spreadsheet runs what begins with one of these; a number may, and is harmless.
static bool formula(Str s)
{
    if (wide_formula(s))
        return true;
    if (s.n == 0 || !memchr("=+-@\t\r\n", s.s[0], 7))
        return false;
    for (size_t i = 1; i < s.n; i++)
        if (!memchr("0123456789.", s.s[i], 11))
            return true;
    return s.n == 1 && s.s[0] != '-';
}

void csv_field(Buf *b, Str s)
{
    if (b->n && b->s[b->n - 1] != '\n')
        buf_byte(b, ',');
    bool guard = formula(s);
    if (!guard && !quoted(s)) {
        buf_add(b, s);
        return;
    }
    buf_add(b, guard ? S("\"'") : S("\""));
    for (size_t i = 0; i < s.n; i++) {
        if (s.s[i] == '"')
            buf_byte(b, '"');
        buf_byte(b, s.s[i]);
    }
    buf_byte(b, '"');
}

static Str repairs(Arena *a, uint32_t bits, bool *guess)
{
    Buf b = buf_new(a, 1024);
    for (int i = 0; i < REPAIR__COUNT; i++)
        if (bits >> i & 1) {
            buf_add(&b, b.n ? S(" ") : S(""));
            buf_add(&b, repair_defs[i].id);
            *guess = *guess || repair_defs[i].guess;
        }
    return buf_str(&b);
}

static void cell_line(Buf *b, Str file, size_t number, const Document *doc, CellIx ix, Arena a)
{
    const Cell *c = &doc->cells[ix];
    const CellDef *def = cell_def(ix);
    bool guess = false;
    csv_field(b, file);
    csv_field(b, str_fmt(&a, "%zu", number));
    csv_field(b, doc_kind_ids[doc->kind]);
    csv_field(b, doc->organ);
    csv_field(b, doc->year ? str_fmt(&a, "%d", doc->year) : S(""));
    csv_field(b, editions[doc->edition].id);
    csv_field(b, def->id);
    csv_field(b, def->row);
    csv_field(b, def->col);
    csv_field(b, def->unit);
    csv_field(b, cell_state_ids[c->state]);
    csv_field(b, c->state == CELL_VALUE ? cell_print(&a, ix, c->n) : S(""));
    csv_field(b, c->raw);
    csv_field(b, repairs(&a, c->repairs, &guess));
    csv_field(b, guess ? S("yes") : S(""));
    buf_add(b, S("\r\n"));
}

void report_csv(Buf *b, Str file, size_t number, const Document *doc)
{
    // scratch of its own: `b` grows in the caller's arena meanwhile
    CLEANUP(arena_end) Arena scratch = arena_new(1 << 20);
    for (CellIx ix = 0; ix < CELL_COUNT; ix++)
        if (report_cell_listed(doc, ix))
            cell_line(b, file, number, doc, ix, scratch);
}
