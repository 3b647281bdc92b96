#include "base/buf.h"
#include "base/date.h"
#include "report/build.h"
#include "report/office.h"

// A workbook is read sheet by sheet in one pass each. A sheet becomes a heading with its name and a
// grid of its cells; what stands alone in its row above, below or between tables (titles, chapter
// headings, sentences typed into cells) becomes paragraphs. Cells are kept as a list, so that one
// in the last row of an otherwise empty sheet costs nothing; wide gaps of empty rows and columns
// are closed, while the places still name the rows and columns of the sheet.

enum {
    MAX_SHEETS = 500,
    MAX_SHEET_COLS = 16384,
    MAX_SHEET_ROWS = 1048576,
    GAP = 2,         // empty rows or columns that are kept between cells
    LONG_RUNES = 60, // alone in its row and longer: a sentence, not a label
};

typedef enum NumberStyle { PLAIN, PERCENT, DATE } NumberStyle;

typedef struct Formats {
    struct {
        int64_t *v;
        size_t n, cap;
    } percent, date; // ids of number formats the workbook defines
    struct {
        uint8_t *v;
        size_t n, cap;
    } styles; // NumberStyle by index of cellXfs
} Formats;

typedef struct SheetCell {
    Str text;
    int32_t row, col; // from 1, of the sheet
    int32_t rowspan, colspan;
    bool covered; // by a merged cell
} SheetCell;

typedef struct Sheet {
    SheetCell *v;
    size_t n, cap;
} Sheet;

typedef struct Book {
    Arena *a;
    Package *package;
    Strs shared;
    Buf text; // of the cell being read
    Formats formats;
    Blocks blocks;
    size_t cells, slots;
    int32_t sheet; // its number, from 1
} Book;

static bool too_many_cells(Err *err)
{
    return fail(err, ERR_LIMIT, NULL, "工作簿的单元格超过%d个，无法读取。",
                "the workbook has more than %d cells", MAX_GRID_CELLS);
}

// --- text of cells
// -------------------------------------------------------------------------------------------

// Reads on to the close of the element just opened and returns its text: that of the <t> in it, but
// not of <rPh>, the reading aid of phonetic scripts. Valid until the next call.
static Str rich_text(Book *k, Xml *x, const char *element)
{
    Buf *b = &k->text;
    b->n = 0;
    bool in_text = strcmp(element, "v") == 0 || strcmp(element, "t") == 0;
    for (XmlEvent e; (e = xml_next(x)) != XML_STOP;) {
        if (e == XML_TEXT && in_text)
            buf_add(b, xml_text(x));
        else if (e == XML_OPEN && xml_is(x, "rPh"))
            xml_skip(x);
        else if (e == XML_OPEN)
            in_text = xml_is(x, "t");
        else if (e == XML_CLOSE && xml_is(x, element))
            break;
        else if (e == XML_CLOSE)
            in_text = false;
    }
    return buf_str(b);
}

static Str lines_fold(Arena *a, Str s)
{
    Strs lines = {0};
    for (Str line, rest = s; rest.n;) {
        str_cut(rest, S("\n"), &line, &rest);
        line = build_fold(a, line);
        if (line.n)
            *PUSH(a, &lines) = line;
    }
    return lines.n == 1 ? lines.v[0] : str_join(a, lines.v, lines.n, S("\n"));
}

static bool shared_read(Book *k, const char *part, Err *err)
{
    CLEANUP(xml_end) Xml *x = xml_open(k->package, part);
    if (!x)
        return true;
    for (XmlEvent e; (e = xml_next(x)) != XML_STOP;)
        if (e == XML_OPEN && xml_is(x, "si")) {
            Str text = lines_fold(k->a, rich_text(k, x, "si"));
            *PUSH(k->a, &k->shared) = text;
        }
    return xml_ok(x, err);
}

// --- numbers
// -------------------------------------------------------------------------------------------------

static bool format_shows(Str code, const char *any)
{
    bool quoted = false;
    for (size_t i = 0; i < code.n; i++) {
        char c = code.s[i];
        if (c == '"')
            quoted = !quoted;
        else if (c == '\\')
            i++;
        else if (c == '[')
            while (i < code.n && code.s[i] != ']')
                i++;
        else if (!quoted && strchr(any, c))
            return true;
    }
    return false;
}

