// How blocks become documents, in four steps, each one file:
//
//   locate.c   paragraphs and grids → lines in normal form; where one document ends and the next
//   begins tables.c   lines → rows of the official forms: a label and the figures that stand behind
//   it assign.c   rows → cells; where positions are lost, the arithmetic of the form decides or
//   nothing does meta.c     chapters, year, organ, dates, kind
#ifndef GONGKAI_REPORT_LOCATE_H
#define GONGKAI_REPORT_LOCATE_H

#include "report/labels.h"
#include "report/normal.h"
#include "report/report.h"

// A paragraph, or a grid, in normal form.
typedef struct Line {
    Str raw, text;
    Grid *grid; // or NULL
    Place place;
    uint32_t repairs;
    int32_t fields; // how many its pipes make
    int32_t pipes;  // how many | it had; a line with one field is kept without them
    bool tabs;      // its fields were parted by tabs: none is there only to fill the row
    uint8_t heading;
    bool in_table;  // its text belongs to an official table
    bool furniture; // 字号：大 中 小, 扫码 …
    int8_t chapter; // 1..6 when it is the heading of that chapter
} Line;

typedef struct Lines {
    Line *v;
    size_t n, cap;
    HanziKind script; // of the whole file
} Lines;

// A figure's cell, or one field of a row.
typedef struct Item {
    Str raw, text;
    uint32_t repairs;
    Place place;
    int32_t col; // of the grid, or the field's number in a row of pipes; from 0
    bool blank;
    bool filler; // nothing at all between two pipes: what a merged cell or a lost one left behind
    bool glued;  // nothing between it and the label in front of it
} Item;

typedef struct Items {
    Item *v;
    size_t n, cap;
} Items;

typedef enum RowShape {
    SHAPE_GRID,  // columns are known
    SHAPE_PIPES, // one line of fields; empty fields may have been moved to its end
    SHAPE_LINES, // one cell a line; empty cells are gone
} RowShape;

// A row of a form as found: its label and what stands behind it.
typedef struct Found {
    Mark mark; // MARK_T2_ROW, MARK_T3_ROW, MARK_STAT_ROW; MARK_T4_HEAD for the data of table four
    int row;   // T2Row, T3Row or row of stat_rows; -1 where the label is unknown
    RowShape shape;
    uint32_t repairs; // of the label
    Items items;
    bool led;            // SHAPE_LINES: a lone pipe opened the row
    int32_t label_field; // SHAPE_PIPES: which field the label is
    int32_t fields;      // SHAPE_PIPES: how many fields the line has
    Place place;
    Str raw;     // the label
    size_t line; // index of the line it began in
} Found;

typedef struct FoundRows {
    Found *v;
    size_t n, cap;
} FoundRows;

typedef struct Tables {
    FoundRows rows;
    bool seen[TABLE__COUNT];
    int t2_votes_2019, t2_votes_2021; // captions and rows that only one edition prints
    int t4_heads;                     // words of table four's head met
    int t4_upheld;                    // how often 结果维持 was met: three times in a whole head
    int32_t head_col[T3_COLS];        // grid column of each head of table three, or -1
    bool kept;                        // some row of pipes or lines has a blank between figures
    bool serial;                      // the 2014 table numbers its rows in a column 序号
    size_t last_line;                 // the last line that belongs to a table, plus one
} Tables;

// Leaves of each row only what are cells of it: blanks that remain stand where they belong.
void tables_trim(Tables *t);
void tables_find(Lines *lines, size_t from, size_t to, Arena *a, Tables *out);
void tables_assign(const Tables *t, bool ends_here, Arena *a, Document *doc);

// Which chapter a line is the heading of, 1..6, or 0. *printed is the number in front of it.
int chapter_of(const Line *line, int *printed);
bool title_of_report(Str text);
bool is_furniture(Str text);
// What the page's own title tells where the text has none.
void meta_title(Document *doc, Str title);
void meta_fill(const Lines *lines, size_t from, size_t to, Arena *a, Document *doc);

#endif
