// The official forms as data. One row per cell of any edition (docs/architecture.md, "The report
// engine"); reading, checking, summing, pages, exports and the JSON schema are all driven by these
// tables.
//
// Legal sources: 2014 form 国办发〔2014〕32号; 2019 form 国办公开办函〔2019〕60号; 2021 form
// 国办公开办函〔2021〕30号.
#ifndef GONGKAI_REPORT_SCHEMA_H
#define GONGKAI_REPORT_SCHEMA_H

#include "base/str.h"

typedef enum Edition {
    EDITION_NONE, // no official form in force (up to 2013), or none recognised
    EDITION_STAT2014,
    EDITION_FMT2019,
    EDITION_FMT2021,
    EDITION__COUNT
} Edition;

typedef struct EditionDef {
    Str id;        // "fmt2021"
    Str zh;        // what it is called on pages
    Str basis;     // the document that sets it
    int year_from; // reporting years (统计年度) it is due for, both included
    int year_to;
} EditionDef;

extern const EditionDef editions[EDITION__COUNT];
Edition
edition_due(int year); // the form due for a reporting year; EDITION_NONE before 2014 or for year 0

// Bits of CellDef.editions.
enum {
    IN_2014 = 1 << EDITION_STAT2014,
    IN_2019 = 1 << EDITION_FMT2019,
    IN_2021 = 1 << EDITION_FMT2021
};

typedef enum CellType {
    TYPE_COUNT,  // whole number ≥ 0
    TYPE_CHANGE, // whole number with a sign (本年增/减)
    TYPE_AMOUNT, // decimal 万元 ≥ 0, held in millionths: 41.13万元 is 41130000 (AMOUNT_ONE)
} CellType;

enum { AMOUNT_ONE = 1000000 };

typedef enum TableId { TABLE_T2, TABLE_T3, TABLE_T4, TABLE_STAT, TABLE__COUNT } TableId;

// --- table three
// -------------------------------------------------------------------------------------------

typedef enum T3Row {
    T3_NEW,
    T3_CARRIED_IN,
    T3_R1,
    T3_R2,
    T3_R3_1,
    T3_R3_2,
    T3_R3_3,
    T3_R3_4,
    T3_R3_5,
    T3_R3_6,
    T3_R3_7,
    T3_R3_8,
    T3_R4_1,
    T3_R4_2,
    T3_R4_3,
    T3_R5_1,
    T3_R5_2,
    T3_R5_3,
    T3_R5_4,
    T3_R5_5,
    T3_R6, // 2019 form: one row
    T3_R6_1,
    T3_R6_2,
    T3_R6_3, // 2021 form: three
    T3_R7,
    T3_CARRIED_OUT,
    T3_ROWS
} T3Row;

typedef enum T3Col {
    T3_NATURAL,
    T3_BUSINESS,
    T3_RESEARCH,
    T3_WELFARE,
    T3_LEGAL,
    T3_OTHER,
    T3_TOTAL,
    T3_COLS
} T3Col;

typedef struct T3RowDef {
    Str key;      // "r3_1"
    Str label;    // exactly as the form prints it
    Str group;    // "（三）不予公开", or empty
    Str short_zh; // for findings: "不予公开：属于国家秘密"
    Str en;
    unsigned editions;
} T3RowDef;

typedef struct T3ColDef {
    Str key, label, en;
} T3ColDef;

extern const T3RowDef t3_rows[T3_ROWS];
extern const T3ColDef t3_cols[T3_COLS];

// --- table four: one data row of three blocks of five
// --------------------------------------------------------

typedef enum T4Block { T4_REVIEW, T4_SUIT_DIRECT, T4_SUIT_AFTER_REVIEW, T4_BLOCKS } T4Block;
typedef enum T4Col { T4_UPHELD, T4_CORRECTED, T4_OTHER, T4_PENDING, T4_TOTAL, T4_COLS } T4Col;
extern const T3ColDef t4_blocks[T4_BLOCKS], t4_cols[T4_COLS];

// --- every cell of every form
// --------------------------------------------------------------------------------

