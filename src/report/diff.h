// Two documents side by side: two years of one organ, or two versions of one report. Facts only;
// what is wrong between two years is said by report_check_series.
#ifndef GONGKAI_REPORT_DIFF_H
#define GONGKAI_REPORT_DIFF_H

#include "report/report.h"

typedef enum ChangeKind {
    CHANGE_SAME,
    CHANGE_CHANGED,
    CHANGE_APPEARED,       // a value where there was a blank or no cell
    CHANGE_VANISHED,       // the other way round
    CHANGE_NOT_COMPARABLE, // one side is unreadable, or one form has no such cell
} ChangeKind;
enum { CHANGE__COUNT = 5 };
extern const Str
    change_ids[CHANGE__COUNT]; // "same" "changed" "appeared" "vanished" "not_comparable"

// A cell as one side has it. For 其他处理 (r6) of a 2021 report this is the sum of its three rows.
typedef struct DiffSide {
    CellState state;
    int64_t n;    // when CELL_VALUE
    bool in_form; // the form of that side has the cell
    bool derived; // added up from r6_1, r6_2, r6_3
} DiffSide;

typedef struct CellChange {
    CellIx cell;
    ChangeKind kind;
    DiffSide was, is;
    int64_t by;       // is - was, where both have values and the difference fits
    bool has_percent; // was.n is not 0
    int32_t
        percent_tenths; // by as tenths of a percent of was, rounded half away from 0; 333 = 33.3%
} CellChange;

typedef struct ChapterChange {
    int number;                 // 1..6
    bool was, is;               // the document has the chapter
    size_t was_runes, is_runes; // length of its text, tables left out
    int alike; // share of the later text found in the earlier, per mille; -1 too short to say
} ChapterChange;

typedef struct Diff {
    const Document *earlier, *later;
    CellChange *v; // cells that at least one side's form has, in CellIx order
    size_t n, cap;
    size_t n_kind[CHANGE__COUNT];
    ChapterChange chapters[CHAPTERS];
} Diff;

void report_diff(const Document *earlier, const Document *later, Arena *a, Diff *out);

#endif
