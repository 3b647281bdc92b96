#include "base/buf.h"
#include "report/build.h"
#include "report/doc.h"
#include "report/ole.h"

// Word files from 97 to 2003 ([MS-DOC]) are read here: the text by its pieces, and of the
// properties of paragraphs just those that say where tables have their cells. Converters run the
// figures of merged tables together or lose them. Older files are left to a converter (read_doc.c).

// --- what is read of the file
// ------------------------------------------------------------------------------

enum {
    FIB_FLAGS = 0x0a,
    FLAG_ENCRYPTED = 0x0100,
    FLAG_TABLE_1 = 0x0200, // properties are in the stream 1Table, else in 0Table
    FIB_TEXT_CHARS = 0x4c,
    FIB_PAPX = 0x102, // where the list of pages of paragraph properties is
    FIB_CLX = 0x1a2,  // where the list of pieces of text is
    FIB_WORD_97 = 0xc1,
    PAGE = 512, // of paragraph properties
};

// Paragraph properties; numbers of [MS-DOC] 2.6.
enum {
    PROP_IN_TABLE = 0x2416,
    PROP_ROW_END = 0x2417,
    PROP_ROW = 0xd608,       // where the cells of the row are
    PROP_TABS = 0xc615,      // has its length said in another way
    PROP_OUTLINE = 0x2640,   // level, 9 for text
    PROP_ELSEWHERE = 0x6646, // too many for their page: a place in the stream Data
    PROP_ELSEWHERE_2 = 0x6645,
};

typedef struct Run {
    uint32_t first, end; // bytes of the text in the stream
    bool in_table, row_end;
    uint8_t heading;
    Str row; // the value of PROP_ROW
} Run;

typedef struct Runs {
    Run *v;
    size_t n, cap;
} Runs;

typedef struct Doc {
    Arena *a;
    Str text, table, data; // streams
    Runs runs;
} Doc;

static uint32_t number(Str s, size_t at, int bytes)
{
    return ole_number(s, at, bytes);
}

// How many bytes the value of a property takes, its length included.
static size_t value_size(uint32_t property, Str value)
{
    static const uint8_t sizes[] = {1, 1, 2, 4, 2, 2, 0, 3};
    uint32_t kind = property >> 13 & 7;
    if (kind != 6)
        return sizes[kind];
    if (property == PROP_ROW)
        return number(value, 0, 2) + 1;
    if (property == PROP_TABS && number(value, 0, 1) == 255)
        return value.n;
    return number(value, 0, 1) + 1;
}

// Reads properties from byte `at` on. Those kept elsewhere may not point elsewhere again.
static void properties_read(const Doc *d, Str s, size_t at, Run *run, bool elsewhere)
{
    while (at + 3 <= s.n) {
        uint32_t property = number(s, at, 2);
        Str value = str_from(s, at + 2);
        size_t size = value_size(property, value);
        value = str_sub(value, 0, size);
        at += 2 + size;
        if (property == PROP_IN_TABLE)
            run->in_table = number(value, 0, 1) != 0;
        else if (property == PROP_ROW_END)
            run->row_end = number(value, 0, 1) != 0;
        else if (property == PROP_ROW)
            run->row = value;
        else if (property == PROP_OUTLINE && number(value, 0, 1) < 6)
            run->heading = (uint8_t)(number(value, 0, 1) + 1);
        else if ((property == PROP_ELSEWHERE || property == PROP_ELSEWHERE_2) && !elsewhere) {
            Str there = str_from(d->data, number(value, 0, 4));
            properties_read(d, str_sub(there, 2, 2 + number(there, 0, 2)), 0, run, true);
        }
    }
}

