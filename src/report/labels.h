// The words of the official forms, as readers meet them: which row, column head, caption or block a
// piece of text names. One table (labels.c); a new spelling is one row.
#ifndef GONGKAI_REPORT_LABELS_H
#define GONGKAI_REPORT_LABELS_H

#include "report/report.h"

typedef enum Mark {
    MARK_NONE,
    MARK_T2_ROW,     // arg: T2Row
    MARK_T2_CAPTION, // arg: IN_2019 or IN_2021, the edition that prints it, or both
    MARK_T2_BLOCK,   // 第二十条第（x）项, 信息内容
    MARK_T3_ROW,     // arg: T3Row
    MARK_T3_GROUP, // 三、本年度办理结果, （三）不予公开 …; arg: T3Row of its first row
    MARK_T3_HEAD,   // arg: T3Col, or -1 for heads over several columns
    MARK_T4_HEAD,   // arg: T4Col, or -1
    MARK_STAT_ROW,  // arg: row of stat_rows, the first of several that share the label
    MARK_STAT_HEAD, // arg: 1 where the words stand in no other text
    MARK_UNIT,      // 件, 条, 万元 in a column of their own
} Mark;

typedef enum T2Row {
    T2R_REGULATION,
    T2R_NORMATIVE,
    T2R_LICENCE,
    T2R_SERVICE,
    T2R_PENALTY,
    T2R_COERCION,
    T2R_CHARGE,
    T2R_PROCUREMENT,
    T2_ROWS
} T2Row;

typedef struct Label {
    Mark mark;
    int arg;
    uint32_t repairs; // REPAIR_LABEL where the text only resembles the label
    Str rest;         // figures that stood behind the label in the same text, or empty
    bool glued;       // without a space between
} Label;

enum { LABEL_MAX_BYTES = 400 }; // longer text is prose

// Exact, or exact without what stands in brackets. MARK_NONE for anything else. Fast: one hash
// look-up or two.
Label label_exact(Str text);

// Also cut, wrapped, misspelt or run together with other labels and with figures; for text known to
// stand in a table. `in` narrows to one table's rows (TABLE__COUNT: any).
Label label_near(Str text, TableId in);

// The next row of the 2014 table after `after` that carries the same label as row `row`, or row
// itself.
int label_stat_row(int row, int after);

#endif