static bool among(const int64_t *v, size_t n, int64_t id)
{
    for (size_t i = 0; i < n; i++)
        if (v[i] == id)
            return true;
    return false;
}

// The built-in formats by number: 9 and 10 per cent; 14–17, 22, 27–31, 36, 50–58 dates.
static NumberStyle style_of(const Formats *f, int64_t id)
{
    if (id == 9 || id == 10 || among(f->percent.v, f->percent.n, id))
        return PERCENT;
    if ((id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 31) || id == 36 ||
        (id >= 50 && id <= 58) || among(f->date.v, f->date.n, id))
        return DATE;
    return PLAIN;
}

static void formats_read(Book *k)
{
    CLEANUP(xml_end) Xml *x = xml_open(k->package, "xl/styles.xml");
    Formats *f = &k->formats;
    bool in_styles = false;
    for (XmlEvent e; x && (e = xml_next(x)) != XML_STOP;) {
        if (e == XML_TEXT)
            continue;
        if (xml_is(x, "cellXfs"))
            in_styles = e == XML_OPEN;
        if (e != XML_OPEN)
            continue;
        if (xml_is(x, "numFmt")) {
            Arena scratch = *k->a;
            Str code = xml_attr(x, "formatCode", &scratch);
            bool percent = format_shows(code, "%"), date = format_shows(code, "yYdD");
            int64_t id = xml_attr_int(x, "numFmtId", -1);
            if (percent)
                *PUSH(k->a, &f->percent) = id;
            else if (date)
                *PUSH(k->a, &f->date) = id;
        } else if (in_styles && xml_is(x, "xf")) {
            *PUSH(k->a, &f->styles) = (uint8_t)style_of(f, xml_attr_int(x, "numFmtId", 0));
        }
    }
}

// Days since 1899-12-30, up to the year 9999, as "2023年1月31日".
static Str date_print(Arena *a, double days)
{
    return date_zh(a, (Date){(int32_t)days - 25569});
}

// As a person would read it in a cell of general format: no exponent, no zeros at the end, the
// fifteen digits that Excel keeps.
static Str plain_print(Arena *a, double n)
{
    char s[400];
    int len = snprintf(s, sizeof s, "%.15g", n);
    if (strchr(s, 'e')) {
        double size = n < 0 ? -n : n;
        len = snprintf(s, sizeof s, size < 1 ? "%.20f" : "%.0f", n);
        if (size < 1)
            while (len > 1 && s[len - 1] == '0')
                len--;
        len -= len > 1 && s[len - 1] == '.';
    }
    return str_dup(a, (Str){s, (size_t)len});
}

static Str number_text(Book *k, Str v, int64_t style)
{
    char z[64];
    if (v.n == 0 || v.n >= sizeof z)
        return str_dup(k->a, v);
    memcpy(z, v.s, v.n);
    z[v.n] = 0;
    char *end;
    double n = strtod(z, &end);
    if (*end || !(n > -1e300 && n < 1e300))
        return str_dup(k->a, v);
    NumberStyle as = style >= 0 && (size_t)style < k->formats.styles.n
                         ? (NumberStyle)k->formats.styles.v[style]
                         : PLAIN;
    if (as == DATE && n >= 1 && n < 2958466)
        return date_print(k->a, n);
    if (as == PERCENT)
        return str_cat(k->a, plain_print(k->a, n * 100), S("%"));
    return plain_print(k->a, n);
}

// --- one sheet
// ------------------------------------------------------------------------------------------------

// "AB12" → column 28, row 12; 0 for a part that is not there.
static void reference(Str s, int32_t *row, int32_t *col)
{
    int64_t r = 0, c = 0;
    size_t i = 0;
    for (; i < s.n && (s.s[i] | 32) >= 'a' && (s.s[i] | 32) <= 'z' && c < MAX_SHEET_COLS * 32; i++)
        c = c * 26 + (s.s[i] | 32) - 'a' + 1;
    for (; i < s.n && s.s[i] >= '0' && s.s[i] <= '9' && r < MAX_SHEET_ROWS * 16; i++)
        r = r * 10 + s.s[i] - '0';
    *row = r > MAX_SHEET_ROWS ? 0 : (int32_t)r;
    *col = c > MAX_SHEET_COLS ? 0 : (int32_t)c;
}