static void page_read(Doc *d, Str page)
{
    size_t n = number(page, PAGE - 1, 1);
    for (size_t i = 0; i < n && (n + 1) * 4 + n * 13 < PAGE; i++) {
        Run run = {.first = number(page, i * 4, 4), .end = number(page, i * 4 + 4, 4)};
        size_t at = 2 * (size_t)number(page, (n + 1) * 4 + i * 13, 1);
        size_t words = number(page, at, 1);
        size_t begin = words ? at + 1 : at + 2;
        size_t size = words ? words * 2 - 1 : 2 * (size_t)number(page, at + 1, 1);
        Str properties = at ? str_sub(page, begin, begin + size) : S("");
        uint32_t style = number(properties, 0, 2);
        run.heading = style >= 1 && style <= 6 ? (uint8_t)style : 0; // styles 1..9 are the headings
        properties_read(d, properties, 2, &run, false); // the first two bytes are the style
        *PUSH(d->a, &d->runs) = run;
    }
}

static int runs_by_place(const void *x, const void *y)
{
    const Run *a = x, *b = y;
    return (a->first > b->first) - (a->first < b->first);
}

static void runs_read(Doc *d)
{
    Str list = str_from(d->table, number(d->text, FIB_PAPX, 4));
    size_t size = number(d->text, FIB_PAPX + 4, 4);
    size = size < list.n ? size : list.n;
    size_t n = size < 4 ? 0 : (size - 4) / 8;
    for (size_t i = 0; i < n; i++) {
        size_t page = (size_t)(number(list, (n + 1) * 4 + i * 4, 4) & 0x3fffff) * PAGE;
        if (page && page + PAGE <= d->text.n)
            page_read(d, str_sub(d->text, page, page + PAGE));
    }
    if (d->runs.n)
        qsort(d->runs.v, d->runs.n, sizeof *d->runs.v, runs_by_place);
}

static const Run *run_at(const Doc *d, uint32_t at)
{
    static const Run none = {0};
    size_t low = 0, high = d->runs.n;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (d->runs.v[mid].end <= at)
            low = mid + 1;
        else
            high = mid;
    }
    return low < d->runs.n && d->runs.v[low].first <= at ? &d->runs.v[low] : &none;
}

// --- rows and tables
// ---------------------------------------------------------------------------------------

typedef struct DocCell {
    Str text;
    int32_t left, right;
    bool continued; // the one above goes on here
} DocCell;

typedef struct DocRow {
    DocCell *v;
    size_t n, cap;
} DocRow;

typedef struct DocTable {
    DocRow *v;
    size_t n, cap;
} DocTable;

typedef struct Walk {
    Doc *d;
    Build *b;
    DocTable table;
    DocRow row;
    Buf text; // of the paragraph or cell
    int code; // inside the codes of so many fields
} Walk;

// Where the cells of the row begin and end, in twentieths of a point from the left, and which go on
// from above. Without it, cells are as wide as one another.
static void row_shape(DocRow *row, Str shape)
{
    size_t n = number(shape, 2, 1), flags = 3 + (n + 1) * 2;
    for (size_t i = 0; i < row->n; i++) {
        DocCell *c = &row->v[i];
        c->left = i < n ? (int16_t)number(shape, 3 + i * 2, 2) : (int32_t)i * 1000;
        c->right = i < n ? (int16_t)number(shape, 5 + i * 2, 2) : (int32_t)(i + 1) * 1000;
        c->continued = i < n && (number(shape, flags + i * 20, 2) >> 5 & 3) == 1;
    }
}

static int by_edge(const void *x, const void *y)
{
    int32_t a = *(const int32_t *)x, b = *(const int32_t *)y;
    return (a > b) - (a < b);
}

enum { SAME_EDGE = 40 }; // rows set by hand are off by a little

static size_t edges_of(const DocTable *t, int32_t *edges)
{
    size_t n = 0, kept = 0;
    for (size_t i = 0; i < t->n; i++)
        for (size_t k = 0; k < t->v[i].n; k++) {
            edges[n++] = t->v[i].v[k].left;
            edges[n++] = t->v[i].v[k].right;
        }
    qsort(edges, n, sizeof *edges, by_edge);
    for (size_t i = 0; i < n; i++)
        if (!kept || edges[i] - edges[kept - 1] > SAME_EDGE)
            edges[kept++] = edges[i];
    return kept;
}

