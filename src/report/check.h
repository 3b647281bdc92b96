// How a check is written. The catalogue (check_defs in check.c) has one row per check: id,
// severity, basis, title. Each group of checks is one file with one entry function, called in order
// by report_check.
#ifndef GONGKAI_REPORT_CHECK_H
#define GONGKAI_REPORT_CHECK_H

#include "report/report.h"

// X(NAME, id, severity, basis, zh title, en title): the catalogue is src/report/check_defs.h, used
// twice.
typedef enum CheckId {
#define X(name, id, severity, basis, zh, en) CHECK_##name,
#include "report/check_defs.h"
#undef X
    CHECK__COUNT
} CheckId;

typedef struct CheckDef {
    Str id;
    Severity severity; // of a failure
    Str basis;         // "国办公开办函〔2021〕30号 表三" …
    Str zh, en;        // title of the finding
} CheckDef;
extern const CheckDef check_defs[CHECK__COUNT];

typedef struct Checking {
    Document *doc;
    const CheckOptions *opt;
    Arena *a;
} Checking;

// Adds a finding with the title, severity and basis of its row; the caller fills in the rest
// through the pointer, which is good until the next finding is added. `zh` and `en` take the same
// arguments in the same order; the one of the language asked for is used.
Finding *finding_add(Checking *c, CheckId id, Result result, const char *zh, const char *en, ...)
    __attribute__((format(printf, 4, 6), format(printf, 5, 6)));
// The same with a message that was made before (say).
Finding *finding_add_said(Checking *c, CheckId id, Result result, Str message);
// What a finding of that check is called: the check's title, or its fault's where it did not pass.
Str check_title(const Checking *c, CheckId id, Result result);
void finding_cell(Checking *c, Finding *f, CellIx ix); // the cell and its place
void finding_place(Checking *c, Finding *f, Place place);
// Text in the language asked for, for evidence and titles.
Str say(const Checking *c, const char *zh, const char *en, ...)
    __attribute__((format(printf, 2, 4), format(printf, 3, 4)));

void check_form(Checking *c);     // check_form.c: edition, tables, rows
void check_cells(Checking *c);    // check_cells.c: blanks, types, guesses, amounts
void check_chapters(Checking *c); // check_chapters.c: missing, empty, renumbered chapters
void check_facts(Checking *c);    // check_facts.c: powers, period, day of publication, fees, basis
void check_sums(Checking *c);  // check_sums.c: rows, columns, balance, table four, the 2014 table
void check_text(Checking *c);  // check_text.c: statements against tables and each other
void check_trust(Checking *c); // check_trust.c: injected words, encoding, residue, stale years
void check_series(Checking *c, const Document *earlier); // check_series.c
// check_text_self.c: growth said in the text, against last year's report; called by check_series.
void check_text_series(Checking *c, const Document *earlier);

// Cells of one table lie together: [table_cells(t), table_cells(t + 1)).
static inline CellIx table_cells(int table)
{
    static const CellIx first[TABLE__COUNT + 1] = {T2_FIRST, T3_FIRST, T4_FIRST, STAT_FIRST,
                                                   CELL_COUNT};
    return first[table];
}
// Whether any of them is in the document; whether any has a value.
bool table_there(const Document *d, TableId table);
bool table_has_value(const Document *d, TableId table);

// The form the report is on, or, where none was recognised, the one due for its year.
Edition form_of(const Document *d);
// Whether the document has a beginning and an end, so that what is not in it is missing rather than
// cut off by whoever copied it.
bool document_whole(const Document *d);

#endif
