// What every reader makes of a file: a list of blocks, each with its place in the source. A block
// is a paragraph (one line of a text file, one <p>, one heading) or a grid (a table whose geometry
// the source gives).
//
// Readers keep the text as it was written, in valid UTF-8, with spaces folded; simplifying,
// repairing and understanding it is the locator's work (locate.h). Grids nested for layout are
// flattened: a cell that holds a table is given up and its table stands by itself.
#ifndef GONGKAI_REPORT_BLOCKS_H
#define GONGKAI_REPORT_BLOCKS_H

#include "base/err.h"
#include "base/str.h"

// Where something stands in the source. What a kind of source does not have is 0; counting begins
// at 1.
typedef struct Place {
    int32_t line;            // text files
    int32_t page;            // PDF
    int32_t table, row, col; // the n-th table of the file; sheets of a workbook count as tables
    float x0, y0, x1, y1;    // PDF: box on the page in points, from the top left
} Place;

typedef struct GridCell {
    Str text; // lines of the cell are kept apart by '\n'
    Place place;
    int32_t row, col;         // from 0, of the top left corner, after spans are laid out
    int32_t rowspan, colspan; // at least 1
} GridCell;

typedef struct Grid {
    int32_t rows, cols;
    GridCell *v; // in reading order: by row, then column
    size_t n, cap;
    Place place;
} Grid;

typedef enum BlockKind { BLOCK_PARA, BLOCK_GRID } BlockKind;

typedef struct Block {
    BlockKind kind;
    Str text;   // BLOCK_PARA
    Grid *grid; // BLOCK_GRID
    Place place;
    uint8_t heading; // 1..6 where the source marks a heading, else 0
} Block;

typedef struct Blocks {
    Block *v;
    size_t n, cap;
    Str encoding; // of text and HTML: "utf-8", "gb18030" …; empty for the others
    Str title;    // the file's own title (HTML <title>, document properties), or empty
} Blocks;

typedef enum FileKind {
    FILE_TEXT, // also Markdown and text dumps of tables
    FILE_HTML,
    FILE_PDF,
    FILE_DOCX,
    FILE_XLSX,
    FILE_DOC,
} FileKind;

// Limits that hold for every reader; beyond them the file is refused with ERR_LIMIT and the limit's
// name.
enum {
    MAX_FILE_BYTES = 32 << 20,
    MAX_UNPACKED_BYTES = 256 << 20, // what an archive may unpack to in all
    MAX_GRID_CELLS = 2000000,       // in one file
    MAX_BLOCKS = 1000000,
    MAX_DEPTH = 400, // of elements inside elements
};

// Each reader takes the bytes of a file and fills *out, in the arena. They share no state and can
// run at once in several threads. ERR_UNREADABLE for broken, encrypted or scanned files, ERR_LIMIT,
// ERR_SYSTEM where a converter is missing.
bool read_text(Str bytes, Arena *a, Blocks *out, Err *err);
bool read_html(Str bytes, Arena *a, Blocks *out, Err *err);
bool read_pdf(Str bytes, Arena *a, Blocks *out, Err *err);
bool read_docx(Str bytes, Arena *a, Blocks *out, Err *err);
bool read_xlsx(Str bytes, Arena *a, Blocks *out, Err *err);
bool read_doc(Str bytes, Arena *a, Blocks *out, Err *err);

// The kind by content: signature, then what an archive holds, then the look of the text. The name
// is never believed. ERR_UNREADABLE for pictures, other archives and programs, saying what it seems
// to be.
bool read_kind(Str bytes, FileKind *out, Err *err);

#endif
