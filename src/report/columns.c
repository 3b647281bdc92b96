#include "report/columns.h"

typedef struct Range {
    uint32_t from, to;
} Range;

// Unicode's East Asian Wide and Fullwidth, as far as it is met here; and what takes no column.
static const Range wide[] = {
    {0x1100, 0x115f}, {0x2e80, 0x303e},   {0x3041, 0x33ff},   {0x3400, 0x4dbf}, {0x4e00, 0x9fff},
    {0xa000, 0xa4cf}, {0xac00, 0xd7a3},   {0xf900, 0xfaff},   {0xfe30, 0xfe6f}, {0xff00, 0xff60},
    {0xffe0, 0xffe6}, {0x1f300, 0x1faff}, {0x20000, 0x3fffd},
};
static const Range none[] = {
    {0x0000, 0x001f}, {0x007f, 0x009f}, {0x0300, 0x036f},
    {0x200b, 0x200f}, {0xfe00, 0xfe0f}, {0xfeff, 0xfeff},
};

static bool within(const Range *v, size_t n, uint32_t rune)
{
    for (size_t i = 0; i < n; i++)
        if (rune >= v[i].from && rune <= v[i].to)
            return true;
    return false;
}

static size_t rune_columns(uint32_t rune)
{
    if (rune >= 0x20 && rune < 0x7f)
        return 1;
    if (within(none, sizeof none / sizeof *none, rune))
        return 0;
    return within(wide, sizeof wide / sizeof *wide, rune) ? 2 : 1;
}

size_t text_columns(Str s)
{
    size_t n = 0, len;
    for (size_t i = 0; i < s.n; i += len)
        n += rune_columns(str_rune(s, i, &len));
    return n;
}

void columns_pad(Buf *b, Str s, size_t width, bool right)
{
    size_t has = text_columns(s);
    size_t lack = has < width ? width - has : 0;
    if (!right)
        buf_add(b, s);
    for (size_t i = 0; i < lack; i++)
        buf_byte(b, ' ');
    if (right)
        buf_add(b, s);
}

static size_t column_width(const Str *cells, size_t rows, size_t cols, size_t col)
{
    size_t width = 0;
    for (size_t r = 0; r < rows; r++) {
        size_t n = text_columns(cells[r * cols + col]);
        width = n > width ? n : width;
    }
    return width;
}

void columns_table(Buf *b, const Str *cells, size_t rows, size_t cols, unsigned right, Str indent)
{
    enum { COLS = 32 };
    size_t width[COLS];
    for (size_t c = 0; c < cols && c < COLS; c++)
        width[c] = column_width(cells, rows, cols, c);
    for (size_t r = 0; r < rows; r++) {
        buf_add(b, indent);
        for (size_t c = 0; c < cols && c < COLS; c++) {
            bool flush_right = right >> c & 1;
            bool last = c + 1 == cols;
            buf_add(b, c ? S("  ") : S(""));
            columns_pad(b, cells[r * cols + c], last && !flush_right ? 0 : width[c], flush_right);
        }
        buf_byte(b, '\n');
    }
}

// A mark that may not begin a line.
static bool closes(uint32_t rune)
{
    static const uint32_t marks[] = {0x3001, 0x3002, 0xff0c, 0xff1b, 0xff1a, 0xff09,
                                     0x300b, 0x201d, 0xff01, 0xff1f, 0x3011, ',',
                                     '.',    ';',    ':',    ')',    '!',    '?'};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (marks[i] == rune)
            return true;
    return false;
}

// The end of the line that begins at `from`: the last place before `width` where it may break.
static size_t line_end(Str s, size_t from, size_t width)
{
    size_t used = 0, brk = from, len;
    for (size_t i = from; i < s.n; i += len) {
        uint32_t rune = str_rune(s, i, &len);
        if (rune == '\n')
            return i;
        bool may_break = i > from && !closes(rune) && (rune == ' ' || rune_columns(rune) == 2);
        brk = may_break ? i : brk;
        used += rune_columns(rune);
        if (used > width)
            return brk > from ? brk : i > from ? i : i + len;
    }
    return s.n;
}

void columns_wrap(Buf *b, Str s, size_t width, Str indent)
{
    size_t at = 0;
    while (at < s.n) {
        size_t end = line_end(s, at, width);
        if (at > 0) {
            buf_byte(b, '\n');
            buf_add(b, indent);
        }
        buf_add(b, str_sub(s, at, end));
        at = end;
        while (at < s.n && (s.s[at] == ' ' || s.s[at] == '\n'))
            at++;
    }
}