// Index of a cell in `cells` and in Document.cells. Table three and four are laid out row by row,
// so that cell_t3(row, col) and cell_t4(block, col) are arithmetic; the others are found by id.
typedef uint16_t CellIx;
enum { CELL_NONE = 0xffff };

typedef struct CellDef {
    Str id; // "t3.new.natural"; stable, published in docs/report.schema.json
    TableId table;
    CellType type;
    unsigned editions; // IN_* bits
    Str row, col;      // labels for people: "规章", "本年制发件数"
    Str unit;          // "件", "万元", "项"
    Str item;          // table two: the block heading "第二十条第（一）项"; else empty
} CellDef;

enum {
    T2_CELLS = 27,
    T3_CELLS = T3_ROWS * T3_COLS,
    T4_CELLS = T4_BLOCKS * T4_COLS,
    STAT_CELLS = 58,
    T2_FIRST = 0,
    T3_FIRST = T2_FIRST + T2_CELLS,
    T4_FIRST = T3_FIRST + T3_CELLS,
    STAT_FIRST = T4_FIRST + T4_CELLS,
    CELL_COUNT = STAT_FIRST + STAT_CELLS
};

// Table two by name; the order of the table, and of this list, is: by row, all editions' columns
// together.
enum {
    T2_REGULATION_MADE = T2_FIRST,
    T2_REGULATION_REPEALED,
    T2_REGULATION_IN_FORCE,
    T2_REGULATION_NEWLY_PUBLIC,
    T2_REGULATION_ALL_PUBLIC,
    T2_NORMATIVE_MADE,
    T2_NORMATIVE_REPEALED,
    T2_NORMATIVE_IN_FORCE,
    T2_NORMATIVE_NEWLY_PUBLIC,
    T2_NORMATIVE_ALL_PUBLIC,
    T2_LICENCE_LAST_YEAR,
    T2_LICENCE_CHANGE,
    T2_LICENCE_DECIDED,
    T2_SERVICE_LAST_YEAR,
    T2_SERVICE_CHANGE,
    T2_SERVICE_DECIDED,
    T2_PENALTY_LAST_YEAR,
    T2_PENALTY_CHANGE,
    T2_PENALTY_DECIDED,
    T2_COERCION_LAST_YEAR,
    T2_COERCION_CHANGE,
    T2_COERCION_DECIDED,
    T2_CHARGE_LAST_YEAR,
    T2_CHARGE_CHANGE,
    T2_CHARGE_AMOUNT_WAN,
    T2_PROCUREMENT_ITEMS,
    T2_PROCUREMENT_AMOUNT_WAN,
};

extern const CellDef cell_defs[CELL_COUNT];      // in the order of CellIx
static inline const CellDef *cell_def(CellIx ix) // ix < CELL_COUNT
{
    return &cell_defs[ix];
}

CellIx cell_by_id(Str id); // or CELL_NONE

static inline CellIx cell_t3(T3Row row, T3Col col)
{
    return (CellIx)(T3_FIRST + row * T3_COLS + col);
}

static inline CellIx cell_t4(T4Block block, T4Col col)
{
    return (CellIx)(T4_FIRST + block * T4_COLS + col);
}

static inline bool cell_in(CellIx ix, Edition e)
{
    return cell_def(ix)->editions >> e & 1;
}

// --- the 2014 statistics table, row by row, in the order of the form
// ------------------------------------------

typedef struct StatRow {
    Str key;    // cell id is "stat.<key>"
    Str label;  // without the numbering
    Str number; // the numbering before it as printed: "（一）", "1.", "其中：", or empty
    Str unit;
    int parent; // row it is a part of, or -1
    int level;  // 0 for 一、
    Str above; // heading rows printed above it without a figure, several parted by '\n'; else empty
} StatRow;
extern const StatRow stat_rows[STAT_CELLS];

// --- the six chapters, 2019 and 2021 forms
// ---------------------------------------------------------------------

enum { CHAPTERS = 6 };
extern const Str chapter_titles[CHAPTERS]; // "总体情况" …, without the number

#endif
