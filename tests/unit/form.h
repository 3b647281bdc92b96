// The official forms with known figures, for tests: figures that balance, and the three tables (or
// the 2014 one) laid out as the form prints them, with spans. layouts.h writes them down in every
// shape published reports have been met in.
#ifndef GONGKAI_TEST_FORM_H
#define GONGKAI_TEST_FORM_H

#include "report/report.h"

// A small generator of our own, so that a seed gives the same document everywhere.
typedef struct Dice {
    uint64_t s;
} Dice;
uint64_t dice(Dice *d);
int64_t dice_below(Dice *d, int64_t n); // 0 … n-1

typedef struct Figures {
    Edition edition;
    bool mixed; // the 2021 form with the single 其他处理 of 2019
    int year;
    CellState state[CELL_COUNT]; // ABSENT, BLANK or VALUE
    int64_t n[CELL_COUNT];
} Figures;

typedef enum Size { SIZE_TINY, SIZE_MIDDLE, SIZE_LARGE, SIZE__COUNT } Size;

// Every sum and balance of the form holds.
void figures_make(Dice *d, Edition edition, bool mixed, Size size, Figures *out);
void figures_set(Figures *f, CellIx ix, int64_t n);
// Every zero becomes a blank.
void figures_zeros_blank(Figures *f);
// About one zero in `every` becomes a blank.
void figures_blank_some(Figures *f, Dice *d, int every);

// How figures and labels are written; any of them together.
enum {
    STYLE_WIDE_DIGITS = 1 << 0,  // １７
    STYLE_THOUSANDS = 1 << 1,    // 12,345
    STYLE_SPACED = 1 << 2,       // 1 7
    STYLE_UNITS = 1 << 3,        // 40项, 41.13万元
    STYLE_SIGN_WORDS = 1 << 4,   // 增2, 减3
    STYLE_LABEL_SPACES = 1 << 5, // 总 计, 尚未 审结
    STYLE_CUT = 1 << 6,          // 第二十条第, 本年增/
    STYLE_DASHES = 1 << 7,       // blanks as _ - — / 无
    STYLE_QUESTION = 1 << 8,     // ???三安全一稳定???
    STYLE_HALF_BRACKETS = 1 << 9,
    STYLE_BROKEN_HEADS = 1 << 10,    // 本年新<line break>制作数量
    STYLE_EXTRA_COLUMN = 1 << 11,    // 小计 of the five kinds of organisation
    STYLE_EXTRA_ROW = 1 << 12,       // 小计 under 不予公开
    STYLE_PLAIN_NORMATIVE = 1 << 13, // 规范性文件 in the 2021 form
    STYLE_TRADITIONAL = 1 << 14,
    STYLE_TAIWAN = 1 << 15,     // 規範性檔案
    STYLE_RESIDUE = 1 << 16,    // 數(shù)據(jù)
    STYLE_RENUMBERED = 1 << 17, // chapters without numbers of their own, tables as 附: 1、2、3
    STYLE_LOW_TOTAL = 1 << 18,  // 总计 in the last row of the head
    STYLE_NO_FIRST = 1 << 19,   // table two without its first heading
    STYLE_SERIAL = 1 << 20,     // the 2014 table with a column 序号 before it
    STYLE__COUNT = 21
};

typedef struct FormCell {
    Str text;
    int row, col, rowspan, colspan;
    CellIx ix; // CELL_NONE: a label
} FormCell;

typedef struct FormTable {
    FormCell *v;
    size_t n, cap;
    int rows, cols;
    int chapter; // 2, 3, 4; 0 for the 2014 table
} FormTable;

typedef struct Form {
    FormTable tables[3];
    int n;
} Form;

// The tables of these figures in this style; `d` throws the dice for the choices a style leaves.
void form_make(const Figures *f, unsigned style, Dice *d, Arena *a, Form *out);

#endif
