#include "base/csv.h"

static char separator_of(Str text)
{
    static const char marks[] = {',', ';', '\t'};
    Str line, rest;
    size_t best = 0, most = 0;
    str_cut(text, S("\n"), &line, &rest);
    for (size_t m = 0; m < sizeof marks; m++) {
        size_t n = 0;
        for (size_t i = 0; i < line.n; i++)
            n += line.s[i] == marks[m];
        if (n > most) {
            most = n;
            best = m;
        }
    }
    return marks[best];
}

// What a spreadsheet runs, the wide signs where it is set to Chinese; and the guard itself.
static bool begins_formula(Str s)
{
    static const Str signs[] = {SI("="),  SI("+"),  SI("-"),  SI("@"),  SI("\t"), SI("\r"),
                                SI("＝"), SI("＋"), SI("－"), SI("＠"), SI("'")};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (str_starts(s, signs[i]))
            return true;
    return false;
}

static Str without_guard(Str cell)
{
    return cell.n > 1 && cell.s[0] == '\'' && begins_formula(str_from(cell, 1)) ? str_from(cell, 1)
                                                                                : cell;
}

typedef struct Reader {
    Str text;
    size_t at;
    int line;
    char mark;
} Reader;

static bool quoted(Reader *r, Arena *a, Str *out, Err *err)
{
    int line = r->line;
    size_t from = ++r->at;
    bool doubled = false;
    for (; r->at < r->text.n; r->at++) {
        char c = r->text.s[r->at];
        r->line += c == '\n';
        if (c != '"')
            continue;
        if (r->at + 1 < r->text.n && r->text.s[r->at + 1] == '"') {
            doubled = true;
            r->at++;
            continue;
        }
        Str inside = str_sub(r->text, from, r->at++);
        *out = doubled ? str_replace(a, inside, S("\"\""), S("\"")) : inside;
        return true;
    }
    return fail(err, ERR_INPUT, NULL, "第%d行的引号没有结束", "a quote in line %d is not closed",
                line);
}

// A cell up to the mark or the line end, where the reader then stands.
static bool cell(Reader *r, Arena *a, Str *out, Err *err)
{
    Str s = S("");
    if (r->at < r->text.n && r->text.s[r->at] == '"' && !quoted(r, a, &s, err))
        return false;
    size_t from = r->at;
    while (r->at < r->text.n && r->text.s[r->at] != r->mark && r->text.s[r->at] != '\n' &&
           r->text.s[r->at] != '\r')
        r->at++;
    Str plain = str_sub(r->text, from, r->at);
    *out = without_guard(s.n ? str_cat(a, s, plain) : plain);
    return true;
}

static void line_end(Reader *r)
{
    if (r->at < r->text.n && r->text.s[r->at] == '\r')
        r->at++;
    if (r->at < r->text.n && r->text.s[r->at] == '\n')
        r->at++;
    r->line++;
}

static bool row(Reader *r, Arena *a, CsvRow *out, Err *err)
{
    *out = (CsvRow){.line = r->line};
    for (;;) {
        if (out->n == CSV_CELLS_MAX)
            return fail(err, ERR_LIMIT, NULL, "第%d行超过%d列", "line %d has more than %d columns",
                        r->line, CSV_CELLS_MAX);
        Str one;
        if (!cell(r, a, &one, err))
            return false;
        *PUSH(a, out) = one;
        if (r->at >= r->text.n || r->text.s[r->at] != r->mark)
            break;
        r->at++;
    }
    line_end(r);
    return true;
}

static bool has_text(const CsvRow *row)
{
    for (size_t i = 0; i < row->n; i++)
        if (str_trim(row->v[i]).n)
            return true;
    return false;
}

bool csv_read(Str text, Arena *a, CsvRows *out, Err *err)
{
    Reader r = {text, 0, 1, separator_of(text)};
    CsvRows rows = {0};
    while (r.at < text.n) {
        CsvRow one;
        if (!row(&r, a, &one, err))
            return false;
        if (!has_text(&one))
            continue;
        if (rows.n == CSV_ROWS_MAX)
            return fail(err, ERR_LIMIT, NULL, "超过%d行", "more than %d lines", CSV_ROWS_MAX);
        *PUSH(a, &rows) = one;
    }
    *out = rows;
    return true;
}

// --- writing

static bool needs_quotes(Str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (strchr("\",;\t\r\n", s.s[i]))
            return true;
    return s.n && (s.s[0] == ' ' || s.s[s.n - 1] == ' ');
}

void csv_cell(Buf *b, Str s, bool first)
{
    bool guard = s.n && begins_formula(s), quotes = needs_quotes(s);
    if (!first)
        buf_byte(b, ',');
    if (quotes)
        buf_byte(b, '"');
    if (guard)
        buf_byte(b, '\'');
    for (size_t i = 0; i < s.n; i++) {
        if (s.s[i] == '"')
            buf_byte(b, '"');
        buf_byte(b, s.s[i]);
    }
    if (quotes)
        buf_byte(b, '"');
}

void csv_end(Buf *b)
{
    buf_add(b, S("\r\n"));
}