static Str cell_text(Book *k, Xml *x)
{
    Arena *a = k->a;
    Str type = xml_attr(x, "t", a), value = S("");
    int64_t style = xml_attr_int(x, "s", -1), n;
    for (XmlEvent e; (e = xml_next(x)) != XML_STOP;) {
        if (e == XML_CLOSE && xml_is(x, "c"))
            break;
        if (e == XML_OPEN && xml_is(x, "v"))
            value = rich_text(k, x, "v");
        else if (e == XML_OPEN && xml_is(x, "is"))
            value = rich_text(k, x, "is");
        else if (e == XML_OPEN)
            xml_skip(x);
    }
    if (str_eq(type, S("s")))
        return str_to_int(value, &n) && n >= 0 && (size_t)n < k->shared.n ? k->shared.v[n] : S("");
    if (str_eq(type, S("b")))
        return str_eq(value, S("1")) ? S("TRUE") : S("FALSE");
    if (type.n && !str_eq(type, S("n")))
        return lines_fold(a, value);
    return number_text(k, str_trim(value), style);
}

static void merge(Sheet *s, Str range)
{
    Str from, to;
    int32_t r0, c0, r1, c1;
    if (!str_cut(range, S(":"), &from, &to))
        return;
    reference(from, &r0, &c0);
    reference(to, &r1, &c1);
    if (!r0 || !c0 || r1 < r0 || c1 < c0)
        return;
    size_t low = 0, high = s->n; // cells are in order of rows
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (s->v[mid].row < r0)
            low = mid + 1;
        else
            high = mid;
    }
    for (size_t i = low; i < s->n && s->v[i].row <= r1; i++) {
        SheetCell *c = &s->v[i];
        if (c->col < c0 || c->col > c1)
            continue;
        if (c->row == r0 && c->col == c0) {
            c->rowspan = r1 - r0 + 1;
            c->colspan = c1 - c0 + 1;
        } else {
            c->covered = true;
        }
    }
}

static int by_place(const void *x, const void *y)
{
    const SheetCell *a = x, *b = y;
    return a->row != b->row ? (a->row > b->row) - (a->row < b->row)
                            : (a->col > b->col) - (a->col < b->col);
}

static bool sheet_cells(Book *k, Xml *x, Sheet *s, Err *err)
{
    int32_t row = 0, col = 0;
    size_t merges = 0;
    bool sorted = false;
    for (XmlEvent e; (e = xml_next(x)) != XML_STOP;) {
        if (e != XML_OPEN)
            continue;
        if (xml_is(x, "row")) {
            row = (int32_t)xml_attr_int(x, "r", row + 1);
            col = 0;
        } else if (xml_is(x, "c")) {
            Arena scratch = *k->a;
            int32_t r, c;
            reference(xml_attr(x, "r", &scratch), &r, &c);
            row = r ? r : row;
            col = c ? c : col + 1;
            Str text = cell_text(k, x);
            if (++k->cells > MAX_GRID_CELLS)
                return too_many_cells(err);
            *PUSH(k->a, s) =
                (SheetCell){.text = text, .row = row, .col = col, .rowspan = 1, .colspan = 1};
        } else if (xml_is(x, "mergeCell") && ++merges <= 20000) {
            if (!sorted && s->n)
                qsort(s->v, s->n, sizeof *s->v, by_place);
            sorted = true;
            merge(s, xml_attr(x, "ref", k->a));
        }
    }
    if (!sorted && s->n)
        qsort(s->v, s->n, sizeof *s->v, by_place);
    return xml_ok(x, err);
}

// --- from cells to blocks
// ------------------------------------------------------------------------------------

// One row of the sheet: cells [first, last) of its list, and how many hold text.
typedef struct Line {
    size_t first, last, full;
    const SheetCell *only; // the first that holds text
    bool alone;            // is a paragraph rather than a row of a table
} Line;

typedef struct Lines {
    Line *v;
    size_t n, cap;
} Lines;

// A chapter's heading between two tables: the only thing in its row, or merged over all of it.
static bool chapter_like(const Line *l)
{
    Str s = l->only->text;
    return (l->last - l->first == 1 || l->only->colspan > 2) &&
           (str_ends(s, S("情况")) || str_ends(s, S("事项")) || str_ends(s, S("情況")) ||
            str_ends(s, S("事項")));
}

