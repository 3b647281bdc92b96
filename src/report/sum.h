// The roll-up: many reports added cell by cell, as a county adds those of its departments and
// townships (国办发〔2014〕32号: 逐级汇总上报), and compared with the total that was published.
//
// Reports are added one at a time and are not kept, so that ten thousand of them cost a few
// megabytes. What is kept of each is one SumEntry: who it is and which of its cells could not be
// added. A blank adds nothing and is listed; it is never taken for 0. A total to which something is
// missing is incomplete, and says so wherever it is shown.
//
// 其他处理 is one row in the 2019 form and three in the 2021 form. The three of a 2021 report are
// also added into the row r6, so that r6 is comparable over both; the one of a 2019 report cannot
// be divided, so the three rows are incomplete as soon as a 2019 report took part.
//
//     Sum sum = {0};
//     for (each report read) sum_add(&sum, name, doc, arena);
//     sum_compare(&sum, published, arena, &comparison);
#ifndef GONGKAI_REPORT_SUM_H
#define GONGKAI_REPORT_SUM_H

#include "report/report.h"

typedef struct SumCell {
    int64_t n;        // sum of the values added; unit as in CellDef.type
    uint32_t added;   // reports whose value went in
    uint32_t guessed; // of these, values read by a guess (RepairDef.guess)
    uint32_t missing; // reports whose form has the cell, but no value could be added
    uint32_t other;   // reports added whose form has no such cell
    bool overflow;    // does not fit; n is meaningless
} SumCell;

typedef struct SumGap {
    CellIx cell;
    CellState state; // BLANK, UNREADABLE or ABSENT
} SumGap;

typedef struct SumGaps {
    SumGap *v;
    size_t n, cap;
} SumGaps;

typedef enum SumStanding {
    SUM_ADDED,     // a report; its values are in the totals
    SUM_NO_CELLS,  // a report of which no figure could be read: nothing added
    SUM_NO_REPORT, // not a report (guide, other)
    SUM_REPEATED,  // the same organ and year was added before: not added again
} SumStanding;
extern const Str sum_standing_ids[4]; // "added" "no_cells" "no_report" "repeated"

typedef struct SumEntry {
    Str name;  // as given, for people
    Str organ; // may be empty
    int year;  // 0 unknown
    Edition edition;
    SumStanding standing;
    bool table_read[TABLE__COUNT]; // at least one value of this table went in
    SumGaps gaps; // cells of its form without a value, in tables of which something was read
    size_t first; // SUM_REPEATED: the entry it repeats
    Str key;      // organ_key of the organ
} SumEntry;

typedef struct SumEntries {
    SumEntry *v;
    size_t n, cap;
} SumEntries;

typedef struct Sum {
    SumCell cells[CELL_COUNT];
    SumEntries entries;                 // in the order added
    size_t n_standing[4];               // entries by SumStanding
    uint32_t n_edition[EDITION__COUNT]; // reports added, by edition
    int year_from, year_to;             // of the reports added whose year is known; 0 none
    // Name table of organ and year; private.
    uint32_t *index;
    size_t index_cap;
} Sum;

// `name` and what the document points to are copied; the document may go.
void sum_add(Sum *s, Str name, const Document *doc, Arena *a);

// Nothing is missing from the cell: every report added gave a value.
static inline bool sum_complete(const Sum *s, CellIx ix)
{
    const SumCell *c = &s->cells[ix];
    return c->added && !c->missing && !c->other && !c->overflow;
}

// The form in which the sum can be shown: that of the reports, or the older of two.
Edition sum_edition(const Sum *s);

// The sum as a report of its own, so that it can be checked and shown like one: complete cells are
// values, the others CELL_UNREADABLE where something is missing and CELL_ABSENT where no report has
// them. edition is sum_edition's; year is set where all reports agree.
void sum_document(const Sum *s, Arena *a, Document *out);

// The same with the findings of check_sums: whether the totals still add up.
void sum_check(const Sum *s, const CheckOptions *opt, Arena *a, Document *out);

typedef enum SumMatch {
    SUM_EQUAL,
    SUM_DIFFERS,
    SUM_NOT_COMPARABLE, // one side has no figure, or what is missing may be the difference
} SumMatch;
extern const Str sum_match_ids[3]; // "equal" "differs" "not_comparable"

typedef struct SumLine {
    CellIx cell;
    SumMatch match;
    int64_t sum, published; // 0 where there is none: see the flags
    bool has_sum, has_published;
    bool incomplete;    // something is missing from the sum
    int64_t by;         // published - sum, where both are there
    const char *why_zh; // of SUM_NOT_COMPARABLE, else NULL
    const char *why_en;
} SumLine;

typedef struct SumComparison {
    SumLine
        *v; // the cells of the published report's form, and what else was summed, in CellIx order
    size_t n, cap;
    size_t n_match[3]; // by SumMatch
} SumComparison;

void sum_compare(const Sum *s, const Document *published, Arena *a, SumComparison *out);

#endif