static int32_t edge_index(const int32_t *edges, size_t n, int32_t at)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (edges[mid] + SAME_EDGE < at)
            low = mid + 1;
        else
            high = mid;
    }
    return (int32_t)low;
}

static void cell_put(Walk *w, Str text)
{
    for (Str line, rest = text; rest.n;) {
        str_cut(rest, S("\n"), &line, &rest);
        build_text(w->b, line);
        build_line_end(w->b);
    }
}

static void table_put(Walk *w)
{
    DocTable *t = &w->table;
    size_t cells = 0;
    for (size_t i = 0; i < t->n; i++)
        cells += t->v[i].n;
    if (!cells)
        return;
    int32_t *edges = NEW(w->d->a, int32_t, 2 * cells);
    size_t n = edges_of(t, edges);
    build_table(w->b);
    for (size_t i = 0; i < t->n; i++) {
        int32_t at = 0;
        build_row(w->b);
        for (size_t k = 0; k < t->v[i].n; k++) {
            const DocCell *c = &t->v[i].v[k];
            int32_t left = edge_index(edges, n, c->left), right = edge_index(edges, n, c->right);
            build_skip(w->b, left - at);
            at = right > left ? right : left + 1;
            if (c->continued)
                build_cell_continued(w->b, at - left);
            else
                build_cell(w->b, 1, at - left);
            cell_put(w, c->text);
        }
    }
    build_table_end(w->b);
    *t = (DocTable){0};
}

static Str text_take(Walk *w)
{
    Str s = str_dup(w->d->a, buf_str(&w->text));
    w->text.n = 0;
    return s;
}

static void paragraph_end(Walk *w, uint32_t c, const Run *run)
{
    if (run->row_end) {
        row_shape(&w->row, run->row);
        *PUSH(w->d->a, &w->table) = w->row;
        w->row = (DocRow){0};
        w->text.n = 0;
        return;
    }
    if (c == 7) {
        Str text = text_take(w);
        *PUSH(w->d->a, &w->row) = (DocCell){.text = text};
        return;
    }
    if (run->in_table) {
        buf_byte(&w->text, '\n');
        return;
    }
    table_put(w);
    build_para(w->b, run->heading, 0);
    cell_put(w, buf_str(&w->text));
    w->text.n = 0;
}

// --- text
// -----------------------------------------------------------------------------------------------------

// Letters 0x80 to 0x9f of Windows' Latin alphabet.
static const uint16_t latin[32] = {0x20ac, 0,      0x201a, 0x192,  0x201e, 0x2026, 0x2020, 0x2021,
                                   0x2c6,  0x2030, 0x160,  0x2039, 0x152,  0,      0x17d,  0,
                                   0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
                                   0x2dc,  0x2122, 0x161,  0x203a, 0x153,  0,      0x17e,  0x178};

static void rune_add(Buf *b, uint32_t c)
{
    if (c < 0x80) {
        buf_byte(b, (char)c);
        return;
    }
    if (c >= 0x10000) {
        buf_byte(b, (char)(0xf0 | c >> 18));
        buf_byte(b, (char)(0x80 | (c >> 12 & 0x3f)));
    } else if (c >= 0x800) {
        buf_byte(b, (char)(0xe0 | c >> 12));
    }
    if (c >= 0x800)
        buf_byte(b, (char)(0x80 | (c >> 6 & 0x3f)));
    else
        buf_byte(b, (char)(0xc0 | c >> 6));
    buf_byte(b, (char)(0x80 | (c & 0x3f)));
}

// One character of the text, which stands at byte `at` of the stream.
static void char_take(Walk *w, uint32_t c, uint32_t at)
{
    switch (c) {
    case 0x13: // a field's code begins, its result begins, it ends
        w->code++;
        return;
    case 0x14:
        w->code -= w->code > 0;
        return;
    case 0x15:
        return;
    case 7:
    case '\r':
    case '\f':
        w->code = 0;
        paragraph_end(w, c, run_at(w->d, at));
        return;
    case 0x0b: // a line break
        buf_byte(&w->text, '\n');
        return;
    case 0x1e: // a hyphen that does not break
        buf_byte(&w->text, '-');
        return;
    default:
        if (!w->code && (c >= ' ' || c == '\t') && c != 0xfffe && c != 0xffff)
            rune_add(&w->text, c);
    }
}