static Lines lines_of(const Sheet *s, Arena *a)
{
    Lines out = {0};
    for (size_t i = 0; i < s->n;) {
        Line l = {.first = i};
        for (; i < s->n && s->v[i].row == s->v[l.first].row; i++)
            if (s->v[i].text.n && !s->v[i].covered && l.full++ == 0)
                l.only = &s->v[i];
        l.last = i;
        if (l.full == 1 && l.only->rowspan == 1)
            l.alone = str_runes(l.only->text) > LONG_RUNES || chapter_like(&l);
        if (l.full)
            *PUSH(a, &out) = l;
    }
    size_t top = 0, end = out.n; // what stands alone above and below the tables
    while (top < out.n && out.v[top].full == 1 && out.v[top].only->rowspan == 1)
        out.v[top++].alone = true;
    while (end > top && out.v[end - 1].full == 1 && out.v[end - 1].only->rowspan == 1)
        out.v[--end].alone = true;
    return out;
}

// Rows or columns of the sheet to those of the grid: wide gaps closed.
typedef struct Axis {
    int32_t *from; // used ones, ascending
    int32_t *to;
    size_t n;
} Axis;

static int by_number(const void *x, const void *y)
{
    int32_t a = *(const int32_t *)x, b = *(const int32_t *)y;
    return (a > b) - (a < b);
}

static Axis axis_of(int32_t *used, size_t n, Arena *a)
{
    Axis x = {.from = used, .to = NEW(a, int32_t, n)};
    qsort(used, n, sizeof *used, by_number);
    for (size_t i = 0; i < n; i++) {
        if (x.n && x.from[x.n - 1] == used[i])
            continue;
        int32_t gap = x.n ? used[i] - x.from[x.n - 1] - 1 : 0;
        x.to[x.n] = x.n ? x.to[x.n - 1] + 1 + (gap < GAP ? gap : GAP) : 0;
        x.from[x.n++] = used[i];
    }
    return x;
}

// Where row or column `at` of the sheet comes to stand; between used ones, beside the one before.
static int32_t axis_at(const Axis *x, int32_t at)
{
    size_t low = 0, high = x->n;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (x->from[mid] <= at)
            low = mid + 1;
        else
            high = mid;
    }
    if (!low)
        return 0;
    int32_t over = at - x->from[low - 1];
    int32_t next = low < x->n ? x->to[low] - x->to[low - 1] - 1 : GAP;
    return x->to[low - 1] + (over < next ? over : next);
}

static int32_t axis_span(const Axis *x, int32_t at, int32_t span)
{
    int32_t last = at + span - 1 > x->from[x->n - 1] ? x->from[x->n - 1] : at + span - 1;
    return axis_at(x, last) - axis_at(x, at) + 1;
}

static Place place_of(const Book *k, const SheetCell *c)
{
    return (Place){.table = k->sheet, .row = c->row, .col = c->col};
}

// The grid of lines [from, to). Empty cells count as far as the outermost that hold text.
static bool grid_add(Book *k, const Sheet *s, const Line *v, size_t n, Err *err)
{
    Arena *a = k->a;
    size_t first = v[0].first, last = v[n - 1].last, count = 0;
    int32_t *rows = NEW(a, int32_t, last - first), *cols = NEW(a, int32_t, last - first);
    int32_t right = 0;
    for (size_t i = first; i < last; i++)
        if (s->v[i].text.n && !s->v[i].covered && s->v[i].col > right)
            right = s->v[i].col;
    for (size_t i = first; i < last; i++)
        if (!s->v[i].covered && (s->v[i].text.n || s->v[i].col <= right)) {
            rows[count] = s->v[i].row;
            cols[count++] = s->v[i].col;
        }
    Axis down = axis_of(rows, count, a), across = axis_of(cols, count, a);
    Grid *g = NEW(a, Grid, 1);
    *g = (Grid){.rows = down.to[down.n - 1] + 1,
                .cols = across.to[across.n - 1] + 1,
                .v = NEW(a, GridCell, count),
                .cap = count};
    g->place = (Place){.table = k->sheet, .row = down.from[0], .col = across.from[0]};
    k->slots += (size_t)g->rows * (size_t)g->cols;
    if (k->slots > MAX_GRID_CELLS)
        return too_many_cells(err);
    for (size_t i = first; i < last; i++) {
        const SheetCell *c = &s->v[i];
        if (c->covered || (!c->text.n && c->col > right))
            continue;
        g->v[g->n++] = (GridCell){.text = c->text,
                                  .place = place_of(k, c),
                                  .row = axis_at(&down, c->row),
                                  .col = axis_at(&across, c->col),
                                  .rowspan = axis_span(&down, c->row, c->rowspan),
                                  .colspan = axis_span(&across, c->col, c->colspan)};
    }
    *PUSH(a, &k->blocks) = (Block){.kind = BLOCK_GRID, .grid = g, .place = g->place};
    return true;
}

static void paras_add(Book *k, const SheetCell *c)
{
    for (Str line, rest = c->text; rest.n;) {
        str_cut(rest, S("\n"), &line, &rest);
        *PUSH(k->a, &k->blocks) = (Block){.text = line, .place = place_of(k, c)};
    }
}

static bool sheet_blocks(Book *k, const Sheet *s, Err *err)
{
    Lines l = lines_of(s, k->a);
    for (size_t i = 0; i < l.n;) {
        size_t from = i;
        while (i < l.n && !l.v[i].alone)
            i++;
        if (i > from && !grid_add(k, s, l.v + from, i - from, err))
            return false;
        for (; i < l.n && l.v[i].alone; i++)
            paras_add(k, l.v[i].only);
    }
    return k->blocks.n <= MAX_BLOCKS || too_many_cells(err);
}

// --- the workbook
// -------------------------------------------------------------------------------------------

// "Sheet1", as programs name sheets, says nothing.
static bool default_name(Str name)
{
    int64_t n;
    return str_starts(name, S("Sheet")) && str_to_int(str_from(name, 5), &n);
}

static bool sheet_read(Book *k, const char *part, Str name, Err *err)
{
    CLEANUP(xml_end) Xml *x = xml_open(k->package, part);
    Sheet s = {0};
    if (!x)
        return true;
    k->sheet++;
    if (!sheet_cells(k, x, &s, err))
        return false;
    if (!s.n)
        return true;
    if (name.n && !default_name(name))
        *PUSH(k->a, &k->blocks) = (Block){.text = name, .heading = 1, .place = {.table = k->sheet}};
    return sheet_blocks(k, &s, err);
}

static const char *target_of(const Relations *r, Str id)
{
    for (size_t i = 0; i < r->n; i++)
        if (str_eq(r->v[i].id, id))
            return r->v[i].target;
    return NULL;
}

static const char *target_typed(const Relations *r, Str type, const char *otherwise)
{
    for (size_t i = 0; i < r->n; i++)
        if (str_ends(r->v[i].type, type))
            return r->v[i].target;
    return otherwise;
}

static bool book_read(Book *k, Err *err)
{
    const char *part = package_main(k->package, k->a, "xl/workbook.xml");
    Relations rels = package_relations(k->package, part, k->a);
    CLEANUP(xml_end) Xml *x = xml_open(k->package, part);
    if (!x)
        return fail(err, ERR_UNREADABLE, part,
                    "文件中没有工作簿，可能已损坏。请用 Excel 重新保存后再试。",
                    "the file has no workbook part; save it again with Excel");
    if (!shared_read(k, target_typed(&rels, S("/sharedStrings"), "xl/sharedStrings.xml"), err))
        return false;
    formats_read(k);
    Relations sheets = {0}; // their names and parts
    for (XmlEvent e; (e = xml_next(x)) != XML_STOP && sheets.n < MAX_SHEETS;)
        if (e == XML_OPEN && xml_is(x, "sheet")) {
            const char *target = target_of(&rels, xml_attr(x, "id", k->a));
            Str name = build_fold(k->a, xml_attr(x, "name", k->a));
            if (target)
                *PUSH(k->a, &sheets) = (Relation){.id = name, .target = target};
        }
    for (size_t i = 0; i < sheets.n; i++)
        if (!sheet_read(k, sheets.v[i].target, sheets.n > 1 ? sheets.v[i].id : S(""), err))
            return false;
    return xml_ok(x, err);
}

bool read_xlsx(Str bytes, Arena *a, Blocks *out, Err *err)
{
    CLEANUP(package_end) Package *p = NULL;
    if (!package_open(bytes, a, &p, err))
        return false;
    Book k = {.a = a, .package = p, .text = buf_new(a, MAX_FILE_BYTES)};
    if (!book_read(&k, err))
        return false;
    *out = k.blocks;
    return true;
}