// A piece of the text: `n` characters from byte `at`, of one byte or two.
static void piece_take(Walk *w, uint32_t at, size_t n, bool narrow)
{
    Str s = w->d->text;
    for (size_t i = 0; i < n && at < s.n && !build_full(w->b); i++) {
        uint32_t c = number(s, at, narrow ? 1 : 2), from = at;
        at += narrow ? 1 : 2;
        if (narrow && c >= 0x80 && c < 0xa0)
            c = latin[c - 0x80];
        uint32_t low = !narrow && c >= 0xd800 && c < 0xdc00 ? number(s, at, 2) : 0;
        if (low >= 0xdc00 && low < 0xe000 && i + 1 < n) {
            c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
            at += 2;
            i++;
        } else if (c >= 0xd800 && c < 0xe000) {
            c = 0xfffd;
        }
        char_take(w, c, from);
    }
}

// The list of pieces: places of characters, then for each piece where it stands.
static bool pieces_take(Walk *w)
{
    Doc *d = w->d;
    Str clx = str_from(d->table, number(d->text, FIB_CLX, 4));
    clx = str_sub(clx, 0, number(d->text, FIB_CLX + 4, 4));
    while (clx.n && clx.s[0] == 1) // properties of pieces come first
        clx = str_from(clx, 3 + number(clx, 1, 2));
    if (!clx.n || clx.s[0] != 2)
        return false;
    Str list = str_from(clx, 5);
    size_t size = number(clx, 1, 4), n = (size < list.n ? size : list.n) / 12;
    size_t left = number(d->text, FIB_TEXT_CHARS, 4);
    for (size_t i = 0; i < n && left; i++) {
        uint32_t first = number(list, i * 4, 4), end = number(list, i * 4 + 4, 4);
        uint32_t at = number(list, (n + 1) * 4 + i * 8 + 2, 4);
        bool narrow = at & 0x40000000;
        if (end < first)
            return false;
        size_t count = end - first < left ? end - first : left;
        piece_take(w, narrow ? (at & 0x3fffffff) / 2 : at, count, narrow);
        left -= count;
    }
    return n > 0;
}

// --- all
// ------------------------------------------------------------------------------------------------------

bool doc_read(Str bytes, Arena *a, Blocks *out, bool *older, Err *err)
{
    Ole *o = ole_open(bytes, a);
    Doc d = {.a = a, .text = o ? ole_stream(o, "WordDocument") : S("")};
    uint32_t flags = number(d.text, FIB_FLAGS, 2);
    *older = number(d.text, 0, 2) != 0xa5ec || number(d.text, 2, 2) < FIB_WORD_97;
    if (*older)
        return false;
    if (flags & FLAG_ENCRYPTED)
        return fail(err, ERR_UNREADABLE, NULL, "文件已加密。请取消打开密码后另存，再上传。",
                    "the file is encrypted; remove its password and save it again");
    d.table = ole_stream(o, flags & FLAG_TABLE_1 ? "1Table" : "0Table");
    d.data = ole_stream(o, "Data");
    runs_read(&d);
    Walk w = {.d = &d, .b = build_new(a), .text = buf_new(a, MAX_UNPACKED_BYTES)};
    if (!pieces_take(&w))
        return fail(err, ERR_UNREADABLE, NULL,
                    "旧版 Word 文件（.doc）不完整或已损坏，不能读取。请另存为 .docx 后再试。",
                    "this old Word file (.doc) is cut short or damaged; save it as .docx");
    table_put(&w);
    build_para(w.b, 0, 0);
    cell_put(&w, buf_str(&w.text));
    Blocks blocks = {0};
    if (!build_end(w.b, &blocks, err))
        return false;
    *out = blocks;
    return true;
}
